/* each_test.c -- articles for each of several actors: one sentence, a clause for each. */
#include "sample.h"

#include "terms/tools.h"

#define BY_P "count by incident of breaches of §1.1 by P in area over 7 days"
#define EACH                                                                                       \
    HEAD MUST_NOT                                                                                  \
        "article 6 \"T\" for each P of A, B\n6.1 enforcement against P is\n    active when " BY_P  \
        " > 14, by tally\n" COUNTED "    until " BY_P " < 4, for 14 days\n"

static int32_t labelled(const tr_plan *plan, const char *label)
{
    int32_t clause = tr_plan_clause(plan, tr_str_of(label));
    assert_true(clause >= 0);
    return clause;
}

static void each_actor_has_its_own_clause(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *plan = sample_plan(&a,
                                      EACH "article 7 \"R\" on §6.1 active against P\n"
                                           "7.1 JC must notify P within 1 hour of activation\n"
                                           "7.2 JC must meet within 1 hour of §7.1 fulfilled "
                                           "unless §6.1 ended\n",
                                      NULL);
    assert_int_equal(plan->clauses, 7);
    assert_int_equal(tr_plan_clause(plan, TR_STR("6.1")), -1);
    for (int i = 0; i < 2; i++) {
        int32_t          on = labelled(plan, i ? "6.1-B" : "6.1-A");
        const tr_clause *first = &plan->clause[labelled(plan, i ? "7.1-B" : "7.1-A")];
        const tr_clause *second = &plan->clause[labelled(plan, i ? "7.2-B" : "7.2-A")];
        assert_int_equal(plan->clause[on].u.threshold.on[0].by, 1 + i);
        assert_int_equal(plan->clause[on].u.threshold.off[0].by, 1 + i);
        assert_true(plan->clause[on].u.threshold.against == UINT64_C(1) << i);
        assert_int_equal(first->u.step.on, on);
        assert_true(first->u.step.to == UINT64_C(1) << i);
        assert_int_equal(second->u.step.zero_clause, labelled(plan, i ? "7.1-B" : "7.1-A"));
        assert_int_equal(second->u.step.unless, on);
        assert_true(tr_str_is(first->base, "7.1"));
    }
    assert_int_equal(plan->clause[labelled(plan, "7.1-A")].span.begin,
                     plan->clause[labelled(plan, "7.1-B")].span.begin);
}

static void a_ladder_may_be_against_one_alone(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *plan = sample_plan(&a,
                                      EACH "article 7 \"R\" on §6.1 active against B\n"
                                           "7.1 JC must meet within 1 hour of activation unless "
                                           "§6.1 ended\n",
                                      NULL);
    int32_t        step = labelled(plan, "7.1");
    assert_int_equal(plan->clause[step].u.step.on, labelled(plan, "6.1-B"));
    assert_int_equal(plan->clause[step].each, 0);
}

static void a_mistake_is_reported_once(void **state)
{
    (void)state;
    static const struct {
        const char *article;
        int         code;
    } cases[] = {
        {"6.2 P must not commit nothing in area\n", TR_E_UNDECLARED},
        {"6.2 P must not commit firing in\n", TR_E_UNEXPECTED},
        {"6.2 P must not commit firing in area of area\n", TR_E_UNEXPECTED},
        {"6.2 P, A must not commit firing in area\n", TR_E_REPEATED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tr_arena        a = check_arena();
        tr_out          text = tr_out_new(&a);
        tr_terms_result result;
        tr_put(&text, "%s%s%s", HEAD, "article 6 \"T\" for each P of A, B\n", cases[i].article);
        tr_terms_compile(&a, tr_out_text(&text), NULL, NULL, &result);
        assert_int_equal(result.errors, 1);
        assert_int_equal(result.diagnostic[0].err.code, cases[i].code);
    }
}

static void a_renamed_placeholder_touches_no_actor(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_places p;
    int             actor = 0, placeholder = 0, clause = 0;
    tr_terms_index(&a,
                   TR_STR(EACH "article 7 \"R\" on §6.1 active against P\n"
                               "7.1 JC must notify P within 1 hour of activation\n"),
                   NULL, NULL, &p);
    assert_int_equal(p.result.errors, 0);
    for (int32_t i = 0; i < p.uses; i++) {
        const tr_symbol *s = &p.symbol[p.use[i].symbol];
        actor += strcmp(s->sort, "actor") == 0 && tr_str_is(s->name, "A");
        placeholder += strcmp(s->sort, "placeholder") == 0;
        clause += s->clause && tr_str_is(s->name, "6.1");
    }
    assert_int_equal(actor, 4);       /* party A, of A, A must not, for each P of A */
    assert_int_equal(placeholder, 6); /* declared, against, by, by, against, notify */
    assert_int_equal(clause, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_actor_has_its_own_clause),
        cmocka_unit_test(a_ladder_may_be_against_one_alone),
        cmocka_unit_test(a_mistake_is_reported_once),
        cmocka_unit_test(a_renamed_placeholder_touches_no_actor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
