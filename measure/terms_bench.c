/* terms_bench.c -- the front end of the agreement language, beside jansson.
 *
 * check: an agreement of 500 clauses whose zones lie along a line of 3,000 vertices, from text and
 * GeoJSON to a plan.  front end: a text of some megabytes (clauses, corners of lines, positions),
 * from bytes to a plan.  peer: jansson, from bytes to a tree of values, of JSON of the same size;
 * it resolves no name and checks no meaning.  lsp: questions to a language server of another
 * process over pipes, about the 500 clauses, each after a change of the text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "shell/lsp.h"
#include "shell/memory.h"
#include "terms/tools.h"

enum { RUNS = 5, CLAUSES = 500, VERTICES = 3000, CORNERS = 20000, PARTIES = 40, QUESTIONS = 40 };

static tr_str made_line(tr_arena *keep)
{
    tr_out out = tr_out_new(keep);
    tr_put(&out, "{\"type\":\"LineString\",\"coordinates\":[");
    for (int i = 0; i < VERTICES; i++)
        tr_put(&out, "%s[%d.%04d,%d.%04d]", i ? "," : "", 37, 5000 + (i * 37) % 400,
               47 + (1000 + i * 5) / 10000, (1000 + i * 5) % 10000);
    tr_put(&out, "]}");
    return tr_out_text(&out);
}

static void put_head(tr_out *out, int parties)
{
    tr_put(out, "agreement \"Bench\" version 1.0\ntime zone \"Europe/Kyiv\"\n"
                "area 30.0 E 46.0 N to 40.0 E 51.0 N\nsignature 2026-01-15\n"
                "agreement in force from 2026-02-01 00:00\n");
    for (int i = 0; i < parties; i++)
        tr_put(out, "party P%d \"Party number %d\"\n", i, i);
    tr_put(out, "body JC \"Joint Commission\" of P0, P1\n"
                "counting incident version 1: R-INC\n");
    for (int i = 0; i < 40; i++)
        tr_put(out,
               "class class-%d is explosion or projectile or weapon.tank\n"
               "proof proof-%d needs confidence >= %d %% and sources >= 2\n"
               "act act-%d done when JC reports the completion number %d\n",
               i, i, 50 + i, i, i);
}

static void put_zones(tr_out *out)
{
    for (int i = 0; i < 100; i++)
        tr_put(out, "zone zone-%d is within %d m of contact, boundary inside\n", i, 1000 + 250 * i);
}

/* 200 prohibitions, 200 duties, 34 thresholds with two steps each, as far as `clauses` reaches. */
static void put_clauses(tr_out *out)
{
    tr_put(out, "article 1 \"Cease-fire\"\n");
    for (int i = 1; i <= 200; i++)
        tr_put(out,
               "1.%d P0, P1 must not commit class-%d in zone-%d from 2026-02-01 proof proof-%d "
               "needs coverage >= 60 %% # number %d\n",
               i, i % 40, i % 100, i % 40, i);
    tr_put(out, "article 2 \"Duties\"\n");
    for (int i = 1; i <= 200; i++)
        tr_put(out,
               "2.%d P%d must act-%d begin by day 2 of in force, finish within %d days of %s\n", i,
               i % 2, i % 40, 4 + i % 90, i % 3 ? "in force" : "signature");
    for (int i = 0; i < 33; i++)
        tr_put(out,
               "article %d \"Threshold and ladder\"\n"
               "%d.1 rule-%d is\n    active when count by incident of breaches of §1.%d by any "
               "party in zone-%d over 7 days > 14, by tally\n"
               "    counting rung 0 or better, corroboration none, exercises out, contested out, "
               "as known\n"
               "    until count by incident of breaches of §1.%d by any party in zone-%d over 7 "
               "days < 4, for 14 days\n"
               "article %d \"Ladder\" on §%d.1 active\n"
               "%d.1 JC must act-1 within 1 hour of activation\n"
               "%d.2 P0 must act-2 within 3 days of §%d.1 fulfilled\n",
               2 * i + 3, 2 * i + 3, i, i + 1, (i + 1) % 100, i + 1, (i + 1) % 100, 2 * i + 4,
               2 * i + 3, 2 * i + 4, 2 * i + 4, 2 * i + 4);
    tr_put(out, "article 69 \"Last\"\n69.1 P0 must act-3 by 2026-08-01\n");
}

static tr_str made_agreement(tr_arena *keep)
{
    tr_out out = tr_out_new(keep);
    put_head(&out, 2);
    tr_put(&out, "line contact from \"line.geojson\"\n");
    put_zones(&out);
    put_clauses(&out);
    return tr_out_text(&out);
}

