/* digest_test.c -- properties of the view and the state, over random records with printed seeds. */
#include "check.h"

#include "mission/rig.h"

static uint64_t rng;

static uint32_t pick(uint32_t below)
{
    rng = rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((rng >> 33) % below);
}

static void seeded(uint64_t seed)
{
    rng = seed;
    printf("seed %llu\n", (unsigned long long)seed);
}

enum { ROWS = 24 };

/* Rows of four days, some in volleys, some of them outside or of other kinds. */
static void make_rows(rig *r, tr_str row[ROWS])
{
    for (int i = 0; i < ROWS; i++) {
        char id[16], begin[40], end[40];
        int  day = 10 + (int)pick(3), hour = (int)pick(3), second = (int)pick(50);
        snprintf(id, sizeof id, "e%d", i);
        snprintf(begin, sizeof begin, "2026-02-%02dT%02d:00:%02d", day, hour, second);
        snprintf(end, sizeof end, "2026-02-%02dT%02d:00:%02d", day, hour,
                 second + 1 + (int)pick(9));
        static const char *const kinds[] = {"explosion", "burst", "shot", "air",
                                            "explosion.impact"};
        row[i] = rig_row_text(r,
                              &(rig_row){.src_id = id,
                                         .begin = begin,
                                         .end = end,
                                         .kind = kinds[pick(5)],
                                         .n = 1 + (int)pick(3),
                                         .exercise = pick(8) == 0,
                                         .lat = pick(9) == 0 ? 495000000 : 0},
                              NULL);
    }
}

/* The single observation with the content of a row. */
static tr_str body_of(rig *r, tr_str row, const char *source)
{
    tr_json *json = rig_json(r, row);
    tr_json *body = tr_json_copy(&r->keep, json);
    tr_json_set(body, TR_STR("source"), tr_json_str(&r->keep, tr_str_of(source)));
    tr_out out = tr_out_new(&r->keep);
    tr_json_print(&out, body);
    return tr_str_keep(&r->keep, tr_out_text(&out));
}

static void observe_row(rig *r, tr_str row)
{
    RIG_OK(r, rig_step(r, rig_raw(r, "device", "cam", NULL, NULL, TR_ENTRY_OBSERVATION,
                                  body_of(r, row, "cam"))));
}

static const char *const ticks[] = {"2026-02-10T00:00:00", "2026-02-11T00:00:00",
                                    "2026-02-12T12:00:00", "2026-02-14T00:00:00"};

/* The rows in the given order, as singles or batches cut at random, ticks between at random; all
 * ends with the last tick. */
static tr_hash play(rig *r, const tr_str *row, const int *order, int rows)
{
    int tick = 0;
    for (int i = 0; i < rows;) {
        if (tick < 3 && pick(5) == 0)
            RIG_OK(r, rig_tick(r, ticks[tick++]));
        if (pick(2)) {
            observe_row(r, row[order[i++]]);
            continue;
        }
        tr_str part[ROWS];
        int    count = 0, most = 1 + (int)pick(6);
        while (i < rows && count < most)
            part[count++] = row[order[i++]];
        RIG_OK(r, rig_batch(r, "cam", part, count));
    }
    RIG_OK(r, rig_tick(r, ticks[3]));
    return rig_view(r);
}

static void shuffle(int *order, int count)
{
    for (int i = count; i-- > 1;) {
        int at = (int)pick((uint32_t)i + 1), kept = order[i];
        order[i] = order[at];
        order[at] = kept;
    }
}

static rig a, b;

static void any_order_of_arrival_gives_the_same_view(void **state)
{
    int active = 0;
    seeded(11);
    for (int round = 0; round < 12; round++) {
        tr_str row[ROWS];
        int    order[ROWS];
        rig_open(&a);
        make_rows(&a, row);
        for (int i = 0; i < ROWS; i++)
            order[i] = i;
        tr_hash first = play(&a, row, order, ROWS);
        rig_open(&b);
        shuffle(order, ROWS);
        tr_hash second = play(&b, row, order, ROWS);
        assert_true(tr_mission_count(a.m).live > 0);
        assert_true(tr_hash_eq(&first, &second));
        active += tr_mission_instances(a.m);
        rig_close(&a);
        rig_close(&b);
    }
    assert_true(active > 12);
}

