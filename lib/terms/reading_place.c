/* reading_place.c -- the parts of a zone in plain words: strips, zones of zones, heights, sectors.
 *
 * Zones that a zone is made of are told by their names, so a reading is never longer than the text
 * that it reads; each has its own reading wherever a clause names it.
 */
#include "terms/reading.h"

enum { TOLD = 32 }; /* parts; of more the rest is counted */

/* "10 km", "7.5 km", "300 m", "1.234 m": millimetres. */
static void put_distance(tr_out *out, int64_t mm)
{
    bool    km = mm >= 1000000;
    int64_t unit = km ? 1000000 : 1000, rest = mm % unit;
    tr_put(out, "%lld", (long long)(mm / unit));
    if (rest > 0)
        tr_put_char(out, '.');
    for (int64_t digit = unit / 10; rest > 0; digit /= 10) {
        tr_put(out, "%lld", (long long)(rest / digit));
        rest %= digit;
    }
    tr_put(out, km ? " km" : " m");
}

static void put_versions(tr_out *out, const tr_plan *plan, const tr_plan_line *line)
{
    if (line->versions == 1 && line->version[0].begin == TR_TIME_NONE &&
        line->version[0].end == TR_TIME_MAX)
        return;
    tr_put(out, " (");
    for (int32_t i = 0; i < line->versions && i < TOLD; i++) {
        const tr_line_version *v = &line->version[i];
        tr_put(out, "%sgeometry %d", i ? ", " : "", i + 1);
        if (v->begin != TR_TIME_NONE) {
            tr_put(out, " from ");
            reading_moment(out, plan, v->begin);
        }
        if (v->end != TR_TIME_MAX) {
            tr_put(out, " until ");
            reading_moment(out, plan, v->end);
        }
    }
    if (line->versions > TOLD)
        tr_put(out, " and %d more", line->versions - TOLD);
    tr_put_char(out, ')');
}

static void put_strip(tr_out *out, const tr_plan *plan, const tr_zone_part *part)
{
    const tr_plan_line *line = &plan->line[part->line];
    tr_put(out, "within ");
    put_distance(out, part->within_mm);
    tr_put(out, " of the line %.*s", TR_FMT(line->name));
    put_versions(out, plan, line);
    if (part->actors) {
        tr_put(out, " for ");
        reading_actors(out, plan, part->actors);
    }
    if (part->kinds) {
        tr_put(out, part->actors ? " and " : " for ");
        reading_kinds(out, part->kinds);
    }
}

static void put_other(tr_out *out, const tr_plan *plan, int32_t zone)
{
    if (zone < 0)
        tr_put(out, "the whole area");
    else
        tr_put(out, "the zone %.*s", TR_FMT(plan->zone[zone].zone.name));
}

static void put_heights(tr_out *out, const tr_plan_zone *zone)
{
    bool low = zone->h_from_m != TR_HEIGHT_LEAST, high = zone->h_to_m != TR_HEIGHT_MOST;
    if (low && high)
        tr_put(out, ", from %d m to below %d m above the ground", zone->h_from_m, zone->h_to_m);
    else if (low)
        tr_put(out, ", from %d m above the ground up", zone->h_from_m);
    else if (high)
        tr_put(out, ", below %d m above the ground", zone->h_to_m);
}

static void put_set(tr_out *out, const tr_plan *plan, const tr_plan_zone *zone)
{
    const char *word = zone->making == TR_MADE_AND       ? " that also lies in "
                       : zone->making == TR_MADE_WITHOUT ? " without "
                                                         : " or ";
    for (int32_t i = 0; i < zone->ofs && i < TOLD; i++) {
        tr_put(out, "%s", i ? word : "");
        put_other(out, plan, zone->of[i]);
    }
    if (zone->ofs > TOLD)
        tr_put(out, "%sone of %d more", word, zone->ofs - TOLD);
    put_heights(out, zone);
}

void read_zone_parts(tr_out *out, const tr_plan *plan, int32_t index)
{
    const tr_plan_zone *zone = &plan->zone[index];
    if (zone->making == TR_MADE_SHAPE)
        return;
    tr_put(out, " (");
    for (int32_t i = 0; i < zone->parts && i < TOLD; i++) {
        tr_put(out, "%s", i ? "; or " : "");
        put_strip(out, plan, &zone->part[i]);
    }
    if (zone->parts > TOLD)
        tr_put(out, "; or %d more", zone->parts - TOLD);
    if (zone->ofs > 0)
        put_set(out, plan, zone);
    if (zone->making == TR_MADE_SECTORS) {
        tr_put(out,
               "the whole area, in sectors by the nearest point of the line %.*s, one for "
               "every ",
               TR_FMT(plan->line[zone->line].name));
        put_distance(out, zone->every_mm);
        tr_put(out, " of it");
    }
    tr_put_char(out, ')');
}
