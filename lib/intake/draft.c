/* draft.c -- one observation: the last checks that all sources share, and its printed row.
 *
 * Printed directly, members in ascending bytes, because tables of 100,000 rows and more pass here;
 * the tests read every row back with tr_json_read, which accepts the canonical form only.
 */
#include "codec/json.h"
#include "intake/reader.h"

tr_str tr_shown(tr_str text, ptrdiff_t most)
{
    tr_str shown = tr_str_cut(text, 0, most);
    while (shown.len > 0 && shown.len < text.len && ((uint8_t)text.at[shown.len] & 0xc0) == 0x80)
        shown.len--;
    for (ptrdiff_t i = 0; i < shown.len; i++)
        if ((uint8_t)shown.at[i] < 0x20 || shown.at[i] == 0x7f)
            shown.len = i;
    return shown;
}

static bool text_fits(tr_str text, ptrdiff_t most, const char *what, tr_err *err)
{
    ptrdiff_t bad = 0;
    if (text.len > most)
        return tr_fail(err, TR_E_INTAKE_TEXT, "Shorten it; long papers are kept as files.",
                       "%s has %lld bytes, the most is %lld", what, (long long)text.len,
                       (long long)most);
    if (!tr_utf8_ok(text, &bad))
        return tr_fail(err, TR_E_UTF8, "Save the file as UTF-8.",
                       "%s is not UTF-8 at its byte %lld", what, (long long)bad + 1);
    if (text.len > 0 && memchr(text.at, '\0', (size_t)text.len))
        return tr_fail(err, TR_E_INTAKE_TEXT, "Take the character U+0000 out.",
                       "%s has a zero character", what);
    return true;
}

static bool id_fits(tr_str id, tr_err *err)
{
    if (id.len == 0)
        return tr_fail(err, TR_E_INTAKE_TEXT,
                       "Give each row the id that the source itself uses; without one a row "
                       "cannot be corrected or told from a repetition.",
                       "the id is empty");
    for (ptrdiff_t i = 0; i < id.len; i++)
        if ((uint8_t)id.at[i] < 0x20 || id.at[i] == 0x7f)
            return tr_fail(err, TR_E_INTAKE_TEXT, "Use letters, digits and signs.",
                           "the id has a control character");
    return text_fits(id, TR_INTAKE_ID_BYTES, "the id", err);
}

/* The record writes moments of 1970 to 2261, UTC: a local 1 January 1970 may be before. */
static bool in_record(tr_time t)
{
    return t >= 0 && t < tr_days_of(2262, 1, 1) * TR_DAY;
}

static bool span_fits(tr_time latest, const tr_draft *draft, tr_err *err)
{
    if (!in_record(draft->begin) || !in_record(draft->end))
        return tr_fail(err, TR_E_INTAKE_WHEN, "The record holds moments from 1970 to 2261, UTC.",
                       "begins or ends outside the years 1970 to 2261");
    char begin[TR_TIME_TEXT + 1], end[TR_TIME_TEXT + 1];
    tr_time_print(draft->begin, begin);
    if (latest != 0 && draft->begin > latest)
        return tr_fail(
            err, TR_E_INTAKE_WHEN,
            "Nothing that has not happened can be observed; check the year and the zone.",
            "begins at %.19sZ, in the future", begin);
    if (draft->begin < draft->end)
        return true;
    tr_time_print(draft->end, end);
    return tr_fail(err, TR_E_INTAKE_WHEN, "The end comes after the begin.",
                   "begins at %.19sZ and ends at %.19sZ", begin, end);
}

static bool draft_fits(tr_time latest, const tr_draft *draft, tr_err *err)
{
    assert(draft->assess.len > 0);
    assert(draft->count.min >= 1 && draft->count.min <= draft->count.best &&
           (draft->count.max < 0 || draft->count.best <= draft->count.max));
    return id_fits(draft->src_id, err) && span_fits(latest, draft, err) &&
           text_fits(draft->assess, TR_INTAKE_TEXT_BYTES, "the assessment", err) &&
           text_fits(draft->text, TR_INTAKE_TEXT_BYTES, "the text", err);
}

/* ---- printing ---- */

static void put_int(tr_out *out, int64_t value)
{
    char     digits[20];
    char    *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        *--at = '-';
    tr_put_bytes(out, at, digits + sizeof digits - at);
}

#define PUT(out, literal) tr_put_bytes((out), (literal), (ptrdiff_t)sizeof(literal) - 1)

static void put_member(tr_out *out, const char *name, tr_str text)
{
    if (text.len == 0)
        return;
    tr_put_str(out, tr_str_of(name));
    tr_put_json_str(out, text);
}

static void put_list(tr_out *out, const char *name, const tr_str *text, int texts)
{
    if (texts == 0)
        return;
    tr_put_str(out, tr_str_of(name));
    for (int i = 0; i < texts; i++) {
        tr_put_char(out, i == 0 ? '[' : ',');
        tr_put_json_str(out, text[i]);
    }
    tr_put_char(out, ']');
}

static void put_count(tr_out *out, const char *name, const tr_words_count *count)
{
    tr_put_str(out, tr_str_of(name));
    PUT(out, "{\"best\":");
    put_int(out, count->best);
    if (count->max >= 0) {
        PUT(out, ",\"max\":");
        put_int(out, count->max);
    }
    PUT(out, ",\"min\":");
    put_int(out, count->min);
    tr_put_char(out, '}');
}

