/* front.h -- what the files of the compiler's front share; private to lib/terms.
 *
 * Life of a statement: `lex.c` cuts tokens on demand, `parse.c` and `clause.c` read one statement
 * at a time straight into the plan, `shape.c` makes lines and zones, `check.c` resolves references
 * to clauses and checks the whole.  Layout carries meaning: a statement begins in the first column,
 * indented lines continue it; so recovery needs no guess, and a mistake never swallows a neighbour.
 *
 * `panic` is set by a sentence that cannot be read on; what follows in that statement is skipped
 * and not reported.  A name or label is declared before its body is read, so that one mistake does
 * not make every later use of the name a second one; `bad` marks it.
 */
#ifndef TR_TERMS_FRONT_H
#define TR_TERMS_FRONT_H

#include "base/text.h"
#include "terms/terms.h"

enum {
    FRONT_TEXT_BYTES = 64 << 20, /* of one agreement */
    FRONT_NAME_BYTES = 63,
    FRONT_ACTORS = 64,
    FRONT_LINES = 64,
    FRONT_ZONES = 128,
    FRONT_CLASSES = 128,
    FRONT_PARAMETERS = 128,
    FRONT_SMALL = 64, /* proofs, countings, registers, acts */
    FRONT_CLAUSES = 512,
    FRONT_VERSIONS = 64,    /* of one line */
    FRONT_STRIPS = 32,      /* of one zone */
    FRONT_DIVISIONS = 16,   /* zones divided into sectors */
    FRONT_SLOTS = 4096,    /* of the table of names; above twice the names that may be declared */
    FRONT_CORNERS = 100000 /* of one line or zone */
};

typedef enum {
    TOK_END,
    TOK_WORD,   /* letters, digits, _ and inner - or . */
    TOK_NUMBER, /* digits with inner dots: 14, 37.5, 6.1, 1.0.2; or in groups: 800,000 */
    TOK_DATE,   /* 2015-02-15 */
    TOK_CLOCK,  /* 00:00 or 00:00:00 */
    TOK_MOMENT, /* 2015-02-15T00:00:00Z */
    TOK_STRING, /* text holds what stands between the quotes */
    TOK_SIGN,   /* , : ; ( ) < > <= >= % = and the section sign */
    TOK_OPEN,   /* a quote that does not end on its line */
    TOK_BAD     /* a character outside the language */
} tok_kind;

typedef struct {
    tok_kind     kind;
    bool         first; /* in the first column: a statement begins */
    bool         keyword; /* a word of the text's language; `text` is the English one */
    tr_text_span span;
    tr_str       text;
} tok;

typedef struct {
    tr_str  text;
    int32_t at;
    int32_t line;
    int32_t line_begin;
    int32_t no_triple; /* no closing """ at or after this offset; -1 unknown */
    int32_t      lang;  /* 0 English, else a column of keywords.def */
    bool         whole; /* a phrase is one token, not one a word */
    tr_str       rest;  /* of a phrase that is handed out word by word */
    tr_text_span rest_span;
} lexer;

/* keywords.c: the keyword tables.  Column 0 is English. */
enum { KEYWORD_LANGS = 4 };
/* The column of "uk", or -1. */
int32_t keyword_lang(tr_str name);
/* The longest surface form at `at`: its English, and where it ends; false when there is none. */
bool keyword_at(int32_t lang, tr_str text, int32_t at, tr_str *english, int32_t *end);
/* The form to write for an English keyword or phrase; false when it has no row. */
bool keyword_form(int32_t lang, tr_str english, tr_str *form);
/* The nearest form to a word that is none, or an empty text. */
tr_str keyword_nearest(int32_t lang, tr_str word);
/* Most words of a phrase. */
enum { KEYWORD_WORDS = 3 };

lexer lexer_new(tr_str text);
tok   lexer_next(lexer *lex);

typedef enum {
    SYM_ACTOR,
    SYM_LINE,
    SYM_ZONE,
    SYM_CLASS,
    SYM_PROOF,
    SYM_COUNTING,
    SYM_REGISTER,
    SYM_ACT,
    SYM_THRESHOLD,
    SYM_AMOUNT,
    SYM_EACH,
    SYM_INSTRUMENT,
    SYM_STATEMENT,
    SYM_PARAMETER,
    SYM_SORTS
} sym_sort;

