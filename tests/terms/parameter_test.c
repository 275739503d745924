/* Parameters: what stands for a number, what cannot, and where the names are. */
#include "sample.h"

#include <stdio.h>

#include "terms/tools.h"

#define SPAN "parameter span 14 days \"assumed\"\n"

static void the_name_stands_for_number_and_unit(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *by_name =
        sample_plan(&a, HEAD SPAN "3.1 A must meet within span of in force\n", NULL);
    const tr_plan *by_digits =
        sample_plan(&a, HEAD "3.1 A must meet within 14 days of in force\n", NULL);
    assert_int_equal(by_name->parameters, 1);
    assert_true(tr_str_is(by_name->parameter[0].value, "14 days"));
    assert_true(tr_str_is(by_name->parameter[0].source, "assumed"));
    assert_int_equal(by_name->clause[0].u.obligation.finish.within.days, 14);
    assert_int_equal(by_digits->clause[0].u.obligation.finish.within.days, 14);
}

static void another_value_is_another_meaning(void **state)
{
    (void)state;
    tr_arena         a = check_arena();
    const tr_change *change;
    const tr_plan   *was =
        sample_plan(&a, HEAD SPAN "3.1 A must meet within span of in force\n", NULL);
    const tr_plan *is = sample_plan(&a,
                                    HEAD "parameter span 15 days \"assumed\"\n"
                                         "3.1 A must meet within span of in force\n",
                                    NULL);
    assert_int_equal(tr_terms_diff(&a, was, is, &change), 2);
    assert_true(tr_str_is(change[0].name, "parameter span"));
    assert_true(tr_str_is(change[1].name, "\xC2\xA7"
                                          "3.1"));
    assert_int_equal(change[1].kind, TR_CHANGE_MEANING);
}

static void words_of_a_report_are_no_use(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_places p;
    int             uses = 0;
    tr_terms_index(&a,
                   TR_STR(HEAD SPAN "act end done when JC reports the span of it\n"
                                    "3.1 A must end within span of in force\n"
                                    "3.2 A, B must meet within span of in force\n"),
                   NULL, NULL, &p);
    for (int32_t i = 0; i < p.uses; i++)
        uses += tr_str_is(p.symbol[p.use[i].symbol].name, "span");
    assert_int_equal(uses, 3);
    assert_int_equal(p.result.errors, 0);
}

static void a_label_is_no_parameter(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_result r = sample_compile(&a,
                                       HEAD "parameter first_one 3.1 \"assumed\"\n"
                                            "3.1 A must meet within 3 days of in force\n"
                                            "3.2 A must meet within 3 days of \xC2\xA7"
                                            "first_one fulfilled\n",
                                       NULL);
    assert_int_equal(r.errors, 1);
    assert_int_equal(r.diagnostic[r.diagnostics - 1].err.code, TR_E_PARAMETER);
}

/* Every word that the page of the language sets in quotes in its grammar. */
static void no_word_of_the_language_names_one(void **state)
{
    (void)state;
    tr_arena  all = check_arena();
    tr_str    page = check_file(&all, check_path("docs/LANGUAGE.md"));
    ptrdiff_t i = 0;
    int       words = 0;
    while (i < page.len && !tr_str_starts(tr_str_from(page, i), "## 2. Grammar"))
        i++;
    for (; !tr_str_starts(tr_str_from(page, i), "## 3."); i++) {
        tr_arena  a = all;
        tr_out    out = tr_out_new(&a);
        ptrdiff_t end = i + 1;
        char      first = page.at[end];
        if (page.at[i] != '"')
            continue;
        while (page.at[end] != '"' && page.at[end] != '\n')
            end++;
        tr_str word = tr_str_cut(page, i + 1, end);
        i = end;
        if ((first | 32) < 'a' || (first | 32) > 'z')
            continue;
        words++;
        tr_put(&out, HEAD "parameter %.*s 3 \"assumed\"\n", TR_FMT(word));
        tr_terms_result r = sample_compile(&a, tr_out_z(&out), NULL);
        if (r.errors != 1)
            fail_msg("\"%.*s\" may name a parameter", TR_FMT(word));
    }
    assert_true(words > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_stands_for_number_and_unit),
        cmocka_unit_test(another_value_is_another_meaning),
        cmocka_unit_test(words_of_a_report_are_no_use),
        cmocka_unit_test(a_label_is_no_parameter),
        cmocka_unit_test(no_word_of_the_language_names_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
