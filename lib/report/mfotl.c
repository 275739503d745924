/* mfotl.c -- formulas from the plan (mfotl.h).
 *
 * An interval of the logic is elapsed time.  A stretch of calendar days has no interval; its end
 * stands in the log as an event of its own.  Every conjunct that takes away (NOT) has its free
 * variables bound by a conjunct before it, as a monitor that evaluates formulas needs.
 */
#include "report/mfotl.h"

#include <stdio.h>

#include "base/kinds.h"
#include "report/inside.h"
#include "verify/judge.h"

typedef struct {
    const tr_plan *plan;
    tr_out         out;
    const char    *why; /* why it cannot be said; NULL so far */
} saying;

static void cannot(saying *s, const char *why)
{
    if (!s->why)
        s->why = why;
}

static long long seconds(tr_time t)
{
    return (long long)(t >= 0 ? t / TR_SECOND : -((TR_SECOND - 1 - t) / TR_SECOND));
}

/* ---- incidents ---- */

#define ITEM "(i, k, b, m, e)"

static void say_kinds(saying *s, uint64_t kinds)
{
    bool more = false;
    tr_put(&s->out, "(");
    for (int i = 0; i < TR_KINDS; i++)
        if (kinds >> i & 1) {
            tr_put(&s->out, "%s(k = \"%s\")", more ? " OR " : "", tr_kind_name((tr_kind)i));
            more = true;
        }
    if (!more)
        cannot(s, "its class has no kind");
    tr_put(&s->out, ")");
}

/* Inside [from, to): wholly, by the best moment, or touching it. */
static void say_time(saying *s, tr_time from, tr_time to, tr_set set)
{
    if (from != TR_TIME_NONE && set == TR_SET_CERTAIN)
        tr_put(&s->out, " AND (b >= %lld)", seconds(from));
    if (from != TR_TIME_NONE && set == TR_SET_BEST)
        tr_put(&s->out, " AND (m >= %lld)", seconds(from));
    if (from != TR_TIME_NONE && set == TR_SET_POSSIBLE)
        tr_put(&s->out, " AND ((e > %lld) OR (b >= %lld))", seconds(from), seconds(from));
    if (to == TR_TIME_MAX)
        return;
    tr_put(&s->out, " AND (%s < %lld)", set == TR_SET_BEST ? "m" : "b", seconds(to));
    if (set == TR_SET_CERTAIN)
        tr_put(&s->out, " AND (e <= %lld)", seconds(to));
}

static const char *place_event(tr_set set)
{
    return set == TR_SET_CERTAIN ? "in_zone" : set == TR_SET_BEST ? "mostly_in" : "touches";
}

static void say_zone(saying *s, int32_t zone, tr_set set)
{
    if (zone >= 0)
        tr_put(&s->out, " AND (ONCE %s(i, \"%.*s\"))", place_event(set),
               TR_FMT(s->plan->zone[zone].zone.name));
}

static bool elapsed(saying *s, tr_stretch stretch)
{
    if (stretch.days > 0)
        cannot(s, "a lead in calendar days is no interval of the logic");
    return stretch.days <= 0;
}

static void say_actors(saying *s, const char *variable, uint64_t actors)
{
    bool more = false;
    tr_put(&s->out, "(");
    for (int32_t i = 0; i < s->plan->actors; i++)
        if (actors >> i & 1) {
            tr_put(&s->out, "%s(%s = \"%.*s\")", more ? " OR " : "", variable,
                   TR_FMT(s->plan->actor[i].id));
            more = true;
        }
    tr_put(&s->out, ")");
}

/* A notice that surely excuses it, or one that may. */
static void say_notice(saying *s, const tr_prohibition *p, const tr_exception *x, bool surely)
{
    int64_t lead = x->lead.days <= 0 && x->lead.ns > 0 ? x->lead.ns / TR_SECOND : 0;
    elapsed(s, x->lead);
    tr_put(&s->out,
           "(EXISTS n, f, t, p, q. ((ended" ITEM " AND (ONCE notice(n, f, \"%.*s\", t, p, q))) "
           "AND ",
           TR_FMT(s->plan->actor[x->notified_to].id));
    say_actors(s, "f", p->actors);
    tr_put(&s->out, " AND ((t + %lld) <= b) AND (b < q) AND ", (long long)lead);
    tr_put(&s->out, surely ? "(p <= b) AND (e <= q)" : "((e > p) OR (b >= p))");
    tr_put(&s->out,
           " AND (ONCE may_be(i, f)) AND (EXISTS z. ((ONCE notice_at(n, z)) AND (ONCE %s(i, z)))) "
           "AND (NOT (EXISTS u. ((ended" ITEM " AND (ONCE cancelled(n, u))) AND (u <= b))))))",
           surely ? "in_zone" : "touches");
}

