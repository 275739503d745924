/* judge_test.c -- incidents against a prohibition, part by part; findings. */
#include "verify/hand.h"

#include "verify/judge.h"

static tr_membership judged(hand *h, const tr_incident *incident, tr_why *why)
{
    return tr_judge(&h->plan, &h->clause[HAND_TERM].u.prohibition, incident, why);
}

static void the_class_decides_by_its_kinds(void **state)
{
    hand   h;
    tr_why why;
    hand_make(&h);
    for (int kind = 0; kind < TR_KINDS; kind++) {
        tr_incident incident = hand_incident(1, 100, 200);
        incident.kind = (uint8_t)kind;
        bool fire = (tr_kind_flags((tr_kind)kind) & TR_KIND_FIRE) != 0;
        assert_int_equal(judged(&h, &incident, &why), fire ? TR_IN_CERTAIN : TR_IN_NONE);
        assert_int_equal(why, fire ? TR_WHY_IN : TR_WHY_CLASS);
    }
}

static void the_time_of_the_term_is_half_open(void **state)
{
    static const struct {
        tr_time       begin, end, best;
        tr_membership in;
        tr_why        why;
    } cases[] = {
        {1000, 2000, 1500, TR_IN_CERTAIN, TR_WHY_IN},
        {999, 2000, 1499, TR_IN_BEST, TR_WHY_TIME_EDGE},
        {1000, 2001, 1500, TR_IN_BEST, TR_WHY_TIME_EDGE},
        {900, 1100, 1000, TR_IN_BEST, TR_WHY_TIME_EDGE},
        {900, 1099, 999, TR_IN_POSSIBLE, TR_WHY_TIME_EDGE},
        {900, 1001, 950, TR_IN_POSSIBLE, TR_WHY_TIME_EDGE},
        {900, 1000, 950, TR_IN_NONE, TR_WHY_TIME},
        {1900, 2100, 2000, TR_IN_POSSIBLE, TR_WHY_TIME_EDGE},
        {1999, 2100, 2050, TR_IN_POSSIBLE, TR_WHY_TIME_EDGE},
        {2000, 2100, 2050, TR_IN_NONE, TR_WHY_TIME},
        {1000, 1000, 1000, TR_IN_CERTAIN, TR_WHY_IN},
        {2000, 2000, 2000, TR_IN_NONE, TR_WHY_TIME}, /* an instant belongs to what begins there */
        {999, 999, 999, TR_IN_NONE, TR_WHY_TIME},
    };
    hand h;
    hand_make(&h);
    h.clause[HAND_TERM].u.prohibition.begin = 1000;
    h.clause[HAND_TERM].u.prohibition.end = 2000;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tr_why      why;
        tr_incident incident = hand_incident(1, cases[i].begin, cases[i].end);
        incident.best = cases[i].best;
        assert_int_equal(judged(&h, &incident, &why), cases[i].in);
        assert_int_equal(why, cases[i].why);
    }
}

static void a_term_binds_from_the_later_of_its_begin_and_the_entry_into_force(void **state)
{
    hand        h;
    tr_why      why;
    tr_incident incident = hand_incident(1, 1000, 1100);
    hand_make(&h);
    for (int late = -1; late <= 1; late++) {
        h.plan.in_force = 1000 + late;
        h.clause[HAND_TERM].u.prohibition.begin = TR_TIME_NONE;
        assert_int_equal(judged(&h, &incident, &why), late > 0 ? TR_IN_BEST : TR_IN_CERTAIN);
        h.clause[HAND_TERM].u.prohibition.begin = 1001;
        assert_int_equal(judged(&h, &incident, &why), TR_IN_BEST);
    }
}

