/* observe.c -- bodies and rows of observations, and what an entry with them would bring.
 *
 * A row of a batch is the canonical body of an observation without `source`.
 * Rows come by the million, so there are two readers: a fast one that knows the
 * one order of members of an ordinary row and takes nothing else, and the
 * general one (tr_row_check and a JSON tree) for all that the fast one passes
 * on.  A row that the fast reader takes is lawful, and gives the same values as
 * the general one: a test holds them against each other.
 */
#include "mission/state.h"

#include "base/time.h"

/* ---- the fast reader ---- */

typedef struct {
    const char *at, *end;
    tr_str      date; /* text of the last date read, and its midnight */
    tr_time     midnight;
    tr_str      kind_text; /* the last words read, and what they mean */
    tr_str      means_text;
    tr_str      platform_text;
    tr_kind     kind;
    tr_means    means;
    tr_platform platform;
} row_reader;

static bool lit(row_reader *r, const char *text, ptrdiff_t len)
{
    if (r->end - r->at < len || memcmp(r->at, text, (size_t)len) != 0)
        return false;
    r->at += len;
    return true;
}
#define LIT(r, text) lit((r), (text), (ptrdiff_t)sizeof(text) - 1)

/* A whole number of at most 9 digits. */
static bool small(row_reader *r, int32_t *value)
{
    bool        negative = r->at < r->end && *r->at == '-';
    const char *first = r->at + negative, *at = first;
    int32_t     sum = 0;
    while (at < r->end && at - first < 9 && *at >= '0' && *at <= '9')
        sum = sum * 10 + (*at++ - '0');
    if (at == first || (at < r->end && *at >= '0' && *at <= '9') ||
        (*first == '0' && (at - first > 1 || negative)))
        return false;
    r->at = at;
    *value = negative ? -sum : sum;
    return true;
}

/* A latitude or longitude: at most 10 digits. */
static bool coordinate(row_reader *r, int64_t most, int32_t *value)
{
    bool        negative = r->at < r->end && *r->at == '-';
    const char *first = r->at + negative, *at = first;
    int64_t     sum = 0;
    while (at < r->end && at - first < 11 && *at >= '0' && *at <= '9')
        sum = sum * 10 + (*at++ - '0');
    if (at == first || at - first > 10 || sum > most ||
        (*first == '0' && (at - first > 1 || negative)))
        return false;
    r->at = at;
    *value = (int32_t)(negative ? -sum : sum);
    return true;
}

/* A string without escapes, 1 .. most bytes. */
static bool plain(row_reader *r, ptrdiff_t most, tr_str *text)
{
    if (r->at == r->end || *r->at != '"')
        return false;
    const char *first = ++r->at, *at = first;
    bool        wide = false;
    for (; at < r->end && *at != '"'; at++) {
        if ((uint8_t)*at < 0x20 || *at == '\\')
            return false;
        wide |= (uint8_t)*at >= 0x80;
    }
    *text = (tr_str){first, at - first};
    if (at == r->end || text->len == 0 || text->len > most || (wide && !tr_utf8_ok(*text, NULL)))
        return false;
    r->at = at + 1;
    return true;
}

/* Two digits at offset `i`; anything else makes it larger than any bound. */
static int two(const char *at, int i)
{
    unsigned high = (unsigned)(at[i] - '0'), low = (unsigned)(at[i + 1] - '0');
    return high > 9 || low > 9 ? 1000 : (int)(high * 10 + low);
}

