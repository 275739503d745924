/* duty.c -- the duties outside ladders: their facts from the record, their states now.
 *
 * A clause of several actors is one duty each.  §n.m counts as fulfilled at the moment when the
 * last of its actors has performed.  Facts are sets and the last tick, so the order in which they
 * came does not matter.
 */
#include "mission/derive.h"

#include "verify/absence.h"
#include "verify/cover.h"
#include "verify/judge.h"

static tr_time performed(survey *s, int32_t clause);

static tr_time later(tr_time a, tr_time b)
{
    return a == TR_TIME_NONE || (b != TR_TIME_NONE && b > a) ? b : a;
}

/* Earliest moment up to now at which that was said of the duty, or TR_TIME_NONE. */
static tr_time said_of(const tr_mission *m, int32_t clause, int32_t actor, tr_said what)
{
    tr_time earliest = TR_TIME_NONE;
    for (ptrdiff_t i = 0; i < m->said.len; i++) {
        const said_row *said = &m->said.at[i];
        if (said->step == clause && said->said == (int32_t)what && said->counts &&
            said->retracted == 0 && said->on <= m->s.now && said->actors >> actor & 1 &&
            (earliest == TR_TIME_NONE || said->on < earliest))
            earliest = said->on;
    }
    return earliest;
}

/* An incident as the duty sees it: of its class, in its zone, and not another party's. */
static tr_membership against(const tr_mission *m, const tr_obligation *o, int32_t actor,
                             const tr_incident *incident)
{
    const tr_prohibition term = {.actors = UINT64_C(1) << actor,
                                 .class_ = o->class_,
                                 .zone = o->zone,
                                 .gate = o->gate,
                                 .begin = TR_TIME_NONE,
                                 .end = TR_TIME_MAX};
    tr_why               why;
    if (!incident->live || (incident->side != 0 && incident->side != actor + 1))
        return TR_IN_NONE;
    return tr_judge_any(m->plan, &term, incident, &why);
}

/* An instant as a span has its own nanosecond. */
static tr_span span_of(const tr_incident *incident)
{
    return (tr_span){incident->begin,
                     incident->end > incident->begin ? incident->end : incident->begin + 1};
}

static void look(const tr_mission *m, tr_arena scratch, const tr_duty *duty, tr_duty_facts *facts)
{
    const tr_obligation *o = &m->plan->clause[duty->clause].u.obligation;
    const tr_act        *act = &m->plan->act[o->act_at];
    tr_time due = tr_duty_due(m->plan, duty->clause, duty->actor, &o->finish, facts->zero);
    TR_VEC(tr_span) seen = {0};
    watchers             list;
    tr_effort            effort;
    exposure_query       exposure = {
        m->plan->class_[o->class_].kinds, {TR_TIME_NONE, TR_TIME_MAX}, o->zone, -1,
        UINT64_C(1) << duty->actor};
    const tr_cells *cells = cells_of(m, &exposure);
    watchers_of(m, &scratch, &exposure, &list);
    tr_effort_make(&scratch, cells->cells, list.at, (int32_t)list.len, exposure.within, &effort);
    tr_span watch = {due == TR_TIME_NONE ? TR_TIME_MAX : tr_time_plus(due, -act->hold_ns), due};
    for (ptrdiff_t i = 0; i < m->incident.len; i++) {
        tr_membership in = against(m, o, duty->actor, &m->incident.at[i]);
        tr_span       span = span_of(&m->incident.at[i]);
        if (in == TR_IN_NONE)
            continue;
        *TR_PUSH(&scratch, &seen) = span;
        facts->contrary |= in == TR_IN_CERTAIN && span.begin < watch.end && span.end > watch.begin;
    }
    exposure.within = watch;
    facts->watched_ns = due == TR_TIME_NONE ? 0 : watched_ns(m, scratch, &exposure, &list);
    tr_absence absence = {.from = later(m->plan->in_force, facts->zero),
                          .to = m->s.now,
                          .hold_ns = act->hold_ns,
                          .coverage_ppm = act->coverage_ppm,
                          .seen = seen.at,
                          .seens = tr_cover_unite(seen.at, (int32_t)seen.len),
                          .watched = effort.span,
                          .share = effort.cells,
                          .watches = effort.spans,
                          .whole = cells->cells};
    if (absence.from == TR_TIME_NONE)
        absence.from = effort.spans > 0 ? effort.span[0].begin : m->s.now;
    bool waits = o->finish.kind == TR_DUE_WITHIN && facts->zero == TR_TIME_NONE;
    if (!waits)
        facts->done = tr_absence_reached(&absence);
}

