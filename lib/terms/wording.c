/* wording.c -- the authentic wordings of clauses, compared with one another and with the clause.
 *
 *     text en, uk
 *     text 2.1 uk """..."""
 *     party A "Party A" uk "..."
 *
 * Taken from a wording: numbers (in digits with their separators, in words up to twenty) with their
 * units, dates, the actors named, and what it binds to: must, must not, should, may, guarantee,
 * assurance.  The words are data, wording.def.  Each language is held against the first one that
 * stands, and that one against the clause.  A difference is a warning: a machine cannot know which
 * of them is meant.
 */
#include "terms/front.h"

#include <stdio.h>

/* ---- words ---- */

enum { SORT_NUMBER, SORT_MANY, SORT_SECONDS, SORT_DAYS, SORT_MONTHS, SORT_MM, SORT_PERCENT };
enum { SORT_MONTH = SORT_PERCENT + 1, SORT_MODAL, SORT_PARTIES };
enum { MUST = 1, MUST_NOT = 2, SHOULD = 4, MAY = 8, GUARANTEE = 16, ASSURANCE = 32 };

static const struct {
    int         sort;
    int64_t     value;
    const char *form[KEYWORD_LANGS];
} rows[] = {
#define WORDING(sort, value, en, uk, ru, fr) {SORT_##sort, value, {en, uk, ru, fr}},
#include "terms/wording.def"
#undef WORDING
};
enum { ROWS = sizeof rows / sizeof rows[0] };

typedef struct {
    int64_t value; /* of a number, with four decimals */
    tr_str  text;  /* small letters */
    bool    number;
    bool    date; /* value is year * 10000 + month * 100 + day */
} word;
typedef TR_VEC(word) words;

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static char at(tr_str text, ptrdiff_t i)
{
    return i < text.len ? text.at[i] : '\0';
}

/* Small letters, in place: Latin, Latin-1 with accents, Cyrillic. */
static void small(char *a, ptrdiff_t len)
{
    for (ptrdiff_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)a[i], d = i + 1 < len ? (unsigned char)a[i + 1] : 0;
        if (c >= 'A' && c <= 'Z') {
            a[i] = (char)(c + 32);
        } else if (c == 0xC3 && d >= 0x80 && d <= 0x9E) {
            a[++i] = (char)(d + 32);
        } else if (c == 0xD0 && d >= 0x90 && d <= 0x9F) {
            a[++i] = (char)(d + 32);
        } else if (c == 0xD0 && d >= 0xA0 && d <= 0xAF) {
            a[i] = (char)0xD1;
            a[++i] = (char)(d - 32);
        } else if (c == 0xD0 && d >= 0x80 && d <= 0x8F) {
            a[i] = (char)0xD1;
            a[++i] = (char)(d + 16);
        } else if (c == 0xD2 && d == 0x90) {
            a[++i] = (char)0x91;
        }
    }
}

/* Bytes of a blank that may stand between thousands, or 0. */
static int thin_blank(tr_str text, ptrdiff_t i)
{
    tr_str rest = tr_str_from(text, i);
    return at(text, i) == ' '                    ? 1
           : tr_str_starts(rest, "\xC2\xA0")     ? 2
           : tr_str_starts(rest, "\xE2\x80\xAF") ? 3
           : tr_str_starts(rest, "\xE2\x80\x89") ? 3
                                                 : 0;
}

static bool three_digits(tr_str text, ptrdiff_t i)
{
    return digit(at(text, i)) && digit(at(text, i + 1)) && digit(at(text, i + 2)) &&
           !digit(at(text, i + 3));
}

static int64_t whole_of(tr_str text, ptrdiff_t i, int count)
{
    int64_t value = 0;
    for (int k = 0; k < count; k++)
        value = value * 10 + (at(text, i + k) - '0');
    return value;
}

static bool digits_at(tr_str text, ptrdiff_t i, int count)
{
    for (int k = 0; k < count; k++)
        if (!digit(at(text, i + k)))
            return false;
    return true;
}

