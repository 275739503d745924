/* store_open.c -- making, opening and recovering a record; see store.h.
 *
 * Recovery trusts two things only: a head whose slot hash and signature hold, and
 * entries.dat as far as it gives that head's root.  All else is rebuilt from
 * them, or the start is refused; an older head is never taken instead.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "record/keyring.h"
#include "shell/memory.h"
#include "shell/store_inside.h"

static const char *const folders[] = {"blobs", "held", "forks"};
enum { FOLDERS = sizeof folders / sizeof folders[0] };

static const char rebuild_hint[] =
    "Open the record for writing once (truce tick DIR): that rebuilds what derives from the "
    "entries, or names the damage.";

static bool is_derived(int file)
{
    return file == TR_FILE_INDEX || (file >= TR_FILE_TREE && file < TR_FILE_HEAD_A);
}

/* A derived file that is not there is made by a writer and named by a reader. */
static bool open_derived(tr_store *store, int i, const char *path, tr_io_mode mode, tr_err *err)
{
    bool there = tr_io_there(path);
    if (!there && mode == TR_IO_READ && tr_io_there(store->record))
        return tr_fail(err, TR_E_RECORD_BYTES, rebuild_hint, "%s is missing", path);
    if (!tr_io_open(&store->file[i], path, mode == TR_IO_EDIT ? TR_IO_MAKE : mode, err))
        return false;
    if (!there && mode == TR_IO_EDIT)
        store->made |= UINT32_C(1) << i;
    return true;
}

bool tr_store_files_open(tr_store *store, const char *dir, tr_io_mode mode, tr_err *err)
{
    char path[TR_IO_PATH];
    if (!tr_io_join(store->record, dir, "record", err))
        return false;
    for (int i = 0; i < TR_FILES; i++) {
        const char *folder = i == TR_FILE_LOCK ? dir : store->record;
        if (i == TR_FILE_LOCK && mode == TR_IO_READ)
            continue; /* readers do not need it */
        if (!tr_io_join(path, folder, tr_file_name((tr_file_id)i), err) ||
            !(is_derived(i) ? open_derived(store, i, path, mode, err)
                            : tr_io_open(&store->file[i], path, mode, err)))
            return false;
    }
    for (int i = 0; i < TR_FILE_HEAD_A; i++)
        if (!tr_io_map(&store->file[i], tr_store_room((tr_file_id)i), &store->map[i], err))
            return false;
    return true;
}

static tr_store *new_store(tr_arena *keep, tr_store_mode mode, const tr_author *log_key)
{
    tr_store *store = TR_NEW(keep, tr_store, 1);
    store->mode = mode;
    store->lock.fd = -1;
    for (int i = 0; i < TR_FILES; i++)
        store->file[i].fd = -1;
    if (log_key)
        store->log_key = *log_key;
    store->blobs = TR_NEW(keep, tr_blob_maps, 1);
    store->scratch = tr_memory_reserve(TR_STORE_SCRATCH);
    return store;
}

bool tr_store_slots_read(const tr_store *store, tr_arena *keep, tr_str slot[2], tr_err *err)
{
    for (int i = 0; i < 2; i++) {
        const tr_io_file *file = &store->file[TR_FILE_HEAD_A + i];
        uint64_t          size;
        if (!tr_io_size(file, &size, err))
            return false;
        size = size > TR_SLOT_BYTES ? TR_SLOT_BYTES : size;
        char *bytes = TR_NEW(keep, char, (ptrdiff_t)size);
        if (!tr_io_read(file, 0, bytes, (ptrdiff_t)size, err))
            return false;
        slot[i] = (tr_str){bytes, (ptrdiff_t)size};
    }
    return true;
}

bool tr_store_head_read(const tr_slot *slot, tr_note *note, tr_checkpoint *point, tr_err *err)
{
    if (!tr_note_read(slot->checkpoint, note, err) || !tr_checkpoint_read(note->text, point, err))
        return false;
    return point->size == slot->size ||
           tr_fail(err, TR_E_HEAD_SLOT, "Copy the record back from a mirror.",
                   "the stored head says %llu entries, its checkpoint %llu",
                   (unsigned long long)slot->size, (unsigned long long)point->size);
}

