/* plan.h -- an agreement compiled: what `verify` and `respond` execute.
 *
 * All names are resolved to indices, all quantities to integers with their
 * unit.  A plan is made by tr_terms_compile (terms.h) and never changed, but for what only the
 * record can say: those members are marked, and only the mission sets them.
 * Actors, lines, zones, classes, proofs, countings, registers and clauses
 * stand in the order of the text.
 */
#ifndef TR_PLAN_H
#define TR_PLAN_H

#include "base/kinds.h"
#include "geo/geo.h"
#include "terms/plan_base.h"
#include "terms/plan_deed.h"
#include "terms/plan_measure.h"
#include "terms/plan_place.h"
#include "terms/plan_daily.h"
#include "terms/plan_parameter.h"
#include "terms/plan_stated.h"
#include "terms/plan_when.h"

typedef enum {
    TR_ACTOR_PARTY,
    TR_ACTOR_GUARANTOR,
    TR_ACTOR_BODY,
    TR_ACTOR_WITNESS,
    TR_ACTOR_GROUP
} tr_actor_kind;
typedef struct {
    tr_str        id;   /* "A" */
    tr_str        name; /* "Party A" */
    tr_actor_kind kind;
    uint64_t      members; /* of a body or group: bits of actors; those of a group from the
                              beginning, later ones by the record */
    int32_t organ[2]; /* of a group: its id and its name in plan->organ */
} tr_actor;

typedef struct {
    tr_str       name;
    uint64_t     kinds; /* bits of tr_kind */
    tr_text_span span;
} tr_class;

/* What a legal verdict needs.  `register` rows pass by the agreement's word. */
typedef struct {
    tr_str       name;
    int32_t      confidence_ppm; /* least p_real; 0 = none asked */
    int32_t      sources;        /* least independent roots; 0 = none asked */
    int32_t      rung;           /* least attribution, 0 .. 4 */
    tr_text_span span;
} tr_gate;

typedef enum {
    TR_RULE_SMM,
    TR_RULE_ENG,
    TR_RULE_JFO,
    TR_RULE_LOCDAY,
    TR_RULE_INC,
    TR_RULE_SEV,
    TR_RULES
} tr_rule;
const char *tr_rule_name(tr_rule rule); /* "R-INC" */
bool        tr_rule_read(tr_str name, tr_rule *rule);
typedef struct {
    tr_str       name;
    tr_rule      rule;
    int32_t      version;
    tr_text_span span;
} tr_counting;

/* A published event table that the agreement adopts as a register: each row one incident, past
 * the gate, side undetermined, rung 0, full exposure for its class over the span of its rows. */
typedef struct {
    tr_str       id;     /* the name a clause says: "from register ID" */
    tr_str       source; /* id of the source, as registered in the record */
    tr_str       name;   /* for people */
    uint64_t     kinds;
    tr_text_span span;
} tr_register;

typedef enum { TR_SET_CERTAIN, TR_SET_BEST, TR_SET_POSSIBLE } tr_set;

/* count by RULE of breaches of CLAUSE in a sliding window, compared.  Trips (or clears) when
 * `least <= count <= most` of the named set. */
typedef struct {
    int32_t      counting; /* index */
    int32_t      of;       /* clause index of the prohibition counted */
    int32_t      zone;     /* index, or -1: the whole area */
    int32_t      by;       /* 1 + the actor whose breaches are counted, or 0: anyone's */
    int32_t      per;      /* 1 + the divided zone whose sectors are counted each by itself, or 0 */
    int32_t      sector;   /* of `per`: 1, 2, ...: that one alone; 0 in a plan: any one */
    uint64_t     kinds;    /* class counted, already cut with the prohibition's */
    tr_stretch   window;   /* (t - window, t] */
    int64_t      least;    /* "> 14": least 15, most INT64_MAX; "< 4": least 0, most 3 */
    int64_t      most;
    tr_set       set;      /* compared */
    tr_text_span span;
} tr_condition;

