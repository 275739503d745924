/* deed.c -- from entries to deeds (terms/plan_deed.h): what was ratified, declared, measured,
 * asked, said, granted, decided or planned.
 *
 * A deed is one row, its names resolved to indices of the plan.  A correction of its entry makes
 * another row, which counts while the correction lives; the row before counts again when it dies.
 * Where an entry names an actor, only that actor's own signature makes it so.
 */
#include "mission/state.h"

#include "verify/permit.h"

#define SCALE_E10 3 /* TR_VALUE_SCALE is ten to it */

static const struct {
    tr_entry_type type;
    tr_deed_kind  kind;
} kinds[] = {{TR_ENTRY_RATIFICATION, TR_DEED_RATIFICATION},
             {TR_ENTRY_DECLARATION, TR_DEED_DECLARATION},
             {TR_ENTRY_MEASUREMENT, TR_DEED_MEASUREMENT},
             {TR_ENTRY_REQUEST, TR_DEED_REQUEST},
             {TR_ENTRY_CONTACT, TR_DEED_CONTACT},
             {TR_ENTRY_ACCESS, TR_DEED_ACCESS},
             {TR_ENTRY_ADJUDICATION, TR_DEED_ADJUDICATION},
             {TR_ENTRY_REPLY, TR_DEED_REPLY},
             {TR_ENTRY_PLAN, TR_DEED_PLAN}};

bool deed_type(tr_entry_type type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == type)
            return true;
    return false;
}

static tr_deed_kind kind_of(tr_entry_type type)
{
    size_t i = 0;
    while (kinds[i].type != type)
        i++;
    return kinds[i].kind;
}

int32_t plan_actor(const tr_plan *plan, tr_str id)
{
    for (int32_t a = 0; a < plan->actors; a++)
        if (tr_str_eq(plan->actor[a].id, id))
            return a;
    return -1;
}

static int32_t word_at(tr_str word, const char *const *words, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        if (tr_str_is(word, words[i]))
            return i;
    return -1;
}

static int32_t what_of(const tr_json *body, tr_deed_kind kind)
{
    static const char *const ratify[] = {"signed", "ratified", "deposited", "acceded", "withdrawn"};
    static const char *const contact[] = {"hotline",         "meeting", "notice",
                                          "acknowledgement", "consent", "refusal"};
    static const char *const access[] = {"granted", "denied", "delayed", "conditional",
                                         "threatened"};
    static const char *const reply[] = {"accept", "contest", "remedy", "deny"};
    static const char *const decided[] = {"active", "not active"};
    static const char *const plan[] = {"patrol", "inspection", "repair", "exercise"};
    int32_t                  at;
    switch (kind) {
    case TR_DEED_RATIFICATION:
        return word_at(tr_json_text(body, "act"), ratify, 5);
    case TR_DEED_CONTACT:
        return word_at(tr_json_text(body, "kind"), contact, 6);
    case TR_DEED_ACCESS:
        return word_at(tr_json_text(body, "result"), access, 5);
    case TR_DEED_REPLY:
        return word_at(tr_json_text(body, "kind"), reply, 4);
    case TR_DEED_ADJUDICATION:
        at = word_at(tr_json_text(body, "decision"), decided, 2);
        return at >= 0 ? at : TR_DECIDED_OTHER;
    case TR_DEED_PLAN:
        return word_at(tr_json_text(body, "act"), plan, 4);
    default:
        return 0;
    }
}

/* ---- names ---- */

static uint64_t actors_in(const tr_plan *plan, const tr_json *list)
{
    uint64_t bits = 0;
    for (const tr_json *one = list ? list->first : NULL; one; one = one->next) {
        int32_t actor = one->kind == TR_JSON_STRING ? plan_actor(plan, one->text) : -1;
        bits |= actor >= 0 ? UINT64_C(1) << actor : 0;
    }
    return bits;
}

