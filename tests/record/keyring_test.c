/* keyring_test.c -- who may sign what at which index, and the chain of each author. */
#include "record/fixture.h"

typedef struct {
    tr_arena   arena;
    tr_author  root, log, sec, sec2, a1, a2, b1, dev, clock;
    tr_keyring ring;
    int64_t    next; /* index of the next entry */
    tr_err     err;
} mission;

static bool hand_in(mission *m, tr_str raw)
{
    tr_entry *entry = read_entry(&m->arena, raw, ORIGIN);
    m->err = (tr_err){0};
    if (!tr_keyring_check(&m->ring, entry, m->next, &m->err) ||
        !tr_keyring_apply(&m->ring, &m->arena, entry, m->next, &m->err))
        return false;
    m->next++;
    return true;
}

static bool put(mission *m, tr_author *author, tr_entry_type type, const char *body)
{
    tr_author before = *author;
    bool      ok = hand_in(m, write_entry(&m->arena, author, type, json_of(&m->arena, body)));
    if (!ok)
        *author = before; /* what is refused is not in the chain */
    return ok;
}

static bool put_with(mission *m, tr_author *author, tr_author **also, int count, tr_entry_type type,
                     tr_json *body)
{
    tr_str    raw;
    tr_err    err = {0};
    tr_author before = *author;
    CHECK_OK(tr_entry_write(&m->arena, author, also, count, type, T0, NULL, body, NULL, &raw, &err),
             err);
    bool ok = hand_in(m, raw);
    if (!ok)
        *author = before;
    return ok;
}

static bool enrol_by(mission *m, tr_author *by, tr_author *with, const tr_author *key,
                     const char *role, const char *holder, const char *scope)
{
    tr_author *also[] = {with};
    return put_with(m, by, also, with ? 1 : 0, TR_ENTRY_KEY_ENROL,
                    enrol_body(&m->arena, key, role, holder, scope));
}

static mission *new_mission(void)
{
    tr_arena arena = check_arena();
    mission *m = TR_NEW(&arena, mission, 1);
    m->root = author_of(ORIGIN, ORIGIN "/root/m/1", 1);
    m->log = author_of(ORIGIN, ORIGIN, 2);
    m->sec = author_of(ORIGIN, ORIGIN "/secretariat/s/1", 3);
    m->sec2 = author_of(ORIGIN, ORIGIN "/secretariat/s/2", 4);
    m->a1 = author_of(ORIGIN, ORIGIN "/party/A/1", 5);
    m->a2 = author_of(ORIGIN, ORIGIN "/party/A/2", 6);
    m->b1 = author_of(ORIGIN, ORIGIN "/party/B/1", 7);
    m->dev = author_of(ORIGIN, ORIGIN "/device/o/cam1", 8);
    m->clock = author_of(ORIGIN, ORIGIN "/clock/c/1", 9);
    tr_str    raw = write_entry(&arena, &m->root, TR_ENTRY_AGREEMENT_ADOPT,
                                adopt_body(&arena, &m->root, &m->log));
    tr_entry *adopt = read_entry(&arena, raw, ORIGIN);
    CHECK_OK(tr_keyring_genesis(&m->ring, &arena, adopt, &m->err), m->err);
    m->next = 1;
    m->arena = arena;
    return m;
}

static mission *staffed_mission(void)
{
    mission          *m = new_mission();
    static const char all[] = "{'types':['observation','source.health','tick','declaration',"
                              "'party.position','release','link','adjudication','zone.version',"
                              "'agreement.amend','key.enrol','evidence.erase']}";
    CHECK_OK(enrol_by(m, &m->root, NULL, &m->sec, "secretariat", "s", all), m->err);
    CHECK_OK(enrol_by(m, &m->root, NULL, &m->sec2, "secretariat", "s", all), m->err);
    CHECK_OK(enrol_by(m, &m->root, NULL, &m->a1, "party", "A", all), m->err);
    CHECK_OK(enrol_by(m, &m->root, NULL, &m->b1, "party", "B", all), m->err);
    CHECK_OK(enrol_by(m, &m->root, NULL, &m->dev, "device", "o",
                      "{'sources':['s1'],'types':['observation','source.health']}"),
             m->err);
    CHECK_OK(enrol_by(m, &m->root, NULL, &m->clock, "clock", "c", "{'types':['tick']}"), m->err);
    return m;
}

