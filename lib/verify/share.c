/* share.c -- shares, settled period by period (amount.h).
 *
 * A part is what is on record for NAME.ACTOR in the period, of one basis for all parts: the first
 * of metered, inspected, estimated, received, delivered, declared that every part has.  Its error
 * widens its share: at its least when the others got their most, at its most when they got their
 * least.  Where nothing at all was delivered to anyone there is nothing to share.
 */
#include "verify/amount.h"

#include "verify/halt.h"

static const tr_basis order[] = {TR_BASIS_METERED,  TR_BASIS_INSPECTED, TR_BASIS_ESTIMATED,
                                 TR_BASIS_RECEIVED, TR_BASIS_DELIVERED, TR_BASIS_DECLARED};
enum { ORDER = sizeof order / sizeof order[0] };

typedef struct {
    int64_t  low[ORDER][TR_SHARES], best[ORDER][TR_SHARES], high[ORDER][TR_SHARES];
    uint64_t has[ORDER]; /* bits of parts */
} gathered;

static int64_t plus(int64_t a, int64_t b)
{
    int64_t sum;
    if (a == INT64_MAX || b == INT64_MAX)
        return INT64_MAX;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static int32_t part_at(const tr_sharing *s, const tr_deed *deed)
{
    for (int32_t i = 0; i < s->parts; i++)
        if (s->part_of[i] == deed->part)
            return i;
    return -1;
}

static void gather(gathered *g, const tr_deed *deed, int32_t part)
{
    for (int b = 0; b < ORDER; b++) {
        if (deed->basis != (int32_t)order[b])
            continue;
        g->has[b] |= UINT64_C(1) << part;
        g->low[b][part] = plus(g->low[b][part], deed->low > 0 ? deed->low : 0);
        g->best[b][part] = plus(g->best[b][part], deed->best > 0 ? deed->best : 0);
        g->high[b][part] = plus(g->high[b][part], deed->high > 0 ? deed->high : 0);
    }
}

__extension__ typedef __int128 wide;

/* part * 10^6 against ppm * whole; both at most 2^63 times 2^20. */
static bool below(int64_t part, int64_t whole, int64_t ppm)
{
    return (wide)part * 1000000 < (wide)whole * ppm;
}

static bool above(int64_t part, int64_t whole, int64_t ppm)
{
    return (wide)part * 1000000 > (wide)whole * ppm;
}

static int64_t others(const int64_t *of, int32_t parts, int32_t but)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < parts; i++)
        sum = i == but ? sum : plus(sum, of[i]);
    return sum;
}

/* The least share of a part is low / (low + what the others got at most), and so the most. */
static tr_membership outside(const tr_sharing *s, const tr_share_period *p, int32_t part)
{
    int64_t low = p->low[part], high = p->high[part];
    int64_t least_of = plus(low, others(p->high, s->parts, part));
    int64_t most_of = plus(high, others(p->low, s->parts, part));
    int64_t least = s->part_ppm[part] - s->tolerance_ppm;
    int64_t most = s->part_ppm[part] + s->tolerance_ppm;
    if (most_of == 0)
        return TR_IN_NONE; /* nothing was delivered */
    if (below(high, most_of, least) || above(low, least_of, most))
        return TR_IN_CERTAIN;
    return below(low, least_of, least) || above(high, most_of, most) ? TR_IN_POSSIBLE : TR_IN_NONE;
}

static void choose(const tr_sharing *s, const gathered *g, tr_share_period *p)
{
    uint64_t all = (UINT64_C(1) << s->parts) - 1, any = 0;
    for (int b = 0; b < ORDER; b++)
        any |= g->has[b];
    p->with = __builtin_popcountll(any);
    for (int b = 0; b < ORDER && !p->complete; b++) {
        if (g->has[b] != all)
            continue;
        p->complete = true;
        p->basis = order[b];
        memcpy(p->low, g->low[b], sizeof p->low);
        memcpy(p->best, g->best[b], sizeof p->best);
        memcpy(p->high, g->high[b], sizeof p->high);
    }
    for (int32_t i = 0; i < s->parts && p->complete; i++) {
        tr_membership part = outside(s, p, i);
        p->beyond = part > p->beyond ? part : p->beyond;
    }
}

