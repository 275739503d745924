/* amount.c -- amounts against their bounds (amount.h).
 *
 * A level is judged at every value, a sum at its deadline or at the end of each period.  Of the
 * periods only those are looked at in which something is on record: the others are counted.
 */
#include "verify/amount.h"

#include "verify/halt.h"

#include <stdlib.h>

/* ---- values ---- */

/* a + b; INT64_MAX, which says "at least", absorbs. */
static int64_t plus(int64_t a, int64_t b)
{
    int64_t sum;
    if (a == INT64_MAX || b == INT64_MAX)
        return INT64_MAX;
    if (__builtin_add_overflow(a, b, &sum))
        return b < 0 ? INT64_MIN + 1 : INT64_MAX;
    return sum == INT64_MIN ? INT64_MIN + 1 : sum;
}

__extension__ typedef __int128 wide;

/* The ends say that there is no bound; what is widened never becomes one of them. */
static int64_t widened(int64_t bound, int32_t ppm, bool up)
{
    if (bound == INT64_MIN || bound == INT64_MAX)
        return bound;
    wide part = (bound < 0 ? -(wide)bound : (wide)bound) * ppm / 1000000;
    wide sum = bound + (up ? part : -part);
    return sum >= INT64_MAX   ? INT64_MAX - 1
           : sum <= INT64_MIN ? INT64_MIN + 1
                              : (int64_t)sum;
}

typedef struct {
    int64_t least, most;
} bounds;

static bounds bounds_of(const tr_quantity *q)
{
    return (bounds){widened(q->least, q->tolerance_ppm, false),
                    widened(q->most, q->tolerance_ppm, true)};
}

void tr_quantity_bounds(const tr_quantity *q, int64_t *least, int64_t *most)
{
    bounds b = bounds_of(q);
    *least = b.least;
    *most = b.most;
}

/* CERTAIN: all of [low, high] lies beyond; POSSIBLE: some of it does. */
static tr_membership beyond(bounds b, int64_t low, int64_t high)
{
    if (low > b.most || high < b.least)
        return TR_IN_CERTAIN;
    return high > b.most || low < b.least ? TR_IN_POSSIBLE : TR_IN_NONE;
}

/* ---- whose ---- */

/* Does that actor alone owe this amount on a basis that others find? */
static bool alone(const tr_plan *plan, int32_t amount, int32_t actor)
{
    uint64_t actors = 0;
    for (int32_t c = 0; c < plan->clauses; c++)
        if (plan->clause[c].kind == TR_CLAUSE_QUANTITY &&
            plan->clause[c].u.quantity.amount == amount &&
            !tr_basis_said(plan->clause[c].u.quantity.basis))
            actors |= plan->clause[c].u.quantity.actors;
    return actors == UINT64_C(1) << actor;
}

static bool is_of(const tr_deed *deed, int32_t actor, bool sole)
{
    if (!tr_basis_said((tr_basis)deed->basis))
        return deed->part == actor || (deed->part < 0 && sole);
    if (deed->basis == TR_BASIS_RECEIVED)
        return deed->who >= 0 && deed->who != actor;
    return deed->who == actor && (deed->part < 0 || deed->part == actor);
}

/* By time, then by what they say: two entries of one body say one thing. */
static int by_on(const void *a, const void *b)
{
    const tr_deed *x = *(const tr_deed *const *)a, *y = *(const tr_deed *const *)b;
    const int64_t  left[] = {x->on, x->end, x->best, x->low, x->high};
    const int64_t  right[] = {y->on, y->end, y->best, y->low, y->high};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    if (x->content != y->content)
        return x->content < y->content ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

void tr_amount_values(tr_arena *keep, const tr_plan *plan, int32_t amount, tr_time now,
                      tr_values *list)
{
    *list = (tr_values){0};
    for (int32_t i = 0; i < plan->deeds; i++) {
        const tr_deed *deed = &plan->deed[i];
        if (deed->retracted == 0 && deed->amount == amount && deed->on <= now &&
            (deed->kind == TR_DEED_DECLARATION || deed->kind == TR_DEED_MEASUREMENT))
            *TR_PUSH(keep, list) = deed;
    }
    if (list->len > 1)
        qsort(list->at, (size_t)list->len, sizeof list->at[0], by_on);
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < list->len; i++)
        if (len == 0 || list->at[i]->content != list->at[len - 1]->content)
            list->at[len++] = list->at[i];
    list->len = len;
}

