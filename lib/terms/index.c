/* index.c -- where the names of an agreement are declared and used, for editors.
 *
 * The front itself notes each name as it resolves it (front_used), so that a word which only looks
 * like a name, in a report's words or in a quoted text, is none.
 */
#include "terms/front.h"
#include "terms/tools.h"

static const char *const sorts[SYM_SORTS] = {"actor",     "line",     "zone",     "class",
                                             "proof",     "counting", "register", "act",
                                             "threshold", "quantity", "placeholder",
                                             "instrument", "statement", "parameter"};
static const char        clause_sort[] = "clause";

/* Names in the order found, and a table of them by the hash of sort and name. */
typedef struct {
    tr_symbol *at;
    ptrdiff_t  len, room;
    int32_t   *slot; /* [slots], a power of two: 1 + index, 0: free */
    uint32_t   slots;
} symbols;
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

static symbols room_for(tr_arena *keep, ptrdiff_t room)
{
    symbols list = {.room = room, .slots = 16};
    while (list.slots < 2 * room)
        list.slots *= 2;
    list.at = TR_NEW(keep, tr_symbol, room);
    list.slot = TR_NEW(keep, int32_t, list.slots);
    return list;
}

/* The slot of that name, or the free one where it would stand. */
static int32_t *slot_of(const symbols *list, const char *sort, tr_str name)
{
    uint32_t at = 2166136261u ^ (uint32_t)(unsigned char)sort[0] << 8 ^ (unsigned char)sort[1];
    for (ptrdiff_t i = 0; i < name.len; i++)
        at = (at ^ (unsigned char)name.at[i]) * 16777619u;
    for (at ^= at >> 15;; at++) {
        int32_t *slot = &list->slot[at & (list->slots - 1)];
        if (*slot == 0 ||
            (list->at[*slot - 1].sort == sort && tr_str_eq(list->at[*slot - 1].name, name)))
            return slot;
    }
}

static int32_t symbol_named(const symbols *list, const char *sort, tr_str name)
{
    return *slot_of(list, sort, name) - 1;
}

/* A name declared twice is an error already; the first keeps it. */
static int32_t add_symbol(symbols *list, tr_symbol symbol)
{
    int32_t *slot = slot_of(list, symbol.sort, symbol.name);
    assert(list->len < list->room);
    if (*slot == 0) {
        list->at[list->len++] = symbol;
        *slot = (int32_t)list->len;
    }
    return *slot - 1;
}

static void add_use(tr_arena *keep, uses *list, int32_t symbol, tr_text_span span)
{
    if (symbol >= 0)
        *TR_PUSH(keep, list) = (tr_symbol_use){symbol, span};
}

static void add_symbols(front *f, symbols *list, uses *used)
{
    for (ptrdiff_t i = 0; i < f->syms.len; i++) {
        const sym *s = &f->syms.at[i];
        int32_t    symbol =
            add_symbol(list, (tr_symbol){s->name, sorts[s->sort], false, s->span, s->span});
        add_use(f->keep, used, symbol, s->span);
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
        add_use(f->keep, used,
                add_symbol(list, (tr_symbol){c->base, clause_sort, true, span, c->span}), span);
    }
}

/* Runs [low, middle) and [middle, high), each by place, into one. */
static void merge(const tr_symbol_use *from, tr_symbol_use *to, ptrdiff_t low, ptrdiff_t middle,
                  ptrdiff_t high)
{
    ptrdiff_t a = low, b = middle;
    for (ptrdiff_t i = low; i < high; i++)
        to[i] = b >= high || (a < middle && from[a].span.begin <= from[b].span.begin) ? from[a++]
                                                                                      : from[b++];
}

/* By place; a place that was read twice, as the head of a ladder is by each step, stays once. */
static void sort_uses(tr_arena *keep, uses *list)
{
    tr_symbol_use *other = TR_NEW(keep, tr_symbol_use, list->len);
    ptrdiff_t      kept = 0;
    for (ptrdiff_t run = 1; run < list->len; run *= 2) {
        for (ptrdiff_t low = 0; low < list->len; low += 2 * run) {
            ptrdiff_t middle = low + run < list->len ? low + run : list->len;
            ptrdiff_t high = middle + run < list->len ? middle + run : list->len;
            merge(list->at, other, low, middle, high);
        }
        tr_symbol_use *swap = list->at;
        list->at = other;
        other = swap;
    }
    for (ptrdiff_t i = 0; i < list->len; i++)
        if (kept == 0 || list->at[kept - 1].span.begin != list->at[i].span.begin)
            list->at[kept++] = list->at[i];
    list->len = kept;
}

void tr_terms_index(tr_arena *keep, tr_str text, tr_terms_files files, void *context,
                    tr_terms_places *places)
{
    uses  used = {0};
    front f = {.keep = keep, .files = files, .context = context, .indexing = true};
    *places = (tr_terms_places){0};
    f.result = &places->result;
    front_read(&f, text);
    symbols list = room_for(keep, f.syms.len + f.plan.clauses);
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
    sort_uses(keep, &used);
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
