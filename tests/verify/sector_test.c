/* sector_test.c -- counts per sector against a recount by the definition. */
#include "check.h"

#include "base/random.h"
#include "terms/terms.h"
#include "verify/place.h"
#include "verify/window.h"

#define H TR_HOUR
enum { THRESHOLD = 1, ITEMS = 60 };

static const tr_plan *plan_of(tr_arena *keep)
{
    static const char text[] =
        "agreement \"T\" version 1.0\ntime zone \"Europe/Kyiv\"\n"
        "area 36.0 E 47.0 N to 39.0 E 49.0 N\nparty A \"A\"\nparty B \"B\"\n"
        "line contact is 37.60 E 47.60 N, 37.60 E 48.60 N\n"
        "zone sectors is contact divided every 30 km\nclass firing is fire\n"
        "proof p needs nothing beyond the record\ncounting incident version 1: R-INC\n"
        "article 2 \"Cease-fire\"\n2.1 A, B must not commit firing in sectors proof p\n"
        "article 6 \"Violations\"\n6.1 e is\n"
        "    active when count by incident of breaches of \xC2\xA7"
        "2.1 by any party per sectors over 24 hours >= 3, by tally\n"
        "    counting rung 0 or better, corroboration none, exercises in, contested in, as known\n"
        "    until count by incident of breaches of \xC2\xA7"
        "2.1 by any party per sectors over 24 hours < 2\n";
    tr_terms_result result;
    tr_terms_compile(keep, tr_str_of(text), NULL, NULL, &result);
    assert_non_null(result.plan);
    return result.plan;
}

static tr_incident some_incident(tr_random *random, int32_t number)
{
    tr_kind shot;
    tr_time begin = (tr_time)tr_random_below(random, 100) * H;
    assert_true(tr_kind_read(TR_STR("shot"), &shot));
    tr_incident incident = {
        .begin = begin,
        .end = begin + (tr_time)tr_random_below(random, 5) * H,
        .best = begin,
        .place = {.kind = TR_PLACE_POINT,
                  .at = {376000000, 475000000 + (int32_t)tr_random_below(random, 12000000)},
                  .r_max_m = (int32_t)tr_random_below(random, 8000),
                  .zone = -1},
        .n_min = 1,
        .n_best = 1,
        .n_max = 1,
        .roots = 1,
        .modalities = 1,
        .reg = -1,
        .live = 1,
        .kind = (uint8_t)shot};
    incident.id = tr_sha256((tr_str){(const char *)&number, sizeof number});
    return incident;
}

/* By the definition: certain when all of it lies in the window and in that sector alone, possible
 * when some of it may. */
static tr_triple recount(const tr_plan *plan, const tr_incident *item, int32_t sector, tr_time t)
{
    tr_triple n = {0};
    for (int i = 0; i < ITEMS; i++) {
        tr_sector_set may;
        int32_t       count = tr_sector_of(plan, 0, &item[i], &may);
        if (!tr_sector_in(&may, sector - 1))
            continue;
        bool best = item[i].best <= t && t < item[i].best + 24 * H;
        n.certain += count == 1 && item[i].end <= t && t < item[i].begin + 24 * H;
        n.best += count == 1 && best;
        n.possible += item[i].begin <= t && t < item[i].end + 24 * H;
    }
    return n;
}

/* Some sector's count has passed, each is below: as the window says. */
static void check_at(const tr_plan *plan, const tr_window *window, const tr_incident *item,
                     tr_time t)
{
    bool    on = false, off = true;
    int64_t most = 0;
    for (int32_t s = 1; s <= tr_sectors(plan, 0); s++) {
        tr_triple want = recount(plan, item, s, t);
        tr_triple have = tr_window_count_in(window, TR_WINDOW_ON, 0, s, t);
        assert_int_equal(have.certain, want.certain);
        assert_int_equal(have.best, want.best);
        assert_int_equal(have.possible, want.possible);
        on = on || want.certain >= 3;
        off = off && want.possible < 2;
        most = want.certain > most ? want.certain : most;
    }
    assert_int_equal(tr_window_holds(window, TR_WINDOW_ON, t), on);
    assert_int_equal(tr_window_holds(window, TR_WINDOW_OFF, t), off);
    assert_int_equal(tr_window_count(window, TR_WINDOW_ON, 0, t).certain, most);
    assert_in_range(tr_window_sector(window, TR_WINDOW_ON, 0, t), 1, tr_sectors(plan, 0));
}

static void check_timeline(const tr_plan *plan, tr_window *window, const tr_incident *item)
{
    tr_timeline line;
    tr_window_run(window, 200 * H, &line);
    for (int32_t i = 0; i < line.activations; i++) {
        const tr_activation *a = &line.activation[i];
        tr_triple            want = recount(plan, item, a->sector, a->reached);
        assert_true(want.certain >= 3);
        assert_int_equal(a->count.certain, want.certain);
        assert_int_equal(a->count.possible, want.possible);
        for (int32_t s = 1; s < a->sector; s++)
            assert_true(recount(plan, item, s, a->reached).certain < 3);
    }
}

static void each_sector_counts_by_itself(void **state)
{
    (void)state;
    uint64_t seed = 20260203;
    int64_t  straddling = 0;
    tr_arena all = check_arena();
    print_message("seeds from %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 30; round++) {
        tr_arena       a = all;
        tr_random      random = tr_random_seed(seed + (uint64_t)round);
        const tr_plan *plan = plan_of(&a);
        tr_window     *window = tr_window_new(&a, plan, THRESHOLD);
        tr_incident    item[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            tr_sector_set may;
            item[i] = some_incident(&random, i);
            straddling += tr_sector_of(plan, 0, &item[i], &may) > 1;
            tr_window_add(window, &item[i]);
            if (i % 7 == 0) {
                tr_window_drop(window, &item[i]);
                tr_window_add(window, &item[i]);
            }
        }
        for (tr_time t = 0; t < 130 * H; t += 5 * H)
            check_at(plan, window, item, t);
        check_timeline(plan, window, item);
    }
    assert_true(straddling > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_sector_counts_by_itself)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