void tr_amount_series(tr_arena scratch, const tr_plan *plan, int32_t amount, tr_basis basis,
                      int32_t actor, tr_time now, tr_series *series)
{
    bool      sole = actor >= 0 && alone(plan, amount, actor);
    tr_values list;
    *series = (tr_series){.on = TR_TIME_NONE, .entry = -1};
    tr_amount_values(&scratch, plan, amount, now, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_deed *deed = list.at[i];
        if (deed->basis != (int32_t)basis || (actor >= 0 && !is_of(deed, actor, sole)))
            continue;
        series->values++;
        series->sum_low = plus(series->sum_low, deed->low);
        series->sum_best = plus(series->sum_best, deed->best);
        series->sum_high = plus(series->sum_high, deed->high);
        series->low = deed->low;
        series->best = deed->best;
        series->high = deed->high;
        series->on = deed->on;
        series->entry = deed->entry;
    }
}

/* ---- one clause and actor ---- */

typedef struct {
    const tr_plan     *plan;
    const tr_quantity *q;
    tr_reckoning      *out;
    tr_arena           scratch;
    bounds             bound;
    tr_halts           halts;
    tr_time            start, end, now;
    tr_values          list; /* that count, by time */
    bool               doubt;
} reckon;

/* A clause that is terminated ends with it. */
static tr_time end_of(const tr_quantity *q, const tr_halts *halts, int32_t actor)
{
    tr_time close = tr_halts_close(halts, actor);
    return close < q->end ? close : q->end;
}

static tr_value_use use_by(const tr_quantity *q, tr_span span, int32_t actor, bool sole,
                           const tr_deed *deed)
{
    return deed->basis != (int32_t)q->basis ? TR_VALUE_OTHER_BASIS
           : !is_of(deed, actor, sole)      ? TR_VALUE_OTHER_ACTOR
           : deed->on < span.begin          ? TR_VALUE_BEFORE
           : deed->on >= span.end           ? TR_VALUE_AFTER
                                            : TR_VALUE_COUNTS;
}

/* Is it among the values on record: not taken back, not ahead of the clock, said once? */
static tr_value_use use_at_all(tr_arena scratch, const tr_plan *plan, const tr_deed *deed,
                               tr_time now)
{
    tr_values list;
    if (deed->retracted > 0)
        return TR_VALUE_TAKEN_BACK;
    if (deed->on > now)
        return TR_VALUE_AHEAD;
    tr_amount_values(&scratch, plan, deed->amount, now, &list);
    for (ptrdiff_t i = 0; i < list.len; i++)
        if (list.at[i] == deed)
            return TR_VALUE_COUNTS;
    return TR_VALUE_TWICE;
}

tr_value_use tr_value_used(tr_arena scratch, const tr_plan *plan, int32_t clause, int32_t actor,
                           int32_t index, tr_time now)
{
    const tr_clause   *c = &plan->clause[clause];
    const tr_deed     *deed = &plan->deed[index];
    const tr_quantity *q = &c->u.quantity;
    tr_value_use       use = use_at_all(scratch, plan, deed, now);
    if (use != TR_VALUE_COUNTS)
        return use;
    if (c->kind == TR_CLAUSE_SHARE)
        return tr_share_value_used(scratch, plan, clause, deed, now);
    const tr_halts halts = tr_halts_of(plan, clause);
    return use_by(q,
                  (tr_span){q->begin != TR_TIME_NONE ? q->begin : plan->in_force,
                            end_of(q, &halts, actor)},
                  actor, alone(plan, q->amount, actor), deed);
}

