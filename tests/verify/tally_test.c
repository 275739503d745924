/* tally_test.c -- the rules R-SMM and R-INC against their definitions and the published sums. */
#include "verify/hand.h"

enum { SET = 7 };
static uint64_t last_seed; /* shown when something fails */

static tr_tally_query query_of(tr_rule rule, tr_time from, tr_time to)
{
    return (tr_tally_query){
        .rule = rule, .span = {from, to}, .zone = -1, .clause = -1, .source = -1};
}

static tr_tally run(const hand *h, const tr_incident *incident, int32_t incidents,
                    const tr_tally_query *query)
{
    tr_tally tally;
    tr_err   err = {0};
    CHECK_OK(tr_tally_run(&h->plan, incident, incidents, 0, query, &tally, &err), err);
    return tally;
}

static void check_triple(tr_triple got, int64_t certain, int64_t best, int64_t possible)
{
    assert_int_equal(got.certain, certain);
    assert_int_equal(got.best, best);
    assert_int_equal(got.possible, possible);
}

/* ---- published sums ---- */

static tr_incident group(int32_t number, tr_kind kind, int32_t n)
{
    tr_incident incident = hand_incident(number, 100, 200);
    incident.kind = (uint8_t)kind;
    incident.n_min = incident.n_best = incident.n_max = n;
    return incident;
}

static void the_published_sums_of_five_kinds_come_out(void **state)
{
    static const struct {
        int32_t explosions, projectiles, flashes, flares, shots, sum;
    } published[] = {{12495, 6508, 238, 127, 21906, 41274}, {2080, 589, 61, 43, 2187, 4960},
                     {45, 36, 2, 0, 0, 83}};
    hand h;
    hand_make(&h);
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        tr_incident incident[] = {
            group(1, TR_KIND_EXPLOSION_UNDETERMINED_, published[i].explosions),
            group(2, TR_KIND_PROJECTILE_, published[i].projectiles),
            group(3, TR_KIND_MUZZLE_FLASH_, published[i].flashes),
            group(4, TR_KIND_FLARE_, published[i].flares),
            group(5, TR_KIND_BURST_, published[i].shots - published[i].shots / 3),
            group(6, TR_KIND_SHOT_, published[i].shots / 3),
            group(7, TR_KIND_EVENT_FATAL_, 1000),
            group(8, TR_KIND_AIR_RPA_, 1000)};
        tr_tally_query query = query_of(TR_RULE_SMM, 0, 1000);
        tr_tally       tally = run(&h, incident, 8, &query);
        int32_t        sum = published[i].sum;
        check_triple(tally.count, sum, sum, sum);
        assert_int_equal(tally.part[TR_SMM_EXPLOSIONS].best, published[i].explosions);
        assert_int_equal(tally.part[TR_SMM_PROJECTILES].best, published[i].projectiles);
        assert_int_equal(tally.part[TR_SMM_FLASHES].best, published[i].flashes);
        assert_int_equal(tally.part[TR_SMM_FLARES].best, published[i].flares);
        assert_int_equal(tally.part[TR_SMM_SHOTS].best, published[i].shots);
        assert_int_equal(tally.part[TR_SMM_UNSPECIFIED].best, 0);
    }
}

static void explosions_split_into_impact_airburst_and_undetermined(void **state)
{
    hand h;
    hand_make(&h);
    tr_incident    incident[] = {group(1, TR_KIND_EXPLOSION_IMPACT_, 2),
                                 group(2, TR_KIND_EXPLOSION_AIRBURST_, 25),
                                 group(3, TR_KIND_EXPLOSION_UNDETERMINED_, 20),
                                 group(4, TR_KIND_EXPLOSION_OUTGOING_, 7),
                                 group(5, TR_KIND_EXPLOSION_, 4), group(6, TR_KIND_FIRE_, 100)};
    tr_tally_query query = query_of(TR_RULE_SMM, 0, 1000);
    tr_tally       tally = run(&h, incident, 6, &query);
    assert_int_equal(tally.part[TR_SMM_EXPLOSIONS].best, 58);
    assert_int_equal(tally.impact.best, 2);
    assert_int_equal(tally.airburst.best, 25);
    assert_int_equal(tally.undetermined.best, 31);
    assert_int_equal(tally.part[TR_SMM_UNSPECIFIED].best, 100);
    assert_int_equal(tally.count.best, 158);
    query.kinds = tr_kind_class(TR_KIND_EXPLOSION_IMPACT_) | HAND_BIT(TR_KIND_AIR_);
    check_triple(run(&h, incident, 6, &query).count, 2, 2, 2);
}

