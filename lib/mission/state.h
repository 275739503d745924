/* state.h -- what a mission holds, inside lib/mission only.
 *
 * Everything that the record made so stands in arrays of plain structs without
 * pointers and without padding, listed once below: the snapshot and the state
 * digest iterate that list.  What can be rebuilt from the arrays (the plan, the
 * index of source and src_id, the sliding windows, a cache of heads) is neither
 * saved nor digested.
 *
 * An observation is a slot (what one entry or row brought) with versions: the
 * first as recorded, one more for each correction.  A slot is active unless a
 * living retraction covers it, a party signed it, or its place lies outside the
 * agreement's area.  Among the active current versions of one source and one
 * src_id, one body makes one incident; two bodies make none.
 */
#ifndef TR_MISSION_STATE_H
#define TR_MISSION_STATE_H

#include "mission/mission.h"
#include "verify/effort.h"
#include "verify/window.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
typedef struct {       /* beside each observation, same index */
    int64_t body;      /* offset of a corrected body in the text pool, 0 = as recorded */
    int32_t incident;  /* or -1 */
    int32_t slot;      /* its first version */
    int32_t current;   /* of a slot: the version that holds now */
    int32_t retracted; /* of a slot: living retractions that cover it */
    int32_t contested; /* of a slot: living objections to it */
    uint8_t alleged;   /* signed by a party, or told of one */
    uint8_t decided;   /* of a slot: a living decision on its side */
    uint8_t pad[2];
} more_row;

typedef struct { /* the observations that one entry brought */
    int64_t entry;
    int64_t first;
    int64_t count;
} brought_row;

typedef struct {
    int64_t  id, kind, owner; /* offsets in the text pool */
    int64_t  entry;
    tr_time  begin, end; /* hull of its rows; begin TR_TIME_NONE when none */
    int64_t  rows;
    uint64_t modes; /* kinds it can see; 0: none stated */
    tr_place reach; /* where it can see them */
    int32_t  reg;
    int32_t  pad;
} source_row;

typedef struct { /* a source was up */
    tr_time  begin, end;
    int64_t  entry;
    uint64_t kinds;
    int32_t  source;
    int32_t  retracted;
} watch_row;

typedef enum {
    MARK_NOTHING,    /* kept, without effect */
    MARK_CORRECTION, /* of slot `target`: version `was` superseded by `made` */
    MARK_RETRACTION, /* of slots target .. target + count */
    MARK_OBJECTION,  /* to those */
    MARK_UNDO,       /* retraction of mark `target` */
    MARK_UNWATCH,    /* retraction of watch row `target` */
    MARK_UNSAY,      /* retraction of response row `target` */
    MARK_UNDEED,     /* retraction of the deeds of entry `target` */
    MARK_REDEED      /* correction: deed row `was` superseded by `made` */
} mark_kind;
typedef struct {
    int64_t entry;
    int64_t target;
    int64_t count;
    int32_t was, made;
    int32_t kind;
    int32_t retracted; /* living retractions of it */
} mark_row;

typedef struct { /* a response */
    int64_t entry;
    tr_time on;
    int64_t activation; /* offset of the name in the text pool */
    uint64_t actors;    /* of an obligation: whose duty it is about, bits */
    int32_t step;       /* clause */
    int32_t said;
    int32_t counts; /* by one who may report it */
    int32_t retracted;
} said_row;

typedef struct { /* of a threshold that is judged as known */
    tr_latch latch;
    int32_t  clause;
    int32_t  instance; /* its newest, or -1 */
} latch_row;

typedef struct {
    tr_mission_counts count;
    tr_time           now;
    tr_hash           agreement; /* blob */
    int64_t           adopted;   /* 0 before entry 0, else 1 */
    int64_t           closed;    /* 1 after shard.close */
    int64_t           root_k;
} scalar_row;
#pragma GCC diagnostic pop

