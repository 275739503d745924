/* measure.c -- amounts and shares on the board, and when their next value or settlement is due. */
#include "mission/state.h"

static int gravity(tr_verdict verdict)
{
    static const int grave[] = {
        [TR_VERDICT_NOT_IN_FORCE] = 0, [TR_VERDICT_SUSPENDED] = 1,    [TR_VERDICT_COMPLIED] = 2,
        [TR_VERDICT_OPEN] = 3,         [TR_VERDICT_UNDETERMINED] = 4, [TR_VERDICT_NOT_OBSERVED] = 5,
        [TR_VERDICT_BREACHED] = 6};
    return grave[verdict];
}

static void reckonings(const tr_mission *m, tr_arena *keep, tr_arena scratch, int32_t clause,
                       tr_reckonings *list)
{
    const tr_plan   *plan = m->plan;
    const tr_clause *c = &plan->clause[clause];
    tr_reckoning     one;
    *list = (tr_reckonings){0};
    if (c->kind == TR_CLAUSE_SHARE) {
        tr_reckon_share(scratch, plan, clause, m->s.now, &one);
        *TR_PUSH(keep, list) = one;
    }
    for (int32_t a = 0; c->kind == TR_CLAUSE_QUANTITY && a < plan->actors; a++)
        if (c->u.quantity.actors >> a & 1) {
            tr_reckon_quantity(scratch, plan, clause, a, m->s.now, &one);
            *TR_PUSH(keep, list) = one;
        }
}

void tr_mission_reckonings(const tr_mission *m, tr_arena *keep, int32_t clause, tr_reckonings *list)
{
    settle(m);
    reckonings(m, keep, m->scratch, clause, list);
}

void tr_mission_series(const tr_mission *m, int32_t amount, tr_basis basis, int32_t actor,
                       tr_series *series)
{
    tr_amount_series(m->scratch, m->plan, amount, basis, actor, m->s.now, series);
}

static tr_time sooner(tr_time a, tr_time b)
{
    return a == TR_TIME_NONE || (b != TR_TIME_NONE && b < a) ? b : a;
}

/* The gravest of the actors; of equals the first.  Periods of all are added up. */
static void add_course(tr_course *course, const tr_reckoning *one, bool graver)
{
    if (graver) {
        course->state = one->state;
        course->low = one->low;
        course->best = one->best;
        course->high = one->high;
    }
    course->since = sooner(course->since, one->since);
    course->due = sooner(course->due, one->due);
    course->owed += one->owed;
    course->kept += one->kept;
    course->missed += one->missed;
    course->missing += one->missing;
    course->open += one->open;
}

/* A scratch of two halves: the list grows in one, the reckoning takes the other. */
static tr_arena upper(tr_arena scratch)
{
    scratch.beg += (scratch.end - scratch.beg) / 2 & ~(ptrdiff_t)63;
    return scratch;
}

void measure_row(const tr_mission *m, tr_arena scratch, tr_board_row *row)
{
    const tr_clause *c = &m->plan->clause[row->clause];
    bool             share = c->kind == TR_CLAUSE_SHARE;
    tr_reckonings    list;
    reckonings(m, &scratch, upper(scratch), row->clause, &list);
    row->course.amount = share ? c->u.share.amount : c->u.quantity.amount;
    row->course.actors = share ? c->u.share.actors : c->u.quantity.actors;
    for (ptrdiff_t i = 0; i < list.len; i++) {
        bool graver = i == 0 || gravity(list.at[i].verdict) > gravity(row->verdict);
        add_course(&row->course, &list.at[i], graver);
        if (graver)
            row->verdict = list.at[i].verdict;
    }
}

tr_time measure_due(const tr_mission *m, tr_arena scratch)
{
    tr_time due = TR_TIME_NONE;
    for (int32_t c = 0; c < m->plan->clauses; c++) {
        tr_reckonings list;
        if (m->plan->clause[c].kind != TR_CLAUSE_QUANTITY &&
            m->plan->clause[c].kind != TR_CLAUSE_SHARE)
            continue;
        tr_arena part = scratch;
        reckonings(m, &part, upper(scratch), c, &list);
        for (ptrdiff_t i = 0; i < list.len; i++)
            due = sooner(due, list.at[i].due);
    }
    return due;
}