const char *tr_value_use_text(tr_value_use use)
{
    static const char *const texts[] = {
        [TR_VALUE_COUNTS] = "it counts",
        [TR_VALUE_TAKEN_BACK] = "it was taken back, or corrected",
        [TR_VALUE_AHEAD] = "it is of a time after the last tick",
        [TR_VALUE_TWICE] = "it says once more what another entry says",
        [TR_VALUE_OTHER_BASIS] = "it is of another basis",
        [TR_VALUE_OTHER_ACTOR] = "it is of another, or does not say of whom",
        [TR_VALUE_BEFORE] = "it is of a time before the clause begins",
        [TR_VALUE_AFTER] = "it is of a time after the clause ends",
        [TR_VALUE_NOT_ALL] = "not all parts have a value of its basis in its period"};
    return texts[use];
}

static void collect(reckon *r)
{
    bool      sole = alone(r->plan, r->q->amount, r->out->actor);
    ptrdiff_t len = 0;
    tr_amount_values(&r->scratch, r->plan, r->q->amount, r->now, &r->list);
    for (ptrdiff_t i = 0; i < r->list.len; i++) {
        const tr_deed *deed = r->list.at[i];
        if (use_by(r->q, (tr_span){r->start, r->end}, r->out->actor, sole, deed) == TR_VALUE_COUNTS)
            r->list.at[len++] = deed;
    }
    r->list.len = len;
}

static tr_time earlier(tr_time a, tr_time b)
{
    return a == TR_TIME_NONE || (b != TR_TIME_NONE && b < a) ? b : a;
}

/* ---- periods in which a value is owed ---- */

typedef struct {
    int64_t number;
    bool    beyond, in_time;
} slot;

static tr_time period_end(const reckon *r, const tr_period *period, int64_t number)
{
    return tr_period_begin(period, r->start, number + 1, r->plan->tz);
}

/* The number of the period that runs; those before it are over. */
static int64_t running(const reckon *r, const tr_period *period)
{
    tr_time at = r->now < r->end ? r->now : r->end;
    return tr_period_at(period, r->start, at, r->plan->tz);
}

/* A period that has its value: in time, and within the bounds? */
static void count_slot(reckon *r, const slot *s, int64_t over)
{
    bool kept = s->in_time && !s->beyond;
    if (s->number >= over)
        return;
    r->out->kept += kept;
    r->out->missed += !kept;
    if (!s->in_time)
        r->out->since = earlier(r->out->since, period_end(r, &r->q->report, s->number));
}

static bool halted(const reckon *r, tr_time t)
{
    return tr_halted_at(&r->halts, r->out->actor, t) != NULL;
}

/* Is a period owed, and when is it over? */
static bool is_owed(const reckon *r, const tr_period *period, int64_t number, tr_span *span)
{
    tr_time begin = period_end(r, period, number - 1);
    tr_time end = period_end(r, period, number);
    *span = (tr_span){begin, tr_halts_end(&r->halts, r->out->actor, begin, end)};
    return span->end != TR_TIME_MAX &&
           !tr_halts_cover(&r->halts, r->out->actor, begin, end < r->end ? end : r->end);
}

/* The values of one period; the index of the first one behind it. */
static ptrdiff_t take_slot(const reckon *r, ptrdiff_t i, slot *s)
{
    const tr_period *period = &r->q->report;
    *s = (slot){.number = tr_period_at(period, r->start, r->list.at[i]->on, r->plan->tz)};
    tr_time end = period_end(r, period, s->number);
    for (; i < r->list.len && r->list.at[i]->on < end; i++) {
        const tr_deed *deed = r->list.at[i];
        s->beyond |= !halted(r, deed->on) &&
                     beyond(r->bound, deed->low, deed->high) == TR_IN_CERTAIN;
        s->in_time |= !tr_basis_said(r->q->basis) || deed->told < end;
    }
    return i;
}

