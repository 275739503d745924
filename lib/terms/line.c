/* line.c -- lines: one geometry or several, each with the time for which it is valid, and a length
 * that the geometry is held against.
 *
 * Validity is half open, as all periods.  Two geometries at one moment are an error; a time without
 * one is a warning, and what is judged by the line then is undecidable.
 */
#include "terms/shape.h"

#include <stdio.h>

typedef struct {
    tr_line_version v;
    tr_str          source; /* remark */
    tr_str          remark; /* of `coarse` */
    bool            coarse;
    bool            shaped;
} geometry;

typedef struct {
    front     *f;
    tr_str     name;
    shape_said said;
    TR_VEC(geometry) list;
    tr_text_span length_span;
    int64_t      length_mm;
    int32_t      tolerance_ppm;
    bool         bad;
} line_reader;

/* ---- reading ---- */

static geometry *add(line_reader *r, tr_text_span span)
{
    if (r->list.len >= FRONT_VERSIONS) {
        front_leave(r->f, TR_E_LIMIT, "Leave out those that no clause needs.",
                   "the line \"%s\" has more than %d geometries", front_quote(r->name).z,
                   FRONT_VERSIONS);
        return NULL;
    }
    geometry *g = TR_PUSH(r->f->keep, &r->list);
    *g = (geometry){.v = {.begin = TR_TIME_NONE, .end = TR_TIME_MAX, .span = span}};
    return g;
}

static void read_date(line_reader *r, tr_str text, tr_time *t)
{
    tr_err       err = {0};
    const tr_tz *tz = r->f->plan.tz ? r->f->plan.tz : tr_tz_utc();
    if (text.len == 0 || tr_time_read_any(text, tz, t, &err))
        return;
    r->bad = true;
    front_report(r->f, (report){TR_E_VERSION_DATE, r->said.span, NULL, err.hint, false}, "%s",
                 err.text);
}

/* from FILE: one geometry, or all versions in it. */
static bool line_file(line_reader *r)
{
    front      *f = r->f;
    shape_rings rings;
    tr_str      file = {0};
    r->said.span = f->tok.span;
    if (!shape_file(f, &r->said, true, &rings, &file)) {
        geometry *g = f->panic ? NULL : add(r, r->said.span);
        r->bad = true; /* said; a place to hang `valid` on */
        return g != NULL;
    }
    for (int32_t i = 0; i < rings.rings; i++) {
        geometry *g = add(r, r->said.span);
        if (!g)
            return false;
        g->v.line = (tr_line){.corner = rings.ring[i].corner, .corners = rings.ring[i].corners};
        g->source = file;
        g->shaped = true;
        if (rings.dates) {
            read_date(r, rings.dates[i].from, &g->v.begin);
            read_date(r, rings.dates[i].until, &g->v.end);
        }
    }
    return true;
}

static bool line_corners(line_reader *r)
{
    front       *f = r->f;
    shape_points list = {0};
    tr_text_span begin = f->tok.span, span;
    tr_point     first;
    if (!need_point(f, &first, &span) || !shape_corners(f, first, &list))
        return false;
    geometry *g = add(r, span_join(begin, f->last.span));
    if (!g)
        return false;
    g->v.line = (tr_line){.corner = list.at, .corners = (int32_t)list.len};
    g->shaped = true;
    return true;
}

/* valid [from MOMENT] [until MOMENT], of the geometry before it. */
static bool line_valid(line_reader *r)
{
    static const char hint[] = "Write: valid from 2015-02-15 until 2016-09-21.";
    front            *f = r->f;
    geometry         *g = &r->list.at[r->list.len - 1];
    bool              any = false;
    tr_text_span      begin = f->last.span;
    if (take_word(f, "from")) {
        any = true;
        if (!need_moment(f, &g->v.begin))
            return false;
    }
    if (take_word(f, "until")) {
        any = true;
        if (!need_moment(f, &g->v.end))
            return false;
        if (g->v.end == TR_TIME_NONE)
            g->v.end = TR_TIME_MAX;
    }
    if (!any)
        front_unexpected(f, "\"from\" or \"until\" and a date", hint);
    g->v.span = span_join(begin, f->last.span);
    return any;
}

static bool line_length(line_reader *r)
{
    static const char hint[] = "Write: length 1200 km tolerance 2 %.";
    front            *f = r->f;
    int64_t           km;
    tr_text_span      begin = f->last.span;
    if (r->length_span.end > 0)
        front_report(f, (report){TR_E_REPEATED, begin, NULL, "Remove one of them.", false},
                     "the length of the line \"%s\" stands twice", front_quote(r->name).z);
    if (!need_whole(f, 1, 100000, &km, "a number of kilometres") || !need_word(f, "km", hint) ||
        !need_word(f, "tolerance", hint) || !need_percent(f, &r->tolerance_ppm))
        return false;
    r->length_mm = km * 1000000;
    r->length_span = span_join(begin, f->last.span);
    return true;
}

