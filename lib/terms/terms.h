/* terms.h -- the agreement language: read, check, compile, explain, format.
 *
 *     tr_terms_result result;
 *     tr_terms_compile(&arena, text, files, context, &result);
 *     if (result.errors == 0) ... result.plan ...
 *
 * The front never stops at the first error: it recovers at the next label or
 * declaration and reports every error once, at most TR_TERMS_ERRORS of them
 * and a count.  Total on any bytes; memory at most 64 times the input (text and
 * files) plus 1 MiB of tables.  The whole definition: docs/LANGUAGE.md.
 */
#ifndef TR_TERMS_H
#define TR_TERMS_H

#include "terms/plan.h"
#include "terms/witness.h"

enum { TR_TERMS_ERRORS = 50, TR_LANGUAGE_VERSION = 1 };

typedef struct {
    tr_err       err;    /* code, line, column, text, hint */
    tr_text_span span;   /* what the caret underlines */
    char         detail[240]; /* a whole sentence: why this is wrong; may be empty */
    bool         warning; /* of a static check; the agreement still compiles */
    tr_witness   witness; /* of a static check that compares clauses */
} tr_diagnostic;

/* Files that a text names ("contact-line.geojson"): the shell hands in their bytes. */
typedef bool (*tr_terms_files)(void *context, tr_str name, tr_str *bytes);

typedef struct {
    tr_plan       *plan; /* NULL when there is an error */
    tr_diagnostic *diagnostic;
    int32_t        diagnostics; /* errors and warnings kept */
    int32_t        errors;      /* all errors found, also those beyond TR_TERMS_ERRORS */
    int32_t        warnings;
} tr_terms_result;

void tr_terms_compile(tr_arena *keep, tr_str text, tr_terms_files files, void *context,
                      tr_terms_result *result);

/* One diagnostic for people: "FILE:line:col: error TR0112: ...", the source line, a caret line,
 * detail, hint. */
void tr_put_diagnostic(tr_out *out, tr_str file, tr_str text, const tr_diagnostic *diagnostic);

/* Names of the files the text asks for, in order, each once.  A name with "..", a backslash, a
 * control character or a leading "/" is never asked for: compiling refuses it. */
int tr_terms_file_names(tr_arena *keep, tr_str text, tr_str **names);

/* Several files in one self-contained text: geometry from files becomes inline coordinates with
 * its file name as note, so that the blob in the record needs nothing beside it. */
bool tr_terms_inline(tr_arena *keep, tr_str text, tr_terms_files files, void *context,
                     tr_str *whole, tr_err *err);

/* The plain-language reading of a clause: one or a few sentences. */
void tr_put_reading(tr_out *out, const tr_plan *plan, int32_t clause);
/* The same without what it cites, a blank after the last sentence. */
void tr_put_meaning(tr_out *out, const tr_plan *plan, int32_t clause);

/* A condition: "Party A is in breach of §3.1 and §6.1 is not active". */
void tr_put_condition(tr_out *out, const tr_plan *plan, const tr_when *when);

#endif
