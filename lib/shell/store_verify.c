/* store_verify.c -- checking a whole record on disk, front to back, without its writer.
 *
 * One pass over entries.dat recomputes every leaf, every stored level and the
 * index, and judges each entry as `step` would meet it; then every head ever
 * signed is held against the tree.  The first failure is named with its file and
 * entry.  An invalid entry is counted and the pass goes on; damaged bytes end it.
 */
#include "record/keyring.h"
#include "shell/store_inside.h"

typedef struct {
    tr_store         *store;
    tr_verify_report *report;
    tr_err           *err;
    tr_arena          keep; /* of the keyring */
    tr_keyring        ring;
    tr_frontier       frontier;
    uint64_t          at; /* offset in entries.dat */
    tr_time           last_tick;
    bool              closed;  /* shard.close was met */
    tr_head           seen;    /* the head last asked for, with its root */
    int               differs; /* level at which a stored hash differs, or -1 */
    tr_str            newest;  /* checkpoint of the valid slot with the larger number */
} audit;

static const char bytes_hint[] =
    "Restore the file from a mirror, or open the record for writing to "
    "rebuild what derives from entries.dat (truce tick DIR).";

static bool damaged(audit *a, tr_file_id file, const char *fact)
{
    return tr_fail(a->err, TR_E_RECORD_BYTES, bytes_hint, "%s at entry %llu: %s",
                   tr_file_name(file), (unsigned long long)a->frontier.size, fact);
}

static void compare_level(void *context, int level, const tr_hash *hash)
{
    audit   *a = context;
    uint64_t index = tr_level_count(a->frontier.size + 1, level) - 1;
    if (a->differs < 0 &&
        memcmp(a->store->map[TR_FILE_TREE + level] + 32 * index, hash->at, 32) != 0)
        a->differs = level;
}

/* Do the stored leaf hashes alone give the signed root?  Then the entry is the altered one. */
static bool leaves_are_right(const audit *a)
{
    tr_frontier frontier;
    frontier.size = 0;
    for (uint64_t i = 0; i < a->store->log.head.size; i++) {
        tr_hash leaf;
        memcpy(leaf.at, a->store->map[TR_FILE_TREE] + 32 * i, 32);
        tr_frontier_add(&frontier, &leaf);
    }
    tr_hash root = tr_frontier_root(&frontier);
    return tr_hash_eq(&root, &a->store->log.head.root);
}

static bool bytes_ok(audit *a, tr_str *raw)
{
    const tr_store *store = a->store;
    uint64_t        left = store->log.end - a->at;
    const char     *at = store->map[TR_FILE_ENTRIES] + a->at;
    if (left < 3 || tr_be16(at) == 0 || (uint64_t)tr_be16(at) > left - 2)
        return damaged(a, TR_FILE_ENTRIES, "a length that does not fit");
    *raw = (tr_str){at + 2, tr_be16(at)};
    tr_hash leaf = tr_merkle_leaf(*raw);
    if (memcmp(store->map[TR_FILE_TREE] + 32 * a->frontier.size, leaf.at, 32) != 0)
        return damaged(a, leaves_are_right(a) ? TR_FILE_ENTRIES : TR_FILE_TREE,
                       "the entry and its leaf hash do not agree");
    if (tr_be64(store->map[TR_FILE_INDEX] + 8 * a->frontier.size) != a->at)
        return damaged(a, TR_FILE_INDEX, "another offset than where the entry begins");
    tr_log_add(&a->frontier, &leaf, compare_level, a);
    a->at += 2 + (uint64_t)raw->len;
    if (a->differs < 0)
        return true;
    a->frontier.size--; /* for the message only */
    return damaged(a, (tr_file_id)(TR_FILE_TREE + a->differs),
                   "a hash that the entries do not give");
}

