/* note_fuzz.c -- any bytes as a note, checkpoint, verifier key, policy or tile path. */
#include <stdlib.h>

#include "record/commit.h"
#include "record/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static char room[1 << 24];

static void note(tr_arena arena, tr_str bytes)
{
    tr_note      *read = TR_NEW(&arena, tr_note, 1);
    tr_checkpoint point;
    tr_err        err = {0};
    tr_out        out = tr_out_new(&arena);
    if (!tr_note_read(bytes, read, &err))
        return;
    tr_put_str(&out, read->text);
    tr_put_char(&out, '\n');
    for (int i = 0; i < read->sigs; i++)
        tr_put(&out, "%.*s\n", TR_FMT(read->sig[i].raw));
    if (!tr_str_eq(tr_out_text(&out), bytes))
        abort();
    if (!tr_checkpoint_read(read->text, &point, &err))
        return;
    out = tr_out_new(&arena);
    tr_put_checkpoint(&out, point.origin, point.size, &point.root);
    tr_put_str(&out, point.extension);
    if (!tr_str_eq(tr_out_text(&out), read->text))
        abort();
}

static void names(tr_arena arena, tr_str bytes)
{
    tr_vkey vkey;
    tr_tile tile;
    tr_slot slot;
    tr_lock lock;
    tr_err  err = {0};
    tr_out  out = tr_out_new(&arena);
    if (tr_vkey_read(bytes, &vkey, &err)) {
        tr_put_vkey(&out, &vkey);
        if (!tr_str_eq(tr_out_text(&out), bytes))
            abort();
    }
    out = tr_out_new(&arena);
    if (tr_tile_read(bytes, &tile)) {
        tr_put_tile(&out, &tile);
        if (!tr_str_eq(tr_out_text(&out), bytes))
            abort();
    }
    tr_slot_read(bytes, &slot);
    tr_lock_read(bytes, TR_STR("truce.example/m1"), &lock);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    tr_arena   arena = {room, room + sizeof room};
    tr_str     bytes = {(const char *)at, (ptrdiff_t)len};
    tr_policy *policy = TR_NEW(&arena, tr_policy, 1);
    tr_err     err = {0};
    note(arena, bytes);
    names(arena, bytes);
    tr_policy_read(bytes, policy, &err);
    return 0;
}
