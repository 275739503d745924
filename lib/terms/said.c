/* said.c -- what is stated beside the terms and never is an input of a verdict: attributed
 * statements, meetings, changes claimed, and which earlier points a clause stands for.
 *
 *     context F5 "..." said by "the mediator" from "003 < outlets < officials (unnamed)"
 *         on 2025-12-14 to 2025-12-15 denies F4
 *     meeting M1 "..." track "Berlin" on 2025-12-14 present "A", "B" absent "C" about §4.1
 *     change §4.1 "..." claimed by "..." from "..."
 *     point 4.1 was 6.1, 6.2
 */
#include "terms/front.h"

#include "base/time.h"

/* ---- parts ---- */

bool need_label(front *f, tr_str *label, tr_text_span *span)
{
    if (at_end(f) || f->panic || f->tok.kind != TOK_NUMBER) {
        front_unexpected(f, "the label of a clause", "Write it as it stands there: 2.1");
        return false;
    }
    front_no_parameter(f);
    *span = f->tok.span;
    tok letters = front_peek(f);
    front_step(f);
    if (letters.kind == TOK_WORD && letters.span.begin == span->end && letters.text.len <= 8)
        front_step(f);
    *span = span_join(*span, f->last.span);
    *label = span_text(f, *span);
    return true;
}

/* A sentence that is read for each of several actors is one point: its first clause stands for
 * all of them. */
int32_t clause_labelled(const front *f, tr_str label)
{
    return tr_plan_clause_of(&f->plan, label, 0);
}

/* The links of a chain: between signs "<". */
static void read_links(front *f, tr_chain *chain, tr_text_span span)
{
    tr_str rest = chain->text, link;
    while (tr_str_next(&rest, '<', &link)) {
        link = tr_str_trim(link);
        if (link.len == 0) {
            front_report(f,
                         (report){TR_E_SOURCES, span,
                                  "The sign < stands between a report and what it rests on.",
                                  "Write: from \"003 < outlets < officials (unnamed)\"", false},
                         "the chain of sources \"%s\" has an empty link",
                         front_quote(chain->text).z);
            return;
        }
        *TR_PUSH(f->keep, &f->beside.link) = link;
        chain->links++;
    }
}

bool need_chain(front *f, tr_chains *from)
{
    tr_chain     chain = {.link = (int32_t)f->beside.link.len};
    tr_text_span span = f->tok.span;
    if (!need_string(f, &chain.text, "a chain of sources in quotes",
                     "Write: from \"003 < outlets < officials (unnamed)\""))
        return false;
    read_links(f, &chain, span);
    if (from->count == 0)
        from->at = (int32_t)f->beside.chain.len;
    from->count++;
    *TR_PUSH(f->keep, &f->beside.chain) = chain;
    return true;
}

/* A date is the whole local day. */
static bool read_day(front *f, tr_time *begin, tr_time *end)
{
    if (!need_moment(f, begin))
        return false;
    bool day = f->last.kind == TOK_DATE;
    *end = day && *begin != TR_TIME_NONE && f->plan.tz ? tr_time_add_days(*begin, 1, f->plan.tz)
                                                       : *begin;
    return true;
}

bool need_period(front *f, tr_span *when)
{
    tr_text_span span = f->tok.span;
    tr_time      last;
    if (!read_day(f, &when->begin, &when->end))
        return false;
    if (!take_word(f, "to"))
        return true;
    if (!read_day(f, &last, &when->end))
        return false;
    if (when->begin != TR_TIME_NONE && when->end < when->begin)
        front_report(f,
                     (report){TR_E_PERIOD, span_join(span, f->last.span), NULL,
                              "Exchange the two dates.", false},
                     "the period ends before it begins");
    return true;
}

static bool declare_statement(front *f, tr_str *name, tr_text_span *span, ptrdiff_t index,
                              const char *how)
{
    if (!need_name(f, name, span, "a short name", how))
        return false;
    front_declare(f, SYM_STATEMENT, *name, *span, (int32_t)index, INT32_MAX);
    return true;
}

static void part_unexpected(front *f, const char *parts)
{
    front_unexpected(f, parts, "");
}

/* ---- context ---- */

