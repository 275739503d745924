/* What changed between two texts: every field of a clause, and what it names. */
#include "sample.h"

#include "terms/tools.h"

static const tr_change *changed(tr_arena *keep, const char *was, const char *is, int32_t *changes)
{
    const tr_change *change = NULL;
    *changes =
        tr_terms_diff(keep, sample_plan(keep, was, NULL), sample_plan(keep, is, NULL), &change);
    return change;
}

static const tr_change *of(const tr_change *change, int32_t changes, const char *name)
{
    for (int32_t i = 0; i < changes; i++)
        if (tr_str_is(change[i].name, name))
            return &change[i];
    return NULL;
}

static bool has(const tr_change *change, const char *field)
{
    for (int32_t i = 0; change && i < change->fields; i++)
        if (tr_str_is(change->field[i].name, field))
            return true;
    return false;
}

/* One edit of one text: a clause must show it in exactly that field, beside its reading. */
static void check_edit(const char *from, const char *to, const char *subject, const char *field)
{
    static const char text[] = HEAD
        "zone Z is box 37.0 E 47.5 N to 38.0 E 48.5 N, boundary inside\n"
        "proof p needs confidence >= 90 %\nproof q needs sources >= 2\n"
        "1.1 A must not commit firing in Z from 2026-02-01 proof p needs coverage >= 60 %\n"
        "3.1 B must notify JC begin by 2026-02-20, within 2 days of in force\n"
        "6.1 e is\n    active when count by incident of breaches of §1.1 by any party in Z over 7 "
        "days > 14,\n    by tally\n" COUNTED
        "    until count by incident of breaches of §1.1 by any party in Z over 7 days < 4, for "
        "14 days\n"
        "article 7 \"R\" on §6.1 active\n7.1 JC must meet within 3 hours of activation\n"
        "7.2 JC must notify A within 5 days of activation\n";
    tr_arena    a = check_arena();
    char       *edited = TR_NEW(&a, char, (ptrdiff_t)sizeof text + 256);
    const char *at = strstr(text, from);
    int32_t     changes;
    assert_non_null(at);
    sprintf(edited, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    const tr_change *change = changed(&a, text, edited, &changes),
                    *one = of(change, changes, subject);
    if (!one || one->kind != TR_CHANGE_MEANING || !has(one, field))
        fail_msg("\"%s\" -> \"%s\" does not change %s of %s", from, to, field, subject);
}

static void each_part_of_a_clause_shows_its_change(void **state)
{
    (void)state;
    check_edit("1.1 A must", "1.1 A, B must", "§1.1", "actors");
    check_edit("must not commit", "must not keep", "§1.1", "act");
    check_edit("in Z from", "in area from", "§1.1", "zone");
    check_edit("Z from 2026-02-01", "Z from 2026-02-02", "§1.1", "from");
    check_edit("proof p needs coverage", "until 2026-09-01 proof p needs coverage", "§1.1",
               "until");
    check_edit("proof p needs coverage", "proof q needs coverage", "§1.1", "proof");
    check_edit(">= 60 %", ">= 61 %", "§1.1", "coverage");
    check_edit("6.1 e is", "6.1 f is", "§6.1", "name");
    check_edit("> 14,", "> 15,", "§6.1", "start 1 bound");
    check_edit("< 4, for 14 days", "< 3, for 14 days", "§6.1", "end 1 bound");
    check_edit("for 14 days", "for 15 days", "§6.1", "end held for");
    check_edit("rung 0", "rung 1", "§6.1", "rung");
    check_edit("corroboration none", "corroboration supported", "§6.1", "corroboration");
    check_edit("exercises in", "exercises out", "§6.1", "exercises counted");
    check_edit("contested out", "contested in", "§6.1", "contested counted");
    check_edit("as known", "as happened\n    on late facts review", "§6.1", "late facts");
    check_edit("as known", "as known, from 2026-03-01", "§6.1", "counting from");
    check_edit("must meet", "may meet", "§7.1", "mode");
    check_edit("within 3 hours", "within 4 hours", "§7.1", "within");
    check_edit("3 hours of activation", "3 hours of first breach", "§7.1", "starting point");
    check_edit("3 hours of activation", "3 hours of activation unless §6.1 ended", "§7.1",
               "void when ended");
    check_edit("notify A", "notify B", "§7.2", "recipients");
    check_edit("3.1 B", "3.1 A, B", "§3.1", "actors");
    check_edit("notify JC", "notify JC, A", "§3.1", "recipients");
    check_edit("02-20", "02-21", "§3.1", "to begin");
    check_edit("2 days of in", "3 days of in", "§3.1", "to have done");
    check_edit("article 7 \"R\"", "article 7 \"S\"", "§7.2", "article");
}

static void what_a_clause_names_changes_the_clause(void **state)
{
    (void)state;
    check_edit("to 38.0 E 48.5 N", "to 38.1 E 48.5 N", "§1.1", "zone Z");
    check_edit("to 38.0 E 48.5 N", "to 38.1 E 48.5 N", "§6.1", "zone Z");
    check_edit("boundary inside", "boundary outside", "zone Z", "place");
    check_edit("class firing is fire", "class firing is shot", "§1.1", "class firing");
    check_edit(">= 90 %", ">= 91 %", "§1.1", "proof p");
    check_edit("reports the meeting", "reports a meeting", "§7.1", "report");
    check_edit("R-INC", "R-SMM", "§6.1", "counting incident");
    check_edit("\"Party A\"", "\"The first\"", "party A", "name");
    check_edit("agreement in force from 2026-02-01", "agreement in force from 2026-02-02",
               "agreement", "in force from");
}

static void layout_and_order_change_nothing(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    int32_t  changes;
    changed(&a, HEAD MUST_NOT "proof p needs sources >= 1\n",
            HEAD
            "1.1 B, A must not\n  commit firing  # remark\n in area\nproof p needs sources >= 1\n",
            &changes);
    assert_int_equal(changes, 1);
    changed(&a, HEAD "proof p needs sources >= 1\nproof q needs sources >= 2\n" MUST_NOT,
            HEAD "proof q needs sources >= 2\nproof p needs sources >= 1\n" MUST_NOT, &changes);
    assert_int_equal(changes, 0);
}

static void other_words_with_the_same_meaning_are_words_only(void **state)
{
    (void)state;
    tr_arena         a = check_arena();
    int32_t          changes;
    const tr_change *change =
        changed(&a, HEAD MUST_NOT, HEAD "1.1 A, B must not commit firing\n", &changes);
    assert_int_equal(changes, 1);
    CHECK_STR(change->name, "§1.1");
    assert_int_equal(change->kind, TR_CHANGE_WORDS);
    assert_int_equal(change->fields, 0);
}

static void added_and_removed_are_each_others_mirror(void **state)
{
    (void)state;
    tr_arena         a = check_arena();
    int32_t          changes;
    const tr_change *change =
        changed(&a, HEAD MUST_NOT, HEAD MUST_NOT "1.2 A must not keep firing\n", &changes);
    assert_int_equal(changes, 1);
    assert_int_equal(change->kind, TR_CHANGE_ADDED);
    assert_int_equal(change->was, -1);
    assert_int_equal(change->is, 1);
    change = changed(&a, HEAD MUST_NOT "1.2 A must not keep firing\n", HEAD MUST_NOT, &changes);
    assert_int_equal(changes, 1);
    assert_int_equal(change->kind, TR_CHANGE_REMOVED);
    assert_int_equal(change->was, 1);
    assert_int_equal(change->is, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_of_a_clause_shows_its_change),
        cmocka_unit_test(what_a_clause_names_changes_the_clause),
        cmocka_unit_test(layout_and_order_change_nothing),
        cmocka_unit_test(other_words_with_the_same_meaning_are_words_only),
        cmocka_unit_test(added_and_removed_are_each_others_mirror),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
