/* compare.h -- two instruments side by side: who owes what, from which trigger, by when, of which
 * kind; what only one of them asks; and what the one forbids that the other demands.
 *
 * Actors, acts and amounts of one name are taken for the same.  No clause is called stronger or
 * weaker than another: only what each says is shown.
 */
#ifndef TR_COMPARE_H
#define TR_COMPARE_H

#include "base/text.h"
#include "terms/plan.h"

/* Returns how many contradictions were found; a check that cannot decide is silent.  `keep` is
 * scratch. */
int32_t tr_put_comparison(tr_out *out, tr_arena keep, const tr_plan *a, const tr_plan *b,
                          bool json);

#endif