/* The one list: X(element type, member of tr_mission). */
#define STATE_ARRAYS(X)                                                                            \
    X(char, text)                                                                                  \
    X(char, ring.text)                                                                             \
    X(tr_key, ring.key)                                                                            \
    X(tr_gap, ring.gap)                                                                            \
    X(uint32_t, ring.party)                                                                        \
    X(tr_hash, body)                                                                               \
    X(tr_obs, obs)                                                                                 \
    X(more_row, more)                                                                              \
    X(tr_incident, incident)                                                                       \
    X(brought_row, brought)                                                                        \
    X(source_row, source)                                                                          \
    X(watch_row, watch)                                                                            \
    X(mark_row, mark)                                                                              \
    X(said_row, said)                                                                              \
    X(tr_notice, notice)                                                                           \
    X(tr_deed, deed)                                                                               \
    X(tr_tick, tick)                                                                               \
    X(tr_instance, instance)                                                                       \
    X(latch_row, latch)                                                                            \
    X(int64_t, invalid)

typedef struct {
    uint32_t tag;
    uint32_t at; /* 1 + index of the first observation of a source and src_id; 0 = free */
} index_row;

enum { HEADS = 8 };
typedef struct {
    uint64_t size[HEADS];
    tr_hash  root[HEADS];
    uint32_t used, turn;
} head_cache;
typedef struct { /* the next row of a batch file, where the last reading of it ended */
    int64_t entry, row, offset;
} row_place;
typedef struct {
    head_cache heads;
    row_place  row;
    uint64_t   settled; /* entries at which the plan was last settled */
} caches;

typedef struct {
    tr_window  *at;
    tr_timeline line; /* of the last run */
} clause_window;
typedef TR_VEC(tr_watcher) watchers;
typedef TR_VEC(tr_halt) clause_halts;
typedef TR_VEC(tr_span) effect_spans;

struct tr_mission {
    tr_arena  *keep;
    tr_arena   scratch; /* the far end of keep; by value it is free scratch */
    tr_arena   lane[3]; /* parts of keep for obs, more and incident, which grow there in place */
    tr_str     origin;
    tr_world   world;
    tr_plan   *plan;
    tr_str     text_of_plan;
    scalar_row s;
    tr_keyring ring;
    TR_VEC(char) text;
    TR_VEC(tr_hash) body; /* of every valid entry, in order: none comes twice */
    TR_VEC(tr_obs) obs;
    TR_VEC(more_row) more;
    TR_VEC(tr_incident) incident;
    TR_VEC(brought_row) brought;
    TR_VEC(source_row) source;
    TR_VEC(watch_row) watch;
    TR_VEC(mark_row) mark;
    TR_VEC(said_row) said;
    TR_VEC(tr_notice) notice;
    TR_VEC(tr_deed) deed;
    TR_VEC(int32_t) owner; /* of each source: actor, or -1; from `source` */
    TR_VEC(tr_tick) tick;
    TR_VEC(tr_instance) instance;
    TR_VEC(latch_row) latch;
    TR_VEC(int64_t) invalid;

    index_row     *index; /* [index_cap], a power of two */
    uint64_t       index_cap, index_used;
    uint32_t      *bodies; /* [bodies_cap], 1 + index into body, 0 = free */
    uint64_t       bodies_cap;
    caches        *cache;   /* answers of the world; decides nothing */
    clause_window *window;  /* [plan->clauses]; at is NULL where the clause is no threshold */
    clause_halts  *halted; /* [plan->clauses] from the record, by derive.c, for plan->halts */
    tr_halts      *halts;  /* [plan->clauses] */
    effect_spans  *in_effect; /* [plan->clauses] of effects, milestones; of the entry into force:
                                 when a consent was gone again */
    tr_cells     **cells;   /* [plan->zones + 1 + CELLS_BY_PART], the area first, then those of
                               zones that differ by actor or class; made when asked for */
    bool           changed; /* incidents since the last evaluation */
    bool           hull_stale;
};

