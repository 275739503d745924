/* place_test.c -- places with an extent against zones, and against each other. */
#include "check.h"
#include "geo/geo.h"

static tr_err err;

static uint64_t seed = 31;

static int64_t random_to(int64_t limit)
{
    seed += 0x9e3779b97f4a7c15u;
    uint64_t z = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (int64_t)((z ^ z >> 31) % (uint64_t)limit);
}

/* About 74 x 111 km with a notch from the north; its twin lies within 15 km of a line. */
static const tr_point corner[] = {
    {370000000, 480000000}, {380000000, 480000000}, {380000000, 490000000}, {375000000, 484000000},
    {370000000, 490000000}};
static tr_ring ring;
static tr_line line;
static tr_zone notched, along, box;

static int setup(void **state)
{
    CHECK_OK(tr_ring_make(&ring, TR_STR("notched"), corner, 5, &err), err);
    CHECK_OK(tr_zone_of_rings(&notched, TR_STR("notched"), &ring, 1, &err), err);
    CHECK_OK(tr_line_make(&line, TR_STR("line"), corner, 5, &err), err);
    CHECK_OK(tr_zone_near_line(&along, TR_STR("along"), &line, 15000000, &err), err);
    CHECK_OK(tr_zone_of_box(&box, TR_STR("box"), (tr_box){corner[0], corner[2]}, &err), err);
    return 0;
}

static tr_place disc(tr_point at, int32_t radius_m)
{
    return (tr_place){.at = at, .r_max_m = radius_m, .kind = TR_PLACE_POINT, .zone = -1};
}

static tr_place random_place(bool sector)
{
    int32_t  lon = (int32_t)(368000000 + random_to(14000000));
    tr_place place = disc((tr_point){lon, (int32_t)(478000000 + random_to(14000000))},
                          (int32_t)random_to(random_to(3) ? 5000 : 40000));
    if (!sector)
        return place;
    place.kind = TR_PLACE_SECTOR;
    place.r_min_m = (int32_t)random_to(4) ? (int32_t)random_to(place.r_max_m + 1) : 0;
    place.az_begin_cdeg = (int32_t)random_to(36000);
    place.az_end_cdeg = (int32_t)(random_to(8) ? random_to(36000) : place.az_begin_cdeg);
    return place;
}

/* A position of the place: range and bearing at the edges and between them. */
static tr_point sample(const tr_place *place, tr_extent extent, int i, int j)
{
    int64_t outer = place->r_max_m * INT64_C(1000), inner = 0, begin = 0, end = 360000;
    if (place->kind == TR_PLACE_SECTOR) {
        inner = place->r_min_m * INT64_C(1000);
        begin = place->az_begin_cdeg * 10, end = place->az_end_cdeg * 10;
        end += end <= begin ? 360000 : 0;
    } else if (extent == TR_EXTENT_P50) {
        outer /= 2;
    }
    int64_t az = begin + (end - begin) * j / 40;
    return tr_destination(place->at, az, inner + (outer - inner) * i / 10);
}

static void sides_of(const tr_zone *zone, const tr_place *place, tr_extent extent, int *in,
                     int *out)
{
    *in = *out = 0;
    for (int i = 0; i <= 10; i++) {
        for (int j = 0; j <= 40; j++) {
            tr_side side = tr_zone_side(zone, sample(place, extent, i, j));
            *in += side == TR_INSIDE;
            *out += side == TR_OUTSIDE;
        }
    }
}

/* Never IN with a part outside, never OUT with a part inside, and mostly decided. */
static void check_zone(const tr_zone *zone, int rounds, bool sector)
{
    int seen[3] = {0}, missed = 0;
    for (int n = 0; n < rounds; n++) {
        tr_place       place = random_place(sector);
        tr_extent      extent = n % 2 ? TR_EXTENT_P50 : TR_EXTENT_P90;
        tr_zone_answer answer = tr_zone_place(zone, &place, extent);
        int            in, out;
        sides_of(zone, &place, extent, &in, &out);
        if ((answer == TR_ZONE_IN && out > 0) || (answer == TR_ZONE_OUT && in > 0) ||
            (answer != TR_ZONE_UNDECIDABLE && in > 0 && out > 0))
            fail_msg("place %d at %d %d: answer %d with %d in and %d out", n, place.at.lon,
                     place.at.lat, answer, in, out);
        missed += answer == TR_ZONE_UNDECIDABLE && (in == 0 || out == 0);
        seen[answer + 1]++;
    }
    assert_true(seen[0] > rounds / 20 && seen[1] > rounds / 20 && seen[2] > rounds / 20);
    assert_true(missed <= rounds / 50); /* cut where no sample lies, or too near to tell */
}

