/* deed.c -- statements of what bodies and parties do: ratify, declare, measure, ask, consent,
 * decide.
 *
 *     party A ratifies by "parliament" on 2026-02-01
 *     party A declares personnel 805000 persons on 2026-03-01 to 2026-03-31
 *     meter M1 measures output 99 100 101 MWh from T to T [inspected]
 *     body JMC requests inspect of A [SPAN] [in ZONE]
 *     party A consents entry 4, acknowledges entry 4, refuses entry 4
 *     access denied to JMC by A [SPAN] [in ZONE] [request entry 4]
 *     body JMC decides clause 6.1 active, not active
 *     body JMC attributes entry 4 [row 2] to A rung side, to nobody
 *     plan exercise by A SPAN [in ZONE]
 */
#include "trial/write.h"

#define AS_STATED TR_STR("as stated")

static tr_json *ids_of(run *r, const tr_str *id, int32_t ids)
{
    tr_json *list = tr_json_array(r->keep);
    for (int32_t i = 0; i < ids; i++)
        tr_json_add(list, tr_json_str(r->keep, id[i]));
    return list;
}

static bool is_span(const words *w)
{
    return words_is(w, "from") || words_is(w, "between") || words_is(w, "on") ||
           words_is(w, "seen");
}

/* SPAN, else the second of the writing. */
static bool take_span(run *r, words *w, tr_span *span, tr_err *err)
{
    *span = (tr_span){r->at, r->at + TR_SECOND};
    return !is_span(w) || words_span(w, span, err);
}

static bool take_place(run *r, words *w, tr_place *place, tr_err *err)
{
    *place = (tr_place){.zone = -1};
    return (!words_is(w, "in") && !words_is(w, "at")) ||
           words_place(w, tr_mission_plan(r->pen.mission), place, err);
}

static bool take_actor(run *r, words *w, const char *what, tr_str *id, tr_err *err)
{
    if (!words_any(w, what, id, err))
        return false;
    return case_actor(tr_mission_plan(r->pen.mission), *id) ||
           words_fail(w, err, "An id of the agreement.", "nobody is called \"%.*s\"",
                      TR_FMT(tr_str_cut(*id, 0, 40)));
}

/* A file that the entry names: the instrument of a ratification, one line of text. */
static tr_json *instrument(run *r, tr_str organ, tr_err *err)
{
    tr_json *blob = tr_json_object(r->keep);
    tr_out   text = tr_out_new(r->keep);
    tr_put(&text, "instrument of %.*s\n", TR_FMT(organ));
    tr_str  bytes = tr_out_text(&text);
    tr_hash hash;
    char   *hex = TR_NEW(r->keep, char, 65);
    if (!r->pen.keeper.blob(r->pen.keeper.context, bytes, &hash, err))
        return NULL;
    tr_hash_hex(&hash, hex);
    case_text(r, blob, "mime", TR_STR("text/plain"));
    case_text(r, blob, "sha256", tr_str_of(hex));
    case_int(r, blob, "size", bytes.len);
    return blob;
}

static bool write_ratification(run *r, words *w, const who *by, const char *act, tr_err *err)
{
    tr_str   organ = AS_STATED;
    tr_time  on = r->at;
    tr_json *body = tr_json_object(r->keep);
    if (words_take(w, "by") && !words_quoted(w, "the body that acted", &organ, err))
        return false;
    if (words_take(w, "on") && !words_time(w, &on, err))
        return false;
    if (!words_end(w, err))
        return false;
    tr_json *blob = instrument(r, organ, err);
    case_text(r, body, "act", tr_str_of(act));
    tr_json_set(body, TR_STR("instrument"), blob);
    case_time(r, body, "on", on);
    case_text(r, body, "organ", organ);
    case_text(r, body, "who", by->holder);
    return blob && case_post(r, by, TR_ENTRY_RATIFICATION, body, err);
}

/* NAME VALUE UNIT [as of T] SPAN */
static bool write_declaration(run *r, words *w, const who *by, tr_err *err)
{
    tr_str   quantity, unit;
    int64_t  value;
    tr_span  period;
    tr_json *body = tr_json_object(r->keep);
    if (!words_any(w, "the quantity", &quantity, err) || !words_int(w, "its value", &value, err) ||
        !words_any(w, "its unit", &unit, err))
        return false;
    tr_time as_of = r->at;
    if (words_is(w, "as") &&
        (!words_need(w, "as", err) || !words_need(w, "of", err) || !words_time(w, &as_of, err)))
        return false;
    if (!take_span(r, w, &period, err) || !words_end(w, err))
        return false;
    tr_json_set(body, TR_STR("as_of"), case_span(r, (tr_span){as_of, as_of + TR_SECOND}));
    case_text(r, body, "party", by->holder);
    tr_json_set(body, TR_STR("period"), case_span(r, period));
    case_text(r, body, "quantity", quantity);
    case_text(r, body, "unit", unit);
    case_int(r, body, "value", value);
    return case_post(r, by, TR_ENTRY_DECLARATION, body, err);
}