static bool seen_head_ok(audit *a, const tr_entry *entry, tr_err *err)
{
    tr_levels levels = {tr_store_level, a->store};
    if (entry->seen_size == 0)
        return true;
    if (a->seen.size != entry->seen_size) {
        a->seen.size = entry->seen_size;
        if (!tr_range_root(entry->seen_size, tr_levels_node, &levels, &a->seen.root))
            a->seen = (tr_head){0};
    }
    return (a->seen.size == entry->seen_size && tr_hash_eq(&a->seen.root, &entry->seen_root)) ||
           tr_fail(err, TR_E_SEEN_HEAD, "Compare the heads that the author and the log hold.",
                   "the head seen, of %llu entries, is not one of this record",
                   (unsigned long long)entry->seen_size);
}

static bool refs_ok(audit *a, const tr_entry *entry, uint64_t index, tr_arena scratch, tr_err *err)
{
    int     count = tr_entry_refs(entry, NULL, 0);
    tr_ref *ref = TR_NEW(&scratch, tr_ref, count + 1);
    tr_entry_refs(entry, ref, count);
    for (int i = 0; i < count; i++) {
        tr_hash leaf;
        if ((uint64_t)ref[i].index < index &&
            tr_store_level(a->store, 0, (uint64_t)ref[i].index, &leaf) &&
            tr_hash_eq(&leaf, &ref[i].leaf))
            continue;
        return tr_fail(err, TR_E_REF, "A reference names an earlier entry by index and leaf hash.",
                       "the reference to entry %lld does not match", (long long)ref[i].index);
    }
    return true;
}

static bool blob_ok(audit *a, const tr_blob *blob, tr_str *bytes, tr_err *err)
{
    char folder[TR_IO_PATH], path[TR_IO_PATH];
    if (!tr_store_blob_path(a->store, &blob->hash, folder, path, err))
        return false;
    if (!tr_io_there(path))
        return tr_fail(err, TR_E_BLOB_MISSING, "Copy the file from a mirror.", "no file %s", path);
    if (!tr_store_blob(a->store, &blob->hash, bytes) || bytes->len != blob->size)
        return tr_fail(err, TR_E_RECORD_BYTES, bytes_hint, "%s is not the file that was named",
                       path);
    return true;
}

static bool chunk_ok(audit *a, const tr_entry *entry, tr_str chunk, tr_arena scratch, tr_err *err)
{
    int64_t rows = 0;
    tr_hash want, root = tr_chunk_root(scratch, chunk, &rows, err);
    if (err->code != 0)
        return false;
    if (rows != tr_json_int_or(entry->body, "rows", -1) ||
        !tr_json_hash(entry->body, "root", &want) || !tr_hash_eq(&root, &want))
        return tr_fail(err, TR_E_CHUNK, "The batch entry does not describe its file.",
                       "the batch file has %lld rows or another root", (long long)rows);
    a->report->batches++;
    a->report->rows += (uint64_t)rows;
    return true;
}

static bool blobs_ok(audit *a, const tr_entry *entry, tr_arena scratch, tr_err *err)
{
    int      count = tr_entry_blobs(entry, NULL, 0);
    tr_blob *blob = TR_NEW(&scratch, tr_blob, count + 1);
    tr_str   bytes = {0};
    tr_entry_blobs(entry, blob, count);
    for (int i = 0; i < count; i++)
        if (!blob_ok(a, &blob[i], &bytes, err))
            return false;
    return entry->type != TR_ENTRY_OBSERVATION_BATCH || chunk_ok(a, entry, bytes, scratch, err);
}

static bool tick_ok(audit *a, const tr_entry *entry, tr_err *err)
{
    tr_time t = TR_TIME_NONE;
    if (entry->type != TR_ENTRY_TICK)
        return true;
    tr_json_time(entry->body, "t", &t);
    if (t <= a->last_tick)
        return tr_fail(err, TR_E_TIME, "Each tick is later than the one before.",
                       "a tick that is not later than the one before");
    a->last_tick = t;
    return true;
}