/* A value of a period that the halts cut may come until its end as they move it. */
static void owe_one(reckon *r, tr_span span, ptrdiff_t first)
{
    bool beyond_it = false, in_time = false, has = false;
    for (ptrdiff_t i = first; i < r->list.len && r->list.at[i]->on < span.end; i++) {
        const tr_deed *deed = r->list.at[i];
        has = true;
        beyond_it |= !halted(r, deed->on) &&
                     beyond(r->bound, deed->low, deed->high) == TR_IN_CERTAIN;
        in_time |= !tr_basis_said(r->q->basis) || deed->told < span.end;
    }
    if (r->now < span.end) {
        r->out->open |= !has;
        r->out->due = has ? r->out->due : earlier(r->out->due, span.end);
        return;
    }
    r->out->owed++;
    r->out->missing += !has;
    r->out->kept += has && in_time && !beyond_it;
    r->out->missed += has && (!in_time || beyond_it);
    if (!in_time)
        r->out->since = earlier(r->out->since, span.end);
}

static void owe_halted(reckon *r)
{
    int64_t   over = running(r, &r->q->report);
    ptrdiff_t i = 0;
    for (int64_t n = 0; n <= over; n++) {
        tr_span span;
        if (!is_owed(r, &r->q->report, n, &span))
            continue;
        while (i < r->list.len && r->list.at[i]->on < span.begin)
            i++;
        if (span.begin < r->end && (n < over || r->now < r->end))
            owe_one(r, span, i);
    }
}

static void owe(reckon *r)
{
    const tr_period *period = &r->q->report;
    int64_t          first_missing = 0, distinct = 0;
    bool             has_running = false;
    if (period->kind == TR_PERIOD_NONE)
        return;
    if (r->halts.len > 0) {
        owe_halted(r);
        return;
    }
    int64_t over = running(r, period);
    for (ptrdiff_t i = 0; i < r->list.len;) {
        slot s;
        i = take_slot(r, i, &s);
        first_missing += s.number == first_missing;
        has_running |= s.number == over;
        distinct += s.number < over;
        count_slot(r, &s, over);
    }
    r->out->owed = (int32_t)over;
    r->out->missing = (int32_t)(over - distinct);
    r->out->open = r->now < r->end && !has_running;
    if (r->out->missing > 0)
        r->out->since = earlier(r->out->since, period_end(r, period, first_missing));
    if (r->now < r->end)
        r->out->due = period_end(r, period, has_running ? over + 1 : over);
}

/* ---- a level ---- */

static void level_state(reckon *r, bool within)
{
    tr_reckoning *out = r->out;
    bool          said = tr_basis_said(r->q->basis);
    bool          absent = out->missing > 0 || out->missed > 0;
    out->verdict = TR_VERDICT_BREACHED;
    if (out->against >= 0 && !within)
        out->state = "exceeded";
    else if (said && out->missing > 0)
        out->state = "missing";
    else if (out->against >= 0 || (said && absent))
        out->state = "cured";
    else if (r->doubt || (out->missing > 0 && out->newest >= 0))
        out->state = "in_doubt", out->verdict = TR_VERDICT_UNDETERMINED;
    else if (out->newest >= 0)
        out->state = "kept", out->verdict = TR_VERDICT_COMPLIED;
    else if (said)
        out->state = "open", out->verdict = TR_VERDICT_OPEN;
    else
        out->state = "not_observed", out->verdict = TR_VERDICT_NOT_OBSERVED;
}

static void reckon_level(reckon *r)
{
    tr_reckoning *out = r->out;
    bool          within = true;
    for (ptrdiff_t i = 0; i < r->list.len; i++) {
        const tr_deed *deed = r->list.at[i];
        tr_membership  over =
            halted(r, deed->on) ? TR_IN_NONE : beyond(r->bound, deed->low, deed->high);
        r->doubt |= over == TR_IN_POSSIBLE;
        within = over != TR_IN_CERTAIN;
        if (!within && out->against < 0) {
            out->against = deed->entry;
            out->since = deed->on;
        }
        out->newest = deed->entry;
        out->low = deed->low;
        out->best = deed->best;
        out->high = deed->high;
    }
    owe(r);
    level_state(r, within);
}

