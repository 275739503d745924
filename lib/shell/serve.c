/* serve.c -- the page and its interface over HTTP, by libevent. */
#include "shell/serve.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "shell/files.h"
#include "shell/memory.h"

enum { FOLLOW_MS = 250, REMARK_S = 15, LIST_MOST = 5000, STREAMS = 64, HEADERS_MOST = 16 << 10 };

typedef struct {
    struct evhttp_request    *request;
    struct evhttp_connection *connection;
} stream;

typedef struct {
    tr_folder         *folder;
    const tr_serving  *serving;
    uint16_t           port;
    struct event_base *base;
    struct evhttp     *http;
    stream             stream[STREAMS];
    int                streams;
    tr_arena           texts;   /* one answer */
    tr_arena           scratch; /* what it is made with */
    tr_view            view;
} server;

/* What a request asks for. */
typedef struct {
    server                *s;
    struct evhttp_request *request;
    tr_str                 path; /* decoded */
    struct evkeyvalq       query;
    tr_out                 out;
    const char            *type;  /* content type */
    const char            *cache; /* Cache-Control */
    int                    status;
} asking;

#define IMMUTABLE "public, max-age=31536000, immutable"

/* ---- arguments ---- */

static bool bad_listen(const char *text, tr_err *err)
{
    return tr_fail(err, TR_E_LISTEN, "Write ADDRESS:PORT, e.g. 127.0.0.1:8080.",
                   "\"%s\" is not an address and port", text);
}

bool tr_listen_read(const char *text, char address[64], uint16_t *port, tr_err *err)
{
    const char *colon = strrchr(text, ':');
    int64_t     number;
    if (!colon || !tr_int_read(tr_str_of(colon + 1), &number) || number < 0 || number > 65535)
        return bad_listen(text, err);
    tr_str host = {text, colon - text};
    if (host.len > 1 && host.at[0] == '[' && host.at[host.len - 1] == ']')
        host = tr_str_cut(host, 1, host.len - 1);
    if (host.len == 0 || tr_str_is(host, "localhost"))
        host = TR_STR("127.0.0.1");
    if (host.len > 45)
        return bad_listen(text, err);
    if (!tr_str_starts(host, "127.") && !tr_str_is(host, "::1"))
        return tr_fail(
            err, TR_E_LISTEN,
            "Listen on 127.0.0.1 and put a server with logins in front; there are no roles yet.",
            "%.*s can be reached by others, and this version serves loopback only", TR_FMT(host));
    snprintf(address, 64, "%.*s", TR_FMT(host));
    *port = (uint16_t)number;
    return true;
}

static const char *param(const asking *ask, const char *name)
{
    return evhttp_find_header(&ask->query, name);
}

/* Text that may name what a request said, and so may hold bytes that are not UTF-8. */
static void put_said(tr_out *out, const char *text)
{
    tr_str    rest = tr_str_of(text);
    char      kept[sizeof((tr_err *)0)->text];
    ptrdiff_t bad;
    assert(rest.len < (ptrdiff_t)sizeof kept);
    memcpy(kept, rest.at, (size_t)rest.len);
    while (!tr_utf8_ok((tr_str){kept, rest.len}, &bad))
        kept[bad] = '?';
    tr_put_json_str(out, (tr_str){kept, rest.len});
}

static bool refuse(asking *ask, int status, const tr_err *err)
{
    ask->status = status;
    ask->type = "application/json";
    ask->cache = "no-store";
    ask->out.buf.len = 0;
    tr_put(&ask->out, "{\"error\":{\"code\":\"TR%04d\",\"text\":", err->code);
    put_said(&ask->out, err->text);
    tr_put(&ask->out, ",\"hint\":");
    put_said(&ask->out, err->hint);
    tr_put(&ask->out, "}}\n");
    return false;
}

static bool refuse_with(asking *ask, int status, int code, const char *text, const char *hint)
{
    tr_err err = {0};
    tr_fail(&err, code, hint, "%s", text);
    return refuse(ask, status, &err);
}

