/* fields.c -- a plan as names and values, for comparing two of them.
 *
 * A clause also lists what the names in it stand for, so that a zone made wider changes every
 * clause that speaks of it; and its reading, so that nothing a clause means can change unnoticed.
 * Long geometry is given by its number of corners and the beginning of its SHA-256.
 */
#include "terms/front.h"
#include "terms/reading.h"
#include "terms/tools.h"

#include "crypt/crypt.h"

enum { CORNERS_SHOWN = 8 };

typedef TR_VEC(tr_field) fields;
typedef TR_VEC(tr_subject) subjects;

typedef struct {
    tr_arena      *keep;
    const tr_plan *plan;
    fields         now; /* of the subject that is being taken apart */
    subjects       all;
} taking;

static void put_field(taking *t, tr_str name, tr_str value)
{
    *TR_PUSH(t->keep, &t->now) = (tr_field){name, value};
}

static void put_text(taking *t, const char *name, tr_str value)
{
    put_field(t, tr_str_of(name), value.at ? value : TR_STR(""));
}

static void put_number(taking *t, const char *name, int64_t value)
{
    tr_out out = tr_out_new(t->keep);
    tr_put(&out, "%lld", (long long)value);
    put_text(t, name, tr_out_text(&out));
}

static void put_flag(taking *t, const char *name, bool value)
{
    put_text(t, name, value ? TR_STR("yes") : TR_STR("no"));
}

static void put_ppm(taking *t, const char *name, int32_t ppm)
{
    tr_out out = tr_out_new(t->keep);
    tr_put(&out, "%d ppm", ppm);
    put_text(t, name, tr_out_text(&out));
}

static void put_moment(taking *t, const char *name, tr_time at)
{
    tr_out out = tr_out_new(t->keep);
    if (at == TR_TIME_NONE || at == TR_TIME_MAX)
        tr_put(&out, "none");
    else
        tr_put_time(&out, at);
    put_text(t, name, tr_out_text(&out));
}

static void stretch_text(tr_out *out, tr_stretch stretch)
{
    if (stretch.days >= 0)
        tr_put(out, "%lld calendar days", (long long)stretch.days);
    else if (stretch.ns % TR_HOUR == 0)
        tr_put(out, "%lld hours", (long long)(stretch.ns / TR_HOUR));
    else
        tr_put(out, "%lld seconds", (long long)(stretch.ns / TR_SECOND));
}

static void put_stretch(taking *t, const char *name, tr_stretch stretch)
{
    tr_out out = tr_out_new(t->keep);
    stretch_text(&out, stretch);
    put_text(t, name, tr_out_text(&out));
}

/* Names in ascending bytes: the order of declaration says nothing. */
static tr_str actor_names(const taking *t, uint64_t bits)
{
    tr_out out = tr_out_new(t->keep);
    tr_str last = {0};
    for (int left = __builtin_popcountll(bits); left > 0; left--) {
        tr_str next = {0};
        for (int32_t i = 0; i < t->plan->actors; i++) {
            tr_str id = t->plan->actor[i].id;
            if ((bits >> i & 1) && (!last.at || tr_str_cmp(id, last) > 0) &&
                (!next.at || tr_str_cmp(id, next) < 0))
                next = id;
        }
        tr_put(&out, "%s%.*s", last.at ? ", " : "", TR_FMT(next));
        last = next;
    }
    return tr_out_text(&out);
}

static tr_str kind_names(const taking *t, uint64_t kinds)
{
    tr_out out = tr_out_new(t->keep);
    for (int i = 0; i < TR_KINDS; i++) {
        tr_kind up = tr_kind_parent((tr_kind)i);
        if ((kinds >> i & 1) && !(up != (tr_kind)i && kinds >> up & 1))
            tr_put(&out, "%s%s", out.buf.len > 0 ? ", " : "", tr_kind_name((tr_kind)i));
    }
    return tr_out_text(&out);
}

static tr_str label_of(const taking *t, int32_t clause)
{
    return clause >= 0 ? t->plan->clause[clause].label : TR_STR("none");
}

/* ---- places ---- */

/* 376000000 -> "37.6 E" */
static void put_degree(tr_out *out, int32_t value, char letter)
{
    int64_t size = value < 0 ? -(int64_t)value : value;
    int64_t part = size % 10000000;
    int     places = 7;
    for (; places > 0 && part % 10 == 0; places--)
        part /= 10;
    tr_put(out, "%lld", (long long)(size / 10000000));
    if (places > 0)
        tr_put(out, ".%0*lld", places, (long long)part);
    tr_put(out, " %c", letter);
}

