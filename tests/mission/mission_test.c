/* mission_test.c -- step: what is valid, what counts, what each type does. */
#include "check.h"

#include "mission/rig.h"

static rig r;

#define T(hour) "2026-02-10T" hour ":00:00"

static void a_record_begins_with_its_agreement(void **state)
{
    rig_bare(&r);
    rig_author(&r, "clock", "mission");
    RIG_INVALID(&r, rig_tick(&r, T("00")), TR_E_GENESIS);
    rig_bare(&r);
    assert_null(tr_mission_plan(r.m));
    tr_str adopt = rig_adopt(&r, TR_STR(rig_agreement));
    assert_true(tr_mission_would(r.m, adopt, &r.err));
    assert_null(tr_mission_plan(r.m)); /* asking changes nothing */
    RIG_OK(&r, rig_step(&r, adopt));
    CHECK_STR(tr_mission_plan(r.m)->id, "rig");
    assert_int_equal(tr_mission_size(r.m), 1);
    assert_true(tr_mission_now(r.m) == TR_TIME_NONE);
}

static void an_agreement_that_does_not_compile_founds_nothing(void **state)
{
    rig_bare(&r);
    tr_str adopt = rig_adopt(&r, TR_STR(rig_agreement));
    r.blob[0] = TR_STR("agreement of nothing");
    assert_int_equal(rig_step(&r, adopt), TR_STEP_INVALID); /* size differs already */
    rig_bare(&r);
    adopt = rig_adopt(&r, TR_STR(rig_agreement));
    char *text = tr_str_z(&r.keep, r.blob[0]);
    text[0] = 'x';
    r.blob[0] = (tr_str){text, r.blob[0].len};
    RIG_INVALID(&r, rig_step(&r, adopt), TR_E_AGREEMENT);
    assert_int_equal(tr_mission_count(r.m).invalid, 1);
}

static void a_missing_file_cannot_be_decided_and_changes_nothing(void **state)
{
    rig_bare(&r);
    tr_str adopt = rig_adopt(&r, TR_STR(rig_agreement));
    r.hidden = 1; /* the policy */
    tr_hash before = rig_state(&r);
    assert_int_equal(rig_step(&r, adopt), TR_STEP_CANNOT);
    assert_int_equal(r.err.code, TR_E_BLOB_MISSING);
    tr_hash after = rig_state(&r);
    assert_true(tr_hash_eq(&before, &after));
    r.hidden = -1;
    RIG_OK(&r, rig_step(&r, adopt));
}

static void an_invalid_entry_changes_only_the_counter(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, T("00")));
    tr_hash           view = rig_view(&r);
    tr_mission_counts before = tr_mission_count(r.m);
    assert_int_equal(rig_step(&r, TR_STR("no entry at all\n")), TR_STEP_INVALID);
    RIG_INVALID(&r, rig_see(&r, "nobody", "e", T("01"), T("02")), TR_E_KEY_UNKNOWN);
    tr_mission_counts after = tr_mission_count(r.m);
    assert_int_equal(after.invalid, before.invalid + 2);
    assert_int_equal(after.entries, before.entries + 2);
    after.invalid = before.invalid;
    after.entries = before.entries;
    assert_memory_equal(&after, &before, sizeof after);
    tr_hash same = rig_view(&r);
    assert_true(tr_hash_eq(&view, &same));
}

static void the_same_entry_is_not_taken_twice(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_see(&r, "cam", "e", T("01"), T("02")));
    RIG_INVALID(&r, rig_step(&r, r.entry[r.size - 1]), TR_E_DUPLICATE);
}

static void time_runs_forward_only(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, T("02")));
    RIG_INVALID(&r, rig_tick(&r, T("01")), TR_E_TICK);
    RIG_INVALID(&r, rig_tick(&r, T("02")), TR_E_TICK);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T02:00:01"));
    assert_int_equal(tr_mission_ticks(r.m), 2);
    assert_int_equal(tr_mission_tick(r.m, 1)->index, r.size - 1);
    assert_true(tr_mission_tick(r.m, 1)->t == tr_mission_now(r.m));
}

static void a_head_that_the_record_never_had_is_refused(void **state)
{
    rig_open(&r);
    tr_hash kept = r.root[r.size];
    r.root[r.size].at[0] ^= 1;
    tr_str raw = rig_raw(
        &r, "device", "cam", NULL, NULL, TR_ENTRY_OBSERVATION,
        rig_row_text(&r, &(rig_row){.src_id = "e", .begin = T("01"), .end = T("02")}, "cam"));
    r.root[r.size] = kept;
    RIG_INVALID(&r, rig_step(&r, raw), TR_E_SEEN_HEAD);
}