static void discs_are_never_called_inside_or_outside_when_cut(void **state)
{
    check_zone(&notched, 1500, false);
    check_zone(&along, 600, false);
    check_zone(&box, 600, false);
}

static void sectors_are_never_called_inside_or_outside_when_cut(void **state)
{
    check_zone(&notched, 1500, true);
    check_zone(&along, 400, true);
    check_zone(&box, 600, true);
}

static void a_position_on_the_boundary_goes_where_the_agreement_says(void **state)
{
    tr_zone  owns = notched;
    tr_place place = disc((tr_point){375000000, 480000000}, 0);
    owns.boundary_inside = true;
    assert_int_equal(tr_zone_place(&owns, &place, TR_EXTENT_P90), TR_ZONE_IN);
    assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_OUT);
    assert_true(tr_zone_mostly(&owns, &place));
    assert_false(tr_zone_mostly(&notched, &place));
    place.at.lat--;
    assert_int_equal(tr_zone_place(&owns, &place, TR_EXTENT_P90), TR_ZONE_OUT);
    place.at.lat += 2;
    assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_IN);
    place.at.lat--;
    place.r_max_m = 1;
    assert_int_equal(tr_zone_place(&owns, &place, TR_EXTENT_P90), TR_ZONE_UNDECIDABLE);
    place.kind = TR_PLACE_SECTOR, place.r_max_m = 0;
    assert_int_equal(tr_zone_place(&owns, &place, TR_EXTENT_P90), TR_ZONE_IN);
}

static void a_disc_is_cut_from_the_radius_on_at_which_it_meets_the_edge(void **state)
{
    for (int side = -1; side <= 1; side += 2) {
        tr_point at = {375000000, 480000000 + side * 100000};
        int32_t  edge_m = (int32_t)(tr_zone_edge_mm(&notched, at) / 1000);
        tr_place below = disc(at, edge_m), above = disc(at, edge_m + 1);
        assert_int_equal(tr_zone_place(&notched, &below, TR_EXTENT_P90), side);
        assert_int_equal(tr_zone_place(&notched, &above, TR_EXTENT_P90), TR_ZONE_UNDECIDABLE);
        assert_int_equal(tr_zone_place(&notched, &above, TR_EXTENT_P50), side);
        below.r_max_m = above.r_max_m = 2 * edge_m; /* half of it is the 50 % region */
        assert_int_equal(tr_zone_place(&notched, &below, TR_EXTENT_P50), side);
        above.r_max_m += 2;
        assert_int_equal(tr_zone_place(&notched, &above, TR_EXTENT_P50), TR_ZONE_UNDECIDABLE);
    }
}

static void a_sector_looks_only_where_it_points(void **state)
{
    /* 1.1 km inside the southern edge, 5 km far: north lies in the zone, south is cut. */
    tr_place place = {.at = {375000000, 480100000}, .r_max_m = 5000, .kind = TR_PLACE_SECTOR};
    assert_true(tr_compass_read("N", 1, &place.az_begin_cdeg, &place.az_end_cdeg));
    assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_IN);
    assert_true(tr_compass_read("S", 1, &place.az_begin_cdeg, &place.az_end_cdeg));
    assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_UNDECIDABLE);
    assert_false(tr_zone_mostly(&notched, &place));
    place.r_min_m = 2000;
    assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_OUT);
    place.az_end_cdeg = place.az_begin_cdeg; /* all round */
    assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_UNDECIDABLE);
    assert_true(tr_zone_mostly(&notched, &place)); /* a little more than its northern half */
    place.at.lat = 485000000, place.at.lon = 372000000;
    assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_IN);
    assert_true(tr_zone_mostly(&notched, &place));
}

static void half_of_a_disc_on_a_straight_edge_is_mostly_inside_from_half_on(void **state)
{
    tr_place place = disc((tr_point){375000000, 480000000}, 1000);
    place.at.lat += 3000; /* 33 m in */
    assert_true(tr_zone_mostly(&notched, &place));
    place.at.lat -= 6000; /* 33 m out */
    assert_false(tr_zone_mostly(&notched, &place));
}

