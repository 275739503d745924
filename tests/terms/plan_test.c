/* What each sentence of the language compiles to. */
#include "sample.h"

static tr_time at(const char *text)
{
    tr_time t;
    tr_err  err = {0};
    CHECK_OK(tr_time_read_any(tr_str_of(text), tr_tz_utc(), &t, &err), err);
    return t;
}

static void the_head_is_kept_with_its_defaults(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(&a, HEAD, NULL);
    CHECK_STR(p->title, "T");
    CHECK_STR(p->id, "t");
    CHECK_STR(p->version, "1.0");
    assert_int_equal(p->note.len, 0);
    assert_false(p->hypothetical);
    CHECK_STR(tr_tz_name(p->tz), "Europe/Kyiv");
    assert_int_equal(p->area.min.lon, 360000000);
    assert_int_equal(p->area.max.lat, 490000000);
    assert_true(p->in_force == at("2026-01-31T22:00:00Z"));
    assert_true(p->signature == TR_TIME_NONE);
    assert_int_equal(p->late_days, 90);
    assert_int_equal(p->final_days, 30);
    assert_int_equal(p->actors, 3);
    assert_int_equal(p->actor[2].kind, TR_ACTOR_BODY);
    assert_int_equal(p->actor[2].members, 3);
    assert_int_equal(p->acts, 2);
    CHECK_STR(p->act[0].report, "the notice");
    assert_true(p->act[0].to);
    assert_int_equal(p->act[0].by, 2);
}

static void the_rest_of_the_head_is_read(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(
        &a,
        "agreement \"Minsk II: a draft, 2015\" version 1.2.3\nhypothetical \"What if?\"\n"
        "note \"Second remark.\"\ntext en, uk\ntime zone \"UTC\"\n"
        "area 10.5 W 20 S to 1.25 E 1 N   # a remark\nsignature 2015-02-12\n"
        "agreement in force from 2015-02-12T10:00:00+02:00\n"
        "late facts accepted 7 days, verdicts final after 3 days\n"
        "guarantor G \"Guarantor States\"\nwitness W \"Observer\"\nclass firing is explosion or "
        "shot\n"
        "class all is firing or event.fatal\ncounting smm version 1: R-SMM\n"
        "proof one needs confidence >= 90 % and sources >= 2 and rung >= 3\n"
        "proof two needs one and confidence >= 95.5 %\nproof none needs nothing beyond the record\n"
        "register table from source src-1 \"Table\" of event.fatal: each row one incident, past "
        "the "
        "gate,\n    side undetermined, rung 0, corroboration none\n",
        NULL);
    CHECK_STR(p->id, "minsk-ii-a-draft-2015");
    CHECK_STR(p->version, "1.2.3");
    CHECK_STR(p->note, "What if? Second remark.");
    assert_true(p->hypothetical);
    assert_int_equal(p->area.min.lon, -105000000);
    assert_int_equal(p->area.min.lat, -200000000);
    assert_int_equal(p->area.max.lon, 12500000);
    assert_true(p->signature == at("2015-02-12T00:00:00Z"));
    assert_true(p->in_force == at("2015-02-12T08:00:00Z"));
    assert_int_equal(p->late_days, 7);
    assert_int_equal(p->final_days, 3);
    assert_int_equal(p->actor[1].kind, TR_ACTOR_WITNESS);
    assert_true(p->class_[0].kinds ==
                (tr_kind_class(TR_KIND_EXPLOSION_) | tr_kind_class(TR_KIND_SHOT_)));
    assert_true(p->class_[1].kinds == (p->class_[0].kinds | UINT64_C(1) << TR_KIND_EVENT_FATAL_));
    assert_int_equal(p->counting[0].rule, TR_RULE_SMM);
    assert_int_equal(p->gate[1].confidence_ppm, 955000);
    assert_int_equal(p->gate[1].sources, 2);
    assert_int_equal(p->gate[1].rung, 3);
    assert_int_equal(p->gate[2].confidence_ppm, 0);
    CHECK_STR(p->reg[0].id, "table");
    CHECK_STR(p->reg[0].source, "src-1");
    CHECK_STR(p->reg[0].name, "Table");
    assert_true(p->reg[0].kinds == UINT64_C(1) << TR_KIND_EVENT_FATAL_);
}

