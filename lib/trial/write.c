/* write.c -- statements that write: bodies of entries from words, through the pen of desk.h. */
#include "intake/intake.h"
#include "trial/write.h"

/* ---- bodies ---- */

static tr_json *text_of(run *r, tr_str text)
{
    return tr_json_str(r->keep, text);
}

void case_text(run *r, tr_json *object, const char *name, tr_str text)
{
    tr_json_set(object, tr_str_of(name), text_of(r, text));
}

void case_int(run *r, tr_json *object, const char *name, int64_t value)
{
    tr_json_set(object, tr_str_of(name), tr_json_int(r->keep, value));
}

void case_time(run *r, tr_json *object, const char *name, tr_time t)
{
    char *text = TR_NEW(r->keep, char, TR_TIME_TEXT + 1);
    tr_time_print(t, text);
    case_text(r, object, name, (tr_str){text, TR_TIME_TEXT});
}

tr_json *case_span(run *r, tr_span span)
{
    tr_json *object = tr_json_object(r->keep);
    case_time(r, object, "begin", span.begin);
    case_time(r, object, "end", span.end);
    return object;
}

tr_json *case_count(run *r, const int64_t count[3])
{
    tr_json *object = tr_json_object(r->keep);
    case_int(r, object, "min", count[0]);
    case_int(r, object, "best", count[1]);
    if (count[2] != INT64_MAX)
        case_int(r, object, "max", count[2]);
    return object;
}

tr_json *case_place(run *r, const tr_place *place)
{
    tr_json       *object = tr_json_object(r->keep);
    const tr_plan *plan = tr_mission_plan(r->pen.mission);
    bool           has_at = place->kind == TR_PLACE_POINT || place->kind == TR_PLACE_SECTOR;
    case_text(r, object, "kind",
             place->kind == TR_PLACE_POINT    ? TR_STR("point")
             : place->kind == TR_PLACE_SECTOR ? TR_STR("sector")
             : place->kind == TR_PLACE_ZONE   ? TR_STR("zone")
                                              : TR_STR("none"));
    if (has_at) {
        case_int(r, object, "lat", place->at.lat);
        case_int(r, object, "lon", place->at.lon);
    }
    if (has_at && tr_place_has_height(place)) {
        case_int(r, object, "h_max_m", place->h_end_m - 1);
        case_int(r, object, "h_min_m", place->h_min_m);
    }
    if (place->kind == TR_PLACE_POINT)
        case_int(r, object, "r_m", place->r_max_m);
    if (place->kind == TR_PLACE_SECTOR) {
        case_int(r, object, "az_begin_cdeg", place->az_begin_cdeg);
        case_int(r, object, "az_end_cdeg", place->az_end_cdeg);
        case_int(r, object, "r_max_m", place->r_max_m);
        case_int(r, object, "r_min_m", place->r_min_m);
    }
    if (place->kind == TR_PLACE_ZONE) {
        case_text(r, object, "zone", plan->zone[place->zone].zone.name);
        case_int(r, object, "zv", 1);
    }
    return object;
}

tr_json *case_ref_to(run *r, int64_t index, int64_t row)
{
    tr_json *ref = tr_json_object(r->keep);
    tr_hash  leaf = tr_merkle_leaf(r->shelf.entry.at[index]);
    char    *hex = TR_NEW(r->keep, char, 65);
    tr_hash_hex(&leaf, hex);
    case_text(r, ref, "h", tr_str_of(hex));
    case_int(r, ref, "i", index);
    if (row >= 0)
        case_int(r, ref, "row", row);
    return ref;
}

/* ---- who ---- */


bool case_who(run *r, words *w, who *by, tr_err *err)
{
    static const struct {
        const char *word;
        tr_role     role;
    } roles[] = {
        {"party", TR_ROLE_PARTY}, {"guarantor", TR_ROLE_GUARANTOR}, {"body", TR_ROLE_BODY}};
    tr_str word;
    *by = (who){TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR("mission"), TR_PLATFORM_other};
    if (words_take(w, "secretariat"))
        return true;
    if (!words_any(w, "who writes", &word, err))
        return false;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (tr_str_is(word, roles[i].word)) {
            by->role = roles[i].role;
            by->platform = TR_PLATFORM_party;
            tr_out id = tr_out_new(r->keep);
            if (!words_any(w, "its id", &by->holder, err))
                return false;
            tr_put(&id, "%s-%.*s", roles[i].word, TR_FMT(by->holder));
            by->source = tr_out_text(&id);
            return true;
        }
    by->role = TR_ROLE_DEVICE;
    if (!tr_platform_read(word, &by->platform))
        return words_fail(w, err, "patrol, camera, acoustic, uav_mini, satellite, party, body ...",
                          "\"%.*s\" does not say who writes", TR_FMT(tr_str_cut(word, 0, 40)));
    if (!words_any(w, "its id", &by->holder, err))
        return false;
    by->source = by->holder;
    return true;
}