/* The actor that signed: of a seat of a body that is no actor's id, the only body there is. */
static int32_t author_of(const tr_mission *m, const work *w)
{
    const tr_key *key = tr_keyring_author(&m->ring, &w->entry);
    int32_t       actor = key ? plan_actor(m->plan, tr_keyring_text(&m->ring, key->holder)) : -1;
    int32_t       body = -1, bodies = 0;
    if (actor >= 0 || w->role != TR_ROLE_BODY)
        return actor;
    for (int32_t a = 0; a < m->plan->actors; a++)
        if (m->plan->actor[a].kind == TR_ACTOR_BODY) {
            body = a;
            bodies++;
        }
    return bodies == 1 ? body : -1;
}

static int32_t amount_named(const tr_plan *plan, tr_str name)
{
    for (int32_t i = 0; i < plan->amounts; i++)
        if (tr_str_eq(plan->amount[i].name, name))
            return i;
    return -1;
}

/* NAME, or NAME.pledged, or NAME.ACTOR. */
static void name_amount(const tr_plan *plan, tr_str id, tr_deed *deed)
{
    static const char *const bases[] = {"declared", "pledged", "committed", "delivered",
                                        "received"};
    ptrdiff_t                dot = id.len;
    deed->amount = amount_named(plan, id);
    while (dot > 0 && id.at[dot - 1] != '.')
        dot--;
    if (deed->amount >= 0 || dot < 2)
        return;
    int32_t amount = amount_named(plan, tr_str_cut(id, 0, dot - 1));
    tr_str  rest = tr_str_from(id, dot);
    int32_t basis = word_at(rest, bases, 5), part = plan_actor(plan, rest);
    if (amount < 0 || (basis < 0 && part < 0))
        return;
    deed->amount = amount;
    if (basis >= 0 && tr_basis_said((tr_basis)deed->basis))
        deed->basis = TR_BASIS_DECLARED + basis;
    else
        deed->part = part;
}

/* ---- values ---- */

/* value * 10^e in thousandths; saturating, half away from zero. */
static int64_t scaled(int64_t value, int64_t e10)
{
    int64_t e = e10 + SCALE_E10;
    for (; e > 0 && value != 0; e--)
        if (__builtin_mul_overflow(value, 10, &value))
            return value < 0 ? INT64_MIN + 1 : INT64_MAX - 1;
    for (; e < 0 && value != 0; e++)
        value = value / 10 + (e == -1 ? value % 10 / 5 : 0);
    return value;
}

static bool take_value(const tr_plan *plan, const tr_json *body, tr_deed *deed, tr_err *err)
{
    const tr_json *value = tr_json_get(body, "value");
    int64_t        e10 = tr_json_int_or(body, "e10", 0), best;
    tr_str         unit = tr_json_text(body, "unit");
    if (deed->amount >= 0 && !tr_str_eq(unit, plan->amount[deed->amount].unit))
        return tr_fail(err, TR_E_OTHER_UNIT, "State it in the unit of the agreement.",
                       "%.*s is stated in %.*s and not in %.*s",
                       TR_FMT(tr_str_cut(plan->amount[deed->amount].name, 0, 40)),
                       TR_FMT(tr_str_cut(unit, 0, 40)),
                       TR_FMT(tr_str_cut(plan->amount[deed->amount].unit, 0, 40)));
    if (value && value->kind == TR_JSON_OBJECT) {
        best = tr_json_int_or(value, "best", 0);
        deed->low = scaled(tr_json_int_or(value, "min", best), e10);
        deed->high =
            tr_json_get(value, "max") ? scaled(tr_json_int_or(value, "max", best), e10) : INT64_MAX;
    } else {
        best = tr_json_int_or(body, "value", 0);
        deed->low = deed->high = scaled(best, e10);
    }
    deed->best = scaled(best, e10);
    return true;
}

/* ---- by kind ---- */

static void take_span(const tr_json *body, const char *name, tr_deed *deed)
{
    tr_span span;
    if (!tr_json_get(body, name))
        return;
    tr_json_span(body, name, &span);
    deed->begin = span.begin;
    deed->end = span.end;
}

static int64_t ref_in(const tr_json *value)
{
    tr_ref ref;
    return value && value->kind == TR_JSON_OBJECT && tr_json_ref(value, &ref) ? ref.index : -1;
}