static void the_place_is_judged_as_a_set(void **state)
{
    static const struct {
        int32_t       lon, kind, zone;
        tr_membership least, most;
        tr_why        why;
    } cases[] = {
        {305000000, TR_PLACE_POINT, -1, TR_IN_CERTAIN, TR_IN_CERTAIN, TR_WHY_IN},
        {300100000, TR_PLACE_POINT, -1, TR_IN_BEST, TR_IN_BEST, TR_WHY_ZONE_EDGE}, /* 700 m in */
        {299900000, TR_PLACE_POINT, -1, TR_IN_POSSIBLE, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE},
        {290000000, TR_PLACE_POINT, -1, TR_IN_NONE, TR_IN_NONE, TR_WHY_ZONE},
        {305000000, TR_PLACE_NONE, -1, TR_IN_POSSIBLE, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE},
        {305000000, TR_PLACE_SEALED, -1, TR_IN_POSSIBLE, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE},
        {305000000, TR_PLACE_REGION, -1, TR_IN_POSSIBLE, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE},
        {0, TR_PLACE_ZONE, 0, TR_IN_CERTAIN, TR_IN_CERTAIN, TR_WHY_IN},
        {0, TR_PLACE_ZONE, 1, TR_IN_NONE, TR_IN_NONE, TR_WHY_ZONE}, /* far from zone 0 */
        {0, TR_PLACE_ZONE, -1, TR_IN_POSSIBLE, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE},
    };
    hand   h;
    tr_err err = {0};
    hand_make(&h);
    tr_box east = {{350000000, 480000000}, {360000000, 490000000}};
    CHECK_OK(tr_zone_of_box(&h.zone[1].zone, TR_STR("east"), east, &err), err);
    h.plan.zones = 2;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tr_why      why;
        tr_incident incident = hand_incident(1, 100, 200);
        incident.place.at.lon = cases[i].lon;
        incident.place.kind = cases[i].kind;
        incident.place.zone = cases[i].zone;
        incident.place.r_max_m = 5000;
        h.clause[HAND_TERM].u.prohibition.zone = -1; /* the whole area takes any place */
        assert_int_equal(judged(&h, &incident, &why), TR_IN_CERTAIN);
        h.clause[HAND_TERM].u.prohibition.zone = 0;
        tr_membership in = judged(&h, &incident, &why);
        assert_true(cases[i].least <= in && in <= cases[i].most);
        assert_int_equal(why, cases[i].why);
    }
}

static void evidence_below_proof_is_possible_and_never_more(void **state)
{
    static const struct {
        int32_t p_real, roots, rung, reg;
        tr_why  why; /* IN = a breach */
    } cases[] = {
        {900000, 2, 1, -1, TR_WHY_IN},      {900001, 3, 2, -1, TR_WHY_IN},
        {899999, 2, 1, -1, TR_WHY_GATE},    {-1, 2, 1, -1, TR_WHY_GATE},
        {900000, 1, 1, -1, TR_WHY_CORROBORATION}, {900000, 2, 0, -1, TR_WHY_RUNG},
        {-1, 1, 0, -1, TR_WHY_GATE},        {900000, 1, 0, -1, TR_WHY_CORROBORATION},
        {-1, 1, 0, 0, TR_WHY_IN}, /* a row of a register, by the agreement's word */
    };
    hand h;
    hand_make(&h);
    h.clause[HAND_TERM].u.prohibition.gate = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tr_why      why;
        tr_incident incident = hand_incident(1, 100, 200);
        incident.p_real_ppm = cases[i].p_real;
        incident.roots = cases[i].roots;
        incident.rung = (uint8_t)cases[i].rung;
        incident.reg = cases[i].reg;
        bool breach = cases[i].why == TR_WHY_IN;
        assert_int_equal(judged(&h, &incident, &why), breach ? TR_IN_CERTAIN : TR_IN_POSSIBLE);
        assert_int_equal(why, cases[i].why);
    }
    h.reg[0].kinds = HAND_BIT(TR_KIND_EVENT_FATAL_); /* adopted for another kind only */
    tr_why      other;
    tr_incident foreign = hand_incident(1, 100, 200);
    foreign.reg = 0;
    assert_int_equal(judged(&h, &foreign, &other), TR_IN_POSSIBLE);
    assert_int_equal(other, TR_WHY_GATE);
    h.gate[0] = (tr_gate){0}; /* nothing asked: not even that p_real is claimed */
    tr_why      why;
    tr_incident bare = hand_incident(1, 100, 200);
    bare.roots = 0;
    assert_int_equal(judged(&h, &bare, &why), TR_IN_CERTAIN);
}

