/* verb_export.c -- `truce export`: clauses as formulas and a record as an event log, for a monitor
 * that is not this one. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "report/mfotl.h"
#include "shell/folder.h"
#include "shell/memory.h"
#include "shell/verbs.h"
#include "terms/tools.h"

typedef struct {
    const char *folder; /* NULL: standard output */
    tr_arena    keep, scratch;
} place;

static bool write_file(place *to, const char *name, tr_str text, tr_err *err)
{
    tr_out path = tr_out_new(&to->keep);
    tr_put(&path, "%s/%s", to->folder, name);
    return tr_file_write(tr_out_z(&path), text, 0666, true, err);
}

static bool write_formulas(place *to, const tr_plan *plan, const tr_mfotls *list, tr_err *err)
{
    tr_out signature = tr_out_new(&to->keep);
    tr_put_mfotl_signature(&signature);
    if (!write_file(to, "truce.sig", tr_out_text(&signature), err))
        return false;
    for (ptrdiff_t i = 0; i < list->len; i++) {
        char   name[80];
        tr_out text = tr_out_new(&to->keep);
        tr_str label = plan->clause[list->at[i].clause].label;
        tr_put_mfotl(&text, to->scratch, plan, &list->at[i]);
        snprintf(name, sizeof name, "%.*s.mfotl", (int)(label.len < 60 ? label.len : 60), label.at);
        if (list->at[i].formula.len > 0 && !write_file(to, name, tr_out_text(&text), err))
            return false;
    }
    return true;
}

/* What is expressed and what is not, one line a clause. */
static void put_summary(tr_out *out, const tr_plan *plan, const tr_mfotls *list)
{
    for (ptrdiff_t i = 0; i < list->len; i++)
        tr_put(out, "\xC2\xA7%.*s  %s%.*s\n", TR_FMT(plan->clause[list->at[i].clause].label),
               list->at[i].formula.len > 0 ? "" : "not expressed: ", TR_FMT(list->at[i].why));
}

static bool same_terms(tr_arena keep, const tr_plan *a, const tr_plan *b)
{
    const tr_change *change;
    return tr_terms_diff(&keep, a, b, &change) == 0;
}

static int export_to(place *to, const tr_plan *plan, const tr_mission *mission)
{
    tr_err    err = {0};
    tr_mfotls list;
    tr_out    out = tr_out_new(&to->keep), log = tr_out_new(&to->keep);
    tr_mfotl_of(&to->keep, plan, &list);
    int64_t cut = mission ? tr_put_event_log(&log, to->scratch, mission) : 0;
    if (cut > 0)
        fprintf(stderr, "truce: %lld moments had a part of a second, which the log leaves out\n",
                (long long)cut);
    if (to->folder) {
        if (mkdir(to->folder, 0777) != 0 && errno != EEXIST) {
            tr_fail(&err, TR_E_FILE_WRITE, "Check the path.", "could not make the folder %.180s",
                    to->folder);
            return tr_say_error(&err);
        }
        if (!write_formulas(to, plan, &list, &err) ||
            (mission && !write_file(to, "record.log", tr_out_text(&log), &err)))
            return tr_say_error(&err);
        put_summary(&out, plan, &list);
        return tr_print(tr_out_text(&out));
    }
    if (mission)
        return tr_print(tr_out_text(&log));
    for (ptrdiff_t i = 0; i < list.len; i++) {
        tr_put_mfotl(&out, to->scratch, plan, &list.at[i]);
        tr_put_char(&out, '\n');
    }
    return tr_print(tr_out_text(&out));
}

int tr_verb_export(const tr_args *args)
{
    static tr_folder folder;
    const char      *dir = tr_arg(args, "log");
    tr_err           err = {0};
    tr_terms_result  result = {0};
    place            to = {tr_arg(args, "out"), tr_memory_reserve(TR_MEMORY_LARGE),
                           tr_memory_reserve(TR_MEMORY_LARGE)};
    tr_out           report = tr_out_new(&to.keep);
    if (args->positionals != 1 || !tr_arg_flag(args, "mfotl"))
        return tr_say_usage("export", "needs an agreement file and a format: --mfotl");
    tr_folder_compile(&to.keep, args->positional[0], &result, NULL, &report, &err);
    fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&report)));
    if (err.code != 0)
        return tr_say_error(&err);
    if (!result.plan)
        return TR_EXIT_FINDINGS;
    if (!dir)
        return export_to(&to, result.plan, NULL);
    if (!tr_folder_open(&folder, dir, TR_STORE_READ, TR_TIME_NONE, &err))
        return tr_say_error(&err);
    int status = TR_EXIT_COULD_NOT;
    if (same_terms(to.keep, tr_mission_plan(folder.pen.mission), result.plan)) {
        status = export_to(&to, result.plan, folder.pen.mission);
    } else {
        tr_fail(&err, TR_E_NOT_FOUND, "`truce diff` shows what differs.",
                "%.120s was founded on another text than %.120s", dir, args->positional[0]);
        tr_say_error(&err);
    }
    tr_folder_close(&folder);
    return status;
}
