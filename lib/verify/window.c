/* window.c -- thresholds over sliding windows (window.h).
 *
 * Conditions that count the same share one series: a step function for each of the three sets,
 * and one more each for counts without an upper bound, which make the whole count unbounded.
 *
 * Walking the timeline leaves marks: "just before `t` the clause had had so many activations, was
 * active or not, and the condition in question had held since `since`".  What is learnt about the
 * time from m on leaves every mark before m true, so the next walk starts there:
 *
 *     run = settle (-> m), forget_from(m), walk from the last mark to now, leave a mark there.
 */
#include "verify/window.h"

#include "verify/judge.h"
#include "verify/place.h"
#include "verify/steps.h"

enum { SETS = 3, MARK_EVERY = 64, WAITING = 16384 };

typedef struct {
    tr_steps count[SETS];
    tr_steps unbounded[SETS];
} tr_counts;

typedef struct {
    const tr_condition *like; /* the first condition that counts so */
    tr_counts          *of;   /* [sectors] */
    int32_t             sectors; /* 1 when it is not counted per sector */
} tr_counted;

typedef struct {
    tr_time t;
    tr_time since; /* the condition waited for holds over [since, t); or NONE */
    int32_t activations;
    int32_t active;
} tr_mark;

/* A condition, in one sector, while it is walked along. */
typedef struct {
    const tr_counts    *of;
    const tr_condition *is;
    int32_t             condition, sector;
    tr_steps_cursor     count, unbounded;
    tr_time         until; /* since the place it was brought to, `holds` up to here */
    bool            holds;
} tr_walker;

struct tr_window {
    tr_arena           *keep;
    const tr_plan      *plan;
    const tr_threshold *threshold;
    int32_t             clause;
    int32_t             serieses;
    tr_counted          series[2 * TR_CONDITIONS];
    int32_t             of_on[TR_CONDITIONS]; /* condition -> series */
    int32_t             of_off[TR_CONDITIONS];
    tr_walker          *on; /* [ons]: each sector of each condition, in their order */
    tr_walker          *off;
    int32_t             ons, offs;
    TR_VEC(tr_mark) marks;
    TR_VEC(tr_activation) activations;
    tr_time dirty; /* nothing before it has changed since the last walk */
};

/* ---- single incidents ---- */

/* An incident that was under way at the start of the count may lie after it. */
static void limit_start(tr_judgement *judgement, tr_time from, const tr_incident *incident)
{
    if (incident->begin >= from)
        return;
    if (incident->end > from)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_TIME_EDGE);
    else
        tr_limit(judgement, TR_IN_NONE, TR_WHY_TIME);
}

static void limit_sector(tr_judgement *judgement, const tr_plan *plan,
                         const tr_condition *condition, const tr_incident *incident)
{
    tr_sector_set  may;
    int32_t        count = tr_sector_of(plan, condition->per - 1, incident, &may);
    tr_zone_answer answer = condition->sector
                                ? tr_sector_holds(&may, count, condition->sector - 1)
                            : count == 1 ? TR_ZONE_IN
                                         : TR_ZONE_UNDECIDABLE;
    if (answer == TR_ZONE_OUT)
        tr_limit(judgement, TR_IN_NONE, TR_WHY_ZONE);
    else if (answer == TR_ZONE_UNDECIDABLE)
        tr_limit(judgement, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE);
}

/* Does the rule itself count this kind? */
static bool rule_counts(tr_rule rule, int kind)
{
    return rule != TR_RULE_SMM || (tr_kind_flags((tr_kind)kind) & TR_KIND_FIRE) != 0;
}