static bool entry_ok(audit *a, tr_str raw, uint64_t index, tr_arena scratch, tr_err *err)
{
    tr_entry *entry = TR_NEW(&scratch, tr_entry, 1);
    if (!tr_entry_read(&scratch, raw, a->store->origin, entry, err))
        return false;
    if (a->closed)
        return tr_fail(err, TR_E_ENTRY_INVALID, "shard.close is the last entry of a record.",
                       "an entry after shard.close");
    if (!(index == 0 ? tr_keyring_genesis(&a->ring, &a->keep, entry, err)
                     : tr_keyring_check(&a->ring, entry, (int64_t)index, err)) ||
        !seen_head_ok(a, entry, err) || !refs_ok(a, entry, index, scratch, err) ||
        !tick_ok(a, entry, err))
        return false;
    a->report->signatures += (uint64_t)entry->note.sigs;
    a->closed = entry->type == TR_ENTRY_SHARD_CLOSE;
    if (index > 0 && !tr_keyring_apply(&a->ring, &a->keep, entry, (int64_t)index, err))
        return false;
    bool ok = blobs_ok(a, entry, scratch, err);
    tr_store_blobs_drop(a->store->blobs);
    return ok;
}

/* The first invalid entry is the one reported; its place stands before its fact. */
static void note_invalid(audit *a, uint64_t index, const tr_err *why)
{
    if (why->code != TR_E_BLOB_MISSING)
        a->report->invalid++;
    tr_fail(a->err, why->code, why->hint, "entries.dat at entry %llu: %.190s",
            (unsigned long long)index, why->text);
}

static bool entries_ok(audit *a, tr_arena scratch)
{
    for (uint64_t i = 0; i < a->store->log.head.size; i++) {
        tr_str raw;
        tr_err why = {0};
        if (!bytes_ok(a, &raw))
            return false;
        a->report->entries++;
        if (!entry_ok(a, raw, i, scratch, &why))
            note_invalid(a, i, &why);
        if (i == 0 && why.code != 0 && why.code != TR_E_BLOB_MISSING)
            return false; /* without entry 0 no key is known */
    }
    tr_hash root = tr_frontier_root(&a->frontier);
    if (a->at != a->store->log.end || !tr_hash_eq(&root, &a->store->log.head.root))
        return tr_fail(a->err, TR_E_RECORD_ROOT, bytes_hint,
                       "entries.dat does not give the root of the signed head");
    return true;
}

/* Signed by a key that was a log key in this record. */
static bool log_signed(audit *a, const tr_note *note)
{
    for (ptrdiff_t i = 0; i < a->ring.key.len; i++) {
        const tr_key *key = &a->ring.key.at[i];
        tr_vkey       vkey;
        tr_pubkey     pub;
        if (!(key->role & (TR_ROLE_LOG | TR_ROLE_ROOT)) ||
            !tr_str_eq(tr_keyring_text(&a->ring, key->name), a->store->origin))
            continue;
        memcpy(pub.at, key->pub, 32);
        tr_vkey_make(&vkey, a->store->origin, TR_KEY_ED25519, &pub);
        for (int s = 0; s < note->sigs; s++)
            if (tr_note_verify(note, &note->sig[s], &vkey, NULL))
                return true;
    }
    return false;
}

/* One head: its form, its signature, its root in this tree. */
static bool head_ok(audit *a, tr_str checkpoint, tr_note *note, tr_checkpoint *point,
                    const char *file)
{
    tr_err    why = {0};
    tr_hash   root;
    tr_levels levels = {tr_store_level, a->store};
    if (!tr_note_read(checkpoint, note, &why) || !tr_checkpoint_read(note->text, point, &why) ||
        !tr_str_eq(point->origin, a->store->origin) || point->extension.len > 0 ||
        note->sigs != 1 || !log_signed(a, note))
        return tr_fail(a->err, TR_E_SIGNATURE, bytes_hint,
                       "%s holds a head that the log did not sign, after %llu heads", file,
                       (unsigned long long)a->report->heads);
    a->report->signatures++;
    if (point->size == 0 || point->size > a->store->log.head.size ||
        !tr_range_root(point->size, tr_levels_node, &levels, &root) ||
        !tr_hash_eq(&root, &point->root))
        return tr_fail(a->err, TR_E_RECORD_ROOT,
                       "Keep it: two signed heads that do not fit show a forked record.",
                       "%s holds a signed head of %llu entries with another root", file,
                       (unsigned long long)point->size);
    return true;
}