bool tr_store_entry_zero_signs(tr_arena scratch, tr_str entry_zero, const tr_note *checkpoint,
                               tr_str origin, tr_err *err)
{
    tr_entry *entry = TR_NEW(&scratch, tr_entry, 1);
    if (!tr_entry_read(&scratch, entry_zero, origin, entry, err))
        return false;
    const tr_json *list = tr_json_get(entry->body, "log");
    tr_vkey       *known = TR_NEW(&scratch, tr_vkey, (list ? list->count : 0) + 1);
    int            keys = 0, good, unknown;
    for (const tr_json *item = list ? list->first : NULL; item; item = item->next)
        if (!tr_vkey_read(item->text, &known[keys++], err))
            return false;
    return tr_note_open(checkpoint, known, keys, &good, &unknown, err);
}

static void set_head(tr_store *store, const tr_slot *slot, const tr_checkpoint *point)
{
    store->log.head = (tr_head){point->size, point->root};
    store->log.end = slot->end;
    store->log.seq = slot->seq;
    memcpy(store->checkpoint, slot->checkpoint.at, (size_t)slot->checkpoint.len);
    store->checkpoint_len = slot->checkpoint.len;
}

/* The newest stored head, with its signature by `log_key` when there is one. */
static bool take_head(tr_store *store, tr_arena *keep, tr_str slot[2], tr_slot *newest, tr_err *err)
{
    tr_note      *note = TR_NEW(keep, tr_note, 1);
    tr_checkpoint point;
    tr_vkey       vkey;
    int           good, unknown;
    if (!tr_store_slots_read(store, keep, slot, err))
        return false;
    if (!tr_slot_newest(slot[0], slot[1], newest))
        return tr_fail(err, TR_E_HEAD_SLOT,
                       "If making it was interrupted, remove the folder and make it again; else "
                       "copy head.a and head.b back from a mirror.",
                       "%s has no valid head", store->record);
    if (!tr_store_head_read(newest, note, &point, err))
        return false;
    tr_vkey_make(&vkey, store->log_key.name, TR_KEY_ED25519, &store->log_key.pub);
    if (store->mode == TR_STORE_WRITE && !tr_note_open(note, &vkey, 1, &good, &unknown, err))
        return false;
    if (store->mode == TR_STORE_WRITE && !tr_str_eq(point.origin, store->log_key.origin))
        return tr_fail(err, TR_E_ORIGIN, "Open the record with its own log key.",
                       "the record is of %.*s", TR_FMT(point.origin));
    store->origin = tr_str_keep(keep, point.origin);
    set_head(store, newest, &point);
    return true;
}

/* entries.dat walked from the front, with everything that derives from it. */
typedef struct {
    tr_frontier frontier;
    uint64_t    end;
    tr_out      level[TR_TREE_LEVELS];
    tr_out      index;
} walked;

static void walk_emit(void *context, int level, const tr_hash *hash)
{
    walked *walk = context;
    tr_put_bytes(&walk->level[level], hash->at, 32);
}

/* Walk on to `size` entries, within `limit` bytes; false when framing or bytes run out. */
static bool walk_to(walked *walk, const char *entries, uint64_t limit, uint64_t size)
{
    while (walk->frontier.size < size) {
        const char *at = entries + walk->end;
        if (limit - walk->end < 3 || tr_be16(at) == 0 ||
            (uint64_t)tr_be16(at) > limit - walk->end - 2)
            return false;
        uint8_t be[8];
        for (int i = 0; i < 8; i++)
            be[i] = (uint8_t)(walk->end >> (56 - 8 * i));
        tr_put_bytes(&walk->index, be, 8);
        tr_hash leaf = tr_merkle_leaf((tr_str){at + 2, tr_be16(at)});
        tr_log_add(&walk->frontier, &leaf, walk_emit, walk);
        walk->end += 2 + (uint64_t)tr_be16(at);
    }
    return true;
}

/* Make a derived file be exactly `bytes`; writes only what differs. */
static bool put_derived(const tr_store *store, tr_file_id id, tr_str bytes, tr_err *err)
{
    const tr_io_file *file = &store->file[id];
    uint64_t          size;
    if (!tr_io_size(file, &size, err))
        return false;
    bool same = size >= (uint64_t)bytes.len &&
                (bytes.len == 0 || memcmp(store->map[id], bytes.at, (size_t)bytes.len) == 0);
    return (same || tr_io_write(file, 0, bytes, err)) &&
           (size <= (uint64_t)bytes.len || tr_io_cut(file, (uint64_t)bytes.len, err));
}

