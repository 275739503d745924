/* respond.h -- ladders and their clocks.
 *
 *   waiting --zero happens--> running --acknowledged--> acknowledged --done--> done | done_late
 *      |                          \----------- deadline passes -----------------> missed
 *      \-- cause ended first, where the text says so --> void
 *
 * Steps are a function of activations, responses and the last tick: nothing is
 * stored.  The order and the number of responses do not matter: of several that
 * say the same the earliest counts; one dated before the activation or after
 * `now` does not.
 *
 * Instants.  Done at or before `due` is in time.  At now == due a step that is
 * not done is missed already (a clock ticks exactly there); a report that comes
 * later and says it was done at `due` or before makes it done, a later one
 * done_late.  `Ended first` is before `due` and before it was done, strictly:
 * a step ended at `due` is missed.  A step done early, even before its clock
 * began, is done.  `may` with a deadline lapses as void, never as missed.
 *
 * A step that was due at or before the instant at which the activation became
 * known is overdue at discovery: nobody could have kept it, so it runs on until
 * it is done (then done_late) or, where the text says so, the cause ends (then void);
 * it is never missed, and both times are shown.
 */
#ifndef TR_RESPOND_H
#define TR_RESPOND_H

#include "terms/plan.h"

typedef enum {
    TR_STEP_WAITING,
    TR_STEP_RUNNING,
    TR_STEP_ACKNOWLEDGED,
    TR_STEP_DONE,
    TR_STEP_DONE_LATE,
    TR_STEP_MISSED,
    TR_STEP_VOID,
    TR_STEP_SUSPENDED
} tr_step_state;
const char *tr_step_state_name(tr_step_state state); /* "done_late" */

/* What a response entry said about a step of an activation. */
typedef enum {
    TR_SAID_ACKNOWLEDGED,
    TR_SAID_STARTED,
    TR_SAID_DONE,
    TR_SAID_REFUSED,
    TR_SAID_ENDED
} tr_said;

/* What the ladder of one activation is run from. */
typedef struct {
    int32_t clause; /* index of a step's clause */
    tr_said said;
    tr_time on; /* when it was done, as the response says, not before the activation */
    int64_t entry;
} tr_response;
typedef struct {
    int32_t            clause; /* the threshold */
    tr_time            zero;   /* activation: reached_at as happened, known_at as known */
    tr_time            known;  /* when it became known, or TR_TIME_NONE in a view as happened */
    tr_time            ended;  /* cleared, or TR_TIME_NONE */
    tr_time            first_breach; /* of the window that tripped, or TR_TIME_NONE */
    const tr_response *response;     /* [responses], in any order */
    int32_t            responses;
} tr_ladder_run;
typedef struct {
    int32_t       clause; /* of the step */
    tr_step_state state;
    tr_time       zero;                 /* TR_TIME_NONE while waiting */
    tr_time       due;                  /* TR_TIME_NONE while waiting */
    tr_time       done;                 /* TR_TIME_NONE until then */
    bool          overdue_at_discovery; /* due at or before the activation was known */
} tr_step_run;

/* The steps of the ladder on that threshold at `now`, in the order of the text: at most `room`,
 * `*steps` of them.  now TR_TIME_NONE: nothing has happened yet. */
void tr_respond_steps(const tr_plan *plan, const tr_ladder_run *run, tr_time now, tr_step_run *step,
                      int32_t *steps, int32_t room);

/* The next instant after `now` at which a step of these falls due, or TR_TIME_NONE. */
tr_time tr_respond_next(const tr_step_run *step, int32_t steps, tr_time now);

#endif
