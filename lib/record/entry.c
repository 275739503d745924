/* entry.c -- reading, judging and writing one entry; see entry.h. */
#include "record/entry.h"

#include "base/time.h"
#include "record/schema.h"

#define FIRST_LINE "truce/entry/v1\n"

/* The members of every entry; `body` is judged by its own line of entries.def. */
static const char envelope_schema[] =
    "at:time body:object by:keyname ev?:[ev] head:head n:num prev?:hash refs?:[ref] "
    "terms?:[label] type:text v:num";

static const struct {
    const char *name, *signers, *body;
} types[TR_ENTRY_TYPES] = {
#define TR_ENTRY_TYPE(id, name, signers, body) [TR_ENTRY_##id] = {name, signers, body},
#include "record/entries.def"
#undef TR_ENTRY_TYPE
};

const char *tr_entry_type_name(tr_entry_type type)
{
    return type > TR_ENTRY_NONE && type < TR_ENTRY_TYPES ? types[type].name : "none";
}

const char *tr_entry_signers(tr_entry_type type)
{
    assert(type > TR_ENTRY_NONE && type < TR_ENTRY_TYPES);
    return types[type].signers;
}

const char *tr_entry_body(tr_entry_type type)
{
    assert(type > TR_ENTRY_NONE && type < TR_ENTRY_TYPES);
    return types[type].body;
}

tr_entry_type tr_entry_type_of(tr_str name)
{
    for (int i = TR_ENTRY_NONE + 1; i < TR_ENTRY_TYPES; i++)
        if (tr_str_is(name, types[i].name))
            return (tr_entry_type)i;
    return TR_ENTRY_NONE;
}

bool tr_json_time(const tr_json *object, const char *name, tr_time *t)
{
    const tr_json *value = tr_json_get(object, name);
    return value && value->kind == TR_JSON_STRING && tr_time_read(value->text, t);
}

bool tr_json_span(const tr_json *object, const char *name, tr_span *span)
{
    const tr_json *value = tr_json_get(object, name);
    tr_span        got;
    if (!value || value->kind != TR_JSON_OBJECT || !tr_json_time(value, "begin", &got.begin) ||
        !tr_json_time(value, "end", &got.end))
        return false;
    *span = got;
    return true;
}

bool tr_json_hash(const tr_json *object, const char *name, tr_hash *hash)
{
    const tr_json *value = tr_json_get(object, name);
    return value && value->kind == TR_JSON_STRING && tr_hash_read(value->text, hash);
}

bool tr_json_ref(const tr_json *value, tr_ref *ref)
{
    const tr_json *index = value && value->kind == TR_JSON_OBJECT ? tr_json_get(value, "i") : NULL;
    tr_ref         got;
    if (!index || index->kind != TR_JSON_INT || !tr_json_hash(value, "h", &got.leaf))
        return false;
    got.index = index->value;
    got.row = tr_json_int_or(value, "row", -1);
    *ref = got;
    return true;
}

int64_t tr_json_int_or(const tr_json *object, const char *name, int64_t otherwise)
{
    const tr_json *value = tr_json_get(object, name);
    return value && value->kind == TR_JSON_INT ? value->value : otherwise;
}

tr_str tr_json_text(const tr_json *object, const char *name)
{
    const tr_json *value = tr_json_get(object, name);
    return value && value->kind == TR_JSON_STRING ? value->text : TR_STR("");
}

static bool body_check(tr_entry_type type, const tr_json *body, const tr_schema_seen *seen,
                       tr_err *err)
{
    if (!tr_schema_check(types[type].body, body, tr_str_of(types[type].name), seen, err))
        return false;
    const tr_json *area = type == TR_ENTRY_AGREEMENT_ADOPT ? tr_json_get(body, "area") : NULL;
    if (area && (tr_json_int_or(area, "lat_min", 0) >= tr_json_int_or(area, "lat_max", 0) ||
                 tr_json_int_or(area, "lon_min", 0) >= tr_json_int_or(area, "lon_max", 0)))
        return tr_fail(err, TR_E_ENTRY_MEMBER, "State the south-west and north-east corners.",
                       "agreement.adopt: the area is empty");
    return true;
}

bool tr_body_check(tr_entry_type type, const tr_json *body, tr_err *err)
{
    if (type <= TR_ENTRY_NONE || type >= TR_ENTRY_TYPES)
        return tr_fail(err, TR_E_ENTRY_TYPE, "The list of entry types is closed.",
                       "no such entry type: %d", (int)type);
    return body_check(type, body, NULL, err);
}

