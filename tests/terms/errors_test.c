/* Every error of the language at its place, what is said, and what is still found after it. */
#include "sample.h"

typedef struct {
    int         code;
    const char *text; /* after HEAD; `^` before the place */
} one_error;

/* The text without its `^`, and the line and column of the byte behind it. */
static char *place_of(tr_arena *keep, const char *text, int *line, int *column)
{
    char *copy = TR_NEW(keep, char, (ptrdiff_t)strlen(text) + 1), *to = copy;
    int   at_line = 1, at_column = 1;
    *line = *column = 0;
    for (; *text; text++) {
        if (*text == '^') {
            assert_int_equal(*line, 0);
            *line = at_line;
            *column = at_column;
            continue;
        }
        at_column = *text == '\n' ? 1 : at_column + 1;
        at_line += *text == '\n';
        *to++ = *text;
    }
    *to = '\0';
    return copy;
}

/* Exactly this one error, there, with a hint or a detail to act on; no plan. */
static void check_one(const char *head, const one_error *want, const sample_file *files)
{
    static tr_arena all;
    int             line, column;
    if (!all.beg)
        all = check_arena();
    tr_arena a = all;
    tr_out   whole = tr_out_new(&a);
    tr_put(&whole, "%s%s", head, want->text);
    char *text = place_of(&a, tr_out_z(&whole), &line, &column);
    assert_int_not_equal(line, 0);
    tr_terms_result r = sample_compile(&a, text, files);
    tr_out          out = tr_out_new(&a);
    for (int i = 0; i < r.diagnostics; i++)
        tr_put_diagnostic(&out, TR_STR("t"), tr_str_of(text), &r.diagnostic[i]);
    const tr_diagnostic *d = r.diagnostic;
    while (d->warning)
        d++;
    if (r.errors != 1 || d->err.code != want->code || d->err.line != line ||
        d->err.column != column || r.plan)
        fail_msg("wanted TR%04d at %d:%d only, got %d errors:\n%.*s\nin: %s", want->code, line,
                 column, r.errors, TR_FMT(tr_out_text(&out)), want->text);
    assert_int_equal(d->span.line, line);
    assert_true(d->span.end > d->span.begin || text[0] == '\0');
    assert_true(d->err.text[0] != '\0' && d->err.text[strlen(d->err.text) - 1] != '.');
    assert_non_null(tr_error_summary(d->err.code));
}

#define CHECK_ALL(list)                                                                            \
    for (size_t i_ = 0; i_ < sizeof(list) / sizeof(list)[0]; i_++)                                 \
    check_one(HEAD, &(list)[i_], NULL)

static void sentences_that_cannot_be_read(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_UNEXPECTED, "1.1 A, B must not ^harm firing in area\n"},
        {TR_E_UNEXPECTED, "1.1 A, B must not commit firing ^near area\n"},
        {TR_E_UNEXPECTED, "1.1 A, B ^will not commit firing\n"},
        {TR_E_UNEXPECTED, "1.1 A, B must not ^commit\n"},
        {TR_E_UNEXPECTED, "class shelling ^explosion\n"},
        {TR_E_UNEXPECTED, "party C \"Party C\" ^of A\n"},
        {TR_E_UNEXPECTED, "party C ^Party\n"},
        {TR_E_UNEXPECTED, "party C ^\"\"\n"},
        {TR_E_UNEXPECTED, "late facts accepted 90 days, ^final after 30 days\n"},
        {TR_E_UNEXPECTED, "proof p needs ^trust >= 90 %\n"},
        {TR_E_UNEXPECTED, "proof p needs confidence ^90 %\n"},
        {TR_E_UNEXPECTED, "counting c version 1: ^R-XYZ\n"},
        {TR_E_UNEXPECTED,
         "register r from source s \"S\" of event.fatal: each row ^two incidents\n"},
        {TR_E_UNEXPECTED, "act ring done ^if JC reports it\n"},
        {TR_E_UNEXPECTED, "id ^_x\n"},
        {TR_E_UNEXPECTED, "zone Z is ^round, boundary inside\n"},
        {TR_E_UNEXPECTED, THRESHOLD "article 7 \"R\" on §6.1 ^open\n"},
        {TR_E_UNEXPECTED,
         THRESHOLD "article 7 \"R\" on §6.1 active\n7.1 JC must meet within 1 hour of ^noon\n"},
        {TR_E_UNEXPECTED, MUST_NOT "6.1 e is\n    active when " BREACHES
                                   " > 14, by tally ^and " BREACHES " > 3, by tally\n" COUNTED OFF},
        {TR_E_UNEXPECTED, "zone z ^round\n"},
        {TR_E_UNEXPECTED, "time ^is short\n"},
        {TR_E_UNEXPECTED, "note ^short\n"},
        {TR_E_UNEXPECTED, "counting c version 1 ^R-INC\n"},
        {TR_E_UNEXPECTED, "register r from source s \"S\" of ^fire\n"},
        {TR_E_UNEXPECTED, "register r from source s \"S\" of fire: each row one incident, past the "
                          "gate, ^best\n"},
        {TR_E_UNEXPECTED, "act ring done when JC ^reports\n"},
        {TR_E_UNEXPECTED, "article ^one \"One\"\n"},
        {TR_E_UNEXPECTED, "zone z is within ^far of l, boundary inside\n"},
        {TR_E_UNEXPECTED, "signature ^soonish\n"},
        {TR_E_UNEXPECTED, "proof p needs sources >= ^two\n"},
        {TR_E_UNEXPECTED, "proof p needs confidence >= ^high\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing needs coverage ^60 %\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing ^needs\n"},
        {TR_E_UNEXPECTED, MUST_NOT ON COUNTED OFF "    on compares ^likely\n"},
        {TR_E_UNEXPECTED, MUST_NOT ON COUNTED OFF "    ^then what\n"},
        {TR_E_UNEXPECTED, MUST_NOT ON COUNTED "    counting ^things\n" OFF},
        {TR_E_UNEXPECTED, MUST_NOT ON "    counting as ^seen\n" OFF},
        {TR_E_UNEXPECTED, MUST_NOT ON "    counting exercises ^included\n" OFF},
        {TR_E_UNEXPECTED, THRESHOLD LADDER "7.2 JC must meet within 1 hour of §7.1 ^begun\n"},
        {TR_E_UNEXPECTED, THRESHOLD LADDER "7.2 JC must meet within 1 hour ^before noon\n"},
        {TR_E_UNEXPECTED, THRESHOLD LADDER "7.2 JC must meet within 1 hour of activation ^twice\n"},
        {TR_E_UNEXPECTED, THRESHOLD "article 7 \"R\" on ^6.1 active\n"},
        {TR_E_UNEXPECTED, THRESHOLD "article 7 \"R\" on § ^x active\n"},
        {TR_E_LIMIT, MUST_NOT "6.1 e is\n    active when " BREACHES " > 1, by tally or " BREACHES
                              " > 2, by tally or " BREACHES " > 3, by tally or " BREACHES
                              " > 4, by tally or " BREACHES " > 5, by tally or " BREACHES
                              " > 6, by tally or " BREACHES " > 7, by tally or " BREACHES
                              " > 8, by tally or ^" BREACHES " > 9, by tally\n" COUNTED OFF},
        {TR_E_CHARACTER, "1.1 A, B must not commit firing ^@ area\n"},
        {TR_E_CHARACTER,
         "1.1 A, ^\xD0\x92 must not commit firing\n"}, /* Cyrillic Ve looks like B */
        {TR_E_CHARACTER, "party C ^\"Part\x01y\"\n"},
        {TR_E_CHARACTER, "party C \"Party ^\xE2\x80\xAE C\"\n"},
        {TR_E_CHARACTER, "^\x7F\n"},
        {TR_E_QUOTE, "party C ^\"Party C\n"},
        {TR_E_STATEMENT, "^Whereas the parties agree\n"},
        {TR_E_STATEMENT, "^partey C \"Party C\"\n"},
        {TR_E_STATEMENT, "1.1 A, B must not commit firing\n^in area\n"},
        {TR_E_STATEMENT, "^(\n"},
        {TR_E_NUMBER, "proof p needs sources >= ^1001\n"},
        {TR_E_NUMBER, "proof p needs rung >= ^5\n"},
        {TR_E_NUMBER, "proof p needs confidence >= ^101 %\n"},
        {TR_E_NUMBER, "counting c version ^2: R-INC\n"},
        {TR_E_TIME, "signature ^2026-02-30\n"},
        {TR_E_LIMIT,
         "party ^Averyveryveryveryveryveryveryveryveryveryveryveryveryveryverylongname \"C\"\n"},
        {TR_E_PERIOD, "^1.1 A must not commit firing from 2026-03-02 until 2026-03-02\n"},
    };
    CHECK_ALL(list);
}

