/* permit.c -- under which conditions an exception applies, some of them steps in order; and
 * permissions, which are exceptions that stand in a clause of their own.
 *
 *     except 2.1b "controlled detonation" when planned, notified to JMC 24 hours before,
 *         and granted
 *     2.3 A may commit fire in range notwithstanding §2.1
 *         when requested of JMC 48 hours before, then granted by JMC,
 *         then notified to B 1 hour before
 *
 * `and` and a comma leave the order open, `then` asks for one.
 */
#include "terms/lint.h"

static const char hint_of_steps[] =
    "Write: planned, requested of JMC, notified to JMC 6 hours before, granted by JMC, "
    "acknowledged by JMC, agreed with B, operated by JMC, or exercise";

static const struct {
    const char    *word, *before; /* before the actor */
    tr_permit_kind kind;
    bool           actor; /* must be named */
} steps[] = {{"planned", NULL, TR_PERMIT_PLANNED, false},
             {"requested", "of", TR_PERMIT_REQUESTED, true},
             {"notified", "to", TR_PERMIT_NOTIFIED, true},
             {"granted", "by", TR_PERMIT_GRANTED, false},
             {"acknowledged", "by", TR_PERMIT_ACKNOWLEDGED, true},
             {"agreed", "with", TR_PERMIT_AGREED, true}};
enum { STEPS = sizeof steps / sizeof steps[0] };

static bool read_actor(front *f, int32_t *actor)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "an actor", "Name a party, guarantor, witness or body."))
        return false;
    *actor = front_use(f, SYM_ACTOR, name, span);
    return !f->panic;
}

static bool read_step(front *f, tr_exception *e, size_t which, bool then)
{
    tr_permit_step step = {.kind = steps[which].kind, .actor = -1, .lead = {-1, 0}, .then = then};
    const char    *before = steps[which].before;
    if (e->steps == TR_PERMIT_STEPS) {
        front_leave(f, TR_E_LIMIT, "Ask for fewer of them.", "more than %d steps",
                    TR_PERMIT_STEPS);
        return false;
    }
    front_step(f);
    if (steps[which].actor && !need_word(f, before, hint_of_steps))
        return false;
    if ((steps[which].actor || (before && take_word(f, before))) && !read_actor(f, &step.actor))
        return false;
    bool lead = !f->panic && !at_end(f) && f->tok.kind == TOK_NUMBER;
    if (lead && (!need_stretch(f, &step.lead) || !need_word(f, "before", hint_of_steps)))
        return false;
    e->step[e->steps++] = step;
    if (step.kind == TR_PERMIT_NOTIFIED && e->notified_to < 0) {
        e->notified_to = step.actor;
        e->lead = step.lead;
    }
    return true;
}

static bool read_condition(front *f, tr_exception *e, bool then)
{
    if (take_word(f, "exercise"))
        return e->exercise = true, true;
    if (take_word(f, "operated"))
        return need_word(f, "by", hint_of_steps) && read_actor(f, &e->operated_by);
    for (size_t i = 0; i < STEPS; i++)
        if (is_word(f, steps[i].word))
            return read_step(f, e, i, then);
    front_unexpected(f, "a condition such as \"notified to\", \"operated by\" or \"exercise\"",
                     hint_of_steps);
    return false;
}

static bool begins_condition(const tok *token)
{
    bool begins = tr_str_is(token->text, "exercise") || tr_str_is(token->text, "operated");
    for (size_t i = 0; i < STEPS; i++)
        begins = begins || tr_str_is(token->text, steps[i].word);
    return begins;
}

/* , | and | then | , and | , then */
static bool goes_on(front *f, bool *then)
{
    bool comma = is_sign(f, ",");
    tok  next = comma ? front_peek(f) : f->tok;
    bool joins = tr_str_is(next.text, "and") || tr_str_is(next.text, "then");
    *then = false;
    if (f->panic || at_end(f) || next.first || next.kind != TOK_WORD ||
        (!joins && !(comma && begins_condition(&next))))
        return false;
    take_sign(f, ",");
    take_word(f, "and");
    *then = take_word(f, "then");
    return true;
}

