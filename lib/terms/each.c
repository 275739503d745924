/* each.c -- articles that hold for each of several actors.
 *
 *     article 6 "Violations threshold" for each P of A, B
 *     6.1 enforcement against P is active when count by incident of breaches of §2.1 by P ...
 *
 *     article 7 "Response ladder" on §6.1 active against P
 *
 * Each sentence of such an article is read once for each actor, with the placeholder P standing for
 * that actor, into a clause of its own: 6.1-A, 6.1-B.  What §6.1 names there is the clause of the
 * same actor.  A mistake is reported once, because it stands in one place.
 */
#include "terms/front.h"

#include <stdio.h>

/* What that placeholder stood for in the last article that had it, or NULL. */
static front_each *each_named(front *f, tr_str name)
{
    for (ptrdiff_t i = 0; i < f->eachs.len; i++)
        if (tr_str_eq(f->eachs.at[i].name, name))
            return &f->eachs.at[i];
    return NULL;
}

/* for each P of A, B */
bool each_read(front *f)
{
    static const char hint[] = "Write: article 6 \"Violations threshold\" for each P of A, B";
    front_each        each = {0};
    if (!need_word(f, "each", hint) ||
        !need_name(f, &each.name, &each.span, "a name that stands for each of them", hint) ||
        !need_word(f, "of", hint) || !front_actor_list(f, &each.actors))
        return false;
    if (front_find(f, SYM_ACTOR, each.name) >= 0)
        front_report(f, (report){TR_E_EACH, each.span, NULL, "Choose another letter.", false},
                     "\"%s\" is an actor already, and cannot stand for each of several",
                     front_quote(each.name).z);
    f->each = each;
    front_each *before = each_named(f, each.name);
    if (before) {
        *before = each;
        front_used(f, SYM_EACH, each.name, each.span);
    } else if (front_declare(f, SYM_EACH, each.name, each.span, (int32_t)f->eachs.len, FRONT_SMALL))
        *TR_PUSH(f->keep, &f->eachs) = each;
    return true;
}

/* against P: each of those for whom the threshold stands; against A: of that one alone */
bool each_against(front *f)
{
    static const char hint[] = "Write: on \xC2\xA7"
                               "6.1 active against P, as the article of the threshold says: for "
                               "each P of A, B";
    tr_str            name;
    tr_text_span      span;
    if (!need_name(f, &name, &span, "whom it is against", hint))
        return false;
    const front_each *each = each_named(f, name);
    if (each) {
        front_used(f, SYM_EACH, name, span);
        f->each = *each;
        return true;
    }
    f->ladder_each = 1 + front_find(f, SYM_ACTOR, name);
    if (f->ladder_each > 0)
        front_used(f, SYM_ACTOR, name, span);
    else
        front_report(f, (report){TR_E_UNDECLARED, span, NULL, hint, false},
                     "\"%s\" is neither an actor nor the placeholder of an article above",
                     front_quote(name).z);
    return true;
}

/* The token under way: the placeholder stands for the actor whose turn it is. */
void each_substitute(front *f)
{
    if (f->each_now > 0 && f->tok.kind == TOK_WORD && tr_str_eq(f->tok.text, f->each.name))
        f->tok.text = f->actor[f->each_now - 1].id;
}

/* Read the sentence that begins here once for each actor; `one` reads it to its end. */
void each_clause(front *f, void (*one)(front *f))
{
    lexer lex = f->lex;
    tok   now = f->tok, last = f->last;
    for (int32_t i = 0; i < f->plan.actors; i++) {
        if (!(f->each.actors >> i & 1))
            continue;
        f->lex = lex;
        f->tok = now;
        f->last = last;
        f->unit.kind = TOK_END;
        f->panic = false;
        f->each_now = i + 1;
        one(f);
    }
    f->each_now = 0;
}

/* "6.1" read for A: "6.1-A" */
tr_str each_label(front *f, tr_str base)
{
    tr_out out = tr_out_new(f->keep);
    if (f->each_now == 0)
        return base;
    tr_put(&out, "%.*s-%.*s", TR_FMT(base), TR_FMT(f->actor[f->each_now - 1].id));
    return tr_out_text(&out);
}

/* Does a mistake in this sentence read for an actor before make the clause wrong? */
bool each_bad(const front *f, int32_t clause)
{
    for (int32_t i = clause; i-- > 0 && f->clause[i].span.begin == f->clause[clause].span.begin;)
        if (f->clause_bad[i])
            return true;
    return false;
}

/* The clause of that label that a sentence read for `each` means; -1: none, or one of several. */
int32_t each_meant(const front *f, tr_str label, int32_t each)
{
    for (int32_t i = 0; each > 0 && i < f->plan.clauses; i++)
        if (f->clause[i].each == each && tr_str_eq(f->clause[i].base, label))
            return i;
    return tr_plan_clause(&f->plan, label);
}

/* The labels that stand for it, one for each actor: "6.1-A or 6.1-B"; empty when there are none. */
void each_list(const front *f, tr_str label, char list[160])
{
    int32_t next = tr_plan_clause_of(&f->plan, label, 0);
    size_t  used = 0;
    list[0] = '\0';
    for (bool more = false; next >= 0 && used < 120; more = true) {
        used += (size_t)snprintf(list + used, 160 - used, "%s\xC2\xA7%s", more ? " or " : "",
                                 front_quote(f->clause[next].label).z);
        next = tr_plan_clause_of(&f->plan, label, next + 1);
    }
}