static void names_that_are_not_known(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_REPEATED, "party ^A \"Another\"\n"},
        {TR_E_REPEATED, "body ^K \"K\" of A, K\n"},
        {TR_E_REPEATED, "class ^firing is shot\n"},
        {TR_E_REPEATED, "^agreement in force from 2026-03-01\n"},
        {TR_E_REPEATED, "^time zone \"UTC\"\n"},
        {TR_E_REPEATED, "^area 36.0 E 47.0 N to 39.0 E 49.0 N\n"},
        {TR_E_REPEATED, "^agreement \"Other\" version 2\n"},
        {TR_E_REPEATED, "zone ^area is box 37 E 48 N to 38 E 48.5 N, boundary inside\n"},
        {TR_E_REPEATED, MUST_NOT "^1.1 A must not keep firing\n"},
        {TR_E_REPEATED, "1.1 A, ^A must not keep firing\n"},
        {TR_E_REPEATED, "1.1 A must not keep firing in area ^in area\n"},
        {TR_E_REPEATED, "article 1 \"One\"\narticle ^1 \"Two\"\n"},
        {TR_E_UNDECLARED, "1.1 A, ^C must not commit firing\n"},
        {TR_E_UNDECLARED, "1.1 A, B must not commit ^fyring in area\n"},
        {TR_E_UNDECLARED, "1.1 A, B must not commit firing in ^DMZ\n"},
        {TR_E_UNDECLARED, "1.1 A, B must not commit firing proof ^given\n"},
        {TR_E_UNDECLARED, "body JX \"Other\" of A, ^X\n"},
        {TR_E_UNDECLARED, "zone Z is within 10 km of ^midline, boundary inside\n"},
        {TR_E_UNDECLARED, "act ring done when ^JMC reports the call\n"},
        {TR_E_UNDECLARED,
         THRESHOLD "article 7 \"R\" on §6.1 active\n7.1 JC must ^sing within 1 hour of "
                   "activation\n"},
        {TR_E_KIND, "class shelling is ^explosions\n"},
        {TR_E_KIND, "class shelling is explosion or ^artillery\n"},
        {TR_E_VAGUE, "class harm is ^significant\n"},
        {TR_E_VAGUE, "1.1 A, B must not commit ^substantial firing\n"},
        {TR_E_VAGUE, "1.1 A, B must not commit firing ^promptly\n"},
        {TR_E_VAGUE, "1.1 A, B must not keep ^heavy in area\n"},
        {TR_E_VAGUE, "act ring done when JC reports the ^appropriate call\n"},
        {TR_E_VAGUE, THRESHOLD "article 7 \"R\" on §6.1 active\n7.1 JC must meet ^immediately\n"},
        {TR_E_LABEL, "1.2 A must not commit firing\n^1.1 B must not commit firing\n"},
        {TR_E_LABEL, "article 2 \"Two\"\n^1.1 B must not commit firing\n"},
        {TR_E_LABEL, "article 2 \"Two\"\narticle ^1 \"One\"\n"},
        {TR_E_LABEL, "^7 B must not commit firing\n"},
        {TR_E_LABEL, "^1.2.3 B must not commit firing\n"},
    };
    CHECK_ALL(list);
}

