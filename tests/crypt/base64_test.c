/* base64_test.c -- one text for each sequence of bytes, RFC 4648 section 10 and the refusals. */
#include "check.h"

#include "crypt/crypt.h"

static const char *const known[][2] = {
    {"", ""},         {"f", "Zg=="},        {"fo", "Zm8="},         {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"},
};

static void known_texts_both_ways(void **state)
{
    tr_arena arena = check_arena();
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        tr_out out = tr_out_new(&arena);
        tr_put_base64(&out, (const uint8_t *)known[i][0], (ptrdiff_t)strlen(known[i][0]));
        CHECK_STR(tr_out_text(&out), known[i][1]);
        uint8_t   bytes[16];
        ptrdiff_t len = -1;
        assert_true(tr_base64_read(tr_str_of(known[i][1]), bytes, sizeof bytes, &len));
        CHECK_STR(((tr_str){(char *)bytes, len}), known[i][0]);
    }
}

static void wrong_texts_are_refused(void **state)
{
    static const char *const wrong[] = {
        "Zg",   "Zg=",   "Z===",  "====",     "=",        "Zh==",     "Zm9=",         "Zm8=Zm8=",
        "Zg==\n", " Zg==", "Zm9-", "Zm9_",    "Zm=v",     "Zg==Zm9v", "Zm9v\xc3\xa4", "Z\0g=",
    };
    uint8_t   bytes[16];
    ptrdiff_t len = -1;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (tr_base64_read(tr_str_of(wrong[i]), bytes, sizeof bytes, &len))
            fail_msg("\"%s\" was read", wrong[i]);
    assert_false(tr_base64_read((tr_str){"Z\0==", 4}, bytes, sizeof bytes, &len));
    assert_int_equal(len, -1);
}

static void room_is_kept_to_the_byte(void **state)
{
    uint8_t   bytes[4] = {0, 0, 0, 9};
    ptrdiff_t len = -1;
    assert_false(tr_base64_read(TR_STR("Zm9v"), bytes, 2, &len));
    assert_true(tr_base64_read(TR_STR("Zm9v"), bytes, 3, &len));
    assert_int_equal(len, 3);
    assert_true(tr_base64_read(TR_STR("Zm8="), bytes, 2, &len));
    assert_int_equal(len, 2);
    assert_int_equal(bytes[3], 9);
}

/* Every text of four characters from a few: what is read prints back to itself. */
static void whatever_is_read_prints_back(void **state)
{
    static const char some[] = "AQgwZz09+/=-";
    enum { SOME = sizeof some - 1 };
    tr_arena arena = check_arena();
    int      read = 0;
    for (int i = 0; i < SOME * SOME * SOME * SOME; i++) {
        tr_arena  scratch = arena;
        char      text[4] = {some[i % SOME], some[i / SOME % SOME], some[i / SOME / SOME % SOME],
                             some[i / SOME / SOME / SOME]};
        uint8_t   bytes[3];
        ptrdiff_t len;
        if (!tr_base64_read((tr_str){text, 4}, bytes, 3, &len))
            continue;
        read++;
        tr_out out = tr_out_new(&scratch);
        tr_put_base64(&out, bytes, len);
        assert_true(tr_str_eq(tr_out_text(&out), (tr_str){text, 4}));
    }
    assert_true(read > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_texts_both_ways),
        cmocka_unit_test(wrong_texts_are_refused),
        cmocka_unit_test(room_is_kept_to_the_byte),
        cmocka_unit_test(whatever_is_read_prints_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
