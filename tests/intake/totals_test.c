/* totals_test.c -- published totals: what R-SMM must give, record by record. */
#include "intake_check.h"

#define HEAD                                                                                       \
    "id\tscope\tfrom_local\tto_local\tqualifier\ttotal\texplosions\timpact\tairburst\t"            \
    "undetermined\tprojectiles\tmuzzle_flashes\tflares\tbursts_shots\texercise\n"

typedef struct {
    int64_t rows, min, best, max, explosions, exercise;
} sums;

/* Over the observations of one record. */
static sums sum_record(reading *r, const char *id)
{
    char prefix[32];
    sums sum = {0};
    snprintf(prefix, sizeof prefix, "%s/", id);
    for (int64_t i = 0; i < r->in.rows; i++) {
        if (!tr_str_starts(r->in.row[i].src_id, prefix))
            continue;
        const tr_json *body = body_of(r, i), *count = tr_json_get(body, "count");
        const tr_json *max = tr_json_get(count, "max");
        int64_t        best = tr_json_get(count, "best")->value;
        sum.rows++;
        sum.min += tr_json_get(count, "min")->value;
        sum.best += best;
        sum.max = !max || sum.max < 0 ? -1 : sum.max + max->value;
        if (tr_kind_flags(r->in.row[i].kind) & TR_KIND_SMM_EXPLOSION)
            sum.explosions += best;
        if (tr_json_get(body, "exercise")->value == 1)
            sum.exercise += best;
        CHECK_STR(tr_json_get(tr_json_get(body, "place"), "kind")->text, "none");
    }
    return sum;
}

static void the_published_table_gives_its_own_sums(void **state)
{
    static const struct {
        const char *id;
        int64_t     rows, best, explosions, exercise;
        char        said; /* e exact, l at least, a about */
    } want[] = {
        {"C1", 5, 4960, 2080, 0, 'l'},    {"C2", 5, 6294, 2660, 0, 'l'},
        {"C3", 5, 41274, 12495, 0, 'l'},  {"C4", 5, 13375, 4692, 0, 'l'}, /* not 12,000 */
        {"C5", 1, 123, 0, 0, 'e'},        {"C6", 1, 256, 0, 0, 'e'},
        {"D1", 2, 111, 21, 0, 'e'},       {"D2", 3, 299, 46, 0, 'e'},
        {"D3", 1, 2, 2, 0, 'e'},          {"D4", 2, 83, 6, 0, 'e'},
        {"D5", 1, 8, 8, 0, 'e'},          {"D6", 4, 261, 58, 0, 'e'},
        {"D7", 2, 78, 37, 0, 'e'},        {"D8", 2, 612, 0, 491, 'e'},
        {"D9", 2, 193, 48, 0, 'e'},       {"D10", 2, 265, 0, 146, 'e'},
        {"D11", 1, 6, 0, 0, 'e'},         {"D12", 3, 399, 25, 0, 'e'},
        {"D13", 2, 44, 23, 0, 'e'},       {"K1", 3, 83, 45, 0, 'a'},
        {"K2", 4, 12, 9, 0, 'e'},         {"K3", 3, 86, 4, 0, 'a'},
        {"F1", 2, 10500, 2000, 0, 'a'},   {"F2", 2, 9800, 2750, 0, 'a'},
    };
    reading r = fresh_reading();
    tr_str  file = check_file(&r.keep, check_path("../shared/data/smm/smm_totals.tsv"));
    CHECK_DATA(file);
    CHECK_OK(try_text(&r, TR_INTAKE_SMM_TOTALS, file), r.err);
    assert_int_equal(r.in.sum.records, 24);
    assert_int_equal(r.in.sum.refused, 0);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        sums sum = sum_record(&r, want[i].id);
        if (sum.rows != want[i].rows || sum.best != want[i].best ||
            sum.explosions != want[i].explosions || sum.exercise != want[i].exercise)
            fail_msg("%s: %lld rows, %lld, explosions %lld, exercise %lld", want[i].id,
                     (long long)sum.rows, (long long)sum.best, (long long)sum.explosions,
                     (long long)sum.exercise);
        assert_true(want[i].said == 'e'   ? sum.min == sum.best && sum.max == sum.best
                    : want[i].said == 'l' ? sum.min == sum.best && sum.max == -1
                                          : sum.min < sum.best && sum.max > sum.best);
    }
}

