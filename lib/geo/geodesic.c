/* geodesic.c -- shortest ways on the WGS 84 ellipsoid (Vincenty), in doubles, rounded to mm. */
#include "geo/geodesic.h"

#include <math.h>

#include "math/trig.h"

static const double A = TR_WGS84_A;
static const double F = TR_WGS84_F;
static const double B = TR_WGS84_A * (1 - TR_WGS84_F);
static const double SPHERE = 6371008.8; /* mean radius */

int64_t tr_mm_of(double metres)
{
    if (!(metres > 0))
        return 0;
    return metres > 1e8 ? INT64_C(100000000000) : (int64_t)(metres * 1000 + 0.5);
}

tr_site tr_site_of(double lon, double sin_lat, double cos_lat)
{
    double rise = (1 - F) * sin_lat, size = tr_hypot(rise, cos_lat);
    return (tr_site){lon, rise / size, cos_lat / size};
}

tr_site tr_site_at(tr_point p)
{
    double sine, cosine;
    tr_sincos(p.lat * TR_RADIAN_E7, &sine, &cosine);
    return tr_site_of(p.lon * TR_RADIAN_E7, sine, cosine);
}

/* The triangle on the auxiliary sphere for one difference of longitude. */
typedef struct {
    double east, north;      /* sin sigma, split along the direction at a */
    double sin_s, cos_s, s;  /* of the arc sigma */
    double sin_a, cos2_a;    /* of the azimuth at the equator */
    double cos_2m;           /* cos of twice the arc to the middle */
} triangle;

static triangle solve(const tr_site *a, const tr_site *b, double lon)
{
    double sine, cosine;
    tr_sincos(lon, &sine, &cosine);
    triangle t = {.east = b->cos_u * sine,
                  .north = a->cos_u * b->sin_u - a->sin_u * b->cos_u * cosine};
    t.sin_s = tr_hypot(t.east, t.north);
    t.cos_s = a->sin_u * b->sin_u + a->cos_u * b->cos_u * cosine;
    t.s = tr_atan2(t.sin_s, t.cos_s);
    if (t.sin_s > 0)
        t.sin_a = a->cos_u * b->cos_u * sine / t.sin_s;
    t.cos2_a = 1 - t.sin_a * t.sin_a;
    if (t.cos2_a > 1e-15) /* else along the equator */
        t.cos_2m = t.cos_s - 2 * a->sin_u * b->sin_u / t.cos2_a;
    if (t.cos_2m < -1 || t.cos_2m > 1)
        t.cos_2m = t.cos_2m < 0 ? -1 : 1;
    return t;
}

/* Vincenty's series: length of unit arc over b, and the correction of the arc. */
static double arc_scale(double u2)
{
    return 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
}

static double arc_bend(double u2, double sin_s, double cos_s, double cos_2m)
{
    double k = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2))), m2 = cos_2m * cos_2m;
    return k * sin_s *
           (cos_2m + k / 4 * (cos_s * (2 * m2 - 1) -
                              k / 6 * cos_2m * (4 * sin_s * sin_s - 3) * (4 * m2 - 3)));
}

static double lon_bend(double sin_a, double cos2_a, double s, double sin_s, double cos_s,
                       double cos_2m)
{
    double c = F / 16 * cos2_a * (4 + F * (4 - 3 * cos2_a));
    return (1 - c) * F * sin_a * (s + c * sin_s * (cos_2m + c * cos_s * (2 * cos_2m * cos_2m - 1)));
}

static double u2_of(double cos2_a)
{
    return cos2_a * (A * A - B * B) / (B * B);
}

static void direction(const triangle *t, double *east, double *north)
{
    if (!east || !north)
        return;
    *east = t->sin_s > 0 ? t->east / t->sin_s : 0;
    *north = t->sin_s > 0 ? t->north / t->sin_s : 1;
}