static bool moment(row_reader *r, tr_time *t)
{
    enum { DATE = 10 };
    const char *at = r->at + 1;
    if (r->end - r->at < TR_TIME_TEXT + 2 || r->at[0] != '"' || at[TR_TIME_TEXT] != '"')
        return false;
    if (r->date.len == DATE && memcmp(at, r->date.at, DATE) == 0 && at[10] == 'T' &&
        at[13] == ':' && at[16] == ':' && at[19] == '.' && at[29] == 'Z') {
        int     hour = two(at, 11), minute = two(at, 14), second = two(at, 17);
        int64_t nano = 0;
        for (int i = 20; i < 29; i++) {
            if (at[i] < '0' || at[i] > '9')
                return false;
            nano = nano * 10 + (at[i] - '0');
        }
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        *t = r->midnight + ((hour * 60 + minute) * 60 + second) * TR_SECOND + nano;
    } else {
        if (!tr_time_read((tr_str){at, TR_TIME_TEXT}, t))
            return false;
        r->date = (tr_str){at, DATE};
        r->midnight = *t - *t % TR_DAY; /* from 1970 on: not negative */
    }
    r->at += TR_TIME_TEXT + 2;
    return true;
}

/* {"best":1,"max":2,"min":0}; "max" absent = unbounded. */
static bool counted(row_reader *r, int32_t *min, int32_t *best, int32_t *max)
{
    *max = TR_UNBOUNDED;
    return LIT(r, "{\"best\":") && small(r, best) && (!LIT(r, ",\"max\":") || small(r, max)) &&
           LIT(r, ",\"min\":") && small(r, min) && LIT(r, "}") && *min >= 0 && *min <= *best &&
           *best <= *max;
}

/* "h_max_m":400,"h_min_m":300, when it stands here. */
static bool height_fast(row_reader *r, tr_place *place)
{
    int32_t high, low;
    if (!LIT(r, "\"h_max_m\":"))
        return true;
    if (!small(r, &high) || !LIT(r, ",\"h_min_m\":") || !small(r, &low) || !LIT(r, ",") ||
        low < TR_HEIGHT_LOW_M || low > high || high > TR_HEIGHT_M)
        return false;
    place->h_min_m = low;
    place->h_end_m = high + 1;
    return true;
}

/* A point with a height, up to its latitude; takes nothing when it is another place. */
static bool height_first(row_reader *r, tr_place *place)
{
    row_reader start = *r;
    if (LIT(r, "{") && height_fast(r, place) && place->h_end_m > place->h_min_m &&
        LIT(r, "\"kind\":\"point\",\"lat\":"))
        return true;
    *r = start;
    *place = (tr_place){.zone = -1};
    return false;
}

static bool place_fast(row_reader *r, tr_place *place)
{
    enum { LAT = 900000000, LON = 1800000000, ROUND = 36000 };
    *place = (tr_place){.zone = -1};
    if (LIT(r, "{\"kind\":\"point\",\"lat\":") || height_first(r, place)) {
        place->kind = TR_PLACE_POINT;
        return coordinate(r, LAT, &place->at.lat) && LIT(r, ",\"lon\":") &&
               coordinate(r, LON, &place->at.lon) && LIT(r, ",\"r_m\":") &&
               small(r, &place->r_max_m) && place->r_max_m >= 0 && LIT(r, "}");
    }
    if (LIT(r, "{\"az_begin_cdeg\":")) {
        place->kind = TR_PLACE_SECTOR;
        return small(r, &place->az_begin_cdeg) && LIT(r, ",\"az_end_cdeg\":") &&
               small(r, &place->az_end_cdeg) && LIT(r, ",") && height_fast(r, place) &&
               LIT(r, "\"kind\":\"sector\",\"lat\":") &&
               coordinate(r, LAT, &place->at.lat) && LIT(r, ",\"lon\":") &&
               coordinate(r, LON, &place->at.lon) && LIT(r, ",\"r_max_m\":") &&
               small(r, &place->r_max_m) && LIT(r, ",\"r_min_m\":") && small(r, &place->r_min_m) &&
               LIT(r, "}") && place->r_min_m >= 0 && place->r_min_m <= place->r_max_m &&
               (uint32_t)place->az_begin_cdeg < ROUND && (uint32_t)place->az_end_cdeg < ROUND;
    }
    return LIT(r, "{\"kind\":\"none\"}");
}

/* Most rows of a batch say the same words: look up a word when it is another than the last. */
static bool kind_fast(row_reader *r, tr_obs *obs)
{
    tr_str name;
    if (!LIT(r, "},\"kind\":") || !plain(r, 64, &name) ||
        (!tr_str_eq(name, r->kind_text) && !tr_kind_read(name, &r->kind)))
        return false;
    r->kind_text = name;
    obs->kind = (uint8_t)r->kind;
    return true;
}

