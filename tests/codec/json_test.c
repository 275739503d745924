/* json_test.c -- restricted canonical JSON: what is read prints back, all else is refused. */
#include "check.h"

#include "codec/json.h"

static tr_str printed(tr_arena *arena, const tr_json *value)
{
    tr_out out = tr_out_new(arena);
    tr_json_print(&out, value);
    return tr_out_text(&out);
}

static void lawful(const char *text)
{
    static char room[1 << 20];
    tr_arena    arena = {room, room + sizeof room};
    tr_err      err = {0};
    tr_json    *root = NULL;
    if (!tr_json_read(&arena, tr_str_of(text), &root, &err))
        fail_msg("%s: %s at %d", text, err.text, err.column);
    CHECK_STR(printed(&arena, root), text);
    assert_true(tr_str_is(root->raw, text));
}

/* `column` points at the offending byte, from 1. */
static void refused(tr_str text, int code, int column)
{
    static char room[1 << 20];
    tr_arena    arena = {room, room + sizeof room};
    tr_err      err = {0};
    tr_json    *root = NULL;
    if (tr_json_read(&arena, text, &root, &err))
        fail_msg("%.*s was read", TR_FMT(text));
    assert_null(root);
    if (err.code != code || err.column != column)
        fail_msg("%.*s: TR%04d at %d (%s), expected TR%04d at %d", TR_FMT(text), err.code,
                 err.column, err.text, code, column);
    assert_true(err.hint[0] != '\0');
    assert_ptr_equal(arena.beg, room); /* gives back what it took */
}
#define REFUSED(text, code, column) refused(TR_STR(text), (code), (column))

static void values_are_found_by_name_and_path(void **state)
{
    tr_arena arena = check_arena();
    tr_err   err = {0};
    tr_json *root = NULL;
    CHECK_OK(tr_json_read(&arena,
                          TR_STR("{\"kind\":\"burst\","
                                 "\"parts\":[{\"name\":\"a\"},{\"name\":\"b\"}],"
                                 "\"place\":{\"lat\":-7,\"lon\":9}}"),
                          &root, &err),
             err);
    assert_int_equal(root->count, 3);
    CHECK_STR(tr_json_get(root, "kind")->text, "burst");
    CHECK_STR(tr_json_get(root, "kind")->raw, "\"burst\"");
    CHECK_STR(tr_json_get(root, "place")->raw, "{\"lat\":-7,\"lon\":9}");
    assert_null(tr_json_get(root, "kin"));
    assert_null(tr_json_get(tr_json_get(root, "kind"), "kind"));
    assert_null(tr_json_get(NULL, "kind"));
    assert_int_equal(tr_json_at(root, TR_STR("place.lat"))->value, -7);
    CHECK_STR(tr_json_at(root, TR_STR("parts.1.name"))->text, "b");
    assert_null(tr_json_at(root, TR_STR("parts.2.name")));
    assert_null(tr_json_at(root, TR_STR("parts.-1")));
    assert_null(tr_json_at(root, TR_STR("parts.01")));
    assert_null(tr_json_at(root, TR_STR("kind.x")));
    assert_null(tr_json_at(root, TR_STR("")));
}

static void lawful_texts_print_back(void **state)
{
    lawful("{\"a\":0}");
    lawful("{\"a\":\"\"}");
    lawful("{\"a\":[0,-1,[\"x\"]],\"b\":{\"c\":1}}");
    lawful("{\"a\":\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f\\u000b/\x7f\"}");
    lawful("{\"a\":\"\xd0\xb4\xd0\xb0 \xe2\x82\xac \xf0\x9f\x98\x82 \xef\xbf\xbe\"}");
    lawful("{\"a\":1,\"a0\":2,\"a_\":3,\"aa\":4,\"b\":5}");
    lawful("{\"abcdefghijklmnopqrstuvwxyz012345\":1}");
}

static void numbers_at_the_edge(void **state)
{
    lawful("{\"a\":9007199254740990}");
    lawful("{\"a\":9007199254740991}");
    lawful("{\"a\":-9007199254740991}");
    REFUSED("{\"a\":9007199254740992}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":9007199254740993}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":-9007199254740992}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":9999999999999999}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":10000000000000000}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":18446744073709551617}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":-0}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":01}", TR_E_JSON_NUMBER, 6);
    REFUSED("{\"a\":1.0}", TR_E_JSON_NUMBER, 7);
    REFUSED("{\"a\":1e3}", TR_E_JSON_NUMBER, 7);
    REFUSED("{\"a\":1E3}", TR_E_JSON_NUMBER, 7);
    REFUSED("{\"a\":-}", TR_E_JSON, 7);
    REFUSED("{\"a\":+1}", TR_E_JSON, 6);
    REFUSED("{\"a\":1", TR_E_JSON, 7);
}

