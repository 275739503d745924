/* clause.c -- one sentence a clause: prohibitions, thresholds, steps of a ladder.
 *
 * A clause enters the plan at its label; its body is then read in place.  References to other
 * clauses are noted and resolved by check.c, so they may point ahead.
 */
#include "terms/front.h"

#include <stdio.h>

tr_clause *clause_now(front *f)
{
    return &f->clause[f->plan.clauses - 1];
}

void clause_refer(front *f, tr_str label, tr_text_span span, int32_t *slot, tr_clause_kind want)
{
    clause_refer_any(f, label, span, slot, 1 << want);
}

void clause_refer_any(front *f, tr_str label, tr_text_span span, int32_t *slot, int want)
{
    *slot = -1;
    *TR_PUSH(f->keep, &f->refs) =
        (ref){f->plan.clauses - 1, label, slot, want, f->each_now, span};
}

void clause_wrong(front *f) /* the clause under way cannot be checked further */
{
    f->clause_bad[f->plan.clauses - 1] = 1;
}

void clause_repeated(front *f, const char *what)
{
    front_report(f, (report){TR_E_REPEATED, f->last.span, NULL, "Remove one of them.", false},
                 "%s is stated twice", what);
}

/* ---- prohibitions ---- */

enum {
    SAID_ZONE = 1,
    SAID_FROM = 2,
    SAID_UNTIL = 4,
    SAID_PROOF = 8,
    SAID_COVERAGE = 16,
    SAID_ONCE = 32,
    SAID_DAILY = 64
};

static void say(front *f, int *said, int bit, const char *what)
{
    if (*said & bit)
        clause_repeated(f, what);
    *said |= bit;
}

/* in ZONE | in area: -1 is the whole area, -2 a name that is not declared. */
bool clause_zone(front *f, int32_t *zone)
{
    tr_str       name;
    tr_text_span span;
    if (take_word(f, "area"))
        return *zone = -1, true;
    if (!need_name(f, &name, &span, "a zone or \"area\"",
                   "Write: in area, or in a zone declared above."))
        return false;
    *zone = front_use(f, SYM_ZONE, name, span);
    if (*zone < 0)
        *zone = -2;
    return true;
}

bool clause_coverage(front *f, int32_t *ppm)
{
    static const char hint[] = "Write: coverage >= 60 %";
    if (!need_word(f, "coverage", hint))
        return false;
    if (!take_sign(f, ">=") && !take_sign(f, "\xE2\x89\xA5")) {
        front_unexpected(f, "\">=\"", hint);
        return false;
    }
    return need_percent(f, ppm);
}

/* daily from 22:00 to 06:00 */
static bool read_daily(front *f, tr_daily *daily)
{
    static const char hint[] = "Write: daily from 22:00 to 06:00";
    tr_text_span      span = f->tok.span;
    daily->stated = true;
    if (!need_word(f, "from", hint) || !need_clock(f, &daily->from_s, hint) ||
        !need_word(f, "to", hint) || !need_clock(f, &daily->to_s, hint))
        return false;
    if (daily->from_s == daily->to_s)
        front_report(f,
                     (report){TR_E_DAILY, span_join(span, f->last.span),
                              "Hours that hold at all times need not be stated.",
                              "Write two different times, or leave them out.", false},
                     "the hours of each day end when they begin");
    return true;
}

static bool prohibition_part(front *f, tr_prohibition *p, int *said)
{
    tr_str       name;
    tr_text_span span;
    take_sign(f, ",");
    if (take_word(f, "in")) {
        say(f, said, SAID_ZONE, "the zone");
        return clause_zone(f, &p->zone);
    }
    if (take_word(f, "from")) {
        say(f, said, SAID_FROM, "the begin");
        return need_moment(f, &p->begin);
    }
    if (take_word(f, "until")) {
        say(f, said, SAID_UNTIL, "the end");
        return need_moment(f, &p->end);
    }
    if (take_word(f, "daily")) {
        say(f, said, SAID_DAILY, "the hours of each day");
        return read_daily(f, &p->daily);
    }
    if (take_word(f, "proof")) {
        say(f, said, SAID_PROOF, "the proof");
        if (!need_name(f, &name, &span, "the name of a proof", "Write: proof established"))
            return false;
        p->gate = front_use(f, SYM_PROOF, name, span);
        return true;
    }
    if (take_word(f, "needs")) {
        if (is_word(f, "consent"))
            return parse_consent(f, &p->needs);
        say(f, said, SAID_COVERAGE, "the coverage");
        return clause_coverage(f, &p->coverage_ppm);
    }
    if (take_word(f, "except"))
        return parse_exception(f, p);
    if (take_word(f, "once")) {
        say(f, said, SAID_ONCE, "what is waited for");
        p->since = TR_TIME_MAX;
        return parse_when(f, &p->once);
    }
    if (take_word(f, "cites"))
        return clause_cites(f);
    front_unexpected(
        f,
        "\"in\", \"from\", \"until\", \"daily\", \"proof\", \"needs coverage\", \"cites\" "
        "or the end of "
        "the sentence",
        "");
    return false;
}

