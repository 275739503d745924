/* standing_test.c -- why amounts, shares and duties that recur stand as they do. */
#include "check.h"

#include "scene.h"

static rig      r;
static tr_arena keep, scratch;

static const char text[] =
    "agreement \"Standing\" version 1.0\ntext en\ntime zone \"UTC\"\n"
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\nagreement in force from 2026-02-01 00:00\n"
    "party A \"Party A\"\nparty B \"Party B\"\nguarantor G \"Guarantor\"\n"
    "body JMC \"Joint body\" of A, B, G\n"
    "quantity men \"strength\" in persons\nquantity output \"electricity\" in MWh\n"
    "act admit INSPECTION done when JMC reports access\n"
    "act report to done when the actor reports its weekly report\n"
    "article 4 \"Caps\"\n"
    "4.1 A must keep declared men <= 800 tolerance 2 %, declared every 30 days\n"
    "4.2 JMC must share output as A 50 %, B 50 %, every month, settled within 10 days\n"
    "4.3 A must admit inspection within 36 hours of request by JMC, at most 1 every month\n"
    "4.4 JMC must report to A, B every week\n";

#define SPAN(begin, end)                                                                           \
    "{\"begin\":\"2026-02-" begin ":00.000000000Z\",\"end\":\"2026-02-" end ":00.000000000Z\"}"
#define NOWHERE "\"place\":{\"kind\":\"none\"}"

static void declare(const char *by, int men, const char *quantity)
{
    RIG_OK(&r,
           rig_say(&r, "party", by, TR_ENTRY_DECLARATION,
                   "{\"as_of\":" SPAN("02T00:00", "02T00:01") ",\"party\":\"%s\",\"period\":" SPAN(
                       "01T00:00", "02T00:00") ",\"quantity\":\"%s\",\"unit\":\"persons\","
                                               "\"value\":%d}",
                   by, quantity, men));
}

static void measure(const char *quantity, const char *method, int low, int high)
{
    RIG_OK(&r, rig_say(&r, "device", "cam", TR_ENTRY_MEASUREMENT,
                       "{\"e10\":0,\"method\":\"%s\"," NOWHERE ",\"quantity\":\"%s\",\"source\":"
                       "\"cam\",\"span\":" SPAN(
                           "02T00:00", "02T01:00") ",\"unit\":\"%s\","
                                                   "\"value\":{\"best\":%d,\"max\":%d,\"min\":%d}}",
                       method, quantity, strncmp(quantity, "men", 3) ? "MWh" : "persons", low, high,
                       low));
}

static int64_t request(const char *role, const char *by)
{
    RIG_OK(&r, rig_say(&r, role, by, TR_ENTRY_REQUEST,
                       "{\"act\":\"admit\",\"from\":\"%s\"," NOWHERE ",\"reason\":\"test\","
                       "\"span\":" SPAN("05T00:00", "06T00:00") ",\"to\":\"A\"}",
                       by));
    return r.size - 1;
}

static int64_t wrong, bound, beyond, other;

static int open_record(void **state)
{
    (void)state;
    keep = check_arena();
    scratch = check_arena();
    rig_open_text(&r, TR_STR(text));
    RIG_OK(&r, rig_tick(&r, "2026-02-03T00:00:00"));
    declare("A", 900, "men");
    wrong = r.size - 1;
    RIG_OK(&r, rig_correct(&r, "party", "A", rig_ref(&r, wrong, -1), "value", "900", "790"));
    declare("B", 100, "men");
    measure("men.A", "inspected", 830, 840);
    measure("output.A", "metered", 100, 101);
    measure("output.B", "metered", 100, 100);
    measure("output.A", "estimated", 500, 500);
    bound = request("body", "JMC");
    RIG_OK(&r, rig_tick(&r, "2026-02-03T01:00:00"));
    beyond = request("body", "JMC");
    other = request("guarantor", "G");
    RIG_OK(&r, rig_say(&r, "secretariat", "mission", TR_ENTRY_ACCESS,
                       "{\"by_whom\":\"A\",\"kind\":\"site\"," NOWHERE ",\"reason\":\"test\","
                       "\"request\":%s,\"result\":\"denied\",\"span\":" SPAN(
                           "03T00:30", "03T01:00") ",\"who\":\"JMC\"}",
                       rig_ref(&r, bound, -1)));
    RIG_OK(&r, rig_tick(&r, "2026-02-09T00:00:00"));
    return 0;
}

static tr_str told_to(const char *id, tr_audience audience)
{
    tr_view view = scene_view(&r, audience);
    tr_out  out = tr_out_new(&keep);
    tr_err  err = {0};
    CHECK_OK(tr_put_explain_text(&out, scratch, &view, tr_str_of(id), &err), err);
    return tr_str_keep(&keep, tr_out_text(&out));
}

static tr_str told(const char *id)
{
    return told_to(id, TR_AUDIENCE_MISSION);
}

static const char *line(const char *format, long long n)
{
    tr_out out = tr_out_new(&keep);
    char   words[200];
    snprintf(words, sizeof words, format, n);
    tr_put(&out, "%s", words);
    return tr_out_z(&out);
}

static ptrdiff_t find(tr_str whole, const char *part)
{
    const char *z = tr_str_z(&keep, whole), *at = strstr(z, part);
    return at ? at - z : -1;
}

