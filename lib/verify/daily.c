/* daily.c -- the hours of each day for which a term binds (daily.h). */
#include "verify/daily.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2261 };

static int64_t day_of(tr_time t, const tr_tz *zone)
{
    tr_civil civil = tr_civil_of(t, zone);
    return tr_days_of(civil.year, civil.month, civil.day);
}

/* The moment of that second of the local day; TR_TIME_MAX outside the calendar. */
static tr_time clock_at(int64_t day, int32_t second, const tr_tz *zone)
{
    tr_civil civil = {.hour = second / 3600, .minute = second / 60 % 60, .second = second % 60};
    tr_days_to(day, &civil);
    return civil.year < YEAR_FIRST || civil.year > YEAR_LAST ? TR_TIME_MAX
                                                             : tr_time_of(&civil, zone);
}

static tr_span window_of(const tr_daily *daily, const tr_tz *zone, int64_t day)
{
    bool over_midnight = daily->to_s <= daily->from_s;
    return (tr_span){clock_at(day, daily->from_s, zone),
                     clock_at(day + over_midnight, daily->to_s, zone)};
}

tr_span tr_daily_after(const tr_daily *daily, const tr_tz *zone, tr_time t)
{
    enum { BEFORE = 2, DAYS = 8 }; /* clocks never skip the window of that many days */
    int64_t first = day_of(t, zone) - BEFORE;
    for (int64_t day = first; day < first + DAYS; day++) {
        tr_span window = window_of(daily, zone, day);
        if (window.begin < window.end && window.end > t && window.begin != TR_TIME_MAX)
            return window;
    }
    return (tr_span){TR_TIME_MAX, TR_TIME_MAX};
}

static bool holds(const tr_daily *daily, const tr_tz *zone, tr_time t)
{
    return tr_daily_after(daily, zone, t).begin <= t;
}

void tr_limit_daily(tr_judgement *judgement, const tr_plan *plan, const tr_daily *daily,
                    const tr_incident *incident)
{
    if (!daily->stated)
        return;
    tr_span window = tr_daily_after(daily, plan->tz, incident->begin);
    if (window.begin <= incident->begin && incident->end <= window.end)
        return;
    if (window.begin > incident->begin && window.begin >= incident->end)
        tr_limit(judgement, TR_IN_NONE, TR_WHY_DAILY);
    else
        tr_limit(judgement,
                 holds(daily, plan->tz, incident->best) ? TR_IN_BEST : TR_IN_POSSIBLE,
                 TR_WHY_DAILY_EDGE);
}

int32_t tr_daily_spans(tr_arena *keep, const tr_daily *daily, const tr_tz *zone, tr_span within,
                       tr_span **span)
{
    TR_VEC(tr_span) list = {0};
    if (within.end <= within.begin) {
        *span = NULL;
        return 0;
    }
    int64_t last = day_of(within.end, zone) + 1;
    for (int64_t day = day_of(within.begin, zone) - 2; day <= last; day++) {
        tr_span window = window_of(daily, zone, day);
        if (window.begin < within.begin)
            window.begin = within.begin;
        if (window.end > within.end)
            window.end = within.end;
        if (window.begin < window.end)
            *TR_PUSH(keep, &list) = window;
    }
    *span = list.at;
    return (int32_t)list.len;
}
