/* scene.h -- a small replayed record that the tests of reports look at.
 *
 * Four explosions within a day reach 6.1 and 6.2; one row has hostile text; one row of the
 * register has deaths; A objects; one row is corrected.
 */
#ifndef SCENE_H
#define SCENE_H

#define RIG_ORIGIN "truce.example/replay/rig"
#include "mission/rig.h"

#include "base/time.h"
#include "report/report.h"

#define SCENE_HOSTILE "=2+5,\\\"<script>alert(1)</script>&amp; 'x'"
#define D(hour)       "2026-02-10T" hour ":00:00"

static void scene_row(rig *r, const char *src_id, const char *begin, const char *end,
                      const char *text)
{
    RIG_OK(r, rig_observe(r, "cam",
                          &(rig_row){.src_id = src_id, .begin = begin, .end = end, .text = text}));
}

__attribute__((unused)) static void scene_open(rig *r, tr_str agreement)
{
    rig_open_text(r, agreement);
    RIG_OK(r, rig_tick(r, D("00")));
    RIG_OK(r, rig_say(r, "device", "cam", TR_ENTRY_SOURCE_HEALTH,
                      "{\"cause\":\"heartbeat\",\"exposure_s\":864000,\"source\":\"cam\",\"span\":"
                      "{\"begin\":\"2026-02-05T00:00:00.000000000Z\",\"end\":"
                      "\"2026-02-15T00:00:00.000000000Z\"},\"status\":\"up\"}"));
    scene_row(r, "e1", D("01"), D("02"), SCENE_HOSTILE);
    int64_t first = r->size - 1;
    scene_row(r, "e2", D("03"), D("04"), "@cell \u05d0\u05d1");
    scene_row(r, "e3", D("05"), D("06"), NULL);
    RIG_OK(r, rig_tick(r, D("07")));
    scene_row(r, "e4", D("07"), "2026-02-10T07:30:00", "-1");
    tr_str fatal = rig_row_text(
        r,
        &(rig_row){
            .src_id = "f1", .begin = D("00"), .end = D("12"), .kind = "event.fatal", .deaths = 3},
        NULL);
    RIG_OK(r, rig_batch(r, "table", &fatal, 1));
    RIG_OK(r, rig_tick(r, "2026-02-10T08:30:00"));
    RIG_OK(r, rig_say(r, "party", "A", TR_ENTRY_OBJECTION,
                      "{\"ground\":\"place\",\"of\":%s,\"text\":\"the <b>place</b> is wrong\"}",
                      rig_ref(r, first, -1)));
    RIG_OK(r, rig_correct(r, "device", "cam", rig_ref(r, first + 2, -1), "count.max", "1", "2"));
    RIG_OK(r, rig_tick(r, "2026-02-12T00:00:00"));
}

__attribute__((unused)) static tr_view scene_view(const rig *r, tr_audience audience)
{
    return (tr_view){.mission = r->m,
                     .head = {(uint64_t)r->size, r->root[r->size]},
                     .audience = audience,
                     .as_known_at = TR_TIME_NONE,
                     .notice =
                         TR_STR("trial keys, one machine: two signatures are not two people")};
}

#define SCENE_ALL                                                                                  \
    ((tr_list_query){.clause = -1, .span = {TR_TIME_NONE, TR_TIME_MAX}, .after = -1, .limit = 1000})

/* Every form of output, by number. */
enum { SCENE_OUTPUTS = 18 };

static tr_span scene_span(const char *begin, const char *end)
{
    tr_span span;
    assert_true(tr_time_read(tr_str_of(begin), &span.begin));
    assert_true(tr_time_read(tr_str_of(end), &span.end));
    return span;
}

__attribute__((unused)) static tr_span scene_days(void)
{
    return scene_span("2026-02-08T00:00:00.000000000Z", "2026-02-12T00:00:00.000000000Z");
}

