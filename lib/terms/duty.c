/* duty.c -- duties outside a ladder: who must do what, to begin and to have finished by when.
 *
 *     3.1 A must withdraw guns from strip within 14 days of in force
 *     3.2 B must withdraw guns from strip begin by day 2 of §3.1 fulfilled,
 *         finish within 14 days of §3.1 fulfilled
 *
 * A sentence without a deadline is told so before its act is looked up: the deadline is what makes
 * a duty one.
 */
#include "terms/front.h"

#include <stdio.h>

static const char deadlines[] =
    "Add a deadline and what it counts from, such as \"within 14 days of in force\", \"by "
    "2026-03-01\" or \"at once\"; \"no deadline\" says that there is none.";

static const char deadline_wanted[] =
    "a deadline, \"proof\", \"cites\" or the end of the sentence";

static bool deadline_begins(const front *f)
{
    return is_word(f, "within") || is_word(f, "by") || is_word(f, "at") || is_word(f, "no") ||
           is_word(f, "begin") || is_word(f, "finish") || is_word(f, "every");
}

static bool part_begins(const front *f)
{
    return at_end(f) || f->panic || deadline_begins(f) || is_word(f, "proof") ||
           is_word(f, "cites") || is_word(f, "once") || is_word(f, "needs") ||
           is_sign(f, ",") ||
           (is_word(f, "in") && front_peek(f).kind == TOK_NUMBER && !front_peek(f).first);
}

/* by DATE | by day N of ZERO */
static bool read_by(front *f, tr_due *due, tr_text_span begin)
{
    int64_t day;
    if (!take_word(f, "day")) {
        due->kind = TR_DUE_DATE;
        return need_moment(f, &due->date);
    }
    if (!need_whole(f, 0, 36600, &day, "the number of a day"))
        return false;
    due->kind = TR_DUE_WITHIN;
    due->within = (tr_stretch){day, 0};
    tr_text_span span = span_join(begin, f->last.span);
    if (take_word(f, "of") || take_word(f, "after"))
        return clause_zero(f, &due->zero, &due->zero_clause, span, false);
    clause_no_zero(f, span, span);
    return !f->panic;
}

static bool read_within(front *f, tr_due *due, tr_text_span begin)
{
    tr_text_span number = f->tok.span;
    due->kind = TR_DUE_WITHIN;
    if (!need_stretch(f, &due->within))
        return false;
    tr_text_span span = span_join(begin, f->last.span);
    if (take_word(f, "of") || take_word(f, "after"))
        return clause_zero(f, &due->zero, &due->zero_clause, span, false);
    if (!part_begins(f)) {
        front_unexpected(f, "\"of\" and a starting point", "");
        return false;
    }
    clause_no_zero(f, span, span_join(number, f->last.span));
    return true;
}

/* at once [of ZERO]: due at its starting point itself, the entry into force unless said. */
static bool read_once(front *f, tr_due *due, tr_text_span begin)
{
    if (!need_word(f, "once", "Write: at once"))
        return false;
    due->kind = TR_DUE_WITHIN;
    due->within = (tr_stretch){-1, 0};
    due->zero = TR_ZERO_IN_FORCE;
    tr_text_span span = span_join(begin, f->last.span);
    if (take_word(f, "of") || take_word(f, "after"))
        return clause_zero(f, &due->zero, &due->zero_clause, span, false);
    force_asked(f, span);
    return true;
}

static bool next_is(const front *f, const char *word)
{
    tok next = front_peek(f);
    return next.kind == TOK_WORD && !next.first && tr_str_is(next.text, word);
}

/* within STRETCH of what happens again and again, if the sentence says so */
static bool recurs(front *f, tr_obligation *o, bool *is)
{
    lexer lex = f->lex;
    tok   now = f->tok, last = f->last;
    *is = false;
    if (!is_word(f, "within"))
        return true;
    front_step(f); /* within */
    front_step(f); /* 36 */
    if (!is_word(f, "of") && !is_word(f, "after"))
        front_step(f); /* hours */
    *is = (take_word(f, "of") || take_word(f, "after")) && each_begins(f);
    f->lex = lex;
    f->tok = now;
    f->last = last;
    if (!*is)
        return true;
    front_step(f);
    if (!need_stretch(f, &o->each.within))
        return false;
    front_step(f); /* of */
    return each_trigger(f, o);
}

static bool read_due(front *f, tr_due *due)
{
    tr_text_span begin = f->tok.span;
    *due = (tr_due){.zero_clause = -1, .date = TR_TIME_NONE};
    if (take_word(f, "within"))
        return read_within(f, due, begin);
    if (take_word(f, "by"))
        return read_by(f, due, begin);
    if (take_word(f, "at"))
        return read_once(f, due, begin);
    front_unexpected(f, "\"within\", \"by\" or \"at once\"", deadlines);
    return false;
}

