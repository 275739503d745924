/* case.c -- a case: found the record, say its statements, judge; then in other orders, and with
 * the parties exchanged.
 *
 * Order does not matter: statements that bring or change observations are put in random orders
 * (a linear extension of "comes after what it names"; never across a response), everything else
 * keeps its place; the view must be equal.  Parties: their names are exchanged in the agreement
 * and in the script outside quotes; every expectation must hold so too, and all results must be
 * the same but for the names.
 */
#include "trial/case.h"

#include "base/random.h"
#include "trial/run.h"

static const uint8_t MASTER[32] = "truce cases: keys of nobody"; /* fixed: same record each time */
static const char    ORIGIN[] = "cases.truce/case";

/* ---- founding ---- */

static bool fail_case(const script_case *script, int32_t line, int code, const char *fact,
                      tr_err *err)
{
    tr_fail(err, code, "`truce check` shows every error of an agreement.", "%s", fact);
    err->line = line > 0 ? line : script->line;
    return false;
}

static tr_arena carve(tr_arena *from, ptrdiff_t bytes)
{
    assert(from->end - from->beg > bytes);
    from->end -= bytes;
    return (tr_arena){from->end, from->end + bytes};
}

static tr_plan *compile(run *r, tr_err *err)
{
    tr_terms_result result = {0};
    tr_terms_compile(r->keep, r->agreement, NULL, NULL, &result);
    if (result.errors == 0 && result.plan)
        return result.plan;
    const tr_err *first = &result.diagnostic[0].err;
    for (int32_t i = 0; i < result.diagnostics; i++)
        if (!result.diagnostic[i].warning) {
            first = &result.diagnostic[i].err;
            break;
        }
    tr_out fact = tr_out_new(r->keep);
    bool   own = r->script->agreement.at != NULL;
    tr_put(&fact, "the agreement, line %d: TR%04d %.150s", first->line, first->code, first->text);
    fail_case(r->script, own ? r->script->agreement_line + first->line : 0, TR_E_CASE_AGREEMENT,
              tr_out_z(&fact), err);
    return NULL;
}

static tr_time first_moment(const tr_plan *plan)
{
    const tr_civil otherwise = {.year = 2026, .month = 1, .day = 1};
    return plan->signature != TR_TIME_NONE  ? plan->signature
           : plan->in_force != TR_TIME_NONE && plan->in_force != TR_TIME_MAX
               ? plan->in_force
               : tr_time_of(&otherwise, plan->tz);
}

bool run_begin(run *r, tr_err *err)
{
    tr_str raw;
    for (int i = 0; i < 2; i++)
        r->room[i] = r->whole[i] = carve(r->keep, TR_CASE_MISSION);
    r->side = carve(r->keep, TR_CASE_MISSION);
    shelf_open(&r->shelf, r->keep);
    tr_plan *plan = compile(r, err);
    if (!plan)
        return false;
    r->at = first_moment(plan);
    r->entry_of = TR_NEW(r->keep, int64_t, r->script->statements + 1);
    for (int32_t i = 0; i < r->script->statements; i++)
        r->entry_of[i] = -1;
    r->pen = (tr_pen){.keep = r->keep, .keeper = shelf_keeper(&r->shelf), .keep_invalid = true};
    tr_desk_open(&r->pen.desk, tr_str_of(ORIGIN), MASTER);
    tr_world world = shelf_world(&r->shelf);
    r->pen.mission = tr_mission_new(&r->room[0], r->pen.desk.origin, &world);
    if (tr_pen_genesis(&r->pen, plan, r->agreement, r->at, &raw, err) &&
        r->pen.keeper.append(r->pen.keeper.context, raw, err) &&
        tr_pen_enrol_all(&r->pen, r->at, err))
        return true;
    err->line = r->script->line;
    return false;
}

void run_fail(run *r, int32_t line, tr_str text)
{
    tr_out out = tr_out_new(r->keep);
    if (r->as[0])
        tr_put(&out, "%s: ", r->as);
    tr_put_str(&out, text);
    *TR_PUSH(r->keep, r->failure) = (tr_case_failure){line, tr_out_text(&out)};
}