/* ---- a sum ---- */

typedef struct {
    int64_t low, best, high, newest;
    tr_time on;
} sum;

static void add_value(sum *s, const tr_deed *deed)
{
    s->low = plus(s->low, deed->low);
    s->best = plus(s->best, deed->best);
    s->high = plus(s->high, deed->high);
    s->on = deed->on;
    s->newest = deed->entry;
}

/* Of what lies in a span; what comes while the clause is halted counts towards a lower bound, and
 * not against an upper one. */
static sum sum_in(const reckon *r, tr_span span)
{
    sum s = {.newest = -1, .on = TR_TIME_NONE};
    for (ptrdiff_t i = 0; i < r->list.len && r->list.at[i]->on < span.end; i++)
        if (r->list.at[i]->on >= span.begin &&
            (r->bound.most == INT64_MAX || !halted(r, r->list.at[i]->on)))
            add_value(&s, r->list.at[i]);
    return s;
}

static void show_sum(reckon *r, const sum *s)
{
    r->out->low = s->low;
    r->out->best = s->best;
    r->out->high = s->high;
    r->out->newest = s->newest;
}

/* Delivered by the deadline itself is in time; later it cures. */
static void reckon_by(reckon *r)
{
    tr_reckoning *out = r->out;
    tr_time       by = tr_halts_due(&r->halts, out->actor, r->start, r->q->by);
    sum           in_time = sum_in(r, (tr_span){r->start, tr_time_plus(by, 1)});
    sum           all = sum_in(r, (tr_span){r->start, TR_TIME_MAX});
    tr_membership then = beyond(r->bound, in_time.low, in_time.high);
    bool          too_much = in_time.low > r->bound.most;
    bool          over = r->now >= by;
    show_sum(r, &all);
    out->owed = by != TR_TIME_MAX;
    out->due = over || by == TR_TIME_MAX ? TR_TIME_NONE : by;
    if (too_much || (over && then == TR_IN_CERTAIN)) {
        out->verdict = TR_VERDICT_BREACHED;
        out->state = too_much ? "exceeded" : all.low >= r->bound.least ? "cured" : "short";
        out->since = too_much ? in_time.on : by;
        out->against = in_time.newest;
        out->missed = 1;
    } else if (over && then == TR_IN_POSSIBLE) {
        out->verdict = TR_VERDICT_UNDETERMINED;
        out->state = "in_doubt";
    } else if (over || (then == TR_IN_NONE && r->bound.most == INT64_MAX)) {
        out->verdict = TR_VERDICT_COMPLIED;
        out->state = "kept";
        out->kept = 1;
    } else {
        out->verdict = TR_VERDICT_OPEN;
        out->state = "open";
        out->open = 1;
    }
}

/* One period that is over, or a run of `count` periods in which nothing is on record. */
static void close_period(reckon *r, const sum *s, int64_t number, int64_t count)
{
    tr_membership over = beyond(r->bound, s->low, s->high);
    tr_reckoning *out = r->out;
    if (over == TR_IN_CERTAIN) {
        if (out->missed == 0)
            out->since = period_end(r, &r->q->period, number);
        if (out->against < 0)
            out->against = s->newest;
        out->missed += (int32_t)count;
    } else if (over == TR_IN_POSSIBLE)
        r->doubt = true;
    else
        out->kept += (int32_t)count;
}

