/* sweep.c -- does a closed ring of edges cross or touch itself?
 *
 * A line sweeps over the corners from west to east, from south to north where they stand above each
 * other, and keeps the edges that it cuts in their order (M. I. Shamos and D. Hoey, "Geometric
 * intersection problems", FOCS 1976).  Two edges that meet are neighbours in that order before they
 * do, so only neighbours are compared: O(n log n) for every ring.  Two corners at one position are
 * a touch, found by the sorting; so at every corner exactly two edges meet, and it begins both,
 * ends both, or ends one and begins the other, which then takes its place.
 *
 * The order is a treap, its priorities a hash of the edge, with the neighbours linked beside it.
 * Exact: signs of differences of two 64-bit products.
 */
#include <stdlib.h>

#include "geo/geo.h"

enum { CORNERS_MAX = 100000, NONE = -1 };

typedef struct {
    tr_point at;
    int32_t  corner;
} stop;

/* An edge that the line cuts. */
typedef struct {
    int32_t  edge;          /* from corner `edge` to the next */
    int32_t  up, low, high; /* of the treap */
    int32_t  below, above;  /* in order */
    uint32_t rank;
} node;

typedef struct {
    const tr_ring *ring;
    node          *node;
    int32_t       *of; /* node of each edge */
    int32_t        root, free, used;
    int            first, second; /* the edges that meet */
} sweep;

static bool before(tr_point a, tr_point b)
{
    return a.lon != b.lon ? a.lon < b.lon : a.lat < b.lat;
}

static int by_position(const void *a, const void *b)
{
    const stop *x = a, *y = b;
    if (before(x->at, y->at) || before(y->at, x->at))
        return before(x->at, y->at) ? -1 : 1;
    return x->corner < y->corner ? -1 : x->corner > y->corner;
}

static tr_point corner_at(const tr_ring *ring, int i)
{
    return ring->corner[i < ring->corners ? i : i - ring->corners];
}

static int turn_of(tr_point a, tr_point b, tr_point p)
{
    int64_t left = ((int64_t)b.lon - a.lon) * ((int64_t)p.lat - a.lat);
    int64_t right = ((int64_t)b.lat - a.lat) * ((int64_t)p.lon - a.lon);
    return (left > right) - (left < right);
}

static bool on_edge(tr_point a, tr_point b, tr_point p)
{
    tr_box box = {{a.lon < b.lon ? a.lon : b.lon, a.lat < b.lat ? a.lat : b.lat},
                  {a.lon > b.lon ? a.lon : b.lon, a.lat > b.lat ? a.lat : b.lat}};
    return turn_of(a, b, p) == 0 && tr_box_holds(box, p);
}

static bool edges_meet(tr_point a, tr_point b, tr_point c, tr_point d)
{
    if (turn_of(a, b, c) * turn_of(a, b, d) < 0 && turn_of(c, d, a) * turn_of(c, d, b) < 0)
        return true;
    return on_edge(a, b, c) || on_edge(a, b, d) || on_edge(c, d, a) || on_edge(c, d, b);
}

/* Edges i < j: neighbours of the ring may share their corner and nothing else. */
static bool wrong(const tr_ring *ring, int i, int j)
{
    tr_point a = corner_at(ring, i), b = corner_at(ring, i + 1);
    tr_point c = corner_at(ring, j), d = corner_at(ring, j + 1);
    if (j == i + 1)
        return on_edge(a, b, d) || on_edge(c, d, a);
    if (i == 0 && j == ring->corners - 1)
        return on_edge(a, b, c) || on_edge(c, d, b);
    return edges_meet(a, b, c, d);
}

static bool meet(sweep *s, int a, int b)
{
    s->first = a < b ? a : b;
    s->second = a < b ? b : a;
    return wrong(s->ring, s->first, s->second);
}

/* The same of two nodes, either of which may be none. */
static bool neighbours_meet(sweep *s, int32_t below, int32_t above)
{
    return below != NONE && above != NONE && meet(s, s->node[below].edge, s->node[above].edge);
}

/* ---- the order ---- */

static int32_t *link_to(sweep *s, int32_t n)
{
    int32_t up = s->node[n].up;
    return up == NONE ? &s->root : s->node[up].low == n ? &s->node[up].low : &s->node[up].high;
}

/* n takes the place of the node above it. */
static void rotate(sweep *s, int32_t n)
{
    int32_t  up = s->node[n].up;
    int32_t *link = link_to(s, up);
    bool     low = s->node[up].low == n;
    int32_t  inner = low ? s->node[n].high : s->node[n].low;
    *link = n;
    s->node[n].up = s->node[up].up;
    s->node[up].up = n;
    *(low ? &s->node[n].high : &s->node[n].low) = up;
    *(low ? &s->node[up].low : &s->node[up].high) = inner;
    if (inner != NONE)
        s->node[inner].up = up;
}

