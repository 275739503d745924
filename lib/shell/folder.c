/* folder.c -- a mission folder: its record, its trial keys, its state in memory. */
#include "shell/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/memory.h"

enum { AGREEMENT_MAX = 64 << 20 };

/* ---- what step() may ask ---- */

static bool world_blob(const void *context, const tr_hash *hash, tr_str *bytes)
{
    return tr_store_blob(((const tr_folder *)context)->store, hash, bytes);
}

static bool world_entry(const void *context, uint64_t index, tr_str *raw)
{
    const tr_folder *folder = context;
    if (index < folder->durable.size)
        return tr_store_entry(folder->store, index, raw);
    if (index - folder->durable.size >= (uint64_t)folder->queue.len)
        return false;
    *raw = folder->queue.at[index - folder->durable.size];
    return true;
}

static bool world_root_at(const void *context, uint64_t size, tr_hash *root)
{
    return tr_store_root_at(((const tr_folder *)context)->store, size, root);
}

/* ---- what the pen hands on ---- */

static bool keep_entry(void *context, tr_str raw, tr_err *err)
{
    tr_folder *folder = context;
    (void)err;
    *TR_PUSH(&folder->keep, &folder->queue) = raw;
    return true;
}

static bool keep_blob(void *context, tr_str bytes, tr_hash *hash, tr_err *err)
{
    return tr_store_blob_put(((tr_folder *)context)->store, bytes, hash, err);
}

static tr_head seen_head(void *context)
{
    return ((tr_folder *)context)->durable;
}

/* ---- paths and keys ---- */

static const char *path_in(const char *dir, const char *name)
{
    static char path[2][PATH_MAX];
    static int  turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", dir, name);
    return path[turn];
}

static bool make_keys(const char *dir, uint8_t master[32], tr_err *err)
{
    char     room[1024];
    tr_arena scratch = {room, room + sizeof room};
    tr_out   hex = tr_out_new(&scratch);
    if (getrandom(master, 32, 0) != 32)
        return tr_fail(err, TR_E_KEYS, "Try again; the system gave no random bytes.",
                       "could not make keys for %s: %s", dir, strerror(errno));
    TR_RESERVE(&scratch, &hex.buf, 66);
    tr_put_hex(&hex, master, 32);
    tr_put_char(&hex, '\n');
    return tr_file_write(path_in(dir, "keys"), tr_out_text(&hex), 0600, false, err);
}

static bool read_keys(const char *dir, uint8_t master[32], tr_err *err)
{
    tr_str text;
    if (!tr_file_map(path_in(dir, "keys"), 4096, &text, err))
        return false;
    if (!tr_hex_read(tr_str_trim(text), master, 32))
        return tr_fail(err, TR_E_KEYS, "Restore the file from your backup; it holds 64 hex digits.",
                       "%s/keys does not hold the trial keys", dir);
    return true;
}

/* ---- agreements ---- */

typedef struct {
    const char *beside; /* the folder of the agreement */
    tr_err      err;
} geometry_files;

static bool geometry_file(void *context, tr_str name, tr_str *bytes)
{
    geometry_files *files = context;
    char            path[PATH_MAX];
    tr_err          err = {0};
    if (tr_str_find(name, '\0') >= 0 || name.len > 1024)
        return false;
    snprintf(path, sizeof path, "%s/%.*s", files->beside, TR_FMT(name));
    return tr_file_map(path, 256 << 20, bytes, &err);
}

