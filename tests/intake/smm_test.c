/* smm_test.c -- observation reports: sector, time, words. */
#include "intake_check.h"

#define HEAD                                                                                       \
    "id,observer_lat,observer_lon,range_km,compass,platform,number,means,kind,start,end,exercise," \
    "description\n"

static void one_report_becomes_a_sector(void **state)
{
    reading r = read_text(TR_INTAKE_SMM,
                          HEAD "r-1,48.1,37.75,2-5,S-SSW,SMM camera at the filtration station,"
                               "about 45,recorded,undetermined explosion,2018-09-20 19:52,"
                               "2018-09-20 20:10,no,\"first line\nsecond\"\n");
    CHECK_STR(r.in.row[0].row,
              "{\"assess\":\"number: about 45; range km: 2-5; compass: S-SSW; kind: undetermined "
              "explosion; platform: SMM camera at the filtration station\",\"conf_ppm\":1000000,"
              "\"count\":{\"best\":45,\"max\":47,\"min\":43},\"exercise\":0,\"happened\":{\"begin\""
              ":\"2018-09-20T16:52:00.000000000Z\",\"end\":\"2018-09-20T17:10:00.000000000Z\"},"
              "\"kind\":\"explosion.undetermined\",\"means\":\"recorded\",\"observer\":{\"kind\":"
              "\"point\",\"lat\":481000000,\"lon\":377500000,\"r_m\":100},\"place\":{"
              "\"az_begin_cdeg\":16875,\"az_end_cdeg\":21375,\"kind\":\"sector\",\"lat\":481000000,"
              "\"lon\":377500000,\"r_max_m\":5500,\"r_min_m\":1500},\"platform\":\"camera\","
              "\"src_id\":\"r-1\",\"text\":\"first line\\nsecond\"}");
}

static reading read_row(const char *row)
{
    char text[1000];
    snprintf(text, sizeof text, HEAD "%s\n", row);
    return read_text(TR_INTAKE_SMM, text);
}

static void check_place(const char *range, const char *compass, int32_t range_m, const char *want)
{
    char text[1000];
    snprintf(text, sizeof text, HEAD "1,48,37,%s,\"%s\",patrol,1,heard,shot,2020-01-01 10:00,,,\n",
             range, compass);
    reading r = fresh_reading();
    r.setting.range_m = range_m;
    CHECK_OK(try_text(&r, TR_INTAKE_SMM, tr_str_of(text)), r.err);
    CHECK_STR(member(&r, 0, "place"), want);
    assert_true(member(&r, 0, "observer").len > 0);
}

#define SECTOR(begin, end, most, least)                                                            \
    "{\"az_begin_cdeg\":" begin ",\"az_end_cdeg\":" end ",\"kind\":\"sector\",\"lat\":480000000,"  \
    "\"lon\":370000000,\"r_max_m\":" most ",\"r_min_m\":" least "}"

static void places_are_as_wide_as_the_words(void **state)
{
    check_place("3", "SSW", 0, SECTOR("19125", "21375", "3500", "2500"));
    check_place("3", "south and south-south-west", 0, SECTOR("16875", "21375", "3500", "2500"));
    check_place("3", "N", 0, SECTOR("34875", "1125", "3500", "2500"));
    check_place("0.6-1", "", 0, SECTOR("0", "0", "1500", "550"));
    check_place("N/K", "SSW", 20000, SECTOR("19125", "21375", "20000", "0"));
    check_place("", "SSW", 0, "{\"kind\":\"none\"}");
    check_place("", "N/K", 0, "{\"kind\":\"none\"}");
}

static void check_when(const char *start, const char *end, const char *want)
{
    char text[400];
    snprintf(text, sizeof text, "1,48,37,3,S,patrol,1,heard,shot,%s,%s,,", start, end);
    reading r = read_row(text);
    CHECK_STR(member(&r, 0, "happened"), want);
}

#define SPAN(begin, end) "{\"begin\":\"" begin ":00.000000000Z\",\"end\":\"" end ":00.000000000Z\"}"

static void a_missing_end_is_a_minute_or_the_day(void **state)
{
    check_when("2020-07-01 10:00", "", SPAN("2020-07-01T07:00", "2020-07-01T07:01"));
    check_when("2020-07-01 10:00", "N/K", SPAN("2020-07-01T07:00", "2020-07-01T07:01"));
    check_when("2020-07-01 10:00", "2020-07-01 10:00", SPAN("2020-07-01T07:00",
               "2020-07-01T07:01"));
    check_when("2020-07-01 10:00", "2020-07-01 10:01", SPAN("2020-07-01T07:00",
               "2020-07-01T07:01"));
    check_when("2020-07-01", "", SPAN("2020-06-30T21:00", "2020-07-01T21:00"));
    check_when("2020-07-01", "2020-07-02", SPAN("2020-06-30T21:00", "2020-07-02T21:00"));
    check_when("2020-07-01T10:00:00Z", "2020-07-01T13:30:00+03:00",
               SPAN("2020-07-01T10:00", "2020-07-01T10:30"));
}

static void check_words(const char *column, const char *words, const char *want)
{
    char text[400];
    bool kind = strcmp(column, "kind") == 0, platform = strcmp(column, "platform") == 0;
    bool means = strcmp(column, "means") == 0;
    snprintf(text, sizeof text, "1,48,37,3,S,%s,1,%s,%s,2020-07-01 10:00,,%s,",
             platform ? words : "patrol", means ? words : "heard", kind ? words : "shot",
             !kind && !platform && !means ? words : "");
    reading r = read_row(text);
    CHECK_STR(member(&r, 0, column), want);
}

