/* counter.c -- which timeline shows which finding (counter.h).
 *
 * Each teller writes events and expectations from the plan and the witness of the finding; one that
 * finds no events for it writes none.  All times and places follow from the agreement, so the same
 * text gives the same cases.
 */
#include "trial/counter.h"

#include "trial/tale.h"
#include "verify/place.h"

static const tr_prohibition *term(const tale *t, int32_t clause)
{
    return &t->plan->clause[clause].u.prohibition;
}

static tr_kind kind_of(const tale *t, int32_t clause)
{
    const tr_clause *c = &t->plan->clause[clause];
    bool             duty = c->kind == TR_CLAUSE_OBLIGATION;
    int32_t          class_ = duty ? c->u.obligation.class_ : c->u.prohibition.class_;
    uint64_t         kinds = t->plan->class_[class_].kinds;
    if (t->w->kind >= 0)
        return (tr_kind)t->w->kind;
    for (int k = 0; k < TR_KINDS; k++)
        if (kinds >> k & 1)
            return (tr_kind)k;
    return 0;
}

static bool prohibits(const tale *t, int32_t clause)
{
    return clause >= 0 && t->plan->clause[clause].kind == TR_CLAUSE_PROHIBITION;
}

static void expect_found(tale *t, int32_t clause)
{
    tale_expect(t, "finding clause %.*s  %s", TR_FMT(tale_label(t, clause)),
                tale_proves(t, term(t, clause)->gate) ? "certain" : "possible");
}

/* ---- who answers ---- */

static bool breach(tale *t, int32_t clause)
{
    tr_time at = tale_moment(t, term(t, clause));
    tale_tick(t, at);
    tale_seen(t, at, kind_of(t, clause), 1, tale_point(t, term(t, clause)->zone), "");
    tale_tick(t, at + TR_MINUTE);
    expect_found(t, clause);
    return true;
}

static bool unanswered(tale *t)
{
    breach(t, t->w->clause);
    tale_tick(t, tale_moment(t, term(t, t->w->clause)) + 365 * TR_DAY);
    expect_found(t, t->w->clause);
    tale_expect(t, "next due never");
    return true;
}

/* The threshold of the finding, or that of the ladder in which its step stands. */
static int32_t threshold_of(const tale *t)
{
    const tr_clause *c = &t->plan->clause[t->w->clause];
    return c->kind == TR_CLAUSE_THRESHOLD ? t->w->clause
           : c->kind == TR_CLAUSE_STEP    ? c->u.step.on
                                          : -1;
}

static bool activation(tale *t, tr_time *reached)
{
    int32_t threshold = threshold_of(t);
    int64_t count;
    bool    possible;
    if (threshold < 0)
        return false;
    tr_str label = tale_label(t, threshold);
    if (tale_activate(t, threshold, reached, &count, &possible)) {
        tale_expect(t, "clause %.*s  active  activations 1", TR_FMT(label));
        return true;
    }
    if (possible)
        tale_expect(t, "clause %.*s  inactive  now 0 0 %lld", TR_FMT(label), (long long)count);
    return false;
}

static bool nobody_answers(tale *t)
{
    tr_time reached;
    return activation(t, &reached) || t->rows > 0;
}

/* Every step of the ladder, as it stands once all deadlines that count from then have passed. */
static bool steps_stand(tale *t, const char *state)
{
    tr_time reached, last = 0;
    int32_t threshold = threshold_of(t);
    if (!activation(t, &reached))
        return t->rows > 0;
    for (int32_t i = 0; i < t->plan->clauses; i++) {
        const tr_step *s = &t->plan->clause[i].u.step;
        if (t->plan->clause[i].kind == TR_CLAUSE_STEP && s->on == threshold &&
            s->zero == TR_ZERO_ACTIVATION) {
            tr_time due = tr_stretch_after(reached + TR_MINUTE, s->within, t->plan->tz);
            last = due > last ? due : last;
        }
    }
    if (last == 0)
        return true;
    tale_tick(t, last);
    for (int32_t i = 0; i < t->plan->clauses; i++)
        if (t->plan->clause[i].kind == TR_CLAUSE_STEP &&
            t->plan->clause[i].u.step.on == threshold &&
            t->plan->clause[i].u.step.zero == TR_ZERO_ACTIVATION)
            tale_expect(t, "step %.*s  %s", TR_FMT(tale_label(t, i)), state);
    return true;
}

static bool without_must(tale *t)
{
    return steps_stand(t, "void");
}

static bool left_alone(tale *t)
{
    return steps_stand(t, "missed");
}

/* ---- duties ---- */