bool tr_folder_compile(tr_arena *keep, const char *path, tr_terms_result *result, tr_str *whole,
                       tr_out *report, tr_err *err)
{
    char           beside[PATH_MAX];
    geometry_files files = {.beside = beside};
    tr_str         text;
    if (!tr_file_map(path, AGREEMENT_MAX, &text, err))
        return false;
    snprintf(beside, sizeof beside, "%s", path);
    char *slash = strrchr(beside, '/');
    snprintf(slash ? slash : beside, 2, "%s", slash ? "" : ".");

    tr_terms_compile(keep, text, geometry_file, &files, result);
    for (int i = 0; i < result->diagnostics; i++)
        tr_put_diagnostic(report, tr_str_of(path), text, &result->diagnostic[i]);
    if (result->errors > result->diagnostics)
        tr_put(report, "%s: %d errors in all\n", path, result->errors);
    if (!result->plan)
        return false;
    return !whole || tr_terms_inline(keep, text, geometry_file, &files, whole, err);
}

/* ---- making ---- */

static tr_str origin_of(tr_arena *keep, const tr_folder_new *wanted, const tr_plan *plan)
{
    if (wanted->origin)
        return tr_str_of(wanted->origin);
    tr_out out = tr_out_new(keep);
    tr_put(&out, "local.truce/%s%s%.*s", wanted->mode, wanted->mode[0] ? "/" : "",
           TR_FMT(plan->id));
    return tr_out_text(&out);
}

typedef struct {
    tr_arena *keep;
    tr_str    bytes[4];
    tr_hash   hash[4];
    int       count;
} first_blobs; /* of entry 0, which is written before there is a record to put them in */

static bool hold_blob(void *context, tr_str bytes, tr_hash *hash, tr_err *err)
{
    first_blobs *blobs = context;
    (void)err;
    assert(blobs->count < 4);
    *hash = tr_sha256(bytes);
    blobs->bytes[blobs->count] = bytes;
    blobs->hash[blobs->count++] = *hash;
    return true;
}

static bool held_blob(const void *context, const tr_hash *hash, tr_str *bytes)
{
    const first_blobs *blobs = context;
    for (int i = 0; i < blobs->count; i++)
        if (tr_hash_eq(&blobs->hash[i], hash))
            return *bytes = blobs->bytes[i], true;
    return false;
}

static bool no_entry(const void *context, uint64_t index, tr_str *raw)
{
    (void)context, (void)index, (void)raw;
    return false;
}

static bool empty_root(const void *context, uint64_t size, tr_hash *root)
{
    (void)context;
    *root = tr_merkle_empty();
    return size == 0;
}

static bool found_record(const tr_folder_new *wanted, tr_str origin, const tr_plan *plan,
                         tr_str whole, tr_err *err)
{
    tr_arena keep = tr_memory_reserve(TR_MEMORY_SMALL), state = tr_memory_reserve(TR_MEMORY_SMALL);
    uint8_t  master[32];
    first_blobs blobs = {.keep = &keep};
    tr_world    world = {&blobs, held_blob, no_entry, empty_root};
    tr_pen      pen = {.keep = &keep, .keeper = {.context = &blobs, .blob = hold_blob}};
    tr_str      raw;
    if (!make_keys(wanted->dir, master, err))
        return false;
    tr_desk_open(&pen.desk, origin, master);
    pen.mission = tr_mission_new(&state, origin, &world);
    tr_author log = tr_desk_log(&pen.desk);
    if (!tr_pen_genesis(&pen, plan, whole, tr_clock_now(), &raw, err) ||
        !tr_store_create(&keep, wanted->dir, &log, raw, err))
        return false;

    tr_store *store; /* the blobs that entry 0 names */
    if (!tr_store_open(&keep, wanted->dir, TR_STORE_WRITE, &log, &store, err))
        return false;
    for (int i = 0; i < blobs.count; i++)
        if (!tr_store_blob_put(store, blobs.bytes[i], &blobs.hash[i], err))
            return false;
    tr_store_close(store);
    return true;
}

