/* csv_fuzz.c -- any bytes as CSV: records in order with growing lines, written again they are read
 * the same; and any bytes as Windows-1252. */
#include <stdlib.h>

#include "base/text.h"
#include "codec/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds)
        abort();
}

typedef struct {
    tr_out    out;
    int64_t   number;
    int64_t   line;
} seen;

/* Write the record with every field quoted: that has one reading. */
static bool write_row(void *context, const tr_csv_row *row)
{
    seen *s = context;
    check(row->number == s->number + 1 && row->line > s->line && row->fields >= 1);
    s->number = row->number;
    s->line = row->line;
    for (int i = 0; i < row->fields; i++) {
        tr_put(&s->out, i == 0 ? "\"" : ",\"");
        for (ptrdiff_t k = 0; k < row->field[i].len; k++) {
            if (row->field[i].at[k] == '"')
                tr_put_char(&s->out, '"');
            tr_put_char(&s->out, row->field[i].at[k]);
        }
        tr_put_char(&s->out, '"');
    }
    tr_put_char(&s->out, '\n');
    return true;
}

static bool rewrite(tr_arena *arena, tr_arena scratch, tr_str bytes, tr_str *written)
{
    seen   s = {.out = tr_out_new(arena)};
    tr_err err = {0};
    bool   done = tr_csv_read(scratch, bytes, ',', write_row, &s, &err);
    check(done == (err.code == 0));
    *written = tr_out_text(&s.out);
    return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    enum { ROOM = 64 << 20 };
    static char *room;
    if (!room)
        room = malloc(ROOM);
    if (len > 1 << 16)
        return 0;
    tr_arena arena = {room, room + ROOM / 2};
    tr_arena scratch = {room + ROOM / 2, room + ROOM};
    tr_str   bytes = {(const char *)at, (ptrdiff_t)len};
    tr_str   first;
    tr_str   second;
    if (rewrite(&arena, scratch, bytes, &first)) {
        check(rewrite(&arena, scratch, first, &second));
        check(tr_str_eq(first, second));
    }
    tr_str utf8;
    tr_err err = {0};
    if (tr_text_from_1252(&arena, bytes, &utf8, &err))
        check(tr_utf8_ok(utf8, NULL) && utf8.len >= bytes.len);
    else
        check(err.code == TR_E_TEXT_1252 && err.line >= 1 && err.column >= 1);
    return 0;
}