static bool never_written(const audit *a, tr_str slot)
{
    return a->store->log.seq == 1 && slot.len == TR_SLOT_BYTES && tr_slot_blank(slot);
}

static bool slots_whole(audit *a, const tr_str slot[2])
{
    for (int i = 0; i < 2; i++) {
        tr_slot got;
        if (!never_written(a, slot[i]) &&
            (!tr_slot_read(slot[i], &got) || got.seq % 2 != (uint64_t)i))
            return tr_fail(a->err, TR_E_HEAD_SLOT, bytes_hint, "%s is torn or altered",
                           tr_file_name((tr_file_id)(TR_FILE_HEAD_A + i)));
    }
    return true;
}

static bool slots_ok(audit *a, const tr_str slot[2], tr_note *note)
{
    for (int i = 0; i < 2; i++) {
        const char   *name = tr_file_name((tr_file_id)(TR_FILE_HEAD_A + i));
        tr_slot       got;
        tr_checkpoint point;
        if (never_written(a, slot[i]) || !tr_slot_read(slot[i], &got))
            continue;
        if (!head_ok(a, got.checkpoint, note, &point, name))
            return false;
        if (point.size != got.size)
            return tr_fail(a->err, TR_E_HEAD_SLOT, bytes_hint,
                           "%s names another size than its "
                           "checkpoint",
                           name);
    }
    return true;
}

/* A process that ended between writing the slot and heads.log leaves the newest head out of it, or
 * the beginning of its record; the next opening for writing adds the rest. */
static bool ends_before_newest(const audit *a, tr_str tail)
{
    uint8_t length[4] = {(uint8_t)(a->newest.len >> 24), (uint8_t)(a->newest.len >> 16),
                         (uint8_t)(a->newest.len >> 8), (uint8_t)a->newest.len};
    tr_str  front = {(const char *)length, sizeof length};
    return tr_str_eq(tr_str_cut(tail, 0, 4), tr_str_cut(front, 0, tail.len)) &&
           tr_str_eq(tr_str_from(tail, 4), tr_str_cut(a->newest, 0, tail.len - 4));
}

static bool heads_ok(audit *a, tr_str log, tr_note *note)
{
    uint64_t at = 0, last = 0;
    tr_str   checkpoint;
    for (uint64_t step; (step = tr_heads_record(log, at, &checkpoint)) > 0; at += step) {
        tr_checkpoint point;
        if (!head_ok(a, checkpoint, note, &point, "heads.log"))
            return false;
        if (point.size <= last)
            return tr_fail(a->err, TR_E_HEAD_SLOT, bytes_hint,
                           "heads.log goes back from %llu to "
                           "%llu entries",
                           (unsigned long long)last, (unsigned long long)point.size);
        last = point.size;
        a->report->heads++;
    }
    uint64_t newest = a->store->log.head.size;
    a->report->heads_behind =
        last < newest && ends_before_newest(a, tr_str_from(log, (ptrdiff_t)at));
    if (a->report->heads_behind || (at == (uint64_t)log.len && last == newest))
        return true;
    return tr_fail(a->err, TR_E_HEAD_SLOT, bytes_hint,
                   "heads.log cannot be read on after %llu heads, or lacks the newest",
                   (unsigned long long)a->report->heads);
}

