/* verb_write.c -- the verbs that write: init, import, submit, tick. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "shell/import.h"
#include "shell/memory.h"
#include "shell/verbs.h"

int tr_verb_init(const tr_args *args)
{
    const char *agreement = tr_arg(args, "agreement");
    if (args->positionals != 1 || !agreement)
        return tr_say_usage("init", "needs a folder and --agreement FILE");
    if (tr_arg_flag(args, "replay") && tr_arg_flag(args, "exercise"))
        return tr_say_usage("init", "--replay and --exercise exclude each other");

    tr_arena      keep = tr_memory_reserve(TR_MEMORY_SMALL);
    tr_out        report = tr_out_new(&keep);
    tr_err        err = {0};
    const char   *mode = tr_arg_flag(args, "replay")     ? "replay"
                         : tr_arg_flag(args, "exercise") ? "exercise"
                                                         : "";
    tr_folder_new wanted = {args->positional[0], agreement, mode, tr_arg(args, "origin")};
    bool          done = tr_folder_init(&wanted, &report, &err);
    fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&report)));
    if (!done)
        return tr_say_error(&err);
    tr_out out = tr_out_new(&keep);
    tr_put(&out,
           "%s: a mission%s%s under %s\n%s\nnot witnessed: no one outside this machine has signed "
           "its heads\n",
           wanted.dir, mode[0] ? ", " : "",
           mode[0] == 'r'   ? "REPLAY"
           : mode[0] == 'e' ? "EXERCISE"
                            : "",
           agreement, TR_TRIAL_NOTICE);
    return tr_print(tr_out_text(&out));
}

/* ---- import ---- */

typedef struct {
    const char *file;
    bool        terminal;
    tr_time     said;
} progress_line;

/* After each durable commit: what is acknowledged survives whatever comes next. */
static void show_progress(void *context, const tr_import_sum *sum, int64_t of, tr_time now)
{
    progress_line *line = context;
    tr_time        clock = tr_clock_now();
    if (line->terminal && sum->accepted < of && clock - line->said < 200 * (TR_SECOND / 1000))
        return;
    line->said = clock;
    char day[TR_TIME_TEXT + 1] = "";
    if (now != TR_TIME_NONE)
        tr_time_print(now, day);
    fprintf(stderr, "%s%s: %lld of %lld rows recorded, clock at %.10s%s",
            line->terminal ? "\r" : "", line->file, (long long)sum->accepted, (long long)of, day,
            line->terminal && sum->accepted < of ? "" : "\n");
}

enum { REFUSED_SHOWN = 20 };
static const tr_time CLOCK_ERROR = 300 * TR_SECOND; /* between two clocks that are both right */

static void put_refused(tr_out *out, const char *file, const tr_refused *refused)
{
    tr_put(out, "%s:%lld: row %lld: TR%04d: %.*s\n", file, (long long)refused->line,
           (long long)refused->number, refused->code, TR_FMT(refused->text));
}

/* All of them in DIR/quarantine.log, the first ones on standard error. */
static bool say_refused(tr_folder *folder, const char *file, const tr_intake *in, tr_err *err)
{
    tr_arena scratch = folder->keep;
    tr_out   all = tr_out_new(&scratch);
    char     path[4096];
    for (int64_t i = 0; i < in->refusals; i++) {
        put_refused(&all, file, &in->refused[i]);
        if (in->refused[i].hint.len > 0)
            tr_put(&all, "  hint: %.*s\n", TR_FMT(in->refused[i].hint));
        if (i == REFUSED_SHOWN - 1)
            fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&all)));
    }
    if (in->refusals < REFUSED_SHOWN)
        fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&all)));
    else if (in->refusals > REFUSED_SHOWN)
        fprintf(stderr, "%s: %lld more quarantined rows, all in %s/quarantine.log\n", file,
                (long long)(in->refusals - REFUSED_SHOWN), folder->dir);
    if (in->refusals == 0)
        return true;
    snprintf(path, sizeof path, "%s/quarantine.log", folder->dir);
    return tr_file_append(path, tr_out_text(&all), err);
}