static void read_prohibition(front *f, uint64_t actors)
{
    tr_prohibition *p = &clause_now(f)->u.prohibition;
    tr_str          name;
    tr_text_span    span;
    int             said = 0;
    clause_now(f)->kind = TR_CLAUSE_PROHIBITION;
    *p = (tr_prohibition){.actors = actors,
                          .class_ = -1,
                          .zone = -1,
                          .gate = -1,
                          .begin = TR_TIME_NONE,
                          .end = TR_TIME_MAX,
                          .since = TR_TIME_NONE};
    if (!is_word(f, "commit") && !is_word(f, "keep") && !is_word(f, "fly")) {
        front_unexpected(f, "\"commit\", \"keep\" or \"fly\"",
                         "Write: must not commit CLASS in ZONE");
        return;
    }
    p->act = f->tok.text;
    front_step(f);
    if (!need_name(f, &name, &span, "a class", "Write: must not commit CLASS in ZONE"))
        return;
    p->class_ = front_use(f, SYM_CLASS, name, span);
    if (p->class_ < 0)
        clause_wrong(f);
    while (!f->panic && !at_end(f))
        if (!prohibition_part(f, p, &said))
            return;
    if (p->begin != TR_TIME_NONE && p->end != TR_TIME_MAX && p->end != TR_TIME_NONE &&
        p->end <= p->begin)
        front_report(
            f, (report){TR_E_PERIOD, clause_now(f)->span, NULL, "Exchange the two dates.", false},
            "clause %s ends before it begins", front_quote(clause_now(f)->label).z);
}

/* ---- duties and steps ---- */

/* The starting points of a ladder, and those of a duty outside one. */
bool clause_zero(front *f, tr_zero *zero, int32_t *clause, tr_text_span deadline, bool ladder)
{
    static const char        steps[] = "Write \"of activation\", \"of first breach\", \"of \xC2\xA7"
                                       "7.1 fulfilled\", \"of \xC2\xA7"
                                       "7.1 acknowledged\", \"of in force\" or \"of signature\".";
    static const char        duties[] = "Write \"of in force\", \"of signature\" or \"of \xC2\xA7"
                                        "3.1 fulfilled\" or \"begun\".";
    const char              *hint = ladder ? steps : duties;
    tr_str                   label;
    tr_text_span             span;
    *clause = -1;
    if (ladder && take_word(f, "activation"))
        return *zero = TR_ZERO_ACTIVATION, true;
    if (ladder && take_word(f, "first"))
        return *zero = TR_ZERO_FIRST_BREACH, need_word(f, "breach", hint);
    if (take_word(f, "in")) {
        *zero = TR_ZERO_IN_FORCE;
        force_asked(f, deadline);
        return need_word(f, "force", hint);
    }
    if (take_word(f, "signature")) {
        *zero = TR_ZERO_SIGNATURE;
        if (f->plan.signature == TR_TIME_NONE)
            front_report(
                f, (report){TR_E_ZERO, deadline, NULL, "Write above: signature 2015-02-12", false},
                "the deadline counts from the signature, which has no date");
        return true;
    }
    if (later_zero(f, ladder, hint))
        return !f->panic;
    if (!is_sign(f, "\xC2\xA7") && !is_word(f, "clause")) {
        front_unexpected(f, "a starting point", hint);
        return false;
    }
    if (!need_ref(f, &label, &span))
        return false;
    const char *under_way = ladder ? "acknowledged" : "begun";
    bool        begun = is_word(f, under_way);
    *zero = begun ? TR_ZERO_STEP_NOTIFIED : TR_ZERO_STEP_DONE;
    clause_refer_any(f, label, span, clause,
                     ladder  ? 1 << TR_CLAUSE_STEP
                     : begun ? 1 << TR_CLAUSE_OBLIGATION
                             : 1 << TR_CLAUSE_OBLIGATION | 1 << TR_CLAUSE_MILESTONE);
    if (take_word(f, "fulfilled") || take_word(f, under_way))
        return true;
    front_unexpected(
        f, ladder ? "\"fulfilled\" or \"acknowledged\"" : "\"fulfilled\" or \"begun\"", hint);
    return false;
}

void clause_no_zero(front *f, tr_text_span deadline, tr_text_span stretch)
{
    char   detail[240];
    char   hint[240];
    quoted text = front_quote(span_text(f, stretch));
    snprintf(detail, sizeof detail,
             "A deadline counts from a dated happening, and clause %s names none.",
             front_quote(clause_now(f)->label).z);
    snprintf(hint, sizeof hint,
             "Write \"within %s of %s\", or after another happening declared above.", text.z,
             f->ladder ? "activation" : "in force");
    front_report(f, (report){TR_E_ZERO, deadline, detail, hint, false},
                 "deadline \"%s\" has no starting point", text.z);
    clause_wrong(f);
}

