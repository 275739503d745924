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
    PRINTED("1970-01-01 00:00:00.25", put_day(&out, TR_SECOND / 4, tr_tz_utc()));
}

static void places_are_said_with_their_hemispheres_and_extent(void **state)
{
    tr_plan_zone zone = {.zone = {.name = TR_STR("east")}};
    tr_plan      plan = {.zone = &zone, .zones = 1};
    tr_place     place = {.kind = TR_PLACE_POINT, .at = {-710000000, -340000000}, .r_max_m = 500};
    PRINTED("71 W 34 S", put_point(&out, place.at));
    PRINTED("37.5 E 48 N", put_point(&out, (tr_point){375000000, 480000000}));
    PRINTED("0 E 0 N", put_point(&out, (tr_point){0, 0}));
    PRINTED("0.0000001 W 0.0000001 N", put_point(&out, (tr_point){-1, 1}));
    PRINTED("180 W 90 S", put_point(&out, (tr_point){-1800000000, -900000000}));
    PRINTED("71 W 34 S, within 500 m", put_place(&out, &plan, &place));
    place.kind = TR_PLACE_SECTOR;
    place.r_min_m = 90;
    place.az_begin_cdeg = 35000;
    place.az_end_cdeg = 1005;
    PRINTED("from 71 W 34 S 90 to 500 m, bearing 350 to 10.05 degrees",
            put_place(&out, &plan, &place));
    PRINTED("east", put_place(&out, &plan, &(tr_place){.kind = TR_PLACE_ZONE, .zone = 0}));
    PRINTED("not placed", put_place(&out, &plan, &(tr_place){.kind = TR_PLACE_ZONE, .zone = -1}));
    PRINTED("not placed", put_place(&out, &plan, &(tr_place){.kind = TR_PLACE_SEALED}));
}

static void shares_are_rounded_half_up_but_never_to_all_or_nothing(void **state)
{
    PRINTED("0 %", put_percent(&out, 0, 1000));
    PRINTED("below 0.1 %", put_percent(&out, 1, INT64_MAX));
    PRINTED("below 0.1 %", put_percent(&out, 499, 1000000));
    PRINTED("0.1 %", put_percent(&out, 500, 1000000));
    PRINTED("0.1 %", put_percent(&out, 10, 10000));
    PRINTED("27.3 %", put_percent(&out, 3, 11)); /* 27.2727... */
    PRINTED("18.2 %", put_percent(&out, 2, 11)); /* 18.1818... */
    PRINTED("63.4 %", put_percent(&out, 634499, 1000000));
    PRINTED("63.5 %", put_percent(&out, 634500, 1000000));
    PRINTED("64 %", put_percent(&out, 639500, 1000000));
    PRINTED("99.9 %", put_percent(&out, 999499, 1000000));
    PRINTED("99.9 %", put_percent(&out, 999500, 1000000));
    PRINTED("99.9 %", put_percent(&out, INT64_MAX / 2000 - 1, INT64_MAX / 2000));
    PRINTED("50 %", put_percent(&out, INT64_MAX / 4000, INT64_MAX / 2000));
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
        cmocka_unit_test(shares_are_rounded_half_up_but_never_to_all_or_nothing),
        cmocka_unit_test(places_are_said_with_their_hemispheres_and_extent),
        cmocka_unit_test(stretches_and_bounds_are_said_as_the_text_says_them),
        cmocka_unit_test(a_count_without_upper_bound_says_at_least),
        cmocka_unit_test(the_public_gets_cells_and_days),
        cmocka_unit_test(lines_are_wrapped_between_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