bool tr_folder_init(const tr_folder_new *wanted, tr_out *report, tr_err *err)
{
    tr_arena        keep = tr_memory_reserve(TR_MEMORY_SMALL);
    tr_terms_result result;
    tr_str          whole;
    if (!tr_folder_compile(&keep, wanted->agreement, &result, &whole, report, err))
        return tr_fail(err, TR_E_AGREEMENT,
                       "Mend what is listed above; `truce check FILE` shows it again.",
                       "%s has %d errors", wanted->agreement, result.errors);
    tr_str origin = origin_of(&keep, wanted, result.plan);
    if (!tr_origin_ok(origin, err))
        return false;
    if (mkdir(wanted->dir, 0777) != 0 && errno != EEXIST)
        return tr_fail(err, TR_E_FILE_WRITE,
                       "Check that the folder above it exists and may be written.",
                       "could not make the folder %s: %s", wanted->dir, strerror(errno));
    if (access(path_in(wanted->dir, "record"), F_OK) == 0 ||
        access(path_in(wanted->dir, "keys"), F_OK) == 0)
        return tr_fail(err, TR_E_FOLDER_EXISTS,
                       "Choose another folder; a record is never overwritten.",
                       "%s holds a mission already", wanted->dir);
    if (!found_record(wanted, origin, result.plan, whole, err))
        return false;

    tr_folder folder;
    if (!tr_folder_open(&folder, wanted->dir, TR_STORE_WRITE, TR_TIME_NONE, err))
        return false;
    bool done =
        tr_pen_enrol_all(&folder.pen, tr_clock_now(), err) && tr_folder_commit(&folder, err);
    tr_folder_close(&folder);
    return done;
}

/* ---- opening ---- */

/* Is this entry a tick later than `t`? */
static bool tick_after(tr_folder *folder, tr_str raw, tr_time t)
{
    tr_arena scratch = folder->keep;
    tr_entry entry;
    tr_err   err = {0};
    tr_time  at;
    return tr_entry_read(&scratch, raw, tr_store_origin(folder->store), &entry, &err) &&
           entry.type == TR_ENTRY_TICK && tr_json_time(entry.body, "t", &at) && at > t;
}

static bool no_entry_read(uint64_t index, tr_err *err)
{
    return tr_fail(err, TR_E_RECORD_BYTES, "Run `truce log verify` on the folder.",
                   "could not read entry %llu", (unsigned long long)index);
}

/* Nothing is told of entries that do not give the root of the signed head. */
static bool prove_entries(tr_folder *folder, tr_err *err)
{
    tr_str raw;
    for (uint64_t i = folder->proven.size; i < folder->durable.size; i++) {
        if (!tr_store_entry(folder->store, i, &raw))
            return no_entry_read(i, err);
        tr_hash leaf = tr_merkle_leaf(raw);
        tr_frontier_add(&folder->proven, &leaf);
    }
    tr_hash root = tr_frontier_root(&folder->proven);
    return tr_hash_eq(&root, &folder->durable.root) ||
           tr_fail(
               err, TR_E_RECORD_BYTES,
               "`truce log verify` names the first entry that is wrong; restore it from a copy.",
               "the entries of %s do not have the root of its signed head", folder->dir);
}

static bool step_all(tr_folder *folder, tr_time as_known_at, tr_err *err)
{
    if (!prove_entries(folder, err))
        return false;
    for (uint64_t i = tr_mission_size(folder->pen.mission); i < folder->durable.size; i++) {
        tr_str raw;
        tr_err why = {0};
        if (!tr_store_entry(folder->store, i, &raw))
            return no_entry_read(i, err);
        if (as_known_at != TR_TIME_NONE && as_known_at != TR_TIME_MAX &&
            tick_after(folder, raw, as_known_at))
            return true;
        if (tr_mission_step(folder->pen.mission, raw, &why) == TR_STEP_CANNOT)
            return *err = why, false;
    }
    return true;
}

static bool load_snapshot(tr_folder *folder)
{
    tr_str bytes;
    tr_err err = {0};
    return tr_file_map(path_in(folder->dir, "snapshot"), INT64_C(1) << 40, &bytes, &err) &&
           tr_mission_load(&folder->state, bytes, &folder->world, &folder->pen.mission, &err);
}