static void put_position(tr_out *out, tr_point at)
{
    PUT(out, ",\"lat\":");
    put_int(out, at.lat);
    PUT(out, ",\"lon\":");
    put_int(out, at.lon);
}

static void put_height(tr_out *out, const tr_place *place)
{
    if (!tr_place_has_height(place))
        return;
    PUT(out, "\"h_max_m\":");
    put_int(out, place->h_end_m - 1);
    PUT(out, ",\"h_min_m\":");
    put_int(out, place->h_min_m);
    tr_put_char(out, ',');
}

static void put_sector(tr_out *out, const tr_place *place)
{
    PUT(out, "{\"az_begin_cdeg\":");
    put_int(out, place->az_begin_cdeg);
    PUT(out, ",\"az_end_cdeg\":");
    put_int(out, place->az_end_cdeg);
    tr_put_char(out, ',');
    put_height(out, place);
    PUT(out, "\"kind\":\"sector\"");
    put_position(out, place->at);
    PUT(out, ",\"r_max_m\":");
    put_int(out, place->r_max_m);
    PUT(out, ",\"r_min_m\":");
    put_int(out, place->r_min_m);
    tr_put_char(out, '}');
}

static void put_place(tr_out *out, const tr_draft *draft, const tr_place *place)
{
    switch (place->kind) {
    case TR_PLACE_POINT:
        tr_put_char(out, '{');
        put_height(out, place);
        PUT(out, "\"kind\":\"point\"");
        put_position(out, place->at);
        PUT(out, ",\"r_m\":");
        put_int(out, place->r_max_m);
        tr_put_char(out, '}');
        break;
    case TR_PLACE_SECTOR:
        put_sector(out, place);
        break;
    case TR_PLACE_ZONE:
        put_member(out, "{\"kind\":\"zone\",\"zone\":", draft->zone);
        PUT(out, ",\"zv\":");
        put_int(out, draft->zv);
        tr_put_char(out, '}');
        break;
    default:
        assert(place->kind == TR_PLACE_NONE);
        PUT(out, "{\"kind\":\"none\"}");
    }
}

static void put_time(tr_out *out, tr_time t)
{
    tr_put_char(out, '"');
    tr_put_time(out, t);
    tr_put_char(out, '"');
}

static void put_happened(tr_out *out, const tr_draft *draft)
{
    PUT(out, ",\"happened\":{\"begin\":");
    put_time(out, draft->begin);
    PUT(out, ",\"end\":");
    put_time(out, draft->end);
    tr_put_char(out, '}');
}

static void put_draft(tr_out *out, const tr_draft *draft)
{
    put_member(out, "{\"assess\":", draft->assess);
    put_list(out, ",\"cites\":", draft->cite, draft->cites);
    PUT(out, ",\"conf_ppm\":");
    put_int(out, draft->conf_ppm);
    put_count(out, ",\"count\":", &draft->count);
    if (draft->has_deaths)
        put_count(out, ",\"deaths\":", &draft->deaths);
    put_member(out, ",\"doc\":", draft->doc);
    PUT(out, ",\"exercise\":");
    put_int(out, draft->exercise);
    put_happened(out, draft);
    put_member(out, ",\"kind\":", tr_str_of(tr_kind_name(draft->kind)));
    put_member(out, ",\"means\":", tr_str_of(tr_means_name(draft->means)));
    put_list(out, ",\"motion\":", draft->motion, draft->motions);
    if (draft->has_observer) {
        PUT(out, ",\"observer\":");
        put_place(out, draft, &draft->observer);
    }
    PUT(out, ",\"place\":");
    put_place(out, draft, &draft->place);
    put_member(out, ",\"platform\":", tr_str_of(tr_platform_name(draft->platform)));
    if (draft->published != TR_TIME_NONE) {
        PUT(out, ",\"published\":");
        put_time(out, draft->published);
    }
    put_member(out, ",\"src_id\":", draft->src_id);
    put_member(out, ",\"text\":", draft->text);
    tr_put_char(out, '}');
}

bool tr_accept(tr_reader *reader, const tr_draft *draft, tr_err *err)
{
    if (!draft_fits(reader->setting->latest, draft, err))
        return false;
    reader->line.buf.len = 0;
    put_draft(&reader->line, draft);
    tr_str row = tr_out_text(&reader->line);
    if (row.len > TR_INTAKE_ROW_BYTES)
        return tr_fail(err, TR_E_INTAKE_ROW_LARGE, "Shorten its texts or its list of ids.",
                       "the observation has %lld bytes, the most is %d", (long long)row.len,
                       TR_INTAKE_ROW_BYTES);
    tr_intake_row kept = {.row = tr_str_keep(reader->keep, row),
                          .src_id = tr_str_keep(reader->keep, draft->src_id),
                          .begin = draft->begin,
                          .end = draft->end,
                          .number = reader->number,
                          .line = reader->number_line,
                          .kind = draft->kind};
    *TR_PUSH(reader->keep, &reader->rows) = kept;
    reader->sum.read++;
    return true;
}
