/* sample.h -- what the tests of the language share: a head, the sentences of a threshold and its
 * ladder, and a way to compile a text.
 *
 * In a text of a case `^` stands before the byte where the report must point; it is taken out. */
#ifndef TR_SAMPLE_H
#define TR_SAMPLE_H

#include "check.h"

#include "terms/terms.h"

#define HEAD_LINES 11
#define HEAD                                                                                       \
    "agreement \"T\" version 1.0\n"                                                                \
    "time zone \"Europe/Kyiv\"\n"                                                                  \
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\n"                                                        \
    "agreement in force from 2026-02-01 00:00\n"                                                   \
    "party A \"Party A\"\n"                                                                        \
    "party B \"Party B\"\n"                                                                        \
    "body JC \"Joint Commission\" of A, B\n"                                                       \
    "class firing is fire\n"                                                                       \
    "counting incident version 1: R-INC\n"                                                         \
    "act notify to done when JC reports the notice\n"                                              \
    "act meet done when JC reports the meeting\n"
#define MUST_NOT "1.1 A, B must not commit firing in area\n"
#define BREACHES "count by incident of breaches of §1.1 by any party in area over 7 days"
#define ON       "6.1 enforcement is\n    active when " BREACHES " > 14, by tally\n"
#define COUNTED                                                                                    \
    "    counting rung 0 or better, corroboration none, exercises in, contested out, as known\n"
#define OFF       "    until " BREACHES " < 4, for 14 days\n"
#define THRESHOLD MUST_NOT ON COUNTED OFF
#define LADDER                                                                                     \
    "article 7 \"Response\" on §6.1 active\n7.1 JC must meet within 1 hour of activation\n"

typedef struct {
    const char *name;
    const char *bytes;
} sample_file;

__attribute__((unused)) static bool sample_files(void *context, tr_str name, tr_str *bytes)
{
    for (const sample_file *f = context; f && f->name; f++)
        if (tr_str_is(name, f->name))
            return *bytes = tr_str_of(f->bytes), true;
    return false;
}

__attribute__((unused)) static tr_terms_result sample_compile(tr_arena *keep, const char *text,
                                                              const sample_file *files)
{
    tr_terms_result result;
    tr_terms_compile(keep, tr_str_of(text), sample_files, (void *)(uintptr_t)files, &result);
    return result;
}

__attribute__((unused)) static const tr_plan *sample_plan(tr_arena *keep, const char *text,
                                                          const sample_file *files)
{
    tr_terms_result result = sample_compile(keep, text, files);
    if (result.errors > 0 || !result.plan)
        fail_msg("TR%04d %d:%d %s", result.diagnostic[0].err.code, result.diagnostic[0].err.line,
                 result.diagnostic[0].err.column, result.diagnostic[0].err.text);
    return result.plan;
}

#endif