/* Period `number` by those of the values that lie in it. */
static void weigh(const tr_plan *plan, const tr_sharing *s, int64_t number,
                  const tr_deed *const *list, ptrdiff_t len, tr_share_period *p)
{
    gathered g = {0};
    *p = (tr_share_period){.begin = tr_period_begin(&s->period, plan->in_force, number, plan->tz),
                           .end = tr_period_begin(&s->period, plan->in_force, number + 1, plan->tz),
                           .late = true};
    p->due = tr_stretch_after(p->end, s->settled, plan->tz);
    for (ptrdiff_t i = 0; i < len; i++) {
        gather(&g, list[i], part_at(s, list[i]));
        p->late &= list[i]->told >= p->due;
    }
    choose(s, &g, p);
}

static void collect(tr_arena *scratch, const tr_plan *plan, const tr_sharing *s, tr_time now,
                    tr_values *list)
{
    ptrdiff_t len = 0;
    tr_amount_values(scratch, plan, s->amount, now, list);
    for (ptrdiff_t i = 0; i < list->len; i++)
        if (part_at(s, list->at[i]) >= 0)
            list->at[len++] = list->at[i];
    list->len = len;
}

/* How many from `from` on lie before `end`. */
static ptrdiff_t run_to(const tr_values *list, ptrdiff_t from, tr_time end)
{
    ptrdiff_t i = from;
    while (i < list->len && list->at[i]->on < end)
        i++;
    return i;
}

void tr_share_at(tr_arena scratch, const tr_plan *plan, int32_t clause, int64_t number, tr_time now,
                 tr_share_period *p)
{
    const tr_sharing *s = &plan->clause[clause].u.share;
    tr_values         list = {0};
    collect(&scratch, plan, s, now, &list);
    ptrdiff_t from =
        run_to(&list, 0, tr_period_begin(&s->period, plan->in_force, number, plan->tz));
    ptrdiff_t to =
        run_to(&list, from, tr_period_begin(&s->period, plan->in_force, number + 1, plan->tz));
    weigh(plan, s, number, list.at + from, to - from, p);
}

tr_value_use tr_share_value_used(tr_arena scratch, const tr_plan *plan, int32_t clause,
                                 const tr_deed *deed, tr_time now)
{
    const tr_sharing *s = &plan->clause[clause].u.share;
    tr_share_period   p;
    if (part_at(s, deed) < 0)
        return TR_VALUE_OTHER_ACTOR;
    int64_t number = tr_period_at(&s->period, plan->in_force, deed->on, plan->tz);
    if (number < 0)
        return TR_VALUE_BEFORE;
    tr_share_at(scratch, plan, clause, number, now, &p);
    return !p.complete                       ? TR_VALUE_NOT_ALL
           : deed->basis != (int32_t)p.basis ? TR_VALUE_OTHER_BASIS
                                             : TR_VALUE_COUNTS;
}

/* ---- all periods ---- */

typedef struct {
    int64_t doubts;
    tr_time since;
    bool    last_kept;
    int32_t actor;

    tr_halts halts;
} settled;

/* Does the period lie wholly in halts? */
static bool apart(const tr_plan *plan, const tr_sharing *s, int64_t number, const settled *all)
{
    return all->halts.len > 0 &&
           tr_halts_cover(&all->halts, all->actor,
                          tr_period_begin(&s->period, plan->in_force, number, plan->tz),
                          tr_period_begin(&s->period, plan->in_force, number + 1, plan->tz));
}

static void settle_period(const tr_share_period *p, tr_reckoning *out, settled *all)
{
    bool kept = p->complete && p->beyond == TR_IN_NONE && !p->late;
    bool missed = (p->complete && p->beyond == TR_IN_CERTAIN) || (p->with > 0 && p->late);
    out->kept += kept;
    out->missed += missed;
    out->missing += p->with == 0;
    all->doubts += !kept && !missed && p->with > 0;
    all->last_kept = kept;
    if ((missed || p->with == 0) && all->since == TR_TIME_NONE)
        all->since = p->due;
}

static void share_state(tr_reckoning *out, const settled *all)
{
    out->since = all->since;
    if (out->missed + out->missing > 0) {
        out->verdict = TR_VERDICT_BREACHED;
        out->state = all->last_kept ? "cured" : out->missing > 0 ? "missing" : "unequal";
    } else if (all->doubts > 0) {
        out->verdict = TR_VERDICT_UNDETERMINED;
        out->state = "in_doubt";
    } else if (out->kept > 0) {
        out->verdict = TR_VERDICT_COMPLIED;
        out->state = "kept";
    } else {
        out->verdict = TR_VERDICT_OPEN;
        out->state = "open";
    }
}

