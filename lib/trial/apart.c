/* apart.c -- a timeline on which two drafts part (apart.h).
 *
 * Candidates are tried in a fixed order, the plainest first, and are written as statements of a
 * case, so that what is found can be kept as one.
 */
#include "trial/apart.h"

#include "trial/run.h"
#include "verify/judge.h"

enum { SPOTS = 40, SPOTS_KEPT = 3, MOMENTS = 24 };

typedef struct {
    tr_arena            *keep;
    tr_arena             work;
    const tr_apart_side *side[2];
    tr_apart            *apart;
    tr_out               body;
    tr_point             spot[SPOTS_KEPT + 1];
    int                  spots;
} search;

/* ---- one record under one text ---- */

static void put_duties(tr_out *out, const tr_mission *m, tr_arena keep, int32_t clause)
{
    tr_duties list = {0};
    tr_mission_duties(m, &keep, clause, &list);
    for (ptrdiff_t i = 0; i < list.len; i++)
        tr_put(out, ", %.*s %s", TR_FMT(tr_mission_plan(m)->actor[list.at[i].actor].id),
               tr_duty_state_name(list.at[i].state));
}

static void put_standing(tr_out *out, const tr_mission *m, tr_arena keep, int32_t clause)
{
    tr_board board = {0};
    tr_mission_board(m, &keep, &board);
    for (ptrdiff_t i = 0; i < board.len; i++) {
        const tr_board_row *row = &board.at[i];
        const tr_clause    *c = &tr_mission_plan(m)->clause[clause];
        if (row->clause != clause)
            continue;
        tr_put(out, "%s", tr_verdict_name(row->verdict));
        if (c->kind == TR_CLAUSE_PROHIBITION)
            tr_put(out, ", %lld breaches, %lld excused", (long long)row->breaches,
                   (long long)row->excused);
        else if (c->kind == TR_CLAUSE_THRESHOLD)
            tr_put(out, ", %s", row->active ? "active" : row->instance >= 0 ? "ended" : "inactive");
        else if (c->kind == TR_CLAUSE_STEP)
            tr_put(out, ", %s", tr_step_state_name(row->step.state));
        else if (c->kind == TR_CLAUSE_OBLIGATION && c->u.obligation.each.kind == TR_EACH_NONE)
            put_duties(out, m, keep, clause);
        else if (row->course.state)
            tr_put(out, ", %s, %d missed, %d missing", row->course.state, row->course.missed,
                   row->course.missing);
    }
}

/* How the clause stands after the body; false when some entry was refused under this text. */
static bool run_body(tr_arena work, const tr_apart_side *side, tr_str body, tr_out *stands)
{
    tr_out       text = tr_out_new(&work);
    script_cases cases = {0};
    memories     memory = {0};
    failures     failure = {0};
    tr_err       err = {0};
    tr_put(&text, "case \"t\"\nagreement \"t\"\n%.*sexpect incidents 0\n", TR_FMT(body));
    if (!script_read(&work, tr_out_text(&text), &cases, &err))
        return false;
    run r = {.keep = &work,
             .script = &cases.at[0],
             .agreement = side->text,
             .memory = &memory,
             .failure = &failure,
             .as = ""};
    if (!run_begin(&r, &err))
        return false;
    for (int32_t i = 0; i < cases.at[0].statements; i++)
        if (cases.at[0].at[i].kind != SAY_EXPECT && !run_write(&r, i, &err))
            return false;
    put_standing(stands, r.pen.mission, r.side, side->clause);
    return true;
}

/* Try what stands in the body; true: no more need be tried. */
static bool try_body(search *s)
{
    tr_str   body = tr_out_text(&s->body);
    tr_arena keep = s->work;
    tr_out   stands[2] = {tr_out_new(s->keep), tr_out_new(s->keep)};
    s->apart->tried++;
    bool ran = run_body(keep, s->side[0], body, &stands[0]) &&
               run_body(keep, s->side[1], body, &stands[1]);
    if (ran && !tr_str_eq(tr_out_text(&stands[0]), tr_out_text(&stands[1]))) {
        s->apart->found = true;
        s->apart->script = body;
        s->apart->was = tr_out_text(&stands[0]);
        s->apart->is = tr_out_text(&stands[1]);
    }
    return s->apart->found || s->apart->tried >= TR_APART_TRIES;
}

