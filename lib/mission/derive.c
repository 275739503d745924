/* derive.c -- what the plan takes from the record: the entry into force, effects on clauses, when
 * what waits begins to bind.
 *
 * All clauses in the order of the compiler, so that each is looked at after all that it follows
 * from.  A termination is judged by what was before it: the whole is worked out without any, the
 * first one that follows is taken in, and so again until none is new.  Nothing of this is stored:
 * it follows from the entries up to now, in whatever order they came.
 *
 * Windows hold incidents as they were judged.  Where a fact that judges them changes, they are
 * taken out before and put in after.
 */
#include "mission/derive.h"

#include "verify/halt.h"

typedef TR_VEC(tr_halt) halt_list;

/* ---- windows ---- */

static bool counts_clause(const tr_plan *plan, int32_t threshold, int32_t clause)
{
    const tr_threshold *t = &plan->clause[threshold].u.threshold;
    bool                counts = clause < 0;
    for (int32_t i = 0; i < t->ons; i++)
        counts |= t->on[i].of == clause;
    for (int32_t i = 0; i < t->offs; i++)
        counts |= t->off[i].of == clause;
    return counts;
}

/* All incidents into, or out of, the windows that count a clause; -1: all windows. */
static void refill(tr_mission *m, int32_t clause, bool add)
{
    for (int32_t c = 0; c < m->plan->clauses; c++) {
        if (!m->window[c].at || !counts_clause(m->plan, c, clause))
            continue;
        for (ptrdiff_t i = 0; i < m->incident.len; i++)
            if (!m->incident.at[i].live)
                continue;
            else if (add)
                tr_window_add(m->window[c].at, &m->incident.at[i]);
            else
                tr_window_drop(m->window[c].at, &m->incident.at[i]);
        if (add)
            tr_window_restart(m->window[c].at);
    }
}

/* ---- halts ---- */

static bool names(const tr_effect *e, int32_t clause)
{
    for (int32_t i = 0; i < e->ofs; i++)
        if (e->of[i] == clause)
            return true;
    return false;
}

static void put_halt(derivation *d, halt_list *list, tr_halt halt)
{
    if (halt.span.begin >= halt.span.end)
        return;
    ptrdiff_t at = list->len;
    TR_PUSH(d->keep, list);
    for (; at > 0 && list->at[at - 1].span.begin > halt.span.begin; at--)
        list->at[at] = list->at[at - 1];
    list->at[at] = halt;
}

static void put_spans(derivation *d, halt_list *list, span_list spans, tr_halt halt)
{
    for (ptrdiff_t i = 0; i < spans.len; i++) {
        halt.span = spans.at[i];
        put_halt(d, list, halt);
    }
}

/* What a clause needs and has not. */
static void put_needs(derivation *d, halt_list *list, int32_t clause, const tr_when *needs)
{
    if (needs->atoms > 0)
        put_spans(d, list, spans_complement(d->keep, when_spans(d, needs)),
                  (tr_halt){.effect = clause, .kind = TR_HALT_NOT_YET, .clock_stops = true});
}

static void put_effect(derivation *d, halt_list *list, int32_t effect)
{
    static const tr_halt_kind kinds[] = {[TR_EFFECT_SUSPENDS] = TR_HALT_SUSPENDED,
                                         [TR_EFFECT_TERMINATES] = TR_HALT_TERMINATED,
                                         [TR_EFFECT_VOIDS] = TR_HALT_VOID,
                                         [TR_EFFECT_LIFTS] = TR_HALT_LIFTED,
                                         [TR_EFFECT_EXCHANGES] = TR_HALT_NOT_YET,
                                         [TR_EFFECT_NEEDS] = TR_HALT_NOT_YET};
    const tr_effect          *e = &d->m->plan->clause[effect].u.effect;
    put_spans(d, list, d->effect[effect],
              (tr_halt){.actors = e->actors,
                        .effect = effect,
                        .kind = kinds[e->kind],
                        .clock_stops = e->clock_stops});
}

