/* desk.c -- trial seats and the pen. */
#include "trial/desk.h"

#include <stdio.h>

/* types: what a key of the role is enrolled for; heartbeats, corrections and retractions of its own
 * entries are open to every key. */
static const struct {
    tr_role     role;
    const char *name;   /* in key.enrol and in the key's name */
    const char *device; /* last part of the key's name */
    const char *types;
} roles[] = {
    {TR_ROLE_ROOT, "root", "r1", "key.enrol software.release shard.close"},
    {TR_ROLE_LOG, "log", "l1", "timestamp.anchor"},
    {TR_ROLE_SECRETARIAT, "secretariat", "s1",
     "agreement.amend source.register source.health request access response link release contact "
     "plan warning "
     "report forecast"},
    {TR_ROLE_BODY, "body", "b1",
     "zone.version measurement notification request access adjudication response contact warning"},
    {TR_ROLE_PARTY, "party", "liaison1",
     "party.position ratification observation declaration notification request objection response "
     "reply contact"},
    {TR_ROLE_GUARANTOR, "guarantor", "g1",
     "ratification notification request objection response reply contact"},
    {TR_ROLE_DEVICE, "device", "d1",
     "observation observation.batch source.health measurement access forecast"},
    {TR_ROLE_CLOCK, "clock", "c1", "tick"},
    {TR_ROLE_MONITOR, "monitor", "m1", "timestamp.anchor"},
};
enum { ROLES = sizeof roles / sizeof roles[0] };

static int role_at(tr_role role)
{
    for (int i = 0; i < ROLES; i++)
        if (roles[i].role == role)
            return i;
    assert(!"a role of the list");
    return 0;
}

/* Seed of a seat: SHA-256(master || name), so that one secret restores all. */
static void key_of(const tr_desk *desk, tr_str name, tr_pubkey *pub, tr_seckey *sec)
{
    tr_hash seed = tr_sha256_2((tr_str){(const char *)desk->master, 32}, name);
    tr_key_of_seed(seed.at, pub, sec);
}

void tr_desk_open(tr_desk *desk, tr_str origin, const uint8_t master[32])
{
    *desk = (tr_desk){.origin = origin};
    memcpy(desk->master, master, 32);
}

tr_author tr_desk_log(const tr_desk *desk)
{
    tr_author log = {.origin = desk->origin, .name = desk->origin};
    key_of(desk, desk->origin, &log.pub, &log.sec);
    return log;
}

tr_seat *tr_desk_seat(tr_desk *desk, tr_arena *keep, tr_role role, tr_str holder)
{
    for (ptrdiff_t i = 0; i < desk->seat.len; i++)
        if (desk->seat.at[i].role == role && tr_str_eq(desk->seat.at[i].holder, holder))
            return &desk->seat.at[i];

    int    known = role_at(role);
    tr_out name = tr_out_new(keep);
    tr_put(&name, "%.*s/%s/%.*s/%s", TR_FMT(desk->origin), roles[known].name, TR_FMT(holder),
           roles[known].device);
    tr_seat *seat = TR_PUSH(keep, &desk->seat);
    *seat = (tr_seat){.role = role,
                      .holder = tr_str_keep(keep, holder),
                      .author = {.origin = desk->origin, .name = tr_out_text(&name)}};
    key_of(desk, seat->author.name, &seat->author.pub, &seat->author.sec);
    return seat;
}

/* The author's chain stands where the record says. */
static void follow_chain(tr_seat *seat, const tr_mission *mission)
{
    const tr_key *key = tr_keyring_find(tr_mission_keys(mission), seat->author.name);
    if (key) {
        seat->author.n = key->n;
        memcpy(seat->author.last.at, key->last, sizeof key->last);
    }
}

static bool accept_entry(tr_pen *pen, tr_str raw, tr_err *err)
{
    tr_outcome out = tr_mission_step(pen->mission, raw, err);
    if (out == TR_STEP_CANNOT || (out == TR_STEP_INVALID && !pen->keep_invalid))
        return false;
    return pen->keeper.append(pen->keeper.context, raw, err) && out == TR_STEP_OK;
}

static bool write_with(tr_pen *pen, tr_seat *seat, tr_author *const *also, int also_count,
                       tr_entry_type type, tr_time at, tr_json *body, tr_json *refs, tr_err *err)
{
    follow_chain(seat, pen->mission);
    tr_head seen = pen->keeper.head(pen->keeper.context);
    tr_str  raw;
    return tr_entry_write(pen->keep, &seat->author, also, also_count, type, at, &seen, body, refs,
                          &raw, err) &&
           accept_entry(pen, raw, err);
}