static void put_degrees(tr_out *out, tr_point p)
{
    put_degree(out, p.lon, p.lon < 0 ? 'W' : 'E');
    tr_put_char(out, ' ');
    put_degree(out, p.lat, p.lat < 0 ? 'S' : 'N');
}

static void put_corners(tr_out *out, const tr_point *corner, int32_t corners)
{
    if (corners > CORNERS_SHOWN) {
        tr_hash hash =
            tr_sha256((tr_str){(const char *)corner, corners * (ptrdiff_t)sizeof *corner});
        tr_put(out, "%d corners, sha256 ", corners);
        tr_put_hex(out, hash.at, 8);
        return;
    }
    for (int32_t i = 0; i < corners; i++) {
        tr_put(out, "%s", i > 0 ? ", " : "");
        put_degrees(out, corner[i]);
    }
}

static tr_str line_of(const taking *t, const tr_plan_line *line)
{
    tr_out out = tr_out_new(t->keep);
    for (int32_t i = 0; i < line->versions; i++) {
        const tr_line_version *v = &line->version[i];
        tr_put(&out, "%s", i > 0 ? "; " : "");
        put_corners(&out, v->line.corner, v->line.corners);
        if (v->begin != TR_TIME_NONE) {
            tr_put(&out, " from ");
            tr_put_time(&out, v->begin);
        }
        if (v->end != TR_TIME_MAX) {
            tr_put(&out, " until ");
            tr_put_time(&out, v->end);
        }
    }
    return tr_out_text(&out);
}

static void put_strip(const taking *t, tr_out *out, const tr_zone_part *part)
{
    tr_put(out, "within %lld mm of %.*s", (long long)part->within_mm,
           TR_FMT(t->plan->line[part->line].name));
    if (part->actors != 0)
        tr_put(out, " for %.*s", TR_FMT(actor_names(t, part->actors)));
    if (part->kinds != 0)
        tr_put(out, " for %.*s", TR_FMT(kind_names(t, part->kinds)));
    tr_put(out, " (%.*s)", TR_FMT(line_of(t, &t->plan->line[part->line])));
}

/* A zone made of others, those that it names by their names. */
static tr_str made_text(const taking *t, const tr_plan_zone *zone)
{
    static const char *const words[] = {
        [TR_MADE_AND] = "and", [TR_MADE_OR] = "or", [TR_MADE_WITHOUT] = "without"};
    tr_out out = tr_out_new(t->keep);
    for (int32_t i = 0; i < zone->parts; i++) {
        tr_put(&out, "%s", i > 0 ? ", " : "");
        put_strip(t, &out, &zone->part[i]);
    }
    for (int32_t i = 0; i < zone->ofs; i++) {
        if (i > 0)
            tr_put(&out, " %s ", words[zone->making]);
        tr_put_str(&out, zone->of[i] < 0 ? TR_STR("area") : t->plan->zone[zone->of[i]].zone.name);
    }
    if (zone->ofs > 0 && zone->h_from_m != TR_HEIGHT_LEAST)
        tr_put(&out, " from %d m", zone->h_from_m);
    if (zone->ofs > 0 && zone->h_to_m != TR_HEIGHT_MOST)
        tr_put(&out, " to below %d m", zone->h_to_m);
    if (zone->making == TR_MADE_SECTORS)
        tr_put(&out, "%.*s divided every %lld mm (%.*s)",
               TR_FMT(t->plan->line[zone->line].name), (long long)zone->every_mm,
               TR_FMT(line_of(t, &t->plan->line[zone->line])));
    if (zone->making == TR_MADE_PARTS)
        tr_put(&out, ", boundary %s", zone->zone.boundary_inside ? "inside" : "outside");
    return tr_out_text(&out);
}

