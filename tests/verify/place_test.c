/* place_test.c -- zones of strips, of zones and of heights; sectors; both parties alike. */
#include "check.h"

#include "terms/terms.h"
#include "verify/judge.h"
#include "verify/place.h"

#define HEAD                                                                                       \
    "agreement \"T\" version 1.0\ntime zone \"Europe/Kyiv\"\n"                                     \
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\nparty A \"A\"\nparty B \"B\"\nguarantor G \"G\"\n"       \
    "line contact is 37.60 E 47.60 N, 37.60 E 48.60 N\n"                                           \
    "line former is 37.40 E 47.60 N, 37.40 E 48.60 N\n"                                            \
    "class guns is artillery >= 100 mm\nclass rockets is mlrs\n"

static tr_arena arena;

static const tr_plan *plan_of(const char *zones)
{
    tr_terms_result result;
    tr_out          text = tr_out_new(&arena);
    tr_put(&text, "%s%s", HEAD, zones);
    tr_terms_compile(&arena, tr_out_text(&text), NULL, NULL, &result);
    for (int32_t i = 0; i < result.diagnostics; i++)
        printf("%s\n", result.diagnostic[i].err.text);
    assert_non_null(result.plan);
    return result.plan;
}

static tr_kind kind_named(const char *name)
{
    tr_kind kind;
    assert_true(tr_kind_read(tr_str_of(name), &kind));
    return kind;
}

static tr_incident at(double lon, double lat, int32_t radius_m, const char *kind)
{
    tr_point p = {(int32_t)(lon * 1e7 + 0.5), (int32_t)(lat * 1e7 + 0.5)};
    return (tr_incident){
        .begin = 1000,
        .end = 2000,
        .best = 1500,
        .place = {.kind = TR_PLACE_POINT, .at = p, .r_max_m = radius_m, .zone = -1},
        .reg = -1,
        .live = 1,
        .kind = (uint8_t)kind_named(kind)};
}

static const char *answer_of(const tr_plan *plan, uint64_t bound, const tr_incident *incident)
{
    static const char *const doubts[] = {"none", "edge", "height", "part"};
    tr_doubt                 doubt;
    tr_zone_answer           answer = tr_zone_holds(plan, plan->zones - 1, bound, incident, &doubt);
    assert_int_equal(answer == TR_ZONE_UNDECIDABLE, doubt != TR_DOUBT_NONE);
    return answer == TR_ZONE_IN ? "in" : answer == TR_ZONE_OUT ? "out" : doubts[doubt];
}

static void the_side_decides_whose_strip_it_is(void **state)
{
    const tr_plan *plan = plan_of("zone z is within 5 km of contact for A, within 5 km of former "
                                  "for B, boundary inside\n");
    static const struct {
        double      lon;
        const char *a, *b, *open;
    } list[] = {{37.60, "in", "out", "part"},
                {37.40, "out", "in", "part"},
                {37.50, "out", "out", "out"},
                {37.667, "edge", "out", "part"}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        tr_incident incident = at(list[i].lon, 48.1, 100, "shot");
        assert_string_equal(answer_of(plan, 3, &incident), list[i].open);
        assert_string_equal(answer_of(plan, 0, &incident), list[i].open); /* all parties */
        assert_string_equal(answer_of(plan, 1, &incident), list[i].a);
        assert_string_equal(answer_of(plan, 2, &incident), list[i].b);
        incident.side = 1;
        assert_string_equal(answer_of(plan, 3, &incident), list[i].a);
        incident.side = 2;
        assert_string_equal(answer_of(plan, 3, &incident), list[i].b);
        incident.side = 3; /* a guarantor has no strip */
        assert_string_equal(answer_of(plan, 3, &incident), "out");
    }
}

/* The plan with A and B exchanged gives every incident of the other side the same answer. */
static void the_parties_are_alike(void **state)
{
    const tr_plan *plan = plan_of("zone z is within 5 km of contact for A, within 9 km of former "
                                  "for B, boundary inside\n");
    const tr_plan *swap = plan_of("zone z is within 5 km of contact for B, within 9 km of former "
                                  "for A, boundary inside\n");
    int            seen = 0;
    for (int i = 0; i < 200; i++)
        for (int side = 0; side < 3; side++) {
            tr_incident here = at(37.2 + 0.003 * i, 48.1, 50 * (i % 7), "shot"), there = here;
            here.side = (uint8_t)side;
            there.side = (uint8_t)(side == 0 ? 0 : 3 - side);
            assert_string_equal(answer_of(plan, 3, &here), answer_of(swap, 3, &there));
            tr_judgement one = TR_JUDGEMENT, two = TR_JUDGEMENT;
            tr_limit_zone_of(&one, plan, 0, 3, &here);
            tr_limit_zone_of(&two, swap, 0, 3, &there);
            assert_int_equal(one.in, two.in);
            assert_int_equal(one.why, two.why);
            seen |= 1 << one.in;
        }
    assert_int_equal(seen, 15); /* none, possible, best and certain all occur */
}