tr_membership tr_condition_judge(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                                 const tr_incident *incident, tr_why *why)
{
    const tr_threshold *threshold = tr_plan_threshold(plan, clause);
    tr_judgement        judgement = TR_JUDGEMENT;
    if (!(condition->kinds >> incident->kind & 1) ||
        !rule_counts(plan->counting[condition->counting].rule, incident->kind))
        tr_limit(&judgement, TR_IN_NONE, TR_WHY_CLASS);
    if (threshold->reg >= 0 &&
        (incident->reg != threshold->reg || !tr_by_register(plan, incident)))
        tr_limit(&judgement, TR_IN_NONE, TR_WHY_REGISTER);
    if (!threshold->exercises && incident->exercise)
        tr_limit(&judgement, TR_IN_NONE, TR_WHY_EXERCISE);
    limit_start(&judgement, threshold->from, incident);
    if (judgement.in != TR_IN_NONE)
        tr_limit_term(&judgement, plan, tr_plan_prohibition(plan, condition->of), incident);
    if (judgement.in != TR_IN_NONE)
        tr_limit_zone_of(&judgement, plan, condition->zone,
                         tr_plan_prohibition(plan, condition->of)->actors, incident);
    if (judgement.in != TR_IN_NONE && condition->per)
        limit_sector(&judgement, plan, condition, incident);
    tr_limit_corroboration(&judgement, plan, threshold->corroboration, incident);
    if (condition->by)
        tr_limit_side(&judgement, condition->by - 1, incident);
    if (incident->rung < threshold->rung)
        tr_limit(&judgement, TR_IN_POSSIBLE, TR_WHY_RUNG);
    if (!threshold->contested && incident->contested)
        tr_limit(&judgement, TR_IN_POSSIBLE, TR_WHY_CONTESTED);
    *why = judgement.why;
    return judgement.in;
}

static tr_time later(tr_time a, tr_time b)
{
    return a > b ? a : b;
}

/* When an incident of that membership is in each set; begin == end when never.  Ends are moved so
 * that certain is part of best and best of possible also where a clock is set back. */
static void spans_of(const tr_plan *plan, const tr_condition *condition,
                     const tr_incident *incident, tr_membership in, tr_span span[SETS])
{
    tr_stretch window = condition->window;
    tr_time    best = incident->best < incident->begin ? incident->begin
                      : incident->best > incident->end ? incident->end
                                                       : incident->best;
    for (int i = 0; i < SETS; i++)
        span[i] = (tr_span){incident->end, incident->end};
    tr_time from_best = in >= TR_IN_BEST ? tr_stretch_after(best, window, plan->tz) : best;
    if (in >= TR_IN_CERTAIN) {
        tr_time end = best == incident->begin
                          ? from_best /* also the best moment of each row of a published table */
                          : tr_stretch_after(incident->begin, window, plan->tz);
        span[TR_SET_CERTAIN].end = later(incident->end, end);
    }
    bool surely = span[TR_SET_CERTAIN].end > incident->end;
    if (in >= TR_IN_BEST)
        span[TR_SET_BEST] = (tr_span){
            best, surely ? later(from_best, span[TR_SET_CERTAIN].end) : from_best};
    if (in >= TR_IN_POSSIBLE) {
        tr_time end = tr_stretch_after(incident->end, window, plan->tz);
        span[TR_SET_POSSIBLE] = (tr_span){incident->begin, later(end, span[TR_SET_BEST].end)};
    }
}

bool tr_condition_span(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                       const tr_incident *incident, tr_set set, tr_span *span)
{
    tr_why        why;
    tr_span       all[SETS];
    tr_membership in = tr_condition_judge(plan, clause, condition, incident, &why);
    spans_of(plan, condition, incident, in, all);
    if (all[set].begin >= all[set].end)
        return false;
    *span = all[set];
    return true;
}

tr_membership tr_condition_at(const tr_plan *plan, int32_t clause, const tr_condition *condition,
                              const tr_incident *incident, tr_time t, tr_why *why)
{
    tr_span       span[SETS];
    tr_membership in = tr_condition_judge(plan, clause, condition, incident, why);
    spans_of(plan, condition, incident, in, span);
    tr_membership at = TR_IN_NONE;
    for (int i = 0; i < SETS; i++)
        if (at == TR_IN_NONE && span[i].begin <= t && t < span[i].end)
            at = (tr_membership)(TR_IN_CERTAIN - i);
    if (at < in)
        *why = at == TR_IN_NONE ? TR_WHY_TIME : TR_WHY_TIME_EDGE;
    return at;
}

