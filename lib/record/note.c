/* note.c -- signed notes, verifier keys and checkpoints; see note.h.
 *
 * Method: C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-cosignature v1.0.1.
 */
#include "record/note.h"

#define DASH     "\xe2\x80\x94 " /* em dash and a blank open every signature line */
#define DASH_LEN 4

static uint32_t utf8_next(const char *at, ptrdiff_t *len)
{
    const uint8_t *p = (const uint8_t *)at;
    if (p[0] < 0x80)
        return *len = 1, p[0];
    if (p[0] < 0xe0)
        return *len = 2, (p[0] & 31u) << 6 | (p[1] & 63u);
    if (p[0] < 0xf0)
        return *len = 3, (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
    return *len = 4, 0x10000; /* no space lies up there */
}

/* The 25 characters with the Unicode property White_Space. */
static bool unicode_space(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

/* What C2SP allows in a key name. */
static bool any_name_ok(tr_str name)
{
    if (name.len == 0 || !tr_utf8_ok(name, NULL))
        return false;
    for (ptrdiff_t i = 0, step; i < name.len; i += step) {
        uint32_t c = utf8_next(name.at + i, &step);
        if (c == '+' || c < 0x20 || unicode_space(c))
            return false;
    }
    return true;
}

bool tr_key_name_ok(tr_str name)
{
    for (ptrdiff_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
              c == '.' || c == '_' || c == '/' || c == '-'))
            return false;
    }
    return name.len > 0 && name.len <= TR_KEY_NAME_MAX;
}

static void key_id(tr_str name, tr_str typed_key, uint8_t id[4])
{
    tr_hasher hasher;
    tr_hasher_begin(&hasher);
    tr_hasher_add(&hasher, name.at, name.len);
    tr_hasher_add(&hasher, "\n", 1);
    tr_hasher_add(&hasher, typed_key.at, typed_key.len);
    tr_hash hash = tr_hasher_end(&hasher);
    memcpy(id, hash.at, 4);
}

void tr_vkey_make(tr_vkey *vkey, tr_str name, uint8_t type, const tr_pubkey *pub)
{
    char typed[33] = {(char)type};
    memcpy(typed + 1, pub->at, 32);
    *vkey = (tr_vkey){.name = name, .type = type, .pub = *pub};
    key_id(name, (tr_str){typed, sizeof typed}, vkey->id);
}

static bool vkey_fail(tr_err *err, tr_str text)
{
    return tr_fail(err, TR_E_VKEY,
                   "A verifier key is name+8 hex digits+base64, copied whole; the digits are the "
                   "hash of the rest, so one changed letter shows.",
                   "not a verifier key: %.*s", (int)(text.len > 100 ? 100 : text.len), text.at);
}

bool tr_vkey_read(tr_str text, tr_vkey *vkey, tr_err *err)
{
    enum { LONGEST = 1 + 1952 }; /* of the key types that exist, ML-DSA-65's 1,952 bytes */
    ptrdiff_t first = tr_str_find(text, '+');
    tr_str    rest = tr_str_from(text, first + 1);
    ptrdiff_t second = tr_str_find(rest, '+');
    uint8_t   id[4], want[4], typed[LONGEST];
    ptrdiff_t len = 0;
    tr_str    name = tr_str_cut(text, 0, first);
    if (first < 1 || second < 0 || !any_name_ok(name) ||
        !tr_hex_read(tr_str_cut(rest, 0, second), id, 4) ||
        !tr_base64_read(tr_str_from(rest, second + 1), typed, LONGEST, &len) || len < 1)
        return vkey_fail(err, text);
    key_id(name, (tr_str){(const char *)typed, len}, want);
    if (memcmp(id, want, 4) != 0)
        return vkey_fail(err, text);
    bool used = typed[0] == TR_KEY_ED25519 || typed[0] == TR_KEY_COSIGN_ED25519 ||
                typed[0] == TR_KEY_PRIVATE;
    if (!used || len != 33)
        return tr_fail(err, TR_E_VKEY, "Keys of type 01, 04 and ff with 32 bytes are in use.",
                       "key of type %02x with %td bytes: %.*s", typed[0], len - 1, TR_FMT(name));
    *vkey = (tr_vkey){.name = name, .type = typed[0]};
    memcpy(vkey->id, id, 4);
    memcpy(vkey->pub.at, typed + 1, 32);
    return true;
}

void tr_put_vkey(tr_out *out, const tr_vkey *vkey)
{
    uint8_t typed[33] = {vkey->type};
    memcpy(typed + 1, vkey->pub.at, 32);
    tr_put_str(out, vkey->name);
    tr_put_char(out, '+');
    tr_put_hex(out, vkey->id, 4);
    tr_put_char(out, '+');
    tr_put_base64(out, typed, sizeof typed);
}

static bool note_fail(tr_err *err, const char *fact)
{
    return tr_fail(err, TR_E_NOTE,
                   "A note is UTF-8 text, an empty line and at least one signature line; hand it "
                   "over byte for byte, without a changed line end.",
                   "%s", fact);
}