static void begin_body(search *s)
{
    s->body = tr_out_new(s->keep);
}

/* ---- words of a body ---- */

static const tr_clause *clause_of(const search *s, int side)
{
    return &s->side[side]->plan->clause[s->side[side]->clause];
}

/* Whole seconds in UTC: "2026-02-17T23:00:00Z". */
static void say_moment(search *s, tr_time t)
{
    tr_civil c = tr_civil_of(t, tr_tz_find(TR_STR("UTC")));
    tr_put(&s->body, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute,
           c.second);
}

static void say_tick(search *s, tr_time t)
{
    tr_put(&s->body, "tick ");
    say_moment(s, t);
    tr_put(&s->body, "\n");
}

static void say_degree(search *s, int32_t value, const char letters[2])
{
    int64_t size = value < 0 ? -(int64_t)value : value;
    tr_put(&s->body, "%lld.%07lld %c", (long long)(size / 10000000), (long long)(size % 10000000),
           letters[value < 0]);
}

static void say_seen(search *s, int kind, tr_point at, tr_time t, bool exercise)
{
    tr_put(&s->body, "patrol P1 sees %s 1  at ", tr_kind_name((tr_kind)kind));
    say_degree(s, at.lon, "EW");
    tr_put(&s->body, " ");
    say_degree(s, at.lat, "NS");
    tr_put(&s->body, " radius 10 m  seen ");
    say_moment(s, t);
    tr_put(&s->body, "%s\n", exercise ? "  exercise" : "");
}

/* ---- moments ---- */

typedef struct {
    tr_time at[MOMENTS];
    int     count;
} moments;

static void add_moment(moments *m, tr_time t)
{
    if (t == TR_TIME_NONE || t == TR_TIME_MAX || m->count >= MOMENTS)
        return;
    for (int i = 0; i < m->count; i++)
        if (m->at[i] == t)
            return;
    m->at[m->count++] = t;
}

static tr_time in_force(const tr_plan *plan)
{
    const tr_civil otherwise = {.year = 2026, .month = 1, .day = 1};
    return plan->in_force != TR_TIME_NONE    ? plan->in_force
           : plan->signature != TR_TIME_NONE ? plan->signature
                                             : tr_time_of(&otherwise, plan->tz);
}

static tr_time later(tr_time a, tr_time b)
{
    return a > b ? a : b;
}

/* Room for what is added to it below. */
static bool near(tr_time t)
{
    return t > TR_TIME_NONE + 4000 * TR_DAY && t < TR_TIME_MAX - 4000 * TR_DAY;
}

static tr_time middle(tr_time a, tr_time b)
{
    return a / 2 + b / 2;
}

/* When both texts are in force, and a day more. */
static tr_time ordinary(const search *s)
{
    return later(in_force(s->side[0]->plan), in_force(s->side[1]->plan)) + 36 * TR_HOUR;
}

/* ---- places: where the zones differ, then where both hold ---- */

static tr_membership inside(const tr_plan *plan, int32_t zone, tr_point at, int kind)
{
    tr_judgement judgement = TR_JUDGEMENT;
    tr_incident  incident = {.place = {.at = at, .r_max_m = 10, .kind = TR_PLACE_POINT},
                             .reg = -1,
                             .source = -1,
                             .kind = (uint8_t)kind};
    tr_limit_zone(&judgement, plan, zone, &incident);
    return judgement.in;
}

static tr_box hull(const search *s, int32_t a, int32_t b)
{
    tr_box box = a >= 0 ? s->side[0]->plan->zone[a].zone.box : s->side[0]->plan->area;
    tr_box two = b >= 0 ? s->side[1]->plan->zone[b].zone.box : s->side[1]->plan->area;
    box.min.lon = two.min.lon < box.min.lon ? two.min.lon : box.min.lon;
    box.min.lat = two.min.lat < box.min.lat ? two.min.lat : box.min.lat;
    box.max.lon = two.max.lon > box.max.lon ? two.max.lon : box.max.lon;
    box.max.lat = two.max.lat > box.max.lat ? two.max.lat : box.max.lat;
    return box;
}