bool run_past(run *r, tr_time t, tr_arena *room, tr_mission **mission, tr_err *err)
{
    const tr_mission *now = r->pen.mission;
    tr_world          world = shelf_world(&r->shelf);
    int64_t           size = r->shelf.entry.len;
    for (int64_t i = tr_mission_ticks(now); i-- > 0;)
        if (tr_mission_tick(now, i)->t > t)
            size = tr_mission_tick(now, i)->index;
    *mission = tr_mission_new(room, r->pen.desk.origin, &world);
    for (int64_t i = 0; i < size; i++) {
        tr_err quiet = {0};
        if (tr_mission_step(*mission, r->shelf.entry.at[i], &quiet) == TR_STEP_CANNOT) {
            *err = quiet;
            return false;
        }
    }
    return true;
}

/* ---- saying a script ---- */

/* The code of `expect invalid TRnnnn` just before statement i, or 0. */
static bool wanted_refusal(const run *r, int32_t i, int64_t *code, tr_err *err)
{
    const statement *say = &r->script->at[i];
    words            w = words_of(say, NULL);
    w.next = 2;
    tr_str word = words_look(&w);
    w.next = 3;
    if (!tr_int_read_zeros(tr_str_from(word, 2), code) || word.len != 6)
        return words_fail(&w, err, "expect invalid TR1204", "not a code");
    if (!tr_error_summary((int)*code))
        return words_fail(&w, err, "`truce explain TRmmnn` knows the codes.", "no such code");
    return words_end(&w, err);
}

static void refused_otherwise(run *r, const statement *say, bool done, int64_t want,
                              const tr_err *why)
{
    tr_out text = tr_out_new(r->keep);
    tr_put(&text, "%.*s, ", TR_FMT(say->raw));
    if (want > 0)
        tr_put(&text, "expected to be refused with TR%04d, but ", (int)want);
    if (done)
        tr_put(&text, "was taken");
    else
        tr_put(&text, "was refused: TR%04d %s", why->code, why->text);
    run_fail(r, say->line, tr_out_text(&text));
}

/* *going false: the rest of the case means nothing any more. */
static bool say_entry(run *r, int32_t i, int64_t want, bool *going, tr_err *err)
{
    tr_err why = {0};
    r->before = tr_mission_view(r->pen.mission, r->side);
    bool done = run_write(r, i, &why);
    if (!done && !r->refused) {
        *err = why;
        if (err->line == 0)
            err->line = r->script->at[i].line;
        return false;
    }
    r->expectations += want > 0;
    if (done == (want == 0) && (done || why.code == want))
        return true;
    refused_otherwise(r, &r->script->at[i], done, want, &why);
    *going = want > 0;
    return true;
}

static void say_snapshot(run *r, int32_t line)
{
    tr_out      bytes = tr_out_new(r->keep);
    tr_mission *loaded;
    tr_err      err = {0};
    tr_world    world = shelf_world(&r->shelf);
    tr_hash     view = tr_mission_view(r->pen.mission, r->side);
    tr_hash     state = tr_mission_state(r->pen.mission, r->side);
    tr_mission_save(r->pen.mission, &bytes);
    int turn = 1 - r->turn;
    r->room[turn] = r->whole[turn];
    r->expectations++;
    if (!tr_mission_load(&r->room[turn], tr_out_text(&bytes), &world, &loaded, &err)) {
        tr_out text = tr_out_new(r->keep);
        tr_put(&text, "the snapshot does not load: %s", err.text);
        run_fail(r, line, tr_out_text(&text));
        return;
    }
    tr_hash view_2 = tr_mission_view(loaded, r->side);
    tr_hash state_2 = tr_mission_state(loaded, r->side);
    if (!tr_hash_eq(&view, &view_2) || !tr_hash_eq(&state, &state_2))
        run_fail(r, line, TR_STR("the state loaded from the snapshot is another one"));
    r->pen.mission = loaded;
    r->turn = turn;
}

