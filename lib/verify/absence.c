/* absence.c -- the first moment of a watched absence (absence.h).
 *
 * Between two spans of sightings the time watched in the window is piecewise linear in t: it bends
 * only where t or t - hold crosses an edge of the watching.  So the first t that has enough is at
 * such a bend or on the rise before it.
 */
#include "verify/absence.h"

__extension__ typedef __int128 wide;

/* Index of the first watch that ends after t. */
static int32_t watch_after(const tr_absence *a, tr_time t)
{
    int32_t low = 0, high = a->watches;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (a->watched[mid].end > t)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* Place-time watched in [from, to): summed over the watches that meet it. */
static wide watched_in(const tr_absence *a, tr_time from, tr_time to)
{
    wide sum = 0;
    for (int32_t i = watch_after(a, from); i < a->watches && a->watched[i].begin < to; i++) {
        tr_time begin = a->watched[i].begin > from ? a->watched[i].begin : from;
        tr_time end = a->watched[i].end < to ? a->watched[i].end : to;
        sum += (wide)(end - begin) * a->share[i];
    }
    return sum;
}

/* How much of the place is watched from t on. */
static int32_t share_at(const tr_absence *a, tr_time t)
{
    int32_t i = watch_after(a, t);
    return i < a->watches && a->watched[i].begin <= t ? a->share[i] : 0;
}

/* The next edge of the watching after t. */
static tr_time edge_after(const tr_absence *a, tr_time t)
{
    int32_t i = watch_after(a, t);
    if (i == a->watches)
        return TR_TIME_MAX;
    return a->watched[i].begin > t ? a->watched[i].begin : a->watched[i].end;
}

static tr_time in_gap(const tr_absence *a, tr_time begin, tr_time end, wide need)
{
    if (end < begin || end - begin < a->hold_ns)
        return TR_TIME_NONE;
    tr_time t = begin + a->hold_ns;
    wide    have = watched_in(a, begin, t);
    while (have < need && t < end) {
        tr_time bend = edge_after(a, t), left = edge_after(a, t - a->hold_ns);
        if (left < TR_TIME_MAX - a->hold_ns && left + a->hold_ns < bend)
            bend = left + a->hold_ns;
        if (bend > end)
            bend = end;
        wide then = watched_in(a, bend - a->hold_ns, bend);
        if (then >= need) {
            int32_t rise = share_at(a, t) - share_at(a, t - a->hold_ns);
            return t + (tr_time)((need - have + rise - 1) / rise);
        }
        have = then;
        t = bend;
    }
    return have >= need ? t : TR_TIME_NONE;
}

tr_time tr_absence_reached(const tr_absence *a)
{
    wide    need = ((wide)a->hold_ns * a->whole * a->coverage_ppm + 999999) / 1000000;
    tr_time begin = a->from;
    for (int32_t i = 0; i <= a->seens && begin <= a->to; i++) {
        tr_time end = i < a->seens && a->seen[i].begin < a->to ? a->seen[i].begin : a->to;
        tr_time t = in_gap(a, begin, end, need);
        if (t != TR_TIME_NONE)
            return t;
        if (i < a->seens && a->seen[i].end > begin)
            begin = a->seen[i].end;
    }
    return TR_TIME_NONE;
}
