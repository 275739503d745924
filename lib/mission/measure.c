/* measure.c -- amounts and shares on the board, and when their next value or settlement is due. */
#include "mission/state.h"

#include "verify/amount.h"

static int gravity(tr_verdict verdict)
{
    static const int grave[] = {[TR_VERDICT_NOT_IN_FORCE] = 0, [TR_VERDICT_SUSPENDED] = 1,
                                [TR_VERDICT_COMPLIED] = 2,     [TR_VERDICT_OPEN] = 3,
                                [TR_VERDICT_UNDETERMINED] = 4, [TR_VERDICT_NOT_OBSERVED] = 5,
                                [TR_VERDICT_BREACHED] = 6};
    return grave[verdict];
}

void tr_mission_reckonings(const tr_mission *m, tr_arena *keep, int32_t clause,
                           tr_reckonings *list)
{
    const tr_plan   *plan = m->plan;
    const tr_clause *c = &plan->clause[clause];
    *list = (tr_reckonings){0};
    if (c->kind == TR_CLAUSE_SHARE)
        tr_reckon_share(m->scratch, plan, clause, m->s.now, TR_PUSH(keep, list));
    for (int32_t a = 0; c->kind == TR_CLAUSE_QUANTITY && a < plan->actors; a++)
        if (c->u.quantity.actors >> a & 1)
            tr_reckon_quantity(m->scratch, plan, clause, a, m->s.now, TR_PUSH(keep, list));
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

void measure_row(const tr_mission *m, tr_arena scratch, tr_board_row *row)
{
    const tr_clause *c = &m->plan->clause[row->clause];
    tr_reckonings    list;
    tr_reckoning     one;
    row->course.amount =
        c->kind == TR_CLAUSE_SHARE ? c->u.share.amount : c->u.quantity.amount;
    row->course.actors =
        c->kind == TR_CLAUSE_SHARE ? c->u.share.actors : c->u.quantity.actors;
    for (int32_t a = 0; a < m->plan->actors; a++) {
        if (!(row->course.actors >> a & 1))
            continue;
        if (c->kind == TR_CLAUSE_SHARE)
            tr_reckon_share(scratch, m->plan, row->clause, m->s.now, &one);
        else
            tr_reckon_quantity(scratch, m->plan, row->clause, a, m->s.now, &one);
        bool graver = !row->course.state || gravity(one.verdict) > gravity(row->verdict);
        add_course(&row->course, &one, graver);
        if (graver)
            row->verdict = one.verdict;
        if (c->kind == TR_CLAUSE_SHARE)
            break;
    }
    (void)list;
}
