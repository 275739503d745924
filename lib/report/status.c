/* status.c -- the clause board for the terminal: `truce status`, at most 100 columns. */
#include "report/inside.h"

#include "base/time.h"

enum { WIDTH = 98 };

static void put_band(tr_out *out, const tr_view *view)
{
    tr_record_mode mode = tr_mission_mode(view->mission);
    if (mode == TR_RECORD_REPLAY)
        tr_put(out, "REPLAY    facts of the past on their own clock    REPLAY\n");
    if (mode == TR_RECORD_EXERCISE)
        tr_put(out, "EXERCISE    invented facts on a record of their own    EXERCISE\n");
}

static void put_head(tr_out *out, tr_arena at, const tr_view *view)
{
    const tr_plan *plan = plan_of(view);
    tr_out         title = tr_out_new(&at);
    char           root[65];
    tr_put(&title, "%.*s, version %.*s (%.*s)", TR_FMT(plan->title), TR_FMT(plan->version),
           TR_FMT(plan->id));
    put_wrapped(out, text_of(&title), 0, 0, WIDTH);
    tr_hash_hex(&view->head.root, root);
    tr_put(out, "head %llu  root %s\n", (unsigned long long)view->head.size, root);
    if (tr_mission_now(view->mission) == TR_TIME_NONE)
        tr_put(out, "no tick yet: nothing is judged before the first one");
    else {
        tr_put(out, "as of ");
        put_both(out, tr_mission_now(view->mission), plan->tz);
    }
    tr_put_char(out, '\n');
}

static void put_notes(tr_out *out, tr_arena at, const tr_view *view)
{
    strings list = {0};
    notices(view, &at, &list);
    ptrdiff_t first =
        tr_mission_mode(view->mission) == TR_RECORD_LIVE ? 0 : 1; /* the band said it */
    for (ptrdiff_t i = first; i < list.len; i++) {
        tr_put(out, "note  ");
        put_wrapped(out, list.at[i], 6, 6, WIDTH);
    }
}

static void put_counts(tr_out *out, const tr_view *view)
{
    tr_mission_counts c = tr_mission_count(view->mission);
    tr_put(out,
           "record  %llu entries, %llu observations: %llu live, %llu duplicates, %llu held, "
           "%llu corrected,\n        %llu retracted, %llu allegations; %llu incidents",
           (unsigned long long)c.entries, (unsigned long long)(c.rows + c.singles),
           (unsigned long long)c.live, (unsigned long long)c.duplicates, (unsigned long long)c.held,
           (unsigned long long)c.corrected, (unsigned long long)c.retracted,
           (unsigned long long)c.allegations, (unsigned long long)c.incidents);
    if (c.invalid > 0)
        tr_put(out, "; %llu entries invalid", (unsigned long long)c.invalid);
    tr_put_char(out, '\n');
}

static const char *state_of(const tr_view *view, const tr_board_row *row)
{
    const tr_plan *plan = plan_of(view);
    switch (plan->clause[row->clause].kind) {
    case TR_CLAUSE_THRESHOLD:
        return stands(view, row) ? "active" : row->pending ? "pending" : "inactive";
    case TR_CLAUSE_STEP:
        return run_name(view, row->instance, &row->step);
    case TR_CLAUSE_OBLIGATION:
        return tr_duty_state_name(row->duty.state);
    default:
        return row->course.state ? row->course.state : tr_verdict_name(row->verdict);
    }
}

/* The sentence without the state that stands in the column before it. */
static tr_str after_state(tr_str words, const char *state)
{
    tr_str rest =
        tr_str_starts(words, state) ? tr_str_from(words, (ptrdiff_t)strlen(state)) : words;
    if (rest.len > 0 && rest.len < words.len &&
        (rest.at[0] == ':' || rest.at[0] == ',' || rest.at[0] == ' '))
        return tr_str_trim(tr_str_from(rest, 1));
    return rest.len == 0 ? rest : words;
}

static void put_words_of(char *to, size_t room, const char *state)
{
    size_t i = 0;
    for (; state[i] && i + 1 < room; i++)
        to[i] = state[i] == '_' ? ' ' : state[i];
    to[i] = '\0';
}

static void put_row(tr_out *out, tr_arena at, const tr_view *view, const tr_board_row *row)
{
    const tr_plan   *plan = plan_of(view);
    const tr_clause *clause = &plan->clause[row->clause];
    tr_out           words = tr_out_new(&at);
    char             state[24];
    put_words_of(state, sizeof state, state_of(view, row));
    put_clause_words(&words, at, view, row);
    tr_put(out, "  %-6.*s%-14s", TR_FMT(clause->label), state);
    put_wrapped(out, after_state(text_of(&words), state), 22, 22, WIDTH);
}

static void put_clauses(tr_out *out, tr_arena at, const tr_view *view)
{
    const tr_plan *plan = plan_of(view);
    tr_board       board = {0};
    tr_str         article = {0};
    tr_mission_board(view->mission, &at, &board);
    for (ptrdiff_t i = 0; i < board.len; i++) {
        const tr_clause *clause = &plan->clause[board.at[i].clause];
        if (i == 0 || !tr_str_eq(clause->article, article))
            tr_put(out, "%s%.*s\n", i ? "\n" : "", TR_FMT(clause->article));
        article = clause->article;
        put_row(out, at, view, &board.at[i]);
    }
}

