/* eventlog.c -- the events of a record, for formulas (mfotl.h, docs/MFOTL.md).
 *
 * Facts about places, proof and sides are given as this program finds them; when something counts,
 * how much counts, what is due and what is missed is left to the monitor.
 */
#include "report/mfotl.h"

#include <stdarg.h>
#include <stdio.h>

#include "report/inside.h"
#include "verify/judge.h"

typedef struct {
    int64_t at; /* whole seconds */
    tr_str  text;
} event;
typedef TR_VEC(event) events;

typedef struct {
    tr_arena         *keep;
    const tr_mission *mission;
    const tr_plan    *plan;
    events            list;
    tr_time           now;
    int64_t           cut;
} logging;

static int64_t seconds(tr_time t)
{
    return t >= 0 ? t / TR_SECOND : -((TR_SECOND - 1 - t) / TR_SECOND);
}

static void add(logging *l, tr_time t, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void add(logging *l, tr_time t, const char *format, ...)
{
    if (t == TR_TIME_NONE || t == TR_TIME_MAX || t > l->now)
        return;
    char    text[512]; /* a name has at most 63 bytes */
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    char *kept = TR_NEW(l->keep, char, len);
    memcpy(kept, text, (size_t)len);
    l->cut += t % TR_SECOND != 0;
    *TR_PUSH(l->keep, &l->list) = (event){seconds(t), {kept, len}};
}

/* Only a point of time, so that what changes there is looked at. */
static void add_moment(logging *l, tr_time t)
{
    if (t != TR_TIME_NONE && t != TR_TIME_MAX && t <= l->now)
        *TR_PUSH(l->keep, &l->list) = (event){seconds(t), {0}};
}

/* ---- incidents ---- */

static void add_places(logging *l, const tr_incident *i, const char *id)
{
    add(l, i->begin, "in_zone(\"%s\",\"*\")", id);
    add(l, i->begin, "touches(\"%s\",\"*\")", id);
    add(l, i->begin, "touches(\"%s\",\"?\")", id);
    for (int32_t z = 0; z < l->plan->zones; z++) {
        static const char *const names[] = {"touches", "mostly_in", "in_zone"};
        tr_judgement             place = TR_JUDGEMENT;
        tr_str                   name = l->plan->zone[z].zone.name;
        tr_limit_zone(&place, l->plan, z, i);
        for (int in = TR_IN_POSSIBLE; in <= (int)place.in; in++)
            add(l, i->begin, "%s(\"%s\",\"%.*s\")", names[in - TR_IN_POSSIBLE], id, TR_FMT(name));
    }
}

static void add_evidence(logging *l, const tr_incident *i, const char *id)
{
    for (int32_t g = 0; g < l->plan->gates; g++) {
        tr_judgement proof = TR_JUDGEMENT;
        tr_limit_gate(&proof, l->plan, &l->plan->gate[g], i);
        if (proof.in == TR_IN_CERTAIN)
            add(l, i->begin, "proven(\"%s\",\"%.*s\")", id, TR_FMT(l->plan->gate[g].name));
    }
    int32_t level = 0;
    for (int32_t most = 1; most <= 3; most++) {
        tr_judgement borne = TR_JUDGEMENT;
        tr_limit_corroboration(&borne, l->plan, most, i);
        level = borne.in == TR_IN_CERTAIN ? most : level;
    }
    add(l, i->begin, "corroborated(\"%s\",%d)", id, level);
    add(l, i->begin, "rung(\"%s\",%d)", id, i->rung);
    if (i->exercise)
        add(l, i->begin, "exercise(\"%s\")", id);
    if (i->contested)
        add(l, i->begin, "contested(\"%s\")", id);
    if (tr_by_register(l->plan, i))
        add(l, i->begin, "adopted(\"%s\",\"%.*s\")", id, TR_FMT(l->plan->reg[i->reg].id));
    int32_t owner = i->source >= 0 && i->source < l->plan->owners ? l->plan->owner[i->source] : -1;
    if (owner >= 0)
        add(l, i->begin, "operated(\"%s\",\"%.*s\")", id, TR_FMT(l->plan->actor[owner].id));
    for (int32_t a = 0; a < l->plan->actors; a++)
        if (i->side == 0 || i->side == a + 1)
            add(l, i->begin, "may_be(\"%s\",\"%.*s\")", id, TR_FMT(l->plan->actor[a].id));
}

/* When an incident leaves the window of a condition, by each of its moments. */
static void add_leaving(logging *l, const tr_incident *i, tr_time best, tr_stretch window,
                        const char *id)
{
    static const char *const names[] = {"begun_left", "middle_left", "ended_left"};
    const tr_time            from[] = {i->begin, best, i->end};
    for (int n = 0; n < 3; n++) {
        tr_time at = tr_stretch_after(from[n], window, l->plan->tz);
        if (window.days >= 0)
            add(l, at, "%s(\"%s\",%lld)", names[n], id, (long long)window.days);
        else
            add_moment(l, at);
    }
}

static bool same_stretch(tr_stretch a, tr_stretch b)
{
    return a.days == b.days && (a.days >= 0 || a.ns == b.ns);
}

typedef TR_VEC(tr_stretch) stretches;

static void note_stretch(logging *l, stretches *list, tr_stretch stretch)
{
    for (ptrdiff_t i = 0; i < list->len; i++)
        if (same_stretch(list->at[i], stretch))
            return;
    *TR_PUSH(l->keep, list) = stretch;
}

static void windows_of(logging *l, stretches *windows, stretches *holds)
{
    for (int32_t i = 0; i < l->plan->clauses; i++) {
        const tr_threshold *t = &l->plan->clause[i].u.threshold;
        if (l->plan->clause[i].kind != TR_CLAUSE_THRESHOLD)
            continue;
        for (int32_t k = 0; k < t->ons; k++)
            note_stretch(l, windows, t->on[k].window);
        for (int32_t k = 0; k < t->offs; k++)
            note_stretch(l, windows, t->off[k].window);
        if (t->off_hold.days > 0)
            note_stretch(l, holds, t->off_hold);
    }
}

static void add_incident(logging *l, const tr_incident *i, const stretches *windows)
{
    char    id[TR_INCIDENT_ID + 1];
    tr_time best = i->best < i->begin ? i->begin : i->best > i->end ? i->end : i->best;
    const struct {
        const char *name;
        tr_time     at;
    } moments[] = {{"begun", i->begin}, {"middle", best}, {"ended", i->end}};
    tr_incident_name(i, id);
    for (int n = 0; n < 3; n++)
        add(l, moments[n].at, "%s(\"%s\",\"%s\",%lld,%lld,%lld)", moments[n].name, id,
            tr_kind_name((tr_kind)i->kind), (long long)seconds(i->begin), (long long)seconds(best),
            (long long)seconds(i->end));
    add_places(l, i, id);
    add_evidence(l, i, id);
    for (ptrdiff_t w = 0; w < windows->len; w++)
        add_leaving(l, i, best, windows->at[w], id);
}

/* ---- notices, duties, ladders ---- */

static void add_notice(logging *l, const tr_notice *n)
{
    if (n->from < 0 || n->told == TR_TIME_MAX)
        return;
    for (int32_t a = 0; a < l->plan->actors; a++)
        if (n->to >> a & 1)
            add(l, n->told, "notice(\"e-%lld\",\"%.*s\",\"%.*s\",%lld,%lld,%lld)",
                (long long)n->entry, TR_FMT(l->plan->actor[n->from].id),
                TR_FMT(l->plan->actor[a].id), (long long)seconds(n->told),
                (long long)seconds(n->planned.begin), (long long)seconds(n->planned.end));
    bool   zone = n->place.kind == TR_PLACE_ZONE && n->place.zone >= 0;
    tr_str place = zone                             ? l->plan->zone[n->place.zone].zone.name
                   : n->place.kind == TR_PLACE_NONE ? TR_STR("*")
                                                    : TR_STR("?");
    add(l, n->told, "notice_at(\"e-%lld\",\"%.*s\")", (long long)n->entry, TR_FMT(place));
    add(l, n->cancelled, "cancelled(\"e-%lld\",%lld)", (long long)n->entry,
        (long long)seconds(n->cancelled));
}

static void add_duty(logging *l, const tr_duty *d)
{
    tr_str label = l->plan->clause[d->clause].label, actor = l->plan->actor[d->actor].id;
    add(l, d->done, "done(\"%.*s\",\"%.*s\")", TR_FMT(label), TR_FMT(actor));
    add(l, d->begun, "started(\"%.*s\",\"%.*s\")", TR_FMT(label), TR_FMT(actor));
    add(l, d->due, "due(\"%.*s\",\"%.*s\")", TR_FMT(label), TR_FMT(actor));
    add(l, d->begin_due, "due_to_begin(\"%.*s\",\"%.*s\")", TR_FMT(label), TR_FMT(actor));
}

static void add_duties(logging *l, int32_t clause)
{
    tr_duties list = {0};
    tr_time   last = TR_TIME_NONE;
    bool      all = true;
    tr_mission_duties(l->mission, l->keep, clause, &list);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        add_duty(l, &list.at[i]);
        all = all && list.at[i].done != TR_TIME_NONE;
        last = list.at[i].done > last ? list.at[i].done : last;
    }
    if (all && list.len > 0)
        add(l, last, "fulfilled(\"%.*s\",%lld)", TR_FMT(l->plan->clause[clause].label),
            (long long)seconds(last));
}

