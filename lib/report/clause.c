/* clause.c -- one clause of the board, one activation: in one sentence and as JSON.
 *
 * A sentence never is a bare number: it names the rule, the window or the share watched, and
 * stands under the head that the board prints.
 */
#include "report/inside.h"

#include "base/time.h"

static void put_at(tr_out *out, const tr_plan *plan, tr_time t)
{
    tr_put_local(out, t, plan->tz);
    tr_put(out, " %.*s", TR_FMT(tr_tz_name(plan->tz)));
}

/* ---- prohibitions ---- */

static void put_sides(tr_out *out, const tr_view *view, const tr_board_row *row)
{
    const tr_plan        *plan = plan_of(view);
    const tr_prohibition *term = &plan->clause[row->clause].u.prohibition;
    int64_t               attributed = 0;
    for (int32_t i = 0; i < tr_mission_incidents(view->mission); i++) {
        const tr_incident *incident = tr_mission_incident(view->mission, i);
        tr_why             why;
        attributed += incident->live && incident->side != 0 &&
                      tr_judge(plan, term, incident, &why) == TR_IN_CERTAIN;
    }
    if (attributed == 0)
        tr_put(out, ", side undetermined");
    else
        tr_put(out, ", side attributed in %lld of them", (long long)attributed);
}

static void put_coverage(tr_out *out, const tr_board_row *row)
{
    put_percent(out, row->coverage_ppm, 1000000);
}

static const char *findings(int64_t n)
{
    return n == 1 ? "finding" : "findings";
}

static bool waits_once(const tr_plan *plan, int32_t clause)
{
    return plan->clause[clause].kind == TR_CLAUSE_PROHIBITION &&
           plan->clause[clause].u.prohibition.since == TR_TIME_MAX;
}

static void put_once(tr_out *out, const tr_plan *plan, int32_t clause)
{
    const tr_prohibition *term = &plan->clause[clause].u.prohibition;
    tr_put(out, ": waits until ");
    tr_put_condition(out, plan, &term->once);
}

static void words_prohibition(tr_out *out, const tr_view *view, const tr_board_row *row)
{
    const tr_plan *plan = plan_of(view);
    tr_time        begin = plan->clause[row->clause].u.prohibition.begin;
    switch (row->verdict) {
    case TR_VERDICT_BREACHED:
        tr_put(out, "breached: %lld %s past proof", (long long)row->breaches,
               findings(row->breaches));
        put_sides(out, view, row);
        tr_put(out, ", coverage ");
        put_coverage(out, row);
        break;
    case TR_VERDICT_COMPLIED:
        tr_put(out, "no violation observed (coverage ");
        put_coverage(out, row);
        tr_put(out, ")");
        break;
    case TR_VERDICT_UNDETERMINED:
        tr_put(out, "undetermined: ");
        if (row->findings > 0)
            tr_put(out, "%lld %s below proof or cut by an edge", (long long)row->findings,
                   findings(row->findings));
        else
            tr_put(out, "no violation recorded");
        tr_put(out, ", coverage ");
        put_coverage(out, row);
        break;
    case TR_VERDICT_NOT_OBSERVED:
        tr_put(out, "not observed in the period (coverage 0)");
        break;
    case TR_VERDICT_OPEN:
        tr_put(out, "open: its time is not over");
        break;
    case TR_VERDICT_SUSPENDED:
        tr_put(out, "suspended");
        break;
    case TR_VERDICT_NOT_IN_FORCE:
        tr_put(out, "not in force");
        if (waits_once(plan, row->clause))
            put_once(out, plan, row->clause);
        else if (begin != TR_TIME_NONE && tr_mission_now(view->mission) < begin) {
            tr_put(out, " before ");
            put_at(out, plan, begin);
        }
        break;
    case TR_VERDICT_NONE:
        tr_put(out, "no verdict");
        break;
    }
    if (row->excused > 0)
        tr_put(out, "; %lld excused by an exception", (long long)row->excused);
    if (row->suspended > 0)
        tr_put(out, "; %lld while it was suspended", (long long)row->suspended);
    if (row->conflicts > 0)
        tr_put(out, "; %lld where exceptions conflict", (long long)row->conflicts);
}

