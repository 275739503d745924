/* words_test.c -- how many and how far, as people write it. */
#include "intake_check.h"

static void check_count(const char *words, int64_t min, int64_t best, int64_t max)
{
    tr_err         err = {0};
    tr_words_count count;
    CHECK_OK(tr_count_words(tr_str_of(words), &count, &err), err);
    if (count.min != min || count.best != best || count.max != max)
        fail_msg("\"%s\" is %lld %lld %lld", words, (long long)count.min, (long long)count.best,
                 (long long)count.max);
}

static void the_count_table_is_followed(void **state)
{
    check_count("1", 1, 1, 1);
    check_count("7", 7, 7, 7);
    check_count("41274", 41274, 41274, 41274);
    check_count("41,274", 41274, 41274, 41274);
    check_count("1,234,567", 1234567, 1234567, 1234567);
    check_count(" ten ", 10, 10, 10);
    check_count("at least 10", 10, 10, -1);
    check_count("At least  two", 2, 2, -1);
    check_count("about 7", 6, 7, 8);
    check_count("about 45", 43, 45, 47);
    check_count("about 60", 55, 60, 65);
    check_count("about 300", 250, 300, 350);
    check_count("about ten", 8, 10, 12);
    check_count("about 1", 1, 1, 2);
    check_count("about 2", 1, 2, 3);
    check_count("about 20", 15, 20, 25);
    check_count("about 2000", 1500, 2000, 2500);
    check_count("about 9800", 9750, 9800, 9850);
    check_count("about 10500", 10250, 10500, 10750);
    check_count("3 to 5", 3, 4, 5);
    check_count("3 to 6", 3, 4, 6);
    check_count("3-5", 3, 4, 5);
    check_count("3 \xe2\x80\x93 5", 3, 4, 5);
    check_count("4 to 4", 4, 4, 4);
    check_count("several", 1, 1, -1);
    check_count("many", 1, 1, -1);
    check_count("barrage", 1, 1, -1);
    check_count("an unknown number of", 1, 1, -1);
    check_count("N/K", 1, 1, -1);
    check_count("", 1, 1, -1);
}

static void other_words_and_zero_are_no_counts(void **state)
{
    static const char *const bad[] = {"0",       "-3",        "5 to 3",  "3 to",     "to 3",
                                      "about",   "about 0",   "lots",    "1 200",    "1,20",
                                      ",200",    "1,2000",    "3.5",     "about 3 to 5",
                                      "at least several", "1000000001", "99999999999999999999",
                                      "7 explosions"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tr_err         err = {0};
        tr_words_count count;
        if (tr_count_words(tr_str_of(bad[i]), &count, &err))
            fail_msg("\"%s\" is taken", bad[i]);
        assert_int_equal(err.code, TR_E_INTAKE_COUNT);
    }
}

static void a_count_about_n_always_holds_n(void **state)
{
    for (int64_t n = 1; n <= 3000; n++) {
        tr_words_count count = tr_count_about(n);
        assert_true(count.min >= 1 && count.min <= n && count.best == n && count.max > n);
    }
}

static void check_range(const char *words, int32_t min, int32_t max)
{
    tr_err  err = {0};
    int32_t least, most;
    CHECK_OK(tr_range_words(tr_str_of(words), &least, &most, &err), err);
    if (least != min || most != max)
        fail_msg("\"%s\" is %d..%d", words, least, most);
}

static void ranges_widen_outwards_by_half_the_last_digit(void **state)
{
    check_range("2-5", 1500, 5500);
    check_range("3", 2500, 3500);
    check_range("0.6-1", 550, 1500);
    check_range("0.6-4", 550, 4500);
    check_range("0.6", 550, 650);
    check_range("2 to 5 km", 1500, 5500);
    check_range("2\xe2\x80\x93" "5km", 1500, 5500);
    check_range("1.25", 1245, 1255);
    check_range("1.125", 1124, 1126);
    check_range("0", 0, 500);
    check_range("0.3-0.3", 250, 350);
    check_range("100", 99500, 100500);
}

static void ranges_that_cannot_be_read_are_refused(void **state)
{
    static const char *const bad[] = {"5-2", "far", "-3", "3,5", "101", "1.2345", "2-", "-", "km",
                                      "2 5", ""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tr_err  err = {0};
        int32_t least, most;
        if (tr_range_words(tr_str_of(bad[i]), &least, &most, &err))
            fail_msg("\"%s\" is taken", bad[i]);
        assert_int_equal(err.code, TR_E_INTAKE_PLACE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_count_table_is_followed),
        cmocka_unit_test(other_words_and_zero_are_no_counts),
        cmocka_unit_test(a_count_about_n_always_holds_n),
        cmocka_unit_test(ranges_widen_outwards_by_half_the_last_digit),
        cmocka_unit_test(ranges_that_cannot_be_read_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
