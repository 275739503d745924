/* totals.c -- published totals by kind of event, as the table of SMM reports has them.
 *
 * A record becomes one observation for each kind it states, never a kind and the total that
 * contains it:
 *     all five kinds stated            each kind; explosions by impact, airburst, undetermined
 *                                      where that is stated; the total is not used
 *     explosions only                  the explosions, and `rest` = total less explosions, as fire
 *     explosions only, and so many
 *     of the total an exercise         the total in two parts, `exercise` and `rest`, as fire:
 *                                      which of the explosions were of it is not stated
 *     total only                       `total`, as fire
 * A kind with 0 gives no observation.  src_id is "C1/explosions".
 *
 * Periods: a bare date is 00:00, as an end the end of that day; "evening" is 19:30, when the
 * reporting day ends; a period from the evening to the evening of one date is 18:00 to 24:00;
 * "night" as an end is the end of that day.
 */
#include "intake/reader.h"

enum {
    ID, SCOPE, FROM, TO, QUALIFIER, TOTAL, EXPLOSIONS, IMPACT, AIRBURST, UNDETERMINED, PROJECTILES,
    FLASHES, FLARES, SHOTS, EXERCISE, CHECKED, OWN_SUM, ADDRESS, CITES
};

static const tr_column columns[] = {
    [ID] = {"id", 'r'},
    [SCOPE] = {"scope", 'r'},
    [FROM] = {"from_local", 'r'},
    [TO] = {"to_local", 'r'},
    [QUALIFIER] = {"qualifier", 'r'},
    [TOTAL] = {"total", 'r'},
    [EXPLOSIONS] = {"explosions", 'r'},
    [IMPACT] = {"impact", 'r'},
    [AIRBURST] = {"airburst", 'r'},
    [UNDETERMINED] = {"undetermined", 'r'},
    [PROJECTILES] = {"projectiles", 'r'},
    [FLASHES] = {"muzzle_flashes", 'r'},
    [FLARES] = {"flares", 'r'},
    [SHOTS] = {"bursts_shots", 'r'},
    [EXERCISE] = {"exercise", 'r'},
    [CHECKED] = {"published_sum", 'i'},
    [OWN_SUM] = {"own_sum", 'i'},
    [ADDRESS] = {"address", 'o'},
    [CITES] = {"cites", 'o'},
};
enum { COLUMNS = sizeof columns / sizeof columns[0], LINE = 1200 };

static const char columns_hint[] =
    "Needed: id, scope, from_local, to_local, qualifier, total, explosions, impact, airburst, "
    "undetermined, projectiles, muzzle_flashes, flares, bursts_shots, exercise.";

typedef struct {
    tr_reader        *reader;
    bool              has_header;
    int               fields;
    int               at[TR_COLUMNS];
    const tr_csv_row *row;
    int64_t           n[COLUMNS]; /* of the columns TOTAL .. EXERCISE; -1 = not published */
    tr_draft          draft;      /* what all observations of the record share */
    char              text[LINE], assess[LINE];
} totals;

static tr_str field(const totals *t, int column)
{
    return t->at[column] < 0 ? TR_STR("") : tr_str_trim(t->row->field[t->at[column]]);
}

/* ---- the period ---- */

typedef struct {
    tr_time at;
    char    part; /* 't' a time, 'd' a day, 'e' evening, 'n' night */
} bound;

static bool read_bound(totals *t, int column, bound *b, tr_err *err)
{
    static const struct {
        const char *word;
        char        part;
    } parts[] = {{" evening", 'e'}, {" night", 'n'}};
    tr_err why = {0};
    tr_str text = field(t, column);
    b->part = text.len == 10 ? 'd' : 't';
    for (int i = 0; i < 2; i++) {
        if (text.len > 10 && tr_str_is(tr_str_from(text, 10), parts[i].word)) {
            b->part = parts[i].part;
            text = tr_str_cut(text, 0, 10);
        }
    }
    return tr_time_read_any(text, t->reader->setting->tz, &b->at, &why) ||
           tr_fail(err, TR_E_INTAKE_WHEN, "Write 2020-12-28T19:30, 2020-12-28 evening, 2020-12-28.",
                   "%s: %s", columns[column].name, why.text);
}

static tr_time clock_of(tr_time day, int hour, int minute, const tr_tz *tz)
{
    tr_civil civil = tr_civil_of(day, tz);
    civil.hour = hour;
    civil.minute = minute;
    return tr_time_of(&civil, tz);
}

