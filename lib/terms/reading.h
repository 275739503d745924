/* reading.h -- what the files that put clauses in plain words share; private to lib/terms.
 */
#ifndef TR_TERMS_READING_H
#define TR_TERMS_READING_H

#include "terms/front.h"

/* reading.c */
void say_stretch(tr_out *out, tr_stretch s);
void say_actors(tr_out *out, const tr_plan *plan, uint64_t bits);
void say_when(tr_out *out, const tr_plan *plan, tr_time t);
/* reading_when.c */
void read_force(tr_out *out, const tr_plan *plan, const tr_force *force);
void read_effect(tr_out *out, const tr_plan *plan, const tr_effect *e);
void read_milestone(tr_out *out, const tr_plan *plan, const tr_milestone *m);
void read_group(tr_out *out, const tr_plan *plan, const tr_clause *clause);
void read_decided(tr_out *out, const tr_plan *plan, const tr_threshold *t);
void read_binding(tr_out *out, const tr_plan *plan, const tr_when *once, const tr_when *needs);

#endif
