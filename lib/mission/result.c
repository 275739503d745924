/* result.c -- what follows from the state: findings, tallies, ladders, the board of clauses.
 *
 * Nothing here is stored.  All orders end in a content id.
 */
#include "mission/state.h"

#include "base/time.h"
#include "verify/cover.h"
#include "verify/daily.h"
#include "verify/halt.h"
#include "verify/judge.h"

#include <stdlib.h>

/* ---- findings ---- */

typedef struct {
    tr_finding         finding;
    const tr_incident *incident;
} found;

static int by_clause_time_id(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->finding.clause != y->finding.clause)
        return x->finding.clause < y->finding.clause ? -1 : 1;
    if (x->incident->begin != y->incident->begin)
        return x->incident->begin < y->incident->begin ? -1 : 1;
    return tr_hash_cmp(&x->incident->id, &y->incident->id);
}

void tr_mission_findings(const tr_mission *m, tr_arena *keep, tr_findings *findings)
{
    tr_arena scratch = m->scratch;
    TR_VEC(found) list = {0};
    *findings = (tr_findings){0};
    settle(m);
    for (int32_t c = 0; m->plan && c < m->plan->clauses; c++) {
        if (m->plan->clause[c].kind != TR_CLAUSE_PROHIBITION)
            continue;
        for (ptrdiff_t i = 0; i < m->incident.len; i++) {
            const tr_incident *incident = &m->incident.at[i];
            tr_why             why;
            if (!incident->live)
                continue;
            tr_membership in =
                tr_judge(m->plan, &m->plan->clause[c].u.prohibition, incident, &why);
            if (in == TR_IN_NONE && !tr_excused(in, why))
                continue;
            found *f = TR_PUSH(&scratch, &list);
            tr_finding_make(m->plan, c, incident, (int32_t)i, &f->finding);
            f->incident = incident;
        }
    }
    if (list.len > 1)
        qsort(list.at, (size_t)list.len, sizeof list.at[0], by_clause_time_id);
    TR_RESERVE(keep, findings, list.len);
    for (ptrdiff_t i = 0; i < list.len; i++)
        *TR_PUSH(keep, findings) = list.at[i].finding;
}

bool tr_mission_finding(const tr_mission *m, tr_str id, tr_finding *finding)
{
    uint8_t want[10];
    if (id.len != TR_FINDING_ID || !tr_str_starts(id, "f-") ||
        !tr_hex_read(tr_str_from(id, 2), want, 10))
        return false;
    settle(m);
    for (int32_t c = 0; m->plan && c < m->plan->clauses; c++) {
        if (m->plan->clause[c].kind != TR_CLAUSE_PROHIBITION)
            continue;
        for (ptrdiff_t i = 0; i < m->incident.len; i++) {
            tr_finding got;
            if (!m->incident.at[i].live)
                continue;
            tr_finding_make(m->plan, c, &m->incident.at[i], (int32_t)i, &got);
            if ((got.in != TR_IN_NONE || tr_excused(got.in, got.why)) &&
                memcmp(got.id, want, sizeof want) == 0) {
                *finding = got;
                return true;
            }
        }
    }
    return false;
}

/* ---- exposure and tallies ---- */

/* Kinds that a query is about, for exposure. */
static uint64_t query_kinds(const tr_plan *plan, const tr_tally_query *query)
{
    uint64_t kinds = query->kinds;
    if (kinds == 0 && query->clause >= 0)
        kinds = plan->class_[tr_plan_prohibition(plan, query->clause)->class_].kinds;
    if (kinds == 0 && query->rule == TR_RULE_SMM)
        for (int k = 0; k < TR_KINDS; k++)
            if (tr_kind_flags((tr_kind)k) & TR_KIND_FIRE)
                kinds |= UINT64_C(1) << k;
    return kinds;
}

