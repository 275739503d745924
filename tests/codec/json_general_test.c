/* json_general_test.c -- JSON from outside, and the printing of RFC 8785 and its vectors. */
#include "check.h"

#include "codec/json.h"

static tr_str general(tr_arena *arena, const tr_json *value)
{
    tr_out out = tr_out_new(arena);
    tr_json_print_general(&out, value);
    return tr_out_text(&out);
}

static void imports(const char *text, bool decimals, const char *want)
{
    static char room[1 << 20];
    tr_arena    arena = {room, room + sizeof room};
    tr_err      err = {0};
    tr_json    *root = NULL;
    if (!tr_json_import(&arena, tr_str_of(text), decimals, &root, &err))
        fail_msg("%s: %s", text, err.text);
    CHECK_STR(general(&arena, root), want);
}

static void refused(tr_str text, bool decimals, const char *fact)
{
    static char room[1 << 20];
    tr_arena    arena = {room, room + sizeof room};
    tr_err      err = {0};
    tr_json    *root = NULL;
    if (tr_json_import(&arena, text, decimals, &root, &err))
        fail_msg("%.*s was taken over", TR_FMT(text));
    assert_int_equal(err.code, TR_E_JSON_FOREIGN);
    assert_null(root);
    assert_ptr_equal(arena.beg, room);
    if (!strstr(err.text, fact))
        fail_msg("%.*s: \"%s\" lacks \"%s\"", TR_FMT(text), err.text, fact);
}

static void what_can_be_taken_over(void **state)
{
    imports(" { \"b\" : [ 1 , true , false ] , \"a\" : \"x\" } ", false,
            "{\"a\":\"x\",\"b\":[1,1,0]}");
    imports("\xef\xbb\xbf{\"a\":1}", false, "{\"a\":1}");
    imports("[\"\\u20ac\\ud83d\\ude02\\/\\u0041\"]", false,
            "[\"\xe2\x82\xac\xf0\x9f\x98\x82/A\"]");
    imports("{\"a\":null,\"b\":{},\"c\":[],\"d\":{\"e\":null},\"f\":1}", false, "{\"f\":1}");
    imports("{}", false, "{}");
    imports("[]", false, "[]");
    imports("{\"a\":9007199254740991,\"b\":-9007199254740991}", false,
            "{\"a\":9007199254740991,\"b\":-9007199254740991}");
    imports("{\"z\":1,\"y\":2,\"x\":3,\"w\":4,\"v\":5,\"u\":6,\"t\":7}", false,
            "{\"t\":7,\"u\":6,\"v\":5,\"w\":4,\"x\":3,\"y\":2,\"z\":1}");
}

static void decimals_keep_their_shortest_digits(void **state)
{
    imports("[37.5,-37.50,48.0,0.1,1e3,-0.0,1.5e-3,0.000001,0.0000001]", true,
            "[\"37.5\",\"-37.5\",\"48\",\"0.1\",\"1000\",\"0\",\"0.0015\",\"0.000001\",\"1e-7\"]");
    imports("[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]", true,
            "[\"333333333.3333333\",\"1e+30\",\"4.5\",\"0.002\",\"1e-27\"]");
    imports("[1e21,1e20,123456789012345680000.0,5e-324,1.7976931348623157e308]", true,
            "[\"1e+21\",\"100000000000000000000\",\"123456789012345680000\",\"5e-324\","
            "\"1.7976931348623157e+308\"]");
    imports("[9007199254740993.0,0.30000000000000004]", true,
            "[\"9007199254740992\",\"0.30000000000000004\"]");
    imports("[37]", true, "[37]"); /* a whole number stays one */
}

