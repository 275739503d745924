/* absence.h -- since when nothing was seen for a while that was watched.
 *
 * An act such as a withdrawal is complete at the first t at which the watch [t - hold, t) met no
 * span in which something of the class may have been seen, and was watched for its least share of
 * place and time.
 * Spans are half open, in ns.  A hole in the watching is a hole: it completes nothing.
 */
#ifndef TR_ABSENCE_H
#define TR_ABSENCE_H

#include "verify/verify.h"

typedef struct {
    tr_time        from; /* the watch may begin here, and not before */
    tr_time        to;   /* and must have ended here */
    int64_t        hold_ns;
    int32_t        coverage_ppm;
    const tr_span *seen; /* [seens] united, in order: something may have been there */
    int32_t        seens;
    const tr_span *watched; /* [watches] in order, none meets another */
    const int32_t *share;   /* beside each: of `whole`, how much of the place was watched */
    int32_t        watches;
    int32_t        whole;
} tr_absence;

/* The first such t in [from + hold, to], exact; TR_TIME_NONE when there is none. */
tr_time tr_absence_reached(const tr_absence *absence);

#endif