static void json_prohibition(json *j, const tr_plan *plan, const tr_board_row *row)
{
    const tr_prohibition *term = &plan->clause[row->clause].u.prohibition;
    json_actors(j, "actors", plan, term->actors);
    json_text(j, "act", term->act);
    json_text(j, "class", plan->class_[term->class_].name);
    json_text(j, "zone", term->zone < 0 ? TR_STR("area") : plan->zone[term->zone].zone.name);
    json_time(j, "begin", term->begin);
    json_time(j, "end", term->end);
    if (term->once.atoms > 0 && term->since != TR_TIME_MAX)
        json_time(j, "since", term->since);
    json_int(j, "coverage_ppm", row->coverage_ppm);
    json_int(j, "findings", row->findings);
    json_int(j, "breaches", row->breaches);
    if (term->excepts > 0) {
        json_int(j, "excused", row->excused);
        json_int(j, "conflicts", row->conflicts);
    }
    if (row->suspended > 0)
        json_int(j, "suspended", row->suspended);
    json_triple(j, "deaths", row->persons);
}

/* ---- thresholds ---- */

static void put_counted(tr_out *out, const tr_plan *plan, const tr_condition *of, int32_t sector,
                        int64_t n)
{
    tr_condition in = *of, *c = &in;
    in.sector = sector;
    tr_put(out, "%s by ", items_of(plan->counting[c->counting].rule, n));
    put_rule(out, plan, c);
    tr_put(out, " in ");
    put_stretch(out, c->window);
}

static int32_t nearest(const tr_threshold *t, const tr_board_row *row, int64_t distance)
{
    for (int32_t i = 0; i < t->ons; i++)
        if (t->on[i].least - count_of(row->on_count[i], t->on[i].set) == distance)
            return i;
    return 0;
}

static void words_active(tr_out *out, const tr_view *view, const tr_board_row *row)
{
    const tr_plan      *plan = plan_of(view);
    const tr_threshold *t = &plan->clause[row->clause].u.threshold;
    tr_put(out, "active");
    if (row->instance >= 0) {
        const tr_instance *instance = tr_mission_instance(view->mission, row->instance);
        tr_put(out, " since ");
        put_at(out, plan, instance->reached);
        if (instance->sector)
            tr_put(out, " in sector %d", instance->sector);
    }
    tr_put(out, ": now ");
    put_triple(out, row->on_count[0]);
    tr_put_char(out, ' ');
    put_counted(out, plan, &t->on[0], row->on_sector[0], row->on_count[0].best);
    int64_t fewer = distance_of(plan, row);
    if (fewer > 0)
        tr_put(out, "; %lld fewer %s would begin its end", (long long)fewer,
               set_name(t->off[0].set));
    else if (row->off_since != TR_TIME_NONE) {
        tr_put(out, "; its end condition holds since ");
        put_at(out, plan, row->off_since);
    }
}

static void words_threshold(tr_out *out, const tr_view *view, const tr_board_row *row)
{
    const tr_plan      *plan = plan_of(view);
    const tr_threshold *t = &plan->clause[row->clause].u.threshold;
    int64_t             more = distance_of(plan, row);
    if (row->verdict == TR_VERDICT_NOT_OBSERVED || row->verdict == TR_VERDICT_NOT_IN_FORCE ||
        row->verdict == TR_VERDICT_SUSPENDED) {
        words_prohibition(out, view, row);
        return;
    }
    if (row->active && !under_review(view, row)) {
        words_active(out, view, row);
        return;
    }
    if (under_review(view, row))
        tr_put(out, "active, under review until the body decides; by the facts of now ");
    else
        tr_put(out, "%s: ", row->pending ? "pending" : "inactive");
    if (more <= 0) {
        tr_put(out, more == 0 ? "its condition holds, for " : "no count can activate it now, for ");
        put_triple(out, row->on_count[0]);
        tr_put_char(out, ' ');
        put_counted(out, plan, &t->on[0], row->on_sector[0], row->on_count[0].best);
        return;
    }
    tr_put(out, "%lld more ", (long long)more);
    int32_t at = nearest(t, row, more);
    put_counted(out, plan, &t->on[at], row->on_sector[at], more);
    tr_put(out, " would activate it");
}

static void json_condition(json *j, tr_arena at, const tr_plan *plan, const tr_condition *c,
                           int32_t sector, tr_triple count)
{
    tr_out words = tr_out_new(&at);
    put_bound(&words, c);
    json_open(j, NULL, '{');
    json_word(j, "compare", set_name(c->set));
    json_int(j, "at_least", c->least);
    json_count(j, "at_most", c->most);
    json_triple(j, "count", count);
    if (c->per) {
        json_text(j, "per", plan->zone[c->per - 1].zone.name);
        json_int(j, "sector", sector);
    }
    json_text(j, "words", text_of(&words));
    json_close(j, '}');
}

