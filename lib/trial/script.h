/* script.h -- inside lib/trial: a script cut into statements, and readers of their words. */
#ifndef TR_TRIAL_SCRIPT_H
#define TR_TRIAL_SCRIPT_H

#include "base/kinds.h"
#include "base/text.h"
#include "base/time.h"
#include "fuse/fuse.h"
#include "terms/plan.h"

typedef struct {
    tr_str  text;
    int32_t column; /* 1 up */
    bool    quoted;
} token;

typedef enum {
    SAY_TICK,
    SAY_OBSERVE,
    SAY_TABLE,
    SAY_BATCH,
    SAY_AGAIN,
    SAY_RESEND,
    SAY_CORRECT,
    SAY_WITHDRAW,
    SAY_OBJECT,
    SAY_ATTRIBUTE, /* decides whose something was */
    SAY_RESPONSE,
    SAY_SOURCE,
    SAY_NOTICE,
    SAY_DEED, /* ratifies, declares, measures, asks, consents, decides; access; plan */
    SAY_WRITES,
    SAY_SNAPSHOT,
    SAY_SHUFFLE,
    SAY_SWAP,
    SAY_REMEMBER,
    SAY_INVALID, /* expect invalid: of the next statement */
    SAY_EXPECT,
    SAY_FINDING /* expect refused, expect warned: of the agreement */
} say_kind;

typedef struct {
    const token *token;
    int32_t      tokens;
    int32_t      line;
    say_kind     kind;
    tr_str       raw;    /* the line, trimmed */
    tr_str       block;  /* of """, or at NULL */
    tr_str       label;  /* `as NAME`, or empty */
    int32_t      number; /* as `entry N` counts; 0 = writes none that is counted */
    int32_t      of;     /* statement whose entry it names, or -1 */
    int32_t      after;  /* the newest earlier statement that names the same, or -1 */
} statement;

typedef struct {
    tr_str           title;
    int32_t          line;
    tr_str           path;      /* of the agreement, or empty */
    tr_str           agreement; /* its text when it stands in the script */
    int32_t          agreement_line;
    const statement *at;
    int32_t          statements;
} script_case;

typedef TR_VEC(script_case) script_cases;

/* Cut a script into cases and statements; numbers and names of entries are resolved. */
bool script_read(tr_arena *keep, tr_str text, script_cases *cases, tr_err *err);
/* How far the place of a statement among others is free.  What is seen, and every correction, moves
 * anywhere; what is said or done moves among what is written between the same two ticks, because it
 * counts from the last tick before it; the rest stays. */
typedef enum { SAY_FIXED, SAY_BETWEEN_TICKS, SAY_FREE } say_freedom;
say_freedom say_moves(const statement *say);
/* Exchange the words a and b outside quotes and comments. */
tr_str script_swap_text(tr_arena *keep, tr_str text, tr_str a, tr_str b);
void   script_swap(tr_arena *keep, script_case *script, tr_str a, tr_str b);

/* ---- words of a statement ---- */

typedef struct {
    const statement *of;
    int32_t          next;
    const tr_tz     *tz;
    tr_time          day; /* the day of a time of day that stands alone; TR_TIME_NONE = none */
} words;

words  words_of(const statement *of, const tr_tz *tz);
bool   words_done(const words *w);
tr_str words_look(const words *w); /* the next word, empty at the end or when it is quoted */
bool   words_fail(const words *w, tr_err *err, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool words_is(const words *w, const char *word);
bool words_take(words *w, const char *word); /* silent */
bool words_need(words *w, const char *word, tr_err *err);
bool words_end(const words *w, tr_err *err); /* nothing may follow */
bool words_any(words *w, const char *what, tr_str *word, tr_err *err);
bool words_quoted(words *w, const char *what, tr_str *text, tr_err *err);
bool words_int(words *w, const char *what, int64_t *value, tr_err *err);
bool words_is_int(const words *w);
bool words_time(words *w, tr_time *t, tr_err *err);
/* "5 5 unbounded": certain, best, possible, or min, best, max. */
bool words_triple(words *w, int64_t triple[3], tr_err *err);
bool words_place(words *w, const tr_plan *plan, tr_place *place, tr_err *err);
bool words_metres(words *w, int32_t *metres, tr_err *err);
/* "between T and T", "seen T", "from T to T", "on D [to D]"; false and err.code 0: none of these.
 */
bool words_span(words *w, tr_span *span, tr_err *err);
/* Kind and count, in any order, up to a word that begins another part. */
bool words_what(words *w, tr_kind *kind, int64_t count[3], bool *counted, tr_err *err);

#endif
