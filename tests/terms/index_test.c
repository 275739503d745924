/* Where names stand: every use of a name and nothing that only looks like one. */
#include "sample.h"

#include "terms/tools.h"

static const char text[] = HEAD
    "proof p needs confidence >= 90 %\nproof q needs p and sources >= 2\n"
    "class all is firing or event.fatal\n"
    "zone meeting is box 37.0 E 47.5 N to 38.0 E 48.5 N, boundary inside\n"
    "1.1 A, B must not commit firing in meeting proof q\n"
    "6.1 enforcement is\n    active when count by incident of breaches of §1.1 by any party in "
    "meeting over 7 days > 14,\n    by tally\n" COUNTED
    "    until count by incident of breaches of §1.1 by any party in meeting over 7 days < 4, "
    "for 14 days\n"
    "article 7 \"R\" on §6.1 active\n7.1 JC must meet within 3 hours of activation unless §6.1 "
    "ended\n7.2 JC must notify A within 5 days of clause 7.1 fulfilled\n";

static tr_terms_places index_of(tr_arena *keep, const char *of)
{
    tr_terms_places places;
    tr_terms_index(keep, tr_str_of(of), NULL, NULL, &places);
    return places;
}

/* All uses of a name, its declaration included. */
static int uses_of(const tr_terms_places *places, const char *sort, const char *name)
{
    int count = 0;
    for (int32_t i = 0; i < places->uses; i++) {
        const tr_symbol *s = &places->symbol[places->use[i].symbol];
        count += strcmp(s->sort, sort) == 0 && tr_str_is(s->name, name);
    }
    return count;
}

static void every_use_is_found_once(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_places p = index_of(&a, text);
    assert_int_equal(p.result.errors, 0);
    assert_int_equal(uses_of(&p, "actor", "A"), 4);
    assert_int_equal(uses_of(&p, "actor", "JC"), 5);
    assert_int_equal(uses_of(&p, "class", "firing"), 3);
    assert_int_equal(uses_of(&p, "proof", "p"), 2);
    assert_int_equal(uses_of(&p, "proof", "q"), 2);
    assert_int_equal(uses_of(&p, "zone", "meeting"), 4);
    assert_int_equal(uses_of(&p, "act", "meet"), 2);
    assert_int_equal(uses_of(&p, "counting", "incident"), 3);
    assert_int_equal(uses_of(&p, "threshold", "enforcement"), 1);
    assert_int_equal(uses_of(&p, "clause", "6.1"), 3);
    assert_int_equal(uses_of(&p, "clause", "7.1"), 2);
    assert_int_equal(uses_of(&p, "clause", "1.1"), 3);
}

static void each_use_covers_the_name_alone(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_places p = index_of(&a, text);
    for (int32_t i = 0; i < p.uses; i++) {
        tr_text_span span = p.use[i].span;
        tr_str       name = p.symbol[p.use[i].symbol].name;
        assert_true(tr_str_eq(tr_str_cut(tr_str_of(text), span.begin, span.end), name));
        assert_true(i == 0 || p.use[i - 1].span.begin < span.begin);
        assert_int_equal(tr_places_at(&p, span.begin), i);
        assert_int_equal(tr_places_at(&p, span.end), i);
    }
}

static void the_sentence_of_a_declaration_is_known(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_places p = index_of(&a, text);
    for (int32_t i = 0; i < p.symbols; i++)
        if (tr_str_is(p.symbol[i].name, "meeting")) {
            tr_text_span w = p.symbol[i].whole;
            CHECK_STR(tr_str_cut(tr_str_of(text), w.begin, w.end),
                      "zone meeting is box 37.0 E 47.5 N to 38.0 E 48.5 N, boundary inside");
        }
}

static void a_text_with_mistakes_is_indexed_as_far_as_it_is_read(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_places p = index_of(&a, HEAD "1.1 A, B must not commit fiering in area\n"
                                          "1.2 A, B must not commit firing in nowhere\n");
    assert_int_equal(p.result.errors, 2);
    assert_null(p.result.plan);
    assert_int_equal(uses_of(&p, "class", "firing"), 2);
    assert_int_equal(uses_of(&p, "actor", "A"), 4);
    assert_int_equal(tr_places_at(&p, 0), -1);
}

static void what_can_be_a_name(void **state)
{
    (void)state;
    assert_true(tr_terms_name_ok(TR_STR("DMZ-2")));
    assert_true(tr_terms_name_ok(TR_STR("_a.b")));
    assert_false(tr_terms_name_ok(TR_STR("")));
    assert_false(tr_terms_name_ok(TR_STR("two words")));
    assert_false(tr_terms_name_ok(TR_STR("2nd")));
    assert_false(tr_terms_name_ok(TR_STR(" x")));
    assert_false(tr_terms_name_ok(TR_STR("x\n")));
    assert_false(tr_terms_name_ok(TR_STR("\xD0\x90")));
    assert_false(tr_terms_name_ok(TR_STR("heavy")));
    assert_false(tr_terms_name_ok(
        TR_STR("a234567890123456789012345678901234567890123456789012345678901234")));
    assert_true(tr_terms_name_ok(
        TR_STR("a23456789012345678901234567890123456789012345678901234567890123")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_use_is_found_once),
        cmocka_unit_test(each_use_covers_the_name_alone),
        cmocka_unit_test(the_sentence_of_a_declaration_is_known),
        cmocka_unit_test(a_text_with_mistakes_is_indexed_as_far_as_it_is_read),
        cmocka_unit_test(what_can_be_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