bool tr_row_check(tr_arena scratch, tr_str row, tr_err *err)
{
    tr_json *body;
    if (!tr_json_read(&scratch, row, &body, err))
        return false;
    if (tr_json_get(body, "source"))
        return tr_fail(err, TR_E_ENTRY_MEMBER, "The batch names the source for all its rows.",
                       "a row of a batch has a member \"source\"");
    tr_json *whole = tr_json_copy(&scratch, body);
    tr_json_set(whole, TR_STR("source"), tr_json_str(&scratch, TR_STR("of-the-batch")));
    return body_check(TR_ENTRY_OBSERVATION, whole, NULL, err);
}

tr_str tr_entry_origin(const tr_entry *entry)
{
    tr_str rest = tr_str_from(entry->note.text, (ptrdiff_t)sizeof FIRST_LINE - 1);
    return tr_str_cut(rest, 0, tr_str_find(rest, '\n'));
}

/* The JSON line out of the three lines. */
static bool take_lines(tr_str text, tr_str origin, tr_str *json, tr_err *err)
{
    tr_str rest = tr_str_from(text, (ptrdiff_t)sizeof FIRST_LINE - 1), named;
    if (!tr_str_starts(text, FIRST_LINE) || !tr_str_next(&rest, '\n', &named))
        return tr_fail(err, TR_E_ENTRY, "The first line of an entry is truce/entry/v1.",
                       "not an entry of this version");
    if (!tr_str_eq(named, origin))
        return tr_fail(err, TR_E_ORIGIN, "An entry is bound to one record; write it for this one.",
                       "written for the record %.*s", (int)(named.len > 100 ? 100 : named.len),
                       named.at);
    if (rest.len < 1 || tr_str_find(rest, '\n') != rest.len - 1)
        return tr_fail(err, TR_E_ENTRY,
                       "The text is three lines: version, origin, one JSON object.",
                       "the text has not exactly three lines");
    *json = tr_str_cut(rest, 0, rest.len - 1);
    return true;
}

static int line_order(const tr_note_sig *a, const tr_note_sig *b)
{
    int order = tr_str_cmp(a->name, b->name);
    return order != 0 ? order : memcmp(a->id, b->id, 4);
}

static bool lines_check(const tr_note *note, tr_str by, tr_err *err)
{
    static const char hint[] = "The author's line comes first, then co-signers by name and key ID, "
                               "each once, at most 8 lines.";
    if (note->sigs > TR_ENTRY_SIGS)
        return tr_fail(err, TR_E_ENTRY_LINES, hint, "%d signature lines", note->sigs);
    if (!tr_str_eq(note->sig[0].name, by))
        return tr_fail(err, TR_E_ENTRY_LINES, hint, "the first line is not of the author %.*s",
                       TR_FMT(by));
    for (int i = 0; i < note->sigs; i++) {
        const tr_note_sig *sig = &note->sig[i];
        if (!tr_key_name_ok(sig->name) || sig->payload_len != 64)
            return tr_fail(err, TR_E_ENTRY_LINES, "Entries are signed with keys of type 01.",
                           "line %d is not an Ed25519 signature of a key of ours", i + 1);
        if ((i > 1 && line_order(&note->sig[i - 1], sig) >= 0) ||
            (i > 0 && line_order(&note->sig[0], sig) == 0))
            return tr_fail(err, TR_E_ENTRY_LINES, hint, "line %d is repeated or out of order",
                           i + 1);
    }
    return true;
}

static bool envelope_read(tr_entry *entry, tr_err *err)
{
    const tr_json *envelope = entry->envelope;
    if (!tr_schema_check(envelope_schema, envelope, TR_STR("entry"), NULL, err))
        return false;
    const tr_json *head = tr_json_get(envelope, "head");
    tr_str         type = tr_json_text(envelope, "type");
    entry->type = tr_entry_type_of(type);
    entry->body = tr_json_get(envelope, "body");
    entry->by = tr_json_text(envelope, "by");
    entry->n = tr_json_int_or(envelope, "n", 0);
    entry->seen_size = (uint64_t)tr_json_int_or(head, "size", 0);
    entry->has_prev = tr_json_hash(envelope, "prev", &entry->prev);
    tr_json_time(envelope, "at", &entry->at);
    tr_json_hash(head, "root", &entry->seen_root);
    tr_hash empty = tr_merkle_empty();
    if (tr_json_int_or(envelope, "v", 0) != TR_RECORD_VERSION)
        return tr_fail(err, TR_E_ENTRY_MEMBER, "This truce reads record version 1.",
                       "entry: member \"v\" must be 1");
    if (entry->type == TR_ENTRY_NONE)
        return tr_fail(err, TR_E_ENTRY_TYPE, "The list of entry types is closed.",
                       "no such entry type: %.*s", (int)(type.len > 60 ? 60 : type.len), type.at);
    if (entry->n > 1 && !entry->has_prev)
        return tr_fail(err, TR_E_ENTRY_MEMBER,
                       "From n = 2 on, prev is the hash of the entry before.",
                       "entry: member \"prev\" is missing");
    if (entry->seen_size == 0 && !tr_hash_eq(&entry->seen_root, &empty))
        return tr_fail(err, TR_E_SEEN_HEAD, "A head of size 0 has the root of the empty tree.",
                       "head of size 0 with another root");
    return true;
}