typedef struct {
    tr_str       name;
    sym_sort     sort;
    int32_t      index;
    tr_text_span span;
} sym;

/* for each P of A, B */
typedef struct {
    tr_str       name;
    uint64_t     actors; /* bits; 0: the article is read once */
    tr_text_span span;
} front_each;

/* A reference to a clause, resolved when all clauses are read. */
typedef struct {
    int32_t      clause; /* that refers; -1: the head of an article */
    tr_str       label;  /* referred to */
    int32_t     *slot;   /* receives the index */
    int          want;   /* bit of tr_clause_kind */
    int32_t      each;   /* 1 + the actor for whom the sentence was read, or 0 */
    tr_text_span span;
} ref;

/* A name where it is used. */
typedef struct {
    sym_sort     sort;
    tr_str       name;
    tr_text_span span;
} front_name;

/* How a sentence was read, kept only while `listening`: what a grammar of the language is held
 * against.  LEFT says nothing of its words: it was left unread for its meaning (an undeclared act,
 * a vague name, a limit). */
typedef enum { FRONT_FITS, FRONT_MISFIT, FRONT_LEFT } front_fit;
typedef struct {
    tr_text_span first; /* its first token */
    front_fit    fit;
    int32_t      errors;    /* reported in it */
    bool         ladder;    /* it stands in an article that is one */
    bool         positions; /* ... after `positions` */
} front_sentence;

/* What gathers for plan.beside. */
typedef struct {
    TR_VEC(tr_str) lang;
    TR_VEC(tr_wording) wording;
    TR_VEC(tr_actor_name) actor_name;
    TR_VEC(tr_instrument) instrument;
    TR_VEC(tr_cite) cite;
    TR_VEC(tr_code) code;
    TR_VEC(tr_str) link;
    TR_VEC(tr_chain) chain;
    TR_VEC(tr_context) context;
    TR_VEC(tr_meeting) meeting;
    TR_VEC(tr_claimed_change) change;
    TR_VEC(tr_point_was) point;
} front_beside;

/* A label named by one of them. */
typedef struct {
    tr_str       label;
    int32_t     *slot;
    tr_text_span span;
} beside_ref;

/* A deadline that counts from the entry into force. */
typedef struct {
    int32_t      clause;
    tr_text_span span;
} force_use;

enum { HEAD_NONE, HEAD_BAD, HEAD_DONE };

typedef struct {
    tr_arena        *keep;
    tr_terms_files   files;
    void            *context;
    tr_terms_result *result;
    int32_t          kept_errors;
    int32_t          kept_warnings;

    lexer        lex;
    tok          tok;  /* the one to read next */
    tok          last; /* the one read before */
    tok          unit; /* of a parameter: to read after tok; TOK_END: none */
    bool         plain; /* a parameter's name is a word as any other here */
    bool         panic;
    bool         left;      /* with panic, or instead of it: the words themselves may fit */
    tr_text_span statement; /* its first token */
    int32_t      begun; /* sentences, this one too */

    int32_t strips;    /* of all zones */
    int32_t divisions; /* zones divided into sectors */

    tr_plan       plan;
    tr_actor     *actor;
    tr_plan_line *line;
    tr_plan_zone *zone;
    tr_class     *class_;
    tr_gate      *gate;
    tr_counting  *counting;
    tr_register  *reg;
    tr_act       *act;
    tr_clause    *clause;
    tr_exception *exception;
    tr_amount    *amount;
    TR_VEC(tr_str) organs;
    front_beside beside;
    TR_VEC(beside_ref) beside_refs;
    uint8_t *clause_bad;
    int32_t  clause_room;
    TR_VEC(sym) syms;
    uint16_t
        *sym_slot; /* [FRONT_SLOTS]: 1 + index into syms by the hash of sort and name, 0: free */
    TR_VEC(ref) refs;
    TR_VEC(front_name) names; /* where each name is used; only while `indexing` */
    bool indexing;
    TR_VEC(tr_text_span) name_spans; /* words that stand as names or as they are; of `indexing` */
    TR_VEC(front_sentence) sentences; /* only while `listening` */
    bool listening;
    TR_VEC(tr_position) positions;
    TR_VEC(tr_str) position_label; /* beside each position */
    TR_VEC(tr_declared_share) declared;
    bool in_positions;

    int          has_agreement; /* HEAD_... */
    int          has_area;
    int          has_tz;
    bool         has_in_force;
    bool         has_late;
    bool         has_id;
    char        *note; /* where remarks gather */
    bool         in_article;
    bool         area_asked; /* that it stand above: said once */
    bool         tz_asked;
    bool         label_bad;
    int32_t      article_number;
    tr_str       article_title;
    bool         ladder;    /* the article is one */
    tr_str       ladder_on; /* label of its threshold */
    tr_text_span ladder_span;
    int32_t      ladder_clause; /* where the reference of a head of an article is resolved to */
    int32_t      ladder_each; /* `against A`: 1 + that actor, or 0 */
    TR_VEC(front_each) eachs; /* of the articles so far */
    front_each   each;     /* of the article under way */
    TR_VEC(tr_parameter) parameters;
    TR_VEC(force_use) force_uses;
    int32_t      each_now; /* 1 + the actor whose turn it is, or 0 */
    int32_t      label_major;
    int32_t      label_minor;
} front;

