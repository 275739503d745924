/* window_test.c -- thresholds over sliding windows against their definition, and the real data. */
#include "verify/hand.h"

#include "codec/csv.h"
#include "verify/window.h"

#define H TR_HOUR

static uint64_t last_seed; /* shown when something fails */

/* ---- the definition, spelled out: no change points, no clever order ---- */

enum { ITEMS = 64 };
typedef struct {
    const hand *h;
    tr_incident item[ITEMS];
    bool        in[ITEMS];
    int         items;
} world;

static int64_t by_definition(const world *w, const tr_condition *c, tr_set set, tr_time t)
{
    int64_t count = 0;
    tr_time from = w->h->clause[HAND_THRESHOLD].u.threshold.from;
    for (int i = 0; i < w->items; i++) {
        const tr_incident *x = &w->item[i];
        tr_time            edge = tr_stretch_before(t, c->window, w->h->plan.tz); /* t - W */
        bool certain = x->begin > edge && x->end <= t && x->begin >= from;
        bool best = certain || (x->best > edge && x->best <= t && x->begin >= from);
        bool possible = best || (x->begin <= t && x->end > edge && x->end > from);
        count += w->in[i] && (set == TR_SET_CERTAIN ? certain
                              : set == TR_SET_BEST  ? best
                                                    : possible);
    }
    return count;
}

static bool holds_by_definition(const world *w, bool on, tr_time t)
{
    const tr_threshold *threshold = &w->h->clause[HAND_THRESHOLD].u.threshold;
    int32_t             conditions = on ? threshold->ons : threshold->offs, held = 0;
    for (int32_t i = 0; i < conditions; i++) {
        const tr_condition *c = on ? &threshold->on[i] : &threshold->off[i];
        int64_t             count = by_definition(w, c, c->set, t);
        held += c->least <= count && count <= c->most;
    }
    return on ? held > 0 : held == conditions;
}

/* All times in the worlds below are whole hours, so every hour is looked at. */
static int timeline_by_definition(const world *w, tr_time begin, tr_time now, tr_activation *out)
{
    const tr_threshold *threshold = &w->h->clause[HAND_THRESHOLD].u.threshold;
    int                 count = 0;
    bool                active = false;
    tr_time             since = TR_TIME_NONE;
    for (tr_time t = begin; t <= now; t += H) {
        for (int edges = 0; edges < 3; edges++) {
            tr_stretch hold = active ? threshold->off_hold : threshold->on_hold;
            if (since == TR_TIME_NONE && holds_by_definition(w, !active, t))
                since = t;
            if (since != TR_TIME_NONE && since + hold.ns <= t) {
                if (active) {
                    out[count - 1].cleared = t;
                    out[count - 1].off_since = since;
                } else {
                    out[count++] = (tr_activation){.reached = t, .cleared = TR_TIME_NONE,
                                                   .off_since = TR_TIME_NONE};
                }
                active = !active;
                since = TR_TIME_NONE;
            } else if (!holds_by_definition(w, !active, t)) {
                since = TR_TIME_NONE;
            }
        }
    }
    if (active)
        out[count - 1].off_since = since;
    return count;
}

static void same_timeline(const tr_timeline *got, const tr_activation *want, int wants)
{
    assert_int_equal(got->activations, wants);
    for (int i = 0; i < wants; i++) {
        assert_int_equal(got->activation[i].reached, want[i].reached);
        assert_int_equal(got->activation[i].cleared, want[i].cleared);
        assert_int_equal(got->activation[i].off_since, want[i].off_since);
    }
    assert_int_equal(got->active, wants > 0 && want[wants - 1].cleared == TR_TIME_NONE);
}

static tr_window *afresh(tr_arena *arena, const world *w)
{
    tr_window *window = tr_window_new(arena, &w->h->plan, HAND_THRESHOLD);
    for (int i = w->items - 1; i >= 0; i--)
        if (w->in[i])
            tr_window_add(window, &w->item[i]);
    return window;
}

/* Small bounds, short windows: a world of 200 hours in which much happens. */
static void busy_threshold(hand *h, uint64_t *seed)
{
    tr_threshold *t = &h->clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns((4 + hand_below(seed, 20)) * H), hand_ns(hand_below(seed, 12) * H));
    t->on[0].least = 4 + hand_below(seed, 3);
    t->off[0].most = hand_below(seed, 4);
    t->from = hand_below(seed, 3) ? hand_below(seed, 60) * H : 0;
    if (hand_below(seed, 2))
        t->on_hold = hand_ns(hand_below(seed, 5) * H);
    if (hand_below(seed, 2)) { /* a second condition on each side, of another window and set */
        t->on[t->ons] = t->on[0];
        t->on[t->ons].set = TR_SET_BEST;
        t->on[t->ons++].window = hand_ns((2 + hand_below(seed, 5)) * H);
        t->off[t->offs] = t->off[0];
        t->off[t->offs].set = TR_SET_BEST;
        t->off[t->offs++].most = 1;
    }
}

