/* period.c -- the period report over [from, to): what stands in it, in the order of daily reports
 * of monitoring missions.
 *
 * Sections that no source covers stay, and say that they were not observed.  Counts are compared
 * with the period of the same length before, always with both exposures.
 */
#include "report/inside.h"

#include "base/time.h"
#include "verify/judge.h"

typedef struct {
    paper         *p;
    const tr_view *view;
    const tr_plan *plan;
    tr_span        span, before;
} period;

static tr_out words_of(const period *r)
{
    return tr_out_new(r->p->at);
}

static void say(const period *r, const tr_out *words)
{
    paper_paragraph(r->p, text_of(words));
}

static void cell(const period *r, block *table, const char *text)
{
    paper_cell(r->p, table, tr_str_of(text));
}

static void cell_int(const period *r, block *table, int64_t value)
{
    tr_out out = words_of(r);
    put_count(&out, value);
    paper_cell(r->p, table, text_of(&out));
}

/* "R-INC v1 of breaches of §1.1, span, entries 0 to 811 of head 812". */
static tr_str source_of(const period *r, const tr_tally *t)
{
    tr_out what = words_of(r);
    tr_put(&what, "%s v%d", tr_rule_name(t->query.rule), t->version);
    if (t->query.clause >= 0)
        tr_put(&what, " of breaches of \302\247%.*s",
               TR_FMT(r->plan->clause[t->query.clause].label));
    tr_put(&what, ", ");
    put_span(&what, t->query.span, r->plan->tz);
    tr_put(&what, ", entries 0 to %lld of head %llu", (long long)r->view->head.size - 1,
           (unsigned long long)r->view->head.size);
    return text_of(&what);
}

static void put_ref(const period *r, tr_out *out, const tr_tally *t)
{
    paper_ref(r->p, out, source_of(r, t));
}

static bool count(const period *r, tr_tally_query query, tr_span span, tr_tally *tally)
{
    tr_err err = {0};
    query.span = span;
    return tr_mission_tally(r->view->mission, *r->p->at, &query, tally, &err);
}

/* Has the term begun before the span is over?  A count of a term that did not bind is no zero. */
static bool binds_in(const period *r, int32_t clause, tr_span span)
{
    tr_time begin = tr_term_begin(r->plan, &r->plan->clause[clause].u.prohibition);
    return begin == TR_TIME_NONE || begin < span.end;
}

static tr_tally_query query_of(tr_rule rule, int32_t clause)
{
    return (tr_tally_query){.rule = rule, .zone = -1, .clause = clause, .source = -1};
}

/* ---- 0 head ---- */

static void put_head(const period *r)
{
    strings list = {0};
    tr_out  words = words_of(r);
    tr_put(&words, "%.*s, version %.*s. Period ", TR_FMT(r->plan->title), TR_FMT(r->plan->version));
    put_span(&words, r->span, r->plan->tz);
    tr_put(&words, ". Information as of ");
    if (tr_mission_now(r->view->mission) == TR_TIME_NONE)
        tr_put(&words, "no tick yet");
    else
        put_both(&words, tr_mission_now(r->view->mission), r->plan->tz);
    tr_put(&words, ". Audience: %s. Draft, not released. Head %llu.",
           for_public(r->view) ? "public" : "mission", (unsigned long long)r->view->head.size);
    say(r, &words);
    notices(r->view, r->p->at, &list);
    for (ptrdiff_t i = 0; i < list.len; i++)
        paper_paragraph(r->p, list.at[i]);
}

/* ---- 1 summary ---- */

static void put_watched(tr_out *out, const tr_tally *t)
{
    if (t->exposure_ns == 0)
        tr_put(out, "not observed (coverage 0)");
    else
        put_percent(out, t->exposure_ns, t->span_ns);
}

static void put_silence(const period *r, const char *term)
{
    tr_out words = words_of(r);
    tr_put(&words, "%s: not observed in ", term);
    put_span(&words, r->span, r->plan->tz);
    tr_put(&words, " (coverage 0).");
    say(r, &words);
}

