/* verify.h -- incidents and facts against terms: findings, tallies, thresholds, verdicts.
 *
 * It receives values and never asks fuse.  Sets of monitoring practice: certain
 * (passes every filter whatever the uncertainty), best, possible; certain is a
 * part of best, best of possible.  An interval [b, e) is wholly inside
 * (t-d, t] iff b > t-d and e <= t, and meets it iff b <= t and e > t-d; inside
 * [from, to) iff b >= from and e <= to, and meets it iff b < to and e > from.
 */
#ifndef TR_VERIFY_H
#define TR_VERIFY_H

#include "fuse/fuse.h"
#include "terms/plan.h"

typedef enum {
    TR_VERDICT_COMPLIED,
    TR_VERDICT_BREACHED,
    TR_VERDICT_OPEN,
    TR_VERDICT_UNDETERMINED,
    TR_VERDICT_NOT_OBSERVED, /* undetermined because exposure is zero */
    TR_VERDICT_SUSPENDED,
    TR_VERDICT_NOT_IN_FORCE,
    TR_VERDICT_NONE /* stated only: nothing is verified */
} tr_verdict;
const char *tr_verdict_name(tr_verdict verdict); /* "not_observed" */

/* Membership of an incident in the three sets of a filter. */
typedef enum {
    TR_IN_NONE = 0,
    TR_IN_POSSIBLE = 1,
    TR_IN_BEST = 2,
    TR_IN_CERTAIN = 3
} tr_membership;

/* Why an incident is not (or not certainly) in a filter, for explanations. */
typedef enum {
    TR_WHY_IN,
    TR_WHY_CLASS,     /* class is not counted */
    TR_WHY_TIME,      /* outside the time of the term */
    TR_WHY_TIME_EDGE, /* its interval crosses an edge of time */
    TR_WHY_ZONE,
    TR_WHY_ZONE_EDGE, /* its region is cut by the zone's edge */
    TR_WHY_ZONE_HEIGHT, /* its height is not known well enough */
    TR_WHY_ZONE_PART, /* it is open which part of the zone applies */
    TR_WHY_GATE,      /* evidence below proof */
    TR_WHY_RUNG,
    TR_WHY_CORROBORATION,
    TR_WHY_EXERCISE,
    TR_WHY_CONTESTED,
    TR_WHY_REGISTER,      /* not a row of the register counted */
    TR_WHY_SUSPENDED,      /* the term did not bind whoever did it: suspended or lifted */
    TR_WHY_SUSPENDED_EDGE, /* it may not have */
    TR_WHY_EXCEPTED,      /* an exception of the term excuses it */
    TR_WHY_EXCEPTED_EDGE, /* one may */
    TR_WHY_CONFLICT,      /* two apply with different outcome, and none prevails */
    TR_WHY_SIDE,      /* attributed to another than the party counted */
    TR_WHY_SIDE_OPEN, /* its side is undetermined */
    TR_WHY_DAILY,      /* outside the hours of the day */
    TR_WHY_DAILY_EDGE, /* across their edge */
    TR_WHYS
} tr_why;
const char *tr_why_text(tr_why why); /* plain words */

/* An incident judged against one prohibition.  Time is not part of a window here: in force at
 * its time, class, zone, gate. */
/* As tr_judge, whosever it is: of what lies somewhere, not of what somebody did. */
tr_membership tr_judge_any(const tr_plan *plan, const tr_prohibition *term,
                           const tr_incident *incident, tr_why *why);
tr_membership tr_judge(const tr_plan *plan, const tr_prohibition *term, const tr_incident *incident,
                       tr_why *why);

/* Is an incident that is in no set told all the same, because something excuses it? */
bool tr_excused(tr_membership in, tr_why why);

/* The exception of that term that excuses the incident (why EXCEPTED), may (EXCEPTED_EDGE), or
 * permits it against another (CONFLICT), by its index, and how; -1 and IN when none matters. */
int32_t tr_excuse(const tr_plan *plan, const tr_prohibition *term, const tr_incident *incident,
                  tr_why *why);

/* A finding: an incident judged against one term. */
typedef struct {
    int32_t       clause;
    int32_t       incident;
    tr_membership in; /* certain = breach, possible = undetermined, none = excused */
    tr_why        why;
    int32_t       exception; /* that `why` is about, or -1 */
    uint8_t       id[10]; /* of the finding: first bytes of SHA-256("truce/finding/v1" 00 label 00
                             incident id) */
} tr_finding;
enum { TR_FINDING_ID = 22 }; /* "f-" and 20 hex */
void tr_finding_make(const tr_plan *plan, int32_t clause, const tr_incident *incident,
                     int32_t index, tr_finding *finding);
void tr_finding_name(const tr_finding *finding, char name[TR_FINDING_ID + 1]);

/* ---- tallies ---- */
typedef struct {
    tr_rule  rule;
    tr_span  span;   /* [from, to) */
    int32_t  zone;   /* index, or -1 */
    uint64_t kinds;  /* class; 0 = what the rule counts by itself */
    int32_t  clause; /* prohibition whose breaches are counted, or -1 */
    int32_t  source; /* only this source, or -1 */
    bool     no_exercises;
    bool     no_contested;
} tr_tally_query;
#define TR_COUNT_UNBOUNDED INT64_MAX /* absorbing; printed "at least" */
typedef struct {
    int64_t certain;
    int64_t best;
    int64_t possible;
} tr_triple;
typedef enum {
    TR_SMM_EXPLOSIONS,
    TR_SMM_PROJECTILES,
    TR_SMM_FLASHES,
    TR_SMM_FLARES,
    TR_SMM_SHOTS,
    TR_SMM_UNSPECIFIED, /* reported as fire without a kind: counted at that level */
    TR_SMM_PARTS
} tr_smm_part;
typedef struct {
    tr_tally_query query;
    tr_triple      count;
    tr_triple      part[TR_SMM_PARTS];             /* R-SMM: the sums by kind */
    tr_triple      impact, airburst, undetermined; /* R-SMM: split of explosions */
    tr_triple      exercise;                       /* of the count, labelled exercise */
    tr_triple      contested;                      /* of the count */
    tr_triple      deaths;      /* low over certain, best over best, high over possible */
    int64_t        exposure_ns; /* cell-time watched by sources able to see the class / cells */
    int64_t        span_ns;
    bool           not_observed; /* nothing counted and exposure zero */
    int32_t        version;      /* of the rule */
} tr_tally;
/* exposure_ns: what was watched of the query's span, by effort.h.  Only R-SMM and R-INC are
 * computed here; the others: TR_E_RULE_NOT_YET. */
bool tr_tally_run(const tr_plan *plan, const tr_incident *incident, int32_t incidents,
                  int64_t exposure_ns, const tr_tally_query *query, tr_tally *tally, tr_err *err);

/* ---- thresholds ---- */
/* One activation as happened, with all facts known: [reached, cleared). */
typedef struct {
    int32_t   clause;
    int32_t   condition; /* index of the on-condition that tripped */
    tr_time   reached;
    tr_time   cleared;   /* TR_TIME_NONE while active */
    tr_time   off_since; /* s: since when off has held without break, or TR_TIME_NONE */
    int32_t   sector;    /* that tripped, 1, 2, ...; 0: not counted per sector */
    tr_triple count;     /* of that condition (and sector) at `reached` */
} tr_activation;

/* Sliding-window counts of one threshold's conditions at t, and its timeline of activations up to
 * `now`, are kept by the incremental evaluator (window.h); mission.h gives the results. */

#endif