static tr_str zone_text(const taking *t, const tr_plan_zone *said)
{
    tr_out         out = tr_out_new(t->keep);
    const tr_zone *zone = &said->zone;
    if (said->making != TR_MADE_SHAPE)
        return made_text(t, said);
    if (zone->shape == TR_ZONE_NEAR_LINE) {
        if (zone->within_mm % 1000 == 0)
            tr_put(&out, "within %lld m of ", (long long)(zone->within_mm / 1000));
        else
            tr_put(&out, "within %lld mm of ", (long long)zone->within_mm);
        put_corners(&out, zone->line->corner, zone->line->corners);
    } else if (zone->shape == TR_ZONE_BOX) {
        tr_put(&out, "box ");
        put_degrees(&out, zone->box.min);
        tr_put(&out, " to ");
        put_degrees(&out, zone->box.max);
    }
    for (int32_t i = 0; zone->shape == TR_ZONE_RINGS && i < zone->rings; i++) {
        tr_put(&out, "%sring ", i > 0 ? "; " : "");
        put_corners(&out, zone->ring[i].corner, zone->ring[i].corners);
    }
    tr_put(&out, ", boundary %s", zone->boundary_inside ? "inside" : "outside");
    return tr_out_text(&out);
}

static tr_str gate_text(const taking *t, const tr_gate *gate)
{
    tr_out out = tr_out_new(t->keep);
    tr_put(&out, "confidence >= %d ppm, sources >= %d, rung >= %d", gate->confidence_ppm,
           gate->sources, gate->rung);
    return tr_out_text(&out);
}

static tr_str counting_text(const taking *t, const tr_counting *counting)
{
    tr_out out = tr_out_new(t->keep);
    tr_put(&out, "%s version %d", tr_rule_name(counting->rule), counting->version);
    return tr_out_text(&out);
}

/* "zone DMZ", a name of a field or subject. */
static tr_str named(const taking *t, const char *sort, tr_str name)
{
    tr_out out = tr_out_new(t->keep);
    tr_put(&out, "%s %.*s", sort, TR_FMT(name));
    return tr_out_text(&out);
}

static tr_str numbered(const taking *t, const char *side, const char *what, int32_t i)
{
    tr_out out = tr_out_new(t->keep);
    tr_put(&out, "%s %d %s", side, i + 1, what);
    return tr_out_text(&out);
}

/* ---- clauses: names, then what they stand for ---- */

static void put_zone_use(taking *t, tr_str name, int32_t zone)
{
    if (zone < 0) {
        put_field(t, name, TR_STR("the whole area"));
        return;
    }
    bool need[TR_ZONES] = {0};
    put_field(t, name, t->plan->zone[zone].zone.name);
    need[zone] = true;
    for (int32_t i = zone; i >= 0; i--) { /* and what it is made of */
        const tr_plan_zone *z = &t->plan->zone[i];
        if (!need[i])
            continue;
        put_field(t, named(t, "zone", z->zone.name), zone_text(t, z));
        for (int32_t k = 0; k < z->ofs; k++)
            if (z->of[k] >= 0)
                need[z->of[k]] = true;
    }
}

static void take_when(taking *t, const char *name, const tr_when *when)
{
    tr_out out = tr_out_new(t->keep);
    tr_put_condition(&out, t->plan, when);
    if (when->atoms > 0)
        put_text(t, name, tr_out_text(&out));
}

static void take_binding(taking *t, const tr_when *once, const tr_when *needs)
{
    take_when(t, "once", once);
    take_when(t, "needs", needs);
}

static tr_str label_list(const taking *t, const int32_t *list, int32_t count)
{
    tr_out out = tr_out_new(t->keep);
    for (int32_t i = 0; i < count; i++)
        tr_put(&out, "%s%.*s", i > 0 ? ", " : "", TR_FMT(t->plan->clause[list[i]].label));
    return tr_out_text(&out);
}

static void take_force(taking *t, const tr_force *force)
{
    take_when(t, "in force when", &force->when);
    if (force->lapses)
        put_stretch(t, "lapses after signature", force->lapse);
}

static void take_effect(taking *t, const tr_effect *e)
{
    static const char *const kinds[] = {"suspends", "terminates", "voids",
                                        "lifts",    "exchanges",  "needs"};
    put_text(t, "effect", tr_str_of(kinds[e->kind]));
    put_text(t, "of", e->whole ? TR_STR("the agreement") : label_list(t, e->of, e->ofs));
    if (e->withs > 0)
        put_text(t, "for", label_list(t, e->with, e->withs));
    put_text(t, "actors", actor_names(t, e->actors));
    take_when(t, e->passing ? "while" : "when", &e->when);
    take_when(t, "snaps back when", &e->back);
    if (e->kind == TR_EFFECT_SUSPENDS)
        put_text(t, "clock", e->clock_stops ? TR_STR("stops") : TR_STR("runs"));
}