static void json_stretch(json *j, tr_arena at, const char *name, tr_stretch stretch)
{
    tr_out words = tr_out_new(&at);
    if (!stretch_stated(stretch))
        return;
    put_stretch(&words, stretch);
    json_text(j, name, text_of(&words));
}

static void json_threshold(json *j, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan      *plan = plan_of(view);
    const tr_threshold *t = &plan->clause[row->clause].u.threshold;
    int64_t             distance = distance_of(plan, row);
    json_text(j, "name", plan->clause[row->clause].name);
    json_flag(j, "active", stands(view, row));
    if (under_review(view, row))
        json_flag(j, "review", true);
    json_flag(j, "pending", row->pending);
    if (t->ons > 0) {
        const tr_counting *counting = &plan->counting[t->on[0].counting];
        json_word(j, "rule", tr_rule_name(counting->rule));
        json_int(j, "rule_version", counting->version);
        json_stretch(j, at, "window", t->on[0].window);
        json_text(j, "of", plan->clause[t->on[0].of].label);
    }
    json_word(j, "late", t->late == TR_LATE_AS_HAPPENED ? "as happened" : "as known");
    json_open(j, "on", '[');
    for (int32_t i = 0; i < t->ons; i++)
        json_condition(j, at, plan, &t->on[i], row->on_sector[i], row->on_count[i]);
    json_close(j, ']');
    json_stretch(j, at, "on_hold", t->on_hold);
    json_open(j, "off", '[');
    for (int32_t i = 0; i < t->offs; i++)
        json_condition(j, at, plan, &t->off[i], row->off_sector[i], row->off_count[i]);
    json_close(j, ']');
    json_stretch(j, at, "off_hold", t->off_hold);
    json_time(j, "off_since", row->off_since);
    if (distance >= 0)
        json_int(j, "distance", distance);
    if (row->instance >= 0)
        json_text(j, "instance", instance_id(&at, plan, row->instance, view->mission));
}

/* ---- steps ---- */

void put_zero(tr_out *out, const tr_plan *plan, const tr_step *step)
{
    static const char *const words[] = {
        [TR_ZERO_ACTIVATION] = "activation", [TR_ZERO_FIRST_BREACH] = "first breach",
        [TR_ZERO_STEP_DONE] = "fulfilled",   [TR_ZERO_STEP_NOTIFIED] = "acknowledged",
        [TR_ZERO_IN_FORCE] = "in force",     [TR_ZERO_SIGNATURE] = "signature"};
    if (step->zero_clause >= 0)
        tr_put(out, "\302\247%.*s ", TR_FMT(plan->clause[step->zero_clause].label));
    tr_put(out, "%s", words[step->zero]);
}

bool lapsed(const tr_view *view, int32_t instance, const tr_step_run *run)
{
    const tr_step *step = &plan_of(view)->clause[run->clause].u.step;
    if (instance < 0 || run->state != TR_STEP_VOID || step->must || run->due == TR_TIME_NONE ||
        run->overdue_at_discovery)
        return false;
    tr_time ended = tr_mission_instance(view->mission, instance)->cleared;
    return !step->unless_ended || ended == TR_TIME_NONE || ended >= run->due;
}

const char *run_name(const tr_view *view, int32_t instance, const tr_step_run *run)
{
    return lapsed(view, instance, run) ? "lapsed" : tr_step_state_name(run->state);
}

static void words_step(tr_out *out, const tr_view *view, const tr_board_row *row)
{
    const tr_plan     *plan = plan_of(view);
    const tr_step_run *run = &row->step;
    const tr_step     *step = &plan->clause[run->clause].u.step;
    switch (run->state) {
    case TR_STEP_WAITING:
        tr_put(out, "waiting: its clock starts at ");
        put_zero(out, plan, step);
        break;
    case TR_STEP_RUNNING:
    case TR_STEP_ACKNOWLEDGED:
        tr_put(out, "%s: due ", tr_step_state_name(run->state));
        put_at(out, plan, run->due);
        break;
    case TR_STEP_DONE:
    case TR_STEP_DONE_LATE:
        tr_put(out, "%s ", run->state == TR_STEP_DONE ? "done" : "done late:");
        put_at(out, plan, run->done);
        tr_put(out, ", due ");
        put_at(out, plan, run->due);
        break;
    case TR_STEP_MISSED:
        tr_put(out, "missed: was due ");
        put_at(out, plan, run->due);
        break;
    case TR_STEP_VOID:
        if (lapsed(view, row->instance, run)) {
            tr_put(out, "lapsed: it was open until ");
            put_at(out, plan, run->due);
        } else
            tr_put(out, "void: the clause ended before it was due");
        break;
    case TR_STEP_SUSPENDED:
        tr_put(out, "suspended");
        break;
    }
    if (run->overdue_at_discovery)
        tr_put(out, "; overdue at discovery");
}

