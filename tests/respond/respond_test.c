/* respond_test.c -- ladders: zeros, deadlines, done, missed and void; one below, on, above. */
#include "verify/hand.h"

#include "respond/respond.h"

#define H TR_HOUR
enum { NOTIFY = HAND_FREE, INSPECT, MEET, DECIDE, STEPS = 4, ROOM = 8 };

static const tr_time ZERO = 1000 * TR_HOUR, NONE = TR_TIME_NONE;

static tr_clause step_of(const char *label, tr_zero zero, int32_t zero_clause, tr_stretch within)
{
    return (tr_clause){.label = tr_str_of(label),
                       .kind = TR_CLAUSE_STEP,
                       .u.step = {.must = true, .zero = zero, .zero_clause = zero_clause,
                                  .within = within, .on = HAND_THRESHOLD}};
}

/* notify 1 h from activation; inspect 10 h from notice; meet 48 h from the first breach; decide
 * 14 days from the meeting, both unless the clause ended. */
static void make(hand *h, tr_ladder_run *run)
{
    hand_make(h);
    h->clause[NOTIFY] = step_of("7.1", TR_ZERO_ACTIVATION, -1, hand_ns(H));
    h->clause[INSPECT] = step_of("7.2", TR_ZERO_STEP_NOTIFIED, NOTIFY, hand_ns(10 * H));
    h->clause[MEET] = step_of("7.3", TR_ZERO_FIRST_BREACH, -1, hand_ns(48 * H));
    h->clause[DECIDE] = step_of("7.4", TR_ZERO_STEP_DONE, MEET, hand_days(14));
    h->clause[MEET].u.step.unless_ended = h->clause[DECIDE].u.step.unless_ended = true;
    h->plan.clauses = HAND_FREE + STEPS;
    *run = (tr_ladder_run){.clause = HAND_THRESHOLD, .zero = ZERO, .known = NONE, .ended = NONE,
                           .first_breach = ZERO - 10 * H};
}

static tr_step_run at(const hand *h, const tr_ladder_run *run, tr_time now, int32_t clause)
{
    tr_step_run step[ROOM];
    int32_t     steps;
    tr_respond_steps(&h->plan, run, now, step, &steps, ROOM);
    assert_int_equal(steps, h->plan.clauses - HAND_FREE);
    for (int32_t i = 0; i < steps; i++)
        assert_int_equal(step[i].clause, HAND_FREE + i); /* in the order of the text */
    return step[clause - HAND_FREE];
}

static tr_step_state state_at(const hand *h, const tr_ladder_run *run, tr_time now, int32_t clause)
{
    return at(h, run, now, clause).state;
}

static void a_clock_starts_at_its_zero_and_ends_at_due(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    tr_step_run before = at(&h, &run, ZERO - 1, NOTIFY);
    assert_int_equal(before.state, TR_STEP_WAITING);
    assert_int_equal(before.zero, NONE);
    assert_int_equal(before.due, NONE);
    tr_step_run running = at(&h, &run, ZERO, NOTIFY);
    assert_int_equal(running.state, TR_STEP_RUNNING);
    assert_int_equal(running.zero, ZERO);
    assert_int_equal(running.due, ZERO + H);
    assert_int_equal(running.done, NONE);
    assert_int_equal(state_at(&h, &run, ZERO + H - 1, NOTIFY), TR_STEP_RUNNING);
    assert_int_equal(state_at(&h, &run, ZERO + H, NOTIFY), TR_STEP_MISSED);
    assert_int_equal(state_at(&h, &run, ZERO + H + 1, NOTIFY), TR_STEP_MISSED);
    assert_int_equal(state_at(&h, &run, NONE, NOTIFY), TR_STEP_WAITING);
}

static void done_at_due_is_in_time_and_one_nanosecond_later_is_late(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    for (int over = -1; over <= 1; over++) {
        tr_response done = {NOTIFY, TR_SAID_DONE, ZERO + H + over, 1};
        run.response = &done;
        run.responses = 1;
        tr_step_run step = at(&h, &run, ZERO + 5 * H, NOTIFY);
        assert_int_equal(step.state, over <= 0 ? TR_STEP_DONE : TR_STEP_DONE_LATE);
        assert_int_equal(step.done, done.on);
        assert_int_equal(state_at(&h, &run, done.on - 1, NOTIFY),
                         over <= 0 ? TR_STEP_RUNNING : TR_STEP_MISSED); /* not yet */
    }
}