static bool told(run *r, bool done)
{
    r->refused = !done;
    return done;
}

bool case_post(run *r, const who *by, tr_entry_type type, tr_json *body, tr_err *err)
{
    return told(r, tr_pen_write(&r->pen, by->role, by->holder, type, r->at, body, NULL, err));
}

static bool post_rows(run *r, tr_str source, const tr_pen_row *row, int64_t rows, tr_err *err)
{
    return told(r, tr_pen_batch(&r->pen, source, row, rows, r->at, err));
}

bool case_source(run *r, tr_str id, tr_str kind, tr_err *err)
{
    return told(r, tr_pen_source(&r->pen, id, kind, r->at, err));
}

/* ---- observations ---- */

typedef struct {
    tr_kind  kind;
    tr_means means;
    int64_t  count[3], deaths[3];
    bool     has_deaths, exercise;
    tr_place place;
    tr_span  span;
    tr_str   id, text;
    int64_t  conf_ppm, rows;
} seen;

static bool take_deaths(words *w, seen *s, tr_err *err)
{
    s->has_deaths = true;
    if (!words_int(w, "the number of deaths", &s->deaths[0], err))
        return false;
    s->deaths[1] = s->deaths[2] = s->deaths[0];
    return !words_is_int(w) || (words_int(w, "the best number", &s->deaths[1], err) &&
                                words_int(w, "the highest number", &s->deaths[2], err));
}

/* `from` begins a place when a longitude follows, else a span. */
static bool from_place(const words *w)
{
    words after = *w;
    after.next += 2;
    return words_is(w, "from") && (words_is(&after, "E") || words_is(&after, "W"));
}

static bool take_part(run *r, words *w, seen *s, tr_err *err)
{
    const tr_plan *plan = tr_mission_plan(r->pen.mission);
    if (words_take(w, "exercise")) {
        s->exercise = true;
        return true;
    }
    if (words_take(w, "deaths"))
        return take_deaths(w, s, err);
    if (words_take(w, "id"))
        return words_any(w, "the id", &s->id, err);
    if (words_take(w, "text"))
        return words_quoted(w, "the text", &s->text, err);
    if (words_take(w, "rows"))
        return words_int(w, "the number of rows", &s->rows, err);
    if (words_take(w, "confidence")) {
        if (!words_int(w, "the confidence", &s->conf_ppm, err) || !words_need(w, "%", err))
            return false;
        s->conf_ppm *= 10000;
        return true;
    }
    if (words_is(w, "at") || words_is(w, "in") || words_is(w, "anywhere") || from_place(w))
        return words_place(w, plan, &s->place, err);
    tr_span span;
    if (!words_span(w, &span, err))
        return err->code ? false : words_end(w, err);
    s->span = span;
    return true;
}

static seen seen_default(run *r, const words *w)
{
    seen   s = {.kind = TR_KIND_FIRE_, .means = TR_MEANS_saw, .count = {1, 1, 1}, .rows = 1};
    tr_out id = tr_out_new(r->keep);
    tr_put(&id, "line-%d", w->of->line);
    s.id = tr_out_text(&id);
    s.place = (tr_place){.zone = -1};
    s.span = (tr_span){r->at, r->at + TR_SECOND};
    return s;
}

static bool take_seen(run *r, words *w, seen *s, tr_err *err)
{
    while (!words_done(w))
        if (!take_part(r, w, s, err))
            return false;
    return s->span.begin < s->span.end ||
           words_fail(w, err, "The end comes after the begin.", "it ends before it begins");
}

static tr_json *body_of(run *r, const seen *s, const who *by)
{
    tr_json *body = tr_json_object(r->keep);
    case_text(r, body, "assess", TR_STR("as reported"));
    case_int(r, body, "conf_ppm", s->conf_ppm);
    tr_json_set(body, TR_STR("count"), case_count(r, s->count));
    if (s->has_deaths)
        tr_json_set(body, TR_STR("deaths"), case_count(r, s->deaths));
    case_int(r, body, "exercise", s->exercise);
    tr_json_set(body, TR_STR("happened"), case_span(r, s->span));
    case_text(r, body, "kind", tr_str_of(tr_kind_name(s->kind)));
    case_text(r, body, "means", tr_str_of(tr_means_name(s->means)));
    tr_json_set(body, TR_STR("place"), case_place(r, &s->place));
    case_text(r, body, "platform", tr_str_of(tr_platform_name(by->platform)));
    case_text(r, body, "src_id", s->id);
    if (s->text.len > 0)
        case_text(r, body, "text", s->text);
    return body;
}

