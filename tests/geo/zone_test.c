/* zone_test.c -- every cell of a small map, drawn so that a reader can see it. */
#include "check.h"
#include "geo/geo.h"

static tr_err err;

static uint64_t seed = 23;

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
    err = (tr_err){0};
    CHECK_OK(tr_ring_make(&ring, TR_STR("zone"), corner, corners, &err), err);
    return ring;
}

static tr_zone zone_of(const tr_ring *ring, int rings)
{
    tr_zone zone = {0};
    err = (tr_err){0};
    CHECK_OK(tr_zone_of_rings(&zone, TR_STR("zone"), ring, rings, &err), err);
    return zone;
}

/* Draw a 9 x 7 map of which side each position is on: # inside, + boundary. */
static const char *draw(const tr_zone *zone)
{
    static char map[7 * 10 + 1];
    char       *out = map;
    for (int lat = 6; lat >= 0; lat--) {
        for (int lon = 0; lon < 9; lon++)
            *out++ = ".+#"[tr_zone_side(zone, (tr_point){lon, lat}) + 1];
        *out++ = '\n';
    }
    *out = '\0';
    return map;
}

static void a_notched_zone_tells_corners_edges_and_the_notch_apart(void **state)
{
    tr_point corner[] = {{1, 1}, {7, 1}, {7, 5}, {4, 3}, {1, 5}};
    tr_point back[] = {{1, 5}, {4, 3}, {7, 5}, {7, 1}, {1, 1}};
    tr_ring  ring = ring_of(corner, 5), other = ring_of(back, 5);
    tr_zone  zone = zone_of(&ring, 1), same = zone_of(&other, 1);
    assert_string_equal(draw(&zone), ".........\n"
                                     ".+.....+.\n"
                                     ".+#...#+.\n"
                                     ".+##+##+.\n"
                                     ".+#####+.\n"
                                     ".+++++++.\n"
                                     ".........\n");
    assert_string_equal(draw(&same), ".........\n"
                                     ".+.....+.\n"
                                     ".+#...#+.\n"
                                     ".+##+##+.\n"
                                     ".+#####+.\n"
                                     ".+++++++.\n"
                                     ".........\n");
}

static void holes_and_islands_alternate(void **state)
{
    tr_point outer[] = {{0, 0}, {8, 0}, {8, 6}, {0, 6}}, hole[] = {{1, 1}, {7, 1}, {7, 5}, {1, 5}};
    tr_point island[] = {{3, 2}, {5, 2}, {5, 4}, {3, 4}};
    tr_ring  ring[] = {ring_of(outer, 4), ring_of(hole, 4), ring_of(island, 4)};
    tr_zone  zone = zone_of(ring, 3);
    assert_string_equal(draw(&zone), "+++++++++\n"
                                     "+++++++++\n"
                                     "++.+++.++\n"
                                     "++.+#+.++\n"
                                     "++.+++.++\n"
                                     "+++++++++\n"
                                     "+++++++++\n");
}

static void a_box_owns_its_four_edges(void **state)
{
    tr_zone zone;
    err = (tr_err){0};
    CHECK_OK(tr_zone_of_box(&zone, TR_STR("box"), (tr_box){{2, 1}, {6, 4}}, &err), err);
    assert_string_equal(draw(&zone), ".........\n"
                                     ".........\n"
                                     "..+++++..\n"
                                     "..+###+..\n"
                                     "..+###+..\n"
                                     "..+++++..\n"
                                     ".........\n");
}

static void of_100000_positions_on_a_shared_border_none_is_in_both_or_in_neither(void **state)
{
    /* West and east share a border of 40 edges; positions on it, and one step to each side. */
    enum { EDGES = 40, STEPS = 2500 };
    static tr_point west[EDGES + 3], east[EDGES + 3];
    tr_point        a = {375000000, 480000000};
    int             boundary = 0, one = 0;
    for (int i = 0; i <= EDGES; i++) {
        west[i] = east[EDGES - i] = a;
        a.lon += (int32_t)(STEPS * (random_to(7) - 3));
        a.lat += (int32_t)(STEPS * (1 + random_to(5)));
    }
    west[EDGES + 1] = (tr_point){374000000, west[EDGES].lat};
    west[EDGES + 2] = (tr_point){374000000, west[0].lat};
    east[EDGES + 1] = (tr_point){376000000, west[0].lat};
    east[EDGES + 2] = (tr_point){376000000, west[EDGES].lat};
    tr_ring rings[] = {ring_of(west, EDGES + 3), ring_of(east, EDGES + 3)};
    tr_zone w = zone_of(&rings[0], 1), e = zone_of(&rings[1], 1);
    for (int i = 0; i < EDGES; i++) {
        for (int k = 0; k < STEPS; k++) {
            tr_point p = {west[i].lon + (west[i + 1].lon - west[i].lon) / STEPS * k,
                          west[i].lat + (west[i + 1].lat - west[i].lat) / STEPS * k};
            tr_side  in_w = tr_zone_side(&w, p), in_e = tr_zone_side(&e, p);
            boundary += in_w == TR_BOUNDARY && in_e == TR_BOUNDARY;
            if (i + k == 0)
                continue; /* the first corner: its neighbours lie on the southern edges */
            for (int32_t step = -1; step <= 1; step += 2) {
                tr_point q = {p.lon + step, p.lat};
                in_w = tr_zone_side(&w, q), in_e = tr_zone_side(&e, q);
                one += in_w == -in_e; /* one in, one out; or both on the boundary */
            }
        }
    }
    assert_int_equal(boundary, EDGES * STEPS);
    assert_int_equal(one, 2 * (EDGES * STEPS - 1));
}