bool tr_mission_tally(const tr_mission *m, tr_arena scratch, const tr_tally_query *query,
                      tr_tally *tally, tr_err *err)
{
    settle(m);
    if (!m->plan)
        return tr_fail(err, TR_E_GENESIS, "Begin the record with agreement.adopt.",
                       "the record has no agreement");
    exposure_query exposure = {query_kinds(m->plan, query), query->span, query->zone,
                               query->source, 0};
    watchers       list;
    if (exposure.zone < 0 && query->clause >= 0)
        exposure.zone = tr_plan_prohibition(m->plan, query->clause)->zone;
    if (query->clause >= 0)
        exposure.actors = tr_plan_prohibition(m->plan, query->clause)->actors;
    watchers_of(m, &scratch, &exposure, &list);
    return tr_tally_run(m->plan, m->incident.at, (int32_t)m->incident.len,
                        watched_ns(m, scratch, &exposure, &list), query, tally, err);
}

/* ---- witnesses ---- */

static int by_time_id(const void *a, const void *b)
{
    const tr_incident *x = *(const tr_incident *const *)a, *y = *(const tr_incident *const *)b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return tr_hash_cmp(&x->id, &y->id);
}

static void witnesses(const tr_mission *m, tr_arena *keep, int32_t clause, tr_condition on,
                      tr_time t, tr_indices *list)
{
    TR_VEC(const tr_incident *) in = {0};
    for (ptrdiff_t i = 0; i < m->incident.len; i++) {
        const tr_incident *incident = &m->incident.at[i];
        tr_why             why;
        if (incident->live && incident->begin <= t &&
            tr_condition_at(m->plan, clause, &on, incident, t, &why) == TR_IN_CERTAIN)
            *TR_PUSH(keep, &in) = incident;
    }
    if (in.len > 1)
        qsort(in.at, (size_t)in.len, sizeof in.at[0], by_time_id);
    *list = (tr_indices){0};
    for (ptrdiff_t i = 0; i < in.len; i++)
        *TR_PUSH(keep, list) = (int32_t)(in.at[i] - m->incident.at);
}

void tr_mission_witnesses(const tr_mission *m, tr_arena *keep, int32_t instance, tr_indices *list)
{
    const tr_instance *of = &m->instance.at[instance];
    witnesses(m, keep, of->clause, tr_instance_condition(m->plan, of), of->reached, list);
}

/* ---- ladders ---- */

static bool asks_first_breach(const tr_plan *plan, int32_t threshold)
{
    for (int32_t c = 0; c < plan->clauses; c++)
        if (plan->clause[c].kind == TR_CLAUSE_STEP && plan->clause[c].u.step.on == threshold &&
            plan->clause[c].u.step.zero == TR_ZERO_FIRST_BREACH)
            return true;
    return false;
}

static tr_time first_breach(const tr_mission *m, tr_arena scratch, const tr_activation *activation)
{
    tr_indices list;
    if (!asks_first_breach(m->plan, activation->clause))
        return TR_TIME_NONE;
    tr_condition on = tr_plan_threshold(m->plan, activation->clause)->on[activation->condition];
    on.sector = activation->sector;
    witnesses(m, &scratch, activation->clause, on, activation->reached, &list);
    return list.len > 0 ? m->incident.at[list.at[0]].begin : TR_TIME_NONE;
}

typedef TR_VEC(tr_response) responses;

/* What was said about an instance by its name, as first published or by the facts of now. */
static void responses_to(const tr_mission *m, tr_arena *keep, int32_t instance, responses *list)
{
    *list = (responses){0};
    if (instance < 0 || m->said.len == 0)
        return;
    tr_instance moved = m->instance.at[instance];
    tr_out      first = tr_out_new(keep);
    tr_put_instance_id(&first, m->plan, &moved);
    tr_str name = tr_str_keep(keep, tr_out_text(&first));
    moved.reached_first = moved.reached;
    tr_out now = tr_out_new(keep);
    tr_put_instance_id(&now, m->plan, &moved);
    tr_str other = tr_str_keep(keep, tr_out_text(&now));
    for (ptrdiff_t i = 0; i < m->said.len; i++) {
        const said_row *said = &m->said.at[i];
        tr_str          of = mission_text(m, said->activation);
        if (said->retracted || !said->counts ||
            m->plan->clause[said->step].kind != TR_CLAUSE_STEP ||
            m->plan->clause[said->step].u.step.on != moved.clause ||
            (!tr_str_eq(of, name) && !tr_str_eq(of, other)))
            continue;
        *TR_PUSH(keep, list) =
            (tr_response){said->step, (tr_said)said->said,
                          said->on < moved.reached ? moved.reached : said->on, said->entry};
    }
}

