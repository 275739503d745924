/* course.c -- how clauses of the other sorts stand: the entry into force, effects, milestones.
 *
 * Each is in effect in the spans that derive.c has worked out; a state word says what that means
 * now.  An effect is neither kept nor breached: it has no verdict.
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
        course->state = "withdrawn";
        course->since = left->begin;
        row->verdict = TR_VERDICT_NOT_IN_FORCE;
    } else if (m->plan->in_force != TR_TIME_MAX) {
        course->state = "in_force";
        course->since = m->plan->in_force;
        row->verdict = TR_VERDICT_COMPLIED;
    } else if (last != TR_TIME_NONE && m->s.now != TR_TIME_NONE && m->s.now > last) {
        course->state = "lapsed";
        course->since = last;
        row->verdict = TR_VERDICT_NOT_IN_FORCE;
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
    row->verdict = TR_VERDICT_NONE;
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

/* An amount or a share has no state of its own while the agreement does not bind. */
void halted_row(const tr_mission *m, tr_board_row *row)
{
    const tr_halt *halt = tr_halted_at(&m->halts[row->clause], 0, m->s.now);
    if (row->course.due == TR_TIME_MAX)
        row->course.due = TR_TIME_NONE; /* the entry into force has no date yet */
    if (!halt)
        return;
    row->verdict = tr_halt_verdict(halt);
    row->course.state = tr_verdict_name(row->verdict);
}

/* ---- what is declared beside what is computed ---- */

static bool decides(const tr_mission *m, int32_t clause, const tr_deed *deed)
{
    const tr_threshold *t = &m->plan->clause[clause].u.threshold;
    return deed->kind == TR_DEED_ADJUDICATION && deed->clause == clause && deed->retracted == 0 &&
           deed->what != TR_DECIDED_OTHER && deed->who >= 0 && t->decided_by >> deed->who & 1 &&
           deed->on <= m->s.now;
}

static const tr_deed *newest_decision(const tr_mission *m, int32_t clause)
{
    const tr_deed *newest = NULL;
    for (int32_t i = 0; i < m->plan->deeds; i++) {
        const tr_deed *deed = &m->plan->deed[i];
        if (decides(m, clause, deed) &&
            (!newest || deed->on > newest->on ||
             (deed->on == newest->on && deed->entry > newest->entry)))
            newest = deed;
    }
    return newest;
}

/* When the newest computed activation was reached; as known: when it became known. */
static tr_time newest_reached(const tr_mission *m, int32_t clause)
{
    const tr_timeline *line = &m->window[clause].line;
    tr_time            reached = TR_TIME_NONE;
    if (m->plan->clause[clause].u.threshold.late == TR_LATE_AS_HAPPENED)
        return line->activations > 0 ? line->activation[line->activations - 1].reached : reached;
    for (ptrdiff_t i = 0; i < m->instance.len; i++)
        if (m->instance.at[i].clause == clause && m->instance.at[i].known > reached)
            reached = m->instance.at[i].known;
    return reached;
}

/* The decision is due so long after the computed activation; one of before answers another. */
void decision_row(const tr_mission *m, tr_board_row *row)
{
    const tr_threshold *t = &m->plan->clause[row->clause].u.threshold;
    const tr_deed      *deed = newest_decision(m, row->clause);
    tr_time             reached = newest_reached(m, row->clause);
    tr_course          *course = &row->course;
    bool                answered = deed && (reached == TR_TIME_NONE || deed->on >= reached);
    if (t->decided_by == 0 || m->s.now == TR_TIME_NONE)
        return;
    course->actors = t->decided_by;
    course->due = reached == TR_TIME_NONE
                      ? TR_TIME_NONE
                      : tr_stretch_after(reached, t->decided_within, m->plan->tz);
    course->done = answered ? deed->on : TR_TIME_NONE;
    course->since = deed ? deed->on : TR_TIME_NONE;
    if (answered)
        course->state = deed->what == TR_DECIDED_ACTIVE ? "declared_active" : "declared_not_active";
    else if (reached == TR_TIME_NONE)
        course->state = "not_declared";
    else
        course->state = m->s.now >= course->due ? "decision_overdue" : "decision_open";
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
    tr_board_row     row = {.course = {.due = TR_TIME_NONE, .done = TR_TIME_NONE}};
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
    case TR_CLAUSE_THRESHOLD:
        row.clause = clause;
        decision_row(m, &row);
        if (row.course.done == TR_TIME_NONE)
            sooner(next, row.course.due, m->s.now);
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
