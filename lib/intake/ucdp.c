/* ucdp.c -- the Georeferenced Event Dataset of the Uppsala Conflict Data Program.
 *
 * Dates are days of the setting's zone, the last day included; slashed dates are month first.
 * That order is declared here and proved on each file: where the dates of a file can be read day
 * first throughout and not month first, the whole file is refused (`check_order`).  Text is UTF-8
 * where the whole file is, else Windows-1252.  Each row is one fatal event; deaths as published,
 * their bounds widened where the published best lies outside them (11 rows of 2014 to 2018).
 */
#include "intake/reader.h"

enum { ID, VIOLENCE, WHERE_PREC, WHERE, LAT, LON, CLARITY, DATE_PREC, START, END, BEST, HIGH, LOW };

static const tr_column columns[] = {
    [ID] = {"id", 'r'},
    [VIOLENCE] = {"type_of_violence", 'r'},
    [WHERE_PREC] = {"where_prec", 'r'},
    [WHERE] = {"where_coordinates", 'r'},
    [LAT] = {"latitude", 'r'},
    [LON] = {"longitude", 'r'},
    [CLARITY] = {"event_clarity", 'r'},
    [DATE_PREC] = {"date_prec", 'r'},
    [START] = {"date_start", 'r'},
    [END] = {"date_end", 'r'},
    [BEST] = {"best", 'r'},
    [HIGH] = {"high", 'r'},
    [LOW] = {"low", 'r'},
    /* known and not used */
    {"relid", 'i'}, {"year", 'i'}, {"active_year", 'i'}, {"code_status", 'i'},
    {"conflict_dset_id", 'i'}, {"conflict_new_id", 'i'}, {"conflict_name", 'i'},
    {"dyad_dset_id", 'i'}, {"dyad_new_id", 'i'}, {"dyad_name", 'i'}, {"side_a_dset_id", 'i'},
    {"side_a_new_id", 'i'}, {"side_a", 'i'}, {"side_b_dset_id", 'i'}, {"side_b_new_id", 'i'},
    {"side_b", 'i'}, {"number_of_sources", 'i'}, {"source_article", 'i'}, {"source_office", 'i'},
    {"source_date", 'i'}, {"source_headline", 'i'}, {"source_original", 'i'},
    {"where_description", 'i'}, {"adm_1", 'i'}, {"adm_2", 'i'}, {"geom_wkt", 'i'},
    {"priogrid_gid", 'i'}, {"country", 'i'}, {"country_id", 'i'}, {"region", 'i'},
    {"deaths_a", 'i'}, {"deaths_b", 'i'}, {"deaths_civilians", 'i'}, {"deaths_unknown", 'i'},
    {"gwnoa", 'i'}, {"gwnob", 'i'},
    /* of other releases */
    {"conflict_id", 'i'}, {"dyad_id", 'i'}, {"side_a_id", 'i'}, {"side_b_id", 'i'},
    {"gwab", 'i'}, {"gwno", 'i'}, {"gwno_a", 'i'}, {"gwno_b", 'i'}, {"isocc", 'i'},
    {"geom", 'i'}, {"event_id", 'i'},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const char columns_hint[] =
    "Needed: id, type_of_violence, where_prec, where_coordinates, latitude, longitude, "
    "event_clarity, date_prec, date_start, date_end, best, high, low; allowed: the other columns "
    "of the GED releases.";

/* ---- dates ---- */

typedef enum { SPELLING_ISO, SPELLING_12H, SPELLING_24H, SPELLINGS } spelling;
static const char *const spelling_example[SPELLINGS] = {"2014-09-30", "9/30/2014 12:00:00 AM",
                                                        "01/01/2015 00:00"};

typedef struct {
    spelling how;
    int32_t  first, second, year; /* of a slashed date; of an ISO date month, day, year */
} ged_date;

/* One or two digits (four of a year), then the end or `sep`. */
static bool take_number(tr_str *text, int most, char sep, int32_t *value)
{
    ptrdiff_t len = 0;
    for (*value = 0; len < text->len && len < most; len++) {
        char c = text->at[len];
        if (c < '0' || c > '9')
            break;
        *value = *value * 10 + (c - '0');
    }
    if (len == 0)
        return false;
    *text = tr_str_from(*text, len);
    if (sep == 0)
        return true;
    if (text->len == 0 || text->at[0] != sep)
        return false;
    *text = tr_str_from(*text, 1);
    return true;
}

/* What follows a date must be midnight: these are columns of days. */
static bool midnight(tr_str rest, bool *twelve)
{
    static const char *const h24[] = {"", "00:00", "0:00", "00:00:00", "0:00:00", "00:00:00.000"};
    static const char *const h12[] = {"12:00:00 AM", "12:00 AM"};
    *twelve = false;
    for (size_t i = 0; i < sizeof h24 / sizeof h24[0]; i++)
        if (tr_str_is(rest, h24[i]))
            return true;
    *twelve = true;
    return tr_str_is(rest, h12[0]) || tr_str_is(rest, h12[1]);
}

static bool read_date(tr_str text, ged_date *date)
{
    bool twelve;
    text = tr_str_trim(text);
    tr_str rest = text;
    bool   iso = text.len >= 10 && text.at[4] == '-';
    if (iso) {
        if (!take_number(&rest, 4, '-', &date->year) || !take_number(&rest, 2, '-', &date->first) ||
            !take_number(&rest, 2, 0, &date->second))
            return false;
    } else if (!take_number(&rest, 2, '/', &date->first) ||
               !take_number(&rest, 2, '/', &date->second) ||
               !take_number(&rest, 4, 0, &date->year)) {
        return false;
    }
    if (rest.len > 0 && (rest.at[0] == ' ' || (iso && rest.at[0] == 'T')))
        rest = tr_str_from(rest, 1);
    else if (rest.len > 0)
        return false;
    if (!midnight(rest, &twelve))
        return false;
    date->how = iso ? SPELLING_ISO : twelve ? SPELLING_12H : SPELLING_24H;
    return true;
}

/* The spellings that are read day first, as bits 1 << spelling. */
enum { NONE_TURNED = 0, ALL_TURNED = 1 << SPELLING_12H | 1 << SPELLING_24H };

/* Days since 1970 of the date; false when there is no such day. */
static bool day_of(const ged_date *date, int day_first, int64_t *day)
{
    bool     turned = (day_first >> date->how & 1) != 0;
    tr_civil civil = {.year = date->year,
                      .month = turned ? date->second : date->first,
                      .day = turned ? date->first : date->second};
    if (!tr_civil_ok(&civil) || civil.year < 1970)
        return false;
    *day = tr_days_of(civil.year, civil.month, civil.day);
    return true;
}

static bool possible(const ged_date *start, const ged_date *end, int day_first)
{
    int64_t first, last;
    return day_of(start, day_first, &first) && day_of(end, day_first, &last) && first <= last;
}

/* ---- the order of month and day, proved ---- */

typedef struct {
    int64_t month_only, day_only; /* rows that can be read in one of the orders only */
    int64_t first_number, first_line; /* of the first row that can only be read day first */
} evidence;

typedef struct {
    tr_reader *reader;
    bool       has_header;
    int        fields;
    int        at[TR_COLUMNS];
    evidence   of[SPELLINGS + 1]; /* should one spelling be turned, or (the last) all of them? */
} ged;

static void weigh(evidence *of, bool month, bool day, const tr_csv_row *row)
{
    of->month_only += month && !day;
    of->day_only += day && !month;
    if (day && !month && of->first_number == 0) {
        of->first_number = row->number;
        of->first_line = row->line;
    }
}

/* The spellings change from date to date, also within a row, because a spreadsheet turns the dates
 * it can and leaves the others: so each spelling is put to the proof by itself, too. */
static void weigh_row(ged *g, const ged_date *start, const ged_date *end, const tr_csv_row *row)
{
    bool month = possible(start, end, NONE_TURNED);
    for (int i = SPELLING_12H; i < SPELLINGS; i++)
        if ((int)start->how == i || (int)end->how == i)
            weigh(&g->of[i], month, possible(start, end, 1 << i), row);
    weigh(&g->of[SPELLINGS], month, possible(start, end, ALL_TURNED), row);
}

/* Single faulty rows are refused one by one; a file that speaks for the other order is not taken:
 * no row of it that can only be month first, or four times as many that can only be day first. */
static bool check_order(ged *g)
{
    for (int i = 0; i <= SPELLINGS; i++) {
        const evidence *of = &g->of[i];
        if (of->day_only == 0 || of->day_only < 4 * of->month_only)
            continue;
        tr_err *err = g->reader->err;
        if (err->code == 0)
            err->line = (int)of->first_line;
        return tr_fail(err, TR_E_INTAKE_DATE_ORDER,
                       "The table is declared month first, as UCDP publishes it: fetch it again "
                       "without a spreadsheet between, or write the dates as 2014-09-30.",
                       "%s%s%s can only be read day first in %lld rows and month first in %lld, "
                       "first in row %lld",
                       i == SPELLINGS ? "dates" : "dates such as \"",
                       i == SPELLINGS ? "" : spelling_example[i], i == SPELLINGS ? "" : "\"",
                       (long long)of->day_only, (long long)of->month_only,
                       (long long)of->first_number);
    }
    return true;
}

/* ---- one row ---- */

static bool fail_date(const char *column, tr_str text, tr_err *err)
{
    tr_str shown = tr_shown(text, 40);
    return tr_fail(err, TR_E_INTAKE_WHEN,
                   "Days, month first: 9/30/2014 12:00:00 AM, 09/30/2014 00:00, or 2014-09-30.",
                   "%s \"%.*s\" is not a day", column, TR_FMT(shown));
}

static tr_time day_begin(int64_t day, const tr_tz *tz)
{
    tr_civil civil = {0};
    tr_days_to(day, &civil);
    return tr_time_of(&civil, tz);
}

static bool draft_when(ged *g, const tr_csv_row *row, tr_draft *draft, tr_err *err)
{
    ged_date     start, end;
    int64_t      first, last;
    tr_str       start_text = row->field[g->at[START]], end_text = row->field[g->at[END]];
    const tr_tz *tz = g->reader->setting->tz;
    if (!read_date(start_text, &start))
        return fail_date("date_start", start_text, err);
    if (!read_date(end_text, &end))
        return fail_date("date_end", end_text, err);
    weigh_row(g, &start, &end, row);
    if (!day_of(&start, NONE_TURNED, &first))
        return fail_date("date_start", start_text, err);
    if (!day_of(&end, NONE_TURNED, &last))
        return fail_date("date_end", end_text, err);
    if (last < first) {
        tr_str from = tr_shown(start_text, 40), to = tr_shown(end_text, 40);
        return tr_fail(err, TR_E_INTAKE_WHEN, "The last day is not before the first.",
                       "date_end \"%.*s\" is before date_start \"%.*s\"", TR_FMT(to), TR_FMT(from));
    }
    draft->begin = day_begin(first, tz);
    draft->end = day_begin(last + 1, tz);
    return true;
}

static bool read_code(ged *g, const tr_csv_row *row, int column, int most, int *code, tr_err *err)
{
    int64_t value;
    tr_str  text = tr_str_trim(row->field[g->at[column]]);
    tr_str  shown = tr_shown(text, 40);
    if (!tr_int_read(text, &value) || value < 1 || value > most)
        return tr_fail(err, TR_E_INTAKE_WORD, "See the codebook of the data set.",
                       "%s \"%.*s\" is not a code from 1 to %d", columns[column].name,
                       TR_FMT(shown), most);
    *code = (int)value;
    return true;
}

static bool read_deaths(ged *g, const tr_csv_row *row, int column, int64_t *n, tr_err *err)
{
    tr_str text = tr_str_trim(row->field[g->at[column]]);
    tr_str shown = tr_shown(text, 40);
    return (tr_int_read(text, n) && *n >= 0 && *n <= TR_INTAKE_COUNT_MAX) ||
           tr_fail(err, TR_E_INTAKE_COUNT, "A whole number from 0 up.",
                   "%s \"%.*s\" is not a number of persons", columns[column].name, TR_FMT(shown));
}

static void put_text(char **at, const char *text)
{
    size_t len = strlen(text);
    memcpy(*at, text, len);
    *at += len;
}

static void put_number(char **at, const char *name, int64_t value)
{
    char  digits[20];
    char *digit = digits + sizeof digits;
    put_text(at, name);
    do
        *--digit = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    memcpy(*at, digit, (size_t)(digits + sizeof digits - digit));
    *at += digits + sizeof digits - digit;
}

enum { ASSESS = 200 };

/* "date_prec 1 where_prec 2 clarity 1 type 1": the codes of the table, kept as they are. */
static bool draft_codes(ged *g, const tr_csv_row *row, tr_draft *draft, char **assess, tr_err *err)
{
    static const int32_t r_m[] = {1000, 25000, 40000, 100000, 100000, 700000, 50000};
    int date_prec, where_prec, clarity, type;
    if (!read_code(g, row, DATE_PREC, 5, &date_prec, err) ||
        !read_code(g, row, WHERE_PREC, 7, &where_prec, err) ||
        !read_code(g, row, CLARITY, 2, &clarity, err) ||
        !read_code(g, row, VIOLENCE, 3, &type, err))
        return false;
    put_number(assess, "date_prec ", date_prec);
    put_number(assess, " where_prec ", where_prec);
    put_number(assess, " clarity ", clarity);
    put_number(assess, " type ", type);
    draft->place.kind = TR_PLACE_POINT;
    draft->place.r_max_m = r_m[where_prec - 1];
    return true;
}

static bool draft_deaths(ged *g, const tr_csv_row *row, tr_draft *draft, char **assess, tr_err *err)
{
    int64_t low, best, high;
    if (!read_deaths(g, row, LOW, &low, err) || !read_deaths(g, row, BEST, &best, err) ||
        !read_deaths(g, row, HIGH, &high, err))
        return false;
    if (low > best || best > high) {
        put_number(assess, "; published low ", low);
        put_number(assess, " best ", best);
        put_number(assess, " high ", high);
    }
    draft->has_deaths = true;
    draft->deaths = (tr_words_count){.min = low < best ? low : best,
                                     .best = best,
                                     .max = high > best ? high : best};
    return true;
}

static bool read_row(ged *g, const tr_csv_row *row, tr_err *err)
{
    char     assess[ASSESS];
    char    *end = assess;
    tr_draft draft = {.conf_ppm = 1000000,
                      .count = {1, 1, 1},
                      .kind = TR_KIND_EVENT_FATAL_,
                      .means = TR_MEANS_told,
                      .platform = TR_PLATFORM_media,
                      .published = TR_TIME_NONE};
    if (!tr_fields_check(row, g->fields, err) || !draft_when(g, row, &draft, err) ||
        !draft_codes(g, row, &draft, &end, err) || !draft_deaths(g, row, &draft, &end, err) ||
        !tr_position_read(g->reader->setting, row->field[g->at[LAT]], row->field[g->at[LON]],
                          &draft.place.at, err))
        return false;
    draft.assess = (tr_str){assess, end - assess};
    draft.src_id = tr_str_trim(row->field[g->at[ID]]);
    draft.text = tr_str_trim(row->field[g->at[WHERE]]);
    return tr_accept(g->reader, &draft, err);
}

static bool visit(void *context, const tr_csv_row *row)
{
    ged    *g = context;
    tr_err  why = {0};
    if (!g->has_header) {
        g->has_header = true;
        g->fields = row->fields;
        return tr_columns_find(columns, COLUMNS, row, g->at, columns_hint, g->reader->err);
    }
    g->reader->number = row->number;
    g->reader->number_line = row->line;
    g->reader->sum.records++;
    return read_row(g, row, &why) || tr_refuse(g->reader, &why);
}

bool tr_read_ucdp(tr_reader *reader, tr_str bytes)
{
    ptrdiff_t bad;
    ged       g = {.reader = reader};
    if (!tr_utf8_ok(bytes, &bad)) {
        if (tr_str_starts(bytes, "\xef\xbb\xbf"))
            return tr_fail(reader->err, TR_E_UTF8, "Save the file as UTF-8 again.",
                           "the file is marked as UTF-8 and is not, at byte %lld",
                           (long long)bad + 1);
        if (!tr_text_from_1252(reader->scratch, bytes, &bytes, reader->err))
            return false;
        reader->sum.from_1252 = true;
    }
    return tr_csv_read(*reader->scratch, bytes, ',', visit, &g, reader->err) && check_order(&g);
}
