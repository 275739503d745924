/* map.c -- area, lines and zones of the agreement as JSON: /api/map.
 *
 * A zone along a line comes with an outline for drawing only: the line moved to both sides by the
 * distance, round at its ends.  What decides is the distance to the line (geo.h).
 */
#include "report/inside.h"

enum { OUTLINE_CORNERS = 400, CAP_CORNERS = 8 };

static void put_points(json *j, const char *name, const tr_point *at, int64_t count, bool closed)
{
    json_open(j, name, '[');
    for (int64_t i = 0; i < count; i++)
        json_point(j, at[i]);
    if (closed && count > 0)
        json_point(j, at[0]);
    json_close(j, ']');
}

static void put_origin(json *j, tr_str name, bool coarse, tr_str note)
{
    json_text(j, "name", name);
    if (coarse)
        json_flag(j, "coarse", true);
    if (note.len > 0)
        json_text(j, "note", note);
}

static void put_line(json *j, const tr_plan_line *line)
{
    json_open(j, NULL, '{');
    put_origin(j, line->name, line->coarse, line->note);
    put_points(j, "points", line->line.corner, line->line.corners, false);
    json_close(j, '}');
}

/* One side of the line, from its first corner on, then an arc around its last corner; walking the
 * line backwards gives the other side.  Corner i of at most OUTLINE_CORNERS evenly taken. */
typedef struct {
    const tr_line *line;
    int32_t        count;
    bool           back;
} walk;

static tr_point corner_of(const walk *w, int32_t i)
{
    int32_t at = (int32_t)((int64_t)(w->back ? w->count - 1 - i : i) * (w->line->corners - 1) /
                           (w->count - 1));
    return w->line->corner[at];
}

static tr_point *put_side(const walk *w, int64_t within_mm, tr_point *at)
{
    int64_t azimuth = 0;
    for (int32_t i = 0; i + 1 < w->count; i++) {
        tr_point a = corner_of(w, i), b = corner_of(w, i + 1);
        azimuth = tr_azimuth_mdeg(a, b);
        *at++ = tr_destination(a, (azimuth + 90000) % 360000, within_mm);
        *at++ = tr_destination(b, (azimuth + 90000) % 360000, within_mm);
    }
    for (int i = 1; i < CAP_CORNERS; i++) {
        int64_t turn = azimuth + 90000 - INT64_C(180000) * i / CAP_CORNERS;
        *at++ = tr_destination(corner_of(w, w->count - 1), (turn + 360000) % 360000, within_mm);
    }
    return at;
}

static void put_near_line(json *j, tr_arena at, const tr_zone *zone)
{
    int32_t   count = zone->line->corners < OUTLINE_CORNERS ? zone->line->corners : OUTLINE_CORNERS;
    tr_point *ring = TR_NEW(&at, tr_point, 2 * (2 * count + CAP_CORNERS));
    walk      there = {zone->line, count, false}, back = {zone->line, count, true};
    tr_point *end = put_side(&back, zone->within_mm, put_side(&there, zone->within_mm, ring));
    json_int(j, "within_m", zone->within_mm / 1000);
    json_open(j, "rings", '[');
    put_points(j, NULL, ring, end - ring, true);
    json_close(j, ']');
}

static void put_box(json *j, tr_box box)
{
    tr_point ring[] = {box.min, {box.max.lon, box.min.lat}, box.max, {box.min.lon, box.max.lat}};
    json_open(j, "rings", '[');
    put_points(j, NULL, ring, 4, true);
    json_close(j, ']');
}

static void put_zone(json *j, tr_arena at, const tr_plan_zone *zone)
{
    static const char *const kinds[] = {"rings", "near_line", "box"};
    const tr_zone           *z = &zone->zone;
    json_open(j, NULL, '{');
    put_origin(j, z->name, zone->coarse, zone->note);
    json_word(j, "kind", kinds[z->shape]);
    json_word(j, "boundary", z->boundary_inside ? "inside" : "outside");
    if (z->shape == TR_ZONE_NEAR_LINE)
        put_near_line(j, at, z);
    else if (z->shape == TR_ZONE_BOX)
        put_box(j, z->box);
    else {
        json_open(j, "rings", '[');
        for (int32_t i = 0; i < z->rings; i++)
            put_points(j, NULL, z->ring[i].corner, z->ring[i].corners, true);
        json_close(j, ']');
    }
    json_close(j, '}');
}

void tr_put_map_json(tr_out *out, tr_arena scratch, const tr_view *view)
{
    const tr_plan *plan = plan_of(view);
    json           j = {out, false};
    json_open(&j, NULL, '{');
    json_open(&j, "area", '[');
    json_degrees(&j, NULL, plan->area.min.lon);
    json_degrees(&j, NULL, plan->area.min.lat);
    json_degrees(&j, NULL, plan->area.max.lon);
    json_degrees(&j, NULL, plan->area.max.lat);
    json_close(&j, ']');
    json_open(&j, "lines", '[');
    for (int32_t i = 0; i < plan->lines; i++)
        put_line(&j, &plan->line[i]);
    json_close(&j, ']');
    json_open(&j, "zones", '[');
    for (int32_t i = 0; i < plan->zones; i++)
        put_zone(&j, scratch, &plan->zone[i]);
    json_close(&j, ']');
    json_close(&j, '}');
    tr_put_char(out, '\n');
}
