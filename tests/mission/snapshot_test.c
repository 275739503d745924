/* snapshot_test.c -- save and load at every step of a random script; refusals. */
#include "check.h"

#include "mission/rig.h"

static rig      r;
static uint64_t rng = 77;

static uint32_t pick(uint32_t below)
{
    rng = rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((rng >> 33) % below);
}

/* One random entry, lawful or not; most often an observation of a busy day. */
static void random_entry(int step)
{
    char id[16], begin[40], end[40], tick[40];
    int  second = (int)pick(50);
    snprintf(id, sizeof id, "e%d", (int)pick(30));
    snprintf(begin, sizeof begin, "2026-02-%02dT01:00:%02d", 10 + (int)pick(3), second);
    snprintf(end, sizeof end, "%.17s%02d", begin, second + 1 + (int)pick(9));
    rig_row row = {.src_id = id, .begin = begin, .end = end};
    int64_t known = 13 + (int64_t)pick((uint32_t)(r.size - 12));
    if (known >= r.size)
        known = r.size - 1;
    switch (pick(8)) {
    case 0:
        snprintf(tick, sizeof tick, "2026-02-10T%02d:%02d:00", step / 60, step % 60);
        rig_tick(&r, tick);
        break;
    case 1:
        rig_retract(&r, "device", "cam", rig_ref(&r, known, -1));
        break;
    case 2:
        rig_correct(&r, "device", "cam", rig_ref(&r, known, -1), "kind", "\"explosion\"",
                    "\"shot\"");
        break;
    case 3:
        rig_say(&r, "party", "A", TR_ENTRY_OBJECTION,
                "{\"ground\":\"doubt\",\"of\":%s,\"text\":\"not ours\"}", rig_ref(&r, known, -1));
        break;
    case 4: {
        tr_str text = rig_row_text(&r, &row, NULL);
        rig_batch(&r, "cam", &text, 1);
        break;
    }
    case 5:
        rig_say(
            &r, "body", "JMC", TR_ENTRY_RESPONSE,
            "{\"activation\":\"a-6.2-20260210T010004Z\",\"on\":\"2026-02-10T02:00:00.000000000Z\","
            "\"status\":\"done\",\"step\":\"8.1\",\"text\":\"done\"}");
        break;
    default:
        rig_observe(&r, "cam", &row);
    }
}

static tr_str save(tr_arena *keep, const tr_mission *m)
{
    tr_out out = tr_out_new(keep);
    tr_mission_save(m, &out);
    return tr_out_text(&out);
}

static void a_loaded_mission_goes_on_as_the_saved_one(void **state)
{
    printf("seed %llu\n", (unsigned long long)rng);
    rig_open(&r);
    tr_arena scratch = check_arena();
    for (int step = 0; step < 200; step++) {
        tr_arena    text = scratch, room = check_arena();
        tr_arena    all = room;
        tr_mission *loaded;
        tr_str      snapshot = save(&text, r.m);
        CHECK_OK(tr_mission_load(&room, snapshot, &r.world, &loaded, &r.err), r.err);
        tr_hash one = tr_mission_state(r.m, text), two = tr_mission_state(loaded, text);
        assert_true(tr_hash_eq(&one, &two));
        one = tr_mission_view(r.m, text);
        two = tr_mission_view(loaded, text);
        assert_true(tr_hash_eq(&one, &two));
        assert_int_equal(tr_mission_next_due(r.m), tr_mission_next_due(loaded));
        random_entry(step);
        tr_err     err = {0};
        tr_outcome out = tr_mission_step(loaded, r.entry[r.size - 1], &err);
        assert_int_equal(out, r.last);
        assert_int_equal(err.code, r.err.code);
        one = tr_mission_state(r.m, text);
        two = tr_mission_state(loaded, text);
        if (!tr_hash_eq(&one, &two))
            fail_msg("other states after step %d, %s", step, r.err.text);
        munmap(all.beg, RIG_ROOM);
    }
    tr_mission_counts count = tr_mission_count(r.m);
    printf(
        "%d entries, %d invalid, %d incidents, %d held, %d corrected, %d retracted, %d instances\n",
        (int)count.entries, (int)count.invalid, (int)count.incidents, (int)count.held,
        (int)count.corrected, (int)count.retracted, (int)tr_mission_instances(r.m));
    assert_true(count.corrected > 0 && count.retracted > 0 && count.held > 0);
    assert_true(tr_mission_instances(r.m) > 0);
    rig_close(&r);
}

static void an_empty_mission_can_be_saved(void **state)
{
    rig_bare(&r);
    tr_mission *loaded;
    tr_arena    room = check_arena();
    tr_str      snapshot = save(&r.keep, r.m);
    CHECK_OK(tr_mission_load(&room, snapshot, &r.world, &loaded, &r.err), r.err);
    assert_null(tr_mission_plan(loaded));
    tr_hash one = rig_state(&r), two = tr_mission_state(loaded, r.keep);
    assert_true(tr_hash_eq(&one, &two));
}

static void a_damaged_snapshot_is_refused(void **state)
{
    rig_open(&r);
    tr_mission *loaded;
    tr_arena    room = check_arena();
    tr_str      good = save(&r.keep, r.m);
    for (int i = 0; i < 300; i++) {
        tr_arena keep = r.keep;
        char    *bytes = tr_str_z(&keep, good);
        bytes[pick((uint32_t)good.len)] ^= (char)(1 << pick(8));
        CHECK_FAILS(tr_mission_load(&room, (tr_str){bytes, good.len}, &r.world, &loaded, &r.err),
                    r.err, TR_E_SNAPSHOT);
    }
    for (ptrdiff_t len = 0; len < good.len; len += 97)
        CHECK_FAILS(tr_mission_load(&room, tr_str_cut(good, 0, len), &r.world, &loaded, &r.err),
                    r.err, TR_E_SNAPSHOT);
}

static void a_snapshot_of_another_record_is_refused(void **state)
{
    rig_open(&r);
    tr_mission *loaded;
    tr_arena    room = check_arena();
    tr_str      snapshot = save(&r.keep, r.m);
    r.root[r.size].at[5] ^= 1;
    CHECK_FAILS(tr_mission_load(&room, snapshot, &r.world, &loaded, &r.err), r.err, TR_E_SNAPSHOT);
    r.root[r.size].at[5] ^= 1;
    r.err = (tr_err){0};
    r.hidden = 0; /* the agreement */
    CHECK_FAILS(tr_mission_load(&room, snapshot, &r.world, &loaded, &r.err), r.err,
                TR_E_BLOB_MISSING);
    r.hidden = -1;
    r.err = (tr_err){0};
    CHECK_OK(tr_mission_load(&room, snapshot, &r.world, &loaded, &r.err), r.err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loaded_mission_goes_on_as_the_saved_one),
        cmocka_unit_test(an_empty_mission_can_be_saved),
        cmocka_unit_test(a_damaged_snapshot_is_refused),
        cmocka_unit_test(a_snapshot_of_another_record_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
