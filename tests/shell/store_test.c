/* store_test.c -- a record on disk: reading, committing, falling at every effect, damage. */
#include "record/fixture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/commit.h"
#include "shell/files.h"
#include "shell/store_inside.h"

/* A folder for one test, removed behind it. */
static char folder[200];

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    return remove(path);
}

static int empty_folder(void **state)
{
    tr_io_hook_set(NULL, NULL);
    if (folder[0])
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    folder[0] = '\0';
    return 0;
}

/* The disk as a test sees it: which call fails, and what was synced when the power went. */
typedef struct {
    int      calls, fail_at; /* the fail_at-th call and all later ones fail; -1 never */
    int      why;
    uint64_t random;
    struct {
        char   path[TR_IO_PATH];
        tr_str durable;
    } file[64];
    int       files;
    tr_arena *arena; /* NULL: do not keep durable images */
} disk;

static uint64_t next_random(uint64_t *random)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return *random >> 33;
}

static void keep_durable(disk *d, const char *path)
{
    int i = 0;
    while (i < d->files && strcmp(d->file[i].path, path) != 0)
        i++;
    if (i == d->files) {
        assert_true(d->files < 64);
        snprintf(d->file[d->files++].path, TR_IO_PATH, "%s", path);
    }
    d->file[i].durable = check_file(d->arena, path);
}

static int disk_hook(void *context, const char *what, const char *path, ptrdiff_t *len)
{
    disk *d = context;
    if (strcmp(what, "read") == 0)
        return 0;
    if (d->fail_at >= 0 && d->calls++ >= d->fail_at) {
        bool first = d->calls - 1 == d->fail_at;
        *len = first && *len > 0 ? (ptrdiff_t)(next_random(&d->random) % (uint64_t)*len) : 0;
        return d->why;
    }
    if (strcmp(what, "sync") != 0)
        return 0;
    struct stat about;
    if (d->arena && stat(path, &about) == 0 && S_ISREG(about.st_mode))
        keep_durable(d, path);
    return TR_IO_SKIP; /* the medium is simulated: no need to wait for the real one */
}

static void fast_disk(disk *d)
{
    *d = (disk){.fail_at = -1, .random = 1};
    tr_io_hook_set(disk_hook, d);
}

static disk no_disk;

static const char *new_folder(void)
{
    empty_folder(NULL);
    snprintf(folder, sizeof folder, "%s/truce-store-XXXXXX", P_tmpdir);
    assert_non_null(mkdtemp(folder));
    fast_disk(&no_disk);
    return folder;
}

static tr_author log_key(void)
{
    return author_of(ORIGIN, ORIGIN, 2);
}

static tr_author root_key(void)
{
    return author_of(ORIGIN, ORIGIN "/root/m/1", 1);
}

static tr_str entry_zero(tr_arena *keep)
{
    tr_author root = root_key(), log = log_key();
    return write_entry(keep, &root, TR_ENTRY_AGREEMENT_ADOPT, adopt_body(keep, &root, &log));
}

static void make_record(tr_arena *keep, const char *dir)
{
    tr_author log = log_key();
    tr_err    err = {0};
    CHECK_OK(tr_store_create(keep, dir, &log, entry_zero(keep), &err), err);
}

static tr_store *open_record(tr_arena *keep, const char *dir, tr_store_mode mode)
{
    tr_author log = log_key();
    tr_store *store = NULL;
    tr_err    err = {0};
    CHECK_OK(tr_store_open(keep, dir, mode, &log, &store, &err), err);
    return store;
}

static int code_of_opening(tr_arena *keep, const char *dir, tr_store_mode mode)
{
    tr_author log = log_key();
    tr_store *store = NULL;
    tr_err    err = {0};
    if (tr_store_open(keep, dir, mode, &log, &store, &err))
        tr_store_close(store);
    return err.code;
}

/* Leaves that need no signatures: the store takes bytes as they are. */
static tr_str plain_entry(tr_arena *keep, int i)
{
    tr_out out = tr_out_new(keep);
    tr_put(&out, "plain entry %d", i);
    return tr_out_text(&out);
}

static bool append_plain(tr_arena *keep, tr_store *store, int first, int count, tr_err *err)
{
    tr_str *entry = TR_NEW(keep, tr_str, count);
    for (int i = 0; i < count; i++)
        entry[i] = plain_entry(keep, first + i);
    return tr_store_append(store, entry, count, err);
}

static const char *file_path(const char *dir, const char *name)
{
    static char path[TR_IO_PATH];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static void put_file(const char *path, tr_str bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, (size_t)bytes.len, file), bytes.len);
    fclose(file);
}