static void a_source_is_registered_once_and_before_it_reports(void **state)
{
    rig_open(&r);
    RIG_INVALID(&r, rig_source(&r, "cam", "\"fire\""), TR_E_SOURCE_TWICE);
    tr_str body =
        rig_row_text(&r, &(rig_row){.src_id = "e", .begin = T("01"), .end = T("02")}, "unknown");
    RIG_INVALID(&r,
                rig_step(&r, rig_raw(&r, "device", "cam", NULL, NULL, TR_ENTRY_OBSERVATION, body)),
                TR_E_SOURCE_UNKNOWN);
    tr_source_view view;
    tr_mission_source(r.m, tr_mission_source_named(r.m, TR_STR("table")), &view);
    assert_int_equal(view.reg, 0);
    CHECK_STR(view.owner, "mission");
    tr_mission_source(r.m, tr_mission_source_named(r.m, TR_STR("cam")), &view);
    assert_int_equal(view.reg, -1);
    assert_int_equal(tr_mission_source_named(r.m, TR_STR("unknown")), -1);
}

static void an_observation_becomes_an_incident(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_observe(&r, "cam",
                           &(rig_row){.src_id = "e1",
                                      .begin = T("01"),
                                      .end = T("02"),
                                      .n = 3,
                                      .text = "seen well",
                                      .exercise = 1}));
    const tr_obs *obs = tr_mission_observation(r.m, 0);
    assert_int_equal(obs->status, TR_OBS_LIVE);
    assert_int_equal(obs->kind, TR_KIND_EXPLOSION_);
    assert_int_equal(obs->exercise, 1);
    assert_int_equal(obs->entry, r.size - 1);
    assert_int_equal(obs->row, -1);
    assert_int_equal(obs->by, -1);
    CHECK_STR(tr_mission_text(r.m, obs->text), "seen well");
    CHECK_STR(tr_mission_text(r.m, obs->src_id), "e1");
    assert_int_equal(tr_mission_incidents(r.m), 1);
    const tr_incident *incident = tr_mission_incident(r.m, 0);
    assert_int_equal(incident->n_best, 3);
    assert_int_equal(incident->live, 1);
    assert_int_equal(incident->anchor, 0);
    assert_int_equal(tr_mission_find(r.m, 0, TR_STR("e1")), 0);
    assert_int_equal(tr_mission_find(r.m, 0, TR_STR("e")), -1);
    assert_int_equal(tr_mission_find(r.m, 1, TR_STR("e1")), -1);
    tr_str bytes;
    assert_true(tr_mission_bytes(r.m, &r.keep, 0, &bytes));
    assert_true(tr_str_starts(bytes, "{\"assess\":"));
}

static void a_row_and_a_single_observation_of_the_same_content_have_one_id(void **state)
{
    rig_open(&r);
    rig_row row = {.src_id = "e1", .begin = T("01"), .end = T("02"), .deaths = 2};
    tr_str  text = rig_row_text(&r, &row, NULL);
    RIG_OK(&r, rig_observe(&r, "cam", &row));
    RIG_OK(&r, rig_batch(&r, "cam", &text, 1));
    assert_true(
        tr_hash_eq(&tr_mission_observation(r.m, 0)->id, &tr_mission_observation(r.m, 1)->id));
    assert_int_equal(rig_status(&r, 0), TR_OBS_LIVE);
    assert_int_equal(rig_status(&r, 1), TR_OBS_DUPLICATE);
    assert_int_equal(tr_mission_count(r.m).incidents, 1);
    assert_int_equal(tr_mission_count(r.m).rows, 1);
    assert_int_equal(tr_mission_count(r.m).singles, 1);
    assert_int_equal(tr_mission_incident(r.m, 0)->deaths_best, 2);
    tr_str bytes;
    assert_true(tr_mission_bytes(r.m, &r.keep, 1, &bytes));
    assert_true(tr_str_eq(bytes, text));
}

