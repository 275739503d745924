/* smm.c -- observation reports in the manner of the OSCE Special Monitoring Mission's tables.
 *
 * Such a table knows where the observer stood, how far and which way by compass words, and no
 * position of the event.  So the place is the sector between the two ranges, widened outwards;
 * without a compass word all round; without a range up to setting.range_m, or no place at all.
 * The words of the report stand in `assess`, unchanged.
 */
#include "intake/reader.h"

enum { ID, LAT, LON, RANGE, COMPASS, PLATFORM, NUMBER, MEANS, KIND, START, END, EXERCISE, REMARK };

static const tr_column columns[] = {
    [ID] = {"id", 'r'},           [LAT] = {"observer_lat", 'r'}, [LON] = {"observer_lon", 'r'},
    [RANGE] = {"range_km", 'o'},  [COMPASS] = {"compass", 'o'},  [PLATFORM] = {"platform", 'r'},
    [NUMBER] = {"number", 'r'},   [MEANS] = {"means", 'r'},      [KIND] = {"kind", 'r'},
    [START] = {"start", 'r'},     [END] = {"end", 'o'},          [EXERCISE] = {"exercise", 'o'},
    [REMARK] = {"description", 'o'},
};
enum { COLUMNS = sizeof columns / sizeof columns[0], OBSERVER_M = 100, WORDS = 120, ASSESS = 1000 };

static const char columns_hint[] =
    "Needed: id, observer_lat, observer_lon, platform, number, means, kind, start; allowed: "
    "range_km, compass, end, exercise, description.";

typedef struct {
    tr_reader *reader;
    bool       has_header;
    int        fields;
    int        at[TR_COLUMNS];
} smm;

/* The field of a column, trimmed; empty when the file has no such column. */
static tr_str field(const smm *s, const tr_csv_row *row, int column)
{
    return s->at[column] < 0 ? TR_STR("") : tr_str_trim(row->field[s->at[column]]);
}

static bool read_moment(const smm *s, tr_str text, tr_time *t, tr_err *err)
{
    tr_err why = {0};
    if (tr_time_read_any(text, s->reader->setting->tz, t, &why))
        return true;
    return tr_fail(err, TR_E_INTAKE_WHEN, why.hint, "%s", why.text);
}

/* A day alone means the whole day; a begin without an end, or with the same, one minute. */
static bool draft_when(const smm *s, const tr_csv_row *row, tr_draft *draft, tr_err *err)
{
    enum { DAY = 10 }; /* "2015-02-15" */
    const tr_tz *tz = s->reader->setting->tz;
    tr_str       start = field(s, row, START), end = field(s, row, END);
    if (!read_moment(s, start, &draft->begin, err))
        return false;
    if (tr_not_known(end)) {
        draft->end = start.len == DAY ? tr_time_add_days(draft->begin, 1, tz)
                                      : tr_time_plus(draft->begin, TR_MINUTE);
        return true;
    }
    if (!read_moment(s, end, &draft->end, err))
        return false;
    if (end.len == DAY)
        draft->end = tr_time_add_days(draft->end, 1, tz);
    if (draft->end == draft->begin)
        draft->end = tr_time_plus(draft->begin, TR_MINUTE);
    return true;
}

static bool draft_place(const smm *s, const tr_csv_row *row, tr_draft *draft, tr_err *err)
{
    const tr_intake_setting *setting = s->reader->setting;
    tr_str    range = field(s, row, RANGE), compass = field(s, row, COMPASS);
    tr_str    shown = tr_shown(compass, 60);
    tr_place *place = &draft->place;
    if (!tr_position_read(setting, field(s, row, LAT), field(s, row, LON), &place->at, err))
        return false;
    draft->has_observer = true;
    draft->observer = (tr_place){.kind = TR_PLACE_POINT, .at = place->at, .r_max_m = OBSERVER_M};
    place->kind = TR_PLACE_SECTOR;
    place->r_max_m = setting->range_m;
    if (!tr_not_known(range) && !tr_range_words(range, &place->r_min_m, &place->r_max_m, err))
        return false;
    if (!tr_not_known(compass) &&
        !tr_compass_read(compass.at, compass.len, &place->az_begin_cdeg, &place->az_end_cdeg))
        return tr_fail(err, TR_E_INTAKE_PLACE,
                       "Write points of the 16-point compass that touch: SSW, south and "
                       "south-south-west, S-SSW; or N/K.",
                       "\"%.*s\" is not a compass word", TR_FMT(shown));
    if (place->r_max_m == 0)
        *place = (tr_place){.kind = TR_PLACE_NONE};
    return true;
}

