/* diagram.c -- boxes, arrows and bars from a plan (diagram.h).  Lengths in pixels. */
#include "report/diagram.h"

#include <stdio.h>

#include "terms/terms.h"

enum {
    MARGIN = 24,
    BOX_WIDTH = 280,
    LANE = 70,    /* between columns, for arrows */
    LINE = 17,    /* of text */
    PAD = 10,     /* inside a box */
    GAP = 18,     /* between boxes */
    LETTERS = 40, /* of a line in a box */
    LINES = 4,
    HEAD = 64,
    BAR = 14,
    BAR_ROW = 40,
    SCALE = 620 /* of the longest deadline */
};

typedef struct {
    int     x, y, height;
    int     lines;
    tr_str  line[LINES];
    int64_t begin, due; /* of a step, ns after the activation; due -1: not known */
} box;

typedef struct {
    tr_out        *out;
    tr_arena       keep;
    const tr_plan *plan;
    box           *box; /* [clauses] */
    int            height;
} drawing;

/* Escaped; a control character, which XML does not allow, becomes a blank. */
static void put_text(tr_out *out, tr_str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '&')
            tr_put(out, "&amp;");
        else if (c == '<')
            tr_put(out, "&lt;");
        else if (c == '>')
            tr_put(out, "&gt;");
        else if (c == '"')
            tr_put(out, "&quot;");
        else
            tr_put_char(out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
    }
}

static void put_stretch(tr_out *out, tr_stretch s)
{
    if (s.days >= 0)
        tr_put(out, "%lld day%s", (long long)s.days, s.days == 1 ? "" : "s");
    else if (s.ns % TR_HOUR == 0)
        tr_put(out, "%lld hour%s", (long long)(s.ns / TR_HOUR), s.ns == TR_HOUR ? "" : "s");
    else if (s.ns % TR_MINUTE == 0)
        tr_put(out, "%lld min", (long long)(s.ns / TR_MINUTE));
    else
        tr_put(out, "%lld s", (long long)(s.ns / TR_SECOND));
}

/* For the picture only: a calendar day is drawn as 24 hours. */
static int64_t length_of(tr_stretch s)
{
    return s.days >= 0 ? s.days * TR_DAY : s.ns;
}

static void put_ids(tr_out *out, const tr_plan *plan, uint64_t bits)
{
    bool more = false;
    for (int32_t i = 0; i < plan->actors; i++)
        if (bits >> i & 1) {
            tr_put(out, "%s%.*s", more ? ", " : "", TR_FMT(plan->actor[i].id));
            more = true;
        }
}

/* ---- words of a box ---- */

static void prohibition_words(tr_out *out, const tr_plan *plan, const tr_prohibition *p)
{
    put_ids(out, plan, p->actors);
    tr_put(out, " must not %.*s %.*s in %.*s", TR_FMT(p->act), TR_FMT(plan->class_[p->class_].name),
           TR_FMT(p->zone >= 0 ? plan->zone[p->zone].zone.name : TR_STR("area")));
}

static void condition_words(tr_out *out, const tr_plan *plan, const tr_condition *c)
{
    tr_put(out, "%s of \xC2\xA7%.*s over ", tr_rule_name(plan->counting[c->counting].rule),
           TR_FMT(plan->clause[c->of].label));
    put_stretch(out, c->window);
    if (c->per)
        tr_put(out, " per %.*s", TR_FMT(plan->zone[c->per - 1].zone.name));
    if (c->most == INT64_MAX)
        tr_put(out, " \xE2\x89\xA5 %lld", (long long)c->least);
    else
        tr_put(out, " \xE2\x89\xA4 %lld", (long long)c->most);
}

static void threshold_words(tr_out *out, const tr_plan *plan, const tr_clause *clause)
{
    const tr_threshold *t = &clause->u.threshold;
    tr_put(out, "%.*s: active when ", TR_FMT(clause->name));
    for (int32_t i = 0; i < t->ons; i++) {
        tr_put(out, "%s", i > 0 ? " or " : "");
        condition_words(out, plan, &t->on[i]);
    }
    tr_put(out, "; until ");
    for (int32_t i = 0; i < t->offs; i++) {
        tr_put(out, "%s", i > 0 ? " and " : "");
        condition_words(out, plan, &t->off[i]);
    }
}

