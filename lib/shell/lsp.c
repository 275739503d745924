/* lsp.c -- what the language server answers (lsp.h).
 *
 * A document is compiled when it is opened, changed or saved, and what was found is kept beside it
 * until then: questions are answered from that.  A document with mistakes is answered from what
 * could be read.
 *
 *     --initialize--> ready --shutdown--> closing --exit--> status 0     (exit before: status 1)
 */
#include "shell/lsp.h"

#include <limits.h>
#include <stdlib.h>

#include "base/kinds.h"
#include "shell/memory.h"
#include "shell/verbs.h"
#include "terms/tools.h"

typedef struct {
    char           *uri; /* NULL: free */
    char           *text;
    size_t          len;
    tr_arena        room; /* reserved once for the slot; holds what was found */
    tr_arena        keep; /* what is left of it */
    tr_terms_places places;
    tr_lsp_lines    lines;
} document;

/* Address space of a document: 64 times the longest text and its files, and the text itself. */
#define DOCUMENT_ROOM ((ptrdiff_t)1 << 34)

typedef struct {
    FILE    *out;
    tr_arena room; /* of one message, used again for the next */
    document document[TR_LSP_DOCUMENTS];
    bool     ready, closing, broken;
} server;

/* What one question is about. */
typedef struct {
    tr_arena            keep;
    const document     *document;
    tr_str              text;
    tr_terms_places     places;
    const tr_lsp_lines *lines;
    int32_t             offset; /* of the cursor; 0 when none was sent */
    int32_t             use;    /* under it, or -1 */
} question;

typedef struct {
    int         code; /* 0: none */
    const char *text;
} refusal;

/* ---- documents ---- */

static document *document_of(server *s, const char *uri)
{
    for (int i = 0; uri && i < TR_LSP_DOCUMENTS; i++)
        if (s->document[i].uri && strcmp(s->document[i].uri, uri) == 0)
            return &s->document[i];
    return NULL;
}

static document *free_document(server *s)
{
    for (int i = 0; i < TR_LSP_DOCUMENTS; i++)
        if (!s->document[i].uri)
            return &s->document[i];
    return NULL;
}

static void forget(document *d)
{
    free(d->uri);
    free(d->text);
    *d = (document){.room = d->room};
}

