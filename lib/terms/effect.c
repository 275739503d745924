/* effect.c -- clauses that change others: suspension, termination, voiding, lifting, exchange,
 * consent; milestones.
 *
 *     8.1 suspends §3.2, §4.1 for B while A in breach of §3.1, clock stops
 *     8.2 terminates agreement when breach of §2.1 by A
 *     8.3 voids §9.1 for A when breach of §2.1 by A before breach of §2.1 by B
 *     8.4 lifts §5.1 when §3.1 fulfilled, snaps back when breach of §2.1
 *     8.5 exchanges §3.1 for §3.2
 *     8.6 needs B ratifies by "senate" for §4.1
 *     8.7 milestone "first" reached when §3.1 fulfilled and §4.1 fulfilled, by 2027-01-01
 */
#include "terms/front.h"

enum { REFS = 32 };

static const struct {
    const char    *word;
    tr_effect_kind kind;
    const char    *hint;
} effects[] = {
    {"suspends", TR_EFFECT_SUSPENDS,
     "Write: suspends \xC2\xA7"
     "3.2 for B while A in breach of \xC2\xA7"
     "3.1, clock stops"},
    {"terminates", TR_EFFECT_TERMINATES,
     "Write: terminates agreement when breach of \xC2\xA7"
     "2.1 by A"},
    {"voids", TR_EFFECT_VOIDS,
     "Write: voids \xC2\xA7"
     "3.2 for B when breach of \xC2\xA7"
     "2.1 by B"},
    {"lifts", TR_EFFECT_LIFTS,
     "Write: lifts \xC2\xA7"
     "5.1 when \xC2\xA7"
     "3.1 fulfilled, snaps back when breach of \xC2\xA7"
     "2.1"},
    {"exchanges", TR_EFFECT_EXCHANGES,
     "Write: exchanges \xC2\xA7"
     "3.1 for \xC2\xA7"
     "3.2"},
    {"needs", TR_EFFECT_NEEDS,
     "Write: needs B ratifies by \"senate\" for \xC2\xA7"
     "4.1"},
};
enum { EFFECTS = sizeof effects / sizeof effects[0] };

static bool starts_ref(const front *f)
{
    return is_sign(f, "\xC2\xA7") || is_word(f, "clause");
}

/* What an effect of that kind may be on. */
static int targets(tr_effect_kind kind)
{
    int duty = 1 << TR_CLAUSE_OBLIGATION;
    int all = duty | 1 << TR_CLAUSE_PROHIBITION | 1 << TR_CLAUSE_STEP | 1 << TR_CLAUSE_MILESTONE;
    return kind == TR_EFFECT_EXCHANGES ? duty : all;
}

/* §3.2, §4.1 */
static bool read_refs(front *f, int32_t **list, int32_t *count, int want)
{
    *list = TR_NEW(f->keep, int32_t, REFS);
    do {
        tr_str       label;
        tr_text_span span;
        if (*count == REFS) {
            front_leave(f, TR_E_LIMIT, "Split the clause.", "more than %d clauses in one list",
                       REFS);
            return false;
        }
        if (!need_ref(f, &label, &span))
            return false;
        clause_refer_any(f, label, span, &(*list)[(*count)++], want);
    } while (take_sign(f, ","));
    return true;
}

static bool read_targets(front *f, tr_effect *e, const char *hint)
{
    bool may_be_whole = e->kind == TR_EFFECT_SUSPENDS || e->kind == TR_EFFECT_TERMINATES ||
                        e->kind == TR_EFFECT_VOIDS;
    if (may_be_whole && take_word(f, "agreement"))
        e->whole = true;
    else if (!starts_ref(f))
        return front_unexpected(f, may_be_whole ? "\"agreement\" or a clause" : "a clause", hint),
               false;
    else if (!read_refs(f, &e->of, &e->ofs, targets(e->kind)))
        return false;
    return e->kind == TR_EFFECT_EXCHANGES || e->kind == TR_EFFECT_NEEDS || !take_word(f, "for") ||
           front_actor_list(f, &e->actors);
}

static bool read_condition(front *f, tr_effect *e, const char *hint)
{
    e->passing = is_word(f, "while");
    if (e->passing && e->kind != TR_EFFECT_SUSPENDS)
        front_report(f,
                     (report){TR_E_PASSING, f->tok.span,
                              "Only a suspension passes; the others are for good.",
                              "Write \"when\", or suspend the clause.", false},
                     "\"while\" in a clause that does not suspend");
    if (!take_word(f, "while") && !take_word(f, "when"))
        return front_unexpected(f,
                                e->kind == TR_EFFECT_SUSPENDS ? "\"while\" or \"when\""
                                                              : "\"when\"",
                                hint),
               false;
    return parse_when(f, &e->when);
}

