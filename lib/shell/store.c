/* store.c -- reading a record and committing to it; see store.h and record/commit.h.
 *
 * The flat files are mapped over more address space than they have bytes, so
 * that they grow without moving; every read is bounded by the published head,
 * whose files were measured when it was taken over.
 */
#include "shell/store.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "shell/memory.h"
#include "shell/store_inside.h"

uint64_t tr_store_room(tr_file_id file)
{
    if (file == TR_FILE_ENTRIES)
        return TR_STORE_BYTES_MAX;
    if (file == TR_FILE_INDEX)
        return TR_STORE_ENTRIES_MAX * 8;
    uint64_t hashes = TR_STORE_ENTRIES_MAX >> (8 * (file - TR_FILE_TREE));
    return (hashes > 128 ? hashes : 128) * 32;
}

bool tr_store_level(const void *context, int level, uint64_t index, tr_hash *hash)
{
    const tr_store *store = context;
    if (level < 0 || level >= TR_TREE_LEVELS || index >= tr_level_count(store->readable, level))
        return false;
    memcpy(hash->at, store->map[TR_FILE_TREE + level] + 32 * index, 32);
    return true;
}

static tr_levels levels_of(const tr_store *store)
{
    return (tr_levels){tr_store_level, store};
}

tr_str tr_store_origin(const tr_store *store)
{
    return store->origin;
}

tr_head tr_store_head(const tr_store *store)
{
    return store->log.head;
}

tr_str tr_store_checkpoint(const tr_store *store)
{
    return (tr_str){store->checkpoint, store->checkpoint_len};
}

/* Where entry i begins; the end of the data for i = size. */
static uint64_t offset_of(const tr_store *store, uint64_t index)
{
    return index == store->log.head.size ? store->log.end
                                         : tr_be64(store->map[TR_FILE_INDEX] + 8 * index);
}

/* The bytes of entries begin .. end - 1 with their lengths; false when the index is not sound. */
static bool entries_between(const tr_store *store, uint64_t begin, uint64_t end, tr_str *bytes)
{
    if (begin >= end || end > store->log.head.size)
        return false;
    uint64_t from = offset_of(store, begin), to = offset_of(store, end);
    if (from >= to || to > store->log.end || to - from < 3)
        return false;
    *bytes = (tr_str){store->map[TR_FILE_ENTRIES] + from, (ptrdiff_t)(to - from)};
    return true;
}

bool tr_store_entry(const tr_store *store, uint64_t index, tr_str *raw)
{
    tr_str framed;
    if (index >= store->log.head.size || !entries_between(store, index, index + 1, &framed) ||
        tr_be16(framed.at) != framed.len - 2)
        return false;
    *raw = tr_str_from(framed, 2);
    return true;
}

bool tr_store_root_at(const tr_store *store, uint64_t size, tr_hash *root)
{
    tr_levels levels = levels_of(store);
    if (size == 0)
        return *root = tr_merkle_empty(), true;
    return size <= store->log.head.size && tr_range_root(size, tr_levels_node, &levels, root);
}

bool tr_store_inclusion(const tr_store *store, uint64_t index, uint64_t size, tr_proof *proof)
{
    tr_levels levels = levels_of(store);
    return index < size && size <= store->log.head.size &&
           tr_inclusion_make(index, size, tr_levels_node, &levels, proof);
}

bool tr_store_consistency(const tr_store *store, uint64_t old, uint64_t size, tr_proof *proof)
{
    tr_levels levels = levels_of(store);
    return old > 0 && old <= size && size <= store->log.head.size &&
           tr_consistency_make(old, size, tr_levels_node, &levels, proof);
}

bool tr_store_tile(const tr_store *store, tr_arena *keep, tr_str path, tr_str *bytes)
{
    tr_tile tile;
    (void)keep; /* tiles are parts of the mapped files */
    if (!tr_tile_read(path, &tile) || !tr_tile_inside(&tile, store->log.head.size))
        return false;
    uint64_t first = tile.index * TR_TILE_WIDTH;
    if (tile.level == TR_TILE_ENTRIES)
        return entries_between(store, first, first + (uint64_t)tile.width, bytes);
    *bytes = (tr_str){store->map[TR_FILE_TREE + tile.level] + 32 * first, 32 * tile.width};
    return true;
}

bool tr_store_blob_path(const tr_store *store, const tr_hash *hash, char folder[TR_IO_PATH],
                        char path[TR_IO_PATH], tr_err *err)
{
    char hex[65], part[16];
    tr_hash_hex(hash, hex);
    memcpy(part, "blobs/", 6);
    memcpy(part + 6, (char[]){hex[0], hex[1], '/', hex[2], hex[3], '\0'}, 6);
    return tr_io_join(folder, store->record, part, err) && tr_io_join(path, folder, hex, err);
}

