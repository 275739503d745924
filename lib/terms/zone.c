/* zone.c -- zones: shapes of their own, strips along lines, zones made of zones, height bands,
 * sectors.
 *
 * A zone names only what stands above it, so no zone holds itself, and all of them can be judged in
 * the order of the text.  A strip along a line with one geometry that is valid for ever, for
 * everybody, is a shape of its own; any other makes a zone of parts.
 */
#include "terms/shape.h"

_Static_assert((int)FRONT_ZONES <= (int)TR_ZONES, "all zones of a plan have room in an evaluation");

static const char wanted_point[] = "a coordinate such as \"37.5 E 48.1 N\"";

/* ---- shapes ---- */

static bool zone_rings(front *f, const shape_said *said, tr_zone *zone, shape_rings rings)
{
    tr_err err = {0};
    tr_box box = {0}, whole = {0};
    for (int32_t i = 0; i < rings.rings; i++) {
        tr_ring *ring = &rings.ring[i];
        if (!shape_corners_ok(f, said, ring->corner, ring->corners, &box))
            return false;
        if (!tr_ring_make(ring, said->name, ring->corner, ring->corners, &err) ||
            !tr_ring_check(*f->keep, ring, said->name, &err)) {
            shape_report(f, said, &err);
            return false;
        }
        if (i == 0)
            whole = box;
        whole.min.lon = box.min.lon < whole.min.lon ? box.min.lon : whole.min.lon;
        whole.min.lat = box.min.lat < whole.min.lat ? box.min.lat : whole.min.lat;
        whole.max.lon = box.max.lon > whole.max.lon ? box.max.lon : whole.max.lon;
        whole.max.lat = box.max.lat > whole.max.lat ? box.max.lat : whole.max.lat;
    }
    if (!tr_zone_of_rings(zone, said->name, rings.ring, rings.rings, &err)) {
        shape_report(f, said, &err);
        return false;
    }
    shape_inside(f, said, whole);
    return true;
}

/* POINT, POINT, ... [; POINT, ...] */
static bool zone_corners(front *f, shape_said *said, tr_zone *zone)
{
    tr_text_span begin = f->tok.span;
    TR_VEC(tr_ring) rings = {0};
    do {
        shape_points list = {0};
        tr_point     first;
        if (!need_point(f, &first, &said->span) || !shape_corners(f, first, &list))
            return false;
        *TR_PUSH(f->keep, &rings) = (tr_ring){.corner = list.at, .corners = (int32_t)list.len};
    } while (take_sign(f, ";"));
    *said = shape_said_of(f, "zone", said->name, begin);
    return zone_rings(f, said, zone, (shape_rings){rings.at, (int32_t)rings.len});
}

static bool zone_box(front *f, shape_said *said, tr_zone *zone)
{
    tr_text_span begin = f->last.span;
    tr_box       box, whole = {0};
    tr_err       err = {0};
    if (!need_point(f, &box.min, &said->span) ||
        !need_word(f, "to", "Write: box 37 E 47 N to 38 E 48 N.") ||
        !need_point(f, &box.max, &said->span))
        return false;
    *said = shape_said_of(f, "zone", said->name, begin);
    tr_point corners[] = {box.min, box.max};
    if (!shape_corners_ok(f, said, corners, 2, &whole))
        return false;
    if (box.min.lon >= box.max.lon || box.min.lat >= box.max.lat) {
        front_report(f,
                     (report){TR_E_COORDINATE, said->span, NULL,
                              "Write the south-west corner, then the north-east one.", false},
                     "the box of the zone \"%s\" is empty", front_quote(said->name).z);
        return false;
    }
    if (!tr_zone_of_box(zone, said->name, box, &err)) {
        shape_report(f, said, &err);
        return false;
    }
    shape_inside(f, said, box);
    return true;
}

/* ---- strips along lines ---- */

static tr_box box_join(tr_box a, tr_box b)
{
    a.min.lon = b.min.lon < a.min.lon ? b.min.lon : a.min.lon;
    a.min.lat = b.min.lat < a.min.lat ? b.min.lat : a.min.lat;
    a.max.lon = b.max.lon > a.max.lon ? b.max.lon : a.max.lon;
    a.max.lat = b.max.lat > a.max.lat ? b.max.lat : a.max.lat;
    return a;
}

