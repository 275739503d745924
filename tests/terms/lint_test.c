/* lint_test.c -- the static checks at their edges: what is just a finding and what just is none. */
#include "check.h"
#include "terms/terms.h"

static const char head[] =
    "agreement \"X\" version 1.0\n"
    "time zone \"Europe/Kyiv\"\n"
    "area 36.0 E 47.0 N to 39.0 E 49.0 N\n"
    "signature 2026-01-15\n"
    "agreement in force from 2026-02-01 00:00\n"
    "party A \"A\"\nparty B \"B\"\nguarantor G \"G\"\nbody JC \"JC\" of A, B, G\n"
    "zone west is box 36.50 E 47.50 N to 37.50 E 48.50 N, boundary inside, coarse \"x\"\n"
    "class firing is fire\n"
    "class guns is weapon.artillery_100mm or weapon.mlrs\n"
    "class tanks is weapon.tank\n"
    "proof on_record needs nothing beyond the record\n"
    "counting incident version 1: R-INC\n"
    "counting kinds version 1: R-SMM\n"
    "act station CLASS in ZONE done when JC reports it\n"
    "act inspect CLASS in ZONE done when JC reports it\n"
    "act withdraw CLASS from ZONE done when none of CLASS seen in ZONE for 48 hours with coverage "
    ">= 60 %\n"
    "act meet done when JC reports it\n";

/* Used by all, so that only what a row is about is found. */
static const char used[] =
    "9.1 A, B must not commit firing in west\n9.2 JC must meet by 2026-12-01\n";

static void expect_codes(const char *text, int want, const char *row)
{
    tr_arena        a = check_arena();
    tr_terms_result r;
    tr_terms_compile(&a, tr_str_of(text), NULL, NULL, &r);
    if (r.errors > 0)
        fail_msg("%s: TR%04d %s", row, r.diagnostic[0].err.code, r.diagnostic[0].err.text);
    if (want == 0 && r.diagnostics > 0)
        fail_msg("%s: TR%04d %s", row, r.diagnostic[0].err.code, r.diagnostic[0].err.text);
    if (want != 0 && r.diagnostics != 1)
        fail_msg("%s: %d findings", row, r.diagnostics);
    if (want != 0)
        assert_int_equal(r.diagnostic[0].err.code, want);
    munmap(a.end - ((size_t)4 << 30), (size_t)4 << 30);
}

typedef struct {
    const char *text;
    int         want;
} row;

