/* plan_measure.h -- amounts that are declared, inspected, metered or delivered, and shares.
 *
 * An amount has several bases, each a series of its own: what a party declares is never mixed with
 * what an inspection found.  In the record an amount has the quantity id NAME; of a share's part
 * the id NAME.ACTOR.
 */
#ifndef TR_PLAN_MEASURE_H
#define TR_PLAN_MEASURE_H

#include "base/text.h"
#include "terms/plan_base.h"

typedef enum {
    TR_BASIS_DECLARED,  /* declaration */
    TR_BASIS_PLEDGED,   /* declaration of NAME.pledged */
    TR_BASIS_COMMITTED, /* declaration of NAME.committed */
    TR_BASIS_DELIVERED, /* declaration of NAME.delivered, by the giver */
    TR_BASIS_RECEIVED,  /* declaration of NAME.received, by the recipient */
    TR_BASIS_INSPECTED, /* measurement, method "inspected"; NAME, or NAME.ACTOR */
    TR_BASIS_ESTIMATED, /* measurement, method "estimated" */
    TR_BASIS_METERED,   /* measurement, any other method */
    TR_BASES
} tr_basis;

/* quantity personnel "peacetime strength" in persons */
typedef struct {
    tr_str       name;
    tr_str       title;
    tr_str       unit;
    tr_text_span span;
} tr_amount;

/* every 30 days, every month: from the entry into force on, each period half open */
typedef enum { TR_PERIOD_NONE, TR_PERIOD_STRETCH, TR_PERIOD_MONTHS } tr_period_kind;
typedef struct {
    tr_period_kind kind;
    tr_stretch     stretch; /* of STRETCH: days, or elapsed and at least an hour */
    int32_t        months;  /* of MONTHS: 1, 3, 12; calendar months of the agreement's zone */
} tr_period;
/* Begin of period `number` (0 up) of those that run from `anchor`.  Each is counted from the anchor
 * itself: from 31 January on, months begin on 28 February and again on 31 March. */
tr_time tr_period_begin(const tr_period *period, tr_time anchor, int64_t number, const tr_tz *zone);
/* The number of the period that holds t, or -1 before the anchor. */
int64_t tr_period_at(const tr_period *period, tr_time anchor, tr_time t, const tr_tz *zone);

/* "800,000", "12.5": thousandths as people write them. */
void tr_put_value(tr_out *out, int64_t thousandths);
void tr_put_period(tr_out *out, const tr_period *period); /* "month", "30 calendar days" */

const char *tr_basis_name(tr_basis basis); /* "declared" */
/* Said by a party, and so a duty of it; else found by others. */
bool tr_basis_said(tr_basis basis);

/* A must keep declared personnel <= 800,000 tolerance 2 %, declared every 30 days
 * G must provide delivered aid >= 14,000,000,000 EUR by 2026-12-31 | every year */
typedef struct {
    uint64_t  actors;
    bool      sum; /* provide: the sum over a period or to the deadline; else a level */
    tr_basis  basis;
    int32_t   amount;        /* index */
    int64_t   least;         /* thousandths; INT64_MIN: no least */
    int64_t   most;          /* thousandths; INT64_MAX: no most */
    int32_t   tolerance_ppm; /* widens both */
    tr_period report;        /* a value is owed for every such period */
    tr_period period;        /* of sum */
    tr_time   begin; /* TR_TIME_NONE: from the entry into force; periods run from it too */
    tr_time   end;           /* TR_TIME_MAX: open */
    tr_time   by;            /* of sum: deadline, or TR_TIME_NONE */
    int32_t   excess_ppm;    /* sampled to detect that excess ... */
    int32_t   detect_ppm;    /* ... at that probability; 0: no plan stated */
} tr_quantity;

/* What brings about each instance of a duty that recurs. */
typedef enum {
    TR_EACH_NONE,         /* it is owed once */
    TR_EACH_REQUEST,      /* of this act, to the actor; by `by` */
    TR_EACH_NOTICE,       /* by `by` */
    TR_EACH_BREACH,       /* of `clause`, certain; by `by` */
    TR_EACH_FIRST_BREACH, /* of them the first */
    TR_EACH_ACTIVE,       /* activation of `clause` */
    TR_EACH_ENDED,        /* and its end */
    TR_EACH_PERIOD        /* every `every`, at least `times` times */
} tr_each_kind;
typedef struct {
    tr_each_kind kind;
    int32_t      by;     /* actor, or -1: whoever */
    int32_t      clause; /* or -1 */
    tr_stretch   within; /* of what brought it about */
    tr_period    every;
    int32_t      times;
    int32_t      quota; /* so many requests a period bind; 0: all */
    tr_period    quota_every;
    int32_t      target_ppm; /* breached only where so many of a period were not kept; 0: each */
    tr_period    target_every;
} tr_each;

typedef enum {
    TR_ACT_PLAIN, /* no kind stated */
    TR_ACT_MILITARY,
    TR_ACT_INTELLIGENCE,
    TR_ACT_LOGISTICS,
    TR_ACT_ECONOMIC,
    TR_ACT_DIPLOMATIC,
    TR_ACT_HUMANITARIAN,
    TR_ACT_KINDS
} tr_act_kind;
const char *tr_act_kind_name(tr_act_kind kind); /* "economic" */

enum { TR_SHARES = 16 };
/* JMC must share plant_output as A 50 %, B 50 %, every month tolerance 2 %, settled within 10 days
 */
typedef struct {
    uint64_t   actors;
    int32_t    amount;
    int32_t    parts;
    int32_t    part_of[TR_SHARES];  /* actor */
    int32_t    part_ppm[TR_SHARES]; /* they sum to 1000000 */
    int32_t    tolerance_ppm;
    tr_period  period;
    tr_stretch settled; /* after the end of each period; days -1 and ns 0: not stated */
} tr_sharing;

#endif
