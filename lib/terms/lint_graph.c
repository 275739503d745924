/* lint_graph.c -- who answers a breach, by what power, and who hears of it.
 *
 * The graph: prohibition -> threshold that counts it -> steps of its ladder -> actor, recipients.
 */
#include "terms/lint.h"

/* Actors bound by what a threshold counts. */
static uint64_t bound_by(const tr_plan *plan, const tr_threshold *t)
{
    uint64_t actors = 0;
    for (int32_t i = 0; i < t->ons; i++)
        actors |= t->on[i].by > 0 ? UINT64_C(1) << (t->on[i].by - 1)
                                  : plan->clause[t->on[i].of].u.prohibition.actors;
    return actors;
}

static uint64_t kind_bits(const tr_plan *plan, tr_actor_kind kind)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < plan->actors; i++)
        bits |= (uint64_t)(plan->actor[i].kind == kind) << i;
    return bits;
}

/* Who owes a duty outside a ladder: bits of actors. */
static uint64_t owed_by(const tr_clause *c)
{
    return c->kind == TR_CLAUSE_OBLIGATION ? c->u.obligation.actors
           : c->kind == TR_CLAUSE_QUANTITY ? c->u.quantity.actors
           : c->kind == TR_CLAUSE_SHARE    ? c->u.share.actors
                                           : 0;
}

/* Does anything follow from a breach, or does a guarantor or body owe anything? */
static bool answers(const tr_plan *plan, uint64_t others)
{
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_clause *c = &plan->clause[i];
        if (c->kind == TR_CLAUSE_THRESHOLD || c->kind == TR_CLAUSE_STEP ||
            c->kind == TR_CLAUSE_EFFECT || owed_by(c) & others)
            return true;
    }
    return false;
}

/* There is somebody to answer, and nothing that they owe. */
static void check_unanswered(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    uint64_t       others = kind_bits(plan, TR_ACTOR_GUARANTOR) | kind_bits(plan, TR_ACTOR_BODY);
    int32_t        first = 0;
    while (first < plan->clauses && plan->clause[first].kind != TR_CLAUSE_PROHIBITION)
        first++;
    if (first == plan->clauses || others == 0 || answers(plan, others))
        return;
    tr_witness w = lint_witness(first, -1);
    w.actor = lint_first(others);
    lint_report(l,
                (report){TR_E_UNANSWERED, plan->clause[first].span,
                         "Whatever is breached, no clause says who does what by when.",
                         "Add a threshold and its ladder: article 7 \"Response\" on \xC2\xA7"
                         "6.1 active, with steps.",
                         true},
                &w, "a breach of clause %s has no response, and %s owes nothing",
                front_quote(plan->clause[first].label).z, front_quote(plan->actor[w.actor].id).z);
}

typedef struct {
    int32_t  steps, first, musts;
    uint64_t owe; /* who acts */
    uint64_t to;  /* who hears */
} ladder;

static ladder ladder_on(const tr_plan *plan, int32_t threshold)
{
    ladder all = {.first = -1};
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_step *s = &plan->clause[i].u.step;
        if (plan->clause[i].kind != TR_CLAUSE_STEP || s->on != threshold)
            continue;
        all.first = all.steps++ == 0 ? i : all.first;
        all.musts += s->must;
        all.owe |= UINT64_C(1) << s->actor;
        all.to |= s->to;
    }
    return all;
}

static void check_ladder(lint *l, int32_t threshold)
{
    const tr_plan *plan = &l->f->plan;
    ladder         all = ladder_on(plan, threshold);
    if (all.steps == 0)
        return;
    tr_witness w = lint_witness(threshold, all.first);
    uint64_t   bound = bound_by(plan, &plan->clause[threshold].u.threshold);
    w.actor = lint_first(bound);
    if (all.musts == 0)
        lint_report(l,
                    (report){TR_E_NO_MUST, plan->clause[all.first].span,
                             "A threshold may be reached, and everybody may look on.",
                             "Let at least one step say \"must\".", true},
                    &w, "the ladder on clause %s asks nothing of anybody",
                    front_quote(plan->clause[threshold].label).z);
    if ((bound & (bound - 1)) == 0 && ((all.owe | all.to) & ~bound) == 0)
        lint_report(l,
                    (report){TR_E_ONLY_BREACHER, plan->clause[all.first].span,
                             "Who is wronged hears nothing, and nobody else acts.",
                             "Name another actor who must act, or a recipient who is not bound.",
                             true},
                    &w, "the answer to a breach by %s is left to %s alone",
                    front_quote(plan->actor[w.actor].id).z, front_quote(plan->actor[w.actor].id).z);
}

/* A witness attests and signs nothing; a body is what its members make of it. */
static void check_power(lint *l, int32_t clause, int32_t actor)
{
    const tr_plan  *plan = &l->f->plan;
    const tr_actor *who = &plan->actor[actor];
    tr_witness      w = lint_witness(clause, -1);
    w.actor = actor;
    if (who->kind == TR_ACTOR_WITNESS)
        lint_report(l,
                    (report){TR_E_NO_POWER, plan->clause[clause].span,
                             "A witness attests the signatures and is bound by nothing.",
                             "Declare it as a guarantor, or name an actor who signs.", true},
                    &w, "%s is a witness, and clause %s makes it act", front_quote(who->id).z,
                    front_quote(plan->clause[clause].label).z);
    else if (who->kind == TR_ACTOR_BODY && who->members == 0)
        lint_report(l,
                    (report){TR_E_NO_POWER, plan->clause[clause].span,
                             "Nobody is said to sit in it, so nobody is bound by what it owes.",
                             "Write: body JC \"Joint Commission\" of A, B, G", true},
                    &w, "clause %s makes the body %s act, and its members are not stated",
                    front_quote(plan->clause[clause].label).z, front_quote(who->id).z);
}

/* A step that waits for a step of another ladder: what was said of one activation says nothing of
 * another, so its clock never starts. */
static void check_trigger(lint *l, int32_t clause)
{
    const tr_plan *plan = &l->f->plan;
    const tr_step *s = &plan->clause[clause].u.step;
    tr_witness     w = lint_witness(clause, s->zero_clause);
    if (s->zero_clause < 0 || plan->clause[s->zero_clause].u.step.on == s->on)
        return;
    lint_report(l,
                (report){TR_E_DEAD_TRIGGER, plan->clause[clause].span,
                         "The step that it waits for stands in the ladder of another threshold.",
                         "Let it count from activation, or from a step of its own ladder.", true},
                &w, "the clock of clause %s can never start",
                front_quote(plan->clause[clause].label).z);
}

void lint_graph(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    check_unanswered(l);
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_clause *c = &plan->clause[i];
        if (c->kind == TR_CLAUSE_THRESHOLD)
            check_ladder(l, i);
        if (c->kind == TR_CLAUSE_STEP) {
            check_power(l, i, c->u.step.actor);
            check_trigger(l, i);
        }
        for (int32_t a = 0; a < plan->actors; a++)
            if (owed_by(c) >> a & 1)
                check_power(l, i, a);
    }
}
