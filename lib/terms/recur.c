/* recur.c -- duties that recur: on each request, notice, breach or activation, or every period.
 *
 *     4.3 A must admit inspection within 36 hours of request by JMC, at most 6 every month,
 *         in 90 % of cases every quarter
 *     9.1 JMC must report to A, B every week
 *     9.2 A must hold exercise at least 4 times every year
 */
#include "terms/front.h"

/* \302\247 LABEL active, or ended */
static bool state_follows(const front *f)
{
    front ahead = *f;
    if (!take_sign(&ahead, "\xC2\xA7") && !take_word(&ahead, "clause"))
        return false;
    front_step(&ahead);
    return is_word(&ahead, "active") || is_word(&ahead, "ended");
}

bool each_begins(const front *f)
{
    return is_word(f, "request") || is_word(f, "notice") || is_word(f, "each") ||
           is_word(f, "first") || state_follows(f);
}

/* [by NAME] */
static bool read_by(front *f, tr_each *each, bool must)
{
    tr_str       name;
    tr_text_span span;
    if (!must && !is_word(f, "by"))
        return true;
    if (!need_word(f, "by", "Write: of notice by A") ||
        !need_name(f, &name, &span, "an actor", "Name a party, guarantor, witness or body."))
        return false;
    each->by = front_use(f, SYM_ACTOR, name, span);
    if (each->by < 0)
        clause_wrong(f);
    return !f->panic;
}

static bool read_breach(front *f, tr_each *each)
{
    static const char hint[] = "Write: of each breach of \xC2\xA7"
                               "2.1 by A";
    tr_str            label;
    tr_text_span      span;
    if (!need_word(f, "breach", hint) || !need_word(f, "of", hint) || !need_ref(f, &label, &span))
        return false;
    clause_refer(f, label, span, &each->clause, TR_CLAUSE_PROHIBITION);
    return read_by(f, each, false);
}

bool each_trigger(front *f, tr_obligation *o)
{
    tr_each     *each = &o->each;
    tr_str       label;
    tr_text_span span;
    if (take_word(f, "request"))
        return each->kind = TR_EACH_REQUEST, read_by(f, each, false);
    if (take_word(f, "notice"))
        return each->kind = TR_EACH_NOTICE, read_by(f, each, true);
    if (take_word(f, "each"))
        return each->kind = TR_EACH_BREACH, read_breach(f, each);
    if (take_word(f, "first"))
        return each->kind = TR_EACH_FIRST_BREACH, read_breach(f, each);
    if (!need_ref(f, &label, &span))
        return false;
    clause_refer(f, label, span, &each->clause, TR_CLAUSE_THRESHOLD);
    each->kind = take_word(f, "active") ? TR_EACH_ACTIVE : TR_EACH_ENDED;
    if (each->kind == TR_EACH_ENDED)
        front_step(f); /* ended */
    return true;
}

/* at least 4 times */
static bool read_times(front *f, tr_each *each)
{
    static const char hint[] = "Write: every year at least 4 times";
    int64_t           times;
    if (!need_word(f, "at", hint) || !need_word(f, "least", hint) ||
        !need_whole(f, 1, 10000, &times, "how many times"))
        return false;
    each->times = (int32_t)times;
    return take_word(f, "time") || need_word(f, "times", hint);
}

bool each_cadence(front *f, tr_obligation *o)
{
    tr_each     *each = &o->each;
    tr_text_span span = f->tok.span;
    each->kind = TR_EACH_PERIOD;
    each->times = 1;
    if (!need_every(f, &each->every))
        return false;
    if (each->every.kind == TR_PERIOD_STRETCH && each->every.stretch.days < 0)
        front_report(f,
                     (report){TR_E_PERIOD_LENGTH, span_join(span, f->last.span), NULL,
                              "Write it in days: every day", false},
                     "a duty recurs by days, and this period is elapsed time");
    return !is_word(f, "at") || read_times(f, each);
}

/* at most 6 every month */
bool each_quota(front *f, tr_obligation *o)
{
    static const char hint[] = "Write: at most 6 every month";
    int64_t           most;
    front_step(f);
    if (o->each.quota > 0)
        clause_repeated(f, "the quota");
    if (!need_word(f, "most", hint) || !need_whole(f, 1, 10000, &most, "how many requests bind"))
        return false;
    o->each.quota = (int32_t)most;
    return need_word(f, "every", hint) && need_every(f, &o->each.quota_every);
}

/* in 90 % of cases every quarter */
bool each_target(front *f, tr_obligation *o)
{
    static const char hint[] = "Write: in 90 % of cases every quarter";
    if (o->each.target_ppm > 0)
        clause_repeated(f, "the target");
    return need_percent(f, &o->each.target_ppm) && need_word(f, "of", hint) &&
           need_word(f, "cases", hint) && need_word(f, "every", hint) &&
           need_every(f, &o->each.target_every);
}

void each_whole(front *f, const tr_obligation *o)
{
    const tr_each *each = &o->each;
    const char    *what = NULL;
    if (each->quota > 0 && each->kind != TR_EACH_REQUEST)
        what = "a quota stands with a duty that no request brings about";
    else if (each->target_ppm > 0 && (each->kind == TR_EACH_NONE || each->kind == TR_EACH_PERIOD))
        what = "a share of cases stands with a duty that has no cases";
    else if (each->kind != TR_EACH_NONE && o->begin.kind != TR_DUE_NONE)
        what = "a time to begin stands with a duty that recurs";
    else if (each->kind != TR_EACH_NONE && o->act_at >= 0 && f->act[o->act_at].seen)
        what = "an act that is completed by what is seen stands with a duty that recurs";
    if (what)
        front_report(f,
                     (report){TR_E_RECURS, clause_now(f)->span, NULL,
                              "Write for example: within 36 hours of request by JMC, at most 6 "
                              "every month",
                              false},
                     "%s", what);
}