static bool blob_map(const tr_store *store, const char *path, const tr_hash *hash, tr_str *bytes)
{
    tr_io_file  file;
    tr_err      quiet = {0};
    uint64_t    size = 0;
    const char *at = NULL;
    if (!tr_io_open(&file, path, TR_IO_READ, &quiet))
        return false;
    bool ok =
        tr_io_size(&file, &size, &quiet) && (size == 0 || tr_io_map(&file, size, &at, &quiet));
    tr_hash got = tr_sha256((tr_str){at, (ptrdiff_t)size});
    tr_io_close(&file);
    if (!ok || !tr_hash_eq(&got, hash)) {
        tr_io_unmap(at, size);
        return false;
    }
    tr_blob_map *map = calloc(1, sizeof *map);
    if (!map)
        abort(); /* 56 bytes could not be had */
    *map = (tr_blob_map){store->blobs->first, *hash, at, (ptrdiff_t)size};
    store->blobs->first = map;
    *bytes = (tr_str){at ? at : "", map->len};
    return true;
}

bool tr_store_blob(const tr_store *store, const tr_hash *hash, tr_str *bytes)
{
    char   folder[TR_IO_PATH], path[TR_IO_PATH];
    tr_err quiet = {0};
    for (tr_blob_map *map = store->blobs->first; map; map = map->next)
        if (tr_hash_eq(&map->hash, hash))
            return *bytes = (tr_str){map->at ? map->at : "", map->len}, true;
    return tr_store_blob_path(store, hash, folder, path, &quiet) &&
           blob_map(store, path, hash, bytes);
}

/* blobs/aa and blobs/aa/bb. */
static bool blob_folders(const char *folder, tr_err *err)
{
    char upper[TR_IO_PATH];
    if (tr_io_there(folder))
        return true;
    memcpy(upper, folder, strlen(folder) + 1);
    upper[strlen(folder) - 3] = '\0';
    return tr_io_make_folder(upper, err) && tr_io_make_folder(folder, err);
}

bool tr_store_blob_put(tr_store *store, tr_str bytes, tr_hash *hash, tr_err *err)
{
    char       folder[TR_IO_PATH], path[TR_IO_PATH], part[TR_IO_PATH];
    tr_hash    made = tr_sha256(bytes);
    tr_io_file file;
    tr_str     there;
    if (tr_store_blob(store, &made, &there))
        return *hash = made, true;
    if (store->mode != TR_STORE_WRITE)
        return tr_fail(err, TR_E_READ_ONLY, "Open the record for writing.",
                       "this record is open for reading only");
    if (!tr_store_blob_path(store, &made, folder, path, err) || !blob_folders(folder, err) ||
        !tr_io_join(part, folder, "new", err) || !tr_io_open(&file, part, TR_IO_MAKE, err))
        return false;
    bool ok = tr_io_cut(&file, 0, err) && tr_io_write(&file, 0, bytes, err);
    tr_io_close(&file);
    if (!ok || !tr_io_rename(part, path, err))
        return false;
    store->unsynced = true; /* one flush for all of them, before an entry names any */
    *hash = made;
    return true;
}

/* Step 3 of a commit: what the medium holds must be what was meant. */
static bool run_compare(tr_store *store, const tr_effect *effect, tr_arena scratch, tr_err *err)
{
    char *back = TR_NEW(&scratch, char, effect->bytes.len);
    if (!tr_io_read_back(&store->file[effect->file], effect->offset, back, effect->bytes.len, err))
        return false;
    if (memcmp(back, effect->bytes.at, (size_t)effect->bytes.len) == 0)
        return true;
    return tr_fail(err, TR_E_RECORD_BYTES, "Nothing was signed.  Check memory and disk.",
                   "%s reads back other bytes than were written from %llu on",
                   store->file[effect->file].path, (unsigned long long)effect->offset);
}

/* Step 5: the register outside the record's folder, compared and then set. */
static bool run_lock(tr_store *store, const tr_commit *plan, tr_arena scratch, tr_err *err)
{
    const tr_io_file *file = &store->file[TR_FILE_LOCK];
    uint64_t          size;
    tr_lock           lock;
    uint8_t           record[TR_LOCK_BYTES];
    if (!tr_io_size(file, &size, err))
        return false;
    size = size > 2 * TR_LOCK_STEP ? 2 * TR_LOCK_STEP : size;
    char *bytes = TR_NEW(&scratch, char, (ptrdiff_t)size);
    if (!tr_io_read(file, 0, bytes, (ptrdiff_t)size, err))
        return false;
    if (!tr_lock_read((tr_str){bytes, (ptrdiff_t)size}, store->origin, &lock) ||
        lock.seq != store->log.lock_seq || lock.head.size != store->log.head.size ||
        !tr_hash_eq(&lock.head.root, &store->log.head.root))
        return tr_fail(err, TR_E_LOCK_AHEAD,
                       "Another copy of this record may be in use.  Do not sign; compare both.",
                       "%s does not show the head of %llu entries", file->path,
                       (unsigned long long)store->log.head.size);
    tr_lock next = {plan->next.lock_seq, plan->next.head};
    tr_lock_write(&next, store->origin, record);
    return tr_io_write(file, next.seq % 2 * TR_LOCK_STEP,
                       (tr_str){(const char *)record, sizeof record}, err) &&
           tr_io_sync(file, err);
}