static void a_response_from_before_the_activation_does_not_count(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    for (int over = -1; over <= 1; over++) {
        tr_response done = {NOTIFY, TR_SAID_DONE, ZERO + over, 1};
        run.response = &done;
        run.responses = 1;
        assert_int_equal(state_at(&h, &run, ZERO + 2 * H, NOTIFY),
                         over < 0 ? TR_STEP_MISSED : TR_STEP_DONE);
    }
}

static void acknowledged_begun_and_refused(void **state)
{
    static const struct {
        tr_said       said;
        tr_step_state state;
    } cases[] = {{TR_SAID_ACKNOWLEDGED, TR_STEP_ACKNOWLEDGED},
                 {TR_SAID_STARTED, TR_STEP_ACKNOWLEDGED},
                 {TR_SAID_REFUSED, TR_STEP_RUNNING},
                 {TR_SAID_ENDED, TR_STEP_RUNNING}};
    hand          h;
    tr_ladder_run run;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make(&h, &run);
        tr_response response = {NOTIFY, cases[i].said, ZERO + 10, 1};
        run.response = &response;
        run.responses = 1;
        assert_int_equal(state_at(&h, &run, ZERO + 9, NOTIFY), TR_STEP_RUNNING);
        assert_int_equal(state_at(&h, &run, ZERO + 10, NOTIFY), cases[i].state);
        /* a notice is no deed */
        assert_int_equal(state_at(&h, &run, ZERO + H, NOTIFY), TR_STEP_MISSED);
    }
}

static void a_clock_may_wait_for_another_step(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    tr_response response[] = {{NOTIFY, TR_SAID_ACKNOWLEDGED, ZERO + 30, 1},
                              {MEET, TR_SAID_DONE, ZERO + 20 * H, 2}};
    run.response = response;
    run.responses = 2;
    assert_int_equal(state_at(&h, &run, ZERO + 29, INSPECT), TR_STEP_WAITING);
    assert_int_equal(at(&h, &run, ZERO + 30, INSPECT).due, ZERO + 30 + 10 * H);
    assert_int_equal(state_at(&h, &run, ZERO + 20 * H - 1, DECIDE), TR_STEP_WAITING);
    tr_step_run decide = at(&h, &run, ZERO + 20 * H, DECIDE);
    assert_int_equal(decide.state, TR_STEP_RUNNING);
    assert_int_equal(decide.zero, ZERO + 20 * H);
    assert_int_equal(decide.due, tr_time_add_days(ZERO + 20 * H, 14, h.plan.tz));
    response[0].said = TR_SAID_DONE; /* done is noticed as well */
    assert_int_equal(at(&h, &run, ZERO + 30, INSPECT).zero, ZERO + 30);
    response[1].on = ZERO + 60 * H; /* due at 38: late, and yet it starts the next clock */
    assert_int_equal(state_at(&h, &run, ZERO + 60 * H, MEET), TR_STEP_DONE_LATE);
    assert_int_equal(at(&h, &run, ZERO + 60 * H, DECIDE).zero, ZERO + 60 * H);
}

static void days_are_of_the_calendar_and_hours_elapse(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    run.zero = hand_time("2015-03-28 12:00"); /* the night has an hour less */
    h.clause[NOTIFY].u.step.within = hand_days(1);
    assert_int_equal(at(&h, &run, run.zero, NOTIFY).due, hand_time("2015-03-29 12:00"));
    h.clause[NOTIFY].u.step.within = hand_ns(24 * H);
    assert_int_equal(at(&h, &run, run.zero, NOTIFY).due, hand_time("2015-03-29 13:00"));
}

static void every_zero_is_found(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    tr_step *step = &h.clause[NOTIFY].u.step;
    step->zero = TR_ZERO_FIRST_BREACH;
    assert_int_equal(at(&h, &run, ZERO, NOTIFY).zero, ZERO - 10 * H);
    run.first_breach = NONE;
    assert_int_equal(state_at(&h, &run, ZERO, NOTIFY), TR_STEP_WAITING);
    step->zero = TR_ZERO_IN_FORCE;
    assert_int_equal(state_at(&h, &run, ZERO, NOTIFY), TR_STEP_WAITING);
    h.plan.in_force = 700 * H;
    assert_int_equal(at(&h, &run, ZERO, NOTIFY).due, 701 * H);
    step->zero = TR_ZERO_SIGNATURE;
    assert_int_equal(state_at(&h, &run, ZERO, NOTIFY), TR_STEP_WAITING);
    h.plan.signature = 600 * H;
    assert_int_equal(at(&h, &run, ZERO, NOTIFY).due, 601 * H);
}

