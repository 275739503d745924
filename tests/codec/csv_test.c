/* csv_test.c -- records cut as RFC 4180 has it, their lines, and every refusal with its line. */
#include "check.h"

#include "codec/csv.h"

/* Records as text: line|field|field... one a line; stops before record `stop`. */
typedef struct {
    tr_out  out;
    int64_t stop;
    int64_t rows;
} seen;

static bool note_row(void *context, const tr_csv_row *row)
{
    seen *s = context;
    if (row->number == s->stop)
        return false;
    s->rows++;
    assert_int_equal(row->number, s->rows);
    tr_put(&s->out, "%d", (int)row->line);
    for (int i = 0; i < row->fields; i++)
        tr_put(&s->out, "|%.*s", TR_FMT(row->field[i]));
    tr_put(&s->out, "\n");
    return true;
}

static void reads(tr_str text, char separator, const char *want)
{
    tr_arena arena = check_arena();
    tr_arena scratch = check_arena();
    seen     s = {.out = tr_out_new(&arena)};
    tr_err   err = {0};
    CHECK_OK(tr_csv_read(scratch, text, separator, note_row, &s, &err), err);
    CHECK_STR(tr_out_text(&s.out), want);
}

/* Refused on `line`, after `rows` records were delivered. */
static void refused(tr_str text, int code, int line, int rows)
{
    tr_arena arena = check_arena();
    tr_arena scratch = check_arena();
    seen     s = {.out = tr_out_new(&arena)};
    tr_err   err = {0};
    assert_false(tr_csv_read(scratch, text, ',', note_row, &s, &err));
    if (err.code != code || err.line != line || s.rows != rows)
        fail_msg("TR%04d on line %d after %d rows (%s)", err.code, err.line, (int)s.rows, err.text);
}

static void plain_records(void **state)
{
    reads(TR_STR(""), ',', "");
    reads((tr_str){NULL, 0}, ',', "");
    reads(TR_STR("a,b\n1,2\n"), ',', "1|a|b\n2|1|2\n");
    reads(TR_STR("a,b\n1,2"), ',', "1|a|b\n2|1|2\n");
    reads(TR_STR("a,b\r\n1,2\r\n"), ',', "1|a|b\n2|1|2\n");
    reads(TR_STR("a,b\r1,2\r"), ',', "1|a|b\n2|1|2\n");
    reads(TR_STR("\xef\xbb\xbf" "a,b\n"), ',', "1|a|b\n");
    reads(TR_STR("a;b\tc\n"), ';', "1|a|b\tc\n");
    reads(TR_STR("a;b\tc\n"), '\t', "1|a;b|c\n");
    reads(TR_STR("a,,\n,\n"), ',', "1|a||\n2||\n");
    reads(TR_STR(" a , b\t\n"), ',', "1| a | b\t\n"); /* blanks belong to the field */
    reads(TR_STR("\xe4,\x93\n"), ',', "1|\xe4|\x93\n"); /* any encoding passes as it is */
}

static void quoted_fields(void **state)
{
    reads(TR_STR("\"a,b\",\"say \"\"x\"\"\",\"\"\n"), ',', "1|a,b|say \"x\"|\n");
    reads(TR_STR("h\n\"two\nlines\",1\n\"three\r\n\r\nlines\",2\nlast,3\n"), ',',
          "1|h\n2|two\nlines|1\n4|three\r\n\r\nlines|2\n7|last|3\n");
    reads(TR_STR("\"a\""), ',', "1|a\n");
    reads(TR_STR("\"\""), ',', "1|\n");
}

static void empty_lines_count_as_lines_only(void **state)
{
    reads(TR_STR("\n\r\na\n\n\nb\n\n"), ',', "3|a\n6|b\n");
}

static void a_fault_is_told_with_its_line(void **state)
{
    refused(TR_STR("a\nb\n\"c\nd\n"), TR_E_CSV, 3, 2);   /* where the quote opened */
    refused(TR_STR("a\nb\"c\n"), TR_E_CSV, 2, 1);
    refused(TR_STR("a\n\"b\"c\n"), TR_E_CSV, 2, 1);
    refused(TR_STR("a\nb\nc\0d\n"), TR_E_CSV, 3, 2);
}

