/* lint_zone.c -- zones: used by nobody, the same place twice, drawn beyond the area, and of two
 * that adjoin the gap or the overlap.  Units: 1e-7 degree.
 *
 * Two drawn zones adjoin when they run beside each other for at least half of the smaller one and
 * what lies between them, or in both, is at most a twentieth of its width.  Gaps and overlaps are
 * told only of zones in which the same actors are bound for the same kinds; a gap that another
 * zone of the agreement covers is none.  Wider gaps and overlaps are taken for meant.
 */
#include "terms/lint.h"

enum { SLIVER = 20 };

/* What binds in a zone: all prohibitions that name it together. */
typedef struct {
    bool     used;
    uint64_t actors, kinds;
    int32_t  clause; /* the first prohibition, or -1 */
} zone_use;

static void use(zone_use *uses, int32_t zone)
{
    if (zone >= 0)
        uses[zone].used = true;
}

static void gather(const tr_plan *plan, zone_use *uses)
{
    for (int32_t i = 0; i < plan->exceptions; i++)
        use(uses, plan->exception[i].zone); /* of a permission */
    for (int32_t i = 0; i < plan->zones; i++)
        for (int32_t k = 0; k < plan->zone[i].ofs; k++)
            use(uses, plan->zone[i].of[k]);
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_clause    *c = &plan->clause[i];
        const tr_threshold *t = &c->u.threshold;
        if (c->kind == TR_CLAUSE_OBLIGATION)
            use(uses, c->u.obligation.zone);
        for (int32_t k = 0; c->kind == TR_CLAUSE_THRESHOLD && k < t->ons + t->offs; k++) {
            const tr_condition *one = k < t->ons ? &t->on[k] : &t->off[k - t->ons];
            use(uses, one->zone);
            use(uses, one->per - 1);
        }
        if (c->kind != TR_CLAUSE_PROHIBITION || c->u.prohibition.zone < 0)
            continue;
        zone_use *u = &uses[c->u.prohibition.zone];
        if (u->clause < 0)
            u->clause = i;
        u->used = true;
        u->actors |= c->u.prohibition.actors;
        u->kinds |= plan->class_[c->u.prohibition.class_].kinds;
    }
    for (int32_t i = plan->zones - 1; i >= 0; i--) /* those that a used one is made of */
        for (int32_t k = 0; uses[i].used && k < plan->zone[i].ofs; k++)
            use(uses, plan->zone[i].of[k]);
}

static bool drawn(const tr_zone *z)
{
    return z->shape == TR_ZONE_BOX || z->shape == TR_ZONE_RINGS;
}

static bool same_point(tr_point a, tr_point b)
{
    return a.lon == b.lon && a.lat == b.lat;
}

static bool same_ring(const tr_ring *a, const tr_ring *b)
{
    if (a->corners != b->corners)
        return false;
    for (int32_t i = 0; i < a->corners; i++)
        if (!same_point(a->corner[i], b->corner[i]))
            return false;
    return true;
}

static bool same_place(const tr_zone *a, const tr_zone *b)
{
    if (a->shape != b->shape)
        return false;
    if (a->shape == TR_ZONE_NEAR_LINE)
        return a->line == b->line && a->within_mm == b->within_mm;
    if (a->shape == TR_ZONE_BOX)
        return same_point(a->box.min, b->box.min) && same_point(a->box.max, b->box.max);
    bool same = a->shape == TR_ZONE_RINGS && a->rings == b->rings;
    for (int32_t i = 0; same && i < a->rings; i++)
        same = same_ring(&a->ring[i], &b->ring[i]);
    return same;
}

/* ---- each by itself ---- */

static tr_witness in_zone(const lint *l, const zone_use *uses, int32_t zone)
{
    tr_witness w = lint_witness(uses[zone].clause, -1);
    tr_box     box = l->f->plan.zone[zone].zone.box;
    w.placed = true;
    w.at = (tr_point){(int32_t)(((int64_t)box.min.lon + box.max.lon) / 2),
                      (int32_t)(((int64_t)box.min.lat + box.max.lat) / 2)};
    w.actor = lint_first(uses[zone].actors);
    w.kind = lint_first(uses[zone].kinds);
    return w;
}

