/* Every text in tests/agreements: the faulty ones have exactly the findings that their first line
 * expects, the clean ones and the templates none; and each code of the language has its text. */
#include <dirent.h>

#include "sample.h"

#include "terms/tools.h"

enum { CODE_MOST = 1500 };

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

typedef struct {
    const char *name;
    tr_str      text;
} sample_text;
typedef struct {
    sample_text *at;
    int          count;
} folder_texts;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const sample_text *)a)->name, ((const sample_text *)b)->name);
}

static folder_texts read_folder(tr_arena *keep, const char *folder)
{
    enum { MOST = 512 };
    folder_texts   all = {TR_NEW(keep, sample_text, MOST), 0};
    DIR           *dir = opendir(check_path(folder));
    struct dirent *one;
    assert_non_null(dir);
    while ((one = readdir(dir)) != NULL) {
        const char *dot = strrchr(one->d_name, '.');
        char        path[512];
        if (!dot || strcmp(dot, ".truce") != 0)
            continue;
        assert_true(all.count < MOST);
        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        all.at[all.count++] = (sample_text){tr_str_z(keep, tr_str_of(one->d_name)),
                                            check_file(keep, check_path(path))};
    }
    closedir(dir);
    qsort(all.at, (size_t)all.count, sizeof *all.at, by_name);
    return all;
}

static tr_terms_result compiled(tr_arena *keep, const char *folder, tr_str text)
{
    tr_terms_result result;
    beside          files = {keep, folder};
    tr_terms_compile(keep, text, file_beside, &files, &result);
    return result;
}

/* `# expect TR0112 TR0106` -> bits of the codes; false when the line is not there. */
static bool expected(tr_str text, bool want[CODE_MOST])
{
    tr_str  line, word;
    int64_t code;
    bool    any = false;
    if (!tr_str_next(&text, '\n', &line) || !tr_str_starts(line, "# expect "))
        return false;
    line = tr_str_trim(tr_str_from(line, 9));
    while (tr_str_next(&line, ' ', &word)) {
        if (!tr_str_starts(word, "TR") || !tr_int_read_zeros(tr_str_from(word, 2), &code) ||
            code <= 0 || code >= CODE_MOST)
            return false;
        any = want[code] = true;
    }
    return any;
}

static int check_faulty(tr_arena a, const sample_text *one, bool met[CODE_MOST])
{
    bool            want[CODE_MOST] = {false}, got[CODE_MOST] = {false};
    tr_terms_result r = compiled(&a, "tests/agreements/faulty", one->text);
    int             wrong = 0;
    if (!expected(one->text, want)) {
        print_error("%s does not begin with \"# expect TRnnnn\"\n", one->name);
        return 1;
    }
    for (int i = 0; i < r.diagnostics; i++) {
        got[r.diagnostic[i].err.code] = met[r.diagnostic[i].err.code] = true;
        assert_true(r.diagnostic[i].err.hint[0] || r.diagnostic[i].err.code == TR_E_UNEXPECTED);
    }
    for (int c = 0; c < CODE_MOST; c++)
        if (want[c] != got[c]) {
            print_error("%s: TR%04d is %s\n", one->name, c, want[c] ? "not found" : "found too");
            wrong++;
        }
    return wrong;
}

