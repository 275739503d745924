/* expect.c -- expectations: read the rest of the line, look, and say what stands instead.
 *
 * Each judge reads its words with `false` for a line that cannot be read, and lowers *holds when
 * the state says otherwise; what the state says is put into `stands` either way.
 */
#include "trial/run.h"

#include "verify/permit.h"

typedef struct {
    run              *r;
    const tr_mission *m;
    const tr_plan    *plan;
    tr_arena          scratch;
    words             w;
    tr_out            stands;
    bool              holds;
    tr_err           *err;
} look;

static void put_moment(look *l, const char *name, tr_time t)
{
    if (t == TR_TIME_NONE) {
        tr_put(&l->stands, " %s never", name);
        return;
    }
    tr_put(&l->stands, " %s ", name);
    tr_put_local(&l->stands, t, l->plan->tz);
}

static void put_number(look *l, int64_t n)
{
    if (n == INT64_MAX)
        tr_put(&l->stands, " unbounded");
    else
        tr_put(&l->stands, " %lld", (long long)n);
}

static void put_triple(look *l, const char *name, const int64_t n[3])
{
    tr_put(&l->stands, " %s", name);
    for (int i = 0; i < 3; i++)
        put_number(l, n[i]);
}

static bool want_triple(look *l, const char *name, tr_triple have)
{
    int64_t want[3], n[3] = {have.certain, have.best, have.possible};
    if (!words_triple(&l->w, want, l->err))
        return false;
    put_triple(l, name, n);
    l->holds &= memcmp(want, n, sizeof n) == 0;
    return true;
}

/* `name T` when the line goes on so; a moment that must be that of the state. */
static bool want_moment(look *l, const char *name, tr_time have, bool *taken)
{
    tr_time want;
    *taken = words_take(&l->w, name);
    if (!*taken)
        return true;
    if (words_take(&l->w, "never"))
        want = TR_TIME_NONE;
    else if (!words_time(&l->w, &want, l->err))
        return false;
    put_moment(l, name, have);
    l->holds &= want == have;
    return true;
}

static bool unknown_word(look *l)
{
    return words_end(&l->w, l->err);
}

/* A word that names a moment, and the moment that stands. */
typedef struct {
    const char *word;
    tr_time     t;
} named_moment;

static bool want_one_of(look *l, const named_moment *moment, size_t moments)
{
    for (size_t k = 0; k < moments; k++) {
        bool taken;
        if (!want_moment(l, moment[k].word, moment[k].t, &taken))
            return false;
        if (taken)
            return true;
    }
    return unknown_word(l);
}

static bool take_clause(look *l, tr_clause_kind kind, int32_t *clause)
{
    tr_str label;
    if (!words_any(&l->w, "the label of a clause", &label, l->err))
        return false;
    *clause = tr_plan_clause(l->plan, label);
    return (*clause >= 0 && l->plan->clause[*clause].kind == kind) ||
           words_fail(&l->w, l->err, "Name a clause of the agreement by its label.",
                      "\"%.*s\" is no clause of that kind", TR_FMT(tr_str_cut(label, 0, 40)));
}

static bool want_count(look *l, const char *name, uint64_t have)
{
    int64_t want;
    if (!words_int(&l->w, name, &want, l->err))
        return false;
    tr_put(&l->stands, "%s %llu", name, (unsigned long long)have);
    l->holds = want >= 0 && (uint64_t)want == have;
    return true;
}

/* ---- incidents ---- */

/* The number-th live incident in order of (begin, id), or -1. */
static int32_t incident_at(const tr_mission *m, int64_t number)
{
    for (int32_t i = 0; i < tr_mission_incidents(m); i++) {
        const tr_incident *one = tr_mission_incident(m, i);
        int64_t            before = 0;
        for (int32_t k = 0; k < tr_mission_incidents(m) && one->live; k++) {
            const tr_incident *o = tr_mission_incident(m, k);
            before += o->live && (o->begin < one->begin ||
                                  (o->begin == one->begin && tr_hash_cmp(&o->id, &one->id) < 0));
        }
        if (one->live && before == number - 1)
            return i;
    }
    return -1;
}

static bool share_ppm(look *l, int64_t *ppm)
{
    tr_str word;
    return words_any(&l->w, "a probability", &word, l->err) &&
           (tr_fixed_read(word, 6, ppm) ||
            words_fail(&l->w, l->err, "Write 0.85 .. 0.99.", "not a probability"));
}

static bool expect_probability(look *l, const tr_incident *incident)
{
    int64_t low, high;
    if (incident->p_real_ppm < 0)
        tr_put(&l->stands, " probability not claimed");
    else
        tr_put(&l->stands, " probability %d ppm", (int)incident->p_real_ppm);
    if (words_take(&l->w, "not")) {
        l->holds &= incident->p_real_ppm < 0;
        return words_need(&l->w, "claimed", l->err);
    }
    if (!share_ppm(l, &low) || !words_need(&l->w, "..", l->err) || !share_ppm(l, &high))
        return false;
    l->holds &= incident->p_real_ppm >= low && incident->p_real_ppm <= high;
    return true;
}

static int64_t bound(int32_t n)
{
    return n == TR_UNBOUNDED ? INT64_MAX : n;
}

