/* compare.c -- two instruments side by side (compare.h).
 *
 * Clauses are paired that bind an actor in common to the same act, the same amount, or to leave
 * something of a class in common; each pair is shown aspect by aspect, from the fields of the two
 * plans.  Contradictions are looked for over all pairs.
 */
#include "report/compare.h"

#include "codec/json.h"
#include "terms/tools.h"
#include "verify/judge.h"

enum { GRID = 24, ASPECTS = 5 };
static const char *const aspects[ASPECTS] = {"actor", "duty", "trigger", "deadline", "measure"};

typedef struct {
    tr_out           *out;
    tr_arena          keep;
    const tr_plan    *plan[2];
    const tr_subject *subject[2];
    int32_t           subjects[2];
    bool              json, more;
    int32_t           contradictions;
} comparing;

/* ---- what a clause binds ---- */

static uint64_t actors_of(const tr_clause *c)
{
    switch (c->kind) {
    case TR_CLAUSE_PROHIBITION:
        return c->u.prohibition.actors;
    case TR_CLAUSE_OBLIGATION:
        return c->u.obligation.actors;
    case TR_CLAUSE_STEP:
        return UINT64_C(1) << c->u.step.actor;
    case TR_CLAUSE_QUANTITY:
        return c->u.quantity.actors;
    case TR_CLAUSE_SHARE:
        return c->u.share.actors;
    default:
        return 0;
    }
}

/* An actor of both, by its id; -1 when there is none. */
static int32_t common_actor(const comparing *c, const tr_clause *a, const tr_clause *b)
{
    for (int32_t i = 0; i < c->plan[0]->actors; i++)
        for (int32_t k = 0; actors_of(a) >> i & 1 && k < c->plan[1]->actors; k++)
            if (actors_of(b) >> k & 1 &&
                tr_str_eq(c->plan[0]->actor[i].id, c->plan[1]->actor[k].id))
                return i;
    return -1;
}

static tr_str act_of(const tr_plan *plan, const tr_clause *c)
{
    return c->kind == TR_CLAUSE_OBLIGATION ? c->u.obligation.act
           : c->kind == TR_CLAUSE_STEP     ? c->u.step.act
           : c->kind == TR_CLAUSE_QUANTITY ? plan->amount[c->u.quantity.amount].name
           : c->kind == TR_CLAUSE_SHARE    ? plan->amount[c->u.share.amount].name
                                           : (tr_str){0};
}

static uint64_t kinds_of(const tr_plan *plan, int32_t class_)
{
    return class_ >= 0 ? plan->class_[class_].kinds : 0;
}

static bool same_duty(const comparing *c, const tr_clause *a, const tr_clause *b)
{
    bool duty = a->kind == TR_CLAUSE_OBLIGATION || a->kind == TR_CLAUSE_STEP;
    bool other = b->kind == TR_CLAUSE_OBLIGATION || b->kind == TR_CLAUSE_STEP;
    if (common_actor(c, a, b) < 0 || (a->kind != b->kind && !(duty && other)))
        return false;
    if (a->kind == TR_CLAUSE_PROHIBITION)
        return (kinds_of(c->plan[0], a->u.prohibition.class_) &
                kinds_of(c->plan[1], b->u.prohibition.class_)) != 0;
    return tr_str_eq(act_of(c->plan[0], a), act_of(c->plan[1], b));
}

/* ---- aspects, from fields ---- */

static int aspect_of(tr_str field)
{
    static const struct {
        const char *field;
        int         aspect;
    } of[] = {{"actors", 0},
              {"actor", 0},
              {"recipients", 0},
              {"act", 1},
              {"mode", 1},
              {"zone", 1},
              {"quantity", 1},
              {"basis", 1},
              {"least", 1},
              {"most", 1},
              {"proof", 1},
              {"class", 1},
              {"starting point", 2},
              {"ladder on", 2},
              {"starting step", 2},
              {"once", 2},
              {"from", 3},
              {"until", 3},
              {"within", 3},
              {"to have done", 3},
              {"to begin", 3},
              {"by", 3},
              {"value owed every", 3},
              {"summed over every", 3},
              {"every", 3},
              {"settled within", 3},
              {"kind of act", 4},
              {"recurs", 2},
              {"tolerance", 1},
              {"void when ended", 3}};
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        if (tr_str_is(field, of[i].field))
            return of[i].aspect;
    return -1;
}