static tr_means means_of(tr_str verb)
{
    tr_means means = TR_MEANS_saw;
    if (tr_str_starts(verb, "hear"))
        means = TR_MEANS_heard;
    else if (tr_str_starts(verb, "record"))
        means = TR_MEANS_recorded;
    else if (tr_str_starts(verb, "report"))
        means = TR_MEANS_told;
    else if (tr_str_starts(verb, "alleg"))
        means = TR_MEANS_declared;
    return means;
}

static bool write_observation(run *r, words *w, tr_err *err)
{
    who    by;
    tr_str verb;
    bool   counted;
    if (!case_who(r, w, &by, err) || !words_any(w, "a verb", &verb, err))
        return false;
    seen s = seen_default(r, w);
    s.means = means_of(verb);
    if (!words_what(w, &s.kind, s.count, &counted, err) || !take_seen(r, w, &s, err))
        return false;
    if (!case_source(r, by.source, tr_str_of(tr_platform_name(by.platform)), err))
        return false;
    tr_json *body = body_of(r, &s, &by);
    case_text(r, body, "source", by.source);
    return case_post(r, &by, TR_ENTRY_OBSERVATION, body, err);
}

/* Rows of an event table, alike but for their ids. */
static bool write_table(run *r, words *w, tr_err *err)
{
    who    by = {.role = TR_ROLE_DEVICE, .platform = TR_PLATFORM_media};
    tr_str kind;
    words_take(w, "table");
    if (!words_any(w, "the id of the source", &by.source, err))
        return false;
    seen s = seen_default(r, w);
    s.kind = TR_KIND_EVENT_FATAL_;
    s.means = TR_MEANS_told;
    if (words_take(w, "of") && (!words_any(w, "the kind", &kind, err) ||
                                (!tr_kind_read(kind, &s.kind) &&
                                 !words_fail(w, err, "For example event.fatal.", "no such kind"))))
        return false;
    if (!take_seen(r, w, &s, err))
        return false;
    if (s.rows < 1 || s.rows > 10000)
        return words_fail(w, err, "From 1 to 10000 rows.", "that many rows do not fit");
    if (!case_source(r, by.source, TR_STR("table"), err))
        return false;
    tr_pen_row *row = TR_NEW(r->keep, tr_pen_row, s.rows);
    tr_str      id = s.id;
    for (int64_t i = 0; i < s.rows; i++) {
        tr_out name = tr_out_new(r->keep);
        tr_put_str(&name, id);
        if (s.rows > 1)
            tr_put(&name, "-%lld", (long long)i + 1);
        s.id = tr_out_text(&name);
        tr_json *body = body_of(r, &s, &by);
        tr_out   out = tr_out_new(r->keep);
        tr_json_print(&out, body);
        row[i] = (tr_pen_row){tr_out_text(&out), s.span.begin, s.span.end, s.kind};
    }
    return post_rows(r, by.source, row, s.rows, err);
}

static bool write_batch(run *r, words *w, tr_err *err)
{
    tr_str            source;
    tr_intake         in;
    tr_intake_setting setting = {.tz = w->tz};
    tr_arena          scratch = r->side;
    words_take(w, "batch");
    if (!words_any(w, "the id of the source", &source, err) || !words_end(w, err))
        return false;
    if (!tr_intake_read(r->keep, scratch, TR_INTAKE_NATIVE, w->of->block, &setting, &in, err))
        return words_fail(w, err, "", "the block cannot be read");
    if (in.refusals > 0)
        return words_fail(w, err, "One JSON object a line, docs/INTAKE.md has the members.",
                          "line %lld of the block: %.*s", (long long)in.refused[0].line,
                          TR_FMT(in.refused[0].text));
    if (in.rows == 0)
        return words_fail(w, err, "One JSON object a line.", "the block has no rows");
    tr_pen_row *row = TR_NEW(r->keep, tr_pen_row, in.rows);
    for (int64_t i = 0; i < in.rows; i++)
        row[i] = (tr_pen_row){in.row[i].row, in.row[i].begin, in.row[i].end, in.row[i].kind};
    return case_source(r, source, TR_STR("table"), err) &&
           post_rows(r, source, row, in.rows, err);
}

/* ---- what was written before ---- */

static bool parse_entry(run *r, const words *w, tr_entry *entry, tr_err *err)
{
    int64_t index = r->entry_of[w->of->of];
    if (index < 0)
        return words_fail(w, err, "It was refused, or has not been written yet.",
                          "the entry named is not in the record");
    return tr_entry_read(r->keep, r->shelf.entry.at[index], r->pen.desk.origin, entry, err);
}

