/* lint_when.c -- conditions that nothing can bring about.
 *
 * A condition is a list of atoms that must hold together.  It never holds when it names an actor
 * in breach of what does not bind it, when one atom is the contrary of another, or when its dates
 * leave no time between them.  Coalitions gain and lose members by the record, so where one is
 * bound nothing is said.
 */
#include "terms/lint.h"

static bool fixed(const tr_plan *plan, uint64_t actors)
{
    for (int32_t i = 0; i < plan->actors; i++)
        if (actors >> i & 1 && plan->actor[i].kind > TR_ACTOR_WITNESS)
            return false;
    return true;
}

/* Whom a clause binds: bits of actors; 0 where that is not the question. */
static uint64_t binds(const tr_plan *plan, int32_t clause)
{
    const tr_clause *c = clause >= 0 ? &plan->clause[clause] : NULL;
    uint64_t         actors = !c                                 ? 0
                              : c->kind == TR_CLAUSE_PROHIBITION ? c->u.prohibition.actors
                              : c->kind == TR_CLAUSE_OBLIGATION  ? c->u.obligation.actors
                              : c->kind == TR_CLAUSE_STEP        ? UINT64_C(1) << c->u.step.actor
                              : c->kind == TR_CLAUSE_QUANTITY    ? c->u.quantity.actors
                                                                 : 0;
    return fixed(plan, actors) ? actors : 0;
}

static bool not_bound(const tr_plan *plan, int32_t clause, int32_t actor)
{
    uint64_t bound = binds(plan, clause);
    return actor >= 0 && bound != 0 && fixed(plan, UINT64_C(1) << actor) && !(bound >> actor & 1);
}

static const char *alone(const tr_plan *plan, const tr_atom *a)
{
    bool breach = a->kind == TR_WHEN_BREACH || a->kind == TR_WHEN_IN_BREACH;
    if (a->negated || !breach)
        return NULL;
    if (not_bound(plan, a->clause, a->actor) || not_bound(plan, a->clause2, a->actor2))
        return "It waits for an actor to breach a clause that does not bind that actor.";
    return NULL;
}

static const char *together(const tr_atom *a, const tr_atom *b)
{
    if (a->kind == TR_WHEN_AFTER && b->kind == TR_WHEN_BEFORE && !a->negated && !b->negated &&
        b->moment <= a->moment)
        return "Between its two dates there is no time.";
    if (a->kind == b->kind && a->clause == b->clause && a->actor == b->actor &&
        a->clause2 == b->clause2 && a->actor2 == b->actor2 && a->act == b->act &&
        a->organ == b->organ && a->moment == b->moment && a->negated && !b->negated)
        return "It asks for something and for the contrary.";
    return NULL;
}

static void check_when(lint *l, int32_t clause, const tr_when *when)
{
    const tr_plan *plan = &l->f->plan;
    const char    *why = NULL;
    tr_text_span   span = plan->clause[clause].span;
    tr_witness     w = lint_witness(clause, -1);
    for (int32_t i = 0; i < when->atoms && !why; i++) {
        why = alone(plan, &when->atom[i]);
        for (int32_t k = 0; k < when->atoms && !why; k++)
            why = together(&when->atom[i], &when->atom[k]);
        if (when->atom[i].span.end > when->atom[i].span.begin)
            span = when->atom[i].span;
    }
    if (why)
        lint_report(l,
                    (report){TR_E_DEAD_CONDITION, span, why,
                             "Name what can happen: a clause that binds the actor, dates in order.",
                             true},
                    &w, "the condition of clause %s can never hold",
                    front_quote(plan->clause[clause].label).z);
}

void lint_whens(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_clause *c = &plan->clause[i];
        switch (c->kind) {
        case TR_CLAUSE_PROHIBITION:
            check_when(l, i, &c->u.prohibition.once);
            break;
        case TR_CLAUSE_OBLIGATION:
            check_when(l, i, &c->u.obligation.once);
            break;
        case TR_CLAUSE_FORCE:
            check_when(l, i, &c->u.force.when);
            break;
        case TR_CLAUSE_EFFECT:
            check_when(l, i, &c->u.effect.when);
            check_when(l, i, &c->u.effect.back);
            break;
        case TR_CLAUSE_MILESTONE:
            check_when(l, i, &c->u.milestone.when);
            break;
        default:
            break;
        }
    }
}