/* ---- incidents in and out ---- */

static bool counts_alike(const tr_plan *plan, const tr_condition *a, const tr_condition *b)
{
    return plan->counting[a->counting].rule == plan->counting[b->counting].rule && a->of == b->of &&
           a->zone == b->zone && a->per == b->per && a->by == b->by && a->kinds == b->kinds &&
           a->window.days == b->window.days &&
           (a->window.days >= 0 || a->window.ns == b->window.ns);
}

static int32_t series_for(tr_window *window, const tr_condition *condition)
{
    tr_rule rule = window->plan->counting[condition->counting].rule;
    assert(rule == TR_RULE_INC || rule == TR_RULE_SMM); /* terms compiles no other */
    for (int32_t i = 0; i < window->serieses; i++)
        if (counts_alike(window->plan, window->series[i].like, condition))
            return i;
    int32_t     sectors = condition->per ? tr_sectors(window->plan, condition->per - 1) : 1;
    tr_counted *series = &window->series[window->serieses];
    *series = (tr_counted){condition, TR_NEW(window->keep, tr_counts, sectors), sectors};
    return window->serieses++;
}

/* Whole-number bounds, so that "at least so many, without upper bound" takes in unbounded. */
static tr_walker walker_of(const tr_counts *of, const tr_condition *is, int32_t i, int32_t sector)
{
    return (tr_walker){
        .of = of,
        .is = is,
        .condition = i,
        .sector = sector,
        .count = {.steps = &of->count[is->set], .least = is->least, .most = is->most},
        .unbounded = {.steps = &of->unbounded[is->set], .least = 1, .most = INT64_MAX}};
}

/* A walker for each sector of each condition of a list; returns how many. */
static int32_t make_walkers(tr_window *window, const tr_condition *list, int32_t count,
                            int32_t *series, tr_walker **walkers)
{
    int32_t made = 0, room = 0;
    for (int32_t i = 0; i < count; i++) {
        series[i] = series_for(window, &list[i]);
        room += window->series[series[i]].sectors;
    }
    *walkers = TR_NEW(window->keep, tr_walker, room + 1);
    for (int32_t i = 0; i < count; i++) {
        const tr_counted *of = &window->series[series[i]];
        for (int32_t k = 0; k < of->sectors; k++)
            (*walkers)[made++] = walker_of(&of->of[k], &list[i], i, list[i].per ? k + 1 : 0);
    }
    return made;
}

tr_window *tr_window_new(tr_arena *keep, const tr_plan *plan, int32_t clause)
{
    tr_window          *window = TR_NEW(keep, tr_window, 1);
    const tr_threshold *threshold = tr_plan_threshold(plan, clause);
    window->keep = keep;
    window->plan = plan;
    window->threshold = threshold;
    window->clause = clause;
    window->dirty = TR_TIME_MAX;
    window->ons =
        make_walkers(window, threshold->on, threshold->ons, window->of_on, &window->on);
    window->offs =
        make_walkers(window, threshold->off, threshold->offs, window->of_off, &window->off);
    return window;
}

/* What an incident counts in each set. */
static void weights_of(tr_rule rule, const tr_incident *incident, int32_t weight[SETS])
{
    bool sum = rule == TR_RULE_SMM;
    weight[TR_SET_CERTAIN] = sum ? incident->n_min : 1;
    weight[TR_SET_BEST] = sum ? incident->n_best : 1;
    weight[TR_SET_POSSIBLE] = sum ? incident->n_max : 1;
}

/* The steps under the walkers have changed: every place is to be found anew. */
static void lift_walkers(tr_window *window)
{
    for (int32_t i = 0; i < window->ons; i++)
        window->on[i].count.placed = window->on[i].unbounded.placed = false;
    for (int32_t i = 0; i < window->offs; i++)
        window->off[i].count.placed = window->off[i].unbounded.placed = false;
}

