/* shape.c -- lines and zones: corners typed in, boxes, distances, GeoJSON files (RFC 7946).
 *
 * The digits of a file go straight to whole units of 1e-7 degree; what is finer is rounded half
 * away from zero by the digits themselves.
 */
#include "terms/shape.h"

#include "codec/json.h"

#include <stdio.h>

/* ---- GeoJSON ---- */

typedef struct {
    tr_arena *keep;
    bool      line;
    tr_str    feature; /* wanted; empty = the only one */
    int32_t   corners;
    int32_t   parts; /* features or lines found */
    bool      dated; /* each feature is a version */
    TR_VEC(tr_ring) rings;
    TR_VEC(shape_dates) dates; /* beside each */
    tr_err *err;
} shape_reader;

static bool shape_fail(shape_reader *r, const char *hint, const char *fact, tr_str culprit)
{
    return tr_fail(r->err, TR_E_GEOMETRY, hint, "%s%s%s%s", fact, culprit.len ? " \"" : "",
                   culprit.len ? front_quote(culprit).z : "", culprit.len ? "\"" : "");
}

/* "5.5e-7", as small numbers are printed -> "0.00000055"; other text as it is. */
static tr_str without_exponent(tr_str text, char z[64])
{
    ptrdiff_t e = tr_str_find(text, 'e');
    int64_t   places;
    if (e < 0 || e > 24 || !tr_int_read(tr_str_from(text, e + 1), &places) || places > -1 ||
        places < -400)
        return text;
    bool minus = text.at[0] == '-';
    int  len = snprintf(z, 64, "%s0.", minus ? "-" : "");
    for (int64_t i = -1; i > places && len < 20; i--)
        z[len++] = '0';
    for (ptrdiff_t i = minus; i < e; i++)
        if (text.at[i] != '.')
            z[len++] = text.at[i];
    return (tr_str){z, len};
}

static bool json_degrees(shape_reader *r, const tr_json *value, int32_t most, int32_t *units)
{
    char z[64];
    bool ok = value && value->kind == TR_JSON_STRING &&
              front_degrees(without_exponent(value->text, z), units);
    if (value && value->kind == TR_JSON_INT) {
        ok = value->value >= -180 && value->value <= 180;
        *units = ok ? (int32_t)(value->value * 10000000) : 0;
    }
    if (!ok || *units > most || *units < -most)
        return tr_fail(r->err, TR_E_COORDINATE,
                       "Write longitude, then latitude, as plain decimal degrees.",
                       "corner %d has no number of degrees that fits", r->corners + 1);
    return true;
}

static bool json_corners(shape_reader *r, const tr_json *list, tr_ring *ring)
{
    if (!list || list->kind != TR_JSON_ARRAY)
        return shape_fail(r, "Give an array of [longitude, latitude].",
                          "a ring or line without corners", (tr_str){0});
    if (list->count > FRONT_CORNERS - r->corners)
        return tr_fail(r->err, TR_E_LIMIT, "Simplify it.", "more than %d corners", FRONT_CORNERS);
    tr_point *corner = TR_NEW(r->keep, tr_point, list->count);
    int32_t   n = 0;
    for (const tr_json *pair = list->first; pair; pair = pair->next, n++, r->corners++) {
        if (pair->kind != TR_JSON_ARRAY || pair->count < 2)
            return shape_fail(r, "Give an array of [longitude, latitude].",
                              "a corner that is no pair", (tr_str){0});
        if (!json_degrees(r, pair->first, 1800000000, &corner[n].lon) ||
            !json_degrees(r, pair->first->next, 900000000, &corner[n].lat))
            return false;
    }
    *ring = (tr_ring){.corner = corner, .corners = n};
    return true;
}

static bool json_ring(shape_reader *r, const tr_json *list)
{
    tr_ring ring;
    if (!json_corners(r, list, &ring))
        return false;
    if (!r->line) {
        const tr_point *a = ring.corner, *b = ring.corner + ring.corners - 1;
        if (ring.corners < 4 || a->lon != b->lon || a->lat != b->lat)
            return shape_fail(r, "Repeat the first corner as the last (RFC 7946, 3.1.6).",
                              "a ring that is not closed", (tr_str){0});
        ring.corners--;
    }
    *TR_PUSH(r->keep, &r->rings) = ring;
    return true;
}

