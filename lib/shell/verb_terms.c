/* verb_terms.c -- the verbs around an agreement's text: fmt, bounds, diagram, and explain of
 * a clause from a file. */
#include <stdio.h>
#include <sys/stat.h>

#include "codec/json.h"
#include "report/bounds.h"
#include "report/diagram.h"
#include "shell/folder.h"
#include "shell/lsp.h"
#include "shell/memory.h"
#include "shell/verbs.h"
#include "terms/tools.h"

enum { TEXT_BYTES = 64 << 20 };

/* The plan of a file, its warnings on standard error; NULL after saying why, with the exit status.
 */
static const tr_plan *plan_of(tr_arena *keep, const char *path, int *status)
{
    tr_out          report = tr_out_new(keep);
    tr_err          err = {0};
    tr_terms_result result = {0};
    tr_folder_compile(keep, path, &result, NULL, &report, &err);
    fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&report)));
    if (err.code != 0)
        *status = tr_say_error(&err);
    else if (!result.plan)
        *status = TR_EXIT_FINDINGS;
    return result.plan;
}

/* ---- fmt ---- */

static int32_t first_difference(tr_str a, tr_str b)
{
    int32_t   line = 1;
    ptrdiff_t i = 0;
    for (; i < a.len && i < b.len && a.at[i] == b.at[i]; i++)
        line += a.at[i] == '\n';
    return line;
}

static int check_layout(const char *path, tr_str text, tr_str formatted)
{
    if (tr_str_eq(text, formatted))
        return TR_EXIT_DONE;
    printf("%s:%d: not in canonical layout; truce fmt --write %s\n", path,
           (int)first_difference(text, formatted), path);
    return TR_EXIT_FINDINGS;
}

/* A geometry file beside the agreement. */
typedef struct {
    tr_arena   *keep;
    const char *path;
} beside;

static bool file_beside(void *context, tr_str name, tr_str *bytes)
{
    const beside *b = context;
    const char   *slash = strrchr(b->path, '/');
    tr_out        path = tr_out_new(b->keep);
    tr_err        err = {0};
    tr_put(&path, "%.*s%.*s", slash ? (int)(slash + 1 - b->path) : 0, b->path, TR_FMT(name));
    return tr_file_map(tr_out_z(&path), TEXT_BYTES, bytes, &err);
}

/* The text in the keywords that --language names. */
static bool turn(tr_arena *keep, const char *path, const char *language, tr_str *text, tr_err *err)
{
    beside files = {keep, path};
    return !language || tr_terms_language(keep, *text, tr_str_of(language), file_beside, &files,
                                          text, err);
}

int tr_verb_fmt(const tr_args *args)
{
    tr_arena keep = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_err   err = {0};
    tr_str   text, formatted;
    bool     check = tr_arg_flag(args, "check"), write = tr_arg_flag(args, "write");
    if (args->positionals != 1)
        return tr_say_usage("fmt", "needs an agreement file");
    const char *path = args->positional[0];
    bool        input = strcmp(path, "-") == 0;
    if ((check && write) || (write && input))
        return tr_say_usage("fmt", "--write needs a file, and goes without --check");
    bool read = input ? tr_stdin_read(&keep, TEXT_BYTES, &text, &err)
                      : tr_file_map(path, TEXT_BYTES, &text, &err);
    if (!read || !turn(&keep, path, tr_arg(args, "language"), &text, &err) ||
        !tr_terms_format(&keep, text, &formatted, &err))
        return tr_say_error(&err);
    if (check)
        return check_layout(path, text, formatted);
    if (!write)
        return tr_print(formatted);
    if (tr_str_eq(text, formatted))
        return TR_EXIT_DONE;
    /* Beside it first: a crash leaves the old text or the new one. */
    tr_out      fresh = tr_out_new(&keep);
    struct stat about;
    tr_put(&fresh, "%s.new", path);
    if (stat(path, &about) != 0)
        about.st_mode = 0644;
    if (!tr_file_write(tr_out_z(&fresh), formatted, (int)(about.st_mode & 0777), true, &err))
        return tr_say_error(&err);
    if (rename(tr_out_z(&fresh), path) != 0) {
        tr_fail(&err, TR_E_FILE_WRITE, "Check that the file may be written.",
                "could not replace %.180s", path);
        return tr_say_error(&err);
    }
    return TR_EXIT_DONE;
}