/* When the first of its actors began with it, or NONE. */
static tr_time survey_begun(survey *s, int32_t clause)
{
    tr_time first = TR_TIME_NONE;
    performed(s, clause);
    for (ptrdiff_t i = 0; i < s->list.len; i++) {
        const tr_duty *duty = &s->list.at[i];
        if (duty->clause == clause && duty->begun != TR_TIME_NONE &&
            (first == TR_TIME_NONE || duty->begun < first))
            first = duty->begun;
    }
    return first;
}

static tr_time zero_of(survey *s, const tr_due *due)
{
    if (due->kind != TR_DUE_WITHIN)
        return TR_TIME_NONE;
    if (due->zero_clause >= 0)
        return due->zero == TR_ZERO_STEP_NOTIFIED ? survey_begun(s, due->zero_clause)
                                                  : survey_fulfilled(s, due->zero_clause);
    tr_time zero = due->zero == TR_ZERO_SIGNATURE ? s->m->plan->signature : s->m->plan->in_force;
    return zero == TR_TIME_MAX ? TR_TIME_NONE : zero;
}

static tr_duty_facts facts_of(survey *s, int32_t clause, int32_t actor)
{
    const tr_mission    *m = s->m;
    const tr_obligation *o = &m->plan->clause[clause].u.obligation;
    const tr_duty        duty = {.clause = clause, .actor = actor};
    tr_duty_facts        facts = {.now = m->s.now,
                                  .zero = zero_of(s, &o->finish),
                                  .begin_zero = zero_of(s, &o->begin),
                                  .begun = said_of(m, clause, actor, TR_SAID_STARTED),
                                  .done = said_of(m, clause, actor, TR_SAID_DONE),
                                  .pair = TR_TIME_NONE};
    if (m->plan->act[o->act_at].seen && m->s.now != TR_TIME_NONE &&
        m->plan->in_force != TR_TIME_MAX)
        look(m, *s->keep, &duty, &facts);
    return facts;
}

/* Each duty of the clause as if it stood alone; when the last was performed, or NONE. */
static tr_time performed(survey *s, int32_t clause)
{
    const tr_plan *plan = s->m->plan;
    uint64_t       actors = plan->clause[clause].u.obligation.actors;
    tr_time        last = TR_TIME_NONE;
    bool           all = true;
    if (s->known[clause])
        return s->performed[clause];
    for (int32_t a = 0; a < plan->actors; a++) {
        tr_duty       duty;
        tr_duty_facts facts;
        if (!(actors >> a & 1))
            continue;
        facts = facts_of(s, clause, a);
        tr_respond_duty(plan, clause, a, &facts, &duty);
        s->list.at[s->list.len++] = duty;
        all &= duty.performed != TR_TIME_NONE;
        last = later(last, duty.performed);
    }
    s->known[clause] = true;
    return s->performed[clause] = all ? last : TR_TIME_NONE;
}

static bool in_list(const int32_t *list, int32_t count, int32_t clause)
{
    for (int32_t i = 0; i < count; i++)
        if (list[i] == clause)
            return true;
    return false;
}

/* The exchange that the clause is part of, or NULL. */
static const tr_effect *exchange_of(const tr_plan *plan, int32_t clause)
{
    for (int32_t i = 0; plan->driven && i < plan->clauses; i++) {
        const tr_effect *e = &plan->clause[i].u.effect;
        if (plan->clause[i].kind == TR_CLAUSE_EFFECT && e->kind == TR_EFFECT_EXCHANGES &&
            (in_list(e->of, e->ofs, clause) || in_list(e->with, e->withs, clause)))
            return e;
    }
    return NULL;
}

