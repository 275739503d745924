/* geo.h -- positions, places with their uncertainty, lines and zones.
 *
 * Positions are WGS 84 longitude and latitude as whole numbers of 1e-7 degree
 * (1.1 cm or less on the ground), always by name.  Edges are straight in
 * longitude and latitude, as in GeoJSON (RFC 7946, 3.1.1).  Point-in-zone is
 * exact integer arithmetic with three answers; a place that has an extent is
 * judged as a set, and a place that the edge cuts is `undecidable`.
 */
#ifndef TR_GEO_H
#define TR_GEO_H

#include "base/base.h"

typedef struct {
    int32_t lon; /* 1e-7 degree east,  -180 .. 180 */
    int32_t lat; /* 1e-7 degree north,  -90 ..  90 */
} tr_point;

typedef struct {
    tr_point min; /* south-west corner */
    tr_point max; /* north-east corner; both belong to the box */
} tr_box;

/* Of a point. */
typedef enum { TR_OUTSIDE = -1, TR_BOUNDARY = 0, TR_INSIDE = 1 } tr_side;

/* Of a place with an extent: wholly inside, wholly outside, or cut by the
 * edge so that the error of the place decides. */
typedef enum { TR_ZONE_OUT = -1, TR_ZONE_UNDECIDABLE = 0, TR_ZONE_IN = 1 } tr_zone_answer;

bool tr_on_globe(tr_point p);
bool tr_box_holds(tr_box box, tr_point p);

/* Where something was: the forms of an entry's `place`. */
typedef enum {
    TR_PLACE_NONE = 0,
    TR_PLACE_POINT,  /* at, r_max_m = radius of the 90 % region, the 50 % region has half of it */
    TR_PLACE_SECTOR, /* observer at `at`; range r_min_m .. r_max_m, bearing az_begin .. az_end
                        clockwise, centidegrees; begin == end means all round */
    TR_PLACE_ZONE,   /* a zone of the agreement by name; `zone` is its index or -1 */
    TR_PLACE_REGION, /* a polygon in a blob; not resolved here */
    TR_PLACE_SEALED
} tr_place_kind;

typedef struct {
    tr_point at;
    int32_t  r_min_m;
    int32_t  r_max_m;
    int32_t  az_begin_cdeg; /* 0 .. 35999 */
    int32_t  az_end_cdeg;   /* 0 .. 35999 */
    int32_t  zone;
    int32_t  kind; /* tr_place_kind */
    /* of a point or sector: its height in metres above the ground, [h_min_m, h_end_m); not known
     * unless h_end_m is above h_min_m */
    int32_t  h_min_m;
    int32_t  h_end_m;
} tr_place;
enum { TR_HEIGHT_LOW_M = -1000, TR_HEIGHT_M = 100000 }; /* that a place may have */
bool tr_place_has_height(const tr_place *place);

/* 16-point compass.  Index 0 = north, clockwise.  Word of an azimuth in
 * millidegrees: ((2*a + 22500) / 45000) mod 16; word w covers its centre
 * (w * 22.5 degrees) +- 11.25 degrees, half open at the clockwise end. */
int         tr_compass_of_mdeg(int64_t az_mdeg);
const char *tr_compass_word(int index);  /* "N", "NNE", ... */
const char *tr_compass_name(int index);  /* "north", "north-north-east", ... */
/* "SSW", "south-south-west", "south and south-south-west", "S-SSW", "S, SSW":
 * a union of adjacent points; false when a word is unknown or they do not
 * touch.  Azimuths in centidegrees: "N" gives 34875 .. 1125. */
bool tr_compass_read(const char *at, ptrdiff_t len, int32_t *az_begin_cdeg, int32_t *az_end_cdeg);

/* Metres on the WGS 84 ellipsoid, as millimetres, the shortest way (geodesic),
 * right to 1 mm + 1e-9 of the distance for points less than 10,000 km apart.
 * Same bits on every machine: math/trig.h, no libm. */
int64_t tr_distance_mm(tr_point a, tr_point b);
/* Azimuth at a of the geodesic to b, in millidegrees 0 .. 359,999. */
int64_t tr_azimuth_mdeg(tr_point a, tr_point b);
/* The point `distance_mm` from a along azimuth `az_mdeg` (for drawing and for boxes). */
tr_point tr_destination(tr_point a, int64_t az_mdeg, int64_t distance_mm);

/* A line: corners joined by edges straight in longitude and latitude. */
typedef struct {
    const tr_point *corner; /* [corners], at least 2, borrowed */
    int32_t         corners;
    tr_box          box;
} tr_line;
bool    tr_line_make(tr_line *line, tr_str name, const tr_point *corner, int corners, tr_err *err);
int64_t tr_line_distance_mm(const tr_line *line, tr_point p); /* to the nearest point of the line */
int64_t tr_line_length_mm(const tr_line *line);
/* Cut a line every `every_mm` along it, from its first corner on.  What is left at the end is a
 * piece of its own from 1 m on, else part of the last.  Returns how many, or 0 when it would be
 * more than `most`; the pieces share their corners, in `keep`. */