static void sum_up_clause(const period *r, int32_t clause)
{
    tr_tally now, then;
    tr_out   words = words_of(r);
    if (!count(r, query_of(TR_RULE_INC, clause), r->span, &now) ||
        !count(r, query_of(TR_RULE_INC, clause), r->before, &then))
        return;
    if (!binds_in(r, clause, r->span)) {
        tr_put(&words, "\302\247%.*s: not in force in ", TR_FMT(r->plan->clause[clause].label));
        put_span(&words, r->span, r->plan->tz);
        tr_put(&words, ".");
        say(r, &words);
        return;
    }
    if (now.not_observed) {
        tr_put(&words, "\302\247%.*s", TR_FMT(r->plan->clause[clause].label));
        put_silence(r, tr_out_z(&words));
        return;
    }
    tr_put(&words, "By R-INC version %d the record holds %c", now.version, MARK_BOLD);
    put_triple(&words, now.count);
    tr_put(&words, "%c %s of breaches of \302\247%.*s", MARK_END,
           items_of(TR_RULE_INC, now.count.best), TR_FMT(r->plan->clause[clause].label));
    put_ref(r, &words, &now);
    if (!binds_in(r, clause, r->before))
        tr_put(&words, "; it was not in force in the previous period");
    else if (then.not_observed)
        tr_put(&words, "; the previous period was not observed (coverage 0)");
    else {
        tr_put(&words, ", after ");
        put_triple(&words, then.count);
        tr_put(&words, " in the previous period");
        put_ref(r, &words, &then);
    }
    tr_put(&words, ". Watched: ");
    put_watched(&words, &now);
    if (binds_in(r, clause, r->before)) {
        tr_put(&words, ", after ");
        put_watched(&words, &then);
    }
    tr_put(&words, ".");
    say(r, &words);
}

static bool within(tr_time t, tr_span span)
{
    return t != TR_TIME_NONE && t >= span.begin && t < span.end;
}

static void put_instance_ref(const period *r, tr_out *out, const tr_instance *i)
{
    const tr_condition  in = tr_instance_condition(r->plan, i), *c = &in;
    tr_out              what = words_of(r);
    put_rule(&what, r->plan, c);
    tr_put(&what, " of breaches of \302\247%.*s in ", TR_FMT(r->plan->clause[c->of].label));
    put_stretch(&what, c->window);
    tr_put(&what, " before ");
    put_both(&what, i->reached, r->plan->tz);
    tr_put(&what, ", entries 0 to %lld of head %llu; made known by entry %lld",
           (long long)r->view->head.size - 1, (unsigned long long)r->view->head.size,
           (long long)i->known_index);
    paper_ref(r->p, out, text_of(&what));
}

static void sum_up_instance(const period *r, int32_t instance)
{
    const tr_instance  *i = tr_mission_instance(r->view->mission, instance);
    const tr_condition  in = tr_instance_condition(r->plan, i), *c = &in;
    tr_str              label = r->plan->clause[i->clause].label;
    tr_out              words = words_of(r);
    bool                on = within(i->reached, r->span) || within(i->known, r->span);
    bool                off = within(i->cleared, r->span) || within(i->cleared_known, r->span);
    if (on) {
        tr_put(&words, "\302\247%.*s was reached at ", TR_FMT(label));
        put_both(&words, i->reached, r->plan->tz);
        tr_put(&words, " and known at ");
        put_both(&words, i->known, r->plan->tz);
        tr_put(&words, ": ");
        put_instance_count(&words, r->view, instance);
        tr_put(&words, " %s by ", items_of(r->plan->counting[c->counting].rule, i->count.best));
        put_rule(&words, r->plan, c);
        tr_put(&words, " in ");
        put_stretch(&words, c->window);
        put_instance_ref(r, &words, i);
        tr_put(&words, ". ");
    }
    if (off) {
        tr_put(&words, "\302\247%.*s ended at ", TR_FMT(label));
        put_both(&words, i->cleared, r->plan->tz);
        tr_put(&words, " and this was known at ");
        put_both(&words, i->cleared_known, r->plan->tz);
        tr_put(&words, ", entry %lld.", (long long)i->cleared_index);
    }
    if (on || off)
        say(r, &words);
}