void put_clock(tr_out *out, const tr_plan *plan, const tr_step_run *run)
{
    const tr_step *step = &plan->clause[run->clause].u.step;
    if (run->zero == TR_TIME_NONE) {
        tr_put(out, "waits for ");
        put_zero(out, plan, step);
        tr_put(out, ", then has ");
        put_stretch(out, step->within);
        return;
    }
    put_zero(out, plan, step);
    tr_put_char(out, ' ');
    put_both(out, run->zero, plan->tz);
    tr_put(out, " + ");
    put_stretch(out, step->within);
    tr_put(out, " -> due ");
    put_both(out, run->due, plan->tz);
}

static void json_run(json *j, const tr_view *view, int32_t instance, const tr_step_run *run)
{
    json_word(j, "state", tr_step_state_name(run->state));
    if (lapsed(view, instance, run))
        json_flag(j, "lapsed", true);
    json_time(j, "zero_at", run->zero);
    json_time(j, "due", run->due);
    json_time(j, "done_at", run->done);
    if (run->overdue_at_discovery)
        json_flag(j, "overdue_at_discovery", true);
}

static void json_step(json *j, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan *plan = plan_of(view);
    const tr_step *step = &plan->clause[row->clause].u.step;
    tr_out         zero = tr_out_new(&at);
    put_zero(&zero, plan, step);
    json_text(j, "actor", plan->actor[step->actor].id);
    json_flag(j, "must", step->must);
    json_text(j, "act", step->act);
    if (step->to)
        json_actors(j, "to", plan, step->to);
    json_text(j, "zero", text_of(&zero));
    json_stretch(j, at, "within", step->within);
    json_run(j, view, row->instance, &row->step);
    if (row->instance >= 0)
        json_text(j, "instance", instance_id(&at, plan, row->instance, view->mission));
}

/* ---- duties outside ladders ---- */

static void put_due_zero(tr_out *out, const tr_plan *plan, const tr_due *due)
{
    if (due->zero_clause >= 0)
        tr_put(out, "\302\247%.*s %s", TR_FMT(plan->clause[due->zero_clause].label),
               due->zero == TR_ZERO_STEP_NOTIFIED ? "begun" : "fulfilled");
    else
        tr_put(out, due->zero == TR_ZERO_SIGNATURE ? "signature" : "in force");
}

void put_due(tr_out *out, const tr_plan *plan, const tr_due *due)
{
    if (due->kind == TR_DUE_NONE) {
        tr_put(out, "no deadline");
        return;
    }
    if (due->kind == TR_DUE_DATE) {
        tr_put(out, "by ");
        put_at(out, plan, due->date);
        return;
    }
    tr_put(out, "within ");
    put_stretch(out, due->within);
    tr_put(out, " of ");
    put_due_zero(out, plan, due);
}

static void put_missed(tr_out *out, const tr_plan *plan, const tr_duty *duty)
{
    bool begin = duty->begin_missed;
    tr_put(out, begin ? "not begun by " : "not done by ");
    put_at(out, plan, begin ? duty->begin_due : duty->due);
}

static void words_duty(tr_out *out, const tr_plan *plan, const tr_duty *duty)
{
    const tr_obligation *o = &plan->clause[duty->clause].u.obligation;
    switch (duty->state) {
    case TR_DUTY_NOT_IN_FORCE:
        tr_put(out, "not in force");
        break;
    case TR_DUTY_WAITING:
        if (duty->performed != TR_TIME_NONE) {
            tr_put(out, "waiting for its pair: done ");
            put_at(out, plan, duty->performed);
            break;
        }
        tr_put(out, "waiting: nothing is owed before ");
        put_due_zero(out, plan, &o->finish);
        break;
    case TR_DUTY_SUSPENDED:
        tr_put(out, "suspended");
        break;
    case TR_DUTY_OPEN:
        tr_put(out, "open: ");
        if (duty->due == TR_TIME_NONE) {
            tr_put(out, "no deadline");
            break;
        }
        if (duty->begin_due != TR_TIME_NONE && duty->begun == TR_TIME_NONE) {
            tr_put(out, "to begin by ");
            put_at(out, plan, duty->begin_due);
            tr_put(out, ", ");
        }
        tr_put(out, "due ");
        put_at(out, plan, duty->due);
        break;
    case TR_DUTY_COMPLIED:
        tr_put(out, "complied: done ");
        put_at(out, plan, duty->done);
        if (duty->due != TR_TIME_NONE) {
            tr_put(out, ", due ");
            put_at(out, plan, duty->due);
        }
        break;
    case TR_DUTY_BREACHED:
        tr_put(out, "breached: ");
        put_missed(out, plan, duty);
        break;
    case TR_DUTY_CURED:
        tr_put(out, "cured: ");
        put_missed(out, plan, duty);
        tr_put(out, ", done ");
        put_at(out, plan, duty->done);
        tr_put(out, "; the breach stays");
        break;
    case TR_DUTY_UNDETERMINED:
    case TR_DUTY_NOT_OBSERVED:
        tr_put(out, duty->state == TR_DUTY_NOT_OBSERVED
                        ? "not observed: nobody watched before "
                        : "undetermined: neither seen nor watched enough before ");
        put_at(out, plan, duty->due);
        if (duty->done != TR_TIME_NONE) {
            tr_put(out, "; done ");
            put_at(out, plan, duty->done);
        }
        break;
    }
}