static bool put_all_derived(tr_store *store, const walked *walk, tr_err *err)
{
    for (int i = 0; i < TR_TREE_LEVELS; i++)
        if (!put_derived(store, (tr_file_id)(TR_FILE_TREE + i), tr_out_text(&walk->level[i]), err))
            return false;
    if (!put_derived(store, TR_FILE_INDEX, tr_out_text(&walk->index), err))
        return false;
    store->readable = walk->frontier.size;
    return true;
}

static bool read_lock(tr_store *store, tr_lock *lock, tr_err *err)
{
    const tr_io_file *file = &store->file[TR_FILE_LOCK];
    char              bytes[2 * TR_LOCK_STEP];
    uint64_t          size;
    if (!tr_io_size(file, &size, err))
        return false;
    size = size > sizeof bytes ? sizeof bytes : size;
    if (!tr_io_read(file, 0, bytes, (ptrdiff_t)size, err))
        return false;
    return tr_lock_read((tr_str){bytes, (ptrdiff_t)size}, store->origin, lock) ||
           tr_fail(err, TR_E_LOCK_AHEAD, "Copy it back, or compare with a mirror before signing.",
                   "%s has no valid record of this log", file->path);
}

uint64_t tr_heads_record(tr_str log, uint64_t at, tr_str *checkpoint)
{
    uint64_t left = (uint64_t)log.len - at, len = 0;
    if (left < 5)
        return 0;
    for (int i = 0; i < 4; i++)
        len = len << 8 | (uint8_t)log.at[at + (uint64_t)i];
    if (len == 0 || len > TR_CHECKPOINT_MAX || len > left - 4)
        return 0;
    *checkpoint = tr_str_cut(log, (ptrdiff_t)at + 4, (ptrdiff_t)(at + 4 + len));
    return 4 + len;
}

static bool heads_fail(const tr_store *store, const char *fact, tr_err *err)
{
    return tr_fail(err, TR_E_HEAD_SLOT,
                   "An older copy of the head, or a damaged heads.log: compare with a mirror "
                   "before signing.",
                   "%s/heads.log %s", store->record, fact);
}

/* Whole records of heads.log with ascending sizes, at most the head's; `end` behind the last. */
static bool heads_walk(const tr_store *store, tr_arena scratch, tr_str log, uint64_t *end,
                       uint64_t *last, tr_err *err)
{
    tr_note      *note = TR_NEW(&scratch, tr_note, 1);
    tr_checkpoint point;
    tr_str        checkpoint;
    *end = *last = 0;
    for (uint64_t step; (step = tr_heads_record(log, *end, &checkpoint)) > 0; *end += step) {
        tr_err quiet = {0};
        if (!tr_note_read(checkpoint, note, &quiet) ||
            !tr_checkpoint_read(note->text, &point, &quiet) || point.size <= *last)
            break;
        if (point.size > store->log.head.size)
            return heads_fail(store, "holds a larger head than the slots", err);
        *last = point.size;
    }
    return true;
}

/* heads.log must end in the head; what a fall tore off or garbled at its end, at most the heads
 * since its last sync, is cut and the head written again.  Damage further up is no fall. */
static bool mend_heads(tr_store *store, tr_arena scratch, tr_err *err)
{
    const tr_io_file *file = &store->file[TR_FILE_HEADS];
    uint64_t          size, end, last;
    tr_str            head = tr_store_checkpoint(store);
    if (!tr_io_size(file, &size, err))
        return false;
    char *bytes = TR_NEW(&scratch, char, (ptrdiff_t)size);
    if (!tr_io_read(file, 0, bytes, (ptrdiff_t)size, err) ||
        !heads_walk(store, scratch, (tr_str){bytes, (ptrdiff_t)size}, &end, &last, err))
        return false;
    if (size - end > (TR_HEADS_SYNC + 1) * (4 + (uint64_t)head.len))
        return heads_fail(store, "is damaged before its last records", err);
    store->log.heads_end = end;
    if (end == size && last == store->log.head.size)
        return true;
    tr_out line = tr_out_new(&scratch);
    for (int i = 3; i >= 0; i--)
        tr_put_char(&line, (char)((uint64_t)head.len >> (8 * i)));
    tr_put_str(&line, head);
    if (last == store->log.head.size)
        return tr_io_cut(file, end, err);
    store->log.heads_end = end + 4 + (uint64_t)head.len;
    return tr_io_cut(file, end, err) && tr_io_write(file, end, tr_out_text(&line), err);
}