static void references_that_lead_nowhere(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_REFERENCE,
         THRESHOLD "article 7 \"R\" on ^§6.2 active\n7.1 JC must meet within 1 hour of "
                   "activation\n"},
        {TR_E_REFERENCE, "article 7 \"R\" on ^§6.2 active\n"},
        {TR_E_REFERENCE, THRESHOLD LADDER "7.2 JC must meet within 1 hour of ^§7.9 fulfilled\n"},
        {TR_E_REFERENCE_KIND,
         THRESHOLD LADDER "7.2 JC must meet within 1 hour of ^§1.1 fulfilled\n"},
        {TR_E_REFERENCE_KIND,
         THRESHOLD "article 7 \"R\" on ^§1.1 active\n7.1 JC must meet within 1 hour of "
                   "activation\n"},
        {TR_E_CIRCLE,
         THRESHOLD "article 7 \"R\" on §6.1 active\n^7.1 JC must meet within 1 hour of §7.2 "
                   "fulfilled\n7.2 JC must meet within 1 hour of §7.1 acknowledged\n"},
        {TR_E_CIRCLE, THRESHOLD LADDER "^7.2 JC must meet within 1 hour of §7.2 fulfilled\n"},
    };
    CHECK_ALL(list);
}

static void duties_without_actor_deadline_or_start(void **state)
{
    (void)state;
#define ON_ACTIVE THRESHOLD "article 7 \"R\" on §6.1 active\n"
    static const one_error list[] = {
        {TR_E_ACTOR, ON_ACTIVE "7.1 ^must meet within 1 hour of activation\n"},
        {TR_E_ACTOR, ON_ACTIVE "7.1 ^A, B must meet within 1 hour of activation\n"},
        {TR_E_ACTOR, "1.1 ^must not commit firing\n"},
        {TR_E_DEADLINE, ON_ACTIVE "^7.1 JC must meet\n"},
        {TR_E_DEADLINE, ON_ACTIVE "^7.1 JC must meet unless §6.1 ended\n"},
        {TR_E_DEADLINE, "^3.1 A must withdraw firing\n"},
        {TR_E_ZERO, ON_ACTIVE "7.1 JC must meet ^within 1 hour\n"},
        {TR_E_ZERO, ON_ACTIVE "7.1 JC must meet ^within 1 hour unless §6.1 ended\n"},
        {TR_E_ZERO, "3.1 A must withdraw firing from area ^within 14 days\n"},
        {TR_E_ZERO, ON_ACTIVE "7.1 JC must meet ^within 1 hour of signature\n"},
        {TR_E_UNIT, ON_ACTIVE "7.1 JC must meet within ^1 of activation\n"},
        {TR_E_RECIPIENT, ON_ACTIVE "7.1 JC must ^notify within 1 hour of activation\n"},
        {TR_E_RECIPIENT, ON_ACTIVE "7.1 JC must ^meet A within 1 hour of activation\n"},
        {TR_E_NUMBER, ON_ACTIVE "7.1 JC must meet within ^1000000 hours of activation\n"},
        {TR_E_UNIT, "proof p needs confidence >= ^90\n"},
        {TR_E_UNIT, "proof p needs confidence >= ^90 and sources >= 2\n"},
        {TR_E_UNIT, "1.1 A must not commit firing needs coverage >= ^60 in area\n"},
        {TR_E_UNIT, "late facts accepted ^90 hours, verdicts final after 30 days\n"},
        {TR_E_UNIT, "zone Z is box ^37 48 to 38 49, boundary inside\n"},
    };
    CHECK_ALL(list);
    one_error no_date = {TR_E_ZERO,
                         THRESHOLD "article 7 \"R\" on §6.1 active\n7.1 A must ring ^within 1 hour "
                                   "of in force\n"};
    check_one(
        "agreement \"T\" version 1.0\ntime zone \"UTC\"\narea 1 E 1 N to 2 E 2 N\nparty A \"A\"\n"
        "party B \"B\"\nclass firing is fire\ncounting incident version 1: R-INC\n"
        "act ring done when the actor reports the call\n",
        &no_date, NULL);
}