/* The same clauses, 40 parties who take a position on each, and 60,000 corners in the text. */
static tr_str made_long(tr_arena *keep)
{
    tr_out out = tr_out_new(keep);
    put_head(&out, PARTIES);
    for (int k = 0; k < 3; k++) {
        tr_put(&out, "line %s is", k == 0 ? "contact" : k == 1 ? "second" : "third");
        for (int i = 0; i < CORNERS; i++)
            tr_put(&out, "%s %d.%06d E %d.%07d N", i ? (i % 4 ? "," : ",\n   ") : "", 35 + i % 2,
                   (i * 7919 + k) % 1000000, 47, i * 450);
        tr_put(&out, "\n    coarse \"Invented.\"\n");
    }
    put_zones(&out);
    put_clauses(&out);
    tr_put(&out, "positions\n");
    for (int i = 1; i <= 200; i++)
        for (int k = 1; k <= 2; k++) {
            tr_put(&out, "%d.%d", k, i);
            for (int p = 0; p < PARTIES; p++)
                tr_put(&out, "%s P%d %s", p ? (p % 4 ? "," : ",\n   ") : "", p,
                       p % 7 == 0   ? "proposes \"another wording, in the language of the party\""
                       : p % 5 == 0 ? "reserves \"needs a ruling\""
                                    : "agrees");
            tr_put(&out, "\n");
        }
    return tr_out_text(&out);
}

static tr_str made_json(tr_arena *keep, ptrdiff_t bytes)
{
    tr_out out = tr_out_new(keep);
    tr_put(&out, "[");
    for (int i = 0; out.buf.len < bytes; i++)
        tr_put(&out,
               "%s\n{\"label\":\"2.%d\",\"actors\":[\"P0\",\"P1\"],\"must\":true,\"act\":"
               "\"act-%d\",\"within\":{\"days\":%d,\"of\":\"in force\"},\"corners\":[%d.%06d,47."
               "1234567],\"remark\":\"another wording, in the language of the party\"}",
               i ? "," : "", i, i % 40, i % 90, 35 + i % 2, i * 7919 % 1000000);
    tr_put(&out, "]");
    return tr_out_text(&out);
}

static bool line_file(void *context, tr_str name, tr_str *bytes)
{
    *bytes = *(const tr_str *)context;
    return tr_str_is(name, "line.geojson");
}

static double compiled(tr_arena room, tr_str text, tr_str *line, ptrdiff_t *memory)
{
    tr_terms_result result;
    const char     *before = room.beg;
    double          begin = tr_bench_seconds();
    tr_terms_compile(&room, text, line_file, line, &result);
    double took = tr_bench_seconds() - begin;
    *memory = room.beg - before;
    if (result.errors > 0) {
        fprintf(stderr, "bench: line %d: %s\n", result.diagnostic[0].err.line,
                result.diagnostic[0].err.text);
        exit(2);
    }
    return took;
}

static double json_read(tr_str text)
{
    json_error_t why;
    double       begin = tr_bench_seconds();
    json_t      *value = json_loadb(text.at, (size_t)text.len, 0, &why);
    double       took = tr_bench_seconds() - begin;
    if (!value) {
        fprintf(stderr, "bench: line %d: %s\n", why.line, why.text);
        exit(2);
    }
    json_decref(value);
    return took;
}

/* Median seconds of both, alternating. */
static void beside(tr_arena room, tr_str text, tr_str *line, double *ours, double *peers,
                   ptrdiff_t *memory)
{
    double   our[RUNS], peer[RUNS];
    tr_arena other = tr_memory_reserve(TR_MEMORY_SMALL);
    tr_str   json = made_json(&other, text.len);
    for (int i = 0; i < RUNS; i++) {
        our[i] = compiled(room, text, line, memory);
        peer[i] = json_read(json) * (double)text.len / (double)json.len;
    }
    *ours = tr_bench_median(our, RUNS);
    *peers = tr_bench_median(peer, RUNS);
}

/* ---- the language server, in a process of its own ---- */

static FILE *to, *from;

static pid_t start_server(void)
{
    int in[2], out[2];
    if (pipe(in) != 0 || pipe(out) != 0)
        exit(2);
    pid_t child = fork();
    if (child == 0) {
        close(in[1]);
        close(out[0]);
        _exit(tr_lsp_serve(fdopen(in[0], "r"), fdopen(out[1], "w")));
    }
    close(in[0]);
    close(out[1]);
    to = fdopen(in[1], "w");
    from = fdopen(out[0], "r");
    return child;
}

/* Say it, and read one message. */
static double said(json_t *message)
{
    char  *body;
    size_t len;
    double begin = tr_bench_seconds();
    tr_frame_write(to, message);
    json_decref(message);
    if (tr_frame_read(from, &body, &len) != TR_FRAME_DONE) {
        fprintf(stderr, "bench: the language server is gone\n");
        exit(2);
    }
    double took = tr_bench_seconds() - begin;
    free(body);
    return took;
}

