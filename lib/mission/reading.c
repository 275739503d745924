/* reading.c -- what readers ask beyond the results: corrections, retractions and objections with
 * their authors' words, which are read from the entry itself, why something is held, and what
 * an activation counts by now. */
#include "mission/state.h"

int64_t tr_mission_amendments(const tr_mission *m)
{
    return m->mark.len;
}

static bool kind_of(const mark_row *mark, tr_amend_kind *kind)
{
    switch ((mark_kind)mark->kind) {
    case MARK_CORRECTION:
        *kind = TR_AMEND_CORRECTION;
        return true;
    case MARK_RETRACTION:
        *kind = TR_AMEND_RETRACTION;
        return true;
    case MARK_OBJECTION:
        *kind = TR_AMEND_OBJECTION;
        return true;
    default:
        return false;
    }
}

static tr_str paths_of(tr_arena *keep, const tr_json *set)
{
    tr_out out = tr_out_new(keep);
    for (const tr_json *change = set ? set->first : NULL; change; change = change->next)
        tr_put(&out, "%s%.*s", change == set->first ? "" : ", ",
               TR_FMT(tr_json_text(change, "path")));
    return tr_out_text(&out);
}

static void read_words(const tr_mission *m, tr_arena *keep, tr_amendment *amendment)
{
    tr_entry entry;
    tr_err   err = {0};
    if (!entry_at(m, keep, amendment->entry, &entry, &err))
        return;
    amendment->by = entry.by;
    amendment->reason =
        tr_json_text(entry.body, amendment->kind == TR_AMEND_OBJECTION ? "text" : "reason");
    if (amendment->kind == TR_AMEND_CORRECTION)
        amendment->changed = paths_of(keep, tr_json_get(entry.body, "set"));
}

bool tr_mission_amendment(const tr_mission *m, tr_arena *keep, int64_t i, tr_amendment *amendment)
{
    const mark_row *mark = &m->mark.at[i];
    tr_amendment    made = {
           .entry = mark->entry, .undone = mark->retracted > 0, .made = -1, .count = 1};
    if (!kind_of(mark, &made.kind))
        return false;
    if (made.kind == TR_AMEND_CORRECTION) {
        made.first = mark->was;
        made.made = mark->made;
    } else {
        made.first = m->more.at[mark->target].current;
        made.count = mark->count;
    }
    read_words(m, keep, &made);
    *amendment = made;
    return true;
}

bool tr_mission_outside(const tr_mission *m, int64_t i)
{
    return obs_outside(m, &m->obs.at[i]);
}

tr_triple tr_mission_count_now(const tr_mission *m, int32_t instance)
{
    const tr_instance *of = &m->instance.at[instance];
    return tr_window_count_in(m->window[of->clause].at, TR_WINDOW_ON, of->condition, of->sector,
                              of->reached);
}
