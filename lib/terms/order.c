/* order.c -- in what order the states of clauses follow from each other; circles are refused.
 *
 * A clause follows from those that its conditions, clocks and counts name, and from the effects on
 * it.  One node more stands for the agreement as a whole: what binds follows from it, and it from
 * the entry into force and from effects on all.  A termination is judged by what was before it and
 * changes only what comes after, so its target does not wait for it.
 *
 * Of the nodes whose sources are all placed the first in the text comes next: O(nodes x edges).
 */
#include "terms/front.h"

#include <stdio.h>

typedef struct {
    int32_t of; /* this node */
    int32_t on; /* follows from that one */
} edge;
typedef struct {
    front  *f;
    int32_t whole; /* the node of the agreement */
    TR_VEC(edge) edges;
} graph;

static void add(graph *g, int32_t of, int32_t on)
{
    if (on >= 0)
        *TR_PUSH(g->f->keep, &g->edges) = (edge){of, on};
}

static bool in_list(const int32_t *list, int32_t count, int32_t clause)
{
    for (int32_t i = 0; i < count; i++)
        if (list[i] == clause)
            return true;
    return false;
}

/* The fulfilment of a clause is also that of its pair. */
static void add_fulfilled(graph *g, int32_t of, int32_t clause)
{
    add(g, of, clause);
    for (int32_t i = 0; clause >= 0 && i < g->f->plan.clauses; i++) {
        const tr_effect *e = &g->f->clause[i].u.effect;
        if (g->f->clause[i].kind == TR_CLAUSE_EFFECT && e->kind == TR_EFFECT_EXCHANGES &&
            (in_list(e->of, e->ofs, clause) || in_list(e->with, e->withs, clause)))
            add(g, of, i);
    }
}

static void add_when(graph *g, int32_t of, const tr_when *when)
{
    for (int32_t i = 0; i < when->atoms; i++) {
        const tr_atom *atom = &when->atom[i];
        if (atom->kind == TR_WHEN_FULFILLED)
            add_fulfilled(g, of, atom->clause);
        else
            add(g, of, atom->clause);
        add(g, of, atom->clause2);
    }
}

static void add_effect(graph *g, int32_t index, const tr_effect *e)
{
    add_when(g, index, &e->when);
    add_when(g, index, &e->back);
    bool follows = e->kind == TR_EFFECT_EXCHANGES;
    for (int32_t i = 0; i < e->ofs; i++)
        if (follows)
            add(g, index, e->of[i]);
        else if (e->kind != TR_EFFECT_TERMINATES)
            add(g, e->of[i], index);
    for (int32_t i = 0; i < e->withs; i++)
        add(g, index, e->with[i]);
    if (e->whole && e->kind != TR_EFFECT_TERMINATES)
        add(g, g->whole, index);
}

static void add_clause(graph *g, int32_t i)
{
    const tr_clause *c = &g->f->clause[i];
    if (tr_clause_binds(c->kind))
        add(g, i, g->whole);
    switch (c->kind) {
    case TR_CLAUSE_PROHIBITION:
        add_when(g, i, &c->u.prohibition.once);
        add_when(g, i, &c->u.prohibition.needs);
        break;
    case TR_CLAUSE_THRESHOLD:
        for (int32_t k = 0; k < c->u.threshold.ons; k++)
            add(g, i, c->u.threshold.on[k].of);
        for (int32_t k = 0; k < c->u.threshold.offs; k++)
            add(g, i, c->u.threshold.off[k].of);
        break;
    case TR_CLAUSE_STEP:
        add(g, i, c->u.step.on);
        add(g, i, c->u.step.zero_clause);
        break;
    case TR_CLAUSE_OBLIGATION:
        add_fulfilled(g, i, c->u.obligation.begin.zero_clause);
        add_fulfilled(g, i, c->u.obligation.finish.zero_clause);
        add_when(g, i, &c->u.obligation.once);
        add_when(g, i, &c->u.obligation.needs);
        break;
    case TR_CLAUSE_FORCE:
        add_when(g, i, &c->u.force.when);
        add(g, g->whole, i);
        break;
    case TR_CLAUSE_EFFECT:
        add_effect(g, i, &c->u.effect);
        break;
    case TR_CLAUSE_MILESTONE:
        add_when(g, i, &c->u.milestone.when);
        break;
    default:
        break;
    }
}

