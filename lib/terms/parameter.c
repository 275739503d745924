/* parameter.c -- numbers with a name.
 *
 *     parameter grace 30 days "invented for the example"
 *     3.1 A must meet within grace of in force
 *
 * A word that is a parameter is read as the number that it stands for, and then as its unit, both
 * in the place of the word.  It is a word still where it begins a sentence, where it would be
 * declared, and in the words of a report.
 */
#include "terms/front.h"

#include "base/kinds.h"
#include "terms/tools.h"

static const char how[] = "Write: parameter grace 30 days \"where it comes from\"";

/* Every word that some sentence begins or goes on with. */
static bool is_keyword(tr_str word)
{
    static const char words[] =
        " CLASS E N R-ENG R-INC R-JFO R-LOCDAY R-SEV R-SMM S W ZONE about above absent accedes "
        "accepted acknowledged act activation active actor after against agreed agreement agrees "
        "and any area article as at back before begin begun below best better between beyond "
        "billion body boundary box breach breaches by cases certain change cites claimed class "
        "clause clock coarse code commit committed compares confidence confirmed consent contested "
        "context corroborated corroboration count counting coverage daily date day days deadline "
        "decided declared delivered denies deposits detect diplomatic direction divided done each "
        "economic ended estimated every except excess exchanges exercise exercises facts feature "
        "final finish first fly for forbids force from fulfilled gate granted group guarantor "
        "happened hour hours humanitarian hypothetical id in incident inside inspected instrument "
        "intelligence is keep kind km known lapses late least length lifts line logistics m may "
        "meeting metered milestone military million minute minutes mm month months most must needs "
        "no none not note nothing notice notified notwithstanding of off on once one open operated "
        "or out outside over parameter party past permits planned pledged point positions possible "
        "present prevails proof proposes provide public quantity quarter quarters ratifies reached "
        "received record register rejects reports request requested reserves review row rung runs "
        "said sampled sealed second seconds seen settled sha256 share side signature signs snaps "
        "source sources stated stops supported suspends tally terminates text the then through "
        "time times to tolerance track undetermined unit unless until valid variant verdict "
        "verdicts version versions voids was week weeks when while with withdraws within without "
        "witness year years zone language audit freezing intensity life mean order per proved "
        "publishes recorded release seeded ";
    for (const char *at = words + 1; *at; at = strchr(at, ' ') + 1)
        if (strncmp(at, word.at, (size_t)word.len) == 0 && at[word.len] == ' ')
            return true;
    return false;
}

static bool name_taken(front *f, tr_str name, tr_text_span span)
{
    tr_kind kind;
    bool    taken = false;
    for (int s = 0; s < SYM_SORTS; s++)
        taken |= s != SYM_PARAMETER && front_find(f, (sym_sort)s, name) >= 0;
    for (int32_t i = 0; i < f->plan.amounts; i++)
        taken |= tr_str_eq(f->amount[i].unit, name);
    bool word =
        is_keyword(name) || front_refused(name) || front_vague(name) || tr_kind_read(name, &kind);
    if (word || taken)
        front_report(f,
                     (report){TR_E_PARAMETER, span,
                              "A parameter is read as its number wherever its name stands.",
                              "Choose another name.", false},
                     word ? "\"%s\" is a word of the language, and no name of a parameter"
                          : "\"%s\" is declared already, and no name of a parameter",
                     front_quote(name).z);
    return word || taken;
}

/* Digits with at most one point; thousands may stand in groups. */
static bool plain_number(tr_str text)
{
    int32_t points = 0;
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.at[i] == '.')
            points++;
        else if (text.at[i] != ',' && (text.at[i] < '0' || text.at[i] > '9'))
            return false;
    return points < 2 && text.len < 32;
}