static void settle(tr_window *window)
{
    tr_time earliest = window->dirty;
    for (int32_t i = 0; i < window->serieses; i++)
        for (int32_t k = 0; k < SETS * window->series[i].sectors; k++) {
            tr_counts *of = &window->series[i].of[k / SETS];
            tr_time    count = tr_steps_settle(window->keep, &of->count[k % SETS]);
            tr_time    unbounded = tr_steps_settle(window->keep, &of->unbounded[k % SETS]);
            earliest = count < earliest ? count : earliest;
            earliest = unbounded < earliest ? unbounded : earliest;
        }
    window->dirty = earliest;
    lift_walkers(window);
}

/* So much waits that looking at it with each count would cost more than merging it in. */
static bool much_waits(const tr_steps *steps)
{
    ptrdiff_t waiting = steps->begins.len + steps->ends.len;
    return waiting > WAITING && waiting > steps->blocks.len;
}

/* Does so much wait now? */
static bool note_in(tr_window *window, tr_counts *of, const tr_span span[SETS],
                    const int32_t weight[SETS], int64_t sign)
{
    bool much = false;
    for (int k = 0; k < SETS; k++) {
        bool      open = weight[k] == TR_UNBOUNDED;
        tr_steps *steps = open ? &of->unbounded[k] : &of->count[k];
        tr_steps_note(window->keep, steps, span[k].begin, span[k].end,
                      open ? sign : sign * weight[k]);
        much = much || much_waits(steps);
    }
    return much;
}

static void note(tr_window *window, const tr_incident *incident, int64_t sign)
{
    bool much = false;
    assert(incident->begin <= incident->end);
    for (int32_t i = 0; i < window->serieses; i++) {
        tr_counted         *series = &window->series[i];
        const tr_condition *like = series->like;
        tr_why              why;
        tr_span             span[SETS];
        int32_t             weight[SETS], count = 0;
        tr_sector_set       may = {0};
        tr_membership in = tr_condition_judge(window->plan, window->clause, like, incident, &why);
        if (in == TR_IN_NONE)
            continue;
        spans_of(window->plan, like, incident, in, span); /* `in` is that of each sector met */
        weights_of(window->plan->counting[like->counting].rule, incident, weight);
        if (like->per)
            count = tr_sector_of(window->plan, like->per - 1, incident, &may);
        for (int32_t k = 0; k < series->sectors; k++)
            if (!like->per || tr_sector_holds(&may, count, k) != TR_ZONE_OUT)
                much = note_in(window, &series->of[k], span, weight, sign) || much;
    }
    if (much)
        settle(window);
}

void tr_window_add(tr_window *window, const tr_incident *incident)
{
    note(window, incident, 1);
}

void tr_window_drop(tr_window *window, const tr_incident *incident)
{
    note(window, incident, -1);
}

/* ---- counts ---- */

static int64_t count_of(const tr_counts *series, tr_set set, tr_time t)
{
    if (tr_steps_at(&series->unbounded[set], t) > 0)
        return TR_COUNT_UNBOUNDED;
    return tr_steps_at(&series->count[set], t);
}

static const tr_counted *series_of(const tr_window *window, tr_window_side side, int32_t condition)
{
    bool on = side == TR_WINDOW_ON;
    assert(condition >= 0 && condition < (on ? window->threshold->ons : window->threshold->offs));
    return &window->series[on ? window->of_on[condition] : window->of_off[condition]];
}

static tr_triple triple_of(const tr_counts *of, tr_time t)
{
    return (tr_triple){count_of(of, TR_SET_CERTAIN, t), count_of(of, TR_SET_BEST, t),
                       count_of(of, TR_SET_POSSIBLE, t)};
}

tr_triple tr_window_count_in(const tr_window *window, tr_window_side side, int32_t condition,
                             int32_t sector, tr_time t)
{
    const tr_counted *series = series_of(window, side, condition);
    assert(sector >= 0 && sector <= series->sectors);
    return triple_of(&series->of[sector ? sector - 1 : 0], t);
}

static bool counts_more(tr_triple a, tr_triple b, tr_set set)
{
    const int64_t x[] = {a.certain, a.best, a.possible}, y[] = {b.certain, b.best, b.possible};
    if (x[set] != y[set])
        return x[set] > y[set];
    for (int k = SETS - 1; k >= 0; k--)
        if (x[k] != y[k])
            return x[k] > y[k];
    return false;
}