static void find_spots(search *s, int32_t a, int32_t b, int kind)
{
    tr_box   box = hull(s, a, b);
    tr_point both = {0};
    bool     some = false;
    s->spots = 0;
    for (int i = 0; i < SPOTS * SPOTS; i++) {
        int64_t  x = 2 * (i % SPOTS) + 1, y = 2 * (i / SPOTS) + 1;
        tr_point at = {
            (int32_t)(box.min.lon + ((int64_t)box.max.lon - box.min.lon) * x / (2 * SPOTS)),
            (int32_t)(box.min.lat + ((int64_t)box.max.lat - box.min.lat) * y / (2 * SPOTS))};
        tr_membership one = inside(s->side[0]->plan, a, at, kind),
                      two = inside(s->side[1]->plan, b, at, kind);
        if (one == TR_IN_CERTAIN && two == TR_IN_CERTAIN && !some) {
            both = at;
            some = true;
        }
        if (one != two && (one == TR_IN_CERTAIN || two == TR_IN_CERTAIN) && s->spots < SPOTS_KEPT)
            s->spot[s->spots++] = at;
    }
    if (some)
        s->spot[s->spots++] = both;
}

/* Kinds of one class and not of the other, then one of both; -1 ends them. */
static void find_kinds(uint64_t a, uint64_t b, int kind[TR_KINDS + 2])
{
    int n = 0, both = -1;
    for (int i = 0; i < TR_KINDS; i++)
        if ((a ^ b) >> i & 1)
            kind[n++] = i;
        else if (a >> i & 1 && both < 0)
            both = i;
    if (both >= 0)
        kind[n++] = both;
    kind[n] = -1;
}

/* ---- prohibitions ---- */

static const tr_exception *exception_at(const search *s, int side, int32_t i)
{
    const tr_prohibition *p = &clause_of(s, side)->u.prohibition;
    return i < p->excepts ? &s->side[side]->plan->exception[p->except + i] : NULL;
}

static tr_time term_begin(const tr_plan *plan, const tr_prohibition *p)
{
    tr_time from = in_force(plan);
    return p->begin > from ? p->begin : from;
}

static bool try_incident(search *s, int kind, tr_point at, tr_time t, bool exercise)
{
    begin_body(s);
    say_tick(s, t - TR_HOUR);
    say_seen(s, kind, at, t, exercise);
    say_tick(s, t + TR_DAY);
    return try_body(s);
}

/* A notice told so long before; the exceptions may ask for more, for less, or not know it. */
static bool try_notice(search *s, int kind, tr_point at, tr_time t, const tr_exception *x,
                       int64_t before_ns)
{
    const tr_plan *plan = s->side[0]->plan;
    begin_body(s);
    say_tick(s, t - before_ns);
    for (int32_t a = 0; a < plan->actors; a++)
        if (clause_of(s, 0)->u.prohibition.actors >> a & 1) {
            tr_put(&s->body, "notice %.*s to %.*s from ", TR_FMT(plan->actor[a].id),
                   TR_FMT(plan->actor[x->notified_to].id));
            say_moment(s, t - TR_MINUTE);
            tr_put(&s->body, " to ");
            say_moment(s, t + TR_HOUR);
            tr_put(&s->body, "\n");
            break;
        }
    say_tick(s, t - TR_SECOND);
    say_seen(s, kind, at, t, false);
    say_tick(s, t + TR_DAY);
    return try_body(s);
}

static int64_t rough(tr_stretch stretch)
{
    return stretch.days >= 0 ? stretch.days * TR_DAY : stretch.ns;
}

static bool try_notices(search *s, int kind, tr_point at, tr_time t)
{
    for (int side = 0; side < 2; side++)
        for (int32_t i = 0; exception_at(s, side, i); i++) {
            const tr_exception *x = exception_at(s, side, i), *y = exception_at(s, 1 - side, i);
            if (x->notified_to < 0 || x->notified_to >= s->side[0]->plan->actors)
                continue;
            int64_t lead = rough(x->lead), other = y && y->notified_to >= 0 ? rough(y->lead) : lead;
            if (try_notice(s, kind, at, t, x, lead + TR_MINUTE) ||
                try_notice(s, kind, at, t, x, lead / 2 + other / 2) ||
                try_notice(s, kind, at, t, x, lead > TR_HOUR ? lead - TR_HOUR : 1))
                return true;
        }
    return false;
}

