/* native_test.c -- JSON lines: the members and their forms, one line after the other. */
#include "intake_check.h"

#define PLACE "\"place\":{\"kind\":\"none\"}"
#define REST                                                                                       \
    "\"assess\":\"ok\",\"conf_ppm\":900000,\"count\":{\"best\":1,\"max\":1,\"min\":1},"            \
    "\"exercise\":0,\"kind\":\"shot\",\"means\":\"heard\",\"platform\":\"acoustic\""
#define WHEN "\"happened\":{\"begin\":\"2020-07-01T10:00:00Z\",\"end\":\"2020-07-01T10:00:01Z\"}"
#define LINE(more) "{" REST "," PLACE "," WHEN ",\"src_id\":\"a\"" more "}\n"

static void members_come_in_any_order_and_leave_in_one(void **state)
{
    reading r = read_text(
        TR_INTAKE_NATIVE,
        "{\"src_id\":\"a/1\",\"text\":\"caf\xc3\xa9 \\u00e9\",\"place\":{\"lon\":377500000,\"lat\":"
        "481000000,\"kind\":\"point\",\"r_m\":500},\"observer\":{\"kind\":\"point\",\"lat\":"
        "481000000,\"lon\":377500000,\"r_m\":5},\"motion\":[\"W\",\"E\"],\"cites\":[\"b\"],"
        "\"published\":\"2020-07-02 08:00\",\"doc\":\"d-1\",\"deaths\":{\"best\":0,\"max\":2,"
        "\"min\":0},\"exercise\":true,\"claim\":null, "
        "\"happened\":{\"end\":\"2020-07-01T13:00:00.000000001+03:00\",\"begin\":\"2020-07-01 "
        "12:59\"},\"assess\":\"ok\",\"conf_ppm\":900000,\"count\":{\"min\":1,\"best\":1},"
        "\"kind\":\"shot\",\"means\":\"heard\",\"platform\":\"acoustic\"}");
    CHECK_STR(r.in.row[0].row,
              "{\"assess\":\"ok\",\"cites\":[\"b\"],\"conf_ppm\":900000,\"count\":{\"best\":1,"
              "\"min\":"
              "1},\"deaths\":{\"best\":0,\"max\":2,\"min\":0},\"doc\":\"d-1\",\"exercise\":1,"
              "\"happened\":{\"begin\":\"2020-07-01T09:59:00.000000000Z\",\"end\":\"2020-07-01T"
              "10:00:00.000000001Z\"},\"kind\":\"shot\",\"means\":\"heard\",\"motion\":[\"W\","
              "\"E\"],"
              "\"observer\":{\"kind\":\"point\",\"lat\":481000000,\"lon\":377500000,\"r_m\":5},"
              "\"place\":{\"kind\":\"point\",\"lat\":481000000,\"lon\":377500000,\"r_m\":500},"
              "\"platform\":\"acoustic\",\"published\":\"2020-07-02T05:00:00.000000000Z\","
              "\"src_id\":\"a/1\",\"text\":\"caf\xc3\xa9 \xc3\xa9\"}");
}

static void a_row_read_again_is_the_same_row(void **state)
{
    reading r = read_text(TR_INTAKE_NATIVE, LINE(""));
    char   *row = tr_str_z(&r.scratch, r.in.row[0].row);
    char   *first = strdup(row);
    assert_non_null(first);
    reading again = read_text(TR_INTAKE_NATIVE, first);
    CHECK_STR(again.in.row[0].row, first);
    free(first);
}

static void blank_lines_are_skipped_and_numbers_are_of_lines(void **state)
{
    reading r = read_text(TR_INTAKE_NATIVE, "\n  \r\n" LINE("") "\nnot json\n");
    assert_int_equal(r.in.sum.records, 2);
    assert_int_equal(r.in.row[0].number, 3);
    assert_int_equal(r.in.refused[0].number, 5);
    assert_int_equal(r.in.refused[0].code, TR_E_JSON_FOREIGN);
}

static void check_bad(const char *line, int code, const char *says)
{
    check_row_refused(TR_INTAKE_NATIVE, line, code, says);
}