/* for ACTOR|CLASS {and ACTOR|CLASS}: actors together, classes together. */
static bool part_for(front *f, tr_zone_part *part)
{
    static const char hint[] = "Write: within 50 km of contact for A and artillery.";
    tr_str            name;
    tr_text_span      span;
    do {
        if (!need_name(f, &name, &span, "an actor or a class", hint))
            return false;
        int32_t actor = front_find(f, SYM_ACTOR, name), class_ = front_find(f, SYM_CLASS, name);
        if (actor >= 0) {
            front_used(f, SYM_ACTOR, name, span);
            part->actors |= UINT64_C(1) << actor;
        } else if (class_ >= 0) {
            front_used(f, SYM_CLASS, name, span);
            part->kinds |= f->class_[class_].kinds;
        } else
            front_use(f, SYM_CLASS, name, span);
    } while (take_word(f, "and"));
    return true;
}

/* NUMBER UNIT of LINE [for ...], after `within` */
static bool read_part(front *f, tr_zone_part *part)
{
    static const char hint[] = "Write: within 15 km of contact.";
    tr_str            name;
    tr_text_span      span, begin = f->last.span;
    *part = (tr_zone_part){.line = -1};
    if (!shape_distance(f, &part->within_mm, hint) || !need_word(f, "of", hint) ||
        !need_name(f, &name, &span, "the name of a line", hint))
        return false;
    part->line = front_use(f, SYM_LINE, name, span);
    if (take_word(f, "for") && !part_for(f, part))
        return false;
    part->span = span_join(begin, f->last.span);
    return true;
}

/* Strips along all versions of the part's line. */
static bool make_part(front *f, const shape_said *said, tr_zone_part *part)
{
    tr_err              err = {0};
    const tr_plan_line *line = part->line >= 0 ? &f->line[part->line] : NULL;
    if (!line || line->versions == 0 || part->within_mm == 0)
        return false;
    if (f->strips + line->versions > TR_ZONE_PARTS) {
        front_report(f, (report){TR_E_LIMIT, part->span, NULL, "Use fewer.", false},
                     "the zones have more than %d strips", TR_ZONE_PARTS);
        return false;
    }
    tr_zone *zone = TR_NEW(f->keep, tr_zone, line->versions);
    part->zone = zone;
    part->first = f->strips;
    f->strips += line->versions;
    for (int32_t i = 0; i < line->versions; i++)
        if (!tr_zone_near_line(&zone[i], said->name, &line->version[i].line, part->within_mm,
                               &err)) {
            shape_report(f, said, &err);
            return false;
        }
    return true;
}

static bool always(const front *f, const tr_zone_part *part)
{
    const tr_plan_line *line = &f->line[part->line];
    return part->actors == 0 && part->kinds == 0 && line->versions == 1 &&
           line->version[0].begin == TR_TIME_NONE && line->version[0].end == TR_TIME_MAX;
}

static bool zone_strips(front *f, shape_said *said, tr_plan_zone *zone)
{
    TR_VEC(tr_zone_part) parts = {0};
    tr_text_span begin = f->last.span;
    bool         made = true;
    do {
        if (parts.len > 0 && (take_sign(f, ","), !need_word(f, "within", "")))
            return false;
        tr_zone_part *part = TR_PUSH(f->keep, &parts);
        if (!read_part(f, part))
            return false;
        if (parts.len == FRONT_STRIPS) {
            front_leave(f, TR_E_LIMIT, "Make several zones, and one of those.",
                       "more than %d strips in one zone", FRONT_STRIPS);
            return false;
        }
    } while (is_word(f, "within") || (is_sign(f, ",") && tr_str_is(front_peek(f).text, "within")));
    *said = shape_said_of(f, "zone", said->name, begin);
    for (ptrdiff_t i = 0; i < parts.len; i++)
        made &= make_part(f, said, &parts.at[i]);
    if (!made)
        return true;
    const tr_zone_part *first = parts.at;
    if (parts.len == 1 && always(f, first)) {
        zone->zone = first->zone[0];
        return true;
    }
    tr_box box = first->zone[0].box;
    for (ptrdiff_t i = 0; i < parts.len; i++)
        for (int32_t v = 0; v < f->line[parts.at[i].line].versions; v++)
            box = box_join(box, parts.at[i].zone[v].box);
    zone->zone = (tr_zone){.name = said->name, .shape = TR_ZONE_MADE, .box = box};
    zone->making = TR_MADE_PARTS;
    zone->part = parts.at;
    zone->parts = (int32_t)parts.len;
    return true;
}

