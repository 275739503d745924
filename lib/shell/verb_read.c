/* verb_read.c -- the verbs that read: status, findings, tally, explain, report, replay, check, log,
 * limits. */
#include <stdio.h>
#include <stdlib.h>

#include "intake/intake.h"
#include "report/report.h"
#include "shell/folder.h"
#include "shell/memory.h"
#include "shell/verbs.h"

/* A mission opened for reading, with what every verb prints from. */
typedef struct {
    tr_folder folder;
    tr_view   view;
    tr_arena  scratch;
    tr_out    out;
} reading;

static bool moment(const tr_args *args, const char *name, const tr_tz *tz, tr_time otherwise,
                   tr_time *t, tr_err *err)
{
    const char *text = tr_arg(args, name);
    *t = otherwise;
    return !text || tr_time_read_any(tr_str_of(text), tz, t, err);
}

/* --as-known-at may be a local date, so the zone must be known before the state is. */
static bool known_at(const tr_args *args, tr_time *t, tr_err *err)
{
    const char      *text = tr_arg(args, "as-known-at");
    static tr_folder look;
    *t = TR_TIME_NONE;
    if (!text)
        return true;
    if (!tr_folder_open(&look, args->positional[0], TR_STORE_READ, TR_TIME_NONE, err))
        return false;
    bool read = tr_time_read_any(tr_str_of(text), tr_mission_plan(look.pen.mission)->tz, t, err);
    tr_folder_close(&look);
    return read;
}

/* `afresh`: from entry 0, whatever the snapshot says. */
static bool open_state(reading *r, const tr_args *args, bool afresh, tr_err *err)
{
    tr_time at;
    if (!known_at(args, &at, err) ||
        !tr_folder_open(&r->folder, args->positional[0], TR_STORE_READ,
                        at == TR_TIME_NONE && afresh ? TR_TIME_MAX : at, err))
        return false;
    r->scratch = tr_memory_reserve(TR_MEMORY_LARGE);
    r->out = tr_out_new(&r->folder.keep);
    r->view = (tr_view){.mission = r->folder.pen.mission,
                        .audience =
                            tr_arg_flag(args, "public") ? TR_AUDIENCE_PUBLIC : TR_AUDIENCE_MISSION,
                        .as_known_at = at,
                        .notice = TR_STR(TR_TRIAL_NOTICE)};
    /* The head of exactly the entries stepped: smaller than the newest one for a state of the past.
     */
    r->view.head.size = tr_mission_size(r->view.mission);
    return tr_store_root_at(r->folder.store, r->view.head.size, &r->view.head.root) ||
           tr_fail(err, TR_E_RECORD_BYTES, "Run `truce log verify` on the folder.",
                   "could not read the tree of %s", args->positional[0]);
}

static bool open_reading(reading *r, const tr_args *args, tr_err *err)
{
    return open_state(r, args, false, err);
}

static int close_reading(reading *r)
{
    tr_folder_close(&r->folder);
    return tr_print(tr_out_text(&r->out));
}

static int fail_reading(reading *r, const tr_err *err)
{
    tr_folder_close(&r->folder);
    return tr_say_error(err);
}

static bool span_of(const tr_args *args, const reading *r, tr_span *span, tr_err *err)
{
    const tr_tz *tz = tr_mission_plan(r->view.mission)->tz;
    if (!moment(args, "from", tz, TR_TIME_NONE, &span->begin, err) ||
        !moment(args, "to", tz, TR_TIME_MAX, &span->end, err))
        return false;
    if (span->begin != TR_TIME_NONE && span->begin >= span->end)
        return tr_fail(err, TR_E_TALLY_SPAN,
                       "Give --from earlier than --to; the span is [from, to).",
                       "--from %s is not before --to %s", tr_arg(args, "from"), tr_arg(args, "to"));
    return true;
}