#define BEAT "{'kind':'party'}"
#define TICK "{'t':'2026-03-01T10:00:00.000000000Z','sigma_ms':1,'source':'gps'}"
#define REFUSED(call, want)                                                                        \
    do {                                                                                           \
        assert_false(call);                                                                        \
        assert_int_equal(m->err.code, want);                                                       \
    } while (0)

static void a_record_is_founded_by_its_roots_and_only_once(void **state)
{
    mission   *m = new_mission();
    tr_author  other = author_of(ORIGIN, ORIGIN "/root/m/1", 99);
    tr_err     err;
    tr_str     raw = write_entry(&m->arena, &other, TR_ENTRY_AGREEMENT_ADOPT,
                                 adopt_body(&m->arena, &m->root, &m->log));
    tr_keyring ring = {0};
    CHECK_FAILS(tr_keyring_genesis(&ring, &m->arena, read_entry(&m->arena, raw, ORIGIN), &err), err,
                TR_E_KEY_UNKNOWN);
    raw = write_entry(&m->arena, &m->root, TR_ENTRY_AGREEMENT_ADOPT,
                      adopt_body(&m->arena, &m->root, &m->log));
    REFUSED(hand_in(m, raw), TR_E_GENESIS);
}

static void two_of_two_roots_are_asked_for(void **state)
{
    mission   *m = new_mission();
    tr_author  second = author_of(ORIGIN, ORIGIN "/root/m/2", 50);
    tr_author *also[] = {&second};
    tr_json   *body = tr_json_copy(&m->arena, adopt_body(&m->arena, &m->root, &m->log));
    tr_json   *roots = tr_json_array(&m->arena);
    tr_json_add(roots, tr_json_str(&m->arena, vkey_text(&m->arena, &m->root)));
    tr_json_add(roots, tr_json_str(&m->arena, vkey_text(&m->arena, &second)));
    tr_json_set(body, TR_STR("roots"), roots);
    for (int k = 1; k <= 3; k++) {
        for (int lines = 1; lines <= 2; lines++) {
            tr_keyring ring = {0};
            tr_err     err = {0};
            tr_str     raw;
            tr_author  root = author_of(ORIGIN, ORIGIN "/root/m/1", 1);
            tr_json_set(body, TR_STR("root_k"), tr_json_int(&m->arena, k));
            CHECK_OK(tr_entry_write(&m->arena, &root, also, lines - 1, TR_ENTRY_AGREEMENT_ADOPT, T0,
                                    NULL, body, NULL, &raw, &err),
                     err);
            bool ok =
                tr_keyring_genesis(&ring, &m->arena, read_entry(&m->arena, raw, ORIGIN), &err);
            assert_true(ok == (lines >= k));
            assert_int_equal(err.code, ok ? 0 : k > 2 ? TR_E_GENESIS : TR_E_ROLE);
        }
    }
}

static void a_key_lives_after_the_entry_that_enrols_it(void **state)
{
    mission *m = new_mission();
    REFUSED(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), TR_E_KEY_UNKNOWN);
    CHECK_OK(enrol_by(m, &m->root, NULL, &m->a1, "party", "A", "{'types':['x']}"), m->err);
    int64_t   enrolled = m->next - 1;
    tr_entry *beat = read_entry(
        &m->arena, write_entry(&m->arena, &m->a1, TR_ENTRY_HEARTBEAT, json_of(&m->arena, BEAT)),
        ORIGIN);
    for (int64_t at = enrolled - 1; at <= enrolled + 1; at++) {
        tr_err err = {0};
        bool   ok = tr_keyring_check(&m->ring, beat, at, &err);
        assert_true(ok == (at > enrolled));
        assert_int_equal(err.code, ok ? 0 : at < 1 ? TR_E_GENESIS : TR_E_KEY_ENDED);
    }
}

#define REVOKE_A1(by_reason)                                                                       \
    json_put(&m->arena,                                                                            \
             "{'key':{'id':'%02x%02x%02x%02x','name':'" ORIGIN "/party/A/1'},"                     \
             "'reason':'" by_reason "','since':'2026-03-01T09:00:00.000000000Z'}",                 \
             key->id[0], key->id[1], key->id[2], key->id[3])

