/* lint_count.c -- thresholds: conditions that count nothing, that one report reaches, that another
 * makes idle, that must hold longer than they look back; and proofs that nothing reaches. */
#include "terms/lint.h"

static int64_t least_ns(tr_stretch s) /* of calendar days the shortest */
{
    return s.days >= 0 ? s.days * TR_DAY - (s.days > 0 ? TR_HOUR : 0) : s.ns;
}

static int64_t most_ns(tr_stretch s)
{
    return s.days >= 0 ? s.days * TR_DAY + (s.days > 0 ? TR_HOUR : 0) : s.ns;
}

static void check_nothing(lint *l, int32_t clause, const tr_condition *c)
{
    const tr_plan        *plan = &l->f->plan;
    const tr_threshold   *t = &plan->clause[clause].u.threshold;
    const tr_prohibition *p = &plan->clause[c->of].u.prohibition;
    tr_witness            w = lint_witness(clause, c->of);
    const char           *why = NULL;
    if (t->from != TR_TIME_NONE && t->from >= p->end)
        why = "What it counts has ended before the count begins.";
    else if (c->zone != p->zone && lint_apart(l, c->zone, p->zone))
        why = "Its zone and the zone of the clause counted have no point in common.";
    w.on = p->end;
    if (why)
        lint_report(l,
                    (report){TR_E_COUNTS_NOTHING, c->span, why,
                             "Count where and while the clause counted is in force.", true},
                    &w, "no breach of clause %s can be counted by clause %s",
                    front_quote(plan->clause[c->of].label).z,
                    front_quote(plan->clause[clause].label).z);
}

/* R-SMM sums what reports say; the possible count of "at least 10" has no end. */
static void check_one_report(lint *l, int32_t clause, const tr_condition *c)
{
    const tr_plan *plan = &l->f->plan;
    tr_witness     w = lint_witness(clause, c->of);
    if (c->set != TR_SET_POSSIBLE || plan->counting[c->counting].rule != TR_RULE_SMM ||
        plan->clause[clause].u.threshold.reg >= 0)
        return;
    lint_report(
        l,
        (report){TR_E_ONE_REPORT, c->span,
                 "A single report of \"at least\" some number is possibly any number.",
                 "Let the start compare the certain count, or count incidents (R-INC).", true},
        &w, "one open-ended report activates clause %s", front_quote(plan->clause[clause].label).z);
}

static void check_hold(lint *l, int32_t clause)
{
    const tr_plan      *plan = &l->f->plan;
    const tr_threshold *t = &plan->clause[clause].u.threshold;
    tr_witness          w = lint_witness(clause, t->ons > 0 ? t->on[0].of : -1);
    for (int32_t i = 0; i < t->ons; i++)
        if (least_ns(t->on_hold) <= most_ns(t->on[i].window))
            return;
    lint_report(l,
                (report){TR_E_HOLD_WINDOW, t->ons > 0 ? t->on[0].span : plan->clause[clause].span,
                         "Any number of breaches in one hour has left the window before the "
                         "count has held long enough.",
                         "Hold the start for less than its window, or count over a longer one.",
                         true},
                &w, "clause %s must hold longer than it looks back",
                front_quote(plan->clause[clause].label).z);
}

static bool not_longer(tr_stretch a, tr_stretch b)
{
    return (a.days == b.days && a.ns == b.ns) || most_ns(a) <= least_ns(b);
}

/* Does b trip whenever a does?  The same count over a window at least as long, a bound not higher,
 * a set not smaller. */
static bool implies(const tr_condition *a, const tr_condition *b)
{
    return a->counting == b->counting && a->of == b->of && a->kinds == b->kinds &&
           (a->zone == b->zone || b->zone < 0) && (a->per == b->per || b->per == 0) &&
           b->set >= a->set && b->least <= a->least &&
           not_longer(a->window, b->window);
}

static void check_idle(lint *l, int32_t clause)
{
    const tr_plan      *plan = &l->f->plan;
    const tr_threshold *t = &plan->clause[clause].u.threshold;
    for (int32_t i = 0; i < t->ons; i++)
        for (int32_t k = 0; k < t->ons; k++) {
            tr_witness w = lint_witness(clause, t->on[i].of);
            if (i == k || !implies(&t->on[i], &t->on[k]))
                continue;
            lint_report(l,
                        (report){TR_E_IDLE_CONDITION, t->on[i].span,
                                 "Another start condition of the clause has a longer window and a "
                                 "bound that is not higher, so it trips first.",
                                 "Remove it, or give the shorter window the lower bound.", true},
                        &w, "this condition of clause %s never decides",
                        front_quote(plan->clause[clause].label).z);
            break;
        }
}

/* One incident more or less switches it on and off: each end excludes its start (TR0132), by one,
 * and nothing has to hold. */
static void check_margin(lint *l, int32_t clause)
{
    const tr_plan      *plan = &l->f->plan;
    const tr_threshold *t = &plan->clause[clause].u.threshold;
    tr_witness          w = lint_witness(clause, t->ons > 0 ? t->on[0].of : -1);
    if (t->ons != 1 || t->offs != 1 || t->on[0].least != t->off[0].most + 1 || t->on[0].least < 2 ||
        least_ns(t->off_hold) > 0 || least_ns(t->on_hold) > 0)
        return;
    lint_report(l,
                (report){TR_E_NO_MARGIN, t->off[0].span,
                         "One incident that leaves the window ends it, and the next one starts it "
                         "again.",
                         "End it lower, or let the end hold: for 48 hours.", true},
                &w, "clause %s ends one below its start, and at once",
                front_quote(plan->clause[clause].label).z);
}

static void check_proof(lint *l, int32_t clause)
{
    const tr_plan        *plan = &l->f->plan;
    const tr_prohibition *p = &plan->clause[clause].u.prohibition;
    tr_witness            w = lint_witness(clause, -1);
    if (p->gate < 0 || plan->gate[p->gate].confidence_ppm < 1000000)
        return;
    lint_report(l,
                (report){TR_E_UNPROVABLE, plan->clause[clause].span,
                         "It asks for a confidence of 100 %, and no observation is beyond doubt.",
                         "Ask for less, such as confidence >= 99 %, and for more sources.", true},
                &w, "no breach of clause %s can ever be proved",
                front_quote(plan->clause[clause].label).z);
}

void lint_counts(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_threshold *t = &plan->clause[i].u.threshold;
        if (plan->clause[i].kind == TR_CLAUSE_PROHIBITION)
            check_proof(l, i);
        if (plan->clause[i].kind != TR_CLAUSE_THRESHOLD)
            continue;
        for (int32_t k = 0; k < t->ons; k++) {
            check_nothing(l, i, &t->on[k]);
            check_one_report(l, i, &t->on[k]);
        }
        check_hold(l, i);
        check_idle(l, i);
        check_margin(l, i);
    }
}