/* Where the signature lines begin: after the last empty line; -1 when there is none. */
static ptrdiff_t split_at(tr_str bytes)
{
    for (ptrdiff_t i = bytes.len - 2; i >= 0; i--)
        if (bytes.at[i] == '\n' && bytes.at[i + 1] == '\n')
            return i + 2;
    return -1;
}

static bool sig_line_read(tr_str line, tr_note_sig *sig)
{
    uint8_t   payload[TR_NOTE_MAX];
    ptrdiff_t len = 0;
    if (!tr_str_starts(line, DASH))
        return false;
    tr_str    rest = tr_str_from(line, DASH_LEN);
    ptrdiff_t blank = tr_str_find(rest, ' ');
    tr_str    name = tr_str_cut(rest, 0, blank);
    if (blank < 1 || !any_name_ok(name) ||
        !tr_base64_read(tr_str_from(rest, blank + 1), payload, sizeof payload, &len) || len < 5)
        return false;
    *sig = (tr_note_sig){.name = name, .payload_len = (int)(len - 4), .raw = line};
    memcpy(sig->id, payload, 4);
    if (sig->payload_len <= (int)sizeof sig->payload)
        memcpy(sig->payload, payload + 4, (size_t)sig->payload_len);
    return true;
}

bool tr_note_read(tr_str bytes, tr_note *note, tr_err *err)
{
    if (bytes.len > TR_NOTE_MAX)
        return tr_fail(err, TR_E_LIMIT, "Put long content into a blob and name its hash.",
                       "a note of %td bytes, of at most %d", bytes.len, TR_NOTE_MAX);
    for (ptrdiff_t i = 0; i < bytes.len; i++)
        if ((uint8_t)bytes.at[i] < 0x20 && bytes.at[i] != '\n')
            return note_fail(err, "a control character stands in the note");
    if (!tr_utf8_ok(bytes, NULL))
        return note_fail(err, "the note is not valid UTF-8");
    ptrdiff_t lines = split_at(bytes);
    if (lines < 0)
        return note_fail(err, "the note has no empty line before its signatures");
    tr_str rest = tr_str_from(bytes, lines);
    if (rest.len == 0 || rest.at[rest.len - 1] != '\n')
        return note_fail(err, "the note does not end in a signature line");
    note->text = tr_str_cut(bytes, 0, lines - 1);
    note->sigs = 0;
    tr_str line;
    for (rest.len--; tr_str_next(&rest, '\n', &line); note->sigs++) {
        if (note->sigs == TR_NOTE_SIGS)
            return note_fail(err, "the note has more than 100 signature lines");
        if (!sig_line_read(line, &note->sig[note->sigs]))
            return note_fail(err, "a signature line is malformed");
    }
    return true;
}

static bool cosigned_ok(const tr_note *note, const tr_note_sig *sig, const tr_vkey *vkey,
                        uint64_t *cosigned_s)
{
    uint64_t seconds = 0;
    for (int i = 0; i < 8; i++)
        seconds = seconds << 8 | sig->payload[i];
    char     room[TR_NOTE_MAX + 128];
    tr_arena arena = {room, room + sizeof room};
    if (note->text.len > TR_NOTE_MAX / 2 - 64) /* the text grows by doubling inside `room` */
        return false;
    tr_out out = tr_out_new(&arena);
    TR_RESERVE(&arena, &out.buf, note->text.len + 64);
    tr_put(&out, "cosignature/v1\ntime %llu\n", (unsigned long long)seconds);
    tr_put_str(&out, note->text);
    tr_sig made;
    memcpy(made.at, sig->payload + 8, 64);
    if (!tr_verify(&vkey->pub, tr_out_text(&out), &made))
        return false;
    if (cosigned_s)
        *cosigned_s = seconds;
    return true;
}

bool tr_note_verify(const tr_note *note, const tr_note_sig *sig, const tr_vkey *vkey,
                    uint64_t *cosigned_s)
{
    if (!tr_str_eq(sig->name, vkey->name) || memcmp(sig->id, vkey->id, 4) != 0)
        return false;
    if (vkey->type == TR_KEY_COSIGN_ED25519 && sig->payload_len == 8 + 64)
        return cosigned_ok(note, sig, vkey, cosigned_s);
    if (vkey->type != TR_KEY_ED25519 || sig->payload_len != 64)
        return false;
    tr_sig made;
    memcpy(made.at, sig->payload, 64);
    return tr_verify(&vkey->pub, note->text, &made);
}

static int known_key(const tr_note_sig *sig, const tr_vkey *known, int count)
{
    for (int i = 0; i < count; i++)
        if (tr_str_eq(sig->name, known[i].name) && memcmp(sig->id, known[i].id, 4) == 0)
            return i;
    return -1;
}

static bool line_seen(const tr_note *note, int line, bool same_key)
{
    const tr_note_sig *sig = &note->sig[line];
    for (int i = 0; i < line; i++) {
        const tr_note_sig *other = &note->sig[i];
        if (same_key ? tr_str_eq(sig->name, other->name) && memcmp(sig->id, other->id, 4) == 0
                     : tr_str_eq(sig->raw, other->raw))
            return true;
    }
    return false;
}