static tr_incident random_item(uint64_t *seed, int32_t number)
{
    tr_time     begin = hand_below(seed, 200) * H;
    tr_incident item = hand_incident(number, begin, begin + hand_below(seed, 5) * H);
    item.best = item.begin + hand_below(seed, (item.end - item.begin) / H + 1) * H;
    return item;
}

static void check_world(tr_arena arena, tr_window *window, const world *w, tr_time now)
{
    tr_timeline         got, fresh;
    tr_activation       want[256];
    const tr_threshold *threshold = &w->h->clause[HAND_THRESHOLD].u.threshold;
    tr_window_run(window, now, &got);
    same_timeline(&got, want, timeline_by_definition(w, threshold->from, now, want));
    tr_window_run(afresh(&arena, w), now, &fresh);
    assert_int_equal(got.activations, fresh.activations);
    if (got.activations > 0)
        assert_memory_equal(got.activation, fresh.activation,
                            (size_t)got.activations * sizeof *got.activation);
    assert_int_equal(got.next, fresh.next);
    assert_int_equal(got.pending_since, fresh.pending_since);
    for (int i = 0; i < threshold->ons; i++) {
        tr_triple count = tr_window_count(window, TR_WINDOW_ON, i, now);
        assert_int_equal(count.certain, by_definition(w, &threshold->on[i], TR_SET_CERTAIN, now));
        assert_int_equal(count.best, by_definition(w, &threshold->on[i], TR_SET_BEST, now));
        assert_int_equal(count.possible, by_definition(w, &threshold->on[i], TR_SET_POSSIBLE, now));
        assert_true(count.certain <= count.best && count.best <= count.possible);
    }
}

static void adding_and_dropping_in_any_order_gives_what_the_definition_gives(void **state)
{
    tr_arena base = check_arena(), scratch = check_arena();
    for (uint64_t run = 1; run <= 120; run++) {
        uint64_t seed = run * 7919;
        last_seed = seed;
        tr_arena arena = base;
        hand     h;
        world    w = {.h = &h, .items = ITEMS};
        hand_make(&h);
        busy_threshold(&h, &seed);
        tr_window *window = tr_window_new(&arena, &h.plan, HAND_THRESHOLD);
        for (int32_t i = 0; i < ITEMS; i++)
            w.item[i] = random_item(&seed, i);
        for (int step = 0; step < 40; step++) {
            for (int64_t changes = hand_below(&seed, 12); changes > 0; changes--) {
                int64_t i = hand_below(&seed, ITEMS);
                if (w.in[i])
                    tr_window_drop(window, &w.item[i]);
                else
                    tr_window_add(window, &w.item[i]);
                w.in[i] = !w.in[i];
            }
            check_world(scratch, window, &w, hand_below(&seed, 260) * H);
        }
    }
}

static void what_comes_next_is_what_then_happens(void **state)
{
    tr_arena base = check_arena();
    int      edges = 0;
    for (uint64_t run = 1; run <= 60; run++) {
        uint64_t seed = run * 104729;
        last_seed = seed;
        tr_arena arena = base;
        hand     h;
        world    w = {.h = &h, .items = ITEMS};
        hand_make(&h);
        busy_threshold(&h, &seed);
        for (int32_t i = 0; i < ITEMS; i++) {
            w.item[i] = random_item(&seed, i);
            w.in[i] = true;
        }
        tr_window  *window = afresh(&arena, &w);
        tr_timeline line, before, at;
        for (tr_time now = 0;; edges++) {
            tr_window_run(window, now, &line);
            if (line.next == TR_TIME_NONE)
                break;
            assert_true(line.next > now);
            tr_window_run(window, line.next - 1, &before);
            bool was = before.active;
            int  had = before.activations;
            tr_window_run(window, line.next, &at);
            assert_int_equal(was, line.active);
            assert_true(at.active != was || at.activations != had);
            now = line.next;
        }
    }
    assert_true(edges > 100);
}

