/* check_place.c -- clauses against the lines and zones that they name: a line undefined for part of
 * a clause's life, a zone without a part for an actor or a kind that the clause binds.  Warnings:
 * the agreement can be judged, and what is in doubt is undecidable then. */
#include "terms/lint.h"

/* Zones that a zone is made of, itself among them. */
typedef struct {
    bool in[FRONT_ZONES];
} zone_set;

static zone_set made_of(const front *f, int32_t zone)
{
    zone_set set = {0};
    set.in[zone] = true;
    for (int32_t i = zone; i >= 0; i--)
        for (int32_t k = 0; set.in[i] && k < f->zone[i].ofs; k++)
            if (f->zone[i].of[k] >= 0)
                set.in[f->zone[i].of[k]] = true;
    return set;
}

/* The first moment of [begin, end) at which the line has no geometry, or TR_TIME_MAX. */
static tr_time undefined_at(const tr_plan_line *line, tr_time begin, tr_time end)
{
    tr_time at = begin;
    for (int32_t i = 0; i < line->versions && at < end; i++)
        if (line->version[i].begin <= at && line->version[i].end > at)
            at = line->version[i].end;
    return at < end ? at : TR_TIME_MAX;
}

/* Something at the line, at a moment, as the clause sees it (-1: none). */
static tr_witness at_line(const tr_plan_line *line, int32_t clause, tr_time on)
{
    tr_witness w = lint_witness(clause, -1);
    w.placed = true;
    w.at = line->line.corner[line->line.corners / 2];
    w.on = on;
    return w;
}

static void check_line(front *f, const tr_clause *clause, int32_t line, tr_time begin, tr_time end)
{
    lint    l = {.f = f};
    tr_time at = undefined_at(&f->line[line], begin, end);
    tr_out  when = tr_out_new(f->keep);
    if (f->line[line].versions == 0 || at == TR_TIME_MAX)
        return;
    if (at == TR_TIME_NONE)
        tr_put(&when, "the beginning");
    else
        tr_put_local(&when, at, f->plan.tz ? f->plan.tz : tr_tz_utc());
    tr_witness w = at_line(&f->line[line], (int32_t)(clause - f->clause), at);
    lint_report(&l,
                (report){TR_E_LINE_UNDEFINED, clause->span,
                         "What is judged by the line at such a time is undecidable.",
                         "Give the line a geometry for that time, or bound the clause.", true},
                &w, "the line \"%s\" of clause %s is undefined from %s on",
                front_quote(f->line[line].name).z, front_quote(clause->label).z, tr_out_z(&when));
}

static void check_lines(front *f, const tr_clause *clause, const zone_set *set, tr_time begin,
                        tr_time end)
{
    bool seen[FRONT_LINES] = {0};
    for (int32_t i = 0; i < f->plan.zones; i++) {
        const tr_plan_zone *zone = &f->zone[i];
        for (int32_t k = 0; set->in[i] && k < zone->parts; k++)
            seen[zone->part[k].line] = true;
        if (set->in[i] && zone->line >= 0)
            seen[zone->line] = true;
    }
    for (int32_t i = 0; i < f->plan.lines; i++)
        if (seen[i])
            check_line(f, clause, i, begin, end);
}

/* The kinds that some part is for, of those for that actor. */
static uint64_t held_by(const tr_plan_zone *zone, int32_t actor)
{
    uint64_t held = 0;
    for (int32_t i = 0; i < zone->parts; i++)
        if (zone->part[i].actors == 0 || zone->part[i].actors >> actor & 1)
            held |= zone->part[i].kinds == 0 ? UINT64_MAX : zone->part[i].kinds;
    return held;
}

