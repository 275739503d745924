/* lint_time.c -- can all deadlines be kept, and is every clause in force at some time?
 *
 * A simple temporal network.  Its nodes are moments: the entry into force, the signature, and of
 * each duty its beginning and its end, of each step its end, of each threshold its first breach
 * and its activation.  An edge u -> v of weight w says: v is at most w seconds after u.  Deadlines
 * give upper bounds, waiting and watching lower ones.  Calendar days from an unknown moment are
 * taken at their most, 24 hours each and an hour of clock change; so what is reported is
 * impossible on every calendar.  A cycle of negative length (Bellman and Ford) is a set of
 * sentences that cannot all be kept; the cycle is printed.
 */
#include "terms/lint.h"

#include <stdio.h>

enum { ORIGIN, FORCE, SIGNATURE, FIXED, PER_CLAUSE = 2, CYCLES_MOST = 8 };
#define FAR INT64_C(4000000000000) /* seconds; beyond every sum that means anything */

typedef struct {
    int32_t from, to;
    int64_t most;   /* to <= from + most, seconds */
    int32_t clause; /* whose sentence says so; -1: the head */
    bool    deadline;
    bool    dropped; /* already part of a cycle reported */
} bound;
typedef TR_VEC(bound) bounds;

typedef struct {
    lint    *l;
    bounds   list;
    int32_t  nodes;
    int64_t *dist;
    int32_t *via; /* bound by which a node was reached, or -1 */
} net;

static int32_t node_end(int32_t clause)
{
    return FIXED + PER_CLAUSE * clause;
}

static int32_t node_begin(int32_t clause) /* of a threshold: the first breach */
{
    return FIXED + PER_CLAUSE * clause + 1;
}

static void add(net *n, int32_t from, int32_t to, int64_t most, int32_t clause, bool deadline)
{
    *TR_PUSH(n->l->f->keep, &n->list) = (bound){from, to, most, clause, deadline, false};
}

static int64_t seconds_up(tr_time t)
{
    return t / TR_SECOND + (t % TR_SECOND > 0);
}

static int64_t seconds_down(tr_time t)
{
    return t / TR_SECOND - (t % TR_SECOND < 0);
}

static int64_t at_most(tr_stretch s)
{
    return s.days >= 0 ? s.days * 86400 + 3600 : seconds_up(s.ns);
}

static void fix(net *n, int32_t node, tr_time t)
{
    if (t == TR_TIME_NONE)
        return;
    add(n, ORIGIN, node, seconds_up(t), -1, false);
    add(n, node, ORIGIN, -seconds_down(t), -1, false);
}

/* `node` is due at `due`; it does not come before what its clock waits for. */
static void add_due(net *n, int32_t clause, int32_t node, const tr_due *due)
{
    const tr_plan *plan = &n->l->f->plan;
    if (due->kind == TR_DUE_DATE && due->date != TR_TIME_NONE)
        add(n, ORIGIN, node, seconds_up(due->date), clause, true);
    if (due->kind != TR_DUE_WITHIN)
        return;
    if (due->zero_clause >= 0) {
        add(n, node_end(due->zero_clause), node, at_most(due->within), clause, true);
        add(n, node, node_end(due->zero_clause), 0, clause, false);
        return;
    }
    bool    signature = due->zero == TR_ZERO_SIGNATURE;
    tr_time zero = signature ? plan->signature : plan->in_force;
    if (zero != TR_TIME_NONE)
        add(n, signature ? SIGNATURE : FORCE, node,
            seconds_up(tr_stretch_after(zero, due->within, plan->tz)) - seconds_down(zero), clause,
            true);
}

/* What waits for a condition does not come before its parts. */
static void add_when(net *n, int32_t clause, const tr_when *when)
{
    for (int32_t i = 0; i < when->atoms; i++) {
        const tr_atom *a = &when->atom[i];
        if (a->negated)
            continue;
        if (a->kind == TR_WHEN_FULFILLED && a->clause >= 0)
            add(n, node_end(clause), node_end(a->clause), 0, clause, false);
        if (a->kind == TR_WHEN_AFTER && a->moment != TR_TIME_NONE)
            add(n, node_end(clause), ORIGIN, -seconds_down(a->moment), clause, false);
    }
}

