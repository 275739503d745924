/* mission.h -- the state of the peace: step(state, entry) over the record.
 *
 * Pure: entries and blobs come in as bytes, time only as tick entries.  The
 * state is arrays of plain structs, so that a snapshot is its bytes, and two
 * digests are made of it: `view` (results as happened, by content id: equal for
 * any order of arrival) and `state` (everything: equal for the same record only).
 *
 *     tr_mission *m = tr_mission_new(&keep, origin, &world);
 *     for (i = 0; i < size; i++) tr_mission_step(m, entry(i), &outcome);
 *     tr_board board; tr_mission_board(m, &scratch, &board);
 */
#ifndef TR_MISSION_H
#define TR_MISSION_H

#include "record/keyring.h"
#include "respond/duty.h"
#include "respond/owed.h"
#include "respond/respond.h"
#include "terms/terms.h"
#include "verify/amount.h"

typedef struct tr_mission tr_mission;

/* What step() may ask of the outside: bytes that entries name.  blob() hands out bytes whose
 * SHA-256 it has compared with `hash`: they are not hashed once more here. */
typedef struct {
    const void *context;
    bool (*blob)(const void *context, const tr_hash *hash, tr_str *bytes);
    bool (*entry)(const void *context, uint64_t index, tr_str *raw); /* below the present index */
    bool (*root_at)(const void *context, uint64_t size, tr_hash *root); /* size <= present index */
} tr_world;

typedef enum {
    TR_STEP_OK,
    TR_STEP_INVALID, /* the entry changes nothing but the counter of invalid entries */
    TR_STEP_CANNOT   /* a blob is missing: cannot decide; nothing changed, not even the index */
} tr_outcome;

/* `keep` must outlive the mission and serve nothing else: the arrays grow in it, and its last
 * quarter becomes scratch of all functions here, also of those that change nothing: one thread at
 * a time. */
tr_mission *tr_mission_new(tr_arena *keep, tr_str origin, const tr_world *world);
/* One entry.  err says why when the outcome is not TR_STEP_OK. */
tr_outcome tr_mission_step(tr_mission *mission, tr_str raw, tr_err *err);
/* Would this entry be accepted as the next one?  Changes nothing. */
bool tr_mission_would(const tr_mission *mission, tr_str raw, tr_err *err);

/* ---- what is known ---- */
const tr_plan *tr_mission_plan(const tr_mission *mission); /* NULL before entry 0 */
tr_str         tr_mission_origin(const tr_mission *mission);
tr_record_mode tr_mission_mode(const tr_mission *mission);
uint64_t       tr_mission_size(const tr_mission *mission); /* entries stepped */
tr_time        tr_mission_now(const tr_mission *mission);  /* t of the last tick, or TR_TIME_NONE */
const tr_keyring *tr_mission_keys(const tr_mission *mission);

typedef struct {
    uint64_t entries, invalid, ticks, batches, rows,
        singles; /* rows of batches, single observations */
    uint64_t live, duplicates, held, corrected, retracted, allegations;
    uint64_t incidents; /* live ones */
    uint64_t chain_forks;
} tr_mission_counts;
tr_mission_counts tr_mission_count(const tr_mission *mission);

typedef struct {
    tr_str  id;
    tr_str  kind;
    tr_str  owner;
    int64_t entry; /* of its registration */
    int32_t reg;   /* register of the agreement that adopts it, or -1 */
    tr_span hull;  /* first begin .. last end of its rows; begin TR_TIME_NONE when none */
    int64_t rows;
} tr_source_view;
int32_t tr_mission_sources(const tr_mission *mission);
void    tr_mission_source(const tr_mission *mission, int32_t source, tr_source_view *view);
int32_t tr_mission_source_named(const tr_mission *mission, tr_str id); /* -1 when unknown */

int64_t       tr_mission_observations(const tr_mission *mission);
const tr_obs *tr_mission_observation(const tr_mission *mission, int64_t i);
tr_str        tr_mission_text(const tr_mission *mission, int64_t offset); /* of the text pool */
/* First observation of that source and src_id (follow `next`), or -1. */
int64_t tr_mission_find(const tr_mission *mission, int32_t source, tr_str src_id);
int32_t tr_mission_incidents(const tr_mission *mission); /* also dead ones: look at live */
const tr_incident *tr_mission_incident(const tr_mission *mission, int32_t i);
/* Is its place outside the agreement's area?  Then it is held whatever else its source said; any
 * other that is held stands beside another body under one id. */
bool tr_mission_outside(const tr_mission *mission, int64_t observation);
/* The row or body of an observation, as recorded (canonical bytes). */
bool tr_mission_bytes(const tr_mission *mission, tr_arena *keep, int64_t observation,
                      tr_str *bytes);

