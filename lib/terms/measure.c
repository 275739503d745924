/* measure.c -- amounts: declared, inspected, metered, provided, shared.
 *
 *     quantity personnel "peacetime strength" in persons
 *     4.1 A must keep declared personnel <= 800,000, declared every 30 days
 *     4.5 G must provide delivered aid >= 14 billion EUR by 2026-12-31
 *     5.1 JMC must share plant_output as A 50 %, B 50 %, every month tolerance 2 %,
 *         settled within 10 days
 *
 * Values are whole thousandths of the quantity's unit.
 */
#include "terms/front.h"

#include <stdio.h>

/* ---- the declaration ---- */

void parse_amount(front *f)
{
    static const char hint[] = "Write: quantity personnel \"peacetime strength\" in persons";
    tr_amount         amount = {0};
    tr_text_span      span;
    if (!need_name(f, &amount.name, &amount.span, "the name of the quantity", hint))
        return;
    bool room =
        front_declare(f, SYM_AMOUNT, amount.name, amount.span, f->plan.amounts, FRONT_SMALL);
    if (room)
        f->plan.amounts++;
    bool whole = need_string(f, &amount.title, "what it is, in quotes", hint) &&
                 need_word(f, "in", hint) && need_name(f, &amount.unit, &span, "its unit", hint);
    (void)whole; /* what could be read stands in the plan either way */
    if (room)
        f->amount[f->plan.amounts - 1] = amount;
}

/* ---- parts of a clause about an amount ---- */

typedef enum {
    SAID_TOLERANCE = 1,
    SAID_REPORT = 2,
    SAID_PERIOD = 4,
    SAID_BY = 8,
    SAID_FROM = 16,
    SAID_UNTIL = 32,
    SAID_SAMPLES = 64,
    SAID_SETTLED = 128
} said_part;

static void say(front *f, int *said, said_part part, const char *what)
{
    if (*said & (int)part)
        clause_repeated(f, what);
    *said |= (int)part;
}

static bool take_basis(front *f, tr_basis *basis)
{
    for (int b = 0; b < TR_BASES; b++)
        if (take_word(f, tr_basis_name((tr_basis)b)))
            return *basis = (tr_basis)b, true;
    return false;
}

static bool is_basis(const front *f)
{
    bool is = false;
    for (int b = 0; b < TR_BASES; b++)
        is |= is_word(f, tr_basis_name((tr_basis)b));
    return is;
}

static bool part_begins(const front *f)
{
    static const char *const words[] = {"tolerance", "every",   "by",    "from", "until",
                                        "sampled",   "settled", "cites", "and",  "once"};
    bool                     is = at_end(f) || f->panic || is_sign(f, ",") || is_basis(f);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        is |= is_word(f, words[i]);
    return is;
}

/* NAME of a quantity; -1 is reported. */
static bool take_amount(front *f, int32_t *amount)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "the name of a quantity",
                   "Write for example: must keep declared personnel <= 800,000"))
        return false;
    *amount = front_use(f, SYM_AMOUNT, name, span);
    if (*amount < 0)
        clause_wrong(f);
    return !f->panic;
}

/* A unit after a number may be left out, but not be another one. */
static void take_unit(front *f, int32_t amount)
{
    if (f->tok.kind != TOK_WORD || part_begins(f))
        return;
    tr_str unit = amount >= 0 ? f->amount[amount].unit : f->tok.text;
    if (front_vague(f->tok.text) && !tr_str_eq(unit, f->tok.text)) {
        f->left = true; /* a word of the sentence, or a unit */
        return;
    }
    if (!tr_str_eq(unit, f->tok.text)) {
        char hint[120];
        snprintf(hint, sizeof hint, "Write it in %s, or leave the unit out.", front_quote(unit).z);
        front_report(f, (report){TR_E_AMOUNT_UNIT, f->tok.span, NULL, hint, false},
                     "\"%s\" is not the unit of %s", front_quote(f->tok.text).z,
                     front_quote(f->amount[amount].name).z);
    }
    front_step(f);
}

/* CMP NUMBER [UNIT]: narrows what is allowed. */
static bool read_bound(front *f, tr_quantity *q)
{
    static const struct {
        const char *sign;
        int         least, most; /* 1: the value itself; 2: beyond it */
    } signs[] = {{"<=", 0, 1}, {"\xE2\x89\xA4", 0, 1},
                 {">=", 1, 0}, {"\xE2\x89\xA5", 1, 0},
                 {"<", 0, 2},  {">", 2, 0},
                 {"=", 1, 1}};
    size_t  i = 0, count = sizeof signs / sizeof signs[0];
    int64_t value;
    while (i < count && !take_sign(f, signs[i].sign))
        i++;
    if (i == count) {
        front_unexpected(f, "\"<=\", \">=\", \"<\", \">\" or \"=\"",
                         "Write for example: must keep declared personnel <= 800,000");
        return false;
    }
    if (!need_value(f, &value))
        return false;
    int64_t least = signs[i].least ? value + (signs[i].least == 2) : INT64_MIN;
    int64_t most = signs[i].most ? value - (signs[i].most == 2) : INT64_MAX;
    q->least = least > q->least ? least : q->least;
    q->most = most < q->most ? most : q->most;
    take_unit(f, q->amount);
    return !f->panic;
}

