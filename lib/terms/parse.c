/* parse.c -- declarations: the head of an agreement, its actors, classes, proofs, countings,
 * registers, acts and articles.  Clauses: clause.c; lines and zones: shape.c. */
#include "terms/front.h"

#include <stdio.h>

#include "terms/tools.h"

static bool once(front *f, bool *stands, const char *what)
{
    if (*stands)
        front_report(f, (report){TR_E_REPEATED, f->statement, NULL, "Remove one of them.", false},
                     "%s stands twice", what);
    bool first = !*stands;
    *stands = true;
    return first;
}

/* ---- head ---- */

/* "Minsk II, as a draft" -> "minsk-ii-as-a-draft": letters a to z and digits, at most 63. */
static tr_str derive_id(front *f, tr_str title)
{
    char *id = TR_NEW(f->keep, char, 64);
    int   len = 0;
    for (ptrdiff_t i = 0; i < title.len && len < 63; i++) {
        char c = title.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (letter || (digit && len > 0))
            id[len++] = c;
        else if (len > 0 && id[len - 1] != '-')
            id[len++] = '-';
    }
    while (len > 0 && id[len - 1] == '-')
        len--;
    return len > 0 ? (tr_str){id, len} : TR_STR("agreement");
}

static bool need_version(front *f, tr_str *version)
{
    static const char hint[] = "Write: agreement \"Title\" version 1.0";
    if (!need_word(f, "version", hint))
        return false;
    if (at_end(f) || f->tok.kind != TOK_NUMBER) {
        front_unexpected(f, "a version such as 1.0", hint);
        return false;
    }
    if (f->tok.text.len > 20)
        front_report(f, (report){TR_E_LIMIT, f->tok.span, NULL, hint, false},
                     "a version of more than 20 digits");
    *version = f->tok.text;
    front_step(f);
    return true;
}

static void parse_id(front *f)
{
    tr_str       id;
    tr_text_span span;
    if (need_name(f, &id, &span, "an identifier", "Write: id minsk-2-enforced") &&
        once(f, &f->has_id, "the identifier")) {
        f->plan.id = id;
        if (id.at[0] == '_')
            front_report(f, (report){TR_E_UNEXPECTED, span, NULL, "Begin it with a letter.", false},
                         "the identifier \"%s\" does not begin with a letter", front_quote(id).z);
    }
}

static void parse_in_force(front *f)
{
    static const char hint[] = "Write: agreement in force from 2015-02-15 00:00";
    if (!need_word(f, "force", hint))
        return;
    if (!is_word(f, "from")) {
        front_unexpected(f, "\"from\" and a date", hint);
        return;
    }
    front_step(f);
    once(f, &f->has_in_force, "the entry into force");
    need_moment(f, &f->plan.in_force);
}

static void parse_agreement(front *f)
{
    if (take_word(f, "in")) {
        parse_in_force(f);
        return;
    }
    bool stands = f->has_agreement != HEAD_NONE;
    once(f, &stands, "the title");
    f->has_agreement = HEAD_BAD;
    if (!need_string(f, &f->plan.title, "the title in quotes",
                     "Write: agreement \"Title\" version 1.0") ||
        !need_version(f, &f->plan.version))
        return;
    f->has_agreement = HEAD_DONE;
    if (take_word(f, "id"))
        parse_id(f);
}

enum { NOTE_BYTES = 4096 };

static void add_note(front *f)
{
    tr_str note;
    if (!need_string(f, &note, "a remark in quotes", "Write: note \"...\""))
        return;
    tr_str *whole = &f->plan.note;
    if (note.len + whole->len + 1 > NOTE_BYTES) {
        front_report(f, (report){TR_E_LIMIT, f->statement, NULL, "Shorten them.", false},
                     "the remarks are longer than %d bytes", NOTE_BYTES);
        return;
    }
    if (!f->note)
        f->note = TR_NEW(f->keep, char, NOTE_BYTES);
    if (whole->len > 0)
        f->note[whole->len++] = ' ';
    memcpy(f->note + whole->len, note.at, (size_t)note.len);
    *whole = (tr_str){f->note, whole->len + note.len};
}

static void parse_note(front *f)
{
    add_note(f);
}

static void parse_hypothetical(front *f)
{
    f->plan.hypothetical = true;
    add_note(f);
}