/* ---- worlds ---- */

static tr_incident random_incident(uint64_t *seed, int32_t number)
{
    tr_time     begin = hand_below(seed, 30);
    tr_incident x = hand_incident(number, begin, begin + hand_below(seed, 8));
    x.best = x.begin + (x.end > x.begin ? hand_below(seed, x.end - x.begin) : 0);
    x.n_min = (int32_t)hand_below(seed, 3);
    x.n_best = x.n_min + (int32_t)hand_below(seed, 3);
    x.n_max = x.n_best + (int32_t)hand_below(seed, 3);
    x.deaths_min = (int32_t)hand_below(seed, 3);
    x.deaths_best = x.deaths_min + (int32_t)hand_below(seed, 3);
    x.deaths_max = x.deaths_best + (int32_t)hand_below(seed, 3);
    x.kind = (uint8_t)(hand_below(seed, 4) ? TR_KIND_BURST_ : TR_KIND_EVENT_FATAL_);
    x.contested = hand_below(seed, 5) == 0;
    x.exercise = hand_below(seed, 5) == 0;
    x.live = hand_below(seed, 8) > 0;
    x.roots = 1 + (int32_t)hand_below(seed, 2);
    x.source = (int32_t)hand_below(seed, 2);
    x.place.at.lon = 299000000 + (int32_t)hand_below(seed, 3) * 1000000; /* out, on the edge, in */
    return x;
}

/* The three sets of the practice, spelled out: 3 certain, 2 best, 1 possible, 0 none. */
static int set_of(const tr_tally_query *q, const tr_incident *x, int32_t roots_asked)
{
    bool instant = x->begin == x->end;
    bool wholly = x->begin >= q->span.begin && x->end <= q->span.end &&
                  (!instant || x->begin < q->span.end);
    bool centre = wholly || (x->best >= q->span.begin && x->best < q->span.end);
    bool meets = centre || (x->begin < q->span.end && x->end > q->span.begin);
    bool smm = q->rule == TR_RULE_SMM;
    if (!x->live || !meets || (smm && x->kind == TR_KIND_EVENT_FATAL_) ||
        (q->kinds && !(q->kinds >> x->kind & 1)) || (q->source >= 0 && x->source != q->source) ||
        (q->no_exercises && x->exercise))
        return 0;
    int in = wholly ? 3 : centre ? 2 : 1;
    if (q->clause >= 0 && x->kind == TR_KIND_EVENT_FATAL_)
        return 0;
    if (q->clause >= 0 && x->roots < roots_asked)
        in = 1;
    if (x->contested)
        in = in < (q->no_contested ? 1 : 2) ? in : (q->no_contested ? 1 : 2);
    if (q->zone >= 0 && x->place.at.lon <= 299000000)
        return 0;
    return in;
}

static tr_tally_query random_query(uint64_t *seed)
{
    tr_time        from = hand_below(seed, 30);
    tr_tally_query q = query_of(hand_below(seed, 2) ? TR_RULE_SMM : TR_RULE_INC, from,
                                from + hand_below(seed, 20));
    q.no_contested = hand_below(seed, 2);
    q.no_exercises = hand_below(seed, 2);
    q.kinds = hand_below(seed, 3) ? 0 : HAND_BIT(TR_KIND_BURST_);
    q.source = hand_below(seed, 3) ? -1 : 1;
    q.clause = hand_below(seed, 2) ? -1 : HAND_TERM;
    return q;
}

/* Sum over one world: which of the items there are, and how much of each. */
static int64_t world_sum(const tr_incident *x, const int *in, uint32_t world, bool smm, int amount)
{
    int64_t sum = 0;
    for (int i = 0; i < SET; i++)
        if (in[i] == 3 || (in[i] > 0 && world >> i & 1))
            sum += !smm ? 1 : amount == 0 ? x[i].n_min : amount == 1 ? x[i].n_best : x[i].n_max;
    return sum;
}

static void in_every_world_the_count_lies_between_certain_and_possible(void **state)
{
    hand h;
    hand_make(&h);
    h.clause[HAND_TERM].u.prohibition.gate = 0;
    h.gate[0] = (tr_gate){.sources = 2};
    for (uint64_t seed = last_seed = 99, round = 0; round < 3000; round++, last_seed = seed) {
        tr_incident    x[SET];
        int            in[SET];
        int64_t        best = 0;
        tr_tally_query q = random_query(&seed);
        bool           smm = q.rule == TR_RULE_SMM;
        for (int32_t i = 0; i < SET; i++) {
            x[i] = random_incident(&seed, i);
            in[i] = set_of(&q, &x[i], 2);
            best += in[i] >= 2 ? smm ? x[i].n_best : 1 : 0;
        }
        tr_tally tally = run(&h, x, SET, &q);
        int64_t  least = INT64_MAX, most = 0;
        for (uint32_t world = 0; world < 1 << SET; world++)
            for (int amount = 0; amount < 3; amount++) {
                int64_t sum = world_sum(x, in, world, smm, amount);
                least = sum < least ? sum : least;
                most = sum > most ? sum : most;
            }
        check_triple(tally.count, least, best, most); /* and it is no wider than the worlds are */
        assert_true(least <= best && best <= most);
    }
}