/* at once [of ZERO]: due at its starting point itself, the activation unless said. */
static bool step_at_once(front *f, tr_step *step)
{
    tr_text_span begin = f->last.span;
    step->within = (tr_stretch){-1, 0};
    step->zero = TR_ZERO_ACTIVATION;
    if (!need_word(f, "once", "Write: at once"))
        return false;
    if (!take_word(f, "of") && !take_word(f, "after"))
        return true;
    return clause_zero(f, &step->zero, &step->zero_clause, span_join(begin, f->last.span), true);
}

static bool read_deadline(front *f, tr_step *step)
{
    tr_text_span begin = f->tok.span;
    if (is_word(f, "no"))
        return later_no_deadline(f);
    if (take_word(f, "at"))
        return step_at_once(f, step);
    if (!take_word(f, "within")) {
        tr_text_span span = clause_now(f)->span;
        if (at_end(f) || is_word(f, "unless") || is_word(f, "cites")) {
            front_report(
                f,
                (report){TR_E_DEADLINE, span,
                         "Without a deadline nobody could ever say that the duty was missed.",
                         "Add a deadline and what it counts from, such as \"within 24 hours "
                         "of activation\".",
                         false},
                "the duty of clause %s has no deadline", front_quote(clause_now(f)->label).z);
            clause_wrong(f);
            return at_end(f) ? false : true;
        }
        front_unexpected(f, "\"within\" and a deadline",
                         "Write for example: within 24 hours of activation");
        return false;
    }
    tr_text_span number = f->tok.span;
    if (!need_stretch(f, &step->within))
        return false;
    tr_text_span span = span_join(begin, f->last.span);
    if (take_word(f, "of") || take_word(f, "after"))
        return clause_zero(f, &step->zero, &step->zero_clause, span, true);
    if (!at_end(f) && !is_word(f, "unless") && !is_word(f, "cites")) {
        front_unexpected(f, "\"of\" and a starting point", "");
        return false;
    }
    clause_no_zero(f, span, span_join(number, f->last.span));
    return true;
}

/* The threshold of a ladder; `against A` in its head makes 6.1 mean that of A. */
static void refer_ladder(front *f, tr_str label, tr_text_span span, int32_t *slot)
{
    clause_refer(f, label, span, slot, TR_CLAUSE_THRESHOLD);
    if (f->ladder_each)
        f->refs.at[f->refs.len - 1].each = f->ladder_each;
}

static void step_end(front *f, tr_step *step)
{
    tr_str       label;
    tr_text_span span;
    while (!f->panic && !at_end(f)) {
        if (take_word(f, "unless")) {
            if (!need_ref(f, &label, &span) || !need_word(f, "ended",
                                                          "Write: unless \xC2\xA7"
                                                          "6.1 ended"))
                return;
            step->unless_ended = true;
            refer_ladder(f, label, span, &step->unless);
        } else if (take_word(f, "cites")) {
            if (!clause_cites(f))
                return;
        } else {
            front_unexpected(f, "\"unless\", \"cites\" or the end of the sentence", "");
            return;
        }
    }
}

/* `must`, or `may`, ACT [RECIPIENTS] within ... */
static void read_step(front *f, uint64_t actors, tr_text_span who, bool must)
{
    tr_clause   *clause = clause_now(f);
    tr_step     *step = &clause->u.step;
    tr_str       name;
    tr_text_span span;
    clause->kind = TR_CLAUSE_STEP;
    *step = (tr_step){.actor = -1, .must = must, .zero_clause = -1, .on = -1, .unless = -1};
    for (int32_t i = 0; i < f->plan.actors && actors; i++)
        if (actors >> i & 1 && step->actor < 0)
            step->actor = i;
    if (!actors)
        clause_wrong(f);
    if ((actors & (actors - 1)) != 0)
        front_report(f,
                     (report){TR_E_ACTOR, who, "A step done by one of two actors is done by whom?",
                              "Write one step for each actor.", false},
                     "the step of clause %s has several actors", front_quote(clause->label).z);
    refer_ladder(f, f->ladder_on, f->ladder_span, &step->on);
    if (!need_name(f, &name, &span, "an act",
                   "Write for example: JC must notify A, B within 1 hour of "
                   "activation"))
        return;
    int32_t act = front_use(f, SYM_ACT, name, span);
    step->act = name;
    if (act >= 0)
        duty_with(f, &f->act[act]);
    bool to = take_word(f, "to");
    f->left = front_puzzled(f, SYM_ACTOR);
    if (!f->panic && (to || (!at_end(f) && f->tok.kind == TOK_WORD)) && !is_word(f, "within") &&
        !is_word(f, "unless") && !is_word(f, "cites") && !is_word(f, "at") && !is_word(f, "no") &&
        !f->left && !front_actor_list(f, &step->to))
        return;
    if (act >= 0 && !f->panic && f->act[act].to != (step->to != 0))
        front_report(f,
                     (report){TR_E_RECIPIENT, span, NULL,
                              f->act[act].to
                                  ? "Name them after the act: notify A, B"
                                  : "Declare the act with \"to\", or remove the recipients.",
                              false},
                     f->act[act].to ? "the act \"%s\" needs recipients"
                                    : "the act \"%s\" takes no recipients",
                     front_quote(name).z);
    if (read_deadline(f, step))
        step_end(f, step);
}