void ladder(const tr_mission *m, tr_arena scratch, const tr_activation *activation, tr_time known,
            int32_t instance, tr_step_run *step, int32_t *steps, int32_t room)
{
    responses said;
    responses_to(m, &scratch, instance, &said);
    tr_ladder_run run = {.clause = activation->clause,
                         .zero = activation->reached,
                         .known = known,
                         .ended = activation->cleared,
                         .first_breach = first_breach(m, scratch, activation),
                         .response = said.at,
                         .responses = (int32_t)said.len};
    tr_respond_steps(m->plan, &run, m->s.now, step, steps, room);
}

static tr_activation activation_of(const tr_instance *instance)
{
    return (tr_activation){.clause = instance->clause,
                           .condition = instance->condition,
                           .sector = instance->sector,
                           .reached = instance->reached,
                           .cleared = instance->cleared,
                           .off_since = TR_TIME_NONE,
                           .count = instance->count};
}

void tr_mission_steps(const tr_mission *m, tr_arena scratch, int32_t instance, tr_step_run *step,
                      int32_t *steps, int32_t room)
{
    const tr_instance *of = &m->instance.at[instance];
    tr_activation      activation = activation_of(of);
    const bool         as_known = tr_plan_threshold(m->plan, of->clause)->late == TR_LATE_AS_KNOWN;
    if (as_known)
        activation.reached = of->known;
    ladder(m, scratch, &activation, of->known, instance, step, steps, room);
}

/* ---- the board ---- */

/* How far a term has run: from its begin (or the first that was watched) to now. */
static tr_span term_span(const tr_mission *m, const tr_prohibition *term, const watchers *list)
{
    tr_time begin = tr_term_begin(m->plan, term);
    tr_time end = term->end < m->s.now ? term->end : m->s.now;
    if (begin == TR_TIME_NONE) {
        begin = end;
        for (ptrdiff_t i = 0; i < list->len; i++)
            if (list->at[i].span[0].begin < begin)
                begin = list->at[i].span[0].begin;
    }
    return (tr_span){begin, begin < end ? end : begin};
}

static int64_t plus(int64_t sum, int32_t n)
{
    return sum == TR_COUNT_UNBOUNDED || n == TR_UNBOUNDED ? TR_COUNT_UNBOUNDED : sum + n;
}

static void count_findings(const tr_mission *m, const tr_prohibition *term, tr_board_row *row)
{
    for (ptrdiff_t i = 0; i < m->incident.len; i++) {
        const tr_incident *incident = &m->incident.at[i];
        tr_why             why;
        tr_membership in = incident->live ? tr_judge(m->plan, term, incident, &why) : TR_IN_NONE;
        row->findings += in != TR_IN_NONE;
        row->excused += incident->live && in == TR_IN_NONE && why == TR_WHY_EXCEPTED;
        row->suspended += incident->live && in == TR_IN_NONE && why == TR_WHY_SUSPENDED;
        row->conflicts += in != TR_IN_NONE && why == TR_WHY_CONFLICT;
        row->breaches += in == TR_IN_CERTAIN;
        if (in == TR_IN_CERTAIN)
            row->persons.certain = plus(row->persons.certain, incident->deaths_min);
        if (in >= TR_IN_BEST)
            row->persons.best = plus(row->persons.best, incident->deaths_best);
        if (in >= TR_IN_POSSIBLE)
            row->persons.possible = plus(row->persons.possible, incident->deaths_max);
    }
}