static void a_kind_that_may_be_narrower_is_looked_at_as_each(void **state)
{
    const tr_plan *plan = plan_of("zone z is within 5 km of contact for guns, within 10 km of "
                                  "contact for rockets, boundary inside\n");
    tr_incident    near = at(37.60, 48.1, 10, "weapon"), far = at(37.70, 48.1, 10, "weapon");
    assert_string_equal(answer_of(plan, 3, &near), "part");
    near.kind = far.kind = (uint8_t)kind_named("weapon.artillery_100mm");
    assert_string_equal(answer_of(plan, 3, &near), "in");
    assert_string_equal(answer_of(plan, 3, &far), "out");
    far.kind = (uint8_t)kind_named("weapon.mlrs_heavy");
    assert_string_equal(answer_of(plan, 3, &far), "in");
    far.kind = (uint8_t)kind_named("weapon.tank");
    assert_string_equal(answer_of(plan, 3, &far), "out");
}

static void a_line_without_a_geometry_decides_nothing(void **state)
{
    const tr_plan *plan = plan_of(
        "line l is 37.60 E 47.60 N, 37.60 E 48.60 N valid from 2026-01-01 until 2026-02-01,\n"
        "    is 37.80 E 47.60 N, 37.80 E 48.60 N valid from 2026-03-01\n"
        "zone z is within 5 km of l, boundary inside\n");
    static const struct {
        const char *begin, *end, *old, *new_, *far;
    } list[] = {{"2026-01-10", "2026-01-11", "in", "out", "out"},
                {"2026-03-10", "2026-03-11", "out", "in", "out"},
                {"2026-02-10", "2026-02-11", "edge", "edge", "edge"},
                {"2026-01-31", "2026-02-02", "part", "part", "part"},
                {"2025-12-31", "2026-01-02", "part", "part", "part"},
                {"2026-01-31", "2026-02-01", "in", "out", "out"},
                {"2026-01-10", "2026-04-01", "part", "part", "part"}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        tr_incident one = at(37.60, 48.1, 10, "shot"), two = at(37.80, 48.1, 10, "shot"),
                    three = at(38.50, 48.1, 10, "shot");
        tr_err err = {0};
        CHECK_OK(tr_time_read_any(tr_str_of(list[i].begin), plan->tz, &one.begin, &err), err);
        CHECK_OK(tr_time_read_any(tr_str_of(list[i].end), plan->tz, &one.end, &err), err);
        two.begin = three.begin = one.begin;
        two.end = three.end = one.end;
        assert_string_equal(answer_of(plan, 3, &one), list[i].old);
        assert_string_equal(answer_of(plan, 3, &two), list[i].new_);
        assert_string_equal(answer_of(plan, 3, &three), list[i].far);
    }
}

/* Points decide exactly, so the algebra of zones is that of sets; a disc is never surely what one
 * of its points is not. */
static void zones_of_zones_are_sets_of_points(void **state)
{
    static const char *const words[] = {"and", "or", "without"};
    for (int w = 0; w < 3; w++) {
        char text[400];
        snprintf(text, sizeof text,
                 "zone a is box 37.0 E 47.5 N to 37.6 E 48.5 N, boundary inside\n"
                 "zone b is within 20 km of contact, boundary outside\nzone z is a %s b\n",
                 words[w]);
        const tr_plan *plan = plan_of(text);
        for (int i = 0; i < 400; i++) {
            double      lon = 36.9 + 0.0025 * i;
            tr_incident one = at(lon, 47.4 + 0.003 * i, 0, "shot"), disc = one;
            disc.place.r_max_m = 2000;
            bool           a = tr_zone_holds(plan, 0, 3, &one, NULL) == TR_ZONE_IN;
            bool           b = tr_zone_holds(plan, 1, 3, &one, NULL) == TR_ZONE_IN;
            bool           want = w == 0 ? a && b : w == 1 ? a || b : a && !b;
            tr_zone_answer point = tr_zone_holds(plan, 2, 3, &one, NULL);
            tr_zone_answer whole = tr_zone_holds(plan, 2, 3, &disc, NULL);
            assert_int_equal(point, want ? TR_ZONE_IN : TR_ZONE_OUT);
            assert_true(whole == TR_ZONE_UNDECIDABLE || whole == point);
            tr_zone_answer ground = tr_zone_ground(plan, 2, 0, 0, one.place.at);
            assert_int_equal(ground, point);
        }
    }
}