/* 2025-12-15 or 15.12.2025; the bytes it takes, or 0. */
static int date_at(tr_str text, ptrdiff_t i, int64_t *value)
{
    if (digits_at(text, i, 4) && at(text, i + 4) == '-' && digits_at(text, i + 5, 2) &&
        at(text, i + 7) == '-' && digits_at(text, i + 8, 2)) {
        *value = whole_of(text, i, 4) * 10000 + whole_of(text, i + 5, 2) * 100 +
                 whole_of(text, i + 8, 2);
        return 10;
    }
    if (digits_at(text, i, 2) && at(text, i + 2) == '.' && digits_at(text, i + 3, 2) &&
        at(text, i + 5) == '.' && digits_at(text, i + 6, 4)) {
        *value = whole_of(text, i + 6, 4) * 10000 + whole_of(text, i + 3, 2) * 100 +
                 whole_of(text, i, 2);
        return 10;
    }
    return 0;
}

/* 800,000  800 000  800.000  2.5  2,5: where it ends. */
static ptrdiff_t number_at(tr_str text, ptrdiff_t i, int32_t lang, int64_t *value)
{
    char    group = lang == 0 ? ',' : '.', point = lang == 0 ? '.' : ',';
    int64_t whole = 0, part = 0, scale = 1;
    int     run = 0; /* digits since the last separator */
    for (;;) {
        int between = at(text, i) == group ? 1 : thin_blank(text, i);
        if (digit(at(text, i)) && whole < INT64_C(100000000000)) {
            whole = whole * 10 + (at(text, i++) - '0');
            run++;
        } else if (between > 0 && run <= 3 && three_digits(text, i + between)) {
            i += between;
            run = 0;
        } else {
            break;
        }
    }
    while (digit(at(text, i))) /* beyond all bounds */
        i++;
    if (at(text, i) == point && digit(at(text, i + 1)))
        for (i++; digit(at(text, i)); i++)
            if (scale < 10000) {
                part = part * 10 + (at(text, i) - '0');
                scale *= 10;
            }
    *value = whole * 10000 + part * (10000 / scale);
    return i;
}

static bool word_byte(tr_str text, ptrdiff_t i)
{
    char c = at(text, i);
    if ((unsigned char)c >= 0x80)
        return thin_blank(text, i) == 0 && !tr_str_starts(tr_str_from(text, i), "\xC2") &&
               (!tr_str_starts(tr_str_from(text, i), "\xE2\x80") ||
                tr_str_starts(tr_str_from(text, i), "\xE2\x80\x99"));
    return (c >= 'a' && c <= 'z') || c == '\'' || c == '-' || c == '_' || digit(c);
}

static words words_of(tr_arena *keep, tr_str text, int32_t lang)
{
    words  list = {0};
    tr_str low = tr_str_keep(keep, text);
    small((char *)(uintptr_t)low.at, low.len);
    for (ptrdiff_t i = 0; i < low.len;) {
        word      w = {.text = tr_str_cut(low, i, i + 1)};
        ptrdiff_t end = i;
        if (digit(at(low, i))) {
            int date = date_at(low, i, &w.value);
            w.number = date == 0;
            w.date = date > 0;
            end = date > 0 ? i + date : number_at(low, i, lang, &w.value);
        } else {
            while (end < low.len && word_byte(low, end))
                end += (unsigned char)at(low, end) < 0xC0   ? 1
                       : (unsigned char)at(low, end) < 0xE0 ? 2
                                                            : 3;
        }
        if (end == i) {
            if (at(low, i) == '%')
                *TR_PUSH(keep, &list) = (word){.text = TR_STR("%")};
            i++;
            continue;
        }
        w.text = tr_str_cut(low, i, end);
        *TR_PUSH(keep, &list) = w;
        i = end;
    }
    return list;
}