static bool not_found(asking *ask)
{
    return refuse_with(ask, 404, TR_E_NOT_FOUND, "there is nothing at this address",
                       "docs/API.md lists the addresses.");
}

/* The public sees times as days: a span is widened to whole ones before anything is counted. */
static tr_span whole_days(tr_span span, const tr_tz *tz)
{
    if (span.begin != TR_TIME_NONE)
        span.begin = tr_time_day_begin(span.begin, tz);
    if (span.end != TR_TIME_MAX && tr_time_day_begin(span.end, tz) != span.end)
        span.end = tr_time_add_days(tr_time_day_begin(span.end, tz), 1, tz);
    return span;
}

static bool span_param(asking *ask, tr_span *span)
{
    const tr_tz *tz = tr_mission_plan(ask->s->view.mission)->tz;
    const char  *from = param(ask, "from"), *to = param(ask, "to");
    tr_err       err = {0};
    *span = (tr_span){TR_TIME_NONE, TR_TIME_MAX};
    if ((from && !tr_time_read_any(tr_str_of(from), tz, &span->begin, &err)) ||
        (to && !tr_time_read_any(tr_str_of(to), tz, &span->end, &err)))
        return refuse(ask, 400, &err);
    if (span->begin != TR_TIME_NONE && span->begin >= span->end)
        return refuse_with(ask, 400, TR_E_TALLY_SPAN, "from is not before to",
                           "The span is [from, to).");
    if (ask->s->serving->audience == TR_AUDIENCE_PUBLIC)
        *span = whole_days(*span, tz);
    return true;
}

static bool int_param(asking *ask, const char *name, int64_t least, int64_t most, int64_t *value)
{
    const char *text = param(ask, name);
    if (!text || (tr_int_read(tr_str_of(text), value) && *value >= least && *value <= most))
        return true;
    char said[120];
    snprintf(said, sizeof said, "%s is a whole number from %lld to %lld", name, (long long)least,
             (long long)most);
    return refuse_with(ask, 400, TR_E_NUMBER, said, "Mend the address.");
}

/* ---- the interface ---- */

static bool get_board(asking *ask)
{
    tr_put_board_json(&ask->out, ask->s->scratch, &ask->s->view);
    return true;
}

static bool get_map(asking *ask)
{
    tr_put_map_json(&ask->out, ask->s->scratch, &ask->s->view);
    return true;
}

static bool list_query(asking *ask, tr_list_query *query)
{
    const char *clause = param(ask, "clause");
    *query = (tr_list_query){.clause = -1, .after = -1, .limit = LIST_MOST};
    if (clause && (query->clause = tr_plan_clause(tr_mission_plan(ask->s->view.mission),
                                                  tr_str_of(clause))) < 0)
        return not_found(ask);
    return span_param(ask, &query->span) && int_param(ask, "after", 0, INT64_MAX, &query->after) &&
           int_param(ask, "limit", 1, LIST_MOST, &query->limit);
}

static bool get_findings(asking *ask)
{
    tr_list_query query;
    if (!list_query(ask, &query))
        return false;
    tr_put_findings_json(&ask->out, ask->s->scratch, &ask->s->view, &query);
    return true;
}

static bool get_incidents(asking *ask)
{
    tr_list_query query;
    if (!list_query(ask, &query))
        return false;
    tr_put_incidents_json(&ask->out, ask->s->scratch, &ask->s->view, &query);
    return true;
}

static bool get_timeline(asking *ask)
{
    tr_span     span;
    const char *step = param(ask, "step");
    if (step && strcmp(step, "day") != 0 && strcmp(step, "week") != 0)
        return refuse_with(ask, 400, TR_E_NOT_FOUND, "step is day or week", "Mend the address.");
    if (!span_param(ask, &span))
        return false;
    tr_put_timeline_json(&ask->out, ask->s->scratch, &ask->s->view,
                         step && step[0] == 'd' ? 'd' : 'w', span);
    return true;
}

