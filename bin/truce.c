/* truce.c -- the one program.  Everything it can do is a verb (lib/shell/verbs.def). */
#include <signal.h>

#include "shell/verbs.h"

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a reader that has seen enough is no fault */
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of the write */
    return tr_verbs_run(argc, argv);
}
