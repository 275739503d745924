/* judge.c -- incidents against the parts of a filter; findings.
 *
 * Parts are taken in a fixed order (class, time, zone, gate, corroboration, rung), so that equal
 * inputs name equal reasons.  A doubt in any part leaves an incident possible; what is surely
 * outside a part is out of all sets.
 */
#include "verify/judge.h"

#include "base/text.h"
#include "verify/daily.h"
#include "verify/halt.h"
#include "verify/place.h"

const char *tr_verdict_name(tr_verdict verdict)
{
    static const char *const names[] = {
        [TR_VERDICT_COMPLIED] = "complied",         [TR_VERDICT_BREACHED] = "breached",
        [TR_VERDICT_OPEN] = "open",                 [TR_VERDICT_UNDETERMINED] = "undetermined",
        [TR_VERDICT_NOT_OBSERVED] = "not_observed", [TR_VERDICT_SUSPENDED] = "suspended",
        [TR_VERDICT_NOT_IN_FORCE] = "not_in_force", [TR_VERDICT_NONE] = "no_verdict"};
    assert((size_t)verdict < sizeof names / sizeof *names);
    return names[verdict];
}

const char *tr_why_text(tr_why why)
{
    static const char *const texts[] = {
        [TR_WHY_IN] = "counted",
        [TR_WHY_CLASS] = "its kind is not of the class counted",
        [TR_WHY_TIME] = "it happened outside the time counted",
        [TR_WHY_TIME_EDGE] = "its time crosses the edge of the time counted",
        [TR_WHY_DAILY] = "it happened outside the hours of the day for which the clause binds",
        [TR_WHY_DAILY_EDGE] =
            "its time crosses the edge of the hours of the day for which the clause binds",
        [TR_WHY_ZONE] = "it happened outside the zone",
        [TR_WHY_ZONE_EDGE] =
            "its place is not exact enough to say on which side of the zone's edge",
        [TR_WHY_ZONE_HEIGHT] =
            "its height is not known well enough to say whether the zone holds it",
        [TR_WHY_ZONE_PART] =
            "whose it is, what it is or when it was leaves open which part of the zone applies",
        [TR_WHY_GATE] = "its evidence does not reach the confidence that the term asks for",
        [TR_WHY_RUNG] = "its attribution does not reach the rung that is asked for",
        [TR_WHY_CORROBORATION] = "too few independent sources bear it out",
        [TR_WHY_EXERCISE] = "it is labelled an exercise, and exercises are not counted",
        [TR_WHY_CONTESTED] = "it is contested, and contested ones are not counted as certain",
        [TR_WHY_REGISTER] = "it is not a row of the register counted",
        [TR_WHY_SUSPENDED] = "the clause was suspended when it happened",
        [TR_WHY_SUSPENDED_EDGE] = "the clause may have been suspended when it happened",
        [TR_WHY_EXCEPTED] = "an exception of the clause excuses it",
        [TR_WHY_EXCEPTED_EDGE] = "an exception of the clause may excuse it",
        [TR_WHY_CONFLICT] =
            "two exceptions apply with different outcome, and none prevails over the other",
        [TR_WHY_SIDE] = "it is attributed to another party than the one whose breaches are counted",
        [TR_WHY_SIDE_OPEN] = "its side is undetermined, so it may be of the party counted"};
    assert((size_t)why < sizeof texts / sizeof *texts);
    return texts[why];
}

void tr_limit(tr_judgement *judgement, tr_membership most, tr_why why)
{
    if (most < judgement->in)
        *judgement = (tr_judgement){most, why};
}

/* begin < to follows from end <= to but for an instant, which lies in the later of two spans that
 * meet at it, and in that one only. */
void tr_limit_span(tr_judgement *judgement, const tr_incident *incident, tr_time from, tr_time to)
{
    if (incident->begin >= from && incident->begin < to && incident->end <= to)
        return;
    if (incident->best >= from && incident->best < to)
        tr_limit(judgement, TR_IN_BEST, TR_WHY_TIME_EDGE);
    else if (incident->begin < to && incident->end > from)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_TIME_EDGE);
    else
        tr_limit(judgement, TR_IN_NONE, TR_WHY_TIME);
}

