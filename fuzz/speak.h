/* speak.h -- sentences made by walking the grammar, true to it or with a few tokens wrong.
 *
 * Choices come from bytes first and, when these are used up, from a generator seeded by `seed`. */
#ifndef SPEAK_H
#define SPEAK_H

#include "base/random.h"
#include "base/text.h"

typedef struct {
    const uint8_t *at;
    size_t         left;
    tr_random      random;
} speak_source;

speak_source speak_from(const uint8_t *at, size_t size, uint64_t seed);

/* Declarations that sentences can name, and a clause of each sort. */
extern const char speak_prelude[];

/* The prelude, what must stand above the sentence, and the sentence, which begins at *from. */
tr_str speak_text(tr_arena *keep, speak_source *source, ptrdiff_t *from);

#endif
