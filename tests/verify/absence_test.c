/* absence_test.c -- the first moment of a watched absence, against every moment tried in turn. */
#include "verify/hand.h"

#include "verify/absence.h"
#include "verify/cover.h"

enum { MOMENTS = 40 };

static int32_t random_spans(uint64_t *seed, tr_span *span)
{
    int32_t spans = (int32_t)hand_below(seed, 6);
    for (int32_t i = 0; i < spans; i++) {
        span[i].begin = hand_below(seed, MOMENTS - 8);
        span[i].end = span[i].begin + hand_below(seed, 12);
    }
    return tr_cover_unite(span, spans);
}

/* By the definition: the watch [t - hold, t) meets no sighting and is watched enough. */
static bool complete(const tr_absence *a, tr_time t)
{
    tr_span watch = {t - a->hold_ns, t};
    for (int32_t i = 0; i < a->seens; i++)
        if (a->seen[i].begin < watch.end && a->seen[i].end > watch.begin)
            return false;
    int64_t sum = 0;
    for (int32_t i = 0; i < a->watches; i++)
        sum += tr_cover_ns(&a->watched[i], 1, watch) * a->share[i];
    return sum * 1000000 >= a->hold_ns * a->whole * a->coverage_ppm;
}

static tr_time by_trying(const tr_absence *a)
{
    for (tr_time t = a->from + a->hold_ns; t <= a->to; t++)
        if (complete(a, t))
            return t;
    return TR_TIME_NONE;
}

static void it_is_the_first_of_all_moments_that_fit(void **state)
{
    int found = 0;
    (void)state;
    for (uint64_t seed = 4711, round = 0; round < 20000; round++) {
        tr_span    seen[6], watched[6];
        int32_t    share[6];
        tr_absence a = {.seen = seen, .watched = watched, .share = share, .whole = 3};
        a.seens = random_spans(&seed, seen);
        a.watches = random_spans(&seed, watched);
        for (int32_t i = 0; i < a.watches; i++) {
            share[i] = (int32_t)(1 + hand_below(&seed, 3));
            if (i + 1 < a.watches && hand_below(&seed, 2)) /* one on the heels of another */
                watched[i].end = watched[i + 1].begin;
        }
        a.from = hand_below(&seed, 10);
        a.to = a.from + hand_below(&seed, MOMENTS);
        a.hold_ns = 1 + hand_below(&seed, 9);
        a.coverage_ppm = (int32_t)(1 + hand_below(&seed, 1000000));
        tr_time want = by_trying(&a), got = tr_absence_reached(&a);
        found += want != TR_TIME_NONE;
        if (got != want)
            fail_msg("round %d: %lld, not %lld", (int)round, (long long)got, (long long)want);
    }
    assert_true(found > 1000 && found < 19000); /* both answers were put to the test */
}

static void the_share_is_rounded_up_so_that_less_is_never_enough(void **state)
{
    (void)state;
    tr_span    watched = {0, 2};
    int32_t    share = 1;
    tr_absence a = {.to = 3, .hold_ns = 3, .watched = &watched, .share = &share, .whole = 1};
    a.watches = 1;
    a.coverage_ppm = 666666;
    assert_true(tr_absence_reached(&a) == 3);
    a.coverage_ppm = 666667;
    assert_true(tr_absence_reached(&a) == TR_TIME_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_first_of_all_moments_that_fit),
        cmocka_unit_test(the_share_is_rounded_up_so_that_less_is_never_enough)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