static bool get_finding(asking *ask, tr_str id)
{
    tr_err err = {0};
    return tr_put_explain_json(&ask->out, ask->s->scratch, &ask->s->view, id, &err) ||
           refuse(ask, 404, &err);
}

static bool get_tally(asking *ask)
{
    const tr_plan *plan = tr_mission_plan(ask->s->view.mission);
    tr_tally_query query = {.zone = -1, .source = -1, .clause = -1};
    const char    *rule = param(ask, "rule"), *zone = param(ask, "zone"),
               *clause = param(ask, "clause");
    tr_tally tally;
    tr_err   err = {0};
    if (!rule || !tr_rule_read(tr_str_of(rule), &query.rule))
        return refuse_with(ask, 400, TR_E_RULE_NOT_YET, "rule names no counting rule",
                           "There are R-INC and R-SMM.");
    if ((zone && (query.zone = tr_plan_zone_named(plan, tr_str_of(zone))) < 0) ||
        (clause && (query.clause = tr_plan_clause(plan, tr_str_of(clause))) < 0))
        return not_found(ask);
    if (!span_param(ask, &query.span))
        return false;
    if (!tr_mission_tally(ask->s->view.mission, ask->s->scratch, &query, &tally, &err))
        return refuse(ask, 400, &err);
    tr_put_tally_json(&ask->out, ask->s->scratch, &ask->s->view, &tally);
    return true;
}

static bool get_report(asking *ask)
{
    static const char *const types[] = {"text/plain; charset=utf-8", "text/html; charset=utf-8",
                                        "text/csv; charset=utf-8", "application/geo+json"};
    const char              *word = param(ask, "format");
    tr_format                format = TR_FORMAT_HTML;
    tr_span                  span;
    tr_err                   err = {0};
    if (word && !tr_format_read(tr_str_of(word), &format))
        return refuse_with(ask, 400, TR_E_NOT_FOUND, "format is text, html, csv or geojson",
                           "Mend the address.");
    if (!param(ask, "from") || !param(ask, "to"))
        return refuse_with(ask, 400, TR_E_TALLY_SPAN, "a report needs from and to",
                           "Add ?from=DATE&to=DATE.");
    if (!span_param(ask, &span))
        return false;
    ask->type = types[format];
    return tr_put_report(&ask->out, ask->s->scratch, &ask->s->view, span, format, &err) ||
           refuse(ask, 400, &err);
}

/* ---- the record ---- */

static bool for_mission_only(asking *ask)
{
    return ask->s->serving->audience == TR_AUDIENCE_MISSION ||
           refuse_with(ask, 403, TR_E_LISTEN, "this is not served to the public",
                       "Proofs and heads are; entries and files are for the mission.");
}

static bool get_checkpoint(asking *ask)
{
    ask->type = "text/plain; charset=utf-8";
    ask->cache = "max-age=1";
    tr_put_str(&ask->out, tr_store_checkpoint(ask->s->folder->store));
    return true;
}

static bool get_entry(asking *ask, tr_str rest)
{
    int64_t index;
    tr_str  raw;
    if (!for_mission_only(ask))
        return false;
    if (!tr_int_read(rest, &index) || index < 0 ||
        !tr_store_entry(ask->s->folder->store, (uint64_t)index, &raw))
        return not_found(ask);
    ask->type = "text/plain; charset=utf-8";
    ask->cache = IMMUTABLE;
    tr_put_str(&ask->out, raw);
    return true;
}

static bool get_tile(asking *ask, tr_str rest)
{
    tr_str bytes;
    if (tr_str_starts(rest, "entries/") && !for_mission_only(ask))
        return false;
    if (!tr_store_tile(ask->s->folder->store, &ask->s->scratch, rest, &bytes))
        return not_found(ask);
    ask->type = "application/octet-stream";
    ask->cache = IMMUTABLE;
    tr_put_str(&ask->out, bytes);
    return true;
}