static int32_t act_named(const tr_plan *plan, tr_str name)
{
    for (int32_t i = 0; i < plan->acts; i++)
        if (tr_str_eq(plan->act[i].name, name))
            return i;
    return -1;
}

static int32_t class_named(const tr_plan *plan, tr_str name)
{
    for (int32_t i = 0; i < plan->classes; i++)
        if (tr_str_eq(plan->class_[i].name, name))
            return i;
    return -1;
}

/* The first prohibition or permission whose verb that is. */
static int32_t verb_named(const tr_plan *plan, tr_str name)
{
    for (int32_t i = 0; i < plan->clauses; i++)
        if (tr_str_eq(tr_clause_verb(&plan->clause[i]), name) && name.len > 0)
            return i;
    return -1;
}

static int32_t organ_named(const tr_plan *plan, tr_str name)
{
    for (int32_t i = 0; i < plan->organs; i++)
        if (tr_str_eq(plan->organ[i], name))
            return i;
    return -1;
}

/* "6.1", or the name of an activation: "a-6.1-20150217T220000Z". */
static int32_t clause_in(const tr_plan *plan, tr_str id)
{
    int32_t clause = tr_plan_clause(plan, id);
    if (clause >= 0 || !tr_str_starts(id, "a-"))
        return clause;
    tr_str    rest = tr_str_from(id, 2);
    ptrdiff_t dash = rest.len;
    while (dash > 0 && rest.at[dash - 1] != '-')
        dash--;
    return dash > 1 ? tr_plan_clause(plan, tr_str_cut(rest, 0, dash - 1)) : -1;
}

static bool take_declaration(const tr_mission *m, const tr_json *body, tr_deed *deed, tr_err *err)
{
    tr_span as_of = {deed->told, deed->told};
    tr_json_span(body, "as_of", &as_of);
    take_span(body, "period", deed);
    deed->on = as_of.begin;
    if (plan_actor(m->plan, tr_json_text(body, "party")) != deed->who)
        deed->who = -1;
    deed->basis = TR_BASIS_DECLARED;
    name_amount(m->plan, tr_json_text(body, "quantity"), deed);
    return take_value(m->plan, body, deed, err);
}

/* Method "declared by G": a figure that G, which signs no declarations, has published.  A party
 * signs its own. */
static void take_published(const tr_plan *plan, tr_str method, tr_deed *deed)
{
    if (!tr_str_starts(method, "declared by "))
        return;
    int32_t actor = plan_actor(plan, tr_str_from(method, 12));
    deed->basis = TR_BASIS_DECLARED;
    deed->who = actor >= 0 && plan->actor[actor].kind != TR_ACTOR_PARTY ? actor : -1;
}

static bool take_measurement(const tr_mission *m, const tr_json *body, tr_deed *deed, tr_err *err)
{
    int32_t source = tr_mission_source_named(m, tr_json_text(body, "source"));
    tr_str  method = tr_json_text(body, "method");
    take_span(body, "span", deed);
    deed->on = deed->begin;
    deed->owner = source < 0 ? -1 : m->owner.at[source];
    deed->basis = tr_str_is(method, "inspected")   ? TR_BASIS_INSPECTED
                  : tr_str_is(method, "estimated") ? TR_BASIS_ESTIMATED
                                                   : TR_BASIS_METERED;
    take_published(m->plan, method, deed);
    name_amount(m->plan, tr_json_text(body, "quantity"), deed);
    return take_value(m->plan, body, deed, err);
}

static void take_ratification(const tr_mission *m, const tr_json *body, tr_deed *deed)
{
    tr_json_time(body, "on", &deed->on);
    if (plan_actor(m->plan, tr_json_text(body, "who")) != deed->who)
        deed->who = -1;
    deed->organ = organ_named(m->plan, tr_json_text(body, "organ"));
}

