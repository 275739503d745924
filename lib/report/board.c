/* board.c -- the clause board as JSON: /api/board. */
#include "report/inside.h"

#include "base/time.h"

static void put_agreement(json *j, const tr_plan *plan)
{
    char    hex[65];
    tr_hash hash = tr_sha256(plan->text);
    tr_hash_hex(&hash, hex);
    json_open(j, "agreement", '{');
    json_text(j, "id", plan->id);
    json_text(j, "version", plan->version);
    json_text(j, "title", plan->title);
    if (plan->note.len > 0)
        json_text(j, "note", plan->note);
    if (plan->hypothetical)
        json_flag(j, "hypothetical", true);
    json_text(j, "tz", tr_tz_name(plan->tz));
    json_word(j, "sha256", hex);
    json_close(j, '}');
}

static void put_counts(json *j, const tr_mission *m)
{
    tr_mission_counts c = tr_mission_count(m);
    const struct {
        const char *name;
        uint64_t    value;
    } members[] = {{"entries", c.entries},
                   {"invalid", c.invalid},
                   {"ticks", c.ticks},
                   {"batches", c.batches},
                   {"rows", c.rows},
                   {"singles", c.singles},
                   {"observations", c.rows + c.singles},
                   {"live", c.live},
                   {"duplicates", c.duplicates},
                   {"held", c.held},
                   {"corrected", c.corrected},
                   {"retracted", c.retracted},
                   {"allegations", c.allegations},
                   {"incidents", c.incidents}};
    json_open(j, "counts", '{');
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_int(j, members[i].name, (int64_t)members[i].value);
    json_close(j, '}');
}

/* The public sees published registers, not who watches where. */
static void put_sources(json *j, const tr_view *view)
{
    json_open(j, "sources", '[');
    for (int32_t i = 0; i < tr_mission_sources(view->mission); i++) {
        tr_source_view source;
        tr_mission_source(view->mission, i, &source);
        if (for_public(view) && source.reg < 0)
            continue;
        json_open(j, NULL, '{');
        json_text(j, "id", source.id);
        json_text(j, "kind", source.kind);
        json_flag(j, "register", source.reg >= 0);
        json_int(j, "rows", source.rows);
        if (source.hull.begin != TR_TIME_NONE) {
            json_time(j, "first", source.hull.begin);
            json_time(j, "last", source.hull.end);
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_actor_list(json *j, const tr_plan *plan)
{
    static const char *const kinds[] = {"party", "guarantor", "body", "witness", "group"};
    int32_t                  order[64];
    int                      count = actor_order(plan, UINT64_MAX, order);
    json_open(j, "actors", '[');
    for (int i = 0; i < count; i++) {
        const tr_actor *actor = &plan->actor[order[i]];
        json_open(j, NULL, '{');
        json_text(j, "id", actor->id);
        json_text(j, "name", actor->name);
        json_word(j, "kind", kinds[actor->kind]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_notices(json *j, tr_arena at, const tr_view *view)
{
    strings list = {0};
    notices(view, &at, &list);
    json_open(j, "notices", '[');
    for (ptrdiff_t i = 0; i < list.len; i++)
        json_text(j, NULL, list.at[i]);
    json_close(j, ']');
}

static void put_clauses(json *j, tr_arena at, const tr_view *view)
{
    tr_board board = {0};
    tr_mission_board(view->mission, &at, &board);
    json_open(j, "clauses", '[');
    for (ptrdiff_t i = 0; i < board.len; i++) {
        json_open(j, NULL, '{');
        put_clause_json(j, at, view, &board.at[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void tr_put_board_json(tr_out *out, tr_arena scratch, const tr_view *view)
{
    json j = {out, false};
    json_open(&j, NULL, '{');
    put_agreement(&j, plan_of(view));
    json_open(&j, "mission", '{');
    json_text(&j, "origin", tr_mission_origin(view->mission));
    json_word(&j, "mode", mode_name(view->mission));
    json_close(&j, '}');
    json_head(&j, view);
    json_time(&j, "now", tr_mission_now(view->mission));
    json_time(&j, "as_known_at", view->as_known_at);
    put_notices(&j, scratch, view);
    json_word(&j, "audience", for_public(view) ? "public" : "mission");
    put_counts(&j, view->mission);
    put_sources(&j, view);
    put_actor_list(&j, plan_of(view));
    put_clauses(&j, scratch, view);
    json_open(&j, "instances", '[');
    for (int32_t i = 0; i < tr_mission_instances(view->mission); i++)
        put_instance_json(&j, scratch, view, i);
    json_close(&j, ']');
    json_close(&j, '}');
    tr_put_char(out, '\n');
}
