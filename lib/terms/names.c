/* names.c -- what is declared, under which name, and the nearest one to a mistyped name. */
#include "terms/front.h"

#include <stdio.h>

static const char *const sorts[SYM_SORTS] = {"actor",     "line",     "zone",     "class",
                                             "proof",     "counting", "register", "act",
                                             "threshold", "quantity", "placeholder",
                                             "instrument", "statement", "parameter"};
static const char *const shown[SYM_SORTS] = {
    "party A \"Party A\"",
    "line contact from \"contact-line.geojson\"",
    "zone DMZ is within 10 km of contact, boundary inside",
    "class fire is explosion or projectile",
    "proof established needs confidence >= 90 % and sources >= 2",
    "counting incident version 1: R-INC",
    "register table from source ID \"title\" of event.fatal: each row one incident, past the gate",
    "act notify to done when JC reports the notice",
    "",
    "quantity personnel \"peacetime strength\" in persons",
    "",
    "instrument package \"Package of Measures\" 2015-02-12",
    "context first \"...\" said by \"...\"",
    "parameter grace 30 days \"where it comes from\""};

/* The slot of that name, or the free one where it would stand. */
static uint16_t *slot_of(const front *f, sym_sort sort, tr_str name)
{
    uint32_t at = 2166136261u ^ (uint32_t)sort;
    for (ptrdiff_t i = 0; i < name.len; i++)
        at = (at ^ (unsigned char)name.at[i]) * 16777619u;
    for (at ^= at >> 15;; at++) {
        uint16_t *slot = &f->sym_slot[at % FRONT_SLOTS];
        if (*slot == 0 ||
            (f->syms.at[*slot - 1].sort == sort && tr_str_eq(f->syms.at[*slot - 1].name, name)))
            return slot;
    }
}

int32_t front_find(const front *f, sym_sort sort, tr_str name)
{
    uint16_t slot = *slot_of(f, sort, name);
    return slot > 0 ? f->syms.at[slot - 1].index : -1;
}

bool front_declare(front *f, sym_sort sort, tr_str name, tr_text_span span, int32_t index,
                   int32_t room)
{
    uint16_t *slot = slot_of(f, sort, name);
    if (*slot > 0)
        front_report(
            f, (report){TR_E_REPEATED, span, NULL, "Choose another name, or remove one.", false},
            "the %s \"%s\" stands already in line %d", sorts[sort], front_quote(name).z,
            f->syms.at[*slot - 1].span.line);
    else if (sort != SYM_PARAMETER && front_find(f, SYM_PARAMETER, name) >= 0)
        front_report(f, (report){TR_E_PARAMETER, span, NULL, "Choose another name.", false},
                     "\"%s\" is a parameter already, and no name of anything else",
                     front_quote(name).z);
    if (index >= room || f->syms.len >= FRONT_SLOTS / 2) {
        front_report(
            f, (report){TR_E_LIMIT, span, NULL, "Split the agreement, or remove some.", false},
            "more than %d of this sort: %s \"%s\"", room, sorts[sort], front_quote(name).z);
        return false;
    }
    *TR_PUSH(f->keep, &f->syms) = (sym){name, sort, index, span};
    if (*slot == 0)
        *slot = (uint16_t)f->syms.len;
    return true;
}

static char low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_letters(tr_str a, tr_str b)
{
    if (a.len != b.len)
        return false;
    for (ptrdiff_t i = 0; i < a.len; i++)
        if (low(a.at[i]) != low(b.at[i]))
            return false;
    return true;
}

/* Best so far: the smaller distance, and of equals the first declared. */
static void nearer(tr_str word, tr_str candidate, tr_str *best, int *distance)
{
    int d = same_letters(word, candidate) ? 0 : tr_str_distance(word, candidate);
    int most = word.len <= 3 ? 1 : word.len <= 8 ? 2 : 3;
    if (d <= most && d < *distance && d < (int)word.len) {
        *best = candidate;
        *distance = d;
    }
}

static tr_str nearest(const front *f, sym_sort sort, tr_str name)
{
    tr_str best = {0};
    int    distance = 1000;
    for (ptrdiff_t i = 0; i < f->syms.len; i++)
        if (f->syms.at[i].sort == sort)
            nearer(name, f->syms.at[i].name, &best, &distance);
    return best;
}

static void undeclared_hint(const front *f, sym_sort sort, tr_str name, char hint[240])
{
    tr_str  best = nearest(f, sort, name);
    tr_kind kind;
    if (best.len > 0)
        snprintf(hint, 240, "Did you mean \"%s\"?", front_quote(best).z);
    else if (sort == SYM_CLASS && tr_kind_read(name, &kind))
        snprintf(hint, 240, "\"%s\" is a kind. Declare a class above: class %s is %s",
                 front_quote(name).z, front_quote(name).z, front_quote(name).z);
    else
        snprintf(hint, 240, "Declare it above, for example: %s", shown[sort]);
}

int32_t front_use(front *f, sym_sort sort, tr_str name, tr_text_span span)
{
    int32_t index = front_find(f, sort, name);
    if (index >= 0) {
        front_used(f, sort, name, span);
        return index;
    }
    char hint[240];
    undeclared_hint(f, sort, name, hint);
    if (front_vague(name)) {
        front_report(f,
                     (report){TR_E_VAGUE, span, NULL,
                              "Say it in numbers with units, or declare what it means above.",
                              false},
                     "vague term \"%s\" has no metric", front_quote(name).z);
        f->left = f->left || !f->panic;
        f->panic = true; /* often an adjective: what follows is not the next part */
    } else {
        front_report(f, (report){TR_E_UNDECLARED, span, NULL, hint, false},
                     "the %s \"%s\" is not declared above", sorts[sort], front_quote(name).z);
    }
    return -1;
}

