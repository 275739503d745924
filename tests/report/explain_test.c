/* explain_test.c -- why a finding, an activation and a clause are what they are. */
#include "check.h"

#include "scene.h"

static rig      r;
static tr_arena keep, scratch;

static int open_scene(void **state)
{
    keep = check_arena();
    scratch = check_arena();
    scene_open(&r, TR_STR(rig_agreement));
    return 0;
}

static tr_str told(const char *id)
{
    tr_view view = scene_view(&r, TR_AUDIENCE_MISSION);
    tr_out  out = tr_out_new(&keep);
    tr_err  err = {0};
    CHECK_OK(tr_put_explain_text(&out, scratch, &view, tr_str_of(id), &err), err);
    return tr_str_keep(&keep, tr_out_text(&out));
}

static const char *first_finding(void)
{
    static char id[TR_FINDING_ID + 1];
    tr_findings list = {0};
    tr_mission_findings(r.m, &keep, &list);
    tr_finding_name(&list.at[0], id);
    return id;
}

static void a_finding_names_its_clause_its_entry_and_its_statements(void **state)
{
    tr_str text = told(first_finding());
    CHECK_HAS(text, "Clause \302\2471.1, line ");
    CHECK_HAS(text, "| 1.1 A, B must not commit firing in area");
    CHECK_HAS(text, "actors A, B; class firing");
    CHECK_HAS(text, "entry 15, source cam, id e1, live");
    CHECK_HAS(text, "\302\2471.2   excluded  its kind is not of the class counted");
    CHECK_HAS(text, "\302\2476.1   possible  it is contested");
    CHECK_HAS(text, "A contests, entry 22: ");
    CHECK_HAS(text, "Withdrawing its only record, entry 15, would take this finding away.");
}

static void an_activation_writes_out_its_clocks(void **state)
{
    tr_str text = told("a-6.2-20260210T073000Z");
    CHECK_HAS(text, "reached_at Tue 10 Feb 2026 07:30 Etc/UTC = 2026-02-10T07:30:00Z");
    CHECK_HAS(text, "known_at   Tue 10 Feb 2026 08:30 Etc/UTC = 2026-02-10T08:30:00Z, entry 21");
    CHECK_HAS(text, "2026-02-10T07:30:00Z + 6 hours -> due");
    CHECK_HAS(text, "Witnessed by, the certain set");
    CHECK_HAS(text, "excluded 1: its kind is not of the class counted");
    CHECK_HAS(text, "With 1 fewer certain incident by R-INC v1 in the 24 hours before");
}

static void a_clause_says_what_would_flip_it(void **state)
{
    CHECK_HAS(told("1.1"), "All 4 findings past proof would have to be withdrawn.");
    CHECK_HAS(told("\302\2471.2"), "Withdrawing the one finding past proof would flip it.");
    CHECK_HAS(told("1.3"), "One finding past proof would make it breached.");
    CHECK_HAS(told("8.1"), "Performing it late makes it done late; the breach stays.");
}

static void a_correction_keeps_both_bodies(void **state)
{
    char        id[TR_INCIDENT_ID + 1];
    tr_findings list = {0};
    tr_mission_findings(r.m, &keep, &list);
    tr_incident_name(tr_mission_incident(r.m, list.at[2].incident), id);
    tr_str text = told(id);
    CHECK_HAS(text, "id e3, corrected");
    CHECK_HAS(text, "id e3, live");
}

static void an_unknown_name_is_refused_with_what_there_is(void **state)
{
    tr_view view = scene_view(&r, TR_AUDIENCE_MISSION);
    tr_out  out = tr_out_new(&keep);
    tr_err  err;
    CHECK_FAILS(tr_put_explain_json(&out, scratch, &view, TR_STR("9.9"), &err), err,
                TR_E_NOT_FOUND);
    CHECK_FAILS(tr_put_explain_json(&out, scratch, &view, TR_STR(""), &err), err, TR_E_NOT_FOUND);
    assert_non_null(strstr(err.hint, "f-..."));
}

/* Last: it writes on into the record. */
static void a_decision_on_the_side_stands_beside_what_contests_it(void **state)
{
    static const char *const places[] = {
        "\"side\":\"B\",\"rung\":3", "\"by\":\"JMC\",\"entry\":", "\"stage\":\"attribution\"",
        "\"stance\":\"decides\",\"text\":\"side B, rung side\"", "\"stance\":\"contests\""};
    const char *id = first_finding();
    tr_err      err = {0};
    CHECK_HAS(told(id), "Whose it is\n  side undetermined, rung undetermined; contested");
    RIG_OK(&r, rig_say(&r, "body", "JMC", TR_ENTRY_ADJUDICATION,
                       "{\"decision\":\"side B\",\"grade\":\"side\",\"grounds\":[%s],"
                       "\"subject\":{\"id\":\"%s\",\"kind\":\"finding\"}}",
                       rig_ref(&r, 15, -1), id));
    tr_str text = told(id);
    CHECK_HAS(text, "side B, rung side, decided by JMC, entry 25; contested, see the statements");
    CHECK_HAS(text, "JMC decides, entry 25: side B, rung side");
    CHECK_HAS(text, "A contests, entry 22: ");
    tr_view view = scene_view(&r, TR_AUDIENCE_MISSION);
    tr_out  out = tr_out_new(&keep);
    CHECK_OK(tr_put_explain_json(&out, scratch, &view, tr_str_of(id), &err), err);
    text = tr_str_keep(&keep, tr_out_text(&out));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        CHECK_HAS(text, places[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_names_its_clause_its_entry_and_its_statements),
        cmocka_unit_test(an_activation_writes_out_its_clocks),
        cmocka_unit_test(a_clause_says_what_would_flip_it),
        cmocka_unit_test(a_correction_keeps_both_bodies),
        cmocka_unit_test(an_unknown_name_is_refused_with_what_there_is),
        cmocka_unit_test(a_decision_on_the_side_stands_beside_what_contests_it)};
    return cmocka_run_group_tests(tests, open_scene, NULL);
}
