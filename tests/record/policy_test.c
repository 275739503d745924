/* policy_test.c -- policies with `quorum none`, and what is refused instead of ignored. */
#include "record/fixture.h"

#include "record/policy.h"

static int code_of(tr_arena keep, const char *format, int *logs)
{
    tr_author  log = author_of(ORIGIN, ORIGIN, 2);
    tr_out     out = tr_out_new(&keep);
    tr_policy *policy = TR_NEW(&keep, tr_policy, 1);
    tr_err     err = {0};
    for (const char *c = format; *c; c++) /* K stands for the key */
        if (*c == 'K')
            tr_put_str(&out, vkey_text(&keep, &log));
        else
            tr_put_char(&out, *c);
    bool ok = tr_policy_read(tr_out_text(&out), policy, &err);
    assert_true(ok == (err.code == 0));
    if (logs)
        *logs = policy->logs;
    return err.code;
}

static void a_policy_without_witnesses_is_followed(void **state)
{
    tr_arena arena = check_arena();
    int      logs = 0;
    assert_int_equal(code_of(arena, "# trial\n\nlog K\nquorum none\n", &logs), 0);
    assert_int_equal(logs, 1);
    assert_int_equal(code_of(arena, "quorum none\n\tlog \t K http://x\n", &logs), 0);
    assert_int_equal(code_of(arena, "log K\nquorum none", &logs), 0);
}

static void a_policy_with_witnesses_is_refused_not_ignored(void **state)
{
    tr_arena arena = check_arena();
    assert_int_equal(code_of(arena, "log K\nwitness w K\nquorum none\n", NULL),
                     TR_E_POLICY_WITNESSES);
    assert_int_equal(code_of(arena, "log K\ngroup g 1 w\nquorum none\n", NULL),
                     TR_E_POLICY_WITNESSES);
    assert_int_equal(code_of(arena, "log K\nquorum g\n", NULL), TR_E_POLICY_WITNESSES);
}

static void other_forms_of_a_policy_are_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "quorum none\n",
                                      "log K\n",
                                      "log K\nquorum none\nquorum none\n",
                                      "log K\nlog K\nquorum none\n",
                                      "log K http://x more\nquorum none\n",
                                      "lag K\nquorum none\n",
                                      "log K\nquorum none\r\n",
                                      "log K\nquorum none\n\x7f"};
    tr_arena                 arena = check_arena();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(code_of(arena, bad[i], NULL), TR_E_POLICY);
    assert_int_equal(code_of(arena, "log x\nquorum none\n", NULL), TR_E_VKEY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_without_witnesses_is_followed),
        cmocka_unit_test(a_policy_with_witnesses_is_refused_not_ignored),
        cmocka_unit_test(other_forms_of_a_policy_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
