/* verb_diff.c -- the verbs `diff` and `compare`: what changed between two drafts, with a timeline
 * on which a changed clause is judged differently, positions that moved, and who is said to have
 * moved what.
 */
#include <stdio.h>

#include "codec/json.h"
#include "report/compare.h"
#include "shell/folder.h"
#include "shell/memory.h"
#include "shell/verbs.h"
#include "terms/tools.h"
#include "trial/apart.h"

typedef struct {
    tr_arena      *keep;
    tr_str         text[2]; /* self-contained */
    const tr_plan *plan[2];
    bool           json;
} drafts;

/* The old clause that a new one stands for: by its label, else by what `point` says. */
static int32_t earlier_of(const drafts *d, const tr_change *change)
{
    const tr_beside *b = &d->plan[1]->beside;
    if (change->was >= 0 || change->is < 0)
        return change->was;
    for (int32_t i = 0; i < b->points; i++)
        if (b->point[i].clause == change->is && b->point[i].wases > 0)
            return tr_plan_clause(d->plan[0], b->point[i].was[0]);
    return -1;
}

static void put_lines(tr_out *out, const char *before, tr_str text)
{
    for (ptrdiff_t i = 0, end; i < text.len; i = end + 1) {
        for (end = i; end < text.len && text.at[end] != '\n';)
            end++;
        tr_put(out, "%s%.*s\n", before, TR_FMT(tr_str_cut(text, i, end)));
    }
}

static void put_apart(tr_out *out, const tr_apart *apart)
{
    if (!apart->found) {
        tr_put(out, "    no timeline was found on which it is judged differently (%d tried)\n",
               apart->tried);
        return;
    }
    tr_put(out, "    judged differently after\n");
    put_lines(out, "      ", apart->script);
    tr_put(out, "      was  %.*s\n      is   %.*s\n", TR_FMT(apart->was), TR_FMT(apart->is));
}

static void put_member(tr_out *out, const char *name, tr_str value)
{
    tr_put(out, "\"%s\":", name);
    if (value.at)
        tr_put_json_str(out, value);
    else
        tr_put(out, "null");
}

static void put_apart_json(tr_out *out, const tr_apart *apart)
{
    tr_put(out, ",\"timeline\":{\"tried\":%d,", apart->tried);
    put_member(out, "script", apart->found ? apart->script : (tr_str){0});
    tr_put_char(out, ',');
    put_member(out, "was", apart->found ? apart->was : (tr_str){0});
    tr_put_char(out, ',');
    put_member(out, "is", apart->found ? apart->is : (tr_str){0});
    tr_put_char(out, '}');
}

static void put_change(tr_out *out, const tr_change *change)
{
    tr_put(out, "%.*s  %s\n", TR_FMT(change->name), tr_change_name(change->kind));
    for (int32_t i = 0; i < change->fields; i++) {
        const tr_field_change *f = &change->field[i];
        tr_put(out, "    %.*s\n", TR_FMT(f->name));
        if (f->was.at)
            tr_put(out, "      was  %.*s\n", TR_FMT(f->was));
        if (f->is.at)
            tr_put(out, "      is   %.*s\n", TR_FMT(f->is));
    }
}

static void put_change_json(tr_out *out, const tr_change *change)
{
    static const char *const kinds[] = {"added", "removed", "words", "meaning"};
    tr_put(out, "{\"change\":\"%s\",", kinds[change->kind]);
    put_member(out, "subject", change->name);
    tr_put(out, ",\"fields\":[");
    for (int32_t i = 0; i < change->fields; i++) {
        tr_put(out, "%s{", i > 0 ? "," : "");
        put_member(out, "name", change->field[i].name);
        tr_put_char(out, ',');
        put_member(out, "was", change->field[i].was);
        tr_put_char(out, ',');
        put_member(out, "is", change->field[i].is);
        tr_put_char(out, '}');
    }
    tr_put_char(out, ']');
}

