/* standing.c -- why an amount, a share or a duty that recurs stands as it does, actor by actor, as
 * text: bindings, witnessing entries with their source and value, entries left out and why, and the
 * arithmetic of periods and deadlines.  Lists end after 40 lines with a count of the rest.
 */
#include "report/inside.h"

#include "base/time.h"

enum { LISTED = 40 };

typedef struct {
    tr_out        *out;
    tr_arena       at;
    const tr_view *view;
    const tr_plan *plan;
    int32_t        clause;
} standing;

static const tr_clause *clause_of(const standing *s)
{
    return &s->plan->clause[s->clause];
}

static const tr_obligation *recurring(const standing *s)
{
    const tr_clause *c = clause_of(s);
    return c->kind == TR_CLAUSE_OBLIGATION && c->u.obligation.each.kind != TR_EACH_NONE
               ? &c->u.obligation
               : NULL;
}

static int32_t amount_of(const standing *s)
{
    return clause_of(s)->kind == TR_CLAUSE_SHARE ? clause_of(s)->u.share.amount
                                                 : clause_of(s)->u.quantity.amount;
}

static void put_moment(const standing *s, const char *before, tr_time t)
{
    tr_put(s->out, "%s", before);
    if (t == TR_TIME_NONE || t == TR_TIME_MAX)
        tr_put(s->out, "never");
    else
        put_both(s->out, t, s->plan->tz);
}

/* ---- bindings ---- */

static void put_limit(const standing *s, const char *word, int64_t bound, int64_t widened)
{
    tr_put(s->out, "; %s ", word);
    tr_put_value(s->out, bound);
    if (widened == bound)
        return;
    tr_put(s->out, ", with the tolerance ");
    tr_put_value(s->out, widened);
}

static void bind_quantity(const standing *s)
{
    const tr_quantity *q = &clause_of(s)->u.quantity;
    int64_t            least, most;
    tr_quantity_bounds(q, &least, &most);
    tr_put(s->out, "  actors ");
    put_actors(s->out, s->plan, q->actors);
    tr_put(s->out, "; amount %.*s in %.*s, %s", TR_FMT(s->plan->amount[q->amount].name),
           TR_FMT(s->plan->amount[q->amount].unit), tr_basis_name(q->basis));
    if (q->least != INT64_MIN)
        put_limit(s, "at least", q->least, least);
    if (q->most != INT64_MAX)
        put_limit(s, "at most", q->most, most);
    tr_put_char(s->out, '\n');
}

static void bind_share(const standing *s)
{
    const tr_sharing *share = &clause_of(s)->u.share;
    tr_put(s->out, "  amount %.*s in %.*s; parts ", TR_FMT(s->plan->amount[share->amount].name),
           TR_FMT(s->plan->amount[share->amount].unit));
    for (int32_t i = 0; i < share->parts; i++) {
        tr_put(s->out, "%s%.*s ", i ? ", " : "", TR_FMT(s->plan->actor[share->part_of[i]].id));
        put_percent(s->out, share->part_ppm[i], 1000000);
    }
    tr_put(s->out, "; tolerance ");
    put_percent(s->out, share->tolerance_ppm, 1000000);
    tr_put_char(s->out, '\n');
}

/* ---- values ---- */

static void put_range(const standing *s, int64_t low, int64_t best, int64_t high)
{
    tr_put_value(s->out, best);
    if (low == high)
        return;
    tr_put(s->out, " [");
    tr_put_value(s->out, low);
    tr_put(s->out, ", ");
    if (high == INT64_MAX)
        tr_put(s->out, "no upper bound]");
    else {
        tr_put_value(s->out, high);
        tr_put_char(s->out, ']');
    }
}

static void put_author(const standing *s, const tr_deed *deed)
{
    tr_arena at = s->at;
    tr_str   source = tr_mission_deed_source(s->view->mission, &at, deed);
    if (source.len > 0) {
        tr_put(s->out, "source ");
        put_source_text(s->out, source);
    } else if (deed->who >= 0)
        tr_put(s->out, "%.*s", TR_FMT(s->plan->actor[deed->who].id));
    else
        tr_put(s->out, "said for another");
}