static bool is_prohibition(const period *r, int32_t clause)
{
    return r->plan->clause[clause].kind == TR_CLAUSE_PROHIBITION;
}

static void put_summary(const period *r)
{
    paper_section(r->p, "1 Summary");
    for (int32_t c = 0; c < r->plan->clauses; c++)
        if (is_prohibition(r, c))
            sum_up_clause(r, c);
    for (int32_t i = 0; i < tr_mission_instances(r->view->mission); i++)
        sum_up_instance(r, i);
}

/* ---- 2 cease-fire violations by rule ---- */

static bool counts_fire(const period *r, int32_t clause)
{
    uint64_t kinds = r->plan->class_[r->plan->clause[clause].u.prohibition.class_].kinds;
    for (int k = 0; k < TR_KINDS; k++)
        if (kinds >> k & 1 && tr_kind_flags((tr_kind)k) & TR_KIND_FIRE)
            return true;
    return false;
}

static void cell_triple(const period *r, block *table, const tr_tally *t)
{
    tr_out out = words_of(r);
    if (!binds_in(r, t->query.clause, t->query.span))
        tr_put(&out, "not in force");
    else if (t->not_observed)
        tr_put(&out, "not observed");
    else {
        put_triple(&out, t->count);
        put_ref(r, &out, t);
    }
    paper_cell(r->p, table, text_of(&out));
}

static void cell_watched(const period *r, block *table, const tr_tally *t)
{
    tr_out out = words_of(r);
    if (t->exposure_ns == 0)
        tr_put(&out, "not observed");
    else
        put_percent(&out, t->exposure_ns, t->span_ns);
    paper_cell(r->p, table, text_of(&out));
}

static void put_rule_row(const period *r, block *table, int32_t clause, tr_rule rule)
{
    tr_tally now, then;
    tr_out   name = words_of(r);
    if (!count(r, query_of(rule, clause), r->span, &now) ||
        !count(r, query_of(rule, clause), r->before, &then))
        return;
    tr_put(&name, "%s v%d", tr_rule_name(rule), now.version);
    paper_cell(r->p, table, r->plan->clause[clause].label);
    paper_cell(r->p, table, text_of(&name));
    cell_triple(r, table, &now);
    cell_watched(r, table, &now);
    cell_triple(r, table, &then);
    cell_watched(r, table, &then);
    if (now.not_observed || !binds_in(r, clause, r->span))
        cell(r, table, binds_in(r, clause, r->span) ? "not observed" : "not in force");
    else {
        tr_out out = words_of(r);
        put_triple(&out, now.exercise);
        paper_cell(r->p, table, text_of(&out));
    }
}

static void put_violations(const period *r)
{
    static const char *const header[] = {"Clause",   "Rule",         "This period", "Watched",
                                         "Previous", "Watched then", "Exercise"};
    tr_out                   caption = words_of(r);
    paper_section(r->p, "2 Ceasefire violations by rule");
    tr_put(&caption, "Counts as best [certain, possible]. Previous period: ");
    put_span(&caption, r->before, r->plan->tz);
    tr_put(
        &caption,
        ". Exercise: of this period, labelled so. Counts by different rules are not comparable.");
    block *table = paper_table(r->p, text_of(&caption), 7, header);
    for (int32_t c = 0; c < r->plan->clauses; c++) {
        if (!is_prohibition(r, c))
            continue;
        put_rule_row(r, table, c, TR_RULE_INC);
        if (counts_fire(r, c))
            put_rule_row(r, table, c, TR_RULE_SMM);
    }
}

