/* live.c -- which observations hold: groups of one source and one src_id, and hulls of sources.
 *
 * A group is a chain through `next`, found by an open-addressing index of hash
 * tags.  The answer of a group is a function of the set of its active versions,
 * never of their order:
 *
 *     no active version                  -> nothing
 *     one body, once or several times    -> the earliest is live, the others are duplicates
 *     two or more bodies                 -> all are held; a correction or retraction may resolve it
 *
 * The order of the index is never walked.
 */
#include "mission/state.h"

/* ---- the index ---- */

/* Mixes eight bytes at a time; only finding depends on it, no result. */
static uint32_t tag_of(int32_t source, tr_str id)
{
    const uint64_t k = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t       h = ((uint64_t)(uint32_t)source + 1) * k;
    for (ptrdiff_t i = 0; i < id.len; i += 8) {
        uint64_t  word = 0;
        ptrdiff_t left = id.len - i;
        memcpy(&word, id.at + i, (size_t)(left < 8 ? left : 8));
        h = (h ^ word) * k;
        h ^= h >> 29;
    }
    h = (h ^ (uint64_t)id.len) * k;
    return (uint32_t)(h >> 32);
}

static bool is_group(const tr_mission *m, uint32_t at, int32_t source, tr_str id)
{
    const tr_obs *obs = &m->obs.at[at];
    if (obs->source != source)
        return false;
    const char *stored = m->text.at + obs->src_id;
    return m->text.len - obs->src_id > id.len && memcmp(stored, id.at, (size_t)id.len) == 0 &&
           stored[id.len] == '\0';
}

/* The row of a group, or the free row where it belongs. */
static index_row *index_at(const tr_mission *m, uint32_t tag, int32_t source, tr_str id)
{
    uint64_t mask = m->index_cap - 1;
    for (uint64_t i = tag & mask;; i = (i + 1) & mask) {
        index_row *row = &m->index[i];
        if (row->at == 0 || (row->tag == tag && is_group(m, row->at - 1, source, id)))
            return row;
    }
}

/* Room for `more` groups, at most half full. */
void index_reserve(tr_mission *m, uint64_t more)
{
    index_row *old = m->index;
    uint64_t   cap = m->index_cap;
    if (2 * (m->index_used + more) <= cap)
        return;
    m->index_cap = cap ? 2 * cap : 1024;
    while (2 * (m->index_used + more) > m->index_cap)
        m->index_cap *= 2;
    m->index = TR_NEW(m->keep, index_row, (ptrdiff_t)m->index_cap);
    uint64_t mask = m->index_cap - 1;
    for (uint64_t k = 0; k < cap; k++) {
        if (old[k].at == 0)
            continue;
        uint64_t i = old[k].tag & mask;
        while (m->index[i].at != 0)
            i = (i + 1) & mask;
        m->index[i] = old[k];
    }
}

int64_t group_find(const tr_mission *m, int32_t source, tr_str src_id)
{
    if (m->index_cap == 0)
        return -1;
    return (int64_t)index_at(m, tag_of(source, src_id), source, src_id)->at - 1;
}

void index_prefetch(const tr_mission *m, int32_t source, tr_str id)
{
    if (m->index_cap > 0)
        __builtin_prefetch(&m->index[tag_of(source, id) & (m->index_cap - 1)]);
}

/* Joins version `at` to its group; the first version of the group. */
static int32_t index_put(tr_mission *m, int32_t at)
{
    tr_obs  *obs = &m->obs.at[at];
    tr_str   id = mission_text(m, obs->src_id);
    uint32_t tag = tag_of(obs->source, id);
    index_reserve(m, 1);
    index_row *row = index_at(m, tag, obs->source, id);
    if (row->at == 0) {
        *row = (index_row){tag, (uint32_t)at + 1};
        m->index_used++;
        return at;
    }
    int32_t head = (int32_t)row->at - 1;
    if (head != at) {
        obs->next = m->obs.at[head].next;
        m->obs.at[head].next = at;
    }
    return head;
}

