/* lsp_wire.c -- frames, and places in a text as an editor counts them. */
#include "shell/lsp.h"

#include <stdlib.h>

/* One line without its end; -1 at the end of input.  What is too long is read and cut. */
static int read_line(FILE *in, char *line, int room)
{
    int len = 0, c;
    while ((c = getc(in)) != EOF && c != '\n')
        if (len < room - 1)
            line[len++] = (char)c;
    if (c == EOF && len == 0)
        return -1;
    if (len > 0 && line[len - 1] == '\r')
        len--;
    line[len] = '\0';
    return len;
}

static bool skip(FILE *in, uint64_t bytes)
{
    char room[4096];
    while (bytes > 0) {
        size_t want = bytes < sizeof room ? (size_t)bytes : sizeof room;
        size_t got = fread(room, 1, want, in);
        if (got == 0)
            return false;
        bytes -= got;
    }
    return true;
}

static bool same_name(tr_str name, const char *other)
{
    for (ptrdiff_t i = 0; i < name.len; i++) {
        char c = name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] + 32) : name.at[i];
        if (c != other[i])
            return false;
    }
    return other[name.len] == '\0';
}

/* The lines up to an empty one; *length -1 when none of them gives it. */
static bool read_head(FILE *in, int64_t *length)
{
    char line[TR_LSP_HEADER];
    int  len;
    bool any = false;
    *length = -1;
    while ((len = read_line(in, line, sizeof line)) >= 0) {
        if (len == 0 && any)
            return true;
        if (len == 0)
            continue; /* an empty line before a frame */
        any = true;
        tr_str    text = {line, len};
        ptrdiff_t colon = tr_str_find(text, ':');
        int64_t   value;
        if (colon > 0 && same_name(tr_str_trim(tr_str_cut(text, 0, colon)), "content-length") &&
            tr_int_read(tr_str_trim(tr_str_from(text, colon + 1)), &value) && value >= 0)
            *length = value;
    }
    return false;
}

tr_frame tr_frame_read(FILE *in, char **body, size_t *len)
{
    int64_t length;
    if (!read_head(in, &length))
        return TR_FRAME_END;
    if (length < 0)
        return TR_FRAME_NO_LENGTH;
    if (length > TR_LSP_MESSAGE)
        return skip(in, (uint64_t)length) ? TR_FRAME_TOO_LONG : TR_FRAME_END;
    *body = malloc((size_t)length + 1);
    *len = (size_t)length;
    if (!*body)
        return skip(in, (uint64_t)length) ? TR_FRAME_TOO_LONG : TR_FRAME_END;
    if (fread(*body, 1, *len, in) == *len)
        return TR_FRAME_DONE;
    free(*body);
    return TR_FRAME_END;
}

bool tr_frame_write(FILE *out, const json_t *message)
{
    char *text = json_dumps(message, JSON_COMPACT);
    if (!text)
        return false;
    size_t len = strlen(text);
    bool   done = fprintf(out, "Content-Length: %zu\r\n\r\n", len) > 0 &&
                fwrite(text, 1, len, out) == len && fflush(out) == 0;
    free(text);
    return done;
}

/* ---- places ---- */

/* Bytes and UTF-16 units of the character at i. */
static int32_t bytes_at(tr_str text, int32_t i, int *units)
{
    unsigned char c = (unsigned char)text.at[i];
    int32_t       bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    *units = bytes == 4 ? 2 : 1;
    return i + bytes > text.len ? (int32_t)text.len - i : bytes;
}

tr_lsp_lines tr_lsp_lines_of(tr_arena *keep, tr_str text)
{
    tr_lsp_lines lines = {.text = text, .lines = 1};
    for (ptrdiff_t i = 0; i < text.len; i++)
        lines.lines += text.at[i] == '\n';
    lines.begin = TR_NEW(keep, int32_t, lines.lines);
    for (int32_t i = 0, line = 1; line < lines.lines; i++)
        if (text.at[i] == '\n')
            lines.begin[line++] = i + 1;
    return lines;
}

int32_t tr_lsp_offset(const tr_lsp_lines *lines, int64_t line, int64_t column)
{
    tr_str text = lines->text;
    if (line >= lines->lines)
        return (int32_t)text.len;
    int32_t i = lines->begin[line < 0 ? 0 : line];
    while (i < text.len && column > 0 && text.at[i] != '\n' && text.at[i] != '\r') {
        int units;
        i += bytes_at(text, i, &units);
        column -= units;
    }
    return i;
}

/* The last line that begins at or before the offset. */
static int32_t line_of(const tr_lsp_lines *lines, int32_t offset)
{
    int32_t low = 0, high = lines->lines;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (lines->begin[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

json_t *tr_lsp_position(const tr_lsp_lines *lines, int32_t offset)
{
    int32_t line = line_of(lines, offset);
    int64_t column = 0;
    for (int32_t i = lines->begin[line]; i < offset && i < lines->text.len;) {
        int units;
        i += bytes_at(lines->text, i, &units);
        column += units;
    }
    return json_pack("{s:I,s:I}", "line", (json_int_t)line, "character", (json_int_t)column);
}

json_t *tr_lsp_range(const tr_lsp_lines *lines, int32_t begin, int32_t end)
{
    return json_pack("{s:o,s:o}", "start", tr_lsp_position(lines, begin), "end",
                     tr_lsp_position(lines, end));
}

json_t *tr_lsp_text(tr_str text)
{
    ptrdiff_t bad;
    if (!tr_utf8_ok(text, &bad))
        text = tr_str_cut(text, 0, bad);
    json_t *string = json_stringn(text.at ? text.at : "", (size_t)text.len);
    return string ? string : json_string("");
}
