/* Hours of each day: half open, over midnight, in nights in which the clocks change. */
#include "check.h"

#include "verify/daily.h"

enum { NIGHT_FROM = 22 * 3600, NIGHT_TO = 6 * 3600 };
static const tr_daily night = {true, NIGHT_FROM, NIGHT_TO};

static tr_time at(const char *utc)
{
    tr_time t;
    tr_err  err = {0};
    assert_true(tr_time_read_any(tr_str_of(utc), tr_tz_utc(), &t, &err));
    return t;
}

static tr_membership judged(const tr_daily *daily, tr_time begin, tr_time end, tr_time best)
{
    tr_judgement judgement = TR_JUDGEMENT;
    tr_plan      plan = {.tz = tr_tz_find(TR_STR("Europe/Kyiv"))};
    tr_incident  incident = {.begin = begin, .end = end, .best = best};
    tr_limit_daily(&judgement, &plan, daily, &incident);
    return judgement.in;
}

static tr_membership instant(const char *utc)
{
    return judged(&night, at(utc), at(utc), at(utc));
}

static void the_begin_belongs_and_the_end_does_not(void **state)
{
    (void)state; /* Kyiv is two hours ahead in winter */
    assert_int_equal(instant("2026-02-10T20:00:00Z"), TR_IN_CERTAIN);
    assert_int_equal(instant("2026-02-10T19:59:59.999999999Z"), TR_IN_NONE);
    assert_int_equal(instant("2026-02-11T03:59:59.999999999Z"), TR_IN_CERTAIN);
    assert_int_equal(instant("2026-02-11T04:00:00Z"), TR_IN_NONE);
    assert_int_equal(instant("2026-02-10T22:00:00Z"), TR_IN_CERTAIN); /* midnight */
}

static void what_crosses_an_edge_is_in_doubt(void **state)
{
    (void)state;
    tr_time begin = at("2026-02-10T19:30:00Z"), end = at("2026-02-10T20:30:00Z");
    tr_time edge = at("2026-02-10T20:00:00Z");
    assert_int_equal(judged(&night, begin, end, begin), TR_IN_POSSIBLE);
    assert_int_equal(judged(&night, begin, end, edge), TR_IN_BEST);
    assert_int_equal(judged(&night, begin, edge, begin), TR_IN_NONE); /* it ends as they begin */
    assert_int_equal(judged(&night, edge, end, edge), TR_IN_CERTAIN);
    assert_int_equal(judged(&night, edge, at("2026-02-11T04:00:00Z"), edge), TR_IN_CERTAIN);
    assert_int_equal(judged(&night, edge, at("2026-02-11T04:00:00.000000001Z"), end), TR_IN_BEST);
    /* over a whole day it touches two nights, and lies in none */
    assert_int_equal(judged(&night, begin, at("2026-02-11T20:30:00Z"), begin), TR_IN_POSSIBLE);
}

static void nights_in_which_the_clocks_change(void **state)
{
    (void)state;
    const tr_tz *zone = tr_tz_find(TR_STR("Europe/Kyiv"));
    /* 2026-03-29 03:00 -> 04:00, 2026-10-25 04:00 -> 03:00 */
    tr_span spring = tr_daily_after(&night, zone, at("2026-03-28T21:00:00Z"));
    tr_span autumn = tr_daily_after(&night, zone, at("2026-10-24T21:00:00Z"));
    assert_true(spring.begin == at("2026-03-28T20:00:00Z") &&
                spring.end == at("2026-03-29T03:00:00Z"));
    assert_true(autumn.begin == at("2026-10-24T19:00:00Z") &&
                autumn.end == at("2026-10-25T04:00:00Z"));
    /* hours that end in the one that is skipped end when the clocks would have shown it */
    tr_daily to_skipped = {true, NIGHT_FROM, 3 * 3600 + 1800};
    assert_true(tr_daily_after(&to_skipped, zone, at("2026-03-28T21:00:00Z")).end ==
                at("2026-03-29T01:30:00Z"));
    /* from a skipped time to one right after the gap: none on that day, the next one follows */
    tr_daily skipped = {true, 3 * 3600 + 1800, 4 * 3600 + 600};
    assert_true(tr_daily_after(&skipped, zone, at("2026-03-28T12:00:00Z")).begin ==
                at("2026-03-30T00:30:00Z"));
    /* of the hour that is repeated the first one begins, and the first one ends */
    tr_daily repeated = {true, 3 * 3600 + 1800, 3 * 3600 + 2700};
    tr_span  once = tr_daily_after(&repeated, zone, at("2026-10-24T21:00:00Z"));
    assert_true(once.begin == at("2026-10-25T00:30:00Z") && once.end == at("2026-10-25T00:45:00Z"));
}

static void hours_of_a_week_are_cut_to_it(void **state)
{
    (void)state;
    tr_arena     a = check_arena();
    const tr_tz *zone = tr_tz_find(TR_STR("Europe/Kyiv"));
    tr_span     *span;
    tr_span      days = {at("2026-02-10T22:00:00Z"), at("2026-02-12T21:00:00Z")};
    int32_t      count = tr_daily_spans(&a, &night, zone, days, &span);
    assert_int_equal(count, 3);
    assert_true(span[0].begin == at("2026-02-10T22:00:00Z"));
    assert_true(span[0].end == at("2026-02-11T04:00:00Z"));
    assert_true(span[1].end - span[1].begin == 8 * TR_HOUR);
    assert_true(span[2].begin == at("2026-02-12T20:00:00Z"));
    assert_true(span[2].end == at("2026-02-12T21:00:00Z"));
    assert_int_equal(tr_daily_spans(&a, &night, zone, (tr_span){5, 5}, &span), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_begin_belongs_and_the_end_does_not),
        cmocka_unit_test(what_crosses_an_edge_is_in_doubt),
        cmocka_unit_test(nights_in_which_the_clocks_change),
        cmocka_unit_test(hours_of_a_week_are_cut_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