static void names_out_of_form(void **state)
{
    REFUSED("{\"b\":1,\"a\":2}", TR_E_JSON_NAME, 9);
    REFUSED("{\"a\":1,\"a\":2}", TR_E_JSON_NAME, 9);
    REFUSED("{\"aa\":1,\"a\":2}", TR_E_JSON_NAME, 10);
    REFUSED("{\"\":1}", TR_E_JSON_NAME, 3);
    REFUSED("{\"A\":1}", TR_E_JSON_NAME, 3);
    REFUSED("{\"0a\":1}", TR_E_JSON_NAME, 3);
    REFUSED("{\"_a\":1}", TR_E_JSON_NAME, 3);
    REFUSED("{\"aB\":1}", TR_E_JSON_NAME, 4);
    REFUSED("{\"a\\n\":1}", TR_E_JSON_NAME, 4);
    REFUSED("{\"\xc3\xa4\":1}", TR_E_JSON_NAME, 3);
    REFUSED("{\"abcdefghijklmnopqrstuvwxyz0123456\":1}", TR_E_JSON_NAME, 35);
    REFUSED("{a:1}", TR_E_JSON, 2);
}

static void a_repeated_name_is_named(void **state)
{
    char     room[4096];
    tr_arena arena = {room, room + sizeof room};
    tr_err   err = {0};
    tr_json *root;
    assert_false(tr_json_read(&arena, TR_STR("{\"lat\":1,\"lat\":2}"), &root, &err));
    assert_non_null(strstr(err.text, "\"lat\" repeated"));
    err = (tr_err){0};
    assert_false(tr_json_read(&arena, TR_STR("{\"lon\":1,\"lat\":2}"), &root, &err));
    assert_non_null(strstr(err.text, "\"lat\" after \"lon\""));
}

static void strings_out_of_form(void **state)
{
    REFUSED("{\"a\":\"x\ny\"}", TR_E_JSON_TEXT, 8);
    REFUSED("{\"a\":\"\\/\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\\u0000\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\0\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\\u000a\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\\u001F\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\\u0020\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\\u0041\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\\ud83d\\ude02\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"\\x\"}", TR_E_JSON_TEXT, 7);
    REFUSED("{\"a\":\"ab\xff\"}", TR_E_UTF8, 9);
    REFUSED("{\"a\":\"\xc0\x80\"}", TR_E_UTF8, 7);
    REFUSED("{\"a\":\"\xed\xa0\x80\"}", TR_E_UTF8, 7);
    REFUSED("{\"a\":\"\xd0\"}", TR_E_UTF8, 7);
    REFUSED("{\"a\":\"12345678\xf5\"}", TR_E_UTF8, 15);
    REFUSED("{\"a\":\"x", TR_E_JSON, 8);
    REFUSED("{\"a\":\"x\\", TR_E_JSON_TEXT, 8);
}

static void other_things_out_of_form(void **state)
{
    REFUSED("", TR_E_JSON, 1);
    refused((tr_str){NULL, 0}, TR_E_JSON, 1);
    REFUSED("{}", TR_E_JSON, 2);
    REFUSED("[1]", TR_E_JSON, 1);
    REFUSED("\"a\"", TR_E_JSON, 1);
    REFUSED("{\"a\":[]}", TR_E_JSON, 7);
    REFUSED("{\"a\":{}}", TR_E_JSON, 7);
    REFUSED("{\"a\":true}", TR_E_JSON, 6);
    REFUSED("{\"a\":false}", TR_E_JSON, 6);
    REFUSED("{\"a\":null}", TR_E_JSON, 6);
    REFUSED("{\"a\": 1}", TR_E_JSON, 6);
    REFUSED("{\"a\" :1}", TR_E_JSON, 5);
    REFUSED(" {\"a\":1}", TR_E_JSON, 1);
    REFUSED("{\"a\":1}\n", TR_E_JSON, 8);
    REFUSED("{\"a\":1}{\"a\":1}", TR_E_JSON, 8);
    REFUSED("{\"a\":1,}", TR_E_JSON, 8);
    REFUSED("{\"a\":[1,]}", TR_E_JSON, 9);
    REFUSED("{\"a\":[1}", TR_E_JSON, 8);
    REFUSED("{\"a\":1]", TR_E_JSON, 7);
    REFUSED("\xef\xbb\xbf{\"a\":1}", TR_E_JSON, 1);
}

