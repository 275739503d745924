/* permit.h -- the steps of an exception or permission against the record: which of them stand for
 * an incident, by which entry, and which is missing.
 *
 *     when planned, notified to JMC 24 hours before, and granted
 *     when requested of JMC 48 hours before, then granted by JMC, then notified to B 1 hour before
 *
 * An answer (granted, acknowledged, agreed) is about a plan, request or notice that covers the
 * incident itself.  A consent that the same one refused again before the incident began is none.
 */
#ifndef TR_PERMIT_H
#define TR_PERMIT_H

#include "verify/verify.h"

typedef enum { TR_APPLIES_NOT, TR_APPLIES_PERHAPS, TR_APPLIES } tr_applies;

/* Of one of the actors: the one for whom most stands. */
typedef struct {
    tr_applies applies;
    int32_t    actor;   /* -1: nobody whose incident it may be is concerned */
    int32_t    stand;   /* how many steps stand */
    int32_t    without; /* another whose incident it may be and whose steps do not stand, or -1 */
    int64_t    entry[TR_PERMIT_STEPS]; /* by which each stands, or -1 */
} tr_permit_look;
tr_permit_look tr_permit_steps_of(const tr_plan *plan, const tr_prohibition *term,
                                  const tr_exception *e, const tr_incident *incident);

/* The verb by which a clause forbids or permits: "commit"; empty of any other clause. */
tr_str tr_clause_verb(const tr_clause *clause);

/* Is the incident one that a permission is about: actor, class, zone, time?  Any is, of an
 * exception that stands in its clause. */
tr_applies tr_permit_scope(const tr_plan *plan, const tr_prohibition *term, const tr_exception *e,
                           const tr_incident *incident);

/* "planned stands by entry 5, then granted by JMC is missing" */
void tr_put_permit(tr_out *out, const tr_plan *plan, const tr_exception *e,
                   const tr_permit_look *look);

#endif