static tr_time due_of(const tale *t, const tr_due *due)
{
    if (due->kind == TR_DUE_DATE)
        return due->date;
    if (due->kind != TR_DUE_WITHIN || due->zero_clause >= 0)
        return TR_TIME_NONE;
    return tr_stretch_after(due->zero == TR_ZERO_SIGNATURE ? t->plan->signature : t->plan->in_force,
                            due->within, t->plan->tz);
}

static void put_done(tale *t, int32_t duty, int32_t actor, tr_time at)
{
    const tr_obligation *o = &t->plan->clause[duty].u.obligation;
    int32_t              by = t->plan->act[o->act_at].by;
    tr_put(&t->out, "response %.*s step %.*s done at ", TR_FMT(tale_actor(t, by >= 0 ? by : actor)),
           TR_FMT(tale_label(t, duty)));
    tale_time(t, at);
    if (by >= 0 && (o->actors & (o->actors - 1)) != 0)
        tr_put(&t->out, " for %.*s", TR_FMT(tale_actor(t, actor)));
    tr_put(&t->out, "\n");
}

static void expect_duty(tale *t, int32_t duty, int32_t actor, const char *state)
{
    tale_expect(t, "duty %.*s of %.*s  %s", TR_FMT(tale_label(t, duty)),
                TR_FMT(tale_actor(t, actor)), state);
}

static bool never_breached(tale *t)
{
    const tr_obligation *o = &t->plan->clause[t->w->clause].u.obligation;
    int32_t              actor = 0;
    tr_time              from = t->plan->in_force != TR_TIME_NONE ? t->plan->in_force : 0;
    while (!(o->actors >> actor & 1))
        actor++;
    if (from == 0)
        return false;
    tale_tick(t, from + 3650 * TR_DAY);
    expect_duty(t, t->w->clause, actor, "open");
    return true;
}

static void again(tale *t, const char *title)
{
    tr_put(&t->out, "\ncase \"%s\"\n", title);
    t->rows = 0;
}

/* What keeps the bound of one clause breaks that of the other, and the other way round. */
static void put_value(tale *t, int32_t keeps, int32_t breaks, tr_time at)
{
    const tr_quantity *q = &t->plan->clause[keeps].u.quantity;
    const tr_amount   *amount = &t->plan->amount[q->amount];
    int64_t            value = q->most != INT64_MAX ? q->most : q->least;
    tr_str             who = tale_actor(t, t->w->actor);
    tale_tick(t, at);
    tr_put(&t->out, "party %.*s declares %.*s %lld %.*s as of ", TR_FMT(who), TR_FMT(amount->name),
           (long long)(value / 1000), TR_FMT(amount->unit));
    tale_time(t, at);
    tr_put(&t->out, "\n");
    tale_expect(t, "amount %.*s of %.*s  kept", TR_FMT(tale_label(t, keeps)), TR_FMT(who));
    tale_expect(t, "amount %.*s of %.*s  exceeded", TR_FMT(tale_label(t, breaks)), TR_FMT(who));
}

static bool bounds_at_odds(tale *t)
{
    const tr_quantity *q = &t->plan->clause[t->w->clause].u.quantity;
    if (q->sum || q->basis != TR_BASIS_DECLARED || t->w->on == TR_TIME_NONE ||
        t->plan->actor[t->w->actor].kind != TR_ACTOR_PARTY)
        return false;
    put_value(t, t->w->clause, t->w->other, t->w->on + TR_DAY);
    again(t, "and what keeps the other breaks this one");
    put_value(t, t->w->other, t->w->clause, t->w->on + TR_DAY);
    return true;
}

/* Kept: the prohibition is breached.  Not kept: the duty is. */
static bool contradiction(tale *t)
{
    const tr_witness *w = t->w;
    if (t->plan->clause[w->clause].kind == TR_CLAUSE_QUANTITY)
        return bounds_at_odds(t);
    if (!prohibits(t, w->clause))
        return false;
    if (t->plan->clause[w->other].kind == TR_CLAUSE_PERMISSION)
        return breach(t, w->clause);
    const tr_obligation *o = &t->plan->clause[w->other].u.obligation;
    tr_time              due = due_of(t, &o->finish), from = tale_moment(t, term(t, w->clause));
    if (from > due && due != TR_TIME_NONE)
        from = due - TR_SECOND;
    tale_tick(t, from);
    tale_seen(t, from, (tr_kind)w->kind, 1, w->at, "");
    put_done(t, w->other, w->actor, from);
    tale_tick(t, from + TR_SECOND);
    expect_duty(t, w->other, w->actor, "complied");
    expect_found(t, w->clause);
    if (due == TR_TIME_NONE)
        return true;
    again(t, "and who keeps the prohibition breaches the duty");
    tale_tick(t, due + TR_SECOND);
    tale_expect(t, "findings clause %.*s 0", TR_FMT(tale_label(t, w->clause)));
    expect_duty(t, w->other, w->actor, "breached");
    return true;
}