/* NOT one of the exceptions applies: none surely, or none even perhaps. */
static void say_exceptions(saying *s, const tr_prohibition *p, bool surely)
{
    for (int32_t i = p->except; i < p->except + p->excepts; i++) {
        const tr_exception *x = &s->plan->exception[i];
        if (!x->permits || x->from >= 0 || x->over != 0)
            cannot(s, "exceptions that forbid, nest or prevail are weighed in two readings");
        if (x->permission >= 0 || x->steps > (x->notified_to >= 0))
            cannot(s, "an exception by several steps looks at what was answered about what");
        tr_put(&s->out, " AND (NOT (ended" ITEM);
        if (x->exercise)
            tr_put(&s->out, " AND (ONCE exercise(i))");
        if (x->operated_by >= 0)
            tr_put(&s->out, " AND (ONCE operated(i, \"%.*s\"))",
                   TR_FMT(s->plan->actor[x->operated_by].id));
        if (x->notified_to >= 0) {
            tr_put(&s->out, " AND ");
            say_notice(s, p, x, surely);
        }
        tr_put(&s->out, "))");
    }
}

static void say_once(saying *s, const tr_prohibition *p)
{
    for (int32_t i = 0; i < p->once.atoms; i++) {
        const tr_atom *atom = &p->once.atom[i];
        if (atom->kind != TR_WHEN_FULFILLED || atom->negated ||
            s->plan->clause[atom->clause].kind != TR_CLAUSE_OBLIGATION) {
            cannot(s, "it waits for more than the fulfilment of duties");
            return;
        }
        tr_put(&s->out,
               " AND (EXISTS t. ((ended" ITEM " AND (ONCE fulfilled(\"%.*s\", t))) AND (t <= b)))",
               TR_FMT(s->plan->clause[atom->clause].label));
    }
}

/* Effects on clauses and consents have no formula here. */
static bool follows(const tr_plan *plan)
{
    for (int32_t i = 0; i < plan->clauses; i++)
        if (plan->clause[i].kind == TR_CLAUSE_EFFECT || plan->clause[i].kind == TR_CLAUSE_FORCE ||
            plan->clause[i].group > 0)
            return true;
    return false;
}

/* What a prohibition asks of an incident that has ended, its kind aside. */
static void say_term(saying *s, const tr_prohibition *p, tr_set set)
{
    tr_time from = p->begin > s->plan->in_force ? p->begin : s->plan->in_force;
    say_time(s, from, p->end, set);
    say_once(s, p);
    if (p->needs.atoms > 0 || follows(s->plan))
        cannot(s, "it follows from consents or from effects of other clauses");
    say_zone(s, p->zone, set);
    if (p->gate >= 0 && set != TR_SET_POSSIBLE)
        tr_put(&s->out, " AND (ONCE proven(i, \"%.*s\"))", TR_FMT(s->plan->gate[p->gate].name));
    say_exceptions(s, p, set == TR_SET_POSSIBLE);
}

static void say_prohibition(saying *s, const tr_prohibition *p)
{
    if (p->daily.stated)
        cannot(s, "hours of the local day are no interval of the logic");
    tr_put(&s->out, "EXISTS k, b, m, e. (ended" ITEM " AND ");
    say_kinds(s, s->plan->class_[p->class_].kinds);
    say_term(s, p, TR_SET_CERTAIN);
    tr_put(&s->out, ")");
}

/* ---- thresholds ---- */

static void say_filters(saying *s, const tr_threshold *t, const tr_condition *c)
{
    bool possible = c->set == TR_SET_POSSIBLE;
    if (s->plan->counting[c->counting].rule != TR_RULE_INC)
        cannot(s, "its rule adds up numbers within incidents; only R-INC counts them one by one");
    if (c->per)
        cannot(s, "it counts each sector by itself, and no event of the log names a sector");
    if (t->reg >= 0)
        tr_put(&s->out, " AND (ONCE adopted(i, \"%.*s\"))", TR_FMT(s->plan->reg[t->reg].id));
    if (!t->exercises)
        tr_put(&s->out, " AND (NOT (ONCE exercise(i)))");
    if (t->from != TR_TIME_NONE)
        tr_put(&s->out, possible ? " AND ((e > %lld) OR (b >= %lld))" : " AND (b >= %lld)",
               seconds(t->from), seconds(t->from));
    say_zone(s, c->zone, c->set);
    if (possible)
        return;
    if (t->corroboration > 0)
        tr_put(&s->out, " AND (EXISTS v. ((ONCE corroborated(i, v)) AND (v >= %d)))",
               t->corroboration);
    if (t->rung > 0)
        tr_put(&s->out, " AND (EXISTS v. ((ONCE rung(i, v)) AND (v >= %d)))", t->rung);
    if (!t->contested)
        tr_put(&s->out, " AND (NOT (ONCE contested(i)))");
}

