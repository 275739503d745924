/* diagram.h -- an agreement as one picture: what is prohibited, what counts it, who answers, and
 * the deadlines of duties and of each ladder on a scale of time.
 *
 * SVG 1.1 with real text, a title and a description, and the reading of every clause as the title
 * of its box; light, and dark where the reader's screen is; nothing is fetched.  Deadlines that
 * wait for another step or duty are drawn as if that were done at its own deadline.
 */
#ifndef TR_DIAGRAM_H
#define TR_DIAGRAM_H

#include "base/text.h"
#include "terms/plan.h"

/* `keep` is scratch. */
void tr_put_diagram(tr_out *out, tr_arena keep, const tr_plan *plan);

#endif
