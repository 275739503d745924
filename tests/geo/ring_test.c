/* ring_test.c -- rings that cross or touch themselves are found, by the numbers of the edges. */
#include "check.h"

#include <math.h>
#include <time.h>

#include "geo/geo.h"

static tr_arena arena;

static uint64_t seed = 29;

static int64_t random_to(int64_t limit)
{
    seed += 0x9e3779b97f4a7c15u;
    uint64_t z = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (int64_t)((z ^ z >> 31) % (uint64_t)limit);
}

static tr_ring ring_of(const tr_point *corner, int corners)
{
    tr_ring ring = {0};
    tr_err  err = {0};
    CHECK_OK(tr_ring_make(&ring, TR_STR("zone"), corner, corners, &err), err);
    return ring;
}

/* -1 when the ring is simple, else the two edges as 1000 * a + b. */
static int edges_of(const tr_point *corner, int corners)
{
    tr_ring ring = ring_of(corner, corners);
    int     a = -1, b = -1;
    return tr_ring_simple(arena, &ring, &a, &b) ? -1 : 1000 * a + b;
}
#define EDGES(...)                                                                                 \
    edges_of((tr_point[]){__VA_ARGS__}, (int)(sizeof((tr_point[]){__VA_ARGS__}) / sizeof(tr_point)))

static void simple_rings_pass_in_both_directions(void **state)
{
    assert_int_equal(EDGES({0, 0}, {4, 0}, {0, 4}), -1);
    assert_int_equal(EDGES({0, 4}, {4, 0}, {0, 0}), -1);
    assert_int_equal(EDGES({1, 1}, {7, 1}, {7, 5}, {4, 3}, {1, 5}), -1);
    /* A corner in the middle of a straight side is no touch. */
    assert_int_equal(EDGES({0, 0}, {2, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 2}), -1);
}

static void crossings_touches_spikes_and_repeated_corners_are_found(void **state)
{
    assert_int_equal(EDGES({0, 0}, {4, 4}, {4, 0}, {0, 4}), 0 * 1000 + 2); /* bow tie */
    assert_int_equal(EDGES({0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}), 3);    /* corner on a side */
    assert_true(EDGES({0, 0}, {4, 0}, {2, 2}, {4, 4}, {0, 4}, {2, 2}) >= 0); /* on a corner */
    assert_true(EDGES({0, 0}, {4, 0}, {4, 4}, {4, 2}, {0, 4}) >= 0);         /* spike */
    assert_true(EDGES({0, 0}, {4, 0}, {4, 0}, {0, 4}) >= 0);                 /* corner twice */
    assert_true(EDGES({0, 0}, {2, 0}, {4, 0}) >= 0);                         /* no area */
    assert_true(EDGES({0, 0}, {4, 0}, {0, 4}, {0, 0}) >= 0);                 /* first repeated */
    assert_true(EDGES({0, 0}, {8, 0}, {8, 4}, {6, 4}, {6, 0}, {2, 0}, {2, 4}, {0, 4}) >= 0);
}

static void the_failure_names_the_zone_and_both_edges(void **state)
{
    tr_point tie[] = {{0, 0}, {40000000, 40000000}, {40000000, 0}, {0, 40000000}};
    tr_ring  ring = ring_of(tie, 4);
    tr_err   err;
    CHECK_FAILS(tr_ring_check(arena, &ring, TR_STR("buffer"), &err), err, TR_E_RING_CROSSES);
    assert_string_equal(
        err.text,
        "edges 1 and 3 of a ring of zone \"buffer\" cross or touch near 0.0000000 0.0000000");
    ring.corners = 100001;
    CHECK_FAILS(tr_ring_check(arena, &ring, TR_STR("buffer"), &err), err, TR_E_LIMIT);
}

static int side(tr_point a, tr_point b, tr_point p)
{
    int64_t turn = ((int64_t)b.lon - a.lon) * ((int64_t)p.lat - a.lat) -
                   ((int64_t)b.lat - a.lat) * ((int64_t)p.lon - a.lon);
    return (turn > 0) - (turn < 0);
}

/* Do two closed edges share a position?  By the signs, and by boxes when all lie on one line. */
static bool share(tr_point a, tr_point b, tr_point c, tr_point d)
{
    int s = side(a, b, c), t = side(a, b, d), u = side(c, d, a), v = side(c, d, b);
    if (s == 0 && t == 0 && u == 0 && v == 0) {
        bool lon = (a.lon > b.lon ? a.lon : b.lon) >= (c.lon < d.lon ? c.lon : d.lon) &&
                   (c.lon > d.lon ? c.lon : d.lon) >= (a.lon < b.lon ? a.lon : b.lon);
        bool lat = (a.lat > b.lat ? a.lat : b.lat) >= (c.lat < d.lat ? c.lat : d.lat) &&
                   (c.lat > d.lat ? c.lat : d.lat) >= (a.lat < b.lat ? a.lat : b.lat);
        return lon && lat;
    }
    return s * t <= 0 && u * v <= 0;
}