static bool means_fast(row_reader *r, tr_obs *obs)
{
    tr_str name;
    if (!LIT(r, ",\"means\":") || !plain(r, 64, &name) ||
        (!tr_str_eq(name, r->means_text) && !tr_means_read(name, &r->means)))
        return false;
    r->means_text = name;
    obs->means = (uint8_t)r->means;
    return true;
}

static bool platform_fast(row_reader *r, tr_obs *obs)
{
    tr_str name;
    if (!LIT(r, ",\"platform\":") || !plain(r, 64, &name) ||
        (!tr_str_eq(name, r->platform_text) && !tr_platform_read(name, &r->platform)))
        return false;
    r->platform_text = name;
    obs->platform = (uint8_t)r->platform;
    return true;
}

static bool row_fast(row_reader *r, tr_obs *obs, row_texts *texts)
{
    enum { TEXT = 4000, PPM = 1000000 };
    tr_str  assess;
    int32_t exercise;
    *obs = (tr_obs){.by = -1, .row = -1, .next = -1};
    *texts = (row_texts){0};
    if (!LIT(r, "{\"assess\":") || !plain(r, TEXT, &assess) || !LIT(r, ",\"conf_ppm\":") ||
        !small(r, &obs->conf_ppm) || obs->conf_ppm < 0 || obs->conf_ppm > PPM ||
        !LIT(r, ",\"count\":") || !counted(r, &obs->n_min, &obs->n_best, &obs->n_max))
        return false;
    if (LIT(r, ",\"deaths\":") &&
        !counted(r, &obs->deaths_min, &obs->deaths_best, &obs->deaths_max))
        return false;
    if (!LIT(r, ",\"exercise\":") || !small(r, &exercise) || exercise < 0 || exercise > 1 ||
        !LIT(r, ",\"happened\":{\"begin\":") || !moment(r, &obs->begin) || !LIT(r, ",\"end\":") ||
        !moment(r, &obs->end) || obs->begin >= obs->end || !kind_fast(r, obs) ||
        !means_fast(r, obs) || !LIT(r, ",\"place\":") ||
        !place_fast(r, &obs->place) || !platform_fast(r, obs) || !LIT(r, ",\"src_id\":") ||
        !plain(r, TEXT, &texts->src_id))
        return false;
    obs->exercise = (uint8_t)exercise;
    if (LIT(r, ",\"text\":") && !plain(r, TEXT, &texts->text))
        return false;
    return LIT(r, "}") && r->at == r->end;
}

bool row_read_fast(tr_str row, tr_obs *obs, row_texts *texts)
{
    row_reader r = {.at = row.at, .end = row.at + row.len};
    return row_fast(&r, obs, texts);
}

/* ---- the general reader ---- */

static bool whole(const tr_json *object, const char *name, int32_t *value, tr_err *err)
{
    const tr_json *member = tr_json_get(object, name);
    if (!member)
        return true;
    if (member->value < 0 || member->value >= INT32_MAX)
        return tr_fail(err, TR_E_NUMBER, "Counts and metres go from 0 to 2147483646.",
                       "\"%s\" is %lld", name, (long long)member->value);
    *value = (int32_t)member->value;
    return true;
}

static bool read_count(const tr_json *body, const char *name, int32_t *min, int32_t *best,
                       int32_t *max, tr_err *err)
{
    const tr_json *count = tr_json_get(body, name);
    if (!count)
        return true;
    *max = TR_UNBOUNDED;
    return whole(count, "min", min, err) && whole(count, "best", best, err) &&
           whole(count, "max", max, err);
}

