/* time.c -- moments, the civil calendar and the time zones of agreements.
 *
 * A clock is an offset at 1970, a list of changes, and a rule of two changes
 * a year for what comes after the list (zones.def).  Before 1970 the offset
 * of 1970-01-01 stands.  Every question about local time is answered by
 * walking stretches [begin, end) of one offset, in whole seconds.
 * Calendar: proleptic Gregorian, in years that begin in March, so that the
 * leap day is the last of its year and 400 years have 146097 days.
 */
#include "base/time.h"

#include <stdio.h>

typedef struct {
    int32_t month, week, weekday, second; /* as in the M form of a POSIX TZ rule */
} yearly;

typedef struct {
    int32_t std_s, dst_s;
    yearly  begin, end; /* of the dst_s part */
} clock_rule;

typedef struct {
    int32_t        first_s; /* offset at 1970-01-01 */
    int32_t        rule;    /* index, or -1 */
    const int64_t *change;  /* pairs: moment in seconds, offset from then on */
    int32_t        changes;
} zone_clock;

struct tr_tz {
    const char *name;
    int32_t     clock;
};

static const clock_rule rules[] = {
#define TR_TZ_RULE(std, dst, m1, w1, d1, s1, m2, w2, d2, s2)                                       \
    {std, dst, {m1, w1, d1, s1}, {m2, w2, d2, s2}},
#include "base/zones.def"
#undef TR_TZ_RULE
};

#define TR_TZ_CLOCK(id, first, rule, ...) static const int64_t changes_##id[] = {__VA_ARGS__};
#include "base/zones.def"
#undef TR_TZ_CLOCK

