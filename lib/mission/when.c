/* when.c -- conditions as the sets of moments at which they hold (derive.h).
 *
 * Each atom gives spans; all of them must hold.  What would begin after now is left out: it is not
 * known.  Breaches are those that are certain; of two, the first comes before the other only where
 * no breach that may be the other's began before the first was over.
 */
#include "mission/derive.h"

#include "verify/cover.h"
#include "verify/judge.h"

static void put(derivation *d, span_list *list, tr_time begin, tr_time end)
{
    if (begin < end)
        *TR_PUSH(d->keep, list) = (tr_span){begin, end};
}

static void put_from(derivation *d, span_list *list, tr_time begin)
{
    if (begin != TR_TIME_NONE)
        put(d, list, begin, TR_TIME_MAX);
}

span_list spans_complement(tr_arena *keep, span_list spans)
{
    span_list list = {0};
    tr_time   reach = TR_TIME_NONE;
    for (ptrdiff_t i = 0; i < spans.len; i++) {
        if (spans.at[i].begin > reach)
            *TR_PUSH(keep, &list) = (tr_span){reach, spans.at[i].begin};
        reach = spans.at[i].end;
    }
    if (reach < TR_TIME_MAX)
        *TR_PUSH(keep, &list) = (tr_span){reach, TR_TIME_MAX};
    return list;
}

/* ---- acts of bodies ---- */

/* Does the organ of a deed stand for a group that one joins or leaves? */
static bool of_group(const tr_plan *plan, int32_t organ)
{
    for (int32_t a = 0; organ >= 0 && a < plan->actors; a++)
        if (plan->actor[a].kind == TR_ACTOR_GROUP &&
            (plan->actor[a].organ[0] == organ || plan->actor[a].organ[1] == organ))
            return true;
    return false;
}

static bool is_about(const tr_plan *plan, const tr_atom *atom, const tr_deed *deed)
{
    return deed->kind == TR_DEED_RATIFICATION && deed->who == atom->actor &&
           deed->retracted == 0 &&
           ((atom->organ < 0 && !of_group(plan, deed->organ)) || deed->organ == atom->organ ||
            (deed->what == TR_RATIFY_WITHDRAWN && deed->organ < 0 &&
             atom->act != TR_RATIFY_WITHDRAWN));
}

/* The next act about it after (t, entry): of those that give it, or that take it. */
static const tr_deed *next_deed(const tr_mission *m, const tr_atom *atom, tr_time t, int64_t entry,
                                bool gives)
{
    const tr_deed *found = NULL;
    for (int32_t i = 0; i < m->plan->deeds; i++) {
        const tr_deed *deed = &m->plan->deed[i];
        bool           withdrawn = deed->what == TR_RATIFY_WITHDRAWN;
        bool           it = atom->act == TR_RATIFY_WITHDRAWN ? withdrawn == gives
                            : gives                          ? deed->what == atom->act
                                                             : withdrawn;
        if (!it || !is_about(m->plan, atom, deed) || deed->on > m->s.now || deed->on < t ||
            (deed->on == t && deed->entry <= entry))
            continue;
        if (!found || deed->on < found->on ||
            (deed->on == found->on && deed->entry < found->entry))
            found = deed;
    }
    return found;
}

static void put_ratified(derivation *d, const tr_atom *atom, span_list *list)
{
    tr_time t = TR_TIME_NONE;
    int64_t entry = -1;
    for (;;) {
        const tr_deed *given = next_deed(d->m, atom, t, entry, true);
        if (!given)
            return;
        const tr_deed *taken = next_deed(d->m, atom, given->on, given->entry, false);
        put(d, list, given->on, taken ? taken->on : TR_TIME_MAX);
        if (!taken)
            return;
        t = taken->on;
        entry = taken->entry;
    }
}

/* Joined by an accession, left by a withdrawal, each naming the group by its id or its name; or
 * from the agreement itself. */
span_list member_spans(derivation *d, int32_t group, int32_t actor)
{
    const tr_actor *of = &d->m->plan->actor[group];
    tr_atom         atom = {.kind = TR_WHEN_RATIFIES, .actor = actor, .act = TR_RATIFY_ACCEDED};
    span_list       list = {0};
    tr_time         left = TR_TIME_MAX;
    for (int32_t i = 0; i < 2; i++) {
        atom.organ = of->organ[i];
        put_ratified(d, &atom, &list);
        const tr_deed *leaves = next_deed(d->m, &atom, TR_TIME_NONE, -1, false);
        left = leaves && leaves->on < left ? leaves->on : left;
    }
    if (of->members >> actor & 1)
        put(d, &list, TR_TIME_NONE, left);
    list.len = tr_cover_unite(list.at, (int32_t)list.len);
    return list;
}

