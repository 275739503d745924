/* tools.h -- around the language: canonical layout, what a plan says field by field, what changed
 * between two texts, and where each name stands.
 *
 *     if (!tr_terms_format(&arena, text, &formatted, &err)) ...
 *     tr_terms_diff(&arena, old_plan, new_plan, &change, &changes);
 *     tr_terms_index(&arena, text, files, context, &index);
 */
#ifndef TR_TERMS_TOOLS_H
#define TR_TERMS_TOOLS_H

#include "terms/terms.h"

/* ---- layout: format.c ---- */

enum { TR_FORMAT_COLUMNS = 100 }; /* that a line is wrapped at, comments and long texts aside */

/* The same sentences in canonical layout: a function of the tokens, the comments and where blank
 * lines stand between sentences, so formatting again changes nothing.  The tokens are the same and
 * in the same order, which is checked before returning; so the plan is the same but for places in
 * the text.  Needs no text without mistakes, only one whose quotes end and that has no sign outside
 * the language (TR_E_QUOTE, TR_E_CHARACTER, TR_E_UTF8, TR_E_LIMIT otherwise). */
bool tr_terms_format(tr_arena *keep, tr_str text, tr_str *formatted, tr_err *err);

/* The same agreement with its keywords in another language: en, uk, ru, fr.  Names, quoted texts,
 * comments and layout stay; the sentence `language` comes first, or goes away in English.  Only of
 * a text without mistakes (the first one is the error), with its geometry files. */
bool tr_terms_language(tr_arena *keep, tr_str text, tr_str language, tr_terms_files files,
                       void *context, tr_str *turned, tr_err *err);

/* Pieces of a text with one blank between them, comments left out. */
tr_str tr_terms_words(tr_arena *keep, tr_str text);

/* "parameter grace is 30 days: invented for the example", without a line end. */
void tr_put_parameter(tr_out *out, const tr_parameter *p);

/* ---- what a plan says: fields.c ---- */

/* A plan taken apart into named values, all indices resolved to names, all places in the text left
 * out: two plans with equal subjects in equal order are the same agreement. */
typedef struct {
    tr_str name;  /* "window 1" */
    tr_str value; /* "7 days" */
} tr_field;
typedef struct {
    tr_str          name;   /* "agreement", "zone DMZ", "§6.1" */
    int32_t         clause; /* its index, or -1: the head or a declaration */
    const tr_field *field;
    int32_t         fields;
} tr_subject;
int32_t tr_plan_subjects(tr_arena *keep, const tr_plan *plan, const tr_subject **subject);

/* ---- what changed: diff.c ---- */

typedef enum {
    TR_CHANGE_ADDED,
    TR_CHANGE_REMOVED,
    TR_CHANGE_WORDS,
    TR_CHANGE_MEANING
} tr_change_kind;
const char *tr_change_name(tr_change_kind kind); /* "changed in words only" */
typedef struct {
    tr_str name;
    tr_str was; /* at == NULL: the field was not there */
    tr_str is;  /* at == NULL: it is not there any more */
} tr_field_change;
typedef struct {
    tr_change_kind         kind;
    tr_str                 name;  /* of the subject */
    int32_t                was;   /* index of the clause in the old plan, or -1 */
    int32_t                is;    /* and in the new one */
    const tr_field_change *field; /* of TR_CHANGE_MEANING */
    int32_t                fields;
} tr_change;
/* In the order of the new text, then what was removed in the order of the old.  A clause has
 * changed in meaning also when what it names has: a zone, a class, a proof. */
int32_t tr_terms_diff(tr_arena *keep, const tr_plan *was, const tr_plan *is,
                      const tr_change **change);

/* ---- what is laid on each actor: symmetry.c ---- */

typedef struct {
    int32_t prohibitions;
    int32_t exceptions;  /* that permit, of those prohibitions */
    int32_t permissions; /* what the actor may do */
    int32_t duties;      /* outside ladders */
    int32_t responses;   /* steps of ladders that the actor must take */
    int32_t deadlines;   /* of duties and responses */
} tr_burden;
tr_burden tr_plan_burden(const tr_plan *plan, int32_t actor);
bool      tr_burden_eq(tr_burden a, tr_burden b);

/* ---- where names stand: index.c ---- */

typedef struct {
    tr_str       name;   /* "DMZ", or the label of a clause: "6.1" */
    const char  *sort;   /* "zone", "clause", ... */
    bool         clause; /* a label: it is not renamed */
    tr_text_span span;   /* where it is declared */
    tr_text_span whole;  /* the sentence that declares it */
} tr_symbol;
typedef struct {
    int32_t      symbol; /* index */
    tr_text_span span;   /* of the name alone, without the section sign */
} tr_symbol_use;
typedef struct {
    tr_terms_result      result;
    const tr_symbol     *symbol;
    int32_t              symbols;
    const tr_symbol_use *use; /* by place; the declarations are among them */
    int32_t              uses;
} tr_terms_places;
/* Compile, and note where each name is declared and used; also of a text with mistakes, as far as
 * it could be read. */
void tr_terms_index(tr_arena *keep, tr_str text, tr_terms_files files, void *context,
                    tr_terms_places *places);
/* The use that holds the byte at `offset` or ends there, or -1. */
int32_t tr_places_at(const tr_terms_places *places, int32_t offset);
/* May a name be written so? */
bool tr_terms_name_ok(tr_str name);

#endif
