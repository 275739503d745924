/* geodesic_test.c -- distances, azimuths and destinations on WGS 84. */
#include "check.h"

#include <unistd.h>

#include "geo/geo.h"

static uint64_t seed = 3;

static int64_t random_to(int64_t limit)
{
    seed += 0x9e3779b97f4a7c15u;
    uint64_t z = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (int64_t)((z ^ z >> 31) % (uint64_t)limit);
}

static tr_point near(tr_point p, int32_t reach)
{
    int64_t lat = p.lat + random_to(2 * (int64_t)reach) - reach;
    int64_t lon = p.lon + random_to(2 * (int64_t)reach) - reach;
    lat = lat > 900000000 ? 900000000 : lat < -900000000 ? -900000000 : lat;
    lon = lon > 1800000000 ? lon - 3600000000 : lon < -1800000000 ? lon + 3600000000 : lon;
    return (tr_point){(int32_t)lon, (int32_t)lat};
}

static tr_point anywhere(void)
{
    return (tr_point){(int32_t)(random_to(3600000000) - 1800000000),
                      (int32_t)(random_to(1800000000) - 900000000)};
}

static void close_to(int64_t got, int64_t want, int64_t room, const char *what)
{
    if (got - want > room || want - got > room)
        fail_msg("%s: %lld, not %lld", what, (long long)got, (long long)want);
}

static void known_lengths_come_out_to_the_millimetre(void **state)
{
    /* The quarter meridian and a degree of the equator follow from the constants of WGS 84. */
    close_to(tr_distance_mm((tr_point){0, 0}, (tr_point){0, 900000000}), 10001965729, 1, "quarter");
    close_to(tr_distance_mm((tr_point){0, 0}, (tr_point){10000000, 0}), 111319491, 1, "degree");
    close_to(tr_distance_mm((tr_point){1799999999, 0}, (tr_point){-1799999999, 0}), 22, 1, "turn");
    assert_int_equal(tr_distance_mm((tr_point){5, 5}, (tr_point){5, 5}), 0);
    close_to(tr_distance_mm((tr_point){0, 0}, (tr_point){0, 1}), 11, 1, "one step north");
    assert_int_equal(tr_distance_mm((tr_point){0, 900000000}, (tr_point){900000000, 900000000}), 0);
}

static void random_pairs_agree_with_geographiclib(void **state)
{
    enum { PAIRS = 4000 };
    static tr_point a[PAIRS], b[PAIRS];
    static const int32_t reach[5] = {20, 20000, 2000000, 30000000, 400000000};
    char   name[] = "geodesic_XXXXXX", command[200], line[200];
    int    fd = mkstemp(name);
    FILE  *file = fd < 0 ? NULL : fdopen(fd, "w");
    assert_non_null(file);
    for (int i = 0; i < PAIRS; i++) {
        a[i] = i % 2 ? anywhere() : near((tr_point){378000000, 480000000}, 50000000);
        b[i] = near(a[i], reach[i % 5]);
        fprintf(file, "%.7f %.7f %.7f %.7f\n", a[i].lat / 1e7, a[i].lon / 1e7, b[i].lat / 1e7,
                b[i].lon / 1e7);
    }
    fclose(file);
    snprintf(command, sizeof command, "GeodSolve -i -p 6 < %s 2>/dev/null", name);
    FILE *oracle = popen(command, "r");
    int   seen = 0;
    for (double az, back, s; seen < PAIRS && fgets(line, sizeof line, oracle); seen++) {
        assert_int_equal(sscanf(line, "%lf %lf %lf", &az, &back, &s), 3);
        if (s > 1e7)
            continue;
        int64_t want = (int64_t)(s * 1000 + 0.5);
        close_to(tr_distance_mm(a[seen], b[seen]), want, 1 + want / 1000000000, line);
        assert_int_equal(tr_distance_mm(b[seen], a[seen]), tr_distance_mm(a[seen], b[seen]));
        int64_t turn = tr_azimuth_mdeg(a[seen], b[seen]);
        turn -= (int64_t)((az < 0 ? az + 360 : az) * 1000);
        turn = ((turn + 180000) % 360000 + 360000) % 360000 - 180000;
        if (s > 1)
            close_to(turn, 0, 1, line);
    }
    pclose(oracle);
    unlink(name);
    if (seen == 0) {
        puts("skipped, no GeodSolve");
        skip();
    }
    assert_int_equal(seen, PAIRS);
}

