/* format.c -- the canonical layout of an agreement.
 *
 * Works on tokens, so it needs no plan and knows no sentence but by its first words.  One blank
 * between tokens, none before , ; : % ) and after the section sign; a sentence that fits stays on
 * one line, a longer one is filled to 100 columns with four blanks before each further line.  A
 * line never ends between a number and its unit, inside a point, before a comma, or after a word
 * that leads the next.  The sections of a threshold and the exceptions of a clause begin lines of
 * their own, and so do corners where some of them have a comment beside them.
 *
 * A comment after a token stays after it and ends the line; one on a line of its own stays so.
 * Between sentences at most one blank line is kept, and one stands before every article.
 */
#include "terms/tools.h"

#include <stdio.h>

#include "terms/front.h"

enum { INDENT = 4 };

typedef struct {
    tr_str text;
    bool   own_line;
    bool   blank; /* a blank line above it */
} remark;

/* What stands between two tokens. */
typedef struct {
    TR_VEC(remark) remarks;
    bool blank; /* a blank line below the last remark */
} gap;

typedef TR_VEC(tok) tokens;

typedef struct {
    tr_arena *keep;
    tr_str    text;
    tokens    tokens;
    gap      *gaps; /* [tokens + 1], gaps[i] stands before token i */
    tr_out    out;
    int       column;
} layout;

/* ---- reading ---- */

static bool read_tokens(layout *l, tr_err *err)
{
    lexer lex = lexer_new(l->text);
    lex.whole = true;
    for (tok t = lexer_next(&lex); t.kind != TOK_END; t = lexer_next(&lex)) {
        *TR_PUSH(l->keep, &l->tokens) = t;
        if (t.kind != TOK_OPEN && t.kind != TOK_BAD)
            continue;
        bool open = t.kind == TOK_OPEN;
        tr_fail(err, open ? TR_E_QUOTE : TR_E_CHARACTER,
                open ? "Close the quote on the line where it opens."
                     : "`truce check FILE` tells what to do; a layout needs whole tokens.",
                open ? "the quoted text \"%s\" does not end on its line"
                     : "\"%s\" has no place in an agreement",
                front_quote(t.text).z);
        if (err->line == 0)
            err->line = t.span.line;
        return false;
    }
    return true;
}

/* Blanks, line ends and remarks of [begin, end).  `top`: at the beginning of the text. */
static void read_gap(layout *l, int32_t begin, int32_t end, bool top, gap *g)
{
    int lines = top ? 1 : 0; /* line ends since the last token or remark */
    for (int32_t i = begin; i < end; i++) {
        if (l->text.at[i] == '\n')
            lines++;
        if (l->text.at[i] != '#')
            continue;
        int32_t stop = i;
        while (stop < end && l->text.at[stop] != '\n')
            stop++;
        *TR_PUSH(l->keep, &g->remarks) =
            (remark){tr_str_trim(tr_str_cut(l->text, i, stop)), lines > 0, lines > 1};
        lines = 0;
        i = stop - 1;
    }
    g->blank = lines > 1;
}

static void read_gaps(layout *l)
{
    int32_t at = tr_str_starts(l->text, "\xEF\xBB\xBF") ? 3 : 0;
    l->gaps = TR_NEW(l->keep, gap, l->tokens.len + 1);
    for (ptrdiff_t i = 0; i < l->tokens.len; i++) {
        read_gap(l, at, l->tokens.at[i].span.begin, i == 0, &l->gaps[i]);
        at = l->tokens.at[i].span.end;
    }
    read_gap(l, at, (int32_t)l->text.len, l->tokens.len == 0, &l->gaps[l->tokens.len]);
}

/* ---- where a line may and must end ---- */

static tr_str bytes_of(const layout *l, ptrdiff_t i)
{
    tr_text_span span = l->tokens.at[i].span;
    return tr_str_cut(l->text, span.begin, span.end);
}

static bool word_at(const layout *l, ptrdiff_t i, const char *word)
{
    return i >= 0 && i < l->tokens.len && l->tokens.at[i].kind == TOK_WORD &&
           tr_str_is(l->tokens.at[i].text, word);
}