static void each_of_the_ten_items_is_asked_for_by_name(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_COUNT_RULE,
         MUST_NOT "6.1 e is\n    active when ^count of breaches of §1.1 by any party in area "
                  "over 7 days > 14, by tally\n" COUNTED OFF},
        {TR_E_COUNT_CLASS,
         MUST_NOT "6.1 e is\n    active when ^count by incident by any party in area "
                  "over 7 days > 14, by tally\n" COUNTED OFF},
        {TR_E_COUNT_RUNG,
         MUST_NOT "^" ON "    counting corroboration none, exercises in, contested out, as "
                  "known\n" OFF},
        {TR_E_COUNT_CORROBORATION,
         MUST_NOT "^" ON "    counting rung 0 or better, exercises in, contested "
                  "out, as known\n" OFF},
        {TR_E_COUNT_EXERCISES,
         MUST_NOT "^" ON "    counting rung 0 or better, corroboration none, contested "
                  "out, as known\n" OFF},
        {TR_E_COUNT_CONTESTED,
         MUST_NOT "^" ON "    counting rung 0 or better, corroboration none, exercises "
                  "in, as known\n" OFF},
        {TR_E_COUNT_LATE,
         MUST_NOT "^" ON "    counting rung 0 or better, corroboration none, exercises in, "
                  "contested out\n" OFF},
        {TR_E_COUNT_LATE,
         MUST_NOT "^" ON "    counting rung 0 or better, corroboration none, exercises in, "
                  "contested out, as happened\n" OFF},
        {TR_E_COUNT_ZONE,
         MUST_NOT "6.1 e is\n    active when ^count by incident of breaches of §1.1 by any "
                  "party over 7 days > 14, by tally\n" COUNTED OFF},
        {TR_E_COUNT_PARTY,
         MUST_NOT "6.1 e is\n    active when ^count by incident of breaches of §1.1 in area "
                  "over 7 days > 14, by tally\n" COUNTED OFF},
        {TR_E_COUNT_WINDOW,
         MUST_NOT "6.1 e is\n    active when ^count by incident of breaches of §1.1 by any "
                  "party in area > 14, by tally\n" COUNTED OFF},
        {TR_E_COUNT_BOUND,
         MUST_NOT "6.1 e is\n    active when ^" BREACHES ", by tally\n" COUNTED OFF},
        {TR_E_COUNT_BOUND, MUST_NOT "6.1 e is\n    active when ^" BREACHES " > 14\n" COUNTED OFF},
        {TR_E_COUNT_BOUND,
         MUST_NOT "6.1 e is\n    active when ^" BREACHES " < 14, by tally\n" COUNTED OFF},
        {TR_E_COUNT_BOUND, MUST_NOT ON COUNTED "    until ^" BREACHES " > 4\n"},
        {TR_E_COUNT_BOUND, MUST_NOT "^6.1 e is\n" COUNTED OFF},
        {TR_E_COUNT_END, MUST_NOT "^" ON COUNTED},
        {TR_E_UNIT,
         MUST_NOT "6.1 e is\n    active when count by incident of breaches of §1.1 by any party in "
                  "area over ^7 > 14, by tally\n" COUNTED OFF},
        {TR_E_NUMBER,
         MUST_NOT "6.1 e is\n    active when count by incident of breaches of §1.1 by any party "
                  "in area over ^0 days > 14, by tally\n" COUNTED OFF},
        {TR_E_NUMBER, MUST_NOT ON COUNTED "    until " BREACHES " < ^0\n"},
        {TR_E_REPEATED,
         MUST_NOT ON "    counting rung 0 or better, corroboration none, exercises in, "
                     "contested out, as known, ^exercises out\n" OFF},
        {TR_E_FLAPS, MUST_NOT "6.1 e is\n    active when ^" BREACHES " > 14, by tally\n" COUNTED
                              "    until " BREACHES " < 16\n"},
        {TR_E_FLAPS,
         MUST_NOT "6.1 e is\n    active when ^" BREACHES " > 14, by tally\n" COUNTED "    until "
                  "count by incident of breaches of §1.1 by any party in area over 6 days < 4\n"},
        {TR_E_FLAPS, MUST_NOT "6.1 e is\n    active when ^" BREACHES " > 14, by tally\n" COUNTED OFF
                              "    on compares possible, off compares certain\n"},
        {TR_E_OUT_OF_REACH,
         "class guns is weapon\n" MUST_NOT
         "6.1 e is\n    active when ^count by incident of guns breaches of §1.1 by any "
         "party in area over 7 days > 14, by tally\n" COUNTED
         "    until count by incident of guns breaches of §1.1 by any party in area over 7 "
         "days < 4\n"},
        {TR_E_OUT_OF_REACH,
         "register r from source s \"S\" of event.fatal: each row one incident, past the "
         "gate\n" MUST_NOT "6.1 e is\n    active when ^" BREACHES " > 14, by tally\n" COUNTED
         "    counting from register r\n" OFF},
        {TR_E_OUT_OF_REACH,
         "register r from source s \"S\" of fire: each row one incident, past the "
         "gate\n" MUST_NOT "6.1 e is\n    active when ^" BREACHES " > 14, by tally\n"
         "    counting rung 3 or better, corroboration none, exercises in, contested out, "
         "as known,\n    from register r\n" OFF},
    };
    CHECK_ALL(list);
}

#define LEAVE                                                                                      \
    "act leave CLASS from ZONE done when none of CLASS seen in ZONE for 48 hours with coverage "   \
    ">= 60 %\n"

