/* line_test.c -- the nearest point of a line against brute force. */
#include "check.h"
#include "geo/geodesic.h"
#include "math/trig.h"

static uint64_t seed = 17;

static int64_t random_to(int64_t limit)
{
    seed += 0x9e3779b97f4a7c15u;
    uint64_t z = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (int64_t)((z ^ z >> 31) % (uint64_t)limit);
}

static double far_from(tr_point a, tr_point b, double t, tr_point p)
{
    double sine, cosine, lat = a.lat + t * ((double)b.lat - a.lat);
    tr_sincos(lat * TR_RADIAN_E7, &sine, &cosine);
    tr_site on = tr_site_of((a.lon + t * ((double)b.lon - a.lon)) * TR_RADIAN_E7, sine, cosine);
    tr_site at = tr_site_at(p);
    return tr_geodesic(&on, &at, NULL, NULL);
}

/* Every edge at 65 points, then ever closer around the best of them. */
static int64_t brute(const tr_point *corner, int corners, tr_point p)
{
    double best = 1e9;
    for (int i = 1; i < corners; i++) {
        double low = 0, high = 1, at = 0, edge = 1e9;
        for (int round = 0; round < 6; round++) {
            for (int k = 0; k <= 64; k++) {
                double t = low + (high - low) * k / 64;
                double far = far_from(corner[i - 1], corner[i], t, p);
                if (far < edge)
                    edge = far, at = t;
            }
            double step = (high - low) / 32;
            low = at - step < 0 ? 0 : at - step;
            high = at + step > 1 ? 1 : at + step;
        }
        best = edge < best ? edge : best;
    }
    return tr_mm_of(best);
}

static tr_line made(const tr_point *corner, int corners)
{
    tr_line line = {0};
    tr_err  err = {0};
    CHECK_OK(tr_line_make(&line, TR_STR("line"), corner, corners, &err), err);
    return line;
}

static void the_nearest_point_agrees_with_brute_force(void **state)
{
    for (int round = 0; round < 150; round++) {
        tr_point corner[12];
        int64_t  lat = random_to(1500000000) - 750000000, lon = random_to(3000000000) - 1500000000;
        int64_t  size = round % 3 == 0 ? 20000 : round % 3 == 1 ? 2000000 : 20000000;
        for (int i = 0; i < 12; i++)
            corner[i].lon = (int32_t)(lon + random_to(size)),
            corner[i].lat = (int32_t)(lat + random_to(size));
        tr_line line = made(corner, 12);
        for (int i = 0; i < 4; i++) {
            int64_t  reach = i % 2 ? 15000000 : size;
            tr_point p = {(int32_t)(lon + random_to(2 * reach) - reach / 2),
                          (int32_t)(lat + random_to(2 * reach) - reach / 2)};
            int64_t want = brute(corner, 12, p), got = tr_line_distance_mm(&line, p);
            if (got > want + 1 || want > got + 1)
                fail_msg("round %d: %lld, not %lld", round, (long long)got, (long long)want);
        }
    }
}

static void corners_and_whole_points_of_edges_are_on_the_line(void **state)
{
    tr_point corner[] = {{370000000, 480000000}, {370100000, 480300000}, {380000000, 480300000}};
    tr_line  line = made(corner, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(tr_line_distance_mm(&line, corner[i]), 0);
    assert_int_equal(tr_line_distance_mm(&line, (tr_point){370050000, 480150000}), 0);
    /* The edge follows the parallel, not the geodesic that runs north of it. */
    assert_int_equal(tr_line_distance_mm(&line, (tr_point){375000000, 480300000}), 0);
    int64_t off = tr_line_distance_mm(&line, (tr_point){375000000, 480300010});
    assert_true(off >= 110 && off <= 112);
}

static void the_line_is_met_across_the_antimeridian(void **state)
{
    tr_point corner[] = {{1799000000, 10000000}, {1799500000, -10000000}};
    tr_line  line = made(corner, 2);
    tr_point p = {-1799500000, 0};
    int64_t  want = brute(corner, 2, p), got = tr_line_distance_mm(&line, p);
    assert_true(got <= want + 1 && want <= got + 1);
    assert_true(got < 14000000);
}

static void direction_and_repeated_corners_change_nothing(void **state)
{
    tr_point corner[] = {{370000000, 480000000}, {371000000, 480300000}, {372000000, 479000000}};
    tr_point back[] = {corner[2], corner[1], corner[1], corner[0]};
    tr_line  line = made(corner, 3), other = made(back, 4);
    for (int i = 0; i < 500; i++) {
        int32_t  lon = (int32_t)(369000000 + random_to(4000000));
        tr_point p = {lon, (int32_t)(478000000 + random_to(3000000))};
        int64_t  a = tr_line_distance_mm(&line, p), b = tr_line_distance_mm(&other, p);
        assert_true(a - b <= 1 && b - a <= 1);
    }
}

static void far_away_lines_still_have_a_distance(void **state)
{
    tr_point corner[] = {{0, 0}, {900000000, 0}};
    tr_line  line = made(corner, 2);
    int64_t  got = tr_line_distance_mm(&line, (tr_point){450000000, 900000000});
    assert_true(got > 10001965000 && got < 10001966500);
    static const int32_t edge[] = {INT32_MIN, -1800000000, -900000000, 0, 900000000, INT32_MAX};
    for (int i = 0; i < 36; i++)
        assert_true(tr_line_distance_mm(&line, (tr_point){edge[i % 6], edge[i / 6]}) >= 0);
}

static void a_length_is_the_sum_along_the_edges(void **state)
{
    tr_point corner[] = {{0, 0}, {10000000, 0}, {10000000, 0}, {0, 0}};
    tr_line  line = made(corner, 4);
    int64_t  got = tr_line_length_mm(&line);
    assert_true(got >= 222638981 && got <= 222638983);
    tr_point parallel[] = {{0, 600000000}, {100000000, 600000000}};
    line = made(parallel, 2);
    got = tr_line_length_mm(&line); /* N cos 60 * 10 degrees = 558000.0157 m */
    assert_true(got > 558000016 - 60 && got <= 558000017);
}

static void lines_off_the_globe_too_wide_or_of_one_corner_are_refused(void **state)
{
    tr_point one[] = {{0, 0}, {900000001, 0}}, off[] = {{0, 0}, {0, 900000001}};
    tr_line  line;
    tr_err   err;
    CHECK_FAILS(tr_line_make(&line, TR_STR("a"), one, 1, &err), err, TR_E_LINE_CORNERS);
    assert_string_equal(err.text, "line \"a\" has 1 corners");
    CHECK_FAILS(tr_line_make(&line, TR_STR("a"), one, 2, &err), err, TR_E_ZONE_SPAN);
    CHECK_FAILS(tr_line_make(&line, TR_STR("a"), off, 2, &err), err, TR_E_ZONE_RANGE);
    one[1].lon--;
    err = (tr_err){0};
    CHECK_OK(tr_line_make(&line, TR_STR("a"), one, 2, &err), err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_point_agrees_with_brute_force),
        cmocka_unit_test(corners_and_whole_points_of_edges_are_on_the_line),
        cmocka_unit_test(the_line_is_met_across_the_antimeridian),
        cmocka_unit_test(direction_and_repeated_corners_change_nothing),
        cmocka_unit_test(far_away_lines_still_have_a_distance),
        cmocka_unit_test(a_length_is_the_sum_along_the_edges),
        cmocka_unit_test(lines_off_the_globe_too_wide_or_of_one_corner_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
