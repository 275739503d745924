/* reading.h -- pieces of a plain reading that several files of readings share; of lib/terms only.
 */
#ifndef TR_TERMS_READING_H
#define TR_TERMS_READING_H

#include "terms/terms.h"

void reading_actors(tr_out *out, const tr_plan *plan, uint64_t bits);
void reading_moment(tr_out *out, const tr_plan *plan, tr_time t);
void reading_percent(tr_out *out, int32_t ppm);
void reading_stretch(tr_out *out, tr_stretch stretch);

/* reading_measure.c */
void read_quantity(tr_out *out, const tr_plan *plan, const tr_quantity *q);
void read_each(tr_out *out, const tr_plan *plan, const tr_each *each);
/* Which kinds of response the ladder on a threshold obliges somebody to, which it permits. */
void read_responses(tr_out *out, const tr_plan *plan, int32_t threshold);
void read_share(tr_out *out, const tr_plan *plan, const tr_sharing *s);

#endif