static void take_milestone(taking *t, const tr_milestone *m)
{
    put_text(t, "title", m->title);
    take_when(t, "reached when", &m->when);
    put_moment(t, "by", m->by);
}

static void put_daily(taking *t, const tr_daily *daily)
{
    tr_out out = tr_out_new(t->keep);
    tr_put_daily(&out, daily);
    put_text(t, "each day", tr_out_text(&out));
}

static void take_prohibition(taking *t, const tr_prohibition *p)
{
    const tr_class *class_ = &t->plan->class_[p->class_];
    put_text(t, "actors", actor_names(t, p->actors));
    put_text(t, "act", p->act);
    put_text(t, "class", class_->name);
    put_field(t, named(t, "class", class_->name), kind_names(t, class_->kinds));
    put_zone_use(t, TR_STR("zone"), p->zone);
    put_text(t, "proof", p->gate >= 0 ? t->plan->gate[p->gate].name : TR_STR("none"));
    if (p->gate >= 0)
        put_field(t, named(t, "proof", t->plan->gate[p->gate].name),
                  gate_text(t, &t->plan->gate[p->gate]));
    put_moment(t, "from", p->begin);
    put_moment(t, "until", p->end);
    if (p->daily.stated)
        put_daily(t, &p->daily);
    take_binding(t, &p->once, &p->needs);
    put_ppm(t, "coverage", p->coverage_ppm);
}

static void take_condition(taking *t, const char *side, int32_t i, const tr_condition *c)
{
    static const char *const sets[] = {"certain", "best", "possible"};
    const tr_counting       *counting = &t->plan->counting[c->counting];
    put_field(t, numbered(t, side, "counting", i), counting->name);
    put_field(t, named(t, "counting", counting->name), counting_text(t, counting));
    put_field(t, numbered(t, side, "of", i), label_of(t, c->of));
    put_field(t, numbered(t, side, "kinds", i), kind_names(t, c->kinds));
    put_field(t, numbered(t, side, "by", i),
              c->by ? t->plan->actor[c->by - 1].id : TR_STR("any party"));
    put_zone_use(t, numbered(t, side, "zone", i), c->zone);
    if (c->per)
        put_zone_use(t, numbered(t, side, "per", i), c->per - 1);
    put_stretch(t, tr_str_z(t->keep, numbered(t, side, "window", i)), c->window);
    tr_out bound = tr_out_new(t->keep);
    if (c->most == INT64_MAX)
        tr_put(&bound, "at least %lld", (long long)c->least);
    else
        tr_put(&bound, "%lld to %lld", (long long)c->least, (long long)c->most);
    put_field(t, numbered(t, side, "bound", i), tr_out_text(&bound));
    put_field(t, numbered(t, side, "compares", i), tr_str_of(sets[c->set]));
}

static void take_threshold(taking *t, const tr_threshold *w)
{
    for (int32_t i = 0; i < w->ons; i++)
        take_condition(t, "start", i, &w->on[i]);
    for (int32_t i = 0; i < w->offs; i++)
        take_condition(t, "end", i, &w->off[i]);
    put_stretch(t, "start held for", w->on_hold);
    put_stretch(t, "end held for", w->off_hold);
    put_moment(t, "counting from", w->from);
    put_number(t, "rung", w->rung);
    put_number(t, "corroboration", w->corroboration);
    put_flag(t, "exercises counted", w->exercises);
    put_flag(t, "contested counted", w->contested);
    put_text(t, "against", w->against ? actor_names(t, w->against) : TR_STR("none"));
    put_text(t, "late facts",
             w->late == TR_LATE_AS_KNOWN ? TR_STR("as known") : TR_STR("as happened"));
    put_flag(t, "review", w->review);
    put_text(t, "register", w->reg >= 0 ? t->plan->reg[w->reg].id : TR_STR("none"));
    if (w->decided_by > 0) {
        put_text(t, "decided by", actor_names(t, w->decided_by));
        put_stretch(t, "decided within", w->decided_within);
    }
}

static const tr_act *act_named(const taking *t, tr_str name)
{
    for (int32_t i = 0; i < t->plan->acts; i++)
        if (tr_str_eq(t->plan->act[i].name, name))
            return &t->plan->act[i];
    return NULL;
}

