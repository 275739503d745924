/* except.c -- labelled exceptions of a prohibition.
 *
 *     except 2.1a "medical evacuation" when notified to JMC 6 hours before
 *     except 2.1b "live firing" from 2.1a when exercise
 *     except 2.1c "monitors' own" when operated by JMC prevails over 2.1b
 *
 * An exception permits; one that is taken from another takes back what that one gives, unless it
 * says `permits` or `forbids` itself.  All are declared before they are named.
 * Conditions: permit.c.
 */
#include "terms/front.h"

static const char hint_of_label[] = "Write: except 2.1a \"medical evacuation\" when ...";

/* 2.1a: the number of the clause and letters that touch it. */
static bool read_label(front *f, tr_str *label, tr_text_span *span)
{
    tok letters = front_peek(f);
    if (at_end(f) || f->tok.kind != TOK_NUMBER || letters.kind != TOK_WORD ||
        letters.span.begin != f->tok.span.end || letters.text.len > 8) {
        front_unexpected(f, "the label of an exception, such as 2.1a", hint_of_label);
        return false;
    }
    *span = f->tok.span;
    front_step(f);
    front_step(f);
    *span = span_join(*span, f->last.span);
    *label = each_label(f, span_text(f, *span)); /* 2.1a of A: 2.1a-A */
    return true;
}

static int32_t labelled(const front *f, const tr_prohibition *p, tr_str label)
{
    for (int32_t i = p->except; i < p->except + p->excepts; i++)
        if (tr_str_eq(f->exception[i].label, label))
            return i;
    return -1;
}

/* An exception of this clause that stands above. */
static bool named(front *f, const tr_prohibition *p, int32_t *index)
{
    tr_str       label;
    tr_text_span span;
    if (!read_label(f, &label, &span))
        return false;
    *index = labelled(f, p, label);
    if (*index < 0)
        front_report(f,
                     (report){TR_E_REFERENCE, span, NULL,
                              "Name an exception that stands above in the same clause.", false},
                     "there is no exception %s", front_quote(label).z);
    return true;
}

static bool read_prevails(front *f, const tr_prohibition *p, tr_exception *e)
{
    if (!take_word(f, "prevails"))
        return true;
    if (!need_word(f, "over", "Write: prevails over 2.1a"))
        return false;
    do {
        int32_t other;
        if (!named(f, p, &other))
            return false;
        if (other >= 0)
            e->over |= UINT64_C(1) << other;
    } while (take_word(f, "and"));
    return true;
}

static bool read_head(front *f, const tr_prohibition *p, tr_exception *e)
{
    tr_str label = clause_now(f)->base;
    if (!read_label(f, &e->label, &e->span))
        return false;
    if (!tr_str_starts(e->label, "") || e->label.len <= label.len ||
        !tr_str_eq(tr_str_cut(e->label, 0, label.len), label) ||
        (e->label.at[label.len] >= '0' && e->label.at[label.len] <= '9'))
        front_report(f, (report){TR_E_LABEL, e->span, NULL, hint_of_label, false},
                     "the exception %s does not carry the label of clause %s",
                     front_quote(e->label).z, front_quote(label).z);
    if (labelled(f, p, e->label) >= 0)
        front_report(f, (report){TR_E_REPEATED, e->span, NULL, "Choose another letter.", false},
                     "the exception %s stands already", front_quote(e->label).z);
    if (at_end(f) || f->tok.kind == TOK_WORD) { /* also before `when` */
        front_stop(f, TR_E_UNEXPECTED, hint_of_label, "the exception %s has no title in quotes",
                   front_quote(e->label).z);
        return false;
    }
    if (!need_string(f, &e->title, "the title of the exception in quotes", hint_of_label))
        return false;
    e->permits = true;
    if (take_word(f, "from")) {
        if (!named(f, p, &e->from))
            return false;
        e->permits = e->from >= 0 && !f->exception[e->from].permits;
    }
    bool permits = take_word(f, "permits");
    if (permits || take_word(f, "forbids"))
        e->permits = permits;
    return need_word(f, "when", hint_of_label);
}

bool parse_exception(front *f, tr_prohibition *p)
{
    tr_exception e = {.clause = f->plan.clauses - 1,
                      .from = -1,
                      .operated_by = -1,
                      .notified_to = -1,
                      .lead = {-1, 0},
                      .permission = -1,
                      .class_ = -1,
                      .zone = -1};
    if (!read_head(f, p, &e))
        return false;
    if (!permit_when(f, &e) || !read_prevails(f, p, &e) || !permit_keep(f, &e))
        return false;
    if (p->excepts == 0)
        p->except = f->plan.exceptions - 1;
    p->excepts++;
    return true;
}