typedef enum { TR_LATE_AS_KNOWN, TR_LATE_AS_HAPPENED } tr_late;
enum { TR_CONDITIONS = 8 };
typedef struct {
    tr_condition   on[TR_CONDITIONS]; /* any one trips */
    int32_t        ons;
    tr_condition   off[TR_CONDITIONS]; /* all must hold */
    int32_t        offs;
    tr_stretch     on_hold;  /* ns 0 when none is stated */
    tr_stretch     off_hold;
    tr_time        from;     /* counts items that begin at or after it; TR_TIME_NONE = no start */
    int32_t        rung;     /* least */
    int32_t        corroboration; /* 0 none, 1 supported, 2 corroborated, 3 confirmed */
    bool           exercises;     /* counted? */
    bool           contested;     /* counted? */
    tr_late        late;
    bool           review; /* on late facts review */
    int32_t        reg;    /* register whose rows are counted, or -1: all incidents */
    uint64_t       against; /* whom it is about, by the sentence: bits of actors, or 0 */
    uint64_t       decided_by; /* who also declares it active or not, bits; 0: nobody */
    tr_stretch     decided_within; /* of the computed activation */
} tr_threshold;

/* A labelled exception of a prohibition.  It applies where all its conditions hold, and one that is
 * taken from another only where that applies too. */
typedef struct {
    tr_str       label; /* "2.1a" */
    tr_str       title; /* "medical evacuation" */
    int32_t      clause;
    int32_t      from;    /* index of the exception that it is taken from, or -1: the clause */
    bool         permits; /* else the prohibition stands where it applies */
    bool         exercise;    /* asked: labelled an exercise */
    int32_t      operated_by; /* owner of the source: actor, or -1: not asked */
    int32_t        notified_to; /* of the first step that is a notice: actor, or -1 */
    tr_stretch     lead;        /* of that step */
    tr_permit_step step[TR_PERMIT_STEPS];
    int32_t        steps;
    uint64_t     over;        /* prevails over those: bits of indices */
    /* of a permission, a clause of its own: */
    int32_t      permission; /* that clause, or -1 */
    uint64_t     actors;     /* bits */
    int32_t      class_, zone; /* zone -1: the whole area */
    tr_time      begin, end;   /* TR_TIME_NONE, TR_TIME_MAX: open */
    tr_text_span span;
} tr_exception;

/* A notice as recorded: so that an exception can be judged.  Only the mission makes them. */
typedef struct {
    tr_time  told; /* t of the last tick before it; TR_TIME_MAX when there was none */
    tr_span  planned;
    tr_time  cancelled; /* likewise; TR_TIME_MAX while it stands */
    int64_t  entry;
    uint64_t to;   /* bits of actors */
    tr_place place; /* none or a zone; another shape leaves a doubt */
    int32_t  from;  /* actor, or -1 */
    int32_t  pad;
} tr_notice;

typedef struct {
    uint64_t   actors; /* bits */
    tr_str     act;    /* the verb as the text says it: "commit", "keep", "fly" */
    int32_t    class_; /* index */
    int32_t    zone;   /* index, or -1: the whole area */
    int32_t    gate;   /* index, or -1: none stated = any recorded incident */
    tr_time    begin;  /* TR_TIME_NONE = from the beginning */
    tr_time    end;    /* TR_TIME_MAX = open */
    tr_daily   daily;  /* it binds in these hours of each day only */
    int32_t    coverage_ppm; /* least share watched for `complied` */
    tr_when    once;  /* it binds from the first moment at which this holds; no atoms: at once */
    tr_when    needs; /* and only while these consents stand */
    tr_time    since; /* that first moment, as the mission finds out; TR_TIME_MAX before, and
                         TR_TIME_NONE when nothing is waited for */
    tr_halts   halts; /* set by the mission: when it does not bind */
    int32_t    except;  /* its first exception */
    int32_t    excepts; /* how many; they stand in a row */
} tr_prohibition;

typedef enum {
    TR_ZERO_ACTIVATION,
    TR_ZERO_FIRST_BREACH,
    TR_ZERO_STEP_DONE, /* another step of the record fulfilled */
    TR_ZERO_STEP_NOTIFIED, /* another step acknowledged or started */
    TR_ZERO_IN_FORCE,
    TR_ZERO_SIGNATURE
} tr_zero; /* of an obligation: IN_FORCE, SIGNATURE, STEP_DONE: another obligation fulfilled, or
              STEP_NOTIFIED: another obligation begun by the first of its actors */
