/* Lines and zones: typed in, from files, refused; one self-contained text from several files. */
#include "sample.h"

#define PLAIN                                                                                      \
    "agreement \"T\" version 1.0\ntime zone \"UTC\"\narea 36.0 E 47.0 N to 39.0 E 49.0 N\n"

static int code_of(const char *text, const sample_file *files, int *column)
{
    static tr_arena all;
    if (!all.beg)
        all = check_arena();
    tr_arena a = all;
    tr_out   out = tr_out_new(&a);
    tr_put(&out, "%s%s", PLAIN, text);
    tr_terms_result r = sample_compile(&a, tr_out_z(&out), files);
    if (r.errors > 1)
        fail_msg("%d errors: %s | %s", r.errors, r.diagnostic[0].err.text,
                 r.diagnostic[1].err.text);
    if (column)
        *column = r.errors ? r.diagnostic[0].err.column : 0;
    return r.errors ? r.diagnostic[0].err.code : 0;
}

static void corners_can_be_typed_in(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(
        &a,
        PLAIN "line l is 37.5 E 48.1 N, 48.2 N 37.6 E,\n    37.00000015 E 48.00000014 N coarse "
              "\"By hand.\"\n"
              "zone tri is 37 E 48 N, 38 E 48 N, 38 E 48.5 N, boundary inside\n"
              "zone two is 37 E 48 N, 38 E 48 N, 38 E 48.5 N; 36.5 E 47.5 N, 36.6 E 47.5 N, 36.6 E "
              "47.6 N,\n"
              "    source \"old map\" boundary outside\n"
              "zone b is box 37 E 47 N to 38 E 48 N, boundary inside, coarse \"A box.\"\n"
              "zone n is within 1.5 km of l, boundary outside\n",
        NULL);
    assert_int_equal(p->line[0].line.corners, 3);
    assert_int_equal(p->line[0].line.corner[1].lon, 376000000);
    assert_int_equal(p->line[0].line.corner[1].lat, 482000000);
    assert_int_equal(p->line[0].line.corner[2].lon, 370000002);
    assert_int_equal(p->line[0].line.corner[2].lat, 480000001);
    assert_true(p->line[0].coarse);
    CHECK_STR(p->line[0].note, "By hand.");
    assert_int_equal(p->zone[0].zone.shape, TR_ZONE_RINGS);
    assert_int_equal(p->zone[0].zone.ring[0].corners, 3);
    assert_true(p->zone[0].zone.boundary_inside);
    assert_false(p->zone[0].coarse);
    assert_int_equal(p->zone[1].zone.rings, 2);
    assert_false(p->zone[1].zone.boundary_inside);
    CHECK_STR(p->zone[1].note, "old map");
    assert_int_equal(p->zone[2].zone.shape, TR_ZONE_BOX);
    assert_int_equal(p->zone[3].zone.shape, TR_ZONE_NEAR_LINE);
    assert_int_equal(p->zone[3].zone.within_mm, 1500000);
    assert_ptr_equal(p->zone[3].zone.line, &p->line[0].version[0].line);
    assert_int_equal(tr_zone_side(&p->zone[0].zone, (tr_point){379000000, 481000000}), TR_INSIDE);
}

static const sample_file good[] = {
    {"l.geojson",
     "{\"type\":\"LineString\",\"coordinates\":[[37.5,48.1],[37.6,48,120.5],[37.00000015,48]]}"},
    {"f.geojson",
     "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[37,48],[38,48],[38,48.5],[37,48.5],[37,48]],"
     "[[37.2,48.1],[37.4,48.1],[37.4,48.2],[37.2,48.1]]]}}"},
    {"c.geojson",
     "{\"type\":\"FeatureCollection\",\"features\":["
     "{\"type\":\"Feature\",\"properties\":{\"name\":\"north\"},\"geometry\":{\"type\":"
     "\"MultiPolygon\",\"coordinates\":[[[[37,48],[38,48],[38,48.5],[37,48]]],"
     "[[[36.1,47.1],[36.2,47.1],[36.2,47.2],[36.1,47.1]]]]}},"
     "{\"type\":\"Feature\",\"id\":\"south\",\"properties\":{\"name\":7},\"geometry\":{\"type\":"
     "\"Polygon\",\"coordinates\":[[[37,47],[38,47],[38,47.5],[37,47]]]}}]}"},
    {NULL, NULL}};

