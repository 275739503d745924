/* speak.c -- sentences made by walking the grammar.
 *
 * At each place one of the symbols that the grammar can take is chosen; a name is one that the
 * prelude declares for the part of the sentence where it stands.  After a while the end is taken
 * wherever it can be.  In half of the sentences up to three tokens are then dropped, doubled,
 * exchanged or replaced. */
#include "speak.h"

#include <stdlib.h>

#include "grammar.h"

const char speak_prelude[] = "agreement \"T\" version 1.0\n"
                             "time zone \"Europe/Kyiv\"\n"
                             "area 36.0 E 47.0 N to 39.0 E 49.0 N\n"
                             "agreement in force from 2026-02-01 00:00\n"
                             "signature 2026-01-20\n"
                             "party A \"Party A\"\n"
                             "party B \"Party B\"\n"
                             "body JC \"Joint Commission\" of A, B\n"
                             "line contact is 37.0 E 47.5 N, 37.5 E 48.0 N, 38.0 E 48.5 N\n"
                             "zone strip is within 15 km of contact, boundary inside\n"
                             "class firing is fire\n"
                             "class guns is weapon.artillery_100mm or weapon.mortar\n"
                             "proof established needs confidence >= 90 % and sources >= 2\n"
                             "counting incident version 1: R-INC\n"
                             "register table from source S1 \"Events\" of event.fatal: each row "
                             "one incident, past the gate\n"
                             "act meet done when JC reports the meeting\n"
                             "act notify to done when JC reports the notice\n"
                             "act admit INSPECTION done when JC reports access\n"
                             "act withdraw CLASS from ZONE done when none of CLASS seen in ZONE "
                             "for 48 hours with coverage >= 60 %\n"
                             "1.1 A, B must not commit firing in strip\n"
                             "3.1 A, B must meet within 14 days of in force\n"
                             "6.1 alarm is active when count by incident of breaches of \xC2\xA7"
                             "1.1 by any party in area over 7 days > 14, by tally\n"
                             "    counting rung 0 or better, corroboration none, exercises in, "
                             "contested out, as known\n"
                             "    until count by incident of breaches of \xC2\xA7"
                             "1.1 by any party in area over 7 days < 4\n"
                             "quantity personnel \"peacetime strength\" in persons\n"
                             "instrument accord \"The Accord\" 2026-01-10\n"
                             "context F1 \"It rained.\" said by \"A\"\n"
                             "parameter grace 14 days \"assumed\"\n"
                             "parameter limit 3 \"assumed\"\n"
                             "article 7 \"Response\" on \xC2\xA7"
                             "6.1 active\n"
                             "7.1 JC must meet within 1 hour of activation\n";

/* What stands for a symbol: by what it is in its place, each list ended by NULL. */
static const struct {
    const char *role;
    const char *text[14];
} words[] = {
    {"actor", {"A", "B", "JC"}},
    {"zone_name", {"strip"}},
    {"proof_name", {"established"}},
    {"class_name", {"firing", "guns"}},
    {"kind_name", {"fire", "weapon.mortar", "firing"}},
    {"line_name", {"contact"}},
    {"counting_name", {"incident"}},
    {"instrument_name", {"accord"}},
    {"amount_name", {"personnel"}},
    {"unit_name", {"persons"}},
    {"statement_name", {"F1"}},
    {"new_name", {"n1", "window", "must", "limit"}},
    {"act_name", {"meet", "notify", "withdraw", "admit inspection"}},
    {"<with>", {"inspection"}},
    {"<capitals>", {"INSPECTION", "A_B"}},
    {"time_zone", {"\"UTC\"", "\"Mars\""}},
    {"<name>", {"A", "firing", "meet", "strip", "table", "established", "enforcement", "en", "S1"}},
    {"<number>", {"1", "2", "14", "0", "3", "7", "90", "1000000001", "1.2.3", "100"}},
    {"number", {"1", "2", "14", "0", "3", "7", "90", "37.5", "1.0", "100", "limit"}},
    {"<label>", {"1.1", "3.1", "8.1", "37.5"}},
    {"<string>", {"\"words\"", "\"\"", "\"a b\"", "\"\"\"two\n  lines\"\"\""}},
    {"<date>", {"2026-03-01", "2026-02-30"}},
    {"<clock>", {"00:00", "12:30"}},
    {"<moment>", {"2026-03-01T00:00:00Z", "2026-03-01T25:00:00Z"}},
    {"<xlabel>", {"8.1a", "8.1b", "7.2a"}},
    {"clause", {"1.1", "3.1", "6.1", "7.1", "9.9"}},
    {"wild", {"heavy", "every", "(", "\"open", "$", "\xD0\x90", "37.5", "6.1", "2.1a", "=", "\n",
       "grace"}},
};

speak_source speak_from(const uint8_t *at, size_t size, uint64_t seed)
{
    return (speak_source){at, size, tr_random_seed(seed)};
}

static uint32_t pick(speak_source *s, uint32_t bound)
{
    if (s->left == 0)
        return (uint32_t)tr_random_below(&s->random, bound);
    s->left--;
    return *s->at++ % bound;
}

static const char *word_for(speak_source *s, const char *role)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        uint32_t count = 0;
        while (count < 14 && words[i].text[count])
            count++;
        if (strcmp(words[i].role, role) == 0)
            return words[i].text[pick(s, count)];
    }
    return NULL;
}

