/* files.h -- reading and writing the files of a record, each call checked and named.
 *
 * Every failure says which file, what was tried and why: TR_E_DISK_FULL,
 * TR_E_READ_ONLY, TR_E_RECORD_MISSING, TR_E_LOCKED, else TR_E_DISK.  A hook lets a
 * test refuse, cut short or skip any effect on the disk.
 */
#ifndef TR_FILES_H
#define TR_FILES_H

#include "base/base.h"
#include "base/text.h"

enum { TR_IO_PATH = 1024 };
typedef struct {
    int  fd; /* -1 when closed */
    char path[TR_IO_PATH];
} tr_io_file;

typedef enum { TR_IO_READ, TR_IO_EDIT, TR_IO_MAKE } tr_io_mode; /* MAKE: new or as it is */
bool tr_io_open(tr_io_file *file, const char *path, tr_io_mode mode, tr_err *err);
void tr_io_close(tr_io_file *file);
bool tr_io_size(const tr_io_file *file, uint64_t *size, tr_err *err);
bool tr_io_read(const tr_io_file *file, uint64_t offset, void *at, ptrdiff_t len, tr_err *err);
/* From the medium where the system lets us: drops the cached pages first. */
bool tr_io_read_back(const tr_io_file *file, uint64_t offset, void *at, ptrdiff_t len, tr_err *err);
bool tr_io_write(const tr_io_file *file, uint64_t offset, tr_str bytes, tr_err *err);
bool tr_io_sync(const tr_io_file *file, tr_err *err); /* the content, and the size */
bool tr_io_cut(const tr_io_file *file, uint64_t size, tr_err *err);
/* `room` bytes of address space over a file that may grow into it; read only below its size. */
bool tr_io_map(const tr_io_file *file, uint64_t room, const char **at, tr_err *err);
void tr_io_unmap(const char *at, uint64_t room);

bool tr_io_make_folder(const char *path, tr_err *err); /* true when it is there already */
bool tr_io_sync_folder(const char *path, tr_err *err);
/* Everything written below `path` so far, by one flush of its file system. */
bool tr_io_sync_all(const char *path, tr_err *err);
bool tr_io_rename(const char *from, const char *to, tr_err *err);
/* Hold the only exclusive lock on a folder until the file is closed. */
bool tr_io_lock_folder(tr_io_file *folder, const char *path, tr_err *err);
bool tr_io_there(const char *path);
/* Join two parts of a path into `path`; a path too long is an error. */
bool tr_io_join(char path[TR_IO_PATH], const char *folder, const char *name, tr_err *err);

/* For tests: called before every effect on the disk, and by the store before each step of a commit
 * that touches none ("step").  Return 0 to go on; an errno to fail with, after `*len` bytes of a
 * write; TR_IO_SKIP to do nothing and succeed. */
enum { TR_IO_SKIP = -1 };
typedef int (*tr_io_hook)(void *context, const char *what, const char *path, ptrdiff_t *len);
void tr_io_hook_set(tr_io_hook hook, void *context); /* NULL: none, as at the start */
bool tr_io_step(const char *what, tr_err *err);

#endif
