/* place.c -- places with an extent, judged as sets.
 *
 * A disc is decided by its centre's side and the distance from the centre to
 * the zone's edge.  A sector is covered by cells (a stretch of range times a
 * stretch of bearing), each inside a disc around its middle: on the ellipsoid
 * an arc of bearing w at range r is at most r w long.  Cells that the edge
 * may cut are split; two middles on different sides, or too many splits,
 * mean undecidable.  So IN and OUT are never said of a set that is cut.
 */
#include <math.h>

#include "geo/geodesic.h"
#include "math/trig.h"

static const int64_t FARTHEST_MM = INT64_C(2000000000); /* 2,000 km; beyond, undecidable */
enum { CELLS_MAX = 300, STACK_MAX = 64 };

/* The unsureness of a distance: twice what tr_line_distance_mm may be off. */
static int64_t slack_mm(int64_t distance_mm)
{
    return 2 + distance_mm / 500000;
}

static tr_zone_answer answer_of_side(const tr_zone *zone, tr_side side)
{
    if (side == TR_BOUNDARY)
        return zone->boundary_inside ? TR_ZONE_IN : TR_ZONE_OUT;
    return side == TR_INSIDE ? TR_ZONE_IN : TR_ZONE_OUT;
}

static tr_zone_answer disc_answer(const tr_zone *zone, tr_point at, tr_side side, int64_t radius_mm)
{
    if (radius_mm == 0)
        return answer_of_side(zone, side);
    if (side == TR_BOUNDARY || radius_mm > FARTHEST_MM)
        return TR_ZONE_UNDECIDABLE;
    int64_t edge = tr_zone_edge_mm(zone, at);
    if (edge - slack_mm(edge) <= radius_mm)
        return TR_ZONE_UNDECIDABLE;
    return side == TR_INSIDE ? TR_ZONE_IN : TR_ZONE_OUT;
}

/* A sector in mm and mdeg; begin <= end <= begin + 360,000. */
typedef struct {
    int64_t r_min, r_max;
    int64_t begin, end;
} cell;

static cell cell_of(const tr_place *place)
{
    int64_t begin = place->az_begin_cdeg % 36000 * INT64_C(10);
    int64_t end = place->az_end_cdeg % 36000 * INT64_C(10);
    begin += begin < 0 ? 360000 : 0;
    end += end < 0 ? 360000 : 0;
    if (end <= begin)
        end += 360000;
    int64_t r_min = place->r_min_m > 0 ? place->r_min_m : 0;
    int64_t r_max = place->r_max_m > r_min ? place->r_max_m : r_min;
    return (cell){r_min * 1000, r_max * 1000, begin, end};
}

static bool all_round(cell c)
{
    return c.end - c.begin == 360000;
}

static tr_point cell_middle(tr_point at, cell c)
{
    return tr_destination(at, (c.begin + c.end) / 2, (c.r_min + c.r_max) / 2);
}

/* Of a disc around the middle that holds the cell; 57,295 mdeg are less than a radian; 20 mm
 * for the middle's rounding to 1e-7 degree. */
static int64_t cell_radius(cell c)
{
    int64_t middle = (c.r_min + c.r_max) / 2;
    return (c.r_max - c.r_min) / 2 + middle * (c.end - c.begin) / 2 / 57295 + 22;
}

static cell cut(cell *c)
{
    cell    rest = *c;
    int64_t wide = (c->r_min + c->r_max) / 2 * (c->end - c->begin) / 57295;
    if (c->r_max - c->r_min > wide)
        c->r_max = rest.r_min = (c->r_min + c->r_max) / 2;
    else
        c->end = rest.begin = (c->begin + c->end) / 2;
    return rest;
}

static tr_zone_answer sector_answer(const tr_zone *zone, tr_point at, cell whole)
{
    cell stack[STACK_MAX] = {whole};
    int  depth = 1;
    bool in = false, out = false;
    if (whole.r_max > FARTHEST_MM)
        return TR_ZONE_UNDECIDABLE;
    for (int count = 0; depth > 0; count++) {
        cell           c = stack[--depth];
        tr_point       middle = cell_middle(at, c);
        tr_side        side = tr_zone_side(zone, middle);
        int64_t        radius = cell_radius(c);
        tr_zone_answer answer = disc_answer(zone, middle, side, radius);
        in |= side == TR_INSIDE;
        out |= side == TR_OUTSIDE;
        if (in && out)
            return TR_ZONE_UNDECIDABLE;
        if (answer != TR_ZONE_UNDECIDABLE)
            continue;
        if (radius < 100 || count > CELLS_MAX || depth + 2 > STACK_MAX)
            return TR_ZONE_UNDECIDABLE;
        cell rest = cut(&c);
        stack[depth++] = c;
        stack[depth++] = rest;
    }
    return in ? TR_ZONE_IN : TR_ZONE_OUT;
}