static bool say_remember(run *r, const statement *say, tr_err *err)
{
    words  w = words_of(say, NULL);
    tr_str name;
    w.next = 1;
    if (!words_need(&w, "view", err) || !words_any(&w, "a name", &name, err) || !words_end(&w, err))
        return false;
    *TR_PUSH(r->keep, r->memory) = (remembered){name, tr_mission_view(r->pen.mission, r->side)};
    return true;
}

/* All statements in their order. */
static bool run_script(run *r, tr_err *err)
{
    int64_t want = 0;
    bool    going = true;
    for (int32_t i = 0; i < r->script->statements && going; i++) {
        const statement *say = &r->script->at[i];
        bool             done = true;
        if (say->kind == SAY_INVALID) {
            if (!wanted_refusal(r, i, &want, err))
                return false;
            continue;
        }
        if (say->kind == SAY_EXPECT)
            done = run_expect(r, say, err);
        else if (say->kind == SAY_SNAPSHOT)
            say_snapshot(r, say->line);
        else if (say->kind == SAY_REMEMBER)
            done = say_remember(r, say, err);
        else if (say->kind != SAY_SHUFFLE && say->kind != SAY_SWAP && say->kind != SAY_FINDING)
            done = say_entry(r, i, want, &going, err);
        if (!done)
            return false;
        want = 0;
    }
    return true;
}

/* ---- other orders ---- */

static bool writes(say_kind kind)
{
    return kind <= SAY_DEED;
}

typedef struct {
    const script_case *script;
    tr_random         *random;
    say_freedom       *freedom;
    bool              *put;
    int32_t           *order;
    int32_t            count;
} ordering;

/* What another statement names moves no farther than that one; what is said once more, no farther
 * than when it was said first. */
static void set_freedom(ordering *o)
{
    const script_case *script = o->script;
    for (int32_t i = 0; i < script->statements; i++) {
        const statement *say = &script->at[i];
        o->freedom[i] = say_moves(say);
        if (say->kind == SAY_AGAIN && say->of >= 0 && o->freedom[say->of] < o->freedom[i])
            o->freedom[i] = o->freedom[say->of];
    }
    for (int32_t i = script->statements; i-- > 0;) {
        const int32_t before[] = {script->at[i].of, script->at[i].after};
        if (!writes(script->at[i].kind))
            continue;
        for (int k = 0; k < 2; k++)
            if (before[k] >= 0 && o->freedom[before[k]] > o->freedom[i])
                o->freedom[before[k]] = o->freedom[i];
    }
}

/* May statement i come now, after all that are `put`? */
static bool ready(const ordering *o, int32_t i)
{
    const statement *say = &o->script->at[i];
    return !o->put[i] && (say->of < 0 || o->put[say->of]) && (say->after < 0 || o->put[say->after]);
}

/* One of those in [begin, end) that are so free, or `found`, of `count` before. */
static int32_t pick(const ordering *o, say_freedom freedom, int32_t begin, int32_t end,
                    uint64_t *count, int32_t found)
{
    for (int32_t i = begin; i < end; i++)
        if (o->freedom[i] == freedom && ready(o, i) &&
            tr_random_below(o->random, ++*count) == 0)
            found = i;
    return found;
}

static void put_now(ordering *o, int32_t i)
{
    if (!writes(o->script->at[i].kind))
        return;
    o->put[i] = true;
    o->order[o->count++] = i;
}

/* A response to a ladder is a barrier: it names an activation. */
static bool barrier(const ordering *o, int32_t i)
{
    return o->script->at[i].kind == SAY_RESPONSE && o->freedom[i] == SAY_FIXED;
}

/* [begin, end) lies between two ticks, within [first, last) between two barriers.  All that may
 * only move here is put when its places are used up. */
static void order_between(ordering *o, int32_t begin, int32_t end, int32_t first, int32_t last)
{
    int32_t places = 0, here = 0;
    for (int32_t i = begin; i < end; i++) {
        places += o->freedom[i] != SAY_FIXED;
        here += o->freedom[i] == SAY_BETWEEN_TICKS;
    }
    for (int32_t i = begin; i < end; i++) {
        uint64_t count = 0;
        int32_t  next = -1;
        if (o->freedom[i] == SAY_FIXED) {
            put_now(o, i);
            continue;
        }
        if (places > here)
            next = pick(o, SAY_FREE, first, last, &count, next);
        next = pick(o, SAY_BETWEEN_TICKS, begin, end, &count, next);
        assert(next >= 0); /* the first that is not put names only what is */
        places--;
        here -= o->freedom[next] == SAY_BETWEEN_TICKS;
        put_now(o, next);
    }
}