/* The same body once more, by the same author. */
static bool write_again(run *r, words *w, tr_err *err)
{
    tr_entry entry;
    tr_str   ignored;
    words_take(w, "again");
    if (!words_need(w, "entry", err) || !words_any(w, "the entry", &ignored, err) ||
        !words_end(w, err) || !parse_entry(r, w, &entry, err))
        return false;
    const tr_key *key = tr_keyring_find(tr_mission_keys(r->pen.mission), entry.by);
    who           by = {.role = (tr_role)key->role,
                        .holder = tr_keyring_text(tr_mission_keys(r->pen.mission), key->holder)};
    return case_post(r, &by, entry.type, tr_json_copy(r->keep, entry.body), err);
}

/* The very bytes once more. */
static bool write_resend(run *r, words *w, tr_err *err)
{
    tr_entry entry;
    tr_str   ignored;
    words_take(w, "resend");
    if (!words_need(w, "entry", err) || !words_any(w, "the entry", &ignored, err) ||
        !words_end(w, err) || !parse_entry(r, w, &entry, err))
        return false;
    bool done = told(r, tr_mission_step(r->pen.mission, entry.raw, err) == TR_STEP_OK);
    return r->pen.keeper.append(r->pen.keeper.context, entry.raw, err) && done;
}

/* "entry 4 [row 2]": its reference. */
bool case_ref(run *r, words *w, tr_json **ref, int64_t *row, tr_err *err)
{
    tr_str ignored;
    *row = -1;
    if (!words_need(w, "entry", err) || !words_any(w, "the entry", &ignored, err))
        return false;
    if (words_take(w, "row") && !words_int(w, "the row", row, err))
        return false;
    if (w->of->of < 0 || r->entry_of[w->of->of] < 0)
        return words_fail(w, err, "It was refused, or has not been written yet.",
                          "the entry named is not in the record");
    *ref = case_ref_to(r, r->entry_of[w->of->of], *row);
    return true;
}

static bool take_because(words *w, tr_str *reason, tr_err *err)
{
    *reason = TR_STR("as stated");
    return (!words_take(w, "because") || words_quoted(w, "the reason", reason, err)) &&
           words_end(w, err);
}

/* The body that holds now of what an entry, or a row of it, brought. */
static bool body_now(run *r, const words *w, int64_t row, tr_json **body, tr_err *err)
{
    const tr_mission *m = r->pen.mission;
    int64_t           entry = r->entry_of[w->of->of], found = -1;
    tr_str            bytes;
    for (int64_t i = 0; i < tr_mission_observations(m); i++) {
        const tr_obs *obs = tr_mission_observation(m, i);
        bool          is = obs->entry == entry && (row < 0 || obs->row == row);
        if (is && (found < 0 || obs->status != TR_OBS_CORRECTED))
            found = i;
    }
    if (found < 0 && row < 0 && case_deed_now(r, w, entry, body, err))
        return true;
    if (err->code)
        return false;
    if (found < 0 || !tr_mission_bytes(m, r->keep, found, &bytes))
        return words_fail(w, err,
                          "Name an entry that brought an observation, and its row, or one that "
                          "says what was declared, measured, asked, granted or planned.",
                          "there is nothing to correct there");
    return tr_json_read(r->keep, bytes, body, err);
}

void case_change(run *r, tr_json *set, const tr_json *body, const char *path, tr_json *next)
{
    tr_json       *change = tr_json_object(r->keep);
    const tr_json *old = tr_json_get(body, path);
    tr_json_set(change, TR_STR("new"), next);
    if (old)
        tr_json_set(change, TR_STR("old"), tr_json_copy(r->keep, old));
    case_text(r, change, "path", tr_str_of(path));
    tr_json_add(set, change);
}

static bool take_count_words(run *r, words *w, tr_json **next, tr_err *err)
{
    char           said[128] = "";
    size_t         len = 0;
    tr_words_count how;
    words          start = *w;
    while (!words_done(w) && words_look(w).len > 0 && !words_is(w, "because") && len < 60) {
        tr_str word = words_look(w);
        if (word.len > 30)
            break;
        if (len > 0)
            said[len++] = ' ';
        memcpy(said + len, word.at, (size_t)word.len);
        len += (size_t)word.len;
        w->next++;
    }
    if (!tr_count_words((tr_str){said, (ptrdiff_t)len}, &how, err))
        return words_fail(&start, err, "", "not a count");
    *next = case_count(r, (int64_t[]){how.min, how.best, how.max < 0 ? INT64_MAX : how.max});
    return true;
}