void live_rebuild(tr_mission *m)
{
    /* A first version never stands behind another in a chain: mark those that do. */
    tr_arena scratch = m->scratch;
    index_reserve(m, (uint64_t)m->obs.len + 1);
    uint8_t *behind = TR_NEW(&scratch, uint8_t, m->obs.len + 1);
    for (ptrdiff_t i = 0; i < m->obs.len; i++)
        if (m->obs.at[i].next >= 0)
            behind[m->obs.at[i].next] = 1;
    for (ptrdiff_t i = 0; i < m->obs.len; i++) {
        if (behind[i])
            continue;
        tr_str   id = mission_text(m, m->obs.at[i].src_id);
        uint32_t tag = tag_of(m->obs.at[i].source, id);
        *index_at(m, tag, m->obs.at[i].source, id) = (index_row){tag, (uint32_t)i + 1};
        m->index_used++;
    }
}

/* ---- hulls ---- */

static void hull_add(tr_mission *m, int32_t at)
{
    const tr_obs *obs = &m->obs.at[at];
    source_row   *source = &m->source.at[obs->source];
    if (source->begin == TR_TIME_NONE || obs->begin < source->begin)
        source->begin = obs->begin;
    if (source->end == TR_TIME_NONE || obs->end > source->end)
        source->end = obs->end;
}

/* A version that no longer holds may have made an edge of the hull. */
static void hull_drop(tr_mission *m, int32_t at)
{
    const tr_obs     *obs = &m->obs.at[at];
    const source_row *source = &m->source.at[obs->source];
    if (obs->begin == source->begin || obs->end == source->end)
        m->hull_stale = true;
}

static bool in_hull(tr_obs_status status)
{
    return status == TR_OBS_LIVE || status == TR_OBS_DUPLICATE || status == TR_OBS_HELD;
}

void hulls_rebuild(tr_mission *m)
{
    m->hull_stale = false;
    for (ptrdiff_t i = 0; i < m->source.len; i++)
        m->source.at[i].begin = m->source.at[i].end = TR_TIME_NONE;
    for (ptrdiff_t i = 0; i < m->obs.len; i++)
        if (in_hull(m->obs.at[i].status))
            hull_add(m, (int32_t)i);
}

/* ---- rows ---- */

/* The lane while it has room enough for an array of `rows` rows and what it grows by, else keep:
 * an array that is in another arena moves there. */
static tr_arena *lane_or_keep(tr_mission *m, int lane, size_t size, ptrdiff_t rows)
{
    tr_arena *own = &m->lane[lane];
    return (own->end - own->beg) / (ptrdiff_t)size / 2 > rows ? own : m->keep;
}

void rows_reserve(tr_mission *m, ptrdiff_t rows)
{
    TR_RESERVE(lane_or_keep(m, 0, sizeof *m->obs.at, m->obs.len + rows), &m->obs, rows);
    TR_RESERVE(lane_or_keep(m, 1, sizeof *m->more.at, m->more.len + rows), &m->more, rows);
    TR_RESERVE(lane_or_keep(m, 2, sizeof *m->incident.at, m->incident.len + rows), &m->incident,
               rows);
}

/* ---- incidents ---- */

static bool holds(const tr_mission *m, int32_t at)
{
    const more_row *more = &m->more.at[at], *slot = &m->more.at[more->slot];
    return slot->current == at && slot->retracted == 0 && !more->alleged &&
           !obs_outside(m, &m->obs.at[at]);
}

/* Does anyone object to what this body says? */
static bool contested(const tr_mission *m, int32_t head, const tr_hash *id)
{
    for (int32_t i = head; i >= 0; i = m->obs.at[i].next)
        if (holds(m, i) && m->more.at[m->more.at[i].slot].contested > 0 &&
            tr_hash_eq(&m->obs.at[i].id, id))
            return true;
    return false;
}

