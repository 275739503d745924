/* ring.c -- closed rings of corners; whether they cross themselves: sweep.c. */
#include "geo/geo.h"

enum { SPAN_MAX = 900000000 }; /* 90 degrees */
enum { CORNERS_MAX = 100000 };

_Static_assert((int64_t)SPAN_MAX * SPAN_MAX < INT64_MAX / 4,
               "a cross product of two differences inside a ring fits in 64 bits");

static tr_point lower(tr_point a, tr_point b)
{
    return (tr_point){a.lon < b.lon ? a.lon : b.lon, a.lat < b.lat ? a.lat : b.lat};
}

static tr_point upper(tr_point a, tr_point b)
{
    return (tr_point){a.lon > b.lon ? a.lon : b.lon, a.lat > b.lat ? a.lat : b.lat};
}

bool tr_ring_make(tr_ring *ring, tr_str name, const tr_point *corner, int corners, tr_err *err)
{
    if (corners < 3)
        return tr_fail(err, TR_E_ZONE_CORNERS,
                       "Give at least three corners, without repeating the first.",
                       "zone \"%.*s\" has %d corners", TR_FMT(name), corners);
    tr_box box = {corner[0], corner[0]};
    for (int i = 0; i < corners; i++) {
        if (!tr_on_globe(corner[i]))
            return tr_fail(err, TR_E_ZONE_RANGE,
                           "Positions are longitude first, then latitude, in degrees.",
                           "corner %d of zone \"%.*s\" is not on the globe: %.7f %.7f", i + 1,
                           TR_FMT(name), corner[i].lon / 1e7, corner[i].lat / 1e7);
        box.min = lower(box.min, corner[i]);
        box.max = upper(box.max, corner[i]);
    }
    if ((int64_t)box.max.lon - box.min.lon > SPAN_MAX ||
        (int64_t)box.max.lat - box.min.lat > SPAN_MAX)
        return tr_fail(err, TR_E_ZONE_SPAN, "Split the zone; at the antimeridian, split it there.",
                       "zone \"%.*s\" spans more than 90 degrees", TR_FMT(name));
    *ring = (tr_ring){corner, corners, box};
    return true;
}

bool tr_ring_check(tr_arena scratch, const tr_ring *ring, tr_str name, tr_err *err)
{
    int a = 0, b = 0;
    if (ring->corners > CORNERS_MAX)
        return tr_fail(err, TR_E_LIMIT, "Simplify the ring.",
                       "a ring of zone \"%.*s\" has %d corners, more than %d", TR_FMT(name),
                       ring->corners, CORNERS_MAX);
    if (tr_ring_simple(scratch, ring, &a, &b))
        return true;
    tr_point p = ring->corner[a];
    return tr_fail(err, TR_E_RING_CROSSES,
                   "Edge n runs from corner n to the next. Check the order of the corners and "
                   "remove repeated ones.",
                   "edges %d and %d of a ring of zone \"%.*s\" cross or touch near %.7f %.7f",
                   a + 1, b + 1, TR_FMT(name), p.lon / 1e7, p.lat / 1e7);
}
