/* random.c -- seeded random numbers. */
#include "base/random.h"

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

tr_random tr_random_seed(uint64_t seed)
{
    tr_random random;
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
        random.s[i] = z ^ z >> 31;
    }
    return random;
}

uint64_t tr_random_next(tr_random *random)
{
    uint64_t *s = random->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t tr_random_below(tr_random *random, uint64_t bound)
{
    assert(bound > 0);
    uint64_t reject = -bound % bound, x; /* the first 2^64 mod bound values would be favoured */
    do
        x = tr_random_next(random);
    while (x < reject);
    return x % bound;
}