/* Since when an item is in the set, and what its window counts from. */
static const char *enters(tr_set set)
{
    return set == TR_SET_CERTAIN ? "ended" : set == TR_SET_BEST ? "middle" : "begun";
}

static const char *leaves(tr_set set)
{
    return set == TR_SET_CERTAIN ? "begun" : set == TR_SET_BEST ? "middle" : "ended";
}

/* The items that count now.  An item that is possible may count before it has ended, so all that
 * is asked of it is asked of the event `known`, which stands at its beginning. */
static void say_item(saying *s, const tr_threshold *t, const tr_condition *c)
{
    const tr_prohibition *p = tr_plan_prohibition(s->plan, c->of);
    saying                inner = {.plan = s->plan, .out = s->out};
    tr_put(&inner.out, "(EXISTS k, b, m, e. ((ONCE %s" ITEM ") AND ", enters(c->set));
    say_kinds(&inner, c->kinds);
    if (p->excepts > 0 || p->once.atoms > 0)
        cannot(&inner, "it counts breaches of a clause with exceptions or with `once`");
    if (p->daily.stated)
        cannot(&inner, "it counts breaches of a clause that binds in hours of the local day");
    say_term(&inner, p, c->set);
    say_filters(&inner, t, c);
    if (c->window.days >= 0)
        tr_put(&inner.out, " AND (NOT (ONCE %s_left(i, %lld)))", leaves(c->set),
               (long long)c->window.days);
    else
        tr_put(&inner.out, " AND (NOT (ONCE[%lld,*] %s" ITEM "))",
               (long long)(c->window.ns / TR_SECOND), leaves(c->set));
    tr_put(&inner.out, "))");
    s->out = inner.out;
    if (inner.why)
        cannot(s, inner.why);
}

static void say_condition(saying *s, const tr_threshold *t, const tr_condition *c)
{
    tr_put(&s->out, "(EXISTS c. ((c <- CNT i ");
    say_item(s, t, c);
    tr_put(&s->out, ")");
    if (c->least > 0)
        tr_put(&s->out, " AND (c >= %lld)", (long long)c->least);
    if (c->most < INT64_MAX)
        tr_put(&s->out, " AND (c <= %lld)", (long long)c->most);
    tr_put(&s->out, "))");
}

static void say_conditions(saying *s, const tr_threshold *t, bool on)
{
    int32_t count = on ? t->ons : t->offs;
    tr_put(&s->out, "(");
    for (int32_t i = 0; i < count; i++) {
        tr_put(&s->out, "%s", i == 0 ? "" : on ? " OR " : " AND ");
        say_condition(s, t, on ? &t->on[i] : &t->off[i]);
    }
    tr_put(&s->out, ")");
}

/* The end has held for its hold, up to here; what holds at this very instant is not asked. */
static void say_ended(saying *s, const tr_threshold *t)
{
    if (!stretch_stated(t->off_hold)) {
        say_conditions(s, t, false);
        return;
    }
    bool calendar = t->off_hold.days >= 0;
    tr_put(&s->out, calendar ? "(EXISTS g, t. (ago(%lld, g) AND ((PREV " : "((PREV ",
           (long long)t->off_hold.days);
    say_conditions(s, t, false);
    if (calendar)
        tr_put(&s->out, ") SINCE (now(t) AND ");
    else
        tr_put(&s->out, ") SINCE[%lld,*] ", (long long)(t->off_hold.ns / TR_SECOND));
    say_conditions(s, t, false);
    tr_put(&s->out, calendar ? ")) AND (t <= g)))" : ")");
}

/* Active now: it was reached, and the end has not come since. */
static void say_active(saying *s, const tr_threshold *t)
{
    tr_put(&s->out, "((NOT ");
    say_ended(s, t);
    tr_put(&s->out, ") SINCE ");
    say_conditions(s, t, true);
    tr_put(&s->out, ")");
}