static bool open_and_step(tr_folder *folder, const char *dir, tr_store_mode mode,
                          tr_time as_known_at, tr_err *err)
{
    uint8_t master[32] = {0};
    *folder = (tr_folder){.dir = dir,
                          .keep = tr_memory_reserve(TR_MEMORY_LARGE),
                          .state = tr_memory_reserve(TR_MEMORY_LARGE)};
    if (access(path_in(dir, "record"), F_OK) != 0)
        return tr_fail(err, TR_E_FOLDER, "Make one with `truce init DIR --agreement FILE`.",
                       "%s is not a mission folder: %s", dir,
                       errno == ENOENT ? "it has no record" : strerror(errno));
    tr_author log = {0};
    if (mode == TR_STORE_WRITE) {
        /* The log key needs the origin, which the stored head names. */
        tr_str origin;
        if (!read_keys(dir, master, err) ||
            !tr_store_origin_read(&folder->state, dir, &origin, err))
            return false;
        tr_desk_open(&folder->pen.desk, origin, master);
        log = tr_desk_log(&folder->pen.desk);
    }
    if (!tr_store_open(&folder->keep, dir, mode, mode == TR_STORE_WRITE ? &log : NULL,
                       &folder->store, err))
        return false;
    folder->durable = tr_store_head(folder->store);
    folder->world = (tr_world){folder, world_blob, world_entry, world_root_at};
    folder->pen.keep = &folder->keep;
    folder->pen.keeper = (tr_keeper){folder, keep_entry, keep_blob, seen_head};
    if (as_known_at != TR_TIME_NONE || !load_snapshot(folder))
        folder->pen.mission =
            tr_mission_new(&folder->state, tr_store_origin(folder->store), &folder->world);
    if (!step_all(folder, as_known_at, err))
        return false;
    return tr_mission_plan(folder->pen.mission) ||
           tr_fail(err, TR_E_FOLDER,
                   "The record does not begin with an agreement; see `truce log verify`.",
                   "%s has no agreement", dir);
}

bool tr_folder_open(tr_folder *folder, const char *dir, tr_store_mode mode, tr_time as_known_at,
                    tr_err *err)
{
    if (open_and_step(folder, dir, mode, as_known_at, err))
        return true;
    tr_folder_close(folder);
    return false;
}

void tr_folder_close(tr_folder *folder)
{
    if (folder->store)
        tr_store_close(folder->store);
    folder->store = NULL;
}

/* ---- writing and following ---- */

bool tr_folder_commit(tr_folder *folder, tr_err *err)
{
    for (ptrdiff_t at = 0; at < folder->queue.len; at += TR_COMMIT_MAX) {
        ptrdiff_t count = folder->queue.len - at;
        if (!tr_store_append(folder->store, folder->queue.at + at,
                             (int)(count < TR_COMMIT_MAX ? count : TR_COMMIT_MAX), err))
            return false;
    }
    folder->queue.len = 0;
    folder->durable = tr_store_head(folder->store);
    return true;
}

void tr_folder_snapshot(tr_folder *folder)
{
    tr_arena scratch = folder->keep;
    tr_out   out = tr_out_new(&scratch);
    tr_err   err = {0};
    tr_mission_save(folder->pen.mission, &out);
    if (tr_file_write(path_in(folder->dir, "snapshot.new"), tr_out_text(&out), 0666, true, &err))
        (void)!rename(path_in(folder->dir, "snapshot.new"), path_in(folder->dir, "snapshot"));
}

bool tr_folder_follow(tr_folder *folder, bool *grew, tr_err *err)
{
    if (!tr_store_refresh(folder->store, grew, err))
        return false;
    folder->durable = tr_store_head(folder->store);
    /* Also what could not be stepped when it was first seen. */
    *grew = tr_mission_size(folder->pen.mission) < folder->durable.size;
    return !*grew || step_all(folder, TR_TIME_NONE, err);
}
