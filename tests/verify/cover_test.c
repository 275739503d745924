/* cover_test.c -- unions and shares of watched time, and the table of verdicts. */
#include "verify/hand.h"

#include "verify/cover.h"

enum { MOMENTS = 40 };

/* Which of the moments [t, t + 1) a list covers. */
static uint64_t moments(const tr_span *span, int32_t spans)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < spans; i++)
        for (tr_time t = span[i].begin; t < span[i].end; t++)
            bits |= UINT64_C(1) << t;
    return bits;
}

static int32_t random_spans(uint64_t *seed, tr_span *span)
{
    int32_t spans = (int32_t)hand_below(seed, 9);
    for (int32_t i = 0; i < spans; i++) {
        span[i].begin = hand_below(seed, MOMENTS - 8);
        span[i].end = span[i].begin + hand_below(seed, 8);
    }
    return spans;
}

static void check_united(const tr_span *span, int32_t spans)
{
    for (int32_t i = 0; i < spans; i++) {
        assert_true(span[i].begin < span[i].end);
        assert_true(i == 0 || span[i - 1].end < span[i].begin); /* touching ones are one */
    }
}

static void unions_and_common_parts_are_those_of_the_moments(void **state)
{
    for (uint64_t seed = 12345, round = 0; round < 5000; round++) {
        tr_span  a[9], b[9], both[18];
        int32_t  as = random_spans(&seed, a), bs = random_spans(&seed, b);
        uint64_t in_a = moments(a, as), in_b = moments(b, bs);
        tr_time  from = hand_below(&seed, MOMENTS), to = hand_below(&seed, MOMENTS);
        tr_span  within = {from < to ? from : to, from < to ? to : from};
        int64_t  wanted = __builtin_popcountll(in_a & moments(&within, 1));
        assert_int_equal(tr_cover_ns(a, as, within), wanted); /* in any order */
        as = tr_cover_unite(a, as);
        bs = tr_cover_unite(b, bs);
        check_united(a, as);
        assert_int_equal(moments(a, as), in_a);
        assert_int_equal(tr_cover_ns(a, as, within), wanted); /* sorted */
        int32_t count = tr_cover_common(a, as, b, bs, both);
        check_united(both, count);
        assert_int_equal(moments(both, count), in_a & in_b);
    }
}

static void the_longest_stretch_saturates(void **state)
{
    tr_span all = {TR_TIME_NONE + 1, TR_TIME_MAX};
    assert_int_equal(tr_cover_ns(&all, 1, all), INT64_MAX);
    tr_span none = {5, 5};
    assert_int_equal(tr_cover_ns(&all, 1, none), 0);
    assert_int_equal(tr_cover_ns(NULL, 0, all), 0);
}

static void a_share_is_rounded_down_and_full_only_when_full(void **state)
{
    assert_int_equal(tr_cover_share_ppm(0, 10), 0);
    assert_int_equal(tr_cover_share_ppm(1, 3), 333333);
    assert_int_equal(tr_cover_share_ppm(10, 10), 1000000);
    assert_int_equal(tr_cover_share_ppm(365 * TR_DAY - 1, 365 * TR_DAY), 999999);
    assert_int_equal(tr_cover_share_ppm(INT64_MAX, INT64_MAX), 1000000);
    assert_int_equal(tr_cover_share_ppm(0, 0), 0);
}

static void the_table_of_verdicts(void **state)
{
    static const struct {
        tr_verdict_facts facts;
        tr_verdict       verdict;
    } rows[] = {
        {{.breached = true, .watched_ns = 10, .whole_ns = 10}, TR_VERDICT_NOT_IN_FORCE},
        {{true, true, true, false, false, 10, 10, 0}, TR_VERDICT_SUSPENDED},
        {{true, false, true, false, false, 0, 10, 500000}, TR_VERDICT_BREACHED}, /* at any cover */
        {{true, false, true, true, true, 10, 10, 500000}, TR_VERDICT_BREACHED},
        /* what is not certain is neither compliance nor silence */
        {{true, false, false, true, false, 10, 10, 500000}, TR_VERDICT_UNDETERMINED},
        {{true, false, false, true, false, 10, 10, 0}, TR_VERDICT_UNDETERMINED},
        {{true, false, false, true, false, 4, 10, 500000}, TR_VERDICT_UNDETERMINED},
        {{true, false, false, true, false, 0, 10, 500000}, TR_VERDICT_UNDETERMINED},
        {{true, false, false, true, true, 10, 10, 0}, TR_VERDICT_OPEN},
        {{true, false, false, false, true, 10, 10, 0}, TR_VERDICT_OPEN},
        {{true, false, false, false, false, 6, 10, 500000}, TR_VERDICT_COMPLIED},
        {{true, false, false, false, false, 5, 10, 500000}, TR_VERDICT_COMPLIED},
        {{true, false, false, false, false, 4, 10, 500000}, TR_VERDICT_UNDETERMINED},
        {{true, false, false, false, false, 1, 10, 0}, TR_VERDICT_COMPLIED},
        {{true, false, false, false, false, 0, 10, 500000}, TR_VERDICT_NOT_OBSERVED},
        /* silence is not compliance */
        {{true, false, false, false, false, 0, 10, 0}, TR_VERDICT_NOT_OBSERVED},
        {{true, false, false, false, false, 0, 0, 0}, TR_VERDICT_NOT_OBSERVED},
        {{true, false, false, false, false, INT64_MAX / 2, INT64_MAX, 500000},
         TR_VERDICT_UNDETERMINED},
        {{true, false, false, false, false, INT64_MAX / 2 + 1, INT64_MAX, 500000},
         TR_VERDICT_COMPLIED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(tr_cover_verdict(&rows[i].facts), rows[i].verdict);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unions_and_common_parts_are_those_of_the_moments),
        cmocka_unit_test(the_longest_stretch_saturates),
        cmocka_unit_test(a_share_is_rounded_down_and_full_only_when_full),
        cmocka_unit_test(the_table_of_verdicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
