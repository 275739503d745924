/* result.c -- all results of a state as text, with two parties' names exchanged.
 *
 * Two runs of a case with the parties exchanged must give the same text when one of them is
 * printed with the names exchanged back.  Entries, moments of knowing and ids that hash the
 * agreement do not stand in it.
 */
#include <stdlib.h>

#include "trial/run.h"

typedef struct {
    tr_out           *out;
    const tr_mission *m;
    const tr_plan    *plan;
    tr_str            a, b;
} print;

static tr_str side_name(const print *p, int32_t actor)
{
    tr_str id = p->plan->actor[actor].id;
    return tr_str_eq(id, p->a) ? p->b : tr_str_eq(id, p->b) ? p->a : id;
}

/* "6.1-A", with the names exchanged. */
static void put_label(const print *p, int32_t clause)
{
    const tr_clause *c = &p->plan->clause[clause];
    tr_put_str(p->out, c->each ? c->base : c->label);
    if (c->each) {
        tr_put_char(p->out, '-');
        tr_put_str(p->out, side_name(p, c->each - 1));
    }
}

static void put_incident(const print *p, const tr_incident *i)
{
    tr_put(p->out, "incident %s %lld %lld %d %d %d deaths %d %d %d exercise %d contested %d",
           tr_kind_name((tr_kind)i->kind), (long long)i->begin, (long long)i->end, (int)i->n_min,
           (int)i->n_best, (int)i->n_max, (int)i->deaths_min, (int)i->deaths_best,
           (int)i->deaths_max, i->exercise, i->contested);
    tr_put(p->out, " at %d %d rung %d side ", (int)i->place.at.lon, (int)i->place.at.lat, i->rung);
    tr_put_str(p->out, i->side == 0 ? TR_STR("undetermined") : side_name(p, i->side - 1));
    tr_put_char(p->out, '\n');
}

/* Ids of incidents hash what was seen and by whom, never a party: the same order in both runs. */
static int by_id(const void *x, const void *y)
{
    return tr_hash_cmp(&(*(const tr_incident *const *)x)->id,
                       &(*(const tr_incident *const *)y)->id);
}

static void put_incidents(const print *p, tr_arena scratch)
{
    int32_t             count = 0;
    const tr_incident **list =
        TR_NEW(&scratch, const tr_incident *, tr_mission_incidents(p->m) + 1);
    for (int32_t i = 0; i < tr_mission_incidents(p->m); i++)
        if (tr_mission_incident(p->m, i)->live)
            list[count++] = tr_mission_incident(p->m, i);
    if (count > 1)
        qsort(list, (size_t)count, sizeof *list, by_id);
    for (int32_t i = 0; i < count; i++)
        put_incident(p, list[i]);
}

static void put_findings(const print *p, tr_arena scratch)
{
    tr_findings list;
    tr_mission_findings(p->m, &scratch, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_incident *incident = tr_mission_incident(p->m, list.at[i].incident);
        char               name[TR_INCIDENT_ID + 1];
        tr_incident_name(incident, name);
        tr_put(p->out, "finding ");
        put_label(p, list.at[i].clause);
        tr_put(p->out, " %s %d %d\n", name, (int)list.at[i].in, (int)list.at[i].why);
    }
}

static void put_instances(const print *p)
{
    for (int32_t i = 0; i < tr_mission_instances(p->m); i++) {
        const tr_instance *at = tr_mission_instance(p->m, i);
        tr_put(p->out, "activation ");
        put_label(p, at->clause);
        tr_put(p->out, " %d reached %lld known %lld cleared %lld status %d\n", (int)at->number,
               (long long)at->reached, (long long)at->known, (long long)at->cleared,
               (int)at->status);
    }
}

static void put_duties(const print *p, tr_arena scratch, int32_t clause)
{
    tr_duties list;
    tr_mission_duties(p->m, &scratch, clause, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_duty *at = &list.at[i];
        tr_put(p->out, "duty %s %lld %lld %lld of ", tr_duty_state_name(at->state),
               (long long)at->begin_due, (long long)at->due, (long long)at->done);
        tr_put_str(p->out, side_name(p, at->actor));
        tr_put_char(p->out, '\n');
    }
}

static void put_courses(const print *p, tr_arena scratch, int32_t clause)
{
    uint64_t actors = tr_mission_standing_actors(p->m, clause);
    for (int32_t a = 0; a < p->plan->actors; a++) {
        if (!(actors >> a & 1))
            continue;
        tr_put(p->out, "course of %.*s\n", TR_FMT(side_name(p, a)));
        tr_mission_put_standing(p->m, p->out, scratch, clause, a);
    }
}

static void put_board(const print *p, tr_arena scratch)
{
    tr_board board;
    tr_mission_board(p->m, &scratch, &board);
    for (ptrdiff_t i = 0; i < board.len; i++) {
        const tr_board_row *row = &board.at[i];
        const tr_clause    *clause = &p->plan->clause[row->clause];
        tr_put(p->out, "clause ");
        put_label(p, row->clause);
        tr_put(p->out, " %s %d findings %lld breaches %lld coverage %d",
               tr_verdict_name(row->verdict), row->final, (long long)row->findings,
               (long long)row->breaches, (int)row->coverage_ppm);
        tr_put(p->out, " counts %lld %lld", (long long)row->on_count[0].certain,
               (long long)row->on_count[0].possible);
        if (clause->kind == TR_CLAUSE_STEP) {
            tr_put(p->out, " %s %lld %lld by ", tr_step_state_name(row->step.state),
                   (long long)row->step.due, (long long)row->step.done);
            tr_put_str(p->out, side_name(p, clause->u.step.actor));
        }
        tr_put_char(p->out, '\n');
        if (clause->kind == TR_CLAUSE_OBLIGATION)
            put_duties(p, scratch, row->clause);
        put_courses(p, scratch, row->clause);
    }
}

void put_results(tr_out *out, const tr_mission *mission, tr_arena scratch, tr_str a, tr_str b)
{
    print             p = {out, mission, tr_mission_plan(mission), a, b};
    tr_mission_counts n = tr_mission_count(mission);
    tr_put(out, "invalid %llu live %llu duplicates %llu held %llu withdrawn %llu alleged %llu\n",
           (unsigned long long)n.invalid, (unsigned long long)n.live,
           (unsigned long long)n.duplicates, (unsigned long long)n.held,
           (unsigned long long)n.retracted, (unsigned long long)n.allegations);
    put_incidents(&p, scratch);
    put_findings(&p, scratch);
    put_instances(&p);
    put_board(&p, scratch);
}
