/* rig.h -- a record in memory for tests: authors, entries, blobs, roots, and a mission on it.
 *
 *     rig r; rig_open(&r, RIG_AGREEMENT);
 *     rig_tick(&r, "2026-02-10T00:00:00");
 *     rig_see(&r, "cam", "e1", "2026-02-10T01:00:00", "2026-02-10T01:01:00");
 *
 * Keys come from their names, so every run writes the same bytes.
 */
#ifndef RIG_H
#define RIG_H

#include "check.h"

#include "mission/mission.h"

#ifndef RIG_ORIGIN /* a test of another mode of record names its own before */
#define RIG_ORIGIN "truce.example/rig"
#endif
static const char rig_agreement[] =
    "agreement \"Rig\" version 1.0 id rig\n"
    "text en\n"
    "time zone \"UTC\"\n"
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\n"
    "signature 2026-01-15\n"
    "agreement in force from 2026-02-01 00:00\n"
    "party A \"Party A\"\n"
    "party B \"Party B\"\n"
    "guarantor G \"Guarantor\"\n"
    "body JMC \"Joint body\" of A, B, G\n"
    "zone east is 37.60 E 47.60 N, 38.40 E 47.60 N, 38.40 E 48.60 N, 37.60 E 48.60 N,\n"
    "    boundary outside, coarse \"Invented.\"\n"
    "class fatal is event.fatal\n"
    "class firing is fire\n"
    "class aircraft is air\n"
    "proof on_record needs nothing beyond the record\n"
    "counting incident version 1: R-INC\n"
    "counting kinds version 1: R-SMM\n"
    "register table from source table \"Table of events\" of event.fatal: each row one\n"
    "    incident, past the gate, side undetermined, rung 0, corroboration none\n"
    "act notify to done when JMC reports the notice to each of them\n"
    "act meet done when JMC reports the meeting\n"
    "article 1 \"Cease-fire\"\n"
    "1.1 A, B must not commit firing in area from 2026-02-01 00:00 proof on_record\n"
    "    needs coverage >= 60 %\n"
    "1.2 A, B must not commit fatal in area from 2026-02-01 00:00 proof on_record\n"
    "1.3 A, B must not fly aircraft in east from 2026-02-01 00:00 until 2026-02-20 00:00\n"
    "    proof on_record\n"
    "article 6 \"Thresholds\"\n"
    "6.1 consultation is\n"
    "    active when count by incident of breaches of §1.1 by any party in area over 24 hours > "
    "3,\n"
    "    by tally\n"
    "    counting rung 0 or better, corroboration none, exercises out, contested out, as known\n"
    "    until count by incident of breaches of §1.1 by any party in area over 24 hours < 2,\n"
    "    for 12 hours\n"
    "    on compares certain, off compares possible\n"
    "6.2 review is\n"
    "    active when count by incident of breaches of §1.1 by any party in area over 24 hours > "
    "3,\n"
    "    by tally\n"
    "    counting rung 0 or better, corroboration none, exercises out, contested out, as happened\n"
    "    until count by incident of breaches of §1.1 by any party in area over 24 hours < 2,\n"
    "    for 12 hours\n"
    "    on compares certain, off compares possible\n"
    "    on late facts review\n"
    "article 7 \"Response ladder\" on §6.1 active\n"
    "7.1 JMC must notify A, B, G within 1 hour of activation\n"
    "article 8 \"Ladder of the review\" on §6.2 active\n"
    "8.1 JMC must notify A, B within 6 hours of activation\n"
    "8.2 JMC must meet within 24 hours of first breach\n";

#define RIG_ROOM ((size_t)4 << 30) /* what check_arena reserves */
enum { RIG_ENTRIES = 4096, RIG_BLOBS = 1024, RIG_AUTHORS = 16 };

typedef struct {
    tr_arena    keep; /* entries and blobs */
    tr_arena    room; /* of the mission */
    char       *all[2];
    tr_str      entry[RIG_ENTRIES];
    tr_hash     leaf[RIG_ENTRIES];
    tr_hash     root[RIG_ENTRIES + 1];
    tr_frontier frontier;
    int64_t     size;
    tr_str      blob[RIG_BLOBS];
    tr_hash     blob_name[RIG_BLOBS];
    int         blobs;
    int         hidden; /* blob that cannot be found, or -1 */
    tr_author   author[RIG_AUTHORS];
    char        author_key[RIG_AUTHORS][64]; /* role/holder */
    int         authors;
    tr_world    world;
    tr_mission *m;
    tr_time     at;
    tr_err      err;
    tr_outcome  last;
} rig;