bool tr_note_open(const tr_note *note, const tr_vkey *known, int count, int *verified,
                  int *unverified, tr_err *err)
{
    int good = 0, unknown = 0;
    for (int i = 0; i < note->sigs; i++) {
        const tr_note_sig *sig = &note->sig[i];
        int                key = known_key(sig, known, count);
        if (key < 0) {
            unknown += !line_seen(note, i, false);
        } else if (!line_seen(note, i, true)) {
            if (!tr_note_verify(note, sig, &known[key], NULL))
                return tr_fail(err, TR_E_SIGNATURE,
                               "The text or the signature was altered; fetch the note again.",
                               "the line of %.*s does not verify", TR_FMT(sig->name));
            good++;
        }
    }
    *verified = good;
    *unverified = unknown;
    if (good == 0)
        return tr_fail(err, TR_E_NOTE_UNKNOWN, "Compare the key names with the policy in force.",
                       "none of %d signature lines is of a known key", note->sigs);
    return true;
}

void tr_put_sig_line(tr_out *out, tr_str text, tr_str name, const tr_pubkey *pub,
                     const tr_seckey *sec)
{
    tr_vkey vkey;
    tr_sig  made;
    uint8_t payload[4 + 64];
    tr_vkey_make(&vkey, name, TR_KEY_ED25519, pub);
    tr_sign(sec, text, &made);
    memcpy(payload, vkey.id, 4);
    memcpy(payload + 4, made.at, 64);
    tr_put(out, DASH "%.*s ", TR_FMT(name));
    tr_put_base64(out, payload, sizeof payload);
    tr_put_char(out, '\n');
}

void tr_put_note(tr_out *out, tr_str text, tr_str name, const tr_pubkey *pub, const tr_seckey *sec)
{
    tr_put_str(out, text);
    tr_put_char(out, '\n');
    tr_put_sig_line(out, text, name, pub, sec);
}

bool tr_size_read(tr_str text, uint64_t *size)
{
    uint64_t sum = 0;
    if (text.len < 1 || text.len > 20 || (text.len > 1 && text.at[0] == '0'))
        return false;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(text.at[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *size = sum;
    return true;
}

static bool checkpoint_fail(tr_err *err, const char *fact)
{
    return tr_fail(err, TR_E_CHECKPOINT,
                   "A checkpoint has three lines: origin, number of entries, base64 of the root.",
                   "%s", fact);
}

bool tr_checkpoint_read(tr_str text, tr_checkpoint *point, tr_err *err)
{
    tr_checkpoint got = {0};
    ptrdiff_t     len = 0;
    tr_str        rest = text, size, root;
    if (text.len == 0 || text.at[text.len - 1] != '\n')
        return checkpoint_fail(err, "the checkpoint does not end in a line end");
    rest.len--;
    if (!tr_str_next(&rest, '\n', &got.origin) || !tr_str_next(&rest, '\n', &size) ||
        !tr_str_next(&rest, '\n', &root))
        return checkpoint_fail(err, "the checkpoint has fewer than three lines");
    if (!tr_origin_ok(got.origin, err))
        return false;
    if (!tr_size_read(size, &got.size))
        return checkpoint_fail(err, "the second line is not a number of entries");
    if (!tr_base64_read(root, got.root.at, 32, &len) || len != 32)
        return checkpoint_fail(err, "the third line is not the base64 of 32 bytes");
    if (rest.len >= 0) {
        got.extension = (tr_str){rest.at, rest.len + 1};
        for (tr_str line; tr_str_next(&rest, '\n', &line);)
            if (line.len == 0)
                return checkpoint_fail(err, "an extension line is empty");
    }
    *point = got;
    return true;
}

void tr_put_checkpoint(tr_out *out, tr_str origin, uint64_t size, const tr_hash *root)
{
    tr_put(out, "%.*s\n%llu\n", TR_FMT(origin), (unsigned long long)size);
    tr_put_base64(out, root->at, 32);
    tr_put_char(out, '\n');
}

bool tr_origin_ok(tr_str origin, tr_err *err)
{
    bool letter = false;
    for (ptrdiff_t i = 0; i < origin.len; i++)
        letter |= (origin.at[i] | 32) >= 'a' && (origin.at[i] | 32) <= 'z';
    if (!any_name_ok(origin) || !letter || tr_str_starts(origin, "truce/") ||
        tr_str_starts(origin, "cosignature/"))
        return tr_fail(err, TR_E_ORIGIN,
                       "An origin is a name such as mission.example/2026: with a letter, without "
                       "blanks or +, and not beginning with truce/ or cosignature/.",
                       "cannot be an origin: \"%.*s\"", (int)(origin.len > 100 ? 100 : origin.len),
                       origin.at);
    return true;
}

tr_record_mode tr_origin_mode(tr_str origin)
{
    for (tr_str part; tr_str_next(&origin, '/', &part);) {
        if (tr_str_is(part, "replay"))
            return TR_RECORD_REPLAY;
        if (tr_str_is(part, "exercise"))
            return TR_RECORD_EXERCISE;
    }
    return TR_RECORD_LIVE;
}
