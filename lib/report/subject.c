/* subject.c -- what an id names: a finding, an incident, a clause label, an activation. */
#include "report/inside.h"

static bool read_incident(const tr_view *view, tr_str id, subject *s)
{
    char name[TR_INCIDENT_ID + 1];
    if (id.len != TR_INCIDENT_ID || !tr_str_starts(id, "i-"))
        return false;
    for (int32_t i = 0; i < tr_mission_incidents(view->mission); i++) {
        const tr_incident *incident = tr_mission_incident(view->mission, i);
        tr_incident_name(incident, name);
        if (!incident->live || !tr_str_is(id, name))
            continue;
        *s = (subject){.kind = SUBJECT_INCIDENT, .incident = i, .clause = -1, .instance = -1};
        return true;
    }
    return false;
}

static bool read_instance(const tr_view *view, tr_arena at, tr_str id, subject *s)
{
    for (int32_t i = 0; tr_str_starts(id, "a-") && i < tr_mission_instances(view->mission); i++) {
        tr_arena here = at;
        if (!tr_str_eq(instance_id(&here, plan_of(view), i, view->mission), id))
            continue;
        *s = (subject){.kind = SUBJECT_INSTANCE,
                       .incident = -1,
                       .clause = tr_mission_instance(view->mission, i)->clause,
                       .instance = i};
        return true;
    }
    return false;
}

static bool read_clause(const tr_view *view, tr_str id, subject *s)
{
    tr_str  label = tr_str_starts(id, "\302\247") ? tr_str_from(id, 2) : id;
    int32_t clause = tr_plan_clause(plan_of(view), label);
    *s = (subject){.kind = SUBJECT_CLAUSE, .incident = -1, .clause = clause, .instance = -1};
    return clause >= 0;
}

bool subject_read(const tr_view *view, tr_arena at, tr_str id, subject *s, tr_err *err)
{
    tr_finding finding;
    if (for_public(view) && tr_str_starts(id, "f-"))
        return tr_fail(err, TR_E_NOT_RELEASED,
                       "Ask with the mission's audience, or read the clause and its count.",
                       "%.*s is a draft and not shown to the public", TR_FMT(id));
    if (tr_mission_finding(view->mission, id, &finding)) {
        *s = (subject){SUBJECT_FINDING, finding, finding.incident, finding.clause, -1};
        return true;
    }
    if (read_incident(view, id, s) || read_instance(view, at, id, s) || read_clause(view, id, s))
        return true;
    return tr_fail(err, TR_E_NOT_FOUND,
                   "Give a finding (f-...), an incident (i-...), an activation (a-...) or a clause "
                   "label; `truce status` and `truce findings` list them.",
                   "nothing here is named %.*s", TR_FMT(id));
}

void observations_of(const tr_view *view, tr_arena *at, int32_t incident, rows *list)
{
    const tr_incident *of = tr_mission_incident(view->mission, incident);
    const tr_obs      *anchor = tr_mission_observation(view->mission, of->anchor);
    int64_t            i = tr_mission_find(view->mission, anchor->source,
                                           tr_mission_text(view->mission, anchor->src_id));
    *list = (rows){0};
    for (; i >= 0; i = tr_mission_observation(view->mission, i)->next)
        *TR_PUSH(at, list) = i;
}

/* ---- statements ---- */

/* The holder of a key: "<origin>/<role>/<holder>/<device>". */
static tr_str holder_of(const tr_view *view, tr_str key)
{
    tr_str origin = tr_mission_origin(view->mission), rest = key, role, holder;
    if (key.len > origin.len + 1 && tr_str_eq(tr_str_cut(key, 0, origin.len), origin))
        rest = tr_str_from(key, origin.len + 1);
    return tr_str_next(&rest, '/', &role) && tr_str_next(&rest, '/', &holder) ? holder : key;
}

static bool covers(const tr_amendment *a, const tr_obs *anchor, const tr_mission *m)
{
    const tr_obs *first = tr_mission_observation(m, a->first);
    return first->entry == anchor->entry &&
           (a->count > 1 ? anchor->row >= first->row && anchor->row < first->row + a->count
                         : first->row == anchor->row);
}

static void put_in_order(tr_arena *at, statements *list, statement s)
{
    ptrdiff_t i = list->len;
    *TR_PUSH(at, list) = s;
    for (; i > 0; i--) {
        int order = tr_str_cmp(s.by, list->at[i - 1].by);
        if (order > 0 || (order == 0 && s.entry >= list->at[i - 1].entry))
            break;
        list->at[i] = list->at[i - 1];
    }
    list->at[i] = s;
}

static void add_objections(const tr_view *view, tr_arena *at, const tr_obs *anchor,
                           statements *list)
{
    for (int64_t i = 0; i < tr_mission_amendments(view->mission); i++) {
        tr_amendment a;
        if (!tr_mission_amendment(view->mission, at, i, &a) || a.kind != TR_AMEND_OBJECTION ||
            !covers(&a, anchor, view->mission))
            continue;
        put_in_order(at, list,
                     (statement){holder_of(view, a.by), a.undone ? "withdrawn" : "contests",
                                 a.reason, a.entry});
    }
}

/* The decision beside what the parties say of it. */
static void add_decision(const tr_view *view, tr_arena *at, const tr_incident *of,
                         statements *list)
{
    tr_side_decision decision;
    tr_out           text;
    if (!tr_mission_side(view->mission, at, of, &decision))
        return;
    text = tr_out_new(at);
    tr_put(&text, "side %.*s, rung %s", TR_FMT(side_of(plan_of(view), of)),
           tr_rung_name(of->rung));
    put_in_order(at, list,
                 (statement){decision.by, "decides", tr_str_keep(at, text_of(&text)),
                             decision.entry});
}

void statements_on(const tr_view *view, tr_arena *at, int32_t incident, statements *list)
{
    const tr_incident *of = tr_mission_incident(view->mission, incident);
    const tr_obs      *anchor = tr_mission_observation(view->mission, of->anchor);
    rows               bodies;
    *list = (statements){0};
    add_decision(view, at, of, list);
    add_objections(view, at, anchor, list);
    observations_of(view, at, incident, &bodies);
    for (ptrdiff_t i = 0; i < bodies.len; i++) {
        const tr_obs  *obs = tr_mission_observation(view->mission, bodies.at[i]);
        tr_source_view source;
        if (obs->status != TR_OBS_ALLEGATION)
            continue;
        tr_mission_source(view->mission, obs->source, &source);
        put_in_order(at, list,
                     (statement){source.owner, "alleges", tr_mission_text(view->mission, obs->text),
                                 obs->entry});
    }
}