static bool rig_blob(const void *context, const tr_hash *hash, tr_str *bytes)
{
    const rig *r = context;
    for (int i = 0; i < r->blobs; i++)
        if (i != r->hidden && tr_hash_eq(&r->blob_name[i], hash)) {
            *bytes = r->blob[i];
            return true;
        }
    return false;
}

static bool rig_entry(const void *context, uint64_t index, tr_str *raw)
{
    const rig *r = context;
    if (index >= (uint64_t)r->size)
        return false;
    *raw = r->entry[index];
    return true;
}

static bool rig_root(const void *context, uint64_t size, tr_hash *root)
{
    const rig *r = context;
    if (size > (uint64_t)r->size)
        return false;
    *root = r->root[size];
    return true;
}

__attribute__((unused)) static tr_hash rig_put_blob(rig *r, tr_str bytes)
{
    assert_true(r->blobs < RIG_BLOBS);
    r->blob[r->blobs] = tr_str_keep(&r->keep, bytes);
    return r->blob_name[r->blobs++] = tr_sha256(bytes);
}

/* Text of a blob value: {"mime":..,"sha256":..,"size":..}. */
__attribute__((unused)) static tr_str rig_blob_json(rig *r, tr_str bytes)
{
    tr_hash hash = rig_put_blob(r, bytes);
    tr_out  out = tr_out_new(&r->keep);
    tr_put_str(&out, TR_STR("{\"mime\":\"text/plain\",\"sha256\":\""));
    tr_put_hash(&out, &hash);
    tr_put(&out, "\",\"size\":%td}", bytes.len);
    return tr_str_keep(&r->keep, tr_out_text(&out));
}

static tr_author *rig_author(rig *r, const char *role, const char *holder)
{
    char key[64];
    snprintf(key, sizeof key, "%s/%s", role, holder);
    for (int i = 0; i < r->authors; i++)
        if (strcmp(r->author_key[i], key) == 0)
            return &r->author[i];
    assert_true(r->authors < RIG_AUTHORS);
    tr_author *author = &r->author[r->authors];
    memcpy(r->author_key[r->authors++], key, sizeof key);
    *author = (tr_author){.origin = TR_STR(RIG_ORIGIN)};
    tr_out name = tr_out_new(&r->keep);
    tr_put(&name, RIG_ORIGIN "/%s/%s/1", role, holder);
    author->name = tr_str_keep(&r->keep, tr_out_text(&name));
    tr_hash seed = tr_sha256(author->name);
    tr_key_of_seed(seed.at, &author->pub, &author->sec);
    return author;
}

/* A canonical JSON object. */
static tr_json *rig_json(rig *r, tr_str text)
{
    tr_json *json;
    CHECK_OK(tr_json_read(&r->keep, text, &json, &r->err), r->err);
    return json;
}

/* Add bytes to the record; whether lawful or not. */
static void rig_append(rig *r, tr_str raw)
{
    assert_true(r->size < RIG_ENTRIES);
    r->entry[r->size] = tr_str_keep(&r->keep, raw);
    r->leaf[r->size] = tr_merkle_leaf(raw);
    tr_frontier_add(&r->frontier, &r->leaf[r->size]);
    r->root[++r->size] = tr_frontier_root(&r->frontier);
}

/* Write as that author, hand it to the mission; the outcome is in r->last and r->err. */
__attribute__((unused)) static tr_str rig_raw(rig *r, const char *role, const char *holder,
                                              const char *also_role, const char *also_holder,
                                              tr_entry_type type, tr_str body)
{
    tr_author *author = rig_author(r, role, holder);
    tr_author *also = also_role ? rig_author(r, also_role, also_holder) : NULL;
    tr_head    head = {(uint64_t)r->size, r->root[r->size]};
    tr_str     raw;
    r->err = (tr_err){0};
    CHECK_OK(tr_entry_write(&r->keep, author, &also, also ? 1 : 0, type, r->at, &head,
                            rig_json(r, body), NULL, &raw, &r->err),
             r->err);
    return raw;
}

static tr_outcome rig_step(rig *r, tr_str raw)
{
    r->err = (tr_err){0};
    r->last = tr_mission_step(r->m, raw, &r->err);
    if (r->last != TR_STEP_CANNOT)
        rig_append(r, raw);
    return r->last;
}

__attribute__((unused)) static tr_outcome rig_say(rig *r, const char *role, const char *holder,
                                                  tr_entry_type type, const char *format, ...)
{
    char    body[60000];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(body, sizeof body, format, args);
    va_end(args);
    assert_true(len > 0 && len < (int)sizeof body);
    return rig_step(r, rig_raw(r, role, holder, NULL, NULL, type, (tr_str){body, len}));
}

