/* lex.c -- tokens of an agreement text.
 *
 * Names are of the letters a to z on purpose: a Cyrillic A that looks like a Latin one would be
 * another party.  Titles and remarks in quotes may use any script.  A text whose first sentence is
 * `language uk` has keywords of that language: such a token carries the English word, its span
 * stays, and a phrase is handed out word by word.  Total on any bytes: each call
 * takes at least one byte or returns TOK_END.
 */
#include "terms/front.h"

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char at(const lexer *lex, int32_t i)
{
    return i < lex->text.len ? lex->text.at[i] : '\0';
}

static bool here(const lexer *lex, int32_t i, const char *bytes)
{
    return tr_str_starts(tr_str_from(lex->text, i), bytes);
}

/* The language that the first sentence names; its words are the same in every language. */
static int32_t language_of(lexer lex)
{
    tok     word = lexer_next(&lex), name = lexer_next(&lex);
    int32_t lang = keyword_lang(name.text);
    return word.kind == TOK_WORD && word.first && tr_str_is(word.text, "language") &&
                   name.kind == TOK_WORD && !name.first && lang > 0
               ? lang
               : 0;
}

lexer lexer_new(tr_str text)
{
    lexer lex = {.text = text, .line = 1, .no_triple = -1};
    if (here(&lex, 0, "\xEF\xBB\xBF"))
        lex.at = lex.line_begin = 3;
    lex.lang = language_of(lex);
    return lex;
}

static void new_line(lexer *lex)
{
    lex->at++;
    lex->line++;
    lex->line_begin = lex->at;
}

static void skip_blanks(lexer *lex)
{
    while (lex->at < lex->text.len) {
        char c = at(lex, lex->at);
        if (c == '\n')
            new_line(lex);
        else if (c == ' ' || c == '\t' || c == '\r')
            lex->at++;
        else if (here(lex, lex->at, "\xC2\xA0"))
            lex->at += 2;
        else if (c == '#')
            while (lex->at < lex->text.len && at(lex, lex->at) != '\n')
                lex->at++;
        else
            return;
    }
}

static bool digits(const lexer *lex, int32_t i, int count)
{
    for (int k = 0; k < count; k++)
        if (!digit(at(lex, i + k)))
            return false;
    return true;
}

static tok_kind lex_word(lexer *lex)
{
    int32_t i = lex->at;
    for (;; i++) {
        char c = at(lex, i), next = at(lex, i + 1);
        bool inner = (c == '-' || c == '.') && (letter(next) || digit(next));
        if (!letter(c) && !digit(c) && !inner)
            break;
    }
    lex->at = i;
    return TOK_WORD;
}

/* Bytes of a number in groups of three: 800,000 and 14,000,000; 0 when it is none. */
static int32_t thousands(const lexer *lex, int32_t i)
{
    int32_t head = 0, len;
    while (head < 4 && digit(at(lex, i + head)))
        head++;
    for (len = head; at(lex, i + len) == ',' && digits(lex, i + len + 1, 3) &&
                     !digit(at(lex, i + len + 4));)
        len += 4;
    return head < 4 && len > head ? len : 0;
}

static tok_kind lex_number(lexer *lex)
{
    int32_t i = lex->at;
    if (digits(lex, i, 4) && at(lex, i + 4) == '-' && digits(lex, i + 5, 2) &&
        at(lex, i + 7) == '-' && digits(lex, i + 8, 2)) {
        lex->at = i += 10;
        if (at(lex, i) != 'T' || !digit(at(lex, i + 1)))
            return TOK_DATE;
        for (i++; digit(at(lex, i)) || (at(lex, i) && strchr(":.Z+-", at(lex, i))); i++)
            ;
        lex->at = i;
        return TOK_MOMENT;
    }
    if (digits(lex, i, 2) && at(lex, i + 2) == ':' && digits(lex, i + 3, 2)) {
        lex->at = i + 5;
        if (at(lex, i + 5) == ':' && digits(lex, i + 6, 2))
            lex->at = i + 8;
        return TOK_CLOCK;
    }
    bool dot = false;
    i += thousands(lex, i);
    for (; digit(at(lex, i)) || (at(lex, i) == '.' && digit(at(lex, i + 1))); i++)
        dot = dot || at(lex, i) == '.';
    if (dot && at(lex, i) == '-' && letter(at(lex, i + 1))) { /* 6.1-A: of one actor */
        lex->at = i + 1;
        return lex_word(lex), TOK_NUMBER;
    }
    lex->at = i;
    return TOK_NUMBER;
}

/* The offset of the closing """, or -1; a failed search is not made twice. */
static int32_t triple_end(lexer *lex, int32_t i)
{
    if (lex->no_triple >= 0 && i >= lex->no_triple)
        return -1;
    for (int32_t k = i; k + 3 <= lex->text.len; k++)
        if (at(lex, k) == '"' && at(lex, k + 1) == '"' && at(lex, k + 2) == '"')
            return k;
    lex->no_triple = i;
    return -1;
}

