/* digest.c -- two digests: `view`, results as happened by content; `state`, everything.
 *
 * The view is SHA-256 over lines of text, one for each result, in orders that
 * end in content ids.  It holds no index of an entry, nothing of how or when
 * things became known, and nothing of clauses judged as known but their counts:
 * so it is equal for any order of arrival, and for a correction and never having
 * erred.
 */
#include "mission/state.h"

#include "verify/judge.h"

#include <stdlib.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "arrays are digested as they lie");

typedef struct {
    tr_hasher hasher;
    tr_out    line;
} view;

static void end_line(view *v)
{
    tr_put_char(&v->line, '\n');
    tr_str text = tr_out_text(&v->line);
    tr_hasher_add(&v->hasher, text.at, text.len);
    v->line.buf.len = 0;
}

/* A blank and a decimal number; by hand, as there are thirty to an incident. */
static void put_int(view *v, int64_t value)
{
    char     text[24];
    int      at = (int)sizeof text;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        text[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        text[--at] = '-';
    text[--at] = ' ';
    tr_put_bytes(&v->line, text + at, (ptrdiff_t)sizeof text - at);
}

static void put_word(view *v, const char *word)
{
    tr_put_bytes(&v->line, word, (ptrdiff_t)strlen(word));
}

static void put_triple(view *v, tr_triple t)
{
    put_int(v, t.certain);
    put_int(v, t.best);
    put_int(v, t.possible);
}

static int by_id(const void *a, const void *b)
{
    const tr_incident *x = *(const tr_incident *const *)a, *y = *(const tr_incident *const *)b;
    return tr_hash_cmp(&x->id, &y->id);
}

static void put_incident(view *v, const tr_mission *m, const tr_incident *i)
{
    const tr_place *p = &i->place;
    int64_t         whole[] = {
                i->begin,       i->end,        i->best,       p->kind,          p->at.lon,
                p->at.lat,      p->r_min_m,    p->r_max_m,    p->az_begin_cdeg, p->az_end_cdeg,
                p->zone,        i->n_min,      i->n_best,     i->n_max,         i->deaths_min,
                i->deaths_best, i->deaths_max, i->p_real_ppm, i->roots,         i->modalities,
                i->reg,         i->exercise,   i->rung,       i->contested,     i->side};
    tr_put_str(&v->line, TR_STR("incident "));
    tr_put_hash(&v->line, &i->id);
    tr_put_char(&v->line, ' ');
    put_word(v, tr_kind_name((tr_kind)i->kind));
    tr_put_char(&v->line, ' ');
    tr_put_str(&v->line, mission_text(m, m->source.at[i->source].id));
    for (size_t k = 0; k < sizeof whole / sizeof whole[0]; k++)
        put_int(v, whole[k]);
    if (tr_place_has_height(p)) {
        put_int(v, p->h_min_m);
        put_int(v, p->h_end_m);
    }
    end_line(v);
}

static void put_incidents(view *v, const tr_mission *m, tr_arena scratch)
{
    TR_VEC(const tr_incident *) live = {0};
    for (ptrdiff_t i = 0; i < m->incident.len; i++)
        if (m->incident.at[i].live)
            *TR_PUSH(&scratch, &live) = &m->incident.at[i];
    if (live.len > 1)
        qsort(live.at, (size_t)live.len, sizeof live.at[0], by_id);
    for (ptrdiff_t i = 0; i < live.len; i++)
        put_incident(v, m, live.at[i]);
}

static void put_findings(view *v, const tr_mission *m, tr_arena scratch)
{
    tr_findings list;
    tr_mission_findings(m, &scratch, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        char name[TR_FINDING_ID + 1];
        tr_finding_name(&list.at[i], name);
        put_word(v, "finding ");
        put_word(v, name);
        put_int(v, list.at[i].in);
        put_int(v, list.at[i].why);
        end_line(v);
    }
}

static int32_t instance_of(const tr_mission *m, const tr_activation *activation)
{
    for (ptrdiff_t i = 0; i < m->instance.len; i++)
        if (m->instance.at[i].clause == activation->clause &&
            m->instance.at[i].status != TR_INSTANCE_REVIEW &&
            m->instance.at[i].reached == activation->reached)
            return (int32_t)i;
    return -1;
}

static void put_ladder(view *v, const tr_mission *m, tr_arena scratch,
                       const tr_activation *activation)
{
    int32_t      steps = 0, room = m->plan->clauses;
    tr_step_run *run = TR_NEW(&scratch, tr_step_run, room + 1);
    ladder(m, scratch, activation, TR_TIME_NONE, instance_of(m, activation), run, &steps, room);
    for (int32_t i = 0; i < steps && i < room; i++) {
        tr_put(&v->line, "step %.*s %s", TR_FMT(m->plan->clause[run[i].clause].label),
               tr_step_state_name(run[i].state));
        put_int(v, run[i].zero);
        put_int(v, run[i].due);
        put_int(v, run[i].done);
        end_line(v);
    }
}

static void put_threshold(view *v, const tr_mission *m, tr_arena scratch, int32_t clause)
{
    const tr_timeline *line = &m->window[clause].line;
    if (tr_plan_threshold(m->plan, clause)->late == TR_LATE_AS_KNOWN || m->s.now == TR_TIME_NONE)
        return;
    for (int32_t a = 0; a < line->activations; a++) {
        const tr_activation *activation = &line->activation[a];
        tr_put(&v->line, "activation %.*s", TR_FMT(m->plan->clause[clause].label));
        put_int(v, activation->condition);
        if (activation->sector)
            put_int(v, activation->sector);
        put_int(v, activation->reached);
        put_int(v, activation->cleared);
        put_triple(v, activation->count);
        end_line(v);
        put_ladder(v, m, scratch, activation);
    }
}

/* One line an actor; the order is that of the text and of the declared actors. */
static void put_duties(view *v, const tr_mission *m, tr_arena scratch)
{
    duties list;
    duties_now(m, &scratch, &list);
    for (int32_t c = 0; c < m->plan->clauses && list.len > 0; c++)
        for (ptrdiff_t i = 0; i < list.len; i++) {
            const tr_duty *duty = &list.at[i];
            if (duty->clause != c)
                continue;
            tr_put(&v->line, "duty %.*s %.*s %s", TR_FMT(m->plan->clause[c].label),
                   TR_FMT(m->plan->actor[duty->actor].id), tr_duty_state_name(duty->state));
            put_int(v, duty->zero);
            put_int(v, duty->begin_due);
            put_int(v, duty->due);
            put_int(v, duty->begun);
            put_int(v, duty->done);
            end_line(v);
        }
}

static void put_course(view *v, const tr_board_row *row)
{
    const tr_course *c = &row->course;
    int64_t          whole[] = {c->since, c->due,  c->done,   c->low,     c->best, c->high,
                                c->owed,  c->kept, c->missed, c->missing, c->open, row->final};
    tr_put(&v->line, " %s %s", tr_verdict_name(row->verdict), c->state ? c->state : "");
    for (size_t k = 0; k < sizeof whole / sizeof whole[0]; k++)
        put_int(v, whole[k]);
}

/* Actor by actor; the lines grow in one half of the scratch, what they tell of in the other. */
static void put_courses(view *v, const tr_mission *m, tr_arena scratch, int32_t clause)
{
    tr_arena far = scratch;
    far.beg += (far.end - far.beg) / 2 & ~(ptrdiff_t)63;
    scratch.end = far.beg;
    tr_out   out = tr_out_new(&scratch);
    uint64_t actors = tr_mission_standing_actors(m, clause);
    for (int32_t a = 0; a < m->plan->actors; a++) {
        if (!(actors >> a & 1))
            continue;
        tr_put(&out, "course %.*s %.*s\n", TR_FMT(m->plan->clause[clause].label),
               TR_FMT(m->plan->actor[a].id));
        tr_mission_put_standing(m, &out, far, clause, a);
    }
    tr_str text = tr_out_text(&out);
    tr_hasher_add(&v->hasher, text.at, text.len);
}

static void put_row(view *v, const tr_mission *m, const tr_board_row *row)
{
    const tr_clause *clause = &m->plan->clause[row->clause];
    tr_put(&v->line, "clause %.*s", TR_FMT(clause->label));
    if (clause->kind == TR_CLAUSE_PROHIBITION) {
        tr_put(&v->line, " %s %d", tr_verdict_name(row->verdict), row->final);
        put_int(v, row->findings);
        put_int(v, row->breaches);
        if (row->excused > 0 || row->conflicts > 0) {
            put_int(v, row->excused);
            put_int(v, row->conflicts);
        }
        if (row->suspended > 0)
            put_int(v, row->suspended);
        put_triple(v, row->persons);
        put_int(v, row->coverage_ppm);
    } else if (clause->kind == TR_CLAUSE_THRESHOLD) {
        for (int32_t i = 0; i < clause->u.threshold.ons; i++)
            put_triple(v, row->on_count[i]);
        for (int32_t i = 0; i < clause->u.threshold.offs; i++)
            put_triple(v, row->off_count[i]);
    }
    if (clause->kind > TR_CLAUSE_OBLIGATION || row->course.state)
        put_course(v, row);
    end_line(v);
}

tr_hash tr_mission_view(const tr_mission *m, tr_arena scratch)
{
    view     v = {.line = tr_out_new(&scratch)};
    tr_board board;
    TR_RESERVE(&scratch, &v.line.buf, 8192); /* no line is longer: it never moves under the lists */
    tr_hasher_begin(&v.hasher);
    tr_put_str(&v.line, TR_STR("truce/view/v1 "));
    if (m->plan)
        tr_put_hash(&v.line, &m->s.agreement);
    put_int(&v, m->s.now);
    end_line(&v);
    if (!m->plan)
        return tr_hasher_end(&v.hasher);
    put_incidents(&v, m, scratch);
    put_findings(&v, m, scratch);
    for (int32_t c = 0; c < m->plan->clauses; c++)
        if (m->window[c].at)
            put_threshold(&v, m, scratch, c);
    put_duties(&v, m, scratch);
    for (int32_t c = 0; c < m->plan->clauses; c++)
        put_courses(&v, m, scratch, c);
    tr_mission_board(m, &scratch, &board);
    for (ptrdiff_t i = 0; i < board.len; i++)
        put_row(&v, m, &board.at[i]);
    return tr_hasher_end(&v.hasher);
}

/* ---- state ---- */

static void add_array(tr_hasher *hasher, const char *name, const void *at, ptrdiff_t size,
                      ptrdiff_t len)
{
    uint64_t count = (uint64_t)len;
    tr_hasher_add(hasher, name, (ptrdiff_t)strlen(name) + 1);
    tr_hasher_add(hasher, &count, (ptrdiff_t)sizeof count);
    tr_hasher_add(hasher, at, size * len);
}

tr_hash tr_mission_state(const tr_mission *m, tr_arena scratch)
{
    tr_hasher  hasher;
    scalar_row scalars = m->s;
    (void)scratch;
    scalars.root_k = m->ring.root_k;
    tr_hasher_begin(&hasher);
    add_array(&hasher, "truce/state/v1", m->origin.at, 1, m->origin.len);
    add_array(&hasher, "scalars", &scalars, (ptrdiff_t)sizeof scalars, 1);
#define ADD(type, array)                                                                           \
    add_array(&hasher, #array, m->array.at, (ptrdiff_t)sizeof(type), m->array.len);
    STATE_ARRAYS(ADD)
#undef ADD
    return tr_hasher_end(&hasher);
}