static void publish(tr_store *store, const tr_commit *plan)
{
    store->log = plan->next;
    store->checkpoint_len = plan->checkpoint.len;
    memcpy(store->checkpoint, plan->checkpoint.at, (size_t)plan->checkpoint.len);
}

static bool run_effect(tr_store *store, tr_commit *plan, const tr_effect *effect, tr_arena *scratch,
                       tr_err *err)
{
    const tr_io_file *file = &store->file[effect->file];
    tr_levels         levels = levels_of(store);
    switch (effect->kind) {
    case TR_EFFECT_WRITE:
        return tr_io_write(file, effect->offset, effect->bytes, err);
    case TR_EFFECT_SYNC:
        return tr_io_sync(file, err);
    case TR_EFFECT_COMPARE:
        return run_compare(store, effect, *scratch, err);
    case TR_EFFECT_PROVE:
        store->readable = plan->next.head.size;
        return tr_io_step("prove", err) && tr_commit_prove(plan, &store->log, &levels, err);
    case TR_EFFECT_LOCK:
        return tr_io_step("lock", err) && run_lock(store, plan, *scratch, err);
    case TR_EFFECT_SIGN:
        return tr_io_step("sign", err) && tr_commit_sign(scratch, plan, &store->log_key, err);
    case TR_EFFECT_PUBLISH:
        if (!tr_io_step("publish", err))
            return false;
        publish(store, plan);
        return true;
    }
    assert(!"an effect that the list does not have");
    return false;
}

bool tr_store_run(tr_store *store, tr_commit *plan, tr_arena *scratch, tr_err *err)
{
    for (int i = 0; i < plan->effects; i++) {
        if (run_effect(store, plan, &plan->effect[i], scratch, err))
            continue;
        store->stopped = true;
        store->why = *err;
        store->readable = store->log.head.size;
        return false;
    }
    return true;
}

static bool room_left(const tr_store *store, const tr_str *entry, int count, tr_err *err)
{
    uint64_t bytes = store->log.end;
    for (int i = 0; i < count; i++)
        bytes += 2 + (uint64_t)entry[i].len;
    if (bytes <= TR_STORE_BYTES_MAX &&
        store->log.head.size + (uint64_t)count <= TR_STORE_ENTRIES_MAX)
        return true;
    return tr_fail(err, TR_E_LIMIT, "Close this record with shard.close and open its successor.",
                   "a record of %llu entries and %llu bytes",
                   (unsigned long long)store->log.head.size + (unsigned long long)count,
                   (unsigned long long)bytes);
}

bool tr_store_append(tr_store *store, const tr_str *entry, int count, tr_err *err)
{
    if (count == 0)
        return true; /* an unchanged tree is not signed again */
    if (store->mode != TR_STORE_WRITE)
        return tr_fail(err, TR_E_READ_ONLY, "Open the record for writing.",
                       "this record is open for reading only");
    if (store->stopped)
        return tr_fail(err, TR_E_STOPPED,
                       "What has a receipt is safe.  Remove the cause, then open the record again.",
                       "signing stopped: %s", store->why.text);
    if (store->unsynced && !tr_io_sync_all(store->record, err))
        return false;
    store->unsynced = false;
    tr_arena   scratch = store->scratch;
    tr_commit *plan = TR_NEW(&scratch, tr_commit, 1);
    return (count < 0 || count > TR_COMMIT_MAX || room_left(store, entry, count, err)) &&
           tr_commit_plan(&scratch, &store->log, entry, count, plan, err) &&
           tr_store_run(store, plan, &scratch, err);
}

void tr_store_blobs_drop(tr_blob_maps *blobs)
{
    for (tr_blob_map *map = blobs ? blobs->first : NULL, *next; map; map = next) {
        next = map->next;
        tr_io_unmap(map->at, (uint64_t)map->len);
        free(map);
    }
    if (blobs)
        blobs->first = NULL;
}

void tr_store_close(tr_store *store)
{
    if (!store)
        return;
    tr_err quiet = {0};
    if (store->mode == TR_STORE_WRITE && store->file[TR_FILE_HEADS].fd >= 0 && !store->stopped)
        tr_io_sync(&store->file[TR_FILE_HEADS], &quiet);
    tr_store_blobs_drop(store->blobs);
    for (int i = 0; i < TR_FILE_HEAD_A; i++) {
        tr_io_unmap(store->map[i], tr_store_room((tr_file_id)i));
        store->map[i] = NULL;
    }
    for (int i = 0; i < TR_FILES; i++)
        tr_io_close(&store->file[i]);
    tr_io_close(&store->lock);
    if (store->scratch.beg)
        munmap(store->scratch.beg, (size_t)TR_STORE_SCRATCH);
    store->scratch = (tr_arena){0};
}