/* , clock stops | , clock runs */
static bool read_clock(front *f, tr_effect *e)
{
    e->clock_stops = is_word(f, "stops");
    if (take_word(f, "stops") || take_word(f, "runs"))
        return true;
    front_unexpected(f, "\"stops\" or \"runs\"",
                     "Write: clock stops (deadlines move) or clock runs (they stay)");
    return false;
}

static bool read_end(front *f, tr_effect *e, const char *hint)
{
    bool clock = false, back = false;
    while (!f->panic && !at_end(f)) {
        take_sign(f, ",");
        if (!clock && e->kind == TR_EFFECT_SUSPENDS && take_word(f, "clock")) {
            clock = true;
            if (!read_clock(f, e))
                return false;
        } else if (!back && e->kind == TR_EFFECT_LIFTS && take_word(f, "snaps")) {
            back = true;
            if (!need_word(f, "back", hint) || !need_word(f, "when", hint) ||
                !parse_when(f, &e->back))
                return false;
        } else if (!take_word(f, "cites")) {
            return front_unexpected(f,
                                    clock || back ? "\"cites\" or the end of the sentence"
                                    : e->kind == TR_EFFECT_SUSPENDS
                                        ? "\"and\" or \"clock\""
                                    : e->kind == TR_EFFECT_LIFTS ? "\"and\" or \"snaps back when\""
                                                                 : "the end of the sentence",
                                    hint),
                   false;
        } else if (!clause_cites(f)) {
            return false;
        }
    }
    if (!f->panic && e->kind == TR_EFFECT_SUSPENDS && !clock)
        front_report(f,
                     (report){TR_E_CLOCK, clause_now(f)->span,
                              "Nobody could say when a duty is due that was suspended.",
                              "Add \", clock stops\" (its deadlines move by as long) or \", clock "
                              "runs\" (they stay).",
                              false},
                     "the suspension of clause %s does not say what its clocks do",
                     front_quote(clause_now(f)->label).z);
    if (!f->panic && e->kind == TR_EFFECT_LIFTS && !back)
        front_report(f,
                     (report){TR_E_SNAP_BACK, clause_now(f)->span,
                              "What is lifted for good is terminated.",
                              "Add \", snaps back when\" and a condition, or write \"terminates\".",
                              false},
                     "clause %s does not say when it snaps back",
                     front_quote(clause_now(f)->label).z);
    return true;
}

/* needs B ratifies by "senate" for §4.1 */
static bool read_needs(front *f, tr_effect *e, const char *hint)
{
    e->passing = true;
    e->clock_stops = true;
    return parse_ratified(f, &e->when) && need_word(f, "for", hint) && read_targets(f, e, hint);
}

static bool read_effect(front *f, tr_effect *e, const char *hint)
{
    if (e->kind == TR_EFFECT_NEEDS)
        return read_needs(f, e, hint);
    if (!read_targets(f, e, hint))
        return false;
    if (e->kind == TR_EFFECT_EXCHANGES)
        return need_word(f, "for", hint) && read_refs(f, &e->with, &e->withs, targets(e->kind));
    return read_condition(f, e, hint);
}

void parse_effect(front *f)
{
    tr_clause *clause = clause_now(f);
    tr_effect *e = &clause->u.effect;
    size_t     i = 0;
    clause->kind = TR_CLAUSE_EFFECT;
    while (i + 1 < EFFECTS && !is_word(f, effects[i].word))
        i++;
    *e = (tr_effect){.kind = effects[i].kind};
    front_step(f);
    if (read_effect(f, e, effects[i].hint))
        read_end(f, e, effects[i].hint);
}

void parse_milestone(front *f)
{
    static const char hint[] = "Write: milestone \"first\" reached when \xC2\xA7"
                               "3.1 fulfilled, by 2027-01-01";
    tr_clause        *clause = clause_now(f);
    tr_milestone     *m = &clause->u.milestone;
    bool              by = false;
    clause->kind = TR_CLAUSE_MILESTONE;
    *m = (tr_milestone){.by = TR_TIME_NONE};
    front_step(f);
    if (!need_string(f, &m->title, "the title of the milestone in quotes", hint) ||
        !need_word(f, "reached", hint) || !need_word(f, "when", hint) || !parse_when(f, &m->when))
        return;
    while (!f->panic && !at_end(f)) {
        bool comma = take_sign(f, ",");
        if (!by && comma && take_word(f, "by")) {
            by = true;
            if (!need_moment(f, &m->by))
                return;
        } else if (!take_word(f, "cites")) {
            front_unexpected(f, "\"and\", \", by\", \"cites\" or the end of the sentence", hint);
            return;
        } else if (!clause_cites(f)) {
            return;
        }
    }
}
