/* verb_serve.c -- the verb that serves the page. */
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "shell/serve.h"
#include "shell/verbs.h"

static char address[64];

static void say_ready(uint16_t port)
{
    bool v6 = strchr(address, ':') != NULL;
    printf("truce: the page is at http://%s%s%s:%u/ (stop with Ctrl-C)\n", v6 ? "[" : "", address,
           v6 ? "]" : "", port);
    fflush(stdout);
}

/* The page is built beside the program: BUILD/truce, web/dist. */
static const char *page_folder(void)
{
    static char path[PATH_MAX + 32];
    ssize_t     len = readlink("/proc/self/exe", path, PATH_MAX);
    if (len <= 0)
        return "web/dist";
    path[len] = '\0';
    char *slash = strrchr(path, '/');
    snprintf(slash, 32, "/../web/dist");
    return path;
}

int tr_verb_serve(const tr_args *args)
{
    static tr_folder folder;
    tr_serving       serving = {.address = address};
    tr_err           err = {0};
    const char      *listen = tr_arg(args, "listen");
    if (args->positionals != 1)
        return tr_say_usage("serve", "needs a folder");
    serving.page = tr_arg(args, "page") ? tr_arg(args, "page") : page_folder();
    serving.audience = tr_arg_flag(args, "public") ? TR_AUDIENCE_PUBLIC : TR_AUDIENCE_MISSION;
    bool done =
        tr_listen_read(listen ? listen : "127.0.0.1:8080", address, &serving.port, &err) &&
        tr_folder_open(&folder, args->positional[0], TR_STORE_READ, TR_TIME_NONE, &err) &&
        tr_serve(&folder, &serving, say_ready, &err);
    tr_folder_close(&folder);
    return done ? TR_EXIT_DONE : tr_say_error(&err);
}
