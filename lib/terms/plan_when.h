/* plan_when.h -- conditions on the state of other clauses and on acts of bodies, and the clauses
 * that such conditions drive: entry into force, effects on other clauses, milestones, permissions.
 */
#ifndef TR_PLAN_WHEN_H
#define TR_PLAN_WHEN_H

#include "terms/plan_base.h"

typedef enum {
    TR_WHEN_IN_BREACH, /* ACTOR in breach of REF: from the miss to the cure */
    TR_WHEN_ACTIVE,    /* REF active: a threshold */
    TR_WHEN_ENDED,     /* REF ended: its newest activation has been cleared */
    TR_WHEN_FULFILLED, /* REF fulfilled: a duty, a milestone, a quantity */
    TR_WHEN_BREACH, /* breach of REF [by ACTOR] [before breach of REF2 [by ACTOR2]]: from the first
                       certain one on */
    TR_WHEN_RATIFIES, /* ACTOR ratifies [by ORGAN], signs, deposits, accedes, withdraws */
    TR_WHEN_AFTER,    /* after MOMENT */
    TR_WHEN_BEFORE    /* before MOMENT */
} tr_when_kind;
typedef struct {
    tr_when_kind kind;
    bool         negated; /* not ... */
    int32_t      clause;  /* -1 where none is named */
    int32_t      actor;   /* -1: any */
    int32_t      clause2;
    int32_t      actor2;
    int32_t      act;   /* tr_ratify */
    int32_t      organ; /* index of plan->organ, or -1: any */
    tr_time      moment;
    tr_text_span span;
} tr_atom;
enum { TR_ATOMS = 8 };
/* All of them. */
typedef struct {
    tr_atom atom[TR_ATOMS];
    int32_t atoms;
} tr_when;

/* 1.1 agreement in force when A ratifies by "parliament" and ..., lapses 90 days after signature */
typedef struct {
    tr_when    when;
    bool       lapses;
    tr_stretch lapse; /* after the signature */
} tr_force;

/* What keeps a clause from binding for a while, as the mission finds out from the record.  Spans
 * are half open; TR_TIME_NONE: from the beginning, TR_TIME_MAX: for good. */
typedef enum {
    TR_HALT_NOT_YET,    /* what it needs is not there */
    TR_HALT_SUSPENDED,
    TR_HALT_LIFTED,
    TR_HALT_TERMINATED, /* also by a withdrawal from the agreement */
    TR_HALT_VOID        /* as if it had never been: over all time */
} tr_halt_kind;
typedef struct {
    tr_span      span;
    uint64_t     actors; /* for them only; 0: for all */
    int32_t      effect; /* index of the clause that does it */
    tr_halt_kind kind;
    bool         clock_stops; /* of SUSPENDED and NOT_YET: deadlines move; else they wait */
} tr_halt;
typedef struct {
    const tr_halt *at; /* by begin */
    int32_t        len;
} tr_halts;

typedef enum {
    TR_EFFECT_SUSPENDS,   /* while */
    TR_EFFECT_TERMINATES, /* for good, from the first moment when */
    TR_EFFECT_VOIDS,      /* as if it had never been, once when */
    TR_EFFECT_LIFTS,      /* a measure, from when; snaps back when `back` */
    TR_EFFECT_EXCHANGES,  /* neither counts as fulfilled before the other */
    TR_EFFECT_NEEDS       /* does not bind before: authority of the approving body */
} tr_effect_kind;
typedef struct {
    tr_effect_kind kind;
    bool           whole; /* the agreement, not clauses */
    bool           passing; /* `while` the condition holds; else from its first moment */
    int32_t       *of; /* clauses [ofs] */
    int32_t        ofs;
    int32_t       *with; /* of an exchange: the other side's [withs] */
    int32_t        withs;
    uint64_t       actors; /* for them only; 0: for all */
    bool           clock_stops;
    tr_when        when;
    tr_when        back;
} tr_effect;

/* 8.2 milestone "benchmark 1" reached when §3.1 fulfilled and §4.1 fulfilled, by 2027-01-01 */
typedef struct {
    tr_str  title;
    tr_when when;
    tr_time by; /* TR_TIME_NONE: no date */
} tr_milestone;

/* One step of a permission or exception that asks for several in order. */
typedef enum {
    TR_PERMIT_PLANNED,      /* a plan entry, or the planned span of a notice */
    TR_PERMIT_REQUESTED,    /* of `actor` */
    TR_PERMIT_NOTIFIED,     /* to `actor` */
    TR_PERMIT_GRANTED,      /* by `actor`: contact of kind consent about the request or notice */
    TR_PERMIT_ACKNOWLEDGED, /* by `actor`: contact of kind acknowledgement */
    TR_PERMIT_AGREED        /* with `actor`: consent of it */
} tr_permit_kind;
typedef struct {
    tr_permit_kind kind;
    int32_t        actor; /* -1: not named */
    tr_stretch     lead;  /* at least so long before; ns 0: before */
    bool           then;  /* after all steps before it */
} tr_permit_step;
enum { TR_PERMIT_STEPS = 8 };

/* 2.3 A may commit fire in range notwithstanding §2.1 when notified to JMC 24 hours before, then
 * ... */
enum { TR_PERMIT_OVER = 4 };
typedef struct {
    uint64_t actors;
    tr_str   act;
    int32_t  of[TR_PERMIT_OVER]; /* prohibitions that it stands against */
    int32_t  ofs;
    int32_t  exception; /* one of the exceptions that it became; all say the same */
} tr_permission;

#endif
