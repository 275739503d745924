/* bounds.c -- memory and work of each clause, derived from the plan. */
#include "report/bounds.h"

#include <stdio.h>

#include "fuse/fuse.h"
#include "terms/tools.h"
#include "verify/place.h"
#include "verify/steps.h"

enum { SETS = 3, ENDS = 2, INSTANTS = SETS * ENDS };

/* A condition counts what another counts when only bound and set differ: they share their lists. */
static bool same_series(const tr_plan *plan, const tr_condition *a, const tr_condition *b)
{
    return plan->counting[a->counting].rule == plan->counting[b->counting].rule && a->of == b->of &&
           a->zone == b->zone && a->per == b->per && a->by == b->by && a->kinds == b->kinds &&
           a->window.days == b->window.days &&
           (a->window.days >= 0 || a->window.ns == b->window.ns);
}

static const tr_condition *condition_at(const tr_threshold *t, int32_t i)
{
    return i < t->ons ? &t->on[i] : &t->off[i - t->ons];
}

static int serieses(const tr_plan *plan, const tr_threshold *t)
{
    int count = 0;
    for (int32_t i = 0; i < t->ons + t->offs; i++) {
        int32_t k = 0;
        while (k < i && !same_series(plan, condition_at(t, i), condition_at(t, k)))
            k++;
        if (k == i)
            count += condition_at(t, i)->per ? tr_sectors(plan, condition_at(t, i)->per - 1) : 1;
    }
    return count;
}

/* Each zone that it is made of is compared once. */
static int64_t made_corners(const tr_plan *plan, const tr_plan_zone *zone)
{
    int64_t corners = 0;
    bool    need[TR_ZONES] = {0};
    need[zone - plan->zone] = true;
    for (int32_t i = (int32_t)(zone - plan->zone); i >= 0; i--) {
        const tr_plan_zone *one = &plan->zone[i];
        for (int32_t k = 0; need[i] && k < one->ofs; k++)
            if (one->of[k] >= 0)
                need[one->of[k]] = true;
        for (int32_t k = 0; need[i] && k < one->parts; k++)
            for (int32_t v = 0; v < plan->line[one->part[k].line].versions; v++)
                corners += one->part[k].zone[v].line->corners;
        if (need[i] && one->zone.shape == TR_ZONE_NEAR_LINE)
            corners += one->zone.line->corners;
        for (int32_t k = 0; need[i] && one->zone.shape == TR_ZONE_RINGS && k < one->zone.rings; k++)
            corners += one->zone.ring[k].corners;
    }
    return corners;
}

static int64_t zone_corners(const tr_plan *plan, int32_t zone)
{
    int64_t corners = 0;
    if (zone < 0 || plan->zone[zone].zone.shape == TR_ZONE_BOX)
        return 0;
    const tr_zone      *z = &plan->zone[zone].zone;
    const tr_plan_zone *made = &plan->zone[zone];
    if (z->shape == TR_ZONE_NEAR_LINE)
        return z->line->corners;
    if (z->shape == TR_ZONE_MADE)
        return made_corners(plan, made);
    for (int32_t i = 0; i < z->rings; i++)
        corners += z->ring[i].corners;
    return corners;
}

static void put_zone_cost(tr_out *out, const tr_plan *plan, int32_t zone)
{
    int64_t corners = zone_corners(plan, zone);
    if (corners == 0)
        tr_put(out, "a place is compared with a box");
    else
        tr_put(out, "a place is compared with at most %lld corners of %.*s", (long long)corners,
               TR_FMT(plan->zone[zone].zone.name));
}

static void put_prohibition(tr_out *out, const tr_plan *plan, const tr_prohibition *p)
{
    tr_put(out, "  memory  none of its own: a finding is worked out again from its incident\n"
                "  work    constant for each incident and look; ");
    put_zone_cost(out, plan, p->zone);
    tr_put(out, "\n          a list of its findings passes once over all incidents\n");
}

static void put_window(tr_out *out, const tr_condition *c)
{
    if (c->window.days >= 0)
        tr_put(out, "%lld calendar days", (long long)c->window.days);
    else
        tr_put(out, "%lld hours", (long long)(c->window.ns / TR_HOUR));
}

static void put_threshold(tr_out *out, const tr_plan *plan, const tr_threshold *t)
{
    int    n = serieses(plan, t);
    size_t settled = (size_t)n * INSTANTS * sizeof(tr_step_point);
    tr_put(out,
           "  counts  %d condition%s to start, %d to end, in %d count%s kept; windows:", t->ons,
           t->ons == 1 ? "" : "s", t->offs, n, n == 1 ? "" : "s");
    for (int32_t i = 0; i < t->ons + t->offs; i++) {
        tr_put(out, "%s", i > 0 ? ", " : " ");
        put_window(out, condition_at(t, i));
    }
    tr_put(
        out,
        "\n  memory  for each item counted at most %d instants of %zu bytes a count: %zu bytes,\n"
        "          twice that where blocks of %d stand half full after a cut, and as much again\n"
        "          while items wait to be merged in\n"
        "          grows with all items ever counted, not with the window: the past stays open\n"
        "          to correction\n",
        INSTANTS, sizeof(tr_step_point), settled, TR_STEPS_BLOCK);
    tr_put(
        out,
        "  work    an item in order of time: O(log k) in a batch of k, for each count kept (%d);\n"
        "          ",
        n);
    put_zone_cost(out, plan, t->on[0].zone);
    tr_put(out,
           "\n          an item out of order: one block of at most %d instants for each of its\n"
           "          instants, and one pass over the sums of all blocks (n items: about n/%d\n"
           "          blocks a list)\n",
           TR_STEPS_BLOCK, TR_STEPS_BLOCK / 2 / ENDS);
    if (t->late == TR_LATE_AS_KNOWN)
        tr_put(out, "          a look at a tick: O(log n) for each condition\n");
    else
        tr_put(out, "          a look at a tick: the timeline from the earliest instant that "
                    "changed, O(log n)\n          where nothing did; a fact that is d late "
                    "re-examines d and one window after it\n");
}

