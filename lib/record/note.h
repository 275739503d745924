/* note.h -- signed notes, verifier keys and checkpoints.
 *
 * Source: C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-cosignature v1.0.1.
 * Note = text ending in LF, an empty line, then lines "- name base64(keyID || signature)" with an
 * em dash.  Split at the last empty line.  keyID = SHA-256(name LF type pubkey)[0..4].
 */
#ifndef TR_NOTE_H
#define TR_NOTE_H

#include "crypt/crypt.h"

enum {
    TR_KEY_ED25519 = 0x01,
    TR_KEY_COSIGN_ED25519 = 0x04,
    TR_KEY_MLDSA44 = 0x06,
    TR_KEY_PRIVATE = 0xff
};
enum { TR_NOTE_MAX = 65535, TR_NOTE_SIGS = 100, TR_KEY_NAME_MAX = 255 };

/* A verifier key: name+hex8(keyID)+base64(type || pubkey). */
typedef struct {
    tr_str    name;
    uint8_t   id[4];
    uint8_t   type;
    tr_pubkey pub; /* types 0x01 and 0x04 */
} tr_vkey;
/* Refuses an ID that does not recompute. */
bool tr_vkey_read(tr_str text, tr_vkey *vkey, tr_err *err);
void tr_put_vkey(tr_out *out, const tr_vkey *vkey);
void tr_vkey_make(tr_vkey *vkey, tr_str name, uint8_t type, const tr_pubkey *pub);
bool tr_key_name_ok(tr_str name); /* truce's own names: [A-Za-z0-9._/-]+ */

typedef struct {
    tr_str  name;
    uint8_t id[4];
    uint8_t payload[96]; /* what follows the key ID; longer ones are kept only in `raw` */
    int     payload_len;
    tr_str  raw; /* the whole line without LF */
} tr_note_sig;
typedef struct {
    tr_str      text; /* the signed bytes, with the final LF */
    tr_note_sig sig[TR_NOTE_SIGS];
    int         sigs;
} tr_note;
bool tr_note_read(tr_str bytes, tr_note *note, tr_err *err); /* framing only */
/* Does line `sig` verify with `vkey`?  Needs equal name and ID; type 0x01 over the text,
 * 0x04 over cosignature/v1 of it (time in `cosigned_s`, may be NULL). */
bool tr_note_verify(const tr_note *note, const tr_note_sig *sig, const tr_vkey *vkey,
                    uint64_t *cosigned_s);
/* How a note opens with a set of known keys, as C2SP has it: a line whose name and ID match a
 * known key must verify, else the whole is refused; unknown lines are ignored; repeats of one key
 * count once.  Without any known line it fails with TR_E_NOTE_UNKNOWN, the two counts set. */
bool tr_note_open(const tr_note *note, const tr_vkey *known, int count, int *verified,
                  int *unverified, tr_err *err);
/* text LF + one signature line of `sec`, appended to out (with the empty line when first). */
void tr_put_note(tr_out *out, tr_str text, tr_str name, const tr_pubkey *pub, const tr_seckey *sec);
void tr_put_sig_line(tr_out *out, tr_str text, tr_str name, const tr_pubkey *pub,
                     const tr_seckey *sec);

typedef struct {
    tr_str   origin;
    uint64_t size;
    tr_hash  root;
    tr_str   extension; /* lines after the third, kept and signed over; empty in ours */
} tr_checkpoint;
bool tr_checkpoint_read(tr_str text, tr_checkpoint *point, tr_err *err);
/* The three lines. */
void tr_put_checkpoint(tr_out *out, tr_str origin, uint64_t size, const tr_hash *root);
bool tr_origin_ok(tr_str origin, tr_err *err);
/* A decimal number of entries: no sign, no leading zero, fits 64 bits. */
bool tr_size_read(tr_str text, uint64_t *size);
/* What kind of record the origin declares: a path component "replay" or "exercise" marks it on
 * every entry, since each entry is bound to its origin. */
typedef enum { TR_RECORD_LIVE, TR_RECORD_REPLAY, TR_RECORD_EXERCISE } tr_record_mode;
tr_record_mode tr_origin_mode(tr_str origin);

#endif
