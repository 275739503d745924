/* duty.c -- the duties outside ladders: their facts from the record, their states now.
 *
 * A clause of several actors is one duty each.  §n.m counts as fulfilled at the moment when the
 * last of its actors has performed.  Facts are sets and the last tick, so the order in which they
 * came does not matter.
 */
#include "mission/state.h"

#include "verify/absence.h"
#include "verify/cover.h"
#include "verify/judge.h"

typedef struct {
    const tr_mission *m;
    tr_arena         *keep;
    duties           *list;
    bool             *known; /* of a clause */
    tr_time          *fulfilled;
} survey;

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
    return tr_judge(m->plan, &term, incident, &why);
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
    tr_time              due = tr_due_at(m->plan, &o->finish, facts->zero);
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

static tr_time fulfilled(survey *s, int32_t clause);

static tr_time zero_of(survey *s, const tr_due *due)
{
    if (due->kind != TR_DUE_WITHIN)
        return TR_TIME_NONE;
    if (due->zero_clause >= 0)
        return fulfilled(s, due->zero_clause);
    return due->zero == TR_ZERO_SIGNATURE ? s->m->plan->signature : s->m->plan->in_force;
}

static void survey_actor(survey *s, int32_t clause, int32_t actor, tr_duty *duty)
{
    const tr_mission    *m = s->m;
    const tr_obligation *o = &m->plan->clause[clause].u.obligation;
    tr_duty_facts        facts = {.now = m->s.now,
                                  .zero = zero_of(s, &o->finish),
                                  .begin_zero = zero_of(s, &o->begin),
                                  .begun = said_of(m, clause, actor, TR_SAID_STARTED),
                                  .done = said_of(m, clause, actor, TR_SAID_DONE)};
    *duty = (tr_duty){.clause = clause, .actor = actor};
    if (m->plan->act[o->act_at].seen && m->s.now != TR_TIME_NONE)
        look(m, *s->keep, duty, &facts);
    tr_respond_duty(m->plan, clause, actor, &facts, duty);
}

/* The compiler refuses circles, so this ends. */
static tr_time fulfilled(survey *s, int32_t clause)
{
    if (s->known[clause])
        return s->fulfilled[clause];
    const tr_plan *plan = s->m->plan;
    uint64_t       actors = plan->clause[clause].u.obligation.actors;
    tr_time        last = TR_TIME_NONE;
    bool           all = true;
    for (int32_t a = 0; a < plan->actors; a++) {
        tr_duty duty;
        if (!(actors >> a & 1))
            continue;
        survey_actor(s, clause, a, &duty);
        s->list->at[s->list->len++] = duty;
        all &= duty.done != TR_TIME_NONE;
        last = later(last, duty.done);
    }
    s->known[clause] = true;
    return s->fulfilled[clause] = all ? last : TR_TIME_NONE;
}

void duties_now(const tr_mission *m, tr_arena *keep, duties *list)
{
    const tr_plan *plan = m->plan;
    ptrdiff_t      room = 0;
    *list = (duties){0};
    for (int32_t c = 0; c < plan->clauses; c++)
        if (plan->clause[c].kind == TR_CLAUSE_OBLIGATION)
            room += __builtin_popcountll(plan->clause[c].u.obligation.actors);
    if (room == 0)
        return;
    TR_RESERVE(keep, list, room);
    survey s = {m, keep, list, TR_NEW(keep, bool, plan->clauses),
                TR_NEW(keep, tr_time, plan->clauses)};
    for (int32_t c = 0; c < plan->clauses; c++)
        if (plan->clause[c].kind == TR_CLAUSE_OBLIGATION)
            fulfilled(&s, c);
}

/* What a prohibition waits for is known only from the record: set in the plan, once an entry. */
void settle(const tr_mission *m)
{
    tr_arena scratch = m->scratch;
    duties   list = {0};
    bool     asked = false;
    if (!m->plan || m->cache->settled == m->s.count.entries)
        return;
    m->cache->settled = m->s.count.entries;
    for (int32_t c = 0; c < m->plan->clauses && !asked; c++)
        asked = m->plan->clause[c].kind == TR_CLAUSE_PROHIBITION &&
                m->plan->clause[c].u.prohibition.onces > 0;
    if (asked)
        duties_now(m, &scratch, &list);
    for (int32_t c = 0; c < m->plan->clauses && asked; c++) {
        tr_prohibition *term = (tr_prohibition *)(uintptr_t)&m->plan->clause[c].u.prohibition;
        if (m->plan->clause[c].kind != TR_CLAUSE_PROHIBITION || term->onces == 0)
            continue;
        term->since = TR_TIME_NONE;
        for (int32_t i = 0; i < term->onces; i++) {
            tr_time done = duty_fulfilled(&list, term->once[i]);
            term->since = later(term->since, done == TR_TIME_NONE ? TR_TIME_MAX : done);
        }
    }
}

/* The moment at which all actors of the clause had performed, or TR_TIME_NONE. */
tr_time duty_fulfilled(const duties *list, int32_t clause)
{
    tr_time last = TR_TIME_NONE;
    for (ptrdiff_t i = 0; i < list->len; i++) {
        if (list->at[i].clause != clause)
            continue;
        if (list->at[i].done == TR_TIME_NONE)
            return TR_TIME_NONE;
        last = later(last, list->at[i].done);
    }
    return last;
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
