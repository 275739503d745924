/* time_test.c -- the table of zones against the C library, and the calendar of deadlines. */
#include "check.h"

#include <time.h>

#include "base/time.h"

static const int64_t SPAN_END_S = 9214646400; /* 2262-01-01 */

static const tr_tz *zone_of(const char *name)
{
    const tr_tz *zone = tr_tz_find(tr_str_of(name));
    if (!zone)
        fail_msg("no zone %s", name);
    return zone;
}

static tr_time at(const char *text)
{
    tr_time t = 0;
    tr_err  err = {0};
    CHECK_OK(tr_time_read_any(tr_str_of(text), tr_tz_utc(), &t, &err), err);
    return t;
}

static const char *text_of(tr_time t)
{
    static char text[TR_TIME_TEXT + 1];
    tr_time_print(t, text);
    return text;
}

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    uint64_t z = (*state ^ *state >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static void oracle_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static void same_as_oracle(const char *name, const tr_tz *zone, int64_t second)
{
    time_t    when = (time_t)second;
    struct tm tm;
    assert_non_null(localtime_r(&when, &tm));
    tr_civil c = tr_civil_of(second * TR_SECOND, zone);
    if (tm.tm_gmtoff != tr_tz_offset_s(zone, second * TR_SECOND) || tm.tm_year + 1900 != c.year ||
        tm.tm_mon + 1 != c.month || tm.tm_mday != c.day || tm.tm_hour != c.hour ||
        tm.tm_min != c.minute || tm.tm_sec != c.second)
        fail_msg("%s at %lld: offset %d, not %ld", name, (long long)second,
                 tr_tz_offset_s(zone, second * TR_SECOND), tm.tm_gmtoff);
}

static const char *const all_names[] = {
#define TR_TZ_ZONE(name, clock) name,
#define TR_TZ_LINK(name, zone)  name,
#include "base/zones.def"
#undef TR_TZ_ZONE
#undef TR_TZ_LINK
};
enum { NAMES = sizeof all_names / sizeof all_names[0] };

/* The machine's tz database may be of another version: then only its oldest part is common. */
static bool same_version(void)
{
    char  want[64], line[64] = "";
    FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
    snprintf(want, sizeof want, "# version %s\n", tr_tz_version());
    bool same = file && fgets(line, sizeof line, file) && strcmp(line, want) == 0;
    if (file)
        fclose(file);
    if (!same)
        puts("skipped, the installed tz database is of another version than zones.def");
    return same;
}

static void every_zone_and_link_agrees_with_the_c_library_at_random_moments(void **state)
{
    if (!same_version())
        skip();
    uint64_t seed = 1;
    for (int i = 0; i < NAMES; i++) {
        const tr_tz *zone = zone_of(all_names[i]);
        oracle_zone(all_names[i]);
        for (int k = 0; k < 300; k++) {
            uint64_t end = k % 2 ? (uint64_t)SPAN_END_S : 2240000000u;
            same_as_oracle(all_names[i], zone, (int64_t)(next_random(&seed) % end));
        }
    }
}

/* Halve a span in which the C library's offset changes down to the second of the change. */
static int64_t edge_between(int64_t low, int64_t high)
{
    struct tm tm;
    time_t    when = (time_t)low;
    long      before = localtime_r(&when, &tm)->tm_gmtoff;
    while (high - low > 1) {
        int64_t mid = low + (high - low) / 2;
        when = (time_t)mid;
        if (localtime_r(&when, &tm)->tm_gmtoff == before)
            low = mid;
        else
            high = mid;
    }
    return high;
}

static void every_change_of_every_zone_is_at_the_same_second(void **state)
{
    if (!same_version())
        skip();
    int edges = 0;
    for (int i = 0; i < NAMES; i++) {
        const tr_tz *zone = zone_of(all_names[i]);
        oracle_zone(all_names[i]);
        long last = 0;
        for (int64_t s = 0; s < 2600000000; s += 7 * 86400) {
            struct tm tm;
            time_t    when = (time_t)s;
            long      now = localtime_r(&when, &tm)->tm_gmtoff;
            if (s > 0 && now != last) {
                int64_t edge = edge_between(s - 7 * 86400, s);
                same_as_oracle(all_names[i], zone, edge - 1);
                same_as_oracle(all_names[i], zone, edge);
                edges++;
            }
            last = now;
        }
    }
    assert_true(edges > 20000);
}

static void kyiv_changes_its_clock_on_the_last_sundays_at_one_utc(void **state)
{
    const tr_tz *kyiv = zone_of("Europe/Kyiv");
    for (int32_t year = 2014; year <= 2030; year++) {
        for (int32_t month = 3; month <= 10; month += 7) {
            int64_t day = tr_days_of(year, month, 31);
            day -= (day + 4) % 7;
            tr_time edge = day * TR_DAY + TR_HOUR;
            int32_t summer = 10800, winter = 7200;
            assert_int_equal(tr_tz_offset_s(kyiv, edge - 1), month == 3 ? winter : summer);
            assert_int_equal(tr_tz_offset_s(kyiv, edge), month == 3 ? summer : winter);
            for (int64_t s = -2; s <= 2; s++) {
                tr_civil c = tr_civil_of(edge + s * TR_SECOND, kyiv);
                tr_time  back = tr_time_of(&c, kyiv);
                bool     repeated = month == 10 && s >= 0;
                assert_int_equal(back, edge + s * TR_SECOND - (repeated ? TR_HOUR : 0));
            }
        }
    }
}

static void a_skipped_hour_is_read_by_the_clock_before_and_a_repeated_one_first(void **state)
{
    const tr_tz *kyiv = zone_of("Europe/Kyiv");
    tr_civil     gap = {2015, 3, 29, 3, 30, 0, 0}, twice = {2015, 10, 25, 3, 30, 0, 0};
    assert_string_equal(text_of(tr_time_of(&gap, kyiv)), "2015-03-29T01:30:00.000000000Z");
    gap.minute = 0;
    assert_string_equal(text_of(tr_time_of(&gap, kyiv)), "2015-03-29T01:00:00.000000000Z");
    gap = (tr_civil){2015, 3, 29, 2, 59, 59, 999999999};
    assert_string_equal(text_of(tr_time_of(&gap, kyiv)), "2015-03-29T00:59:59.999999999Z");
    gap = (tr_civil){2015, 3, 29, 4, 0, 0, 0};
    assert_string_equal(text_of(tr_time_of(&gap, kyiv)), "2015-03-29T01:00:00.000000000Z");
    assert_string_equal(text_of(tr_time_of(&twice, kyiv)), "2015-10-25T00:30:00.000000000Z");
    twice = (tr_civil){2015, 10, 25, 4, 0, 0, 0};
    assert_string_equal(text_of(tr_time_of(&twice, kyiv)), "2015-10-25T02:00:00.000000000Z");
}

static void a_whole_day_that_a_clock_skips_is_bridged(void **state)
{
    const tr_tz *apia = zone_of("Pacific/Apia"); /* no 30 December 2011 */
    tr_civil     lost = {2011, 12, 30, 12, 0, 0, 0};
    tr_time      t = tr_time_of(&lost, apia);
    tr_civil     shown = tr_civil_of(t, apia);
    assert_int_equal(shown.day, 31);
    assert_int_equal(shown.hour, 12);
}

static void days_of_the_calendar_keep_the_clock_time_over_changes(void **state)
{
    const tr_tz *kyiv = zone_of("Europe/Kyiv");
    tr_time      t = at("2015-03-20T22:00:00Z"); /* 00:00 on the 21st */
    tr_time      later = tr_time_add_days(t, 14, kyiv);
    assert_int_equal(later - t, 14 * TR_DAY - TR_HOUR);
    assert_int_equal(tr_time_add_days(later, -14, kyiv), t);
    t = at("2015-10-19T21:00:00Z"); /* 00:00 on the 20th */
    assert_int_equal(tr_time_add_days(t, 14, kyiv) - t, 14 * TR_DAY + TR_HOUR);
    assert_int_equal(tr_time_add_days(t, 14, tr_tz_utc()) - t, 14 * TR_DAY);
    assert_int_equal(tr_time_add_days(t, 0, kyiv), t);
}

static void months_end_on_their_last_day(void **state)
{
    const tr_tz *utc = tr_tz_utc();
    assert_int_equal(tr_time_add_months(at("2015-01-31"), 1, utc), at("2015-02-28"));
    assert_int_equal(tr_time_add_months(at("2016-01-31"), 1, utc), at("2016-02-29"));
    assert_int_equal(tr_time_add_months(at("2016-01-31"), 13, utc), at("2017-02-28"));
    assert_int_equal(tr_time_add_months(at("2016-03-31"), -1, utc), at("2016-02-29"));
    assert_int_equal(tr_time_add_months(at("2016-12-15"), 1, utc), at("2017-01-15"));
    assert_int_equal(tr_time_add_months(at("2016-01-15"), -1, utc), at("2015-12-15"));
    assert_int_equal(tr_time_add_months(at("2000-02-29"), 1200, utc), at("2100-02-28"));
}

static void a_day_begins_at_local_midnight_or_where_the_clock_lands(void **state)
{
    const tr_tz *kyiv = zone_of("Europe/Kyiv"), *beirut = zone_of("Asia/Beirut");
    assert_int_equal(tr_time_day_begin(at("2015-02-15T21:59:59Z"), kyiv),
                     at("2015-02-14T22:00:00Z"));
    assert_int_equal(tr_time_day_begin(at("2015-02-14T22:00:00Z"), kyiv),
                     at("2015-02-14T22:00:00Z"));
    /* Beirut skips 00:00 to 01:00: its day begins at the change. */
    assert_int_equal(tr_time_day_begin(at("2024-03-31T10:00:00Z"), beirut),
                     at("2024-03-30T22:00:00Z"));
    assert_int_equal(tr_time_day_begin(at("2024-03-30T22:00:00Z"), beirut),
                     at("2024-03-30T22:00:00Z"));
}

static void dates_count_as_in_the_calendar_over_five_centuries(void **state)
{
    static const int32_t length[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    tr_civil             want = {1800, 1, 1, 0, 0, 0, 0};
    for (int64_t days = tr_days_of(1800, 1, 1); days < tr_days_of(2300, 1, 1); days++) {
        tr_civil got = {0};
        tr_days_to(days, &got);
        assert_int_equal(got.year, want.year);
        assert_int_equal(got.month, want.month);
        assert_int_equal(got.day, want.day);
        assert_int_equal(tr_days_of(want.year, want.month, want.day), days);
        bool leap = want.year % 4 == 0 && (want.year % 100 != 0 || want.year % 400 == 0);
        if (++want.day > length[want.month - 1] + (want.month == 2 && leap)) {
            want.day = 1;
            if (++want.month > 12)
                want.month = 1, want.year++;
        }
    }
    assert_int_equal(tr_days_of(1970, 1, 1), 0);
}

static void only_dates_of_the_calendar_are_ok(void **state)
{
    static const struct {
        tr_civil civil;
        bool     ok;
    } list[] = {
        {{1900, 1, 1, 0, 0, 0, 0}, true},      {{1899, 12, 31, 0, 0, 0, 0}, false},
        {{2261, 12, 31, 23, 59, 59, 999999999}, true}, {{2262, 1, 1, 0, 0, 0, 0}, false},
        {{2016, 2, 29, 0, 0, 0, 0}, true},     {{2015, 2, 29, 0, 0, 0, 0}, false},
        {{2100, 2, 29, 0, 0, 0, 0}, false},    {{2000, 2, 29, 0, 0, 0, 0}, true},
        {{2015, 4, 31, 0, 0, 0, 0}, false},    {{2015, 0, 1, 0, 0, 0, 0}, false},
        {{2015, 13, 1, 0, 0, 0, 0}, false},    {{2015, 1, 0, 0, 0, 0, 0}, false},
        {{2015, 1, 1, 24, 0, 0, 0}, false},    {{2015, 1, 1, 0, 60, 0, 0}, false},
        {{2015, 1, 1, 0, 0, 60, 0}, false},    {{2015, 1, 1, 0, 0, 0, 1000000000}, false},
        {{2015, 1, 1, -1, 0, 0, 0}, false},    {{2015, 1, 1, 0, 0, 0, -1}, false},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        assert_int_equal(tr_civil_ok(&list[i].civil), list[i].ok);
}

static void the_text_of_a_moment_has_one_spelling(void **state)
{
    static const char *const bad[] = {
        "",
        "2015-02-15T00:00:00Z",
        "2015-02-15T00:00:00.00000000Z",
        "2015-02-15T00:00:00.0000000000Z",
        "2015-02-15t00:00:00.000000000Z",
        "2015-02-15T00:00:00.000000000z",
        "2015-02-15 00:00:00.000000000Z",
        "2015-02-15T00:00:00,000000000Z",
        "2015-02-15T24:00:00.000000000Z",
        "2015-02-15T00:00:60.000000000Z",
        "2015-02-30T00:00:00.000000000Z",
        "1969-12-31T23:59:59.999999999Z",
        "2262-01-01T00:00:00.000000000Z",
        "2015/02/15T00:00:00.000000000Z",
        "+015-02-15T00:00:00.000000000Z",
        "2015-02-15T00:00:00.00000000 Z",
        " 2015-02-15T00:00:00.00000000Z",
    };
    tr_time t = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(tr_time_read(tr_str_of(bad[i]), &t));
    assert_int_equal(t, 7);
    assert_true(tr_time_read(TR_STR("2261-12-31T23:59:59.999999999Z"), &t));
    assert_int_equal(t, SPAN_END_S * TR_SECOND - 1);
    assert_true(tr_time_read(TR_STR("1970-01-01T00:00:00.000000000Z"), &t));
    assert_int_equal(t, 0);
    uint64_t seed = 5;
    for (int i = 0; i < 10000; i++) {
        tr_time want = (tr_time)(next_random(&seed) % (uint64_t)(SPAN_END_S * TR_SECOND)), got = 0;
        assert_true(tr_time_read(tr_str_of(text_of(want)), &got));
        assert_int_equal(got, want);
    }
}

static void what_people_write_is_read(void **state)
{
    static const struct {
        const char *text, *want;
    } list[] = {
        {"2015-02-15", "2015-02-14T22:00:00.000000000Z"},
        {"2015-02-15 00:00", "2015-02-14T22:00:00.000000000Z"},
        {"2015-02-15T00:00", "2015-02-14T22:00:00.000000000Z"},
        {"2015-07-15 12:34:56", "2015-07-15T09:34:56.000000000Z"},
        {"2015-07-15 12:34:56.5", "2015-07-15T09:34:56.500000000Z"},
        {"2015-02-15T00:00:00Z", "2015-02-15T00:00:00.000000000Z"},
        {"2015-02-15t00:00:00z", "2015-02-15T00:00:00.000000000Z"},
        {"2015-02-15 00:00:00+02:00", "2015-02-14T22:00:00.000000000Z"},
        {"2015-02-15T00:00:00-03:30", "2015-02-15T03:30:00.000000000Z"},
        {"2015-02-15T00:00:00.123456789+00:00", "2015-02-15T00:00:00.123456789Z"},
        {"1970-01-01T01:00:00+01:00", "1970-01-01T00:00:00.000000000Z"},
    };
    const tr_tz *kyiv = zone_of("Europe/Kyiv");
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        tr_time t = 0;
        tr_err  err = {0};
        CHECK_OK(tr_time_read_any(tr_str_of(list[i].text), kyiv, &t, &err), err);
        assert_string_equal(text_of(t), list[i].want);
    }
}

static void what_is_no_moment_is_refused_with_a_hint(void **state)
{
    static const char *const bad[] = {
        "", "2015", "2015-02", "15.02.2015", "2015-2-15", "2015-02-15T", "2015-02-15T0:00",
        "2015-02-15 00", "2015-02-15 00:00:", "2015-02-15 00:00:0", "2015-02-15 00:00Z",
        "2015-02-15 00:00:00.", "2015-02-15 00:00:00.Z", "2015-02-15 00:00:00.1234567890Z",
        "2015-02-15 00:00:00+2:00", "2015-02-15 00:00:00+0200", "2015-02-15 00:00:00+24:00",
        "2015-02-15 00:00:00+02:60", "2015-02-15 00:00:00Zx", "2015-02-15x00:00", "2015-02-30",
        "2015-02-15 24:00", "2015-02-15 00:60", "2015-02-15T00:00:60Z", "1969-12-31", "2262-01-01",
        "1970-01-01T00:00:00+01:00", "2261-12-31T23:59:59-01:00", "2015-02-15 ", "2015-02-15Z",
        "next Tuesday", "1899-01-01",
    };
    tr_err  err;
    tr_time t = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_FAILS(tr_time_read_any(tr_str_of(bad[i]), tr_tz_utc(), &t, &err), err, TR_E_TIME);
        assert_true(err.hint[0] != '\0' && strlen(err.hint) < sizeof err.hint - 1);
        assert_int_equal(t, 7);
    }
    CHECK_FAILS(tr_time_read_any(TR_STR("2015-02-30"), tr_tz_utc(), &t, &err), err, TR_E_TIME);
    assert_string_equal(err.text, "\"2015-02-30\" does not exist in the calendar");
}

static void zones_are_found_by_name_and_by_older_names(void **state)
{
    assert_ptr_equal(zone_of("Europe/Kiev"), zone_of("Europe/Kyiv"));
    CHECK_STR(tr_tz_name(zone_of("Europe/Kiev")), "Europe/Kyiv");
    CHECK_STR(tr_tz_name(tr_tz_utc()), "Etc/UTC");
    assert_ptr_equal(zone_of("UTC"), tr_tz_utc());
    assert_null(tr_tz_find(TR_STR("Europe/Kyi")));
    assert_null(tr_tz_find(TR_STR("europe/kyiv")));
    assert_null(tr_tz_find(TR_STR("")));
    assert_true(strlen(tr_tz_version()) == 5);
}

static void moments_at_the_ends_of_time_stay_in_range(void **state)
{
    const tr_tz *kyiv = zone_of("Europe/Kyiv");
    assert_int_equal(tr_time_plus(TR_TIME_MAX, -5), TR_TIME_MAX);
    assert_int_equal(tr_time_plus(TR_TIME_MAX - 5, 5), TR_TIME_MAX);
    assert_int_equal(tr_time_plus(TR_TIME_MAX - 5, 4), TR_TIME_MAX - 1);
    assert_int_equal(tr_time_plus(TR_TIME_MAX - 5, 6), TR_TIME_MAX);
    assert_int_equal(tr_time_plus(TR_TIME_NONE + 5, -4), TR_TIME_NONE + 1);
    assert_int_equal(tr_time_plus(TR_TIME_NONE + 5, -5), TR_TIME_NONE + 1);
    assert_int_equal(tr_time_plus(-5, INT64_MIN), TR_TIME_NONE + 1);
    assert_int_equal(tr_time_plus(0, INT64_MIN), TR_TIME_NONE + 1);
    assert_int_equal(tr_time_plus(INT64_MAX - 1, INT64_MIN), -2);
    assert_int_equal(tr_time_plus(3, 4), 7);
    assert_int_equal(tr_time_add_days(TR_TIME_MAX, -1, kyiv), TR_TIME_MAX);
    assert_int_equal(tr_time_add_days(TR_TIME_MAX - 1, 1, kyiv), TR_TIME_MAX);
    assert_int_equal(tr_time_add_days(0, INT64_MAX, kyiv), TR_TIME_MAX);
    assert_int_equal(tr_time_add_days(0, INT64_MIN, kyiv), TR_TIME_NONE + 1);
    assert_int_equal(tr_time_add_months(0, INT64_MIN, kyiv), TR_TIME_NONE + 1);
    assert_int_equal(tr_time_add_months(0, INT64_MAX, kyiv), TR_TIME_MAX);
    assert_string_equal(text_of(INT64_MIN), "1677-09-21T00:12:43.145224192Z");
    assert_string_equal(text_of(INT64_MAX), "2262-04-11T23:47:16.854775807Z");
    assert_string_equal(text_of(-1), "1969-12-31T23:59:59.999999999Z");
    tr_civil last = {2261, 12, 31, 23, 59, 59, 999999999}, first = {1900, 1, 1, 0, 0, 0, 0};
    assert_int_equal(tr_time_of(&last, tr_tz_utc()), SPAN_END_S * TR_SECOND - 1);
    assert_string_equal(text_of(tr_time_of(&first, tr_tz_utc())), "1900-01-01T00:00:00.000000000Z");
}

static void local_time_and_durations_read_well(void **state)
{
    tr_arena     arena = check_arena();
    tr_out       out = tr_out_new(&arena);
    const tr_tz *kyiv = zone_of("Europe/Kyiv");
    tr_put_local(&out, at("2026-11-17T04:12:00Z"), kyiv);
    tr_put(&out, "|");
    tr_put_local(&out, at("2026-11-17T04:12:07Z"), kyiv);
    tr_put(&out, "|");
    tr_put_duration(&out, 3 * TR_HOUR + 17 * TR_MINUTE + 48 * TR_SECOND);
    tr_put(&out, "|");
    tr_put_duration(&out, TR_DAY - 1);
    tr_put(&out, "|");
    tr_put_duration(&out, TR_DAY);
    tr_put(&out, "|");
    tr_put_duration(&out, 10 * TR_DAY + 17 * TR_HOUR + TR_MINUTE);
    tr_put(&out, "|");
    tr_put_duration(&out, -90 * TR_SECOND);
    tr_put(&out, "|");
    tr_put_duration(&out, INT64_MIN);
    tr_put(&out, "|");
    tr_put_time(&out, 1);
    CHECK_STR(tr_out_text(&out),
              "Tue 17 Nov 2026 06:12|Tue 17 Nov 2026 06:12:07|3:17:48|23:59:59|1 d 0 h|10 d 17 h|"
              "-0:01:30|-106751 d 23 h|1970-01-01T00:00:00.000000001Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_zone_and_link_agrees_with_the_c_library_at_random_moments),
        cmocka_unit_test(every_change_of_every_zone_is_at_the_same_second),
        cmocka_unit_test(kyiv_changes_its_clock_on_the_last_sundays_at_one_utc),
        cmocka_unit_test(a_skipped_hour_is_read_by_the_clock_before_and_a_repeated_one_first),
        cmocka_unit_test(a_whole_day_that_a_clock_skips_is_bridged),
        cmocka_unit_test(days_of_the_calendar_keep_the_clock_time_over_changes),
        cmocka_unit_test(months_end_on_their_last_day),
        cmocka_unit_test(a_day_begins_at_local_midnight_or_where_the_clock_lands),
        cmocka_unit_test(dates_count_as_in_the_calendar_over_five_centuries),
        cmocka_unit_test(only_dates_of_the_calendar_are_ok),
        cmocka_unit_test(the_text_of_a_moment_has_one_spelling),
        cmocka_unit_test(what_people_write_is_read),
        cmocka_unit_test(what_is_no_moment_is_refused_with_a_hint),
        cmocka_unit_test(zones_are_found_by_name_and_by_older_names),
        cmocka_unit_test(moments_at_the_ends_of_time_stay_in_range),
        cmocka_unit_test(local_time_and_durations_read_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
