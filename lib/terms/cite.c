/* cite.c -- what a clause stands for: instruments and their paragraphs, coding tags.
 *
 *     instrument package "Package of Measures" 2015-02-12
 *     2.1 A, B must not commit fire in area cites package 1
 *     code 2.1 "PAX:..."
 */
#include "terms/front.h"

static const char how_cites[] = "Write: cites \"Package of Measures\" 1";

void parse_instrument(front *f)
{
    static const char how[] = "Write: instrument package \"Package of Measures\" 2015-02-12";
    tr_instrument     one = {.dated = TR_TIME_NONE};
    if (!need_name(f, &one.id, &one.span, "a short name", how))
        return;
    front_declare(f, SYM_INSTRUMENT, one.id, one.span, (int32_t)f->beside.instrument.len,
                  INT32_MAX);
    if (!need_string(f, &one.name, "the full name in quotes", how) ||
        (!at_end(f) && !need_moment(f, &one.dated)))
        return;
    *TR_PUSH(f->keep, &f->beside.instrument) = one;
}

/* 1 | 4.2 | "annex, point 3" */
static bool read_paragraph(front *f, tr_str *paragraph)
{
    if (!f->panic && !at_end(f) && f->tok.kind == TOK_NUMBER) {
        *paragraph = f->tok.text;
        front_step(f);
        return true;
    }
    if (!f->panic && !at_end(f) && f->tok.kind == TOK_STRING)
        return need_string(f, paragraph, "a paragraph", how_cites);
    front_unexpected(f, "the number of a paragraph", how_cites);
    return false;
}

bool clause_cites(front *f)
{
    tr_cite      cite = {.clause = f->plan.clauses - 1, .instrument = -1};
    tr_text_span span;
    if (!f->panic && !at_end(f) && f->tok.kind == TOK_WORD) {
        if (!need_name(f, &cite.name, &span, "an instrument", how_cites))
            return false;
        cite.instrument = front_use(f, SYM_INSTRUMENT, cite.name, span);
        if (cite.instrument >= 0)
            cite.name = f->beside.instrument.at[cite.instrument].name;
    } else if (!need_string(f, &cite.name, "the instrument in quotes", how_cites)) {
        return false;
    }
    if (!read_paragraph(f, &cite.paragraph))
        return false;
    *TR_PUSH(f->keep, &f->beside.cite) = cite;
    return true;
}

void parse_code(front *f)
{
    static const char how[] = "Write: code 2.1 \"PAX:...\"";
    tr_code           code = {.clause = -1};
    if (!need_label(f, &code.label, &code.span) ||
        !need_string(f, &code.text, "the tag in quotes", how))
        return;
    *TR_PUSH(f->keep, &f->beside.code) = code;
}
