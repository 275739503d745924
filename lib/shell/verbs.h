/* verbs.h -- the commands: arguments, options, exit status. */
#ifndef TR_VERBS_H
#define TR_VERBS_H

#include "base/base.h"
#include "base/text.h"
#include "base/time.h"

typedef enum {
    TR_EXIT_DONE = 0,
    TR_EXIT_FINDINGS =
        1, /* findings of a check, a failed check; never "the mission has breaches" */
    TR_EXIT_COULD_NOT = 2,
    TR_EXIT_USAGE = 3,
    TR_EXIT_UNSAFE = 4 /* unsafe to sign */
} tr_exit;

enum { TR_ARGS = 4096, TR_OPTIONS = 16 };
typedef struct {
    const char *verb;
    const char *positional[TR_ARGS];
    int         positionals;
    struct {
        char        name[24];
        const char *value; /* "" for a flag */
    } option[TR_OPTIONS];
    int options;
} tr_args;

/* The value of an option, NULL when it is not given. */
const char *tr_arg(const tr_args *args, const char *name);
bool        tr_arg_flag(const tr_args *args, const char *name);

/* Run `truce` with these words; what main() returns. */
int tr_verbs_run(int argc, char **argv);
/* The help of one verb, or of all (NULL). */
void tr_put_help(tr_out *out, const char *verb);

/* Say an error on standard error; the exit status it stands for. */
int tr_say_error(const tr_err *err);
int tr_say_usage(const char *verb, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text to standard output, whole; TR_EXIT_COULD_NOT when that fails. */
int tr_print(tr_str text);

/* verb_terms.c: is it a file and no folder?  The reading of a clause of an agreement file. */
bool tr_is_text(const char *path);
int  tr_explain_text(const char *path, tr_str label);
int  tr_explain_whole(const char *path);

#define TR_VERB(function, verb, arguments, options, line, help)                                    \
    int tr_verb_##function(const tr_args *args);
#include "shell/verbs.def"
#undef TR_VERB

#endif