/* ---- 3 casualties ---- */

static void put_register(const period *r, int32_t reg)
{
    const tr_register *of = &r->plan->reg[reg];
    tr_tally_query     query = query_of(TR_RULE_INC, -1);
    tr_tally           now, then;
    tr_out             words = words_of(r);
    query.source = tr_mission_source_named(r->view->mission, of->source);
    query.kinds = of->kinds;
    tr_put(&words, "Deaths by the register %.*s", TR_FMT(of->name));
    if (query.source < 0 || !count(r, query, r->span, &now) || !count(r, query, r->before, &then) ||
        now.not_observed) {
        put_silence(r, tr_out_z(&words));
        return;
    }
    tr_put(
        &words,
        ", low over the certain, best over the best, high over the possible rows of R-INC v%d: %c",
        now.version, MARK_BOLD);
    put_triple(&words, now.deaths);
    tr_put_char(&words, MARK_END);
    put_ref(r, &words, &now);
    if (!then.not_observed) {
        tr_put(&words, ", after ");
        put_triple(&words, then.deaths);
        put_ref(r, &words, &then);
    }
    tr_put(&words, ". Watched: ");
    put_watched(&words, &now);
    tr_put(&words, ", after ");
    put_watched(&words, &then);
    tr_put(&words, ". Whose side a person was on is not stated.");
    say(r, &words);
}

static void put_casualties(const period *r)
{
    paper_section(r->p, "3 Casualties");
    for (int32_t i = 0; i < r->plan->regs; i++)
        put_register(r, i);
    if (r->plan->regs == 0)
        put_silence(r, "Casualties");
}

/* ---- 4 to 10 ---- */

static void put_topic(const period *r, const char *title, const char *term, uint64_t kinds)
{
    tr_tally_query query = query_of(TR_RULE_INC, -1);
    tr_tally       now;
    tr_out         words = words_of(r);
    paper_section(r->p, title);
    query.kinds = kinds;
    if (kinds == 0 || !count(r, query, r->span, &now) || now.not_observed) {
        put_silence(r, term);
        return;
    }
    tr_put(&words, "%s: ", term);
    if (now.count.possible == 0)
        tr_put(&words, "none observed by R-INC v%d", now.version);
    else {
        put_triple(&words, now.count);
        tr_put(&words, " %s by R-INC v%d", items_of(TR_RULE_INC, now.count.best), now.version);
    }
    put_ref(r, &words, &now);
    tr_put(&words, ". Watched: ");
    put_watched(&words, &now);
    tr_put(&words, ".");
    say(r, &words);
}

static void put_topics(const period *r)
{
    put_topic(r, "4 Disengagement areas", "Disengagement areas", 0);
    put_topic(r, "5 Withdrawal of weapons", "Weapons against the lines",
              tr_kind_class(TR_KIND_WEAPON_));
    put_topic(r, "6 Presence in the security zone", "Units and positions",
              tr_kind_class(TR_KIND_FORCE_));
    put_topic(r, "7 Mines and unexploded ordnance", "Mines", tr_kind_class(TR_KIND_FORCE_MINES_));
    put_topic(r, "8 Infrastructure", "Damage to infrastructure", tr_kind_class(TR_KIND_INFRA_));
    put_topic(r, "9 Crossing points, border, other towns", "Crossing points", 0);
    put_topic(r, "10 Restrictions of movement", "Restrictions of movement",
              tr_kind_class(TR_KIND_MOVEMENT_));
}

/* ---- 11 threshold state and clocks ---- */

