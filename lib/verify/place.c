/* place.c -- zones that are made of strips, of zones and of height bands; sectors (place.h).
 *
 * An incident is looked at in facets: one actor that it may be of, one kind that it may turn out to
 * be, one moment from which on no line changes within its time.  In each facet every strip applies
 * or does not, so the zones can be answered in the order of the text.  How the place lies to a
 * strip or shape does not depend on the facet and is found once.
 */
#include "verify/place.h"

enum { UNASKED = 2 };

typedef struct {
    const tr_plan     *plan;
    const tr_incident *incident;
    tr_place           place;
    int32_t            zone;
    bool               need[TR_ZONES];   /* to answer `zone` */
    bool               varies[TR_ZONES]; /* by facet */
    bool               by_actor, by_kind;
    bool               any_height; /* bands are left out of account */
    int8_t             shape[TR_ZONES];
    int8_t             strip[TR_ZONE_PARTS];
} survey;

typedef struct {
    int32_t actor;
    int32_t kind;
    tr_time t;
} facet;

static tr_zone_answer least(tr_zone_answer a, tr_zone_answer b)
{
    return a < b ? a : b;
}

static tr_zone_answer most(tr_zone_answer a, tr_zone_answer b)
{
    return a > b ? a : b;
}

static bool part_varies(const tr_plan *plan, const tr_zone_part *part)
{
    const tr_plan_line *line = &plan->line[part->line];
    return part->actors != 0 || part->kinds != 0 || line->versions > 1 ||
           line->version[0].begin != TR_TIME_NONE || line->version[0].end != TR_TIME_MAX;
}

static void note_needs(survey *s)
{
    s->need[s->zone] = true;
    for (int32_t i = s->zone; i >= 0; i--)
        for (int32_t k = 0; s->need[i] && k < s->plan->zone[i].ofs; k++)
            if (s->plan->zone[i].of[k] >= 0)
                s->need[s->plan->zone[i].of[k]] = true;
    for (int32_t i = 0; i <= s->zone; i++) {
        const tr_plan_zone *zone = &s->plan->zone[i];
        for (int32_t k = 0; s->need[i] && k < zone->parts; k++) {
            s->by_actor |= zone->part[k].actors != 0;
            s->by_kind |= zone->part[k].kinds != 0;
            s->varies[i] |= part_varies(s->plan, &zone->part[k]);
        }
        for (int32_t k = 0; s->need[i] && k < zone->ofs; k++)
            s->varies[i] |= zone->of[k] >= 0 && s->varies[zone->of[k]];
    }
}

static void survey_begin(survey *s, const tr_plan *plan, int32_t zone, const tr_incident *incident)
{
    assert(zone >= 0 && zone < plan->zones && plan->zones <= TR_ZONES);
    *s = (survey){.plan = plan, .incident = incident, .place = incident->place, .zone = zone};
    memset(s->shape, UNASKED, sizeof s->shape);
    memset(s->strip, UNASKED, sizeof s->strip);
    note_needs(s);
}

/* ---- one facet ---- */

static bool apart(tr_box a, tr_box b)
{
    return a.max.lon < b.min.lon || b.max.lon < a.min.lon || a.max.lat < b.min.lat ||
           b.max.lat < a.min.lat;
}

static tr_zone_answer lies(const survey *s, const tr_zone *shape)
{
    const tr_place *place = &s->place;
    if (place->kind == TR_PLACE_ZONE && place->zone >= 0 && place->zone < s->plan->zones)
        return apart(s->plan->zone[place->zone].zone.box, shape->box) ? TR_ZONE_OUT
                                                                      : TR_ZONE_UNDECIDABLE;
    return tr_zone_place(shape, place, TR_EXTENT_P90);
}

static tr_zone_answer shape_answer(survey *s, int32_t zone)
{
    if (s->shape[zone] == UNASKED)
        s->shape[zone] = (int8_t)lies(s, &s->plan->zone[zone].zone);
    return (tr_zone_answer)s->shape[zone];
}

static int32_t version_at(const tr_plan_line *line, tr_time t)
{
    for (int32_t i = 0; i < line->versions; i++)
        if (line->version[i].begin <= t && line->version[i].end > t)
            return i;
    return -1;
}

static tr_zone_answer part_answer(survey *s, const tr_zone_part *part, const facet *f)
{
    if ((part->actors != 0 && (f->actor < 0 || !(part->actors >> f->actor & 1))) ||
        (part->kinds != 0 && !(part->kinds >> f->kind & 1)))
        return TR_ZONE_OUT;
    int32_t version = version_at(&s->plan->line[part->line], f->t);
    if (version < 0)
        return TR_ZONE_UNDECIDABLE; /* nobody knows where the line is */
    int8_t *known = &s->strip[part->first + version];
    if (*known == UNASKED)
        *known = (int8_t)lies(s, &part->zone[version]);
    return (tr_zone_answer)*known;
}

