/* halt.h -- what keeps a clause from binding for a while: suspension, lifting, termination, what it
 * needs and has not.
 *
 * Spans of halts are half open and stand by their begin; several may overlap.  Pure.
 */
#ifndef TR_HALT_H
#define TR_HALT_H

#include "verify/judge.h"

/* The halts of a clause; none when the mission has set none. */
tr_halts tr_halts_of(const tr_plan *plan, int32_t clause);

/* The gravest halt (by tr_halt_kind) that holds at t for that actor, or NULL. */
const tr_halt *tr_halted_at(const tr_halts *halts, int32_t actor, tr_time t);
/* The same for all of the actors (bits): the mildest of their gravest; NULL while one is bound. */
const tr_halt *tr_halted_all(const tr_halts *halts, uint64_t actors, tr_time t);
/* The verdict of a clause that is halted. */
tr_verdict tr_halt_verdict(const tr_halt *halt);

/* When a deadline falls that counts from `from` (TR_TIME_NONE: from the beginning) and would fall
 * at `due`: later by what stopped its clock before it; where the clock runs on, at the end of the
 * halt that it fell into; TR_TIME_MAX while that has no end.  due TR_TIME_NONE stays. */
tr_time tr_halts_due(const tr_halts *halts, int32_t actor, tr_time from, tr_time due);

/* For good: from when a termination, or a withdrawal from the agreement, keeps that actor from
 * being bound; TR_TIME_NONE where the clause is void; TR_TIME_MAX: it binds. */
tr_time tr_halts_close(const tr_halts *halts, int32_t actor);
/* The end of the period [begin, end) as the halts move it; TR_TIME_MAX as with a deadline. */
tr_time tr_halts_end(const tr_halts *halts, int32_t actor, tr_time begin, tr_time end);
/* Does all of [begin, end) lie in halts for that actor? */
bool tr_halts_cover(const tr_halts *halts, int32_t actor, tr_time begin, tr_time end);

/* An incident against the halts of a term: out where it surely lies in them for all who may have
 * done it, possible where it may. */
void tr_limit_halts(tr_judgement *judgement, const tr_prohibition *term,
                    const tr_incident *incident);

#endif
