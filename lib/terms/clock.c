/* clock.c -- a stated local time in an hour that the clocks skip or repeat.
 *
 * Skipped: the moment that was made of it shows another time on the local clock.  Repeated: an
 * hour later (or half an hour, or two) the local clock shows the same time once more.
 */
#include "terms/lint.h"

void front_clock_change(front *f, tr_str local, tr_time t, tr_text_span span)
{
    static const int64_t changes[] = {TR_HOUR / 2, TR_HOUR, 2 * TR_HOUR};
    const char          *what = NULL;
    tr_time              same = t;
    tr_err               quiet = {0};
    const tr_tz         *tz = f->plan.tz;
    /* read as if the zone's offset at t held for good: differs from t where the hour is skipped */
    if (tr_time_read_any(local, tr_tz_utc(), &same, &quiet) &&
        same - tr_tz_offset_s(tz, t) * TR_SECOND != t)
        what = "skip";
    for (size_t i = 0; i < sizeof changes / sizeof *changes && !what; i++)
        if ((tr_tz_offset_s(tz, t) - tr_tz_offset_s(tz, t + changes[i])) * TR_SECOND == changes[i])
            what = "repeat";
    lint       l = {.f = f};
    tr_witness w = lint_witness(-1, -1);
    w.on = t;
    if (what)
        lint_report(&l,
                    (report){TR_E_CLOCK_CHANGE, span,
                             "Two readers could take it for two moments, an hour apart.",
                             "Choose another hour, or write it in UTC: 2026-03-29T01:30:00Z", true},
                    &w, "the clocks of %s %s the time \"%s\"", front_quote(tr_tz_name(tz)).z, what,
                    front_quote(local).z);
}
