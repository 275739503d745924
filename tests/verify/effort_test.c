/* effort_test.c -- grids of cells, reaches, and cell-time against counting moment by moment. */
#include "verify/hand.h"

#include "verify/effort.h"

enum { MOMENTS = 40, CELLS = 70, WATCHERS = 5, SPANS = 4 };

static tr_plan_zone zones[4];
static tr_plan      plan;
static tr_point     square[4] = {{376000000, 476000000},
                                 {384000000, 476000000},
                                 {384000000, 486000000},
                                 {376000000, 486000000}};
/* A hair's breadth: between the points of every grid but for its corner. */
static tr_point sliver[3] = {
    {376000000, 476000000}, {384000000, 486000000}, {384000000, 486000001}};
static tr_ring rings[2];

static void scene(void)
{
    tr_err                err = {0};
    static const tr_point along[2] = {{370000000, 480000000}, {380000000, 485000000}};
    static tr_line        line;
    plan = (tr_plan){
        .area = {{360000000, 470000000}, {390000000, 490000000}}, .zone = zones, .zones = 4};
    CHECK_OK(tr_ring_make(&rings[0], TR_STR("square"), square, 4, &err), err);
    CHECK_OK(tr_zone_of_rings(&zones[0].zone, TR_STR("square"), &rings[0], 1, &err), err);
    CHECK_OK(tr_ring_make(&rings[1], TR_STR("sliver"), sliver, 3, &err), err);
    CHECK_OK(tr_zone_of_rings(&zones[1].zone, TR_STR("sliver"), &rings[1], 1, &err), err);
    CHECK_OK(tr_line_make(&line, TR_STR("line"), along, 2, &err), err);
    CHECK_OK(tr_zone_near_line(&zones[2].zone, TR_STR("strip"), &line, 1500000, &err), err);
    CHECK_OK(tr_zone_of_box(&zones[3].zone, TR_STR("box"),
                            (tr_box){{360000000, 470000000}, {361000000, 471000000}}, &err),
             err);
}

static void every_zone_has_cells_and_all_lie_inside(void **state)
{
    tr_cells cells;
    scene();
    tr_cells_make(&plan, -1, 0, 0, &cells);
    assert_int_equal(cells.cells, TR_CELLS);
    for (int32_t zone = 0; zone < plan.zones; zone++) {
        tr_cells_make(&plan, zone, 0, 0, &cells);
        assert_in_range(cells.cells, 1, TR_CELLS);
        for (int32_t i = 0; i < cells.cells; i++)
            assert_int_not_equal(tr_zone_side(&zones[zone].zone, cells.at[i]), TR_OUTSIDE);
    }
    tr_cells_make(&plan, 1, 0, 0, &cells);
    assert_int_equal(cells.cells, 1);
    tr_cells_make(&plan, 2, 0, 0, &cells); /* 3 km wide, 90 km long: the fine grid finds it */
    assert_in_range(cells.cells, 20, TR_CELLS);
}

static int32_t seen(int32_t zone, tr_place reach)
{
    static tr_cells cells;
    tr_cell_set     set;
    tr_cells_make(&plan, zone, 0, 0, &cells);
    int32_t count = tr_cells_seen(&plan, &cells, &reach, &set), bits = 0;
    for (int i = 0; i < TR_CELLS / 64; i++)
        bits += __builtin_popcountll(set.bit[i]);
    assert_int_equal(bits, count);
    return count;
}

