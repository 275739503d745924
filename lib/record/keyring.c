/* keyring.c -- keys by log index, who may sign what, and each author's chain; see keyring.h.
 *
 *   key:    enrol -> alive -> rotate | revoke -> ended      (grow, end_key)
 *   chain:  n = last + 1  joins    (advance)
 *           n > last + 1  gap      (open_gap)   <- later filled from its upper end (fill_gap)
 *           n <= last     fills a gap, or is a fork         (forked)
 */
#include "record/keyring.h"

#include "base/time.h"

static const struct {
    char        letter;
    tr_role     role;
    const char *name;
} roles[] = {
    {'R', TR_ROLE_ROOT, "root"},
    {'O', TR_ROLE_LOG, "log"},
    {'S', TR_ROLE_SECRETARIAT, "secretariat"},
    {'B', TR_ROLE_BODY, "body"},
    {'P', TR_ROLE_PARTY, "party"},
    {'G', TR_ROLE_GUARANTOR, "guarantor"},
    {'D', TR_ROLE_DEVICE, "device"},
    {'C', TR_ROLE_CLOCK, "clock"},
    {'M', TR_ROLE_MONITOR, "monitor"},
};
enum { ROLES = sizeof roles / sizeof roles[0], ANY_ROLE = (1 << ROLES) - 1 };
enum { INSTITUTION = TR_ROLE_BODY | TR_ROLE_PARTY | TR_ROLE_GUARANTOR };

const char *tr_role_name(tr_role role)
{
    for (int i = 0; i < ROLES; i++)
        if (roles[i].role == role)
            return roles[i].name;
    return "none";
}

tr_role tr_role_of(tr_str name)
{
    for (int i = 0; i < ROLES; i++)
        if (tr_str_is(name, roles[i].name))
            return roles[i].role;
    return 0;
}

static uint32_t role_of_letter(char letter)
{
    for (int i = 0; i < ROLES; i++)
        if (roles[i].letter == letter)
            return (uint32_t)roles[i].role;
    return letter == 'A' ? ANY_ROLE : 0;
}

tr_str tr_keyring_text(const tr_keyring *ring, uint32_t offset)
{
    return offset == 0 ? TR_STR("") : tr_str_of(ring->text.at + offset);
}

static uint32_t pool_put(tr_keyring *ring, tr_arena *keep, tr_str text)
{
    if (ring->text.len == 0)
        *TR_PUSH(keep, &ring->text) = '\0';
    uint32_t offset = (uint32_t)ring->text.len;
    TR_RESERVE(keep, &ring->text, text.len + 1);
    if (text.len > 0)
        memcpy(ring->text.at + offset, text.at, (size_t)text.len);
    ring->text.at[offset + text.len] = '\0';
    ring->text.len += text.len + 1;
    return offset;
}

static bool named(const tr_keyring *ring, const tr_key *key, tr_str name)
{
    return tr_str_eq(tr_keyring_text(ring, key->name), name);
}

const tr_key *tr_keyring_find(const tr_keyring *ring, tr_str name)
{
    for (ptrdiff_t i = ring->key.len - 1; i >= 0; i--)
        if (named(ring, &ring->key.at[i], name))
            return &ring->key.at[i];
    return NULL;
}

/* The key of a signature line: by key ID, then by name.  -1 when there is none. */
static int key_of_line(const tr_keyring *ring, const tr_note_sig *sig)
{
    for (ptrdiff_t i = ring->key.len - 1; i >= 0; i--) {
        const tr_key *key = &ring->key.at[i];
        if (memcmp(key->id, sig->id, 4) == 0 && key->role != 0 && named(ring, key, sig->name))
            return (int)i;
    }
    return -1;
}

const tr_key *tr_keyring_author(const tr_keyring *ring, const tr_entry *entry)
{
    int key = key_of_line(ring, &entry->note.sig[0]);
    return key < 0 ? NULL : &ring->key.at[key];
}

static bool names_key(const tr_keyring *ring, const tr_entry *entry, const tr_key *key)
{
    tr_vkey old;
    tr_err  quiet = {0};
    if (entry->type == TR_ENTRY_KEY_ROTATE)
        return tr_vkey_read(tr_json_text(entry->body, "old"), &old, &quiet) &&
               memcmp(old.pub.at, key->pub, 32) == 0 && named(ring, key, old.name);
    uint8_t        id[4];
    const tr_json *body = tr_json_get(entry->body, "key");
    return entry->type == TR_ENTRY_KEY_REVOKE && tr_hex_read(tr_json_text(body, "id"), id, 4) &&
           memcmp(id, key->id, 4) == 0 && named(ring, key, tr_json_text(body, "name"));
}