static bool known_unit(const front *f, tr_str unit)
{
    static const char *const units[] = {
        "%",       "km",     "m",       "mm",       "day",     "days",   "week",
        "weeks",   "hour",   "hours",   "minute",   "minutes", "second", "seconds",
        "month",   "months", "quarter", "quarters", "year",    "years",  "million",
        "billion", "E",      "W",       "N",        "S",       "time",   "times"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (tr_str_is(unit, units[i]))
            return true;
    for (int32_t i = 0; i < f->plan.amounts; i++)
        if (tr_str_eq(f->amount[i].unit, unit))
            return true;
    return false;
}

/* NUMBER [UNIT | "%"] */
static bool read_value(front *f, tr_parameter *p)
{
    tr_text_span span = f->tok.span;
    if (f->panic || at_end(f) || f->tok.kind != TOK_NUMBER) {
        front_unexpected(f, "a number", how);
        return false;
    }
    p->number = f->tok.text;
    front_step(f);
    if (is_sign(f, "%") || (!at_end(f) && f->tok.kind == TOK_WORD &&
                            (!f->tok.keyword || known_unit(f, f->tok.text)))) {
        p->unit = f->tok.text;
        p->keyword = f->tok.keyword;
        front_step(f);
    }
    span = span_join(span, f->last.span);
    tr_out value = tr_out_new(f->keep);
    tr_put(&value, "%.*s", TR_FMT(p->number));
    if (p->unit.len > 0)
        tr_put(&value, " %.*s", TR_FMT(p->unit));
    p->value = tr_out_text(&value);
    if (!plain_number(p->number))
        front_report(f, (report){TR_E_PARAMETER, span, NULL, how, false},
                     "\"%s\" is not a number that a parameter can stand for",
                     front_quote(p->number).z);
    else if (p->unit.len > 0 && !known_unit(f, p->unit))
        front_report(f,
                     (report){TR_E_PARAMETER, f->last.span, NULL,
                              "Write a unit of length or time, %, or the unit of a quantity "
                              "declared above.",
                              false},
                     "there is no unit \"%s\"", front_quote(p->unit).z);
    return true;
}

void parse_parameter(front *f)
{
    tr_parameter p = {0};
    int32_t      errors = f->result->errors;
    if (!need_name(f, &p.name, &p.span, "a name", how) || !read_value(f, &p) ||
        !need_string(f, &p.source, "where it comes from, in quotes", how) ||
        name_taken(f, p.name, p.span) ||
        !front_declare(f, SYM_PARAMETER, p.name, p.span, (int32_t)f->parameters.len,
                       FRONT_PARAMETERS))
        return;
    p.used = f->result->errors > errors; /* a wrong one is not missed */
    *TR_PUSH(f->keep, &f->parameters) = p;
}

/* Where a word is a word, also one that is a parameter: a statement's first one, and the name that
 * a declaration gives. */
static bool stays_word(const tok *before, const tok *t)
{
    return t->kind != TOK_WORD || t->first ||
           (before->first && before->kind == TOK_WORD && !tr_str_is(before->text, "area"));
}

int32_t front_parameter(const front *f, const tok *before, tok *t, tok *unit)
{
    *unit = (tok){.kind = TOK_END};
    if (f->parameters.len == 0 || stays_word(before, t))
        return -1;
    int32_t index = front_find(f, SYM_PARAMETER, t->text);
    if (index < 0 || f->parameters.at[index].span.begin > t->span.begin)
        return -1;
    const tr_parameter *p = &f->parameters.at[index];
    t->kind = TOK_NUMBER;
    t->text = p->number;
    if (p->unit.len > 0)
        *unit = (tok){.kind = tr_str_is(p->unit, "%") ? TOK_SIGN : TOK_WORD,
                      .keyword = p->keyword,
                      .span = t->span,
                      .text = p->unit};
    return index;
}

void front_no_parameter(front *f)
{
    tr_str said = span_text(f, f->tok.span);
    if (!tr_str_eq(said, f->tok.text))
        front_report(f,
                     (report){TR_E_PARAMETER, f->tok.span, NULL,
                              "Write the label of the clause in digits.", false},
                     "the parameter \"%s\" stands where a label is needed", front_quote(said).z);
}

void check_parameters(front *f)
{
    for (ptrdiff_t i = 0; i < f->parameters.len; i++) {
        const tr_parameter *p = &f->parameters.at[i];
        if (!p->used)
            front_report(f,
                         (report){TR_E_PARAMETER_UNUSED, p->span, NULL,
                                  "Remove it, or write its name in the place of the number.", true},
                         "no sentence uses the parameter \"%s\"", front_quote(p->name).z);
    }
    f->plan.parameter = f->parameters.at;
    f->plan.parameters = (int32_t)f->parameters.len;
}

void tr_put_parameter(tr_out *out, const tr_parameter *p)
{
    tr_put(out, "parameter %.*s is %.*s: %.*s", TR_FMT(p->name), TR_FMT(p->value),
           TR_FMT(p->source));
}
