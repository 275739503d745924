/* beside.c -- what an agreement states beside its terms: open and sealed terms on the board, what
 * a clause cites, statements with where they come from, meetings, changes claimed.
 */
#include "report/inside.h"

#include "base/time.h"

enum { WIDTH = 98 };

/* ---- open and sealed terms ---- */

void words_stated(tr_out *out, const tr_plan *plan, int32_t clause)
{
    const tr_stated *s = &plan->clause[clause].u.stated;
    tr_put(out, "no verdict: ");
    if (s->kind == TR_STATED_OPEN) {
        tr_put(out, "left open, decided by ");
        put_actors(out, plan, s->decided_by);
        return;
    }
    tr_put(out, "sealed, the text of SHA-256 %.*s is for ", TR_FMT(s->sha256));
    put_actors(out, plan, s->to);
}

void json_stated(json *j, const tr_plan *plan, int32_t clause)
{
    const tr_stated *s = &plan->clause[clause].u.stated;
    json_word(j, "state", tr_verdict_name(TR_VERDICT_NONE));
    json_word(j, "stated", s->kind == TR_STATED_OPEN ? "open" : "sealed");
    json_text(j, "title", s->title);
    if (s->kind == TR_STATED_OPEN) {
        json_actors(j, "decided_by", plan, s->decided_by);
        return;
    }
    json_text(j, "sha256", s->sha256);
    json_actors(j, "to", plan, s->to);
    if (s->verdict_public)
        json_word(j, "verdict_to", "public");
    else
        json_actors(j, "verdict_to", plan, s->verdict_to);
}

/* ---- what a clause cites, its tags ---- */

void json_cites(json *j, const tr_plan *plan, int32_t clause)
{
    const tr_beside *b = &plan->beside;
    json_open(j, "cites", '[');
    for (int32_t i = 0; i < b->cites; i++) {
        const tr_cite *c = &b->cite[i];
        if (c->clause != clause)
            continue;
        json_open(j, NULL, '{');
        json_text(j, "instrument", c->name);
        json_text(j, "paragraph", c->paragraph);
        if (c->instrument >= 0)
            json_time(j, "dated", b->instrument[c->instrument].dated);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "codes", '[');
    for (int32_t i = 0; i < b->codes; i++)
        if (b->code[i].clause == clause)
            json_text(j, NULL, b->code[i].text);
    json_close(j, ']');
}

/* ---- statements ---- */

void put_days(tr_out *out, const tr_plan *plan, tr_span when)
{
    if (when.begin == TR_TIME_NONE) {
        tr_put(out, "date not stated");
        return;
    }
    tr_out first = tr_out_new(out->arena), last = tr_out_new(out->arena);
    put_day(&first, when.begin, plan->tz);
    put_day(&last, tr_time_add_days(when.end, -1, plan->tz), plan->tz);
    tr_put_str(out, text_of(&first));
    if (when.end > when.begin && !tr_str_eq(text_of(&first), text_of(&last)))
        tr_put(out, " to %.*s", TR_FMT(text_of(&last)));
}

/* "2 independent sources (1 unnamed)" */
static void put_roots(tr_out *out, const tr_beside *b, tr_chains from)
{
    int32_t unnamed = 0, roots = tr_chains_roots(b, from, &unnamed);
    if (from.count == 0) {
        tr_put(out, "source not stated");
        return;
    }
    tr_put(out, "%d independent source%s", roots, roots == 1 ? "" : "s");
    if (unnamed > 0)
        tr_put(out, " (%d unnamed)", unnamed);
}

static bool same_from(const tr_beside *b, const tr_chain *x, const tr_chain *y, int32_t depth)
{
    if (depth >= x->links || depth >= y->links)
        return false;
    for (int32_t i = 0; i <= depth; i++)
        if (!tr_link_same(b->link[x->link + x->links - 1 - i], b->link[y->link + y->links - 1 - i]))
            return false;
    return true;
}

