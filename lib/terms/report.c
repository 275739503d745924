/* report.c -- the mistakes of a text: kept once, in order, and shown with a caret. */
#include "terms/front.h"

#include <stdarg.h>
#include <stdio.h>

quoted front_quote(tr_str a)
{
    quoted    q;
    ptrdiff_t len = a.len < 48 ? a.len : 45;
    while (len < a.len && len > 0 && ((unsigned char)a.at[len] & 0xC0) == 0x80)
        len--;
    for (ptrdiff_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)a.at[i];
        q.z[i] = c < 0x20 || c == 0x7F ? '?' : (char)c;
    }
    memcpy(q.z + len, len < a.len ? "..." : "", len < a.len ? 4 : 1);
    return q;
}

tr_text_span span_join(tr_text_span a, tr_text_span b)
{
    return (tr_text_span){a.begin, b.end > a.begin ? b.end : a.end, a.line};
}

tr_str span_text(const front *f, tr_text_span span)
{
    return tr_str_cut(f->plan.text, span.begin, span.end);
}

static int32_t line_begin(tr_str text, int32_t at)
{
    int32_t i = at < text.len ? at : (int32_t)text.len;
    while (i > 0 && text.at[i - 1] != '\n')
        i--;
    return i;
}

static bool said_already(const front *f, report what)
{
    const tr_terms_result *r = f->result;
    for (int32_t i = 0; i < r->diagnostics; i++)
        if (r->diagnostic[i].err.code == what.code &&
            r->diagnostic[i].span.begin == what.span.begin)
            return true;
    return false;
}

static void keep_report(front *f, report what, const char *format, va_list args)
{
    tr_diagnostic *d = &f->result->diagnostic[f->result->diagnostics++];
    char           text[sizeof d->err.text];
    vsnprintf(text, sizeof text, format, args);
    tr_fail(&d->err, what.code, what.hint ? what.hint : "", "%s", text);
    d->err.line = what.span.line;
    d->err.column = what.span.begin - line_begin(f->plan.text, what.span.begin) + 1;
    d->span = what.span;
    d->warning = what.warning;
    snprintf(d->detail, sizeof d->detail, "%s", what.detail ? what.detail : "");
}

void front_report(front *f, report what, const char *format, ...)
{
    int32_t *kept = what.warning ? &f->kept_warnings : &f->kept_errors;
    if (said_already(f, what))
        return;
    if (what.warning)
        f->result->warnings++;
    else
        f->result->errors++;
    if (*kept >= TR_TERMS_ERRORS)
        return;
    (*kept)++;
    va_list args;
    va_start(args, format);
    keep_report(f, what, format, args);
    va_end(args);
}

/* By place, then by code: reports of the checks join those of the reading.  At most 100. */
void front_sort(front *f)
{
    tr_diagnostic *d = f->result->diagnostic;
    for (int32_t i = 1; i < f->result->diagnostics; i++) {
        tr_diagnostic one = d[i];
        int32_t       k = i;
        for (;
             k > 0 && (d[k - 1].span.begin > one.span.begin ||
                       (d[k - 1].span.begin == one.span.begin && d[k - 1].err.code > one.err.code));
             k--)
            d[k] = d[k - 1];
        d[k] = one;
    }
}

/* ---- sentences that cannot be read on ---- */

static tr_text_span stop_span(const front *f)
{
    if (!at_end(f))
        return f->tok.span;
    return f->last.span; /* the sentence ends too early: under its last word */
}

static void stop(front *f, int code, const char *hint, const char *format, va_list args)
{
    char text[240];
    f->panic = true;
    vsnprintf(text, sizeof text, format, args);
    front_report(f, (report){.code = code, .span = stop_span(f), .hint = hint}, "%s", text);
}

void front_stop(front *f, int code, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!f->panic)
        stop(f, code, hint, format, args);
    va_end(args);
}

void front_leave(front *f, int code, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    f->left = f->left || !f->panic;
    if (!f->panic)
        stop(f, code, hint, format, args);
    va_end(args);
}

