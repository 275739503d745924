/* amend_test.c -- corrections, retractions and objections, and what they undo. */
#include "check.h"

#include "mission/rig.h"

static rig r;

#define T(hour) "2026-02-10T" hour ":00:00"
#define Z(hour) "\"2026-02-10T" hour ":00:00.000000000Z\""

static int64_t see(const char *src_id, const char *begin, const char *end)
{
    RIG_OK(&r, rig_see(&r, "cam", src_id, begin, end));
    return r.size - 1;
}

static void a_correction_supersedes_and_can_be_corrected_again(void **state)
{
    rig_open(&r);
    int64_t     entry = see("e", T("01"), T("02"));
    const char *ref = rig_ref(&r, entry, -1);
    RIG_OK(&r, rig_correct(&r, "device", "cam", ref, "happened.end", Z("02"), Z("03")));
    int64_t first = r.size - 1;
    assert_int_equal(rig_status(&r, 0), TR_OBS_CORRECTED);
    assert_int_equal(tr_mission_observation(r.m, 0)->by, first);
    assert_int_equal(rig_status(&r, 1), TR_OBS_LIVE);
    assert_int_equal(tr_mission_observation(r.m, 1)->entry, entry);
    assert_int_equal(tr_mission_observation(r.m, 1)->by, first); /* that made it */
    assert_int_equal(tr_mission_count(r.m).incidents, 1);
    /* the old value no longer holds */
    RIG_INVALID(&r, rig_correct(&r, "device", "cam", ref, "happened.end", Z("02"), Z("04")),
                TR_E_CORRECTION);
    RIG_OK(&r, rig_correct(&r, "device", "cam", ref, "happened.end", Z("03"), Z("04")));
    assert_int_equal(rig_status(&r, 1), TR_OBS_CORRECTED);
    assert_int_equal(rig_status(&r, 2), TR_OBS_LIVE);
    assert_int_equal(tr_mission_count(r.m).corrected, 2);
    tr_str bytes;
    assert_true(tr_mission_bytes(r.m, &r.keep, 2, &bytes));
    assert_non_null(strstr(tr_str_z(&r.keep, bytes), "T04:00:00"));
    assert_true(tr_mission_bytes(r.m, &r.keep, 0, &bytes));
    assert_non_null(strstr(tr_str_z(&r.keep, bytes), "T02:00:00"));
}

static void a_corrected_body_must_be_lawful(void **state)
{
    rig_open(&r);
    const char *ref = rig_ref(&r, see("e", T("01"), T("02")), -1);
    RIG_INVALID(&r, rig_correct(&r, "device", "cam", ref, "happened.end", Z("02"), Z("01")),
                TR_E_ENTRY_MEMBER);
    RIG_INVALID(&r, rig_correct(&r, "device", "cam", ref, "kind", "\"explosion\"", "\"noise\""),
                TR_E_KIND);
    RIG_INVALID(&r, rig_correct(&r, "device", "cam", ref, "source", "\"cam\"", "\"other\""),
                TR_E_CORRECTION);
    RIG_INVALID(&r, rig_correct(&r, "device", "cam", ref, "place.zone", "\"a\"", "\"b\""),
                TR_E_CORRECTION);
    assert_int_equal(rig_status(&r, 0), TR_OBS_LIVE);
    assert_int_equal(tr_mission_observations(r.m), 1);
}

static void an_optional_member_can_be_added_and_taken_out(void **state)
{
    rig_open(&r);
    const char *ref = rig_ref(&r, see("e", T("01"), T("02")), -1);
    RIG_OK(&r, rig_say(&r, "device", "cam", TR_ENTRY_CORRECTION,
                       "{\"class\":\"typo\",\"of\":%s,\"reason\":\"x\",\"set\":[{\"new\":\"seen\","
                       "\"path\":\"text\"}]}",
                       ref));
    CHECK_STR(tr_mission_text(r.m, tr_mission_observation(r.m, 1)->text), "seen");
    RIG_OK(&r, rig_say(&r, "device", "cam", TR_ENTRY_CORRECTION,
                       "{\"class\":\"typo\",\"of\":%s,\"reason\":\"x\",\"set\":[{\"old\":\"seen\","
                       "\"path\":\"text\"}]}",
                       ref));
    assert_true(
        tr_hash_eq(&tr_mission_observation(r.m, 0)->id, &tr_mission_observation(r.m, 2)->id));
    assert_int_equal(rig_status(&r, 2), TR_OBS_LIVE);
}

