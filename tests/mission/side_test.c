/* side_test.c -- decisions on whose an incident is: which one holds, who may take one back. */
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

static tr_str body_of(const char *kind, const char *id, const char *decision, const char *grade)
{
    tr_out out = tr_out_new(&r.keep);
    tr_put(&out,
           "{\"decision\":\"%s\",\"grade\":\"%s\",\"grounds\":[%s],\"subject\":{\"id\":\"%s\","
           "\"kind\":\"%s\"}}",
           decision, grade, rig_ref(&r, r.size - 1, -1), id, kind);
    return tr_out_text(&out);
}

/* The joint body decides; the index of its entry. */
static int64_t decide(const char *kind, const char *id, const char *decision, const char *grade)
{
    tr_str body = body_of(kind, id, decision, grade);
    RIG_OK(&r, rig_say(&r, "body", "JMC", TR_ENTRY_ADJUDICATION, "%.*s", TR_FMT(body)));
    return r.size - 1;
}

static const char *number(int64_t entry)
{
    char *text = TR_NEW(&r.keep, char, 24);
    snprintf(text, 24, "%lld", (long long)entry);
    return text;
}

/* The side of the only live incident: an id, or "-"; and its rung. */
static void assert_side(const char *side, int rung)
{
    const tr_plan *plan = tr_mission_plan(r.m);
    int            live = 0;
    for (int32_t i = 0; i < tr_mission_incidents(r.m); i++) {
        const tr_incident *incident = tr_mission_incident(r.m, i);
        tr_str             id = TR_STR("-");
        if (!incident->live)
            continue;
        live++;
        if (incident->side > 0)
            id = plan->actor[incident->side - 1].id;
        assert_true(tr_str_is(id, side));
        assert_int_equal(incident->rung, rung);
    }
    assert_int_equal(live, 1);
}

static const tr_incident *only(void)
{
    for (int32_t i = 0; i < tr_mission_incidents(r.m); i++)
        if (tr_mission_incident(r.m, i)->live)
            return tr_mission_incident(r.m, i);
    return NULL;
}

static void the_last_decision_of_the_record_holds_and_comes_back(void **state)
{
    tr_side_decision decision;
    rig_open(&r);
    int64_t seen = see("e", T("01"), T("02"));
    RIG_OK(&r, rig_tick(&r, T("03")));
    assert_side("-", 0);
    assert_false(tr_mission_side(r.m, &r.keep, only(), &decision));
    int64_t a = decide("incident", number(seen), "side A", "direction");
    assert_side("A", 1);
    int64_t b = decide("incident", number(seen), "side B", "unit");
    assert_side("B", 4);
    assert_true(tr_mission_side(r.m, &r.keep, only(), &decision));
    assert_int_equal(decision.entry, b);
    assert_true(tr_str_is(decision.by, "JMC"));
    /* a correction of the earlier does not overtake the later */
    RIG_OK(&r, rig_correct(&r, "body", "JMC", rig_ref(&r, a, -1), "grade", "\"direction\"",
                           "\"area\""));
    int64_t correction = r.size - 1;
    assert_side("B", 4);
    RIG_OK(&r, rig_retract(&r, "body", "JMC", rig_ref(&r, b, -1)));
    int64_t retraction = r.size - 1;
    assert_side("A", 2);
    RIG_OK(&r, rig_retract(&r, "body", "JMC", rig_ref(&r, correction, -1)));
    assert_side("A", 1);
    RIG_OK(&r, rig_retract(&r, "body", "JMC", rig_ref(&r, retraction, -1)));
    assert_side("B", 4);
    decide("incident", number(seen), "side undetermined", "undetermined");
    assert_side("-", 0);
    assert_true(tr_mission_side(r.m, &r.keep, only(), &decision));
}

static void it_follows_a_correction_under_every_name(void **state)
{
    tr_findings list;
    char        finding[TR_FINDING_ID + 1], incident[TR_INCIDENT_ID + 1];
    rig_open(&r);
    int64_t seen = see("e", T("01"), T("02"));
    RIG_OK(&r, rig_tick(&r, T("03")));
    tr_mission_findings(r.m, &r.keep, &list);
    tr_finding_name(&list.at[0], finding);
    tr_incident_name(only(), incident);
    int64_t by_finding = decide("finding", finding, "side A", "side");
    assert_side("A", 3);
    RIG_OK(&r, rig_correct(&r, "device", "cam", rig_ref(&r, seen, -1), "happened.end", Z("02"),
                           Z("03")));
    assert_side("A", 3);
    /* the old names are of nothing now; a correction of the decision is still about the same */
    decide("incident", incident, "side B", "side");
    decide("finding", finding, "side B", "side");
    assert_side("A", 3);
    RIG_OK(&r, rig_correct(&r, "body", "JMC", rig_ref(&r, by_finding, -1), "decision", "\"side A\"",
                           "\"side B\""));
    assert_side("B", 3);
    tr_incident_name(only(), incident);
    decide("incident", incident, "side A", "area");
    assert_side("A", 2);
}

