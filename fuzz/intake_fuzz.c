/* intake_fuzz.c -- any bytes to any reader: no crash, the sum adds up, every row is canonical.
 * The first byte chooses the reader, the second whether there is an area. */
#include <stdlib.h>

#include "codec/json.h"
#include "intake/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(tr_arena scratch, const tr_intake *in)
{
    const tr_intake_sum *sum = &in->sum;
    if (sum->read != sum->accepted + sum->duplicate + sum->refused || sum->accepted != in->rows)
        abort();
    for (int64_t i = 0; i < in->rows; i++) {
        tr_arena room = scratch;
        tr_err   err = {0};
        tr_json *body;
        if (!tr_json_read(&room, in->row[i].row, &body, &err) ||
            in->row[i].begin >= in->row[i].end)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ROOM = 512 << 20 };
    static char *keep_room, *scratch_room;
    if (!keep_room) {
        keep_room = malloc(ROOM);
        scratch_room = malloc(ROOM);
    }
    if (size < 2 || !keep_room || !scratch_room)
        return 0;
    tr_arena keep = {keep_room, keep_room + ROOM}, scratch = {scratch_room, scratch_room + ROOM};
    tr_intake_setting setting = {.tz = tr_tz_find(TR_STR("Europe/Kyiv")), .range_m = 20000};
    if (data[1] & 1)
        setting.area = (tr_box){{220000000, 440000000}, {403000000, 524000000}};
    tr_intake in;
    tr_err    err = {0};
    tr_str    bytes = {(const char *)data + 2, (ptrdiff_t)size - 2};
    if (tr_intake_read(&keep, scratch, (tr_intake_kind)(data[0] % TR_INTAKE_KINDS), bytes, &setting,
                       &in, &err))
        judge(scratch, &in);
    else if (err.code == 0)
        abort();
    return 0;
}
