/* amount_test.c -- amounts at their bounds: one below, on, one above; and at the ends of what a
 * number holds. */
#include "check.h"

#include "terms/terms.h"
#include "verify/amount.h"

#define HEAD                                                                                       \
    "agreement \"T\" version 1.0\ntime zone \"Europe/Kyiv\"\n"                                     \
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\nagreement in force from 2026-02-01 00:00\n"              \
    "party A \"A\"\nparty B \"B\"\nbody JMC \"J\" of A, B\nquantity q \"a quantity\" in pieces\n"

static tr_arena arena;
static tr_deed  deed[4];

static tr_plan *plan_of(const char *clause)
{
    tr_terms_result result;
    tr_out          text = tr_out_new(&arena);
    tr_put(&text, "%sarticle 4 \"Caps\"\n%s\n", HEAD, clause);
    tr_terms_compile(&arena, tr_out_text(&text), NULL, NULL, &result);
    for (int32_t i = 0; i < result.diagnostics; i++)
        printf("%s\n", result.diagnostic[i].err.text);
    assert_non_null(result.plan);
    return (tr_plan *)result.plan;
}

static tr_deed value(const tr_plan *plan, int64_t low, int64_t high)
{
    return (tr_deed){.entry = 2, .told = plan->in_force, .on = plan->in_force + TR_HOUR,
                     .begin = plan->in_force, .end = plan->in_force + TR_HOUR, .about = -1,
                     .low = low, .best = low, .high = high, .kind = TR_DEED_DECLARATION,
                     .basis = TR_BASIS_DECLARED, .part = -1, .owner = -1, .act = -1, .clause = -1,
                     .organ = -1};
}

static tr_reckoning reckon(tr_plan *plan, int32_t count)
{
    tr_reckoning r;
    for (int32_t i = 0; i < count; i++) {
        deed[i].entry = i + 2;
        deed[i].content = (uint64_t)i;
    }
    plan->deed = deed;
    plan->deeds = count;
    tr_reckon_quantity(arena, plan, 0, 0, plan->in_force + TR_DAY, &r);
    return r;
}

static const char *state_of(tr_plan *plan, int64_t low, int64_t high)
{
    deed[0] = value(plan, low, high);
    return reckon(plan, 1).state;
}

static void a_bound_is_kept_up_to_its_tolerance(void **state)
{
    (void)state;
    tr_plan *most = plan_of("4.1 A must keep declared q <= 800 tolerance 2 %");
    assert_string_equal(state_of(most, 815999, 815999), "kept");
    assert_string_equal(state_of(most, 816000, 816000), "kept");
    assert_string_equal(state_of(most, 816001, 816001), "exceeded");
    assert_string_equal(state_of(most, 816000, 816001), "in_doubt");
    tr_plan *least = plan_of("4.1 A must keep declared q >= 800 tolerance 2 %");
    assert_string_equal(state_of(least, 783999, 783999), "exceeded");
    assert_string_equal(state_of(least, 784000, 784000), "kept");
    assert_string_equal(state_of(least, 784001, 784001), "kept");
    assert_string_equal(state_of(least, 783999, 784000), "in_doubt");
}

/* Bounds that no text can state, but a plan can hold: nothing wraps around. */
static void bounds_at_the_ends_of_numbers_do_not_wrap(void **state)
{
    static const int64_t ends[] = {INT64_MIN + 1, INT64_MIN + 2, -1, 0, 1, INT64_MAX - 2,
                                   INT64_MAX - 1};
    static const int32_t tolerances[] = {0, 1, 20000, 999999, 1000000, INT32_MAX};
    (void)state;
    tr_plan     *plan = plan_of("4.1 A must keep declared q <= 800 tolerance 2 %");
    tr_quantity *q = &((tr_clause *)plan->clause)[0].u.quantity;
    for (size_t b = 0; b < sizeof ends / sizeof *ends; b++)
        for (size_t t = 0; t < sizeof tolerances / sizeof *tolerances; t++) {
            q->tolerance_ppm = tolerances[t];
            q->least = INT64_MIN;
            q->most = ends[b];
            assert_string_equal(state_of(plan, ends[b], ends[b]), "kept");
            assert_string_equal(state_of(plan, INT64_MIN + 1, INT64_MIN + 1), "kept");
            assert_string_equal(state_of(plan, INT64_MIN + 1, INT64_MAX),
                                "in_doubt"); /* "at least": surely nothing */
            q->least = ends[b];
            q->most = INT64_MAX;
            assert_string_equal(state_of(plan, ends[b], ends[b]), "kept");
            assert_string_equal(state_of(plan, INT64_MAX - 1, INT64_MAX), "kept");
        }
    q->tolerance_ppm = 1000000;
    q->least = INT64_MIN;
    q->most = INT64_MAX / 2 - 1; /* its double is INT64_MAX - 3 */
    assert_string_equal(state_of(plan, INT64_MAX - 3, INT64_MAX - 3), "kept");
    assert_string_equal(state_of(plan, INT64_MAX - 2, INT64_MAX - 2), "exceeded");
    q->most = INT64_MAX / 2 + 1; /* its double is more than a number holds */
    assert_string_equal(state_of(plan, INT64_MAX - 1, INT64_MAX - 1), "kept");
    q->least = INT64_MAX / 2;
    q->most = INT64_MAX;
    assert_string_equal(state_of(plan, 0, 0), "kept");
    assert_string_equal(state_of(plan, -1, -1), "exceeded");
}

static void sums_saturate(void **state)
{
    (void)state;
    tr_plan *plan = plan_of("4.1 A must provide declared q >= 10 every month");
    for (int i = 0; i < 3; i++)
        deed[i] = value(plan, INT64_MAX - 1, INT64_MAX);
    tr_reckoning r = reckon(plan, 3);
    assert_int_equal(r.low, INT64_MAX);
    assert_int_equal(r.high, INT64_MAX);
    for (int i = 0; i < 3; i++)
        deed[i] = value(plan, INT64_MIN + 1, INT64_MIN + 1);
    r = reckon(plan, 3);
    assert_int_equal(r.low, INT64_MIN + 1);
    assert_int_equal(r.high, INT64_MIN + 1);
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
        cmocka_unit_test(a_bound_is_kept_up_to_its_tolerance),
        cmocka_unit_test(bounds_at_the_ends_of_numbers_do_not_wrap),
        cmocka_unit_test(sums_saturate),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