/* An order of all statements that write. */
static int32_t order_of(tr_arena *keep, const script_case *script, tr_random *random,
                        int32_t *order)
{
    ordering o = {.script = script, .random = random, .order = order};
    o.put = TR_NEW(keep, bool, script->statements + 1);
    o.freedom = TR_NEW(keep, say_freedom, script->statements + 1);
    set_freedom(&o);
    for (int32_t first = 0, last = 0; first < script->statements; first = last + 1) {
        for (last = first; last < script->statements && !barrier(&o, last);)
            last++;
        for (int32_t begin = first, end; begin < last; begin = end) {
            for (end = begin + 1; end < last && script->at[end].kind != SAY_TICK;)
                end++;
            order_between(&o, begin, end, first, last);
        }
        if (last < script->statements)
            put_now(&o, last);
    }
    return o.count;
}

/* What `at` was left at in the order of the script, so that times of writing stay the same. */
static bool run_order(run *r, const int32_t *order, int32_t count, const tr_time *at, tr_err *err)
{
    for (int32_t i = 0; i < count; i++) {
        tr_err why = {0};
        r->at = at[order[i]];
        if (!run_write(r, order[i], &why) && !r->refused) {
            *err = why;
            return false;
        }
    }
    return true;
}

typedef struct {
    const script_case *script;
    tr_str             agreement;
    run                base; /* the run in the order of the script, done */
    tr_arena           rest; /* what it leaves free */
    memories          *memory;
    failures          *failure;
    int32_t            expectations;
    int32_t            runs;
} trial;

static run another(trial *t, tr_arena *keep)
{
    return (run){.keep = keep,
                 .script = t->script,
                 .agreement = t->agreement,
                 .memory = t->memory,
                 .failure = t->failure,
                 .as = ""};
}

/* The `at` before each statement, in the order of the script. */
static tr_time *times_of(const run *base, tr_arena *keep, tr_time first)
{
    const script_case *script = base->script;
    const tr_tz       *tz = tr_mission_plan(base->pen.mission)->tz;
    tr_time           *at = TR_NEW(keep, tr_time, script->statements + 1);
    for (int32_t i = 0; i < script->statements; i++) {
        tr_err quiet = {0};
        words  w = words_of(&script->at[i], tz);
        at[i] = first;
        if (words_take(&w, "at") || words_take(&w, "tick"))
            words_time(&w, &first, &quiet);
    }
    return at;
}

static bool try_order(trial *t, const statement *say, uint64_t seed, tr_err *err)
{
    tr_arena  keep = t->rest;
    run       r = another(t, &keep);
    failures  own = {0};
    tr_random random = tr_random_seed(seed);
    r.failure = &own;
    if (!run_begin(&r, err))
        return false;
    tr_time *at = times_of(&t->base, &keep, r.at);
    int32_t *order = TR_NEW(&keep, int32_t, t->script->statements + 1);
    int32_t  count = order_of(&keep, t->script, &random, order);
    if (!run_order(&r, order, count, at, err))
        return false;
    tr_hash here = tr_mission_view(r.pen.mission, r.side);
    tr_hash there = tr_mission_view(t->base.pen.mission, t->base.side);
    t->runs++;
    t->expectations++;
    if (tr_hash_eq(&here, &there))
        return true;
    tr_out text = tr_out_new(t->base.keep);
    tr_put(&text, "in another order of arrival the view is another (seed %llu)",
           (unsigned long long)seed);
    run_fail(&t->base, say->line, tr_out_text(&text));
    return true;
}

