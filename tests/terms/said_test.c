/* What is stated beside the terms: chains and their roots, dates as intervals, denials, labels of
 * earlier drafts; open and sealed terms. */
#include "sample.h"

#include "base/time.h"

static const tr_plan *plan_of(tr_arena *keep, const char *body)
{
    tr_terms_result r;
    tr_out          text = tr_out_new(keep);
    tr_put(&text, HEAD "%s", body);
    tr_terms_compile(keep, tr_out_text(&text), NULL, NULL, &r);
    if (r.errors > 0)
        fail_msg("TR%04d %s", r.diagnostic[0].err.code, r.diagnostic[0].err.text);
    return r.plan;
}

static void expect_roots(const char *from, int32_t roots, int32_t unnamed)
{
    tr_arena a = check_arena();
    tr_out   body = tr_out_new(&a);
    int32_t  got_unnamed;
    tr_put(&body, MUST_NOT "context one \"It is so.\" %s\n", from);
    const tr_beside *b = &plan_of(&a, tr_out_z(&body))->beside;
    assert_int_equal(b->contexts, 1);
    assert_int_equal(tr_chains_roots(b, b->context[0].from, &got_unnamed), roots);
    assert_int_equal(got_unnamed, unnamed);
}

static void one_root_counts_once(void **state)
{
    (void)state;
    expect_roots("", 0, 0);
    expect_roots("from \"003\"", 1, 0);
    expect_roots("from \"003 < outlets < officials (unnamed)\"", 1, 1);
    expect_roots("from \"003 < officials (unnamed)\" from \"002 < Officials (Unnamed)\"", 1, 1);
    expect_roots("from \"003 < officials (unnamed)\" from \"002 < Ushakov\"", 2, 1);
    expect_roots("from \"003 < an official (anonymous)\" from \"002 < officials (unnamed)\"", 2, 2);
}

static void a_link_on_the_way_is_no_root_of_its_own(void **state)
{
    (void)state;
    expect_roots("from \"003 < outlets\" from \"002 < outlets < officials\"", 1, 0);
    expect_roots("from \"002 < outlets < officials\" from \"003 < outlets\"", 1, 0);
    expect_roots("from \"outlets\" from \"003 < outlets\"", 1, 0);
}

static void dates_are_intervals_of_whole_days(void **state)
{
    (void)state;
    tr_arena         a = check_arena();
    const tr_beside *b = &plan_of(&a, MUST_NOT "context d1 \"x\" on 2025-12-14\n"
                                               "context d2 \"x\" on 2025-12-14 to 2025-12-15\n"
                                               "context d3 \"x\"\n"
                                               "context d4 \"x\" on 2026-03-29\n")
                              ->beside;
    assert_int_equal(b->context[0].when.end - b->context[0].when.begin, TR_DAY);
    assert_int_equal(b->context[1].when.begin, b->context[0].when.begin);
    assert_int_equal(b->context[1].when.end - b->context[1].when.begin, 2 * TR_DAY);
    assert_true(b->context[2].when.begin == TR_TIME_NONE);
    assert_int_equal(b->context[3].when.end - b->context[3].when.begin, 23 * TR_HOUR);
}

static void a_denial_names_the_statement_above(void **state)
{
    (void)state;
    tr_arena         a = check_arena();
    const tr_beside *b = &plan_of(&a, MUST_NOT "context yes \"x\"\ncontext other \"z\"\n"
                                               "context no \"y\" denies yes\n")
                              ->beside;
    assert_int_equal(b->context[0].denies, -1);
    assert_int_equal(b->context[2].denies, 0);
}

static void labels_of_an_earlier_draft_are_kept_as_written(void **state)
{
    (void)state;
    tr_arena         a = check_arena();
    const tr_beside *b = &plan_of(&a, MUST_NOT "point 1.1 was 6.1, 6.2b, 7.3\n")->beside;
    assert_int_equal(b->points, 1);
    assert_int_equal(b->point[0].clause, 0);
    assert_int_equal(b->point[0].wases, 3);
    assert_true(tr_str_is(b->point[0].was[1], "6.2b"));
}

static void a_sealed_term_keeps_its_hash_and_audiences(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = plan_of(
        &a, MUST_NOT
        "1.2 sealed \"plan\" sha256 "
        "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\" to A, JC, verdict to "
        "JC\n1.3 open \"the line\" decided by A, B cites \"Annex\" 2\n");
    const tr_stated *s = &p->clause[1].u.stated, *o = &p->clause[2].u.stated;
    assert_int_equal(s->kind, TR_STATED_SEALED);
    assert_int_equal(s->to, 1 | 4);
    assert_int_equal(s->verdict_to, 4);
    assert_false(s->verdict_public);
    assert_int_equal(o->kind, TR_STATED_OPEN);
    assert_int_equal(o->decided_by, 1 | 2);
    assert_int_equal(p->beside.cites, 1);
    assert_int_equal(p->beside.cite[0].clause, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_root_counts_once),
        cmocka_unit_test(a_link_on_the_way_is_no_root_of_its_own),
        cmocka_unit_test(dates_are_intervals_of_whole_days),
        cmocka_unit_test(a_denial_names_the_statement_above),
        cmocka_unit_test(labels_of_an_earlier_draft_are_kept_as_written),
        cmocka_unit_test(a_sealed_term_keeps_its_hash_and_audiences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
