/* lint_measure.c -- amounts and shares held against each other.  Units: thousandths, ppm.
 *
 * Two clauses on the same amount, basis and actor contradict each other when no value lies within
 * both bounds, each widened by its tolerance, at a time when both hold; of sums, when they are
 * reckoned over the same periods.  Two shares of one amount contradict each other when a part of
 * one is farther from the other's than both tolerances.
 */
#include "terms/lint.h"

/* Bounds widened by the tolerance; beyond 64 bits they stay open. */
typedef struct {
    int64_t least, most;
} range;

static int64_t part_of(int64_t value, int32_t ppm)
{
    int64_t size = value < 0 ? -value : value;
    return size / 1000000 * ppm + size % 1000000 * ppm / 1000000 + (ppm > 0);
}

static range widened(const tr_quantity *q)
{
    range r = {q->least, q->most};
    if (r.least != INT64_MIN)
        r.least -= part_of(r.least, q->tolerance_ppm);
    if (r.most != INT64_MAX && r.most < INT64_MAX - part_of(r.most, q->tolerance_ppm))
        r.most += part_of(r.most, q->tolerance_ppm);
    return r;
}

static bool same_period(const tr_period *a, const tr_period *b)
{
    return a->kind == b->kind && a->months == b->months && a->stretch.days == b->stretch.days &&
           a->stretch.ns == b->stretch.ns;
}

static tr_time later(tr_time a, tr_time b)
{
    return a > b ? a : b;
}

static void contradict(lint *l, int32_t a, int32_t b, uint64_t actors, tr_time on)
{
    const tr_plan *plan = &l->f->plan;
    tr_witness     w = lint_witness(a, b);
    w.actor = lint_first(actors);
    w.on = on;
    lint_report(
        l,
        (report){TR_E_CONTRADICTION, plan->clause[b].span, "No value is within both bounds.",
                 "Take the bounds, the basis or the time of one of them apart from the "
                 "other's.",
                 true},
        &w, "%s cannot keep both clause %s and clause %s", front_quote(plan->actor[w.actor].id).z,
        front_quote(plan->clause[a].label).z, front_quote(plan->clause[b].label).z);
}

static void compare(lint *l, int32_t a, int32_t b)
{
    const tr_plan     *plan = &l->f->plan;
    const tr_quantity *p = &plan->clause[a].u.quantity, *q = &plan->clause[b].u.quantity;
    range              r = widened(p), s = widened(q);
    tr_time            begin = later(later(p->begin, q->begin), plan->in_force);
    bool               alike = p->amount == q->amount && p->basis == q->basis && p->sum == q->sum &&
                 (!p->sum || (same_period(&p->period, &q->period) && p->by == q->by));
    if (alike && (p->actors & q->actors) != 0 && begin < p->end && begin < q->end &&
        (r.least > s.most || s.least > r.most))
        contradict(l, a, b, p->actors & q->actors, begin);
}

static int64_t share_of(const tr_sharing *s, int32_t actor)
{
    for (int32_t i = 0; i < s->parts; i++)
        if (s->part_of[i] == actor)
            return s->part_ppm[i];
    return 0;
}

static void compare_shares(lint *l, int32_t a, int32_t b)
{
    const tr_plan    *plan = &l->f->plan;
    const tr_sharing *p = &plan->clause[a].u.share, *q = &plan->clause[b].u.share;
    bool              apart = false;
    if (p->amount != q->amount || !same_period(&p->period, &q->period))
        return;
    for (int32_t i = 0; i < plan->actors && !apart; i++) {
        int64_t off = share_of(p, i) - share_of(q, i);
        apart = (off < 0 ? -off : off) > (int64_t)p->tolerance_ppm + q->tolerance_ppm;
    }
    if (apart)
        contradict(l, a, b, p->actors, plan->in_force);
}

static void check_time(lint *l, int32_t clause)
{
    const tr_plan     *plan = &l->f->plan;
    const tr_quantity *q = &plan->clause[clause].u.quantity;
    tr_time            begin = later(q->begin, plan->in_force);
    tr_witness         w = lint_witness(clause, -1);
    w.actor = lint_first(q->actors);
    w.on = q->by;
    if (q->end != TR_TIME_MAX && q->end <= begin)
        lint_report(l,
                    (report){TR_E_NEVER_IN_FORCE, plan->clause[clause].span,
                             "It ends before the agreement enters into force.", "Let it end later.",
                             true},
                    &w, "clause %s is never in force", front_quote(plan->clause[clause].label).z);
    else if (q->by != TR_TIME_NONE && q->by <= begin)
        lint_report(l,
                    (report){TR_E_DEADLINES, plan->clause[clause].span,
                             "It is due before the agreement enters into force.", "Give more time.",
                             true},
                    &w, "the deadline of clause %s cannot be kept, whatever anybody does",
                    front_quote(plan->clause[clause].label).z);
}

void lint_measures(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    for (int32_t b = 0; b < plan->clauses; b++) {
        if (plan->clause[b].kind == TR_CLAUSE_QUANTITY)
            check_time(l, b);
        for (int32_t a = 0; a < b; a++) {
            if (plan->clause[a].kind != plan->clause[b].kind)
                continue;
            if (plan->clause[b].kind == TR_CLAUSE_QUANTITY)
                compare(l, a, b);
            else if (plan->clause[b].kind == TR_CLAUSE_SHARE)
                compare_shares(l, a, b);
        }
    }
}
