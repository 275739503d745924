/* paper.c -- a report as blocks, and its text form of at most 100 columns. */
#include "report/inside.h"

#include "base/time.h"

enum { WIDTH = 98 };

static block *add(paper *p, block_kind kind, tr_str text)
{
    block *b = TR_PUSH(p->at, &p->blocks);
    *b = (block){.kind = kind, .text = tr_str_keep(p->at, text)};
    return b;
}

void paper_section(paper *p, const char *title)
{
    add(p, BLOCK_SECTION, tr_str_of(title));
}

void paper_paragraph(paper *p, tr_str text)
{
    add(p, BLOCK_PARAGRAPH, text);
}

block *paper_table(paper *p, tr_str caption, int32_t columns, const char *const *header)
{
    block *b = add(p, BLOCK_TABLE, caption);
    b->columns = columns;
    for (int32_t i = 0; i < columns; i++)
        paper_cell(p, b, tr_str_of(header[i]));
    return b;
}

void paper_cell(paper *p, block *table, tr_str text)
{
    *TR_PUSH(p->at, &table->cell) = (tr_str){0};
    tr_str kept = tr_str_keep(p->at, text);
    table->cell.at[table->cell.len - 1] = kept;
}

void paper_ref(paper *p, tr_out *out, tr_str what)
{
    ptrdiff_t i = 0;
    while (i < p->refs.len && !tr_str_eq(p->refs.at[i], what))
        i++;
    if (i == p->refs.len) {
        tr_str kept = tr_str_keep(p->at, what);
        *TR_PUSH(p->at, &p->refs) = kept;
    }
    tr_put(out, "%c%lld%c", MARK_REF, (long long)i + 1, MARK_END);
}

void put_marked(tr_out *out, tr_str text)
{
    tr_put_char(out, MARK_SOURCE);
    put_source_text(out, text);
    tr_put_char(out, MARK_END);
}

/* ---- text ---- */

/* Marks undone: references in brackets, words of a source in quotes. */
static tr_str plain(tr_arena *at, tr_str text)
{
    tr_out out = tr_out_new(at);
    char   open = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == MARK_REF || c == MARK_SOURCE || c == MARK_BOLD) {
            tr_put(&out, "%s", c == MARK_REF ? " [r" : c == MARK_SOURCE ? "\"" : "");
            open = c;
        } else if (c == MARK_END) {
            tr_put(&out, "%s", open == MARK_REF ? "]" : open == MARK_SOURCE ? "\"" : "");
        } else {
            tr_put_char(&out, c);
        }
    }
    return tr_out_text(&out);
}

static int width_of(tr_str text)
{
    int width = 0;
    for (ptrdiff_t i = 0; i < text.len; i++)
        width += (text.at[i] & 0xc0) != 0x80;
    return width;
}

static void put_aligned(tr_out *out, const block *b, const tr_str *cell, const int *width)
{
    for (ptrdiff_t i = 0; i < b->cell.len; i++) {
        int32_t column = (int32_t)(i % b->columns);
        bool    last = column + 1 == b->columns;
        tr_put_str(out, cell[i]);
        if (last)
            tr_put_char(out, '\n');
        else
            tr_put(out, "%*s", width[column] - width_of(cell[i]) + 2, "");
    }
}

/* A row a paragraph: its first cell, then each header with its cell. */
static void put_wide(tr_out *out, tr_arena at, const block *b, const tr_str *cell)
{
    for (ptrdiff_t row = b->columns; row < b->cell.len; row += b->columns) {
        tr_arena here = at;
        tr_out   line = tr_out_new(&here);
        tr_put_str(&line, cell[row]);
        for (int32_t i = 1; i < b->columns; i++)
            if (cell[row + i].len > 0)
                tr_put(&line, "; %.*s: %.*s", TR_FMT(cell[i]), TR_FMT(cell[row + i]));
        tr_put(out, "- ");
        put_wrapped(out, tr_out_text(&line), 2, 4, WIDTH);
    }
}

static void put_table(tr_out *out, tr_arena at, const block *b)
{
    tr_str *cell = TR_NEW(&at, tr_str, b->cell.len + 1);
    int    *width = TR_NEW(&at, int, b->columns + 1), total = 0;
    for (ptrdiff_t i = 0; i < b->cell.len; i++) {
        cell[i] = plain(&at, b->cell.at[i]);
        int wide = width_of(cell[i]);
        width[i % b->columns] = wide > width[i % b->columns] ? wide : width[i % b->columns];
    }
    for (int32_t i = 0; i < b->columns; i++)
        total += width[i] + 2;
    put_wrapped(out, plain(&at, b->text), 0, 0, WIDTH);
    if (total - 2 <= WIDTH)
        put_aligned(out, b, cell, width);
    else
        put_wide(out, at, b, cell);
}

void paper_text(tr_out *out, const paper *p)
{
    tr_record_mode mode = tr_mission_mode(p->view->mission);
    tr_arena       at = *p->at;
    if (mode != TR_RECORD_LIVE)
        tr_put(out, "%s\n", mode == TR_RECORD_REPLAY ? "REPLAY" : "EXERCISE");
    put_wrapped(out, p->title, 0, 0, WIDTH);
    for (ptrdiff_t i = 0; i < p->blocks.len; i++) {
        const block *b = &p->blocks.at[i];
        tr_arena     here = at;
        tr_put(out, "\n");
        if (b->kind == BLOCK_TABLE)
            put_table(out, here, b);
        else if (b->kind == BLOCK_SECTION)
            tr_put(out, "%.*s\n", TR_FMT(b->text));
        else
            put_wrapped(out, plain(&here, b->text), 0, 0, WIDTH);
    }
}