static void a_destination_lies_where_it_was_sent(void **state)
{
    for (int i = 0; i < 20000; i++) {
        tr_point a = anywhere();
        int64_t  az = random_to(360000), far = random_to(i % 2 ? 300000000 : 5000000000);
        if (a.lat > 890000000 || a.lat < -890000000)
            continue;
        tr_point b = tr_destination(a, az, far);
        assert_true(tr_on_globe(b));
        close_to(tr_distance_mm(a, b), far, 12, "distance");
        int64_t turn = tr_azimuth_mdeg(a, b) - az;
        turn = ((turn + 180000) % 360000 + 360000) % 360000 - 180000;
        if (far > 10000000)
            close_to(turn, 0, 2, "azimuth");
    }
}

static void azimuths_turn_clockwise_from_north(void **state)
{
    tr_point p = {378000000, 480000000};
    assert_int_equal(tr_azimuth_mdeg(p, (tr_point){378000000, 481000000}), 0);
    assert_int_equal(tr_azimuth_mdeg(p, (tr_point){378000000, 479000000}), 180000);
    close_to(tr_azimuth_mdeg(p, (tr_point){378001000, 480000000}), 90000, 1, "east");
    close_to(tr_azimuth_mdeg(p, (tr_point){377999000, 480000000}), 270000, 1, "west");
    assert_int_equal(tr_azimuth_mdeg(p, p), 0);
}

static void any_numbers_and_antipodes_give_some_answer(void **state)
{
    static const int32_t edge[] = {INT32_MIN, -1800000001, -1800000000, -900000000, -1, 0, 1,
                                   900000000, 1800000000, INT32_MAX};
    enum { EDGES = sizeof edge / sizeof edge[0] };
    for (int i = 0; i < EDGES * EDGES * EDGES * EDGES; i++) {
        tr_point a = {edge[i % EDGES], edge[i / EDGES % EDGES]};
        tr_point b = {edge[i / 100 % EDGES], edge[i / 1000]};
        int64_t  far = tr_distance_mm(a, b), az = tr_azimuth_mdeg(a, b);
        assert_true(far >= 0 && far < INT64_C(21000000000));
        assert_true(az >= 0 && az < 360000);
        assert_true(tr_on_globe(tr_destination(a, edge[i % 7] * INT64_C(4000000000), edge[i % 9])));
    }
    assert_true(tr_on_globe(tr_destination((tr_point){0, 0}, INT64_MIN, INT64_MIN)));
    close_to(tr_distance_mm((tr_point){0, 0}, (tr_point){1800000000, 0}), 20003931459, 130000000,
             "antipodes");
}

static void the_distances_are_the_same_on_every_machine(void **state)
{
    uint64_t sum = 14695981039346656037u;
    seed = 99;
    for (int i = 0; i < 20000; i++) {
        tr_point a = anywhere();
        tr_point b = near(a, i % 2 ? 100000 : 300000000);
        sum = (sum ^ (uint64_t)tr_distance_mm(a, b)) * 1099511628211u;
        sum = (sum ^ (uint64_t)tr_azimuth_mdeg(a, b)) * 1099511628211u;
    }
    printf("digest of 40,000 values: %016llx\n", (unsigned long long)sum);
    assert_true(sum == 0x73e57d9e2b0cde3f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_lengths_come_out_to_the_millimetre),
        cmocka_unit_test(random_pairs_agree_with_geographiclib),
        cmocka_unit_test(a_destination_lies_where_it_was_sent),
        cmocka_unit_test(azimuths_turn_clockwise_from_north),
        cmocka_unit_test(any_numbers_and_antipodes_give_some_answer),
        cmocka_unit_test(the_distances_are_the_same_on_every_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
