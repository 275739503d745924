/* store.h -- one record on disk: the flat files, the lock, commit and recovery.
 *
 * DIR/lock.size is the lock store: a register (size, root) with compare-and-set.  Beside the
 * record it guards against a restored record folder and a second copy of it; a mission keeps it
 * in another failure domain.  DIR/record/ holds entries.dat, entries.idx, tree.0 .. tree.7,
 * head.a, head.b, heads.log, blobs/, held/, forks/.  One writer (exclusive lock on DIR), any
 * number of readers, which follow the published head.  What is under a signed,
 * stored head survives kill -9 and power loss at every step.
 */
#ifndef TR_STORE_H
#define TR_STORE_H

#include "record/entry.h"

typedef struct tr_store tr_store;
typedef enum { TR_STORE_READ, TR_STORE_WRITE } tr_store_mode;

/* Make an empty record with its first entry; fails when DIR holds one already. */
bool tr_store_create(tr_arena *keep, const char *dir, const tr_author *log_key, tr_str entry_zero,
                     tr_err *err);
/* Open.  WRITE takes the lock (TR_E_LOCKED when another process has it) and recovers; `log_key`
 * signs heads and may be NULL for READ.  A WRITE opening rebuilds whatever derives from
 * entries.dat, or refuses and has touched nothing when that does not give the signed root
 * (TR_E_RECORD_ROOT); a READ opening names the file that does not fit (TR_E_RECORD_BYTES). */
bool tr_store_open(tr_arena *keep, const char *dir, tr_store_mode mode, const tr_author *log_key,
                   tr_store **store, tr_err *err);
void tr_store_close(tr_store *store);
/* The origin that the newest stored head names, which the log key needs before opening; nothing
 * but the head slots is read. */
bool tr_store_origin_read(tr_arena *keep, const char *dir, tr_str *origin, tr_err *err);

tr_str  tr_store_origin(const tr_store *store);
tr_head tr_store_head(const tr_store *store);       /* size and root of the published head */
tr_str  tr_store_checkpoint(const tr_store *store); /* the signed note, as published */
bool    tr_store_entry(const tr_store *store, uint64_t index, tr_str *raw); /* borrowed, mapped */
bool    tr_store_root_at(const tr_store *store, uint64_t size, tr_hash *root);
bool    tr_store_inclusion(const tr_store *store, uint64_t index, uint64_t size, tr_proof *proof);
bool    tr_store_consistency(const tr_store *store, uint64_t old, uint64_t size, tr_proof *proof);
/* Bytes of a tile or entry bundle below the published head, by the C2SP path behind "/tile/":
 * "0/x001/000.p/3", "entries/000"; borrowed, mapped; false = 404. */
bool tr_store_tile(const tr_store *store, tr_arena *keep, tr_str path, tr_str *bytes);

/* Mapped; the hash is checked. */
bool tr_store_blob(const tr_store *store, const tr_hash *hash, tr_str *bytes);
/* Durable before an entry names it. */
bool tr_store_blob_put(tr_store *store, tr_str bytes, tr_hash *hash, tr_err *err);

/* Append up to 4,096 checked entries and publish a new signed head: true means durable. */
enum { TR_COMMIT_MAX = 4096 };
bool tr_store_append(tr_store *store, const tr_str *entry, int count, tr_err *err);

/* Readers: look at the head again; `grew` tells whether there are new entries. */
bool tr_store_refresh(tr_store *store, bool *grew, tr_err *err);

/* Quick check of everything on disk: framing, signatures, keys and chains, tree at every level,
 * heads and heads.log.  Fills the report for people; the first failure is in err, with place.
 * Invalid entries are counted (and fail); a missing blob is TR_E_BLOB_MISSING: cannot decide. */
typedef struct {
    uint64_t entries, invalid, signatures, batches, rows, heads;
    tr_head  head;
    bool     heads_behind; /* the newest head is not wholly in heads.log yet: a process ended
                              between the two, and the next opening for writing adds it */
} tr_verify_report;
bool tr_store_verify(tr_arena scratch, const char *dir, tr_verify_report *report, tr_err *err);

#endif