bool tr_pen_write(tr_pen *pen, tr_role role, tr_str holder, tr_entry_type type, tr_time at,
                  tr_json *body, tr_json *refs, tr_err *err)
{
    tr_seat *seat = tr_desk_seat(&pen->desk, pen->keep, role, holder);
    return write_with(pen, seat, NULL, 0, type, at, body, refs, err);
}

/* ---- bodies ---- */

static void set_str(tr_arena *keep, tr_json *object, const char *name, tr_str text)
{
    tr_json_set(object, tr_str_of(name), tr_json_str(keep, text));
}

static void set_int(tr_arena *keep, tr_json *object, const char *name, int64_t value)
{
    tr_json_set(object, tr_str_of(name), tr_json_int(keep, value));
}

static tr_str time_text(tr_arena *keep, tr_time t)
{
    char *text = TR_NEW(keep, char, TR_TIME_TEXT + 1);
    tr_time_print(t, text);
    return (tr_str){text, TR_TIME_TEXT};
}

static tr_json *blob_value(tr_arena *keep, const tr_hash *hash, ptrdiff_t size, const char *mime)
{
    tr_json *blob = tr_json_object(keep);
    char    *hex = TR_NEW(keep, char, 65);
    tr_hash_hex(hash, hex);
    set_str(keep, blob, "mime", tr_str_of(mime));
    set_str(keep, blob, "sha256", tr_str_of(hex));
    set_int(keep, blob, "size", size);
    return blob;
}

static tr_str vkey_text(tr_arena *keep, const tr_author *author)
{
    tr_vkey vkey;
    tr_vkey_make(&vkey, author->name, TR_KEY_ED25519, &author->pub);
    tr_out out = tr_out_new(keep);
    tr_put_vkey(&out, &vkey);
    return tr_out_text(&out);
}

static tr_json *list_of_words(tr_arena *keep, tr_str words)
{
    tr_json *list = tr_json_array(keep);
    tr_str   word;
    while (tr_str_next(&words, ' ', &word))
        tr_json_add(list, tr_json_str(keep, word));
    return list;
}

static tr_json *list_of(tr_arena *keep, tr_str only)
{
    tr_json *list = tr_json_array(keep);
    tr_json_add(list, tr_json_str(keep, only));
    return list;
}

/* ---- entry 0 ---- */

static tr_json *area_value(tr_arena *keep, tr_box area)
{
    tr_json *value = tr_json_object(keep);
    set_int(keep, value, "lat_max", area.max.lat);
    set_int(keep, value, "lat_min", area.min.lat);
    set_int(keep, value, "lon_max", area.max.lon);
    set_int(keep, value, "lon_min", area.min.lon);
    return value;
}

static tr_json *adopt_body(tr_pen *pen, const tr_plan *plan, const tr_hash *agreement,
                           ptrdiff_t size, tr_json *policy, tr_seat *root)
{
    tr_arena *keep = pen->keep;
    tr_json  *body = tr_json_object(keep), *parties = tr_json_array(keep);
    for (int i = 0; i < plan->actors; i++)
        if (plan->actor[i].kind == TR_ACTOR_PARTY)
            tr_json_add(parties, tr_json_str(keep, plan->actor[i].id));
    tr_author log = tr_desk_log(&pen->desk);

    tr_json_set(body, TR_STR("agreement"), blob_value(keep, agreement, size, "text/x-truce"));
    tr_json_set(body, TR_STR("area"), area_value(keep, plan->area));
    set_int(keep, body, "epsilon_s", 300);
    set_int(keep, body, "faulty", 0);
    set_int(keep, body, "final_days", plan->final_days);
    set_str(keep, body, "id", plan->id);
    set_int(keep, body, "lang_v", TR_LANGUAGE_VERSION);
    set_int(keep, body, "late_days", plan->late_days);
    tr_json_set(body, TR_STR("log"), list_of(keep, vkey_text(keep, &log)));
    tr_json_set(body, TR_STR("parties"), parties);
    tr_json_set(body, TR_STR("policy"), policy);
    set_int(keep, body, "record_v", TR_RECORD_VERSION);
    set_int(keep, body, "root_k", 1);
    tr_json_set(body, TR_STR("roots"), list_of(keep, vkey_text(keep, &root->author)));
    set_int(keep, body, "tick_max_s", 60);
    set_str(keep, body, "tz", tr_tz_name(plan->tz));
    set_str(keep, body, "version", plan->version);
    return body;
}

