/* result_test.c -- findings, tallies, exposure, ladders, the board, what falls due. */
#include "check.h"

#include "mission/rig.h"

static rig r;
enum { FIRE = 0, FATAL = 1, AIR = 2, KNOWN = 3, REVIEW = 4, STEP_KNOWN = 5, NOTIFY = 6, MEET = 7 };

static void up_by(const char *role, const char *holder, const char *source, const char *begin,
                  const char *end)
{
    RIG_OK(&r, rig_say(&r, role, holder, TR_ENTRY_SOURCE_HEALTH,
                       "{\"cause\":\"none\",\"exposure_s\":1,\"source\":\"%s\",\"span\":{\"begin\":"
                       "\"%s.000000000Z\",\"end\":\"%s.000000000Z\"},\"status\":\"up\"}",
                       source, begin, end));
}

static void up(const char *source, const char *begin, const char *end)
{
    up_by("device", source, source, begin, end);
}

/* Of the ten days that all tests here judge. */
static void up_all(const char *source)
{
    up_by("secretariat", "mission", source, "2026-02-01T00:00:00", "2026-02-11T00:00:00");
}

static tr_board_row row(int32_t clause)
{
    tr_board board;
    tr_mission_board(r.m, &r.keep, &board);
    assert_int_equal(board.len, tr_mission_plan(r.m)->clauses);
    assert_int_equal(board.at[clause].clause, clause);
    return board.at[clause];
}

static void volley(const char *day_hour)
{
    for (int i = 0; i < 4; i++) {
        char name[64], begin[40], end[40];
        snprintf(name, sizeof name, "%s-%d", day_hour + 8, i);
        snprintf(begin, sizeof begin, "%s:00:%02d", day_hour, i);
        snprintf(end, sizeof end, "%s:00:%02d", day_hour, i + 1);
        RIG_OK(&r, rig_see(&r, "cam", name, begin, end));
    }
}

static void not_observed_is_not_complied(void **state)
{
    rig_open(&r);
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_OPEN);
    RIG_OK(&r, rig_tick(&r, "2026-02-11T00:00:00"));
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_NOT_OBSERVED);
    assert_int_equal(row(FIRE).coverage_ppm, 0);
    up("cam", "2026-02-01T00:00:00", "2026-02-06T00:00:00"); /* half of ten days */
    assert_int_equal(row(FIRE).coverage_ppm, 500000);
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_UNDETERMINED);
    RIG_OK(&r, rig_source(&r, "second", "\"fire\",\"optical\""));
    up_by("secretariat", "mission", "second", "2026-02-05T00:00:00",
          "2026-02-07T00:00:00"); /* overlaps a day */
    assert_int_equal(row(FIRE).coverage_ppm, 600000);
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_COMPLIED);
    RIG_OK(&r, rig_retract(&r, "secretariat", "mission", rig_ref(&r, r.size - 1, -1)));
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_UNDETERMINED);
    up_all("other"); /* it states no capability */
    assert_int_equal(row(FIRE).coverage_ppm, 500000);
    RIG_OK(&r, rig_see(&r, "cam", "e", "2026-02-03T00:00:00", "2026-02-03T00:00:01"));
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_BREACHED);
    assert_int_equal(row(FIRE).breaches, 1);
    assert_false(row(FIRE).final);
}

