/* force.c -- the clause that says when the agreement enters into force. */
#include "terms/front.h"

void parse_force(front *f)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "an entry into force under conditions is not compiled yet");
}