static void thousands_put_in_without_a_run_are_all_counted(void **state)
{
    enum { MANY = 30000 };
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line, fresh;
    hand_make(&h);
    h.clause[HAND_THRESHOLD].u.threshold.from = 0;
    tr_window *window = tr_window_new(&arena, &h.plan, HAND_THRESHOLD);
    tr_window *other = tr_window_new(&arena, &h.plan, HAND_THRESHOLD);
    tr_window_run(window, 100 * H, &line); /* a walk, whose marks what follows undoes */
    for (int32_t i = 0; i < MANY; i++) {
        tr_time     begin = (int64_t)i * 7919 % MANY * TR_MINUTE;
        tr_incident item = hand_incident(i, begin, begin + 1);
        tr_window_add(window, &item);
        tr_window_add(other, &item);
        if (i % 1000 == 0)
            tr_window_run(other, MANY * TR_MINUTE / 2, &fresh);
    }
    tr_triple a = tr_window_count(window, TR_WINDOW_ON, 0, 15000 * TR_MINUTE);
    assert_int_equal(a.certain, 7 * 24 * 60 - 1); /* the one at that minute is not over yet */
    assert_int_equal(a.possible, 7 * 24 * 60 + 1); /* and the one a window ago not quite gone */
    tr_window_run(window, MANY * TR_MINUTE * 2, &line);
    tr_window_run(other, MANY * TR_MINUTE * 2, &fresh);
    assert_int_equal(line.activations, 1);
    assert_memory_equal(line.activation, fresh.activation, sizeof *line.activation);
    assert_int_equal(line.activation[0].reached, 14 * TR_MINUTE + 1);
}

/* ---- bounds, instants, holds ---- */

static tr_window *window_of(tr_arena *arena, hand *h, int items, tr_time first, int64_t apart)
{
    tr_window *window = tr_window_new(arena, &h->plan, HAND_THRESHOLD);
    for (int32_t i = 0; i < items; i++) {
        tr_incident item = hand_incident(i, first + i * apart, first + i * apart);
        tr_window_add(window, &item);
    }
    return window;
}

static void it_trips_above_its_bound_not_on_it(void **state)
{
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line;
    hand_make(&h);
    h.clause[HAND_THRESHOLD].u.threshold.from = 0;
    for (int items = 13; items <= 16; items++) {
        tr_window *window = window_of(&arena, &h, items, 1000 * H, H);
        tr_window_run(window, 1100 * H, &line);
        assert_int_equal(line.activations, items > 14);
        if (items > 14) {
            assert_int_equal(line.activation[0].reached, 1014 * H);
            assert_int_equal(line.activation[0].count.certain, 15);
            assert_int_equal(line.activation[0].condition, 0);
        }
        tr_window_run(window, 1014 * H - 1, &line); /* only instants up to now count */
        assert_int_equal(line.activations, 0);
        tr_window_run(window, 1014 * H, &line);
        assert_int_equal(line.activations, items > 14);
    }
}

static void without_a_tick_nothing_is_active(void **state)
{
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line;
    hand_make(&h);
    tr_window *window = window_of(&arena, &h, 20, 1000 * H, 0);
    tr_window_run(window, TR_TIME_NONE, &line);
    assert_int_equal(line.activations, 0);
    assert_false(line.active);
    tr_window_run(window, 1000 * H, &line);
    assert_int_equal(line.activations, 1); /* all at one instant, and at now */
    assert_int_equal(line.activation[0].count.certain, 20);
}

static void a_bound_is_left_one_item_below_it(void **state)
{
    tr_arena arena = check_arena();
    hand     h;
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    for (int64_t most = 2; most <= 4; most++) { /* at 100 + i + 24 hours item i leaves */
        tr_timeline line;
        t->off[0].most = most;
        tr_window *window = window_of(&arena, &h, 16, 100 * H, H);
        tr_window_run(window, 500 * H, &line);
        assert_int_equal(line.activations, 1);
        /* 16 - k items are left from 100 + k - 1 + 24 on; 16 - k <= most first at k = 16 - most */
        assert_int_equal(line.activation[0].off_since, (100 + 15 - most + 24) * H);
        assert_int_equal(line.activation[0].cleared, line.activation[0].off_since + 10 * H);
    }
}

static void a_hold_counts_when_full_and_not_one_nanosecond_short(void **state)
{
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line;
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    t->off[0].most = 0;
    for (int late = -1; late <= 1; late++) { /* one more item that hour hold ends, or beside it */
        tr_window  *window = window_of(&arena, &h, 15, 100 * H, 0);
        tr_time     due = (100 + 24 + 10) * H;
        tr_incident item = hand_incident(99, due + late, due + late);
        tr_window_add(window, &item);
        tr_window_run(window, due - 1, &line);
        assert_true(line.active);
        assert_int_equal(line.next, late < 0 ? item.begin + 34 * H : due);
        tr_window_run(window, due, &line);
        assert_int_equal(line.active, late < 0); /* at that very instant it no longer matters */
        tr_window_run(window, 1000 * H, &line);
        assert_int_equal(line.activation[0].cleared, late < 0 ? item.begin + 34 * H : due);
    }
}

