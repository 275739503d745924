/* case_test.c -- the runner of .case scripts: what it refuses, what it notices, what it repeats. */
#include <dirent.h>

#include "check.h"
#include "trial/case.h"

#define AGREEMENT                                                                                  \
    "agreement \"\"\"\n"                                                                           \
    "agreement \"Small\" version 1.0\n"                                                            \
    "text en\n"                                                                                    \
    "time zone \"Europe/Kyiv\"\n"                                                                  \
    "area 30.0 E 46.0 N to 40.0 E 51.0 N\n"                                                        \
    "agreement in force from 2026-02-01 00:00\n"                                                   \
    "party A \"Party A\"\n"                                                                        \
    "party B \"Party B\"\n"                                                                        \
    "body JC \"Joint Commission\" of A, B\n"                                                       \
    "zone west is 36.60 E 47.60 N, 37.60 E 47.60 N, 37.60 E 48.60 N, 36.60 E 48.60 N,\n"           \
    "    boundary inside, coarse \"Invented.\"\n"                                                  \
    "class firing is fire\n"                                                                       \
    "proof on_record needs nothing beyond the record\n"                                            \
    "counting incident version 1: R-INC\n"                                                         \
    "act notify to done when JC reports the notice to each of them\n"                              \
    "article 2 \"Cease-fire\"\n"                                                                   \
    "2.1 A, B must not commit firing in area from 2026-02-01 00:00 proof on_record\n"              \
    "article 6 \"Threshold\"\n"                                                                    \
    "6.1 consultation is\n"                                                                        \
    "    active when count by incident of breaches of §2.1 by any party in area over 24 hours"    \
    " > 2, by tally\n"                                                                             \
    "    counting rung 0 or better, corroboration none, exercises out, contested out,"             \
    " as happened\n"                                                                               \
    "    until count by incident of breaches of §2.1 by any party in area over 24 hours < 2,"     \
    " for 12 hours\n"                                                                              \
    "    on compares certain, off compares possible\n"                                             \
    "    on late facts review\n"                                                                   \
    "article 7 \"Ladder\" on §6.1 active\n"                                                       \
    "7.1 JC must notify A, B within 2 hours of activation\n"                                       \
    "\"\"\"\n"

static tr_arena arena;

static bool run(const char *script, tr_case_report *report, tr_err *err)
{
    tr_arena keep = arena;
    *err = (tr_err){0};
    return tr_case_run(&keep, tr_str_of(script), NULL, NULL, report, err);
}

/* The story, then one more line. */
static const char story[] =
    "case \"a story\"\n" AGREEMENT "tick 2026-02-02 09:00\n"
    "at 2026-02-02 10:00  patrol P1  hears explosions 4    at 37.0 E 48.1 N  as one\n"
    "at 2026-02-02 11:00  patrol P1  hears about 7 shots   at 37.0 E 48.1 N  as two\n"
    "at 2026-02-02 12:00  patrol P1  hears flares 2        at 37.0 E 48.1 N  as three\n"
    "at 2026-02-02 12:10  party A    alleges shots 9       at 37.0 E 48.1 N\n"
    "tick 2026-02-02 12:30\n"
    "response JC step 7.1 acknowledged at 2026-02-02 12:20\n";

