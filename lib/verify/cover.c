/* cover.c -- unions and shares of watched time; the table of verdicts (cover.h). */
#include "verify/cover.h"

__extension__ typedef __int128 wide; /* products of ns and ppm: 63 + 20 bits */

static bool before(tr_span a, tr_span b)
{
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
}

static void sink(tr_span *span, int32_t root, int32_t spans)
{
    for (int32_t child = 2 * root + 1; child < spans; root = child, child = 2 * root + 1) {
        if (child + 1 < spans && before(span[child], span[child + 1]))
            child++;
        if (!before(span[root], span[child]))
            return;
        tr_span swap = span[root];
        span[root] = span[child];
        span[child] = swap;
    }
}

/* In place, by a heap; spans that compare equal are the same. */
static void sort(tr_span *span, int32_t spans)
{
    for (int32_t i = spans / 2 - 1; i >= 0; i--)
        sink(span, i, spans);
    for (int32_t last = spans - 1; last > 0; last--) {
        tr_span swap = span[0];
        span[0] = span[last];
        span[last] = swap;
        sink(span, 0, last);
    }
}

int32_t tr_cover_unite(tr_span *span, int32_t spans)
{
    int32_t left = 0;
    sort(span, spans);
    for (int32_t i = 0; i < spans; i++) {
        if (span[i].begin >= span[i].end)
            continue;
        if (left > 0 && span[i].begin <= span[left - 1].end) {
            if (span[i].end > span[left - 1].end)
                span[left - 1].end = span[i].end;
        } else {
            span[left++] = span[i];
        }
    }
    return left;
}

static tr_span common(tr_span a, tr_span b)
{
    return (tr_span){a.begin > b.begin ? a.begin : b.begin, a.end < b.end ? a.end : b.end};
}

int32_t tr_cover_common(const tr_span *a, int32_t as, const tr_span *b, int32_t bs, tr_span *out)
{
    int32_t count = 0;
    for (int32_t i = 0, j = 0; i < as && j < bs;) {
        tr_span both = common(a[i], b[j]);
        if (both.begin < both.end)
            out[count++] = both;
        if (a[i].end < b[j].end)
            i++;
        else
            j++;
    }
    return count;
}

static int64_t plus_length(int64_t sum, tr_span span)
{
    uint64_t length = (uint64_t)span.end - (uint64_t)span.begin;
    return length > (uint64_t)(INT64_MAX - sum) ? INT64_MAX : sum + (int64_t)length;
}

/* Where the union goes on at or after t: the span that holds t and reaches farthest, else the
 * first that begins later. */
static tr_span next_stretch(const tr_span *span, int32_t spans, tr_time t)
{
    tr_span best = {TR_TIME_MAX, TR_TIME_MAX};
    for (int32_t i = 0; i < spans; i++) {
        tr_span s = {span[i].begin > t ? span[i].begin : t, span[i].end};
        if (s.begin >= s.end)
            continue;
        if (s.begin < best.begin || (s.begin == best.begin && s.end > best.end))
            best = s;
    }
    return best;
}

static bool in_order(const tr_span *span, int32_t spans)
{
    for (int32_t i = 1; i < spans; i++)
        if (span[i].begin < span[i - 1].begin)
            return false;
    return true;
}

int64_t tr_cover_ns(const tr_span *span, int32_t spans, tr_span within)
{
    int64_t sum = 0;
    bool    linear = in_order(span, spans);
    tr_time t = within.begin;
    for (int32_t i = 0; linear && i < spans; i++) {
        tr_span s = common(span[i], (tr_span){t, within.end});
        if (s.begin < s.end) {
            sum = plus_length(sum, s);
            t = s.end;
        }
    }
    while (!linear && t < within.end) {
        tr_span s = common(next_stretch(span, spans, t), within);
        if (s.begin >= s.end)
            break;
        sum = plus_length(sum, s);
        t = s.end;
    }
    return sum;
}

int32_t tr_cover_share_ppm(int64_t watched_ns, int64_t whole_ns)
{
    if (whole_ns <= 0)
        return 0;
    assert(watched_ns >= 0 && watched_ns <= whole_ns);
    return (int32_t)((wide)watched_ns * 1000000 / whole_ns);
}

tr_verdict tr_cover_verdict(const tr_verdict_facts *facts)
{
    if (!facts->in_force)
        return TR_VERDICT_NOT_IN_FORCE;
    if (facts->suspended)
        return TR_VERDICT_SUSPENDED;
    if (facts->breached)
        return TR_VERDICT_BREACHED;
    if (facts->ahead)
        return TR_VERDICT_OPEN;
    if (facts->doubtful)
        return TR_VERDICT_UNDETERMINED;
    if (facts->watched_ns <= 0)
        return TR_VERDICT_NOT_OBSERVED;
    return (wide)facts->watched_ns * 1000000 >= (wide)facts->whole_ns * facts->coverage_ppm
               ? TR_VERDICT_COMPLIED
               : TR_VERDICT_UNDETERMINED;
}