/* ---- thresholds ---- */

/* What a condition says, as bits; each must be there. */
enum { C_PARTY = 1, C_ZONE = 2, C_WINDOW = 4, C_BOUND = 8, C_TALLY = 16 };
/* What the clause says once. */
enum {
    T_RUNG = 1,
    T_CORROBORATION = 2,
    T_EXERCISES = 4,
    T_CONTESTED = 8,
    T_LATE = 16,
    T_FROM = 32,
    T_REGISTER = 64,
    T_ON = 128,
    T_OFF = 256,
    T_REVIEW = 512,
    T_COMPARE_ON = 1024,
    T_COMPARE_OFF = 2048,
    T_DECIDED = 4096,
    T_AUDIT = 8192
};

static bool compare_sign(front *f, tr_condition *c)
{
    static const struct {
        const char *sign;
        int         low, high; /* 1: bound + that */
    } signs[] = {{">", 1, 0}, {">=", 2, 0}, {"\xE2\x89\xA5", 2, 0},
                 {"<", 0, 1}, {"<=", 0, 2}, {"\xE2\x89\xA4", 0, 2}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (take_sign(f, signs[i].sign)) {
            int64_t bound;
            if (!need_whole(f, 0, 1000000000, &bound, "a whole number"))
                return false;
            if (signs[i].high == 1 && bound == 0)
                front_report(
                    f, (report){TR_E_NUMBER, f->last.span, NULL, "Write \"< 1\" for none.", false},
                    "no count is below 0");
            c->least = signs[i].low == 1 ? bound + 1 : signs[i].low == 2 ? bound : 0;
            c->most = signs[i].high == 1 ? bound - 1 : signs[i].high == 2 ? bound : INT64_MAX;
            return true;
        }
    return false;
}

/* by each of A, B: one count cannot be one of each; read, and told how to write it. */
static bool by_each(front *f, int *said)
{
    uint64_t     actors = 0;
    tr_text_span span = f->tok.span;
    say(f, said, C_PARTY, "the party scope");
    front_step(f);
    if (!need_word(f, "of", "Write: by any party") || !front_actor_list(f, &actors))
        return false;
    front_report(f,
                 (report){TR_E_EACH, span_join(span, f->last.span),
                          "It would be one threshold with as many activations at a time.",
                          "Write an article \"for each P of A, B\", and count the breaches by P.",
                          false},
                 "a count by each of several parties in one threshold");
    return true;
}

/* by any party | by A | by tally */
static bool condition_by(front *f, tr_condition *c, int *said)
{
    if (take_word(f, "any")) {
        say(f, said, C_PARTY, "the party scope");
        return need_word(f, "party", "Write: by any party");
    }
    if (take_word(f, "tally")) {
        say(f, said, C_TALLY, "the proof of the bound");
        return true;
    }
    if (is_word(f, "each"))
        return by_each(f, said);
    if (is_word(f, "audit") || is_word(f, "intensity") || is_word(f, "mean"))
        return say(f, said, C_TALLY, "the proof of the bound"), later_bound(f);
    f->left = front_puzzled(f, SYM_ACTOR);
    if (!f->left && !at_end(f) && f->tok.kind == TOK_WORD) {
        say(f, said, C_PARTY, "the party scope");
        c->by = 1 + front_use(f, SYM_ACTOR, f->tok.text, f->tok.span);
        front_step(f);
        return true;
    }
    front_unexpected(f, "\"any party\", a party or \"tally\"",
                     "Write: by any party ... > 14, by tally");
    return false;
}

/* after `per`: a zone of sectors, each of which is counted by itself */
static bool condition_sectors(front *f, tr_condition *c)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "a zone divided into sectors", "Write: per sectors"))
        return false;
    int32_t zone = front_use(f, SYM_ZONE, name, span);
    c->per = zone + 1;
    if (zone >= 0 && f->zone[zone].making != TR_MADE_SECTORS) {
        front_report(f,
                     (report){TR_E_COUNT_ZONE, span, "Each sector is counted by itself.",
                              "Declare such a zone: zone sectors is contact divided every 50 km",
                              false},
                     "the zone \"%s\" is not divided into sectors", front_quote(name).z);
        c->per = 0;
    }
    return true;
}