/* Alive at i iff enrolled < i and (not ended, or i < ended, or i = ended by its own entry). */
static bool alive(const tr_keyring *ring, const tr_key *key, const tr_entry *entry, int64_t index)
{
    if (key->enrolled >= index)
        return false;
    return key->ended < 0 || index < key->ended ||
           (index == key->ended && names_key(ring, entry, key) &&
            tr_keyring_author(ring, entry) == key);
}

static bool lines_check(const tr_keyring *ring, const tr_entry *entry, int64_t index, tr_err *err)
{
    for (int i = 0; i < entry->note.sigs; i++) {
        const tr_note_sig *sig = &entry->note.sig[i];
        int                at = key_of_line(ring, sig);
        if (at < 0)
            return tr_fail(err, TR_E_KEY_UNKNOWN, "Have the key enrolled before it signs.",
                           "no enrolled key %.*s with this ID", TR_FMT(sig->name));
        const tr_key *key = &ring->key.at[at];
        if (!alive(ring, key, entry, index))
            return tr_fail(err, TR_E_KEY_ENDED,
                           "A key signs after the entry that enrols it and until the entry that "
                           "ends it.",
                           "%.*s is not alive at %lld: enrolled by %lld, ended by %lld",
                           TR_FMT(sig->name), (long long)index, (long long)key->enrolled,
                           (long long)key->ended);
        tr_sig    made;
        tr_pubkey pub;
        memcpy(made.at, sig->payload, 64);
        memcpy(pub.at, key->pub, 32);
        if (!tr_verify(&pub, entry->note.text, &made))
            return tr_fail(err, TR_E_SIGNATURE, "The entry or the signature was altered.",
                           "the line of %.*s does not verify", TR_FMT(sig->name));
    }
    return true;
}

static const tr_key *line_key(const tr_keyring *ring, const tr_entry *entry, int line)
{
    int at = key_of_line(ring, &entry->note.sig[line]);
    return at < 0 ? NULL : &ring->key.at[at];
}

uint32_t tr_keyring_signed(const tr_keyring *ring, const tr_entry *entry, int64_t index,
                           tr_str holder)
{
    uint32_t found = 0;
    for (int i = 0; i < entry->note.sigs; i++) {
        const tr_key *key = line_key(ring, entry, i);
        if (key && alive(ring, key, entry, index) &&
            (holder.len == 0 || tr_str_eq(holder, tr_keyring_text(ring, key->holder))))
            found |= key->role;
    }
    return found;
}

/* Signature lines by keys of these roles.  Lines of one entry never repeat a key. */
static int lines_of(const tr_keyring *ring, const tr_entry *entry, uint32_t role)
{
    int found = 0;
    for (int i = 0; i < entry->note.sigs; i++) {
        const tr_key *key = line_key(ring, entry, i);
        found += key && (key->role & role) != 0;
    }
    return found;
}

static bool every_party(const tr_keyring *ring, const tr_entry *entry, int64_t index)
{
    for (ptrdiff_t i = 0; i < ring->party.len; i++)
        if (!(tr_keyring_signed(ring, entry, index, tr_keyring_text(ring, ring->party.at[i])) &
              TR_ROLE_PARTY))
            return false;
    return ring->party.len > 0;
}

/* Two lines of different people: different key names. */
static bool two_people(const tr_keyring *ring, const tr_entry *entry, uint32_t role)
{
    const tr_key *first = NULL;
    for (int i = 0; i < entry->note.sigs; i++) {
        const tr_key *key = line_key(ring, entry, i);
        if (!key || !(key->role & role))
            continue;
        if (first && !named(ring, first, tr_keyring_text(ring, key->name)))
            return true;
        first = first ? first : key;
    }
    return false;
}

/* Two lines of different holders that are bodies, parties, guarantors or the secretariat; with
 * `not_parties_alone` one of another role than party. */
static bool two_institutions(const tr_keyring *ring, const tr_entry *entry, bool not_parties_alone)
{
    const tr_key *first = NULL;
    bool          two = false, other = !not_parties_alone;
    for (int i = 0; i < entry->note.sigs; i++) {
        const tr_key *key = line_key(ring, entry, i);
        if (!key || !(key->role & (INSTITUTION | TR_ROLE_SECRETARIAT)))
            continue;
        first = first ? first : key;
        two |= !tr_str_eq(tr_keyring_text(ring, first->holder), tr_keyring_text(ring, key->holder));
        other |= key->role != TR_ROLE_PARTY;
    }
    return two && other;
}

