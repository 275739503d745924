/* side.c -- whose an incident is, by decision.
 *
 * Nothing that was seen says whose it was.  An adjudication does: "side A" or "side undetermined"
 * about a finding (f-...), an incident (i-...), or an entry and its row ("812", "812:3").  It is
 * about the slot behind that name, as an objection is, so a correction of the observation keeps it.
 * Of all living decisions about one body the last in the order of the record holds, from then on
 * and for all the past: the state is a function of the set of entries.
 */
#include "mission/state.h"

/* ---- what a decision is about ---- */

static int64_t incident_slot(const tr_mission *m, tr_str name)
{
    for (ptrdiff_t i = 0; i < m->incident.len; i++) {
        char own[TR_INCIDENT_ID + 1];
        if (!m->incident.at[i].live)
            continue;
        tr_incident_name(&m->incident.at[i], own);
        if (tr_str_is(name, own))
            return m->more.at[m->incident.at[i].anchor].slot;
    }
    return -1;
}

/* "812", or "812:3" of a batch, whose rows are decided on one by one. */
static int64_t entry_slot(const tr_mission *m, tr_str name)
{
    tr_str  rest = name, head;
    int64_t entry = -1, row = 0;
    tr_str_next(&rest, ':', &head);
    bool rowed = head.len < name.len;
    if (!tr_int_read(head, &entry) || (rowed && !tr_int_read(rest, &row)))
        return -1;
    const brought_row *brought = brought_by(m, entry);
    if (!brought || rowed != (m->obs.at[brought->first].row >= 0) || row < 0 ||
        row >= brought->count)
        return -1;
    return brought->first + row;
}

static int64_t slot_named(const tr_mission *m, tr_str kind, tr_str name)
{
    if (tr_str_is(kind, "finding"))
        return finding_slot(m, name);
    if (!tr_str_is(kind, "incident"))
        return -1;
    return tr_str_starts(name, "i-") ? incident_slot(m, name) : entry_slot(m, name);
}

/* ---- what it says ---- */

static int32_t rung_named(tr_str grade)
{
    for (int32_t rung = 0; rung < TR_RUNGS; rung++)
        if (tr_str_is(grade, tr_rung_name(rung)))
            return rung;
    return -1;
}

/* A party at a rung above 0, or nobody at rung 0; any other text is kept and decides no side. */
void judge_side(const tr_mission *m, const tr_json *body, tr_deed *deed)
{
    const tr_json *subject = tr_json_get(body, "subject");
    tr_str         decision = tr_json_text(body, "decision"), kind = tr_json_text(subject, "kind");
    int32_t        rung = rung_named(tr_json_text(body, "grade"));
    if (!tr_str_starts(decision, "side "))
        return;
    tr_str  who = tr_str_from(decision, 5);
    int32_t actor = plan_actor(m->plan, who);
    bool    nobody = tr_str_is(who, "undetermined") && rung == 0;
    bool    party = actor >= 0 && m->plan->actor[actor].kind == TR_ACTOR_PARTY && rung > 0;
    if (!nobody && !party)
        return;
    deed->what = TR_DECIDED_SIDE;
    deed->slot = slot_named(m, kind, tr_json_text(subject, "id"));
    deed->side = party ? actor + 1 : 0;
    deed->rung = rung;
}

static bool on_side(const tr_deed *deed)
{
    return deed->kind == TR_DEED_ADJUDICATION && deed->what == TR_DECIDED_SIDE;
}

/* ---- which one holds ---- */

static const tr_deed *last_about(const tr_mission *m, int64_t slot)
{
    const tr_deed *last = NULL;
    for (ptrdiff_t i = 0; i < m->deed.len; i++) {
        const tr_deed *deed = &m->deed.at[i];
        if (on_side(deed) && deed->retracted == 0 && deed->slot == slot &&
            (!last || deed->entry > last->entry))
            last = deed;
    }
    return last;
}

/* A copy of the body that was withdrawn takes nothing with it: the decision was about what it
 * says. */