static void a_start_hold_is_waited_for_and_shown_as_pending(void **state)
{
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line;
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    for (int over = -1; over <= 1; over++) {
        t->on_hold = hand_ns(24 * H + over);
        tr_window *window = window_of(&arena, &h, 15, 100 * H, 0);
        tr_window_run(window, 110 * H, &line);
        assert_int_equal(line.activations, 0);
        assert_int_equal(line.pending_since, 100 * H);
        assert_int_equal(line.next, over <= 0 ? 124 * H + over : TR_TIME_NONE);
        tr_window_run(window, 200 * H, &line); /* held over [100, 124) hours */
        assert_int_equal(line.activations, over <= 0);
        assert_int_equal(line.pending_since, TR_TIME_NONE);
        if (over <= 0)
            assert_int_equal(line.activation[0].reached, 124 * H + over);
    }
}

static void once_cleared_it_can_be_reached_again_at_that_instant(void **state)
{
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line;
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    tr_window *window = window_of(&arena, &h, 15, 100 * H, 0);
    for (int32_t i = 0; i < 15; i++) {
        tr_incident item = hand_incident(100 + i, 134 * H, 134 * H);
        tr_window_add(window, &item);
    }
    tr_window_run(window, 1000 * H, &line);
    assert_int_equal(line.activations, 2);
    assert_int_equal(line.activation[0].cleared, 134 * H);
    assert_int_equal(line.activation[1].reached, 134 * H);
    assert_int_equal(line.activation[1].cleared, 168 * H);
    tr_window_run(window, 134 * H, &line); /* back in time: as of then */
    assert_int_equal(line.activations, 2);
    assert_true(line.active);
    tr_window_run(window, 134 * H - 1, &line);
    assert_int_equal(line.activations, 1);
    assert_int_equal(line.activation[0].cleared, TR_TIME_NONE);
    assert_int_equal(line.activation[0].off_since, 124 * H);
}

static void conditions_that_contradict_each_other_still_come_to_an_end(void **state)
{
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line;
    tr_latch    latch = tr_latch_new();
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(0));
    t->off[0] = t->on[0];
    tr_window *window = window_of(&arena, &h, 15, 100 * H, 0);
    tr_window_run(window, 1000 * H, &line);
    assert_int_equal(line.activations, 1);
    assert_int_equal(line.activation[0].cleared, line.activation[0].reached);
    assert_int_equal(tr_latch_look(window, 100 * H, &latch), TR_LATCH_ON);
    assert_int_equal(tr_latch_look(window, 100 * H, &latch), TR_LATCH_SAME);
}

/* ---- windows and the calendar ---- */

static void an_item_as_long_as_the_window_is_never_certain(void **state)
{
    hand    h;
    tr_span span;
    hand_make(&h);
    tr_condition c = h.clause[HAND_THRESHOLD].u.threshold.on[0];
    tr_time      noon = hand_time("2015-06-01 12:00");
    tr_time      end = hand_time("2015-06-08 12:00");
    for (int over = -1; over <= 1; over++) {
        tr_incident item = hand_incident(1, noon, end + over);
        bool ever = tr_condition_span(&h.plan, HAND_THRESHOLD, &c, &item, TR_SET_CERTAIN, &span);
        assert_int_equal(ever, over < 0);
        if (ever) { /* for one nanosecond */
            assert_int_equal(span.begin, end - 1);
            assert_int_equal(span.end, end);
        }
        assert_true(tr_condition_span(&h.plan, HAND_THRESHOLD, &c, &item, TR_SET_POSSIBLE, &span));
        assert_int_equal(span.begin, noon);
    }
}

static void a_window_of_seven_days_holds_at_most_six_whole_days_at_any_hour(void **state)
{
    tr_arena arena = check_arena();
    hand     h;
    int64_t  most = 0;
    hand_make(&h);
    tr_window *window = tr_window_new(&arena, &h.plan, HAND_THRESHOLD);
    tr_time    midnight = hand_time("2015-03-20");
    for (int32_t i = 0; i < 20; i++) { /* over the change of the clock on 29 March */
        tr_time     day = tr_time_add_days(midnight, i, h.plan.tz);
        tr_incident item = hand_incident(i, day, tr_time_add_days(day, 1, h.plan.tz));
        item.best = day;
        tr_window_add(window, &item);
    }
    for (tr_time t = midnight; t < midnight + 30 * TR_DAY; t += TR_HOUR / 2) {
        int64_t count = tr_window_count(window, TR_WINDOW_ON, 0, t).certain;
        most = count > most ? count : most;
        tr_civil c = tr_civil_of(t, h.plan.tz);
        if (c.month == 4 && c.day <= 8) /* all days around are rows */
            assert_int_equal(count, 6);
    }
    assert_int_equal(most, 6);
}