static bool get_blob(asking *ask, tr_str rest)
{
    tr_hash hash;
    tr_str  bytes;
    if (!for_mission_only(ask))
        return false;
    if (!tr_hash_read(rest, &hash) || !tr_store_blob(ask->s->folder->store, &hash, &bytes))
        return not_found(ask);
    ask->type = "application/octet-stream";
    ask->cache = IMMUTABLE;
    tr_put_str(&ask->out, bytes);
    return true;
}

static void put_path(tr_out *out, const tr_proof *proof, const char *before, const char *after)
{
    for (int i = 0; i < proof->length; i++) {
        tr_put(out, "%s", before);
        tr_put_base64(out, proof->path[i].at, 32);
        tr_put(out, "%s", after);
    }
}

/* A tlog-proof: for the newest head with its signature, for an older one with the bare three lines.
 */
static bool get_inclusion(asking *ask, uint64_t index)
{
    tr_store *store = ask->s->folder->store;
    tr_head   head = tr_store_head(store);
    int64_t   size = (int64_t)head.size;
    tr_proof  proof;
    tr_hash   root;
    if (!int_param(ask, "size", 1, (int64_t)head.size, &size))
        return false;
    if (!tr_store_inclusion(store, index, (uint64_t)size, &proof) ||
        !tr_store_root_at(store, (uint64_t)size, &root))
        return not_found(ask);
    ask->type = "text/plain; charset=utf-8";
    ask->cache = param(ask, "size") ? IMMUTABLE : "no-store";
    tr_put(&ask->out, "c2sp.org/tlog-proof@v1\nindex %llu\n", (unsigned long long)index);
    put_path(&ask->out, &proof, "", "\n");
    tr_put(&ask->out, "\n");
    if ((uint64_t)size == head.size)
        tr_put_str(&ask->out, tr_store_checkpoint(store));
    else
        tr_put_checkpoint(&ask->out, tr_store_origin(store), (uint64_t)size, &root);
    return true;
}

typedef struct {
    const tr_hash *leaf;
    uint64_t       rows;
} row_leaves;

/* Hashes of complete subtrees over the leaves of one batch, computed as asked. */
static bool row_subtree(const void *context, int level, uint64_t index, tr_hash *hash)
{
    const row_leaves *leaves = context;
    uint64_t          begin = index << level, count = UINT64_C(1) << level;
    if (begin + count > leaves->rows)
        return false;
    *hash = tr_merkle_root(leaves->leaf + begin, (int64_t)count);
    return true;
}

/* The chunk of a batch entry; false when the entry is none. */
static bool chunk_of(asking *ask, uint64_t index, tr_str *chunk, int64_t *rows, tr_str *root)
{
    tr_arena      *keep = &ask->s->scratch;
    tr_entry       entry;
    tr_err         err = {0};
    tr_str         raw;
    tr_hash        hash;
    const tr_json *blob;
    if (!tr_store_entry(ask->s->folder->store, index, &raw) ||
        !tr_entry_read(keep, raw, tr_store_origin(ask->s->folder->store), &entry, &err) ||
        entry.type != TR_ENTRY_OBSERVATION_BATCH || !(blob = tr_json_get(entry.body, "chunk")))
        return false;
    *rows = tr_json_int_or(entry.body, "rows", 0);
    *root = tr_json_text(entry.body, "root");
    return tr_json_hash(blob, "sha256", &hash) &&
           tr_store_blob(ask->s->folder->store, &hash, chunk);
}