bool tr_place_has_height(const tr_place *place)
{
    return place->h_end_m > place->h_min_m;
}

/* Radius of the disc that a place is, in mm; -1 when it is not a disc. */
static int64_t disc_mm(const tr_place *place, tr_extent extent)
{
    int64_t radius = place->r_max_m > 0 ? place->r_max_m : 0;
    if (place->kind == TR_PLACE_POINT)
        return extent == TR_EXTENT_P50 ? radius * 500 : radius * 1000;
    if (place->kind == TR_PLACE_SECTOR) {
        cell c = cell_of(place);
        return c.r_min == 0 && (c.r_max == 0 || all_round(c)) ? c.r_max : -1;
    }
    return -1;
}

tr_zone_answer tr_zone_place(const tr_zone *zone, const tr_place *place, tr_extent extent)
{
    if (place->kind != TR_PLACE_POINT && place->kind != TR_PLACE_SECTOR)
        return TR_ZONE_UNDECIDABLE;
    int64_t radius = disc_mm(place, extent);
    if (radius >= 0)
        return disc_answer(zone, place->at, tr_zone_side(zone, place->at), radius);
    return sector_answer(zone, place->at, cell_of(place));
}

int tr_place_samples(const tr_place *place, tr_point at[TR_PLACE_SAMPLES])
{
    if (place->kind != TR_PLACE_POINT && place->kind != TR_PLACE_SECTOR)
        return 0;
    int64_t radius = disc_mm(place, TR_EXTENT_P50);
    at[0] = place->at;
    if (radius == 0)
        return 1;
    cell   c = radius > 0 ? (cell){0, radius, 0, 360000} : cell_of(place);
    double inner = (double)c.r_min * (double)c.r_min, outer = (double)c.r_max * (double)c.r_max;
    for (int i = 0; i < 8; i++) {
        int64_t range = (int64_t)(sqrt(inner + (outer - inner) * (2 * i + 1) / 16) + 0.5);
        for (int j = 0; j < 8; j++) {
            int64_t az = c.begin + (c.end - c.begin) * (16 * j + 2 * i + 1) / 128;
            at[8 * i + j] = tr_destination(place->at, az, range);
        }
    }
    return TR_PLACE_SAMPLES;
}

bool tr_zone_mostly(const tr_zone *zone, const tr_place *place)
{
    tr_point at[TR_PLACE_SAMPLES];
    int      held = 0, count = tr_place_samples(place, at);
    for (int i = 0; i < count; i++)
        held += answer_of_side(zone, tr_zone_side(zone, at[i])) == TR_ZONE_IN;
    return 2 * held > count || (count > 1 && 2 * held == count && zone->boundary_inside);
}

bool tr_place_disc(const tr_place *place, tr_point *centre, int64_t *radius_mm)
{
    if (place->kind != TR_PLACE_POINT && place->kind != TR_PLACE_SECTOR)
        return false;
    int64_t radius = disc_mm(place, TR_EXTENT_P90);
    *centre = place->at;
    *radius_mm = radius;
    if (radius >= 0)
        return true;
    cell c = cell_of(place);
    if (cell_radius(c) < c.r_max) {
        *centre = cell_middle(place->at, c);
        *radius_mm = cell_radius(c);
    } else
        *radius_mm = c.r_max;
    return true;
}

/* ---- outlines and distances ---- */

static int put_arc(tr_point at, int64_t range, int64_t from, int64_t to, tr_point *out, int count)
{
    for (int i = 0; i < count; i++)
        out[i] = tr_destination(at, from + (to - from) * i / (count > 1 ? count - 1 : 1), range);
    return count;
}

int tr_place_outline(const tr_place *place, tr_extent extent, tr_point *ring, int room)
{
    int64_t radius = disc_mm(place, extent);
    if (room < 8 || (place->kind != TR_PLACE_POINT && place->kind != TR_PLACE_SECTOR))
        return 0;
    if (radius == 0) {
        ring[0] = place->at;
        return 1;
    }
    cell c = cell_of(place);
    if (radius > 0 || all_round(c)) {
        for (int i = 0; i < room; i++)
            ring[i] = tr_destination(place->at, 360000 - INT64_C(360000) * i / room,
                                     radius > 0 ? radius : c.r_max);
        return room;
    }
    int outer = c.r_min > 0 ? room / 2 : room - 1;
    int count = put_arc(place->at, c.r_max, c.end, c.begin, ring, outer);
    if (c.r_min > 0)
        return count + put_arc(place->at, c.r_min, c.begin, c.end, ring + count, room - outer);
    ring[count] = place->at;
    return count + 1;
}

