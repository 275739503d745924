/* against.c -- the parser written by hand, held against the grammar.
 *
 * The parser notes of each sentence how it was read (front.h, `listening`): whole, stopped, or left
 * for its meaning.  The same bytes are cut by the same lexer and given to the grammar, a word as
 * the keyword that it is where the grammar can take that keyword, else as a name. */
#include "against.h"

#include <stdio.h>
#include <stdlib.h>

#include "grammar.h"
#include "terms/front.h"
#include "terms/tools.h"

static int symbol_of(const char *name)
{
    int symbol = grammar_find(name, (int)strlen(name));
    if (symbol < 0)
        abort();
    return symbol;
}

static bool capitals(tr_str word)
{
    for (ptrdiff_t i = 0; i < word.len; i++)
        if ((word.at[i] < 'A' || word.at[i] > 'Z') && word.at[i] != '_')
            return false;
    return word.len > 1;
}

static int word_or_sign(const grammar *g, const tok *t)
{
    if (tr_str_is(t->text, "\xE2\x89\xA4"))
        return symbol_of("<=");
    if (tr_str_is(t->text, "\xE2\x89\xA5"))
        return symbol_of(">=");
    int symbol = grammar_find(t->text.at, (int)t->text.len);
    if (t->kind == TOK_SIGN)
        return symbol;
    if (symbol >= GRAMMAR_FIRST && grammar_can(g, symbol))
        return symbol;
    if (t->keyword) { /* of the text's language: no name, but a kind or one of the words reported */
        const char *role = grammar_role(g, symbol_of("<name>"));
        tr_kind     kind;
        bool        kind_here = strcmp(role, "kind_name") == 0 && tr_kind_read(t->text, &kind);
        return kind_here || strcmp(role, "any") == 0 ? symbol_of("<name>") : -1;
    }
    bool big = capitals(t->text) && grammar_can(g, symbol_of("<capitals>"));
    return symbol_of(big ? "<capitals>" : "<name>");
}

static bool letters_touch(const tok *number, const tok *word)
{
    return word->kind == TOK_WORD && word->span.begin == number->span.end && word->text.len <= 8;
}

/* The words that go with the act just named, as declared above; taken off one by one. */
static tr_str words_with(const front *f, const char *role, const tok *t)
{
    int32_t act = strcmp(role, "act_name") == 0 ? front_find(f, SYM_ACT, t->text) : -1;
    return act >= 0 && f->act[act].span.begin < t->span.begin ? f->act[act].with : (tr_str){0};
}

static bool next_with(tr_str *with, tr_str word)
{
    tr_str rest = *with, next;
    bool   is = with->len > 0 && tr_str_next(&rest, ' ', &next) && tr_str_eq(next, word);
    *with = is ? rest : (tr_str){0};
    return is;
}

/* The symbol of a token; `after` is the token behind it, which is taken with it when *both. */
static int classify(const grammar *g, const tok *t, const tok *after, bool *both)
{
    int32_t major, minor;
    *both = false;
    switch (t->kind) {
    case TOK_WORD:
    case TOK_SIGN:
        return word_or_sign(g, t);
    case TOK_NUMBER:
        *both = letters_touch(t, after) && grammar_can(g, symbol_of("<xlabel>"));
        return symbol_of(*both                                   ? "<xlabel>"
                         : clause_label(t->text, &major, &minor) ? "<label>"
                                                                 : "<number>");
    case TOK_STRING:
        return symbol_of("<string>");
    case TOK_DATE:
        return symbol_of("<date>");
    case TOK_CLOCK:
        return symbol_of("<clock>");
    case TOK_MOMENT:
        return symbol_of("<moment>");
    default:
        return -1;
    }
}

/* Does the grammar take the sentence that begins at `t`?  Leaves the first token of the next. */
static bool read_sentence(const front *f, grammar *g, const front_sentence *s, lexer *lex, tok *t)
{
    bool   fits = t->first, both, told = false;
    tr_str with = {0};
    tok    unit = {.kind = TOK_END};
    bool   act = t->kind == TOK_WORD && tr_str_is(t->text, "act");
    if (fits && t->kind == TOK_NUMBER && (s->positions || s->ladder))
        grammar_take(g, symbol_of(s->positions ? "<position>" : "<ladder>"));
    do {
        tok after = unit.kind != TOK_END ? unit : lexer_next(lex);
        told |= act && t->kind == TOK_WORD &&
                (tr_str_is(t->text, "reports") || tr_str_is(t->text, "publishes"));
        if (unit.kind != TOK_END)
            unit.kind = TOK_END;
        else if (!told)
            front_parameter(f, t, &after, &unit);
        int symbol = fits ? classify(g, t, &after, &both) : -1;
        if (t->kind == TOK_WORD && next_with(&with, t->text) && grammar_can(g, symbol_of("<with>")))
            symbol = symbol_of("<with>");
        else if (symbol == symbol_of("<name>"))
            with = words_with(f, grammar_role(g, symbol), t);
        fits = symbol >= 0 && grammar_take(g, symbol);
        *t = fits && both ? lexer_next(lex) : after;
    } while (t->kind != TOK_END && !t->first);
    return fits && grammar_end(g);
}

