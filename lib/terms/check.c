/* check.c -- what only the whole agreement can show: references, circles, thresholds that flap,
 * that nobody answers or that nothing reaches.  A clause with an error of its own is not judged. */
#include "terms/lint.h"

#include <stdio.h>

static bool bad(const front *f, int32_t clause)
{
    return clause < 0 || f->clause_bad[clause];
}

/* "a prohibition or a step of a ladder" */
typedef struct {
    char z[160];
} kind_list;
static kind_list kind_words(int want)
{
    static const char *const words[] = {"a prohibition",
                                        "a threshold",
                                        "a step of a ladder",
                                        "a duty outside a ladder",
                                        "a quantity",
                                        "a share",
                                        "an entry into force",
                                        "an effect",
                                        "a milestone",
                                        "a permission",
                                        "a stated term"};
    kind_list                list = {{0}};
    int                      used = 0, left = __builtin_popcount((unsigned)want);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (want >> i & 1 && used < (int)sizeof list.z)
            used += snprintf(list.z + used, sizeof list.z - (size_t)used, "%s%s", words[i],
                             --left > 1 ? ", " : left == 1 ? " or " : "");
    return list;
}

/* A label that stands for several clauses, one for each actor. */
static bool one_of_several(front *f, const ref *r)
{
    char list[160], hint[240];
    each_list(f, r->label, list);
    if (!list[0])
        return false;
    snprintf(hint, sizeof hint, "Write %s.", list);
    front_report(f,
                 (report){TR_E_EACH, r->span,
                          "Only an article for each of the same actors means the one of its own.",
                          hint, false},
                 "clause %s stands once for each of several actors", front_quote(r->label).z);
    return true;
}

static void missing_clause(front *f, const ref *r)
{
    tr_str best = {0};
    int    distance = 3;
    char   hint[240] = "Write the label of a clause of this agreement.";
    for (int32_t i = 0; i < f->plan.clauses; i++) {
        int d = tr_str_distance(r->label, f->clause[i].label);
        if ((1 << f->clause[i].kind & r->want) && d < distance) {
            best = f->clause[i].label;
            distance = d;
        }
    }
    if (best.len > 0)
        snprintf(hint, sizeof hint, "Did you mean \xC2\xA7%s?", front_quote(best).z);
    front_report(f, (report){TR_E_REFERENCE, r->span, NULL, hint, false}, "there is no clause %s",
                 front_quote(r->label).z);
}

static bool amount(const tr_clause *clause)
{
    return clause->kind == TR_CLAUSE_QUANTITY || clause->kind == TR_CLAUSE_SHARE;
}

/* The index of the clause meant, or -1 after saying why; silent about a clause that is bad. */
static int32_t meant(front *f, const ref *r)
{
    int32_t to = r->label.len > 0 ? each_meant(f, r->label, r->each) : -1;
    bool    fits = to >= 0 && (1 << f->clause[to].kind & r->want);
    if (to < 0 && r->label.len > 0 && !one_of_several(f, r)) /* empty: of a ladder whose head
                                                                could not be read */
        missing_clause(f, r);
    else if (to >= 0 && !fits && r->clause >= 0 &&
             f->clause[r->clause].kind == TR_CLAUSE_EFFECT && amount(&f->clause[to]))
        front_report(f,
                     (report){TR_E_NOT_COMPILED, r->span, NULL,
                              "Let it be about a prohibition, a duty or a step.", false},
                     "an effect on the amount of clause %s is known and not in this version",
                     front_quote(r->label).z);
    else if (to >= 0 && !fits && !bad(f, to))
        front_report(f,
                     (report){TR_E_REFERENCE_KIND, r->span, NULL,
                              "Refer to a clause of the sort that the sentence needs.", false},
                     "clause %s is not %s", front_quote(r->label).z, kind_words(r->want).z);
    return fits ? to : -1;
}

static void resolve(front *f)
{
    for (ptrdiff_t i = 0; i < f->refs.len; i++) {
        const ref *r = &f->refs.at[i];
        *r->slot = meant(f, r);
        if (*r->slot < 0 && r->clause >= 0)
            f->clause_bad[r->clause] = 1;
    }
}

/* A step is void when the threshold of its own ladder ends, not another. */
static void check_unless(front *f)
{
    for (ptrdiff_t i = 0; i < f->refs.len; i++) {
        const ref       *r = &f->refs.at[i];
        const tr_clause *c = r->clause >= 0 ? &f->clause[r->clause] : NULL;
        if (c && c->kind == TR_CLAUSE_STEP && r->slot == &c->u.step.unless && *r->slot >= 0 &&
            c->u.step.on >= 0 && *r->slot != c->u.step.on)
            front_report(
                f,
                (report){TR_E_NOT_COMPILED, r->span, NULL,
                         "Name the threshold that starts the ladder.", false},
                "a step that ends with another threshold than its own is not compiled yet");
    }
}

