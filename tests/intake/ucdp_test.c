/* ucdp_test.c -- the event table: the published file as it is, and what may be wrong with one. */
#include "intake_check.h"

#include "codec/csv.h"

#define HEAD                                                                                       \
    "id,type_of_violence,where_prec,where_coordinates,latitude,longitude,event_clarity,date_prec," \
    "date_start,date_end,best,high,low\n"

/* The published file, unpacked; empty when it is not there. */
static tr_str published(tr_arena *keep)
{
    const char *path = check_path("../shared/data/ucdp/ucdp_ged_ukraine_2014-2018.csv.gz");
    FILE       *there = fopen(path, "rb");
    if (!there)
        return (tr_str){NULL, 0};
    fclose(there);
    char command[1200];
    snprintf(command, sizeof command, "gzip -dc '%s'", path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    tr_out out = tr_out_new(keep);
    char   piece[1 << 16];
    for (size_t len; (len = fread(piece, 1, sizeof piece, pipe)) > 0;)
        tr_put_bytes(&out, piece, (ptrdiff_t)len);
    assert_int_equal(pclose(pipe), 0);
    return tr_out_text(&out);
}

static tr_time kyiv(const char *text)
{
    tr_err  err = {0};
    tr_time t;
    CHECK_OK(tr_time_read_any(tr_str_of(text), tr_tz_find(TR_STR("Europe/Kyiv")), &t, &err), err);
    return t;
}

typedef struct {
    int64_t events, low, best, high;
} totals;

/* Of the rows whose first day begins in [from, to). */
static totals sum_rows(reading *r, tr_time from, tr_time to)
{
    totals sum = {0};
    for (int64_t i = 0; i < r->in.rows; i++) {
        if (r->in.row[i].begin < from || r->in.row[i].begin >= to)
            continue;
        tr_arena keep = r->keep;
        tr_json *body;
        CHECK_OK(tr_json_read(&keep, r->in.row[i].row, &body, &r->err), r->err);
        const tr_json *deaths = tr_json_get(body, "deaths");
        sum.events++;
        sum.low += tr_json_get(deaths, "min")->value;
        sum.best += tr_json_get(deaths, "best")->value;
        sum.high += tr_json_get(deaths, "max")->value;
    }
    return sum;
}

static void check_window(reading *r, const char *day, int64_t before, int64_t before_deaths,
                         int64_t after, int64_t after_deaths)
{
    const tr_tz *tz = r->setting.tz;
    tr_time t = kyiv(day);
    totals  a = sum_rows(r, tr_time_add_days(t, -30, tz), t);
    totals  b = sum_rows(r, t, tr_time_add_days(t, 30, tz));
    assert_int_equal(a.events, before);
    assert_int_equal(a.best, before_deaths);
    assert_int_equal(b.events, after);
    assert_int_equal(b.best, after_deaths);
}

static void the_published_file_loses_no_row(void **state)
{
    reading r = fresh_reading();
    tr_str  file = published(&r.keep);
    CHECK_DATA(file);
    CHECK_OK(try_text(&r, TR_INTAKE_UCDP, file), r.err);
    assert_int_equal(r.in.sum.records, 2478);
    assert_int_equal(r.in.sum.accepted, 2478);
    assert_int_equal(r.in.sum.refused, 0);
    assert_int_equal(r.in.sum.duplicate, 0);
    assert_true(r.in.sum.from_1252);
    totals all = sum_rows(&r, 0, TR_TIME_MAX);
    assert_int_equal(all.best, 7167);
    /* published 6,878 and 8,016; 11 rows are widened to hold their own best */
    assert_int_equal(all.low, 6877);
    assert_int_equal(all.high, 8027);
    int64_t multi = 0;
    for (int64_t i = 0; i < r.in.rows; i++)
        multi += r.in.row[i].end != tr_time_add_days(r.in.row[i].begin, 1, r.setting.tz);
    assert_int_equal(multi, 497);
    assert_true(r.in.span.begin == kyiv("2014-01-22") && r.in.span.end == kyiv("2019-01-01"));
    check_window(&r, "2014-09-05", 603, 1104, 133, 572);
    check_window(&r, "2015-02-15", 295, 613, 64, 131);
    check_window(&r, "2015-09-01", 39, 102, 8, 9);
}

/* The text with day and month of every slashed date that goes with 00:00 exchanged. */
static tr_str swap_dates(tr_arena *keep, tr_str text)
{
    char *at = tr_str_z(keep, text);
    for (ptrdiff_t i = 1; i + 11 < text.len; i++) {
        char *p = at + i;
        if (p[-1] == ',' && p[2] == '/' && p[5] == '/' && memcmp(p + 10, " 00:00", 6) == 0) {
            char month[2] = {p[0], p[1]};
            memcpy(p, p + 3, 2);
            memcpy(p + 3, month, 2);
        }
    }
    return (tr_str){at, text.len};
}

static void a_file_turned_to_day_first_is_refused_whole(void **state)
{
    reading r = fresh_reading();
    tr_str  file = published(&r.keep);
    CHECK_DATA(file);
    assert_false(try_text(&r, TR_INTAKE_UCDP, swap_dates(&r.keep, file)));
    assert_int_equal(r.err.code, TR_E_INTAKE_DATE_ORDER);
    assert_non_null(strstr(r.err.text, "01/01/2015 00:00"));
    assert_true(r.err.line > 1);
}

/* A cut file: what is taken is the front of what the whole file gives, unchanged. */
static void a_cut_file_gives_its_front_or_nothing(void **state)
{
    reading whole = fresh_reading();
    tr_str  file = published(&whole.keep);
    CHECK_DATA(file);
    CHECK_OK(try_text(&whole, TR_INTAKE_UCDP, file), whole.err);
    int64_t taken = 0, torn = 0;
    for (ptrdiff_t len = 0; len < file.len; len += 997) {
        reading r = whole;
        r.err = (tr_err){0};
        tr_str front = tr_str_cut(file, 0, len);
        if (!tr_intake_read(&r.keep, r.scratch, TR_INTAKE_UCDP, front, &r.setting, &r.in, &r.err)) {
            assert_true(r.err.code == TR_E_CSV || r.err.code == TR_E_INTAKE_EMPTY ||
                        r.err.code == TR_E_INTAKE_COLUMNS);
            torn++;
            continue;
        }
        taken++;
        assert_true(r.in.sum.refused <= 1);
        for (int64_t i = 0; i < r.in.rows; i++)
            assert_true(tr_str_eq(r.in.row[i].row, whole.in.row[i].row));
    }
    assert_true(taken > 100 && torn > 100);
}

static int by_bytes(const void *a, const void *b)
{
    return tr_str_cmp(((const tr_intake_row *)a)->row, ((const tr_intake_row *)b)->row);
}

static tr_intake_row *sorted_rows(tr_arena *keep, const tr_intake *in)
{
    tr_intake_row *row = TR_NEW(keep, tr_intake_row, in->rows);
    memcpy(row, in->row, (size_t)in->rows * sizeof *row);
    qsort(row, (size_t)in->rows, sizeof *row, by_bytes);
    return row;
}

typedef struct {
    tr_arena *keep;
    TR_VEC(tr_str) record;
} records;

static bool take_record(void *context, const tr_csv_row *row)
{
    records *all = context;
    tr_out   out = tr_out_new(all->keep);
    for (int i = 0; i < row->fields; i++) {
        tr_put(&out, "%s\"", i > 0 ? "," : "");
        for (ptrdiff_t c = 0; c < row->field[i].len; c++) {
            if (row->field[i].at[c] == '"')
                tr_put_char(&out, '"');
            tr_put_char(&out, row->field[i].at[c]);
        }
        tr_put_char(&out, '"');
    }
    tr_put_char(&out, '\n');
    *TR_PUSH(all->keep, &all->record) = tr_out_text(&out);
    return true;
}

static void shuffled_records_give_the_same_set_of_rows(void **state)
{
    reading a = fresh_reading();
    tr_str  file = published(&a.keep);
    CHECK_DATA(file);
    CHECK_OK(try_text(&a, TR_INTAKE_UCDP, file), a.err);
    records all = {.keep = &a.keep};
    CHECK_OK(tr_csv_read(a.scratch, file, ',', take_record, &all, &a.err), a.err);
    uint64_t seed = 1;
    for (ptrdiff_t i = all.record.len - 1; i > 1; i--) { /* the header stays */
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        ptrdiff_t j = 1 + (ptrdiff_t)((seed >> 33) % (uint64_t)i);
        tr_str swap = all.record.at[i];
        all.record.at[i] = all.record.at[j];
        all.record.at[j] = swap;
    }
    tr_out out = tr_out_new(&a.keep);
    for (ptrdiff_t i = 0; i < all.record.len; i++)
        tr_put_str(&out, all.record.at[i]);
    reading b = a;
    CHECK_OK(try_text(&b, TR_INTAKE_UCDP, tr_out_text(&out)), b.err);
    assert_int_equal(b.in.rows, a.in.rows);
    tr_intake_row *rows_a = sorted_rows(&b.keep, &a.in), *rows_b = sorted_rows(&b.keep, &b.in);
    for (int64_t i = 0; i < a.in.rows; i++)
        assert_true(tr_str_eq(rows_a[i].row, rows_b[i].row));
}

static void one_row_becomes_the_canonical_body(void **state)
{
    reading r = read_text(TR_INTAKE_UCDP,
                          HEAD "147997,1,2,Kramatorsk town,48.716667,37.53333349,1,1,"
                               "6/26/2014 12:00:00 AM,06/27/2014 00:00,4,5,3\n");
    CHECK_STR(r.in.row[0].row,
              "{\"assess\":\"date_prec 1 where_prec 2 clarity 1 type 1\",\"conf_ppm\":1000000,"
              "\"count\":{\"best\":1,\"max\":1,\"min\":1},\"deaths\":{\"best\":4,\"max\":5,"
              "\"min\":3},\"exercise\":0,\"happened\":{\"begin\":\"2014-06-25T21:00:00.000000000Z"
              "\",\"end\":\"2014-06-27T21:00:00.000000000Z\"},\"kind\":\"event.fatal\",\"means\":"
              "\"told\",\"place\":{\"kind\":\"point\",\"lat\":487166670,\"lon\":375333335,\"r_m\":"
              "25000},\"platform\":\"media\",\"src_id\":\"147997\",\"text\":\"Kramatorsk town\"}");
    assert_int_equal(r.in.row[0].number, 2);
}

static void each_spelling_of_a_date_is_the_same_day(void **state)
{
    static const char *const spelling[] = {"9/30/2014 12:00:00 AM",   "09/30/2014 00:00",
                                           "9/30/2014",               "2014-09-30",
                                           "2014-09-30 00:00:00.000", "2014-09-30T00:00:00"};
    for (size_t i = 0; i < sizeof spelling / sizeof spelling[0]; i++) {
        char text[400];
        snprintf(text, sizeof text, HEAD "1,1,1,x,48,37,1,1,%s,%s,1,1,1\n", spelling[i],
                 spelling[0]);
        reading r = read_text(TR_INTAKE_UCDP, text);
        assert_int_equal(r.in.rows, 1);
        assert_true(r.in.row[0].begin == kyiv("2014-09-30"));
        assert_true(r.in.row[0].end == kyiv("2014-10-01"));
    }
}

static void days_of_a_clock_change_have_23_and_25_hours(void **state)
{
    reading r = read_text(TR_INTAKE_UCDP, HEAD "1,1,1,x,48,37,1,1,2015-03-29,2015-03-29,1,1,1\n"
                                               "2,1,1,x,48,37,1,1,2015-10-25,2015-10-25,1,1,1\n");
    assert_true(r.in.row[0].end - r.in.row[0].begin == 23 * TR_HOUR);
    assert_true(r.in.row[1].end - r.in.row[1].begin == 25 * TR_HOUR);
}

static void precision_codes_give_radii(void **state)
{
    static const int radius[] = {1000, 25000, 40000, 100000, 100000, 700000, 50000};
    for (int code = 1; code <= 7; code++) {
        char text[400];
        snprintf(text, sizeof text, HEAD "1,1,%d,x,48,37,1,1,2015-01-01,2015-01-01,1,1,1\n", code);
        reading r = read_text(TR_INTAKE_UCDP, text);
        const tr_json *place = tr_json_get(body_of(&r, 0), "place");
        assert_int_equal(tr_json_get(place, "r_m")->value, radius[code - 1]);
    }
}

static void windows_1252_and_utf_8_give_the_same_text(void **state)
{
    reading a = read_text(TR_INTAKE_UCDP, HEAD "1,1,1,Kiev\x92s,48,37,1,1,2015-01-01,2015-01-01,"
                                               "1,1,1\n");
    assert_true(a.in.sum.from_1252);
    CHECK_STR(member(&a, 0, "text"), "\"Kiev\xe2\x80\x99s\"");
    reading b = read_text(TR_INTAKE_UCDP, "\xef\xbb\xbf" HEAD "1,1,1,Kiev\xe2\x80\x99s,48,37,1,1,"
                                          "2015-01-01,2015-01-01,1,1,1\n");
    assert_false(b.in.sum.from_1252);
    CHECK_STR(member(&b, 0, "text"), "\"Kiev\xe2\x80\x99s\"");
    refuse_text(TR_INTAKE_UCDP, TR_STR("\xef\xbb\xbf" HEAD "1,1,1,Kiev\x92s\n"), TR_E_UTF8);
    refuse_text(TR_INTAKE_UCDP, TR_STR(HEAD "1,1,1,Kiev\x81s\n"), TR_E_TEXT_1252);
}

static void a_few_faulty_rows_are_refused_one_by_one(void **state)
{
    reading r = read_text(TR_INTAKE_UCDP,
                          HEAD "1,1,1,x,48,37,1,1,1/13/2015,1/14/2015,1,1,1\n"
                               "2,1,1,x,48,37,1,1,1/20/2015,1/19/2015,1,1,1\n"  /* neither order */
                               "3,1,1,x,48,37,1,1,3/1/2015,2/4/2015,1,1,1\n"    /* day first only */
                               "4,1,1,x,48,37,1,1,13/13/2015,1/14/2015,1,1,1\n" /* no day */
                               "5,1,1,x,48,37,1,1,1/25/2015,1/25/2015,1,1,1\n");
    assert_int_equal(r.in.rows, 2);
    assert_int_equal(r.in.refusals, 3);
    assert_int_equal(r.in.refused[0].number, 3);
    assert_int_equal(r.in.refused[0].code, TR_E_INTAKE_WHEN);
    assert_int_equal(r.in.refused[2].number, 5);
}

static void dates_that_only_go_day_first_refuse_the_file(void **state)
{
    reading r = refuse_text(TR_INTAKE_UCDP,
                            TR_STR(HEAD "1,1,1,x,48,37,1,1,1/2/2015,1/2/2015,1,1,1\n"
                                        "2,1,1,x,48,37,1,1,13/2/2015,14/2/2015,1,1,1\n"),
                            TR_E_INTAKE_DATE_ORDER);
    assert_int_equal(r.err.line, 3);
}

#define ROW(id, type, prec, lat, lon, clarity, dates, deaths)                                      \
    HEAD id "," type "," prec ",x," lat "," lon "," clarity "," dates "," deaths "\n"
#define DAYS "1,2015-01-01,2015-01-01"

static void faulty_rows_say_what_is_wrong(void **state)
{
    tr_intake_kind kind = TR_INTAKE_UCDP;
    check_row_refused(kind, ROW("", "1", "1", "48", "37", "1", DAYS, "1,1,1"), TR_E_INTAKE_TEXT,
                      "id is empty");
    check_row_refused(kind, ROW("1", "4", "1", "48", "37", "1", DAYS, "1,1,1"), TR_E_INTAKE_WORD,
                      "type_of_violence");
    check_row_refused(kind, ROW("1", "1", "0", "48", "37", "1", DAYS, "1,1,1"), TR_E_INTAKE_WORD,
                      "where_prec");
    check_row_refused(kind, ROW("1", "1", "8", "48", "37", "1", DAYS, "1,1,1"), TR_E_INTAKE_WORD,
                      "where_prec");
    check_row_refused(kind, ROW("1", "1", "1", "48", "37", "3", DAYS, "1,1,1"), TR_E_INTAKE_WORD,
                      "event_clarity");
    check_row_refused(kind, ROW("1", "1", "1", "48,5", "37", "1", DAYS, "1,1,1"),
                      TR_E_INTAKE_FIELDS, "14 fields, the header has 13");
    check_row_refused(kind, ROW("1", "1", "1", "4e1", "37", "1", DAYS, "1,1,1"), TR_E_INTAKE_PLACE,
                      "latitude \"4e1\"");
    check_row_refused(kind, ROW("1", "1", "1", "91", "37", "1", DAYS, "1,1,1"), TR_E_INTAKE_PLACE,
                      "not on the globe");
    check_row_refused(kind, ROW("1", "1", "1", "48", "10", "1", DAYS, "1,1,1"),
                      TR_E_INTAKE_OUTSIDE, "outside the area");
    check_row_refused(kind, ROW("1", "1", "1", "48", "37", "1", DAYS, "1,1,-1"),
                      TR_E_INTAKE_COUNT, "low");
    check_row_refused(kind, ROW("1", "1", "1", "48", "37", "1", DAYS, ",1,1"), TR_E_INTAKE_COUNT,
                      "best");
    check_row_refused(kind, ROW("1", "1", "1", "48", "37", "1", "1,2015-01-01,2015-01-01 09:00",
                                "1,1,1"), TR_E_INTAKE_WHEN, "date_end");
    check_row_refused(kind, ROW("1", "1", "1", "48", "37", "1", "1,1969-12-31,1970-01-02", "1,1,1"),
                      TR_E_INTAKE_WHEN, "date_start");
}

/* 1 January 1970 began at 21:00 of 1969, UTC: no moment that the record can write. */
static void a_local_day_that_begins_before_1970_utc_is_refused_by_itself(void **state)
{
    check_row_refused(TR_INTAKE_UCDP,
                      ROW("1", "1", "1", "48", "37", "1", "1,1970-01-01,1970-01-01", "1,1,1"),
                      TR_E_INTAKE_WHEN, "outside the years");
    reading r = read_text(TR_INTAKE_UCDP, ROW("1", "1", "1", "48", "37", "1",
                                              "1,1970-01-02,1970-01-02", "1,1,1"));
    assert_int_equal(r.in.rows, 1);
    reading late = fresh_reading();
    late.setting.tz = tr_tz_find(TR_STR("America/New_York"));
    assert_true(try_text(&late, TR_INTAKE_UCDP,
                         TR_STR(ROW("1", "1", "1", "48", "37", "1", "1,2261-12-31,2261-12-31",
                                    "1,1,1"))));
    assert_int_equal(late.in.refusals, 1); /* ends at 05:00 of 2262, UTC */
}

static void exchanged_coordinates_are_hinted_at(void **state)
{
    reading r = read_text(TR_INTAKE_UCDP, ROW("1", "1", "1", "37.5", "48.5", "1", DAYS, "1,1,1"));
    assert_int_equal(r.in.refused[0].code, TR_E_INTAKE_OUTSIDE);
    assert_true(tr_str_starts(r.in.refused[0].hint, "Latitude and longitude look exchanged"));
    reading far = read_text(TR_INTAKE_UCDP, ROW("1", "1", "1", "10", "10", "1", DAYS, "1,1,1"));
    assert_false(tr_str_starts(far.in.refused[0].hint, "Latitude and longitude look exchanged"));
}

static void a_published_best_outside_its_bounds_widens_them(void **state)
{
    reading r = read_text(TR_INTAKE_UCDP, ROW("1", "1", "1", "48", "37", "1", DAYS, "8,7,0"));
    CHECK_STR(member(&r, 0, "deaths"), "{\"best\":8,\"max\":8,\"min\":0}");
    CHECK_STR(member(&r, 0, "assess"), "\"date_prec 1 where_prec 1 clarity 1 type 1; published "
                                       "low 0 best 8 high 7\"");
    reading below = read_text(TR_INTAKE_UCDP, ROW("1", "1", "1", "48", "37", "1", DAYS, "6,7,7"));
    CHECK_STR(member(&below, 0, "deaths"), "{\"best\":6,\"max\":7,\"min\":6}");
}

static void columns_go_by_name(void **state)
{
    reading r = read_text(TR_INTAKE_UCDP,
                          "low,high,best,date_end,date_start,date_prec,event_clarity,longitude,"
                          "latitude,where_coordinates,where_prec,type_of_violence,country,id\n"
                          "1,3,2,2015-01-01,2015-01-01,1,1,37,48,x,1,1,Ukraine,9\n");
    CHECK_STR(r.in.row[0].src_id, "9");
    CHECK_STR(member(&r, 0, "deaths"), "{\"best\":2,\"max\":3,\"min\":1}");
    reading unknown = refuse_text(TR_INTAKE_UCDP, TR_STR("id,lattitude\n"), TR_E_INTAKE_COLUMNS);
    assert_string_equal(unknown.err.text,
                        "unknown column \"lattitude\", did you mean \"latitude\"?");
    reading missing = refuse_text(TR_INTAKE_UCDP, TR_STR("id,best\n1,2\n"), TR_E_INTAKE_COLUMNS);
    assert_non_null(strstr(missing.err.text, "no column \""));
    refuse_text(TR_INTAKE_UCDP, TR_STR("id,id\n"), TR_E_INTAKE_COLUMNS);
}

static void what_begins_after_the_latest_moment_lies_in_the_future(void **state)
{
    static const char table[] =
        "id,type_of_violence,where_prec,where_coordinates,latitude,longitude,event_clarity,"
        "date_prec,date_start,date_end,best,high,low\n"
        "1,1,1,x,48.0,37.8,1,1,2015-03-02,2015-03-02,1,1,1\n";
    reading r = fresh_reading();
    tr_time begin;
    tr_err  err = {0};
    assert_true(tr_time_read_any(TR_STR("2015-03-02"), r.setting.tz, &begin, &err));
    for (int step = -1; step <= 1; step++) { /* one nanosecond before, at, after the begin */
        r.setting.latest = begin + step;
        CHECK_OK(try_text(&r, TR_INTAKE_UCDP, tr_str_of(table)), r.err);
        assert_int_equal(r.in.rows, step >= 0);
        assert_int_equal(r.in.refusals, step < 0);
        if (step < 0)
            assert_int_equal(r.in.refused[0].code, TR_E_INTAKE_WHEN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_begins_after_the_latest_moment_lies_in_the_future),
        cmocka_unit_test(the_published_file_loses_no_row),
        cmocka_unit_test(a_file_turned_to_day_first_is_refused_whole),
        cmocka_unit_test(a_cut_file_gives_its_front_or_nothing),
        cmocka_unit_test(shuffled_records_give_the_same_set_of_rows),
        cmocka_unit_test(one_row_becomes_the_canonical_body),
        cmocka_unit_test(each_spelling_of_a_date_is_the_same_day),
        cmocka_unit_test(days_of_a_clock_change_have_23_and_25_hours),
        cmocka_unit_test(precision_codes_give_radii),
        cmocka_unit_test(windows_1252_and_utf_8_give_the_same_text),
        cmocka_unit_test(a_few_faulty_rows_are_refused_one_by_one),
        cmocka_unit_test(dates_that_only_go_day_first_refuse_the_file),
        cmocka_unit_test(faulty_rows_say_what_is_wrong),
        cmocka_unit_test(a_local_day_that_begins_before_1970_utc_is_refused_by_itself),
        cmocka_unit_test(exchanged_coordinates_are_hinted_at),
        cmocka_unit_test(a_published_best_outside_its_bounds_widens_them),
        cmocka_unit_test(columns_go_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