static const tr_subject *subject_of(const comparing *c, int side, int32_t clause)
{
    for (int32_t i = 0; i < c->subjects[side]; i++)
        if (c->subject[side][i].clause == clause)
            return &c->subject[side][i];
    return NULL;
}

static tr_str aspect_text(comparing *c, int side, int32_t clause, int aspect)
{
    const tr_subject *s = clause >= 0 ? subject_of(c, side, clause) : NULL;
    tr_out            out = tr_out_new(&c->keep);
    for (int32_t i = 0; s && i < s->fields; i++)
        if (aspect_of(s->field[i].name) == aspect && s->field[i].value.len > 0 &&
            !tr_str_is(s->field[i].value, "none"))
            tr_put(&out, "%s%.*s %.*s", out.buf.len > 0 ? "; " : "", TR_FMT(s->field[i].name),
                   TR_FMT(s->field[i].value));
    return tr_out_text(&out);
}

/* ---- showing ---- */

static void put_label(comparing *c, const char *name, int side, int32_t clause)
{
    tr_put(c->out, "\"%s\":", name);
    if (clause < 0)
        tr_put(c->out, "null");
    else
        tr_put_json_str(c->out, c->plan[side]->clause[clause].label);
}

static void put_pair_json(comparing *c, int32_t a, int32_t b)
{
    tr_put(c->out, "%s{", c->more ? ",\n" : "");
    put_label(c, "a", 0, a);
    tr_put_char(c->out, ',');
    put_label(c, "b", 1, b);
    for (int i = 0; i < ASPECTS; i++) {
        tr_put(c->out, ",\"%s\":[", aspects[i]);
        tr_put_json_str(c->out, aspect_text(c, 0, a, i));
        tr_put_char(c->out, ',');
        tr_put_json_str(c->out, aspect_text(c, 1, b, i));
        tr_put_char(c->out, ']');
    }
    tr_put_char(c->out, '}');
    c->more = true;
}

static void put_pair(comparing *c, int32_t a, int32_t b)
{
    if (c->json) {
        put_pair_json(c, a, b);
        return;
    }
    if (a >= 0)
        tr_put(c->out, "A \xC2\xA7%.*s", TR_FMT(c->plan[0]->clause[a].label));
    tr_put(c->out, "%s", a >= 0 && b >= 0 ? " beside " : "");
    if (b >= 0)
        tr_put(c->out, "B \xC2\xA7%.*s", TR_FMT(c->plan[1]->clause[b].label));
    tr_put(c->out, "%s\n",
           a < 0   ? ", which A does not ask"
           : b < 0 ? ", which B does not ask"
                   : "");
    for (int i = 0; i < ASPECTS; i++) {
        tr_str one = aspect_text(c, 0, a, i), two = aspect_text(c, 1, b, i);
        if (one.len == 0 && two.len == 0)
            continue;
        if (a >= 0 && b >= 0 && tr_str_eq(one, two)) {
            tr_put(c->out, "    %-9s both  %.*s\n", aspects[i], TR_FMT(one));
            continue;
        }
        if (a >= 0)
            tr_put(c->out, "    %-9s A     %.*s\n", aspects[i],
                   TR_FMT(one.len ? one : TR_STR("-")));
        if (b >= 0)
            tr_put(c->out, "    %-9s B     %.*s\n", aspects[i],
                   TR_FMT(two.len ? two : TR_STR("-")));
    }
}

static void put_pairs(comparing *c)
{
    bool *met = TR_NEW(&c->keep, bool, c->plan[1]->clauses + 1);
    for (int32_t a = 0; a < c->plan[0]->clauses; a++) {
        bool some = false;
        for (int32_t b = 0; b < c->plan[1]->clauses; b++)
            if (same_duty(c, &c->plan[0]->clause[a], &c->plan[1]->clause[b])) {
                put_pair(c, a, b);
                some = met[b] = true;
            }
        if (!some && actors_of(&c->plan[0]->clause[a]) != 0)
            put_pair(c, a, -1);
    }
    for (int32_t b = 0; b < c->plan[1]->clauses; b++)
        if (!met[b] && actors_of(&c->plan[1]->clause[b]) != 0)
            put_pair(c, -1, b);
}

