/* divide.c -- a line cut into pieces of equal length along it.
 *
 * Edges are measured in stretches of a sixteenth of a degree or less, as for the length of a line;
 * inside a stretch a cut is placed in proportion.  All pieces share one list of corners: those of
 * the line, and the cuts among them.
 */
#include "geo/geodesic.h"

#include "math/trig.h"

enum { STRETCH_E7 = 625000 };
static const double REST_LEAST_M = 1;

typedef struct {
    tr_point *corner; /* the line's, and the cuts */
    int      *cut;    /* index of each cut among them */
    int       corners, cuts;
    double    run, every, end; /* metres: so far, from cut to cut, the last cut lies before it */
} division;

static int stretches_of(tr_point a, tr_point b)
{
    int64_t lon = (int64_t)b.lon - a.lon, lat = (int64_t)b.lat - a.lat;
    lon = lon < 0 ? -lon : lon;
    lat = lat < 0 ? -lat : lat;
    return (int)((lon > lat ? lon : lat) / STRETCH_E7) + 1;
}

static int32_t between(int32_t a, int32_t b, double t)
{
    double value = a + t * ((double)b - a);
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

/* From a + s (b - a) to a + t (b - a), with the cuts that lie there. */
static void take_stretch(division *d, tr_point a, tr_point b, double s, double t, double metres)
{
    double next = d->every * (d->cuts + 1);
    while (next <= d->run + metres && next < d->end) {
        double at = s + (t - s) * (next - d->run) / metres;
        d->cut[d->cuts++] = d->corners;
        d->corner[d->corners++] = (tr_point){between(a.lon, b.lon, at), between(a.lat, b.lat, at)};
        next = d->every * (d->cuts + 1);
    }
    d->run += metres;
}

static void take_edge(division *d, tr_point a, tr_point b)
{
    int     stretches = stretches_of(a, b);
    tr_site last = tr_site_at(a);
    for (int k = 1; k <= stretches; k++) {
        double t = (double)k / stretches, sine, cosine;
        tr_sincos((a.lat + t * ((double)b.lat - a.lat)) * TR_RADIAN_E7, &sine, &cosine);
        tr_site next =
            tr_site_of((a.lon + t * ((double)b.lon - a.lon)) * TR_RADIAN_E7, sine, cosine);
        take_stretch(d, a, b, (double)(k - 1) / stretches, t,
                     tr_geodesic(&last, &next, NULL, NULL));
        last = next;
    }
    d->corner[d->corners++] = b;
}

int tr_line_divide(tr_arena *keep, const tr_line *line, int64_t every_mm, int most, tr_line **piece)
{
    assert(every_mm >= 1000000 && most > 0);
    double length = (double)tr_line_length_mm(line) / 1000, every = (double)every_mm / 1000;
    if (length - REST_LEAST_M > every * most)
        return 0;
    division d = {.every = every, .end = length - REST_LEAST_M};
    d.corner = TR_NEW(keep, tr_point, line->corners + most);
    d.cut = TR_NEW(keep, int, most + 1);
    d.corner[d.corners++] = line->corner[0];
    for (int i = 1; i < line->corners; i++)
        take_edge(&d, line->corner[i - 1], line->corner[i]);
    *piece = TR_NEW(keep, tr_line, d.cuts + 1);
    for (int i = 0, from = 0; i <= d.cuts; i++) {
        int    to = i < d.cuts ? d.cut[i] : d.corners - 1;
        tr_err err;
        bool   made = tr_line_make(&(*piece)[i], (tr_str){0}, d.corner + from, to - from + 1, &err);
        assert(made);
        (void)made;
        from = to;
    }
    return d.cuts + 1;
}
