/* run.h -- inside lib/trial: one run of a case, its record in memory, writing and judging. */
#ifndef TR_TRIAL_RUN_H
#define TR_TRIAL_RUN_H

#include "trial/case.h"
#include "trial/script.h"

/* The record of a case: entries, the root at every size, files. */
typedef struct {
    tr_arena *keep;
    TR_VEC(tr_str) entry;
    TR_VEC(tr_hash) root; /* root.at[n] of the first n entries */
    tr_frontier frontier;
    struct {
        TR_VEC(tr_hash) hash;
        TR_VEC(tr_str) bytes;
    } blob;
} shelf;
void      shelf_open(shelf *s, tr_arena *keep);
tr_world  shelf_world(const shelf *s);
tr_keeper shelf_keeper(shelf *s);

typedef TR_VEC(tr_case_failure) failures;
typedef struct {
    tr_str  name;
    tr_hash view;
} remembered;
typedef TR_VEC(remembered) memories; /* of all cases of a script, in order */

typedef struct {
    tr_arena          *keep;
    const script_case *script;
    tr_str             agreement; /* self-contained */
    shelf              shelf;
    tr_arena           whole[2]; /* of the mission, in turn */
    tr_arena           room[2];  /* what is left of them */
    int                turn;
    tr_arena           side; /* of a mission of the past */
    tr_pen             pen;
    tr_time            at;       /* of the newest entry */
    int64_t           *entry_of; /* index in the record of each statement's entry, or -1 */
    tr_hash            before;   /* view before the newest statement that wrote */
    memories          *memory;
    failures          *failure;
    bool               refused; /* the newest entry was: no fault of the script's wording */
    int32_t            expectations;
    const char        *as; /* "" or of which further run this is */
} run;

/* Found the record of a case: entry 0, the seats. */
bool run_begin(run *r, tr_err *err);
void run_fail(run *r, int32_t line, tr_str text);

/* write.c: one statement that writes.  False with err: r->refused tells whether the entry was
 * refused; else the statement cannot be read. */
bool run_write(run *r, int32_t at, tr_err *err);

/* findings.c: what the script expects of the compiling of its agreement; *refused: there is no
 * more to the case. */
bool case_findings(run *r, tr_str text, tr_case_files files, void *context, bool *refused,
                   tr_err *err);

/* expect.c: one expectation, judged; false: it cannot be read. */
bool run_expect(run *r, const statement *say, tr_err *err);

/* result.c: every result of the state as text; party a is printed as b and b as a. */
void put_results(tr_out *out, const tr_mission *mission, tr_arena scratch, tr_str a, tr_str b);
/* The state at T: all entries before the first tick later than T. */
bool run_past(run *r, tr_time t, tr_arena *room, tr_mission **mission, tr_err *err);

#endif