static bool is_final(const tr_mission *m, tr_time end)
{
    return m->s.now != TR_TIME_NONE && end != TR_TIME_NONE && end != TR_TIME_MAX &&
           m->s.now > tr_time_add_days(end, m->plan->final_days, m->plan->tz);
}

/* What was watched in the hours of the day for which the term binds, and their length. */
static void watch_hours(const tr_mission *m, tr_arena *scratch, const tr_prohibition *term,
                        const exposure_query *exposure, watchers *list, tr_verdict_facts *facts)
{
    tr_span *hours;
    int32_t  count = tr_daily_spans(scratch, &term->daily, m->plan->tz, exposure->within, &hours);
    facts->whole_ns = tr_cover_ns(hours, count, exposure->within);
    for (ptrdiff_t i = 0; i < list->len; i++) {
        tr_watcher *w = &list->at[i];
        tr_span    *common = TR_NEW(scratch, tr_span, count + w->spans + 1);
        w->spans = tr_cover_common(w->span, w->spans, hours, count, common);
        w->span = common;
    }
    facts->watched_ns = watched_ns(m, *scratch, exposure, list);
}

static void prohibition_row(const tr_mission *m, tr_arena scratch, tr_board_row *row)
{
    const tr_prohibition *term = tr_plan_prohibition(m->plan, row->clause);
    tr_time               begin = tr_term_begin(m->plan, term);
    tr_time               end = term->end < m->s.now ? term->end : m->s.now;
    watchers              list;
    row->verdict = TR_VERDICT_OPEN;
    if (m->s.now == TR_TIME_NONE)
        return;
    exposure_query exposure = {m->plan->class_[term->class_].kinds, {begin, end}, term->zone, -1,
                               term->actors};
    watchers_of(m, &scratch, &exposure, &list);
    exposure.within = term_span(m, term, &list);
    count_findings(m, term, row);
    const tr_halt   *halt = tr_halted_all(&term->halts, term->actors, m->s.now);
    bool             passing = halt && tr_halt_verdict(halt) == TR_VERDICT_SUSPENDED;
    tr_verdict_facts facts = {.in_force = (begin == TR_TIME_NONE || m->s.now >= begin) &&
                                          (!halt || passing),
                              .suspended = passing,
                              .breached = row->breaches > 0,
                              .doubtful = row->findings > row->breaches,
                              .watched_ns = watched_ns(m, scratch, &exposure, &list),
                              .whole_ns = exposure.within.end - exposure.within.begin,
                              .coverage_ppm = term->coverage_ppm};
    if (term->daily.stated)
        watch_hours(m, &scratch, term, &exposure, &list, &facts);
    row->coverage_ppm = tr_cover_share_ppm(facts.watched_ns, facts.whole_ns);
    row->final = is_final(m, term->end);
    row->verdict = tr_cover_verdict(&facts);
}

static const latch_row *latch_of(const tr_mission *m, int32_t clause)
{
    for (ptrdiff_t i = 0; i < m->latch.len; i++)
        if (m->latch.at[i].clause == clause)
            return &m->latch.at[i];
    return NULL;
}

static int32_t newest_instance(const tr_mission *m, int32_t clause)
{
    int32_t newest = -1;
    for (ptrdiff_t i = 0; i < m->instance.len; i++)
        if (m->instance.at[i].clause == clause &&
            (newest < 0 || m->instance.at[i].reached >= m->instance.at[newest].reached))
            newest = (int32_t)i;
    return newest;
}