static void order_does_not_matter(void **state)
{
    hand h;
    hand_make(&h);
    for (uint64_t seed = last_seed = 7, round = 0; round < 300; round++, last_seed = seed) {
        tr_incident    x[SET];
        tr_tally_query q = random_query(&seed);
        for (int32_t i = 0; i < SET; i++)
            x[i] = random_incident(&seed, i);
        tr_tally tally = run(&h, x, SET, &q);
        for (int i = SET - 1; i > 0; i--) {
            int64_t     k = hand_below(&seed, i + 1);
            tr_incident swap = x[i];
            x[i] = x[k];
            x[k] = swap;
        }
        tr_tally again = run(&h, x, SET, &q);
        assert_memory_equal(&tally.count, &again.count, sizeof tally.count);
        assert_memory_equal(tally.part, again.part, sizeof tally.part);
        assert_memory_equal(&tally.deaths, &again.deaths, sizeof tally.deaths);
        assert_memory_equal(&tally.exercise, &again.exercise, sizeof tally.exercise);
        assert_memory_equal(&tally.contested, &again.contested, sizeof tally.contested);
    }
}

static void cutting_the_span_adds_up_as_stated(void **state)
{
    hand h;
    int  strict = 0;
    hand_make(&h);
    for (uint64_t seed = last_seed = 3, round = 0; round < 2000; round++, last_seed = seed) {
        tr_incident    x[SET];
        tr_tally_query whole = random_query(&seed), first = whole, second;
        for (int32_t i = 0; i < SET; i++)
            x[i] = random_incident(&seed, i);
        first.span.end = whole.span.begin + (whole.span.end - whole.span.begin) / 2;
        second = whole;
        second.span.begin = first.span.end;
        tr_triple a = run(&h, x, SET, &first).count, b = run(&h, x, SET, &second).count;
        tr_triple all = run(&h, x, SET, &whole).count;
        assert_true(a.certain + b.certain <= all.certain);
        assert_true(a.possible + b.possible >= all.possible);
        strict += a.certain + b.certain < all.certain;
        assert_int_equal(a.best + b.best, all.best);
    }
    assert_true(strict > 0);
}

static void the_zone_moves_items_like_any_doubt(void **state)
{
    hand h;
    hand_make(&h);
    tr_incident x[3] = {hand_incident(1, 100, 200), hand_incident(2, 100, 200),
                        hand_incident(3, 100, 200)};
    x[0].place.at.lon = 300100000; /* 700 m inside, 5 km around */
    x[0].place.r_max_m = 5000;
    x[1].place.at.lon = 299900000;
    x[1].place.r_max_m = 5000;
    tr_tally_query q = query_of(TR_RULE_INC, 0, 1000);
    q.zone = 0;
    check_triple(run(&h, x, 3, &q).count, 1, 2, 3);
    q.zone = -1;
    check_triple(run(&h, x, 3, &q).count, 3, 3, 3);
}

/* ---- parts of the output ---- */

static void deaths_are_low_over_certain_best_over_best_high_over_possible(void **state)
{
    hand h;
    hand_make(&h);
    tr_incident x[3] = {hand_incident(1, 100, 200), hand_incident(2, 50, 140),
                        hand_incident(3, 90, 101)};
    x[1].best = 100;
    for (int i = 0; i < 3; i++) {
        x[i].deaths_min = 1;
        x[i].deaths_best = 10;
        x[i].deaths_max = 100;
    }
    tr_tally_query q = query_of(TR_RULE_INC, 100, 200);
    tr_tally       tally = run(&h, x, 3, &q);
    check_triple(tally.count, 1, 2, 3);
    check_triple(tally.deaths, 1, 20, 300);
    x[2].deaths_max = TR_UNBOUNDED;
    check_triple(run(&h, x, 3, &q).deaths, 1, 20, TR_COUNT_UNBOUNDED);
}

