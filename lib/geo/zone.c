/* zone.c -- exact point-in-zone tests.
 *
 * A position is first held against the bounding box of a ring.  That rejects
 * most of them, and it bounds what is left: both factors of every product
 * below are at most 9e8, so the difference of two products stays under 2^62.
 */
#include "geo/geodesic.h"

#include "math/trig.h"

enum { SPAN_MAX = 900000000 }; /* 90 degrees: keeps products in 64 bits */
static const int64_t WITHIN_MAX_MM = INT64_C(1000000000); /* 1,000 km */

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static bool span_ok(tr_str name, tr_box box, tr_err *err)
{
    if ((int64_t)box.max.lon - box.min.lon <= SPAN_MAX &&
        (int64_t)box.max.lat - box.min.lat <= SPAN_MAX)
        return true;
    return tr_fail(err, TR_E_ZONE_SPAN, "Split the zone; at the antimeridian, split it there.",
                   "zone \"%.*s\" spans more than 90 degrees", TR_FMT(name));
}

bool tr_zone_of_rings(tr_zone *zone, tr_str name, const tr_ring *ring, int rings, tr_err *err)
{
    if (rings < 1)
        return tr_fail(err, TR_E_ZONE_CORNERS, "Give at least one ring of three corners.",
                       "zone \"%.*s\" has no ring", TR_FMT(name));
    tr_box  box = ring[0].box;
    tr_ring made;
    for (int i = 0; i < rings; i++) {
        if (!tr_ring_make(&made, name, ring[i].corner, ring[i].corners, err))
            return false;
        assert(tr_box_holds(ring[i].box, made.box.min) && tr_box_holds(ring[i].box, made.box.max));
        box.min.lon = smaller(box.min.lon, made.box.min.lon);
        box.min.lat = smaller(box.min.lat, made.box.min.lat);
        box.max.lon = larger(box.max.lon, made.box.max.lon);
        box.max.lat = larger(box.max.lat, made.box.max.lat);
    }
    if (!span_ok(name, box, err))
        return false;
    *zone = (tr_zone){
        .name = name, .shape = TR_ZONE_RINGS, .ring = ring, .rings = rings, .box = box};
    return true;
}

/* The box with `within_mm` on all sides, and room: a degree of latitude has at least 110,574 m,
 * one of longitude at least cos(latitude) times 111,319 m; counted as 110,000 and less 2 %. */
static tr_box widened(tr_box box, int64_t within_mm)
{
    int64_t lat = within_mm / 11 + 100; /* 1e-7 degree = 11 mm */
    int64_t south = box.min.lat - lat, north = box.max.lat + lat;
    int64_t farthest = north > -south ? north : -south;
    int64_t west = -1800000000, east = 1800000000;
    if (farthest < 890000000) {
        int64_t lon = (int64_t)((double)lat * 1.02 / tr_cos((double)farthest * TR_RADIAN_E7)) + 100;
        if (box.min.lon - lon > west && box.max.lon + lon < east)
            west = box.min.lon - lon, east = box.max.lon + lon;
    }
    south = south < -900000000 ? -900000000 : south;
    north = north > 900000000 ? 900000000 : north;
    return (tr_box){{(int32_t)west, (int32_t)south}, {(int32_t)east, (int32_t)north}};
}

bool tr_zone_near_line(tr_zone *zone, tr_str name, const tr_line *line, int64_t within_mm,
                       tr_err *err)
{
    if (within_mm < 1 || within_mm > WITHIN_MAX_MM)
        return tr_fail(err, TR_E_ZONE_DISTANCE, "Give a distance from 1 mm to 1,000 km.",
                       "zone \"%.*s\" reaches %lld mm from its line", TR_FMT(name),
                       (long long)within_mm);
    *zone = (tr_zone){.name = name,
                      .shape = TR_ZONE_NEAR_LINE,
                      .line = line,
                      .within_mm = within_mm,
                      .box = widened(line->box, within_mm)};
    return true;
}

