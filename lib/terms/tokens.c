/* tokens.c -- reading small things: words, names, spans of time, moments, points, references. */
#include "terms/front.h"

#include <stdio.h>

void front_step(front *f)
{
    f->last = f->tok;
    if (f->unit.kind != TOK_END) {
        f->tok = f->unit;
        f->unit.kind = TOK_END;
        return;
    }
    f->tok = lexer_next(&f->lex);
    tr_str  name = f->tok.text;
    int32_t parameter = f->plain ? -1 : front_parameter(f, &f->last, &f->tok, &f->unit);
    if (parameter >= 0) {
        f->parameters.at[parameter].used = true;
        front_used(f, SYM_PARAMETER, name, f->tok.span);
    }
    each_substitute(f);
}

tok front_peek(const front *f)
{
    lexer lex = f->lex;
    tok   next, unit;
    if (f->unit.kind != TOK_END)
        return f->unit;
    next = lexer_next(&lex);
    if (!f->plain)
        front_parameter(f, &f->tok, &next, &unit);
    return next;
}

bool at_end(const front *f)
{
    return f->tok.kind == TOK_END || (f->tok.first && f->tok.span.begin != f->statement.begin);
}

bool is_word(const front *f, const char *word)
{
    return !f->panic && !at_end(f) && f->tok.kind == TOK_WORD && tr_str_is(f->tok.text, word);
}

bool is_sign(const front *f, const char *sign)
{
    return !f->panic && !at_end(f) && f->tok.kind == TOK_SIGN && tr_str_is(f->tok.text, sign);
}

static bool is_kind(const front *f, tok_kind kind)
{
    return !f->panic && !at_end(f) && f->tok.kind == kind;
}

bool take_word(front *f, const char *word)
{
    return is_word(f, word) && (front_step(f), true);
}

bool take_sign(front *f, const char *sign)
{
    return is_sign(f, sign) && (front_step(f), true);
}

bool need_word(front *f, const char *word, const char *hint)
{
    if (take_word(f, word))
        return true;
    char wanted[80];
    snprintf(wanted, sizeof wanted, "\"%s\"", word);
    front_unexpected(f, wanted, hint);
    return false;
}

void front_name_here(front *f)
{
    if (f->indexing)
        *TR_PUSH(f->keep, &f->name_spans) = f->tok.span;
}

bool need_name(front *f, tr_str *name, tr_text_span *span, const char *wanted, const char *hint)
{
    if (!is_kind(f, TOK_WORD)) {
        front_unexpected(f, wanted, hint);
        return false;
    }
    if (f->tok.keyword) {
        f->left = true; /* no grammar of keywords has it */
        f->tok.text = span_text(f, f->tok.span);
        front_report(f,
                     (report){TR_E_KEYWORD_NAME, f->tok.span, NULL,
                              "Choose another name, of the letters a to z.", false},
                     "\"%s\" is a keyword of the text's language and stands where %s is needed",
                     front_quote(f->tok.text).z, wanted);
    }
    front_name_here(f);
    if (f->tok.text.len > FRONT_NAME_BYTES)
        front_report(f,
                     (report){TR_E_LIMIT, f->tok.span, NULL,
                              "Choose a shorter name; the title in quotes may be longer.", false},
                     "the name \"%s\" has more than %d letters", front_quote(f->tok.text).z,
                     FRONT_NAME_BYTES);
    *name = f->tok.text;
    *span = f->tok.span;
    front_step(f);
    return true;
}

bool need_string(front *f, tr_str *text, const char *wanted, const char *hint)
{
    if (!is_kind(f, TOK_STRING)) {
        front_unexpected(f, wanted, hint);
        return false;
    }
    for (ptrdiff_t i = 0; i < f->tok.text.len; i++)
        if ((unsigned char)f->tok.text.at[i] < 0x20 && !strchr("\t\r\n", f->tok.text.at[i])) {
            front_report(f,
                         (report){TR_E_CHARACTER, f->tok.span, NULL,
                                  "Remove it; the file may not be plain text.", false},
                         "a control character in a quoted text");
            break;
        }
    *text = tr_str_trim(f->tok.text);
    if (text->len == 0)
        front_report(f, (report){TR_E_UNEXPECTED, f->tok.span, NULL, hint, false},
                     "an empty text stands where %s is needed", wanted);
    front_step(f);
    return true;
}

typedef struct {
    char z[48];
} plain_number;

/* 800,000 -> 800000; of a longer text, no number. */
static plain_number without_groups(tr_str text)
{
    plain_number plain = {{0}};
    size_t       len = 0;
    for (ptrdiff_t i = 0; i < text.len && text.len < 48; i++)
        if (text.at[i] != ',')
            plain.z[len++] = text.at[i];
    return plain;
}