static uint64_t kinds_of(const front *f, int32_t clause)
{
    int32_t class_ = bad(f, clause) ? -1 : f->clause[clause].u.prohibition.class_;
    return class_ >= 0 ? f->class_[class_].kinds : UINT64_MAX;
}

static void reach(front *f, const tr_clause *clause, const tr_threshold *t, const tr_condition *c)
{
    const tr_register *reg = t->reg >= 0 ? &f->reg[t->reg] : NULL;
    const char        *why = NULL;
    if (c->kinds == 0)
        why = "The class named and the class prohibited have no kind in common.";
    else if (reg && (c->kinds & reg->kinds) == 0)
        why = "The register has no row of a kind that the clause counts.";
    else if (c->by && !bad(f, c->of) &&
             !(f->clause[c->of].u.prohibition.actors >> (c->by - 1) & 1))
        why = "The clause counted does not bind that actor.";
    else if (reg && c->by)
        why = "Rows of a register name no side, so no breach of one party is certain.";
    else if (reg && t->rung > 0)
        why = "Rows of a register stand at rung 0: a table names no side.";
    else if (reg && t->corroboration > 0)
        why = "Rows of a register are one source: their corroboration is none.";
    if (why)
        front_report(f,
                     (report){TR_E_OUT_OF_REACH, c->span, why,
                              "Count another class or register, or ask for less.", false},
                     "nothing that clause %s counts can reach its bound",
                     front_quote(clause->label).z);
}

static bool same_count(const tr_condition *a, const tr_condition *b)
{
    return a->counting == b->counting && a->of == b->of && a->zone == b->zone &&
           a->per == b->per &&
           a->by == b->by && a->kinds == b->kinds && a->window.days == b->window.days &&
           (a->window.days >= 0 || a->window.ns == b->window.ns);
}

/* Off implies not-on when each start condition has an end condition on the same count that stays
 * below it, compared on the same set or a larger one (certain <= best <= possible). */
static void flaps(front *f, const tr_clause *clause, const tr_threshold *t)
{
    for (int32_t i = 0; i < t->ons; i++) {
        bool excluded = false;
        for (int32_t k = 0; k < t->offs && !excluded; k++)
            excluded = same_count(&t->on[i], &t->off[k]) && t->off[k].most < t->on[i].least &&
                       t->off[k].set >= t->on[i].set;
        if (!excluded)
            front_report(f,
                         (report){TR_E_FLAPS, t->on[i].span,
                                  "The clause could start and end on the same facts.",
                                  "Add an end condition with the same counting, clause, zone and "
                                  "window, a bound below this one, and the same or a wider set.",
                                  false},
                         "no end condition of clause %s excludes this start condition",
                         front_quote(clause->label).z);
    }
}

static bool answered(const front *f, int32_t threshold)
{
    for (int32_t i = 0; i < f->plan.clauses; i++)
        if ((f->clause[i].kind == TR_CLAUSE_STEP && f->clause[i].u.step.on == threshold) ||
            (f->clause[i].kind == TR_CLAUSE_OBLIGATION &&
             f->clause[i].u.obligation.each.kind == TR_EACH_ACTIVE &&
             f->clause[i].u.obligation.each.clause == threshold))
            return true;
    return false;
}

static void check_threshold(front *f, int32_t index)
{
    tr_clause    *clause = &f->clause[index];
    tr_threshold *t = &clause->u.threshold;
    lint          l = {.f = f};
    tr_witness    w = lint_witness(index, -1);
    if (f->result->errors == 0 && !answered(f, index)) /* of a text that is otherwise whole */
        lint_report(
            &l,
            (report){TR_E_NO_LADDER, clause->span, "Nobody owes anything when it is reached.",
                     "Add: article 7 \"Response\" on \xC2\xA7"
                     "6.1 active, with steps.",
                     true},
            &w, "the threshold of clause %s has no response ladder", front_quote(clause->label).z);
    if (bad(f, index))
        return;
    for (int32_t i = 0; i < t->ons; i++)
        t->on[i].kinds &= kinds_of(f, t->on[i].of);
    for (int32_t i = 0; i < t->offs; i++)
        t->off[i].kinds &= kinds_of(f, t->off[i].of);
    for (int32_t i = 0; i < t->ons; i++) {
        reach(f, clause, t, &t->on[i]);
        if (t->on[i].least <= 1)
            lint_report(&l,
                         (report){TR_E_ANY_VIOLATION, t->on[i].span,
                                  "No cease-fire on record reached zero; such a clause is active "
                                  "from its first days.",
                                  "State a number above the noise, over a window.", true},
                         &w, "a single violation activates clause %s",
                         front_quote(clause->label).z);
    }
    flaps(f, clause, t);
}