static void threshold_row(const tr_mission *m, tr_board_row *row)
{
    const tr_threshold  *threshold = tr_plan_threshold(m->plan, row->clause);
    const clause_window *window = &m->window[row->clause];
    const latch_row     *latch = latch_of(m, row->clause);
    tr_time              now = m->s.now;
    row->verdict = TR_VERDICT_OPEN;
    row->instance = newest_instance(m, row->clause);
    if (now == TR_TIME_NONE)
        return;
    if (m->plan->in_force != TR_TIME_NONE && now < m->plan->in_force)
        row->verdict = TR_VERDICT_NOT_IN_FORCE;
    for (int32_t i = 0; i < threshold->ons; i++) {
        row->on_sector[i] = tr_window_sector(window->at, TR_WINDOW_ON, i, now);
        row->on_count[i] = tr_window_count(window->at, TR_WINDOW_ON, i, now);
    }
    for (int32_t i = 0; i < threshold->offs; i++) {
        row->off_sector[i] = tr_window_sector(window->at, TR_WINDOW_OFF, i, now);
        row->off_count[i] = tr_window_count(window->at, TR_WINDOW_OFF, i, now);
    }
    if (latch) {
        row->active = latch->latch.active != 0;
        row->pending = !row->active && latch->latch.since != TR_TIME_NONE;
        row->off_since = row->active ? latch->latch.since : TR_TIME_NONE;
        return;
    }
    const tr_timeline *line = &window->line;
    row->active = line->active;
    row->pending = line->pending_since != TR_TIME_NONE;
    if (line->active)
        row->off_since = line->activation[line->activations - 1].off_since;
}

static tr_verdict step_verdict(const tr_step *step, tr_step_state state)
{
    switch (state) {
    case TR_STEP_DONE:
        return TR_VERDICT_COMPLIED;
    case TR_STEP_DONE_LATE: /* cured; the breach stays */
    case TR_STEP_MISSED:
        return step->must ? TR_VERDICT_BREACHED : TR_VERDICT_OPEN;
    case TR_STEP_VOID:
        return TR_VERDICT_NOT_IN_FORCE;
    case TR_STEP_SUSPENDED:
        return TR_VERDICT_SUSPENDED;
    default:
        return TR_VERDICT_OPEN;
    }
}

static void step_row(const tr_mission *m, tr_arena scratch, tr_board_row *row)
{
    const tr_step *step = &m->plan->clause[row->clause].u.step;
    int32_t        steps = 0, room = m->plan->clauses;
    tr_step_run   *run = TR_NEW(&scratch, tr_step_run, room + 1);
    row->step = (tr_step_run){.clause = row->clause,
                              .state = TR_STEP_WAITING,
                              .zero = TR_TIME_NONE,
                              .due = TR_TIME_NONE,
                              .done = TR_TIME_NONE};
    row->verdict = TR_VERDICT_OPEN;
    row->instance = newest_instance(m, step->on);
    if (row->instance < 0)
        return;
    tr_mission_steps(m, scratch, row->instance, run, &steps, room);
    for (int32_t i = 0; i < steps && i < room; i++)
        if (run[i].clause == row->clause)
            row->step = run[i];
    row->verdict = step_verdict(step, row->step.state);
    row->final = row->verdict != TR_VERDICT_OPEN && is_final(m, row->step.due);
}

static void obligation_row(const tr_mission *m, tr_arena scratch, const duties *owed,
                           tr_board_row *row)
{
    duty_row(owed, row);
    if (duty_recurs(m->plan, row->clause)) {
        owed_row(m, scratch, row);
        return;
    }
    row->final = row->verdict != TR_VERDICT_OPEN && row->verdict != TR_VERDICT_NOT_IN_FORCE &&
                 is_final(m, row->duty.due);
}

static void amount_row(const tr_mission *m, tr_arena scratch, tr_board_row *row)
{
    const tr_clause *c = &m->plan->clause[row->clause];
    measure_row(m, scratch, row);
    if (c->kind == TR_CLAUSE_QUANTITY)
        row->final = is_final(m, c->u.quantity.by != TR_TIME_NONE ? c->u.quantity.by
                                                                  : c->u.quantity.end);
}