static void only_the_authors_holder_the_secretariat_or_the_body_amend(void **state)
{
    rig_open(&r);
    int64_t     entry = see("e", T("01"), T("02"));
    const char *ref = rig_ref(&r, entry, -1);
    RIG_INVALID(&r, rig_retract(&r, "party", "A", ref), TR_E_NOT_AUTHOR);
    RIG_INVALID(&r, rig_retract(&r, "device", "other", ref), TR_E_NOT_AUTHOR);
    RIG_INVALID(&r, rig_correct(&r, "party", "B", ref, "kind", "\"explosion\"", "\"shot\""),
                TR_E_NOT_AUTHOR);
    RIG_OK(&r, rig_correct(&r, "body", "JMC", ref, "kind", "\"explosion\"", "\"shot\""));
    RIG_OK(&r, rig_retract(&r, "secretariat", "mission", ref));
    tr_str body =
        rig_row_text(&r, &(rig_row){.src_id = "p", .begin = T("01"), .end = T("02")}, "cam");
    RIG_OK(&r, rig_step(&r, rig_raw(&r, "party", "A", NULL, NULL, TR_ENTRY_OBSERVATION, body)));
    const char *of_party = rig_ref(&r, r.size - 1, -1);
    RIG_INVALID(&r, rig_retract(&r, "secretariat", "mission", of_party), TR_E_NOT_AUTHOR);
    RIG_INVALID(&r, rig_retract(&r, "party", "B", of_party), TR_E_NOT_AUTHOR);
    RIG_OK(&r, rig_retract(&r, "party", "A", of_party));
    assert_int_equal(rig_status(&r, 2), TR_OBS_RETRACTED);
}

static void rows_of_a_batch_are_amended_one_by_one_or_all(void **state)
{
    rig_open(&r);
    tr_str row[3] = {
        rig_row_text(&r, &(rig_row){.src_id = "a", .begin = T("01"), .end = T("02")}, NULL),
        rig_row_text(&r, &(rig_row){.src_id = "b", .begin = T("02"), .end = T("03")}, NULL),
        rig_row_text(&r, &(rig_row){.src_id = "c", .begin = T("03"), .end = T("04")}, NULL)};
    RIG_OK(&r, rig_batch(&r, "cam", row, 3));
    int64_t entry = r.size - 1;
    RIG_INVALID(&r,
                rig_correct(&r, "device", "cam", rig_ref(&r, entry, -1), "kind", "\"explosion\"",
                            "\"shot\""),
                TR_E_CORRECTION);
    RIG_INVALID(&r, rig_retract(&r, "device", "cam", rig_ref(&r, entry, 3)), TR_E_REF);
    RIG_OK(&r, rig_correct(&r, "device", "cam", rig_ref(&r, entry, 1), "kind", "\"explosion\"",
                           "\"shot\""));
    assert_int_equal(rig_status(&r, 1), TR_OBS_CORRECTED);
    assert_int_equal(tr_mission_observation(r.m, 3)->row, 1);
    assert_int_equal(tr_mission_observation(r.m, 3)->kind, TR_KIND_SHOT_);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, entry, 0)));
    assert_int_equal(tr_mission_count(r.m).incidents, 2);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, entry, -1)));
    assert_int_equal(tr_mission_count(r.m).incidents, 0);
    assert_int_equal(tr_mission_count(r.m).retracted, 3);
    assert_int_equal(tr_mission_count(r.m).corrected, 1);
    /* the batch back, the one row stays out */
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 1, -1)));
    assert_int_equal(tr_mission_count(r.m).incidents, 2);
    assert_int_equal(rig_status(&r, 0), TR_OBS_RETRACTED);
    assert_int_equal(rig_status(&r, 3), TR_OBS_LIVE);
}

static void a_retraction_can_be_retracted_and_that_too(void **state)
{
    rig_open(&r);
    int64_t entry = see("e", T("01"), T("02"));
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, entry, -1)));
    assert_int_equal(tr_mission_observation(r.m, 0)->by, r.size - 1);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 1, -1)));
    assert_int_equal(rig_status(&r, 0), TR_OBS_LIVE);
    assert_int_equal(tr_mission_observation(r.m, 0)->by, -1);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 1, -1)));
    assert_int_equal(rig_status(&r, 0), TR_OBS_RETRACTED);
    /* a second retraction holds it down when the first goes */
    RIG_OK(&r, rig_retract(&r, "secretariat", "mission", rig_ref(&r, entry, -1)));
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 2, -1)));
    assert_int_equal(rig_status(&r, 0), TR_OBS_RETRACTED);
}

