/* owed.c -- instances of a duty that recurs (owed.h). */
#include "respond/owed.h"

#include "verify/halt.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    tr_arena      *keep;
    const tr_plan *plan;
    const tr_each *each;
    tr_time        now, start;
    tr_report     *report;
    int32_t        reports;
    tr_owed_list  *list;
    tr_owed_sum   *sum;
    tr_halts       halts;
    int32_t        actor;
} owing;

static int by_zero(const void *a, const void *b)
{
    const tr_trigger *x = a, *y = b;
    if (x->zero != y->zero)
        return x->zero < y->zero ? -1 : 1;
    if (x->content != y->content)
        return x->content < y->content ? -1 : 1;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return strcmp(x->key, y->key);
}

static int by_on(const void *a, const void *b)
{
    const tr_report *x = a, *y = b;
    if (x->on != y->on)
        return x->on < y->on ? -1 : 1;
    return x->done != y->done ? (x->done ? -1 : 1) : tr_str_cmp(x->key, y->key);
}

static tr_time earlier(tr_time a, tr_time b)
{
    return a == TR_TIME_NONE || (b != TR_TIME_NONE && b < a) ? b : a;
}

/* ---- instances of what happens ---- */

/* Requests beyond the quota of their period do not bind; what binds stays in front. */
static int32_t within_quota(owing *o, tr_trigger *trigger, int32_t triggers)
{
    int64_t period = -1;
    int32_t bound = 0, of_period = 0;
    for (int32_t i = 0; i < triggers && o->each->quota > 0; i++) {
        int64_t number =
            tr_period_at(&o->each->quota_every, o->start, trigger[i].zero, o->plan->tz);
        of_period = number == period ? of_period + 1 : 1;
        period = number;
        if (of_period <= o->each->quota)
            trigger[bound++] = trigger[i];
    }
    if (o->each->quota == 0)
        return triggers;
    o->sum->beyond = triggers - bound;
    return bound;
}

static bool named(const tr_report *report, const tr_owed *one)
{
    return report->key.len > 0 && tr_str_is(report->key, one->key);
}

/* Reports are in the order of time, so the first one that fits is the earliest. */
static void take_named(owing *o)
{
    for (int32_t r = 0; r < o->reports; r++)
        for (ptrdiff_t i = 0; i < o->list->len && o->report[r].key.len > 0; i++) {
            tr_owed *one = &o->list->at[i];
            if (!named(&o->report[r], one))
                continue;
            one->refusals += o->report[r].refused;
            if (o->report[r].done && one->done == TR_TIME_NONE)
                one->done = o->report[r].on;
            break;
        }
}

static void take_unnamed(owing *o)
{
    ptrdiff_t first = 0; /* all before it are done */
    for (int32_t r = 0; r < o->reports; r++) {
        const tr_report *report = &o->report[r];
        if (report->key.len > 0)
            continue;
        while (first < o->list->len && o->list->at[first].done != TR_TIME_NONE)
            first++;
        if (first == o->list->len || o->list->at[first].zero > report->on)
            continue;
        o->list->at[first].refusals += report->refused;
        if (report->done)
            o->list->at[first].done = report->on;
    }
}

static void happen(owing *o, const tr_trigger *trigger, int32_t triggers)
{
    for (int32_t i = 0; i < triggers; i++) {
        tr_owed one = {.zero = trigger[i].zero,
                       .due = tr_stretch_after(trigger[i].zero, o->each->within, o->plan->tz),
                       .done = TR_TIME_NONE,
                       .entry = trigger[i].entry};
        snprintf(one.key, sizeof one.key, "%s", trigger[i].key);
        *TR_PUSH(o->keep, o->list) = one;
    }
    take_named(o);
    take_unnamed(o);
}

/* ---- periods ---- */

static void period_key(const owing *o, tr_time begin, char key[TR_OWED_KEY])
{
    tr_civil day = tr_civil_of(begin, o->plan->tz);
    snprintf(key, TR_OWED_KEY, "%04d%02d%02d", day.year, day.month, day.day);
}

static tr_owed period_of(const owing *o, int64_t number)
{
    const tr_period *every = &o->each->every;
    tr_owed          one = {.zero = tr_period_begin(every, o->start, number, o->plan->tz),
                            .due = tr_period_begin(every, o->start, number + 1, o->plan->tz),
                            .done = TR_TIME_NONE,
                            .entry = -1};
    period_key(o, one.zero, one.key);
    return one;
}