static int32_t lines_of(const char *text)
{
    int32_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

/* ---- expectations ---- */

static const struct {
    const char *right, *wrong;
} pairs[] = {
    {"incidents 3", "incidents 4"},
    {"incident 1 kind explosion", "incident 1 kind shot"},
    {"incident 2 n 6 7 8", "incident 2 n 6 7 9"},
    {"incident 1 deaths 0 0 0", "incident 1 deaths 0 0 1"},
    {"incident 1 probability not claimed", "incident 1 probability 0.1 .. 0.9"},
    {"incident 1 from 2026-02-02 10:00 to 2026-02-02 10:00:01",
     "incident 1 from 2026-02-02 10:00 to 2026-02-02 10:00:02"},
    {"incident 3 kind flare", "incident 4 kind flare"},
    {"incident 1 kind explosion", "incident 1 exercise"},
    {"incident 1 kind explosion", "incident 1 contested"},
    {"finding clause 2.1 certain", "finding clause 2.1 possible"},
    {"finding clause 2.1", "finding clause 2.1 none"},
    {"finding clause 2.1 side undetermined", "finding clause 2.1 side A"},
    {"finding clause 2.1 certain from entries 2 3", "finding clause 2.1 best from entries 2 3"},
    {"finding clause 2.1 from entry one", "finding clause 2.1 none from entry one"},
    {"finding clause 2.1 none from entry 5", "finding clause 2.1 certain from entry 5"},
    {"finding clause 2.1 because \"counted\"", "finding clause 2.1 because \"exercise\""},
    {"finding clause 2.1 certain", "finding clause 2.1 withdrawn"},
    {"findings clause 2.1 3", "findings clause 2.1 2"},
    {"tally R-INC 3 3 3", "tally R-INC 3 3 2"},
    {"tally R-SMM 12 13 14", "tally R-SMM 12 13 13"},
    {"tally R-SMM shots 6 7 8", "tally R-SMM shots 6 7 7"},
    {"tally R-SMM explosions 4 4 4", "tally R-SMM explosions 4 4 5"},
    {"tally R-SMM undetermined 4 4 4", "tally R-SMM impact 4 4 4"},
    {"tally R-SMM exercise 0 0 0", "tally R-SMM exercise 1 0 0"},
    {"tally R-INC deaths 0 0 0", "tally R-INC deaths 0 0 1"},
    {"tally R-INC zone west 3 3 3", "tally R-INC zone west 2 2 2"},
    {"tally R-INC kind flare 1 1 1", "tally R-INC kind flare 3 3 3"},
    {"tally R-INC source P1 3 3 3", "tally R-INC source P1 0 0 0"},
    {"tally R-INC from 2026-02-02 10:00 to 2026-02-02 12:00 2 2 2",
     "tally R-INC from 2026-02-02 10:00 to 2026-02-02 12:00:01 2 2 2"},
    {"tally R-INC observed", "tally R-INC not observed"},
    {"tally R-INC on 2026-02-03 not observed", "tally R-INC on 2026-02-03 observed"},
    {"clause 6.1 active", "clause 6.1 inactive"},
    {"clause 6.1 active", "clause 6.1 cleared"},
    {"clause 6.1 active", "clause 6.1 pending"},
    {"clause 6.1 reached 2026-02-02 12:00:01", "clause 6.1 reached 2026-02-02 12:00"},
    {"clause 6.1 known 2026-02-02 12:30", "clause 6.1 known 2026-02-02 09:00"},
    {"clause 6.1 first reached 2026-02-02 12:00:01", "clause 6.1 first reached 2026-02-02 12:00"},
    {"clause 6.1 cleared never", "clause 6.1 cleared 2026-02-02 12:00"},
    {"clause 6.1 count 3 3 3", "clause 6.1 count 2 3 3"},
    {"clause 6.1 now 3 3 3", "clause 6.1 now 0 0 0"},
    {"clause 6.1 activations 1", "clause 6.1 activations 2"},
    {"clause 6.1 active", "clause 6.1 active under review"},
    {"clause 6.1 active activation 1", "clause 6.1 active activation 2"},
    {"clause 6.1 active", "cleared 2026-02-02 12:00"},
    {"step 7.1 acknowledged", "step 7.1 running"},
    {"step 7.1 acknowledged due 2026-02-02 14:00:01", "step 7.1 acknowledged due 2026-02-02 14:00"},
    {"step 7.1 acknowledged zero 2026-02-02 12:00:01", "step 7.1 acknowledged zero never"},
    {"step 7.1 acknowledged done never", "step 7.1 acknowledged done 2026-02-02 12:20"},
    {"step 7.1 acknowledged not overdue", "step 7.1 acknowledged overdue at discovery"},
    {"step 7.1 acknowledged activation 1", "step 7.1 acknowledged activation 2"},
    {"verdict 2.1 breached", "verdict 2.1 complied"},
    {"verdict 2.1 breached provisional", "verdict 2.1 breached final"},
    {"verdict 2.1 breached coverage 0 %", "verdict 2.1 breached coverage 1 %"},
    {"verdict 7.1 open", "verdict 7.1 breached"},
    {"held 0", "held 1"},
    {"live 3", "live 2"},
    {"duplicates 0", "duplicates 1"},
    {"corrected 0", "corrected 1"},
    {"withdrawn 0", "withdrawn 1"},
    {"allegations 1", "allegations 0"},
    {"refused 0", "refused 1"},
    {"forks 0", "forks 1"},
    {"next due 2026-02-02 14:00:01", "next due never"},
    {"view other than before", "view same as before"},
    {"as known at 2026-02-02 12:29 clause 6.1 inactive",
     "as known at 2026-02-02 12:30 clause 6.1 inactive"},
    {"as known at 2026-02-02 12:29 incidents 3", "as known at 2026-02-02 08:59 incidents 3"},
};

static void a_right_expectation_holds_and_a_wrong_one_fails(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char           script[8192];
        tr_case_report report;
        tr_err         err;
        snprintf(script, sizeof script, "%sexpect %s\n", story, pairs[i].right);
        CHECK_OK(run(script, &report, &err), err);
        if (report.failed != 0)
            fail_msg("%.*s", TR_FMT(report.at[0].failure[0].text));
        snprintf(script, sizeof script, "%sexpect %s\n", story, pairs[i].wrong);
        CHECK_OK(run(script, &report, &err), err);
        if (report.failed != 1 || report.at[0].failures != 1)
            fail_msg("this should not hold: %s", pairs[i].wrong);
        assert_int_equal(report.at[0].failure[0].line, lines_of(story) + 1);
    }
}

