/* compass_test.c -- the 16 points of the compass, as words and as bearings. */
#include "check.h"
#include "geo/geo.h"

static void every_point_covers_half_a_point_on_both_sides_half_open(void **state)
{
    for (int64_t a = 0; a < 360000; a++) {
        int want = (int)((a + 11250) % 360000 / 22500);
        if (tr_compass_of_mdeg(a) != want)
            fail_msg("%lld is point %d, not %d", (long long)a, tr_compass_of_mdeg(a), want);
    }
    assert_int_equal(tr_compass_of_mdeg(11249), 0);
    assert_int_equal(tr_compass_of_mdeg(11250), 1);
    assert_int_equal(tr_compass_of_mdeg(348749), 15);
    assert_int_equal(tr_compass_of_mdeg(348750), 0);
    assert_int_equal(tr_compass_of_mdeg(360000), 0);
    assert_int_equal(tr_compass_of_mdeg(-11250), 0);
    assert_int_equal(tr_compass_of_mdeg(-11251), 15);
    tr_compass_of_mdeg(INT64_MAX);
    tr_compass_of_mdeg(INT64_MIN);
}

static bool reads(const char *text, int32_t *begin, int32_t *end)
{
    return tr_compass_read(text, (ptrdiff_t)strlen(text), begin, end);
}

static void each_word_and_each_name_is_its_own_sector(void **state)
{
    for (int i = 0; i < 16; i++) {
        int32_t begin = -1, end = -1;
        assert_true(reads(tr_compass_word(i), &begin, &end));
        assert_int_equal(begin, (i * 2250 + 34875) % 36000);
        assert_int_equal(end, i * 2250 + 1125);
        begin = end = -1;
        assert_true(reads(tr_compass_name(i), &begin, &end));
        assert_int_equal(begin, (i * 2250 + 34875) % 36000);
        assert_int_equal(end, i * 2250 + 1125);
    }
    assert_string_equal(tr_compass_word(9), "SSW");
    assert_string_equal(tr_compass_name(9), "south-south-west");
}

static void adjacent_points_are_one_sector(void **state)
{
    static const struct {
        const char *text;
        int32_t     begin, end;
    } list[] = {
        {"N", 34875, 1125},
        {"n", 34875, 1125},
        {"S-SSW", 16875, 21375},
        {"S, SSW", 16875, 21375},
        {"SSW,S", 16875, 21375},
        {"S and SSW", 16875, 21375},
        {"south and south-south-west", 16875, 21375},
        {"South-south-west", 19125, 21375},
        {"south-south-west, south and SSW", 16875, 21375},
        {"S, SSW, and SW", 16875, 23625},
        {"NNW and N and NNE", 32625, 3375},
        {"NNE-N", 34875, 3375},
        {"S, S", 16875, 19125},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        int32_t begin = -1, end = -1;
        if (!reads(list[i].text, &begin, &end))
            fail_msg("\"%s\" was not read", list[i].text);
        assert_int_equal(begin, list[i].begin);
        assert_int_equal(end, list[i].end);
    }
}

static void points_apart_and_unknown_words_are_refused(void **state)
{
    static const char *const bad[] = {"", " ", "X", "NNNE", "N,S", "N and NE", "S SSW", "SSWS",
                                      "S,", ",S", "S and", "andS", "S-", "-S", "S andSSW", "S,,SSW",
                                      "south south", "northish", " N", "N ", "S--SSW", "and",
                                      "S-and", "Norden"};
    int32_t begin = 7, end = 8;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (reads(bad[i], &begin, &end))
            fail_msg("\"%s\" was read", bad[i]);
    assert_int_equal(begin, 7);
    assert_int_equal(end, 8);
}

static void all_points_together_mean_all_round(void **state)
{
    int32_t begin = -1, end = -1;
    assert_true(reads("N,NNE,NE,ENE,E,ESE,SE,SSE,S,SSW,SW,WSW,W,WNW,NW,NNW", &begin, &end));
    assert_int_equal(begin, end);
    assert_true(reads("N,NNE,NE,ENE,E,ESE,SE,SSE,S,SSW,SW,WSW,W,WNW,NW", &begin, &end));
    assert_int_equal(begin, 34875);
    assert_int_equal(end, 32625);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_point_covers_half_a_point_on_both_sides_half_open),
        cmocka_unit_test(each_word_and_each_name_is_its_own_sector),
        cmocka_unit_test(adjacent_points_are_one_sector),
        cmocka_unit_test(points_apart_and_unknown_words_are_refused),
        cmocka_unit_test(all_points_together_mean_all_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