void tr_limit_zone_of(tr_judgement *judgement, const tr_plan *plan, int32_t zone, uint64_t bound,
                      const tr_incident *incident)
{
    static const tr_why whys[] = {[TR_DOUBT_EDGE] = TR_WHY_ZONE_EDGE,
                                  [TR_DOUBT_HEIGHT] = TR_WHY_ZONE_HEIGHT,
                                  [TR_DOUBT_PART] = TR_WHY_ZONE_PART};
    tr_doubt            doubt = TR_DOUBT_NONE;
    if (zone < 0)
        return;
    tr_zone_answer answer = tr_zone_holds(plan, zone, bound, incident, &doubt);
    if (answer == TR_ZONE_OUT)
        tr_limit(judgement, TR_IN_NONE, TR_WHY_ZONE);
    else if (answer == TR_ZONE_UNDECIDABLE && judgement->in > TR_IN_POSSIBLE)
        tr_limit(judgement,
                 tr_zone_holds_most(plan, zone, bound, incident) ? TR_IN_BEST : TR_IN_POSSIBLE,
                 whys[doubt]);
}

void tr_limit_zone(tr_judgement *judgement, const tr_plan *plan, int32_t zone,
                   const tr_incident *incident)
{
    tr_limit_zone_of(judgement, plan, zone, 0, incident);
}

bool tr_by_register(const tr_plan *plan, const tr_incident *incident)
{
    assert(incident->reg < plan->regs);
    return incident->reg >= 0 && (plan->reg[incident->reg].kinds >> incident->kind & 1) != 0;
}

void tr_limit_corroboration(tr_judgement *judgement, const tr_plan *plan, int32_t corroboration,
                            const tr_incident *incident)
{
    if (tr_by_register(plan, incident))
        return;
    int32_t level = incident->modalities >= 2 ? 2 : incident->roots >= 2 ? 1 : 0;
    if (level == 2 && incident->p_real_ppm >= 950000)
        level = 3;
    if (level < corroboration)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_CORROBORATION);
}

void tr_limit_side(tr_judgement *judgement, int32_t actor, const tr_incident *incident)
{
    if (incident->side == 0)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_SIDE_OPEN);
    else if (incident->side != actor + 1)
        tr_limit(judgement, TR_IN_NONE, TR_WHY_SIDE);
}

/* Of a term that leaves some party free: what nobody attributed may be its. */
void tr_limit_bound(tr_judgement *judgement, const tr_plan *plan, uint64_t bound,
                    const tr_incident *incident)
{
    if (incident->side != 0) {
        if (!(bound >> (incident->side - 1) & 1))
            tr_limit(judgement, TR_IN_NONE, TR_WHY_SIDE);
        return;
    }
    for (int32_t i = 0; i < plan->actors; i++)
        if (plan->actor[i].kind == TR_ACTOR_PARTY && !(bound >> i & 1))
            tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_SIDE_OPEN);
}

/* p_real -1, not claimed, reaches nothing. */
void tr_limit_gate(tr_judgement *judgement, const tr_plan *plan, const tr_gate *gate,
                   const tr_incident *incident)
{
    if (tr_by_register(plan, incident))
        return;
    if (gate->confidence_ppm > 0 && incident->p_real_ppm < gate->confidence_ppm)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_GATE);
    if (incident->roots < gate->sources)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_CORROBORATION);
    if (incident->rung < gate->rung)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_RUNG);
}

const tr_prohibition *tr_plan_prohibition(const tr_plan *plan, int32_t clause)
{
    assert(clause >= 0 && clause < plan->clauses);
    assert(plan->clause[clause].kind == TR_CLAUSE_PROHIBITION);
    return &plan->clause[clause].u.prohibition;
}

const tr_threshold *tr_plan_threshold(const tr_plan *plan, int32_t clause)
{
    assert(clause >= 0 && clause < plan->clauses);
    assert(plan->clause[clause].kind == TR_CLAUSE_THRESHOLD);
    return &plan->clause[clause].u.threshold;
}

tr_time tr_term_begin(const tr_plan *plan, const tr_prohibition *term)
{
    tr_time begin = term->begin > plan->in_force ? term->begin : plan->in_force;
    return term->since > begin ? term->since : begin;
}