static bool fits(tr_str form, tr_str text)
{
    if (form.len > 0 && form.at[form.len - 1] == '*')
        return text.len >= form.len - 1 &&
               tr_str_eq(tr_str_cut(text, 0, form.len - 1), tr_str_cut(form, 0, form.len - 1));
    return tr_str_eq(form, text);
}

/* How many words from i a form takes, or 0. */
static int32_t form_takes(tr_str form, const words *list, ptrdiff_t i)
{
    tr_str  piece;
    int32_t n = 0;
    while (tr_str_next(&form, ' ', &piece)) {
        if (i + n >= list->len || list->at[i + n].number || !fits(piece, list->at[i + n].text))
            return 0;
        n++;
    }
    return n;
}

/* The row of that sort, or sorts, whose form takes most words from i; -1 when none does. */
static int row_at(const words *list, ptrdiff_t i, int32_t lang, int low, int high, int32_t *taken)
{
    int best = -1;
    *taken = 0;
    for (int r = 0; r < ROWS; r++) {
        tr_str rest = tr_str_of(rows[r].form[lang]), form;
        if (rows[r].sort < low || rows[r].sort > high)
            continue;
        while (tr_str_next(&rest, '|', &form)) {
            int32_t n = form_takes(form, list, i);
            if (n > *taken) {
                best = r;
                *taken = n;
            }
        }
    }
    return best;
}

/* ---- what a wording says ---- */

enum { ITEM_PLAIN = 100, ITEM_DATE };
typedef struct {
    int64_t value; /* with four decimals, in the unit of its sort; of a date yyyymmdd */
    int     sort;
    tr_str  shown;
} item;
typedef TR_VEC(item) items;

typedef struct {
    items    items;
    uint64_t actors;  /* named, each by itself or as all parties */
    uint64_t alone;   /* named by itself */
    uint64_t unknown; /* that this language gives no name: their absence says nothing */
    uint32_t modal;
} sayings;

static void push_item(tr_arena *keep, items *list, item one)
{
    tr_out                   out = tr_out_new(keep);
    static const char *const units[] = {[SORT_SECONDS] = " s",
                                        [SORT_DAYS] = " days",
                                        [SORT_MONTHS] = " months",
                                        [SORT_MM] = " mm",
                                        [SORT_PERCENT] = " %"};
    if (one.sort == ITEM_DATE) {
        tr_put(&out, "%04lld-%02lld-%02lld", (long long)(one.value / 10000),
               (long long)(one.value / 100 % 100), (long long)(one.value % 100));
    } else {
        int64_t whole = one.value / 10000, part = one.value % 10000;
        int     hours = one.sort == SORT_SECONDS && whole % 3600 == 0 && part == 0;
        bool    km = one.sort == SORT_MM && whole % 1000000 == 0 && part == 0;
        tr_put(&out, "%lld", (long long)(hours ? whole / 3600 : km ? whole / 1000000 : whole));
        if (part > 0)
            tr_put(&out, ".%04lld", (long long)part);
        tr_put(&out, "%s",
               hours                    ? " hours"
               : km                     ? " km"
               : one.sort == ITEM_PLAIN ? ""
                                        : units[one.sort]);
    }
    one.shown = tr_out_text(&out);
    *TR_PUSH(keep, list) = one;
}

/* 15 December 2025 | December 15, 2025 | 15 December: words it takes, or 0. */
static int32_t written_date(const words *list, ptrdiff_t i, int32_t lang, int64_t *value)
{
    int32_t   month_words, before = 0;
    bool      first = list->at[i].number; /* the day stands first */
    ptrdiff_t m = first ? i + 1 : i;
    if (first && m < list->len && tr_str_is(list->at[m].text, "er"))
        m++, before++;
    int row = m < list->len ? row_at(list, m, lang, SORT_MONTH, SORT_MONTH, &month_words) : -1;
    if (row < 0)
        return 0;
    ptrdiff_t day = first ? i : m + 1, year = first ? m + 1 : m + 2;
    if (day >= list->len || !list->at[day].number || list->at[day].value % 10000 != 0 ||
        list->at[day].value > 31 * 10000)
        return 0;
    bool has_year = year < list->len && list->at[year].number &&
                    list->at[year].value >= 1900 * 10000 && list->at[year].value < 2200 * 10000;
    *value = (has_year ? list->at[year].value / 10000 : 0) * 10000 + rows[row].value * 100 +
             list->at[day].value / 10000;
    return 2 + before + has_year;
}

