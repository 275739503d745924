/* flip.c -- the smallest change that would flip a result, one sentence each. */
#include "report/inside.h"

#include "base/time.h"
#include "verify/explain.h"

static void put_percent_ppm(tr_out *out, int64_t ppm)
{
    put_percent(out, ppm, 1000000);
}

static void put_lack(tr_out *out, const tr_finding_part *part)
{
    switch (part->part) {
    case TR_WHY_GATE:
        tr_put(out, "a confidence of at least ");
        put_percent_ppm(out, part->needs);
        if (part->has < 0)
            tr_put(out, " (none is claimed)");
        else {
            tr_put(out, " (it has ");
            put_percent_ppm(out, part->has);
            tr_put(out, ")");
        }
        break;
    case TR_WHY_CORROBORATION:
        tr_put(out, "%lld independent source%s in all (it has %lld)", (long long)part->needs,
               part->needs == 1 ? "" : "s", (long long)part->has);
        break;
    case TR_WHY_RUNG:
        tr_put(out, "attribution at rung %lld (it has rung %lld)", (long long)part->needs,
               (long long)part->has);
        break;
    case TR_WHY_ZONE:
        tr_put(out, "a place exact enough to lie wholly inside the zone");
        break;
    case TR_WHY_TIME:
        tr_put(out, "a time exact enough to lie wholly inside the time of the term");
        break;
    case TR_WHY_SIDE:
        tr_put(out, "a decision that it is of a party whom the clause binds");
        break;
    case TR_WHY_DAILY:
        tr_put(out, "a time exact enough to lie wholly inside the hours of the day that bind");
        break;
    case TR_WHY_SUSPENDED:
        tr_put(out, "that the clause was not suspended when it happened");
        break;
    default:
        tr_put(out, "another kind");
        break;
    }
}

void put_flip_finding(tr_out *out, const tr_view *view, const tr_finding *finding)
{
    const tr_plan     *plan = plan_of(view);
    const tr_incident *incident = tr_mission_incident(view->mission, finding->incident);
    tr_finding_reasons reasons;
    tr_explain_finding(plan, finding->clause, incident, &reasons);
    if (finding->in == TR_IN_CERTAIN) {
        const tr_obs *anchor = tr_mission_observation(view->mission, incident->anchor);
        if (incident->roots > 1) {
            tr_put(out, "No single change: %d independent sources stand behind it.",
                   incident->roots);
            return;
        }
        tr_put(out, "Withdrawing its only record, entry %lld", (long long)anchor->entry);
        if (anchor->row >= 0)
            tr_put(out, " row %d", anchor->row);
        tr_put(out, ", would take this finding away.");
        return;
    }
    if (reasons.flips < 0 || reasons.flips >= reasons.parts) {
        tr_put(out, "No single change makes a breach of it: %d conditions are not met.",
               reasons.limits);
        return;
    }
    tr_put(out, "It would be a breach with ");
    put_lack(out, &reasons.part[reasons.flips]);
    tr_put(out, ".");
}

static void put_next_out(tr_out *out, const tr_view *view, const tr_condition_reasons *r)
{
    const tr_plan *plan = plan_of(view);
    char           name[TR_INCIDENT_ID + 1];
    if (r->next_out < 0)
        return;
    tr_incident_name(tr_mission_incident(view->mission, r->next_out), name);
    tr_put(out, " Without anything new, %s leaves the window first, at ", name);
    put_both(out, r->next_out_at, plan->tz);
    tr_put(out, ".");
}

