/* The parser and the grammar beside it read the same sentences. */
#include <dirent.h>

#include "sample.h"

#include "../../fuzz/against.h"
#include "../../fuzz/speak.h"

static void check_shares(const against_count *count)
{
    long all = count->accepted + count->rejected + count->left;
    printf("%ld sentences accepted, %ld rejected, %ld left, %ld texts without mistakes\n",
           count->accepted, count->rejected, count->left, count->plans);
    assert_true(count->accepted * 5 > all && count->rejected * 5 > all && count->left * 10 < all);
}

static void sentences_of_the_grammar_true_and_spoilt(void **state)
{
    (void)state;
    enum { TIMES = 4000 };
    tr_arena      all = check_arena();
    against_count count = {0};
    char          fault[AGAINST_FAULT];
    uint64_t      seed = 20260201;
    printf("seeds from %llu\n", (unsigned long long)seed);
    for (int i = 0; i < TIMES; i++, seed++) {
        tr_arena     a = all;
        ptrdiff_t    from;
        speak_source source = speak_from(NULL, 0, seed);
        tr_str       text = speak_text(&a, &source, &from);
        if (!against_text(a, text, from, &count, fault) || !against_layout(a, text, &count, fault))
            fail_msg("seed %llu: %s", (unsigned long long)seed, fault);
    }
    check_shares(&count);
    assert_true(count.plans * 20 > TIMES);
}

static void folder_agrees(const char *folder, against_count *count)
{
    tr_arena       all = check_arena();
    DIR           *dir = opendir(check_path(folder));
    struct dirent *one;
    char           path[512], fault[AGAINST_FAULT];
    assert_non_null(dir);
    while ((one = readdir(dir)) != NULL) {
        tr_arena    a = all;
        const char *dot = strrchr(one->d_name, '.');
        if (!dot || strcmp(dot, ".truce") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        tr_str text = check_file(&a, check_path(path));
        if (!against_text(a, text, 0, count, fault) || !against_layout(a, text, count, fault))
            fail_msg("%s: %s", path, fault);
    }
    closedir(dir);
}

static void every_agreement_of_the_project(void **state)
{
    (void)state;
    against_count count = {0};
    folder_agrees("agreements", &count);
    folder_agrees("agreements/templates", &count);
    folder_agrees("tests/agreements/clean", &count);
    assert_int_equal(count.rejected, 0);
    folder_agrees("tests/agreements/faulty", &count);
    assert_true(count.accepted > 1000 && count.rejected > 10);
}

static void every_agreement_with_one_token_wrong(void **state)
{
    (void)state;
    tr_arena      all = check_arena();
    against_count count = {0};
    char          fault[AGAINST_FAULT];
    tr_str        text = check_file(&all, check_path("agreements/example-two-sides.truce"));
    for (ptrdiff_t i = 0, end; i < text.len; i = end + 1) { /* a word is left out */
        tr_arena a = all;
        for (end = i; end < text.len && text.at[end] != ' ' && text.at[end] != '\n'; end++)
            ;
        tr_out out = tr_out_new(&a);
        tr_put_str(&out, tr_str_cut(text, 0, i));
        tr_put_str(&out, tr_str_from(text, end));
        if (!against_text(a, tr_out_text(&out), 0, &count, fault))
            fail_msg("%s", fault);
    }
    assert_true(count.rejected > 100);
}

/* What the two once read differently: a sentence, and whether its words fit. */
static void sentences_once_read_differently(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool        fits;
    } all[] = {
        {"late facts accepted 90 days,\n", false},
        {"late facts accepted 90 days verdicts final after 30 days\n", true},
        {"7.2 JC must meet cites \"P\" 1\n", true}, /* no deadline, which is told */
        {"7.2 alarm2 is, cites \"P\" 1\n", true},
        {"7.2 agreement is cites \"P\" 1\n", true},
        {"7.2 A must not commit firing except 7.2a \"x\" from 7.2b when exercise\n", true},
        {"7.2 A must not commit firing except 7.2 a \"x\" when exercise\n", false},
        {"zone area is box 37 E 47 N to 38 E 48 N, boundary inside\n", true},
        {"text \"\"\n", false},
        {"7.2 alarm2 is active when count by incident of breaches of \xC2\xA7"
         "1.1 by nobody in area\n",
         true},
        {"7.2 A must not commit firing except 7.2a \"x\" when exercise, prevails over 7.2a\n",
         false},
        {"class c is artillery \xE2\x89\xA5 100 mm\n", true},
        {"zone c is within , 15 km of contact, boundary inside\n", false},
        {"line c , is 37 E 48 N, 37.5 E 48 N\n", false},
        {"7.2 JC must share personnel as A 50 %, B 50 %,\n", false},
        {"7.2 JC must share personnel as A 50 %,, every week\n", false},
    };
    tr_arena a = check_arena();
    char     fault[AGAINST_FAULT];
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        against_count count = {0};
        tr_out        out = tr_out_new(&a);
        tr_put(&out, "%s", speak_prelude);
        ptrdiff_t from = tr_out_text(&out).len;
        tr_put(&out, "%s", all[i].text);
        if (!against_text(a, tr_out_text(&out), from, &count, fault))
            fail_msg("%s", fault);
        if (count.accepted != all[i].fits || count.rejected == all[i].fits)
            fail_msg("%s", all[i].text);
    }
}