static void parse_time(front *f)
{
    tr_str       name;
    bool         stands = f->has_tz != HEAD_NONE;
    tr_text_span span;
    if (!need_word(f, "zone", "Write: time zone \"Europe/Kyiv\""))
        return;
    once(f, &stands, "the time zone");
    f->has_tz = HEAD_BAD;
    span = f->tok.span;
    if (!need_string(f, &name, "the name of a time zone", "Write: time zone \"Europe/Kyiv\""))
        return;
    const tr_tz *tz = tr_tz_find(name);
    if (!tz) {
        front_report(f,
                     (report){TR_E_TIME_ZONE, span, NULL,
                              "Use a name of the tz database, such as \"Europe/Kyiv\" or \"UTC\".",
                              false},
                     "there is no time zone \"%s\"", front_quote(name).z);
        return;
    }
    f->plan.tz = tz;
    f->has_tz = HEAD_DONE;
}

static void parse_area(front *f)
{
    tr_box       box;
    tr_text_span span, begin = f->tok.span;
    bool         stands = f->has_area != HEAD_NONE;
    once(f, &stands, "the area");
    f->has_area = HEAD_BAD;
    if (!need_point(f, &box.min, &span) ||
        !need_word(f, "to", "Write: area 30.0 E 46.0 N to 40.0 E 51.0 N") ||
        !need_point(f, &box.max, &span))
        return;
    if (box.min.lon >= box.max.lon || box.min.lat >= box.max.lat) {
        front_report(f,
                     (report){TR_E_AREA, span_join(begin, f->last.span),
                              "An area across the 180th meridian is not supported.",
                              "Write the south-west corner, then the north-east one.", false},
                     "the area is empty: its second corner is not north-east of the first");
        return;
    }
    f->plan.area = box;
    f->has_area = HEAD_DONE;
}

static void parse_signature(front *f)
{
    bool stands = f->plan.signature != TR_TIME_NONE;
    once(f, &stands, "the signature");
    need_moment(f, &f->plan.signature);
}

static bool need_days(front *f, int64_t *days)
{
    tr_text_span span = f->tok.span;
    tr_stretch   stretch;
    if (!need_stretch(f, &stretch))
        return false;
    if (stretch.days < 0)
        front_report(f, (report){TR_E_UNIT, span, NULL, "Write it in days.", false},
                     "\"%s\" is not a number of days",
                     front_quote(span_text(f, span_join(span, f->last.span))).z);
    *days = stretch.days;
    return true;
}

static void parse_late(front *f)
{
    static const char hint[] = "Write: late facts accepted 90 days, verdicts final after 30 days";
    if (!need_word(f, "facts", hint) || !need_word(f, "accepted", hint) ||
        !need_days(f, &f->plan.late_days))
        return;
    once(f, &f->has_late, "the rule for late facts");
    bool more = take_sign(f, ",");
    if (!at_end(f) || more)
        if (need_word(f, "verdicts", hint) && need_word(f, "final", hint) &&
            need_word(f, "after", hint))
            need_days(f, &f->plan.final_days);
}

/* ---- actors ---- */

static void declare_actor(front *f, tr_actor_kind kind)
{
    tr_actor     actor = {.kind = kind};
    tr_text_span span;
    if (!need_name(f, &actor.id, &span, "a short name", "Write: party A \"Party A\""))
        return;
    bool room = front_declare(f, SYM_ACTOR, actor.id, span, f->plan.actors, FRONT_ACTORS);
    if (room)
        f->plan.actors++;
    need_string(f, &actor.name, "the full name in quotes", "Write: party A \"Party A\"");
    front_actor_names(f, room ? f->plan.actors - 1 : -1, kind == TR_ACTOR_BODY);
    if (kind == TR_ACTOR_BODY && take_word(f, "of"))
        front_actor_list(f, &actor.members);
    if (room && actor.members >> (f->plan.actors - 1) & 1)
        front_report(f, (report){TR_E_REPEATED, span, NULL, "Take it off its own list.", false},
                     "the body \"%s\" is a member of itself", front_quote(actor.id).z);
    if (room)
        f->actor[f->plan.actors - 1] = actor;
}

static void parse_party(front *f)
{
    declare_actor(f, TR_ACTOR_PARTY);
}