static void two_bodies_under_one_id_are_both_held(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_see(&r, "cam", "e1", T("01"), T("02")));
    RIG_OK(&r, rig_see(&r, "cam", "e1", T("01"), T("03")));
    assert_int_equal(rig_status(&r, 0), TR_OBS_HELD);
    assert_int_equal(rig_status(&r, 1), TR_OBS_HELD);
    assert_int_equal(tr_mission_count(r.m).incidents, 0);
    assert_int_equal(tr_mission_count(r.m).held, 2);
    RIG_OK(&r, rig_see(&r, "cam", "e1", T("01"), T("04"))); /* a third */
    assert_int_equal(tr_mission_count(r.m).held, 3);
    RIG_OK(&r, rig_see(&r, "other", "e1", T("01"), T("03"))); /* another source's is its own */
    assert_int_equal(tr_mission_count(r.m).incidents, 1);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 4, -1)));
    assert_int_equal(tr_mission_count(r.m).held, 2);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 3, -1)));
    assert_int_equal(rig_status(&r, 1), TR_OBS_LIVE);
    assert_int_equal(tr_mission_count(r.m).incidents, 2);
}

static void what_a_party_says_is_kept_beside_and_never_counted(void **state)
{
    rig_open(&r);
    tr_str body =
        rig_row_text(&r, &(rig_row){.src_id = "e", .begin = T("01"), .end = T("02")}, "cam");
    RIG_OK(&r, rig_step(&r, rig_raw(&r, "party", "A", NULL, NULL, TR_ENTRY_OBSERVATION, body)));
    RIG_OK(&r,
           rig_observe(
               &r, "cam",
               &(rig_row){.src_id = "f", .begin = T("01"), .end = T("02"), .platform = "party"}));
    assert_int_equal(rig_status(&r, 0), TR_OBS_ALLEGATION);
    assert_int_equal(rig_status(&r, 1), TR_OBS_ALLEGATION);
    assert_int_equal(tr_mission_count(r.m).incidents, 0);
    assert_int_equal(tr_mission_count(r.m).allegations, 2);
    tr_source_view view;
    tr_mission_source(r.m, 0, &view);
    assert_true(view.hull.begin == TR_TIME_NONE);
    /* and it does not stand in the way of the source's own report */
    RIG_OK(&r, rig_see(&r, "cam", "e", T("03"), T("04")));
    assert_int_equal(tr_mission_count(r.m).incidents, 1);
}

static void a_point_outside_the_area_is_held(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_observe(&r, "cam",
                           &(rig_row){.src_id = "in",
                                      .begin = T("01"),
                                      .end = T("02"),
                                      .lat = 490000000,
                                      .lon = 390000000}));
    RIG_OK(&r, rig_observe(&r, "cam",
                           &(rig_row){.src_id = "out",
                                      .begin = T("01"),
                                      .end = T("02"),
                                      .lat = 490000001,
                                      .lon = 390000000}));
    assert_int_equal(rig_status(&r, 0), TR_OBS_LIVE);
    assert_int_equal(rig_status(&r, 1), TR_OBS_HELD);
}

static void kinds_and_platforms_outside_the_lists_are_invalid(void **state)
{
    rig_open(&r);
    RIG_INVALID(
        &r,
        rig_observe(&r, "cam",
                    &(rig_row){.src_id = "e", .begin = T("01"), .end = T("02"), .kind = "weather"}),
        TR_E_KIND);
    RIG_INVALID(
        &r,
        rig_observe(
            &r, "cam",
            &(rig_row){.src_id = "e", .begin = T("01"), .end = T("02"), .platform = "balloon"}),
        TR_E_ENTRY_MEMBER);
}

static void a_batch_must_be_what_its_entry_says(void **state)
{
    rig_open(&r);
    tr_str row[2] = {
        rig_row_text(&r, &(rig_row){.src_id = "a", .begin = T("01"), .end = T("02")}, NULL),
        rig_row_text(&r, &(rig_row){.src_id = "b", .begin = T("02"), .end = T("03")}, NULL)};
    tr_out  chunk = tr_out_new(&r.keep);
    int64_t rows = 0;
    tr_put_chunk_row(&chunk, row[0]);
    tr_put_chunk_row(&chunk, row[1]);
    tr_str  bytes = tr_str_keep(&r.keep, tr_out_text(&chunk));
    tr_hash root = tr_chunk_root(r.keep, bytes, &rows, &r.err), wrong = root;
    wrong.at[31] ^= 1;
    RIG_INVALID(&r,
                rig_step(&r, rig_raw(&r, "device", "cam", NULL, NULL, TR_ENTRY_OBSERVATION_BATCH,
                                     rig_batch_body(&r, "cam", bytes, &wrong, 2))),
                TR_E_BATCH);
    RIG_INVALID(&r,
                rig_step(&r, rig_raw(&r, "device", "cam", NULL, NULL, TR_ENTRY_OBSERVATION_BATCH,
                                     rig_batch_body(&r, "cam", bytes, &root, 3))),
                TR_E_BATCH);
    assert_int_equal(tr_mission_observations(r.m), 0);
    tr_str torn = tr_str_cut(bytes, 0, bytes.len - 1);
    RIG_INVALID(&r,
                rig_step(&r, rig_raw(&r, "device", "cam", NULL, NULL, TR_ENTRY_OBSERVATION_BATCH,
                                     rig_batch_body(&r, "cam", torn, &root, 2))),
                TR_E_CHUNK);
    RIG_OK(&r, rig_step(&r, rig_raw(&r, "device", "cam", NULL, NULL, TR_ENTRY_OBSERVATION_BATCH,
                                    rig_batch_body(&r, "cam", bytes, &root, 2))));
    assert_int_equal(tr_mission_count(r.m).incidents, 2);
    assert_int_equal(tr_mission_observation(r.m, 1)->row, 1);
}

