/* told.c -- why a result is what it is, as text: `truce explain`.
 *
 * Clause with its place in the text, bindings, witnessing entries with source and row, what was
 * considered and left out and why, the arithmetic of clocks, the smallest change that flips it.
 * Lists end after 40 lines with a count of the rest.
 */
#include "report/inside.h"

#include "verify/permit.h"

#include "base/time.h"

enum { WIDTH = 98, LISTED = 40, WHYS = TR_WHYS };

typedef struct {
    tr_out        *out;
    tr_arena       at;
    const tr_view *view;
    const tr_plan *plan;
    subject        s;
    tr_board       board;
} telling;

static void put_part(telling *t, const char *title)
{
    tr_put(t->out, "\n%s\n", title);
}

static void put_line(telling *t, tr_str text)
{
    tr_put(t->out, "  ");
    put_wrapped(t->out, text, 2, 4, WIDTH);
}

static void put_clause(telling *t)
{
    const tr_clause *clause = &t->plan->clause[t->s.clause];
    tr_arena         at = t->at;
    tr_out           words = tr_out_new(&at);
    tr_put(t->out, "\nClause \302\247%.*s, line %d, bytes %d to %d of the agreement\n",
           TR_FMT(clause->label), clause->span.line, clause->span.begin, clause->span.end);
    tr_str rest = clause_text(t->plan, t->s.clause), line;
    while (tr_str_next(&rest, '\n', &line))
        tr_put(t->out, "  | %.*s\n", TR_FMT(line));
    tr_put_reading(&words, t->plan, t->s.clause);
    tr_put(t->out, "  reading: ");
    put_wrapped(t->out, text_of(&words), 11, 4, WIDTH);
    for (ptrdiff_t i = 0; i < t->board.len; i++) {
        tr_out now = tr_out_new(&at);
        if (t->board.at[i].clause != t->s.clause)
            continue;
        tr_put(&now, "now: ");
        put_clause_words(&now, at, t->view, &t->board.at[i]);
        put_line(t, text_of(&now));
    }
}

static void put_kinds(tr_out *out, uint64_t kinds)
{
    bool more = false;
    for (int i = 0; i < TR_KINDS; i++) {
        if (!(kinds >> i & 1))
            continue;
        tr_put(out, "%s%s", more ? ", " : "", tr_kind_name((tr_kind)i));
        more = true;
    }
}

static void bind_prohibition(telling *t)
{
    const tr_prohibition *p = &t->plan->clause[t->s.clause].u.prohibition;
    tr_arena              at = t->at;
    tr_out                words = tr_out_new(&at);
    tr_put(&words, "actors ");
    put_actors(&words, t->plan, p->actors);
    tr_put(&words, "; class %.*s = ", TR_FMT(t->plan->class_[p->class_].name));
    put_kinds(&words, t->plan->class_[p->class_].kinds);
    if (p->zone < 0)
        tr_put(&words, "; zone: the whole area");
    else
        tr_put(&words, "; zone %.*s", TR_FMT(t->plan->zone[p->zone].zone.name));
    tr_put(&words, "; time ");
    put_span(&words, (tr_span){p->begin, p->end}, t->plan->tz);
    tr_put(&words, "; proof ");
    if (p->gate < 0)
        tr_put(&words, "none asked");
    else
        tr_put_str(&words, t->plan->gate[p->gate].name);
    put_line(t, text_of(&words));
}

static void bind_condition(telling *t, const char *side, const tr_condition *of, int32_t sector,
                           tr_triple count)
{
    tr_condition in = *of, *c = &in;
    in.sector = sector;
    tr_arena at = t->at;
    tr_out   words = tr_out_new(&at);
    tr_put(&words, "%s: %s count by ", side, set_name(c->set));
    put_rule(&words, t->plan, c);
    tr_put(&words, " of breaches of \302\247%.*s in ", TR_FMT(t->plan->clause[c->of].label));
    put_stretch(&words, c->window);
    tr_put_char(&words, ' ');
    put_bound(&words, c);
    tr_put(&words, "; at this head ");
    put_triple(&words, count);
    put_line(t, text_of(&words));
}

