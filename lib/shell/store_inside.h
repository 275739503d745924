/* store_inside.h -- what the three files of the store share; nobody else includes it.
 *
 * store.c reads and commits, store_open.c makes, opens and recovers, store_verify.c
 * checks everything.
 */
#ifndef TR_STORE_INSIDE_H
#define TR_STORE_INSIDE_H

#include "record/commit.h"
#include "shell/files.h"
#include "shell/store.h"

/* Address space, not memory: what one record can grow to. */
#define TR_STORE_ENTRIES_MAX (UINT64_C(1) << 30)
#define TR_STORE_BYTES_MAX   (UINT64_C(1) << 38)
#define TR_STORE_SCRATCH     ((ptrdiff_t)1 << 34)

typedef struct tr_blob_map tr_blob_map;
struct tr_blob_map {
    tr_blob_map *next;
    tr_hash      hash;
    const char  *at;
    ptrdiff_t    len;
};
typedef struct {
    tr_blob_map *first;
} tr_blob_maps;

struct tr_store {
    char          record[TR_IO_PATH]; /* DIR/record */
    tr_io_file    lock;               /* the folder, locked; fd -1 when reading */
    tr_io_file    file[TR_FILES];
    const char   *map[TR_FILE_HEAD_A]; /* entries.dat, entries.idx, tree.L */
    tr_store_mode mode;
    tr_author     log_key;
    tr_log        log;      /* of a reader the frontier is what it has checked, up to `walked` */
    uint64_t      walked;   /* offset in entries.dat behind the frontier of a reader */
    uint32_t      made;     /* derived files that were missing and are made by this opening */
    uint64_t      readable; /* entries whose derived files are written */
    tr_str        origin;
    char          checkpoint[TR_CHECKPOINT_MAX];
    ptrdiff_t     checkpoint_len;
    tr_arena      scratch;
    tr_blob_maps *blobs;
    bool          unsynced; /* blobs were written since the last commit */
    bool          stopped;
    tr_err        why; /* of the fault that stopped it */
};

uint64_t tr_store_room(tr_file_id file); /* bytes of address space of a mapped file */
bool     tr_store_level(const void *store, int level, uint64_t index, tr_hash *hash);
bool     tr_store_run(tr_store *store, tr_commit *plan, tr_arena *scratch, tr_err *err);
bool     tr_store_files_open(tr_store *store, const char *dir, tr_io_mode mode, tr_err *err);
/* Both head slots, TR_SLOT_BYTES each (shorter when the file is). */
bool tr_store_slots_read(const tr_store *store, tr_arena *keep, tr_str slot[2], tr_err *err);
/* The signed head in a slot, as three lines; the size must be the slot's. */
bool tr_store_head_read(const tr_slot *slot, tr_note *note, tr_checkpoint *point, tr_err *err);
/* Is a checkpoint signed by a log key that entry 0 lists? */
bool tr_store_entry_zero_signs(tr_arena scratch, tr_str entry_zero, const tr_note *checkpoint,
                               tr_str origin, tr_err *err);

/* blobs/aa/bb/<sha256>; `folder` receives the path without the last part. */
bool tr_store_blob_path(const tr_store *store, const tr_hash *hash, char folder[TR_IO_PATH],
                        char path[TR_IO_PATH], tr_err *err);
void tr_store_blobs_drop(tr_blob_maps *blobs);
/* One record of heads.log at `at`: its length with the four bytes, 0 when it is not whole. */
uint64_t tr_heads_record(tr_str log, uint64_t at, tr_str *checkpoint);

static inline uint64_t tr_be64(const char *at)
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | (uint8_t)at[i];
    return value;
}

/* Length of the framed entry at `at`, u16 big endian. */
static inline ptrdiff_t tr_be16(const char *at)
{
    return (ptrdiff_t)((uint8_t)at[0] << 8 | (uint8_t)at[1]);
}

#endif
