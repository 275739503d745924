/* encoding_test.c -- Windows-1252 to UTF-8, held against iconv for every byte. */
#include "check.h"

#include <iconv.h>

#include "codec/csv.h"

static void every_byte_as_iconv_has_it(void **state)
{
    static char room[4096];
    iconv_t     oracle = iconv_open("UTF-8", "WINDOWS-1252");
    assert_true(oracle != (iconv_t)-1);
    int refused = 0;
    for (int byte = 0; byte < 256; byte++) {
        char     from[1] = {(char)byte};
        char     to[8];
        char    *in = from;
        char    *out = to;
        size_t   in_left = 1;
        size_t   out_left = sizeof to;
        bool     want = iconv(oracle, &in, &in_left, &out, &out_left) != (size_t)-1;
        tr_arena arena = {room, room + sizeof room};
        tr_str   got = {NULL, 0};
        tr_err   err = {0};
        bool     done = tr_text_from_1252(&arena, (tr_str){from, 1}, &got, &err);
        assert_int_equal(done, want);
        if (done)
            assert_true(tr_str_eq(got, (tr_str){to, out - to}) && tr_utf8_ok(got, NULL));
        refused += !done;
    }
    assert_int_equal(refused, 5);
    iconv_close(oracle);
}

static void an_undefined_byte_is_refused_with_its_place(void **state)
{
    static char room[4096];
    tr_arena    arena = {room, room + sizeof room};
    tr_str      got = {NULL, 0};
    tr_err      err = {0};
    CHECK_FAILS(tr_text_from_1252(&arena, TR_STR("ab\ncd\x81"), &got, &err), err, TR_E_TEXT_1252);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 3);
    assert_non_null(strstr(err.text, "0x81"));
    assert_null(got.at);
    assert_ptr_equal(arena.beg, room);
}

static void text_keeps_its_order(void **state)
{
    static char room[4096];
    tr_arena    arena = {room, room + sizeof room};
    tr_str      got;
    tr_err      err = {0};
    CHECK_OK(tr_text_from_1252(&arena, TR_STR("M\xe4rz \x93x\x94 \x80 5"), &got, &err), err);
    CHECK_STR(got, "M\xc3\xa4rz \xe2\x80\x9cx\xe2\x80\x9d \xe2\x82\xac 5");
    CHECK_OK(tr_text_from_1252(&arena, TR_STR(""), &got, &err), err);
    assert_int_equal(got.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_as_iconv_has_it),
        cmocka_unit_test(an_undefined_byte_is_refused_with_its_place),
        cmocka_unit_test(text_keeps_its_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