static void bind_threshold(telling *t)
{
    const tr_threshold *h = &t->plan->clause[t->s.clause].u.threshold;
    tr_board_row        row = {0};
    for (ptrdiff_t i = 0; i < t->board.len; i++)
        if (t->board.at[i].clause == t->s.clause)
            row = t->board.at[i];
    for (int32_t i = 0; i < h->ons; i++)
        bind_condition(t, "active when", &h->on[i], row.on_sector[i], row.on_count[i]);
    for (int32_t i = 0; i < h->offs; i++)
        bind_condition(t, "until", &h->off[i], row.off_sector[i], row.off_count[i]);
    tr_put(t->out, "  holds: on ");
    put_stretch(t->out, h->on_hold);
    tr_put(t->out, ", off ");
    put_stretch(t->out, h->off_hold);
    tr_put(t->out, "; late facts %s\n",
           h->late == TR_LATE_AS_HAPPENED ? "as happened" : "as known");
}

static void bind_obligation(telling *t)
{
    const tr_obligation *o = &t->plan->clause[t->s.clause].u.obligation;
    tr_put(t->out, "  actors ");
    put_actors(t->out, t->plan, o->actors);
    tr_put(t->out, "; act %.*s; ", TR_FMT(o->act));
    if (o->begin.kind != TR_DUE_NONE) {
        tr_put(t->out, "begin ");
        put_due(t->out, t->plan, &o->begin);
        tr_put(t->out, "; ");
    }
    put_due(t->out, t->plan, &o->finish);
    tr_put_char(t->out, '\n');
}

static void put_bindings(telling *t)
{
    put_part(t, "Bindings");
    if (t->plan->clause[t->s.clause].kind == TR_CLAUSE_PROHIBITION)
        bind_prohibition(t);
    else if (t->plan->clause[t->s.clause].kind == TR_CLAUSE_THRESHOLD)
        bind_threshold(t);
    else if (t->plan->clause[t->s.clause].kind == TR_CLAUSE_OBLIGATION)
        bind_obligation(t);
    else if (t->plan->clause[t->s.clause].kind == TR_CLAUSE_STATED)
        tr_put(t->out, "  stated only, nothing is verified\n");
    else if (t->plan->clause[t->s.clause].kind != TR_CLAUSE_STEP) {
        if (!put_standing_bindings(t->out, t->at, t->view, t->s.clause))
            tr_put(t->out, "  as read above\n");
    } else {
        const tr_step *step = &t->plan->clause[t->s.clause].u.step;
        tr_put(t->out, "  actor %.*s; act %.*s; within ", TR_FMT(t->plan->actor[step->actor].id),
               TR_FMT(step->act));
        put_stretch(t->out, step->within);
        tr_put(t->out, " of ");
        put_zero(t->out, t->plan, step);
        tr_put(t->out, "; ladder on \302\247%.*s\n", TR_FMT(t->plan->clause[step->on].label));
    }
}

/* One incident in one line, with the entry and row that witness it. */
static void put_witness(telling *t, int32_t incident, const char *note)
{
    const tr_mission  *m = t->view->mission;
    const tr_incident *i = tr_mission_incident(m, incident);
    const tr_obs      *anchor = tr_mission_observation(m, i->anchor);
    tr_incident        seen = for_public(t->view) ? coarse_incident(i, t->plan->tz) : *i;
    tr_source_view     source;
    char               name[TR_INCIDENT_ID + 1];
    tr_incident_name(i, name);
    tr_put(t->out, "  %s  %-16s", name, tr_kind_name((tr_kind)i->kind));
    put_span(t->out, (tr_span){seen.begin, seen.end}, t->plan->tz);
    if (!for_public(t->view)) {
        tr_mission_source(m, i->source, &source);
        tr_put(t->out, "\n    entry %lld", (long long)anchor->entry);
        if (anchor->row >= 0)
            tr_put(t->out, " row %d", anchor->row);
        tr_put(t->out, ", source %.*s, id ", TR_FMT(source.id));
        put_source_text(t->out, tr_mission_text(m, anchor->src_id));
    }
    tr_put_char(t->out, '\n');
    if (note[0])
        tr_put(t->out, "    %s\n", note);
}

static void put_observations(telling *t)
{
    const tr_mission *m = t->view->mission;
    tr_arena          at = t->at;
    rows              list = {0};
    put_part(t, "Witnessed by");
    if (for_public(t->view)) {
        tr_put(t->out, "  entries and observers are not shown to the public\n");
        return;
    }
    observations_of(t->view, &at, t->s.incident, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_obs  *obs = tr_mission_observation(m, list.at[i]);
        tr_source_view source;
        tr_mission_source(m, obs->source, &source);
        tr_put(t->out, "  entry %lld", (long long)obs->entry);
        if (obs->row >= 0)
            tr_put(t->out, " row %d", obs->row);
        tr_put(t->out, ", source %.*s, id ", TR_FMT(source.id));
        put_source_text(t->out, tr_mission_text(m, obs->src_id));
        tr_put(t->out, ", %s\n    happened ", status_words(t->view, list.at[i]));
        put_span(t->out, (tr_span){obs->begin, obs->end}, t->plan->tz);
        tr_put(t->out, "\n    recorded ");
        put_both(t->out, known_at(m, obs->entry), t->plan->tz);
        tr_put_char(t->out, '\n');
        if (tr_mission_text(m, obs->text).len > 0) {
            tr_put(t->out, "    says: ");
            put_wrapped(t->out, tr_mission_text(m, obs->text), 10, 6, WIDTH);
        }
    }
}