static moments term_moments(const search *s, const tr_prohibition *p[2])
{
    moments m = {0};
    tr_time begin[2], noon = ordinary(s);
    for (int i = 0; i < 2; i++)
        begin[i] = term_begin(s->side[i]->plan, p[i]);
    if (begin[0] != begin[1])
        add_moment(&m, middle(begin[0], begin[1]));
    if (p[0]->end != p[1]->end && p[0]->end < TR_TIME_MAX && p[1]->end < TR_TIME_MAX)
        add_moment(&m, middle(p[0]->end, p[1]->end));
    for (int i = 0; i < 2; i++)
        if (near(p[i]->end))
            add_moment(&m, p[i]->end + TR_DAY);
    noon = later(noon, later(begin[0], begin[1]) + 12 * TR_HOUR);
    for (int hour = 0; hour < 24; hour += 6)
        add_moment(&m, noon + hour * TR_HOUR);
    return m;
}

static bool search_prohibition(search *s)
{
    const tr_prohibition *p[2] = {&clause_of(s, 0)->u.prohibition, &clause_of(s, 1)->u.prohibition};
    int                   kind[TR_KINDS + 2];
    moments               m = term_moments(s, p);
    find_kinds(s->side[0]->plan->class_[p[0]->class_].kinds,
               s->side[1]->plan->class_[p[1]->class_].kinds, kind);
    if (kind[0] < 0)
        return false;
    find_spots(s, p[0]->zone, p[1]->zone, kind[0]);
    for (int i = 0; i < s->spots; i++) {
        for (int k = 0; k < m.count; k++)
            if (try_incident(s, kind[0], s->spot[i], m.at[k], false))
                return true;
        if (try_incident(s, kind[0], s->spot[i], m.at[m.count - 1], true) ||
            try_notices(s, kind[0], s->spot[i], m.at[m.count - 1]))
            return true;
    }
    return false;
}

/* ---- thresholds ---- */

/* `count` incidents that end at `t`, evenly over `span`. */
static void say_incidents(search *s, int64_t count, int kind, tr_point at, tr_time t, int64_t span,
                          const tr_threshold *w)
{
    const tr_plan *plan = s->side[0]->plan;
    if (w->reg >= 0) {
        tr_civil day = tr_civil_of(t, plan->tz);
        tr_put(&s->body, "table %.*s of %s  rows %lld  on %04d-%02d-%02d  at ",
               TR_FMT(plan->reg[w->reg].source), tr_kind_name((tr_kind)kind), (long long)count,
               day.year, day.month, day.day);
        say_degree(s, at.lon, "EW");
        tr_put(&s->body, " ");
        say_degree(s, at.lat, "NS");
        tr_put(&s->body, " radius 10 m\n");
        return;
    }
    for (int64_t i = 0; i < count; i++)
        say_seen(s, kind, at, t - span / count * (count - 1 - i) - TR_MINUTE, false);
}

static bool try_count(search *s, int64_t count, int kind, int64_t span, int64_t after)
{
    const tr_threshold *w = &clause_of(s, 0)->u.threshold;
    tr_time             t = ordinary(s) + 40 * TR_DAY;
    if (count < 1 || count > 400)
        return false;
    begin_body(s);
    say_tick(s, t - 39 * TR_DAY);
    say_incidents(s, count, kind, s->spot[0], t, span, w);
    say_tick(s, w->reg >= 0 ? t + TR_DAY : t);
    if (after > 0)
        say_tick(s, t + after);
    return try_body(s);
}

static int64_t least_of(const tr_threshold *w)
{
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < w->ons; i++)
        least = w->on[i].least < least ? w->on[i].least : least;
    return least;
}

static void find_ends(const search *s, int64_t after[6])
{
    int64_t end[2];
    for (int i = 0; i < 2; i++) {
        const tr_threshold *w = &clause_of(s, i)->u.threshold;
        end[i] = rough(w->off[0].window) +
                 (w->off_hold.ns > 0 || w->off_hold.days > 0 ? rough(w->off_hold) : 0);
    }
    after[0] = 0;
    after[1] = end[0] / 2 + end[1] / 2;
    after[2] = (end[0] > end[1] ? end[0] : end[1]) + TR_DAY;
    after[3] = (end[0] < end[1] ? end[0] : end[1]) / 2;
    after[4] = -1;
}

