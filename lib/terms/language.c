/* language.c -- the sentence `language uk`, and a text put into the keywords of another language.
 *
 * The front says which words of the text are names or stand as they are (name_spans); all others
 * are keywords.  A run of them is cut into the longest phrases that have a row.  Layout, comments
 * and quoted texts stay; the result is read again and must give the same words.
 */
#include "terms/tools.h"

#include <stdlib.h>

#include "terms/front.h"

void parse_language(front *f)
{
    static const char hint[] = "Write as the first sentence: language uk";
    tr_text_span      head = f->last.span;
    tr_str            name;
    tr_text_span      span;
    if (!need_name(f, &name, &span, "a language", hint))
        return;
    if (keyword_lang(name) < 0)
        front_report(f, (report){TR_E_LANGUAGE, span, NULL, "Write en, uk, ru or fr.", false},
                     "there is no keyword table for \"%s\"", front_quote(name).z);
    else if (f->begun != 1)
        front_report(f, (report){TR_E_LANGUAGE, head, NULL, hint, false},
                     "the language is named after the first sentence");
}

typedef TR_VEC(tok) tokens;

/* All tokens, phrases word by word. */
static tokens tokens_of(tr_arena *keep, tr_str text)
{
    tokens list = {0};
    lexer  lex = lexer_new(text);
    for (tok t = lexer_next(&lex); t.kind != TOK_END; t = lexer_next(&lex))
        *TR_PUSH(keep, &list) = t;
    return list;
}

typedef struct {
    tr_arena    *keep;
    tr_str       text;
    tokens       tokens;
    const front *front;
    int32_t      lang;
    tr_out       out;
    int32_t      done; /* bytes of the text that are written */
} turning;