/* What people said of the incident of this body: contested, and whose it is by decision.  Rows of a
 * register stand as the agreement adopts them: side undetermined. */
static void put_said(const tr_mission *m, int32_t head, const tr_hash *id, tr_incident *incident)
{
    const tr_deed *decision = incident->reg >= 0 ? NULL : side_decision(m, head, id);
    incident->contested = contested(m, head, id);
    incident->side = decision ? (uint8_t)decision->side : 0;
    incident->rung = decision ? (uint8_t)decision->rung : 0;
}

static void windows_tell(tr_mission *m, const tr_incident *incident, bool add)
{
    m->changed = true;
    for (int32_t c = 0; c < m->plan->clauses; c++) {
        if (!m->window[c].at)
            continue;
        if (add)
            tr_window_add(m->window[c].at, incident);
        else
            tr_window_drop(m->window[c].at, incident);
    }
}

/* The incident row of this body: its own, or that of an equal version in the group. */
static int32_t incident_row(tr_mission *m, int32_t head, int32_t at)
{
    if (m->more.at[at].incident >= 0)
        return m->more.at[at].incident;
    for (int32_t i = head; i >= 0; i = m->obs.at[i].next)
        if (m->more.at[i].incident >= 0 && tr_hash_eq(&m->obs.at[i].id, &m->obs.at[at].id)) {
            int32_t row = m->more.at[i].incident;
            m->more.at[i].incident = -1;
            return row;
        }
    rows_reserve(m, 1);
    m->incident.len++;
    return (int32_t)m->incident.len - 1;
}

static void incident_on(tr_mission *m, int32_t head, int32_t at)
{
    const tr_obs *obs = &m->obs.at[at];
    int32_t       row = incident_row(m, head, at);
    tr_incident  *incident = &m->incident.at[row];
    int32_t       reg = m->source.at[obs->source].reg;
    if (reg >= 0 && !(m->plan->reg[reg].kinds >> obs->kind & 1))
        reg = -1; /* a register adopts its own kinds, not whatever its source says */
    memset(incident, 0, sizeof *incident);
    tr_fuse_one(obs, mission_text(m, m->source.at[obs->source].id), at, reg, incident);
    incident->anchor = at;
    incident->source = obs->source;
    incident->live = 1;
    put_said(m, head, &obs->id, incident);
    m->more.at[at].incident = row;
    m->s.count.incidents++;
    windows_tell(m, incident, true);
}

static void incident_off(tr_mission *m, int32_t at)
{
    tr_incident *incident = &m->incident.at[m->more.at[at].incident];
    windows_tell(m, incident, false);
    incident->live = 0;
    m->s.count.incidents--;
}

/* ---- statuses ---- */

static uint64_t *counter(tr_mission *m, int status)
{
    switch (status) {
    case TR_OBS_LIVE:
        return &m->s.count.live;
    case TR_OBS_DUPLICATE:
        return &m->s.count.duplicates;
    case TR_OBS_HELD:
        return &m->s.count.held;
    case TR_OBS_CORRECTED:
        return &m->s.count.corrected;
    case TR_OBS_RETRACTED:
        return &m->s.count.retracted;
    default:
        return &m->s.count.allegations;
    }
}

void live_set(tr_mission *m, int32_t at, tr_obs_status status, int64_t by)
{
    tr_obs       *obs = &m->obs.at[at];
    tr_obs_status was = (tr_obs_status)obs->status;
    obs->by = by;
    if (was == status)
        return;
    if (was == TR_OBS_LIVE)
        incident_off(m, at);
    obs->status = (uint8_t)status;
    --*counter(m, was);
    ++*counter(m, status);
    if (in_hull(was) && !in_hull(status))
        hull_drop(m, at);
    else if (!in_hull(was) && in_hull(status))
        hull_add(m, at);
}

static void live_on(tr_mission *m, int32_t head, int32_t at)
{
    if (m->obs.at[at].status == TR_OBS_LIVE)
        return;
    live_set(m, at, TR_OBS_LIVE, m->obs.at[at].by);
    incident_on(m, head, at);
}