enum { SAID_FINISH = 1, SAID_BEGIN = 2, SAID_PROOF = 4, SAID_ONCE = 8 };

static bool say(front *f, int *said, int bit, const char *what)
{
    if (*said & bit)
        clause_repeated(f, what);
    *said |= bit;
    return true;
}

static bool read_proof(front *f, tr_obligation *o)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "the name of a proof", "Write: proof established"))
        return false;
    o->gate = front_use(f, SYM_PROOF, name, span);
    if (o->gate < 0)
        clause_wrong(f);
    return true;
}

static bool read_part(front *f, tr_obligation *o, int *said)
{
    take_sign(f, ",");
    if (take_word(f, "begin"))
        return say(f, said, SAID_BEGIN, "the time to begin") && read_due(f, &o->begin);
    if (take_word(f, "finish"))
        return say(f, said, SAID_FINISH, "the deadline") && read_due(f, &o->finish);
    if (take_word(f, "no"))
        return say(f, said, SAID_FINISH, "the deadline") &&
               need_word(f, "deadline", "Write: no deadline");
    if (take_word(f, "proof"))
        return say(f, said, SAID_PROOF, "the proof") && read_proof(f, o);
    if (take_word(f, "cites"))
        return clause_cites(f);
    if (take_word(f, "needs"))
        return parse_consent(f, &o->needs);
    if (take_word(f, "once"))
        return say(f, said, SAID_ONCE, "what is waited for") && parse_when(f, &o->once);
    if (is_word(f, "at") && next_is(f, "most"))
        return each_quota(f, o);
    if (take_word(f, "in"))
        return each_target(f, o);
    if (take_word(f, "every"))
        return say(f, said, SAID_FINISH, "the deadline") && each_cadence(f, o);
    bool recurring;
    if (!recurs(f, o, &recurring))
        return false;
    if (recurring)
        return say(f, said, SAID_FINISH, "the deadline");
    if (deadline_begins(f)) {
        tr_text_span begin = f->tok.span;
        if (*said & SAID_FINISH)
            front_report(f, (report){TR_E_REPEATED, begin, NULL, "Remove one of them.", false},
                         "the deadline is stated twice");
        *said |= SAID_FINISH;
        return read_due(f, &o->finish);
    }
    front_unexpected(f, deadline_wanted, deadlines);
    return false;
}

/* A class and a zone: NAME from ..., NAME in ... */
static bool object_begins(const front *f)
{
    tok next = front_peek(f);
    return !part_begins(f) && f->tok.kind == TOK_WORD && !next.first && next.kind == TOK_WORD &&
           (tr_str_is(next.text, "from") || tr_str_is(next.text, "in"));
}

/* Before the deadline: a class and a zone, or recipients, as the act takes them. */
static bool read_object(front *f, tr_obligation *o)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "a class", ""))
        return false;
    o->class_ = front_use(f, SYM_CLASS, name, span);
    front_step(f);
    if (!clause_zone(f, &o->zone))
        return false;
    if (o->class_ < 0 || o->zone == -2)
        clause_wrong(f);
    return true;
}

static void complement_fits(front *f, const tr_obligation *o, tr_text_span act_span, bool object)
{
    const tr_act *act = &f->act[o->act_at];
    char          name[64];
    snprintf(name, sizeof name, "%s", front_quote(act->name).z);
    if (act->object && !object)
        front_report(f,
                     (report){TR_E_OBJECT, act_span, NULL,
                              "Write for example: withdraw guns from strip", false},
                     "the act \"%s\" needs a class and a zone", name);
    else if (!act->object && object)
        front_report(f,
                     (report){TR_E_OBJECT, act_span, NULL,
                              "Declare it so: act withdraw CLASS from ZONE done when ...", false},
                     "the act \"%s\" takes no class and no zone", name);
    else if (act->to && !o->to)
        front_report(f,
                     (report){TR_E_RECIPIENT, act_span, NULL,
                              "Name them after the act: notify A, B", false},
                     "the act \"%s\" needs recipients", name);
    else if (!act->to && o->to)
        front_report(f,
                     (report){TR_E_RECIPIENT, act_span, NULL,
                              "Declare the act with \"to\", or remove the recipients.", false},
                     "the act \"%s\" takes no recipients", name);
}