static void zero_words(tr_out *out, const tr_plan *plan, const tr_step *s)
{
    static const char *const zeros[] = {"activation",    "first breach",     " fulfilled",
                                        " acknowledged", "entry into force", "signature"};
    if (s->zero_clause >= 0)
        tr_put(out, "\xC2\xA7%.*s", TR_FMT(plan->clause[s->zero_clause].label));
    tr_put(out, "%s", (size_t)s->zero < sizeof zeros / sizeof zeros[0] ? zeros[s->zero] : "");
}

static void step_words(tr_out *out, const tr_plan *plan, const tr_step *s)
{
    tr_put(out, "%.*s %s %.*s ", TR_FMT(plan->actor[s->actor].id), s->must ? "must" : "may",
           TR_FMT(s->act));
    put_ids(out, plan, s->to);
    tr_put(out, "%swithin ", s->to ? " " : "");
    put_stretch(out, s->within);
    tr_put(out, " of ");
    zero_words(out, plan, s);
    if (s->unless_ended)
        tr_put(out, ", unless ended");
}

/* The first sentence of the reading of a clause of another sort, after its label and article. */
static void reading_words(drawing *d, tr_out *out, int32_t clause)
{
    tr_out reading = tr_out_new(&d->keep);
    tr_put_reading(&reading, d->plan, clause);
    tr_str text = tr_str_trim(tr_out_text(&reading));
    for (ptrdiff_t i = tr_str_find(text, ':') + 2; i < text.len; i++) {
        if (text.at[i] == '.' && (i + 1 == text.len || text.at[i + 1] == ' '))
            return;
        tr_put_char(out, text.at[i] == '\n' ? ' ' : text.at[i]);
    }
}

static tr_str words_of(drawing *d, int32_t clause)
{
    const tr_clause *c = &d->plan->clause[clause];
    tr_out           out = tr_out_new(&d->keep);
    tr_put(&out, "\xC2\xA7%.*s ", TR_FMT(c->label));
    if (c->kind == TR_CLAUSE_PROHIBITION)
        prohibition_words(&out, d->plan, &c->u.prohibition);
    else if (c->kind == TR_CLAUSE_THRESHOLD)
        threshold_words(&out, d->plan, c);
    else if (c->kind == TR_CLAUSE_STEP)
        step_words(&out, d->plan, &c->u.step);
    else
        reading_words(d, &out, clause);
    return tr_out_text(&out);
}

/* Cut at blanks into lines; what does not fit ends in three dots, the box's title has it whole. */
static void wrap(drawing *d, box *b, tr_str text)
{
    while (text.len > 0 && b->lines < LINES) {
        ptrdiff_t end = 0, cut = 0;
        int       letters = 0;
        for (; end < text.len && letters <= LETTERS; end++) {
            letters += ((unsigned char)text.at[end] & 0xC0) != 0x80;
            if (text.at[end] == ' ' && letters <= LETTERS + 1)
                cut = end;
        }
        if (end == text.len && letters <= LETTERS)
            cut = end;
        else if (cut == 0)
            for (cut = end - 1; cut > 0 && ((unsigned char)text.at[cut] & 0xC0) == 0x80;)
                cut--;
        b->line[b->lines++] = tr_str_cut(text, 0, cut);
        text = tr_str_trim(tr_str_from(text, cut));
    }
    if (text.len > 0) {
        tr_out last = tr_out_new(&d->keep);
        tr_put(&last, "%.*s ...", TR_FMT(b->line[LINES - 1]));
        b->line[LINES - 1] = tr_out_text(&last);
    }
    b->height = 2 * PAD + b->lines * LINE;
}

/* ---- places ---- */

static int column_of(const tr_clause *c)
{
    return c->kind == TR_CLAUSE_THRESHOLD ? 1 : c->kind == TR_CLAUSE_STEP ? 2 : 0;
}

static void place_boxes(drawing *d)
{
    int bottom[3] = {HEAD + 26, HEAD + 26, HEAD + 26};
    for (int32_t i = 0; i < d->plan->clauses; i++) {
        int  column = column_of(&d->plan->clause[i]);
        box *b = &d->box[i];
        wrap(d, b, words_of(d, i));
        b->x = MARGIN + column * (BOX_WIDTH + LANE);
        b->y = bottom[column];
        bottom[column] += b->height + GAP;
    }
    for (int i = 0; i < 3; i++)
        if (bottom[i] > d->height)
            d->height = bottom[i];
}