static bool condition_part(front *f, tr_condition *c, int *said)
{
    if (take_word(f, "by"))
        return condition_by(f, c, said);
    if (take_word(f, "in")) {
        say(f, said, C_ZONE, "the zone");
        return clause_zone(f, &c->zone);
    }
    if (is_word(f, "proved"))
        return say(f, said, C_TALLY, "the proof of the bound"), later_bound(f);
    if (take_word(f, "per"))
        return say(f, said, C_ZONE, "the zone"), condition_sectors(f, c);
    if (take_word(f, "over")) {
        tr_text_span span = f->tok.span;
        say(f, said, C_WINDOW, "the window");
        int32_t errors = f->result->errors;
        if (!need_stretch(f, &c->window))
            return false;
        if (f->result->errors == errors &&
            (c->window.days == 0 || (c->window.days < 0 && c->window.ns == 0)))
            front_report(f,
                         (report){TR_E_NUMBER, span, NULL, "Write for example: over 7 days", false},
                         "a window of no length counts nothing");
        return true;
    }
    if (compare_sign(f, c)) {
        say(f, said, C_BOUND, "the bound");
        return true;
    }
    if (!f->panic)
        front_unexpected(f, "\"by\", \"in\", \"over\" or a bound", "");
    return false;
}

static bool condition_goes_on(front *f)
{
    static const char *const words[] = {"by", "in", "over", "per", "proved"};
    static const char *const signs[] = {"<", ">", "<=", ">=", "\xE2\x89\xA4", "\xE2\x89\xA5"};
    tok                      token = is_sign(f, ",") ? front_peek(f) : f->tok;
    if (f->panic || at_end(f) || token.first)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token.kind == TOK_WORD && tr_str_is(token.text, words[i]))
            return true;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (token.kind == TOK_SIGN && tr_str_is(token.text, signs[i]))
            return true;
    return false;
}

static void item_missing(front *f, int code, tr_text_span span, const char *what, const char *hint)
{
    front_report(
        f,
        (report){code, span,
                 "Two readers could count differently; the compiler does not choose for them.",
                 hint, false},
        "the threshold of clause %s does not state %s", front_quote(clause_now(f)->label).z, what);
    clause_wrong(f);
}

static void condition_complete(front *f, const tr_condition *c, int said, bool on)
{
    if (!(said & C_ZONE))
        item_missing(f, TR_E_COUNT_ZONE, c->span, "its zone",
                     "Write \"in area\", or \"in\" and a zone.");
    if (!(said & C_PARTY))
        item_missing(f, TR_E_COUNT_PARTY, c->span, "its party scope", "Write \"by any party\".");
    if (!(said & C_WINDOW))
        item_missing(f, TR_E_COUNT_WINDOW, c->span, "its window",
                     "Write \"over 7 days\" (calendar days) or \"over 168 hours\" (elapsed).");
    if (!(said & C_BOUND))
        item_missing(f, TR_E_COUNT_BOUND, c->span, "its bound",
                     on ? "Write for example \"> 14, by tally\"." : "Write for example \"< 4\".");
    else if (on && !(said & C_TALLY))
        item_missing(f, TR_E_COUNT_BOUND, c->span, "how its bound is proved",
                     "Write \"by tally\" after the number: every incident is counted.");
    if ((said & C_BOUND) && (on ? c->most != INT64_MAX : c->most == INT64_MAX))
        item_missing(f, TR_E_COUNT_BOUND, c->span, on ? "a bound to pass" : "a bound to fall below",
                     on ? "A threshold starts with \">\" or \">=\"."
                        : "A threshold ends with \"<\" or \"<=\".");
}

/* count by COUNTING of [CLASS] breaches of REF ... */
static bool read_condition(front *f, tr_condition *c, bool on)
{
    static const char hint[] = "Write: count by incident of breaches of \xC2\xA7"
                               "1.1 by any party in "
                               "area over 7 days > 14, by tally";
    int               said = 0;
    tr_str            name, label;
    tr_text_span      span, begin = f->tok.span;
    *c = (tr_condition){.counting = -1,
                        .of = -1,
                        .zone = -1,
                        .kinds = UINT64_MAX,
                        .window = {-1, 0},
                        .most = INT64_MAX,
                        .set = on ? TR_SET_CERTAIN : TR_SET_POSSIBLE};
    c->span = begin;
    if (!need_word(f, "count", hint))
        return false;
    tr_text_span count = span_join(begin, f->last.span);
    if (!is_word(f, "by")) {
        item_missing(f, TR_E_COUNT_RULE, count, "its counting rule",
                     "Write \"count by\" and a counting declared above.");
    } else {
        front_step(f);
        if (!need_name(f, &name, &span, "the name of a counting", hint))
            return false;
        c->counting = front_use(f, SYM_COUNTING, name, span);
    }
    if (!take_word(f, "of")) {
        item_missing(f, TR_E_COUNT_CLASS, count, "the class it counts",
                     "Write \"of breaches of \xC2\xA7"
                     "1.1\".");
    } else {
        if (!is_word(f, "breaches")) {
            if (!need_name(f, &name, &span, "\"breaches\" or a class", hint))
                return false;
            int32_t class_ = front_use(f, SYM_CLASS, name, span);
            c->kinds = class_ >= 0 ? f->class_[class_].kinds : UINT64_MAX;
        }
        if (!need_word(f, "breaches", hint) || !need_word(f, "of", hint) ||
            !need_ref(f, &label, &span))
            return false;
        clause_refer(f, label, span, &c->of, TR_CLAUSE_PROHIBITION);
    }
    while (condition_goes_on(f)) {
        take_sign(f, ",");
        if (!condition_part(f, c, &said))
            return false;
    }
    c->span = span_join(begin, f->last.span);
    condition_complete(f, c, said, on);
    return !f->panic;
}

