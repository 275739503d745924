/* csv.h -- records of a CSV file (RFC 4180 with line breaks in quoted fields; by libcsv).
 *
 *     tr_csv_read(arena, bytes, ',', row, context, &err)
 * calls row() for each record, the header first.
 */
#ifndef TR_CSV_H
#define TR_CSV_H

#include "base/base.h"

enum { TR_CSV_FIELDS = 512, TR_CSV_FIELD_BYTES = 1 << 20, TR_CSV_RECORD_BYTES = 8 << 20 };

typedef struct {
    int64_t       number; /* record number, header = 1: what people call the row */
    int64_t       line;   /* line of the file on which the record begins */
    const tr_str *field;  /* [fields], bytes as in the file, quotes undone; gone after the call */
    int           fields;
} tr_csv_row;

/* Return false to stop (then tr_csv_read returns false with what you put into your own error). */
typedef bool (*tr_csv_visit)(void *context, const tr_csv_row *row);

/* Refuses an unterminated quote, a quote within an unquoted field, a NUL byte, a field over
 * TR_CSV_FIELD_BYTES, a record over TR_CSV_RECORD_BYTES, too many fields: each with the line.
 * Records before the fault have been visited by then.  Lines end in LF, CR LF or CR; empty lines
 * are no records.  A UTF-8 byte order mark at the start is skipped.  `scratch` needs 32 MiB at
 * most, little more than the largest record as a rule; `visit` must not take from that arena. */
bool tr_csv_read(tr_arena scratch, tr_str bytes, char separator, tr_csv_visit visit, void *context,
                 tr_err *err);

/* Windows-1252 to UTF-8 (the five undefined bytes are refused with their place). */
bool tr_text_from_1252(tr_arena *keep, tr_str bytes, tr_str *utf8, tr_err *err);

#endif