static void parse_guarantor(front *f)
{
    declare_actor(f, TR_ACTOR_GUARANTOR);
}

static void parse_witness(front *f)
{
    declare_actor(f, TR_ACTOR_WITNESS);
}

static void parse_body(front *f)
{
    declare_actor(f, TR_ACTOR_BODY);
}

/* ---- classes, proofs, countings, registers, acts ---- */

/* NAME after the keyword, declared; the caller reads the body into the slot at `*index`. */
static bool declare(front *f, sym_sort sort, int32_t *count, int32_t room, tr_str *name,
                    tr_text_span *span)
{
    if (!need_name(f, name, span, "a name", "Names use the letters a to z, digits, _ and -."))
        return false;
    if (!front_declare(f, sort, *name, *span, *count, room)) {
        f->panic = f->left = true;
        return false;
    }
    (*count)++;
    return true;
}

static void parse_class(front *f)
{
    tr_str       name;
    tr_text_span span;
    if (!need_name(f, &name, &span, "the name of the class",
                   "Write: class fire is explosion or shot"))
        return;
    uint64_t kinds =
        need_word(f, "is", "Write: class fire is explosion or shot") ? front_kinds(f) : 0;
    if (!front_declare(f, SYM_CLASS, name, span, f->plan.classes, FRONT_CLASSES))
        return;
    f->class_[f->plan.classes++] = (tr_class){name, kinds, span};
}

/* confidence >= 90 % | sources >= 2 | rung >= 3 | OTHER-PROOF */
static bool proof_part(front *f, tr_gate *gate)
{
    static const char hint[] = "Write: confidence >= 90 % and sources >= 2 and rung >= 3";
    if (!f->panic && is_word(f, "side"))
        return later_side(f);
    bool              confidence = take_word(f, "confidence");
    bool              sources = !confidence && take_word(f, "sources");
    bool              rung = !confidence && !sources && take_word(f, "rung");
    int64_t           value;
    if (!confidence && !sources && !rung) {
        int32_t other = !f->panic && !at_end(f) && f->tok.kind == TOK_WORD
                            ? front_find(f, SYM_PROOF, f->tok.text)
                            : -1;
        if (other < 0 || &f->gate[other] == gate) {
            f->left = !at_end(f) && f->tok.kind == TOK_WORD;
            front_unexpected(f, "\"confidence\", \"sources\", \"rung\" or a proof declared above",
                             hint);
            return false;
        }
        const tr_gate *g = &f->gate[other];
        front_used(f, SYM_PROOF, f->tok.text, f->tok.span);
        gate->confidence_ppm =
            g->confidence_ppm > gate->confidence_ppm ? g->confidence_ppm : gate->confidence_ppm;
        gate->sources = g->sources > gate->sources ? g->sources : gate->sources;
        gate->rung = g->rung > gate->rung ? g->rung : gate->rung;
        front_step(f);
        return true;
    }
    if (!take_sign(f, ">=") && !take_sign(f, "\xE2\x89\xA5")) {
        front_unexpected(f, "\">=\"", hint);
        return false;
    }
    if (confidence)
        return need_percent(f, &gate->confidence_ppm);
    if (!need_whole(f, 0, rung ? 4 : 1000, &value, "a whole number"))
        return false;
    *(rung ? &gate->rung : &gate->sources) = (int32_t)value;
    return true;
}

static void parse_proof(front *f)
{
    static const char hint[] = "Write: proof established needs confidence >= 90 % and sources >= 2";
    tr_str            name;
    tr_text_span      span;
    if (!declare(f, SYM_PROOF, &f->plan.gates, FRONT_SMALL, &name, &span))
        return;
    tr_gate *gate = &f->gate[f->plan.gates - 1];
    *gate = (tr_gate){.name = name, .span = span};
    if (!need_word(f, "needs", hint))
        return;
    if (take_word(f, "nothing")) {
        if (need_word(f, "beyond", "Write: needs nothing beyond the record") &&
            need_word(f, "the", "Write: needs nothing beyond the record"))
            need_word(f, "record", "Write: needs nothing beyond the record");
        return;
    }
    while (proof_part(f, gate) && take_word(f, "and"))
        ;
}