/* shuffle N [seed S] */
static bool run_shuffle(trial *t, const statement *say, tr_err *err)
{
    words   w = words_of(say, NULL);
    int64_t orders, seed = 1;
    w.next = 1;
    if (!words_int(&w, "the number of orders", &orders, err) ||
        (words_take(&w, "seed") && !words_int(&w, "the seed", &seed, err)) || !words_end(&w, err))
        return false;
    if (orders < 1 || orders > 1000)
        return words_fail(&w, err, "From 1 to 1000.", "that many orders do not fit");
    for (int64_t i = 0; i < orders; i++)
        if (!try_order(t, say, (uint64_t)(seed + i), err))
            return false;
    return true;
}

/* ---- parties exchanged ---- */

static bool two_parties(trial *t, const statement *say, tr_str party[2], tr_err *err)
{
    const tr_plan *plan = tr_mission_plan(t->base.pen.mission);
    int            found = 0;
    for (int32_t i = 0; i < plan->actors; i++)
        if (plan->actor[i].kind == TR_ACTOR_PARTY && found++ < 2)
            party[found - 1] = plan->actor[i].id;
    bool compass = false;
    for (int i = 0; i < 2 && i < found; i++)
        compass |= party[i].len == 1 && memchr("NESW", party[i].at[0], 4) != NULL;
    return (found == 2 && !compass) ||
           fail_case(t->script, say->line, TR_E_CASE_SWAP,
                     compass ? "a party has the name of a direction"
                             : "the agreement does not have exactly two parties",
                     err);
}

static void compare_results(trial *t, const statement *say, const run *r, const tr_str party[2])
{
    tr_out here = tr_out_new(r->keep), there = tr_out_new(r->keep);
    put_results(&there, t->base.pen.mission, t->base.side, TR_STR(""), TR_STR(""));
    put_results(&here, r->pen.mission, r->side, party[0], party[1]);
    t->expectations++;
    tr_str a = tr_out_text(&there), b = tr_out_text(&here), first = {0}, second = {0};
    if (tr_str_eq(a, b))
        return;
    do {
        if (!tr_str_next(&a, '\n', &first))
            first = TR_STR("nothing");
        if (!tr_str_next(&b, '\n', &second))
            second = TR_STR("nothing");
    } while (tr_str_eq(first, second));
    tr_out text = tr_out_new(t->base.keep);
    tr_put(&text, "with the parties exchanged there is \"%.*s\" instead of \"%.*s\"",
           TR_FMT(second), TR_FMT(first));
    run_fail(&t->base, say->line, tr_out_text(&text));
}

static bool run_swap(trial *t, const statement *say, tr_err *err)
{
    words       w = words_of(say, NULL);
    tr_arena    keep = t->rest;
    script_case swapped = *t->script;
    memories    none = {0};
    failures    own = {0};
    run         r = another(t, &keep);
    tr_str      party[2];
    w.next = 1;
    if (!words_need(&w, "parties", err) || !words_end(&w, err) || !two_parties(t, say, party, err))
        return false;
    script_swap(&keep, &swapped, party[0], party[1]);
    r.script = &swapped;
    r.agreement = script_swap_text(&keep, t->agreement, party[0], party[1]);
    r.memory = &none;
    r.failure = &own;
    r.as = "with the parties exchanged";
    if (!run_begin(&r, err) || !run_script(&r, err))
        return false;
    t->runs++;
    t->expectations += r.expectations;
    for (ptrdiff_t i = 0; i < own.len; i++)
        *TR_PUSH(t->base.keep, t->failure) =
            (tr_case_failure){own.at[i].line, tr_str_keep(t->base.keep, own.at[i].text)};
    compare_results(t, say, &r, party);
    return true;
}

/* ---- a whole script ---- */

static bool take_agreement(tr_arena *keep, const script_case *script, tr_case_files files,
                           void *context, tr_str *text, tr_err *err)
{
    *text = script->agreement;
    if (text->at || (files && files(context, script->path, text)))
        return true;
    tr_out fact = tr_out_new(keep);
    tr_put(&fact, "the agreement \"%.*s\" could not be read",
           TR_FMT(tr_str_cut(script->path, 0, 120)));
    return fail_case(script, 0, TR_E_CASE_AGREEMENT, tr_out_z(&fact), err);
}

