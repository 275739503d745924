/* positions.c -- who agrees with what in a draft: the matrix, the share, what is open.
 *
 * The base is the points that the table names.  A point is agreed when every party agrees and no
 * other who speaks of it does otherwise; silence is no consent.
 */
#include "report/inside.h"

enum { WIDTH = 98 };

static const tr_position *position_of(const tr_plan *plan, int32_t clause, int32_t actor)
{
    for (int32_t i = 0; i < plan->positions; i++)
        if (plan->position[i].clause == clause && plan->position[i].actor == actor)
            return &plan->position[i];
    return NULL;
}

static tr_stance stance_of(const tr_plan *plan, int32_t clause, int32_t actor)
{
    const tr_position *p = position_of(plan, clause, actor);
    return p ? p->stance : TR_STANCE_NOT_STATED;
}

/* Parties, and who else speaks. */
static bool has_column(const tr_plan *plan, int32_t actor)
{
    bool speaks = plan->actor[actor].kind == TR_ACTOR_PARTY;
    for (int32_t i = 0; i < plan->positions && !speaks; i++)
        speaks = plan->position[i].actor == actor;
    return speaks;
}

static bool is_point(const tr_plan *plan, int32_t clause)
{
    for (int32_t i = 0; i < plan->positions; i++)
        if (plan->position[i].clause == clause)
            return true;
    return false;
}

static bool agreed(const tr_plan *plan, int32_t clause)
{
    for (int32_t a = 0; a < plan->actors; a++) {
        tr_stance stance = stance_of(plan, clause, a);
        if (stance != TR_STANCE_AGREES &&
            (stance != TR_STANCE_NOT_STATED || plan->actor[a].kind == TR_ACTOR_PARTY))
            return false;
    }
    return true;
}

static void count_points(const tr_plan *plan, int32_t *points, int32_t *settled)
{
    *points = *settled = 0;
    for (int32_t c = 0; c < plan->clauses; c++)
        if (is_point(plan, c)) {
            (*points)++;
            *settled += agreed(plan, c);
        }
}

static void put_matrix(tr_out *out, const tr_plan *plan)
{
    tr_put(out, "%-8s", "point");
    for (int32_t a = 0; a < plan->actors; a++)
        if (has_column(plan, a))
            tr_put(out, "%-12.*s", TR_FMT(plan->actor[a].id));
    tr_put(out, "state\n");
    for (int32_t c = 0; c < plan->clauses; c++) {
        if (!is_point(plan, c))
            continue;
        tr_put(out, "%-8.*s", TR_FMT(plan->clause[c].base));
        for (int32_t a = 0; a < plan->actors; a++) {
            const char *name = tr_stance_name(stance_of(plan, c, a));
            if (has_column(plan, a))
                tr_put(out, "%-12s", *name == 'n' ? "not stated" : name);
        }
        tr_put(out, "%s\n", agreed(plan, c) ? "agreed by all" : "open");
    }
}

/* Sentences: one that is read for each of several actors is one. */
static int32_t sentences(const tr_plan *plan)
{
    int32_t count = 0;
    for (int32_t c = 0; c < plan->clauses; c++)
        count += c == 0 || plan->clause[c].span.begin != plan->clause[c - 1].span.begin;
    return count;
}

static void put_shares(tr_out *out, const tr_plan *plan)
{
    int32_t points, settled;
    count_points(plan, &points, &settled);
    tr_put(out, "\ncomputed  %d of %d points agreed by all", settled, points);
    if (points > 0) {
        tr_put(out, ", ");
        put_percent(out, settled, points);
    }
    tr_put(out, "; %d clauses in no line of the table\n", sentences(plan) - points);
    for (int32_t i = 0; i < plan->declareds; i++) {
        const tr_declared_share *d = &plan->declared[i];
        tr_put(out, "declared  ");
        put_percent(out, d->ppm, 1000000);
        tr_put(out, " of %.*s, by %.*s", TR_FMT(d->base), TR_FMT(d->speaker));
        if (d->when.begin != TR_TIME_NONE) {
            tr_put(out, ", ");
            put_days(out, plan, d->when);
        }
        tr_put_char(out, '\n');
        if (d->wording.len > 0) {
            tr_put(out, "          \"");
            put_wrapped(out, d->wording, 11, 10, WIDTH);
            out->buf.len--;
            tr_put(out, "\"\n");
        }
        put_provenance(out, &plan->beside, d->from, 12);
    }
}

/* Parties that no line of the table gives a stance on that point. */
static int32_t silent_on(const tr_plan *plan, int32_t clause)
{
    int32_t silent = 0;
    for (int32_t a = 0; a < plan->actors; a++)
        silent += plan->actor[a].kind == TR_ACTOR_PARTY &&
                  stance_of(plan, clause, a) == TR_STANCE_NOT_STATED;
    return silent;
}