/* ---- the page of the language ---- */

enum { WORDS = 1024 };
typedef struct {
    tr_str at[WORDS];
    int    count;
} word_set;

static bool has_word(const word_set *set, tr_str word)
{
    for (int i = 0; i < set->count; i++)
        if (tr_str_eq(set->at[i], word))
            return true;
    return false;
}

/* What stands in double quotes and begins with a letter. */
static word_set quoted_words(tr_str text)
{
    word_set set = {0};
    for (ptrdiff_t i = 0; i < text.len; i++) {
        ptrdiff_t end = i + 1;
        if (text.at[i] != '"')
            continue;
        while (end < text.len && text.at[end] != '"' && text.at[end] != '\n')
            end++;
        tr_str word = tr_str_cut(text, i + 1, end);
        bool   letter = word.len > 0 && ((word.at[0] | 32) >= 'a' && (word.at[0] | 32) <= 'z');
        if (letter && !has_word(&set, word) && set.count < WORDS)
            set.at[set.count++] = word;
        i = end;
    }
    return set;
}

static tr_str between(tr_str text, const char *begin, const char *end)
{
    ptrdiff_t from = 0, to;
    while (from < text.len && !tr_str_starts(tr_str_from(text, from), begin))
        from++;
    assert_true(from < text.len);
    for (to = from + 1; to < text.len && !tr_str_starts(tr_str_from(text, to), end);)
        to++;
    return tr_str_cut(text, from, to);
}

static int missing(const word_set *here, const word_set *there, const char *where)
{
    int count = 0;
    for (int i = 0; i < here->count; i++)
        if (!has_word(there, here->at[i])) {
            printf("\"%.*s\" is not in %s\n", TR_FMT(here->at[i]), where);
            count++;
        }
    return count;
}

static void the_page_and_the_grammar_have_the_same_words(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_str   page = check_file(&a, check_path("docs/LANGUAGE.md"));
    tr_str   rules = check_file(&a, check_path("fuzz/grammar.y"));
    word_set told = quoted_words(between(page, "## 2. Grammar", "## 3."));
    word_set used = quoted_words(between(rules, "\n%%\n", "\n%%\n\n/* ---- one sentence"));
    assert_true(told.count > 100 && used.count > 100);
    assert_int_equal(missing(&told, &used, "fuzz/grammar.y") + missing(&used, &told, "LANGUAGE.md"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_and_the_grammar_have_the_same_words),
        cmocka_unit_test(sentences_once_read_differently),
        cmocka_unit_test(sentences_of_the_grammar_true_and_spoilt),
        cmocka_unit_test(every_agreement_of_the_project),
        cmocka_unit_test(every_agreement_with_one_token_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