/* What is said of a clause beside it: which points it was, and who is said to have changed it. */
static void put_beside(tr_out *out, const drafts *d, const tr_change *change)
{
    const tr_beside *b = &d->plan[1]->beside;
    bool             more = false;
    if (d->json)
        tr_put(out, ",\"points\":[");
    for (int32_t i = 0; i < b->points; i++)
        for (int32_t k = 0;
             change->is >= 0 && b->point[i].clause == change->is && k < b->point[i].wases; k++) {
            if (d->json)
                tr_put(out, "%s\"%.*s\"", more ? "," : "", TR_FMT(b->point[i].was[k]));
            else
                tr_put(out, "    was point %.*s\n", TR_FMT(b->point[i].was[k]));
            more = true;
        }
    more = false;
    if (d->json)
        tr_put(out, "],\"claims\":[");
    for (int32_t i = 0; i < b->changes; i++) {
        const tr_claimed_change *c = &b->change[i];
        if (change->is < 0 || c->clause != change->is)
            continue;
        if (d->json) {
            tr_put(out, "%s{", more ? "," : "");
            put_member(out, "speaker", c->speaker);
            tr_put_char(out, ',');
            put_member(out, "text", c->text);
            tr_put_char(out, '}');
        } else {
            tr_put(out, "    claimed by %.*s: %.*s\n", TR_FMT(c->speaker), TR_FMT(c->text));
        }
        more = true;
    }
    if (d->json)
        tr_put_char(out, ']');
}

static void put_one(tr_out *out, drafts *d, const tr_change *change)
{
    int32_t  was = earlier_of(d, change);
    tr_apart apart;
    if (d->json)
        put_change_json(out, change);
    else
        put_change(out, change);
    put_beside(out, d, change);
    if (was >= 0 && change->is >= 0 && change->kind != TR_CHANGE_WORDS) {
        tr_apart_side old = {d->text[0], d->plan[0], was},
                      new = {d->text[1], d->plan[1], change->is};
        tr_apart_find(d->keep, &old, &new, &apart);
        if (d->json)
            put_apart_json(out, &apart);
        else
            put_apart(out, &apart);
    }
    if (d->json)
        tr_put_char(out, '}');
}

/* ---- positions that moved ---- */

static const tr_position *position_in(const tr_plan *plan, tr_str label, tr_str actor)
{
    for (int32_t i = 0; i < plan->positions; i++) {
        const tr_position *p = &plan->position[i];
        if (tr_str_eq(plan->clause[p->clause].label, label) &&
            tr_str_eq(plan->actor[p->actor].id, actor))
            return p;
    }
    return NULL;
}

static void put_stance(tr_out *out, const tr_position *p)
{
    tr_put(out, "%s", tr_stance_name(p ? p->stance : TR_STANCE_NOT_STATED));
    if (p && p->text.len > 0)
        tr_put(out, " \"%.*s\"", TR_FMT(p->text));
}

static void put_move(tr_out *out, const drafts *d, tr_str label, tr_str actor, bool first)
{
    tr_out stance[2] = {tr_out_new(d->keep), tr_out_new(d->keep)};
    for (int i = 0; i < 2; i++)
        put_stance(&stance[i], position_in(d->plan[i], label, actor));
    if (!d->json) {
        tr_put(out, "position of %.*s on \xC2\xA7%.*s moved\n      was  %.*s\n      is   %.*s\n",
               TR_FMT(actor), TR_FMT(label), TR_FMT(tr_out_text(&stance[0])),
               TR_FMT(tr_out_text(&stance[1])));
        return;
    }
    tr_put(out, "%s{", first ? "" : ",\n");
    put_member(out, "clause", label);
    tr_put_char(out, ',');
    put_member(out, "actor", actor);
    tr_put_char(out, ',');
    put_member(out, "was", tr_out_text(&stance[0]));
    tr_put_char(out, ',');
    put_member(out, "is", tr_out_text(&stance[1]));
    tr_put_char(out, '}');
}

