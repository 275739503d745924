/* native.c -- JSON lines: one observation body a line, as the record holds it, without `source`.
 *
 * Members in any order and times in any spelling of tr_time_read_any; the row is printed in the
 * one canonical form.  A line is judged by itself: what is wrong with one keeps no other out.
 */
#include "codec/json.h"
#include "intake/reader.h"

static const char *const members[] = {
    "assess", "cites", "conf_ppm", "count", "deaths",   "doc",       "exercise", "happened", "kind",
    "means",  "motion", "observer", "place", "platform", "published", "src_id",   "text"};
enum { MEMBERS = sizeof members / sizeof members[0], MOTIONS = 8 };

static bool fail_member(tr_err *err, const char *name, const char *want)
{
    return tr_fail(err, TR_E_INTAKE_MEMBER, "docs/INTAKE.md lists the members and their forms.",
                   "\"%s\" is not %s", name, want);
}

/* ---- members of an object, known ones only ---- */

static bool known(const tr_json *object, const char *const *name, int names, const char *what,
                  tr_err *err)
{
    for (const tr_json *m = object->first; m; m = m->next) {
        int         best = 4;
        const char *near = NULL;
        for (int i = 0; i < names; i++) {
            int distance = tr_str_distance(m->name, tr_str_of(name[i]));
            if (distance < best) {
                best = distance;
                near = name[i];
            }
        }
        tr_str shown = tr_shown(m->name, 40);
        if (best > 0)
            return tr_fail(err, TR_E_INTAKE_MEMBER,
                           "docs/INTAKE.md lists the members and their forms.",
                           "unknown member \"%.*s\" of %s%s%s%s", TR_FMT(shown), what,
                           near ? ", did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    return true;
}

static bool take_int(const tr_json *object, const char *name, int64_t low, int64_t high,
                     int64_t *value, tr_err *err)
{
    const tr_json *m = tr_json_get(object, name);
    if (!m)
        return tr_fail(err, TR_E_INTAKE_MEMBER, "docs/INTAKE.md lists the members.",
                       "no member \"%s\"", name);
    if (m->kind != TR_JSON_INT || m->value < low || m->value > high)
        return tr_fail(err, TR_E_INTAKE_MEMBER,
                       "Degrees are whole numbers of 1e-7 degree, azimuths of 0.01 degree, shares "
                       "of 1e-6.",
                       "\"%s\" is not a whole number from %lld to %lld", name, (long long)low,
                       (long long)high);
    *value = m->value;
    return true;
}

static bool take_text(const tr_json *object, const char *name, bool needed, tr_str *text,
                      tr_err *err)
{
    const tr_json *m = tr_json_get(object, name);
    if (!m && needed)
        return tr_fail(err, TR_E_INTAKE_MEMBER, "docs/INTAKE.md lists the members.",
                       "no member \"%s\"", name);
    if (m && (m->kind != TR_JSON_STRING || m->text.len == 0))
        return fail_member(err, name, "a text of at least one character");
    *text = m ? m->text : TR_STR("");
    return true;
}

static bool take_object(const tr_json *body, const char *name, const tr_json **object, tr_err *err)
{
    *object = tr_json_get(body, name);
    if (!*object)
        return tr_fail(err, TR_E_INTAKE_MEMBER, "docs/INTAKE.md lists the members.",
                       "no member \"%s\"", name);
    return (*object)->kind == TR_JSON_OBJECT || fail_member(err, name, "an object");
}

static bool take_time(const tr_reader *reader, const tr_json *object, const char *name, tr_time *t,
                      tr_err *err)
{
    tr_str text;
    tr_err why = {0};
    if (!take_text(object, name, true, &text, err))
        return false;
    return tr_time_read_any(text, reader->setting->tz, t, &why) ||
           tr_fail(err, TR_E_INTAKE_WHEN, why.hint, "\"%s\": %s", name, why.text);
}

/* An id as the record has them: [A-Za-z][A-Za-z0-9_.-]{0,63} */
static bool is_id(tr_str id)
{
    for (ptrdiff_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
        if (!letter && !(other && i > 0))
            return false;
    }
    return id.len >= 1 && id.len <= 64;
}

static bool take_list(tr_reader *reader, const tr_json *body, const char *name, int most,
                      const tr_str **list, int *count, tr_arena *line, tr_err *err)
{
    const tr_json *m = tr_json_get(body, name);
    *count = 0;
    if (!m)
        return true;
    if (m->kind != TR_JSON_ARRAY || m->count > most)
        return tr_fail(err, TR_E_INTAKE_MEMBER, "docs/INTAKE.md lists the members and their forms.",
                       "\"%s\" is not a list of at most %d texts", name, most);
    tr_str *text = TR_NEW(line, tr_str, m->count);
    for (const tr_json *e = m->first; e; e = e->next) {
        if (e->kind != TR_JSON_STRING || e->text.len == 0 || e->text.len > TR_INTAKE_ID_BYTES)
            return fail_member(err, name, "a list of texts of 1 to 200 bytes");
        text[(*count)++] = e->text;
    }
    *list = text;
    return true;
}

/* ---- parts of the body ---- */

static bool take_happened(const tr_reader *reader, const tr_json *body, tr_draft *draft,
                          tr_err *err)
{
    static const char *const names[] = {"begin", "end"};
    const tr_json *span;
    return take_object(body, "happened", &span, err) && known(span, names, 2, "happened", err) &&
           take_time(reader, span, "begin", &draft->begin, err) &&
           take_time(reader, span, "end", &draft->end, err);
}

static bool take_count(const tr_json *body, const char *name, int64_t low, tr_words_count *count,
                       tr_err *err)
{
    static const char *const names[] = {"best", "max", "min"};
    const tr_json *object;
    count->max = -1;
    if (!take_object(body, name, &object, err) || !known(object, names, 3, name, err) ||
        !take_int(object, "min", low, TR_INTAKE_COUNT_MAX, &count->min, err) ||
        !take_int(object, "best", low, TR_INTAKE_COUNT_MAX, &count->best, err))
        return false;
    if (tr_json_get(object, "max") &&
        !take_int(object, "max", low, TR_INTAKE_COUNT_MAX, &count->max, err))
        return false;
    if (count->min <= count->best && (count->max < 0 || count->best <= count->max))
        return true;
    return tr_fail(err, TR_E_INTAKE_COUNT, "min <= best <= max; without max it is \"at least\".",
                   "\"%s\" has min %lld, best %lld, max %lld", name, (long long)count->min,
                   (long long)count->best, (long long)count->max);
}

enum { EARTH_M = 20100000 }; /* half way round and a little */

static bool take_position(const tr_reader *reader, const tr_json *object, tr_place *place,
                          tr_err *err)
{
    int64_t lat, lon;
    return take_int(object, "lat", -1800000000, 1800000000, &lat, err) &&
           take_int(object, "lon", -1800000000, 1800000000, &lon, err) &&
           tr_position_check(reader->setting, lat, lon, &place->at, err);
}

/* Both ends, or none; metres above the ground. */
static bool take_height(const tr_json *object, tr_place *place, tr_err *err)
{
    int64_t low, high;
    if (!tr_json_get(object, "h_min_m") && !tr_json_get(object, "h_max_m"))
        return true;
    if (!take_int(object, "h_min_m", TR_HEIGHT_LOW_M, TR_HEIGHT_M, &low, err) ||
        !take_int(object, "h_max_m", TR_HEIGHT_LOW_M, TR_HEIGHT_M, &high, err))
        return false;
    if (low > high)
        return tr_fail(err, TR_E_INTAKE_PLACE, "h_min_m is the smaller of the two.",
                       "h_min_m %lld is over h_max_m %lld", (long long)low, (long long)high);
    place->h_min_m = (int32_t)low;
    place->h_end_m = (int32_t)high + 1;
    return true;
}

static bool take_point(const tr_reader *reader, const tr_json *object, tr_place *place, tr_err *err)
{
    static const char *const names[] = {"h_max_m", "h_min_m", "kind", "lat", "lon", "r_m"};
    int64_t r_m;
    if (!known(object, names, 6, "a point", err) || !take_position(reader, object, place, err) ||
        !take_height(object, place, err) ||
        !take_int(object, "r_m", 1, EARTH_M, &r_m, err))
        return false;
    place->kind = TR_PLACE_POINT;
    place->r_max_m = (int32_t)r_m;
    return true;
}

static bool take_sector(const tr_reader *reader, const tr_json *object, tr_place *place,
                        tr_err *err)
{
    static const char *const names[] = {"az_begin_cdeg", "az_end_cdeg", "h_max_m",
                                        "h_min_m",       "kind",        "lat",
                                        "lon",           "r_max_m",     "r_min_m"};
    int64_t begin, end, near, far;
    if (!known(object, names, 9, "a sector", err) || !take_position(reader, object, place, err) ||
        !take_height(object, place, err) ||
        !take_int(object, "az_begin_cdeg", 0, 35999, &begin, err) ||
        !take_int(object, "az_end_cdeg", 0, 35999, &end, err) ||
        !take_int(object, "r_min_m", 0, EARTH_M, &near, err) ||
        !take_int(object, "r_max_m", 1, EARTH_M, &far, err))
        return false;
    if (near > far)
        return tr_fail(err, TR_E_INTAKE_PLACE, "r_min_m is the smaller of the two.",
                       "r_min_m %lld is over r_max_m %lld", (long long)near, (long long)far);
    place->kind = TR_PLACE_SECTOR;
    place->az_begin_cdeg = (int32_t)begin;
    place->az_end_cdeg = (int32_t)end;
    place->r_min_m = (int32_t)near;
    place->r_max_m = (int32_t)far;
    return true;
}

static bool take_zone(const tr_json *object, tr_draft *draft, tr_err *err)
{
    static const char *const names[] = {"kind", "zone", "zv"};
    if (!known(object, names, 3, "a zone", err) ||
        !take_text(object, "zone", true, &draft->zone, err) ||
        !take_int(object, "zv", 0, INT32_MAX, &draft->zv, err))
        return false;
    draft->place.kind = TR_PLACE_ZONE;
    return is_id(draft->zone) || fail_member(err, "zone", "the id of a zone");
}

static bool take_place(const tr_reader *reader, const tr_json *body, tr_draft *draft, tr_err *err)
{
    static const char *const none[] = {"kind"};
    const tr_json *object;
    tr_str         kind;
    if (!take_object(body, "place", &object, err) || !take_text(object, "kind", true, &kind, err))
        return false;
    if (tr_str_is(kind, "point"))
        return take_point(reader, object, &draft->place, err);
    if (tr_str_is(kind, "sector"))
        return take_sector(reader, object, &draft->place, err);
    if (tr_str_is(kind, "zone"))
        return take_zone(object, draft, err);
    if (tr_str_is(kind, "none"))
        return known(object, none, 1, "a place", err);
    kind = tr_shown(kind, 40);
    return tr_fail(err, TR_E_INTAKE_PLACE,
                   "A place is a point, a sector, a zone or none; regions and sealed places come "
                   "as single signed entries with their files.",
                   "\"%.*s\" is not a kind of place", TR_FMT(kind));
}

static bool take_observer(const tr_reader *reader, const tr_json *body, tr_draft *draft,
                          tr_err *err)
{
    const tr_json *object = tr_json_get(body, "observer");
    tr_str         kind;
    if (!object)
        return true;
    if (object->kind != TR_JSON_OBJECT)
        return fail_member(err, "observer", "an object");
    draft->has_observer = true;
    if (!take_text(object, "kind", true, &kind, err))
        return false;
    return tr_str_is(kind, "point") ? take_point(reader, object, &draft->observer, err)
                                    : fail_member(err, "observer", "a point");
}

static bool fail_word(tr_err *err, const char *name, tr_str word, const char *hint)
{
    tr_str shown = tr_shown(word, 40);
    return tr_fail(err, TR_E_INTAKE_WORD, hint, "%s \"%.*s\" is not in the list", name,
                   TR_FMT(shown));
}

static bool take_words(const tr_json *body, tr_draft *draft, tr_err *err)
{
    tr_str kind, means, platform;
    if (!take_text(body, "kind", true, &kind, err) ||
        !take_text(body, "means", true, &means, err) ||
        !take_text(body, "platform", true, &platform, err))
        return false;
    if (!tr_kind_read(kind, &draft->kind))
        return fail_word(err, "kind", kind,
                         "Kinds have dots: explosion.impact, muzzle_flash, burst.");
    if (!tr_means_read(means, &draft->means))
        return fail_word(err, "means", means, "One of saw, heard, recorded, told, declared.");
    if (!tr_platform_read(platform, &draft->platform))
        return fail_word(err, "platform", platform,
                         "One of patrol, camera, acoustic, seismic, uav_mini, uav_mid, uav_long, "
                         "satellite, thermal, track, meter, declaration, party, public, media, "
                         "other.");
    return true;
}

static bool take_numbers(const tr_json *body, tr_draft *draft, tr_err *err)
{
    int64_t exercise;
    if (!take_int(body, "conf_ppm", 0, 1000000, &draft->conf_ppm, err) ||
        !take_int(body, "exercise", 0, 1, &exercise, err) ||
        !take_count(body, "count", 1, &draft->count, err))
        return false;
    draft->exercise = (int)exercise;
    draft->has_deaths = tr_json_get(body, "deaths") != NULL;
    return !draft->has_deaths || take_count(body, "deaths", 0, &draft->deaths, err);
}

static bool take_texts(tr_reader *reader, const tr_json *body, tr_draft *draft, tr_arena *line,
                       tr_err *err)
{
    if (!take_text(body, "src_id", true, &draft->src_id, err) ||
        !take_text(body, "assess", true, &draft->assess, err) ||
        !take_text(body, "doc", false, &draft->doc, err) ||
        !take_text(body, "text", false, &draft->text, err))
        return false;
    if (draft->doc.len > 0 && !is_id(draft->doc))
        return fail_member(err, "doc", "an id: a letter, then letters, digits, _ . - up to 64");
    if (tr_json_get(body, "published") &&
        !take_time(reader, body, "published", &draft->published, err))
        return false;
    return take_list(reader, body, "cites", TR_INTAKE_CITES, &draft->cite, &draft->cites, line,
                     err) &&
           take_list(reader, body, "motion", MOTIONS, &draft->motion, &draft->motions, line, err);
}

static bool read_line(tr_reader *reader, tr_str text, tr_arena *line, tr_err *err)
{
    tr_json *body;
    tr_draft draft = {.published = TR_TIME_NONE};
    if (!tr_json_import(line, text, false, &body, err))
        return false;
    if (body->kind != TR_JSON_OBJECT)
        return tr_fail(err, TR_E_INTAKE_MEMBER, "One JSON object a line.", "not a JSON object");
    if (tr_json_get(body, "source"))
        return tr_fail(err, TR_E_INTAKE_MEMBER,
                       "Leave it out: the source is named once, when the file is handed in.",
                       "a member \"source\"");
    return known(body, members, MEMBERS, "an observation", err) &&
           take_texts(reader, body, &draft, line, err) && take_numbers(body, &draft, err) &&
           take_words(body, &draft, err) && take_happened(reader, body, &draft, err) &&
           take_place(reader, body, &draft, err) && take_observer(reader, body, &draft, err) &&
           tr_accept(reader, &draft, err);
}

static bool check_line(tr_str text, tr_err *err)
{
    ptrdiff_t bad;
    if (text.len > TR_INTAKE_LINE_BYTES)
        return tr_fail(err, TR_E_INTAKE_ROW_LARGE,
                       "One JSON object a line, at most 65536 bytes; is the file one large array?",
                       "the line has %lld bytes", (long long)text.len);
    return tr_utf8_ok(text, &bad) ||
           tr_fail(err, TR_E_UTF8, "JSON is UTF-8.", "not UTF-8 at byte %lld of the line",
                   (long long)bad + 1);
}

bool tr_read_native(tr_reader *reader, tr_str bytes)
{
    tr_str text;
    if (tr_str_starts(bytes, "\xef\xbb\xbf"))
        bytes = tr_str_from(bytes, 3);
    for (int64_t number = 1; tr_str_next(&bytes, '\n', &text); number++) {
        tr_arena line = *reader->scratch;
        tr_err   why = {0};
        text = tr_str_trim(text);
        if (text.len == 0)
            continue;
        reader->number = reader->number_line = number;
        reader->sum.records++;
        if (!(check_line(text, &why) && read_line(reader, text, &line, &why)) &&
            !tr_refuse(reader, &why))
            return false;
    }
    return true;
}
