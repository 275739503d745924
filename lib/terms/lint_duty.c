/* lint_duty.c -- must and must not: the same actor, class, place and time.
 *
 * A duty whose act puts a class in a zone (keep, station, fly ...) against a prohibition of that
 * class there.  They contradict each other when they share an actor, a kind (bits) and a point
 * (geometry), and the prohibition binds from before the duty can be done until its deadline; then
 * whoever does the one breaks the other.  Acts that look at a class or end it (inspect, register,
 * withdraw, destroy) contradict nothing, and a word that is not known is taken for such.
 */
#include "terms/lint.h"

/* Verbs after which something of the class is in the zone. */
static bool brings(tr_str act)
{
    static const char *const verbs[] = {"keep",    "fly",     "commit", "station",    "deploy",
                                        "hold",    "place",   "fire",   "maintain",   "position",
                                        "move",    "patrol",  "base",   "install",    "store",
                                        "deliver", "operate", "land",   "concentrate"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (tr_str_is(act, verbs[i]))
            return true;
    return false;
}

/* When a duty can be done: [earliest, deadline]; the whole of time where that is open. */
static tr_span window_of(const tr_plan *plan, const tr_obligation *o)
{
    tr_span span = {plan->in_force, TR_TIME_MAX};
    if (o->finish.kind == TR_DUE_DATE)
        span.end = o->finish.date;
    else if (o->finish.kind == TR_DUE_WITHIN && o->finish.zero_clause < 0)
        span.end =
            tr_stretch_after(o->finish.zero == TR_ZERO_SIGNATURE ? plan->signature : plan->in_force,
                             o->finish.within, plan->tz);
    return span;
}

static bool permitted(const tr_plan *plan, const tr_prohibition *p)
{
    for (int32_t i = p->except; i < p->except + p->excepts; i++)
        if (plan->exception[i].permits)
            return true;
    return false;
}

static bool covers(tr_span all, tr_span part)
{
    return all.begin <= part.begin && all.end >= part.end && part.begin < part.end;
}

static void compare(lint *l, int32_t duty, int32_t term)
{
    const tr_plan        *plan = &l->f->plan;
    const tr_obligation  *o = &plan->clause[duty].u.obligation;
    const tr_prohibition *p = &plan->clause[term].u.prohibition;
    tr_span               span = window_of(plan, o);
    uint64_t              kinds = plan->class_[o->class_].kinds & plan->class_[p->class_].kinds;
    tr_witness            w = lint_witness(term, duty);
    if ((o->actors & p->actors) == 0 || kinds == 0 || p->once.atoms > 0 || p->needs.atoms > 0 ||
        permitted(plan, p) || !covers(lint_span(plan, p), span) ||
        !lint_common(l, o->zone, p->zone, &w.at))
        return;
    w.placed = true;
    w.actor = lint_first(o->actors & p->actors);
    w.kind = lint_first(kinds);
    w.on = span.begin;
    int32_t later = duty > term ? duty : term;
    lint_report(l,
                (report){TR_E_CONTRADICTION, plan->clause[later].span,
                         "Who keeps the one breaks the other.",
                         "Take the class, the zone or the time of one of them apart from the "
                         "other's, or write an exception.",
                         true},
                &w, "%s must %s %s by clause %s, and must not by clause %s",
                front_quote(plan->actor[w.actor].id).z, front_quote(o->act).z,
                tr_kind_name((tr_kind)w.kind), front_quote(plan->clause[duty].label).z,
                front_quote(plan->clause[term].label).z);
}

void lint_duties(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_obligation *o = &plan->clause[i].u.obligation;
        if (plan->clause[i].kind != TR_CLAUSE_OBLIGATION || o->class_ < 0 ||
            plan->act[o->act_at].seen || !plan->act[o->act_at].inside || !brings(o->act))
            continue;
        for (int32_t k = 0; k < plan->clauses; k++)
            if (plan->clause[k].kind == TR_CLAUSE_PROHIBITION)
                compare(l, i, k);
    }
}
