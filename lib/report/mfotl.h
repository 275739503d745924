/* mfotl.h -- clauses as formulas of metric first-order temporal logic, and a record as an event
 * log, in the notation of the monitor MonPoly: so that a monitor that shares no line with this
 * program can be held against it.  docs/MFOTL.md defines the events.
 *
 * A formula says what violates its clause, or what activates it, by past operators alone; its free
 * variables name each time: an incident, an actor, an activation.  What the logic cannot say is
 * listed with the reason.  Times are whole seconds since 1970-01-01T00:00:00Z.
 */
#ifndef TR_MFOTL_H
#define TR_MFOTL_H

#include "mission/mission.h"

typedef struct {
    int32_t clause;
    tr_str  formula; /* empty: not expressed */
    tr_str  why;     /* then the reason, else what one answer is: "one incident" */
} tr_mfotl;
typedef TR_VEC(tr_mfotl) tr_mfotls;

/* One for each clause, in the order of the text. */
void tr_mfotl_of(tr_arena *keep, const tr_plan *plan, tr_mfotls *list);
/* The reading and the reason as comments, then the formula. */
void tr_put_mfotl(tr_out *out, tr_arena keep, const tr_plan *plan, const tr_mfotl *one);
void tr_put_mfotl_signature(tr_out *out);

/* The events of a record up to its last tick.  Returns how many moments had a part of a second,
 * which is cut off. */
int64_t tr_put_event_log(tr_out *out, tr_arena keep, const tr_mission *mission);

#endif
