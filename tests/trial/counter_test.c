/* counter_test.c -- findings as cases: each one of the faulty corpus reproduces, every warning with
 * a timeline; a case that expects another finding fails. */
#include <dirent.h>

#include "check.h"
#include "trial/case.h"
#include "trial/counter.h"

static const char folder[] = "tests/agreements/faulty";

static bool beside(void *context, tr_str name, tr_str *bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%.*s", folder, TR_FMT(name));
    *bytes = check_file(context, check_path(path));
    return bytes->at != NULL;
}

/* One finding: its case holds; false after saying why not. */
static bool reproduces(tr_arena keep, const tr_terms_result *result, int32_t i, tr_str text,
                       tr_str file, bool *shown)
{
    tr_counter     one;
    tr_case_report report;
    tr_err         err = {0};
    tr_counter_make(&keep, result, i, text, tr_counter_embeds(text) ? TR_STR("") : file, true,
                    &one);
    *shown = one.shown;
    if (!tr_case_run(&keep, one.script, beside, &keep, &report, &err)) {
        print_error("%.*s %.*s: line %d: %s\n", TR_FMT(file), TR_FMT(one.name), err.line, err.text);
        return false;
    }
    for (int32_t c = 0; c < report.cases; c++)
        for (int32_t k = 0; k < report.at[c].failures; k++)
            print_error("%.*s %.*s: %.*s\n", TR_FMT(file), TR_FMT(one.name),
                        TR_FMT(report.at[c].failure[k].text));
    return report.cases > 0 && report.failed == 0;
}

/* Texts that differ are evaluated alike, and a parameter that nobody uses changes nothing: no event
 * tells one from the other. */
static bool of_words(int code)
{
    return (code >= TR_E_WORDING_MISSING && code <= TR_E_WORDING_MODAL) ||
           code == TR_E_PARAMETER_UNUSED;
}

static void every_finding_of_the_corpus_reproduces(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    DIR           *dir = opendir(check_path(folder));
    struct dirent *one;
    int            wrong = 0, findings = 0, warnings = 0;
    assert_non_null(dir);
    while ((one = readdir(dir)) != NULL) {
        const char     *dot = strrchr(one->d_name, '.');
        tr_arena        keep = a;
        tr_terms_result result;
        tr_str          text, name = tr_str_of(one->d_name);
        if (!dot || strcmp(dot, ".truce") != 0)
            continue;
        assert_true(beside(&keep, name, &text));
        tr_terms_compile(&keep, text, beside, &keep, &result);
        for (int32_t i = 0; i < result.diagnostics; i++, findings++) {
            bool shown = false;
            wrong += !reproduces(keep, &result, i, text, name, &shown);
            if (result.plan && !shown && !of_words(result.diagnostic[i].err.code)) {
                print_error("%s: no timeline shows TR%04d\n", one->d_name,
                            result.diagnostic[i].err.code);
                wrong++;
            }
            warnings += result.plan != NULL;
        }
    }
    closedir(dir);
    assert_true(findings >= 100 && warnings >= 30);
    assert_int_equal(wrong, 0);
}

#define SMALL                                                                                      \
    "case \"x\"\nagreement \"\"\"\nagreement \"X\" version 1.0\ntime zone \"UTC\"\n"               \
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\nparty A \"A\"\nclass firing is fire\n"

static int outcome(const char *script, tr_err *err)
{
    tr_arena       keep = check_arena();
    tr_case_report report;
    *err = (tr_err){0};
    if (!tr_case_run(&keep, tr_str_of(script), NULL, NULL, &report, err))
        return -1;
    return report.failed;
}

static void what_is_expected_of_compiling_must_be_so(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        int         failed; /* -1: cannot be read */
    } rows[] = {
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect refused TR0106\n", 0},
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect refused TR0106 line 6\n", 0},
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect refused TR0106 line 5\n", 1},
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect refused TR0110\n", 1},
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect warned TR0106\n", -1},
        {SMALL "1.1 A must not commit firing\n\"\"\"\nexpect refused TR0106\n", 1},
        {SMALL "1.1 A must not commit firing\n\"\"\"\nexpect warned TR1400\n", 1},
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect refused TR0106\ntick 2026-01-01\n",
         -1},
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect refused TR9999\n", -1},
        {SMALL "1.1 A must not commit fyring\n\"\"\"\nexpect refused TR0106 column 5\n", -1},
        {SMALL
         "guarantor G \"G\"\n1.1 A must not commit firing\n\"\"\"\nexpect warned TR1400 line 7\n"
         "tick 2026-01-01\nexpect incidents 0\n",
         0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tr_err err;
        if (outcome(rows[i].script, &err) != rows[i].failed)
            fail_msg("row %d: %s", (int)i, err.text);
    }
}

static void a_text_that_a_block_cannot_hold_is_named(void **state)
{
    (void)state;
    assert_true(tr_counter_embeds(TR_STR("agreement \"X\" version 1.0\n")));
    assert_false(tr_counter_embeds(TR_STR("agreement \"X\" version 1.0")));
    assert_false(tr_counter_embeds(TR_STR("note \"\"\"\nx\n\"\"\"\n")));
    assert_false(tr_counter_embeds(TR_STR("\xFF\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_finding_of_the_corpus_reproduces),
        cmocka_unit_test(what_is_expected_of_compiling_must_be_so),
        cmocka_unit_test(a_text_that_a_block_cannot_hold_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