static void an_identifier_can_be_stated(void **state)
{
    (void)state;
    tr_arena a = check_arena();
    CHECK_STR(sample_plan(&a, HEAD "id my-own.id_2\n", NULL)->id, "my-own.id_2");
    CHECK_STR(sample_plan(&a,
                          "agreement \"T\" version 2 id own\ntime zone \"UTC\"\n"
                          "area 1 E 1 N to 2 E 2 N\n",
                          NULL)
                  ->id,
              "own");
    CHECK_STR(sample_plan(&a,
                          "agreement \"Угода\" version 2\ntime zone \"UTC\"\n"
                          "area 1 E 1 N to 2 E 2 N\n",
                          NULL)
                  ->id,
              "agreement");
}

static void a_prohibition_keeps_all_it_says(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(
        &a,
        HEAD
        "proof p needs sources >= 2\nzone Z is box 37 E 48 N to 38 E 48.5 N, boundary outside\n"
        "article 1 \"Cease-fire\"\n"
        "1.1 A must not keep firing in Z from 2026-03-28 12:00 until 2026-04-01 proof p\n"
        "    needs coverage >= 60 % cites \"Package\" 2\n1.2 A, B must not fly firing\n",
        NULL);
    const tr_clause      *c = &p->clause[0];
    const tr_prohibition *one = &c->u.prohibition;
    assert_int_equal(p->clauses, 2);
    CHECK_STR(c->label, "1.1");
    CHECK_STR(c->article, "Cease-fire");
    assert_int_equal(c->kind, TR_CLAUSE_PROHIBITION);
    assert_int_equal(one->actors, 1);
    CHECK_STR(one->act, "keep");
    assert_int_equal(one->zone, 0);
    assert_int_equal(one->gate, 0);
    assert_int_equal(one->coverage_ppm, 600000);
    assert_true(one->begin == at("2026-03-28T10:00:00Z")); /* winter time */
    assert_true(one->end == at("2026-03-31T21:00:00Z"));   /* summer time */
    tr_str said = tr_str_cut(p->text, c->span.begin, c->span.end);
    assert_true(tr_str_starts(said, "1.1 A must not keep"));
    assert_true(said.at[said.len - 1] == '2');
    assert_int_equal(c->span.line, HEAD_LINES + 4);

    const tr_prohibition *two = &p->clause[1].u.prohibition;
    assert_int_equal(two->actors, 3);
    assert_int_equal(two->zone, -1);
    assert_int_equal(two->gate, -1);
    assert_true(two->begin == TR_TIME_NONE && two->end == TR_TIME_MAX);
}

static void a_threshold_turns_its_bounds_into_least_and_most(void **state)
{
    (void)state;
    static const struct {
        const char *bound;
        int64_t     least;
    } ons[] = {{"> 14", 15}, {">= 14", 14}, {"≥ 14", 14}};
    static const struct {
        const char *bound;
        int64_t     most;
    } offs[] = {{"< 4", 3}, {"<= 4", 4}, {"≤ 4", 4}, {"< 1", 0}};
    tr_arena all = check_arena();
    char     text[4000];
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 4; k++) {
            tr_arena a = all;
            snprintf(text, sizeof text,
                     HEAD MUST_NOT "6.1 e is\n    active when " BREACHES
                                   " %s, by tally, for 2 hours\n" COUNTED "    until " BREACHES
                                   " %s, for 14 days\n" LADDER,
                     ons[i].bound, offs[k].bound);
            const tr_threshold *t = &sample_plan(&a, text, NULL)->clause[1].u.threshold;
            assert_int_equal(t->ons, 1);
            assert_int_equal(t->on[0].least, ons[i].least);
            assert_true(t->on[0].most == INT64_MAX);
            assert_int_equal(t->off[0].least, 0);
            assert_int_equal(t->off[0].most, offs[k].most);
            assert_true(t->on_hold.days == -1 && t->on_hold.ns == 2 * TR_HOUR);
            assert_int_equal(t->off_hold.days, 14);
            assert_int_equal(t->on[0].window.days, 7);
        }
}

