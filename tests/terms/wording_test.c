/* Authentic wordings held against one another and against the clause. */
#include "sample.h"

#define ACTORS                                                                                     \
    "agreement \"T\" version 1.0\ntext en, uk, fr\ntime zone \"Europe/Kyiv\"\n"                    \
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\nagreement in force from 2026-02-01 00:00\n"              \
    "party A \"Northern Party\" uk \"Північна Сторона\" fr \"Partie du Nord\"\n"    \
    "party B \"Southern Party\" uk \"Південна Сторона\" fr \"Partie du Sud\"\n"     \
    "act register done when the actor reports the list\n1.1 A must register within 14 days of in " \
    "force\n"

/* The same for a clause that says nothing of its own. */
#define OPEN "1.2 open \"its strength\" decided by A, B\n"

static int32_t codes(const char *en, const char *uk, const char *fr, int want[4])
{
    tr_arena        a = check_arena();
    tr_out          text = tr_out_new(&a);
    tr_terms_result r;
    const char     *label = strstr(en, "800,000") ? "1.2" : "1.1"; /* 1.2 says nothing itself */
    tr_put(&text, ACTORS OPEN "text %s en \"%s\"\ntext %s uk \"%s\"\ntext %s fr \"%s\"\n", label,
           en, label, uk, label, fr);
    tr_terms_compile(&a, tr_out_text(&text), NULL, NULL, &r);
    assert_int_equal(r.errors, 0);
    int32_t n = 0;
    for (int32_t i = 0; i < r.diagnostics && n < 4; i++) {
        assert_true(r.diagnostic[i].warning);
        if (r.diagnostic[i].err.code / 10 != 19 || r.diagnostic[i].err.code == TR_E_WORDING_MISSING)
            continue; /* of the other clause */
        assert_true(r.diagnostic[i].detail[0]);
        want[n++] = r.diagnostic[i].err.code;
    }
    return n;
}

#define EN "The Northern Party shall hand over its list within 14 days."
#define UK "Північна Сторона повинна передати свій перелік протягом 14 днів."
#define FR "La Partie du Nord doit remettre sa liste sous 14 jours."

static void expect_none(const char *en, const char *uk, const char *fr)
{
    int got[4] = {0};
    int n = codes(en, uk, fr, got);
    if (n > 0)
        fail_msg("TR%04d: %s / %s / %s", got[0], en, uk, fr);
}

static void expect_one(int code, const char *en, const char *uk, const char *fr)
{
    int got[4] = {0};
    int n = codes(en, uk, fr, got);
    if (n != 1 || got[0] != code)
        fail_msg("%d findings, TR%04d: %s / %s / %s", n, got[0], en, uk, fr);
}

static void the_same_in_other_words_is_no_difference(void **state)
{
    (void)state;
    expect_none(EN, UK, FR);
    expect_none("The Northern Party must register within fourteen days, at most 800,000 lines.",
                "Північна Сторона зобов’язана за чотирнадцять днів, не більше 800 000 рядків.",
                "La Partie du Nord doit, sous deux semaines, au plus 800 000 lignes.");
    expect_none(EN " Of 800,000 and 1.5 million lines 2.5 %.",
                UK " Із 800 000 і 1,5 мільйона рядків 2,5 відсотка.",
                FR " Sur 800.000 et 1,5 million de lignes 2,5 pour cent.");
    expect_none("From 15 December 2025 the Northern Party shall register 800,000.",
                "З 15 грудня 2025 року Північна Сторона повинна 800 000.",
                "Dès le 15.12.2025 la Partie du Nord doit 800 000.");
}

static void numbers_units_and_dates_differ(void **state)
{
    (void)state;
    expect_one(TR_E_WORDING_NUMBER, EN, "Північна Сторона повинна протягом 30 днів.", FR);
    expect_one(TR_E_WORDING_NUMBER, EN, "Північна Сторона повинна протягом 14 годин.", FR);
    expect_one(TR_E_WORDING_NUMBER, EN " At most 800,000.", UK " Не більше 80 000.",
               FR " Au plus 800 000.");
    expect_one(TR_E_WORDING_NUMBER, EN " In 3 % of 800,000.", UK " У 3 % з 800 000.",
               FR " Dans 3 cas sur 800 000.");
    expect_one(TR_E_WORDING_NUMBER, "The Northern Party shall within 15 days.",
               "Північна Сторона повинна протягом 15 днів.",
               "La Partie du Nord doit sous 15 jours.");
}

static void the_party_differs(void **state)
{
    (void)state;
    expect_one(TR_E_WORDING_PARTY, EN, "Південна Сторона повинна протягом 14 днів.", FR);
    expect_one(TR_E_WORDING_PARTY, EN, UK,
               "Les parties doivent remettre leur liste sous 14 jours.");
    /* inflected names are the same names */
    expect_none(EN, "Перелік повинен бути переданий Північною Стороною за 14 днів.", FR);
}

static void what_binds_differs(void **state)
{
    (void)state;
    expect_one(TR_E_WORDING_MODAL, EN, "Північній Стороні слід передати перелік за 14 днів.", FR);
    expect_one(TR_E_WORDING_MODAL, EN, UK,
               "La Partie du Nord peut remettre sa liste sous 14 jours.");
    expect_one(TR_E_WORDING_MODAL, EN " It is a guarantee.", UK " Це запевнення.",
               FR " La garantie est donnée.");
    expect_one(TR_E_WORDING_MODAL, "The Northern Party should register within 14 days.",
               "Північній Стороні слід передати перелік за 14 днів.",
               "La Partie du Nord devrait remettre sa liste sous 14 jours.");
}

static void without_a_declared_name_silence_says_nothing(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_result r;
    tr_terms_compile(&a,
                     TR_STR("agreement \"T\" version 1.0\ntext en, uk\ntime zone \"UTC\"\n"
                            "area 36.0 E 47.0 N to 39.0 E 49.0 N\n"
                            "agreement in force from 2026-02-01 00:00\n"
                            "party A \"Northern Party\"\nact register done when A reports it\n"
                            "1.1 A must register within 14 days of in force\n"
                            "text 1.1 en \"The Northern Party must, within 14 days.\"\n"
                            "text 1.1 uk \"Північна Сторона повинна за 14 днів.\"\n"),
                     NULL, NULL, &r);
    assert_int_equal(r.diagnostics, 0);
    assert_int_equal(r.plan->beside.wordings, 2);
    assert_int_equal(r.plan->beside.wording[1].clause, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_in_other_words_is_no_difference),
        cmocka_unit_test(numbers_units_and_dates_differ),
        cmocka_unit_test(the_party_differs),
        cmocka_unit_test(what_binds_differs),
        cmocka_unit_test(without_a_declared_name_silence_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