int32_t tr_window_sector(const tr_window *window, tr_window_side side, int32_t condition,
                         tr_time t)
{
    const tr_counted *series = series_of(window, side, condition);
    tr_set            set = side == TR_WINDOW_ON ? window->threshold->on[condition].set
                                                 : window->threshold->off[condition].set;
    int32_t           most = 0;
    tr_triple         of_most = triple_of(&series->of[0], t);
    if (!series->like->per)
        return 0;
    for (int32_t k = 1; k < series->sectors; k++) {
        tr_triple one = triple_of(&series->of[k], t);
        if (counts_more(one, of_most, set)) {
            most = k;
            of_most = one;
        }
    }
    return most + 1;
}

tr_triple tr_window_count(const tr_window *window, tr_window_side side, int32_t condition,
                          tr_time t)
{
    return tr_window_count_in(window, side, condition,
                              tr_window_sector(window, side, condition, t), t);
}

static bool holds_at(const tr_walker *walker, tr_time t)
{
    int64_t count = count_of(walker->of, walker->is->set, t);
    return walker->is->least <= count && count <= walker->is->most;
}

/* The first on-condition, and of it the first sector, that holds at t, or NULL. */
static const tr_walker *tripped_at(const tr_window *window, tr_time t)
{
    for (int32_t i = 0; i < window->ons; i++)
        if (holds_at(&window->on[i], t))
            return &window->on[i];
    return NULL;
}

bool tr_window_holds(const tr_window *window, tr_window_side side, tr_time t)
{
    if (side == TR_WINDOW_ON)
        return tripped_at(window, t) != NULL;
    for (int32_t i = 0; i < window->offs; i++)
        if (!holds_at(&window->off[i], t))
            return false;
    return window->offs > 0;
}

/* ---- walking conditions ---- */

/* Bring a walker to t. */
static void walk_to(tr_walker *walker, tr_time t)
{
    tr_steps_cursor *count = &walker->count, *unbounded = &walker->unbounded;
    tr_steps_seek(count, t);
    tr_steps_seek(unbounded, t);
    walker->holds = unbounded->holds ? count->most == TR_COUNT_UNBOUNDED : count->holds;
    walker->until = unbounded->holds || unbounded->until < count->until ? unbounded->until
                                                                        : count->until;
}

/* First instant in [t, limit) at which it holds (or not, by `want`), or `limit`. */
static tr_time next_of(tr_walker *walker, tr_time t, bool want, tr_time limit)
{
    for (; t < limit; t = walker->until) {
        walk_to(walker, t);
        if (walker->holds == want)
            return t;
    }
    return limit;
}

/* The same for "any of them holds": the earliest of all; or, not, leaping over those that do. */
static tr_time next_any(tr_walker *walker, int32_t walkers, tr_time t, bool want, tr_time limit)
{
    if (want) {
        for (int32_t i = 0; i < walkers; i++)
            limit = next_of(&walker[i], t, true, limit);
        return limit;
    }
    for (int32_t still = 0, i = 0; still < walkers && t < limit; i = (i + 1) % walkers) {
        tr_time u = next_of(&walker[i], t, false, limit);
        still = u == t ? still + 1 : 1;
        t = u;
    }
    return t < limit ? t : limit;
}

/* And for "all hold", by the same with the answers exchanged; none at all never hold. */
static tr_time next_all(tr_walker *walker, int32_t walkers, tr_time t, bool want, tr_time limit)
{
    if (walkers == 0)
        return want ? limit : t;
    if (!want) {
        for (int32_t i = 0; i < walkers; i++)
            limit = next_of(&walker[i], t, false, limit);
        return limit;
    }
    for (int32_t still = 0, i = 0; still < walkers && t < limit; i = (i + 1) % walkers) {
        tr_time u = next_of(&walker[i], t, true, limit);
        still = u == t ? still + 1 : 1;
        t = u;
    }
    return t < limit ? t : limit;
}