static tr_zone_answer band_answer(const survey *s, const tr_plan_zone *zone)
{
    const tr_place *place = &s->place;
    if (s->any_height || (zone->h_from_m == TR_HEIGHT_LEAST && zone->h_to_m == TR_HEIGHT_MOST))
        return TR_ZONE_IN;
    if (!tr_place_has_height(place))
        return TR_ZONE_UNDECIDABLE;
    if (place->h_min_m >= zone->h_to_m || place->h_end_m <= zone->h_from_m)
        return TR_ZONE_OUT;
    return place->h_min_m >= zone->h_from_m && place->h_end_m <= zone->h_to_m ? TR_ZONE_IN
                                                                              : TR_ZONE_UNDECIDABLE;
}

/* From the answers of the zones it is made of. */
static tr_zone_answer joined(const survey *s, const tr_plan_zone *zone, const int8_t *answer)
{
    tr_zone_answer all = TR_ZONE_IN, any = TR_ZONE_OUT, first = TR_ZONE_IN, others = TR_ZONE_OUT;
    for (int32_t i = 0; i < zone->ofs; i++) {
        tr_zone_answer one = zone->of[i] < 0 ? TR_ZONE_IN : (tr_zone_answer)answer[zone->of[i]];
        all = least(all, one);
        any = most(any, one);
        first = i == 0 ? one : first;
        others = i > 0 ? most(others, one) : others;
    }
    tr_zone_answer held = zone->making == TR_MADE_OR    ? any
                          : zone->making == TR_MADE_AND ? all
                                                        : least(first, (tr_zone_answer)-others);
    return least(held, band_answer(s, zone));
}

static tr_zone_answer answer_facet(survey *s, const facet *f)
{
    int8_t answer[TR_ZONES];
    for (int32_t i = 0; i <= s->zone; i++) {
        const tr_plan_zone *zone = &s->plan->zone[i];
        tr_zone_answer      one = TR_ZONE_OUT;
        if (!s->need[i])
            continue;
        if (s->place.kind == TR_PLACE_ZONE && s->place.zone == i && !s->varies[i])
            one = TR_ZONE_IN; /* so it was said */
        else if (zone->making == TR_MADE_SHAPE)
            one = shape_answer(s, i);
        else if (zone->making == TR_MADE_SECTORS)
            one = TR_ZONE_IN;
        else if (zone->making == TR_MADE_PARTS)
            for (int32_t k = 0; k < zone->parts; k++)
                one = most(one, part_answer(s, &zone->part[k], f));
        else
            one = joined(s, zone, answer);
        answer[i] = (int8_t)one;
    }
    return (tr_zone_answer)answer[s->zone];
}

/* ---- all facets ---- */

/* The next moment after t, within the incident's time, at which a line that matters changes. */
static tr_time next_change(const survey *s, tr_time t)
{
    tr_time next = s->incident->end;
    for (int32_t i = 0; i <= s->zone; i++)
        for (int32_t k = 0; s->need[i] && k < s->plan->zone[i].parts; k++) {
            const tr_plan_line *line = &s->plan->line[s->plan->zone[i].part[k].line];
            for (int32_t v = 0; v < line->versions; v++) {
                tr_time edge[2] = {line->version[v].begin, line->version[v].end};
                for (int e = 0; e < 2; e++)
                    if (edge[e] > t && edge[e] < next)
                        next = edge[e];
            }
        }
    return next;
}

static uint64_t actors_of(const survey *s, uint64_t bound)
{
    if (s->incident->side != 0)
        return UINT64_C(1) << (s->incident->side - 1);
    uint64_t parties = 0;
    for (int32_t i = 0; i < s->plan->actors; i++)
        parties |= s->plan->actor[i].kind == TR_ACTOR_PARTY ? UINT64_C(1) << i : 0;
    return bound != 0 ? bound : parties;
}

/* The answer that all facets of one moment give; false when two differ. */
static bool answer_moment(survey *s, uint64_t actors, uint64_t kinds, tr_time t, bool *first,
                          tr_zone_answer *answer)
{
    for (int32_t a = -1; a < s->plan->actors; a++) {
        if (s->by_actor ? a < 0 || !(actors >> a & 1) : a >= 0)
            continue;
        for (uint64_t rest = kinds; rest != 0; rest &= rest - 1) {
            facet          f = {a, __builtin_ctzll(rest), t};
            tr_zone_answer one = answer_facet(s, &f);
            if (!*first && one != *answer)
                return false;
            *first = false;
            *answer = one;
        }
    }
    return true;
}