static bool search_threshold(search *s)
{
    const tr_threshold *w[2] = {&clause_of(s, 0)->u.threshold, &clause_of(s, 1)->u.threshold};
    int64_t             least[2] = {least_of(w[0]), least_of(w[1])}, after[6], window[2];
    int                 kind[TR_KINDS + 2];
    find_kinds(w[0]->on[0].kinds, w[1]->on[0].kinds, kind);
    if (kind[0] < 0)
        return false;
    find_spots(s, w[0]->on[0].zone, w[1]->on[0].zone, kind[0]);
    if (s->spots == 0)
        return false;
    for (int i = 0; i < 2; i++)
        window[i] = rough(w[i]->on[0].window);
    int64_t count[] = {least[0] < least[1] ? least[0] : least[1],
                       least[0] < least[1] ? least[1] : least[0]};
    int64_t span[] = {TR_HOUR, window[0] / 2 + window[1] / 2,
                      (window[0] < window[1] ? window[0] : window[1]) / 2};
    find_ends(s, after);
    for (int a = 0; after[a] >= 0; a++)
        for (int n = 0; n < 2; n++)
            for (int k = 0; k < 3; k++)
                if (try_count(s, count[n], kind[0], span[k], after[a]))
                    return true;
    return false;
}

/* ---- duties and steps ---- */

static tr_time due_from(const tr_plan *plan, const tr_due *due, tr_time done)
{
    tr_time zero = due->zero == TR_ZERO_SIGNATURE && plan->signature != TR_TIME_NONE
                       ? plan->signature
                   : due->zero == TR_ZERO_STEP_DONE ? done
                                                    : in_force(plan);
    return due->kind == TR_DUE_DATE     ? due->date
           : due->kind == TR_DUE_WITHIN ? tr_stretch_after(zero, due->within, plan->tz)
                                        : TR_TIME_NONE;
}

static void say_response(search *s, int32_t clause, const char *said, tr_time t)
{
    const tr_plan   *plan = s->side[1]->plan;
    const tr_clause *c = &plan->clause[clause];
    const tr_act    *act = &plan->act[c->u.obligation.act_at];
    for (int32_t a = 0; a < plan->actors; a++)
        if (c->u.obligation.actors >> a & 1) {
            tr_put(&s->body, "response %.*s step %.*s %s at ",
                   TR_FMT(plan->actor[act->by >= 0 ? act->by : a].id), TR_FMT(c->label), said);
            say_moment(s, t);
            tr_put(&s->body, " for %.*s\n", TR_FMT(plan->actor[a].id));
        }
}

/* What it waits for done at `before`; itself begun at once or not, done at `done` or not at all;
 * looked at at `look`. */
static bool try_duty(search *s, tr_time before, bool begun, tr_time done, tr_time look)
{
    const tr_obligation *o = &clause_of(s, 1)->u.obligation;
    begin_body(s);
    say_tick(s, look);
    for (int i = 0; i < 2; i++) {
        const tr_due *due = i == 0 ? &o->begin : &o->finish;
        if (due->kind == TR_DUE_WITHIN && due->zero_clause >= 0 &&
            s->side[1]->plan->clause[due->zero_clause].kind == TR_CLAUSE_OBLIGATION)
            say_response(s, due->zero_clause, "done", before);
    }
    if (begun)
        say_response(s, s->side[1]->clause, "started", before - TR_HOUR);
    if (done != TR_TIME_NONE)
        say_response(s, s->side[1]->clause, "done", done);
    return try_body(s);
}

/* Asked for once by whoever may ask, and nothing done until between the two deadlines. */
static bool search_recurring(search *s)
{
    const tr_each *e[2] = {&clause_of(s, 0)->u.obligation.each,
                           &clause_of(s, 1)->u.obligation.each};
    const tr_plan *plan = s->side[1]->plan;
    int64_t        wait[2] = {rough(e[0]->within), rough(e[1]->within)};
    int64_t        look[] = {wait[0] / 2 + wait[1] / 2, wait[0] + TR_HOUR, wait[1] + TR_HOUR};
    uint64_t       actors = clause_of(s, 1)->u.obligation.actors;
    if (e[1]->kind != TR_EACH_REQUEST || actors == 0)
        return false;
    int32_t to = __builtin_ctzll(actors), by = e[1]->by >= 0 ? e[1]->by : to == 0;
    for (int i = 0; i < 3 && by < plan->actors; i++) {
        begin_body(s);
        say_tick(s, ordinary(s));
        tr_put(&s->body, "%s %.*s requests %.*s of %.*s\n",
               plan->actor[by].kind == TR_ACTOR_BODY        ? "body"
               : plan->actor[by].kind == TR_ACTOR_GUARANTOR ? "guarantor"
                                                            : "party",
               TR_FMT(plan->actor[by].id), TR_FMT(clause_of(s, 1)->u.obligation.act),
               TR_FMT(plan->actor[to].id));
        say_tick(s, ordinary(s) + look[i]);
        if (try_body(s))
            return true;
    }
    return false;
}