static void put_attribution(telling *t)
{
    const tr_incident *i = tr_mission_incident(t->view->mission, t->s.incident);
    tr_arena           at = t->at;
    tr_side_decision   decision;
    put_part(t, "Whose it is");
    tr_put(t->out, "  side %.*s, rung %s", TR_FMT(side_of(t->plan, i)), tr_rung_name(i->rung));
    if (tr_mission_side(t->view->mission, &at, i, &decision))
        tr_put(t->out, ", decided by %.*s, entry %lld", TR_FMT(decision.by),
               (long long)decision.entry);
    tr_put(t->out, i->contested ? "; contested, see the statements\n" : "\n");
}

static void put_judgement(telling *t)
{
    const tr_incident *i = tr_mission_incident(t->view->mission, t->s.incident);
    put_part(t, "Judged against each clause");
    for (int32_t c = 0; c < t->plan->clauses; c++) {
        const tr_clause *clause = &t->plan->clause[c];
        tr_why           why = TR_WHY_IN;
        tr_membership    in;
        if (clause->kind != TR_CLAUSE_PROHIBITION && clause->kind != TR_CLAUSE_THRESHOLD)
            continue;
        if (clause->kind == TR_CLAUSE_PROHIBITION)
            in = tr_judge(t->plan, &clause->u.prohibition, i, &why);
        else
            in = tr_condition_judge(t->plan, c, &clause->u.threshold.on[0], i, &why);
        tr_put(t->out, "  \302\247%-6.*s%-10s%s\n", TR_FMT(clause->label),
               in == TR_IN_NONE ? "excluded" : membership_name(in), tr_why_text(why));
        tr_span span;
        tr_set  set = in == TR_IN_CERTAIN ? TR_SET_CERTAIN
                      : in == TR_IN_BEST  ? TR_SET_BEST
                                          : TR_SET_POSSIBLE;
        if (clause->kind != TR_CLAUSE_THRESHOLD || in == TR_IN_NONE ||
            !tr_condition_span(t->plan, c, &clause->u.threshold.on[0], i, set, &span))
            continue;
        tr_put(t->out, "           in the %s window ", set_name(set));
        put_span(t->out, span, t->plan->tz);
        tr_put_char(t->out, '\n');
    }
}

static void put_statement_list(telling *t)
{
    tr_arena   at = t->at;
    statements list = {0};
    put_part(t, "Statements");
    if (!for_public(t->view))
        statements_on(t->view, &at, t->s.incident, &list);
    if (list.len == 0)
        tr_put(t->out, "  none recorded\n");
    for (ptrdiff_t i = 0; i < list.len; i++) {
        tr_put(t->out, "  %.*s %s, entry %lld: ", TR_FMT(list.at[i].by), list.at[i].stance,
               (long long)list.at[i].entry);
        put_wrapped(t->out, list.at[i].text, 30, 4, WIDTH);
    }
}

static void put_flip(telling *t)
{
    tr_arena at = t->at, far = {at.end - (at.end - at.beg) / 2, at.end};
    tr_out   words = tr_out_new(&at);
    put_part(t, "Smallest change that flips it");
    if (t->s.kind == SUBJECT_FINDING)
        put_flip_finding(&words, t->view, &t->s.finding);
    else if (t->s.kind == SUBJECT_INSTANCE)
        put_flip_instance(&words, t->view, t->s.instance);
    else
        for (ptrdiff_t i = 0; i < t->board.len; i++)
            if (t->board.at[i].clause == t->s.clause)
                put_flip_clause(&words, far, t->view, &t->board.at[i]);
    if (t->s.kind == SUBJECT_INCIDENT)
        tr_put(&words, "An incident is no judgement; its findings say what would flip them.");
    put_line(t, text_of(&words));
}

