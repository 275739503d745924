/* intake_test.c -- what holds for every reader: whole files, duplicates, ids used twice. */
#include "intake_check.h"

#define SMM "id,observer_lat,observer_lon,platform,number,means,kind,start\n"

static void kinds_have_their_names(void **state)
{
    for (int i = 0; i < TR_INTAKE_KINDS; i++) {
        tr_intake_kind kind;
        assert_true(tr_intake_kind_read(tr_str_of(tr_intake_kind_name((tr_intake_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    tr_intake_kind kind;
    assert_false(tr_intake_kind_read(TR_STR("acled"), &kind));
    assert_false(tr_intake_kind_read(TR_STR(""), &kind));
}

static void files_without_text_are_refused_whole(void **state)
{
    for (int i = 0; i < TR_INTAKE_KINDS; i++) {
        tr_intake_kind kind = (tr_intake_kind)i;
        refuse_text(kind, TR_STR(""), TR_E_INTAKE_EMPTY);
        refuse_text(kind, (tr_str){NULL, 0}, TR_E_INTAKE_EMPTY);
        refuse_text(kind, TR_STR(" \r\n\n"), TR_E_INTAKE_EMPTY);
        refuse_text(kind, TR_STR("\x1f\x8b\x08\x04"), TR_E_INTAKE_BINARY);
        refuse_text(kind, TR_STR("\xff\xfei\0d\0"), TR_E_INTAKE_BINARY);
        refuse_text(kind, TR_STR("PK\x03\x04 a sheet"), TR_E_INTAKE_BINARY);
        refuse_text(kind, TR_STR("id,\0best\n"), TR_E_INTAKE_BINARY);
    }
}

static void tables_of_another_kind_are_refused_whole(void **state)
{
    for (int i = 0; i < TR_INTAKE_NATIVE; i++) {
        tr_intake_kind kind = (tr_intake_kind)i;
        reading r = refuse_text(kind, TR_STR("date;place;what\n1;2;3\n"), TR_E_INTAKE_COLUMNS);
        assert_int_equal(r.err.line, 1);
        assert_non_null(strstr(r.err.text, "unknown column \"date;place;what\""));
        assert_non_null(strstr(r.err.hint, "Needed: id"));
        refuse_text(kind, TR_STR("id,\"best\n1,2\n"), TR_E_CSV);
    }
    refuse_text(TR_INTAKE_SMM, TR_STR(SMM "1,48,37,patrol,1,heard,shot,2020-01-01 10:00,\n\"x"),
                TR_E_CSV);
    refuse_text(TR_INTAKE_SMM, TR_STR(SMM "Kiev\x92,"), TR_E_UTF8);
    refuse_text(TR_INTAKE_SMM_TOTALS, TR_STR("Kiev\x92,"), TR_E_UTF8);
}

static void a_header_alone_is_a_table_without_rows(void **state)
{
    reading r = read_text(TR_INTAKE_SMM, SMM);
    assert_int_equal(r.in.sum.read, 0);
    assert_true(r.in.span.begin == 0 && r.in.span.end == 0);
}

static void a_field_of_200_megabytes_refuses_the_table(void **state)
{
    reading   r = fresh_reading();
    tr_str    head = TR_STR(SMM);
    ptrdiff_t len = head.len + (200 << 20);
    char     *at = TR_NEW(&r.keep, char, len);
    memset(at, 'x', (size_t)len);
    memcpy(at, head.at, (size_t)head.len);
    char *before = r.keep.beg;
    assert_false(try_text(&r, TR_INTAKE_SMM, (tr_str){at, len}));
    assert_int_equal(r.err.code, TR_E_LIMIT);
    assert_ptr_equal(r.keep.beg, before);
}

static void a_file_over_the_limit_is_refused_unread(void **state)
{
    reading r = fresh_reading();
    tr_str  text = TR_STR(SMM);
    text.len = (ptrdiff_t)TR_INTAKE_FILE_BYTES + 1; /* nothing past the size is looked at */
    assert_false(try_text(&r, TR_INTAKE_SMM, text));
    assert_int_equal(r.err.code, TR_E_INTAKE_LARGE);
}

#define A      "a,48,37,patrol,1,heard,shot,2020-01-01 10:00\n"
#define A_SAME "a,48.0,37.00,patrol,1,heard,shot,2020-01-01T10:00\n"
#define A_TWO  "a,48,37,patrol,2,heard,shot,2020-01-01 10:00\n"
#define B      "b,48,37,patrol,1,heard,shot,2020-01-01 10:00\n"
#define BAD    "a,48,37,patrol,0,heard,shot,2020-01-01 10:00\n"

static void check_sum(const char *rows, int64_t accepted, int64_t duplicate, int64_t refused)
{
    char text[1000];
    snprintf(text, sizeof text, SMM "%s", rows);
    reading r = read_text(TR_INTAKE_SMM, text);
    if (r.in.sum.accepted != accepted || r.in.sum.duplicate != duplicate ||
        r.in.sum.refused != refused)
        fail_msg("%lld + %lld + %lld: %s", (long long)r.in.sum.accepted,
                 (long long)r.in.sum.duplicate, (long long)r.in.sum.refused, rows);
}

static void the_same_row_again_is_a_duplicate(void **state)
{
    check_sum(A, 1, 0, 0);
    check_sum(A A, 1, 1, 0);
    check_sum(A B A B A, 2, 3, 0);
    check_sum(A A_SAME B, 2, 1, 0); /* the same content, written in another way */
}

static void an_id_with_two_contents_is_refused_in_any_order(void **state)
{
    check_sum(A A_TWO, 0, 0, 2);
    check_sum(A A A_TWO, 0, 0, 3);
    check_sum(A A_TWO A, 0, 0, 3);
    check_sum(A_TWO A A, 0, 0, 3);
    check_sum(B A_TWO A B, 1, 1, 2);
    check_sum(A BAD, 1, 0, 1); /* a row that cannot be read says nothing against the other */
    reading r = read_text(TR_INTAKE_SMM, SMM A B BAD A_TWO);
    assert_int_equal(r.in.refused[0].code, TR_E_INTAKE_ID_TWICE);
    assert_int_equal(r.in.refused[0].number, 2);
    assert_int_equal(r.in.refused[1].code, TR_E_INTAKE_COUNT);
    assert_int_equal(r.in.refused[1].number, 4);
    assert_int_equal(r.in.refused[2].code, TR_E_INTAKE_ID_TWICE);
    assert_int_equal(r.in.refused[2].number, 5);
    CHECK_STR(r.in.refused[2].text, "id \"a\" is used twice with different content");
    assert_non_null(strstr(tr_str_z(&r.keep, r.in.refused[2].hint), "correction"));
}

static void records_are_counted_and_not_lines(void **state)
{
    reading r = read_text(TR_INTAKE_SMM,
                          "id,observer_lat,observer_lon,platform,number,means,kind,start,"
                          "description\n"
                          "a,48,37,patrol,1,heard,shot,2020-01-01 10:00,\"two\r\nlines\"\r\n"
                          "b,48,37,patrol,0,heard,shot,2020-01-01 10:00,\r\n");
    assert_int_equal(r.in.row[0].number, 2);
    assert_int_equal(r.in.refused[0].number, 3);
    assert_int_equal(r.in.refused[0].line, 4);
}

static void no_more_than_the_limit_is_refused_row_by_row(void **state)
{
    for (int over = 0; over <= 1; over++) {
        reading r = fresh_reading();
        tr_out  out = tr_out_new(&r.keep);
        for (int i = 0; i < TR_INTAKE_REFUSED + over; i++)
            tr_put_bytes(&out, "x\n", 2);
        bool taken = try_text(&r, TR_INTAKE_NATIVE, tr_out_text(&out));
        assert_int_equal(taken, over == 0);
        assert_int_equal(r.err.code, over == 0 ? 0 : TR_E_INTAKE_LARGE);
    }
}

static void without_an_area_every_place_on_the_globe_is_taken(void **state)
{
    reading r = fresh_reading();
    r.setting.area = (tr_box){0};
    CHECK_OK(try_text(&r, TR_INTAKE_SMM,
                      TR_STR(SMM "a,-90,180,patrol,1,heard,shot,2020-01-01 10:00\n"
                                 "b,90.00000001,180,patrol,1,heard,shot,2020-01-01 10:00\n"
                                 "c,90.0000001,180,patrol,1,heard,shot,2020-01-01 10:00\n"
                                 "d,0,-180.1,patrol,1,heard,shot,2020-01-01 10:00\n")),
             r.err);
    assert_int_equal(r.in.rows, 2);
    assert_int_equal(r.in.refusals, 2);
}

/* What an error shows of a field: whole characters, one line. */
static void errors_show_whole_characters_of_one_line(void **state)
{
    reading r = read_text(TR_INTAKE_SMM,
                          SMM "a,48,37,\"ball\noon\",1,heard,shot,2020-01-01 10:00\n"
                              "b,48,37,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                              "\xc3\xa9,1,heard,shot,2020-01-01 10:00\n");
    CHECK_STR(r.in.refused[0].text, "\"ball\" is not a platform");
    CHECK_STR(r.in.refused[1].text, "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                    "\" is not a platform");
}

/* Every front of a small file, and every single byte of it changed, keeps the promises. */
static void damaged_files_never_break_a_promise(void **state)
{
    static const char *const good[TR_INTAKE_KINDS] = {
        "id,type_of_violence,where_prec,where_coordinates,latitude,longitude,event_clarity,"
        "date_prec,"
        "date_start,date_end,best,high,low\n7,1,1,\"a \"\"b\"\"\",48,37,1,1,1/2/2015,1/2/2015,1,"
        "1,1\n",
        SMM "a,48.1,37,patrol,about 45,heard,shot,2020-01-01 10:00\n",
        "id\tscope\tfrom_local\tto_local\tqualifier\ttotal\texplosions\timpact\tairburst\t"
        "undetermined\tprojectiles\tmuzzle_flashes\tflares\tbursts_shots\texercise\n"
        "D2\tx\t2020-12-27 evening\t2020-12-28T19:30\tabout\t299\t46\t2\t0\t44\t\t\t\t\t\n",
        "{\"assess\":\"ok\",\"conf_ppm\":5,\"count\":{\"best\":1,\"min\":1},\"exercise\":0,"
        "\"kind\":"
        "\"shot\",\"means\":\"heard\",\"place\":{\"kind\":\"none\"},\"platform\":\"patrol\","
        "\"src_id\":\"a\",\"happened\":{\"begin\":\"2020-07-01\",\"end\":\"2020-07-02\"}}\n",
    };
    static const char bytes[] = "\0\x80\xff\n\",\t{9-";
    int64_t taken = 0, refused = 0;
    for (int kind = 0; kind < TR_INTAKE_KINDS; kind++) {
        ptrdiff_t len = (ptrdiff_t)strlen(good[kind]);
        char      text[1000];
        for (ptrdiff_t i = 0; i < len; i++) {
            for (int b = -1; b < (int)sizeof bytes - 1; b++) {
                reading r = fresh_reading();
                memcpy(text, good[kind], (size_t)len);
                if (b >= 0)
                    text[i] = bytes[b];
                bool ok = try_text(&r, (tr_intake_kind)kind, (tr_str){text, b < 0 ? i : len});
                taken += ok;
                refused += !ok;
            }
        }
    }
    assert_true(taken > 1000 && refused > 1000);
}

/* The block of the page between ``` that begins with `first`. */
static tr_str example(tr_arena *keep, const char *first)
{
    tr_str page = check_file(keep, check_path("docs/INTAKE.md"));
    assert_non_null(page.at);
    char *text = tr_str_z(keep, page);
    char *block = strstr(text, first);
    assert_non_null(block);
    return (tr_str){block, strstr(block, "```") - block};
}

static void the_examples_of_the_page_are_taken(void **state)
{
    reading r = fresh_reading();
    CHECK_OK(try_text(&r, TR_INTAKE_SMM, example(&r.keep, "id,observer_lat,")), r.err);
    assert_int_equal(r.in.rows, 1);
    assert_int_equal(r.in.refusals, 0);
    reading native = fresh_reading();
    tr_str line = example(&native.keep, "{\"assess\":");
    char  *at = tr_str_z(&native.keep, line);
    for (ptrdiff_t i = 0; i < line.len; i++)
        if (at[i] == '\n')
            at[i] = ' '; /* broken on the page only */
    CHECK_OK(try_text(&native, TR_INTAKE_NATIVE, tr_str_of(at)), native.err);
    assert_int_equal(native.in.rows, 1);
    assert_int_equal(native.in.refusals, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_have_their_names),
        cmocka_unit_test(files_without_text_are_refused_whole),
        cmocka_unit_test(tables_of_another_kind_are_refused_whole),
        cmocka_unit_test(a_header_alone_is_a_table_without_rows),
        cmocka_unit_test(a_field_of_200_megabytes_refuses_the_table),
        cmocka_unit_test(a_file_over_the_limit_is_refused_unread),
        cmocka_unit_test(the_same_row_again_is_a_duplicate),
        cmocka_unit_test(an_id_with_two_contents_is_refused_in_any_order),
        cmocka_unit_test(records_are_counted_and_not_lines),
        cmocka_unit_test(no_more_than_the_limit_is_refused_row_by_row),
        cmocka_unit_test(without_an_area_every_place_on_the_globe_is_taken),
        cmocka_unit_test(errors_show_whole_characters_of_one_line),
        cmocka_unit_test(damaged_files_never_break_a_promise),
        cmocka_unit_test(the_examples_of_the_page_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