static void check_rows(const row *rows, size_t count)
{
    static char text[8192];
    for (size_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%s%s%s", head, rows[i].text, used);
        expect_codes(text, rows[i].want, rows[i].text);
    }
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

static void a_deadline_that_can_just_be_kept_is_none(void **state)
{
    (void)state;
    static const row rows[] = {
        {"1.1 A must withdraw guns from west by 2026-02-03 00:00\n", 0},
        {"1.1 A must withdraw guns from west by 2026-02-02 23:59\n", TR_E_DEADLINES},
        {"1.1 A must withdraw guns from west by 2026-02-03\n"
         "1.2 B must withdraw guns from west begin within 1 hour of \xC2\xA7"
         "1.1 fulfilled, finish by "
         "2026-02-05\n",
         0},
        {"1.1 JC must meet by 2026-02-01 00:00\n", 0},
        {"1.1 JC must meet by 2026-01-31 23:59\n", TR_E_DEADLINES},
        {"1.1 JC must meet within 2 days of signature\n", 0},
        {"1.1 A must withdraw guns from west within 14 days of signature\n", TR_E_DEADLINES},
        {"1.1 A must withdraw guns from west within 20 days of signature\n", 0},
        {"1.1 A must withdraw guns from west within 9 days of in force\n"
         "1.2 JC must meet begin within 1 day of \xC2\xA7"
         "1.1 fulfilled, finish by 2026-02-03\n",
         0},
        {"1.1 A must withdraw guns from west within 9 days of in force\n"
         "1.2 JC must meet begin within 1 day of \xC2\xA7"
         "1.1 fulfilled, finish by 2026-02-02\n",
         TR_E_DEADLINES},
        {"1.1 JC must meet begin by day 5 of in force, finish by day 5 of in force\n", 0},
        {"1.1 JC must meet begin by day 6 of in force, finish by day 5 of in force\n",
         TR_E_BEGIN_LATE},
        {"1.1 JC must meet begin by day 6 of signature, finish by day 5 of in force\n", 0},
    };
    CHECK_ROWS(rows);
}

static void a_clause_that_binds_for_a_minute_is_in_force(void **state)
{
    (void)state;
    static const row rows[] = {
        {"1.1 A must not keep guns in west until 2026-02-01 00:01\n", 0},
        {"1.1 A must not keep guns in west until 2026-02-01 00:00\n", TR_E_NEVER_IN_FORCE},
        {"1.1 A must withdraw guns from west within 9 days of in force\n"
         "1.2 B must not keep guns in west until 2026-02-03 00:01 once \xC2\xA7"
         "1.1 fulfilled\n",
         0},
        {"1.1 A must withdraw guns from west within 9 days of in force\n"
         "1.2 B must not keep guns in west until 2026-02-03 00:00 once \xC2\xA7"
         "1.1 fulfilled\n",
         TR_E_NEVER_IN_FORCE},
    };
    CHECK_ROWS(rows);
}

static void must_and_must_not_need_actor_kind_place_and_time_in_common(void **state)
{
    (void)state;
    static const char *const duty = "1.1 A must station guns in west by 2026-02-10\n";
    static const struct {
        const char *term;
        int         want;
    } rows[] = {
        {"A, B must not keep guns in west", TR_E_CONTRADICTION},
        {"A must not keep guns in area", TR_E_CONTRADICTION},
        {"B must not keep guns in west", 0},
        {"A must not keep tanks in west", 0},
        {"A must not keep guns in west from 2026-02-01 00:01", 0},
        {"A must not keep guns in west from 2026-01-20", TR_E_CONTRADICTION},
        {"A must not keep guns in west until 2026-02-10", TR_E_CONTRADICTION},
        {"A must not keep guns in west until 2026-02-09 23:59", 0},
        {"A must not keep guns in west except 1.2a \"x\" when notified to JC 2 hours before", 0},
        {"A must not keep guns in beside", 0},
        {"A must not keep guns in corner", TR_E_CONTRADICTION},
        {"A must not keep guns in west once \xC2\xA7"
         "9.2 fulfilled",
         0},
    };
    static const char zones[] =
        "zone beside is box 37.50 E 47.50 N to 38.50 E 48.50 N, boundary inside, coarse \"x\"\n"
        "zone corner is 37.40 E 48.40 N, 38.40 E 48.40 N, 38.40 E 48.90 N, boundary inside, coarse "
        "\"x\"\n"
        "1.3 B must not keep tanks in beside\n1.4 G must not keep tanks in corner\n";
    static char text[8192];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *split = strstr(zones, "1.3");
        snprintf(text, sizeof text, "%s%.*s%s1.2 %s\n%s%s", head, (int)(split - zones), zones, duty,
                 rows[i].term, split, used);
        expect_codes(text, rows[i].want, rows[i].term);
    }
    static const row looks[] = {
        {"1.1 A must inspect guns in west by 2026-02-10\n1.2 A must not keep guns in west\n", 0},
        {"1.1 A must withdraw guns from west by 2026-02-10\n1.2 A must not keep guns in west\n",
         0}};
    CHECK_ROWS(looks);
}

#define THRESHOLD(start, hold, end)                                                                \
    "article 6 \"T\"\n6.1 alarm is active when count by incident of breaches of \xC2\xA7"          \
    "9.1 by any party in west " start ", by tally" hold "\n"                                       \
    "    counting rung 0 or better, corroboration none, exercises out, contested out, as known\n"  \
    "    until count by incident of breaches of \xC2\xA7"                                          \
    "9.1 by any party in west " end "\n"                                                           \
    "article 7 \"R\" on \xC2\xA7"                                                                  \
    "6.1 active\n7.1 JC must meet within 1 hour of activation\n"                                   \
    "article 9 \"C\"\n"

static void thresholds_at_their_edges(void **state)
{
    (void)state;
    static const row rows[] = {
        {THRESHOLD("over 24 hours > 3", "", "over 24 hours < 3"), 0},
        {THRESHOLD("over 24 hours > 3", "", "over 24 hours < 4"), TR_E_NO_MARGIN},
        {THRESHOLD("over 24 hours > 3", "", "over 24 hours < 4, for 1 hour"), 0},
        {THRESHOLD("over 24 hours > 3", ", for 24 hours", "over 24 hours < 3"), 0},
        {THRESHOLD("over 24 hours > 3", ", for 25 hours", "over 24 hours < 3"), TR_E_HOLD_WINDOW},
        {THRESHOLD("over 24 hours > 3, by tally or count by incident of breaches of \xC2\xA7"
                   "9.1 by any party in west over 7 days > 4",
                   "",
                   "over 24 hours < 3 and count by incident of breaches of \xC2\xA7"
                   "9.1 by any party in west over 7 days < 3"),
         0},
        {THRESHOLD("over 24 hours > 3, by tally or count by incident of breaches of \xC2\xA7"
                   "9.1 by any party in west over 7 days > 3",
                   "",
                   "over 24 hours < 3 and count by incident of breaches of \xC2\xA7"
                   "9.1 by any party in west over 7 days < 3"),
         TR_E_IDLE_CONDITION},
    };
    CHECK_ROWS(rows);
}

