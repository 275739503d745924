/* hash.c -- SHA-256 by OpenSSL, and hashes as text.
 *
 * The low-level calls of OpenSSL, because each EVP digest costs about 300 ns
 * of set-up, as much as hashing 250 bytes.
 */
#include "crypt/crypt.h"

#include <openssl/sha.h>

_Static_assert(sizeof(tr_hasher) >= sizeof(SHA256_CTX), "room for the state of OpenSSL");
_Static_assert(_Alignof(tr_hasher) >= _Alignof(SHA256_CTX), "aligned for the state of OpenSSL");

static void add(SHA256_CTX *context, const void *at, ptrdiff_t len)
{
    if (len > 0)
        SHA256_Update(context, at, (size_t)len);
}

tr_hash tr_sha256(tr_str bytes)
{
    return tr_sha256_2(bytes, (tr_str){NULL, 0});
}

tr_hash tr_sha256_2(tr_str first, tr_str second)
{
    tr_hash    hash;
    SHA256_CTX context;
    SHA256_Init(&context);
    add(&context, first.at, first.len);
    add(&context, second.at, second.len);
    SHA256_Final(hash.at, &context);
    return hash;
}

void tr_hasher_begin(tr_hasher *hasher)
{
    SHA256_CTX context;
    SHA256_Init(&context);
    memset(hasher, 0, sizeof *hasher);
    memcpy(hasher, &context, sizeof context);
}

/* The state is copied in and out (112 bytes) rather than aliased. */
void tr_hasher_add(tr_hasher *hasher, const void *at, ptrdiff_t len)
{
    SHA256_CTX context;
    memcpy(&context, hasher, sizeof context);
    add(&context, at, len);
    memcpy(hasher, &context, sizeof context);
}

tr_hash tr_hasher_end(tr_hasher *hasher)
{
    tr_hash    hash;
    SHA256_CTX context;
    memcpy(&context, hasher, sizeof context);
    SHA256_Final(hash.at, &context);
    memset(hasher, 0, sizeof *hasher);
    return hash;
}

bool tr_hash_eq(const tr_hash *a, const tr_hash *b)
{
    return memcmp(a->at, b->at, sizeof a->at) == 0;
}

int tr_hash_cmp(const tr_hash *a, const tr_hash *b)
{
    int order = memcmp(a->at, b->at, sizeof a->at);
    return (order > 0) - (order < 0);
}

void tr_put_hash(tr_out *out, const tr_hash *hash)
{
    tr_put_hex(out, hash->at, sizeof hash->at);
}

bool tr_hash_read(tr_str hex, tr_hash *hash)
{
    return tr_hex_read(hex, hash->at, sizeof hash->at);
}

bool tr_hash_read_base64(tr_str text, tr_hash *hash)
{
    tr_hash   read;
    ptrdiff_t len;
    if (!tr_base64_read(text, read.at, sizeof read.at, &len) || len != sizeof read.at)
        return false;
    *hash = read;
    return true;
}

void tr_hash_hex(const tr_hash *hash, char hex[65])
{
    static const char digit[] = "0123456789abcdef";
    for (int i = 0; i < 32; i++) {
        hex[2 * i] = digit[hash->at[i] >> 4];
        hex[2 * i + 1] = digit[hash->at[i] & 15];
    }
    hex[64] = '\0';
}
