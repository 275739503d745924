/* when.c -- conditions: on the state of other clauses, on acts of bodies, on dates.
 *
 *     A in breach of §3.1 and not §6.1 active and B ratifies by "parliament" and after 2026-03-01
 *
 * Atoms joined by `and`; all must hold.  They are read in place: references to clauses are noted
 * by their slots and resolved by check.c.
 */
#include "terms/front.h"

enum {
    BROKEN = 1 << TR_CLAUSE_OBLIGATION | 1 << TR_CLAUSE_STEP,
    KEPT = BROKEN | 1 << TR_CLAUSE_MILESTONE
};

static const char hint_of_atom[] =
    "Write for example: A in breach of \xC2\xA7"
    "3.1, \xC2\xA7"
    "6.1 active, \xC2\xA7"
    "3.1 fulfilled, breach of \xC2\xA7"
    "2.1 by A, B ratifies by \"parliament\", after 2026-03-01";

int32_t front_organ(front *f, tr_str name)
{
    for (ptrdiff_t i = 0; i < f->organs.len; i++)
        if (tr_str_eq(f->organs.at[i], name))
            return (int32_t)i;
    *TR_PUSH(f->keep, &f->organs) = name;
    return (int32_t)f->organs.len - 1;
}

static bool read_actor(front *f, int32_t *actor)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "an actor", "Name a party, guarantor, witness or body."))
        return false;
    *actor = front_use(f, SYM_ACTOR, name, span);
    if (*actor < 0)
        clause_wrong(f);
    return !f->panic;
}

static bool read_ref(front *f, int32_t *slot, int want)
{
    tr_str       label;
    tr_text_span span;
    if (!need_ref(f, &label, &span))
        return false;
    clause_refer_any(f, label, span, slot, want);
    return true;
}

/* of REF [by ACTOR] */
static bool read_breach(front *f, int32_t *clause, int32_t *actor)
{
    return need_word(f, "of", hint_of_atom) &&
           read_ref(f, clause,
                    1 << TR_CLAUSE_PROHIBITION | 1 << TR_CLAUSE_OBLIGATION |
                        1 << TR_CLAUSE_STEP) &&
           (!take_word(f, "by") || read_actor(f, actor));
}

/* [by STRING] */
bool front_by_organ(front *f, int32_t *organ)
{
    tr_str name;
    if (!take_word(f, "by"))
        return true;
    if (!need_string(f, &name, "the approving body in quotes",
                     "Write: A ratifies by \"parliament\""))
        return false;
    *organ = front_organ(f, name);
    return true;
}

bool front_ratify(front *f, int32_t *act)
{
    static const char *const words[] = {"signs", "ratifies", "deposits", "accedes", "withdraws"};
    for (int32_t i = 0; i < 5; i++)
        if (take_word(f, words[i]))
            return *act = i, true;
    return false;
}

/* ACTOR in breach of REF | ACTOR ratifies [by STRING] */
static bool read_actor_atom(front *f, tr_atom *atom)
{
    if (!read_actor(f, &atom->actor))
        return false;
    if (take_word(f, "in")) {
        atom->kind = TR_WHEN_IN_BREACH;
        return need_word(f, "breach", hint_of_atom) && need_word(f, "of", hint_of_atom) &&
               read_ref(f, &atom->clause, BROKEN);
    }
    atom->kind = TR_WHEN_RATIFIES;
    if (front_ratify(f, &atom->act))
        return front_by_organ(f, &atom->organ);
    front_unexpected(f, "\"in breach of\", \"signs\", \"ratifies\", \"deposits\", \"accedes\" or "
                        "\"withdraws\"",
                     hint_of_atom);
    return false;
}

static bool read_state_atom(front *f, tr_atom *atom)
{
    tr_str       label;
    tr_text_span span;
    if (!need_ref(f, &label, &span))
        return false;
    bool fulfilled = is_word(f, "fulfilled"), ended = is_word(f, "ended");
    if (!fulfilled && !ended && !is_word(f, "active")) {
        front_unexpected(f, "\"fulfilled\", \"active\" or \"ended\"", hint_of_atom);
        return false;
    }
    front_step(f);
    atom->kind = fulfilled ? TR_WHEN_FULFILLED : ended ? TR_WHEN_ENDED : TR_WHEN_ACTIVE;
    clause_refer_any(f, label, span, &atom->clause, fulfilled ? KEPT : 1 << TR_CLAUSE_THRESHOLD);
    return true;
}