/* The clause that the clock of this one waits for, or -1. */
static int32_t waits_for(const front *f, int32_t clause, int32_t way)
{
    const tr_clause *c = clause >= 0 ? &f->clause[clause] : NULL;
    if (!c || bad(f, clause))
        return -1;
    if (c->kind == TR_CLAUSE_STEP)
        return way == 0 ? c->u.step.zero_clause : -1;
    if (c->kind == TR_CLAUSE_OBLIGATION)
        return way == 0 ? c->u.obligation.finish.zero_clause : c->u.obligation.begin.zero_clause;
    return -1;
}

static void report_circle(front *f, const int32_t *path, int32_t from, int32_t len)
{
    char chain[160];
    int  used = 0;
    for (int32_t i = from; i < len && used < 120; i++)
        used += snprintf(chain + used, sizeof chain - (size_t)used, "%s, ",
                         front_quote(f->clause[path[i]].label).z);
    const tr_clause *first = &f->clause[path[from]];
    front_report(f,
                 (report){TR_E_CIRCLE, first->span, "None of these clocks could ever start.",
                          first->kind == TR_CLAUSE_STEP ? "Let one of them count from activation."
                                                        : "Let one of them count from in force.",
                          false},
                 "the clocks wait for each other: %s%s", chain, front_quote(first->label).z);
}

/* Depth first along what each clock waits for; a clause met again on the path closes a circle. */
static void check_circles(front *f)
{
    enum { FRESH, ON_PATH, DONE };
    int32_t *path = TR_NEW(f->keep, int32_t, f->plan.clauses + 1);
    uint8_t *state = TR_NEW(f->keep, uint8_t, f->plan.clauses + 1);
    uint8_t *way = TR_NEW(f->keep, uint8_t, f->plan.clauses + 1);
    for (int32_t i = 0; i < f->plan.clauses; i++) {
        int32_t len = 0;
        if (state[i] == FRESH) {
            path[len++] = i;
            state[i] = ON_PATH;
        }
        while (len > 0) {
            int32_t at = path[len - 1];
            if (way[at] == 2) {
                state[at] = DONE;
                len--;
                continue;
            }
            int32_t to = waits_for(f, at, way[at]++);
            if (to < 0 || state[to] == DONE)
                continue;
            if (state[to] == ON_PATH) {
                int32_t from = 0;
                while (path[from] != to)
                    from++;
                report_circle(f, path, from, len);
                continue;
            }
            state[to] = ON_PATH;
            path[len++] = to;
        }
    }
}

static void check_obligation(front *f, const tr_clause *clause)
{
    const tr_obligation *o = &clause->u.obligation;
    const tr_act        *act = &f->act[o->act_at];
    if (act->seen && o->finish.kind == TR_DUE_WITHIN &&
        (o->finish.within.days >= 0 ? o->finish.within.days * 25 * TR_HOUR : o->finish.within.ns) <
            act->hold_ns)
        front_report(f,
                     (report){TR_E_TOO_SHORT, clause->span,
                              "The act is complete only after it was watched for its whole time.",
                              "Give more time, or ask for a shorter watch.", false},
                     "the deadline of clause %s is shorter than the watch that completes the act",
                     front_quote(clause->label).z);
    lint       l = {.f = f};
    tr_witness w = lint_witness((int32_t)(clause - f->clause), -1);
    if (o->finish.kind == TR_DUE_NONE && o->each.kind == TR_EACH_NONE)
        lint_report(&l,
                     (report){TR_E_NEVER_BREACHED, clause->span,
                              "Without a deadline nobody could ever say that it was missed.",
                              "Write for example: within 14 days of in force", true},
                     &w, "the duty of clause %s can never be breached",
                     front_quote(clause->label).z);
}

void check_all(front *f)
{
    resolve(f);
    check_unless(f);
    check_permissions(f);
    check_positions(f);
    check_wordings(f);
    check_beside(f);
    for (int32_t i = 0; i < f->plan.clauses; i++)
        if (f->clause[i].kind == TR_CLAUSE_THRESHOLD)
            check_threshold(f, i);
    for (int32_t i = 0; i < f->plan.clauses; i++)
        if (f->clause[i].kind == TR_CLAUSE_OBLIGATION && !bad(f, i))
            check_obligation(f, &f->clause[i]);
    check_periods(f);
    check_circles(f);
    check_places(f);
    check_states(f);
    if (f->result->errors == 0)
        check_whole(f);
}
