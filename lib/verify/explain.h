/* explain.h -- why a finding or a count is as it is, and the least that would change it.
 *
 * Plain structs; `report` makes the sentences.  Everything is recomputed from the same functions
 * that decide, so an explanation cannot differ from what it explains.
 */
#ifndef TR_EXPLAIN_H
#define TR_EXPLAIN_H

#include "verify/window.h"

/* ---- a finding ---- */

/* One part of the judgement of an incident by a prohibition. */
typedef struct {
    tr_why        part; /* TR_WHY_CLASS, _TIME, _ZONE, _GATE, _CORROBORATION or _RUNG */
    tr_membership in;   /* what this part alone would give */
    tr_why        why;  /* TR_WHY_IN, or how it limits */
    int64_t       has; /* GATE: p_real ppm (-1 not claimed); CORROBORATION: roots; RUNG: rung; ZONE:
                          distance of the middle of the place (of a sector: of the observer) from
                          the zone's edge in mm, or -1 */
    int64_t       needs; /* the least that passes; ZONE: what the place reaches out to in mm */
} tr_finding_part;
enum { TR_FINDING_PARTS = 6 };
typedef struct {
    tr_finding_part part[TR_FINDING_PARTS + 3]; /* as judged; and hours, side, suspension */
    int32_t         parts;   /* those that the term asks for */
    int32_t         limits;  /* parts below certain */
    int32_t         flips;   /* the one part that, passed, would make a breach of it; -1: none does
                                alone, or it is one already */
    bool            by_register; /* the gate is passed by the agreement's word */
} tr_finding_reasons;
void tr_explain_finding(const tr_plan *plan, int32_t clause, const tr_incident *incident,
                        tr_finding_reasons *reasons);

/* ---- a condition of a threshold at an instant ---- */

typedef struct {
    int32_t       incident; /* index */
    tr_membership in;
    tr_why        why;   /* why not more */
    tr_time       until; /* leaves the set compared, or TR_TIME_NONE when it is not in it */
} tr_condition_reason;
typedef struct {
    TR_VEC(tr_condition_reason) reason; /* of those in any set, and of those that only something
                                           other than class and time keeps out; by begin, id */
    tr_triple count;
    bool      holds;
    int64_t   more;  /* so many more counted would flip it; -1: no number does */
    int64_t   fewer; /* so many fewer counted; -1: no number does */
    int32_t   next_out; /* incident that leaves the compared set next, or -1 */
    tr_time   next_out_at;
    int32_t   next_in; /* known incident that comes into it next, or -1 */
    tr_time   next_in_at;
} tr_condition_reasons;
/* O(incidents).  Dead incidents are passed over. */
void tr_explain_condition(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                          const tr_incident *incident, int32_t incidents, tr_time t, tr_arena *keep,
                          tr_condition_reasons *reasons);

#endif