static void duties_outside_a_ladder_have_a_deadline_and_an_act_that_fits(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_UNDECLARED, "3.1 A must ^withdraw firing from area within 14 days of in force\n"},
        {TR_E_DEADLINE, "^3.1 A must meet\n"},
        {TR_E_DEADLINE, "^3.1 A must meet begin by day 2 of in force\n"},
        {TR_E_ZERO, "3.1 A must meet ^by day 2\n"},
        {TR_E_ZERO, "3.1 A must meet ^within 14 days, cites \"X\" 1\n"},
        {TR_E_ZERO, "3.1 A must meet ^within 14 days of signature\n"},
        {TR_E_UNEXPECTED, "3.1 A must meet within 14 days of ^activation\n"},
        {TR_E_UNEXPECTED, "3.1 A must meet within 14 days of first ^breach\n"},
        {TR_E_UNEXPECTED, "3.1 A must meet by ^then\n"},
        {TR_E_UNEXPECTED, "3.1 A must meet at ^dawn\n"},
        {TR_E_UNEXPECTED, "3.1 A must meet no ^limit\n"},
        {TR_E_REPEATED, "3.1 A must meet by 2026-03-01 ^by 2026-03-02\n"},
        {TR_E_UNIT, "3.1 A must meet within ^14 of in force\n"},
        {TR_E_REFERENCE, "3.1 A must meet within 1 day of ^§3.2 fulfilled\n"},
        {TR_E_REFERENCE_KIND, MUST_NOT "3.1 A must meet within 1 day of ^§1.1 fulfilled\n"},
        {TR_E_CIRCLE, "^3.1 A must meet within 1 day of §3.2 fulfilled\n"
                      "3.2 B must meet within 1 day of §3.1 fulfilled\n"},
        {TR_E_CIRCLE, "^3.1 A must meet within 1 day of §3.1 fulfilled\n"},
        {TR_E_CIRCLE, "^3.1 A must meet begin within 1 day of §3.2 fulfilled, by 2026-03-01\n"
                      "3.2 B must meet within 1 day of §3.1 fulfilled\n"},
        {TR_E_REFERENCE, "1.1 A must not commit firing once ^§3.1 fulfilled\n"},
        {TR_E_REFERENCE_KIND, "1.1 A must not commit firing once ^§1.1 fulfilled\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing once §3.1 ^done\n"},
        {TR_E_REPEATED, "1.1 A must not commit firing once §3.1 fulfilled ^once §3.1 fulfilled\n"
                        "3.1 A must meet at once\n"},
        {TR_E_RECIPIENT, "3.1 JC must ^notify by 2026-03-01\n"},
        {TR_E_RECIPIENT, "3.1 JC must ^meet A by 2026-03-01\n"},
        {TR_E_OBJECT, "3.1 JC must meet ^firing by 2026-03-01\n"},
        {TR_E_OBJECT, LEAVE "3.1 A must ^leave by 2026-03-01\n"},
        {TR_E_OBJECT,
         "act ^go done when none of CLASS seen in ZONE for 48 hours with coverage >= 1 "
         "%\n"},
        {TR_E_UNDECLARED, LEAVE "3.1 A must leave ^guns from area by 2026-03-01\n"},
        {TR_E_UNDECLARED, LEAVE "3.1 A must leave firing from ^strip by 2026-03-01\n"},
        {TR_E_UNIT, "act go CLASS in ZONE done when none of CLASS seen in ZONE for ^2 days with "
                    "coverage >= 1 %\n"},
        {TR_E_NUMBER, "act go CLASS in ZONE done when none of CLASS seen in ZONE for 2 hours with "
                      "coverage >= 0 ^%\n"},
        {TR_E_TOO_SHORT, LEAVE "^3.1 A must leave firing from area within 47 hours of in force\n"},
        {TR_E_TOO_SHORT, LEAVE "^3.1 A must leave firing from area at once\n"},
    };
    CHECK_ALL(list);
}

static void exceptions_have_labels_conditions_and_an_order(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_UNEXPECTED, "1.1 A must not commit firing except ^\"x\" when exercise\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing except ^1.1 \"x\" when exercise\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing except 1.1a ^when exercise\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing except 1.1a ^\"\" when exercise\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing except 1.1a ^\"x\"\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing except 1.1a \"x\" when ^raining\n"},
        {TR_E_UNEXPECTED, "1.1 A must not commit firing except 1.1a \"x\" when notified to JC 6 "
                          "hours ^after\n"},
        {TR_E_UNIT, "1.1 A must not commit firing except 1.1a \"x\" when notified to JC ^6 "
                    "before\n"},
        {TR_E_UNDECLARED, "1.1 A must not commit firing except 1.1a \"x\" when operated by ^JMC\n"},
        {TR_E_LABEL, "1.1 A must not commit firing except ^1.2a \"x\" when exercise\n"},
        {TR_E_REPEATED, "1.1 A must not commit firing except 1.1a \"x\" when exercise\n"
                        "    except ^1.1a \"y\" when operated by JC\n"},
        {TR_E_REFERENCE, "1.1 A must not commit firing except 1.1a \"x\" from ^1.1b when "
                         "exercise\n"},
        {TR_E_REFERENCE, "1.1 A must not commit firing except 1.1a \"x\" when exercise prevails "
                         "over ^1.1a\n"},
    };
    CHECK_ALL(list);
}

static void positions_name_a_clause_an_actor_and_a_stance(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_UNEXPECTED, MUST_NOT "positions\n1.1 A ^likes it\n"},
        {TR_E_UNEXPECTED, MUST_NOT "positions\n1.1 A ^proposes\n"},
        {TR_E_UNEXPECTED, MUST_NOT "positions\n1.1 A agrees ^B agrees\n"},
        {TR_E_UNDECLARED, MUST_NOT "positions\n1.1 ^C agrees\n"},
        {TR_E_REFERENCE, MUST_NOT "positions\n1.2 ^A agrees\n"},
        {TR_E_REPEATED, MUST_NOT "positions\n1.1 A agrees\n1.1 ^A rejects\n"},
        {TR_E_UNEXPECTED, "declared ^portion 90 % by \"x\" of issues\n"},
        {TR_E_UNIT, "declared share ^90 by \"x\" of issues\n"},
        {TR_E_UNEXPECTED, "declared share 90 % by ^x of issues\n"},
        {TR_E_UNEXPECTED, "declared share 90 % by \"x\" of ^90\n"},
    };
    CHECK_ALL(list);
}

static void a_duty_without_deadline_is_warned_of_and_compiles(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_result r = sample_compile(&a, HEAD "3.1 A must meet no deadline\n", NULL);
    assert_int_equal(r.errors, 0);
    assert_int_equal(r.warnings, 1);
    assert_int_equal(r.diagnostic[0].err.code, TR_E_NEVER_BREACHED);
    assert_non_null(r.plan);
}