/* The number at i with what multiplies it and its unit; words taken. */
static int32_t take_number(tr_arena *keep, const words *list, ptrdiff_t i, int32_t lang, sayings *s)
{
    int32_t taken = 1, more;
    item    one = {list->at[i].value, ITEM_PLAIN, {0}};
    bool    in_words = !list->at[i].number;
    if (in_words) {
        int row = row_at(list, i, lang, SORT_NUMBER, SORT_NUMBER, &taken);
        if (row < 0)
            return 0;
        one.value = rows[row].value * 10000;
    }
    int row = row_at(list, i + taken, lang, SORT_MANY, SORT_MANY, &more);
    if (row >= 0 && one.value < INT64_C(100000000)) {
        one.value *= rows[row].value;
        taken += more;
    }
    row = row_at(list, i + taken, lang, SORT_SECONDS, SORT_PERCENT, &more);
    if (i + taken < list->len && tr_str_is(list->at[i + taken].text, "%")) {
        one.sort = SORT_PERCENT;
        taken++;
    } else if (row >= 0 && one.value < INT64_C(1000000000000)) {
        one.sort = rows[row].sort;
        one.value *= rows[row].value;
        taken += more;
    }
    if (one.sort != ITEM_PLAIN || one.value != 10000) /* "one" is also an article */
        push_item(keep, &s->items, one);
    return taken;
}

/* A word of a name, as it may be inflected: its last two letters may differ. */
static bool same_stem(tr_str a, tr_str b)
{
    ptrdiff_t wide = (unsigned char)at(a, 0) >= 0x80 ? 2 : 1;
    ptrdiff_t stem = a.len - 2 * wide;
    if (a.len <= 4 * wide || b.len < stem)
        return tr_str_eq(a, b);
    return tr_str_eq(tr_str_cut(a, 0, stem), tr_str_cut(b, 0, stem));
}

static bool names(tr_arena scratch, tr_str name, const words *list, int32_t lang)
{
    words want = words_of(&scratch, name, lang);
    for (ptrdiff_t i = 0; want.len > 0 && i + want.len <= list->len; i++) {
        ptrdiff_t k = 0;
        while (k < want.len && same_stem(want.at[k].text, list->at[i + k].text))
            k++;
        if (k == want.len)
            return true;
    }
    return false;
}

static tr_str name_in(const front *f, int32_t actor, tr_str lang)
{
    for (ptrdiff_t i = 0; i < f->beside.actor_name.len; i++)
        if (f->beside.actor_name.at[i].actor == actor &&
            tr_str_eq(f->beside.actor_name.at[i].lang, lang))
            return f->beside.actor_name.at[i].name;
    return (tr_str){0};
}

static void find_actors(const front *f, const words *list, const tr_wording *w, int32_t lang,
                        sayings *s)
{
    bool first = f->beside.lang.len > 0 && tr_str_eq(w->lang, f->beside.lang.at[0]);
    for (int32_t a = 0; a < f->plan.actors; a++) {
        tr_str own = name_in(f, a, w->lang);
        bool   named = names(*f->keep, own.len > 0 ? own : f->actor[a].name, list, lang) ||
                     (f->actor[a].id.len > 1 && names(*f->keep, f->actor[a].id, list, lang));
        s->alone |= (uint64_t)named << a;
        if (own.len == 0 && !first)
            s->unknown |= UINT64_C(1) << a;
    }
    s->actors |= s->alone;
}