/* All pairs; neighbours are wrong when one folds back on the other. */
static bool simple_by_pairs(const tr_point *p, int n)
{
    for (int i = 0; i < n; i++) {
        tr_point a = p[i], b = p[(i + 1) % n], c = p[(i + 2) % n];
        int64_t  ahead = ((int64_t)b.lon - a.lon) * ((int64_t)c.lon - b.lon) +
                        ((int64_t)b.lat - a.lat) * ((int64_t)c.lat - b.lat);
        if (side(a, b, c) == 0 && ahead <= 0)
            return false;
        for (int j = i + 2; j < n && j - i < n - 1; j++)
            if (share(a, b, p[j], p[(j + 1) % n]))
                return false;
    }
    return true;
}

static void random_small_rings_agree_with_all_pairs(void **state)
{
    int simple = 0;
    for (int i = 0; i < 200000; i++) {
        tr_point p[9];
        int      n = 3 + (int)random_to(7), size = i % 2 ? 5 : 30;
        for (int k = 0; k < n; k++)
            p[k] = (tr_point){(int32_t)random_to(size), (int32_t)random_to(size)};
        bool want = simple_by_pairs(p, n);
        if ((edges_of(p, n) < 0) != want)
            fail_msg("ring %d of %d corners: %s", i, n, want ? "simple" : "not simple");
        simple += want;
    }
    assert_in_range(simple, 10000, 190000);
}

static void a_ring_of_100000_corners_is_checked_fast_and_one_crossing_is_found(void **state)
{
    enum { N = 100000 };
    static tr_point p[N];
    for (int i = 0; i < N; i++) {
        double a = i * 2 * 3.14159265358979 / N;
        double r = 1e8 * (1 + 0.1 * sin(4000 * a) + 0.2 * sin(7 * a));
        p[i] = (tr_point){(int32_t)(r * cos(a)), (int32_t)(r * sin(a))};
    }
    tr_ring ring = ring_of(p, N);
    clock_t begin = clock();
    assert_true(tr_ring_simple(arena, &ring, NULL, NULL));
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    printf("100,000 corners: %.0f ms\n", seconds * 1000);
    assert_true(seconds < 5);

    tr_point kept = p[777];
    int      a = -1, b = -1;
    p[777] = p[779], p[779] = kept;
    assert_false(tr_ring_simple(arena, &ring, &a, &b));
    assert_in_range(a, 776, 779);
    assert_in_range(b, 776, 779);
}

/* Slanted teeth, the box of each edge across those of thousands of others. */
static int comb(tr_point *p, int teeth)
{
    enum { STEP = 8, HIGH = 400000 };
    int n = 0;
    for (int i = 0; i < teeth; i++) {
        p[n++] = (tr_point){STEP * i, 0};
        p[n++] = (tr_point){STEP * i + HIGH, HIGH};
    }
    p[n++] = (tr_point){STEP * teeth + HIGH, 0};
    p[n++] = (tr_point){0, -HIGH};
    return n;
}

static void interleaved_spikes_are_checked_fast(void **state)
{
    enum { TEETH = 49999 };
    static tr_point p[2 * TEETH + 2];
    int             n = comb(p, TEETH), a = -1, b = -1;
    tr_ring         ring = ring_of(p, n);
    clock_t         begin = clock();
    assert_true(tr_ring_simple(arena, &ring, NULL, NULL));
    for (int i = 0; i < n; i++) { /* turned: every edge is steep, or level */
        int32_t lon = p[i].lon;
        p[i] = (tr_point){-p[i].lat, lon};
    }
    ring = ring_of(p, n);
    assert_true(tr_ring_simple(arena, &ring, NULL, NULL));
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    printf("%d spikes: %.0f ms\n", 2 * TEETH, seconds * 1000);
    assert_true(seconds < 5);
    p[40001].lon += 1; /* one tip leaves its tooth by 1e-7 degree: still none touches */
    ring = ring_of(p, n);
    assert_true(tr_ring_simple(arena, &ring, NULL, NULL));
    p[40001].lat += 8; /* and by a whole tooth: on the next tip but one */
    p[40001].lon -= 1;
    ring = ring_of(p, n);
    assert_false(tr_ring_simple(arena, &ring, &a, &b));
    assert_in_range(a, 40000, 40004);
    assert_in_range(b, 40000, 40004);
}

static void a_hundred_thousand_corners_and_one_more(void **state)
{
    static tr_point p[100001];
    tr_err          err = {0};
    tr_ring         ring;
    int             n = comb(p, 49999);
    assert_int_equal(n, 100000);
    p[n] = (tr_point){-8, -8};
    CHECK_OK(tr_ring_make(&ring, TR_STR("zone"), p, n, &err), err);
    CHECK_OK(tr_ring_check(arena, &ring, TR_STR("zone"), &err), err);
    CHECK_OK(tr_ring_make(&ring, TR_STR("zone"), p, n + 1, &err), err);
    assert_false(tr_ring_check(arena, &ring, TR_STR("zone"), &err));
    assert_int_equal(err.code, TR_E_LIMIT);
}

static int setup(void **state)
{
    arena = check_arena();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simple_rings_pass_in_both_directions),
        cmocka_unit_test(crossings_touches_spikes_and_repeated_corners_are_found),
        cmocka_unit_test(the_failure_names_the_zone_and_both_edges),
        cmocka_unit_test(random_small_rings_agree_with_all_pairs),
        cmocka_unit_test(a_ring_of_100000_corners_is_checked_fast_and_one_crossing_is_found),
        cmocka_unit_test(interleaved_spikes_are_checked_fast),
        cmocka_unit_test(a_hundred_thousand_corners_and_one_more),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