static void what_is_recognised_and_not_compiled_is_refused_by_name(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_NOT_COMPILED, "counting c version 1: ^R-ENG\n"},
        {TR_E_NOT_COMPILED, "counting c version 1: ^R-JFO\n"},
        {TR_E_NOT_COMPILED, "counting c version 1: ^R-LOCDAY\n"},
        {TR_E_NOT_COMPILED, "counting c version 1: ^R-SEV\n"},
        {TR_E_UNEXPECTED,
         "1.1 A must not commit firing except 1.1a \"x\" when planned and ^forgotten\n"},
        {TR_E_NOT_COMPILED, "1.1^a A must not commit firing\n"},
        {TR_E_NOT_COMPILED, "3.1 A may ^meet within 14 days of in force\n"},
        {TR_E_NOT_COMPILED, "proof p needs ^side >= 90 %\n"},
        {TR_E_EACH, "article 6 \"X\" for each ^A of A, B\n"},
        {TR_E_UNDECLARED, MUST_NOT "6.1 e against ^C is active when " BREACHES " > 14, by tally\n"
                              COUNTED OFF},
        {TR_E_EACH,
         MUST_NOT "6.1 e is\n    active when count by incident of breaches of §1.1 by ^each "
                  "of A, B in area over 7 days > 14, by tally\n" COUNTED OFF},
        {TR_E_NOT_COMPILED,
         MUST_NOT "6.1 e is\n    active when " BREACHES " > 14, by ^audit\n" COUNTED OFF},
        {TR_E_NOT_COMPILED,
         MUST_NOT "6.1 e is\n    active when " BREACHES " > 14, by ^intensity\n" COUNTED OFF},
        {TR_E_NOT_COMPILED,
         MUST_NOT "6.1 e is\n    active when " BREACHES " > 14, by ^mean\n" COUNTED OFF},
        {TR_E_NOT_COMPILED, MUST_NOT "6.1 e is\n    active when " BREACHES
                                     " > 14, ^proved at 99 % by audit\n" COUNTED OFF},
        {TR_E_COUNT_ZONE, "zone strip is box 37 E 47 N to 38 E 48 N, boundary inside\n" MUST_NOT
                          "6.1 e is\n    active when count by incident of breaches of §1.1 by any "
                          "party per ^strip over 24 hours >= 10, by tally\n" COUNTED OFF},
        {TR_E_NOT_COMPILED, "counting c version 1: ^fires within 2 km; a flare opens none\n"},
        {TR_E_UNEXPECTED, "counting c version 1: ^R-SSM\n"},
        {TR_E_NOT_COMPILED, MUST_NOT "6.1 e is\n    active when " BREACHES " > 14, by tally\n"
                                     "    ^audit by JC, order seeded after freezing, 1 % over the "
                                     "life of the clause\n" COUNTED OFF},
        {TR_E_NOT_COMPILED, ON_ACTIVE "7.1 JC must meet ^no deadline\n"},
        {TR_E_NOT_COMPILED, ON_ACTIVE "7.1 JC must meet within 1 hour of ^request by A\n"},
        {TR_E_NOT_COMPILED, ON_ACTIVE "7.1 JC must meet within 2 ^months of activation\n"},
        {TR_E_REFERENCE_KIND,
         ON_ACTIVE "7.1 JC must meet within 1 hour of activation unless ^§1.1 ended\n"},
    };
    CHECK_ALL(list);
}

