/* list_test.c -- findings: cursor and span, CSV read back, GeoJSON rings, what the public gets. */
#include "check.h"

#include <jansson.h>

#include "codec/csv.h"
#include "scene.h"

static rig      r;
static tr_arena keep, scratch;

static int open_scene(void **state)
{
    keep = check_arena();
    scratch = check_arena();
    scene_open(&r, TR_STR(rig_agreement));
    return 0;
}

static json_t *listed(const tr_list_query *query, bool incidents)
{
    tr_view view = scene_view(&r, TR_AUDIENCE_MISSION);
    tr_out  out = tr_out_new(&keep);
    (incidents ? tr_put_incidents_json : tr_put_findings_json)(&out, scratch, &view, query);
    json_t *root = json_loadb(tr_out_z(&out), (size_t)tr_out_text(&out).len, 0, NULL);
    assert_non_null(root);
    return root;
}

static size_t count_of(json_t *root, const char *list)
{
    return json_array_size(json_object_get(root, list));
}

static void the_cursor_goes_through_all_findings_once(void **state)
{
    tr_list_query query = SCENE_ALL;
    size_t        seen = 0, pages = 0;
    query.limit = 2;
    for (;;) {
        json_t     *page = listed(&query, false);
        const char *next = json_string_value(json_object_get(page, "next"));
        assert_int_equal(json_integer_value(json_object_get(page, "total")), 5);
        seen += count_of(page, "findings");
        pages++;
        if (next)
            assert_true(tr_int_read(tr_str_of(next), &query.after));
        json_decref(page);
        if (!next)
            break;
    }
    assert_int_equal(seen, 5);
    assert_int_equal(pages, 3);
    query.after = 100; /* past the end */
    json_t *page = listed(&query, false);
    assert_int_equal(count_of(page, "findings"), 0);
    assert_null(json_object_get(page, "next"));
    json_decref(page);
}

/* e3 is [05:00, 06:00), f1 is [00:00, 12:00). */
static void a_span_takes_what_it_meets(void **state)
{
    static const struct {
        const char *begin, *end;
        int         found;
    } spans[] = {{"2026-02-10T06:00:00.000000000Z", "2026-02-10T07:00:00.000000000Z", 1},
                 {"2026-02-10T05:59:59.999999999Z", "2026-02-10T07:00:00.000000000Z", 2},
                 {"2026-02-10T04:00:00.000000000Z", "2026-02-10T05:00:00.000000000Z", 1},
                 {"2026-02-10T04:00:00.000000000Z", "2026-02-10T05:00:00.000000001Z", 2},
                 {"2026-02-10T12:00:00.000000000Z", "2026-02-11T00:00:00.000000000Z", 0}};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        tr_list_query query = SCENE_ALL;
        query.span = scene_span(spans[i].begin, spans[i].end);
        json_t *page = listed(&query, false);
        assert_int_equal(count_of(page, "findings"), spans[i].found);
        json_decref(page);
        page = listed(&query, true);
        assert_int_equal(count_of(page, "incidents"), spans[i].found);
        json_decref(page);
    }
}

static void a_clause_takes_its_own(void **state)
{
    tr_list_query query = SCENE_ALL;
    query.clause = 1;
    json_t *page = listed(&query, false);
    assert_int_equal(count_of(page, "findings"), 1);
    json_t *first = json_array_get(json_object_get(page, "findings"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "clause")), "1.2");
    assert_int_equal(json_integer_value(json_object_get(first, "row")), 0);
    json_decref(page);
    page = listed(&query, true);
    assert_int_equal(count_of(page, "incidents"), 1);
    json_decref(page);
}

/* ---- CSV ---- */

typedef struct {
    int    rows, fields;
    tr_str text[8], id[8];
} table;

static bool take_row(void *context, const tr_csv_row *row)
{
    table *t = context;
    assert_int_equal(row->fields, t->rows == 0 ? row->fields : t->fields);
    t->fields = row->fields;
    assert_true(t->rows < 8);
    t->id[t->rows] = tr_str_keep(&keep, row->field[0]);
    t->text[t->rows++] = tr_str_keep(&keep, row->field[row->fields - 1]);
    return true;
}

static void csv_reads_back_and_no_text_is_a_formula(void **state)
{
    const char *name;
    table       t = {0};
    tr_err      err = {0};
    tr_str      csv = scene_put(&r, TR_AUDIENCE_MISSION, 6, &name);
    CHECK_OK(tr_csv_read(scratch, csv, ',', take_row, &t, &err), err);
    assert_int_equal(t.rows, 7);
    assert_int_equal(t.fields, 28);
    CHECK_STR(t.id[0], "finding");
    CHECK_STR(t.id[1], "#event+id");
    CHECK_STR(t.text[2], "'=2+5,\"<script>alert(1)</script>&amp; 'x'");
    CHECK_STR(t.text[3], "'@cell \xd7\x90\xd7\x91");
    CHECK_STR(t.text[5], "'-1");
    assert_true(csv.at[csv.len - 2] == '\r' && csv.at[csv.len - 1] == '\n');
}

/* ---- GeoJSON ---- */

