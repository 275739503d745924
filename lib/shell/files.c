/* files.c -- checked reading and writing; see files.h. */
#include "shell/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static tr_io_hook the_hook;
static void      *hook_context;

void tr_io_hook_set(tr_io_hook hook, void *context)
{
    the_hook = hook;
    hook_context = context;
}

static int ask_hook(const char *what, const char *path, ptrdiff_t *len)
{
    return the_hook ? the_hook(hook_context, what, path, len) : 0;
}

static bool refused(tr_err *err, const char *what, const char *path, int why)
{
    int         code = TR_E_DISK;
    const char *hint = "The published head stands.  Check the disk and the system's log, then open "
                       "the record again.";
    if (why == ENOSPC || why == EDQUOT || why == EFBIG) {
        code = TR_E_DISK_FULL;
        hint = "The published head stands.  Make room, then open the record again and hand in what "
               "got no receipt.";
    } else if (why == EROFS || why == EACCES || why == EPERM) {
        code = TR_E_READ_ONLY;
        hint = "Give the account that runs truce the right to read and write the folder, or name "
               "another one.";
    } else if (why == ENOENT || why == ENOTDIR) {
        code = TR_E_RECORD_MISSING;
        hint = "Check the path; a record is a folder made by truce.  Copy a missing file back from "
               "a mirror.";
    }
    return tr_fail(err, code, hint, "could not %s %s: %s", what, path, strerror(why));
}

bool tr_io_step(const char *what, tr_err *err)
{
    ptrdiff_t none = 0;
    int       why = ask_hook("step", what, &none);
    return why == 0 || why == TR_IO_SKIP || refused(err, "do", what, why);
}

bool tr_io_join(char path[TR_IO_PATH], const char *folder, const char *name, tr_err *err)
{
    int len = snprintf(path, TR_IO_PATH, "%s/%s", folder, name);
    return (len > 0 && len < TR_IO_PATH) ||
           tr_fail(err, TR_E_LIMIT, "Use a folder with a shorter path.",
                   "a path of %d bytes, of at most %d", len, TR_IO_PATH - 1);
}

bool tr_io_open(tr_io_file *file, const char *path, tr_io_mode mode, tr_err *err)
{
    int flags = mode == TR_IO_READ ? O_RDONLY : mode == TR_IO_EDIT ? O_RDWR : O_RDWR | O_CREAT;
    file->fd = -1;
    if (snprintf(file->path, TR_IO_PATH, "%s", path) >= TR_IO_PATH)
        return refused(err, "open", path, ENAMETOOLONG);
    ptrdiff_t none = 0;
    int       why = mode == TR_IO_MAKE ? ask_hook("make", path, &none) : 0;
    if (why > 0)
        return refused(err, "make", path, why);
    file->fd = open(path, flags | O_CLOEXEC, 0644);
    return file->fd >= 0 || refused(err, "open", path, errno);
}

