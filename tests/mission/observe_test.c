/* observe_test.c -- the fast reader of rows against the general one. */
#include "check.h"

#include "mission/rig.h"
#include "mission/state.h"

static rig r;

static const tr_plan *plan(void)
{
    if (!r.m)
        rig_open(&r);
    return tr_mission_plan(r.m);
}

/* By the general way: lawful? and its values. */
static bool general(tr_arena scratch, tr_str row, tr_obs *obs, row_texts *texts)
{
    tr_err      err = {0};
    tr_json    *body;
    static char keep[1 << 16];
    tr_arena    own = {keep, keep + sizeof keep};
    if (!tr_row_check(scratch, row, &err) || !tr_json_read(&scratch, row, &body, &err) ||
        !body_to_obs(plan(), body, obs, texts, &err))
        return false;
    texts->src_id = tr_str_keep(&own, texts->src_id);
    texts->text = tr_str_keep(&own, texts->text);
    return true;
}

static bool check_one(tr_str row)
{
    tr_obs    fast, slow;
    row_texts fast_texts, slow_texts;
    tr_arena  scratch = r.keep;
    if (!row_read_fast(row, &fast, &fast_texts))
        return false;
    if (!general(scratch, row, &slow, &slow_texts))
        fail_msg("taken by the fast reader only: %.*s", TR_FMT(row));
    if (memcmp(&fast, &slow, sizeof fast) != 0 ||
        !tr_str_eq(fast_texts.src_id, slow_texts.src_id) ||
        !tr_str_eq(fast_texts.text, slow_texts.text))
        fail_msg("read differently: %.*s", TR_FMT(row));
    return true;
}

static const char *const ordinary[] = {
    "{\"assess\":\"undetermined\",\"conf_ppm\":0,\"count\":{\"best\":1,\"max\":2,\"min\":0},"
    "\"exercise\":0,\"happened\":{\"begin\":\"1970-01-01T00:00:00.000000000Z\","
    "\"end\":\"1970-01-01T00:00:00.000000001Z\"},\"kind\":\"fire\",\"means\":\"saw\","
    "\"place\":{\"kind\":\"none\"},\"platform\":\"patrol\",\"src_id\":\"1\"}",
    "{\"assess\":\"x y\",\"conf_ppm\":1000000,\"count\":{\"best\":10,\"min\":10},"
    "\"deaths\":{\"best\":3,\"max\":5,\"min\":2},\"exercise\":1,"
    "\"happened\":{\"begin\":\"2024-02-29T23:59:59.999999999Z\","
    "\"end\":\"2024-03-01T00:00:00.000000000Z\"},\"kind\":\"explosion.impact\","
    "\"means\":\"heard\",\"place\":{\"az_begin_cdeg\":35999,\"az_end_cdeg\":0,"
    "\"kind\":\"sector\",\"lat\":-900000000,\"lon\":1800000000,\"r_max_m\":5000,"
    "\"r_min_m\":0},\"platform\":\"acoustic\",\"src_id\":\"\xd0\x90-1\",\"text\":\"words\"}",
    "{\"assess\":\"u\",\"conf_ppm\":5,\"count\":{\"best\":1,\"max\":1,\"min\":1},\"exercise\":0,"
    "\"happened\":{\"begin\":\"2026-02-10T01:00:00.000000000Z\","
    "\"end\":\"2026-02-10T01:00:01.000000000Z\"},\"kind\":\"event.fatal\",\"means\":\"told\","
    "\"place\":{\"kind\":\"point\",\"lat\":480000000,\"lon\":-1,\"r_m\":25000},"
    "\"platform\":\"other\",\"src_id\":\"UCDP-123\",\"text\":\"two lines of text\"}",
};
enum { ORDINARY = sizeof ordinary / sizeof ordinary[0] };

static void ordinary_rows_take_the_fast_way(void **state)
{
    plan();
    for (int i = 0; i < ORDINARY; i++)
        if (!check_one(tr_str_of(ordinary[i])))
            fail_msg("passed on: %s", ordinary[i]);
}

static void unusual_rows_are_passed_on(void **state)
{
    static const char *const cuts[][2] = {
        {"\"words\"", "\"wo\\\"rds\""}, /* an escape */
        {"\"src_id\"", "\"published\":\"2026-02-10T01:00:00.000000000Z\",\"src_id\""},
        {"\"min\":10", "\"min\":9999999999"}, /* ten digits */
    };
    tr_str row = tr_str_of(ordinary[1]);
    plan();
    for (int i = 0; i < 3; i++) {
        const char *at = strstr(ordinary[1], cuts[i][0]);
        char        text[2000];
        assert_non_null(at);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - ordinary[1]), ordinary[1], cuts[i][1],
                 at + strlen(cuts[i][0]));
        assert_false(check_one(tr_str_of(text)));
    }
    assert_true(check_one(row));
}