/* When a step runs, counted from the activation.  A step that waits for another is drawn from that
 * one's deadline; the chain has no circle, and is at most as long as the ladder. */
static void place_step(drawing *d, int32_t clause)
{
    const tr_step *s = &d->plan->clause[clause].u.step;
    box           *b = &d->box[clause];
    int64_t        begin = 0;
    int32_t        at = clause;
    for (int32_t n = 0; n < d->plan->clauses; n++) {
        const tr_step *one = &d->plan->clause[at].u.step;
        bool           waits = one->zero == TR_ZERO_STEP_DONE || one->zero == TR_ZERO_STEP_NOTIFIED;
        if (!waits || one->zero_clause < 0 ||
            d->plan->clause[one->zero_clause].kind != TR_CLAUSE_STEP)
            break;
        at = one->zero_clause;
        begin += length_of(d->plan->clause[at].u.step.within);
    }
    b->begin = begin;
    b->due = begin + length_of(s->within);
}

/* The duty whose fulfilment starts the clock of this one, or -1. */
static int32_t waits_for(const tr_plan *plan, int32_t clause)
{
    const tr_due *due = &plan->clause[clause].u.obligation.finish;
    return due->kind == TR_DUE_WITHIN && due->zero_clause >= 0 &&
                   plan->clause[due->zero_clause].kind == TR_CLAUSE_OBLIGATION
               ? due->zero_clause
               : -1;
}

/* Has it a deadline that can be drawn from the entry into force, alone or after others? */
static bool drawn(const tr_plan *plan, int32_t clause)
{
    const tr_clause *c = &plan->clause[clause];
    const tr_due    *due = &c->u.obligation.finish;
    return c->kind == TR_CLAUSE_OBLIGATION &&
           (due->kind == TR_DUE_WITHIN || (due->kind == TR_DUE_DATE && plan->in_force > 0)) &&
           (waits_for(plan, clause) >= 0 || due->kind == TR_DUE_DATE ||
            due->zero == TR_ZERO_IN_FORCE ||
            (due->zero == TR_ZERO_SIGNATURE && plan->signature > 0 && plan->in_force > 0));
}

/* A duty that waits for another is drawn from that one's deadline; from the signature, from where
 * that lies beside the entry into force, but not before it. */
static void place_duty(drawing *d, int32_t clause)
{
    const tr_plan *plan = d->plan;
    box           *b = &d->box[clause];
    int32_t        at = clause, next;
    int64_t        begin = 0;
    for (int32_t n = 0; n < plan->clauses && (next = waits_for(plan, at)) >= 0; n++) {
        at = next;
        const tr_due *before = &plan->clause[at].u.obligation.finish;
        begin +=
            before->kind == TR_DUE_DATE ? before->date - plan->in_force : length_of(before->within);
    }
    const tr_due *first = &plan->clause[at].u.obligation.finish,
                 *own = &plan->clause[clause].u.obligation.finish;
    if (first->kind == TR_DUE_WITHIN && first->zero == TR_ZERO_SIGNATURE)
        begin += plan->signature - plan->in_force;
    b->due = own->kind == TR_DUE_DATE ? own->date - plan->in_force : begin + length_of(own->within);
    b->begin = own->kind == TR_DUE_DATE || begin < 0 ? 0 : begin;
    if (b->due < b->begin)
        b->due = b->begin;
}

/* ---- drawing ---- */

static void put_label(tr_out *out, int x, int y, const char *style, tr_str text)
{
    tr_put(out, "<text x=\"%d\" y=\"%d\"%s>", x, y, style);
    put_text(out, text);
    tr_put(out, "</text>\n");
}

static const char *sort_of(const tr_clause *c)
{
    switch (c->kind) {
    case TR_CLAUSE_THRESHOLD:
        return "counts";
    case TR_CLAUSE_STEP:
        return "answers";
    case TR_CLAUSE_FORCE:
    case TR_CLAUSE_EFFECT:
    case TR_CLAUSE_MILESTONE:
    case TR_CLAUSE_STATED:
        return "frames";
    default:
        return "binds";
    }
}

