/* list.c -- lists of findings and of incidents as JSON.
 *
 * The cursor is a rank in the list asked for.  The public gets no findings (none is released), and
 * of incidents cells and days, no texts, no entries, no sources.
 */
#include "report/inside.h"

#include "base/time.h"

static void put_radius(json *j, const tr_place *place)
{
    json_int(j, "r90_m", place->r_max_m);
    json_int(j, "r50_m", place->r_max_m / 2);
}

static void put_sector(json *j, const tr_place *place)
{
    json_int(j, "r_min_m", place->r_min_m);
    json_int(j, "r_max_m", place->r_max_m);
    json_int(j, "az_begin_cdeg", place->az_begin_cdeg);
    json_int(j, "az_end_cdeg", place->az_end_cdeg);
}

void put_place_json(json *j, const tr_plan *plan, const tr_place *place)
{
    bool zone = place->kind == TR_PLACE_ZONE && place->zone >= 0 && place->zone < plan->zones;
    bool sector = place->kind == TR_PLACE_SECTOR, point = place->kind == TR_PLACE_POINT;
    json_open(j, "place", '{');
    json_word(j, "kind", point ? "point" : sector ? "sector" : zone ? "zone" : "none");
    if (zone)
        json_text(j, "zone", plan->zone[place->zone].zone.name);
    if (point || sector) {
        json_degrees(j, "lon", place->at.lon);
        json_degrees(j, "lat", place->at.lat);
    }
    if (point)
        put_radius(j, place);
    if (sector)
        put_sector(j, place);
    if (tr_place_has_height(place)) {
        json_int(j, "h_min_m", place->h_min_m);
        json_int(j, "h_max_m", place->h_end_m - 1);
    }
    json_close(j, '}');
}

static void put_source(json *j, tr_arena at, const tr_view *view, const tr_incident *incident)
{
    const tr_obs  *anchor = tr_mission_observation(view->mission, incident->anchor);
    tr_source_view source;
    tr_out         text = tr_out_new(&at);
    tr_mission_source(view->mission, incident->source, &source);
    put_source_text(&text, tr_mission_text(view->mission, anchor->text));
    if (text_of(&text).len > 0)
        json_text(j, "text", text_of(&text));
    json_int(j, "entry", anchor->entry);
    if (anchor->row >= 0)
        json_int(j, "row", anchor->row);
    json_text(j, "source", source.id);
}

static void put_found(json *j, tr_arena at, const tr_plan *plan, const tr_finding *finding,
                      const tr_incident *incident)
{
    json_text(j, "id", finding_id(&at, finding));
    json_text(j, "clause", plan->clause[finding->clause].label);
    json_text(j, "incident", incident_id(&at, incident));
    json_word(j, "in", membership_name(finding->in));
    json_word(j, "why",
              finding->in == TR_IN_CERTAIN ? "wholly inside class, time and zone"
                                           : tr_why_text(finding->why));
    if (finding->exception >= 0)
        json_text(j, "exception", plan->exception[finding->exception].label);
}

/* Who decided whose it is, by which entry. */
static void put_decision(json *j, tr_arena at, const tr_view *view, const tr_incident *incident)
{
    tr_side_decision decision;
    if (!tr_mission_side(view->mission, &at, incident, &decision))
        return;
    json_open(j, "decision", '{');
    json_text(j, "by", decision.by);
    json_int(j, "entry", decision.entry);
    json_word(j, "rung", tr_rung_name(incident->rung));
    json_close(j, '}');
}

void put_incident_json(json *j, tr_arena at, const tr_view *view, const tr_incident *exact,
                       const tr_finding *finding)
{
    const tr_plan *plan = plan_of(view);
    tr_incident    seen = for_public(view) ? coarse_incident(exact, plan->tz) : *exact;
    if (finding)
        put_found(j, at, plan, finding, exact);
    else
        json_text(j, "id", incident_id(&at, exact));
    json_word(j, "kind", tr_kind_name((tr_kind)seen.kind));
    json_word(j, "label", tr_kind_label((tr_kind)seen.kind));
    json_time(j, "begin", seen.begin);
    json_time(j, "end", seen.end);
    json_time(j, "best", seen.best);
    put_place_json(j, plan, &seen.place);
    if (!for_public(view) || seen.rung <= 3) {
        json_text(j, "side", side_of(plan, &seen));
        json_int(j, "rung", seen.rung);
        put_decision(j, at, view, exact);
    }
    json_three(j, "n", seen.n_min, seen.n_best, seen.n_max);
    json_three(j, "deaths", seen.deaths_min, seen.deaths_best, seen.deaths_max);
    json_flag(j, "exercise", seen.exercise != 0);
    json_flag(j, "contested", seen.contested != 0);
    if (!for_public(view))
        put_source(j, at, view, exact);
}