static void take_request(const tr_mission *m, const tr_json *body, tr_deed *deed)
{
    take_span(body, "span", deed);
    if (deed->role != TR_ROLE_SECRETARIAT &&
        plan_actor(m->plan, tr_json_text(body, "from")) != deed->who)
        deed->who = -1;
    if (deed->role == TR_ROLE_SECRETARIAT)
        deed->who = plan_actor(m->plan, tr_json_text(body, "from"));
    deed->to = actors_in(m->plan, tr_json_get(body, "to"));
    if (plan_actor(m->plan, tr_json_text(body, "to")) >= 0)
        deed->to = UINT64_C(1) << plan_actor(m->plan, tr_json_text(body, "to"));
    deed->act = act_named(m->plan, tr_json_text(body, "act"));
    deed->class_ = class_named(m->plan, tr_json_text(body, "act"));
    deed->verb = verb_named(m->plan, tr_json_text(body, "act"));
}

static void take_contact(const tr_mission *m, const tr_json *body, tr_deed *deed)
{
    take_span(body, "span", deed);
    deed->on = deed->begin;
    deed->to = actors_in(m->plan, tr_json_get(body, "with"));
    deed->about = ref_in(tr_json_get(body, "about"));
}

static void take_access(const tr_mission *m, const tr_json *body, tr_deed *deed)
{
    int32_t who = plan_actor(m->plan, tr_json_text(body, "who"));
    take_span(body, "span", deed);
    deed->on = deed->begin;
    deed->to = who >= 0 ? UINT64_C(1) << who : 0;
    deed->who = plan_actor(m->plan, tr_json_text(body, "by_whom"));
    deed->about = ref_in(tr_json_get(body, "request"));
}

static void take_plan(const tr_mission *m, const tr_json *body, tr_deed *deed)
{
    take_span(body, "planned", deed);
    deed->who = plan_actor(m->plan, tr_json_text(body, "who"));
    deed->about = ref_in(tr_json_get(body, "cancels"));
}

static bool take_kind(const tr_mission *m, const tr_json *body, tr_deed *deed, tr_err *err)
{
    switch ((tr_deed_kind)deed->kind) {
    case TR_DEED_DECLARATION:
        return take_declaration(m, body, deed, err);
    case TR_DEED_MEASUREMENT:
        return take_measurement(m, body, deed, err);
    case TR_DEED_RATIFICATION:
        take_ratification(m, body, deed);
        break;
    case TR_DEED_REQUEST:
        take_request(m, body, deed);
        break;
    case TR_DEED_CONTACT:
        take_contact(m, body, deed);
        break;
    case TR_DEED_ACCESS:
        take_access(m, body, deed);
        break;
    case TR_DEED_ADJUDICATION:
        deed->clause = clause_in(m->plan, tr_json_text(tr_json_get(body, "subject"), "id"));
        judge_side(m, body, deed);
        break;
    case TR_DEED_REPLY:
        take_span(body, "planned", deed);
        deed->clause = clause_in(m->plan, tr_json_text(body, "of"));
        break;
    case TR_DEED_PLAN:
        take_plan(m, body, deed);
        break;
    }
    return true;
}

/* ---- one entry ---- */

/* First bytes of the hash of a body. */
static uint64_t content_of(tr_arena scratch, const tr_json *body)
{
    tr_out   out = tr_out_new(&scratch);
    uint64_t content;
    tr_json_print(&out, body);
    tr_hash hash = tr_sha256(tr_out_text(&out));
    memcpy(&content, hash.at, sizeof content);
    return content;
}

static bool read_deed(const tr_mission *m, tr_arena scratch, const work *w, tr_entry_type type,
                      const tr_json *body, tr_deed *deed, tr_err *err)
{
    tr_err  quiet = {0};
    tr_time told = m->s.now == TR_TIME_NONE ? TR_TIME_MAX : m->s.now;
    int32_t author = author_of(m, w);
    *deed = (tr_deed){.entry = w->index,
                      .told = told,
                      .on = told,
                      .begin = TR_TIME_NONE,
                      .end = TR_TIME_NONE,
                      .about = -1,
                      .slot = -1,
                      .content = content_of(scratch, body),
                      .kind = kind_of(type),
                      .role = w->role,
                      .who = author,
                      .owner = -1,
                      .amount = -1,
                      .part = -1,
                      .act = -1,
                      .class_ = -1,
                      .verb = -1,
                      .clause = -1,
                      .organ = -1};
    deed->what = what_of(body, (tr_deed_kind)deed->kind);
    deed->place.zone = -1;
    if (tr_json_get(body, "place") &&
        !place_read(m->plan, tr_json_get(body, "place"), &deed->place, &quiet))
        deed->place = (tr_place){.kind = TR_PLACE_REGION, .zone = -1};
    return take_kind(m, body, deed, err);
}