bool obs_outside(const tr_mission *m, const tr_obs *obs)
{
    return obs->place.kind == TR_PLACE_POINT && !tr_box_holds(m->plan->area, obs->place.at);
}

/* The entry that made this version: a correction, or -1 for the first. */
static int64_t made_by(const tr_mission *m, int32_t at)
{
    if (m->more.at[at].slot == at)
        return -1;
    for (ptrdiff_t i = m->mark.len; i-- > 0;)
        if (m->mark.at[i].kind == MARK_CORRECTION && m->mark.at[i].made == at)
            return m->mark.at[i].entry;
    return -1;
}

/* What a version is without regard to its group; HELD where the group decides. */
static void own_status(tr_mission *m, int32_t at)
{
    const more_row *more = &m->more.at[at], *slot = &m->more.at[more->slot];
    if (slot->current != at || slot->retracted > 0)
        return; /* set by the correction or retraction */
    if (more->alleged)
        live_set(m, at, TR_OBS_ALLEGATION, made_by(m, at));
    else if (obs_outside(m, &m->obs.at[at]))
        live_set(m, at, TR_OBS_HELD, made_by(m, at));
}

/* An objection or a decision may have come or gone without a change of status. */
static void refresh_said(tr_mission *m, int32_t head, int32_t at)
{
    tr_incident *incident = &m->incident.at[m->more.at[at].incident], now = *incident;
    put_said(m, head, &m->obs.at[at].id, &now);
    if (now.contested == incident->contested && now.side == incident->side &&
        now.rung == incident->rung)
        return;
    windows_tell(m, incident, false);
    *incident = now;
    windows_tell(m, incident, true);
}

static void resolve(tr_mission *m, int32_t head)
{
    int32_t first = -1;
    bool    several = false;
    for (int32_t i = head; i >= 0; i = m->obs.at[i].next) {
        own_status(m, i);
        if (!holds(m, i))
            continue;
        if (first >= 0 && !tr_hash_eq(&m->obs.at[i].id, &m->obs.at[first].id))
            several = true;
        if (first < 0 || i < first)
            first = i;
    }
    for (int32_t i = head; i >= 0; i = m->obs.at[i].next)
        if (holds(m, i) && (several || i != first))
            live_set(m, i, several ? TR_OBS_HELD : TR_OBS_DUPLICATE, made_by(m, i));
    if (first >= 0 && !several) {
        live_on(m, head, first);
        m->obs.at[first].by = made_by(m, first);
        refresh_said(m, head, first);
    }
}

void live_resolve(tr_mission *m, int32_t version)
{
    const tr_obs *obs = &m->obs.at[version];
    resolve(m, (int32_t)group_find(m, obs->source, mission_text(m, obs->src_id)));
}

int32_t live_insert(tr_mission *m, const tr_obs *obs, const more_row *more)
{
    int32_t at = (int32_t)m->obs.len;
    rows_reserve(m, 1);
    tr_obs *put = &m->obs.at[m->obs.len++];
    *put = *obs;
    put->next = -1;
    put->by = -1;
    put->status = more->alleged ? TR_OBS_ALLEGATION : TR_OBS_HELD; /* until its group says */
    m->more.at[m->more.len++] = *more;
    ++*counter(m, put->status);
    m->source.at[obs->source].rows++;
    int32_t       head = index_put(m, at);
    const tr_obs *first = &m->obs.at[head];
    if (in_hull(put->status))
        hull_add(m, at);
    if (head == at && holds(m, at)) {
        live_on(m, head, at);
    } else if (head != at && first->status == TR_OBS_LIVE && holds(m, at) &&
               tr_hash_eq(&first->id, &obs->id)) {
        live_set(m, at, TR_OBS_DUPLICATE, -1);
    } else if (!(head != at && first->status == TR_OBS_HELD && holds(m, head) && holds(m, at))) {
        resolve(m, head);
    }
    return at;
}
