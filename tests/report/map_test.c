/* map_test.c -- zones that are made, as the map tells them: their parts, heights, cuts, geometries.
 */
#include "check.h"

#include "scene.h"

static rig      r;
static tr_arena keep, scratch;

static const char text[] =
    "agreement \"Map\" version 1.0\ntext en\ntime zone \"UTC\"\n"
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\nagreement in force from 2026-02-01 00:00\n"
    "party A \"Party A\"\nparty B \"Party B\"\nguarantor G \"Guarantor\"\n"
    "body JMC \"Joint body\" of A, B, G\n"
    "line contact is 37.60 E 47.60 N, 37.60 E 48.60 N\n"
    "line moving is 37.60 E 47.60 N, 37.60 E 48.60 N valid until 2026-03-01,\n"
    "    is 37.80 E 47.60 N, 37.80 E 48.60 N valid from 2026-03-01\n"
    "class guns is artillery >= 100 mm\n"
    "zone west is box 36.60 E 47.60 N to 37.60 E 48.60 N, boundary inside\n"
    "zone town is box 37.00 E 48.00 N to 37.20 E 48.20 N, boundary inside\n"
    "zone country is west without town\n"
    "zone layer is area between 300 m and 400 m\n"
    "zone sky is west above 5000 m\n"
    "zone sectors is contact divided every 50 km\n"
    "zone strip is within 5 km of contact for A and guns, within 6 km of moving for B,\n"
    "    boundary outside\n"
    "1.1 A, B must not keep guns in strip\n";

static int open_record(void **state)
{
    (void)state;
    keep = check_arena();
    scratch = check_arena();
    rig_open_text(&r, TR_STR(text));
    return 0;
}

static tr_json *zone_named(const char *name)
{
    tr_view  view = scene_view(&r, TR_AUDIENCE_MISSION);
    tr_out   out = tr_out_new(&keep);
    tr_json *root;
    tr_err   err = {0};
    tr_put_map_json(&out, scratch, &view);
    CHECK_OK(tr_json_import(&keep, tr_str_keep(&keep, tr_out_text(&out)), true, &root, &err), err);
    for (tr_json *one = tr_json_get(root, "zones")->first; one; one = one->next)
        if (tr_str_is(tr_json_text(one, "name"), name))
            return one;
    fail_msg("no zone %s", name);
    return NULL;
}

static int32_t length(const tr_json *list)
{
    int32_t n = 0;
    for (const tr_json *one = list ? list->first : NULL; one; one = one->next)
        n++;
    return n;
}

static void a_zone_of_zones_names_them(void **state)
{
    (void)state;
    const tr_json *zone = zone_named("country"), *of = tr_json_get(zone, "of");
    CHECK_STR(tr_json_text(zone, "kind"), "without");
    assert_int_equal(length(of), 2);
    CHECK_STR(of->first->text, "west");
    CHECK_STR(of->first->next->text, "town");
    assert_null(tr_json_get(zone, "h_from_m"));
    assert_null(tr_json_get(zone, "boundary"));
    assert_int_equal(length(tr_json_get(zone, "rings")), 0);
}

static void a_band_tells_its_heights(void **state)
{
    (void)state;
    const tr_json *layer = zone_named("layer"), *sky = zone_named("sky");
    CHECK_STR(tr_json_get(layer, "of")->first->text, "area");
    assert_int_equal(tr_json_int_or(layer, "h_from_m", -1), 300);
    assert_int_equal(tr_json_int_or(layer, "h_to_m", -1), 400);
    assert_int_equal(tr_json_int_or(sky, "h_from_m", -1), 5000);
    assert_null(tr_json_get(sky, "h_to_m"));
}

/* 111.2 km in pieces of 50 km: two cuts. */
static void sectors_tell_where_the_line_is_cut(void **state)
{
    (void)state;
    const tr_json *zone = zone_named("sectors");
    CHECK_STR(tr_json_text(zone, "line"), "contact");
    assert_int_equal(tr_json_int_or(zone, "every_m", -1), 50000);
    assert_int_equal(length(tr_json_get(zone, "cuts")), 2);
}

static void strips_tell_whose_they_are_and_along_which_geometry(void **state)
{
    (void)state;
    const tr_json *zone = zone_named("strip"), *part = tr_json_get(zone, "parts")->first;
    CHECK_STR(tr_json_text(zone, "boundary"), "outside");
    assert_int_equal(length(tr_json_get(zone, "parts")), 3); /* one, and two geometries of one */
    CHECK_STR(tr_json_text(part, "line"), "contact");
    assert_int_equal(tr_json_int_or(part, "within_m", -1), 5000);
    CHECK_STR(tr_json_get(part, "for")->first->text, "A");
    assert_true(length(tr_json_get(part, "kinds")) > 0);
    for (part = part->next; part; part = part->next) {
        CHECK_STR(tr_json_text(part, "line"), "moving");
        assert_int_equal(tr_json_int_or(part, "within_m", -1), 6000);
        CHECK_STR(tr_json_get(part, "for")->first->text, "B");
        assert_null(tr_json_get(part, "kinds"));
        assert_int_equal(length(tr_json_get(part, "rings")), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_of_zones_names_them),
        cmocka_unit_test(a_band_tells_its_heights),
        cmocka_unit_test(sectors_tell_where_the_line_is_cut),
        cmocka_unit_test(strips_tell_whose_they_are_and_along_which_geometry),
    };
    return cmocka_run_group_tests(tests, open_record, NULL);
}