static void exceptions_at_their_edges(void **state)
{
    (void)state;
    static const row rows[] = {
        {"1.1 A must not keep guns in west\n    except 1.1a \"x\" when notified to JC 2 hours "
         "before\n"
         "    except 1.1b \"y\" forbids when notified to JC 24 hours before\n",
         TR_E_EXCEPTION_CONFLICT},
        {"1.1 A must not keep guns in west\n    except 1.1a \"x\" when notified to JC 2 hours "
         "before\n"
         "    except 1.1b \"y\" forbids when exercise prevails over 1.1a\n",
         0},
        {"1.1 A must not keep guns in west\n    except 1.1a \"x\" when notified to JC 2 hours "
         "before\n"
         "    except 1.1b \"y\" from 1.1a when exercise\n",
         0},
        {"1.1 A must not keep guns in west\n    except 1.1a \"x\" when notified to JC 2 hours "
         "before\n"
         "    except 1.1b \"y\" when notified to JC 24 hours before\n",
         0},
        {"1.1 A must not keep guns in west\n    except 1.1a \"x\" when operated by JC\n"
         "    except 1.1b \"y\" forbids when operated by G\n",
         TR_E_IDLE_EXCEPTION},
        {"1.1 A must not keep guns in west\n    except 1.1a \"x\" when notified to B 2 hours "
         "before\n",
         0},
        {"1.1 A must not keep guns in west\n    except 1.1a \"x\" when notified to A 2 hours "
         "before\n",
         TR_E_SELF_EXCUSE},
    };
    CHECK_ROWS(rows);
}

static void zones_that_adjoin_share_an_edge_or_keep_away(void **state)
{
    (void)state;
    static const struct {
        const char *west; /* edge of the zone to the east of `west` */
        const char *who;
        int         want;
    } rows[] = {
        {"37.50", "A, B", 0}, {"37.55", "A, B", TR_E_ZONE_GAP},
        {"37.56", "A, B", 0}, {"37.45", "A, B", TR_E_ZONE_OVERLAP},
        {"37.44", "A, B", 0}, {"37.55", "G", 0},
    };
    static char text[8192];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(
            text, sizeof text,
            "%szone east is box %s E 47.60 N to 38.60 E 48.40 N, boundary inside, coarse \"x\"\n"
            "1.1 %s must not commit firing in east\n%s",
            head, rows[i].west, rows[i].who, used);
        expect_codes(text, rows[i].want, rows[i].west);
    }
}

static void an_hour_that_the_clocks_change(void **state)
{
    (void)state;
    static const struct {
        const char *moment;
        int         want;
    } rows[] = {
        {"2026-03-29 02:59", 0},
        {"2026-03-29 03:00", TR_E_CLOCK_CHANGE},
        {"2026-03-29 03:59", TR_E_CLOCK_CHANGE},
        {"2026-03-29 04:00", 0},
        {"2026-10-25 02:59", 0},
        {"2026-10-25 03:00", TR_E_CLOCK_CHANGE},
        {"2026-10-25 03:59", TR_E_CLOCK_CHANGE},
        {"2026-10-25 04:00", 0},
        {"2026-03-29T03:30:00+02:00", 0},
    };
    static char text[8192];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(text, sizeof text, "%s1.1 A must not keep guns in west from %s\n%s", head,
                 rows[i].moment, used);
        expect_codes(text, rows[i].want, rows[i].moment);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deadline_that_can_just_be_kept_is_none),
        cmocka_unit_test(a_clause_that_binds_for_a_minute_is_in_force),
        cmocka_unit_test(must_and_must_not_need_actor_kind_place_and_time_in_common),
        cmocka_unit_test(thresholds_at_their_edges),
        cmocka_unit_test(exceptions_at_their_edges),
        cmocka_unit_test(zones_that_adjoin_share_an_edge_or_keep_away),
        cmocka_unit_test(an_hour_that_the_clocks_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
