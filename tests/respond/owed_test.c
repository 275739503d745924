/* owed_test.c -- duties that recur: each deadline one below, on, one above; quotas; targets. */
#include "verify/hand.h"

#include "respond/owed.h"

#define H TR_HOUR
enum { CLAUSE = HAND_FREE, ROOM = 40 };

typedef struct {
    hand         h;
    tr_each     *each;
    tr_trigger   trigger[ROOM];
    tr_report    report[ROOM];
    int32_t      triggers, reports;
    tr_owed_list list;
    tr_owed_sum  sum;
} scene;

static tr_arena arena;
static tr_time  start;

/* In force on 1 February 2026; requests are to be met within 36 hours. */
static void make(scene *s)
{
    *s = (scene){0};
    hand_make(&s->h);
    start = hand_time("2026-02-01 00:00");
    s->h.plan.in_force = start;
    s->h.clause[CLAUSE] =
        (tr_clause){.label = TR_STR("4.1"), .kind = TR_CLAUSE_OBLIGATION,
                    .u.obligation = {.actors = 1, .each = {.kind = TR_EACH_REQUEST, .by = -1,
                                                           .clause = -1, .within = hand_ns(36 * H),
                                                           .times = 1}}};
    s->h.plan.clauses = CLAUSE + 1;
    s->each = &s->h.clause[CLAUSE].u.obligation.each;
}

static void ask(scene *s, tr_time zero, int64_t entry)
{
    tr_trigger *t = &s->trigger[s->triggers++];
    *t = (tr_trigger){.zero = zero, .entry = entry, .content = (uint64_t)entry};
    snprintf(t->key, sizeof t->key, "%lld", (long long)entry);
}

static void say(scene *s, tr_time on, const char *key, bool done)
{
    s->report[s->reports++] = (tr_report){on, tr_str_of(key), done, !done};
}

static const tr_owed_sum *owed(scene *s, tr_time now)
{
    tr_arena   keep = arena;
    tr_trigger trigger[ROOM]; /* they are sorted, and those beyond a quota are overwritten */
    tr_report  report[ROOM];
    memcpy(trigger, s->trigger, sizeof trigger);
    memcpy(report, s->report, sizeof report);
    tr_respond_owed(&keep, &s->h.plan, CLAUSE, 0, now, trigger, s->triggers, report, s->reports,
                    &s->list, &s->sum);
    return &s->sum;
}

static tr_duty_state state_at(scene *s, tr_time now)
{
    return owed(s, now)->state;
}

static void nothing_is_owed_before_the_entry_into_force(void **state)
{
    scene s;
    make(&s);
    (void)state;
    ask(&s, start, 5);
    assert_int_equal(state_at(&s, TR_TIME_NONE), TR_DUTY_NOT_IN_FORCE);
    assert_int_equal(state_at(&s, start - 1), TR_DUTY_NOT_IN_FORCE);
    assert_int_equal(s.sum.due, start);
    assert_int_equal(s.list.len, 0);
    assert_int_equal(state_at(&s, start), TR_DUTY_OPEN);
    s.triggers = 0;
    assert_int_equal(state_at(&s, start), TR_DUTY_WAITING);
    assert_int_equal(s.sum.due, TR_TIME_NONE);
}

static void a_deadline_falls_due_at_its_moment(void **state)
{
    scene s;
    make(&s);
    (void)state;
    ask(&s, start + H, 5);
    for (int over = -1; over <= 1; over++) {
        const tr_owed_sum *sum = owed(&s, start + 37 * H + over);
        assert_int_equal(sum->state, over < 0 ? TR_DUTY_OPEN : TR_DUTY_BREACHED);
        assert_int_equal(sum->open, over < 0);
        assert_int_equal(sum->missing, over >= 0);
        assert_int_equal(sum->due, over < 0 ? start + 37 * H : TR_TIME_NONE);
        assert_int_equal(sum->since, over < 0 ? TR_TIME_NONE : start + 37 * H);
    }
}