static void days_are_calendar_days_over_the_change_of_the_clock(void **state)
{
    hand h;
    hand_make(&h);
    tr_condition      c = h.clause[HAND_THRESHOLD].u.threshold.on[0];
    static const char *const from_to[][2] = {
        {"2015-03-24 10:00", "2015-03-31 10:00"}, /* 167 hours: 29 March has 23 */
        {"2015-10-20 10:00", "2015-10-27 10:00"}, /* 169 hours: 25 October has 25 */
        {"2015-06-01 10:00", "2015-06-08 10:00"}};
    static const int64_t hours[] = {167, 169, 168};
    for (int i = 0; i < 3; i++) {
        tr_time     begin = hand_time(from_to[i][0]), end = hand_time(from_to[i][1]);
        tr_incident item = hand_incident(1, begin, begin);
        tr_span     span;
        tr_why      why;
        assert_true(tr_condition_span(&h.plan, HAND_THRESHOLD, &c, &item, TR_SET_CERTAIN, &span));
        assert_int_equal(span.begin, begin);
        assert_int_equal(span.end, end);
        assert_int_equal(span.end - span.begin, hours[i] * H);
        assert_int_equal(tr_condition_at(&h.plan, HAND_THRESHOLD, &c, &item, end - 1, &why),
                         TR_IN_CERTAIN);
        assert_int_equal(why, TR_WHY_IN);
        assert_int_equal(tr_condition_at(&h.plan, HAND_THRESHOLD, &c, &item, end, &why),
                         TR_IN_NONE);
        assert_int_equal(why, TR_WHY_TIME);
    }
}

static void certain_is_part_of_best_and_best_of_possible_in_the_hour_that_comes_twice(void **state)
{
    tr_arena arena = check_arena();
    hand     h;
    hand_make(&h);
    tr_time twice = hand_time("2015-10-25 03:00"); /* 03:00 to 03:59 twice */
    for (int64_t a = -60; a <= 120; a += 15)
        for (int64_t b = 0; b <= 120; b += 15) {
            tr_window  *window = tr_window_new(&arena, &h.plan, HAND_THRESHOLD);
            tr_incident item = hand_incident(1, twice + a * TR_MINUTE, twice + (a + b) * TR_MINUTE);
            tr_window_add(window, &item);
            for (tr_time t = twice - 3 * H; t < twice + 8 * TR_DAY; t += 15 * TR_MINUTE) {
                tr_triple n = tr_window_count(window, TR_WINDOW_ON, 0, t);
                assert_true(0 <= n.certain && n.certain <= n.best && n.best <= n.possible);
            }
        }
}

/* ---- filters ---- */

static tr_membership judged(hand *h, const tr_incident *item, tr_why *why)
{
    return tr_condition_judge(&h->plan, HAND_THRESHOLD,
                              &h->clause[HAND_THRESHOLD].u.threshold.on[0], item, why);
}

