/* symmetry.c -- what an agreement lays on each actor, counted: a report, no finding. */
#include "terms/tools.h"

static int32_t deadlines_of(const tr_obligation *o)
{
    return (o->finish.kind != TR_DUE_NONE) + (o->begin.kind != TR_DUE_NONE);
}

tr_burden tr_plan_burden(const tr_plan *plan, int32_t actor)
{
    tr_burden b = {0};
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_clause      *c = &plan->clause[i];
        const tr_prohibition *p = &c->u.prohibition;
        const tr_step        *s = &c->u.step;
        if (c->kind == TR_CLAUSE_PROHIBITION && p->actors >> actor & 1) {
            b.prohibitions++;
            for (int32_t k = p->except; k < p->except + p->excepts; k++)
                b.exceptions += plan->exception[k].permits;
        }
        if (c->kind == TR_CLAUSE_OBLIGATION && c->u.obligation.actors >> actor & 1) {
            b.duties++;
            b.deadlines += deadlines_of(&c->u.obligation);
        }
        if (c->kind == TR_CLAUSE_QUANTITY && c->u.quantity.actors >> actor & 1) {
            b.duties++;
            b.deadlines += c->u.quantity.by != TR_TIME_NONE;
        }
        b.duties += c->kind == TR_CLAUSE_SHARE && (c->u.share.actors >> actor & 1) != 0;
        if (c->kind == TR_CLAUSE_STEP && s->actor == actor) {
            b.responses += s->must;
            b.permissions += !s->must;
            b.deadlines += s->must;
        }
    }
    return b;
}

bool tr_burden_eq(tr_burden a, tr_burden b)
{
    return a.prohibitions == b.prohibitions && a.exceptions == b.exceptions &&
           a.duties == b.duties && a.responses == b.responses && a.permissions == b.permissions &&
           a.deadlines == b.deadlines;
}