bool front_actor_list(front *f, uint64_t *bits)
{
    tr_str       name;
    tr_text_span span;
    do {
        if (!need_name(f, &name, &span, "an actor", "Name a party, guarantor, witness or body."))
            return false;
        int32_t actor = front_use(f, SYM_ACTOR, name, span);
        if (actor >= 0 && *bits >> actor & 1)
            front_report(f, (report){TR_E_REPEATED, span, NULL, "Name each actor once.", false},
                         "the actor \"%s\" stands twice in one list", front_quote(name).z);
        if (actor >= 0)
            *bits |= UINT64_C(1) << actor;
    } while (take_sign(f, ","));
    return !f->panic;
}

/* "artillery" finds weapon.artillery_100mm: a part of a dotted name that begins so. */
static bool kind_part(tr_str word, const char *kind)
{
    const char *dot = strchr(kind, '.');
    return word.len >= 3 &&
           ((dot && tr_str_starts(tr_str_of(dot + 1), "") && strlen(dot + 1) >= (size_t)word.len &&
             memcmp(dot + 1, word.at, (size_t)word.len) == 0));
}

static uint64_t unknown_kind(front *f, tr_str name, tr_text_span span)
{
    tr_str best = nearest(f, SYM_CLASS, name);
    int    distance = best.len > 0 ? tr_str_distance(name, best) : 1000;
    char   hint[240];
    for (int i = 0; i < TR_KINDS; i++)
        nearer(name, tr_str_of(tr_kind_name((tr_kind)i)), &best, &distance);
    for (int i = 0; i < TR_KINDS && best.len == 0; i++)
        if (kind_part(name, tr_kind_name((tr_kind)i)))
            best = tr_str_of(tr_kind_name((tr_kind)i));
    if (best.len > 0)
        snprintf(hint, sizeof hint, "Did you mean \"%s\"?", front_quote(best).z);
    else
        snprintf(hint, sizeof hint, "docs/LANGUAGE.md lists the kinds of observation.");
    bool vague = front_vague(name);
    front_report(f, (report){vague ? TR_E_VAGUE : TR_E_KIND, span, NULL, hint, false},
                 vague ? "vague term \"%s\" has no metric" : "there is no kind or class \"%s\"",
                 front_quote(name).z);
    return 0;
}

/* artillery >= 100 mm: the bore, where a kind says it. */
static uint64_t kinds_of_bore(front *f, tr_str name, tr_text_span span)
{
    static const char hint[] = "The record tells apart what is written artillery >= 100 mm.";
    int64_t           bore;
    tr_kind           kind;
    char              text[64];
    if (!need_whole(f, 1, 10000, &bore, "a bore such as \"100 mm\""))
        return 0;
    if (!take_word(f, "mm")) {
        if (!f->panic)
            front_report(f, (report){TR_E_UNIT, f->last.span, NULL, hint, false},
                         "the bore \"%lld\" has no unit", (long long)bore);
        return 0;
    }
    snprintf(text, sizeof text, "weapon.%.20s_%lldmm", front_quote(name).z, (long long)bore);
    if (tr_kind_read(tr_str_of(text), &kind))
        return tr_kind_class(kind);
    front_report(f, (report){TR_E_KIND, span_join(span, f->last.span), NULL, hint, false},
                 "there is no kind for \"%s\" from %lld mm on", front_quote(name).z,
                 (long long)bore);
    return 0;
}

/* "mlrs" for weapon.mlrs: the last part of one kind's name, and of one only. */
static bool short_kind(tr_str name, tr_kind *kind)
{
    int count = 0;
    for (int i = 0; i < TR_KINDS; i++) {
        const char *dot = strchr(tr_kind_name((tr_kind)i), '.');
        if (!dot || !tr_str_is(name, dot + 1))
            continue;
        *kind = (tr_kind)i;
        count++;
    }
    return count == 1;
}

uint64_t front_kinds(front *f)
{
    uint64_t     kinds = 0;
    tr_str       name;
    tr_text_span span;
    do {
        tr_kind kind;
        if (!f->panic && !at_end(f) && f->tok.keyword && tr_kind_read(f->tok.text, &kind)) {
            kinds |= tr_kind_class(kind);
            front_step(f);
            continue;
        }
        if (!need_name(f, &name, &span, "a kind or class", "docs/LANGUAGE.md lists the kinds."))
            return 0;
        int32_t class_ = front_find(f, SYM_CLASS, name);
        if ((take_sign(f, ">=") || take_sign(f, "\xE2\x89\xA5")))
            kinds |= kinds_of_bore(f, name, span);
        else if (class_ >= 0) {
            front_used(f, SYM_CLASS, name, span);
            kinds |= f->class_[class_].kinds;
        } else if (tr_kind_read(name, &kind) || short_kind(name, &kind)) {
            kinds |= tr_kind_class(kind);
            if (f->indexing)
                f->name_spans.len--; /* a word of the language, not a name */
        } else
            kinds |= unknown_kind(f, name, span);
    } while (take_word(f, "or"));
    return kinds;
}
