/* desk.h -- a mission on one machine: its seats, their trial keys, and a pen.
 *
 * A live mission has its keys in many hands.  A trial, a replay and a test have
 * them in one drawer: every seat's key is derived from one master seed, and two
 * signatures are not two people (page and report say so).  The pen writes an
 * entry as the seat that may, steps the mission with it, and hands it on to
 * whoever keeps the record (files in shell, memory in a case).
 */
#ifndef TR_DESK_H
#define TR_DESK_H

#include "mission/mission.h"

#define TR_TRIAL_NOTICE "trial keys, one machine: two signatures are not two people"

typedef struct {
    tr_role   role;
    tr_str    holder; /* "mission", a party's id, a source's id */
    tr_author author;
} tr_seat;
typedef struct {
    tr_str  origin;
    uint8_t master[32];
    TR_VEC(tr_seat) seat;
} tr_desk;

/* No seats yet; they are made as they are asked for. */
void tr_desk_open(tr_desk *desk, tr_str origin, const uint8_t master[32]);
/* The seat of that role and holder; its chain follows the mission's keyring when there is one.
 * The pointer holds until the next call. */
tr_seat *tr_desk_seat(tr_desk *desk, tr_arena *keep, tr_role role, tr_str holder);
/* The log's own key: its name is the origin. */
tr_author tr_desk_log(const tr_desk *desk);

/* Where written entries and blobs go, and which head an author has seen. */
typedef struct {
    void *context;
    bool (*append)(void *context, tr_str raw, tr_err *err);
    bool (*blob)(void *context, tr_str bytes, tr_hash *hash, tr_err *err);
    tr_head (*head)(void *context);
} tr_keeper;

typedef struct {
    tr_arena   *keep;
    tr_desk     desk;
    tr_mission *mission;
    tr_keeper   keeper;
    bool        keep_invalid; /* a refused entry has its index too, so the keeper gets it */
} tr_pen;

/* Entry 0 for a compiled agreement whose inlined text is a blob already. */
bool tr_pen_genesis(tr_pen *pen, const tr_plan *plan, tr_str agreement, tr_time at, tr_str *raw,
                    tr_err *err);
/* Enrol the seats that every trial has: clock, secretariat, one of each party, guarantor, body. */
bool tr_pen_enrol_all(tr_pen *pen, tr_time at, tr_err *err);

/* Write one entry as a seat of that role and holder (enrolled before).  refs may be NULL. */
bool tr_pen_write(tr_pen *pen, tr_role role, tr_str holder, tr_entry_type type, tr_time at,
                  tr_json *body, tr_json *refs, tr_err *err);
bool tr_pen_tick(tr_pen *pen, tr_time t, tr_str source, tr_err *err);
/* Register a source and enrol its device key, unless it is there already. */
bool tr_pen_source(tr_pen *pen, tr_str source, tr_str kind, tr_time at, tr_err *err);
/* Rows (canonical bodies without `source`) as one observation.batch; [rows] in the given order. */
typedef struct {
    tr_str  row;
    tr_time begin, end;
    tr_kind kind;
} tr_pen_row;
bool tr_pen_batch(tr_pen *pen, tr_str source, const tr_pen_row *row, int64_t rows, tr_time at,
                  tr_err *err);

#endif