static void a_zone_along_a_line_ends_exactly_at_its_distance(void **state)
{
    tr_point corner[] = {{375000000, 480000000}, {376000000, 482000000}, {378000000, 482500000}};
    tr_line  line;
    tr_zone  zone;
    err = (tr_err){0};
    CHECK_OK(tr_line_make(&line, TR_STR("line"), corner, 3, &err), err);
    for (int i = 0; i < 2000; i++) {
        int32_t  lon = (int32_t)(374000000 + random_to(5000000));
        tr_point p = {lon, (int32_t)(479000000 + random_to(4500000))};
        int64_t  far = tr_line_distance_mm(&line, p);
        for (int64_t off = -1; off <= 1 && far > 1; off++) {
            CHECK_OK(tr_zone_near_line(&zone, TR_STR("near"), &line, far + off, &err), err);
            assert_int_equal(tr_zone_side(&zone, p), off);
            assert_int_equal(tr_zone_edge_mm(&zone, p), off < 0 ? -off : off);
        }
    }
}

static void the_box_of_a_zone_along_a_line_holds_all_of_it(void **state)
{
    tr_point corner[] = {{0, 0}, {0, 0}};
    tr_line  line;
    tr_zone  zone;
    err = (tr_err){0};
    for (int i = 0; i < 3000; i++) {
        int64_t lon = random_to(3500000000) - 1750000000, lat = random_to(1780000000) - 890000000;
        corner[0] = (tr_point){(int32_t)lon, (int32_t)lat};
        corner[1].lon = (int32_t)(lon + random_to(100000));
        corner[1].lat = (int32_t)(lat + random_to(100000));
        CHECK_OK(tr_line_make(&line, TR_STR("line"), corner, 2, &err), err);
        int64_t within = 1 + random_to(i % 2 ? 1000000000 : 20000000);
        CHECK_OK(tr_zone_near_line(&zone, TR_STR("near"), &line, within, &err), err);
        tr_point p = tr_destination(corner[i & 1], random_to(360000), within);
        if (tr_line_distance_mm(&line, p) <= within)
            assert_true(tr_box_holds(zone.box, p));
    }
}

