/* permit.c -- how far the steps of an exception or permission stand for an incident.
 *
 * Each step asks for an entry of the record: a plan, a request, a notice, or what somebody answered
 * about one of these.  Entries stand in the order of the record, which nobody can change later,
 * and each counts from the last tick before it, which nobody can antedate.  Of a step that comes
 * `then`, only an entry after those of all steps before it will do.
 *
 * For one actor the earliest entry that will do is taken at each step: that leaves the most room
 * for what comes after, so the steps stand in their order if any choice of entries lets them.
 * Whether they stand is asked twice, of entries that surely cover the incident and of those that
 * perhaps do.
 */
#include "verify/permit.h"

#include "verify/judge.h"

typedef struct {
    const tr_plan        *plan;
    const tr_prohibition *term;
    const tr_exception   *e;
    const tr_incident    *incident;
    int32_t               actor;
    tr_applies            least; /* what an entry must reach to count */
} asking;

static tr_applies lesser(tr_applies a, tr_applies b)
{
    return a < b ? a : b;
}

static tr_time end_of(const tr_incident *incident)
{
    return incident->end > incident->begin ? incident->end : incident->begin + 1;
}

/* A planned span and place around the incident. */
static tr_applies covers(const asking *a, tr_span planned, const tr_place *place)
{
    const tr_incident *incident = a->incident;
    tr_judgement       in = TR_JUDGEMENT;
    tr_time            end = end_of(incident);
    if (incident->begin >= planned.end || end <= planned.begin)
        return TR_APPLIES_NOT;
    if (place->kind == TR_PLACE_ZONE && place->zone >= 0)
        tr_limit_zone_of(&in, a->plan, place->zone, UINT64_C(1) << a->actor, incident);
    else if (place->kind != TR_PLACE_NONE)
        tr_limit(&in, TR_IN_POSSIBLE, TR_WHY_ZONE_EDGE);
    if (in.in == TR_IN_NONE)
        return TR_APPLIES_NOT;
    bool whole = incident->begin >= planned.begin && end <= planned.end;
    return whole && in.in == TR_IN_CERTAIN ? TR_APPLIES : TR_APPLIES_PERHAPS;
}

/* ---- what is asked for, told or planned by the actor ---- */

static tr_applies notice_covers(const asking *a, const tr_notice *n)
{
    if (n->from != a->actor || n->told == TR_TIME_MAX || n->cancelled <= a->incident->begin)
        return TR_APPLIES_NOT;
    return covers(a, n->planned, &n->place);
}

/* A plan that another entry of the same actor took back before the incident began. */
static bool taken_back(const asking *a, const tr_deed *plan)
{
    for (int32_t i = 0; i < a->plan->deeds; i++) {
        const tr_deed *d = &a->plan->deed[i];
        if (d->kind == TR_DEED_PLAN && d->about == plan->entry && d->retracted == 0 &&
            d->who == plan->who && d->told <= a->incident->begin)
            return true;
    }
    return false;
}

static tr_applies deed_covers(const asking *a, const tr_deed *d)
{
    bool plan = d->kind == TR_DEED_PLAN && d->about < 0;
    if ((!plan && d->kind != TR_DEED_REQUEST) || d->retracted != 0 || d->who != a->actor ||
        d->told == TR_TIME_MAX || d->begin == TR_TIME_NONE || (plan && taken_back(a, d)))
        return TR_APPLIES_NOT;
    return covers(a, (tr_span){d->begin, d->end}, &d->place);
}

static bool notice_serves(const tr_permit_step *s, const tr_notice *n)
{
    return s->kind == TR_PERMIT_PLANNED ||
           (s->kind == TR_PERMIT_NOTIFIED && (n->to >> s->actor & 1) != 0);
}

tr_str tr_clause_verb(const tr_clause *clause)
{
    return clause->kind == TR_CLAUSE_PROHIBITION  ? clause->u.prohibition.act
           : clause->kind == TR_CLAUSE_PERMISSION ? clause->u.permission.act
                                                  : TR_STR("");
}

/* Does a request ask for what the permission, or the clause of the exception, is about: its verb
 * or its class? */
static bool asks_for_it(const asking *a, const tr_deed *d)
{
    bool    own = a->e->permission >= 0;
    int32_t class_ = own ? a->e->class_ : a->term->class_;
    tr_str  verb = own ? tr_clause_verb(&a->plan->clause[a->e->permission]) : a->term->act;
    return d->class_ == class_ ||
           (d->verb >= 0 && tr_str_eq(tr_clause_verb(&a->plan->clause[d->verb]), verb));
}

static bool deed_serves(const asking *a, const tr_permit_step *s, const tr_deed *d)
{
    return (s->kind == TR_PERMIT_PLANNED && d->kind == TR_DEED_PLAN) ||
           (s->kind == TR_PERMIT_REQUESTED && d->kind == TR_DEED_REQUEST &&
            (d->to >> s->actor & 1) != 0 && asks_for_it(a, d));
}