bool tr_zone_of_box(tr_zone *zone, tr_str name, tr_box box, tr_err *err)
{
    if (!tr_on_globe(box.min) || !tr_on_globe(box.max))
        return tr_fail(err, TR_E_ZONE_RANGE,
                       "Positions are longitude first, then latitude, in degrees.",
                       "a corner of zone \"%.*s\" is not on the globe", TR_FMT(name));
    if (box.min.lon >= box.max.lon || box.min.lat >= box.max.lat)
        return tr_fail(err, TR_E_ZONE_BOX, "Give the south-west corner, then the north-east one.",
                       "zone \"%.*s\" is a box without area", TR_FMT(name));
    if (!span_ok(name, box, err))
        return false;
    *zone = (tr_zone){.name = name, .shape = TR_ZONE_BOX, .box = box};
    return true;
}

/* Twice the signed area of a, b, p: positive when p lies left of a -> b. */
static int64_t cross(tr_point a, tr_point b, tr_point p)
{
    return ((int64_t)b.lon - a.lon) * ((int64_t)p.lat - a.lat) -
           ((int64_t)b.lat - a.lat) * ((int64_t)p.lon - a.lon);
}

static tr_side ring_side(const tr_ring *ring, tr_point p)
{
    if (!tr_box_holds(ring->box, p))
        return TR_OUTSIDE;
    bool     inside = false;
    tr_point a = ring->corner[ring->corners - 1];
    for (int i = 0; i < ring->corners; i++) {
        tr_point b = ring->corner[i], from = a;
        a = b;
        if ((from.lat > p.lat && b.lat > p.lat) || (from.lat < p.lat && b.lat < p.lat))
            continue; /* the ray due east cannot meet this edge */
        int64_t left = cross(from, b, p);
        if (left == 0 && p.lon >= smaller(from.lon, b.lon) && p.lon <= larger(from.lon, b.lon))
            return TR_BOUNDARY;
        if ((from.lat > p.lat) != (b.lat > p.lat) && (left > 0) == (b.lat > from.lat))
            inside = !inside;
    }
    return inside ? TR_INSIDE : TR_OUTSIDE;
}

static tr_side box_side(tr_box box, tr_point p)
{
    if (!tr_box_holds(box, p))
        return TR_OUTSIDE;
    bool edge = p.lon == box.min.lon || p.lon == box.max.lon || p.lat == box.min.lat ||
                p.lat == box.max.lat;
    return edge ? TR_BOUNDARY : TR_INSIDE;
}

tr_side tr_zone_side(const tr_zone *zone, tr_point p)
{
    assert(zone->shape != TR_ZONE_MADE);
    if (!tr_box_holds(zone->box, p))
        return TR_OUTSIDE;
    if (zone->shape == TR_ZONE_BOX)
        return box_side(zone->box, p);
    if (zone->shape == TR_ZONE_NEAR_LINE) {
        int64_t far = tr_line_distance_mm(zone->line, p);
        return far < zone->within_mm    ? TR_INSIDE
               : far == zone->within_mm ? TR_BOUNDARY
                                        : TR_OUTSIDE;
    }
    bool inside = false;
    for (int i = 0; i < zone->rings; i++) {
        tr_side side = ring_side(&zone->ring[i], p);
        if (side == TR_BOUNDARY)
            return TR_BOUNDARY;
        inside ^= side == TR_INSIDE;
    }
    return inside ? TR_INSIDE : TR_OUTSIDE;
}

int64_t tr_zone_edge_mm(const tr_zone *zone, tr_point p)
{
    assert(zone->shape != TR_ZONE_MADE);
    if (zone->shape == TR_ZONE_NEAR_LINE) {
        int64_t far = tr_line_distance_mm(zone->line, p) - zone->within_mm;
        return far < 0 ? -far : far;
    }
    if (zone->shape == TR_ZONE_BOX) {
        tr_point min = zone->box.min, max = zone->box.max;
        tr_point corner[4] = {min, {max.lon, min.lat}, max, {min.lon, max.lat}};
        return tr_mm_of(tr_nearest_m(corner, 4, true, p));
    }
    double best = 1e9;
    for (int i = 0; i < zone->rings; i++) {
        double far = tr_nearest_m(zone->ring[i].corner, zone->ring[i].corners, true, p);
        best = far < best ? far : best;
    }
    return tr_mm_of(best);
}
