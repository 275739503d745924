/* The canonical layout: the same meaning, whatever the white space was, and the same again. */
#include <dirent.h>

#include "sample.h"

#include "base/random.h"
#include "terms/front.h"
#include "terms/tools.h"

static tr_str formatted(tr_arena *keep, tr_str text)
{
    tr_str out;
    tr_err err = {0};
    CHECK_OK(tr_terms_format(keep, text, &out, &err), err);
    return out;
}

static bool folder_file(void *context, tr_str name, tr_str *bytes)
{
    char path[512];
    snprintf(path, sizeof path, "agreements/%.*s", TR_FMT(name));
    *bytes = check_file(context, check_path(path));
    return bytes->at != NULL;
}

static const tr_plan *plan_of(tr_arena *keep, tr_str text)
{
    tr_terms_result r;
    tr_terms_compile(keep, text, folder_file, keep, &r);
    return r.plan;
}

static void check_same_plan(tr_arena a, tr_str one, tr_str two)
{
    const tr_plan    *p = plan_of(&a, one), *q = plan_of(&a, two);
    const tr_subject *x, *y;
    assert_true((p == NULL) == (q == NULL));
    if (!p)
        return;
    int32_t count = tr_plan_subjects(&a, p, &x);
    assert_int_equal(tr_plan_subjects(&a, q, &y), count);
    for (int32_t i = 0; i < count; i++) {
        assert_true(tr_str_eq(x[i].name, y[i].name));
        assert_int_equal(x[i].fields, y[i].fields);
        for (int32_t k = 0; k < x[i].fields; k++) {
            assert_true(tr_str_eq(x[i].field[k].name, y[i].field[k].name));
            if (!tr_str_eq(x[i].field[k].value, y[i].field[k].value))
                fail_msg("%.*s of %.*s: %.*s, not %.*s", TR_FMT(x[i].field[k].name),
                         TR_FMT(x[i].name), TR_FMT(y[i].field[k].value),
                         TR_FMT(x[i].field[k].value));
        }
    }
}

/* ---- texts ---- */

enum { TEXTS = 512 };
typedef struct {
    tr_str at[TEXTS];
    int    count;
} texts;

static void add_text(texts *all, tr_str text)
{
    assert_true(all->count < TEXTS);
    all->at[all->count++] = text;
}

/* agreement """ ... """ of a script. */
static void add_inline(texts *all, tr_str script)
{
    for (ptrdiff_t i = 0; i + 14 < script.len; i++) {
        if (!tr_str_starts(tr_str_from(script, i), "agreement \"\"\""))
            continue;
        ptrdiff_t begin = i + 14, end = begin;
        while (end < script.len && !tr_str_starts(tr_str_from(script, end), "\"\"\""))
            end++;
        if (script.at[begin - 1] == '\n')
            begin--;
        add_text(all, tr_str_cut(script, begin, end));
        i = end + 2;
    }
}

static void add_folder(tr_arena *keep, texts *all, const char *folder)
{
    DIR           *dir = opendir(check_path(folder));
    struct dirent *one;
    assert_non_null(dir);
    while ((one = readdir(dir)) != NULL) {
        tr_str      name = tr_str_of(one->d_name);
        const char *dot = strrchr(one->d_name, '.');
        char        path[512];
        if (!dot || (strcmp(dot, ".truce") != 0 && strcmp(dot, ".case") != 0))
            continue;
        snprintf(path, sizeof path, "%s/%.*s", folder, TR_FMT(name));
        tr_str text = check_file(keep, check_path(path));
        if (strcmp(dot, ".case") == 0)
            add_inline(all, text);
        else
            add_text(all, text);
    }
    closedir(dir);
}

static const texts *all_texts(tr_arena *keep)
{
    texts *all = TR_NEW(keep, texts, 1);
    add_folder(keep, all, "agreements");
    add_folder(keep, all, "cases");
    assert_true(all->count >= 10);
    return all;
}

/* ---- the layout itself ---- */

static void check_layout(const char *text, const char *want)
{
    tr_arena a = check_arena();
    tr_str   out = formatted(&a, tr_str_of(text));
    CHECK_STR(out, want);
    CHECK_STR(formatted(&a, out), want);
}

static void a_sentence_that_fits_stands_on_one_line(void **state)
{
    (void)state;
    check_layout("party   A\t\"Party  A\"  \n", "party A \"Party  A\"\n");
    check_layout("zone DMZ is\n  within 10\n km of x ,\n boundary inside\n",
                 "zone DMZ is within 10 km of x, boundary inside\n");
    check_layout("1.1 A must x within 14 days of \xC2\xA7 3.1 fulfilled",
                 "1.1 A must x within 14 days of \xC2\xA7"
                 "3.1 fulfilled\n");
    check_layout("p needs confidence>=90% and a( b )\n", "p needs confidence >= 90 % and a (b)\n");
    check_layout("", "");
    check_layout("\n\n  \n", "");
}

