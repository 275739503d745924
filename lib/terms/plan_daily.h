/* plan_daily.h -- hours of each day: a window of silence.
 *
 *     2.4 A, B must not commit fire in strip daily from 22:00 to 06:00
 */
#ifndef TR_PLAN_DAILY_H
#define TR_PLAN_DAILY_H

#include <stdbool.h>
#include <stdint.h>

/* Half open, on the local clock of the agreement's zone; one that does not end after it begins ends
 * on the next day. */
typedef struct {
    bool    stated;
    int32_t from_s; /* of the local day, 0 to 86399 */
    int32_t to_s;   /* the same, another one */
} tr_daily;

#endif