/* Corrections, retractions and objections in the order of the record, for reading. */
typedef enum { TR_AMEND_CORRECTION, TR_AMEND_RETRACTION, TR_AMEND_OBJECTION } tr_amend_kind;
typedef struct {
    int64_t       entry;
    tr_amend_kind kind;
    bool          undone; /* retracted itself */
    int64_t       first;  /* observation it is about: of a correction the version before, else the
                             current version */
    int64_t made;         /* of a correction: the version it made, else -1 */
    int64_t count;        /* observations covered, from `first` on */
    tr_str  by;           /* key name of the author */
    tr_str  reason;       /* text of the author; of an objection its ground and text */
    tr_str  changed;      /* of a correction: paths of the members it sets, ", " between */
} tr_amendment;
int64_t tr_mission_amendments(const tr_mission *mission);
/* False for one without effect (about nothing known here). */
bool tr_mission_amendment(const tr_mission *mission, tr_arena *keep, int64_t i,
                          tr_amendment *amendment);

/* The decision that says whose an incident is and how firmly; false while there is none. */
typedef struct {
    int64_t entry;
    tr_str  by; /* who signed it: holders, ", " between */
} tr_side_decision;
bool tr_mission_side(const tr_mission *mission, tr_arena *keep, const tr_incident *incident,
                     tr_side_decision *decision);

/* When some source able to see all of these kinds (0: anything) watched at least one cell of the
 * zone (index, or -1): united, in order. */
typedef TR_VEC(tr_span) tr_watched;
void tr_mission_watched(const tr_mission *mission, tr_arena *keep, uint64_t kinds, int32_t zone,
                        tr_watched *list);

/* When became what known: t and index of the ticks. */
typedef struct {
    tr_time t;
    int64_t index;
} tr_tick;
int64_t        tr_mission_ticks(const tr_mission *mission);
const tr_tick *tr_mission_tick(const tr_mission *mission, int64_t i);

/* ---- results ---- */
/* Findings of live incidents, ordered by (clause, begin, content id). */
typedef TR_VEC(tr_finding) tr_findings;
void tr_mission_findings(const tr_mission *mission, tr_arena *keep, tr_findings *findings);
bool tr_mission_finding(const tr_mission *mission, tr_str id, tr_finding *finding);

bool tr_mission_tally(const tr_mission *mission, tr_arena scratch, const tr_tally_query *query,
                      tr_tally *tally, tr_err *err);

/* An instance of a clause as the record came to know it.  Never silently undone. */
typedef enum { TR_INSTANCE_ACTIVE, TR_INSTANCE_CLEARED, TR_INSTANCE_REVIEW } tr_instance_status;
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
typedef struct {
    tr_time reached;       /* as happened, by the facts of now */
    tr_time reached_first; /* as first published */
    tr_time known;         /* t of the last tick when it became known */
    int64_t known_index;   /* of the entry that made it so */
    tr_time cleared;       /* TR_TIME_NONE while active */
    tr_time cleared_known;
    int64_t cleared_index;
    tr_time cleared_first; /* the first clearing published, which later facts may have moved or
                              undone */
    tr_time   cleared_first_known;
    int64_t   review_index; /* entry that undercut it, or -1 */
    tr_triple count;        /* at `reached`, of the condition that tripped */
    int32_t   clause;
    int32_t   number; /* 1, 2, ... of this clause */
    int32_t   condition;
    int32_t   status; /* tr_instance_status; REVIEW stays active until the body decides */
    int32_t   sector; /* of that condition, 1, 2, ...; 0: it is not counted per sector */
    int32_t   pad;
} tr_instance;
#pragma GCC diagnostic pop
/* The condition that tripped, in the sector that did. */
tr_condition           tr_instance_condition(const tr_plan *plan, const tr_instance *instance);
int32_t                tr_mission_instances(const tr_mission *mission);
const tr_instance     *tr_mission_instance(const tr_mission *mission, int32_t i);
/* "a-6.1-20150217T220000Z": label and reached_first in UTC; what a response names. */
void tr_put_instance_id(tr_out *out, const tr_plan *plan, const tr_instance *instance);
/* Its ladder now. */
void tr_mission_steps(const tr_mission *mission, tr_arena scratch, int32_t instance,
                      tr_step_run *step, int32_t *steps, int32_t room);
/* The count of its condition at `reached` by the facts of now: what `count` was before later facts
 * brought it under review. */
tr_triple tr_mission_count_now(const tr_mission *mission, int32_t instance);
/* The duty of each actor of an obligation, in the order of the actors.  What a response names as
 * its activation: "o-3.1", or "o-3.1-A" for one actor of several. */
