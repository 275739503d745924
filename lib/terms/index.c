/* index.c -- where the names of an agreement are declared and used, for editors.
 *
 * The front itself notes each name as it resolves it (front_used), so that a word which only looks
 * like a name, in a report's words or in a quoted text, is none.
 */
#include "terms/front.h"
#include "terms/tools.h"

static const char *const sorts[SYM_SORTS] = {"actor",     "line",     "zone",     "class",
                                             "proof",     "counting", "register", "act",
                                             "threshold", "quantity", "placeholder"};
static const char        clause_sort[] = "clause";

typedef TR_VEC(tr_symbol) symbols;
typedef TR_VEC(tr_symbol_use) uses;

void front_used(front *f, sym_sort sort, tr_str name, tr_text_span span)
{
    tr_str said = span_text(f, span);
    if (f->indexing && sort != SYM_SORTS && f->each_now && tr_str_eq(said, f->each.name))
        *TR_PUSH(f->keep, &f->names) = (front_name){SYM_EACH, said, span};
    else if (f->indexing)
        *TR_PUSH(f->keep, &f->names) = (front_name){sort, name, span};
}

/* The sentence that declares each name, by one walk: names stand in the order of the text. */
static void find_sentences(tr_str text, symbols *list)
{
    lexer        lex = lexer_new(text);
    tr_text_span whole = {0, 0, 1};
    ptrdiff_t    next = 0;
    bool         more = true;
    while (more) {
        tok t = lexer_next(&lex);
        more = t.kind != TOK_END;
        if (more && !t.first) {
            whole.end = t.span.end;
            continue;
        }
        for (;
             next < list->len && !list->at[next].clause && list->at[next].span.begin < t.span.begin;
             next++)
            list->at[next].whole = whole;
        whole = t.span;
    }
}

static int32_t symbol_named(const symbols *list, const char *sort, tr_str name)
{
    for (ptrdiff_t i = 0; i < list->len; i++)
        if (list->at[i].sort == sort && tr_str_eq(list->at[i].name, name))
            return (int32_t)i;
    return -1;
}

static void add_use(tr_arena *keep, uses *list, int32_t symbol, tr_text_span span)
{
    if (symbol >= 0)
        *TR_PUSH(keep, list) = (tr_symbol_use){symbol, span};
}

/* A name declared twice is an error already; the first keeps it. */
static void add_symbols(front *f, symbols *list, uses *used)
{
    for (ptrdiff_t i = 0; i < f->syms.len; i++) {
        const sym *s = &f->syms.at[i];
        if (symbol_named(list, sorts[s->sort], s->name) < 0)
            *TR_PUSH(f->keep, list) = (tr_symbol){s->name, sorts[s->sort], false, s->span, s->span};
        add_use(f->keep, used, symbol_named(list, sorts[s->sort], s->name), s->span);
    }
}

static void add_clauses(front *f, symbols *list, uses *used)
{
    for (int32_t i = 0; i < f->plan.clauses; i++) {
        const tr_clause *c = &f->clause[i];
        tr_text_span     span = c->span;
        if (i > 0 && f->clause[i - 1].span.begin == span.begin)
            continue; /* the same sentence for another actor */
        span.end = span.begin + (int32_t)c->base.len;
        add_use(f->keep, used, (int32_t)list->len, span);
        *TR_PUSH(f->keep, list) = (tr_symbol){c->base, clause_sort, true, span, c->span};
    }
}

/* By place; a place that was read twice, as the head of a ladder is by each step, stays once. */
static void sort_uses(uses *list)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < list->len; i++) {
        tr_symbol_use one = list->at[i];
        ptrdiff_t     k = kept;
        while (k > 0 && list->at[k - 1].span.begin > one.span.begin)
            k--;
        if (k > 0 && list->at[k - 1].span.begin == one.span.begin)
            continue;
        memmove(list->at + k + 1, list->at + k, (size_t)(kept - k) * sizeof one);
        list->at[k] = one;
        kept++;
    }
    list->len = kept;
}

void tr_terms_index(tr_arena *keep, tr_str text, tr_terms_files files, void *context,
                    tr_terms_places *places)
{
    symbols list = {0};
    uses    used = {0};
    front   f = {.keep = keep, .files = files, .context = context, .indexing = true};
    *places = (tr_terms_places){0};
    f.result = &places->result;
    front_read(&f, text);
    add_symbols(&f, &list, &used);
    add_clauses(&f, &list, &used);
    for (ptrdiff_t i = 0; i < f.names.len; i++) {
        const front_name *n = &f.names.at[i];
        const char       *sort = n->sort == SYM_SORTS ? clause_sort : sorts[n->sort];
        int32_t           symbol = symbol_named(&list, sort, n->name);
        int32_t           clause = symbol < 0 ? tr_plan_clause(&f.plan, n->name) : -1;
        if (clause >= 0) /* 6.1-A stands where 6.1 does */
            symbol = symbol_named(&list, sort, f.clause[clause].base);
        add_use(keep, &used, symbol, n->span);
    }
    sort_uses(&used);
    find_sentences(text, &list);
    places->symbol = list.at;
    places->symbols = (int32_t)list.len;
    places->use = used.at;
    places->uses = (int32_t)used.len;
}

int32_t tr_places_at(const tr_terms_places *places, int32_t offset)
{
    for (int32_t i = 0; i < places->uses; i++)
        if (places->use[i].span.begin <= offset && offset <= places->use[i].span.end)
            return i;
    return -1;
}

bool tr_terms_name_ok(tr_str name)
{
    lexer lex = lexer_new(name);
    tok   t = lexer_next(&lex);
    return t.kind == TOK_WORD && t.span.end == name.len && t.span.begin == 0 &&
           name.len <= FRONT_NAME_BYTES && !front_refused(name) && !front_vague(name);
}
