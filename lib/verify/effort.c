/* effort.c -- grids of sample points, reaches, and a sweep over the begins and ends of watching
 * (effort.h).  Integers decide: points by tr_zone_ground, reaches by tr_distance_mm and
 * tr_azimuth_mdeg. */
#include "verify/effort.h"

#include "verify/place.h"

#include <stdlib.h>

__extension__ typedef unsigned __int128 wide; /* cells and ns: 10 + 64 bits */

/* ---- cells ---- */

enum { COARSE = 32, FINE = 64, FEW = 64 };
_Static_assert(COARSE *COARSE <= TR_CELLS, "the coarse grid has room");

/* The middle of part i of n parts of [min, max]. */
static int32_t middle(int32_t min, int32_t max, int i, int n)
{
    return (int32_t)(min + ((int64_t)max - min) * (2 * i + 1) / (2 * n));
}

static int32_t grid(const tr_plan *plan, tr_cells *cells, tr_box box, int n)
{
    int32_t count = 0;
    for (int row = 0; row < n; row++)
        for (int column = 0; column < n && count < TR_CELLS; column++) {
            tr_point p = {.lon = middle(box.min.lon, box.max.lon, column, n),
                          .lat = middle(box.min.lat, box.max.lat, row, n)};
            if (cells->zone < 0 || tr_zone_ground(plan, cells->zone, cells->actors, cells->kinds,
                                                  p) != TR_ZONE_OUT)
                cells->at[count++] = p;
        }
    return count;
}

void tr_cells_make(const tr_plan *plan, int32_t zone, uint64_t actors, uint64_t kinds,
                   tr_cells *cells)
{
    assert(zone >= -1 && zone < plan->zones);
    tr_box box = zone < 0 ? plan->area : plan->zone[zone].zone.box;
    cells->zone = zone;
    cells->actors = actors;
    cells->kinds = kinds;
    cells->cells = grid(plan, cells, box, COARSE);
    if (cells->cells < FEW)
        cells->cells = grid(plan, cells, box, FINE);
    if (cells->cells == 0)
        cells->at[cells->cells++] = tr_zone_corner(plan, zone);
}

/* ---- reaches ---- */

static bool in_bearing(const tr_place *reach, tr_point p)
{
    enum { ROUND = 36000 };
    int32_t width = (reach->az_end_cdeg - reach->az_begin_cdeg + ROUND) % ROUND;
    if (width == 0)
        return true;
    int32_t azimuth = (int32_t)(tr_azimuth_mdeg(reach->at, p) / 10);
    return (azimuth - reach->az_begin_cdeg + ROUND) % ROUND <= width;
}

/* A disc is an annulus from 0 all round. */
static bool in_reach(const tr_place *reach, tr_point p)
{
    enum { LEAST_MM = 11 }; /* of 1e-7 degree of latitude: no need to measure what is far */
    int64_t most = (int64_t)reach->r_max_m * 1000;
    int64_t north = (int64_t)reach->at.lat - p.lat;
    if ((north < 0 ? -north : north) * LEAST_MM > most)
        return false;
    int64_t distance = tr_distance_mm(reach->at, p);
    if (distance > most)
        return false;
    return reach->kind == TR_PLACE_POINT ||
           (distance >= (int64_t)reach->r_min_m * 1000 && (distance == 0 || in_bearing(reach, p)));
}

static bool covers(const tr_plan *plan, const tr_place *reach, int32_t zone, tr_point p)
{
    switch ((tr_place_kind)reach->kind) {
    case TR_PLACE_NONE:
        return true;
    case TR_PLACE_POINT:
    case TR_PLACE_SECTOR:
        return in_reach(reach, p);
    case TR_PLACE_ZONE:
        return reach->zone >= 0 && reach->zone < plan->zones &&
               (reach->zone == zone || tr_zone_ground(plan, reach->zone, 0, 0, p) == TR_ZONE_IN);
    default:
        return false;
    }
}

int32_t tr_cells_seen(const tr_plan *plan, const tr_cells *cells, const tr_place *reach,
                      tr_cell_set *seen)
{
    int32_t count = 0;
    *seen = (tr_cell_set){0};
    for (int32_t i = 0; i < cells->cells; i++)
        if (covers(plan, reach, cells->zone, cells->at[i])) {
            seen->bit[i / 64] |= UINT64_C(1) << (i % 64);
            count++;
        }
    return count;
}

/* ---- the sweep ---- */

typedef struct { /* somebody begins or ends to watch */
    tr_time t;
    int32_t watcher;
    int32_t step; /* 1 or -1 */
} turn;

