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

static void put_validity(json *j, const tr_line_version *version)
{
    if (version->begin != TR_TIME_NONE)
        json_time(j, "valid_from", version->begin);
    if (version->end != TR_TIME_MAX)
        json_time(j, "valid_until", version->end);
}

static void put_line(json *j, const tr_plan_line *line)
{
    json_open(j, NULL, '{');
    put_origin(j, line->name, line->coarse, line->note);
    put_points(j, "points", line->version[line->versions - 1].line.corner,
               line->version[line->versions - 1].line.corners, false);
    if (line->versions > 1) {
        json_open(j, "versions", '[');
        for (int32_t i = 0; i < line->versions; i++) {
            json_open(j, NULL, '{');
            put_validity(j, &line->version[i]);
            put_points(j, "points", line->version[i].line.corner, line->version[i].line.corners,
                       false);
            json_close(j, '}');
        }
        json_close(j, ']');
    }
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
    put_points(j, NULL, ring, end - ring, true);
}

static void put_rings(json *j, tr_arena at, const tr_zone *zone)
{
    tr_box   box = zone->box;
    tr_point ring[] = {box.min, {box.max.lon, box.min.lat}, box.max, {box.min.lon, box.max.lat}};
    if (zone->shape == TR_ZONE_NEAR_LINE)
        put_near_line(j, at, zone);
    else if (zone->shape == TR_ZONE_BOX)
        put_points(j, NULL, ring, 4, true);
    else
        for (int32_t i = 0; i < zone->rings; i++)
            put_points(j, NULL, zone->ring[i].corner, zone->ring[i].corners, true);
}

/* Whose strip it is, of what, along which geometry. */
static void put_strip(json *j, tr_arena at, const tr_plan *plan, const tr_zone_part *part,
                      int32_t version)
{
    json_open(j, NULL, '{');
    json_text(j, "line", plan->line[part->line].name);
    json_int(j, "within_m", part->within_mm / 1000);
    put_validity(j, &plan->line[part->line].version[version]);
    if (part->actors != 0) {
        json_open(j, "for", '[');
        for (int32_t i = 0; i < plan->actors; i++)
            if (part->actors >> i & 1)
                json_text(j, NULL, plan->actor[i].id);
        json_close(j, ']');
    }
    if (part->kinds != 0) {
        json_open(j, "kinds", '[');
        for (int i = 0; i < TR_KINDS; i++)
            if (part->kinds >> i & 1)
                json_word(j, NULL, tr_kind_name((tr_kind)i));
        json_close(j, ']');
    }
    json_open(j, "rings", '[');
    put_rings(j, at, &part->zone[version]);
    json_close(j, ']');
    json_close(j, '}');
}

static void put_parts(json *j, tr_arena at, const tr_plan *plan, const tr_plan_zone *zone)
{
    json_open(j, "parts", '[');
    for (int32_t i = 0; i < zone->parts; i++)
        for (int32_t v = 0; v < plan->line[zone->part[i].line].versions; v++)
            put_strip(j, at, plan, &zone->part[i], v);
    json_close(j, ']');
}

static void put_made(json *j, const tr_plan *plan, const tr_plan_zone *zone)
{
    json_open(j, "of", '[');
    for (int32_t i = 0; i < zone->ofs; i++)
        json_text(j, NULL, zone->of[i] < 0 ? TR_STR("area") : plan->zone[zone->of[i]].zone.name);
    json_close(j, ']');
    if (zone->h_from_m != TR_HEIGHT_LEAST)
        json_int(j, "h_from_m", zone->h_from_m);
    if (zone->h_to_m != TR_HEIGHT_MOST)
        json_int(j, "h_to_m", zone->h_to_m);
}

/* The line cut where one sector ends and the next begins. */
static void put_sectors(json *j, const tr_plan *plan, const tr_plan_zone *zone)
{
    const tr_plan_line *line = &plan->line[zone->line];
    json_text(j, "line", line->name);
    json_int(j, "every_m", zone->every_mm / 1000);
    json_open(j, "cuts", '[');
    for (int32_t i = 0; i < zone->division[line->versions - 1].pieces; i++) {
        const tr_line *piece = &zone->division[line->versions - 1].piece[i];
        if (i > 0)
            json_point(j, piece->corner[0]);
    }
    json_close(j, ']');
}

/* The shapes that an outline can be drawn of: its own, those of its strips, those of its zones. */
static void put_all_rings(json *j, tr_arena at, const tr_plan *plan, const tr_plan_zone *zone)
{
    if (zone->making == TR_MADE_SHAPE)
        put_rings(j, at, &zone->zone);
    for (int32_t i = 0; i < zone->parts; i++)
        put_rings(j, at, &zone->part[i].zone[plan->line[zone->part[i].line].versions - 1]);
}

static void put_zone(json *j, tr_arena at, const tr_plan *plan, const tr_plan_zone *zone)
{
    static const char *const shapes[] = {"rings", "near_line", "box"};
    static const char *const made[] = {"shape", "parts", "and", "or", "without", "sectors"};
    const tr_zone           *z = &zone->zone;
    bool                     shape = zone->making == TR_MADE_SHAPE;
    json_open(j, NULL, '{');
    put_origin(j, z->name, zone->coarse, zone->note);
    json_word(j, "kind", shape ? shapes[z->shape] : made[zone->making]);
    if (zone->making <= TR_MADE_PARTS)
        json_word(j, "boundary", z->boundary_inside ? "inside" : "outside");
    if (shape && z->shape == TR_ZONE_NEAR_LINE)
        json_int(j, "within_m", z->within_mm / 1000);
    if (zone->ofs > 0)
        put_made(j, plan, zone);
    if (zone->making == TR_MADE_SECTORS)
        put_sectors(j, plan, zone);
    if (zone->parts > 0)
        put_parts(j, at, plan, zone);
    json_open(j, "rings", '[');
    put_all_rings(j, at, plan, zone);
    json_close(j, ']');
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
        put_zone(&j, scratch, plan, &plan->zone[i]);
    json_close(&j, ']');
    json_close(&j, '}');
    tr_put_char(out, '\n');
}