bool tr_entry_read(tr_arena *keep, tr_str raw, tr_str origin, tr_entry *entry, tr_err *err)
{
    tr_str   json;
    tr_json *envelope;
    *entry = (tr_entry){.raw = raw};
    if (!tr_note_read(raw, &entry->note, err) ||
        !take_lines(entry->note.text, origin, &json, err) ||
        !tr_json_read(keep, json, &envelope, err))
        return false;
    entry->envelope = envelope;
    if (!envelope_read(entry, err) || !body_check(entry->type, entry->body, NULL, err) ||
        !lines_check(&entry->note, entry->by, err))
        return false;
    entry->body_hash = tr_sha256(entry->note.text);
    entry->leaf = tr_merkle_leaf(raw);
    return true;
}

typedef struct {
    tr_ref  *ref;
    tr_blob *blob;
    int      room, found;
} collector;

static void collect_ref(void *context, char kind, const tr_json *value)
{
    collector *c = context;
    if (kind == 'r' && c->found++ < c->room)
        tr_json_ref(value, &c->ref[c->found - 1]);
}

static void collect_blob(void *context, char kind, const tr_json *value)
{
    collector *c = context;
    if (kind != 'b' || c->found++ >= c->room)
        return;
    tr_json_hash(value, "sha256", &c->blob[c->found - 1].hash);
    c->blob[c->found - 1].size = tr_json_int_or(value, "size", 0);
}

int tr_entry_refs(const tr_entry *entry, tr_ref *ref, int room)
{
    collector      found = {.ref = ref, .room = room};
    tr_schema_seen seen = {collect_ref, &found};
    tr_err         quiet = {0};
    tr_schema_check(envelope_schema, entry->envelope, TR_STR(""), &seen, &quiet);
    body_check(entry->type, entry->body, &seen, &quiet);
    return found.found;
}

int tr_entry_blobs(const tr_entry *entry, tr_blob *blob, int room)
{
    collector      found = {.blob = blob, .room = room};
    tr_schema_seen seen = {collect_blob, &found};
    tr_err         quiet = {0};
    body_check(entry->type, entry->body, &seen, &quiet);
    return found.found;
}

static tr_json *head_json(tr_arena *keep, const tr_head *seen)
{
    char    hex[65];
    tr_hash root = seen && seen->size > 0 ? seen->root : tr_merkle_empty();
    tr_hash_hex(&root, hex);
    tr_json *head = tr_json_object(keep);
    tr_json_set(head, TR_STR("root"), tr_json_str(keep, tr_str_keep(keep, (tr_str){hex, 64})));
    tr_json_set(head, TR_STR("size"), tr_json_int(keep, seen ? (int64_t)seen->size : 0));
    return head;
}

static tr_json *envelope_json(tr_arena *keep, const tr_author *author, tr_entry_type type,
                              tr_time at, tr_json *head)
{
    char     text[TR_TIME_TEXT + 1], hex[65];
    tr_json *envelope = tr_json_object(keep);
    tr_time_print(at, text);
    tr_json_set(envelope, TR_STR("at"), tr_json_str(keep, tr_str_keep(keep, tr_str_of(text))));
    tr_json_set(envelope, TR_STR("by"), tr_json_str(keep, author->name));
    tr_json_set(envelope, TR_STR("head"), head);
    tr_json_set(envelope, TR_STR("n"), tr_json_int(keep, author->n + 1));
    tr_hash none = {0};
    if (!tr_hash_eq(&author->last, &none)) {
        tr_hash_hex(&author->last, hex);
        tr_json_set(envelope, TR_STR("prev"),
                    tr_json_str(keep, tr_str_keep(keep, (tr_str){hex, 64})));
    }
    tr_json_set(envelope, TR_STR("type"), tr_json_str(keep, tr_str_of(types[type].name)));
    tr_json_set(envelope, TR_STR("v"), tr_json_int(keep, TR_RECORD_VERSION));
    return envelope;
}