static void flip_threshold(tr_out *out, const tr_view *view, const tr_board_row *row, tr_arena at)
{
    const tr_plan       *plan = plan_of(view);
    const tr_threshold  *t = &plan->clause[row->clause].u.threshold;
    const tr_condition  *c = row->active && t->offs > 0 ? &t->off[0] : &t->on[0];
    tr_condition_reasons reasons = {0};
    tr_condition         in = *c;
    tr_time              now = tr_mission_now(view->mission);
    int64_t              distance = distance_of(plan, row);
    in.sector = row->active && t->offs > 0 ? row->off_sector[0] : row->on_sector[0];
    c = &in;
    if (now == TR_TIME_NONE || t->ons == 0) {
        tr_put(out, "Nothing can be said before the first tick.");
        return;
    }
    int32_t incidents = tr_mission_incidents(view->mission);
    tr_explain_condition(plan, row->clause, c,
                         incidents ? tr_mission_incident(view->mission, 0) : NULL, incidents, now,
                         &at, &reasons);
    if (distance > 0)
        tr_put(out, "%lld %s %s %s by ", (long long)distance, row->active ? "fewer" : "more",
               set_name(c->set), items_of(plan->counting[c->counting].rule, distance));
    else
        tr_put(out, "No further %s by ", items_of(plan->counting[c->counting].rule, 2));
    put_rule(out, plan, c);
    tr_put(out, " in ");
    put_stretch(out, c->window);
    tr_put(out, distance <= 0 ? " are needed; what runs is the hold."
                : row->active ? " would begin its end."
                              : " would activate it.");
    put_next_out(out, view, &reasons);
}

static void flip_prohibition(tr_out *out, const tr_board_row *row)
{
    if (row->breaches == 1)
        tr_put(out, "Withdrawing the one finding past proof would flip it.");
    else if (row->breaches > 1)
        tr_put(out, "All %lld findings past proof would have to be withdrawn.",
               (long long)row->breaches);
    else
        tr_put(out, "One finding past proof would make it breached.");
}

static void flip_step(tr_out *out, const tr_board_row *row)
{
    switch (row->step.state) {
    case TR_STEP_WAITING:
        tr_put(out, "Its zero point would start the clock.");
        break;
    case TR_STEP_RUNNING:
    case TR_STEP_ACKNOWLEDGED:
        tr_put(out,
               "A report that it was done by the due time makes it done; none makes it missed.");
        break;
    case TR_STEP_MISSED:
        tr_put(out, "Performing it late makes it done late; the breach stays.");
        break;
    default:
        tr_put(out, "Only a correction of the entries it rests on.");
        break;
    }
}

static void flip_duty(tr_out *out, const tr_plan *plan, const tr_duty *duty)
{
    const tr_obligation *o = &plan->clause[duty->clause].u.obligation;
    switch (duty->state) {
    case TR_DUTY_WAITING:
        tr_put(out, "The fulfilment that its clock waits for starts it.");
        break;
    case TR_DUTY_OPEN:
        tr_put(out, plan->act[o->act_at].seen
                        ? "A watch of its full length in which nothing is seen completes it."
                        : "A report that it is done completes it.");
        break;
    case TR_DUTY_BREACHED:
        tr_put(out, "Performing it late cures it; the breach stays.");
        break;
    case TR_DUTY_UNDETERMINED:
    case TR_DUTY_NOT_OBSERVED:
        tr_put(out, "More watching before the deadline, reported late, or one sure sighting.");
        break;
    default:
        tr_put(out, "Only a correction of the entries it rests on.");
        break;
    }
}

void put_flip_clause(tr_out *out, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    switch (plan_of(view)->clause[row->clause].kind) {
    case TR_CLAUSE_PROHIBITION:
        flip_prohibition(out, row);
        break;
    case TR_CLAUSE_THRESHOLD:
        flip_threshold(out, view, row, at);
        break;
    case TR_CLAUSE_STEP:
        flip_step(out, row);
        break;
    case TR_CLAUSE_OBLIGATION:
        flip_duty(out, plan_of(view), &row->duty);
        break;
    case TR_CLAUSE_STATED:
        tr_put(out, "Nothing: no verdict is given on what is stated only.");
        break;
    default:
        tr_put(out, "Only a correction of the entries it rests on.");
        break;
    }
}

void put_flip_instance(tr_out *out, const tr_view *view, int32_t instance)
{
    const tr_plan      *plan = plan_of(view);
    const tr_instance  *i = tr_mission_instance(view->mission, instance);
    const tr_condition  in = tr_instance_condition(plan, i), *c = &in;
    int64_t             fewer = count_of(i->count, c->set) - c->least + 1;
    tr_put(out, "With %lld fewer %s %s by ", (long long)fewer, set_name(c->set),
           items_of(plan->counting[c->counting].rule, fewer));
    put_rule(out, plan, c);
    tr_put(out, " in the ");
    put_stretch(out, c->window);
    tr_put(out, " before ");
    put_both(out, i->reached, plan->tz);
    tr_put(out, " it would not have been reached then.");
}