static uint64_t actors_of(const tr_clause *clause)
{
    switch (clause->kind) {
    case TR_CLAUSE_PROHIBITION:
        return clause->u.prohibition.actors;
    case TR_CLAUSE_OBLIGATION:
        return clause->u.obligation.actors;
    case TR_CLAUSE_STEP:
        return UINT64_C(1) << clause->u.step.actor;
    default:
        return 0;
    }
}

/* Who acts for a group is bound while a member. */
static void put_group(derivation *d, halt_list *list, int32_t clause)
{
    const tr_clause *of = &d->m->plan->clause[clause];
    uint64_t         actors = of->group > 0 ? actors_of(of) : 0;
    for (int32_t a = 0; a < d->m->plan->actors; a++)
        if (actors >> a & 1)
            put_spans(d, list, spans_complement(d->keep, member_spans(d, of->group - 1, a)),
                      (tr_halt){.actors = UINT64_C(1) << a,
                                .effect = clause,
                                .kind = TR_HALT_NOT_YET,
                                .clock_stops = true});
}

static void list_halts(derivation *d, int32_t clause, halt_list *list)
{
    const tr_plan   *plan = d->m->plan;
    const tr_clause *of = &plan->clause[clause];
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_effect *e = &plan->clause[i].u.effect;
        if (plan->clause[i].kind == TR_CLAUSE_EFFECT && e->kind != TR_EFFECT_EXCHANGES &&
            ((e->whole && tr_clause_binds(of->kind)) || names(e, clause)))
            put_effect(d, list, i);
    }
    if (tr_clause_binds(of->kind) && d->force >= 0)
        put_spans(d, list, d->effect[d->force],
                  (tr_halt){.effect = d->force, .kind = TR_HALT_TERMINATED});
    put_group(d, list, clause);
    if (of->kind == TR_CLAUSE_PROHIBITION)
        put_needs(d, list, clause, &of->u.prohibition.needs);
    if (of->kind == TR_CLAUSE_OBLIGATION) {
        tr_time since = when_first(d, &of->u.obligation.once);
        put_needs(d, list, clause, &of->u.obligation.needs);
        if (of->u.obligation.once.atoms > 0)
            put_halt(d, list,
                     (tr_halt){.span = {TR_TIME_NONE, since},
                               .effect = clause,
                               .kind = TR_HALT_NOT_YET,
                               .clock_stops = true});
    }
}

static bool same_halts(const tr_halts *a, const halt_list *b)
{
    if (a->len != b->len)
        return false;
    for (int32_t i = 0; i < a->len; i++)
        if (a->at[i].span.begin != b->at[i].span.begin ||
            a->at[i].span.end != b->at[i].span.end || a->at[i].actors != b->at[i].actors ||
            a->at[i].effect != b->at[i].effect || a->at[i].kind != b->at[i].kind ||
            a->at[i].clock_stops != b->at[i].clock_stops)
            return false;
    return true;
}

/* Into the plan; the room in keep grows with the longest list that the clause ever had. */
static void set_halts(derivation *d, int32_t clause, const halt_list *list)
{
    clause_halts *kept = &d->m->halted[clause];
    tr_halts     *halts = &d->m->halts[clause];
    TR_RESERVE(d->m->keep, kept, list->len - kept->len);
    if (list->len > 0)
        memcpy(kept->at, list->at, sizeof *list->at * (size_t)list->len);
    kept->len = list->len;
    *halts = (tr_halts){kept->at, (int32_t)kept->len};
    if (d->m->plan->clause[clause].kind == TR_CLAUSE_PROHIBITION)
        ((tr_clause *)(uintptr_t)&d->m->plan->clause[clause])->u.prohibition.halts = *halts;
}

