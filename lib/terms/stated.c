/* stated.c -- what is stated and not verified: open and sealed terms, wordings, statements,
 * meetings. */
#include "terms/front.h"

void parse_stated(front *f)
{
    front_stop(f, TR_E_NOT_COMPILED, "docs/LANGUAGE.md lists what is compiled.",
               "a term that is stated only is not compiled yet");
}