static void who_watches_for_one_kind_has_not_watched_for_the_class(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_source(&r, "flares", "\"flare\",\"muzzle_flash\""));
    RIG_OK(&r, rig_tick(&r, "2026-02-11T00:00:00"));
    tr_author *author = rig_author(&r, "device", "cam");
    (void)author;
    RIG_OK(&r, rig_say(&r, "secretariat", "mission", TR_ENTRY_SOURCE_HEALTH,
                       "{\"cause\":\"none\",\"exposure_s\":1,\"source\":\"flares\",\"span\":"
                       "{\"begin\":\"2026-02-01T00:00:00.000000000Z\",\"end\":"
                       "\"2026-02-11T00:00:00.000000000Z\"},\"status\":\"up\"}"));
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_NOT_OBSERVED);
    tr_tally       tally;
    tr_tally_query query = {.rule = TR_RULE_SMM, .zone = -1, .clause = -1, .source = -1};
    tr_time_read(TR_STR("2026-02-01T00:00:00.000000000Z"), &query.span.begin);
    tr_time_read(TR_STR("2026-02-11T00:00:00.000000000Z"), &query.span.end);
    query.kinds = tr_kind_class(TR_KIND_FLARE_);
    CHECK_OK(tr_mission_tally(r.m, r.keep, &query, &tally, &r.err), r.err);
    assert_int_equal(tally.exposure_ns, 10 * TR_DAY);
    assert_false(tally.not_observed);
    query.kinds = 0;
    CHECK_OK(tr_mission_tally(r.m, r.keep, &query, &tally, &r.err), r.err);
    assert_true(tally.not_observed);
}

static tr_tally watched_in(int32_t zone, const char *begin, const char *end)
{
    tr_tally       tally;
    tr_tally_query query = {.rule = TR_RULE_SMM, .zone = zone, .clause = -1, .source = -1};
    assert_true(tr_time_read(tr_str_of(begin), &query.span.begin));
    assert_true(tr_time_read(tr_str_of(end), &query.span.end));
    CHECK_OK(tr_mission_tally(r.m, r.keep, &query, &tally, &r.err), r.err);
    return tally;
}
#define TEN_DAYS "2026-02-01T00:00:00.000000000Z", "2026-02-11T00:00:00.000000000Z"

static void a_source_watches_the_place_that_it_covers(void **state)
{
    static const char point[] =
        "{\"kind\":\"point\",\"lat\":481000000,\"lon\":380000000,\"r_m\":20}";
    static const char far[] =
        "{\"kind\":\"point\",\"lat\":475000000,\"lon\":365000000,\"r_m\":5000}";
    tr_watched list;
    uint64_t   fire = tr_kind_class(TR_KIND_FIRE_);
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-11T00:00:00"));
    RIG_OK(&r, rig_source_at(&r, "far", "\"fire\"", far, ""));
    RIG_OK(&r, rig_source_at(&r, "tower", "\"fire\"", point, "\"range_m\":30000,"));
    RIG_OK(&r, rig_source_at(&r, "hidden", "\"fire\"",
                             "{\"c\":\"0000000000000000000000000000000000000000000000000000000000"
                             "000000\",\"kind\":\"sealed\"}",
                             ""));
    RIG_OK(&r, rig_source_at(&r, "lost", "\"fire\"",
                             "{\"kind\":\"zone\",\"zone\":\"nowhere\",\"zv\":1}", ""));
    up_all("hidden");
    up_all("lost");
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_NOT_OBSERVED);
    up_all("far"); /* outside the zone: there nobody has watched */
    assert_true(watched_in(0, TEN_DAYS).not_observed);
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_UNDETERMINED);
    assert_in_range(row(FIRE).coverage_ppm, 500, 5000); /* 78 of about 50,000 km2 */
    tr_mission_watched(r.m, &r.keep, fire, 0, &list);
    assert_int_equal(list.len, 0);
    tr_mission_watched(r.m, &r.keep, fire, -1, &list);
    assert_int_equal(list.len, 1);
    up_all("tower"); /* 2827 of about 6,660 km2 of the zone */
    tr_tally tally = watched_in(0, TEN_DAYS);
    assert_in_range(tally.exposure_ns, 4 * TR_DAY, 5 * TR_DAY);
    assert_false(tally.not_observed);
    RIG_OK(&r, rig_source_at(&r, "patrol", "\"fire\"",
                             "{\"kind\":\"zone\",\"zone\":\"east\",\"zv\":1}", ""));
    up_by("secretariat", "mission", "patrol", "2026-02-01T00:00:00", "2026-02-02T00:00:00");
    assert_int_equal(
        watched_in(0, "2026-02-01T00:00:00.000000000Z", "2026-02-02T00:00:00.000000000Z")
            .exposure_ns,
        TR_DAY); /* all of it, whoever else stands there */
    assert_true(row(FIRE).coverage_ppm < 200000); /* and a small part of the area */
}