static bool search_obligation(search *s)
{
    if (clause_of(s, 1)->u.obligation.each.kind != TR_EACH_NONE)
        return search_recurring(s);
    tr_time begin = later(in_force(s->side[0]->plan), in_force(s->side[1]->plan)),
            before = begin + TR_DAY;
    moments m = {0};
    for (int which = 0; which < 2; which++) {
        tr_time due[2];
        for (int i = 0; i < 2; i++) {
            const tr_obligation *o = &clause_of(s, i)->u.obligation;
            due[i] = due_from(s->side[i]->plan, which == 0 ? &o->finish : &o->begin, before);
        }
        if (due[0] != TR_TIME_NONE && due[1] != TR_TIME_NONE && due[0] != due[1])
            add_moment(&m, middle(due[0], due[1]));
        for (int i = 0; i < 2; i++)
            if (near(due[i])) {
                add_moment(&m, due[i] + TR_HOUR);
                add_moment(&m, due[i] - TR_HOUR);
            }
    }
    add_moment(&m, begin + 400 * TR_DAY);
    bool begins = clause_of(s, 0)->u.obligation.begin.kind != TR_DUE_NONE;
    for (int begun = 0; begun <= (int)begins; begun++)
        for (int i = 0; i < m.count; i++)
            if (try_duty(s, before, begun, m.at[i], later(m.at[i], before) + TR_HOUR) ||
                try_duty(s, before, begun, TR_TIME_NONE, later(m.at[i], before)))
                return true;
    return false;
}

/* The threshold is reached; then it is waited for, and the step done in between or not. */
static bool search_step(search *s)
{
    const tr_step      *t[2] = {&clause_of(s, 0)->u.step, &clause_of(s, 1)->u.step};
    const tr_threshold *w = &s->side[0]->plan->clause[t[0]->on].u.threshold;
    int                 kind[TR_KINDS + 2];
    find_kinds(w->on[0].kinds, w->on[0].kinds, kind);
    find_spots(s, w->on[0].zone, w->on[0].zone, kind[0] < 0 ? 0 : kind[0]);
    if (kind[0] < 0 || s->spots == 0 || least_of(w) > 400)
        return false;
    int64_t span[2] = {rough(t[0]->within), rough(t[1]->within)};
    int64_t wait[] = {span[0] / 2 + span[1] / 2, (span[0] < span[1] ? span[0] : span[1]) + 1,
                      (span[0] > span[1] ? span[0] : span[1]) + TR_DAY};
    for (int i = 0; i < 3; i++) {
        tr_time begin = ordinary(s) + 40 * TR_DAY;
        begin_body(s);
        say_tick(s, begin - 39 * TR_DAY);
        say_incidents(s, least_of(w), kind[0], s->spot[0], begin, TR_HOUR, w);
        say_tick(s, begin);
        say_tick(s, begin + wait[i]);
        if (try_body(s))
            return true;
    }
    return false;
}

/* ---- amounts ---- */

/* Whole units between what the two bounds let pass, tolerance and all; -1 when they are the same.
 */
static int64_t value_between(const tr_quantity *a, const tr_quantity *b, bool most)
{
    int64_t one = (most ? a->most : a->least) / TR_VALUE_SCALE,
            two = (most ? b->most : b->least) / TR_VALUE_SCALE, scale = 1000000;
    int64_t none = (most ? INT64_MAX : INT64_MIN) / TR_VALUE_SCALE;
    if (one == none && two == none)
        return -1;
    if (one == none || two == none)
        return most ? 2 * (one == none ? two : one) : (one == none ? two : one) / 2;
    if (one > INT64_MAX / 4 / scale || two > INT64_MAX / 4 / scale || one < 0 || two < 0)
        return -1;
    int64_t wide[2] = {one * (scale + (most ? a->tolerance_ppm : -a->tolerance_ppm)) / scale,
                       two * (scale + (most ? b->tolerance_ppm : -b->tolerance_ppm)) / scale};
    return wide[0] == wide[1] ? -1 : (wide[0] + wide[1]) / 2;
}