/* The period that a report is for: the one it names by the day on which it begins, else the one
 * that it lies in; -1: of none. */
static int64_t period_for(const owing *o, const tr_report *report)
{
    int64_t  date;
    tr_civil day = {0};
    tr_time  t = report->on;
    if (report->key.len > 0) {
        if (report->key.len != 8 || !tr_int_read_zeros(report->key, &date))
            return -1;
        day.year = (int32_t)(date / 10000);
        day.month = (int32_t)(date / 100 % 100);
        day.day = (int32_t)(date % 100);
        if (!tr_civil_ok(&day))
            return -1;
        t = tr_time_add_days(tr_time_of(&day, o->plan->tz), 1, o->plan->tz) - 1;
    }
    int64_t number = tr_period_at(&o->each->every, o->start, t, o->plan->tz);
    if (number < 0 || report->key.len == 0)
        return number;
    tr_owed one = period_of(o, number);
    return tr_str_is(report->key, one.key) ? number : -1;
}

typedef struct {
    int64_t          number;
    const tr_report *report;
} slot;

static int by_number(const void *a, const void *b)
{
    const slot *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return by_on(x->report, y->report);
}

static void recur(owing *o)
{
    TR_VEC(slot) slots = {0};
    int64_t running = tr_period_at(&o->each->every, o->start, o->now, o->plan->tz), next = 0;
    for (int32_t r = 0; r < o->reports; r++) {
        int64_t number = period_for(o, &o->report[r]);
        if (number >= 0 && number <= running)
            *TR_PUSH(o->keep, &slots) = (slot){number, &o->report[r]};
    }
    if (slots.len > 1)
        qsort(slots.at, (size_t)slots.len, sizeof slots.at[0], by_number);
    for (ptrdiff_t i = 0; i <= slots.len;) {
        int64_t number = i < slots.len ? slots.at[i].number : running + 1;
        int64_t shown = running - TR_OWED_SHOWN > next ? running - TR_OWED_SHOWN : next;
        if (o->halts.len > 0)
            shown = next; /* each for itself against the halts */
        if (shown > number)
            shown = number;
        o->sum->owed += (int32_t)(shown - next); /* counted, not listed */
        o->sum->missing += (int32_t)(shown - next);
        if (shown > next)
            o->sum->since = earlier(o->sum->since, period_of(o, next).due);
        for (; shown < number; shown++)
            *TR_PUSH(o->keep, o->list) = period_of(o, shown);
        if (i == slots.len)
            break;
        tr_owed one = period_of(o, number);
        for (; i < slots.len && slots.at[i].number == number; i++) {
            const tr_report *report = slots.at[i].report;
            one.refusals += report->refused;
            one.times += report->done;
            if (report->done && one.times == o->each->times)
                one.done = report->on;
        }
        *TR_PUSH(o->keep, o->list) = one;
        next = number + 1;
    }
}

/* ---- halts ---- */

/* Deadlines as the halts move them.  Not owed: what lies wholly in them, and what was not done and
 * has no deadline any more. */
static void take_halts(owing *o)
{
    bool      part = o->each->kind == TR_EACH_PERIOD;
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < o->list->len; i++) {
        tr_owed one = o->list->at[i];
        tr_time due = part ? tr_halts_end(&o->halts, o->actor, one.zero, one.due)
                           : tr_halts_due(&o->halts, o->actor, one.zero, one.due);
        bool    apart = part ? tr_halts_cover(&o->halts, o->actor, one.zero, one.due)
                             : one.zero >= tr_halts_close(&o->halts, o->actor);
        if (apart || (due == TR_TIME_MAX && (one.done == TR_TIME_NONE || one.done > one.due)))
            continue;
        if (due != TR_TIME_MAX)
            one.due = due;
        o->list->at[len++] = one;
    }
    o->list->len = len;
}

/* ---- counting ---- */