/* ---- what was answered ---- */

static bool is_answer(tr_permit_kind kind)
{
    return kind == TR_PERMIT_GRANTED || kind == TR_PERMIT_ACKNOWLEDGED || kind == TR_PERMIT_AGREED;
}

/* Does that entry serve a step that is no answer; or is none of those asked for? */
static bool serves_any(const asking *a, const tr_notice *n, const tr_deed *d)
{
    const tr_exception *e = a->e;
    bool                asked = false;
    for (int32_t i = 0; i < e->steps; i++) {
        if (is_answer(e->step[i].kind))
            continue;
        asked = true;
        if (n ? notice_serves(&e->step[i], n) : deed_serves(a, &e->step[i], d))
            return true;
    }
    return !asked;
}

/* The entry that an answer is about: how surely it covers the incident, and who was asked by it. */
static tr_applies subject_of(const asking *a, int64_t entry, uint64_t *to)
{
    *to = 0;
    for (int32_t i = 0; i < a->plan->notices; i++)
        if (a->plan->notice[i].entry == entry && serves_any(a, &a->plan->notice[i], NULL)) {
            *to = a->plan->notice[i].to;
            return notice_covers(a, &a->plan->notice[i]);
        }
    for (int32_t i = 0; i < a->plan->deeds; i++) {
        const tr_deed *d = &a->plan->deed[i];
        if (d->entry == entry && d->retracted == 0 && serves_any(a, NULL, d)) {
            *to = d->kind == TR_DEED_REQUEST ? d->to : 0;
            return deed_covers(a, d);
        }
    }
    return TR_APPLIES_NOT;
}

/* Refused by the same about the same, later, and before the incident began. */
static bool refused_again(const asking *a, const tr_deed *consent)
{
    for (int32_t i = 0; i < a->plan->deeds; i++) {
        const tr_deed *d = &a->plan->deed[i];
        if (d->kind == TR_DEED_CONTACT && d->what == TR_CONTACT_REFUSAL && d->retracted == 0 &&
            d->who == consent->who && d->about == consent->about && d->entry > consent->entry &&
            d->told <= a->incident->begin)
            return true;
    }
    return false;
}

static tr_applies answers(const asking *a, const tr_permit_step *s, const tr_deed *d)
{
    int want = s->kind == TR_PERMIT_ACKNOWLEDGED ? TR_CONTACT_ACKNOWLEDGEMENT : TR_CONTACT_CONSENT;
    uint64_t asked;
    if (d->kind != TR_DEED_CONTACT || d->what != want || d->retracted != 0 || d->about < 0 ||
        d->told == TR_TIME_MAX || d->who < 0 || (s->actor >= 0 && d->who != s->actor))
        return TR_APPLIES_NOT;
    tr_applies of = subject_of(a, d->about, &asked);
    bool       other = asked ? (asked >> d->who & 1) != 0 : d->who != a->actor;
    if (s->actor < 0 && !other)
        return TR_APPLIES_NOT;
    if (of == TR_APPLIES_NOT || (want == TR_CONTACT_CONSENT && refused_again(a, d)))
        return TR_APPLIES_NOT;
    return of;
}

/* ---- one step ---- */

static bool in_time(const asking *a, const tr_permit_step *s, tr_time told)
{
    return told <= tr_stretch_before(a->incident->begin, s->lead, a->plan->tz);
}

static void sooner(int64_t *entry, int64_t one)
{
    if (*entry < 0 || one < *entry)
        *entry = one;
}

/* The earliest entry after `after` that will do for the step, or -1. */
static int64_t earliest(const asking *a, const tr_permit_step *s, int64_t after)
{
    int64_t entry = -1;
    for (int32_t i = 0; i < a->plan->notices && !is_answer(s->kind); i++) {
        const tr_notice *n = &a->plan->notice[i];
        if (n->entry > after && notice_serves(s, n) && in_time(a, s, n->told) &&
            notice_covers(a, n) >= a->least)
            sooner(&entry, n->entry);
    }
    for (int32_t i = 0; i < a->plan->deeds; i++) {
        const tr_deed *d = &a->plan->deed[i];
        if (d->entry <= after || !in_time(a, s, d->told))
            continue;
        if (is_answer(s->kind) ? answers(a, s, d) >= a->least
                               : deed_serves(a, s, d) && deed_covers(a, d) >= a->least)
            sooner(&entry, d->entry);
    }
    return entry;
}

/* ---- all of them ---- */

static int32_t walk(const asking *a, int64_t entry[TR_PERMIT_STEPS])
{
    int64_t after = -1, top = -1;
    int32_t stand = 0;
    for (int32_t i = 0; i < a->e->steps; i++) {
        if (a->e->step[i].then)
            after = stand == i ? top : INT64_MAX; /* nothing comes after what is missing */
        entry[i] = earliest(a, &a->e->step[i], after);
        stand += entry[i] >= 0;
        if (entry[i] > top)
            top = entry[i];
    }
    return stand;
}