static void put_box(drawing *d, int32_t clause)
{
    const box *b = &d->box[clause];
    tr_out     reading = tr_out_new(&d->keep);
    tr_put_reading(&reading, d->plan, clause);
    tr_put(d->out, "<g><title>");
    put_text(d->out, tr_str_trim(tr_out_text(&reading)));
    tr_put(d->out,
           "</title>\n<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" "
           "class=\"box %s\"/>\n",
           b->x, b->y, BOX_WIDTH, b->height, sort_of(&d->plan->clause[clause]));
    for (int i = 0; i < b->lines; i++)
        put_label(d->out, b->x + PAD, b->y + PAD + 12 + i * LINE, "", b->line[i]);
    tr_put(d->out, "</g>\n");
}

static void put_arrow(drawing *d, const box *from, const box *to)
{
    int x = from->x + BOX_WIDTH, y = from->y + from->height / 2, v = to->y + to->height / 2;
    tr_put(d->out,
           "<path d=\"M%d %d C%d %d %d %d %d %d\" class=\"way\" "
           "marker-end=\"url(#head)\"/>\n",
           x, y, x + LANE / 2, y, to->x - LANE / 2, v, to->x - 1, v);
}

/* Along the right side, from one step to another of the same column. */
static void put_side_arrow(drawing *d, const box *from, const box *to)
{
    int x = from->x + BOX_WIDTH, y = from->y + from->height / 2, v = to->y + to->height / 2 - 6;
    tr_put(d->out,
           "<path d=\"M%d %d C%d %d %d %d %d %d\" class=\"way\" "
           "stroke-dasharray=\"5 3\" marker-end=\"url(#head)\"/>\n",
           x, y, x + 40, y, x + 40, v, x + 1, v);
}

static bool counts(const tr_threshold *t, int32_t clause)
{
    for (int32_t i = 0; i < t->ons; i++)
        if (t->on[i].of == clause)
            return true;
    for (int32_t i = 0; i < t->offs; i++)
        if (t->off[i].of == clause)
            return true;
    return false;
}

/* What a duty or a prohibition waits for, and what an effect or a permission changes. */
static void put_waits(drawing *d, int32_t clause)
{
    const tr_clause *c = &d->plan->clause[clause];
    if (c->kind == TR_CLAUSE_OBLIGATION && waits_for(d->plan, clause) >= 0)
        put_side_arrow(d, &d->box[waits_for(d->plan, clause)], &d->box[clause]);
    const tr_when *once = c->kind == TR_CLAUSE_PROHIBITION ? &c->u.prohibition.once : NULL;
    for (int32_t i = 0; once && i < once->atoms; i++)
        if (once->atom[i].clause >= 0)
            put_side_arrow(d, &d->box[once->atom[i].clause], &d->box[clause]);
    for (int32_t i = 0; c->kind == TR_CLAUSE_EFFECT && i < c->u.effect.ofs; i++) {
        const box *to = &d->box[c->u.effect.of[i]];
        if (to->x == d->box[clause].x)
            put_side_arrow(d, &d->box[clause], to);
        else
            put_arrow(d, &d->box[clause], to);
    }
}

static void put_arrows(drawing *d)
{
    for (int32_t i = 0; i < d->plan->clauses; i++) {
        const tr_clause *c = &d->plan->clause[i];
        for (int32_t k = 0; c->kind == TR_CLAUSE_THRESHOLD && k < d->plan->clauses; k++)
            if (counts(&c->u.threshold, k))
                put_arrow(d, &d->box[k], &d->box[i]);
        put_waits(d, i);
        if (c->kind != TR_CLAUSE_STEP)
            continue;
        if (c->u.step.on >= 0)
            put_arrow(d, &d->box[c->u.step.on], &d->box[i]);
        if (c->u.step.zero_clause >= 0 &&
            d->plan->clause[c->u.step.zero_clause].kind == TR_CLAUSE_STEP)
            put_side_arrow(d, &d->box[c->u.step.zero_clause], &d->box[i]);
    }
}

