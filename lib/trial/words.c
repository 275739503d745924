/* words.c -- readers of the words of one statement: times, places, counts, spans. */
#include <stdarg.h>
#include <stdio.h>

#include "intake/reader.h"
#include "trial/script.h"

words words_of(const statement *of, const tr_tz *tz)
{
    return (words){.of = of, .tz = tz, .day = TR_TIME_NONE};
}

bool words_done(const words *w)
{
    return w->next >= w->of->tokens;
}

static bool plain_at(const words *w, int32_t i)
{
    return i < w->of->tokens && !w->of->token[i].quoted;
}

tr_str words_look(const words *w)
{
    return plain_at(w, w->next) ? w->of->token[w->next].text : TR_STR("");
}

static bool fail_column(const words *w, tr_err *err)
{
    bool inside = w->next < w->of->tokens;
    if (err->line == 0) {
        err->line = w->of->line;
        err->column = inside ? w->of->token[w->next].column : 0;
    }
    return false;
}

bool words_fail(const words *w, tr_err *err, const char *hint, const char *format, ...)
{
    char    text[sizeof err->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tr_fail(err, TR_E_CASE_WORD, hint, "%s", text);
    return fail_column(w, err);
}

bool words_is(const words *w, const char *word)
{
    return plain_at(w, w->next) && tr_str_is(w->of->token[w->next].text, word);
}

bool words_take(words *w, const char *word)
{
    if (!words_is(w, word))
        return false;
    w->next++;
    return true;
}

static tr_str shown(const words *w)
{
    return words_done(w) ? TR_STR("the end of the line")
                         : tr_str_cut(w->of->token[w->next].text, 0, 60);
}

bool words_need(words *w, const char *word, tr_err *err)
{
    return words_take(w, word) ||
           words_fail(w, err, "docs/CASES.md has the form of each statement.",
                      "\"%s\" is expected here, not %.*s", word, TR_FMT(shown(w)));
}

bool words_end(const words *w, tr_err *err)
{
    return words_done(w) || words_fail(w, err, "docs/CASES.md has the form of each statement.",
                                       "\"%.*s\" does not continue the line", TR_FMT(shown(w)));
}

bool words_any(words *w, const char *what, tr_str *word, tr_err *err)
{
    if (!plain_at(w, w->next))
        return words_fail(w, err, "docs/CASES.md has the form of each statement.", "%s is missing",
                          what);
    *word = w->of->token[w->next++].text;
    return true;
}

bool words_quoted(words *w, const char *what, tr_str *text, tr_err *err)
{
    if (words_done(w) || !w->of->token[w->next].quoted || w->of->token[w->next].text.len == 0)
        return words_fail(w, err, "Put it in quotes.", "%s is missing", what);
    *text = w->of->token[w->next++].text;
    return true;
}

bool words_is_int(const words *w)
{
    int64_t value;
    return tr_int_read(words_look(w), &value);
}

bool words_int(words *w, const char *what, int64_t *value, tr_err *err)
{
    if (!tr_int_read(words_look(w), value))
        return words_fail(w, err, "Write a whole number.", "%s is not a number: %.*s", what,
                          TR_FMT(shown(w)));
    w->next++;
    return true;
}

/* ---- time ---- */

static bool clock_like(tr_str word)
{
    return word.len >= 4 && word.at[0] >= '0' && word.at[0] <= '9' &&
           (tr_str_find(word, ':') == 1 || tr_str_find(word, ':') == 2);
}

bool words_time(words *w, tr_time *t, tr_err *err)
{
    char     room[64];
    tr_civil day;
    tr_str   first = words_look(w), second;
    int32_t  taken = 1;
    if (first.len == 0 || first.len > 40)
        return words_fail(w, err, "Write 2015-02-15, or 2015-02-15 00:00.", "a time is missing");
    second = plain_at(w, w->next + 1) ? w->of->token[w->next + 1].text : TR_STR("");
    if (clock_like(first) && w->day != TR_TIME_NONE) {
        bool utc = first.at[first.len - 1] == 'Z';
        day = tr_civil_of(w->day, utc ? tr_tz_utc() : w->tz);
        snprintf(room, sizeof room, "%04d-%02d-%02dT%.*s", day.year, day.month, day.day,
                 TR_FMT(first));
    } else if (clock_like(second) && tr_str_find(first, ':') < 0 && second.len <= 20) {
        snprintf(room, sizeof room, "%.*s %.*s", TR_FMT(first), TR_FMT(second));
        taken = 2;
    } else {
        snprintf(room, sizeof room, "%.*s", TR_FMT(first));
    }
    if (!tr_time_read_any(tr_str_of(room), w->tz, t, err))
        return fail_column(w, err);
    w->next += taken;
    return true;
}

static bool days(words *w, tr_span *span, tr_err *err)
{
    tr_time last;
    if (!words_time(w, &span->begin, err))
        return false;
    last = span->begin;
    if (words_take(w, "to") && !words_time(w, &last, err))
        return false;
    span->begin = tr_time_day_begin(span->begin, w->tz);
    span->end = tr_time_add_days(tr_time_day_begin(last, w->tz), 1, w->tz);
    return true;
}

bool words_span(words *w, tr_span *span, tr_err *err)
{
    if (words_take(w, "between"))
        return words_time(w, &span->begin, err) && words_need(w, "and", err) &&
               words_time(w, &span->end, err);
    if (words_take(w, "seen")) {
        if (!words_time(w, &span->begin, err))
            return false;
        span->end = span->begin + TR_SECOND;
        return true;
    }
    if (words_take(w, "from"))
        return words_time(w, &span->begin, err) && words_need(w, "to", err) &&
               words_time(w, &span->end, err);
    return words_take(w, "on") && days(w, span, err);
}

/* ---- numbers ---- */

bool words_triple(words *w, int64_t triple[3], tr_err *err)
{
    for (int i = 0; i < 3; i++) {
        if (words_take(w, "unbounded"))
            triple[i] = INT64_MAX;
        else if (!words_int(w, "one of the three numbers", &triple[i], err))
            return false;
    }
    return true;
}

bool words_metres(words *w, int32_t *metres, tr_err *err)
{
    int64_t mm, unit = 1;
    if (!tr_fixed_read(words_look(w), 3, &mm) || mm < 0)
        return words_fail(w, err, "Write 1000 m, or 2.5 km.", "a distance is missing");
    w->next++;
    if (words_take(w, "km"))
        unit = 1000;
    else if (!words_need(w, "m", err))
        return false;
    if (mm * unit / 1000 > 20100000)
        return words_fail(w, err, "At most half way round the globe.", "the distance is too large");
    *metres = (int32_t)(mm * unit / 1000);
    return true;
}

/* ---- place ---- */

static bool degrees(words *w, const char *plus, const char *minus, int32_t most, int32_t *value,
                    tr_err *err)
{
    int64_t e7;
    if (!tr_fixed_read(words_look(w), 7, &e7))
        return words_fail(w, err, "Write 37.60 E 48.10 N.", "a longitude or latitude is missing");
    w->next++;
    if (words_take(w, minus))
        e7 = -e7;
    else if (!words_need(w, plus, err))
        return false;
    if (e7 < -(int64_t)most || e7 > most)
        return words_fail(w, err, "Write 37.60 E 48.10 N.", "a position that is not on the globe");
    *value = (int32_t)e7;
    return true;
}

static bool position(words *w, tr_point *at, tr_err *err)
{
    return degrees(w, "E", "W", 1800000000, &at->lon, err) &&
           degrees(w, "N", "S", 900000000, &at->lat, err);
}

/* "2 to 5 km SSW": widened outwards as words are. */
static bool sector(words *w, tr_place *place, tr_err *err)
{
    char   room[64];
    tr_str low, high, point;
    place->kind = TR_PLACE_SECTOR;
    if (!position(w, &place->at, err) || !words_any(w, "the nearest distance", &low, err))
        return false;
    high = low;
    if (words_take(w, "to") && !words_any(w, "the farthest distance", &high, err))
        return false;
    if (low.len + high.len > 40 || !words_need(w, "km", err))
        return words_fail(w, err, "Write 2 to 5 km SSW.", "a range that cannot be read");
    snprintf(room, sizeof room, "%.*s to %.*s km", TR_FMT(low), TR_FMT(high));
    if (!tr_range_words(tr_str_of(room), &place->r_min_m, &place->r_max_m, err))
        return fail_column(w, err);
    if (words_take(w, "around"))
        return true;
    if (!words_any(w, "the direction", &point, err))
        return false;
    return tr_compass_read(point.at, point.len, &place->az_begin_cdeg, &place->az_end_cdeg) ||
           words_fail(w, err, "Write a compass word: N, NNE, S-SSW; or `around`.",
                      "\"%.*s\" is no direction", TR_FMT(tr_str_cut(point, 0, 30)));
}

/* height 300 to 400 m, or 350 m */
static bool height(words *w, tr_place *place, tr_err *err)
{
    tr_str  low, high;
    int64_t from, to;
    if (!words_take(w, "height"))
        return true;
    if (!words_any(w, "the height", &low, err))
        return false;
    high = low;
    if (words_take(w, "to") && !words_any(w, "the upper height", &high, err))
        return false;
    if (!tr_int_read(low, &from) || !tr_int_read(high, &to) || from < TR_HEIGHT_LOW_M ||
        from > to || to > TR_HEIGHT_M || !words_need(w, "m", err))
        return words_fail(w, err, "Write height 300 to 400 m.", "a height that cannot be read");
    place->h_min_m = (int32_t)from;
    place->h_end_m = (int32_t)to + 1;
    return true;
}

bool words_place(words *w, const tr_plan *plan, tr_place *place, tr_err *err)
{
    tr_str name;
    *place = (tr_place){.zone = -1};
    if (words_take(w, "at")) {
        place->kind = TR_PLACE_POINT;
        place->r_max_m = 100;
        return position(w, &place->at, err) &&
               (!words_take(w, "radius") || words_metres(w, &place->r_max_m, err)) &&
               height(w, place, err);
    }
    if (words_take(w, "from"))
        return sector(w, place, err) && height(w, place, err);
    if (words_take(w, "anywhere"))
        return true;
    place->kind = TR_PLACE_ZONE;
    if (!words_need(w, "in", err) || !words_any(w, "the name of a zone", &name, err))
        return false;
    place->zone = tr_plan_zone_named(plan, name);
    return place->zone >= 0 || words_fail(w, err, "Declare the zone in the agreement.",
                                          "the agreement has no zone \"%.*s\"", TR_FMT(name));
}

/* ---- what was observed ---- */

static bool ends_what(tr_str word)
{
    static const char *const next[] = {"at",       "from",       "in",     "between", "seen",
                                       "on",       "exercise",   "deaths", "id",      "text",
                                       "anywhere", "confidence", "rows", "height"};
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        if (tr_str_is(word, next[i]))
            return true;
    return word.len == 0;
}

/* `at` begins a place, but not in "at least 10". */
static bool what_ends(const words *w)
{
    words after = *w;
    after.next++;
    return ends_what(words_look(w)) && !(words_is(w, "at") && words_is(&after, "least"));
}

/* The kind is the longest run of words that is one, at the front or at the end. */
static bool split_what(const tr_str *word, int words_, tr_kind *kind, int *kind_begin,
                       int *kind_end)
{
    for (int length = 2; length > 0; length--)
        for (int end = 0; end < 2; end++) {
            char   room[80];
            tr_err quiet = {0};
            int    begin = end ? words_ - length : 0;
            if (begin < 0 || length > words_)
                continue;
            if (length == 2)
                snprintf(room, sizeof room, "%.*s %.*s", TR_FMT(word[begin]),
                         TR_FMT(word[begin + 1]));
            else
                snprintf(room, sizeof room, "%s%.*s",
                         tr_str_starts(word[begin], "flash") ? "muzzle " : "", TR_FMT(word[begin]));
            if (tr_kind_words(tr_str_of(room), kind, &quiet)) {
                *kind_begin = begin;
                *kind_end = begin + length;
                return true;
            }
        }
    return false;
}

bool words_what(words *w, tr_kind *kind, int64_t count[3], bool *counted, tr_err *err)
{
    enum { MOST = 8 };
    tr_str         word[MOST];
    int            n = 0, begin, end;
    char           said[256];
    int            len = 0;
    tr_words_count how = {1, 1, 1};
    words          start = *w;
    while (n < MOST && plain_at(w, w->next) && words_look(w).len <= 30 && !what_ends(w))
        word[n++] = w->of->token[w->next++].text;
    if (n == 0 || !split_what(word, n, kind, &begin, &end))
        return words_fail(&start, err, "Write explosions 4, or about 45 explosions.",
                          "no kind of observation can be read here");
    said[0] = '\0';
    for (int i = 0; i < n; i++)
        if (i < begin || i >= end)
            len += snprintf(said + len, sizeof said - (size_t)len, "%s%.*s", len ? " " : "",
                            TR_FMT(word[i]));
    *counted = len > 0;
    if (len > 0 && !tr_count_words(tr_str_of(said), &how, err))
        return fail_column(&start, err);
    count[0] = how.min;
    count[1] = how.best;
    count[2] = how.max < 0 ? INT64_MAX : how.max;
    return true;
}