/* UNDECIDABLE with PART when two facets differ, with EDGE when they agree on it. */
static tr_zone_answer answer_all(survey *s, uint64_t bound, tr_doubt *doubt)
{
    uint64_t       kind = UINT64_C(1) << s->incident->kind;
    uint64_t       kinds = s->by_kind ? tr_kind_class((tr_kind)s->incident->kind) | kind : kind;
    uint64_t       actors = actors_of(s, bound);
    bool           first = true;
    tr_zone_answer answer = TR_ZONE_UNDECIDABLE;
    tr_time        t = s->incident->begin;
    *doubt = TR_DOUBT_PART;
    do {
        if (!answer_moment(s, actors, kinds, t, &first, &answer))
            return TR_ZONE_UNDECIDABLE;
        t = s->varies[s->zone] ? next_change(s, t) : s->incident->end;
    } while (t < s->incident->end);
    *doubt = answer == TR_ZONE_UNDECIDABLE && !first ? TR_DOUBT_EDGE : TR_DOUBT_NONE;
    return answer;
}

void tr_zone_differs(const tr_plan *plan, int32_t zone, bool *by_actor, bool *by_kind)
{
    static const tr_incident nothing;
    survey                   s;
    survey_begin(&s, plan, zone, &nothing);
    *by_actor = s.by_actor;
    *by_kind = s.by_kind;
}

/* Most zones are one shape, and most places have a position: no facets. */
static bool is_plain(const tr_plan *plan, int32_t zone, const tr_incident *incident)
{
    return plan->zone[zone].making == TR_MADE_SHAPE && incident->place.kind != TR_PLACE_ZONE;
}

tr_zone_answer tr_zone_holds(const tr_plan *plan, int32_t zone, uint64_t bound,
                             const tr_incident *incident, tr_doubt *doubt)
{
    if (is_plain(plan, zone, incident)) {
        tr_zone_answer plain =
            tr_zone_place(&plan->zone[zone].zone, &incident->place, TR_EXTENT_P90);
        if (doubt)
            *doubt = plain == TR_ZONE_UNDECIDABLE ? TR_DOUBT_EDGE : TR_DOUBT_NONE;
        return plain;
    }
    survey   s;
    tr_doubt why, ground;
    survey_begin(&s, plan, zone, incident);
    tr_zone_answer answer = answer_all(&s, bound, &why);
    if (doubt && answer == TR_ZONE_UNDECIDABLE) { /* would it be sure but for the height? */
        s.any_height = true;
        if (answer_all(&s, bound, &ground) != TR_ZONE_UNDECIDABLE)
            why = TR_DOUBT_HEIGHT;
    }
    if (doubt)
        *doubt = answer == TR_ZONE_UNDECIDABLE ? why : TR_DOUBT_NONE;
    return answer;
}

bool tr_zone_holds_most(const tr_plan *plan, int32_t zone, uint64_t bound,
                        const tr_incident *incident)
{
    if (is_plain(plan, zone, incident))
        return tr_zone_mostly(&plan->zone[zone].zone, &incident->place);
    survey   s;
    tr_point at[TR_PLACE_SAMPLES];
    int      count = tr_place_samples(&incident->place, at);
    int      held[TR_ACTORS + 1] = {0};
    survey_begin(&s, plan, zone, incident);
    uint64_t actors = s.by_actor ? actors_of(&s, bound) : 0;
    if (tr_place_has_height(&s.place)) {
        s.place.h_min_m += (s.place.h_end_m - 1 - s.place.h_min_m) / 2;
        s.place.h_end_m = s.place.h_min_m + 1;
    }
    s.place.kind = TR_PLACE_POINT;
    s.place.r_min_m = s.place.r_max_m = 0;
    for (int i = 0; i < count; i++) {
        s.place.at = at[i];
        memset(s.shape, UNASKED, sizeof s.shape);
        memset(s.strip, UNASKED, sizeof s.strip);
        for (int32_t a = -1; a < plan->actors; a++) {
            facet f = {a, incident->kind, incident->best};
            if (s.by_actor ? a >= 0 && actors >> a & 1 : a < 0)
                held[a + 1] += answer_facet(&s, &f) == TR_ZONE_IN;
        }
    }
    bool mostly = count > 0, inside = plan->zone[zone].zone.boundary_inside;
    for (int32_t a = -1; a < plan->actors; a++)
        if (s.by_actor ? a >= 0 && actors >> a & 1 : a < 0)
            mostly &= 2 * held[a + 1] > count || (inside && count > 1 && 2 * held[a + 1] == count);
    return mostly && (!s.by_actor || actors != 0);
}

