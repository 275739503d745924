/* owed.h -- a duty that recurs: one instance for each request, notice, breach, activation or
 * period.
 *
 *     4.3 A must admit inspection within 36 hours of request by JMC, at most 6 every month
 *     9.1 JMC must report to A, B every week
 *
 * Pure: instances follow from what brought them about and from what was reported.  Done at the
 * deadline is in time; later it cures, and the breach stays.  A report that names no instance is
 * taken for the oldest that had begun by then and was not done.  Of periods only those in which
 * something was reported, the newest and the one that runs are listed; all are counted.
 */
#ifndef TR_OWED_H
#define TR_OWED_H

#include "respond/duty.h"

enum { TR_OWED_KEY = 40, TR_OWED_SHOWN = 12 };
typedef struct { /* what brings an instance about */
    tr_time zero;
    int64_t entry;            /* of a request or notice, or -1 */
    uint64_t content;         /* of its body: of two at one moment the lower one is first */
    char    key[TR_OWED_KEY]; /* "27", "20260209", "f-..." */
} tr_trigger;
typedef struct { /* what was reported of the duty of this actor */
    tr_time on;
    tr_str  key; /* of the instance; empty: none named */
    bool    done, refused;
} tr_report;

typedef struct {
    tr_duty_state state; /* open, complied, breached, cured */
    tr_time       zero, due, done;
    int64_t       entry;
    int32_t       times;    /* reported: of a period */
    int32_t       refusals; /* of it */
    char          key[TR_OWED_KEY];
} tr_owed;
typedef TR_VEC(tr_owed) tr_owed_list;

typedef struct {
    tr_verdict    verdict;
    tr_duty_state state;
    tr_time       due;                               /* the next that is not done */
    tr_time       since;                             /* of the first that was missed */
    int32_t       owed, kept, missed, missing, open; /* missed: done late; missing: not done */
    int32_t       refused;                           /* refusals */
    int32_t       beyond;         /* requests beyond the quota, which do not bind */
    int32_t       periods, below; /* of a target: finished; below it */
} tr_owed_sum;

/* Both lists in any order; they are sorted here, and requests that do not bind are lost. */
void tr_respond_owed(tr_arena *keep, const tr_plan *plan, int32_t clause, int32_t actor,
                     tr_time now, tr_trigger *trigger, int32_t triggers, tr_report *report,
                     int32_t reports, tr_owed_list *list, tr_owed_sum *sum);

#endif
