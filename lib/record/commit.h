/* commit.h -- one commit as a list of effects, the stored heads, and recovery: all pure.
 *
 * A plan says what is to be written, synced, compared and signed, in order; the
 * shell carries it out, a test cuts it anywhere.  What must be under a receipt
 * is durable before the head that covers it is signed:
 *
 *   entries.dat -> sync -> tree.L, entries.idx -> read back -> prove consistency -> lock store
 *   -> sign -> older slot -> sync -> heads.log -> publish
 *
 *     tr_commit plan;
 *     tr_commit_plan(&arena, &log, entries, count, &plan);
 *     for (int i = 0; i < plan.effects; i++) carry out plan.effect[i];
 */
#ifndef TR_COMMIT_H
#define TR_COMMIT_H

#include "record/entry.h"
#include "record/tile.h"

/* Files of a record, as the effects name them. */
typedef enum {
    TR_FILE_ENTRIES, /* entries.dat */
    TR_FILE_INDEX,   /* entries.idx */
    TR_FILE_TREE,    /* tree.0; tree.L is TR_FILE_TREE + L */
    TR_FILE_HEAD_A = TR_FILE_TREE + TR_TREE_LEVELS,
    TR_FILE_HEAD_B,
    TR_FILE_HEADS, /* heads.log */
    TR_FILE_LOCK,  /* the lock store, outside the record's folder */
    TR_FILES
} tr_file_id;
const char *tr_file_name(tr_file_id file); /* "entries.dat" */

/* Where a log stands: all that the next commit needs. */
typedef struct {
    tr_frontier frontier;  /* of all entries under the head */
    tr_head     head;      /* last signed */
    uint64_t    end;       /* bytes of entries.dat under the head */
    uint64_t    seq;       /* of the newest slot; even ones stand in head.a, odd ones in head.b */
    uint64_t    heads_end; /* bytes of heads.log */
    uint64_t    lock_seq;  /* of the newest record of the lock store */
} tr_log;

typedef enum {
    TR_EFFECT_WRITE,   /* bytes at offset of file */
    TR_EFFECT_SYNC,    /* make file durable */
    TR_EFFECT_COMPARE, /* read bytes at offset of file from the medium; they must be equal */
    TR_EFFECT_PROVE,   /* consistency of the last head with the new one, from the tree files */
    TR_EFFECT_LOCK,    /* compare the lock store with the last head, set it to the new one */
    TR_EFFECT_SIGN,    /* tr_commit_sign: fills the bytes of the two writes that follow */
    TR_EFFECT_PUBLISH  /* the new head is the head */
} tr_effect_kind;
typedef struct {
    tr_effect_kind kind;
    tr_file_id     file;
    uint64_t       offset;
    tr_str         bytes;
} tr_effect;

/* heads.log is synced with every 16th head: a power cut can take older heads off its end, never the
 * head itself, which stands in a slot. */
enum { TR_HEADS_SYNC = 16 };
enum { TR_COMMIT_EFFECTS = 32, TR_SLOT_BYTES = 4096, TR_CHECKPOINT_MAX = 4096 - 32 - 36 };
typedef struct {
    tr_effect effect[TR_COMMIT_EFFECTS];
    int       effects;
    tr_log    next;       /* where the log stands after PUBLISH */
    tr_str    checkpoint; /* the signed note, once signed */
    uint8_t   slot[TR_SLOT_BYTES];
    char      heads_line[4 + TR_CHECKPOINT_MAX];
} tr_commit;

/* Plan the commit of `count` >= 1 entries of 1..65,535 bytes after `log`.  The plan borrows
 * nothing but `keep`. */
bool tr_commit_plan(tr_arena *keep, const tr_log *log, const tr_str *entry, int count,
                    tr_commit *plan, tr_err *err);
/* Plan only steps 6 to 8 for a head that the lock store holds already (recovery). */
void tr_commit_plan_adopt(const tr_log *log, const tr_log *next, tr_commit *plan);
/* Step 4: does the tree on disk give the new root, and does it contain the old one? */
bool tr_commit_prove(const tr_commit *plan, const tr_log *log, const tr_levels *levels,
                     tr_err *err);
/* Step 6: sign the new head and verify the signature just made. */
bool tr_commit_sign(tr_arena *keep, tr_commit *plan, const tr_author *log_key, tr_err *err);

/* Adding leaves with all stored levels: `emit` gets each finished hash of each level. */
typedef void (*tr_level_emit)(void *context, int level, const tr_hash *hash);
void tr_log_add(tr_frontier *frontier, const tr_hash *leaf, tr_level_emit emit, void *context);

/* A stored head: "TRUCEHD1" || u64 seq || u64 size || u64 end || u32 length || checkpoint ||
 * zeros || SHA-256 of the first 4,064 bytes. */
typedef struct {
    uint64_t seq, size, end;
    tr_str   checkpoint; /* borrows the bytes */
} tr_slot;
void tr_slot_write(const tr_slot *slot, uint8_t bytes[TR_SLOT_BYTES]);
bool tr_slot_read(tr_str bytes, tr_slot *slot); /* false: torn, or never written */
bool tr_slot_blank(tr_str bytes);               /* never written: all zero, or no bytes */
/* The valid slot with the larger seq of the two; false when there is none. */
bool tr_slot_newest(tr_str a, tr_str b, tr_slot *slot);

/* The lock store: two records in turn, "TRUCELK1" || u64 seq || u64 size || root || SHA-256(origin)
 * || SHA-256 of all before; at offsets 0 and 512. */
enum { TR_LOCK_BYTES = 8 + 8 + 8 + 32 + 32 + 32, TR_LOCK_STEP = 512 };
typedef struct {
    uint64_t seq;
    tr_head  head;
} tr_lock;
void tr_lock_write(const tr_lock *lock, tr_str origin, uint8_t bytes[TR_LOCK_BYTES]);
bool tr_lock_read(tr_str file, tr_str origin, tr_lock *lock); /* the newest valid record */

/* What to do at a start, from what stands on disk. */
typedef enum {
    TR_RECOVER_AS_IS, /* head, entries and lock store agree */
    TR_RECOVER_CUT,   /* the same, with bytes beyond the head that were never receipted */
    TR_RECOVER_ADOPT, /* the lock store is one batch ahead and the entries are there: sign it */
    TR_RECOVER_REFUSE_ROOT,
    TR_RECOVER_REFUSE_LOCK
} tr_recovery;
typedef struct {
    tr_head  head;      /* of the newest valid slot */
    tr_hash  root;      /* recomputed from entries.dat at head.size */
    uint64_t end;       /* of the slot */
    uint64_t file_end;  /* bytes of entries.dat */
    tr_head  lock;      /* of the lock store */
    bool     tail_whole; /* do entries.dat's entries reach lock.size ... */
    tr_hash  tail_root; /* ... and with which root */
} tr_recovery_facts;
tr_recovery tr_recovery_decide(const tr_recovery_facts *facts);

#endif
