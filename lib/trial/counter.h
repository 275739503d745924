/* counter.h -- a finding of the static checks as a case that reproduces it.
 *
 * An error is reproduced by `expect refused`; a warning by `expect warned` and, where events can
 * show it, by a timeline on which the finding bites.  `shown` tells whether there is one.
 */
#ifndef TR_COUNTER_H
#define TR_COUNTER_H

#include "terms/terms.h"

typedef struct {
    tr_str name;   /* "2.1-TR1404", or "line-12-TR0106" outside clauses */
    tr_str script; /* of one file */
    bool   shown;
} tr_counter;

/* The name of the case of finding `i`; several findings may have the same. */
tr_str tr_counter_name(tr_arena *keep, const tr_terms_result *result, int32_t i, tr_str text);

/* Can the text stand in a script as a block? */
bool tr_counter_embeds(tr_str text);

/* Finding `i` of `result`, whose agreement has this text, or, where `path` is not empty, stands in
 * that file.  `timeline` false: only the finding itself. */
void tr_counter_make(tr_arena *keep, const tr_terms_result *result, int32_t i, tr_str text,
                     tr_str path, bool timeline, tr_counter *counter);

#endif
