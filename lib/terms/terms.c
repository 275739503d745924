/* terms.c -- from an agreement text to a plan; its files; one self-contained text. */
#include "terms/terms.h"

#include <stdio.h>

#include "terms/front.h"

/* Room for clauses is found by counting the lines that begin with a digit. */
static int32_t count_labels(tr_str text)
{
    int32_t count = 0;
    bool    first = true;
    for (ptrdiff_t i = 0; i < text.len && count < FRONT_CLAUSES; i++) {
        if (first && text.at[i] >= '0' && text.at[i] <= '9')
            count++;
        first = text.at[i] == '\n';
    }
    return count;
}

/* May a sentence be read for each of several actors? */
static bool names_each(tr_str text)
{
    for (ptrdiff_t i = 0; i + 4 <= text.len; i++)
        if (tr_str_starts(tr_str_from(text, i), "each"))
            return true;
    return false;
}

static void front_open(front *f, tr_str text)
{
    tr_arena *keep = f->keep;
    f->clause_room = names_each(text) ? FRONT_CLAUSES : count_labels(text);
    f->plan = (tr_plan){.text = text,
                        .signature = TR_TIME_NONE,
                        .in_force = TR_TIME_NONE,
                        .late_days = 90,
                        .final_days = 30};
    f->plan.actor = f->actor = TR_NEW(keep, tr_actor, FRONT_ACTORS);
    f->plan.line = f->line = TR_NEW(keep, tr_plan_line, FRONT_LINES);
    f->plan.zone = f->zone = TR_NEW(keep, tr_plan_zone, FRONT_ZONES);
    f->plan.class_ = f->class_ = TR_NEW(keep, tr_class, FRONT_CLASSES);
    f->plan.gate = f->gate = TR_NEW(keep, tr_gate, FRONT_SMALL);
    f->plan.counting = f->counting = TR_NEW(keep, tr_counting, FRONT_SMALL);
    f->plan.reg = f->reg = TR_NEW(keep, tr_register, FRONT_SMALL);
    f->plan.act = f->act = TR_NEW(keep, tr_act, FRONT_SMALL);
    f->plan.clause = f->clause = TR_NEW(keep, tr_clause, f->clause_room);
    f->plan.exception = f->exception = TR_NEW(keep, tr_exception, FRONT_SMALL);
    f->plan.amount = f->amount = TR_NEW(keep, tr_amount, FRONT_SMALL);
    f->sym_slot = TR_NEW(keep, uint16_t, FRONT_SLOTS);
    f->clause_bad = TR_NEW(keep, uint8_t, f->clause_room + 1);
    f->lex = lexer_new(text);
    f->unit.kind = TOK_END;
}

/* The bytes themselves: UTF-8, not too long, no sign that turns the reading direction. */
static bool check_bytes(front *f, tr_str text)
{
    ptrdiff_t    at = 0;
    tr_text_span span = {0, 1, 1};
    bool         utf8 = tr_utf8_ok(text, &at);
    int32_t      line = 1;
    if (text.len > FRONT_TEXT_BYTES) {
        front_report(f, (report){TR_E_LIMIT, span, NULL, "Split the agreement.", false},
                     "the text is longer than %d bytes", FRONT_TEXT_BYTES);
        return false;
    }
    for (ptrdiff_t i = 0; i < text.len; i++) {
        const unsigned char *c = (const unsigned char *)text.at + i;
        bool                 turns = utf8 && i + 2 < text.len && c[0] == 0xE2 &&
                     ((c[1] == 0x80 && c[2] >= 0xAA && c[2] <= 0xAE) ||
                      (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9));
        if (turns)
            front_report(
                f,
                (report){TR_E_CHARACTER,
                         {(int32_t)i, (int32_t)i + 3, line},
                         NULL,
                         "Remove it: the text would be shown in another order than it is read.",
                         false},
                "an invisible character that turns the direction of reading");
        if (!utf8 && i == at)
            break;
        line += *c == '\n';
    }
    if (!utf8)
        front_report(f,
                     (report){TR_E_UTF8,
                              {(int32_t)at, (int32_t)at + 1, line},
                              NULL,
                              "Save the agreement as UTF-8.",
                              false},
                     "byte %lld is not UTF-8", (long long)at + 1);
    return utf8;
}

void front_read(front *f, tr_str text)
{
    tr_terms_result *result = f->result;
    *result = (tr_terms_result){.diagnostic = TR_NEW(f->keep, tr_diagnostic, 2 * TR_TERMS_ERRORS)};
    f->plan.text = text;
    if (check_bytes(f, text)) {
        front_open(f, text);
        parse_all(f);
        force_dated(f);
        check_all(f);
        force_awaits(f);
        check_parameters(f);
    }
    front_sort(f);
    if (result->errors > 0)
        return;
    result->plan = TR_NEW(f->keep, tr_plan, 1);
    f->plan.organ = f->organs.at;
    f->plan.organs = (int32_t)f->organs.len;
    *result->plan = f->plan;
}

void tr_terms_compile(tr_arena *keep, tr_str text, tr_terms_files files, void *context,
                      tr_terms_result *result)
{
    front f = {.keep = keep, .files = files, .context = context, .result = result};
    front_read(&f, text);
}

/* ---- files ---- */

/* Where a text takes geometry from a file: `from "..." [feature "..."] [versions by date]` after
 * zone NAME, and anywhere in the sentence of a line. */
typedef struct {
    shape_asked asked;
    tr_str      file;
    int32_t     from; /* first byte of `from` */
    int32_t     end;  /* byte after the last word */
    int32_t     row;
    int32_t     column;
} file_use;

typedef struct {
    lexer lex;
    bool  line, zone; /* the sentence */
    int   at;         /* number of the next token in it */
} use_finder;

