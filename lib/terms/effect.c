/* effect.c -- clauses that change others: suspension, termination, voiding, lifting, exchange,
 * consent; milestones. */
#include "terms/front.h"

void parse_effect(front *f)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "a clause that changes others is not compiled yet");
}

void parse_milestone(front *f)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "a milestone is not compiled yet");
}