/* ---- on the ground ---- */

static tr_zone_answer point_answer(const tr_zone *zone, tr_point p)
{
    tr_side side = tr_zone_side(zone, p);
    bool    in = side == TR_INSIDE || (side == TR_BOUNDARY && zone->boundary_inside);
    return in ? TR_ZONE_IN : TR_ZONE_OUT;
}

static tr_zone_answer part_ground(const tr_plan *plan, const tr_zone_part *part, uint64_t actors,
                                  uint64_t kinds, tr_point p)
{
    const tr_plan_line *line = &plan->line[part->line];
    tr_zone_answer      all = TR_ZONE_IN, any = TR_ZONE_OUT;
    if ((part->actors != 0 && actors != 0 && !(part->actors & actors)) ||
        (part->kinds != 0 && kinds != 0 && !(part->kinds & kinds)))
        return TR_ZONE_OUT;
    bool sure = line->version[0].begin == TR_TIME_NONE &&
                line->version[line->versions - 1].end == TR_TIME_MAX &&
                (part->actors == 0 || (actors != 0 && !(actors & ~part->actors))) &&
                (part->kinds == 0 || (kinds != 0 && !(kinds & ~part->kinds)));
    for (int32_t i = 0; i < line->versions; i++) {
        tr_zone_answer one = point_answer(&part->zone[i], p);
        all = least(all, one);
        any = most(any, one);
        sure &= i == 0 || line->version[i].begin == line->version[i - 1].end;
    }
    return any == TR_ZONE_OUT ? any
           : sure             ? (all == TR_ZONE_IN ? all : TR_ZONE_UNDECIDABLE)
                              : TR_ZONE_UNDECIDABLE;
}

tr_zone_answer tr_zone_ground(const tr_plan *plan, int32_t zone, uint64_t actors, uint64_t kinds,
                              tr_point p)
{
    static const tr_incident nothing;
    int8_t                   answer[TR_ZONES];
    if (plan->zone[zone].making == TR_MADE_SHAPE)
        return point_answer(&plan->zone[zone].zone, p);
    survey s;
    survey_begin(&s, plan, zone, &nothing); /* no height is known: a band is a doubt */
    for (int32_t i = 0; i <= zone; i++) {
        const tr_plan_zone *one = &plan->zone[i];
        tr_zone_answer      a = one->making == TR_MADE_SECTORS ? TR_ZONE_IN : TR_ZONE_OUT;
        if (!s.need[i])
            continue;
        if (one->making == TR_MADE_SHAPE)
            a = point_answer(&one->zone, p);
        else if (one->ofs > 0)
            a = joined(&s, one, answer);
        for (int32_t k = 0; k < one->parts; k++)
            a = most(a, part_ground(plan, &one->part[k], actors, kinds, p));
        answer[i] = (int8_t)a;
    }
    return (tr_zone_answer)answer[zone];
}

static int64_t nearer(int64_t best, const tr_zone *shape, tr_point p)
{
    int64_t far = tr_zone_edge_mm(shape, p);
    return best < 0 || far < best ? far : best;
}

int64_t tr_zone_nearest_mm(const tr_plan *plan, int32_t zone, tr_point p)
{
    static const tr_incident nothing;
    int64_t                  best = -1;
    survey                   s;
    survey_begin(&s, plan, zone, &nothing);
    for (int32_t i = 0; i <= zone; i++) {
        const tr_plan_zone *one = &plan->zone[i];
        if (s.need[i] && one->making == TR_MADE_SHAPE)
            best = nearer(best, &one->zone, p);
        for (int32_t k = 0; s.need[i] && k < one->parts; k++)
            for (int32_t v = 0; v < plan->line[one->part[k].line].versions; v++)
                best = nearer(best, &one->part[k].zone[v], p);
    }
    return best;
}

tr_point tr_zone_corner(const tr_plan *plan, int32_t zone)
{
    const tr_plan_zone *one = &plan->zone[zone];
    while (one->ofs > 0 && one->of[0] >= 0)
        one = &plan->zone[one->of[0]];
    const tr_zone *shape = one->parts > 0 ? one->part[0].zone : &one->zone;
    return shape->shape == TR_ZONE_RINGS       ? shape->ring[0].corner[0]
           : shape->shape == TR_ZONE_NEAR_LINE ? shape->line->corner[0]
           : shape->shape == TR_ZONE_BOX       ? shape->box.min
                                               : plan->area.min;
}
