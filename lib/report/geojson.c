/* geojson.c -- findings as a FeatureCollection (RFC 7946): outlines of places, never pins.
 *
 * Rings are closed and counter-clockwise; a place without an extent is a Point, a place that is
 * not a position has a null geometry.
 */
#include "report/inside.h"

enum { OUTLINE = 48 };

static void put_ring(json *j, const tr_point *ring, int count)
{
    json_word(j, "type", "Polygon");
    json_open(j, "coordinates", '[');
    json_open(j, NULL, '[');
    for (int i = 0; i <= count; i++)
        json_point(j, ring[i % count]);
    json_close(j, ']');
    json_close(j, ']');
}

static void put_geometry(json *j, const tr_place *place)
{
    tr_point ring[OUTLINE];
    int      count = tr_place_outline(place, TR_EXTENT_P90, ring, OUTLINE);
    if (count == 0) {
        tr_put(j->out, ",\"geometry\":null");
        return;
    }
    json_open(j, "geometry", '{');
    if (count == 1) {
        json_word(j, "type", "Point");
        json_open(j, "coordinates", '[');
        json_degrees(j, NULL, ring[0].lon);
        json_degrees(j, NULL, ring[0].lat);
        json_close(j, ']');
    } else {
        put_ring(j, ring, count);
    }
    json_close(j, '}');
}

static void put_properties(json *j, tr_arena at, const tr_view *view, const tr_finding *finding)
{
    const tr_incident *incident = tr_mission_incident(view->mission, finding->incident);
    const tr_obs      *anchor = tr_mission_observation(view->mission, incident->anchor);
    json_open(j, "properties", '{');
    json_text(j, "id", finding_id(&at, finding));
    json_text(j, "clause", plan_of(view)->clause[finding->clause].label);
    json_word(j, "kind", tr_kind_name((tr_kind)incident->kind));
    json_three(j, "n", incident->n_min, incident->n_best, incident->n_max);
    json_three(j, "deaths", incident->deaths_min, incident->deaths_best, incident->deaths_max);
    json_time(j, "begin", incident->begin);
    json_time(j, "end", incident->end);
    json_word(j, "in", membership_name(finding->in));
    json_word(j, "why", tr_why_text(finding->why));
    json_int(j, "entry", anchor->entry);
    if (anchor->row >= 0)
        json_int(j, "row", anchor->row);
    json_int(j, "head", (int64_t)view->head.size);
    json_close(j, '}');
}

void tr_put_findings_geojson(tr_out *out, tr_arena scratch, const tr_view *view,
                             const tr_list_query *query)
{
    json        j = {out, false};
    tr_findings list = {0};
    json_open(&j, NULL, '{');
    json_word(&j, "type", "FeatureCollection");
    json_word(&j, "mode", mode_name(view->mission));
    json_head(&j, view);
    if (for_public(view))
        json_word(&j, "why", NOT_RELEASED);
    else
        findings_in(view, &scratch, query, &list);
    json_open(&j, "features", '[');
    int64_t first = query->after < 0 ? 0 : query->after + 1;
    for (int64_t i = first; i < list.len && i - first < query->limit; i++) {
        const tr_incident *incident = tr_mission_incident(view->mission, list.at[i].incident);
        json_open(&j, NULL, '{');
        json_word(&j, "type", "Feature");
        json_text(&j, "id", finding_id(&scratch, &list.at[i]));
        put_geometry(&j, &incident->place);
        put_properties(&j, scratch, view, &list.at[i]);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    tr_put_char(out, '\n');
}
