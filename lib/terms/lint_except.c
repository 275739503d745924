/* lint_except.c -- exceptions of one prohibition held against each other.
 *
 * What an exception asks is taken apart into atoms: an exercise, the owner of the source, a notice
 * to an actor so long before.  Every combination of atoms that can be true together is a world (a
 * longer notice includes a shorter one to the same actor; a source has one owner); in each the
 * outcome is worked out by the rules of docs/LANGUAGE.md.  At most 12 atoms, else not decided.
 * A circle of `prevails over` cannot be written: only what stands above can be named.
 */
#include "terms/lint.h"

enum { ATOMS_MOST = 12 };
typedef enum { ATOM_EXERCISE, ATOM_OPERATED, ATOM_NOTIFIED } atom_kind;
typedef struct {
    atom_kind  kind;
    int32_t    actor;
    tr_stretch lead;
} atom;

typedef struct {
    const tr_plan        *plan;
    const tr_prohibition *p;
    atom                  atom[ATOMS_MOST];
    int32_t               atoms;
    bool                  many;
} atom_set;

static int32_t atom_of(atom_set *s, atom a)
{
    for (int32_t i = 0; i < s->atoms; i++)
        if (s->atom[i].kind == a.kind && s->atom[i].actor == a.actor &&
            s->atom[i].lead.days == a.lead.days && s->atom[i].lead.ns == a.lead.ns)
            return i;
    if (s->atoms == ATOMS_MOST) {
        s->many = true;
        return 0;
    }
    s->atom[s->atoms] = a;
    return s->atoms++;
}

/* The atoms that exception i asks for itself, as bits. */
static uint32_t asks(atom_set *s, int32_t i)
{
    const tr_exception *e = &s->plan->exception[i];
    uint32_t            bits = 0;
    if (e->exercise)
        bits |= 1u << atom_of(s, (atom){ATOM_EXERCISE, -1, {-1, 0}});
    if (e->operated_by >= 0)
        bits |= 1u << atom_of(s, (atom){ATOM_OPERATED, e->operated_by, {-1, 0}});
    for (int32_t k = 0; k < e->steps; k++)
        if (e->step[k].kind == TR_PERMIT_NOTIFIED && !e->step[k].then)
            bits |= 1u << atom_of(s, (atom){ATOM_NOTIFIED, e->step[k].actor, e->step[k].lead});
        else
            s->many = true; /* steps in order: not looked through */
    s->many = s->many || e->permission >= 0;
    return bits;
}

static int64_t lead_ns(tr_stretch lead)
{
    return lead.days >= 0 ? lead.days * TR_DAY : lead.ns;
}

/* Can these atoms, and no other, hold together? */
static bool possible(const atom_set *s, uint32_t world)
{
    int32_t owners = 0;
    for (int32_t i = 0; i < s->atoms; i++) {
        const atom *a = &s->atom[i];
        if (!(world >> i & 1))
            continue;
        owners += a->kind == ATOM_OPERATED;
        for (int32_t k = 0; k < s->atoms; k++)
            if (a->kind == ATOM_NOTIFIED && s->atom[k].kind == ATOM_NOTIFIED &&
                s->atom[k].actor == a->actor && lead_ns(s->atom[k].lead) < lead_ns(a->lead) &&
                !(world >> k & 1))
                return false;
    }
    return owners <= 1;
}

/* Exceptions that apply in a world: bits of indices. */
static uint64_t applying(atom_set *s, uint32_t world)
{
    uint64_t set = 0;
    for (int32_t i = s->p->except; i < s->p->except + s->p->excepts; i++) {
        int32_t from = s->plan->exception[i].from;
        if ((asks(s, i) & ~world) == 0 && (from < 0 || set >> from & 1))
            set |= UINT64_C(1) << i;
    }
    return set;
}

/* Those that no other puts out: by prevailing, or by being taken from it.  Only what stands above
 * can be put out, so one pass from the last to the first is enough. */
static uint64_t standing(const atom_set *s, uint64_t set)
{
    uint64_t in = 0;
    for (int32_t i = s->p->except + s->p->excepts - 1; i >= s->p->except; i--) {
        bool out = false;
        for (int32_t k = i + 1; k < s->p->except + s->p->excepts; k++)
            out |= (in >> k & 1) != 0 &&
                   ((s->plan->exception[k].over >> i & 1) != 0 || s->plan->exception[k].from == i);
        if (set >> i & 1 && !out)
            in |= UINT64_C(1) << i;
    }
    return in;
}

static uint64_t permits(const atom_set *s, uint64_t set)
{
    uint64_t bits = 0;
    for (int32_t i = s->p->except; i < s->p->except + s->p->excepts; i++)
        bits |= (set >> i & 1) != 0 && s->plan->exception[i].permits ? UINT64_C(1) << i : 0;
    return bits;
}