static reading read_record(const char *record)
{
    char text[1000];
    snprintf(text, sizeof text, HEAD "%s\n", record);
    return read_text(TR_INTAKE_SMM_TOTALS, text);
}

static void a_qualifier_of_one_kind_leaves_the_others_exact(void **state)
{
    reading r = read_record("K1\tcamera\t2018-09-20 evening\t2018-09-21 night\tabout (explosions)"
                            "\t\t45\t\t\t\t36\t0\t2\t0\t");
    assert_int_equal(r.in.rows, 3);
    CHECK_STR(r.in.row[0].src_id, "K1/explosions");
    CHECK_STR(member(&r, 0, "count"), "{\"best\":45,\"max\":47,\"min\":43}");
    CHECK_STR(member(&r, 1, "count"), "{\"best\":36,\"max\":36,\"min\":36}");
    CHECK_STR(r.in.row[2].src_id, "K1/flares");
}

static void what_explosions_leave_of_a_total_is_fire(void **state)
{
    reading r = read_record("D2\tx\t2020-12-27 evening\t2020-12-28T19:30\texact\t299\t46\t2\t0\t44"
                            "\t\t\t\t\t");
    CHECK_STR(r.in.row[0].src_id, "D2/impact");
    CHECK_STR(r.in.row[1].src_id, "D2/undetermined");
    CHECK_STR(r.in.row[2].src_id, "D2/rest");
    CHECK_STR(member(&r, 2, "kind"), "\"fire\"");
    CHECK_STR(member(&r, 2, "count"), "{\"best\":253,\"max\":253,\"min\":253}");
    CHECK_STR(member(&r, 2, "assess"),
              "\"published exact; total 299; explosions 46; impact 2; airburst 0; undetermined "
              "44\"");
    reading about = read_record("F1\tx\t2020-05-04\t2020-05-17\tabout\t10500\t2000\t\t\t"
                                "\t\t\t\t\t");
    CHECK_STR(member(&about, 1, "count"), "{\"best\":8500,\"max\":9250,\"min\":7750}");
}

static void a_stated_exercise_splits_the_total(void **state)
{
    reading r = read_record("D8\tx\t2021-11-25 evening\t2021-11-26T19:30\texact\t612\t32\t1\t3\t28"
                            "\t\t\t\t\t491");
    assert_int_equal(r.in.rows, 2);
    CHECK_STR(r.in.row[0].src_id, "D8/exercise");
    CHECK_STR(member(&r, 0, "exercise"), "1");
    CHECK_STR(member(&r, 1, "count"), "{\"best\":121,\"max\":121,\"min\":121}");
    reading part = read_record("D9\tx\t2021-11-25 evening\t2021-11-26T19:30\texact\t193\t48\t\t\t\t"
                               "\t\t\t\tpart, number not stated");
    CHECK_STR(member(&part, 0, "exercise"), "0");
    assert_non_null(strstr(tr_str_z(&part.keep, part.in.row[0].row), "part, number not stated"));
    reading whole = read_record("D9\tx\t2021-11-25 evening\t2021-11-26T19:30\texact\t193\t48\t\t\t"
                                "\t\t\t\t\t193");
    CHECK_STR(member(&whole, 0, "exercise"), "1");
}

static void check_period(const char *from, const char *to, const char *want)
{
    char text[400];
    snprintf(text, sizeof text, "X\tx\t%s\t%s\texact\t5\t\t\t\t\t\t\t\t\t", from, to);
    reading r = read_record(text);
    CHECK_STR(member(&r, 0, "happened"), want);
}

#define SPAN(begin, end) "{\"begin\":\"" begin ":00.000000000Z\",\"end\":\"" end ":00.000000000Z\"}"