static void a_cause_that_ends_first_makes_a_step_void_where_the_text_says_so(void **state)
{
    hand          h;
    tr_ladder_run run;
    tr_time       due = ZERO + 38 * H; /* of the meeting */
    for (int over = -1; over <= 1; over++) {
        make(&h, &run);
        run.ended = due + over;
        assert_int_equal(state_at(&h, &run, due + 9, MEET),
                         over < 0 ? TR_STEP_VOID : TR_STEP_MISSED);
        assert_int_equal(state_at(&h, &run, due + 9, DECIDE), TR_STEP_VOID); /* never began */
        assert_int_equal(state_at(&h, &run, due + 9, NOTIFY), TR_STEP_MISSED); /* not said there */
        assert_int_equal(state_at(&h, &run, due - 2, MEET), TR_STEP_RUNNING); /* not ended yet */

        tr_response done = {MEET, TR_SAID_DONE, ZERO + 20 * H, 1};
        run.response = &done;
        run.responses = 1;
        run.ended = ZERO + 20 * H + over;
        tr_step_run step = at(&h, &run, due + 9, MEET);
        assert_int_equal(step.state, over < 0 ? TR_STEP_VOID : TR_STEP_DONE);
        assert_int_equal(step.done, over < 0 ? NONE : done.on);
    }
}

static void a_step_due_before_anybody_knew_runs_on_and_is_never_missed(void **state)
{
    hand          h;
    tr_ladder_run run;
    tr_time       due = ZERO + H;
    for (int over = -1; over <= 1; over++) {
        make(&h, &run);
        run.known = due + over;
        tr_step_run step = at(&h, &run, ZERO + 100 * H, NOTIFY);
        assert_int_equal(step.overdue_at_discovery, over >= 0);
        assert_int_equal(step.state, over >= 0 ? TR_STEP_RUNNING : TR_STEP_MISSED);
        assert_int_equal(step.zero, ZERO);
        assert_int_equal(step.due, due); /* both times are shown */
        tr_response done = {NOTIFY, TR_SAID_DONE, ZERO + 50 * H, 1};
        run.response = &done;
        run.responses = 1;
        assert_int_equal(state_at(&h, &run, ZERO + 100 * H, NOTIFY), TR_STEP_DONE_LATE);
    }
    make(&h, &run);
    run.known = ZERO + 90 * H;
    run.ended = ZERO + 80 * H;
    assert_int_equal(state_at(&h, &run, ZERO + 100 * H, MEET), TR_STEP_VOID);
    assert_int_equal(state_at(&h, &run, ZERO + 100 * H, NOTIFY), TR_STEP_RUNNING);
}

static void what_may_be_done_lapses_and_is_not_missed(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    h.clause[NOTIFY].u.step.must = false;
    assert_int_equal(state_at(&h, &run, ZERO + H - 1, NOTIFY), TR_STEP_RUNNING);
    assert_int_equal(state_at(&h, &run, ZERO + H, NOTIFY), TR_STEP_VOID);
}

static void done_before_its_clock_began_is_done(void **state)
{
    hand          h;
    tr_ladder_run run;
    make(&h, &run);
    tr_response done = {DECIDE, TR_SAID_DONE, ZERO + H, 1};
    run.response = &done;
    run.responses = 1;
    tr_step_run step = at(&h, &run, ZERO + 2 * H, DECIDE);
    assert_int_equal(step.state, TR_STEP_DONE);
    assert_int_equal(step.zero, NONE);
    assert_int_equal(step.done, ZERO + H);
}