static int64_t longest(const drawing *d, int32_t threshold)
{
    int64_t most = 1;
    for (int32_t i = 0; i < d->plan->clauses; i++)
        if (d->plan->clause[i].kind == TR_CLAUSE_STEP &&
            d->plan->clause[i].u.step.on == threshold && d->box[i].due > most)
            most = d->box[i].due;
    return most;
}

/* At most so many bytes, cut at a blank. */
static tr_str shortened(drawing *d, tr_str text)
{
    enum { MOST = 120 };
    ptrdiff_t end = MOST;
    if (text.len <= MOST)
        return text;
    while (end > 0 && text.at[end] != ' ')
        end--;
    tr_out out = tr_out_new(&d->keep);
    tr_put(&out, "%.*s ...", TR_FMT(tr_str_cut(text, 0, end)));
    return tr_out_text(&out);
}

/* Does a bar count from another moment than its scale begins with? */
static bool from_elsewhere(const tr_clause *c)
{
    tr_zero zero = c->kind == TR_CLAUSE_STEP ? c->u.step.zero : c->u.obligation.finish.zero;
    return c->kind == TR_CLAUSE_STEP ? zero == TR_ZERO_FIRST_BREACH || zero == TR_ZERO_IN_FORCE ||
                                           zero == TR_ZERO_SIGNATURE
                                     : zero == TR_ZERO_SIGNATURE;
}

static void put_bar(drawing *d, int32_t clause, int64_t whole)
{
    const box *b = &d->box[clause];
    bool       other = from_elsewhere(&d->plan->clause[clause]);
    int        x = MARGIN + (int)((double)b->begin / (double)whole * SCALE);
    int        width = (int)((double)(b->due - b->begin) / (double)whole * SCALE);
    put_label(d->out, MARGIN, d->height + 12, "", shortened(d, words_of(d, clause)));
    tr_put(d->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"bar%s\"/>\n", x,
           d->height + 18, width < 2 ? 2 : width, BAR, other ? " other" : "");
    d->height += BAR_ROW;
}

static void put_scale(drawing *d, const char *zero, int64_t whole)
{
    tr_out scale = tr_out_new(&d->keep);
    tr_put(d->out, "<path d=\"M%d %d H%d\" class=\"way\"/>\n", MARGIN, d->height, MARGIN + SCALE);
    put_label(d->out, MARGIN, d->height + 16, "", tr_str_of(zero));
    if (whole >= 4 * TR_DAY)
        tr_put(&scale, "%lld days", (long long)((whole + TR_DAY / 2) / TR_DAY));
    else
        tr_put(&scale, "%lld h", (long long)((whole + TR_HOUR / 2) / TR_HOUR));
    put_label(d->out, MARGIN + SCALE, d->height + 16, " text-anchor=\"end\"", tr_out_text(&scale));
    d->height += 40;
}

static void put_chart(drawing *d, int32_t threshold)
{
    int64_t whole = longest(d, threshold);
    tr_out  title = tr_out_new(&d->keep);
    int     rows = 0;
    for (int32_t i = 0; i < d->plan->clauses; i++)
        rows +=
            d->plan->clause[i].kind == TR_CLAUSE_STEP && d->plan->clause[i].u.step.on == threshold;
    if (rows == 0)
        return;
    tr_put(&title, "Deadlines after \xC2\xA7%.*s %.*s", TR_FMT(d->plan->clause[threshold].label),
           TR_FMT(d->plan->clause[threshold].name));
    put_label(d->out, MARGIN, d->height + 24, " font-weight=\"bold\"", tr_out_text(&title));
    d->height += 36;
    for (int32_t i = 0; i < d->plan->clauses; i++)
        if (d->plan->clause[i].kind == TR_CLAUSE_STEP && d->plan->clause[i].u.step.on == threshold)
            put_bar(d, i, whole);
    put_scale(d, "activation", whole);
}

static void put_duties(drawing *d)
{
    int64_t whole = 1;
    int     rows = 0;
    for (int32_t i = 0; i < d->plan->clauses; i++)
        if (drawn(d->plan, i)) {
            place_duty(d, i);
            whole = d->box[i].due > whole ? d->box[i].due : whole;
            rows++;
        }
    if (rows == 0)
        return;
    put_label(d->out, MARGIN, d->height + 24, " font-weight=\"bold\"",
              TR_STR("Deadlines of duties after the entry into force"));
    d->height += 36;
    for (int32_t i = 0; i < d->plan->clauses; i++)
        if (drawn(d->plan, i))
            put_bar(d, i, whole);
    put_scale(d, "in force", whole);
}

