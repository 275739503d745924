/* fuse.c -- the trivial solver: one observation, one incident.
 *
 * The name of an incident is the hash of its source and of the content of its
 * anchor, so it does not depend on when or how often the observation arrived.
 */
#include "fuse/fuse.h"

#include "base/text.h"

static tr_hash incident_id(tr_str source_id, const tr_hash *content)
{
    static const char domain[] = "truce/incident/v1"; /* its zero is the first separator */
    tr_hasher         hasher;
    tr_hasher_begin(&hasher);
    tr_hasher_add(&hasher, domain, (ptrdiff_t)sizeof domain);
    tr_hasher_add(&hasher, source_id.at, source_id.len);
    tr_hasher_add(&hasher, "", 1);
    tr_hasher_add(&hasher, content->at, (ptrdiff_t)sizeof content->at);
    return tr_hasher_end(&hasher);
}

/* Halfway from begin to end, rounded towards begin; unsigned, as an open end may lie at the end
 * of time. */
static tr_time middle(tr_time begin, tr_time end)
{
    return begin + (tr_time)(((uint64_t)end - (uint64_t)begin) / 2);
}

/* A row of a published event table, whether the agreement adopts it as a register or not. */
static bool of_table(const tr_obs *obs, int32_t reg)
{
    return reg >= 0 || obs->kind == TR_KIND_EVENT_FATAL_;
}

const char *tr_rung_name(int32_t rung)
{
    static const char *const names[] = {"undetermined", "direction", "area", "side", "unit"};
    assert(rung >= 0 && rung < TR_RUNGS);
    return names[rung];
}

void tr_fuse_one(const tr_obs *obs, tr_str source_id, int32_t anchor, int32_t reg,
                 tr_incident *incident)
{
    assert(obs->begin <= obs->end);
    *incident = (tr_incident){
        .id = incident_id(source_id, &obs->id),
        .begin = obs->begin,
        .end = obs->end,
        .best = of_table(obs, reg) ? obs->begin : middle(obs->begin, obs->end),
        .place = obs->place,
        .anchor = anchor,
        .n_min = obs->n_min,
        .n_best = obs->n_best,
        .n_max = obs->n_max,
        .deaths_min = obs->deaths_min,
        .deaths_best = obs->deaths_best,
        .deaths_max = obs->deaths_max,
        .p_real_ppm = -1,
        .roots = 1,
        .modalities = 1,
        .reg = reg,
        .source = obs->source,
        .kind = obs->kind,
        .exercise = obs->exercise,
        .rung = 0,
        .live = 1,
        .contested = 0,
        .side = 0,
    };
}

void tr_incident_name(const tr_incident *incident, char name[TR_INCIDENT_ID + 1])
{
    static const char digits[] = "0123456789abcdef";
    name[0] = 'i';
    name[1] = '-';
    for (int i = 0; i < 10; i++) {
        name[2 + 2 * i] = digits[incident->id.at[i] >> 4];
        name[3 + 2 * i] = digits[incident->id.at[i] & 15];
    }
    name[TR_INCIDENT_ID] = '\0';
}