/* What one entry would do; made without changing anything. */
typedef struct {
    tr_entry entry;
    int64_t  index;
    int32_t  role; /* of the author */
    tr_time  tick;
    TR_VEC(char) text; /* staged: offsets below are into it, and never 0 */
    TR_VEC(tr_obs) obs;
    bool       alleged;
    int64_t    body; /* staged text of a corrected body */
    source_row source;
    watch_row  watch;
    mark_row   mark;
    said_row   said;
    tr_notice  notice;
    tr_deed    deed;
    int64_t    cancels; /* entry of a notice, or -1 */
    bool       has_watch, has_mark;
} work;

/* mission.c */
tr_mission *mission_bare(tr_arena *keep, tr_str origin, const tr_world *world);
void        mission_found(tr_mission *m, tr_plan *plan, const tr_hash *agreement);
void        bodies_rebuild(tr_mission *m);

/* text pool */
tr_str  mission_text(const tr_mission *m, int64_t offset);
int64_t stage_text(tr_arena *scratch, work *w, tr_str text); /* 0 for an empty one */
int64_t pour_text(tr_mission *m, work *w); /* into the pool: what to add to a staged offset */

/* observe.c */
typedef struct { /* of one row or body */
    tr_str src_id;
    tr_str text;
} row_texts;
bool       row_read_fast(tr_str row, tr_obs *obs, row_texts *texts);
bool       place_read(const tr_plan *plan, const tr_json *json, tr_place *place, tr_err *err);
bool       body_to_obs(const tr_plan *plan, const tr_json *body, tr_obs *obs, row_texts *texts,
                       tr_err *err);
tr_hash    content_id(tr_arena scratch, const tr_json *body);
tr_outcome judge_observation(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err);
tr_outcome judge_batch(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err);
void       apply_observations(tr_mission *m, work *w);
bool       mission_bytes(const tr_mission *m, tr_arena *keep, int64_t i, tr_str *bytes);

/* live.c */
void    rows_reserve(tr_mission *m, ptrdiff_t rows); /* room in obs, more and incident */
void    index_reserve(tr_mission *m, uint64_t more);
void    index_prefetch(const tr_mission *m, int32_t source, tr_str id); /* soon asked for */
int64_t group_find(const tr_mission *m, int32_t source, tr_str src_id);
int32_t live_insert(tr_mission *m, const tr_obs *obs, const more_row *more);
void    live_resolve(tr_mission *m, int32_t version); /* the group that this version stands in */
void    live_set(tr_mission *m, int32_t version, tr_obs_status status, int64_t by);
void    live_rebuild(tr_mission *m); /* the index, after a load */
void    hulls_rebuild(tr_mission *m);
bool    obs_outside(const tr_mission *m, const tr_obs *obs);

/* side.c: who decided whose an incident is */
void           judge_side(const tr_mission *m, const tr_json *body, tr_deed *deed);
const tr_deed *side_decision(const tr_mission *m, int32_t head, const tr_hash *id); /* or NULL */
void           sides_again(tr_mission *m, int64_t entry); /* what it decided holds, or no more */
bool           decides_side(const tr_mission *m, int64_t entry);
/* May these signers decide on a side, or take a decision back? */
bool may_decide(const tr_mission *m, const work *w, tr_err *err);

/* amend.c */
int64_t mark_of(const tr_mission *m, int64_t entry); /* index of its mark, or -1 */
int64_t finding_slot(const tr_mission *m, tr_str name);
tr_outcome judge_correction(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err);
tr_outcome judge_retraction(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err);
tr_outcome judge_objection(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err);
void       apply_mark(tr_mission *m, work *w);
bool entry_at(const tr_mission *m, tr_arena *scratch, int64_t index, tr_entry *entry, tr_err *err);
const brought_row *brought_by(const tr_mission *m, int64_t entry);

/* latch.c */
void windows_make(tr_mission *m); /* empty, from the plan */
void latches_make(tr_mission *m); /* at entry 0 */
void windows_fill(tr_mission *m); /* from the live incidents, after a load */
void evaluate(tr_mission *m, int64_t index);
/* Run the window of a threshold; with index >= 0 its instances follow. */
void window_look(tr_mission *m, int32_t clause, int64_t index);