/* A slot torn by a crash gets the head again, so that damage found later is damage. */
static bool mend_slot(tr_store *store, const tr_str slot[2], tr_err *err)
{
    tr_slot other;
    uint8_t bytes[TR_SLOT_BYTES];
    tr_str  older = slot[(store->log.seq + 1) % 2];
    if (tr_slot_read(older, &other) ||
        (older.len == TR_SLOT_BYTES && store->log.seq == 1 && tr_slot_blank(older)))
        return true;
    tr_slot again = {store->log.seq + 1, store->log.head.size, store->log.end,
                     tr_store_checkpoint(store)};
    tr_slot_write(&again, bytes);
    const tr_io_file *file = &store->file[TR_FILE_HEAD_A + again.seq % 2];
    if (!tr_io_write(file, 0, (tr_str){(const char *)bytes, sizeof bytes}, err) ||
        !tr_io_sync(file, err))
        return false;
    store->log.seq++;
    return true;
}

static bool refuse_root(const tr_store *store, tr_err *err)
{
    return tr_fail(err, TR_E_RECORD_ROOT,
                   "Restore the record from a mirror; do not fall back to an older head.",
                   "%s/entries.dat does not give the root of the signed head of %llu entries",
                   store->record, (unsigned long long)store->log.head.size);
}

static bool refuse_lock(const tr_store *store, const tr_lock *lock, tr_err *err)
{
    return tr_fail(err, TR_E_LOCK_AHEAD,
                   "A restored copy or a second instance could fork the record: find the newest "
                   "copy, or restore from a mirror.",
                   "%s shows %llu entries, the record %llu", store->file[TR_FILE_LOCK].path,
                   (unsigned long long)lock->head.size, (unsigned long long)store->log.head.size);
}

/* Sign the head that the lock store took before the fall (steps 6 to 8). */
static bool adopt(tr_store *store, const walked *walk, const tr_lock *lock, tr_arena scratch,
                  tr_err *err)
{
    tr_commit *plan = TR_NEW(&scratch, tr_commit, 1);
    tr_log     next = store->log;
    next.frontier = walk->frontier;
    next.head = lock->head;
    next.end = walk->end;
    tr_commit_plan_adopt(&store->log, &next, plan);
    return tr_store_run(store, plan, &scratch, err);
}

static bool recover(tr_store *store, const tr_str slot[2], tr_arena scratch, tr_err *err)
{
    walked           *walk = TR_NEW(&scratch, walked, 1);
    tr_lock           lock;
    tr_recovery_facts facts = {.head = store->log.head, .end = store->log.end};
    for (int i = 0; i < TR_TREE_LEVELS; i++)
        walk->level[i] = tr_out_new(&scratch);
    walk->index = tr_out_new(&scratch);
    if (!tr_io_size(&store->file[TR_FILE_ENTRIES], &facts.file_end, err) ||
        !read_lock(store, &lock, err))
        return false;
    if (facts.file_end < facts.end || facts.file_end > TR_STORE_BYTES_MAX ||
        !walk_to(walk, store->map[TR_FILE_ENTRIES], facts.end, facts.head.size) ||
        walk->end != facts.end)
        return refuse_root(store, err);
    facts.root = tr_frontier_root(&walk->frontier);
    facts.lock = lock.head;
    store->log.frontier = walk->frontier;
    store->log.lock_seq = lock.seq;
    if (lock.head.size > facts.head.size && lock.head.size - facts.head.size <= TR_COMMIT_MAX) {
        facts.tail_whole =
            walk_to(walk, store->map[TR_FILE_ENTRIES], facts.file_end, lock.head.size);
        facts.tail_root = tr_frontier_root(&walk->frontier);
    }
    tr_recovery what = tr_recovery_decide(&facts);
    if (what == TR_RECOVER_REFUSE_ROOT)
        return refuse_root(store, err);
    if (what == TR_RECOVER_REFUSE_LOCK)
        return refuse_lock(store, &lock, err);
    if (!mend_heads(store, scratch, err))
        return false;
    store->made = 0; /* from here on they hold what they should */
    if (!put_all_derived(store, walk, err))
        return false;
    if (facts.file_end > walk->end && !tr_io_cut(&store->file[TR_FILE_ENTRIES], walk->end, err))
        return false;
    return what == TR_RECOVER_ADOPT ? adopt(store, walk, &lock, scratch, err)
                                    : mend_slot(store, slot, err);
}