static void a_reach_covers_the_cells_inside_it(void **state)
{
    tr_cells cells;
    tr_point middle = {380000000, 481000000};
    scene();
    tr_cells_make(&plan, 0, 0, 0, &cells);
    assert_int_equal(seen(0, (tr_place){.kind = TR_PLACE_NONE}), cells.cells);
    assert_int_equal(seen(0, (tr_place){.kind = TR_PLACE_SEALED}), 0);
    assert_int_equal(seen(0, (tr_place){.kind = TR_PLACE_REGION}), 0);
    assert_int_equal(seen(0, (tr_place){.kind = TR_PLACE_ZONE, .zone = -1}), 0);
    assert_int_equal(seen(0, (tr_place){.kind = TR_PLACE_ZONE, .zone = 0}), cells.cells);
    assert_int_equal(seen(1, (tr_place){.kind = TR_PLACE_ZONE, .zone = 1}), 1); /* its corner */
    assert_int_equal(seen(3, (tr_place){.kind = TR_PLACE_ZONE, .zone = 0}), 0); /* far apart */
    int32_t in_square = seen(-1, (tr_place){.kind = TR_PLACE_ZONE, .zone = 0});
    assert_in_range(in_square, 100, 200); /* 0.8 x 1.0 of 3 x 2 degrees */

    tr_place disc = {.kind = TR_PLACE_POINT, .at = middle, .r_max_m = 30000};
    int32_t  near = seen(0, disc);
    assert_in_range(near, 300, 500); /* 2827 of about 6660 km2, of 1024 */
    disc.r_max_m = 1000000;
    assert_int_equal(seen(0, disc), cells.cells);
    disc = (tr_place){.kind = TR_PLACE_POINT, .at = cells.at[0], .r_max_m = 0};
    assert_int_equal(seen(0, disc), 1);
    disc.at.lon += 1;
    assert_int_equal(seen(0, disc), 0);
    disc.r_max_m = 1;
    assert_int_equal(seen(0, disc), 1);

    tr_place half = {.kind = TR_PLACE_SECTOR, .at = middle, .r_max_m = 30000, .az_end_cdeg = 18000};
    tr_place other = half, ring = half;
    other.az_begin_cdeg = 18000;
    other.az_end_cdeg = 0;
    assert_in_range(seen(0, half), near / 2 - 20, near / 2 + 20);
    assert_in_range(seen(0, half) + seen(0, other), near, near + 20); /* an edge may be of both */
    ring.az_end_cdeg = 0;
    assert_int_equal(seen(0, ring), near);
    ring.r_min_m = 20000;
    assert_in_range(seen(0, ring), near * 5 / 9 - 20, near * 5 / 9 + 20);
}

static void cell_time_is_that_of_the_moments(void **state)
{
    tr_arena keep = check_arena();
    for (uint64_t seed = 4711, round = 0; round < 2000; round++) {
        tr_watcher w[WATCHERS] = {0};
        tr_span    span[WATCHERS][SPANS];
        tr_span    within = {hand_below(&seed, 20), 20 + hand_below(&seed, 20)};
        int32_t    cells = 1 + (int32_t)hand_below(&seed, CELLS);
        int64_t    sum = 0;
        for (int i = 0; i < WATCHERS; i++) {
            bool all = hand_below(&seed, 4) == 0;
            for (int c = 0; c < cells; c++)
                if (all || hand_below(&seed, 3) == 0)
                    w[i].seen.bit[c / 64] |= UINT64_C(1) << (c % 64);
            for (int k = 0; k < SPANS; k++) /* apart, as united ones are */
                span[i][k] = (tr_span){k * 10, k * 10 + 1 + hand_below(&seed, 8)};
            w[i].span = span[i];
            w[i].spans = (int32_t)hand_below(&seed, SPANS + 1);
        }
        for (tr_time t = within.begin; t < within.end; t++)
            for (int c = 0; c < cells; c++) {
                bool on = false;
                for (int i = 0; i < WATCHERS; i++)
                    for (int k = 0; k < w[i].spans; k++)
                        on |= span[i][k].begin <= t && t < span[i][k].end &&
                              (w[i].seen.bit[c / 64] >> (c % 64) & 1);
                sum += on;
            }
        int64_t wanted = sum > 0 && sum < cells ? 1 : sum / cells;
        assert_int_equal(tr_effort_ns(keep, cells, w, WATCHERS, within), wanted);
    }
}

static void the_longest_stretch_is_counted_and_the_least_is_not_nothing(void **state)
{
    tr_arena   keep = check_arena();
    tr_span    all = {0, INT64_MAX}, one = {5, 6};
    tr_watcher full = {.span = &all, .spans = 1}, spot = {.seen = {{1}}, .span = &one, .spans = 1};
    memset(&full.seen, 0xff, sizeof full.seen);
    assert_true(tr_effort_ns(keep, TR_CELLS, &full, 1, all) == INT64_MAX);
    assert_int_equal(tr_effort_ns(keep, TR_CELLS, &spot, 1, all), 1); /* one cell for 1 ns */
    assert_int_equal(tr_effort_ns(keep, TR_CELLS, NULL, 0, all), 0);
    assert_int_equal(tr_effort_ns(keep, TR_CELLS, &full, 1, (tr_span){7, 7}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_zone_has_cells_and_all_lie_inside),
        cmocka_unit_test(a_reach_covers_the_cells_inside_it),
        cmocka_unit_test(cell_time_is_that_of_the_moments),
        cmocka_unit_test(the_longest_stretch_is_counted_and_the_least_is_not_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
