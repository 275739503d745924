/* latch.c -- instances of clauses: what the record came to know, when.
 *
 * As happened: after each entry the timeline with all facts of now is laid
 * against the instances known so far, by the same `reached` first, else by
 * overlap of [reached, cleared):
 *
 *     activation without instance  -> new instance, known now
 *     moved                        -> `reached` follows; `reached_first` stays
 *     cleared, or cleared at another instant -> cleared, known now
 *     cleared no more              -> active again
 *     instance without activation  -> under review; it stands, and recovers if it comes back
 *
 * As known: the clause's own latch, looked at only at the head of the moment.
 * Nothing is evaluated before the first tick, and nothing is ever taken off the list.
 */
#include "mission/state.h"

#include "base/time.h"
#include "verify/judge.h"

static const tr_threshold *threshold_at(const tr_plan *plan, int32_t clause)
{
    return plan->clause[clause].kind == TR_CLAUSE_THRESHOLD ? &plan->clause[clause].u.threshold
                                                            : NULL;
}

void windows_make(tr_mission *m)
{
    m->window = TR_NEW(m->keep, clause_window, m->plan->clauses + 1);
    for (int32_t c = 0; c < m->plan->clauses; c++)
        if (threshold_at(m->plan, c))
            m->window[c].at = tr_window_new(m->keep, m->plan, c);
}

void windows_fill(tr_mission *m)
{
    for (int32_t c = 0; c < m->plan->clauses; c++) {
        if (!m->window[c].at)
            continue;
        for (ptrdiff_t i = 0; i < m->incident.len; i++)
            if (m->incident.at[i].live)
                tr_window_add(m->window[c].at, &m->incident.at[i]);
        tr_window_run(m->window[c].at, m->s.now, &m->window[c].line);
    }
}

void latches_make(tr_mission *m)
{
    for (int32_t c = 0; c < m->plan->clauses; c++) {
        const tr_threshold *threshold = threshold_at(m->plan, c);
        if (threshold && threshold->late == TR_LATE_AS_KNOWN)
            *TR_PUSH(m->keep, &m->latch) = (latch_row){tr_latch_new(), c, -1};
    }
}

static int32_t instances_of(const tr_mission *m, int32_t clause)
{
    int32_t found = 0;
    for (ptrdiff_t i = 0; i < m->instance.len; i++)
        found += m->instance.at[i].clause == clause;
    return found;
}

static tr_instance *instance_new(tr_mission *m, int32_t clause, int64_t index)
{
    int32_t      number = instances_of(m, clause) + 1;
    tr_instance *instance = TR_PUSH(m->keep, &m->instance);
    *instance = (tr_instance){.known = m->s.now,
                              .known_index = index,
                              .cleared = TR_TIME_NONE,
                              .cleared_known = TR_TIME_NONE,
                              .cleared_index = -1,
                              .cleared_first = TR_TIME_NONE,
                              .cleared_first_known = TR_TIME_NONE,
                              .review_index = -1,
                              .clause = clause,
                              .number = number,
                              .status = TR_INSTANCE_ACTIVE};
    return instance;
}

/* ---- as happened ---- */

static tr_time end_of(tr_time cleared)
{
    return cleared == TR_TIME_NONE ? TR_TIME_MAX : cleared;
}

static bool overlap(const tr_activation *activation, const tr_instance *instance)
{
    return activation->reached < end_of(instance->cleared) &&
           instance->reached < end_of(activation->cleared);
}

static void follow(tr_mission *m, tr_instance *instance, const tr_activation *activation,
                   int64_t index)
{
    instance->reached = activation->reached;
    instance->count = activation->count;
    instance->condition = activation->condition;
    instance->sector = activation->sector;
    if (activation->cleared == TR_TIME_NONE) {
        if (instance->cleared != TR_TIME_NONE) {
            instance->cleared = instance->cleared_known = TR_TIME_NONE;
            instance->cleared_index = -1;
            instance->review_index = index;
        }
        instance->status = TR_INSTANCE_ACTIVE;
        return;
    }
    if (instance->cleared != activation->cleared || instance->status == TR_INSTANCE_REVIEW) {
        if (instance->cleared != TR_TIME_NONE)
            instance->review_index = index; /* a published clearing was moved */
        instance->cleared_known = m->s.now;
        instance->cleared_index = index;
    }
    if (instance->cleared_first == TR_TIME_NONE) {
        instance->cleared_first = activation->cleared;
        instance->cleared_first_known = m->s.now;
    }
    instance->cleared = activation->cleared;
    instance->status = TR_INSTANCE_CLEARED;
}