static void order_and_number_of_responses_do_not_matter(void **state)
{
    enum { N = 9 };
    for (uint64_t seed = 31, round = 0; round < 400; round++) {
        hand          h;
        tr_ladder_run run;
        tr_response   response[2 * N];
        tr_step_run   a[ROOM], b[ROOM];
        int32_t       as, bs;
        memset(a, 0, sizeof a);
        memset(b, 0, sizeof b);
        make(&h, &run);
        run.ended = hand_below(&seed, 2) ? NONE : ZERO + hand_below(&seed, 60) * H;
        for (int i = 0; i < N; i++)
            response[i] = (tr_response){NOTIFY + (int32_t)hand_below(&seed, STEPS),
                                        (tr_said)hand_below(&seed, 5),
                                        ZERO + (hand_below(&seed, 80) - 5) * H, i};
        run.response = response;
        run.responses = N;
        tr_time now = ZERO + hand_below(&seed, 500) * H;
        tr_respond_steps(&h.plan, &run, now, a, &as, ROOM);
        for (int i = N; i < 2 * N; i++) /* each once more */
            response[i] = response[i - N];
        for (int64_t i = 2 * N - 1; i > 0; i--) {
            int64_t     k = hand_below(&seed, i + 1);
            tr_response swap = response[i];
            response[i] = response[k];
            response[k] = swap;
        }
        run.responses = 2 * N;
        tr_respond_steps(&h.plan, &run, now, b, &bs, ROOM);
        assert_int_equal(as, bs);
        for (int32_t i = 0; i < as; i++) {
            assert_int_equal(a[i].state, b[i].state);
            assert_int_equal(a[i].zero, b[i].zero);
            assert_int_equal(a[i].due, b[i].due);
            assert_int_equal(a[i].done, b[i].done);
        }
    }
}

static void steps_of_other_ladders_and_beyond_the_room_are_left_out(void **state)
{
    hand          h;
    tr_ladder_run run;
    tr_step_run   step[ROOM];
    int32_t       steps;
    make(&h, &run);
    tr_respond_steps(&h.plan, &run, ZERO, step, &steps, 2);
    assert_int_equal(steps, 2);
    h.clause[NOTIFY].u.step.on = HAND_THRESHOLD + 100;
    tr_respond_steps(&h.plan, &run, ZERO, step, &steps, ROOM);
    assert_int_equal(steps, 3);
    assert_int_equal(step[0].clause, INSPECT);
}

static void the_next_deadline_is_the_earliest_that_runs(void **state)
{
    hand          h;
    tr_ladder_run run;
    tr_step_run   step[ROOM];
    int32_t       steps;
    make(&h, &run);
    static const struct {
        tr_time now, next;
    } cases[] = {{1000 * TR_HOUR - 1, 1038 * TR_HOUR}, {1000 * TR_HOUR, 1001 * TR_HOUR},
                 {1001 * TR_HOUR, 1038 * TR_HOUR}, {1038 * TR_HOUR, TR_TIME_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tr_respond_steps(&h.plan, &run, cases[i].now, step, &steps, ROOM);
        assert_int_equal(tr_respond_next(step, steps, cases[i].now), cases[i].next);
    }
}

static void every_state_has_its_name(void **state)
{
    assert_string_equal(tr_step_state_name(TR_STEP_WAITING), "waiting");
    assert_string_equal(tr_step_state_name(TR_STEP_DONE_LATE), "done_late");
    assert_string_equal(tr_step_state_name(TR_STEP_SUSPENDED), "suspended");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_starts_at_its_zero_and_ends_at_due),
        cmocka_unit_test(done_at_due_is_in_time_and_one_nanosecond_later_is_late),
        cmocka_unit_test(a_response_from_before_the_activation_does_not_count),
        cmocka_unit_test(acknowledged_begun_and_refused),
        cmocka_unit_test(a_clock_may_wait_for_another_step),
        cmocka_unit_test(days_are_of_the_calendar_and_hours_elapse),
        cmocka_unit_test(every_zero_is_found),
        cmocka_unit_test(a_cause_that_ends_first_makes_a_step_void_where_the_text_says_so),
        cmocka_unit_test(a_step_due_before_anybody_knew_runs_on_and_is_never_missed),
        cmocka_unit_test(what_may_be_done_lapses_and_is_not_missed),
        cmocka_unit_test(done_before_its_clock_began_is_done),
        cmocka_unit_test(order_and_number_of_responses_do_not_matter),
        cmocka_unit_test(steps_of_other_ladders_and_beyond_the_room_are_left_out),
        cmocka_unit_test(the_next_deadline_is_the_earliest_that_runs),
        cmocka_unit_test(every_state_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
