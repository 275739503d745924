/* Each change of meaning has its timeline; a change of words alone has none. */
#include "../terms/sample.h"

#include "shell/memory.h"
#include "trial/apart.h"

static const char draft[] = HEAD
    "quantity staff \"strength\" in persons\n"
    "zone Z is box 37.0 E 47.5 N to 38.0 E 48.5 N, boundary inside\n"
    "act open done when JC reports access\n"
    "1.1 A, B must not commit firing in Z from 2026-02-01 until 2026-09-01\n"
    "    except 1.1a \"clearance\" when notified to JC 6 hours before\n"
    "1.2 A, B must not commit firing in Z\n"
    "3.1 A must open within 14 days of in force\n"
    "3.2 B must open begin by day 2 of in force, finish within 30 days of \xC2\xA7"
    "3.1 fulfilled\n"
    "6.1 e is\n    active when count by incident of breaches of \xC2\xA7"
    "1.2 by any party in Z over 7 days > 14,\n    by tally\n" COUNTED
    "    until count by incident of breaches of \xC2\xA7"
    "1.2 by any party in Z over 7 days < 4, for 14 days\n"
    "article 7 \"R\" on \xC2\xA7"
    "6.1 active\n7.1 JC must meet within 3 hours of activation\n"
    "article 8 \"Cap\"\n8.1 A must keep declared staff <= 800,000 tolerance 2 %, declared every "
    "30 days\n"
    "8.2 A must keep inspected staff >= 1,000\n"
    "8.3 A must open within 36 hours of request by JC\n";

static tr_arena room(void)
{
    static tr_arena all;
    if (!all.beg)
        all = tr_memory_reserve((ptrdiff_t)1 << 33);
    return all;
}

/* One edit of the draft, and what is found for that clause. */
static tr_apart edited(tr_arena *keep, const char *from, const char *to, const char *label)
{
    char       *text = TR_NEW(keep, char, (ptrdiff_t)sizeof draft + 256);
    const char *at = strstr(draft, from);
    tr_apart    apart;
    assert_non_null(at);
    sprintf(text, "%.*s%s%s", (int)(at - draft), draft, to, at + strlen(from));
    tr_apart_side was = {tr_str_of(draft), sample_plan(keep, draft, NULL), 0},
                  is = {tr_str_of(text), sample_plan(keep, text, NULL), 0};
    was.clause = tr_plan_clause(was.plan, tr_str_of(label));
    is.clause = tr_plan_clause(is.plan, tr_str_of(label));
    tr_apart_find(keep, &was, &is, &apart);
    return apart;
}

static void parts(const char *from, const char *to, const char *label, const char *was,
                  const char *is)
{
    tr_arena keep = room();
    tr_apart apart = edited(&keep, from, to, label);
    if (!apart.found)
        fail_msg("\"%s\" -> \"%s\": nothing found in %d", from, to, apart.tried);
    CHECK_STR(apart.was, was);
    CHECK_STR(apart.is, is);
}

static void a_bound_parts_by_the_number_between(void **state)
{
    (void)state;
    parts("> 14", "> 20", "6.1", "open, active", "open, inactive");
    parts("over 7 days > 14", "over 7 days > 9", "6.1", "open, inactive", "open, active");
}

static void a_deadline_parts_by_the_day_between(void **state)
{
    (void)state;
    parts("within 14 days", "within 20 days", "3.1", "breached, A cured", "complied, A complied");
    parts("by day 2", "by day 9", "3.2", "breached, B cured", "complied, B complied");
    parts("within 36 hours", "within 48 hours", "8.3", "breached, breached, 0 missed, 1 missing",
          "open, open, 0 missed, 0 missing");
    parts("within 30 days", "within 90 days", "3.2", "breached, B cured", "complied, B complied");
}

static void a_zone_parts_by_a_point_in_one_alone(void **state)
{
    (void)state;
    parts("48.5 N, boundary", "48.4 N, boundary", "1.2", "breached, 1 breaches, 0 excused",
          "not_observed, 0 breaches, 0 excused");
}

static void a_time_and_a_lead_part(void **state)
{
    (void)state;
    parts("until 2026-09-01", "until 2026-08-01", "1.1", "breached, 1 breaches, 0 excused",
          "not_observed, 0 breaches, 0 excused");
    parts("6 hours before", "24 hours before", "1.1", "not_observed, 0 breaches, 1 excused",
          "breached, 1 breaches, 0 excused");
}

static void a_step_parts_by_its_clock(void **state)
{
    (void)state;
    parts("within 3 hours", "within 9 hours", "7.1", "breached, missed", "open, running");
}

static void an_amount_parts_by_the_value_between(void **state)
{
    (void)state;
    parts("<= 800,000", "<= 700,000", "8.1", "complied, kept, 0 missed, 0 missing",
          "breached, exceeded, 0 missed, 0 missing");
    parts("tolerance 2 %", "tolerance 5 %", "8.1", "breached, exceeded, 0 missed, 0 missing",
          "complied, kept, 0 missed, 0 missing");
    parts("every 30 days", "every 90 days", "8.1", "breached, missing, 0 missed, 3 missing",
          "complied, kept, 0 missed, 0 missing");
    parts(">= 1,000", ">= 2,000", "8.2", "complied, kept, 0 missed, 0 missing",
          "breached, exceeded, 0 missed, 0 missing");
}

static void words_alone_part_nothing(void **state)
{
    (void)state;
    tr_arena keep = room();
    tr_apart apart = edited(&keep, "\"clearance\"", "\"clearing of mines\"", "1.1");
    assert_false(apart.found);
    assert_true(apart.tried > 10);
    assert_true(apart.tried <= TR_APART_TRIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bound_parts_by_the_number_between),
        cmocka_unit_test(a_deadline_parts_by_the_day_between),
        cmocka_unit_test(a_zone_parts_by_a_point_in_one_alone),
        cmocka_unit_test(a_time_and_a_lead_part),
        cmocka_unit_test(a_step_parts_by_its_clock),
        cmocka_unit_test(an_amount_parts_by_the_value_between),
        cmocka_unit_test(words_alone_part_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
