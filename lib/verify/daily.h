/* daily.h -- the hours of each day for which a term binds.
 *
 * A window begins and ends at a local clock time, whatever the clocks do in between: a night in
 * which they change has an hour more or less.  A window that lies whole in an hour that the clocks
 * skip is none.  Windows are half open.  Pure.
 */
#ifndef TR_DAILY_H
#define TR_DAILY_H

#include "verify/judge.h"

/* The first window that ends after t; both TR_TIME_MAX when the calendar has no more. */
tr_span tr_daily_after(const tr_daily *daily, const tr_tz *zone, tr_time t);
/* Wholly inside a window: nothing changes; across its edge: best when the best time is inside, else
 * possible; else none. */
void tr_limit_daily(tr_judgement *judgement, const tr_plan *plan, const tr_daily *daily,
                    const tr_incident *incident);
/* The windows inside `within`, in order, cut to it. */
int32_t tr_daily_spans(tr_arena *keep, const tr_daily *daily, const tr_tz *zone, tr_span within,
                       tr_span **span);

#endif