static void what_was_appended_is_read_back_with_its_proofs(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    assert_int_equal(tr_store_head(store).size, 1);
    CHECK_STR(tr_store_origin(store), ORIGIN);
    for (int i = 1; i < 300; i += 13)
        CHECK_OK(append_plain(&arena, store, i, 13, &err), err);
    tr_head head = tr_store_head(store);
    assert_int_equal(head.size, 300);
    CHECK_OK(tr_store_append(store, NULL, 0, &err), err); /* nothing new, nothing signed */
    tr_store_close(store);

    store = open_record(&arena, dir, TR_STORE_READ);
    assert_int_equal(tr_store_head(store).size, 300);
    for (uint64_t i = 0; i < 300; i++) {
        tr_str   raw;
        tr_proof proof;
        assert_true(tr_store_entry(store, i, &raw));
        if (i > 0)
            assert_true(tr_str_eq(raw, plain_entry(&arena, (int)i)));
        tr_hash leaf = tr_merkle_leaf(raw), root;
        assert_true(tr_store_inclusion(store, i, 300, &proof));
        assert_true(tr_inclusion_ok(i, 300, &leaf, proof.path, proof.length, &head.root));
        assert_true(tr_store_root_at(store, i, &root));
        if (i > 0) {
            assert_true(tr_store_consistency(store, i, 300, &proof));
            assert_true(tr_consistency_ok(i, 300, &root, &head.root, proof.path, proof.length));
        }
    }
    tr_str   raw;
    tr_proof proof;
    tr_hash  root;
    assert_false(tr_store_entry(store, 300, &raw));
    assert_false(tr_store_root_at(store, 301, &root));
    assert_false(tr_store_inclusion(store, 300, 300, &proof));
    assert_false(tr_store_inclusion(store, 0, 301, &proof));
    assert_false(tr_store_consistency(store, 0, 300, &proof));
    CHECK_FAILS(append_plain(&arena, store, 300, 1, &err), err, TR_E_READ_ONLY);
    tr_store_close(store);
}

static void tiles_and_bundles_are_the_published_prefixes(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    tr_str      tile, bundle, raw;
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 256, &err), err);
    assert_true(tr_store_tile(store, &arena, TR_STR("0/000"), &tile));
    assert_int_equal(tile.len, 8192);
    assert_true(tr_store_tile(store, &arena, TR_STR("1/000.p/1"), &raw));
    tr_hash above = tr_merkle_root((const tr_hash *)(const void *)tile.at, 256);
    assert_memory_equal(raw.at, above.at, 32);
    assert_true(tr_store_tile(store, &arena, TR_STR("0/001.p/1"), &tile));
    assert_true(tr_store_tile(store, &arena, TR_STR("entries/001.p/1"), &bundle));
    CHECK_STR(tr_str_from(bundle, 2), "plain entry 256");
    assert_true(tr_store_tile(store, &arena, TR_STR("entries/000.p/2"), &bundle));
    assert_true(tr_store_entry(store, 0, &raw));
    assert_int_equal(bundle.len, 2 + raw.len + 2 + 13);
    static const char *const absent[] = {"0/001",           "0/001.p/2", "1/000.p/2",
                                         "1/000",           "2/000.p/1", "entries/001",
                                         "entries/001.p/2", "8/000.p/1", "x"};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_false(tr_store_tile(store, &arena, tr_str_of(absent[i]), &tile));
    tr_store_close(store);
}

static void stored_levels_equal_a_computation_from_scratch_at_every_corner(void **state)
{
    static const uint64_t sizes[] = {1, 2, 255, 256, 257, 65535, 65536, 65537};
    tr_arena              arena = check_arena();
    const char           *dir = new_folder();
    tr_err                err = {0};
    tr_hash              *leaf = TR_NEW(&arena, tr_hash, 65537);
    make_record(&arena, dir);
    leaf[0] = tr_merkle_leaf(entry_zero(&arena));
    for (int i = 1; i < 65537; i++) {
        tr_arena scratch = arena;
        leaf[i] = tr_merkle_leaf(plain_entry(&scratch, i));
    }
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        tr_arena  scratch = arena;
        tr_store *store = open_record(&scratch, dir, TR_STORE_WRITE);
        for (uint64_t at; (at = tr_store_head(store).size) < sizes[s];) {
            uint64_t left = sizes[s] - at;
            tr_arena batch = scratch;
            CHECK_OK(append_plain(&batch, store, (int)at, left < 4096 ? (int)left : 4096, &err),
                     err);
        }
        tr_head head = tr_store_head(store);
        tr_hash root = tr_merkle_root(leaf, (int64_t)sizes[s]);
        assert_true(tr_hash_eq(&head.root, &root));
        tr_store_close(store);
        for (int level = 0; level < TR_TREE_LEVELS; level++) {
            char name[32];
            snprintf(name, sizeof name, "record/tree.%d", level);
            tr_str bytes = check_file(&scratch, file_path(dir, name));
            assert_int_equal(bytes.len, 32 * tr_level_count(sizes[s], level));
            for (uint64_t j = 0; j < tr_level_count(sizes[s], level); j++) {
                tr_hash want = tr_merkle_root(leaf + (j << (8 * level)), INT64_C(1) << (8 * level));
                assert_memory_equal(bytes.at + 32 * j, want.at, 32);
            }
        }
    }
}

static void a_blob_is_durable_and_checked_when_read(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    tr_hash     hash, again;
    tr_str      bytes;
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(tr_store_blob_put(store, TR_STR("hello\n"), &hash, &err), err);
    CHECK_OK(tr_store_blob_put(store, TR_STR("hello\n"), &again, &err), err);
    assert_true(tr_hash_eq(&hash, &again));
    CHECK_OK(tr_store_blob_put(store, TR_STR(""), &again, &err), err);
    assert_true(tr_store_blob(store, &again, &bytes) && bytes.len == 0);
    tr_store_close(store);
    store = open_record(&arena, dir, TR_STORE_READ);
    assert_true(tr_store_blob(store, &hash, &bytes));
    CHECK_STR(bytes, "hello\n");
    CHECK_FAILS(tr_store_blob_put(store, TR_STR("more"), &again, &err), err, TR_E_READ_ONLY);
    tr_store_close(store);
    put_file(file_path(dir, "record/blobs/58/91/"
                            "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"),
             TR_STR("hellO\n"));
    store = open_record(&arena, dir, TR_STORE_READ);
    assert_false(tr_store_blob(store, &hash, &bytes));
    tr_store_close(store);
}