static void a_threshold_keeps_all_ten_items(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(
        &a,
        HEAD
        "zone Z is box 37 E 48 N to 38 E 48.5 N, boundary inside\nclass shelling is "
        "explosion\n" MUST_NOT "6.1 enforcement is\n"
        "    active when count by incident of shelling breaches of clause 1.1 in Z over 24 hours\n"
        "        by any party >= 10, by tally or " BREACHES " > 14, by tally\n"
        "    counting rung side or better, corroborated, exercises out, contested in, as "
        "happened,\n"
        "        from 2026-03-01 06:30\n"
        "    until count by incident of shelling breaches of §1.1 by any party in Z over 24 hours "
        "< 3\n"
        "        and " BREACHES " < 4\n"
        "    on compares best, off compares possible\n    on late facts review\n" LADDER,
        NULL);
    const tr_threshold *t = &p->clause[1].u.threshold;
    CHECK_STR(p->clause[1].name, "enforcement");
    assert_int_equal(t->ons, 2);
    assert_int_equal(t->offs, 2);
    assert_int_equal(t->on[0].counting, 0);
    assert_int_equal(t->on[0].of, 0);
    assert_int_equal(t->on[0].zone, 0);
    assert_int_equal(t->on[1].zone, -1);
    assert_true(t->on[0].kinds == tr_kind_class(TR_KIND_EXPLOSION_));
    assert_true(t->on[1].kinds == tr_kind_class(TR_KIND_FIRE_));
    assert_true(t->on[0].window.days == -1 && t->on[0].window.ns == 24 * TR_HOUR);
    assert_int_equal(t->on[0].set, TR_SET_BEST);
    assert_int_equal(t->off[1].set, TR_SET_POSSIBLE);
    assert_int_equal(t->rung, 3);
    assert_int_equal(t->corroboration, 2);
    assert_false(t->exercises);
    assert_true(t->contested);
    assert_int_equal(t->late, TR_LATE_AS_HAPPENED);
    assert_true(t->review);
    assert_true(t->from == at("2026-03-01T04:30:00Z"));
    assert_int_equal(t->reg, -1);
    assert_int_equal(t->on[0].by, 0);
    assert_true(t->off_hold.days == -1 && t->off_hold.ns == 0);
}

static void a_ladder_has_every_starting_point(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(
        &a,
        HEAD
        "signature 2026-01-15\n" THRESHOLD "article 7 \"Response\" on clause 6.1 active\n"
        "7.1 JC must notify A, B within 90 minutes of activation\n"
        "7.2 A may meet within 2 weeks after first breach unless §6.1 ended\n"
        "7.3 JC must meet within 1 day of §7.1 fulfilled\n"
        "7.4 JC must meet within 1 day of §7.5 acknowledged\n"
        "7.5 JC must meet within 1 day of in force\n7.6 JC must meet within 1 day of signature\n",
        NULL);
    static const tr_zero zeros[] = {TR_ZERO_ACTIVATION,    TR_ZERO_FIRST_BREACH, TR_ZERO_STEP_DONE,
                                    TR_ZERO_STEP_NOTIFIED, TR_ZERO_IN_FORCE,     TR_ZERO_SIGNATURE};
    static const int     clauses[] = {-1, -1, 2, 6, -1, -1};
    assert_int_equal(p->clauses, 8);
    for (int i = 0; i < 6; i++) {
        const tr_step *s = &p->clause[2 + i].u.step;
        assert_int_equal(p->clause[2 + i].kind, TR_CLAUSE_STEP);
        assert_int_equal(s->zero, zeros[i]);
        assert_int_equal(s->zero_clause, clauses[i]);
        assert_int_equal(s->on, 1);
    }
    assert_int_equal(p->clause[2].u.step.to, 3);
    assert_int_equal(p->clause[2].u.step.actor, 2);
    assert_true(p->clause[2].u.step.within.ns == 90 * TR_MINUTE);
    assert_false(p->clause[3].u.step.must);
    assert_true(p->clause[3].u.step.unless_ended);
    assert_int_equal(p->clause[3].u.step.within.days, 14);
    assert_false(p->clause[4].u.step.unless_ended);
    CHECK_STR(p->clause[4].u.step.act, "meet");
}