static void a_head_without_its_mandatory_statements(void **state)
{
    (void)state;
    static const one_error list[] = {
        {TR_E_HEADER, "^"},
        {TR_E_HEADER, "^time zone \"UTC\"\narea 1 E 1 N to 2 E 2 N\n"},
        {TR_E_HEADER, "^agreement \"T\" version 1\narea 1 E 1 N to 2 E 2 N\n"},
        {TR_E_HEADER, "^agreement \"T\" version 1\ntime zone \"UTC\"\n"},
        {TR_E_HEADER, "agreement \"T\" version 1\ntime zone \"UTC\"\n^line l is 1 E 1 N, 2 E 2 N\n"
                      "line k is 1 E 1 N, 2 E 2 N\n"},
        {TR_E_TIME_ZONE,
         "agreement \"T\" version 1\ntime zone ^\"Europe/Kiew\"\narea 1 E 1 N to 2 E 2 N\n"},
        {TR_E_DAYS_ZONE,
         "agreement \"T\" version 1\narea 1 E 1 N to 2 E 2 N\nsignature ^2015-02-12\n"},
        {TR_E_DAYS_ZONE,
         "agreement \"T\" version 1\narea 1 E 1 N to 2 E 2 N\nlate facts accepted ^9 days\n"},
        {TR_E_UNEXPECTED, "agreement ^T version 1\ntime zone \"UTC\"\narea 1 E 1 N to 2 E 2 N\n"},
        {TR_E_UNEXPECTED,
         "agreement \"T\" version ^one\ntime zone \"UTC\"\narea 1 E 1 N to 2 E 2 N\n"},
        {TR_E_AREA, "agreement \"T\" version 1\ntime zone \"UTC\"\narea ^2 E 1 N to 1 E 2 N\n"},
        {TR_E_AREA, "agreement \"T\" version 1\ntime zone \"UTC\"\narea ^1 E 2 N to 2 E 2 N\n"},
        {TR_E_COORDINATE,
         "agreement \"T\" version 1\ntime zone \"UTC\"\narea ^1 E 2 E to 2 E 3 N\n"},
        {TR_E_UTF8, "agreement \"T\" version 1\nnote \"caf^\xE9\"\n"},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        check_one("", &list[i], NULL);
    /* these leave the head without more: the first report counts */
    tr_arena        a = check_arena();
    tr_terms_result r = sample_compile(&a,
                                       "agreement \"T\" version 1\ntime zone \"UTC\"\n"
                                       "area 1 E 91 N to 2 E 2 N\n",
                                       NULL);
    assert_int_equal(r.diagnostic[0].err.code, TR_E_COORDINATE);
    assert_int_equal(r.diagnostic[0].err.column, 10);
    r = sample_compile(
        &a, "  agreement \"T\" version 1\ntime zone \"UTC\"\narea 1 E 1 N to 2 E 2 N\n", NULL);
    assert_int_equal(r.diagnostic[0].err.code, TR_E_HEADER);
    assert_int_equal(r.diagnostic[1].err.code, TR_E_STATEMENT);
}

static void warnings_let_the_agreement_compile(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_result r = sample_compile(&a, HEAD THRESHOLD, NULL);
    assert_int_equal(r.errors, 0);
    assert_int_equal(r.warnings, 1);
    assert_non_null(r.plan);
    assert_int_equal(r.diagnostic[0].err.code, TR_E_NO_LADDER);
    assert_true(r.diagnostic[0].warning);
    r = sample_compile(&a,
                       HEAD MUST_NOT "6.1 e is\n    active when " BREACHES
                                     " > 0, by tally\n" COUNTED "    until " BREACHES
                                     " < 1, for 2 days\n" LADDER,
                       NULL);
    assert_int_equal(r.errors, 0);
    assert_int_equal(r.warnings, 1);
    assert_int_equal(r.diagnostic[0].err.code, TR_E_ANY_VIOLATION);
    assert_int_equal(r.diagnostic[0].err.line, HEAD_LINES + 3);
    r = sample_compile(&a,
                       HEAD MUST_NOT "6.1 e is\n    active when " BREACHES
                                     " > 1, by tally\n" COUNTED "    until " BREACHES
                                     " < 2, for 2 days\n" LADDER,
                       NULL);
    assert_int_equal(r.warnings, 0);
}

static void several_mistakes_are_all_reported_in_order(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_terms_result r = sample_compile(
        &a,
        HEAD
        "class guns is gun or artillery\n1.1 A, C must not commit fyring in nowhere proof none\n"
        "1.2 A will behave\n1.3 A must not commit firing in area\n6.1 e is\n    active when count "
        "over 7 "
        "days\n    counting rung 0 or better\n1.4 A must not keep guns\nfoo bar\n",
        NULL);
    static const int codes[] = {TR_E_KIND,       TR_E_KIND,       TR_E_UNDECLARED, TR_E_UNDECLARED,
                                TR_E_UNDECLARED, TR_E_UNDECLARED, TR_E_UNEXPECTED};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        assert_int_equal(r.diagnostic[i].err.code, codes[i]);
    int seen[200] = {0};
    for (int i = 0; i < r.diagnostics; i++) {
        seen[r.diagnostic[i].err.code]++;
        assert_true(i == 0 || r.diagnostic[i].span.begin >= r.diagnostic[i - 1].span.begin);
    }
    for (int code = TR_E_COUNT_RULE; code <= TR_E_COUNT_END; code++)
        assert_int_equal(seen[code], code != TR_E_COUNT_RUNG && code != TR_E_COUNT_WINDOW);
    assert_int_equal(seen[TR_E_LABEL], 1);
    assert_int_equal(seen[TR_E_STATEMENT], 1);
    assert_int_equal(r.errors + r.warnings, r.diagnostics);
}

static void past_fifty_errors_only_the_count_goes_on(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_out   out = tr_out_new(&a);
    tr_put(&out, "%s", HEAD);
    for (int i = 0; i < 120; i++)
        tr_put(&out, "what is this\n");
    tr_terms_result r = sample_compile(&a, tr_out_z(&out), NULL);
    assert_int_equal(r.errors, 120);
    assert_int_equal(r.diagnostics, TR_TERMS_ERRORS);
    assert_null(r.plan);
}

static void remarks_have_room_for_four_kilobytes(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    for (int len = 4095; len <= 4096; len++) {
        tr_out out = tr_out_new(&a);
        tr_put(&out, "%snote \"%0*d\"\n", HEAD, len, 1);
        tr_terms_result r = sample_compile(&a, tr_out_z(&out), NULL);
        assert_int_equal(r.errors, len > 4095);
        assert_int_equal(r.errors ? r.diagnostic[0].err.code : TR_E_LIMIT, TR_E_LIMIT);
    }
}

static void more_than_the_tables_hold_is_refused(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_out   out = tr_out_new(&a);
    tr_put(&out, "%s", HEAD);
    for (int i = 0; i < 70; i++)
        tr_put(&out, "party P%d \"P\"\n", i);
    for (int i = 1; i <= 520; i++)
        tr_put(&out, "1.%d A must not commit firing\n", i);
    tr_terms_result r = sample_compile(&a, tr_out_z(&out), NULL);
    assert_int_equal(r.errors, 70 - 61 + 520 - 512);
    assert_int_equal(r.diagnostic[0].err.code, TR_E_LIMIT);
    assert_int_equal(r.diagnostic[9].err.code, TR_E_LIMIT);
    assert_int_equal(r.diagnostic[9].err.line, HEAD_LINES + 70 + 513);
}

static void the_page_of_the_language_lists_every_error(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_str   page = check_file(&a, check_path("docs/LANGUAGE.md"));
    char    *text = tr_str_z(&a, page);
    char     row[400];
    int      listed = 0;
    for (int i = 0; tr_error_at(i); i++)
        if (tr_error_at(i) / 100 == 1 || tr_error_at(i) / 100 == 14) {
            int code = tr_error_at(i);
            snprintf(row, sizeof row, "| TR%04d | %s", code, tr_error_summary(code));
            if (!strstr(text, row))
                fail_msg("docs/LANGUAGE.md has no row %s", row);
            listed++;
        }
    int rows = 0; /* and no row of a code that is none */
    for (const char *at = text; (at = strstr(at, "\n| TR")) != NULL; at++)
        rows += strncmp(at + 5, "01", 2) == 0 || strncmp(at + 5, "14", 2) == 0;
    assert_true(listed >= 48);
    assert_int_equal(rows, listed);
}

/* ---- what people read ---- */

static tr_str shown(tr_arena *keep, const char *text, int i)
{
    tr_terms_result r = sample_compile(keep, text, NULL);
    tr_out          out = tr_out_new(keep);
    assert_true(i < r.diagnostics);
    tr_put_diagnostic(&out, TR_STR("north-line.truce"), tr_str_of(text), &r.diagnostic[i]);
    return tr_out_text(&out);
}

static void the_caret_stands_under_the_deadline_without_start(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    CHECK_STR(
        shown(&a, HEAD "3.1 A must withdraw firing from area within 14 days\n", 0),
        "north-line.truce:12:38: error TR0112: deadline \"14 days\" has no starting point\n"
        "   12 | 3.1 A must withdraw firing from area within 14 days\n"
        "      |                                      ^^^^^^^^^^^^^^\n"
        "detail: A deadline counts from a dated happening, and clause 3.1 names none.\n"
        "hint: Write \"within 14 days of in force\", or after another happening declared above.\n");
}

static void the_caret_counts_characters_and_copies_tabs(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    CHECK_STR(shown(&a, HEAD "1.1 A must not commit firing\n\tproof given\n", 0),
              "north-line.truce:13:8: error TR0106: the proof \"given\" is not declared above\n"
              "   13 | \tproof given\n"
              "      | \t      ^^^^^\n"
              "hint: Declare it above, for example: proof established needs confidence >= 90 % and "
              "sources >= 2\n");
    CHECK_STR(
        shown(&a, HEAD "party C \"Сторона В\" also\n", 0),
        "north-line.truce:12:29: error TR0101: \"also\" stands where the end of the sentence is "
        "needed\n"
        "   12 | party C \"Сторона В\" also\n"
        "      |                     ^^^^\n");
    CHECK_STR(shown(&a, HEAD "class c is \x1B\n", 0),
              "north-line.truce:12:12: error TR0102: a control character 0x1b\n"
              "   12 | class c is ?\n"
              "      |            ^\n"
              "hint: Remove it; the file may not be plain text.\n");
}

static void the_nearest_name_is_offered(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hint;
    } list[] = {
        {"1.1 A must not commit fyring\n", "Did you mean \"firing\"?"},
        {"1.1 A must not commit FIRING\n", "Did you mean \"firing\"?"},
        {"1.1 jc must not commit firing\n", "Did you mean \"JC\"?"},
        {"class c is explosin.impact\n", "Did you mean \"explosion.impact\"?"},
        {"class c is artillery\n", "Did you mean \"weapon.artillery_100mm\"?"},
        {"class c is fireing\n", "Did you mean \"firing\"?"},
        {"1.1 A must not commit explosion\n",
         "\"explosion\" is a kind. Declare a class above: class explosion is explosion"},
        {"artcle 1 \"One\"\n", "Did you mean \"article\"?"},
        {"until x\n", "Indent this line: it continues the sentence above."},
        {THRESHOLD "article 7 \"R\" on §6.2 active\n7.1 JC must meet within 1 hour of activation\n",
         "Did you mean §6.1?"},
    };
    tr_arena all = check_arena();
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        tr_arena a = all;
        char     text[4000];
        snprintf(text, sizeof text, "%s%s", HEAD, list[i].text);
        tr_terms_result r = sample_compile(&a, text, NULL);
        assert_true(r.errors > 0);
        const tr_diagnostic *d = r.diagnostic;
        while (d->warning)
            d++;
        assert_string_equal(d->err.hint, list[i].hint);
    }
}