static bool json_polygon(shape_reader *r, const tr_json *rings)
{
    if (!rings || rings->kind != TR_JSON_ARRAY)
        return shape_fail(r, "Give an array of rings.", "a polygon without rings", (tr_str){0});
    for (const tr_json *ring = rings->first; ring; ring = ring->next)
        if (!json_ring(r, ring))
            return false;
    return true;
}

static bool json_geometry(shape_reader *r, const tr_json *geometry)
{
    const tr_json *type = geometry ? tr_json_get(geometry, "type") : NULL;
    const tr_json *at = geometry ? tr_json_get(geometry, "coordinates") : NULL;
    tr_str         name = type && type->kind == TR_JSON_STRING ? type->text : (tr_str){0};
    r->parts++;
    if (r->line && tr_str_is(name, "LineString"))
        return json_ring(r, at);
    if (!r->line && tr_str_is(name, "Polygon"))
        return json_polygon(r, at);
    if (!r->line && tr_str_is(name, "MultiPolygon") && at && at->kind == TR_JSON_ARRAY) {
        for (const tr_json *polygon = at->first; polygon; polygon = polygon->next)
            if (!json_polygon(r, polygon))
                return false;
        return true;
    }
    return shape_fail(r,
                      r->line ? "Give one LineString; join the parts of a line in order."
                              : "Give a Polygon or a MultiPolygon.",
                      name.len ? "the geometry is a" : "the geometry has no type", name);
}

static bool feature_is(const tr_json *feature, tr_str name)
{
    const tr_json *properties = tr_json_get(feature, "properties");
    const tr_json *said =
        properties && properties->kind == TR_JSON_OBJECT ? tr_json_get(properties, "name") : NULL;
    const tr_json *id = tr_json_get(feature, "id");
    return (said && said->kind == TR_JSON_STRING && tr_str_eq(said->text, name)) ||
           (id && id->kind == TR_JSON_STRING && tr_str_eq(id->text, name));
}

/* A date or moment of a feature, as it is written; none: null, or not there. */
static bool json_date(shape_reader *r, const tr_json *feature, const char *name, tr_str *text)
{
    const tr_json *properties = tr_json_get(feature, "properties");
    const tr_json *said =
        properties && properties->kind == TR_JSON_OBJECT ? tr_json_get(properties, name) : NULL;
    *text = (tr_str){0};
    if (!said)
        return true;
    bool ok = said->kind == TR_JSON_STRING && said->text.len > 0 && said->text.len <= 40;
    for (ptrdiff_t i = 0; ok && i < said->text.len; i++) {
        char c = said->text.at[i];
        ok = (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.' || c == '+' || c == 'T' ||
             c == 'Z';
    }
    if (!ok)
        return tr_fail(r->err, TR_E_VERSION_DATE,
                       "Write \"2015-02-15\" or a moment with its offset, or leave it out.",
                       "version %d has no \"%s\" that can be read", r->parts + 1, name);
    *text = said->text;
    return true;
}

static bool json_feature(shape_reader *r, const tr_json *feature)
{
    if (feature->kind != TR_JSON_OBJECT)
        return shape_fail(r, "Give GeoJSON (RFC 7946).", "a feature that is no object",
                          (tr_str){0});
    if (r->feature.len > 0 && !feature_is(feature, r->feature))
        return true;
    if (r->dated) {
        shape_dates dates;
        if (!json_date(r, feature, "valid_from", &dates.from) ||
            !json_date(r, feature, "valid_until", &dates.until))
            return false;
        *TR_PUSH(r->keep, &r->dates) = dates;
    }
    const tr_json *geometry = tr_json_get(feature, "geometry");
    return json_geometry(r, geometry && geometry->kind == TR_JSON_OBJECT ? geometry : NULL);
}

static bool json_root(shape_reader *r, const tr_json *root)
{
    const tr_json *type = root->kind == TR_JSON_OBJECT ? tr_json_get(root, "type") : NULL;
    tr_str         name = type && type->kind == TR_JSON_STRING ? type->text : (tr_str){0};
    if (tr_str_is(name, "Feature"))
        return json_feature(r, root);
    if (!tr_str_is(name, "FeatureCollection"))
        return root->kind == TR_JSON_OBJECT ? json_geometry(r, root)
                                            : shape_fail(r, "Give GeoJSON (RFC 7946).",
                                                         "the file is no object", (tr_str){0});
    const tr_json *features = tr_json_get(root, "features");
    if (features && features->kind != TR_JSON_ARRAY)
        return shape_fail(r, "Give GeoJSON (RFC 7946).", "the features are no array", (tr_str){0});
    for (const tr_json *one = features ? features->first : NULL; one; one = one->next)
        if (!json_feature(r, one))
            return false;
    return true;
}

bool shape_of_json(tr_arena *keep, tr_str bytes, const shape_asked *asked, shape_rings *rings,
                   tr_err *err)
{
    tr_json     *root;
    tr_str       feature = asked->feature;
    shape_reader r = {.keep = keep,
                      .line = asked->line,
                      .dated = asked->dated,
                      .feature = feature,
                      .err = err};
    if (!tr_json_import(keep, bytes, true, &root, err) || !json_root(&r, root))
        return false;
    if (r.parts == 0 || r.rings.len == 0)
        return shape_fail(&r, "Name a feature by its property \"name\" or its id.",
                          feature.len ? "the file has no feature" : "the file has no geometry",
                          feature);
    if (r.dated && r.dates.len != r.parts)
        return shape_fail(&r, "Give a FeatureCollection of dated LineStrings.",
                          "the file has a geometry without dates", (tr_str){0});
    if (r.parts > 1 && !r.dated)
        return tr_fail(err, TR_E_GEOMETRY, "Say which one: from \"file\" feature \"name\".",
                       "the file has %d geometries that fit", r.parts);
    *rings = (shape_rings){r.rings.at, (int32_t)r.rings.len, r.dates.at};
    return true;
}

bool shape_plain_name(tr_str file)
{
    for (ptrdiff_t i = 0; i < file.len; i++) {
        unsigned char c = (unsigned char)file.at[i];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F ||
            (c == '.' && i + 1 < file.len && file.at[i + 1] == '.'))
            return false;
    }
    return file.len > 0 && file.at[0] != '/';
}

