/* bench.h -- one measure: ours beside its peer, taken in the same run on the same machine.
 *
 * A measure prints on standard error what it does and returns its rows; bench.c prints them as a
 * table or as JSON.  A goal that is not met prints `no`, it never stops the run.
 */
#ifndef TR_BENCH_H
#define TR_BENCH_H

#include "base/base.h"

typedef struct {
    const char *name;
    double      ours;
    const char *unit;
    const char *peer; /* "" when there is none */
    double      peer_value;
    double      goal;    /* ours must be at least this; 0 = none */
    bool        at_most; /* ours must be at most the goal */
} tr_measure;

enum { TR_MEASURES = 64 };
typedef struct {
    tr_measure row[TR_MEASURES];
    int        rows;
} tr_measures;
void tr_measured(tr_measures *all, tr_measure measure);

/* Median seconds of `runs` calls. */
double tr_bench_seconds(void);
double tr_bench_median(double *values, int count);

/* The measures, by name. */
void bench_import(tr_measures *all);
void bench_terms(tr_measures *all);
void bench_verify(tr_measures *all);

#endif