static void a_failure_says_what_was_expected_and_what_stands(void **state)
{
    char           script[8192];
    tr_case_report report;
    tr_err         err;
    (void)state;
    snprintf(script, sizeof script, "%sexpect tally R-INC 3 3 4\n", story);
    CHECK_OK(run(script, &report, &err), err);
    CHECK_STR(report.at[0].failure[0].text,
              "expect tally R-INC 3 3 4, but there stands: R-INC 3 3 3");
}

static void all_cases_of_a_script_are_judged_and_counted(void **state)
{
    char           script[8192];
    tr_case_report report;
    tr_err         err;
    (void)state;
    snprintf(script, sizeof script,
             "%sexpect incidents 9\ncase \"two\"\nexpect incidents 0\ncase \"three\"\n"
             "expect incidents 1\n",
             story);
    CHECK_OK(run(script, &report, &err), err);
    assert_int_equal(report.cases, 3);
    assert_int_equal(report.failed, 2);
    CHECK_STR(report.at[1].title, "two");
    assert_int_equal(report.at[1].failures, 0);
    assert_int_equal(report.at[2].failures, 1);
}

/* ---- refusals ---- */

static int32_t failures_of(const char *more, tr_case_report *report)
{
    char   script[8192];
    tr_err err;
    snprintf(script, sizeof script, "%s%s", story, more);
    CHECK_OK(run(script, report, &err), err);
    return report->at[0].failures;
}

static void a_refusal_must_come_as_announced(void **state)
{
    tr_case_report report;
    (void)state;
    assert_int_equal(failures_of("expect invalid TR1204\ntick 2026-02-02 12:30\n", &report), 0);
    assert_int_equal(failures_of("expect invalid TR1205\ntick 2026-02-02 12:30\n", &report), 1);
    assert_int_equal(failures_of("expect invalid TR1204\ntick 2026-02-02 12:31\n", &report), 1);
    /* The record goes on after a refused entry. */
    assert_int_equal(failures_of("expect invalid TR1204\ntick 2026-02-02 12:30\n"
                                 "tick 2026-02-02 13:00\nexpect refused 1\n",
                                 &report),
                     0);
}

