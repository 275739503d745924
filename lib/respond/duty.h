/* duty.h -- a duty outside a ladder, of one actor, at one instant.
 *
 *   not_in_force -> waiting --its clock starts--> open --done in time--> complied
 *                                                   \--deadline passes--> breached --done--> cured
 *
 * A duty is a function of facts and the last tick: nothing is stored.  Done at or before `due` is
 * in time; at now == due what is not done is breached.  Late performance cures and the breach
 * stays.  Done before its clock started is complied.  A duty to begin by then and to finish by
 * then is breached when either is missed; who has finished has begun.
 *
 * An act that is completed by what was seen is breached only when something was surely seen in the
 * watch that ends at the deadline; else it is undetermined, and not observed when nobody watched.
 */
#ifndef TR_DUTY_H
#define TR_DUTY_H

#include "verify/verify.h"

typedef enum {
    TR_DUTY_NOT_IN_FORCE,
    TR_DUTY_WAITING, /* for another clause: nothing is owed yet */
    TR_DUTY_OPEN,
    TR_DUTY_COMPLIED,
    TR_DUTY_BREACHED,
    TR_DUTY_CURED, /* done late; the breach stays */
    TR_DUTY_UNDETERMINED,
    TR_DUTY_NOT_OBSERVED,
    TR_DUTY_SUSPENDED
} tr_duty_state;
const char *tr_duty_state_name(tr_duty_state state); /* "not_in_force" */
tr_verdict  tr_duty_verdict(tr_duty_state state);
/* 0 up: of several actors the clause shows the one with the highest. */
int tr_duty_gravity(tr_duty_state state);

/* What a duty follows from; moments may be TR_TIME_NONE. */
typedef struct {
    tr_time now;
    tr_time zero;       /* of the deadline; NONE: its clock waits */
    tr_time begin_zero; /* of the time to begin */
    tr_time begun;
    tr_time done;
    tr_time pair;      /* of an exchange: when the other side had performed; NONE: not yet */
    bool    exchanged; /* it is part of one: neither side is fulfilled before the other */
    bool    contrary;   /* of a seen act: surely seen in the watch that ends at the deadline */
    int64_t watched_ns; /* in that watch */
} tr_duty_facts;

typedef struct {
    int32_t       clause;
    int32_t       actor;
    tr_duty_state state;
    bool          begin_missed;
    tr_time       zero;      /* NONE while it waits */
    tr_time       begin_due; /* NONE: not stated, or waits */
    tr_time       due;       /* NONE: no deadline, or waits */
    tr_time       begun;
    tr_time       done;
    tr_time       performed; /* its own part; `done` is that of both sides of an exchange */
} tr_duty;

/* When a due falls, from its starting point; TR_TIME_NONE while it waits or without one. */
tr_time tr_due_at(const tr_plan *plan, const tr_due *due, tr_time zero);
/* The same for one actor of a clause: moved by what suspends it; TR_TIME_MAX while that lasts. */
tr_time tr_duty_due(const tr_plan *plan, int32_t clause, int32_t actor, const tr_due *due,
                    tr_time zero);
void tr_respond_duty(const tr_plan *plan, int32_t clause, int32_t actor, const tr_duty_facts *facts,
                     tr_duty *duty);

#endif
