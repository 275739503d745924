/* explain.c -- reasons, and the least change that flips (explain.h). */
#include "verify/explain.h"

#include "verify/daily.h"
#include "verify/halt.h"
#include "verify/judge.h"
#include "verify/place.h"

/* ---- a finding ---- */

static void put_part(tr_finding_reasons *reasons, tr_why part, tr_judgement judgement, int64_t has,
                     int64_t needs)
{
    reasons->part[reasons->parts++] =
        (tr_finding_part){part, judgement.in, judgement.why, has, needs};
    reasons->limits += judgement.in != TR_IN_CERTAIN;
}

static void put_least(tr_finding_reasons *reasons, tr_why part, int64_t has, int64_t needs)
{
    tr_judgement judgement = TR_JUDGEMENT;
    if (has < needs && !reasons->by_register)
        tr_limit(&judgement, TR_IN_POSSIBLE, part);
    if (needs > 0)
        put_part(reasons, part, judgement, has, needs);
}

static void put_zone(tr_finding_reasons *reasons, const tr_plan *plan, int32_t zone,
                     uint64_t bound, const tr_incident *incident)
{
    tr_judgement    judgement = TR_JUDGEMENT;
    const tr_place *place = &incident->place;
    bool            placed = place->kind == TR_PLACE_POINT || place->kind == TR_PLACE_SECTOR;
    if (zone < 0)
        return;
    tr_limit_zone_of(&judgement, plan, zone, bound, incident);
    put_part(reasons, TR_WHY_ZONE, judgement,
             placed ? tr_zone_nearest_mm(plan, zone, place->at) : -1,
             placed ? (int64_t)place->r_max_m * 1000 : -1);
}

void tr_explain_finding(const tr_plan *plan, int32_t clause, const tr_incident *incident,
                        tr_finding_reasons *reasons)
{
    const tr_prohibition *term = tr_plan_prohibition(plan, clause);
    tr_judgement          of_class = TR_JUDGEMENT, of_time = TR_JUDGEMENT,
                          of_side = TR_JUDGEMENT;
    *reasons = (tr_finding_reasons){.flips = -1, .by_register = tr_by_register(plan, incident)};
    if (!(plan->class_[term->class_].kinds >> incident->kind & 1))
        tr_limit(&of_class, TR_IN_NONE, TR_WHY_CLASS);
    put_part(reasons, TR_WHY_CLASS, of_class, 0, 0);
    tr_limit_span(&of_time, incident, tr_term_begin(plan, term), term->end);
    put_part(reasons, TR_WHY_TIME, of_time, 0, 0);
    if (term->daily.stated) {
        tr_judgement of_hours = TR_JUDGEMENT;
        tr_limit_daily(&of_hours, plan, &term->daily, incident);
        put_part(reasons, TR_WHY_DAILY, of_hours, 0, 0);
    }
    put_zone(reasons, plan, term->zone, term->actors, incident);
    if (term->gate >= 0) {
        const tr_gate *gate = &plan->gate[term->gate];
        put_least(reasons, TR_WHY_GATE, incident->p_real_ppm, gate->confidence_ppm);
        put_least(reasons, TR_WHY_CORROBORATION, incident->roots, gate->sources);
        put_least(reasons, TR_WHY_RUNG, incident->rung, gate->rung);
    }
    tr_limit_bound(&of_side, plan, term->actors, incident);
    if (of_side.in != TR_IN_CERTAIN)
        put_part(reasons, TR_WHY_SIDE, of_side, 0, 0);
    if (term->halts.len > 0) {
        tr_judgement of_halts = TR_JUDGEMENT;
        tr_limit_halts(&of_halts, term, incident);
        put_part(reasons, TR_WHY_SUSPENDED, of_halts, 0, 0);
    }
    for (int32_t i = 0; reasons->limits == 1 && i < reasons->parts; i++)
        if (reasons->part[i].in != TR_IN_CERTAIN)
            reasons->flips = i;
}

/* ---- a condition ---- */

static tr_membership needed(tr_set set)
{
    return (tr_membership)(TR_IN_CERTAIN - (int)set);
}

static void add_weight(int64_t *sum, int32_t weight)
{
    *sum =
        weight == TR_UNBOUNDED || *sum == TR_COUNT_UNBOUNDED ? TR_COUNT_UNBOUNDED : *sum + weight;
}

static void add_count(tr_triple *count, tr_rule rule, const tr_incident *incident, tr_membership in)
{
    bool sum = rule == TR_RULE_SMM;
    if (in >= TR_IN_CERTAIN)
        add_weight(&count->certain, sum ? incident->n_min : 1);
    if (in >= TR_IN_BEST)
        add_weight(&count->best, sum ? incident->n_best : 1);
    if (in >= TR_IN_POSSIBLE)
        add_weight(&count->possible, sum ? incident->n_max : 1);
}

