/* cover.h -- how much of a stretch of time was watched, and what may be said then.
 *
 * Spans are half open, in ns.  A sensor that was down leaves a hole: never quiet.
 *
 *     spans = tr_cover_unite(span, spans);
 *     watched = tr_cover_ns(span, spans, term_so_far);
 *     facts.watched_ns = watched;
 *     verdict = tr_cover_verdict(&facts);
 */
#ifndef TR_COVER_H
#define TR_COVER_H

#include "verify/verify.h"

/* Sort and unite in place, touching ones too; empty ones go.  Returns how many are left. */
int32_t tr_cover_unite(tr_span *span, int32_t spans);
/* What two united lists have in common, united; `out` has room for as + bs. */
int32_t tr_cover_common(const tr_span *a, int32_t as, const tr_span *b, int32_t bs, tr_span *out);
/* Length of the union of spans inside `within`, saturating at INT64_MAX.  Any order and overlap;
 * linear when sorted by begin, else up to quadratic. */
int64_t tr_cover_ns(const tr_span *span, int32_t spans, tr_span within);
/* watched / whole in ppm, rounded down (so 1,000,000 is all of it); 0 when whole is 0. */
int32_t tr_cover_share_ppm(int64_t watched_ns, int64_t whole_ns);

/* What a prohibition's verdict follows from. */
typedef struct {
    bool    in_force;     /* its time has begun */
    bool    suspended;
    bool    breached;     /* a finding past proof */
    bool    doubtful;     /* a finding below proof, or cut by an edge of place or time */
    bool    ahead;        /* a deadline that lies ahead decides */
    int64_t watched_ns;   /* of its time so far, in shares of its place (effort.h) */
    int64_t whole_ns;
    int32_t coverage_ppm; /* least share for `complied` */
} tr_verdict_facts;
/* The first that holds; exact, no rounding:
 *
 *     its time has not begun            not in force
 *     suspended                         suspended
 *     a finding past proof              breached, at any coverage
 *     a deadline ahead decides          open
 *     a finding that is not certain     undetermined, at any coverage: never complied
 *     nothing watched at all            not observed
 *     watched >= coverage               complied
 *     else                              undetermined
 */
tr_verdict tr_cover_verdict(const tr_verdict_facts *facts);

#endif