static void add_instance(logging *l, int32_t index)
{
    const tr_instance *i = tr_mission_instance(l->mission, index);
    tr_str             label = l->plan->clause[i->clause].label;
    tr_str             id = instance_id(l->keep, l->plan, index, l->mission);
    tr_step_run       *run = TR_NEW(l->keep, tr_step_run, STEPS_ROOM);
    int32_t            runs = 0;
    add(l, i->reached, "active(\"%.*s\",\"%.*s\")", TR_FMT(label), TR_FMT(id));
    add(l, i->cleared, "cleared(\"%.*s\",\"%.*s\")", TR_FMT(label), TR_FMT(id));
    tr_mission_steps(l->mission, *l->keep, index, run, &runs, STEPS_ROOM);
    for (int32_t k = 0; k < runs; k++) {
        tr_str step = l->plan->clause[run[k].clause].label;
        add(l, run[k].done, "step_done(\"%.*s\",\"%.*s\")", TR_FMT(step), TR_FMT(id));
        if (!run[k].overdue_at_discovery)
            add(l, run[k].due, "due_step(\"%.*s\",\"%.*s\")", TR_FMT(step), TR_FMT(id));
    }
}

/* ---- in order ---- */

static int compare(const event *a, const event *b)
{
    return a->at != b->at ? (a->at > b->at) - (a->at < b->at) : tr_str_cmp(a->text, b->text);
}