/* ---- clauses that somebody owes ---- */

static void put_duty_breach(derivation *d, int32_t clause, int32_t actor, span_list *list)
{
    const tr_duty *duty = survey_duty(&d->owed, clause, actor);
    if (!duty || (duty->state != TR_DUTY_BREACHED && duty->state != TR_DUTY_CURED))
        return;
    if (duty->begin_missed)
        put(d, list, duty->begin_due, duty->begun == TR_TIME_NONE ? TR_TIME_MAX : duty->begun);
    if (duty->due != TR_TIME_NONE && duty->due <= d->m->s.now)
        put(d, list, duty->due, duty->performed == TR_TIME_NONE ? TR_TIME_MAX : duty->performed);
}

typedef enum { STEP_BREACH, STEP_DONE } step_part;

/* Of all activations, those judged as known by what was published. */
static void put_step(derivation *d, int32_t clause, step_part part, span_list *list)
{
    const tr_mission *m = d->m;
    int32_t           room = m->plan->clauses, on = m->plan->clause[clause].u.step.on;
    tr_step_run      *run = TR_NEW(d->keep, tr_step_run, room + 1);
    for (int32_t i = 0; i < m->instance.len; i++) {
        int32_t steps = 0;
        if (m->instance.at[i].clause != on || m->instance.at[i].status == TR_INSTANCE_REVIEW)
            continue;
        tr_mission_steps(m, m->scratch, i, run, &steps, room);
        for (int32_t k = 0; k < steps && k < room; k++) {
            tr_step_state state = run[k].state;
            if (run[k].clause != clause)
                continue;
            if (part == STEP_DONE && run[k].done != TR_TIME_NONE)
                put_from(d, list, run[k].done);
            if (part == STEP_BREACH && (state == TR_STEP_MISSED || state == TR_STEP_DONE_LATE))
                put(d, list, run[k].due, run[k].done == TR_TIME_NONE ? TR_TIME_MAX : run[k].done);
        }
    }
}

static void put_in_breach(derivation *d, const tr_atom *atom, span_list *list)
{
    const tr_clause *clause = &d->m->plan->clause[atom->clause];
    if (clause->kind == TR_CLAUSE_OBLIGATION) {
        put_duty_breach(d, atom->clause, atom->actor, list);
    } else if (clause->kind == TR_CLAUSE_STEP && clause->u.step.actor == atom->actor) {
        put_step(d, atom->clause, STEP_BREACH, list);
    }
}

static void put_fulfilled(derivation *d, const tr_atom *atom, span_list *list)
{
    const tr_clause *clause = &d->m->plan->clause[atom->clause];
    if (clause->kind == TR_CLAUSE_OBLIGATION) {
        put_from(d, list, survey_fulfilled(&d->owed, atom->clause));
    } else if (clause->kind == TR_CLAUSE_STEP) {
        put_step(d, atom->clause, STEP_DONE, list);
    } else if (clause->kind == TR_CLAUSE_MILESTONE) {
        for (ptrdiff_t i = 0; i < d->effect[atom->clause].len; i++)
            *TR_PUSH(d->keep, list) = d->effect[atom->clause].at[i];
    }
}

/* ---- breaches that happened ---- */

/* The certain one that was over first, and the earliest begin of any that may be one. */
static void first_breach(const tr_mission *m, int32_t clause, int32_t actor, tr_span *sure,
                         tr_time *perhaps)
{
    const tr_prohibition *term = &m->plan->clause[clause].u.prohibition;
    for (ptrdiff_t i = 0; i < m->incident.len; i++) {
        const tr_incident *incident = &m->incident.at[i];
        tr_why             why;
        bool               his = actor < 0 || incident->side == actor + 1;
        if (!incident->live || (!his && incident->side != 0))
            continue;
        tr_membership in = tr_judge(m->plan, term, incident, &why);
        if (in != TR_IN_NONE && incident->begin < *perhaps)
            *perhaps = incident->begin;
        if (in == TR_IN_CERTAIN && his && incident->end < sure->end)
            *sure = (tr_span){incident->begin, incident->end};
    }
}