/* One byte changed, dropped, doubled or swapped at random: never taken wrongly. */
static void what_the_fast_reader_takes_is_lawful(void **state)
{
    const uint64_t    seed = 20260210;
    static const char interesting[] = "0123456789-\"\\{}:,aetz \t\n\x80\xff";
    uint64_t          x = seed;
    int               taken = 0;
    printf("seed %llu\n", (unsigned long long)seed);
    plan();
    for (int round = 0; round < 60000; round++) {
        char   text[2000];
        tr_str row = tr_str_of(ordinary[round % ORDINARY]);
        memcpy(text, row.at, (size_t)row.len);
        int changes = 1 + round / ORDINARY % 2;
        for (int c = 0; c < changes; c++) {
            x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            ptrdiff_t at = (ptrdiff_t)((x >> 33) % (uint64_t)row.len);
            char      byte = interesting[(x >> 20) % (sizeof interesting - 1)];
            switch ((x >> 40) % 4) {
            case 0:
                text[at] = byte;
                break;
            case 1:
                memmove(text + at, text + at + 1, (size_t)(row.len - at - 1));
                row.len--;
                break;
            case 2:
                memmove(text + at + 1, text + at, (size_t)(row.len - at));
                row.len++;
                break;
            default:
                text[at] = (char)(text[at] ^ (1 << (x >> 50 & 7)));
            }
        }
        taken += check_one((tr_str){text, row.len});
    }
    assert_true(taken > 1000); /* changed texts, digits and names stay lawful */
}

static void rows_read_the_same_one_by_one_and_in_a_batch(void **state)
{
    rig   *batch = &r;
    tr_str row[ORDINARY];
    plan();
    for (int i = 0; i < ORDINARY; i++)
        row[i] = tr_str_of(ordinary[i]);
    int64_t before = tr_mission_observations(batch->m);
    RIG_OK(batch, rig_batch(batch, "cam", row, ORDINARY));
    for (int i = 0; i < ORDINARY; i++) {
        const tr_obs *obs = tr_mission_observation(batch->m, before + i);
        tr_obs        slow;
        row_texts     texts;
        assert_true(general(batch->keep, row[i], &slow, &texts));
        assert_true(obs->begin == slow.begin && obs->end == slow.end);
        assert_int_equal(obs->n_max, slow.n_max);
        assert_int_equal(obs->deaths_max, slow.deaths_max);
        assert_memory_equal(&obs->place, &slow.place, sizeof slow.place);
        assert_true(tr_str_eq(tr_mission_text(batch->m, obs->src_id), texts.src_id));
        assert_true(tr_str_eq(tr_mission_text(batch->m, obs->text), texts.text));
    }
}

/* A row of a zone by name goes the general way, to the index of the zone or -1. */
static void a_zone_by_name_is_resolved(void **state)
{
    char text[2000];
    plan();
    const char              *at = strstr(ordinary[0], "{\"kind\":\"none\"}");
    int64_t                  before = tr_mission_observations(r.m);
    static const char *const zone[] = {"east", "west"};
    for (int i = 0; i < 2; i++) {
        snprintf(text, sizeof text, "%.*s{\"kind\":\"zone\",\"zone\":\"%s\",\"zv\":1}%s",
                 (int)(at - ordinary[0]), ordinary[0], zone[i], strchr(at, '}') + 1);
        tr_str row = tr_str_of(text);
        RIG_OK(&r, rig_batch(&r, "other", &row, 1));
        assert_int_equal(tr_mission_observation(r.m, before + i)->place.kind, TR_PLACE_ZONE);
    }
    assert_int_equal(tr_mission_observation(r.m, before)->place.zone, 0);
    assert_int_equal(tr_mission_observation(r.m, before + 1)->place.zone, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_rows_take_the_fast_way),
        cmocka_unit_test(unusual_rows_are_passed_on),
        cmocka_unit_test(what_the_fast_reader_takes_is_lawful),
        cmocka_unit_test(rows_read_the_same_one_by_one_and_in_a_batch),
        cmocka_unit_test(a_zone_by_name_is_resolved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
