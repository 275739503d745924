/* look.c -- lookups in the state, and what is coarsened for the public.
 *
 * The public sees places as cells of 0.1 degree and times as local days (never finer, whatever
 * the source gave); lists stand in an order that no name of a side can change.
 */
#include "report/inside.h"

#include "base/time.h"

const tr_plan *plan_of(const tr_view *view)
{
    return tr_mission_plan(view->mission);
}

bool for_public(const tr_view *view)
{
    return view->audience == TR_AUDIENCE_PUBLIC;
}

tr_time known_at(const tr_mission *m, int64_t entry)
{
    int64_t low = 0, high = tr_mission_ticks(m); /* ticks below `low` are at or before the entry */
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (tr_mission_tick(m, middle)->index <= entry)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? TR_TIME_NONE : tr_mission_tick(m, low - 1)->t;
}

tr_str clause_text(const tr_plan *plan, int32_t clause)
{
    tr_text_span span = plan->clause[clause].span;
    return tr_str_trim(tr_str_cut(plan->text, span.begin, span.end));
}

static bool actor_before(const tr_plan *plan, int32_t a, int32_t b)
{
    const tr_actor *x = &plan->actor[a], *y = &plan->actor[b];
    return x->kind != y->kind ? x->kind < y->kind : tr_str_cmp(x->id, y->id) < 0;
}

