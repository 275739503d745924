/* lint_place.c -- do two zones have a point in common?  Units: 1e-7 degree.
 *
 * Yes is shown by a point that lies surely inside both, looked for among corners, the middle of
 * edges and a grid over the common box.  No is said only when the boxes are apart, or of two drawn
 * zones whose edges do not meet and of which neither has a corner in the other.  Between both
 * there is room for "not decided", which no check reports.
 */
#include "terms/lint.h"

enum { GRID_MOST = 33, CORNERS_MOST = 400, DRAWN_MOST = 600 };

static const tr_zone *zone_at(const tr_plan *plan, int32_t zone)
{
    return zone < 0 ? NULL : &plan->zone[zone].zone;
}

static tr_box box_of(const tr_plan *plan, int32_t zone)
{
    return zone < 0 ? plan->area : plan->zone[zone].zone.box;
}

static int64_t corners_of(const tr_zone *z)
{
    int64_t corners = 4;
    if (z && z->shape == TR_ZONE_NEAR_LINE)
        corners = 40 * (int64_t)z->line->corners; /* distances on the ellipsoid */
    for (int32_t i = 0; z && z->shape == TR_ZONE_RINGS && i < z->rings; i++)
        corners += z->ring[i].corners;
    return corners;
}

static bool meet(tr_box a, tr_box b, tr_box *both)
{
    *both = (tr_box){{a.min.lon > b.min.lon ? a.min.lon : b.min.lon,
                      a.min.lat > b.min.lat ? a.min.lat : b.min.lat},
                     {a.max.lon < b.max.lon ? a.max.lon : b.max.lon,
                      a.max.lat < b.max.lat ? a.max.lat : b.max.lat}};
    return both->min.lon < both->max.lon && both->min.lat < both->max.lat;
}

bool lint_simple(const tr_zone *z)
{
    return z->shape == TR_ZONE_RINGS || z->shape == TR_ZONE_NEAR_LINE || z->shape == TR_ZONE_BOX;
}

/* Of a point: surely in a zone, surely out of it, for every actor, kind, date and height. */
typedef struct {
    bool in, out;
} sure;

static sure in_area(const tr_plan *plan, tr_point p)
{
    bool in = p.lon > plan->area.min.lon && p.lon < plan->area.max.lon &&
              p.lat > plan->area.min.lat && p.lat < plan->area.max.lat;
    return (sure){in, !tr_box_holds(plan->area, p)};
}

static sure in_parts(const tr_plan *plan, const tr_plan_zone *z, tr_point p)
{
    sure all = {false, true};
    for (int32_t i = 0; i < z->parts; i++) {
        const tr_zone_part *part = &z->part[i];
        bool                in = part->actors == 0 && part->kinds == 0;
        for (int32_t v = 0; v < plan->line[part->line].versions; v++) {
            tr_side side = tr_zone_side(&part->zone[v], p);
            in &= side == TR_INSIDE;
            all.out &= side == TR_OUTSIDE;
        }
        all.in |= in;
    }
    return all;
}

/* The zones that it is made of stand above it, so their answers are there already. */
static sure in_made(const tr_plan *plan, const tr_plan_zone *z, const sure *above, tr_point p)
{
    bool every = z->h_from_m == TR_HEIGHT_LEAST && z->h_to_m == TR_HEIGHT_MOST;
    sure all = {z->making != TR_MADE_OR, z->making == TR_MADE_OR};
    for (int32_t i = 0; i < z->ofs; i++) {
        sure one = z->of[i] < 0 ? in_area(plan, p) : above[z->of[i]];
        if (z->making == TR_MADE_WITHOUT && i > 0)
            one = (sure){one.out, one.in};
        all.in = z->making == TR_MADE_OR ? all.in || one.in : all.in && one.in;
        all.out = z->making == TR_MADE_OR ? all.out && one.out : all.out || one.out;
    }
    all.in &= every;
    return all;
}

static bool inside(const tr_plan *plan, int32_t zone, tr_point p)
{
    sure of[FRONT_ZONES];
    if (zone < 0)
        return in_area(plan, p).in;
    if (lint_simple(&plan->zone[zone].zone))
        return tr_zone_side(&plan->zone[zone].zone, p) == TR_INSIDE;
    for (int32_t i = 0; i <= zone; i++) {
        const tr_plan_zone *z = &plan->zone[i];
        tr_side side = z->making == TR_MADE_SHAPE ? tr_zone_side(&z->zone, p) : TR_BOUNDARY;
        of[i] = z->making == TR_MADE_SHAPE     ? (sure){side == TR_INSIDE, side == TR_OUTSIDE}
                : z->making == TR_MADE_PARTS   ? in_parts(plan, z, p)
                : z->making == TR_MADE_SECTORS ? in_area(plan, p)
                                               : in_made(plan, z, of, p);
    }
    return of[zone].in;
}

/* What one point costs in a zone that is made: all shapes above it, at most. */
static int64_t cost_of(const tr_plan *plan, int32_t zone)
{
    int64_t cost = 4;
    for (int32_t i = 0; i <= zone; i++) {
        const tr_plan_zone *z = &plan->zone[i];
        cost += i == zone || !lint_simple(&plan->zone[zone].zone) ? corners_of(&z->zone) : 0;
        for (int32_t k = 0; k < z->parts; k++)
            cost += 40 * (int64_t)plan->line[z->part[k].line].line.corners;
    }
    return cost;
}