typedef enum { BOUND, EXCUSED, CONFLICT } outcome;

static outcome outcome_of(const atom_set *s, uint64_t set)
{
    uint64_t in = standing(s, set), yes = permits(s, in);
    return yes == 0 ? BOUND : yes == in ? EXCUSED : CONFLICT;
}

/* Without exception i and what is taken from it. */
static uint64_t without(const atom_set *s, uint64_t set, int32_t i)
{
    set &= ~(UINT64_C(1) << i);
    for (int32_t k = i + 1; k < s->p->except + s->p->excepts; k++)
        if (s->plan->exception[k].from >= 0 && !(set >> s->plan->exception[k].from & 1))
            set &= ~(UINT64_C(1) << k);
    return set;
}

static int32_t count_bits(uint32_t bits)
{
    int32_t count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

static void report_conflict(lint *l, int32_t clause, uint64_t yes, uint64_t no, uint64_t set)
{
    const tr_plan *plan = &l->f->plan;
    int32_t        a = lint_first(yes), b = lint_first(no), later = a > b ? a : b;
    tr_witness     w = lint_witness(clause, -1);
    w.except = set;
    lint_report(l,
                (report){TR_E_EXCEPTION_CONFLICT, plan->exception[later].span,
                         "What is permitted by the one and forbidden by the other stays open.",
                         "Say which one wins: prevails over the label of the other.", true},
                &w, "the exceptions %s and %s can apply together, and neither prevails",
                front_quote(plan->exception[a].label).z, front_quote(plan->exception[b].label).z);
}

/* The smallest worlds first, so that what is shown holds nothing beside the point. */
static void check_conflicts(lint *l, int32_t clause, atom_set *s)
{
    for (int32_t size = 1; size <= s->atoms; size++)
        for (uint32_t world = 0; world < 1u << s->atoms; world++) {
            if (count_bits(world) != size || !possible(s, world))
                continue;
            uint64_t set = applying(s, world), in = standing(s, set), yes = permits(s, in);
            if (yes != 0 && yes != in)
                report_conflict(l, clause, yes, in & ~yes, set);
        }
}

static void check_idle(lint *l, int32_t clause, atom_set *s, int32_t i)
{
    const tr_exception *e = &l->f->plan.exception[i];
    tr_witness          w = lint_witness(clause, -1);
    for (uint32_t world = 0; world < 1u << s->atoms; world++) {
        uint64_t set = applying(s, world);
        if (!possible(s, world) || !(standing(s, set) >> i & 1))
            continue;
        if (e->permits || outcome_of(s, set) != outcome_of(s, without(s, set, i)))
            return;
    }
    w.except = UINT64_C(1) << i;
    for (int32_t at = i; l->f->plan.exception[at].from >= 0; at = l->f->plan.exception[at].from)
        w.except |= UINT64_C(1) << l->f->plan.exception[at].from;
    lint_report(l,
                (report){TR_E_IDLE_EXCEPTION, e->span,
                         e->permits ? "Whenever it applies, another one prevails over it."
                                    : "The clause forbids that already.",
                         "Remove it, or say what else it asks for.", true},
                &w, "the exception %s never decides anything", front_quote(e->label).z);
}

/* A notice from the party bound to itself. */
static void check_self(lint *l, int32_t clause, const tr_prohibition *p, int32_t i)
{
    const tr_plan      *plan = &l->f->plan;
    const tr_exception *e = &plan->exception[i];
    tr_witness          w = lint_witness(clause, -1);
    if (!e->permits || e->steps != 1 || e->permission >= 0 ||
        e->step[0].kind != TR_PERMIT_NOTIFIED || !(p->actors >> e->step[0].actor & 1))
        return;
    w.actor = e->step[0].actor;
    w.except = UINT64_C(1) << i;
    lint_report(l,
                (report){TR_E_SELF_EXCUSE, e->span, "A notice of the party to itself would do.",
                         "Let another actor be notified, who is not bound by the clause.", true},
                &w, "by the exception %s the party %s excuses itself", front_quote(e->label).z,
                front_quote(plan->actor[w.actor].id).z);
}

void lint_excepts(lint *l)
{
    const tr_plan *plan = &l->f->plan;
    for (int32_t i = 0; i < plan->clauses; i++) {
        const tr_prohibition *p = &plan->clause[i].u.prohibition;
        if (plan->clause[i].kind != TR_CLAUSE_PROHIBITION || p->excepts == 0)
            continue;
        atom_set s = {.plan = plan, .p = p};
        for (int32_t k = p->except; k < p->except + p->excepts; k++) {
            asks(&s, k);
            check_self(l, i, p, k);
        }
        if (s.many)
            continue;
        check_conflicts(l, i, &s);
        for (int32_t k = p->except; k < p->except + p->excepts; k++)
            check_idle(l, i, &s, k);
    }
}
