/* entry_fuzz.c -- any bytes as an entry: no crash, and what is read prints back to the same bytes.
 */
#include <stdlib.h>

#include "record/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static char room[1 << 24];

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    tr_arena  arena = {room, room + sizeof room};
    tr_str    raw = {(const char *)at, (ptrdiff_t)len}, row;
    tr_entry *entry = TR_NEW(&arena, tr_entry, 1);
    tr_err    err = {0};
    tr_ref    ref[4];
    tr_blob   blob[4];
    bool      ok = tr_entry_read(&arena, raw, TR_STR("truce.example/m1"), entry, &err);
    if (ok != (err.code == 0))
        abort();
    if (ok) {
        tr_out out = tr_out_new(&arena);
        tr_put(&out, "truce/entry/v1\ntruce.example/m1\n");
        tr_json_print(&out, entry->envelope);
        tr_put_char(&out, '\n');
        if (!tr_str_eq(tr_out_text(&out), entry->note.text))
            abort();
        tr_entry_refs(entry, ref, 4);
        tr_entry_blobs(entry, blob, 4);
    }
    err = (tr_err){0};
    for (tr_str rest = raw; tr_chunk_next(&rest, &row, &err);) {
        tr_err of_row = {0};
        tr_row_check(arena, row, &of_row);
    }
    return 0;
}