static void put_value(const standing *s, const tr_deed *deed)
{
    tr_put(s->out, "  entry %lld%s, ", (long long)deed->entry,
           deed->body != 0 ? " as corrected" : "");
    put_author(s, deed);
    tr_put(s->out, ", %s ", tr_basis_name((tr_basis)deed->basis));
    put_range(s, deed->low, deed->best, deed->high);
    tr_put(s->out, " %.*s", TR_FMT(s->plan->amount[deed->amount].unit));
    if (deed->part >= 0)
        tr_put(s->out, " of %.*s", TR_FMT(s->plan->actor[deed->part].id));
    put_moment(s, "\n    as of ", deed->on);
    put_moment(s, "\n    recorded ", deed->told);
    tr_put_char(s->out, '\n');
}

/* All of the amount, those that count or those that do not. */
static void put_values(const standing *s, int32_t actor, bool counting)
{
    int32_t shown = 0, amount = amount_of(s);
    for (int32_t i = 0; i < s->plan->deeds; i++) {
        const tr_deed *deed = &s->plan->deed[i];
        if (deed->amount != amount ||
            (deed->kind != TR_DEED_DECLARATION && deed->kind != TR_DEED_MEASUREMENT))
            continue;
        tr_value_use use =
            tr_value_used(s->at, s->plan, s->clause, actor, i, tr_mission_now(s->view->mission));
        if ((use == TR_VALUE_COUNTS) != counting || shown++ >= LISTED)
            continue;
        put_value(s, deed);
        if (use != TR_VALUE_COUNTS)
            tr_put(s->out, "    left out: %s\n", tr_value_use_text(use));
    }
    if (shown > LISTED)
        tr_put(s->out, "  and %d more\n", shown - LISTED);
    if (shown == 0)
        tr_put(s->out, "  none\n");
}

static void put_witnesses(const standing *s, int32_t actor)
{
    if (for_public(s->view)) {
        tr_put(s->out, "\nWitnessed by\n  entries and observers are not shown to the public\n");
        return;
    }
    tr_put(s->out, "\nWitnessed by\n");
    put_values(s, actor, true);
    tr_put(s->out, "\nConsidered and left out\n");
    put_values(s, actor, false);
}

/* ---- clocks ---- */

static void put_counts(const standing *s, const tr_reckoning *r)
{
    if (r->owed > 0 || r->open > 0)
        tr_put(s->out, "  periods: %d owed, %d kept, %d missed, %d missing, %d open\n", r->owed,
               r->kept, r->missed, r->missing, r->open);
}

/* "period 3: begin + month -> ends" */
static void put_running(const standing *s, const tr_period *period, tr_time start,
                        const tr_stretch *settled)
{
    tr_time now = tr_mission_now(s->view->mission);
    if (period->kind == TR_PERIOD_NONE || start == TR_TIME_NONE || now < start)
        return;
    int64_t number = tr_period_at(period, start, now, s->plan->tz);
    tr_time end = tr_period_begin(period, start, number + 1, s->plan->tz);
    tr_put(s->out, "  period %lld from ", (long long)number + 1);
    put_both(s->out, tr_period_begin(period, start, number, s->plan->tz), s->plan->tz);
    tr_put(s->out, " + ");
    tr_put_period(s->out, period);
    put_moment(s, " -> ends ", end);
    if (settled && stretch_stated(*settled)) {
        tr_put(s->out, " + ");
        put_stretch(s->out, *settled);
        put_moment(s, " -> due ", tr_stretch_after(end, *settled, s->plan->tz));
    }
    tr_put_char(s->out, '\n');
}

