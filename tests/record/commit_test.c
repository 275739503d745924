/* commit_test.c -- the order of a commit's effects, stored heads, the recovery decision. */
#include "record/fixture.h"

#include "record/commit.h"

static tr_commit *plan_of(tr_arena *keep, int count)
{
    tr_log     log = {.head = {0, tr_merkle_empty()}};
    tr_commit *plan = TR_NEW(keep, tr_commit, 1);
    tr_str    *entry = TR_NEW(keep, tr_str, count);
    tr_err     err = {0};
    for (int i = 0; i < count; i++)
        entry[i] = TR_STR("x");
    CHECK_OK(tr_commit_plan(keep, &log, entry, count, plan, &err), err);
    return plan;
}

static int first_of(const tr_commit *plan, tr_effect_kind kind, int file)
{
    for (int i = 0; i < plan->effects; i++)
        if (plan->effect[i].kind == kind && (file < 0 || (int)plan->effect[i].file == file))
            return i;
    fail_msg("no effect %d on file %d", (int)kind, file);
    return -1;
}

static void nothing_is_signed_before_it_is_durable_compared_proven_and_locked(void **state)
{
    tr_arena   arena = check_arena();
    tr_commit *plan = plan_of(&arena, 300);
    int        write = first_of(plan, TR_EFFECT_WRITE, TR_FILE_ENTRIES);
    int        sync = first_of(plan, TR_EFFECT_SYNC, TR_FILE_ENTRIES);
    int        tree = first_of(plan, TR_EFFECT_WRITE, TR_FILE_TREE + 1);
    int        compare = first_of(plan, TR_EFFECT_COMPARE, TR_FILE_ENTRIES);
    int        prove = first_of(plan, TR_EFFECT_PROVE, -1);
    int        lock = first_of(plan, TR_EFFECT_LOCK, TR_FILE_LOCK);
    int        sign = first_of(plan, TR_EFFECT_SIGN, -1);
    int        slot = first_of(plan, TR_EFFECT_WRITE, TR_FILE_HEAD_B);
    int        durable = first_of(plan, TR_EFFECT_SYNC, TR_FILE_HEAD_B);
    int        heads = first_of(plan, TR_EFFECT_WRITE, TR_FILE_HEADS);
    int        publish = first_of(plan, TR_EFFECT_PUBLISH, -1);
    assert_true(write < sync && sync < tree && tree < compare && compare < prove);
    assert_true(prove < lock && lock < sign && sign < slot && slot < durable);
    assert_true(durable < heads && heads < publish && publish == plan->effects - 1);
    assert_int_equal(plan->next.head.size, 300);
    assert_int_equal(plan->next.end, 900);
}

static void a_batch_has_1_to_4096_entries_of_1_to_65535_bytes(void **state)
{
    tr_arena   arena = check_arena();
    tr_log     log = {.head = {0, tr_merkle_empty()}};
    tr_commit *plan = TR_NEW(&arena, tr_commit, 1);
    tr_str    *entry = TR_NEW(&arena, tr_str, 4097);
    char      *long_one = TR_NEW(&arena, char, 65536);
    tr_err     err = {0};
    for (int i = 0; i < 4097; i++)
        entry[i] = TR_STR("x");
    CHECK_OK(tr_commit_plan(&arena, &log, entry, 4096, plan, &err), err);
    CHECK_FAILS(tr_commit_plan(&arena, &log, entry, 4097, plan, &err), err, TR_E_LIMIT);
    CHECK_FAILS(tr_commit_plan(&arena, &log, entry, 0, plan, &err), err, TR_E_LIMIT);
    entry[0] = (tr_str){long_one, 65535};
    err = (tr_err){0};
    CHECK_OK(tr_commit_plan(&arena, &log, entry, 1, plan, &err), err);
    entry[0] = (tr_str){long_one, 65536};
    CHECK_FAILS(tr_commit_plan(&arena, &log, entry, 1, plan, &err), err, TR_E_LIMIT);
    entry[0] = (tr_str){long_one, 0};
    CHECK_FAILS(tr_commit_plan(&arena, &log, entry, 1, plan, &err), err, TR_E_LIMIT);
}

static void a_stored_head_with_any_bit_changed_is_not_read(void **state)
{
    uint8_t bytes[TR_SLOT_BYTES];
    tr_slot slot = {7, 300, 900, TR_STR("a signed note")}, got;
    tr_str  text = {(const char *)bytes, sizeof bytes};
    tr_slot_write(&slot, bytes);
    assert_true(tr_slot_read(text, &got));
    assert_true(got.seq == 7 && got.size == 300 && got.end == 900);
    CHECK_STR(got.checkpoint, "a signed note");
    for (int i = 0; i < TR_SLOT_BYTES; i++) {
        bytes[i] ^= (uint8_t)(1 << i % 8);
        assert_false(tr_slot_read(text, &got));
        bytes[i] ^= (uint8_t)(1 << i % 8);
    }
    assert_false(tr_slot_read(tr_str_cut(text, 0, TR_SLOT_BYTES - 1), &got));
}