static void a_difference_in_content_shows_in_the_view(void **state)
{
    tr_str row[ROWS];
    int    order[ROWS];
    seeded(12);
    rig_open(&a);
    make_rows(&a, row);
    for (int i = 0; i < ROWS; i++)
        order[i] = i;
    tr_hash whole = play(&a, row, order, ROWS);
    rig_open(&b);
    tr_hash fewer = play(&b, row, order, ROWS - 1);
    assert_false(tr_hash_eq(&whole, &fewer));
    rig_close(&a);
    rig_close(&b);
}

static void duplicates_change_nothing_in_the_view(void **state)
{
    seeded(13);
    for (int round = 0; round < 6; round++) {
        tr_str row[ROWS];
        int    order[2 * ROWS], doubled = ROWS;
        rig_open(&a);
        make_rows(&a, row);
        for (int i = 0; i < ROWS; i++)
            order[i] = i;
        tr_hash once = play(&a, row, order, ROWS);
        for (int i = 0; i < ROWS; i++)
            if (pick(2))
                order[doubled++] = i;
        shuffle(order, doubled);
        rig_open(&b);
        /* the same single entry twice is one entry; so repeat in batches */
        RIG_OK(&b, rig_tick(&b, ticks[0]));
        for (int i = 0; i < doubled; i++) {
            tr_str one[2] = {row[order[i]], row[order[(i + 1) % doubled]]};
            RIG_OK(&b, rig_batch(&b, "cam", one, 2));
        }
        RIG_OK(&b, rig_tick(&b, ticks[3]));
        tr_hash twice = rig_view(&b);
        assert_true(tr_mission_count(b.m).duplicates > 0);
        assert_true(tr_hash_eq(&once, &twice));
        rig_close(&a);
        rig_close(&b);
    }
}

/* `old` or `new` text of one random change of a row, and the row changed. */
static tr_str change(rig *r, tr_str row, const char **path, char old[80], char next[80])
{
    tr_json                 *json = tr_json_copy(&r->keep, rig_json(r, row)), *value;
    static const char *const paths[] = {"count.max", "conf_ppm", "place.lat", "happened.end",
                                        "src_id"};
    *path = paths[pick(5)];
    value = tr_json_at(json, tr_str_of(*path));
    if (value->kind == TR_JSON_INT) {
        snprintf(old, 80, "%lld", (long long)value->value);
        value->value += 1 + pick(5);
        snprintf(next, 80, "%lld", (long long)value->value);
    } else {
        snprintf(old, 80, "\"%.*s\"", TR_FMT(value->text));
        value->text = strcmp(*path, "src_id") == 0 ? TR_STR("another")
                                                   : TR_STR("2026-02-20T00:00:00.000000000Z");
        snprintf(next, 80, "\"%.*s\"", TR_FMT(value->text));
    }
    tr_out out = tr_out_new(&r->keep);
    tr_json_print(&out, json);
    return tr_str_keep(&r->keep, tr_out_text(&out));
}