static void take_act(taking *t, const tr_act *act)
{
    put_text(t, "kind of act", tr_str_of(tr_act_kind_name(act->kind)));
    put_text(t, "words", act->with);
    put_flag(t, "takes recipients", act->to);
    put_text(t, "reported by", act->by >= 0 ? t->plan->actor[act->by].id : TR_STR("the actor"));
    put_text(t, act->publishes ? "publication" : "report", act->report);
}

static void take_step(taking *t, const tr_step *s)
{
    static const char *const zeros[] = {"activation",        "first breach", "step fulfilled",
                                        "step acknowledged", "in force",     "signature"};
    const tr_act            *act = act_named(t, s->act);
    put_text(t, "actor", t->plan->actor[s->actor].id);
    put_text(t, "mode", s->must ? TR_STR("must") : TR_STR("may"));
    put_text(t, "act", s->act);
    if (act)
        take_act(t, act);
    put_text(t, "recipients", actor_names(t, s->to));
    put_stretch(t, "within", s->within);
    put_text(t, "starting point",
             (size_t)s->zero < sizeof zeros / sizeof zeros[0] ? tr_str_of(zeros[s->zero])
                                                              : TR_STR("another"));
    put_text(t, "starting step", label_of(t, s->zero_clause));
    put_flag(t, "void when ended", s->unless_ended);
    put_text(t, "ladder on", label_of(t, s->on));
}

/* "within 14 calendar days of fulfilment of 3.1", "2026-02-10T10:00:00Z" or "none" */
static void take_due(taking *t, const char *name, const tr_due *due)
{
    tr_out out = tr_out_new(t->keep);
    if (due->kind != TR_DUE_WITHIN) {
        put_moment(t, name, due->kind == TR_DUE_DATE ? due->date : TR_TIME_NONE);
        return;
    }
    tr_put(&out, "within ");
    stretch_text(&out, due->within);
    if (due->zero_clause >= 0)
        tr_put(&out, " of the %s of %.*s",
               due->zero == TR_ZERO_STEP_NOTIFIED ? "beginning" : "fulfilment",
               TR_FMT(label_of(t, due->zero_clause)));
    else
        tr_put(&out, due->zero == TR_ZERO_SIGNATURE ? " of signature" : " of in force");
    put_text(t, name, tr_out_text(&out));
}

static void put_value(taking *t, const char *name, int64_t value)
{
    tr_out out = tr_out_new(t->keep);
    if (value == INT64_MIN || value == INT64_MAX)
        tr_put(&out, "none");
    else
        tr_put_value(&out, value);
    put_text(t, name, tr_out_text(&out));
}

static void put_period(taking *t, const char *name, const tr_period *period)
{
    tr_out out = tr_out_new(t->keep);
    if (period->kind == TR_PERIOD_NONE)
        tr_put(&out, "none");
    else
        tr_put_period(&out, period);
    put_text(t, name, tr_out_text(&out));
}

static void take_quantity(taking *t, const tr_quantity *q)
{
    put_text(t, "actors", actor_names(t, q->actors));
    put_text(t, "mode", q->sum ? TR_STR("provide") : TR_STR("keep"));
    put_text(t, "basis", tr_str_of(tr_basis_name(q->basis)));
    put_text(t, "quantity", t->plan->amount[q->amount].name);
    put_text(t, "unit", t->plan->amount[q->amount].unit);
    put_value(t, "least", q->least);
    put_value(t, "most", q->most);
    put_ppm(t, "tolerance", q->tolerance_ppm);
    put_period(t, "value owed every", &q->report);
    put_period(t, "summed over every", &q->period);
    put_moment(t, "from", q->begin);
    put_moment(t, "until", q->end == TR_TIME_MAX ? TR_TIME_NONE : q->end);
    put_moment(t, "by", q->by);
    put_ppm(t, "excess to detect", q->excess_ppm);
    put_ppm(t, "probability to detect it", q->detect_ppm);
}

static void take_share(taking *t, const tr_sharing *s)
{
    put_text(t, "actors", actor_names(t, s->actors));
    put_text(t, "quantity", t->plan->amount[s->amount].name);
    for (int32_t i = 0; i < s->parts; i++) {
        tr_out out = tr_out_new(t->keep);
        tr_put(&out, "%d ppm", s->part_ppm[i]);
        put_field(t, named(t, "share of", t->plan->actor[s->part_of[i]].id), tr_out_text(&out));
    }
    put_period(t, "every", &s->period);
    put_ppm(t, "tolerance", s->tolerance_ppm);
    put_stretch(t, "settled within", s->settled);
}

