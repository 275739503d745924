/* against.h -- texts read by the parser of lib/terms and by the grammar beside it. */
#ifndef AGAINST_H
#define AGAINST_H

#include "base/base.h"

typedef struct {
    long accepted; /* sentences that both read whole */
    long rejected; /* ... that both stop in */
    long left;     /* ... that the parser left for their meaning: no claim */
    long plans;    /* texts without any mistake */
} against_count;

enum { AGAINST_FAULT = 2000 };

/* Each sentence of the text is read by both; those that begin at `from` or later are counted.
 * False when they differ, and `fault` says where. */
bool against_text(tr_arena arena, tr_str text, ptrdiff_t from, against_count *count,
                  char fault[AGAINST_FAULT]);

/* A text without mistakes, laid out: the same plan; laid out again: the same text. */
bool against_layout(tr_arena arena, tr_str text, against_count *count, char fault[AGAINST_FAULT]);

#endif
