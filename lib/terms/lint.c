/* lint.c -- the static checks of a whole agreement, in order, and what they share (lint.h). */
#include "terms/lint.h"

#include <stdarg.h>
#include <stdio.h>

void lint_report(lint *l, report what, const tr_witness *witness, const char *format, ...)
{
    char                   text[240];
    const tr_terms_result *r = l->f->result;
    int32_t                before = r->diagnostics;
    va_list                args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    front_report(l->f, what, "%s", text);
    if (r->diagnostics > before)
        r->diagnostic[before].witness = *witness;
}

tr_witness lint_witness(int32_t clause, int32_t other)
{
    return (tr_witness){.given = true,
                        .clause = clause,
                        .other = other,
                        .actor = -1,
                        .kind = -1,
                        .on = TR_TIME_NONE};
}

tr_span lint_span(const tr_plan *plan, const tr_prohibition *p)
{
    tr_time begin = p->begin > plan->in_force ? p->begin : plan->in_force;
    return (tr_span){begin, p->end};
}

int32_t lint_first(uint64_t bits)
{
    for (int32_t i = 0; i < 64; i++)
        if (bits >> i & 1)
            return i;
    return -1;
}

void check_whole(front *f)
{
    lint l = {f, LINT_EDGES};
    lint_graph(&l);
    lint_duties(&l);
    lint_times(&l);
    lint_counts(&l);
    lint_zones(&l);
    lint_whens(&l);
    lint_permits(&l);
    lint_excepts(&l);
    lint_measures(&l);
}