static bool read_tolerance(front *f, int32_t *ppm)
{
    return need_percent(f, ppm);
}

/* sampled to detect 5 % excess at 90 % */
static bool read_samples(front *f, tr_quantity *q)
{
    static const char hint[] = "Write: sampled to detect 5 % excess at 90 %";
    return need_word(f, "to", hint) && need_word(f, "detect", hint) &&
           need_percent(f, &q->excess_ppm) && need_word(f, "excess", hint) &&
           need_word(f, "at", hint) && need_percent(f, &q->detect_ppm);
}

/* BASIS every PERIOD: the values themselves are owed. */
static bool read_report(front *f, tr_quantity *q, int *said)
{
    tr_text_span span = f->tok.span;
    tr_basis     basis = q->basis;
    say(f, said, SAID_REPORT, "how often a value is owed");
    take_basis(f, &basis);
    if (basis != q->basis)
        front_report(f,
                     (report){TR_E_OTHER_BASIS, span, NULL,
                              "Write a clause of its own for the other basis.", false},
                     "the clause is about %s values, and %s ones are owed", tr_basis_name(q->basis),
                     tr_basis_name(basis));
    return need_word(f, "every", "Write: declared every 30 days") && need_every(f, &q->report);
}

static bool quantity_part(front *f, tr_quantity *q, int *said)
{
    take_sign(f, ",");
    if (take_word(f, "and"))
        return read_bound(f, q);
    if (take_word(f, "tolerance"))
        return say(f, said, SAID_TOLERANCE, "the tolerance"), read_tolerance(f, &q->tolerance_ppm);
    if (is_basis(f))
        return read_report(f, q, said);
    if (take_word(f, "every"))
        return say(f, said, SAID_PERIOD, "the period"), need_every(f, &q->period);
    if (take_word(f, "by"))
        return say(f, said, SAID_BY, "the deadline"), need_moment(f, &q->by);
    if (take_word(f, "from"))
        return say(f, said, SAID_FROM, "the begin"), need_moment(f, &q->begin);
    if (take_word(f, "until"))
        return say(f, said, SAID_UNTIL, "the end"), need_moment(f, &q->end);
    if (take_word(f, "sampled"))
        return say(f, said, SAID_SAMPLES, "the plan of samples"), read_samples(f, q);
    if (take_word(f, "cites"))
        return clause_cites(f);
    front_unexpected(f,
                     "\"tolerance\", \"every\", \"by\", \"from\", \"until\", \"sampled\", "
                     "\"cites\" or the end of the sentence",
                     "");
    return false;
}

static void wrong(front *f, int code, const char *hint, const char *what)
{
    front_report(f, (report){code, clause_now(f)->span, NULL, hint, false}, "%s in clause %s", what,
                 front_quote(clause_now(f)->label).z);
}

static void quantity_whole(front *f, const tr_quantity *q, int said)
{
    if (q->least > q->most)
        wrong(f, TR_E_NO_ROOM, "Exchange the two bounds.", "nothing satisfies the bounds");
    if (q->begin != TR_TIME_NONE && q->end != TR_TIME_MAX && q->end <= q->begin)
        wrong(f, TR_E_PERIOD, "Exchange the two dates.", "the end comes before the begin");
    if (!q->sum && said & (SAID_BY | SAID_PERIOD))
        wrong(f, TR_E_LEVEL_OR_SUM,
              "Write \"from DATE\" for a level that holds from a date, and \"declared every 30 "
              "days\" for values that are owed.",
              "a deadline or a period stands with a level");
    if (q->sum && !(said & (SAID_BY | SAID_PERIOD)))
        wrong(f, TR_E_LEVEL_OR_SUM, "Write \"by 2026-12-31\" or \"every year\".",
              "neither deadline nor period stands with the sum");
    if (q->sum && (said & SAID_BY) && (said & SAID_PERIOD))
        wrong(f, TR_E_LEVEL_OR_SUM, "Keep one of them, or write two clauses.",
              "a deadline and a period stand with the sum");
}

void parse_quantity(front *f, uint64_t actors)
{
    tr_clause   *clause = clause_now(f);
    tr_quantity *q = &clause->u.quantity;
    int          said = 0;
    clause->kind = TR_CLAUSE_QUANTITY;
    *q = (tr_quantity){.actors = actors,
                       .sum = is_word(f, "provide"),
                       .amount = -1,
                       .least = INT64_MIN,
                       .most = INT64_MAX,
                       .begin = TR_TIME_NONE,
                       .end = TR_TIME_MAX,
                       .by = TR_TIME_NONE};
    front_step(f);
    if (!take_basis(f, &q->basis)) {
        front_unexpected(f,
                         "a basis: declared, pledged, committed, delivered, received, inspected, "
                         "estimated or metered",
                         "Write for example: must keep declared personnel <= 800,000");
        return;
    }
    if (!take_amount(f, &q->amount) || !read_bound(f, q))
        return;
    while (!f->panic && !at_end(f))
        if (!quantity_part(f, q, &said))
            return;
    quantity_whole(f, q, said);
}

