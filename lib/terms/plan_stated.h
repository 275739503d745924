/* plan_stated.h -- what an agreement's file states beside its terms, never an input of a verdict:
 * open and sealed terms, wordings, attributed statements, meetings, changes claimed.
 */
#ifndef TR_PLAN_STATED_H
#define TR_PLAN_STATED_H

#include "terms/plan_base.h"

typedef enum { TR_STATED_OPEN, TR_STATED_SEALED } tr_stated_kind;
/* 5.9 open "ownership of the plant" decided by A, B
 * 5.4 sealed "schedule of measures" sha256 "..." to JMC, A, verdict to JMC */
typedef struct {
    tr_stated_kind kind;
    tr_str         title;
    uint64_t       decided_by;
    tr_str         sha256; /* 64 hex */
    uint64_t       to;
    bool           verdict_public;
    uint64_t       verdict_to;
} tr_stated;

/* text 2.1 en """...""" */
typedef struct {
    int32_t      clause;
    tr_str       lang;
    tr_str       text;
    tr_text_span span;
} tr_wording;

#endif