static void sort(logging *l)
{
    event    *from = l->list.at, *to = TR_NEW(l->keep, event, l->list.len);
    ptrdiff_t n = l->list.len;
    for (ptrdiff_t run = 1; run < n; run *= 2) {
        for (ptrdiff_t low = 0; low < n; low += 2 * run) {
            ptrdiff_t middle = low + run < n ? low + run : n,
                      high = middle + run < n ? middle + run : n;
            ptrdiff_t a = low, b = middle;
            for (ptrdiff_t i = low; i < high; i++)
                to[i] = b >= high || (a < middle && compare(&from[a], &from[b]) <= 0) ? from[a++]
                                                                                      : from[b++];
        }
        event *swap = from;
        from = to;
        to = swap;
    }
    l->list.at = from;
}

/* One line for each point of time: "@1769904000 now(1769904000) ...". */
static void put_points(tr_out *out, logging *l, const stretches *holds)
{
    const event *e = l->list.at;
    for (ptrdiff_t i = 0; i < l->list.len; i++) {
        bool first = i == 0 || e[i].at != e[i - 1].at;
        if (first) {
            tr_put(out, "%s@%lld now(%lld)", i > 0 ? "\n" : "", (long long)e[i].at,
                   (long long)e[i].at);
            for (ptrdiff_t h = 0; h < holds->len; h++)
                tr_put(out, " ago(%lld,%lld)", (long long)holds->at[h].days,
                       (long long)seconds(
                           tr_stretch_before(e[i].at * TR_SECOND, holds->at[h], l->plan->tz)));
        }
        if (e[i].text.len > 0 && (first || !tr_str_eq(e[i].text, e[i - 1].text)))
            tr_put(out, " %.*s", TR_FMT(e[i].text));
    }
    tr_put(out, l->list.len > 0 ? "\n" : "");
}

int64_t tr_put_event_log(tr_out *out, tr_arena keep, const tr_mission *mission)
{
    logging   l = {.keep = &keep,
                   .mission = mission,
                   .plan = tr_mission_plan(mission),
                   .now = tr_mission_now(mission)};
    stretches windows = {0}, holds = {0};
    windows_of(&l, &windows, &holds);
    add(&l, l.plan->signature, "signed()");
    add(&l, l.plan->in_force, "in_force()");
    for (int32_t i = 0; i < tr_mission_incidents(mission); i++)
        if (tr_mission_incident(mission, i)->live)
            add_incident(&l, tr_mission_incident(mission, i), &windows);
    for (int32_t i = 0; i < l.plan->notices; i++)
        add_notice(&l, &l.plan->notice[i]);
    for (int32_t i = 0; i < l.plan->clauses; i++)
        if (l.plan->clause[i].kind == TR_CLAUSE_OBLIGATION)
            add_duties(&l, i);
    for (int32_t i = 0; i < tr_mission_instances(mission); i++)
        add_instance(&l, i);
    add_moment(&l, l.now);
    sort(&l);
    put_points(out, &l, &holds);
    return l.cut;
}
