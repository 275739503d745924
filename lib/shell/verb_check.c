/* verb_check.c -- the verb `check`: what is wrong with an agreement, as text or JSON; a case for
 * each finding; what the agreement lays on each actor. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "codec/json.h"
#include "shell/folder.h"
#include "shell/memory.h"
#include "shell/verbs.h"
#include "terms/tools.h"
#include "trial/case.h"
#include "trial/counter.h"

enum { TEXT_BYTES = 64 << 20, FILE_BYTES = 256 << 20, PATH_ROOM = 4096 };

typedef struct {
    tr_arena        keep;
    const char     *path;
    tr_str          text; /* as the file has it */
    tr_terms_result result;
    tr_out          report;
} checked;

/* ---- findings ---- */

static void put_findings_json(tr_out *out, const tr_terms_result *result)
{
    tr_put(out, "\"errors\":%d,\"warnings\":%d,\"findings\":[", result->errors, result->warnings);
    for (int i = 0; i < result->diagnostics; i++) {
        const tr_diagnostic *d = &result->diagnostic[i];
        tr_put(out, "%s{\"code\":\"TR%04d\",\"line\":%d,\"column\":%d,\"warning\":%s,\"text\":",
               i ? "," : "", d->err.code, d->err.line, d->err.column,
               d->warning ? "true" : "false");
        tr_put_json_str(out, tr_str_of(d->err.text));
        tr_put(out, ",\"detail\":");
        tr_put_json_str(out, tr_str_of(d->detail));
        tr_put(out, ",\"hint\":");
        tr_put_json_str(out, tr_str_of(d->err.hint));
        tr_put(out, "}");
    }
    tr_put(out, "]");
}

/* ---- parameters ---- */

static void put_parameters_json(tr_out *out, const tr_plan *plan)
{
    tr_put(out, ",\"parameters\":[");
    for (int32_t i = 0; i < plan->parameters; i++) {
        const tr_parameter *p = &plan->parameter[i];
        tr_put(out, "%s{\"name\":", i ? "," : "");
        tr_put_json_str(out, p->name);
        tr_put(out, ",\"line\":%d,\"value\":", (int)p->span.line);
        tr_put_json_str(out, p->value);
        tr_put(out, ",\"source\":");
        tr_put_json_str(out, p->source);
        tr_put(out, "}");
    }
    tr_put(out, "]");
}

static void put_parameters(tr_out *out, const char *path, const tr_plan *plan)
{
    for (int32_t i = 0; i < plan->parameters; i++) {
        tr_put(out, "%s:%d: note: ", path, (int)plan->parameter[i].span.line);
        tr_put_parameter(out, &plan->parameter[i]);
        tr_put_char(out, '\n');
    }
}

/* ---- symmetry ---- */

static const char *const burden_names[] = {"prohibitions", "exceptions", "permissions",
                                           "duties",       "responses",  "deadlines"};
enum { BURDENS = sizeof burden_names / sizeof *burden_names };

static void burden_numbers(tr_burden b, int32_t number[BURDENS])
{
    const int32_t all[BURDENS] = {b.prohibitions, b.exceptions, b.permissions,
                                  b.duties,       b.responses,  b.deadlines};
    memcpy(number, all, sizeof all);
}

static void put_symmetry_json(tr_out *out, const tr_plan *plan)
{
    tr_put(out, ",\"symmetry\":[");
    for (int32_t a = 0; a < plan->actors; a++) {
        int32_t number[BURDENS];
        burden_numbers(tr_plan_burden(plan, a), number);
        tr_put(out, "%s{\"actor\":", a ? "," : "");
        tr_put_json_str(out, plan->actor[a].id);
        tr_put(out, ",\"party\":%s", plan->actor[a].kind == TR_ACTOR_PARTY ? "true" : "false");
        for (int i = 0; i < BURDENS; i++)
            tr_put(out, ",\"%s\":%d", burden_names[i], number[i]);
        tr_put(out, "}");
    }
    tr_put(out, "]");
}

static void put_symmetry(tr_out *out, const tr_plan *plan)
{
    int32_t first = -1;
    bool    equal = true;
    tr_put(out, "%-12s", "actor");
    for (int i = 0; i < BURDENS; i++)
        tr_put(out, "  %s", burden_names[i]);
    for (int32_t a = 0; a < plan->actors; a++) {
        int32_t number[BURDENS];
        burden_numbers(tr_plan_burden(plan, a), number);
        tr_put(out, "\n%-12.*s", TR_FMT(plan->actor[a].id));
        for (int i = 0; i < BURDENS; i++)
            tr_put(out, "  %*d", (int)strlen(burden_names[i]), number[i]);
        if (plan->actor[a].kind != TR_ACTOR_PARTY)
            continue;
        first = first < 0 ? a : first;
        equal &= tr_burden_eq(tr_plan_burden(plan, first), tr_plan_burden(plan, a));
    }
    tr_put(out, "\n%s\n",
           equal ? "the parties bear the same numbers" : "the parties bear different numbers");
}

/* ---- cases ---- */

typedef struct {
    checked    *c;
    const char *dir;
    char        beside[PATH_ROOM]; /* folder of the agreement */
    tr_str      name;              /* of the agreement in its folder */
    bool        embeds;
    int32_t     written, shown;
} case_folder;

static bool join(char path[PATH_ROOM], const char *folder, tr_str name, tr_err *err)
{
    int len = snprintf(path, PATH_ROOM, "%s/%.*s", folder, TR_FMT(name));
    return len < PATH_ROOM ||
           tr_fail(err, TR_E_FILE_WRITE, "Choose a shorter path.", "a path is too long");
}