/* A holder with a living key of P, G or B consents with one line of such a key. */
static bool holder_consents(const tr_keyring *ring, const tr_entry *entry, int64_t index)
{
    tr_str holder = tr_json_text(entry->body, "holder");
    bool   has = false;
    for (ptrdiff_t i = 0; i < ring->key.len; i++) {
        const tr_key *key = &ring->key.at[i];
        has |= (key->role & INSTITUTION) != 0 && alive(ring, key, entry, index) &&
               tr_str_eq(tr_keyring_text(ring, key->holder), holder);
    }
    if (!has) /* the log operator alone enrols only for holders that can consent */
        return lines_of(ring, entry, TR_ROLE_ROOT) > 0;
    return (tr_keyring_signed(ring, entry, index, holder) & INSTITUTION) != 0;
}

/* One term of a signers rule; the first is about the author, the others about any line. */
static bool term_holds(const tr_keyring *ring, const tr_entry *entry, int64_t index, tr_str term,
                       bool of_author)
{
    const tr_key *author = line_key(ring, entry, 0);
    char          last = term.at[term.len - 1];
    if (tr_str_is(term, "I2") || tr_str_is(term, "J2"))
        return two_institutions(ring, entry, term.at[0] == 'I');
    if (tr_str_is(term, "P*"))
        return every_party(ring, entry, index);
    if (tr_str_is(term, "H"))
        return holder_consents(ring, entry, index);
    if (tr_str_is(term, "K"))
        return names_key(ring, entry, author);
    uint32_t role = 0;
    for (ptrdiff_t i = 0; i < term.len; i++)
        role |= role_of_letter(term.at[i]);
    if (of_author ? !(author->role & role) : lines_of(ring, entry, role) == 0)
        return false;
    if (last == '2')
        return two_people(ring, entry, role);
    return role != TR_ROLE_ROOT || lines_of(ring, entry, TR_ROLE_ROOT) >= ring->root_k;
}

bool tr_keyring_may(const tr_keyring *ring, const tr_entry *entry, int64_t index,
                    tr_entry_type type)
{
    tr_str rules = tr_str_of(tr_entry_signers(type));
    for (tr_str rule; tr_str_next(&rules, '|', &rule);) {
        bool holds = true, first = true;
        for (tr_str term; holds && tr_str_next(&rule, '+', &term); first = false)
            holds = term_holds(ring, entry, index, term, first);
        if (holds)
            return true;
    }
    return false;
}

static bool listed(tr_str list, tr_str word)
{
    for (tr_str item; tr_str_next(&list, ' ', &item);)
        if (tr_str_eq(item, word))
            return true;
    return false;
}

/* What a key may always sign: that it lives, that it ends, and about its own earlier entries. */
static bool scope_free(tr_entry_type type)
{
    return type == TR_ENTRY_HEARTBEAT || type == TR_ENTRY_KEY_ROTATE ||
           type == TR_ENTRY_KEY_REVOKE || type == TR_ENTRY_CORRECTION ||
           type == TR_ENTRY_RETRACTION;
}

static bool scope_check(const tr_keyring *ring, const tr_entry *entry, tr_err *err)
{
    static const char hint[] = "Enrol a key with this scope, or let another key sign.";
    const tr_key     *author = line_key(ring, entry, 0);
    tr_str            type = tr_str_of(tr_entry_type_name(entry->type));
    if (author->types && !scope_free(entry->type) &&
        !listed(tr_keyring_text(ring, author->types), type))
        return tr_fail(err, TR_E_ROLE, hint, "%.*s is not enrolled for %.*s", TR_FMT(entry->by),
                       TR_FMT(type));
    tr_str source = tr_json_text(entry->body, "source");
    bool   reports = entry->type == TR_ENTRY_OBSERVATION ||
                   entry->type == TR_ENTRY_OBSERVATION_BATCH ||
                   entry->type == TR_ENTRY_SOURCE_HEALTH || entry->type == TR_ENTRY_MEASUREMENT;
    if (author->sources && reports && !listed(tr_keyring_text(ring, author->sources), source))
        return tr_fail(err, TR_E_ROLE, hint, "%.*s is not enrolled for source %.*s",
                       TR_FMT(entry->by), TR_FMT(source));
    return true;
}