int actor_order(const tr_plan *plan, uint64_t bits, int32_t order[64])
{
    int count = 0;
    for (int32_t i = 0; i < plan->actors && i < 64; i++) {
        if (!(bits >> i & 1))
            continue;
        int at = count++;
        for (; at > 0 && actor_before(plan, i, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return count;
}

bool meets(const tr_incident *incident, tr_span span)
{
    return span.begin == TR_TIME_NONE ||
           (incident->begin < span.end &&
            (incident->end > span.begin || incident->begin >= span.begin));
}

int64_t count_of(tr_triple t, tr_set set)
{
    return set == TR_SET_CERTAIN ? t.certain : set == TR_SET_BEST ? t.best : t.possible;
}

static int64_t distance_on(const tr_threshold *t, const tr_board_row *row)
{
    int64_t least = -1;
    for (int32_t i = 0; i < t->ons; i++) {
        int64_t count = count_of(row->on_count[i], t->on[i].set);
        int64_t more = count >= t->on[i].least ? 0 : t->on[i].least - count;
        if (count <= t->on[i].most && (least < 0 || more < least))
            least = more;
    }
    return least;
}

static int64_t distance_off(const tr_threshold *t, const tr_board_row *row)
{
    int64_t most = -1;
    for (int32_t i = 0; i < t->offs; i++) {
        int64_t count = count_of(row->off_count[i], t->off[i].set);
        if (count == TR_COUNT_UNBOUNDED)
            return -1;
        int64_t fewer = count > t->off[i].most ? count - t->off[i].most : 0;
        most = fewer > most ? fewer : most;
    }
    return most;
}

int64_t distance_of(const tr_plan *plan, const tr_board_row *row)
{
    const tr_threshold *t = &plan->clause[row->clause].u.threshold;
    return row->active ? distance_off(t, row) : distance_on(t, row);
}

bool under_review(const tr_view *view, const tr_board_row *row)
{
    return row->instance >= 0 &&
           tr_mission_instance(view->mission, row->instance)->status == TR_INSTANCE_REVIEW;
}

const char *status_words(const tr_view *view, int64_t observation)
{
    uint8_t status = tr_mission_observation(view->mission, observation)->status;
    if (status != TR_OBS_HELD)
        return status_name(status);
    return tr_mission_outside(view->mission, observation)
               ? "held: its place lies outside the area of the agreement"
               : "held: another body stands under its id";
}

bool stands(const tr_view *view, const tr_board_row *row)
{
    return row->active || under_review(view, row);
}

tr_str instance_id(tr_arena *at, const tr_plan *plan, int32_t instance, const tr_mission *m)
{
    tr_out id = tr_out_new(at);
    tr_put_instance_id(&id, plan, tr_mission_instance(m, instance));
    return tr_out_text(&id);
}

tr_str incident_id(tr_arena *at, const tr_incident *incident)
{
    char name[TR_INCIDENT_ID + 1];
    tr_incident_name(incident, name);
    return tr_str_keep(at, tr_str_of(name));
}

tr_str finding_id(tr_arena *at, const tr_finding *finding)
{
    char name[TR_FINDING_ID + 1];
    tr_finding_name(finding, name);
    return tr_str_keep(at, tr_str_of(name));
}

tr_str side_of(const tr_plan *plan, const tr_incident *incident)
{
    return incident->side == 0 || incident->side > plan->actors
               ? TR_STR("undetermined")
               : plan->actor[incident->side - 1].id;
}

enum {
    CELL_E7 = 1000000,
    CELL_RADIUS_M = 8000
}; /* half a diagonal of 0.1 degree: 7.9 km at most */

static int32_t cell_centre(int32_t e7)
{
    int32_t cell = e7 / CELL_E7 - (e7 % CELL_E7 < 0);
    return cell * CELL_E7 + CELL_E7 / 2;
}

tr_place coarse_place(tr_place place)
{
    if (place.kind != TR_PLACE_POINT && place.kind != TR_PLACE_SECTOR)
        return place.kind == TR_PLACE_ZONE ? place : (tr_place){.kind = TR_PLACE_NONE};
    tr_point centre = {cell_centre(place.at.lon), cell_centre(place.at.lat)};
    int32_t  radius = place.r_max_m / 1000 * 1000 + (place.r_max_m % 1000 ? 1000 : 0);
    return (tr_place){.kind = TR_PLACE_POINT, .at = centre, .r_max_m = radius + CELL_RADIUS_M};
}

tr_incident coarse_incident(const tr_incident *incident, const tr_tz *tz)
{
    tr_incident coarse = *incident;
    coarse.begin = tr_time_day_begin(incident->begin, tz);
    tr_time last = tr_time_day_begin(incident->end, tz);
    coarse.end =
        last == incident->end && last > coarse.begin ? last : tr_time_add_days(last, 1, tz);
    coarse.best = tr_time_day_begin(incident->best, tz);
    coarse.place = coarse_place(incident->place);
    return coarse;
}

const char *mode_name(const tr_mission *m)
{
    static const char *const names[] = {"live", "replay", "exercise"};
    return names[tr_mission_mode(m)];
}

const tr_condition *first_condition(const tr_plan *plan, int32_t *clause)
{
    for (int32_t c = 0; c < plan->clauses; c++)
        if (plan->clause[c].kind == TR_CLAUSE_THRESHOLD && plan->clause[c].u.threshold.ons > 0) {
            *clause = c;
            return &plan->clause[c].u.threshold.on[0];
        }
    *clause = -1;
    return NULL;
}

void notices(const tr_view *view, tr_arena *at, strings *list)
{
    const tr_plan *plan = plan_of(view);
    tr_record_mode mode = tr_mission_mode(view->mission);
    if (mode == TR_RECORD_REPLAY)
        *TR_PUSH(at, list) = TR_STR("REPLAY: facts of the past on their own clock.");
    if (mode == TR_RECORD_EXERCISE)
        *TR_PUSH(at, list) = TR_STR("EXERCISE: invented facts on a record of their own.");
    if (plan->hypothetical)
        *TR_PUSH(at, list) =
            TR_STR("Hypothetical: at least part of this agreement was never in force.");
    if (plan->note.len > 0)
        *TR_PUSH(at, list) = plan->note;
    if (view->notice.len > 0)
        *TR_PUSH(at, list) = view->notice;
    *TR_PUSH(at, list) = TR_STR("Not witnessed: nobody outside this mission has signed this head.");
    if (for_public(view))
        *TR_PUSH(at, list) = TR_STR(
            "For the public: places as cells of 0.1 degree, times as days; " NOT_RELEASED ".");
    if (view->as_known_at != TR_TIME_NONE) {
        tr_out past = tr_out_new(at);
        tr_put(&past, "The past: as known at ");
        put_both(&past, view->as_known_at, plan->tz);
        tr_put(&past, "; nothing recorded later is shown.");
        *TR_PUSH(at, list) = tr_out_text(&past);
    }
}

static bool incident_before(const tr_mission *m, int32_t a, int32_t b)
{
    const tr_incident *x = tr_mission_incident(m, a), *y = tr_mission_incident(m, b);
    return x->begin != y->begin ? x->begin < y->begin : memcmp(&x->id, &y->id, sizeof x->id) < 0;
}

/* Merge sort: by begin, then content id. */
static void sort_incidents(const tr_mission *m, int32_t *list, int32_t *spare, ptrdiff_t count)
{
    if (count < 2)
        return;
    ptrdiff_t half = count / 2, a = 0, b = half;
    sort_incidents(m, list, spare, half);
    sort_incidents(m, list + half, spare, count - half);
    for (ptrdiff_t i = 0; i < count; i++)
        spare[i] = b >= count || (a < half && !incident_before(m, list[b], list[a])) ? list[a++]
                                                                                     : list[b++];
    memcpy(list, spare, (size_t)count * sizeof *list);
}

void incidents_in(const tr_view *view, tr_arena *at, tr_span span, tr_indices *list)
{
    const tr_mission *m = view->mission;
    *list = (tr_indices){0};
    for (int32_t i = 0; i < tr_mission_incidents(m); i++)
        if (tr_mission_incident(m, i)->live && meets(tr_mission_incident(m, i), span))
            *TR_PUSH(at, list) = i;
    sort_incidents(m, list->at, TR_NEW(at, int32_t, list->len), list->len);
}

void findings_in(const tr_view *view, tr_arena *at, const tr_list_query *query, tr_findings *list)
{
    tr_findings all = {0};
    ptrdiff_t   kept = 0;
    tr_mission_findings(view->mission, at, &all);
    for (ptrdiff_t i = 0; i < all.len; i++)
        if ((query->clause < 0 || all.at[i].clause == query->clause) &&
            meets(tr_mission_incident(view->mission, all.at[i].incident), query->span))
            all.at[kept++] = all.at[i];
    all.len = kept;
    *list = all;
}
