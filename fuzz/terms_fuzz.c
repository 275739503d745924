/* terms_fuzz.c -- any bytes as an agreement, and as the GeoJSON file it names.
 *
 * The input is cut at its first NUL: text before, file behind.  What must hold: no fault, a plan
 * exactly when there is no error, memory within 64 times the input and the tables; a text made
 * whole compiles to the same verdict as the text with its files; a text laid out is laid out the
 * same again and differs from it in nothing; each use of a name is that name. */
#include <stdlib.h>
#include <sys/mman.h>

#include "terms/terms.h"
#include "terms/tools.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The one file, under any name, and how often it was handed in. */
typedef struct {
    tr_str bytes;
    long   times;
} one_file_only;

static bool one_file(void *context, tr_str name, tr_str *bytes)
{
    one_file_only *file = context;
    file->times++;
    *bytes = file->bytes;
    return name.len > 0 && bytes->at;
}

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_layout(tr_arena arena, tr_str text, one_file_only *file, const tr_plan *plan)
{
    tr_str           laid, twice;
    tr_err           err = {0};
    tr_terms_result  after;
    const tr_change *change;
    if (!tr_terms_format(&arena, text, &laid, &err)) {
        check(!plan);
        return;
    }
    check(tr_terms_format(&arena, laid, &twice, &err) && tr_str_eq(laid, twice));
    tr_terms_compile(&arena, laid, one_file, file, &after);
    check((after.plan == NULL) == (plan == NULL));
    if (plan && plan->clauses < 50)
        check(tr_terms_diff(&arena, plan, after.plan, &change) == 0);
}

static void check_index(tr_arena arena, tr_str text, one_file_only *file, int32_t errors)
{
    tr_terms_places places;
    tr_terms_index(&arena, text, one_file, file, &places);
    check(places.result.errors == errors);
    for (int32_t i = 0; i < places.uses; i++) {
        tr_text_span span = places.use[i].span;
        check(tr_str_eq(tr_str_cut(text, span.begin, span.end),
                        places.symbol[places.use[i].symbol].name));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ROOM = 1 << 30 };
    static char *room;
    if (!room)
        room = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                    -1, 0);
    if (size > (1 << 20))
        return 0;
    tr_arena        arena = {room, room + ROOM};
    tr_str          whole, text = {(const char *)data, (ptrdiff_t)size};
    ptrdiff_t       cut = tr_str_find(text, '\0');
    one_file_only   file = {cut < 0 ? (tr_str){0} : tr_str_from(text, cut + 1), 0};
    tr_terms_result r, again;
    text = tr_str_cut(text, 0, cut < 0 ? text.len : cut);

    tr_terms_compile(&arena, text, one_file, &file, &r);
    check((r.plan == NULL) == (r.errors > 0));
    check(arena.beg - room <= 64 * (text.len + file.times * file.bytes.len) + (1 << 20));
    tr_out out = tr_out_new(&arena);
    for (int i = 0; i < r.diagnostics; i++)
        tr_put_diagnostic(&out, TR_STR("t"), text, &r.diagnostic[i]);
    for (int i = 0; r.plan && i < r.plan->clauses; i++)
        tr_put_reading(&out, r.plan, i);

    check_layout(arena, text, &file, r.plan);
    check_index(arena, text, &file, r.errors);

    tr_err err = {0};
    if (r.plan && tr_terms_inline(&arena, text, one_file, &file, &whole, &err)) {
        tr_terms_compile(&arena, whole, NULL, NULL, &again);
        check(again.plan && again.plan->clauses == r.plan->clauses &&
              again.plan->zones == r.plan->zones);
    }
    return 0;
}