bool front_vague(tr_str word)
{
    static const char *const words[] = {
        "substantial",   "substantially", "prompt",        "promptly",    "appropriate",
        "appropriately", "significant",   "significantly", "heavy",       "reasonable",
        "reasonably",    "immediate",     "immediately",   "timely",      "serious",
        "seriously",     "material",      "adequate",      "adequately",  "sufficient",
        "soon",          "major",         "minor",         "large-scale", "grave",
        "gross",         "relevant",      "proportionate", "swift",       "swiftly",
        "urgent",        "urgently",      "necessary",     "large",       "limited",
        "systematic",    "repeated",      "persistent",    "effective",   "effectively"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tr_str_is(word, words[i]))
            return true;
    return false;
}

const char *front_refused(tr_str word)
{
    static const struct {
        const char *word, *what;
    } refused[] = {
        {"against", "a clause against one party"},
        {"each", "a scope that counts each party by itself"},
        {"per", "a count per sector"},
        {"prevails", "an order of precedence"},
        {"side", "a gate on the side"},
        {"proved", "a bound proved statistically"},
        {"audit", "a bound by audit"},
        {"intensity", "a bound by intensity"},
        {"mean", "a bound by mean"},
        {"counter", "a counter"},
        {"window", "a window of silence"},
        {"months", "a span in months"},
        {"month", "a span in months"},
        {"years", "a span in years"},
        {"year", "a span in years"},
        {"corridor", "a corridor"},
        {"repair_window", "a repair window"},
        {"definitions", "a table of definitions"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (tr_str_is(word, refused[i].word))
            return refused[i].what;
    return NULL;
}

/* A word of the text's language that is no keyword of it. */
static void no_keyword(front *f)
{
    char   hint[240];
    tr_str near = keyword_nearest(f->lex.lang, f->tok.text);
    if (near.len > 0)
        snprintf(hint, sizeof hint, "Did you mean \"%s\"?", front_quote(near).z);
    else
        snprintf(hint, sizeof hint,
                 "Names use the letters a to z; titles in straight quotes may use any script.");
    front_stop(f, TR_E_CHARACTER, hint, "\"%s\" is no keyword and stands outside quotes",
               front_quote(f->tok.text).z);
}

bool front_puzzled(const front *f, sym_sort sort)
{
    return !f->panic && !at_end(f) && f->tok.kind == TOK_WORD &&
           front_find(f, sort, f->tok.text) < 0 &&
           (front_vague(f->tok.text) || front_refused(f->tok.text));
}

static void bad_character(front *f)
{
    if (f->lex.lang > 0 && (unsigned char)f->tok.text.at[0] >= 0x80) {
        no_keyword(f);
        return;
    }
    unsigned char c = (unsigned char)f->tok.text.at[0];
    if (c >= 0x20 && c < 0x7F)
        front_stop(f, TR_E_CHARACTER, "docs/LANGUAGE.md lists the signs of the language.",
                   "\"%c\" has no meaning in an agreement", c);
    else if (c < 0x80)
        front_stop(f, TR_E_CHARACTER, "Remove it; the file may not be plain text.",
                   "a control character 0x%02x", c);
    else
        front_stop(f, TR_E_CHARACTER,
                   "Names use the letters a to z, digits, _ and -, so that no letter looks like "
                   "another; titles in straight quotes may use any script.",
                   "\"%s\" stands outside quotes", front_quote(f->tok.text).z);
}

void front_unexpected(front *f, const char *wanted, const char *hint)
{
    tr_str      word = f->tok.text;
    const char *what = f->tok.kind == TOK_WORD && !at_end(f) ? front_refused(word) : NULL;
    if (f->panic)
        return;
    if (at_end(f))
        front_stop(f, TR_E_UNEXPECTED, hint, "the sentence ends where %s is needed", wanted);
    else if (f->tok.kind == TOK_BAD)
        bad_character(f);
    else if (f->tok.kind == TOK_OPEN)
        front_stop(f, TR_E_QUOTE, "Close the quote on the line where it opens.",
                   "the quoted text does not end on its line");
    else if (what)
        front_stop(
            f, TR_E_NOT_COMPILED,
            "docs/LANGUAGE.md lists what is compiled. Leave it out, or keep it in a comment.",
            "\"%s\" opens %s, which is not compiled yet", front_quote(word).z, what);
    else if (f->tok.kind == TOK_WORD && front_vague(word))
        front_stop(f, TR_E_VAGUE,
                   "Say it in numbers with units, or name a class or proof declared above.",
                   "vague term \"%s\" has no metric", front_quote(word).z);
    else
        front_stop(f, TR_E_UNEXPECTED, hint, "\"%s\" stands where %s is needed",
                   front_quote(span_text(f, f->tok.span)).z, wanted);
}

/* ---- for people ---- */

enum { SHOWN = 100 }; /* bytes of a source line that are shown */

static int32_t char_begin(tr_str text, int32_t i, int32_t least)
{
    while (i > least && i < text.len && ((unsigned char)text.at[i] & 0xC0) == 0x80)
        i--;
    return i;
}

static bool valid_at(tr_str line, ptrdiff_t i, ptrdiff_t *len)
{
    unsigned char c = (unsigned char)line.at[i];
    *len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (i + *len <= line.len && tr_utf8_ok(tr_str_cut(line, i, i + *len), NULL))
        return c >= 0x20 && c != 0x7F;
    *len = 1;
    return false;
}

/* One source line; `marks` instead writes what stands under it: a caret for each character of
 * [begin, end), a blank (or the tab itself) before. */
static void put_source(tr_out *out, tr_str line, ptrdiff_t begin, ptrdiff_t end, bool marks)
{
    ptrdiff_t len = 1;
    for (ptrdiff_t i = 0; i < line.len && (!marks || i < end); i += len) {
        bool ok = valid_at(line, i, &len);
        bool bidi =
            len == 3 && (unsigned char)line.at[i] == 0xE2 &&
            ((unsigned char)line.at[i + 1] == 0x80 || (unsigned char)line.at[i + 1] == 0x81) &&
            (unsigned char)line.at[i + 2] >= 0xA6;
        if (line.at[i] == '\t' && (!marks || i < begin))
            tr_put_char(out, '\t');
        else if (marks)
            tr_put_char(out, i >= begin ? '^' : ' ');
        else if (!ok || bidi)
            tr_put_char(out, '?');
        else
            tr_put_bytes(out, line.at + i, len);
    }
    if (marks && begin >= line.len)
        tr_put_char(out, '^');
}

static void put_excerpt(tr_out *out, tr_str text, const tr_diagnostic *d)
{
    int32_t at = d->span.begin < text.len ? d->span.begin : (int32_t)text.len;
    int32_t from = line_begin(text, at), to = at;
    while (to < text.len && text.at[to] != '\n' && to - at < SHOWN)
        to++;
    if (to > from && text.at[to - 1] == '\r')
        to--;
    if (at - from > SHOWN)
        from = char_begin(text, at - SHOWN / 2, from);
    to = char_begin(text, to, from);

    tr_str    line = tr_str_cut(text, from, to);
    ptrdiff_t end = d->span.end > at ? d->span.end - from : at - from + 1;
    tr_put(out, "%5d | ", d->err.line);
    put_source(out, line, 0, 0, false);
    tr_put(out, "\n      | ");
    put_source(out, line, at - from, end, true);
    tr_put_char(out, '\n');
}

void tr_put_diagnostic(tr_out *out, tr_str file, tr_str text, const tr_diagnostic *d)
{
    tr_put(out, "%.*s:%d:%d: %s TR%04d: %s\n", TR_FMT(file), d->err.line, d->err.column,
           d->warning ? "warning" : "error", d->err.code, d->err.text);
    if (d->err.line > 0)
        put_excerpt(out, text, d);
    if (d->detail[0])
        tr_put(out, "detail: %s\n", d->detail);
    if (d->err.hint[0])
        tr_put(out, "hint: %s\n", d->err.hint);
}