static void a_refusal_that_nobody_announced_fails_and_ends_the_case(void **state)
{
    tr_case_report report;
    (void)state;
    assert_int_equal(failures_of("tick 2026-02-02 12:30\nexpect incidents 99\n", &report), 1);
    assert_int_equal(report.at[0].failure[0].line, lines_of(story) + 1);
}

/* ---- scripts that cannot be read ---- */

#define BEGIN "case \"x\"\n" AGREEMENT
static const struct {
    const char *script;
    int         code;
    int32_t     line; /* 0: of the last line */
} faults[] = {
    {"", TR_E_CASE_EMPTY, -1},
    {"# only a comment\n", TR_E_CASE_EMPTY, -1},
    {"tick 2026-02-02\n", TR_E_CASE_BEFORE, 1},
    {"case\n", TR_E_CASE_WORD, 1},
    {"case \"x\nexpect incidents 0\n", TR_E_CASE_QUOTE, 1},
    {"case \"x\"\nexpect incidents 0\n", TR_E_CASE_AGREEMENT, 1},
    {"case \"x\"\nagreement \"nowhere.truce\"\nexpect incidents 0\n", TR_E_CASE_AGREEMENT, 1},
    {"case \"x\"\nagreement \"\"\"\nagreement \"y\" version 1.0\n", TR_E_CASE_QUOTE, 2},
    {"case \"x\"\nagreement \"\"\"\nagreement \"y\" version 1.0\nwhat\n\"\"\"\nexpect held 0\n",
     TR_E_CASE_AGREEMENT, -1},
    {BEGIN "tick 2026-02-02\n", TR_E_CASE_EMPTY, 1},
    {BEGIN "expect held 0\ncase \"y\"\ntick 2026-02-02\n", TR_E_CASE_EMPTY, -1},
    {BEGIN "tick 2026-02-02\nagreement \"z\"\n", TR_E_CASE_BEFORE, 0},
    {BEGIN "the night was calm\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect nothing\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect incidents many\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect incidents 0 0\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect tally R-INC\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect tally R-NONE 0 0 0\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect tally R-INC 0 0\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect clause 9.9 active\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect clause 2.1 active\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect clause 6.1\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect step 7.1 begun\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect verdict 2.1 fine\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect view same as never-kept\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect invalid TR9999\ntick 2026-02-02\n", TR_E_CASE_WORD, -1},
    {BEGIN "expect held 0\ntick soon\n", TR_E_TIME, 0},
    {BEGIN "expect held 0\ntick 2026-02-30\n", TR_E_TIME, 0},
    {BEGIN "expect held 0\npatrol P1 hears ghosts 3 at 37.0 E 48.0 N\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\npatrol P1 hears few shots at 37.0 E 48.0 N\n", TR_E_INTAKE_COUNT, 0},
    {BEGIN "expect held 0\npatrol P1 hears shots 3 at 37.0 N 48.0 E\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\npatrol P1 hears shots 3 in nowhere\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\npatrol P1 hears shots 3 at 37.0 E 48.0 N radius 5\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\npatrol P1 hears shots 3 between 2026-02-02 and 2026-02-01\n",
     TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nwithdraws entry 7\n", TR_E_CASE_ENTRY, 0},
    {BEGIN "expect held 0\nwithdraws entry ghost\n", TR_E_CASE_ENTRY, 0},
    {BEGIN "expect held 0\npatrol P1 hears shots 3\ncorrects entry 2 colour to red\n",
     TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nresponse X step 7.1 done\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nsource P1 up\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nsource P1 able fire in zone nowhere\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nsource P1 able fire at 37.0 E 48.0 N range 5\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nsource P1 able fire at 37.0 E 48.0 N always\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nbatch ucdp\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nbatch ucdp \"\"\"\n{}\n\"\"\"\n", TR_E_CASE_WORD, -1},
    {BEGIN "expect held 0\nbatch ucdp \"\"\"\n{}\n", TR_E_CASE_QUOTE, -1},
    {BEGIN "expect held 0\nshuffle some\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nshuffle 0\n", TR_E_CASE_WORD, 0},
    {BEGIN "expect held 0\nswap sides\n", TR_E_CASE_WORD, 0},
};

static void a_fault_of_a_script_is_told_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        tr_case_report report;
        tr_err         err;
        if (run(faults[i].script, &report, &err))
            fail_msg("fault %zu was taken: %s", i, faults[i].script);
        int32_t line = faults[i].line == 0 ? lines_of(faults[i].script) : faults[i].line;
        if (err.code != faults[i].code || (line > 0 && err.line != line))
            fail_msg("fault %zu: TR%04d at line %d, %s; not TR%04d at line %d", i, err.code,
                     err.line, err.text, faults[i].code, (int)line);
        assert_true(err.text[0] != '\0');
    }
}