static bool drives(const tr_clause *c)
{
    return c->group > 0 || c->kind == TR_CLAUSE_FORCE || c->kind == TR_CLAUSE_EFFECT ||
           c->kind == TR_CLAUSE_MILESTONE ||
           (c->kind == TR_CLAUSE_PROHIBITION &&
            c->u.prohibition.once.atoms + c->u.prohibition.needs.atoms > 0) ||
           (c->kind == TR_CLAUSE_OBLIGATION &&
            c->u.obligation.once.atoms + c->u.obligation.needs.atoms > 0);
}

/* Along what each node left waits for, until one comes again. */
static void report_circle(graph *g, const int32_t *waits, int32_t start)
{
    int32_t *seen = TR_NEW(g->f->keep, int32_t, g->whole + 1);
    char     chain[200];
    int32_t  at = start, step = 0, first;
    int      used = 0;
    while (!seen[at]) {
        seen[at] = ++step;
        for (ptrdiff_t i = 0; i < g->edges.len; i++)
            if (g->edges.at[i].of == at && waits[g->edges.at[i].on] >= 0) {
                at = g->edges.at[i].on;
                break;
            }
    }
    first = at;
    do {
        const char *name = at == g->whole ? "the agreement" : "";
        tr_str      label = at == g->whole ? (tr_str){0} : g->f->clause[at].label;
        if (used < 140)
            used += snprintf(chain + used, sizeof chain - (size_t)used, "%s%s, ", name,
                             label.len > 0 ? front_quote(label).z : "");
        for (ptrdiff_t i = 0; i < g->edges.len; i++)
            if (g->edges.at[i].of == at && waits[g->edges.at[i].on] >= 0) {
                at = g->edges.at[i].on;
                break;
            }
    } while (at != first);
    int32_t named = first == g->whole ? start : first;
    front_report(g->f,
                 (report){TR_E_STATE_CIRCLE, g->f->clause[named].span,
                          "None of these states could be found out before the others.",
                          "Let one of the conditions name a date, or a clause outside the circle.",
                          false},
                 "states follow from each other in a circle: %s%s", chain,
                 first == g->whole ? "the agreement" : front_quote(g->f->clause[first].label).z);
}

/* waits: of each node how many sources are not placed yet; -1: it is placed itself. */
static void place(graph *g, int32_t *waits, int32_t *order)
{
    int32_t placed = 0, next = 0;
    for (ptrdiff_t i = 0; i < g->edges.len; i++)
        waits[g->edges.at[i].of]++;
    while (next <= g->whole) {
        for (next = 0; next <= g->whole && waits[next] != 0;)
            next++;
        if (next > g->whole)
            break;
        waits[next] = -1;
        if (next < g->whole)
            order[placed++] = next;
        for (ptrdiff_t i = 0; i < g->edges.len; i++)
            if (g->edges.at[i].on == next)
                waits[g->edges.at[i].of]--;
    }
    for (int32_t i = 0; i < g->whole; i++)
        if (waits[i] > 0) {
            report_circle(g, waits, i);
            return;
        }
}

void check_states(front *f)
{
    graph    g = {.f = f, .whole = f->plan.clauses};
    int32_t *waits, *order;
    if (f->result->errors > 0)
        return;
    for (int32_t i = 0; i < f->plan.clauses; i++) {
        add_clause(&g, i);
        f->plan.driven |= drives(&f->clause[i]);
    }
    waits = TR_NEW(f->keep, int32_t, g.whole + 1);
    order = TR_NEW(f->keep, int32_t, g.whole + 1);
    place(&g, waits, order);
    f->plan.order = order;
}