void tr_mission_board(const tr_mission *m, tr_arena *keep, tr_board *board)
{
    tr_arena scratch = m->scratch;
    duties   owed = {0};
    *board = (tr_board){0};
    settle(m);
    if (m->plan)
        duties_now(m, &scratch, &owed);
    for (int32_t c = 0; m->plan && c < m->plan->clauses; c++) {
        tr_board_row *row = TR_PUSH(keep, board);
        *row = (tr_board_row){.clause = c,
                              .instance = -1,
                              .off_since = TR_TIME_NONE,
                              .verdict = TR_VERDICT_OPEN,
                              .course = {.since = TR_TIME_NONE,
                                         .due = TR_TIME_NONE,
                                         .done = TR_TIME_NONE,
                                         .low = INT64_MIN,
                                         .amount = -1}};
        /* board.at may lie at the end of keep: rows are filled from scratch of our own */
        if (m->plan->clause[c].kind == TR_CLAUSE_STATED)
            row->verdict = TR_VERDICT_NONE;
        else if (m->plan->clause[c].kind == TR_CLAUSE_PROHIBITION)
            prohibition_row(m, scratch, row);
        else if (m->plan->clause[c].kind == TR_CLAUSE_THRESHOLD)
            threshold_row(m, row), decision_row(m, row);
        else if (m->plan->clause[c].kind == TR_CLAUSE_STEP)
            step_row(m, scratch, row);
        else if (m->plan->clause[c].kind == TR_CLAUSE_OBLIGATION)
            obligation_row(m, scratch, &owed, row);
        else if (m->plan->clause[c].kind == TR_CLAUSE_PERMISSION)
            permission_row(m, row);
        else if (m->plan->clause[c].kind == TR_CLAUSE_QUANTITY ||
                 m->plan->clause[c].kind == TR_CLAUSE_SHARE)
            amount_row(m, scratch, row), halted_row(m, row);
        else
            course_row(m, row);
    }
}

/* ---- what falls due next ---- */

static void sooner(tr_time *next, tr_time t, tr_time now)
{
    if (t != TR_TIME_NONE && t != TR_TIME_MAX && t > now && (*next == TR_TIME_NONE || t < *next))
        *next = t;
}

static void due_steps(const tr_mission *m, tr_arena scratch, int32_t instance, tr_time *next)
{
    int32_t      steps = 0, room = m->plan->clauses;
    tr_step_run *run = TR_NEW(&scratch, tr_step_run, room + 1);
    tr_mission_steps(m, scratch, instance, run, &steps, room);
    for (int32_t i = 0; i < steps && i < room; i++)
        if (run[i].state == TR_STEP_RUNNING || run[i].state == TR_STEP_ACKNOWLEDGED)
            sooner(next, run[i].due, m->s.now);
}

static void due_duties(const tr_mission *m, tr_arena scratch, tr_time *next)
{
    duties list;
    duties_now(m, &scratch, &list);
    if (list.len > 0)
        sooner(next, m->plan->in_force, m->s.now);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        if (list.at[i].begun == TR_TIME_NONE)
            sooner(next, list.at[i].begin_due, m->s.now);
        if (list.at[i].done == TR_TIME_NONE)
            sooner(next, list.at[i].due, m->s.now);
    }
}

tr_time tr_mission_next_due(const tr_mission *m)
{
    tr_time next = TR_TIME_NONE;
    if (!m->plan || m->s.now == TR_TIME_NONE)
        return next;
    for (ptrdiff_t i = 0; i < m->instance.len; i++)
        due_steps(m, m->scratch, (int32_t)i, &next);
    due_duties(m, m->scratch, &next);
    sooner(&next, measure_due(m, m->scratch), m->s.now);
    sooner(&next, owed_due(m, m->scratch), m->s.now);
    for (int32_t c = 0; c < m->plan->clauses; c++)
        course_next(m, c, &next);
    for (int32_t c = 0; c < m->plan->clauses; c++)
        if (m->window[c].at && !latch_of(m, c))
            sooner(&next, m->window[c].line.next, m->s.now);
    for (ptrdiff_t i = 0; i < m->latch.len; i++)
        sooner(&next, tr_latch_next(m->window[m->latch.at[i].clause].at, &m->latch.at[i].latch),
               m->s.now);
    return next;
}