static void a_reader_follows_the_writer(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    bool        grew;
    tr_str      raw;
    make_record(&arena, dir);
    tr_store *writer = open_record(&arena, dir, TR_STORE_WRITE);
    tr_store *reader = open_record(&arena, dir, TR_STORE_READ);
    CHECK_OK(tr_store_refresh(reader, &grew, &err), err);
    assert_false(grew);
    CHECK_OK(append_plain(&arena, writer, 1, 500, &err), err);
    assert_int_equal(tr_store_head(reader).size, 1);
    assert_false(tr_store_entry(reader, 1, &raw));
    CHECK_OK(tr_store_refresh(reader, &grew, &err), err);
    assert_true(grew);
    assert_int_equal(tr_store_head(reader).size, 501);
    assert_true(tr_store_entry(reader, 500, &raw));
    CHECK_STR(raw, "plain entry 500");
    assert_true(tr_str_eq(tr_store_checkpoint(reader), tr_store_checkpoint(writer)));
    tr_store_close(reader);
    tr_store_close(writer);
}

static void a_second_writer_is_refused_until_the_first_has_gone(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    make_record(&arena, dir);
    tr_store *writer = open_record(&arena, dir, TR_STORE_WRITE);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_LOCKED);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_READ), 0);
    tr_store_close(writer);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), 0);
}

static void a_folder_that_is_missing_full_or_not_writable_is_named(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_author   log = log_key();
    tr_err      err = {0};
    disk        d = {.fail_at = 0, .why = EROFS};
    assert_int_equal(code_of_opening(&arena, file_path(dir, "absent"), TR_STORE_READ),
                     TR_E_RECORD_MISSING);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_RECORD_MISSING);
    tr_io_hook_set(disk_hook, &d);
    CHECK_FAILS(tr_store_create(&arena, dir, &log, entry_zero(&arena), &err), err, TR_E_READ_ONLY);
    assert_non_null(strstr(err.text, dir));
    assert_true(err.hint[0] != '\0');
    d = (disk){.fail_at = 0, .why = ENOSPC};
    CHECK_FAILS(tr_store_create(&arena, dir, &log, entry_zero(&arena), &err), err, TR_E_DISK_FULL);
    fast_disk(&d);
    make_record(&arena, dir);
    CHECK_FAILS(tr_store_create(&arena, dir, &log, entry_zero(&arena), &err), err,
                TR_E_RECORD_EXISTS);
}

static void making_a_record_that_fails_at_any_effect_leaves_nothing_behind(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_author   log = log_key();
    bool        made = false;
    int         k = 0;
    for (; !made; k++) {
        tr_arena scratch = arena;
        tr_err   err = {0};
        disk     d = {.fail_at = k, .why = ENOSPC, .random = 5};
        tr_io_hook_set(disk_hook, &d);
        made = tr_store_create(&scratch, dir, &log, entry_zero(&scratch), &err);
        fast_disk(&no_disk);
        if (made)
            break;
        assert_int_equal(err.code, TR_E_DISK_FULL);
        assert_int_equal(code_of_opening(&scratch, dir, TR_STORE_READ), TR_E_RECORD_MISSING);
        assert_false(tr_io_there(file_path(dir, "record")));
        assert_false(tr_io_there(file_path(dir, "lock.size")));
    }
    assert_true(k > 30);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), 0);
}

static void a_full_disk_stops_signing_and_keeps_what_was_published(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    tr_str      raw;
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 5, &err), err);
    disk d = {.fail_at = 0, .why = ENOSPC};
    tr_io_hook_set(disk_hook, &d);
    CHECK_FAILS(append_plain(&arena, store, 6, 5, &err), err, TR_E_DISK_FULL);
    fast_disk(&no_disk);
    CHECK_FAILS(append_plain(&arena, store, 6, 5, &err), err, TR_E_STOPPED);
    assert_int_equal(tr_store_head(store).size, 6);
    assert_true(tr_store_entry(store, 5, &raw));
    assert_false(tr_store_entry(store, 6, &raw));
    tr_store_close(store);
    store = open_record(&arena, dir, TR_STORE_WRITE);
    assert_int_equal(tr_store_head(store).size, 6);
    err = (tr_err){0};
    CHECK_OK(append_plain(&arena, store, 6, 5, &err), err);
    tr_store_close(store);
}

/* After a power cut each sector of a file is as last written or as last synced, as chance has it.
 */