static bool beside_file(void *context, tr_str name, tr_str *bytes)
{
    case_folder *f = context;
    char         path[PATH_ROOM];
    tr_err       quiet = {0};
    return join(path, f->beside, name, &quiet) && tr_file_map(path, FILE_BYTES, bytes, &quiet);
}

/* The folder, and those above the file in it. */
static bool make_folders(const char *dir, tr_str name, tr_err *err)
{
    char path[PATH_ROOM];
    for (ptrdiff_t i = 0; i <= name.len; i++) {
        if (i > 0 && i < name.len && name.at[i] != '/')
            continue;
        if (i == name.len)
            break;
        if (!join(path, dir, tr_str_cut(name, 0, i), err))
            return false;
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return tr_fail(err, TR_E_FILE_WRITE,
                           "Check that the folder above it exists and may be written.",
                           "could not make the folder %.180s", path);
    }
    return true;
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static bool copy_file(case_folder *f, tr_str name, tr_err *err)
{
    char   from[PATH_ROOM], to[PATH_ROOM];
    tr_str bytes;
    tr_err missing = {0};
    if (!join(from, f->beside, name, err) || !join(to, f->dir, name, err))
        return false;
    if (same_file(from, to) || !tr_file_map(from, FILE_BYTES, &bytes, &missing))
        return true; /* what is not there is a finding */
    return make_folders(f->dir, name, err) && tr_file_write(to, bytes, 0666, true, err);
}

/* The agreement goes into each case, or beside them with the files that it names. */
static bool open_cases(case_folder *f, tr_err *err)
{
    const char *slash = strrchr(f->c->path, '/');
    tr_str     *file;
    int         files = tr_terms_file_names(&f->c->keep, f->c->text, &file);
    snprintf(f->beside, sizeof f->beside, "%.*s", slash ? (int)(slash - f->c->path) : 1,
             slash ? f->c->path : ".");
    f->name = tr_str_of(slash ? slash + 1 : f->c->path);
    f->embeds = files == 0 && tr_counter_embeds(f->c->text);
    if (!make_folders(f->dir, TR_STR("x"), err))
        return false;
    if (f->embeds)
        return true;
    for (int i = 0; i < files; i++)
        if (!copy_file(f, file[i], err))
            return false;
    return copy_file(f, f->name, err);
}

/* Does the case hold?  A timeline that does not is not written. */
static bool holds(case_folder *f, tr_str script)
{
    static tr_arena room; /* used again for the next */
    if (!room.beg)
        room = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_arena       keep = room;
    tr_case_report report = {0};
    tr_err         quiet = {0};
    return tr_case_run(&keep, script, beside_file, f, &report, &quiet) && report.failed == 0;
}

static bool write_case(case_folder *f, int32_t i, tr_err *err)
{
    checked   *c = f->c;
    tr_counter one;
    tr_str     path = f->embeds ? TR_STR("") : f->name;
    char       file[PATH_ROOM];
    tr_out     name = tr_out_new(&c->keep);
    int32_t    same = 0;
    tr_counter_make(&c->keep, &c->result, i, c->text, path, true, &one);
    if (one.shown && !holds(f, one.script))
        tr_counter_make(&c->keep, &c->result, i, c->text, path, false, &one);
    for (int32_t k = 0; k < i; k++)
        same += tr_str_eq(tr_counter_name(&c->keep, &c->result, k, c->text), one.name);
    tr_put_str(&name, one.name);
    if (same > 0)
        tr_put(&name, "-%d", same + 1);
    tr_put(&name, ".case");
    f->written++;
    f->shown += one.shown;
    return join(file, f->dir, tr_out_text(&name), err) &&
           tr_file_write(file, one.script, 0666, true, err);
}

static bool write_cases(checked *c, const char *dir, tr_err *err)
{
    case_folder f = {.c = c, .dir = dir};
    if (!open_cases(&f, err))
        return false;
    for (int32_t i = 0; i < c->result.diagnostics; i++)
        if (!write_case(&f, i, err))
            return false;
    fprintf(stderr, "%s: %d cases, %d of them with a timeline\n", dir, f.written, f.shown);
    return true;
}

/* ---- the verb ---- */

static void put_result(checked *c, bool json, bool symmetry)
{
    if (json) {
        c->report.buf.len = 0;
        tr_put(&c->report, "{");
        put_findings_json(&c->report, &c->result);
        if (c->result.plan)
            put_parameters_json(&c->report, c->result.plan);
        if (symmetry && c->result.plan)
            put_symmetry_json(&c->report, c->result.plan);
        tr_put(&c->report, "}\n");
        return;
    }
    if (c->result.diagnostics == 0)
        tr_put(&c->report, "%s: no findings, %d clauses\n", c->path, c->result.plan->clauses);
    if (c->result.plan)
        put_parameters(&c->report, c->path, c->result.plan);
    if (symmetry && c->result.plan)
        put_symmetry(&c->report, c->result.plan);
}

int tr_verb_check(const tr_args *args)
{
    const char *dir = tr_arg(args, "cases");
    tr_err      err = {0};
    if (args->positionals != 1)
        return tr_say_usage("check", "needs an agreement file");
    checked c = {.keep = tr_memory_reserve(TR_MEMORY_LARGE), .path = args->positional[0]};
    c.report = tr_out_new(&c.keep);
    tr_folder_compile(&c.keep, c.path, &c.result, NULL, &c.report, &err);
    if (err.code != 0 ||
        (dir && (!tr_file_map(c.path, TEXT_BYTES, &c.text, &err) || !write_cases(&c, dir, &err))))
        return tr_say_error(&err);
    put_result(&c, tr_arg_flag(args, "json"), tr_arg_flag(args, "symmetry"));
    int printed = tr_print(tr_out_text(&c.report));
    return c.result.diagnostics > 0 ? TR_EXIT_FINDINGS : printed;
}
