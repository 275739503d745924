/* reading_when.c -- conditions and what they drive, in plain words. */
#include "terms/reading.h"

static void put_label(tr_out *out, const tr_plan *plan, int32_t clause)
{
    tr_put(out, "\xC2\xA7%.*s", TR_FMT(plan->clause[clause].label));
}

static void put_labels(tr_out *out, const tr_plan *plan, const int32_t *list, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        tr_put(out, "%s", i == 0 ? "" : i + 1 < count ? ", " : " and ");
        put_label(out, plan, list[i]);
    }
}

static void put_breach_of(tr_out *out, const tr_plan *plan, int32_t clause, int32_t actor)
{
    tr_put(out, "breach of ");
    put_label(out, plan, clause);
    if (actor >= 0) {
        tr_put(out, " by ");
        tr_put_str(out, plan->actor[actor].name);
    }
}

static void put_ratifies(tr_out *out, const tr_plan *plan, const tr_atom *atom)
{
    static const char *const done[] = {"signed", "ratified", "deposited its instrument", "acceded",
                                       "withdrawn"};
    tr_put_str(out, plan->actor[atom->actor].name);
    tr_put(out, " has%s %s", atom->negated ? " not" : "", done[atom->act]);
    if (atom->organ >= 0)
        tr_put(out, " by \"%.*s\"", TR_FMT(plan->organ[atom->organ]));
}

static void put_atom(tr_out *out, const tr_plan *plan, const tr_atom *atom)
{
    const char *is = atom->negated ? " is not " : " is ";
    switch (atom->kind) {
    case TR_WHEN_IN_BREACH:
        tr_put_str(out, plan->actor[atom->actor].name);
        tr_put(out, "%sin breach of ", is);
        put_label(out, plan, atom->clause);
        break;
    case TR_WHEN_ACTIVE:
    case TR_WHEN_ENDED:
    case TR_WHEN_FULFILLED:
        put_label(out, plan, atom->clause);
        tr_put(out, "%s%s", is,
               atom->kind == TR_WHEN_ACTIVE  ? "active"
               : atom->kind == TR_WHEN_ENDED ? "ended"
                                             : "fulfilled");
        break;
    case TR_WHEN_BREACH:
        tr_put(out, atom->negated ? "there was no " : "there was a ");
        put_breach_of(out, plan, atom->clause, atom->actor);
        if (atom->clause2 >= 0) {
            tr_put(out, " before any ");
            put_breach_of(out, plan, atom->clause2, atom->actor2);
        }
        break;
    case TR_WHEN_RATIFIES:
        put_ratifies(out, plan, atom);
        break;
    case TR_WHEN_AFTER:
    case TR_WHEN_BEFORE:
        tr_put(out, "it%s%s ", is, atom->kind == TR_WHEN_AFTER ? "after" : "before");
        reading_moment(out, plan, atom->moment);
        break;
    }
}

void tr_put_condition(tr_out *out, const tr_plan *plan, const tr_when *when)
{
    for (int32_t i = 0; i < when->atoms; i++) {
        tr_put(out, "%s", i > 0 ? " and " : "");
        put_atom(out, plan, &when->atom[i]);
    }
}

void read_force(tr_out *out, const tr_plan *plan, const tr_force *force)
{
    tr_put(out, "The agreement enters into force at the first moment at which ");
    tr_put_condition(out, plan, &force->when);
    tr_put(out, ". A consent that is withdrawn is none. ");
    if (!force->lapses)
        return;
    tr_put(out, "If that has not come within ");
    reading_stretch(out, force->lapse);
    tr_put(out, " of the signature, the agreement has lapsed for good. ");
}

static void put_targets(tr_out *out, const tr_plan *plan, const tr_effect *e)
{
    if (e->whole)
        tr_put(out, "The whole agreement");
    else
        put_labels(out, plan, e->of, e->ofs);
    if (e->actors) {
        tr_put(out, " for ");
        reading_actors(out, plan, e->actors);
    }
    tr_put(out, e->ofs > 1 ? " are" : " is");
}

static void read_exchange(tr_out *out, const tr_plan *plan, const tr_effect *e)
{
    put_labels(out, plan, e->of, e->ofs);
    tr_put(out, " %s exchanged for ", e->ofs > 1 ? "are" : "is");
    put_labels(out, plan, e->with, e->withs);
    tr_put(out, ": each counts as fulfilled only when all of them have been performed. ");
}

void read_effect(tr_out *out, const tr_plan *plan, const tr_effect *e)
{
    static const char *const what[] = {" suspended", " terminated",
                                       " void, as if it had never been,",
                                       " lifted", "", ""};
    if (e->kind == TR_EFFECT_EXCHANGES) {
        read_exchange(out, plan, e);
        return;
    }
    put_targets(out, plan, e);
    if (e->kind == TR_EFFECT_NEEDS)
        tr_put(out, " not in force before ");
    else
        tr_put(out, "%s %s ", what[e->kind],
               e->passing                        ? "while"
               : e->kind == TR_EFFECT_SUSPENDS   ? "from the first moment at which"
               : e->kind == TR_EFFECT_TERMINATES ? "for good from the first moment at which"
               : e->kind == TR_EFFECT_LIFTS      ? "from when"
                                                 : "once");
    tr_put_condition(out, plan, &e->when);
    if (e->kind == TR_EFFECT_LIFTS) {
        tr_put(out, ", and in force again from when ");
        tr_put_condition(out, plan, &e->back);
    }
    tr_put(out, ". ");
    if (e->kind == TR_EFFECT_SUSPENDS)
        tr_put(out, e->clock_stops
                        ? "Clocks stop: deadlines move by as long as it lasts before them. "
                        : "Clocks run: what falls due meanwhile is due when it ends. ");
}

void read_milestone(tr_out *out, const tr_plan *plan, const tr_milestone *m)
{
    tr_put(out, "The milestone \"%.*s\" is reached at the first moment at which ",
           TR_FMT(m->title));
    tr_put_condition(out, plan, &m->when);
    if (m->by != TR_TIME_NONE) {
        tr_put(out, "; it is missed when that has not come by ");
        reading_moment(out, plan, m->by);
    }
    tr_put(out, ". ");
}

void read_binding(tr_out *out, const tr_plan *plan, const tr_when *once, const tr_when *needs)
{
    if (once->atoms > 0) {
        tr_put(out, "It binds from the first moment at which ");
        tr_put_condition(out, plan, once);
        tr_put(out, ". ");
    }
    if (needs->atoms > 0) {
        tr_put(out, "It is in force only while ");
        tr_put_condition(out, plan, needs);
        tr_put(out, ". ");
    }
}

void read_group(tr_out *out, const tr_plan *plan, const tr_clause *clause)
{
    if (clause->group == 0)
        return;
    tr_put(out, "It is a duty of ");
    tr_put_str(out, plan->actor[clause->group - 1].name);
    tr_put(out, ", and binds who acts for it only while that one is a member. ");
}

void read_decided(tr_out *out, const tr_plan *plan, const tr_threshold *t)
{
    if (t->decided_by == 0)
        return;
    tr_put(out, "Beside what is computed stands whether it is declared active by ");
    reading_actors(out, plan, t->decided_by);
    tr_put(out, ", due within ");
    reading_stretch(out, t->decided_within);
    tr_put(out, " of the activation; neither replaces the other. ");
}