/* A deadline that nobody can keep: with everything done as soon as it can be, it is missed. */
static bool late_duty(tale *t)
{
    int32_t              duty = t->w->clause, actor = 0;
    const tr_obligation *o = &t->plan->clause[duty].u.obligation;
    const tr_act        *act = &t->plan->act[o->act_at];
    tr_time              due = due_of(t, &o->finish), force = t->plan->in_force;
    if (due == TR_TIME_NONE || force == TR_TIME_NONE)
        return false;
    while (!(o->actors >> actor & 1))
        actor++;
    if (act->seen) { /* what was there on the first day is in every watch that ends by then */
        tale_tick(t, force);
        tale_seen(t, force + TR_HOUR, kind_of(t, duty), 1, tale_point(t, o->zone), "");
    }
    tale_tick(t, due > force ? due : force);
    expect_duty(t, duty, actor, "breached");
    return true;
}

static bool overdue_step(tale *t)
{
    int32_t        step = t->w->clause;
    const tr_step *s = &t->plan->clause[step].u.step;
    tr_time        reached;
    int64_t        count;
    bool           possible;
    if (!tale_activate(t, s->on, &reached, &count, &possible))
        return t->rows > 0;
    tale_tick(t,
              tr_stretch_after(reached, t->plan->clause[s->on].u.threshold.on_hold, t->plan->tz) +
                  TR_HOUR);
    tale_expect(t, "step %.*s  running  overdue at discovery", TR_FMT(tale_label(t, step)));
    return true;
}

