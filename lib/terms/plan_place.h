/* plan_place.h -- lines with the time of their geometry, and zones as the text makes them.
 *
 * A line has one geometry or several, each valid for [begin, end).  A zone is a shape of its own,
 * or made: of strips along lines that may differ by actor, by class and by date; of other zones,
 * which stand above it in the text; a height band of those; or the whole area, divided into sectors
 * by the nearest point of a line.  What is in a zone that is made: verify/place.h.
 */
#ifndef TR_PLAN_PLACE_H
#define TR_PLAN_PLACE_H

#include "geo/geo.h"
#include "terms/plan_base.h"

enum {
    TR_ACTORS = 64,
    TR_ZONES = 128,
    TR_SECTORS = 256,    /* of one zone */
    TR_ZONE_PARTS = 1024 /* strips of all zones */
};

/* Heights in metres above the ground below, [from, to). */
#define TR_HEIGHT_LEAST INT32_MIN
#define TR_HEIGHT_MOST  INT32_MAX

typedef struct {
    tr_line      line;
    tr_time      begin; /* TR_TIME_NONE = from the beginning */
    tr_time      end;   /* TR_TIME_MAX = open */
    tr_text_span span;
} tr_line_version;

typedef struct {
    tr_str                 name;
    tr_line                line;    /* of the first version */
    const tr_line_version *version; /* by begin; no two are valid at one moment */
    int32_t                versions;
    int64_t                length_mm; /* declared; 0 = not */
    int32_t                tolerance_ppm;
    bool                   coarse; /* typed in by hand, marked so wherever it is drawn */
    tr_str                 note;   /* source, as the text says */
    tr_text_span           span;
} tr_plan_line;

/* Within a distance of a line, for some or for all. */
typedef struct {
    uint64_t       actors; /* whose; 0 = everybody's */
    uint64_t       kinds;  /* of what; 0 = of everything */
    int32_t        line;
    int32_t        first; /* number of zone[0] among the strips of all zones */
    int64_t        within_mm;
    const tr_zone *zone; /* one for each version of the line */
    tr_text_span   span;
} tr_zone_part;

/* What a version of the line is divided into. */
typedef struct {
    const tr_line *piece;
    int32_t        pieces; /* at most TR_SECTORS */
} tr_division;

typedef enum {
    TR_MADE_SHAPE,   /* `zone` is all of it */
    TR_MADE_PARTS,   /* in any part that applies */
    TR_MADE_AND,     /* in all of `of` */
    TR_MADE_OR,      /* in any of them */
    TR_MADE_WITHOUT, /* in the first and in none of the others */
    TR_MADE_SECTORS  /* the whole area; `division` for each version of `line` */
} tr_zone_making;

typedef struct {
    tr_zone             zone; /* TR_ZONE_MADE when it is made: its name, and a box around it */
    tr_zone_making      making;
    bool                coarse;
    const tr_zone_part *part;
    int32_t             parts;
    int32_t             ofs;
    const int32_t      *of; /* indices of zones, each smaller than its own; -1: the whole area */
    int32_t             h_from_m; /* of AND, OR, WITHOUT */
    int32_t             h_to_m;
    int32_t             line; /* divided, or -1 */
    int64_t             every_mm;
    const tr_division  *division;
    tr_str              note;
    tr_text_span        span;
} tr_plan_zone;

#endif