static void parse_counting(front *f)
{
    static const char hint[] = "Write: counting incident version 1: R-INC";
    tr_str            name;
    tr_text_span      span;
    int64_t           version;
    tr_rule           rule;
    if (!declare(f, SYM_COUNTING, &f->plan.countings, FRONT_SMALL, &name, &span))
        return;
    tr_counting *counting = &f->counting[f->plan.countings - 1];
    *counting = (tr_counting){.name = name, .rule = TR_RULE_INC, .version = 1, .span = span};
    if (!need_word(f, "version", hint) || !need_whole(f, 1, 1, &version, "the version of the rule"))
        return;
    if (!take_sign(f, ":")) {
        front_unexpected(f, "\":\" and a rule", hint);
        return;
    }
    if (at_end(f) || f->tok.kind != TOK_WORD || !tr_rule_read(f->tok.text, &rule)) {
        if (later_rule(f))
            return;
        front_unexpected(f, "one of R-SMM, R-ENG, R-JFO, R-LOCDAY, R-INC, R-SEV", hint);
        return;
    }
    if (rule != TR_RULE_INC && rule != TR_RULE_SMM)
        front_report(
            f, (report){TR_E_NOT_COMPILED, f->tok.span, NULL, "Count by R-INC or R-SMM.", false},
            "the rule %s is known and not in this version", tr_rule_name(rule));
    counting->rule = rule;
    front_step(f);
}

/* : each row one incident, past the gate[, side undetermined][, rung 0][, corroboration none] */
static void register_words(front *f)
{
    static const char        hint[] = "Write: each row one incident, past the gate";
    static const char *const words[] = {"each", "row",  "one", "incident",
                                        NULL,   "past", "the", "gate"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i] ? !need_word(f, words[i], hint) : !take_sign(f, ",")) {
            front_unexpected(f, "\", past the gate\"", hint);
            return;
        }
    while (take_sign(f, ",")) {
        int64_t zero;
        if (take_word(f, "side"))
            need_word(f, "undetermined", "A row of a table names no side.");
        else if (take_word(f, "rung"))
            need_whole(f, 0, 0, &zero, "0");
        else if (take_word(f, "corroboration"))
            need_word(f, "none", "A row of a table is one source.");
        else
            front_unexpected(f, "\"side\", \"rung\" or \"corroboration\"", hint);
    }
}

static void parse_register(front *f)
{
    static const char hint[] =
        "Write: register table from source ID \"title\" of event.fatal: each row "
        "one incident, past the gate";
    tr_str       name;
    tr_text_span span, source;
    if (!declare(f, SYM_REGISTER, &f->plan.regs, FRONT_SMALL, &name, &span))
        return;
    tr_register *reg = &f->reg[f->plan.regs - 1];
    *reg = (tr_register){.id = name, .span = span};
    if (!need_word(f, "from", hint) || !need_word(f, "source", hint) ||
        !need_name(f, &reg->source, &source, "the id of a source", hint) ||
        !need_string(f, &reg->name, "the title of the table in quotes", hint) ||
        !need_word(f, "of", hint))
        return;
    reg->kinds = front_kinds(f);
    if (!take_sign(f, ":"))
        front_unexpected(f, "\": each row one incident, past the gate\"", hint);
    else
        register_words(f);
}

/* act NAME [to] done when BODY reports WORDS: the words are kept, and must not be vague. */
static void act_words(front *f, tr_act *act)
{
    tr_text_span begin = f->tok.span;
    if (at_end(f)) {
        front_unexpected(f, "what is reported", "Write: act meet done when JC reports the meeting");
        return;
    }
    while (!at_end(f) && !f->panic) {
        front_name_here(f);
        if (f->tok.kind == TOK_BAD || f->tok.kind == TOK_OPEN)
            front_unexpected(f, "a word", "");
        else if (f->tok.kind == TOK_WORD && front_vague(f->tok.text))
            front_report(f,
                         (report){TR_E_VAGUE, f->tok.span, NULL,
                                  "Say what is reported, so that anyone could tell.", false},
                         "vague term \"%s\" has no metric", front_quote(f->tok.text).z);
        front_step(f);
    }
    act->report = tr_terms_words(f->keep, span_text(f, span_join(begin, f->last.span)));
}