static void derive_prohibition(derivation *d, int32_t clause, const halt_list *list)
{
    tr_prohibition *p = &((tr_clause *)(uintptr_t)&d->m->plan->clause[clause])->u.prohibition;
    tr_time         since = p->once.atoms > 0 ? when_first(d, &p->once) : TR_TIME_NONE;
    if (since == p->since && same_halts(&d->m->halts[clause], list))
        return;
    refill(d->m, clause, false);
    p->since = since;
    set_halts(d, clause, list);
    refill(d->m, clause, true);
}

/* ---- the entry into force ---- */

/* Consents that the condition asks for, without which nobody is bound any longer. */
static tr_when consents(const tr_when *when)
{
    tr_when list = {0};
    for (int32_t i = 0; i < when->atoms; i++)
        if (when->atom[i].kind == TR_WHEN_RATIFIES && !when->atom[i].negated &&
            when->atom[i].act != TR_RATIFY_WITHDRAWN)
            list.atom[list.atoms++] = when->atom[i];
    return list;
}

static void derive_force(derivation *d, int32_t clause)
{
    tr_mission     *m = d->m;
    const tr_force *force = &m->plan->clause[clause].u.force;
    tr_when         asked = consents(&force->when);
    tr_time         first = when_first(d, &force->when), last = force_lapse(m->plan, force);
    if (last != TR_TIME_NONE && first > last)
        first = TR_TIME_MAX;
    d->force = clause;
    d->effect[clause] = (span_list){0};
    if (first != TR_TIME_MAX && asked.atoms > 0) {
        span_list gone = spans_complement(d->keep, when_spans(d, &asked));
        for (ptrdiff_t i = 0; i < gone.len; i++)
            if (gone.at[i].begin > first)
                *TR_PUSH(d->keep, &d->effect[clause]) = gone.at[i];
    }
    if (first == m->plan->in_force)
        return;
    refill(m, -1, false);
    m->plan->in_force = first;
    refill(m, -1, true);
}

tr_time force_lapse(const tr_plan *plan, const tr_force *force)
{
    return force->lapses ? tr_stretch_after(plan->signature, force->lapse, plan->tz)
                         : TR_TIME_NONE;
}

/* ---- effects ---- */

/* Lifted from when one condition begins to hold until the next moment of the other. */
static span_list lifted(derivation *d, const tr_effect *e)
{
    span_list when = when_spans(d, &e->when), back = when_spans(d, &e->back), list = {0};
    tr_time   reach = TR_TIME_NONE;
    for (ptrdiff_t i = 0; i < when.len; i++) {
        tr_span span = {when.at[i].begin, TR_TIME_MAX};
        if (span.begin < reach)
            continue;
        for (ptrdiff_t k = 0; k < back.len && span.end == TR_TIME_MAX; k++)
            if (back.at[k].end > span.begin)
                span.end = back.at[k].begin > span.begin ? back.at[k].begin : span.begin;
        reach = span.end;
        if (span.end > span.begin)
            *TR_PUSH(d->keep, &list) = span;
    }
    return list;
}

static span_list from_first(derivation *d, tr_time first, tr_time begin)
{
    span_list list = {0};
    if (first != TR_TIME_MAX)
        *TR_PUSH(d->keep, &list) = (tr_span){begin, TR_TIME_MAX};
    return list;
}

static void derive_effect(derivation *d, int32_t clause)
{
    const tr_effect *e = &d->m->plan->clause[clause].u.effect;
    tr_time          first;
    switch (e->kind) {
    case TR_EFFECT_SUSPENDS:
        d->effect[clause] = when_spans(d, &e->when);
        first = when_first(d, &e->when);
        if (!e->passing)
            d->effect[clause] = from_first(d, first, first);
        break;
    case TR_EFFECT_TERMINATES:
        d->found[clause] = when_first(d, &e->when);
        break;
    case TR_EFFECT_VOIDS:
        d->effect[clause] = from_first(d, when_first(d, &e->when), TR_TIME_NONE);
        break;
    case TR_EFFECT_LIFTS:
        d->effect[clause] = lifted(d, e);
        break;
    case TR_EFFECT_NEEDS:
        d->effect[clause] = spans_complement(d->keep, when_spans(d, &e->when));
        break;
    case TR_EFFECT_EXCHANGES:
        first = survey_fulfilled(&d->owed, e->of[0]);
        d->effect[clause] = from_first(d, first == TR_TIME_NONE ? TR_TIME_MAX : first, first);
        break;
    }
}

