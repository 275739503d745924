/* verbs.c -- from the words of the command line to a verb, its help and its exit status. */
#include "shell/verbs.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "shell/memory.h"

static const struct verb {
    const char *name;
    const char *arguments;
    const char *options;
    const char *line;
    const char *help;
    int (*run)(const tr_args *args);
} verbs[] = {
#define TR_VERB(function, verb, arguments, options, line, help)                                    \
    {verb, arguments, options, line, help, tr_verb_##function},
#include "shell/verbs.def"
#undef TR_VERB
};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

static const struct verb *verb_named(const char *name)
{
    for (int i = 0; i < VERBS; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

const char *tr_arg(const tr_args *args, const char *name)
{
    for (int i = 0; i < args->options; i++)
        if (strcmp(args->option[i].name, name) == 0)
            return args->option[i].value;
    return NULL;
}

bool tr_arg_flag(const tr_args *args, const char *name)
{
    return tr_arg(args, name) != NULL;
}

static void put_usage(tr_out *out, const struct verb *verb)
{
    tr_put(out, "usage: truce %s", verb->name);
    if (verb->arguments[0])
        tr_put(out, " %s", verb->arguments);
    tr_str rest = tr_str_of(verb->options), word;
    while (rest.len > 0 && tr_str_next(&rest, ' ', &word)) {
        bool value = word.at[word.len - 1] == '=';
        tr_put(out, " [--%.*s%s]", (int)(word.len - value), word.at, value ? " VALUE" : "");
    }
    tr_put(out, "\n");
}

void tr_put_help(tr_out *out, const char *name)
{
    const struct verb *verb = name ? verb_named(name) : NULL;
    if (verb) {
        put_usage(out, verb);
        tr_put(out, "%s\n", verb->line);
        if (verb->help[0])
            tr_put(out, "\n%s\n", verb->help);
        return;
    }
    tr_put(out, "truce %s -- cease-fire monitoring and verification\n\nusage: truce VERB ...\n\n",
           TR_VERSION);
    for (int i = 0; i < VERBS; i++)
        tr_put(out, "  %-9s %s\n", verbs[i].name, verbs[i].line);
    tr_put(out,
           "\n`truce VERB --help` tells more.  Exit status: 0 done, 1 findings of a check or a "
           "failed\n"
           "check (never \"the mission has breaches\"), 2 could not, 3 usage, 4 unsafe to sign.\n");
}

int tr_print(tr_str text)
{
    if (fwrite(text.at, 1, (size_t)text.len, stdout) == (size_t)text.len && fflush(stdout) == 0)
        return TR_EXIT_DONE;
    if (errno == EPIPE)
        return TR_EXIT_DONE; /* the reader has seen enough */
    fprintf(stderr, "truce: could not write to standard output: %s\n", strerror(errno));
    return TR_EXIT_COULD_NOT;
}

int tr_say_error(const tr_err *err)
{
    char     room[4096];
    tr_arena scratch = {room, room + sizeof room};
    tr_out   out = tr_out_new(&scratch);
    TR_RESERVE(&scratch, &out.buf, 1024);
    tr_put_err(&out, TR_STR("truce"), err);
    fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&out)));
    switch (err->code) {
    case TR_E_LOCK_AHEAD:
    case TR_E_RECORD_ROOT:
    case TR_E_HEAD_SLOT:
        return TR_EXIT_UNSAFE;
    default:
        return TR_EXIT_COULD_NOT;
    }
}

int tr_say_usage(const char *name, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "truce%s%s: ", name ? " " : "", name ? name : "");
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\nhint: truce %s%s\n", name ? name : "help", name ? " --help" : "");
    return TR_EXIT_USAGE;
}

/* Is --word an option of the verb?  *value tells whether it takes one. */
static bool option_of(const struct verb *verb, tr_str word, bool *value)
{
    tr_str rest = tr_str_of(verb->options), known;
    while (rest.len > 0 && tr_str_next(&rest, ' ', &known)) {
        *value = known.at[known.len - 1] == '=';
        if (tr_str_eq(word, tr_str_cut(known, 0, known.len - *value)))
            return true;
    }
    return false;
}

static int take_option(const struct verb *verb, tr_args *args, char **argv, int argc, int *at)
{
    tr_str    word = tr_str_of(argv[*at] + 2);
    ptrdiff_t equals = tr_str_find(word, '=');
    tr_str    name = equals < 0 ? word : tr_str_cut(word, 0, equals);
    bool      value;
    if (!option_of(verb, name, &value))
        return tr_say_usage(verb->name, "unknown option --%.*s", TR_FMT(name));
    if (args->options == TR_OPTIONS)
        return tr_say_usage(verb->name, "too many options");
    snprintf(args->option[args->options].name, sizeof args->option[0].name, "%.*s", TR_FMT(name));
    const char *given = "";
    if (value && equals >= 0)
        given = word.at + equals + 1;
    else if (value && ++*at < argc)
        given = argv[*at];
    else if (value)
        return tr_say_usage(verb->name, "--%.*s needs a value", TR_FMT(name));
    else if (equals >= 0)
        return tr_say_usage(verb->name, "--%.*s takes no value", TR_FMT(name));
    args->option[args->options++].value = given;
    return TR_EXIT_DONE;
}

static int help(const char *name)
{
    tr_arena keep = tr_memory_reserve(TR_MEMORY_SMALL);
    tr_out   out = tr_out_new(&keep);
    if (name && !verb_named(name))
        return tr_say_usage(NULL, "there is no verb \"%s\"", name);
    tr_put_help(&out, name);
    return tr_print(tr_out_text(&out));
}

int tr_verbs_run(int argc, char **argv)
{
    static tr_args args;
    if (argc < 2)
        return tr_say_usage(NULL, "which verb?");
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
        strcmp(argv[1], "-h") == 0)
        return help(argc > 2 ? argv[2] : NULL);
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0)
        return tr_print(TR_STR("truce " TR_VERSION "\n"));
    const struct verb *verb = verb_named(argv[1]);
    if (!verb)
        return tr_say_usage(NULL, "there is no verb \"%s\"", argv[1]);

    args = (tr_args){.verb = verb->name};
    bool only_words = false;
    for (int i = 2; i < argc; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
            return help(verb->name);
        } else if (!only_words && argv[i][0] == '-' && argv[i][1] == '-') {
            int status = take_option(verb, &args, argv, argc, &i);
            if (status != TR_EXIT_DONE)
                return status;
        } else {
            if (args.positionals == TR_ARGS)
                return tr_say_usage(verb->name, "more than %d arguments", TR_ARGS);
            args.positional[args.positionals++] = argv[i];
        }
    }
    return verb->run(&args);
}