/* Of an exchange: when all of both sides had performed, or NONE. */
static tr_time exchanged(survey *s, const tr_effect *e)
{
    tr_time last = TR_TIME_NONE;
    for (int32_t i = 0; i < e->ofs + e->withs; i++) {
        tr_time one = performed(s, i < e->ofs ? e->of[i] : e->with[i - e->ofs]);
        if (one == TR_TIME_NONE)
            return TR_TIME_NONE;
        last = later(last, one);
    }
    return last;
}

/* The compiler refuses circles, so this ends. */
tr_time survey_fulfilled(survey *s, int32_t clause)
{
    const tr_effect *e = exchange_of(s->m->plan, clause);
    if (s->m->plan->clause[clause].kind == TR_CLAUSE_MILESTONE)
        return s->effect[clause].len > 0 ? s->effect[clause].at[0].begin : TR_TIME_NONE;
    return e ? exchanged(s, e) : performed(s, clause);
}

const tr_duty *survey_duty(survey *s, int32_t clause, int32_t actor)
{
    performed(s, clause);
    for (ptrdiff_t i = 0; i < s->list.len; i++)
        if (s->list.at[i].clause == clause && s->list.at[i].actor == actor)
            return &s->list.at[i];
    return NULL;
}

survey survey_new(const tr_mission *m, tr_arena *keep, const span_list *effect)
{
    const tr_plan *plan = m->plan;
    ptrdiff_t      room = 0;
    survey         s = {.m = m,
                        .keep = keep,
                        .effect = effect,
                        .known = TR_NEW(keep, bool, plan->clauses + 1),
                        .performed = TR_NEW(keep, tr_time, plan->clauses + 1)};
    for (int32_t c = 0; c < plan->clauses; c++)
        if (plan->clause[c].kind == TR_CLAUSE_OBLIGATION)
            room += __builtin_popcountll(plan->clause[c].u.obligation.actors);
    TR_RESERVE(keep, &s.list, room);
    return s;
}

/* One that is part of an exchange, once the others are known. */
static void await_pair(survey *s, tr_duty *duty)
{
    const tr_effect *e = exchange_of(s->m->plan, duty->clause);
    if (!e)
        return;
    tr_duty_facts facts = facts_of(s, duty->clause, duty->actor);
    facts.exchanged = true;
    facts.pair = exchanged(s, e);
    tr_respond_duty(s->m->plan, duty->clause, duty->actor, &facts, duty);
}

void duties_now(const tr_mission *m, tr_arena *keep, duties *list)
{
    const tr_plan *plan = m->plan;
    survey         s = survey_new(m, keep, m->in_effect);
    for (int32_t c = 0; c < plan->clauses; c++)
        if (plan->clause[c].kind == TR_CLAUSE_OBLIGATION)
            performed(&s, c);
    for (ptrdiff_t i = 0; i < s.list.len; i++)
        await_pair(&s, &s.list.at[i]);
    *list = s.list;
}

/* What the plan takes from the record is worked out at each entry; after a load, when asked. */
void settle(const tr_mission *m)
{
    if (m->plan && m->plan->driven && m->cache->settled != m->s.count.entries)
        derive((tr_mission *)(uintptr_t)m, -1);
}

void tr_mission_duties(const tr_mission *m, tr_arena *keep, int32_t clause, tr_duties *duties_)
{
    tr_arena scratch = m->scratch;
    duties   all = {0};
    if (m->plan)
        duties_now(m, &scratch, &all);
    *duties_ = (tr_duties){0};
    for (int32_t a = 0; m->plan && a < m->plan->actors; a++)
        for (ptrdiff_t i = 0; i < all.len; i++)
            if (all.at[i].clause == clause && all.at[i].actor == a)
                *TR_PUSH(keep, duties_) = all.at[i];
}

void duty_row(const duties *list, tr_board_row *row)
{
    for (ptrdiff_t i = 0; i < list->len; i++) {
        const tr_duty *duty = &list->at[i];
        if (duty->clause != row->clause)
            continue;
        int more =
            row->duties == 0 ? 1 : tr_duty_gravity(duty->state) - tr_duty_gravity(row->duty.state);
        if (more > 0 || (more == 0 && duty->actor < row->duty.actor))
            row->duty = *duty;
        row->duties++;
    }
    row->verdict = tr_duty_verdict(row->duty.state);
}