static sayings sayings_of(front *f, const tr_wording *w)
{
    sayings s = {0};
    int32_t lang = keyword_lang(w->lang), taken;
    words   list = words_of(f->keep, w->text, lang);
    for (ptrdiff_t i = 0; i<list.len; i += taken> 0 ? taken : 1) {
        int64_t date;
        taken = list.at[i].date ? 1 : written_date(&list, i, lang, &date);
        if (taken > 0) {
            push_item(f->keep, &s.items,
                      (item){list.at[i].date ? list.at[i].value : date, ITEM_DATE, {0}});
            continue;
        }
        int row = row_at(&list, i, lang, SORT_MODAL, SORT_PARTIES, &taken);
        if (row >= 0 && rows[row].sort == SORT_MODAL)
            s.modal |= (uint32_t)rows[row].value;
        for (int32_t a = 0; row >= 0 && rows[row].sort == SORT_PARTIES && a < f->plan.actors; a++)
            if (f->actor[a].kind == TR_ACTOR_PARTY)
                s.actors |= UINT64_C(1) << a;
        if (row < 0)
            taken = take_number(f->keep, &list, i, lang, &s);
    }
    find_actors(f, &list, w, lang, &s);
    return s;
}

/* ---- what a clause says ---- */

/* 14 | 800,000 | 2 million: the number under way, its tokens taken. */
static int64_t clause_number(lexer *lex, tok first)
{
    int64_t value = 0;
    tr_fixed_read(first.text, 4, &value);
    for (;;) {
        lexer ahead = *lex;
        tok   comma = lexer_next(&ahead), three = lexer_next(&ahead);
        if (comma.kind != TOK_SIGN || !tr_str_is(comma.text, ",") || three.kind != TOK_NUMBER ||
            three.text.len != 3 || comma.span.begin != first.span.end ||
            three.span.begin != comma.span.end || value > INT64_C(1000000000000))
            return value;
        int64_t group = 0;
        tr_fixed_read(three.text, 4, &group);
        value = value * 1000 + group;
        first = three;
        *lex = ahead;
    }
}

static sayings clause_says(front *f, const tr_clause *c)
{
    sayings s = {0};
    lexer   lex = lexer_new(f->plan.text);
    tok     before = {0}, earlier = {0};
    lex.at = c->span.begin;
    for (tok t = lexer_next(&lex); t.kind != TOK_END && t.span.begin < c->span.end;
         earlier = before, before = t, t = lexer_next(&lex)) {
        if (t.kind == TOK_DATE && t.text.len == 10) {
            int64_t date;
            date_at(t.text, 0, &date);
            push_item(f->keep, &s.items, (item){date, ITEM_DATE, {0}});
        }
        if (t.kind == TOK_WORD && front_find(f, SYM_ACTOR, t.text) >= 0)
            s.alone |= UINT64_C(1) << front_find(f, SYM_ACTOR, t.text);
        int32_t act = t.kind == TOK_WORD ? front_find(f, SYM_ACT, t.text) : -1;
        if (act >= 0 && f->act[act].by >= 0) /* whose report completes it */
            s.alone |= UINT64_C(1) << f->act[act].by;
        if (t.kind != TOK_NUMBER || before.kind == TOK_END ||
            (earlier.kind == TOK_WORD &&
             (tr_str_is(earlier.text, "coverage") || tr_str_is(earlier.text, "confidence"))) ||
            (before.kind == TOK_SIGN && tr_str_is(before.text, "\xC2\xA7")) ||
            (before.kind == TOK_WORD &&
             (tr_str_is(before.text, "clause") || tr_str_is(before.text, "except"))))
            continue;
        item    one = {clause_number(&lex, t), ITEM_PLAIN, {0}};
        lexer   ahead = lex;
        tok     unit = lexer_next(&ahead);
        words   list = {.at = &(word){.text = unit.text}, .len = 1};
        int32_t taken;
        int row = unit.kind == TOK_WORD ? row_at(&list, 0, 0, SORT_MANY, SORT_PERCENT, &taken) : -1;
        if (unit.kind == TOK_SIGN && tr_str_is(unit.text, "%"))
            one.sort = SORT_PERCENT;
        else if (row >= 0 && one.value < INT64_C(1000000000)) {
            one.value *= rows[row].value;
            one.sort = rows[row].sort == SORT_MANY ? ITEM_PLAIN : rows[row].sort;
        }
        push_item(f->keep, &s.items, one);
    }
    return s;
}