static tr_time next(tr_window *window, bool active, tr_time t, bool want, tr_time limit)
{
    if (active)
        return next_all(window->off, window->offs, t, want, limit);
    return next_any(window->on, window->ons, t, want, limit);
}

/* ---- the timeline ---- */

/* Where looking begins: stated, or the first instant at which anything counts. */
static tr_time start_of(const tr_window *window)
{
    tr_time start = later(window->threshold->from, window->plan->in_force);
    if (start != TR_TIME_NONE)
        return start;
    start = TR_TIME_MAX;
    for (int32_t i = 0; i < window->serieses; i++)
        for (int32_t k = 0; k < SETS * window->series[i].sectors; k++) {
            const tr_counts *of = &window->series[i].of[k / SETS];
            tr_time          count = tr_steps_first(&of->count[k % SETS]);
            tr_time          unbounded = tr_steps_first(&of->unbounded[k % SETS]);
            tr_time          first = count < unbounded ? count : unbounded;
            start = first < start ? first : start;
        }
    return start;
}

static void leave_mark(tr_window *window, const tr_mark *at)
{
    if (window->marks.len == 0 || window->marks.at[window->marks.len - 1].t < at->t)
        *TR_PUSH(window->keep, &window->marks) = *at;
}

/* Marks at or after `from` say nothing any more, nor does one after `now` help. */
static tr_mark forget_from(tr_window *window, tr_time from, tr_time now)
{
    while (window->marks.len > 0 && (window->marks.at[window->marks.len - 1].t >= from ||
                                     window->marks.at[window->marks.len - 1].t > now))
        window->marks.len--;
    if (window->marks.len > 0)
        return window->marks.at[window->marks.len - 1];
    return (tr_mark){.t = start_of(window), .since = TR_TIME_NONE};
}

/* End of a hold; none stated ends at once, also in an hour that the clock shows twice. */
static tr_time hold_end(const tr_window *window, bool active, tr_time since)
{
    tr_stretch hold = active ? window->threshold->off_hold : window->threshold->on_hold;
    bool       none = hold.days == 0 || (hold.days < 0 && hold.ns == 0);
    return none ? since : tr_stretch_after(since, hold, window->plan->tz);
}

/* Move `at` to the next edge that lies at or before `now` and say when it is; or to `now`. */
static bool next_edge(tr_window *window, tr_mark *at, tr_time now, bool leave, tr_time *edge)
{
    tr_time limit = now == TR_TIME_MAX ? now : now + 1;
    for (int32_t looks = 1; at->t < limit; looks++) {
        if (at->since == TR_TIME_NONE) {
            tr_time s = next(window, at->active, at->t, true, limit);
            if (s == limit)
                break;
            at->t = at->since = s;
        }
        tr_time due = hold_end(window, at->active, at->since);
        tr_time end = due < limit ? due : limit;
        tr_time fails = at->t < end ? next(window, at->active, at->t, false, end) : end;
        if (fails < end) {
            at->t = fails;
            at->since = TR_TIME_NONE;
            if (leave && looks % MARK_EVERY == 0)
                leave_mark(window, at);
        } else if (due < limit) {
            *edge = due;
            return true;
        } else {
            break;
        }
    }
    if (at->t < now)
        at->t = now;
    return false;
}

static void activate(tr_window *window, tr_mark *at, tr_time edge)
{
    const tr_walker *tripped = tripped_at(window, at->since);
    window->activations.len = at->activations;
    *TR_PUSH(window->keep, &window->activations) = (tr_activation){.clause = window->clause,
                                                                   .condition = tripped->condition,
                                                                   .sector = tripped->sector,
                                                                   .reached = edge,
                                                                   .cleared = TR_TIME_NONE,
                                                                   .off_since = TR_TIME_NONE,
                                                                   .count = triple_of(tripped->of,
                                                                                      edge)};
    *at = (tr_mark){edge, TR_TIME_NONE, at->activations + 1, 1};
}

/* An off that holds at the instant of activation, without a hold, must not meet the on-condition
 * at that instant again: that has to fail first. */
