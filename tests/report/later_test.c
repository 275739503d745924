/* later_test.c -- what became of facts and activations later, as reports say it: held and why,
 * corrected from what to what, options that lapsed, counts under review. */
#include "check.h"

#include "scene.h"

static tr_arena keep, scratch;

static int open_memory(void **state)
{
    keep = check_arena();
    scratch = check_arena();
    return 0;
}

static tr_str report(const rig *r)
{
    tr_view view = scene_view(r, TR_AUDIENCE_MISSION);
    tr_out  out = tr_out_new(&keep);
    tr_err  err = {0};
    CHECK_OK(tr_put_report(
                 &out, scratch, &view,
                 scene_span("2026-02-08T00:00:00.000000000Z", "2026-02-16T00:00:00.000000000Z"),
                 TR_FORMAT_HTML, &err),
             err);
    return tr_str_keep(&keep, tr_out_text(&out));
}

static tr_str board(const rig *r, bool json)
{
    tr_view view = scene_view(r, TR_AUDIENCE_MISSION);
    tr_out  out = tr_out_new(&keep);
    if (json)
        tr_put_board_json(&out, scratch, &view);
    else
        tr_put_board_text(&out, scratch, &view);
    return tr_str_keep(&keep, tr_out_text(&out));
}

static tr_str explained(const rig *r, const char *id, bool json)
{
    tr_view view = scene_view(r, TR_AUDIENCE_MISSION);
    tr_out  out = tr_out_new(&keep);
    tr_err  err = {0};
    if (json)
        CHECK_OK(tr_put_explain_json(&out, scratch, &view, tr_str_of(id), &err), err);
    else
        CHECK_OK(tr_put_explain_text(&out, scratch, &view, tr_str_of(id), &err), err);
    return tr_str_keep(&keep, tr_out_text(&out));
}

static void what_is_held_is_held_for_the_true_reason(void **state)
{
    rig r;
    scene_open(&r, TR_STR(rig_agreement));
    CHECK_HAS(report(&r), "neither is used: 0 observations at head");
    CHECK_LACKS(report(&r), "outside the area");
    rig_row far = {.src_id = "e1", .begin = D("01"), .end = D("02"), .lat = 500000000};
    RIG_OK(&r, rig_observe(&r, "cam", &far)); /* beside the live e1 */
    CHECK_HAS(report(&r), "neither is used: 0 observations at head");
    CHECK_HAS(report(&r), "Held, because their place lies outside the area of the agreement: "
                          "1 observation at head");
    RIG_OK(&r, rig_see(&r, "cam", "e2", D("03"), D("09"))); /* another body of e2: two held */
    CHECK_HAS(report(&r), "neither is used: 2 observations at head");
    CHECK_HAS(report(&r), "the agreement: 1 observation at head");
    tr_findings list = {0};
    char        id[TR_FINDING_ID + 1];
    tr_mission_findings(r.m, &keep, &list);
    tr_finding_name(&list.at[0], id);
    CHECK_HAS(explained(&r, id, false), "held: its place lies outside the area of the agreement");
    CHECK_HAS(explained(&r, id, true), "\"held_because\":\"outside the area\"");
    CHECK_LACKS(explained(&r, id, true), "another body");
    rig_close(&r);
}

