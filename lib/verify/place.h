/* place.h -- what is in a zone, whichever way it is made, and in which sector.
 *
 * A strip applies by actor, by kind and by date; a height band by the height of a place.  What is
 * not known is left open: an answer is IN or OUT only when every actor, kind and moment that an
 * incident may have gives it, and every part that matters is sure.  Strips, heights and zones are
 * joined by three-valued logic (in > undecidable > out: `or` takes the larger, `and` the smaller).
 */
#ifndef TR_VERIFY_PLACE_H
#define TR_VERIFY_PLACE_H

#include "verify/verify.h"

/* What leaves an answer undecidable. */
typedef enum {
    TR_DOUBT_NONE,
    TR_DOUBT_EDGE,   /* the place is not exact enough, or the line has no geometry then */
    TR_DOUBT_HEIGHT, /* its height is not known, or not exactly enough */
    TR_DOUBT_PART    /* whose it is, what it is or when it was */
} tr_doubt;

/* `bound`: bits of the actors whose zone it may be when its side is undetermined; 0 means all
 * parties.  `doubt` may be NULL. */
tr_zone_answer tr_zone_holds(const tr_plan *plan, int32_t zone, uint64_t bound,
                             const tr_incident *incident, tr_doubt *doubt);
/* Does the larger share of the place lie inside, at its best moment, for each actor it may be of?
 */
bool tr_zone_holds_most(const tr_plan *plan, int32_t zone, uint64_t bound,
                        const tr_incident *incident);
/* Does the zone, or one that it is made of, differ by actor, by class? */
void tr_zone_differs(const tr_plan *plan, int32_t zone, bool *by_actor, bool *by_kind);
/* On the ground, at any height and date: OUT only where it is out for all of `actors` (bits; 0:
 * all) and `kinds` (0: all), IN only where it is in for each of them. */
tr_zone_answer tr_zone_ground(const tr_plan *plan, int32_t zone, uint64_t actors, uint64_t kinds,
                              tr_point p);
/* Millimetres from p to the nearest edge of what the zone is made of; -1 when it has none. */
int64_t tr_zone_nearest_mm(const tr_plan *plan, int32_t zone, tr_point p);
/* Some corner of it. */
tr_point tr_zone_corner(const tr_plan *plan, int32_t zone);

/* ---- sectors ---- */

/* Sector k of a divided line is what lies nearest to its piece k.  Numbers are of the geometry that
 * is valid; where the line has several, sector k of one is not sector k of the next. */
typedef struct {
    uint64_t bit[TR_SECTORS / 64];
} tr_sector_set;
/* How many sectors a zone is divided into, by the geometry that has most; 0: it is not divided. */
int32_t tr_sectors(const tr_plan *plan, int32_t zone);
/* The sectors of a divided zone that an incident may lie in; returns how many: 1 means surely
 * there, all of them when its place is not a position, 0 when the line has no geometry at its time.
 * A disc of radius r around c may lie in sector k when c is at most 2 r farther from piece k than
 * from the line. */
int32_t tr_sector_of(const tr_plan *plan, int32_t zone, const tr_incident *incident,
                     tr_sector_set *may);
/* What such a set of `count` sectors says of one of them; of none all are undecidable. */
tr_zone_answer tr_sector_holds(const tr_sector_set *set, int32_t count, int32_t sector);
bool    tr_sector_in(const tr_sector_set *set, int32_t sector);

#endif
