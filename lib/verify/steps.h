/* steps.h -- a count as a step function of time, for window.c.
 *
 * Instants with what they add, each instant once, sorted, in blocks of at most TR_STEPS_BLOCK
 * with the sum, least and greatest prefix of each.  The value at t is the sum of all that is
 * added at instants <= t.  What is noted waits in two lists (begins and ends, which in order of
 * arrival are mostly sorted each for itself) until it is settled.  Noting a stretch and then its
 * opposite leaves exactly what was there: the sums of an instant are exact, and an instant that
 * adds nothing is taken out.
 */
#ifndef TR_STEPS_H
#define TR_STEPS_H

#include "base/base.h"

enum { TR_STEPS_BLOCK = 128, TR_STEPS_FILL = 96 };

typedef struct {
    tr_time t;
    int64_t add;
} tr_step_point;
typedef TR_VEC(tr_step_point) tr_step_points;

typedef struct {
    tr_step_point *at;     /* [count], room for TR_STEPS_BLOCK; never empty */
    tr_time        first;  /* at[0].t */
    int64_t        before; /* sum of all earlier blocks */
    int64_t        sum;    /* of this one */
    int64_t        least;  /* of its prefix sums, after each point */
    int64_t        most;
    int64_t        count;
} tr_step_block;
typedef TR_VEC(tr_step_block) tr_step_blocks;

typedef struct {
    tr_step_blocks blocks, tail; /* tail: scratch */
    tr_step_points begins, ends; /* waiting */
    tr_step_points work, merged; /* scratch */
    TR_VEC(tr_step_point *) idle; /* blocks not in use */
} tr_steps;

/* Add `add` over [begin, end); end TR_TIME_MAX = for ever. */
void tr_steps_note(tr_arena *keep, tr_steps *steps, tr_time begin, tr_time end, int64_t add);
/* Merge in what waits.  The earliest instant at which a value may have changed, or TR_TIME_MAX. */
tr_time tr_steps_settle(tr_arena *keep, tr_steps *steps);
/* Value at t, what waits included. */
int64_t tr_steps_at(const tr_steps *steps, tr_time t);
/* First instant (settled), or TR_TIME_MAX. */
tr_time tr_steps_first(const tr_steps *steps);

/* Where `least <= value <= most` changes.  From `from` to `until` (exclusive) it is `holds`.
 * Zero bytes but for steps, least and most = not placed yet. */
typedef struct {
    const tr_steps *steps;
    int64_t         least, most;
    tr_time         from, until;
    int64_t         value; /* before the point at which `until` lies */
    ptrdiff_t       block, point; /* that point */
    bool            holds, placed;
} tr_steps_cursor;
/* Place it so that from <= t < until (until = TR_TIME_MAX: for ever).  Steps must be settled and
 * stay so while the cursor is used. */
void tr_steps_seek(tr_steps_cursor *cursor, tr_time t);

#endif