/* ---- checks on corners ---- */

static bool swapped(const front *f, tr_point p)
{
    tr_point other = {p.lat, p.lon};
    return !tr_box_holds(f->plan.area, p) && tr_box_holds(f->plan.area, other);
}

bool shape_corners_ok(front *f, const shape_said *said, const tr_point *corner, int32_t corners,
                       tr_box *box)
{
    for (int32_t i = 0; i < corners; i++) {
        tr_point p = corner[i], q = corner[i > 0 ? i - 1 : 0];
        if (f->has_area == HEAD_DONE && swapped(f, p)) {
            front_report(f,
                         (report){TR_E_SWAPPED, said->span,
                                  "It lies outside the agreement's area, and inside when longitude "
                                  "and latitude are exchanged.",
                                  "Write longitude with E or W and latitude with N or S; in "
                                  "GeoJSON the longitude comes first.",
                                  false},
                         "corner %d of the %s \"%s\" looks exchanged", i + 1, said->what,
                         front_quote(said->name).z);
            return false;
        }
        if ((int64_t)p.lon - q.lon > 1800000000 || (int64_t)q.lon - p.lon > 1800000000) {
            front_report(f,
                         (report){TR_E_ANTIMERIDIAN, said->span, NULL,
                                  "Cut it in two at the 180th meridian.", false},
                         "the %s \"%s\" crosses the 180th meridian at corner %d", said->what,
                         front_quote(said->name).z, i + 1);
            return false;
        }
        box->min.lon = i == 0 || p.lon < box->min.lon ? p.lon : box->min.lon;
        box->min.lat = i == 0 || p.lat < box->min.lat ? p.lat : box->min.lat;
        box->max.lon = i == 0 || p.lon > box->max.lon ? p.lon : box->max.lon;
        box->max.lat = i == 0 || p.lat > box->max.lat ? p.lat : box->max.lat;
    }
    return true;
}

void shape_inside(front *f, const shape_said *said, tr_box box)
{
    tr_box area = f->plan.area;
    if (f->has_area != HEAD_DONE || (box.max.lon >= area.min.lon && box.min.lon <= area.max.lon &&
                                     box.max.lat >= area.min.lat && box.min.lat <= area.max.lat))
        return;
    front_report(f,
                 (report){TR_E_OUTSIDE_AREA, said->span,
                          "Nothing that is observed outside the area is accepted.",
                          "Correct the coordinates, or widen the area.", false},
                 "the %s \"%s\" lies wholly outside the agreement's area", said->what,
                 front_quote(said->name).z);
}