static void put_amount_clocks(const standing *s, const tr_reckoning *r)
{
    const tr_clause *c = clause_of(s);
    tr_put(s->out, "\nClocks\n");
    put_counts(s, r);
    if (c->kind == TR_CLAUSE_SHARE) {
        put_running(s, &c->u.share.period, s->plan->in_force, &c->u.share.settled);
    } else {
        const tr_quantity *q = &c->u.quantity;
        tr_time            start = q->begin != TR_TIME_NONE ? q->begin : s->plan->in_force;
        put_running(s, q->report.kind != TR_PERIOD_NONE ? &q->report : &q->period, start, NULL);
        if (q->by != TR_TIME_NONE)
            put_moment(s, "  in time up to and on ", q->by), tr_put_char(s->out, '\n');
    }
    if (r->since != TR_TIME_NONE)
        put_moment(s, "  against it since ", r->since), tr_put_char(s->out, '\n');
    put_moment(s, "  next due ", r->due);
    tr_put_char(s->out, '\n');
}

static void put_newest(const standing *s, const tr_reckoning *r)
{
    if (r->low == INT64_MIN)
        return;
    tr_put(s->out, clause_of(s)->u.quantity.sum ? "; the sum " : "; newest ");
    put_range(s, r->low, r->best, r->high);
    tr_put(s->out, " %.*s", TR_FMT(s->plan->amount[amount_of(s)].unit));
    if (r->against >= 0 && !for_public(s->view))
        tr_put(s->out, "; first beyond its bounds: entry %lld", (long long)r->against);
}

static void put_amount(const standing *s)
{
    tr_reckonings list;
    standing      part = *s;
    tr_mission_reckonings(s->view->mission, &part.at, s->clause, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_reckoning *r = &list.at[i];
        tr_put(s->out, "\n%.*s: %s", TR_FMT(s->plan->actor[r->actor].id), r->state);
        if (clause_of(s)->kind == TR_CLAUSE_QUANTITY)
            put_newest(&part, r);
        tr_put_char(s->out, '\n');
        put_witnesses(&part, r->actor);
        put_amount_clocks(&part, r);
    }
}

/* ---- duties that recur ---- */

static void put_instance(const standing *s, const tr_obligation *o, const tr_owed *one)
{
    if (o->each.kind == TR_EACH_PERIOD)
        tr_put(s->out, "  period %s", one->key);
    else if (for_public(s->view) || one->entry < 0)
        tr_put(s->out, "  %s", for_public(s->view) ? "one" : one->key);
    else
        tr_put(s->out, "  entry %s", one->key);
    tr_put(s->out, ": %s\n    ", tr_duty_state_name(one->state));
    put_both(s->out, one->zero, s->plan->tz);
    tr_put(s->out, " + ");
    if (o->each.kind == TR_EACH_PERIOD)
        tr_put_period(s->out, &o->each.every);
    else
        put_stretch(s->out, o->each.within);
    put_moment(s, " -> due ", one->due);
    put_moment(s, "\n    done ", one->done);
    if (o->each.kind == TR_EACH_PERIOD && o->each.times > 1)
        tr_put(s->out, ", %d of %d times", one->times, o->each.times);
    if (one->refusals > 0)
        tr_put(s->out, ", refused %d time%s", one->refusals, one->refusals == 1 ? "" : "s");
    tr_put_char(s->out, '\n');
}

static bool listed(const tr_owed_list *list, int64_t entry)
{
    for (ptrdiff_t i = 0; i < list->len; i++)
        if (list->at[i].entry == entry)
            return true;
    return false;
}

/* Why a request to the actor brings nothing about. */
static const char *not_bound(const tr_obligation *o, const tr_deed *deed)
{
    return deed->retracted > 0         ? "it was taken back, or corrected"
           : deed->act != o->act_at    ? "it asks for something else"
           : deed->told == TR_TIME_MAX ? "no tick stood before it"
           : o->each.by >= 0 && deed->who != o->each.by
               ? "it was not asked by the one whom the clause names"
               : "it is beyond the quota of its period";
}

