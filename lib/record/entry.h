/* entry.h -- one entry of the record: read, judge by the closed list, write.
 *
 * Text of three lines (truce/entry/v1, origin, one line of restricted JCS),
 * an empty line, 1..8 signature lines.  Stored and hashed bytes are the
 * submitted bytes.  Types and members stand in entries.def, the one spelling.
 */
#ifndef TR_ENTRY_H
#define TR_ENTRY_H

#include "codec/json.h"
#include "crypt/merkle.h"
#include "record/note.h"

enum { TR_ENTRY_SIGS = 8, TR_RECORD_VERSION = 1 };

typedef enum {
    TR_ENTRY_NONE = 0,
#define TR_ENTRY_TYPE(id, name, ...) TR_ENTRY_##id,
#include "record/entries.def"
#undef TR_ENTRY_TYPE
    TR_ENTRY_TYPES
} tr_entry_type;
const char   *tr_entry_type_name(tr_entry_type type); /* "observation.batch" */
tr_entry_type tr_entry_type_of(tr_str name);          /* TR_ENTRY_NONE when unknown */

typedef struct {
    tr_hash leaf;  /* h: leaf hash of the entry referred to */
    int64_t index; /* i */
    int64_t row;   /* -1 when the whole entry is meant */
} tr_ref;

typedef struct {
    tr_str         raw;  /* the whole note */
    tr_note        note; /* its lines */
    tr_entry_type  type;
    tr_time        at; /* as the author claims */
    tr_str         by;
    int64_t        n; /* position in the author's chain, from 1 */
    bool           has_prev;
    tr_hash        prev;
    uint64_t       seen_size; /* seen_head */
    tr_hash        seen_root;
    const tr_json *envelope;
    const tr_json *body;
    tr_hash        body_hash; /* SHA-256 of the text */
    tr_hash        leaf;      /* leaf hash of raw */
} tr_entry;

/* Framing, origin, canonical JSON, envelope and body by entries.def.  Needs no
 * state: signatures and key life are judged by keyring.h. */
bool tr_entry_read(tr_arena *keep, tr_str raw, tr_str origin, tr_entry *entry, tr_err *err);
/* Only the body of one type against entries.def ("does this body fit?"). */
bool tr_body_check(tr_entry_type type, const tr_json *body, tr_err *err);
const char *tr_entry_signers(tr_entry_type type); /* as in entries.def */
const char *tr_entry_body(tr_entry_type type);    /* the schema line of entries.def */
tr_str      tr_entry_origin(const tr_entry *entry);

/* What an entry names: references (also in its envelope) and blobs, in the order of the schema.
 * Return the number found, at most `room` stored. */
typedef struct {
    tr_hash hash;
    int64_t size;
} tr_blob;
int tr_entry_refs(const tr_entry *entry, tr_ref *ref, int room);
int tr_entry_blobs(const tr_entry *entry, tr_blob *blob, int room);

/* Values inside bodies.  Each is total on what tr_body_check accepted. */
bool tr_json_time(const tr_json *object, const char *name, tr_time *t);
bool tr_json_span(const tr_json *object, const char *name, tr_span *span);
bool tr_json_hash(const tr_json *object, const char *name, tr_hash *hash);
bool tr_json_ref(const tr_json *value, tr_ref *ref);
int64_t tr_json_int_or(const tr_json *object, const char *name, int64_t otherwise);
tr_str  tr_json_text(const tr_json *object, const char *name); /* empty when absent */

/* An author: a key, and where its chain stands. */
typedef struct {
    tr_str    origin;
    tr_str    name; /* key name: <origin>/<role>/<holder>/<device> */
    tr_pubkey pub;
    tr_seckey sec;
    int64_t   n;    /* of the last entry written, 0 before the first */
    tr_hash   last; /* its body hash; with n = 0 that of the key.rotate entry, else zero */
} tr_author;
typedef struct {
    uint64_t size;
    tr_hash  root;
} tr_head;
/* Write and sign one entry; advances the author's chain.  `body` is checked against
 * entries.def first, and copied.  `refs` (JSON array) may be NULL.  `also` are co-signers,
 * written in the order the format asks. */
bool tr_entry_write(tr_arena *keep, tr_author *author, tr_author *const *also, int also_count,
                    tr_entry_type type, tr_time at, const tr_head *seen, tr_json *body,
                    tr_json *refs, tr_str *raw, tr_err *err);

/* observation.batch chunk: for each row u16 length (big endian) || row bytes, at most 2^20 rows. */
enum { TR_CHUNK_ROWS = 1 << 20 };
#define TR_CHUNK_FMT "truce-obs/1" /* a row is the body of an observation without `source` */
bool tr_row_check(tr_arena scratch, tr_str row, tr_err *err);
void tr_put_chunk_row(tr_out *chunk, tr_str row);
/* False at the end (err clear) or when torn. */
bool tr_chunk_next(tr_str *rest, tr_str *row, tr_err *err);
/* MTH over the row bytes. */
tr_hash tr_chunk_root(tr_arena scratch, tr_str chunk, int64_t *rows, tr_err *err);

#endif