/* Read and in order, but the import stopped before they were durable. */
static int64_t not_recorded(const tr_import_sum *sum)
{
    return sum->read - sum->accepted - sum->duplicates - sum->refused;
}

static void put_sum_json(tr_out *out, const tr_import_sum *sum)
{
    tr_put(out,
           "{\"read\":%lld,\"accepted\":%lld,\"duplicates\":%lld,\"quarantined\":%lld,"
           "\"not_recorded\":%lld,\"conflicts\":%lld,\"entries\":%lld,\"ticks\":%lld}\n",
           (long long)sum->read, (long long)sum->accepted, (long long)sum->duplicates,
           (long long)sum->refused, (long long)not_recorded(sum), (long long)sum->conflicts,
           (long long)sum->entries, (long long)sum->ticks);
}

static void put_sum(tr_out *out, const tr_import_sum *sum)
{
    tr_put(out, "%lld rows read = %lld accepted + %lld already there + %lld quarantined%s\n",
           (long long)sum->read, (long long)sum->accepted, (long long)sum->duplicates,
           (long long)sum->refused, not_recorded(sum) > 0 ? " + those below" : "");
    if (not_recorded(sum) > 0)
        tr_put(
            out,
            "%lld rows are not recorded yet: mend what the error says, then import the same file "
            "again\n",
            (long long)not_recorded(sum));
    if (sum->conflicts > 0)
        tr_put(out,
               "%lld of the accepted rows use an id that is on the record with another content: "
               "both are\n"
               "held and not counted until a correction or retraction says which holds\n",
               (long long)sum->conflicts);
    tr_put(out, "%lld entries written, %lld of them ticks\n", (long long)sum->entries,
           (long long)sum->ticks);
}

static bool import_file(tr_folder *folder, const tr_args *args, const char *file,
                        tr_intake_kind kind, tr_import_sum *sum, tr_err *err)
{
    const tr_plan    *plan = tr_mission_plan(folder->pen.mission);
    tr_intake_setting setting = {.tz = plan->tz, .area = plan->area};
    if (tr_mission_mode(folder->pen.mission) != TR_RECORD_EXERCISE) /* its time is stated */
        setting.latest = tr_clock_now() + CLOCK_ERROR;
    tr_arena      scratch = tr_memory_reserve(TR_MEMORY_LARGE);
    progress_line line = {file, isatty(STDERR_FILENO), 0};
    tr_str        bytes, as = tr_str_of(tr_arg(args, "as"));
    tr_intake     in;
    if (as.at == NULL)
        as = tr_str_of(tr_intake_kind_name(kind));
    bool read = strcmp(file, "-") == 0
                    ? tr_stdin_read(&folder->keep, TR_INTAKE_FILE_BYTES, &bytes, err)
                    : tr_file_map(file, TR_INTAKE_FILE_BYTES, &bytes, err);
    return read && tr_intake_read(&folder->keep, scratch, kind, bytes, &setting, &in, err) &&
           say_refused(folder, file, &in, err) &&
           tr_import_rows(folder, as, tr_str_of(tr_intake_kind_name(kind)), &in, show_progress,
                          &line, sum, err);
}

int tr_verb_import(const tr_args *args)
{
    const char    *source = tr_arg(args, "source");
    tr_intake_kind kind;
    if (args->positionals < 2 || !source)
        return tr_say_usage("import", "needs a folder, --source KIND and at least one file");
    if (!tr_intake_kind_read(tr_str_of(source), &kind))
        return tr_say_usage(
            "import", "there is no reader for \"%s\"; there are ucdp, smm, smm-totals, native",
            source);

    static tr_folder folder;
    tr_err           err = {0};
    tr_import_sum    sum = {0};
    if (!tr_folder_open(&folder, args->positional[0], TR_STORE_WRITE, TR_TIME_NONE, &err))
        return tr_say_error(&err);
    int status = TR_EXIT_DONE;
    for (int i = 1; i < args->positionals && status == TR_EXIT_DONE; i++)
        if (!import_file(&folder, args, args->positional[i], kind, &sum, &err)) {
            fprintf(stderr, "%s: ", args->positional[i]);
            status = tr_say_error(&err);
        }
    if (status == TR_EXIT_DONE)
        tr_folder_snapshot(&folder);
    tr_out out = tr_out_new(&folder.keep);
    (tr_arg_flag(args, "json") ? put_sum_json : put_sum)(&out, &sum);
    tr_folder_close(&folder);
    int printed = tr_print(tr_out_text(&out));
    return status != TR_EXIT_DONE ? status : printed;
}

