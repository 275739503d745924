/* exposure.c -- who was watching what, where and when.
 *
 * A source watches for a class while it is reported up, if it is registered as
 * able to see every kind of the class, in the cells that its registered place
 * covers.  Without a kind among its modes it states no capability and watches
 * nothing.  A register of the agreement watches for its kinds, everywhere, over
 * the hull of its rows.  Nothing depends on the order of arrival: lists are
 * united, and cells are the same for every record under one agreement.
 */
#include "mission/state.h"

#include "verify/cover.h"
#include "verify/place.h"

/* Able to see a class means able to see each of its kinds: who sees flares only has not watched
 * for fire.  No kinds asked: whoever sees anything counts. */
static bool able(uint64_t kinds, uint64_t sees)
{
    return sees != 0 && (kinds & ~sees) == 0;
}

/* Made when first asked for: it takes a few ms and depends on the agreement alone.  Of a zone that
 * differs by actor or class those last asked for are kept. */
const tr_cells *cells_of(const tr_mission *m, const exposure_query *query)
{
    uint64_t   actors = 0, kinds = 0;
    tr_cells **at = &m->cells[query->zone + 1];
    bool       by_actor = false, by_kind = false;
    if (query->zone >= 0)
        tr_zone_differs(m->plan, query->zone, &by_actor, &by_kind);
    actors = by_actor ? query->actors : 0;
    kinds = by_kind ? query->kinds : 0;
    if (actors != 0 || kinds != 0) {
        uint64_t mix = ((uint64_t)query->zone * 31 + actors) * 31 + kinds;
        at = &m->cells[m->plan->zones + 1 + (int32_t)((mix ^ mix >> 29) % CELLS_BY_PART)];
    }
    if (*at && (*at)->zone == query->zone && (*at)->actors == actors && (*at)->kinds == kinds)
        return *at;
    if (!*at)
        *at = TR_NEW(m->keep, tr_cells, 1);
    tr_cells_make(m->plan, query->zone, actors, kinds, *at);
    return *at;
}

static bool counts(const watch_row *row, const exposure_query *query)
{
    return row->retracted == 0 && (query->source < 0 || query->source == row->source) &&
           able(query->kinds, row->kinds) && row->begin < query->within.end &&
           row->end > query->within.begin;
}

static void push(tr_arena *keep, watchers *list, const tr_cell_set *seen, const tr_span *span,
                 int32_t spans)
{
    tr_watcher *watcher = TR_PUSH(keep, list);
    *watcher = (tr_watcher){.seen = *seen, .span = span, .spans = spans};
}

/* Rows of health by source: counted, set in place, united once for each. */
static void push_sources(const tr_mission *m, tr_arena *keep, const exposure_query *query,
                         watchers *list)
{
    ptrdiff_t  sources = m->source.len;
    ptrdiff_t *end = TR_NEW(keep, ptrdiff_t, sources + 1);
    for (ptrdiff_t i = 0; i < m->watch.len; i++)
        end[m->watch.at[i].source + 1] += counts(&m->watch.at[i], query);
    for (ptrdiff_t i = 0; i < sources; i++)
        end[i + 1] += end[i];
    tr_span *span = TR_NEW(keep, tr_span, end[sources] + 1);
    for (ptrdiff_t i = 0; i < m->watch.len; i++) {
        const watch_row *row = &m->watch.at[i];
        if (counts(row, query))
            span[end[row->source]++] = (tr_span){row->begin, row->end};
    }
    const tr_cells *cells = cells_of(m, query);
    for (ptrdiff_t i = 0, first = 0; i < sources; first = end[i], i++) {
        tr_cell_set seen;
        if (end[i] > first && tr_cells_seen(m->plan, cells, &m->source.at[i].reach, &seen) > 0)
            push(keep, list, &seen, span + first,
                 tr_cover_unite(span + first, (int32_t)(end[i] - first)));
    }
}

static void push_registers(const tr_mission *m, tr_arena *keep, const exposure_query *query,
                           watchers *list)
{
    static const tr_place everywhere = {.kind = TR_PLACE_NONE};
    for (ptrdiff_t i = 0; i < m->source.len; i++) {
        const source_row *row = &m->source.at[i];
        tr_cell_set       seen;
        if (row->reg < 0 || row->begin == TR_TIME_NONE ||
            (query->source >= 0 && query->source != i) ||
            !able(query->kinds, m->plan->reg[row->reg].kinds))
            continue;
        tr_span *hull = TR_NEW(keep, tr_span, 1);
        *hull = (tr_span){row->begin, row->end};
        tr_cells_seen(m->plan, cells_of(m, query), &everywhere, &seen);
        push(keep, list, &seen, hull, 1);
    }
}

void watchers_of(const tr_mission *m, tr_arena *keep, const exposure_query *query, watchers *list)
{
    *list = (watchers){0};
    TR_RESERVE(keep, list, 2 * m->source.len + 1); /* it stays where it is while spans are made */
    push_registers(m, keep, query, list);
    push_sources(m, keep, query, list);
}

int64_t watched_ns(const tr_mission *m, tr_arena scratch, const exposure_query *query,
                   const watchers *list)
{
    return tr_effort_ns(scratch, cells_of(m, query)->cells, list->at, (int32_t)list->len,
                        query->within);
}

void tr_mission_watched(const tr_mission *m, tr_arena *keep, uint64_t kinds, int32_t zone,
                        tr_watched *list)
{
    exposure_query query = {kinds, {TR_TIME_NONE, TR_TIME_MAX}, zone, -1, 0};
    tr_arena       scratch = m->scratch;
    watchers       all;
    *list = (tr_watched){0};
    if (!m->plan)
        return;
    watchers_of(m, &scratch, &query, &all);
    for (ptrdiff_t i = 0; i < all.len; i++)
        for (int32_t k = 0; k < all.at[i].spans; k++)
            *TR_PUSH(keep, list) = all.at[i].span[k];
    list->len = tr_cover_unite(list->at, (int32_t)list->len);
}
