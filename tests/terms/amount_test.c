/* Periods at the ends of months and where the clocks change; values as people write them. */
#include "sample.h"

static tr_time at(const char *text, const tr_tz *zone)
{
    tr_time t;
    tr_err  err = {0};
    assert_true(tr_time_read_any(tr_str_of(text), zone, &t, &err));
    return t;
}

static const tr_tz *kyiv(void)
{
    return tr_tz_find(TR_STR("Europe/Kyiv"));
}

static void months_are_counted_from_their_anchor(void **state)
{
    (void)state;
    const tr_period month = {.kind = TR_PERIOD_MONTHS, .months = 1};
    const char     *begins[] = {"2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"};
    tr_time         anchor = at(begins[0], kyiv());
    for (int64_t i = 0; i < 4; i++) {
        tr_time begin = at(begins[i], kyiv());
        assert_int_equal(tr_period_begin(&month, anchor, i, kyiv()), begin);
        assert_int_equal(tr_period_at(&month, anchor, begin, kyiv()), i);
        assert_int_equal(tr_period_at(&month, anchor, begin - 1, kyiv()), i - 1);
    }
}

static void days_follow_the_local_clock_and_hours_do_not(void **state)
{
    (void)state;
    const tr_period day = {.kind = TR_PERIOD_STRETCH, .stretch = {1, 0}};
    const tr_period hours = {.kind = TR_PERIOD_STRETCH, .stretch = {-1, 24 * TR_HOUR}};
    tr_time spring = at("2026-03-28 12:00", kyiv()), autumn = at("2026-10-24 12:00", kyiv());
    assert_int_equal(tr_period_begin(&day, spring, 1, kyiv()) - spring, 23 * TR_HOUR);
    assert_int_equal(tr_period_begin(&hours, spring, 1, kyiv()) - spring, 24 * TR_HOUR);
    assert_int_equal(tr_period_begin(&day, autumn, 1, kyiv()) - autumn, 25 * TR_HOUR);
    assert_int_equal(tr_period_at(&day, spring, spring + 23 * TR_HOUR, kyiv()), 1);
    assert_int_equal(tr_period_at(&day, autumn, autumn + 24 * TR_HOUR, kyiv()), 0);
}

/* Every period that is short, at every hour of some years: the number agrees with the begins. */
static void the_number_agrees_with_the_begins(void **state)
{
    (void)state;
    const tr_period all[] = {{.kind = TR_PERIOD_STRETCH, .stretch = {1, 0}},
                             {.kind = TR_PERIOD_STRETCH, .stretch = {30, 0}},
                             {.kind = TR_PERIOD_STRETCH, .stretch = {-1, TR_HOUR}},
                             {.kind = TR_PERIOD_MONTHS, .months = 1},
                             {.kind = TR_PERIOD_MONTHS, .months = 12}};
    tr_time         anchor = at("2024-02-29 02:30", kyiv());
    for (size_t p = 0; p < sizeof all / sizeof *all; p++)
        for (int64_t h = 0; h < 4 * 366 * 24; h += 7) {
            tr_time t = anchor + h * TR_HOUR;
            int64_t number = tr_period_at(&all[p], anchor, t, kyiv());
            assert_true(tr_period_begin(&all[p], anchor, number, kyiv()) <= t);
            assert_true(tr_period_begin(&all[p], anchor, number + 1, kyiv()) > t);
        }
    assert_int_equal(tr_period_at(&all[0], anchor, anchor - 1, kyiv()), -1);
}

static void values_stand_in_groups(void **state)
{
    (void)state;
    static const struct {
        int64_t     value;
        const char *text;
    } values[] = {{0, "0"},
                  {999, "0.999"},
                  {12500, "12.5"},
                  {800000000, "800,000"},
                  {-1000050, "-1,000.05"},
                  {INT64_C(14000000000000), "14,000,000,000"},
                  {INT64_MAX, "9,223,372,036,854,775.807"}};
    tr_arena a = check_arena();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        tr_out out = tr_out_new(&a);
        tr_put_value(&out, values[i].value);
        assert_string_equal(tr_out_z(&out), values[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_counted_from_their_anchor),
        cmocka_unit_test(days_follow_the_local_clock_and_hours_do_not),
        cmocka_unit_test(the_number_agrees_with_the_begins),
        cmocka_unit_test(values_stand_in_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
