/* steps.c -- step functions in blocks: sort what waits, merge it in, search by blocks.
 *
 * Method of the merge: only blocks into whose stretch something falls are rewritten, in place
 * while they have room; from the first that has none the directory is written anew.  A block that
 * grows past TR_STEPS_BLOCK is cut into equal parts of about TR_STEPS_FILL.  No order is left to
 * chance: equal instants are added up.
 */
#include "verify/steps.h"

void tr_steps_note(tr_arena *keep, tr_steps *steps, tr_time begin, tr_time end, int64_t add)
{
    if (begin >= end || add == 0)
        return;
    *TR_PUSH(keep, &steps->begins) = (tr_step_point){begin, add};
    if (end != TR_TIME_MAX)
        *TR_PUSH(keep, &steps->ends) = (tr_step_point){end, -add};
}

static bool sorted(const tr_step_points *points)
{
    for (ptrdiff_t i = 1; i < points->len; i++)
        if (points->at[i].t < points->at[i - 1].t)
            return false;
    return true;
}

/* Merge sorted a and b, equal instants added up, nothing left out; returns how many. */
static ptrdiff_t merge(const tr_step_point *a, ptrdiff_t as, const tr_step_point *b, ptrdiff_t bs,
                       tr_step_point *out)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0, j = 0; i < as || j < bs;) {
        tr_step_point next = j == bs || (i < as && a[i].t <= b[j].t) ? a[i++] : b[j++];
        if (n > 0 && out[n - 1].t == next.t)
            out[n - 1].add += next.add;
        else
            out[n++] = next;
    }
    return n;
}

/* The same without instants that add nothing; a and b hold each instant once. */
static ptrdiff_t merge_away(const tr_step_point *a, ptrdiff_t as, const tr_step_point *b,
                            ptrdiff_t bs, tr_step_point *out)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0, j = 0; i < as || j < bs;) {
        tr_step_point next;
        if (j == bs || (i < as && a[i].t < b[j].t))
            next = a[i++];
        else if (i == as || b[j].t < a[i].t)
            next = b[j++];
        else
            next = (tr_step_point){a[i].t, a[i].add + b[j].add}, i++, j++;
        if (next.add != 0)
            out[n++] = next;
    }
    return n;
}

/* Sort, and add up equal instants: merging from pairs up, between `points` and `work`. */
static void sort(tr_arena *keep, tr_step_points *points, tr_step_points *work)
{
    if (sorted(points))
        return;
    TR_RESERVE(keep, work, points->len - work->len);
    ptrdiff_t      len = points->len;
    tr_step_point *from = points->at, *to = work->at;
    for (ptrdiff_t width = 1; width < len; width *= 2) {
        for (ptrdiff_t i = 0; i < len; i += 2 * width) {
            ptrdiff_t half = i + width < len ? i + width : len;
            ptrdiff_t end = half + width < len ? half + width : len;
            ptrdiff_t a = i, b = half;
            for (ptrdiff_t k = i; k < end; k++)
                to[k] = b == end || (a < half && from[a].t <= from[b].t) ? from[a++] : from[b++];
        }
        tr_step_point *swap = from;
        from = to;
        to = swap;
    }
    if (from != points->at)
        memcpy(points->at, from, (size_t)len * sizeof *from);
}

static tr_step_point *new_block(tr_arena *keep, tr_steps *steps)
{
    if (steps->idle.len > 0)
        return steps->idle.at[--steps->idle.len];
    return TR_NEW(keep, tr_step_point, TR_STEPS_BLOCK);
}

static void put_block(tr_arena *keep, tr_steps *steps, tr_step_block block)
{
    ptrdiff_t len = steps->blocks.len;
    if (len > 0)
        block.before = steps->blocks.at[len - 1].before + steps->blocks.at[len - 1].sum;
    else
        block.before = 0;
    *TR_PUSH(keep, &steps->blocks) = block;
}

/* A block of `count` points, copied to `room`; `before` is left to the caller. */
static tr_step_block make_block(tr_step_point *room, const tr_step_point *point, ptrdiff_t count)
{
    tr_step_block block = {.at = room, .first = point[0].t, .least = INT64_MAX, .most = INT64_MIN,
                           .count = count};
    for (ptrdiff_t i = 0; i < count; i++) {
        room[i] = point[i];
        block.sum += point[i].add;
        if (block.sum < block.least)
            block.least = block.sum;
        if (block.sum > block.most)
            block.most = block.sum;
    }
    return block;
}

