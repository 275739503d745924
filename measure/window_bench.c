/* window_bench.c -- incidents a second through the evaluator of one threshold.
 *
 * In batches of 4,096, each followed by a run: in order of time, and in a random order of the
 * same incidents; then single late incidents, each followed by a run.
 */
#include <stdio.h>

#include "base/random.h"
#include "bench.h"
#include "shell/memory.h"
#include "verify/window.h"

enum { BATCH = 4096, LATE = 2000, INCIDENTS = 1000000 };
static const tr_time APART = 600 * TR_SECOND; /* one incident each ten minutes */

/* Incident i: about one an APART, busier and calmer by turns of some weeks, some minutes long. */
static tr_incident incident_of(int64_t i)
{
    tr_random random = tr_random_seed((uint64_t)i + 1);
    uint64_t  number = tr_random_next(&random);
    tr_time  slot = i / 4000 * 4000;
    tr_time  begin =
        (slot + (i - slot) * (i - slot) / 4000) * APART + (tr_time)(number % 1000) * TR_SECOND;
    tr_time length = (tr_time)(number >> 20 & 1023) * TR_SECOND;
    return (tr_incident){.begin = begin,
                         .end = begin + length,
                         .best = begin + length / 2,
                         .n_min = 1,
                         .n_best = 1,
                         .n_max = 1,
                         .p_real_ppm = -1,
                         .roots = 1,
                         .modalities = 1,
                         .reg = -1,
                         .kind = TR_KIND_EXPLOSION_,
                         .live = 1};
}

static tr_timeline run_batches(tr_window *window, const int32_t *order, int64_t count, tr_time now)
{
    tr_timeline line = {0};
    for (int64_t i = 0; i < count; i += BATCH) {
        tr_time last = 0;
        for (int64_t k = i; k < count && k < i + BATCH; k++) {
            tr_incident incident = incident_of(order[k]);
            tr_window_add(window, &incident);
            last = incident.end > last ? incident.end : last;
        }
        tr_window_run(window, now == TR_TIME_NONE ? last : now, &line);
    }
    return line;
}

static void measured(tr_measures *all, const char *name, int64_t count, double begin,
                     tr_timeline line)
{
    double took = tr_bench_seconds() - begin;
    fprintf(stderr, "verify: %s: %.3f s, %d activations\n", name, took, line.activations);
    tr_measured(all, (tr_measure){name, (double)count / took, "a second", "", 0, 0, false});
}

void bench_verify(tr_measures *all)
{
    int64_t   count = INCIDENTS;
    tr_random random = tr_random_seed(1);
    tr_arena  keep = tr_memory_reserve(TR_MEMORY_LARGE);
    int32_t  *order = TR_NEW(&keep, int32_t, count);

    tr_class     class_ = {.kinds = UINT64_MAX};
    tr_counting  counting = {.rule = TR_RULE_INC, .version = 1};
    tr_condition on = {.zone = -1,
                       .kinds = UINT64_MAX,
                       .window = {7, 0},
                       .least = 1200,
                       .most = INT64_MAX,
                       .set = TR_SET_CERTAIN};
    tr_condition off = on;
    off.least = 0;
    off.most = 700;
    off.set = TR_SET_POSSIBLE;
    tr_clause clause[] = {
        {.kind = TR_CLAUSE_PROHIBITION,
         .u.prohibition = {.zone = -1, .gate = -1, .begin = TR_TIME_NONE, .end = TR_TIME_MAX}},
        {.kind = TR_CLAUSE_THRESHOLD,
         .u.threshold = {.on = {on},
                         .ons = 1,
                         .off = {off},
                         .offs = 1,
                         .on_hold = {-1, 0},
                         .off_hold = {3, 0},
                         .from = 0,
                         .reg = -1,
                         .exercises = true,
                         .contested = true}}};
    tr_plan plan = {.tz = tr_tz_find(TR_STR("Europe/Kyiv")),
                    .in_force = TR_TIME_NONE,
                    .class_ = &class_,
                    .classes = 1,
                    .counting = &counting,
                    .countings = 1,
                    .clause = clause,
                    .clauses = 2};

    for (int64_t i = 0; i < count; i++)
        order[i] = (int32_t)i;
    double     begin = tr_bench_seconds();
    tr_window *window = tr_window_new(&keep, &plan, 1);
    measured(all, "window, incidents in order", count, begin,
             run_batches(window, order, count, TR_TIME_NONE));

    for (int64_t i = count - 1; i > 0; i--) {
        int64_t k = (int64_t)tr_random_below(&random, (uint64_t)(i + 1));
        int32_t swap = order[i];
        order[i] = order[k];
        order[k] = swap;
    }
    tr_time    end = (count + 4000) * APART;
    tr_arena   other = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_window *shuffled = tr_window_new(&other, &plan, 1);
    begin = tr_bench_seconds();
    measured(all, "window, incidents in random order", count, begin,
             run_batches(shuffled, order, count, end));

    tr_timeline line = {0};
    begin = tr_bench_seconds();
    for (int64_t i = 0; i < LATE; i++) {
        tr_incident incident = incident_of((int64_t)tr_random_below(&random, (uint64_t)count));
        tr_window_add(shuffled, &incident);
        tr_window_run(shuffled, end, &line);
    }
    measured(all, "window, single late ones", LATE, begin, line);
}