static void put_threshold_row(const period *r, block *table, const tr_board_row *row)
{
    const tr_threshold *t = &r->plan->clause[row->clause].u.threshold;
    for (int32_t i = 0; i < t->ons; i++) {
        tr_out rule = words_of(r);
        put_rule(&rule, r->plan, &t->on[i]);
        tr_put(&rule, ", ");
        put_stretch(&rule, t->on[i].window);
        paper_cell(r->p, table, r->plan->clause[row->clause].label);
        paper_cell(r->p, table, text_of(&rule));
        cell_int(r, table, row->on_count[i].certain);
        cell_int(r, table, row->on_count[i].best);
        cell_int(r, table, row->on_count[i].possible);
        tr_out limit = words_of(r);
        tr_put(&limit, "%s ", set_name(t->on[i].set));
        put_bound(&limit, &t->on[i]);
        paper_cell(r->p, table, text_of(&limit));
        cell(r, table, stands(r->view, row) ? "active" : row->pending ? "pending" : "inactive");
    }
}

static void put_threshold_words(const period *r, const tr_board_row *row)
{
    const tr_condition *c = &r->plan->clause[row->clause].u.threshold.on[0];
    tr_out              words = words_of(r), what = words_of(r);
    tr_put(&words, "\302\247%.*s: ", TR_FMT(r->plan->clause[row->clause].label));
    put_clause_words(&words, *r->p->at, r->view, row);
    what = words_of(r);
    put_rule(&what, r->plan, c);
    tr_put(&what, " of breaches of \302\247%.*s in ", TR_FMT(r->plan->clause[c->of].label));
    put_stretch(&what, c->window);
    tr_put(&what, " before the last tick, entries 0 to %lld of head %llu",
           (long long)r->view->head.size - 1, (unsigned long long)r->view->head.size);
    paper_ref(r->p, &words, text_of(&what));
    tr_put(&words, ".");
    say(r, &words);
}

static void cell_moment(const period *r, block *table, tr_time t)
{
    tr_out out = words_of(r);
    if (t != TR_TIME_NONE)
        put_both(&out, t, r->plan->tz);
    paper_cell(r->p, table, text_of(&out));
}

static void put_clock_rows(const period *r, block *table, int32_t instance)
{
    tr_step_run run[STEPS_ROOM];
    int32_t     runs = 0;
    tr_mission_steps(r->view->mission, *r->p->at, instance, run, &runs, STEPS_ROOM);
    for (int32_t i = 0; i < runs; i++) {
        const tr_clause *clause = &r->plan->clause[run[i].clause];
        tr_out           act = words_of(r);
        paper_cell(r->p, table, instance_id(r->p->at, r->plan, instance, r->view->mission));
        paper_cell(r->p, table, clause->label);
        tr_put(&act, "%.*s %s %.*s", TR_FMT(r->plan->actor[clause->u.step.actor].id),
               clause->u.step.must ? "must" : "may", TR_FMT(clause->u.step.act));
        paper_cell(r->p, table, text_of(&act));
        cell_moment(r, table, run[i].zero);
        cell_moment(r, table, run[i].due);
        tr_out state = words_of(r);
        tr_put(&state, "%s%s", run_name(r->view, instance, &run[i]),
               run[i].overdue_at_discovery ? ", overdue at discovery" : "");
        paper_cell(r->p, table, text_of(&state));
    }
}

static void put_thresholds(const period *r)
{
    static const char *const header[] = {"Clause",   "Rule, window", "certain", "best",
                                         "possible", "limit",        "State"};
    static const char *const clocks[] = {"Activation", "Step", "Duty", "Zero", "Due", "State"};
    tr_board                 board = {0};
    tr_out                   caption = words_of(r);
    paper_section(r->p, "11 Threshold state and clocks");
    tr_mission_board(r->view->mission, r->p->at, &board);
    tr_put(&caption, "As of ");
    if (tr_mission_now(r->view->mission) == TR_TIME_NONE)
        tr_put(&caption, "no tick yet");
    else
        put_both(&caption, tr_mission_now(r->view->mission), r->plan->tz);
    tr_put(&caption, ", head %llu.", (unsigned long long)r->view->head.size);
    block *table = paper_table(r->p, text_of(&caption), 7, header);
    for (ptrdiff_t i = 0; i < board.len; i++)
        if (r->plan->clause[board.at[i].clause].kind == TR_CLAUSE_THRESHOLD)
            put_threshold_row(r, table, &board.at[i]);
    for (ptrdiff_t i = 0; i < board.len; i++)
        if (r->plan->clause[board.at[i].clause].kind == TR_CLAUSE_THRESHOLD)
            put_threshold_words(r, &board.at[i]);
    if (tr_mission_instances(r->view->mission) == 0)
        return;
    table = paper_table(r->p, TR_STR("Clocks of each activation: zero + time allowed = due."), 6,
                        clocks);
    for (int32_t i = 0; i < tr_mission_instances(r->view->mission); i++)
        put_clock_rows(r, table, i);
}