static void check_unused(lint *l, const zone_use *uses, int32_t zone)
{
    const tr_plan_zone *z = &l->f->plan.zone[zone];
    tr_witness          w = in_zone(l, uses, zone);
    if (!uses[zone].used)
        lint_report(l,
                    (report){TR_E_ZONE_UNUSED, z->span, "What happens there follows no clause.",
                             "Name it in a clause, or remove it.", true},
                    &w, "no clause refers to the zone \"%s\"", front_quote(z->zone.name).z);
}

/* A zone along a line may spill over the edge; a corner that was typed may not. */
static void check_spill(lint *l, const zone_use *uses, int32_t zone)
{
    const tr_plan_zone *z = &l->f->plan.zone[zone];
    tr_box              area = l->f->plan.area;
    tr_witness          w = in_zone(l, uses, zone);
    tr_point            out = {0, 0};
    bool                spills = false;
    if (z->zone.shape == TR_ZONE_BOX) {
        out = tr_box_holds(area, z->zone.box.min) ? z->zone.box.max : z->zone.box.min;
        spills = !tr_box_holds(area, out);
    }
    for (int32_t r = 0; z->zone.shape == TR_ZONE_RINGS && r < z->zone.rings && !spills; r++)
        for (int32_t i = 0; i < z->zone.ring[r].corners && !spills; i++) {
            out = z->zone.ring[r].corner[i];
            spills = !tr_box_holds(area, out);
        }
    w.at = out;
    if (spills)
        lint_report(
            l,
            (report){TR_E_ZONE_SPILLS, z->span, "Nothing observed outside the area is taken in.",
                     "Draw the zone inside the area, or widen the area.", true},
            &w, "the zone \"%s\" has a corner outside the area", front_quote(z->zone.name).z);
}

/* ---- two that adjoin ---- */

typedef struct {
    int64_t a_min, a_max, b_min, b_max;
} spans; /* of two zones along one axis */

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Length that both have; below 0 the distance between them. */
static int64_t shared(spans s)
{
    return lesser(s.a_max, s.b_max) - greater(s.a_min, s.b_min);
}

static int64_t smaller(spans s)
{
    return lesser(s.a_max - s.a_min, s.b_max - s.b_min);
}

/* Do at least two corners of the zone lie near the side at `at`?  A box has its own. */
static bool has_side(const tr_zone *z, bool lon, int64_t at, int64_t near)
{
    int32_t count = 0;
    if (z->shape == TR_ZONE_BOX)
        return true;
    for (int32_t r = 0; r < z->rings; r++)
        for (int32_t i = 0; i < z->ring[r].corners; i++) {
            tr_point p = z->ring[r].corner[i];
            int64_t  off = (lon ? p.lon : p.lat) - at;
            count += off <= near && off >= -near;
        }
    return count >= 2;
}

typedef enum { ASIDE, GAP, OVERLAP } meeting;

/* How two zones meet across one axis, the strip between or in both as a box. */
static meeting meets(const tr_zone *a, const tr_zone *b, bool lon, tr_box *strip)
{
    spans   lons = {a->box.min.lon, a->box.max.lon, b->box.min.lon, b->box.max.lon};
    spans   lats = {a->box.min.lat, a->box.max.lat, b->box.min.lat, b->box.max.lat};
    spans   across = lon ? lons : lats, beside = lon ? lats : lons;
    int64_t width = shared(across), most = smaller(across) / SLIVER;
    bool    a_first = across.a_min < across.b_min;
    int64_t inner_a = a_first ? across.a_max : across.a_min;
    int64_t inner_b = a_first ? across.b_min : across.b_max;
    if (width == 0 || width > most || width < -most || shared(beside) * 2 < smaller(beside) ||
        (across.a_min < across.b_min) != (across.a_max < across.b_max) ||
        !has_side(a, lon, inner_a, most) || !has_side(b, lon, inner_b, most))
        return ASIDE;
    int64_t from = lesser(inner_a, inner_b), to = greater(inner_a, inner_b);
    int64_t low = greater(beside.a_min, beside.b_min), high = lesser(beside.a_max, beside.b_max);
    *strip = lon ? (tr_box){{(int32_t)from, (int32_t)low}, {(int32_t)to, (int32_t)high}}
                 : (tr_box){{(int32_t)low, (int32_t)from}, {(int32_t)high, (int32_t)to}};
    return width < 0 ? GAP : OVERLAP;
}