/* One change: "count to 5", "kind to shot", "time to on 2015-02-16", "place to at ...". */
static bool take_change(run *r, words *w, const tr_json *body, tr_json *set, const char **class_,
                        tr_err *err)
{
    tr_str   word;
    tr_json *next = NULL;
    if (!words_any(w, "what is corrected", &word, err) || !words_need(w, "to", err))
        return false;
    *class_ = "typo";
    if (tr_str_is(word, "count")) {
        *class_ = "count";
        if (!take_count_words(r, w, &next, err))
            return false;
        case_change(r, set, body, "count", next);
    } else if (tr_str_is(word, "deaths")) {
        seen s = {0};
        *class_ = "count";
        if (!take_deaths(w, &s, err))
            return false;
        case_change(r, set, body, "deaths", case_count(r, s.deaths));
    } else if (tr_str_is(word, "time")) {
        tr_span span;
        *class_ = "time";
        if (!words_span(w, &span, err))
            return words_fail(w, err, "Write: time to between T and T, or on D to D.",
                              "a time is missing");
        case_change(r, set, body, case_span_name(body), case_span(r, span));
    } else if (tr_str_is(word, "place")) {
        tr_place place;
        *class_ = "location";
        if (!words_place(w, tr_mission_plan(r->pen.mission), &place, err))
            return false;
        case_change(r, set, body, "place", case_place(r, &place));
    } else if (tr_str_is(word, "exercise")) {
        bool yes = words_take(w, "yes");
        if (!yes && !words_need(w, "no", err))
            return false;
        case_change(r, set, body, "exercise", tr_json_int(r->keep, yes));
    } else if (tr_str_is(word, "kind") || tr_str_is(word, "id")) {
        tr_str value;
        if (!words_any(w, "the new word", &value, err))
            return false;
        case_change(r, set, body, tr_str_is(word, "id") ? "src_id" : "kind", text_of(r, value));
    } else if (!case_change_deed(r, w, word, body, set, class_, err)) {
        if (err->code)
            return false;
        return words_fail(w, err,
                          "count, kind, time, place, deaths, exercise or id; of what was said or "
                          "done also value, date, quantity, unit, method, act, result or organ.",
                          "\"%.*s\" is not what can be corrected", TR_FMT(tr_str_cut(word, 0, 40)));
    }
    return true;
}

static bool write_correction(run *r, words *w, tr_err *err)
{
    who         by = {TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR("mission"), TR_PLATFORM_other};
    tr_json    *ref, *now, *body = tr_json_object(r->keep), *set = tr_json_array(r->keep);
    int64_t     row;
    tr_str      reason;
    const char *class_;
    if ((!words_is(w, "corrects") && !case_who(r, w, &by, err)) ||
        !words_need(w, "corrects", err) || !case_ref(r, w, &ref, &row, err) ||
        !body_now(r, w, row, &now, err))
        return false;
    do {
        if (!take_change(r, w, now, set, &class_, err))
            return false;
    } while (words_take(w, "and"));
    if (!take_because(w, &reason, err))
        return false;
    case_text(r, body, "class", tr_str_of(class_));
    tr_json_set(body, TR_STR("of"), ref);
    case_text(r, body, "reason", reason);
    tr_json_set(body, TR_STR("set"), set);
    return case_post(r, &by, TR_ENTRY_CORRECTION, body, err);
}

static bool write_withdrawal(run *r, words *w, tr_err *err)
{
    who      by = {TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR("mission"), TR_PLATFORM_other};
    tr_json *ref, *body = tr_json_object(r->keep);
    int64_t  row;
    tr_str   reason;
    if ((!words_is(w, "withdraws") && !case_who(r, w, &by, err)) ||
        !words_need(w, "withdraws", err) || !case_ref(r, w, &ref, &row, err) ||
        !take_because(w, &reason, err))
        return false;
    case_text(r, body, "class", TR_STR("withdrawn"));
    tr_json_set(body, TR_STR("of"), ref);
    case_text(r, body, "reason", reason);
    return case_post(r, &by, TR_ENTRY_RETRACTION, body, err);
}

static bool write_objection(run *r, words *w, tr_err *err)
{
    who      by;
    tr_json *ref, *body = tr_json_object(r->keep);
    int64_t  row;
    tr_str   reason;
    if (!case_who(r, w, &by, err) || !words_need(w, "objects", err) || !words_need(w, "to", err) ||
        !case_ref(r, w, &ref, &row, err) || !take_because(w, &reason, err))
        return false;
    case_text(r, body, "ground", TR_STR("facts"));
    tr_json_set(body, TR_STR("of"), ref);
    case_text(r, body, "text", reason);
    return case_post(r, &by, TR_ENTRY_OBJECTION, body, err);
}

/* ---- responses, health, anything else ---- */