bool tr_pen_genesis(tr_pen *pen, const tr_plan *plan, tr_str agreement, tr_time at, tr_str *raw,
                    tr_err *err)
{
    tr_hash   text_hash, policy_hash;
    tr_out    policy = tr_out_new(pen->keep);
    tr_author log = tr_desk_log(&pen->desk);
    tr_put(&policy, "log %.*s\nquorum none\n", TR_FMT(vkey_text(pen->keep, &log)));
    tr_str policy_text = tr_out_text(&policy);
    if (!pen->keeper.blob(pen->keeper.context, agreement, &text_hash, err) ||
        !pen->keeper.blob(pen->keeper.context, policy_text, &policy_hash, err))
        return false;

    tr_seat *root = tr_desk_seat(&pen->desk, pen->keep, TR_ROLE_ROOT, TR_STR("mission"));
    tr_json *body =
        adopt_body(pen, plan, &text_hash, agreement.len,
                   blob_value(pen->keep, &policy_hash, policy_text.len, "text/plain"), root);
    tr_head none = {0, tr_merkle_empty()};
    return tr_entry_write(pen->keep, &root->author, NULL, 0, TR_ENTRY_AGREEMENT_ADOPT, at, &none,
                          body, NULL, raw, err) &&
           tr_mission_step(pen->mission, *raw, err) == TR_STEP_OK;
}

/* ---- keys ---- */

static tr_str proof_of_possession(tr_pen *pen, const tr_author *author)
{
    tr_out text = tr_out_new(pen->keep);
    tr_put_pop(&text, pen->desk.origin, author->name, &author->pub, &author->sec);
    return tr_out_text(&text);
}

static bool enrol(tr_pen *pen, tr_role role, tr_str holder, tr_str source, tr_time at, tr_err *err)
{
    tr_arena *keep = pen->keep;
    tr_author author = tr_desk_seat(&pen->desk, keep, role, holder)->author;
    if (tr_keyring_find(tr_mission_keys(pen->mission), author.name))
        return true;
    tr_str   vkey = vkey_text(keep, &author);
    tr_json *body = tr_json_object(keep), *scope = tr_json_object(keep);
    if (source.len > 0)
        tr_json_set(scope, TR_STR("sources"), list_of(keep, source));
    tr_json_set(scope, TR_STR("types"), list_of_words(keep, tr_str_of(roles[role_at(role)].types)));
    set_str(keep, body, "holder", holder);
    set_str(keep, body, "pop", proof_of_possession(pen, &author));
    set_str(keep, body, "role", tr_str_of(roles[role_at(role)].name));
    tr_json_set(body, TR_STR("scope"), scope);
    set_str(keep, body, "use", TR_STR("sign"));
    set_str(keep, body, "vkey", vkey);
    return tr_pen_write(pen, TR_ROLE_ROOT, TR_STR("mission"), TR_ENTRY_KEY_ENROL, at, body, NULL,
                        err);
}

bool tr_pen_enrol_all(tr_pen *pen, tr_time at, tr_err *err)
{
    static const tr_role by_kind[] = {[TR_ACTOR_PARTY] = TR_ROLE_PARTY,
                                      [TR_ACTOR_GUARANTOR] = TR_ROLE_GUARANTOR,
                                      [TR_ACTOR_BODY] = TR_ROLE_BODY,
                                      [TR_ACTOR_WITNESS] = TR_ROLE_MONITOR};
    const tr_plan       *plan = tr_mission_plan(pen->mission);
    if (!enrol(pen, TR_ROLE_CLOCK, TR_STR("mission"), TR_STR(""), at, err) ||
        !enrol(pen, TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_STR(""), at, err))
        return false;
    for (int i = 0; i < plan->actors; i++)
        if (plan->actor[i].kind != TR_ACTOR_GROUP && /* a group signs nothing */
            !enrol(pen, by_kind[plan->actor[i].kind], plan->actor[i].id, TR_STR(""), at, err))
            return false;
    return true;
}

/* ---- what happens ---- */

bool tr_pen_tick(tr_pen *pen, tr_time t, tr_str source, tr_err *err)
{
    tr_json *body = tr_json_object(pen->keep);
    set_int(pen->keep, body, "sigma_ms", 0);
    set_str(pen->keep, body, "source", source);
    set_str(pen->keep, body, "t", time_text(pen->keep, t));
    return tr_pen_write(pen, TR_ROLE_CLOCK, TR_STR("mission"), TR_ENTRY_TICK, t, body, NULL, err);
}