typedef struct {
    int32_t      actor;  /* index: who must act */
    bool         must;   /* must or may */
    tr_str       act;    /* "notify", "meet", "decide", as declared */
    uint64_t     to;     /* recipients, bits of actors */
    tr_zero      zero;
    int32_t      zero_clause; /* clause index for TR_ZERO_STEP_*, else -1 */
    tr_stretch   within;
    bool         unless_ended; /* void when the clause ends first */
    int32_t      on; /* clause index of the threshold whose activation starts the ladder */
    int32_t      unless; /* of the threshold whose end makes it void: `on`, or -1 */
} tr_step;

/* A declared act: what a duty asks for, and what completes it: a report, or that nothing of a
 * class was seen in a zone for a while that was watched. */
typedef struct {
    tr_str       name;
    bool         to;     /* takes recipients */
    bool         object; /* takes a class and a zone: withdraw CLASS from ZONE */
    bool         inside; /* of such: in ZONE, not from it */
    bool         seen;   /* completed by what was seen; else by a report */
    tr_act_kind  kind;
    tr_str       with; /* words that stand for its placeholders: "inspection"; may be empty */
    int32_t      by;     /* index of the actor whose report completes it; -1: the duty's own */
    bool         publishes; /* the report is a publication, in the agreement's words */
    tr_str       report; /* what is reported, in the agreement's words */
    int64_t      hold_ns;      /* of `seen`: elapsed, above 0 */
    int32_t      coverage_ppm; /* of `seen`: least share of `hold_ns` that was watched, above 0 */
    tr_text_span span;
} tr_act;

/* When something is due. */
typedef enum {
    TR_DUE_NONE,   /* not stated, or `no deadline` */
    TR_DUE_DATE,   /* by a date */
    TR_DUE_WITHIN, /* a stretch after a starting point; 0 days: at once */
} tr_due_kind;
typedef struct {
    tr_due_kind kind;
    tr_zero     zero;
    int32_t     zero_clause; /* index of an obligation, or -1 */
    tr_stretch  within;
    tr_time     date;
} tr_due;

/* A duty outside a ladder.  Each actor owes it by itself. */
typedef struct {
    uint64_t actors; /* bits */
    tr_str   act;    /* as declared */
    int32_t  act_at; /* index of the act */
    uint64_t to;     /* recipients, bits of actors */
    int32_t  class_; /* of an act that takes one, else -1 */
    int32_t  zone;   /* index, or -1: the whole area */
    int32_t  gate;   /* of `seen`: what an incident must pass to speak against it; -1: none */
    tr_due   begin;  /* to begin with it */
    tr_due   finish; /* to have done it */
    tr_when  once;   /* not owed before the first moment at which this holds */
    tr_when  needs;  /* and only while these consents stand */
    tr_each  each;   /* of a duty that recurs; then neither begin nor finish is stated */
} tr_obligation;

typedef enum {
    TR_CLAUSE_PROHIBITION,
    TR_CLAUSE_THRESHOLD,
    TR_CLAUSE_STEP,
    TR_CLAUSE_OBLIGATION,
    TR_CLAUSE_QUANTITY,   /* plan_measure.h */
    TR_CLAUSE_SHARE,      /* plan_measure.h */
    TR_CLAUSE_FORCE,      /* plan_when.h: when the agreement enters into force */
    TR_CLAUSE_EFFECT,     /* plan_when.h: what changes other clauses */
    TR_CLAUSE_MILESTONE,  /* plan_when.h */
    TR_CLAUSE_PERMISSION, /* what another clause forbids is permitted, under conditions */
    TR_CLAUSE_STATED      /* plan_stated.h: open or sealed; nothing is verified */
} tr_clause_kind;
typedef struct {
    tr_str         label;   /* "6.1"; of an article for each of several actors "6.1-A" */
    tr_str         base;    /* as the text says it: "6.1" */
    int32_t        each;    /* 1 + the actor for whom its sentence was read, or 0 */
    tr_str         article; /* title of its article */
    tr_str         name;    /* of a threshold: "enforcement"; else empty */
    tr_clause_kind kind;
    int32_t        group;   /* 1 + index of the group that its actors act for, or 0 */
    tr_text_span   span;    /* the whole clause in the text */
    union {
        tr_prohibition prohibition;
        tr_threshold   threshold;
        tr_step        step;
        tr_obligation  obligation;
        tr_quantity    quantity;
        tr_sharing     share;
        tr_force       force;
        tr_effect      effect;
        tr_milestone   milestone;
        tr_permission  permission;
        tr_stated      stated;
    } u;
} tr_clause;

