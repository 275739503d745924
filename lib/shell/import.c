/* import.c -- taking rows in, on the clock of the mission. */
#include "shell/import.h"

#include <stdlib.h>

#include "shell/memory.h"

enum { BATCH_ROWS = 1 << 14 };

/* A row that is not on the record yet, and when a replay lets it in (else TR_TIME_NONE). */
typedef struct {
    const tr_intake_row *row;
    tr_time              enter;
} waiting;

static int by_entering(const void *left, const void *right)
{
    const waiting *a = left, *b = right;
    if (a->enter != b->enter)
        return a->enter < b->enter ? -1 : 1;
    return tr_str_cmp(a->row->row, b->row->row);
}

typedef TR_VEC(waiting) waiting_rows;

/* Days later at the same clock time; from the begin of a day to the begin of a day, also where a
 * day begins at 01:00 because the clock skips its midnight. */
static tr_time days_after(tr_time t, int64_t days, const tr_tz *tz)
{
    tr_time later = tr_time_add_days(t, days, tz);
    return tr_time_day_begin(t, tz) == t ? tr_time_day_begin(later, tz) : later;
}

/* The last moment that an entry can write: the end of 2261, UTC. */
static tr_time last_tick(void)
{
    tr_civil end = {2261, 12, 31, 23, 59, 59, 999999999};
    return tr_time_of(&end, tr_tz_utc());
}

/* Sort out what is on the record already: same id and body is a duplicate, another body a conflict.
 */
static void sort_out(tr_folder *folder, tr_str source, const tr_intake *rows, waiting_rows *out,
                     tr_import_sum *sum)
{
    const tr_mission *mission = folder->pen.mission;
    const tr_tz      *tz = tr_mission_plan(mission)->tz;
    bool              replay = tr_mission_mode(mission) == TR_RECORD_REPLAY;
    tr_time           last = last_tick();
    int32_t           known = tr_mission_source_named(mission, source);
    for (int64_t i = 0; i < rows->rows; i++) {
        const tr_intake_row *row = &rows->row[i];
        int64_t              at = known < 0 ? -1 : tr_mission_find(mission, known, row->src_id);
        tr_hash              id = at < 0 ? (tr_hash){{0}} : tr_merkle_leaf(row->row);
        bool                 same = false, other = at >= 0;
        for (; at >= 0 && !same; at = tr_mission_observation(mission, at)->next)
            same = tr_hash_eq(&tr_mission_observation(mission, at)->id, &id);
        if (same) {
            sum->duplicates++;
            continue;
        }
        sum->conflicts += other;
        tr_time enter = replay ? days_after(row->end, TR_REPLAY_LAG_DAYS, tz) : TR_TIME_NONE;
        *TR_PUSH(&folder->keep, out) = (waiting){row, enter < last ? enter : last};
    }
}

typedef struct {
    tr_folder         *folder;
    tr_str             source;
    tr_import_progress progress;
    void              *context;
    tr_import_sum     *sum;
    int64_t            of;
    int64_t            queued; /* rows written and not yet durable */
    int64_t            ticks;  /* the same of ticks */
} taking;

static bool commit(taking *take, tr_err *err)
{
    uint64_t before = take->folder->durable.size;
    if (!tr_folder_commit(take->folder, err))
        return false;
    take->sum->entries += (int64_t)(take->folder->durable.size - before);
    take->sum->accepted += take->queued;
    take->sum->ticks += take->ticks;
    take->queued = take->ticks = 0;
    if (take->progress)
        take->progress(take->context, take->sum, take->of,
                       tr_mission_now(take->folder->pen.mission));
    return true;
}

static bool flow(taking *take, tr_err *err)
{
    enum { QUEUE = 256 };
    return take->folder->queue.len < QUEUE || commit(take, err);
}

static bool take_batch(taking *take, const waiting *row, int64_t rows, tr_time at, tr_err *err)
{
    tr_arena   *keep = &take->folder->keep;
    tr_pen_row *batch = TR_NEW(keep, tr_pen_row, rows);
    for (int64_t i = 0; i < rows; i++)
        batch[i] =
            (tr_pen_row){row[i].row->row, row[i].row->begin, row[i].row->end, row[i].row->kind};
    take->queued += rows;
    return tr_pen_batch(&take->folder->pen, take->source, batch, rows, at, err) && flow(take, err);
}

static bool tick(taking *take, tr_time t, tr_str source, tr_err *err)
{
    take->ticks++;
    return tr_pen_tick(&take->folder->pen, t, source, err) && flow(take, err);
}

static bool take_batches(taking *take, const waiting_rows *rows, tr_time at, tr_err *err)
{
    for (ptrdiff_t i = 0; i < rows->len; i += BATCH_ROWS) {
        ptrdiff_t count = rows->len - i < BATCH_ROWS ? rows->len - i : BATCH_ROWS;
        if (!take_batch(take, rows->at + i, count, at, err) || !commit(take, err))
            return false;
    }
    return true;
}