static void say_threshold(saying *s, const tr_threshold *t)
{
    if (t->late == TR_LATE_AS_KNOWN)
        cannot(s, "judged as known: a late fact counts from its recording, and the log stands in "
                  "the order of happening");
    if (stretch_stated(t->on_hold))
        cannot(s, "a start that must hold for a time begins anew at each end");
    for (int32_t i = 0; i < t->ons; i++)
        if (t->on[i].by)
            cannot(s, "it counts one party's breaches, and most sides are undetermined");
    tr_put(&s->out, "now(t) AND ");
    say_conditions(s, t, true);
    tr_put(&s->out, " AND ((NOT (PREV ");
    say_active(s, t);
    tr_put(&s->out, ")) OR ");
    say_ended(s, t);
    tr_put(&s->out, ")");
}

/* ---- duties and steps ---- */

/* All actors of that duty have done it, the last of them so long ago. */
static void say_fulfilled_ago(saying *s, int32_t clause, long long ago)
{
    uint64_t actors = s->plan->clause[clause].u.obligation.actors;
    tr_str   label = s->plan->clause[clause].label;
    for (int exact = 0; exact < 2; exact++) {
        bool more = false;
        tr_put(&s->out, exact ? " AND (" : "(");
        for (int32_t i = 0; i < s->plan->actors; i++)
            if (actors >> i & 1) {
                tr_put(&s->out, "%s(ONCE[%lld,", !more ? "" : exact ? " OR " : " AND ", ago);
                if (exact)
                    tr_put(&s->out, "%lld]", ago);
                else
                    tr_put(&s->out, "*]");
                tr_put(&s->out, " done(\"%.*s\", \"%.*s\"))", TR_FMT(label),
                       TR_FMT(s->plan->actor[i].id));
                more = true;
            }
        tr_put(&s->out, ")");
    }
}

/* The moment at which it falls due is now; binds `a`. */
static void say_due(saying *s, const tr_clause *c, const tr_due *due, const char *event)
{
    const tr_obligation *o = &c->u.obligation;
    long long            ago = due->within.days == 0 ? 0 : due->within.ns / TR_SECOND;
    bool                 waits = due->zero == TR_ZERO_STEP_DONE && due->zero_clause >= 0 &&
                 s->plan->clause[due->zero_clause].kind == TR_CLAUSE_OBLIGATION;
    if (due->kind != TR_DUE_WITHIN || due->within.days > 0 ||
        !(waits || due->zero == TR_ZERO_IN_FORCE || due->zero == TR_ZERO_SIGNATURE)) {
        tr_put(&s->out, "%s(\"%.*s\", a)", event, TR_FMT(c->label));
        return;
    }
    say_actors(s, "a", o->actors);
    tr_put(&s->out, " AND ");
    if (waits)
        say_fulfilled_ago(s, due->zero_clause, ago);
    else
        tr_put(&s->out, "(ONCE[%lld,%lld] %s())", ago, ago,
               due->zero == TR_ZERO_SIGNATURE ? "signed" : "in_force");
}

static void say_missed(saying *s, const tr_clause *c, const tr_due *due, bool begin)
{
    tr_put(&s->out, "(");
    say_due(s, c, due, begin ? "due_to_begin" : "due");
    tr_put(&s->out, " AND (NOT (ONCE done(\"%.*s\", a)))", TR_FMT(c->label));
    if (begin)
        tr_put(&s->out, " AND (NOT (ONCE started(\"%.*s\", a)))", TR_FMT(c->label));
    tr_put(&s->out, ")");
}

static void say_obligation(saying *s, const tr_clause *c)
{
    const tr_obligation *o = &c->u.obligation;
    bool begin = o->begin.kind != TR_DUE_NONE, finish = o->finish.kind != TR_DUE_NONE;
    if (s->plan->act[o->act_at].seen)
        cannot(s, "completed by a watched absence: how much was watched is no event");
    if (o->each.kind != TR_EACH_NONE)
        cannot(s, "it recurs: each time it is owed has a course of its own");
    if (!begin && !finish)
        cannot(s, "no deadline: nothing ever breaches it");
    if (finish)
        say_missed(s, c, &o->finish, false);
    if (begin) {
        tr_put(&s->out, finish ? " OR " : "");
        say_missed(s, c, &o->begin, true);
    }
}

