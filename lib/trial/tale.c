/* tale.c -- lines of a counterexample: times, places, observations, an activation (tale.h). */
#include "trial/tale.h"

#include "verify/place.h"

#include <stdarg.h>
#include <stdio.h>

void tale_time(tale *t, tr_time at)
{
    tr_civil c = tr_civil_of(at, t->plan->tz);
    c.nano = 0;
    if (tr_time_of(&c, t->plan->tz) != at - at % TR_SECOND) { /* an hour that comes twice */
        tr_put_time(&t->out, at);
        return;
    }
    tr_put(&t->out, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
    if (c.second > 0)
        tr_put(&t->out, ":%02d", c.second);
}

void tale_tick(tale *t, tr_time at)
{
    tr_put(&t->out, "tick ");
    tale_time(t, at);
    tr_put(&t->out, "\n");
}

void tale_expect(tale *t, const char *format, ...)
{
    char    text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tr_put(&t->out, "expect %s\n", text);
}

tr_str tale_label(const tale *t, int32_t clause)
{
    return t->plan->clause[clause].label;
}

tr_str tale_actor(const tale *t, int32_t actor)
{
    return t->plan->actor[actor].id;
}

static tr_point middle(tr_box box, int64_t i, int64_t k, int64_t n)
{
    return (tr_point){
        box.min.lon + (int32_t)(((int64_t)box.max.lon - box.min.lon) * (2 * i + 1) / (2 * n)),
        box.min.lat + (int32_t)(((int64_t)box.max.lat - box.min.lat) * (2 * k + 1) / (2 * n))};
}

tr_point tale_point(const tale *t, int32_t zone)
{
    tr_box area = t->plan->area;
    tr_box box = zone >= 0 ? t->plan->zone[zone].zone.box : area;
    if (zone < 0)
        return t->w->placed ? t->w->at : middle(area, 0, 0, 1);
    if (t->w->placed && tr_zone_ground(t->plan, zone, 0, 0, t->w->at) == TR_ZONE_IN)
        return t->w->at;
    for (int64_t n = 1; n <= 33; n = 2 * n + 1)
        for (int64_t i = 0; i < n * n; i++) {
            tr_point p = middle(box, i % n, i / n, n);
            if (tr_box_holds(area, p) && tr_zone_ground(t->plan, zone, 0, 0, p) == TR_ZONE_IN)
                return p;
        }
    return middle(box, 0, 0, 1);
}

static tr_time later(tr_time a, tr_time b)
{
    return a > b ? a : b;
}

tr_time tale_moment(const tale *t, const tr_prohibition *p)
{
    const tr_civil otherwise = {.year = 2026, .month = 1, .day = 1};
    tr_time        from = later(later(p->begin, t->plan->in_force), t->plan->signature);
    if (from == TR_TIME_NONE)
        from = tr_time_of(&otherwise, t->plan->tz);
    return from + TR_HOUR < p->end ? from + TR_HOUR : from;
}

static void put_degrees(tale *t, int64_t value, char plus, char minus)
{
    int64_t size = value < 0 ? -value : value;
    tr_put(&t->out, " %lld.%07lld %c", (long long)(size / 10000000), (long long)(size % 10000000),
           value < 0 ? minus : plus);
}

void tale_seen(tale *t, tr_time at, tr_kind kind, int64_t count, tr_point where, const char *more)
{
    tr_put(&t->out, "patrol P1 sees %s %lld at", tr_kind_name(kind), (long long)count);
    put_degrees(t, where.lon, 'E', 'W');
    put_degrees(t, where.lat, 'N', 'S');
    tr_put(&t->out, " radius 1 m seen ");
    tale_time(t, at);
    tr_put(&t->out, " id x%lld%s\n", (long long)++t->rows, more);
}

bool tale_proves(const tale *t, int32_t gate)
{
    const tr_gate *g = gate >= 0 ? &t->plan->gate[gate] : NULL;
    return !g || (g->confidence_ppm == 0 && g->sources <= 1 && g->rung == 0);
}

/* ---- an activation ---- */

static const tr_condition *easiest(const tr_threshold *th)
{
    const tr_condition *best = &th->on[0];
    for (int32_t i = 1; i < th->ons; i++)
        if (th->on[i].least < best->least)
            best = &th->on[i];
    return best;
}

static void put_rows(tale *t, const tr_register *reg, tr_kind kind, tr_time at, int64_t rows,
                     tr_point where)
{
    tr_put(&t->out, "table %.*s of %s rows %lld seen ", TR_FMT(reg->source), tr_kind_name(kind),
           (long long)rows);
    tale_time(t, at);
    tr_put(&t->out, " at");
    put_degrees(t, where.lon, 'E', 'W');
    put_degrees(t, where.lat, 'N', 'S');
    tr_put(&t->out, " radius 1 m id x%lld\n", (long long)++t->rows);
}

static tr_kind lowest(uint64_t kinds)
{
    for (int k = 0; k < TR_KINDS; k++)
        if (kinds >> k & 1)
            return (tr_kind)k;
    return 0;
}

/* From one breach to the next: a minute, or less where all must lie in the window. */
static int64_t pace(const tr_condition *c, int64_t rows)
{
    int64_t window = c->window.days >= 0 ? c->window.days * (TR_DAY - TR_HOUR) : c->window.ns;
    int64_t most = window / (rows + 1) / TR_SECOND * TR_SECOND;
    return most > TR_MINUTE ? TR_MINUTE : most > 0 ? most : TR_SECOND;
}

/* The kind that R-SMM counts, when the rule is that; else any. */
static tr_kind counted_kind(const tr_plan *plan, const tr_condition *c)
{
    int sum = TR_KIND_SMM_EXPLOSION | TR_KIND_SMM_PROJECTILE | TR_KIND_SMM_FLASH |
              TR_KIND_SMM_FLARE | TR_KIND_SMM_SHOT;
    for (int k = 0; plan->counting[c->counting].rule == TR_RULE_SMM && k < TR_KINDS; k++)
        if (c->kinds >> k & 1 && tr_kind_flags((tr_kind)k) & sum)
            return (tr_kind)k;
    return lowest(c->kinds);
}

/* Of a clause that leaves some party free only what is decided to be of one it binds is certain. */
static void seen_of(tale *t, const tr_prohibition *p, tr_time at, tr_kind kind, int64_t count,
                    tr_point where)
{
    const tr_actor *body = NULL, *bound = NULL;
    bool            some = false;
    char            more[40] = "";
    for (int32_t i = 0; i < t->plan->actors; i++) {
        const tr_actor *one = &t->plan->actor[i];
        body = one->kind == TR_ACTOR_BODY && !body ? one : body;
        some |= one->kind == TR_ACTOR_PARTY && !(p->actors >> i & 1);
        if (one->kind == TR_ACTOR_PARTY && p->actors >> i & 1 && !bound)
            bound = one;
    }
    some = some && body && bound;
    if (some)
        snprintf(more, sizeof more, " as seen_%lld", (long long)t->rows);
    tale_seen(t, at, kind, count, where, more);
    if (some)
        tr_put(&t->out, "body %.*s attributes entry%s to %.*s rung side\n", TR_FMT(body->id),
               more + 3, TR_FMT(bound->id));
}

bool tale_activate(tale *t, int32_t threshold, tr_time *reached, int64_t *count, bool *possible)
{
    const tr_threshold   *th = &t->plan->clause[threshold].u.threshold;
    const tr_condition   *c = easiest(th);
    const tr_prohibition *p = &t->plan->clause[c->of].u.prohibition;
    const tr_register    *reg = th->reg >= 0 ? &t->plan->reg[th->reg] : NULL;
    bool                  smm = t->plan->counting[c->counting].rule == TR_RULE_SMM;
    tr_kind               kind = reg ? lowest(c->kinds & reg->kinds) : counted_kind(t->plan, c);
    tr_point              where = tale_point(t, c->zone >= 0 ? c->zone : p->zone);
    tr_time               at = tale_moment(t, p);
    at = th->from != TR_TIME_NONE ? later(at, th->from + TR_HOUR) : at;
    int64_t rows = smm ? 1 : c->least;
    *count = c->least;
    *possible = !reg;
    if (rows > TALE_ROWS || rows < 1)
        return *possible = false;
    tale_tick(t, at - TR_MINUTE);
    if (reg)
        put_rows(t, reg, kind, at, rows, where);
    for (int64_t i = 0; !reg && i < rows; i++)
        seen_of(t, p, at + i * pace(c, rows), kind, smm ? c->least : 1, where);
    t->first = at;
    *reached = at + (reg ? 0 : rows - 1) * pace(c, rows) + TR_SECOND;
    tale_tick(t, *reached + TR_SECOND);
    return reg || (tale_proves(t, p->gate) && th->rung == 0 && th->corroboration == 0 &&
                   c->set <= TR_SET_POSSIBLE);
}