static void a_correction_equals_never_having_erred(void **state)
{
    seeded(14);
    for (int round = 0; round < 20; round++) {
        tr_str      row[ROWS];
        int         order[ROWS], wrong = (int)pick(ROWS);
        const char *path;
        char        right[80], error[80];
        rig_open(&a);
        rig_open(&b);
        make_rows(&a, row);
        for (int i = 0; i < ROWS; i++)
            order[i] = i;
        tr_hash never = play(&a, row, order, ROWS);
        tr_str  erring = change(&b, row[wrong], &path, right, error);
        RIG_OK(&b, rig_tick(&b, ticks[0]));
        for (int i = 0; i < ROWS; i++) {
            tr_str one = i == wrong ? erring : row[i];
            RIG_OK(&b, rig_batch(&b, "cam", &one, 1));
            if (i == wrong && pick(2)) /* at once, or after all */
                wrong += ROWS;
            if (wrong == i + ROWS)
                RIG_OK(&b, rig_correct(&b, "device", "cam", rig_ref(&b, b.size - 1, 0), path, error,
                                       right));
        }
        if (wrong < ROWS) {
            RIG_OK(&b, rig_tick(&b, ticks[2]));
            int64_t entry = b.size - 1 - (ROWS - wrong);
            RIG_OK(&b, rig_correct(&b, "device", "cam", rig_ref(&b, entry, 0), path, error, right));
        }
        RIG_OK(&b, rig_tick(&b, ticks[3]));
        tr_hash corrected = rig_view(&b);
        if (!tr_hash_eq(&never, &corrected))
            fail_msg("round %d: %s from %s to %s", round, path, error, right);
        rig_close(&a);
        rig_close(&b);
    }
}

static void what_was_retracted_was_never_there(void **state)
{
    seeded(15);
    for (int round = 0; round < 10; round++) {
        tr_str  row[ROWS];
        int     order[ROWS];
        int64_t entry[ROWS];
        rig_open(&a);
        rig_open(&b);
        make_rows(&a, row);
        for (int i = 0; i < ROWS; i++)
            order[i] = i;
        tr_hash fewer = play(&a, row, order, ROWS - 5);
        RIG_OK(&b, rig_tick(&b, ticks[0]));
        shuffle(order, ROWS);
        for (int i = 0; i < ROWS; i++) {
            observe_row(&b, row[order[i]]);
            entry[order[i]] = b.size - 1;
        }
        RIG_OK(&b, rig_tick(&b, ticks[3]));
        for (int i = ROWS - 5; i < ROWS; i++)
            RIG_OK(&b, rig_retract(&b, "device", "cam", rig_ref(&b, entry[i], -1)));
        tr_hash retracted = rig_view(&b);
        assert_true(tr_hash_eq(&fewer, &retracted));
        rig_close(&a);
        rig_close(&b);
    }
}

/* ---- the state ---- */

static void the_same_record_gives_the_same_state(void **state)
{
    tr_str row[ROWS];
    int    order[ROWS];
    seeded(16);
    rig_open(&a);
    make_rows(&a, row);
    for (int i = 0; i < ROWS; i++)
        order[i] = i;
    play(&a, row, order, ROWS);
    tr_arena    room = check_arena();
    tr_mission *again = tr_mission_new(&room, TR_STR(RIG_ORIGIN), &a.world);
    for (int64_t i = 0; i < a.size; i++)
        assert_int_equal(tr_mission_step(again, a.entry[i], &a.err), TR_STEP_OK);
    tr_hash one = rig_state(&a), two = tr_mission_state(again, a.keep);
    assert_true(tr_hash_eq(&one, &two));
    RIG_OK(&a, rig_tick(&a, "2026-02-15T00:00:00"));
    tr_hash after = rig_state(&a);
    assert_false(tr_hash_eq(&one, &after));
    rig_close(&a);
}

/* What was known at a tick is what a mission that has only the entries up to it knows. */
static void as_known_then_is_what_it_was(void **state)
{
    tr_str  row[ROWS];
    int     order[ROWS];
    tr_hash then[4];
    int64_t size[4];
    seeded(17);
    rig_open(&a);
    make_rows(&a, row);
    for (int i = 0; i < ROWS; i++)
        order[i] = i;
    shuffle(order, ROWS);
    for (int part = 0; part < 4; part++) {
        for (int i = part * ROWS / 4; i < (part + 1) * ROWS / 4; i++)
            observe_row(&a, row[order[i]]);
        RIG_OK(&a, rig_tick(&a, ticks[part]));
        then[part] = rig_state(&a);
        size[part] = a.size;
    }
    tr_arena    room = check_arena();
    tr_mission *again = tr_mission_new(&room, TR_STR(RIG_ORIGIN), &a.world);
    for (int64_t i = 0, part = 0; i < a.size; i++) {
        assert_int_equal(tr_mission_step(again, a.entry[i], &a.err), TR_STEP_OK);
        if (i + 1 == size[part]) {
            tr_hash now = tr_mission_state(again, a.keep);
            assert_true(tr_hash_eq(&now, &then[part]));
            part++;
        }
    }
    rig_close(&a);
}