bool need_value(front *f, int64_t *thousandths)
{
    tr_text_span span = f->tok.span;
    if (!is_kind(f, TOK_NUMBER)) {
        front_unexpected(f, "a number such as \"800,000\"", "Write it in digits.");
        return false;
    }
    plain_number plain = without_groups(f->tok.text);
    front_step(f);
    int places = take_word(f, "million") ? 9 : take_word(f, "billion") ? 12 : 3;
    span = span_join(span, f->last.span);
    if (tr_fixed_read(tr_str_of(plain.z), places, thousandths) &&
        *thousandths <= INT64_C(1000000000000000000))
        return true;
    front_report(f,
                 (report){TR_E_NUMBER, span, NULL,
                          "Write 0 to 1,000,000 billion, with at most three decimals.", false},
                 "\"%s\" is not a number in range", front_quote(span_text(f, span)).z);
    *thousandths = 0;
    return !f->panic;
}

bool need_whole(front *f, int64_t least, int64_t most, int64_t *value, const char *wanted)
{
    if (!is_kind(f, TOK_NUMBER)) {
        front_unexpected(f, wanted, "Write a whole number in digits.");
        return false;
    }
    plain_number plain = without_groups(f->tok.text);
    if (!tr_int_read(tr_str_of(plain.z), value) || *value < least || *value > most) {
        front_report(f,
                     (report){TR_E_NUMBER, f->tok.span, NULL,
                              "Write a whole number in digits, in that range.", false},
                     "\"%s\" is not a whole number from %lld to %lld",
                     front_quote(f->tok.text).z, (long long)least, (long long)most);
        *value = least; /* the rest of the sentence can be read */
    }
    front_step(f);
    return true;
}

bool need_percent(front *f, int32_t *ppm)
{
    int64_t value;
    if (!is_kind(f, TOK_NUMBER)) {
        front_unexpected(f, "a share such as \"90 %\"", "Write it in percent, for example 90 %.");
        return false;
    }
    if (!tr_fixed_read(f->tok.text, 4, &value) || value > 1000000) {
        front_report(f,
                     (report){TR_E_NUMBER, f->tok.span, NULL,
                              "Write 0 to 100, with at most four decimals.", false},
                     "\"%s\" is not a share in percent", front_quote(f->tok.text).z);
        value = 0;
    }
    front_step(f);
    if (!take_sign(f, "%")) {
        if (!f->panic)
            front_report(f, (report){TR_E_UNIT, f->last.span, NULL, "Write it as \"90 %\".", false},
                         "the share \"%s\" has no unit", front_quote(f->last.text).z);
        *ppm = 0;
        return !f->panic; /* the rest of the sentence can be read */
    }
    *ppm = (int32_t)value;
    return true;
}

static void ask_tz(front *f, tr_text_span span, const char *what)
{
    if (f->has_tz != HEAD_NONE || f->tz_asked)
        return;
    f->tz_asked = true;
    front_report(f,
                 (report){TR_E_DAYS_ZONE, span,
                          "A local date or a calendar day begins at midnight of some place.",
                          "Put a line such as: time zone \"Europe/Kyiv\" above it.", false},
                 "%s \"%s\" stands before any time zone", what, front_quote(span_text(f, span)).z);
}

typedef struct {
    const char *word;
    int64_t     days;
    int64_t     ns;
} unit;