static void a_correction_shows_what_changed(void **state)
{
    rig r;
    scene_open(&r, TR_STR(rig_agreement));
    int64_t of = r.size;
    RIG_OK(&r, rig_see(&r, "cam", "e9", D("09"), D("10")));
    const char *ref = rig_ref(&r, of, -1);
    RIG_OK(&r, rig_correct(&r, "device", "cam", ref, "place.lat", "480000000", "482500000"));
    RIG_OK(&r, rig_correct(&r, "device", "cam", ref, "place.r_m", "100", "250"));
    RIG_OK(&r,
           rig_correct(&r, "device", "cam", ref, "happened.end",
                       "\"2026-02-10T10:00:00.000000000Z\"", "\"2026-02-10T10:00:00.500000000Z\""));
    RIG_OK(&r, rig_tick(&r, "2026-02-12T01:00:00"));
    tr_str text = report(&r);
    CHECK_HAS(text, "10:00 (Etc/UTC), 38 E 48 N, within 100 m, counted 1");
    CHECK_HAS(text, "10:00 (Etc/UTC), 38 E 48.25 N, within 100 m, counted 1");
    CHECK_HAS(text, "10:00 (Etc/UTC), 38 E 48.25 N, within 250 m, counted 1");
    CHECK_HAS(text, "10:00:00.5 (Etc/UTC), 38 E 48.25 N, within 250 m, counted 1");
    CHECK_HAS(text, ": place.lat<");
    CHECK_HAS(text, ": happened.end<");
    rig_close(&r);
}

/* The rig's agreement with one place changed. */
static tr_str changed(const char *from, const char *to)
{
    tr_out      out = tr_out_new(&keep);
    const char *at = strstr(rig_agreement, from);
    assert_non_null(at);
    tr_put_bytes(&out, rig_agreement, at - rig_agreement);
    tr_put_str(&out, tr_str_of(to));
    tr_put_str(&out, tr_str_of(at + strlen(from)));
    return tr_str_keep(&keep, tr_out_text(&out));
}

static void an_option_that_was_not_used_lapses(void **state)
{
    rig r;
    scene_open(&r, changed("8.1 JMC must notify A, B within 6 hours of activation\n",
                           "8.1 JMC may notify A, B within 6 hours of activation\n"));
    /* the activation is of 07:30 */
    CHECK_HAS(board(&r, false), "lapsed        it was open until");
    CHECK_HAS(board(&r, true), "\"lapsed: it was open until ");
    CHECK_HAS(board(&r, true), "\"state\":\"void\",\"lapsed\":true");
    CHECK_HAS(report(&r), "<td>lapsed</td>");
    CHECK_HAS(explained(&r, "8.1", false), "8.1 lapsed: activation");
    CHECK_LACKS(board(&r, false), "void");
    CHECK_LACKS(board(&r, true), "before it was due");
    rig_close(&r);

    scene_open(&r, TR_STR(rig_agreement)); /* what must be done is missed, not lapsed */
    CHECK_LACKS(board(&r, false), "  lapsed");
    CHECK_LACKS(board(&r, true), "\"lapsed");
    rig_close(&r);
}

static void an_activation_under_review_says_both_counts(void **state)
{
    static const char *const begin[] = {D("01"), D("03"), D("05"), D("06"), D("07")};
    static const char *const id[] = {"e1", "e2", "e3", "e4"};
    rig                      r;
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, D("00")));
    for (int i = 0; i < 4; i++)
        RIG_OK(&r, rig_see(&r, "cam", id[i], begin[i], begin[i + 1]));
    int64_t last = r.size - 1;
    RIG_OK(&r, rig_tick(&r, D("08")));
    CHECK_HAS(board(&r, false), "count      4 [4, 4] incidents by R-INC v1 in 24 hours");
    CHECK_LACKS(board(&r, false), "as published");
    CHECK_LACKS(board(&r, true), "count_now");
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, last, -1)));
    static const char both[] = "4 [4, 4] as published; by the facts of now 3 [3, 3] incidents by";
    CHECK_HAS(board(&r, false), both);
    CHECK_HAS(report(&r), both);
    CHECK_HAS(explained(&r, "6.2", false), both);
    CHECK_HAS(board(&r, true), "\"count\":[4,4,4],\"count_now\":[3,3,3]");
    rig_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_held_is_held_for_the_true_reason),
        cmocka_unit_test(a_correction_shows_what_changed),
        cmocka_unit_test(an_option_that_was_not_used_lapses),
        cmocka_unit_test(an_activation_under_review_says_both_counts)};
    return cmocka_run_group_tests(tests, open_memory, NULL);
}
