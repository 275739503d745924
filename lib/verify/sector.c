/* sector.c -- the sectors of a divided zone (place.h).
 *
 * The nearest point of the line says the sector.  If c is the middle of a place and r its radius, a
 * point x of it has d(x, piece) within r of d(c, piece), and so it is with the line; so x may be
 * nearest to a piece only when d(c, piece) - d(c, line) is at most 2 r.
 */
#include "verify/place.h"

int32_t tr_sectors(const tr_plan *plan, int32_t zone)
{
    int32_t most = 0;
    if (zone < 0 || plan->zone[zone].making != TR_MADE_SECTORS)
        return 0;
    const tr_plan_zone *z = &plan->zone[zone];
    for (int32_t i = 0; i < plan->line[z->line].versions; i++)
        most = z->division[i].pieces > most ? z->division[i].pieces : most;
    return most;
}

bool tr_sector_in(const tr_sector_set *set, int32_t sector)
{
    assert(sector >= 0 && sector < TR_SECTORS);
    return set->bit[sector / 64] >> (sector % 64) & 1;
}

tr_zone_answer tr_sector_holds(const tr_sector_set *set, int32_t count, int32_t sector)
{
    if (count > 0 && !tr_sector_in(set, sector))
        return TR_ZONE_OUT;
    return count == 1 ? TR_ZONE_IN : TR_ZONE_UNDECIDABLE;
}

/* What two distances may be off. */
static int64_t slack_mm(int64_t distance_mm)
{
    return 2 + distance_mm / 500000;
}

static void add_nearest(const tr_division *division, tr_point centre, int64_t radius_mm,
                        tr_sector_set *may)
{
    int64_t far[TR_SECTORS], nearest = INT64_MAX;
    for (int32_t i = 0; i < division->pieces; i++) {
        far[i] = tr_line_distance_mm(&division->piece[i], centre);
        nearest = far[i] < nearest ? far[i] : nearest;
    }
    for (int32_t i = 0; i < division->pieces; i++)
        if (far[i] - nearest <= 2 * radius_mm + slack_mm(far[i]))
            may->bit[i / 64] |= UINT64_C(1) << (i % 64);
}

int32_t tr_sector_of(const tr_plan *plan, int32_t zone, const tr_incident *incident,
                     tr_sector_set *may)
{
    const tr_plan_zone *z = &plan->zone[zone];
    tr_point            centre;
    int64_t             radius_mm;
    bool                placed = tr_place_disc(&incident->place, &centre, &radius_mm);
    int32_t             count = 0;
    *may = (tr_sector_set){0};
    assert(z->making == TR_MADE_SECTORS);
    for (int32_t v = 0; v < plan->line[z->line].versions; v++) {
        const tr_line_version *version = &plan->line[z->line].version[v];
        bool instant = incident->begin >= version->begin && incident->begin < version->end;
        if (!instant && (incident->begin >= version->end || incident->end <= version->begin))
            continue;
        if (placed)
            add_nearest(&z->division[v], centre, radius_mm, may);
        for (int32_t i = 0; !placed && i < z->division[v].pieces; i++)
            may->bit[i / 64] |= UINT64_C(1) << (i % 64);
    }
    for (int i = 0; i < TR_SECTORS / 64; i++)
        count += __builtin_popcountll(may->bit[i]);
    return count;
}