static void lose_power(disk *d)
{
    for (int i = 0; i < d->files; i++) {
        tr_arena scratch = *d->arena;
        tr_str   now = check_file(&scratch, d->file[i].path), old = d->file[i].durable;
        if (!now.at || tr_str_eq(now, old))
            continue;
        ptrdiff_t less = now.len < old.len ? now.len : old.len;
        ptrdiff_t more = now.len < old.len ? old.len : now.len;
        ptrdiff_t len = less + (ptrdiff_t)(next_random(&d->random) % (uint64_t)(more - less + 1));
        char     *mixed = TR_NEW(&scratch, char, len + 1);
        for (ptrdiff_t at = 0; at < len; at += 512) {
            bool   from_now = next_random(&d->random) % 2 == 0;
            tr_str part = tr_str_cut(from_now ? now : old, at, at + 512 < len ? at + 512 : len);
            if (part.len > 0)
                memcpy(mixed + at, part.at, (size_t)part.len);
        }
        put_file(d->file[i].path, (tr_str){mixed, len});
    }
}

/* All files of a record, as they stand, are durable. */
static void all_durable(disk *d, const char *dir)
{
    for (int i = 0; i < TR_FILES; i++) {
        char path[TR_IO_PATH];
        snprintf(path, sizeof path, "%s/%s%s", dir, i == TR_FILE_LOCK ? "" : "record/",
                 tr_file_name((tr_file_id)i));
        keep_durable(d, path);
    }
}

/* Commit batches until the disk falls at the k-th call; what had been published by then must stand
 * after the next start, and the head may be larger only by the whole batch in flight. */
static bool fall_at(int k, uint64_t seed, bool power)
{
    tr_arena    arena = check_arena(), whole = arena;
    const char *dir = new_folder();
    disk        d = {.fail_at = -1, .why = EIO, .random = seed, .arena = &arena};
    uint64_t    published, flight = 0;
    bool        ok = true;
    tr_err      err = {0};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 3 + (int)(seed % 300), &err), err);
    all_durable(&d, dir);
    d.fail_at = k;
    tr_io_hook_set(disk_hook, &d);
    for (int batch = 0; ok && batch < 3; batch++) {
        published = tr_store_head(store).size;
        flight = 1 + next_random(&d.random) % 40;
        ok = append_plain(&arena, store, (int)published, (int)flight, &err);
    }
    published = tr_store_head(store).size;
    tr_head head = tr_store_head(store);
    tr_store_close(store);
    if (power && !ok)
        lose_power(&d);

    fast_disk(&no_disk);
    store = open_record(&arena, dir, TR_STORE_WRITE);
    tr_head after = tr_store_head(store);
    tr_hash root;
    assert_true(after.size == published || (!ok && after.size == published + flight));
    assert_true(tr_store_root_at(store, published, &root) && tr_hash_eq(&root, &head.root));
    for (uint64_t i = 1; i < after.size; i++) {
        tr_arena scratch = arena;
        tr_str   raw;
        assert_true(tr_store_entry(store, i, &raw));
        assert_true(tr_str_eq(raw, plain_entry(&scratch, (int)i)));
    }
    tr_str last, data = check_file(&arena, file_path(dir, "record/entries.dat"));
    assert_true(tr_store_entry(store, after.size - 1, &last));
    assert_true(tr_str_eq(tr_str_from(data, data.len - last.len), last)); /* no torn tail stays */
    err = (tr_err){0};
    CHECK_OK(append_plain(&arena, store, (int)after.size, 7, &err), err);
    tr_store_close(store);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_READ), 0);
    munmap(whole.beg, (size_t)(whole.end - whole.beg));
    return ok;
}

static void a_process_that_falls_at_any_effect_loses_nothing_published(void **state)
{
    int k = 0;
    while (!fall_at(k, (uint64_t)k + 11, false))
        k++;
    assert_true(k >= 3 * 13); /* the effects of three commits */
}

static void a_power_cut_at_any_effect_loses_nothing_published(void **state)
{
    int falls = 0;
    for (uint64_t seed = 1; seed <= 25; seed++)
        for (int k = 0; !fall_at(k, seed * 1000 + (uint64_t)k, true); k++)
            falls++;
    assert_true(falls >= 25 * 3 * 13);
}

static void a_restored_backup_is_not_signed_on(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    disk        d = {.arena = &arena};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 5, &err), err);
    tr_store_close(store);
    all_durable(&d, dir); /* the backup */
    store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 6, 5, &err), err);
    tr_store_close(store);
    tr_str lock = check_file(&arena, file_path(dir, "lock.size"));
    for (int i = 0; i < d.files; i++)
        put_file(d.file[i].path, d.file[i].durable);
    put_file(file_path(dir, "lock.size"), lock);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_LOCK_AHEAD);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_READ), 0);
    remove(file_path(dir, "lock.size"));
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_RECORD_MISSING);
    tr_author log = log_key();
    CHECK_FAILS(tr_store_create(&arena, dir, &log, entry_zero(&arena), &err), err,
                TR_E_RECORD_EXISTS);
}

static void a_copy_that_was_written_to_meanwhile_stops_the_writer(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 5, &err), err);
    uint8_t record[TR_LOCK_BYTES];
    tr_lock other = {9, {50, tr_merkle_empty()}};
    tr_lock_write(&other, TR_STR(ORIGIN), record);
    put_file(file_path(dir, "lock.size"), (tr_str){(const char *)record, sizeof record});
    CHECK_FAILS(append_plain(&arena, store, 6, 5, &err), err, TR_E_LOCK_AHEAD);
    assert_int_equal(tr_store_head(store).size, 6);
    tr_store_close(store);
}