static bool sign_at(const layout *l, ptrdiff_t i, const char *signs)
{
    return i >= 0 && i < l->tokens.len && l->tokens.at[i].kind == TOK_SIGN &&
           l->tokens.at[i].text.len == 1 && strchr(signs, l->tokens.at[i].text.at[0]) != NULL;
}

static bool section_sign(const layout *l, ptrdiff_t i)
{
    return l->tokens.at[i].kind == TOK_SIGN && tr_str_is(l->tokens.at[i].text, "\xC2\xA7");
}

/* Of a comparison: one that is not , : ; ( ) % and not the section sign. */
static bool compares(const layout *l, ptrdiff_t i)
{
    return l->tokens.at[i].kind == TOK_SIGN && !section_sign(l, i) && !sign_at(l, i, ",:;()%");
}

static bool direction(const layout *l, ptrdiff_t i)
{
    tr_str text = l->tokens.at[i].text;
    return l->tokens.at[i].kind == TOK_WORD && text.len == 1 && strchr("EWNS", text.at[0]);
}

/* A word or sign that only a label follows, or a list of labels. */
static bool leads_label(const layout *l, ptrdiff_t i)
{
    static const char *const words[] = {"except", "from", "over", "was", "point", "text", "code"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (word_at(l, i, words[k]))
            return true;
    for (; sign_at(l, i, ",") && i >= 2; i -= 2) { /* point 4.1 was 6.1, 6.2a, 6.3 */
        if (l->tokens.at[i - 1].kind == TOK_WORD)
            i--;
        if (word_at(l, i - 2, "was"))
            return true;
    }
    return false;
}

/* The letters of a label of an exception, such as 2.1a, which touch its number. */
static bool label_letters(const layout *l, ptrdiff_t i)
{
    return i >= 2 && l->tokens.at[i].kind == TOK_WORD && l->tokens.at[i - 1].kind == TOK_NUMBER &&
           l->tokens.at[i - 1].span.end == l->tokens.at[i].span.begin &&
           tr_str_find(l->tokens.at[i - 1].text, '.') >= 0 &&
           leads_label(l, i - 2);
}

static bool joined(const layout *l, ptrdiff_t i) /* without a blank to the token before it? */
{
    if (sign_at(l, i, ":") && l->tokens.at[i - 1].kind == TOK_MOMENT)
        return false; /* it would become a part of the moment */
    return sign_at(l, i, ",;:)") || section_sign(l, i - 1) || sign_at(l, i - 1, "(") ||
           label_letters(l, i);
}

/* A word that leads the next one: a line ends before it, not after. */
static bool leads(const layout *l, ptrdiff_t i)
{
    static const char *const words[] = {"by",     "proof",   "cites",    "coarse",  "source",
                                        "id",     "in",      "of",       "from",    "over",
                                        "within", "needs",   "coverage", "version", "until",
                                        "for",    "feature", "boundary", "register"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (word_at(l, i, words[k]))
            return true;
    return false;
}

/* May no line end between tokens i - 1 and i? */
static bool glued(const layout *l, ptrdiff_t i)
{
    tok_kind before = l->tokens.at[i - 1].kind, kind = l->tokens.at[i].kind;
    return joined(l, i) || sign_at(l, i, "%") || compares(l, i) || compares(l, i - 1) ||
           (before == TOK_NUMBER && kind == TOK_WORD) ||
           (before == TOK_DATE && kind == TOK_CLOCK) ||
           (direction(l, i - 1) && kind == TOK_NUMBER && i >= 2 &&
            l->tokens.at[i - 2].kind == TOK_NUMBER) ||
           (word_at(l, i - 1, "clause") && kind == TOK_NUMBER) ||
           (leads(l, i - 1) && !l->tokens.at[i - 1].first);
}

/* LABEL NAME is ... : a threshold. */
static bool is_threshold(const layout *l, ptrdiff_t first)
{
    return first + 2 < l->tokens.len && l->tokens.at[first].kind == TOK_NUMBER &&
           !l->tokens.at[first + 2].first && word_at(l, first + 2, "is");
}

static bool section_begins(const layout *l, ptrdiff_t i)
{
    if (word_at(l, i, "active"))
        return word_at(l, i + 1, "when") && word_at(l, i - 1, "is");
    if (word_at(l, i, "counting"))
        return !word_at(l, i - 1, "by");
    if (word_at(l, i, "on"))
        return word_at(l, i + 1, "late") || word_at(l, i + 1, "compares");
    return (word_at(l, i, "until") && word_at(l, i + 1, "count")) ||
           (word_at(l, i, "cites") && !sign_at(l, i - 1, ","));
}

/* A line or zone with a comment beside some of its corners has each corner on its own line. */
static bool corner_lines(const layout *l, ptrdiff_t first, ptrdiff_t end)
{
    if (!word_at(l, first, "line") && !word_at(l, first, "zone"))
        return false;
    for (ptrdiff_t i = first + 1; i < end; i++)
        if (l->gaps[i].remarks.len > 0 && !l->gaps[i].remarks.at[0].own_line)
            return true;
    return false;
}

static bool corner_begins(const layout *l, ptrdiff_t i)
{
    return l->tokens.at[i].kind == TOK_NUMBER &&
           (sign_at(l, i - 1, ",;") || word_at(l, i - 1, "is"));
}

/* Blanks of a line that must begin at token i, or 0. */
static int must_begin(const layout *l, ptrdiff_t first, ptrdiff_t i, bool corners)
{
    if (word_at(l, i, "except") || (corners && corner_begins(l, i)))
        return INDENT;
    if (!is_threshold(l, first))
        return 0;
    if ((word_at(l, i, "or") || word_at(l, i, "and")) && word_at(l, i + 1, "count"))
        return 2 * INDENT;
    return section_begins(l, i) ? INDENT : 0;
}

/* ---- writing ---- */

static int width_of(tr_str bytes)
{
    int width = 0;
    for (ptrdiff_t i = 0; i < bytes.len && bytes.at[i] != '\n'; i++)
        width += ((unsigned char)bytes.at[i] & 0xC0) != 0x80;
    return width;
}

static void new_line(layout *l, int indent)
{
    if (l->out.buf.len > 0)
        tr_put_char(&l->out, '\n');
    tr_put(&l->out, "%*s", indent, "");
    l->column = indent;
}

static void put_token(layout *l, ptrdiff_t i)
{
    tr_str    bytes = bytes_of(l, i);
    ptrdiff_t end = bytes.len;
    tr_put_str(&l->out, bytes);
    while (end > 0 && bytes.at[end - 1] != '\n')
        end--;
    l->column = (end > 0 ? 0 : l->column) + width_of(tr_str_from(bytes, end));
}

static void put_blank(layout *l)
{
    tr_put_char(&l->out, ' ');
    l->column++;
}

/* The remarks before token i inside its sentence; true when the next token begins a line. */
static bool put_inner(layout *l, ptrdiff_t i, int indent)
{
    const gap *g = &l->gaps[i];
    for (ptrdiff_t k = 0; k < g->remarks.len; k++) {
        if (g->remarks.at[k].own_line)
            new_line(l, indent);
        else
            tr_put(&l->out, "  ");
        tr_put_str(&l->out, g->remarks.at[k].text);
    }
    return g->remarks.len > 0;
}

/* Columns of the tokens from i that no line may end between. */
static int width_from(const layout *l, ptrdiff_t i, ptrdiff_t end)
{
    int width = width_of(bytes_of(l, i));
    for (i++; i < end && l->gaps[i].remarks.len == 0 && glued(l, i); i++)
        width += width_of(bytes_of(l, i)) + !joined(l, i);
    return width;
}

static void put_sentence(layout *l, ptrdiff_t first, ptrdiff_t end)
{
    int  more = INDENT; /* of a line that is only filled */
    bool corners = corner_lines(l, first, end);
    put_token(l, first);
    for (ptrdiff_t i = first + 1; i < end; i++) {
        int  own = must_begin(l, first, i, corners);
        bool broken = put_inner(l, i, own ? own : more);
        if (own)
            more = corners ? INDENT : own + INDENT;
        bool stays = broken ? false : own ? false : glued(l, i);
        if (!stays && (broken || own || l->column + 1 + width_from(l, i, end) > TR_FORMAT_COLUMNS))
            new_line(l, own ? own : more);
        else if (!joined(l, i))
            put_blank(l);
        put_token(l, i);
    }
}

/* Of the remarks before a sentence: the first of those that stand directly above it. */
static ptrdiff_t block_begin(const gap *g)
{
    ptrdiff_t k = g->remarks.len;
    while (!g->blank && k > 0 && g->remarks.at[k - 1].own_line) {
        k--;
        if (g->remarks.at[k].blank)
            break;
    }
    return k;
}

static void put_between(layout *l, ptrdiff_t i)
{
    const gap *g = &l->gaps[i];
    bool       article = word_at(l, i, "article");
    ptrdiff_t  block = block_begin(g);
    for (ptrdiff_t k = 0; k < g->remarks.len; k++) {
        const remark *r = &g->remarks.at[k];
        bool          blank = (r->blank || (article && k == block)) && l->out.buf.len > 0;
        if (!r->own_line) {
            tr_put(&l->out, "  ");
        } else {
            if (blank)
                tr_put_char(&l->out, '\n');
            new_line(l, 0);
        }
        tr_put_str(&l->out, r->text);
    }
    if (i == l->tokens.len || l->out.buf.len == 0)
        return;
    if (g->blank || (article && block == g->remarks.len))
        tr_put_char(&l->out, '\n');
}

static void put_all(layout *l)
{
    ptrdiff_t i = 0;
    while (i < l->tokens.len) {
        ptrdiff_t end = i + 1;
        while (end < l->tokens.len && !l->tokens.at[end].first)
            end++;
        put_between(l, i);
        new_line(l, l->tokens.at[i].first ? 0 : INDENT);
        put_sentence(l, i, end);
        i = end;
    }
    put_between(l, i);
    if (l->out.buf.len > 0)
        tr_put_char(&l->out, '\n');
}

/* The same tokens, sentences beginning at the same ones. */
static bool same_tokens(tr_str a, tr_str b)
{
    lexer one = lexer_new(a), two = lexer_new(b);
    for (;;) {
        tok x = lexer_next(&one), y = lexer_next(&two);
        if (x.kind != y.kind || x.first != y.first || !tr_str_eq(x.text, y.text))
            return false;
        if (x.kind == TOK_END)
            return true;
    }
}

bool tr_terms_format(tr_arena *keep, tr_str text, tr_str *formatted, tr_err *err)
{
    layout    l = {.keep = keep, .text = text, .out = tr_out_new(keep)};
    ptrdiff_t bad;
    if (text.len > FRONT_TEXT_BYTES)
        return tr_fail(err, TR_E_LIMIT, "Split the agreement.", "the text is longer than %d bytes",
                       FRONT_TEXT_BYTES);
    if (!tr_utf8_ok(text, &bad))
        return tr_fail(err, TR_E_UTF8, "Save the agreement as UTF-8.", "byte %lld is not UTF-8",
                       (long long)bad + 1);
    if (!read_tokens(&l, err))
        return false;
    read_gaps(&l);
    put_all(&l);
    *formatted = tr_out_text(&l.out);
    assert(same_tokens(text, *formatted));
    return true;
}

tr_str tr_terms_words(tr_arena *keep, tr_str text)
{
    tr_out out = tr_out_new(keep);
    lexer  lex = lexer_new(text);
    bool   begins = true; /* no blank before the next token */
    TR_RESERVE(keep, &out.buf, text.len + 1);
    for (tok t = lexer_next(&lex); t.kind != TOK_END; t = lexer_next(&lex)) {
        tr_str bytes = tr_str_cut(text, t.span.begin, t.span.end);
        if (!begins && !(t.kind == TOK_SIGN && t.text.len == 1 && strchr(",;:)", t.text.at[0])))
            tr_put_char(&out, ' ');
        tr_put_str(&out, bytes);
        begins = t.kind == TOK_SIGN && (tr_str_is(t.text, "(") || tr_str_is(t.text, "\xC2\xA7"));
    }
    return tr_out_text(&out);
}
