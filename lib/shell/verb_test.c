/* verb_test.c -- the verb `test`: runs .case scripts and says which cases fail. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "shell/memory.h"
#include "shell/verbs.h"
#include "trial/case.h"

enum { CASE_BYTES = 16 << 20, PATH_ROOM = 4096, FOLDER_DEPTH = 16 };

typedef TR_VEC(tr_str) paths;
typedef struct {
    tr_arena *keep;
    tr_str    folder; /* of the script */
} beside;

/* ---- which files ---- */

static bool is_case(const char *name)
{
    tr_str text = tr_str_of(name);
    return text.len > 5 && tr_str_is(tr_str_from(text, text.len - 5), ".case");
}

static int by_name(const void *a, const void *b)
{
    return tr_str_cmp(*(const tr_str *)a, *(const tr_str *)b);
}

static bool fail_read(const char *path, tr_err *err)
{
    return tr_fail(err, TR_E_FILE_READ, "Give .case files, or folders that hold them.",
                   "%.180s: %s", path, strerror(errno));
}

static bool find_cases(tr_arena *keep, const char *path, int depth, paths *list, tr_err *err)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return fail_read(path, err);
    if (!S_ISDIR(about.st_mode)) {
        if (depth == 0 || is_case(path))
            *TR_PUSH(keep, list) = tr_str_keep(keep, tr_str_of(path));
        return true;
    }
    DIR           *folder = opendir(path);
    bool           done = true;
    struct dirent *one;
    if (!folder)
        return fail_read(path, err);
    while (done && (one = readdir(folder)) != NULL) {
        char next[PATH_ROOM];
        if (one->d_name[0] == '.' || depth == FOLDER_DEPTH)
            continue;
        if (snprintf(next, sizeof next, "%s/%s", path, one->d_name) < (int)sizeof next)
            done = find_cases(keep, next, depth + 1, list, err);
    }
    closedir(folder);
    return done;
}

/* ---- files that scripts name ---- */

/* Beside the script, beside a folder above it (cases/x.case may say "agreements/y.truce"), or from
 * where the command runs. */
static bool read_beside(void *context, tr_str name, tr_str *bytes)
{
    const beside *b = context;
    tr_err        quiet = {0};
    if (name.len == 0)
        return false;
    for (int up = 0; up < FOLDER_DEPTH && name.at[0] != '/'; up++) {
        tr_out path = tr_out_new(b->keep);
        tr_put(&path, "%.*s/", TR_FMT(b->folder));
        for (int i = 0; i < up; i++)
            tr_put(&path, "../");
        tr_put_str(&path, name);
        tr_err none = {0};
        if (tr_file_map(tr_out_z(&path), CASE_BYTES, bytes, &none))
            return true;
    }
    return tr_file_map(tr_str_z(b->keep, name), CASE_BYTES, bytes, &quiet);
}

static tr_str folder_of(tr_str path)
{
    ptrdiff_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    return end == 0 ? TR_STR(".") : tr_str_cut(path, 0, end > 1 ? end - 1 : end);
}

/* ---- running ---- */

typedef struct {
    int64_t passed, failed, unreadable;
} sums;

static void say_failures(tr_str path, const tr_case_outcome *outcome)
{
    printf("FAIL %.*s:%d %.*s\n", TR_FMT(path), (int)outcome->line, TR_FMT(outcome->title));
    for (int32_t i = 0; i < outcome->failures; i++)
        printf("     %.*s:%d: %.*s\n", TR_FMT(path), (int)outcome->failure[i].line,
               TR_FMT(outcome->failure[i].text));
}

static void run_file(tr_str path, sums *all)
{
    static tr_arena room; /* of one file, used again for the next */
    if (!room.beg)
        room = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_arena       keep = room;
    tr_str         script;
    tr_err         err = {0};
    tr_case_report report = {0};
    beside         files = {&keep, folder_of(path)};
    char          *name = tr_str_z(&keep, path);
    if (!tr_file_map(name, CASE_BYTES, &script, &err) ||
        !tr_case_run(&keep, script, read_beside, &files, &report, &err)) {
        tr_out out = tr_out_new(&keep), place = tr_out_new(&keep);
        tr_put(&place, "%s", name);
        tr_put_err(&out, tr_out_text(&place), &err);
        fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&out)));
        all->unreadable++;
        return;
    }
    int32_t expectations = 0;
    for (int32_t i = 0; i < report.cases; i++) {
        expectations += report.at[i].expectations;
        if (report.at[i].failures > 0)
            say_failures(path, &report.at[i]);
    }
    printf("%s %.*s: %d of %d cases, %d expectations\n", report.failed ? "FAIL" : "ok  ",
           TR_FMT(path), (int)(report.cases - report.failed), (int)report.cases, (int)expectations);
    all->passed += report.cases - report.failed;
    all->failed += report.failed;
}

int tr_verb_test(const tr_args *args)
{
    tr_arena keep = tr_memory_reserve(TR_MEMORY_SMALL);
    paths    list = {0};
    sums     all = {0};
    tr_err   err = {0};
    if (args->positionals == 0)
        return tr_say_usage("test", "needs .case files, or folders that hold them");
    for (int i = 0; i < args->positionals; i++) {
        ptrdiff_t first = list.len;
        if (!find_cases(&keep, args->positional[i], 0, &list, &err))
            return tr_say_error(&err);
        if (list.len - first > 1)
            qsort(list.at + first, (size_t)(list.len - first), sizeof *list.at, by_name);
    }
    if (list.len == 0) {
        tr_fail(&err, TR_E_NOT_FOUND, "Give .case files, or folders that hold them.",
                "no .case file in %.200s", args->positional[0]);
        return tr_say_error(&err);
    }
    for (ptrdiff_t i = 0; i < list.len; i++)
        run_file(list.at[i], &all);
    printf("%lld passed, %lld failed\n", (long long)all.passed, (long long)all.failed);
    if (fflush(stdout) != 0 || all.unreadable > 0)
        return TR_EXIT_COULD_NOT;
    return all.failed > 0 ? TR_EXIT_FINDINGS : TR_EXIT_DONE;
}