static void many_reports_of_health_are_one_watch(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-11T00:00:00"));
    for (int hour = 239; hour >= 0; hour--) { /* the latest first */
        char begin[40], end[40];
        snprintf(begin, sizeof begin, "2026-02-%02dT%02d:00:00", 1 + hour / 24, hour % 24);
        snprintf(end, sizeof end, "2026-02-%02dT%02d:00:00", 1 + (hour + 1) / 24, (hour + 1) % 24);
        up("cam", begin, end);
    }
    tr_watched list;
    tr_mission_watched(r.m, &r.keep, tr_kind_class(TR_KIND_FIRE_), -1, &list);
    assert_int_equal(list.len, 1);
    assert_int_equal(row(FIRE).coverage_ppm, 1000000);
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_COMPLIED);
}

static void what_is_not_certain_is_never_complied(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_source(&r, "radar", "\"air\""));
    RIG_OK(&r, rig_tick(&r, "2026-02-11T00:00:00"));
    up_all("radar");
    assert_int_equal(row(AIR).verdict, TR_VERDICT_COMPLIED);
    RIG_OK(&r, rig_observe(&r, "cam",
                           &(rig_row){.src_id = "a",
                                      .begin = "2026-01-31T23:59:00",
                                      .end = "2026-02-01T00:01:00",
                                      .kind = "air"})); /* cut by the edge of time */
    assert_int_equal(row(AIR).findings, 1);
    assert_int_equal(row(AIR).breaches, 0);
    assert_int_equal(row(AIR).coverage_ppm, 1000000);
    assert_int_equal(row(AIR).verdict, TR_VERDICT_UNDETERMINED);
}

static void a_register_is_exposure_over_the_hull_of_its_rows(void **state)
{
    rig_open(&r);
    tr_str rows[2] = {rig_row_text(&r,
                                   &(rig_row){.src_id = "1",
                                              .begin = "2026-02-02T00:00:00",
                                              .end = "2026-02-03T00:00:00",
                                              .kind = "event.fatal",
                                              .deaths = 3},
                                   NULL),
                      rig_row_text(&r,
                                   &(rig_row){.src_id = "2",
                                              .begin = "2026-02-05T00:00:00",
                                              .end = "2026-02-06T00:00:00",
                                              .kind = "event.fatal",
                                              .deaths = 4},
                                   NULL)};
    RIG_OK(&r, rig_batch(&r, "table", rows, 2));
    RIG_OK(&r, rig_tick(&r, "2026-02-11T00:00:00"));
    assert_int_equal(row(FATAL).verdict, TR_VERDICT_BREACHED);
    assert_int_equal(row(FATAL).coverage_ppm, 400000); /* 2 to 6 February of ten days */
    assert_int_equal(row(FATAL).persons.certain, 7);
    assert_int_equal(row(FIRE).verdict, TR_VERDICT_NOT_OBSERVED);
}

static void a_term_that_has_ended_becomes_final(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-01-20T00:00:00"));
    assert_int_equal(row(AIR).verdict, TR_VERDICT_NOT_IN_FORCE);
    RIG_OK(&r, rig_tick(&r, "2026-03-22T00:00:00")); /* end + 30 days */
    assert_false(row(AIR).final);
    RIG_OK(&r, rig_tick(&r, "2026-03-22T00:00:01"));
    assert_true(row(AIR).final);
    assert_false(row(FIRE).final); /* open ended */
}