static void a_correction_can_be_retracted_while_it_is_the_newest(void **state)
{
    rig_open(&r);
    int64_t     entry = see("e", T("01"), T("02"));
    const char *ref = rig_ref(&r, entry, -1);
    RIG_OK(&r, rig_correct(&r, "device", "cam", ref, "happened.end", Z("02"), Z("03")));
    int64_t one = r.size - 1;
    RIG_OK(&r, rig_correct(&r, "device", "cam", ref, "happened.end", Z("03"), Z("04")));
    int64_t two = r.size - 1;
    RIG_INVALID(&r, rig_retract(&r, "device", "cam", rig_ref(&r, one, -1)), TR_E_RETRACTION);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, two, -1)));
    int64_t back = r.size - 1;
    assert_int_equal(rig_status(&r, 1), TR_OBS_LIVE);
    assert_int_equal(rig_status(&r, 2), TR_OBS_RETRACTED);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, one, -1)));
    assert_int_equal(rig_status(&r, 0), TR_OBS_LIVE);
    assert_int_equal(tr_mission_count(r.m).incidents, 1);
    /* the second can come back only after the first */
    RIG_INVALID(&r, rig_retract(&r, "device", "cam", rig_ref(&r, back, -1)), TR_E_RETRACTION);
    assert_int_equal(rig_status(&r, 0), TR_OBS_LIVE);
}

static void a_correction_of_something_retracted_stays_retracted(void **state)
{
    rig_open(&r);
    int64_t     entry = see("e", T("01"), T("02"));
    const char *ref = rig_ref(&r, entry, -1);
    RIG_OK(&r, rig_retract(&r, "device", "cam", ref));
    int64_t gone = r.size - 1;
    RIG_OK(&r, rig_correct(&r, "device", "cam", ref, "happened.end", Z("02"), Z("03")));
    assert_int_equal(rig_status(&r, 1), TR_OBS_RETRACTED);
    assert_int_equal(tr_mission_observation(r.m, 1)->by, gone);
    assert_int_equal(tr_mission_count(r.m).incidents, 0);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, gone, -1)));
    assert_int_equal(rig_status(&r, 1), TR_OBS_LIVE);
}

static void a_correction_can_end_a_conflict_and_begin_one(void **state)
{
    rig_open(&r);
    int64_t a = see("e", T("01"), T("02"));
    see("e", T("01"), T("03"));
    assert_int_equal(tr_mission_count(r.m).incidents, 0);
    RIG_OK(&r,
           rig_correct(&r, "device", "cam", rig_ref(&r, a, -1), "happened.end", Z("02"), Z("03")));
    assert_int_equal(tr_mission_count(r.m).incidents, 1);
    assert_int_equal(rig_status(&r, 1), TR_OBS_LIVE);
    assert_int_equal(rig_status(&r, 2), TR_OBS_DUPLICATE);
    RIG_OK(&r,
           rig_correct(&r, "device", "cam", rig_ref(&r, a, -1), "happened.end", Z("03"), Z("05")));
    assert_int_equal(tr_mission_count(r.m).incidents, 0);
    assert_int_equal(tr_mission_count(r.m).held, 2);
    /* or moves to an id of its own */
    RIG_OK(&r, rig_correct(&r, "device", "cam", rig_ref(&r, a, -1), "src_id", "\"e\"", "\"f\""));
    assert_int_equal(tr_mission_count(r.m).incidents, 2);
}

static void references_must_match_what_they_name(void **state)
{
    rig_open(&r);
    int64_t entry = see("e", T("01"), T("02"));
    RIG_INVALID(&r,
                rig_say(&r, "device", "cam", TR_ENTRY_RETRACTION,
                        "{\"class\":\"mistaken\",\"of\":{\"h\":\"%064d\",\"i\":%lld},"
                        "\"reason\":\"x\"}",
                        0, (long long)entry),
                TR_E_REF);
    RIG_INVALID(&r,
                rig_say(&r, "device", "cam", TR_ENTRY_RETRACTION,
                        "{\"class\":\"mistaken\",\"of\":{\"h\":\"%064d\",\"i\":%lld},"
                        "\"reason\":\"x\"}",
                        0, (long long)r.size),
                TR_E_REF);
    RIG_INVALID(
        &r,
        rig_observe(&r, "cam",
                    &(rig_row){.src_id = "f", .begin = T("03"), .end = T("04"), .kind = "weather"}),
        TR_E_KIND);
    RIG_INVALID(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 1, -1)), TR_E_REF);
    RIG_OK(&r, rig_tick(&r, T("05")));
    RIG_INVALID(&r, rig_retract(&r, "clock", "mission", rig_ref(&r, r.size - 1, -1)),
                TR_E_RETRACTION);
    RIG_INVALID(&r, rig_retract(&r, "root", "mission", rig_ref(&r, 0, -1)), TR_E_RETRACTION);
}