const tr_actor *case_actor(const tr_plan *plan, tr_str id)
{
    for (int32_t i = 0; i < plan->actors; i++)
        if (tr_str_eq(plan->actor[i].id, id))
            return &plan->actor[i];
    return NULL;
}

/* Of a duty that recurs: about entry N, or period 20260209. */
static bool take_instance(run *r, words *w, tr_out *out, tr_err *err)
{
    tr_json *ref;
    int64_t  row;
    tr_str   day;
    if (words_take(w, "about")) {
        if (!case_ref(r, w, &ref, &row, err))
            return false;
        tr_put(out, "-%lld", (long long)r->entry_of[w->of->of]);
    } else if (words_take(w, "period")) {
        if (!words_any(w, "the day on which it begins, such as 20260209", &day, err))
            return false;
        tr_put(out, "-%.*s", TR_FMT(day));
    }
    return true;
}

/* The activation meant: `of activation N`, else the newest of the step's threshold. */
static bool activation_of(run *r, words *w, tr_str label, tr_str *name, tr_err *err)
{
    const tr_mission *m = r->pen.mission;
    const tr_plan    *plan = tr_mission_plan(m);
    int32_t           step = tr_plan_clause(plan, label), found = -1;
    int64_t           number = 0;
    if (words_take(w, "of") && (!words_need(w, "activation", err) ||
                                !words_int(w, "the number of the activation", &number, err)))
        return false;
    int32_t on =
        step >= 0 && plan->clause[step].kind == TR_CLAUSE_STEP ? plan->clause[step].u.step.on : -1;
    for (int32_t i = 0; i < tr_mission_instances(m); i++) {
        const tr_instance *instance = tr_mission_instance(m, i);
        bool newer = found < 0 || instance->reached >= tr_mission_instance(m, found)->reached;
        if (number > 0 ? instance->clause == on && instance->number == number
                       : (on < 0 || instance->clause == on) && newer)
            found = i;
    }
    tr_out out = tr_out_new(r->keep);
    if (step >= 0 && plan->clause[step].kind == TR_CLAUSE_OBLIGATION) {
        tr_str actor = {0};
        if (words_take(w, "for") && !words_any(w, "whose duty it is", &actor, err))
            return false;
        tr_put(&out, "o-%.*s%s%.*s", TR_FMT(label), actor.len ? "-" : "", TR_FMT(actor));
        if (!take_instance(r, w, &out, err))
            return false;
    } else if (found >= 0)
        tr_put_instance_id(&out, plan, tr_mission_instance(m, found));
    else
        tr_put(&out, "a-none"); /* said of nothing: the state knows what to do with it */
    *name = tr_out_text(&out);
    return true;
}

/* response JC step 7.1 done [at T] [of activation 1], of a duty: [for A] */
static bool write_response(run *r, words *w, tr_err *err)
{
    const tr_plan *plan = tr_mission_plan(r->pen.mission);
    tr_str         id, label, status, name;
    tr_time        on = r->at;
    words_take(w, "response");
    if (!words_any(w, "who responds", &id, err) || !words_need(w, "step", err) ||
        !words_any(w, "the label of the step", &label, err) ||
        !words_any(w, "done, acknowledged, started, refused or ended", &status, err) ||
        (words_take(w, "at") && !words_time(w, &on, err)) ||
        !activation_of(r, w, label, &name, err) || !words_end(w, err))
        return false;
    const tr_actor *actor = case_actor(plan, id);
    who             by = {TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR(""), TR_PLATFORM_other};
    if (actor) {
        by.holder = id;
        by.role = actor->kind == TR_ACTOR_PARTY       ? TR_ROLE_PARTY
                  : actor->kind == TR_ACTOR_GUARANTOR ? TR_ROLE_GUARANTOR
                                                      : TR_ROLE_BODY;
    } else if (!tr_str_is(id, "secretariat")) {
        return words_fail(w, err, "An id of the agreement, or secretariat.",
                          "nobody is called \"%.*s\"", TR_FMT(tr_str_cut(id, 0, 40)));
    }
    tr_json *body = tr_json_object(r->keep);
    case_text(r, body, "activation", name);
    case_time(r, body, "on", on);
    case_text(r, body, "status", status);
    case_text(r, body, "step", label);
    case_text(r, body, "text", TR_STR("as reported"));
    return case_post(r, &by, TR_ENTRY_RESPONSE, body, err);
}

/* The kinds end here. */
static bool at_reach(const words *w)
{
    return words_done(w) || words_is(w, "at") || words_is(w, "in") || words_is(w, "from");
}

