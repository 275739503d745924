/* intake.c -- a file as a whole: is it text, which reader, what is refused, what came twice.
 *
 * Rows of one src_id: the same bytes again is a duplicate of the first; other bytes, and all rows
 * of that src_id go into quarantine, because which of them came first is not known by the order
 * of a file.  Found with a table of open addressing over SHA-256 of the src_id; nothing is ever
 * listed in its order.
 */
#include "intake/reader.h"

#include "crypt/crypt.h"

static const struct {
    const char *name;
    bool (*read)(tr_reader *reader, tr_str bytes);
} readers[TR_INTAKE_KINDS] = {
    [TR_INTAKE_UCDP] = {"ucdp", tr_read_ucdp},
    [TR_INTAKE_SMM] = {"smm", tr_read_smm},
    [TR_INTAKE_SMM_TOTALS] = {"smm-totals", tr_read_totals},
    [TR_INTAKE_NATIVE] = {"native", tr_read_native},
};

const char *tr_intake_kind_name(tr_intake_kind kind)
{
    assert(kind < TR_INTAKE_KINDS);
    return readers[kind].name;
}

bool tr_intake_kind_read(tr_str name, tr_intake_kind *kind)
{
    for (int i = 0; i < TR_INTAKE_KINDS; i++) {
        if (tr_str_is(name, readers[i].name)) {
            *kind = (tr_intake_kind)i;
            return true;
        }
    }
    return false;
}

/* ---- quarantine ---- */

/* Many rows are refused with one hint: keep it once for neighbours. */
static tr_str keep_hint(tr_reader *reader, tr_str hint)
{
    if (reader->refused.len > 0) {
        tr_str before = reader->refused.at[reader->refused.len - 1].hint;
        if (tr_str_eq(before, hint))
            return before;
    }
    return tr_str_keep(reader->keep, hint);
}

bool tr_refuse(tr_reader *reader, const tr_err *why)
{
    reader->sum.read++;
    reader->sum.refused++;
    if (reader->refused.len == TR_INTAKE_REFUSED)
        return tr_fail(reader->err, TR_E_INTAKE_LARGE,
                       "See whether the file is of the kind named; a file with so many faults is "
                       "better mended at its source.",
                       "more than %d rows refused, the first at row %lld: %s", TR_INTAKE_REFUSED,
                       (long long)reader->refused.at[0].number,
                       tr_str_z(reader->keep, tr_shown(reader->refused.at[0].text, 120)));
    tr_refused refused = {reader->number, reader->number_line, why->code,
                          tr_str_keep(reader->keep, tr_str_of(why->text)),
                          keep_hint(reader, tr_str_of(why->hint))};
    *TR_PUSH(reader->keep, &reader->refused) = refused;
    return true;
}

/* ---- rows that share a src_id ---- */

enum { ROW_NEW, ROW_SAME, ROW_TORN };

static uint64_t slot_of(tr_str src_id)
{
    tr_hash  hash = tr_sha256(src_id);
    uint64_t slot;
    memcpy(&slot, hash.at, sizeof slot);
    return slot;
}

/* fate[i] of each row: the first of its src_id, the same as it, or torn by another content. */
static void judge_rows(tr_arena scratch, const tr_intake_row *row, int64_t rows, uint8_t *fate)
{
    int64_t room = 16;
    while (room < 2 * rows)
        room *= 2;
    int64_t *slot = TR_NEW(&scratch, int64_t, room); /* 1 + index of the first of a src_id */
    int64_t *first = TR_NEW(&scratch, int64_t, rows);
    for (int64_t i = 0; i < rows; i++) {
        uint64_t at = slot_of(row[i].src_id) & (uint64_t)(room - 1);
        while (slot[at] != 0 && !tr_str_eq(row[slot[at] - 1].src_id, row[i].src_id))
            at = (at + 1) & (uint64_t)(room - 1);
        if (slot[at] == 0)
            slot[at] = i + 1;
        first[i] = slot[at] - 1;
        if (first[i] < i)
            fate[i] = ROW_SAME;
        if (!tr_str_eq(row[first[i]].row, row[i].row))
            fate[first[i]] = ROW_TORN;
    }
    for (int64_t i = 0; i < rows; i++)
        if (fate[first[i]] == ROW_TORN)
            fate[i] = ROW_TORN;
}

static bool refuse_torn(tr_reader *reader, const tr_intake_row *row)
{
    tr_err why = {0};
    tr_str shown = tr_shown(row->src_id, 80);
    tr_fail(&why, TR_E_INTAKE_ID_TWICE,
            "Leave the right one in the file; what is in the record already is changed by a "
            "correction, not by a second row.",
            "id \"%.*s\" is used twice with different content", TR_FMT(shown));
    reader->number = row->number;
    reader->number_line = row->line;
    reader->sum.read--; /* it was counted when it was drafted */
    return tr_refuse(reader, &why);
}