static void words_of_reports_are_mapped(void **state)
{
    static const char *const words[][3] = {
        {"kind", "explosion", "\"explosion\""},
        {"kind", "Explosions", "\"explosion\""},
        {"kind", "impact", "\"explosion.impact\""},
        {"kind", "airburst", "\"explosion.airburst\""},
        {"kind", "projectile", "\"projectile\""},
        {"kind", "projectiles in flight", "\"projectile\""},
        {"kind", "muzzle flash", "\"muzzle_flash\""},
        {"kind", "muzzle_flash", "\"muzzle_flash\""},
        {"kind", "illumination flare", "\"flare\""},
        {"kind", "burst", "\"burst\""},
        {"kind", "shot", "\"shot\""},
        {"kind", "sniper", "\"sniper\""},
        {"kind", "explosion.outgoing", "\"explosion.outgoing\""},
        {"kind", "weapon.mortar", "\"weapon.mortar\""},
        {"kind", "N/K", "\"fire\""},
        {"platform", "SMM patrol", "\"patrol\""},
        {"platform", "camera", "\"camera\""},
        {"platform", "Camera near Hnutove", "\"camera\""},
        {"platform", "mini UAV", "\"uav_mini\""},
        {"platform", "mid-range UAV", "\"uav_mid\""},
        {"platform", "long-range UAV", "\"uav_long\""},
        {"platform", "uav_long", "\"uav_long\""},
        {"means", "saw", "\"saw\""},
        {"means", "Heard", "\"heard\""},
        {"means", "recorded", "\"recorded\""},
        {"means", "told", "\"told\""},
        {"exercise", "yes", "1"},
        {"exercise", "No", "0"},
        {"exercise", "", "0"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        check_words(words[i][0], words[i][1], words[i][2]);
}

static void check_bad(const char *row, int code, const char *says)
{
    char text[4000];
    snprintf(text, sizeof text, HEAD "%s\n", row);
    check_row_refused(TR_INTAKE_SMM, text, code, says);
}

static void faulty_reports_say_what_is_wrong(void **state)
{
    check_bad("1,,37,3,S,patrol,1,heard,shot,2020-07-01 10:00,,,", TR_E_INTAKE_PLACE, "latitude");
    check_bad("1,37,48,3,S,patrol,1,heard,shot,2020-07-01 10:00,,,", TR_E_INTAKE_OUTSIDE,
              "outside the area");
    check_bad("1,48,37,5-2,S,patrol,1,heard,shot,2020-07-01 10:00,,,", TR_E_INTAKE_PLACE, "range");
    check_bad("1,48,37,3,souths,patrol,1,heard,shot,2020-07-01 10:00,,,", TR_E_INTAKE_PLACE,
              "compass");
    check_bad("1,48,37,3,S,balloon,1,heard,shot,2020-07-01 10:00,,,", TR_E_INTAKE_WORD, "platform");
    check_bad("1,48,37,3,S,patrol,0,heard,shot,2020-07-01 10:00,,,", TR_E_INTAKE_COUNT, "\"0\"");
    check_bad("1,48,37,3,S,patrol,1,smelt,shot,2020-07-01 10:00,,,", TR_E_INTAKE_WORD, "sensing");
    check_bad("1,48,37,3,S,patrol,1,heard,thunder,2020-07-01 10:00,,,", TR_E_INTAKE_WORD, "kind");
    check_bad("1,48,37,3,S,patrol,1,heard,shot,N/K,,,", TR_E_INTAKE_WHEN, "N/K");
    check_bad("1,48,37,3,S,patrol,1,heard,shot,01/07/2020,,,", TR_E_INTAKE_WHEN, "01/07/2020");
    check_bad("1,48,37,3,S,patrol,1,heard,shot,2020-07-01 10:00,2020-07-01 09:59,,",
              TR_E_INTAKE_WHEN, "ends at");
    check_bad("1,48,37,3,S,patrol,1,heard,shot,2020-07-01 10:00,,maybe,", TR_E_INTAKE_WORD,
              "neither yes nor no");
    check_bad("1,48,37,3,S,patrol,1,heard,shot,2020-07-01 10:00,,", TR_E_INTAKE_FIELDS,
              "12 fields");
}

static void a_text_of_4000_bytes_is_the_longest(void **state)
{
    for (int len = 3999; len <= 4001; len++) {
        reading r = fresh_reading();
        tr_out  out = tr_out_new(&r.keep);
        tr_put(&out, HEAD "1,48,37,3,S,patrol,1,heard,shot,2020-07-01 10:00,,,");
        for (int i = 0; i < len; i++)
            tr_put_char(&out, 'x');
        CHECK_OK(try_text(&r, TR_INTAKE_SMM, tr_out_text(&out)), r.err);
        assert_int_equal(r.in.rows, len <= 4000);
    }
}

static void tabs_serve_as_well_as_commas(void **state)
{
    reading r = read_text(TR_INTAKE_SMM, "id\tobserver_lat\tobserver_lon\tplatform\tnumber\tmeans\t"
                                         "kind\tstart\n"
                                         "1\t48\t37\tpatrol\t3 to 5\theard\tburst\t2020-07-01 "
                                         "10:00\n");
    CHECK_STR(member(&r, 0, "count"), "{\"best\":4,\"max\":5,\"min\":3}");
    CHECK_STR(member(&r, 0, "place"), "{\"kind\":\"none\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_report_becomes_a_sector),
        cmocka_unit_test(places_are_as_wide_as_the_words),
        cmocka_unit_test(a_missing_end_is_a_minute_or_the_day),
        cmocka_unit_test(words_of_reports_are_mapped),
        cmocka_unit_test(faulty_reports_say_what_is_wrong),
        cmocka_unit_test(a_text_of_4000_bytes_is_the_longest),
        cmocka_unit_test(tabs_serve_as_well_as_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
