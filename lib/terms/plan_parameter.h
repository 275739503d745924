/* plan_parameter.h -- numbers that an agreement names once, with where each comes from.
 *
 *     parameter grace 30 days "invented for the example"
 */
#ifndef TR_PLAN_PARAMETER_H
#define TR_PLAN_PARAMETER_H

#include "terms/plan_base.h"

typedef struct {
    tr_str       name;   /* "grace" */
    tr_str       number; /* "30", as written */
    tr_str       unit;   /* "days", "%"; may be empty */
    tr_str       value;  /* number and unit: "30 days" */
    tr_str       source; /* where it comes from */
    bool         keyword; /* the unit is a word of the text's language */
    bool         used;   /* some sentence says it */
    tr_text_span span;   /* the name in its declaration */
} tr_parameter;

#endif