/* A class where recipients would stand: the words fit, and the act takes none so. */
static bool class_alone(front *f, tr_text_span act_span)
{
    tr_str       name;
    tr_text_span span;
    front_report(f,
                 (report){TR_E_OBJECT, f->tok.span, NULL,
                          "Declare it so: act withdraw CLASS from ZONE done when ...", false},
                 "the act \"%s\" takes no class and no zone",
                 front_quote(span_text(f, act_span)).z);
    do
        if (!need_name(f, &name, &span, "an actor", ""))
            return false;
    while (take_sign(f, ","));
    return true;
}

void duty_with(front *f, const tr_act *act)
{
    tr_str rest = act->with;
    while (rest.len > 0) {
        ptrdiff_t blank = tr_str_find(rest, ' ');
        ptrdiff_t end = blank < 0 ? rest.len : blank;
        if (!take_word(f, tr_str_z(f->keep, tr_str_cut(rest, 0, end)))) {
            if (!f->panic)
                front_report(f,
                             (report){TR_E_OBJECT, f->tok.span, NULL,
                                      "Write the words in small letters that stand in capitals "
                                      "where the act is declared.",
                                      false},
                             "the act \"%s\" goes with \"%s\"", front_quote(act->name).z,
                             front_quote(act->with).z);
            return;
        }
        rest = tr_str_from(rest, blank < 0 ? end : end + 1);
    }
}

static bool read_complement(front *f, tr_obligation *o, tr_text_span act_span)
{
    int32_t errors = f->result->errors;
    duty_with(f, &f->act[o->act_at]);
    bool object = object_begins(f);
    if (object && !read_object(f, o))
        return false;
    if (!object && !part_begins(f) && take_word(f, "to") && part_begins(f)) {
        front_unexpected(f, "an actor", "Name a party, guarantor, witness or body.");
        return false;
    }
    if (!part_begins(f) && (f->tok.kind != TOK_WORD || front_puzzled(f, SYM_ACTOR))) {
        f->left = f->tok.kind == TOK_WORD;
        front_unexpected(f, deadline_wanted, deadlines);
        return false;
    }
    if (!part_begins(f) && front_find(f, SYM_CLASS, f->tok.text) >= 0 &&
        front_find(f, SYM_ACTOR, f->tok.text) < 0)
        return class_alone(f, act_span);
    if (!part_begins(f) && !front_actor_list(f, &o->to))
        return false;
    if (!f->panic && f->result->errors == errors)
        complement_fits(f, o, act_span, object);
    return !f->panic;
}

/* An act that nobody declared: what stands before the deadline cannot be understood. */
static void skip_to_deadline(front *f)
{
    f->left = true;
    while (!at_end(f) && !deadline_begins(f) && !is_word(f, "cites") &&
           !(f->tok.kind == TOK_WORD && front_refused(f->tok.text)))
        front_step(f);
    if (!at_end(f) && f->tok.kind == TOK_WORD && !deadline_begins(f) && !is_word(f, "cites"))
        front_unexpected(f, "a deadline", "");
}

void parse_obligation(front *f, uint64_t actors)
{
    tr_clause     *clause = clause_now(f);
    tr_obligation *o = &clause->u.obligation;
    tr_str         name;
    tr_text_span   act_span;
    int            said = 0;
    int32_t        errors = f->result->errors;
    clause->kind = TR_CLAUSE_OBLIGATION;
    *o = (tr_obligation){.actors = actors,
                         .class_ = -1,
                         .zone = -1,
                         .gate = -1,
                         .begin = {.zero_clause = -1, .date = TR_TIME_NONE},
                         .finish = {.zero_clause = -1, .date = TR_TIME_NONE},
                         .each = {.by = -1, .clause = -1}};
    f->left = front_puzzled(f, SYM_ACT) && !front_vague(f->tok.text);
    if (f->left || part_begins(f)) {
        f->left = f->left && !part_begins(f);
        front_unexpected(f, "an act", "Write for example: A must withdraw guns from strip");
        return;
    }
    if (!need_name(f, &name, &act_span, "an act",
                   "Write for example: A must withdraw guns from strip"))
        return;
    o->act = name;
    o->act_at = front_find(f, SYM_ACT, name);
    if (o->act_at < 0)
        skip_to_deadline(f);
    else if (!read_complement(f, o, act_span))
        return;
    while (!f->panic && !at_end(f))
        if (!read_part(f, o, &said))
            return;
    if (!f->panic && !(said & SAID_FINISH)) {
        front_report(f,
                     (report){TR_E_DEADLINE, clause->span,
                              "Without a deadline nobody could ever say that the duty was missed.",
                              deadlines, false},
                     "the duty of clause %s has no deadline", front_quote(clause->label).z);
        clause_wrong(f);
    }
    if (!f->panic)
        each_whole(f, o);
    if (o->act_at < 0 && f->result->errors == errors)
        front_use(f, SYM_ACT, name, act_span);
}
