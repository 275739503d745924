/* plan_deed.h -- what the record says that was done, declared, measured, asked or decided.
 *
 * One row for each entry of these types: ratification, declaration, measurement, request, contact,
 * access, adjudication, reply, plan.  Names are resolved to indices of the plan; what the plan does
 * not name is -1.  Only the mission makes them; evaluators read them in any order and sort by `on`,
 * then by `entry`.  A notification is a tr_notice (plan.h), a response a said row of the mission.
 */
#ifndef TR_PLAN_DEED_H
#define TR_PLAN_DEED_H

#include "geo/geo.h"
#include "terms/plan_base.h"

typedef enum {
    TR_DEED_RATIFICATION,
    TR_DEED_DECLARATION,
    TR_DEED_MEASUREMENT,
    TR_DEED_REQUEST,
    TR_DEED_CONTACT,
    TR_DEED_ACCESS,
    TR_DEED_ADJUDICATION,
    TR_DEED_REPLY,
    TR_DEED_PLAN
} tr_deed_kind;

/* `what` of a deed, by kind. */
typedef enum {
    TR_RATIFY_SIGNED,
    TR_RATIFY_RATIFIED,
    TR_RATIFY_DEPOSITED,
    TR_RATIFY_ACCEDED,
    TR_RATIFY_WITHDRAWN
} tr_ratify;
typedef enum {
    TR_CONTACT_HOTLINE,
    TR_CONTACT_MEETING,
    TR_CONTACT_NOTICE,
    TR_CONTACT_ACKNOWLEDGEMENT,
    TR_CONTACT_CONSENT,
    TR_CONTACT_REFUSAL
} tr_contact;
typedef enum {
    TR_ACCESS_GRANTED,
    TR_ACCESS_DENIED,
    TR_ACCESS_DELAYED,
    TR_ACCESS_CONDITIONAL,
    TR_ACCESS_THREATENED
} tr_access;
typedef enum { TR_REPLY_ACCEPT, TR_REPLY_CONTEST, TR_REPLY_REMEDY, TR_REPLY_DENY } tr_reply;
typedef enum {
    TR_DECIDED_ACTIVE,
    TR_DECIDED_NOT_ACTIVE,
    TR_DECIDED_OTHER,
    TR_DECIDED_SIDE
} tr_decided;

#define TR_VALUE_SCALE 1000 /* a value is kept in thousandths of its unit */

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
typedef struct {
    int64_t entry;
    tr_time told;  /* t of the last tick before it, which nobody can antedate; TR_TIME_MAX when
                      there was none */
    tr_time on;    /* when it was done: `on` of a ratification, begin of what a declaration is as
                      of, begin of the span of a measurement, contact or access; else `told` */
    tr_time begin; /* its span or period; of a request and a plan what is asked or planned;
                      TR_TIME_NONE when it has none */
    tr_time  end;
    int64_t  low, best, high; /* thousandths of the unit; high INT64_MAX: at least */
    int64_t  about;           /* entry that it refers to, or -1 */
    int64_t  slot;            /* mission, of a decision on a side: what it is about, or -1 */
    int64_t  body; /* mission: offset of a corrected body in the text pool, 0 = as recorded */
    uint64_t content; /* first bytes of the hash of its body: two of one body say one thing */
    uint64_t to;   /* bits of actors: recipients, those in contact */
    tr_place place;
    int32_t  kind;     /* tr_deed_kind */
    int32_t  what;     /* by kind, above */
    int32_t  role;     /* of the author: tr_role bit */
    int32_t  who;      /* actor: the author where it is one; of a declaration or ratification only
                          the one it is about; of a request who asks; of access who denied or
                          granted; of a plan who acts; or -1 */
    int32_t owner;     /* of a measurement: actor who owns its source, or -1 */
    int32_t amount;    /* index of plan->amount, or -1 */
    int32_t basis;     /* tr_basis (plan_measure.h) */
    int32_t part;      /* of a share: the actor whose part it is, or -1 */
    int32_t act;       /* of a request: index of the act, or -1 */
    int32_t class_;    /* of a request: index of the class that its act names, or -1 */
    int32_t verb;      /* of a request: first clause that forbids or permits by that verb, or -1 */
    int32_t clause;    /* of an adjudication or reply: clause it is about, or -1 */
    int32_t organ;     /* of a ratification: index of plan->organ, or -1 */
    int32_t retracted; /* living retractions and corrections of it: it counts only at 0 */
    int32_t side;      /* of a decision on a side: 1 + actor, 0 undetermined */
    int32_t rung;      /* and how firmly: tr_rung_name (fuse/fuse.h) */
} tr_deed;
#pragma GCC diagnostic pop

#endif