/* What a refused opening made is taken away again. */
static void unmake_derived(const tr_store *store)
{
    for (int i = 0; i < TR_FILE_HEAD_A; i++)
        if (store->made >> i & 1)
            unlink(store->file[i].path);
}

/* What a reader compares while it walks on from the head it has checked before. */
typedef struct {
    const tr_store *store;
    int             level; /* the lowest at which a stored hash differs, or -1 */
} levels_check;

static void check_level(void *context, int level, const tr_hash *hash)
{
    levels_check *check = context;
    uint64_t      index = tr_level_count(check->store->log.frontier.size + 1, level) - 1;
    const char   *stored = check->store->map[TR_FILE_TREE + level] + 32 * index;
    if (memcmp(stored, hash->at, 32) != 0 && (check->level < 0 || level < check->level))
        check->level = level;
}

/* The stored leaves must give every stored hash above them, and the signed root. */
static bool levels_fit(tr_store *store, tr_err *err)
{
    levels_check check = {store, -1};
    while (store->log.frontier.size < store->log.head.size) {
        tr_hash leaf;
        memcpy(leaf.at, store->map[TR_FILE_TREE] + 32 * store->log.frontier.size, 32);
        tr_log_add(&store->log.frontier, &leaf, check_level, &check);
    }
    tr_hash root = tr_frontier_root(&store->log.frontier);
    if (!tr_hash_eq(&root, &store->log.head.root))
        check.level = 0;
    return check.level < 0 || tr_fail(err, TR_E_RECORD_BYTES, rebuild_hint,
                                      "%s does not give the root of the signed head",
                                      store->file[TR_FILE_TREE + check.level].path);
}

/* The index must name the offsets at which the entries begin, one behind the other. */
static bool index_fits(tr_store *store, tr_err *err)
{
    uint64_t at = store->walked, wrong = UINT64_MAX;
    for (uint64_t i = store->log.frontier.size; i < store->log.head.size; i++) {
        const char *entry = store->map[TR_FILE_ENTRIES] + at;
        if (store->log.end - at < 3 || tr_be16(entry) == 0 ||
            (uint64_t)tr_be16(entry) > store->log.end - at - 2)
            return tr_fail(err, TR_E_RECORD_BYTES, rebuild_hint,
                           "%s has at entry %llu a length that does not fit",
                           store->file[TR_FILE_ENTRIES].path, (unsigned long long)i);
        if (tr_be64(store->map[TR_FILE_INDEX] + 8 * i) != at && wrong == UINT64_MAX)
            wrong = i;
        at += 2 + (uint64_t)tr_be16(entry);
    }
    store->walked = at;
    return wrong == UINT64_MAX ||
           tr_fail(err, TR_E_RECORD_BYTES, rebuild_hint,
                   "%s does not name the place where entry %llu begins",
                   store->file[TR_FILE_INDEX].path, (unsigned long long)wrong);
}

/* A reader takes a head over only when the derived files fit, as far as it has not seen them. */
static bool take_over(tr_store *store, tr_arena scratch, tr_err *err)
{
    uint64_t size = store->log.head.size, bytes;
    tr_str   zero;
    for (int i = TR_FILE_ENTRIES; i < TR_FILE_HEAD_A; i++) {
        uint64_t need = i == TR_FILE_ENTRIES ? store->log.end
                        : i == TR_FILE_INDEX ? size * 8
                                             : tr_level_count(size, i - TR_FILE_TREE) * 32;
        if (!tr_io_size(&store->file[i], &bytes, err))
            return false;
        if (bytes < need)
            return tr_fail(err, TR_E_RECORD_BYTES, rebuild_hint, "%s has %llu bytes of %llu",
                           store->file[i].path, (unsigned long long)bytes,
                           (unsigned long long)need);
    }
    store->readable = size;
    if (size >= store->log.frontier.size && (!index_fits(store, err) || !levels_fit(store, err)))
        return false;
    tr_note *note = TR_NEW(&scratch, tr_note, 1);
    return tr_note_read(tr_store_checkpoint(store), note, err) &&
           (tr_store_entry(store, 0, &zero) ||
            tr_fail(err, TR_E_RECORD_BYTES, rebuild_hint, "%s/entries.idx does not find entry 0",
                    store->record)) &&
           tr_store_entry_zero_signs(scratch, zero, note, store->origin, err);
}