bool permit_when(front *f, tr_exception *e)
{
    bool then = false;
    do
        if (!read_condition(f, e, then))
            return false;
    while (goes_on(f, &then));
    return true;
}

bool permit_keep(front *f, const tr_exception *e)
{
    if (f->plan.exceptions >= FRONT_SMALL) {
        front_leave(f, TR_E_LIMIT, "Split the agreement.", "more than %d exceptions",
                    FRONT_SMALL);
        return false;
    }
    f->exception[f->plan.exceptions++] = *e;
    return true;
}

/* ---- permissions ---- */

enum { SAID_ZONE = 1, SAID_FROM = 2, SAID_UNTIL = 4, SAID_OVER = 8, SAID_WHEN = 16 };

static void say(front *f, int *said, int bit, const char *what)
{
    if (*said & bit)
        clause_repeated(f, what);
    *said |= bit;
}

/* notwithstanding §2.1, §2.2 */
static bool read_over(front *f, tr_permission *p)
{
    tr_str       label;
    tr_text_span span;
    do {
        if (p->ofs == TR_PERMIT_OVER) {
            front_leave(f, TR_E_LIMIT, "Write another permission.",
                        "a permission against more than %d clauses", TR_PERMIT_OVER);
            return false;
        }
        if (!need_ref(f, &label, &span))
            return false;
        clause_refer(f, label, span, &p->of[p->ofs++], TR_CLAUSE_PROHIBITION);
    } while (take_sign(f, ","));
    return true;
}

static bool read_part(front *f, tr_permission *p, tr_exception *e, int *said)
{
    take_sign(f, ",");
    if (take_word(f, "in"))
        return say(f, said, SAID_ZONE, "the zone"), clause_zone(f, &e->zone);
    if (take_word(f, "from"))
        return say(f, said, SAID_FROM, "the begin"), need_moment(f, &e->begin);
    if (take_word(f, "until"))
        return say(f, said, SAID_UNTIL, "the end"), need_moment(f, &e->end);
    if (take_word(f, "notwithstanding"))
        return say(f, said, SAID_OVER, "what it stands against"), read_over(f, p);
    if (take_word(f, "when"))
        return say(f, said, SAID_WHEN, "its conditions"), permit_when(f, e);
    if (take_word(f, "cites"))
        return clause_cites(f);
    front_unexpected(f,
                     "\"in\", \"from\", \"until\", \"notwithstanding\", \"when\", \"cites\" or the "
                     "end of the sentence",
                     "");
    return false;
}

void parse_permission(front *f, uint64_t actors)
{
    tr_clause     *clause = clause_now(f);
    tr_permission *p = &clause->u.permission;
    tr_exception   e = {.label = clause->label,
                        .title = TR_STR("permission"),
                        .clause = -1,
                        .from = -1,
                        .permits = true,
                        .operated_by = -1,
                        .notified_to = -1,
                        .lead = {-1, 0},
                        .permission = f->plan.clauses - 1,
                        .actors = actors,
                        .class_ = -1,
                        .zone = -1,
                        .begin = TR_TIME_NONE,
                        .end = TR_TIME_MAX,
                        .span = clause->span};
    tr_str         name;
    tr_text_span   span;
    int            said = 0;
    if (!is_word(f, "commit") && !is_word(f, "keep") && !is_word(f, "fly")) {
        front_stop(f, TR_E_NOT_COMPILED, "Write: A may commit CLASS in ZONE notwithstanding ...",
                   "a permission of another sort outside a response ladder is not compiled yet");
        return;
    }
    clause->kind = TR_CLAUSE_PERMISSION;
    *p = (tr_permission){.actors = actors, .act = f->tok.text, .exception = -1};
    front_step(f);
    if (!need_name(f, &name, &span, "a class", "Write: may commit CLASS in ZONE"))
        return;
    e.class_ = front_use(f, SYM_CLASS, name, span);
    while (!f->panic && !at_end(f))
        if (!read_part(f, p, &e, &said))
            return;
    if (e.begin != TR_TIME_NONE && e.end != TR_TIME_NONE && e.end <= e.begin)
        front_report(f, (report){TR_E_PERIOD, clause->span, NULL, "Exchange the two dates.", false},
                     "clause %s ends before it begins", front_quote(clause->label).z);
    p->exception = f->plan.exceptions;
    for (int32_t i = 0; i < (p->ofs ? p->ofs : 1); i++) /* one that stands against nothing, too */
        if (!permit_keep(f, &e))
            return;
}

