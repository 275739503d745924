/* base.h -- the few types every module shares: moments, text, memory, errors.
 *
 * Pure: nothing here reads a file, a clock or the environment, and nothing
 * here allocates except from an arena the caller hands in.
 */
#ifndef TR_BASE_H
#define TR_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A moment: nanoseconds since 1970-01-01T00:00:00Z, UTC, leap seconds not
 * counted (as POSIX time).  Spans are half open: [begin, end). */
typedef int64_t tr_time;
#define TR_TIME_NONE INT64_MIN
#define TR_TIME_MAX  INT64_MAX /* "never", or an open end */
#define TR_SECOND    INT64_C(1000000000)
#define TR_MINUTE    (60 * TR_SECOND)
#define TR_HOUR      (3600 * TR_SECOND)
#define TR_DAY       (24 * TR_HOUR) /* 24 elapsed hours; calendar days: time.h */

typedef struct {
    tr_time begin;
    tr_time end;
} tr_span;

/* Text with its length; not zero terminated, never owned by the struct. */
typedef struct {
    const char *at;
    ptrdiff_t   len;
} tr_str;
#define TR_STR(literal) ((tr_str){(literal), (ptrdiff_t)sizeof(literal) - 1})
#define TR_FMT(str)     (int)(str).len, (str).at /* for "%.*s" */

/* Memory.  A pointer parameter `keep` receives what outlives the call; an
 * arena passed by value is scratch, and is empty again on return. */
typedef struct {
    char *beg;
    char *end;
} tr_arena;

/* `count` zeroed objects of `size` bytes.  Aborts when the arena is full:
 * every caller bounds its need beforehand (shell reserves address space, not
 * memory, so arenas are generous). */
void *tr_alloc(tr_arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count);
#define TR_NEW(arena, type, count)                                                                 \
    ((type *)tr_alloc((arena), (ptrdiff_t)sizeof(type), (ptrdiff_t) _Alignof(type), (count)))

/* A growing array of plain structs in an arena: pointer, count, room.
 *     TR_VEC(tr_point) corners = {0};
 *     *TR_PUSH(keep, &corners) = p;                                        */
#define TR_VEC(type)                                                                               \
    struct {                                                                                       \
        type     *at;                                                                              \
        ptrdiff_t len;                                                                             \
        ptrdiff_t cap;                                                                             \
    }
void tr_vec_grow(tr_arena *arena, void *vec, ptrdiff_t size, ptrdiff_t align, ptrdiff_t need);
#define TR_PUSH(arena, vec)                                                                        \
    ((vec)->len < (vec)->cap ? (void)0                                                             \
                             : tr_vec_grow((arena), (vec), (ptrdiff_t)sizeof *(vec)->at,           \
                                           (ptrdiff_t) _Alignof(max_align_t), (vec)->len + 1),     \
     &(vec)->at[(vec)->len++])
/* Room for `more` further elements at one go. */
#define TR_RESERVE(arena, vec, more)                                                               \
    ((vec)->len + (more) <= (vec)->cap                                                             \
         ? (void)0                                                                                 \
         : tr_vec_grow((arena), (vec), (ptrdiff_t)sizeof *(vec)->at,                               \
                       (ptrdiff_t) _Alignof(max_align_t), (vec)->len + (more)))

/* The one list of errors: enumerators TR_E_<NAME> = mmnn. */
enum tr_error_code {
#define TR_ERROR(code, name, summary) TR_E_##name = code,
#include "base/errors.def"
#undef TR_ERROR
};

/* What went wrong.  The first failure stays; later ones do not hide it. */
typedef struct {
    int  code;      /* 0 while all is well; else of errors.def, printed TRmmnn */
    int  line;      /* 1 up, of the input in question; 0 when it has no lines */
    int  column;    /* 1 up, in bytes; 0 when there is none */
    char text[240]; /* one line naming the culprit, lower case, no full stop */
    char hint[240]; /* whole sentences: what the reader can do */
} tr_err;

/* Fill `err` unless it holds an earlier failure.  Always false. */
bool tr_fail(tr_err *err, int code, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The summary line of a code, or NULL for a code that is not in the list. */
const char *tr_error_summary(int code);
/* The code of entry `i` of the list, or 0 past its end. */
int tr_error_at(int i);

#endif
