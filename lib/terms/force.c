/* force.c -- the clause that says when the agreement enters into force.
 *
 *     1.1 agreement in force when A ratifies by "parliament" and G deposits,
 *         lapses 90 days after signature
 */
#include "terms/front.h"

static const char hint_of_force[] =
    "Write: agreement in force when A ratifies by \"parliament\" and B ratifies by \"referendum\"";

static void read_lapse(front *f, tr_force *force)
{
    static const char hint[] = "Write: lapses 90 days after signature";
    tr_text_span      begin = f->last.span;
    force->lapses = true;
    if (!need_stretch(f, &force->lapse) || !need_word(f, "after", hint) ||
        !need_word(f, "signature", hint))
        return;
    if (f->plan.signature == TR_TIME_NONE)
        front_report(f,
                     (report){TR_E_ZERO, span_join(begin, f->last.span), NULL,
                              "Write above: signature 2015-02-12", false},
                     "the lapse counts from the signature, which has no date");
}

void parse_force(front *f)
{
    tr_clause *clause = clause_now(f);
    tr_force  *force = &clause->u.force;
    clause->kind = TR_CLAUSE_FORCE;
    *force = (tr_force){.lapse = {-1, 0}};
    front_step(f); /* agreement */
    if (!need_word(f, "in", hint_of_force) || !need_word(f, "force", hint_of_force))
        return;
    if (is_word(f, "from")) {
        front_stop(f, TR_E_UNEXPECTED, "Write the date without a label, above the articles.",
                   "a date of entry into force stands in the head");
        return;
    }
    if (f->has_in_force)
        front_report(f,
                     (report){TR_E_REPEATED, clause->span, NULL,
                              "Keep either the date or one clause with conditions.", false},
                     "the entry into force stands twice");
    f->has_in_force = true;
    if (!need_word(f, "when", hint_of_force) || !parse_when(f, &force->when))
        return;
    while (!f->panic && !at_end(f)) {
        take_sign(f, ",");
        if (take_word(f, "cites")) {
            if (!clause_cites(f))
                return;
        } else if (!force->lapses && take_word(f, "lapses")) {
            read_lapse(f, force);
        } else {
            front_unexpected(f, "\"and\", \"lapses\", \"cites\" or the end of the sentence",
                             "Write: lapses 90 days after signature");
            return;
        }
    }
}

void force_asked(front *f, tr_text_span deadline)
{
    if (f->plan.in_force == TR_TIME_NONE && !f->has_in_force)
        *TR_PUSH(f->keep, &f->force_uses) = (force_use){f->plan.clauses - 1, deadline};
}

void force_dated(front *f)
{
    for (ptrdiff_t i = 0; i < f->force_uses.len && !f->has_in_force; i++) {
        f->clause_bad[f->force_uses.at[i].clause] = 1;
        front_report(f,
                     (report){TR_E_ZERO, f->force_uses.at[i].span, NULL,
                              "Write above: agreement in force from 2015-02-15 00:00, or in a "
                              "clause: agreement in force when A ratifies ...",
                              false},
                     "the deadline counts from the entry into force, which has no date");
    }
}

/* The record says when; until then never.  The static checks before this take the date as open. */
void force_awaits(front *f)
{
    for (int32_t i = 0; i < f->plan.clauses; i++)
        if (f->clause[i].kind == TR_CLAUSE_FORCE)
            f->plan.in_force = TR_TIME_MAX;
}
