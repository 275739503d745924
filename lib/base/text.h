/* text.h -- comparing, cutting, reading and writing text.
 *
 *     tr_out out = tr_out_new(&arena);
 *     tr_put(&out, "%d rows of ", rows);
 *     tr_put_str(&out, name);
 *     tr_str text = tr_out_text(&out);
 */
#ifndef TR_TEXT_H
#define TR_TEXT_H

#include "base/base.h"

tr_str    tr_str_of(const char *zero_terminated);
bool      tr_str_eq(tr_str a, tr_str b);
bool      tr_str_is(tr_str a, const char *zero_terminated);
int       tr_str_cmp(tr_str a, tr_str b); /* by bytes, then by length: -1, 0, 1 */
bool      tr_str_starts(tr_str a, const char *prefix);
tr_str    tr_str_from(tr_str a, ptrdiff_t begin);               /* clipped to the text */
tr_str    tr_str_cut(tr_str a, ptrdiff_t begin, ptrdiff_t end); /* clipped to the text */
tr_str    tr_str_trim(tr_str a);                 /* blanks, tabs, CR, LF off both ends */
ptrdiff_t tr_str_find(tr_str a, char c);         /* -1 when absent */
tr_str    tr_str_keep(tr_arena *keep, tr_str a); /* a copy */
char     *tr_str_z(tr_arena *keep, tr_str a);    /* a zero terminated copy */

/* Take the text up to the next `sep` off the front of `rest`; false when
 * nothing is left.  "a,,b" gives three pieces, "" one empty piece. */
bool tr_str_next(tr_str *rest, char sep, tr_str *piece);

/* Valid UTF-8 by RFC 3629 (no overlong form, no surrogate, at most U+10FFFF)?
 * `bad` (may be NULL) receives the offset of the first bad byte. */
bool tr_utf8_ok(tr_str a, ptrdiff_t *bad);

/* A decimal integer, whole text, optional '-', no other sign, no blanks, no
 * leading zeros unless `zeros`.  Silent false on anything else. */
bool tr_int_read(tr_str a, int64_t *value);
bool tr_int_read_zeros(tr_str a, int64_t *value);

/* Decimal text with at most `places` digits after the point, times
 * 10^places, exactly: ("37.5", 7) -> 375000000.  Silent false otherwise. */
bool tr_fixed_read(tr_str a, int places, int64_t *value);

/* Edit distance of two short words (at most 63 bytes each, else the longer
 * length), for "did you mean": Damerau-Levenshtein, adjacent swaps. */
int tr_str_distance(tr_str a, tr_str b);

/* Text that grows in an arena. */
typedef struct {
    tr_arena *arena;
    TR_VEC(char) buf;
} tr_out;
tr_out tr_out_new(tr_arena *arena);
void   tr_put(tr_out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void   tr_put_str(tr_out *out, tr_str a);
void   tr_put_bytes(tr_out *out, const void *at, ptrdiff_t len);
void   tr_put_char(tr_out *out, char c);
tr_str tr_out_text(const tr_out *out);
char  *tr_out_z(tr_out *out); /* the text, zero terminated in place */

/* Hex, lower case. */
void tr_put_hex(tr_out *out, const uint8_t *at, ptrdiff_t len);
bool tr_hex_read(tr_str hex, uint8_t *at, ptrdiff_t len); /* exactly 2*len lower case digits */

/* One error for a reader: "TR0112: text" or "file:line:col: error TR0112: text",
 * then "hint: ...".  `place` may be empty. */
void tr_put_err(tr_out *out, tr_str place, const tr_err *err);

#endif