/* ---- 12 corrections ---- */

static void put_version(tr_out *out, const period *r, int64_t observation)
{
    const tr_obs *o = tr_mission_observation(r->view->mission, observation);
    tr_put(out, "%s, ", tr_kind_name((tr_kind)o->kind));
    put_span(out, (tr_span){o->begin, o->end}, r->plan->tz);
    tr_put(out, ", ");
    put_place(out, r->plan, &o->place);
    tr_put(out, ", counted %d [%d, ", o->n_best, o->n_min);
    put_count(out, o->n_max == TR_UNBOUNDED ? TR_COUNT_UNBOUNDED : o->n_max);
    tr_put(out, "], deaths %d [%d, ", o->deaths_best, o->deaths_min);
    put_count(out, o->deaths_max == TR_UNBOUNDED ? TR_COUNT_UNBOUNDED : o->deaths_max);
    tr_put(out, "]");
}

static void put_amendment(const period *r, block *table, const tr_amendment *a)
{
    static const char *const kinds[] = {"correction", "retraction", "objection"};
    const tr_obs            *first = tr_mission_observation(r->view->mission, a->first);
    tr_out                   about = words_of(r), then, now, reason;
    cell_int(r, table, a->entry);
    cell(r, table, a->undone ? "undone later" : kinds[a->kind]);
    tr_put(&about, "entry %lld", (long long)first->entry);
    if (a->count > 1)
        tr_put(&about, ", %lld rows", (long long)a->count);
    else if (first->row >= 0)
        tr_put(&about, " row %d", first->row);
    if (a->changed.len > 0) {
        tr_put(&about, ": ");
        put_source_text(&about, a->changed);
    }
    paper_cell(r->p, table, text_of(&about));
    then = words_of(r);
    if (a->count == 1)
        put_version(&then, r, a->first);
    paper_cell(r->p, table, text_of(&then));
    now = words_of(r);
    if (a->made >= 0)
        put_version(&now, r, a->made);
    else
        tr_put(&now, a->kind == TR_AMEND_RETRACTION ? "withdrawn" : "contested");
    paper_cell(r->p, table, text_of(&now));
    reason = words_of(r);
    put_marked(&reason, a->reason);
    paper_cell(r->p, table, text_of(&reason));
}

static void say_held(const period *r, const char *why, int64_t count)
{
    tr_out words = words_of(r);
    tr_put(&words, "Held, because %s: %lld observation%s at head %llu.", why, (long long)count,
           count == 1 ? "" : "s", (unsigned long long)r->view->head.size);
    say(r, &words);
}

static void put_held(const period *r)
{
    int64_t outside = 0, held = (int64_t)tr_mission_count(r->view->mission).held;
    for (int64_t i = 0; held > 0 && i < tr_mission_observations(r->view->mission); i++)
        outside += tr_mission_observation(r->view->mission, i)->status == TR_OBS_HELD &&
                   tr_mission_outside(r->view->mission, i);
    say_held(r, "two bodies stand under one id of one source and neither is used", held - outside);
    if (outside > 0)
        say_held(r, "their place lies outside the area of the agreement", outside);
}