static void without_bound_takes_in_all_that_follows(void **state)
{
    hand h;
    hand_make(&h);
    tr_incident x[2] = {group(1, TR_KIND_BURST_, 5), group(2, TR_KIND_BURST_, 7)};
    x[0].n_max = TR_UNBOUNDED;
    tr_tally_query q = query_of(TR_RULE_SMM, 0, 1000);
    check_triple(run(&h, x, 2, &q).count, 12, 12, TR_COUNT_UNBOUNDED);
    q.rule = TR_RULE_INC; /* an incident is one, however many happenings it stands for */
    check_triple(run(&h, x, 2, &q).count, 2, 2, 2);
}

static void exercises_and_contested_ones_are_shown_as_parts(void **state)
{
    hand h;
    hand_make(&h);
    tr_incident x[3] = {group(1, TR_KIND_BURST_, 5), group(2, TR_KIND_BURST_, 7),
                        group(3, TR_KIND_BURST_, 9)};
    x[1].exercise = 1;
    x[2].contested = 1;
    tr_tally_query q = query_of(TR_RULE_SMM, 0, 1000);
    tr_tally       tally = run(&h, x, 3, &q);
    check_triple(tally.count, 12, 21, 21);
    check_triple(tally.exercise, 7, 7, 7);
    check_triple(tally.contested, 0, 9, 9);
    q.no_exercises = q.no_contested = true;
    tally = run(&h, x, 3, &q);
    check_triple(tally.count, 5, 5, 14);
    check_triple(tally.exercise, 0, 0, 0);
    check_triple(tally.contested, 0, 0, 9);
    assert_int_equal(tally.version, 1);
}

static void not_observed_is_nothing_counted_and_nothing_watched(void **state)
{
    hand           h;
    tr_tally       tally;
    tr_err         err = {0};
    tr_tally_query q = query_of(TR_RULE_INC, 100, 1000);
    tr_incident    x = hand_incident(1, 990, 1010);
    hand_make(&h);
    CHECK_OK(tr_tally_run(&h.plan, NULL, 0, 1, &q, &tally, &err), err);
    assert_int_equal(tally.exposure_ns, 1);
    assert_int_equal(tally.span_ns, 900);
    assert_false(tally.not_observed);
    CHECK_OK(tr_tally_run(&h.plan, NULL, 0, 0, &q, &tally, &err), err);
    assert_int_equal(tally.exposure_ns, 0);
    assert_true(tally.not_observed);
    x.best = 1005;
    CHECK_OK(tr_tally_run(&h.plan, &x, 1, 0, &q, &tally, &err), err);
    check_triple(tally.count, 0, 0, 1);
    assert_false(tally.not_observed); /* something may have been */
}

static void rules_that_are_not_computed_say_which_are(void **state)
{
    static const tr_rule others[] = {TR_RULE_ENG, TR_RULE_JFO, TR_RULE_LOCDAY, TR_RULE_SEV};
    hand                 h;
    tr_tally             tally;
    tr_err               err;
    hand_make(&h);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        tr_tally_query q = query_of(others[i], 0, 1000);
        CHECK_FAILS(tr_tally_run(&h.plan, NULL, 0, 0, &q, &tally, &err), err,
                    TR_E_RULE_NOT_YET);
        assert_non_null(strstr(err.text, tr_rule_name(others[i])));
        assert_non_null(strstr(err.hint, "R-SMM"));
        assert_non_null(strstr(err.hint, "R-INC"));
    }
    tr_tally_query back = query_of(TR_RULE_INC, 1000, 999);
    CHECK_FAILS(tr_tally_run(&h.plan, NULL, 0, 0, &back, &tally, &err), err, TR_E_TALLY_SPAN);
    back.span.end = 1000;
    err = (tr_err){0};
    CHECK_OK(tr_tally_run(&h.plan, NULL, 0, 0, &back, &tally, &err), err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_sums_of_five_kinds_come_out),
        cmocka_unit_test(explosions_split_into_impact_airburst_and_undetermined),
        cmocka_unit_test(in_every_world_the_count_lies_between_certain_and_possible),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(cutting_the_span_adds_up_as_stated),
        cmocka_unit_test(the_zone_moves_items_like_any_doubt),
        cmocka_unit_test(deaths_are_low_over_certain_best_over_best_high_over_possible),
        cmocka_unit_test(without_bound_takes_in_all_that_follows),
        cmocka_unit_test(exercises_and_contested_ones_are_shown_as_parts),
        cmocka_unit_test(not_observed_is_nothing_counted_and_nothing_watched),
        cmocka_unit_test(rules_that_are_not_computed_say_which_are),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (failed)
        printf("the last seed was %llu\n", (unsigned long long)last_seed);
    return failed;
}