static void done_on_the_deadline_is_in_time_and_later_it_cures(void **state)
{
    (void)state;
    for (int over = -1; over <= 1; over++) {
        scene s;
        make(&s);
        ask(&s, start, 5);
        say(&s, start + 36 * H + over, "5", true);
        const tr_owed_sum *sum = owed(&s, start + 72 * H);
        assert_int_equal(sum->state, over <= 0 ? TR_DUTY_COMPLIED : TR_DUTY_CURED);
        assert_int_equal(sum->kept, over <= 0);
        assert_int_equal(sum->missed, over > 0);
        assert_int_equal(sum->missing, 0);
        assert_int_equal(sum->since, over <= 0 ? TR_TIME_NONE : start + 36 * H);
    }
}

static void of_several_reports_the_first_one_counts(void **state)
{
    scene s;
    make(&s);
    (void)state;
    ask(&s, start, 5);
    say(&s, start + 40 * H, "5", true);
    say(&s, start + 2 * H, "5", true);
    say(&s, start + H, "5", false);
    owed(&s, start + 72 * H);
    assert_int_equal(s.list.at[0].done, start + 2 * H);
    assert_int_equal(s.list.at[0].refusals, 1);
    assert_int_equal(s.sum.refused, 1);
    assert_int_equal(s.sum.state, TR_DUTY_COMPLIED);
}

static void a_report_without_a_name_is_for_the_oldest_begun_and_not_done(void **state)
{
    (void)state;
    for (int over = -1; over <= 1; over++) {
        scene s;
        make(&s);
        ask(&s, start + 10 * H, 6);
        ask(&s, start + 5 * H, 5);
        say(&s, start + 5 * H + over, "", true);
        say(&s, start + 10 * H + over, "", true);
        owed(&s, start + 20 * H);
        assert_int_equal(s.list.at[0].entry, 5);
        /* one below the first request both are too early: the second then is for the first */
        assert_int_equal(s.list.at[0].done, start + (over < 0 ? 10 : 5) * H + over);
        assert_int_equal(s.list.at[1].done, over < 0 ? TR_TIME_NONE : start + 10 * H + over);
    }
}

static void a_name_of_no_instance_is_a_report_of_none(void **state)
{
    scene s;
    make(&s);
    (void)state;
    ask(&s, start, 5);
    say(&s, start + H, "55", true);
    say(&s, start + H, "f-5", true);
    assert_int_equal(state_at(&s, start + 2 * H), TR_DUTY_OPEN);
}

static void requests_beyond_the_quota_do_not_bind(void **state)
{
    (void)state;
    for (int asked = 1; asked <= 3; asked++) {
        scene s;
        make(&s);
        s.each->quota = 2;
        s.each->quota_every = (tr_period){.kind = TR_PERIOD_MONTHS, .months = 1};
        for (int i = 0; i < asked; i++)
            ask(&s, start + i * H, 5 + i);
        owed(&s, start + 10 * H);
        assert_int_equal(s.sum.owed, asked < 2 ? asked : 2);
        assert_int_equal(s.sum.beyond, asked > 2);
    }
}

static void a_quota_begins_anew_with_its_period(void **state)
{
    (void)state;
    for (int over = -1; over <= 1; over++) {
        scene s;
        make(&s);
        tr_time march = hand_time("2026-03-01 00:00");
        s.each->quota = 1;
        s.each->quota_every = (tr_period){.kind = TR_PERIOD_MONTHS, .months = 1};
        ask(&s, start, 5);
        ask(&s, march + over, 6);
        owed(&s, march + H);
        assert_int_equal(s.sum.owed, over < 0 ? 1 : 2);
        assert_int_equal(s.sum.beyond, over < 0);
    }
}

/* Whichever way they stand in the record. */
static void of_requests_at_one_moment_the_same_bind_in_any_order(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        scene s;
        make(&s);
        s.each->quota = 1;
        s.each->quota_every = (tr_period){.kind = TR_PERIOD_MONTHS, .months = 1};
        ask(&s, start, 5);
        ask(&s, start, 6);
        s.trigger[0].content = way ? 9 : 8;
        s.trigger[1].content = way ? 8 : 9;
        owed(&s, start + H);
        assert_int_equal(s.list.len, 1);
        assert_int_equal(s.list.at[0].entry, way ? 6 : 5);
    }
}

/* ---- periods ---- */

static void weekly(scene *s, int32_t times)
{
    make(s);
    s->each->kind = TR_EACH_PERIOD;
    s->each->within = (tr_stretch){-1, 0};
    s->each->every = (tr_period){.kind = TR_PERIOD_STRETCH, .stretch = hand_days(7)};
    s->each->times = times;
}