bool judge_deed(const tr_mission *m, tr_arena scratch, work *w, tr_err *err)
{
    return read_deed(m, scratch, w, w->entry.type, w->entry.body, &w->deed, err);
}

int64_t deed_of(const tr_mission *m, int64_t entry)
{
    for (ptrdiff_t i = m->deed.len; i-- > 0;)
        if (m->deed.at[i].entry == entry && m->deed.at[i].retracted == 0)
            return i;
    for (ptrdiff_t i = m->deed.len; i-- > 0;)
        if (m->deed.at[i].entry == entry)
            return i;
    return -1;
}

static bool same_subject(const tr_json *a, const tr_json *b)
{
    return tr_str_eq(tr_json_text(tr_json_get(a, "subject"), "id"),
                     tr_json_text(tr_json_get(b, "subject"), "id"));
}

bool judge_deed_again(const tr_mission *m, tr_arena scratch, work *w, const tr_entry *of,
                      int64_t was, const tr_json *body, tr_err *err)
{
    const tr_deed *before = &m->deed.at[was];
    if (!read_deed(m, scratch, w, of->type, body, &w->deed, err))
        return false;
    /* it was said when its entry was, by whoever signed that */
    if (w->deed.on == w->deed.told)
        w->deed.on = before->told;
    w->deed.told = before->told;
    w->deed.entry = before->entry;
    if (w->deed.slot < 0 && same_subject(of->body, body))
        w->deed.slot = before->slot; /* a finding that has another name since */
    w->deed.role = before->role;
    if (before->kind != TR_DEED_ACCESS && before->kind != TR_DEED_PLAN)
        w->deed.who = before->who;
    return true;
}

void deeds_known(tr_mission *m)
{
    m->plan->deed = m->deed.at;
    m->plan->deeds = (int32_t)m->deed.len;
}

/* ---- what exceptions ask for ---- */

static const tr_span nothing = {0, -1};

static bool asks(const tr_deed *d)
{
    return d->begin != TR_TIME_NONE &&
           (d->kind == TR_DEED_REQUEST || (d->kind == TR_DEED_PLAN && d->about < 0));
}

static tr_span span_asked(const tr_mission *m, int64_t entry)
{
    tr_span span = nothing;
    for (ptrdiff_t i = 0; i < m->notice.len; i++)
        if (m->notice.at[i].entry == entry)
            span = span_hull(span, m->notice.at[i].planned);
    for (ptrdiff_t i = 0; i < m->deed.len; i++)
        if (m->deed.at[i].entry == entry && asks(&m->deed.at[i]))
            span = span_hull(span, (tr_span){m->deed.at[i].begin, m->deed.at[i].end});
    return span;
}

static tr_span reach_of(const tr_mission *m, const tr_deed *d)
{
    if (asks(d))
        return (tr_span){d->begin, d->end};
    bool answers = d->kind == TR_DEED_CONTACT || d->kind == TR_DEED_PLAN;
    return answers && d->about >= 0 ? span_asked(m, d->about) : nothing;
}

tr_span deed_reach(const tr_mission *m, int64_t entry)
{
    tr_span span = nothing;
    for (ptrdiff_t i = 0; i < m->deed.len; i++)
        if (m->deed.at[i].entry == entry)
            span = span_hull(span, reach_of(m, &m->deed.at[i]));
    return span;
}

void apply_deed(tr_mission *m, const work *w)
{
    tr_span span = reach_of(m, &w->deed);
    recount(m, span, false);
    *TR_PUSH(m->keep, &m->deed) = w->deed;
    deeds_known(m);
    recount(m, span, true);
    m->changed = true;
    sides_again(m, w->deed.entry);
}