static bool draft_when(totals *t, tr_err *err)
{
    bound        from, to;
    const tr_tz *tz = t->reader->setting->tz;
    if (!read_bound(t, FROM, &from, err) || !read_bound(t, TO, &to, err))
        return false;
    if (from.part == 'n')
        return tr_fail(err, TR_E_INTAKE_WHEN, "Write the time, or evening.",
                       "from_local: a night does not say when it begins");
    bool one_evening = from.part == 'e' && to.part == 'e' && from.at == to.at;
    t->draft.begin = from.part != 'e' ? from.at
                                      : clock_of(from.at, one_evening ? 18 : 19,
                                                 one_evening ? 0 : 30, tz);
    t->draft.end = to.part == 't'                  ? to.at
                   : to.part == 'e' && !one_evening ? clock_of(to.at, 19, 30, tz)
                                                    : tr_time_add_days(to.at, 1, tz);
    return true;
}

/* ---- the numbers ---- */

static bool read_numbers(totals *t, tr_err *err)
{
    for (int i = TOTAL; i <= EXERCISE; i++) {
        tr_str text = field(t, i), shown = tr_shown(text, 40);
        t->n[i] = -1;
        if (text.len == 0 || (i == EXERCISE && tr_str_starts(text, "part")))
            continue;
        if (!tr_int_read(text, &t->n[i]) || t->n[i] < 0 || t->n[i] > TR_INTAKE_COUNT_MAX)
            return tr_fail(err, TR_E_INTAKE_COUNT,
                           "A whole number from 0 up, or nothing where none was published.",
                           "%s \"%.*s\" is not a number of events", columns[i].name,
                           TR_FMT(shown));
    }
    return true;
}

static bool all_kinds(const totals *t)
{
    return t->n[EXPLOSIONS] >= 0 && t->n[PROJECTILES] >= 0 && t->n[FLASHES] >= 0 &&
           t->n[FLARES] >= 0 && t->n[SHOTS] >= 0;
}

static bool some_kinds(const totals *t)
{
    return t->n[PROJECTILES] >= 0 || t->n[FLASHES] >= 0 || t->n[FLARES] >= 0 || t->n[SHOTS] >= 0;
}

static bool split_given(const totals *t)
{
    return t->n[IMPACT] >= 0 && t->n[AIRBURST] >= 0 && t->n[UNDETERMINED] >= 0;
}

static int64_t kinds_sum(const totals *t)
{
    int64_t sum = 0;
    for (int i = PROJECTILES; i <= SHOTS; i++)
        sum += t->n[i] > 0 ? t->n[i] : 0;
    return sum + (t->n[EXPLOSIONS] > 0 ? t->n[EXPLOSIONS] : 0);
}

static bool fail_sum(tr_err *err, const char *what, int64_t sum, const char *column, int64_t stated)
{
    return tr_fail(err, TR_E_INTAKE_SUM,
                   "Copy the published numbers again; a number that was rounded is \"about\" or "
                   "\"at least\".",
                   "%s %lld, %s %lld", what, (long long)sum, column, (long long)stated);
}

/* An exact total that its parts contradict is a fault of copying; a rounded one is not. */
static bool check_sums(const totals *t, tr_err *err)
{
    int64_t split = t->n[IMPACT] + t->n[AIRBURST] + t->n[UNDETERMINED];
    bool    exact = tr_str_starts(field(t, QUALIFIER), "exact");
    int64_t total = t->n[TOTAL], sum = kinds_sum(t);
    if (total < 0 && !all_kinds(t) && t->n[EXPLOSIONS] < 0 && !some_kinds(t))
        return tr_fail(err, TR_E_INTAKE_COUNT, "Give a total, or numbers by kind.",
                       "neither a total nor a kind has a number");
    if (split_given(t) && split != t->n[EXPLOSIONS])
        return fail_sum(err, "impact, airburst and undetermined sum to", split, "explosions are",
                        t->n[EXPLOSIONS]);
    if (total >= 0 && exact && all_kinds(t) && sum != total)
        return fail_sum(err, "the five kinds sum to", sum, "the total is", total);
    if (total >= 0 && !all_kinds(t) && sum > total)
        return fail_sum(err, "the kinds sum to", sum, "the total is", total);
    if (total >= 0 && t->n[EXERCISE] > total)
        return fail_sum(err, "the exercise has", t->n[EXERCISE], "the total is", total);
    return true;
}

/* ---- the qualifier: "exact", "at least", "about", "about (explosions)" ---- */

typedef enum { EXACT, AT_LEAST, ABOUT } modesty;