static void files_bring_the_same_shapes(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(
        &a,
        PLAIN "line l from \"l.geojson\"\n"
              "zone f from \"f.geojson\", boundary inside\n"
              "zone n from \"c.geojson\" feature \"north\", boundary inside, coarse \"x\"\n"
              "zone s from \"c.geojson\" feature \"south\" boundary outside\n",
        good);
    assert_int_equal(p->line[0].line.corners, 3);
    assert_int_equal(p->line[0].line.corner[1].lat, 480000000);
    assert_int_equal(p->line[0].line.corner[2].lon, 370000002);
    CHECK_STR(p->line[0].note, "l.geojson");
    assert_int_equal(p->zone[0].zone.rings, 2);
    assert_int_equal(p->zone[0].zone.ring[0].corners, 4);
    assert_int_equal(tr_zone_side(&p->zone[0].zone, (tr_point){373500000, 481200000}), TR_OUTSIDE);
    assert_int_equal(tr_zone_side(&p->zone[0].zone, (tr_point){379000000, 481200000}), TR_INSIDE);
    assert_int_equal(p->zone[1].zone.rings, 2);
    CHECK_STR(p->zone[1].note, "x");
    assert_int_equal(p->zone[2].zone.ring[0].corner[0].lat, 470000000);
    CHECK_STR(p->zone[2].note, "c.geojson");
}

static void digits_are_rounded_by_the_digits(void **state)
{
    (void)state;
    static const sample_file file[] = {{"l", "{\"type\":\"LineString\",\"coordinates\":[[0.0000005,"
                                             "0.00000004],[-0.00000006,-0.00000005],"
                                             "[0.12345674,1e-9],[0.123456750001,0.99999995]]}"},
                                       {NULL, NULL}};
    tr_arena                 a = check_arena();
    const tr_plan           *p = sample_plan(&a,
                                   "agreement \"T\" version 1.0\ntime zone \"UTC\"\n"
                                   "area 1 W 1 S to 1 E 1 N\nline l from \"l\"\n",
                                   file);
    static const tr_point    want[] = {{5, 0}, {-1, -1}, {1234567, 0}, {1234568, 10000000}};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(p->line[0].line.corner[i].lon, want[i].lon);
        assert_int_equal(p->line[0].line.corner[i].lat, want[i].lat);
    }
}