/* Half of a disc goes to the zone that has the common edge; the 50 % region decides of a point. */
static void a_place_halved_by_a_common_edge_is_mostly_in_one_of_the_two_zones(void **state)
{
    tr_zone  south, north;
    tr_place place = disc((tr_point){375000000, 480000000}, 5000);
    tr_box   below = {{370000000, 470000000}, {380000000, 480000000}};
    tr_box   above = {{370000000, 480000000}, {380000000, 490000000}};
    assert_true(tr_zone_of_box(&south, TR_STR("south"), below, &err));
    assert_true(tr_zone_of_box(&north, TR_STR("north"), above, &err));
    north.boundary_inside = true;
    assert_true(tr_zone_mostly(&north, &place));
    assert_false(tr_zone_mostly(&south, &place));
    north.boundary_inside = false;
    south.boundary_inside = true;
    assert_false(tr_zone_mostly(&north, &place));
    assert_true(tr_zone_mostly(&south, &place));
}

static void of_a_point_the_half_radius_says_where_it_mostly_is(void **state)
{
    tr_zone  strip;
    tr_box   box_20_km = {{365000000, 479100000}, {385000000, 480900000}}; /* 10 km to each side */
    tr_place place = disc((tr_point){375000000, 480000000}, 25000);
    assert_true(tr_zone_of_box(&strip, TR_STR("strip"), box_20_km, &err));
    assert_true(tr_zone_mostly(&strip, &place)); /* 78 % of 12.5 km, 50 % of 25 km */
    place.r_max_m = 40000;
    assert_true(tr_zone_mostly(&strip, &place)); /* 61 % of 20 km, 31 % of 40 km */
    place.r_max_m = 60000;
    assert_false(tr_zone_mostly(&strip, &place)); /* 42 % of 30 km */
}

static void kinds_without_a_known_extent_are_undecidable(void **state)
{
    static const tr_place_kind kinds[] = {TR_PLACE_NONE, TR_PLACE_ZONE, TR_PLACE_REGION,
                                          TR_PLACE_SEALED};
    for (int i = 0; i < 4; i++) {
        tr_place place = {.at = {375000000, 482000000}, .kind = kinds[i]};
        tr_point outline[8];
        assert_int_equal(tr_zone_place(&notched, &place, TR_EXTENT_P90), TR_ZONE_UNDECIDABLE);
        assert_false(tr_zone_mostly(&notched, &place));
        assert_int_equal(tr_place_outline(&place, TR_EXTENT_P90, outline, 8), 0);
    }
}

static void two_discs_are_as_far_apart_as_their_rims(void **state)
{
    tr_place a = disc((tr_point){375000000, 480000000}, 1000);
    tr_place b = disc((tr_point){375000000, 481000000}, 2000);
    int64_t  apart = tr_distance_mm(a.at, b.at), least, most;
    tr_place_distance_mm(&a, &b, &least, &most);
    assert_int_equal(least, apart - 3000000);
    assert_int_equal(most, apart + 3000000);
    b.r_max_m = 20000;
    tr_place_distance_mm(&a, &b, &least, &most);
    assert_int_equal(least, 0);
    a.r_max_m = b.r_max_m = 0;
    tr_place_distance_mm(&a, &b, &least, &most);
    assert_int_equal(least, apart);
    assert_int_equal(most, apart);
}

static void distances_of_sectors_agree_with_samples(void **state)
{
    for (int n = 0; n < 60; n++) {
        tr_place a = random_place(n % 3 != 0), b = random_place(true);
        int64_t  least, most, low = INT64_MAX, high = 0, least_2, most_2;
        tr_place_distance_mm(&a, &b, &least, &most);
        tr_place_distance_mm(&b, &a, &least_2, &most_2);
        assert_int_equal(least, least_2);
        assert_int_equal(most, most_2);
        for (int i = 0; i < 11 * 41; i++) {
            for (int k = 0; k < 11 * 41; k += 3) {
                int64_t far = tr_distance_mm(sample(&a, TR_EXTENT_P90, i % 11, i / 11),
                                             sample(&b, TR_EXTENT_P90, k % 11, k / 11));
                low = far < low ? far : low;
                high = far > high ? far : high;
            }
        }
        int64_t room = 30 + (a.r_max_m + b.r_max_m) * INT64_C(5);
        if (least > low + room || most < high - room || most > high + 20 * room ||
            low > least + 40 * room)
            fail_msg("pair %d: %lld .. %lld, samples %lld .. %lld", n, (long long)least,
                     (long long)most, (long long)low, (long long)high);
    }
}