/* One that names a kind is of this kind alone; "(rounded by the press)" names none. */
static modesty modesty_of(const totals *t, int column)
{
    tr_str    said = field(t, QUALIFIER);
    ptrdiff_t bracket = tr_str_find(said, '(');
    tr_str    about = bracket < 0 ? TR_STR("") : tr_str_from(said, bracket + 1);
    for (int i = EXPLOSIONS; i <= SHOTS; i++) {
        bool named = tr_str_starts(about, columns[i].name);
        bool split = i == EXPLOSIONS && column >= IMPACT && column <= UNDETERMINED;
        if (named && i != column && !split)
            return EXACT;
    }
    return tr_str_starts(said, "at least") ? AT_LEAST
           : tr_str_starts(said, "about")  ? ABOUT
                                           : EXACT;
}

static bool check_qualifier(const totals *t, tr_err *err)
{
    tr_str said = field(t, QUALIFIER), shown = tr_shown(said, 40);
    return tr_str_starts(said, "exact") || tr_str_starts(said, "at least") ||
           tr_str_starts(said, "about") ||
           tr_fail(err, TR_E_INTAKE_WORD, "Write exact, at least, or about.",
                   "qualifier \"%.*s\" is not known", TR_FMT(shown));
}

static tr_words_count count_of(modesty said, int64_t n)
{
    return said == AT_LEAST ? tr_count_at_least(n)
           : said == ABOUT  ? tr_count_about(n)
                            : tr_count_exactly(n);
}

/* What is left of a total: from the least to the most that the two numbers allow. */
static tr_words_count count_less(const tr_words_count *all, const tr_words_count *part)
{
    tr_words_count rest = {.best = all->best - part->best, .max = -1};
    rest.min = part->max < 0 ? 1 : all->min - part->max;
    if (rest.min < 1)
        rest.min = 1;
    if (all->max >= 0)
        rest.max = all->max - part->min;
    return rest;
}

/* ---- the observations ---- */

static bool emit(totals *t, const char *part, tr_kind kind, tr_words_count count, int exercise,
                 tr_err *err)
{
    char     id[TR_INTAKE_ID_BYTES + 32];
    tr_str   record = field(t, ID);
    size_t   len = (size_t)record.len, part_len = strlen(part);
    tr_draft draft = t->draft;
    memcpy(id, record.at, len);
    id[len] = '/';
    memcpy(id + len + 1, part, part_len);
    draft.src_id = (tr_str){id, (ptrdiff_t)(len + 1 + part_len)};
    draft.kind = kind;
    draft.count = count;
    draft.exercise = exercise;
    return tr_accept(t->reader, &draft, err);
}

static bool emit_column(totals *t, int column, tr_kind kind, tr_err *err)
{
    if (t->n[column] <= 0)
        return true;
    bool whole = t->n[EXERCISE] > 0 && t->n[EXERCISE] == t->n[TOTAL];
    return emit(t, columns[column].name, kind, count_of(modesty_of(t, column), t->n[column]), whole,
                err);
}

static bool emit_explosions(totals *t, tr_err *err)
{
    if (!split_given(t))
        return emit_column(t, EXPLOSIONS, TR_KIND_EXPLOSION_, err);
    return emit_column(t, IMPACT, TR_KIND_EXPLOSION_IMPACT_, err) &&
           emit_column(t, AIRBURST, TR_KIND_EXPLOSION_AIRBURST_, err) &&
           emit_column(t, UNDETERMINED, TR_KIND_EXPLOSION_UNDETERMINED_, err);
}

static bool emit_kinds(totals *t, tr_err *err)
{
    return emit_explosions(t, err) && emit_column(t, PROJECTILES, TR_KIND_PROJECTILE_, err) &&
           emit_column(t, FLASHES, TR_KIND_MUZZLE_FLASH_, err) &&
           emit_column(t, FLARES, TR_KIND_FLARE_, err) &&
           emit_column(t, SHOTS, TR_KIND_BURST_, err);
}

/* The total less a part of it, as fire whose kind is not stated. */
static bool emit_rest(totals *t, int part, tr_err *err)
{
    if (t->n[TOTAL] == t->n[part])
        return true;
    tr_words_count all = count_of(modesty_of(t, TOTAL), t->n[TOTAL]);
    tr_words_count less = count_of(modesty_of(t, part), t->n[part]);
    return emit(t, "rest", TR_KIND_FIRE_, count_less(&all, &less), 0, err);
}

