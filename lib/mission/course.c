/* course.c -- how clauses of the other sorts stand: the entry into force, effects, milestones.
 *
 * Each is in effect in the spans that derive.c has worked out; a state word says what that means
 * now.  An effect is neither kept nor breached: its verdict is open.
 */
#include "mission/derive.h"

#include "verify/halt.h"

static const tr_span *span_at(const effect_spans *spans, tr_time t)
{
    for (ptrdiff_t i = 0; i < spans->len; i++)
        if (spans->at[i].begin <= t && t < spans->at[i].end)
            return &spans->at[i];
    return NULL;
}

static tr_time last_end(const effect_spans *spans, tr_time now)
{
    tr_time last = TR_TIME_NONE;
    for (ptrdiff_t i = 0; i < spans->len; i++)
        if (spans->at[i].end <= now)
            last = spans->at[i].end;
    return last;
}

static void force_row(const tr_mission *m, tr_board_row *row)
{
    const tr_force *force = &m->plan->clause[row->clause].u.force;
    const tr_span  *left = span_at(&m->in_effect[row->clause], m->s.now);
    tr_time         last = force_lapse(m->plan, force);
    tr_course      *course = &row->course;
    if (left) {
        *course = (tr_course){.state = "withdrawn", .since = left->begin};
        row->verdict = TR_VERDICT_NOT_IN_FORCE;
    } else if (m->plan->in_force != TR_TIME_MAX) {
        *course = (tr_course){.state = "in_force", .since = m->plan->in_force};
        row->verdict = TR_VERDICT_COMPLIED;
    } else if (last != TR_TIME_NONE && m->s.now != TR_TIME_NONE && m->s.now > last) {
        *course = (tr_course){.state = "lapsed", .since = last};
        row->verdict = TR_VERDICT_NOT_IN_FORCE;
    } else {
        *course = (tr_course){.state = "waiting", .since = TR_TIME_NONE, .due = last};
    }
    course->due = left || last == TR_TIME_NONE ? TR_TIME_NONE : last;
    course->done = m->plan->in_force == TR_TIME_MAX ? TR_TIME_NONE : m->plan->in_force;
}

static void effect_row(const tr_mission *m, tr_board_row *row)
{
    static const char *const on[] = {
        [TR_EFFECT_SUSPENDS] = "suspended", [TR_EFFECT_TERMINATES] = "terminated",
        [TR_EFFECT_VOIDS] = "voided",       [TR_EFFECT_LIFTS] = "lifted",
        [TR_EFFECT_EXCHANGES] = "exchanged", [TR_EFFECT_NEEDS] = "waiting"};
    const tr_effect    *e = &m->plan->clause[row->clause].u.effect;
    const effect_spans *spans = &m->in_effect[row->clause];
    const tr_span      *now = span_at(spans, m->s.now);
    tr_time             last = last_end(spans, m->s.now);
    tr_course          *course = &row->course;
    course->actors = e->actors;
    if (now) {
        course->state = on[e->kind];
        course->since = now->begin;
    } else if (e->kind == TR_EFFECT_NEEDS) {
        course->state = "in_force";
        course->since = last;
    } else {
        course->state = last == TR_TIME_NONE         ? "waiting"
                        : e->kind == TR_EFFECT_LIFTS ? "snapped_back"
                                                     : "ended";
        course->since = last;
    }
}

/* When a milestone is due: later by what suspends it. */
static tr_time milestone_due(const tr_mission *m, int32_t clause)
{
    const tr_milestone *milestone = &m->plan->clause[clause].u.milestone;
    return tr_halts_due(&m->halts[clause], 0, m->plan->in_force, milestone->by);
}

static void milestone_row(const tr_mission *m, tr_board_row *row)
{
    const effect_spans *spans = &m->in_effect[row->clause];
    const tr_halt      *halt = tr_halted_at(&m->halts[row->clause], 0, m->s.now);
    tr_course          *course = &row->course;
    tr_time             due = milestone_due(m, row->clause);
    bool                reached = spans->len > 0;
    bool late = due != TR_TIME_NONE && (reached ? spans->at[0].begin > due : m->s.now >= due);
    course->due = due;
    course->done = reached ? spans->at[0].begin : TR_TIME_NONE;
    course->since = reached ? course->done : late ? due : TR_TIME_NONE;
    course->state = reached ? "reached" : late ? "missed" : halt ? "suspended" : "waiting";
    row->verdict = late      ? TR_VERDICT_BREACHED
                   : reached ? TR_VERDICT_COMPLIED
                   : halt    ? tr_halt_verdict(halt)
                             : TR_VERDICT_OPEN;
}

void course_row(const tr_mission *m, tr_board_row *row)
{
    tr_clause_kind kind = m->plan->clause[row->clause].kind;
    row->course.state = "waiting";
    if (m->s.now == TR_TIME_NONE)
        return;
    if (kind == TR_CLAUSE_FORCE)
        force_row(m, row);
    else if (kind == TR_CLAUSE_EFFECT)
        effect_row(m, row);
    else if (kind == TR_CLAUSE_MILESTONE)
        milestone_row(m, row);
    row->final = false;
}

/* ---- what falls due next ---- */

static void sooner(tr_time *next, tr_time t, tr_time now)
{
    if (t != TR_TIME_NONE && t != TR_TIME_MAX && t > now && (*next == TR_TIME_NONE || t < *next))
        *next = t;
}

static void sooner_when(tr_time *next, const tr_when *when, tr_time now)
{
    for (int32_t i = 0; i < when->atoms; i++)
        sooner(next, when->atom[i].moment, now);
}

void course_next(const tr_mission *m, int32_t clause, tr_time *next)
{
    const tr_clause *c = &m->plan->clause[clause];
    switch (c->kind) {
    case TR_CLAUSE_PROHIBITION:
        sooner_when(next, &c->u.prohibition.once, m->s.now);
        break;
    case TR_CLAUSE_OBLIGATION:
        sooner_when(next, &c->u.obligation.once, m->s.now);
        break;
    case TR_CLAUSE_FORCE:
        sooner_when(next, &c->u.force.when, m->s.now);
        if (m->plan->in_force == TR_TIME_MAX)
            sooner(next, force_lapse(m->plan, &c->u.force), m->s.now);
        break;
    case TR_CLAUSE_EFFECT:
        sooner_when(next, &c->u.effect.when, m->s.now);
        sooner_when(next, &c->u.effect.back, m->s.now);
        break;
    case TR_CLAUSE_MILESTONE:
        sooner_when(next, &c->u.milestone.when, m->s.now);
        if (m->in_effect[clause].len == 0)
            sooner(next, milestone_due(m, clause), m->s.now);
        break;
    default:
        break;
    }
}