/* none of CLASS seen in ZONE for 48 hours with coverage >= 60 % */
static void act_seen(front *f, tr_act *act)
{
    static const char hint[] = "Write: done when none of CLASS seen in ZONE for 48 hours with "
                               "coverage >= 60 %";
    static const char *const words[] = {"of", "CLASS", "seen", "in", "ZONE", "for"};
    tr_stretch               hold;
    tr_text_span             span;
    act->seen = true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!need_word(f, words[i], hint))
            return;
    span = f->tok.span;
    if (!need_stretch(f, &hold))
        return;
    span = span_join(span, f->last.span);
    if (hold.days >= 0)
        front_report(
            f, (report){TR_E_UNIT, span, NULL, "Write it in hours, which are elapsed.", false},
            "\"%s\" is not an elapsed time", front_quote(span_text(f, span)).z);
    else if (hold.ns == 0)
        front_report(f, (report){TR_E_NUMBER, span, NULL, hint, false},
                     "nothing is seen in no time at all");
    act->hold_ns = hold.ns;
    if (!need_word(f, "with", hint) || !clause_coverage(f, &act->coverage_ppm))
        return;
    if (act->coverage_ppm == 0)
        front_report(
            f,
            (report){TR_E_NUMBER, f->last.span, NULL,
                     "Ask for a share above 0: where nobody looked, nothing was seen.", false},
            "a coverage of 0 would complete the act \"%s\" unseen", front_quote(act->name).z);
}

/* A word in capitals stands for itself in small letters: admit INSPECTION -> admit inspection. */
static bool is_capitals(tr_str word)
{
    bool capitals = word.len > 1 && !tr_str_is(word, "CLASS") && !tr_str_is(word, "ZONE");
    for (ptrdiff_t i = 0; i < word.len; i++)
        capitals &= (word.at[i] >= 'A' && word.at[i] <= 'Z') || word.at[i] == '_';
    return capitals;
}

static void act_words_after(front *f, tr_act *act)
{
    tr_out out = tr_out_new(f->keep);
    while (!at_end(f) && !f->panic && f->tok.kind == TOK_WORD && is_capitals(f->tok.text)) {
        if (out.buf.len > 0)
            tr_put_char(&out, ' ');
        for (ptrdiff_t i = 0; i < f->tok.text.len; i++) {
            char c = f->tok.text.at[i];
            tr_put_char(&out, c == '_' ? c : (char)(c + 32));
        }
        front_step(f);
    }
    act->with = tr_out_text(&out);
}

static bool act_kind(front *f, tr_act *act)
{
    if (!take_word(f, "kind"))
        return true;
    for (int k = TR_ACT_MILITARY; k < TR_ACT_KINDS; k++)
        if (take_word(f, tr_act_kind_name((tr_act_kind)k)))
            return act->kind = (tr_act_kind)k, true;
    front_unexpected(f, "a kind of act",
                     "military, intelligence, logistics, economic, diplomatic or humanitarian.");
    return false;
}

/* NAME [kind KIND] [CLASS from ZONE] [WORDS] [to] */
static bool act_takes(front *f, tr_act *act)
{
    static const char hint[] = "Write: act withdraw CLASS from ZONE done when ...";
    act->object = take_word(f, "CLASS");
    act->inside = act->object && is_word(f, "in");
    if (act->object && !take_word(f, "from") && !take_word(f, "in")) {
        front_unexpected(f, "\"from ZONE\" or \"in ZONE\"", hint);
        return false;
    }
    if (act->object && !need_word(f, "ZONE", hint))
        return false;
    act_words_after(f, act);
    act->to = take_word(f, "to");
    return !f->panic;
}