static bool take_highest(words *w, int64_t *value, tr_err *err)
{
    if (words_take(w, "unbounded"))
        return *value = INT64_MAX, true;
    return words_int(w, "the highest value", value, err);
}

/* inspected, estimated, "declared by G"; else metered */
static bool take_method(words *w, tr_str *method, tr_err *err)
{
    if (words_done(w))
        return true;
    return words_look(w).len > 0 ? words_any(w, "the method", method, err)
                                 : words_quoted(w, "the method", method, err);
}

/* NAME BEST | NAME LOW BEST HIGH, UNIT SPAN [METHOD] */
static bool write_measurement(run *r, words *w, const who *by, tr_err *err)
{
    tr_str   quantity, unit, method = TR_STR("metered");
    int64_t  value[3];
    tr_span  span;
    tr_place nowhere = {.zone = -1};
    tr_json *body = tr_json_object(r->keep);
    if (!words_any(w, "the quantity", &quantity, err) || !words_int(w, "its value", &value[0], err))
        return false;
    value[1] = value[2] = value[0];
    if (words_is_int(w) && (!words_int(w, "the best value", &value[1], err) ||
                            !take_highest(w, &value[2], err)))
        return false;
    if (!words_any(w, "its unit", &unit, err) || !take_span(r, w, &span, err) ||
        !take_method(w, &method, err) || !words_end(w, err))
        return false;
    if (by->role == TR_ROLE_DEVICE &&
        !case_source(r, by->source, tr_str_of(tr_platform_name(by->platform)), err))
        return false;
    case_int(r, body, "e10", 0);
    case_text(r, body, "method", method);
    tr_json_set(body, TR_STR("place"), case_place(r, &nowhere));
    case_text(r, body, "quantity", quantity);
    case_text(r, body, "source", by->source);
    tr_json_set(body, TR_STR("span"), case_span(r, span));
    case_text(r, body, "unit", unit);
    tr_json_set(body, TR_STR("value"), case_count(r, value));
    return case_post(r, by, TR_ENTRY_MEASUREMENT, body, err);
}

/* ACT of A [SPAN] [in ZONE] */
static bool write_request(run *r, words *w, const who *by, tr_err *err)
{
    tr_str   act, to;
    tr_span  span;
    tr_place place;
    tr_json *body = tr_json_object(r->keep);
    if (!words_any(w, "the act asked for", &act, err) || !words_need(w, "of", err) ||
        !take_actor(r, w, "who is asked", &to, err) || !take_span(r, w, &span, err) ||
        !take_place(r, w, &place, err) || !words_end(w, err))
        return false;
    case_text(r, body, "act", act);
    case_text(r, body, "from", by->holder);
    tr_json_set(body, TR_STR("place"), case_place(r, &place));
    case_text(r, body, "reason", AS_STATED);
    tr_json_set(body, TR_STR("span"), case_span(r, span));
    case_text(r, body, "to", to);
    return case_post(r, by, TR_ENTRY_REQUEST, body, err);
}

/* entry N [with B] */
static bool write_contact(run *r, words *w, const who *by, const char *kind, tr_err *err)
{
    tr_json *ref, *body = tr_json_object(r->keep);
    int64_t  row;
    tr_str   with = TR_STR("secretariat");
    if (!case_ref(r, w, &ref, &row, err))
        return false;
    if (words_take(w, "with") && !take_actor(r, w, "with whom", &with, err))
        return false;
    if (!words_end(w, err))
        return false;
    tr_json_set(body, TR_STR("about"), ref);
    case_text(r, body, "kind", tr_str_of(kind));
    case_text(r, body, "result", AS_STATED);
    tr_json_set(body, TR_STR("span"), case_span(r, (tr_span){r->at, r->at + TR_SECOND}));
    tr_json_set(body, TR_STR("with"), ids_of(r, &with, 1));
    return case_post(r, by, TR_ENTRY_CONTACT, body, err);
}