static void clear(tr_window *window, tr_mark *at, tr_time edge)
{
    tr_activation *last = &window->activations.at[at->activations - 1];
    last->cleared = edge;
    last->off_since = at->since;
    tr_time again = last->reached < edge ? edge : next(window, false, edge, false, TR_TIME_MAX);
    *at = (tr_mark){again, TR_TIME_NONE, at->activations, 0};
}

static void walk(tr_window *window, tr_mark *at, tr_time now)
{
    tr_time edge;
    window->activations.len = at->activations;
    if (at->active)
        window->activations.at[at->activations - 1].cleared = TR_TIME_NONE;
    while (next_edge(window, at, now, true, &edge)) {
        if (at->active)
            clear(window, at, edge);
        else
            activate(window, at, edge);
        if (at->t <= now)
            leave_mark(window, at);
    }
    if (at->t <= now)
        leave_mark(window, at);
    if (at->active)
        window->activations.at[at->activations - 1].off_since = at->since;
}

void tr_window_restart(tr_window *window)
{
    window->dirty = TR_TIME_NONE;
}

void tr_window_run(tr_window *window, tr_time now, tr_timeline *timeline)
{
    settle(window);
    *timeline = (tr_timeline){.pending_since = TR_TIME_NONE, .next = TR_TIME_NONE};
    if (now == TR_TIME_NONE)
        return;
    tr_mark at = forget_from(window, window->dirty, now);
    window->dirty = TR_TIME_MAX;
    walk(window, &at, now);
    timeline->activation = window->activations.at;
    timeline->activations = at.activations;
    timeline->active = at.active;
    timeline->pending_since = at.active ? TR_TIME_NONE : at.since;

    tr_mark ahead = at;
    tr_time edge;
    if (next_edge(window, &ahead, TR_TIME_MAX, false, &edge))
        timeline->next = edge;
}

/* ---- as known ---- */

tr_latch tr_latch_new(void)
{
    return (tr_latch){.reached = TR_TIME_NONE,
                      .cleared = TR_TIME_NONE,
                      .since = TR_TIME_NONE,
                      .condition = -1};
}

tr_time tr_latch_next(const tr_window *window, const tr_latch *latch)
{
    return latch->since == TR_TIME_NONE ? TR_TIME_NONE
                                        : hold_end(window, latch->active, latch->since);
}

static void latch_on(const tr_window *window, tr_time t, tr_time due, tr_latch *latch)
{
    tr_triple count =
        tr_window_count_in(window, TR_WINDOW_ON, latch->condition, latch->sector, t);
    *latch = (tr_latch){.reached = due,
                        .cleared = TR_TIME_NONE,
                        .since = TR_TIME_NONE,
                        .count = count,
                        .condition = latch->condition,
                        .sector = latch->sector,
                        .active = 1};
}

static void latch_off(tr_time due, tr_latch *latch)
{
    latch->cleared = due;
    latch->since = TR_TIME_NONE;
    latch->active = 0;
}

tr_latch_change tr_latch_look(const tr_window *window, tr_time t, tr_latch *latch)
{
    if (t < later(window->threshold->from, window->plan->in_force))
        return TR_LATCH_SAME;
    bool holds = tr_window_holds(window, latch->active ? TR_WINDOW_OFF : TR_WINDOW_ON, t);
    if (latch->since == TR_TIME_NONE && holds) {
        latch->since = t;
        const tr_walker *tripped = latch->active ? NULL : tripped_at(window, t);
        if (tripped) {
            latch->condition = tripped->condition;
            latch->sector = tripped->sector;
        }
    }
    tr_time due = tr_latch_next(window, latch);
    bool    at_once = latch->active && due == latch->reached && due == t; /* see clear() */
    if (latch->since != TR_TIME_NONE && due <= t && !at_once) {
        if (latch->active)
            latch_off(due, latch);
        else
            latch_on(window, t, due, latch);
        return latch->active ? TR_LATCH_ON : TR_LATCH_OFF;
    }
    if (!holds)
        latch->since = TR_TIME_NONE;
    return TR_LATCH_SAME;
}