static void a_revoked_key_signs_until_the_entry_that_ends_it(void **state)
{
    mission      *m = staffed_mission();
    const tr_key *key = tr_keyring_find(&m->ring, m->a1.name);
    CHECK_OK(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), m->err);
    tr_entry *beat = read_entry(
        &m->arena, write_entry(&m->arena, &m->a1, TR_ENTRY_HEARTBEAT, json_of(&m->arena, BEAT)),
        ORIGIN);
    int64_t ended = m->next;
    CHECK_OK(put_with(m, &m->root, NULL, 0, TR_ENTRY_KEY_REVOKE, REVOKE_A1("stolen")), m->err);
    for (int64_t at = ended - 1; at <= ended + 1; at++) {
        tr_err err = {0};
        assert_true(tr_keyring_check(&m->ring, beat, at, &err) == (at < ended));
        assert_int_equal(err.code, at < ended ? 0 : TR_E_KEY_ENDED);
    }
    key = tr_keyring_find(&m->ring, m->a1.name);
    assert_int_equal(key->since, T0 - TR_HOUR);
    REFUSED(put_with(m, &m->root, NULL, 0, TR_ENTRY_KEY_REVOKE, REVOKE_A1("lost")),
            TR_E_KEY_CHANGE); /* twice */
}

static void a_key_ends_itself_with_an_entry_that_still_counts(void **state)
{
    mission      *m = staffed_mission();
    const tr_key *key = tr_keyring_find(&m->ring, m->a1.name);
    tr_json      *body = REVOKE_A1("retired");
    REFUSED(put_with(m, &m->b1, NULL, 0, TR_ENTRY_KEY_REVOKE, body), TR_E_ROLE);
    tr_str    raw = write_entry(&m->arena, &m->a1, TR_ENTRY_KEY_REVOKE, body);
    tr_entry *entry = read_entry(&m->arena, raw, ORIGIN);
    int64_t   at = m->next;
    CHECK_OK(hand_in(m, raw), m->err);
    assert_int_equal(tr_keyring_find(&m->ring, m->a1.name)->ended, at);
    /* alive at its own end: the roles of its line are found again on replay */
    assert_int_equal(tr_keyring_signed(&m->ring, entry, at, TR_STR("A")), TR_ROLE_PARTY);
    assert_int_equal(tr_keyring_signed(&m->ring, entry, at + 1, TR_STR("A")), 0);
    REFUSED(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), TR_E_KEY_ENDED);
}

static tr_json *rotate_body(mission *m, const tr_author *old, const tr_author *next)
{
    tr_out pop = tr_out_new(&m->arena);
    tr_put_pop(&pop, next->origin, next->name, &next->pub, &next->sec);
    return json_put(&m->arena, "{'old':'%.*s','new':'%.*s','pop':'%.*s','reason':'yearly'}",
                    TR_FMT(vkey_text(&m->arena, old)), TR_FMT(vkey_text(&m->arena, next)),
                    TR_FMT(tr_out_text(&pop)));
}

static void a_rotated_key_begins_its_chain_at_the_entry_that_made_it(void **state)
{
    mission *m = staffed_mission();
    CHECK_OK(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), m->err);
    REFUSED(put_with(m, &m->b1, NULL, 0, TR_ENTRY_KEY_ROTATE, rotate_body(m, &m->a1, &m->a2)),
            TR_E_ROLE);
    tr_author away = author_of(ORIGIN, ORIGIN "/party/B/9", 60);
    REFUSED(put_with(m, &m->a1, NULL, 0, TR_ENTRY_KEY_ROTATE, rotate_body(m, &m->a1, &away)),
            TR_E_KEY_CHANGE);
    CHECK_OK(put_with(m, &m->a1, NULL, 0, TR_ENTRY_KEY_ROTATE, rotate_body(m, &m->a1, &m->a2)),
             m->err);
    REFUSED(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), TR_E_KEY_ENDED);
    REFUSED(put(m, &m->a2, TR_ENTRY_HEARTBEAT, BEAT), TR_E_CHAIN); /* n = 1 without prev */
    m->a2.last = m->a1.last;
    CHECK_OK(put(m, &m->a2, TR_ENTRY_HEARTBEAT, BEAT), m->err);
    CHECK_STR(tr_keyring_text(&m->ring, tr_keyring_find(&m->ring, m->a2.name)->holder), "A");
}

