/* reading_measure.c -- a clause about an amount or about shares in plain words. */
#include "terms/reading.h"

static const tr_amount *amount_of(const tr_plan *plan, int32_t amount)
{
    return &plan->amount[amount];
}

static void put_amount(tr_out *out, const tr_plan *plan, int32_t amount, int64_t value)
{
    tr_put_value(out, value);
    tr_put(out, " %.*s", TR_FMT(amount_of(plan, amount)->unit));
}

static void read_bounds(tr_out *out, const tr_plan *plan, const tr_quantity *q)
{
    if (q->least == q->most) {
        tr_put(out, "exactly ");
        put_amount(out, plan, q->amount, q->least);
        return;
    }
    if (q->least != INT64_MIN) {
        tr_put(out, "no less than ");
        put_amount(out, plan, q->amount, q->least);
    }
    if (q->most != INT64_MAX) {
        tr_put(out, "%sno more than ", q->least != INT64_MIN ? " and " : "");
        put_amount(out, plan, q->amount, q->most);
    }
}

static void read_reports(tr_out *out, const tr_quantity *q)
{
    if (q->report.kind == TR_PERIOD_NONE)
        return;
    tr_put(out, "For every ");
    tr_put_period(out, &q->report);
    tr_put(out, " one %s value is owed", tr_basis_name(q->basis));
    tr_put(out, tr_basis_said(q->basis)
                    ? ", on record before that period is over; one that is missing or late then is "
                      "a breach of its own. "
                    : "; where one is missing, the period is not observed. ");
}

static void read_samples(tr_out *out, const tr_quantity *q)
{
    if (q->detect_ppm == 0)
        return;
    tr_put(out, "The inspections are to detect an excess of ");
    reading_percent(out, q->excess_ppm);
    tr_put(out, " with a probability of ");
    reading_percent(out, q->detect_ppm);
    tr_put(out, "; how many samples that takes is computed by a later version, and the verdict "
                "compares the values found. ");
}

static void read_term(tr_out *out, const tr_plan *plan, const tr_quantity *q)
{
    if (q->begin != TR_TIME_NONE) {
        tr_put(out, ", from ");
        reading_moment(out, plan, q->begin);
    }
    if (q->end != TR_TIME_MAX) {
        tr_put(out, ", until ");
        reading_moment(out, plan, q->end);
    }
    if (q->by != TR_TIME_NONE) {
        tr_put(out, ", summed up to ");
        reading_moment(out, plan, q->by);
    }
    if (q->sum && q->period.kind != TR_PERIOD_NONE) {
        tr_put(out, ", summed over every ");
        tr_put_period(out, &q->period);
    }
}

void read_quantity(tr_out *out, const tr_plan *plan, const tr_quantity *q)
{
    const tr_amount *amount = amount_of(plan, q->amount);
    reading_actors(out, plan, q->actors);
    tr_put(out, "%s must %s the %s %.*s (%.*s) %s ",
           __builtin_popcountll(q->actors) > 1 ? " each" : "", q->sum ? "provide" : "keep",
           tr_basis_name(q->basis), TR_FMT(amount->name), TR_FMT(amount->title),
           q->sum ? "of" : "at");
    read_bounds(out, plan, q);
    if (q->tolerance_ppm > 0) {
        tr_put(out, ", with a tolerance of ");
        reading_percent(out, q->tolerance_ppm);
    }
    read_term(out, plan, q);
    tr_put(out,
           ". Only %s values count, and a value breaches only when all of its range lies "
           "beyond. ",
           tr_basis_name(q->basis));
    read_reports(out, q);
    read_samples(out, q);
}

void read_share(tr_out *out, const tr_plan *plan, const tr_sharing *s)
{
    const tr_amount *amount = amount_of(plan, s->amount);
    reading_actors(out, plan, s->actors);
    tr_put(out, " must share %.*s (%.*s): ", TR_FMT(amount->name), TR_FMT(amount->title));
    for (int32_t i = 0; i < s->parts; i++) {
        tr_put(out, "%s", i ? ", " : "");
        reading_percent(out, s->part_ppm[i]);
        tr_put(out, " for ");
        tr_put_str(out, plan->actor[s->part_of[i]].name);
    }
    tr_put(out, ", over every ");
    tr_put_period(out, &s->period);
    if (s->tolerance_ppm > 0) {
        tr_put(out, ", each within ");
        reading_percent(out, s->tolerance_ppm);
        tr_put(out, " of the whole");
    }
    if (s->settled.days >= 0 || s->settled.ns > 0) {
        tr_put(out, ", settled within ");
        reading_stretch(out, s->settled);
        tr_put(out, " of its end");
    }
    tr_put(out, ". A period of which nothing is on record by then is a breach; one of which parts "
                "are missing is undetermined. ");
}