static bool get_row_proof(asking *ask, uint64_t index, int64_t wanted)
{
    tr_arena *keep = &ask->s->scratch;
    tr_str    rest, root, row, found = {NULL, 0};
    int64_t   rows, at = 0;
    tr_err    err = {0};
    tr_proof  proof;
    if (!for_mission_only(ask))
        return false;
    if (!chunk_of(ask, index, &rest, &rows, &root) || wanted < 0 || wanted >= rows)
        return not_found(ask);
    tr_hash *leaf = TR_NEW(keep, tr_hash, rows);
    for (; at < rows && tr_chunk_next(&rest, &row, &err); at++) {
        leaf[at] = tr_merkle_leaf(row);
        if (at == wanted)
            found = row;
    }
    row_leaves leaves = {leaf, (uint64_t)rows};
    if (at != rows ||
        !tr_inclusion_make((uint64_t)wanted, (uint64_t)rows, row_subtree, &leaves, &proof))
        return not_found(ask);
    ask->cache = IMMUTABLE;
    tr_put(&ask->out, "{\"rows\":%lld,\"root\":\"%.*s\",\"row\":", (long long)rows, TR_FMT(root));
    tr_put_json_str(&ask->out, found);
    tr_put(&ask->out, ",\"path\":[");
    for (int i = 0; i < proof.length; i++) {
        tr_put(&ask->out, "%s\"", i ? "," : "");
        tr_put_base64(&ask->out, proof.path[i].at, 32);
        tr_put(&ask->out, "\"");
    }
    tr_put(&ask->out, "]}\n");
    return true;
}

static bool get_proof(asking *ask, tr_str rest)
{
    tr_str  piece;
    int64_t index, row;
    if (!tr_str_next(&rest, '/', &piece) || !tr_int_read(piece, &index) || index < 0)
        return not_found(ask);
    if (rest.len < 0)
        return get_inclusion(ask, (uint64_t)index);
    if (!tr_str_next(&rest, '/', &piece) || !tr_str_is(piece, "row") ||
        !tr_str_next(&rest, '/', &piece) || !tr_int_read(piece, &row) || rest.len >= 0)
        return not_found(ask);
    return get_row_proof(ask, (uint64_t)index, row);
}

/* ---- the page ---- */