/* "at 37.60 E 48.10 N [range 5 km]", "in [zone] Z", "from ... 2 to 5 km SSW", or nothing. */
static bool take_reach(run *r, words *w, tr_json *body, tr_err *err)
{
    const tr_plan *plan = tr_mission_plan(r->pen.mission);
    tr_place       place = {.kind = TR_PLACE_NONE, .zone = -1};
    int32_t        range_m;
    words          ahead = *w;
    if (words_take(&ahead, "in") && words_take(&ahead, "zone")) {
        tr_str name;
        if (!words_any(&ahead, "the name of a zone", &name, err))
            return false;
        place = (tr_place){.kind = TR_PLACE_ZONE, .zone = tr_plan_zone_named(plan, name)};
        if (place.zone < 0)
            return words_fail(w, err, "Declare the zone in the agreement.",
                              "the agreement has no zone \"%.*s\"", TR_FMT(name));
        *w = ahead;
    } else if (!words_done(w) && !words_place(w, plan, &place, err)) {
        return false;
    }
    if (place.kind == TR_PLACE_POINT && words_take(w, "range")) {
        if (!words_metres(w, &range_m, err))
            return false;
        case_int(r, body, "range_m", range_m);
    }
    tr_json_set(body, TR_STR("place"), case_place(r, &place));
    return words_end(w, err);
}

/* notice A to JMC SPAN [in ZONE] [cancels entry N] */
static bool write_notice(run *r, words *w, tr_err *err)
{
    const tr_plan *plan = tr_mission_plan(r->pen.mission);
    tr_str         from, to;
    tr_span        planned = {r->at, r->at + TR_SECOND};
    tr_place       place = {.zone = -1};
    tr_json       *ref = NULL, *body = tr_json_object(r->keep), *list = tr_json_array(r->keep);
    int64_t        row;
    words_take(w, "notice");
    if (!words_any(w, "who gives the notice", &from, err) || !words_need(w, "to", err) ||
        !words_any(w, "who is told", &to, err))
        return false;
    const tr_actor *actor = case_actor(plan, from);
    if (!actor)
        return words_fail(w, err, "An id of the agreement.", "nobody is called \"%.*s\"",
                          TR_FMT(tr_str_cut(from, 0, 40)));
    if (words_is(w, "from") || words_is(w, "between") || words_is(w, "on"))
        if (!words_span(w, &planned, err))
            return false;
    if (words_is(w, "in") && !words_place(w, plan, &place, err))
        return false;
    if (words_take(w, "cancels") && !case_ref(r, w, &ref, &row, err))
        return false;
    if (!words_end(w, err))
        return false;
    who by = {actor->kind == TR_ACTOR_PARTY       ? TR_ROLE_PARTY
              : actor->kind == TR_ACTOR_GUARANTOR ? TR_ROLE_GUARANTOR
                                                  : TR_ROLE_BODY,
              from, TR_STR(""), TR_PLATFORM_other};
    tr_json_add(list, text_of(r, to));
    if (ref)
        tr_json_set(body, TR_STR("cancels"), ref);
    case_text(r, body, "from", from);
    tr_json_set(body, TR_STR("place"), case_place(r, &place));
    tr_json_set(body, TR_STR("planned"), case_span(r, planned));
    case_text(r, body, "subject", TR_STR("as announced"));
    tr_json_set(body, TR_STR("to"), list);
    return case_post(r, &by, TR_ENTRY_NOTIFICATION, body, err);
}

/* source C4 owner JMC; source C4 able flare muzzle_flash [at ...]: what it can see at all, and how
 * far. */
static bool write_register(run *r, words *w, tr_str id, tr_str owner, tr_err *err)
{
    who      by = {TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR(""), TR_PLATFORM_other};
    tr_json *body = tr_json_object(r->keep), *modes = tr_json_array(r->keep);
    tr_json *clock = tr_json_object(r->keep);
    tr_str   kind;
    while (!at_reach(w)) {
        if (!words_any(w, "a kind", &kind, err))
            return false;
        tr_json_add(modes, text_of(r, kind));
    }
    if (!modes->first)
        tr_json_add(modes, text_of(r, TR_STR("any")));
    if (!take_reach(r, w, body, err))
        return false;
    case_text(r, clock, "kind", TR_STR("stated"));
    case_int(r, clock, "sigma_ms", 0);
    tr_json_set(body, TR_STR("clock"), clock);
    case_text(r, body, "key", tr_desk_seat(&r->pen.desk, r->keep, TR_ROLE_DEVICE, id)->author.name);
    case_text(r, body, "kind", TR_STR("sensor"));
    tr_json_set(body, TR_STR("modes"), modes);
    case_text(r, body, "owner", owner);
    case_text(r, body, "root", id);
    case_int(r, body, "silence_s", 86400);
    case_text(r, body, "source", id);
    return case_post(r, &by, TR_ENTRY_SOURCE_REGISTER, body, err);
}