int tr_verb_status(const tr_args *args)
{
    static reading r;
    tr_err         err = {0};
    if (args->positionals != 1)
        return tr_say_usage("status", "needs a folder");
    if (!open_reading(&r, args, &err))
        return fail_reading(&r, &err);
    if (tr_arg_flag(args, "json"))
        tr_put_board_json(&r.out, r.scratch, &r.view);
    else
        tr_put_board_text(&r.out, r.scratch, &r.view);
    return close_reading(&r);
}

static bool clause_of(const tr_args *args, const reading *r, int32_t *clause, tr_err *err)
{
    const char *label = tr_arg(args, "clause");
    *clause = label ? tr_plan_clause(tr_mission_plan(r->view.mission), tr_str_of(label)) : -1;
    if (label && *clause < 0)
        return tr_fail(err, TR_E_NOT_FOUND, "`truce status DIR` lists the clauses.",
                       "there is no clause %s", label);
    return true;
}

int tr_verb_findings(const tr_args *args)
{
    static reading r;
    tr_err         err = {0};
    tr_list_query  query = {.after = -1, .limit = 1000};
    const char    *limit = tr_arg(args, "limit"), *after = tr_arg(args, "after");
    if (args->positionals != 1)
        return tr_say_usage("findings", "needs a folder");
    if ((limit && (!tr_int_read(tr_str_of(limit), &query.limit) || query.limit < 1)) ||
        (after && (!tr_int_read(tr_str_of(after), &query.after) || query.after < 0)))
        return tr_say_usage("findings", "--limit and --after take whole numbers");
    if (!open_reading(&r, args, &err) || !span_of(args, &r, &query.span, &err) ||
        !clause_of(args, &r, &query.clause, &err))
        return fail_reading(&r, &err);
    if (tr_arg_flag(args, "json"))
        tr_put_findings_json(&r.out, r.scratch, &r.view, &query);
    else
        tr_put_findings_text(&r.out, r.scratch, &r.view, &query);
    return close_reading(&r);
}

static bool tally_query(const tr_args *args, const reading *r, tr_tally_query *query, tr_err *err)
{
    const char *zone = tr_arg(args, "zone"), *source = tr_arg(args, "source");
    *query = (tr_tally_query){
        .zone = -1, .source = -1, .no_exercises = tr_arg_flag(args, "no-exercises")};
    if (zone &&
        (query->zone = tr_plan_zone_named(tr_mission_plan(r->view.mission), tr_str_of(zone))) < 0)
        return tr_fail(err, TR_E_NOT_FOUND, "The agreement's text declares its zones.",
                       "there is no zone %s", zone);
    if (source && (query->source = tr_mission_source_named(r->view.mission, tr_str_of(source))) < 0)
        return tr_fail(err, TR_E_NOT_FOUND, "`truce status DIR` lists the sources.",
                       "there is no source %s", source);
    return span_of(args, r, &query->span, err) && clause_of(args, r, &query->clause, err);
}

int tr_verb_tally(const tr_args *args)
{
    static reading r;
    tr_err         err = {0};
    tr_tally_query query;
    tr_tally       tally;
    tr_rule        rule;
    const char    *word = tr_arg(args, "rule");
    if (args->positionals != 1 || !word || !tr_arg(args, "from") || !tr_arg(args, "to"))
        return tr_say_usage("tally", "needs a folder, --rule, --from and --to");
    if (!tr_rule_read(tr_str_of(word), &rule))
        return tr_say_usage("tally", "there is no counting rule \"%s\"", word);
    if (!open_reading(&r, args, &err) || !tally_query(args, &r, &query, &err))
        return fail_reading(&r, &err);
    query.rule = rule;
    if (!tr_mission_tally(r.view.mission, r.scratch, &query, &tally, &err))
        return fail_reading(&r, &err);
    if (tr_arg_flag(args, "json"))
        tr_put_tally_json(&r.out, r.scratch, &r.view, &tally);
    else
        tr_put_tally_text(&r.out, r.scratch, &r.view, &tally);
    return close_reading(&r);
}