/* ---- shares ---- */

/* A comma and no other part behind it. */
static bool next_share(front *f)
{
    static const char *const words[] = {"every", "tolerance", "settled", "cites"};
    tok                      next = front_peek(f);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (next.kind == TOK_WORD && tr_str_is(next.text, words[i]))
            return false;
    return take_sign(f, ",");
}

/* as A 50 %, B 50 % */
static bool read_parts(front *f, tr_sharing *s)
{
    static const char hint[] = "Write: share plant_output as A 50 %, B 50 %, every month";
    if (!need_word(f, "as", hint))
        return false;
    do {
        tr_str       name;
        tr_text_span span;
        if (s->parts == TR_SHARES) {
            front_leave(f, TR_E_LIMIT, "Write two clauses.", "more than %d parts", TR_SHARES);
            return false;
        }
        if (!need_name(f, &name, &span, "who has a part", hint))
            return false;
        int32_t actor = front_use(f, SYM_ACTOR, name, span);
        if (actor < 0)
            clause_wrong(f);
        for (int32_t i = 0; i < s->parts; i++)
            if (s->part_of[i] == actor && actor >= 0)
                front_report(f, (report){TR_E_SHARES, span, NULL, "Name each part once.", false},
                             "the part of %s stands twice", front_quote(name).z);
        s->part_of[s->parts] = actor;
        if (f->panic || !need_percent(f, &s->part_ppm[s->parts++]))
            return false;
    } while (next_share(f));
    return true;
}

static bool share_part(front *f, tr_sharing *s, int *said)
{
    take_sign(f, ",");
    if (take_word(f, "every"))
        return say(f, said, SAID_PERIOD, "the period"), need_every(f, &s->period);
    if (take_word(f, "tolerance"))
        return say(f, said, SAID_TOLERANCE, "the tolerance"), read_tolerance(f, &s->tolerance_ppm);
    if (take_word(f, "settled"))
        return say(f, said, SAID_SETTLED, "the settlement"),
               need_word(f, "within", "Write: settled within 10 days") &&
                   need_stretch(f, &s->settled);
    if (take_word(f, "cites"))
        return clause_cites(f);
    front_unexpected(
        f, "\"every\", \"tolerance\", \"settled\", \"cites\" or the end of the sentence", "");
    return false;
}

static void share_whole(front *f, const tr_sharing *s, int said)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < s->parts; i++)
        sum += s->part_ppm[i];
    if (sum != 1000000 || s->parts < 2)
        wrong(f, TR_E_SHARES, "Name two parts or more that add up to 100 %.",
              "the shares do not make a whole");
    if (!(said & SAID_PERIOD))
        wrong(f, TR_E_DEADLINE, "Write how often it is settled, such as: every month",
              "the shares have no period");
}

void parse_share(front *f, uint64_t actors)
{
    tr_clause  *clause = clause_now(f);
    tr_sharing *s = &clause->u.share;
    int         said = 0;
    clause->kind = TR_CLAUSE_SHARE;
    *s = (tr_sharing){.actors = actors, .amount = -1, .settled = {-1, 0}};
    front_step(f);
    if (!take_amount(f, &s->amount) || !read_parts(f, s))
        return;
    while (!f->panic && !at_end(f))
        if (!share_part(f, s, &said))
            return;
    share_whole(f, s, said);
}

/* ---- of the whole agreement ---- */

static bool enters_into_force(const front *f)
{
    for (int32_t i = 0; i < f->plan.clauses; i++)
        if (f->clause[i].kind == TR_CLAUSE_FORCE)
            return true;
    return f->has_in_force;
}

/* Periods run from the begin of the clause, or from the entry into force. */
void check_periods(front *f)
{
    if (enters_into_force(f))
        return;
    for (int32_t i = 0; i < f->plan.clauses; i++) {
        const tr_clause *c = &f->clause[i];
        bool             runs = false;
        if (c->kind == TR_CLAUSE_QUANTITY)
            runs = c->u.quantity.begin == TR_TIME_NONE &&
                   (c->u.quantity.period.kind || c->u.quantity.report.kind);
        else if (c->kind == TR_CLAUSE_SHARE)
            runs = c->u.share.period.kind != TR_PERIOD_NONE;
        else if (c->kind == TR_CLAUSE_OBLIGATION)
            runs = c->u.obligation.each.every.kind || c->u.obligation.each.quota_every.kind ||
                   c->u.obligation.each.target_every.kind;
        if (runs && !f->clause_bad[i])
            front_report(f,
                         (report){TR_E_PERIOD_START, c->span, NULL,
                                  "Write above: agreement in force from 2026-02-01 00:00", false},
                         "the periods of clause %s have no moment from which they run",
                         front_quote(c->label).z);
    }
}