static void unknown_and_missing_members_are_named(void **state)
{
    check_bad(LINE(",\"source\":\"s\""), TR_E_INTAKE_MEMBER, "a member \"source\"");
    check_bad(LINE(",\"platfrom\":\"s\""), TR_E_INTAKE_MEMBER, "did you mean \"platform\"?");
    check_bad(LINE(",\"xyzzyxyzzy\":\"s\""), TR_E_INTAKE_MEMBER,
              "unknown member \"xyzzyxyzzy\" of an");
    check_bad("{" PLACE "," WHEN ",\"src_id\":\"a\"}", TR_E_INTAKE_MEMBER, "no member \"assess\"");
    check_bad("{" REST "," WHEN ",\"src_id\":\"a\"}", TR_E_INTAKE_MEMBER, "no member \"place\"");
    check_bad("{" REST "," PLACE ",\"src_id\":\"a\"}", TR_E_INTAKE_MEMBER,
              "no member \"happened\"");
    check_bad("{" REST "," PLACE "," WHEN "}", TR_E_INTAKE_MEMBER, "no member \"src_id\"");
    check_bad("[]", TR_E_INTAKE_MEMBER, "not a JSON object");
    check_bad("{} {}", TR_E_JSON_FOREIGN, "");
}

static void check_place(const char *place, int code, const char *says)
{
    char line[1000];
    snprintf(line, sizeof line, "{" REST "," WHEN ",\"src_id\":\"a\",\"place\":%s}\n", place);
    if (code != 0) {
        check_row_refused(TR_INTAKE_NATIVE, line, code, says);
        return;
    }
    reading r = read_text(TR_INTAKE_NATIVE, line);
    CHECK_STR(member(&r, 0, "place"), place);
}

#define SECTOR(begin, end, lat, lon, most, least)                                                  \
    "{\"az_begin_cdeg\":" begin ",\"az_end_cdeg\":" end ",\"kind\":\"sector\",\"lat\":" lat        \
    ",\"lon\":" lon ",\"r_max_m\":" most ",\"r_min_m\":" least "}"

static void places_are_checked_by_form(void **state)
{
    check_place(SECTOR("0", "35999", "480000000", "370000000", "10", "10"), 0, "");
    check_place("{\"kind\":\"zone\",\"zone\":\"north-1\",\"zv\":2}", 0, "");
    check_place("{\"kind\":\"none\"}", 0, "");
    check_place("{\"kind\":\"point\",\"lat\":440000000,\"lon\":220000000,\"r_m\":1}", 0, "");
    check_place("{\"kind\":\"point\",\"lat\":439999999,\"lon\":220000000,\"r_m\":1}",
                TR_E_INTAKE_OUTSIDE, "43.9999999");
    check_place("{\"kind\":\"point\",\"lat\":480000000,\"lon\":370000000}", TR_E_INTAKE_MEMBER,
                "no member \"r_m\"");
    check_place("{\"kind\":\"point\",\"lat\":480000000,\"lon\":370000000,\"r_m\":0}",
                TR_E_INTAKE_MEMBER, "r_m");
    check_place("{\"kind\":\"point\",\"lat\":48.5,\"lon\":37.5,\"r_m\":9}", TR_E_JSON_FOREIGN, "");
    check_place(SECTOR("0", "36000", "480000000", "370000000", "10", "10"), TR_E_INTAKE_MEMBER,
                "az_end_cdeg");
    check_place(SECTOR("0", "1", "480000000", "370000000", "9", "10"), TR_E_INTAKE_PLACE,
                "r_min_m");
    check_place("{\"kind\":\"zone\",\"zone\":\"a b\",\"zv\":2}", TR_E_INTAKE_MEMBER, "zone");
    check_place("{\"kind\":\"none\",\"lat\":1}", TR_E_INTAKE_MEMBER, "unknown member \"lat\"");
    check_place("{\"kind\":\"region\"}", TR_E_INTAKE_PLACE, "region");
    check_place("{\"kind\":\"sealed\"}", TR_E_INTAKE_PLACE, "sealed");
    check_place("\"here\"", TR_E_INTAKE_MEMBER, "place");
    check_place("{\"lat\":1}", TR_E_INTAKE_MEMBER, "kind");
}