/* Exchange of the parties in agreement and data: the same results but for the names. */
static void parties_exchanged_exchange_nothing_else(void **state)
{
    char text[sizeof rig_agreement];
    memcpy(text, rig_agreement, sizeof text);
    for (char *at = text; (at = strstr(at, "party A \"Party A\"\nparty B \"Party B\"")) != NULL;)
        memcpy(at, "party B \"Party B\"\nparty A \"Party A\"", 35);
    rig_open(&a);
    rig_open_text(&b, (tr_str){text, (ptrdiff_t)strlen(text)});
    rig                     *both[2] = {&a, &b};
    static const char *const objector[2] = {"A", "B"};
    for (int i = 0; i < 2; i++) {
        rig *r = both[i];
        RIG_OK(r, rig_tick(r, ticks[0]));
        for (int k = 0; k < 6; k++) {
            char id[16];
            snprintf(id, sizeof id, "e%d", k);
            RIG_OK(r, rig_see(r, "cam", id, "2026-02-10T01:00:00", "2026-02-10T01:00:05"));
        }
        RIG_OK(r, rig_say(r, "party", objector[i], TR_ENTRY_OBJECTION,
                          "{\"ground\":\"doubt\",\"of\":%s,\"text\":\"not ours\"}",
                          rig_ref(r, r->size - 1, -1)));
        tr_str body = rig_row_text(
            r,
            &(rig_row){.src_id = "p", .begin = "2026-02-10T01:00:00", .end = "2026-02-10T01:00:05"},
            "cam");
        RIG_OK(r, rig_step(r, rig_raw(r, "party", objector[1 - i], NULL, NULL, TR_ENTRY_OBSERVATION,
                                      body)));
        RIG_OK(r, rig_tick(r, ticks[1]));
    }
    tr_mission_counts one = tr_mission_count(a.m), two = tr_mission_count(b.m);
    assert_memory_equal(&one, &two, sizeof one);
    assert_int_equal(tr_mission_instances(a.m), tr_mission_instances(b.m));
    for (int32_t i = 0; i < tr_mission_instances(a.m); i++)
        assert_memory_equal(tr_mission_instance(a.m, i), tr_mission_instance(b.m, i),
                            sizeof(tr_instance));
    tr_board left, right;
    tr_mission_board(a.m, &a.keep, &left);
    tr_mission_board(b.m, &b.keep, &right);
    assert_int_equal(left.len, right.len);
    for (ptrdiff_t i = 0; i < left.len; i++) {
        assert_int_equal(left.at[i].verdict, right.at[i].verdict);
        assert_int_equal(left.at[i].breaches, right.at[i].breaches);
        assert_int_equal(left.at[i].on_count[0].certain, right.at[i].on_count[0].certain);
        assert_int_equal(left.at[i].step.state, right.at[i].step.state);
        assert_true(left.at[i].step.due == right.at[i].step.due);
    }
    rig_close(&a);
    rig_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_arrival_gives_the_same_view),
        cmocka_unit_test(a_difference_in_content_shows_in_the_view),
        cmocka_unit_test(duplicates_change_nothing_in_the_view),
        cmocka_unit_test(a_correction_equals_never_having_erred),
        cmocka_unit_test(what_was_retracted_was_never_there),
        cmocka_unit_test(the_same_record_gives_the_same_state),
        cmocka_unit_test(as_known_then_is_what_it_was),
        cmocka_unit_test(parties_exchanged_exchange_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
