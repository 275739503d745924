/* check.h -- what every test needs besides cmocka: an arena and the project's root.
 *
 * A test function is `static void the_behaviour_in_words(void **state)`; `main` runs the group.
 * Reserve, not memory: 4 GiB of address space that is only touched as used.
 */
#ifndef TR_CHECK_H
#define TR_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/text.h"

__attribute__((unused)) static tr_arena check_arena(void)
{
    size_t room = (size_t)4 << 30;
    char *at = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                    -1, 0);
    assert_true(at != MAP_FAILED);
    return (tr_arena){at, at + room};
}

/* A whole file, or an empty text with at == NULL when it is not there. */
__attribute__((unused)) static tr_str check_file(tr_arena *keep, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return (tr_str){NULL, 0};
    fseek(file, 0, SEEK_END);
    long len = ftell(file);
    rewind(file);
    char *at = TR_NEW(keep, char, len + 1);
    assert_int_equal(fread(at, 1, (size_t)len, file), (size_t)len);
    fclose(file);
    return (tr_str){at, len};
}

/* A file of the project ("agreements/x.truce"); of the shared folder beside it, "../shared/...". */
__attribute__((unused)) static const char *check_path(const char *relative)
{
    static char path[1024];
    const char *root = getenv("TR_ROOT");
    snprintf(path, sizeof path, "%s/%s", root ? root : ".", relative);
    return path;
}

/* Real data and published vectors live outside the project: say so, never pass silently. */
#define CHECK_DATA(text)                                                                           \
    do {                                                                                           \
        if ((text).at == NULL) {                                                                   \
            puts("skipped, no data");                                                              \
            skip();                                                                                \
        }                                                                                          \
    } while (0)

#define CHECK_STR(got, want)                                                                       \
    do {                                                                                           \
        tr_str got_ = (got);                                                                       \
        if (!tr_str_eq(got_, tr_str_of(want)))                                                     \
            fail_msg("%s is \"%.*s\", not \"%s\"", #got, TR_FMT(got_), (want));                    \
    } while (0)

#define CHECK_OK(call, err)                                                                        \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: TR%04d %s (%s)", #call, (err).code, (err).text, (err).hint);             \
    } while (0)
#define CHECK_FAILS(call, err, want)                                                               \
    do {                                                                                           \
        (err) = (tr_err){0};                                                                       \
        assert_false(call);                                                                        \
        assert_int_equal((err).code, (want));                                                      \
    } while (0)

#endif