/* What of `total` items after the cursor is shown: [first, last). */
static void cut(const tr_list_query *query, int64_t total, int64_t *first, int64_t *last)
{
    int64_t begin = query->after < 0 ? 0 : query->after >= total ? total : query->after + 1;
    int64_t room = total - begin;
    *first = begin;
    *last = begin + (query->limit < room ? (query->limit < 0 ? 0 : query->limit) : room);
}

static void put_frame(json *j, const tr_view *view, int64_t total, int64_t last)
{
    json_open(j, NULL, '{');
    json_head(j, view);
    json_int(j, "total", total);
    if (last < total) {
        char next[24];
        int  n = 0;
        for (int64_t rank = last - 1, part = 1; part <= rank || part == 1; part *= 10)
            n++;
        next[n] = '\0';
        for (int64_t rank = last - 1; n > 0; rank /= 10)
            next[--n] = (char)('0' + rank % 10);
        json_word(j, "next", next);
    }
}

void tr_put_findings_json(tr_out *out, tr_arena scratch, const tr_view *view,
                          const tr_list_query *query)
{
    json        j = {out, false};
    tr_findings list = {0};
    int64_t     first, last;
    if (!for_public(view))
        findings_in(view, &scratch, query, &list);
    cut(query, list.len, &first, &last);
    put_frame(&j, view, list.len, last);
    if (for_public(view))
        json_word(&j, "why", NOT_RELEASED);
    json_open(&j, "findings", '[');
    for (int64_t i = first; i < last; i++) {
        const tr_incident *incident = tr_mission_incident(view->mission, list.at[i].incident);
        json_open(&j, NULL, '{');
        put_incident_json(&j, scratch, view, incident, &list.at[i]);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    tr_put_char(out, '\n');
}

/* Findings by incident: heads[incident] is 1 + the index of the first, next[] the others. */
typedef struct {
    int32_t *head, *next;
} by_incident;

static by_incident group(const tr_view *view, tr_arena *at, const tr_findings *list)
{
    by_incident g = {TR_NEW(at, int32_t, tr_mission_incidents(view->mission) + 1),
                     TR_NEW(at, int32_t, list->len + 1)};
    for (ptrdiff_t i = list->len - 1; i >= 0; i--) {
        g.next[i] = g.head[list->at[i].incident];
        g.head[list->at[i].incident] = (int32_t)i + 1;
    }
    return g;
}

static void put_finding_ids(json *j, const tr_findings *list, const by_incident *g,
                            int32_t incident)
{
    json_open(j, "findings", '[');
    for (int32_t i = g->head[incident]; i != 0; i = g->next[i - 1]) {
        char name[TR_FINDING_ID + 1];
        tr_finding_name(&list->at[i - 1], name);
        json_word(j, NULL, name);
    }
    json_close(j, ']');
}

static bool has_clause(const tr_findings *list, const by_incident *g, int32_t incident,
                       int32_t clause)
{
    for (int32_t i = g->head[incident]; i != 0; i = g->next[i - 1])
        if (list->at[i - 1].clause == clause)
            return true;
    return clause < 0;
}

void tr_put_incidents_json(tr_out *out, tr_arena scratch, const tr_view *view,
                           const tr_list_query *query)
{
    json        j = {out, false};
    tr_findings all = {0};
    tr_indices  list;
    int64_t     first, last;
    ptrdiff_t   kept = 0;
    tr_mission_findings(view->mission, &scratch, &all);
    by_incident g = group(view, &scratch, &all);
    incidents_in(view, &scratch, query->span, &list);
    for (ptrdiff_t i = 0; i < list.len; i++)
        if (has_clause(&all, &g, list.at[i], query->clause))
            list.at[kept++] = list.at[i];
    cut(query, kept, &first, &last);
    put_frame(&j, view, kept, last);
    json_open(&j, "incidents", '[');
    for (int64_t i = first; i < last; i++) {
        json_open(&j, NULL, '{');
        put_incident_json(&j, scratch, view, tr_mission_incident(view->mission, list.at[i]), NULL);
        if (!for_public(view))
            put_finding_ids(&j, &all, &g, list.at[i]);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    tr_put_char(out, '\n');
}