bool place_read(const tr_plan *plan, const tr_json *json, tr_place *place, tr_err *err)
{
    static const struct {
        const char   *word;
        tr_place_kind kind;
    } kinds[] = {{"none", TR_PLACE_NONE}, {"point", TR_PLACE_POINT},   {"sector", TR_PLACE_SECTOR},
                 {"zone", TR_PLACE_ZONE}, {"region", TR_PLACE_REGION}, {"sealed", TR_PLACE_SEALED}};
    tr_str kind = tr_json_text(json, "kind");
    *place = (tr_place){.zone = -1};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (tr_str_is(kind, kinds[i].word))
            place->kind = kinds[i].kind;
    place->at.lat = (int32_t)tr_json_int_or(json, "lat", 0);
    place->at.lon = (int32_t)tr_json_int_or(json, "lon", 0);
    place->az_begin_cdeg = (int32_t)tr_json_int_or(json, "az_begin_cdeg", 0);
    place->az_end_cdeg = (int32_t)tr_json_int_or(json, "az_end_cdeg", 0);
    if (place->kind == TR_PLACE_ZONE)
        place->zone = tr_plan_zone_named(plan, tr_json_text(json, "zone"));
    if (tr_json_get(json, "h_min_m") && tr_json_get(json, "h_max_m")) {
        place->h_min_m = (int32_t)tr_json_int_or(json, "h_min_m", 0);
        place->h_end_m = (int32_t)tr_json_int_or(json, "h_max_m", -1) + 1;
    }
    return whole(json, "r_m", &place->r_max_m, err) &&
           whole(json, "r_max_m", &place->r_max_m, err) &&
           whole(json, "r_min_m", &place->r_min_m, err);
}

static bool read_words(const tr_json *body, tr_obs *obs, tr_err *err)
{
    tr_kind     kind;
    tr_platform platform;
    tr_means    means;
    tr_str      named = tr_json_text(body, "kind"), by = tr_json_text(body, "platform");
    if (!tr_kind_read(named, &kind))
        return tr_fail(err, TR_E_KIND, "`truce kinds` prints the closed list of kinds.",
                       "no such kind of observation: %.*s", TR_FMT(tr_str_cut(named, 0, 64)));
    if (!tr_platform_read(by, &platform))
        return tr_fail(err, TR_E_ENTRY_MEMBER, "The list of platforms is closed; take `other`.",
                       "no such platform: %.*s", TR_FMT(tr_str_cut(by, 0, 64)));
    if (!tr_means_read(tr_json_text(body, "means"), &means))
        return tr_fail(err, TR_E_ENTRY_MEMBER, "Means are saw, heard, recorded, told, declared.",
                       "no such means");
    obs->kind = (uint8_t)kind;
    obs->platform = (uint8_t)platform;
    obs->means = (uint8_t)means;
    return true;
}

bool body_to_obs(const tr_plan *plan, const tr_json *body, tr_obs *obs, row_texts *texts,
                 tr_err *err)
{
    tr_span happened = {0, 0};
    *obs = (tr_obs){.by = -1, .row = -1, .next = -1};
    *texts = (row_texts){tr_json_text(body, "src_id"), tr_json_text(body, "text")};
    if (!tr_json_span(body, "happened", &happened) || happened.begin >= happened.end)
        return tr_fail(err, TR_E_ENTRY_MEMBER, "A span begins before it ends.",
                       "\"happened\" is not a span");
    obs->begin = happened.begin;
    obs->end = happened.end;
    obs->conf_ppm = (int32_t)tr_json_int_or(body, "conf_ppm", 0);
    obs->exercise = (uint8_t)tr_json_int_or(body, "exercise", 0);
    return read_words(body, obs, err) &&
           place_read(plan, tr_json_get(body, "place"), &obs->place, err) &&
           read_count(body, "count", &obs->n_min, &obs->n_best, &obs->n_max, err) &&
           read_count(body, "deaths", &obs->deaths_min, &obs->deaths_best, &obs->deaths_max, err);
}

tr_hash content_id(tr_arena scratch, const tr_json *body)
{
    tr_json *row = tr_json_copy(&scratch, body);
    tr_json_set(row, TR_STR("source"), NULL);
    tr_out out = tr_out_new(&scratch);
    tr_json_print(&out, row);
    return tr_merkle_leaf(tr_out_text(&out));
}