/* Which party speaks: a P key acts for its holder only. */
static bool speaks_for_itself(const tr_keyring *ring, const tr_entry *entry, tr_err *err)
{
    const tr_key *author = line_key(ring, entry, 0);
    tr_str        party = tr_json_text(entry->body, "party");
    if (party.len > 0 && !tr_str_eq(party, tr_keyring_text(ring, author->holder)))
        return tr_fail(err, TR_E_ROLE, "A party signs for itself only.",
                       "%.*s signs for party %.*s", TR_FMT(entry->by), TR_FMT(party));
    return true;
}

static bool role_check(const tr_keyring *ring, const tr_entry *entry, int64_t index, tr_err *err)
{
    if (!tr_keyring_may(ring, entry, index, entry->type))
        return tr_fail(err, TR_E_ROLE,
                       "The list of entry types says who signs each type, and with whom.",
                       "%s by %.*s and %d co-signers needs %s", tr_entry_type_name(entry->type),
                       TR_FMT(entry->by), entry->note.sigs - 1, tr_entry_signers(entry->type));
    return scope_check(ring, entry, err) && speaks_for_itself(ring, entry, err);
}

static int gap_of(const tr_keyring *ring, int key, int64_t n)
{
    for (ptrdiff_t i = 0; i < ring->gap.len; i++) {
        const tr_gap *gap = &ring->gap.at[i];
        if (gap->key == key && gap->low < n && n <= gap->n)
            return (int)i;
    }
    return -1;
}

static int gaps_of(const tr_keyring *ring, int key)
{
    int found = 0;
    for (ptrdiff_t i = 0; i < ring->gap.len; i++)
        found += ring->gap.at[i].key == key;
    return found;
}

static bool is_zero(const uint8_t hash[32])
{
    static const uint8_t zero[32];
    return memcmp(hash, zero, 32) == 0;
}

static bool chain_check(const tr_keyring *ring, const tr_entry *entry, tr_err *err)
{
    int           at = key_of_line(ring, &entry->note.sig[0]);
    const tr_key *key = &ring->key.at[at];
    if (entry->n == key->n + 1) {
        bool first = is_zero(key->last);
        if (first ? entry->has_prev
                  : !entry->has_prev || memcmp(entry->prev.at, key->last, 32) != 0)
            return tr_fail(err, TR_E_CHAIN, "prev is the body hash of the author's entry before.",
                           "entry %lld of %.*s names another entry before it", (long long)entry->n,
                           TR_FMT(entry->by));
        return true;
    }
    if (entry->n > key->n + 1)
        return gaps_of(ring, at) < TR_GAPS_MAX ||
               tr_fail(err, TR_E_CHAIN, "Hand in the missing entries first.",
                       "%.*s has %d open gaps", TR_FMT(entry->by), TR_GAPS_MAX);
    int gap = gap_of(ring, at, entry->n);
    if (gap >= 0 && (ring->gap.at[gap].n != entry->n ||
                     memcmp(ring->gap.at[gap].prev, entry->body_hash.at, 32) != 0))
        return tr_fail(err, TR_E_CHAIN,
                       "A missing entry is taken when the entry after it, already here, names it.",
                       "entry %lld of %.*s is not the one that its successor names",
                       (long long)entry->n, TR_FMT(entry->by));
    if (entry->n == key->n && memcmp(key->last, entry->body_hash.at, 32) == 0)
        return tr_fail(err, TR_E_DUPLICATE, "Nothing to do: it was taken the first time.",
                       "entry %lld of %.*s is here already", (long long)entry->n,
                       TR_FMT(entry->by));
    return true;
}

void tr_put_pop_text(tr_out *out, tr_str origin, const tr_vkey *vkey)
{
    tr_put(out, "truce/pop/v1\n%.*s\n", TR_FMT(origin));
    tr_put_vkey(out, vkey);
    tr_put_char(out, '\n');
}

void tr_put_pop(tr_out *out, tr_str origin, tr_str name, const tr_pubkey *pub, const tr_seckey *sec)
{
    char     room[8192];
    tr_arena scratch = {room, room + sizeof room};
    tr_out   text = tr_out_new(&scratch);
    tr_vkey  vkey;
    tr_sig   sig;
    tr_vkey_make(&vkey, name, TR_KEY_ED25519, pub);
    tr_put_pop_text(&text, origin, &vkey);
    tr_sign(sec, tr_out_text(&text), &sig);
    tr_put_base64(out, sig.at, 64);
}