static const char *type_of(tr_str path)
{
    static const struct {
        const char *end, *type;
    } types[] = {{".html", "text/html; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".json", "application/json"},
                 {".svg", "image/svg+xml"},
                 {".map", "application/json"},
                 {".txt", "text/plain; charset=utf-8"},
                 {".webmanifest", "application/manifest+json"}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        ptrdiff_t len = (ptrdiff_t)strlen(types[i].end);
        if (path.len > len && memcmp(path.at + path.len - len, types[i].end, (size_t)len) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

/* Only plain names below the folder of the page: no "..", no hidden file. */
static bool plain_path(tr_str path)
{
    for (ptrdiff_t i = 0; i < path.len; i++) {
        char c = path.at[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '_';
        bool dot = c == '.' && i > 0 && path.at[i - 1] != '/' && path.at[i - 1] != '.';
        if (!word && !dot && c != '/')
            return false;
    }
    return true;
}

static bool get_page(asking *ask)
{
    tr_str path = tr_str_from(ask->path, 1);
    char   name[PATH_MAX];
    tr_str bytes;
    tr_err err = {0};
    bool   asset = tr_str_starts(path, "assets/");
    /* Every address of a view is the page itself; it finds its way by its own address. */
    if (path.len == 0 || (!asset && tr_str_find(path, '.') < 0))
        path = TR_STR("index.html");
    if (!plain_path(path) || path.len > 200)
        return not_found(ask);
    snprintf(name, sizeof name, "%s/%.*s", ask->s->serving->page, TR_FMT(path));
    if (!tr_file_map(name, 64 << 20, &bytes, &err)) {
        if (!tr_str_is(path, "index.html"))
            return not_found(ask);
        return refuse_with(ask, 503, TR_E_FILE_READ, "the page is not built",
                           "Build it with tools/web, or name its folder with --page; /api/board "
                           "works without it.");
    }
    ask->type = type_of(path);
    ask->cache = asset ? IMMUTABLE : "no-cache";
    tr_put_str(&ask->out, bytes);
    if (bytes.len > 0)
        tr_io_unmap(bytes.at, (uint64_t)bytes.len);
    return true;
}

/* ---- events ---- */

static void put_event(struct evbuffer *buffer, const server *s)
{
    char    root[65], now[TR_TIME_TEXT + 1] = "";
    tr_time t = tr_mission_now(s->view.mission);
    tr_hash_hex(&s->view.head.root, root);
    if (t != TR_TIME_NONE)
        tr_time_print(t, now);
    unsigned long long size = (unsigned long long)s->view.head.size;
    evbuffer_add_printf(
        buffer, "event: head\nid: %llu\ndata: {\"size\":%llu,\"root\":\"%s\",\"now\":\"%s\"}\n\n",
        size, size, root, now);
}

static void stream_closed(struct evhttp_connection *connection, void *context)
{
    server *s = context;
    for (int i = 0; i < s->streams; i++)
        if (s->stream[i].connection == connection) {
            s->stream[i] = s->stream[--s->streams];
            return;
        }
}

static void add_header(struct evhttp_request *request, const char *name, const char *value)
{
    evhttp_add_header(evhttp_request_get_output_headers(request), name, value);
}

static void add_head_header(asking *ask)
{
    char text[100], root[65];
    tr_hash_hex(&ask->s->view.head.root, root);
    snprintf(text, sizeof text, "%llu:%s", (unsigned long long)ask->s->view.head.size, root);
    add_header(ask->request, "X-Truce-Head", text);
}

static void open_stream(asking *ask)
{
    server                   *s = ask->s;
    struct evhttp_connection *connection = evhttp_request_get_connection(ask->request);
    const char               *last =
        evhttp_find_header(evhttp_request_get_input_headers(ask->request), "Last-Event-ID");
    int64_t seen = -1;
    if (s->streams == STREAMS) {
        evhttp_send_error(ask->request, 503, "too many listeners");
        return;
    }
    s->stream[s->streams++] = (stream){ask->request, connection};
    evhttp_connection_set_closecb(connection, stream_closed, s);
    evhttp_connection_set_timeout(connection, 3600);
    add_header(ask->request, "Content-Type", "text/event-stream");
    add_header(ask->request, "Cache-Control", "no-store");
    evhttp_send_reply_start(ask->request, 200, "OK");
    struct evbuffer *buffer = evbuffer_new();
    evbuffer_add_printf(buffer, "retry: 1000\n\n");
    if (!last || !tr_int_read(tr_str_of(last), &seen) || seen != (int64_t)s->view.head.size)
        put_event(buffer, s);
    evhttp_send_reply_chunk(ask->request, buffer);
    evbuffer_free(buffer);
}

static void tell_streams(server *s, bool head)
{
    for (int i = 0; i < s->streams; i++) {
        struct evbuffer *buffer = evbuffer_new();
        if (head)
            put_event(buffer, s);
        else
            evbuffer_add_printf(buffer, ": still here\n\n");
        evhttp_send_reply_chunk(s->stream[i].request, buffer);
        evbuffer_free(buffer);
    }
}

/* ---- requests ---- */

static bool host_ok(const server *s, struct evhttp_request *request)
{
    const char *host = evhttp_find_header(evhttp_request_get_input_headers(request), "Host");
    char        allowed[3][80];
    snprintf(allowed[0], sizeof allowed[0], "localhost:%u", s->port);
    snprintf(allowed[1], sizeof allowed[1], "127.0.0.1:%u", s->port);
    snprintf(allowed[2], sizeof allowed[2], strchr(s->serving->address, ':') ? "[%s]:%u" : "%s:%u",
             s->serving->address, s->port);
    for (int i = 0; host && i < 3; i++) {
        ptrdiff_t bare = strrchr(allowed[i], ':') - allowed[i]; /* port 80 is not written */
        if (evutil_ascii_strcasecmp(host, allowed[i]) == 0 ||
            (s->port == 80 && (ptrdiff_t)strlen(host) == bare &&
             evutil_ascii_strncasecmp(host, allowed[i], (size_t)bare) == 0))
            return true;
    }
    return false;
}

static const struct {
    const char *path;
    bool (*get)(asking *ask);
} exact[] = {
    {"/api/board", get_board},       {"/api/map", get_map},
    {"/api/findings", get_findings}, {"/api/incidents", get_incidents},
    {"/api/timeline", get_timeline}, {"/api/tally", get_tally},
    {"/api/report", get_report},     {"/checkpoint", get_checkpoint},
};
static const struct {
    const char *prefix;
    bool (*get)(asking *ask, tr_str rest);
} below[] = {
    {"/api/finding/", get_finding}, {"/entry/", get_entry}, {"/proof/", get_proof},
    {"/tile/", get_tile},           {"/blob/", get_blob},
};

static void answer(asking *ask)
{
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++)
        if (tr_str_is(ask->path, exact[i].path)) {
            exact[i].get(ask);
            return;
        }
    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++)
        if (tr_str_starts(ask->path, below[i].prefix)) {
            below[i].get(ask, tr_str_from(ask->path, (ptrdiff_t)strlen(below[i].prefix)));
            return;
        }
    if (tr_str_starts(ask->path, "/api/"))
        not_found(ask);
    else
        get_page(ask);
}

static void send_answer(asking *ask)
{
    struct evbuffer *body = evbuffer_new();
    tr_str           text = tr_out_text(&ask->out);
    char             length[24];
    add_header(ask->request, "Content-Type", ask->type);
    add_header(ask->request, "Cache-Control", ask->cache);
    add_header(ask->request, "X-Content-Type-Options", "nosniff");
    add_header(ask->request, "Referrer-Policy", "no-referrer");
    add_header(ask->request, "Content-Security-Policy",
               "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
               "frame-ancestors 'none'");
    add_head_header(ask);
    if (evhttp_request_get_command(ask->request) == EVHTTP_REQ_HEAD) { /* the length, no body */
        snprintf(length, sizeof length, "%lld", (long long)text.len);
        add_header(ask->request, "Content-Length", length);
    } else {
        evbuffer_add(body, text.at, (size_t)text.len);
    }
    evhttp_send_reply(ask->request, ask->status, ask->status == 200 ? "OK" : "Refused", body);
    evbuffer_free(body);
}

static void handle(struct evhttp_request *request, void *context)
{
    server                  *s = context;
    const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request);
    const char              *raw = evhttp_uri_get_path(uri), *query = evhttp_uri_get_query(uri);
    tr_arena                 texts = s->texts, scratch = s->scratch;
    asking                   ask = {.s = s, .request = request};
    ask.type = "application/json";
    ask.cache = "no-store";
    ask.status = 200;
    enum evhttp_cmd_type command = evhttp_request_get_command(request);
    size_t               len = 0;
    char                *path = evhttp_uridecode(raw && raw[0] ? raw : "/", 0, &len);

    ask.out = tr_out_new(&s->texts);
    bool readable = evhttp_parse_query_str(query ? query : "", &ask.query) == 0;
    ask.path = path ? (tr_str){path, (ptrdiff_t)len} : TR_STR("/");
    if (!host_ok(s, request)) {
        refuse_with(&ask, 403, TR_E_LISTEN, "the Host header is not an address of this server",
                    "Open the page at the address that truce printed.");
    } else if (command != EVHTTP_REQ_GET && command != EVHTTP_REQ_HEAD) {
        refuse_with(&ask, 405, TR_E_LISTEN, "only GET is answered", "Nothing can be written here.");
    } else if (!readable) { /* never answered as if nothing had been asked */
        refuse_with(&ask, 400, TR_E_NOT_FOUND, "the part after ? cannot be read",
                    "Write NAME=VALUE, joined by &.");
    } else if (tr_str_is(ask.path, "/events") && command == EVHTTP_REQ_HEAD) {
        ask.type = "text/event-stream"; /* no one listens */
    } else if (tr_str_is(ask.path, "/events")) {
        open_stream(&ask);
        ask.request = NULL;
    } else {
        answer(&ask);
    }
    if (ask.request)
        send_answer(&ask);
    evhttp_clear_headers(&ask.query);
    free(path);
    s->texts = texts;
    s->scratch = scratch;
}

/* ---- following the record ---- */

static bool look(server *s, tr_err *err)
{
    s->view.mission = s->folder->pen.mission;
    s->view.head.size = tr_mission_size(s->view.mission);
    return tr_store_root_at(s->folder->store, s->view.head.size, &s->view.head.root) ||
           tr_fail(err, TR_E_RECORD_BYTES, "Run `truce log verify` on the folder.",
                   "could not read the tree");
}

static void follow(evutil_socket_t socket, short what, void *context)
{
    server *s = context;
    bool    grew = false;
    tr_err  err = {0};
    (void)socket, (void)what;
    if (!tr_folder_follow(s->folder, &grew, &err) || !look(s, &err)) {
        fprintf(stderr, "truce: could not follow the record: TR%04d %s\n", err.code, err.text);
        return;
    }
    if (grew)
        tell_streams(s, true);
}

static void remark(evutil_socket_t socket, short what, void *context)
{
    (void)socket, (void)what;
    tell_streams(context, false);
}

static void stop(evutil_socket_t number, short what, void *context)
{
    (void)number, (void)what;
    event_base_loopbreak(((server *)context)->base);
}

static uint16_t bound_port(struct evhttp_bound_socket *bound)
{
    struct sockaddr_storage about;
    ev_socklen_t            len = sizeof about;
    if (getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&about, &len) != 0)
        return 0;
    return ntohs(about.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&about)->sin6_port
                                             : ((struct sockaddr_in *)&about)->sin_port);
}