static void say(char assess[ASSESS], ptrdiff_t *len, const char *name, tr_str words)
{
    ptrdiff_t name_len = (ptrdiff_t)strlen(name);
    if (words.len == 0)
        return;
    assert(*len + name_len + words.len + 2 <= ASSESS); /* five times 120 and a name */
    if (*len > 0)
        memcpy(assess + *len, "; ", 2), *len += 2;
    memcpy(assess + *len, name, (size_t)name_len);
    memcpy(assess + *len + name_len, words.at, (size_t)words.len);
    *len += name_len + words.len;
}

static bool draft_words(const smm *s, const tr_csv_row *row, char assess[ASSESS], tr_draft *draft,
                        tr_err *err)
{
    static const struct {
        int         column;
        const char *name;
    } said[] = {{NUMBER, "number: "},
                {RANGE, "range km: "},
                {COMPASS, "compass: "},
                {KIND, "kind: "},
                {PLATFORM, "platform: "}};
    ptrdiff_t len = 0;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        tr_str words = field(s, row, said[i].column);
        if (words.len > WORDS)
            return tr_fail(err, TR_E_INTAKE_TEXT, "Put what is longer into description.",
                           "%s is over %d bytes", columns[said[i].column].name, WORDS);
        say(assess, &len, said[i].name, words);
    }
    draft->assess = (tr_str){assess, len}; /* the platform at least is there */
    return true;
}

static bool read_row(const smm *s, const tr_csv_row *row, tr_err *err)
{
    char     assess[ASSESS];
    tr_draft draft = {.conf_ppm = 1000000, .published = TR_TIME_NONE};
    if (!tr_fields_check(row, s->fields, err) || !draft_when(s, row, &draft, err) ||
        !draft_place(s, row, &draft, err) ||
        !tr_count_words(field(s, row, NUMBER), &draft.count, err) ||
        !tr_kind_words(field(s, row, KIND), &draft.kind, err) ||
        !tr_platform_words(field(s, row, PLATFORM), &draft.platform, err) ||
        !tr_means_words(field(s, row, MEANS), &draft.means, err) ||
        !tr_yes_words(field(s, row, EXERCISE), &draft.exercise, err) ||
        !draft_words(s, row, assess, &draft, err))
        return false;
    draft.src_id = field(s, row, ID);
    draft.text = field(s, row, REMARK);
    return tr_accept(s->reader, &draft, err);
}

static bool visit(void *context, const tr_csv_row *row)
{
    smm   *s = context;
    tr_err why = {0};
    if (!s->has_header) {
        s->has_header = true;
        s->fields = row->fields;
        return tr_columns_find(columns, COLUMNS, row, s->at, columns_hint, s->reader->err);
    }
    s->reader->number = row->number;
    s->reader->number_line = row->line;
    s->reader->sum.records++;
    return read_row(s, row, &why) || tr_refuse(s->reader, &why);
}

bool tr_read_smm(tr_reader *reader, tr_str bytes)
{
    ptrdiff_t bad;
    smm       s = {.reader = reader};
    if (!tr_utf8_ok(bytes, &bad))
        return tr_fail(reader->err, TR_E_UTF8, "Save the file as UTF-8.",
                       "the file is not UTF-8 at byte %lld", (long long)bad + 1);
    ptrdiff_t end = tr_str_find(bytes, '\n');
    tr_str    header = end < 0 ? bytes : tr_str_cut(bytes, 0, end);
    char      separator = tr_str_find(header, '\t') >= 0 ? '\t' : ',';
    return tr_csv_read(*reader->scratch, bytes, separator, visit, &s, reader->err);
}