/* clause 6.1 active | clause 6.1 not active */
static bool write_decision(run *r, words *w, const who *by, tr_err *err)
{
    tr_str   label;
    tr_json *body = tr_json_object(r->keep), *subject = tr_json_object(r->keep);
    tr_json *grounds = tr_json_array(r->keep);
    if (!words_need(w, "clause", err) || !words_any(w, "its label", &label, err))
        return false;
    bool no = words_take(w, "not");
    if (!words_need(w, "active", err) || !words_end(w, err))
        return false;
    case_text(r, subject, "id", label);
    case_text(r, subject, "kind", TR_STR("clause"));
    case_text(r, body, "decision", no ? TR_STR("not active") : TR_STR("active"));
    case_text(r, body, "grade", TR_STR("decided"));
    tr_json_add(grounds, case_ref_to(r, r->shelf.entry.len - 1, -1)); /* all that went before */
    tr_json_set(body, TR_STR("grounds"), grounds);
    tr_json_set(body, TR_STR("subject"), subject);
    return case_post(r, by, TR_ENTRY_ADJUDICATION, body, err);
}

/* entry N [row R] to A rung side | to nobody */
static bool write_attribution(run *r, words *w, const who *by, tr_err *err)
{
    tr_str   side = TR_STR("undetermined"), grade = TR_STR("undetermined");
    tr_json *ref, *body = tr_json_object(r->keep), *subject = tr_json_object(r->keep);
    tr_json *grounds = tr_json_array(r->keep);
    int64_t  row;
    tr_out   id = tr_out_new(r->keep), decision = tr_out_new(r->keep);
    if (!case_ref(r, w, &ref, &row, err) || !words_need(w, "to", err))
        return false;
    if (!words_take(w, "nobody") &&
        (!take_actor(r, w, "whose it was, or nobody", &side, err) || !words_need(w, "rung", err) ||
         !words_any(w, "direction, area, side or unit", &grade, err)))
        return false;
    if (!words_end(w, err))
        return false;
    tr_put(&id, "%lld", (long long)r->entry_of[w->of->of]);
    if (row >= 0)
        tr_put(&id, ":%lld", (long long)row);
    case_text(r, subject, "id", tr_str_keep(r->keep, tr_out_text(&id)));
    case_text(r, subject, "kind", TR_STR("incident"));
    tr_put(&decision, "side %.*s", TR_FMT(side));
    case_text(r, body, "decision", tr_out_text(&decision));
    case_text(r, body, "grade", grade);
    tr_json_add(grounds, ref);
    tr_json_set(body, TR_STR("grounds"), grounds);
    tr_json_set(body, TR_STR("subject"), subject);
    return case_post(r, by, TR_ENTRY_ADJUDICATION, body, err);
}

/* access denied to JMC by A [SPAN] [in ZONE] [request entry N] */
static bool write_access(run *r, words *w, tr_err *err)
{
    who      by = {TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR("mission"), TR_PLATFORM_other};
    tr_str   result, to, side;
    tr_span  span;
    tr_place place;
    int64_t  row;
    tr_json *body = tr_json_object(r->keep), *ref = NULL;
    if (!words_any(w, "granted, denied, delayed, conditional or threatened", &result, err) ||
        !words_need(w, "to", err) || !take_actor(r, w, "who wanted access", &to, err) ||
        !words_need(w, "by", err) || !take_actor(r, w, "who answered", &side, err) ||
        !take_span(r, w, &span, err) || !take_place(r, w, &place, err))
        return false;
    if (words_take(w, "request") && !case_ref(r, w, &ref, &row, err))
        return false;
    if (!words_end(w, err))
        return false;
    case_text(r, body, "by_whom", side);
    case_text(r, body, "kind", TR_STR("site"));
    tr_json_set(body, TR_STR("place"), case_place(r, &place));
    case_text(r, body, "reason", AS_STATED);
    if (ref)
        tr_json_set(body, TR_STR("request"), ref);
    case_text(r, body, "result", result);
    tr_json_set(body, TR_STR("span"), case_span(r, span));
    case_text(r, body, "who", to);
    return case_post(r, &by, TR_ENTRY_ACCESS, body, err);
}

/* plan exercise by A SPAN [in ZONE] */
static bool write_plan(run *r, words *w, tr_err *err)
{
    who      by = {TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR("mission"), TR_PLATFORM_other};
    tr_str   act, actor;
    tr_span  span;
    tr_place place;
    tr_json *body = tr_json_object(r->keep);
    if (!words_any(w, "patrol, inspection, repair or exercise", &act, err) ||
        !words_need(w, "by", err) || !take_actor(r, w, "who acts", &actor, err) ||
        !take_span(r, w, &span, err) || !take_place(r, w, &place, err) || !words_end(w, err))
        return false;
    case_text(r, body, "act", act);
    tr_json_set(body, TR_STR("place"), case_place(r, &place));
    tr_json_set(body, TR_STR("planned"), case_span(r, span));
    case_text(r, body, "who", actor);
    return case_post(r, &by, TR_ENTRY_PLAN, body, err);
}

