/* memory.h -- address space for arenas, and whole files in memory. */
#ifndef TR_MEMORY_H
#define TR_MEMORY_H

#include "base/base.h"

/* Address space, not memory: pages come as they are touched.  Exits with status 2 when the
 * system refuses even that. */
tr_arena tr_memory_reserve(ptrdiff_t bytes);
#define TR_MEMORY_LARGE ((ptrdiff_t)1 << 36) /* 64 GiB: a mission, a large import */
#define TR_MEMORY_SMALL ((ptrdiff_t)1 << 32) /* 4 GiB: one command's texts */

/* A whole file, mapped read-only (kept until exit), at most `most` bytes.  TR_E_FILE_READ names
 * the path and why; an empty file gives an empty text. */
bool tr_file_map(const char *path, int64_t most, tr_str *bytes, tr_err *err);
/* Standard input to its end, into `keep`. */
bool tr_stdin_read(tr_arena *keep, int64_t most, tr_str *bytes, tr_err *err);
/* Write a new file with `mode`, synced; fails when it exists unless `replace`. */
bool tr_file_write(const char *path, tr_str bytes, int mode, bool replace, tr_err *err);
/* Add to the end of a file, which is made when it is not there. */
bool tr_file_append(const char *path, tr_str bytes, tr_err *err);

/* The machine's clock, for ticks and for the time of writing. */
tr_time tr_clock_now(void);

#endif
