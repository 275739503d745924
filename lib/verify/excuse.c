/* excuse.c -- which exceptions of a prohibition apply to an incident, and what follows.
 *
 * Each applies surely, perhaps, or not.  What follows is worked out twice, from those that apply
 * surely and from all that may: where the two differ there is a doubt, and a doubt excuses nothing.
 * An exception is out when one that is in prevails over it or is taken from it.  Of those that stay
 * in, permissions alone excuse; a permission beside a prohibition is a conflict, never a winner.
 */
#include "verify/judge.h"
#include "verify/permit.h"

static tr_applies least(tr_applies a, tr_applies b)
{
    return a < b ? a : b;
}

static tr_applies holds(const tr_plan *plan, const tr_prohibition *term, const tr_exception *e,
                        const tr_incident *incident)
{
    tr_applies all = tr_permit_scope(plan, term, e, incident);
    if (e->exercise && !incident->exercise)
        return TR_APPLIES_NOT;
    if (e->operated_by >= 0 && (incident->source < 0 || incident->source >= plan->owners ||
                                plan->owner[incident->source] != e->operated_by))
        return TR_APPLIES_NOT;
    if (e->steps > 0 && all != TR_APPLIES_NOT)
        all = least(all, tr_permit_steps_of(plan, term, e, incident).applies);
    return all;
}

/* Of a set of exceptions, those that no other of them puts out.  In a circle of `prevails over`
 * all stay in. */
static uint64_t standing(const tr_plan *plan, const tr_prohibition *term, uint64_t set)
{
    uint64_t in = 0, out = 0;
    for (int32_t round = 0; round < term->excepts; round++)
        for (int32_t i = term->except; i < term->except + term->excepts; i++) {
            uint64_t bit = UINT64_C(1) << i, against = 0;
            if (!(set & bit))
                continue;
            for (int32_t k = term->except; k < term->except + term->excepts; k++)
                if (set >> k & 1 && (plan->exception[k].over & bit || plan->exception[k].from == i))
                    against |= UINT64_C(1) << k;
            if (against & in)
                out |= bit;
            else if ((against & ~out) == 0)
                in |= bit;
        }
    return set & ~out;
}

typedef enum { BOUND, EXCUSED, CONFLICT } outcome;

static outcome outcome_of(const tr_plan *plan, const tr_prohibition *term, uint64_t set,
                          int32_t *which)
{
    uint64_t left = standing(plan, term, set);
    bool     permits = false, forbids = false;
    for (int32_t i = term->except; i < term->except + term->excepts; i++) {
        if (!(left >> i & 1))
            continue;
        if (plan->exception[i].permits && !permits)
            *which = i;
        permits |= plan->exception[i].permits;
        forbids |= !plan->exception[i].permits;
    }
    return !permits ? BOUND : forbids ? CONFLICT : EXCUSED;
}

int32_t tr_excuse(const tr_plan *plan, const tr_prohibition *term, const tr_incident *incident,
                  tr_why *why)
{
    enum { ROOM = 64 };
    tr_applies of[ROOM] = {0};
    uint64_t surely = 0, perhaps = 0;
    int32_t  which = -1, may = -1;
    *why = TR_WHY_IN;
    for (int32_t k = 0; k < term->excepts; k++) {
        uint32_t            i = (uint32_t)(term->except + k) % ROOM; /* the compiler allows 64 */
        const tr_exception *e = &plan->exception[i];
        of[i] = holds(plan, term, e, incident);
        if (e->from >= 0)
            of[i] = least(of[i], of[(uint32_t)e->from % ROOM]);
        surely |= (uint64_t)(of[i] == TR_APPLIES) << i;
        perhaps |= (uint64_t)(of[i] != TR_APPLIES_NOT) << i;
    }
    outcome sure = outcome_of(plan, term, surely, &which);
    outcome all = outcome_of(plan, term, perhaps, &may);
    if (sure != all)
        *why = TR_WHY_EXCEPTED_EDGE;
    else if (sure != BOUND)
        *why = sure == EXCUSED ? TR_WHY_EXCEPTED : TR_WHY_CONFLICT;
    return *why == TR_WHY_IN ? -1 : which >= 0 ? which : may;
}
