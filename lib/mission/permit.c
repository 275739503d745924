/* permit.c -- how a permission stands on the board.
 *
 * Each request, plan and notice of those permitted is looked at as if what it asks for took place,
 * over its whole span and in its place.  The best of those that are not over is shown.
 */
#include "mission/state.h"

#include "verify/judge.h"
#include "verify/permit.h"

static tr_kind some_kind(uint64_t kinds)
{
    return (tr_kind)(kinds ? __builtin_ctzll(kinds) : 0);
}

typedef struct {
    const tr_mission     *m;
    const tr_prohibition *term;
    const tr_exception   *e;
    tr_course            *course;
    int32_t               rank; /* 0 unused, 1 waiting, 2 standing */
    bool                  used; /* all steps stood for a time that is over */
} looking;

static void look_at(looking *l, tr_span span, const tr_place *place, int32_t actor)
{
    if (span.begin == TR_TIME_NONE || actor < 0 || !(l->e->actors >> actor & 1))
        return;
    tr_incident as_if = {.begin = span.begin,
                         .end = span.end,
                         .best = span.begin,
                         .place = *place,
                         .reg = -1,
                         .source = -1,
                         .kind = (uint8_t)some_kind(l->m->plan->class_[l->e->class_].kinds),
                         .side = (uint8_t)(actor + 1)};
    tr_permit_look look = tr_permit_steps_of(l->m->plan, l->term, l->e, &as_if);
    if (span.end <= l->m->s.now) {
        l->used |= look.applies == TR_APPLIES;
        return;
    }
    int32_t        rank = look.applies == TR_APPLIES ? 2 : look.stand > 0 ? 1 : 0;
    bool sooner = rank == l->rank && rank > 0 && (span.begin < l->course->due ||
                                                 (span.begin == l->course->due &&
                                                  span.end < l->course->done));
    if (rank < l->rank || (rank == l->rank && !sooner))
        return;
    l->rank = rank;
    l->course->due = span.begin;
    l->course->done = span.end;
    l->course->kept = look.stand;
    l->course->open = l->e->steps - look.stand;
}

static void look_at_all(looking *l)
{
    const tr_plan *plan = l->m->plan;
    for (int32_t i = 0; i < plan->notices; i++) {
        const tr_notice *n = &plan->notice[i];
        if (n->cancelled == TR_TIME_MAX)
            look_at(l, n->planned, &n->place, n->from);
    }
    for (int32_t i = 0; i < plan->deeds; i++) {
        const tr_deed *d = &plan->deed[i];
        if (d->retracted == 0 && d->end != TR_TIME_NONE &&
            (d->kind == TR_DEED_REQUEST || (d->kind == TR_DEED_PLAN && d->about < 0)))
            look_at(l, (tr_span){d->begin, d->end}, &d->place, d->who);
    }
}

void permission_row(const tr_mission *m, tr_board_row *row)
{
    static const char *const ranks[] = {"unused", "waiting", "standing"};
    const tr_permission     *p = &m->plan->clause[row->clause].u.permission;
    const tr_exception      *e = &m->plan->exception[p->exception];
    tr_time begin = e->begin > m->plan->in_force ? e->begin : m->plan->in_force;
    row->course.actors = p->actors;
    row->course.owed = e->steps;
    row->course.open = e->steps;
    if (m->s.now == TR_TIME_NONE || m->s.now < begin || m->s.now >= e->end) {
        bool over = m->s.now != TR_TIME_NONE && m->s.now >= e->end;
        row->course.state = over ? "over" : "not_in_force";
        row->verdict = TR_VERDICT_NOT_IN_FORCE;
        return;
    }
    tr_prohibition none = {.actors = p->actors};
    looking        l = {.m = m,
                        .term = p->ofs > 0 ? tr_plan_prohibition(m->plan, p->of[0]) : &none,
                        .e = e,
                        .course = &row->course,
                        .rank = e->steps == 0 ? 2 : 0};
    if (e->steps > 0)
        look_at_all(&l);
    row->course.state = l.rank == 0 && l.used ? "over" : ranks[l.rank];
}