static void say_value(search *s, const tr_quantity *q, int64_t value, tr_time t)
{
    const tr_plan   *plan = s->side[1]->plan;
    const tr_amount *amount = &plan->amount[q->amount];
    for (int32_t a = 0; a < plan->actors; a++) {
        if (!(q->actors >> a & 1))
            continue;
        if (tr_basis_said(q->basis))
            tr_put(&s->body, "party %.*s declares %.*s%s%s %lld %.*s as of ",
                   TR_FMT(plan->actor[a].id), TR_FMT(amount->name),
                   q->basis == TR_BASIS_DECLARED ? "" : ".",
                   q->basis == TR_BASIS_DECLARED ? "" : tr_basis_name(q->basis), (long long)value,
                   TR_FMT(amount->unit));
        else
            tr_put(&s->body, "meter M1 measures %.*s.%.*s %lld %.*s seen ", TR_FMT(amount->name),
                   TR_FMT(plan->actor[a].id), (long long)value, TR_FMT(amount->unit));
        say_moment(s, t);
        if (tr_basis_said(q->basis)) {
            tr_put(&s->body, " from ");
            say_moment(s, t - TR_DAY);
            tr_put(&s->body, " to ");
            say_moment(s, t);
        } else if (q->basis != TR_BASIS_METERED) {
            tr_put(&s->body, " %s", tr_basis_name(q->basis));
        }
        tr_put(&s->body, "\n");
    }
}

static bool try_value(search *s, int64_t value, tr_time t, tr_time look)
{
    begin_body(s);
    say_tick(s, t + TR_HOUR);
    say_value(s, &clause_of(s, 1)->u.quantity, value, t);
    say_tick(s, look);
    return try_body(s);
}

static bool search_quantity(search *s)
{
    const tr_quantity *q[2] = {&clause_of(s, 0)->u.quantity, &clause_of(s, 1)->u.quantity};
    tr_time            t = ordinary(s);
    for (int i = 0; i < 2; i++)
        if (near(q[i]->begin))
            t = later(t, q[i]->begin + TR_DAY);
    int64_t value[] = {value_between(q[0], q[1], true), value_between(q[0], q[1], false),
                       q[0]->most < INT64_MAX ? q[0]->most / TR_VALUE_SCALE : 1};
    for (int i = 0; i < 3; i++)
        for (int days = 2; days <= 128; days *= 4)
            if (value[i] >= 0 && try_value(s, value[i], t, t + days * TR_DAY))
                return true;
    return false;
}

/* Whatever the sort: time passes, and nothing is done. */
static bool search_waiting(search *s)
{
    static const int days[] = {1, 10, 40, 100, 400, 1000};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        begin_body(s);
        say_tick(s, ordinary(s) + days[i] * TR_DAY);
        if (try_body(s))
            return true;
    }
    return false;
}

void tr_apart_find(tr_arena *keep, const tr_apart_side *was, const tr_apart_side *is,
                   tr_apart *apart)
{
    search s = {.keep = keep, .side = {was, is}, .apart = apart};
    *apart = (tr_apart){0};
    s.work = (tr_arena){keep->end - (keep->end - keep->beg) / 2, keep->end};
    keep->end = s.work.beg;
    bool           found = !near(in_force(was->plan)) || !near(in_force(is->plan));
    tr_clause_kind kind = clause_of(&s, 0)->kind;
    if (!found && kind == clause_of(&s, 1)->kind)
        found = kind == TR_CLAUSE_PROHIBITION  ? search_prohibition(&s)
                : kind == TR_CLAUSE_THRESHOLD  ? search_threshold(&s)
                : kind == TR_CLAUSE_OBLIGATION ? search_obligation(&s)
                : kind == TR_CLAUSE_STEP       ? search_step(&s)
                : kind == TR_CLAUSE_QUANTITY   ? search_quantity(&s)
                                               : false;
    if (!found)
        search_waiting(&s);
    keep->end = s.work.end;
}