void shape_report(front *f, const shape_said *said, const tr_err *err)
{
    front_report(f, (report){err->code, said->span, NULL, err->hint, false}, "%s", err->text);
}

/* Corners typed in: POINT, POINT ...; ends before what is no point. */
bool shape_corners(front *f, tr_point first, shape_points *list)
{
    *TR_PUSH(f->keep, list) = first;
    while (is_sign(f, ",") && front_peek(f).kind == TOK_NUMBER) {
        tr_text_span span;
        tr_point     p;
        front_step(f);
        if (!need_point(f, &p, &span))
            return false;
        if (list->len >= FRONT_CORNERS) {
            front_leave(f, TR_E_LIMIT, "Simplify it.", "more than %d corners", FRONT_CORNERS);
            return false;
        }
        *TR_PUSH(f->keep, list) = p;
    }
    return !f->panic;
}

bool shape_file(front *f, const shape_said *said, bool line, shape_rings *rings, tr_str *file)
{
    tr_str       bytes = {0};
    shape_asked  asked = {.line = line};
    tr_text_span span = f->tok.span;
    if (!need_string(f, file, "a file name in quotes", "Write: from \"contact-line.geojson\"."))
        return false;
    if (take_word(f, "feature") &&
        !need_string(f, &asked.feature, "the feature's name in quotes",
                     "Write: feature \"name\"."))
        return false;
    asked.dated = line && take_word(f, "versions");
    if (asked.dated && (!need_word(f, "by", "Write: versions by date.") ||
                        !need_word(f, "date", "Write: versions by date.")))
        return false;
    if (!shape_plain_name(*file)) {
        front_report(f,
                     (report){TR_E_GEOMETRY_FILE, span, NULL,
                              "Name a file in the agreement's own folder or one below it.", false},
                     "\"%s\" is not a plain file name", front_quote(*file).z);
        return false;
    }
    if (!f->files || !f->files(f->context, *file, &bytes)) {
        front_report(f,
                     (report){TR_E_GEOMETRY_FILE, span, NULL,
                              "Put the file beside the agreement, under exactly this name.", false},
                     "the file \"%s\" of the %s \"%s\" was not handed in", front_quote(*file).z,
                     said->what, front_quote(said->name).z);
        return false;
    }
    tr_err err = {0};
    if (shape_of_json(f->keep, bytes, &asked, rings, &err))
        return true;
    front_report(f, (report){err.code, span, NULL, err.hint, false}, "%s: %s", front_quote(*file).z,
                 err.text);
    return false;
}

void shape_ask_area(front *f)
{
    if (f->has_area != HEAD_NONE || f->area_asked)
        return;
    f->area_asked = true;
    front_report(f,
                 (report){TR_E_HEADER, f->statement,
                          "A longitude and a latitude written in each other's place can only be "
                          "seen against a declared area.",
                          "Put a line such as: area 30.0 E 46.0 N to 40.0 E 51.0 N above it.",
                          false},
                 "the area must stand above the first line or zone");
}

shape_said shape_said_of(front *f, const char *what, tr_str name, tr_text_span begin)
{
    return (shape_said){name, what, span_join(begin, f->last.span)};
}


bool shape_distance(front *f, int64_t *mm, const char *hint)
{
    int64_t      value;
    tr_text_span span = f->tok.span;
    *mm = 0;
    if (at_end(f) || f->tok.kind != TOK_NUMBER) {
        front_unexpected(f, "a distance such as \"15 km\"", hint);
        return false;
    }
    tr_str digits = f->tok.text;
    front_step(f);
    int places = is_word(f, "km") ? 6 : is_word(f, "m") ? 3 : 0;
    if (places == 0) {
        if (!f->panic)
            front_report(f, (report){TR_E_UNIT, span, NULL, "Write \"15 km\" or \"500 m\".", false},
                         "the distance \"%s\" has no unit", front_quote(digits).z);
        return true; /* the sentence may go on */
    }
    front_step(f);
    if (tr_fixed_read(digits, places, &value) && value > 0 && value <= INT64_C(1000000000))
        *mm = value;
    else
        front_report(
            f, (report){TR_E_NUMBER, span, NULL, "Write more than 0 and at most 1000 km.", false},
            "\"%s\" is not a distance that fits", front_quote(digits).z);
    return true;
}