const tr_deed *side_decision(const tr_mission *m, int32_t head, const tr_hash *id)
{
    const tr_deed *last = NULL;
    for (int32_t i = head; i >= 0; i = m->obs.at[i].next) {
        const more_row *slot = &m->more.at[m->more.at[i].slot];
        if (!slot->decided || slot->current != i || m->more.at[i].alleged ||
            !tr_hash_eq(&m->obs.at[i].id, id))
            continue;
        const tr_deed *one = last_about(m, m->more.at[i].slot);
        if (one && (!last || one->entry > last->entry))
            last = one;
    }
    return last;
}

void sides_again(tr_mission *m, int64_t entry)
{
    for (ptrdiff_t i = 0; i < m->deed.len; i++) {
        int64_t slot = m->deed.at[i].slot;
        if (m->deed.at[i].entry != entry || slot < 0)
            continue;
        m->more.at[slot].decided = last_about(m, slot) != NULL;
        live_resolve(m, m->more.at[slot].current);
    }
}

/* ---- who may ---- */

/* Also what ends in such a decision: its correction, its retraction, the retraction of that. */
bool decides_side(const tr_mission *m, int64_t entry)
{
    int64_t at = mark_of(m, entry);
    while (at >= 0 && m->mark.at[at].kind == MARK_UNDO)
        at = m->mark.at[at].target;
    if (at >= 0 && m->mark.at[at].kind == MARK_UNDEED)
        entry = m->mark.at[at].target;
    else if (at >= 0 && m->mark.at[at].kind == MARK_REDEED)
        entry = m->deed.at[m->mark.at[at].was].entry;
    for (ptrdiff_t i = 0; i < m->deed.len; i++)
        if (m->deed.at[i].entry == entry && on_side(&m->deed.at[i]))
            return true;
    return false;
}

bool may_decide(const tr_mission *m, const work *w, tr_err *err)
{
    return tr_keyring_may(&m->ring, &w->entry, w->index, TR_ENTRY_ADJUDICATION) ||
           tr_fail(err, TR_E_NOT_AUTHOR,
                   "The joint body, or two holders together, decide whose an incident is, and take "
                   "that back.",
                   "%.*s alone may not decide on a side", TR_FMT(w->entry.by));
}

/* ---- for reports ---- */

/* Who signed, each holder once. */
static tr_str signers(const tr_mission *m, tr_arena *keep, int64_t index)
{
    tr_arena scratch = m->scratch;
    tr_entry entry;
    tr_err   quiet = {0};
    tr_out   out = tr_out_new(keep);
    if (!entry_at(m, &scratch, index, &entry, &quiet))
        return TR_STR("");
    for (int i = 0; i < entry.note.sigs; i++) {
        const tr_key *key = tr_keyring_find(&m->ring, entry.note.sig[i].name);
        tr_str holder = key ? tr_keyring_text(&m->ring, key->holder) : entry.note.sig[i].name;
        bool   again = false;
        for (int k = 0; k < i && key; k++) {
            const tr_key *other = tr_keyring_find(&m->ring, entry.note.sig[k].name);
            again |= other && tr_str_eq(tr_keyring_text(&m->ring, other->holder), holder);
        }
        if (!again)
            tr_put(&out, "%s%.*s", i > 0 ? ", " : "", TR_FMT(holder));
    }
    return tr_out_text(&out);
}

bool tr_mission_side(const tr_mission *m, tr_arena *keep, const tr_incident *incident,
                     tr_side_decision *decision)
{
    const tr_obs  *anchor = &m->obs.at[incident->anchor];
    int64_t        head = group_find(m, anchor->source, mission_text(m, anchor->src_id));
    const tr_deed *deed = incident->reg >= 0 ? NULL : side_decision(m, (int32_t)head, &anchor->id);
    if (!deed)
        return false;
    *decision = (tr_side_decision){deed->entry, signers(m, keep, deed->entry)};
    return true;
}