static void put_columns(drawing *d)
{
    static const char *const heads[] = {"Duties and prohibitions", "Thresholds", "Responses"};
    for (int i = 0; i < 3; i++)
        put_label(d->out, MARGIN + i * (BOX_WIDTH + LANE), HEAD + 14, " font-weight=\"bold\"",
                  tr_str_of(heads[i]));
}

/* Light, and dark where the reader's screen is. */
static void put_style(tr_out *out)
{
    tr_put(out, "<style>text{fill:#222}.ground{fill:#fff}.box{fill:#f4f4f4;stroke:#555}"
                ".box.counts{fill:#e6ebf2}.box.answers{fill:#eee9e0}.box.frames{fill:#fff}"
                ".way{fill:none;stroke:#555}.head{fill:#555}.bar{fill:#bbb;stroke:#555}"
                ".bar.other{fill:#fff;stroke-dasharray:4 3}.quiet{fill:#555}"
                "@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.ground{fill:#17191c}"
                ".box{fill:#24272b;stroke:#9aa0a6}.box.counts{fill:#222b38}"
                ".box.answers{fill:#322c22}.box.frames{fill:#17191c}.way{stroke:#9aa0a6}"
                ".head{fill:#9aa0a6}.bar{fill:#6b7178;stroke:#9aa0a6}.bar.other{fill:#17191c}"
                ".quiet{fill:#a8adb3}}</style>\n");
}

static void put_frame(drawing *d, int height)
{
    const tr_plan *p = d->plan;
    int            width = 2 * MARGIN + 3 * BOX_WIDTH + 2 * LANE + 30;
    tr_put(d->out,
           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
           "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title desc\" "
           "font-family=\"sans-serif\" font-size=\"13\">\n<title id=\"title\">",
           width, height, width, height);
    put_text(d->out, p->title);
    tr_put(d->out, "</title>\n<desc id=\"desc\">Version ");
    put_text(d->out, p->version);
    tr_put(
        d->out,
        ": %d clauses. Arrows lead from what is prohibited to the threshold that counts it, and "
        "from there to the responses; below, the deadlines of each ladder. Dashed bars count from "
        "another moment than the activation; a bar that waits for another step begins at the "
        "deadline of that step; a calendar day is drawn as 24 hours.</desc>\n"
        "<defs><marker id=\"head\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\" refY=\"4\" "
        "orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" class=\"head\"/></marker></defs>\n"
        "<rect width=\"100%%\" height=\"100%%\" class=\"ground\"/>\n",
        p->clauses);
    put_style(d->out);
    put_label(d->out, MARGIN, 30, " font-size=\"18\"", p->title);
    if (p->note.len > 0)
        put_label(d->out, MARGIN, 50, " class=\"quiet\"", p->note);
}

void tr_put_diagram(tr_out *out, tr_arena keep, const tr_plan *plan)
{
    tr_arena half = {keep.beg, keep.beg + (keep.end - keep.beg) / 2};
    keep.beg = half.end;
    tr_out  body = tr_out_new(&half);
    drawing d = {.out = &body, .keep = keep, .plan = plan};
    d.box = TR_NEW(&d.keep, box, plan->clauses + 1);
    place_boxes(&d);
    for (int32_t i = 0; i < plan->clauses; i++)
        if (plan->clause[i].kind == TR_CLAUSE_STEP)
            place_step(&d, i);
    put_columns(&d);
    for (int32_t i = 0; i < plan->clauses; i++)
        put_box(&d, i);
    put_arrows(&d);
    d.height += GAP;
    put_duties(&d);
    for (int32_t i = 0; i < plan->clauses; i++)
        if (plan->clause[i].kind == TR_CLAUSE_THRESHOLD)
            put_chart(&d, i);
    d.out = out;
    put_frame(&d, d.height + MARGIN);
    tr_put_str(out, tr_out_text(&body));
    tr_put(out, "</svg>\n");
}