static void say_step(saying *s, const tr_clause *c)
{
    const tr_step *t = &c->u.step;
    if (!t->must)
        cannot(s, "an option: nothing breaches it");
    if (t->zero == TR_ZERO_ACTIVATION && t->within.days < 0)
        tr_put(&s->out, "(ONCE[%lld,%lld] active(\"%.*s\", n))",
               (long long)(t->within.ns / TR_SECOND), (long long)(t->within.ns / TR_SECOND),
               TR_FMT(s->plan->clause[t->on].label));
    else
        tr_put(&s->out, "due_step(\"%.*s\", n)", TR_FMT(c->label));
    tr_put(&s->out, " AND (NOT (ONCE step_done(\"%.*s\", n)))", TR_FMT(c->label));
    if (t->unless_ended)
        tr_put(&s->out, " AND (NOT (ONCE[1,*] cleared(\"%.*s\", n)))",
               TR_FMT(s->plan->clause[t->on].label));
}

/* ---- all ---- */

static tr_mfotl formula_of(tr_arena *keep, const tr_plan *plan, int32_t clause)
{
    const tr_clause *c = &plan->clause[clause];
    saying           s = {.plan = plan, .out = tr_out_new(keep)};
    const char      *answer = "";
    if (c->kind == TR_CLAUSE_PROHIBITION) {
        say_prohibition(&s, &c->u.prohibition);
        answer = "an answer is an incident i that breaches it";
    } else if (c->kind == TR_CLAUSE_THRESHOLD) {
        say_threshold(&s, &c->u.threshold);
        answer = "an answer is a moment t at which it is activated";
    } else if (c->kind == TR_CLAUSE_OBLIGATION) {
        say_obligation(&s, c);
        answer = "an answer is an actor a that missed it";
    } else if (c->kind == TR_CLAUSE_STEP) {
        say_step(&s, c);
        answer = "an answer is an activation n whose step was missed";
    } else {
        cannot(&s, "a clause of this sort is not in the temporal fragment");
    }
    tr_mfotl one = {clause, {0}, tr_str_of(s.why ? s.why : answer)};
    if (!s.why)
        one.formula = tr_out_text(&s.out);
    return one;
}

void tr_mfotl_of(tr_arena *keep, const tr_plan *plan, tr_mfotls *list)
{
    *list = (tr_mfotls){0};
    for (int32_t i = 0; i < plan->clauses; i++) {
        tr_mfotl one = formula_of(keep, plan, i);
        *TR_PUSH(keep, list) = one;
    }
}

void tr_put_mfotl(tr_out *out, tr_arena keep, const tr_plan *plan, const tr_mfotl *one)
{
    tr_out reading = tr_out_new(&keep);
    tr_put_reading(&reading, plan, one->clause);
    tr_str text = tr_str_trim(tr_out_text(&reading));
    tr_put(out, "# \xC2\xA7%.*s ", TR_FMT(plan->clause[one->clause].label));
    for (ptrdiff_t i = 0; i < text.len; i++)
        tr_put_char(out, text.at[i] == '\n' || text.at[i] == '\r' ? ' ' : text.at[i]);
    tr_put(out, "\n# %s%.*s\n", one->formula.len ? "" : "not expressed: ", TR_FMT(one->why));
    if (one->formula.len > 0)
        tr_put(out, "%.*s\n", TR_FMT(one->formula));
}

void tr_put_mfotl_signature(tr_out *out)
{
    tr_put(out, "begun(i:string, k:string, b:int, m:int, e:int)\n"
                "middle(i:string, k:string, b:int, m:int, e:int)\n"
                "ended(i:string, k:string, b:int, m:int, e:int)\n"
                "begun_left(i:string, d:int)\nmiddle_left(i:string, d:int)\n"
                "ended_left(i:string, d:int)\n"
                "in_zone(i:string, z:string)\nmostly_in(i:string, z:string)\n"
                "touches(i:string, z:string)\n"
                "proven(i:string, p:string)\nrung(i:string, v:int)\ncorroborated(i:string, v:int)\n"
                "exercise(i:string)\ncontested(i:string)\nadopted(i:string, r:string)\n"
                "operated(i:string, x:string)\nmay_be(i:string, x:string)\n"
                "notice(n:string, f:string, x:string, t:int, p:int, q:int)\n"
                "notice_at(n:string, z:string)\ncancelled(n:string, u:int)\n"
                "signed()\nin_force()\n"
                "done(c:string, a:string)\nstarted(c:string, a:string)\n"
                "fulfilled(c:string, t:int)\n"
                "due(c:string, a:string)\ndue_to_begin(c:string, a:string)\n"
                "active(c:string, n:string)\ncleared(c:string, n:string)\n"
                "step_done(c:string, n:string)\ndue_step(c:string, n:string)\n"
                "now(t:int)\nago(d:int, g:int)\n");
}