static void a_long_sentence_is_filled_and_no_point_is_torn(void **state)
{
    (void)state;
    check_layout("line l is 37.1000000 E 48.1000000 N, 37.2000000 E 48.2000000 N, 37.3000000 E "
                 "48.3000000 N, "
                 "37.4000000 E 48.4000000 N\n",
                 "line l is 37.1000000 E 48.1000000 N, 37.2000000 E 48.2000000 N, 37.3000000 E "
                 "48.3000000 N,\n"
                 "    37.4000000 E 48.4000000 N\n");
}

static void the_sections_of_a_threshold_begin_lines(void **state)
{
    (void)state;
    check_layout("6.1 e is active when count by i of breaches of \xC2\xA7"
                 "1.1 > 3, by tally or count by i of breaches of \xC2\xA7"
                 "1.1 > 9 counting rung 0 or better, as known until count by i of breaches of "
                 "\xC2\xA7"
                 "1.1 < 2 on compares certain, off compares possible on late facts review\n",
                 "6.1 e is\n    active when count by i of breaches of \xC2\xA7"
                 "1.1 > 3, by tally\n        or count by i of breaches of \xC2\xA7"
                 "1.1 > 9\n    counting rung 0 or better, as known\n    until count by i of "
                 "breaches of \xC2\xA7"
                 "1.1 < 2\n    on compares certain, off compares possible\n    on late facts "
                 "review\n");
}

static void comments_stay_where_they_were(void **state)
{
    (void)state;
    check_layout("# top  \n\n\n\n#second\nparty A \"A\"   # who\n  # inside\n # more\n# below\n"
                 "party B \"B\"\n\n\n# last",
                 "# top\n\n#second\nparty A \"A\"  # who\n# inside\n# more\n# below\n"
                 "party B \"B\"\n\n# last\n");
    check_layout("class x is # first\n   a or\n   # second\n   b\n",
                 "class x is  # first\n    a or\n    # second\n    b\n");
    check_layout("# only a comment", "# only a comment\n");
    check_layout("area 1 E 2 N # a\n  to 3 E 4 N", "area 1 E 2 N  # a\n    to 3 E 4 N\n");
}

static void an_article_has_a_blank_line_above_it_and_its_comment(void **state)
{
    (void)state;
    check_layout("1.1 a b c\narticle 2 \"x\"\n2.1 a b c\n# about three\narticle 3 \"y\"\n",
                 "1.1 a b c\n\narticle 2 \"x\"\n2.1 a b c\n\n# about three\narticle 3 \"y\"\n");
    check_layout("article 1 \"x\"\n", "article 1 \"x\"\n");
}

static void the_letters_of_an_exception_touch_its_number(void **state)
{
    (void)state;
    check_layout("2.1 a except 2.1b  \"x\" from 2.1a when b prevails over 2.1c\n",
                 "2.1 a\n    except 2.1b \"x\" from 2.1a when b prevails over 2.1c\n");
    check_layout("within 10km of a\n", "within 10 km of a\n");
    check_layout("a 2026-03-01T00:00:00Z : b\n", "a 2026-03-01T00:00:00Z : b\n");
}

static void long_quotes_are_kept_byte_by_byte(void **state)
{
    (void)state;
    check_layout("note \"\"\"one\n   two   \n# no comment\"\"\"   party\n",
                 "note \"\"\"one\n   two   \n# no comment\"\"\" party\n");
}

static void marks_before_the_text_and_other_line_ends_go(void **state)
{
    (void)state;
    check_layout("\xEF\xBB\xBFparty A \"A\"\r\nparty\xC2\xA0"
                 "B \"B\" # x\r\n",
                 "party A \"A\"\nparty B \"B\"  # x\n");
}

static void what_has_no_whole_tokens_is_refused(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_str   out;
    tr_err   err;
    CHECK_FAILS(tr_terms_format(&a, TR_STR("note \"open\n"), &out, &err), err, TR_E_QUOTE);
    assert_int_equal(err.line, 1);
    CHECK_FAILS(tr_terms_format(&a, TR_STR("a\nb ?\n"), &out, &err), err, TR_E_CHARACTER);
    assert_int_equal(err.line, 2);
    CHECK_FAILS(tr_terms_format(&a, TR_STR("a \xFF"), &out, &err), err, TR_E_UTF8);
}

/* ---- meaning ---- */