static double twice_area(json_t *ring)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < json_array_size(ring); i++) {
        json_t *a = json_array_get(ring, i), *b = json_array_get(ring, i + 1);
        double  ax = json_number_value(json_array_get(a, 0)) - 38,
               ay = json_number_value(json_array_get(a, 1)) - 48,
               bx = json_number_value(json_array_get(b, 0)) - 38,
               by = json_number_value(json_array_get(b, 1)) - 48;
        sum += ax * by - bx * ay;
    }
    return sum;
}

static void rings_are_closed_and_counter_clockwise(void **state)
{
    const char *name;
    tr_str      text = scene_put(&r, TR_AUDIENCE_MISSION, 7, &name);
    json_t     *root = json_loadb(text.at, (size_t)text.len, 0, NULL);
    json_t     *features = json_object_get(root, "features");
    assert_int_equal(json_array_size(features), 5);
    for (size_t i = 0; i < json_array_size(features); i++) {
        json_t *geometry = json_object_get(json_array_get(features, i), "geometry");
        json_t *ring = json_array_get(json_object_get(geometry, "coordinates"), 0);
        size_t  last = json_array_size(ring) - 1;
        assert_true(last >= 8);
        assert_true(json_equal(json_array_get(ring, 0), json_array_get(ring, last)));
        assert_true(twice_area(ring) > 0);
    }
    json_decref(root);
}

static void a_finding_without_a_place_has_no_geometry(void **state)
{
    RIG_OK(&r, rig_say(&r, "device", "cam", TR_ENTRY_OBSERVATION,
                       "{\"assess\":\"undetermined\",\"conf_ppm\":900000,\"count\":{\"best\":1,"
                       "\"min\":1},\"exercise\":0,\"happened\":{\"begin\":"
                       "\"2026-02-11T01:00:00.000000000Z\",\"end\":"
                       "\"2026-02-11T02:00:00.000000000Z\"},\"kind\":\"explosion\",\"means\":"
                       "\"heard\",\"place\":{\"kind\":\"none\"},\"platform\":\"patrol\","
                       "\"source\":\"cam\",\"src_id\":\"e9\"}"));
    const char *name;
    CHECK_HAS(scene_put(&r, TR_AUDIENCE_MISSION, 7, &name), "\"geometry\":null");
    CHECK_HAS(scene_put(&r, TR_AUDIENCE_MISSION, 3, &name), "\"place\":{\"kind\":\"none\"}");
    CHECK_HAS(scene_put(&r, TR_AUDIENCE_MISSION, 3, &name), "\"n\":[1,1,\"unbounded\"]");
}

/* ---- the public ---- */

static void the_public_sees_no_draft_no_text_no_observer_no_exact_place_or_time(void **state)
{
    const char *name;
    for (int which = 0; which < SCENE_OUTPUTS; which++) {
        tr_str text = scene_put(&r, TR_AUDIENCE_PUBLIC, which, &name);
        CHECK_LACKS(text, "\"f-");
        CHECK_LACKS(text, "script>alert");
        CHECK_LACKS(text, "lt;script");
        CHECK_LACKS(text, "is wrong");
        CHECK_LACKS(text, "\"cam\"");
        CHECK_LACKS(text, "source cam");
        CHECK_LACKS(text, "e1, ");
        CHECK_LACKS(text, "\"bytes\"");
        CHECK_LACKS(text, "T05:00:00Z"); /* begin of e3 */
        CHECK_LACKS(text, " 05:00");
    }
    CHECK_HAS(scene_put(&r, TR_AUDIENCE_PUBLIC, 3, &name), "\"total\":0");
    CHECK_HAS(scene_put(&r, TR_AUDIENCE_PUBLIC, 3, &name), "no finding has been released");
    CHECK_HAS(scene_put(&r, TR_AUDIENCE_PUBLIC, 4, &name), "\"lon\":38.05,\"lat\":48.05");
    CHECK_HAS(scene_put(&r, TR_AUDIENCE_PUBLIC, 13, &name), "\"count\":[");
}

static void a_draft_is_refused_to_the_public(void **state)
{
    tr_view     view = scene_view(&r, TR_AUDIENCE_PUBLIC);
    tr_out      out = tr_out_new(&keep);
    tr_findings list = {0};
    tr_err      err;
    char        id[TR_FINDING_ID + 1];
    tr_mission_findings(r.m, &keep, &list);
    tr_finding_name(&list.at[0], id);
    out = tr_out_new(&keep);
    CHECK_FAILS(tr_put_explain_json(&out, scratch, &view, tr_str_of(id), &err), err,
                TR_E_NOT_RELEASED);
    CHECK_FAILS(tr_put_explain_text(&out, scratch, &view, TR_STR("i-nothing"), &err), err,
                TR_E_NOT_FOUND);
    assert_int_equal(tr_out_text(&out).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cursor_goes_through_all_findings_once),
        cmocka_unit_test(a_span_takes_what_it_meets),
        cmocka_unit_test(a_clause_takes_its_own),
        cmocka_unit_test(csv_reads_back_and_no_text_is_a_formula),
        cmocka_unit_test(rings_are_closed_and_counter_clockwise),
        cmocka_unit_test(the_public_sees_no_draft_no_text_no_observer_no_exact_place_or_time),
        cmocka_unit_test(a_draft_is_refused_to_the_public),
        cmocka_unit_test(a_finding_without_a_place_has_no_geometry)};
    return cmocka_run_group_tests(tests, open_scene, NULL);
}