static void breach_of(derivation *d, int32_t clause, int32_t actor, tr_span *sure,
                      tr_time *perhaps)
{
    const tr_clause *c = &d->m->plan->clause[clause];
    span_list        list = {0};
    *sure = (tr_span){TR_TIME_MAX, TR_TIME_MAX};
    *perhaps = TR_TIME_MAX;
    if (c->kind == TR_CLAUSE_PROHIBITION) {
        first_breach(d->m, clause, actor, sure, perhaps);
        return;
    }
    for (int32_t a = 0; a < d->m->plan->actors; a++)
        if (actor >= 0 && a != actor)
            continue;
        else if (c->kind == TR_CLAUSE_OBLIGATION)
            put_duty_breach(d, clause, a, &list);
        else if (c->u.step.actor == a)
            put_step(d, clause, STEP_BREACH, &list);
    for (ptrdiff_t i = 0; i < list.len; i++)
        if (list.at[i].begin < sure->begin)
            *sure = (tr_span){list.at[i].begin, list.at[i].begin};
    *perhaps = sure->begin;
}

static void put_breach(derivation *d, const tr_atom *atom, span_list *list)
{
    tr_span first, other;
    tr_time perhaps, theirs = TR_TIME_MAX;
    breach_of(d, atom->clause, atom->actor, &first, &perhaps);
    if (atom->clause2 >= 0)
        breach_of(d, atom->clause2, atom->actor2, &other, &theirs);
    if (first.end != TR_TIME_MAX && (atom->clause2 < 0 || first.end < theirs))
        put_from(d, list, first.end);
}

/* ---- thresholds ---- */

static void put_active(derivation *d, int32_t clause, span_list *list)
{
    const tr_mission  *m = d->m;
    const tr_timeline *line = &m->window[clause].line;
    if (tr_plan_threshold(m->plan, clause)->late == TR_LATE_AS_HAPPENED) {
        for (int32_t i = 0; m->s.now != TR_TIME_NONE && i < line->activations; i++)
            put(d, list, line->activation[i].reached,
                line->activation[i].cleared == TR_TIME_NONE ? TR_TIME_MAX
                                                            : line->activation[i].cleared);
        return;
    }
    for (ptrdiff_t i = 0; i < m->instance.len; i++) {
        const tr_instance *instance = &m->instance.at[i];
        if (instance->clause == clause)
            put(d, list, instance->known,
                instance->cleared == TR_TIME_NONE ? TR_TIME_MAX : instance->cleared_known);
    }
}

static void put_ended(derivation *d, int32_t clause, span_list *list)
{
    span_list active = {0};
    put_active(d, clause, &active);
    active.len = tr_cover_unite(active.at, (int32_t)active.len);
    for (ptrdiff_t i = 0; i < active.len; i++)
        put(d, list, active.at[i].end,
            i + 1 < active.len ? active.at[i + 1].begin : TR_TIME_MAX);
}

/* ---- all ---- */

static span_list atom_spans(derivation *d, const tr_atom *atom)
{
    span_list list = {0};
    switch (atom->kind) {
    case TR_WHEN_IN_BREACH:
        put_in_breach(d, atom, &list);
        break;
    case TR_WHEN_ACTIVE:
        put_active(d, atom->clause, &list);
        break;
    case TR_WHEN_ENDED:
        put_ended(d, atom->clause, &list);
        break;
    case TR_WHEN_FULFILLED:
        put_fulfilled(d, atom, &list);
        break;
    case TR_WHEN_BREACH:
        put_breach(d, atom, &list);
        break;
    case TR_WHEN_RATIFIES:
        put_ratified(d, atom, &list);
        break;
    case TR_WHEN_AFTER:
        put_from(d, &list, atom->moment);
        break;
    case TR_WHEN_BEFORE:
        put(d, &list, TR_TIME_NONE, atom->moment);
        break;
    }
    list.len = tr_cover_unite(list.at, (int32_t)list.len);
    return atom->negated ? spans_complement(d->keep, list) : list;
}

span_list when_spans(derivation *d, const tr_when *when)
{
    span_list all = {0};
    put(d, &all, TR_TIME_NONE, TR_TIME_MAX);
    for (int32_t i = 0; i < when->atoms; i++) {
        span_list one = atom_spans(d, &when->atom[i]), both = {0};
        TR_RESERVE(d->keep, &both, all.len + one.len);
        both.len = tr_cover_common(all.at, (int32_t)all.len, one.at, (int32_t)one.len, both.at);
        all = both;
    }
    while (all.len > 0 &&
           (d->m->s.now == TR_TIME_NONE || all.at[all.len - 1].begin > d->m->s.now))
        all.len--;
    return all;
}

tr_time when_first(derivation *d, const tr_when *when)
{
    span_list all = when_spans(d, when);
    return all.len > 0 ? all.at[0].begin : TR_TIME_MAX;
}