/* ---- tick ---- */

static bool tick_now(tr_folder *folder, const char *at, tr_err *err)
{
    const tr_mission *mission = folder->pen.mission;
    tr_time           t = tr_clock_now(), last = tr_mission_now(mission);
    if (at && tr_mission_mode(mission) == TR_RECORD_LIVE)
        return tr_fail(err, TR_E_CLOCK_BACK, "A live mission ticks by the clock; leave --at out.",
                       "--at is for a replay or an exercise");
    if (at && !tr_time_read_any(tr_str_of(at), tr_mission_plan(mission)->tz, &t, err))
        return false;
    if (last != TR_TIME_NONE && t <= last) {
        char then[TR_TIME_TEXT + 1];
        tr_time_print(last, then);
        return tr_fail(
            err, TR_E_CLOCK_BACK,
            "Time in the record only goes on; give a later moment, or set the clock right.",
            "the moment is not later than the record's last tick %s", then);
    }
    return tr_pen_tick(&folder->pen, t, at ? TR_STR("stated") : TR_STR("system"), err) &&
           tr_folder_commit(folder, err);
}

int tr_verb_tick(const tr_args *args)
{
    static tr_folder folder;
    tr_err           err = {0};
    if (args->positionals != 1)
        return tr_say_usage("tick", "needs a folder");
    if (!tr_folder_open(&folder, args->positional[0], TR_STORE_WRITE, TR_TIME_NONE, &err))
        return tr_say_error(&err);
    bool done = tick_now(&folder, tr_arg(args, "at"), &err);
    tr_folder_close(&folder);
    return done ? TR_EXIT_DONE : tr_say_error(&err);
}

/* ---- submit ---- */

static const struct {
    const char *word;
    tr_role     role;
} role_words[] = {{"secretariat", TR_ROLE_SECRETARIAT},
                  {"body", TR_ROLE_BODY},
                  {"party", TR_ROLE_PARTY},
                  {"guarantor", TR_ROLE_GUARANTOR},
                  {"device", TR_ROLE_DEVICE},
                  {"clock", TR_ROLE_CLOCK},
                  {"root", TR_ROLE_ROOT}};

static bool role_read(const char *word, tr_role *role)
{
    for (size_t i = 0; i < sizeof role_words / sizeof role_words[0]; i++)
        if (strcmp(word, role_words[i].word) == 0)
            return *role = role_words[i].role, true;
    return false;
}

/* "812" or "812:4" as a reference with the leaf hash of that entry; any other text as it stands. */
static bool take_ref(tr_folder *folder, tr_str text, tr_json **ref, tr_err *err)
{
    tr_str  rest = text, index_text, row_text;
    int64_t index, row = -1;
    bool    fits = tr_str_next(&rest, ':', &index_text) && tr_int_read(index_text, &index);
    if (fits && rest.len >= 0)
        fits = tr_str_next(&rest, ':', &row_text) && tr_int_read(row_text, &row);
    *ref = NULL;
    if (!fits)
        return true; /* the id of a finding or an activation */
    tr_str raw;
    if (index < 0 || !folder->world.entry(folder, (uint64_t)index, &raw))
        return tr_fail(err, TR_E_NOT_FOUND,
                       "Entries are numbered from 0; `truce status DIR` says how many there are.",
                       "there is no entry %lld", (long long)index);
    tr_arena *keep = &folder->keep;
    tr_hash   leaf = tr_merkle_leaf(raw);
    char     *hex = TR_NEW(keep, char, 65);
    tr_hash_hex(&leaf, hex);
    *ref = tr_json_object(keep);
    tr_json_set(*ref, TR_STR("h"), tr_json_str(keep, tr_str_of(hex)));
    tr_json_set(*ref, TR_STR("i"), tr_json_int(keep, index));
    if (row >= 0)
        tr_json_set(*ref, TR_STR("row"), tr_json_int(keep, row));
    return true;
}

