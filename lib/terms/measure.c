/* measure.c -- amounts: declared, inspected, metered, provided, shared. */
#include "terms/front.h"

void parse_quantity(front *f, uint64_t actors)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "a quantity is not compiled yet");
}

void parse_share(front *f, uint64_t actors)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "a share is not compiled yet");
}

void parse_amount(front *f)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "a quantity is not compiled yet");
}