static void the_enforced_agreement_compiles_without_a_finding(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_str          text = check_file(&a, check_path("agreements/minsk-2-enforced.truce"));
    tr_terms_result r;
    tr_terms_compile(&a, text, NULL, NULL, &r);
    assert_int_equal(r.diagnostics, 0);
    const tr_plan *p = r.plan;
    CHECK_STR(p->id, "minsk-2-enforced");
    assert_true(p->hypothetical);
    assert_true(p->line[0].coarse);
    int32_t             i = tr_plan_clause(p, TR_STR("6.1"));
    const tr_threshold *t = &p->clause[i].u.threshold;
    assert_int_equal(t->on[0].least, 15);
    assert_int_equal(t->off[0].most, 3);
    assert_int_equal(t->on[0].set, TR_SET_CERTAIN);
    assert_int_equal(t->off[0].set, TR_SET_POSSIBLE);
    assert_int_equal(t->off_hold.days, 14);
    assert_int_equal(t->reg, 0);
    assert_int_equal(t->late, TR_LATE_AS_HAPPENED);
    assert_true(t->from == at("2015-02-14T22:00:00Z"));
    assert_int_equal(p->counting[t->on[0].counting].rule, TR_RULE_INC);
    assert_int_equal(p->clause[tr_plan_clause(p, TR_STR("7.3"))].u.step.within.ns, 72 * TR_HOUR);
    int32_t zone = tr_plan_zone_named(p, TR_STR("artillery_zone"));
    assert_int_equal(p->zone[zone].zone.within_mm, 25000000);
    assert_int_equal(tr_plan_zone_named(p, TR_STR("elsewhere")), -1);
    assert_int_equal(tr_plan_clause(p, TR_STR("9.9")), -1);
}

static void the_example_compiles_without_a_finding(void **state)
{
    (void)state;
    tr_arena        a = check_arena();
    tr_str          text = check_file(&a, check_path("agreements/example-two-sides.truce"));
    tr_terms_result r;
    tr_terms_compile(&a, text, NULL, NULL, &r);
    assert_int_equal(r.diagnostics, 0);
    assert_int_equal(r.plan->clauses, 10);
    assert_int_equal(r.plan->clause[3].u.threshold.late, TR_LATE_AS_KNOWN);
    assert_int_equal(r.plan->clause[4].u.threshold.late, TR_LATE_AS_HAPPENED);
}

static void days_follow_the_calendar_and_hours_the_clock(void **state)
{
    (void)state;
    const tr_tz *kyiv = tr_tz_find(TR_STR("Europe/Kyiv"));
    tr_time      t = at("2026-03-28T10:00:00Z"); /* the night after, the clocks go forward */
    assert_true(tr_stretch_after(t, (tr_stretch){1, 0}, kyiv) == at("2026-03-29T09:00:00Z"));
    assert_true(tr_stretch_after(t, (tr_stretch){-1, TR_DAY}, kyiv) == at("2026-03-29T10:00:00Z"));
    assert_true(tr_stretch_before(at("2026-03-29T09:00:00Z"), (tr_stretch){1, 0}, kyiv) == t);
    assert_true(tr_stretch_before(t, (tr_stretch){-1, TR_HOUR}, kyiv) ==
                at("2026-03-28T09:00:00Z"));
    assert_true(tr_stretch_after(TR_TIME_MAX, (tr_stretch){1, 0}, kyiv) == TR_TIME_MAX);
    assert_true(tr_stretch_before(TR_TIME_NONE, (tr_stretch){-1, 5}, kyiv) == TR_TIME_NONE);
}

static void the_six_rules_have_their_names(void **state)
{
    (void)state;
    tr_rule rule;
    for (int i = 0; i < TR_RULES; i++) {
        assert_true(tr_rule_read(tr_str_of(tr_rule_name((tr_rule)i)), &rule));
        assert_int_equal(rule, i);
    }
    assert_false(tr_rule_read(TR_STR("R-INCI"), &rule));
}

