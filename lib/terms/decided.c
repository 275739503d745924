/* decided.c -- a declared activation beside the computed one.
 *
 *     decided by JMC within 24 hours
 *
 * Who decides has so long from the computed activation to say whether the clause is active.  What
 * is declared stands beside what is computed and is never merged with it.
 */
#include "terms/front.h"

bool parse_decided(front *f, tr_threshold *t)
{
    static const char hint[] = "Write: decided by JMC within 24 hours";
    if (!need_word(f, "by", hint) || !front_actor_list(f, &t->decided_by))
        return false;
    return need_word(f, "within", hint) && need_stretch(f, &t->decided_within);
}