static void fields_have_a_number_limit(void **state)
{
    static char text[2 * TR_CSV_FIELDS + 10];
    for (int i = 0; i < TR_CSV_FIELDS + 1; i++)
        memcpy(text + 2 * i, "x,", 2);
    refused((tr_str){text, 2 * TR_CSV_FIELDS + 1}, TR_E_LIMIT, 1, 0);

    tr_arena arena = check_arena();
    seen     s = {.out = tr_out_new(&arena)};
    tr_err   err = {0};
    tr_arena scratch = check_arena();
    CHECK_OK(tr_csv_read(scratch, (tr_str){text, 2 * TR_CSV_FIELDS - 1}, ',', note_row, &s, &err),
             err);
    assert_int_equal(s.rows, 1);
}

static void a_field_has_a_length_limit(void **state)
{
    tr_arena arena = check_arena();
    char    *text = TR_NEW(&arena, char, TR_CSV_FIELD_BYTES + 16);
    memset(text, 'x', TR_CSV_FIELD_BYTES + 16);
    memcpy(text, "h\n", 2);
    for (int over = -1; over <= 1; over++) {
        tr_str   all = {text, 2 + TR_CSV_FIELD_BYTES + over};
        tr_arena out = check_arena();
        seen     s = {.out = tr_out_new(&out)};
        tr_err   err = {0};
        if (over <= 0)
            CHECK_OK(tr_csv_read(check_arena(), all, ',', note_row, &s, &err), err);
        else
            refused(all, TR_E_LIMIT, 2, 1);
    }
}

/* An open quote before a quarter of a gigabyte: stops at the limit, within a small arena. */
static void a_long_line_does_not_fill_the_memory(void **state)
{
    enum { LENGTH = 1 << 28 };
    char *text = mmap(NULL, LENGTH, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_true(text != MAP_FAILED);
    refused((tr_str){text, LENGTH}, TR_E_CSV, 1, 0); /* zero bytes */
    munmap(text, LENGTH);

    tr_arena arena = check_arena();
    text = TR_NEW(&arena, char, LENGTH);
    memset(text, 'x', LENGTH);
    text[0] = '"';
    char    *room = malloc(TR_CSV_RECORD_BYTES * 4);
    tr_arena small = {room, room + TR_CSV_RECORD_BYTES * 4};
    seen     s = {.out = tr_out_new(&arena)};
    tr_err   err = {0};
    CHECK_FAILS(tr_csv_read(small, (tr_str){text, LENGTH}, ',', note_row, &s, &err), err,
                TR_E_LIMIT);
    for (ptrdiff_t i = 1 << 19; i < LENGTH; i += 1 << 19)
        text[i] = ','; /* fields of half a MiB: the record is what grows */
    text[0] = 'x';
    CHECK_FAILS(tr_csv_read(small, (tr_str){text, LENGTH}, ',', note_row, &s, &err), err,
                TR_E_LIMIT);
    assert_int_equal(err.line, 1);
    free(room);
}

static void the_visitor_can_stop(void **state)
{
    tr_arena arena = check_arena();
    seen     s = {.out = tr_out_new(&arena), .stop = 3};
    tr_err   err = {0};
    assert_false(
        tr_csv_read(check_arena(), TR_STR("a\nb\nc\nd\n"), ',', note_row, &s, &err));
    CHECK_STR(tr_out_text(&s.out), "1|a\n2|b\n");
    assert_int_equal(err.code, 0);
    s = (seen){.out = tr_out_new(&arena), .stop = 2};
    assert_false(tr_csv_read(check_arena(), TR_STR("a\nb"), ',', note_row, &s, &err));
    CHECK_STR(tr_out_text(&s.out), "1|a\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_records),
        cmocka_unit_test(quoted_fields),
        cmocka_unit_test(empty_lines_count_as_lines_only),
        cmocka_unit_test(a_fault_is_told_with_its_line),
        cmocka_unit_test(fields_have_a_number_limit),
        cmocka_unit_test(a_field_has_a_length_limit),
        cmocka_unit_test(a_long_line_does_not_fill_the_memory),
        cmocka_unit_test(the_visitor_can_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