static void parse_act(front *f)
{
    static const char hint[] = "Write: act meet done when JC reports the meeting";
    tr_str            name;
    tr_text_span      span;
    if (!declare(f, SYM_ACT, &f->plan.acts, FRONT_SMALL, &name, &span))
        return;
    tr_act *act = &f->act[f->plan.acts - 1];
    *act = (tr_act){.name = name, .by = -1, .span = span};
    if (!act_kind(f, act) || !act_takes(f, act) || !need_word(f, "done", hint) ||
        !need_word(f, "when", hint))
        return;
    if (take_word(f, "none")) {
        act_seen(f, act);
        if (!act->object)
            front_report(f,
                         (report){TR_E_OBJECT, act->span, NULL,
                                  "Write: act withdraw CLASS from ZONE done when none of CLASS ...",
                                  false},
                         "the act \"%s\" takes no class and no zone that could be seen",
                         front_quote(act->name).z);
        return;
    }
    if (take_word(f, "the")) {
        if (!need_word(f, "actor", "Write: done when the actor reports ..."))
            return;
    } else {
        if (!need_name(f, &name, &span, "who reports it", hint))
            return;
        act->by = front_use(f, SYM_ACTOR, name, span);
    }
    f->plain = true; /* of what is reported */
    act->publishes = take_word(f, "publishes");
    if (act->publishes || need_word(f, "reports", hint))
        act_words(f, act);
}

/* ---- articles ---- */

/* Whose threshold the head of a ladder means; of one for each actor any will do. */
static int32_t any_each(const front *f)
{
    return f->each.actors ? 1 + __builtin_ctzll(f->each.actors) : f->ladder_each;
}

static void parse_article(front *f)
{
    static const char hint[] = "Write: article 7 \"Response ladder\" on \xC2\xA7"
                               "6.1 active";
    int64_t           number;
    tr_text_span      span = f->tok.span;
    f->ladder = false;
    f->each = (front_each){0};
    f->ladder_each = 0;
    f->article_title = (tr_str){0};
    f->in_article = false;
    if (!need_whole(f, 1, 9999, &number, "the number of the article"))
        return;
    if (number == f->article_number)
        front_report(f, (report){TR_E_REPEATED, span, NULL, "Number the articles in order.", false},
                     "article %d stands twice", (int)number);
    else if (number < f->article_number)
        front_report(f, (report){TR_E_LABEL, span, NULL, "Number the articles in order.", false},
                     "article %d stands after article %d", (int)number, f->article_number);
    f->article_number = (int32_t)number;
    f->in_article = true;
    if (!need_string(f, &f->article_title, "the title of the article in quotes", hint))
        return;
    if (take_word(f, "for") && !each_read(f))
        return;
    if (take_word(f, "on")) {
        f->ladder = true;
        f->ladder_on = (tr_str){0};
        if (!need_ref(f, &f->ladder_on, &f->ladder_span))
            return;
        if (take_word(f, "declared"))
            front_report(f,
                         (report){TR_E_NOT_COMPILED, f->last.span, NULL,
                                  "Write \"active\": the computed activation starts it.", false},
                         "a ladder on a declared activation is not compiled yet");
        else if (!need_word(f, "active", hint))
            return;
        if (take_word(f, "against") && !each_against(f))
            return;
        *TR_PUSH(f->keep, &f->refs) =
            (ref){-1, f->ladder_on, &f->ladder_clause, 1 << TR_CLAUSE_THRESHOLD,
                  any_each(f), f->ladder_span};
    }
}

/* ---- all ---- */

static const struct {
    const char *word;
    void (*parse)(front *f);
} statements[] = {
    {"language", parse_language},
    {"agreement", parse_agreement},
    {"note", parse_note},
    {"hypothetical", parse_hypothetical},
    {"text", parse_text},
    {"time", parse_time},
    {"area", parse_area},
    {"id", parse_id},
    {"signature", parse_signature},
    {"late", parse_late},
    {"party", parse_party},
    {"guarantor", parse_guarantor},
    {"witness", parse_witness},
    {"body", parse_body},
    {"group", parse_group},
    {"line", parse_line},
    {"zone", parse_zone},
    {"class", parse_class},
    {"proof", parse_proof},
    {"counting", parse_counting},
    {"register", parse_register},
    {"act", parse_act},
    {"quantity", parse_amount},
    {"article", parse_article},
    {"positions", parse_positions},
    {"declared", parse_declared},
    {"context", parse_context},
    {"meeting", parse_meeting},
    {"change", parse_change},
    {"point", parse_point_was},
    {"instrument", parse_instrument},
    {"code", parse_code},
    {"parameter", parse_parameter},
};
enum { STATEMENTS = sizeof statements / sizeof statements[0] };