static void each_filter_of_a_threshold_limits_and_says_so(void **state)
{
    hand   h;
    tr_why why;
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    tr_incident   item = hand_incident(1, 100 * H, 102 * H);
    assert_int_equal(judged(&h, &item, &why), TR_IN_CERTAIN);
    assert_int_equal(why, TR_WHY_IN);

    item.exercise = item.contested = 1;
    assert_int_equal(judged(&h, &item, &why), TR_IN_CERTAIN); /* both counted */
    t->contested = false;
    assert_int_equal(judged(&h, &item, &why), TR_IN_POSSIBLE);
    assert_int_equal(why, TR_WHY_CONTESTED);
    t->exercises = false;
    assert_int_equal(judged(&h, &item, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_EXERCISE);

    item = hand_incident(1, 100 * H, 102 * H);
    t->rung = 2;
    for (uint8_t rung = 1; rung <= 3; rung++) {
        item.rung = rung;
        assert_int_equal(judged(&h, &item, &why), rung < 2 ? TR_IN_POSSIBLE : TR_IN_CERTAIN);
        assert_int_equal(why, rung < 2 ? TR_WHY_RUNG : TR_WHY_IN);
    }
    t->reg = 0;
    assert_int_equal(judged(&h, &item, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_REGISTER);
    item.reg = 0;
    assert_int_equal(judged(&h, &item, &why), TR_IN_CERTAIN);
    h.reg[0].kinds = HAND_BIT(TR_KIND_EVENT_FATAL_); /* a kind that the register does not have */
    assert_int_equal(judged(&h, &item, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_REGISTER);
    t->on[0].kinds = HAND_BIT(TR_KIND_FLARE_);
    assert_int_equal(judged(&h, &item, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_CLASS);
}

static void corroboration_is_by_roots_kinds_of_means_and_probability(void **state)
{
    static const struct {
        int32_t roots, modalities, p_real, reg, level;
    } cases[] = {{1, 1, 999999, -1, 0}, {2, 1, 999999, -1, 1},
                 {2, 2, -1, -1, 2},     {2, 2, 949999, -1, 2},
                 {2, 2, 950000, -1, 3}, {1, 1, -1, 0, 3} /* by the agreement's word */};
    hand   h;
    tr_why why;
    hand_make(&h);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int32_t asked = 0; asked <= 3; asked++) {
            tr_incident item = hand_incident(1, 100 * H, 102 * H);
            item.roots = cases[i].roots;
            item.modalities = cases[i].modalities;
            item.p_real_ppm = cases[i].p_real;
            item.reg = cases[i].reg;
            h.clause[HAND_THRESHOLD].u.threshold.corroboration = asked;
            bool enough = cases[i].level >= asked;
            assert_int_equal(judged(&h, &item, &why), enough ? TR_IN_CERTAIN : TR_IN_POSSIBLE);
            assert_int_equal(why, enough ? TR_WHY_IN : TR_WHY_CORROBORATION);
        }
}

static void an_item_belongs_to_the_count_when_it_begins_at_its_start_or_later(void **state)
{
    hand   h;
    tr_why why;
    hand_make(&h);
    h.clause[HAND_THRESHOLD].u.threshold.from = 100 * H;
    static const struct {
        int64_t       begin, end;
        tr_membership in;
    } cases[] = {{100 * H, 101 * H, TR_IN_CERTAIN}, {100 * H - 1, 101 * H, TR_IN_POSSIBLE},
                 {90 * H, 100 * H + 1, TR_IN_POSSIBLE}, {90 * H, 100 * H, TR_IN_NONE},
                 {100 * H, 100 * H, TR_IN_CERTAIN}, {100 * H - 1, 100 * H - 1, TR_IN_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tr_incident item = hand_incident(1, cases[i].begin, cases[i].end);
        assert_int_equal(judged(&h, &item, &why), cases[i].in);
    }
}

static void the_zone_of_a_condition_limits(void **state)
{
    hand   h;
    tr_why why;
    hand_make(&h);
    h.clause[HAND_THRESHOLD].u.threshold.on[0].zone = 0;
    tr_incident item = hand_incident(1, 100 * H, 102 * H);
    assert_int_equal(judged(&h, &item, &why), TR_IN_CERTAIN);
    item.place.at.lon = 300000000; /* on the edge, 100 m around it */
    tr_membership cut = judged(&h, &item, &why);
    assert_true(cut == TR_IN_POSSIBLE || cut == TR_IN_BEST);
    assert_int_equal(why, TR_WHY_ZONE_EDGE);
    item.place.at.lon = 299000000;
    assert_int_equal(judged(&h, &item, &why), TR_IN_NONE);
    assert_int_equal(why, TR_WHY_ZONE);
}

static void a_sum_counts_happenings_and_an_open_number_is_without_bound(void **state)
{
    tr_arena    arena = check_arena();
    hand        h;
    tr_timeline line;
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    t->on[0].counting = t->off[0].counting = HAND_SMM;
    t->off[0].set = TR_SET_POSSIBLE;
    tr_window  *window = tr_window_new(&arena, &h.plan, HAND_THRESHOLD);
    tr_incident item = hand_incident(1, 100 * H, 100 * H),
                many = hand_incident(2, 110 * H, 110 * H);
    item.n_min = 14;
    item.n_best = 20;
    item.n_max = 30;
    many.n_max = TR_UNBOUNDED;
    tr_window_add(window, &item);
    tr_window_add(window, &many);
    tr_triple count = tr_window_count(window, TR_WINDOW_ON, 0, 110 * H);
    assert_int_equal(count.certain, 15);
    assert_int_equal(count.best, 21);
    assert_int_equal(count.possible, TR_COUNT_UNBOUNDED);
    tr_window_run(window, 1000 * H, &line);
    assert_int_equal(line.activations, 1);
    assert_int_equal(line.activation[0].reached, 110 * H);
    assert_int_equal(line.activation[0].count.possible, TR_COUNT_UNBOUNDED);
    assert_int_equal(line.activation[0].off_since, 134 * H);
    count = tr_window_count(window, TR_WINDOW_ON, 0, 134 * H - 1);
    assert_int_equal(count.possible, TR_COUNT_UNBOUNDED);
    tr_window_drop(window, &many);
    tr_window_run(window, 1000 * H, &line);
    assert_int_equal(line.activations, 0);
    count = tr_window_count(window, TR_WINDOW_ON, 0, 110 * H);
    assert_int_equal(count.possible, 30);
    item = hand_incident(3, 100 * H, 100 * H);
    item.kind = TR_KIND_AIR_; /* not of the sum */
    h.class_[0].kinds = UINT64_MAX;
    tr_window_add(window, &item);
    count = tr_window_count(window, TR_WINDOW_ON, 0, 110 * H);
    assert_int_equal(count.possible, 30);
}

/* ---- as known ---- */

static void as_known_a_late_fact_never_moves_an_earlier_latch(void **state)
{
    tr_arena arena = check_arena();
    hand     h;
    tr_latch latch = tr_latch_new();
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    tr_window *window = window_of(&arena, &h, 14, 100 * H, 0);
    assert_int_equal(tr_latch_look(window, 101 * H, &latch), TR_LATCH_SAME);
    tr_incident late = hand_incident(99, 100 * H, 100 * H);
    tr_window_add(window, &late);
    assert_int_equal(tr_latch_look(window, 102 * H, &latch), TR_LATCH_ON);
    assert_int_equal(latch.reached, 102 * H); /* known then, not at 100 */
    assert_int_equal(latch.count.certain, 15);
    assert_int_equal(tr_latch_look(window, 102 * H, &latch), TR_LATCH_SAME);
    tr_window_drop(window, &late);
    assert_int_equal(tr_latch_look(window, 103 * H, &latch), TR_LATCH_SAME);
    assert_int_equal(latch.active, 1);

    assert_int_equal(tr_latch_look(window, 125 * H, &latch), TR_LATCH_SAME);
    assert_int_equal(latch.since, 125 * H); /* first look at which off holds */
    assert_int_equal(tr_latch_next(window, &latch), 135 * H);
    assert_int_equal(tr_latch_look(window, 135 * H - 1, &latch), TR_LATCH_SAME);
    assert_int_equal(tr_latch_look(window, 135 * H, &latch), TR_LATCH_OFF);
    assert_int_equal(latch.cleared, 135 * H);
    assert_int_equal(latch.reached, 102 * H);
}

static void as_known_a_fact_older_than_the_window_counts_no_more(void **state)
{
    tr_arena arena = check_arena();
    hand     h;
    tr_latch latch = tr_latch_new();
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    *t = hand_threshold(hand_ns(24 * H), hand_ns(10 * H));
    tr_window *window = window_of(&arena, &h, 20, 100 * H, 0);
    assert_int_equal(tr_latch_look(window, 124 * H, &latch), TR_LATCH_SAME);
    assert_int_equal(tr_latch_look(window, 124 * H - 1, &latch), TR_LATCH_ON);
}

/* ---- the real data ---- */

typedef struct {
    tr_window *window;
    tr_tz const *tz;
    int        begin, end, rows;
} reading;

/* Month first, "9/30/2014 12:00:00 AM" or "01/01/2015 00:00": only the day matters. */
static tr_time day_of(tr_str text, const tr_tz *tz)
{
    int month = 0, day = 0, year = 0;
    char z[32];
    snprintf(z, sizeof z, "%.*s", TR_FMT(text));
    assert_int_equal(sscanf(z, "%d/%d/%d", &month, &day, &year), 3);
    tr_civil civil = {.year = year, .month = month, .day = day};
    assert_true(tr_civil_ok(&civil));
    return tr_time_of(&civil, tz);
}

static bool read_row(void *context, const tr_csv_row *row)
{
    reading *r = context;
    if (row->number == 1) {
        for (int i = 0; i < row->fields; i++) {
            r->begin = tr_str_is(row->field[i], "date_start") ? i : r->begin;
            r->end = tr_str_is(row->field[i], "date_end") ? i : r->end;
        }
        return r->begin >= 0 && r->end >= 0;
    }
    tr_time     begin = day_of(row->field[r->begin], r->tz);
    tr_time     end = tr_time_add_days(day_of(row->field[r->end], r->tz), 1, r->tz);
    tr_incident item = hand_incident(r->rows++, begin, end);
    item.best = begin;
    item.kind = TR_KIND_EVENT_FATAL_;
    item.reg = 0;
    tr_window_add(r->window, &item);
    return true;
}

static tr_str unzipped(tr_arena *keep, const char *path)
{
    char  command[1200];
    FILE *there = fopen(path, "rb");
    if (!there)
        return (tr_str){NULL, 0};
    fclose(there);
    snprintf(command, sizeof command, "gzip -dc '%s'", path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t room = (size_t)64 << 20;
    char  *at = TR_NEW(keep, char, (ptrdiff_t)room);
    size_t len = fread(at, 1, room, pipe);
    assert_int_equal(pclose(pipe), 0);
    return (tr_str){at, (ptrdiff_t)len};
}

static void
the_second_minsk_agreement_would_have_been_in_its_threshold_from_18_february(void **state)
{
    tr_arena arena = check_arena();
    hand     h;
    tr_err   err = {0};
    tr_str   bytes =
        unzipped(&arena, check_path("../shared/data/ucdp/ucdp_ged_ukraine_2014-2018.csv.gz"));
    CHECK_DATA(bytes);
    hand_make(&h);
    tr_threshold *t = &h.clause[HAND_THRESHOLD].u.threshold;
    h.clause[HAND_TERM].u.prohibition.class_ = 1;
    h.clause[HAND_TERM].u.prohibition.begin = t->from = hand_time("2015-02-15 00:00");
    t->reg = 0;
    reading  r = {tr_window_new(&arena, &h.plan, HAND_THRESHOLD), h.plan.tz, -1, -1, 0};
    tr_arena scratch = check_arena();
    CHECK_OK(tr_csv_read(scratch, bytes, ',', read_row, &r, &err), err);
    assert_int_equal(r.rows, 2478);

    tr_timeline line;
    tr_window_run(r.window, hand_time("2019-01-01 00:00"), &line);
    assert_int_equal(line.activations, 1);
    assert_int_equal(line.activation[0].reached, hand_time("2015-02-18 00:00"));
    assert_int_equal(line.activation[0].count.certain, 19);
    assert_int_equal(line.activation[0].off_since, hand_time("2015-09-27 00:00"));
    assert_int_equal(line.activation[0].cleared, hand_time("2015-10-11 00:00"));
    tr_window_run(r.window, hand_time("2015-10-11 00:00") - 1, &line);
    assert_true(line.active);
    assert_int_equal(line.next, hand_time("2015-10-11 00:00"));
    tr_window_run(r.window, hand_time("2015-02-18 00:00") - 1, &line);
    assert_int_equal(line.activations, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adding_and_dropping_in_any_order_gives_what_the_definition_gives),
        cmocka_unit_test(what_comes_next_is_what_then_happens),
        cmocka_unit_test(thousands_put_in_without_a_run_are_all_counted),
        cmocka_unit_test(it_trips_above_its_bound_not_on_it),
        cmocka_unit_test(without_a_tick_nothing_is_active),
        cmocka_unit_test(a_bound_is_left_one_item_below_it),
        cmocka_unit_test(a_hold_counts_when_full_and_not_one_nanosecond_short),
        cmocka_unit_test(a_start_hold_is_waited_for_and_shown_as_pending),
        cmocka_unit_test(once_cleared_it_can_be_reached_again_at_that_instant),
        cmocka_unit_test(conditions_that_contradict_each_other_still_come_to_an_end),
        cmocka_unit_test(an_item_as_long_as_the_window_is_never_certain),
        cmocka_unit_test(a_window_of_seven_days_holds_at_most_six_whole_days_at_any_hour),
        cmocka_unit_test(days_are_calendar_days_over_the_change_of_the_clock),
        cmocka_unit_test(certain_is_part_of_best_and_best_of_possible_in_the_hour_that_comes_twice),
        cmocka_unit_test(each_filter_of_a_threshold_limits_and_says_so),
        cmocka_unit_test(corroboration_is_by_roots_kinds_of_means_and_probability),
        cmocka_unit_test(an_item_belongs_to_the_count_when_it_begins_at_its_start_or_later),
        cmocka_unit_test(the_zone_of_a_condition_limits),
        cmocka_unit_test(a_sum_counts_happenings_and_an_open_number_is_without_bound),
        cmocka_unit_test(as_known_a_late_fact_never_moves_an_earlier_latch),
        cmocka_unit_test(as_known_a_fact_older_than_the_window_counts_no_more),
        cmocka_unit_test(
            the_second_minsk_agreement_would_have_been_in_its_threshold_from_18_february),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (failed)
        printf("the last seed was %llu\n", (unsigned long long)last_seed);
    return failed;
}