static bool lengths_ok(audit *a)
{
    const tr_log *log = &a->store->log;
    for (int i = 0; i < TR_FILE_HEAD_A; i++) {
        uint64_t size, need = i == TR_FILE_ENTRIES ? log->end
                              : i == TR_FILE_INDEX
                                  ? log->head.size * 8
                                  : tr_level_count(log->head.size, i - TR_FILE_TREE) * 32;
        if (!tr_io_size(&a->store->file[i], &size, a->err))
            return false;
        if (size < need)
            return tr_fail(a->err, TR_E_RECORD_BYTES, bytes_hint, "%s has %llu bytes of %llu",
                           tr_file_name((tr_file_id)i), (unsigned long long)size,
                           (unsigned long long)need);
    }
    return true;
}

static bool read_heads(const tr_store *store, tr_arena *keep, tr_str *log, tr_err *err)
{
    uint64_t size;
    if (!tr_io_size(&store->file[TR_FILE_HEADS], &size, err))
        return false;
    char *at = TR_NEW(keep, char, (ptrdiff_t)size + 1);
    *log = (tr_str){at, (ptrdiff_t)size};
    return tr_io_read(&store->file[TR_FILE_HEADS], 0, at, (ptrdiff_t)size, err);
}

static bool ends_in(tr_str log, tr_str checkpoint)
{
    return tr_str_eq(tr_str_from(log, log.len - checkpoint.len), checkpoint);
}

/* heads.log and both slots of one moment, also while a writer commits: heads.log is read between
 * two readings of the slots that agree, and again while it lacks the newest head. */
static bool take_heads(audit *a, tr_arena *keep, tr_str *log, tr_str slot[2])
{
    enum { ATTEMPTS = 8 };
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        tr_str        again[2];
        tr_slot       newest;
        tr_checkpoint point;
        tr_note      *note = TR_NEW(keep, tr_note, 1);
        if (!tr_store_slots_read(a->store, keep, slot, a->err) ||
            !read_heads(a->store, keep, log, a->err) ||
            !tr_store_slots_read(a->store, keep, again, a->err))
            return false;
        if (!tr_str_eq(slot[0], again[0]) || !tr_str_eq(slot[1], again[1]))
            continue;
        if (!tr_slot_newest(slot[0], slot[1], &newest))
            break;
        if (!ends_in(*log, newest.checkpoint) && attempt < ATTEMPTS)
            continue;
        if (!tr_store_head_read(&newest, note, &point, a->err))
            return false;
        a->store->origin = point.origin;
        a->store->log =
            (tr_log){.head = {point.size, point.root}, .end = newest.end, .seq = newest.seq};
        a->store->readable = point.size;
        a->newest = newest.checkpoint;
        return true;
    }
    return tr_fail(a->err, TR_E_HEAD_SLOT, bytes_hint, "neither head.a nor head.b is valid");
}

static bool audit_all(audit *a, const char *dir, tr_arena scratch)
{
    tr_str   log, slot[2];
    tr_note *note = TR_NEW(&scratch, tr_note, 1);
    if (!tr_store_files_open(a->store, dir, TR_IO_READ, a->err) ||
        !take_heads(a, &scratch, &log, slot) || !slots_whole(a, slot) || !lengths_ok(a))
        return false;
    a->report->head = a->store->log.head;
    return entries_ok(a, scratch) && slots_ok(a, slot, note) && heads_ok(a, log, note) &&
           a->err->code == 0;
}

bool tr_store_verify(tr_arena scratch, const char *dir, tr_verify_report *report, tr_err *err)
{
    tr_store *store = TR_NEW(&scratch, tr_store, 1);
    audit    *a = TR_NEW(&scratch, audit, 1);
    store->lock.fd = -1;
    for (int i = 0; i < TR_FILES; i++)
        store->file[i].fd = -1;
    store->blobs = TR_NEW(&scratch, tr_blob_maps, 1);
    *report = (tr_verify_report){0};
    *a = (audit){
        .store = store, .report = report, .err = err, .last_tick = TR_TIME_NONE, .differs = -1};
    char *middle = scratch.beg + (scratch.end - scratch.beg) / 2;
    a->keep = (tr_arena){scratch.beg, middle};
    bool ok = audit_all(a, dir, (tr_arena){middle, scratch.end});
    tr_store_close(store);
    return ok;
}