static tr_time due_of(const tr_plan *plan, const tr_sharing *s, int64_t number)
{
    return tr_stretch_after(tr_period_begin(&s->period, plan->in_force, number + 1, plan->tz),
                            s->settled, plan->tz);
}

/* How many periods have had their settlement fall due. */
static int64_t fallen_due(const tr_plan *plan, const tr_sharing *s, tr_time now)
{
    int64_t low = 0, high = tr_period_at(&s->period, plan->in_force, now, plan->tz) + 1;
    while (low < high) { /* those below `low` are due, `high` is not */
        int64_t middle = low + (high - low) / 2;
        if (due_of(plan, s, middle) <= now)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A run of periods with nothing on record. */
static void settle_nothing(const tr_plan *plan, const tr_sharing *s, int64_t number, int64_t count,
                           tr_reckoning *out, settled *all)
{
    while (count > 0 && apart(plan, s, number, all))
        number++, count--;
    if (all->halts.len > 0 && count > 1) { /* each for itself */
        for (int64_t i = 0; i < count; i++)
            settle_nothing(plan, s, number + i, 1, out, all);
        return;
    }
    if (count <= 0)
        return;
    out->missing += (int32_t)count;
    all->last_kept = false;
    if (all->since == TR_TIME_NONE)
        all->since = due_of(plan, s, number);
}

static void settle_all(const tr_plan *plan, const tr_sharing *s, const tr_values *list,
                       int64_t over, tr_reckoning *out, settled *all)
{
    int64_t next = 0;
    for (ptrdiff_t i = 0, to; i < list->len; i = to) {
        tr_share_period p;
        int64_t number = tr_period_at(&s->period, plan->in_force, list->at[i]->on, plan->tz);
        tr_time end = tr_period_begin(&s->period, plan->in_force, number + 1, plan->tz);
        to = run_to(list, i, end);
        out->newest = list->at[to - 1]->entry;
        if (number < 0 || number >= over)
            continue;
        settle_nothing(plan, s, next, number - next, out, all);
        next = number + 1;
        if (apart(plan, s, number, all))
            continue;
        weigh(plan, s, number, list->at + i, to - i, &p);
        settle_period(&p, out, all);
        if (out->against < 0 && p.complete && p.beyond == TR_IN_CERTAIN)
            out->against = list->at[to - 1]->entry;
    }
    settle_nothing(plan, s, next, over - next, out, all);
}

void tr_reckon_share(tr_arena scratch, const tr_plan *plan, int32_t clause, tr_time now,
                     tr_reckoning *out)
{
    assert(plan->clause[clause].kind == TR_CLAUSE_SHARE);
    const tr_sharing *s = &plan->clause[clause].u.share;
    settled           all = {.since = TR_TIME_NONE};
    tr_values         list = {0};
    *out = (tr_reckoning){.clause = clause,
                          .actor = __builtin_ctzll(s->actors),
                          .verdict = TR_VERDICT_NOT_IN_FORCE,
                          .state = "not_in_force",
                          .since = TR_TIME_NONE,
                          .due = TR_TIME_NONE,
                          .low = INT64_MIN,
                          .newest = -1,
                          .against = -1};
    if (now == TR_TIME_NONE || plan->in_force == TR_TIME_NONE || now < plan->in_force) {
        out->due = plan->in_force;
        return;
    }
    all.halts = tr_halts_of(plan, clause);
    all.actor = out->actor;
    const tr_halt *halt = tr_halted_at(&all.halts, all.actor, now);
    tr_time        close = tr_halts_close(&all.halts, all.actor);
    if (close == TR_TIME_NONE)
        return;
    int64_t over = fallen_due(plan, s, now < close ? now : close - 1), owed = over;
    for (int64_t n = 0; n < over && all.halts.len > 0; n++)
        owed -= apart(plan, s, n, &all);
    collect(&scratch, plan, s, now, &list);
    settle_all(plan, s, &list, over, out, &all);
    out->owed = (int32_t)owed;
    out->open = now < close;
    out->due = now < close ? due_of(plan, s, over) : TR_TIME_NONE;
    share_state(out, &all);
    if (halt) {
        out->verdict = tr_halt_verdict(halt);
        out->state = tr_verdict_name(out->verdict);
    }
}