static void put_clocks(telling *t, int32_t instance)
{
    tr_step_run run[STEPS_ROOM];
    int32_t     runs = 0;
    put_part(t, "Clocks");
    tr_mission_steps(t->view->mission, t->at, instance, run, &runs, STEPS_ROOM);
    for (int32_t i = 0; i < runs; i++) {
        tr_arena at = t->at;
        tr_out   words = tr_out_new(&at);
        tr_put(&words, "\302\247%.*s %s: ", TR_FMT(t->plan->clause[run[i].clause].label),
               run_name(t->view, instance, &run[i]));
        put_clock(&words, t->plan, &run[i]);
        if (run[i].overdue_at_discovery)
            tr_put(&words, "; overdue at discovery");
        put_line(t, text_of(&words));
    }
    if (runs == 0)
        tr_put(t->out, "  no step is on this clause\n");
}

/* Incidents considered for an activation and not in its certain set, by reason. */
static void put_left_out(telling *t, const tr_instance *instance)
{
    const tr_mission   *m = t->view->mission;
    const tr_condition  tripped = tr_instance_condition(t->plan, instance), *c = &tripped;
    int64_t             by_why[WHYS][2] = {{0}}; /* possible or best; out */
    int                 listed = 0, more = 0;
    put_part(t, "Considered and not certain");
    for (int32_t i = 0; i < tr_mission_incidents(m); i++) {
        const tr_incident *incident = tr_mission_incident(m, i);
        tr_why             why = TR_WHY_IN;
        if (!incident->live)
            continue;
        tr_membership in =
            tr_condition_at(t->plan, instance->clause, c, incident, instance->reached, &why);
        if (in == TR_IN_CERTAIN)
            continue;
        by_why[why][in == TR_IN_NONE]++;
        if (in == TR_IN_NONE)
            continue;
        if (listed++ < LISTED)
            put_witness(t, i, tr_why_text(why));
        else
            more++;
    }
    if (more > 0)
        tr_put(t->out, "  and %d more in the best or possible set only\n", more);
    for (int why = 0; why < WHYS; why++)
        if (by_why[why][1] > 0)
            tr_put(t->out, "  excluded %lld: %s\n", (long long)by_why[why][1],
                   tr_why_text((tr_why)why));
}

static void put_instance(telling *t, int32_t instance)
{
    const tr_instance  *i = tr_mission_instance(t->view->mission, instance);
    const tr_condition  in = tr_instance_condition(t->plan, i), *c = &in;
    tr_arena            at = t->at;
    tr_indices          list = {0};
    tr_put(t->out, "\nActivation %.*s, %s\n  reached_at ",
           TR_FMT(instance_id(&at, t->plan, instance, t->view->mission)), instance_state(i));
    put_both(t->out, i->reached, t->plan->tz);
    tr_put(t->out, "\n  known_at   ");
    put_both(t->out, i->known, t->plan->tz);
    tr_put(t->out, ", entry %lld\n  count      ", (long long)i->known_index);
    put_instance_count(t->out, t->view, instance);
    tr_put(t->out, " %s by ", items_of(t->plan->counting[c->counting].rule, i->count.best));
    put_rule(t->out, t->plan, c);
    tr_put(t->out, " in ");
    put_stretch(t->out, c->window);
    tr_put(t->out, ", needed %s ", set_name(c->set));
    put_bound(t->out, c);
    tr_put(t->out, "; head %llu\n", (unsigned long long)t->view->head.size);
    if (i->cleared != TR_TIME_NONE) {
        tr_put(t->out, "  cleared    ");
        put_both(t->out, i->cleared, t->plan->tz);
        tr_put(t->out, ", known ");
        put_both(t->out, i->cleared_known, t->plan->tz);
        tr_put(t->out, ", entry %lld\n", (long long)i->cleared_index);
    }
    tr_mission_witnesses(t->view->mission, &at, instance, &list);
    put_part(t, "Witnessed by, the certain set");
    for (ptrdiff_t w = 0; w < list.len && w < LISTED; w++)
        put_witness(t, list.at[w], "");
    if (list.len > LISTED)
        tr_put(t->out, "  and %lld more\n", (long long)list.len - LISTED);
    put_left_out(t, i);
    put_clocks(t, instance);
}