static const char *const fits_in_words[] = {"reads whole", "stops", "leaves"};

static bool differ(const front *f, const front_sentence *s, int32_t end, bool accepts, int told,
                   char fault[AGAINST_FAULT])
{
    tr_str sentence = tr_str_cut(f->plan.text, s->first.begin, end);
    int    len =
        snprintf(fault, AGAINST_FAULT,
                 "the parser %s with %d errors, the grammar %s and tells %d, line %d: %.*s",
                 fits_in_words[s->fit], (int)s->errors, accepts ? "accepts" : "rejects", told,
                 (int)s->first.line, (int)(sentence.len < 1500 ? sentence.len : 1500), sentence.at);
    for (int32_t i = 0; i < f->result->diagnostics; i++) {
        const tr_diagnostic *d = &f->result->diagnostic[i];
        if (d->span.begin >= s->first.begin && d->span.begin < end && len < AGAINST_FAULT)
            len += snprintf(fault + len, (size_t)(AGAINST_FAULT - len), "\n  %s", d->err.text);
    }
    return false;
}

static void count_in(against_count *count, front_fit fit)
{
    count->accepted += fit == FRONT_FITS;
    count->rejected += fit == FRONT_MISFIT;
    count->left += fit == FRONT_LEFT;
}

bool against_text(tr_arena arena, tr_str text, ptrdiff_t from, against_count *count,
                  char fault[AGAINST_FAULT])
{
    tr_terms_result result;
    front           f = {.keep = &arena, .result = &result, .listening = true};
    front_read(&f, text);
    lexer lex = lexer_new(text);
    tok   t = lexer_next(&lex);
    for (ptrdiff_t i = 0; i < f.sentences.len; i++) {
        const front_sentence *s = &f.sentences.at[i];
        grammar              *g = grammar_open();
        bool                  accepts = read_sentence(&f, g, s, &lex, &t);
        int                   told = grammar_told(g);
        grammar_close(g);
        if (s->first.begin >= from)
            count_in(count, s->fit);
        if (s->fit != FRONT_LEFT &&
            (accepts != (s->fit == FRONT_FITS) || (accepts && told > 0 && s->errors == 0)))
            return differ(&f, s, t.span.begin, accepts, told, fault);
    }
    return true;
}

static bool same_subject(const tr_subject *x, const tr_subject *y)
{
    bool same = tr_str_eq(x->name, y->name) && x->fields == y->fields;
    for (int32_t k = 0; same && k < x->fields; k++)
        same = tr_str_eq(x->field[k].name, y->field[k].name) &&
               tr_str_eq(x->field[k].value, y->field[k].value);
    return same;
}

static bool same_subjects(tr_arena arena, const tr_plan *a, const tr_plan *b)
{
    const tr_subject *x, *y;
    int32_t           subjects = tr_plan_subjects(&arena, a, &x);
    bool              same = tr_plan_subjects(&arena, b, &y) == subjects;
    for (int32_t i = 0; same && i < subjects; i++)
        same = same_subject(&x[i], &y[i]);
    return same;
}

/* In the keywords of another language the same plan, and its sentences read by both alike; unless
 * a name of the text is a keyword there. */
static bool same_in(tr_arena arena, tr_str text, const char *language, const tr_plan *plan,
                    char fault[AGAINST_FAULT])
{
    tr_str          turned;
    tr_err          err = {0};
    tr_terms_result r;
    against_count   count = {0};
    if (!tr_terms_language(&arena, text, tr_str_of(language), NULL, NULL, &turned, &err))
        return err.code == TR_E_LANGUAGE || err.code == TR_E_KEYWORD_NAME;
    tr_terms_compile(&arena, turned, NULL, NULL, &r);
    snprintf(fault, AGAINST_FAULT, "in \"%s\" another plan: %.*s", language,
             (int)(turned.len < 1900 ? turned.len : 1900), turned.at);
    return r.plan && same_subjects(arena, plan, r.plan) &&
           against_text(arena, turned, 0, &count, fault);
}

bool against_layout(tr_arena arena, tr_str text, against_count *count, char fault[AGAINST_FAULT])
{
    tr_terms_result r, after;
    tr_str          laid, twice;
    tr_err          err = {0};
    tr_terms_compile(&arena, text, NULL, NULL, &r);
    if (!r.plan)
        return true;
    count->plans++;
    snprintf(fault, AGAINST_FAULT, "the layout differs: %.*s",
             (int)(text.len < 1900 ? text.len : 1900), text.at);
    if (!tr_terms_format(&arena, text, &laid, &err) ||
        !tr_terms_format(&arena, laid, &twice, &err) || !tr_str_eq(laid, twice))
        return false;
    tr_terms_compile(&arena, laid, NULL, NULL, &after);
    if (!after.plan)
        return false;
    if (!same_subjects(arena, r.plan, after.plan))
        return false;
    static const char *const languages[] = {"uk", "ru", "fr"};
    return same_in(arena, text, languages[count->plans % 3], r.plan, fault);
}
