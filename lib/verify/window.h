/* window.h -- thresholds over sliding windows, kept up to date as incidents come and go.
 *
 * One tr_window holds one threshold clause.  An incident counts for a condition over a stretch
 * of time that is known as soon as the incident is, W being the window of the condition:
 *
 *     set       in from          until (exclusive)
 *     certain   end              begin + W   (never when that is not after end)
 *     best      best             best + W
 *     possible  begin            end + W
 *
 * which says that at t an interval lies wholly inside (t-W, t], has its best moment in it, or
 * meets it.  `begin + W` is tr_stretch_after: days in the agreement's calendar, so an item leaves
 * once, at the same clock time, also where a clock is set back.  An item that is as long as the
 * window is never certain; of rows dated by day a window of seven days holds at most six whole
 * days, at whatever hour it is looked at.  An item that is certain is best and possible too.
 *
 * So each count is a step function of time, a sorted list of instants with what they add, held in
 * blocks with the sum, the least and the greatest prefix of each, by which a search for the next
 * instant at which a bound is crossed passes over whole blocks.  Adding and dropping only notes
 * the instants; the next run sorts them, merges them in and looks again from the earliest of them.
 * Cost of items in batches of k: in order of time O(log k) an item; in any order each touches one
 * block of at most 128 instants for each of its six, and each run may pass over all blocks.
 *
 * A condition per sectors keeps such counts for each sector by itself: an incident surely in one
 * sector counts there as elsewhere, one that may lie in several is possible in each of them, and
 * so it is in all where the line has no geometry at its time.  On when any sector's count is, off
 * when all are.
 *
 * Timeline.  on(t): any on-condition holds at t, least <= count <= most.  off(t): all
 * off-conditions hold.
 *
 *     inactive --on over [s, s + on_hold)--> active at s + on_hold     (at s without a hold)
 *     active --off over [s, s + off_hold), s >= reached--> inactive at s + off_hold
 *
 * An edge is taken at the end of its hold whatever holds at that very instant, and at that instant
 * the other condition is looked at anew.  Only instants t <= now count.  Looking begins at the
 * later of `from` and the agreement's entry into force; when neither is stated, at the first
 * instant at which anything counts.
 *
 *     tr_window *w = tr_window_new(&keep, plan, clause);
 *     tr_window_add(w, &incident);              // as often as needed
 *     tr_window_run(w, now, &timeline);
 */
#ifndef TR_WINDOW_H
#define TR_WINDOW_H

#include "verify/verify.h"

typedef struct tr_window tr_window;

typedef enum { TR_WINDOW_ON, TR_WINDOW_OFF } tr_window_side; /* which list of conditions */

/* The evaluator of a threshold clause, empty.  `keep` and `plan` must outlive it; its lists grow
 * in `keep`.  It is a function of the incidents in it: rebuild it from them, do not store it. */
tr_window *tr_window_new(tr_arena *keep, const tr_plan *plan, int32_t clause);

/* Put an incident in, take one out.  A drop must be of the same bytes as an add before it (but
 * `live`, which is not looked at); the two together leave no trace in any result.  begin <= end. */
void tr_window_add(tr_window *window, const tr_incident *incident);
void tr_window_drop(tr_window *window, const tr_incident *incident);

/* What the plan takes from the record has changed: look again from the beginning at the next run.
 * All that is in the window must have been dropped before the change and added after it. */
void tr_window_restart(tr_window *window);

/* Counts of a condition at t.  Always exact, also before a run. */
tr_triple tr_window_count(const tr_window *window, tr_window_side side, int32_t condition,
                          tr_time t);
/* Of a condition per sector those counts are of the sector that counts most in the set compared
 * (then possible, best, certain, then the lower number): this one, 1, 2, ...; else 0. */
int32_t   tr_window_sector(const tr_window *window, tr_window_side side, int32_t condition,
                           tr_time t);
tr_triple tr_window_count_in(const tr_window *window, tr_window_side side, int32_t condition,
                             int32_t sector, tr_time t);
/* Does on (any), does off (all) hold at t? */
bool tr_window_holds(const tr_window *window, tr_window_side side, tr_time t);

/* As happened, with all facts in the window and up to `now` inclusive. */
typedef struct {
    const tr_activation *activation; /* [activations], by time; valid until the next run */
    int32_t              activations;
    bool                 active;        /* the last of them is active at now */
    tr_time              pending_since; /* inactive, on holds and its hold runs since; or NONE */
    tr_time              next; /* next instant after now at which the clause turns active or
                                  inactive if nothing more is learnt; or NONE */
} tr_timeline;
/* `now` may be TR_TIME_NONE (no tick yet: no activations) and may differ from run to run. */
void tr_window_run(tr_window *window, tr_time now, tr_timeline *timeline);

/* ---- as known: a latch that the caller keeps ---- */

/* What a clause `as known` has been found to be; zero bytes are not a latch, take tr_latch_new. */
typedef struct {
    tr_time   reached;   /* of the present or last activation, or NONE */
    tr_time   cleared;   /* of the last one, or NONE while it is active or none was */
    tr_time   since;     /* on (inactive) or off (active) has held at every look since; or NONE */
    tr_triple count;     /* of the condition that tripped, at `reached` */
    int32_t   condition; /* that condition, or -1 */
    int32_t   active;    /* 0 or 1 */
    int32_t   sector;    /* of that condition, or 0 */
    int32_t   pad;
} tr_latch;
typedef enum { TR_LATCH_SAME, TR_LATCH_ON, TR_LATCH_OFF } tr_latch_change;
tr_latch tr_latch_new(void);
/* Look at t, the t of the last tick: call at each entry and tick.  Sees only t; never moves an
 * earlier latch.  A hold is over when the condition held at every look in [s, s + hold) and t has
 * come to s + hold; then reached or cleared is s + hold, else t.  One change at most a call:
 * repeat at the same t until TR_LATCH_SAME.  t never goes back. */
tr_latch_change tr_latch_look(const tr_window *window, tr_time t, tr_latch *latch);
/* End of the hold that runs, or TR_TIME_NONE: a clock ticks there. */
tr_time tr_latch_next(const tr_window *window, const tr_latch *latch);

/* ---- single incidents ---- */

/* Membership of an incident in a condition's count, the window aside: the term counted, the
 * threshold's own filters, its start.  `why` names the part that limits most. */
tr_membership tr_condition_judge(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                                 const tr_incident *incident, tr_why *why);
/* And at t, the window included. */
tr_membership tr_condition_at(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                              const tr_incident *incident, tr_time t, tr_why *why);
/* When it is in a set: [begin, end), or false when never. */
bool tr_condition_span(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                       const tr_incident *incident, tr_set set, tr_span *span);

#endif
