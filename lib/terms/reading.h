/* reading.h -- pieces of a plain reading that several files of readings share; of lib/terms only.
 */
#ifndef TR_TERMS_READING_H
#define TR_TERMS_READING_H

#include "terms/terms.h"

void reading_actors(tr_out *out, const tr_plan *plan, uint64_t bits);
void reading_moment(tr_out *out, const tr_plan *plan, tr_time t);
void reading_kinds(tr_out *out, uint64_t kinds);
void reading_percent(tr_out *out, int32_t ppm);
void reading_stretch(tr_out *out, tr_stretch stretch);

/* reading_place.c: " (the zone a or the zone b)" of a zone that is made, else nothing */
void read_zone_parts(tr_out *out, const tr_plan *plan, int32_t zone);
/* reading_measure.c */
void read_quantity(tr_out *out, const tr_plan *plan, const tr_quantity *q);
void read_each(tr_out *out, const tr_plan *plan, const tr_each *each);
/* Which kinds of response the ladder on a threshold obliges somebody to, which it permits. */
void read_responses(tr_out *out, const tr_plan *plan, int32_t threshold);
void read_share(tr_out *out, const tr_plan *plan, const tr_sharing *s);
/* reading_when.c */
void read_force(tr_out *out, const tr_plan *plan, const tr_force *force);
void read_effect(tr_out *out, const tr_plan *plan, const tr_effect *e);
void read_milestone(tr_out *out, const tr_plan *plan, const tr_milestone *m);
void read_group(tr_out *out, const tr_plan *plan, const tr_clause *clause);
void read_decided(tr_out *out, const tr_plan *plan, const tr_threshold *t);
void read_binding(tr_out *out, const tr_plan *plan, const tr_when *once, const tr_when *needs);

/* "22:00 to 06:00" */
void tr_put_daily(tr_out *out, const tr_daily *daily);

#endif
