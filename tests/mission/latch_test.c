/* latch_test.c -- instances of clauses: when they become known, move, clear, come under review. */
#include "check.h"

#include "mission/rig.h"

static rig r;
enum { KNOWN = 3, HAPPENED = 4 }; /* clauses 6.1 as known and 6.2 as happened */

static tr_time at(const char *t)
{
    char    text[40];
    tr_time got;
    snprintf(text, sizeof text, "%s.000000000Z", t);
    assert_true(tr_time_read(tr_str_of(text), &got));
    return got;
}

#define MOMENT(got, want)                                                                          \
    do {                                                                                           \
        char text_[TR_TIME_TEXT + 1] = "none";                                                     \
        if ((got) != TR_TIME_NONE)                                                                 \
            tr_time_print((got), text_);                                                           \
        text_[strlen(text_) > 19 ? 19 : strlen(text_)] = 0;                                        \
        assert_string_equal(text_, want);                                                          \
    } while (0)

/* Four shots, one a second from HH:00:00 of that day. */
static int64_t volley(const char *id, const char *day_hour)
{
    int64_t first = r.size;
    for (int i = 0; i < 4; i++) {
        char name[32], begin[40], end[40];
        snprintf(name, sizeof name, "%s-%d", id, i);
        snprintf(begin, sizeof begin, "%s:00:%02d", day_hour, i);
        snprintf(end, sizeof end, "%s:00:%02d", day_hour, i + 1);
        RIG_OK(&r, rig_see(&r, "cam", name, begin, end));
    }
    return first;
}

static const tr_instance *of(int32_t clause, int32_t number)
{
    for (int32_t i = 0; i < tr_mission_instances(r.m); i++)
        if (tr_mission_instance(r.m, i)->clause == clause &&
            tr_mission_instance(r.m, i)->number == number)
            return tr_mission_instance(r.m, i);
    return NULL;
}

static void nothing_is_evaluated_before_the_first_tick(void **state)
{
    rig_open(&r);
    volley("a", "2026-02-10T01");
    assert_int_equal(tr_mission_instances(r.m), 0);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T02:00:00"));
    assert_int_equal(tr_mission_instances(r.m), 2);
}

static void as_happened_is_reached_in_the_past_and_as_known_now(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T06:00:00"));
    volley("a", "2026-02-10T01");
    const tr_instance *happened = of(HAPPENED, 1), *known = of(KNOWN, 1);
    assert_non_null(happened);
    assert_non_null(known);
    MOMENT(happened->reached, "2026-02-10T01:00:04"); /* the end of the fourth */
    MOMENT(happened->known, "2026-02-10T06:00:00");
    assert_int_equal(happened->known_index, r.size - 1);
    assert_int_equal(happened->count.certain, 4);
    assert_int_equal(happened->status, TR_INSTANCE_ACTIVE);
    MOMENT(known->reached, "2026-02-10T06:00:00");
    MOMENT(known->known, "2026-02-10T06:00:00");
    tr_out out = tr_out_new(&r.keep);
    tr_put_instance_id(&out, tr_mission_plan(r.m), happened);
    CHECK_STR(tr_out_text(&out), "a-6.2-20260210T010004Z");
}

static void three_do_not_reach_a_threshold_of_more_than_three(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T06:00:00"));
    for (int i = 0; i < 3; i++) {
        char id[16];
        snprintf(id, sizeof id, "x%d", i);
        RIG_OK(&r, rig_see(&r, "cam", id, "2026-02-10T01:00:00", "2026-02-10T01:00:01"));
    }
    assert_int_equal(tr_mission_instances(r.m), 0);
    RIG_OK(&r, rig_see(&r, "cam", "x3", "2026-02-10T01:00:00", "2026-02-10T01:00:01"));
    assert_int_equal(tr_mission_instances(r.m), 2);
}

static void a_fact_too_old_for_the_window_reaches_only_as_happened(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-12T06:00:00"));
    volley("a", "2026-02-10T01");
    assert_null(of(KNOWN, 1));
    const tr_instance *happened = of(HAPPENED, 1);
    MOMENT(happened->reached, "2026-02-10T01:00:04");
    /* out of the window a day after, below for 12 hours: cleared before it was known */
    MOMENT(happened->cleared, "2026-02-11T13:00:03");
    MOMENT(happened->cleared_known, "2026-02-12T06:00:00");
    assert_int_equal(happened->status, TR_INSTANCE_CLEARED);
}

static void a_clearing_becomes_known_with_the_tick_after_it(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T06:00:00"));
    volley("a", "2026-02-10T01");
    RIG_OK(&r, rig_tick(&r, "2026-02-11T13:00:02"));
    assert_int_equal(of(HAPPENED, 1)->status, TR_INSTANCE_ACTIVE);
    assert_true(of(HAPPENED, 1)->cleared == TR_TIME_NONE);
    tr_time due = tr_mission_next_due(r.m);
    MOMENT(due, "2026-02-11T13:00:03");
    RIG_OK(&r, rig_tick(&r, "2026-02-11T13:00:03"));
    assert_int_equal(of(HAPPENED, 1)->status, TR_INSTANCE_CLEARED);
    MOMENT(of(HAPPENED, 1)->cleared, "2026-02-11T13:00:03");
    assert_int_equal(of(HAPPENED, 1)->cleared_index, r.size - 1);
}