static bool read_conditions(front *f, tr_condition *list, int32_t *count, tr_stretch *hold, bool on)
{
    const char *join = on ? "or" : "and";
    do {
        if (*count >= TR_CONDITIONS) {
            front_leave(f, TR_E_LIMIT, "Split the clause.", "more than %d conditions",
                        TR_CONDITIONS);
            return false;
        }
        if (!read_condition(f, &list[(*count)++], on))
            return false;
    } while (take_word(f, join));
    if (is_word(f, on ? "and" : "or")) {
        front_stop(f, TR_E_UNEXPECTED,
                   on ? "Any one condition starts it: join them with \"or\"."
                      : "All conditions end it: join them with \"and\".",
                   "\"%s\" joins conditions that %s it", on ? "and" : "or", on ? "start" : "end");
        return false;
    }
    if (is_sign(f, ",") && tr_str_is(front_peek(f).text, "for"))
        front_step(f);
    return !take_word(f, "for") || need_stretch(f, hold);
}

static bool in_or_out(front *f, bool *in)
{
    *in = is_word(f, "in");
    if (take_word(f, "in") || take_word(f, "out"))
        return true;
    front_unexpected(f, "\"in\" or \"out\"", "Say whether they are counted.");
    return false;
}

static bool word_of(front *f, const char *const *words, int count, int32_t *index,
                    const char *wanted)
{
    for (int i = 0; i < count; i++)
        if (take_word(f, words[i]))
            return *index = i, true;
    front_unexpected(f, wanted, "");
    return false;
}

static bool read_rung(front *f, tr_threshold *t)
{
    static const char *const rungs[] = {"undetermined", "direction", "area", "side", "unit"};
    int64_t                  rung = 0;
    if (!f->panic && !at_end(f) && f->tok.kind == TOK_NUMBER) {
        if (!need_whole(f, 0, 4, &rung, "a rung from 0 to 4"))
            return false;
        t->rung = (int32_t)rung;
    } else if (!word_of(f, rungs, 5, &t->rung, "a rung from 0 to 4")) {
        return false;
    }
    return need_word(f, "or", "Write: rung 0 or better") &&
           need_word(f, "better", "Write: rung 0 or better");
}

static bool read_from(front *f, tr_threshold *t, int *said)
{
    tr_str       name;
    tr_text_span span;
    if (!take_word(f, "register")) {
        say(f, said, T_FROM, "the begin of the count");
        return need_moment(f, &t->from);
    }
    say(f, said, T_REGISTER, "the register");
    if (!need_name(f, &name, &span, "the name of a register", "Write: from register ucdp"))
        return false;
    t->reg = front_use(f, SYM_REGISTER, name, span);
    return true;
}

/* one item after `counting` */
static bool counting_item(front *f, tr_threshold *t, int *said)
{
    static const char *const grades[] = {"none", "supported", "corroborated", "confirmed"};
    if (take_word(f, "rung"))
        return say(f, said, T_RUNG, "the rung"), read_rung(f, t);
    if (take_word(f, "corroboration"))
        return say(f, said, T_CORROBORATION, "the corroboration"),
               word_of(f, grades, 4, &t->corroboration,
                       "none, supported, corroborated or confirmed");
    if (take_word(f, "corroborated"))
        return say(f, said, T_CORROBORATION, "the corroboration"), t->corroboration = 2, true;
    if (take_word(f, "exercises"))
        return say(f, said, T_EXERCISES, "exercises"), in_or_out(f, &t->exercises);
    if (take_word(f, "contested"))
        return say(f, said, T_CONTESTED, "contested"), in_or_out(f, &t->contested);
    if (take_word(f, "from"))
        return read_from(f, t, said);
    if (take_word(f, "as")) {
        say(f, said, T_LATE, "what late facts do");
        t->late = is_word(f, "known") ? TR_LATE_AS_KNOWN : TR_LATE_AS_HAPPENED;
        if (take_word(f, "known") || take_word(f, "happened"))
            return true;
        front_unexpected(f, "\"known\" or \"happened\"", "Write: as known, or: as happened");
        return false;
    }
    front_unexpected(
        f, "what is counted",
        "Write: counting rung 0 or better, corroboration none, exercises in, contested out, "
        "as known");
    return false;
}

static bool read_compares(front *f, tr_condition *list, int32_t count)
{
    static const char *const sets[] = {"certain", "best", "possible"};
    int32_t                  set;
    if (!word_of(f, sets, 3, &set, "certain, best or possible"))
        return false;
    for (int32_t i = 0; i < count; i++)
        list[i].set = (tr_set)set;
    return true;
}