/* Instances of the clause in order of their numbers. */
static int32_t list_instances(const tr_mission *m, tr_arena *scratch, int32_t clause,
                              int32_t **list)
{
    int32_t count = 0;
    *list = TR_NEW(scratch, int32_t, m->instance.len + 1);
    for (ptrdiff_t i = 0; i < m->instance.len; i++)
        if (m->instance.at[i].clause == clause)
            (*list)[count++] = (int32_t)i;
    return count;
}

/* For each activation its instance or -1; `taken` marks the instances used. */
static void match(const tr_mission *m, const tr_timeline *line, const int32_t *list, int32_t count,
                  int32_t *instance, bool *taken)
{
    for (int32_t a = 0, k = 0; a < line->activations; a++) {
        instance[a] = -1;
        while (k < count && m->instance.at[list[k]].reached < line->activation[a].reached)
            k++;
        if (k < count && m->instance.at[list[k]].reached == line->activation[a].reached) {
            instance[a] = list[k];
            taken[k++] = true;
        }
    }
    for (int32_t a = 0; a < line->activations; a++)
        for (int32_t k = 0; k < count && instance[a] < 0; k++)
            if (!taken[k] && overlap(&line->activation[a], &m->instance.at[list[k]])) {
                instance[a] = list[k];
                taken[k] = true;
            }
}

static void as_happened(tr_mission *m, int32_t clause, int64_t index)
{
    tr_arena           scratch = m->scratch;
    const tr_timeline *line = &m->window[clause].line;
    int32_t           *list, count = list_instances(m, &scratch, clause, &list);
    int32_t           *of = TR_NEW(&scratch, int32_t, line->activations + 1);
    bool              *taken = TR_NEW(&scratch, bool, count + 1);
    match(m, line, list, count, of, taken);
    for (int32_t k = 0; k < count; k++) {
        tr_instance *instance = &m->instance.at[list[k]];
        if (!taken[k] && instance->status != TR_INSTANCE_REVIEW) {
            instance->status = TR_INSTANCE_REVIEW;
            instance->review_index = index;
        }
    }
    for (int32_t a = 0; a < line->activations; a++) {
        tr_instance *instance;
        if (of[a] >= 0) {
            instance = &m->instance.at[of[a]];
        } else {
            instance = instance_new(m, clause, index);
            instance->reached_first = line->activation[a].reached;
        }
        follow(m, instance, &line->activation[a], index);
    }
}

/* ---- as known ---- */

static void as_known(tr_mission *m, latch_row *row, int64_t index)
{
    const tr_window *window = m->window[row->clause].at;
    for (;;) {
        tr_latch_change change = tr_latch_look(window, m->s.now, &row->latch);
        if (change == TR_LATCH_SAME)
            return;
        if (change == TR_LATCH_ON) {
            tr_instance *instance = instance_new(m, row->clause, index);
            instance->reached = instance->reached_first = row->latch.reached;
            instance->count = row->latch.count;
            instance->condition = row->latch.condition;
            instance->sector = row->latch.sector;
            row->instance = (int32_t)m->instance.len - 1;
        } else {
            tr_instance *instance = &m->instance.at[row->instance];
            instance->cleared = instance->cleared_first = row->latch.cleared;
            instance->cleared_known = instance->cleared_first_known = m->s.now;
            instance->cleared_index = index;
            instance->status = TR_INSTANCE_CLEARED;
        }
    }
}

void window_look(tr_mission *m, int32_t clause, int64_t index)
{
    tr_window_run(m->window[clause].at, m->s.now, &m->window[clause].line);
    if (index >= 0 && tr_plan_threshold(m->plan, clause)->late == TR_LATE_AS_HAPPENED)
        as_happened(m, clause, index);
}

void evaluate(tr_mission *m, int64_t index)
{
    if (m->s.now == TR_TIME_NONE)
        return;
    if (m->plan->driven)
        derive(m, index);
    for (int32_t c = 0; c < m->plan->clauses && !m->plan->driven; c++)
        if (threshold_at(m->plan, c))
            window_look(m, c, index);
    for (ptrdiff_t i = 0; i < m->latch.len; i++)
        as_known(m, &m->latch.at[i], index);
    m->changed = false;
}

/* ---- names ---- */

tr_condition tr_instance_condition(const tr_plan *plan, const tr_instance *instance)
{
    tr_condition condition = tr_plan_threshold(plan, instance->clause)->on[instance->condition];
    condition.sector = instance->sector;
    return condition;
}

void tr_put_instance_id(tr_out *out, const tr_plan *plan, const tr_instance *instance)
{
    tr_civil c = tr_civil_of(instance->reached_first, tr_tz_utc());
    tr_put(out, "a-%.*s-%04d%02d%02dT%02d%02d%02dZ", TR_FMT(plan->clause[instance->clause].label),
           c.year, c.month, c.day, c.hour, c.minute, c.second);
}