static bool take_live(taking *take, waiting_rows *rows, tr_err *err)
{
    tr_time now = tr_clock_now(), last = tr_mission_now(take->folder->pen.mission);
    if (last != TR_TIME_NONE && now <= last) {
        char then[TR_TIME_TEXT + 1];
        tr_time_print(last, then);
        return tr_fail(
            err, TR_E_CLOCK_BACK, "Set the clock of this machine right, then import again.",
            "the clock of this machine is not later than the record's last tick %s", then);
    }
    if (!tick(take, now, TR_STR("system"), err) || !take_batches(take, rows, now, err))
        return false;
    now = tr_clock_now();
    if (now <= tr_mission_now(take->folder->pen.mission))
        now = tr_mission_now(take->folder->pen.mission) + 1;
    return tick(take, now, TR_STR("system"), err);
}

/* The next instant of the replay's clock: the next local midnight, or sooner when something is due.
 */
static tr_time next_tick(const tr_mission *mission, const tr_tz *tz)
{
    tr_time now = tr_mission_now(mission), due = tr_mission_next_due(mission);
    tr_time midnight = days_after(tr_time_day_begin(now, tz), 1, tz);
    tr_time next = due != TR_TIME_NONE && due > now && due < midnight ? due : midnight;
    return next < last_tick() ? next : last_tick();
}

/* An exercise keeps the time that was stated for it: rows enter at its last tick. */
static bool take_exercise(taking *take, waiting_rows *rows, tr_err *err)
{
    tr_time now = tr_mission_now(take->folder->pen.mission);
    if (now == TR_TIME_NONE)
        return tr_fail(err, TR_E_CLOCK_BACK, "Write `truce tick DIR --at TIME`, then import again.",
                       "the exercise has no time yet");
    return take_batches(take, rows, now, err);
}

static bool take_replay(taking *take, waiting_rows *rows, tr_err *err)
{
    const tr_mission *mission = take->folder->pen.mission;
    const tr_tz      *tz = tr_mission_plan(mission)->tz;
    qsort(rows->at, (size_t)rows->len, sizeof *rows->at, by_entering);
    if (rows->len > 0 && tr_mission_now(mission) == TR_TIME_NONE) {
        tr_time first = rows->at[0].row->begin;
        for (ptrdiff_t i = 1; i < rows->len; i++)
            first = rows->at[i].row->begin < first ? rows->at[i].row->begin : first;
        first = tr_time_day_begin(first, tz);
        if (!tick(take, first > 0 ? first : 0, TR_STR("replay"), err))
            return false;
    }
    for (ptrdiff_t at = 0; at < rows->len;) {
        tr_time   now = tr_mission_now(mission);
        ptrdiff_t end = at;
        while (end < rows->len && rows->at[end].enter <= now && end - at < BATCH_ROWS)
            end++;
        if (end > at ? !take_batch(take, rows->at + at, end - at, now, err)
                     : !tick(take, next_tick(mission, tz), TR_STR("replay"), err))
            return false;
        at = end;
    }
    return true;
}

/* An id as entries have them, and not that of an actor, who signs for itself. */
static bool source_ok(const tr_plan *plan, tr_str source, tr_err *err)
{
    bool fits = source.len >= 1 && source.len <= 64;
    for (ptrdiff_t i = 0; fits && i < source.len; i++) {
        char c = source.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
        fits = letter || (other && i > 0);
    }
    if (!fits)
        return tr_fail(err, TR_E_SOURCE_ID,
                       "Write a letter, then letters, digits, _ . - up to 64: --as patrol-7.",
                       "\"%.*s\" cannot be the id of a source",
                       source.len < 80 ? (int)source.len : 80, source.at ? source.at : "");
    for (int32_t i = 0; i < plan->actors; i++)
        if (tr_str_eq(plan->actor[i].id, source))
            return tr_fail(err, TR_E_SOURCE_ID, "Choose another id with --as.",
                           "\"%.*s\" is an actor of the agreement, not a source", TR_FMT(source));
    return true;
}

bool tr_import_rows(tr_folder *folder, tr_str source, tr_str kind, const tr_intake *rows,
                    tr_import_progress progress, void *context, tr_import_sum *sum, tr_err *err)
{
    static bool (*const take_by[])(taking * take, waiting_rows * rows,
                                   tr_err * err) = {[TR_RECORD_LIVE] = take_live,
                                                    [TR_RECORD_REPLAY] = take_replay,
                                                    [TR_RECORD_EXERCISE] = take_exercise};
    waiting_rows   fresh = {0};
    tr_record_mode mode = tr_mission_mode(folder->pen.mission);
    tr_time        at = tr_mission_now(folder->pen.mission);
    if (!source_ok(tr_mission_plan(folder->pen.mission), source, err))
        return false;
    sum->read += rows->sum.read;
    sum->refused += rows->sum.refused;
    sum->duplicates += rows->sum.duplicate;
    sort_out(folder, source, rows, &fresh, sum);

    taking take = {.folder = folder,
                   .source = source,
                   .progress = progress,
                   .context = context,
                   .sum = sum,
                   .of = sum->accepted + fresh.len};
    if (at == TR_TIME_NONE)
        at = mode == TR_RECORD_REPLAY && rows->rows > 0 ? rows->span.begin : tr_clock_now();
    if (fresh.len == 0)
        return true;
    return tr_pen_source(&folder->pen, source, kind, at, err) &&
           take_by[mode](&take, &fresh, err) && commit(&take, err);
}
