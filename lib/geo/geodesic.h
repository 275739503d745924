/* geodesic.h -- shortest ways on the WGS 84 ellipsoid, in metres and radians; used in geo only.
 *
 * Method: T. Vincenty, "Direct and inverse solutions of geodesics on the
 * ellipsoid with application of nested equations", Survey Review 23 (1975),
 * 88-93.  The inverse does not settle for nearly antipodal points (more than
 * about 19,900 km apart): there the mean sphere stands in, right to 0.6 %.
 */
#ifndef TR_GEODESIC_H
#define TR_GEODESIC_H

#include "geo/geo.h"

#define TR_RADIAN_E7 1.745329251994329577e-9 /* of 1e-7 degree */
#define TR_WGS84_A   6378137.0
#define TR_WGS84_F   (1 / 298.257223563)
#define TR_WGS84_E2  (TR_WGS84_F * (2 - TR_WGS84_F))

/* A place on the ellipsoid, prepared: its longitude and reduced latitude. */
typedef struct {
    double lon;
    double sin_u, cos_u;
} tr_site;
tr_site tr_site_of(double lon, double sin_lat, double cos_lat);
tr_site tr_site_at(tr_point p);

/* Length from a to b; `east` and `north` (may be NULL) get the direction at a as a unit vector. */
double tr_geodesic(const tr_site *a, const tr_site *b, double *east, double *north);

/* Metres to the nearest point of the edges between corners (and from the last to the first). */
double tr_nearest_m(const tr_point *corner, int corners, bool closed, tr_point p);

/* Metres as millimetres, rounded. */
int64_t tr_mm_of(double metres);

#endif
