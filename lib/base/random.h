/* random.h -- seeded random numbers: same seed, same numbers, on every machine.
 *
 * Generator: xoshiro256** seeded by SplitMix64 (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", ACM Trans. Math. Softw. 47(4), 2021).  For simulation and
 * tests only: never for keys.
 */
#ifndef TR_RANDOM_H
#define TR_RANDOM_H

#include "base/base.h"

typedef struct {
    uint64_t s[4];
} tr_random;

tr_random tr_random_seed(uint64_t seed);
uint64_t  tr_random_next(tr_random *random); /* 64 random bits */
uint64_t  tr_random_below(tr_random *random,
                          uint64_t   bound); /* 0 .. bound - 1, unbiased; bound > 0 */

#endif
