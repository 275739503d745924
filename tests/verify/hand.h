/* hand.h -- a small agreement and incidents made by hand, for the tests of verify and respond.
 *
 * Clauses: 0 prohibition of fire in the whole area, 1 threshold that counts breaches of it,
 * 2.. free.  Zones: 0 the box 30..31 E 48..49 N.  Classes: 0 fire, 1 fatal events.
 */
#ifndef TR_HAND_H
#define TR_HAND_H

#include "check.h"

#include "verify/verify.h"

typedef struct {
    tr_plan      plan;
    tr_clause    clause[12];
    tr_plan_zone zone[2];
    tr_class     class_[2];
    tr_gate      gate[1];
    tr_counting  counting[3];
    tr_register  reg[1];
    tr_actor     actor[2];
} hand;

enum { HAND_TERM, HAND_THRESHOLD, HAND_FREE };
enum { HAND_INC, HAND_SMM };
#define HAND_BIT(kind) (UINT64_C(1) << (kind))

__attribute__((unused)) static tr_stretch hand_days(int64_t days)
{
    return (tr_stretch){days, 0};
}

__attribute__((unused)) static tr_stretch hand_ns(int64_t ns)
{
    return (tr_stretch){-1, ns};
}

/* "2015-02-15 00:00", Kyiv time. */
__attribute__((unused)) static tr_time hand_time(const char *text)
{
    tr_time t = 0;
    tr_err  err = {0};
    CHECK_OK(tr_time_read_any(tr_str_of(text), tr_tz_find(TR_STR("Europe/Kyiv")), &t, &err), err);
    return t;
}

/* More than 14 certain in the window; fewer than 4 possible for the hold. */
__attribute__((unused)) static tr_threshold hand_threshold(tr_stretch window, tr_stretch off_hold)
{
    tr_condition on = {.counting = HAND_INC, .of = HAND_TERM, .zone = -1, .kinds = UINT64_MAX,
                       .window = window, .least = 15, .most = INT64_MAX, .set = TR_SET_CERTAIN};
    tr_condition off = on;
    off.least = 0;
    off.most = 3;
    off.set = TR_SET_POSSIBLE;
    return (tr_threshold){.on = {on}, .ons = 1, .off = {off}, .offs = 1, .on_hold = hand_ns(0),
                          .off_hold = off_hold, .from = TR_TIME_NONE, .exercises = true,
                          .contested = true, .late = TR_LATE_AS_HAPPENED,
                          .reg = -1};
}

__attribute__((unused)) static void hand_make(hand *h)
{
    tr_err err = {0};
    *h = (hand){0};
    tr_box box = {{300000000, 480000000}, {310000000, 490000000}};
    CHECK_OK(tr_zone_of_box(&h->zone[0].zone, TR_STR("box"), box, &err), err);
    h->class_[0] = (tr_class){.name = TR_STR("fire"), .kinds = tr_kind_class(TR_KIND_FIRE_)};
    h->class_[1] = (tr_class){.name = TR_STR("fatal"), .kinds = HAND_BIT(TR_KIND_EVENT_FATAL_)};
    h->reg[0] = (tr_register){.id = TR_STR("table"), .kinds = UINT64_MAX};
    h->gate[0] = (tr_gate){.name = TR_STR("established"), .confidence_ppm = 900000, .sources = 2,
                           .rung = 1};
    h->counting[HAND_INC] =
        (tr_counting){.name = TR_STR("incidents"), .rule = TR_RULE_INC, .version = 1};
    h->counting[HAND_SMM] =
        (tr_counting){.name = TR_STR("fires"), .rule = TR_RULE_SMM, .version = 1};
    h->clause[HAND_TERM] = (tr_clause){
        .label = TR_STR("2.1"),
        .kind = TR_CLAUSE_PROHIBITION,
        .u.prohibition = {.actors = 3, .class_ = 0, .zone = -1, .gate = -1, .begin = TR_TIME_NONE,
                          .end = TR_TIME_MAX}};
    h->clause[HAND_THRESHOLD] = (tr_clause){
        .label = TR_STR("6.1"),
        .kind = TR_CLAUSE_THRESHOLD,
        .u.threshold = hand_threshold(hand_days(7), hand_days(14))};
    h->plan = (tr_plan){.tz = tr_tz_find(TR_STR("Europe/Kyiv")),
                        .area = {{290000000, 440000000}, {410000000, 530000000}},
                        .signature = TR_TIME_NONE, .in_force = TR_TIME_NONE,
                        .actor = h->actor, .actors = 2,
                        .zone = h->zone, .zones = 1, .class_ = h->class_, .classes = 2,
                        .gate = h->gate, .gates = 1, .counting = h->counting, .countings = 2,
                        .reg = h->reg, .regs = 1, .clause = h->clause, .clauses = 2};
}

/* One explosion in the middle of the zone, seen by one source, at [begin, end). */
__attribute__((unused)) static tr_incident hand_incident(int32_t number, tr_time begin, tr_time end)
{
    tr_incident incident = {.begin = begin, .end = end, .best = begin + (end - begin) / 2,
                            .place = {.at = {305000000, 485000000}, .r_max_m = 100,
                                      .kind = TR_PLACE_POINT},
                            .n_min = 1, .n_best = 1, .n_max = 1, .p_real_ppm = -1, .roots = 1,
                            .modalities = 1, .reg = -1, .kind = TR_KIND_EXPLOSION_, .live = 1};
    incident.id = tr_sha256((tr_str){(const char *)&number, sizeof number});
    return incident;
}

/* Seeded numbers: xorshift64*. */
__attribute__((unused)) static uint64_t hand_random(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

__attribute__((unused)) static int64_t hand_below(uint64_t *seed, int64_t n)
{
    return (int64_t)((hand_random(seed) >> 11) % (uint64_t)n);
}

#endif