/* A duty that recurs, in numbers. */
static void words_owed(tr_out *out, const tr_plan *plan, const tr_board_row *row)
{
    const tr_course *course = &row->course;
    tr_put(out, "%s: %d owed, %d kept, %d done late, %d not done, %d open",
           tr_duty_state_name(row->duty.state), course->owed, course->kept, course->missed,
           course->missing, course->open);
    if (course->refused > 0)
        tr_put(out, ", %d refused", course->refused);
    if (course->beyond > 0)
        tr_put(out, ", %d beyond the quota", course->beyond);
    if (course->due != TR_TIME_NONE) {
        tr_put(out, "; next due ");
        put_at(out, plan, course->due);
    }
}

static void words_obligation(tr_out *out, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan *plan = plan_of(view);
    tr_arena       far = {at.beg + ((at.end - at.beg) / 2 & ~(ptrdiff_t)63), at.end};
    tr_duties      list; /* away from the near end, where `out` may grow */
    if (plan->clause[row->clause].u.obligation.each.kind != TR_EACH_NONE) {
        words_owed(out, plan, row);
        return;
    }
    if (row->duties < 2) {
        words_duty(out, plan, &row->duty);
        return;
    }
    tr_mission_duties(view->mission, &far, row->clause, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        tr_put(out, "%s%.*s ", i ? "; " : "", TR_FMT(plan->actor[list.at[i].actor].id));
        words_duty(out, plan, &list.at[i]);
    }
}

/* Of each actor the instances of a duty that recurs. */
static void json_owed(json *j, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan *plan = plan_of(view);
    json_open(j, "owed", '[');
    for (int32_t a = 0; a < plan->actors; a++) {
        tr_arena     keep = at;
        tr_owed_list list;
        tr_owed_sum  sum;
        if (!(row->course.actors >> a & 1))
            continue;
        tr_mission_owed(view->mission, &keep, row->clause, a, &list, &sum);
        for (ptrdiff_t i = 0; i < list.len; i++) {
            const tr_owed *one = &list.at[i];
            tr_out         id = tr_out_new(&keep);
            tr_put(&id, "o-%.*s-%.*s-%s", TR_FMT(plan->clause[row->clause].label),
                   TR_FMT(plan->actor[a].id), one->key);
            json_open(j, NULL, '{');
            json_text(j, "id", text_of(&id));
            json_text(j, "actor", plan->actor[a].id);
            json_word(j, "state", tr_duty_state_name(one->state));
            json_time(j, "zero_at", one->zero);
            json_time(j, "due", one->due);
            json_time(j, "done_at", one->done);
            if (one->entry >= 0)
                json_int(j, "entry", one->entry);
            if (one->refusals > 0)
                json_int(j, "refused", one->refusals);
            json_close(j, '}');
        }
    }
    json_close(j, ']');
}