/* ---- explain FILE LABEL ---- */

bool tr_is_text(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

int tr_explain_text(const char *path, tr_str label)
{
    tr_arena       keep = tr_memory_reserve(TR_MEMORY_LARGE);
    int            status = TR_EXIT_DONE;
    const tr_plan *plan = plan_of(&keep, path, &status);
    tr_err         err = {0};
    tr_out         out = tr_out_new(&keep);
    if (!plan)
        return status;
    tr_str  bare = tr_str_starts(label, "\xC2\xA7") ? tr_str_from(label, 2) : label;
    int32_t clause = tr_plan_clause_of(plan, bare, 0);
    if (clause < 0) {
        tr_fail(&err, TR_E_NOT_FOUND,
                "`truce check FILE` counts the clauses; a label is such as 6.1.",
                "%.150s has no clause %.*s", path, (int)(bare.len < 40 ? bare.len : 40), bare.at);
        return tr_say_error(&err);
    }
    tr_text_span span = plan->clause[clause].span;
    tr_put(&out, "%s:%d\n%.*s\n\n", path, (int)span.line,
           TR_FMT(tr_str_cut(plan->text, span.begin, span.end)));
    for (; clause >= 0; clause = tr_plan_clause_of(plan, bare, clause + 1))
        tr_put_reading(&out, plan, clause);
    return tr_print(tr_out_text(&out));
}

/* explain FILE: its parameters, and the reading of every clause */
int tr_explain_whole(const char *path)
{
    tr_arena       keep = tr_memory_reserve(TR_MEMORY_LARGE);
    int            status = TR_EXIT_DONE;
    const tr_plan *plan = plan_of(&keep, path, &status);
    tr_out         out = tr_out_new(&keep);
    if (!plan)
        return status;
    for (int32_t i = 0; i < plan->parameters; i++) {
        tr_put_parameter(&out, &plan->parameter[i]);
        tr_put(&out, i + 1 < plan->parameters ? "\n" : "\n\n");
    }
    for (int32_t i = 0; i < plan->clauses; i++)
        tr_put_reading(&out, plan, i);
    return tr_print(tr_out_text(&out));
}

/* ---- bounds, diagram ---- */

int tr_verb_bounds(const tr_args *args)
{
    int status = TR_EXIT_DONE;
    if (args->positionals != 1)
        return tr_say_usage("bounds", "needs an agreement file");
    tr_arena       keep = tr_memory_reserve(TR_MEMORY_LARGE);
    const tr_plan *plan = plan_of(&keep, args->positional[0], &status);
    tr_out         out = tr_out_new(&keep);
    if (!plan)
        return status;
    tr_put_bounds(&out, plan);
    return tr_print(tr_out_text(&out));
}

int tr_verb_diagram(const tr_args *args)
{
    int         status = TR_EXIT_DONE;
    tr_err      err = {0};
    const char *file = tr_arg(args, "out");
    if (args->positionals != 1)
        return tr_say_usage("diagram", "needs an agreement file");
    tr_arena       keep = tr_memory_reserve(TR_MEMORY_LARGE);
    const tr_plan *plan = plan_of(&keep, args->positional[0], &status);
    tr_out         out = tr_out_new(&keep);
    if (!plan)
        return status;
    tr_put_diagram(&out, tr_memory_reserve(TR_MEMORY_SMALL), plan);
    if (!file)
        return tr_print(tr_out_text(&out));
    return tr_file_write(file, tr_out_text(&out), 0666, true, &err) ? TR_EXIT_DONE
                                                                    : tr_say_error(&err);
}

/* ---- lsp ---- */

int tr_verb_lsp(const tr_args *args)
{
    if (args->positionals != 0)
        return tr_say_usage("lsp", "takes no argument");
    return tr_lsp_serve(stdin, stdout);
}