/* Does a clause of that kind bind somebody, so that it is in force or not? */
bool tr_clause_binds(tr_clause_kind kind);

/* What an actor says of a clause in the table of positions. */
typedef enum {
    TR_STANCE_NOT_STATED,
    TR_STANCE_AGREES,
    TR_STANCE_RESERVES,
    TR_STANCE_REJECTS,
    TR_STANCE_PROPOSES
} tr_stance;
const char *tr_stance_name(tr_stance stance); /* "not_stated" */
typedef struct {
    int32_t      clause;
    int32_t      actor;
    tr_stance    stance;
    tr_str       text; /* of a proposal or a reservation; may be empty */
    tr_chains    from;
    tr_text_span span;
} tr_position;
/* A share said to be agreed: a claim of its speaker, beside which the computed one stands. */
typedef struct {
    int32_t      ppm;
    tr_str       speaker;
    tr_str       base; /* "issues" */
    tr_str       wording; /* as reported; may be empty */
    tr_span      when;    /* [begin, end), whole local days; begin TR_TIME_NONE: not stated */
    tr_chains    from;
    tr_text_span span;
} tr_declared_share;

typedef struct {
    tr_str             text;    /* the whole agreement text, borrowed */
    tr_str             title;   /* "Minsk II ..." */
    tr_str             id;      /* "minsk-2-enforced": [A-Za-z][A-Za-z0-9_.-]{0,63} */
    tr_str             version; /* "1.0" */
    tr_str             note;    /* remark printed with the title, e.g. hypothetical; may be empty */
    bool               hypothetical;
    const tr_tz       *tz;
    tr_box             area;
    tr_time            signature; /* TR_TIME_NONE when not stated */
    tr_time            in_force;  /* TR_TIME_NONE = from the beginning */
    int64_t            late_days; /* late facts accepted; 90 unless stated */
    int64_t            final_days; /* verdicts final after; 30 unless stated */
    const tr_actor     *actor;
    int32_t             actors;
    const tr_plan_line *line;
    int32_t             lines;
    const tr_plan_zone *zone;
    int32_t             zones;
    const tr_class     *class_;
    int32_t             classes;
    const tr_gate      *gate;
    int32_t             gates;
    const tr_counting  *counting;
    int32_t             countings;
    const tr_register  *reg;
    int32_t             regs;
    const tr_act       *act;
    int32_t             acts;
    const tr_clause    *clause;
    int32_t             clauses;
    const tr_exception *exception;
    int32_t             exceptions;
    const tr_position  *position; /* in the order of the text */
    int32_t             positions;
    const tr_declared_share *declared;
    int32_t                  declareds;
    const tr_amount    *amount;
    int32_t             amounts;
    const tr_parameter *parameter; /* in the order of the text */
    int32_t             parameters;
    const tr_str       *organ; /* "parliament", as consents name them */
    int32_t             organs;
    const int32_t   *order; /* [clauses] each after all whose state it follows from */
    bool             driven; /* some clause follows from the state of others */
    tr_beside           beside; /* what is stated beside the terms */
    /* set by the mission: */
    const tr_halts  *halts; /* [clauses], or NULL: none */
    const tr_deed   *deed;
    int32_t          deeds;
    const tr_notice *notice;
    int32_t          notices;
    const int32_t   *owner; /* of each source: an actor, or -1 */
    int32_t          owners;
} tr_plan;

/* Index of the clause with that label ("6.1"), or -1. */
int32_t tr_plan_clause(const tr_plan *plan, tr_str label);
/* The first clause at or after `from` that the label stands for in the text, or -1: "6.1" stands
 * for 6.1, and for 6.1-A and 6.1-B. */
int32_t tr_plan_clause_of(const tr_plan *plan, tr_str label, int32_t from);
int32_t tr_plan_zone_named(const tr_plan *plan, tr_str name);

#endif
