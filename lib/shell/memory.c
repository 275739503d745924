/* memory.c -- address space for arenas, whole files, the machine's clock. */
#include "shell/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

tr_arena tr_memory_reserve(ptrdiff_t bytes)
{
    void *at = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
        fprintf(stderr,
                "truce: could not reserve %td bytes of address space: %s\n"
                "hint: raise the limit on virtual memory (ulimit -v)\n",
                bytes, strerror(errno));
        exit(2);
    }
    return (tr_arena){at, (char *)at + bytes};
}

static bool read_failed(tr_err *err, const char *path)
{
    return tr_fail(err, TR_E_FILE_READ, "Check the path and that you may read the file.",
                   "could not read %s: %s", path, strerror(errno));
}

bool tr_file_map(const char *path, int64_t most, tr_str *bytes, tr_err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return read_failed(err, path);
    struct stat about;
    if (fstat(file, &about) != 0 || (S_ISDIR(about.st_mode) && (errno = EISDIR))) {
        read_failed(err, path);
        close(file);
        return false;
    }
    if (!S_ISREG(about.st_mode)) { /* a pipe has no length to map */
        close(file);
        return tr_fail(err, TR_E_FILE_READ,
                       "Hand it in on standard input where the command takes `-`, or save it as a "
                       "file first.",
                       "could not read %s: not an ordinary file", path);
    }
    if (about.st_size > most) {
        close(file);
        return tr_fail(err, TR_E_FILE_SIZE, "Split the file into smaller ones.",
                       "%s has %lld bytes, %lld at most", path, (long long)about.st_size,
                       (long long)most);
    }
    void *at = about.st_size > 0
                   ? mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0)
                   : NULL;
    if (at == MAP_FAILED) {
        read_failed(err, path);
        close(file);
        return false;
    }
    close(file);
    *bytes = (tr_str){at ? at : "", (ptrdiff_t)about.st_size};
    return true;
}

bool tr_stdin_read(tr_arena *keep, int64_t most, tr_str *bytes, tr_err *err)
{
    TR_VEC(char) all = {0};
    for (;;) {
        TR_RESERVE(keep, &all, 1 << 16);
        ssize_t got = read(STDIN_FILENO, all.at + all.len, 1 << 16);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return read_failed(err, "standard input");
        if (got == 0)
            break;
        all.len += got;
        if (all.len > most)
            return tr_fail(err, TR_E_FILE_SIZE, "Give it as several smaller files.",
                           "standard input has more than %lld bytes", (long long)most);
    }
    *bytes = (tr_str){all.at, all.len};
    return true;
}

static bool write_all(const char *path, int flags, int mode, tr_str bytes, tr_err *err)
{
    int  file = open(path, flags | O_WRONLY | O_CREAT | O_CLOEXEC, mode);
    bool done = file >= 0;
    for (ptrdiff_t at = 0; done && at < bytes.len;) {
        ssize_t put = write(file, bytes.at + at, (size_t)(bytes.len - at));
        if (put < 0 && errno == EINTR)
            continue;
        done = put >= 0;
        at += put > 0 ? put : 0;
    }
    done = done && fsync(file) == 0;
    if (!done)
        tr_fail(err, TR_E_FILE_WRITE, "Check the folder, its rights and the space on the disk.",
                "could not write %s: %s", path, strerror(errno));
    if (file >= 0)
        close(file);
    return done;
}

bool tr_file_write(const char *path, tr_str bytes, int mode, bool replace, tr_err *err)
{
    return write_all(path, replace ? O_TRUNC : O_EXCL, mode, bytes, err);
}

bool tr_file_append(const char *path, tr_str bytes, tr_err *err)
{
    return write_all(path, O_APPEND, 0666, bytes, err);
}

tr_time tr_clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (tr_time)now.tv_sec * TR_SECOND + now.tv_nsec;
}