static const zone_clock clocks[] = {
#define TR_TZ_CLOCK(id, first, rule, ...)                                                          \
    {first, rule, changes_##id, (int32_t)(sizeof changes_##id / 16) - 1},
#include "base/zones.def"
#undef TR_TZ_CLOCK
};

static const tr_tz zones[] = {
#define TR_TZ_ZONE(name, clock) {name, clock},
#include "base/zones.def"
#undef TR_TZ_ZONE
};

static const struct {
    const char *name;
    int32_t     zone;
} links[] = {
#define TR_TZ_LINK(name, zone) {name, zone},
#include "base/zones.def"
#undef TR_TZ_LINK
};

#define TR_TZ_VERSION(text) static const char version[] = text;
#include "base/zones.def"
#undef TR_TZ_VERSION

enum { ZONES = sizeof zones / sizeof zones[0], LINKS = sizeof links / sizeof links[0] };

static const int64_t DAY_S = 86400;
/* More than any offset, so that local seconds less this lie before their moment. */
static const int64_t OFFSET_MAX_S = 26 * 3600;
/* Whole seconds that fit tr_time; 2^63 ns are 9223372036.854... s. */
static const int64_t SECOND_MAX = INT64_MAX / TR_SECOND;

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* ---- zones ---- */

const char *tr_tz_version(void)
{
    return version;
}

tr_str tr_tz_name(const tr_tz *zone)
{
    return tr_str_of(zone->name);
}

const tr_tz *tr_tz_find(tr_str name)
{
    for (int low = 0, high = ZONES; low < high;) {
        int mid = (low + high) / 2;
        int order = tr_str_cmp(name, tr_str_of(zones[mid].name));
        if (order == 0)
            return &zones[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    for (int i = 0; i < LINKS; i++)
        if (tr_str_is(name, links[i].name))
            return &zones[links[i].zone];
    return NULL;
}

const tr_tz *tr_tz_utc(void)
{
    return tr_tz_find(TR_STR("Etc/UTC"));
}

static int32_t month_days(int32_t year, int32_t month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

/* Local midnight, in local seconds, of the day that a yearly rule names. */
static int64_t yearly_midnight(const yearly *rule, int32_t year)
{
    int64_t first = tr_days_of(year, rule->month, 1);
    int64_t weekday = ((first + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday; 0 = Sunday */
    int64_t day = first + (rule->weekday - weekday + 7) % 7 + 7 * (rule->week - 1);
    if (day >= first + month_days(year, rule->month))
        day -= 7;
    return day * DAY_S;
}

typedef struct {
    int64_t begin, end; /* seconds since 1970 */
    int32_t offset_s;
} stretch;

/* Draw the ends of a stretch around t in to the two changes of that year. */
static void draw_in(const clock_rule *rule, int32_t year, int64_t t, stretch *found)
{
    int64_t begin = yearly_midnight(&rule->begin, year) + rule->begin.second - rule->std_s;
    int64_t end = yearly_midnight(&rule->end, year) + rule->end.second - rule->dst_s;
    if (begin <= t && begin > found->begin)
        found->begin = begin, found->offset_s = rule->dst_s;
    if (end <= t && end > found->begin)
        found->begin = end, found->offset_s = rule->std_s;
    if (begin > t && begin < found->end)
        found->end = begin;
    if (end > t && end < found->end)
        found->end = end;
}

/* The stretch of one offset around t, by the rule; both ends are changes of the rule.  No rule
 * changes a clock from December to February: so the year may be taken from its mean length, which
 * errs by two days at New Year, and a neighbouring year matters only where the year itself has no
 * change on that side of t. */
static stretch rule_stretch(const clock_rule *rule, int64_t t)
{
    enum { MEAN_YEAR_S = 31556952 };
    int32_t year = 1970 + (int32_t)floor_div(t, MEAN_YEAR_S);
    stretch found = {INT64_MIN, INT64_MAX, rule->std_s};
    draw_in(rule, year, t, &found);
    if (found.begin == INT64_MIN)
        draw_in(rule, year - 1, t, &found);
    if (found.end == INT64_MAX)
        draw_in(rule, year + 1, t, &found);
    return found;
}

static stretch stretch_at(const tr_tz *zone, int64_t t)
{
    const zone_clock *c = &clocks[zone->clock];
    int32_t           low = 0, high = c->changes; /* so many changes are at or before t */
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (c->change[2 * mid] <= t)
            low = mid + 1;
        else
            high = mid;
    }
    stretch found = {low > 0 ? c->change[2 * low - 2] : INT64_MIN,
                     low < c->changes ? c->change[2 * low] : INT64_MAX,
                     low > 0 ? (int32_t)c->change[2 * low - 1] : c->first_s};
    if (low < c->changes || c->rule < 0)
        return found;
    if (low == 0 && t < 0) { /* all by rule: it starts in 1970 */
        found.end = 0;
        return found;
    }
    stretch by_rule = rule_stretch(&rules[c->rule], t);
    if (by_rule.begin < found.begin)
        by_rule.begin = found.begin;
    return by_rule;
}

int32_t tr_tz_offset_s(const tr_tz *zone, tr_time t)
{
    return stretch_at(zone, floor_div(t, TR_SECOND)).offset_s;
}

/* ---- calendar ---- */

int64_t tr_days_of(int32_t year, int32_t month, int32_t day)
{
    int64_t march_year = (int64_t)year - (month <= 2);
    int64_t era = floor_div(march_year, 400);
    int64_t of_era = march_year - era * 400;
    int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void tr_days_to(int64_t days, tr_civil *civil)
{
    int64_t shifted = days + 719468; /* since 0000-03-01 */
    int64_t era = floor_div(shifted, 146097);
    int64_t of_era = shifted - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153; /* 0 = March */
    civil->day = (int32_t)(of_year - (153 * month + 2) / 5 + 1);
    civil->month = (int32_t)(month < 10 ? month + 3 : month - 9);
    civil->year = (int32_t)(year + era * 400 + (civil->month <= 2));
}

bool tr_civil_ok(const tr_civil *c)
{
    return c->year >= 1900 && c->year <= 2261 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= month_days(c->year, c->month) && c->hour >= 0 && c->hour <= 23 &&
           c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 59 && c->nano >= 0 &&
           c->nano <= 999999999;
}

static tr_civil civil_of(tr_time t, int32_t offset_s)
{
    int64_t  local = floor_div(t, TR_SECOND) + offset_s;
    int64_t  days = floor_div(local, DAY_S), rest = local - days * DAY_S;
    int32_t  nano = (int32_t)(t % TR_SECOND);
    tr_civil civil = {.hour = (int32_t)(rest / 3600),
                      .minute = (int32_t)(rest / 60 % 60),
                      .second = (int32_t)(rest % 60),
                      .nano = nano < 0 ? nano + 1000000000 : nano};
    tr_days_to(days, &civil);
    return civil;
}

tr_civil tr_civil_of(tr_time t, const tr_tz *zone)
{
    return civil_of(t, tr_tz_offset_s(zone, t));
}

/* Seconds and nanoseconds as a moment, kept inside its range. */
static tr_time moment_of(int64_t seconds, int32_t nano)
{
    if (seconds >= SECOND_MAX)
        return TR_TIME_MAX;
    if (seconds <= -SECOND_MAX)
        return TR_TIME_NONE + 1;
    return seconds * TR_SECOND + nano;
}

static tr_time time_of_local(int64_t days, int64_t second, int32_t nano, const tr_tz *zone)
{
    int64_t local = days * DAY_S + second;
    stretch now = stretch_at(zone, local - OFFSET_MAX_S);
    while (local - now.offset_s >= now.end) {
        stretch next = stretch_at(zone, now.end);
        if (local - next.offset_s < next.begin)
            break; /* skipped: by the clock as it was */
        now = next;
    }
    return moment_of(local - now.offset_s, nano);
}

tr_time tr_time_of(const tr_civil *c, const tr_tz *zone)
{
    return time_of_local(tr_days_of(c->year, c->month, c->day),
                         (int64_t)c->hour * 3600 + (int64_t)c->minute * 60 + c->second, c->nano,
                         zone);
}

static bool open_moment(tr_time t)
{
    return t == TR_TIME_NONE || t == TR_TIME_MAX;
}

tr_time tr_time_add_days(tr_time t, int64_t days, const tr_tz *zone)
{
    enum { DAYS_MAX = 400 * 366 }; /* more leaves the range from any moment */
    if (open_moment(t))
        return t;
    if (days > DAYS_MAX || days < -DAYS_MAX * 2)
        return days > 0 ? TR_TIME_MAX : TR_TIME_NONE + 1;

    /* Where the clock is not set in between, a calendar day has 24 hours. */
    int64_t whole = floor_div(t, TR_SECOND);
    stretch now = stretch_at(zone, whole);
    if (days >= 0 && days < 36600 && t < 60000 * TR_DAY && whole + days * DAY_S < now.end)
        return t + days * TR_DAY;
    tr_civil c = tr_civil_of(t, zone);
    return time_of_local(tr_days_of(c.year, c.month, c.day) + days,
                         c.hour * 3600 + c.minute * 60 + c.second, c.nano, zone);
}

tr_time tr_time_add_months(tr_time t, int64_t months, const tr_tz *zone)
{
    enum { MONTHS_MAX = 12 * 1000 };
    if (open_moment(t))
        return t;
    if (months > MONTHS_MAX || months < -MONTHS_MAX)
        return months > 0 ? TR_TIME_MAX : TR_TIME_NONE + 1;
    tr_civil c = tr_civil_of(t, zone);
    int64_t  month = (int64_t)c.year * 12 + c.month - 1 + months;
    c.year = (int32_t)floor_div(month, 12);
    c.month = (int32_t)(month - (int64_t)c.year * 12) + 1;
    if (c.day > month_days(c.year, c.month))
        c.day = month_days(c.year, c.month);
    return tr_time_of(&c, zone);
}

tr_time tr_time_day_begin(tr_time t, const tr_tz *zone)
{
    if (open_moment(t))
        return t;
    tr_civil c = tr_civil_of(t, zone);
    tr_time  begin = time_of_local(tr_days_of(c.year, c.month, c.day), 0, 0, zone);
    return begin <= t ? begin : t;
}

tr_time tr_time_plus(tr_time a, int64_t b)
{
    if (a == TR_TIME_MAX || b == INT64_MAX || (b > 0 && a > TR_TIME_MAX - b))
        return TR_TIME_MAX;
    if (b < 0 && a < TR_TIME_NONE + 1 - b)
        return TR_TIME_NONE + 1;
    return a + b;
}

/* ---- text ---- */

/* `count` digits at `at` of the text, as a number; -1 when they are not there. */
static int32_t digits_at(tr_str text, ptrdiff_t at, int count)
{
    int32_t sum = 0;
    if (at + count > text.len)
        return -1;
    for (int i = 0; i < count; i++) {
        char c = text.at[at + i];
        if (c < '0' || c > '9')
            return -1;
        sum = sum * 10 + (c - '0');
    }
    return sum;
}

static bool char_at(tr_str text, ptrdiff_t at, char c)
{
    return at < text.len && text.at[at] == c;
}

/* "YYYY-MM-DD" at the front; fields that are not digits become -1 and fail tr_civil_ok. */
static bool read_date(tr_str text, tr_civil *civil)
{
    civil->year = digits_at(text, 0, 4);
    civil->month = digits_at(text, 5, 2);
    civil->day = digits_at(text, 8, 2);
    return char_at(text, 4, '-') && char_at(text, 7, '-');
}

bool tr_time_read(tr_str text, tr_time *t)
{
    if (text.len != TR_TIME_TEXT)
        return false;
    tr_civil civil = {.hour = digits_at(text, 11, 2),
                      .minute = digits_at(text, 14, 2),
                      .second = digits_at(text, 17, 2),
                      .nano = digits_at(text, 20, 9)};
    if (!read_date(text, &civil) || !char_at(text, 10, 'T') || !char_at(text, 13, ':') ||
        !char_at(text, 16, ':') || !char_at(text, 19, '.') || !char_at(text, 29, 'Z') ||
        !tr_civil_ok(&civil) || civil.year < 1970)
        return false;
    int64_t days = tr_days_of(civil.year, civil.month, civil.day);
    *t = (days * DAY_S + civil.hour * 3600 + civil.minute * 60 + civil.second) * TR_SECOND +
         civil.nano;
    return true;
}

static void put_digits(char *at, int count, int32_t value)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
}

void tr_time_print(tr_time t, char text[TR_TIME_TEXT + 1])
{
    tr_civil c = civil_of(t, 0);
    memcpy(text, "0000-00-00T00:00:00.000000000Z", TR_TIME_TEXT + 1);
    put_digits(text, 4, c.year);
    put_digits(text + 5, 2, c.month);
    put_digits(text + 8, 2, c.day);
    put_digits(text + 11, 2, c.hour);
    put_digits(text + 14, 2, c.minute);
    put_digits(text + 17, 2, c.second);
    put_digits(text + 20, 9, c.nano);
}

void tr_put_time(tr_out *out, tr_time t)
{
    char text[TR_TIME_TEXT + 1];
    tr_time_print(t, text);
    tr_put_bytes(out, text, TR_TIME_TEXT);
}

/* ".5" at `*at`, up to nine decimals, into civil->nano; moves `*at` past it. */
static bool read_decimals(tr_str text, ptrdiff_t *at, tr_civil *civil)
{
    if (!char_at(text, *at, '.'))
        return true;
    int count = 0;
    for ((*at)++; digits_at(text, *at, 1) >= 0; (*at)++, count++)
        if (count < 9)
            civil->nano = civil->nano * 10 + digits_at(text, *at, 1);
    for (int i = count; i < 9; i++)
        civil->nano *= 10;
    return count >= 1 && count <= 9;
}

typedef enum { FORM_BAD, FORM_LOCAL, FORM_OFFSET } time_form;

/* "Z" or "+HH:MM" up to the end of the text. */
static time_form read_offset(tr_str text, ptrdiff_t at, int64_t *offset_s)
{
    *offset_s = 0;
    if (at == text.len)
        return FORM_LOCAL;
    if (at + 1 == text.len && (text.at[at] == 'Z' || text.at[at] == 'z'))
        return FORM_OFFSET;
    int32_t hour = digits_at(text, at + 1, 2), minute = digits_at(text, at + 4, 2);
    bool    sign = char_at(text, at, '+') || char_at(text, at, '-');
    if (at + 6 != text.len || !sign || !char_at(text, at + 3, ':') || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59)
        return FORM_BAD;
    *offset_s = (text.at[at] == '-' ? -1 : 1) * (int64_t)(hour * 3600 + minute * 60);
    return FORM_OFFSET;
}

static time_form read_form(tr_str text, tr_civil *civil, int64_t *offset_s)
{
    if (!read_date(text, civil))
        return FORM_BAD;
    if (text.len == 10)
        return FORM_LOCAL;
    if (!char_at(text, 10, 'T') && !char_at(text, 10, 't') && !char_at(text, 10, ' '))
        return FORM_BAD;
    civil->hour = digits_at(text, 11, 2);
    civil->minute = digits_at(text, 14, 2);
    if (!char_at(text, 13, ':'))
        return FORM_BAD;
    ptrdiff_t at = 16;
    bool      seconds = char_at(text, 16, ':');
    if (seconds) {
        civil->second = digits_at(text, 17, 2);
        at = 19;
        if (!read_decimals(text, &at, civil))
            return FORM_BAD;
    }
    time_form form = read_offset(text, at, offset_s);
    return form == FORM_OFFSET && !seconds ? FORM_BAD : form;
}

bool tr_time_read_any(tr_str text, const tr_tz *zone, tr_time *t, tr_err *err)
{
    tr_civil  civil = {0};
    int64_t   offset_s = 0;
    tr_str    shown = tr_str_cut(text, 0, 60);
    time_form form = read_form(text, &civil, &offset_s);
    if (form == FORM_BAD)
        return tr_fail(err, TR_E_TIME,
                       "Write 2015-02-15, 2015-02-15 00:00, 2015-02-15 00:00:00, or with Z or an "
                       "offset 2015-02-15T00:00:00+02:00.",
                       "\"%.*s\" is not a date or a moment", TR_FMT(shown));
    if (!tr_civil_ok(&civil))
        return tr_fail(err, TR_E_TIME,
                       "Year 1970 to 2261, month 1 to 12, a day that the month has, hour 0 to 23, "
                       "minute and second 0 to 59.",
                       "\"%.*s\" does not exist in the calendar", TR_FMT(shown));
    tr_time read = form == FORM_LOCAL ? tr_time_of(&civil, zone)
                                      : tr_time_plus(tr_time_of(&civil, tr_tz_utc()),
                                                     -offset_s * TR_SECOND);
    if (read < 0 || tr_civil_of(read, tr_tz_utc()).year > 2261)
        return tr_fail(err, TR_E_TIME, "Give a moment from 1970 to 2261, UTC.",
                       "\"%.*s\" is outside the years 1970 to 2261", TR_FMT(shown));
    *t = read;
    return true;
}

void tr_put_local(tr_out *out, tr_time t, const tr_tz *zone)
{
    static const char *const weekdays[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    tr_civil c = tr_civil_of(t, zone);
    int64_t  weekday = (tr_days_of(c.year, c.month, c.day) % 7 + 11) % 7;
    tr_put(out, "%s %d %s %d %02d:%02d", weekdays[weekday], c.day, months[c.month - 1], c.year,
           c.hour, c.minute);
    if (c.second != 0)
        tr_put(out, ":%02d", c.second);
}

void tr_put_duration(tr_out *out, int64_t ns)
{
    uint64_t whole = (ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns) / (uint64_t)TR_SECOND;
    unsigned hours = (unsigned)(whole / 3600), rest = (unsigned)(whole % 3600);
    if (ns < 0 && whole > 0)
        tr_put_char(out, '-');
    if (hours < 24)
        tr_put(out, "%u:%02u:%02u", hours, rest / 60, rest % 60);
    else
        tr_put(out, "%u d %u h", hours / 24, hours % 24);
}