/* A milestone: its date comes, and it is not reached. */
static bool late_milestone(tale *t)
{
    const tr_milestone *m = &t->plan->clause[t->w->clause].u.milestone;
    tale_tick(t, m->by);
    tale_expect(t, "course %.*s  missed", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

static bool impossible(tale *t)
{
    return t->plan->clause[t->w->clause].kind == TR_CLAUSE_STEP         ? overdue_step(t)
           : t->plan->clause[t->w->clause].kind == TR_CLAUSE_OBLIGATION ? late_duty(t)
           : t->plan->clause[t->w->clause].kind == TR_CLAUSE_MILESTONE  ? late_milestone(t)
                                                                        : false;
}

static bool begin_late(tale *t)
{
    const tr_obligation *o = &t->plan->clause[t->w->clause].u.obligation;
    tr_time              due = due_of(t, &o->finish);
    int32_t              actor = 0;
    while (!(o->actors >> actor & 1))
        actor++;
    if (due == TR_TIME_NONE || t->plan->act[o->act_at].seen)
        return false;
    tale_tick(t, due);
    expect_duty(t, t->w->clause, actor, "breached");
    return true;
}

/* ---- never in force, counts nothing ---- */

static bool never_in_force(tale *t)
{
    int32_t clause = t->w->clause;
    if (!prohibits(t, clause))
        return false;
    tr_time end = term(t, clause)->end;
    tale_tick(t, end - TR_DAY);
    tale_seen(t, end - TR_DAY, kind_of(t, clause), 1, tale_point(t, term(t, clause)->zone), "");
    tale_tick(t, end - TR_HOUR);
    tale_expect(t, "verdict %.*s  not_in_force", TR_FMT(tale_label(t, clause)));
    tale_tick(t, end + 365 * TR_DAY);
    tale_expect(t, "findings clause %.*s 0", TR_FMT(tale_label(t, clause)));
    return true;
}

/* Ten years later it waits still. */
static bool dead_condition(tale *t)
{
    const tr_clause *c = &t->plan->clause[t->w->clause];
    tr_str           label = tale_label(t, t->w->clause);
    tr_time from = t->plan->in_force != TR_TIME_NONE ? t->plan->in_force : t->plan->signature;
    if (from == TR_TIME_NONE)
        return false;
    tale_tick(t, from + 3650 * TR_DAY);
    if (c->kind == TR_CLAUSE_PROHIBITION || c->kind == TR_CLAUSE_OBLIGATION)
        tale_expect(t, "verdict %.*s  not_in_force", TR_FMT(label));
    else
        tale_expect(t, "course %.*s  waiting", TR_FMT(label));
    return true;
}

static bool counts_nothing(tale *t)
{
    int32_t of = t->w->other;
    breach(t, of);
    tale_expect(t, "clause %.*s  inactive  now 0 0 0", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

/* ---- thresholds ---- */

static bool one_report(tale *t)
{
    const tr_threshold *th = &t->plan->clause[t->w->clause].u.threshold;
    tr_time             at = tale_moment(t, term(t, t->w->other));
    tr_point            p = tale_point(t, th->on[0].zone);
    at = th->from != TR_TIME_NONE && th->from > at ? th->from : at;
    tale_tick(t, at);
    tr_put(&t->out, "patrol P1 hears explosions at least 2 at %d.%07d E %d.%07d N radius 1 m seen ",
           p.lon / 10000000, p.lon % 10000000, p.lat / 10000000, p.lat % 10000000);
    tale_time(t, at);
    tr_put(&t->out, "\n");
    tale_tick(t, at + TR_MINUTE);
    tale_expect(t, "clause %.*s  active", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

static bool hold_window(tale *t)
{
    tr_time             reached;
    int64_t             count;
    bool                possible;
    const tr_threshold *th = &t->plan->clause[t->w->clause].u.threshold;
    if (!tale_activate(t, t->w->clause, &reached, &count, &possible))
        return t->rows > 0;
    tale_tick(t, tr_stretch_after(reached, th->on_hold, t->plan->tz) + TR_DAY);
    tale_expect(t, "clause %.*s  inactive  activations 0", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

/* The first incident leaves the window, and one more comes. */
static bool no_margin(tale *t)
{
    const tr_threshold *th = &t->plan->clause[t->w->clause].u.threshold;
    const tr_condition *c = &th->on[0];
    tr_time             reached, left;
    int64_t             count;
    bool                possible;
    if (t->plan->counting[c->counting].rule == TR_RULE_SMM || th->reg >= 0 ||
        !tale_activate(t, t->w->clause, &reached, &count, &possible))
        return t->rows > 0;
    left = tr_stretch_after(t->first, c->window, t->plan->tz) + TR_MINUTE / 2;
    tale_tick(t, left);
    tale_seen(t, left, kind_of(t, c->of), 1, tale_point(t, c->zone), "");
    tale_tick(t, left + TR_SECOND);
    tale_expect(t, "clause %.*s  activations 2", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

/* A year after the activation the clock waits still. */
static bool dead_trigger(tale *t)
{
    tr_time reached;
    if (!activation(t, &reached))
        return t->rows > 0;
    tale_tick(t, reached + 365 * TR_DAY);
    tale_expect(t, "step %.*s  waiting", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

/* ---- zones ---- */

static bool zone_event(tale *t, bool found)
{
    const tr_witness *w = t->w;
    int32_t           of[2] = {w->clause, w->other};
    tr_time           at = TR_TIME_NONE;
    for (int i = 0; i < 2; i++)
        if (prohibits(t, of[i])) {
            tr_time one = tale_moment(t, term(t, of[i]));
            at = one > at ? one : at;
        }
    if (at == TR_TIME_NONE || !w->placed || w->kind < 0)
        return false;
    tale_tick(t, at);
    tale_seen(t, at, (tr_kind)w->kind, 1, w->at, "");
    tale_tick(t, at + TR_MINUTE);
    for (int i = 0; i < 2; i++) {
        if (!prohibits(t, of[i]))
            continue;
        if (found && t->plan->class_[term(t, of[i])->class_].kinds >> w->kind & 1)
            expect_found(t, of[i]);
        else
            tale_expect(t, "findings clause %.*s 0", TR_FMT(tale_label(t, of[i])));
    }
    return true;
}

static bool zone_gap(tale *t)
{
    return zone_event(t, false);
}

static bool zone_both(tale *t)
{
    return zone_event(t, true);
}

/* A place that lies in the zone and is not taken in. */
static bool zone_spills(tale *t)
{
    tr_time at = t->plan->in_force;
    if (at == TR_TIME_NONE)
        return false;
    tale_tick(t, at);
    tale_seen(t, at, t->w->kind >= 0 ? (tr_kind)t->w->kind : 0, 1, t->w->at, "");
    tale_tick(t, at + TR_MINUTE);
    tale_expect(t, "incidents 0");
    return true;
}

/* Something that no clause speaks of for its place. */
/* It happens, nobody asked, and no finding is excused by it. */
static bool needless(tale *t)
{
    const tr_permission *p = &t->plan->clause[t->w->clause].u.permission;
    const tr_exception  *e = &t->plan->exception[p->exception];
    tr_box  box = e->zone >= 0 ? t->plan->zone[e->zone].zone.box : t->plan->area;
    tr_time at = t->plan->in_force;
    if (at == TR_TIME_NONE || e->begin > at || e->end <= at + TR_MINUTE)
        return false;
    tr_point middle = {(int32_t)(((int64_t)box.min.lon + box.max.lon) / 2),
                       (int32_t)(((int64_t)box.min.lat + box.max.lat) / 2)};
    tale_tick(t, at);
    tale_seen(t, at, (tr_kind)__builtin_ctzll(t->plan->class_[e->class_].kinds), 1, middle, "");
    tale_tick(t, at + TR_MINUTE);
    tale_expect(t, "incidents 1");
    tale_expect(t, "permission %.*s  %s", TR_FMT(tale_label(t, t->w->clause)),
                e->steps > 0 ? "unused" : "standing");
    return true;
}

static bool zone_unused(tale *t)
{
    uint64_t taken = 0;
    int      kind = 0;
    tr_time  at = t->plan->in_force;
    for (int32_t i = 0; i < t->plan->clauses; i++)
        if (prohibits(t, i))
            taken |= t->plan->class_[term(t, i)->class_].kinds;
    while (kind < TR_KINDS && taken >> kind & 1)
        kind++;
    if (kind == TR_KINDS || at == TR_TIME_NONE)
        return false;
    tale_tick(t, at);
    tale_seen(t, at, (tr_kind)kind, 1, t->w->at, "");
    tale_tick(t, at + TR_MINUTE);
    tale_expect(t, "incidents 1");
    for (int32_t i = 0; i < t->plan->clauses; i++)
        if (prohibits(t, i))
            tale_expect(t, "findings clause %.*s 0", TR_FMT(tale_label(t, i)));
    return true;
}

/* ---- exceptions ---- */

/* An incident for which all of these exceptions apply. */
static void excepted(tale *t, int32_t clause)
{
    const tr_prohibition *p = term(t, clause);
    bool                  exercise = false;
    int32_t               owner = -1, from = 0;
    tr_time               at = tale_moment(t, p) + 60 * TR_DAY;
    while (!(p->actors >> from & 1) || (t->w->actor >= 0 && from != t->w->actor))
        from++;
    for (int32_t i = 0; i < t->plan->exceptions; i++)
        if (t->w->except >> i & 1) {
            exercise |= t->plan->exception[i].exercise;
            owner =
                t->plan->exception[i].operated_by >= 0 ? t->plan->exception[i].operated_by : owner;
        }
    if (owner >= 0)
        tr_put(&t->out, "source P1 owner %.*s\n", TR_FMT(tale_actor(t, owner)));
    for (int32_t i = 0; i < t->plan->exceptions; i++) {
        const tr_exception *e = &t->plan->exception[i];
        if (!(t->w->except >> i & 1) || e->notified_to < 0)
            continue;
        if (t->rows == 0) /* the notice must be on record early enough */
            tale_tick(t, at - 50 * TR_DAY);
        tr_put(&t->out, "notice %.*s to %.*s from ", TR_FMT(tale_actor(t, from)),
               TR_FMT(tale_actor(t, e->notified_to)));
        tale_time(t, at - TR_HOUR);
        tr_put(&t->out, " to ");
        tale_time(t, at + TR_HOUR);
        tr_put(&t->out, "\n");
        t->rows++;
    }
    tale_tick(t, at);
    tale_seen(t, at, kind_of(t, clause), 1, tale_point(t, p->zone), exercise ? " exercise" : "");
    tale_tick(t, at + TR_MINUTE);
}

static bool swallowed(tale *t)
{
    tr_time at = tale_moment(t, term(t, t->w->clause));
    tale_tick(t, at);
    tale_seen(t, at, kind_of(t, t->w->clause), 1, tale_point(t, term(t, t->w->clause)->zone), "");
    tale_tick(t, at + TR_MINUTE);
    tale_expect(t, "finding clause %.*s  excused", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

static bool self_excuse(tale *t)
{
    int32_t i = 0;
    while (!(t->w->except >> i & 1))
        i++;
    excepted(t, t->w->clause);
    tale_expect(t, "finding clause %.*s  excused  by %.*s", TR_FMT(tale_label(t, t->w->clause)),
                TR_FMT(t->plan->exception[i].label));
    return true;
}

static bool conflict(tale *t)
{
    excepted(t, t->w->clause);
    tale_expect(t, "finding clause %.*s  possible  because \"two exceptions apply\"",
                TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

/* The newest of the exceptions in the witness is the one that is idle. */
static bool idle_exception(tale *t)
{
    int32_t idle = 63, over = -1;
    while (!(t->w->except >> idle & 1))
        idle--;
    for (int32_t i = idle + 1; i < t->plan->exceptions && over < 0; i++)
        if (t->plan->exception[i].over >> idle & 1)
            over = i;
    excepted(t, t->w->clause);
    if (over >= 0 && t->plan->exception[over].permits)
        tale_expect(t, "finding clause %.*s  excused  by %.*s", TR_FMT(tale_label(t, t->w->clause)),
                    TR_FMT(t->plan->exception[over].label));
    else
        expect_found(t, t->w->clause);
    return true;
}

/* Skipped: a quarter of an hour before the moment meant, the clock shows a later time than stated.
 * Repeated: three quarters after it, an earlier one. */
static bool clock_change(tale *t)
{
    tr_time on = t->w->on;
    bool    twice = tr_tz_offset_s(t->plan->tz, on) != tr_tz_offset_s(t->plan->tz, on + TR_HOUR);
    tr_time at = twice ? on + 45 * TR_MINUTE : on - 15 * TR_MINUTE;
    for (int32_t i = 0; i < t->plan->clauses; i++) {
        const tr_prohibition *p = term(t, i);
        if (!prohibits(t, i) || (p->begin != on && p->end != on))
            continue;
        tale_tick(t, at);
        tale_seen(t, at, kind_of(t, i), 1, tale_point(t, p->zone), "");
        tale_tick(t, at + TR_MINUTE);
        if (at >= p->begin && at < p->end)
            expect_found(t, i);
        else
            tale_expect(t, "findings clause %.*s 0", TR_FMT(tale_label(t, i)));
        return true;
    }
    return false;
}

static bool unprovable(tale *t)
{
    return breach(t, t->w->clause);
}

/* At a time at which nobody knows where the line is. */
static bool line_undefined(tale *t)
{
    if (!prohibits(t, t->w->clause) || t->w->on == TR_TIME_NONE)
        return false;
    tr_time at = t->w->on + TR_HOUR;
    tale_tick(t, at);
    tale_seen(t, at, kind_of(t, t->w->clause), 1, t->w->at, "");
    tale_tick(t, at + TR_MINUTE);
    tale_expect(t, "finding clause %.*s  possible", TR_FMT(tale_label(t, t->w->clause)));
    return true;
}

/* Something that the clause binds an actor to, at the line, and no part of the zone applies. */
static bool no_part(tale *t)
{
    if (!prohibits(t, t->w->clause))
        return false;
    const tr_prohibition *p = term(t, t->w->clause);
    tr_time               at = tale_moment(t, p);
    tr_incident           incident = {.begin = at,
                                      .end = at + TR_SECOND,
                                      .best = at,
                                      .place = {.kind = TR_PLACE_POINT, .at = t->w->at, .zone = -1},
                                      .kind = (uint8_t)kind_of(t, t->w->clause)};
    tr_zone_answer        answer = tr_zone_holds(t->plan, p->zone, p->actors, &incident, NULL);
    if (answer == TR_ZONE_IN)
        return false;
    tale_tick(t, at);
    tale_seen(t, at, kind_of(t, t->w->clause), 1, t->w->at, "");
    tale_tick(t, at + TR_MINUTE);
    tale_expect(t, "finding clause %.*s  %s", TR_FMT(tale_label(t, t->w->clause)),
                answer == TR_ZONE_OUT ? "none" : "possible");
    return true;
}

static const struct {
    int code;
    bool (*tell)(tale *t);
    const char *words; /* what the timeline shows */
} tellers[] = {
    {TR_E_NO_LADDER, nobody_answers, "it is reached, and no step runs"},
    {TR_E_ANY_VIOLATION, nobody_answers, "one violation is enough"},
    {TR_E_NEVER_BREACHED, never_breached, "ten years later nothing is missed"},
    {TR_E_UNANSWERED, unanswered, "a year after the breach nothing is due"},
    {TR_E_ONLY_BREACHER, left_alone, "who broke it does nothing, and nobody else has to"},
    {TR_E_NO_POWER, left_alone, "the step is missed, and nobody is bound by it"},
    {TR_E_NO_MUST, without_must, "it is reached, and every step lapses"},
    {TR_E_CONTRADICTION, contradiction, "who does the duty breaches the prohibition"},
    {TR_E_DEADLINES, impossible, "the deadline passes before anybody could keep it"},
    {TR_E_BEGIN_LATE, begin_late, "missed before it had to begin"},
    {TR_E_NEVER_IN_FORCE, never_in_force, "not in force before its end, and over after it"},
    {TR_E_COUNTS_NOTHING, counts_nothing, "a breach, and the count stays at nothing"},
    {TR_E_SELF_EXCUSE, self_excuse, "the party tells itself, and is excused"},
    {TR_E_SWALLOWED, swallowed, "whatever is done, it is excused"},
    {TR_E_IDLE_EXCEPTION, idle_exception, "it applies, and does not decide"},
    {TR_E_EXCEPTION_CONFLICT, conflict, "both apply, and the finding stays open"},
    {TR_E_ONE_REPORT, one_report, "one report, and the clause is active"},
    {TR_E_HOLD_WINDOW, hold_window, "the bound is passed, and the clause is never active"},
    {TR_E_IDLE_CONDITION, nobody_answers, "another condition has tripped already"},
    {TR_E_NO_MARGIN, no_margin, "one incident, and it is active a second time"},
    {TR_E_DEAD_TRIGGER, dead_trigger, "a year later the clock still waits"},
    {TR_E_NEEDLESS, needless, "it happens, and the permission excuses nothing"},
    {TR_E_DEAD_CONDITION, dead_condition, "ten years later it waits still"},
    {TR_E_ZONE_UNUSED, zone_unused, "what happens there follows no clause"},
    {TR_E_ZONE_TWICE, zone_both, "one event, both names"},
    {TR_E_ZONE_GAP, zone_gap, "what happens between the zones breaches neither clause"},
    {TR_E_ZONE_OVERLAP, zone_both, "one event breaches both clauses"},
    {TR_E_ZONE_SPILLS, zone_spills, "what is seen at its corner is not taken in"},
    {TR_E_CLOCK_CHANGE, clock_change, "what the clock on the wall shows misleads"},
    {TR_E_VERSIONS_GAP, line_undefined, "what is seen in the gap stays open"},
    {TR_E_LINE_UNDEFINED, line_undefined, "what is seen without a line stays open"},
    {TR_E_ZONE_NO_PART, no_part, "it happens at the line, and the clause does not reach it"},
    {TR_E_UNPROVABLE, unprovable, "seen, and never more than possible"}};

/* Of an agreement that does not compile, and of wordings, whose difference no event of the record
 * shows: the timeline in words, for the comment of its case. */
static const struct {
    int         code;
    const char *words;
} in_words[] = {
    {TR_E_DEADLINE,
     "The duty is not done. A year passes, and no day was the one on which it was missed."},
    {TR_E_ACTOR,
     "The time comes to act, and each of those named, or nobody, takes it for the other's."},
    {TR_E_ZERO, "The days are counted, and nobody can say from which day."},
    {TR_E_UNIT, "One side waits so many hours, the other so many days."},
    {TR_E_VAGUE,
     "Something happens; one side calls it so, the other does not, and both are right."},
    {TR_E_REFERENCE, "The sentence waits for a clause that never speaks."},
    {TR_E_CIRCLE, "Each waits for the other to be done; nothing is ever owed."},
    {TR_E_COUNT_RULE,
     "An hour of shelling is one incident for one side and 40 explosions for the other."},
    {TR_E_COUNT_CLASS, "A flare goes up, and nobody knows whether it counts."},
    {TR_E_COUNT_RUNG, "Fire of unknown origin counts for one side and not for the other."},
    {TR_E_COUNT_CORROBORATION, "A single allegation activates the clause, or it does not."},
    {TR_E_COUNT_EXERCISES, "A drill is counted as a breach, or it is not."},
    {TR_E_COUNT_CONTESTED, "A contested finding tips the count, or it does not."},
    {TR_E_COUNT_ZONE, "Fire a hundred kilometres away is counted, or it is not."},
    {TR_E_COUNT_PARTY, "Eight breaches by each of two parties are 16, or twice 8."},
    {TR_E_COUNT_WINDOW, "Fifteen breaches in ten years activate the clause."},
    {TR_E_COUNT_LATE,
     "A report comes a month late, and an old activation stands or falls with it."},
    {TR_E_COUNT_BOUND, "The count rises, and at no number does anything happen."},
    {TR_E_COUNT_END, "A quiet year passes, and the clause is active still."},
    {TR_E_FLAPS, "The same facts start the clause and end it: it is active twice by one of them."},
    {TR_E_OUT_OF_REACH, "Breach follows breach, and the count stays at nothing."},
    {TR_E_BOUNDARY, "A gun stands on the line, and each side says that it stands outside."},
    {TR_E_PERIOD, "The last day comes before the first; between them the clause never binds."},
    {TR_E_DAYS_ZONE, "The deadline passes at midnight, in one capital an hour before the other."},
    {TR_E_TOO_SHORT, "The watch begins on the first day and cannot end before the deadline."},
    {TR_E_RECIPIENT, "The notice is due, and nobody knows to whom."},
    {TR_E_WORDING_MISSING, "One side reads the clause in its own language, the other cannot."},
    {TR_E_WORDING_NUMBER, "The day comes on which one text is broken and the other is kept."},
    {TR_E_WORDING_PARTY, "It is not done, and each text says that another should have."},
    {TR_E_WORDING_MODAL, "It is not done; by one text that is a breach, by the other a choice."}};

/* ---- the script ---- */

bool tr_counter_embeds(tr_str text)
{
    tr_str line;
    if (!tr_utf8_ok(text, NULL) || text.len == 0 || text.at[text.len - 1] != '\n')
        return false;
    while (tr_str_next(&text, '\n', &line))
        if (tr_str_is(tr_str_trim(line), "\"\"\""))
            return false;
    return true;
}

/* The label of the sentence at `at`, when it is a clause. */
static tr_str label_at(tr_str text, int32_t at)
{
    ptrdiff_t begin = at < text.len ? at : text.len, end;
    while (begin > 0 && (text.at[begin - 1] != '\n' || text.at[begin] == ' ' ||
                         text.at[begin] == '\t' || text.at[begin] == '#'))
        begin--;
    for (end = begin; end < text.len && ((text.at[end] >= '0' && text.at[end] <= '9') ||
                                         (text.at[end] == '.' && end > begin));)
        end++;
    return tr_str_cut(text, begin, end);
}

/* For a title or a comment: no quote, no control character. */
static void put_plain(tr_out *out, const char *text)
{
    for (; *text; text++)
        tr_put_char(out, *text == '"' ? '\'' : (unsigned char)*text < 0x20 ? ' ' : *text);
}

static void put_head(tale *t, const tr_diagnostic *d, const char *words)
{
    tr_put(&t->out, "# Written by `truce check --cases`.  TR%04d, line %d: ", d->err.code,
           d->err.line);
    put_plain(&t->out, tr_error_summary(d->err.code));
    tr_put(&t->out, ".\n");
    for (size_t i = 0; i < sizeof in_words / sizeof *in_words; i++)
        if (in_words[i].code == d->err.code)
            tr_put(&t->out, "# %s\n", in_words[i].words);
    if (d->detail[0]) {
        tr_put(&t->out, "# ");
        put_plain(&t->out, d->detail);
        tr_put(&t->out, "\n");
    }
    if (d->err.hint[0]) {
        tr_put(&t->out, "# ");
        put_plain(&t->out, d->err.hint);
        tr_put(&t->out, "\n");
    }
    tr_put(&t->out, "\ncase \"");
    put_plain(&t->out, d->err.text);
    tr_put(&t->out, "%s%s\"\n", words ? ": " : "", words ? words : "");
}

static void put_agreement(tale *t, tr_str text, tr_str path)
{
    if (path.len > 0)
        tr_put(&t->out, "agreement \"%.*s\"\n", TR_FMT(path));
    else
        tr_put(&t->out, "agreement \"\"\"\n%.*s\"\"\"\n", TR_FMT(text));
}

static int teller_of(const tr_terms_result *result, const tr_diagnostic *d)
{
    for (size_t i = 0; i < sizeof tellers / sizeof *tellers; i++)
        if (tellers[i].code == d->err.code && result->plan && d->witness.given)
            return (int)i;
    return -1;
}

tr_str tr_counter_name(tr_arena *keep, const tr_terms_result *result, int32_t i, tr_str text)
{
    const tr_diagnostic *d = &result->diagnostic[i];
    tr_str               label = label_at(text, d->span.begin);
    tr_out               name = tr_out_new(keep);
    if (label.len > 0)
        tr_put(&name, "%.*s-TR%04d", TR_FMT(label), d->err.code);
    else
        tr_put(&name, "line-%d-TR%04d", d->err.line, d->err.code);
    return tr_out_text(&name);
}

void tr_counter_make(tr_arena *keep, const tr_terms_result *result, int32_t i, tr_str text,
                     tr_str path, bool timeline, tr_counter *counter)
{
    const tr_diagnostic *d = &result->diagnostic[i];
    tale                 t = {.out = tr_out_new(keep), .plan = result->plan, .w = &d->witness};
    int                  teller = timeline ? teller_of(result, d) : -1;
    put_head(&t, d, teller >= 0 ? tellers[teller].words : NULL);
    put_agreement(&t, text, path);
    tr_put(&t.out, "expect %s TR%04d", d->warning ? "warned" : "refused", d->err.code);
    if (d->err.line > 0)
        tr_put(&t.out, " line %d", d->err.line);
    tr_put(&t.out, "\n");
    /* A warning beside errors: there is no record, and the case says so too. */
    for (int32_t k = 0; k < result->diagnostics && d->warning && !result->plan; k++)
        if (!result->diagnostic[k].warning) {
            tr_put(&t.out, "expect refused TR%04d\n", result->diagnostic[k].err.code);
            break;
        }
    *counter = (tr_counter){.shown = teller >= 0 && tellers[teller].tell(&t),
                            .name = tr_counter_name(keep, result, i, text)};
    counter->script = tr_out_text(&t.out);
}
