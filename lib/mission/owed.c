/* owed.c -- duties that recur: what brought each instance about, from the record.
 *
 * A request and a notice count from the last tick before them, a breach from the begin of its
 * incident, an activation from when it was reached (or known, where it is judged as known).
 * Access that is granted upon a request completes the duty to admit; access that is denied,
 * delayed, conditional or threatened is a refusal of it, as a response that says so is.
 */
#include "mission/state.h"

#include "verify/judge.h"

#include <stdio.h>

typedef TR_VEC(tr_trigger) triggers;
typedef TR_VEC(tr_report) reports;

bool duty_recurs(const tr_plan *plan, int32_t clause)
{
    return plan->clause[clause].kind == TR_CLAUSE_OBLIGATION &&
           plan->clause[clause].u.obligation.each.kind != TR_EACH_NONE;
}

static bool take_front(tr_str *rest, tr_str word)
{
    if (rest->len < word.len || !tr_str_eq(tr_str_cut(*rest, 0, word.len), word))
        return false;
    *rest = tr_str_from(*rest, word.len);
    return true;
}

bool duty_name(const tr_plan *plan, int32_t clause, tr_str name, int32_t *actor, tr_str *key)
{
    const tr_obligation *o = &plan->clause[clause].u.obligation;
    tr_str               rest = name;
    *actor = -1;
    *key = (tr_str){0};
    if (!take_front(&rest, TR_STR("o-")) || !take_front(&rest, plan->clause[clause].label))
        return false;
    if (rest.len == 0)
        return true;
    if (!take_front(&rest, TR_STR("-")))
        return false;
    for (int32_t a = 0; a < plan->actors && *actor < 0; a++)
        if (o->actors >> a & 1 && tr_str_eq(plan->actor[a].id, rest))
            *actor = a;
    if (*actor >= 0)
        return true;
    if (o->each.kind == TR_EACH_NONE)
        return false;
    for (int32_t a = 0; a < plan->actors && *actor < 0; a++) {
        tr_str after = rest;
        if (o->actors >> a & 1 && take_front(&after, plan->actor[a].id) &&
            take_front(&after, TR_STR("-"))) {
            *actor = a;
            rest = after;
        }
    }
    *key = rest;
    return rest.len > 0;
}

/* ---- what brought it about ---- */

static tr_trigger *push(tr_arena *keep, triggers *list, tr_time zero, int64_t entry)
{
    tr_trigger *trigger = TR_PUSH(keep, list);
    *trigger = (tr_trigger){.zero = zero, .entry = entry};
    if (entry >= 0)
        snprintf(trigger->key, sizeof trigger->key, "%lld", (long long)entry);
    return trigger;
}

static bool is_request(const tr_obligation *o, const tr_deed *deed, int32_t actor)
{
    return deed->kind == TR_DEED_REQUEST && deed->retracted == 0 && deed->act == o->act_at &&
           deed->to >> actor & 1 && deed->told != TR_TIME_MAX &&
           (o->each.by < 0 || deed->who == o->each.by);
}

static void by_requests(const tr_mission *m, tr_arena *keep, const tr_obligation *o, int32_t actor,
                        triggers *list)
{
    for (ptrdiff_t i = 0; i < m->deed.len; i++)
        if (is_request(o, &m->deed.at[i], actor))
            push(keep, list, m->deed.at[i].told, m->deed.at[i].entry)->content =
                m->deed.at[i].content;
}

static void by_notices(const tr_mission *m, tr_arena *keep, const tr_each *each, triggers *list)
{
    for (ptrdiff_t i = 0; i < m->notice.len; i++)
        if (m->notice.at[i].from == each->by && m->notice.at[i].told != TR_TIME_MAX &&
            m->notice.at[i].cancelled == TR_TIME_MAX)
            push(keep, list, m->notice.at[i].told, m->notice.at[i].entry);
}