/* A block and the points that fall into it, as one block, several, or none. */
static void rewrite(tr_arena *keep, tr_steps *steps, const tr_step_block *old,
                    const tr_step_point *point, ptrdiff_t points)
{
    tr_step_points *merged = &steps->merged;
    TR_RESERVE(keep, merged, old->count + points - merged->len);
    ptrdiff_t total = merge_away(old->at, old->count, point, points, merged->at);
    ptrdiff_t parts = total <= TR_STEPS_BLOCK ? 1 : (total + TR_STEPS_FILL - 1) / TR_STEPS_FILL;
    if (total == 0) {
        *TR_PUSH(keep, &steps->idle) = old->at;
        return;
    }
    for (ptrdiff_t i = 0; i < parts; i++) {
        ptrdiff_t begin = total * i / parts, end = total * (i + 1) / parts;
        tr_step_point *room = i == 0 ? old->at : new_block(keep, steps);
        put_block(keep, steps, make_block(room, merged->at + begin, end - begin));
    }
}

/* The last block that begins at or before t, or -1. */
static ptrdiff_t block_at(const tr_steps *steps, tr_time t)
{
    ptrdiff_t low = 0, high = steps->blocks.len;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (steps->blocks.at[middle].first <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

/* What waits, sorted, each instant once, in steps->work. */
static ptrdiff_t gather(tr_arena *keep, tr_steps *steps)
{
    sort(keep, &steps->begins, &steps->work);
    sort(keep, &steps->ends, &steps->work);
    TR_RESERVE(keep, &steps->work, steps->begins.len + steps->ends.len - steps->work.len);
    ptrdiff_t count = merge(steps->begins.at, steps->begins.len, steps->ends.at, steps->ends.len,
                            steps->work.at);
    steps->begins.len = 0;
    steps->ends.len = 0;
    return count;
}

/* How many of the points from `begin` on fall into a block: those before the next one. */
static ptrdiff_t points_into(const tr_step_block *block, bool last, const tr_step_point *point,
                             ptrdiff_t begin, ptrdiff_t count)
{
    ptrdiff_t end = begin;
    while (end < count && (last || point[end].t < block[1].first))
        end++;
    return end - begin;
}

/* Merge points into the blocks from `*block` on as long as none has to be cut or goes empty, and
 * as long as there is anything to do; `*block` is then the one to go on with.  Returns how many
 * points are in. */
static ptrdiff_t merge_in_place(tr_arena *keep, tr_steps *steps, const tr_step_point *point,
                                ptrdiff_t count, ptrdiff_t *block)
{
    ptrdiff_t done = 0;
    int64_t   shift = 0;
    for (; *block < steps->blocks.len && (done < count || shift != 0); (*block)++) {
        tr_step_block *at = &steps->blocks.at[*block];
        bool           last = *block + 1 == steps->blocks.len;
        ptrdiff_t      points = points_into(at, last, point, done, count);
        if (points > 0) {
            TR_RESERVE(keep, &steps->merged, at->count + points - steps->merged.len);
            ptrdiff_t total = merge_away(at->at, at->count, point + done, points, steps->merged.at);
            if (total == 0 || total > TR_STEPS_BLOCK)
                break;
            tr_step_block old = *at;
            *at = make_block(old.at, steps->merged.at, total);
            at->before = old.before + shift;
            shift += at->sum - old.sum;
            done += points;
        } else {
            at->before += shift;
        }
    }
    return done;
}

/* Merge points into the blocks from `first` on and write the directory anew from there. */
static void merge_anew(tr_arena *keep, tr_steps *steps, const tr_step_point *point, ptrdiff_t count,
                       ptrdiff_t first)
{
    ptrdiff_t tail = steps->blocks.len - first;
    if (tail == 0) {
        tr_step_block none = {.at = new_block(keep, steps)};
        rewrite(keep, steps, &none, point, count);
        return;
    }
    TR_RESERVE(keep, &steps->tail, tail - steps->tail.len);
    memcpy(steps->tail.at, steps->blocks.at + first, (size_t)tail * sizeof *steps->tail.at);
    steps->blocks.len = first;
    for (ptrdiff_t i = 0, done = 0; i < tail; i++) {
        const tr_step_block *block = &steps->tail.at[i];
        ptrdiff_t            points = points_into(block, i + 1 == tail, point, done, count);
        if (points == 0)
            put_block(keep, steps, *block);
        else
            rewrite(keep, steps, block, point + done, points);
        done += points;
    }
}

tr_time tr_steps_settle(tr_arena *keep, tr_steps *steps)
{
    ptrdiff_t count = gather(keep, steps);
    if (count == 0)
        return TR_TIME_MAX;
    const tr_step_point *point = steps->work.at;
    tr_time              earliest = point[0].t;
    ptrdiff_t            block = block_at(steps, earliest);
    if (block < 0)
        block = 0;
    ptrdiff_t done = merge_in_place(keep, steps, point, count, &block);
    if (done < count)
        merge_anew(keep, steps, point + done, count - done, block);
    return earliest;
}

static int64_t waiting_at(const tr_step_points *points, tr_time t)
{
    int64_t sum = 0;
    for (ptrdiff_t i = 0; i < points->len; i++)
        if (points->at[i].t <= t)
            sum += points->at[i].add;
    return sum;
}

int64_t tr_steps_at(const tr_steps *steps, tr_time t)
{
    int64_t   sum = waiting_at(&steps->begins, t) + waiting_at(&steps->ends, t);
    ptrdiff_t b = block_at(steps, t);
    if (b < 0)
        return sum;
    const tr_step_block *block = &steps->blocks.at[b];
    sum += block->before;
    for (ptrdiff_t i = 0; i < block->count && block->at[i].t <= t; i++)
        sum += block->at[i].add;
    return sum;
}

tr_time tr_steps_first(const tr_steps *steps)
{
    return steps->blocks.len > 0 ? steps->blocks.at[0].first : TR_TIME_MAX;
}

static bool within(const tr_steps_cursor *cursor, int64_t value)
{
    return cursor->least <= value && value <= cursor->most;
}

/* Can no value in the block differ from `holds`?  All of it lies within the bounds, or all on one
 * side of them. */
static bool same_throughout(const tr_steps_cursor *cursor, const tr_step_block *block)
{
    int64_t least = block->before + block->least, most = block->before + block->most;
    if (cursor->holds)
        return cursor->least <= least && most <= cursor->most;
    return most < cursor->least || least > cursor->most;
}

/* From the point (block, point) on, with `value` before it, to the next that changes `holds`. */
static void find_until(tr_steps_cursor *cursor)
{
    const tr_step_blocks *blocks = &cursor->steps->blocks;
    for (; cursor->block < blocks->len; cursor->block++, cursor->point = 0) {
        const tr_step_block *block = &blocks->at[cursor->block];
        if (cursor->point == 0 && same_throughout(cursor, block)) {
            cursor->value = block->before + block->sum;
            continue;
        }
        for (; cursor->point < block->count; cursor->point++) {
            const tr_step_point *point = &block->at[cursor->point];
            if (within(cursor, cursor->value + point->add) != cursor->holds) {
                cursor->until = point->t;
                return;
            }
            cursor->value += point->add;
        }
    }
    cursor->until = TR_TIME_MAX;
}

/* Anywhere: t is a time within the stretch, so `from` is t itself. */
static void place(tr_steps_cursor *cursor, tr_time t)
{
    ptrdiff_t b = block_at(cursor->steps, t);
    cursor->block = b < 0 ? 0 : b;
    cursor->point = 0;
    cursor->value = 0;
    if (b >= 0) {
        const tr_step_block *block = &cursor->steps->blocks.at[b];
        cursor->value = block->before;
        while (cursor->point < block->count && block->at[cursor->point].t <= t)
            cursor->value += block->at[cursor->point++].add;
        if (cursor->point == block->count) {
            cursor->block++;
            cursor->point = 0;
        }
    }
    cursor->from = t;
    cursor->holds = within(cursor, cursor->value);
    cursor->placed = true;
    find_until(cursor);
}

void tr_steps_seek(tr_steps_cursor *cursor, tr_time t)
{
    if (cursor->placed && cursor->from <= t && (t < cursor->until || cursor->until == TR_TIME_MAX))
        return;
    if (!cursor->placed || t != cursor->until) {
        place(cursor, t);
        return;
    }
    cursor->from = t;
    cursor->value += cursor->steps->blocks.at[cursor->block].at[cursor->point++].add;
    cursor->holds = !cursor->holds;
    if (cursor->point == cursor->steps->blocks.at[cursor->block].count) {
        cursor->block++;
        cursor->point = 0;
    }
    find_until(cursor);
}