/* ---- sectors ---- */

/* LINE divided every NUMBER km; the name is read. */
static bool zone_sectors(front *f, tr_plan_zone *zone, tr_str name, tr_text_span span)
{
    static const char hint[] = "Write: zone sectors is contact divided every 50 km.";
    tr_text_span      begin = span;
    int32_t           line = front_use(f, SYM_LINE, name, span);
    if (!need_word(f, "every", hint) || !shape_distance(f, &zone->every_mm, hint))
        return false;
    span = span_join(begin, f->last.span);
    zone->zone = (tr_zone){.name = zone->zone.name, .shape = TR_ZONE_MADE, .box = f->plan.area};
    zone->making = TR_MADE_SECTORS;
    zone->line = line;
    if (line < 0 || f->line[line].versions == 0 || zone->every_mm == 0)
        return true;
    if (++f->divisions > FRONT_DIVISIONS) {
        front_report(f, (report){TR_E_LIMIT, span, NULL, "Use one of the others.", false},
                     "more than %d zones are divided into sectors", FRONT_DIVISIONS);
        return true;
    }
    tr_division *division = TR_NEW(f->keep, tr_division, f->line[line].versions);
    zone->division = division;
    for (int32_t i = 0; i < f->line[line].versions; i++) {
        tr_line *piece = NULL;
        division[i].pieces = zone->every_mm < 1000000
                                 ? 0
                                 : tr_line_divide(f->keep, &f->line[line].version[i].line,
                                                  zone->every_mm, TR_SECTORS, &piece);
        division[i].piece = piece;
        if (division[i].pieces > 0)
            continue;
        front_report(
            f, (report){TR_E_LIMIT, span, NULL, "Divide every so many more kilometres.", false},
            "the line \"%s\" divided so has sectors shorter than 1 km, or more than %d",
            front_quote(name).z, TR_SECTORS);
        return true;
    }
    return true;
}

/* ---- zones made of zones ---- */

static bool need_zone(front *f, tr_str name, tr_text_span span, int32_t *zone)
{
    if (tr_str_is(name, "area"))
        return *zone = -1, true;
    *zone = front_use(f, SYM_ZONE, name, span);
    if (*zone == f->plan.zones) {
        front_report(f, (report){TR_E_UNDECLARED, span, NULL, "Name zones declared above.", false},
                     "the zone \"%s\" is made of itself", front_quote(name).z);
        *zone = -1;
        return false;
    }
    return *zone >= 0;
}

static bool need_metres(front *f, int32_t *metres)
{
    static const char hint[] = "Write: below 5000 m.";
    int64_t           value;
    if (!need_whole(f, 0, 100000, &value, "a height such as \"5000 m\"") ||
        !need_word(f, "m", hint))
        return false;
    *metres = (int32_t)value;
    return true;
}

/* [below H m | above H m | between H m and H m] */
static bool read_band(front *f, tr_plan_zone *zone)
{
    tr_text_span begin = f->tok.span;
    if (take_word(f, "below"))
        return need_metres(f, &zone->h_to_m);
    if (take_word(f, "above"))
        return need_metres(f, &zone->h_from_m);
    if (!take_word(f, "between"))
        return true;
    if (!need_metres(f, &zone->h_from_m) ||
        !need_word(f, "and", "Write: between 300 m and 400 m.") || !need_metres(f, &zone->h_to_m))
        return false;
    if (zone->h_from_m >= zone->h_to_m)
        front_report(f,
                     (report){TR_E_ZONE_EMPTY, span_join(begin, f->last.span), NULL,
                              "Write the lower height first.", false},
                     "no height is above %d m and below %d m", zone->h_from_m, zone->h_to_m);
    return true;
}

static bool box_of_made(const front *f, const tr_plan_zone *zone, tr_box *box)
{
    for (int32_t i = 0; i < zone->ofs; i++) {
        tr_box b = zone->of[i] < 0 ? f->plan.area : f->zone[zone->of[i]].zone.box;
        if (i == 0)
            *box = b;
        else if (zone->making == TR_MADE_OR)
            *box = box_join(*box, b);
        else if (zone->making == TR_MADE_AND) {
            box->min.lon = b.min.lon > box->min.lon ? b.min.lon : box->min.lon;
            box->min.lat = b.min.lat > box->min.lat ? b.min.lat : box->min.lat;
            box->max.lon = b.max.lon < box->max.lon ? b.max.lon : box->max.lon;
            box->max.lat = b.max.lat < box->max.lat ? b.max.lat : box->max.lat;
        }
    }
    return box->min.lon <= box->max.lon && box->min.lat <= box->max.lat;
}