static bool pop_ok(tr_str origin, const tr_vkey *vkey, tr_str pop)
{
    char      room[8192]; /* origin and name are at most 255 bytes each */
    tr_arena  scratch = {room, room + sizeof room};
    tr_out    text = tr_out_new(&scratch);
    tr_sig    sig;
    ptrdiff_t len = 0;
    if (origin.len > TR_KEY_NAME_MAX || !tr_base64_read(pop, sig.at, 64, &len) || len != 64)
        return false;
    tr_put_pop_text(&text, origin, vkey);
    return tr_verify(&vkey->pub, tr_out_text(&text), &sig);
}

static bool change_fail(tr_err *err, tr_str name, const char *why, const char *hint)
{
    return tr_fail(err, TR_E_KEY_CHANGE, hint, "key %.*s %s", TR_FMT(name), why);
}

/* <origin>/<role>/<holder>/<device>; a seal key ends in /seal. */
static bool name_fits(tr_str name, tr_str origin, tr_str role, tr_str holder)
{
    tr_str part[3] = {origin, role, holder};
    for (int i = 0; i < 3; i++) {
        if (!tr_str_eq(tr_str_cut(name, 0, part[i].len), part[i]) || name.len <= part[i].len + 1 ||
            name.at[part[i].len] != '/')
            return false;
        name = tr_str_from(name, part[i].len + 1);
    }
    return true;
}

/* A key that may come into the ring: well formed, new, and held by who hands it in. */
static bool new_key_ok(const tr_keyring *ring, const tr_vkey *vkey, tr_str origin, tr_str pop,
                       tr_err *err)
{
    if (vkey->type == TR_KEY_ED25519 && !tr_pubkey_ok(&vkey->pub))
        return change_fail(err, vkey->name, "is not canonical or of small order",
                           "Make a new key; this one would let other signatures pass.");
    for (ptrdiff_t i = 0; i < ring->key.len; i++) {
        const tr_key *key = &ring->key.at[i];
        if (memcmp(key->pub, vkey->pub.at, 32) == 0 ||
            (memcmp(key->id, vkey->id, 4) == 0 && named(ring, key, vkey->name)))
            return change_fail(err, vkey->name, "is in the record already",
                               "Every key is enrolled once; make a new one.");
    }
    if (vkey->type == TR_KEY_ED25519 && !pop_ok(origin, vkey, pop))
        return change_fail(err, vkey->name, "comes without a valid pop",
                           "The holder signs the pop text with the new key itself.");
    return true;
}

static bool enrol_check(const tr_keyring *ring, const tr_entry *entry, tr_err *err)
{
    tr_vkey vkey;
    tr_str  origin = tr_entry_origin(entry), role = tr_json_text(entry->body, "role");
    bool    seal = tr_str_is(tr_json_text(entry->body, "use"), "seal");
    if (!tr_vkey_read(tr_json_text(entry->body, "vkey"), &vkey, err))
        return false;
    tr_str tail = tr_str_from(vkey.name, vkey.name.len - 5);
    if (vkey.type != (seal ? TR_KEY_PRIVATE : TR_KEY_ED25519) || seal != tr_str_is(tail, "/seal"))
        return change_fail(err, vkey.name, "is not of the type that its use needs",
                           "Signing keys are of type 01; seal keys of type ff, named .../seal.");
    if (!name_fits(vkey.name, origin, role, tr_json_text(entry->body, "holder")))
        return change_fail(err, vkey.name, "is not named after its role and holder",
                           "Key names are <origin>/<role>/<holder>/<device>.");
    if (lines_of(ring, entry, TR_ROLE_ROOT) == 0 && !tr_str_is(role, "device"))
        return change_fail(err, vkey.name, "cannot be enrolled by the log operator",
                           "The operator enrols device keys only; roots enrol the others.");
    return new_key_ok(ring, &vkey, origin, tr_json_text(entry->body, "pop"), err);
}