/* A milestone is reached when its condition holds, and due at its date. */
static void add_milestone(net *n, int32_t clause)
{
    const tr_milestone *m = &n->l->f->plan.clause[clause].u.milestone;
    add_when(n, clause, &m->when);
    if (m->by != TR_TIME_NONE)
        add(n, ORIGIN, node_end(clause), seconds_up(m->by), clause, true);
}

static void add_obligation(net *n, int32_t clause)
{
    const tr_plan       *plan = &n->l->f->plan;
    const tr_obligation *o = &plan->clause[clause].u.obligation;
    const tr_act        *act = &plan->act[o->act_at];
    int32_t              end = node_end(clause), begin = node_begin(clause);
    int64_t              watch = act->seen ? seconds_down(act->hold_ns) : 0;
    add_due(n, clause, end, &o->finish);
    add_due(n, clause, begin, &o->begin);
    add(n, end, begin, 0, clause, false);
    add_when(n, clause, &o->once);
    if (act->seen && o->finish.zero_clause >= 0)
        add(n, end, node_end(o->finish.zero_clause), -watch, clause, false);
    /* What is due a while after the signature may be due before the entry into force. */
    bool early = o->finish.kind == TR_DUE_WITHIN && o->finish.zero == TR_ZERO_SIGNATURE;
    if (plan->in_force != TR_TIME_NONE && (act->seen || !early))
        add(n, end, FORCE, -watch, clause, false);
    if (plan->signature != TR_TIME_NONE)
        add(n, end, SIGNATURE, 0, clause, false);
}

static void add_threshold(net *n, int32_t clause)
{
    const tr_plan      *plan = &n->l->f->plan;
    const tr_threshold *t = &plan->clause[clause].u.threshold;
    tr_time             from = TR_TIME_MAX;
    for (int32_t i = 0; i < t->ons; i++) {
        tr_time begin = lint_span(plan, &plan->clause[t->on[i].of].u.prohibition).begin;
        from = begin < from ? begin : from;
    }
    from = t->from > from ? t->from : from;
    if (from != TR_TIME_NONE && from != TR_TIME_MAX)
        add(n, node_begin(clause), ORIGIN, -seconds_down(from), clause, false);
    int64_t hold = t->on_hold.days >= 0 ? t->on_hold.days * 86400 - 3600 * (t->on_hold.days > 0)
                                        : seconds_down(t->on_hold.ns);
    add(n, node_end(clause), node_begin(clause), -hold, clause, false);
}

static void add_step(net *n, int32_t clause)
{
    const tr_plan *plan = &n->l->f->plan;
    const tr_step *s = &plan->clause[clause].u.step;
    int32_t        zero = s->zero == TR_ZERO_ACTIVATION     ? node_end(s->on)
                          : s->zero == TR_ZERO_FIRST_BREACH ? node_begin(s->on)
                          : s->zero == TR_ZERO_IN_FORCE     ? FORCE
                          : s->zero == TR_ZERO_SIGNATURE    ? SIGNATURE
                          : s->zero_clause >= 0             ? node_end(s->zero_clause)
                                                            : ORIGIN;
    if (!s->must || zero == ORIGIN)
        return;
    if (s->zero != TR_ZERO_STEP_NOTIFIED)
        add(n, zero, node_end(clause), at_most(s->within), clause, true);
    add(n, node_end(clause), node_end(s->on), 0, clause, false);
}

static void build(net *n)
{
    const tr_plan *plan = &n->l->f->plan;
    n->nodes = FIXED + PER_CLAUSE * plan->clauses;
    fix(n, FORCE, plan->in_force);
    fix(n, SIGNATURE, plan->signature);
    for (int32_t i = 0; i < plan->clauses; i++) {
        if (plan->clause[i].kind == TR_CLAUSE_OBLIGATION)
            add_obligation(n, i);
        else if (plan->clause[i].kind == TR_CLAUSE_THRESHOLD)
            add_threshold(n, i);
        else if (plan->clause[i].kind == TR_CLAUSE_STEP)
            add_step(n, i);
        else if (plan->clause[i].kind == TR_CLAUSE_MILESTONE)
            add_milestone(n, i);
    }
    n->dist = TR_NEW(n->l->f->keep, int64_t, n->nodes);
    n->via = TR_NEW(n->l->f->keep, int32_t, n->nodes);
}

