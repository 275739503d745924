/* text_test.c -- comparing, cutting, reading and writing text. */
#include "check.h"

static void text_is_compared_by_bytes_then_by_length(void **state)
{
    assert_int_equal(tr_str_cmp(TR_STR("a"), TR_STR("b")), -1);
    assert_int_equal(tr_str_cmp(TR_STR("b"), TR_STR("a")), 1);
    assert_int_equal(tr_str_cmp(TR_STR("a"), TR_STR("ab")), -1);
    assert_int_equal(tr_str_cmp(TR_STR("ab"), TR_STR("a")), 1);
    assert_int_equal(tr_str_cmp(TR_STR("z"), TR_STR("\xc3\xa4")), -1); /* bytes are unsigned */
    assert_int_equal(tr_str_cmp(TR_STR(""), (tr_str){NULL, 0}), 0);
    assert_true(tr_str_eq(TR_STR(""), (tr_str){NULL, 0}));
    assert_false(tr_str_eq(TR_STR("ab"), TR_STR("ac")));
    assert_true(tr_str_is(TR_STR("ab"), "ab"));
    assert_false(tr_str_is(TR_STR("ab"), "abc"));
    assert_int_equal(tr_str_of(NULL).len, 0);
    assert_true(tr_str_starts(TR_STR("abc"), "ab"));
    assert_true(tr_str_starts(TR_STR("abc"), ""));
    assert_false(tr_str_starts(TR_STR("a"), "ab"));
}

static void cutting_stays_inside_the_text(void **state)
{
    tr_str a = TR_STR("abcdef");
    CHECK_STR(tr_str_cut(a, 1, 3), "bc");
    CHECK_STR(tr_str_cut(a, -4, 3), "abc");
    CHECK_STR(tr_str_cut(a, 4, 99), "ef");
    CHECK_STR(tr_str_cut(a, 4, 2), "");
    CHECK_STR(tr_str_cut(a, 9, 12), "");
    CHECK_STR(tr_str_from(a, 6), "");
    CHECK_STR(tr_str_from(a, 5), "f");
    CHECK_STR(tr_str_trim(TR_STR(" \t\r\n a b \n")), "a b");
    CHECK_STR(tr_str_trim(TR_STR(" \t ")), "");
    assert_int_equal(tr_str_find(a, 'f'), 5);
    assert_int_equal(tr_str_find(a, 'g'), -1);
    assert_int_equal(tr_str_find((tr_str){NULL, 0}, 'g'), -1);
}

static void pieces_are_as_many_as_separators_and_one(void **state)
{
    static const struct {
        const char *text, *joined;
    } list[] = {{"a,,b", "a||b|"}, {"", "|"}, {",", "||"}, {"a", "a|"}, {"a,", "a||"}};
    tr_arena arena = check_arena();
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        tr_str rest = tr_str_of(list[i].text), piece;
        tr_out out = tr_out_new(&arena);
        while (tr_str_next(&rest, ',', &piece)) {
            tr_put_str(&out, piece);
            tr_put_char(&out, '|');
        }
        CHECK_STR(tr_out_text(&out), list[i].joined);
        assert_false(tr_str_next(&rest, ',', &piece));
    }
}

static void utf8_is_taken_by_rfc_3629_only(void **state)
{
    static const struct {
        const char *text;
        ptrdiff_t   bad; /* -1: valid */
    } list[] = {
        {"", -1},
        {"plain", -1},
        {"\x7f", -1},
        {"a\x80", 1},
        {"\xc2\x80", -1},
        {"\xc1\xbf", 0}, /* overlong */
        {"\xc0\x80", 0},
        {"\xdf\xbf", -1},
        {"\xe0\xa0\x80", -1},
        {"\xe0\x9f\xbf", 0}, /* overlong */
        {"\xed\x9f\xbf", -1},
        {"\xed\xa0\x80", 0}, /* surrogate */
        {"\xed\xbf\xbf", 0},
        {"\xee\x80\x80", -1},
        {"\xef\xbf\xbf", -1},
        {"\xf0\x90\x80\x80", -1},
        {"\xf0\x8f\xbf\xbf", 0}, /* overlong */
        {"\xf4\x8f\xbf\xbf", -1},
        {"\xf4\x90\x80\x80", 0}, /* past U+10FFFF */
        {"\xf5\x80\x80\x80", 0},
        {"\xff", 0},
        {"ab\xd0", 2}, /* cut off */
        {"ab\xe2\x82", 2},
        {"ab\xf0\x9f\x98", 2},
        {"\xd0\x9a\xd0\x28", 2},
        {"\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2", -1},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        ptrdiff_t bad = -1;
        assert_int_equal(tr_utf8_ok(tr_str_of(list[i].text), &bad), list[i].bad < 0);
        assert_int_equal(bad, list[i].bad);
        assert_int_equal(tr_utf8_ok(tr_str_of(list[i].text), NULL), list[i].bad < 0);
    }
    assert_true(tr_utf8_ok((tr_str){"a\0b", 3}, NULL));
}