static void derive_milestone(derivation *d, int32_t clause)
{
    tr_time first = when_first(d, &d->m->plan->clause[clause].u.milestone.when);
    d->effect[clause] = from_first(d, first, first);
}

/* ---- all ---- */

static void derive_clause(derivation *d, int32_t clause, int64_t index)
{
    tr_mission      *m = d->m;
    const tr_clause *c = &m->plan->clause[clause];
    halt_list        list = {0};
    list_halts(d, clause, &list);
    if (c->kind == TR_CLAUSE_PROHIBITION)
        derive_prohibition(d, clause, &list);
    else if (!same_halts(&m->halts[clause], &list))
        set_halts(d, clause, &list);
    if (c->kind == TR_CLAUSE_FORCE)
        derive_force(d, clause);
    else if (c->kind == TR_CLAUSE_EFFECT)
        derive_effect(d, clause);
    else if (c->kind == TR_CLAUSE_MILESTONE)
        derive_milestone(d, clause);
    else if (c->kind == TR_CLAUSE_THRESHOLD)
        window_look(m, clause, index);
}

static void pass(derivation *d, int64_t index)
{
    tr_plan *plan = d->m->plan;
    d->owed = survey_new(d->m, d->keep, d->effect);
    for (int32_t i = 0; i < plan->clauses; i++)
        derive_clause(d, plan->order[i], index);
}

/* Take in the earliest termination that follows and is not in yet. */
static bool terminate_next(derivation *d)
{
    int32_t earliest = -1;
    for (int32_t c = 0; c < d->m->plan->clauses; c++)
        if (d->found[c] != TR_TIME_MAX && d->effect[c].len == 0 &&
            (earliest < 0 || d->found[c] < d->found[earliest]))
            earliest = c;
    if (earliest >= 0)
        d->effect[earliest] = from_first(d, d->found[earliest], d->found[earliest]);
    return earliest >= 0;
}

static derivation derivation_new(tr_mission *m, tr_arena *scratch)
{
    int32_t    clauses = m->plan->clauses;
    derivation d = {.m = m,
                    .keep = scratch,
                    .force = -1,
                    .effect = TR_NEW(scratch, span_list, clauses + 1),
                    .found = TR_NEW(scratch, tr_time, clauses + 1)};
    for (int32_t c = 0; c < clauses; c++)
        d.found[c] = TR_TIME_MAX;
    return d;
}

/* Half of the scratch is worked in here; what is called has the other half. */
void derive(tr_mission *m, int64_t index)
{
    const tr_arena whole = m->scratch;
    tr_arena       own = {whole.beg, whole.beg + ((whole.end - whole.beg) / 2 & ~(ptrdiff_t)63)};
    derivation     d = derivation_new(m, &own);
    bool           ends = false;
    for (int32_t c = 0; c < m->plan->clauses; c++)
        ends |= m->plan->clause[c].kind == TR_CLAUSE_EFFECT &&
                m->plan->clause[c].u.effect.kind == TR_EFFECT_TERMINATES;
    m->scratch.beg = own.end;
    m->cache->settled = m->s.count.entries;
    while (ends) {
        pass(&d, -1);
        ends = terminate_next(&d);
    }
    pass(&d, index);
    for (int32_t c = 0; c < m->plan->clauses; c++) {
        effect_spans *kept = &m->in_effect[c];
        TR_RESERVE(m->keep, kept, d.effect[c].len - kept->len);
        if (d.effect[c].len > 0)
            memcpy(kept->at, d.effect[c].at, sizeof *kept->at * (size_t)d.effect[c].len);
        kept->len = d.effect[c].len;
    }
    m->scratch = whole;
}
