/* sign.c -- Ed25519 by libsodium: keys, signatures and THE rule of verification.
 *
 * The rule is what crypto_sign_verify_detached of libsodium 1.0.18 accepts; a
 * test holds it against 914 published edge cases, of which it accepts 43.
 */
#include "crypt/crypt.h"

#include <sodium.h>
#include <stdlib.h>

/* Idempotent, and locked inside the library. */
static void ready(void)
{
    if (sodium_init() < 0)
        abort(); /* no source of randomness: nothing here may go on */
}

/* A text of no bytes may have no address. */
static const unsigned char *bytes_of(tr_str text)
{
    return (const unsigned char *)(text.at ? text.at : "");
}

void tr_key_of_seed(const uint8_t seed[32], tr_pubkey *pub, tr_seckey *sec)
{
    ready();
    crypto_sign_seed_keypair(pub->at, sec->at, seed);
}

void tr_sign(const tr_seckey *sec, tr_str bytes, tr_sig *sig)
{
    ready();
    crypto_sign_detached(sig->at, NULL, bytes_of(bytes), (unsigned long long)bytes.len, sec->at);
}

bool tr_verify(const tr_pubkey *pub, tr_str bytes, const tr_sig *sig)
{
    ready();
    return crypto_sign_verify_detached(sig->at, bytes_of(bytes), (unsigned long long)bytes.len,
                                       pub->at) == 0;
}

/* y < 2^255 - 19, little endian, the sign bit of x aside? */
static bool canonical(const tr_pubkey *pub)
{
    if ((pub->at[31] & 0x7f) != 0x7f)
        return true;
    for (int i = 30; i > 0; i--)
        if (pub->at[i] != 0xff)
            return true;
    return pub->at[0] < 0xed;
}

/* Of small order iff 8 P is the neutral element, whose encoding is 1.  The
 * additions fail when P is not on the curve.  A key with a part of small order
 * but not of small order itself passes, as the rule has it. */
bool tr_pubkey_ok(const tr_pubkey *pub)
{
    static const uint8_t neutral[32] = {1};
    ready();
    if (!canonical(pub))
        return false;
    uint8_t point[32];
    memcpy(point, pub->at, sizeof point);
    for (int i = 0; i < 3; i++) {
        uint8_t twice[32];
        if (crypto_core_ed25519_add(twice, point, point) != 0)
            return false;
        memcpy(point, twice, sizeof point);
    }
    return memcmp(point, neutral, sizeof point) != 0;
}