static void corners_off_the_globe_and_wide_zones_are_refused_by_name(void **state)
{
    tr_ring  ring = {0};
    tr_point strayed[] = {{481000000, 376000000}, {481000000, 1376000000}, {480000000, 376000000}};
    CHECK_FAILS(tr_ring_make(&ring, TR_STR("buffer"), strayed, 3, &err), err, TR_E_ZONE_RANGE);
    assert_string_equal(err.text,
                        "corner 2 of zone \"buffer\" is not on the globe: 48.1000000 137.6000000");
    assert_string_equal(err.hint, "Positions are longitude first, then latitude, in degrees.");

    tr_point wide[] = {{0, 0}, {900000000, 0}, {0, 900000000}};
    ring = ring_of(wide, 3);
    tr_zone zone = zone_of(&ring, 1);
    assert_int_equal(tr_zone_side(&zone, (tr_point){450000000, 450000000}), TR_BOUNDARY);
    assert_int_equal(tr_zone_side(&zone, (tr_point){450000000, 449999999}), TR_INSIDE);
    assert_int_equal(tr_zone_side(&zone, (tr_point){450000000, 450000001}), TR_OUTSIDE);
    wide[1].lon++;
    CHECK_FAILS(tr_ring_make(&ring, TR_STR("too wide"), wide, 3, &err), err, TR_E_ZONE_SPAN);
    assert_string_equal(err.text, "zone \"too wide\" spans more than 90 degrees");
    CHECK_FAILS(tr_ring_make(&ring, TR_STR("line"), wide, 2, &err), err, TR_E_ZONE_CORNERS);
    assert_string_equal(err.text, "zone \"line\" has 2 corners");
    CHECK_FAILS(tr_zone_of_rings(&zone, TR_STR("none"), NULL, 0, &err), err, TR_E_ZONE_CORNERS);

    tr_line line = {0};
    CHECK_FAILS(tr_zone_near_line(&zone, TR_STR("x"), &line, 0, &err), err, TR_E_ZONE_DISTANCE);
    CHECK_FAILS(tr_zone_near_line(&zone, TR_STR("x"), &line, 1000000001, &err), err,
                TR_E_ZONE_DISTANCE);
    CHECK_FAILS(tr_zone_of_box(&zone, TR_STR("x"), (tr_box){{2, 1}, {2, 4}}, &err), err,
                TR_E_ZONE_BOX);
    CHECK_FAILS(tr_zone_of_box(&zone, TR_STR("x"), (tr_box){{2, 5}, {3, 4}}, &err), err,
                TR_E_ZONE_BOX);
    CHECK_FAILS(tr_zone_of_box(&zone, TR_STR("x"), (tr_box){{0, 0}, {900000001, 4}}, &err), err,
                TR_E_ZONE_SPAN);
    CHECK_FAILS(tr_zone_of_box(&zone, TR_STR("x"), (tr_box){{0, 0}, {4, 900000001}}, &err), err,
                TR_E_ZONE_RANGE);
}

static void the_edge_is_as_far_as_the_nearest_ring_says(void **state)
{
    tr_point outer[] = {{370000000, 470000000}, {380000000, 470000000}, {380000000, 480000000},
                        {370000000, 480000000}};
    tr_point hole[] = {{374000000, 474000000}, {376000000, 474000000}, {376000000, 476000000},
                       {374000000, 476000000}};
    tr_ring  ring[] = {ring_of(outer, 4), ring_of(hole, 4)};
    tr_zone  zone = zone_of(ring, 2), box;
    CHECK_OK(tr_zone_of_box(&box, TR_STR("box"), (tr_box){outer[0], outer[2]}, &err), err);
    tr_point p = {375000000, 473990000}, q = {375000000, 469990000};
    int64_t  far = tr_distance_mm(p, (tr_point){375000000, 474000000});
    assert_true(tr_zone_edge_mm(&zone, p) <= far && tr_zone_edge_mm(&zone, p) >= far - 1);
    far = tr_distance_mm(q, (tr_point){375000000, 470000000});
    assert_true(tr_zone_edge_mm(&zone, q) <= far && tr_zone_edge_mm(&zone, q) >= far - 1);
    assert_int_equal(tr_zone_edge_mm(&box, q), tr_zone_edge_mm(&zone, q));
    assert_int_equal(tr_zone_edge_mm(&zone, (tr_point){374000000, 475000000}), 0);
}

static void any_position_gets_an_answer(void **state)
{
    static const int32_t edge[] = {INT32_MIN, -1800000000, -900000000, -1, 0, 1, 900000000,
                                   1800000000, INT32_MAX};
    tr_point corner[] = {{-450000000, -900000000}, {450000000, 0}, {0, 0}};
    tr_ring  ring = ring_of(corner, 3);
    tr_zone  zone = zone_of(&ring, 1), near;
    tr_line  line;
    CHECK_OK(tr_line_make(&line, TR_STR("line"), corner, 3, &err), err);
    CHECK_OK(tr_zone_near_line(&near, TR_STR("near"), &line, 1000000000, &err), err);
    for (int i = 0; i < 81; i++) {
        tr_point p = {edge[i % 9], edge[i / 9]};
        assert_in_range(tr_zone_side(&zone, p) + 1, 0, 2);
        assert_in_range(tr_zone_side(&near, p) + 1, 0, 2);
        assert_true(tr_zone_edge_mm(&zone, p) >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notched_zone_tells_corners_edges_and_the_notch_apart),
        cmocka_unit_test(holes_and_islands_alternate),
        cmocka_unit_test(a_box_owns_its_four_edges),
        cmocka_unit_test(of_100000_positions_on_a_shared_border_none_is_in_both_or_in_neither),
        cmocka_unit_test(a_zone_along_a_line_ends_exactly_at_its_distance),
        cmocka_unit_test(the_box_of_a_zone_along_a_line_holds_all_of_it),
        cmocka_unit_test(corners_off_the_globe_and_wide_zones_are_refused_by_name),
        cmocka_unit_test(the_edge_is_as_far_as_the_nearest_ring_says),
        cmocka_unit_test(any_position_gets_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