/* Shortest ways from anywhere (first 0) or from a node (first its own, else FAR); a node that still
 * improves in the last round lies behind a negative cycle. */
static int32_t relax(net *n)
{
    int32_t moved = 0;
    for (int32_t round = 0; round <= n->nodes && moved >= 0; round++) {
        moved = -1;
        for (ptrdiff_t i = 0; i < n->list.len; i++) {
            const bound *b = &n->list.at[i];
            if (b->dropped || n->dist[b->from] >= FAR ||
                n->dist[b->from] + b->most >= n->dist[b->to])
                continue;
            n->dist[b->to] = n->dist[b->from] + b->most;
            n->via[b->to] = (int32_t)i;
            moved = b->to;
        }
    }
    return moved;
}

static int32_t negative(net *n)
{
    for (int32_t i = 0; i < n->nodes; i++) {
        n->dist[i] = 0;
        n->via[i] = -1;
    }
    int32_t at = relax(n);
    for (int32_t i = 0; at >= 0 && i < n->nodes; i++)
        at = n->list.at[n->via[at]].from;
    return at;
}

/* What a moment is called from clause `of`. */
static const char *moment_name(const tr_plan *plan, int32_t node, int32_t of, char z[80])
{
    if (node < FIXED)
        return node == ORIGIN  ? "its date"
               : node == FORCE ? "the entry into force"
                               : "the signature";
    int32_t clause = (node - FIXED) / PER_CLAUSE;
    if (clause == of)
        return "its own beginning";
    snprintf(z, 80, "clause %s", front_quote(plan->clause[clause].label).z);
    return z;
}

/* One sentence of a cycle: "3.2 is due soon after clause 3.1". */
static int put_bound(char *z, size_t room, const net *n, const bound *b)
{
    const tr_plan *plan = &n->l->f->plan;
    char           name[80];
    if (b->clause < 0)
        return 0;
    int len = snprintf(z, room, "%s %s %s", front_quote(plan->clause[b->clause].label).z,
                       !b->deadline        ? "cannot end before"
                       : b->from == ORIGIN ? "is due by"
                                           : "is due soon after",
                       moment_name(plan, b->deadline ? b->from : b->to, b->clause, name));
    return len < (int)room ? len : (int)room - 1;
}

static void report_cycle(net *n, int32_t at)
{
    const tr_plan *plan = &n->l->f->plan;
    char           chain[200] = "";
    int            used = 0;
    int32_t        last = -1, other = -1;
    int64_t        sum = 0;
    for (int32_t node = at, i = 0; i < n->nodes; i++) {
        bound *b = &n->list.at[n->via[node]];
        sum += b->most;
        if (used > 0 && b->clause >= 0 && used < 160)
            used += snprintf(chain + used, sizeof chain - (size_t)used, "; ");
        if (used < 160)
            used += put_bound(chain + used, sizeof chain - (size_t)used, n, b);
        if (b->deadline && b->clause > last) {
            other = last;
            last = b->clause;
        }
        node = b->from;
        if (node == at)
            break;
    }
    /* One sentence of the cycle is enough to break it, so that the next cycle is another one. */
    for (int32_t node = at, i = 0; i < n->nodes; i++) {
        bound *b = &n->list.at[n->via[node]];
        b->dropped |= b->deadline && b->clause == last;
        node = b->from;
        if (node == at)
            break;
    }
    if (last < 0)
        return;
    tr_witness w = lint_witness(last, other);
    char       detail[240];
    snprintf(detail, sizeof detail, "In a circle, %lld hours are missing: %.180s.",
             (long long)((-sum + 3599) / 3600), chain);
    lint_report(n->l,
                (report){TR_E_DEADLINES, plan->clause[last].span, detail,
                         "Give more time, or let the clock begin with what comes first.", true},
                &w, "the deadline of clause %s cannot be kept, whatever anybody does",
                front_quote(plan->clause[last].label).z);
}