static bool rotate_check(const tr_keyring *ring, const tr_entry *entry, tr_err *err)
{
    tr_vkey old, next;
    if (!tr_vkey_read(tr_json_text(entry->body, "old"), &old, err) ||
        !tr_vkey_read(tr_json_text(entry->body, "new"), &next, err))
        return false;
    const tr_key *key = line_key(ring, entry, 0);
    tr_str        origin = tr_entry_origin(entry);
    bool          free_name = (key->role & (TR_ROLE_ROOT | TR_ROLE_LOG)) != 0;
    if (next.type != TR_KEY_ED25519 ||
        (free_name ? !tr_str_eq(next.name, old.name)
                   : !name_fits(next.name, origin, tr_str_of(tr_role_name(key->role)),
                                tr_keyring_text(ring, key->holder))))
        return change_fail(err, next.name, "cannot take over from the old one",
                           "A new key keeps role and holder in its name; roots and the log keep "
                           "the whole name.");
    return new_key_ok(ring, &next, origin, tr_json_text(entry->body, "pop"), err);
}

/* The living key that a revocation names; -1 when there is none. */
static int revoked_key(const tr_keyring *ring, const tr_entry *entry, int64_t index)
{
    for (ptrdiff_t i = 0; i < ring->key.len; i++)
        if (names_key(ring, entry, &ring->key.at[i]) && alive(ring, &ring->key.at[i], entry, index))
            return (int)i;
    return -1;
}

static bool root_keys_ok(const tr_json *body, tr_str origin, tr_err *err)
{
    static const char *const lists[] = {"roots", "log"};
    for (int l = 0; l < 2; l++) {
        const tr_json *list = tr_json_get(body, lists[l]);
        for (const tr_json *item = list ? list->first : NULL; item; item = item->next) {
            tr_vkey vkey;
            if (!tr_vkey_read(item->text, &vkey, err))
                return false;
            if (vkey.type != TR_KEY_ED25519 || !tr_pubkey_ok(&vkey.pub))
                return change_fail(err, vkey.name, "is not canonical or of another type",
                                   "Roots and log keys are Ed25519 keys of type 01.");
            if (l == 1 && !tr_str_eq(vkey.name, origin))
                return change_fail(err, vkey.name, "is not named as the origin",
                                   "The log's key name equals the origin.");
        }
    }
    return true;
}

static bool amend_check(const tr_entry *entry, int64_t index, tr_err *err)
{
    const tr_json *body = entry->body;
    if (!tr_json_get(body, "roots") && !tr_json_get(body, "log") && !tr_json_get(body, "root_k"))
        return true;
    int64_t from = tr_json_int_or(tr_json_get(body, "effective"), "index", -1);
    if (from < 0 || from > index + 1)
        return tr_fail(err, TR_E_KEY_CHANGE,
                       "Amend roots and log keys in an entry of their own, effective at the next "
                       "index at the latest.",
                       "an amendment changes keys with a later effect");
    return root_keys_ok(body, tr_entry_origin(entry), err);
}

bool tr_keyring_check(const tr_keyring *ring, const tr_entry *entry, int64_t index, tr_err *err)
{
    if ((entry->type == TR_ENTRY_AGREEMENT_ADOPT) != (index == 0))
        return tr_fail(err, TR_E_GENESIS, "A record begins with agreement.adopt and has one only.",
                       "%s at index %lld", tr_entry_type_name(entry->type), (long long)index);
    if (entry->seen_size > (uint64_t)index)
        return tr_fail(err, TR_E_SEEN_HEAD, "An author cannot have seen what comes later.",
                       "the head seen has %llu entries at index %lld",
                       (unsigned long long)entry->seen_size, (long long)index);
    if (!lines_check(ring, entry, index, err) || !role_check(ring, entry, index, err) ||
        !chain_check(ring, entry, err))
        return false;
    if (entry->type == TR_ENTRY_KEY_ENROL)
        return enrol_check(ring, entry, err);
    if (entry->type == TR_ENTRY_KEY_ROTATE)
        return rotate_check(ring, entry, err);
    if (entry->type == TR_ENTRY_AGREEMENT_AMEND)
        return amend_check(entry, index, err);
    if (entry->type == TR_ENTRY_KEY_REVOKE && revoked_key(ring, entry, index) < 0)
        return tr_fail(err, TR_E_KEY_CHANGE, "Compare name and ID with the key list.",
                       "the key to revoke is not alive");
    return true;
}

static tr_key *grow(tr_keyring *ring, tr_arena *keep, const tr_vkey *vkey, uint32_t role,
                    int64_t enrolled)
{
    uint32_t name = pool_put(ring, keep, vkey->name);
    tr_key  *key = TR_PUSH(keep, &ring->key);
    *key = (tr_key){.enrolled = enrolled, .ended = -1, .since = TR_TIME_NONE};
    memcpy(key->pub, vkey->pub.at, 32);
    memcpy(key->id, vkey->id, 4);
    key->name = name;
    key->role = role;
    return key;
}