static bool expect_incident_part(look *l, const tr_incident *i)
{
    tr_str  word;
    tr_span span;
    if (words_take(&l->w, "kind")) {
        if (!words_any(&l->w, "a kind", &word, l->err))
            return false;
        tr_put(&l->stands, " kind %s", tr_kind_name((tr_kind)i->kind));
        l->holds &= tr_str_is(word, tr_kind_name((tr_kind)i->kind));
        return true;
    }
    if (words_take(&l->w, "n"))
        return want_triple(l, "n", (tr_triple){bound(i->n_min), bound(i->n_best), bound(i->n_max)});
    if (words_take(&l->w, "deaths"))
        return want_triple(
            l, "deaths",
            (tr_triple){bound(i->deaths_min), bound(i->deaths_best), bound(i->deaths_max)});
    if (words_take(&l->w, "probability"))
        return expect_probability(l, i);
    if (words_is(&l->w, "exercise") || words_is(&l->w, "contested")) {
        bool labelled = words_take(&l->w, "exercise") ? i->exercise : i->contested;
        words_take(&l->w, "contested");
        tr_put(&l->stands, labelled ? " so labelled" : " not so labelled");
        l->holds &= labelled;
        return true;
    }
    if (!words_span(&l->w, &span, l->err))
        return l->err->code ? false : unknown_word(l);
    put_moment(l, "from", i->begin);
    put_moment(l, "to", i->end);
    l->holds &= span.begin == i->begin && span.end == i->end;
    return true;
}

static bool expect_incident(look *l)
{
    int64_t number;
    if (!words_int(&l->w, "the number of the incident", &number, l->err))
        return false;
    int32_t at = incident_at(l->m, number);
    if (at < 0) {
        tr_put(&l->stands, "%llu incidents", (unsigned long long)tr_mission_count(l->m).incidents);
        l->holds = false;
        l->w.next = l->w.of->tokens; /* the rest says what there is not */
        return true;
    }
    tr_put(&l->stands, "incident %lld", (long long)number);
    while (!words_done(&l->w))
        if (!expect_incident_part(l, tr_mission_incident(l->m, at)))
            return false;
    return true;
}

/* ---- findings ---- */

typedef struct {
    int32_t clause;
    int     grade; /* tr_membership, -1 any, -2 withdrawn, -3 excused */
    int32_t side;  /* -1 any, 0 undetermined, else 1 + actor */
    tr_str  because;
    tr_str  by; /* exception */
    TR_VEC(int64_t) entry;
    int64_t row;
} finding_wish;

static const char *const grades[] = {"none", "possible", "best", "certain"};

static bool take_entries(look *l, finding_wish *wish)
{
    wish->row = -1;
    do {
        const script_case *script = l->r->script;
        tr_str             name;
        int64_t            number = 0, index = -1;
        if (!words_any(&l->w, "the number of an entry", &name, l->err))
            return false;
        bool whole = tr_int_read(name, &number);
        for (int32_t i = 0; i < script->statements; i++) {
            const statement *say = &script->at[i];
            if (say->number > 0 && (whole ? say->number == number : tr_str_eq(say->label, name)))
                index = l->r->entry_of[i];
        }
        if (index < 0)
            return words_fail(&l->w, l->err, "Name an entry written above that was not refused.",
                              "there is no entry %.*s", TR_FMT(tr_str_cut(name, 0, 40)));
        *TR_PUSH(&l->scratch, &wish->entry) = index;
    } while (words_is_int(&l->w));
    return !words_take(&l->w, "row") || words_int(&l->w, "the row", &wish->row, l->err);
}

static bool take_side(look *l, finding_wish *wish)
{
    tr_str id;
    if (!words_any(&l->w, "a party, or undetermined", &id, l->err))
        return false;
    wish->side = tr_str_is(id, "undetermined") ? 0 : -1;
    for (int32_t i = 0; i < l->plan->actors; i++)
        if (tr_str_eq(l->plan->actor[i].id, id))
            wish->side = 1 + i;
    return wish->side >= 0 ||
           words_fail(&l->w, l->err, "An id of the agreement, or undetermined.", "no such side");
}

static bool take_wish(look *l, finding_wish *wish)
{
    *wish = (finding_wish){.grade = -1, .side = -1, .row = -1};
    if (!words_need(&l->w, "clause", l->err) ||
        !take_clause(l, TR_CLAUSE_PROHIBITION, &wish->clause))
        return false;
    while (!words_done(&l->w)) {
        bool graded = false;
        for (int g = 0; g < 4 && !graded; g++)
            if (words_take(&l->w, grades[g])) {
                wish->grade = g;
                graded = true;
            }
        if (graded)
            continue;
        if (words_take(&l->w, "withdrawn"))
            wish->grade = -2;
        else if (words_take(&l->w, "excused"))
            wish->grade = -3;
        else if (words_take(&l->w, "side") ? !take_side(l, wish)
                 : words_take(&l->w, "from")
                     ? !(words_take(&l->w, "entries") || words_need(&l->w, "entry", l->err)) ||
                           !take_entries(l, wish)
                 : words_take(&l->w, "by") ? !words_any(&l->w, "an exception", &wish->by, l->err)
                 : words_take(&l->w, "because")
                     ? !words_quoted(&l->w, "the reason", &wish->because, l->err)
                     : !unknown_word(l))
            return false;
    }
    return true;
}

static bool contains(tr_str text, tr_str part)
{
    for (ptrdiff_t i = 0; part.len > 0 && i + part.len <= text.len; i++)
        if (memcmp(text.at + i, part.at, (size_t)part.len) == 0)
            return true;
    return part.len == 0;
}

static bool from_entry(const look *l, const tr_incident *incident, int64_t entry, int64_t row)
{
    const tr_obs *obs = tr_mission_observation(l->m, incident->anchor);
    return (entry < 0 || obs->entry == entry) && (row < 0 || obs->row == row);
}

/* Of each exception of the clause that asks for steps: which stand. */
static tr_str steps_text(look *l, const tr_finding *f, const tr_incident *incident)
{
    const tr_prohibition *term = &l->plan->clause[f->clause].u.prohibition;
    ptrdiff_t             begin = tr_out_text(&l->stands).len;
    for (int32_t i = term->except; i < term->except + term->excepts; i++) {
        const tr_exception *e = &l->plan->exception[i];
        if (e->steps == 0)
            continue;
        tr_permit_look steps = tr_permit_steps_of(l->plan, term, e, incident);
        tr_put(&l->stands, "; %.*s: ", TR_FMT(e->label));
        tr_put_permit(&l->stands, l->plan, e, &steps);
    }
    return tr_str_from(tr_out_text(&l->stands), begin);
}

