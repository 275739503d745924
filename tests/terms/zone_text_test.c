/* zone_text_test.c -- zones that are made: their plain reading, what differs between two of them,
 * and a text made whole whose lines have versions. */
#include "sample.h"

#include "terms/tools.h"

#define PLACES                                                                                     \
    "line contact is 37.60 E 47.60 N, 37.60 E 48.60 N\n"                                           \
    "line moving is 37.60 E 47.60 N, 37.60 E 48.60 N valid until 2026-03-01,\n"                    \
    "    is 37.80 E 47.60 N, 37.80 E 48.60 N valid from 2026-03-01\n"                              \
    "zone west is box 36.60 E 47.60 N to 37.60 E 48.60 N, boundary inside\n"                       \
    "zone town is box 37.00 E 48.00 N to 37.20 E 48.20 N, boundary inside\n"
#define TERM "1.1 A, B must not commit firing in z from 2026-02-01\n"

static void check_has(const char *text, const char *part)
{
    assert_non_null(text);
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in: %s", part, text);
}

static const char *plain(tr_arena *keep, const char *zone)
{
    tr_out text = tr_out_new(keep);
    tr_put(&text, HEAD PLACES "%s\n" TERM, zone);
    const tr_plan *plan = sample_plan(keep, tr_out_z(&text), NULL);
    tr_out         out = tr_out_new(keep);
    tr_put_reading(&out, plan, 0);
    return tr_out_z(&out);
}

static void a_reading_spells_out_what_a_zone_is_made_of(void **state)
{
    static const char *const zones[][2] = {
        {"zone z is box 36.60 E 47.60 N to 37.60 E 48.60 N, boundary inside", "in the zone z"},
        {"zone z is west and town",
         "in the zone z (the zone west that also lies in the zone town)"},
        {"zone z is west or town", "in the zone z (the zone west or the zone town)"},
        {"zone z is west without town", "in the zone z (the zone west without the zone town)"},
        {"zone z is west below 5000 m",
         "in the zone z (the zone west, below 5000 m above the ground)"},
        {"zone z is west above 300 m",
         "in the zone z (the zone west, from 300 m above the ground up)"},
        {"zone z is area between 300 m and 400 m",
         "in the zone z (the whole area, from 300 m to below 400 m above the ground)"},
        {"zone z is contact divided every 50 km",
         "in the zone z (the whole area, in sectors by the nearest point of the line contact, one "
         "for every 50 km of it)"},
        {"zone z is within 7.5 km of contact for A, within 300 m of contact for B, boundary inside",
         "in the zone z (within 7.5 km of the line contact for Party A; or within 300 m of the "
         "line contact for Party B)"}};
    (void)state;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        tr_arena    a = check_arena();
        const char *said = plain(&a, zones[i][0]), *at = strstr(said, zones[i][1]);
        if (!at)
            fail_msg("\"%s\" reads: %s", zones[i][0], said);
        char next = at[strlen(zones[i][1])];
        assert_true(next == ' ' || next == ',' || next == '.' || next == ';' || next == '\n');
    }
}

static void a_reading_tells_from_when_each_geometry_holds(void **state)
{
    (void)state;
    tr_arena    a = check_arena();
    const char *said =
        plain(&a, "zone z is within 5 km of moving for A, within 6 km of contact for B, "
                  "boundary inside");
    check_has(said, "within 5 km of the line moving (geometry 1 until ");
    check_has(said, ", geometry 2 from ");
    check_has(said, "within 6 km of the line contact for Party B)");
}

/* Zones of zones of zones: each is told by its name, so nothing grows from one to the next. */
static void a_reading_does_not_grow_with_the_depth(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_out   text = tr_out_new(&a);
    tr_put(&text, HEAD PLACES "zone c0 is west or town\n");
    for (int i = 1; i < 60; i++)
        tr_put(&text, "zone c%d is c%d or c%d\n", i, i - 1, i > 1 ? i - 2 : 0);
    tr_put(&text, "zone z is c59 without town\n" TERM);
    tr_out out = tr_out_new(&a);
    tr_put_reading(&out, sample_plan(&a, tr_out_z(&text), NULL), 0);
    check_has(tr_out_z(&out), "in the zone z (the zone c59 without the zone town)");
    assert_true(tr_out_text(&out).len < 1000);
}

static int32_t changes_of(tr_arena *keep, const char *was, const char *is, const char *name)
{
    const tr_change *change = NULL;
    tr_out           left = tr_out_new(keep);
    tr_put(&left, HEAD PLACES "%s\n" TERM, was);
    const char *from = tr_out_z(&left);
    tr_out      right = tr_out_new(keep);
    tr_put(&right, HEAD PLACES "%s\n" TERM, is);
    int32_t changes = tr_terms_diff(keep, sample_plan(keep, from, NULL),
                                    sample_plan(keep, tr_out_z(&right), NULL), &change);
    for (int32_t i = 0; i < changes; i++)
        if (tr_str_is(change[i].name, name) && change[i].kind == TR_CHANGE_MEANING)
            return change[i].fields;
    return 0;
}

