/* standing.c -- how an actor stands with an amount, a share or a duty that recurs, as lines.
 *
 * They are what both digests of results and comparisons of two runs are made of.  No index of an
 * entry stands in them, and lines that could stand in either order are sorted by what they say: so
 * they are equal for any order of arrival, and for a correction and never having erred.
 */
#include "mission/state.h"

#include <stdlib.h>

static void put_whole(tr_out *out, const int64_t *whole, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tr_put(out, " %lld", (long long)whole[i]);
    tr_put_char(out, '\n');
}

/* ---- amounts ---- */

static void put_reckoning(tr_out *out, const tr_reckoning *r)
{
    const int64_t whole[] = {r->since, r->due,  r->low,    r->best,    r->high,
                             r->owed,  r->kept, r->missed, r->missing, r->open};
    tr_put(out, "%s %s", r->state, tr_verdict_name(r->verdict));
    put_whole(out, whole, sizeof whole / sizeof *whole);
}

/* The newest value and the sum of each basis. */
static void put_series(const tr_mission *m, tr_out *out, int32_t amount, int32_t actor)
{
    for (tr_basis basis = 0; basis < TR_BASES; basis++) {
        tr_series s;
        tr_mission_series(m, amount, basis, actor, &s);
        if (s.values == 0)
            continue;
        const int64_t whole[] = {s.values,  s.on,       s.low,     s.best,
                                 s.high,    s.sum_low,  s.sum_best, s.sum_high};
        tr_put(out, "%s", tr_basis_name(basis));
        put_whole(out, whole, sizeof whole / sizeof *whole);
    }
}

static void put_amount(const tr_mission *m, tr_out *out, tr_arena scratch, int32_t clause,
                       int32_t actor)
{
    const tr_clause *c = &m->plan->clause[clause];
    bool             share = c->kind == TR_CLAUSE_SHARE;
    tr_reckonings    list;
    tr_mission_reckonings(m, &scratch, clause, &list);
    for (ptrdiff_t i = 0; i < list.len; i++)
        if (list.at[i].actor == actor)
            put_reckoning(out, &list.at[i]);
    if (!share)
        put_series(m, out, c->u.quantity.amount, actor);
    for (int32_t i = 0; share && i < c->u.share.parts; i++)
        put_series(m, out, c->u.share.amount, c->u.share.part_of[i]);
}

/* ---- duties that recur ---- */

static int by_content(const void *a, const void *b)
{
    const tr_owed *x = a, *y = b;
    const int64_t  left[] = {x->zero, x->due, x->done, x->times, x->refusals};
    const int64_t  right[] = {y->zero, y->due, y->done, y->times, y->refusals};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static void put_owed(const tr_mission *m, tr_out *out, tr_arena scratch, int32_t clause,
                     int32_t actor)
{
    tr_owed_list list;
    tr_owed_sum  s;
    tr_mission_owed(m, &scratch, clause, actor, &list, &s);
    const int64_t whole[] = {s.since,   s.due,  s.owed,    s.kept,   s.missed,
                             s.missing, s.open, s.refused, s.beyond, s.periods,
                             s.below};
    tr_put(out, "%s %s", tr_duty_state_name(s.state), tr_verdict_name(s.verdict));
    put_whole(out, whole, sizeof whole / sizeof *whole);
    if (list.len > 1)
        qsort(list.at, (size_t)list.len, sizeof list.at[0], by_content);
    for (ptrdiff_t i = 0; i < list.len; i++) {
        const tr_owed *one = &list.at[i];
        const int64_t  of[] = {one->zero, one->due, one->done, one->times, one->refusals};
        tr_put(out, "%s", tr_duty_state_name(one->state));
        put_whole(out, of, sizeof of / sizeof *of);
    }
}

uint64_t tr_mission_standing_actors(const tr_mission *m, int32_t clause)
{
    const tr_clause *c = &m->plan->clause[clause];
    if (c->kind == TR_CLAUSE_QUANTITY)
        return c->u.quantity.actors;
    if (c->kind == TR_CLAUSE_SHARE)
        return c->u.share.actors & (0 - c->u.share.actors); /* it is reckoned once */
    return duty_recurs(m->plan, clause) ? c->u.obligation.actors : 0;
}

void tr_mission_put_standing(const tr_mission *m, tr_out *out, tr_arena scratch, int32_t clause,
                           int32_t actor)
{
    if (duty_recurs(m->plan, clause))
        put_owed(m, out, scratch, clause, actor);
    else
        put_amount(m, out, scratch, clause, actor);
}

tr_str tr_mission_deed_source(const tr_mission *m, tr_arena *at, const tr_deed *deed)
{
    tr_entry entry;
    tr_err   quiet = {0};
    if (deed->kind != TR_DEED_MEASUREMENT || !entry_at(m, at, deed->entry, &entry, &quiet))
        return (tr_str){0};
    return tr_json_text(entry.body, "source");
}
