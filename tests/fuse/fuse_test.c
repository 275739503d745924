/* fuse_test.c -- the trivial solver: one observation, one incident. */
#include "check.h"

#include "fuse/fuse.h"

static tr_obs an_observation(void)
{
    tr_obs obs = {.begin = 1000, .end = 2001, .entry = 7, .by = -1, .row = -1, .source = 3,
                  .n_min = 1, .n_best = 2, .n_max = TR_UNBOUNDED, .deaths_min = 4,
                  .deaths_best = 5, .deaths_max = 6, .conf_ppm = 800000, .next = -1,
                  .kind = TR_KIND_BURST_, .exercise = 1};
    obs.place = (tr_place){.at = {305000000, 485000000}, .r_max_m = 100, .zone = -1,
                           .kind = TR_PLACE_POINT};
    for (int i = 0; i < 32; i++)
        obs.id.at[i] = (uint8_t)i;
    return obs;
}

static void one_observation_is_one_incident_with_nothing_claimed(void **state)
{
    tr_obs      obs = an_observation();
    tr_incident incident;
    memset(&incident, 0xff, sizeof incident); /* no byte of what was there stays */
    tr_fuse_one(&obs, TR_STR("patrol-7"), 42, -1, &incident);
    assert_int_equal(incident.begin, 1000);
    assert_int_equal(incident.end, 2001);
    assert_int_equal(incident.best, 1500); /* the middle, rounded to begin */
    assert_memory_equal(&incident.place, &obs.place, sizeof obs.place);
    assert_int_equal(incident.anchor, 42);
    assert_int_equal(incident.n_min, 1);
    assert_int_equal(incident.n_best, 2);
    assert_int_equal(incident.n_max, TR_UNBOUNDED);
    assert_int_equal(incident.deaths_min, 4);
    assert_int_equal(incident.deaths_best, 5);
    assert_int_equal(incident.deaths_max, 6);
    assert_int_equal(incident.p_real_ppm, -1); /* a reported confidence is not p_real */
    assert_int_equal(incident.roots, 1);
    assert_int_equal(incident.modalities, 1);
    assert_int_equal(incident.reg, -1);
    assert_int_equal(incident.source, 3);
    assert_int_equal(incident.kind, TR_KIND_BURST_);
    assert_int_equal(incident.exercise, 1);
    assert_int_equal(incident.rung, 0);
    assert_int_equal(incident.side, 0);
    assert_int_equal(incident.live, 1);
    assert_int_equal(incident.contested, 0);
    assert_int_equal(incident.pad[0] | incident.pad[1], 0);
}

static void a_row_of_a_register_has_its_best_moment_at_the_begin_of_its_first_day(void **state)
{
    tr_obs      obs = an_observation();
    tr_incident incident;
    tr_fuse_one(&obs, TR_STR("ged"), 0, 0, &incident);
    assert_int_equal(incident.best, 1000);
    assert_int_equal(incident.reg, 0);
    assert_int_equal(incident.rung, 0);
    assert_int_equal(incident.side, 0);
}

static void a_row_of_a_table_that_no_register_adopts_has_the_same_best_moment(void **state)
{
    tr_obs      obs = an_observation();
    tr_incident incident;
    obs.kind = TR_KIND_EVENT_FATAL_;
    tr_fuse_one(&obs, TR_STR("ged"), 0, -1, &incident);
    assert_int_equal(incident.best, 1000);
    assert_int_equal(incident.reg, -1);
}

static void the_middle_of_an_instant_and_of_all_time(void **state)
{
    tr_obs      obs = an_observation();
    tr_incident incident;
    obs.end = obs.begin;
    tr_fuse_one(&obs, TR_STR("s"), 0, -1, &incident);
    assert_int_equal(incident.best, 1000);
    obs.begin = TR_TIME_NONE + 1;
    obs.end = TR_TIME_MAX;
    tr_fuse_one(&obs, TR_STR("s"), 0, -1, &incident);
    assert_int_equal(incident.best, 0);
}

static void its_id_is_of_source_and_content_alone(void **state)
{
    tr_obs      obs = an_observation();
    tr_incident a, b;
    tr_fuse_one(&obs, TR_STR("patrol-7"), 42, -1, &a);
    tr_str bytes = TR_STR("truce/incident/v1\0patrol-7\0\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20"
                          "\21\22\23\24\25\26\27\30\31\32\33\34\35\36\37");
    tr_hash want = tr_sha256(bytes);
    assert_memory_equal(&a.id, &want, sizeof want);

    obs.entry = 99; /* arrived another way, at another time */
    obs.row = 5;
    tr_fuse_one(&obs, TR_STR("patrol-7"), 1, -1, &b);
    assert_memory_equal(&a.id, &b.id, sizeof a.id);
    tr_fuse_one(&obs, TR_STR("patrol-8"), 1, -1, &b);
    assert_memory_not_equal(&a.id, &b.id, sizeof a.id);
    obs.id.at[31] ^= 1;
    tr_fuse_one(&obs, TR_STR("patrol-7"), 1, -1, &b);
    assert_memory_not_equal(&a.id, &b.id, sizeof a.id);
}

static void its_name_is_the_first_20_digits(void **state)
{
    tr_incident incident = {0};
    char        name[TR_INCIDENT_ID + 1];
    for (int i = 0; i < 32; i++)
        incident.id.at[i] = (uint8_t)(0xf0 + i);
    tr_incident_name(&incident, name);
    assert_string_equal(name, "i-f0f1f2f3f4f5f6f7f8f9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_observation_is_one_incident_with_nothing_claimed),
        cmocka_unit_test(a_row_of_a_register_has_its_best_moment_at_the_begin_of_its_first_day),
        cmocka_unit_test(a_row_of_a_table_that_no_register_adopts_has_the_same_best_moment),
        cmocka_unit_test(the_middle_of_an_instant_and_of_all_time),
        cmocka_unit_test(its_id_is_of_source_and_content_alone),
        cmocka_unit_test(its_name_is_the_first_20_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
