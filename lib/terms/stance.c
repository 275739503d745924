/* stance.c -- the table of positions: who agrees with which clause of a draft.
 *
 *     positions
 *     2.1 A agrees, B agrees
 *     5.1 A agrees, B proposes "A 40 %, B 60 %"
 *     declared share 90 % by "the mediator" of issues
 *
 * A label may stand in several lines; an actor speaks of a clause once.  Who is not named has not
 * stated a position, which is none of the others.
 */
#include "terms/front.h"

static const char hint[] = "Write: 2.1 A agrees, B proposes \"...\"";

void parse_positions(front *f)
{
    f->in_positions = true;
}

/* { from "chain" } after what somebody says */
static bool read_chains(front *f, tr_chains *from)
{
    while (take_word(f, "from"))
        if (!need_chain(f, from))
            return false;
    return true;
}

static bool read_stance(front *f, tr_position *p)
{
    static const char *const words[] = {"agrees", "reserves", "rejects", "proposes"};
    for (int i = 0; i < 4; i++)
        if (take_word(f, words[i])) {
            p->stance = (tr_stance)(i + TR_STANCE_AGREES);
            bool text = !f->panic && !at_end(f) && f->tok.kind == TOK_STRING;
            return !text && p->stance != TR_STANCE_PROPOSES
                       ? true
                       : need_string(f, &p->text, "the text in quotes", hint);
        }
    if (take_word(f, "not"))
        return need_word(f, "stated", hint);
    front_unexpected(f, "agrees, reserves, rejects, proposes or not stated", hint);
    return false;
}

void parse_position(front *f)
{
    tr_str       label;
    tr_text_span place;
    if (!need_label(f, &label, &place))
        return;
    do {
        tr_position  p = {.clause = -1};
        tr_str       name;
        tr_text_span span;
        if (!need_name(f, &name, &span, "an actor", hint))
            return;
        p.actor = front_use(f, SYM_ACTOR, name, span);
        if (!read_stance(f, &p) || !read_chains(f, &p.from))
            return;
        p.span = span_join(span, f->last.span);
        if (p.actor < 0)
            continue;
        *TR_PUSH(f->keep, &f->positions) = p;
        *TR_PUSH(f->keep, &f->position_label) = label;
    } while (take_sign(f, ","));
}

/* declared share 90 % by "speaker" of issues ["as reported"] [on DATE] { from "chain" } */
void parse_declared(front *f)
{
    static const char how[] = "Write: declared share 90 % by \"the mediator\" of issues";
    tr_declared_share share = {.span = f->statement, .when = {TR_TIME_NONE, TR_TIME_NONE}};
    tr_text_span      span;
    if (!need_word(f, "share", how) || !need_percent(f, &share.ppm) || !need_word(f, "by", how) ||
        !need_string(f, &share.speaker, "who says so, in quotes", how) ||
        !need_word(f, "of", how) || !need_name(f, &share.base, &span, "what it is a share of", how))
        return;
    if (!at_end(f) && f->tok.kind == TOK_STRING &&
        !need_string(f, &share.wording, "the words reported", how))
        return;
    if ((take_word(f, "on") && !need_period(f, &share.when)) || !read_chains(f, &share.from))
        return;
    share.span = span_join(share.span, f->last.span);
    *TR_PUSH(f->keep, &f->declared) = share;
}

static void twice(front *f, const tr_position *p, const tr_position *before)
{
    front_report(f, (report){TR_E_REPEATED, p->span, NULL, "Remove one of them.", false},
                 "\"%s\" speaks of clause %s already in line %d",
                 front_quote(f->plan.actor[p->actor].id).z,
                 front_quote(f->clause[p->clause].label).z, before->span.line);
}

/* Labels become clauses; of each clause and actor the first position is noted. */
void check_positions(front *f)
{
    tr_str    last = {0}; /* all positions of a line have its label */
    int32_t   clause = -1;
    ptrdiff_t pairs = f->positions.len > 0 ? f->plan.clauses * (ptrdiff_t)f->plan.actors : 0;
    int32_t  *first = TR_NEW(f->keep, int32_t, pairs); /* 1 + index of the position */
    for (ptrdiff_t i = 0; i < f->positions.len; i++) {
        tr_position *p = &f->positions.at[i];
        tr_str       label = f->position_label.at[i];
        if (label.at != last.at)
            clause = clause_labelled(f, label);
        last = label;
        p->clause = clause;
        if (clause < 0) {
            front_report(f,
                         (report){TR_E_REFERENCE, p->span, NULL,
                                  "Write the label of a clause of this agreement.", false},
                         "there is no clause %s", front_quote(label).z);
            continue;
        }
        int32_t *slot = &first[clause * f->plan.actors + p->actor];
        if (*slot > 0)
            twice(f, p, &f->positions.at[*slot - 1]);
        else
            *slot = (int32_t)i + 1;
    }
    f->plan.position = f->positions.at;
    f->plan.positions = (int32_t)f->positions.len;
    f->plan.declared = f->declared.at;
    f->plan.declareds = (int32_t)f->declared.len;
}
