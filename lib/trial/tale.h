/* tale.h -- inside lib/trial: lines of a counterexample, from the plan. */
#ifndef TR_TALE_H
#define TR_TALE_H

#include "base/kinds.h"
#include "base/text.h"
#include "terms/terms.h"

typedef struct {
    tr_out out;

    const tr_plan    *plan;
    const tr_witness *w;
    int64_t           rows;  /* observations so far: each has an id of its own */
    tr_time           first; /* of an activation: its first breach */
} tale;

enum { TALE_ROWS = 400 }; /* of one counterexample */

void   tale_time(tale *t, tr_time at);
void   tale_tick(tale *t, tr_time at);
void   tale_expect(tale *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
tr_str tale_label(const tale *t, int32_t clause);
tr_str tale_actor(const tale *t, int32_t actor);

/* A point of the zone, or of the area (-1); the witness's own where it has one. */
tr_point tale_point(const tale *t, int32_t zone);
/* A moment at which the prohibition binds, an hour after it begins at least. */
tr_time tale_moment(const tale *t, const tr_prohibition *p);
/* One observation of a single thing. */
void tale_seen(tale *t, tr_time at, tr_kind kind, int64_t count, tr_point where, const char *more);
/* Whether an observation without a claim of confidence passes the clause's proof. */
bool tale_proves(const tale *t, int32_t gate);

/* Breaches that pass the bound of the start that needs fewest.  *reached: the moment after the last
 * of them; false: this clause asks for more than observations alone can give; *possible: they are
 * counted as possible all the same. */
bool tale_activate(tale *t, int32_t threshold, tr_time *reached, int64_t *count, bool *possible);

#endif
