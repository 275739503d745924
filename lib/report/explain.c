/* explain.c -- why a result is what it is, as JSON: /api/finding/ID and `truce explain --json`. */
#include "report/inside.h"

#include "base/time.h"

typedef struct {
    json          *j;
    tr_arena       at;
    const tr_view *view;
    subject        s;
    tr_board       board;
} telling;

static const tr_board_row *row_of(const telling *t, int32_t clause)
{
    for (ptrdiff_t i = 0; i < t->board.len; i++)
        if (t->board.at[i].clause == clause)
            return &t->board.at[i];
    return NULL;
}

static const tr_incident *incident_of(const telling *t)
{
    return tr_mission_incident(t->view->mission, t->s.incident);
}

static void put_stage(telling *t, const char *stage, tr_str words, tr_time at)
{
    json_open(t->j, NULL, '{');
    json_word(t->j, "stage", stage);
    json_text(t->j, "words", words);
    json_time(t->j, "at", at);
    json_close(t->j, '}');
}

static void chain_observations(telling *t)
{
    tr_arena at = t->at;
    rows     list;
    observations_of(t->view, &at, t->s.incident, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        tr_arena       here = at;
        const tr_obs  *obs = tr_mission_observation(t->view->mission, list.at[i]);
        tr_source_view source;
        tr_out         words = tr_out_new(&here);
        tr_mission_source(t->view->mission, obs->source, &source);
        tr_put(&words, "%.*s %.*s, entry %lld", TR_FMT(source.id),
               TR_FMT(tr_mission_text(t->view->mission, obs->src_id)), (long long)obs->entry);
        if (obs->row >= 0)
            tr_put(&words, " row %d", obs->row);
        tr_put(&words, ", %s", status_words(t->view, list.at[i]));
        put_stage(t, "observation", text_of(&words), known_at(t->view->mission, obs->entry));
    }
}

static void chain_incident(telling *t)
{
    const tr_incident *i = incident_of(t);
    tr_arena           at = t->at;
    tr_out             event = tr_out_new(&at);
    tr_put(&event, "%s, counted %d [%d, ", tr_kind_label((tr_kind)i->kind), i->n_best, i->n_min);
    if (i->n_max == TR_UNBOUNDED)
        tr_put(&event, "no upper bound]");
    else
        tr_put(&event, "%d]", i->n_max);
    put_stage(t, "event", tr_str_keep(&at, text_of(&event)), i->begin);
    tr_out words = tr_out_new(&at);
    tr_put(&words, "%.*s: %d independent source%s, ", TR_FMT(incident_id(&t->at, i)), i->roots,
           i->roots == 1 ? "" : "s");
    if (i->reg >= 0)
        tr_put(&words, "row of register %.*s", TR_FMT(plan_of(t->view)->reg[i->reg].id));
    else if (i->p_real_ppm < 0)
        tr_put(&words, "no probability claimed");
    else {
        tr_put(&words, "probability ");
        put_percent(&words, i->p_real_ppm, 1000000);
    }
    put_stage(t, "incident", text_of(&words), i->best);
}

static void chain_side(telling *t)
{
    const tr_incident *i = incident_of(t);
    tr_arena           at = t->at;
    tr_out             words = tr_out_new(&at);
    tr_side_decision   decision;
    if ((for_public(t->view) && i->rung > 3) ||
        !tr_mission_side(t->view->mission, &t->at, i, &decision))
        return;
    tr_put(&words, "side %.*s, rung %s, decided by %.*s, entry %lld",
           TR_FMT(side_of(plan_of(t->view), i)), tr_rung_name(i->rung), TR_FMT(decision.by),
           (long long)decision.entry);
    put_stage(t, "attribution", text_of(&words), known_at(t->view->mission, decision.entry));
}

static void chain_clause(telling *t, int32_t clause, const char *stage)
{
    const tr_board_row *row = row_of(t, clause);
    tr_arena            at = t->at;
    tr_out              words = tr_out_new(&at);
    tr_put(&words, "\302\247%.*s ", TR_FMT(plan_of(t->view)->clause[clause].label));
    put_clause_words(&words, at, t->view, row);
    put_stage(t, stage, text_of(&words), tr_mission_now(t->view->mission));
}

static void chain_finding(telling *t)
{
    tr_arena at = t->at;
    tr_out   words = tr_out_new(&at);
    if (t->s.kind != SUBJECT_FINDING)
        return;
    tr_put(&words, "\302\247%.*s: %s; %s", TR_FMT(plan_of(t->view)->clause[t->s.clause].label),
           membership_name(t->s.finding.in),
           t->s.finding.in == TR_IN_CERTAIN ? "past proof" : tr_why_text(t->s.finding.why));
    put_stage(t, "finding", text_of(&words), tr_mission_now(t->view->mission));
}

/* The first on-condition of each threshold, with the best membership of the incident in any. */
typedef struct {
    const tr_condition *condition;
    tr_membership       in;
    tr_why              why;
} counted;

