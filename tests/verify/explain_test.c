/* explain_test.c -- reasons agree with what decides, and what is said to flip flips. */
#include "verify/hand.h"

#include "verify/explain.h"

#define H TR_HOUR

static void a_finding_lists_its_parts_and_the_one_that_is_missing(void **state)
{
    hand               h;
    tr_finding_reasons reasons;
    tr_why             why;
    hand_make(&h);
    tr_prohibition *term = &h.clause[HAND_TERM].u.prohibition;
    term->gate = 0;
    term->zone = 0;
    tr_incident incident = hand_incident(1, 100 * H, 101 * H);
    incident.p_real_ppm = 950000;
    incident.roots = 1;
    incident.rung = 1;
    tr_explain_finding(&h.plan, HAND_TERM, &incident, &reasons);
    assert_int_equal(reasons.parts, TR_FINDING_PARTS);
    assert_int_equal(reasons.limits, 1);
    tr_finding_part *missing = &reasons.part[reasons.flips];
    assert_int_equal(missing->part, TR_WHY_CORROBORATION);
    assert_int_equal(missing->in, TR_IN_POSSIBLE);
    assert_int_equal(missing->has, 1);
    assert_int_equal(missing->needs, 2);
    incident.roots = (int32_t)missing->needs; /* and so it does */
    assert_int_equal(tr_judge(&h.plan, term, &incident, &why), TR_IN_CERTAIN);
    tr_explain_finding(&h.plan, HAND_TERM, &incident, &reasons);
    assert_int_equal(reasons.limits, 0);
    assert_int_equal(reasons.flips, -1);

    incident.roots = incident.rung = 0; /* two things missing: no single one helps */
    tr_explain_finding(&h.plan, HAND_TERM, &incident, &reasons);
    assert_int_equal(reasons.limits, 2);
    assert_int_equal(reasons.flips, -1);
    incident.reg = 0;
    tr_explain_finding(&h.plan, HAND_TERM, &incident, &reasons);
    assert_true(reasons.by_register);
    assert_int_equal(reasons.limits, 0);
}

static void the_least_part_of_a_finding_is_its_membership(void **state)
{
    hand h;
    hand_make(&h);
    tr_prohibition *term = &h.clause[HAND_TERM].u.prohibition;
    h.gate[0].rung = 0; /* not asked for: not listed */
    for (uint64_t seed = 5, round = 0; round < 500; round++) {
        tr_finding_reasons reasons;
        tr_why             why;
        tr_membership      least = TR_IN_CERTAIN;
        tr_incident incident = hand_incident(1, hand_below(&seed, 20), 20 + hand_below(&seed, 20));
        term->gate = (int32_t)hand_below(&seed, 2) - 1;
        term->zone = (int32_t)hand_below(&seed, 2) - 1;
        term->begin = hand_below(&seed, 30);
        term->end = term->begin + hand_below(&seed, 30);
        incident.kind = hand_below(&seed, 4) ? TR_KIND_SHOT_ : TR_KIND_AIR_;
        incident.roots = 1 + (int32_t)hand_below(&seed, 2);
        incident.p_real_ppm = 899999 + (int32_t)hand_below(&seed, 2);
        incident.place.at.lon = 299000000 + (int32_t)hand_below(&seed, 3) * 1000000;
        tr_explain_finding(&h.plan, HAND_TERM, &incident, &reasons);
        assert_int_equal(reasons.parts, 2 + (term->zone >= 0) + 2 * (term->gate >= 0));
        for (int32_t i = 0; i < reasons.parts; i++)
            least = reasons.part[i].in < least ? reasons.part[i].in : least;
        assert_int_equal(least, tr_judge(&h.plan, term, &incident, &why));
    }
}

static tr_condition *small_threshold(hand *h)
{
    tr_threshold *t = &h->clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    t->on[0].least = 3;
    return &t->on[0];
}