/* One member put in place of its good value. */
static void check_member(const char *name, const char *value, int code)
{
    static const char *const good[][2] = {
        {"assess", "\"ok\""},      {"conf_ppm", "5"},        {"count", "{\"best\":1,\"min\":1}"},
        {"exercise", "0"},         {"kind", "\"shot\""},     {"means", "\"heard\""},
        {"place", "{\"kind\":\"none\"}"}, {"platform", "\"patrol\""}, {"src_id", "\"a\""},
        {"happened", "{\"begin\":\"2020-07-01\",\"end\":\"2020-07-02\"}"}};
    char line[8000] = "{";
    bool there = false;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        bool this = strcmp(good[i][0], name) == 0;
        there |= this;
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s\"%s\":%s", i ? "," : "",
                 good[i][0], this ? value : good[i][1]);
    }
    snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s%s%s}", there ? "" : ",\"",
             there ? "" : name, there ? "" : "\":", there ? "" : value);
    if (code != 0) {
        check_row_refused(TR_INTAKE_NATIVE, line, code, "");
        return;
    }
    reading r = read_text(TR_INTAKE_NATIVE, line);
    assert_int_equal(r.in.rows, 1);
}

static void values_have_their_range(void **state)
{
    check_member("conf_ppm", "0", 0);
    check_member("conf_ppm", "1000000", 0);
    check_member("conf_ppm", "1000001", TR_E_INTAKE_MEMBER);
    check_member("conf_ppm", "-1", TR_E_INTAKE_MEMBER);
    check_member("conf_ppm", "0.5", TR_E_JSON_FOREIGN);
    check_member("exercise", "2", TR_E_INTAKE_MEMBER);
    check_member("count", "{\"best\":0,\"min\":0}", TR_E_INTAKE_MEMBER);
    check_member("count", "{\"best\":1,\"min\":2}", TR_E_INTAKE_COUNT);
    check_member("count", "{\"best\":3,\"max\":2,\"min\":2}", TR_E_INTAKE_COUNT);
    check_member("count", "{\"best\":3,\"max\":3,\"min\":3}", 0);
    check_member("deaths", "{\"best\":0,\"max\":0,\"min\":0}", 0);
    check_member("deaths", "{\"best\":0}", TR_E_INTAKE_MEMBER);
    check_member("kind", "\"thunder\"", TR_E_INTAKE_WORD);
    check_member("means", "\"smelt\"", TR_E_INTAKE_WORD);
    check_member("platform", "\"balloon\"", TR_E_INTAKE_WORD);
    check_member("platform", "\"uav_long\"", 0);
    check_member("assess", "\"\"", TR_E_INTAKE_MEMBER);
    check_member("src_id", "\"\"", TR_E_INTAKE_MEMBER);
    check_member("src_id", "\"a\\nb\"", TR_E_INTAKE_TEXT);
    check_member("src_id", "7", TR_E_INTAKE_MEMBER);
    check_member("doc", "\"9a\"", TR_E_INTAKE_MEMBER);
    check_member("cites", "[7]", TR_E_INTAKE_MEMBER);
    check_member("cites", "\"a\"", TR_E_INTAKE_MEMBER);
    check_member("motion", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\"]", 0);
    check_member("motion", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]",
                 TR_E_INTAKE_MEMBER);
    check_member("observer", "{\"kind\":\"none\"}", TR_E_INTAKE_MEMBER);
    check_member("happened", "{\"begin\":\"2020-07-01\",\"end\":\"2020-07-01\"}", TR_E_INTAKE_WHEN);
    check_member("happened", "{\"begin\":\"2020-07-02\",\"end\":\"2020-07-01\"}", TR_E_INTAKE_WHEN);
    check_member("happened", "{\"begin\":\"soon\",\"end\":\"2020-07-01\"}", TR_E_INTAKE_WHEN);
    check_member("happened", "{\"begin\":\"1969-07-01\",\"end\":\"2020-07-01\"}", TR_E_INTAKE_WHEN);
    check_member("published", "\"today\"", TR_E_INTAKE_WHEN);
}

static void bytes_that_are_not_utf_8_refuse_their_line_only(void **state)
{
    reading r = read_text(TR_INTAKE_NATIVE, LINE("") LINE(",\"text\":\"Kiev\x92\""));
    assert_int_equal(r.in.rows, 1);
    assert_int_equal(r.in.refused[0].code, TR_E_UTF8);
    assert_int_equal(r.in.refused[0].line, 2);
}