static bool context_part(front *f, tr_context *c)
{
    static const char how[] = "Write: context F1 \"...\" said by \"...\" from \"...\"";
    tr_str            name;
    tr_text_span      span;
    take_sign(f, ",");
    if (take_word(f, "said")) {
        if (c->speaker.len > 0)
            clause_repeated(f, "the speaker");
        return need_word(f, "by", how) &&
               need_string(f, &c->speaker, "who said it, in quotes", how);
    }
    if (take_word(f, "from"))
        return need_chain(f, &c->from);
    if (take_word(f, "on")) {
        if (c->when.begin != TR_TIME_NONE)
            clause_repeated(f, "the date");
        return need_period(f, &c->when);
    }
    if (take_word(f, "denies")) {
        if (!need_name(f, &name, &span, "a statement", "Name a statement that stands above."))
            return false;
        c->denies = front_use(f, SYM_STATEMENT, name, span);
        return true;
    }
    part_unexpected(f, "\"said by\", \"from\", \"on\", \"denies\" or the end of the sentence");
    return false;
}

void parse_context(front *f)
{
    static const char how[] = "Write: context F1 \"...\" said by \"...\" from \"...\"";
    tr_context        c = {.when = {TR_TIME_NONE, TR_TIME_NONE}, .denies = -1};
    if (!declare_statement(f, &c.name, &c.span, f->beside.context.len, how) ||
        !need_string(f, &c.text, "what is stated, in quotes", how))
        return;
    while (!f->panic && !at_end(f))
        if (!context_part(f, &c))
            return;
    c.span = span_join(f->statement, f->last.span);
    *TR_PUSH(f->keep, &f->beside.context) = c;
}

/* ---- meeting ---- */

typedef TR_VEC(tr_str) strings;

static bool read_strings(front *f, strings *list, const char *wanted)
{
    do {
        tr_str text;
        if (!need_string(f, &text, wanted, "Write them in quotes, with commas between."))
            return false;
        *TR_PUSH(f->keep, list) = text;
    } while (take_sign(f, ","));
    return true;
}

/* §4.1, §5.1: kept as text, resolved when all clauses are read. */
static bool read_abouts(front *f, strings *list)
{
    do {
        tr_str       label;
        tr_text_span span;
        if (!need_ref(f, &label, &span))
            return false;
        *TR_PUSH(f->keep, list) = label;
    } while (take_sign(f, ","));
    return true;
}

static bool meeting_part(front *f, tr_meeting *m, strings *present, strings *absent, strings *about)
{
    static const char how[] = "Write: meeting M1 \"...\" track \"...\" on 2025-12-14";
    take_sign(f, ",");
    if (take_word(f, "track"))
        return need_string(f, &m->track, "the track in quotes", how);
    if (take_word(f, "on"))
        return need_period(f, &m->when);
    if (take_word(f, "from"))
        return need_chain(f, &m->from);
    if (take_word(f, "present"))
        return read_strings(f, present, "who took part, in quotes");
    if (take_word(f, "absent"))
        return read_strings(f, absent, "who did not take part, in quotes");
    if (take_word(f, "about"))
        return read_abouts(f, about);
    part_unexpected(f,
                    "\"track\", \"on\", \"present\", \"absent\", \"about\", \"from\" or the end");
    return false;
}

static void keep_abouts(front *f, tr_meeting *m, const strings *about)
{
    int32_t *list = TR_NEW(f->keep, int32_t, about->len);
    for (ptrdiff_t i = 0; i < about->len; i++) {
        list[i] = -1;
        *TR_PUSH(f->keep, &f->beside_refs) = (beside_ref){about->at[i], &list[i], m->span};
    }
    m->about = list;
    m->abouts = (int32_t)about->len;
}

void parse_meeting(front *f)
{
    static const char how[] = "Write: meeting M1 \"...\" track \"...\" on 2025-12-14";
    tr_meeting        m = {.when = {TR_TIME_NONE, TR_TIME_NONE}};
    strings           present = {0}, absent = {0}, about = {0};
    if (!declare_statement(f, &m.name, &m.span, -1 - f->beside.meeting.len, how) ||
        !need_string(f, &m.title, "what it was, in quotes", how))
        return;
    while (!f->panic && !at_end(f))
        if (!meeting_part(f, &m, &present, &absent, &about))
            return;
    m.span = span_join(f->statement, f->last.span);
    m.present = present.at;
    m.presents = (int32_t)present.len;
    m.absent = absent.at;
    m.absents = (int32_t)absent.len;
    keep_abouts(f, &m, &about);
    *TR_PUSH(f->keep, &f->beside.meeting) = m;
}

