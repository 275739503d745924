/* reader.h -- what the readers of intake share: a draft of an observation, refusals, columns. */
#ifndef TR_INTAKE_READER_H
#define TR_INTAKE_READER_H

#include "base/text.h"
#include "codec/csv.h"
#include "intake/intake.h"

/* A reading in progress.  A reader drafts one observation after the other and accepts it, or
 * refuses the record with what it found. */
typedef struct {
    tr_arena                *keep;
    tr_arena                *scratch;
    const tr_intake_setting *setting;
    tr_err                  *err; /* of the file */
    TR_VEC(tr_intake_row) rows;
    TR_VEC(tr_refused) refused;
    tr_intake_sum sum;
    tr_out        line; /* the row being printed */
    int64_t       number, number_line;
} tr_reader;

/* The members of an observation, in the order in which they are printed. */
typedef struct {
    tr_str         assess; /* never empty */
    const tr_str  *cite;
    int            cites;
    int64_t        conf_ppm;
    tr_words_count count;
    bool           has_deaths;
    tr_words_count deaths; /* persons killed */
    tr_str         doc; /* empty texts are absent members */
    int            exercise;
    tr_time        begin, end;
    tr_kind        kind;
    tr_means       means;
    const tr_str  *motion;
    int            motions;
    bool           has_observer;
    tr_place       observer;
    tr_place       place;
    tr_str         zone; /* of a place that is a zone */
    int64_t        zv;
    tr_platform    platform;
    tr_time        published; /* TR_TIME_NONE = absent */
    tr_str         src_id;
    tr_str         text;
} tr_draft;

/* The last checks that all sources share; then the row is printed and kept. */
bool tr_accept(tr_reader *reader, const tr_draft *draft, tr_err *err);
/* Into quarantine; false when there are too many of them, then reader->err is set. */
bool tr_refuse(tr_reader *reader, const tr_err *why);

/* The front of a text for an error: whole characters, up to the first control character. */
tr_str tr_shown(tr_str text, ptrdiff_t most);

/* The columns of a table: 'r' must be there, 'o' may, 'i' is known and not used. */
typedef struct {
    const char *name;
    char        need;
} tr_column;
enum { TR_COLUMNS = 96 };
/* at[column] = index of its field, or -1.  Fails on unknown, repeated and missing columns. */
bool tr_columns_find(const tr_column *column, int columns, const tr_csv_row *header, int *at,
                     const char *hint, tr_err *err);
/* The same number of fields as the header, or fail. */
bool tr_fields_check(const tr_csv_row *row, int fields, tr_err *err);

/* Words of people: lower case, '-' and '_' as blanks, single blanks, the ends trimmed. */
enum { TR_WORDS = 96 };
tr_str tr_words_plain(tr_str words, char plain[TR_WORDS]);
bool   tr_not_known(tr_str words); /* "", "N/K", "not known", "unknown" */
bool   tr_kind_words(tr_str words, tr_kind *kind, tr_err *err);
bool   tr_platform_words(tr_str words, tr_platform *platform, tr_err *err);
bool   tr_means_words(tr_str words, tr_means *means, tr_err *err);
bool   tr_yes_words(tr_str words, int *yes, tr_err *err);

/* Decimal degrees to 1e-7 degree; further digits are rounded, half away from zero. */
bool tr_degrees_read(tr_str text, int64_t *e7);
/* A position on the globe and in the area, from two decimal texts. */
bool tr_position_read(const tr_intake_setting *setting, tr_str lat, tr_str lon, tr_point *at,
                      tr_err *err);
bool tr_position_check(const tr_intake_setting *setting, int64_t lat, int64_t lon, tr_point *at,
                       tr_err *err);

bool tr_read_ucdp(tr_reader *reader, tr_str bytes);
bool tr_read_smm(tr_reader *reader, tr_str bytes);
bool tr_read_totals(tr_reader *reader, tr_str bytes);
bool tr_read_native(tr_reader *reader, tr_str bytes);

#endif
