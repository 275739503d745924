/* line.c -- lines, and the distance from a position to them.
 *
 * The nearest point of an edge is found by walking along the edge: from a
 * trial point the geodesic to the position is projected on the edge's own
 * direction there.  Few edges get that far.  Bounds from below, each proved:
 *
 *  1. On the ellipsoid ds^2 = M^2 dlat^2 + N^2 cos^2 lat dlon^2 with M, N at
 *     least b^2/a, so a distance is at least b^2/a times the one on the unit
 *     sphere, for which sin^2(s/2) = sin^2(dlat/2) + cos cos sin^2(dlon/2)
 *     and s/2 >= sin(s/2), sin(x)/x >= 1 - x^2/6.  No trigonometry an edge.
 *  2. A chord through the ellipsoid is shorter than any way on it.  The edge
 *     leaves its own chord by at most an eighth of its second derivative,
 *     1.01 a (|dlon| + |dlat|)^2.
 *
 * Edges of more than a degree are taken in pieces.
 */
#include <math.h>

#include "geo/geodesic.h"
#include "math/trig.h"

static const double RADIUS_LEAST = 6335439.0; /* b^2/a = 6335439.327 */
enum { PIECE_E7 = 10000000 };
enum { SPAN_MAX = 900000000 };

typedef struct {
    double x, y, z;
} space;

typedef struct {
    tr_point at;
    int64_t  turn; /* 0 or +-3.6e9: brings the position to the line's side of the antimeridian */
    double   sin_lat, cos_lat;
    tr_site  site;
    space    space;
    double   best; /* metres so far */
} query;

/* One end of a piece, relative to the position, in radians. */
typedef struct {
    double lon, lat;
} offset;

static space space_of(double lon, double sin_lat, double cos_lat)
{
    double sine, cosine, n = TR_WGS84_A / sqrt(1 - TR_WGS84_E2 * sin_lat * sin_lat);
    tr_sincos(lon, &sine, &cosine);
    return (space){n * cos_lat * cosine, n * cos_lat * sine, n * (1 - TR_WGS84_E2) * sin_lat};
}

static query query_of(tr_point p, tr_box box)
{
    query   q = {.at = p, .best = 1e9};
    int64_t middle = ((int64_t)box.min.lon + box.max.lon) / 2;
    if (p.lon - middle > 1800000000 || p.lon - middle < -1800000000)
        q.turn = p.lon > middle ? -3600000000 : 3600000000;
    tr_sincos(p.lat * TR_RADIAN_E7, &q.sin_lat, &q.cos_lat);
    q.site = tr_site_of(p.lon * TR_RADIAN_E7, q.sin_lat, q.cos_lat);
    q.space = space_of(p.lon * TR_RADIAN_E7, q.sin_lat, q.cos_lat);
    return q;
}

static offset offset_of(const query *q, tr_point p)
{
    return (offset){(double)((int64_t)p.lon - q->at.lon - q->turn) * TR_RADIAN_E7,
                    (double)((int64_t)p.lat - q->at.lat) * TR_RADIAN_E7};
}

