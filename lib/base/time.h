/* time.h -- moments, the civil calendar and the time zones of agreements.
 *
 * Two machines must agree on every deadline, so the rules of the zones are a
 * table of ours (zones.def, made by tools/zones from the tz database, whose
 * version it states), not what the machine happens to have installed.
 * "14 days" are calendar days in the agreement's zone, "336 hours" elapsed.
 */
#ifndef TR_TIME_H
#define TR_TIME_H

#include "base/base.h"
#include "base/text.h"

typedef struct tr_tz tr_tz; /* one time zone; a static constant */

typedef struct {
    int32_t year;  /* 1900 .. 2261 */
    int32_t month; /* 1 .. 12 */
    int32_t day;   /* 1 .. 31 */
    int32_t hour;  /* 0 .. 23 */
    int32_t minute;
    int32_t second; /* 0 .. 59: POSIX time has no leap second */
    int32_t nano;
} tr_civil;

const tr_tz *tr_tz_find(tr_str name); /* "Europe/Kyiv", links too; NULL when unknown */
tr_str       tr_tz_name(const tr_tz *zone);
const char  *tr_tz_version(void); /* of the tz database behind the table */
const tr_tz *tr_tz_utc(void);
int32_t      tr_tz_offset_s(const tr_tz *zone, tr_time t); /* seconds east of UTC at t */

/* Days since 1970-01-01 of a proleptic Gregorian date, and back. */
int64_t tr_days_of(int32_t year, int32_t month, int32_t day);
void    tr_days_to(int64_t days, tr_civil *civil); /* sets year, month, day only */
bool    tr_civil_ok(const tr_civil *civil);        /* a date and time that exist in the calendar */

tr_civil tr_civil_of(tr_time t, const tr_tz *zone);
/* The moment of a local date and time.  In the hour that a clock skips: the
 * moment the clock would have shown had it not skipped; in the hour that it
 * repeats: the first time. */
tr_time tr_time_of(const tr_civil *civil, const tr_tz *zone);
tr_time tr_time_add_days(tr_time t, int64_t days, const tr_tz *zone); /* same local clock time */
/* The month end rounds down: 31 Jan + 1 month = 28 or 29 Feb. */
tr_time tr_time_add_months(tr_time t, int64_t months, const tr_tz *zone);
tr_time tr_time_day_begin(tr_time t, const tr_tz *zone); /* the local 00:00 at or before t */
/* a + b, kept inside [TR_TIME_NONE + 1, TR_TIME_MAX]; TR_TIME_MAX absorbs. */
tr_time tr_time_plus(tr_time a, int64_t b);

/* The one spelling in entries: YYYY-MM-DDTHH:MM:SS.nnnnnnnnnZ, 30 bytes, year 1970..2261. */
enum { TR_TIME_TEXT = 30 };
bool tr_time_read(tr_str text, tr_time *t); /* silent false on anything else */
void tr_time_print(tr_time t, char text[TR_TIME_TEXT + 1]);
void tr_put_time(tr_out *out, tr_time t);
/* What people write: RFC 3339 with Z or an offset, up to 9 decimals; or a
 * date, or date and time ("2015-02-15", "2015-02-15 00:00", with T or a blank, seconds
 * optional), read as local time of `zone`. */
bool tr_time_read_any(tr_str text, const tr_tz *zone, tr_time *t, tr_err *err);
/* For people: "Tue 17 Nov 2026 06:12" (seconds only when not zero), local. */
void tr_put_local(tr_out *out, tr_time t, const tr_tz *zone);
/* A duration: "3:17:48" below a day, else "10 d 17 h". */
void tr_put_duration(tr_out *out, int64_t ns);

#endif
