/* ring.c -- closed rings of corners, and whether they cross themselves.
 *
 * Neighbouring edges lie near each other, so boxes over runs of edges make a
 * good index: a complete binary tree over the edges in ring order.  Runs
 * whose boxes are apart cannot cross; the rest is split until two edges are
 * left.  O(n log n) for rings whose parts keep apart, as borders do.
 */
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

typedef struct {
    const tr_ring *ring;
    tr_box        *box;    /* [2 * leaves]: node 1 is the root, node i has 2i and 2i + 1 */
    int            leaves; /* a power of two; leaf i is the edge from corner i to the next */
    int            first, second; /* the edges that meet */
} edge_tree;

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
    return turn_of(a, b, p) == 0 && tr_box_holds((tr_box){lower(a, b), upper(a, b)}, p);
}

static bool edges_meet(tr_point a, tr_point b, tr_point c, tr_point d)
{
    if (turn_of(a, b, c) * turn_of(a, b, d) < 0 && turn_of(c, d, a) * turn_of(c, d, b) < 0)
        return true;
    return on_edge(a, b, c) || on_edge(a, b, d) || on_edge(c, d, a) || on_edge(c, d, b);
}

static bool same(tr_point a, tr_point b)
{
    return a.lon == b.lon && a.lat == b.lat;
}

/* Edges i < j: neighbours may share their corner and nothing else. */
static bool wrong(const tr_ring *ring, int i, int j)
{
    tr_point a = corner_at(ring, i), b = corner_at(ring, i + 1);
    tr_point c = corner_at(ring, j), d = corner_at(ring, j + 1);
    if (j == i + 1)
        return same(a, b) || same(c, d) || on_edge(a, b, d) || on_edge(c, d, a);
    if (i == 0 && j == ring->corners - 1)
        return same(a, b) || same(c, d) || on_edge(a, b, c) || on_edge(c, d, b);
    return edges_meet(a, b, c, d);
}

static bool apart(tr_box a, tr_box b)
{
    return a.max.lon < b.min.lon || b.max.lon < a.min.lon || a.max.lat < b.min.lat ||
           b.max.lat < a.min.lat;
}

/* Do the runs under two nodes, the first before the second, meet where they must not? */
static bool runs_meet(edge_tree *tree, int a, int b)
{
    if (apart(tree->box[a], tree->box[b]))
        return false;
    if (a < tree->leaves) /* both on one level */
        return runs_meet(tree, 2 * a, 2 * b) || runs_meet(tree, 2 * a, 2 * b + 1) ||
               runs_meet(tree, 2 * a + 1, 2 * b) || runs_meet(tree, 2 * a + 1, 2 * b + 1);
    int i = a - tree->leaves, j = b - tree->leaves;
    if (!wrong(tree->ring, i, j))
        return false;
    tree->first = i;
    tree->second = j;
    return true;
}

static bool run_meets_itself(edge_tree *tree, int node)
{
    if (node >= tree->leaves)
        return false;
    return run_meets_itself(tree, 2 * node) || run_meets_itself(tree, 2 * node + 1) ||
           runs_meet(tree, 2 * node, 2 * node + 1);
}

bool tr_ring_simple(tr_arena scratch, const tr_ring *ring, int *edge_a, int *edge_b)
{
    assert(ring->corners >= 3 && ring->corners <= CORNERS_MAX);
    assert((int64_t)ring->box.max.lon - ring->box.min.lon <= SPAN_MAX);
    assert((int64_t)ring->box.max.lat - ring->box.min.lat <= SPAN_MAX);
    edge_tree tree = {.ring = ring, .leaves = 1};
    while (tree.leaves < ring->corners)
        tree.leaves *= 2;
    tree.box = TR_NEW(&scratch, tr_box, 2 * tree.leaves);
    for (int i = 0; i < tree.leaves; i++) {
        tr_point a = corner_at(ring, i < ring->corners ? i : 0);
        tr_point b = corner_at(ring, i < ring->corners ? i + 1 : 0);
        tree.box[tree.leaves + i] = (tr_box){lower(a, b), upper(a, b)};
        if (i >= ring->corners) /* holds nothing, so it is apart from all */
            tree.box[tree.leaves + i] = (tr_box){{INT32_MAX, INT32_MAX}, {INT32_MIN, INT32_MIN}};
    }
    for (int i = tree.leaves - 1; i > 0; i--)
        tree.box[i] = (tr_box){lower(tree.box[2 * i].min, tree.box[2 * i + 1].min),
                               upper(tree.box[2 * i].max, tree.box[2 * i + 1].max)};
    if (!run_meets_itself(&tree, 1))
        return true;
    if (edge_a)
        *edge_a = tree.first;
    if (edge_b)
        *edge_b = tree.second;
    return false;
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