static void sum_state(reckon *r, bool last_kept)
{
    tr_reckoning *out = r->out;
    out->open = r->now < r->end;
    if (out->missed > 0) {
        out->verdict = TR_VERDICT_BREACHED;
        out->state = r->q->least == INT64_MIN ? "exceeded" : last_kept ? "cured" : "short";
    } else if (r->doubt) {
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

static void reckon_halted_periods(reckon *r)
{
    int64_t over = running(r, &r->q->period);
    int32_t missed = 0; /* before the last period that is over */
    for (int64_t n = 0; n <= over; n++) {
        tr_span span;
        if (!is_owed(r, &r->q->period, n, &span) || (n == over && r->now >= r->end))
            continue;
        if (r->bound.most != INT64_MAX)
            span.end = period_end(r, &r->q->period, n);
        sum s = sum_in(r, span);
        show_sum(r, &s);
        if (r->now < span.end) {
            r->out->due = earlier(r->out->due, span.end);
            if (s.low > r->bound.most) { /* surely too much before the period is over */
                r->out->missed++;
                r->out->since = earlier(r->out->since, s.on);
            }
            continue;
        }
        missed = r->out->missed;
        r->out->owed++;
        close_period(r, &s, n, 1);
    }
    sum_state(r, missed == r->out->missed);
}

static void reckon_periods(reckon *r)
{
    const tr_period *period = &r->q->period;
    int64_t          over = running(r, period), next = 0;
    int32_t          missed = 0; /* before the last period that is over */
    sum              none = {.newest = -1, .on = TR_TIME_NONE}, now = none;
    for (ptrdiff_t i = 0; i < r->list.len;) {
        int64_t number = tr_period_at(period, r->start, r->list.at[i]->on, r->plan->tz);
        tr_time end = period_end(r, period, number);
        sum     s = none;
        for (; i < r->list.len && r->list.at[i]->on < end; i++)
            add_value(&s, r->list.at[i]);
        if (number >= over) {
            now = s;
            break; /* nothing lies behind the period that runs */
        }
        if (number > next)
            close_period(r, &none, next, number - next);
        missed = r->out->missed;
        close_period(r, &s, number, 1);
        next = number + 1;
    }
    if (over > next) {
        missed = r->out->missed;
        close_period(r, &none, next, over - next);
    }
    show_sum(r, &now);
    r->out->owed = (int32_t)over;
    if (r->now < r->end)
        r->out->due = period_end(r, period, over);
    bool last_kept = missed == r->out->missed;
    if (now.low > r->bound.most) { /* surely too much before the period is over */
        r->out->missed++;
        r->out->since = earlier(r->out->since, now.on);
    }
    sum_state(r, last_kept);
}

void tr_reckon_quantity(tr_arena scratch, const tr_plan *plan, int32_t clause, int32_t actor,
                        tr_time now, tr_reckoning *out)
{
    assert(plan->clause[clause].kind == TR_CLAUSE_QUANTITY);
    const tr_quantity *q = &plan->clause[clause].u.quantity;
    reckon             r = {.plan = plan,
                            .q = q,
                            .out = out,
                            .scratch = scratch,
                            .bound = bounds_of(q),
                            .start = q->begin != TR_TIME_NONE ? q->begin : plan->in_force,
                            .halts = tr_halts_of(plan, clause),
                            .now = now};
    r.end = end_of(q, &r.halts, actor);
    *out = (tr_reckoning){.clause = clause,
                          .actor = actor,
                          .verdict = TR_VERDICT_NOT_IN_FORCE,
                          .state = "not_in_force",
                          .since = TR_TIME_NONE,
                          .due = TR_TIME_NONE,
                          .low = INT64_MIN,
                          .newest = -1,
                          .against = -1};
    const tr_halt *halt = tr_halted_at(&r.halts, actor, now);
    if (halt && halt->kind == TR_HALT_VOID)
        return;
    if (now == TR_TIME_NONE || (r.start != TR_TIME_NONE && now < r.start)) {
        out->due = r.start;
        return;
    }
    collect(&r);
    if (!q->sum)
        reckon_level(&r);
    else if (q->by != TR_TIME_NONE)
        reckon_by(&r);
    else if (r.halts.len > 0)
        reckon_halted_periods(&r);
    else
        reckon_periods(&r);
    if (halt) {
        out->verdict = tr_halt_verdict(halt);
        out->state = tr_verdict_name(out->verdict);
    }
}