static void an_altered_entry_stops_the_start_and_no_older_head_is_taken(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 5, &err), err);
    CHECK_OK(append_plain(&arena, store, 6, 5, &err), err);
    tr_store_close(store);
    tr_str bytes = check_file(&arena, file_path(dir, "record/entries.dat"));
    for (ptrdiff_t at = bytes.len - 30; at < bytes.len; at += 7) { /* only the newest head has it */
        char *raw = TR_NEW(&arena, char, bytes.len);
        memcpy(raw, bytes.at, (size_t)bytes.len);
        raw[at] ^= 2;
        put_file(file_path(dir, "record/entries.dat"), (tr_str){raw, bytes.len});
        assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_RECORD_ROOT);
    }
    put_file(file_path(dir, "record/entries.dat"), tr_str_cut(bytes, 0, bytes.len - 1));
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_RECORD_ROOT);
    put_file(file_path(dir, "record/entries.dat"), bytes);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), 0);
}

static void torn_slots_never_lead_back_to_an_older_head(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 5, &err), err); /* head.a */
    CHECK_OK(append_plain(&arena, store, 6, 5, &err), err); /* head.b, the newest */
    tr_store_close(store);
    tr_str old = check_file(&arena, file_path(dir, "record/head.a"));
    tr_str heads = check_file(&arena, file_path(dir, "record/heads.log"));
    put_file(file_path(dir, "record/head.a"), TR_STR("torn"));
    store = open_record(&arena, dir, TR_STORE_WRITE); /* mends the older one */
    assert_int_equal(tr_store_head(store).size, 11);
    tr_store_close(store);
    tr_str  mended = check_file(&arena, file_path(dir, "record/head.a"));
    tr_slot slot;
    assert_true(tr_slot_read(mended, &slot) && slot.size == 11);

    /* the newest lost, the older restored: heads.log says that there was a larger head */
    put_file(file_path(dir, "record/head.a"), old);
    put_file(file_path(dir, "record/head.b"), TR_STR(""));
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_HEAD_SLOT);
    /* with heads.log cut as well, the lock store and the entries bring the head back */
    put_file(file_path(dir, "record/heads.log"), tr_str_cut(heads, 0, heads.len - 200));
    store = open_record(&arena, dir, TR_STORE_WRITE);
    assert_int_equal(tr_store_head(store).size, 11);
    tr_store_close(store);
    put_file(file_path(dir, "record/head.a"), TR_STR(""));
    put_file(file_path(dir, "record/head.b"), TR_STR(""));
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_HEAD_SLOT);
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_READ), TR_E_HEAD_SLOT);
}

/* Make one of the derived files wrong in one of these ways. */
enum { WAYS = 6 };
static void damage(const char *path, tr_str good, int how)
{
    char     *bytes = malloc((size_t)good.len);
    ptrdiff_t at = how == 3 ? 0 : how == 4 ? good.len / 2 : good.len - 1;
    assert_non_null(bytes);
    memcpy(bytes, good.at, (size_t)good.len);
    bytes[at] ^= 1;
    remove(path);
    if (how > 0)
        put_file(path, how == 1   ? TR_STR("short")
                       : how == 2 ? tr_str_cut(good, 0, good.len - 8)
                                  : (tr_str){bytes, good.len});
    free(bytes);
}

static void what_derives_from_the_entries_is_rebuilt(void **state)
{
    static const char *const derived[] = {"record/tree.0", "record/tree.1", "record/entries.idx"};
    tr_arena                 arena = check_arena();
    const char              *dir = new_folder();
    tr_author                log = log_key();
    tr_err                   err = {0};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 600, &err), err);
    tr_store_close(store);
    for (int i = 0; i < 3; i++)
        for (int how = 0; how < WAYS; how++) {
            char path[TR_IO_PATH];
            snprintf(path, sizeof path, "%s", file_path(dir, derived[i]));
            tr_str before = check_file(&arena, path);
            damage(path, before, how);
            CHECK_FAILS(tr_store_open(&arena, dir, TR_STORE_READ, &log, &store, &err), err,
                        TR_E_RECORD_BYTES);
            if (!strstr(err.text, derived[i]) || !strstr(err.hint, "truce tick DIR"))
                fail_msg("%s, way %d: %s: %s", derived[i], how, err.text, err.hint);
            assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), 0);
            assert_true(tr_str_eq(check_file(&arena, path), before));
            assert_int_equal(code_of_opening(&arena, dir, TR_STORE_READ), 0);
        }
}

static void all_that_derives_is_rebuilt_at_once(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    tr_str      before[TR_FILE_HEAD_A];
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 300, &err), err);
    tr_store_close(store);
    for (int i = TR_FILE_INDEX; i < TR_FILE_HEAD_A; i++) {
        char path[TR_IO_PATH];
        snprintf(path, sizeof path, "%s/record/%s", dir, tr_file_name((tr_file_id)i));
        before[i] = check_file(&arena, path);
        assert_int_equal(remove(path), 0);
    }
    store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 301, 5, &err), err); /* and it goes on */
    tr_store_close(store);
    for (int i = TR_FILE_INDEX; i < TR_FILE_HEAD_A; i++) {
        char path[TR_IO_PATH];
        snprintf(path, sizeof path, "%s/record/%s", dir, tr_file_name((tr_file_id)i));
        assert_true(tr_str_eq(tr_str_cut(check_file(&arena, path), 0, before[i].len), before[i]));
    }
    store = open_record(&arena, dir, TR_STORE_READ);
    assert_int_equal(tr_store_head(store).size, 306);
    tr_store_close(store);
}