static void one_unlawful_row_spoils_the_batch_and_is_named(void **state)
{
    rig_open(&r);
    tr_str row[2] = {
        rig_row_text(&r, &(rig_row){.src_id = "a", .begin = T("01"), .end = T("02")}, NULL),
        rig_row_text(&r, &(rig_row){.src_id = "b", .begin = T("03"), .end = T("03")}, NULL)};
    assert_int_equal(rig_batch(&r, "cam", row, 2), TR_STEP_INVALID);
    assert_non_null(strstr(r.err.text, "row 1"));
    assert_int_equal(tr_mission_observations(r.m), 0);
    row[1] = rig_row_text(&r, &(rig_row){.src_id = "b", .begin = T("03"), .end = T("04")}, "cam");
    assert_int_equal(rig_batch(&r, "cam", row, 2), TR_STEP_INVALID); /* names its source */
}

static void a_missing_batch_file_cannot_be_decided(void **state)
{
    rig_open(&r);
    tr_str row =
        rig_row_text(&r, &(rig_row){.src_id = "a", .begin = T("01"), .end = T("02")}, NULL);
    r.hidden = r.blobs;
    assert_int_equal(rig_batch(&r, "cam", &row, 1), TR_STEP_CANNOT);
    assert_int_equal(tr_mission_observations(r.m), 0);
}

static void nothing_follows_a_closed_record(void **state)
{
    rig_open(&r);
    tr_author *log = rig_author(&r, "log", "log");
    tr_vkey    vkey;
    tr_vkey_make(&vkey, TR_STR(RIG_ORIGIN), TR_KEY_ED25519, &log->pub);
    tr_out text = tr_out_new(&r.keep);
    tr_put_vkey(&text, &vkey);
    tr_str key = tr_str_keep(&r.keep, tr_out_text(&text));
    RIG_OK(&r, rig_say(&r, "root", "mission", TR_ENTRY_SHARD_CLOSE,
                       "{\"reason\":\"end\",\"state\":\"%064d\",\"successor\":{\"log\":[\"%.*s\"],"
                       "\"origin\":\"truce.example/next\"}}",
                       0, TR_FMT(key)));
    RIG_INVALID(&r, rig_tick(&r, T("01")), TR_E_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_begins_with_its_agreement),
        cmocka_unit_test(an_agreement_that_does_not_compile_founds_nothing),
        cmocka_unit_test(a_missing_file_cannot_be_decided_and_changes_nothing),
        cmocka_unit_test(an_invalid_entry_changes_only_the_counter),
        cmocka_unit_test(the_same_entry_is_not_taken_twice),
        cmocka_unit_test(time_runs_forward_only),
        cmocka_unit_test(a_head_that_the_record_never_had_is_refused),
        cmocka_unit_test(a_source_is_registered_once_and_before_it_reports),
        cmocka_unit_test(an_observation_becomes_an_incident),
        cmocka_unit_test(a_row_and_a_single_observation_of_the_same_content_have_one_id),
        cmocka_unit_test(two_bodies_under_one_id_are_both_held),
        cmocka_unit_test(what_a_party_says_is_kept_beside_and_never_counted),
        cmocka_unit_test(a_point_outside_the_area_is_held),
        cmocka_unit_test(kinds_and_platforms_outside_the_lists_are_invalid),
        cmocka_unit_test(a_batch_must_be_what_its_entry_says),
        cmocka_unit_test(one_unlawful_row_spoils_the_batch_and_is_named),
        cmocka_unit_test(a_missing_batch_file_cannot_be_decided),
        cmocka_unit_test(nothing_follows_a_closed_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