/* A connective, if one stands here; reports one that is not the first's. */
static bool take_making(front *f, tr_plan_zone *zone, bool first)
{
    static const char *const words[] = {"and", "or", "without"};
    for (int i = 0; i < 3; i++) {
        if (!take_word(f, words[i]))
            continue;
        tr_zone_making making = (tr_zone_making)(TR_MADE_AND + i);
        if (!first && making != zone->making)
            front_report(f,
                         (report){TR_E_ZONE_MIXED, f->last.span,
                                  "Which of them binds closer would change the zone.",
                                  "Declare the inner part as a zone of its own.", false},
                         "\"%s\" beside another connective in one zone", words[i]);
        zone->making = first ? making : zone->making;
        return true;
    }
    return false;
}

/* NAME {and|or|without NAME} [height]; the first name is read. */
static bool zone_algebra(front *f, shape_said *said, tr_plan_zone *zone, tr_str name,
                         tr_text_span span)
{
    static const char wanted[] = "\"and\", \"or\", \"without\", a height or \"divided\"";
    TR_VEC(int32_t) of = {0};
    tr_text_span begin = span;
    bool         known = true;
    zone->making = TR_MADE_AND;
    if (take_word(f, "divided"))
        return zone_sectors(f, zone, name, span);
    for (;;) {
        int32_t one = -1;
        known &= need_zone(f, name, span, &one);
        if (of.len == FRONT_STRIPS) {
            front_leave(f, TR_E_LIMIT, "Make several zones, and one of those.",
                       "more than %d zones in one", FRONT_STRIPS);
            return false;
        }
        *TR_PUSH(f->keep, &of) = one;
        if (!take_making(f, zone, of.len == 1))
            break;
        if (!need_name(f, &name, &span, "the name of a zone", "Name a zone declared above."))
            return false;
    }
    if (of.len == 1 && !is_word(f, "below") && !is_word(f, "above") && !is_word(f, "between")) {
        front_unexpected(f, wanted, "Write for example: zone sky is DMZ below 5000 m.");
        return false;
    }
    if (!read_band(f, zone))
        return false;
    *said = shape_said_of(f, "zone", said->name, begin);
    zone->zone = (tr_zone){.name = said->name, .shape = TR_ZONE_MADE};
    zone->of = of.at;
    zone->ofs = (int32_t)of.len;
    if (known && !box_of_made(f, zone, &zone->zone.box) && f->result->errors == 0)
        front_report(f,
                     (report){TR_E_ZONE_EMPTY, said->span, NULL,
                              "Write \"or\" for a place in any of them.", false},
                     "no place is in all zones that \"%s\" is made of", front_quote(said->name).z);
    return true;
}

/* ---- the sentence ---- */

/* A name that is declared, or that goes on as a zone made of zones does. */
static bool names_place(const front *f)
{
    static const char *const next[] = {"and",   "or",      "without", "below",
                                       "above", "between", "divided"};
    tr_str                   name = f->tok.text;
    if (at_end(f) || f->tok.kind != TOK_WORD)
        return false;
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        if (tr_str_is(front_peek(f).text, next[i]))
            return true;
    return tr_str_is(name, "area") || front_find(f, SYM_ZONE, name) >= 0 ||
           front_find(f, SYM_LINE, name) >= 0;
}

static bool zone_shape(front *f, shape_said *said, tr_plan_zone *zone)
{
    static const char hint[] =
        "Write \"is within 15 km of LINE\", \"is box ... to ...\", a ring of "
        "corners after \"is\", zones with \"and\" between, or \"from\" and a file.";
    shape_rings  rings;
    tr_str       name;
    tr_text_span span;
    if (take_word(f, "from")) {
        said->span = f->tok.span;
        return shape_file(f, said, false, &rings, &zone->note) &&
               zone_rings(f, said, &zone->zone, rings);
    }
    if (!need_word(f, "is", hint))
        return false;
    if (take_word(f, "within"))
        return zone_strips(f, said, zone);
    if (take_word(f, "box"))
        return zone_box(f, said, &zone->zone);
    if (!at_end(f) && f->tok.kind == TOK_NUMBER)
        return zone_corners(f, said, &zone->zone);
    if (names_place(f)) {
        if (!need_name(f, &name, &span, "the name of a zone or line", hint))
            return false;
        return zone_algebra(f, said, zone, name, span);
    }
    front_unexpected(f, wanted_point, hint);
    return false;
}

