/* base.c -- arenas, growing arrays and errors. */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void *tr_alloc(tr_arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count)
{
    assert(size > 0 && count >= 0);
    assert(align > 0 && (align & (align - 1)) == 0);

    ptrdiff_t pad = (ptrdiff_t)(-(uintptr_t)arena->beg & (uintptr_t)(align - 1));
    ptrdiff_t room = arena->end - arena->beg - pad;
    if (room < 0 || count > room / size)
        abort(); /* every caller bounds its need beforehand: a bug */

    char *block = arena->beg + pad;
    arena->beg = block + size * count;
    return memset(block, 0, (size_t)(size * count));
}

typedef TR_VEC(char) any_vec;

/* Twice the room, so that copying costs little in all; where nothing is copied and much is held, a
 * quarter more, so that few pages are zeroed that stay unused. */
static ptrdiff_t next_cap(ptrdiff_t cap, ptrdiff_t size, ptrdiff_t need, bool in_place)
{
    enum { MUCH = 1 << 20 };
    if (in_place && size * cap >= MUCH)
        return cap + cap / 4 > need ? cap + cap / 4 : need;
    cap = cap > 0 ? cap : 8;
    while (cap < need)
        cap *= 2;
    return cap;
}

void tr_vec_grow(tr_arena *arena, void *vec, ptrdiff_t size, ptrdiff_t align, ptrdiff_t need)
{
    any_vec now;
    memcpy(&now, vec, sizeof now);
    bool      last = now.at && now.at + size * now.cap == arena->beg;
    ptrdiff_t cap = next_cap(now.cap, size, need, last);

    if (last) { /* extend it in place */
        tr_alloc(arena, size, 1, cap - now.cap);
    } else {
        char *moved = tr_alloc(arena, size, align, cap);
        if (now.len > 0)
            memcpy(moved, now.at, (size_t)(size * now.len));
        now.at = moved;
    }
    now.cap = cap;
    memcpy(vec, &now, sizeof now);
}

bool tr_fail(tr_err *err, int code, const char *hint, const char *format, ...)
{
    assert(code != 0);
    if (err->code != 0)
        return false;

    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    snprintf(err->hint, sizeof err->hint, "%s", hint);
    err->code = code;
    return false;
}

static const struct {
    int         code;
    const char *summary;
} errors[] = {
#define TR_ERROR(code, name, summary) {code, summary},
#include "base/errors.def"
#undef TR_ERROR
};

enum { ERRORS = sizeof errors / sizeof errors[0] };

const char *tr_error_summary(int code)
{
    for (int i = 0; i < ERRORS; i++)
        if (errors[i].code == code)
            return errors[i].summary;
    return NULL;
}

int tr_error_at(int i)
{
    return i >= 0 && i < ERRORS ? errors[i].code : 0;
}