static void check_parts(front *f, const tr_clause *clause, const zone_set *set, uint64_t actors,
                        uint64_t kinds)
{
    for (int32_t i = 0; i < f->plan.zones; i++)
        for (int32_t a = 0; set->in[i] && f->zone[i].parts > 0 && a < f->plan.actors; a++) {
            if (!(actors >> a & 1) || (kinds & ~held_by(&f->zone[i], a)) == 0)
                continue;
            lint       l = {.f = f};
            tr_witness w = at_line(&f->line[f->zone[i].part[0].line], (int32_t)(clause - f->clause),
                                   TR_TIME_NONE);
            w.actor = a;
            w.kind = lint_first(kinds & ~held_by(&f->zone[i], a));
            lint_report(&l,
                        (report){TR_E_ZONE_NO_PART, clause->span,
                                 "What no part applies to is never in the zone.",
                                 "Add a part for it, or leave it out of the clause.", true},
                        &w, "the zone \"%s\" has no part for all that clause %s binds %s to",
                        front_quote(f->zone[i].zone.name).z, front_quote(clause->label).z,
                        front_quote(f->actor[a].id).z);
            return;
        }
}

static void check_clause(front *f, const tr_clause *clause, int32_t zone, int32_t class_,
                         uint64_t actors, tr_time begin, tr_time end)
{
    if (zone < 0)
        return;
    zone_set set = made_of(f, zone);
    tr_time  in_force = f->plan.in_force != TR_TIME_NONE ? f->plan.in_force : f->plan.signature;
    check_lines(f, clause, &set, begin > in_force ? begin : in_force, end);
    if (class_ >= 0)
        check_parts(f, clause, &set, actors, f->class_[class_].kinds);
}

/* The first prohibition in a zone along that line, or -1. */
static int32_t clause_along(const front *f, int32_t line)
{
    for (int32_t i = 0; i < f->plan.clauses; i++) {
        int32_t zone =
            f->clause[i].kind == TR_CLAUSE_PROHIBITION ? f->clause[i].u.prohibition.zone : -1;
        if (zone < 0)
            continue;
        zone_set set = made_of(f, zone);
        for (int32_t z = 0; z <= zone; z++)
            for (int32_t k = 0; set.in[z] && k < f->zone[z].parts; k++)
                if (f->zone[z].part[k].line == line)
                    return i;
    }
    return -1;
}

static void check_gaps(front *f, int32_t index)
{
    const tr_plan_line *line = &f->line[index];
    lint                l = {.f = f};
    for (int32_t i = 1; i < line->versions; i++) {
        const tr_line_version *a = &line->version[i - 1], *b = &line->version[i];
        tr_witness             w = at_line(line, clause_along(f, index), a->end);
        tr_out                 when = tr_out_new(f->keep);
        if (a->end >= b->begin)
            continue;
        tr_put_local(&when, a->end, f->plan.tz ? f->plan.tz : tr_tz_utc());
        lint_report(&l,
                    (report){TR_E_VERSIONS_GAP, b->span,
                             "What is judged by the line at such a time is undecidable.",
                             "Let each geometry begin where the one before it ends.", true},
                    &w, "the line \"%s\" has no geometry from %s on", front_quote(line->name).z,
                    tr_out_z(&when));
    }
}

void check_places(front *f)
{
    if (f->result->errors > 0)
        return;
    for (int32_t i = 0; i < f->plan.lines; i++)
        check_gaps(f, i);
    for (int32_t i = 0; i < f->plan.clauses; i++) {
        const tr_clause *c = &f->clause[i];
        if (f->clause_bad[i])
            continue;
        if (c->kind == TR_CLAUSE_PROHIBITION)
            check_clause(f, c, c->u.prohibition.zone, c->u.prohibition.class_,
                         c->u.prohibition.actors, c->u.prohibition.begin, c->u.prohibition.end);
        if (c->kind == TR_CLAUSE_OBLIGATION)
            check_clause(f, c, c->u.obligation.zone, c->u.obligation.class_, c->u.obligation.actors,
                         TR_TIME_NONE, TR_TIME_MAX);
    }
}