static void a_very_long_line_is_shown_in_part(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    tr_out   out = tr_out_new(&a);
    tr_put(&out, "%s%s", HEAD, "1.1 ");
    for (int i = 0; i < 5000; i++)
        tr_put(&out, "%s", "A  ,  ");
    tr_put(&out, "Q must not commit firing\n");
    tr_terms_result r = sample_compile(&a, tr_out_z(&out), NULL);
    tr_out          show = tr_out_new(&a);
    for (int i = 0; i < r.diagnostics; i++) {
        ptrdiff_t before = show.buf.len;
        tr_put_diagnostic(&show, TR_STR("t"), tr_out_text(&out), &r.diagnostic[i]);
        assert_true(show.buf.len - before < 1200);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_that_cannot_be_read),
        cmocka_unit_test(names_that_are_not_known),
        cmocka_unit_test(references_that_lead_nowhere),
        cmocka_unit_test(duties_without_actor_deadline_or_start),
        cmocka_unit_test(each_of_the_ten_items_is_asked_for_by_name),
        cmocka_unit_test(duties_outside_a_ladder_have_a_deadline_and_an_act_that_fits),
        cmocka_unit_test(exceptions_have_labels_conditions_and_an_order),
        cmocka_unit_test(positions_name_a_clause_an_actor_and_a_stance),
        cmocka_unit_test(a_duty_without_deadline_is_warned_of_and_compiles),
        cmocka_unit_test(what_is_recognised_and_not_compiled_is_refused_by_name),
        cmocka_unit_test(a_head_without_its_mandatory_statements),
        cmocka_unit_test(warnings_let_the_agreement_compile),
        cmocka_unit_test(several_mistakes_are_all_reported_in_order),
        cmocka_unit_test(past_fifty_errors_only_the_count_goes_on),
        cmocka_unit_test(remarks_have_room_for_four_kilobytes),
        cmocka_unit_test(more_than_the_tables_hold_is_refused),
        cmocka_unit_test(the_page_of_the_language_lists_every_error),
        cmocka_unit_test(the_caret_stands_under_the_deadline_without_start),
        cmocka_unit_test(the_caret_counts_characters_and_copies_tabs),
        cmocka_unit_test(the_nearest_name_is_offered),
        cmocka_unit_test(a_very_long_line_is_shown_in_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