static void a_line_of_200_megabytes_is_refused_and_the_next_taken(void **state)
{
    reading   r = fresh_reading();
    ptrdiff_t len = 200 << 20;
    tr_str    after = TR_STR("\n" LINE(""));
    char     *at = TR_NEW(&r.keep, char, len + after.len);
    memset(at, '[', (size_t)len);
    memcpy(at + len, after.at, (size_t)after.len);
    char *before = r.keep.beg;
    CHECK_OK(try_text(&r, TR_INTAKE_NATIVE, (tr_str){at, len + after.len}), r.err);
    assert_int_equal(r.in.rows, 1);
    assert_int_equal(r.in.refused[0].code, TR_E_INTAKE_ROW_LARGE);
    assert_true(r.keep.beg - before < 1 << 20);
}

#define AT      "\"lat\":480000000,\"lon\":375000000"
#define ROW(of) "{" REST ",\"place\":{" of "}," WHEN ",\"src_id\":\"a\"}\n"
#define POINT   "\"kind\":\"point\"," AT ",\"r_m\":5"
#define WEDGE                                                                                     \
    "\"kind\":\"sector\"," AT ",\"r_min_m\":0,\"r_max_m\":5,\"az_begin_cdeg\":0," \
    "\"az_end_cdeg\":100"

static void check_height(const char *line, const char *place)
{
    reading r = read_text(TR_INTAKE_NATIVE, line);
    char   *row = tr_str_z(&r.scratch, r.in.row[0].row);
    if (!strstr(row, place))
        fail_msg("\"%s\" is not in %s", place, row);
}

static void a_place_may_state_both_ends_of_its_height(void **state)
{
    check_height(ROW(POINT ",\"h_max_m\":400,\"h_min_m\":300"),
                "{\"h_max_m\":400,\"h_min_m\":300,\"kind\":\"point\"," AT ",\"r_m\":5}");
    check_height(ROW(WEDGE ",\"h_min_m\":-1000,\"h_max_m\":100000"),
                "\"az_end_cdeg\":100,\"h_max_m\":100000,\"h_min_m\":-1000,\"kind\":\"sector\"");
    check_height(ROW(POINT ",\"h_min_m\":0,\"h_max_m\":0"), "\"h_max_m\":0,\"h_min_m\":0");
    check_bad(ROW(POINT ",\"h_min_m\":301,\"h_max_m\":300"), TR_E_INTAKE_PLACE, "h_min_m 301");
    check_bad(ROW(POINT ",\"h_min_m\":300"), TR_E_INTAKE_MEMBER, "h_max_m");
    check_bad(ROW(POINT ",\"h_max_m\":300"), TR_E_INTAKE_MEMBER, "h_min_m");
    check_bad(ROW(POINT ",\"h_min_m\":-1001,\"h_max_m\":0"), TR_E_INTAKE_MEMBER, "h_min_m");
    check_bad(ROW(POINT ",\"h_min_m\":0,\"h_max_m\":100001"), TR_E_INTAKE_MEMBER, "h_max_m");
    check_bad(ROW("\"kind\":\"none\",\"h_min_m\":0,\"h_max_m\":1"), TR_E_INTAKE_MEMBER, "h_m");
}

static void a_line_of_65536_bytes_is_the_longest(void **state)
{
    for (int over = -1; over <= 1; over++) {
        reading r = fresh_reading();
        tr_out  out = tr_out_new(&r.keep);
        tr_str  line = tr_str_trim(TR_STR(LINE("")));
        tr_put_char(&out, '{');
        while (out.buf.len + line.len - 1 < TR_INTAKE_LINE_BYTES + over)
            tr_put_char(&out, ' ');
        tr_put_str(&out, tr_str_from(line, 1));
        CHECK_OK(try_text(&r, TR_INTAKE_NATIVE, tr_out_text(&out)), r.err);
        assert_int_equal(r.in.rows, over <= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_come_in_any_order_and_leave_in_one),
        cmocka_unit_test(a_row_read_again_is_the_same_row),
        cmocka_unit_test(blank_lines_are_skipped_and_numbers_are_of_lines),
        cmocka_unit_test(unknown_and_missing_members_are_named),
        cmocka_unit_test(places_are_checked_by_form),
        cmocka_unit_test(values_have_their_range),
        cmocka_unit_test(a_place_may_state_both_ends_of_its_height),
        cmocka_unit_test(bytes_that_are_not_utf_8_refuse_their_line_only),
        cmocka_unit_test(a_line_of_200_megabytes_is_refused_and_the_next_taken),
        cmocka_unit_test(a_line_of_65536_bytes_is_the_longest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