static void put_moments(tr_out *out, const tr_plan *plan, const char *what, tr_time reached,
                        tr_time known, int64_t entry)
{
    tr_put(out, "    %-9s  reached_at  ", what);
    put_both(out, reached, plan->tz);
    tr_put(out, "\n%15sknown_at    ", "");
    put_both(out, known, plan->tz);
    tr_put(out, ", entry %lld\n", (long long)entry);
}

static void put_step_row(tr_out *out, const tr_view *view, int32_t instance, const tr_step_run *run)
{
    const tr_plan   *plan = plan_of(view);
    const tr_clause *clause = &plan->clause[run->clause];
    const tr_step   *step = &clause->u.step;
    char             state[24];
    put_words_of(state, sizeof state, run_name(view, instance, run));
    tr_put(out, "    %-6.*s%-14s%.*s %s %.*s", TR_FMT(clause->label), state,
           TR_FMT(plan->actor[step->actor].id), step->must ? "must" : "may", TR_FMT(step->act));
    if (step->to) {
        tr_put_char(out, ' ');
        put_actors(out, plan, step->to);
    }
    tr_put(out, " within ");
    put_stretch(out, step->within);
    tr_put(out, "\n%24s", "");
    if (run->zero == TR_TIME_NONE) {
        tr_put(out, "waits for ");
        put_zero(out, plan, step);
    } else {
        tr_put(out, "due ");
        put_both(out, run->due, plan->tz);
    }
    if (run->done != TR_TIME_NONE) {
        tr_put(out, "\n%24sdone ", "");
        put_both(out, run->done, plan->tz);
    }
    if (run->overdue_at_discovery)
        tr_put(out, "\n%24soverdue at discovery: it fell due before the activation was known", "");
    tr_put_char(out, '\n');
}

/* A clearing that was published and that later facts moved or undid stays visible. */
static void put_first_clearing(tr_out *out, const tr_plan *plan, const tr_instance *i)
{
    if (i->cleared_first == TR_TIME_NONE || i->cleared_first == i->cleared)
        return;
    tr_put(out, "    before     cleared at  ");
    put_both(out, i->cleared_first, plan->tz);
    tr_put(out, "\n%15sknown at    ", "");
    put_both(out, i->cleared_first_known, plan->tz);
    tr_put(out, ", changed by later facts\n");
}

static void put_count_line(tr_out *out, tr_arena at, const tr_view *view, int32_t instance)
{
    const tr_plan      *plan = plan_of(view);
    const tr_instance  *i = tr_mission_instance(view->mission, instance);
    const tr_condition  in = tr_instance_condition(plan, i), *c = &in;
    tr_out              words = tr_out_new(&at);
    put_instance_count(&words, view, instance);
    tr_put(&words, " %s by ", items_of(plan->counting[c->counting].rule, i->count.best));
    put_rule(&words, plan, c);
    tr_put(&words, " in ");
    put_stretch(&words, c->window);
    tr_put(&words, "; needed %s ", set_name(c->set));
    put_bound(&words, c);
    tr_put(out, "    count      ");
    put_wrapped(out, text_of(&words), 15, 15, WIDTH);
}

static void put_instance(tr_out *out, tr_arena at, const tr_view *view, int32_t instance)
{
    const tr_plan     *plan = plan_of(view);
    const tr_instance *i = tr_mission_instance(view->mission, instance);
    tr_step_run        run[STEPS_ROOM];
    int32_t            runs = 0;
    tr_put(out, "\n  %.*s  \302\247%.*s, number %d, %s\n",
           TR_FMT(instance_id(&at, plan, instance, view->mission)),
           TR_FMT(plan->clause[i->clause].label), i->number,
           i->status == TR_INSTANCE_REVIEW ? "active, under review" : instance_state(i));
    put_moments(out, plan, "activated", i->reached, i->known, i->known_index);
    if (i->reached != i->reached_first) {
        tr_put(out, "%15sas first published at ", "");
        put_both(out, i->reached_first, plan->tz);
        tr_put_char(out, '\n');
    }
    put_count_line(out, at, view, instance);
    if (i->cleared != TR_TIME_NONE)
        put_moments(out, plan, "cleared", i->cleared, i->cleared_known, i->cleared_index);
    put_first_clearing(out, plan, i);
    tr_mission_steps(view->mission, at, instance, run, &runs, STEPS_ROOM);
    for (int32_t s = 0; s < runs; s++)
        put_step_row(out, view, instance, &run[s]);
}

void tr_put_board_text(tr_out *out, tr_arena scratch, const tr_view *view)
{
    put_band(out, view);
    put_head(out, scratch, view);
    put_notes(out, scratch, view);
    put_counts(out, view);
    tr_put_char(out, '\n');
    put_clauses(out, scratch, view);
    tr_put(out, "\nActivations, counts as best [certain, possible]\n");
    if (tr_mission_instances(view->mission) == 0)
        tr_put(out, "  none recorded up to this head\n");
    for (int32_t i = 0; i < tr_mission_instances(view->mission); i++)
        put_instance(out, scratch, view, i);
}
