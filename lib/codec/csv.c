/* csv.c -- records of a CSV file, cut by libcsv.
 *
 * The bytes are handed to libcsv one line at a time, long lines in pieces, so
 * that the line of each record is known and no field grows past its limit.
 * libcsv runs in its strict mode (a quote within an unquoted field is an error)
 * and must not trim blanks: they belong to the field (RFC 4180).
 */
#include "codec/csv.h"

#include "base/text.h"

#include <csv.h>

enum { PIECE = 1 << 16 };

typedef struct {
    tr_arena    *keep; /* of one record */
    tr_csv_visit visit;
    void        *context;
    tr_err      *err;
    tr_csv_row   row;
    tr_str       field[TR_CSV_FIELDS];
    TR_VEC(char) bytes;
    int64_t      line;    /* of the file, that is being read */
    bool         open;    /* inside a record */
    bool         stopped; /* by the visitor or an error: nothing more is delivered */
} reader;

static bool fail_line(reader *r, int64_t line, int code, const char *hint, const char *fact)
{
    r->stopped = true;
    if (r->err->code == 0)
        r->err->line = line > INT32_MAX ? INT32_MAX : (int)line;
    return tr_fail(r->err, code, hint, "%s in the record that begins on line %lld", fact,
                   (long long)r->row.line);
}

static bool fail_large(reader *r)
{
    return fail_line(r, r->line, TR_E_LIMIT,
                     "A quote may be open since an earlier line; else shorten the field.",
                     "a field of more than 1 MiB or a record of more than 8 MiB");
}

static void take_field(void *at, size_t len, void *context)
{
    reader *r = context;
    if (r->stopped)
        return;
    if (r->row.fields == TR_CSV_FIELDS) {
        fail_line(r, r->line, TR_E_LIMIT, "Split the table, or check the separator.",
                  "more than 512 fields");
        return;
    }
    if (len > TR_CSV_FIELD_BYTES || r->bytes.len + (ptrdiff_t)len > TR_CSV_RECORD_BYTES) {
        fail_large(r);
        return;
    }
    /* The bytes may move as they grow: only the lengths are kept until the record ends. */
    TR_RESERVE(r->keep, &r->bytes, (ptrdiff_t)len + 1);
    if (len > 0)
        memcpy(r->bytes.at + r->bytes.len, at, len);
    r->bytes.len += (ptrdiff_t)len;
    r->field[r->row.fields++].len = (ptrdiff_t)len;
}

static void end_record(int end, void *context)
{
    reader *r = context;
    if (r->stopped)
        return;
    const char *at = r->bytes.at;
    for (int i = 0; i < r->row.fields; i++) {
        r->field[i].at = at;
        at += r->field[i].len;
    }
    r->row.number++;
    r->row.field = r->field;
    if (!r->visit(r->context, &r->row))
        r->stopped = true;
    r->row.fields = 0;
    r->bytes.len = 0;
    r->open = false;
}

static int never_blank(unsigned char c)
{
    return 0;
}

/* The next line with its end (LF, CR or CR LF), or what is left. */
static tr_str take_line(tr_str *rest)
{
    ptrdiff_t i = 0;
    while (i < rest->len && rest->at[i] != '\n' && rest->at[i] != '\r')
        i++;
    if (i + 1 < rest->len && rest->at[i] == '\r' && rest->at[i + 1] == '\n')
        i++;
    tr_str line = tr_str_cut(*rest, 0, i + 1);
    *rest = tr_str_from(*rest, i + 1);
    return line;
}

static bool fail_parse(reader *r, const struct csv_parser *parser)
{
    if (csv_error((struct csv_parser *)parser) != CSV_EPARSE)
        return fail_large(r);
    return fail_line(r, r->line, TR_E_CSV,
                     "A field with a quote in it stands in quotes as a whole, its own quotes "
                     "doubled.",
                     "a quote out of place");
}

static bool feed(reader *r, struct csv_parser *parser, tr_str piece)
{
    size_t done = csv_parse(parser, piece.at, (size_t)piece.len, take_field, end_record, r);
    if (r->stopped)
        return false;
    if (done != (size_t)piece.len)
        return fail_parse(r, parser);
    return parser->entry_pos <= TR_CSV_FIELD_BYTES || fail_large(r);
}

static bool read_line(reader *r, struct csv_parser *parser, tr_str line)
{
    if (!r->open && line.at[0] != '\n' && line.at[0] != '\r') {
        r->open = true;
        r->row.line = r->line;
    }
    if (memchr(line.at, '\0', (size_t)line.len))
        return fail_line(r, r->line, TR_E_CSV, "Save the file as UTF-8 or Windows-1252 text.",
                         "a zero byte");
    for (ptrdiff_t i = 0; i < line.len; i += PIECE)
        if (!feed(r, parser, tr_str_cut(line, i, i + PIECE)))
            return false;
    return true;
}

static bool read_all(reader *r, struct csv_parser *parser, tr_str bytes)
{
    if (bytes.len >= 3 && memcmp(bytes.at, "\xef\xbb\xbf", 3) == 0)
        bytes = tr_str_from(bytes, 3);
    while (bytes.len > 0) {
        r->line++;
        if (!read_line(r, parser, take_line(&bytes)))
            return false;
    }
    if (csv_fini(parser, take_field, end_record, r) != 0)
        return fail_line(r, r->row.line, TR_E_CSV,
                         "Close the quote, or double it where it is meant.",
                         "a quote that is never closed");
    return !r->stopped;
}

bool tr_csv_read(tr_arena scratch, tr_str bytes, char separator, tr_csv_visit visit, void *context,
                 tr_err *err)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return tr_fail(err, TR_E_CSV, "Please report this.", "the CSV reader could not start");
    csv_set_delim(&parser, (unsigned char)separator);
    csv_set_space_func(&parser, never_blank);
    csv_set_blk_size(&parser, 4096);

    reader *r = TR_NEW(&scratch, reader, 1);
    r->keep = &scratch;
    r->visit = visit;
    r->context = context;
    r->err = err;
    bool done = read_all(r, &parser, bytes);
    csv_free(&parser);
    return done;
}