static void put_requests_left_out(const standing *s, const tr_obligation *o, int32_t actor,
                                  const tr_owed_list *list)
{
    int32_t shown = 0;
    tr_put(s->out, "\nConsidered and left out\n");
    for (int32_t i = 0; i < s->plan->deeds; i++) {
        const tr_deed *deed = &s->plan->deed[i];
        if (deed->kind != TR_DEED_REQUEST || !(deed->to >> actor & 1) ||
            (deed->retracted == 0 && listed(list, deed->entry)) || shown++ >= LISTED)
            continue;
        tr_put(s->out, "  request at entry %lld by ", (long long)deed->entry);
        put_author(s, deed);
        tr_put(s->out, ": %s\n", not_bound(o, deed));
    }
    if (shown > LISTED)
        tr_put(s->out, "  and %d more\n", shown - LISTED);
    if (shown == 0)
        tr_put(s->out, "  none\n");
}

/* Answers about one instance: access that was granted, denied or something between. */
static void put_answers(const standing *s, const tr_owed *one, int32_t actor)
{
    static const char *const answers[] = {"granted", "denied", "delayed", "conditional",
                                          "threatened"};
    for (int32_t i = 0; i < s->plan->deeds && one->entry >= 0; i++) {
        const tr_deed *deed = &s->plan->deed[i];
        if (deed->kind != TR_DEED_ACCESS || deed->about != one->entry || deed->who != actor ||
            deed->what < 0)
            continue;
        tr_put(s->out, "    entry %lld: access %s", (long long)deed->entry, answers[deed->what]);
        put_moment(s, " ", deed->on);
        tr_put(s->out, "%s\n",
               deed->retracted > 0 ? "; left out: it was taken back, or corrected"
               : deed->on > tr_mission_now(s->view->mission) ? "; left out: after the last tick"
                                                             : "");
    }
}

static void put_owed_of(const standing *s, const tr_obligation *o, int32_t actor)
{
    standing     part = *s;
    tr_owed_list list;
    tr_owed_sum  sum;
    tr_mission_owed(s->view->mission, &part.at, s->clause, actor, &list, &sum);
    tr_put(s->out, "\n%.*s: %s\n\nClocks\n", TR_FMT(s->plan->actor[actor].id),
           tr_duty_state_name(sum.state));
    for (ptrdiff_t i = 0; i < list.len && i < LISTED; i++) {
        put_instance(&part, o, &list.at[i]);
        if (!for_public(s->view))
            put_answers(&part, &list.at[i], actor);
    }
    if (sum.owed > list.len || list.len > LISTED)
        tr_put(s->out, "  and %lld more\n",
               (long long)sum.owed - (list.len < LISTED ? list.len : LISTED));
    tr_put(s->out, "  %d owed = %d kept + %d missed + %d missing + %d open\n", sum.owed, sum.kept,
           sum.missed, sum.missing, sum.open);
    if (o->each.quota > 0)
        tr_put(s->out, "  left out: %d beyond the quota of %d, which do not bind\n", sum.beyond,
               o->each.quota);
    if (o->each.target_ppm > 0)
        tr_put(s->out, "  target: %d of %d periods below it\n", sum.below, sum.periods);
    put_moment(s, "  next due ", sum.due);
    tr_put_char(s->out, '\n');
    if (o->each.kind == TR_EACH_REQUEST && !for_public(s->view))
        put_requests_left_out(&part, o, actor, &list);
}

/* ---- whole ---- */

bool put_standing_bindings(tr_out *out, tr_arena at, const tr_view *view, int32_t clause)
{
    standing s = {out, at, view, plan_of(view), clause};
    if (clause_of(&s)->kind == TR_CLAUSE_QUANTITY)
        bind_quantity(&s);
    else if (clause_of(&s)->kind == TR_CLAUSE_SHARE)
        bind_share(&s);
    else
        return false;
    return true;
}

void put_standing(tr_out *out, tr_arena at, const tr_view *view, int32_t clause)
{
    standing             s = {out, at, view, plan_of(view), clause};
    const tr_obligation *o = recurring(&s);
    if (clause_of(&s)->kind == TR_CLAUSE_QUANTITY || clause_of(&s)->kind == TR_CLAUSE_SHARE)
        put_amount(&s);
    for (int32_t a = 0; o && a < s.plan->actors; a++)
        if (o->actors >> a & 1)
            put_owed_of(&s, o, a);
}
