/* halt.c -- halts against moments, deadlines and incidents (halt.h).
 *
 * Who may have done it: the side that it is attributed to where that one is bound, else all who
 * are.  A doubt leaves it possible.
 */
#include "verify/halt.h"

tr_halts tr_halts_of(const tr_plan *plan, int32_t clause)
{
    return plan->halts ? plan->halts[clause] : (tr_halts){0};
}

static bool is_for(const tr_halt *halt, int32_t actor)
{
    return halt->actors == 0 || (halt->actors >> actor & 1) != 0;
}

const tr_halt *tr_halted_at(const tr_halts *halts, int32_t actor, tr_time t)
{
    const tr_halt *found = NULL;
    for (int32_t i = 0; i < halts->len; i++) {
        const tr_halt *halt = &halts->at[i];
        if (is_for(halt, actor) && halt->span.begin <= t &&
            (t < halt->span.end || halt->span.end == TR_TIME_MAX) &&
            (!found || halt->kind > found->kind))
            found = halt;
    }
    return found;
}

const tr_halt *tr_halted_all(const tr_halts *halts, uint64_t actors, tr_time t)
{
    const tr_halt *mildest = NULL;
    for (int32_t a = 0; actors >> a; a++) {
        const tr_halt *one;
        if (!(actors >> a & 1))
            continue;
        one = tr_halted_at(halts, a, t);
        if (!one)
            return NULL;
        if (!mildest || one->kind < mildest->kind)
            mildest = one;
        if (a == 63)
            break;
    }
    return mildest;
}

tr_verdict tr_halt_verdict(const tr_halt *halt)
{
    return halt->kind == TR_HALT_SUSPENDED ? TR_VERDICT_SUSPENDED : TR_VERDICT_NOT_IN_FORCE;
}

tr_time tr_halts_due(const tr_halts *halts, int32_t actor, tr_time from, tr_time due)
{
    tr_time reach = from; /* what lies before is reckoned already */
    if (due == TR_TIME_NONE)
        return due;
    for (int32_t i = 0; i < halts->len && due != TR_TIME_MAX; i++) {
        const tr_halt *halt = &halts->at[i];
        tr_time        begin = halt->span.begin > reach ? halt->span.begin : reach;
        if (!is_for(halt, actor) || begin > due || halt->span.end <= begin)
            continue;
        if (halt->span.end == TR_TIME_MAX)
            due = TR_TIME_MAX;
        else if (halt->clock_stops && begin != TR_TIME_NONE)
            due = tr_time_plus(due, halt->span.end - begin);
        else if (due < halt->span.end)
            due = halt->span.end;
        if (halt->clock_stops)
            reach = halt->span.end;
    }
    return due;
}

tr_time tr_halts_close(const tr_halts *halts, int32_t actor)
{
    for (int32_t i = 0; i < halts->len; i++) /* by begin: the first is the earliest */
        if (is_for(&halts->at[i], actor) && halts->at[i].span.end == TR_TIME_MAX &&
            halts->at[i].kind >= TR_HALT_TERMINATED)
            return halts->at[i].span.begin;
    return TR_TIME_MAX;
}

bool tr_halts_cover(const tr_halts *halts, int32_t actor, tr_time begin, tr_time end)
{
    for (int32_t i = 0; i < halts->len && begin < end; i++) {
        const tr_halt *halt = &halts->at[i];
        if (is_for(halt, actor) && halt->span.begin <= begin && halt->span.end > begin)
            begin = halt->span.end;
    }
    return begin >= end;
}

tr_time tr_halts_end(const tr_halts *halts, int32_t actor, tr_time begin, tr_time end)
{
    tr_time due = tr_halts_due(halts, actor, begin, end - 1); /* the end no longer belongs to it */
    if (due == end - 1 || due == TR_TIME_MAX)
        return due == TR_TIME_MAX ? due : end;
    return tr_halted_at(halts, actor, due - 1) ? due : due + 1;
}

typedef enum { APART, MEETS, INSIDE } relation;

/* How [begin, end] lies to the union of the halts for an actor; an instant is its own moment. */
static relation against(const tr_halts *halts, int32_t actor, const tr_incident *incident,
                        tr_halt_kind *kind)
{
    tr_time  at = incident->begin;
    relation found = APART;
    for (int32_t i = 0; i < halts->len; i++) {
        const tr_halt *halt = &halts->at[i];
        bool           open = halt->span.end == TR_TIME_MAX;
        if (!is_for(halt, actor) ||
            (halt->span.begin > incident->begin && halt->span.begin >= incident->end) ||
            (halt->span.end <= incident->begin && !open))
            continue;
        if (found == APART)
            *kind = halt->kind;
        found = found == APART ? MEETS : found;
        if (halt->span.begin <= at && (halt->span.end > at || open)) {
            at = halt->span.end;
            found = at >= incident->end ? INSIDE : found;
        }
    }
    return found;
}

static bool halted_best(const tr_halts *halts, uint64_t who, tr_time best)
{
    for (int32_t a = 0; a < 64; a++)
        if (who >> a & 1 && tr_halted_at(halts, a, best))
            return true;
    return false;
}

void tr_limit_halts(tr_judgement *judgement, const tr_prohibition *term,
                    const tr_incident *incident)
{
    uint64_t     who = incident->side > 0 ? UINT64_C(1) << ((incident->side - 1) & 63) : 0;
    bool         inside = true, apart = true;
    tr_halt_kind kind = TR_HALT_SUSPENDED;
    if (term->halts.len == 0)
        return;
    who = who & term->actors ? who & term->actors : term->actors;
    for (int32_t a = 0; a < 64; a++) {
        if (!(who >> a & 1))
            continue;
        relation lies = against(&term->halts, a, incident, &kind);
        inside &= lies == INSIDE;
        apart &= lies == APART;
    }
    bool passing = kind == TR_HALT_SUSPENDED || kind == TR_HALT_LIFTED;
    if (apart)
        return;
    if (inside)
        tr_limit(judgement, TR_IN_NONE, passing ? TR_WHY_SUSPENDED : TR_WHY_TIME);
    else
        tr_limit(judgement,
                 halted_best(&term->halts, who, incident->best) ? TR_IN_POSSIBLE : TR_IN_BEST,
                 passing ? TR_WHY_SUSPENDED_EDGE : TR_WHY_TIME_EDGE);
}