static void a_file_that_gives_no_shape_is_refused(void **state)
{
    (void)state;
    static const struct {
        int         code;
        const char *bytes;
    } list[] = {
        {TR_E_JSON_FOREIGN, ""},
        {TR_E_JSON_FOREIGN, "{"},
        {TR_E_JSON_FOREIGN, "[[[[[[[["},
        {TR_E_GEOMETRY, "{}"},
        {TR_E_GEOMETRY, "[1]"},
        {TR_E_GEOMETRY, "{\"type\":7}"},
        {TR_E_GEOMETRY, "{\"type\":\"Feature\"}"},
        {TR_E_GEOMETRY, "{\"type\":\"Feature\",\"geometry\":5}"},
        {TR_E_GEOMETRY, "{\"type\":\"FeatureCollection\"}"},
        {TR_E_GEOMETRY, "{\"type\":\"FeatureCollection\",\"features\":3}"},
        {TR_E_GEOMETRY, "{\"type\":\"FeatureCollection\",\"features\":[3]}"},
        {TR_E_GEOMETRY, "{\"type\":\"Point\",\"coordinates\":[37,48]}"},
        {TR_E_GEOMETRY, "{\"type\":\"LineString\",\"coordinates\":[[37,48],[38,48]]}"},
        {TR_E_GEOMETRY, "{\"type\":\"Polygon\"}"},
        {TR_E_GEOMETRY, "{\"type\":\"Polygon\",\"coordinates\":5}"},
        {TR_E_GEOMETRY, "{\"type\":\"Polygon\",\"coordinates\":[5]}"},
        {TR_E_GEOMETRY, "{\"type\":\"MultiPolygon\",\"coordinates\":[5]}"},
        {TR_E_GEOMETRY,
         "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[38],[38,48.5],[37,48]]]}"},
        {TR_E_GEOMETRY, "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[38,48],[38,48.5]]]}"},
        {TR_E_GEOMETRY, "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[38,48],[37,48]]]}"},
        {TR_E_COORDINATE,
         "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[\"x\",48],[38,48.5],[37,48]]]}"},
        {TR_E_COORDINATE,
         "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[37,98],[38,48.5],[37,48]]]}"},
        {TR_E_COORDINATE,
         "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[181,48],[38,48.5],[37,48]]]}"},
        {TR_E_COORDINATE,
         "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[1e300,48],[38,48.5],[37,48]]]}"},
        {TR_E_SWAPPED,
         "{\"type\":\"Polygon\",\"coordinates\":[[[48,37],[48,38],[48.5,38],[48,37]]]}"},
        {TR_E_OUTSIDE_AREA, "{\"type\":\"Polygon\",\"coordinates\":[[[7,8],[8,8],[8,8.5],[7,8]]]}"},
        {TR_E_RING_CROSSES,
         "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[38,48.5],[38,48],[37,48.6],[37,48]]]}"},
        {TR_E_ANTIMERIDIAN,
         "{\"type\":\"Polygon\",\"coordinates\":[[[179,48],[-179,48],[-179,49],[179,48]]]}"},
        {TR_E_ZONE_SPAN,
         "{\"type\":\"Polygon\",\"coordinates\":[[[7,48],[100,48],[100,49],[7,48]]]}"},
        {TR_E_GEOMETRY,
         "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":"
         "{\"type\":\"Polygon\",\"coordinates\":[[[37,48],[38,48],[38,48.5],[37,48]]]}},"
         "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
         "[[[37,48],[38,48],[38,48.5],[37,48]]]}}]}"},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        sample_file file[] = {{"z", list[i].bytes}, {NULL, NULL}};
        int         column;
        int         code = code_of("zone z from \"z\", boundary inside\n", file, &column);
        if (code != list[i].code || column != 13)
            fail_msg("TR%04d at column %d for %s", code, column, list[i].bytes);
    }
    int column;
    assert_int_equal(code_of("zone z from \"none\", boundary inside\n", good, &column),
                     TR_E_GEOMETRY_FILE);
    assert_int_equal(column, 13);
    static const char *const names[] = {"../c.geojson", "/c.geojson", "a\\c.geojson",
                                        "a/../c.geojson"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        sample_file file[] = {{names[i], good[1].bytes}, {NULL, NULL}};
        char        text[100];
        snprintf(text, sizeof text, "zone z from \"%s\", boundary inside\n", names[i]);
        assert_int_equal(code_of(text, file, NULL), TR_E_GEOMETRY_FILE);
    }
    sample_file below[] = {{"a/c.geojson", good[1].bytes}, {NULL, NULL}};
    assert_int_equal(code_of("zone z from \"a/c.geojson\", boundary inside\n", below, NULL), 0);
    assert_int_equal(code_of("zone z from \"c.geojson\", boundary inside\n", good, NULL),
                     TR_E_GEOMETRY);
    assert_int_equal(
        code_of("zone z from \"c.geojson\" feature \"west\", boundary inside\n", good, NULL),
        TR_E_GEOMETRY);
    assert_int_equal(code_of("line z from \"f.geojson\"\n", good, NULL), TR_E_GEOMETRY);
}

