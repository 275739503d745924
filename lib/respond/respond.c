/* respond.c -- the ladder of one activation at one instant (respond.h).
 *
 * Each step is worked out from the responses to it and from the zero of its clock; a clock that
 * waits for another step asks for that step first.  The compiler refuses circles; a chain is
 * never longer than the agreement has clauses, and is cut there.
 */
#include "respond/respond.h"

#include "verify/halt.h"

const char *tr_step_state_name(tr_step_state state)
{
    static const char *const names[] = {
        [TR_STEP_WAITING] = "waiting",     [TR_STEP_RUNNING] = "running",
        [TR_STEP_ACKNOWLEDGED] = "acknowledged", [TR_STEP_DONE] = "done",
        [TR_STEP_DONE_LATE] = "done_late", [TR_STEP_MISSED] = "missed",
        [TR_STEP_VOID] = "void",           [TR_STEP_SUSPENDED] = "suspended"};
    assert((size_t)state < sizeof names / sizeof *names);
    return names[state];
}

typedef struct {
    const tr_plan       *plan;
    const tr_ladder_run *run;
    tr_time              now;
} tr_ladder;

/* Earliest time, from the activation to now, at which that was said of the step; or NONE. */
static tr_time said(const tr_ladder *ladder, int32_t clause, tr_said what)
{
    tr_time earliest = TR_TIME_NONE;
    for (int32_t i = 0; i < ladder->run->responses; i++) {
        const tr_response *response = &ladder->run->response[i];
        bool counts = response->clause == clause && response->said == what &&
                      response->on >= ladder->run->zero && response->on <= ladder->now;
        if (counts && (earliest == TR_TIME_NONE || response->on < earliest))
            earliest = response->on;
    }
    return earliest;
}

/* The earlier of two moments, either of which may not be there. */
static tr_time first_of(tr_time a, tr_time b)
{
    if (a == TR_TIME_NONE || b == TR_TIME_NONE)
        return a == TR_TIME_NONE ? b : a;
    return a < b ? a : b;
}

/* Acknowledged or begun; a step that is done has been taken notice of as well. */
static tr_time noticed(const tr_ladder *ladder, int32_t clause)
{
    return first_of(first_of(said(ladder, clause, TR_SAID_ACKNOWLEDGED),
                             said(ladder, clause, TR_SAID_STARTED)),
                    said(ladder, clause, TR_SAID_DONE));
}

static tr_step_run run_step(const tr_ladder *ladder, int32_t clause, int32_t depth);

static tr_time zero_of(const tr_ladder *ladder, const tr_step *step, int32_t depth)
{
    tr_time zero = TR_TIME_NONE;
    switch (step->zero) {
    case TR_ZERO_ACTIVATION:
        zero = ladder->run->zero;
        break;
    case TR_ZERO_FIRST_BREACH:
        zero = ladder->run->first_breach;
        break;
    case TR_ZERO_STEP_DONE:
        if (depth < ladder->plan->clauses)
            zero = run_step(ladder, step->zero_clause, depth + 1).done;
        break;
    case TR_ZERO_STEP_NOTIFIED:
        zero = noticed(ladder, step->zero_clause);
        break;
    case TR_ZERO_IN_FORCE:
        zero = ladder->plan->in_force;
        break;
    case TR_ZERO_SIGNATURE:
        zero = ladder->plan->signature;
        break;
    }
    return zero <= ladder->now ? zero : TR_TIME_NONE;
}

/* Did the cause end before the step was done and before it was due?  What was overdue at discovery
 * runs past its due, so there only the first counts. */
static bool ended_first(const tr_ladder *ladder, const tr_step *step, const tr_step_run *at)
{
    tr_time ended = ladder->run->ended;
    return step->unless_ended && ended != TR_TIME_NONE && ended <= ladder->now &&
           (at->zero == TR_TIME_NONE || ended < at->due || at->overdue_at_discovery) &&
           (at->done == TR_TIME_NONE || ended < at->done);
}

static tr_step_state state_of(const tr_ladder *ladder, const tr_step *step, const tr_step_run *at)
{
    const tr_halts halts = tr_halts_of(ladder->plan, at->clause);
    const tr_halt *halt = tr_halted_at(&halts, step->actor, ladder->now);
    bool           waits = at->zero == TR_TIME_NONE;
    if (ended_first(ladder, step, at) || (halt && halt->kind == TR_HALT_VOID))
        return TR_STEP_VOID;
    if (at->done != TR_TIME_NONE)
        return waits || at->done <= at->due ? TR_STEP_DONE : TR_STEP_DONE_LATE;
    if (!waits && ladder->now >= at->due && !at->overdue_at_discovery)
        return step->must ? TR_STEP_MISSED : TR_STEP_VOID;
    if (halt)
        return tr_halt_verdict(halt) == TR_VERDICT_SUSPENDED ? TR_STEP_SUSPENDED : TR_STEP_VOID;
    if (waits)
        return TR_STEP_WAITING;
    return noticed(ladder, at->clause) == TR_TIME_NONE ? TR_STEP_RUNNING : TR_STEP_ACKNOWLEDGED;
}

static tr_step_run run_step(const tr_ladder *ladder, int32_t clause, int32_t depth)
{
    assert(clause >= 0 && clause < ladder->plan->clauses);
    assert(ladder->plan->clause[clause].kind == TR_CLAUSE_STEP);
    const tr_step *step = &ladder->plan->clause[clause].u.step;
    tr_step_run    at = {.clause = clause,
                         .zero = zero_of(ladder, step, depth),
                         .due = TR_TIME_NONE,
                         .done = said(ladder, clause, TR_SAID_DONE)};
    if (at.zero != TR_TIME_NONE) {
        const tr_halts halts = tr_halts_of(ladder->plan, clause);
        at.due = tr_halts_due(&halts, step->actor, at.zero,
                              tr_stretch_after(at.zero, step->within, ladder->plan->tz));
        at.overdue_at_discovery =
            ladder->run->known != TR_TIME_NONE && at.due <= ladder->run->known;
    }
    at.state = state_of(ladder, step, &at);
    if (at.due == TR_TIME_MAX)
        at.due = TR_TIME_NONE; /* its clock stands still */
    if (at.state == TR_STEP_VOID)
        at.done = TR_TIME_NONE; /* the duty was gone by then */
    return at;
}

void tr_respond_steps(const tr_plan *plan, const tr_ladder_run *run, tr_time now, tr_step_run *step,
                      int32_t *steps, int32_t room)
{
    tr_ladder ladder = {plan, run, now};
    *steps = 0;
    for (int32_t i = 0; i < plan->clauses && *steps < room; i++)
        if (plan->clause[i].kind == TR_CLAUSE_STEP && plan->clause[i].u.step.on == run->clause)
            step[(*steps)++] = run_step(&ladder, i, 0);
}

tr_time tr_respond_next(const tr_step_run *step, int32_t steps, tr_time now)
{
    tr_time next = TR_TIME_NONE;
    for (int32_t i = 0; i < steps; i++) {
        bool runs = step[i].state == TR_STEP_RUNNING || step[i].state == TR_STEP_ACKNOWLEDGED;
        if (runs && step[i].due > now)
            next = first_of(next, step[i].due);
    }
    return next;
}
