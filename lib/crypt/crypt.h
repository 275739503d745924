/* crypt.h -- hash, signature, base64: the primitives of the record.
 *
 * SHA-256 by OpenSSL, Ed25519 by libsodium, whose strict verification is THE
 * signature rule: S < L; A canonical, not of small order; R not of small
 * order; cofactorless equation compared as bytes.  Never verify elsewhere.
 */
#ifndef TR_CRYPT_H
#define TR_CRYPT_H

#include "base/base.h"
#include "base/text.h"

typedef struct {
    uint8_t at[32];
} tr_hash;

tr_hash tr_sha256(tr_str bytes);
tr_hash tr_sha256_2(tr_str first, tr_str second); /* of the two joined */
bool    tr_hash_eq(const tr_hash *a, const tr_hash *b);
int     tr_hash_cmp(const tr_hash *a, const tr_hash *b);
void    tr_put_hash(tr_out *out, const tr_hash *hash); /* 64 hex */
bool    tr_hash_read(tr_str hex, tr_hash *hash);
bool    tr_hash_read_base64(tr_str text, tr_hash *hash); /* exactly 32 bytes */
void    tr_hash_hex(const tr_hash *hash, char hex[65]);

/* A running SHA-256 (for digests of state and for large files). */
typedef struct {
    uint64_t state[16]; /* room for OpenSSL's SHA256_CTX; asserted in hash.c */
} tr_hasher;
void    tr_hasher_begin(tr_hasher *hasher);
void    tr_hasher_add(tr_hasher *hasher, const void *at, ptrdiff_t len);
tr_hash tr_hasher_end(tr_hasher *hasher);

typedef struct {
    uint8_t at[32];
} tr_pubkey;
typedef struct {
    uint8_t at[64]; /* seed || public key, as libsodium has it */
} tr_seckey;
typedef struct {
    uint8_t at[64];
} tr_sig;
void tr_key_of_seed(const uint8_t seed[32], tr_pubkey *pub, tr_seckey *sec);
void tr_sign(const tr_seckey *sec, tr_str bytes, tr_sig *sig);
bool tr_verify(const tr_pubkey *pub, tr_str bytes, const tr_sig *sig);
bool tr_pubkey_ok(const tr_pubkey *pub); /* canonical and not of small order: enrolment needs it */

/* RFC 4648 section 4, padded; decoding refuses wrong padding, non-zero
 * trailing bits and any other character. */
void tr_put_base64(tr_out *out, const uint8_t *at, ptrdiff_t len);
/* `at` may hold part of the bytes when the answer is false. */
bool tr_base64_read(tr_str text, uint8_t *at, ptrdiff_t room, ptrdiff_t *len);

#endif
