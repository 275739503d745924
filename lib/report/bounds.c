/* bounds.c -- memory and work of each clause, derived from the plan. */
#include "report/bounds.h"

#include "fuse/fuse.h"
#include "verify/steps.h"

enum { SETS = 3, ENDS = 2, INSTANTS = SETS * ENDS };

/* A condition counts what another counts when only bound and set differ: they share their lists. */
static bool same_series(const tr_plan *plan, const tr_condition *a, const tr_condition *b)
{
    return plan->counting[a->counting].rule == plan->counting[b->counting].rule && a->of == b->of &&
           a->zone == b->zone && a->by == b->by && a->kinds == b->kinds &&
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
        count += k == i;
    }
    return count;
}

static int64_t zone_corners(const tr_plan *plan, int32_t zone)
{
    int64_t corners = 0;
    if (zone < 0 || plan->zone[zone].zone.shape == TR_ZONE_BOX)
        return 0;
    const tr_zone *z = &plan->zone[zone].zone;
    if (z->shape == TR_ZONE_NEAR_LINE)
        return z->line->corners;
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
    tr_put_char(out, '\n');
}

static void put_clause(tr_out *out, const tr_plan *plan, const tr_clause *c)
{
    tr_put(out, "\n\xC2\xA7%.*s", TR_FMT(c->label));
    if (c->article.len > 0)
        tr_put(out, " (%.*s)", TR_FMT(c->article));
    tr_put_char(out, '\n');
    if (c->kind == TR_CLAUSE_PROHIBITION)
        put_prohibition(out, plan, &c->u.prohibition);
    else if (c->kind == TR_CLAUSE_THRESHOLD)
        put_threshold(out, plan, &c->u.threshold);
    else if (c->kind == TR_CLAUSE_STEP)
        put_step(out, plan, &c->u.step);
    else if (c->kind == TR_CLAUSE_OBLIGATION)
        put_obligation(out, plan, &c->u.obligation);
    else if (c->kind == TR_CLAUSE_STATED)
        tr_put(out, "  stated only: nothing is evaluated\n");
    else
        tr_put(out, "  not derived for a clause of this sort\n");
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
    for (int32_t i = 0; i < plan->clauses; i++)
        put_clause(out, plan, &plan->clause[i]);
}