static void every_beginning_of_a_text_is_refused(void **state)
{
    static const char text[] =
        "{\"a\":[1,\"x\\n\xd0\xb4\",{\"b\":-20}],\"c\":{\"d\":\"\\u0001\"},\"e\":7}";
    char     room[8192];
    tr_err   err = {0};
    tr_json *root;
    for (ptrdiff_t len = 0; len < (ptrdiff_t)sizeof text - 1; len++) {
        tr_arena arena = {room, room + sizeof room};
        char    *exact = malloc((size_t)len + 1); /* so that a read past the end is seen */
        memcpy(exact, text, (size_t)len);
        err = (tr_err){0};
        assert_false(tr_json_read(&arena, (tr_str){exact, len}, &root, &err));
        assert_in_range(err.column, 1, len + 1);
        free(exact);
    }
    lawful(text);
}

static void nested(char *text, int depth)
{
    int at = sprintf(text, "{\"a\":");
    for (int i = 1; i < depth; i++)
        text[at++] = '[';
    text[at++] = '1';
    for (int i = 1; i < depth; i++)
        text[at++] = ']';
    strcpy(text + at, "}");
}

static void depth_and_members_have_limits(void **state)
{
    char text[64];
    nested(text, TR_JSON_DEPTH);
    lawful(text);
    nested(text, TR_JSON_DEPTH + 1);
    refused(tr_str_of(text), TR_E_LIMIT, 5 + TR_JSON_DEPTH);

    tr_arena arena = check_arena();
    for (int members = TR_JSON_MEMBERS - 1; members <= TR_JSON_MEMBERS + 1; members++) {
        tr_out out = tr_out_new(&arena);
        for (int i = 0; i < members; i++)
            tr_put(&out, "%sm%04d\":1", i == 0 ? "{\"" : ",\"", i);
        tr_put(&out, "}");
        if (members <= TR_JSON_MEMBERS)
            lawful(tr_out_z(&out));
        else
            refused(tr_out_text(&out), TR_E_LIMIT, 1 + 256 * 10 + 2);
    }
}

/* A change of any byte to any other value: refused, or another text that prints back to itself. */
static void every_changed_byte_is_refused_or_prints_back(void **state)
{
    char text[] = "{\"a\":[1,-20,\"x\\n\\u0001\xd0\xb4\xe2\x82\xac\"],\"b\":{\"c_1\":\"\"},\"d\":"
                  "9007199254740991,\"e\":\"\xf0\x9f\x98\x82\"}";
    static char room[1 << 16];
    int         read = 0;
    lawful(text);
    for (size_t i = 0; i < sizeof text - 1; i++) {
        char kept = text[i];
        for (int byte = 0; byte < 256; byte++) {
            tr_arena arena = {room, room + sizeof room};
            tr_err   err = {0};
            tr_json *root;
            text[i] = (char)byte;
            tr_str changed = {text, sizeof text - 1};
            if (!tr_json_read(&arena, changed, &root, &err)) {
                assert_true(err.code != 0 && err.column >= 1);
                continue;
            }
            read++;
            assert_true(tr_str_eq(printed(&arena, root), changed));
        }
        text[i] = kept;
    }
    assert_true(read > (int)sizeof text); /* digits and letters may change */
}

static uint64_t seed;

static uint32_t chance(uint32_t below) /* splitmix64 */
{
    uint64_t z = (seed += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) >> 32) % below;
}

static tr_str random_text(tr_arena *arena)
{
    static const char *const part[] = {
        "a",        "\"", "\\",       "\n",           "\x01",             "/",
        "\x7f",     " ",  "\xc2\x80", "\xe2\x82\xac", "\xf4\x8f\xbf\xbf", "long run",
    };
    tr_out out = tr_out_new(arena);
    for (uint32_t n = chance(12); n > 0; n--)
        tr_put_str(&out, tr_str_of(part[chance(sizeof part / sizeof part[0])]));
    return tr_out_text(&out);
}

