/* apart.h -- a timeline on which a clause of two drafts is judged differently.
 *
 * For a clause whose meaning changed: small records are made from what differs (a bound 14 -> 20:
 * fifteen incidents; a deadline 14 -> 20 days: done on day 17; a zone: a point in one and not in
 * the other), each is run under both texts through the mission, and the first under which the
 * clause stands differently is kept.  That none was found proves nothing.
 */
#ifndef TR_APART_H
#define TR_APART_H

#include "terms/plan.h"

typedef struct {
    tr_str         text; /* self-contained */
    const tr_plan *plan;
    int32_t        clause;
} tr_apart_side;

typedef struct {
    bool    found;
    tr_str  script; /* statements of a case, one a line */
    tr_str  was;    /* how the clause stands after them, in words */
    tr_str  is;
    int32_t tried; /* records */
} tr_apart;

enum { TR_APART_TRIES = 160 }; /* records of one clause at most */
void tr_apart_find(tr_arena *keep, const tr_apart_side *was, const tr_apart_side *is,
                   tr_apart *apart);

#endif