static void whole_numbers_have_one_spelling(void **state)
{
    static const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "01", "-0", "-01",
                                      "9223372036854775808", "-9223372036854775808",
                                      "99999999999999999999", "1e3"};
    int64_t n = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (tr_int_read(tr_str_of(bad[i]), &n))
            fail_msg("\"%s\" was read", bad[i]);
    assert_int_equal(n, 7);
    assert_true(tr_int_read(TR_STR("0"), &n) && n == 0);
    assert_true(tr_int_read(TR_STR("-12"), &n) && n == -12);
    assert_true(tr_int_read(TR_STR("9223372036854775807"), &n) && n == INT64_MAX);
    assert_true(tr_int_read(TR_STR("-9223372036854775807"), &n) && n == -INT64_MAX);
    assert_true(tr_int_read_zeros(TR_STR("007"), &n) && n == 7);
    assert_true(tr_int_read_zeros(TR_STR("-00"), &n) && n == 0);
    assert_false(tr_int_read_zeros(TR_STR("--1"), &n));
}

static void decimals_are_read_exactly(void **state)
{
    static const struct {
        const char *text;
        int         places;
        int64_t     want;
    } good[] = {
        {"37.5", 7, 375000000},
        {"0.1234567", 7, 1234567},
        {"-0.0000001", 7, -1},
        {"37.8028", 7, 378028000},
        {"180", 7, 1800000000},
        {"-179.9999999", 7, -1799999999},
        {"12", 0, 12},
        {"-0", 3, 0},
        {"922337203685.4775807", 7, INT64_MAX},
        {"-922337203685.4775807", 7, -INT64_MAX},
    };
    static const char *const bad[] = {"", "-", ".", ".5", "5.", "1.12345678", "+1", " 1", "1 ",
                                      "1,5", "1.5.5", "1e3", "-.5", "--1", "0x10", "1.-5",
                                      "922337203685.4775808", "9999999999999999999"};
    int64_t n = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (tr_fixed_read(tr_str_of(bad[i]), 7, &n))
            fail_msg("\"%s\" was read", bad[i]);
    assert_int_equal(n, 7);
    assert_false(tr_fixed_read(TR_STR("1.5"), 0, &n));
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (!tr_fixed_read(tr_str_of(good[i].text), good[i].places, &n))
            fail_msg("\"%s\" was not read", good[i].text);
        assert_int_equal(n, good[i].want);
    }
}

static void every_coordinate_is_read_back_as_it_was(void **state)
{
    char text[32];
    for (int64_t want = -1800000000; want <= 1800000000; want += 999983) {
        int64_t got = 0, size = want < 0 ? -want : want;
        int     len = snprintf(text, sizeof text, "%s%lld.%07lld", want < 0 ? "-" : "",
                               (long long)(size / 10000000), (long long)(size % 10000000));
        assert_true(tr_fixed_read((tr_str){text, len}, 7, &got));
        assert_int_equal(got, want);
    }
}

