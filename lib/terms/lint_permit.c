/* lint_permit.c -- permissions against the prohibitions that they do not name, and against those
 * that they leave nothing of.
 *
 * May and must not: the permission shares an actor, a kind, a point and a time with a prohibition
 * that it does not stand against; then the same thing is permitted by one clause and a breach of
 * the other.  Swallowed: it asks for nothing and covers the actors, kinds, place and time of what
 * it stands against; then nothing is left to breach.
 */
#include "terms/lint.h"

static bool names(const tr_permission *p, int32_t clause)
{
    for (int32_t i = 0; i < p->ofs; i++)
        if (p->of[i] == clause)
            return true;
    return false;
}

static void check_other(lint *l, int32_t clause, int32_t term)
{
    const tr_plan        *plan = &l->f->plan;
    const tr_exception   *e = &plan->exception[plan->clause[clause].u.permission.exception];
    const tr_prohibition *p = &plan->clause[term].u.prohibition;
    tr_span               span = lint_span(plan, p);
    uint64_t              kinds = plan->class_[e->class_].kinds & plan->class_[p->class_].kinds;
    tr_witness            w = lint_witness(term, clause);
    w.on = e->begin > span.begin ? e->begin : span.begin;
    if ((e->actors & p->actors) == 0 || kinds == 0 || w.on >= e->end || w.on >= span.end ||
        !lint_common(l, e->zone, p->zone, &w.at))
        return;
    w.placed = true;
    w.actor = lint_first(e->actors & p->actors);
    w.kind = lint_first(kinds);
    lint_report(l,
                (report){TR_E_CONTRADICTION, plan->clause[clause].span,
                         "What the one permits is a breach of the other.",
                         "Name it after \"notwithstanding\" too, or take the class, the zone or "
                         "the time apart.",
                         true},
                &w, "%s may %s %s by clause %s, and must not by clause %s",
                front_quote(plan->actor[w.actor].id).z,
                front_quote(plan->clause[clause].u.permission.act).z, tr_kind_name((tr_kind)w.kind),
                front_quote(plan->clause[clause].label).z, front_quote(plan->clause[term].label).z);
}

static void check_swallowed(lint *l, int32_t clause, int32_t term)
{
    const tr_plan        *plan = &l->f->plan;
    const tr_exception   *e = &plan->exception[plan->clause[clause].u.permission.exception];
    const tr_prohibition *p = &plan->clause[term].u.prohibition;
    tr_span               span = lint_span(plan, p);
    tr_witness            w = lint_witness(term, clause);
    bool                  asks = e->steps > 0 || e->exercise || e->operated_by >= 0;
    if (asks || (p->actors & ~e->actors) != 0 ||
        (plan->class_[p->class_].kinds & ~plan->class_[e->class_].kinds) != 0 ||
        (e->zone >= 0 && e->zone != p->zone) || e->begin > span.begin || e->end < span.end)
        return;
    w.actor = lint_first(p->actors);
    lint_report(l,
                (report){TR_E_SWALLOWED, plan->clause[clause].span,
                         "It covers the same actors, class, place and time, and asks for nothing.",
                         "Ask for something: when notified to JC 24 hours before.", true},
                &w, "clause %s leaves nothing of clause %s",
                front_quote(plan->clause[clause].label).z, front_quote(plan->clause[term].label).z);
}

void lint_permits(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_permission *p = &plan->clause[i].u.permission;
        if (plan->clause[i].kind != TR_CLAUSE_PERMISSION || p->ofs == 0)
            continue;
        for (int32_t k = 0; k < plan->clauses; k++)
            if (plan->clause[k].kind == TR_CLAUSE_PROHIBITION)
                (names(p, k) ? check_swallowed : check_other)(l, i, k);
    }
}