static counted counted_by(const telling *t, int32_t clause)
{
    const tr_plan      *plan = plan_of(t->view);
    const tr_threshold *threshold = &plan->clause[clause].u.threshold;
    counted             best = {NULL, TR_IN_NONE, TR_WHY_CLASS};
    for (int32_t i = 0; i < threshold->ons; i++) {
        tr_why        why = TR_WHY_IN;
        tr_membership in =
            tr_condition_judge(plan, clause, &threshold->on[i], incident_of(t), &why);
        if (!best.condition || in > best.in)
            best = (counted){&threshold->on[i], in, why};
    }
    return best;
}

static bool is_threshold(const telling *t, int32_t clause)
{
    return plan_of(t->view)->clause[clause].kind == TR_CLAUSE_THRESHOLD &&
           plan_of(t->view)->clause[clause].u.threshold.ons > 0;
}

static void chain_counts(telling *t)
{
    const tr_plan *plan = plan_of(t->view);
    for (int32_t c = 0; c < plan->clauses; c++) {
        tr_arena at = t->at;
        tr_out   words = tr_out_new(&at);
        if (!is_threshold(t, c))
            continue;
        counted by = counted_by(t, c);
        if (by.in == TR_IN_NONE)
            continue;
        tr_put(&words, "counted as %s by ", membership_name(by.in));
        put_rule(&words, plan, by.condition);
        tr_put(&words, " for \302\247%.*s in ", TR_FMT(plan->clause[c].label));
        put_stretch(&words, by.condition->window);
        put_stage(t, "tally", text_of(&words), TR_TIME_NONE);
        chain_clause(t, c, "clause");
        for (int32_t s = 0; s < plan->clauses; s++)
            if (plan->clause[s].kind == TR_CLAUSE_STEP && plan->clause[s].u.step.on == c)
                chain_clause(t, s, "response");
    }
}

static void put_chain(telling *t)
{
    json_open(t->j, "chain", '[');
    if (t->s.incident >= 0) {
        if (!for_public(t->view))
            chain_observations(t);
        chain_incident(t);
        chain_side(t);
        chain_finding(t);
        chain_counts(t);
    } else {
        chain_clause(t, t->s.clause, "clause");
        for (int32_t s = 0; s < plan_of(t->view)->clauses; s++)
            if (plan_of(t->view)->clause[s].kind == TR_CLAUSE_STEP &&
                plan_of(t->view)->clause[s].u.step.on == t->s.clause)
                chain_clause(t, s, "response");
    }
    json_close(t->j, ']');
}

static void put_observation(telling *t, int64_t i)
{
    const tr_obs  *obs = tr_mission_observation(t->view->mission, i);
    tr_arena       at = t->at;
    tr_source_view source;
    tr_str         bytes = {0};
    tr_mission_source(t->view->mission, obs->source, &source);
    json_open(t->j, NULL, '{');
    json_text(t->j, "source", source.id);
    json_text(t->j, "src_id", tr_mission_text(t->view->mission, obs->src_id));
    json_int(t->j, "entry", obs->entry);
    if (obs->row >= 0)
        json_int(t->j, "row", obs->row);
    json_word(t->j, "status", status_name(obs->status));
    if (obs->status == TR_OBS_HELD)
        json_word(t->j, "held_because",
                  tr_mission_outside(t->view->mission, i) ? "outside the area" : "another body");
    if (obs->by >= 0)
        json_int(t->j, "ended_by_entry", obs->by);
    json_time(t->j, "happened", obs->begin);
    json_time(t->j, "happened_end", obs->end);
    json_time(t->j, "known_at", known_at(t->view->mission, obs->entry));
    if (tr_mission_bytes(t->view->mission, &at, i, &bytes))
        json_text(t->j, "bytes", bytes);
    json_close(t->j, '}');
}

static void put_observations(telling *t)
{
    tr_arena keep = t->at;
    rows     list = {0};
    if (t->s.incident >= 0 && !for_public(t->view))
        observations_of(t->view, &keep, t->s.incident, &list);
    json_open(t->j, "observations", '[');
    telling inner = *t;
    inner.at = keep;
    for (ptrdiff_t i = 0; i < list.len; i++)
        put_observation(&inner, list.at[i]);
    json_close(t->j, ']');
}

static void put_windows(telling *t, int32_t clause, const counted *by)
{
    tr_span span;
    tr_set  set = by->in == TR_IN_CERTAIN ? TR_SET_CERTAIN
                  : by->in == TR_IN_BEST  ? TR_SET_BEST
                                          : TR_SET_POSSIBLE;
    if (!tr_condition_span(plan_of(t->view), clause, by->condition, incident_of(t), set, &span))
        return;
    json_open(t->j, "windows", '{');
    json_time(t->j, "enters", span.begin);
    json_time(t->j, "leaves", span.end);
    json_close(t->j, '}');
}

