/* words_test.c -- moments, degrees, shares, stretches, bounds and counts as they are printed. */
#include "check.h"

#include "base/time.h"
#include "report/inside.h"

static tr_arena keep;

#define PRINTED(want, call)                                                                        \
    do {                                                                                           \
        tr_out out = tr_out_new(&keep);                                                            \
        call;                                                                                      \
        CHECK_STR(tr_out_text(&out), want);                                                        \
    } while (0)

static void degrees_are_exact_and_without_trailing_zeros(void **state)
{
    PRINTED("0", put_degrees(&out, 0));
    PRINTED("37.5", put_degrees(&out, 375000000));
    PRINTED("-0.0000001", put_degrees(&out, -1));
    PRINTED("-180", put_degrees(&out, -1800000000));
    PRINTED("48.0123456", put_degrees(&out, 480123456));
}

static void moments_have_decimals_only_when_needed(void **state)
{
    PRINTED("1970-01-01T00:00:00Z", put_rfc3339(&out, 0));
    PRINTED("1970-01-01T00:00:00.000000001Z", put_rfc3339(&out, 1));
    PRINTED("1970-01-01T00:00:01.5Z", put_rfc3339(&out, TR_SECOND + TR_SECOND / 2));
    PRINTED("1970-01-01", put_day(&out, 0, tr_tz_utc()));
    PRINTED("1970-01-01 00:01", put_day(&out, TR_MINUTE, tr_tz_utc()));
    PRINTED("no end", put_day(&out, TR_TIME_MAX, tr_tz_utc()));
}

static void shares_are_rounded_down_so_that_100_means_all(void **state)
{
    PRINTED("0 %", put_percent(&out, 0, 1000));
    PRINTED("below 0.1 %", put_percent(&out, 9, 10000));
    PRINTED("0.1 %", put_percent(&out, 10, 10000));
    PRINTED("99.9 %", put_percent(&out, INT64_MAX - 1, INT64_MAX));
    PRINTED("100 %", put_percent(&out, INT64_MAX, INT64_MAX));
    PRINTED("0 %", put_percent(&out, 5, 0));
}

static void stretches_and_bounds_are_said_as_the_text_says_them(void **state)
{
    PRINTED("7 days", put_stretch(&out, (tr_stretch){7, 0}));
    PRINTED("1 day", put_stretch(&out, (tr_stretch){1, 0}));
    PRINTED("336 hours", put_stretch(&out, (tr_stretch){-1, 336 * TR_HOUR}));
    PRINTED("90 minutes", put_stretch(&out, (tr_stretch){-1, 90 * TR_MINUTE}));
    PRINTED("> 14", put_bound(&out, &(tr_condition){.least = 15, .most = INT64_MAX}));
    PRINTED("< 4", put_bound(&out, &(tr_condition){.least = 0, .most = 3}));
    PRINTED("= 4", put_bound(&out, &(tr_condition){.least = 4, .most = 4}));
    PRINTED("2 to 5", put_bound(&out, &(tr_condition){.least = 2, .most = 5}));
}

static void a_count_without_upper_bound_says_at_least(void **state)
{
    PRINTED("295 [290, 302]", put_triple(&out, (tr_triple){290, 295, 302}));
    PRINTED("3 [2, no upper bound]", put_triple(&out, (tr_triple){2, 3, TR_COUNT_UNBOUNDED}));
    PRINTED("at least 2 [2, no upper bound]",
            put_triple(&out, (tr_triple){2, TR_COUNT_UNBOUNDED, TR_COUNT_UNBOUNDED}));
}

static void the_public_gets_cells_and_days(void **state)
{
    tr_place point = {.kind = TR_PLACE_POINT, .at = {-1, 479999999}, .r_max_m = 1};
    tr_place seen = coarse_place(point);
    assert_int_equal(seen.at.lon, -500000);
    assert_int_equal(seen.at.lat, 479500000);
    assert_int_equal(seen.r_max_m, 9000);
    point.kind = TR_PLACE_SEALED;
    assert_int_equal(coarse_place(point).kind, TR_PLACE_NONE);
    tr_incident i = {.begin = TR_DAY + 5, .end = 2 * TR_DAY, .best = TR_DAY + 6};
    tr_incident day = coarse_incident(&i, tr_tz_utc());
    assert_true(day.begin == TR_DAY && day.end == 2 * TR_DAY && day.best == TR_DAY);
    i.end = 2 * TR_DAY + 1;
    assert_true(coarse_incident(&i, tr_tz_utc()).end == 3 * TR_DAY);
}

static void lines_are_wrapped_between_words(void **state)
{
    PRINTED("aa bb\n  cc dd\n", put_wrapped(&out, TR_STR("aa  bb\ncc\tdd"), 0, 2, 7));
    PRINTED("averylongword\n", put_wrapped(&out, TR_STR("averylongword"), 0, 2, 5));
    PRINTED("\n", put_wrapped(&out, TR_STR("  "), 0, 2, 5));
}

int main(void)
{
    keep = check_arena();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(degrees_are_exact_and_without_trailing_zeros),
        cmocka_unit_test(moments_have_decimals_only_when_needed),
        cmocka_unit_test(shares_are_rounded_down_so_that_100_means_all),
        cmocka_unit_test(stretches_and_bounds_are_said_as_the_text_says_them),
        cmocka_unit_test(a_count_without_upper_bound_says_at_least),
        cmocka_unit_test(the_public_gets_cells_and_days),
        cmocka_unit_test(lines_are_wrapped_between_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