static void every_faulty_text_has_exactly_its_findings(void **state)
{
    (void)state;
    static bool  met[CODE_MOST];
    tr_arena     a = check_arena();
    folder_texts all = read_folder(&a, "tests/agreements/faulty");
    int          wrong = 0;
    assert_true(all.count >= 40);
    for (int i = 0; i < all.count; i++)
        wrong += check_faulty(a, &all.at[i], met);
    for (int i = 0; tr_error_at(i) != 0; i++)
        if ((tr_error_at(i) / 100 == 1 || tr_error_at(i) / 100 == 14) && !met[tr_error_at(i)]) {
            print_error("no faulty text shows TR%04d\n", tr_error_at(i));
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

static void check_clean(const char *folder, int least)
{
    tr_arena     a = check_arena();
    folder_texts all = read_folder(&a, folder);
    assert_true(all.count >= least);
    for (int i = 0; i < all.count; i++) {
        tr_arena        scratch = a;
        tr_terms_result r = compiled(&scratch, folder, all.at[i].text);
        if (r.diagnostics > 0)
            fail_msg("%s/%s:%d: TR%04d %s", folder, all.at[i].name, r.diagnostic[0].err.line,
                     r.diagnostic[0].err.code, r.diagnostic[0].err.text);
    }
}

static void no_clean_text_has_a_finding(void **state)
{
    (void)state;
    check_clean("tests/agreements/clean", 10);
}

static void every_template_compiles_without_a_finding(void **state)
{
    (void)state;
    check_clean("agreements/templates", 6);
}

static void every_template_stands_in_canonical_layout(void **state)
{
    (void)state;
    tr_arena     a = check_arena();
    folder_texts all = read_folder(&a, "agreements/templates");
    for (int i = 0; i < all.count; i++) {
        tr_str out;
        tr_err err = {0};
        CHECK_OK(tr_terms_format(&a, all.at[i].text, &out, &err), err);
        if (!tr_str_eq(out, all.at[i].text))
            fail_msg("%s is not in canonical layout", all.at[i].name);
    }
}

/* A finding of a clean text with one sentence taken out names no line past its end and no crash
 * comes of it: the corpus serves as seeds. */
static void every_text_survives_the_loss_of_any_line(void **state)
{
    (void)state;
    static const char *const folders[] = {"tests/agreements/clean", "tests/agreements/faulty"};
    tr_arena                 a = check_arena();
    for (size_t f = 0; f < sizeof folders / sizeof folders[0]; f++) {
        tr_arena     inner = a;
        folder_texts all = read_folder(&inner, folders[f]);
        for (int i = 0; i < all.count; i++) {
            tr_str text = all.at[i].text;
            for (ptrdiff_t begin = 0, end; begin < text.len; begin = end) {
                ptrdiff_t line = tr_str_find(tr_str_from(text, begin), '\n');
                end = line < 0 ? text.len : begin + line + 1;
                tr_arena scratch = inner;
                tr_out   out = tr_out_new(&scratch);
                tr_put_str(&out, tr_str_cut(text, 0, begin));
                tr_put_str(&out, tr_str_from(text, end));
                tr_terms_result r = compiled(&scratch, folders[f], tr_out_text(&out));
                assert_true((r.plan == NULL) == (r.errors > 0));
            }
        }
    }
}

/* What a later version compiles is told once and at its place; everything around it is read. */
static void the_whole_example_is_read_to_its_end(void **state)
{
    (void)state;
    static const char *const told[] = {
        "fires within 2 km and 1 hour are one; a flare never opens one",
        "R-JFO",
        "R-SEV",
        "side >= 90 %",
        "proved at 99 % by audit",
        "audit by JMC, order seeded after freezing, 1 % over the life of the clause",
        "declared",
        "request by JMC",
        "no deadline",
        "recorded",
        "\xC2\xA7"
        "4.1",
    };
    tr_arena        a = check_arena();
    const char     *path = check_path("tests/agreements/faulty/whole-example.truce");
    tr_str          text = check_file(&a, path);
    tr_terms_result r = compiled(&a, "tests/agreements/faulty", text);
    int32_t         count = (int32_t)(sizeof told / sizeof told[0]);
    for (int32_t i = 0; i < r.diagnostics; i++) {
        tr_str span = tr_str_cut(text, r.diagnostic[i].span.begin, r.diagnostic[i].span.end);
        if (i >= count || !tr_str_is(span, told[i]) ||
            r.diagnostic[i].err.code != TR_E_NOT_COMPILED)
            fail_msg("line %d: TR%04d at \"%.*s\"", r.diagnostic[i].err.line,
                     r.diagnostic[i].err.code, TR_FMT(span));
    }
    assert_int_equal(r.diagnostics, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_faulty_text_has_exactly_its_findings),
        cmocka_unit_test(no_clean_text_has_a_finding),
        cmocka_unit_test(every_template_compiles_without_a_finding),
        cmocka_unit_test(every_template_stands_in_canonical_layout),
        cmocka_unit_test(the_whole_example_is_read_to_its_end),
        cmocka_unit_test(every_text_survives_the_loss_of_any_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