static const unit *unit_of(tr_str word)
{
    static const unit units[] = {{"day", 1, 0},
                                 {"days", 1, 0},
                                 {"week", 7, 0},
                                 {"weeks", 7, 0},
                                 {"hour", 0, TR_HOUR},
                                 {"hours", 0, TR_HOUR},
                                 {"minute", 0, TR_MINUTE},
                                 {"minutes", 0, TR_MINUTE},
                                 {"second", 0, TR_SECOND},
                                 {"seconds", 0, TR_SECOND}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (tr_str_is(word, units[i].word))
            return &units[i];
    return NULL;
}

bool need_stretch(front *f, tr_stretch *stretch)
{
    int64_t      count;
    tr_text_span begin = f->tok.span;
    if (!need_whole(f, 0, 1000000, &count, "a stretch of time such as \"14 days\""))
        return false;
    const unit *u = is_kind(f, TOK_WORD) ? unit_of(f->tok.text) : NULL;
    if (!u && (is_word(f, "month") || is_word(f, "months") || is_word(f, "year") ||
               is_word(f, "years"))) {
        front_unexpected(f, "a unit of time", "");
        return false;
    }
    if (!u) {
        if (!f->panic)
            front_report(
                f,
                (report){TR_E_UNIT, begin, NULL,
                         "Write \"14 days\" (calendar days) or \"336 hours\" (elapsed).", false},
                "the number \"%s\" has no unit of time", front_quote(span_text(f, begin)).z);
        *stretch = (tr_stretch){-1, 0};
        return !f->panic; /* the rest of the sentence can be read */
    }
    front_step(f);
    int64_t      of_unit = u->days ? u->days * TR_DAY : u->ns;
    tr_text_span span = span_join(begin, f->last.span);
    if (count > 100 * 366 * TR_DAY / of_unit) {
        front_report(f, (report){TR_E_NUMBER, span, NULL, "Write at most 100 years.", false},
                     "%lld %s are too long a stretch", (long long)count, u->word);
        count = 0;
    }
    if (u->days)
        ask_tz(f, span, "the calendar stretch");
    *stretch = u->days ? (tr_stretch){count * u->days, 0} : (tr_stretch){-1, count * u->ns};
    return true;
}

static int32_t months_of(tr_str word)
{
    static const struct {
        const char *word;
        int32_t     months;
    } units[] = {{"month", 1},    {"months", 1}, {"quarter", 3},
                 {"quarters", 3}, {"year", 12},  {"years", 12}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (tr_str_is(word, units[i].word))
            return units[i].months;
    return 0;
}

bool need_every(front *f, tr_period *period)
{
    static const char hint[] = "Write: every week, every month, every 30 days";
    tr_text_span      span = f->tok.span;
    int64_t           count = 1;
    if (is_kind(f, TOK_NUMBER) && !need_whole(f, 0, 36600, &count, "a number"))
        return false;
    int32_t     months = is_kind(f, TOK_WORD) ? months_of(f->tok.text) : 0;
    const unit *u = !months && is_kind(f, TOK_WORD) ? unit_of(f->tok.text) : NULL;
    if (!u && !months) {
        front_unexpected(f, "a period such as \"week\" or \"30 days\"", hint);
        return false;
    }
    front_step(f);
    span = span_join(span, f->last.span);
    int64_t days = u ? u->days * count : 0, ns = u && !u->days ? u->ns * count : 0;
    *period = (tr_period){.kind = months ? TR_PERIOD_MONTHS : TR_PERIOD_STRETCH,
                          .stretch = u && u->days ? (tr_stretch){days, 0} : (tr_stretch){-1, ns},
                          .months = (int32_t)(months * count)};
    if (months || days)
        ask_tz(f, span, "the calendar period");
    bool most = months ? period->months <= 1200 : days <= 36600 && ns <= 36600 * TR_DAY;
    if ((months ? count : days) > 0 || ns >= TR_HOUR) {
        if (most)
            return true;
    }
    front_report(f, (report){TR_E_PERIOD_LENGTH, span, NULL, hint, false},
                 "\"%s\" is not a period between an hour and 100 years",
                 front_quote(span_text(f, span)).z);
    *period = (tr_period){.kind = TR_PERIOD_STRETCH, .stretch = {1, 0}};
    return !f->panic;
}

bool need_moment(front *f, tr_time *t)
{
    tr_text_span span = f->tok.span;
    char         text[64];
    if (!is_kind(f, TOK_DATE) && !is_kind(f, TOK_MOMENT)) {
        front_unexpected(f, "a date such as \"2015-02-15 00:00\"",
                         "Write year-month-day and the local time.");
        return false;
    }
    bool local = f->tok.kind == TOK_DATE;
    int len = snprintf(text, sizeof text, "%.*s", TR_FMT(tr_str_cut(f->tok.text, 0, 40)));
    front_step(f);
    if (local && is_kind(f, TOK_CLOCK)) {
        len += snprintf(text + len, sizeof text - (size_t)len, " %.*s", TR_FMT(f->tok.text));
        front_step(f);
    }
    span = span_join(span, f->last.span);
    if (local)
        ask_tz(f, span, "the local date");
    tr_err       err = {0};
    const tr_tz *tz = f->plan.tz ? f->plan.tz : tr_tz_utc();
    if (tr_time_read_any((tr_str){text, len}, tz, t, &err)) {
        if (local && f->plan.tz)
            front_clock_change(f, (tr_str){text, len}, *t, span);
        return true;
    }
    front_report(f, (report){TR_E_TIME, span, NULL, err.hint, false}, "%s", err.text);
    *t = TR_TIME_NONE;
    return true;
}

bool need_clock(front *f, int32_t *second, const char *hint)
{
    tr_text_span span = f->tok.span;
    tr_str       text = f->tok.text, part;
    if (!is_kind(f, TOK_CLOCK)) {
        front_unexpected(f, "a time of day such as \"22:00\"", hint);
        return false;
    }
    int64_t number[3] = {0};
    for (int i = 0; i < 3 && tr_str_next(&text, ':', &part); i++)
        tr_int_read_zeros(part, &number[i]);
    front_step(f);
    ask_tz(f, span, "the time of day");
    *second = (int32_t)(number[0] * 3600 + number[1] * 60 + number[2]);
    if (number[0] < 24 && number[1] < 60 && number[2] < 60)
        return true;
    front_report(f, (report){TR_E_TIME, span, NULL, "Write 00:00 to 23:59.", false},
                 "\"%s\" is no time of day", front_quote(span_text(f, span)).z);
    *second = 0;
    return !f->panic;
}

/* ---- points ---- */

bool front_degrees(tr_str text, int32_t *value)
{
    bool minus = text.len > 0 && text.at[0] == '-';
    if (minus)
        text = tr_str_from(text, 1);
    ptrdiff_t dot = tr_str_find(text, '.');
    tr_str    whole = tr_str_cut(text, 0, dot < 0 ? text.len : dot);
    tr_str    part = dot < 0 ? (tr_str){0} : tr_str_from(text, dot + 1);
    if (whole.len < 1 || whole.len > 3 || (dot >= 0 && part.len < 1))
        return false;
    int64_t units = 0;
    for (ptrdiff_t i = 0; i < whole.len; i++)
        if (whole.at[i] < '0' || whole.at[i] > '9')
            return false;
        else
            units = units * 10 + (whole.at[i] - '0');
    for (ptrdiff_t i = 0; i < part.len || i < 7; i++) {
        char c = i < part.len ? part.at[i] : '0';
        if (c < '0' || c > '9')
            return false;
        if (i < 7)
            units = units * 10 + (c - '0');
        else if (i == 7 && c >= '5')
            units++;
    }
    if (units > INT64_C(1800000000))
        return false;
    *value = (int32_t)(minus ? -units : units);
    return true;
}

/* NUMBER E|W|N|S; axis: 0 longitude, 1 latitude. */
static bool need_degrees(front *f, int32_t *value, int *axis)
{
    static const char letters[] = "EWNS";
    tr_text_span      begin = f->tok.span;
    tr_str            digits = f->tok.text;
    if (!is_kind(f, TOK_NUMBER)) {
        front_unexpected(f, "a coordinate such as \"37.5 E 48.1 N\"",
                         "Write longitude and latitude in degrees with their letters.");
        return false;
    }
    front_step(f);
    const char *letter =
        is_kind(f, TOK_WORD) && f->tok.text.len == 1 ? strchr(letters, f->tok.text.at[0]) : NULL;
    if (!letter || !*letter) {
        if (!f->panic)
            front_report(f,
                         (report){TR_E_UNIT, begin,
                                  "A bare pair does not say which number is the longitude.",
                                  "Write degrees with E or W, N or S: \"37.5 E 48.1 N\".", false},
                         "the number \"%s\" has no direction", front_quote(digits).z);
        f->panic = true;
        return false;
    }
    front_step(f);
    int64_t most = letter - letters < 2 ? 1800000000 : 900000000;
    if (!front_degrees(digits, value) || *value > most) {
        front_report(f,
                     (report){TR_E_COORDINATE, begin, NULL,
                              "Write degrees: at most 180 E or W, at most 90 N or S.", false},
                     "\"%s %c\" is not on the globe", front_quote(digits).z, *letter);
        *value = 0;
    }
    *axis = letter - letters < 2 ? 0 : 1;
    if (*letter == 'W' || *letter == 'S')
        *value = -*value;
    return true;
}

bool need_point(front *f, tr_point *point, tr_text_span *span)
{
    int32_t      value[2];
    int          axis[2];
    tr_text_span begin = f->tok.span;
    if (!need_degrees(f, &value[0], &axis[0]) || !need_degrees(f, &value[1], &axis[1]))
        return false;
    *span = span_join(begin, f->last.span);
    if (axis[0] == axis[1]) {
        front_report(f,
                     (report){TR_E_COORDINATE, *span, NULL,
                              "Write one number with E or W and one with N or S.", false},
                     "\"%s\" names one direction twice", front_quote(span_text(f, *span)).z);
        f->panic = true;
        return false;
    }
    *point = (tr_point){value[axis[0] == 0 ? 0 : 1], value[axis[0] == 1 ? 0 : 1]};
    return true;
}

bool need_ref(front *f, tr_str *label, tr_text_span *span)
{
    tr_text_span begin = f->tok.span;
    if (!take_sign(f, "\xC2\xA7") && !take_word(f, "clause")) {
        front_unexpected(f,
                         "a clause such as \"\xC2\xA7"
                         "1.1\"",
                         "Write \xC2\xA7"
                         "1.1 or clause 1.1.");
        return false;
    }
    if (!is_kind(f, TOK_NUMBER)) {
        front_unexpected(f, "the label of a clause",
                         "Write \xC2\xA7"
                         "1.1 or clause 1.1.");
        return false;
    }
    front_no_parameter(f);
    *label = f->tok.text;
    front_used(f, SYM_SORTS, f->tok.text, f->tok.span);
    front_step(f);
    *span = span_join(begin, f->last.span);
    return true;
}
