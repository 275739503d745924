/* point.c -- positions and boxes. */
#include "geo/geo.h"

bool tr_on_globe(tr_point p)
{
    return p.lon >= -1800000000 && p.lon <= 1800000000 && p.lat >= -900000000 && p.lat <= 900000000;
}

bool tr_box_holds(tr_box box, tr_point p)
{
    return box.min.lon <= p.lon && p.lon <= box.max.lon && box.min.lat <= p.lat &&
           p.lat <= box.max.lat;
}