static bool emit_record(totals *t, tr_err *err)
{
    int64_t total = t->n[TOTAL], exercise = t->n[EXERCISE];
    bool    whole = exercise > 0 && exercise == total;
    if (all_kinds(t) || total < 0)
        return emit_kinds(t, err);
    if (exercise > 0 && !whole)
        return emit(t, "exercise", TR_KIND_FIRE_, count_of(modesty_of(t, EXERCISE), exercise), 1,
                    err) &&
               emit_rest(t, EXERCISE, err);
    if (t->n[EXPLOSIONS] > 0 && !some_kinds(t) && !whole)
        return emit_explosions(t, err) && emit_rest(t, EXPLOSIONS, err);
    return total == 0 || emit(t, "total", TR_KIND_FIRE_, count_of(modesty_of(t, TOTAL), total),
                              whole, err);
}

/* ---- the record ---- */

static void say(char line[LINE], ptrdiff_t *len, const char *joint, tr_str words)
{
    ptrdiff_t joint_len = *len > 0 ? (ptrdiff_t)strlen(joint) : 0;
    if (words.len == 0)
        return;
    assert(*len + joint_len + words.len <= LINE);
    memcpy(line + *len, joint, (size_t)joint_len);
    memcpy(line + *len + joint_len, words.at, (size_t)words.len);
    *len += joint_len + words.len;
}

static void say_number(char line[LINE], ptrdiff_t *len, const char *name, int64_t n)
{
    char     digits[20];
    char    *at = digits + sizeof digits;
    uint64_t rest = n < 0 ? 0 : (uint64_t)n;
    if (n < 0)
        return;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    say(line, len, "; ", tr_str_of(name));
    say(line, len, " ", (tr_str){at, digits + sizeof digits - at});
}

/* Scope, citation and address are the text; the published words and numbers the assessment. */
static bool draft_words(totals *t, tr_err *err)
{
    static const int said[] = {ID, SCOPE, QUALIFIER, EXERCISE, ADDRESS, CITES};
    static const int most[] = {100, 200, 100, 100, 400, 400};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (field(t, said[i]).len > most[i])
            return tr_fail(err, TR_E_INTAKE_TEXT, "Shorten it.", "%s is over %d bytes",
                           columns[said[i]].name, most[i]);
    if (field(t, ID).len == 0)
        return tr_fail(err, TR_E_INTAKE_TEXT, "Give each record an id.", "the id is empty");
    ptrdiff_t text = 0, assess = 0;
    say(t->text, &text, "; ", field(t, SCOPE));
    say(t->text, &text, "; ", field(t, CITES));
    say(t->text, &text, "; ", field(t, ADDRESS));
    say(t->assess, &assess, "; ", TR_STR("published"));
    say(t->assess, &assess, " ", field(t, QUALIFIER));
    for (int i = TOTAL; i <= SHOTS; i++)
        say_number(t->assess, &assess, columns[i].name, t->n[i]);
    if (field(t, EXERCISE).len > 0) {
        say(t->assess, &assess, "; ", TR_STR("exercise"));
        say(t->assess, &assess, " ", field(t, EXERCISE));
    }
    t->draft.text = (tr_str){t->text, text};
    t->draft.assess = (tr_str){t->assess, assess};
    return true;
}

static bool read_row(totals *t, const tr_csv_row *row, tr_err *err)
{
    t->row = row;
    t->draft = (tr_draft){.conf_ppm = 1000000,
                          .means = TR_MEANS_told,
                          .place = {.kind = TR_PLACE_NONE},
                          .platform = TR_PLATFORM_media,
                          .published = TR_TIME_NONE};
    return tr_fields_check(row, t->fields, err) && draft_when(t, err) &&
           check_qualifier(t, err) && read_numbers(t, err) && check_sums(t, err) &&
           draft_words(t, err) && emit_record(t, err);
}

/* A record stands or falls as a whole. */
static bool visit(void *context, const tr_csv_row *row)
{
    totals *t = context;
    tr_err  why = {0};
    if (!t->has_header) {
        t->has_header = true;
        t->fields = row->fields;
        return tr_columns_find(columns, COLUMNS, row, t->at, columns_hint, t->reader->err);
    }
    ptrdiff_t rows = t->reader->rows.len;
    int64_t   read = t->reader->sum.read;
    t->reader->number = row->number;
    t->reader->number_line = row->line;
    t->reader->sum.records++;
    if (read_row(t, row, &why))
        return true;
    t->reader->rows.len = rows;
    t->reader->sum.read = read;
    return tr_refuse(t->reader, &why);
}

bool tr_read_totals(tr_reader *reader, tr_str bytes)
{
    ptrdiff_t bad;
    totals    t = {.reader = reader};
    if (!tr_utf8_ok(bytes, &bad))
        return tr_fail(reader->err, TR_E_UTF8, "Save the file as UTF-8.",
                       "the file is not UTF-8 at byte %lld", (long long)bad + 1);
    return tr_csv_read(*reader->scratch, bytes, '\t', visit, &t, reader->err);
}