static void every_agreement_keeps_its_plan_and_is_laid_out_once(void **state)
{
    (void)state;
    tr_arena     a = check_arena();
    const texts *all = all_texts(&a);
    int          compiled = 0;
    for (int i = 0; i < all->count; i++) {
        tr_arena scratch = a;
        tr_str   out = formatted(&scratch, all->at[i]);
        assert_true(tr_str_eq(formatted(&scratch, out), out));
        check_same_plan(scratch, all->at[i], out);
        compiled += plan_of(&scratch, all->at[i]) != NULL;
    }
    assert_true(compiled >= 10);
}

/* The same tokens with other white space: between those of a sentence anything that is blank, and
 * between sentences the line ends that stand there. */
static tr_str shaken(tr_arena *keep, tr_str text, tr_random *random)
{
    static const char *const blanks[] = {" ",       "  ",     "\t",      "\n ",
                                         " \n    ", "\r\n\t", "\n\n   ", "\xC2\xA0"};
    tr_out                   out = tr_out_new(keep);
    lexer                    lex = lexer_new(text);
    int32_t                  line = 1;
    for (tok t = lexer_next(&lex); t.kind != TOK_END; t = lexer_next(&lex)) {
        if (t.first)
            for (int32_t k = line; k < t.span.line && k < line + 2; k++)
                tr_put_char(&out, '\n');
        else
            tr_put(&out, "%s", blanks[tr_random_below(random, 8)]);
        tr_put_str(&out, tr_str_cut(text, t.span.begin, t.span.end));
        line = lex.line;
    }
    return tr_out_text(&out);
}

static tr_str without_comments(tr_arena *keep, tr_str text)
{
    tr_out  out = tr_out_new(keep);
    lexer   lex = lexer_new(text);
    int32_t line = 1;
    for (tok t = lexer_next(&lex); t.kind != TOK_END; t = lexer_next(&lex)) {
        for (int32_t k = line; t.first && k < t.span.line && k < line + 2; k++)
            tr_put_char(&out, '\n');
        tr_put(&out, "%s%.*s", t.first ? "" : " ",
               TR_FMT(tr_str_cut(text, t.span.begin, t.span.end)));
        line = lex.line;
    }
    return tr_out_text(&out);
}

static void white_space_changes_neither_the_plan_nor_the_layout(void **state)
{
    (void)state;
    tr_arena     a = check_arena();
    const texts *all = all_texts(&a);
    tr_random    random = tr_random_seed(11);
    for (int i = 0; i < all->count; i++) {
        tr_arena scratch = a;
        tr_str   plain = without_comments(&scratch, all->at[i]);
        tr_str   want = formatted(&scratch, plain);
        for (int round = 0; round < 12; round++) {
            tr_arena inner = scratch;
            tr_str   text = shaken(&inner, plain, &random);
            tr_str   out = formatted(&inner, text);
            if (!tr_str_eq(out, want))
                fail_msg("laid out otherwise:\n%.*s", TR_FMT(text));
            check_same_plan(inner, plain, text);
        }
    }
}

static void any_bytes_are_laid_out_or_refused(void **state)
{
    (void)state;
    static const char letters[] = "Ea1.-_ \n\t\"#,:;()<>=%\xC2\xA7";
    tr_arena          all = check_arena();
    tr_random         random = tr_random_seed(5);
    int               done = 0;
    for (int round = 0; round < 20000; round++) {
        tr_arena a = all;
        char     bytes[48];
        int      len = (int)tr_random_below(&random, sizeof bytes);
        for (int i = 0; i < len; i++)
            bytes[i] = letters[tr_random_below(&random, sizeof letters - 1)];
        tr_str out, again;
        tr_err err = {0};
        if (!tr_terms_format(&a, (tr_str){bytes, len}, &out, &err))
            continue;
        done++;
        CHECK_OK(tr_terms_format(&a, out, &again, &err), err);
        if (!tr_str_eq(out, again))
            fail_msg("not the same again: [%.*s] [%.*s] [%.*s]", len, bytes, TR_FMT(out),
                     TR_FMT(again));
    }
    assert_true(done > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_that_fits_stands_on_one_line),
        cmocka_unit_test(a_long_sentence_is_filled_and_no_point_is_torn),
        cmocka_unit_test(the_sections_of_a_threshold_begin_lines),
        cmocka_unit_test(comments_stay_where_they_were),
        cmocka_unit_test(an_article_has_a_blank_line_above_it_and_its_comment),
        cmocka_unit_test(the_letters_of_an_exception_touch_its_number),
        cmocka_unit_test(long_quotes_are_kept_byte_by_byte),
        cmocka_unit_test(marks_before_the_text_and_other_line_ends_go),
        cmocka_unit_test(what_has_no_whole_tokens_is_refused),
        cmocka_unit_test(every_agreement_keeps_its_plan_and_is_laid_out_once),
        cmocka_unit_test(white_space_changes_neither_the_plan_nor_the_layout),
        cmocka_unit_test(any_bytes_are_laid_out_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