/* A beginning due after the end: the time to begin can never be missed. */
static void check_begin(lint *l, int32_t clause)
{
    const tr_plan *plan = &l->f->plan;
    const tr_due  *b = &plan->clause[clause].u.obligation.begin;
    const tr_due  *e = &plan->clause[clause].u.obligation.finish;
    tr_witness     w = lint_witness(clause, -1);
    bool           later = false;
    if (b->kind == TR_DUE_DATE && e->kind == TR_DUE_DATE)
        later = b->date > e->date;
    else if (b->kind == TR_DUE_WITHIN && e->kind == TR_DUE_WITHIN && b->zero == e->zero &&
             b->zero_clause == e->zero_clause)
        later = (b->within.days >= 0) == (e->within.days >= 0) &&
                (b->within.days > e->within.days || b->within.ns > e->within.ns);
    if (later)
        lint_report(l,
                    (report){TR_E_BEGIN_LATE, plan->clause[clause].span,
                             "Who has finished has begun, so the time to begin is never missed.",
                             "Exchange the two deadlines.", true},
                    &w, "clause %s must end before it has to begin",
                    front_quote(plan->clause[clause].label).z);
}

/* Earliest moments: how far each node must lie after the origin. */
static void earliest(net *n)
{
    for (int32_t i = 0; i < n->nodes; i++) {
        n->dist[i] = FAR;
        n->via[i] = -1;
    }
    /* Backwards: the shortest way from a node to the origin is minus its earliest moment. */
    n->dist[ORIGIN] = 0;
    for (int32_t round = 0, moved = 1; moved && round <= n->nodes; round++) {
        moved = 0;
        for (ptrdiff_t i = 0; i < n->list.len; i++) {
            const bound *b = &n->list.at[i];
            if (b->dropped || n->dist[b->to] >= FAR || n->dist[b->to] + b->most >= n->dist[b->from])
                continue;
            n->dist[b->from] = n->dist[b->to] + b->most;
            moved = 1;
        }
    }
}

static void report_dead(lint *l, int32_t clause, tr_time on, const char *why)
{
    const tr_plan *plan = &l->f->plan;
    tr_witness     w = lint_witness(clause, -1);
    w.on = on;
    lint_report(l,
                (report){TR_E_NEVER_IN_FORCE, plan->clause[clause].span, why,
                         "Let it end later, or begin earlier.", true},
                &w, "clause %s is never in force", front_quote(plan->clause[clause].label).z);
}

static void check_force(net *n, int32_t clause)
{
    const tr_plan        *plan = &n->l->f->plan;
    const tr_prohibition *p = &plan->clause[clause].u.prohibition;
    if (p->end == TR_TIME_MAX || p->end == TR_TIME_NONE)
        return;
    if (lint_span(plan, p).begin >= p->end) {
        report_dead(n->l, clause, p->end, "It ends before the agreement enters into force.");
        return;
    }
    for (int32_t i = 0; i < p->once.atoms; i++) {
        const tr_atom *atom = &p->once.atom[i];
        bool           waits = atom->kind == TR_WHEN_FULFILLED && !atom->negated;
        int64_t        dist = waits ? n->dist[node_end(atom->clause)] : FAR;
        if (dist < FAR && -dist >= seconds_up(p->end)) {
            report_dead(n->l, clause, p->end,
                        "It ends before what it waits for can have been fulfilled.");
            return;
        }
    }
}

void lint_times(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    net            n = {.l = l};
    build(&n);
    for (int32_t i = 0; i < CYCLES_MOST; i++) {
        int32_t at = negative(&n);
        if (at < 0)
            break;
        report_cycle(&n, at);
    }
    earliest(&n);
    for (int32_t i = 0; i < plan->clauses; i++) {
        if (plan->clause[i].kind == TR_CLAUSE_OBLIGATION)
            check_begin(l, i);
        else if (plan->clause[i].kind == TR_CLAUSE_PROHIBITION)
            check_force(&n, i);
    }
}