static void look_at(asking *a, tr_permit_look *look)
{
    look->actor = a->actor;
    look->without = -1;
    look->applies = TR_APPLIES_NOT;
    for (int level = TR_APPLIES; level > TR_APPLIES_NOT; level--) {
        a->least = (tr_applies)level;
        look->stand = walk(a, look->entry);
        if (look->stand == a->e->steps) {
            look->applies = a->least;
            return;
        }
    }
}

tr_permit_look tr_permit_steps_of(const tr_plan *plan, const tr_prohibition *term,
                                  const tr_exception *e, const tr_incident *incident)
{
    tr_permit_look best = {.applies = TR_APPLIES_NOT, .actor = -1, .without = -1};
    int32_t        without = -1;
    uint64_t       actors = e->actors ? e->actors : term->actors;
    tr_applies     least = TR_APPLIES;
    for (int32_t i = 0; i < TR_PERMIT_STEPS; i++)
        best.entry[i] = -1;
    for (int32_t i = 0; i < plan->actors; i++) {
        asking         a = {plan, term, e, incident, i, TR_APPLIES};
        tr_permit_look one;
        if (!(actors >> i & 1) || (incident->side != 0 && incident->side != i + 1))
            continue;
        look_at(&a, &one);
        if (without < 0 && one.applies == TR_APPLIES_NOT)
            without = i;
        least = lesser(least, one.applies);
        if (best.actor < 0 || one.applies > best.applies ||
            (one.applies == best.applies && one.stand > best.stand))
            best = one;
    }
    if (e->permission < 0)
        return best;
    if (best.applies == TR_APPLIES && least < TR_APPLIES)
        best.applies = TR_APPLIES_PERHAPS; /* it may be of one whose steps do not stand */
    best.without = best.applies == TR_APPLIES_NOT ? -1 : without;
    return best;
}

/* ---- what a permission holds for ---- */

tr_applies tr_permit_scope(const tr_plan *plan, const tr_prohibition *term, const tr_exception *e,
                           const tr_incident *incident)
{
    tr_judgement in = TR_JUDGEMENT;
    tr_applies   most = TR_APPLIES;
    if (e->permission < 0)
        return TR_APPLIES;
    if (!(plan->class_[e->class_].kinds >> incident->kind & 1) ||
        (incident->side != 0 && !(e->actors >> (incident->side - 1) & 1)))
        return TR_APPLIES_NOT;
    if (incident->side == 0 && (term->actors & ~e->actors) != 0)
        most = TR_APPLIES_PERHAPS; /* it may be of one who is not permitted */
    tr_limit_span(&in, incident, e->begin, e->end);
    if (in.in != TR_IN_NONE)
        tr_limit_zone_of(&in, plan, e->zone, e->actors, incident);
    return in.in == TR_IN_NONE
               ? TR_APPLIES_NOT
               : lesser(most, in.in == TR_IN_CERTAIN ? TR_APPLIES : TR_APPLIES_PERHAPS);
}

static void put_step(tr_out *out, const tr_plan *plan, const tr_permit_step *s)
{
    static const char *const words[] = {"planned", "requested of", "notified to",
                                        "granted", "acknowledged", "agreed"};
    tr_put(out, "%s", words[s->kind]);
    if (s->actor < 0)
        return;
    bool by = s->kind == TR_PERMIT_GRANTED || s->kind == TR_PERMIT_ACKNOWLEDGED;
    tr_put(out, "%s %.*s",
           by                            ? " by"
           : s->kind == TR_PERMIT_AGREED ? " with"
                                         : "",
           TR_FMT(plan->actor[s->actor].id));
}

/* What a request must ask for: "(a request for firing or commit)". */
static void put_asked(tr_out *out, const tr_plan *plan, const tr_exception *e)
{
    if (e->permission < 0)
        tr_put(out, " (a request for the class or the verb of the clause)");
    else
        tr_put(out, " (a request for %.*s or %.*s)", TR_FMT(plan->class_[e->class_].name),
               TR_FMT(tr_clause_verb(&plan->clause[e->permission])));
}

void tr_put_permit(tr_out *out, const tr_plan *plan, const tr_exception *e,
                   const tr_permit_look *look)
{
    for (int32_t i = 0; i < e->steps; i++) {
        tr_put(out, "%s", i == 0 ? "" : e->step[i].then ? ", then " : ", ");
        put_step(out, plan, &e->step[i]);
        if (look->actor >= 0 && look->entry[i] >= 0)
            tr_put(out, " stands by entry %lld", (long long)look->entry[i]);
        else
            tr_put(out, " is missing");
        if (e->step[i].kind == TR_PERMIT_REQUESTED)
            put_asked(out, plan, e);
    }
    if (look->without >= 0)
        tr_put(out, "; it may be of %.*s, whose steps do not stand",
               TR_FMT(plan->actor[look->without].id));
}
