/* lsp.h -- the language server: diagnostics, hover, definition, references, rename, completion,
 * formatting and the outline of an agreement, for editors.
 *
 * A subset of the Language Server Protocol 3.17 over standard input and output: JSON-RPC 2.0 in
 * frames with Content-Length.  Documents are sent whole; columns count UTF-16 units.  What cannot
 * be read is answered with an error, and the next frame is read; a frame too long is skipped.
 */
#ifndef TR_LSP_H
#define TR_LSP_H

#include <stdio.h>

#include "base/text.h"

#include <jansson.h>

enum {
    TR_LSP_MESSAGE = 64 << 20, /* bytes of one message */
    TR_LSP_HEADER = 8192,      /* bytes of the lines before it */
    TR_LSP_DOCUMENTS = 64      /* open at once */
};
/* JSON-RPC and LSP error codes. */
enum {
    TR_LSP_PARSE = -32700,
    TR_LSP_INVALID = -32600,
    TR_LSP_METHOD = -32601,
    TR_LSP_PARAMS = -32602,
    TR_LSP_NOT_READY = -32002,
    TR_LSP_FAILED = -32803
};

/* ---- frames: lsp_wire.c ---- */

typedef enum {
    TR_FRAME_DONE,
    TR_FRAME_END,       /* of input */
    TR_FRAME_NO_LENGTH, /* lines without a usable Content-Length; skipped */
    TR_FRAME_TOO_LONG   /* skipped */
} tr_frame;
/* `*body` is malloced and the caller's when the answer is TR_FRAME_DONE. */
tr_frame tr_frame_read(FILE *in, char **body, size_t *len);
bool     tr_frame_write(FILE *out, const json_t *message);

/* ---- places: lsp_wire.c ---- */

/* A text and where its lines begin, so that a place is found without reading from the top. */
typedef struct {
    tr_str   text;
    int32_t *begin; /* [lines], ascending, the first 0 */
    int32_t  lines;
} tr_lsp_lines;
tr_lsp_lines tr_lsp_lines_of(tr_arena *keep, tr_str text);
/* Byte offset of a line (from 0) and a column in UTF-16 units; clipped to the line and the text. */
int32_t tr_lsp_offset(const tr_lsp_lines *lines, int64_t line, int64_t column);
json_t *tr_lsp_position(const tr_lsp_lines *lines, int32_t offset);
json_t *tr_lsp_range(const tr_lsp_lines *lines, int32_t begin, int32_t end);
/* A JSON string; bytes that are not UTF-8 end it. */
json_t *tr_lsp_text(tr_str text);

/* Serve until `exit` or the end of input; the exit status. */
int tr_lsp_serve(FILE *in, FILE *out);

#endif