/* Each form of output once, in memory of its own. */
__attribute__((unused)) static tr_str scene_put(const rig *r, tr_audience audience, int which,
                                                const char **name)
{
    static const char *const names[SCENE_OUTPUTS] = {
        "board.json",    "board.text",   "map.json",         "findings.json", "incidents.json",
        "findings.text", "findings.csv", "findings.geojson", "timeline.json", "clause.json",
        "clause.text",   "step.json",    "step.text",        "tally.json",    "tally.text",
        "report.text",   "report.html",  "finding.json"};
    static tr_arena keep, scratch;
    if (!keep.beg) {
        keep = check_arena();
        scratch = check_arena();
    }
    tr_view        view = scene_view(r, audience);
    tr_list_query  all = SCENE_ALL;
    tr_out         out = tr_out_new(&keep);
    tr_err         err = {0};
    tr_tally       tally;
    tr_tally_query query = {.rule = TR_RULE_INC, .zone = -1, .source = -1, .span = scene_days()};
    CHECK_OK(tr_mission_tally(r->m, scratch, &query, &tally, &err), err);
    *name = names[which];
    switch (which) {
    case 0:
        tr_put_board_json(&out, scratch, &view);
        break;
    case 1:
        tr_put_board_text(&out, scratch, &view);
        break;
    case 2:
        tr_put_map_json(&out, scratch, &view);
        break;
    case 3:
        tr_put_findings_json(&out, scratch, &view, &all);
        break;
    case 4:
        tr_put_incidents_json(&out, scratch, &view, &all);
        break;
    case 5:
        tr_put_findings_text(&out, scratch, &view, &all);
        break;
    case 6:
        tr_put_findings_csv(&out, scratch, &view, &all);
        break;
    case 7:
        tr_put_findings_geojson(&out, scratch, &view, &all);
        break;
    case 8:
        tr_put_timeline_json(&out, scratch, &view, 'd', all.span);
        break;
    case 9:
        CHECK_OK(tr_put_explain_json(&out, scratch, &view, TR_STR("6.2"), &err), err);
        break;
    case 10:
        CHECK_OK(tr_put_explain_text(&out, scratch, &view, TR_STR("6.2"), &err), err);
        break;
    case 11:
        CHECK_OK(tr_put_explain_json(&out, scratch, &view, TR_STR("8.1"), &err), err);
        break;
    case 12:
        CHECK_OK(tr_put_explain_text(&out, scratch, &view, TR_STR("8.1"), &err), err);
        break;
    case 13:
        tr_put_tally_json(&out, scratch, &view, &tally);
        break;
    case 14:
        tr_put_tally_text(&out, scratch, &view, &tally);
        break;
    case 15:
        CHECK_OK(tr_put_report(&out, scratch, &view, scene_days(), TR_FORMAT_TEXT, &err), err);
        break;
    case 16:
        CHECK_OK(tr_put_report(&out, scratch, &view, scene_days(), TR_FORMAT_HTML, &err), err);
        break;
    default: {
        tr_findings list = {0};
        char        id[TR_FINDING_ID + 1];
        tr_mission_findings(r->m, &keep, &list);
        tr_finding_name(&list.at[0], id);
        if (audience == TR_AUDIENCE_PUBLIC) /* the public may ask for incidents only */
            tr_incident_name(tr_mission_incident(r->m, list.at[0].incident), id);
        out = tr_out_new(&keep);
        CHECK_OK(tr_put_explain_json(&out, scratch, &view, tr_str_of(id), &err), err);
    }
    }
    return tr_str_keep(&keep, tr_out_text(&out));
}

__attribute__((unused)) static bool scene_has(tr_str text, const char *part)
{
    return memmem(text.at, (size_t)text.len, part, strlen(part)) != NULL;
}

#define CHECK_HAS(text, part)                                                                      \
    do {                                                                                           \
        if (!scene_has((text), (part)))                                                            \
            fail_msg("\"%s\" is not in:\n%.*s", (part), TR_FMT(text));                             \
    } while (0)
#define CHECK_LACKS(text, part)                                                                    \
    do {                                                                                           \
        if (scene_has((text), (part)))                                                             \
            fail_msg("\"%s\" is in:\n%.*s", (part), TR_FMT(text));                                 \
    } while (0)

#endif