/* Findings of the clause that come from the entry (-1: any): how many, and do all fit? */
static int32_t fitting(look *l, const finding_wish *wish, const tr_findings *list, int64_t entry)
{
    int32_t count = 0;
    for (ptrdiff_t i = 0; i < list->len; i++) {
        const tr_finding  *f = &list->at[i];
        const tr_incident *incident = tr_mission_incident(l->m, f->incident);
        if (f->clause != wish->clause || !from_entry(l, incident, entry, wish->row))
            continue;
        count++;
        tr_put(&l->stands, "%s%s (%s), side %d", count > 1 ? "; " : "", grades[f->in],
               tr_why_text(f->why), incident->side);
        tr_str exception = f->exception < 0 ? (tr_str){0} : l->plan->exception[f->exception].label;
        tr_put(&l->stands, " %.*s", TR_FMT(exception));
        l->holds &= (wish->grade == -3           ? f->in == TR_IN_NONE
                     : wish->grade == TR_IN_NONE ? false
                                                 : wish->grade < 0 || (int)f->in == wish->grade) &&
                    (wish->by.len == 0 || tr_str_eq(exception, wish->by)) &&
                    (wish->side < 0 || incident->side == wish->side) &&
                    (contains(tr_str_of(tr_why_text(f->why)), wish->because) ||
                     contains(steps_text(l, f, incident), wish->because));
    }
    return count;
}

static bool any_retracted(const look *l, int64_t entry, int64_t row)
{
    for (int64_t i = 0; i < tr_mission_observations(l->m); i++) {
        const tr_obs *obs = tr_mission_observation(l->m, i);
        if (obs->status == TR_OBS_RETRACTED && (entry < 0 || obs->entry == entry) &&
            (row < 0 || obs->row == row))
            return true;
    }
    return false;
}

static void judge_entry(look *l, const finding_wish *wish, const tr_findings *list, int64_t entry)
{
    int32_t count = fitting(l, wish, list, entry);
    bool    want = wish->grade == -1 || wish->grade == -3 || wish->grade > TR_IN_NONE;
    if (count == 0)
        tr_put(&l->stands, "no finding");
    l->holds &= want == (count > 0);
    if (wish->grade == -2)
        l->holds &= any_retracted(l, entry, wish->row);
}

static bool expect_finding(look *l)
{
    finding_wish wish;
    tr_findings  list;
    if (!take_wish(l, &wish))
        return false;
    tr_mission_findings(l->m, &l->scratch, &list);
    for (ptrdiff_t i = 0; i < wish.entry.len; i++)
        judge_entry(l, &wish, &list, wish.entry.at[i]);
    if (wish.entry.len == 0)
        judge_entry(l, &wish, &list, -1);
    return true;
}

static bool expect_findings(look *l)
{
    int32_t     clause;
    tr_findings list;
    uint64_t    count = 0;
    if (!words_need(&l->w, "clause", l->err) || !take_clause(l, TR_CLAUSE_PROHIBITION, &clause))
        return false;
    tr_mission_findings(l->m, &l->scratch, &list);
    for (ptrdiff_t i = 0; i < list.len; i++)
        count += list.at[i].clause == clause;
    return want_count(l, "findings", count);
}

/* ---- tallies ---- */

static bool take_zone(look *l, int32_t *zone)
{
    tr_str name;
    if (!words_any(&l->w, "a zone", &name, l->err))
        return false;
    *zone = tr_plan_zone_named(l->plan, name);
    return *zone >= 0 || words_fail(&l->w, l->err, "Declare it in the agreement.",
                                    "there is no zone \"%.*s\"", TR_FMT(tr_str_cut(name, 0, 40)));
}

static bool take_filter(look *l, tr_tally_query *query)
{
    tr_str  name;
    tr_kind kind;
    if (words_take(&l->w, "zone"))
        return take_zone(l, &query->zone);
    if (words_take(&l->w, "clause"))
        return take_clause(l, TR_CLAUSE_PROHIBITION, &query->clause);
    if (words_take(&l->w, "source")) {
        if (!words_any(&l->w, "a source", &name, l->err))
            return false;
        query->source = tr_mission_source_named(l->m, name);
        return query->source >= 0 ||
               words_fail(&l->w, l->err, "Name a source of the record.", "no such source");
    }
    if (words_take(&l->w, "kind")) {
        if (!words_any(&l->w, "a kind", &name, l->err))
            return false;
        if (!tr_kind_read(name, &kind))
            return words_fail(&l->w, l->err, "For example explosion.", "no such kind");
        query->kinds |= tr_kind_class(kind);
        return true;
    }
    if (!words_need(&l->w, "without", l->err))
        return false;
    query->no_exercises |= words_take(&l->w, "exercises");
    query->no_contested |= words_take(&l->w, "contested");
    return true;
}

static bool filter_next(const look *l)
{
    return words_is(&l->w, "zone") || words_is(&l->w, "clause") || words_is(&l->w, "source") ||
           words_is(&l->w, "kind") || words_is(&l->w, "without");
}

static bool take_query(look *l, tr_tally_query *query)
{
    tr_str rule;
    *query = (tr_tally_query){.span = {0, TR_TIME_MAX}, .zone = -1, .clause = -1, .source = -1};
    if (!words_any(&l->w, "a counting rule", &rule, l->err))
        return false;
    if (!tr_rule_read(rule, &query->rule))
        return words_fail(&l->w, l->err, "R-INC or R-SMM.", "no such rule");
    for (;;) {
        if (words_is(&l->w, "from") || words_is(&l->w, "on")) {
            if (!words_span(&l->w, &query->span, l->err))
                return false;
        } else if (!filter_next(l)) {
            return true;
        } else if (!take_filter(l, query)) {
            return false;
        }
    }
}

