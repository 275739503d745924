/* keyring.h -- which key may sign what at which index, and each signer's chain.
 *
 * Life by log index: enrolled at e, ended at r: alive at i iff e < i and (no r,
 * or i < r, or i = r and entry r itself ends it).  Keys of entry 0 live from 0.
 * The ring holds no pointers, only arrays of plain structs, so that a snapshot
 * is its bytes.
 */
#ifndef TR_KEYRING_H
#define TR_KEYRING_H

#include "record/entry.h"

/* Who a key acts for; letters as in entries.def. */
typedef enum {
    TR_ROLE_ROOT = 1 << 0,        /* R */
    TR_ROLE_LOG = 1 << 1,         /* O */
    TR_ROLE_SECRETARIAT = 1 << 2, /* S */
    TR_ROLE_BODY = 1 << 3,        /* B */
    TR_ROLE_PARTY = 1 << 4,       /* P */
    TR_ROLE_GUARANTOR = 1 << 5,   /* G */
    TR_ROLE_DEVICE = 1 << 6,      /* D */
    TR_ROLE_CLOCK = 1 << 7,       /* C */
    TR_ROLE_MONITOR = 1 << 8      /* M */
} tr_role;

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
typedef struct {
    uint8_t  pub[32];
    uint8_t  last[32];   /* body hash of its newest entry in order */
    int64_t  enrolled;   /* index; -1 for keys of entry 0 */
    int64_t  ended;      /* index, or -1 */
    int64_t  n;          /* of that newest entry */
    int64_t  since;      /* `since` of a revocation (ns), or TR_TIME_NONE */
    uint32_t name;       /* offset of the zero terminated name in the text pool */
    uint32_t holder;     /* offset of the holder's id in the pool, 0 = none */
    uint32_t role;       /* tr_role bit */
    uint32_t forked;     /* how many times the same n came twice */
    uint32_t types;      /* pool offset of the entry types it may sign (blanks between), 0 = all */
    uint32_t sources;    /* pool offset of the sources it may report for, 0 = all */
    uint8_t  id[4];
    uint32_t pad;
} tr_key;
typedef struct { /* missing links of a signer's chain: of low + 1 .. n, n + 1 named the hash of n */
    uint8_t  prev[32];  /* body hash of n */
    uint8_t  below[32]; /* body hash of entry low */
    int64_t  n;
    int64_t  low;
    int32_t  key;
    int32_t  pad;
} tr_gap;
enum { TR_GAPS_MAX = 1024 }; /* open gaps of one signer */
#pragma GCC diagnostic pop

typedef struct {
    TR_VEC(char) text; /* names, zero terminated; offset 0 is the empty one */
    TR_VEC(tr_key) key;
    TR_VEC(tr_gap) gap;
    TR_VEC(uint32_t) party; /* pool offsets of the parties' ids, as entry 0 lists them */
    int32_t root_k;
    int32_t pad;
} tr_keyring;

/* Seal keys (use = seal) stand in the ring with role 0: they are found, they never sign.
 *
 * Chain of an author: n = last + 1 with the right prev joins; a larger n opens a gap; a missing
 * entry is taken when its body hash is the one that its successor named; the same n with another
 * body is a fork: both stay, `forked` counts.  The caller refuses a body hash it has seen before.
 *
 * Entry 0: roots and log keys from its body; then every entry in order.  `check` judges
 * signatures, key life, role and chain at `index` and changes nothing; `apply` (only for a
 * checked entry) advances the chain and enrols, rotates, revokes. */
bool tr_keyring_genesis(tr_keyring *ring, tr_arena *keep, const tr_entry *adopt, tr_err *err);
bool tr_keyring_check(const tr_keyring *ring, const tr_entry *entry, int64_t index, tr_err *err);
bool tr_keyring_apply(tr_keyring *ring, tr_arena *keep, const tr_entry *entry, int64_t index,
                      tr_err *err);
/* Roles of the signature lines of a checked entry, as tr_role bits: all of them, or of the author.
 * `holder` (may be empty) counts only keys of that holder. */
uint32_t tr_keyring_signed(const tr_keyring *ring, const tr_entry *entry, int64_t index,
                           tr_str holder);
/* Would these lines make a lawful entry of that type? */
bool tr_keyring_may(const tr_keyring *ring, const tr_entry *entry, int64_t index,
                    tr_entry_type type);
const tr_key *tr_keyring_author(const tr_keyring *ring, const tr_entry *entry);
const char   *tr_role_name(tr_role role); /* as in key.enrol: "party" */
tr_role       tr_role_of(tr_str name);    /* 0 when unknown */
/* Text that a new key signs to show that its holder has it. */
void tr_put_pop_text(tr_out *out, tr_str origin, const tr_vkey *vkey);
/* The base64 for member `pop` of key.enrol and key.rotate. */
void tr_put_pop(tr_out *out, tr_str origin, tr_str name, const tr_pubkey *pub,
                const tr_seckey *sec);
const tr_key *tr_keyring_find(const tr_keyring *ring, tr_str name); /* newest of that name */
tr_str        tr_keyring_text(const tr_keyring *ring, uint32_t offset);

#endif