static bool in_list(const tr_json *list, const tr_key *key)
{
    for (const tr_json *item = list->first; item; item = item->next) {
        tr_vkey vkey;
        tr_err  quiet = {0};
        if (tr_vkey_read(item->text, &vkey, &quiet) && memcmp(vkey.pub.at, key->pub, 32) == 0)
            return true;
    }
    return false;
}

/* Make the living keys of a role those of the list. */
static void set_keys(tr_keyring *ring, tr_arena *keep, const tr_json *list, uint32_t role,
                     int64_t index)
{
    if (!list)
        return;
    for (ptrdiff_t i = 0; i < ring->key.len; i++) {
        tr_key *key = &ring->key.at[i];
        if (key->role == role && key->ended < 0 && !in_list(list, key))
            key->ended = index;
    }
    for (const tr_json *item = list->first; item; item = item->next) {
        tr_vkey vkey;
        tr_err  quiet = {0};
        bool    known = false;
        if (!tr_vkey_read(item->text, &vkey, &quiet))
            continue;
        for (ptrdiff_t i = 0; i < ring->key.len; i++)
            known |= ring->key.at[i].ended < 0 && memcmp(ring->key.at[i].pub, vkey.pub.at, 32) == 0;
        if (!known)
            grow(ring, keep, &vkey, role, index);
    }
}

static uint32_t pool_list(tr_keyring *ring, tr_arena *keep, const tr_json *list)
{
    if (!list)
        return 0;
    uint32_t offset = pool_put(ring, keep, TR_STR(""));
    for (const tr_json *item = list->first; item; item = item->next) {
        ring->text.len--; /* over the last zero */
        if (item != list->first)
            *TR_PUSH(keep, &ring->text) = ' ';
        TR_RESERVE(keep, &ring->text, item->text.len + 1);
        if (item->text.len > 0)
            memcpy(ring->text.at + ring->text.len, item->text.at, (size_t)item->text.len);
        ring->text.len += item->text.len;
        ring->text.at[ring->text.len++] = '\0';
    }
    return offset;
}

static void enrol(tr_keyring *ring, tr_arena *keep, const tr_entry *entry, int64_t index)
{
    tr_vkey        vkey;
    tr_err         quiet = {0};
    const tr_json *body = entry->body, *scope = tr_json_get(body, "scope");
    bool           seal = tr_str_is(tr_json_text(body, "use"), "seal");
    if (!tr_vkey_read(tr_json_text(body, "vkey"), &vkey, &quiet))
        return;
    uint32_t holder = pool_put(ring, keep, tr_json_text(body, "holder"));
    uint32_t kinds = pool_list(ring, keep, tr_json_get(scope, "types"));
    uint32_t sources = pool_list(ring, keep, tr_json_get(scope, "sources"));
    uint32_t role = seal ? 0 : (uint32_t)tr_role_of(tr_json_text(body, "role"));
    tr_key  *key = grow(ring, keep, &vkey, role, index);
    key->holder = holder;
    key->types = kinds;
    key->sources = sources;
}

static void rotate(tr_keyring *ring, tr_arena *keep, const tr_entry *entry, int64_t index)
{
    tr_vkey vkey;
    tr_err  quiet = {0};
    int     at = key_of_line(ring, &entry->note.sig[0]);
    if (!tr_vkey_read(tr_json_text(entry->body, "new"), &vkey, &quiet))
        return;
    ring->key.at[at].ended = index;
    tr_key  old = ring->key.at[at];
    tr_key *key = grow(ring, keep, &vkey, old.role, index);
    key->holder = old.holder;
    key->types = old.types;
    key->sources = old.sources;
    memcpy(key->last, entry->body_hash.at, 32);
}

static void revoke(tr_keyring *ring, const tr_entry *entry, int64_t index)
{
    int at = revoked_key(ring, entry, index);
    if (at < 0)
        return;
    ring->key.at[at].ended = index;
    tr_json_time(entry->body, "since", &ring->key.at[at].since);
}

static void open_gap(tr_keyring *ring, tr_arena *keep, int at, const tr_entry *entry)
{
    const tr_key *key = &ring->key.at[at];
    tr_gap        gap = {.n = entry->n - 1, .low = key->n, .key = at};
    memcpy(gap.prev, entry->prev.at, 32);
    memcpy(gap.below, key->last, 32);
    *TR_PUSH(keep, &ring->gap) = gap;
}