static bool earlier(const tr_incident *a, const tr_incident *b)
{
    return !b || a->begin < b->begin || (a->begin == b->begin && tr_hash_cmp(&a->id, &b->id) < 0);
}

static void push_breach(const tr_mission *m, tr_arena *keep, const tr_each *each, int32_t incident,
                        triggers *list)
{
    tr_finding finding;
    char       name[TR_FINDING_ID + 1];
    tr_finding_make(m->plan, each->clause, &m->incident.at[incident], incident, &finding);
    tr_finding_name(&finding, name);
    tr_trigger *trigger = push(keep, list, m->incident.at[incident].begin, -1);
    snprintf(trigger->key, sizeof trigger->key, "%s", name);
}

static void by_breaches(const tr_mission *m, tr_arena *keep, const tr_each *each, triggers *list)
{
    const tr_prohibition *term = &m->plan->clause[each->clause].u.prohibition;
    const tr_incident    *first = NULL;
    for (ptrdiff_t i = 0; i < m->incident.len; i++) {
        const tr_incident *incident = &m->incident.at[i];
        tr_why             why;
        if (!incident->live || incident->begin > m->s.now ||
            (each->by >= 0 && incident->side != each->by + 1) ||
            tr_judge(m->plan, term, incident, &why) != TR_IN_CERTAIN)
            continue;
        if (each->kind == TR_EACH_BREACH)
            push_breach(m, keep, each, (int32_t)i, list);
        else if (earlier(incident, first))
            first = incident;
    }
    if (first)
        push_breach(m, keep, each, (int32_t)(first - m->incident.at), list);
}

static void by_activations(const tr_mission *m, tr_arena *keep, const tr_each *each, triggers *list)
{
    bool as_known = m->plan->clause[each->clause].u.threshold.late == TR_LATE_AS_KNOWN;
    for (ptrdiff_t i = 0; i < m->instance.len; i++) {
        const tr_instance *instance = &m->instance.at[i];
        tr_time            begin = as_known ? instance->known : instance->reached;
        tr_time            zero = each->kind == TR_EACH_ACTIVE ? begin : instance->cleared;
        char               id[64];
        tr_arena           scratch = *keep;
        if (instance->clause != each->clause || zero == TR_TIME_NONE || zero > m->s.now)
            continue;
        tr_out out = tr_out_new(&scratch);
        tr_put_instance_id(&out, m->plan, instance);
        snprintf(id, sizeof id, "%.*s", TR_FMT(tr_out_text(&out)));
        snprintf(push(keep, list, zero, -1)->key, TR_OWED_KEY, "%.39s", id);
    }
}

static void gather(const tr_mission *m, tr_arena *keep, const tr_obligation *o, int32_t actor,
                   triggers *list)
{
    switch (o->each.kind) {
    case TR_EACH_REQUEST:
        by_requests(m, keep, o, actor, list);
        break;
    case TR_EACH_NOTICE:
        by_notices(m, keep, &o->each, list);
        break;
    case TR_EACH_BREACH:
    case TR_EACH_FIRST_BREACH:
        by_breaches(m, keep, &o->each, list);
        break;
    case TR_EACH_ACTIVE:
    case TR_EACH_ENDED:
        by_activations(m, keep, &o->each, list);
        break;
    default:
        break;
    }
}

/* ---- what was reported ---- */

static void said_reports(const tr_mission *m, tr_arena *keep, int32_t clause, int32_t actor,
                         reports *list)
{
    for (ptrdiff_t i = 0; i < m->said.len; i++) {
        const said_row *said = &m->said.at[i];
        bool done = said->said == TR_SAID_DONE && said->counts, no = said->said == TR_SAID_REFUSED;
        tr_str  key;
        int32_t named;
        if (said->step != clause || said->retracted > 0 || said->on > m->s.now ||
            !(said->actors >> actor & 1) || (!done && !no) ||
            !duty_name(m->plan, clause, mission_text(m, said->activation), &named, &key))
            continue;
        *TR_PUSH(keep, list) = (tr_report){said->on, key, done, no};
    }
}

