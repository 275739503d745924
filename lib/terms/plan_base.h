/* plan_base.h -- what every part of a plan is made of: places in the text, stretches of time.
 */
#ifndef TR_PLAN_BASE_H
#define TR_PLAN_BASE_H

#include "base/time.h"

/* Where something stands in the agreement text: bytes [begin, end). */
typedef struct {
    int32_t begin;
    int32_t end;
    int32_t line; /* 1 up */
} tr_text_span;

/* A stretch of time as the text says it: calendar days in the agreement's zone, or elapsed ns. */
typedef struct {
    int64_t days; /* calendar days, or -1 when elapsed */
    int64_t ns;   /* elapsed, when days < 0 */
} tr_stretch;
/* t + stretch and t - stretch, days in the zone's calendar; saturating. */
tr_time tr_stretch_after(tr_time t, tr_stretch stretch, const tr_tz *zone);
tr_time tr_stretch_before(tr_time t, tr_stretch stretch, const tr_tz *zone);

#endif
