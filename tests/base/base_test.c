/* base_test.c -- arenas, growing arrays and errors. */
#include "check.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void an_arena_gives_zeroed_and_aligned_objects(void **state)
{
    char     room[256];
    tr_arena arena = {room + 1, room + sizeof room};
    memset(room, 0x5a, sizeof room);
    char    *c = TR_NEW(&arena, char, 3);
    int64_t *n = TR_NEW(&arena, int64_t, 4);
    assert_int_equal((uintptr_t)n % _Alignof(int64_t), 0);
    assert_true((char *)n >= c + 3);
    assert_int_equal(c[0] | c[1] | c[2], 0);
    assert_true(n[0] == 0 && n[3] == 0);
    assert_int_equal(room[0], 0x5a);
    assert_ptr_equal(arena.beg, (char *)(n + 4));
}

/* Does asking an arena of 64 bytes for `count` objects of `size` bytes end the program? */
static bool aborts(ptrdiff_t size, ptrdiff_t count)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        _Alignas(16) char room[64];
        tr_arena          arena = {room, room + sizeof room};
        signal(SIGABRT, SIG_DFL);
        tr_alloc(&arena, size, 1, count);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void an_arena_is_used_to_its_last_byte_and_never_past_it(void **state)
{
    assert_false(aborts(1, 64));
    assert_true(aborts(1, 65));
    assert_false(aborts(16, 4));
    assert_true(aborts(16, 5));
    assert_true(aborts(PTRDIFF_MAX, 2));
    assert_true(aborts(2, PTRDIFF_MAX));
}

static void an_array_grows_in_place_while_it_is_last_and_moves_otherwise(void **state)
{
    tr_arena arena = check_arena();
    TR_VEC(int32_t) list = {0};
    for (int32_t i = 0; i < 100; i++)
        *TR_PUSH(&arena, &list) = i;
    int32_t *first = list.at;
    assert_ptr_equal(list.at, first);
    ptrdiff_t cap = list.cap;
    TR_RESERVE(&arena, &list, cap - list.len);
    assert_int_equal(list.cap, cap); /* exactly enough room: nothing to do */
    TR_RESERVE(&arena, &list, cap - list.len + 1);
    assert_int_equal(list.cap, 2 * cap);
    assert_ptr_equal(list.at, first);

    TR_NEW(&arena, char, 1); /* now something lies behind it */
    TR_RESERVE(&arena, &list, 1000);
    assert_ptr_not_equal(list.at, first);
    assert_int_equal(list.len, 100);
    for (int32_t i = 100; i < 1100; i++)
        *TR_PUSH(&arena, &list) = i;
    for (int32_t i = 0; i < 1100; i++)
        assert_int_equal(list.at[i], i);
}

static void a_large_array_grows_in_place_by_a_quarter_and_moves_to_twice_its_room(void **state)
{
    enum { MUCH = 1 << 20, SIZE = sizeof(int64_t), FULL = MUCH / SIZE };
    tr_arena arena = check_arena();
    TR_VEC(int64_t) list = {0};
    TR_RESERVE(&arena, &list, FULL / 2); /* one doubling below */
    for (int64_t i = 0; i < FULL / 2 + 1; i++)
        *TR_PUSH(&arena, &list) = i;
    assert_int_equal(list.cap, FULL);
    int64_t *first = list.at;
    TR_RESERVE(&arena, &list, list.cap - list.len + 1);
    assert_int_equal(list.cap, FULL + FULL / 4);
    TR_RESERVE(&arena, &list, 3 * FULL); /* more than a quarter: what is asked for */
    assert_int_equal(list.cap, list.len + 3 * FULL);
    assert_ptr_equal(list.at, first);
    assert_int_equal(list.at[list.cap - 1], 0);

    TR_NEW(&arena, char, 1);
    ptrdiff_t cap = list.cap;
    TR_RESERVE(&arena, &list, cap - list.len + 1);
    assert_ptr_not_equal(list.at, first);
    assert_int_equal(list.cap, 2 * cap);
    for (int64_t i = 0; i < list.len; i++)
        assert_int_equal(list.at[i], i);
}

static void the_first_failure_stays(void **state)
{
    tr_err err = {0};
    assert_false(tr_fail(&err, TR_E_TIME, "First hint.", "fact %d", 1));
    assert_false(tr_fail(&err, TR_E_UTF8, "Second hint.", "fact %d", 2));
    assert_int_equal(err.code, TR_E_TIME);
    assert_string_equal(err.text, "fact 1");
    assert_string_equal(err.hint, "First hint.");
}

static void a_long_fact_is_cut_not_written_past_its_room(void **state)
{
    char   word[1000];
    tr_err err = {0};
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    tr_fail(&err, TR_E_TIME, word, "%s", word);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(strlen(err.hint), sizeof err.hint - 1);
}

static void every_error_stands_once_in_the_list_with_a_summary(void **state)
{
    int count = 0;
    for (; tr_error_at(count) != 0; count++) {
        assert_non_null(tr_error_summary(tr_error_at(count)));
        assert_true(tr_error_at(count) > 0 && tr_error_at(count) <= 9999);
        for (int i = 0; i < count; i++)
            if (tr_error_at(i) == tr_error_at(count))
                fail_msg("TR%04d stands twice", tr_error_at(count));
    }
    assert_true(count >= 5);
    assert_int_equal(tr_error_at(-1), 0);
    assert_null(tr_error_summary(0));
    assert_null(tr_error_summary(9999));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_gives_zeroed_and_aligned_objects),
        cmocka_unit_test(an_arena_is_used_to_its_last_byte_and_never_past_it),
        cmocka_unit_test(an_array_grows_in_place_while_it_is_last_and_moves_otherwise),
        cmocka_unit_test(a_large_array_grows_in_place_by_a_quarter_and_moves_to_twice_its_room),
        cmocka_unit_test(the_first_failure_stays),
        cmocka_unit_test(a_long_fact_is_cut_not_written_past_its_room),
        cmocka_unit_test(every_error_stands_once_in_the_list_with_a_summary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