/* Chains as a tree from the roots: a link that chains share from there stands once. */
void put_provenance(tr_out *out, const tr_beside *b, tr_chains from, int indent)
{
    for (int32_t c = from.at; c < from.at + from.count; c++) {
        const tr_chain *chain = &b->chain[c];
        for (int32_t d = 0; d < chain->links; d++) {
            bool stood = false;
            for (int32_t i = from.at; i < c && !stood; i++)
                stood = same_from(b, chain, &b->chain[i], d);
            if (!stood)
                tr_put(out, "%*s%.*s\n", indent + 2 * d, "",
                       TR_FMT(b->link[chain->link + chain->links - 1 - d]));
        }
    }
}

static void put_denied(tr_out *out, const tr_beside *b, int32_t context)
{
    for (int32_t i = 0; i < b->contexts; i++)
        if (b->context[i].denies == context)
            tr_put(out, "  denied by %.*s\n", TR_FMT(b->context[i].name));
}

static void put_context(tr_out *out, const tr_plan *plan, int32_t index)
{
    const tr_beside  *b = &plan->beside;
    const tr_context *c = &b->context[index];
    tr_put(out, "\n%-6.*s", TR_FMT(c->name));
    put_wrapped(out, c->text, 6, 6, WIDTH);
    tr_put(out, "  ");
    if (c->speaker.len > 0)
        tr_put(out, "said by %.*s; ", TR_FMT(c->speaker));
    put_days(out, plan, c->when);
    tr_put(out, "; ");
    put_roots(out, b, c->from);
    tr_put_char(out, '\n');
    put_provenance(out, b, c->from, 4);
    if (c->denies >= 0)
        tr_put(out, "  denies %.*s\n", TR_FMT(b->context[c->denies].name));
    put_denied(out, b, index);
}

static void put_names(tr_out *out, const char *what, const tr_str *name, int32_t names)
{
    if (names == 0)
        return;
    tr_out line = tr_out_new(out->arena);
    for (int32_t i = 0; i < names; i++)
        tr_put(&line, "%s%.*s", i ? ", " : "", TR_FMT(name[i]));
    tr_put(out, "  %-8s", what);
    put_wrapped(out, text_of(&line), 10, 10, WIDTH);
}

static void put_meeting(tr_out *out, const tr_plan *plan, const tr_meeting *m)
{
    tr_put(out, "\n%-6.*s", TR_FMT(m->name));
    put_wrapped(out, m->title, 6, 6, WIDTH);
    tr_put(out, "  ");
    if (m->track.len > 0)
        tr_put(out, "track %.*s; ", TR_FMT(m->track));
    put_days(out, plan, m->when);
    tr_put(out, "; ");
    put_roots(out, &plan->beside, m->from);
    tr_put_char(out, '\n');
    put_names(out, "present", m->present, m->presents);
    put_names(out, "absent", m->absent, m->absents);
    for (int32_t i = 0; i < m->abouts; i++)
        tr_put(out, "%s\xC2\xA7%.*s%s", i ? ", " : "  about   ",
               TR_FMT(plan->clause[m->about[i]].label), i == m->abouts - 1 ? "\n" : "");
    put_provenance(out, &plan->beside, m->from, 4);
}

static void put_claimed(tr_out *out, const tr_plan *plan, const tr_claimed_change *c)
{
    tr_put(out, "\n\xC2\xA7%-5.*s", TR_FMT(c->label));
    put_wrapped(out, c->text, 6, 6, WIDTH);
    tr_put(out, "  claimed by %.*s; ", TR_FMT(c->speaker));
    put_days(out, plan, c->when);
    tr_put(out, "; ");
    put_roots(out, &plan->beside, c->from);
    tr_put_char(out, '\n');
    put_provenance(out, &plan->beside, c->from, 4);
}