/* What stands behind a heading up to the next blank line. */
static tr_str under(tr_str whole, const char *heading)
{
    ptrdiff_t at = find(whole, heading);
    assert_true(at >= 0);
    tr_str    rest = tr_str_from(whole, at);
    ptrdiff_t end = find(rest, "\n\n");
    return end < 0 ? rest : tr_str_cut(rest, 0, end);
}

static void an_amount_names_what_counts_and_what_does_not(void **state)
{
    (void)state;
    tr_str all = told("4.1"), counts = under(all, "Witnessed by\n"),
           out = under(all, "Considered and left out\n");
    CHECK_HAS(all,
              "actors A; amount men in persons, declared; at most 800, with the tolerance 816");
    CHECK_HAS(all, "\nA: kept; newest 790 persons\n");
    CHECK_HAS(counts, line("entry %lld as corrected, A, declared 790 persons\n", wrong));
    CHECK_HAS(out, line("entry %lld, A, declared 900 persons\n", wrong));
    CHECK_HAS(out, "left out: it was taken back, or corrected");
    CHECK_HAS(out, line("entry %lld, B, declared 100 persons\n", wrong + 2));
    CHECK_HAS(out, "left out: it is of another, or does not say of whom");
    CHECK_HAS(out,
              line("entry %lld, source cam, inspected 830 [830, 840] persons of A", wrong + 3));
    CHECK_HAS(out, "left out: it is of another basis");
}

static void an_amount_writes_out_its_period(void **state)
{
    (void)state;
    tr_str clocks = under(told("4.1"), "Clocks\n");
    CHECK_HAS(clocks, "period 1 from Sun 1 Feb 2026 00:00");
    CHECK_HAS(clocks, "+ 30 days -> ends Tue 3 Mar 2026 00:00");
    CHECK_HAS(clocks, "next due Thu 2 Apr 2026 00:00");
}

static void a_share_is_settled_by_one_basis(void **state)
{
    (void)state;
    tr_str all = told("4.2"), counts = under(all, "Witnessed by\n"),
           out = under(all, "Considered and left out\n");
    CHECK_HAS(all, "amount output in MWh; parts A 50 %, B 50 %; tolerance 0 %");
    CHECK_HAS(counts, "source cam, metered 100 [100, 101] MWh of A");
    CHECK_HAS(counts, "source cam, metered 100 MWh of B");
    CHECK_HAS(out, "source cam, estimated 500 MWh of A");
    CHECK_HAS(out, "left out: it is of another basis");
    CHECK_HAS(under(all, "Clocks\n"), "periods: 0 owed, 0 kept, 0 missed, 0 missing, 1 open");
    CHECK_HAS(under(all, "Clocks\n"),
              "+ month -> ends Sun 1 Mar 2026 00:00 Etc/UTC = 2026-03-01T00:00:00Z + 10 days "
              "-> due Wed 11 Mar 2026 00:00");
}

static void a_request_writes_out_its_deadline_and_who_does_not_bind(void **state)
{
    (void)state;
    tr_str all = told("4.3"), clocks = under(all, "Clocks\n"),
           out = under(all, "Considered and left out\n");
    CHECK_HAS(all, "\nA: breached\n");
    CHECK_HAS(clocks, line("entry %lld: breached\n    Tue 3 Feb 2026 00:00", bound));
    CHECK_HAS(clocks, "+ 36 hours -> due Wed 4 Feb 2026 12:00");
    CHECK_HAS(clocks, "done never, refused 1 time\n");
    CHECK_HAS(clocks, line("entry %lld: access denied Tue 3 Feb 2026 00:30", other + 1));
    CHECK_HAS(clocks, "1 owed = 0 kept + 0 missed + 1 missing + 0 open");
    CHECK_HAS(clocks, "left out: 1 beyond the quota of 1, which do not bind");
    CHECK_HAS(out, line("request at entry %lld by JMC: it is beyond the quota", beyond));
    CHECK_HAS(out, line("request at entry %lld by G: it was not asked by the one", other));
}

static void a_period_is_told_with_its_begin_and_its_end(void **state)
{
    (void)state;
    tr_str clocks = under(told("4.4"), "Clocks\n");
    CHECK_HAS(clocks, "period 20260201: breached\n    Sun 1 Feb 2026 00:00");
    CHECK_HAS(clocks, "+ week -> due Sun 8 Feb 2026 00:00");
    CHECK_HAS(clocks, "period 20260208: open");
    CHECK_HAS(clocks, "next due Sun 15 Feb 2026 00:00");
}

static void the_public_sees_no_entry_and_no_source(void **state)
{
    static const char *const ids[] = {"4.1", "4.2", "4.3", "4.4"};
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        tr_str all = told_to(ids[i], TR_AUDIENCE_PUBLIC);
        assert_true(find(all, "cam") < 0);
        assert_true(find(all, "\n  entry ") < 0);
        assert_true(find(all, "    entry ") < 0);
    }
    CHECK_HAS(told_to("4.1", TR_AUDIENCE_PUBLIC), "not shown to the public");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_names_what_counts_and_what_does_not),
        cmocka_unit_test(an_amount_writes_out_its_period),
        cmocka_unit_test(a_share_is_settled_by_one_basis),
        cmocka_unit_test(a_request_writes_out_its_deadline_and_who_does_not_bind),
        cmocka_unit_test(a_period_is_told_with_its_begin_and_its_end),
        cmocka_unit_test(the_public_sees_no_entry_and_no_source),
    };
    return cmocka_run_group_tests(tests, open_record, NULL);
}