static void what_is_typed_in_is_checked_as_well(void **state)
{
    (void)state;
    static const struct {
        int         code, column;
        const char *text;
    } list[] = {
        {TR_E_BOUNDARY, 6, "zone z is box 37 E 48 N to 38 E 48.5 N\n"},
        {TR_E_UNEXPECTED, 50, "zone z is box 37 E 48 N to 38 E 48.5 N, boundary both\n"},
        {TR_E_COORDINATE, 11, "zone z is box 38 E 48 N to 37 E 48.5 N, boundary inside\n"},
        {TR_E_OUTSIDE_AREA, 11, "zone z is box 8 E 8 N to 9 E 9 N, boundary inside\n"},
        {TR_E_SWAPPED, 11, "line l is 48.1 E 37.5 N, 48.2 E 37.6 N\n"},
        {TR_E_OUTSIDE_AREA, 11, "line l is 8.1 E 7.5 N, 8.2 E 7.6 N\n"},
        {TR_E_LINE_CORNERS, 11, "line l is 37 E 48 N\n"},
        {TR_E_ZONE_CORNERS, 11, "zone z is 37 E 48 N, 38 E 48 N, boundary inside\n"},
        {TR_E_RING_CROSSES, 11,
         "zone z is 37 E 48 N, 38 E 48.5 N, 38 E 48 N, 37 E 48.6 N, boundary inside\n"},
        {TR_E_ANTIMERIDIAN, 11, "line l is 179 E 48 N, 179 W 48 N\n"},
        {TR_E_ZONE_SPAN, 11, "line l is 7 E 48 N, 107 E 48 N\n"},
        {TR_E_UNIT, 11, "line l is 37.5 48.1, 37.6 48.2\n"},
        {TR_E_COORDINATE, 11, "line l is 37.5 N 48.1 N, 37.6 E 48.2 N\n"},
        {TR_E_COORDINATE, 11, "line l is 237.5 E 48.1 N, 37.6 E 48.2 N\n"},
        {TR_E_UNEXPECTED, 5, "line l is 37.5 E 48.1 N, 38 E 48 N\n    coarse\n"},
        {TR_E_UNEXPECTED, 11, "line l is 37.5 E 48.1 N, 37.6 E 48.2 N, boundary inside\n"},
        {TR_E_UNIT, 18,
         "line l is 37 E 48 N, 38 E 48 N\nzone z is within 15 of l, boundary inside\n"},
        {TR_E_NUMBER, 18,
         "line l is 37 E 48 N, 38 E 48 N\nzone z is within 0 km of l, boundary inside\n"},
        {TR_E_NUMBER, 18,
         "line l is 37 E 48 N, 38 E 48 N\nzone z is within 1001 km of l, boundary inside\n"},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        int column, code = code_of(list[i].text, NULL, &column);
        if (code != list[i].code || column != list[i].column)
            fail_msg("TR%04d at column %d for %s", code, column, list[i].text);
    }
}

static void more_than_a_hundred_thousand_corners_are_refused(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    for (int corners = 100000; corners <= 100001; corners++) {
        tr_out json = tr_out_new(&a);
        tr_put(&json, "{\"type\":\"LineString\",\"coordinates\":[");
        for (int i = 0; i < corners; i++)
            tr_put(&json, "%s[37.%07d,48]", i ? "," : "", i);
        tr_put(&json, "]}");
        sample_file file[] = {{"l", tr_out_z(&json)}, {NULL, NULL}};
        assert_int_equal(code_of("line l from \"l\"\n", file, NULL),
                         corners > 100000 ? TR_E_LIMIT : 0);
        tr_out text = tr_out_new(&a);
        tr_put(&text, "line l is ");
        for (int i = 0; i < corners; i++)
            tr_put(&text, "%s37.%07d E 48 N", i ? "," : "", i);
        tr_put(&text, "\n");
        assert_int_equal(code_of(tr_out_z(&text), NULL, NULL), corners > 100000 ? TR_E_LIMIT : 0);
    }
}

/* ---- one text ---- */

static void the_files_a_text_asks_for_are_listed_once(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_str  *names;
    int      count = tr_terms_file_names(
        &a,
        TR_STR(PLAIN "line l from \"l.geojson\"\n# line k from \"k.geojson\"\n"
               "zone f from \"f.geojson\" feature \"g.geojson\", boundary inside\n"
               "zone g from\n    \"f.geojson\"\nnote \"zone h from\"\n zone i from \"i\"\n"
               "zone j from j.geojson\nzone\nline l from \"m\""),
        &names);
    assert_int_equal(count, 3);
    CHECK_STR(names[0], "l.geojson");
    CHECK_STR(names[1], "f.geojson");
    CHECK_STR(names[2], "m");
    assert_int_equal(tr_terms_file_names(&a, TR_STR(""), &names), 0);
}

