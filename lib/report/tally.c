/* tally.c -- a count by a named rule, with its window, effort and head. */
#include "report/inside.h"

#include "base/time.h"

static void put_of(tr_out *out, const tr_plan *plan, const tr_tally_query *q)
{
    if (q->clause >= 0)
        tr_put(out, " of breaches of \302\247%.*s", TR_FMT(plan->clause[q->clause].label));
    if (q->zone >= 0)
        tr_put(out, " in %.*s", TR_FMT(plan->zone[q->zone].zone.name));
}

static void put_interval(tr_out *out, tr_triple t)
{
    tr_put(out, "[");
    put_count(out, t.certain);
    tr_put(out, ", ");
    put_count(out, t.possible);
    tr_put(out, "], ");
}

static void put_watched(tr_out *out, const tr_tally *tally)
{
    if (tally->exposure_ns == 0) {
        tr_put(out, ", no observation time stated");
        return;
    }
    tr_put(out, ", watched ");
    put_percent(out, tally->exposure_ns, tally->span_ns);
}

void put_tally_words(tr_out *out, const tr_view *view, const tr_tally *tally)
{
    const tr_plan *plan = plan_of(view);
    if (tally->not_observed)
        tr_put(out, "not observed");
    else if (tally->count.best == TR_COUNT_UNBOUNDED)
        tr_put(out, "at least %lld", (long long)tally->count.certain);
    else
        tr_put(out, "%lld", (long long)tally->count.best);
    tr_put(out, " by %s v%d", tr_rule_name(tally->query.rule), tally->version);
    put_of(out, plan, &tally->query);
    tr_put(out, ", ");
    if (!tally->not_observed)
        put_interval(out, tally->count);
    put_span(out, tally->query.span, plan->tz);
    if (tally->not_observed)
        tr_put(out, ", coverage 0");
    else {
        tr_put(out, ", deaths ");
        put_triple(out, tally->deaths);
        put_watched(out, tally);
    }
    tr_put(out, ", head %llu", (unsigned long long)view->head.size);
}

static const char *const part_names[TR_SMM_PARTS] = {"explosions", "projectiles",  "muzzle_flashes",
                                                     "flares",     "bursts_shots", "unspecified"};

static void put_split(json *j, const tr_tally *tally)
{
    json_open(j, "parts", '{');
    for (int i = 0; i < TR_SMM_PARTS; i++)
        json_triple(j, part_names[i], tally->part[i]);
    json_triple(j, "impact", tally->impact);
    json_triple(j, "airburst", tally->airburst);
    json_triple(j, "undetermined", tally->undetermined);
    json_close(j, '}');
}

static void put_query(json *j, const tr_view *view, const tr_tally_query *q)
{
    const tr_plan *plan = plan_of(view);
    json_time(j, "from", q->span.begin);
    json_time(j, "to", q->span.end);
    json_text(j, "zone", q->zone < 0 ? TR_STR("area") : plan->zone[q->zone].zone.name);
    if (q->clause >= 0)
        json_text(j, "clause", plan->clause[q->clause].label);
    if (q->source >= 0) {
        tr_source_view source;
        tr_mission_source(view->mission, q->source, &source);
        json_text(j, "source", source.id);
    }
}

void tr_put_tally_json(tr_out *out, tr_arena scratch, const tr_view *view, const tr_tally *tally)
{
    json   j = {out, false};
    tr_out words = tr_out_new(&scratch);
    put_tally_words(&words, view, tally);
    json_open(&j, NULL, '{');
    json_word(&j, "rule", tr_rule_name(tally->query.rule));
    json_int(&j, "version", tally->version);
    put_query(&j, view, &tally->query);
    json_flag(&j, "not_observed", tally->not_observed);
    if (!tally->not_observed) {
        json_triple(&j, "count", tally->count);
        json_triple(&j, "deaths", tally->deaths);
        if (tally->query.rule == TR_RULE_SMM)
            put_split(&j, tally);
        json_triple(&j, "exercise", tally->exercise);
        json_triple(&j, "contested", tally->contested);
    }
    json_int(&j, "exposure_hours", tally->exposure_ns / TR_HOUR);
    json_int(&j, "span_hours", tally->span_ns / TR_HOUR);
    json_head(&j, view);
    json_text(&j, "words", text_of(&words));
    json_close(&j, '}');
    tr_put_char(out, '\n');
}

static void put_part(tr_out *out, const char *name, tr_triple t)
{
    if (t.possible == 0)
        return;
    tr_put(out, "  %-16s", name);
    put_triple(out, t);
    tr_put_char(out, '\n');
}

void tr_put_tally_text(tr_out *out, tr_arena scratch, const tr_view *view, const tr_tally *tally)
{
    tr_out words = tr_out_new(&scratch);
    if (tr_mission_mode(view->mission) != TR_RECORD_LIVE)
        tr_put(out, "%s  ",
               tr_mission_mode(view->mission) == TR_RECORD_REPLAY ? "REPLAY" : "EXERCISE");
    put_tally_words(&words, view, tally);
    tr_put_str(out, text_of(&words));
    tr_put_char(out, '\n');
    if (tally->not_observed)
        return;
    for (int i = 0; i < TR_SMM_PARTS && tally->query.rule == TR_RULE_SMM; i++)
        put_part(out, part_names[i], tally->part[i]);
    put_part(out, "impact", tally->impact);
    put_part(out, "airburst", tally->airburst);
    put_part(out, "undetermined", tally->undetermined);
    put_part(out, "exercise", tally->exercise);
    put_part(out, "contested", tally->contested);
}