/* source P1 up from T to T */
static bool write_source(run *r, words *w, tr_err *err)
{
    who     by = {TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR(""), TR_PLATFORM_other};
    tr_str  id, status;
    tr_span span;
    words_take(w, "source");
    if (!words_any(w, "the id of the source", &id, err))
        return false;
    tr_str owner = TR_STR("mission");
    bool   owned = words_take(w, "owner");
    if (owned && !words_any(w, "whose it is", &owner, err))
        return false;
    if (words_take(w, "able")) {
        if (at_reach(w))
            return words_fail(w, err, "Name kinds of observation.", "a kind is missing");
        return write_register(r, w, id, owner, err);
    }
    if (owned)
        return words_end(w, err) && write_register(r, w, id, owner, err);
    if (!words_any(w, "up, degraded, down, jammed or denied", &status, err))
        return false;
    if (!words_is(w, "from") && !words_is(w, "between") && !words_is(w, "on"))
        return words_fail(w, err, "Write: source P1 up from T to T.",
                          "a stretch of time is missing");
    if (!words_span(w, &span, err) || !words_end(w, err) ||
        !case_source(r, id, TR_STR("sensor"), err))
        return false;
    bool     up = tr_str_is(status, "up");
    tr_json *body = tr_json_object(r->keep);
    case_text(r, body, "cause", TR_STR("as stated"));
    case_int(r, body, "exposure_s",
            up && span.end > span.begin ? (span.end - span.begin) / TR_SECOND : 0);
    case_text(r, body, "source", id);
    tr_json_set(body, TR_STR("span"), case_span(r, span));
    case_text(r, body, "status", status);
    return case_post(r, &by, TR_ENTRY_SOURCE_HEALTH, body, err);
}

/* party A writes declaration """ a body as canonical JSON """ */
static bool write_raw(run *r, words *w, tr_err *err)
{
    who      by;
    tr_str   type;
    tr_json *body;
    if (!case_who(r, w, &by, err) || !words_need(w, "writes", err) ||
        !words_any(w, "the type of the entry", &type, err) || !words_end(w, err))
        return false;
    if (tr_entry_type_of(type) == TR_ENTRY_NONE)
        return words_fail(w, err, "For example declaration, contact, reply.",
                          "there is no type \"%.*s\"", TR_FMT(tr_str_cut(type, 0, 40)));
    if (!tr_json_read(r->keep, tr_str_trim(w->of->block), &body, err))
        return words_fail(w, err, "", "the body cannot be read");
    return case_post(r, &by, tr_entry_type_of(type), tr_json_copy(r->keep, body), err);
}

static bool write_tick(run *r, words *w, tr_err *err)
{
    tr_time t;
    words_take(w, "tick");
    if (!words_time(w, &t, err) || !words_end(w, err))
        return false;
    r->at = t;
    return told(r, tr_pen_tick(&r->pen, t, TR_STR("case"), err));
}

static bool write_kind(run *r, words *w, tr_err *err)
{
    switch (w->of->kind) {
    case SAY_TICK:
        return write_tick(r, w, err);
    case SAY_OBSERVE:
        return write_observation(r, w, err);
    case SAY_TABLE:
        return write_table(r, w, err);
    case SAY_BATCH:
        return write_batch(r, w, err);
    case SAY_AGAIN:
        return write_again(r, w, err);
    case SAY_RESEND:
        return write_resend(r, w, err);
    case SAY_CORRECT:
        return write_correction(r, w, err);
    case SAY_WITHDRAW:
        return write_withdrawal(r, w, err);
    case SAY_OBJECT:
        return write_objection(r, w, err);
    case SAY_RESPONSE:
        return write_response(r, w, err);
    case SAY_SOURCE:
        return write_source(r, w, err);
    case SAY_NOTICE:
        return write_notice(r, w, err);
    case SAY_WRITES:
        return write_raw(r, w, err);
    case SAY_ATTRIBUTE:
    case SAY_DEED:
        return write_deed(r, w, err);
    default:
        assert(!"a statement that writes");
        return false;
    }
}

bool run_write(run *r, int32_t at, tr_err *err)
{
    const statement *say = &r->script->at[at];
    words            w = words_of(say, tr_mission_plan(r->pen.mission)->tz);
    if (words_take(&w, "at") && !words_time(&w, &r->at, err))
        return false;
    w.day = r->at;
    r->refused = false;
    bool done = write_kind(r, &w, err);
    r->entry_of[at] = done ? (int64_t)tr_mission_size(r->pen.mission) - 1 : -1;
    return done;
}