static bool moved(const tr_position *a, const tr_position *b)
{
    return !a || !b || a->stance != b->stance || !tr_str_eq(a->text, b->text);
}

/* Of clauses that stand in both drafts, in the order of the new one, then of the old. */
static int32_t put_moves(tr_out *out, const drafts *d)
{
    int32_t moves = 0;
    for (int side = 1; side >= 0; side--) {
        const tr_plan *plan = d->plan[side];
        for (int32_t i = 0; i < plan->positions; i++) {
            const tr_position *p = &plan->position[i];
            tr_str label = plan->clause[p->clause].label, actor = plan->actor[p->actor].id;
            const tr_position *other = position_in(d->plan[1 - side], label, actor);
            if (tr_plan_clause(d->plan[1 - side], label) < 0 || !moved(p, other) ||
                (side == 0 && other))
                continue;
            put_move(out, d, label, actor, moves++ == 0);
        }
    }
    return moves;
}

static bool open_draft(drafts *d, int side, const char *path, int *status)
{
    tr_out          report = tr_out_new(d->keep);
    tr_err          err = {0};
    tr_terms_result result = {0};
    tr_folder_compile(d->keep, path, &result, &d->text[side], &report, &err);
    fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&report)));
    d->plan[side] = result.plan;
    if (err.code != 0)
        tr_say_error(&err);
    *status = TR_EXIT_COULD_NOT;
    return result.plan != NULL;
}

int tr_verb_diff(const tr_args *args)
{
    int              status = TR_EXIT_DONE;
    const tr_change *change;
    if (args->positionals != 2)
        return tr_say_usage("diff", "needs two agreement files, the old one first");
    tr_arena keep = tr_memory_reserve(TR_MEMORY_LARGE), made = tr_memory_reserve(TR_MEMORY_SMALL);
    drafts   d = {.keep = &keep, .json = tr_arg_flag(args, "json")};
    if (!open_draft(&d, 0, args->positional[0], &status) ||
        !open_draft(&d, 1, args->positional[1], &status))
        return status;
    tr_out  out = tr_out_new(&made);
    int32_t changes = tr_terms_diff(&keep, d.plan[0], d.plan[1], &change);
    tr_put(&out, "%s", d.json ? "{\"changes\":[" : "");
    for (int32_t i = 0; i < changes; i++) {
        tr_put(&out, "%s", d.json && i > 0 ? ",\n" : "");
        put_one(&out, &d, &change[i]);
    }
    tr_put(&out, "%s", d.json ? "],\n\"moves\":[" : "");
    changes += put_moves(&out, &d);
    if (d.json)
        tr_put(&out, "]}\n");
    else if (changes == 0)
        tr_put(&out, "nothing changed but layout\n");
    int printed = tr_print(tr_out_text(&out));
    return changes > 0 && printed == TR_EXIT_DONE ? TR_EXIT_FINDINGS : printed;
}

/* ---- two instruments ---- */

int tr_verb_compare(const tr_args *args)
{
    int status = TR_EXIT_DONE;
    if (args->positionals != 2)
        return tr_say_usage("compare", "needs two agreement files");
    tr_arena keep = tr_memory_reserve(TR_MEMORY_LARGE), made = tr_memory_reserve(TR_MEMORY_SMALL);
    drafts   d = {.keep = &keep};
    if (!open_draft(&d, 0, args->positional[0], &status) ||
        !open_draft(&d, 1, args->positional[1], &status))
        return status;
    tr_out  out = tr_out_new(&made);
    int32_t found = tr_put_comparison(&out, keep, d.plan[0], d.plan[1], tr_arg_flag(args, "json"));
    int     printed = tr_print(tr_out_text(&out));
    return found > 0 && printed == TR_EXIT_DONE ? TR_EXIT_FINDINGS : printed;
}