static int explain_code(tr_str word)
{
    int64_t code;
    if (word.len != 6 || !tr_str_starts(word, "TR") ||
        !tr_int_read_zeros(tr_str_from(word, 2), &code) || !tr_error_summary((int)code))
        return tr_say_usage("explain", "there is no error code %.*s", TR_FMT(word));
    printf("TR%04d  %s\n", (int)code, tr_error_summary((int)code));
    return TR_EXIT_DONE;
}

int tr_verb_explain(const tr_args *args)
{
    static reading r;
    tr_err         err = {0};
    if (args->positionals == 1 && tr_is_text(args->positional[0]))
        return tr_explain_whole(args->positional[0]);
    if (args->positionals == 1)
        return explain_code(tr_str_of(args->positional[0]));
    if (args->positionals != 2)
        return tr_say_usage("explain",
                            "needs a folder and an id, "
                            "an agreement file with or without a label, or a code");
    tr_str id = tr_str_of(args->positional[1]);
    if (tr_is_text(args->positional[0]))
        return tr_explain_text(args->positional[0], id);
    if (!open_reading(&r, args, &err) ||
        !(tr_arg_flag(args, "json") ? tr_put_explain_json : tr_put_explain_text)(&r.out, r.scratch,
                                                                                 &r.view, id, &err))
        return fail_reading(&r, &err);
    return close_reading(&r);
}

int tr_verb_report(const tr_args *args)
{
    static reading r;
    tr_err         err = {0};
    tr_span        span;
    tr_format      format = TR_FORMAT_TEXT;
    const char    *word = tr_arg(args, "format"), *file = tr_arg(args, "out");
    if (args->positionals != 1 || !tr_arg(args, "from") || !tr_arg(args, "to"))
        return tr_say_usage("report", "needs a folder, --from and --to");
    if (word && !tr_format_read(tr_str_of(word), &format))
        return tr_say_usage("report",
                            "there is no format \"%s\"; there are text, html, csv, geojson", word);
    if (!open_reading(&r, args, &err) || !span_of(args, &r, &span, &err) ||
        !tr_put_report(&r.out, r.scratch, &r.view, span, format, &err))
        return fail_reading(&r, &err);
    if (!file)
        return close_reading(&r);
    bool done = tr_file_write(file, tr_out_text(&r.out), 0666, true, &err);
    tr_folder_close(&r.folder);
    return done ? TR_EXIT_DONE : tr_say_error(&err);
}

/* Everything again from entry 0, whatever a snapshot says. */
int tr_verb_replay(const tr_args *args)
{
    static reading r;
    tr_err         err = {0};
    if (args->positionals != 1)
        return tr_say_usage("replay", "needs a folder");
    if (!open_state(&r, args, true, &err))
        return fail_reading(&r, &err);
    tr_mission       *mission = r.folder.pen.mission;
    tr_mission_counts count = tr_mission_count(mission);
    char              view[65], state[65], root[65];
    if (tr_arg_flag(args, "hash")) {
        tr_hash hash = tr_mission_view(mission, r.scratch);
        tr_hash_hex(&hash, view);
        hash = tr_mission_state(mission, r.scratch);
        tr_hash_hex(&hash, state);
    }
    tr_hash_hex(&r.view.head.root, root);
    if (tr_arg_flag(args, "json")) {
        tr_put(&r.out, "{\"size\":%llu,\"root\":\"%s\"", (unsigned long long)r.view.head.size,
               root);
        if (tr_arg_flag(args, "hash"))
            tr_put(&r.out, ",\"view\":\"%s\",\"state\":\"%s\"", view, state);
        tr_put(&r.out,
               ",\"entries\":%llu,\"invalid\":%llu,\"observations\":%llu,\"incidents\":%llu}\n",
               (unsigned long long)count.entries, (unsigned long long)count.invalid,
               (unsigned long long)(count.rows + count.singles),
               (unsigned long long)count.incidents);
    } else {
        tr_put(&r.out,
               "%llu entries (%llu invalid), %llu observations, %llu incidents, head %llu %s\n",
               (unsigned long long)count.entries, (unsigned long long)count.invalid,
               (unsigned long long)(count.rows + count.singles),
               (unsigned long long)count.incidents, (unsigned long long)r.view.head.size, root);
        if (tr_arg_flag(args, "hash"))
            tr_put(&r.out, "view  %s\nstate %s\n", view, state);
    }
    return close_reading(&r);
}