static void the_end_of_a_period_no_longer_belongs_to_it(void **state)
{
    (void)state;
    for (int over = -1; over <= 1; over++) {
        scene s;
        weekly(&s, 1);
        tr_time end = hand_time("2026-02-08 00:00");
        say(&s, end + over, "", true);
        owed(&s, end + H);
        assert_int_equal(s.list.len, 2);
        assert_int_equal(s.list.at[0].due, end);
        assert_int_equal(s.list.at[0].state, over < 0 ? TR_DUTY_COMPLIED : TR_DUTY_BREACHED);
        assert_int_equal(s.list.at[1].state, over < 0 ? TR_DUTY_OPEN : TR_DUTY_COMPLIED);
    }
}

static void a_period_is_named_by_the_day_on_which_it_begins(void **state)
{
    static const struct {
        const char *key;
        bool        of_first;
    } keys[] = {{"20260201", true},  {"20260131", false}, {"20260202", false},
                {"2026021", false},  {"20260230", false}, {"99999999", false},
                {"202602010", false}};
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        scene s;
        weekly(&s, 1);
        say(&s, hand_time("2026-02-09 00:00"), keys[i].key, true);
        owed(&s, hand_time("2026-02-09 12:00"));
        assert_int_equal(s.sum.missed, keys[i].of_first); /* reported late, for the first */
        assert_int_equal(s.sum.missing, !keys[i].of_first);
        assert_string_equal(s.list.at[0].key, "20260201");
    }
}

static void at_least_so_many_times_a_period(void **state)
{
    (void)state;
    for (int times = 1; times <= 3; times++) {
        scene s;
        weekly(&s, 2);
        for (int i = 0; i < times; i++)
            say(&s, start + (i + 1) * H, "", true);
        owed(&s, start + 8 * 24 * H);
        assert_int_equal(s.list.at[0].times, times);
        assert_int_equal(s.list.at[0].state, times < 2 ? TR_DUTY_BREACHED : TR_DUTY_COMPLIED);
        assert_int_equal(s.list.at[0].done, times < 2 ? TR_TIME_NONE : start + 2 * H);
    }
}

/* Long gaps are counted and not listed; the counts are those of a list of all. */
static void what_is_not_listed_is_counted(void **state)
{
    (void)state;
    for (int weeks = TR_OWED_SHOWN - 1; weeks <= 400; weeks = weeks < 20 ? weeks + 1 : weeks * 2) {
        scene s;
        weekly(&s, 1);
        say(&s, start + H, "", true);
        tr_time now = tr_time_add_days(start, 7 * weeks, s.h.plan.tz);
        owed(&s, now);
        assert_int_equal(s.sum.owed, weeks + 1);
        assert_int_equal(s.sum.kept, 1);
        assert_int_equal(s.sum.missing, weeks - 1);
        assert_int_equal(s.sum.open, 1);
        assert_int_equal(s.sum.since, hand_time("2026-02-15 00:00"));
        assert_int_equal(s.sum.due, tr_time_add_days(now, 7, s.h.plan.tz));
        assert_true(s.list.len <= TR_OWED_SHOWN + 2);
    }
}

/* The week of the change to summer time is an hour shorter. */
static void a_week_follows_the_local_clock(void **state)
{
    scene s;
    weekly(&s, 1);
    (void)state;
    owed(&s, hand_time("2026-03-29 12:00"));
    const tr_owed *last = &s.list.at[s.list.len - 1];
    assert_int_equal(last->zero, hand_time("2026-03-29 00:00"));
    assert_int_equal(last->due, hand_time("2026-04-05 00:00"));
    assert_int_equal(last->due - last->zero, 7 * 24 * H - H);
}

/* ---- targets ---- */

