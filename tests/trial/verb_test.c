/* verb_test.c -- `truce test`: which files it runs, what it prints, how it ends. */
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static char folder[64];
static char output[65536];

/* Run `truce test` with these words in the test's folder; the exit status, output in `output`. */
static int truce_test(const char *words)
{
    const char *truce = getenv("TR_TRUCE");
    char        command[2048];
    if (!truce) {
        puts("skipped, no truce");
        skip();
    }
    snprintf(command, sizeof command, "cd %s && '%s' test %s 2>&1", folder, truce, words);
    FILE  *pipe = popen(command, "r");
    size_t len = fread(output, 1, sizeof output - 1, pipe);
    output[len] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void write_file(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void write_case(const char *name, const char *title, const char *expectation)
{
    char text[1024];
    snprintf(text, sizeof text,
             "case \"%s\"\nagreement \"small.truce\"\ntick 2026-02-02 09:00\nexpect %s\n", title,
             expectation);
    write_file(name, text);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/truce-test-%ld", (long)getpid());
    char command[256];
    snprintf(command, sizeof command, "rm -rf %s && mkdir -p %s/in/deep %s/none", folder, folder,
             folder);
    if (system(command) != 0)
        return 1;
    write_file("small.truce",
               "agreement \"Small\" version 1.0\ntext en\ntime zone \"Europe/Kyiv\"\n"
               "area 30.0 E 46.0 N to 40.0 E 51.0 N\n"
               "agreement in force from 2026-02-01 00:00\n"
               "party A \"Party A\"\nparty B \"Party B\"\nclass firing is fire\n"
               "proof on_record needs nothing beyond the record\n"
               "article 2 \"Cease-fire\"\n"
               "2.1 A, B must not commit firing in area from 2026-02-01 00:00 "
               "proof on_record\n");
    write_case("in/b.case", "second", "incidents 0");
    write_case("in/a.case", "first", "incidents 0");
    write_case("in/deep/c.case", "third", "incidents 0");
    write_case("wrong.case", "expects too much", "incidents 1");
    write_file("in/notes.txt", "not a case\n");
    write_file("torn.case", "case \"torn\"\nagreement \"small.truce\"\nwhat now\n");
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) != 0;
}

static void a_folder_is_searched_and_its_cases_run_by_name(void **state)
{
    (void)state;
    assert_int_equal(truce_test("in"), 0);
    const char *a = strstr(output, "in/a.case"), *b = strstr(output, "in/b.case"),
               *c = strstr(output, "in/deep/c.case");
    assert_true(a && b && c && a < b && b < c);
    assert_non_null(strstr(output, "\n3 passed, 0 failed\n"));
    assert_null(strstr(output, "FAIL"));
}

static void a_failed_case_is_named_with_file_line_and_title(void **state)
{
    (void)state;
    assert_int_equal(truce_test("in wrong.case"), 1);
    assert_non_null(strstr(output, "FAIL wrong.case:1 expects too much\n"));
    assert_non_null(
        strstr(output, "wrong.case:4: expect incidents 1, but there stands: incidents 0"));
    assert_non_null(strstr(output, "\n3 passed, 1 failed\n"));
}

static void a_script_that_cannot_be_read_is_named_and_the_others_run(void **state)
{
    (void)state;
    assert_int_equal(truce_test("torn.case in/a.case"), 2);
    assert_non_null(strstr(output, "torn.case:3: error TR1301"));
    assert_non_null(strstr(output, "1 passed, 0 failed"));
}

static void nothing_to_run_is_no_success(void **state)
{
    (void)state;
    assert_int_equal(truce_test("none"), 2);
    assert_int_equal(truce_test("not-there.case"), 2);
    assert_int_equal(truce_test(""), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_searched_and_its_cases_run_by_name),
        cmocka_unit_test(a_failed_case_is_named_with_file_line_and_title),
        cmocka_unit_test(a_script_that_cannot_be_read_is_named_and_the_others_run),
        cmocka_unit_test(nothing_to_run_is_no_success),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
