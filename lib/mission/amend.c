/* amend.c -- corrections, retractions and objections: entries about earlier entries.
 *
 * Each leaves a mark.  A mark is alive unless a living retraction of it stands;
 * what it does is undone and done again as it dies and lives:
 *
 *     correction   of slot s: version `was` -> version `made`
 *     retraction   of slots, or of a mark, a response, an exposure
 *     objection    to slots: contested
 *
 * A correction can be retracted, and come back, only where it joins: the version
 * that it made, or the one that it superseded, is the current one.  Else two
 * corrections would be undone out of order, and the entry is invalid.
 */
#include "mission/state.h"

bool entry_at(const tr_mission *m, tr_arena *scratch, int64_t index, tr_entry *entry, tr_err *err)
{
    tr_str raw;
    if (!m->world.entry(m->world.context, (uint64_t)index, &raw))
        return tr_fail(err, TR_E_REF, "Fetch the record again.", "entry %lld cannot be read",
                       (long long)index);
    return tr_entry_read(scratch, raw, m->origin, entry, err);
}

const brought_row *brought_by(const tr_mission *m, int64_t entry)
{
    ptrdiff_t low = 0, high = m->brought.len;
    while (low < high) {
        ptrdiff_t middle = (low + high) / 2;
        if (m->brought.at[middle].entry < entry)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->brought.len && m->brought.at[low].entry == entry ? &m->brought.at[low] : NULL;
}

int64_t mark_of(const tr_mission *m, int64_t entry)
{
    ptrdiff_t low = 0, high = m->mark.len;
    while (low < high) {
        ptrdiff_t middle = (low + high) / 2;
        if (m->mark.at[middle].entry < entry)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->mark.len && m->mark.at[low].entry == entry ? low : -1;
}

static bool was_invalid(const tr_mission *m, int64_t entry)
{
    for (ptrdiff_t i = m->invalid.len; i-- > 0 && m->invalid.at[i] >= entry;)
        if (m->invalid.at[i] == entry)
            return true;
    return false;
}

/* The holder behind a key name: that of its key in the ring, else the name itself. */
static tr_str holder_of(const tr_mission *m, tr_str by, uint32_t *role)
{
    const tr_key *key = tr_keyring_find(&m->ring, by);
    *role = key ? key->role : 0;
    return key && key->holder ? tr_keyring_text(&m->ring, key->holder) : by;
}

/* The author's own holder, or S or B; never of a party's entry by another.  What decides on a side,
 * and what takes that back, only those who may decide on one. */
static bool may_amend(const tr_mission *m, const work *w, int64_t index, const tr_entry *of,
                      tr_err *err)
{
    if (decides_side(m, index))
        return may_decide(m, w, err);
    uint32_t own_role, of_role;
    tr_str   own = holder_of(m, w->entry.by, &own_role), other = holder_of(m, of->by, &of_role);
    if (tr_str_eq(w->entry.by, of->by) || (tr_str_eq(own, other) && own_role == of_role))
        return true;
    if ((w->role & (TR_ROLE_SECRETARIAT | TR_ROLE_BODY)) && !(of_role & TR_ROLE_PARTY))
        return true;
    return tr_fail(err, TR_E_NOT_AUTHOR,
                   "The author's holder, the secretariat or the joint body may do this, and nobody "
                   "else with a party's entry; an objection is open to parties.",
                   "%.*s may not amend an entry of %.*s", TR_FMT(w->entry.by), TR_FMT(of->by));
}

/* The valid entry that `of` names. */
static bool take_target(const tr_mission *m, tr_arena *scratch, const work *w, tr_ref *ref,
                        tr_entry *of, tr_err *err)
{
    if (!tr_json_ref(tr_json_get(w->entry.body, "of"), ref))
        return tr_fail(err, TR_E_REF, "Name the entry by its hash and index.", "no entry named");
    if (was_invalid(m, ref->index))
        return tr_fail(err, TR_E_REF, "An invalid entry has no effect that could be changed.",
                       "entry %lld is invalid", (long long)ref->index);
    return entry_at(m, scratch, ref->index, of, err);
}

/* Slots that a reference means: one row, or all that the entry brought. */
static bool take_slots(const tr_mission *m, const tr_ref *ref, mark_row *mark, tr_err *err)
{
    const brought_row *brought = brought_by(m, ref->index);
    if (!brought)
        return false;
    bool batch = m->obs.at[brought->first].row >= 0;
    mark->target = brought->first + (batch && ref->row >= 0 ? ref->row : 0);
    mark->count = batch && ref->row < 0 ? brought->count : 1;
    return (ref->row < 0 || (batch && ref->row < brought->count)) ||
           tr_fail(err, TR_E_REF, "Rows count from 0.", "entry %lld has no row %lld",
                   (long long)ref->index, (long long)ref->row);
}

/* ---- corrections ---- */

static bool same(tr_arena scratch, const tr_json *a, const tr_json *b)
{
    tr_out left = tr_out_new(&scratch);
    if (!a || !b)
        return a == b;
    tr_json_print(&left, a);
    tr_str first = tr_str_keep(&scratch, tr_out_text(&left));
    tr_out right = tr_out_new(&scratch);
    tr_json_print(&right, b);
    return tr_str_eq(first, tr_out_text(&right));
}

static tr_str last_name(tr_str path, tr_str *parent)
{
    ptrdiff_t dot = path.len;
    while (dot > 0 && path.at[dot - 1] != '.')
        dot--;
    *parent = tr_str_cut(path, 0, dot > 0 ? dot - 1 : 0);
    return tr_str_from(path, dot);
}

/* One {new, old, path} on the body in place. */
static bool set_one(tr_arena *scratch, tr_json *body, const tr_json *change, tr_err *err)
{
    tr_str         path = tr_json_text(change, "path"), parent_path;
    tr_str         name = last_name(path, &parent_path);
    const tr_json *old = tr_json_get(change, "old"), *next = tr_json_get(change, "new");
    tr_json       *target = tr_json_at(body, path);
    tr_json       *parent = parent_path.len > 0 ? tr_json_at(body, parent_path) : body;
    if (tr_str_is(path, "source") || !same(*scratch, target, old) || (!old && !next))
        return tr_fail(err, TR_E_CORRECTION,
                       "`old` is the value that holds now, and absent where there is none; the "
                       "source cannot be corrected.",
                       "the value at \"%.*s\" is not the old one stated",
                       TR_FMT(tr_str_cut(path, 0, 80)));
    if (parent && parent->kind == TR_JSON_OBJECT) {
        tr_json_set(parent, name, next ? tr_json_copy(scratch, next) : NULL);
        return true;
    }
    if (!target || !next)
        return tr_fail(err, TR_E_CORRECTION, "Members of objects can be added or taken out.",
                       "no place for a value at \"%.*s\"", TR_FMT(tr_str_cut(path, 0, 80)));
    tr_json *copy = tr_json_copy(scratch, next);
    copy->name = target->name;
    copy->next = target->next;
    *target = *copy;
    return true;
}

/* A body with the changes of the entry, printed. */
static bool edit_body(tr_arena *scratch, const work *w, tr_json **body, tr_str *text, tr_err *err)
{
    const tr_json *set = tr_json_get(w->entry.body, "set");
    tr_json       *edited = tr_json_copy(scratch, *body);
    for (const tr_json *change = set->first; change; change = change->next)
        if (!set_one(scratch, edited, change, err))
            return false;
    tr_out out = tr_out_new(scratch);
    tr_json_print(&out, edited);
    *text = tr_str_keep(scratch, tr_out_text(&out));
    return tr_json_read(scratch, *text, body, err);
}

/* The new body, lawful again, printed. */
static bool new_body(const tr_mission *m, tr_arena *scratch, const work *w, int64_t version,
                     tr_json **body, tr_str *text, tr_err *err)
{
    tr_str now;
    if (!mission_bytes(m, scratch, version, &now) || !tr_json_read(scratch, now, body, err))
        return tr_fail(err, TR_E_CORRECTION, "Fetch the record again.",
                       "what is to be corrected cannot be read");
    if (!edit_body(scratch, w, body, text, err))
        return false;
    return m->obs.at[version].row >= 0 ? tr_row_check(*scratch, *text, err)
                                       : tr_body_check(TR_ENTRY_OBSERVATION, *body, err);
}

static bool stage_version(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    tr_json      *body;
    tr_str        text;
    tr_obs        obs;
    row_texts     texts;
    int32_t       was = m->more.at[w->mark.target].current;
    const tr_obs *before = &m->obs.at[was];
    if (!new_body(m, scratch, w, was, &body, &text, err) ||
        !body_to_obs(m->plan, body, &obs, &texts, err))
        return false;
    obs.id = content_id(*scratch, body);
    obs.entry = before->entry;
    obs.row = before->row;
    obs.source = before->source;
    obs.src_id = stage_text(scratch, w, texts.src_id);
    obs.text = stage_text(scratch, w, texts.text);
    w->body = stage_text(scratch, w, text);
    *TR_PUSH(scratch, &w->obs) = obs;
    w->mark.was = was;
    return true;
}

/* Of a deed: its body as it holds now, changed, lawful again, and read once more. */
static bool stage_deed(const tr_mission *m, tr_arena *scratch, work *w, const tr_entry *of,
                       int64_t was, tr_err *err)
{
    const tr_deed *before = &m->deed.at[was];
    tr_json       *body = tr_json_copy(scratch, of->body);
    tr_str         text;
    if (before->retracted > 0)
        return tr_fail(err, TR_E_CORRECTION, "Retract the retraction first.",
                       "what entry %lld said has been taken back", (long long)before->entry);
    if (before->body != 0 && !tr_json_read(scratch, mission_text(m, before->body), &body, err))
        return false;
    if (!edit_body(scratch, w, &body, &text, err) || !tr_body_check(of->type, body, err))
        return false;
    w->mark.kind = MARK_REDEED;
    w->mark.was = (int32_t)was;
    w->mark.target = was;
    w->mark.count = 1;
    w->body = stage_text(scratch, w, text);
    return judge_deed_again(m, *scratch, w, of, was, body, err) &&
           (w->deed.what != TR_DECIDED_SIDE || w->deed.kind != TR_DEED_ADJUDICATION ||
            may_decide(m, w, err));
}

tr_outcome judge_correction(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    tr_ref   ref;
    tr_entry of;
    w->has_mark = true;
    w->mark = (mark_row){.entry = w->index, .was = -1, .made = -1};
    if (!take_target(m, scratch, w, &ref, &of, err) || !may_amend(m, w, ref.index, &of, err))
        return TR_STEP_INVALID;
    int64_t deed = deed_of(m, ref.index);
    if (deed >= 0)
        return stage_deed(m, scratch, w, &of, deed, err) ? TR_STEP_OK : TR_STEP_INVALID;
    if (!take_slots(m, &ref, &w->mark, err)) {
        if (err->code == 0 && (of.type == TR_ENTRY_TICK || of.type == TR_ENTRY_AGREEMENT_ADOPT))
            tr_fail(err, TR_E_CORRECTION, "Ticks and the founding entry stand as they are.",
                    "entry %lld cannot be corrected", (long long)ref.index);
        return err->code == 0 ? TR_STEP_OK : TR_STEP_INVALID;
    }
    if (w->mark.count != 1 || (ref.row < 0 && m->obs.at[w->mark.target].row >= 0)) {
        tr_fail(err, TR_E_CORRECTION, "Name one row: corrections of a batch are by row.",
                "entry %lld is a batch", (long long)ref.index);
        return TR_STEP_INVALID;
    }
    w->mark.kind = MARK_CORRECTION;
    return stage_version(m, scratch, w, err) ? TR_STEP_OK : TR_STEP_INVALID;
}

/* ---- retractions ---- */

/* Would a change of life of this mark hold?  Follows the chain of retractions to what it ends in.
 */
static bool flips(const tr_mission *m, int64_t at, bool live, tr_err *err)
{
    for (;;) {
        const mark_row *mark = &m->mark.at[at];
        if (mark->retracted != (live ? 1 : 0))
            return true; /* another retraction of it stands: nothing changes */
        if (mark->kind == MARK_CORRECTION &&
            m->more.at[mark->target].current != (live ? mark->was : mark->made))
            return tr_fail(err, TR_E_RETRACTION, "Retract the later correction first.",
                           "the correction at entry %lld is not the newest of its observation",
                           (long long)mark->entry);
        if (mark->kind == MARK_REDEED && m->deed.at[live ? mark->was : mark->made].retracted != 0)
            return tr_fail(err, TR_E_RETRACTION, "Retract what came later first.",
                           "the correction at entry %lld is not the newest word of its entry",
                           (long long)mark->entry);
        if (mark->kind != MARK_UNDO)
            return true;
        at = mark->target;
        live = !live;
    }
}

static bool retractable(const tr_entry *of)
{
    switch (of->type) {
    case TR_ENTRY_AGREEMENT_ADOPT:
    case TR_ENTRY_AGREEMENT_AMEND:
    case TR_ENTRY_KEY_ENROL:
    case TR_ENTRY_KEY_ROTATE:
    case TR_ENTRY_KEY_REVOKE:
    case TR_ENTRY_SOURCE_REGISTER:
    case TR_ENTRY_TICK:
    case TR_ENTRY_SHARD_CLOSE:
        return false;
    default:
        return true;
    }
}

/* A retraction of something that is neither observation nor mark. */
static void take_other(const tr_mission *m, const tr_ref *ref, mark_row *mark)
{
    for (ptrdiff_t i = 0; i < m->watch.len; i++)
        if (m->watch.at[i].entry == ref->index)
            *mark = (mark_row){mark->entry, i, 1, -1, -1, MARK_UNWATCH, 0};
    for (ptrdiff_t i = 0; i < m->said.len; i++)
        if (m->said.at[i].entry == ref->index)
            *mark = (mark_row){mark->entry, i, 1, -1, -1, MARK_UNSAY, 0};
    if (deed_of(m, ref->index) >= 0)
        *mark = (mark_row){mark->entry, ref->index, 1, -1, -1, MARK_UNDEED, 0};
}

tr_outcome judge_retraction(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    tr_ref   ref;
    tr_entry of;
    w->has_mark = true;
    w->mark = (mark_row){.entry = w->index, .was = -1, .made = -1};
    if (!take_target(m, scratch, w, &ref, &of, err) || !may_amend(m, w, ref.index, &of, err))
        return TR_STEP_INVALID;
    if (!retractable(&of)) {
        tr_fail(err, TR_E_RETRACTION, "Keys are revoked, agreements amended; ticks stand.",
                "an entry of type %s cannot be retracted", tr_entry_type_name(of.type));
        return TR_STEP_INVALID;
    }
    int64_t mark = mark_of(m, ref.index);
    if (take_slots(m, &ref, &w->mark, err)) {
        w->mark.kind = MARK_RETRACTION;
    } else if (err->code == 0 && mark >= 0) {
        w->mark.kind = MARK_UNDO;
        w->mark.target = mark;
        flips(m, mark, false, err);
    } else if (err->code == 0) {
        take_other(m, &ref, &w->mark);
    }
    return err->code == 0 ? TR_STEP_OK : TR_STEP_INVALID;
}

/* ---- objections ---- */

/* The slot behind the finding of that name; -1 when there is none now. */
int64_t finding_slot(const tr_mission *m, tr_str name)
{
    tr_finding finding;
    if (!tr_mission_finding(m, name, &finding))
        return -1;
    return m->more.at[m->incident.at[finding.incident].anchor].slot;
}

static void object_to(work *w, int64_t slot)
{
    if (slot < 0)
        return;
    w->mark.kind = MARK_OBJECTION;
    w->mark.target = slot;
    w->mark.count = 1;
}

tr_outcome judge_objection(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    const tr_json *of = tr_json_get(w->entry.body, "of");
    tr_ref         ref;
    w->has_mark = true;
    w->mark = (mark_row){.entry = w->index, .was = -1, .made = -1};
    if (of && tr_json_ref(of, &ref)) {
        int64_t deed = deed_of(m, ref.index);
        if (take_slots(m, &ref, &w->mark, err))
            w->mark.kind = MARK_OBJECTION;
        else if (deed >= 0)
            object_to(w, m->deed.at[deed].slot);
    } else {
        object_to(w, finding_slot(m, tr_json_text(w->entry.body, "finding")));
    }
    (void)scratch;
    return err->code == 0 ? TR_STEP_OK : TR_STEP_INVALID;
}

/* ---- applying ---- */

static void turn_correction(tr_mission *m, const mark_row *mark, bool live, int64_t by)
{
    int32_t slot = (int32_t)mark->target;
    int32_t from = live ? mark->was : mark->made, to = live ? mark->made : mark->was;
    int64_t ended = m->obs.at[from].by;
    m->more.at[slot].current = to;
    live_set(m, from, live ? TR_OBS_CORRECTED : TR_OBS_RETRACTED, live ? mark->entry : by);
    live_resolve(m, from);
    if (m->more.at[slot].retracted > 0)
        live_set(m, to, TR_OBS_RETRACTED, ended);
    live_resolve(m, to);
}

static void turn_slots(tr_mission *m, const mark_row *mark, bool live, int64_t by)
{
    for (int64_t s = mark->target; s < mark->target + mark->count; s++) {
        int32_t current = m->more.at[s].current;
        if (mark->kind == MARK_OBJECTION) {
            m->more.at[s].contested += live ? 1 : -1;
        } else {
            m->more.at[s].retracted += live ? 1 : -1;
            if (live && m->more.at[s].retracted == 1)
                live_set(m, current, TR_OBS_RETRACTED, by);
        }
        live_resolve(m, current);
    }
}

/* Of all versions of what an entry said. */
static void turn_deeds(tr_mission *m, int64_t entry, bool live)
{
    tr_span span = deed_reach(m, entry);
    recount(m, span, false);
    for (ptrdiff_t i = 0; i < m->deed.len; i++)
        if (m->deed.at[i].entry == entry)
            m->deed.at[i].retracted += live ? 1 : -1;
    recount(m, span, true);
    m->changed = true;
    sides_again(m, entry);
}

static void turn_deed(tr_mission *m, const mark_row *mark, bool live)
{
    tr_span span = deed_reach(m, m->deed.at[mark->was].entry);
    recount(m, span, false);
    m->deed.at[mark->was].retracted += live ? 1 : -1;
    m->deed.at[mark->made].retracted += live ? -1 : 1;
    recount(m, span, true);
    m->changed = true;
    sides_again(m, m->deed.at[mark->was].entry);
}

/* A mark comes to life or dies, by entry `by`; so may what it undid. */
static void turn(tr_mission *m, int64_t at, bool live, int64_t by)
{
    for (;;) {
        mark_row *mark = &m->mark.at[at];
        switch ((mark_kind)mark->kind) {
        case MARK_NOTHING:
            return;
        case MARK_CORRECTION:
            turn_correction(m, mark, live, by);
            return;
        case MARK_RETRACTION:
        case MARK_OBJECTION:
            turn_slots(m, mark, live, by);
            return;
        case MARK_UNWATCH:
            m->watch.at[mark->target].retracted += live ? 1 : -1;
            return;
        case MARK_UNSAY:
            m->said.at[mark->target].retracted += live ? 1 : -1;
            return;
        case MARK_UNDEED:
            turn_deeds(m, mark->target, live);
            return;
        case MARK_REDEED:
            turn_deed(m, mark, live);
            return;
        case MARK_UNDO:
            break;
        }
        at = mark->target;
        int32_t *retracted = &m->mark.at[at].retracted;
        *retracted += live ? 1 : -1;
        if (*retracted != (live ? 1 : 0))
            return;
        live = !live;
    }
}

void apply_mark(tr_mission *m, work *w)
{
    int64_t at = m->mark.len;
    *TR_PUSH(m->keep, &m->mark) = w->mark;
    if (w->mark.kind == MARK_CORRECTION) {
        int32_t  made = (int32_t)m->obs.len, slot = (int32_t)w->mark.target;
        tr_obs   obs = w->obs.at[0];
        int64_t  base = pour_text(m, w);
        more_row more = {.body = base + w->body, .incident = -1, .slot = slot, .current = made};
        more.alleged = m->more.at[slot].alleged || obs.platform == TR_PLATFORM_party;
        obs.src_id += base;
        obs.text += obs.text != 0 ? base : 0;
        m->mark.at[at].made = made;
        live_insert(m, &obs, &more); /* does not hold until the slot points to it */
    }
    if (w->mark.kind == MARK_REDEED) {
        w->deed.body = pour_text(m, w) + w->body;
        w->deed.retracted = 1 + m->deed.at[w->mark.was].retracted; /* until the mark lives */
        m->mark.at[at].made = (int32_t)m->deed.len;
        apply_deed(m, w);
    }
    turn(m, at, true, w->index);
}
