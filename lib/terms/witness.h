/* witness.h -- what shows that a finding of a static check is one: who, what, where, when.
 *
 * A check that compares clauses leaves the instance it found; `trial` makes a timeline of it.
 */
#ifndef TR_TERMS_WITNESS_H
#define TR_TERMS_WITNESS_H

#include "geo/geo.h"
#include "terms/plan_base.h"

typedef struct {
    bool     given;
    int32_t  clause; /* index: the finding is about it; -1: none */
    int32_t  other;  /* index of a second clause, or -1 */
    int32_t  actor;  /* index, or -1 */
    int32_t  kind;   /* tr_kind, or -1 */
    bool     placed;
    tr_point at;     /* inside every zone concerned */
    tr_time  on;     /* TR_TIME_NONE: any instant */
    uint64_t except; /* exceptions that apply together: bits of indices */
} tr_witness;

#endif