static void a_condition_says_who_counts_who_does_not_and_who_leaves_next(void **state)
{
    tr_arena             keep = check_arena();
    hand                 h;
    tr_condition_reasons r;
    hand_make(&h);
    tr_condition *c = small_threshold(&h);
    h.clause[HAND_THRESHOLD].u.threshold.exercises = false;
    tr_incident x[] = {hand_incident(1, 110 * H, 111 * H), hand_incident(2, 105 * H, 106 * H),
                       hand_incident(3, 108 * H, 109 * H), hand_incident(4, 119 * H, 122 * H),
                       hand_incident(5, 90 * H, 91 * H), hand_incident(6, 112 * H, 113 * H)};
    x[2].exercise = 1;
    x[4].kind = TR_KIND_AIR_;
    x[5].live = 0;
    tr_explain_condition(&h.plan, HAND_THRESHOLD, c, x, 6, 120 * H, &keep, &r);
    assert_int_equal(r.reason.len, 4); /* not the other class, not the dead one */
    assert_int_equal(r.reason.at[0].incident, 1);
    assert_int_equal(r.reason.at[1].incident, 2);
    assert_int_equal(r.reason.at[2].incident, 0);
    assert_int_equal(r.reason.at[3].incident, 3);
    assert_int_equal(r.reason.at[0].in, TR_IN_CERTAIN);
    assert_int_equal(r.reason.at[0].until, 129 * H);
    assert_int_equal(r.reason.at[1].in, TR_IN_NONE);
    assert_int_equal(r.reason.at[1].why, TR_WHY_EXERCISE);
    assert_int_equal(r.reason.at[3].in, TR_IN_POSSIBLE); /* under way */
    assert_int_equal(r.reason.at[3].why, TR_WHY_TIME_EDGE);
    assert_int_equal(r.count.certain, 2);
    assert_int_equal(r.count.possible, 3);
    assert_false(r.holds);
    assert_int_equal(r.more, 1);
    assert_int_equal(r.fewer, -1);
    assert_int_equal(r.next_out, 1);
    assert_int_equal(r.next_out_at, 129 * H);
    assert_int_equal(r.next_in, 3);
    assert_int_equal(r.next_in_at, 122 * H);

    tr_explain_condition(&h.plan, HAND_THRESHOLD, c, x, 6, 122 * H, &keep, &r);
    assert_true(r.holds); /* one more made it so */
    assert_int_equal(r.more, -1);
    assert_int_equal(r.fewer, 1);
    tr_explain_condition(&h.plan, HAND_THRESHOLD, c, x, 6, r.next_out_at, &keep, &r);
    assert_false(r.holds);
}

static void an_explanation_counts_as_the_evaluator_does(void **state)
{
    tr_arena keep = check_arena();
    hand     h;
    enum { N = 30 };
    hand_make(&h);
    tr_condition *c = small_threshold(&h);
    for (uint64_t seed = 17, round = 0; round < 40; round++) {
        tr_incident x[N];
        c->counting = hand_below(&seed, 2) ? HAND_SMM : HAND_INC;
        h.clause[HAND_THRESHOLD].u.threshold.off[0].counting = c->counting;
        tr_window *window = tr_window_new(&keep, &h.plan, HAND_THRESHOLD);
        for (int32_t i = 0; i < N; i++) {
            x[i] = hand_incident(i, hand_below(&seed, 60) * H, 60 * H + hand_below(&seed, 60) * H);
            x[i].begin = x[i].end - hand_below(&seed, 30) * H;
            x[i].best = x[i].begin;
            x[i].n_max = hand_below(&seed, 20) ? (int32_t)hand_below(&seed, 5) + 1 : TR_UNBOUNDED;
            tr_window_add(window, &x[i]);
        }
        tr_time              t = hand_below(&seed, 140) * H;
        tr_condition_reasons r;
        tr_explain_condition(&h.plan, HAND_THRESHOLD, c, x, N, t, &keep, &r);
        tr_triple count = tr_window_count(window, TR_WINDOW_ON, 0, t);
        assert_memory_equal(&r.count, &count, sizeof count);
        assert_int_equal(r.holds, tr_window_holds(window, TR_WINDOW_ON, t));
        if (r.next_out >= 0) {
            tr_triple then = tr_window_count(window, TR_WINDOW_ON, 0, r.next_out_at - 1);
            assert_true(then.certain >= count.certain); /* none leaves before */
        }
    }
}

static void a_count_without_bound_cannot_be_brought_down_by_a_number(void **state)
{
    tr_arena             keep = check_arena();
    hand                 h;
    tr_condition_reasons r;
    hand_make(&h);
    small_threshold(&h);
    tr_condition *off = &h.clause[HAND_THRESHOLD].u.threshold.off[0];
    off->counting = HAND_SMM;
    tr_incident x = hand_incident(1, 100 * H, 101 * H);
    x.n_max = TR_UNBOUNDED;
    tr_explain_condition(&h.plan, HAND_THRESHOLD, off, &x, 1, 110 * H, &keep, &r);
    assert_false(r.holds);
    assert_int_equal(r.more, -1);
    assert_int_equal(r.fewer, -1);
    x.n_max = 4;
    tr_explain_condition(&h.plan, HAND_THRESHOLD, off, &x, 1, 110 * H, &keep, &r);
    assert_int_equal(r.fewer, 1);
    x.n_max = 3;
    tr_explain_condition(&h.plan, HAND_THRESHOLD, off, &x, 1, 110 * H, &keep, &r);
    assert_true(r.holds);
    assert_int_equal(r.more, 1);
    assert_int_equal(r.fewer, -1); /* nothing is fewer than none */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_lists_its_parts_and_the_one_that_is_missing),
        cmocka_unit_test(the_least_part_of_a_finding_is_its_membership),
        cmocka_unit_test(a_condition_says_who_counts_who_does_not_and_who_leaves_next),
        cmocka_unit_test(an_explanation_counts_as_the_evaluator_does),
        cmocka_unit_test(a_count_without_bound_cannot_be_brought_down_by_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