/* ---- repeated runs ---- */

static void a_shuffle_runs_the_script_again_in_other_orders(void **state)
{
    tr_case_report report;
    (void)state;
    assert_int_equal(failures_of("expect held 0\n", &report), 0);
    assert_int_equal(report.at[0].runs, 1);
    assert_int_equal(failures_of("expect held 0\nshuffle 4\n", &report), 0);
    assert_int_equal(report.at[0].runs, 5);
}

/* A source that is first seen reporting states no capability, so here the order does matter. */
static void a_shuffle_finds_a_script_whose_order_matters(void **state)
{
    static const char script[] = BEGIN "tick 2026-02-02 09:00\n"
                                       "patrol P1  hears shots 3   at 37.0 E 48.1 N\n"
                                       "source C1 able fire\n"
                                       "camera C1  sees flares 2   at 37.0 E 48.1 N\n"
                                       "source C1 up from 2026-02-01 00:00 to 2026-02-02 00:00\n"
                                       "shuffle 8\n";
    tr_case_report    report;
    tr_err            err;
    (void)state;
    CHECK_OK(run(script, &report, &err), err);
    assert_int_equal(report.at[0].runs, 9);
    assert_in_range(report.at[0].failures, 1, 7);
    assert_int_equal(report.at[0].failure[0].line, lines_of(script));
}

static void an_exchange_of_parties_runs_the_script_again(void **state)
{
    tr_case_report report;
    (void)state;
    assert_int_equal(failures_of("expect allegations 1\nswap parties\n", &report), 0);
    assert_int_equal(report.at[0].runs, 2);
    assert_int_equal(report.at[0].expectations, 3);
    /* A failed expectation fails with the parties exchanged as well. */
    assert_int_equal(failures_of("expect allegations 2\nswap parties\n", &report), 2);
}

/* A report whose own id is the name of a party is another report when the names are exchanged. */
static void an_exchange_finds_results_that_hang_on_a_name(void **state)
{
    static const char script[] = BEGIN "tick 2026-02-02 09:00\n"
                                       "patrol P1  hears shots 3   at 37.0 E 48.1 N  id A\n"
                                       "swap parties\n";
    tr_case_report    report;
    tr_err            err;
    (void)state;
    CHECK_OK(run(script, &report, &err), err);
    assert_int_equal(report.at[0].failures, 1);
    assert_int_equal(report.at[0].failure[0].line, lines_of(script));
}

static void a_snapshot_is_loaded_and_the_case_goes_on_in_it(void **state)
{
    tr_case_report report;
    (void)state;
    assert_int_equal(failures_of("snapshot\nsnapshot\npatrol P1 hears shots 1 at 37.0 E 48.1 N\n"
                                 "snapshot\nexpect incidents 4\nexpect clause 6.1 active\n",
                                 &report),
                     0);
    assert_int_equal(report.at[0].expectations, 5);
}

static void a_view_is_remembered_from_one_case_to_the_next(void **state)
{
    tr_case_report report;
    (void)state;
    assert_int_equal(failures_of("remember view full\nwithdraws entry one\n"
                                 "expect view other than full\nexpect view other than before\n"
                                 "withdraws entry 7\nexpect view same as full\n",
                                 &report),
                     0);
    assert_int_equal(failures_of("remember view full\nexpect held 0\ncase \"next\"\n"
                                 "expect view same as full\n",
                                 &report),
                     0);
    assert_int_equal(report.at[1].failures, 1);
}

