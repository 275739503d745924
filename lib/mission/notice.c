/* notice.c -- notices and owners of sources: what exceptions of a clause are judged by.
 *
 * A notice counts from the last tick before it, which nobody can antedate.  A cancellation ends it
 * for what begins at or after the last tick before that.
 */
#include "mission/state.h"

/* Only a signer's own notice counts; of another's name nothing follows. */
void judge_notice(const tr_mission *m, work *w)
{
    const tr_json *body = w->entry.body, *to = tr_json_get(body, "to");
    const tr_json *cancels = tr_json_get(body, "cancels");
    const tr_key  *key = tr_keyring_author(&m->ring, &w->entry);
    tr_str         from = tr_json_text(body, "from");
    tr_err         quiet = {0};
    bool           own = key && tr_str_eq(tr_keyring_text(&m->ring, key->holder), from);
    w->notice = (tr_notice){.told = m->s.now == TR_TIME_NONE ? TR_TIME_MAX : m->s.now,
                            .cancelled = TR_TIME_MAX,
                            .entry = w->index,
                            .from = own ? plan_actor(m->plan, from) : -1};
    tr_json_span(body, "planned", &w->notice.planned);
    if (!place_read(m->plan, tr_json_get(body, "place"), &w->notice.place, &quiet))
        w->notice.place.kind = TR_PLACE_REGION;
    for (const tr_json *one = to ? to->first : NULL; one; one = one->next) {
        int32_t actor = plan_actor(m->plan, one->text);
        w->notice.to |= actor >= 0 ? UINT64_C(1) << actor : 0;
    }
    w->cancels = cancels ? tr_json_int_or(cancels, "i", -1) : -1;
}

static void plan_learns(tr_mission *m)
{
    m->plan->notice = m->notice.at;
    m->plan->notices = (int32_t)m->notice.len;
    m->plan->owner = m->owner.at;
    m->plan->owners = (int32_t)m->owner.len;
    deeds_known(m);
}

void owners_rebuild(tr_mission *m)
{
    m->owner.len = 0;
    for (ptrdiff_t i = 0; i < m->source.len; i++)
        *TR_PUSH(m->keep, &m->owner) = plan_actor(m->plan, mission_text(m, m->source.at[i].owner));
    plan_learns(m);
}

/* Counts hold incidents as they were judged: those that it may change are taken out before. */
void recount(tr_mission *m, tr_span span, bool add)
{
    for (ptrdiff_t i = 0; i < m->incident.len; i++) {
        const tr_incident *incident = &m->incident.at[i];
        if (!incident->live || incident->begin >= span.end || incident->end < span.begin)
            continue;
        for (int32_t c = 0; c < m->plan->clauses; c++)
            if (m->window[c].at && add)
                tr_window_add(m->window[c].at, incident);
            else if (m->window[c].at)
                tr_window_drop(m->window[c].at, incident);
        m->changed = true;
    }
}

tr_span span_hull(tr_span a, tr_span b)
{
    if (a.end < a.begin)
        return b;
    if (b.end < b.begin)
        return a;
    return (tr_span){a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

void apply_notice(tr_mission *m, const work *w)
{
    tr_notice *ends = NULL;
    for (ptrdiff_t i = 0; i < m->notice.len; i++)
        if (m->notice.at[i].entry == w->cancels && m->notice.at[i].from == w->notice.from &&
            w->notice.from >= 0)
            ends = &m->notice.at[i];
    tr_span span = span_hull(ends ? ends->planned : w->notice.planned, w->notice.planned);
    recount(m, span, false);
    if (ends && w->notice.told < ends->cancelled)
        ends->cancelled = w->notice.told;
    if (!ends)
        *TR_PUSH(m->keep, &m->notice) = w->notice;
    plan_learns(m);
    recount(m, span, true);
}
