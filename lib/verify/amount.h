/* amount.h -- amounts and shares against what was declared, inspected, metered or delivered.
 *
 * Pure functions of the plan's deeds and the last tick.  A value is an interval [low, high] with a
 * best guess, in thousandths of the quantity's unit.  It breaches a bound only when all of it lies
 * beyond, widened by the tolerance; where a part of it does, the clause is in doubt.  Bases are
 * never mixed.  Whose a value is: of one that is declared, its signer's; of one received, what
 * others signed; of one found, the actor that its quantity id names (personnel.A), or, where one
 * actor only owes that amount, also without a name.
 */
#ifndef TR_AMOUNT_H
#define TR_AMOUNT_H

#include "verify/verify.h"

/* How one actor stands with a quantity, or a share. */
typedef struct {
    int32_t     clause;
    int32_t     actor;
    tr_verdict  verdict;
    const char *state;       /* "not_in_force", "open", "kept", "exceeded", "short", "missing",
                                "unequal", "cured", "in_doubt", "not_observed" */
    tr_time since;           /* of a breach: when it came about; else TR_TIME_NONE */
    tr_time due;             /* next moment at which a value, a sum or a settlement is owed */
    int64_t low, best, high; /* newest value, or the sum that runs; low INT64_MIN: none */
    int64_t newest;          /* entry of the newest value, or -1 */
    int64_t against;         /* entry of the first value beyond, or -1 */
    int32_t owed, kept, missed, missing, open; /* periods */
} tr_reckoning;

void tr_reckon_quantity(tr_arena scratch, const tr_plan *plan, int32_t clause, int32_t actor,
                        tr_time now, tr_reckoning *reckoning);
void tr_reckon_share(tr_arena scratch, const tr_plan *plan, int32_t clause, tr_time now,
                     tr_reckoning *reckoning);

/* Values on record of an amount, of any basis and of whomever, in the order of time; of two of one
 * body only one. */
typedef TR_VEC(const tr_deed *) tr_values;
void tr_amount_values(tr_arena *keep, const tr_plan *plan, int32_t amount, tr_time now,
                      tr_values *list);

/* Does that value, deed `index` of the plan and of the clause's amount, count for the actor, and
 * if not, why? */
typedef enum {
    TR_VALUE_COUNTS,
    TR_VALUE_TAKEN_BACK,
    TR_VALUE_AHEAD,
    TR_VALUE_TWICE,
    TR_VALUE_OTHER_BASIS, /* than the clause names, or than that by which its period is settled */
    TR_VALUE_OTHER_ACTOR,
    TR_VALUE_BEFORE,
    TR_VALUE_AFTER,
    TR_VALUE_NOT_ALL /* of a share: of no basis do all parts have values in its period */
} tr_value_use;
tr_value_use tr_value_used(tr_arena scratch, const tr_plan *plan, int32_t clause, int32_t actor,
                           int32_t index, tr_time now);
tr_value_use tr_share_value_used(tr_arena scratch, const tr_plan *plan, int32_t clause,
                                 const tr_deed *deed, tr_time now);
const char  *tr_value_use_text(tr_value_use use);
/* Bounds with their tolerance; INT64_MIN and INT64_MAX: none. */
void tr_quantity_bounds(const tr_quantity *q, int64_t *least, int64_t *most);

/* Values of one basis of an amount so far: the newest, and the sum of all. */
typedef struct {
    int32_t values;
    int64_t low, best, high;             /* newest */
    int64_t sum_low, sum_best, sum_high; /* saturating; high INT64_MAX: at least */
    tr_time on;                          /* of the newest */
    int64_t entry;
} tr_series;
/* Of that actor; -1: whoever it is about. */
void tr_amount_series(tr_arena scratch, const tr_plan *plan, int32_t amount, tr_basis basis,
                      int32_t actor, tr_time now, tr_series *series);

/* One period of a share: what each part got, of the best basis of which all parts have values. */
typedef struct {
    tr_time       begin, end, due;
    int32_t       with;     /* parts with values, of any basis */
    bool          complete; /* all parts have values of `basis` */
    bool          late;     /* nothing was on record at `due` */
    tr_basis      basis;
    tr_membership beyond; /* CERTAIN: some share is surely outside its bounds; POSSIBLE: it may */
    int64_t       low[TR_SHARES], best[TR_SHARES], high[TR_SHARES];
} tr_share_period;
void tr_share_at(tr_arena scratch, const tr_plan *plan, int32_t clause, int64_t number, tr_time now,
                 tr_share_period *period);

#endif