static int ladder_steps(const tr_plan *plan, int32_t threshold)
{
    int steps = 0;
    for (int32_t i = 0; i < plan->clauses; i++)
        steps += plan->clause[i].kind == TR_CLAUSE_STEP && plan->clause[i].u.step.on == threshold;
    return steps;
}

static void put_step(tr_out *out, const tr_plan *plan, const tr_step *s)
{
    tr_put(
        out,
        "  memory  none of its own: its state follows from the activation and the responses\n"
        "  work    for each activation and look, one pass over the responses to it (r of them);\n"
        "          the %d steps of the ladder together at most %d x r\n",
        ladder_steps(plan, s->on), ladder_steps(plan, s->on));
}

static void put_obligation(tr_out *out, const tr_plan *plan, const tr_obligation *o)
{
    int owed = __builtin_popcountll(o->actors);
    tr_put(out,
           "  memory  none of its own: its state follows from the responses and what was seen\n"
           "  work    for each look, one pass over all responses for each of its actors (%d)",
           owed);
    if (plan->act[o->act_at].seen)
        tr_put(out, ",\n          one over all incidents, and a sweep over all spans of watching; "
                    "a sweep\n          costs O(s log s) for s spans");
    if (o->each.kind != TR_EACH_NONE)
        tr_put(out, ",\n          and one over the times that it was owed, r of them, with the "
                    "responses: O(r log r)");
    tr_put_char(out, '\n');
}

static void put_atoms(tr_out *out, int32_t atoms, const char *what)
{
    tr_put(out,
           "  memory  none of its own: it follows from other clauses and from what was recorded\n"
           "  work    for each look, %s; each of its %d conditions asks the state of one\n"
           "          clause, or passes once over the recorded acts of bodies (at most %d)\n",
           what, atoms, TR_ATOMS);
}

static void put_effect(tr_out *out, const tr_effect *e)
{
    char what[80];
    snprintf(what, sizeof what, "one mark on each of %d clauses", e->ofs + e->withs);
    put_atoms(out, e->when.atoms + e->back.atoms, what);
}

/* Of values declared or measured: v of the amount, p periods so far. */
static void put_values(tr_out *out, int owed, const char *each)
{
    tr_put(out,
           "  memory  none of its own: its periods are worked out again from the values recorded\n"
           "  work    for each look and each of %d %s, one sort of the v values of the amount,\n"
           "          O(v log v), and one pass over the p periods so far, O(p + v)\n",
           owed, each);
}

static void put_body(tr_out *out, const tr_plan *plan, const tr_clause *c)
{
    switch (c->kind) {
    case TR_CLAUSE_PROHIBITION:
        put_prohibition(out, plan, &c->u.prohibition);
        break;
    case TR_CLAUSE_THRESHOLD:
        put_threshold(out, plan, &c->u.threshold);
        break;
    case TR_CLAUSE_STEP:
        put_step(out, plan, &c->u.step);
        break;
    case TR_CLAUSE_OBLIGATION:
        put_obligation(out, plan, &c->u.obligation);
        break;
    case TR_CLAUSE_QUANTITY:
        put_values(out, __builtin_popcountll(c->u.quantity.actors), "actors");
        break;
    case TR_CLAUSE_SHARE:
        put_values(out, c->u.share.parts, "parts");
        break;
    case TR_CLAUSE_FORCE:
        put_atoms(out, c->u.force.when.atoms, "one moment kept for the agreement");
        break;
    case TR_CLAUSE_EFFECT:
        put_effect(out, &c->u.effect);
        break;
    case TR_CLAUSE_MILESTONE:
        put_atoms(out, c->u.milestone.when.atoms, "one moment");
        break;
    case TR_CLAUSE_PERMISSION:
        tr_put(out, "  memory  none of its own\n"
                    "  work    as an exception of the clauses that it opens: one pass over the\n"
                    "          notices, plans and contacts for each incident\n");
        break;
    case TR_CLAUSE_STATED:
        tr_put(out, "  memory  none of its own\n  work    none: nothing is verified\n");
        break;
    }
}

static void put_clause(tr_out *out, const tr_plan *plan, const tr_clause *c)
{
    tr_put(out, "\n\xC2\xA7%.*s", TR_FMT(c->label));
    if (c->article.len > 0)
        tr_put(out, " (%.*s)", TR_FMT(c->article));
    tr_put_char(out, '\n');
    put_body(out, plan, c);
}

void tr_put_bounds(tr_out *out, const tr_plan *plan)
{
    tr_put(out, "%.*s %.*s: %d clauses\n", TR_FMT(plan->title), TR_FMT(plan->version),
           plan->clauses);
    tr_put(out,
           "Of every clause together: each item recorded takes %zu bytes as an observation and %zu "
           "as an\nincident, beside its texts, its hash and its place in the index. The number of "
           "items is bounded by\nwhat the record takes in, not by the agreement. To compile: at "
           "most 64 times the text and its\nfiles, and 1 MiB; this text is %lld bytes.\n",
           sizeof(tr_obs), sizeof(tr_incident), (long long)plan->text.len);
    for (int32_t i = 0; i < plan->parameters; i++) {
        tr_put(out, "%s", i == 0 ? "\n" : "");
        tr_put_parameter(out, &plan->parameter[i]);
        tr_put_char(out, '\n');
    }
    for (int32_t i = 0; i < plan->clauses; i++)
        put_clause(out, plan, &plan->clause[i]);
}
