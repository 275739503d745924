/* import.h -- taking files of observations into a mission, on its own clock.
 *
 * In a live mission the machine's clock ticks before and after.  In an EXERCISE rows enter
 * at the last tick, which somebody stated.  In a REPLAY the
 * rows' own days drive the clock: a tick at every local 00:00 and at every
 * instant at which something falls due; each row enters 2 days after the tick at
 * the end of its last day, before the next tick.  A second import goes on from
 * the last tick; rows whose time has passed enter at once.
 */
#ifndef TR_IMPORT_H
#define TR_IMPORT_H

#include "intake/intake.h"
#include "shell/folder.h"

enum { TR_REPLAY_LAG_DAYS = 2 };

typedef struct {
    int64_t read;
    int64_t accepted; /* durable in the record now */
    int64_t
        conflicts; /* of these: another body under the same id is on the record; both are held */
    int64_t duplicates; /* in the file, or on the record already */
    int64_t refused;
    int64_t entries; /* written */
    int64_t ticks;   /* of these */
} tr_import_sum;

/* Called after each durable commit: rows accepted so far, of how many, and where the clock stands.
 */
typedef void (*tr_import_progress)(void *context, const tr_import_sum *sum, int64_t of,
                                   tr_time now);

/* Rows of one file, as a source of that id and kind.  What was committed stays when it fails. */
bool tr_import_rows(tr_folder *folder, tr_str source, tr_str kind, const tr_intake *rows,
                    tr_import_progress progress, void *context, tr_import_sum *sum, tr_err *err);

#endif