/* The same text with the letters A and B exchanged. */
static char *exchanged(tr_arena *keep, const char *text)
{
    char *copy = tr_str_z(keep, tr_str_of(text));
    for (char *c = copy; *c; c++) {
        bool alone = (c == copy || strchr(" ,\"", c[-1])) && strchr(" ,\"\n", c[1]);
        if (alone && (*c == 'A' || *c == 'B'))
            *c = *c == 'A' ? 'B' : 'A';
    }
    return copy;
}

static void exchanging_the_parties_exchanges_nothing_else(void **state)
{
    (void)state;
    static const char text[] = HEAD
        "1.1 A must not commit firing in area\n1.2 B must not keep firing\n" ON COUNTED OFF
        "article 7 \"Response\" on §6.1 active\n7.1 A must notify B within 2 hours of activation\n"
        "7.2 B must notify A, JC within 3 days of §7.1 fulfilled\n";
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(&a, text, NULL), *q = sample_plan(&a, exchanged(&a, text), NULL);
    CHECK_STR(p->actor[0].id, "A");
    CHECK_STR(q->actor[0].id, "B");
    CHECK_STR(q->actor[0].name, "Party B");
    assert_int_equal(p->clauses, q->clauses);
    for (int32_t i = 0; i < p->clauses; i++) {
        const tr_clause *c = &p->clause[i], *d = &q->clause[i];
        assert_int_equal(c->kind, d->kind);
        assert_memory_equal(&c->span, &d->span, sizeof c->span);
        if (c->kind == TR_CLAUSE_THRESHOLD) {
            assert_memory_equal(&c->u.threshold.on[0], &d->u.threshold.on[0],
                                sizeof c->u.threshold.on[0]);
        } else if (c->kind == TR_CLAUSE_STEP) {
            assert_int_equal(c->u.step.actor, d->u.step.actor);
            assert_int_equal(c->u.step.to, d->u.step.to);
        } else {
            assert_int_equal(c->u.prohibition.actors, d->u.prohibition.actors);
        }
    }
}

static void a_clause_reads_as_a_sentence(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(&a, HEAD THRESHOLD LADDER, NULL);
    tr_out         out = tr_out_new(&a);
    for (int32_t i = 0; i < p->clauses; i++)
        tr_put_reading(&out, p, i);
    CHECK_STR(
        tr_out_text(&out),
        "§1.1: Party A and Party B must not commit firing (fire) anywhere in the area. Any "
        "recorded incident is a finding of a breach.\n"
        "§6.1: The clause enforcement becomes active when the certain count by R-INC version 1 "
        "of breaches of §1.1 (fire) by any party, anywhere in the area, in the last 7 calendar "
        "days, is 15 or more. It ends when the possible count by R-INC version 1 of breaches of "
        "§1.1 (fire) by any party, anywhere in the area, in the last 7 calendar days, is 3 or "
        "fewer, and this has held for 14 calendar days. Counted are incidents, attribution at "
        "rung 0 or better, corroboration none asked, exercises in, contested findings out. Late "
        "facts count from their recording and never move an old activation.\n"
        "§7.1 (Response): When §6.1 is active, Joint Commission must meet within 1 elapsed hour "
        "of the activation of §6.1. It is done when Joint Commission reports the meeting.\n");
}

static void check_reading(tr_arena a, const tr_plan *plan, const char *label, const char *part)
{
    tr_out out = tr_out_new(&a);
    tr_put_reading(&out, plan, tr_plan_clause(plan, tr_str_of(label)));
    if (!strstr(tr_out_z(&out), part))
        fail_msg("no \"%s\" in: %s", part, tr_out_z(&out));
}

