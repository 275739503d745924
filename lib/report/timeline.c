/* timeline.c -- counts by calendar day or ISO week of the agreement's zone: /api/timeline.
 *
 * The rule and the term counted are those of the first threshold (without one: R-INC, all
 * incidents); each bucket is a tally of its own over [begin, next begin).
 */
#include "report/inside.h"

#include "base/time.h"

enum { BUCKETS = 4000 };

static tr_time bucket_begin(tr_time t, char step, const tr_tz *tz)
{
    tr_time  day = tr_time_day_begin(t, tz);
    tr_civil c = tr_civil_of(day, tz);
    int64_t  weekday = ((tr_days_of(c.year, c.month, c.day) + 3) % 7 + 7) % 7; /* 0 = Monday */
    return step == 'w' ? tr_time_add_days(day, -weekday, tz) : day;
}

/* Without a span: from the first incident to now, or to the last incident. */
static tr_span span_or_all(const tr_view *view, const tr_indices *list, tr_span span)
{
    tr_time now = tr_mission_now(view->mission);
    if (list->len == 0)
        return span.begin != TR_TIME_NONE && span.end != TR_TIME_MAX ? span : (tr_span){0, 0};
    if (span.begin == TR_TIME_NONE)
        span = (tr_span){tr_mission_incident(view->mission, list->at[0])->begin, TR_TIME_MAX};
    if (span.end == TR_TIME_MAX) {
        span.end = now == TR_TIME_NONE ? span.begin : now;
        for (ptrdiff_t i = 0; i < list->len; i++)
            if (tr_mission_incident(view->mission, list->at[i])->end > span.end)
                span.end = tr_mission_incident(view->mission, list->at[i])->end;
    }
    return span;
}

static void put_bucket(json *j, tr_arena at, const tr_view *view, const tr_indices *list,
                       const tr_tally_query *query)
{
    TR_VEC(tr_incident) here = {0};
    tr_tally tally;
    tr_err   err = {0};
    for (ptrdiff_t i = 0; i < list->len; i++) {
        const tr_incident *incident = tr_mission_incident(view->mission, list->at[i]);
        if (incident->begin >= query->span.end)
            break;
        if (meets(incident, query->span))
            *TR_PUSH(&at, &here) = *incident;
    }
    if (!tr_tally_run(plan_of(view), here.at, (int32_t)here.len, 0, query, &tally, &err))
        return;
    json_open(j, NULL, '{');
    json_time(j, "t", query->span.begin);
    json_triple(j, "count", tally.count);
    json_triple(j, "deaths", tally.deaths);
    json_close(j, '}');
}

static tr_tally_query default_query(const tr_plan *plan)
{
    int32_t             clause;
    const tr_condition *c = first_condition(plan, &clause);
    tr_tally_query      query = {.rule = TR_RULE_INC, .zone = -1, .clause = -1, .source = -1};
    if (c) {
        tr_rule rule = plan->counting[c->counting].rule;
        query.rule = rule == TR_RULE_SMM ? TR_RULE_SMM : TR_RULE_INC;
        query.clause = c->of;
        query.zone = c->zone;
    }
    return query;
}

static void put_buckets(json *j, tr_arena at, const tr_view *view, char step, tr_span span)
{
    const tr_plan *plan = plan_of(view);
    tr_tally_query query = default_query(plan);
    tr_indices     list;
    incidents_in(view, &at, span, &list);
    span = span_or_all(view, &list, span);
    json_open(j, "buckets", '[');
    tr_time t = bucket_begin(span.begin, step, plan->tz);
    for (int n = 0; n < BUCKETS && t < span.end; n++) {
        query.span = (tr_span){t, tr_time_add_days(t, step == 'w' ? 7 : 1, plan->tz)};
        put_bucket(j, at, view, &list, &query);
        t = query.span.end;
    }
    json_close(j, ']');
}

static void put_instances(json *j, tr_arena at, const tr_view *view)
{
    const tr_plan *plan = plan_of(view);
    json_open(j, "spans", '[');
    for (int32_t i = 0; i < tr_mission_instances(view->mission); i++) {
        const tr_instance *instance = tr_mission_instance(view->mission, i);
        json_open(j, NULL, '{');
        json_text(j, "instance", instance_id(&at, plan, i, view->mission));
        json_text(j, "clause", plan->clause[instance->clause].label);
        json_time(j, "begin", instance->reached);
        json_time(j, "end", instance->cleared);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* When somebody able to see what is counted watched some part of its place.  The public sees the
 * registers' spans only: where and when nobody watches is not for everyone. */
static void put_exposure(json *j, tr_arena at, const tr_view *view, const tr_tally_query *query)
{
    const tr_plan *plan = plan_of(view);
    tr_watched     list = {0};
    uint64_t       kinds = 0;
    int32_t        zone = query->zone;
    if (query->clause >= 0) {
        const tr_prohibition *term = &plan->clause[query->clause].u.prohibition;
        kinds = plan->class_[term->class_].kinds;
        zone = zone < 0 ? term->zone : zone;
    }
    if (!for_public(view))
        tr_mission_watched(view->mission, &at, kinds, zone, &list);
    for (int32_t i = 0; for_public(view) && i < tr_mission_sources(view->mission); i++) {
        tr_source_view source;
        tr_mission_source(view->mission, i, &source);
        if (source.reg >= 0 && source.hull.begin != TR_TIME_NONE &&
            (kinds & ~plan->reg[source.reg].kinds) == 0)
            *TR_PUSH(&at, &list) = source.hull;
    }
    json_open(j, "exposure", '[');
    for (ptrdiff_t i = 0; i < list.len; i++) {
        json_open(j, NULL, '{');
        json_time(j, "begin", list.at[i].begin);
        json_time(j, "end", list.at[i].end);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void tr_put_timeline_json(tr_out *out, tr_arena scratch, const tr_view *view, char step,
                          tr_span span)
{
    const tr_plan *plan = plan_of(view);
    tr_tally_query query = default_query(plan);
    json           j = {out, false};
    json_open(&j, NULL, '{');
    json_word(&j, "step", step == 'w' ? "week" : "day");
    json_text(&j, "zone", tr_tz_name(plan->tz));
    json_word(&j, "rule", tr_rule_name(query.rule));
    if (query.clause >= 0)
        json_text(&j, "of", plan->clause[query.clause].label);
    json_head(&j, view);
    put_buckets(&j, scratch, view, step, span);
    put_instances(&j, scratch, view);
    put_exposure(&j, scratch, view, &query);
    json_close(&j, '}');
    tr_put_char(out, '\n');
}