static void set_text(document *d, const json_t *text)
{
    size_t len = json_string_length(text);
    char  *copy = malloc(len + 1);
    if (!copy)
        return;
    memcpy(copy, json_string_value(text), len + 1);
    free(d->text);
    d->text = copy;
    d->len = len;
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* file:///a%20b/c.truce -> "/a b"; false for any other scheme. */
static bool folder_of_uri(const char *uri, char folder[PATH_MAX])
{
    size_t len = 0, slash = 0;
    if (strncmp(uri, "file://", 7) != 0)
        return false;
    for (const char *at = uri + 7; *at && len < PATH_MAX - 1; at++) {
        int high = *at == '%' ? hex_digit(at[1]) : -1, low = high >= 0 ? hex_digit(at[2]) : -1;
        folder[len] = low >= 0 ? (char)(16 * high + low) : *at;
        at += low >= 0 ? 2 : 0;
        if (folder[len] == '/')
            slash = len;
        len++;
    }
    folder[slash] = '\0';
    return slash > 0;
}

/* Geometry beside the document; the compiler asks for no name that leads out of its folder. */
typedef struct {
    tr_arena   *keep;
    const char *uri;
} beside;
static bool file_beside(void *context, tr_str name, tr_str *bytes)
{
    beside *of = context;
    char    folder[PATH_MAX], path[2 * PATH_MAX];
    if (!folder_of_uri(of->uri, folder) || name.len > 1024)
        return false;
    snprintf(path, sizeof path, "%s/%.*s", folder, TR_FMT(name));
    FILE *file = fopen(path, "rb");
    long  len = -1;
    if (!file)
        return false;
    if (fseek(file, 0, SEEK_END) == 0)
        len = ftell(file);
    if (len < 0 || len > TR_LSP_MESSAGE) {
        fclose(file);
        return false;
    }
    rewind(file);
    char *at = TR_NEW(of->keep, char, len + 1);
    *bytes = (tr_str){at, (ptrdiff_t)fread(at, 1, (size_t)len, file)};
    fclose(file);
    return true;
}

static void compile(document *d)
{
    tr_str text = {d->text, (ptrdiff_t)d->len};
    if (!d->room.beg)
        d->room = tr_memory_reserve(DOCUMENT_ROOM);
    d->keep = d->room;
    beside of = {&d->keep, d->uri};
    d->lines = tr_lsp_lines_of(&d->keep, text);
    tr_terms_index(&d->keep, text, file_beside, &of, &d->places);
}

static question look(server *s, const document *d)
{
    return (question){.keep = s->room,
                      .document = d,
                      .text = {d->text, (ptrdiff_t)d->len},
                      .places = d->places,
                      .lines = &d->lines,
                      .use = -1};
}

/* ---- sending ---- */

static void send(server *s, json_t *message)
{
    if (!message || !tr_frame_write(s->out, message))
        s->broken = true;
    json_decref(message);
}

static void answer(server *s, const json_t *id, json_t *result)
{
    json_t *copy = json_deep_copy(id);
    send(s, json_pack("{s:s,s:o,s:o}", "jsonrpc", "2.0", "id", copy ? copy : json_null(), "result",
                      result ? result : json_null()));
}

static void refuse(server *s, const json_t *id, int code, const char *text)
{
    json_t *copy = id ? json_deep_copy(id) : NULL;
    send(s, json_pack("{s:s,s:o,s:{s:i,s:o}}", "jsonrpc", "2.0", "id", copy ? copy : json_null(),
                      "error", "code", code, "message", tr_lsp_text(tr_str_of(text))));
}

static json_t *diagnostic(const question *q, const tr_diagnostic *d)
{
    char    code[8], text[sizeof d->err.text + sizeof d->detail + sizeof d->err.hint + 8];
    int32_t end = d->span.end > d->span.begin ? d->span.end : d->span.begin + 1;
    snprintf(code, sizeof code, "TR%04d", d->err.code % 10000);
    snprintf(text, sizeof text, "%s%s%s%s%s", d->err.text, d->detail[0] ? "\n" : "", d->detail,
             d->err.hint[0] ? "\n" : "", d->err.hint);
    return json_pack("{s:o,s:i,s:s,s:s,s:o}", "range", tr_lsp_range(q->lines, d->span.begin, end),
                     "severity", d->warning ? 2 : 1, "code", code, "source", "truce", "message",
                     tr_lsp_text(tr_str_of(text)));
}

static void publish(server *s, document *d)
{
    json_t *list = json_array();
    compile(d);
    question q = look(s, d);
    for (int32_t i = 0; i < q.places.result.diagnostics; i++)
        json_array_append_new(list, diagnostic(&q, &q.places.result.diagnostic[i]));
    send(s, json_pack("{s:s,s:s,s:{s:s,s:o}}", "jsonrpc", "2.0", "method",
                      "textDocument/publishDiagnostics", "params", "uri", d->uri, "diagnostics",
                      list));
}

/* ---- notifications ---- */

static const char *uri_of(const json_t *params)
{
    return json_string_value(json_object_get(json_object_get(params, "textDocument"), "uri"));
}

static void did_open(server *s, const json_t *params)
{
    const char   *uri = uri_of(params);
    const json_t *text = json_object_get(json_object_get(params, "textDocument"), "text");
    if (!uri || !json_is_string(text))
        return;
    document *d = document_of(s, uri);
    if (!d && (d = free_document(s)) != NULL) {
        size_t len = strlen(uri);
        d->uri = malloc(len + 1);
        if (d->uri)
            memcpy(d->uri, uri, len + 1);
    }
    if (!d || !d->uri)
        return;
    set_text(d, text);
    if (d->text)
        publish(s, d);
}

static void did_change(server *s, const json_t *params)
{
    document     *d = document_of(s, uri_of(params));
    const json_t *changes = json_object_get(params, "contentChanges");
    size_t        count = json_array_size(changes);
    const json_t *last = count > 0 ? json_array_get(changes, count - 1) : NULL;
    const json_t *text = json_object_get(last, "text");
    if (!d || !json_is_string(text) || json_object_get(last, "range"))
        return; /* only whole texts were offered */
    set_text(d, text);
    publish(s, d);
}

/* A file beside it may have changed with it. */
static void did_save(server *s, const json_t *params)
{
    document *d = document_of(s, uri_of(params));
    if (d && d->text)
        publish(s, d);
}

static void did_close(server *s, const json_t *params)
{
    document *d = document_of(s, uri_of(params));
    if (!d)
        return;
    send(s, json_pack("{s:s,s:s,s:{s:s,s:[]}}", "jsonrpc", "2.0", "method",
                      "textDocument/publishDiagnostics", "params", "uri", d->uri, "diagnostics"));
    forget(d);
}

/* ---- questions ---- */

static const tr_symbol *symbol_under(const question *q)
{
    return q->use >= 0 ? &q->places.symbol[q->places.use[q->use].symbol] : NULL;
}

static json_t *location(const question *q, tr_text_span span)
{
    return json_pack("{s:s,s:o}", "uri", q->document->uri, "range",
                     tr_lsp_range(q->lines, span.begin, span.end));
}

/* The clause whose sentence holds the cursor, or -1. */
static int32_t clause_around(const question *q)
{
    const tr_plan *plan = q->places.result.plan;
    for (int32_t i = 0; plan && i < plan->clauses; i++)
        if (plan->clause[i].span.begin <= q->offset && q->offset < plan->clause[i].span.end)
            return i;
    return -1;
}

/* Of one clause, or of each actor's where its article is for each of several. */
static void put_readings(tr_out *out, const tr_plan *plan, tr_str base)
{
    for (int32_t c = 0; (c = tr_plan_clause_of(plan, base, c)) >= 0; c++)
        tr_put_reading(out, plan, c);
}

static json_t *hover(server *s, question *q, const json_t *params, refusal *no)
{
    const tr_plan   *plan = q->places.result.plan;
    const tr_symbol *symbol = symbol_under(q);
    tr_text_span     span = {q->offset, q->offset, 0};
    int32_t          clause = clause_around(q);
    tr_out           out = tr_out_new(&q->keep);
    if (symbol)
        span = q->places.use[q->use].span;
    if (symbol && symbol->clause)
        clause = plan ? tr_plan_clause_of(plan, symbol->name, 0) : -1;
    if (symbol && !(symbol->clause && clause >= 0))
        tr_put(&out, "%s %.*s, declared in line %d:\n%.*s", symbol->sort, TR_FMT(symbol->name),
               symbol->span.line,
               TR_FMT(tr_str_cut(q->text, symbol->whole.begin, symbol->whole.end)));
    else if (clause >= 0)
        put_readings(&out, plan, plan->clause[clause].base);
    else
        return json_null();
    if (!symbol && clause >= 0)
        span = plan->clause[clause].span;
    return json_pack("{s:{s:s,s:o},s:o}", "contents", "kind", "plaintext", "value",
                     tr_lsp_text(tr_str_trim(tr_out_text(&out))), "range",
                     tr_lsp_range(q->lines, span.begin, span.end));
}

static json_t *definition(server *s, question *q, const json_t *params, refusal *no)
{
    const tr_symbol *symbol = symbol_under(q);
    return symbol ? location(q, symbol->span) : json_null();
}

static json_t *references(server *s, question *q, const json_t *params, refusal *no)
{
    const tr_symbol *symbol = symbol_under(q);
    bool             all =
        json_is_true(json_object_get(json_object_get(params, "context"), "includeDeclaration"));
    json_t *list = json_array();
    for (int32_t i = 0; symbol && i < q->places.uses; i++) {
        const tr_symbol_use *use = &q->places.use[i];
        if (&q->places.symbol[use->symbol] == symbol &&
            (all || use->span.begin != symbol->span.begin))
            json_array_append_new(list, location(q, use->span));
    }
    return list;
}

static json_t *prepare_rename(server *s, question *q, const json_t *params, refusal *no)
{
    const tr_symbol *symbol = symbol_under(q);
    if (!symbol || symbol->clause)
        return json_null();
    tr_text_span span = q->places.use[q->use].span;
    return tr_lsp_range(q->lines, span.begin, span.end);
}

/* Does the text with the new name mean what the old one did?  As many mistakes, as many uses. */
static bool rename_holds(question *q, const tr_symbol *symbol, tr_str name)
{
    tr_out          out = tr_out_new(&q->keep);
    tr_terms_places after;
    int32_t         done = 0;
    for (int32_t i = 0; i < q->places.uses; i++) {
        const tr_symbol_use *use = &q->places.use[i];
        if (&q->places.symbol[use->symbol] != symbol)
            continue;
        tr_put_str(&out, tr_str_cut(q->text, done, use->span.begin));
        tr_put_str(&out, name);
        done = use->span.end;
    }
    tr_put_str(&out, tr_str_from(q->text, done));
    beside of = {&q->keep, q->document->uri};
    tr_terms_index(&q->keep, tr_out_text(&out), file_beside, &of, &after);
    if (after.uses != q->places.uses || after.symbols != q->places.symbols ||
        after.result.errors != q->places.result.errors)
        return false;
    for (int32_t i = 0; i < after.uses; i++)
        if (after.use[i].symbol != q->places.use[i].symbol)
            return false;
    return true;
}

static json_t *rename_to(server *s, question *q, const json_t *params, refusal *no)
{
    const tr_symbol *symbol = symbol_under(q);
    const json_t    *wanted = json_object_get(params, "newName");
    tr_str           name = {json_string_value(wanted), (ptrdiff_t)json_string_length(wanted)};
    if (!symbol || symbol->clause) {
        *no = (refusal){TR_LSP_FAILED, "no declared name stands here; labels are not renamed"};
        return NULL;
    }
    if (!json_is_string(wanted) || !tr_terms_name_ok(name)) {
        *no = (refusal){TR_LSP_PARAMS, "not a name: letters a to z, digits, _ and inner - or ., at "
                                       "most 63, beginning with a letter or _"};
        return NULL;
    }
    if (!rename_holds(q, symbol, name)) {
        *no = (refusal){TR_LSP_FAILED, "the text would mean something else with that name"};
        return NULL;
    }
    json_t *edits = json_array();
    for (int32_t i = 0; i < q->places.uses; i++) {
        const tr_symbol_use *use = &q->places.use[i];
        if (&q->places.symbol[use->symbol] == symbol)
            json_array_append_new(edits,
                                  json_pack("{s:o,s:o}", "range",
                                            tr_lsp_range(q->lines, use->span.begin, use->span.end),
                                            "newText", tr_lsp_text(name)));
    }
    return json_pack("{s:{s:o}}", "changes", q->document->uri, edits);
}

static void add_item(json_t *list, tr_str label, int kind, const char *detail)
{
    json_array_append_new(list, json_pack("{s:o,s:i,s:s}", "label", tr_lsp_text(label), "kind",
                                          kind, "detail", detail));
}

static json_t *completion(server *s, question *q, const json_t *params, refusal *no)
{
    static const char *const words[] = {"agreement",
                                        "version",
                                        "hypothetical",
                                        "note",
                                        "text",
                                        "time zone",
                                        "area",
                                        "signature",
                                        "agreement in force from",
                                        "late facts accepted",
                                        "verdicts final after",
                                        "party",
                                        "guarantor",
                                        "witness",
                                        "body",
                                        "line",
                                        "zone",
                                        "class",
                                        "proof",
                                        "needs",
                                        "confidence",
                                        "sources",
                                        "rung",
                                        "counting",
                                        "register",
                                        "act",
                                        "done when",
                                        "reports",
                                        "article",
                                        "must",
                                        "must not",
                                        "may",
                                        "commit",
                                        "keep",
                                        "fly",
                                        "in",
                                        "from",
                                        "until",
                                        "within",
                                        "boundary inside",
                                        "boundary outside",
                                        "coarse",
                                        "source",
                                        "feature",
                                        "active when",
                                        "count by",
                                        "breaches of",
                                        "by any party",
                                        "over",
                                        "by tally",
                                        "corroboration",
                                        "exercises in",
                                        "exercises out",
                                        "contested in",
                                        "contested out",
                                        "as known",
                                        "as happened",
                                        "on late facts review",
                                        "on compares",
                                        "off compares",
                                        "of activation",
                                        "of first breach",
                                        "fulfilled",
                                        "acknowledged",
                                        "unless",
                                        "ended",
                                        "cites",
                                        "positions",
                                        "agrees",
                                        "reserves",
                                        "rejects",
                                        "proposes",
                                        "not stated",
                                        "declared share",
                                        "except",
                                        "when notified to",
                                        "operated by",
                                        "exercise",
                                        "prevails over",
                                        "once",
                                        "begin",
                                        "finish",
                                        "by day",
                                        "at once",
                                        "no deadline",
                                        "to",
                                        "open",
                                        "sealed",
                                        "decided by",
                                        "verdict to",
                                        "instrument",
                                        "parameter",
                                        "context",
                                        "said by",
                                        "denies",
                                        "meeting",
                                        "track",
                                        "present",
                                        "absent",
                                        "about",
                                        "change",
                                        "claimed by",
                                        "point",
                                        "was",
                                        "code",
                                        "quantity",
                                        "must keep declared",
                                        "must keep inspected",
                                        "must provide delivered",
                                        "must share",
                                        "tolerance",
                                        "every",
                                        "declared every",
                                        "sampled to detect",
                                        "settled within",
                                        "of request by",
                                        "of first breach of",
                                        "of each breach of",
                                        "at least",
                                        "at most"};
    enum { VARIABLE = 6, KEYWORD = 14, REFERENCE = 18, MEMBER = 20 };
    json_t *list = json_array();
    for (int32_t i = 0; i < q->places.symbols; i++) {
        const tr_symbol *symbol = &q->places.symbol[i];
        tr_out           label = tr_out_new(&q->keep);
        tr_put(&label, "%s%.*s", symbol->clause ? "\xC2\xA7" : "", TR_FMT(symbol->name));
        add_item(list, tr_out_text(&label), symbol->clause ? REFERENCE : VARIABLE, symbol->sort);
    }
    for (int i = 0; i < TR_KINDS; i++)
        add_item(list, tr_str_of(tr_kind_name((tr_kind)i)), MEMBER, "kind of observation");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        add_item(list, tr_str_of(words[i]), KEYWORD, "word of the language");
    return list;
}

static json_t *formatting(server *s, question *q, const json_t *params, refusal *no)
{
    static tr_err err;
    tr_str        formatted;
    err = (tr_err){0};
    if (!tr_terms_format(&q->keep, q->text, &formatted, &err)) {
        *no = (refusal){TR_LSP_FAILED, err.text};
        return NULL;
    }
    if (tr_str_eq(q->text, formatted))
        return json_array();
    return json_pack("[{s:o,s:o}]", "range", tr_lsp_range(q->lines, 0, (int32_t)q->text.len),
                     "newText", tr_lsp_text(formatted));
}

static json_t *outline(server *s, question *q, const json_t *params, refusal *no)
{
    enum { VARIABLE = 13, FUNCTION = 12 };
    json_t *list = json_array();
    for (int32_t i = 0; i < q->places.symbols; i++) {
        const tr_symbol *symbol = &q->places.symbol[i];
        tr_text_span     whole = symbol->whole, span = symbol->span;
        json_array_append_new(
            list, json_pack("{s:o,s:s,s:i,s:o,s:o}", "name", tr_lsp_text(symbol->name), "detail",
                            symbol->sort, "kind", symbol->clause ? FUNCTION : VARIABLE, "range",
                            tr_lsp_range(q->lines, whole.begin, whole.end), "selectionRange",
                            tr_lsp_range(q->lines, span.begin, span.end)));
    }
    return list;
}

/* ---- which is asked ---- */

static const struct {
    const char *method;
    bool        place; /* needs a position */
    json_t *(*ask)(server *s, question *q, const json_t *params, refusal *no);
} questions[] = {{"textDocument/hover", true, hover},
                 {"textDocument/definition", true, definition},
                 {"textDocument/references", true, references},
                 {"textDocument/prepareRename", true, prepare_rename},
                 {"textDocument/rename", true, rename_to},
                 {"textDocument/completion", false, completion},
                 {"textDocument/formatting", false, formatting},
                 {"textDocument/documentSymbol", false, outline}};

static bool place_of(question *q, const json_t *params)
{
    const json_t *position = json_object_get(params, "position");
    const json_t *line = json_object_get(position, "line");
    const json_t *column = json_object_get(position, "character");
    if (!json_is_integer(line) || !json_is_integer(column))
        return false;
    q->offset = tr_lsp_offset(q->lines, json_integer_value(line), json_integer_value(column));
    q->use = tr_places_at(&q->places, q->offset);
    return true;
}

static void ask(server *s, int which, const json_t *id, const json_t *params)
{
    const document *d = document_of(s, uri_of(params));
    refusal         no = {0};
    if (!d) {
        refuse(s, id, TR_LSP_PARAMS, "this document is not open");
        return;
    }
    question q = look(s, d);
    if (questions[which].place && !place_of(&q, params)) {
        refuse(s, id, TR_LSP_PARAMS, "a position is a line and a character");
        return;
    }
    json_t *result = questions[which].ask(s, &q, params, &no);
    if (no.code != 0)
        refuse(s, id, no.code, no.text);
    else
        answer(s, id, result);
}

static json_t *abilities(void)
{
    return json_pack(
        "{s:{s:s,s:{s:b,s:i,s:b},s:b,s:b,s:b,s:{s:b},s:{},s:b,s:b},s:{s:s,s:s}}", "capabilities",
        "positionEncoding", "utf-16", "textDocumentSync", "openClose", 1, "change", 1, "save", 1,
        "hoverProvider", 1, "definitionProvider", 1, "referencesProvider", 1, "renameProvider",
        "prepareProvider", 1, "completionProvider", "documentFormattingProvider", 1,
        "documentSymbolProvider", 1, "serverInfo", "name", "truce", "version", TR_VERSION);
}

static void request(server *s, const char *method, const json_t *id, const json_t *params)
{
    if (strcmp(method, "initialize") == 0 && !s->ready) {
        s->ready = true;
        answer(s, id, abilities());
        return;
    }
    if (!s->ready || s->closing) {
        refuse(s, id, s->ready ? TR_LSP_INVALID : TR_LSP_NOT_READY,
               s->ready ? "the server is shutting down" : "initialize comes first");
        return;
    }
    if (strcmp(method, "shutdown") == 0) {
        s->closing = true;
        answer(s, id, json_null());
        return;
    }
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        if (strcmp(method, questions[i].method) == 0) {
            ask(s, (int)i, id, params);
            return;
        }
    refuse(s, id, TR_LSP_METHOD, "there is no such method");
}

static void notified(server *s, const char *method, const json_t *params)
{
    if (!s->ready || s->closing)
        return;
    if (strcmp(method, "textDocument/didOpen") == 0)
        did_open(s, params);
    else if (strcmp(method, "textDocument/didChange") == 0)
        did_change(s, params);
    else if (strcmp(method, "textDocument/didSave") == 0)
        did_save(s, params);
    else if (strcmp(method, "textDocument/didClose") == 0)
        did_close(s, params);
}

/* False: `exit` was said. */
static bool take(server *s, const char *body, size_t len)
{
    json_error_t  why;
    json_t       *message = json_loadb(body, len, JSON_ALLOW_NUL, &why);
    const json_t *id = json_object_get(message, "id");
    const char   *method = json_string_value(json_object_get(message, "method"));
    bool          go_on = true;
    if (!message)
        refuse(s, NULL, TR_LSP_PARSE, why.text);
    else if (!json_is_object(message) ||
             (!method && !json_object_get(message, "result") && !json_object_get(message, "error")))
        refuse(s, id, TR_LSP_INVALID, "a message is an object with a method");
    else if (method && id)
        request(s, method, id, json_object_get(message, "params"));
    else if (method && strcmp(method, "exit") == 0)
        go_on = false;
    else if (method)
        notified(s, method, json_object_get(message, "params"));
    json_decref(message);
    return go_on;
}

int tr_lsp_serve(FILE *in, FILE *out)
{
    static server s;
    char         *body;
    size_t        len;
    bool          go_on = true;
    s = (server){.out = out, .room = tr_memory_reserve(TR_MEMORY_LARGE)};
    while (go_on && !s.broken) {
        switch (tr_frame_read(in, &body, &len)) {
        case TR_FRAME_END:
            go_on = false;
            s.closing = false; /* the editor is gone without `exit` */
            break;
        case TR_FRAME_NO_LENGTH:
            refuse(&s, NULL, TR_LSP_PARSE, "a frame begins with Content-Length: BYTES");
            break;
        case TR_FRAME_TOO_LONG:
            refuse(&s, NULL, TR_LSP_INVALID, "the message is longer than 64 MiB");
            break;
        case TR_FRAME_DONE:
            go_on = take(&s, body, len);
            free(body);
            break;
        }
    }
    for (int i = 0; i < TR_LSP_DOCUMENTS; i++)
        forget(&s.document[i]);
    return s.closing && !s.broken ? TR_EXIT_DONE : TR_EXIT_FINDINGS;
}
