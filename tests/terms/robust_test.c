/* Any bytes: no crash, no hang, no more memory than stated, reports that lie inside the text. */
#include "sample.h"

enum { FIXED_BYTES = 1 << 20 }; /* tables; beside 64 times the input */

static void check_bytes(tr_arena all, tr_str text)
{
    tr_arena        a = all;
    tr_terms_result r;
    tr_terms_compile(&a, text, NULL, NULL, &r);
    if (a.beg - all.beg > 64 * text.len + FIXED_BYTES)
        fail_msg("%td bytes for %td", a.beg - all.beg, text.len);
    assert_true((r.plan == NULL) == (r.errors > 0));
    assert_true(r.diagnostics <= 2 * TR_TERMS_ERRORS);
    assert_true(r.diagnostics >= (r.errors < TR_TERMS_ERRORS ? r.errors : TR_TERMS_ERRORS));
    tr_out out = tr_out_new(&a);
    for (int i = 0; i < r.diagnostics; i++) {
        const tr_diagnostic *d = &r.diagnostic[i];
        assert_true(d->span.begin >= 0 && d->span.begin <= text.len && d->err.line >= 1);
        tr_put_diagnostic(&out, TR_STR("t"), text, d);
    }
    for (int i = 0; r.plan && i < r.plan->clauses; i++)
        tr_put_reading(&out, r.plan, i);
    assert_true(tr_utf8_ok(tr_out_text(&out), NULL));
}

static tr_str agreement(tr_arena *keep, int which)
{
    return check_file(keep, check_path(which ? "agreements/example-two-sides.truce"
                                             : "agreements/minsk-2-enforced.truce"));
}

static void every_beginning_of_an_agreement(void **state)
{
    (void)state;
    tr_arena all = check_arena();
    for (int which = 0; which < 2; which++) {
        tr_arena a = all;
        tr_str   text = agreement(&a, which);
        for (ptrdiff_t len = 0; len <= text.len; len++)
            check_bytes(a, tr_str_cut(text, 0, len));
    }
}

static void every_agreement_with_one_byte_less(void **state)
{
    (void)state;
    tr_arena all = check_arena();
    for (int which = 0; which < 2; which++) {
        tr_arena a = all;
        tr_str   text = agreement(&a, which);
        char    *copy = TR_NEW(&a, char, text.len);
        for (ptrdiff_t i = 0; i < text.len; i++) {
            memcpy(copy, text.at, (size_t)i);
            memcpy(copy + i, text.at + i + 1, (size_t)(text.len - i - 1));
            check_bytes(a, (tr_str){copy, text.len - 1});
        }
    }
}

static void every_agreement_with_one_byte_replaced(void **state)
{
    (void)state;
    static const char others[] = {'\0', '\n', '"', '(', '9', ',', 'x', '\xFF', '\xC2'};
    tr_arena          all = check_arena();
    for (int which = 0; which < 2; which++) {
        tr_arena a = all;
        tr_str   text = agreement(&a, which);
        char    *copy = TR_NEW(&a, char, text.len);
        memcpy(copy, text.at, (size_t)text.len);
        for (ptrdiff_t i = 0; i < text.len; i++) {
            for (size_t k = (size_t)i % 3; k < sizeof others; k += 3) {
                copy[i] = others[k];
                check_bytes(a, (tr_str){copy, text.len});
            }
            copy[i] = text.at[i];
        }
    }
}

static void lines_in_any_order(void **state)
{
    (void)state;
    tr_arena all = check_arena();
    uint64_t seed = 7;
    for (int round = 0; round < 300; round++) {
        tr_arena a = all;
        tr_str   text = agreement(&a, round & 1), rest = text, line;
        TR_VEC(tr_str) lines = {0};
        while (tr_str_next(&rest, '\n', &line))
            *TR_PUSH(&a, &lines) = line;
        tr_out out = tr_out_new(&a);
        for (ptrdiff_t i = 0; i < lines.len; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            tr_put_str(&out, lines.at[(seed >> 33) % (uint64_t)lines.len]);
            tr_put_char(&out, '\n');
        }
        check_bytes(a, tr_out_text(&out));
    }
}

static void ten_megabytes_of_one_thing(void **state)
{
    (void)state;
    static const char *const pieces[] = {"(",
                                         "(\n",
                                         "\"",
                                         "\"\"\"",
                                         "\"\"\"\n",
                                         "1.1 ",
                                         "1.1 A\n",
                                         "party ",
                                         "party a \"b\"\n",
                                         "A, ",
                                         "§",
                                         "\xC2\xA0",
                                         "#",
                                         "\n",
                                         "9",
                                         "9.",
                                         "a-",
                                         "note \"a\"\n",
                                         "zone a is 1 E 1 N\n",
                                         "article 1 \"\"\n",
                                         "class a is fire or a\n",
                                         "\xE2\x80\xAE",
                                         "1.1 A must not commit f\n",
                                         "line l is 1 E 1 N,"};
    enum { BYTES = 10 << 20 };
    tr_arena all = check_arena();
    char    *text = TR_NEW(&all, char, BYTES);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        size_t len = strlen(pieces[i]);
        for (size_t k = 0; k + len <= BYTES; k += len)
            memcpy(text + k, pieces[i], len);
        check_bytes(all, (tr_str){text, (ptrdiff_t)(BYTES / len * len)});
    }
}

static void a_long_line_after_a_good_head(void **state)
{
    (void)state;
    static const char *const starts[] = {"1.1 ",
                                         "class c is ",
                                         "line l is ",
                                         "body C \"C\" of ",
                                         "text ",
                                         "proof p needs ",
                                         "1.1 A must not commit firing ",
                                         "6.1 e is active when ",
                                         "act a done when A reports "};
    static const char *const pieces[] = {"A, ",
                                         "fire or ",
                                         "37 E 48 N, ",
                                         "A ",
                                         "x, ",
                                         "sources >= 1 and ",
                                         "cites \"x\" 1 ",
                                         "count by incident of breaches of §1.1 or ",
                                         "counting as known, "};
    tr_arena                 all = check_arena();
    for (size_t s = 0; s < sizeof starts / sizeof starts[0]; s++)
        for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
            tr_arena a = all;
            tr_out   out = tr_out_new(&a);
            tr_put(&out, "%s%s", HEAD, starts[s]);
            for (int i = 0; i < 20000; i++)
                tr_put(&out, "%s", pieces[p]);
            check_bytes(a, tr_out_text(&out));
        }
}

static void a_text_too_long_is_refused(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_str          text = {TR_NEW(&a, char, (64 << 20) + 1), (64 << 20) + 1};
    tr_terms_result r;
    tr_terms_compile(&a, text, NULL, NULL, &r);
    assert_int_equal(r.diagnostic[0].err.code, TR_E_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_beginning_of_an_agreement),
        cmocka_unit_test(every_agreement_with_one_byte_less),
        cmocka_unit_test(every_agreement_with_one_byte_replaced),
        cmocka_unit_test(lines_in_any_order),
        cmocka_unit_test(ten_megabytes_of_one_thing),
        cmocka_unit_test(a_long_line_after_a_good_head),
        cmocka_unit_test(a_text_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
