/* folder.h -- a mission folder: its record, its trial keys, its state in memory.
 *
 *     DIR/record/    the record (store.h)
 *     DIR/keys       the master seed of the trial keys, mode 0600
 *     DIR/snapshot   the state at some head; only ever a shortcut, checked against the record
 *
 * Open for reading follows what another process writes; open for writing takes the lock.
 */
#ifndef TR_FOLDER_H
#define TR_FOLDER_H

#include "shell/store.h"
#include "trial/desk.h"

typedef struct {
    const char *dir;
    tr_arena    keep;  /* the pen and texts */
    tr_arena    state; /* the mission alone */
    tr_store   *store;
    tr_world    world;
    tr_pen      pen;      /* usable when open for writing; pen.mission always */
    TR_VEC(tr_str) queue; /* written, stepped, not yet durable */
    tr_head     durable;
    tr_frontier proven; /* over the entries whose bytes were held against a signed head */
} tr_folder;

/* Make DIR for an agreement file.  `path` part of the origin: "replay", "exercise" or empty;
 * `origin` may be NULL: "local.truce/[replay/]<agreement id>".  Diagnostics of the agreement go to
 * `report`. */
typedef struct {
    const char *dir;
    const char *agreement; /* file */
    const char *mode;      /* "", "replay", "exercise" */
    const char *origin;    /* or NULL */
} tr_folder_new;
bool tr_folder_init(const tr_folder_new *wanted, tr_out *report, tr_err *err);

/* Open and step all entries; with as_known_at: all before the first tick with t > as_known_at, and
 * without the snapshot, so TR_TIME_MAX recomputes everything.  A record without an agreement
 * fails. */
bool tr_folder_open(tr_folder *folder, const char *dir, tr_store_mode mode, tr_time as_known_at,
                    tr_err *err);
void tr_folder_close(tr_folder *folder);

/* Writing: entries written by folder->pen are queued; commit makes them durable under a signed
 * head. */
bool tr_folder_commit(tr_folder *folder, tr_err *err);
/* Keep the state for a faster start.  Failing is no harm. */
void tr_folder_snapshot(tr_folder *folder);
/* Reading: step what another process has published since. */
bool tr_folder_follow(tr_folder *folder, bool *grew, tr_err *err);

/* Compile an agreement file (geometry beside it) into `keep`; diagnostics as text into `report`.
 * False: it has errors, or could not be read (then err says so).  `whole` (may be NULL) receives
 * the text with all geometry inline. */
bool tr_folder_compile(tr_arena *keep, const char *path, tr_terms_result *result, tr_str *whole,
                       tr_out *report, tr_err *err);

#endif