enum { PIECES = 120, SOON = 25 };

typedef struct {
    const char *piece[PIECES];
    int         count;
} sentence;

static void say(sentence *out, const char *piece)
{
    if (out->count < PIECES)
        out->piece[out->count++] = piece;
}

/* A number before E or W lies in the area, and so one before N or S. */
static void into_area(sentence *out, speak_source *s, const char *name)
{
    static const char *const east[] = {"37.1", "37.4", "37.9", "38.5"};
    static const char *const north[] = {"47.6", "47.8", "48.3", "48.9"};
    if (out->count > 0 && strlen(name) == 1 && strchr("EW", name[0]))
        out->piece[out->count - 1] = east[pick(s, 4)];
    if (out->count > 0 && strlen(name) == 1 && strchr("NS", name[0]))
        out->piece[out->count - 1] = north[pick(s, 4)];
}

static const char *piece_for(speak_source *s, const grammar *g, int symbol, const sentence *out)
{
    const char *last = out->count > 0 ? out->piece[out->count - 1] : "";
    const char *name = grammar_name(symbol);
    const char *word = NULL;
    if (name[0] != '<' || !name[1] || name[1] == '=')
        return name;
    if (strcmp(last, "\xC2\xA7") == 0 || strcmp(last, "clause") == 0)
        word = word_for(s, "clause");
    if (!word)
        word = word_for(s, grammar_role(g, symbol));
    if (!word)
        word = word_for(s, name);
    if (!word)
        abort();
    return word;
}

static int choose(speak_source *s, const grammar *g, bool end)
{
    static int can[4096];
    int        count = 0;
    if (end && grammar_can(g, 0))
        return 0;
    for (int symbol = GRAMMAR_FIRST; symbol < grammar_symbols() && count < 4096; symbol++)
        if (grammar_can(g, symbol) && strcmp(grammar_name(symbol), "<ladder>") != 0 &&
            strcmp(grammar_name(symbol), "<position>") != 0)
            can[count++] = symbol;
    return count > 0 ? can[pick(s, (uint32_t)count)] : 0;
}

static void walk(speak_source *s, grammar *g, sentence *out)
{
    while (out->count < PIECES) {
        int symbol = choose(s, g, out->count > SOON || pick(s, 4) == 0);
        if (symbol == 0)
            return;
        into_area(out, s, grammar_name(symbol));
        say(out, piece_for(s, g, symbol, out));
        grammar_take(g, symbol);
    }
}

static const char *any_piece(speak_source *s)
{
    if (pick(s, 3) == 0)
        return word_for(s, "wild");
    for (;;) {
        const char *name =
            grammar_name(GRAMMAR_FIRST + (int)pick(s, 255) % (grammar_symbols() - GRAMMAR_FIRST));
        if (name[0] != '<' || !name[1] || name[1] == '=')
            return name;
        if (word_for(s, name))
            return word_for(s, name);
    }
}

static void spoil(speak_source *s, sentence *out)
{
    if (out->count < 2)
        return;
    int         i = 1 + (int)pick(s, (uint32_t)out->count - 1), j = i + 1 < out->count ? i + 1 : 1;
    const char *piece = out->piece[i];
    switch (pick(s, 5)) {
    case 0: /* drop */
        memmove(out->piece + i, out->piece + i + 1,
                (size_t)(out->count - i - 1) * sizeof out->piece[0]);
        out->count--;
        break;
    case 1: /* double */
        if (out->count == PIECES)
            break;
        memmove(out->piece + i + 1, out->piece + i, (size_t)(out->count - i) * sizeof piece);
        out->count++;
        break;
    case 2: /* exchange */
        out->piece[i] = out->piece[j];
        out->piece[j] = piece;
        break;
    case 3:
        out->piece[i] = any_piece(s);
        break;
    default:
        say(out, any_piece(s));
    }
}

tr_str speak_text(tr_arena *keep, speak_source *s, ptrdiff_t *from)
{
    static const char *const above[] = {"", "article 8 \"More\"\n", "positions\n", ""};
    static const char *const labels[] = {"", "8.1", "3.1", "7.2"};
    static const char *const contexts[] = {"", "", "<position>", "<ladder>"};
    sentence                 out = {0};
    grammar                 *g = grammar_open();
    uint32_t                 kind = pick(s, 6) % 4; /* 0: no clause */
    if (contexts[kind][0])
        grammar_take(g, grammar_find(contexts[kind], (int)strlen(contexts[kind])));
    if (kind > 0) {
        say(&out, labels[kind]);
        grammar_take(g, grammar_find("<label>", 7));
    }
    walk(s, g, &out);
    grammar_close(g);
    if (pick(s, 2) == 0)
        for (uint32_t times = 1 + pick(s, 3); times > 0; times--)
            spoil(s, &out);
    tr_out text = tr_out_new(keep);
    tr_put(&text, "%s%s", speak_prelude, above[kind]);
    *from = tr_out_text(&text).len;
    for (int i = 0; i < out.count; i++)
        tr_put(&text, "%s%s", i == 0 ? "" : pick(s, 16) == 0 ? "\n   " : " ", out.piece[i]);
    tr_put_char(&text, '\n');
    return tr_out_text(&text);
}