/* ---- judging entries ---- */

static bool known_source(const tr_mission *m, const tr_json *body, int32_t *source, tr_err *err)
{
    tr_str id = tr_json_text(body, "source");
    *source = tr_mission_source_named(m, id);
    return *source >= 0 ||
           tr_fail(err, TR_E_SOURCE_UNKNOWN, "Register the source first (source.register).",
                   "source %.*s is not registered", TR_FMT(id));
}

static void stage(tr_arena *scratch, work *w, tr_obs *obs, const row_texts *texts)
{
    obs->entry = w->index;
    obs->src_id = stage_text(scratch, w, texts->src_id);
    obs->text = stage_text(scratch, w, texts->text);
    *TR_PUSH(scratch, &w->obs) = *obs;
}

tr_outcome judge_observation(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    tr_obs    obs;
    row_texts texts;
    int32_t   source;
    if (!known_source(m, w->entry.body, &source, err) ||
        !body_to_obs(m->plan, w->entry.body, &obs, &texts, err))
        return TR_STEP_INVALID;
    obs.id = content_id(*scratch, w->entry.body);
    obs.source = source;
    w->alleged = w->role == TR_ROLE_PARTY || obs.platform == TR_PLATFORM_party;
    stage(scratch, w, &obs, &texts);
    return TR_STEP_OK;
}

/* A row that the fast reader passed on. */
static bool row_general(const tr_mission *m, tr_arena scratch, tr_str row, tr_obs *obs,
                        row_texts *texts, tr_arena *keep, tr_err *err)
{
    tr_json *body;
    if (!tr_row_check(scratch, row, err) || !tr_json_read(&scratch, row, &body, err) ||
        !body_to_obs(m->plan, body, obs, texts, err))
        return false;
    texts->src_id = tr_str_keep(keep, texts->src_id);
    texts->text = tr_str_keep(keep, texts->text);
    return true;
}

static bool fail_row(int64_t row, tr_err *err)
{
    char text[sizeof err->text];
    memcpy(text, err->text, sizeof text);
    tr_err named = {.line = (int)row + 1};
    tr_fail(&named, err->code, err->hint, "row %lld: %.200s", (long long)row, text);
    *err = named;
    return false;
}

/* All rows into w->obs; checks number and root. */
static bool read_rows(const tr_mission *m, tr_arena *scratch, work *w, tr_str chunk, int32_t source,
                      tr_err *err)
{
    /* Scratch in two parts: staged arrays grow in the first, unusual rows use the second. */
    enum { SIDE = 16 << 20 };
    tr_frontier frontier = {.size = 0};
    tr_arena    side = {scratch->end - SIDE, scratch->end};
    tr_str      row, rest = chunk;
    row_reader  r = {.kind = TR_KINDS};
    scratch->end -= SIDE;
    TR_RESERVE(scratch, &w->obs, (ptrdiff_t)tr_json_int_or(w->entry.body, "rows", 0));
    TR_RESERVE(scratch, &w->text, chunk.len / 8);
    for (int64_t i = 0; tr_chunk_next(&rest, &row, err); i++) {
        tr_arena  own = side;
        tr_obs    obs;
        row_texts texts;
        r.at = row.at;
        r.end = row.at + row.len;
        if (i >= TR_CHUNK_ROWS)
            return tr_fail(err, TR_E_LIMIT, "Split the batch.", "more than 1048576 rows");
        tr_arena half = {side.beg + SIDE / 2, side.end};
        if (!row_fast(&r, &obs, &texts) && !row_general(m, half, row, &obs, &texts, &own, err))
            return fail_row(i, err);
        obs.id = tr_merkle_leaf(row);
        tr_frontier_add(&frontier, &obs.id);
        obs.source = source;
        obs.row = (int32_t)i;
        stage(scratch, w, &obs, &texts);
    }
    if (err->code != 0)
        return false;
    tr_hash root = tr_frontier_root(&frontier), want = {0};
    tr_json_hash(w->entry.body, "root", &want);
    if (tr_json_int_or(w->entry.body, "rows", 0) != w->obs.len)
        return tr_fail(err, TR_E_BATCH, "Number of rows, root and file belong together.",
                       "the batch file has %td rows, the entry says %lld", w->obs.len,
                       (long long)tr_json_int_or(w->entry.body, "rows", 0));
    return tr_hash_eq(&root, &want) ||
           tr_fail(err, TR_E_BATCH, "Number of rows, root and file belong together.",
                   "the rows of the batch file do not have the root that the entry states");
}