/* ---- contradictions ---- */

/* Acts after which something of the class is in the zone. */
static bool brings(tr_str act)
{
    static const char *const verbs[] = {"keep",  "fly",      "station", "deploy", "hold",
                                        "place", "maintain", "move",    "patrol", "base",
                                        "store", "operate",  "land",    "install"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (tr_str_is(act, verbs[i]))
            return true;
    return false;
}

static bool inside(const tr_plan *plan, int32_t zone, tr_point at, int kind)
{
    tr_judgement judgement = TR_JUDGEMENT;
    tr_incident  incident = {.place = {.at = at, .r_max_m = 1, .kind = TR_PLACE_POINT},
                             .reg = -1,
                             .source = -1,
                             .kind = (uint8_t)kind};
    if (zone < 0)
        return at.lon >= plan->area.min.lon && at.lon <= plan->area.max.lon &&
               at.lat >= plan->area.min.lat && at.lat <= plan->area.max.lat;
    tr_limit_zone(&judgement, plan, zone, &incident);
    return judgement.in == TR_IN_CERTAIN;
}

/* A point surely inside both: of a grid over the first. */
static bool common_point(const tr_plan *a, int32_t zone, const tr_plan *b, int32_t other, int kind,
                         tr_point *at)
{
    tr_box box = zone >= 0 ? a->zone[zone].zone.box : a->area;
    for (int i = 0; i < GRID * GRID; i++) {
        int64_t x = 2 * (i % GRID) + 1, y = 2 * (i / GRID) + 1;
        at->lon = (int32_t)(box.min.lon + ((int64_t)box.max.lon - box.min.lon) * x / (2 * GRID));
        at->lat = (int32_t)(box.min.lat + ((int64_t)box.max.lat - box.min.lat) * y / (2 * GRID));
        if (inside(a, zone, *at, kind) && inside(b, other, *at, kind))
            return true;
    }
    return false;
}

/* By when at the latest; NONE where that hangs on another clause. */
static tr_time deadline_of(const tr_plan *plan, const tr_obligation *o)
{
    if (o->finish.kind == TR_DUE_DATE)
        return o->finish.date;
    tr_time zero = o->finish.zero == TR_ZERO_SIGNATURE ? plan->signature : plan->in_force;
    return o->finish.kind != TR_DUE_WITHIN || o->finish.zero_clause >= 0 || zero == TR_TIME_NONE
               ? TR_TIME_NONE
               : tr_stretch_after(zero, o->finish.within, plan->tz);
}

static void put_contradiction(comparing *c, int32_t a, int32_t b, const char *why)
{
    c->contradictions++;
    if (c->json) {
        tr_put(c->out, "%s{", c->more ? ",\n" : "");
        put_label(c, "a", 0, a);
        tr_put_char(c->out, ',');
        put_label(c, "b", 1, b);
        tr_put(c->out, ",\"why\":\"%s\"}", why);
        c->more = true;
        return;
    }
    tr_put(c->out, "contradiction: A \xC2\xA7%.*s and B \xC2\xA7%.*s: %s\n",
           TR_FMT(c->plan[0]->clause[a].label), TR_FMT(c->plan[1]->clause[b].label), why);
}

/* One instrument demands what brings a class into a zone where the other forbids it, and the
 * prohibition binds for all of the time in which the duty can be done. */
static void demand_and_ban(comparing *c, int side, int32_t duty, int32_t ban)
{
    const tr_plan        *p = c->plan[side], *q = c->plan[1 - side];
    const tr_obligation  *o = &p->clause[duty].u.obligation;
    const tr_prohibition *t = &q->clause[ban].u.prohibition;
    const tr_clause      *x = &c->plan[0]->clause[side == 0 ? duty : ban],
                    *y = &c->plan[1]->clause[side == 0 ? ban : duty];
    uint64_t kinds = kinds_of(p, o->class_) & kinds_of(q, t->class_);
    tr_time  due = deadline_of(p, o), from = t->begin > q->in_force ? t->begin : q->in_force;
    tr_point at;
    if (kinds == 0 || !brings(o->act) || t->excepts > 0 || t->once.atoms > 0 ||
        t->needs.atoms > 0 || p->in_force == TR_TIME_MAX || due == TR_TIME_NONE ||
        from > p->in_force || t->end < due || common_actor(c, x, y) < 0)
        return;
    if (common_point(p, o->zone, q, t->zone, __builtin_ctzll(kinds), &at))
        put_contradiction(c, side == 0 ? duty : ban, side == 0 ? ban : duty,
                          "who does what the one demands breaks the other, in one place at least");
}

/* Of one amount and basis no value lies within both bounds. */
static void bounds_apart(comparing *c, int32_t a, int32_t b)
{
    const tr_quantity *x = &c->plan[0]->clause[a].u.quantity,
                      *y = &c->plan[1]->clause[b].u.quantity;
    if (x->basis == y->basis && x->sum == y->sum && !x->sum &&
        same_duty(c, &c->plan[0]->clause[a], &c->plan[1]->clause[b]) &&
        (x->least > y->most || y->least > x->most))
        put_contradiction(c, a, b, "no value lies within the bounds of both");
}

/* An act of one name that is completed by other words or another reporter. */
static void act_apart(comparing *c, int32_t a, int32_t b)
{
    const tr_plan       *p = c->plan[0], *q = c->plan[1];
    const tr_obligation *x = &p->clause[a].u.obligation, *y = &q->clause[b].u.obligation;
    const tr_act        *one = &p->act[x->act_at], *two = &q->act[y->act_at];
    bool                 reporter = (one->by < 0) != (two->by < 0) ||
                    (one->by >= 0 && !tr_str_eq(p->actor[one->by].id, q->actor[two->by].id));
    if (same_duty(c, &p->clause[a], &q->clause[b]) &&
        (one->seen != two->seen || (!one->seen && reporter)))
        put_contradiction(c, a, b, "one act, and its completion is for different witnesses to say");
}

static void put_contradictions(comparing *c)
{
    for (int32_t a = 0; a < c->plan[0]->clauses; a++)
        for (int32_t b = 0; b < c->plan[1]->clauses; b++) {
            tr_clause_kind x = c->plan[0]->clause[a].kind, y = c->plan[1]->clause[b].kind;
            if (x == TR_CLAUSE_OBLIGATION && y == TR_CLAUSE_PROHIBITION)
                demand_and_ban(c, 0, a, b);
            else if (x == TR_CLAUSE_PROHIBITION && y == TR_CLAUSE_OBLIGATION)
                demand_and_ban(c, 1, b, a);
            else if (x == TR_CLAUSE_QUANTITY && y == TR_CLAUSE_QUANTITY)
                bounds_apart(c, a, b);
            else if (x == TR_CLAUSE_OBLIGATION && y == TR_CLAUSE_OBLIGATION)
                act_apart(c, a, b);
        }
}

int32_t tr_put_comparison(tr_out *out, tr_arena keep, const tr_plan *a, const tr_plan *b, bool json)
{
    comparing c = {.out = out, .keep = keep, .plan = {a, b}, .json = json};
    for (int i = 0; i < 2; i++)
        c.subjects[i] = tr_plan_subjects(&c.keep, c.plan[i], &c.subject[i]);
    if (json)
        tr_put(out, "{\"pairs\":[");
    else
        tr_put(out, "A  %.*s %.*s\nB  %.*s %.*s\n\n", TR_FMT(a->title), TR_FMT(a->version),
               TR_FMT(b->title), TR_FMT(b->version));
    put_pairs(&c);
    tr_put(out, "%s", json ? "],\n\"contradictions\":[" : "\n");
    c.more = false;
    put_contradictions(&c);
    if (json)
        tr_put(out, "]}\n");
    else if (c.contradictions == 0)
        tr_put(out, "no contradiction was found\n");
    return c.contradictions;
}