static void a_target_is_missed_below_its_share_only(void **state)
{
    static const struct {
        int           kept;
        tr_duty_state state;
    } of_four[] = {{2, TR_DUTY_BREACHED}, {3, TR_DUTY_COMPLIED}, {4, TR_DUTY_COMPLIED}};
    (void)state;
    for (size_t i = 0; i < sizeof of_four / sizeof *of_four; i++) {
        scene s;
        make(&s);
        tr_time april = hand_time("2026-03-01 00:00");
        s.each->target_ppm = 750000;
        s.each->target_every = (tr_period){.kind = TR_PERIOD_MONTHS, .months = 1};
        for (int k = 0; k < 4; k++)
            ask(&s, start + k * H, 5 + k);
        static const char *const keys[] = {"5", "6", "7", "8"};
        for (int k = 0; k < of_four[i].kept; k++)
            say(&s, start + 20 * H, keys[k], true);
        assert_int_equal(state_at(&s, april - 1), TR_DUTY_OPEN); /* not over */
        assert_int_equal(s.sum.periods, 0);
        assert_int_equal(s.sum.due, april);
        assert_int_equal(state_at(&s, april), of_four[i].state);
        assert_int_equal(s.sum.periods, 1);
        assert_int_equal(s.sum.below, of_four[i].state == TR_DUTY_BREACHED);
        assert_int_equal(s.sum.since,
                         of_four[i].state == TR_DUTY_BREACHED ? april : TR_TIME_NONE);
    }
}

static void a_target_waits_for_what_is_open(void **state)
{
    scene s;
    make(&s);
    (void)state;
    tr_time march = hand_time("2026-03-01 00:00");
    s.each->target_ppm = 1000000;
    s.each->target_every = (tr_period){.kind = TR_PERIOD_MONTHS, .months = 1};
    ask(&s, march - H, 5);
    assert_int_equal(state_at(&s, march + 35 * H - 1), TR_DUTY_OPEN);
    assert_int_equal(s.sum.periods, 0);
    assert_int_equal(state_at(&s, march + 35 * H), TR_DUTY_BREACHED);
    assert_int_equal(s.sum.periods, 1);
}

/* ---- the order of what is handed in ---- */

static void the_order_of_both_lists_is_nothing(void **state)
{
    uint64_t seed = 20260201;
    (void)state;
    for (int round = 0; round < 200; round++) {
        scene s;
        make(&s);
        s.each->quota = 3;
        s.each->quota_every = (tr_period){.kind = TR_PERIOD_STRETCH, .stretch = hand_days(2)};
        static const char *const keys[] = {"", "10", "11", "12", "13", "14", "15"};
        for (int k = 0; k < 6; k++)
            ask(&s, start + hand_below(&seed, 80) * H, 10 + k);
        for (int k = 0; k < 9; k++)
            say(&s, start + hand_below(&seed, 150) * H, keys[hand_below(&seed, 7)],
                hand_below(&seed, 4) > 0);
        tr_owed_sum first = *owed(&s, start + 120 * H);
        for (int k = 5; k > 0; k--) {
            int        other = (int)hand_below(&seed, k + 1);
            tr_trigger swap = s.trigger[k];
            s.trigger[k] = s.trigger[other];
            s.trigger[other] = swap;
            tr_report back = s.report[k];
            s.report[k] = s.report[other];
            s.report[other] = back;
        }
        tr_owed_sum second = *owed(&s, start + 120 * H);
        assert_memory_equal(&first, &second, sizeof first);
    }
}

static int setup(void **state)
{
    (void)state;
    arena = check_arena();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_owed_before_the_entry_into_force),
        cmocka_unit_test(a_deadline_falls_due_at_its_moment),
        cmocka_unit_test(done_on_the_deadline_is_in_time_and_later_it_cures),
        cmocka_unit_test(of_several_reports_the_first_one_counts),
        cmocka_unit_test(a_report_without_a_name_is_for_the_oldest_begun_and_not_done),
        cmocka_unit_test(a_name_of_no_instance_is_a_report_of_none),
        cmocka_unit_test(requests_beyond_the_quota_do_not_bind),
        cmocka_unit_test(a_quota_begins_anew_with_its_period),
        cmocka_unit_test(of_requests_at_one_moment_the_same_bind_in_any_order),
        cmocka_unit_test(the_end_of_a_period_no_longer_belongs_to_it),
        cmocka_unit_test(a_period_is_named_by_the_day_on_which_it_begins),
        cmocka_unit_test(at_least_so_many_times_a_period),
        cmocka_unit_test(what_is_not_listed_is_counted),
        cmocka_unit_test(a_week_follows_the_local_clock),
        cmocka_unit_test(a_target_is_missed_below_its_share_only),
        cmocka_unit_test(a_target_waits_for_what_is_open),
        cmocka_unit_test(the_order_of_both_lists_is_nothing),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