static void unknown_statement(front *f)
{
    static const char *const inner[] = {"active", "until",  "on",       "off",   "in",
                                        "from",   "within", "unless",   "by",    "or",
                                        "and",    "for",    "boundary", "coarse"};
    char hint[240] = "Begin a declaration or a label in the first column; indent lines that "
                     "continue a sentence.";
    int  distance = 3;
    for (size_t i = 0; f->tok.kind == TOK_WORD && i < STATEMENTS; i++) {
        int d = tr_str_distance(f->tok.text, tr_str_of(statements[i].word));
        if (d < distance && f->tok.text.len > 2) {
            snprintf(hint, sizeof hint, "Did you mean \"%s\"?", statements[i].word);
            distance = d;
        }
    }
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++)
        if (tr_str_is(f->tok.text, inner[i]))
            snprintf(hint, sizeof hint, "Indent this line: it continues the sentence above.");
    if (f->tok.kind == TOK_BAD || f->tok.kind == TOK_OPEN ||
        (f->tok.kind == TOK_WORD && front_refused(f->tok.text)))
        front_unexpected(f, "a declaration", hint);
    else
        front_stop(f, TR_E_STATEMENT, hint, "\"%s\" begins neither a declaration nor a clause",
                   front_quote(span_text(f, f->tok.span)).z);
}

static void parse_labelled(front *f)
{
    parse_clause(f);
    if (!f->panic && !at_end(f))
        front_unexpected(f, "the end of the sentence", "");
}

static void parse_statement(front *f)
{
    front_sentence now = {f->tok.span, FRONT_FITS, f->result->errors, f->ladder, f->in_positions};
    f->panic = f->left = f->plain = false;
    f->statement = f->tok.span;
    f->begun++;
    if (!f->tok.first) {
        front_stop(f, TR_E_STATEMENT, "Begin a declaration or a label in the first column.",
                   "the first sentence is indented");
    } else if (f->tok.kind == TOK_NUMBER && f->in_positions) {
        parse_position(f);
    } else if (f->tok.kind == TOK_NUMBER && f->each.actors) {
        each_clause(f, parse_labelled);
    } else if (f->tok.kind == TOK_NUMBER) {
        parse_clause(f);
    } else {
        size_t i = 0;
        f->in_positions = f->in_positions && is_word(f, "declared");
        while (i < STATEMENTS &&
               !(f->tok.kind == TOK_WORD && tr_str_is(f->tok.text, statements[i].word)))
            i++;
        if (i == STATEMENTS) {
            unknown_statement(f);
        } else {
            front_step(f);
            statements[i].parse(f);
        }
    }
    if (!f->panic && !at_end(f))
        front_unexpected(f, "the end of the sentence", "");
    now.fit = f->left ? FRONT_LEFT : f->panic ? FRONT_MISFIT : FRONT_FITS;
    now.errors = f->result->errors - now.errors;
    if (f->listening)
        *TR_PUSH(f->keep, &f->sentences) = now;
    if (f->tok.kind != TOK_END && f->tok.span.begin == f->statement.begin)
        front_step(f);
    while (!at_end(f))
        front_step(f);
}

/* One report names all that is missing. */
static void check_head(front *f)
{
    tr_text_span first = {0, 0, 1};
    bool         title = f->has_agreement == HEAD_NONE;
    bool         zone = f->has_tz == HEAD_NONE && !f->tz_asked;
    bool         area = f->has_area == HEAD_NONE && !f->area_asked;
    if (!title && !zone && !area)
        return;
    while (first.end < f->plan.text.len && f->plan.text.at[first.end] != '\n' && first.end < 200)
        first.end++;
    const char *hint = title  ? "Begin with: agreement \"Title\" version 1.0"
                       : zone ? "Add a line such as: time zone \"Europe/Kyiv\""
                              : "Add a line such as: area 30.0 E 46.0 N to 40.0 E 51.0 N";
    front_report(f, (report){TR_E_HEADER, first, NULL, hint, false}, "the text has no%s%s%s",
                 title ? " title" : "", zone ? (title ? ", no time zone" : " time zone") : "",
                 area ? (title || zone ? ", no area" : " area") : "");
}

void parse_all(front *f)
{
    front_step(f);
    while (f->tok.kind != TOK_END)
        parse_statement(f);
    f->panic = false;
    check_head(f);
    if (!f->has_id)
        f->plan.id = derive_id(f, f->plan.title);
}