static tr_json *random_tree(tr_arena *arena, int depth)
{
    uint32_t kind = chance(depth < TR_JSON_DEPTH ? 5 : 2);
    if (depth > 0 && kind == 0)
        return tr_json_str(arena, random_text(arena));
    if (depth > 0 && kind == 1)
        return tr_json_int(arena, (int64_t)((uint64_t)chance(1u << 31) << 22) *
                                      (chance(2) ? 1 : -1));
    bool     object = depth == 0 || kind != 2;
    tr_json *node = object ? tr_json_object(arena) : tr_json_array(arena);
    for (uint32_t n = 1 + chance(4); n > 0; n--) {
        tr_json *part = random_tree(arena, depth + 1);
        char     name[8];
        snprintf(name, sizeof name, "%c%d", 'a' + (int)chance(26), (int)chance(30));
        if (object)
            tr_json_set(node, tr_str_keep(arena, tr_str_of(name)), part);
        else
            tr_json_add(node, part);
    }
    return node;
}

static void random_trees_print_read_and_print_the_same(void **state)
{
    tr_arena arena = check_arena();
    for (int run = 0; run < 2000; run++) {
        seed = (uint64_t)run * 1000003u;
        tr_arena scratch = arena;
        tr_err   err = {0};
        tr_json *root = NULL;
        tr_str   text = printed(&scratch, random_tree(&scratch, 0));
        if (!tr_json_read(&scratch, text, &root, &err))
            fail_msg("run %d: %.*s: %s", run, TR_FMT(text), err.text);
        assert_true(tr_str_eq(printed(&scratch, root), text));
        assert_true(tr_str_eq(printed(&scratch, tr_json_copy(&scratch, root)), text));
    }
}

static void members_set_in_any_order_are_sorted(void **state)
{
    tr_arena arena = check_arena();
    tr_json *root = tr_json_object(&arena);
    tr_json_set(root, TR_STR("b"), tr_json_int(&arena, 2));
    tr_json_set(root, TR_STR("c"), tr_json_int(&arena, 3));
    tr_json_set(root, TR_STR("a"), tr_json_str(&arena, TR_STR("x")));
    CHECK_STR(printed(&arena, root), "{\"a\":\"x\",\"b\":2,\"c\":3}");
    tr_json_set(root, TR_STR("b"), tr_json_int(&arena, -5));
    CHECK_STR(printed(&arena, root), "{\"a\":\"x\",\"b\":-5,\"c\":3}");
    assert_int_equal(root->count, 3);
    tr_json_set(root, TR_STR("a"), NULL);
    tr_json_set(root, TR_STR("z"), NULL);
    CHECK_STR(printed(&arena, root), "{\"b\":-5,\"c\":3}");
    assert_int_equal(root->count, 2);
    tr_json *list = tr_json_array(&arena);
    tr_json_add(list, tr_json_int(&arena, INT64_MIN));
    tr_json_add(list, tr_json_int(&arena, INT64_MAX));
    tr_json_set(root, TR_STR("a"), list);
    CHECK_STR(printed(&arena, root),
              "{\"a\":[-9223372036854775808,9223372036854775807],\"b\":-5,\"c\":3}");
}

static void a_copy_stands_alone(void **state)
{
    tr_arena arena = check_arena();
    char     text[] = "{\"a\":{\"b\":\"word\"}}";
    tr_err   err = {0};
    tr_json *root = NULL;
    CHECK_OK(tr_json_read(&arena, tr_str_of(text), &root, &err), err);
    tr_json *copy = tr_json_copy(&arena, root);
    memset(text, '?', sizeof text);
    tr_json_set(root, TR_STR("c"), tr_json_int(&arena, 1));
    CHECK_STR(printed(&arena, copy), "{\"a\":{\"b\":\"word\"}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found_by_name_and_path),
        cmocka_unit_test(lawful_texts_print_back),
        cmocka_unit_test(numbers_at_the_edge),
        cmocka_unit_test(names_out_of_form),
        cmocka_unit_test(a_repeated_name_is_named),
        cmocka_unit_test(strings_out_of_form),
        cmocka_unit_test(other_things_out_of_form),
        cmocka_unit_test(every_beginning_of_a_text_is_refused),
        cmocka_unit_test(depth_and_members_have_limits),
        cmocka_unit_test(every_changed_byte_is_refused_or_prints_back),
        cmocka_unit_test(random_trees_print_read_and_print_the_same),
        cmocka_unit_test(members_set_in_any_order_are_sorted),
        cmocka_unit_test(a_copy_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