static void an_earlier_fact_moves_the_reaching_and_keeps_the_first(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T06:00:00"));
    volley("a", "2026-02-10T01");
    RIG_OK(&r, rig_see(&r, "cam", "early", "2026-02-10T00:30:00", "2026-02-10T00:30:01"));
    const tr_instance *happened = of(HAPPENED, 1);
    assert_null(of(HAPPENED, 2));
    MOMENT(happened->reached, "2026-02-10T01:00:03");
    MOMENT(happened->reached_first, "2026-02-10T01:00:04");
    MOMENT(happened->known, "2026-02-10T06:00:00");
}

static void a_late_fact_undoes_a_clearing(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-12T06:00:00"));
    volley("a", "2026-02-10T01");
    assert_int_equal(of(HAPPENED, 1)->status, TR_INSTANCE_CLEARED);
    volley("b", "2026-02-11T10"); /* within the hold of the clearing */
    const tr_instance *happened = of(HAPPENED, 1);
    assert_null(of(HAPPENED, 2));
    assert_int_equal(happened->status, TR_INSTANCE_ACTIVE);
    assert_true(happened->cleared == TR_TIME_NONE);
    assert_true(happened->cleared_known == TR_TIME_NONE);
    assert_true(happened->review_index >= 0);
}

static void an_activation_is_never_silently_undone(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T06:00:00"));
    int64_t first = volley("a", "2026-02-10T01");
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, first, -1)));
    const tr_instance *happened = of(HAPPENED, 1), *known = of(KNOWN, 1);
    assert_int_equal(happened->status, TR_INSTANCE_REVIEW);
    assert_int_equal(happened->review_index, r.size - 1);
    MOMENT(happened->reached, "2026-02-10T01:00:04");
    assert_int_equal(known->status,
                     TR_INSTANCE_ACTIVE); /* as known: the latch does not look back */
    /* and it recovers */
    RIG_OK(&r, rig_retract(&r, "device", "cam", rig_ref(&r, r.size - 1, -1)));
    happened = of(HAPPENED, 1);
    assert_int_equal(happened->status, TR_INSTANCE_ACTIVE);
    assert_null(of(HAPPENED, 2));
}

static void contested_ones_leave_the_count(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T06:00:00"));
    int64_t first = volley("a", "2026-02-10T01");
    RIG_OK(&r, rig_say(&r, "party", "A", TR_ENTRY_OBJECTION,
                       "{\"ground\":\"doubt\",\"of\":%s,\"text\":\"not ours\"}",
                       rig_ref(&r, first, -1)));
    assert_int_equal(of(HAPPENED, 1)->status, TR_INSTANCE_REVIEW);
}

static void two_activations_are_two_instances(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-20T00:00:00"));
    volley("a", "2026-02-10T01");
    volley("b", "2026-02-15T01");
    assert_int_equal(of(HAPPENED, 1)->status, TR_INSTANCE_CLEARED);
    MOMENT(of(HAPPENED, 2)->reached, "2026-02-15T01:00:04");
    /* what comes between joins them: the later one has no activation of its own any more */
    volley("c", "2026-02-11T10");
    volley("d", "2026-02-12T10");
    volley("e", "2026-02-13T10");
    volley("f", "2026-02-14T10");
    MOMENT(of(HAPPENED, 1)->cleared, "2026-02-16T13:00:03");
    assert_int_equal(of(HAPPENED, 2)->status, TR_INSTANCE_REVIEW);
    assert_null(of(HAPPENED, 3));
}

static void as_known_clears_and_arms_again(void **state)
{
    rig_open(&r);
    RIG_OK(&r, rig_tick(&r, "2026-02-10T02:00:00"));
    volley("a", "2026-02-10T01");
    assert_int_equal(of(KNOWN, 1)->status, TR_INSTANCE_ACTIVE);
    RIG_OK(&r, rig_tick(&r, "2026-02-11T02:00:00")); /* below from here on */
    MOMENT(tr_mission_next_due(r.m), "2026-02-11T13:00:03");
    RIG_OK(&r, rig_tick(&r, "2026-02-11T14:00:00"));
    assert_int_equal(of(KNOWN, 1)->status, TR_INSTANCE_CLEARED);
    MOMENT(of(KNOWN, 1)->cleared, "2026-02-11T14:00:00");
    volley("b", "2026-02-11T13");
    assert_int_equal(of(KNOWN, 2)->status, TR_INSTANCE_ACTIVE);
    MOMENT(of(KNOWN, 2)->reached, "2026-02-11T14:00:00");
    assert_true(at("2026-02-11T14:00:00") == of(KNOWN, 2)->known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_evaluated_before_the_first_tick),
        cmocka_unit_test(as_happened_is_reached_in_the_past_and_as_known_now),
        cmocka_unit_test(three_do_not_reach_a_threshold_of_more_than_three),
        cmocka_unit_test(a_fact_too_old_for_the_window_reaches_only_as_happened),
        cmocka_unit_test(a_clearing_becomes_known_with_the_tick_after_it),
        cmocka_unit_test(an_earlier_fact_moves_the_reaching_and_keeps_the_first),
        cmocka_unit_test(a_late_fact_undoes_a_clearing),
        cmocka_unit_test(an_activation_is_never_silently_undone),
        cmocka_unit_test(contested_ones_leave_the_count),
        cmocka_unit_test(two_activations_are_two_instances),
        cmocka_unit_test(as_known_clears_and_arms_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