/* exposure.c */
typedef struct {
    uint64_t kinds; /* all of which one is able to see; 0: whoever sees anything */
    tr_span  within;
    int32_t  zone;   /* index, or -1 */
    int32_t  source; /* or -1 */
    uint64_t actors; /* whose zone, where it differs: bits; 0: anybody's */
} exposure_query;
enum { CELLS_BY_PART = 64 };
/* Good until they are asked for with another query. */
const tr_cells *cells_of(const tr_mission *m, const exposure_query *query);
/* Who watched some cell of the zone, with spans that meet `within`. */
void watchers_of(const tr_mission *m, tr_arena *keep, const exposure_query *query, watchers *list);
int64_t watched_ns(const tr_mission *m, tr_arena scratch, const exposure_query *query,
                   const watchers *list);

/* result.c: m->scratch may hold what the caller is at work on, so nothing here takes it but the
 * public functions; the others use what they are handed. */
/* The ladder of an activation, with the responses to `instance` (-1: none). */
void ladder(const tr_mission *m, tr_arena scratch, const tr_activation *activation, tr_time known,
            int32_t instance, tr_step_run *step, int32_t *steps, int32_t room);

/* deed.c: the time within which what that entry says may excuse what happened; may be empty */
tr_span deed_reach(const tr_mission *m, int64_t entry);

/* permit.c */
void permission_row(const tr_mission *m, tr_board_row *row);

/* notice.c */
/* Take out of the counts what meets the span (false), or put it in as it is judged now (true). */
void    recount(tr_mission *m, tr_span span, bool add);
tr_span span_hull(tr_span a, tr_span b); /* of which either may be empty: end before begin */
void judge_notice(const tr_mission *m, work *w);
void apply_notice(tr_mission *m, const work *w);
void owners_rebuild(tr_mission *m); /* and what the plan knows of notices */

/* deed.c */
int32_t plan_actor(const tr_plan *plan, tr_str id); /* -1: nobody of that id */
bool    deed_type(tr_entry_type type);
bool    judge_deed(const tr_mission *m, tr_arena scratch, work *w, tr_err *err);
/* The corrected body of deed row `was`, which the entry `of` brought. */
bool judge_deed_again(const tr_mission *m, tr_arena scratch, work *w, const tr_entry *of,
                      int64_t was, const tr_json *body, tr_err *err);
int64_t deed_of(const tr_mission *m, int64_t entry); /* the row that counts, or the last; -1 none */
void    apply_deed(tr_mission *m, const work *w);
void    deeds_known(tr_mission *m); /* the plan points to them */

/* duty.c */
typedef TR_VEC(tr_duty) duties;
void settle(const tr_mission *m); /* what the plan takes from the record */
void duties_now(const tr_mission *m, tr_arena *keep, duties *list);
void duty_row(const duties *list, tr_board_row *row);

/* derive.c */
void derive(tr_mission *m, int64_t index); /* index: of the entry that was stepped, or -1 */
/* course.c */
void course_row(const tr_mission *m, tr_board_row *row);
/* Of an amount, while it does not bind. */
void halted_row(const tr_mission *m, tr_board_row *row);
/* Of a threshold that is also declared. */
void decision_row(const tr_mission *m, tr_board_row *row);
void course_next(const tr_mission *m, int32_t clause, tr_time *next);

/* owed.c */
bool duty_recurs(const tr_plan *plan, int32_t clause);
/* What follows the label in "o-4.3-A-27": the actor named, or -1, and the key of the instance.
 * False: it is no name of that duty. */
bool    duty_name(const tr_plan *plan, int32_t clause, tr_str name, int32_t *actor, tr_str *key);
void    owed_row(const tr_mission *m, tr_arena scratch, tr_board_row *row);
tr_time owed_due(const tr_mission *m, tr_arena scratch);

/* measure.c */
void    measure_row(const tr_mission *m, tr_arena scratch, tr_board_row *row);
tr_time measure_due(const tr_mission *m, tr_arena scratch); /* next value, sum or settlement */

#endif
