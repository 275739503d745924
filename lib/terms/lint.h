/* lint.h -- what the static checks of a whole agreement share; private to lib/terms.
 *
 * They run when a text has no error, so every index of the plan holds.  All are warnings: a signed
 * text with a flaw must still be monitored.  False alarms are worse than misses: a check that
 * cannot decide is silent.
 */
#ifndef TR_TERMS_LINT_H
#define TR_TERMS_LINT_H

#include "terms/front.h"

/* Work that geometry may still do: comparisons of a point with an edge. */
enum { LINT_EDGES = 20000000 };
typedef struct {
    front  *f;
    int64_t edges; /* left */
} lint;

/* Report with the instance that shows it. */
void lint_report(lint *l, report what, const tr_witness *witness, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
tr_witness lint_witness(int32_t clause, int32_t other);

/* The lesser of what clause c can bind: [begin, end), cut to the entry into force. */
tr_span lint_span(const tr_plan *plan, const tr_prohibition *p);
int32_t lint_first(uint64_t bits); /* index of the lowest bit, or -1 */

/* lint_place.c.  A zone of -1 is the whole area. */
bool lint_simple(const tr_zone *z); /* a shape of its own */
/* A point surely inside both, or false when none was found. */
bool lint_common(lint *l, int32_t a, int32_t b, tr_point *at);
/* Have they surely no point in common? */
bool lint_apart(lint *l, int32_t a, int32_t b);

void lint_graph(lint *l);    /* lint_graph.c: who answers */
void lint_duties(lint *l);   /* lint_duty.c: must and must not */
void lint_times(lint *l);    /* lint_time.c: deadlines, never in force */
void lint_counts(lint *l);   /* lint_count.c: thresholds, proofs */
void lint_zones(lint *l);    /* lint_zone.c */
void lint_measures(lint *l); /* lint_measure.c */
void lint_whens(lint *l); /* lint_when.c: conditions */
void lint_permits(lint *l); /* lint_permit.c */
void lint_excepts(lint *l);  /* lint_except.c */

#endif