static void take_obligation(taking *t, const tr_obligation *o)
{
    const tr_act *act = &t->plan->act[o->act_at];
    put_text(t, "actors", actor_names(t, o->actors));
    put_text(t, "act", o->act);
    take_act(t, act);
    if (act->seen) {
        put_number(t, "nothing seen for, seconds", act->hold_ns / TR_SECOND);
        put_ppm(t, "least coverage", act->coverage_ppm);
    }
    put_text(t, "recipients", actor_names(t, o->to));
    take_binding(t, &o->once, &o->needs);
    if (o->class_ >= 0) {
        const tr_class *class_ = &t->plan->class_[o->class_];
        put_field(t, named(t, "class", class_->name), kind_names(t, class_->kinds));
        put_zone_use(t, TR_STR("zone"), o->zone);
    }
    if (o->gate >= 0)
        put_field(t, named(t, "proof", t->plan->gate[o->gate].name),
                  gate_text(t, &t->plan->gate[o->gate]));
    if (o->each.kind != TR_EACH_NONE) {
        tr_out each = tr_out_new(t->keep);
        read_each(&each, t->plan, &o->each);
        put_text(t, "recurs", tr_out_text(&each));
    }
    take_due(t, "to begin", &o->begin);
    take_due(t, "to have done", &o->finish);
}

static void take_stated(taking *t, const tr_stated *s)
{
    put_text(t, "stated", s->kind == TR_STATED_OPEN ? TR_STR("open") : TR_STR("sealed"));
    put_text(t, "title", s->title);
    put_text(t, "decided by", actor_names(t, s->decided_by));
    put_text(t, "sha256", s->sha256);
    put_text(t, "text for", actor_names(t, s->to));
    put_text(t, "verdict for",
             s->verdict_public ? TR_STR("public") : actor_names(t, s->verdict_to));
}

/* ---- subjects ---- */

static void close_subject(taking *t, tr_str name, int32_t clause)
{
    *TR_PUSH(t->keep, &t->all) = (tr_subject){name, clause, t->now.at, (int32_t)t->now.len};
    t->now = (fields){0};
}

static void take_clause(taking *t, int32_t index)
{
    static const char *const kinds[] = {"prohibition", "threshold", "step",
                                        "obligation",  "quantity",  "share"};
    const tr_clause         *c = &t->plan->clause[index];
    tr_out                   reading = tr_out_new(t->keep), name = tr_out_new(t->keep);
    put_text(t, "article", c->article);
    put_text(t, "name", c->name);
    put_text(t, "sort",
             (size_t)c->kind < sizeof kinds / sizeof kinds[0] ? tr_str_of(kinds[c->kind])
                                                              : TR_STR("another"));
    if (c->kind == TR_CLAUSE_PROHIBITION)
        take_prohibition(t, &c->u.prohibition);
    else if (c->kind == TR_CLAUSE_THRESHOLD)
        take_threshold(t, &c->u.threshold);
    else if (c->kind == TR_CLAUSE_STEP)
        take_step(t, &c->u.step);
    else if (c->kind == TR_CLAUSE_OBLIGATION)
        take_obligation(t, &c->u.obligation);
    else if (c->kind == TR_CLAUSE_FORCE)
        take_force(t, &c->u.force);
    else if (c->kind == TR_CLAUSE_EFFECT)
        take_effect(t, &c->u.effect);
    else if (c->kind == TR_CLAUSE_MILESTONE)
        take_milestone(t, &c->u.milestone);
    else if (c->kind == TR_CLAUSE_QUANTITY)
        take_quantity(t, &c->u.quantity);
    else if (c->kind == TR_CLAUSE_SHARE)
        take_share(t, &c->u.share);
    else if (c->kind == TR_CLAUSE_STATED)
        take_stated(t, &c->u.stated);
    if (c->group > 0)
        put_text(t, "for the group", t->plan->actor[c->group - 1].id);
    tr_put_meaning(&reading, t->plan, index);
    put_text(t, "reading", tr_str_trim(tr_out_text(&reading)));
    tr_put(&name, "\xC2\xA7%.*s", TR_FMT(c->label));
    close_subject(t, tr_out_text(&name), index);
}