/* Who is bound by a clause, and how. */
static uint64_t bound(const tr_clause *c, uint32_t *modal)
{
    *modal = MUST;
    switch (c->kind) {
    case TR_CLAUSE_PROHIBITION:
        *modal = MUST_NOT;
        return c->u.prohibition.actors;
    case TR_CLAUSE_OBLIGATION:
        return c->u.obligation.actors;
    case TR_CLAUSE_STEP:
        *modal = c->u.step.must ? MUST : MAY;
        return c->u.step.actor >= 0 ? UINT64_C(1) << c->u.step.actor : 0;
    case TR_CLAUSE_QUANTITY:
        return c->u.quantity.actors;
    case TR_CLAUSE_SHARE:
        return c->u.share.actors;
    default:
        *modal = 0;
        return 0;
    }
}

/* ---- held against one another ---- */

static const item *not_in(const items *a, const items *b, bool all)
{
    for (ptrdiff_t i = 0; i < a->len; i++) {
        bool there = false;
        for (ptrdiff_t k = 0; k < b->len && !there; k++)
            there = a->at[i].sort == b->at[k].sort && a->at[i].value == b->at[k].value;
        /* held against a clause: small bare numbers are often references, years part of a title */
        bool bare = a->at[i].sort == ITEM_PLAIN &&
                    (a->at[i].value <= 20 * 10000 ||
                     (a->at[i].value >= 1900 * 10000 && a->at[i].value < 2200 * 10000));
        if (!there && (all || !bare))
            return &a->at[i];
    }
    return NULL;
}

typedef struct {
    front            *f;
    const tr_clause  *clause;
    const tr_wording *one;   /* NULL: the clause itself */
    const tr_wording *other; /* where the report points */
    char              detail[240];
} pair;