static tok_kind lex_string(lexer *lex, tr_str *inside)
{
    int32_t begin = lex->at + 1;
    if (here(lex, lex->at, "\"\"\"")) {
        int32_t end = triple_end(lex, lex->at + 3);
        if (end >= 0) {
            *inside = tr_str_cut(lex->text, lex->at + 3, end);
            while (lex->at < end + 3)
                if (at(lex, lex->at) == '\n')
                    new_line(lex);
                else
                    lex->at++;
            return TOK_STRING;
        }
    }
    int32_t end = begin;
    while (end < lex->text.len && at(lex, end) != '"' && at(lex, end) != '\n')
        end++;
    *inside = tr_str_cut(lex->text, begin, end);
    bool closed = end < lex->text.len && at(lex, end) == '"';
    lex->at = closed ? end + 1 : end;
    return closed ? TOK_STRING : TOK_OPEN;
}

/* A run of characters outside the language is one mistake, not one a byte. */
static tok_kind lex_other(lexer *lex)
{
    static const char *const signs[] = {
        "<=", ">=", "\xE2\x89\xA4", "\xE2\x89\xA5", "\xC2\xA7", ",", ":", ";", "(", ")", "<", ">",
        "%",  "="};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (here(lex, lex->at, signs[i])) {
            lex->at += (int32_t)strlen(signs[i]);
            return TOK_SIGN;
        }
    bool high = (unsigned char)at(lex, lex->at) >= 0x80;
    lex->at++;
    while (high && lex->at < lex->text.len && (unsigned char)at(lex, lex->at) >= 0x80 &&
           !here(lex, lex->at, "\xC2\xA0") && !here(lex, lex->at, "\xC2\xA7"))
        lex->at++;
    return TOK_BAD;
}

/* A letter of any script; the high bytes of signs and blanks are none. */
static bool wide_letter(const lexer *lex, int32_t i)
{
    return (unsigned char)at(lex, i) >= 0x80 && !here(lex, i, "\xC2\xA0") &&
           !here(lex, i, "\xC2\xA7") && !here(lex, i, "\xE2\x89\xA4") &&
           !here(lex, i, "\xE2\x89\xA5");
}

/* In a text with keywords of its own: a keyword, a name, or a word that is neither. */
static tok_kind lex_wide(lexer *lex, tok *token)
{
    int32_t end, i = lex->at;
    bool    plain = true;
    if (keyword_at(lex->lang, lex->text, lex->at, &token->text, &end)) {
        token->keyword = true;
        lex->at = end;
        return TOK_WORD;
    }
    for (;; i++) {
        char c = at(lex, i), next = at(lex, i + 1);
        bool wide = wide_letter(lex, i);
        bool inner = (c == '-' || c == '.') && (letter(next) || digit(next));
        if (!wide && !letter(c) && !digit(c) && !inner)
            break;
        plain = plain && !wide;
    }
    lex->at = i;
    return plain ? TOK_WORD : TOK_BAD;
}

/* The next word of a phrase. */
static tok next_of_phrase(lexer *lex)
{
    tok token = {.kind = TOK_WORD, .keyword = true, .span = lex->rest_span};
    tr_str_next(&lex->rest, ' ', &token.text);
    return token;
}

static void cut_phrase(lexer *lex, tok *token)
{
    tr_str phrase = token->text;
    if (lex->whole || !token->keyword || tr_str_find(phrase, ' ') < 0)
        return;
    tr_str_next(&phrase, ' ', &token->text);
    lex->rest = phrase;
    lex->rest_span = token->span;
}

tok lexer_next(lexer *lex)
{
    if (lex->rest.len > 0)
        return next_of_phrase(lex);
    skip_blanks(lex);
    tok token = {.kind = TOK_END, .span = {lex->at, lex->at, lex->line}};
    if (lex->at >= lex->text.len)
        return token;

    token.first = lex->at == lex->line_begin;
    char c = at(lex, lex->at);
    if (digit(c))
        token.kind = lex_number(lex);
    else if (lex->lang > 0 && (letter(c) || wide_letter(lex, lex->at)))
        token.kind = lex_wide(lex, &token);
    else if (letter(c))
        token.kind = lex_word(lex);
    else if (c == '"')
        token.kind = lex_string(lex, &token.text);
    else
        token.kind = lex_other(lex);
    token.span.end = lex->at;
    cut_phrase(lex, &token);
    if (token.kind != TOK_STRING && token.kind != TOK_OPEN && !token.keyword)
        token.text = tr_str_cut(lex->text, token.span.begin, token.span.end);
    return token;
}