static void take_head(taking *t)
{
    const tr_plan *p = t->plan;
    tr_out         area = tr_out_new(t->keep);
    put_text(t, "title", p->title);
    put_text(t, "id", p->id);
    put_text(t, "version", p->version);
    put_text(t, "note", p->note);
    put_flag(t, "hypothetical", p->hypothetical);
    put_text(t, "time zone", tr_tz_name(p->tz));
    put_degrees(&area, p->area.min);
    tr_put(&area, " to ");
    put_degrees(&area, p->area.max);
    put_text(t, "area", tr_out_text(&area));
    put_moment(t, "signature", p->signature);
    put_moment(t, "in force from", p->in_force);
    put_number(t, "late facts accepted, days", p->late_days);
    put_number(t, "verdicts final after, days", p->final_days);
    close_subject(t, TR_STR("agreement"), -1);
}

static void take_actors(taking *t)
{
    static const char *const kinds[] = {"party", "guarantor", "body", "witness", "group"};
    for (int32_t i = 0; i < t->plan->actors; i++) {
        const tr_actor *a = &t->plan->actor[i];
        put_text(t, "name", a->name);
        put_text(t, "of", actor_names(t, a->members));
        close_subject(t, named(t, kinds[a->kind], a->id), -1);
    }
}

static void take_places(taking *t)
{
    for (int32_t i = 0; i < t->plan->lines; i++) {
        const tr_plan_line *line = &t->plan->line[i];
        put_text(t, "corners", line_of(t, line));
        if (line->length_mm > 0) {
            put_number(t, "length km", line->length_mm / 1000000);
            put_ppm(t, "tolerance", line->tolerance_ppm);
        }
        put_flag(t, "coarse", line->coarse);
        put_text(t, "note", line->note);
        close_subject(t, named(t, "line", line->name), -1);
    }
    for (int32_t i = 0; i < t->plan->zones; i++) {
        const tr_plan_zone *zone = &t->plan->zone[i];
        put_text(t, "place", zone_text(t, zone));
        put_flag(t, "coarse", zone->coarse);
        put_text(t, "note", zone->note);
        close_subject(t, named(t, "zone", zone->zone.name), -1);
    }
}

static void take_words(taking *t)
{
    const tr_plan *p = t->plan;
    for (int32_t i = 0; i < p->classes; i++) {
        put_text(t, "kinds", kind_names(t, p->class_[i].kinds));
        close_subject(t, named(t, "class", p->class_[i].name), -1);
    }
    for (int32_t i = 0; i < p->gates; i++) {
        put_text(t, "needs", gate_text(t, &p->gate[i]));
        close_subject(t, named(t, "proof", p->gate[i].name), -1);
    }
    for (int32_t i = 0; i < p->countings; i++) {
        put_text(t, "rule", counting_text(t, &p->counting[i]));
        close_subject(t, named(t, "counting", p->counting[i].name), -1);
    }
    for (int32_t i = 0; i < p->regs; i++) {
        put_text(t, "source", p->reg[i].source);
        put_text(t, "name", p->reg[i].name);
        put_text(t, "kinds", kind_names(t, p->reg[i].kinds));
        close_subject(t, named(t, "register", p->reg[i].id), -1);
    }
    for (int32_t i = 0; i < p->parameters; i++) {
        put_text(t, "value", p->parameter[i].value);
        put_text(t, "where it comes from", p->parameter[i].source);
        close_subject(t, named(t, "parameter", p->parameter[i].name), -1);
    }
    for (int32_t i = 0; i < p->amounts; i++) {
        put_text(t, "title", p->amount[i].title);
        put_text(t, "unit", p->amount[i].unit);
        close_subject(t, named(t, "quantity", p->amount[i].name), -1);
    }
    for (int32_t i = 0; i < p->acts; i++) {
        take_act(t, &p->act[i]);
        close_subject(t, named(t, "act", p->act[i].name), -1);
    }
}

int32_t tr_plan_subjects(tr_arena *keep, const tr_plan *plan, const tr_subject **subject)
{
    taking t = {.keep = keep, .plan = plan};
    take_head(&t);
    take_actors(&t);
    take_places(&t);
    take_words(&t);
    for (int32_t i = 0; i < plan->clauses; i++)
        take_clause(&t, i);
    *subject = t.all.at;
    return (int32_t)t.all.len;
}
