/* amount.c -- periods that follow each other from an anchor; bases and values of amounts. */
#include "base/text.h"
#include "terms/plan.h"

static const char *const bases[TR_BASES] = {"declared", "pledged",   "committed", "delivered",
                                            "received", "inspected", "estimated", "metered"};

const char *tr_basis_name(tr_basis basis)
{
    return bases[basis];
}

bool tr_basis_said(tr_basis basis)
{
    return basis < TR_BASIS_INSPECTED;
}

tr_time tr_period_begin(const tr_period *period, tr_time anchor, int64_t number, const tr_tz *zone)
{
    if (anchor == TR_TIME_NONE || anchor == TR_TIME_MAX)
        return anchor;
    if (period->kind == TR_PERIOD_MONTHS)
        return tr_time_add_months(anchor, number * period->months, zone);
    if (period->stretch.days >= 0)
        return tr_time_add_days(anchor, number * period->stretch.days, zone);
    int64_t ns;
    return __builtin_mul_overflow(period->stretch.ns, number, &ns) ? TR_TIME_MAX
                                                                   : tr_time_plus(anchor, ns);
}

/* The least length of a period, for a first guess that is never too low. */
static int64_t shortest(const tr_period *period)
{
    if (period->kind == TR_PERIOD_MONTHS)
        return period->months * 28 * TR_DAY;
    return period->stretch.days >= 0 ? period->stretch.days * TR_DAY - TR_HOUR : period->stretch.ns;
}

int64_t tr_period_at(const tr_period *period, tr_time anchor, tr_time t, const tr_tz *zone)
{
    if (t < anchor || anchor == TR_TIME_NONE)
        return -1;
    int64_t low = 0, high = (t - anchor) / shortest(period) + 1;
    while (high - low > 1) { /* begin(low) <= t, and begin(high) > t or high was never asked */
        int64_t middle = low + (high - low) / 2;
        if (tr_period_begin(period, anchor, middle, zone) <= t)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* ---- as people write them ---- */

void tr_put_value(tr_out *out, int64_t thousandths)
{
    uint64_t size = thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
    uint64_t whole = size / TR_VALUE_SCALE, part = size % TR_VALUE_SCALE, group = 1;
    int      places = 3;
    while (whole / group >= 1000)
        group *= 1000;
    tr_put(out, "%s%llu", thousandths < 0 ? "-" : "", (unsigned long long)(whole / group));
    for (group /= 1000; group > 0; group /= 1000)
        tr_put(out, ",%03llu", (unsigned long long)(whole / group % 1000));
    for (; part > 0 && part % 10 == 0; part /= 10)
        places--;
    if (part > 0)
        tr_put(out, ".%0*llu", places, (unsigned long long)part);
}

static void put_count(tr_out *out, int64_t count, const char *unit)
{
    if (count == 1)
        tr_put(out, "%s", unit);
    else
        tr_put(out, "%lld %ss", (long long)count, unit);
}

void tr_put_period(tr_out *out, const tr_period *period)
{
    int64_t ns = period->stretch.ns;
    if (period->kind == TR_PERIOD_MONTHS)
        put_count(out,
                  period->months % 12 == 0  ? period->months / 12
                  : period->months % 3 == 0 ? period->months / 3
                                            : period->months,
                  period->months % 12 == 0  ? "year"
                  : period->months % 3 == 0 ? "quarter"
                                            : "month");
    else if (period->stretch.days > 0 && period->stretch.days % 7 == 0)
        put_count(out, period->stretch.days / 7, "week");
    else if (period->stretch.days >= 0)
        put_count(out, period->stretch.days, "day");
    else if (ns % TR_HOUR == 0)
        put_count(out, ns / TR_HOUR, "hour");
    else
        put_count(out, ns / TR_SECOND, "second");
}

const char *tr_act_kind_name(tr_act_kind kind)
{
    static const char *const names[TR_ACT_KINDS] = {
        "", "military", "intelligence", "logistics", "economic", "diplomatic", "humanitarian"};
    return names[kind];
}