static void nearby_words_are_found_by_edits(void **state)
{
    static const struct {
        const char *a, *b;
        int         edits;
    } list[] = {{"", "", 0},           {"a", "", 1},           {"zone", "zone", 0},
                {"zone", "zoen", 1},   {"zone", "zne", 1},     {"zone", "zonne", 1},
                {"zone", "zune", 1},   {"kitten", "sitting", 3}, {"ab", "ba", 1},
                {"abcd", "badc", 2},   {"ca", "abc", 3}};
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        tr_str a = tr_str_of(list[i].a), b = tr_str_of(list[i].b);
        assert_int_equal(tr_str_distance(a, b), list[i].edits);
        assert_int_equal(tr_str_distance(b, a), list[i].edits);
    }
    char word[64];
    memset(word, 'x', sizeof word);
    assert_int_equal(tr_str_distance((tr_str){word, 63}, TR_STR("x")), 62);
    assert_int_equal(tr_str_distance((tr_str){word, 64}, TR_STR("x")), 64);
}

static void written_text_grows_and_ends_with_a_zero_when_asked(void **state)
{
    tr_arena arena = check_arena();
    tr_out   out = tr_out_new(&arena);
    CHECK_STR(tr_out_text(&out), "");
    for (int i = 0; i < 100; i++)
        tr_put(&out, "%d,", i);
    tr_put_bytes(&out, "x\0y", 3);
    tr_put_bytes(&out, NULL, 0);
    assert_int_equal(tr_out_text(&out).len, 10 * 2 + 90 * 3 + 3);
    assert_int_equal(tr_out_z(&out)[tr_out_text(&out).len], '\0');
    assert_string_equal(tr_str_z(&arena, tr_str_cut(tr_out_text(&out), 0, 4)), "0,1,");
    CHECK_STR(tr_str_keep(&arena, tr_str_cut(tr_out_text(&out), 0, 4)), "0,1,");
}

static void hex_is_lower_case_and_of_the_exact_length(void **state)
{
    tr_arena arena = check_arena();
    tr_out   out = tr_out_new(&arena);
    uint8_t  bytes[4] = {0x00, 0x9f, 0xa0, 0xff}, got[4] = {1, 1, 1, 1};
    tr_put_hex(&out, bytes, 4);
    CHECK_STR(tr_out_text(&out), "009fa0ff");
    assert_false(tr_hex_read(TR_STR("009FA0FF"), got, 4));
    assert_false(tr_hex_read(TR_STR("009fa0f"), got, 4));
    assert_false(tr_hex_read(TR_STR("009fa0ff0"), got, 4));
    assert_false(tr_hex_read(TR_STR("009fa0fg"), got, 4));
    assert_int_equal(got[0], 1);
    assert_true(tr_hex_read(tr_out_text(&out), got, 4));
    assert_memory_equal(got, bytes, 4);
}

static void an_error_is_shown_with_its_place_and_its_hint(void **state)
{
    tr_arena arena = check_arena();
    tr_out   out = tr_out_new(&arena);
    tr_err   err = {0};
    tr_fail(&err, 112, "Say the zone.", "no zone \"x\"");
    tr_put_err(&out, TR_STR(""), &err);
    err.line = 3;
    tr_put_err(&out, TR_STR("a.truce"), &err);
    err.column = 9;
    err.hint[0] = '\0';
    tr_put_err(&out, TR_STR("a.truce"), &err);
    CHECK_STR(tr_out_text(&out), "error TR0112: no zone \"x\"\nhint: Say the zone.\n"
                                 "a.truce:3: error TR0112: no zone \"x\"\nhint: Say the zone.\n"
                                 "a.truce:3:9: error TR0112: no zone \"x\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_compared_by_bytes_then_by_length),
        cmocka_unit_test(cutting_stays_inside_the_text),
        cmocka_unit_test(pieces_are_as_many_as_separators_and_one),
        cmocka_unit_test(utf8_is_taken_by_rfc_3629_only),
        cmocka_unit_test(whole_numbers_have_one_spelling),
        cmocka_unit_test(decimals_are_read_exactly),
        cmocka_unit_test(every_coordinate_is_read_back_as_it_was),
        cmocka_unit_test(nearby_words_are_found_by_edits),
        cmocka_unit_test(written_text_grows_and_ends_with_a_zero_when_asked),
        cmocka_unit_test(hex_is_lower_case_and_of_the_exact_length),
        cmocka_unit_test(an_error_is_shown_with_its_place_and_its_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
