/* steps_test.c -- step functions in blocks against a plain array of all instants. */
#include "verify/hand.h"

#include "verify/steps.h"

enum { SPAN = 40000 };

/* The same function, one number an instant. */
typedef struct {
    int64_t add[SPAN + 1];
    int64_t value[SPAN + 1];
} plain;

static void note(tr_arena *keep, tr_steps *steps, plain *p, tr_time begin, tr_time end, int64_t add)
{
    tr_steps_note(keep, steps, begin, end, add);
    if (begin < end) {
        p->add[begin] += add;
        if (end <= SPAN)
            p->add[end] -= add;
    }
}

static void sum_up(plain *p)
{
    int64_t sum = 0;
    for (int t = 0; t <= SPAN; t++)
        p->value[t] = sum += p->add[t];
}

static bool holds(const plain *p, int64_t least, int64_t most, tr_time t)
{
    return least <= p->value[t] && p->value[t] <= most;
}

/* The same as noted, each instant once, none that adds nothing, bounds of blocks right. */
static void check_blocks(const tr_steps *steps, const plain *p)
{
    tr_time last = -1;
    int64_t before = 0, points = 0, wanted = 0;
    for (ptrdiff_t b = 0; b < steps->blocks.len; b++) {
        const tr_step_block *block = &steps->blocks.at[b];
        int64_t              sum = 0, least = INT64_MAX, most = INT64_MIN;
        assert_true(block->count > 0 && block->count <= TR_STEPS_BLOCK);
        assert_int_equal(block->first, block->at[0].t);
        for (int64_t i = 0; i < block->count; i++, points++) {
            assert_true(block->at[i].t > last);
            last = block->at[i].t;
            assert_int_equal(block->at[i].add, p->add[last]);
            sum += block->at[i].add;
            least = sum < least ? sum : least;
            most = sum > most ? sum : most;
        }
        assert_int_equal(block->before, before);
        assert_int_equal(block->sum, sum);
        assert_int_equal(block->least, least);
        assert_int_equal(block->most, most);
        before += sum;
    }
    for (int t = 0; t <= SPAN; t++)
        wanted += p->add[t] != 0;
    assert_int_equal(points, wanted);
}

static void check_cursor(const tr_steps *steps, const plain *p, uint64_t *seed)
{
    int64_t         least = hand_below(seed, 200), most = least + hand_below(seed, 100);
    tr_steps_cursor cursor = {.steps = steps, .least = least, .most = most};
    for (int look = 0; look < 300; look++) {
        bool    on = look > 0 && cursor.until <= SPAN && hand_below(seed, 3) > 0;
        tr_time t = on ? cursor.until : hand_below(seed, SPAN);
        tr_steps_seek(&cursor, t);
        assert_int_equal(cursor.holds, holds(p, least, most, t));
        tr_time until = t;
        while (until <= SPAN && holds(p, least, most, until) == cursor.holds)
            until++;
        assert_int_equal(cursor.until, until > SPAN ? TR_TIME_MAX : until);
    }
}

static void many_blocks_hold_what_was_noted(void **state)
{
    tr_arena keep = check_arena();
    tr_steps steps = {0};
    plain   *p = TR_NEW(&keep, plain, 1);
    uint64_t seed = 4711;
    for (int batch = 0; batch < 60; batch++) {
        tr_time least = SPAN;
        for (int64_t i = 1 + hand_below(&seed, batch % 3 ? 1500 : 3); i > 0; i--) {
            tr_time begin = hand_below(&seed, SPAN - 200), end = begin + hand_below(&seed, 200);
            note(&keep, &steps, p, begin, end, 1 + hand_below(&seed, 3));
            least = begin < end && begin < least ? begin : least;
        }
        sum_up(p);
        tr_time t = hand_below(&seed, SPAN);
        assert_int_equal(tr_steps_at(&steps, t), p->value[t]); /* what waits included */
        tr_time earliest = tr_steps_settle(&keep, &steps);
        assert_int_equal(earliest, least == SPAN ? TR_TIME_MAX : least);
        assert_int_equal(tr_steps_at(&steps, t), p->value[t]);
        check_blocks(&steps, p);
        check_cursor(&steps, p, &seed);
    }
    assert_true(steps.blocks.len > 30);
}

static void what_is_taken_back_leaves_nothing(void **state)
{
    tr_arena keep = check_arena();
    tr_steps steps = {0};
    plain   *p = TR_NEW(&keep, plain, 1);
    for (int sign = 1; sign >= -1; sign -= 2)
        for (int t = 0; t < 5000; t++) {
            note(&keep, &steps, p, t * 7 % 5000, t * 7 % 5000 + 6000, sign);
            if (t % 700 == 0)
                tr_steps_settle(&keep, &steps);
        }
    tr_steps_settle(&keep, &steps);
    assert_int_equal(steps.blocks.len, 0);
    assert_int_equal(tr_steps_first(&steps), TR_TIME_MAX);
    ptrdiff_t idle = steps.idle.len;
    assert_true(idle > 10);
    note(&keep, &steps, p, 5, 10, 1);
    tr_steps_settle(&keep, &steps);
    assert_int_equal(steps.idle.len, idle - 1); /* blocks are used again */
    assert_int_equal(tr_steps_first(&steps), 5);
}

static void an_empty_stretch_and_an_endless_one(void **state)
{
    tr_arena keep = check_arena();
    tr_steps steps = {0};
    tr_steps_note(&keep, &steps, 10, 10, 1);
    tr_steps_note(&keep, &steps, 10, 9, 1);
    tr_steps_note(&keep, &steps, 10, 20, 0);
    assert_int_equal(tr_steps_settle(&keep, &steps), TR_TIME_MAX);
    tr_steps_note(&keep, &steps, 10, TR_TIME_MAX, 3);
    assert_int_equal(tr_steps_settle(&keep, &steps), 10);
    assert_int_equal(tr_steps_at(&steps, 9), 0);
    assert_int_equal(tr_steps_at(&steps, 10), 3);
    assert_int_equal(tr_steps_at(&steps, TR_TIME_MAX), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_blocks_hold_what_was_noted),
        cmocka_unit_test(what_is_taken_back_leaves_nothing),
        cmocka_unit_test(an_empty_stretch_and_an_endless_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