static int by_place(const void *a, const void *b)
{
    const tr_text_span *x = a, *y = b;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static bool is_name(const turning *t, tr_text_span span)
{
    ptrdiff_t low = 0, high = t->front->name_spans.len;
    while (low < high) {
        ptrdiff_t middle = (low + high) / 2;
        if (t->front->name_spans.at[middle].begin < span.begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->front->name_spans.len && t->front->name_spans.at[low].begin == span.begin;
}

/* Do the words at i and i + 1 stand beside each other on one line? */
static bool beside(const turning *t, ptrdiff_t i)
{
    tr_text_span a = t->tokens.at[i].span, b = t->tokens.at[i + 1].span;
    if (a.begin == b.begin)
        return true; /* of one phrase */
    for (int32_t k = a.end; k < b.begin; k++)
        if (t->text.at[k] != ' ' && t->text.at[k] != '\t')
            return false;
    return true;
}

/* The most words from i that have a row together; 1 also when there is none. */
static ptrdiff_t phrase_of(const turning *t, ptrdiff_t i, const bool *word, tr_str *form)
{
    for (ptrdiff_t n = KEYWORD_WORDS; n >= 1; n--) {
        tr_arena scratch = *t->keep;
        tr_out   words = tr_out_new(&scratch);
        bool     whole = i + n <= t->tokens.len;
        for (ptrdiff_t k = i; k < i + n && whole; k++) {
            whole = word[k] && (k == i || beside(t, k - 1));
            tr_put(&words, "%s%.*s", k > i ? " " : "", TR_FMT(t->tokens.at[k].text));
        }
        /* not half of what is one phrase in the text */
        if (whole && i + n < t->tokens.len &&
            t->tokens.at[i + n].span.begin == t->tokens.at[i + n - 1].span.begin)
            whole = false;
        if (whole && keyword_form(t->lang, tr_out_text(&words), form))
            return n;
    }
    return 0;
}

static void put_words(turning *t, ptrdiff_t i, ptrdiff_t n, tr_str form)
{
    tr_put_str(&t->out, tr_str_cut(t->text, t->done, t->tokens.at[i].span.begin));
    tr_put_str(&t->out, form);
    t->done = t->tokens.at[i + n - 1].span.end;
}

static void put_all(turning *t)
{
    bool *word = TR_NEW(t->keep, bool, t->tokens.len + 1);
    for (ptrdiff_t i = 0; i < t->tokens.len; i++)
        word[i] = t->tokens.at[i].kind == TOK_WORD && !is_name(t, t->tokens.at[i].span);
    for (ptrdiff_t i = 0; i < t->tokens.len;) {
        tr_str    form;
        ptrdiff_t n = word[i] ? phrase_of(t, i, word, &form) : 0;
        if (n > 0) {
            put_words(t, i, n, form);
        } else if (word[i] && t->tokens.at[i].keyword) {
            n = 1;
            put_words(t, i, n, t->tokens.at[i].text);
        }
        i += n > 0 ? n : 1;
    }
    tr_put_str(&t->out, tr_str_from(t->text, t->done));
}

/* The sentence `language X` taken out, or put before the first word. */
static tr_str with_language(tr_arena *keep, tr_str text, int32_t lang)
{
    static const char *const heads[] = {"", "language uk\n", "language ru\n", "language fr\n"};
    tr_out                   out = tr_out_new(keep);
    lexer                    lex = lexer_new(text);
    tok                      first = lexer_next(&lex);
    tr_put_str(&out, tr_str_cut(text, 0, first.span.begin));
    tr_put(&out, "%s", heads[lang]);
    int32_t from = first.span.begin;
    if (tr_str_is(first.text, "language")) {
        from = lexer_next(&lex).span.end;
        while (from < text.len && (text.at[from] == ' ' || text.at[from] == '\r'))
            from++;
        from += from < text.len && text.at[from] == '\n';
    }
    tr_put_str(&out, tr_str_from(text, from));
    return tr_out_text(&out);
}

static tr_str bytes_of(tr_str text, tr_text_span span)
{
    return tr_str_cut(text, span.begin, span.end);
}

/* The same sentences, word for word in English; names and words that stand as they are, as
 * written. */
static bool same_words(tr_arena scratch, tr_str a, tr_str b)
{
    tokens    x = tokens_of(&scratch, a), y = tokens_of(&scratch, b);
    ptrdiff_t i = 0, k = 0;
    i += x.len > 1 && tr_str_is(x.at[0].text, "language") ? 2 : 0;
    k += y.len > 1 && tr_str_is(y.at[0].text, "language") ? 2 : 0;
    if (x.len - i != y.len - k)
        return false;
    for (; i < x.len; i++, k++)
        if (x.at[i].kind != y.at[k].kind ||
            (!tr_str_eq(x.at[i].text, y.at[k].text) &&
             !tr_str_eq(bytes_of(a, x.at[i].span), bytes_of(b, y.at[k].span))))
            return false;
    return true;
}

/* The first mistake of a text that was read; false when there is none. */
static bool mistake(const tr_terms_result *result, tr_err *err)
{
    for (int32_t i = 0; i < result->diagnostics; i++)
        if (!result->diagnostic[i].warning) {
            *err = result->diagnostic[i].err;
            return true;
        }
    return false;
}

bool tr_terms_language(tr_arena *keep, tr_str text, tr_str language, tr_terms_files files,
                       void *context, tr_str *turned, tr_err *err)
{
    tr_terms_result result;
    front           f = {.keep = keep, .files = files, .context = context, .indexing = true};
    turning t = {.keep = keep, .text = text, .front = &f, .out = tr_out_new(keep)};
    f.result = &result;
    t.lang = keyword_lang(language);
    if (t.lang < 0)
        return tr_fail(err, TR_E_LANGUAGE, "Write en, uk, ru or fr.",
                       "there is no keyword table for \"%s\"", front_quote(language).z);
    front_read(&f, text);
    if (mistake(&result, err))
        return false;
    if (f.name_spans.len > 1)
        qsort(f.name_spans.at, (size_t)f.name_spans.len, sizeof f.name_spans.at[0], by_place);
    t.tokens = tokens_of(keep, text);
    put_all(&t);
    /* the keywords are those of the new language already */
    *turned = with_language(keep, tr_out_text(&t.out), t.lang);
    if (!same_words(*keep, text, *turned))
        return tr_fail(err, TR_E_LANGUAGE, "Choose other names for what stands beside keywords.",
                       "some words of the text read otherwise in \"%s\"", front_quote(language).z);
    tr_terms_compile(keep, *turned, files, context, &result);
    return !mistake(&result, err);
}
