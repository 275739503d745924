/* derive.h -- inside lib/mission: conditions as sets of moments, and what follows from them. */
#ifndef TR_MISSION_DERIVE_H
#define TR_MISSION_DERIVE_H

#include "mission/state.h"

/* Half-open spans in order, none meets another; TR_TIME_NONE: from the beginning, TR_TIME_MAX: by
 * what is known now, for good. */
typedef effect_spans span_list;

/* The states of duties outside ladders, worked out when first asked for. */
typedef struct {
    const tr_mission *m;
    tr_arena         *keep;
    const span_list  *effect; /* [clauses]: milestones are fulfilled from the first on */
    duties            list;
    bool             *known; /* of a clause */
    tr_time          *performed;
} survey;
survey survey_new(const tr_mission *m, tr_arena *keep, const span_list *effect);
/* When all actors of the clause had performed, and those of its pair in an exchange; or NONE. */
tr_time survey_fulfilled(survey *s, int32_t clause);
/* The duty of an actor, or NULL. */
const tr_duty *survey_duty(survey *s, int32_t clause, int32_t actor);

typedef struct {
    tr_mission *m;
    tr_arena   *keep;
    survey      owed;
    span_list  *effect; /* [clauses] in which it changes its targets */
    tr_time    *found;  /* [clauses] of a termination: when its condition first held, or MAX */
    int32_t     force;  /* clause of the entry into force, or -1 */
} derivation;

/* when.c: up to now, and never beginning after it */
span_list when_spans(derivation *d, const tr_when *when);
tr_time   when_first(derivation *d, const tr_when *when); /* or TR_TIME_MAX */
span_list member_spans(derivation *d, int32_t group, int32_t actor);
span_list spans_complement(tr_arena *keep, span_list spans);

tr_time force_lapse(const tr_plan *plan, const tr_force *force); /* or NONE */

#endif