static void put_counted_in(telling *t)
{
    const tr_plan *plan = plan_of(t->view);
    json_open(t->j, "counts_in", '[');
    for (int32_t c = 0; c < plan->clauses && t->s.incident >= 0; c++) {
        if (!is_threshold(t, c))
            continue;
        counted by = counted_by(t, c);
        if (by.in == TR_IN_NONE)
            continue;
        json_open(t->j, NULL, '{');
        json_text(t->j, "clause", plan->clause[c].label);
        json_word(t->j, "in", membership_name(by.in));
        json_word(t->j, "why", tr_why_text(by.why));
        put_windows(t, c, &by);
        json_close(t->j, '}');
    }
    json_close(t->j, ']');
}

static void put_excluded(telling *t)
{
    const tr_plan *plan = plan_of(t->view);
    json_open(t->j, "excluded", '[');
    for (int32_t c = 0; c < plan->clauses && t->s.incident >= 0; c++) {
        tr_why        why = TR_WHY_IN;
        tr_membership in = TR_IN_CERTAIN;
        if (plan->clause[c].kind == TR_CLAUSE_PROHIBITION)
            in = tr_judge(plan, &plan->clause[c].u.prohibition, incident_of(t), &why);
        else if (is_threshold(t, c)) {
            counted by = counted_by(t, c);
            in = by.in;
            why = by.why;
        }
        if (in != TR_IN_NONE)
            continue;
        json_open(t->j, NULL, '{');
        json_text(t->j, "clause", plan->clause[c].label);
        json_word(t->j, "why", tr_why_text(why));
        json_close(t->j, '}');
    }
    json_close(t->j, ']');
}

static void put_flip(telling *t)
{
    tr_arena            at = t->at;
    tr_out              words = tr_out_new(&at);
    const tr_board_row *row = t->s.clause >= 0 ? row_of(t, t->s.clause) : NULL;
    tr_arena            far = {at.end - (at.end - at.beg) / 2, at.end};
    if (t->s.kind == SUBJECT_FINDING)
        put_flip_finding(&words, t->view, &t->s.finding);
    else if (t->s.kind == SUBJECT_INSTANCE)
        put_flip_instance(&words, t->view, t->s.instance);
    else if (t->s.kind == SUBJECT_CLAUSE)
        put_flip_clause(&words, far, t->view, row);
    else
        tr_put(&words, "An incident is no judgement; its findings say what would flip them.");
    json_text(t->j, "flip", text_of(&words));
}

static void put_statements(telling *t)
{
    tr_arena   keep = t->at;
    statements list = {0};
    if (t->s.incident >= 0 && !for_public(t->view))
        statements_on(t->view, &keep, t->s.incident, &list);
    json_open(t->j, "statements", '[');
    for (ptrdiff_t i = 0; i < list.len; i++) {
        json_open(t->j, NULL, '{');
        json_text(t->j, "by", list.at[i].by);
        json_word(t->j, "stance", list.at[i].stance);
        json_text(t->j, "text", list.at[i].text);
        json_int(t->j, "entry", list.at[i].entry);
        json_close(t->j, '}');
    }
    json_close(t->j, ']');
}

static void put_proof(telling *t)
{
    if (t->s.incident < 0 || for_public(t->view))
        return;
    const tr_obs *anchor = tr_mission_observation(t->view->mission, incident_of(t)->anchor);
    json_open(t->j, "proof", '{');
    json_int(t->j, "entry", anchor->entry);
    if (anchor->row >= 0)
        json_int(t->j, "row", anchor->row);
    json_int(t->j, "size", (int64_t)t->view->head.size);
    json_close(t->j, '}');
}

static void put_subject(telling *t)
{
    if (t->s.incident >= 0) {
        json_open(t->j, "finding", '{');
        put_incident_json(t->j, t->at, t->view, incident_of(t),
                          t->s.kind == SUBJECT_FINDING ? &t->s.finding : NULL);
        json_close(t->j, '}');
    }
    if (t->s.clause >= 0) {
        json_open(t->j, "clause", '{');
        put_clause_json(t->j, t->at, t->view, row_of(t, t->s.clause));
        json_close(t->j, '}');
    }
    json_open(t->j, "instances", '[');
    for (int32_t i = 0; i < tr_mission_instances(t->view->mission) && t->s.incident < 0; i++)
        if (t->s.instance >= 0 ? i == t->s.instance
                               : tr_mission_instance(t->view->mission, i)->clause == t->s.clause)
            put_instance_json(t->j, t->at, t->view, i);
    json_close(t->j, ']');
}

bool tr_put_explain_json(tr_out *out, tr_arena scratch, const tr_view *view, tr_str id, tr_err *err)
{
    json    j = {out, false};
    telling t = {.j = &j, .view = view};
    if (!subject_read(view, scratch, id, &t.s, err))
        return false;
    tr_mission_board(view->mission, &scratch, &t.board);
    t.at = scratch;
    json_open(&j, NULL, '{');
    put_subject(&t);
    json_head(&j, view);
    put_chain(&t);
    put_observations(&t);
    put_counted_in(&t);
    put_excluded(&t);
    put_flip(&t);
    put_statements(&t);
    put_proof(&t);
    json_close(&j, '}');
    tr_put_char(out, '\n');
    return true;
}