static int by_time(const void *a, const void *b)
{
    const turn *x = a, *y = b;
    if (x->t != y->t)
        return x->t < y->t ? -1 : 1;
    if (x->watcher != y->watcher)
        return x->watcher < y->watcher ? -1 : 1;
    return x->step - y->step;
}

typedef struct {
    int32_t cells;
    int32_t all;          /* watchers of every cell who are up */
    int32_t watched;      /* cells watched by one of the others */
    int32_t by[TR_CELLS]; /* how many of the others watch each cell */
} sweep;

static bool sees_all(const tr_cell_set *seen, int32_t cells)
{
    int32_t count = 0;
    for (int i = 0; i < TR_CELLS / 64; i++)
        count += __builtin_popcountll(seen->bit[i]);
    return count == cells;
}

static void turn_cells(sweep *s, const tr_cell_set *seen, int32_t step)
{
    for (int i = 0; i < TR_CELLS / 64; i++)
        for (uint64_t rest = seen->bit[i]; rest != 0; rest &= rest - 1) {
            int32_t *by = &s->by[i * 64 + __builtin_ctzll(rest)];
            s->watched += step > 0 ? *by == 0 : -(*by == 1);
            *by += step;
        }
}

static ptrdiff_t turns_of(const tr_watcher *watcher, int32_t index, tr_span within, turn *list)
{
    ptrdiff_t count = 0;
    for (int32_t i = 0; i < watcher->spans; i++) {
        tr_time begin = watcher->span[i].begin, end = watcher->span[i].end;
        begin = begin > within.begin ? begin : within.begin;
        end = end < within.end ? end : within.end;
        if (begin >= end)
            continue;
        list[count++] = (turn){begin, index, 1};
        list[count++] = (turn){end, index, -1};
    }
    return count;
}

/* Into span and cells, with room for `turns`; returns how many. */
static int32_t stretches(sweep *s, const tr_watcher *watcher, const bool *full, const turn *list,
                         ptrdiff_t turns, tr_span *span, int32_t *cells)
{
    int32_t count = 0;
    for (ptrdiff_t i = 0; i < turns; i++) {
        int32_t now = s->all > 0 ? s->cells : s->watched;
        if (i > 0 && list[i].t > list[i - 1].t && now > 0) {
            span[count] = (tr_span){list[i - 1].t, list[i].t};
            cells[count++] = now;
        }
        if (full[list[i].watcher])
            s->all += list[i].step;
        else
            turn_cells(s, &watcher[list[i].watcher].seen, list[i].step);
    }
    return count;
}

void tr_effort_make(tr_arena *keep, int32_t cells, const tr_watcher *watcher, int32_t watchers,
                    tr_span within, tr_effort *effort)
{
    assert(cells > 0 && cells <= TR_CELLS);
    ptrdiff_t spans = 0, turns = 0;
    for (int32_t i = 0; i < watchers; i++)
        spans += watcher[i].spans;
    tr_span *span = TR_NEW(keep, tr_span, 2 * spans + 1);
    int32_t *seen = TR_NEW(keep, int32_t, 2 * spans + 1);
    tr_arena scratch = *keep;
    turn    *list = TR_NEW(&scratch, turn, 2 * spans + 1);
    bool    *full = TR_NEW(&scratch, bool, watchers + 1);
    sweep   *s = TR_NEW(&scratch, sweep, 1);
    s->cells = cells;
    for (int32_t i = 0; i < watchers; i++) {
        full[i] = sees_all(&watcher[i].seen, cells);
        turns += turns_of(&watcher[i], i, within, list + turns);
    }
    if (turns > 1)
        qsort(list, (size_t)turns, sizeof *list, by_time);
    *effort = (tr_effort){span, seen, stretches(s, watcher, full, list, turns, span, seen)};
}

int64_t tr_effort_ns(tr_arena scratch, int32_t cells, const tr_watcher *watcher, int32_t watchers,
                     tr_span within)
{
    tr_effort effort;
    wide      sum = 0;
    tr_effort_make(&scratch, cells, watcher, watchers, within, &effort);
    for (int32_t i = 0; i < effort.spans; i++)
        sum += (wide)((uint64_t)effort.span[i].end - (uint64_t)effort.span[i].begin) *
               (uint32_t)effort.cells[i];
    wide share = sum / (uint32_t)cells;
    if (sum > 0 && share == 0)
        share = 1;
    return share > INT64_MAX ? INT64_MAX : (int64_t)share;
}