static void put_prohibition_set(telling *t)
{
    const tr_mission *m = t->view->mission;
    int64_t           by_why[WHYS][2] = {{0}}, certain = 0;
    for (int32_t i = 0; i < tr_mission_incidents(m); i++) {
        tr_why        why = TR_WHY_IN;
        tr_membership in;
        if (!tr_mission_incident(m, i)->live)
            continue;
        in = tr_judge(t->plan, &t->plan->clause[t->s.clause].u.prohibition,
                      tr_mission_incident(m, i), &why);
        certain += in == TR_IN_CERTAIN;
        if (in != TR_IN_CERTAIN)
            by_why[why][in == TR_IN_NONE]++;
    }
    put_part(t, "Incidents considered");
    tr_put(t->out, "  past proof %lld, under this agreement at head %llu\n", (long long)certain,
           (unsigned long long)t->view->head.size);
    for (int why = 0; why < WHYS; why++) {
        if (by_why[why][0] > 0)
            tr_put(t->out, "  possible %lld: %s\n", (long long)by_why[why][0],
                   tr_why_text((tr_why)why));
        if (by_why[why][1] > 0)
            tr_put(t->out, "  excluded %lld: %s\n", (long long)by_why[why][1],
                   tr_why_text((tr_why)why));
    }
}

static void put_of_clause(telling *t)
{
    const tr_clause *clause = &t->plan->clause[t->s.clause];
    int32_t          of = clause->kind == TR_CLAUSE_STEP ? clause->u.step.on : t->s.clause;
    if (clause->kind == TR_CLAUSE_PROHIBITION)
        put_prohibition_set(t);
    put_standing(t->out, t->at, t->view, t->s.clause);
    for (int32_t i = 0; i < tr_mission_instances(t->view->mission); i++) {
        if (tr_mission_instance(t->view->mission, i)->clause != of)
            continue;
        if (clause->kind == TR_CLAUSE_STEP)
            put_clocks(t, i);
        else
            put_instance(t, i);
    }
}

/* Of each exception that asks for steps, which of them stand for the incident. */
static void put_steps(telling *t)
{
    const tr_prohibition *term = &t->plan->clause[t->s.clause].u.prohibition;
    const tr_incident    *incident = tr_mission_incident(t->view->mission, t->s.incident);
    for (int32_t i = term->except; i < term->except + term->excepts; i++) {
        const tr_exception *e = &t->plan->exception[i];
        if (e->steps == 0 || tr_permit_scope(t->plan, term, e, incident) == TR_APPLIES_NOT)
            continue;
        tr_permit_look look = tr_permit_steps_of(t->plan, term, e, incident);
        tr_put(t->out, "  steps of %.*s: ", TR_FMT(e->label));
        tr_put_permit(t->out, t->plan, e, &look);
        tr_put_char(t->out, '\n');
    }
}

static void put_title(telling *t, tr_str id)
{
    static const char *const kinds[] = {"Finding", "Incident", "Clause", "Activation"};
    if (tr_mission_mode(t->view->mission) != TR_RECORD_LIVE)
        tr_put(t->out, "%s\n",
               tr_mission_mode(t->view->mission) == TR_RECORD_REPLAY ? "REPLAY" : "EXERCISE");
    tr_put(t->out, "%s %.*s, as of head %llu\n", kinds[t->s.kind], TR_FMT(id),
           (unsigned long long)t->view->head.size);
    if (t->s.kind == SUBJECT_FINDING)
        tr_put(t->out, "  %s: %s (draft, not released)\n", membership_name(t->s.finding.in),
               t->s.finding.in == TR_IN_CERTAIN ? "past proof" : tr_why_text(t->s.finding.why));
    if (t->s.kind == SUBJECT_FINDING && t->s.finding.exception >= 0) {
        const tr_exception *e = &t->plan->exception[t->s.finding.exception];
        tr_put(t->out, "  exception %.*s, \"%.*s\"\n", TR_FMT(e->label), TR_FMT(e->title));
    }
    if (t->s.kind == SUBJECT_FINDING)
        put_steps(t);
}

bool tr_put_explain_text(tr_out *out, tr_arena scratch, const tr_view *view, tr_str id, tr_err *err)
{
    telling t = {.out = out, .view = view, .plan = plan_of(view)};
    if (!subject_read(view, scratch, id, &t.s, err))
        return false;
    tr_mission_board(view->mission, &scratch, &t.board);
    t.at = scratch;
    put_title(&t, id);
    if (t.s.clause >= 0) {
        put_clause(&t);
        put_bindings(&t);
    }
    if (t.s.incident >= 0) {
        put_observations(&t);
        if (!for_public(view) || tr_mission_incident(view->mission, t.s.incident)->rung <= 3)
            put_attribution(&t);
        put_judgement(&t);
        put_statement_list(&t);
    } else if (t.s.instance >= 0) {
        put_instance(&t, t.s.instance);
    } else {
        put_of_clause(&t);
    }
    put_flip(&t);
    return true;
}