static void a_height_is_half_open_and_unknown_is_a_doubt(void **state)
{
    const tr_plan *plan = plan_of("zone z is area between 300 m and 400 m\n");
    static const struct {
        int32_t     low, high;
        const char *want;
    } list[] = {{300, 399, "in"},  {300, 400, "height"}, {299, 350, "height"},   {0, 299, "out"},
                {400, 500, "out"}, {399, 399, "in"},     {-50, 100000, "height"}};
    tr_incident incident = at(37.0, 48.0, 100, "shot");
    assert_string_equal(answer_of(plan, 3, &incident), "height");
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        incident.place.h_min_m = list[i].low;
        incident.place.h_end_m = list[i].high + 1;
        assert_string_equal(answer_of(plan, 3, &incident), list[i].want);
    }
}

/* Against the definition: random points of the disc lie nearest to pieces that were said possible.
 */
static void a_place_lies_only_in_sectors_that_are_possible(void **state)
{
    const tr_plan     *plan = plan_of("line bent is 37.0 E 47.5 N, 37.5 E 48.5 N, 38.0 E 47.5 N\n"
                                          "zone z is bent divided every 20 km\n");
    const tr_division *division = &plan->zone[0].division[0];
    int                sure = 0, open = 0;
    assert_int_equal(tr_sectors(plan, 0), division->pieces);
    assert_int_equal(division->pieces, tr_line_length_mm(&plan->line[2].line) / 20000000 + 1);
    for (int i = 0; i < 300; i++) {
        tr_incident incident =
            at(36.9 + 0.004 * i, 47.4 + 0.0037 * (i * 7 % 300), 20 * (i % 40), "shot");
        tr_sector_set may;
        int32_t       count = tr_sector_of(plan, 0, &incident, &may);
        assert_in_range(count, 1, division->pieces);
        sure += count == 1;
        open += count > 1;
        for (int k = 0; k < 16; k++) {
            tr_point p = tr_destination(incident.place.at, k * 22500,
                                        (int64_t)incident.place.r_max_m * 1000 * (k % 4 + 1) / 4);
            int32_t  best = 0;
            for (int32_t s = 1; s < division->pieces; s++)
                if (tr_line_distance_mm(&division->piece[s], p) <
                    tr_line_distance_mm(&division->piece[best], p))
                    best = s;
            assert_true(tr_sector_in(&may, best));
        }
    }
    assert_true(sure > 100 && open > 20);
    tr_incident   nowhere = at(37, 48, 0, "shot");
    tr_sector_set may;
    nowhere.place.kind = TR_PLACE_NONE;
    assert_int_equal(tr_sector_of(plan, 0, &nowhere, &may), division->pieces);
}

static void the_cells_are_those_of_the_actors_and_kinds_asked(void **state)
{
    const tr_plan *plan = plan_of("zone z is within 5 km of contact for A, within 5 km of former "
                                  "for B and guns, boundary inside\n");
    tr_point       east = {376000000, 481000000}, west = {374000000, 481000000};
    uint64_t       guns = plan->class_[0].kinds, rockets = plan->class_[1].kinds;
    assert_int_equal(tr_zone_ground(plan, 0, 1, guns, east), TR_ZONE_IN);
    assert_int_equal(tr_zone_ground(plan, 0, 1, guns, west), TR_ZONE_OUT);
    assert_int_equal(tr_zone_ground(plan, 0, 2, guns, east), TR_ZONE_OUT);
    assert_int_equal(tr_zone_ground(plan, 0, 2, guns, west), TR_ZONE_IN);
    assert_int_equal(tr_zone_ground(plan, 0, 2, rockets, west), TR_ZONE_OUT);
    assert_int_equal(tr_zone_ground(plan, 0, 2, guns | rockets, west), TR_ZONE_UNDECIDABLE);
    assert_int_equal(tr_zone_ground(plan, 0, 3, guns, east), TR_ZONE_UNDECIDABLE);
    assert_int_equal(tr_zone_ground(plan, 0, 0, 0, west), TR_ZONE_UNDECIDABLE);
}

static int setup(void **state)
{
    arena = check_arena();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_side_decides_whose_strip_it_is),
        cmocka_unit_test(the_parties_are_alike),
        cmocka_unit_test(a_kind_that_may_be_narrower_is_looked_at_as_each),
        cmocka_unit_test(a_line_without_a_geometry_decides_nothing),
        cmocka_unit_test(zones_of_zones_are_sets_of_points),
        cmocka_unit_test(a_height_is_half_open_and_unknown_is_a_doubt),
        cmocka_unit_test(a_place_lies_only_in_sectors_that_are_possible),
        cmocka_unit_test(the_cells_are_those_of_the_actors_and_kinds_asked),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