/* ---- when all clauses are read ---- */

static void needless(front *f, const tr_clause *c, const char *why)
{
    lint       l = {.f = f};
    tr_witness w = lint_witness((int32_t)(c - f->clause), -1);
    lint_report(&l,
                (report){TR_E_NEEDLESS, c->span, why,
                         "Write \"notwithstanding\" and the clause that forbids it.", true},
                &w, "clause %s permits what nothing forbids", front_quote(c->label).z);
}

static void check_permission(front *f, const tr_clause *c)
{
    const tr_permission *p = &c->u.permission;
    if (p->ofs == 0)
        needless(f, c, NULL);
    for (int32_t i = 0; i < p->ofs; i++) {
        const tr_clause    *of = p->of[i] >= 0 ? &f->clause[p->of[i]] : NULL;
        const tr_exception *e = &f->exception[p->exception];
        if (!of || f->clause_bad[p->of[i]] || e->class_ < 0)
            continue;
        if ((of->u.prohibition.actors & p->actors) == 0)
            needless(f, c, "The clause that it stands against binds none of these actors.");
        else if ((f->class_[of->u.prohibition.class_].kinds & f->class_[e->class_].kinds) == 0)
            needless(f, c, "The clause that it stands against forbids nothing of this class.");
    }
}

/* Exceptions stand in a row by clause; those of permissions join their clause's own. */
static void arrange(front *f)
{
    int32_t       n = f->plan.exceptions, put = 0, moved[FRONT_SMALL];
    tr_exception *was = TR_NEW(f->keep, tr_exception, n + 1);
    memcpy(was, f->exception, (size_t)n * sizeof *was);
    for (int32_t c = -1; c < f->plan.clauses; c++)
        for (int32_t i = 0; i < n; i++)
            if (was[i].clause == c) {
                moved[i] = put;
                f->exception[put++] = was[i];
            }
    for (int32_t i = 0; i < n; i++) {
        tr_exception *e = &f->exception[i];
        uint64_t      over = e->over;
        e->from = e->from >= 0 ? moved[e->from] : -1;
        e->over = 0;
        for (int32_t k = 0; k < n; k++)
            e->over |= over >> k & 1 ? UINT64_C(1) << moved[k] : 0;
        tr_prohibition *p = e->clause >= 0 ? &f->clause[e->clause].u.prohibition : NULL;
        if (p && (i == 0 || f->exception[i - 1].clause != e->clause)) {
            p->except = i;
            p->excepts = 0;
        }
        if (p)
            p->excepts++;
    }
    for (int32_t c = 0; c < f->plan.clauses; c++)
        if (f->clause[c].kind == TR_CLAUSE_PERMISSION && f->clause[c].u.permission.exception >= 0)
            f->clause[c].u.permission.exception = moved[f->clause[c].u.permission.exception];
}

void check_permissions(front *f)
{
    for (int32_t c = 0; c < f->plan.clauses; c++) {
        tr_clause *one = &f->clause[c];
        if (one->kind != TR_CLAUSE_PERMISSION || f->clause_bad[c])
            continue;
        for (int32_t i = 0; i < one->u.permission.ofs; i++)
            f->exception[one->u.permission.exception + i].clause = one->u.permission.of[i];
        check_permission(f, one);
    }
    arrange(f);
}