static void a_text_with_its_geometry_inside_gives_the_same_plan(void **state)
{
    (void)state;
    static const char text[] =
        PLAIN "line l from \"l.geojson\"\n"
              "zone f from \"f.geojson\", boundary inside # kept\n"
              "zone n from \"c.geojson\" feature \"north\", boundary inside, coarse \"x\"\n"
              "zone w is within 5 km of l, boundary outside\n";
    tr_arena a = check_arena();
    tr_str   whole, again, *names;
    tr_err   err = {0};
    CHECK_OK(
        tr_terms_inline(&a, tr_str_of(text), sample_files, (void *)(uintptr_t)good, &whole, &err),
        err);
    assert_int_equal(tr_terms_file_names(&a, whole, &names), 0);
    CHECK_OK(tr_terms_inline(&a, whole, NULL, NULL, &again, &err), err);
    assert_true(tr_str_eq(whole, again));

    const tr_plan *p = sample_plan(&a, text, good), *q = sample_plan(&a, tr_str_z(&a, whole), NULL);
    assert_int_equal(p->line[0].line.corners, q->line[0].line.corners);
    assert_memory_equal(p->line[0].line.corner, q->line[0].line.corner, 3 * sizeof(tr_point));
    CHECK_STR(q->line[0].note, "l.geojson");
    assert_false(q->line[0].coarse);
    assert_int_equal(p->zones, q->zones);
    for (int32_t i = 0; i < p->zones; i++) {
        const tr_zone *x = &p->zone[i].zone, *y = &q->zone[i].zone;
        assert_true(tr_str_eq(p->zone[i].note, q->zone[i].note));
        assert_int_equal(x->boundary_inside, y->boundary_inside);
        assert_int_equal(p->zone[i].coarse, q->zone[i].coarse);
        assert_memory_equal(&x->box, &y->box, sizeof x->box);
        assert_int_equal(x->rings, y->rings);
        for (int32_t k = 0; k < x->rings; k++) {
            assert_int_equal(x->ring[k].corners, y->ring[k].corners);
            assert_memory_equal(x->ring[k].corner, y->ring[k].corner,
                                sizeof(tr_point) * (size_t)x->ring[k].corners);
        }
    }
}

static void a_text_whose_file_is_missing_or_bad_cannot_be_made_whole(void **state)
{
    (void)state;
    static const sample_file bad[] = {{"b", "{}"}, {NULL, NULL}};
    tr_arena                 a = check_arena();
    tr_str                   whole = {0};
    tr_err                   err;
    CHECK_FAILS(tr_terms_inline(&a, TR_STR(PLAIN "zone z from \"none\"\n"), sample_files,
                                (void *)(uintptr_t)bad, &whole, &err),
                err, TR_E_GEOMETRY_FILE);
    assert_int_equal(err.line, 4);
    assert_int_equal(err.column, 13);
    CHECK_FAILS(tr_terms_inline(&a, TR_STR(PLAIN "zone z from \"b\"\n"), sample_files,
                                (void *)(uintptr_t)bad, &whole, &err),
                err, TR_E_GEOMETRY);
    CHECK_FAILS(tr_terms_inline(&a, TR_STR(PLAIN "zone z from \"b\"\n"), NULL, NULL, &whole, &err),
                err, TR_E_GEOMETRY_FILE);
    assert_int_equal(whole.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corners_can_be_typed_in),
        cmocka_unit_test(files_bring_the_same_shapes),
        cmocka_unit_test(digits_are_rounded_by_the_digits),
        cmocka_unit_test(a_file_that_gives_no_shape_is_refused),
        cmocka_unit_test(what_is_typed_in_is_checked_as_well),
        cmocka_unit_test(more_than_a_hundred_thousand_corners_are_refused),
        cmocka_unit_test(the_files_a_text_asks_for_are_listed_once),
        cmocka_unit_test(a_text_with_its_geometry_inside_gives_the_same_plan),
        cmocka_unit_test(a_text_whose_file_is_missing_or_bad_cannot_be_made_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