static void a_key_needs_its_name_its_pop_and_its_holder(void **state)
{
    mission  *m = staffed_mission();
    tr_author wrong = author_of(ORIGIN, ORIGIN "/party/C/1", 61);
    REFUSED(enrol_by(m, &m->root, NULL, &wrong, "party", "D", "{'types':['x']}"), TR_E_KEY_CHANGE);
    REFUSED(enrol_by(m, &m->root, NULL, &wrong, "guarantor", "C", "{'types':['x']}"),
            TR_E_KEY_CHANGE);
    tr_author thief = wrong;
    thief.pub = m->dev.pub; /* a name of its own with a key of another */
    REFUSED(enrol_by(m, &m->root, NULL, &thief, "party", "C", "{'types':['x']}"), TR_E_KEY_CHANGE);
    /* A has a living key: nobody enrols another one for A without a line of A. */
    REFUSED(enrol_by(m, &m->root, NULL, &m->a2, "party", "A", "{'types':['x']}"), TR_E_ROLE);
    REFUSED(enrol_by(m, &m->root, &m->b1, &m->a2, "party", "A", "{'types':['x']}"), TR_E_ROLE);
    CHECK_OK(enrol_by(m, &m->root, &m->a1, &m->a2, "party", "A", "{'types':['x']}"), m->err);
    REFUSED(enrol_by(m, &m->root, &m->a1, &m->a2, "party", "A", "{'types':['x']}"),
            TR_E_KEY_CHANGE); /* twice */
    tr_author cam = author_of(ORIGIN, ORIGIN "/device/A/cam", 62);
    REFUSED(enrol_by(m, &m->log, NULL, &cam, "device", "A", "{'types':['x']}"), TR_E_ROLE);
    CHECK_OK(enrol_by(m, &m->log, &m->a1, &cam, "device", "A", "{'types':['x']}"), m->err);
    tr_author own = author_of(ORIGIN, ORIGIN "/device/z/cam", 63);
    REFUSED(enrol_by(m, &m->log, NULL, &own, "device", "z", "{'types':['x']}"), TR_E_ROLE);
}

static void each_type_asks_for_its_signers(void **state)
{
    mission   *m = staffed_mission();
    tr_author *with_b[] = {&m->b1}, *with_sec2[] = {&m->sec2}, *with_a[] = {&m->a1};
    tr_author *both[] = {&m->a1, &m->b1};
    REFUSED(put(m, &m->a1, TR_ENTRY_TICK, TICK), TR_E_ROLE);
    CHECK_OK(put(m, &m->clock, TR_ENTRY_TICK, TICK), m->err);
    tr_json *release = json_of(&m->arena, "{'finding':'f1','audience':'public'}");
    REFUSED(put_with(m, &m->sec, NULL, 0, TR_ENTRY_RELEASE, release), TR_E_ROLE);
    REFUSED(put_with(m, &m->sec, with_a, 1, TR_ENTRY_RELEASE, release), TR_E_ROLE);
    CHECK_OK(put_with(m, &m->sec, with_sec2, 1, TR_ENTRY_RELEASE, release), m->err);
    tr_json *amend = json_put(&m->arena, "{'id':'accord','version_old':'1','version_new':'2',"
                                         "'agreement':" BLOB ",'effective':{'index':9}}");
    REFUSED(put_with(m, &m->sec, with_b, 1, TR_ENTRY_AGREEMENT_AMEND, amend), TR_E_ROLE);
    CHECK_OK(put_with(m, &m->sec, both, 2, TR_ENTRY_AGREEMENT_AMEND, amend), m->err);
    tr_json *erase = json_put(&m->arena,
                              "{'of':{'h':'%064d','i':1},'ct':'%064d','reason':'r',"
                              "'authority':'court','text':'order 5'}",
                              0, 0);
    REFUSED(put_with(m, &m->a1, with_b, 1, TR_ENTRY_EVIDENCE_ERASE, erase), TR_E_ROLE);
    REFUSED(put_with(m, &m->sec, with_sec2, 1, TR_ENTRY_EVIDENCE_ERASE, erase), TR_E_ROLE);
    CHECK_OK(put_with(m, &m->sec, with_a, 1, TR_ENTRY_EVIDENCE_ERASE, erase), m->err);
    tr_json *other = json_put(&m->arena, "{'party':'B','quantity':'q','value':1,'unit':'u',"
                                         "'as_of':{'begin':'2026-03-01T10:00:00.000000000Z','end':"
                                         "'2026-03-01T10:00:00.000000001Z'},'period':{'begin':"
                                         "'2026-03-01T10:00:00.000000000Z','end':"
                                         "'2026-03-01T10:00:00.000000001Z'}}");
    REFUSED(put_with(m, &m->a1, NULL, 0, TR_ENTRY_DECLARATION, other), TR_E_ROLE);
    CHECK_OK(put_with(m, &m->b1, NULL, 0, TR_ENTRY_DECLARATION, other), m->err);
}