/* Twice the area in units of 1e-14 square degrees: positive when counter-clockwise. */
static double turn_of(const tr_point *p, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        tr_point a = p[i], b = p[(i + 1) % n];
        sum += ((double)a.lon - p[0].lon) * ((double)b.lat - p[0].lat) -
               ((double)b.lon - p[0].lon) * ((double)a.lat - p[0].lat);
    }
    return sum;
}

static void outlines_run_counter_clockwise_along_the_rim(void **state)
{
    tr_point p[40];
    for (int n = 0; n < 500; n++) {
        tr_place place = random_place(n % 2);
        place.r_max_m += 100;
        int count = tr_place_outline(&place, TR_EXTENT_P90, p, 8 + n % 33);
        assert_in_range(count, 8, 8 + n % 33);
        if (place.r_max_m > place.r_min_m + 100 &&
            (place.az_end_cdeg - place.az_begin_cdeg + 36000) % 36000 > 100)
            assert_true(turn_of(p, count) > 0);
        for (int i = 0; i < count; i++) {
            int64_t far = tr_distance_mm(place.at, p[i]), rim = place.r_max_m * INT64_C(1000);
            bool    inner = place.kind == TR_PLACE_SECTOR &&
                         (far <= place.r_min_m * INT64_C(1000) + 12 || far == 0);
            assert_true(inner || (far >= rim - 12 && far <= rim + 12));
        }
    }
    tr_place still = disc((tr_point){5, 5}, 0);
    assert_int_equal(tr_place_outline(&still, TR_EXTENT_P90, p, 8), 1);
    assert_int_equal(tr_place_outline(&still, TR_EXTENT_P90, p, 7), 0);
}

static void any_numbers_get_an_answer(void **state)
{
    static const int32_t edge[] = {INT32_MIN, -36000, -1, 0, 1, 5000, 36000, INT32_MAX};
    for (int n = 0; n < 20000; n++) {
        int32_t  v[7];
        int64_t  least, most;
        tr_point p[16];
        for (int i = 0; i < 7; i++)
            v[i] = random_to(2) ? edge[random_to(8)]
                                : (int32_t)(random_to(4294967296) - 2147483648);
        tr_place place = {{v[0], v[1]}, v[2], v[3], v[4], v[5], v[6], (int32_t)random_to(7)};
        tr_place other = random_place(n % 2);
        assert_in_range(tr_zone_place(&notched, &place, TR_EXTENT_P90) + 1, 0, 2);
        tr_zone_mostly(&notched, &place);
        tr_place_outline(&place, TR_EXTENT_P50, p, 16);
        if (n % 20 == 0 && place.kind >= TR_PLACE_POINT && place.kind <= TR_PLACE_SECTOR) {
            tr_place_distance_mm(&place, &other, &least, &most);
            assert_true(least >= 0 && most >= 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(discs_are_never_called_inside_or_outside_when_cut),
        cmocka_unit_test(sectors_are_never_called_inside_or_outside_when_cut),
        cmocka_unit_test(a_position_on_the_boundary_goes_where_the_agreement_says),
        cmocka_unit_test(a_disc_is_cut_from_the_radius_on_at_which_it_meets_the_edge),
        cmocka_unit_test(a_sector_looks_only_where_it_points),
        cmocka_unit_test(half_of_a_disc_on_a_straight_edge_is_mostly_inside_from_half_on),
        cmocka_unit_test(a_place_halved_by_a_common_edge_is_mostly_in_one_of_the_two_zones),
        cmocka_unit_test(of_a_point_the_half_radius_says_where_it_mostly_is),
        cmocka_unit_test(kinds_without_a_known_extent_are_undecidable),
        cmocka_unit_test(two_discs_are_as_far_apart_as_their_rims),
        cmocka_unit_test(distances_of_sectors_agree_with_samples),
        cmocka_unit_test(outlines_run_counter_clockwise_along_the_rim),
        cmocka_unit_test(any_numbers_get_an_answer),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