/* [boundary inside|outside] [coarse "..."] [source "..."], commas between, any order */
typedef struct {
    tr_text_span at;       /* of the boundary */
    int          boundary; /* 0 not said, 1 inside, 2 outside */
    bool         coarse;
    tr_str       note;
} trailer;

static bool read_trailer(front *f, trailer *t)
{
    tr_str source = {0};
    while (!f->panic && !at_end(f)) {
        take_sign(f, ",");
        if (take_word(f, "boundary")) {
            t->at = f->last.span;
            t->boundary = is_word(f, "inside") ? 1 : is_word(f, "outside") ? 2 : 0;
            if (t->boundary == 0) {
                front_unexpected(f, "\"inside\" or \"outside\"",
                                 "Say whose the boundary itself is.");
                return false;
            }
            front_step(f);
        } else if (take_word(f, "coarse")) {
            t->coarse = true;
            if (!need_string(f, &t->note, "a remark in quotes", "Say where the corners come from."))
                return false;
        } else if (take_word(f, "source")) {
            if (!need_string(f, &source, "a source in quotes",
                             "Write: source \"contact.geojson\"."))
                return false;
        } else {
            front_unexpected(f, "\"boundary\", \"coarse\", \"source\" or the end of the sentence",
                             "");
            return false;
        }
    }
    if (source.len > 0 && !t->coarse)
        t->note = source;
    return !f->panic;
}

/* A zone made of others has their boundaries; any other says whose its own is. */
static void check_boundary(front *f, const tr_plan_zone *zone, const trailer *t, tr_text_span name)
{
    bool made = zone->making > TR_MADE_PARTS;
    if (made && t->boundary != 0)
        front_report(f, (report){TR_E_UNEXPECTED, t->at, NULL, "Remove \"boundary\".", false},
                     "the boundary of a zone made of others is that of those");
    if (!made && t->boundary == 0)
        front_report(f,
                     (report){TR_E_BOUNDARY, name,
                              "A point exactly on the edge must belong to one side of it, and no "
                              "machine may choose which.",
                              "Add \"boundary inside\" or \"boundary outside\" at the end of the "
                              "sentence.",
                              false},
                     "the zone \"%s\" does not say whose its boundary is",
                     front_quote(zone->zone.name).z);
}

/* The strips of a zone have its boundary. */
static void set_boundary(front *f, tr_plan_zone *zone, bool inside)
{
    zone->zone.boundary_inside = inside;
    for (int32_t i = 0; i < zone->parts; i++)
        for (int32_t v = 0; v < f->line[zone->part[i].line].versions; v++)
            ((tr_zone *)(uintptr_t)zone->part[i].zone)[v].boundary_inside = inside;
}

void parse_zone(front *f)
{
    tr_str       name;
    tr_text_span span;
    trailer      t = {0};
    if (!need_name(f, &name, &span, "the name of the zone", "Write: zone DMZ is ..."))
        return;
    if (tr_str_is(name, "area"))
        front_report(f, (report){TR_E_REPEATED, span, NULL, "Choose another name.", false},
                     "\"area\" always means the whole area");
    if (!front_declare(f, SYM_ZONE, name, span, f->plan.zones, FRONT_ZONES)) {
        f->panic = f->left = true;
        return;
    }
    tr_plan_zone *zone = &f->zone[f->plan.zones];
    *zone = (tr_plan_zone){.zone.name = name,
                           .span = span,
                           .line = -1,
                           .h_from_m = TR_HEIGHT_LEAST,
                           .h_to_m = TR_HEIGHT_MOST};
    shape_ask_area(f);
    shape_said said = {name, "zone", span};
    zone_shape(f, &said, zone);
    f->plan.zones++;
    t.note = zone->note;
    bool read = read_trailer(f, &t);
    zone->coarse = t.coarse;
    zone->note = t.note;
    set_boundary(f, zone, t.boundary == 1);
    if (read)
        check_boundary(f, zone, &t, span);
}
