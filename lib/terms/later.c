/* later.c -- constructs of a later version, read to their end and then refused (TR0108).
 *
 *     counting engagement version 1: fires within 2 km and 1 hour are one; a flare never opens one
 *     proof attributed needs established and side >= 90 %
 *     count ... >= 30, proved at 99 % by audit        >= 30, by audit
 *     audit by JMC, order seeded after freezing, 1 % over the life of the clause
 *     within 36 hours of request by JMC               no deadline
 *
 * The sentence goes on behind them, so that everything else in it is still checked, and each is
 * told once.
 */
#include "terms/front.h"

static void tell(front *f, tr_text_span begin, const char *hint, const char *what)
{
    if (!f->panic)
        front_report(
            f, (report){TR_E_NOT_COMPILED, span_join(begin, f->last.span), NULL, hint, false},
            "%s is known and not in this version", what);
}

bool later_rule(front *f)
{
    tr_text_span begin = f->tok.span;
    tok          next = front_peek(f);
    if (at_end(f) || f->tok.kind != TOK_WORD || next.kind == TOK_END || next.first)
        return false; /* one word alone is a rule that was meant otherwise */
    for (; !at_end(f) && !f->panic; front_step(f))
        if (f->tok.kind == TOK_BAD || f->tok.kind == TOK_OPEN)
            front_unexpected(f, "a word", "");
    tell(f, begin, "Count by R-INC or R-SMM.", "a rule of counting that is described in words");
    return true;
}

bool later_side(front *f)
{
    tr_text_span begin = f->tok.span;
    int32_t      ppm;
    front_step(f);
    if (!take_sign(f, ">=") && !take_sign(f, "\xE2\x89\xA5")) {
        front_unexpected(f, "\">=\"", "Write: side >= 90 %");
        return false;
    }
    if (!need_percent(f, &ppm))
        return false;
    tell(f, begin, "Write for example: rung >= 3", "a gate on the side");
    return true;
}

static bool is_proof(const front *f)
{
    return is_word(f, "audit") || is_word(f, "intensity") || is_word(f, "mean");
}

bool later_bound(front *f)
{
    static const char hint[] = "Write \"by tally\": every incident is counted.";
    tr_text_span      begin = f->tok.span;
    int32_t           ppm;
    if (take_word(f, "proved")) {
        if (!need_word(f, "at", "Write: proved at 99 % by audit") || !need_percent(f, &ppm) ||
            !need_word(f, "by", "Write: proved at 99 % by audit"))
            return false;
        if (!is_proof(f)) {
            front_unexpected(f, "\"audit\", \"intensity\" or \"mean\"", hint);
            return false;
        }
    } else if (!is_proof(f)) {
        return false;
    }
    front_step(f);
    tell(f, begin, hint, "a bound that is proved by statistics");
    return true;
}

bool later_audit(front *f)
{
    static const char hint[] = "Write: audit by JMC, order seeded after freezing, 1 % over the "
                               "life of the clause";
    static const char *const order[] = {"order", "seeded", "after", "freezing"};
    static const char *const life[] = {"over", "the", "life", "of", "the", "clause"};
    tr_text_span             begin = f->last.span, span;
    tr_str                   name;
    int32_t                  ppm;
    if (!need_word(f, "by", hint) || !need_name(f, &name, &span, "who adjudicates", hint))
        return false;
    front_use(f, SYM_ACTOR, name, span);
    take_sign(f, ",");
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (!need_word(f, order[i], hint))
            return false;
    take_sign(f, ",");
    if (!need_percent(f, &ppm))
        return false;
    for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
        if (!need_word(f, life[i], hint))
            return false;
    tell(f, begin, "Leave it out, and write \"by tally\" after the bounds.", "an audit");
    return true;
}

bool later_zero(front *f, bool ladder, const char *hint)
{
    static const char *const zeros[] = {"breach", "recorded", "release", "notified"};
    tr_text_span             begin = f->tok.span, span;
    tr_str                   name;
    bool                     request = is_word(f, "request");
    bool                     found = request && ladder;
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        found = found || is_word(f, zeros[i]);
    if (!found)
        return false;
    front_step(f);
    if (request && take_word(f, "by")) {
        if (!need_name(f, &name, &span, "who asks for it", "Write: request by JMC"))
            return true;
        front_use(f, SYM_ACTOR, name, span);
    }
    tell(f, begin, hint, "this starting point");
    return true;
}

bool later_no_deadline(front *f)
{
    tr_text_span begin = f->tok.span;
    front_step(f);
    if (!need_word(f, "deadline", "Write a deadline with its starting point."))
        return false;
    tell(f, begin, "Write a deadline with its starting point.", "a step with no deadline");
    return true;
}