bool tr_serve(tr_folder *folder, const tr_serving *serving, void (*ready)(uint16_t port),
              tr_err *err)
{
    static server s;
    s = (server){.folder = folder,
                 .serving = serving,
                 .texts = tr_memory_reserve(TR_MEMORY_LARGE),
                 .scratch = tr_memory_reserve(TR_MEMORY_LARGE),
                 .view = {.audience = serving->audience,
                          .as_known_at = TR_TIME_NONE,
                          .notice = TR_STR(TR_TRIAL_NOTICE)}};
    if (!look(&s, err))
        return false;
    s.base = event_base_new();
    s.http = evhttp_new(s.base);
    evhttp_set_max_headers_size(s.http, HEADERS_MOST);
    evhttp_set_max_body_size(s.http, 0);
    evhttp_set_timeout(s.http, 30);
    evhttp_set_gencb(s.http, handle, &s);
    struct evhttp_bound_socket *bound =
        evhttp_bind_socket_with_handle(s.http, serving->address, serving->port);
    if (!bound) {
        evhttp_free(s.http);
        event_base_free(s.base);
        return tr_fail(
            err, TR_E_LISTEN, "Another program may have it; choose another port with --listen.",
            "could not listen on %s port %u: %s", serving->address, serving->port, strerror(errno));
    }
    s.port = bound_port(bound);

    struct timeval often = {0, FOLLOW_MS * 1000}, seldom = {REMARK_S, 0};
    struct event  *following = event_new(s.base, -1, EV_PERSIST, follow, &s);
    struct event  *remarks = event_new(s.base, -1, EV_PERSIST, remark, &s);
    struct event  *interrupted = evsignal_new(s.base, SIGINT, stop, &s);
    struct event  *ended = evsignal_new(s.base, SIGTERM, stop, &s);
    event_add(following, &often);
    event_add(remarks, &seldom);
    event_add(interrupted, NULL);
    event_add(ended, NULL);
    ready(s.port);
    event_base_dispatch(s.base);

    s.streams = 0;
    event_free(following);
    event_free(remarks);
    event_free(interrupted);
    event_free(ended);
    evhttp_free(s.http);
    event_base_free(s.base);
    return true;
}
