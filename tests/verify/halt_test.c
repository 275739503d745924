/* Halts: who is bound when, where deadlines fall, what becomes of an incident. */
#include "hand.h"

#include "verify/halt.h"

enum { A = 1, B = 2 };

static tr_halt halt(tr_time begin, tr_time end, uint64_t actors, bool stops)
{
    return (tr_halt){.span = {begin, end},
                     .actors = actors,
                     .kind = TR_HALT_SUSPENDED,
                     .clock_stops = stops};
}

static void a_halt_holds_from_its_begin_and_not_at_its_end(void **state)
{
    (void)state;
    const tr_halt  list[] = {halt(100, 200, A, false), halt(150, TR_TIME_MAX, B, false)};
    const tr_halts halts = {list, 2};
    assert_null(tr_halted_at(&halts, 0, 99));
    assert_ptr_equal(tr_halted_at(&halts, 0, 100), &list[0]);
    assert_ptr_equal(tr_halted_at(&halts, 0, 199), &list[0]);
    assert_null(tr_halted_at(&halts, 0, 200));
    assert_null(tr_halted_at(&halts, 1, 149));
    assert_ptr_equal(tr_halted_at(&halts, 1, TR_TIME_MAX - 1), &list[1]);
    assert_null(tr_halted_all(&halts, A | B, 120));
    assert_non_null(tr_halted_all(&halts, A | B, 160));
    assert_null(tr_halted_all(&halts, A | B, 200));
}

static void the_gravest_halt_of_one_and_the_mildest_of_all(void **state)
{
    (void)state;
    tr_halt list[] = {halt(100, 200, 0, false), halt(100, 200, A, false)};
    list[1].kind = TR_HALT_TERMINATED;
    const tr_halts halts = {list, 2};
    assert_int_equal(tr_halted_at(&halts, 0, 150)->kind, TR_HALT_TERMINATED);
    assert_int_equal(tr_halt_verdict(tr_halted_all(&halts, A, 150)), TR_VERDICT_NOT_IN_FORCE);
    assert_int_equal(tr_halt_verdict(tr_halted_all(&halts, A | B, 150)), TR_VERDICT_SUSPENDED);
}

static void a_stopped_clock_moves_the_deadline_by_what_lay_before_it(void **state)
{
    (void)state;
    static const struct {
        tr_time from, due, is;
    } cases[] = {
        {0, 99, 99},    /* over before */
        {0, 100, 150},  /* falls due as the clock stops */
        {0, 120, 170},  {0, 149, 199},
        {0, 150, 300},  /* moved into the second, by that as well */
        {120, 160, 190}, /* the clock began within the first */
        {150, 160, 160}, {0, TR_TIME_NONE, TR_TIME_NONE},
    };
    const tr_halt  list[] = {halt(100, 150, 0, true), halt(200, 300, 0, true)};
    const tr_halts halts = {list, 2};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(tr_halts_due(&halts, 0, cases[i].from, cases[i].due) == cases[i].is);
}

static void a_running_clock_keeps_it_but_not_within_the_halt(void **state)
{
    (void)state;
    const tr_halt  list[] = {halt(100, 150, A, false), halt(200, TR_TIME_MAX, A, true)};
    const tr_halts halts = {list, 2};
    assert_true(tr_halts_due(&halts, 0, 0, 99) == 99);
    assert_true(tr_halts_due(&halts, 0, 0, 100) == 150);
    assert_true(tr_halts_due(&halts, 0, 0, 149) == 150);
    assert_true(tr_halts_due(&halts, 0, 0, 150) == 150);
    assert_true(tr_halts_due(&halts, 0, 0, 200) == TR_TIME_MAX);
    assert_true(tr_halts_due(&halts, 1, 0, 120) == 120);
}

static void what_was_not_in_force_from_the_beginning_is_due_when_it_is(void **state)
{
    (void)state;
    const tr_halt  list[] = {halt(TR_TIME_NONE, 500, 0, true)};
    const tr_halts halts = {list, 1};
    assert_true(tr_halts_due(&halts, 0, TR_TIME_NONE, 400) == 500); /* a date */
    assert_true(tr_halts_due(&halts, 0, TR_TIME_NONE, 600) == 600);
    assert_true(tr_halts_due(&halts, 0, 300, 400) == 600); /* so long after a moment */
}

static tr_membership judged(tr_halt *list, int32_t count, uint8_t side, tr_time begin, tr_time end,
                            tr_why *why)
{
    tr_prohibition term = {.actors = A | B, .halts = {list, count}};
    tr_incident    incident = hand_incident(1, begin, end);
    tr_judgement   judgement = TR_JUDGEMENT;
    incident.side = side;
    tr_limit_halts(&judgement, &term, &incident);
    *why = judgement.why;
    return judgement.in;
}

static void an_incident_is_out_only_where_it_surely_lies_in_a_halt(void **state)
{
    (void)state;
    static const struct {
        uint8_t       side;
        tr_time       begin, end;
        tr_membership in;
        tr_why        why;
    } cases[] = {
        {0, 50, 100, TR_IN_CERTAIN, TR_WHY_IN},
        {0, 50, 120, TR_IN_BEST, TR_WHY_SUSPENDED_EDGE},
        {0, 50, 180, TR_IN_POSSIBLE, TR_WHY_SUSPENDED_EDGE}, /* its best moment within */
        {0, 100, 200, TR_IN_NONE, TR_WHY_SUSPENDED},
        {0, 100, 250, TR_IN_NONE, TR_WHY_SUSPENDED}, /* two that touch */
        {0, 200, 250, TR_IN_NONE, TR_WHY_SUSPENDED},
        {0, 300, 300, TR_IN_CERTAIN, TR_WHY_IN}, /* an instant at the end */
        {0, 100, 100, TR_IN_NONE, TR_WHY_SUSPENDED},
        {0, 400, 450, TR_IN_POSSIBLE, TR_WHY_SUSPENDED_EDGE}, /* A is suspended, B is not */
        {1, 400, 450, TR_IN_NONE, TR_WHY_SUSPENDED},
        {2, 400, 450, TR_IN_CERTAIN, TR_WHY_IN},
        {9, 400, 450, TR_IN_POSSIBLE, TR_WHY_SUSPENDED_EDGE}, /* one who is not bound */
    };
    tr_halt list[] = {halt(100, 200, 0, true), halt(200, 300, 0, false), halt(400, 500, A, false)};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tr_why why;
        assert_int_equal(judged(list, 3, cases[i].side, cases[i].begin, cases[i].end, &why),
                         cases[i].in);
        assert_int_equal(why, cases[i].why);
    }
    tr_why why;
    list[0].kind = TR_HALT_VOID;
    assert_int_equal(judged(list, 1, 0, 120, 130, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_TIME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_halt_holds_from_its_begin_and_not_at_its_end),
        cmocka_unit_test(the_gravest_halt_of_one_and_the_mildest_of_all),
        cmocka_unit_test(a_stopped_clock_moves_the_deadline_by_what_lay_before_it),
        cmocka_unit_test(a_running_clock_keeps_it_but_not_within_the_halt),
        cmocka_unit_test(what_was_not_in_force_from_the_beginning_is_due_when_it_is),
        cmocka_unit_test(an_incident_is_out_only_where_it_surely_lies_in_a_halt)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