void put_beside_text(tr_out *out, const tr_plan *plan)
{
    const tr_beside *b = &plan->beside;
    if (b->contexts > 0)
        tr_put(out, "\nStatements: no input of any verdict\n");
    for (int32_t i = 0; i < b->contexts; i++)
        put_context(out, plan, i);
    if (b->meetings > 0)
        tr_put(out, "\nMeetings\n");
    for (int32_t i = 0; i < b->meetings; i++)
        put_meeting(out, plan, &b->meeting[i]);
    if (b->changes > 0)
        tr_put(out, "\nChanges claimed: by their speaker, not by a comparison of texts\n");
    for (int32_t i = 0; i < b->changes; i++)
        put_claimed(out, plan, &b->change[i]);
}

/* ---- the same as JSON ---- */

void json_from(json *j, const tr_beside *b, tr_chains from)
{
    int32_t unnamed = 0, roots = tr_chains_roots(b, from, &unnamed);
    json_int(j, "independent_sources", roots);
    json_int(j, "unnamed_sources", unnamed);
    json_open(j, "from", '[');
    for (int32_t c = from.at; c < from.at + from.count; c++) {
        json_open(j, NULL, '[');
        for (int32_t i = 0; i < b->chain[c].links; i++)
            json_text(j, NULL, b->link[b->chain[c].link + i]);
        json_close(j, ']');
    }
    json_close(j, ']');
}

void json_when(json *j, tr_span when)
{
    if (when.begin == TR_TIME_NONE)
        return;
    json_time(j, "begin", when.begin);
    json_time(j, "end", when.end);
}

static void json_strings(json *j, const char *name, const tr_str *text, int32_t texts)
{
    json_open(j, name, '[');
    for (int32_t i = 0; i < texts; i++)
        json_text(j, NULL, text[i]);
    json_close(j, ']');
}

static void json_context(json *j, const tr_beside *b, const tr_context *c)
{
    json_open(j, NULL, '{');
    json_text(j, "name", c->name);
    json_text(j, "text", c->text);
    if (c->speaker.len > 0)
        json_text(j, "speaker", c->speaker);
    json_when(j, c->when);
    json_from(j, b, c->from);
    if (c->denies >= 0)
        json_text(j, "denies", b->context[c->denies].name);
    json_open(j, "denied_by", '[');
    for (int32_t i = 0; i < b->contexts; i++)
        if (b->context[i].denies >= 0 && &b->context[b->context[i].denies] == c)
            json_text(j, NULL, b->context[i].name);
    json_close(j, ']');
    json_close(j, '}');
}

static void json_meeting(json *j, const tr_plan *plan, const tr_meeting *m)
{
    json_open(j, NULL, '{');
    json_text(j, "name", m->name);
    json_text(j, "title", m->title);
    if (m->track.len > 0)
        json_text(j, "track", m->track);
    json_when(j, m->when);
    json_strings(j, "present", m->present, m->presents);
    json_strings(j, "absent", m->absent, m->absents);
    json_open(j, "about", '[');
    for (int32_t i = 0; i < m->abouts; i++)
        json_text(j, NULL, plan->clause[m->about[i]].label);
    json_close(j, ']');
    json_from(j, &plan->beside, m->from);
    json_close(j, '}');
}

void json_beside(json *j, const tr_plan *plan)
{
    const tr_beside *b = &plan->beside;
    json_open(j, "statements", '[');
    for (int32_t i = 0; i < b->contexts; i++)
        json_context(j, b, &b->context[i]);
    json_close(j, ']');
    json_open(j, "meetings", '[');
    for (int32_t i = 0; i < b->meetings; i++)
        json_meeting(j, plan, &b->meeting[i]);
    json_close(j, ']');
    json_open(j, "changes_claimed", '[');
    for (int32_t i = 0; i < b->changes; i++) {
        const tr_claimed_change *c = &b->change[i];
        json_open(j, NULL, '{');
        json_text(j, "label", c->label);
        json_text(j, "text", c->text);
        json_text(j, "speaker", c->speaker);
        json_when(j, c->when);
        json_from(j, b, c->from);
        json_close(j, '}');
    }
    json_close(j, ']');
}
