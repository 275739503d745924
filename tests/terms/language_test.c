/* Keywords of other languages: one syntax tree.  Every text of the corpus and every agreement goes
 * into each language and back, word for word, and means the same on the way. */
#include <dirent.h>

#include "sample.h"

#include "terms/front.h"
#include "terms/tools.h"

typedef struct {
    tr_arena   *keep;
    const char *folder;
} beside;

static bool file_beside(void *context, tr_str name, tr_str *bytes)
{
    const beside *b = context;
    char          path[512];
    snprintf(path, sizeof path, "%s/%.*s", b->folder, TR_FMT(name));
    *bytes = check_file(b->keep, check_path(path));
    return bytes->at != NULL;
}

static tr_terms_result compiled(tr_arena *keep, const char *folder, tr_str text)
{
    tr_terms_result r;
    beside          files = {keep, folder};
    tr_terms_compile(keep, text, file_beside, &files, &r);
    return r;
}

static tr_str turned(tr_arena *keep, const char *folder, tr_str text, const char *language)
{
    tr_err err = {0};
    tr_str out;
    beside files = {keep, folder};
    if (!tr_terms_language(keep, text, tr_str_of(language), file_beside, &files, &out, &err)) {
        /* a name of the text may be a French word: it is refused by name */
        if (err.code == TR_E_KEYWORD_NAME && strcmp(language, "fr") == 0)
            return (tr_str){0};
        fail_msg("%s: TR%04d line %d %s", language, err.code, err.line, err.text);
    }
    return out;
}

static void expect_text(const char *name, tr_str got, tr_str want)
{
    if (!tr_str_eq(got, want))
        fail_msg("%s: another text\n%.*s", name, TR_FMT(got));
}

/* There and back, and the same subjects on the way. */
static int check_language(tr_arena a, const char *folder, const char *name, tr_str text,
                          const char *language)
{
    tr_str there = turned(&a, folder, text, language);
    if (!there.at)
        return 1;
    tr_str           back = turned(&a, folder, there, "en");
    tr_terms_result  one = compiled(&a, folder, text), other = compiled(&a, folder, there);
    const tr_change *change;
    expect_text(name, back, text);
    if (other.errors > 0)
        fail_msg("%s in %s: TR%04d %s", name, language, other.diagnostic[0].err.code,
                 other.diagnostic[0].err.text);
    int32_t changes = tr_terms_diff(&a, one.plan, other.plan, &change);
    for (int32_t i = 0; i < changes; i++)
        if (change[i].kind != TR_CHANGE_WORDS)
            fail_msg("%s in %s: %.*s %s", name, language, TR_FMT(change[i].name),
                     tr_change_name(change[i].kind));
    return 0;
}