static void a_refused_opening_has_touched_nothing(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    disk        d = {.arena = &arena};
    make_record(&arena, dir);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 1, 20, &err), err);
    tr_store_close(store);
    char data[TR_IO_PATH], tree[TR_IO_PATH];
    snprintf(data, sizeof data, "%s", file_path(dir, "record/entries.dat"));
    snprintf(tree, sizeof tree, "%s", file_path(dir, "record/tree.0"));
    damage(data, check_file(&arena, data), 4);
    damage(tree, check_file(&arena, tree), 4);
    remove(file_path(dir, "record/entries.idx"));
    remove(file_path(dir, "record/tree.3"));
    all_durable(&d, dir); /* what is missing reads as nothing */
    assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), TR_E_RECORD_ROOT);
    for (int i = 0; i < d.files; i++) {
        tr_str now = check_file(&arena, d.file[i].path);
        if (!now.at != !d.file[i].durable.at || !tr_str_eq(now, d.file[i].durable))
            fail_msg("%s was touched", d.file[i].path);
    }
}

static void a_reader_names_what_does_not_fit_and_keeps_the_head_before(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    bool        grew;
    char        path[TR_IO_PATH];
    make_record(&arena, dir);
    tr_store *writer = open_record(&arena, dir, TR_STORE_WRITE);
    tr_store *reader = open_record(&arena, dir, TR_STORE_READ);
    for (int i = 0; i < 2; i++) {
        CHECK_OK(append_plain(&arena, writer, 1 + 300 * i, 300, &err), err);
        snprintf(path, sizeof path, "%s",
                 file_path(dir, i ? "record/tree.0" : "record/entries.idx"));
        tr_str   good = check_file(&arena, path);
        uint64_t size = tr_store_head(reader).size;
        int      file = open(path, O_WRONLY);
        char     wrong = (char)(good.at[good.len - 1] ^ 4);
        assert_int_equal(pwrite(file, &wrong, 1, good.len - 1), 1);
        CHECK_FAILS(tr_store_refresh(reader, &grew, &err), err, TR_E_RECORD_BYTES);
        assert_non_null(strstr(err.text, i ? "tree.0" : "entries.idx"));
        assert_int_equal(tr_store_head(reader).size, size);
        assert_int_equal(pwrite(file, &good.at[good.len - 1], 1, good.len - 1), 1);
        close(file);
        err = (tr_err){0};
        CHECK_OK(tr_store_refresh(reader, &grew, &err), err);
        assert_int_equal(tr_store_head(reader).size, 301 + 300 * i);
    }
    tr_store_close(reader);
    tr_store_close(writer);
}

static void the_origin_is_read_from_the_head_alone(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_err      err = {0};
    tr_str      origin;
    make_record(&arena, dir);
    remove(file_path(dir, "record/entries.idx"));
    remove(file_path(dir, "record/tree.0"));
    CHECK_OK(tr_store_origin_read(&arena, dir, &origin, &err), err);
    CHECK_STR(origin, ORIGIN);
    put_file(file_path(dir, "record/head.a"), TR_STR("torn"));
    put_file(file_path(dir, "record/head.b"), TR_STR("torn"));
    CHECK_FAILS(tr_store_origin_read(&arena, dir, &origin, &err), err, TR_E_HEAD_SLOT);
}

static void another_log_key_does_not_open_the_record(void **state)
{
    tr_arena    arena = check_arena();
    const char *dir = new_folder();
    tr_author   other = author_of(ORIGIN, ORIGIN, 77);
    tr_store   *store;
    tr_err      err;
    make_record(&arena, dir);
    CHECK_FAILS(tr_store_open(&arena, dir, TR_STORE_WRITE, &other, &store, &err), err,
                TR_E_NOTE_UNKNOWN);
    CHECK_FAILS(tr_store_create(&arena, file_path(dir, "second"), &other, entry_zero(&arena), &err),
                err, TR_E_GENESIS);
}

