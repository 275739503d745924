/* The example of the Berlin talks covers every row of its fact sheet: B1 to B30 are cited by a
 * clause, F and E are statements; nothing is agreed by all, whatever share is declared. */
#include "sample.h"

static const tr_plan *berlin(tr_arena *keep)
{
    tr_terms_result r;
    tr_terms_compile(keep, check_file(keep, check_path("agreements/berlin-2025.truce")), NULL, NULL,
                     &r);
    if (r.diagnostics > 0)
        fail_msg("line %d: TR%04d %s", r.diagnostic[0].err.line, r.diagnostic[0].err.code,
                 r.diagnostic[0].err.text);
    return r.plan;
}

static bool named(const char *sort, int number, tr_str name)
{
    char want[16];
    snprintf(want, sizeof want, "%s%d", sort, number);
    return tr_str_is(name, want);
}

static void every_row_of_terms_is_cited(void **state)
{
    (void)state;
    tr_arena         a = check_arena();
    const tr_plan   *p = berlin(&a);
    const tr_beside *b = &p->beside;
    for (int row = 1; row <= 30; row++) {
        int cited = 0;
        for (int32_t i = 0; i < b->cites; i++)
            cited += named("B", row, b->cite[i].paragraph);
        if (cited == 0)
            fail_msg("B%d stands in no clause", row);
    }
    for (int32_t i = 0; i < b->cites; i++) /* and no other row */
        if (tr_str_starts(b->cite[i].paragraph, "B")) {
            bool known = false;
            for (int row = 1; row <= 30 && !known; row++)
                known = named("B", row, b->cite[i].paragraph);
            assert_true(known);
        }
}

static void every_clause_cites_the_report_that_states_it(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = berlin(&a);
    for (int32_t c = 0; c < p->clauses; c++) {
        bool report = false;
        for (int32_t i = 0; i < p->beside.cites; i++)
            report |= p->beside.cite[i].clause == c &&
                      tr_str_starts(p->beside.cite[i].name, "Report 00");
        if (!report)
            fail_msg("clause %.*s cites no report", TR_FMT(p->clause[c].label));
    }
}

static void every_row_of_context_is_a_statement(void **state)
{
    (void)state;
    static const struct {
        const char *sort;
        int         rows;
    } sorts[] = {{"F", 13}, {"E", 9}};
    tr_arena       a = check_arena();
    const tr_plan *p = berlin(&a);
    for (size_t s = 0; s < 2; s++)
        for (int row = 1; row <= sorts[s].rows; row++) {
            const tr_context *found = NULL;
            for (int32_t i = 0; i < p->beside.contexts; i++)
                if (named(sorts[s].sort, row, p->beside.context[i].name))
                    found = &p->beside.context[i];
            if (!found || found->from.count == 0)
                fail_msg("%s%d is no statement with its sources", sorts[s].sort, row);
        }
}

/* The talks were declared to be agreed to 90 %; the table agrees to nothing by all. */
static void the_declared_share_is_not_the_computed_one(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = berlin(&a);
    int32_t        silent = 0;
    assert_int_equal(p->declareds, 2);
    assert_int_equal(p->declared[0].ppm, 900000);
    assert_int_equal(p->declared[1].ppm, 900000);
    assert_false(tr_str_eq(p->declared[0].base, p->declared[1].base));
    for (int32_t i = 0; i < p->positions; i++)
        if (tr_str_is(p->actor[p->position[i].actor].id, "RU")) {
            assert_true(p->position[i].stance != TR_STANCE_AGREES);
            silent += p->position[i].stance == TR_STANCE_NOT_STATED;
        }
    assert_true(silent >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_terms_is_cited),
        cmocka_unit_test(every_clause_cites_the_report_that_states_it),
        cmocka_unit_test(every_row_of_context_is_a_statement),
        cmocka_unit_test(the_declared_share_is_not_the_computed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