static void what_cannot_be_taken_over(void **state)
{
    refused(TR_STR("{\"lat\":37.5}"), false, "point or exponent at \"lat\"");
    refused(TR_STR("{\"a\":1e3}"), false, "exponent");
    refused(TR_STR("{\"a\":1e999}"), true, "");
    refused(TR_STR("{\"a\":9007199254740992}"), false, "beyond 9007199254740991 at \"a\"");
    refused(TR_STR("{\"a\":-9007199254740992}"), true, "beyond");
    refused(TR_STR("{\"a\":9223372036854775808}"), true, "");
    refused(TR_STR("{\"a\":1,\"a\":2}"), false, "");
    refused(TR_STR("{\"a\":[1,null,3]}"), false, "null or an empty value in an array at \"a\"");
    refused(TR_STR("[{}]"), false, "empty value");
    refused(TR_STR("{\"a\":\"\\u0000\"}"), false, "");
    refused(TR_STR("{\"a\":\"\\ud800\"}"), false, "");
    refused(TR_STR("{\"a\":\"\xff\"}"), false, "");
    refused(TR_STR("{\"a\":1} x"), false, "");
    refused(TR_STR("null"), false, "");
    refused(TR_STR("3"), false, "");
    refused(TR_STR(""), false, "");
    refused((tr_str){NULL, 0}, false, "");
}

static void an_error_of_form_has_its_line(void **state)
{
    tr_arena arena = check_arena();
    tr_err   err = {0};
    tr_json *root = NULL;
    CHECK_FAILS(tr_json_import(&arena, TR_STR("{\n\"a\":1,\n\"b\"}"), false, &root, &err), err,
                TR_E_JSON_FOREIGN);
    assert_int_equal(err.line, 3);
    assert_true(err.column > 0);
}

static void depth_has_a_limit(void **state)
{
    static char text[8000];
    for (int depth = TR_JSON_IMPORT_DEPTH - 1; depth <= TR_JSON_IMPORT_DEPTH + 1; depth++) {
        memset(text, '[', (size_t)depth);
        text[depth] = '1';
        memset(text + depth + 1, ']', (size_t)depth);
        text[2 * depth + 1] = '\0';
        if (depth <= TR_JSON_IMPORT_DEPTH)
            imports(text, false, text);
        else
            refused(tr_str_of(text), false, "64 deep");
    }
    memset(text, '[', sizeof text);
    refused((tr_str){text, sizeof text}, false, "");
}

/* U+FB33 is below U+1F602 as a code point and above its surrogates in UTF-16. */
static void names_in_utf16_order(void **state)
{
    imports("{\"\\ufb33\":1,\"\\ud83d\\ude02\":2,\"\\ud7ff\":3,\"\\ue000\":4,\"a\":5,\"\":6}",
            false,
            "{\"\":6,\"a\":5,\"\xed\x9f\xbf\":3,\"\xf0\x9f\x98\x82\":2,\"\xee\x80\x80\":4,"
            "\"\xef\xac\xb3\":1}");
}

static tr_str vector(tr_arena *arena, const char *direction, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "../shared/vectors/jcs/%s/%s.json", direction, name);
    tr_str text = check_file(arena, check_path(path));
    CHECK_DATA(text);
    return text;
}

static void the_published_texts_print_as_they_must(void **state)
{
    static const char *const names[] = {"french", "unicode", "weird"};
    tr_arena                 arena = check_arena();
    for (int i = 0; i < 3; i++) {
        tr_err   err = {0};
        tr_json *root = NULL;
        tr_str   want = vector(&arena, "output", names[i]);
        tr_str   input = vector(&arena, "input", names[i]);
        CHECK_OK(tr_json_import(&arena, input, false, &root, &err), err);
        assert_true(tr_str_eq(general(&arena, root), want));
        CHECK_OK(tr_json_import(&arena, want, false, &root, &err), err);
        assert_true(tr_str_eq(general(&arena, root), want));
    }
}

static void the_entry_reader_refuses_the_published_texts(void **state)
{
    static const char *const names[] = {"french", "unicode", "weird",
                                        "arrays", "structures", "values"};
    tr_arena                 arena = check_arena();
    tr_json                 *root;
    for (int i = 0; i < 6; i++) {
        tr_err err = {0};
        assert_false(tr_json_read(&arena, vector(&arena, "input", names[i]), &root, &err));
        err = (tr_err){0};
        assert_false(tr_json_read(&arena, vector(&arena, "output", names[i]), &root, &err));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_taken_over),
        cmocka_unit_test(decimals_keep_their_shortest_digits),
        cmocka_unit_test(what_cannot_be_taken_over),
        cmocka_unit_test(an_error_of_form_has_its_line),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(names_in_utf16_order),
        cmocka_unit_test(the_published_texts_print_as_they_must),
        cmocka_unit_test(the_entry_reader_refuses_the_published_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