static int author_order(const tr_author *a, const tr_author *b)
{
    tr_vkey ka, kb;
    int     order = tr_str_cmp(a->name, b->name);
    if (order != 0)
        return order;
    tr_vkey_make(&ka, a->name, TR_KEY_ED25519, &a->pub);
    tr_vkey_make(&kb, b->name, TR_KEY_ED25519, &b->pub);
    return memcmp(ka.id, kb.id, 4);
}

static void put_lines(tr_out *out, tr_str text, const tr_author *author, tr_author *const *also,
                      int count)
{
    const tr_author *in_order[TR_ENTRY_SIGS];
    for (int i = 0; i < count; i++) {
        int at = i;
        for (; at > 0 && author_order(also[i], in_order[at - 1]) < 0; at--)
            in_order[at] = in_order[at - 1];
        in_order[at] = also[i];
    }
    tr_put_sig_line(out, text, author->name, &author->pub, &author->sec);
    for (int i = 0; i < count; i++)
        tr_put_sig_line(out, text, in_order[i]->name, &in_order[i]->pub, &in_order[i]->sec);
}

bool tr_entry_write(tr_arena *keep, tr_author *author, tr_author *const *also, int also_count,
                    tr_entry_type type, tr_time at, const tr_head *seen, tr_json *body,
                    tr_json *refs, tr_str *raw, tr_err *err)
{
    if (!tr_body_check(type, body, err))
        return false;
    if (also_count >= TR_ENTRY_SIGS || !tr_key_name_ok(author->name))
        return tr_fail(err, TR_E_ENTRY_LINES, "At most 8 keys sign an entry, with names of ours.",
                       "%d co-signers of %.*s", also_count, TR_FMT(author->name));
    tr_json *envelope = envelope_json(keep, author, type, at, head_json(keep, seen));
    tr_json_set(envelope, TR_STR("body"), tr_json_copy(keep, body));
    if (refs)
        tr_json_set(envelope, TR_STR("refs"), tr_json_copy(keep, refs));
    tr_out out = tr_out_new(keep);
    tr_put(&out, FIRST_LINE "%.*s\n", TR_FMT(author->origin));
    tr_json_print(&out, envelope);
    tr_put_char(&out, '\n');
    tr_str text = tr_str_keep(keep, tr_out_text(&out));
    tr_put_char(&out, '\n');
    put_lines(&out, text, author, also, also_count);
    if (tr_out_text(&out).len > TR_NOTE_MAX)
        return tr_fail(err, TR_E_LIMIT, "Put long content into a blob and name its hash.",
                       "an entry of %td bytes, of at most %d", tr_out_text(&out).len, TR_NOTE_MAX);
    *raw = tr_out_text(&out);
    author->n++;
    author->last = tr_sha256(text);
    return true;
}

void tr_put_chunk_row(tr_out *chunk, tr_str row)
{
    assert(row.len > 0 && row.len <= TR_NOTE_MAX);
    uint8_t length[2] = {(uint8_t)(row.len >> 8), (uint8_t)row.len};
    tr_put_bytes(chunk, length, 2);
    tr_put_str(chunk, row);
}

bool tr_chunk_next(tr_str *rest, tr_str *row, tr_err *err)
{
    if (rest->len <= 0)
        return false;
    const uint8_t *p = (const uint8_t *)rest->at;
    ptrdiff_t      len = rest->len < 2 ? 0 : (ptrdiff_t)p[0] << 8 | p[1];
    if (rest->len < 2 || len == 0 || len > rest->len - 2)
        return tr_fail(err, TR_E_CHUNK, "Fetch the batch file again; it may have been cut off.",
                       "a row is empty or longer than the %td bytes left", rest->len);
    *row = tr_str_cut(*rest, 2, 2 + len);
    *rest = tr_str_from(*rest, 2 + len);
    return true;
}

tr_hash tr_chunk_root(tr_arena scratch, tr_str chunk, int64_t *rows, tr_err *err)
{
    tr_frontier *frontier = TR_NEW(&scratch, tr_frontier, 1);
    for (tr_str row; tr_chunk_next(&chunk, &row, err);) {
        if (frontier->size == TR_CHUNK_ROWS) {
            tr_fail(err, TR_E_LIMIT, "Cut the batch into several.", "a batch of more than %d rows",
                    TR_CHUNK_ROWS);
            break;
        }
        tr_hash leaf = tr_merkle_leaf(row);
        tr_frontier_add(frontier, &leaf);
    }
    *rows = (int64_t)frontier->size;
    return tr_frontier_root(frontier);
}