static bool make_whole(tr_arena *keep, const script_case *script, tr_str text, tr_case_files files,
                       void *context, tr_str *whole, tr_err *err)
{
    if (tr_terms_inline(keep, text, files, context, whole, err))
        return true;
    err->line = script->line;
    return false;
}

static bool run_further(trial *t, tr_err *err)
{
    for (int32_t i = 0; i < t->script->statements; i++) {
        const statement *say = &t->script->at[i];
        t->rest = *t->base.keep;
        t->rest.beg += 32 << 20; /* room for failures told of the base run */
        if ((say->kind == SAY_SHUFFLE && !run_shuffle(t, say, err)) ||
            (say->kind == SAY_SWAP && !run_swap(t, say, err)))
            return false;
    }
    return true;
}

static void keep_outcome(tr_arena *keep, const trial *t, tr_case_outcome *outcome)
{
    tr_case_failure *copy = TR_NEW(keep, tr_case_failure, t->failure->len + 1);
    for (ptrdiff_t i = 0; i < t->failure->len; i++)
        copy[i] =
            (tr_case_failure){t->failure->at[i].line, tr_str_keep(keep, t->failure->at[i].text)};
    *outcome = (tr_case_outcome){.title = t->script->title,
                                 .line = t->script->line,
                                 .expectations = t->expectations,
                                 .runs = t->runs,
                                 .failure = copy,
                                 .failures = (int32_t)t->failure->len};
}

typedef struct {
    tr_case_files files;
    void         *context;
    memories      memory; /* in the arena of results: outlives its case */
    tr_arena     *keep;
} series;

static bool run_case(series *s, tr_arena work, const script_case *script, tr_case_outcome *outcome,
                     tr_err *err)
{
    memories memory = {0};
    failures failure = {0};
    trial    t = {.script = script, .memory = &memory, .failure = &failure, .runs = 1};
    for (ptrdiff_t i = 0; i < s->memory.len; i++)
        *TR_PUSH(&work, &memory) = s->memory.at[i];
    tr_str text;
    bool   refused;
    t.base = another(&t, &work);
    if (!take_agreement(&work, script, s->files, s->context, &text, err) ||
        !case_findings(&t.base, text, s->files, s->context, &refused, err))
        return false;
    if (!refused) {
        int32_t said = t.base.expectations;
        if (!make_whole(&work, script, text, s->files, s->context, &t.agreement, err))
            return false;
        t.base = another(&t, &work);
        t.base.expectations = said;
        if (!run_begin(&t.base, err) || !run_script(&t.base, err) || !run_further(&t, err))
            return false;
    }
    t.expectations += t.base.expectations;
    for (ptrdiff_t i = s->memory.len; i < memory.len; i++)
        *TR_PUSH(s->keep, &s->memory) = memory.at[i];
    keep_outcome(s->keep, &t, outcome);
    return true;
}

bool tr_case_run(tr_arena *keep, tr_str script, tr_case_files files, void *context,
                 tr_case_report *report, tr_err *err)
{
    script_cases   cases;
    tr_case_report made = {0};
    ptrdiff_t      most = keep->end - keep->beg;
    tr_arena       all = *keep;
    series         s = {.files = files, .context = context, .keep = keep};
    if (most < TR_CASE_ARENA)
        return tr_fail(err, TR_E_LIMIT, "Hand in more address space.", "no room for a case");
    tr_arena         work = carve(keep, TR_CASE_ARENA - TR_CASE_MISSION / 2);
    bool             done = script_read(keep, script, &cases, err);
    tr_case_outcome *outcome = TR_NEW(keep, tr_case_outcome, done ? cases.len + 1 : 1);
    for (ptrdiff_t i = 0; done && i < cases.len; i++) {
        done = run_case(&s, work, &cases.at[i], &outcome[i], err);
        made.failed += done && outcome[i].failures > 0;
    }
    keep->end = all.end;
    made.at = outcome;
    made.cases = done ? (int32_t)cases.len : 0;
    if (done)
        *report = made;
    return done;
}
