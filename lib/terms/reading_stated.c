/* reading_stated.c -- in plain words: open and sealed terms, and what any clause cites. */
#include "terms/front.h"

static void put_actors(tr_out *out, const tr_plan *plan, uint64_t bits)
{
    int32_t left = __builtin_popcountll(bits);
    for (int32_t i = 0; i < plan->actors; i++)
        if (bits >> i & 1) {
            tr_put_str(out, plan->actor[i].name);
            left--;
            tr_put(out, "%s", left > 1 ? ", " : left == 1 ? " and " : "");
        }
}

void read_stated(tr_out *out, const tr_plan *plan, const tr_stated *s)
{
    tr_put(out, "\"%.*s\" is ", TR_FMT(s->title));
    if (s->kind == TR_STATED_OPEN) {
        tr_put(out, "left open; it is decided by ");
        put_actors(out, plan, s->decided_by);
    } else {
        tr_put(out, "sealed: the text of SHA-256 %.*s is for ", TR_FMT(s->sha256));
        put_actors(out, plan, s->to);
        tr_put(out, ", a verdict on it for ");
        if (s->verdict_public)
            tr_put(out, "the public");
        else
            put_actors(out, plan, s->verdict_to);
    }
    tr_put(out, ". No verdict is given on it. ");
}

void read_cites(tr_out *out, const tr_plan *plan, int32_t clause)
{
    const tr_beside *b = &plan->beside;
    const char      *join = "It stands for ";
    for (int32_t i = 0; i < b->cites; i++)
        if (b->cite[i].clause == clause) {
            tr_put(out, "%s\"%.*s\" %.*s", join, TR_FMT(b->cite[i].name),
                   TR_FMT(b->cite[i].paragraph));
            join = " and ";
        }
    if (*join == ' ')
        tr_put(out, ". ");
    join = "Coded ";
    for (int32_t i = 0; i < b->codes; i++)
        if (b->code[i].clause == clause) {
            tr_put(out, "%s%.*s", join, TR_FMT(b->code[i].text));
            join = ", ";
        }
    if (*join == ',')
        tr_put(out, ". ");
}