/* A record of real entries: enrolment, ticks, a batch with its file. */
static void make_real_record(tr_arena *keep, const char *dir, bool with_blobs)
{
    tr_author root = root_key(), log = log_key();
    tr_author clock = author_of(ORIGIN, ORIGIN "/clock/c/1", 9);
    tr_author dev = author_of(ORIGIN, ORIGIN "/device/o/1", 8);
    tr_err    err = {0};
    tr_hash   hash;
    tr_str    entry[5];
    tr_out    chunk = tr_out_new(keep);
    int64_t   rows;
    char      of_root[65], of_chunk[65];
    (void)write_entry(keep, &root, TR_ENTRY_AGREEMENT_ADOPT, adopt_body(keep, &root, &log));
    make_record(keep, dir);
    tr_store *store = open_record(keep, dir, TR_STORE_WRITE);
    tr_put_chunk_row(&chunk, TR_STR("{\"a\":1}"));
    tr_put_chunk_row(&chunk, TR_STR("{\"a\":2}"));
    hash = tr_chunk_root(*keep, tr_out_text(&chunk), &rows, &err);
    tr_hash_hex(&hash, of_root);
    hash = tr_sha256(tr_out_text(&chunk));
    tr_hash_hex(&hash, of_chunk);
    if (with_blobs)
        CHECK_OK(tr_store_blob_put(store, TR_STR("hello\n"), &hash, &err) &&
                     tr_store_blob_put(store, tr_out_text(&chunk), &hash, &err),
                 err);
    entry[0] = write_entry(keep, &root, TR_ENTRY_KEY_ENROL,
                           enrol_body(keep, &clock, "clock", "c", "{'types':['tick']}"));
    entry[1] =
        write_entry(keep, &root, TR_ENTRY_KEY_ENROL,
                    enrol_body(keep, &dev, "device", "o", "{'types':['observation.batch']}"));
    CHECK_OK(tr_store_append(store, entry, 2, &err), err);
    tr_head seen = tr_store_head(store);
    entry[0] = write_entry(keep, &clock, TR_ENTRY_TICK,
                           json_of(keep, "{'t':'2026-03-01T10:00:00.000000000Z','sigma_ms':1,"
                                         "'source':'gps'}"));
    CHECK_OK(tr_entry_write(keep, &dev, NULL, 0, TR_ENTRY_OBSERVATION_BATCH, T0, &seen,
                            json_put(keep,
                                     "{'source':'s1','span':{'begin':'2026-03-01T10:00:00."
                                     "000000000Z','end':'2026-03-01T11:00:00.000000000Z'},'fmt':"
                                     "'truce-obs/1','rows':2,'root':'%s','chunk':{'mime':"
                                     "'application/octet-stream','sha256':'%s','size':%td},"
                                     "'counts':[{'kind':'burst','n':2}]}",
                                     of_root, of_chunk, tr_out_text(&chunk).len),
                            NULL, &entry[1], &err),
             err);
    CHECK_OK(tr_store_append(store, entry, 2, &err), err);
    tr_store_close(store);
}

static void a_whole_record_is_verified_and_counted(void **state)
{
    tr_arena         arena = check_arena();
    const char      *dir = new_folder();
    tr_verify_report report;
    tr_err           err = {0};
    make_real_record(&arena, dir, true);
    CHECK_OK(tr_store_verify(arena, dir, &report, &err), err);
    assert_int_equal(report.entries, 5);
    assert_int_equal(report.invalid, 0);
    assert_int_equal(report.heads, 3);
    assert_int_equal(report.signatures, 5 + 3 + 2);
    assert_int_equal(report.batches, 1);
    assert_int_equal(report.rows, 2);
    assert_int_equal(report.head.size, 5);
}

static void a_head_that_is_not_in_the_list_of_heads_yet_is_said_and_then_added(void **state)
{
    tr_arena         arena = check_arena();
    const char      *dir = new_folder();
    tr_verify_report report;
    tr_err           err = {0};
    char             path[TR_IO_PATH];
    make_real_record(&arena, dir, true);
    snprintf(path, sizeof path, "%s", file_path(dir, "record/heads.log"));
    tr_str    whole = check_file(&arena, path), checkpoint;
    ptrdiff_t before = 0; /* where the last record begins */
    for (uint64_t at = 0, step; (step = tr_heads_record(whole, at, &checkpoint)) > 0; at += step)
        before = (ptrdiff_t)at;
    CHECK_OK(tr_store_verify(arena, dir, &report, &err), err);
    assert_false(report.heads_behind);
    for (ptrdiff_t end = before; end < whole.len; end += end == before ? 2 : 61) {
        put_file(path, tr_str_cut(whole, 0, end));
        CHECK_OK(tr_store_verify(arena, dir, &report, &err), err);
        assert_true(report.heads_behind);
        assert_int_equal(report.heads, 2);
        assert_int_equal(code_of_opening(&arena, dir, TR_STORE_WRITE), 0);
        assert_true(tr_str_eq(check_file(&arena, path), whole));
        CHECK_OK(tr_store_verify(arena, dir, &report, &err), err);
        assert_false(report.heads_behind);
        assert_int_equal(report.heads, 3);
    }
    put_file(path, tr_str_cut(whole, 0, before - 1)); /* the head before is torn: damage */
    CHECK_FAILS(tr_store_verify(arena, dir, &report, &err), err, TR_E_HEAD_SLOT);
    assert_false(report.heads_behind);
}

static void a_missing_or_altered_blob_and_an_invalid_entry_are_named(void **state)
{
    tr_arena         arena = check_arena();
    const char      *dir = new_folder();
    tr_verify_report report;
    tr_err           err = {0};
    make_real_record(&arena, dir, false);
    CHECK_FAILS(tr_store_verify(arena, dir, &report, &err), err, TR_E_BLOB_MISSING);
    assert_int_equal(report.invalid, 0);
    assert_int_equal(report.entries, 5); /* the pass goes on */
    assert_non_null(strstr(err.text, "entry 0"));

    make_real_record(&arena, new_folder(), true);
    tr_store *store = open_record(&arena, folder, TR_STORE_WRITE);
    tr_str    twice;
    err = (tr_err){0};
    assert_true(tr_store_entry(store, 3, &twice));
    twice = tr_str_keep(&arena, twice);
    CHECK_OK(tr_store_append(store, &twice, 1, &err), err); /* the same tick again */
    CHECK_OK(append_plain(&arena, store, 6, 1, &err), err);
    tr_store_close(store);
    CHECK_FAILS(tr_store_verify(arena, folder, &report, &err), err, TR_E_DUPLICATE);
    assert_non_null(strstr(err.text, "entries.dat at entry 5"));
    assert_int_equal(report.invalid, 2);
    assert_int_equal(report.entries, 7);

    make_real_record(&arena, new_folder(), true);
    put_file(file_path(folder, "record/blobs/58/91/"
                               "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"),
             TR_STR("hellO\n"));
    CHECK_FAILS(tr_store_verify(arena, folder, &report, &err), err, TR_E_RECORD_BYTES);
}