bool tr_pen_source(tr_pen *pen, tr_str source, tr_str kind, tr_time at, tr_err *err)
{
    tr_arena *keep = pen->keep;
    if (!enrol(pen, TR_ROLE_DEVICE, source, source, at, err))
        return false;
    if (tr_mission_source_named(pen->mission, source) >= 0)
        return true;
    tr_json *body = tr_json_object(keep), *clock = tr_json_object(keep),
            *place = tr_json_object(keep);
    set_str(keep, clock, "kind", TR_STR("stated"));
    set_int(keep, clock, "sigma_ms", 0);
    set_str(keep, place, "kind", TR_STR("none"));
    tr_json_set(body, TR_STR("clock"), clock);
    set_str(keep, body, "key", tr_desk_seat(&pen->desk, keep, TR_ROLE_DEVICE, source)->author.name);
    set_str(keep, body, "kind", kind);
    tr_json_set(body, TR_STR("modes"), list_of(keep, TR_STR("all")));
    set_str(keep, body, "owner", TR_STR("mission"));
    tr_json_set(body, TR_STR("place"), place);
    set_str(keep, body, "root", source);
    set_int(keep, body, "silence_s", 86400);
    set_str(keep, body, "source", source);
    return tr_pen_write(pen, TR_ROLE_SECRETARIAT, TR_STR("mission"), TR_ENTRY_SOURCE_REGISTER, at,
                        body, NULL, err);
}

static tr_json *kind_counts(tr_arena *keep, const tr_pen_row *row, int64_t rows)
{
    int64_t  count[TR_KINDS] = {0};
    tr_json *list = tr_json_array(keep);
    for (int64_t i = 0; i < rows; i++)
        count[row[i].kind]++;
    for (int k = 0; k < TR_KINDS; k++)
        if (count[k] > 0) {
            tr_json *one = tr_json_object(keep);
            set_str(keep, one, "kind", tr_str_of(tr_kind_name((tr_kind)k)));
            set_int(keep, one, "n", count[k]);
            tr_json_add(list, one);
        }
    return list;
}

static tr_span hull(const tr_pen_row *row, int64_t rows)
{
    tr_span all = {row[0].begin, row[0].end};
    for (int64_t i = 1; i < rows; i++) {
        all.begin = row[i].begin < all.begin ? row[i].begin : all.begin;
        all.end = row[i].end > all.end ? row[i].end : all.end;
    }
    return all;
}

bool tr_pen_batch(tr_pen *pen, tr_str source, const tr_pen_row *row, int64_t rows, tr_time at,
                  tr_err *err)
{
    assert(rows > 0 && rows <= TR_CHUNK_ROWS);
    tr_arena *keep = pen->keep;
    tr_out    chunk = tr_out_new(keep);
    for (int64_t i = 0; i < rows; i++)
        tr_put_chunk_row(&chunk, row[i].row);
    tr_hash hash;
    int64_t counted;
    tr_str  bytes = tr_out_text(&chunk);
    tr_hash root = tr_chunk_root(*keep, bytes, &counted, err);
    if (err->code || !pen->keeper.blob(pen->keeper.context, bytes, &hash, err))
        return false;

    char *root_hex = TR_NEW(keep, char, 65);
    tr_hash_hex(&root, root_hex);
    tr_span  all = hull(row, rows);
    tr_json *body = tr_json_object(keep), *span = tr_json_object(keep);
    set_str(keep, span, "begin", time_text(keep, all.begin));
    set_str(keep, span, "end", time_text(keep, all.end));
    tr_json_set(body, TR_STR("chunk"),
                blob_value(keep, &hash, bytes.len, "application/x-truce-obs"));
    tr_json_set(body, TR_STR("counts"), kind_counts(keep, row, rows));
    set_str(keep, body, "fmt", TR_STR("truce-obs/1"));
    set_str(keep, body, "root", tr_str_of(root_hex));
    set_int(keep, body, "rows", rows);
    set_str(keep, body, "source", source);
    tr_json_set(body, TR_STR("span"), span);
    return tr_pen_write(pen, TR_ROLE_DEVICE, source, TR_ENTRY_OBSERVATION_BATCH, at, body, NULL,
                        err);
}