static void what_is_no_side_decides_none(void **state)
{
    rig_open(&r);
    const char *seen = number(see("e", T("01"), T("02")));
    decide("incident", seen, "side G", "side");
    decide("incident", seen, "side Z", "side");
    decide("incident", seen, "side A", "undetermined");
    decide("incident", seen, "side A", "surely");
    decide("incident", seen, "upheld", "side");
    decide("clause", seen, "side A", "side");
    decide("incident", "999", "side A", "side");
    decide("incident", "1:0", "side A", "side");
    decide("incident", "-1", "side A", "side");
    decide("incident", "i-00", "side A", "side");
    assert_side("-", 0);
}

static void two_holders_together_decide_and_take_back(void **state)
{
    tr_side_decision decision;
    rig_open(&r);
    const char *seen = number(see("e", T("01"), T("02")));
    tr_str      body = body_of("incident", seen, "side B", "side");
    RIG_INVALID(&r, rig_say(&r, "party", "A", TR_ENTRY_ADJUDICATION, "%.*s", TR_FMT(body)),
                TR_E_ROLE);
    RIG_OK(&r,
           rig_step(&r, rig_raw(&r, "party", "A", "guarantor", "G", TR_ENTRY_ADJUDICATION, body)));
    int64_t joint = r.size - 1;
    assert_side("B", 3);
    assert_true(tr_mission_side(r.m, &r.keep, only(), &decision));
    assert_true(tr_str_is(decision.by, "A, G"));
    /* its first signer alone can neither change it nor take it back */
    RIG_INVALID(&r,
                rig_correct(&r, "party", "A", rig_ref(&r, joint, -1), "decision", "\"side B\"",
                            "\"side A\""),
                TR_E_NOT_AUTHOR);
    RIG_INVALID(&r, rig_retract(&r, "party", "A", rig_ref(&r, joint, -1)), TR_E_NOT_AUTHOR);
    RIG_INVALID(&r, rig_retract(&r, "secretariat", "mission", rig_ref(&r, joint, -1)),
                TR_E_NOT_AUTHOR);
    RIG_OK(&r, rig_retract(&r, "body", "JMC", rig_ref(&r, joint, -1)));
    int64_t retraction = r.size - 1;
    assert_side("-", 0);
    RIG_INVALID(&r, rig_retract(&r, "secretariat", "mission", rig_ref(&r, retraction, -1)),
                TR_E_NOT_AUTHOR);
    /* nor turn another decision into one on a side */
    body = body_of("incident", seen, "upheld", "side");
    RIG_OK(&r,
           rig_step(&r, rig_raw(&r, "party", "A", "guarantor", "G", TR_ENTRY_ADJUDICATION, body)));
    RIG_INVALID(&r,
                rig_correct(&r, "party", "A", rig_ref(&r, r.size - 1, -1), "decision", "\"upheld\"",
                            "\"side B\""),
                TR_E_NOT_AUTHOR);
    assert_side("-", 0);
}

static void an_objection_to_the_decision_contests_the_incident(void **state)
{
    rig_open(&r);
    int64_t entry = decide("incident", number(see("e", T("01"), T("02"))), "side A", "side");
    RIG_OK(&r, rig_say(&r, "party", "A", TR_ENTRY_OBJECTION,
                       "{\"ground\":\"doubt\",\"of\":%s,\"text\":\"not ours\"}",
                       rig_ref(&r, entry, -1)));
    assert_int_equal(only()->contested, 1);
    assert_side("A", 3);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_decision_of_the_record_holds_and_comes_back),
        cmocka_unit_test(it_follows_a_correction_under_every_name),
        cmocka_unit_test(what_is_no_side_decides_none),
        cmocka_unit_test(two_holders_together_decide_and_take_back),
        cmocka_unit_test(an_objection_to_the_decision_contests_the_incident),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