static int check_folder(const char *folder)
{
    tr_arena       a = check_arena();
    int            texts = 0, refused = 0;
    DIR           *dir = opendir(check_path(folder));
    struct dirent *one;
    assert_non_null(dir);
    while ((one = readdir(dir)) != NULL) {
        const char *dot = strrchr(one->d_name, '.');
        char        path[512];
        tr_arena    scratch = a;
        if (!dot || strcmp(dot, ".truce") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        tr_str text = check_file(&scratch, check_path(path));
        if (lexer_new(text).lang > 0)
            text = turned(&scratch, folder, text, "en");
        assert_int_equal(check_language(scratch, folder, one->d_name, text, "uk"), 0);
        assert_int_equal(check_language(scratch, folder, one->d_name, text, "ru"), 0);
        refused += check_language(scratch, folder, one->d_name, text, "fr");
        texts++;
    }
    closedir(dir);
    assert_true(refused * 4 <= texts);
    return texts;
}

static void every_text_goes_into_each_language_and_back(void **state)
{
    (void)state;
    assert_true(check_folder("agreements") >= 2);
    assert_true(check_folder("agreements/templates") >= 6);
    assert_true(check_folder("tests/agreements/clean") >= 10);
}

static void a_form_stands_once_and_is_no_other_keyword_of_english(void **state)
{
    (void)state;
    static const struct {
        const char *form[KEYWORD_LANGS];
    } rows[] = {
#define KEYWORD(english, uk, ru, fr) {{english, uk, ru, fr}},
#include "terms/keywords.def"
#undef KEYWORD
    };
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
        for (int32_t l = 1; l < KEYWORD_LANGS; l++) {
            tr_str rest = tr_str_of(rows[r].form[l]), form;
            while (tr_str_next(&rest, '|', &form)) {
                tr_str  english, other;
                int32_t end;
                assert_true(form.len > 0);
                if (!keyword_at(l, form, 0, &english, &end) || end != form.len ||
                    !tr_str_is(english, rows[r].form[0]))
                    fail_msg("\"%.*s\" is not read as %s", TR_FMT(form), rows[r].form[0]);
                if (keyword_form(l, form, &other) && !tr_str_is(form, rows[r].form[0]))
                    fail_msg("\"%.*s\" is an English keyword too", TR_FMT(form));
            }
        }
}

static void several_forms_are_one_keyword(void **state)
{
    (void)state;
    static const char *const forms[] = {"повинен", "повинна", "повинні", "повинно"};
    tr_str                   english;
    int32_t                  end;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        assert_true(keyword_at(1, tr_str_of(forms[i]), 0, &english, &end));
        assert_true(tr_str_is(english, "must"));
    }
    assert_false(keyword_at(1, TR_STR("повиненко"), 0, &english, &end));
    assert_true(keyword_at(1, TR_STR("не  повинні вчиняти"), 0, &english, &end));
    assert_true(tr_str_is(english, "must not"));
    assert_true(keyword_at(1, TR_STR("вибух у повітрі."), 0, &english, &end));
    assert_true(tr_str_is(english, "explosion.airburst"));
    assert_true(keyword_at(1, TR_STR("вибух у зоні"), 0, &english, &end));
    assert_true(tr_str_is(english, "explosion"));
}

static void a_phrase_is_handed_out_word_by_word(void **state)
{
    (void)state;
    lexer lex = lexer_new(TR_STR("language uk\nне повинні §1.1"));
    lexer_next(&lex);
    lexer_next(&lex);
    tok must = lexer_next(&lex), not_ = lexer_next(&lex), sign = lexer_next(&lex);
    assert_true(tr_str_is(must.text, "must") && must.first && must.keyword);
    assert_true(tr_str_is(not_.text, "not") && !not_.first);
    assert_int_equal(must.span.begin, not_.span.begin);
    assert_int_equal(must.span.end, not_.span.end);
    assert_int_equal(sign.kind, TOK_SIGN);
}

static void a_name_that_is_a_keyword_elsewhere_is_refused(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_err   err = {0};
    tr_str   out, text = TR_STR(HEAD "party chaque \"x\"\n" MUST_NOT);
    assert_false(tr_terms_language(&a, text, TR_STR("de"), NULL, NULL, &out, &err));
    assert_int_equal(err.code, TR_E_LANGUAGE);
    assert_true(tr_terms_language(&a, text, TR_STR("uk"), NULL, NULL, &out, &err));
    err = (tr_err){0};
    assert_false(tr_terms_language(&a, text, TR_STR("fr"), NULL, NULL, &out, &err));
    assert_int_equal(err.code, TR_E_KEYWORD_NAME);
}

static void layout_keeps_the_words_as_written(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_err   err = {0};
    tr_str   once, twice,
        text = check_file(&a, check_path("tests/agreements/clean/ukrainian-keywords.truce"));
    assert_true(tr_terms_format(&a, text, &once, &err));
    assert_true(tr_terms_format(&a, once, &twice, &err));
    expect_text("once", once, text);
    expect_text("twice", twice, once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_goes_into_each_language_and_back),
        cmocka_unit_test(a_form_stands_once_and_is_no_other_keyword_of_english),
        cmocka_unit_test(several_forms_are_one_keyword),
        cmocka_unit_test(a_phrase_is_handed_out_word_by_word),
        cmocka_unit_test(a_name_that_is_a_keyword_elsewhere_is_refused),
        cmocka_unit_test(layout_keeps_the_words_as_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