static bool read_first_breach(front *f, tr_atom *atom)
{
    atom->kind = TR_WHEN_BREACH;
    return read_breach(f, &atom->clause, &atom->actor) &&
           (!take_word(f, "before") || (need_word(f, "breach", hint_of_atom) &&
                                        read_breach(f, &atom->clause2, &atom->actor2)));
}

static bool read_atom(front *f, tr_atom *atom)
{
    tr_text_span begin = f->tok.span;
    bool         read;
    *atom = (tr_atom){.negated = take_word(f, "not"),
                      .clause = -1,
                      .actor = -1,
                      .clause2 = -1,
                      .actor2 = -1,
                      .organ = -1,
                      .moment = TR_TIME_NONE};
    if (is_word(f, "after") || is_word(f, "before")) {
        atom->kind = take_word(f, "after") ? TR_WHEN_AFTER : TR_WHEN_BEFORE;
        read = atom->kind == TR_WHEN_AFTER || take_word(f, "before");
        read = read && need_moment(f, &atom->moment);
    } else if (take_word(f, "breach")) {
        read = read_first_breach(f, atom);
    } else if (is_sign(f, "\xC2\xA7") || is_word(f, "clause")) {
        read = read_state_atom(f, atom);
    } else if (!at_end(f) && f->tok.kind == TOK_WORD) {
        read = read_actor_atom(f, atom);
    } else {
        front_unexpected(f, "a condition", hint_of_atom);
        return false;
    }
    atom->span = span_join(begin, f->last.span);
    return read;
}

bool parse_ratified(front *f, tr_when *when)
{
    tr_atom *atom = &when->atom[0];
    *when = (tr_when){.atoms = 1};
    *atom = (tr_atom){.kind = TR_WHEN_RATIFIES,
                      .clause = -1,
                      .clause2 = -1,
                      .actor2 = -1,
                      .organ = -1,
                      .moment = TR_TIME_NONE};
    atom->span = f->tok.span;
    if (!read_actor(f, &atom->actor))
        return false;
    if (!front_ratify(f, &atom->act)) {
        front_unexpected(f, "\"signs\", \"ratifies\", \"deposits\", \"accedes\" or \"withdraws\"",
                         "Write: needs B ratifies by \"senate\" for \xC2\xA7"
                         "4.1");
        return false;
    }
    return front_by_organ(f, &atom->organ);
}

bool parse_when(front *f, tr_when *when)
{
    *when = (tr_when){0};
    do {
        if (when->atoms == TR_ATOMS) {
            front_leave(f, TR_E_LIMIT, "Split the clause.", "more than %d conditions", TR_ATOMS);
            return false;
        }
        if (!read_atom(f, &when->atom[when->atoms++]))
            return false;
    } while (take_word(f, "and"));
    return true;
}

/* needs consent of A by "national referendum": after `needs`. */
bool parse_consent(front *f, tr_when *needs)
{
    static const char hint[] = "Write: needs consent of A by \"national referendum\"";
    tr_text_span      begin = f->last.span;
    tr_atom          *atom;
    if (needs->atoms == TR_ATOMS) {
        front_leave(f, TR_E_LIMIT, "Split the clause.", "more than %d consents", TR_ATOMS);
        return false;
    }
    atom = &needs->atom[needs->atoms++];
    *atom = (tr_atom){.kind = TR_WHEN_RATIFIES,
                      .clause = -1,
                      .actor = -1,
                      .clause2 = -1,
                      .actor2 = -1,
                      .act = TR_RATIFY_RATIFIED,
                      .organ = -1,
                      .moment = TR_TIME_NONE};
    if (!need_word(f, "consent", hint) || !need_word(f, "of", hint) ||
        !read_actor(f, &atom->actor))
        return false;
    if (!is_word(f, "by")) {
        front_unexpected(f, "\"by\" and the approving body", hint);
        return false;
    }
    bool read = front_by_organ(f, &atom->organ);
    atom->span = span_join(begin, f->last.span);
    return read;
}