static void the_same_script_gives_the_same_report(void **state)
{
    tr_case_report first, second;
    (void)state;
    assert_int_equal(failures_of("expect incidents 1\nshuffle 2\n", &first), 1);
    tr_arena other = check_arena(), before = arena;
    arena = other;
    assert_int_equal(failures_of("expect incidents 1\nshuffle 2\n", &second), 1);
    arena = before;
    assert_true(tr_str_eq(first.at[0].failure[0].text, second.at[0].failure[0].text));
}

/* ---- the project's own cases ---- */

static bool project_file(void *context, tr_str name, tr_str *bytes)
{
    char path[256];
    snprintf(path, sizeof path, "%.*s", TR_FMT(name));
    *bytes = check_file(context, check_path(path));
    return bytes->at != NULL;
}

static void the_cases_of_the_project_hold(void **state)
{
    DIR           *folder = opendir(check_path("cases"));
    struct dirent *one;
    int32_t        cases = 0;
    (void)state;
    assert_non_null(folder);
    while ((one = readdir(folder)) != NULL) {
        char           name[300];
        tr_arena       keep = check_arena(), files = check_arena();
        tr_case_report report;
        tr_err         err = {0};
        size_t         len = strlen(one->d_name);
        if (len < 6 || strcmp(one->d_name + len - 5, ".case") != 0)
            continue;
        snprintf(name, sizeof name, "cases/%s", one->d_name);
        tr_str script = check_file(&files, check_path(name));
        if (!tr_case_run(&keep, script, project_file, &files, &report, &err))
            fail_msg("%s:%d: TR%04d %s", name, err.line, err.code, err.text);
        for (int32_t i = 0; i < report.cases; i++)
            if (report.at[i].failures > 0)
                fail_msg("%s:%d: %.*s", name, (int)report.at[i].failure[0].line,
                         TR_FMT(report.at[i].failure[0].text));
        cases += report.cases;
    }
    closedir(folder);
    assert_true(cases >= 40);
}

/* The first example of docs/CASES.md is a script that runs. */
static void the_example_of_the_manual_holds(void **state)
{
    tr_arena       keep = arena, files = check_arena();
    tr_str         page = check_file(&files, check_path("docs/CASES.md"));
    tr_case_report report;
    tr_err         err = {0};
    (void)state;
    assert_non_null(page.at);
    const char *begin = strstr(tr_str_z(&files, page), "\n```\n") + 5, *end = strstr(begin, "```");
    assert_true(tr_str_starts((tr_str){begin, end - begin}, "case "));
    CHECK_OK(tr_case_run(&keep, (tr_str){begin, end - begin}, project_file, &files, &report, &err),
             err);
    assert_int_equal(report.cases, 1);
    assert_int_equal(report.failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_expectation_holds_and_a_wrong_one_fails),
        cmocka_unit_test(a_failure_says_what_was_expected_and_what_stands),
        cmocka_unit_test(all_cases_of_a_script_are_judged_and_counted),
        cmocka_unit_test(a_refusal_must_come_as_announced),
        cmocka_unit_test(a_refusal_that_nobody_announced_fails_and_ends_the_case),
        cmocka_unit_test(a_fault_of_a_script_is_told_with_its_line),
        cmocka_unit_test(a_shuffle_runs_the_script_again_in_other_orders),
        cmocka_unit_test(a_shuffle_finds_a_script_whose_order_matters),
        cmocka_unit_test(an_exchange_of_parties_runs_the_script_again),
        cmocka_unit_test(an_exchange_finds_results_that_hang_on_a_name),
        cmocka_unit_test(a_snapshot_is_loaded_and_the_case_goes_on_in_it),
        cmocka_unit_test(a_view_is_remembered_from_one_case_to_the_next),
        cmocka_unit_test(the_same_script_gives_the_same_report),
        cmocka_unit_test(the_cases_of_the_project_hold),
        cmocka_unit_test(the_example_of_the_manual_holds),
    };
    arena = check_arena();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