static void count(owing *o, tr_owed *one)
{
    bool done = one->done != TR_TIME_NONE;
    /* the end of a period no longer belongs to it; a deadline still is in time */
    bool late = o->each->kind == TR_EACH_PERIOD ? one->done >= one->due : one->done > one->due;
    one->state = done && !late        ? TR_DUTY_COMPLIED
                 : done               ? TR_DUTY_CURED
                 : o->now >= one->due ? TR_DUTY_BREACHED
                                      : TR_DUTY_OPEN;
    o->sum->owed++;
    o->sum->refused += one->refusals;
    o->sum->kept += one->state == TR_DUTY_COMPLIED;
    o->sum->missed += one->state == TR_DUTY_CURED;
    o->sum->missing += one->state == TR_DUTY_BREACHED;
    o->sum->open += one->state == TR_DUTY_OPEN;
    if (one->state == TR_DUTY_OPEN)
        o->sum->due = earlier(o->sum->due, one->due);
    if (one->state == TR_DUTY_CURED || one->state == TR_DUTY_BREACHED)
        o->sum->since = earlier(o->sum->since, one->due);
}

/* A period of a target is judged when it is over and nothing of it is open. */
static void judge_target(owing *o)
{
    const tr_period *every = &o->each->target_every;
    int64_t          running = tr_period_at(every, o->start, o->now, o->plan->tz);
    for (ptrdiff_t i = 0; i < o->list->len;) {
        int64_t number = tr_period_at(every, o->start, o->list->at[i].zero, o->plan->tz);
        tr_time end = tr_period_begin(every, o->start, number + 1, o->plan->tz);
        int64_t all = 0, kept = 0, open = 0;
        for (; i < o->list->len && o->list->at[i].zero < end; i++, all++) {
            kept += o->list->at[i].state == TR_DUTY_COMPLIED;
            open += o->list->at[i].state == TR_DUTY_OPEN;
        }
        if (number >= running || open > 0) {
            o->sum->due = earlier(o->sum->due, number >= running ? end : o->sum->due);
            continue;
        }
        o->sum->periods++;
        if (kept * 1000000 < all * o->each->target_ppm) {
            if (o->sum->below++ == 0)
                o->sum->since = end;
        }
    }
}

static void conclude(owing *o)
{
    tr_owed_sum *sum = o->sum;
    bool         target = o->each->target_ppm > 0;
    if (target) {
        sum->since = TR_TIME_NONE;
        judge_target(o);
    }
    bool breached = target ? sum->below > 0 : sum->missed + sum->missing > 0;
    sum->state = sum->owed == 0  ? TR_DUTY_WAITING
                 : breached      ? (target || sum->missing > 0 ? TR_DUTY_BREACHED : TR_DUTY_CURED)
                 : sum->open > 0 ? TR_DUTY_OPEN
                 : target        ? (sum->periods > 0 ? TR_DUTY_COMPLIED : TR_DUTY_OPEN)
                                 : TR_DUTY_COMPLIED;
    sum->verdict = tr_duty_verdict(sum->state);
}

void tr_respond_owed(tr_arena *keep, const tr_plan *plan, int32_t clause, int32_t actor,
                     tr_time now, tr_trigger *trigger, int32_t triggers, tr_report *report,
                     int32_t reports, tr_owed_list *list, tr_owed_sum *sum)
{
    assert(plan->clause[clause].kind == TR_CLAUSE_OBLIGATION);
    owing o = {keep,    plan,           &plan->clause[clause].u.obligation.each,
               now,     plan->in_force, report,
               reports, list,           sum,
               tr_halts_of(plan, clause), actor};
    *list = (tr_owed_list){0};
    *sum = (tr_owed_sum){.verdict = TR_VERDICT_NOT_IN_FORCE,
                         .state = TR_DUTY_NOT_IN_FORCE,
                         .due = TR_TIME_NONE,
                         .since = TR_TIME_NONE};
    if (now == TR_TIME_NONE || (plan->in_force != TR_TIME_NONE && now < plan->in_force)) {
        sum->due = plan->in_force;
        return;
    }
    if (triggers > 1)
        qsort(trigger, (size_t)triggers, sizeof trigger[0], by_zero);
    if (reports > 1)
        qsort(report, (size_t)reports, sizeof report[0], by_on);
    if (o.each->kind == TR_EACH_PERIOD)
        recur(&o);
    else
        happen(&o, trigger, within_quota(&o, trigger, triggers));
    if (o.halts.len > 0)
        take_halts(&o);
    for (ptrdiff_t i = 0; i < list->len; i++)
        count(&o, &list->at[i]);
    conclude(&o);
    const tr_halt *halt = tr_halted_at(&o.halts, actor, now);
    if (!halt)
        return;
    sum->verdict = tr_halt_verdict(halt);
    sum->state =
        sum->verdict == TR_VERDICT_SUSPENDED ? TR_DUTY_SUSPENDED : TR_DUTY_NOT_IN_FORCE;
}
