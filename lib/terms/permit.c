/* permit.c -- permissions: what another clause forbids is permitted under conditions in order. */
#include "terms/front.h"

void parse_permission(front *f, uint64_t actors)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "a permission outside a response ladder is not compiled yet");
}