typedef struct {
    lint    *l;
    int32_t  a, b;
    int64_t  cost; /* of one point */
    tr_point at;
} search;

static bool both_hold(search *s, tr_point p)
{
    if (s->l->edges < s->cost)
        return false;
    s->l->edges -= s->cost;
    s->at = p;
    return inside(&s->l->f->plan, s->a, p) && inside(&s->l->f->plan, s->b, p);
}

/* The corners of a line, and each third of the way to the next. */
static bool along(search *s, const tr_point *corner, int32_t corners)
{
    for (int32_t i = 0; i < corners && i < CORNERS_MOST; i++) {
        tr_point p = corner[i], q = corner[i + 1 < corners ? i + 1 : i];
        for (int32_t k = 0; k < 3; k++)
            if (both_hold(s, (tr_point){p.lon + (int32_t)(((int64_t)q.lon - p.lon) * k / 3),
                                        p.lat + (int32_t)(((int64_t)q.lat - p.lat) * k / 3)}))
                return true;
    }
    return false;
}

static bool in_grid(search *s, tr_box box)
{
    for (int32_t n = 1; n <= GRID_MOST; n = 2 * n + 1)
        for (int32_t i = 0; i < n; i++)
            for (int32_t k = 0; k < n; k++) {
                int64_t lon = ((int64_t)box.max.lon - box.min.lon) * (2 * i + 1) / (2 * n);
                int64_t lat = ((int64_t)box.max.lat - box.min.lat) * (2 * k + 1) / (2 * n);
                if (both_hold(s,
                              (tr_point){box.min.lon + (int32_t)lon, box.min.lat + (int32_t)lat}))
                    return true;
            }
    return false;
}

bool lint_common(lint *l, int32_t a, int32_t b, tr_point *at)
{
    const tr_plan *plan = &l->f->plan;
    const tr_zone *of[2] = {zone_at(plan, a), zone_at(plan, b)};
    search         s = {l, a, b, cost_of(plan, a) + cost_of(plan, b), {0, 0}};
    tr_box         box;
    bool           found = false;
    if (!meet(box_of(plan, a), box_of(plan, b), &box))
        return false;
    for (int i = 0; i < 2 && !found; i++)
        if (of[i] && of[i]->shape == TR_ZONE_NEAR_LINE)
            found = along(&s, of[i]->line->corner, of[i]->line->corners);
    found = found || in_grid(&s, box);
    *at = s.at;
    return found;
}

/* ---- surely apart ---- */

typedef struct {
    tr_point p, q;
} edge;

static int32_t edges_of(const tr_zone *z, edge *list)
{
    int32_t count = 0;
    if (z->shape == TR_ZONE_BOX) {
        tr_point c[4] = {z->box.min,
                         {z->box.max.lon, z->box.min.lat},
                         z->box.max,
                         {z->box.min.lon, z->box.max.lat}};
        for (int i = 0; i < 4; i++)
            list[count++] = (edge){c[i], c[(i + 1) % 4]};
    }
    for (int32_t r = 0; z->shape == TR_ZONE_RINGS && r < z->rings; r++)
        for (int32_t i = 0; i < z->ring[r].corners && count < DRAWN_MOST; i++)
            list[count++] =
                (edge){z->ring[r].corner[i], z->ring[r].corner[(i + 1) % z->ring[r].corners]};
    return count;
}

/* Which way from p to q lies r: -1, 0, 1. */
static int turn(tr_point p, tr_point q, tr_point r)
{
    int64_t left = ((int64_t)q.lon - p.lon) * ((int64_t)r.lat - p.lat); /* below 2^63 */
    int64_t right = ((int64_t)q.lat - p.lat) * ((int64_t)r.lon - p.lon);
    return left > right ? 1 : left < right ? -1 : 0;
}

/* Touching counts, and so does what is in line: then nothing is sure. */
static bool cross(edge a, edge b)
{
    return turn(a.p, a.q, b.p) * turn(a.p, a.q, b.q) <= 0 &&
           turn(b.p, b.q, a.p) * turn(b.p, b.q, a.q) <= 0;
}

static bool drawn(const tr_zone *z)
{
    return z && (z->shape == TR_ZONE_BOX || z->shape == TR_ZONE_RINGS) &&
           corners_of(z) < DRAWN_MOST;
}

bool lint_apart(lint *l, int32_t a, int32_t b)
{
    const tr_plan *plan = &l->f->plan;
    const tr_zone *of[2] = {zone_at(plan, a), zone_at(plan, b)};
    tr_box         box;
    edge           ea[DRAWN_MOST], eb[DRAWN_MOST];
    if (!meet(box_of(plan, a), box_of(plan, b), &box))
        return true;
    if (!drawn(of[0]) || !drawn(of[1]))
        return false;
    int32_t na = edges_of(of[0], ea), nb = edges_of(of[1], eb);
    if (l->edges < (int64_t)na * nb)
        return false;
    l->edges -= (int64_t)na * nb;
    for (int32_t i = 0; i < na; i++)
        for (int32_t k = 0; k < nb; k++)
            if (cross(ea[i], eb[k]))
                return false;
    for (int32_t i = 0; i < na; i++)
        if (tr_zone_side(of[1], ea[i].p) != TR_OUTSIDE)
            return false;
    for (int32_t k = 0; k < nb; k++)
        if (tr_zone_side(of[0], eb[k].p) != TR_OUTSIDE)
            return false;
    return true;
}