static void findings_stand_in_order_and_are_found_by_name(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_see(&r, "cam", "b", "2026-02-04T00:00:00", "2026-02-04T00:00:01"));
    RIG_OK(&r, rig_see(&r, "cam", "a", "2026-02-03T00:00:00", "2026-02-03T00:00:01"));
    RIG_OK(&r, rig_observe(&r, "cam",
                           &(rig_row){.src_id = "c",
                                      .begin = "2026-02-03T00:00:00",
                                      .end = "2026-02-03T00:00:01",
                                      .kind = "air"}));
    RIG_OK(&r, rig_see(&r, "cam", "old", "2026-01-03T00:00:00", "2026-01-03T00:00:01"));
    tr_findings list;
    tr_mission_findings(r.m, &r.keep, &list);
    assert_int_equal(list.len, 3);
    assert_int_equal(list.at[0].clause, FIRE);
    assert_int_equal(list.at[0].incident, 1);
    assert_int_equal(list.at[1].incident, 0);
    assert_int_equal(list.at[2].clause, AIR);
    char       name[TR_FINDING_ID + 1];
    tr_finding got;
    tr_finding_name(&list.at[1], name);
    assert_true(tr_mission_finding(r.m, tr_str_of(name), &got));
    assert_int_equal(got.incident, 0);
    name[3] ^= 1;
    assert_false(tr_mission_finding(r.m, tr_str_of(name), &got));
    assert_false(tr_mission_finding(r.m, TR_STR("f-"), &got));
}

static tr_step_run step(int32_t instance, int32_t clause)
{
    tr_step_run run[8];
    int32_t     steps = 0;
    tr_mission_steps(r.m, r.keep, instance, run, &steps, 8);
    for (int32_t i = 0; i < steps; i++)
        if (run[i].clause == clause)
            return run[i];
    fail();
    return run[0];
}

static int32_t instance(int32_t clause)
{
    for (int32_t i = 0; i < tr_mission_instances(r.m); i++)
        if (tr_mission_instance(r.m, i)->clause == clause)
            return i;
    fail();
    return -1;
}

static tr_outcome respond(const char *role, const char *holder, int32_t clause, const char *label,
                          const char *status, const char *on)
{
    tr_out out = tr_out_new(&r.keep);
    tr_put_instance_id(&out, tr_mission_plan(r.m), tr_mission_instance(r.m, instance(clause)));
    return rig_say(&r, role, holder, TR_ENTRY_RESPONSE,
                   "{\"activation\":\"%s\",\"on\":\"%s.000000000Z\",\"status\":\"%s\",\"step\":"
                   "\"%s\",\"text\":\"done\"}",
                   tr_out_z(&out), on, status, label);
}

static void a_ladder_runs_from_the_activation(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T00:00:00"));
    assert_int_equal(row(NOTIFY).instance, -1);
    assert_int_equal(row(NOTIFY).step.state, TR_STEP_WAITING);
    volley("2026-02-10T01");
    RIG_OK(&r, rig_tick(&r, "2026-02-10T02:00:00"));
    assert_true(row(REVIEW).active);
    assert_int_equal(row(REVIEW).on_count[0].certain, 4);
    tr_step_run notify = step(instance(REVIEW), NOTIFY), meet = step(instance(REVIEW), MEET);
    assert_int_equal(notify.state, TR_STEP_RUNNING);
    assert_true(notify.due == tr_mission_instance(r.m, instance(REVIEW))->reached + 6 * TR_HOUR);
    assert_int_equal(meet.state, TR_STEP_RUNNING);
    assert_true(meet.zero == tr_mission_observation(r.m, 0)->begin); /* first breach */
    /* the nearest: 7.1, an hour after it became known */
    assert_true(tr_mission_next_due(r.m) == tr_mission_now(r.m) + TR_HOUR);
    RIG_OK(&r, respond("body", "JMC", REVIEW, "8.1", "done", "2026-02-10T01:30:00"));
    assert_int_equal(step(instance(REVIEW), NOTIFY).state, TR_STEP_DONE);
    assert_int_equal(row(NOTIFY).verdict, TR_VERDICT_COMPLIED);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T04:00:00"));
    assert_int_equal(step(instance(KNOWN), STEP_KNOWN).state, TR_STEP_MISSED);
    assert_int_equal(row(STEP_KNOWN).verdict, TR_VERDICT_BREACHED);
}