static void an_objection_marks_and_its_retraction_unmarks(void **state)
{
    rig_open(&r);
    int64_t entry = see("e", T("01"), T("02"));
    RIG_OK(&r, rig_tick(&r, T("03")));
    RIG_OK(&r, rig_say(&r, "party", "A", TR_ENTRY_OBJECTION,
                       "{\"ground\":\"doubt\",\"of\":%s,\"text\":\"not ours\"}",
                       rig_ref(&r, entry, -1)));
    int64_t objection = r.size - 1;
    assert_int_equal(tr_mission_incident(r.m, 0)->contested, 1);
    /* it follows a correction */
    RIG_OK(&r, rig_correct(&r, "device", "cam", rig_ref(&r, entry, -1), "happened.end", Z("02"),
                           Z("03")));
    assert_int_equal(tr_mission_incident(r.m, 1)->contested, 1);
    RIG_OK(&r, rig_retract(&r, "party", "A", rig_ref(&r, objection, -1)));
    assert_int_equal(tr_mission_incident(r.m, 1)->contested, 0);
    /* by the name of a finding */
    tr_findings list;
    char        name[TR_FINDING_ID + 1];
    tr_mission_findings(r.m, &r.keep, &list);
    assert_int_equal(list.len, 1);
    tr_finding_name(&list.at[0], name);
    RIG_OK(&r, rig_say(&r, "party", "B", TR_ENTRY_OBJECTION,
                       "{\"finding\":\"%s\",\"ground\":\"doubt\",\"text\":\"not ours\"}", name));
    assert_int_equal(tr_mission_incident(r.m, 1)->contested, 1);
    /* of nothing that is known: kept */
    RIG_OK(&r, rig_say(&r, "party", "B", TR_ENTRY_OBJECTION,
                       "{\"finding\":\"f-00\",\"ground\":\"doubt\",\"text\":\"not ours\"}"));
}

static void an_objection_to_a_copy_is_an_objection_to_what_it_says(void **state)
{
    rig_open(&r);
    see("e", T("01"), T("02"));
    tr_str row =
        rig_row_text(&r, &(rig_row){.src_id = "e", .begin = T("01"), .end = T("02")}, NULL);
    RIG_OK(&r, rig_batch(&r, "cam", &row, 1));
    RIG_OK(&r, rig_say(&r, "party", "A", TR_ENTRY_OBJECTION,
                       "{\"ground\":\"doubt\",\"of\":%s,\"text\":\"not ours\"}",
                       rig_ref(&r, r.size - 1, 0)));
    assert_int_equal(tr_mission_incidents(r.m), 1);
    assert_int_equal(tr_mission_incident(r.m, 0)->contested, 1);
}

static void the_hull_of_a_source_shrinks_with_what_is_taken_back(void **state)
{
    tr_source_view view;
    rig_open(&r);
    see("a", T("01"), T("02"));
    int64_t far = see("b", "2026-05-01T00:00:00", "2026-05-01T01:00:00");
    tr_mission_source(r.m, 0, &view);
    assert_true(view.hull.end == tr_mission_observation(r.m, 1)->end);
    assert_int_equal(view.rows, 2);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, far, -1)));
    tr_mission_source(r.m, 0, &view);
    assert_true(view.hull.begin == tr_mission_observation(r.m, 0)->begin);
    assert_true(view.hull.end == tr_mission_observation(r.m, 0)->end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_correction_supersedes_and_can_be_corrected_again),
        cmocka_unit_test(a_corrected_body_must_be_lawful),
        cmocka_unit_test(an_optional_member_can_be_added_and_taken_out),
        cmocka_unit_test(only_the_authors_holder_the_secretariat_or_the_body_amend),
        cmocka_unit_test(rows_of_a_batch_are_amended_one_by_one_or_all),
        cmocka_unit_test(a_retraction_can_be_retracted_and_that_too),
        cmocka_unit_test(a_correction_can_be_retracted_while_it_is_the_newest),
        cmocka_unit_test(a_correction_of_something_retracted_stays_retracted),
        cmocka_unit_test(a_correction_can_end_a_conflict_and_begin_one),
        cmocka_unit_test(references_must_match_what_they_name),
        cmocka_unit_test(an_objection_marks_and_its_retraction_unmarks),
        cmocka_unit_test(an_objection_to_a_copy_is_an_objection_to_what_it_says),
        cmocka_unit_test(the_hull_of_a_source_shrinks_with_what_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