/* Is the culprit's name in the message?  A change in heads.log or a slot may also show as a head
 * that the log did not sign; the message still names the file. */
static void every_byte_of(tr_arena arena, const char *dir, const char *name, int *noticed)
{
    char path[TR_IO_PATH], relative[64];
    snprintf(relative, sizeof relative, "record/%s", name);
    snprintf(path, sizeof path, "%s", file_path(dir, relative));
    tr_str bytes = check_file(&arena, path);
    int    file = open(path, O_WRONLY);
    assert_true(file >= 0);
    for (ptrdiff_t at = 0; at < bytes.len; at++) {
        tr_verify_report report;
        tr_err           err = {0};
        char             changed = (char)(bytes.at[at] ^ (1 << at % 8));
        assert_int_equal(pwrite(file, &changed, 1, at), 1);
        bool ok = tr_store_verify(arena, dir, &report, &err);
        if (ok || !strstr(err.text, name))
            fail_msg("%s, byte %td: TR%04d %s", name, at, err.code, err.text);
        assert_int_equal(pwrite(file, &bytes.at[at], 1, at), 1);
        ++*noticed;
    }
    close(file);
}

static void any_changed_byte_of_a_record_is_noticed_and_its_file_named(void **state)
{
    static const char *const files[] = {"entries.dat", "entries.idx", "tree.0",
                                        "head.a",      "head.b",      "heads.log"};
    tr_arena                 arena = check_arena();
    const char              *dir = new_folder();
    tr_verify_report         report;
    tr_err                   err = {0};
    int                      noticed = 0;
    make_real_record(&arena, dir, true);
    for (int i = 0; i < 6; i++)
        every_byte_of(arena, dir, files[i], &noticed);
    assert_true(noticed > 12000);
    CHECK_OK(tr_store_verify(arena, dir, &report, &err), err); /* all put back */
}

static void a_changed_hash_of_an_upper_level_is_noticed(void **state)
{
    tr_arena         arena = check_arena();
    const char      *dir = new_folder();
    tr_verify_report report;
    tr_err           err = {0};
    make_real_record(&arena, dir, true);
    tr_store *store = open_record(&arena, dir, TR_STORE_WRITE);
    CHECK_OK(append_plain(&arena, store, 5, 400, &err), err);
    tr_store_close(store);
    tr_str bytes = check_file(&arena, file_path(dir, "record/tree.1"));
    assert_int_equal(bytes.len, 32);
    char changed[32];
    for (int at = 0; at < 32; at++) {
        memcpy(changed, bytes.at, 32);
        changed[at] ^= 1;
        put_file(file_path(dir, "record/tree.1"), (tr_str){changed, 32});
        err = (tr_err){0};
        assert_false(tr_store_verify(arena, dir, &report, &err));
        assert_int_equal(report.entries, 255); /* found where entry 255 closes the subtree */
    }
}

#define TEST(name) cmocka_unit_test_teardown(name, empty_folder)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_appended_is_read_back_with_its_proofs),
        TEST(tiles_and_bundles_are_the_published_prefixes),
        TEST(stored_levels_equal_a_computation_from_scratch_at_every_corner),
        TEST(a_blob_is_durable_and_checked_when_read),
        TEST(a_reader_follows_the_writer),
        TEST(a_second_writer_is_refused_until_the_first_has_gone),
        TEST(a_folder_that_is_missing_full_or_not_writable_is_named),
        TEST(making_a_record_that_fails_at_any_effect_leaves_nothing_behind),
        TEST(a_full_disk_stops_signing_and_keeps_what_was_published),
        TEST(a_process_that_falls_at_any_effect_loses_nothing_published),
        TEST(a_power_cut_at_any_effect_loses_nothing_published),
        TEST(a_restored_backup_is_not_signed_on),
        TEST(a_copy_that_was_written_to_meanwhile_stops_the_writer),
        TEST(an_altered_entry_stops_the_start_and_no_older_head_is_taken),
        TEST(torn_slots_never_lead_back_to_an_older_head),
        TEST(what_derives_from_the_entries_is_rebuilt),
        TEST(all_that_derives_is_rebuilt_at_once),
        TEST(a_refused_opening_has_touched_nothing),
        TEST(a_reader_names_what_does_not_fit_and_keeps_the_head_before),
        TEST(the_origin_is_read_from_the_head_alone),
        TEST(another_log_key_does_not_open_the_record),
        TEST(a_whole_record_is_verified_and_counted),
        TEST(a_head_that_is_not_in_the_list_of_heads_yet_is_said_and_then_added),
        TEST(a_missing_or_altered_blob_and_an_invalid_entry_are_named),
        TEST(any_changed_byte_of_a_record_is_noticed_and_its_file_named),
        TEST(a_changed_hash_of_an_upper_level_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