/* Who never stated a position, point by point: counted as a point, never as agreement. */
static void put_silent(tr_out *out, const tr_plan *plan)
{
    bool any = false;
    for (int32_t c = 0; c < plan->clauses; c++) {
        if (!is_point(plan, c) || silent_on(plan, c) == 0)
            continue;
        tr_put(out, any ? "" : "\nnot stated: counted as a point, never as agreement\n");
        any = true;
        tr_put(out, "  %-6.*s", TR_FMT(plan->clause[c].label));
        for (int32_t a = 0; a < plan->actors; a++)
            if (plan->actor[a].kind == TR_ACTOR_PARTY &&
                stance_of(plan, c, a) == TR_STANCE_NOT_STATED)
                tr_put(out, " %.*s", TR_FMT(plan->actor[a].id));
        tr_put_char(out, '\n');
    }
}

static void put_open_point(tr_out *out, const tr_plan *plan, int32_t clause)
{
    tr_put(out, "\n%.*s  %.*s\n", TR_FMT(plan->clause[clause].base),
           TR_FMT(plan->clause[clause].article));
    for (int32_t a = 0; a < plan->actors; a++) {
        const tr_position *p = position_of(plan, clause, a);
        const char        *name = tr_stance_name(stance_of(plan, clause, a));
        if (!has_column(plan, a))
            continue;
        bool said = p && p->text.len > 0;
        tr_put(out, said ? "  %-6.*s%-12s" : "  %-6.*s%s\n", TR_FMT(plan->actor[a].id),
               *name == 'n' ? "not stated" : name);
        if (said)
            put_wrapped(out, p->text, 20, 20, WIDTH);
        if (p)
            put_provenance(out, &plan->beside, p->from, 22);
    }
}

void tr_put_positions_text(tr_out *out, const tr_plan *plan)
{
    tr_put(out, "%.*s, version %.*s\n\n", TR_FMT(plan->title), TR_FMT(plan->version));
    if (plan->positions == 0)
        tr_put(out, "the agreement states no positions\n");
    else
        put_matrix(out, plan);
    put_shares(out, plan);
    put_silent(out, plan);
    for (int32_t c = 0; c < plan->clauses; c++)
        if (is_point(plan, c) && !agreed(plan, c))
            put_open_point(out, plan, c);
    put_beside_text(out, plan);
}

void tr_put_positions_json(tr_out *out, const tr_plan *plan)
{
    json    j = {out, false};
    int32_t points, settled;
    count_points(plan, &points, &settled);
    json_open(&j, NULL, '{');
    json_text(&j, "agreement", plan->id);
    json_text(&j, "version", plan->version);
    json_int(&j, "points", points);
    json_int(&j, "agreed_by_all", settled);
    if (points > 0)
        json_int(&j, "computed_share_ppm", (int64_t)settled * 1000000 / points);
    json_open(&j, "declared_shares", '[');
    for (int32_t i = 0; i < plan->declareds; i++) {
        json_open(&j, NULL, '{');
        json_int(&j, "share_ppm", plan->declared[i].ppm);
        json_text(&j, "speaker", plan->declared[i].speaker);
        json_text(&j, "base", plan->declared[i].base);
        if (plan->declared[i].wording.len > 0)
            json_text(&j, "wording", plan->declared[i].wording);
        json_when(&j, plan->declared[i].when);
        json_from(&j, &plan->beside, plan->declared[i].from);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_open(&j, "matrix", '[');
    for (int32_t c = 0; c < plan->clauses; c++) {
        if (!is_point(plan, c))
            continue;
        json_open(&j, NULL, '{');
        json_text(&j, "label", plan->clause[c].base);
        json_flag(&j, "agreed_by_all", agreed(plan, c));
        json_int(&j, "parties_silent", silent_on(plan, c));
        json_open(&j, "positions", '[');
        for (int32_t a = 0; a < plan->actors; a++) {
            const tr_position *p = position_of(plan, c, a);
            if (!has_column(plan, a))
                continue;
            json_open(&j, NULL, '{');
            json_text(&j, "actor", plan->actor[a].id);
            json_word(&j, "stance", tr_stance_name(stance_of(plan, c, a)));
            if (p && p->text.len > 0)
                json_text(&j, "text", p->text);
            if (p && p->from.count > 0)
                json_from(&j, &plan->beside, p->from);
            json_close(&j, '}');
        }
        json_close(&j, ']');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_beside(&j, plan);
    json_close(&j, '}');
    tr_put_char(out, '\n');
}