typedef struct {
    char z[64];
} quoted;
/* A piece of the text for a message: clipped to 48 bytes, control characters as '?'. */
quoted front_quote(tr_str a);

tr_text_span span_join(tr_text_span a, tr_text_span b);
tr_str       span_text(const front *f, tr_text_span span);

/* report.c.  Return the kept diagnostic, or NULL when it is only counted. */
typedef struct {
    int          code;
    tr_text_span span;
    const char  *detail;
    const char  *hint;
    bool         warning;
} report;
void front_report(front *f, report what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void front_sort(front *f);
/* The same as an error of the sentence: said once, then panic. */
void front_stop(front *f, int code, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for what the words mean: a limit. */
void front_leave(front *f, int code, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The token is not what is needed: names what is ("a number of days"). */
void front_unexpected(front *f, const char *wanted, const char *hint);
bool front_vague(tr_str word);
/* The next word is no name of the sort declared above and would be taken for something else: a
 * vague word, or one that opens a construct. */
bool front_puzzled(const front *f, sym_sort sort);
/* The construct that a keyword opens, when this version does not compile it; else NULL. */
const char *front_refused(tr_str word);

/* tokens.c: reading.  All are silent after panic; `need_` reports. */
void front_step(front *f);
tok  front_peek(const front *f);
bool at_end(const front *f);
bool is_word(const front *f, const char *word);
bool is_sign(const front *f, const char *sign);
bool take_word(front *f, const char *word);
bool take_sign(front *f, const char *sign);
bool need_word(front *f, const char *word, const char *hint);
bool need_name(front *f, tr_str *name, tr_text_span *span, const char *wanted, const char *hint);
bool need_string(front *f, tr_str *text, const char *wanted, const char *hint);
bool need_whole(front *f, int64_t least, int64_t most, int64_t *value, const char *wanted);
bool need_percent(front *f, int32_t *ppm);
/* 800,000, 12.5 or 14 billion, in thousandths: 0 to 10^15, at most three decimals. */
bool need_value(front *f, int64_t *thousandths);
/* After `every`: day, week, month, quarter, year, or a number of them or of hours. */
bool need_every(front *f, tr_period *period);
bool need_stretch(front *f, tr_stretch *stretch);
bool need_moment(front *f, tr_time *t);
/* 22:00 or 22:00:00: the second of the local day. */
bool need_clock(front *f, int32_t *second, const char *hint);
/* clock.c: a local time that the clocks skip or repeat, a warning */
void front_clock_change(front *f, tr_str local, tr_time t, tr_text_span span);
bool need_point(front *f, tr_point *point, tr_text_span *span);
bool need_ref(front *f, tr_str *label, tr_text_span *span);
/* Decimal degrees to 1e-7 degree, half away from zero, by the digits. */
bool front_degrees(tr_str text, int32_t *value);

/* names */
int32_t front_find(const front *f, sym_sort sort, tr_str name);
/* Declare; reports a repetition and a limit.  False when there is no room. */
bool front_declare(front *f, sym_sort sort, tr_str name, tr_text_span span, int32_t index,
                   int32_t room);
/* The index of a name, or -1 reported with the nearest one. */
int32_t front_use(front *f, sym_sort sort, tr_str name, tr_text_span span);
/* Note where a name that was found stands, for the index; SYM_SORTS: the label of a clause. */
void     front_used(front *f, sym_sort sort, tr_str name, tr_text_span span);
bool     front_actor_list(front *f, uint64_t *bits);
uint64_t front_kinds(front *f); /* KIND or KIND or CLASS */

/* terms.c: the whole text into f->plan, reports into f->result; f has keep, files, context and
 * result. */
void front_read(front *f, tr_str text);

/* each.c: articles for each of several actors */
bool    each_read(front *f);    /* after `for` */
bool    each_against(front *f); /* after `against`, in the head of a ladder */
void    each_substitute(front *f);
void    each_clause(front *f, void (*one)(front *f));
tr_str  each_label(front *f, tr_str base);
bool    each_bad(const front *f, int32_t clause);
int32_t each_meant(const front *f, tr_str label, int32_t each);
void    each_list(const front *f, tr_str label, char list[160]);

/* statements */
void       parse_all(front *f);
/* 6.1: the numbers of an article and of a clause. */
bool       clause_label(tr_str label, int32_t *major, int32_t *minor);
void       parse_clause(front *f);
tr_clause *clause_now(front *f);   /* the clause under way */
void       clause_wrong(front *f); /* it cannot be checked further */
void clause_refer(front *f, tr_str label, tr_text_span span, int32_t *slot, tr_clause_kind want);
/* The same with bits of kinds, any of which will do. */
void clause_refer_any(front *f, tr_str label, tr_text_span span, int32_t *slot, int want);
void clause_repeated(front *f, const char *what);
bool clause_cites(front *f);
/* later.c: constructs of a later version, read whole and refused.  True: one was read, or panic. */
bool later_rule(front *f);  /* a counting in words, after the colon; false: no words */
bool later_side(front *f);  /* side >= 90 %, at `side`; false after panic, as the next */
bool later_bound(front *f); /* proved at 99 % by audit, or audit after `by`; false: nothing read */
bool later_audit(front *f); /* after `audit`, at the begin of a section */
bool later_zero(front *f, bool ladder, const char *hint); /* after `of`; false: another one */
bool later_no_deadline(front *f);                         /* of a step */
bool clause_zone(front *f, int32_t *zone);    /* after `in` or `from`; -2: not declared */
bool clause_coverage(front *f, int32_t *ppm); /* coverage >= 60 % */
/* The starting point of a deadline, after `of`. */
bool clause_zero(front *f, tr_zero *zero, int32_t *clause, tr_text_span deadline, bool ladder);
void clause_no_zero(front *f, tr_text_span deadline, tr_text_span stretch);
void parse_obligation(front *f, uint64_t actors);
void duty_with(front *f, const tr_act *act); /* the words that its placeholders stand for */
/* each.c: what brings a duty about again and again */
bool each_begins(const front *f);                 /* after `of` */
bool each_trigger(front *f, tr_obligation *o);    /* request, notice, breach, active, ended */
bool each_cadence(front *f, tr_obligation *o);    /* after `every` */
bool each_quota(front *f, tr_obligation *o);      /* after `at most` */
bool each_target(front *f, tr_obligation *o);     /* after `in` */
void each_whole(front *f, const tr_obligation *o);
void parse_position(front *f); /* LABEL of a clause, ACTOR STANCE, ... */
void parse_positions(front *f);
/* group.c */
void parse_group(front *f);
/* After the actors of a clause: CW through FR must ...; a group by itself is refused. */
bool front_through(front *f, uint64_t *actors, tr_text_span who);
bool parse_decided(front *f, tr_threshold *t); /* decided.c: after `decided` */
/* when.c */
bool    parse_when(front *f, tr_when *when);      /* after `when`, `while` or `once` */
bool    parse_ratified(front *f, tr_when *when);  /* one act of one body */
bool    parse_consent(front *f, tr_when *needs);  /* after `needs`: one more consent */
int32_t front_organ(front *f, tr_str name);       /* index in plan.organ */
bool    front_ratify(front *f, int32_t *act);     /* signs, ratifies, ...: takes the word */
bool    front_by_organ(front *f, int32_t *organ); /* [by STRING] */
/* clauses of other sorts; the label is read */
void parse_force(front *f);     /* force.c: agreement in force when ... */
void parse_effect(front *f);    /* effect.c: suspends, terminates, voids, lifts, exchanges, needs */
void parse_milestone(front *f); /* effect.c */
void parse_quantity(front *f, uint64_t actors); /* measure.c: after `must keep` or `must provide` */
void parse_share(front *f, uint64_t actors);    /* measure.c: after `must share` */
void parse_amount(front *f);                    /* measure.c: the declaration `quantity` */
void parse_permission(front *f, uint64_t actors); /* permit.c: after `may` */
bool permit_when(front *f, tr_exception *e);       /* after `when`: conditions and steps */
bool permit_keep(front *f, const tr_exception *e); /* into the plan; false: no room */
void check_permissions(front *f);
void parse_stated(front *f);                      /* stated.c: open, sealed */
/* said.c: statements beside the terms */
void parse_context(front *f);
void parse_meeting(front *f);
void parse_change(front *f);
void parse_point_was(front *f);
void check_beside(front *f);
bool need_chain(front *f, tr_chains *from); /* STRING: one more chain */
bool need_period(front *f, tr_span *when);   /* DATE [to DATE] */
/* The label of a clause or variant: 4.1, 4.1a. */
bool need_label(front *f, tr_str *label, tr_text_span *span);
/* The clause of that label, also where an article repeats it for each party; or -1. */
int32_t clause_labelled(const front *f, tr_str label);
void front_name_here(front *f); /* tokens.c: the token is a name */
void parse_language(front *f);  /* language.c */
/* wording.c */
void parse_text(front *f);
bool front_actor_names(front *f, int32_t actor, bool body);
void check_wordings(front *f);
/* reading_stated.c */
void read_stated(tr_out *out, const tr_plan *plan, const tr_stated *s);
void read_cites(tr_out *out, const tr_plan *plan, int32_t clause);
/* parameter.c */
void parse_parameter(front *f);
/* The word that follows `before` becomes the number of the parameter that it names, and *unit what
 * follows, or TOK_END: the index of the parameter, or -1. */
int32_t front_parameter(const front *f, const tok *before, tok *t, tok *unit);
/* The number to read next is a label: a parameter there is an error. */
void    front_no_parameter(front *f);
void    check_parameters(front *f);
/* cite.c */
void parse_instrument(front *f);
void parse_code(front *f);
void parse_declared(front *f);
void check_positions(front *f);
void check_periods(front *f); /* measure.c */
bool parse_exception(front *f, tr_prohibition *p);
void parse_line(front *f);
void parse_zone(front *f);
void check_all(front *f);
/* force.c: a deadline counts from the entry into force, which may be stated below. */
void force_asked(front *f, tr_text_span deadline);
void force_dated(front *f);
void force_awaits(front *f);
void check_states(front *f); /* order.c: in what order states follow from each other */
void check_places(front *f); /* check_place.c: lines undefined, zones without a part */
void check_whole(front *f); /* lint.c: of a text without errors */

/* shape.c, also for the inliner */
typedef struct {
    tr_str from, until; /* as the file says them; empty: open */
} shape_dates;
typedef struct {
    tr_ring           *ring;
    int32_t            rings;
    const shape_dates *dates; /* beside each ring, when asked for */
} shape_rings;
typedef struct {
    bool   line;
    bool   dated;   /* every feature that fits, each with its dates */
    tr_str feature; /* wanted; empty = the only one */
} shape_asked;
/* A file beside the agreement: no way up or out, nothing that a quote could not carry. */
bool shape_plain_name(tr_str file);
bool shape_of_json(tr_arena *keep, tr_str bytes, const shape_asked *asked, shape_rings *rings,
                   tr_err *err);

#endif