static void the_part_that_limits_most_is_named_the_first_of_equals(void **state)
{
    hand   h;
    tr_why why;
    hand_make(&h);
    tr_prohibition *term = &h.clause[HAND_TERM].u.prohibition;
    term->gate = 0;
    term->zone = 0;
    term->begin = 150;
    /* best moment 200: best by time, possible by gate */
    tr_incident incident = hand_incident(1, 100, 300);
    assert_int_equal(judged(&h, &incident, &why), TR_IN_POSSIBLE);
    assert_int_equal(why, TR_WHY_GATE);
    incident.best = 120; /* possible by time as well, which stands first */
    assert_int_equal(judged(&h, &incident, &why), TR_IN_POSSIBLE);
    assert_int_equal(why, TR_WHY_TIME_EDGE);
    incident.place.at.lon = 290000000;
    assert_int_equal(judged(&h, &incident, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_ZONE);
    incident.kind = TR_KIND_AIR_;
    assert_int_equal(judged(&h, &incident, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_CLASS);
}

static void a_finding_is_named_by_term_and_incident(void **state)
{
    hand        h;
    tr_finding  finding;
    char        name[TR_FINDING_ID + 1];
    tr_incident incident = hand_incident(5, 100, 200);
    tr_arena    arena = check_arena();
    hand_make(&h);
    tr_finding_make(&h.plan, HAND_TERM, &incident, 17, &finding);
    assert_int_equal(finding.clause, HAND_TERM);
    assert_int_equal(finding.incident, 17);
    assert_int_equal(finding.in, TR_IN_CERTAIN);
    assert_int_equal(finding.why, TR_WHY_IN);

    tr_out bytes = tr_out_new(&arena);
    tr_put_bytes(&bytes, "truce/finding/v1\0002.1", 21);
    tr_put_bytes(&bytes, incident.id.at, 32);
    tr_hash hash = tr_sha256(tr_out_text(&bytes));
    assert_memory_equal(finding.id, hash.at, sizeof finding.id);
    tr_finding_name(&finding, name);
    assert_int_equal(strlen(name), TR_FINDING_ID);
    assert_memory_equal(name, "f-", 2);
    uint8_t digits[10];
    assert_true(tr_hex_read((tr_str){name + 2, 20}, digits, 10));
    assert_memory_equal(digits, finding.id, 10);
}

static void every_verdict_and_reason_has_words(void **state)
{
    for (int i = 0; i <= TR_VERDICT_NOT_IN_FORCE; i++)
        assert_true(strlen(tr_verdict_name((tr_verdict)i)) > 3);
    for (int i = 0; i <= TR_WHY_REGISTER; i++)
        assert_true(strlen(tr_why_text((tr_why)i)) > 3);
    assert_string_equal(tr_verdict_name(TR_VERDICT_NOT_OBSERVED), "not_observed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_class_decides_by_its_kinds),
        cmocka_unit_test(the_time_of_the_term_is_half_open),
        cmocka_unit_test(a_term_binds_from_the_later_of_its_begin_and_the_entry_into_force),
        cmocka_unit_test(the_place_is_judged_as_a_set),
        cmocka_unit_test(evidence_below_proof_is_possible_and_never_more),
        cmocka_unit_test(the_part_that_limits_most_is_named_the_first_of_equals),
        cmocka_unit_test(a_finding_is_named_by_term_and_incident),
        cmocka_unit_test(every_verdict_and_reason_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
