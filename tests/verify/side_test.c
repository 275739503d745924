/* side_test.c -- counts of one party's breaches: attribution decides what is certain for whom. */
#include "verify/hand.h"

#include "verify/judge.h"
#include "verify/window.h"

#define H TR_HOUR

static hand against(int32_t actor, int32_t rung)
{
    hand h;
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    t->on[0].by = t->off[0].by = 1 + actor;
    t->rung = rung;
    return h;
}

static tr_membership judge(hand *h, int side, int rung, tr_why *why)
{
    tr_incident incident = hand_incident(1, 100 * H, 100 * H + TR_SECOND);
    h->plan.clause = h->clause;
    h->plan.zone = h->zone;
    h->plan.class_ = h->class_;
    h->plan.gate = h->gate;
    h->plan.counting = h->counting;
    h->plan.reg = h->reg;
    h->plan.actor = h->actor;
    incident.side = (uint8_t)side;
    incident.rung = (uint8_t)rung;
    return tr_condition_judge(&h->plan, HAND_THRESHOLD,
                              &h->clause[HAND_THRESHOLD].u.threshold.on[0], &incident, why);
}

static void certain_only_for_its_own_side_at_the_rung(void **state)
{
    (void)state;
    for (int actor = 0; actor < 2; actor++) {
        hand   h = against(actor, 3);
        tr_why why;
        assert_int_equal(judge(&h, 1 + actor, 3, &why), TR_IN_CERTAIN);
        assert_int_equal(judge(&h, 1 + actor, 4, &why), TR_IN_CERTAIN);
        assert_int_equal(judge(&h, 1 + actor, 2, &why), TR_IN_POSSIBLE);
        assert_int_equal(why, TR_WHY_RUNG);
        assert_int_equal(judge(&h, 2 - actor, 3, &why), TR_IN_NONE);
        assert_int_equal(why, TR_WHY_SIDE);
        assert_int_equal(judge(&h, 2 - actor, 0, &why), TR_IN_NONE);
        assert_int_equal(judge(&h, 0, 0, &why), TR_IN_POSSIBLE);
        assert_int_equal(why, TR_WHY_SIDE_OPEN);
        assert_true(strstr(tr_why_text(why), "undetermined") != NULL);
    }
}

/* Over both parties the certain counts never exceed that of any party, and what is possible for
 * neither is possible for none. */
static void the_counts_of_the_parties_split_that_of_all(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 40; round++) {
        tr_arena a = check_arena();
        hand     h;
        hand_make(&h);
        tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
        t->ons = 3;
        t->on[1] = t->on[2] = t->on[0];
        t->on[1].by = 1;
        t->on[2].by = 2;
        t->rung = (int32_t)hand_below(&seed, 4);
        tr_window *window = tr_window_new(&a, &h.plan, HAND_THRESHOLD);
        for (int i = 0; i < 60; i++) {
            tr_time     begin = hand_below(&seed, 300) * H;
            tr_incident one = hand_incident(i, begin, begin + hand_below(&seed, 30) * H);
            one.side = (uint8_t)hand_below(&seed, 3);
            one.rung = (uint8_t)hand_below(&seed, 5);
            tr_window_add(window, &one);
            if (hand_below(&seed, 5) == 0)
                tr_window_drop(window, &one);
        }
        for (tr_time now = 0; now < 400 * H; now += 7 * H) {
            tr_triple any = tr_window_count(window, TR_WINDOW_ON, 0, now);
            tr_triple first = tr_window_count(window, TR_WINDOW_ON, 1, now);
            tr_triple second = tr_window_count(window, TR_WINDOW_ON, 2, now);
            assert_true(first.certain + second.certain <= any.certain);
            assert_true(first.possible + second.possible >= any.possible);
            assert_true(first.possible <= any.possible && second.possible <= any.possible);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certain_only_for_its_own_side_at_the_rung),
        cmocka_unit_test(the_counts_of_the_parties_split_that_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
