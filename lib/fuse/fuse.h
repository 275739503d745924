/* fuse.h -- from observations to incidents.
 *
 * Confluence: the incidents are a function of the set of live observations
 * alone; order of arrival, duplicates, splits into batches change no byte.
 * Liveness: same source, same src_id, same body = one observation; two bodies
 * under one src_id of one source: neither is used, both are listed.  Retracted
 * and superseded ones are dropped by the caller (who may retract is not fuse's
 * affair).
 *
 * The solver here is the trivial one: one event = one incident, and no claim of
 * p_real.  Rows of one event table never merge with each other.
 */
#ifndef TR_FUSE_H
#define TR_FUSE_H

#include "base/kinds.h"
#include "crypt/crypt.h"
#include "geo/geo.h"

enum { TR_UNBOUNDED = INT32_MAX }; /* of a count: "at least" */

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
/* One observation as recorded.  No pointers, no padding: a snapshot is its bytes. */
typedef struct {
    tr_hash id;    /* content id: SHA-256(0x00 || canonical body without `source`), that is the
                      leaf hash of its batch row, whichever way it came */
    tr_time begin; /* happened, half open */
    tr_time end;
    int64_t entry;  /* index of the entry that brought it (of the original, for a corrected one) */
    int64_t src_id; /* offset of its zero terminated src_id in the text pool */
    int64_t text;   /* offset of its remark in the text pool, 0 = none */
    int64_t by;     /* index of the correction or retraction that ended it; while it holds, of the
                       correction that made it, or -1 */
    tr_place place;
    int32_t  row;    /* of a batch, or -1 */
    int32_t  source; /* index of its source */
    int32_t  n_min, n_best, n_max;
    int32_t  deaths_min, deaths_best, deaths_max;
    int32_t  conf_ppm;
    int32_t  next; /* next observation of the same source and src_id, or -1 */
    uint8_t  kind, platform, means, exercise;
    uint8_t  status; /* tr_obs_status */
    uint8_t  pad[3];
} tr_obs;

typedef enum {
    TR_OBS_LIVE,
    TR_OBS_DUPLICATE, /* same source, src_id and body as an earlier one */
    TR_OBS_HELD,      /* another body under the same source and src_id is live too */
    TR_OBS_CORRECTED, /* superseded by a later body; `by` says which entry */
    TR_OBS_RETRACTED,
    TR_OBS_ALLEGATION /* of a party: kept beside, never counted by itself */
} tr_obs_status;

/* One happening in the world that explains one or more events. */
typedef struct {
    tr_hash  id;    /* SHA-256("truce/incident/v1" 00 source id 00 content id) of its anchor */
    tr_time  begin; /* 90 % interval, half open */
    tr_time  end;
    tr_time  best;   /* of an event table: begin of its first day; else the middle */
    tr_place place;  /* p90 and p50 regions */
    int32_t  anchor; /* index of the earliest contributing observation */
    int32_t  n_min, n_best, n_max;
    int32_t  deaths_min, deaths_best, deaths_max;
    int32_t  p_real_ppm; /* -1 = not claimed */
    int32_t  roots;      /* independent sources */
    int32_t  modalities;
    int32_t  reg; /* index of the register that adopts it, or -1 */
    int32_t  source;
    uint8_t  kind, exercise, rung, live;
    uint8_t  contested, side, pad[2]; /* side: 0 undetermined, else 1 + actor index */
} tr_incident;
#pragma GCC diagnostic pop

/* How firmly a side is attributed, 0 .. TR_RUNGS - 1: undetermined, direction, area, side, unit. */
enum { TR_RUNGS = 5 };
const char *tr_rung_name(int32_t rung);

/* The incident that one observation gives by the trivial solver. */
void tr_fuse_one(const tr_obs *obs, tr_str source_id, int32_t anchor, int32_t reg,
                 tr_incident *incident);
/* "i-" and 20 hex digits. */
enum { TR_INCIDENT_ID = 22 };
void tr_incident_name(const tr_incident *incident, char name[TR_INCIDENT_ID + 1]);

#endif