/* Both halves stand by number already: merge them. */
static void merge_refused(tr_arena scratch, tr_refused *refused, ptrdiff_t half, ptrdiff_t len)
{
    if (half == 0 || half == len)
        return;
    tr_refused *merged = TR_NEW(&scratch, tr_refused, len);
    for (ptrdiff_t i = 0, a = 0, b = half; i < len; i++) {
        bool take_b = a == half || (b < len && refused[b].number < refused[a].number);
        merged[i] = refused[take_b ? b++ : a++];
    }
    memcpy(refused, merged, (size_t)len * sizeof *merged);
}

static bool settle_rows(tr_reader *reader)
{
    tr_arena       scratch = *reader->scratch;
    tr_intake_row *row = reader->rows.at;
    ptrdiff_t      rows = reader->rows.len, half = reader->refused.len, kept = 0;
    uint8_t       *fate = TR_NEW(&scratch, uint8_t, rows);
    judge_rows(scratch, row, rows, fate);
    for (ptrdiff_t i = 0; i < rows; i++) {
        if (fate[i] == ROW_TORN && !refuse_torn(reader, &row[i]))
            return false;
        reader->sum.duplicate += fate[i] == ROW_SAME;
        if (fate[i] == ROW_NEW)
            row[kept++] = row[i];
    }
    reader->rows.len = kept;
    reader->sum.accepted = kept;
    merge_refused(scratch, reader->refused.at, half, reader->refused.len);
    return true;
}

static tr_span span_of(const tr_intake_row *row, int64_t rows)
{
    tr_span span = {0, 0};
    for (int64_t i = 0; i < rows; i++) {
        if (i == 0 || row[i].begin < span.begin)
            span.begin = row[i].begin;
        if (i == 0 || row[i].end > span.end)
            span.end = row[i].end;
    }
    return span;
}

/* ---- the file ---- */

static bool check_text(tr_str bytes, tr_err *err)
{
    static const struct {
        const char *sign, *name, *hint;
    } signs[] = {
        {"\x1f\x8b", "a gzip file", "Unpack it first: gunzip < FILE."},
        {"PK\x03\x04", "a zip or spreadsheet file", "Export the table as CSV in UTF-8."},
        {"\xff\xfe", "UTF-16 text", "Save the file as UTF-8."},
        {"\xfe\xff", "UTF-16 text", "Save the file as UTF-8."},
        {"\x89PNG", "a picture", "Name the file with the table."},
        {"%PDF", "a PDF document", "Take the table out of it as CSV in UTF-8."},
    };
    if (tr_str_trim(bytes).len == 0)
        return tr_fail(err, TR_E_INTAKE_EMPTY,
                       "An empty file is no report of nothing: see whether the source failed.",
                       "the file is empty");
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (tr_str_starts(bytes, signs[i].sign))
            return tr_fail(err, TR_E_INTAKE_BINARY, signs[i].hint, "the file is %s",
                           signs[i].name);
    const char *zero = memchr(bytes.at, '\0', (size_t)bytes.len);
    if (zero)
        return tr_fail(err, TR_E_INTAKE_BINARY, "Name a text file, saved as UTF-8.",
                       "the file is not text: a zero byte at byte %lld",
                       (long long)(zero - bytes.at) + 1);
    return true;
}

static bool check_size(tr_str bytes, tr_err *err)
{
    if (bytes.len <= TR_INTAKE_FILE_BYTES)
        return true;
    return tr_fail(err, TR_E_INTAKE_LARGE, "Split the file; each part needs the header line.",
                   "the file has %lld bytes, the most is %d", (long long)bytes.len,
                   TR_INTAKE_FILE_BYTES);
}

bool tr_intake_read(tr_arena *keep, tr_arena scratch, tr_intake_kind kind, tr_str bytes,
                    const tr_intake_setting *setting, tr_intake *intake, tr_err *err)
{
    assert(kind < TR_INTAKE_KINDS && setting->tz && err->code == 0);
    if (!check_size(bytes, err) || !check_text(bytes, err))
        return false;
    tr_arena  before = *keep;
    char     *line = TR_NEW(keep, char, 2 * TR_INTAKE_ROW_BYTES);
    tr_reader reader = {.keep = keep, .scratch = &scratch, .setting = setting, .err = err};
    reader.line = tr_out_new(keep);
    reader.line.buf.at = line;
    reader.line.buf.cap = 2 * TR_INTAKE_ROW_BYTES;
    if (!readers[kind].read(&reader, bytes) || !settle_rows(&reader)) {
        *keep = before;
        return false;
    }
    assert(reader.sum.read == reader.sum.accepted + reader.sum.duplicate + reader.sum.refused);
    *intake = (tr_intake){.row = reader.rows.at,
                          .rows = reader.rows.len,
                          .refused = reader.refused.at,
                          .refusals = reader.refused.len,
                          .span = span_of(reader.rows.at, reader.rows.len),
                          .sum = reader.sum};
    return true;
}