/* ---- without a mission ---- */

int tr_verb_positions(const tr_args *args)
{
    if (args->positionals != 1)
        return tr_say_usage("positions", "needs an agreement file");
    tr_arena        keep = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_out          report = tr_out_new(&keep);
    tr_err          err = {0};
    tr_terms_result result = {0};
    tr_folder_compile(&keep, args->positional[0], &result, NULL, &report, &err);
    if (err.code != 0)
        return tr_say_error(&err);
    if (!result.plan) {
        tr_print(tr_out_text(&report));
        return TR_EXIT_FINDINGS;
    }
    tr_out out = tr_out_new(&keep);
    if (tr_arg_flag(args, "json"))
        tr_put_positions_json(&out, result.plan);
    else
        tr_put_positions_text(&out, result.plan);
    return tr_print(tr_out_text(&out));
}

int tr_verb_log(const tr_args *args)
{
    tr_verify_report report = {0};
    tr_err           err = {0};
    if (args->positionals != 2 || strcmp(args->positional[0], "verify") != 0)
        return tr_say_usage("log", "needs `verify` and a folder");
    bool done =
        tr_store_verify(tr_memory_reserve(TR_MEMORY_LARGE), args->positional[1], &report, &err);
    char root[65];
    tr_hash_hex(&report.head.root, root);
    if (tr_arg_flag(args, "json"))
        printf("{\"ok\":%s,\"entries\":%llu,\"invalid\":%llu,\"signatures\":%llu,\"batches\":%llu,"
               "\"rows\":%llu,"
               "\"heads\":%llu,\"heads_behind\":%s,\"size\":%llu,\"root\":\"%s\"}\n",
               done ? "true" : "false", (unsigned long long)report.entries,
               (unsigned long long)report.invalid, (unsigned long long)report.signatures,
               (unsigned long long)report.batches, (unsigned long long)report.rows,
               (unsigned long long)report.heads, report.heads_behind ? "true" : "false",
               (unsigned long long)report.head.size, root);
    if (!done) {
        int status = tr_say_error(&err);
        return status == TR_EXIT_COULD_NOT && err.code / 100 == 3 ? TR_EXIT_FINDINGS : status;
    }
    if (!tr_arg_flag(args, "json"))
        printf("%s: %llu entries (%llu invalid), %llu signatures, %llu rows in %llu batches, %llu "
               "heads: all verified\n"
               "head %llu %s, not witnessed\n%s",
               args->positional[1], (unsigned long long)report.entries,
               (unsigned long long)report.invalid, (unsigned long long)report.signatures,
               (unsigned long long)report.rows, (unsigned long long)report.batches,
               (unsigned long long)report.heads, (unsigned long long)report.head.size, root,
               report.heads_behind
                   ? "the newest head is not in heads.log yet; the next opening for "
                     "writing adds it\n"
                   : "");
    return TR_EXIT_DONE;
}

int tr_verb_limits(const tr_args *args)
{
    if (args->positionals != 0)
        return tr_say_usage("limits", "takes no argument");
    printf("entry                    %d bytes, %d signatures\n", TR_NOTE_MAX, TR_ENTRY_SIGS);
    printf("JSON of an entry         depth %d, %d members of one object\n", TR_JSON_DEPTH,
           TR_JSON_MEMBERS);
    printf("batch                    %d rows\n", TR_CHUNK_ROWS);
    printf("commit                   %d entries\n", TR_COMMIT_MAX);
    printf("imported file            %d bytes\n", TR_INTAKE_FILE_BYTES);
    printf("row of an imported file  %d bytes\n", TR_INTAKE_ROW_BYTES);
    printf("errors of an agreement   %d, then a count\n", TR_TERMS_ERRORS);
    printf("conditions of a clause   %d\n", TR_CONDITIONS);
    return TR_EXIT_DONE;
}