void tr_io_close(tr_io_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

bool tr_io_size(const tr_io_file *file, uint64_t *size, tr_err *err)
{
    struct stat about;
    if (fstat(file->fd, &about) != 0)
        return refused(err, "measure", file->path, errno);
    *size = (uint64_t)about.st_size;
    return true;
}

bool tr_io_read(const tr_io_file *file, uint64_t offset, void *at, ptrdiff_t len, tr_err *err)
{
    ptrdiff_t want = len;
    int       why = ask_hook("read", file->path, &want);
    if (why > 0)
        return refused(err, "read", file->path, why);
    for (ptrdiff_t done = 0; done < len;) {
        ssize_t got =
            pread(file->fd, (char *)at + done, (size_t)(len - done), (off_t)offset + (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refused(err, "read", file->path, errno);
        if (got == 0)
            return tr_fail(err, TR_E_RECORD_BYTES, "Copy the file back from a mirror.",
                           "%s ends at byte %lld, before what the head covers", file->path,
                           (long long)offset + (long long)done);
        done += got;
    }
    return true;
}

bool tr_io_read_back(const tr_io_file *file, uint64_t offset, void *at, ptrdiff_t len, tr_err *err)
{
    (void)posix_fadvise(file->fd, (off_t)offset, (off_t)len, POSIX_FADV_DONTNEED);
    return tr_io_read(file, offset, at, len, err);
}

static bool write_all(const tr_io_file *file, uint64_t offset, tr_str bytes, tr_err *err)
{
    for (ptrdiff_t done = 0; done < bytes.len;) {
        ssize_t put = pwrite(file->fd, bytes.at + done, (size_t)(bytes.len - done),
                             (off_t)offset + (off_t)done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return refused(err, "write", file->path, put < 0 ? errno : ENOSPC);
        done += put;
    }
    return true;
}

bool tr_io_write(const tr_io_file *file, uint64_t offset, tr_str bytes, tr_err *err)
{
    ptrdiff_t len = bytes.len;
    int       why = ask_hook("write", file->path, &len);
    if (why == TR_IO_SKIP)
        return true;
    if (why != 0) { /* what a full or failing disk leaves behind */
        tr_err quiet = {0};
        write_all(file, offset, tr_str_cut(bytes, 0, len), &quiet);
        return refused(err, "write", file->path, why);
    }
    return write_all(file, offset, bytes, err);
}

bool tr_io_sync(const tr_io_file *file, tr_err *err)
{
    ptrdiff_t none = 0;
    int       why = ask_hook("sync", file->path, &none);
    if (why == TR_IO_SKIP)
        return true;
    if (why == 0 && fdatasync(file->fd) != 0)
        why = errno;
    return why == 0 || refused(err, "sync", file->path, why);
}

bool tr_io_cut(const tr_io_file *file, uint64_t size, tr_err *err)
{
    ptrdiff_t none = 0;
    int       why = ask_hook("cut", file->path, &none);
    if (why == 0 && ftruncate(file->fd, (off_t)size) != 0)
        why = errno;
    return why <= 0 || refused(err, "cut", file->path, why);
}

bool tr_io_map(const tr_io_file *file, uint64_t room, const char **at, tr_err *err)
{
    void *map = mmap(NULL, room, PROT_READ, MAP_SHARED | MAP_NORESERVE, file->fd, 0);
    if (map == MAP_FAILED)
        return refused(err, "map", file->path, errno);
    *at = map;
    return true;
}

void tr_io_unmap(const char *at, uint64_t room)
{
    union {
        const char *in;
        void       *out;
    } map = {.in = at};
    if (at)
        munmap(map.out, room);
}

bool tr_io_make_folder(const char *path, tr_err *err)
{
    ptrdiff_t none = 0;
    int       why = ask_hook("make", path, &none);
    if (why == 0 && mkdir(path, 0755) != 0 && errno != EEXIST)
        why = errno;
    return why <= 0 || refused(err, "make", path, why);
}

static bool sync_opened(const char *path, int (*sync)(int), tr_err *err)
{
    ptrdiff_t none = 0;
    int       why = ask_hook("sync", path, &none);
    if (why != 0)
        return why == TR_IO_SKIP || refused(err, "sync", path, why);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return refused(err, "open", path, errno);
    if (sync(folder) != 0)
        why = errno;
    close(folder);
    return why == 0 || refused(err, "sync", path, why);
}

bool tr_io_sync_folder(const char *path, tr_err *err)
{
    return sync_opened(path, fsync, err);
}

bool tr_io_sync_all(const char *path, tr_err *err)
{
    return sync_opened(path, syncfs, err);
}

bool tr_io_rename(const char *from, const char *to, tr_err *err)
{
    ptrdiff_t none = 0;
    int       why = ask_hook("rename", to, &none);
    if (why == 0 && rename(from, to) != 0)
        why = errno;
    return why <= 0 || refused(err, "rename", to, why);
}

bool tr_io_lock_folder(tr_io_file *folder, const char *path, tr_err *err)
{
    if (snprintf(folder->path, TR_IO_PATH, "%s", path) >= TR_IO_PATH)
        return refused(err, "open", path, ENAMETOOLONG);
    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->fd < 0)
        return refused(err, "open", path, errno);
    if (flock(folder->fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    int why = errno;
    tr_io_close(folder);
    if (why != EWOULDBLOCK)
        return refused(err, "lock", path, why);
    return tr_fail(err, TR_E_LOCKED,
                   "Stop the other process, or read only.  Two writers would fork the record.",
                   "another process writes the record in %s", path);
}

bool tr_io_there(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}