static bool threshold_part(front *f, tr_threshold *t, int *said, int32_t sets[2])
{
    tr_condition pick[1];
    take_sign(f, ",");
    if (take_word(f, "cites"))
        return clause_cites(f);
    if (take_word(f, "active"))
        return say(f, said, T_ON, "the start"),
               need_word(f, "when", "Write: active when count by ...") &&
                   read_conditions(f, t->on, &t->ons, &t->on_hold, true);
    if (take_word(f, "until"))
        return say(f, said, T_OFF, "the end"),
               read_conditions(f, t->off, &t->offs, &t->off_hold, false);
    if (take_word(f, "counting")) {
        do
            if (!counting_item(f, t, said))
                return false;
        while (take_sign(f, ","));
        return true;
    }
    if (take_word(f, "decided"))
        return say(f, said, T_DECIDED, "who decides"), parse_decided(f, t);
    if (take_word(f, "audit"))
        return say(f, said, T_AUDIT, "the audit"), later_audit(f);
    bool on = is_word(f, "on");
    if (!take_word(f, "on") && !take_word(f, "off")) {
        front_unexpected(f, "\"active when\", \"counting\", \"until\", \"on\" or \"off\"", "");
        return false;
    }
    if (on && take_word(f, "late"))
        return say(f, said, T_REVIEW, "the review"),
               t->review = true,
               need_word(f, "facts", "Write: on late facts review") &&
                   need_word(f, "review", "Write: on late facts review");
    say(f, said, on ? T_COMPARE_ON : T_COMPARE_OFF, "what is compared");
    if (!need_word(f, "compares", "Write: on compares certain, off compares possible") ||
        !read_compares(f, pick, 1))
        return false;
    sets[on ? 0 : 1] = (int32_t)pick[0].set;
    return true;
}

static void threshold_complete(front *f, const tr_threshold *t, int said)
{
    tr_text_span span = clause_now(f)->span;
    if (!(said & T_ON))
        front_report(
            f, (report){TR_E_COUNT_BOUND, span, NULL, "Write: active when count by ...", false},
            "the threshold of clause %s does not state when it starts",
            front_quote(clause_now(f)->label).z);
    if (!(said & T_RUNG))
        item_missing(f, TR_E_COUNT_RUNG, span, "its least attribution",
                     "Write \"counting rung 0 or better\".");
    if (!(said & T_CORROBORATION))
        item_missing(f, TR_E_COUNT_CORROBORATION, span, "its least corroboration",
                     "Write \"corroboration none\" after \"counting\".");
    if (!(said & T_EXERCISES))
        item_missing(f, TR_E_COUNT_EXERCISES, span, "exercises in or out",
                     "Write \"exercises in\" or \"exercises out\" after \"counting\".");
    if (!(said & T_CONTESTED))
        item_missing(f, TR_E_COUNT_CONTESTED, span, "contested findings in or out",
                     "Write \"contested in\" or \"contested out\" after \"counting\".");
    if (!(said & T_LATE))
        item_missing(f, TR_E_COUNT_LATE, span, "what late facts do",
                     "Write \"as known\", or \"as happened\" with \"on late facts review\".");
    else if (t->late == TR_LATE_AS_HAPPENED && !t->review)
        item_missing(f, TR_E_COUNT_LATE, span, "what a late fact does to an old activation",
                     "Add \"on late facts review\": an activation is never silently undone.");
    if (!(said & T_OFF)) {
        front_report(f,
                     (report){TR_E_COUNT_END, span, NULL,
                              "Write: until count by ... < 4, for 14 days", false},
                     "the threshold of clause %s does not state when it ends",
                     front_quote(clause_now(f)->label).z);
        clause_wrong(f);
    }
}

/* NAME is active when ... */
static void read_threshold(front *f)
{
    tr_clause    *clause = clause_now(f);
    tr_threshold *t = &clause->u.threshold;
    tr_text_span  span;
    int           said = 0;
    int32_t       sets[2] = {TR_SET_CERTAIN, TR_SET_POSSIBLE};
    clause->kind = TR_CLAUSE_THRESHOLD;
    *t = (tr_threshold){.on_hold = {-1, 0}, .off_hold = {-1, 0}, .from = TR_TIME_NONE, .reg = -1};
    if (!need_name(f, &clause->name, &span, "the name of the threshold", ""))
        return;
    if (f->plan.clauses < 2 || clause[-1].span.begin != clause->span.begin)
        front_declare(f, SYM_THRESHOLD, clause->name, span, f->plan.clauses - 1, FRONT_CLAUSES);
    if (take_word(f, "against") && !front_actor_list(f, &t->against))
        return;
    if (!need_word(f, "is", "Write: enforcement is active when ..."))
        return;
    while (!f->panic && !at_end(f))
        if (!threshold_part(f, t, &said, sets))
            return;
    for (int32_t i = 0; i < t->ons; i++)
        t->on[i].set = (tr_set)sets[0];
    for (int32_t i = 0; i < t->offs; i++)
        t->off[i].set = (tr_set)sets[1];
    threshold_complete(f, t, said);
}

