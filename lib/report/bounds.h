/* bounds.h -- what each clause of an agreement can cost, in memory and in work, in plain words.
 *
 * Derived from the plan and from how verify keeps counts (verify/window.h, verify/steps.h); the
 * sizes are those of this build.  What is not bounded by the agreement is said so.
 */
#ifndef TR_BOUNDS_H
#define TR_BOUNDS_H

#include "base/text.h"
#include "terms/plan.h"

void tr_put_bounds(tr_out *out, const tr_plan *plan);

#endif