/* The uppermost missing entry came: the gap shrinks by one, or closes where its prev must be the
 * entry below the gap; if it is another one, the author wrote two entries below. */
static void fill_gap(tr_keyring *ring, int at, int which, const tr_entry *entry)
{
    tr_gap *gap = &ring->gap.at[which];
    if (gap->n > gap->low + 1) {
        gap->n--;
        memcpy(gap->prev, entry->prev.at, 32);
        return;
    }
    bool joins = is_zero(gap->below)
                     ? !entry->has_prev
                     : entry->has_prev && memcmp(gap->below, entry->prev.at, 32) == 0;
    ring->key.at[at].forked += !joins;
    *gap = ring->gap.at[--ring->gap.len];
}

static void advance(tr_keyring *ring, tr_arena *keep, const tr_entry *entry)
{
    int at = key_of_line(ring, &entry->note.sig[0]);
    int gap = gap_of(ring, at, entry->n);
    if (entry->n > ring->key.at[at].n) {
        if (entry->n > ring->key.at[at].n + 1)
            open_gap(ring, keep, at, entry);
        ring->key.at[at].n = entry->n;
        memcpy(ring->key.at[at].last, entry->body_hash.at, 32);
    } else if (gap >= 0) {
        fill_gap(ring, at, gap, entry);
    } else {
        ring->key.at[at].forked++;
    }
}

bool tr_keyring_apply(tr_keyring *ring, tr_arena *keep, const tr_entry *entry, int64_t index,
                      tr_err *err)
{
    if (key_of_line(ring, &entry->note.sig[0]) < 0)
        return tr_fail(err, TR_E_KEY_UNKNOWN, "Have the key enrolled before it signs.",
                       "no enrolled key %.*s", TR_FMT(entry->by));
    advance(ring, keep, entry);
    if (entry->type == TR_ENTRY_KEY_ENROL)
        enrol(ring, keep, entry, index);
    if (entry->type == TR_ENTRY_KEY_ROTATE)
        rotate(ring, keep, entry, index);
    if (entry->type == TR_ENTRY_KEY_REVOKE)
        revoke(ring, entry, index);
    if (entry->type == TR_ENTRY_AGREEMENT_AMEND) {
        set_keys(ring, keep, tr_json_get(entry->body, "roots"), TR_ROLE_ROOT, index);
        set_keys(ring, keep, tr_json_get(entry->body, "log"), TR_ROLE_LOG, index);
        ring->root_k = (int32_t)tr_json_int_or(entry->body, "root_k", ring->root_k);
    }
    return true;
}

bool tr_keyring_genesis(tr_keyring *ring, tr_arena *keep, const tr_entry *adopt, tr_err *err)
{
    static const char hint[] =
        "Entry 0 is agreement.adopt, signed by root_k of the roots it lists.";
    tr_str origin = tr_entry_origin(adopt);
    if (adopt->type != TR_ENTRY_AGREEMENT_ADOPT)
        return tr_fail(err, TR_E_GENESIS, hint, "entry 0 is %s", tr_entry_type_name(adopt->type));
    if (!tr_origin_ok(origin, err) || !root_keys_ok(adopt->body, origin, err))
        return false;
    const tr_json *list = tr_json_get(adopt->body, "roots");
    int64_t        root_k = tr_json_int_or(adopt->body, "root_k", 0);
    if (root_k > list->count || root_k > TR_ENTRY_SIGS || !tr_key_name_ok(origin))
        return tr_fail(err, TR_E_GENESIS, hint, "%lld of %d roots are to sign for %.*s",
                       (long long)root_k, list->count, TR_FMT(origin));
    tr_keyring fresh = {.root_k = (int32_t)root_k};
    set_keys(&fresh, keep, list, TR_ROLE_ROOT, -1);
    set_keys(&fresh, keep, tr_json_get(adopt->body, "log"), TR_ROLE_LOG, -1);
    for (const tr_json *p = tr_json_get(adopt->body, "parties")->first; p; p = p->next)
        *TR_PUSH(keep, &fresh.party) = pool_put(&fresh, keep, p->text);
    if (!tr_keyring_check(&fresh, adopt, 0, err) || !tr_keyring_apply(&fresh, keep, adopt, 0, err))
        return false;
    *ring = fresh;
    return true;
}