/* Every part of a zone that is made is a field of the clause that stands in it. */
static void each_part_of_a_made_zone_shows_its_change(void **state)
{
#define STRIPS                                                                                     \
    "zone z is within 5 km of contact for A, within 6 km of moving for B, boundary inside"
    static const char *const edits[][2] = {
        {"zone z is west and town", "zone z is west or town"},
        {"zone z is west and town", "zone z is west without town"},
        {"zone z is west without town", "zone z is town without west"},
        {"zone z is west below 5000 m", "zone z is west below 5001 m"},
        {"zone z is west below 5000 m", "zone z is west above 5000 m"},
        {"zone z is west below 5000 m", "zone z is town below 5000 m"},
        {"zone z is west below 5000 m", "zone z is area below 5000 m"},
        {"zone z is contact divided every 50 km", "zone z is contact divided every 51 km"},
        {STRIPS, "zone z is within 5.001 km of contact for A, within 6 km of moving for B, "
                 "boundary inside"},
        {STRIPS, "zone z is within 5 km of contact for B, within 6 km of moving for A, "
                 "boundary inside"},
        {STRIPS, "zone z is within 5 km of moving for A, within 6 km of moving for B, "
                 "boundary inside"},
        {STRIPS, "zone z is within 5 km of contact for A, within 6 km of moving for B, "
                 "boundary outside"},
        {STRIPS, "zone z is within 5 km of contact for A, boundary inside"}};
    (void)state;
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
        for (int way = 0; way < 2; way++) {
            tr_arena a = check_arena();
            if (changes_of(&a, edits[i][way], edits[i][!way], "§1.1") == 0)
                fail_msg("\"%s\" -> \"%s\" changes nothing", edits[i][way], edits[i][!way]);
            assert_int_equal(changes_of(&a, edits[i][way], edits[i][way], "§1.1"), 0);
        }
}

/* ---- made whole ---- */

static const sample_file dated[] = {
    {"moving.geojson",
     "{\"type\":\"FeatureCollection\",\"features\":["
     "{\"type\":\"Feature\",\"properties\":{\"name\":\"m\",\"valid_until\":\"2026-03-01\"},"
     "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[37.6,47.6],[37.6,48.6]]}},"
     "{\"type\":\"Feature\",\"properties\":{\"name\":\"m\",\"valid_from\":\"2026-03-01\"},"
     "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[37.8,47.6],[37.8,48.6]]}}]}"},
    {NULL, NULL}};

static void versions_typed_in_stay_when_a_text_is_made_whole(void **state)
{
    (void)state;
    static const char text[] =
        HEAD          PLACES "zone z is within 5 km of moving, boundary inside\n" TERM;
    tr_arena          a = check_arena();
    tr_str            whole;
    tr_err            err = {0};
    CHECK_OK(tr_terms_inline(&a, tr_str_of(text), NULL, NULL, &whole, &err), err);
    CHECK_STR(whole, text);
}

static int check_same_versions(const tr_plan *p, const tr_plan *q)
{
    int32_t line = p->lines - 1;
    assert_int_equal(p->lines, q->lines);
    assert_int_equal(p->line[line].versions, q->line[line].versions);
    for (int32_t i = 0; i < p->line[line].versions; i++) {
        const tr_line_version *x = &p->line[line].version[i], *y = &q->line[line].version[i];
        assert_int_equal(x->begin, y->begin);
        assert_int_equal(x->end, y->end);
        assert_int_equal(x->line.corners, y->line.corners);
        assert_memory_equal(x->line.corner, y->line.corner,
                            sizeof(tr_point) * (size_t)x->line.corners);
    }
    return p->line[line].versions;
}

static void dated_geometries_of_a_file_become_versions_when_made_whole(void **state)
{
    (void)state;
    static const char text[] = HEAD "line moving from \"moving.geojson\" versions by date\n"
                                    "zone z is within 5 km of moving, boundary inside\n" TERM;
    tr_arena          a = check_arena();
    tr_str            whole, again, *names;
    tr_err            err = {0};
    CHECK_OK(
        tr_terms_inline(&a, tr_str_of(text), sample_files, (void *)(uintptr_t)dated, &whole, &err),
        err);
    assert_int_equal(tr_terms_file_names(&a, whole, &names), 0);
    check_has(tr_str_z(&a, whole), "valid until 2026-03-01");
    check_has(tr_str_z(&a, whole), "valid from 2026-03-01");
    CHECK_OK(tr_terms_inline(&a, whole, NULL, NULL, &again, &err), err);
    assert_true(tr_str_eq(whole, again));
    const tr_plan *p = sample_plan(&a, text, dated),
                  *q = sample_plan(&a, tr_str_z(&a, whole), NULL);
    assert_int_equal(check_same_versions(p, q), 2);
    assert_int_equal(p->line[0].version[1].line.corner[0].lon, 378000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reading_spells_out_what_a_zone_is_made_of),
        cmocka_unit_test(a_reading_tells_from_when_each_geometry_holds),
        cmocka_unit_test(a_reading_does_not_grow_with_the_depth),
        cmocka_unit_test(each_part_of_a_made_zone_shows_its_change),
        cmocka_unit_test(versions_typed_in_stay_when_a_text_is_made_whole),
        cmocka_unit_test(dated_geometries_of_a_file_become_versions_when_made_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
