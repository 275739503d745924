/* bench.c -- behind the door to every measurement: truce-bench [NAME...] [--json]. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const struct {
    const char *name;
    const char *what;
    void (*run)(tr_measures *all);
} benches[] = {
    {"import", "rows into and out of the record, beside SQLite", bench_import},
    {"terms", "the agreement language: check, front end, language server", bench_terms},
    {"verify", "thresholds over sliding windows", bench_verify},
};
enum { BENCHES = sizeof benches / sizeof benches[0] };

void tr_measured(tr_measures *all, tr_measure measure)
{
    assert(all->rows < TR_MEASURES);
    all->row[all->rows++] = measure;
}

double tr_bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double tr_bench_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static bool holds(const tr_measure *m)
{
    return m->goal <= 0 || (m->at_most ? m->ours <= m->goal : m->ours >= m->goal);
}

static void print_table(const tr_measures *all)
{
    printf("%-34s %14s %-8s %-22s %14s %7s %12s %s\n", "measure", "ours", "unit", "peer", "peer's",
           "ratio", "goal", "holds");
    for (int i = 0; i < all->rows; i++) {
        const tr_measure *m = &all->row[i];
        char              peer[32] = "", ratio[32] = "", goal[32] = "";
        if (m->peer[0]) {
            snprintf(peer, sizeof peer, "%.0f", m->peer_value);
            snprintf(ratio, sizeof ratio, "%.2f", m->ours / m->peer_value);
        }
        if (m->goal > 0)
            snprintf(goal, sizeof goal, "%s%.0f", m->at_most ? "<= " : ">= ", m->goal);
        printf("%-34s %14.0f %-8s %-22s %14s %7s %12s %s\n", m->name, m->ours, m->unit, m->peer,
               peer, ratio, goal,
               m->goal <= 0 ? ""
               : holds(m)   ? "yes"
                            : "no");
    }
}

static void print_json(const tr_measures *all)
{
    printf("[");
    for (int i = 0; i < all->rows; i++) {
        const tr_measure *m = &all->row[i];
        printf("%s\n{\"name\":\"%s\",\"ours\":%.3f,\"unit\":\"%s\"", i ? "," : "", m->name, m->ours,
               m->unit);
        if (m->peer[0])
            printf(",\"peer\":\"%s\",\"peer_value\":%.3f,\"ratio\":%.4f", m->peer, m->peer_value,
                   m->ours / m->peer_value);
        if (m->goal > 0)
            printf(",\"goal\":%.3f", m->goal);
        printf(",\"holds\":%s}", holds(m) ? "true" : "false");
    }
    printf("\n]\n");
}

static int usage(void)
{
    fprintf(stderr, "usage: ./bench [NAME...] [--json]\n");
    for (int i = 0; i < BENCHES; i++)
        fprintf(stderr, "  %-8s %s\n", benches[i].name, benches[i].what);
    return 3;
}

int main(int argc, char **argv)
{
    static tr_measures all;
    bool               json = false, wanted[BENCHES] = {false}, some = false;
    for (int i = 1; i < argc; i++) {
        int at = 0;
        while (at < BENCHES && strcmp(argv[i], benches[at].name) != 0)
            at++;
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (at < BENCHES)
            wanted[at] = some = true;
        else
            return usage();
    }
    for (int i = 0; i < BENCHES; i++)
        if (wanted[i] || !some)
            benches[i].run(&all);
    (json ? print_json : print_table)(&all);
    return 0;
}
