/* serve.h -- the page and its interface over HTTP (docs/API.md), by libevent.
 *
 * One thread.  Loopback only: an address that others can reach is refused.  A
 * timer follows the published head; nothing is written.
 */
#ifndef TR_SERVE_H
#define TR_SERVE_H

#include "report/report.h"
#include "shell/folder.h"

typedef struct {
    const char *address; /* "127.0.0.1", "::1", "localhost" */
    uint16_t    port;    /* 0: any free one */
    const char *page;    /* folder of the built page */
    tr_audience audience;
} tr_serving;

/* "127.0.0.1:8080", "[::1]:8080", "localhost:0", ":8080".  Refuses what is not loopback. */
bool tr_listen_read(const char *text, char address[64], uint16_t *port, tr_err *err);

/* Serve until SIGINT or SIGTERM; `ready` is called once with the port that is listened on. */
bool tr_serve(tr_folder *folder, const tr_serving *serving, void (*ready)(uint16_t port),
              tr_err *err);

#endif