/* ---- labels ---- */

bool clause_label(tr_str label, int32_t *major, int32_t *minor)
{
    ptrdiff_t dot = tr_str_find(label, '.');
    int64_t   a, b;
    if (dot < 1 || label.len > 9 || !tr_int_read(tr_str_cut(label, 0, dot), &a) ||
        !tr_int_read(tr_str_from(label, dot + 1), &b))
        return false;
    *major = (int32_t)a;
    *minor = (int32_t)b;
    return true;
}

static bool read_label(front *f)
{
    int32_t      major, minor;
    tr_text_span span = f->tok.span;
    tr_str       base = f->tok.text, label = each_label(f, base);
    if (!clause_label(base, &major, &minor)) {
        front_stop(f, TR_E_LABEL,
                   "Write the number of the article, a point, and the number of the clause.",
                   "\"%s\" is not the label of a clause", front_quote(label).z);
        return false;
    }
    for (int32_t i = 0; i < f->plan.clauses; i++)
        if (tr_str_eq(f->clause[i].label, label)) {
            front_report(f,
                         (report){TR_E_REPEATED, span, NULL, "Number the clauses in order.", false},
                         "clause %s stands already in line %d", front_quote(label).z,
                         f->clause[i].span.line);
            break;
        }
    if (f->in_article && major != f->article_number)
        front_report(
            f, (report){TR_E_LABEL, span, NULL, "Number the clause after its article.", false},
            "clause %s stands in article %d", front_quote(label).z, f->article_number);
    else if (major < f->label_major || (major == f->label_major && minor < f->label_minor))
        front_report(f, (report){TR_E_LABEL, span, NULL, "Number the clauses in order.", false},
                     "clause %s stands after clause %d.%d", front_quote(label).z, f->label_major,
                     f->label_minor);
    f->label_major = major;
    f->label_minor = minor;
    if (f->plan.clauses >= f->clause_room) {
        front_leave(f, TR_E_LIMIT, "Split the agreement.", "more than %d clauses", FRONT_CLAUSES);
        return false;
    }
    f->plan.clauses++;
    *clause_now(f) = (tr_clause){.label = label,
                                 .base = base,
                                 .each = f->each_now,
                                 .article = f->article_title,
                                 .span = span};
    front_step(f);
    return true;
}

static void read_duty(front *f)
{
    uint64_t     actors = 0;
    tr_text_span who = f->tok.span;
    if (is_word(f, "must") || is_word(f, "may")) {
        front_stop(f, TR_E_ACTOR, "Begin with who must act: JC must notify A, B ...",
                   "clause %s does not say who must act", front_quote(clause_now(f)->label).z);
        return;
    }
    if (!front_actor_list(f, &actors))
        return;
    who = span_join(who, f->last.span);
    if (!front_through(f, &actors, who))
        return;
    bool must = is_word(f, "must");
    if (!take_word(f, "must") && !take_word(f, "may")) {
        front_unexpected(f, "\"must\", \"must not\" or \"may\"",
                         "Write: A, B must not commit CLASS in ZONE");
        return;
    }
    if (must && take_word(f, "not"))
        read_prohibition(f, actors);
    else if (must && is_word(f, "share"))
        parse_share(f, actors);
    else if (must && (is_word(f, "keep") || is_word(f, "provide")))
        parse_quantity(f, actors);
    else if (!f->ladder && must)
        parse_obligation(f, actors);
    else if (!f->ladder)
        parse_permission(f, actors);
    else
        read_step(f, actors, who, must);
}

void parse_clause(front *f)
{
    if (!read_label(f))
        return;
    tr_clause *clause = clause_now(f);
    int32_t    errors = f->result->errors;
    tok        second = front_peek(f);
    if (f->last.span.end == f->tok.span.begin && f->tok.kind == TOK_WORD)
        front_stop(f, TR_E_NOT_COMPILED, "Number it as a clause of its own.",
                   "a labelled part of a clause is not compiled yet");
    else if (!at_end(f) && f->tok.kind == TOK_WORD && second.kind == TOK_WORD && !second.first &&
             (tr_str_is(second.text, "is") || tr_str_is(second.text, "against")))
        read_threshold(f); /* also one that is named like a keyword */
    else if (is_word(f, "agreement"))
        parse_force(f);
    else if (is_word(f, "suspends") || is_word(f, "terminates") || is_word(f, "voids") ||
             is_word(f, "lifts") || is_word(f, "exchanges") || is_word(f, "needs"))
        parse_effect(f);
    else if (is_word(f, "milestone"))
        parse_milestone(f);
    else if (is_word(f, "open") || is_word(f, "sealed"))
        parse_stated(f);
    else
        read_duty(f);
    clause->span = span_join(clause->span, f->last.span);
    if (f->panic || f->result->errors > errors || each_bad(f, f->plan.clauses - 1))
        f->clause_bad[clause - f->clause] = 1;
}