int tr_line_divide(tr_arena *keep, const tr_line *line, int64_t every_mm, int most,
                   tr_line **piece);

/* A zone is made of rings (even-odd over all rings: outer rings and holes of a
 * Polygon or MultiPolygon alike), or lies within a distance of a line, or is a box.  Of one that
 * is made of others only the name and the box are here; no function below takes it. */
typedef enum { TR_ZONE_RINGS, TR_ZONE_NEAR_LINE, TR_ZONE_BOX, TR_ZONE_MADE } tr_zone_shape;
typedef struct {
    const tr_point *corner; /* [corners], first not repeated */
    int32_t         corners;
    tr_box          box;
} tr_ring;
typedef struct {
    tr_str         name;
    tr_zone_shape  shape;
    const tr_ring *ring;
    int32_t        rings;
    const tr_line *line;
    int64_t        within_mm; /* TR_ZONE_NEAR_LINE; the boundary is exactly this far, to the mm */
    tr_box         box;       /* bounds everything inside, with room */
    bool           boundary_inside; /* whose the line is: the agreement says so */
} tr_zone;

/* Make a zone that borrows its rings or line.  Fails, naming the culprit, on
 * fewer than 3 corners, corners off the globe, a span over 90 degrees (so also
 * on crossing the antimeridian).  Whoever reads rings from outside also calls
 * `tr_ring_check`, which needs scratch memory. */
bool tr_zone_of_rings(tr_zone *zone, tr_str name, const tr_ring *ring, int rings, tr_err *err);
bool tr_zone_near_line(tr_zone *zone, tr_str name, const tr_line *line, int64_t within_mm,
                       tr_err *err);
bool tr_zone_of_box(tr_zone *zone, tr_str name, tr_box box, tr_err *err);
bool tr_ring_make(tr_ring *ring, tr_str name, const tr_point *corner, int corners, tr_err *err);
/* Does the ring cross or touch itself?  Sweep over sorted edges, O(n log n) for
 * every ring; at most 100,000 corners. */
bool tr_ring_simple(tr_arena scratch, const tr_ring *ring, int *edge_a, int *edge_b);
/* The same as a failure that names the two edges, counted from 1. */
bool tr_ring_check(tr_arena scratch, const tr_ring *ring, tr_str name, tr_err *err);

/* Exact, integers only for rings and boxes.  O(corners). */
tr_side tr_zone_side(const tr_zone *zone, tr_point p);
/* Is the whole place inside, wholly outside, or cut?  A point with radius is the disc, a
 * sector the annulus sector.  `share_ppm` selects the disc: TR_PLACE_POINT's 90 % radius, or
 * half of it for the 50 % one; sectors and others have one extent. */
typedef enum { TR_EXTENT_P90, TR_EXTENT_P50 } tr_extent;
tr_zone_answer tr_zone_place(const tr_zone *zone, const tr_place *place, tr_extent extent);
/* Does the larger share of the place's area lie inside (best set)?  Of a point its 50 % region.
 * Halves go to the zone that has the boundary inside, so that of two zones with a common edge one
 * takes the place.  Deterministic fixed sampling of the extent on an equal-area grid of 64
 * points. */
bool tr_zone_mostly(const tr_zone *zone, const tr_place *place);
/* The 64 points of that grid; 1 for a place without extent, 0 for one without a position. */
enum { TR_PLACE_SAMPLES = 64 };
int tr_place_samples(const tr_place *place, tr_point at[TR_PLACE_SAMPLES]);
/* A disc that holds the whole place (90 %); false for one without a position. */
bool tr_place_disc(const tr_place *place, tr_point *centre, int64_t *radius_mm);
/* Nearest distance from p to the zone's edge in mm (0 on it).  Inside a zone along a line: how
 * much nearer than `within_mm` the line is, so not more than the distance to the edge. */
int64_t tr_zone_edge_mm(const tr_zone *zone, tr_point p);

/* Smallest and largest distance of two places as sets, mm.  Discs exactly (90 % radius); sectors
 * by an outline of 48 corners, right to 0.5 % of their range.  Both places have a position. */
void tr_place_distance_mm(const tr_place *a, const tr_place *b, int64_t *least, int64_t *most);

/* Outline of a place for drawing: closed ring of up to `room` >= 8 points, counter-clockwise; one
 * point for a place without extent, the outer circle of an annulus, 0 for other kinds. */
int tr_place_outline(const tr_place *place, tr_extent extent, tr_point *ring, int room);

#endif
