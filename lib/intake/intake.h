/* intake.h -- from the files of sources to rows of observations.
 *
 * One reader per source.  Bytes in, rows out: a row is the body of an `observation` entry without
 * `source`, as restricted canonical JSON, fit for a batch chunk; docs/INTAKE.md has the formats.
 * Times become UTC, read in the zone of the setting where the file states none.
 *
 *     tr_intake in;
 *     if (!tr_intake_read(&keep, scratch, TR_INTAKE_UCDP, bytes, &setting, &in, &err))
 *         return false;                       nothing of the file was taken
 *     for (int64_t i = 0; i < in.rows; i++)
 *         tr_put_chunk_row(&chunk, in.row[i].row);
 *
 * Nothing is lost in silence: read == accepted + duplicate + refused, and each refused row stands
 * in a list with its number and the reason.  The set of rows does not depend on their order in
 * the file.
 */
#ifndef TR_INTAKE_H
#define TR_INTAKE_H

#include "base/base.h"
#include "base/kinds.h"
#include "base/time.h"
#include "geo/geo.h"

enum {
    TR_INTAKE_FILE_BYTES = 512 << 20, /* a larger file is refused whole; split it */
    TR_INTAKE_LINE_BYTES = 64 << 10,  /* of one line of `native` */
    TR_INTAKE_ROW_BYTES = 65535,      /* of one row: a chunk states lengths in 16 bits */
    TR_INTAKE_TEXT_BYTES = 4000,
    TR_INTAKE_ID_BYTES = 200,   /* of a src_id */
    TR_INTAKE_CITES = 64,
    TR_INTAKE_REFUSED = 100000, /* more refused rows: the file is refused whole */
    TR_INTAKE_COUNT_MAX = 1000000000
};

typedef enum {
    TR_INTAKE_UCDP,       /* event table of the Uppsala Conflict Data Program, CSV */
    TR_INTAKE_SMM,        /* observation reports in the manner of the OSCE SMM, CSV or tabs */
    TR_INTAKE_SMM_TOTALS, /* published totals by kind, tabs */
    TR_INTAKE_NATIVE,     /* JSON lines in the form of the record */
    TR_INTAKE_KINDS
} tr_intake_kind;
const char *tr_intake_kind_name(tr_intake_kind kind); /* "ucdp", "smm", "smm-totals", "native" */
bool        tr_intake_kind_read(tr_str name, tr_intake_kind *kind);

typedef struct {
    const tr_tz *tz;   /* of dates and times that state no zone */
    tr_box area;       /* positions outside are refused; all zero = nothing is checked */
    int32_t range_m;   /* how far a report without a range can reach; 0 = not known: no place */
    tr_time latest;    /* what begins later lies in the future; 0 = not checked */
} tr_intake_setting;

typedef struct {
    tr_str  row;    /* canonical body without `source`, at most TR_INTAKE_ROW_BYTES */
    tr_str  src_id; /* unescaped */
    tr_time begin;  /* happened, half open */
    tr_time end;
    int64_t number; /* of the record (header = 1), or of the line of JSON lines */
    int64_t line;   /* where it begins, from 1 */
    tr_kind kind;
} tr_intake_row;

/* A row in quarantine.  Text and hint as of a tr_err. */
typedef struct {
    int64_t number;
    int64_t line;
    int     code;
    tr_str  text;
    tr_str  hint;
} tr_refused;

typedef struct {
    int64_t records;   /* of the file, its header not counted */
    int64_t read;      /* observations in them: a record of totals holds several */
    int64_t accepted;
    int64_t duplicate; /* same src_id and same row as an accepted one */
    int64_t refused;
    bool    from_1252; /* the file was read as Windows-1252 */
} tr_intake_sum;

typedef struct {
    const tr_intake_row *row; /* [rows], in the order of the file */
    int64_t              rows;
    const tr_refused    *refused; /* [refusals], by number */
    int64_t              refusals;
    tr_span              span; /* from the earliest begin to the latest end; {0, 0} without rows */
    tr_intake_sum        sum;
} tr_intake;

/* Read a whole file.  False: nothing of it was taken (empty, not text, torn quote, unknown
 * columns, a date order that its own dates contradict, too large), `err` says why.  `keep` needs
 * at most 64 bytes for each byte of the file and 256 MiB, as a rule far less; `scratch` 8 for each
 * byte and 128 MiB. */
bool tr_intake_read(tr_arena *keep, tr_arena scratch, tr_intake_kind kind, tr_str bytes,
                    const tr_intake_setting *setting, tr_intake *intake, tr_err *err);

/* How many, as said. */
typedef struct {
    int64_t min;
    int64_t best;
    int64_t max; /* -1 = unbounded */
} tr_words_count;
/* "7", "at least 10", "about 45", "3 to 5", "several": by the table of docs/INTAKE.md.  Fails on
 * words that are not in it, and on zero: nothing recorded is not an observation. */
bool tr_count_words(tr_str words, tr_words_count *count, tr_err *err);
tr_words_count tr_count_exactly(int64_t n);
tr_words_count tr_count_at_least(int64_t n);
tr_words_count tr_count_about(int64_t n);

/* "2-5", "0.6-1", "3", "2 to 5 km": metres, widened outwards by half a unit of the last digit
 * written at each end, never below 0: 1500..5500, 550..1500, 2500..3500. */
bool tr_range_words(tr_str words, int32_t *min_m, int32_t *max_m, tr_err *err);

#endif