static tok finder_next(use_finder *u)
{
    tok t = lexer_next(&u->lex);
    if (t.first) {
        u->line = t.kind == TOK_WORD && tr_str_is(t.text, "line");
        u->zone = t.kind == TOK_WORD && tr_str_is(t.text, "zone");
        u->at = 0;
    }
    u->at++;
    return t;
}

static bool word_ahead(use_finder *u, const char *word)
{
    use_finder ahead = *u;
    tok        t = finder_next(&ahead);
    bool       is = !t.first && t.kind == TOK_WORD && tr_str_is(t.text, word);
    if (is)
        *u = ahead;
    return is;
}

static bool string_ahead(use_finder *u, tok *t)
{
    use_finder ahead = *u;
    *t = finder_next(&ahead);
    bool is = !t->first && t->kind == TOK_STRING;
    if (is)
        *u = ahead;
    return is;
}

static bool next_use(use_finder *u, file_use *use)
{
    tok t, file, feature;
    for (t = finder_next(u); t.kind != TOK_END; t = finder_next(u)) {
        if (t.kind != TOK_WORD || !tr_str_is(t.text, "from") ||
            !(u->line ? u->at >= 3 : u->zone && u->at == 3) || !string_ahead(u, &file) ||
            !shape_plain_name(tr_str_trim(file.text)))
            continue;
        *use = (file_use){.asked.line = u->line,
                          .file = tr_str_trim(file.text),
                          .from = t.span.begin,
                          .end = file.span.end,
                          .row = file.span.line,
                          .column = file.span.begin - u->lex.line_begin + 1};
        use_finder ahead = *u;
        if (word_ahead(&ahead, "feature") && string_ahead(&ahead, &feature)) {
            use->asked.feature = tr_str_trim(feature.text);
            use->end = feature.span.end;
            *u = ahead;
        }
        ahead = *u;
        if (u->line && word_ahead(&ahead, "versions") && word_ahead(&ahead, "by") &&
            word_ahead(&ahead, "date")) {
            use->asked.dated = true;
            use->end = ahead.lex.at;
            *u = ahead;
        }
        return true;
    }
    return false;
}

int tr_terms_file_names(tr_arena *keep, tr_str text, tr_str **names)
{
    enum { MOST = 2 * FRONT_LINES + FRONT_ZONES };
    use_finder lex = {.lex = lexer_new(text)};
    file_use   use;
    int        count = 0;
    *names = TR_NEW(keep, tr_str, MOST);
    while (count < MOST && next_use(&lex, &use)) {
        int i = 0;
        while (i < count && !tr_str_eq((*names)[i], use.file))
            i++;
        if (i == count)
            (*names)[count++] = use.file;
    }
    return count;
}

static void put_degrees(tr_out *out, int32_t value, char plus, char minus)
{
    int64_t size = value < 0 ? -(int64_t)value : value;
    tr_put(out, "%lld.%07lld %c", (long long)(size / 10000000), (long long)(size % 10000000),
           value < 0 ? minus : plus);
}

static void put_ring(tr_out *out, const tr_ring *ring)
{
    for (int32_t i = 0; i < ring->corners; i++) {
        tr_put(out, "%s%s", i > 0 ? "," : "", i % 3 == 0 ? "\n    " : " ");
        put_degrees(out, ring->corner[i].lon, 'E', 'W');
        tr_put_char(out, ' ');
        put_degrees(out, ring->corner[i].lat, 'N', 'S');
    }
}

static void put_dates(tr_out *out, const shape_dates *dates)
{
    if (dates->from.len + dates->until.len > 0)
        tr_put(out, " valid");
    if (dates->from.len > 0)
        tr_put(out, " from %.*s", TR_FMT(dates->from));
    if (dates->until.len > 0)
        tr_put(out, " until %.*s", TR_FMT(dates->until));
}

static bool inline_use(tr_arena *keep, tr_out *out, const file_use *use, tr_str bytes, tr_err *err)
{
    shape_rings rings;
    if (!shape_of_json(keep, bytes, &use->asked, &rings, err)) {
        err->line = use->row;
        err->column = use->column;
        return false;
    }
    tr_put(out, "is");
    for (int32_t i = 0; i < rings.rings; i++) {
        if (i > 0)
            tr_put(out, "%s", rings.dates ? ",\n    is" : ";");
        put_ring(out, &rings.ring[i]);
        if (!rings.dates)
            continue;
        put_dates(out, &rings.dates[i]);
        tr_put(out, ",\n    source \"%.*s\"", TR_FMT(use->file));
    }
    if (!rings.dates)
        tr_put(out, ",\n    source \"%.*s\"", TR_FMT(use->file));
    return true;
}

bool tr_terms_inline(tr_arena *keep, tr_str text, tr_terms_files files, void *context,
                     tr_str *whole, tr_err *err)
{
    use_finder lex = {.lex = lexer_new(text)};
    file_use   use;
    tr_out     out = tr_out_new(keep);
    int32_t    done = 0;
    while (next_use(&lex, &use)) {
        tr_str bytes = {0};
        if (!files || !files(context, use.file, &bytes)) {
            tr_fail(err, TR_E_GEOMETRY_FILE,
                    "Put the file beside the agreement, under exactly this name.",
                    "the file \"%s\" was not handed in", front_quote(use.file).z);
            err->line = use.row;
            err->column = use.column;
            return false;
        }
        tr_put_str(&out, tr_str_cut(text, done, use.from));
        if (!inline_use(keep, &out, &use, bytes, err))
            return false;
        done = use.end;
    }
    tr_put_str(&out, tr_str_from(text, done));
    *whole = tr_out_text(&out);
    return true;
}