static void json_obligation(json *j, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan       *plan = plan_of(view);
    const tr_obligation *o = &plan->clause[row->clause].u.obligation;
    tr_duties            list;
    tr_out               due = tr_out_new(&at);
    put_due(&due, plan, &o->finish);
    tr_str deadline = tr_str_keep(&at, text_of(&due));
    json_actors(j, "actors", plan, o->actors);
    json_text(j, "act", o->act);
    if (o->class_ >= 0) {
        json_text(j, "class", plan->class_[o->class_].name);
        json_text(j, "zone", o->zone < 0 ? TR_STR("area") : plan->zone[o->zone].zone.name);
    }
    if (o->to)
        json_actors(j, "to", plan, o->to);
    json_text(j, "deadline", deadline);
    if (o->each.kind != TR_EACH_NONE)
        return; /* its instances follow */
    json_word(j, "state", tr_duty_state_name(row->duty.state));
    tr_mission_duties(view->mission, &at, row->clause, &list);
    json_open(j, "duties", '[');
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_duty *duty = &list.at[i];
        json_open(j, NULL, '{');
        json_text(j, "actor", plan->actor[duty->actor].id);
        json_word(j, "state", tr_duty_state_name(duty->state));
        json_word(j, "verdict", tr_verdict_name(tr_duty_verdict(duty->state)));
        json_time(j, "zero_at", duty->zero);
        json_time(j, "begin_due", duty->begin_due);
        json_time(j, "due", duty->due);
        json_time(j, "begun_at", duty->begun);
        json_time(j, "done_at", duty->done);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* ---- the other sorts: how it stands in one word, and its dates ---- */

static void put_range(tr_out *out, int64_t low, int64_t best, int64_t high)
{
    if (low == high) {
        tr_put_value(out, best);
        return;
    }
    tr_put_value(out, low);
    if (high == INT64_MAX) {
        tr_put(out, " or more");
        return;
    }
    tr_put(out, " to ");
    tr_put_value(out, high);
}

static void put_basis(tr_out *out, const tr_view *view, const tr_amount *amount, tr_basis basis,
                      const tr_series *series)
{
    tr_put(out, "%s ", tr_basis_name(basis));
    put_range(out, series->low, series->best, series->high);
    tr_put(out, " %.*s (", TR_FMT(amount->unit));
    tr_put_local(out, series->on, plan_of(view)->tz);
    if (series->values > 1) {
        tr_put(out, "; all %d: ", series->values);
        put_range(out, series->sum_low, series->sum_best, series->sum_high);
    }
    tr_put(out, ")");
}

/* Of each actor all bases on which the amount has values, side by side. */
static void words_bases(tr_out *out, const tr_view *view, const tr_course *course)
{
    const tr_plan *plan = plan_of(view);
    for (int32_t a = 0; a < plan->actors; a++) {
        bool first = true;
        for (int b = 0; b < TR_BASES && course->actors >> a & 1; b++) {
            tr_series series;
            tr_mission_series(view->mission, course->amount, (tr_basis)b, a, &series);
            if (series.values == 0)
                continue;
            if (first)
                tr_put(out, "; %.*s: ", TR_FMT(plan->actor[a].id));
            else
                tr_put(out, ", ");
            put_basis(out, view, &plan->amount[course->amount], (tr_basis)b, &series);
            first = false;
        }
    }
}

static void words_course(tr_out *out, const tr_view *view, const tr_board_row *row)
{
    const char *state = row->course.state ? row->course.state : tr_verdict_name(row->verdict);
    tr_put(out, "%s", state);
    if (row->course.since != TR_TIME_NONE) {
        tr_put(out, " since ");
        put_both(out, row->course.since, plan_of(view)->tz);
    }
    if (row->course.due != TR_TIME_NONE) {
        tr_put(out, ", due ");
        put_both(out, row->course.due, plan_of(view)->tz);
    }
    if (row->course.owed > 0)
        tr_put(out, ": %d owed, %d kept, %d missed, %d missing, %d open", row->course.owed,
               row->course.kept, row->course.missed, row->course.missing, row->course.open);
    if (row->course.amount >= 0)
        words_bases(out, view, &row->course);
}

static void json_value(json *j, tr_arena at, const char *name, int64_t value)
{
    tr_out out = tr_out_new(&at);
    tr_put_value(&out, value);
    if (value != INT64_MAX)
        json_text(j, name, text_of(&out));
}

static void json_bases(json *j, tr_arena at, const tr_view *view, int32_t actor, int32_t amount)
{
    json_open(j, "bases", '[');
    for (int b = 0; b < TR_BASES; b++) {
        tr_series series;
        tr_mission_series(view->mission, amount, (tr_basis)b, actor, &series);
        if (series.values == 0)
            continue;
        json_open(j, NULL, '{');
        json_word(j, "basis", tr_basis_name((tr_basis)b));
        json_int(j, "values", series.values);
        json_time(j, "at", series.on);
        json_int(j, "entry", series.entry);
        json_value(j, at, "low", series.low);
        json_value(j, at, "best", series.best);
        json_value(j, at, "high", series.high);
        json_value(j, at, "sum", series.sum_best);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void json_amount(json *j, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan   *plan = plan_of(view);
    const tr_amount *amount = &plan->amount[row->course.amount];
    tr_reckonings    list;
    json_text(j, "quantity", amount->name);
    json_text(j, "unit", amount->unit);
    tr_mission_reckonings(view->mission, &at, row->clause, &list);
    json_open(j, "amounts", '[');
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_reckoning *one = &list.at[i];
        json_open(j, NULL, '{');
        json_text(j, "actor", plan->actor[one->actor].id);
        json_word(j, "state", one->state);
        json_word(j, "verdict", tr_verdict_name(one->verdict));
        json_time(j, "since", one->since);
        json_time(j, "due", one->due);
        if (one->low != INT64_MIN) {
            json_value(j, at, "low", one->low);
            json_value(j, at, "best", one->best);
            json_value(j, at, "high", one->high);
        }
        if (one->newest >= 0)
            json_int(j, "entry", one->newest);
        if (one->against >= 0)
            json_int(j, "against", one->against);
        json_bases(j, at, view, one->actor, row->course.amount);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void json_course(json *j, const tr_view *view, const tr_board_row *row)
{
    const tr_course *course = &row->course;
    (void)view;
    json_word(j, "state", course->state ? course->state : tr_verdict_name(row->verdict));
    json_time(j, "since", course->since);
    json_time(j, "due", course->due);
    json_time(j, "done_at", course->done);
    json_int(j, "owed", course->owed);
    json_int(j, "kept", course->kept);
    json_int(j, "missed", course->missed);
    json_int(j, "missing", course->missing);
    json_int(j, "open", course->open);
}

/* Beside the computed state of a threshold what somebody declared. */
static void words_declared(tr_out *out, const tr_view *view, const tr_board_row *row)
{
    if (!row->course.state)
        return;
    tr_put(out, "; beside it: ");
    words_course(out, view, row);
}

static void json_declared(json *j, const tr_board_row *row)
{
    if (!row->course.state)
        return;
    json_word(j, "declared", row->course.state);
    json_time(j, "declared_at", row->course.since);
    json_time(j, "decision_due", row->course.due);
}

/* ---- whole ---- */

void put_clause_words(tr_out *out, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan *plan = plan_of(view);
    switch (plan->clause[row->clause].kind) {
    case TR_CLAUSE_PROHIBITION:
        words_prohibition(out, view, row);
        break;
    case TR_CLAUSE_THRESHOLD:
        words_threshold(out, view, row);
        words_declared(out, view, row);
        break;
    case TR_CLAUSE_STEP:
        words_step(out, view, row);
        break;
    case TR_CLAUSE_OBLIGATION:
        words_obligation(out, at, view, row);
        break;
    case TR_CLAUSE_STATED:
        words_stated(out, plan, row->clause);
        break;
    default:
        words_course(out, view, row);
        break;
    }
}

void put_clause_json(json *j, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    static const char *const kinds[] = {"prohibition", "threshold",  "step",  "obligation",
                                        "quantity",    "share",      "force", "effect",
                                        "milestone",   "permission", "stated"};
    const tr_plan           *plan = plan_of(view);
    const tr_clause         *clause = &plan->clause[row->clause];
    tr_out                   words = tr_out_new(&at);
    put_clause_words(&words, at, view, row);
    tr_str sentence = tr_str_keep(&at, text_of(&words));
    tr_out reading = tr_out_new(&at);
    tr_put_reading(&reading, plan, row->clause);
    json_text(j, "label", clause->label);
    json_text(j, "article", clause->article);
    json_word(j, "kind", kinds[clause->kind]);
    json_text(j, "text", clause_text(plan, row->clause));
    json_text(j, "reading", tr_str_trim(text_of(&reading)));
    json_int(j, "line", clause->span.line);
    json_word(j, "verdict", tr_verdict_name(row->verdict));
    json_flag(j, "final", row->final);
    json_text(j, "words", sentence);
    json_cites(j, plan, row->clause);
    if (clause->kind == TR_CLAUSE_PROHIBITION)
        json_prohibition(j, plan, row);
    else if (clause->kind == TR_CLAUSE_THRESHOLD)
        json_threshold(j, at, view, row), json_declared(j, row);
    else if (clause->kind == TR_CLAUSE_OBLIGATION)
        json_obligation(j, at, view, row);
    else if (clause->kind == TR_CLAUSE_STEP)
        json_step(j, at, view, row);
    else if (clause->kind == TR_CLAUSE_STATED)
        json_stated(j, plan, row->clause);
    else
        json_course(j, view, row);
    if (clause->kind == TR_CLAUSE_OBLIGATION && clause->u.obligation.each.kind != TR_EACH_NONE) {
        json_course(j, view, row);
        json_int(j, "refused", row->course.refused);
        json_int(j, "beyond", row->course.beyond);
        json_owed(j, at, view, row);
    }
    if (clause->kind == TR_CLAUSE_QUANTITY || clause->kind == TR_CLAUSE_SHARE)
        json_amount(j, at, view, row);
}

const char *instance_state(const tr_instance *instance)
{
    static const char *const names[] = {"active", "cleared", "review"};
    return names[instance->status];
}

bool count_moved(const tr_view *view, int32_t instance)
{
    const tr_instance *of = tr_mission_instance(view->mission, instance);
    const tr_triple    was = of->count, now = tr_mission_count_now(view->mission, instance);
    if (of->status != TR_INSTANCE_REVIEW)
        return false; /* its count follows the facts, or, as known, never does */
    return was.certain != now.certain || was.best != now.best || was.possible != now.possible;
}

void put_instance_count(tr_out *out, const tr_view *view, int32_t instance)
{
    put_triple(out, tr_mission_instance(view->mission, instance)->count);
    if (!count_moved(view, instance))
        return;
    tr_put(out, " as published; by the facts of now ");
    put_triple(out, tr_mission_count_now(view->mission, instance));
}

static void json_witnesses(json *j, tr_arena at, const tr_view *view, int32_t instance)
{
    tr_indices witnesses = {0};
    tr_mission_witnesses(view->mission, &at, instance, &witnesses);
    json_open(j, "witnesses", '[');
    for (ptrdiff_t i = 0; i < witnesses.len; i++) {
        char name[TR_INCIDENT_ID + 1];
        tr_incident_name(tr_mission_incident(view->mission, witnesses.at[i]), name);
        json_word(j, NULL, name);
    }
    json_close(j, ']');
}

static void json_ladder(json *j, tr_arena at, const tr_view *view, int32_t instance)
{
    const tr_plan *plan = plan_of(view);
    tr_step_run    run[STEPS_ROOM];
    int32_t        runs = 0;
    tr_mission_steps(view->mission, at, instance, run, &runs, STEPS_ROOM);
    json_open(j, "steps", '[');
    for (int32_t i = 0; i < runs; i++) {
        const tr_clause *clause = &plan->clause[run[i].clause];
        json_open(j, NULL, '{');
        json_text(j, "label", clause->label);
        json_text(j, "actor", plan->actor[clause->u.step.actor].id);
        json_text(j, "act", clause->u.step.act);
        json_run(j, view, instance, &run[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static tr_time off_since(const tr_view *view, tr_arena at, int32_t instance)
{
    tr_board board = {0};
    tr_mission_board(view->mission, &at, &board);
    for (ptrdiff_t i = 0; i < board.len; i++)
        if (board.at[i].instance == instance && board.at[i].active &&
            board.at[i].clause == tr_mission_instance(view->mission, instance)->clause)
            return board.at[i].off_since;
    return TR_TIME_NONE;
}

void put_instance_json(json *j, tr_arena at, const tr_view *view, int32_t instance)
{
    const tr_plan     *plan = plan_of(view);
    const tr_instance *i = tr_mission_instance(view->mission, instance);
    json_open(j, NULL, '{');
    json_text(j, "id", instance_id(&at, plan, instance, view->mission));
    json_text(j, "clause", plan->clause[i->clause].label);
    json_int(j, "number", i->number);
    json_word(j, "status", instance_state(i));
    json_time(j, "reached_at", i->reached);
    json_time(j, "reached_first", i->reached_first);
    json_time(j, "known_at", i->known);
    json_int(j, "known_index", i->known_index);
    json_time(j, "cleared_at", i->cleared);
    if (i->cleared != TR_TIME_NONE) {
        json_time(j, "cleared_known_at", i->cleared_known);
        json_int(j, "cleared_known_index", i->cleared_index);
    } else {
        json_time(j, "off_since", off_since(view, at, instance));
    }
    if (i->cleared_first != TR_TIME_NONE && i->cleared_first != i->cleared) {
        json_time(j, "cleared_first", i->cleared_first);
        json_time(j, "cleared_first_known", i->cleared_first_known);
    }
    if (i->review_index >= 0)
        json_int(j, "review_index", i->review_index);
    json_triple(j, "count", i->count);
    if (i->sector)
        json_int(j, "sector", i->sector);
    if (count_moved(view, instance))
        json_triple(j, "count_now", tr_mission_count_now(view->mission, instance));
    json_witnesses(j, at, view, instance);
    json_ladder(j, at, view, instance);
    json_close(j, '}');
}
