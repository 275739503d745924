/* judge.h -- the parts of a judgement that tallies, thresholds and explanations share.
 *
 * Each part of a filter answers with a membership; an incident's membership is the least of all
 * parts, and `why` the first part that gives the least.  Pure integer work.
 */
#ifndef TR_JUDGE_H
#define TR_JUDGE_H

#include "verify/verify.h"

/* What has limited a judgement so far.  Begin with TR_JUDGEMENT. */
typedef struct {
    tr_membership in;
    tr_why        why;
} tr_judgement;
#define TR_JUDGEMENT ((tr_judgement){TR_IN_CERTAIN, TR_WHY_IN})

/* Lower it to `most`; an earlier part that limits as much stays the reason. */
void tr_limit(tr_judgement *judgement, tr_membership most, tr_why why);

/* Time against [from, to): certain wholly inside, best by the best moment, possible meets it. */
void tr_limit_span(tr_judgement *judgement, const tr_incident *incident, tr_time from, tr_time to);
/* Place against a zone of the plan; -1, the whole area, takes all. */
void tr_limit_zone(tr_judgement *judgement, const tr_plan *plan, int32_t zone,
                   const tr_incident *incident);
/* The same for the actors bound (bits), where the zone differs by actor; 0: all parties. */
void tr_limit_zone_of(tr_judgement *judgement, const tr_plan *plan, int32_t zone, uint64_t bound,
                      const tr_incident *incident);
/* Is it a row of a register, of a kind that the agreement adopts from it?  Other kinds from the
 * same source pass no gate by the agreement's word. */
bool tr_by_register(const tr_plan *plan, const tr_incident *incident);
/* Least corroboration 0 none, 1 supported, 2 corroborated, 3 confirmed.  Rows of a register pass
 * by the agreement's word. */
void tr_limit_corroboration(tr_judgement *judgement, const tr_plan *plan, int32_t corroboration,
                            const tr_incident *incident);
/* Attribution to one actor: another's is out, an undetermined one stays possible. */
void tr_limit_bound(tr_judgement *judgement, const tr_plan *plan, uint64_t bound,
                    const tr_incident *incident);
void tr_limit_side(tr_judgement *judgement, int32_t actor, const tr_incident *incident);
/* Evidence below a proof leaves an incident possible. */
void tr_limit_gate(tr_judgement *judgement, const tr_plan *plan, const tr_gate *gate,
                   const tr_incident *incident);
/* The least of a judgement and of tr_judge by a prohibition. */
void tr_limit_term(tr_judgement *judgement, const tr_plan *plan, const tr_prohibition *term,
                   const tr_incident *incident);

/* The prohibition of a clause; the clause must be one. */
const tr_prohibition *tr_plan_prohibition(const tr_plan *plan, int32_t clause);
const tr_threshold   *tr_plan_threshold(const tr_plan *plan, int32_t clause);
/* Since when a prohibition binds: the latest of its own begin, the entry into force and the
 * fulfilment of what it waits for; TR_TIME_MAX while that is open. */
tr_time tr_term_begin(const tr_plan *plan, const tr_prohibition *term);

#endif
