/* effort.h -- how much of a zone and of a stretch of time was watched: cells and ns.
 *
 * A zone is looked at in sample points ("cells"): a grid over its box, those of
 * its points that may lie inside, for some actor and class asked, at some height
 * and date.  A cell is watched at a moment when somebody whose reach covers it
 * was up.  What is watched is the sum over cells of the time in which each was
 * watched, in shares of all cells:
 *
 *     tr_cells_make(plan, zone, actors, kinds, &cells);
 *     if (tr_cells_seen(plan, &cells, &reach, &watcher.seen) > 0) ... its spans
 *     watched_ns = tr_effort_ns(scratch, cells.cells, watcher, watchers, span);
 *
 * A reach that falls between the sample points covers none of them.
 */
#ifndef TR_EFFORT_H
#define TR_EFFORT_H

#include "verify/verify.h"

enum { TR_CELLS = 1024 };
typedef struct {
    int32_t  zone;   /* index, or -1: the whole area */
    int32_t  cells;  /* 1 .. TR_CELLS */
    uint64_t actors; /* whose zone, of one that differs by actor: bits; 0: anybody's */
    uint64_t kinds;  /* of what, of one that differs by class; 0: of anything */
    tr_point at[TR_CELLS];
} tr_cells;
/* 32 x 32 points over the box, equal in degrees; 64 x 64 where fewer than 64 of them lie inside; a
 * corner of a zone that holds none of those either. */
void tr_cells_make(const tr_plan *plan, int32_t zone, uint64_t actors, uint64_t kinds,
                   tr_cells *cells);

typedef struct {
    uint64_t bit[TR_CELLS / 64];
} tr_cell_set;
/* The cells that a reach covers; returns how many.  A point: within r_max_m of it; a sector:
 * within its ranges and bearings; a zone: inside it; no place: all.  Others, and a zone that the
 * agreement does not have: none. */
int32_t tr_cells_seen(const tr_plan *plan, const tr_cells *cells, const tr_place *reach,
                      tr_cell_set *seen);

typedef struct {
    tr_cell_set    seen;
    const tr_span *span; /* united (cover.h) */
    int32_t        spans;
} tr_watcher;
/* Time inside `within` in which cells were watched, summed over the cells and divided by their
 * number, rounded down, but not to 0 unless it is 0.  At most the length of `within`. */
int64_t tr_effort_ns(tr_arena scratch, int32_t cells, const tr_watcher *watcher, int32_t watchers,
                     tr_span within);

/* The same as stretches in order, none of which meets another: in each the same number of cells,
 * not 0, was watched. */
typedef struct {
    const tr_span *span;
    const int32_t *cells; /* beside each */
    int32_t        spans;
} tr_effort;
void tr_effort_make(tr_arena *keep, int32_t cells, const tr_watcher *watcher, int32_t watchers,
                    tr_span within, tr_effort *effort);

#endif