/* The members `of` and `grounds` may name entries by their numbers. */
static bool complete_ref(tr_folder *folder, tr_json *body, tr_err *err)
{
    const tr_json *of = tr_json_get(body, "of"), *grounds = tr_json_get(body, "grounds");
    tr_json       *ref = NULL, *list = tr_json_array(&folder->keep);
    if (of && of->kind == TR_JSON_STRING && !take_ref(folder, of->text, &ref, err))
        return false;
    if (ref)
        tr_json_set(body, TR_STR("of"), ref);
    if (!grounds || grounds->kind != TR_JSON_ARRAY)
        return true;
    for (const tr_json *one = grounds->first; one; one = one->next) {
        ref = NULL;
        if (one->kind == TR_JSON_STRING && !take_ref(folder, one->text, &ref, err))
            return false;
        tr_json_add(list, ref ? ref : tr_json_copy(&folder->keep, one));
    }
    tr_json_set(body, TR_STR("grounds"), list);
    return true;
}

static bool submit(tr_folder *folder, const tr_args *args, tr_role role, tr_entry_type type,
                   tr_err *err)
{
    tr_str   bytes, holder = tr_str_of(tr_arg(args, "holder") ? tr_arg(args, "holder") : "mission");
    tr_json *body;
    enum { BODY_MAX = 64 << 10 };
    const char *file = args->positional[1];
    tr_time     at = tr_mission_mode(folder->pen.mission) == TR_RECORD_LIVE
                         ? tr_clock_now()
                         : tr_mission_now(folder->pen.mission);
    if (at == TR_TIME_NONE)
        at = tr_clock_now();
    if (!(strcmp(file, "-") == 0 ? tr_stdin_read(&folder->keep, BODY_MAX, &bytes, err)
                                 : tr_file_map(file, BODY_MAX, &bytes, err)) ||
        !tr_json_import(&folder->keep, bytes, false, &body, err) ||
        !complete_ref(folder, body, err))
        return false;
    if (role == TR_ROLE_DEVICE && !tr_pen_source(&folder->pen, holder, TR_STR("reports"), at, err))
        return false;
    tr_mission *mission = folder->pen.mission;
    tr_arena    scratch = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_hash     before = tr_mission_view(mission, scratch);
    if (!tr_pen_write(&folder->pen, role, holder, type, at, body, NULL, err) ||
        !tr_folder_commit(folder, err))
        return false;
    tr_hash after = tr_mission_view(mission, scratch);
    printf("entry %llu\n", (unsigned long long)folder->durable.size - 1);
    if (tr_hash_eq(&before, &after))
        fprintf(stderr,
                "note: it stands on the record and changes no result as of the last tick\n");
    return true;
}

int tr_verb_submit(const tr_args *args)
{
    static tr_folder folder;
    tr_err           err = {0};
    tr_role          role;
    const char      *role_word = tr_arg(args, "role"), *type_word = tr_arg(args, "type");
    if (args->positionals != 2 || !role_word || !type_word)
        return tr_say_usage("submit", "needs a folder, a file, --type and --role");
    tr_entry_type type = tr_entry_type_of(tr_str_of(type_word));
    if (type == TR_ENTRY_NONE)
        return tr_say_usage("submit", "there is no entry type \"%s\"", type_word);
    if (!role_read(role_word, &role))
        return tr_say_usage("submit", "there is no role \"%s\"", role_word);
    if (!tr_folder_open(&folder, args->positional[0], TR_STORE_WRITE, TR_TIME_NONE, &err))
        return tr_say_error(&err);
    bool done = submit(&folder, args, role, type, &err);
    tr_folder_close(&folder);
    return done ? TR_EXIT_DONE : tr_say_error(&err);
}