static void evenings_end_at_half_past_seven(void **state)
{
    check_period("2021-11-25 evening", "2021-11-26T19:30", SPAN("2021-11-25T17:30",
                 "2021-11-26T17:30"));
    check_period("2021-01-15 evening", "2021-01-17 evening", SPAN("2021-01-15T17:30",
                 "2021-01-17T17:30"));
    check_period("2018-09-20 evening", "2018-09-20 evening", SPAN("2018-09-20T15:00",
                 "2018-09-20T21:00"));
    check_period("2018-09-20 evening", "2018-09-21 night", SPAN("2018-09-20T16:30",
                 "2018-09-21T21:00"));
    check_period("2020-05-04", "2020-05-17", SPAN("2020-05-03T21:00", "2020-05-17T21:00"));
    check_period("2020-07-27T00:01", "2020-07-30T19:30", SPAN("2020-07-26T21:01",
                 "2020-07-30T16:30"));
}

static void check_bad(const char *record, int code, const char *says)
{
    char text[2000];
    snprintf(text, sizeof text, HEAD "%s\n", record);
    check_row_refused(TR_INTAKE_SMM_TOTALS, text, code, says);
}

static void contradicting_figures_are_refused(void **state)
{
    check_bad("A\tx\t2020-01-01\t2020-01-02\texact\t10\t5\t1\t1\t1\t\t\t\t\t", TR_E_INTAKE_SUM,
              "sum to 3");
    check_bad("A\tx\t2020-01-01\t2020-01-02\texact\t10\t5\t\t\t\t1\t1\t1\t1\t", TR_E_INTAKE_SUM,
              "five kinds sum to 9");
    check_bad("A\tx\t2020-01-01\t2020-01-02\texact\t10\t11\t\t\t\t\t\t\t\t", TR_E_INTAKE_SUM,
              "kinds sum to 11");
    check_bad("A\tx\t2020-01-01\t2020-01-02\texact\t10\t\t\t\t\t\t\t\t\t11", TR_E_INTAKE_SUM,
              "exercise");
    check_bad("A\tx\t2020-01-01\t2020-01-02\texact\t\t\t\t\t\t\t\t\t\t", TR_E_INTAKE_COUNT,
              "neither a total");
    check_bad("A\tx\t2020-01-01\t2020-01-02\tmaybe\t3\t\t\t\t\t\t\t\t\t", TR_E_INTAKE_WORD,
              "qualifier");
    check_bad("A\tx\t2020-01-01\t2020-01-02\texact\tten\t\t\t\t\t\t\t\t\t", TR_E_INTAKE_COUNT,
              "total \"ten\"");
    check_bad("A\tx\t2020-01-03\t2020-01-01\texact\t3\t\t\t\t\t\t\t\t\t", TR_E_INTAKE_WHEN,
              "ends at");
    check_bad("A\tx\t2020-01-03 morning\t2020-01-04\texact\t3\t\t\t\t\t\t\t\t\t", TR_E_INTAKE_WHEN,
              "from_local");
    check_bad("\tx\t2020-01-01\t2020-01-02\texact\t3\t\t\t\t\t\t\t\t\t", TR_E_INTAKE_TEXT,
              "id is empty");
}

static void a_rounded_total_may_differ_from_its_kinds(void **state)
{
    reading r = read_record("C4\tx\t2020-07-27\t2021-03-25\tat least (rounded by the press)\t12000"
                            "\t4692\t\t\t\t1540\t154\t63\t6926\t");
    sums sum = sum_record(&r, "C4");
    assert_int_equal(sum.best, 13375);
    assert_int_equal(sum.max, -1);
}

static void zeros_give_no_observation(void **state)
{
    reading r = read_record("Z\tx\t2020-01-01\t2020-01-02\texact\t0\t0\t\t\t\t0\t0\t0\t0\t");
    assert_int_equal(r.in.sum.records, 1);
    assert_int_equal(r.in.sum.read, 0);
    reading total = read_record("Z\tx\t2020-01-01\t2020-01-02\texact\t0\t\t\t\t\t\t\t\t\t");
    assert_int_equal(total.in.rows, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_table_gives_its_own_sums),
        cmocka_unit_test(a_qualifier_of_one_kind_leaves_the_others_exact),
        cmocka_unit_test(what_explosions_leave_of_a_total_is_fire),
        cmocka_unit_test(a_stated_exercise_splits_the_total),
        cmocka_unit_test(evenings_end_at_half_past_seven),
        cmocka_unit_test(contradicting_figures_are_refused),
        cmocka_unit_test(a_rounded_total_may_differ_from_its_kinds),
        cmocka_unit_test(zeros_give_no_observation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