static void limit_parts(tr_judgement *judgement, const tr_plan *plan, const tr_prohibition *term,
                        const tr_incident *incident, uint64_t bound)
{
    assert(incident->kind < TR_KINDS && term->class_ >= 0 && term->class_ < plan->classes);
    if (!(plan->class_[term->class_].kinds >> incident->kind & 1)) {
        tr_limit(judgement, TR_IN_NONE, TR_WHY_CLASS);
        return;
    }
    tr_limit_span(judgement, incident, tr_term_begin(plan, term), term->end);
    if (judgement->in == TR_IN_NONE)
        return;
    tr_limit_daily(judgement, plan, &term->daily, incident);
    if (judgement->in == TR_IN_NONE)
        return;
    tr_limit_zone_of(judgement, plan, term->zone, term->actors, incident);
    if (term->gate >= 0)
        tr_limit_gate(judgement, plan, &plan->gate[term->gate], incident);
    tr_limit_bound(judgement, plan, bound, incident);
    if (judgement->in != TR_IN_NONE)
        tr_limit_halts(judgement, term, incident);
    if (judgement->in == TR_IN_NONE || term->excepts == 0)
        return;
    tr_why why;
    tr_excuse(plan, term, incident, &why);
    if (why != TR_WHY_IN)
        tr_limit(judgement, why == TR_WHY_EXCEPTED ? TR_IN_NONE : TR_IN_POSSIBLE, why);
}

void tr_limit_term(tr_judgement *judgement, const tr_plan *plan, const tr_prohibition *term,
                   const tr_incident *incident)
{
    limit_parts(judgement, plan, term, incident, term->actors);
}

tr_membership tr_judge_any(const tr_plan *plan, const tr_prohibition *term,
                           const tr_incident *incident, tr_why *why)
{
    tr_judgement judgement = TR_JUDGEMENT;
    limit_parts(&judgement, plan, term, incident, UINT64_MAX);
    *why = judgement.why;
    return judgement.in;
}

tr_membership tr_judge(const tr_plan *plan, const tr_prohibition *term, const tr_incident *incident,
                       tr_why *why)
{
    tr_judgement judgement = TR_JUDGEMENT;
    tr_limit_term(&judgement, plan, term, incident);
    *why = judgement.why;
    return judgement.in;
}

bool tr_excused(tr_membership in, tr_why why)
{
    return in == TR_IN_NONE && (why == TR_WHY_EXCEPTED || why == TR_WHY_SUSPENDED);
}

void tr_finding_make(const tr_plan *plan, int32_t clause, const tr_incident *incident,
                     int32_t index, tr_finding *finding)
{
    static const char domain[] = "truce/finding/v1"; /* its zero is the first separator */
    tr_str            label = plan->clause[clause].label;
    tr_hasher         hasher;
    tr_hasher_begin(&hasher);
    tr_hasher_add(&hasher, domain, (ptrdiff_t)sizeof domain);
    tr_hasher_add(&hasher, label.at, label.len);
    tr_hasher_add(&hasher, "", 1);
    tr_hasher_add(&hasher, incident->id.at, (ptrdiff_t)sizeof incident->id.at);
    tr_hash hash = tr_hasher_end(&hasher);

    tr_why why;
    *finding = (tr_finding){.clause = clause, .incident = index};
    finding->in = tr_judge(plan, tr_plan_prohibition(plan, clause), incident, &why);
    finding->why = why;
    finding->exception = -1;
    if (why == TR_WHY_EXCEPTED || why == TR_WHY_EXCEPTED_EDGE || why == TR_WHY_CONFLICT)
        finding->exception = tr_excuse(plan, tr_plan_prohibition(plan, clause), incident, &why);
    memcpy(finding->id, hash.at, sizeof finding->id);
}

void tr_finding_name(const tr_finding *finding, char name[TR_FINDING_ID + 1])
{
    static const char digits[] = "0123456789abcdef";
    name[0] = 'f';
    name[1] = '-';
    for (size_t i = 0; i < sizeof finding->id; i++) {
        name[2 + 2 * i] = digits[finding->id[i] >> 4];
        name[3 + 2 * i] = digits[finding->id[i] & 15];
    }
    name[TR_FINDING_ID] = '\0';
}
