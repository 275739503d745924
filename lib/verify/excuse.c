/* excuse.c -- which exceptions of a prohibition apply to an incident, and what follows.
 *
 * Each applies surely, perhaps, or not.  What follows is worked out twice, from those that apply
 * surely and from all that may: where the two differ there is a doubt, and a doubt excuses nothing.
 * An exception is out when one that is in prevails over it or is taken from it.  Of those that stay
 * in, permissions alone excuse; a permission beside a prohibition is a conflict, never a winner.
 */
#include "verify/judge.h"

typedef enum { APPLIES_NOT, APPLIES_PERHAPS, APPLIES } applies;

static applies least(applies a, applies b)
{
    return a < b ? a : b;
}

/* A notice by one who is bound, to that actor, told early enough, of a span and place around it. */
static applies noticed_by(const tr_plan *plan, const tr_prohibition *term, const tr_exception *e,
                          const tr_notice *notice, const tr_incident *incident)
{
    tr_judgement place = TR_JUDGEMENT;
    tr_time      end = incident->end > incident->begin ? incident->end : incident->begin + 1;
    if (notice->from < 0 || !(term->actors >> notice->from & 1) ||
        !(notice->to >> e->notified_to & 1) || notice->told == TR_TIME_MAX ||
        (incident->side != 0 && incident->side != notice->from + 1) ||
        notice->told > tr_stretch_before(incident->begin, e->lead, plan->tz) ||
        notice->cancelled <= incident->begin || incident->begin >= notice->planned.end ||
        end <= notice->planned.begin)
        return APPLIES_NOT;
    if (notice->place.kind == TR_PLACE_ZONE && notice->place.zone >= 0)
        tr_limit_zone_of(&place, plan, notice->place.zone, term->actors, incident);
    else if (notice->place.kind != TR_PLACE_NONE)
        tr_limit(&place, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE);
    if (place.in == TR_IN_NONE)
        return APPLIES_NOT;
    bool whole = incident->begin >= notice->planned.begin && end <= notice->planned.end;
    return whole && place.in == TR_IN_CERTAIN ? APPLIES : APPLIES_PERHAPS;
}

static applies noticed(const tr_plan *plan, const tr_prohibition *term, const tr_exception *e,
                       const tr_incident *incident)
{
    applies best = APPLIES_NOT;
    for (int32_t i = 0; i < plan->notices && best != APPLIES; i++) {
        applies one = noticed_by(plan, term, e, &plan->notice[i], incident);
        best = one > best ? one : best;
    }
    return best;
}

static applies holds(const tr_plan *plan, const tr_prohibition *term, const tr_exception *e,
                     const tr_incident *incident)
{
    applies all = APPLIES;
    if (e->exercise && !incident->exercise)
        return APPLIES_NOT;
    if (e->operated_by >= 0 && (incident->source < 0 || incident->source >= plan->owners ||
                                plan->owner[incident->source] != e->operated_by))
        return APPLIES_NOT;
    if (e->notified_to >= 0)
        all = least(all, noticed(plan, term, e, incident));
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
    applies  of[ROOM] = {0};
    uint64_t surely = 0, perhaps = 0;
    int32_t  which = -1, may = -1;
    *why = TR_WHY_IN;
    for (int32_t k = 0; k < term->excepts; k++) {
        uint32_t            i = (uint32_t)(term->except + k) % ROOM; /* the compiler allows 64 */
        const tr_exception *e = &plan->exception[i];
        of[i] = holds(plan, term, e, incident);
        if (e->from >= 0)
            of[i] = least(of[i], of[(uint32_t)e->from % ROOM]);
        surely |= (uint64_t)(of[i] == APPLIES) << i;
        perhaps |= (uint64_t)(of[i] != APPLIES_NOT) << i;
    }
    outcome sure = outcome_of(plan, term, surely, &which);
    outcome all = outcome_of(plan, term, perhaps, &may);
    if (sure != all)
        *why = TR_WHY_EXCEPTED_EDGE;
    else if (sure != BOUND)
        *why = sure == EXCUSED ? TR_WHY_EXCEPTED : TR_WHY_CONFLICT;
    return *why == TR_WHY_IN ? -1 : which >= 0 ? which : may;
}