static void a_response_counts_only_from_who_may_give_it(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T02:00:00"));
    volley("2026-02-10T01");
    RIG_OK(&r, respond("party", "A", REVIEW, "8.1", "done", "2026-02-10T02:00:00"));
    assert_int_equal(step(instance(REVIEW), NOTIFY).state, TR_STEP_RUNNING);
    RIG_OK(&r, respond("party", "A", REVIEW, "8.1", "acknowledged", "2026-02-10T02:00:00"));
    assert_int_equal(step(instance(REVIEW), NOTIFY).state, TR_STEP_ACKNOWLEDGED);
    RIG_OK(&r, respond("secretariat", "mission", REVIEW, "8.1", "done", "2026-02-10T02:00:00"));
    assert_int_equal(step(instance(REVIEW), NOTIFY).state, TR_STEP_DONE);
    RIG_OK(&r, rig_retract(&r, "secretariat", "mission", rig_ref(&r, r.size - 1, -1)));
    assert_int_equal(step(instance(REVIEW), NOTIFY).state, TR_STEP_ACKNOWLEDGED);
    RIG_INVALID(&r, respond("body", "JMC", REVIEW, "6.2", "done", "2026-02-10T02:00:00"),
                TR_E_STEP);
    RIG_INVALID(&r, respond("body", "JMC", REVIEW, "9.9", "done", "2026-02-10T02:00:00"),
                TR_E_STEP);
}

static void the_witnesses_of_an_activation_are_its_certain_ones(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T02:00:00"));
    volley("2026-02-10T01");
    RIG_OK(&r, rig_see(&r, "cam", "later", "2026-02-10T01:30:00", "2026-02-10T01:31:00"));
    RIG_OK(&r, rig_see(&r, "cam", "old", "2026-02-08T01:30:00", "2026-02-08T01:31:00"));
    tr_indices list;
    tr_mission_witnesses(r.m, &r.keep, instance(REVIEW), &list);
    assert_int_equal(list.len, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(list.at[i], i);
}

static void a_tally_reads_the_live_incidents(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_see(&r, "cam", "a", "2026-02-03T00:00:00", "2026-02-03T00:00:01"));
    int64_t        entry = r.size - 1;
    tr_tally       tally;
    tr_tally_query query = {.rule = TR_RULE_INC, .zone = -1, .clause = FIRE, .source = -1};
    tr_time_read(TR_STR("2026-02-01T00:00:00.000000000Z"), &query.span.begin);
    tr_time_read(TR_STR("2026-02-11T00:00:00.000000000Z"), &query.span.end);
    CHECK_OK(tr_mission_tally(r.m, r.keep, &query, &tally, &r.err), r.err);
    assert_int_equal(tally.count.certain, 1);
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, entry, -1)));
    CHECK_OK(tr_mission_tally(r.m, r.keep, &query, &tally, &r.err), r.err);
    assert_int_equal(tally.count.possible, 0);
    assert_true(tally.not_observed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_observed_is_not_complied),
        cmocka_unit_test(who_watches_for_one_kind_has_not_watched_for_the_class),
        cmocka_unit_test(a_source_watches_the_place_that_it_covers),
        cmocka_unit_test(many_reports_of_health_are_one_watch),
        cmocka_unit_test(what_is_not_certain_is_never_complied),
        cmocka_unit_test(a_register_is_exposure_over_the_hull_of_its_rows),
        cmocka_unit_test(a_term_that_has_ended_becomes_final),
        cmocka_unit_test(findings_stand_in_order_and_are_found_by_name),
        cmocka_unit_test(a_ladder_runs_from_the_activation),
        cmocka_unit_test(a_response_counts_only_from_who_may_give_it),
        cmocka_unit_test(the_witnesses_of_an_activation_are_its_certain_ones),
        cmocka_unit_test(a_tally_reads_the_live_incidents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