/* ---- duties that recur ---- */

static void read_trigger(tr_out *out, const tr_plan *plan, const tr_each *each)
{
    tr_str label = each->clause >= 0 ? plan->clause[each->clause].label : (tr_str){0};
    switch (each->kind) {
    case TR_EACH_REQUEST:
        tr_put(out, "each request for it");
        break;
    case TR_EACH_NOTICE:
        tr_put(out, "each notice");
        break;
    case TR_EACH_BREACH:
        tr_put(out, "each breach of \xC2\xA7%.*s", TR_FMT(label));
        break;
    case TR_EACH_FIRST_BREACH:
        tr_put(out, "the first breach of \xC2\xA7%.*s", TR_FMT(label));
        break;
    case TR_EACH_ACTIVE:
        tr_put(out, "each activation of \xC2\xA7%.*s", TR_FMT(label));
        break;
    default:
        tr_put(out, "each end of an activation of \xC2\xA7%.*s", TR_FMT(label));
        break;
    }
    if (each->by >= 0) {
        tr_put(out, " by ");
        tr_put_str(out, plan->actor[each->by].name);
    }
}

void read_each(tr_out *out, const tr_plan *plan, const tr_each *each)
{
    if (each->kind == TR_EACH_PERIOD) {
        tr_put(out, "every ");
        tr_put_period(out, &each->every);
        if (each->times > 1)
            tr_put(out, ", at least %d times", each->times);
    } else {
        tr_put(out, "within ");
        reading_stretch(out, each->within);
        tr_put(out, " of ");
        read_trigger(out, plan, each);
    }
    if (each->quota > 0) {
        tr_put(out, "; of the requests of every ");
        tr_put_period(out, &each->quota_every);
        tr_put(out, " the first %d bind, and what goes beyond is counted", each->quota);
    }
    if (each->target_ppm > 0) {
        tr_put(out, "; it is breached only when in a finished ");
        tr_put_period(out, &each->target_every);
        tr_put(out, " fewer than ");
        reading_percent(out, each->target_ppm);
        tr_put(out, " of the cases were kept");
    }
}

static tr_act_kind kind_of(const tr_plan *plan, tr_str act)
{
    for (int32_t i = 0; i < plan->acts; i++)
        if (tr_str_eq(plan->act[i].name, act))
            return plan->act[i].kind;
    return TR_ACT_PLAIN;
}

/* Steps of the ladder of that kind, that bind or that permit. */
static bool put_steps(tr_out *out, const tr_plan *plan, int32_t threshold, tr_act_kind kind,
                      bool must)
{
    bool any = false;
    for (int32_t c = 0; c < plan->clauses; c++) {
        const tr_step *step = &plan->clause[c].u.step;
        if (plan->clause[c].kind != TR_CLAUSE_STEP || step->on != threshold || step->must != must ||
            kind_of(plan, step->act) != kind)
            continue;
        tr_put(out, "%s", any ? ", " : must ? "owed by " : "permitted to ");
        tr_put_str(out, plan->actor[step->actor].name);
        tr_put(out, " (\xC2\xA7%.*s)", TR_FMT(plan->clause[c].label));
        any = true;
    }
    return any;
}

void read_responses(tr_out *out, const tr_plan *plan, int32_t threshold)
{
    bool stated = false;
    for (int32_t i = 0; i < plan->acts; i++)
        stated |= plan->act[i].kind != TR_ACT_PLAIN;
    if (!stated)
        return;
    tr_put(out, "Kinds of response: ");
    for (int k = TR_ACT_MILITARY; k < TR_ACT_KINDS; k++) {
        tr_put(out, "%s%s ", k > TR_ACT_MILITARY ? "; " : "", tr_act_kind_name((tr_act_kind)k));
        bool   owed = put_steps(out, plan, threshold, (tr_act_kind)k, true);
        tr_out may = *out;
        if (owed)
            tr_put(out, ", ");
        bool free_to = put_steps(out, plan, threshold, (tr_act_kind)k, false);
        if (owed && !free_to)
            out->buf.len = may.buf.len;
        if (!owed && !free_to)
            tr_put(out, "of nobody");
    }
    tr_put(out, ". ");
}