/* ---- changes, earlier points ---- */

void parse_change(front *f)
{
    static const char how[] = "Write: change \xC2\xA7"
                              "4.1 \"...\" claimed by \"...\" from \"...\"";
    tr_claimed_change c = {.clause = -1, .when = {TR_TIME_NONE, TR_TIME_NONE}};
    if (!need_ref(f, &c.label, &c.span) ||
        !need_string(f, &c.text, "what is said to have changed, in quotes", how) ||
        !need_word(f, "claimed", how) || !need_word(f, "by", how) ||
        !need_string(f, &c.speaker, "who says so, in quotes", how))
        return;
    while (!f->panic && !at_end(f)) {
        take_sign(f, ",");
        if (take_word(f, "on") ? !need_period(f, &c.when)
                               : !need_word(f, "from", how) || !need_chain(f, &c.from))
            return;
    }
    *TR_PUSH(f->keep, &f->beside.change) = c;
}

void parse_point_was(front *f)
{
    tr_point_was p = {.clause = -1};
    strings      was = {0};
    if (!need_label(f, &p.label, &p.span) || !need_word(f, "was", "Write: point 4.1 was 6.1, 6.2"))
        return;
    do {
        tr_str       label;
        tr_text_span span;
        if (!need_label(f, &label, &span))
            return;
        *TR_PUSH(f->keep, &was) = label;
    } while (take_sign(f, ","));
    p.was = was.at;
    p.wases = (int32_t)was.len;
    *TR_PUSH(f->keep, &f->beside.point) = p;
}

/* ---- when all is read ---- */

static void resolve(front *f, tr_str label, tr_text_span span, int32_t *clause)
{
    *clause = clause_labelled(f, label);
    if (*clause < 0)
        front_report(f,
                     (report){TR_E_REFERENCE, span, NULL,
                              "Write the label of a clause of this agreement.", false},
                     "there is no clause %s", front_quote(label).z);
}

static void resolve_all(front *f)
{
    for (ptrdiff_t i = 0; i < f->beside_refs.len; i++)
        resolve(f, f->beside_refs.at[i].label, f->beside_refs.at[i].span,
                f->beside_refs.at[i].slot);
    for (ptrdiff_t i = 0; i < f->beside.change.len; i++)
        resolve(f, f->beside.change.at[i].label, f->beside.change.at[i].span,
                &f->beside.change.at[i].clause);
    for (ptrdiff_t i = 0; i < f->beside.point.len; i++)
        resolve(f, f->beside.point.at[i].label, f->beside.point.at[i].span,
                &f->beside.point.at[i].clause);
    for (ptrdiff_t i = 0; i < f->beside.code.len; i++)
        resolve(f, f->beside.code.at[i].label, f->beside.code.at[i].span,
                &f->beside.code.at[i].clause);
}

void check_beside(front *f)
{
    const front_beside *b = &f->beside;
    resolve_all(f);
    f->plan.beside = (tr_beside){.lang = b->lang.at,
                                 .langs = (int32_t)b->lang.len,
                                 .wording = b->wording.at,
                                 .wordings = (int32_t)b->wording.len,
                                 .actor_name = b->actor_name.at,
                                 .actor_names = (int32_t)b->actor_name.len,
                                 .instrument = b->instrument.at,
                                 .instruments = (int32_t)b->instrument.len,
                                 .cite = b->cite.at,
                                 .cites = (int32_t)b->cite.len,
                                 .code = b->code.at,
                                 .codes = (int32_t)b->code.len,
                                 .link = b->link.at,
                                 .chain = b->chain.at,
                                 .context = b->context.at,
                                 .contexts = (int32_t)b->context.len,
                                 .meeting = b->meeting.at,
                                 .meetings = (int32_t)b->meeting.len,
                                 .change = b->change.at,
                                 .changes = (int32_t)b->change.len,
                                 .point = b->point.at,
                                 .points = (int32_t)b->point.len};
}