static void a_device_reports_for_its_own_source_and_types(void **state)
{
    mission    *m = staffed_mission();
    const char *health = "{'source':'%s','span':{'begin':'2026-03-01T10:00:00.000000000Z','end':"
                         "'2026-03-01T11:00:00.000000000Z'},'status':'up','exposure_s':60,"
                         "'cause':'none'}";
    char        text[400];
    snprintf(text, sizeof text, health, "s2");
    REFUSED(put(m, &m->dev, TR_ENTRY_SOURCE_HEALTH, text), TR_E_ROLE);
    snprintf(text, sizeof text, health, "s1");
    CHECK_OK(put(m, &m->dev, TR_ENTRY_SOURCE_HEALTH, text), m->err);
    CHECK_OK(put(m, &m->dev, TR_ENTRY_HEARTBEAT, "{'kind':'source'}"), m->err); /* always */
}

static void an_altered_entry_and_a_head_from_the_future_are_refused(void **state)
{
    mission  *m = staffed_mission();
    tr_str    raw = write_entry(&m->arena, &m->a1, TR_ENTRY_HEARTBEAT, json_of(&m->arena, BEAT));
    tr_entry *entry = read_entry(&m->arena, raw, ORIGIN);
    entry->note.sig[0].payload[10] ^= 4;
    m->err = (tr_err){0};
    REFUSED(tr_keyring_check(&m->ring, entry, m->next, &m->err), TR_E_SIGNATURE);
    entry->note.sig[0].payload[10] ^= 4;
    for (int64_t more = 0; more <= 1; more++) {
        m->err = (tr_err){0};
        entry->seen_size = (uint64_t)(m->next + more);
        assert_true(tr_keyring_check(&m->ring, entry, m->next, &m->err) == (more == 0));
        assert_int_equal(m->err.code, more == 0 ? 0 : TR_E_SEEN_HEAD);
    }
}

/* Five entries of one author, to be handed in in any order. */
static void five_beats(mission *m, tr_author *author, tr_str raw[5])
{
    for (int i = 0; i < 5; i++)
        raw[i] = write_entry(&m->arena, author, TR_ENTRY_HEARTBEAT, json_of(&m->arena, BEAT));
}

static void a_gap_is_seen_and_filled_from_its_upper_end(void **state)
{
    mission *m = staffed_mission();
    tr_str   raw[5];
    five_beats(m, &m->a1, raw);
    CHECK_OK(hand_in(m, raw[0]), m->err);
    CHECK_OK(hand_in(m, raw[4]), m->err);
    assert_int_equal(m->ring.gap.len, 1);
    assert_int_equal(m->ring.gap.at[0].n, 4);
    REFUSED(hand_in(m, raw[1]), TR_E_CHAIN); /* nobody here has named it yet */
    CHECK_OK(hand_in(m, raw[3]), m->err);
    CHECK_OK(hand_in(m, raw[2]), m->err);
    assert_int_equal(m->ring.gap.len, 1);
    CHECK_OK(hand_in(m, raw[1]), m->err);
    assert_int_equal(m->ring.gap.len, 0);
    const tr_key *key = tr_keyring_find(&m->ring, m->a1.name);
    assert_int_equal(key->n, 5);
    assert_int_equal(key->forked, 0);
    REFUSED(hand_in(m, raw[4]), TR_E_DUPLICATE);
}

/* Whatever the order, entries are taken or refused, and all five can be taken in the end. */
static void every_order_of_five_entries_ends_in_the_same_chain(void **state)
{
    mission  *m = staffed_mission();
    tr_str    raw[5];
    tr_author author = m->b1;
    five_beats(m, &author, raw);
    mission saved = *m;
    for (int order = 0; order < 120; order++) {
        int      left = order, pool[5] = {0, 1, 2, 3, 4}, turn[5];
        tr_arena arena = saved.arena;
        for (int i = 0; i < 5; i++) {
            int at = left % (5 - i);
            left /= 5 - i;
            turn[i] = pool[at];
            memmove(&pool[at], &pool[at + 1], (size_t)(4 - at) * sizeof(int));
        }
        *m = saved;
        m->arena = arena; /* copies of what grows, so that each order starts alike */
        m->ring.key.at = TR_NEW(&m->arena, tr_key, saved.ring.key.cap);
        memcpy(m->ring.key.at, saved.ring.key.at, sizeof(tr_key) * (size_t)saved.ring.key.len);
        bool taken[5] = {false};
        for (int round = 0; round < 5; round++)
            for (int i = 0; i < 5; i++)
                taken[turn[i]] = taken[turn[i]] || hand_in(m, raw[turn[i]]);
        const tr_key *key = tr_keyring_find(&m->ring, m->b1.name);
        assert_int_equal(key->n, 5);
        assert_int_equal(key->forked, 0);
        assert_int_equal(m->ring.gap.len, 0);
        for (int i = 0; i < 5; i++)
            assert_true(taken[i]);
    }
}