#define RIG_OK(r, call)                                                                            \
    do {                                                                                           \
        if ((call) != TR_STEP_OK)                                                                  \
            fail_msg("%s: TR%04d %s (%s)", #call, (r)->err.code, (r)->err.text, (r)->err.hint);    \
    } while (0)
#define RIG_INVALID(r, call, want)                                                                 \
    do {                                                                                           \
        assert_int_equal((call), TR_STEP_INVALID);                                                 \
        if ((r)->err.code != (want))                                                               \
            fail_msg("%s: TR%04d %s, not TR%04d", #call, (r)->err.code, (r)->err.text, (want));    \
    } while (0)

static void rig_enrol(rig *r, const char *role, const char *holder)
{
    tr_author *author = rig_author(r, role, holder);
    tr_vkey    vkey;
    tr_vkey_make(&vkey, author->name, TR_KEY_ED25519, &author->pub);
    tr_out body = tr_out_new(&r->keep);
    tr_put(&body, "{\"holder\":\"%s\",\"pop\":\"", holder);
    tr_put_pop(&body, TR_STR(RIG_ORIGIN), author->name, &author->pub, &author->sec);
    tr_put(&body, "\",\"role\":\"%s\",\"scope\":{\"types\":[", role);
    for (int t = TR_ENTRY_NONE + 1; t < TR_ENTRY_TYPES; t++)
        tr_put(&body, "%s\"%s\"", t > 1 ? "," : "", tr_entry_type_name((tr_entry_type)t));
    tr_put_str(&body, TR_STR("]},\"use\":\"sign\",\"vkey\":\""));
    tr_put_vkey(&body, &vkey);
    tr_put_str(&body, TR_STR("\"}"));
    RIG_OK(r, rig_step(r, rig_raw(r, "root", "mission", NULL, NULL, TR_ENTRY_KEY_ENROL,
                                  tr_out_text(&body))));
}

/* `place` is its JSON, `range` the text of further members that stand after it, or empty. */
__attribute__((unused)) static tr_outcome rig_source_at(rig *r, const char *source,
                                                        const char *modes, const char *place,
                                                        const char *range)
{
    return rig_say(r, "secretariat", "mission", TR_ENTRY_SOURCE_REGISTER,
                   "{\"clock\":{\"kind\":\"ntp\",\"sigma_ms\":100},\"key\":\"" RIG_ORIGIN
                   "/device/%s/1\",\"kind\":\"camera\",\"modes\":[%s],\"owner\":\"mission\","
                   "\"place\":%s,%s\"root\":\"%s\",\"silence_s\":3600,\"source\":\"%s\"}",
                   source, modes, place, range, source, source);
}

__attribute__((unused)) static tr_outcome rig_source(rig *r, const char *source, const char *modes)
{
    return rig_source_at(r, source, modes, "{\"kind\":\"none\"}", "");
}

/* Entry 0 for an agreement text. */
static tr_str rig_adopt(rig *r, tr_str text)
{
    tr_terms_result result = {0};
    tr_terms_compile(&r->keep, text, NULL, NULL, &result);
    if (result.errors > 0)
        fail_msg("agreement line %d: %s", result.diagnostic[0].err.line,
                 result.diagnostic[0].err.text);
    const tr_plan *plan = result.plan;
    tr_str     blob = rig_blob_json(r, text), policy = rig_blob_json(r, TR_STR("quorum none\n"));
    tr_vkey    root, log;
    tr_author *roots = rig_author(r, "root", "mission"), *logs = rig_author(r, "log", "log");
    tr_vkey_make(&root, roots->name, TR_KEY_ED25519, &roots->pub);
    tr_vkey_make(&log, TR_STR(RIG_ORIGIN), TR_KEY_ED25519, &logs->pub);
    tr_out body = tr_out_new(&r->keep);
    tr_put(&body,
           "{\"agreement\":%.*s,\"area\":{\"lat_max\":%d,\"lat_min\":%d,\"lon_max\":%d,"
           "\"lon_min\":%d},\"epsilon_s\":300,\"faulty\":0,\"final_days\":30,"
           "\"id\":\"%.*s\",\"lang_v\":1,\"late_days\":90,\"log\":[\"",
           TR_FMT(blob), plan->area.max.lat, plan->area.min.lat, plan->area.max.lon,
           plan->area.min.lon, TR_FMT(plan->id));
    tr_put_vkey(&body, &log);
    tr_put(&body,
           "\"],\"parties\":[\"A\",\"B\"],\"policy\":%.*s,\"record_v\":1,\"root_k\":1,"
           "\"roots\":[\"",
           TR_FMT(policy));
    tr_put_vkey(&body, &root);
    tr_put(&body, "\"],\"tick_max_s\":60,\"tz\":\"%.*s\",\"version\":\"%.*s\"}",
           TR_FMT(tr_tz_name(plan->tz)), TR_FMT(plan->version));
    return rig_raw(r, "root", "mission", NULL, NULL, TR_ENTRY_AGREEMENT_ADOPT, tr_out_text(&body));
}

/* A fresh record and mission without any entry. */
__attribute__((unused)) static void rig_bare(rig *r)
{
    memset(r, 0, sizeof *r);
    r->keep = check_arena();
    r->room = check_arena();
    r->all[0] = r->keep.beg;
    r->all[1] = r->room.beg;
    r->hidden = -1;
    r->root[0] = tr_merkle_empty();
    r->world = (tr_world){r, rig_blob, rig_entry, rig_root};
    tr_time_read(TR_STR("2026-02-01T00:00:00.000000000Z"), &r->at);
    r->m = tr_mission_new(&r->room, TR_STR(RIG_ORIGIN), &r->world);
}

/* Agreement adopted, seats enrolled, sources "cam" (sees all), "other" and "table" registered. */
__attribute__((unused)) static void rig_open_text(rig *r, tr_str text)
{
    rig_bare(r);
    RIG_OK(r, rig_step(r, rig_adopt(r, text)));
    static const char *const seats[][2] = {{"secretariat", "mission"},
                                           {"clock", "mission"},
                                           {"device", "cam"},
                                           {"device", "other"},
                                           {"device", "table"},
                                           {"party", "A"},
                                           {"party", "B"},
                                           {"guarantor", "G"},
                                           {"body", "JMC"}};
    for (size_t i = 0; i < sizeof seats / sizeof seats[0]; i++)
        rig_enrol(r, seats[i][0], seats[i][1]);
    RIG_OK(r, rig_source(r, "cam", "\"fire\""));
    RIG_OK(r, rig_source(r, "other", "\"optical\""));
    RIG_OK(r, rig_source(r, "table", "\"event.fatal\""));
}

__attribute__((unused)) static void rig_open(rig *r)
{
    rig_open_text(r, TR_STR(rig_agreement));
}

/* Gives the address space back; tests with many records need it. */
__attribute__((unused)) static void rig_close(rig *r)
{
    munmap(r->all[0], RIG_ROOM);
    munmap(r->all[1], RIG_ROOM);
}

__attribute__((unused)) static tr_outcome rig_tick(rig *r, const char *t)
{
    return rig_say(r, "clock", "mission", TR_ENTRY_TICK,
                   "{\"sigma_ms\":1,\"source\":\"test\",\"t\":\"%s.000000000Z\"}", t);
}

/* ---- observations ---- */

typedef struct {
    const char *src_id, *begin, *end; /* "2026-02-10T01:00:00" */
    const char *kind;                 /* default "explosion" */
    const char *platform;             /* default "camera" */
    const char *text;
    int         lat, lon; /* default 48 N 38 E */
    int         n;        /* default 1 */
    int         deaths;   /* default 0: none stated */
    int         exercise;
} rig_row;

/* The canonical row, or with `source` the body of a single observation. */
__attribute__((unused)) static tr_str rig_row_text(rig *r, const rig_row *row, const char *source)
{
    tr_out out = tr_out_new(&r->keep);
    int    n = row->n ? row->n : 1;
    tr_put(&out,
           "{\"assess\":\"undetermined\",\"conf_ppm\":900000,\"count\":{\"best\":%d,"
           "\"max\":%d,\"min\":%d},",
           n, n, n);
    if (row->deaths)
        tr_put(&out, "\"deaths\":{\"best\":%d,\"max\":%d,\"min\":%d},", row->deaths, row->deaths,
               row->deaths);
    tr_put(&out,
           "\"exercise\":%d,\"happened\":{\"begin\":\"%s.000000000Z\","
           "\"end\":\"%s.000000000Z\"},\"kind\":\"%s\",\"means\":\"recorded\",",
           row->exercise, row->begin, row->end, row->kind ? row->kind : "explosion");
    tr_put(&out,
           "\"place\":{\"kind\":\"point\",\"lat\":%d,\"lon\":%d,\"r_m\":100},"
           "\"platform\":\"%s\",",
           row->lat ? row->lat : 480000000, row->lon ? row->lon : 380000000,
           row->platform ? row->platform : "camera");
    if (source)
        tr_put(&out, "\"source\":\"%s\",", source);
    tr_put(&out, "\"src_id\":\"%s\"", row->src_id);
    if (row->text)
        tr_put(&out, ",\"text\":\"%s\"", row->text);
    tr_put_char(&out, '}');
    return tr_str_keep(&r->keep, tr_out_text(&out));
}

__attribute__((unused)) static tr_outcome rig_observe(rig *r, const char *source,
                                                      const rig_row *row)
{
    return rig_step(r, rig_raw(r, "device", source, NULL, NULL, TR_ENTRY_OBSERVATION,
                               rig_row_text(r, row, source)));
}

__attribute__((unused)) static tr_outcome rig_see(rig *r, const char *source, const char *src_id,
                                                  const char *begin, const char *end)
{
    return rig_observe(r, source, &(rig_row){.src_id = src_id, .begin = begin, .end = end});
}

/* Body of a batch entry over a chunk. */
__attribute__((unused)) static tr_str rig_batch_body(rig *r, const char *source, tr_str chunk,
                                                     const tr_hash *root, int64_t rows)
{
    tr_str blob = rig_blob_json(r, chunk);
    tr_out out = tr_out_new(&r->keep);
    tr_put(&out,
           "{\"chunk\":%.*s,\"counts\":[{\"kind\":\"explosion\",\"n\":%lld}],"
           "\"fmt\":\"" TR_CHUNK_FMT "\",\"root\":\"",
           TR_FMT(blob), (long long)rows);
    tr_put_hash(&out, root);
    tr_put(&out,
           "\",\"rows\":%lld,\"source\":\"%s\",\"span\":{\"begin\":"
           "\"2026-01-01T00:00:00.000000000Z\",\"end\":\"2027-01-01T00:00:00.000000000Z\"}}",
           (long long)rows, source);
    return tr_str_keep(&r->keep, tr_out_text(&out));
}

__attribute__((unused)) static tr_outcome rig_batch(rig *r, const char *source, const tr_str *row,
                                                    int rows)
{
    tr_out  chunk = tr_out_new(&r->keep);
    int64_t found = 0;
    for (int i = 0; i < rows; i++)
        tr_put_chunk_row(&chunk, row[i]);
    tr_str  bytes = tr_str_keep(&r->keep, tr_out_text(&chunk));
    tr_hash root = tr_chunk_root(r->keep, bytes, &found, &r->err);
    return rig_step(r, rig_raw(r, "device", source, NULL, NULL, TR_ENTRY_OBSERVATION_BATCH,
                               rig_batch_body(r, source, bytes, &root, rows)));
}

/* Text of a reference to entry i (and row). */
__attribute__((unused)) static const char *rig_ref(rig *r, int64_t i, int64_t row)
{
    tr_out out = tr_out_new(&r->keep);
    tr_put_str(&out, TR_STR("{\"h\":\""));
    tr_put_hash(&out, &r->leaf[i]);
    tr_put(&out, "\",\"i\":%lld", (long long)i);
    if (row >= 0)
        tr_put(&out, ",\"row\":%lld", (long long)row);
    tr_put_char(&out, '}');
    return tr_out_z(&out);
}

__attribute__((unused)) static tr_outcome rig_correct(rig *r, const char *role, const char *holder,
                                                      const char *ref, const char *path,
                                                      const char *old, const char *new)
{
    return rig_say(r, role, holder, TR_ENTRY_CORRECTION,
                   "{\"class\":\"typo\",\"of\":%s,\"reason\":\"test\",\"set\":[{\"new\":%s,"
                   "\"old\":%s,\"path\":\"%s\"}]}",
                   ref, new, old, path);
}

__attribute__((unused)) static tr_outcome rig_retract(rig *r, const char *role, const char *holder,
                                                      const char *ref)
{
    return rig_say(r, role, holder, TR_ENTRY_RETRACTION,
                   "{\"class\":\"mistaken\",\"of\":%s,\"reason\":\"test\"}", ref);
}

__attribute__((unused)) static tr_hash rig_view(const rig *r)
{
    static tr_arena scratch;
    if (!scratch.beg)
        scratch = check_arena();
    return tr_mission_view(r->m, scratch);
}

__attribute__((unused)) static tr_hash rig_state(const rig *r)
{
    static tr_arena scratch;
    if (!scratch.beg)
        scratch = check_arena();
    return tr_mission_state(r->m, scratch);
}

__attribute__((unused)) static int rig_status(const rig *r, int64_t i)
{
    return tr_mission_observation(r->m, i)->status;
}

#endif