static void clip(char *to, size_t room, tr_str text)
{
    ptrdiff_t len = text.len < 84 ? text.len : 81;
    while (len < text.len && len > 0 && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len--;
    snprintf(to, room, "%.*s%s", (int)len, text.at, len < text.len ? "..." : "");
    for (char *c = to; *c; c++)
        if ((unsigned char)*c < 0x20)
            *c = ' ';
}

/* Both wordings, clipped. */
static void show(pair *p)
{
    char   one[96], other[96];
    tr_str first = p->one ? p->one->text : span_text(p->f, p->clause->span);
    clip(one, sizeof one, first);
    clip(other, sizeof other, p->other->text);
    snprintf(p->detail, sizeof p->detail, "%.*s: \"%s\" %.*s: \"%s\"",
             p->one ? (int)p->one->lang.len : 6, p->one ? p->one->lang.at : "clause", one,
             TR_FMT(p->other->lang), other);
}

typedef struct {
    char z[16];
} place;

static place place_of(tr_str lang)
{
    place p;
    snprintf(p.z, sizeof p.z, "%.*s", (int)(lang.len < 8 ? lang.len : 8), lang.at);
    return p;
}

static void warn(pair *p, int code, const char *hint, const char *says, const char *else_says)
{
    place one = p->one ? place_of(p->one->lang) : (place){"the clause"};
    place other = place_of(p->other->lang);
    show(p);
    front_report(p->f, (report){code, p->other->span, p->detail, hint, true},
                 "clause %s: %s says %s, %s says %s", front_quote(p->clause->label).z, one.z, says,
                 other.z, else_says);
}

static void compare_items(pair *p, const sayings *a, const sayings *b)
{
    bool        all = p->one != NULL;
    const item *x = not_in(&a->items, &b->items, all), *y = not_in(&b->items, &a->items, all);
    if (x || y)
        warn(p, TR_E_WORDING_NUMBER, "State the same numbers, dates and units in each language.",
             x ? front_quote(x->shown).z : "nothing of it",
             y ? front_quote(y->shown).z : "nothing of it");
}

static void compare_actors(pair *p, uint64_t a, uint64_t b, uint64_t silent)
{
    uint64_t differ = (a ^ b) & ~silent;
    if (differ == 0)
        return;
    int32_t actor = __builtin_ctzll(differ);
    quoted  name = front_quote(p->f->actor[actor].name);
    char    with[100], without[100];
    snprintf(with, sizeof with, "\"%s\"", name.z);
    snprintf(without, sizeof without, "nothing of \"%s\"", name.z);
    warn(p, TR_E_WORDING_PARTY,
         "Name the same parties, by the names declared: party A \"Party A\" uk \"...\"",
         a >> actor & 1 ? with : without, b >> actor & 1 ? with : without);
}

static void modal_words(char *to, size_t room, uint32_t modal)
{
    static const char *const words_[] = {"must", "must not",  "should",
                                         "may",  "guarantee", "assurance"};
    size_t                   used = 0;
    to[0] = '\0';
    for (int i = 0; i < 6; i++)
        if (modal >> i & 1 && used < room)
            used += (size_t)snprintf(to + used, room - used, "%s\"%s\"", used ? " and " : "",
                                     words_[i]);
    if (used == 0)
        snprintf(to, room, "neither \"must\" nor \"may\"");
}

static void compare_modal(pair *p, uint32_t a, uint32_t b)
{
    char one[100], other[100];
    bool differ = p->one ? a != b : a != 0 && (a & b) == 0;
    modal_words(one, sizeof one, a);
    modal_words(other, sizeof other, b);
    if (differ)
        warn(p, TR_E_WORDING_MODAL, "Bind to the same, with the same strength, in each language.",
             one, other);
}

static void against_clause(front *f, const tr_clause *c, const tr_wording *w, const sayings *s)
{
    pair p = {.f = f, .clause = c, .other = w};
    if (c->kind == TR_CLAUSE_STATED) /* it has a title only */
        return;
    sayings  own = clause_says(f, c);
    uint32_t modal;
    uint64_t who = bound(c, &modal);
    compare_items(&p, &own, s);
    compare_actors(&p, who | (own.alone & s->alone), (s->actors & who) | s->alone, s->unknown);
    compare_modal(&p, modal, s->modal);
}

static void check_clause(front *f, int32_t clause)
{
    const tr_wording *first = NULL;
    sayings           of_first = {0};
    for (ptrdiff_t l = 0; l < f->beside.lang.len; l++)
        for (ptrdiff_t i = 0; i < f->beside.wording.len; i++) {
            const tr_wording *w = &f->beside.wording.at[i];
            if (w->clause != clause || !tr_str_eq(w->lang, f->beside.lang.at[l]) ||
                keyword_lang(w->lang) < 0)
                continue;
            sayings s = sayings_of(f, w);
            if (!first) {
                first = w;
                of_first = s;
                against_clause(f, &f->clause[clause], w, &s);
                continue;
            }
            pair p = {.f = f, .clause = &f->clause[clause], .one = first, .other = w};
            compare_items(&p, &of_first, &s);
            compare_actors(&p, of_first.actors, s.actors, of_first.unknown | s.unknown);
            compare_modal(&p, of_first.modal, s.modal);
        }
}

/* Once a clause: which languages it lacks. */
static void check_missing(front *f, int32_t clause)
{
    char   lacks[120] = "";
    size_t used = 0;
    for (ptrdiff_t l = 0; l < f->beside.lang.len; l++) {
        bool there = false;
        for (ptrdiff_t i = 0; i < f->beside.wording.len && !there; i++)
            there = f->beside.wording.at[i].clause == clause &&
                    tr_str_eq(f->beside.wording.at[i].lang, f->beside.lang.at[l]);
        if (!there && used < sizeof lacks - 20)
            used += (size_t)snprintf(lacks + used, sizeof lacks - used, "%s%s", used ? ", " : "",
                                     place_of(f->beside.lang.at[l]).z);
    }
    if (used > 0)
        front_report(f,
                     (report){TR_E_WORDING_MISSING, f->clause[clause].span, NULL,
                              "Write: text 2.1 uk \"\"\"...\"\"\"", true},
                     "clause %s has no wording in %s", front_quote(f->clause[clause].label).z,
                     lacks);
}

/* ---- reading ---- */

static const char how[] = "Write: text 2.1 uk \"\"\"...\"\"\"";

static void parse_wording(front *f)
{
    tr_wording   w = {.clause = -1};
    tr_text_span span;
    bool         known = false;
    if (!need_label(f, &w.label, &w.span) || !need_name(f, &w.lang, &span, "a language", how) ||
        !need_string(f, &w.text, "the wording in quotes", how))
        return;
    for (ptrdiff_t i = 0; i < f->beside.lang.len; i++)
        known |= tr_str_eq(w.lang, f->beside.lang.at[i]);
    if (!known)
        front_report(f,
                     (report){TR_E_WORDING_LANGUAGE, span, NULL,
                              "Name it above among the authentic languages: text en, uk", false},
                     "\"%s\" is no authentic language of this agreement", front_quote(w.lang).z);
    for (ptrdiff_t i = 0; i < f->beside.wording.len; i++)
        if (tr_str_eq(f->beside.wording.at[i].label, w.label) &&
            tr_str_eq(f->beside.wording.at[i].lang, w.lang))
            front_report(f, (report){TR_E_REPEATED, w.span, NULL, "Remove one of them.", false},
                         "the wording of clause %s in \"%s\" stands twice", front_quote(w.label).z,
                         front_quote(w.lang).z);
    w.span = span_join(f->statement, span);
    *TR_PUSH(f->keep, &f->beside.wording) = w;
}

/* text en, uk | text 2.1 uk """...""" */
void parse_text(front *f)
{
    tr_str       name;
    tr_text_span span;
    if (!f->panic && !at_end(f) && f->tok.kind == TOK_NUMBER) {
        parse_wording(f);
        return;
    }
    do {
        if (!need_name(f, &name, &span, "a language", "Write: text en, uk"))
            return;
        *TR_PUSH(f->keep, &f->beside.lang) = name;
    } while (take_sign(f, ","));
}

/* party A "Party A" uk "..." */
bool front_actor_names(front *f, int32_t actor, bool body)
{
    while (!f->panic && !(body && is_word(f, "of")) && !at_end(f) && f->tok.kind == TOK_WORD &&
           !f->tok.keyword && front_peek(f).kind == TOK_STRING && !front_peek(f).first) {
        tr_actor_name one = {.actor = actor};
        tr_text_span  span;
        if (!need_name(f, &one.lang, &span, "a language", "Write: uk \"...\"") ||
            !need_string(f, &one.name, "the name in that language", "Write: uk \"...\""))
            return false;
        if (actor >= 0)
            *TR_PUSH(f->keep, &f->beside.actor_name) = one;
    }
    return !f->panic;
}

void check_wordings(front *f)
{
    if (f->beside.wording.len == 0)
        return;
    for (ptrdiff_t i = 0; i < f->beside.wording.len; i++)
        f->beside.wording.at[i].clause = clause_labelled(f, f->beside.wording.at[i].label);
    for (ptrdiff_t i = 0; i < f->beside.wording.len; i++)
        if (f->beside.wording.at[i].clause < 0)
            front_report(f,
                         (report){TR_E_REFERENCE, f->beside.wording.at[i].span, NULL,
                                  "Write the label of a clause of this agreement.", false},
                         "there is no clause %s", front_quote(f->beside.wording.at[i].label).z);
    for (int32_t c = 0; c < f->plan.clauses; c++)
        if (!f->clause_bad[c]) {
            check_missing(f, c);
            check_clause(f, c);
        }
}
