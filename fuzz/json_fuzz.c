/* json_fuzz.c -- any bytes: what the entry reader accepts prints back to the same bytes, and what
 * is taken over from outside prints to something that is taken over and printed the same again. */
#include <stdlib.h>

#include "codec/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void entry(tr_arena arena, tr_str bytes)
{
    tr_err   err = {0};
    tr_json *root = NULL;
    if (!tr_json_read(&arena, bytes, &root, &err)) {
        check(err.code != 0 && err.column >= 1 && err.column <= bytes.len + 1 && !root);
        return;
    }
    tr_out out = tr_out_new(&arena);
    tr_json_print(&out, root);
    check(tr_str_eq(tr_out_text(&out), bytes) && tr_str_eq(root->raw, bytes));
    tr_out again = tr_out_new(&arena);
    tr_json_print_general(&again, tr_json_copy(&arena, root));
    check(tr_str_eq(tr_out_text(&again), bytes));
}

static void foreign(tr_arena arena, tr_str bytes, bool decimals)
{
    tr_err   err = {0};
    tr_json *root = NULL;
    if (!tr_json_import(&arena, bytes, decimals, &root, &err)) {
        check(err.code != 0 && !root);
        return;
    }
    tr_out out = tr_out_new(&arena);
    tr_json_print_general(&out, root);
    check(tr_utf8_ok(tr_out_text(&out), NULL));
    check(tr_json_import(&arena, tr_out_text(&out), false, &root, &err));
    tr_out again = tr_out_new(&arena);
    tr_json_print_general(&again, root);
    check(tr_str_eq(tr_out_text(&again), tr_out_text(&out)));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    enum { ROOM = 64 << 20 };
    static char *room;
    if (!room)
        room = malloc(ROOM);
    if (len > 1 << 16)
        return 0;
    tr_arena arena = {room, room + ROOM};
    tr_str   bytes = {(const char *)at, (ptrdiff_t)len};
    entry(arena, bytes);
    foreign(arena, bytes, len % 2 == 1);
    return 0;
}