typedef TR_VEC(tr_duty) tr_duties;
void tr_mission_duties(const tr_mission *mission, tr_arena *keep, int32_t clause,
                       tr_duties *duties);
/* Of a duty that recurs: its instances for one actor, and what they come to.  What a response names
 * as its activation: "o-4.3-A-" and the key of the instance: the index of the request or notice,
 * the day on which its period begins (20260209), the name of the finding or of the activation. */
void tr_mission_owed(const tr_mission *mission, tr_arena *keep, int32_t clause, int32_t actor,
                     tr_owed_list *list, tr_owed_sum *sum);
/* How each actor of a quantity stands, in the order of the actors; of a share one. */
typedef TR_VEC(tr_reckoning) tr_reckonings;
void tr_mission_reckonings(const tr_mission *mission, tr_arena *keep, int32_t clause,
                           tr_reckonings *list);
void tr_mission_series(const tr_mission *mission, int32_t amount, tr_basis basis, int32_t actor,
                       tr_series *series);
/* The source that a measurement names, as text in `at`; empty for anything else said. */
tr_str tr_mission_deed_source(const tr_mission *mission, tr_arena *at, const tr_deed *deed);
/* Whose standing with a quantity, a share or a duty that recurs is told one by one: bits of actors,
 * 0 for other clauses; and how such a one stands, as lines of text in which no entry is named. */
uint64_t tr_mission_standing_actors(const tr_mission *mission, int32_t clause);
void     tr_mission_put_standing(const tr_mission *mission, tr_out *out, tr_arena scratch,
                               int32_t clause, int32_t actor);
/* Incidents of the certain set in the window at `reached`, ordered by (begin, id): the witnesses.
 */
typedef TR_VEC(int32_t) tr_indices;
void tr_mission_witnesses(const tr_mission *mission, tr_arena *keep, int32_t instance,
                          tr_indices *incidents);

/* How a clause of another sort stands: an amount, a share, the entry into force, an effect on other
 * clauses, a milestone, a permission, what is stated only.  Members that do not apply are 0,
 * TR_TIME_NONE, or -1. */
typedef struct {
    const char *state; /* one word of docs/LANGUAGE.md: "in_force", "waiting", "lapsed", ... */
    tr_time     since; /* in that state */
    tr_time     due;
    tr_time     done;
    uint64_t    actors;          /* whom it is about, bits */
    int64_t     low, best, high; /* newest value or sum, thousandths; low INT64_MIN: none */
    int32_t     amount;          /* index of plan->amount, or -1 */
    int32_t     owed, kept, missed, missing, open; /* periods, or times that it was asked for */
    int32_t     refused, beyond; /* refusals; requests beyond a quota */
} tr_course;

/* One row of the clause board. */
typedef struct {
    int32_t    clause;
    tr_verdict verdict;
    bool       final;
    int64_t    findings, breaches; /* of a prohibition: judged, past proof */
    int64_t    excused, conflicts; /* by an exception; left open by two of them */
    int64_t    suspended;          /* happened while the clause was suspended: no breach */
    tr_triple  persons;            /* deaths of the breaches: low, best, high */
    int32_t    coverage_ppm;       /* share of its place and of its time so far that was watched */
    /* of a threshold: */
    bool      active, pending;
    tr_triple on_count[TR_CONDITIONS], off_count[TR_CONDITIONS]; /* now */
    int32_t   on_sector[TR_CONDITIONS], off_sector[TR_CONDITIONS]; /* whose counts they are, or 0 */
    tr_time   off_since; /* hold of the off-condition running since, or TR_TIME_NONE */
    int32_t   instance;  /* newest, or -1 */
    /* of a step: */
    tr_step_run step; /* of the newest instance; state WAITING when there is none */
    /* of an obligation: */
    tr_duty duty;   /* the gravest of its actors' */
    int32_t duties; /* how many actors owe it */
    /* of the other sorts: */
    tr_course course;
} tr_board_row;
typedef TR_VEC(tr_board_row) tr_board;
void tr_mission_board(const tr_mission *mission, tr_arena *keep, tr_board *board);

/* The next instant at which something falls due (step deadline, end of a hold) after now;
 * TR_TIME_NONE when nothing is pending.  A clock ticks there. */
tr_time tr_mission_next_due(const tr_mission *mission);

/* ---- digests, snapshots ---- */
tr_hash tr_mission_view(const tr_mission *mission, tr_arena scratch);
tr_hash tr_mission_state(const tr_mission *mission, tr_arena scratch);
void    tr_mission_save(const tr_mission *mission, tr_out *snapshot);
/* Refuses a snapshot of another version, origin or record (root at its size differs). */
bool tr_mission_load(tr_arena *keep, tr_str snapshot, const tr_world *world, tr_mission **mission,
                     tr_err *err);

#endif