static json_t *question(const char *method, int line, int column)
{
    return json_pack("{s:s,s:i,s:s,s:{s:{s:s},s:{s:i,s:i},s:s,s:{s:b}}}", "jsonrpc", "2.0", "id", 1,
                     "method", method, "params", "textDocument", "uri", "file:///bench/a.truce",
                     "position", "line", line, "character", column, "newName", "another", "context",
                     "includeDeclaration", 1);
}

static void bench_lsp(tr_measures *all, tr_arena room, tr_str text, tr_str line)
{
    static const char *const methods[] = {"textDocument/hover",          "textDocument/definition",
                                          "textDocument/references",     "textDocument/completion",
                                          "textDocument/documentSymbol", "textDocument/formatting",
                                          "textDocument/rename"};
    enum { METHODS = sizeof methods / sizeof methods[0] };
    tr_str whole;
    tr_err err;
    double took[METHODS * QUESTIONS], typed[QUESTIONS], most = 0;
    int    rows = 0, lines = 0;
    if (!tr_terms_inline(&room, text, line_file, &line, &whole, &err))
        exit(2);
    for (ptrdiff_t i = 0; i < whole.len && !tr_str_starts(tr_str_from(whole, i), "1.1 P0"); i++)
        lines += whole.at[i] == '\n';
    pid_t child = start_server();
    said(json_pack("{s:s,s:i,s:s,s:{}}", "jsonrpc", "2.0", "id", 0, "method", "initialize",
                   "params"));
    said(json_pack("{s:s,s:s,s:{s:{s:s,s:o}}}", "jsonrpc", "2.0", "method", "textDocument/didOpen",
                   "params", "textDocument", "uri", "file:///bench/a.truce", "text",
                   tr_lsp_text(whole)));
    for (int i = 0; i < QUESTIONS; i++) {
        tr_out edited = tr_out_new(&room);
        tr_put(&edited, "%.*s# change %d\n", TR_FMT(whole), i);
        typed[i] = said(json_pack("{s:s,s:s,s:{s:{s:s},s:[{s:o}]}}", "jsonrpc", "2.0", "method",
                                  "textDocument/didChange", "params", "textDocument", "uri",
                                  "file:///bench/a.truce", "contentChanges", "text",
                                  tr_lsp_text(tr_out_text(&edited))));
        for (int m = 0; m < METHODS; m++)
            took[rows++] = said(question(methods[m], lines + i, i % 2 ? 26 : 0));
    }
    for (int i = 0; i < rows; i++)
        most = took[i] > most ? took[i] : most;
    for (int i = 0; i < QUESTIONS; i++)
        most = typed[i] > most ? typed[i] : most;
    fclose(to);
    fclose(from);
    waitpid(child, NULL, 0);
    tr_measured(all, (tr_measure){"lsp, change to diagnostics, median",
                                  tr_bench_median(typed, QUESTIONS) * 1e3, "ms", "", 0, 50, true});
    tr_measured(all, (tr_measure){"lsp, question to answer, median",
                                  tr_bench_median(took, rows) * 1e3, "ms", "", 0, 50, true});
    tr_measured(all, (tr_measure){"lsp, the slowest answer", most * 1e3, "ms", "", 0, 50, true});
}

void bench_terms(tr_measures *all)
{
    tr_arena  keep = tr_memory_reserve(TR_MEMORY_SMALL), room = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_str    line = made_line(&keep), text = made_agreement(&keep), longer = made_long(&keep);
    double    ours, peers;
    ptrdiff_t memory;

    beside(room, text, &line, &ours, &peers, &memory);
    fprintf(stderr, "terms: %d clauses, %td bytes and %td of GeoJSON: %td bytes of memory\n",
            CLAUSES, text.len, line.len, memory);
    tr_measured(all, (tr_measure){"check, 500 clauses, 3,000 vertices", ours * 1e3, "ms",
                                  "jansson, JSON of the size", peers * 1e3, 300, true});
    tr_measured(all, (tr_measure){"check, memory", (double)memory, "bytes", "", 0,
                                  64.0 * (double)(text.len + line.len) + (1 << 20), true});

    beside(room, longer, &line, &ours, &peers, &memory);
    fprintf(stderr, "terms: a text of %td bytes: %td bytes of memory\n", longer.len, memory);
    tr_measured(all, (tr_measure){"front end", (double)longer.len / ours * 1e-6, "MB/s", "jansson",
                                  (double)longer.len / peers * 1e-6, 20, false});
    tr_measured(all, (tr_measure){"front end, memory", (double)memory, "bytes", "", 0,
                                  64.0 * (double)longer.len + (1 << 20), true});
    bench_lsp(all, room, text, line);
}
