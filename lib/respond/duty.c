/* duty.c -- the state of one duty from its facts (duty.h). */
#include "respond/duty.h"

#include "verify/halt.h"

static const struct {
    const char *name;
    tr_verdict  verdict;
    int         gravity;
} states[] = {[TR_DUTY_NOT_IN_FORCE] = {"not_in_force", TR_VERDICT_NOT_IN_FORCE, 0},
              [TR_DUTY_WAITING] = {"waiting", TR_VERDICT_OPEN, 3},
              [TR_DUTY_OPEN] = {"open", TR_VERDICT_OPEN, 4},
              [TR_DUTY_COMPLIED] = {"complied", TR_VERDICT_COMPLIED, 2},
              [TR_DUTY_BREACHED] = {"breached", TR_VERDICT_BREACHED, 8},
              [TR_DUTY_CURED] = {"cured", TR_VERDICT_BREACHED, 7},
              [TR_DUTY_UNDETERMINED] = {"undetermined", TR_VERDICT_UNDETERMINED, 5},
              [TR_DUTY_NOT_OBSERVED] = {"not_observed", TR_VERDICT_NOT_OBSERVED, 6},
              [TR_DUTY_SUSPENDED] = {"suspended", TR_VERDICT_SUSPENDED, 1}};

const char *tr_duty_state_name(tr_duty_state state)
{
    assert((size_t)state < sizeof states / sizeof *states);
    return states[state].name;
}

tr_verdict tr_duty_verdict(tr_duty_state state)
{
    assert((size_t)state < sizeof states / sizeof *states);
    return states[state].verdict;
}

int tr_duty_gravity(tr_duty_state state)
{
    assert((size_t)state < sizeof states / sizeof *states);
    return states[state].gravity;
}

tr_time tr_due_at(const tr_plan *plan, const tr_due *due, tr_time zero)
{
    if (due->kind == TR_DUE_DATE)
        return due->date;
    return due->kind == TR_DUE_WITHIN ? tr_stretch_after(zero, due->within, plan->tz)
                                      : TR_TIME_NONE;
}

tr_time tr_duty_due(const tr_plan *plan, int32_t clause, int32_t actor, const tr_due *due,
                    tr_time zero)
{
    const tr_halts halts = tr_halts_of(plan, clause);
    return tr_halts_due(&halts, actor, due->kind == TR_DUE_WITHIN ? zero : plan->in_force,
                        tr_due_at(plan, due, zero));
}

/* Has what was due by then been missed, as of now? */
static bool missed(tr_time due, tr_time done, tr_time now)
{
    return due != TR_TIME_NONE && (done == TR_TIME_NONE ? now >= due : done > due);
}

static tr_duty_state missed_state(bool seen, const tr_duty_facts *facts, const tr_duty *duty)
{
    if (!seen || facts->contrary || duty->begin_missed)
        return duty->performed == TR_TIME_NONE ? TR_DUTY_BREACHED : TR_DUTY_CURED;
    return facts->watched_ns > 0 ? TR_DUTY_UNDETERMINED : TR_DUTY_NOT_OBSERVED;
}

static tr_duty_state halted_state(const tr_halt *halt)
{
    return tr_halt_verdict(halt) == TR_VERDICT_SUSPENDED ? TR_DUTY_SUSPENDED : TR_DUTY_NOT_IN_FORCE;
}

static tr_duty_state state_of(const tr_plan *plan, const tr_duty_facts *facts, const tr_duty *duty)
{
    const tr_obligation *o = &plan->clause[duty->clause].u.obligation;
    const tr_halts       halts = tr_halts_of(plan, duty->clause);
    const tr_halt       *halt = tr_halted_at(&halts, duty->actor, facts->now);
    bool                 waits = o->finish.kind == TR_DUE_WITHIN && facts->zero == TR_TIME_NONE;
    if (facts->now == TR_TIME_NONE || (halt && halt->kind == TR_HALT_VOID) ||
        (plan->in_force != TR_TIME_NONE && facts->now < plan->in_force))
        return TR_DUTY_NOT_IN_FORCE;
    if (duty->begin_missed || missed(duty->due, duty->performed, facts->now))
        return missed_state(plan->act[o->act_at].seen, facts, duty);
    if (duty->done != TR_TIME_NONE)
        return TR_DUTY_COMPLIED;
    if (halt)
        return halted_state(halt);
    return waits || duty->performed != TR_TIME_NONE ? TR_DUTY_WAITING : TR_DUTY_OPEN;
}

/* Of an exchange: when both sides had performed. */
static tr_time both_done(const tr_duty_facts *facts)
{
    if (!facts->exchanged || facts->done == TR_TIME_NONE || facts->pair == TR_TIME_NONE)
        return facts->exchanged ? TR_TIME_NONE : facts->done;
    return facts->pair > facts->done ? facts->pair : facts->done;
}

void tr_respond_duty(const tr_plan *plan, int32_t clause, int32_t actor, const tr_duty_facts *facts,
                     tr_duty *duty)
{
    assert(plan->clause[clause].kind == TR_CLAUSE_OBLIGATION);
    const tr_obligation *o = &plan->clause[clause].u.obligation;
    *duty = (tr_duty){.clause = clause,
                      .actor = actor,
                      .zero = facts->zero,
                      .begin_due = tr_duty_due(plan, clause, actor, &o->begin, facts->begin_zero),
                      .due = tr_duty_due(plan, clause, actor, &o->finish, facts->zero),
                      .begun = facts->begun,
                      .done = both_done(facts),
                      .performed = facts->done};
    if (duty->begun == TR_TIME_NONE ||
        (duty->performed != TR_TIME_NONE && duty->performed < duty->begun))
        duty->begun = duty->performed;
    duty->begin_missed = missed(duty->begin_due, duty->begun, facts->now);
    duty->state = state_of(plan, facts, duty);
    if (duty->begin_due == TR_TIME_MAX) /* its clock stands still: nobody can say */
        duty->begin_due = TR_TIME_NONE;
    if (duty->due == TR_TIME_MAX)
        duty->due = TR_TIME_NONE;
}