bool tr_store_open(tr_arena *keep, const char *dir, tr_store_mode mode, const tr_author *log_key,
                   tr_store **out, tr_err *err)
{
    assert(mode == TR_STORE_READ || log_key);
    tr_store *store = new_store(keep, mode, log_key);
    tr_arena  scratch = store->scratch;
    tr_str    slot[2];
    tr_slot   newest;
    bool      ok =
        (mode == TR_STORE_READ || tr_io_lock_folder(&store->lock, dir, err)) &&
        tr_store_files_open(store, dir, mode == TR_STORE_READ ? TR_IO_READ : TR_IO_EDIT, err) &&
        take_head(store, keep, slot, &newest, err) &&
        (mode == TR_STORE_READ ? take_over(store, scratch, err)
                               : recover(store, slot, scratch, err));
    if (!ok) {
        unmake_derived(store);
        tr_store_close(store);
        return false;
    }
    if (mode == TR_STORE_WRITE) /* the pages that recovery touched */
        madvise(store->scratch.beg, (size_t)TR_STORE_SCRATCH, MADV_DONTNEED);
    *out = store;
    return true;
}

bool tr_store_origin_read(tr_arena *keep, const char *dir, tr_str *origin, tr_err *err)
{
    tr_store *store = new_store(keep, TR_STORE_READ, NULL);
    char      path[TR_IO_PATH];
    tr_str    slot[2];
    tr_slot   newest;
    bool      ok = tr_io_join(store->record, dir, "record", err);
    for (int i = TR_FILE_HEAD_A; i <= TR_FILE_HEAD_B; i++)
        ok = ok && tr_io_join(path, store->record, tr_file_name((tr_file_id)i), err) &&
             tr_io_open(&store->file[i], path, TR_IO_READ, err);
    ok = ok && take_head(store, keep, slot, &newest, err);
    *origin = store->origin;
    tr_store_close(store);
    return ok;
}

/* Is the newer head one that contains the older, with this store's origin? */
static bool follows(tr_store *store, const tr_log *before, tr_str origin, tr_err *err)
{
    tr_hash root;
    if (tr_str_eq(origin, store->origin) && store->log.head.size >= before->head.size &&
        tr_store_root_at(store, before->head.size, &root) && tr_hash_eq(&root, &before->head.root))
        return true;
    return tr_fail(err, TR_E_RECORD_ROOT,
                   "Keep both heads: two signed heads that do not fit show a forked record.",
                   "the head of %llu entries does not contain that of %llu seen before",
                   (unsigned long long)store->log.head.size, (unsigned long long)before->head.size);
}

bool tr_store_refresh(tr_store *store, bool *grew, tr_err *err)
{
    tr_arena      scratch = store->scratch;
    tr_log        before = store->log;
    uint64_t      walked_before = store->walked;
    tr_str        slot[2], shown = tr_str_keep(&scratch, tr_store_checkpoint(store));
    tr_slot       newest;
    tr_checkpoint point;
    tr_note      *note = TR_NEW(&scratch, tr_note, 1);
    *grew = false;
    if (store->mode == TR_STORE_WRITE)
        return true; /* the writer publishes by itself */
    if (!tr_store_slots_read(store, &scratch, slot, err))
        return false;
    if (!tr_slot_newest(slot[0], slot[1], &newest))
        return tr_fail(err, TR_E_HEAD_SLOT, "Copy head.a and head.b back from a mirror.",
                       "%s has no valid head any more", store->record);
    if (newest.seq == before.seq)
        return true;
    if (!tr_store_head_read(&newest, note, &point, err))
        return false;
    set_head(store, &newest, &point);
    if (!take_over(store, scratch, err) || !follows(store, &before, point.origin, err)) {
        store->log = before;
        store->walked = walked_before;
        store->readable = before.head.size;
        memcpy(store->checkpoint, shown.at, (size_t)shown.len);
        store->checkpoint_len = shown.len;
        return false;
    }
    *grew = store->log.head.size > before.head.size;
    return true;
}