/* The least by (time, incident id); *chosen is -1 at first. */
static void choose(const tr_incident *incident, int32_t i, tr_time at, int32_t *chosen,
                   tr_time *chosen_at)
{
    if (*chosen >= 0 && at > *chosen_at)
        return;
    if (*chosen >= 0 && at == *chosen_at &&
        tr_hash_cmp(&incident[i].id, &incident[*chosen].id) > 0)
        return;
    *chosen = i;
    *chosen_at = at;
}

static bool comes_before(const tr_incident *incident, int32_t a, int32_t b)
{
    if (incident[a].begin != incident[b].begin)
        return incident[a].begin < incident[b].begin;
    return tr_hash_cmp(&incident[a].id, &incident[b].id) < 0;
}

static void sink(const tr_incident *incident, tr_condition_reason *reason, ptrdiff_t root,
                 ptrdiff_t count)
{
    for (ptrdiff_t child = 2 * root + 1; child < count; root = child, child = 2 * root + 1) {
        if (child + 1 < count &&
            comes_before(incident, reason[child].incident, reason[child + 1].incident))
            child++;
        if (!comes_before(incident, reason[root].incident, reason[child].incident))
            return;
        tr_condition_reason swap = reason[root];
        reason[root] = reason[child];
        reason[child] = swap;
    }
}

static void sort(const tr_incident *incident, tr_condition_reason *reason, ptrdiff_t count)
{
    for (ptrdiff_t i = count / 2 - 1; i >= 0; i--)
        sink(incident, reason, i, count);
    for (ptrdiff_t last = count - 1; last > 0; last--) {
        tr_condition_reason swap = reason[0];
        reason[0] = reason[last];
        reason[last] = swap;
        sink(incident, reason, 0, last);
    }
}

/* How many more, or fewer, cross a bound.  Nothing is below none, nothing above unbounded. */
static void set_flip(tr_condition_reasons *reasons, const tr_condition *condition, int64_t count)
{
    bool open = count == TR_COUNT_UNBOUNDED;
    reasons->holds = condition->least <= count && count <= condition->most;
    reasons->more = -1;
    reasons->fewer = -1;
    if (count < condition->least)
        reasons->more = condition->least - count;
    else if (reasons->holds && condition->most < TR_COUNT_UNBOUNDED)
        reasons->more = condition->most - count + 1;
    if (count > condition->most && !open)
        reasons->fewer = count - condition->most;
    else if (reasons->holds && condition->least > 0 && !open)
        reasons->fewer = count - condition->least + 1;
}

/* In the window by time alone, yet kept out by something else than class? */
static bool kept_out(const tr_condition *condition, const tr_plan *plan,
                     const tr_incident *incident, tr_time t, tr_why why)
{
    return why != TR_WHY_CLASS && why != TR_WHY_TIME && incident->begin <= t &&
           t < tr_stretch_after(incident->end, condition->window, plan->tz);
}

void tr_explain_condition(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                          const tr_incident *incident, int32_t incidents, tr_time t, tr_arena *keep,
                          tr_condition_reasons *reasons)
{
    tr_rule rule = plan->counting[condition->counting].rule;
    *reasons = (tr_condition_reasons){.next_out = -1, .next_in = -1};
    for (int32_t i = 0; i < incidents; i++) {
        if (!incident[i].live)
            continue;
        tr_condition_reason reason = {.incident = i, .until = TR_TIME_NONE};
        tr_span             span;
        reason.in = tr_condition_at(plan, clause, condition, &incident[i], t, &reason.why);
        add_count(&reasons->count, rule, &incident[i], reason.in);
        if (tr_condition_span(plan, clause, condition, &incident[i], condition->set, &span)) {
            if (span.begin > t)
                choose(incident, i, span.begin, &reasons->next_in, &reasons->next_in_at);
            if (reason.in >= needed(condition->set)) {
                choose(incident, i, span.end, &reasons->next_out, &reasons->next_out_at);
                reason.until = span.end;
            }
        }
        if (reason.in != TR_IN_NONE || kept_out(condition, plan, &incident[i], t, reason.why))
            *TR_PUSH(keep, &reasons->reason) = reason;
    }
    sort(incident, reasons->reason.at, reasons->reason.len);
    set_flip(reasons, condition,
             condition->set == TR_SET_CERTAIN  ? reasons->count.certain
             : condition->set == TR_SET_BEST   ? reasons->count.best
                                               : reasons->count.possible);
}