/* Put an edge in order right above `below` (NONE: as the lowest). */
static int32_t insert(sweep *s, int edge, int32_t below)
{
    int32_t n = s->free != NONE ? s->free : s->used++;
    if (n == s->free)
        s->free = s->node[n].up;
    uint32_t hash = (uint32_t)edge * 2654435761u;
    int32_t  above = s->root;
    if (below != NONE)
        above = s->node[below].above;
    else
        while (above != NONE && s->node[above].low != NONE)
            above = s->node[above].low;
    s->node[n] = (node){edge, NONE, NONE, NONE, below, above, hash ^ hash >> 15};
    s->of[edge] = n;
    if (below != NONE)
        s->node[below].above = n;
    if (above != NONE)
        s->node[above].below = n;
    if (below != NONE && s->node[below].high == NONE) {
        s->node[below].high = n;
        s->node[n].up = below;
    } else if (above != NONE) { /* the lowest below what stands on `below`: it has no lower one */
        s->node[above].low = n;
        s->node[n].up = above;
    } else
        s->root = n;
    while (s->node[n].up != NONE && s->node[s->node[n].up].rank < s->node[n].rank)
        rotate(s, n);
    return n;
}

static void take_out(sweep *s, int32_t n)
{
    while (s->node[n].low != NONE || s->node[n].high != NONE) {
        int32_t low = s->node[n].low, high = s->node[n].high;
        bool    other = low == NONE || (high != NONE && s->node[high].rank > s->node[low].rank);
        rotate(s, other ? high : low);
    }
    *link_to(s, n) = NONE;
    if (s->node[n].below != NONE)
        s->node[s->node[n].below].above = s->node[n].above;
    if (s->node[n].above != NONE)
        s->node[s->node[n].above].below = s->node[n].below;
    s->node[n].up = s->free;
    s->free = n;
}

/* Which side of the edge, from its western end, p lies on: 1 above it, 0 on it. */
static int side_of(const sweep *s, int edge, tr_point p)
{
    tr_point a = corner_at(s->ring, edge), b = corner_at(s->ring, edge + 1);
    return before(a, b) ? turn_of(a, b, p) : turn_of(b, a, p);
}

/* ---- the corners ---- */

/* Both edges of the corner begin here. */
static bool begin_both(sweep *s, int in, int out, tr_point p, tr_point in_end)
{
    int32_t below = NONE;
    for (int32_t n = s->root; n != NONE;) {
        int side = side_of(s, s->node[n].edge, p);
        if (side == 0) /* the corner lies on that edge */
            return meet(s, s->node[n].edge, in);
        if (side > 0)
            below = n;
        n = side > 0 ? s->node[n].high : s->node[n].low;
    }
    if (meet(s, in, out))
        return true;
    bool    in_above = side_of(s, out, in_end) > 0;
    int32_t low = insert(s, in_above ? out : in, below);
    int32_t high = insert(s, in_above ? in : out, low);
    return neighbours_meet(s, s->node[low].below, low) ||
           neighbours_meet(s, high, s->node[high].above);
}

static bool pass(sweep *s, int ends, int begins)
{
    int32_t n = s->of[ends];
    s->node[n].edge = begins;
    s->of[begins] = n;
    return neighbours_meet(s, s->node[n].below, n) || neighbours_meet(s, n, s->node[n].above);
}

static bool end_both(sweep *s, int in, int out)
{
    int32_t a = s->of[in], b = s->of[out];
    if (s->node[a].above != b) { /* neighbours, for nothing lies between */
        int32_t swap = a;
        a = b;
        b = swap;
    }
    int32_t below = s->node[a].below, above = s->node[b].above;
    take_out(s, a);
    take_out(s, b);
    return neighbours_meet(s, below, above);
}

static bool corner_wrong(sweep *s, int corner)
{
    const tr_ring *ring = s->ring;
    int            in = corner > 0 ? corner - 1 : ring->corners - 1;
    tr_point       p = ring->corner[corner], from = ring->corner[in];
    tr_point       to = corner_at(ring, corner + 1);
    bool           in_begins = before(p, from), out_begins = before(p, to);
    if (in_begins && out_begins)
        return begin_both(s, in, corner, p, from);
    if (in_begins || out_begins)
        return pass(s, in_begins ? corner : in, in_begins ? in : corner);
    return end_both(s, in, corner);
}

bool tr_ring_simple(tr_arena scratch, const tr_ring *ring, int *edge_a, int *edge_b)
{
    assert(ring->corners >= 3 && ring->corners <= CORNERS_MAX);
    sweep s = {.ring = ring, .root = NONE, .free = NONE};
    stop *stops = TR_NEW(&scratch, stop, ring->corners);
    s.node = TR_NEW(&scratch, node, ring->corners);
    s.of = TR_NEW(&scratch, int32_t, ring->corners);
    for (int i = 0; i < ring->corners; i++)
        stops[i] = (stop){ring->corner[i], i};
    qsort(stops, (size_t)ring->corners, sizeof *stops, by_position);
    bool bad = false;
    for (int i = 1; i < ring->corners && !bad; i++) {
        bad = !before(stops[i - 1].at, stops[i].at);
        s.first = stops[i - 1].corner;
        s.second = stops[i].corner;
    }
    for (int i = 0; i < ring->corners && !bad; i++)
        bad = corner_wrong(&s, stops[i].corner);
    if (bad && edge_a)
        *edge_a = s.first;
    if (bad && edge_b)
        *edge_b = s.second;
    return !bad;
}