static void the_valid_slot_with_the_larger_number_wins(void **state)
{
    uint8_t one[TR_SLOT_BYTES], two[TR_SLOT_BYTES];
    tr_slot slot = {7, 300, 900, TR_STR("older")}, newer = {8, 301, 903, TR_STR("newer")}, got;
    tr_str  a = {(const char *)one, sizeof one}, b = {(const char *)two, sizeof two};
    tr_slot_write(&slot, one);
    tr_slot_write(&newer, two);
    assert_true(tr_slot_newest(a, b, &got) && got.seq == 8);
    assert_true(tr_slot_newest(b, a, &got) && got.seq == 8);
    two[100] ^= 1;
    assert_true(tr_slot_newest(a, b, &got) && got.seq == 7);
    one[0] ^= 1;
    assert_false(tr_slot_newest(a, b, &got));
}

static void the_lock_store_keeps_the_newest_whole_record_of_its_log(void **state)
{
    char    file[2 * TR_LOCK_STEP] = {0};
    tr_lock lock = {4, {9, tr_merkle_empty()}}, next = {5, {12, tr_merkle_empty()}}, got;
    tr_str  text = {file, sizeof file};
    tr_lock_write(&lock, TR_STR("a.example/1"), (uint8_t *)file);
    tr_lock_write(&next, TR_STR("a.example/1"), (uint8_t *)file + TR_LOCK_STEP);
    assert_true(tr_lock_read(text, TR_STR("a.example/1"), &got) && got.head.size == 12);
    assert_false(tr_lock_read(text, TR_STR("a.example/2"), &got));
    file[TR_LOCK_STEP + 20] ^= 1;
    assert_true(tr_lock_read(text, TR_STR("a.example/1"), &got) && got.head.size == 9);
    assert_true(tr_lock_read(tr_str_cut(text, 0, TR_LOCK_BYTES), TR_STR("a.example/1"), &got));
    file[0] ^= 1;
    assert_false(tr_lock_read(text, TR_STR("a.example/1"), &got));
}

static void the_start_after_a_fall_is_decided_by_what_stands_on_disk(void **state)
{
    tr_hash           r1 = tr_sha256(TR_STR("1")), r2 = tr_sha256(TR_STR("2"));
    tr_recovery_facts whole = {
        .head = {10, r1}, .root = r1, .end = 100, .file_end = 100, .lock = {10, r1}};
    tr_recovery_facts f = whole;
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_AS_IS);
    f.file_end = 101;
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_CUT);
    f.root = r2;
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_REFUSE_ROOT);
    f = whole;
    f.lock = (tr_head){10, r2};
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_REFUSE_LOCK);
    f.lock = (tr_head){9, r1}; /* behind: another lock store than ours */
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_REFUSE_LOCK);
    f.lock = (tr_head){12, r2};
    f.tail_root = r2;
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_REFUSE_LOCK); /* entries not there */
    f.tail_whole = true;
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_ADOPT);
    f.tail_root = r1;
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_REFUSE_LOCK);
    f.tail_root = r2;
    f.lock.size = 10 + 4096;
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_ADOPT);
    f.lock.size = 10 + 4097; /* more than one batch */
    assert_int_equal(tr_recovery_decide(&f), TR_RECOVER_REFUSE_LOCK);
}

static void a_key_whose_halves_do_not_belong_together_signs_nothing(void **state)
{
    tr_arena   arena = check_arena();
    tr_commit *plan = plan_of(&arena, 1);
    tr_author  log = author_of(ORIGIN, ORIGIN, 2), other = author_of(ORIGIN, ORIGIN, 3);
    tr_err     err = {0};
    CHECK_OK(tr_commit_sign(&arena, plan, &log, &err), err);
    log.pub = other.pub;
    plan = plan_of(&arena, 1);
    CHECK_FAILS(tr_commit_sign(&arena, plan, &log, &err), err, TR_E_SIGNATURE);
    assert_int_equal(plan->checkpoint.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_signed_before_it_is_durable_compared_proven_and_locked),
        cmocka_unit_test(a_batch_has_1_to_4096_entries_of_1_to_65535_bytes),
        cmocka_unit_test(a_stored_head_with_any_bit_changed_is_not_read),
        cmocka_unit_test(the_valid_slot_with_the_larger_number_wins),
        cmocka_unit_test(the_lock_store_keeps_the_newest_whole_record_of_its_log),
        cmocka_unit_test(the_start_after_a_fall_is_decided_by_what_stands_on_disk),
        cmocka_unit_test(a_key_whose_halves_do_not_belong_together_signs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