static void a_reading_says_all_that_was_compiled(void **state)
{
    (void)state;
    static const struct {
        const char *label, *part;
    } list[] = {
        {"1.1",
         "must not keep firing (fire) in the zone Z (coarse), from Sat 28 Mar 2026 12:00 "
         "(Europe/Kyiv), until Wed 1 Apr 2026 00:00 (Europe/Kyiv). A finding of a breach needs an "
         "incident with a confidence of at least 95.5 %, at least 1 independent source, "
         "attribution at rung 3 or better. Without one it counts as complied only where at least "
         "60 % of its place and time was watched.\n"},
        {"6.1", "Counted are the rows of \"Table\" that begin at or after Sun 1 Mar 2026 00:00"},
        {"6.1", "in the last 90 minutes, is 15 or more"},
        {"6.1", "move the moment of activation to when it happened. An activation that later facts "
                "undercut is reviewed, never silently undone.\n"},
        {"7.1",
         "must notify Party A and Party B within 45 seconds of the first breach of the episode"},
        {"7.2",
         "may meet within 1 calendar day of the fulfilment of §7.1, unless the clause ends first"},
        {"7.3", "of the acknowledgement of §7.1"},
        {"7.4", "of the entry into force"},
        {"7.5", "of the signature"},
    };
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(
        &a,
        HEAD
        "signature 2026-01-15\nproof p needs confidence >= 95.5 % and sources >= 1 and rung >= 3\n"
        "register table from source t \"Table\" of fire: each row one incident, past the gate\n"
        "zone Z is box 37 E 48 N to 38 E 48.5 N, boundary outside, coarse \"x\"\n"
        "1.1 A must not keep firing in Z from 2026-03-28 12:00:00 until 2026-04-01 proof p\n"
        "    needs coverage >= 60 %\n6.1 e is active when count by incident of breaches of §1.1\n"
        "    by any party in Z over 90 minutes > 14, by tally until count by incident of breaches\n"
        "    of §1.1 by any party in Z over 90 minutes < 4 counting rung 0 or better, "
        "corroboration\n"
        "    none, exercises in, contested in, from register table, as happened, from 2026-03-01\n"
        "    on late facts review\narticle 7 \"R\" on §6.1 active\n"
        "7.1 JC must notify A, B within 45 seconds of first breach\n"
        "7.2 JC may meet within 1 day of §7.1 fulfilled unless §6.1 ended cites \"x\" 2\n"
        "7.3 JC must meet within 1 day of §7.1 acknowledged\n"
        "7.4 JC must meet within 1 day of in force\n7.5 JC must meet within 1 day of signature\n",
        NULL);
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        check_reading(a, p, list[i].label, list[i].part);
}

static void marks_of_other_editors_do_no_harm(void **state)
{
    (void)state;
    tr_arena       a = check_arena();
    const tr_plan *p = sample_plan(&a,
                                   "\xEF\xBB\xBF"
                                   "agreement \"T\" version 1.0\r\ntime zone \"UTC\"\r\n"
                                   "area\xC2\xA0"
                                   "1 E\t1 N to 2 E 2 N\r\nnote \"\"\"one\ntwo\"\"\"\r\n",
                                   NULL);
    CHECK_STR(p->title, "T");
    CHECK_STR(p->note, "one\ntwo");
    CHECK_STR(sample_plan(&a,
                          "agreement \"T!\" version 1\ntime zone \"UTC\"\narea 1 E 1 N to 2 E 2 N",
                          NULL)
                  ->id,
              "t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_is_kept_with_its_defaults),
        cmocka_unit_test(the_rest_of_the_head_is_read),
        cmocka_unit_test(an_identifier_can_be_stated),
        cmocka_unit_test(a_prohibition_keeps_all_it_says),
        cmocka_unit_test(a_threshold_turns_its_bounds_into_least_and_most),
        cmocka_unit_test(a_threshold_keeps_all_ten_items),
        cmocka_unit_test(a_ladder_has_every_starting_point),
        cmocka_unit_test(the_enforced_agreement_compiles_without_a_finding),
        cmocka_unit_test(the_example_compiles_without_a_finding),
        cmocka_unit_test(days_follow_the_calendar_and_hours_the_clock),
        cmocka_unit_test(the_six_rules_have_their_names),
        cmocka_unit_test(exchanging_the_parties_exchanges_nothing_else),
        cmocka_unit_test(a_clause_reads_as_a_sentence),
        cmocka_unit_test(a_reading_says_all_that_was_compiled),
        cmocka_unit_test(marks_of_other_editors_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