/* Amendments recorded in the period, or only how many of them, for the public. */
static int64_t put_amendments(const period *r)
{
    static const char *const header[] = {"Entry", "Kind", "About", "Previously", "Now", "Because"};
    block                   *table = NULL;
    int64_t                  found = 0;
    for (int64_t i = 0; i < tr_mission_amendments(r->view->mission); i++) {
        tr_amendment a;
        if (!tr_mission_amendment(r->view->mission, r->p->at, i, &a) ||
            !within(known_at(r->view->mission, a.entry), r->span))
            continue;
        found++;
        if (for_public(r->view))
            continue;
        if (!table)
            table = paper_table(r->p, TR_STR("Recorded in the period."), 6, header);
        put_amendment(r, table, &a);
    }
    return found;
}

static void put_corrections(const period *r)
{
    tr_out words = words_of(r);
    paper_section(r->p, "12 Corrections");
    int64_t found = put_amendments(r);
    tr_put(&words,
           "Recorded in the period, at head %llu: %lld corrections, retractions and objections%s.",
           (unsigned long long)r->view->head.size, (long long)found,
           for_public(r->view) && found > 0 ? ", which are not shown to the public" : "");
    say(r, &words);
    put_held(r);
}

/* ---- annexes ---- */

static void cell_place(const period *r, block *table, const tr_place *place)
{
    tr_out out = words_of(r);
    put_place(&out, r->plan, place);
    paper_cell(r->p, table, text_of(&out));
}

static void put_finding_row(const period *r, block *table, const tr_finding *finding)
{
    const tr_mission  *m = r->view->mission;
    const tr_incident *i = tr_mission_incident(m, finding->incident);
    const tr_obs      *anchor = tr_mission_observation(m, i->anchor);
    tr_out             out = words_of(r);
    paper_cell(r->p, table, finding_id(r->p->at, finding));
    paper_cell(r->p, table, r->plan->clause[finding->clause].label);
    cell_place(r, table, &i->place);
    cell(r, table, tr_platform_name((tr_platform)anchor->platform));
    tr_put(&out, "%d [%d, ", i->n_best, i->n_min);
    put_count(&out, i->n_max == TR_UNBOUNDED ? TR_COUNT_UNBOUNDED : i->n_max);
    tr_put(&out, "]");
    paper_cell(r->p, table, text_of(&out));
    cell(r, table, tr_means_name((tr_means)anchor->means));
    out = words_of(r);
    tr_put(&out, "%s", tr_kind_label((tr_kind)i->kind));
    if (tr_mission_text(m, anchor->text).len > 0) {
        tr_put(&out, ", ");
        put_marked(&out, tr_mission_text(m, anchor->text));
    }
    paper_cell(r->p, table, text_of(&out));
    out = words_of(r);
    put_span(&out, (tr_span){i->begin, i->end}, r->plan->tz);
    paper_cell(r->p, table, text_of(&out));
    cell(r, table, i->exercise ? "yes" : "no");
    cell(r, table, membership_name(finding->in));
    out = words_of(r);
    tr_put(&out, "%lld", (long long)anchor->entry);
    if (anchor->row >= 0)
        tr_put(&out, " row %d", anchor->row);
    paper_cell(r->p, table, text_of(&out));
}

static void put_annex_a(const period *r)
{
    static const char *const header[] = {"Finding",  "Clause", "Event location", "Platform",
                                         "Number",   "Means",  "Description",    "Start .. end",
                                         "Exercise", "Set",    "Entry"};
    tr_findings              list = {0};
    tr_list_query query = {.clause = -1, .span = r->span, .after = -1, .limit = INT64_MAX};
    tr_out        caption = words_of(r);
    paper_section(r->p, "Annex A, table of findings");
    if (for_public(r->view)) {
        tr_put(&caption, "No list: %s.", NOT_RELEASED);
        say(r, &caption);
        return;
    }
    findings_in(r->view, r->p->at, &query, &list);
    tr_put(
        &caption,
        "%lld draft findings meet the period, at head %llu; one incident may stand under several "
        "clauses, so this is no count by any rule.",
        (long long)list.len, (unsigned long long)r->view->head.size);
    block *table = paper_table(r->p, text_of(&caption), 11, header);
    for (ptrdiff_t i = 0; i < list.len; i++)
        put_finding_row(r, table, &list.at[i]);
}