/* ---- corrected ---- */

bool case_deed_now(run *r, const words *w, int64_t entry, tr_json **body, tr_err *err)
{
    const tr_plan *plan = tr_mission_plan(r->pen.mission);
    const tr_deed *found = NULL;
    tr_entry       of;
    for (int32_t i = 0; i < plan->deeds; i++)
        if (plan->deed[i].entry == entry && (!found || plan->deed[i].retracted == 0))
            found = &plan->deed[i];
    if (!found)
        return false;
    if (found->body != 0)
        return tr_json_read(r->keep, tr_mission_text(r->pen.mission, found->body), body, err);
    if (!tr_entry_read(r->keep, r->shelf.entry.at[entry], r->pen.desk.origin, &of, err))
        return words_fail(w, err, "Name another entry.", "the entry named cannot be read");
    *body = tr_json_copy(r->keep, of.body);
    return true;
}

const char *case_span_name(const tr_json *body)
{
    static const char *const names[] = {"period", "planned", "span"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tr_json_get(body, names[i]))
            return names[i];
    return "happened";
}

/* BEST | LOW BEST HIGH: a number, or an object where the body has one. */
static bool change_value(run *r, words *w, const tr_json *body, tr_json *set, tr_err *err)
{
    const tr_json *old = tr_json_get(body, "value");
    int64_t        value[3];
    if (!words_int(w, "the new value", &value[0], err))
        return false;
    value[1] = value[2] = value[0];
    bool range = old && old->kind == TR_JSON_OBJECT;
    if (range && words_is_int(w) && (!words_int(w, "the best value", &value[1], err) ||
                                     !take_highest(w, &value[2], err)))
        return false;
    case_change(r, set, body, "value",
                range ? case_count(r, value) : tr_json_int(r->keep, value[0]));
    return true;
}

/* When it stood so: of a declaration its second `as_of`, else `on`. */
static bool change_date(run *r, words *w, const tr_json *body, tr_json *set, tr_err *err)
{
    tr_time on;
    if (!words_time(w, &on, err))
        return false;
    if (tr_json_get(body, "as_of")) {
        case_change(r, set, body, "as_of", case_span(r, (tr_span){on, on + TR_SECOND}));
        return true;
    }
    tr_json *next = tr_json_object(r->keep);
    case_time(r, next, "on", on);
    case_change(r, set, body, "on", tr_json_copy(r->keep, tr_json_get(next, "on")));
    return true;
}

bool case_change_deed(run *r, words *w, tr_str word, const tr_json *body, tr_json *set,
                      const char **class_, tr_err *err)
{
    static const char *const named[] = {"quantity", "unit", "method", "act", "result", "organ"};
    tr_str                   text;
    if (tr_str_is(word, "value")) {
        *class_ = "count";
        return change_value(r, w, body, set, err);
    }
    if (tr_str_is(word, "date")) {
        *class_ = "time";
        return change_date(r, w, body, set, err);
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (!tr_str_is(word, named[i]))
            continue;
        bool plain = words_look(w).len > 0;
        if (!(plain ? words_any : words_quoted)(w, "the new word", &text, err))
            return false;
        case_change(r, set, body, named[i], tr_json_str(r->keep, text));
        return true;
    }
    return false;
}

bool write_deed(run *r, words *w, tr_err *err)
{
    static const struct {
        const char *verb, *word;
        bool        contact;
    } said[] = {{"signs", "signed", false},
                {"ratifies", "ratified", false},
                {"deposits", "deposited", false},
                {"accedes", "acceded", false},
                {"leaves", "withdrawn", false},
                {"consents", "consent", true},
                {"acknowledges", "acknowledgement", true},
                {"refuses", "refusal", true}};
    who    by;
    tr_str verb;
    if (words_take(w, "access"))
        return write_access(r, w, err);
    if (words_take(w, "plan"))
        return write_plan(r, w, err);
    if (!case_who(r, w, &by, err) || !words_any(w, "a verb", &verb, err))
        return false;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (tr_str_is(verb, said[i].verb))
            return said[i].contact ? write_contact(r, w, &by, said[i].word, err)
                                   : write_ratification(r, w, &by, said[i].word, err);
    if (tr_str_is(verb, "declares"))
        return write_declaration(r, w, &by, err);
    if (tr_str_is(verb, "measures"))
        return write_measurement(r, w, &by, err);
    if (tr_str_is(verb, "requests"))
        return write_request(r, w, &by, err);
    if (tr_str_is(verb, "attributes"))
        return write_attribution(r, w, &by, err);
    return write_decision(r, w, &by, err);
}