/* A place as a disc with a radius, or as the outline of a sector. */
typedef struct {
    tr_point at;
    int64_t  radius; /* -1 for a sector */
    cell     c;
    tr_point ring[48];
    int      points;
} outline;

static outline outline_of(const tr_place *place)
{
    outline o = {.at = place->at, .radius = disc_mm(place, TR_EXTENT_P90)};
    if (o.radius < 0) {
        o.c = cell_of(place);
        o.points = tr_place_outline(place, TR_EXTENT_P90, o.ring, 48);
    }
    return o;
}

static bool sector_holds(const outline *o, tr_point p)
{
    int64_t range = tr_distance_mm(o->at, p);
    if (range < o->c.r_min || range > o->c.r_max)
        return false;
    int64_t az = tr_azimuth_mdeg(o->at, p);
    return (az >= o->c.begin && az <= o->c.end) || az + 360000 <= o->c.end;
}

/* From p to the sector's edge; an annulus has two circles, its outline only the outer one. */
static int64_t sector_edge_mm(const outline *o, tr_point p)
{
    if (!all_round(o->c))
        return tr_mm_of(tr_nearest_m(o->ring, o->points, true, p));
    int64_t range = tr_distance_mm(o->at, p);
    return range > o->c.r_max ? range - o->c.r_max : range < o->c.r_min ? o->c.r_min - range : 0;
}

static int64_t sector_farthest_mm(const outline *o, tr_point p)
{
    int64_t most = 0;
    for (int i = 0; i < o->points; i++) {
        int64_t far = tr_distance_mm(o->ring[i], p);
        most = far > most ? far : most;
    }
    return most;
}

static void disc_to_sector(const outline *disc, const outline *sector, int64_t *least,
                           int64_t *most)
{
    int64_t edge = sector_holds(sector, disc->at) ? 0 : sector_edge_mm(sector, disc->at);
    *least = edge > disc->radius ? edge - disc->radius : 0;
    *most = sector_farthest_mm(sector, disc->at) + disc->radius;
}

/* The least over the corners of b against the set a. */
static int64_t least_over(const outline *a, const outline *b)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < b->points && least > 0; i++) {
        int64_t far = sector_holds(a, b->ring[i]) ? 0 : sector_edge_mm(a, b->ring[i]);
        least = far < least ? far : least;
    }
    return least;
}

static int side_of(tr_point a, tr_point b, tr_point p)
{
    double left = ((double)b.lon - a.lon) * ((double)p.lat - a.lat);
    double right = ((double)b.lat - a.lat) * ((double)p.lon - a.lon);
    return (left > right) - (left < right);
}

static bool outlines_cross(const outline *a, const outline *b)
{
    for (int i = 0; i < a->points; i++) {
        tr_point p = a->ring[i], q = a->ring[(i + 1) % a->points];
        for (int j = 0; j < b->points; j++) {
            tr_point r = b->ring[j], s = b->ring[(j + 1) % b->points];
            if (side_of(p, q, r) * side_of(p, q, s) < 0 && side_of(r, s, p) * side_of(r, s, q) < 0)
                return true;
        }
    }
    return false;
}

void tr_place_distance_mm(const tr_place *a, const tr_place *b, int64_t *least, int64_t *most)
{
    outline one = outline_of(a), two = outline_of(b);
    if (one.radius >= 0 && two.radius >= 0) {
        int64_t apart = tr_distance_mm(a->at, b->at), reach = one.radius + two.radius;
        *least = apart > reach ? apart - reach : 0;
        *most = apart + reach;
    } else if (one.radius >= 0) {
        disc_to_sector(&one, &two, least, most);
    } else if (two.radius >= 0) {
        disc_to_sector(&two, &one, least, most);
    } else {
        int64_t there = least_over(&one, &two), back = least_over(&two, &one);
        *least = outlines_cross(&one, &two) ? 0 : there < back ? there : back;
        *most = 0;
        for (int i = 0; i < two.points; i++) {
            int64_t far = sector_farthest_mm(&one, two.ring[i]);
            *most = far > *most ? far : *most;
        }
    }
}