tr_outcome judge_batch(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    int32_t source;
    tr_hash name = {0};
    tr_str  chunk;
    if (!known_source(m, w->entry.body, &source, err))
        return TR_STEP_INVALID;
    tr_json_hash(tr_json_get(w->entry.body, "chunk"), "sha256", &name);
    if (!m->world.blob(m->world.context, &name, &chunk)) {
        tr_fail(err, TR_E_BLOB_MISSING, "Fetch the file and try again.",
                "the batch file is missing");
        return TR_STEP_CANNOT;
    }
    return read_rows(m, scratch, w, chunk, source, err) ? TR_STEP_OK : TR_STEP_INVALID;
}

/* ---- applying ---- */

void apply_observations(tr_mission *m, work *w)
{
    int64_t base = pour_text(m, w);
    int64_t first = m->obs.len;
    rows_reserve(m, w->obs.len);
    index_reserve(m, (uint64_t)w->obs.len);
    for (ptrdiff_t i = 0; i < w->obs.len; i++) {
        enum { AHEAD = 8 };
        if (i + AHEAD < w->obs.len)
            index_prefetch(m, w->obs.at[i + AHEAD].source,
                           tr_str_of(w->text.at + w->obs.at[i + AHEAD].src_id));
        tr_obs   obs = w->obs.at[i];
        int32_t  at = (int32_t)m->obs.len;
        more_row more = {.incident = -1, .slot = at, .current = at};
        more.alleged = w->alleged || obs.platform == TR_PLATFORM_party;
        obs.src_id += base;
        if (obs.text != 0)
            obs.text += base;
        live_insert(m, &obs, &more);
    }
    *TR_PUSH(m->keep, &m->brought) = (brought_row){w->index, first, m->obs.len - first};
    if (w->entry.type == TR_ENTRY_OBSERVATION_BATCH) {
        m->s.count.batches++;
        m->s.count.rows += (uint64_t)w->obs.len;
    } else {
        m->s.count.singles++;
    }
}

/* ---- bytes as recorded ---- */

/* Rows are mostly asked for one after the other: go on where the last one ended. */
static bool row_bytes(const tr_mission *m, const tr_entry *entry, int64_t index, int64_t row,
                      tr_str *bytes)
{
    row_place *last = &m->cache->row;
    tr_hash    name = {0};
    tr_str     chunk;
    tr_err     quiet = {0};
    tr_json_hash(tr_json_get(entry->body, "chunk"), "sha256", &name);
    if (!m->world.blob(m->world.context, &name, &chunk))
        return false;
    if (last->entry != index || last->row > row)
        *last = (row_place){index, 0, 0};
    tr_str rest = tr_str_from(chunk, last->offset);
    while (tr_chunk_next(&rest, bytes, &quiet)) {
        int64_t at = last->row++;
        last->offset = rest.at - chunk.at;
        if (at == row)
            return true;
    }
    return false;
}

bool mission_bytes(const tr_mission *m, tr_arena *keep, int64_t i, tr_str *bytes)
{
    const tr_obs *obs = &m->obs.at[i];
    if (m->more.at[i].body != 0) {
        *bytes = mission_text(m, m->more.at[i].body);
        return true;
    }
    tr_entry entry;
    tr_err   quiet = {0};
    if (!entry_at(m, keep, obs->entry, &entry, &quiet))
        return false;
    if (obs->row >= 0)
        return row_bytes(m, &entry, obs->entry, obs->row, bytes);
    *bytes = entry.body->raw;
    return true;
}