static bool expect_tally_part(look *l, const tr_tally *tally)
{
    const struct {
        const char *word;
        tr_triple   n;
    } parts[] = {{"deaths", tally->deaths},
                 {"exercise", tally->exercise},
                 {"contested", tally->contested},
                 {"explosions", tally->part[TR_SMM_EXPLOSIONS]},
                 {"projectiles", tally->part[TR_SMM_PROJECTILES]},
                 {"flashes", tally->part[TR_SMM_FLASHES]},
                 {"flares", tally->part[TR_SMM_FLARES]},
                 {"shots", tally->part[TR_SMM_SHOTS]},
                 {"unspecified", tally->part[TR_SMM_UNSPECIFIED]},
                 {"impact", tally->impact},
                 {"airburst", tally->airburst},
                 {"undetermined", tally->undetermined}};
    if (words_is(&l->w, "not") || words_is(&l->w, "observed")) {
        bool want = words_take(&l->w, "not");
        l->holds &= want == tally->not_observed;
        tr_put(&l->stands, tally->not_observed ? " not observed" : " observed");
        return words_need(&l->w, "observed", l->err);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (words_take(&l->w, parts[i].word))
            return want_triple(l, parts[i].word, parts[i].n);
    return (words_is_int(&l->w) || unknown_word(l)) &&
           want_triple(l, tr_rule_name(tally->query.rule), tally->count);
}

static bool expect_tally(look *l)
{
    tr_tally_query query;
    tr_tally       tally;
    if (!take_query(l, &query))
        return false;
    if (words_done(&l->w))
        return words_fail(&l->w, l->err, "Write three numbers, or: not observed.",
                          "the tally expected is missing");
    if (!tr_mission_tally(l->m, l->scratch, &query, &tally, l->err))
        return words_fail(&l->w, l->err, "", "no tally");
    while (!words_done(&l->w))
        if (!expect_tally_part(l, &tally))
            return false;
    return true;
}

/* ---- thresholds ---- */

/* Of activation `number`, or the newest by what happened when it is 0. */
static const tr_instance *instance_of(const tr_mission *m, int32_t clause, int64_t number)
{
    const tr_instance *found = NULL;
    for (int32_t i = 0; i < tr_mission_instances(m); i++) {
        const tr_instance *one = tr_mission_instance(m, i);
        if (one->clause == clause &&
            (number > 0 ? one->number == number : !found || one->reached >= found->reached))
            found = one;
    }
    return found;
}

static uint64_t instances_of(const tr_mission *m, int32_t clause)
{
    uint64_t count = 0;
    for (int32_t i = 0; i < tr_mission_instances(m); i++)
        count += tr_mission_instance(m, i)->clause == clause;
    return count;
}

static bool take_number(words *w, int64_t *number, tr_err *err)
{
    words at = *w;
    *number = 0;
    for (; !words_done(&at); at.next++)
        if (words_is(&at, "activation")) {
            at.next++;
            return words_int(&at, "the number of the activation", number, err);
        }
    return true;
}

static const tr_board_row *row_of(look *l, int32_t clause)
{
    tr_board board;
    tr_mission_board(l->m, &l->scratch, &board);
    return &board.at[clause];
}

static void want_state(look *l, int32_t clause, const tr_instance *i, tr_str word)
{
    const tr_board_row *row = row_of(l, clause);
    const char         *state = !i                                 ? "inactive"
                                : i->status == TR_INSTANCE_CLEARED ? "cleared"
                                : i->status == TR_INSTANCE_REVIEW  ? "active, under review"
                                                                   : "active";
    tr_put(&l->stands, "%s%s", state, row->pending ? ", pending" : "");
    bool stands = i && i->status != TR_INSTANCE_CLEARED;
    if (tr_str_is(word, "inactive"))
        l->holds &= !stands;
    else if (tr_str_is(word, "pending"))
        l->holds &= row->pending;
    else if (tr_str_is(word, "cleared"))
        l->holds &= i && i->status == TR_INSTANCE_CLEARED;
    else
        l->holds &= stands;
}

static bool expect_clause_part(look *l, int32_t clause, const tr_instance *i)
{
    static const tr_instance none = {.reached = TR_TIME_NONE,
                                     .reached_first = TR_TIME_NONE,
                                     .known = TR_TIME_NONE,
                                     .cleared = TR_TIME_NONE,
                                     .cleared_known = TR_TIME_NONE};
    const tr_instance       *at = i ? i : &none;
    int64_t                  number;
    bool                     taken;
    if (words_take(&l->w, "activation"))
        return words_int(&l->w, "its number", &number, l->err);
    if (words_take(&l->w, "activations"))
        return want_count(l, " activations", instances_of(l->m, clause));
    if (words_take(&l->w, "under")) {
        l->holds &= i && i->status == TR_INSTANCE_REVIEW;
        return words_need(&l->w, "review", l->err);
    }
    if (words_take(&l->w, "sector"))
        return want_count(l, " sector", (uint64_t)at->sector);
    if (words_take(&l->w, "count"))
        return want_triple(l, "count", at->count);
    if (words_take(&l->w, "now"))
        return want_triple(l, "now", row_of(l, clause)->on_count[0]);
    if (words_take(&l->w, "first")) {
        l->holds &= i != NULL;
        return words_is(&l->w, "reached") ? want_moment(l, "reached", at->reached_first, &taken)
                                          : unknown_word(l);
    }
    const named_moment moments[] = {{"reached", at->reached},
                                    {"known", at->known},
                                    {"cleared", at->cleared},
                                    {"noticed", at->cleared_known},
                                    {"off-since", row_of(l, clause)->off_since}};
    return want_one_of(l, moments, sizeof moments / sizeof *moments);
}

static bool expect_clause(look *l)
{
    static const char *const states[] = {"active", "inactive", "pending", "cleared"};
    int32_t                  clause;
    int64_t                  number;
    if (!take_clause(l, TR_CLAUSE_THRESHOLD, &clause) || !take_number(&l->w, &number, l->err))
        return false;
    const tr_instance *i = instance_of(l->m, clause, number);
    if (words_done(&l->w))
        return words_fail(&l->w, l->err, "active, inactive, pending, cleared, or activations N.",
                          "what is expected of the clause is missing");
    words behind = l->w;
    behind.next++;
    for (int k = words_is(&behind, "never") ? 4 : 0; k < 4; k++) {
        tr_str date = words_look(&behind);
        bool   moment = k == 3 && date.len > 0 && date.at[0] >= '0' && date.at[0] <= '9';
        if (words_is(&l->w, states[k])) {
            want_state(l, clause, i, words_look(&l->w));
            l->w.next += moment ? 0 : 1; /* cleared T is read as a moment too */
            break;
        }
    }
    while (!words_done(&l->w))
        if (!expect_clause_part(l, clause, i))
            return false;
    return true;
}

/* expect cleared T: the newest clearing of any clause. */
static bool expect_cleared(look *l)
{
    tr_time newest = TR_TIME_NONE, want;
    for (int32_t i = 0; i < tr_mission_instances(l->m); i++) {
        const tr_instance *one = tr_mission_instance(l->m, i);
        if (one->cleared != TR_TIME_NONE && (newest == TR_TIME_NONE || one->cleared > newest))
            newest = one->cleared;
    }
    if (!words_time(&l->w, &want, l->err))
        return false;
    put_moment(l, "cleared", newest);
    l->holds = want == newest;
    return true;
}

/* ---- steps ---- */

static bool step_of(look *l, int32_t clause, int64_t number, tr_step_run *run_)
{
    const tr_instance *i = instance_of(l->m, l->plan->clause[clause].u.step.on, number);
    tr_step_run       *list = TR_NEW(&l->scratch, tr_step_run, l->plan->clauses + 1);
    int32_t            steps = 0;
    if (!i) {
        *run_ = row_of(l, clause)->step;
        return number == 0;
    }
    for (int32_t k = 0; k < tr_mission_instances(l->m); k++)
        if (tr_mission_instance(l->m, k) == i)
            tr_mission_steps(l->m, l->scratch, k, list, &steps, l->plan->clauses);
    for (int32_t k = 0; k < steps; k++)
        if (list[k].clause == clause)
            *run_ = list[k];
    return true;
}

static bool expect_step_part(look *l, const tr_step_run *at)
{
    int64_t            number;
    bool               taken, not_overdue;
    const named_moment moments[] = {{"zero", at->zero}, {"due", at->due}, {"done", at->done}};
    if (words_take(&l->w, "activation"))
        return words_int(&l->w, "its number", &number, l->err);
    for (size_t k = 0; k < sizeof moments / sizeof *moments; k++) {
        if (!want_moment(l, moments[k].word, moments[k].t, &taken))
            return false;
        if (taken)
            return true;
    }
    not_overdue = words_take(&l->w, "not");
    if (!words_take(&l->w, "overdue"))
        return unknown_word(l);
    tr_put(&l->stands, at->overdue_at_discovery ? " overdue at discovery" : " not overdue");
    l->holds &= at->overdue_at_discovery != not_overdue;
    return !words_take(&l->w, "at") || words_need(&l->w, "discovery", l->err);
}

static bool expect_step(look *l)
{
    int32_t     clause;
    int64_t     number;
    tr_str      state;
    tr_step_run at = {0};
    if (!take_clause(l, TR_CLAUSE_STEP, &clause) || !take_number(&l->w, &number, l->err) ||
        !words_any(&l->w, "the state of the step", &state, l->err))
        return false;
    if (!step_of(l, clause, number, &at)) {
        tr_put(&l->stands, "no such activation");
        l->holds = false;
        l->w.next = l->w.of->tokens;
        return true;
    }
    bool known = false;
    for (int s = TR_STEP_WAITING; s <= TR_STEP_SUSPENDED; s++)
        known |= tr_str_is(state, tr_step_state_name((tr_step_state)s));
    if (!known)
        return words_fail(&l->w, l->err,
                          "waiting, running, acknowledged, done, done_late, missed, void.",
                          "\"%.*s\" is no state of a step", TR_FMT(tr_str_cut(state, 0, 40)));
    tr_put(&l->stands, "%s", tr_step_state_name(at.state));
    l->holds &= tr_str_is(state, tr_step_state_name(at.state));
    while (!words_done(&l->w))
        if (!expect_step_part(l, &at))
            return false;
    return true;
}

/* ---- duties ---- */

static bool expect_duty_part(look *l, const tr_duty *at)
{
    const named_moment moments[] = {{"zero", at->zero},
                                    {"begin-due", at->begin_due},
                                    {"due", at->due},
                                    {"begun", at->begun},
                                    {"done", at->done}};
    return want_one_of(l, moments, sizeof moments / sizeof *moments);
}

/* expect duty 3.1 [of A] STATE ... */
static bool expect_duty(look *l)
{
    int32_t   clause;
    tr_str    id = {0}, state;
    tr_duties list;
    if (!take_clause(l, TR_CLAUSE_OBLIGATION, &clause) ||
        (words_take(&l->w, "of") && !words_any(&l->w, "an actor", &id, l->err)) ||
        !words_any(&l->w, "the state of the duty", &state, l->err))
        return false;
    tr_duty at = row_of(l, clause)->duty;
    bool    found = id.len == 0, known = false;
    tr_mission_duties(l->m, &l->scratch, clause, &list);
    for (ptrdiff_t i = 0; i < list.len && !found; i++)
        if (tr_str_eq(l->plan->actor[list.at[i].actor].id, id)) {
            at = list.at[i];
            found = true;
        }
    for (int s = TR_DUTY_NOT_IN_FORCE; s <= TR_DUTY_SUSPENDED; s++)
        known |= tr_str_is(state, tr_duty_state_name((tr_duty_state)s));
    if (!found || !known)
        return words_fail(&l->w, l->err,
                          "not_in_force, waiting, open, complied, breached, cured, undetermined, "
                          "not_observed, suspended; of an actor of the clause.",
                          "no such actor or state of a duty");
    tr_put(&l->stands, "%s", tr_duty_state_name(at.state));
    l->holds &= tr_str_is(state, tr_duty_state_name(at.state));
    while (!words_done(&l->w))
        if (!expect_duty_part(l, &at))
            return false;
    return true;
}

/* ---- clauses of the other sorts ---- */

static bool expect_course_part(look *l, const tr_course *at)
{
    const named_moment moments[] = {{"since", at->since}, {"due", at->due}, {"done", at->done}};
    const struct {
        const char *word;
        int32_t     n;
    } counts[] = {{"owed", at->owed},
                  {"kept", at->kept},
                  {"missed", at->missed},
                  {"missing", at->missing},
                  {"open", at->open}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        int64_t n;
        if (!words_take(&l->w, counts[i].word))
            continue;
        if (!words_int(&l->w, "how many", &n, l->err))
            return false;
        l->holds &= n == counts[i].n;
        return true;
    }
    return want_one_of(l, moments, sizeof moments / sizeof *moments);
}

/* expect course 1.1 in_force since T due T ... */
static bool expect_course(look *l)
{
    tr_str label, state;
    if (!words_any(&l->w, "the label of a clause", &label, l->err) ||
        !words_any(&l->w, "the state of the clause", &state, l->err))
        return false;
    int32_t clause = tr_plan_clause(l->plan, label);
    if (clause < 0 || !row_of(l, clause)->course.state)
        return words_fail(&l->w, l->err, "The label of a clause that has a state word.",
                          "no such clause");
    const tr_course *at = &row_of(l, clause)->course;
    tr_put(&l->stands, "%s, %d owed, %d kept, %d missed, %d missing, %d open", at->state, at->owed,
           at->kept, at->missed, at->missing, at->open);
    l->holds &= tr_str_is(state, at->state);
    while (!words_done(&l->w))
        if (!expect_course_part(l, at))
            return false;
    return true;
}

/* ---- amounts and shares ---- */

/* 790000, 12.5 or none: a value, in thousandths. */
static bool want_value(look *l, int64_t have)
{
    int64_t want = INT64_MIN;
    if (words_take(&l->w, "none")) {
        l->holds &= have == INT64_MIN;
        return true;
    }
    if (words_take(&l->w, "unbounded"))
        want = INT64_MAX;
    else if (!tr_fixed_read(words_look(&l->w), 3, &want))
        return words_fail(&l->w, l->err, "Write a number, or none.", "a value is missing");
    else
        l->w.next++;
    l->holds &= want == have;
    return true;
}

static bool expect_amount_part(look *l, const tr_reckoning *at)
{
    const struct {
        const char *word;
        int32_t     count;
    } counts[] = {{"owed", at->owed},
                  {"kept", at->kept},
                  {"missed", at->missed},
                  {"missing", at->missing},
                  {"open", at->open}};
    const named_moment moments[] = {{"due", at->due}, {"since", at->since}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        int64_t want;
        if (!words_take(&l->w, counts[i].word))
            continue;
        if (!words_int(&l->w, counts[i].word, &want, l->err))
            return false;
        l->holds &= want == counts[i].count;
        return true;
    }
    if (!words_take(&l->w, "value"))
        return want_one_of(l, moments, sizeof moments / sizeof *moments);
    if (!want_value(l, at->low))
        return false;
    int64_t next; /* one value is all three of them */
    if (!tr_fixed_read(words_look(&l->w), 3, &next) && !words_is(&l->w, "unbounded")) {
        l->holds &= at->low == INT64_MIN || (at->best == at->low && at->high == at->low);
        return true;
    }
    return want_value(l, at->best) && want_value(l, at->high);
}

static void put_reckoning(look *l, const tr_reckoning *at)
{
    tr_put(&l->stands, "%s owed %d kept %d missed %d missing %d open %d", at->state, at->owed,
           at->kept, at->missed, at->missing, at->open);
    if (at->low != INT64_MIN) {
        tr_put(&l->stands, " value ");
        tr_put_value(&l->stands, at->low);
        tr_put_char(&l->stands, ' ');
        tr_put_value(&l->stands, at->best);
        tr_put_char(&l->stands, ' ');
        tr_put_value(&l->stands, at->high);
    }
}

/* expect amount 4.1 [of A] STATE ... */
static bool expect_amount(look *l)
{
    tr_str        label, id = {0}, state;
    tr_reckonings list;
    if (!words_any(&l->w, "the label of a clause", &label, l->err) ||
        (words_take(&l->w, "of") && !words_any(&l->w, "an actor", &id, l->err)) ||
        !words_any(&l->w, "how it stands", &state, l->err))
        return false;
    int32_t clause = tr_plan_clause(l->plan, label);
    bool    fits = clause >= 0 && (l->plan->clause[clause].kind == TR_CLAUSE_QUANTITY ||
                                l->plan->clause[clause].kind == TR_CLAUSE_SHARE);
    const tr_reckoning *at = NULL;
    if (fits)
        tr_mission_reckonings(l->m, &l->scratch, clause, &list);
    for (ptrdiff_t i = 0; fits && i < list.len && !at; i++)
        if (id.len == 0 || tr_str_eq(l->plan->actor[list.at[i].actor].id, id))
            at = &list.at[i];
    if (!at)
        return words_fail(&l->w, l->err, "The label of a quantity or a share, and who owes it.",
                          "no such amount");
    put_reckoning(l, at);
    l->holds &= tr_str_is(state, at->state);
    while (!words_done(&l->w))
        if (!expect_amount_part(l, at))
            return false;
    return true;
}

/* ---- duties that recur ---- */

static bool expect_owed_part(look *l, const tr_owed_sum *sum)
{
    const struct {
        const char *word;
        int32_t     count;
    } counts[] = {{"owed", sum->owed},       {"kept", sum->kept},       {"missed", sum->missed},
                  {"missing", sum->missing}, {"open", sum->open},       {"refused", sum->refused},
                  {"beyond", sum->beyond},   {"periods", sum->periods}, {"below", sum->below}};
    const named_moment moments[] = {{"due", sum->due}, {"since", sum->since}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        int64_t want;
        if (!words_take(&l->w, counts[i].word))
            continue;
        if (!words_int(&l->w, counts[i].word, &want, l->err))
            return false;
        l->holds &= want == counts[i].count;
        return true;
    }
    return want_one_of(l, moments, sizeof moments / sizeof *moments);
}

static bool expect_owed_one(look *l, const tr_owed_list *list)
{
    tr_str  state;
    int64_t number;
    if (!words_int(&l->w, "the number of the instance", &number, l->err) ||
        !words_any(&l->w, "its state", &state, l->err))
        return false;
    if (number < 1 || number > list->len) {
        tr_put(&l->stands, "%td instances", list->len);
        l->holds = false;
        l->w.next = l->w.of->tokens;
        return true;
    }
    const tr_owed     *one = &list->at[number - 1];
    const named_moment moments[] = {{"zero", one->zero}, {"due", one->due}, {"done", one->done}};
    tr_put(&l->stands, "%s", tr_duty_state_name(one->state));
    l->holds &= tr_str_is(state, tr_duty_state_name(one->state));
    while (!words_done(&l->w))
        if (!want_one_of(l, moments, sizeof moments / sizeof *moments))
            return false;
    return true;
}

/* expect recurring 4.3 [of A] STATE ..., or number 2 STATE ... */
static bool expect_recurring(look *l)
{
    int32_t      clause, actor = -1;
    tr_str       id = {0}, state;
    tr_owed_list list;
    tr_owed_sum  sum;
    if (!take_clause(l, TR_CLAUSE_OBLIGATION, &clause) ||
        (words_take(&l->w, "of") && !words_any(&l->w, "an actor", &id, l->err)))
        return false;
    const tr_obligation *o = &l->plan->clause[clause].u.obligation;
    for (int32_t a = 0; a < l->plan->actors && actor < 0; a++)
        if (o->actors >> a & 1 && (id.len == 0 || tr_str_eq(l->plan->actor[a].id, id)))
            actor = a;
    if (actor < 0 || o->each.kind == TR_EACH_NONE)
        return words_fail(&l->w, l->err, "A duty that recurs, and who owes it.",
                          "no such duty of such an actor");
    tr_mission_owed(l->m, &l->scratch, clause, actor, &list, &sum);
    if (words_take(&l->w, "number"))
        return expect_owed_one(l, &list);
    if (!words_any(&l->w, "the state of the duty", &state, l->err))
        return false;
    tr_put(&l->stands,
           "%s owed %d kept %d missed %d missing %d open %d refused %d beyond %d periods %d "
           "below %d",
           tr_duty_state_name(sum.state), sum.owed, sum.kept, sum.missed, sum.missing, sum.open,
           sum.refused, sum.beyond, sum.periods, sum.below);
    l->holds &= tr_str_is(state, tr_duty_state_name(sum.state));
    while (!words_done(&l->w))
        if (!expect_owed_part(l, &sum))
            return false;
    return true;
}

/* ---- verdicts ---- */

static bool expect_verdict(look *l)
{
    tr_str label, word;
    if (!words_any(&l->w, "the label of a clause", &label, l->err) ||
        !words_any(&l->w, "a verdict", &word, l->err))
        return false;
    int32_t clause = tr_plan_clause(l->plan, label);
    bool    known = false;
    for (int v = TR_VERDICT_COMPLIED; v <= TR_VERDICT_NONE; v++)
        known |= tr_str_is(word, tr_verdict_name((tr_verdict)v));
    if (clause < 0 || !known)
        return words_fail(&l->w, l->err,
                          "A label, then complied, breached, open, undetermined, not_observed, "
                          "suspended, not_in_force or no_verdict.",
                          "no such clause or verdict");
    const tr_board_row *row = row_of(l, clause);
    tr_put(&l->stands, "%s, %s, coverage %d ppm", tr_verdict_name(row->verdict),
           row->final ? "final" : "provisional", (int)row->coverage_ppm);
    l->holds &= tr_str_is(word, tr_verdict_name(row->verdict));
    while (!words_done(&l->w)) {
        int64_t percent;
        if (words_take(&l->w, "provisional"))
            l->holds &= !row->final;
        else if (words_take(&l->w, "final"))
            l->holds &= row->final;
        else if (!words_need(&l->w, "coverage", l->err) ||
                 !words_int(&l->w, "the coverage", &percent, l->err) ||
                 !words_need(&l->w, "%", l->err))
            return false;
        else
            l->holds &= row->coverage_ppm / 10000 == percent;
    }
    return true;
}

/* expect permission 2.3 waiting [steps 2] */
static bool expect_permission(look *l)
{
    int32_t clause;
    int64_t steps;
    tr_str  word;
    if (!take_clause(l, TR_CLAUSE_PERMISSION, &clause) ||
        !words_any(&l->w, "a state of a permission", &word, l->err))
        return false;
    const tr_board_row *row = row_of(l, clause);
    tr_put(&l->stands, "%s, %d steps", row->course.state, row->course.kept);
    l->holds &= tr_str_is(word, row->course.state);
    if (!words_take(&l->w, "steps"))
        return true;
    if (!words_int(&l->w, "how many steps stand", &steps, l->err))
        return false;
    l->holds &= row->course.kept == steps;
    return true;
}

/* ---- the view, what is due, counts ---- */

static bool expect_view(look *l)
{
    tr_hash now = tr_mission_view(l->m, l->scratch), then = l->r->before;
    bool    same = words_take(&l->w, "same");
    tr_str  name;
    if ((!same && !words_need(&l->w, "other", l->err)) ||
        !words_need(&l->w, same ? "as" : "than", l->err) ||
        !words_any(&l->w, "before, or a name", &name, l->err))
        return false;
    if (!tr_str_is(name, "before")) {
        const remembered *found = NULL;
        for (ptrdiff_t i = 0; i < l->r->memory->len; i++)
            if (tr_str_eq(l->r->memory->at[i].name, name))
                found = &l->r->memory->at[i];
        if (!found)
            return words_fail(&l->w, l->err, "Write above: remember view NAME.",
                              "no view is remembered as \"%.*s\"", TR_FMT(tr_str_cut(name, 0, 40)));
        then = found->view;
    }
    bool equal = tr_hash_eq(&now, &then);
    tr_put(&l->stands, equal ? "the view is the same" : "the view is another");
    l->holds &= equal == same;
    return true;
}

static bool expect_due(look *l)
{
    tr_time due = tr_mission_next_due(l->m), want = TR_TIME_NONE;
    if (!words_need(&l->w, "due", l->err) ||
        (!words_take(&l->w, "never") && !words_time(&l->w, &want, l->err)))
        return false;
    put_moment(l, "next due", due);
    l->holds &= want == due;
    return true;
}

static bool expect_rest(look *l)
{
    tr_mission_counts n = tr_mission_count(l->m);
    const struct {
        const char *word;
        uint64_t    count;
    } counts[] = {
        {"incidents", n.incidents}, {"held", n.held},           {"duplicates", n.duplicates},
        {"corrected", n.corrected}, {"withdrawn", n.retracted}, {"allegations", n.allegations},
        {"live", n.live},           {"refused", n.invalid},     {"forks", n.chain_forks}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (words_take(&l->w, counts[i].word))
            return want_count(l, counts[i].word, counts[i].count);
    return words_fail(&l->w, l->err,
                      "incident, incidents, finding, findings, tally, clause, cleared, step, duty, "
                      "permission, verdict, held, duplicates, allegations, view, next due, as "
                      "known at.",
                      "\"%.*s\" is nothing that can be expected",
                      TR_FMT(tr_str_cut(words_look(&l->w), 0, 40)));
}

static bool judge(look *l)
{
    static const struct {
        const char *word;
        bool (*judge)(look *l);
    } kinds[] = {
        {"incident", expect_incident}, {"finding", expect_finding}, {"findings", expect_findings},
        {"tally", expect_tally},       {"clause", expect_clause},   {"cleared", expect_cleared},
        {"step", expect_step},         {"verdict", expect_verdict}, {"duty", expect_duty},
        {"course", expect_course},     {"permission", expect_permission},
        {"amount", expect_amount},
        {"recurring", expect_recurring},
        {"view", expect_view},         {"next", expect_due}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (words_take(&l->w, kinds[i].word))
            return kinds[i].judge(l) && words_end(&l->w, l->err);
    return expect_rest(l) && words_end(&l->w, l->err);
}

/* "as known at T": the rest of the line is judged on the record as it stood then. */
static bool go_back(look *l, tr_arena *room)
{
    tr_time     t;
    tr_mission *past;
    if (!words_take(&l->w, "as"))
        return true;
    if (!words_need(&l->w, "known", l->err) || !words_need(&l->w, "at", l->err) ||
        !words_time(&l->w, &t, l->err))
        return false;
    if (!run_past(l->r, t, room, &past, l->err))
        return words_fail(&l->w, l->err, "", "the record of then cannot be run");
    l->m = past;
    if (tr_mission_plan(past))
        return true;
    return words_fail(&l->w, l->err, "Name a later moment.", "nothing was known then");
}

bool run_expect(run *r, const statement *say, tr_err *err)
{
    tr_arena  room = r->side, scratch = *r->keep;
    ptrdiff_t half = (scratch.end - scratch.beg) / 2;
    scratch.beg += half & ~(ptrdiff_t)63; /* the near half goes on serving what is kept */
    look l = {.r = r,
              .m = r->pen.mission,
              .plan = tr_mission_plan(r->pen.mission),
              .scratch = scratch,
              .w = words_of(say, tr_mission_plan(r->pen.mission)->tz),
              .stands = tr_out_new(r->keep),
              .holds = true,
              .err = err};
    l.w.next = 1;
    l.w.day = r->at;
    r->expectations++;
    if (!go_back(&l, &room) || !judge(&l))
        return false;
    if (!l.holds) {
        tr_out text = tr_out_new(r->keep);
        tr_put(&text, "%.*s, but there stands: %.*s", TR_FMT(say->raw),
               TR_FMT(tr_str_trim(tr_out_text(&l.stands))));
        run_fail(r, say->line, tr_out_text(&text));
    }
    return true;
}