static void put_coverage_row(const period *r, block *table, int32_t clause)
{
    tr_tally now;
    if (!count(r, query_of(TR_RULE_INC, clause), r->span, &now))
        return;
    paper_cell(r->p, table, r->plan->clause[clause].label);
    paper_cell(r->p, table, r->plan->class_[r->plan->clause[clause].u.prohibition.class_].name);
    cell_int(r, table, now.exposure_ns / TR_HOUR);
    cell_int(r, table, (now.span_ns - now.exposure_ns) / TR_HOUR);
    cell_watched(r, table, &now);
}

static void put_sources(const period *r)
{
    static const char *const header[] = {"Source", "Kind", "Register", "Rows", "First .. last"};
    block *table = paper_table(r->p, TR_STR("Sources of the record at this head."), 5, header);
    for (int32_t i = 0; i < tr_mission_sources(r->view->mission); i++) {
        tr_source_view source;
        tr_out         hull = words_of(r);
        tr_mission_source(r->view->mission, i, &source);
        if (for_public(r->view) && source.reg < 0)
            continue;
        paper_cell(r->p, table, source.id);
        paper_cell(r->p, table, source.kind);
        cell(r, table, source.reg >= 0 ? "yes" : "no");
        cell_int(r, table, source.rows);
        if (source.hull.begin == TR_TIME_NONE)
            tr_put(&hull, "no rows");
        else
            put_span(&hull, source.hull, r->plan->tz);
        paper_cell(r->p, table, text_of(&hull));
    }
}

static void put_annex_c(const period *r)
{
    static const char *const header[] = {"Clause", "Class", "Hours watched", "Hours not watched",
                                         "Coverage"};
    paper_section(r->p, "Annex B, table of weapons");
    put_silence(r, "Weapons at sites and beyond the lines");
    paper_section(r->p, "Annex C, coverage");
    block *table = paper_table(
        r->p, TR_STR("Time in which a source able to see the class was watching."), 5, header);
    for (int32_t c = 0; c < r->plan->clauses; c++)
        if (is_prohibition(r, c))
            put_coverage_row(r, table, c);
    put_sources(r);
}

/* The period of the same length before: in local days when the period is of whole days. */
static tr_span period_before(tr_span span, const tr_tz *tz)
{
    int64_t days = 0;
    if (tr_time_day_begin(span.begin, tz) != span.begin ||
        tr_time_day_begin(span.end, tz) != span.end)
        return (tr_span){tr_time_plus(span.begin, span.begin - span.end), span.begin};
    while (days < 40000 && tr_time_add_days(span.begin, days, tz) < span.end)
        days++;
    return (tr_span){tr_time_add_days(span.begin, -days, tz), span.begin};
}

bool period_write(paper *p, tr_err *err)
{
    period r = {.p = p, .view = p->view, .plan = plan_of(p->view), .span = p->span};
    if (p->span.begin == TR_TIME_NONE || p->span.end == TR_TIME_MAX || p->span.begin >= p->span.end)
        return tr_fail(err, TR_E_REPORT_SPAN, "Give --from and --to; the period is [from, to).",
                       "a report needs both ends of its period, the first before the second");
    r.before = period_before(p->span, r.plan->tz);
    tr_out title = words_of(&r);
    tr_put(&title, "Period report ");
    put_span(&title, p->span, r.plan->tz);
    p->title = text_of(&title);
    put_head(&r);
    put_summary(&r);
    put_violations(&r);
    put_casualties(&r);
    put_topics(&r);
    put_thresholds(&r);
    put_corrections(&r);
    put_annex_a(&r);
    put_annex_c(&r);
    return true;
}