/* Access about a request, by the actor that was asked. */
static void access_reports(const tr_mission *m, tr_arena *keep, const tr_obligation *o,
                           int32_t actor, reports *list)
{
    for (ptrdiff_t i = 0; i < m->deed.len && o->each.kind == TR_EACH_REQUEST; i++) {
        const tr_deed *deed = &m->deed.at[i];
        if (deed->kind != TR_DEED_ACCESS || deed->retracted > 0 || deed->about < 0 ||
            deed->who != actor || deed->on > m->s.now)
            continue;
        char *key = TR_NEW(keep, char, 24);
        int   len = snprintf(key, 24, "%lld", (long long)deed->about);
        bool  granted = deed->what == TR_ACCESS_GRANTED;
        *TR_PUSH(keep, list) = (tr_report){deed->on, {key, len}, granted, !granted};
    }
}

static void owed_of(const tr_mission *m, tr_arena *keep, int32_t clause, int32_t actor,
                    tr_owed_list *list, tr_owed_sum *sum)
{
    const tr_obligation *o = &m->plan->clause[clause].u.obligation;
    triggers             trigger = {0};
    reports              report = {0};
    gather(m, keep, o, actor, &trigger);
    said_reports(m, keep, clause, actor, &report);
    access_reports(m, keep, o, actor, &report);
    tr_respond_owed(keep, m->plan, clause, actor, m->s.now, trigger.at,
                    (int32_t)trigger.len, report.at, (int32_t)report.len, list, sum);
}

void tr_mission_owed(const tr_mission *m, tr_arena *keep, int32_t clause, int32_t actor,
                     tr_owed_list *list, tr_owed_sum *sum)
{
    settle(m);
    owed_of(m, keep, clause, actor, list, sum);
}

static tr_time sooner(tr_time a, tr_time b)
{
    return a == TR_TIME_NONE || (b != TR_TIME_NONE && b < a) ? b : a;
}

/* Of several actors the gravest is shown; one of whom nothing was asked comes last. */
static int weight(tr_duty_state state)
{
    return state == TR_DUTY_WAITING ? 0 : tr_duty_gravity(state);
}

void owed_row(const tr_mission *m, tr_arena scratch, tr_board_row *row)
{
    uint64_t   actors = m->plan->clause[row->clause].u.obligation.actors;
    tr_course *course = &row->course;
    bool       first = true;
    course->actors = actors;
    for (int32_t a = 0; a < m->plan->actors; a++) {
        tr_arena     keep = scratch;
        tr_owed_list list;
        tr_owed_sum  sum;
        if (!(actors >> a & 1))
            continue;
        owed_of(m, &keep, row->clause, a, &list, &sum);
        if (first || weight(sum.state) > weight(row->duty.state)) {
            row->duty.actor = a;
            row->duty.state = sum.state;
            row->verdict = sum.verdict;
            course->state = tr_duty_state_name(sum.state);
        }
        first = false;
        course->since = sooner(course->since, sum.since);
        course->due = sooner(course->due, sum.due);
        course->owed += sum.owed;
        course->kept += sum.kept;
        course->missed += sum.missed;
        course->missing += sum.missing;
        course->open += sum.open;
        course->refused += sum.refused;
        course->beyond += sum.beyond;
    }
}

tr_time owed_due(const tr_mission *m, tr_arena scratch)
{
    tr_time due = TR_TIME_NONE;
    for (int32_t c = 0; c < m->plan->clauses; c++) {
        tr_board_row row = {.clause = c, .course = {.since = TR_TIME_NONE, .due = TR_TIME_NONE}};
        if (!duty_recurs(m->plan, c))
            continue;
        owed_row(m, scratch, &row);
        due = sooner(due, row.course.due);
    }
    return due;
}