static bool line_part(line_reader *r)
{
    front    *f = r->f;
    geometry *last = r->list.len > 0 ? &r->list.at[r->list.len - 1] : NULL;
    if (take_word(f, "from"))
        return line_file(r);
    if (!last || is_word(f, "is"))
        return need_word(f, "is",
                         "Write: line contact from \"contact-line.geojson\", or list its corners "
                         "after \"is\".") &&
               line_corners(r);
    if (take_word(f, "valid"))
        return line_valid(r);
    if (take_word(f, "length"))
        return line_length(r);
    if (take_word(f, "coarse")) {
        last->coarse = true;
        return need_string(f, &last->remark, "a remark in quotes",
                           "Say where the corners come from.");
    }
    if (take_word(f, "source"))
        return need_string(f, &last->source, "a source in quotes",
                           "Write: source \"contact.geojson\".");
    if (take_word(f, "boundary")) {
        front_report(f,
                     (report){TR_E_UNEXPECTED, last->v.span, NULL, "Remove \"boundary\".", false},
                     "the line \"%s\" has no inside", front_quote(r->name).z);
        return take_word(f, "inside") || take_word(f, "outside") ||
               (front_unexpected(f, "\"inside\" or \"outside\"", "A line needs neither."), false);
    }
    front_unexpected(f, "\"valid\", \"length\", \"coarse\", \"source\" or the end of the sentence",
                     "");
    return false;
}

/* ---- checking ---- */

static bool make(line_reader *r, geometry *g)
{
    front     *f = r->f;
    shape_said said = r->said;
    tr_box     box = {0};
    tr_err     err = {0};
    said.span = g->v.span;
    if (!g->shaped || !shape_corners_ok(f, &said, g->v.line.corner, g->v.line.corners, &box))
        return false;
    if (!tr_line_make(&g->v.line, r->name, g->v.line.corner, g->v.line.corners, &err)) {
        shape_report(f, &said, &err);
        return false;
    }
    shape_inside(f, &said, box);
    if (g->v.end <= g->v.begin) {
        front_report(
            f, (report){TR_E_PERIOD, g->v.span, NULL, "Write the earlier date first.", false},
            "a geometry of the line \"%s\" is valid until it begins", front_quote(r->name).z);
        return false;
    }
    return true;
}

static void sort_by_begin(geometry *list, ptrdiff_t count)
{
    for (ptrdiff_t i = 1; i < count; i++)
        for (ptrdiff_t k = i; k > 0 && list[k].v.begin < list[k - 1].v.begin; k--) {
            geometry swap = list[k];
            list[k] = list[k - 1];
            list[k - 1] = swap;
        }
}

static void check_order(line_reader *r)
{
    for (ptrdiff_t i = 1; i < r->list.len; i++) {
        const tr_line_version *a = &r->list.at[i - 1].v, *b = &r->list.at[i].v;
        tr_out                 when = tr_out_new(r->f->keep);
        if (a->end <= b->begin)
            continue;
        tr_put_local(&when, b->begin, r->f->plan.tz ? r->f->plan.tz : tr_tz_utc());
        front_report(r->f,
                     (report){TR_E_VERSIONS_OVERLAP, b->span, NULL,
                              "Say until when the earlier one is valid.", false},
                     "the line \"%s\" has two geometries from %s on", front_quote(r->name).z,
                     tr_out_z(&when));
    }
}

static void check_length(line_reader *r, const geometry *g)
{
    if (r->length_mm == 0)
        return;
    int64_t length = tr_line_length_mm(&g->v.line), room = r->length_mm / 1000 * r->tolerance_ppm;
    int64_t off = length > r->length_mm ? length - r->length_mm : r->length_mm - length;
    if (off * 1000 <= room)
        return;
    front_report(r->f,
                 (report){TR_E_LINE_LENGTH, r->length_span,
                          "Either the geometry is another one, or the number.",
                          "Correct the one that is wrong, or declare a wider tolerance.", false},
                 "the line \"%s\" is %lld.%03lld km long, not %lld km", front_quote(r->name).z,
                 (long long)(length / 1000000), (long long)(length / 1000 % 1000),
                 (long long)(r->length_mm / 1000000));
}

static void finish(line_reader *r, tr_plan_line *line)
{
    bool made = !r->bad && r->list.len > 0;
    for (ptrdiff_t i = 0; i < r->list.len; i++) {
        geometry *g = &r->list.at[i];
        line->coarse |= g->coarse;
        made &= make(r, g);
        if (line->note.len == 0)
            line->note = g->coarse ? g->remark : g->source;
    }
    line->length_mm = r->length_mm;
    line->tolerance_ppm = r->tolerance_ppm;
    if (!made)
        return;
    sort_by_begin(r->list.at, r->list.len);
    check_order(r);
    tr_line_version *version = TR_NEW(r->f->keep, tr_line_version, r->list.len);
    for (ptrdiff_t i = 0; i < r->list.len; i++) {
        check_length(r, &r->list.at[i]);
        version[i] = r->list.at[i].v;
    }
    line->version = version;
    line->versions = (int32_t)r->list.len;
    line->line = version[0].line;
}

void parse_line(front *f)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "the name of the line", "Write: line contact is ..."))
        return;
    if (!front_declare(f, SYM_LINE, name, span, f->plan.lines, FRONT_LINES)) {
        f->panic = f->left = true;
        return;
    }
    tr_plan_line *line = &f->line[f->plan.lines++];
    *line = (tr_plan_line){.name = name, .span = span};
    shape_ask_area(f);
    line_reader r = {.f = f, .name = name, .said = {name, "line", span}};
    bool more = line_part(&r);
    while (more && !at_end(f) && !f->panic) {
        take_sign(f, ",");
        more = line_part(&r);
    }
    r.bad |= !more;
    finish(&r, line);
}