/* Not above the cosine of the position's latitude + lat, by the first terms of the series. */
static double cosine_least(const query *q, double lat)
{
    double lift = -q->sin_lat * lat, square = lat * lat;
    if (lift > 0)
        lift *= 1 - square / 6;
    double sum = q->cos_lat * (1 - square / 2) + lift;
    return sum > 0 ? sum : 0;
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Where on a -> b (0 .. 1) the origin comes nearest, longitudes weighed by sqrt(w). */
static double foot(offset a, offset b, double w)
{
    double lon = b.lon - a.lon, lat = b.lat - a.lat;
    double along = -(w * a.lon * lon + a.lat * lat), square = w * lon * lon + lat * lat;
    return along <= 0 ? 0 : along >= square ? 1 : along / square;
}

/* Bound 1: can the edge a -> b hold a point nearer than the best? */
static bool may_be_nearer(const query *q, offset a, offset b)
{
    double limit = q->best / RADIUS_LEAST;
    double lon_most = larger(a.lon * a.lon, b.lon * b.lon);
    double lat_most = larger(a.lat * a.lat, b.lat * b.lat);
    double k = 1 - larger(lon_most, lat_most) / 24;
    if (k <= 0)
        return true;
    double lat_least = a.lat > 0 && b.lat > 0 ? (a.lat < b.lat ? a.lat : b.lat)
                       : a.lat < 0 && b.lat < 0 ? larger(a.lat, b.lat) : 0;
    if (k * k * lat_least * lat_least * (1 - 1e-9) > limit * limit)
        return false;
    double c1 = cosine_least(q, a.lat), c2 = cosine_least(q, b.lat);
    double w = q->cos_lat * (c1 < c2 ? c1 : c2), t = foot(a, b, w);
    double lon = a.lon + t * (b.lon - a.lon), lat = a.lat + t * (b.lat - a.lat);
    return k * k * (w * lon * lon + lat * lat) * (1 - 1e-9) <= limit * limit;
}

/* The point at `t` of the piece a -> b. */
typedef struct {
    double lon, sin_lat, cos_lat;
} spot;

static spot spot_at(const query *q, offset a, offset b, double t)
{
    spot s = {.lon = q->site.lon + a.lon + t * (b.lon - a.lon)};
    tr_sincos(q->at.lat * TR_RADIAN_E7 + a.lat + t * (b.lat - a.lat), &s.sin_lat, &s.cos_lat);
    return s;
}

static double dot(space a, space b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static space minus(space a, space b)
{
    return (space){a.x - b.x, a.y - b.y, a.z - b.z};
}

/* Bound 2: metres below which no point of the piece comes; `t` gets where the chord is nearest. */
static double chord_least(const query *q, offset a, offset b, double *t)
{
    spot   first = spot_at(q, a, b, 0), last = spot_at(q, a, b, 1);
    space  from = space_of(first.lon, first.sin_lat, first.cos_lat);
    space  along = minus(space_of(last.lon, last.sin_lat, last.cos_lat), from);
    space  away = minus(q->space, from);
    double square = dot(along, along), reach = dot(away, along);
    *t = reach <= 0 ? 0 : reach >= square ? 1 : reach / square;
    space  gap = {away.x - *t * along.x, away.y - *t * along.y, away.z - *t * along.z};
    double lon = b.lon - a.lon, lat = b.lat - a.lat;
    double span = (lon < 0 ? -lon : lon) + (lat < 0 ? -lat : lat);
    return sqrt(dot(gap, gap)) - 1.01 * TR_WGS84_A / 8 * span * span - 1e-6;
}

static void walk(query *q, offset a, offset b, double t)
{
    for (int i = 0; i < 16; i++) {
        spot    s = spot_at(q, a, b, t);
        tr_site site = tr_site_of(s.lon, s.sin_lat, s.cos_lat);
        double  east, north, d = tr_geodesic(&site, &q->site, &east, &north);
        if (d < q->best)
            q->best = d;
        double w = 1 - TR_WGS84_E2 * s.sin_lat * s.sin_lat, n = TR_WGS84_A / sqrt(w);
        double to_east = n * s.cos_lat * (b.lon - a.lon);
        double to_north = n * (1 - TR_WGS84_E2) / w * (b.lat - a.lat);
        double square = to_east * to_east + to_north * to_north;
        if (square < 1e-12 || d < 1e-5)
            return;
        double next = t + (to_east * east + to_north * north) * d / square;
        next = next < 0 ? 0 : next > 1 ? 1 : next;
        double moved = next - t;
        if (moved * moved * square < 1e-8) /* 0.1 mm along the edge */
            return;
        t = next;
    }
}

static void take_piece(query *q, offset a, offset b)
{
    double t;
    if (may_be_nearer(q, a, b) && chord_least(q, a, b, &t) < q->best)
        walk(q, a, b, t);
}

static int pieces_of(tr_point a, tr_point b, int64_t size)
{
    int64_t lon = (int64_t)b.lon - a.lon, lat = (int64_t)b.lat - a.lat;
    lon = lon < 0 ? -lon : lon;
    lat = lat < 0 ? -lat : lat;
    return (int)((lon > lat ? lon : lat) / size) + 1;
}

static void take_edge(query *q, tr_point from, tr_point to)
{
    offset a = offset_of(q, from), b = offset_of(q, to);
    int    pieces = pieces_of(from, to, PIECE_E7);
    if (!may_be_nearer(q, a, b))
        return;
    offset last = a;
    for (int i = 1; i <= pieces; i++) {
        double t = (double)i / pieces;
        offset next = {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
        take_piece(q, last, i < pieces ? next : b);
        last = next;
    }
}

static tr_box box_of(const tr_point *corner, int corners)
{
    tr_box box = {corner[0], corner[0]};
    for (int i = 1; i < corners; i++) {
        box.min.lon = corner[i].lon < box.min.lon ? corner[i].lon : box.min.lon;
        box.min.lat = corner[i].lat < box.min.lat ? corner[i].lat : box.min.lat;
        box.max.lon = corner[i].lon > box.max.lon ? corner[i].lon : box.max.lon;
        box.max.lat = corner[i].lat > box.max.lat ? corner[i].lat : box.max.lat;
    }
    return box;
}

double tr_nearest_m(const tr_point *corner, int corners, bool closed, tr_point p)
{
    query  q = query_of(p, box_of(corner, corners));
    double nearest = 1e300, w = q.cos_lat * q.cos_lat;
    int    near = 0;
    for (int i = 0; i < corners; i++) { /* a first guess: the corner that seems nearest */
        offset o = offset_of(&q, corner[i]);
        double square = w * o.lon * o.lon + o.lat * o.lat;
        if (square < nearest)
            nearest = square, near = i;
    }
    if (closed || near > 0)
        take_edge(&q, corner[near > 0 ? near - 1 : corners - 1], corner[near]);
    int edges = closed ? corners : corners - 1;
    for (int i = near; i < edges; i++)
        take_edge(&q, corner[i], corner[i + 1 < corners ? i + 1 : 0]);
    for (int i = 0; i < near && i < edges; i++)
        take_edge(&q, corner[i], corner[i + 1]);
    return q.best;
}

bool tr_line_make(tr_line *line, tr_str name, const tr_point *corner, int corners, tr_err *err)
{
    if (corners < 2)
        return tr_fail(err, TR_E_LINE_CORNERS, "Give at least two corners.",
                       "line \"%.*s\" has %d corners", TR_FMT(name), corners);
    for (int i = 0; i < corners; i++)
        if (!tr_on_globe(corner[i]))
            return tr_fail(err, TR_E_ZONE_RANGE,
                           "Positions are longitude first, then latitude, in degrees.",
                           "corner %d of line \"%.*s\" is not on the globe: %.7f %.7f", i + 1,
                           TR_FMT(name), corner[i].lon / 1e7, corner[i].lat / 1e7);
    tr_box box = box_of(corner, corners);
    if ((int64_t)box.max.lon - box.min.lon > SPAN_MAX ||
        (int64_t)box.max.lat - box.min.lat > SPAN_MAX)
        return tr_fail(err, TR_E_ZONE_SPAN, "Split the line; at the antimeridian, split it there.",
                       "line \"%.*s\" spans more than 90 degrees", TR_FMT(name));
    *line = (tr_line){corner, corners, box};
    return true;
}

int64_t tr_line_distance_mm(const tr_line *line, tr_point p)
{
    return tr_mm_of(tr_nearest_m(line->corner, line->corners, false, p));
}

/* Edges in pieces of a sixteenth of a degree: their geodesics are shorter by less than 1e-7. */
int64_t tr_line_length_mm(const tr_line *line)
{
    double sum = 0;
    for (int i = 1; i < line->corners; i++) {
        tr_point a = line->corner[i - 1], b = line->corner[i];
        int      pieces = pieces_of(a, b, PIECE_E7 / 16);
        tr_site  last = tr_site_at(a);
        for (int k = 1; k <= pieces; k++) {
            double t = (double)k / pieces, sine, cosine;
            tr_sincos((a.lat + t * ((double)b.lat - a.lat)) * TR_RADIAN_E7, &sine, &cosine);
            tr_site next =
                tr_site_of((a.lon + t * ((double)b.lon - a.lon)) * TR_RADIAN_E7, sine, cosine);
            sum += tr_geodesic(&last, &next, NULL, NULL);
            last = next;
        }
    }
    return tr_mm_of(sum);
}