double tr_geodesic(const tr_site *a, const tr_site *b, double *east, double *north)
{
    double lon = b->lon - a->lon;
    while (lon > TR_PI)
        lon -= 2 * TR_PI;
    while (lon < -TR_PI)
        lon += 2 * TR_PI;

    triangle t = solve(a, b, lon);
    double   on_sphere = lon;
    for (int i = 0; i < 60; i++) {
        double next = lon + lon_bend(t.sin_a, t.cos2_a, t.s, t.sin_s, t.cos_s, t.cos_2m);
        double moved = next - on_sphere;
        if (next > TR_PI || next < -TR_PI)
            break;
        if (moved > -1e-12 && moved < 1e-12) {
            double u2 = u2_of(t.cos2_a);
            direction(&t, east, north);
            return B * arc_scale(u2) * (t.s - arc_bend(u2, t.sin_s, t.cos_s, t.cos_2m));
        }
        on_sphere = next;
        t = solve(a, b, on_sphere);
    }
    t = solve(a, b, lon); /* nearly antipodal */
    direction(&t, east, north);
    return SPHERE * t.s;
}

/* One answer for both directions: the smaller position goes first. */
int64_t tr_distance_mm(tr_point a, tr_point b)
{
    bool    swap = a.lon > b.lon || (a.lon == b.lon && a.lat > b.lat);
    tr_site from = tr_site_at(swap ? b : a), to = tr_site_at(swap ? a : b);
    return tr_mm_of(tr_geodesic(&from, &to, NULL, NULL));
}

int64_t tr_azimuth_mdeg(tr_point a, tr_point b)
{
    double  east, north;
    tr_site from = tr_site_at(a), to = tr_site_at(b);
    tr_geodesic(&from, &to, &east, &north);
    double angle = tr_atan2(east, north) * (180000 / TR_PI);
    if (angle < 0)
        angle += 360000;
    return (int64_t)(angle + 0.5) % 360000;
}

static tr_point point_of(double lon, double lat)
{
    double x = lon / TR_RADIAN_E7, y = lat / TR_RADIAN_E7;
    while (x > 1800000000.0)
        x -= 3600000000.0;
    while (x < -1800000000.0)
        x += 3600000000.0;
    y = y > 900000000.0 ? 900000000.0 : y < -900000000.0 ? -900000000.0 : y;
    return (tr_point){(int32_t)(x < 0 ? x - 0.5 : x + 0.5), (int32_t)(y < 0 ? y - 0.5 : y + 0.5)};
}

tr_point tr_destination(tr_point a, int64_t az_mdeg, int64_t distance_mm)
{
    const int64_t farthest = INT64_C(100000000000);
    if (distance_mm > farthest || distance_mm < -farthest)
        distance_mm = distance_mm > 0 ? farthest : -farthest;
    double  sin_1, cos_1, sin_s, cos_s, length = (double)distance_mm / 1000;
    tr_site from = tr_site_at(a);
    tr_sincos((double)(az_mdeg % 360000) * (TR_PI / 180000), &sin_1, &cos_1);
    double start = tr_atan2(from.sin_u, from.cos_u * cos_1);
    double sin_a = from.cos_u * sin_1, cos2_a = 1 - sin_a * sin_a, u2 = u2_of(cos2_a);
    double plain = length / (B * arc_scale(u2)), s = plain, cos_2m = 0;
    for (int i = 0; i < 20; i++) {
        cos_2m = tr_cos(2 * start + s);
        tr_sincos(s, &sin_s, &cos_s);
        double next = plain + arc_bend(u2, sin_s, cos_s, cos_2m), moved = next - s;
        s = next;
        if (moved > -1e-13 && moved < 1e-13)
            break;
    }
    cos_2m = tr_cos(2 * start + s);
    tr_sincos(s, &sin_s, &cos_s);
    double side = from.sin_u * sin_s - from.cos_u * cos_s * cos_1;
    double lat = tr_atan2(from.sin_u * cos_s + from.cos_u * sin_s * cos_1,
                          (1 - F) * tr_hypot(sin_a, side));
    double lon = tr_atan2(sin_s * sin_1, from.cos_u * cos_s - from.sin_u * sin_s * cos_1);
    return point_of(from.lon + lon - lon_bend(sin_a, cos2_a, s, sin_s, cos_s, cos_2m), lat);
}