static bool covered(const tr_plan *plan, const zone_use *uses, tr_point p)
{
    for (int32_t i = 0; i < plan->zones; i++)
        if (uses[i].used && tr_box_holds(plan->zone[i].zone.box, p) &&
            (!lint_simple(&plan->zone[i].zone) ||
             tr_zone_side(&plan->zone[i].zone, p) == TR_INSIDE))
            return true; /* of a zone that is made of others the box is enough to be silent */
    return false;
}

static void check_meeting(lint *l, const zone_use *uses, int32_t a, int32_t b)
{
    const tr_plan *plan = &l->f->plan;
    const tr_zone *za = &plan->zone[a].zone, *zb = &plan->zone[b].zone;
    tr_box         strip;
    meeting        how = meets(za, zb, true, &strip);
    if (how == ASIDE)
        how = meets(za, zb, false, &strip);
    if (how == ASIDE)
        return;
    tr_witness w = lint_witness(uses[a].clause, uses[b].clause);
    w.at = (tr_point){(int32_t)(((int64_t)strip.min.lon + strip.max.lon) / 2),
                      (int32_t)(((int64_t)strip.min.lat + strip.max.lat) / 2)};
    w.placed = true;
    w.actor = lint_first(uses[a].actors & uses[b].actors);
    w.kind = lint_first(uses[a].kinds & uses[b].kinds);
    bool in_a = tr_zone_side(za, w.at) == TR_INSIDE, in_b = tr_zone_side(zb, w.at) == TR_INSIDE;
    if (how == GAP && !in_a && !in_b && !covered(plan, uses, w.at))
        lint_report(l,
                    (report){TR_E_ZONE_GAP, plan->zone[b].span,
                             "What happens in the strip between them breaches neither clause.",
                             "Give them a common edge.", true},
                    &w, "the zones \"%s\" and \"%s\" leave a gap", front_quote(za->name).z,
                    front_quote(zb->name).z);
    if (how == OVERLAP && in_a && in_b)
        lint_report(l,
                    (report){TR_E_ZONE_OVERLAP, plan->zone[b].span,
                             "What happens in the strip that both have breaches two clauses.",
                             "Give them a common edge.", true},
                    &w, "the zones \"%s\" and \"%s\" overlap", front_quote(za->name).z,
                    front_quote(zb->name).z);
}

static void check_pair(lint *l, const zone_use *uses, int32_t a, int32_t b)
{
    const tr_plan *plan = &l->f->plan;
    const tr_zone *za = &plan->zone[a].zone, *zb = &plan->zone[b].zone;
    tr_witness     w = in_zone(l, uses, b);
    w.other = uses[a].clause;
    if (same_place(za, zb))
        lint_report(l,
                    (report){TR_E_ZONE_TWICE, plan->zone[b].span,
                             "One place with two names: a later change of one leaves the other.",
                             "Keep one of them.", true},
                    &w, "the zones \"%s\" and \"%s\" are the same place", front_quote(za->name).z,
                    front_quote(zb->name).z);
    else if (drawn(za) && drawn(zb) && (uses[a].actors & uses[b].actors) != 0 &&
             (uses[a].kinds & uses[b].kinds) != 0)
        check_meeting(l, uses, a, b);
}

void lint_zones(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    zone_use       uses[FRONT_ZONES];
    for (int32_t i = 0; i < FRONT_ZONES; i++)
        uses[i] = (zone_use){.clause = -1};
    gather(plan, uses);
    for (int32_t b = 0; b < plan->zones; b++) {
        check_unused(l, uses, b);
        check_spill(l, uses, b);
        for (int32_t a = 0; a < b; a++)
            check_pair(l, uses, a, b);
    }
}