static void two_entries_with_one_number_are_a_fork_and_both_stay(void **state)
{
    mission  *m = staffed_mission();
    tr_str    raw[5];
    tr_author twin = m->a1;
    five_beats(m, &m->a1, raw);
    CHECK_OK(hand_in(m, raw[0]), m->err);
    CHECK_OK(hand_in(m, raw[1]), m->err);
    tr_str other =
        write_entry(&m->arena, &twin, TR_ENTRY_HEARTBEAT, json_of(&m->arena, "{'kind':'mirror'}"));
    CHECK_OK(hand_in(m, other), m->err); /* n = 1 again, other bytes */
    const tr_key *key = tr_keyring_find(&m->ring, m->a1.name);
    assert_int_equal(key->forked, 1);
    assert_int_equal(key->n, 2);
    CHECK_OK(hand_in(m, raw[2]), m->err); /* the first branch goes on */
    tr_str off =
        write_entry(&m->arena, &twin, TR_ENTRY_HEARTBEAT, json_of(&m->arena, "{'kind':'mirror'}"));
    CHECK_OK(hand_in(m, off), m->err); /* n = 2 again */
    assert_int_equal(tr_keyring_find(&m->ring, m->a1.name)->forked, 2);
}

static void a_gap_that_closes_on_another_entry_below_it_is_a_fork(void **state)
{
    mission  *m = staffed_mission();
    tr_author twin = m->a1;
    tr_str    raw[5];
    CHECK_OK(put(m, &m->a1, TR_ENTRY_HEARTBEAT, "{'kind':'mirror'}"), m->err); /* n = 1 */
    five_beats(m, &twin, raw); /* another n = 1, and 2 .. 5 after it */
    CHECK_OK(hand_in(m, raw[2]), m->err);
    CHECK_OK(hand_in(m, raw[1]), m->err);
    assert_int_equal(m->ring.gap.len, 0);
    assert_int_equal(tr_keyring_find(&m->ring, m->a1.name)->forked, 1);
}

static void the_next_number_with_another_prev_is_refused(void **state)
{
    mission *m = staffed_mission();
    CHECK_OK(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), m->err);
    m->a1.last.at[0] ^= 1;
    REFUSED(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), TR_E_CHAIN);
}

static void a_signer_has_at_most_1024_open_gaps(void **state)
{
    mission *m = staffed_mission();
    CHECK_OK(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), m->err);
    for (int i = 0; i < TR_GAPS_MAX; i++) {
        m->a1.n++; /* one entry that never comes */
        CHECK_OK(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), m->err);
    }
    m->a1.n++;
    REFUSED(put(m, &m->a1, TR_ENTRY_HEARTBEAT, BEAT), TR_E_CHAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_founded_by_its_roots_and_only_once),
        cmocka_unit_test(two_of_two_roots_are_asked_for),
        cmocka_unit_test(a_key_lives_after_the_entry_that_enrols_it),
        cmocka_unit_test(a_revoked_key_signs_until_the_entry_that_ends_it),
        cmocka_unit_test(a_key_ends_itself_with_an_entry_that_still_counts),
        cmocka_unit_test(a_rotated_key_begins_its_chain_at_the_entry_that_made_it),
        cmocka_unit_test(a_key_needs_its_name_its_pop_and_its_holder),
        cmocka_unit_test(each_type_asks_for_its_signers),
        cmocka_unit_test(a_device_reports_for_its_own_source_and_types),
        cmocka_unit_test(an_altered_entry_and_a_head_from_the_future_are_refused),
        cmocka_unit_test(a_gap_is_seen_and_filled_from_its_upper_end),
        cmocka_unit_test(every_order_of_five_entries_ends_in_the_same_chain),
        cmocka_unit_test(two_entries_with_one_number_are_a_fork_and_both_stay),
        cmocka_unit_test(a_gap_that_closes_on_another_entry_below_it_is_a_fork),
        cmocka_unit_test(the_next_number_with_another_prev_is_refused),
        cmocka_unit_test(a_signer_has_at_most_1024_open_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