/* Entry 0 must found a record of this log key. */
static bool entry_zero_ok(tr_arena scratch, const tr_author *log_key, tr_str raw, tr_err *err)
{
    tr_entry  *entry = TR_NEW(&scratch, tr_entry, 1);
    tr_keyring ring = {0};
    if (!tr_entry_read(&scratch, raw, log_key->origin, entry, err) ||
        !tr_keyring_genesis(&ring, &scratch, entry, err))
        return false;
    for (const tr_json *item = tr_json_get(entry->body, "log")->first; item; item = item->next) {
        tr_vkey vkey;
        if (tr_vkey_read(item->text, &vkey, err) && memcmp(vkey.pub.at, log_key->pub.at, 32) == 0 &&
            tr_str_eq(vkey.name, log_key->name))
            return true;
    }
    return tr_fail(err, TR_E_GENESIS,
                   "List the log's verifier key in entry 0, named as the origin.",
                   "entry 0 does not list the log key %.*s", TR_FMT(log_key->name));
}

static bool make_folders(tr_store *store, const char *dir, tr_err *err)
{
    char path[TR_IO_PATH];
    if (!tr_io_join(store->record, dir, "record", err) ||
        !tr_io_join(path, dir, tr_file_name(TR_FILE_LOCK), err))
        return false;
    if (tr_io_there(store->record) || tr_io_there(path))
        return tr_fail(err, TR_E_RECORD_EXISTS,
                       "Open it instead, or name another folder.  If making it was interrupted, "
                       "remove it first.",
                       "%s is there already", tr_io_there(store->record) ? store->record : path);
    if (!tr_io_make_folder(store->record, err))
        return false;
    for (int i = 0; i < FOLDERS; i++)
        if (!tr_io_join(path, store->record, folders[i], err) || !tr_io_make_folder(path, err))
            return false;
    return true;
}

/* Blank head slots and a lock store at size 0, all names durable. */
static bool make_files(tr_store *store, const char *dir, tr_err *err)
{
    static const char blank[TR_SLOT_BYTES];
    uint8_t           record[TR_LOCK_BYTES];
    char              above[TR_IO_PATH];
    tr_lock           lock = {0, {0, tr_merkle_empty()}};
    tr_lock_write(&lock, store->origin, record);
    for (int i = TR_FILE_HEAD_A; i <= TR_FILE_HEAD_B; i++)
        if (!tr_io_write(&store->file[i], 0, (tr_str){blank, sizeof blank}, err) ||
            !tr_io_sync(&store->file[i], err))
            return false;
    return tr_io_cut(&store->file[TR_FILE_LOCK], 0, err) &&
           tr_io_write(&store->file[TR_FILE_LOCK], 0, (tr_str){(const char *)record, sizeof record},
                       err) &&
           tr_io_sync(&store->file[TR_FILE_LOCK], err) && tr_io_sync_folder(store->record, err) &&
           tr_io_sync_folder(dir, err) && tr_io_join(above, dir, "..", err) &&
           tr_io_sync_folder(above, err);
}

/* Making failed before any head was stored: take away what was made. */
static void unmake(const tr_store *store)
{
    char   path[TR_IO_PATH];
    tr_err quiet = {0};
    for (int i = 0; i < TR_FILES; i++)
        if (store->file[i].path[0] != '\0')
            unlink(store->file[i].path);
    for (int i = 0; i < FOLDERS; i++)
        if (tr_io_join(path, store->record, folders[i], &quiet))
            rmdir(path);
    rmdir(store->record);
}

bool tr_store_create(tr_arena *keep, const char *dir, const tr_author *log_key, tr_str entry_zero,
                     tr_err *err)
{
    tr_store  *store = new_store(keep, TR_STORE_WRITE, log_key);
    tr_arena   scratch = store->scratch;
    tr_commit *plan = TR_NEW(&scratch, tr_commit, 1);
    store->origin = log_key->origin;
    store->log.head.root = tr_merkle_empty();
    bool ok = entry_zero_ok(scratch, log_key, entry_zero, err) && tr_io_make_folder(dir, err) &&
              tr_io_lock_folder(&store->lock, dir, err);
    bool made = ok && make_folders(store, dir, err);
    if (ok && !made && err->code != TR_E_RECORD_EXISTS)
        unmake(store);
    ok = made && tr_store_files_open(store, dir, TR_IO_MAKE, err) && make_files(store, dir, err) &&
         tr_commit_plan(&scratch, &store->log, &entry_zero, 1, plan, err) &&
         tr_store_run(store, plan, &scratch, err);
    if (made && !ok)
        unmake(store);
    tr_store_close(store);
    return ok;
}
