/* script.c -- lines into words, words into statements, statements into cases.
 *
 * A line is words and quoted texts; # begins a comment outside quotes; """ at the end of a line
 * begins a block that goes on to a line of """.  Which statement a line is, is told by its first
 * words; what else it says is read when it is run, because dates need the agreement's zone.
 */
#include "trial/script.h"

typedef struct {
    tr_arena *keep;
    tr_str    rest;
    int32_t   line;
    tr_err   *err;
} lines;

static bool fail_line(const lines *in, int code, const char *hint, const char *fact)
{
    tr_fail(in->err, code, hint, "%s", fact);
    in->err->line = in->line;
    return false;
}

/* ---- lines and words ---- */

static bool next_line(lines *in, tr_str *line)
{
    if (!tr_str_next(&in->rest, '\n', line))
        return false;
    in->line++;
    return true;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

typedef TR_VEC(token) tokens;

static bool cut_words(const lines *in, tr_str line, tokens *list, bool *block)
{
    *block = false;
    for (ptrdiff_t i = 0; i < line.len && line.at[i] != '#';) {
        if (blank(line.at[i])) {
            i++;
            continue;
        }
        if (tr_str_starts(tr_str_from(line, i), "\"\"\"")) {
            *block = true;
            return tr_str_trim(tr_str_from(line, i + 3)).len == 0 ||
                   fail_line(in, TR_E_CASE_QUOTE, "Begin the text on the next line.",
                             "something stands after \"\"\"");
        }
        ptrdiff_t begin = i;
        bool      quoted = line.at[i] == '"';
        if (quoted) {
            for (begin = ++i; i < line.len && line.at[i] != '"'; i++)
                ;
            if (i == line.len)
                return fail_line(in, TR_E_CASE_QUOTE, "Close it with \" on the same line.",
                                 "a quoted text does not end");
        } else {
            while (i < line.len && !blank(line.at[i]) && line.at[i] != '#' && line.at[i] != '"')
                i++;
        }
        *TR_PUSH(in->keep, list) = (token){tr_str_cut(line, begin, i), (int32_t)begin + 1, quoted};
        i += quoted;
    }
    return true;
}

static bool read_block(lines *in, tr_str *block)
{
    lines  begin = *in;
    tr_str line, from = in->rest;
    while (next_line(in, &line)) {
        if (tr_str_is(tr_str_trim(line), "\"\"\"")) {
            *block = tr_str_cut(from, 0, line.at - from.at);
            return true;
        }
    }
    return fail_line(&begin, TR_E_CASE_QUOTE, "Close it with a line of \"\"\".",
                     "a block of \"\"\" does not end");
}

/* ---- which statement ---- */

static const struct {
    const char *word;
    say_kind    kind;
} first_words[] = {
    {"tick", SAY_TICK},          {"table", SAY_TABLE},       {"batch", SAY_BATCH},
    {"again", SAY_AGAIN},        {"resend", SAY_RESEND},     {"corrects", SAY_CORRECT},
    {"withdraws", SAY_WITHDRAW}, {"response", SAY_RESPONSE}, {"source", SAY_SOURCE},
    {"notice", SAY_NOTICE},      {"snapshot", SAY_SNAPSHOT}, {"shuffle", SAY_SHUFFLE},
    {"swap", SAY_SWAP},          {"remember", SAY_REMEMBER}, {"expect", SAY_EXPECT},
    {"access", SAY_DEED},        {"plan", SAY_DEED}};

static const struct {
    const char *word;
    say_kind    kind;
} verbs[] = {{"hears", SAY_OBSERVE},      {"heard", SAY_OBSERVE},   {"sees", SAY_OBSERVE},
             {"saw", SAY_OBSERVE},        {"records", SAY_OBSERVE}, {"recorded", SAY_OBSERVE},
             {"reports", SAY_OBSERVE},    {"alleges", SAY_OBSERVE}, {"corrects", SAY_CORRECT},
             {"withdraws", SAY_WITHDRAW}, {"objects", SAY_OBJECT},  {"writes", SAY_WRITES},
             {"signs", SAY_DEED},         {"ratifies", SAY_DEED},   {"deposits", SAY_DEED},
             {"accedes", SAY_DEED},       {"leaves", SAY_DEED},     {"declares", SAY_DEED},
             {"measures", SAY_DEED},      {"requests", SAY_DEED},   {"consents", SAY_DEED},
             {"acknowledges", SAY_DEED},  {"refuses", SAY_DEED},    {"decides", SAY_DEED},
             {"attributes", SAY_ATTRIBUTE}};

/* Index of the first word behind `at T`, T being one or two words. */
static int32_t behind_at(const statement *say)
{
    if (say->tokens < 2 || !tr_str_is(say->token[0].text, "at"))
        return 0;
    bool clock = say->tokens > 2 && say->token[2].text.len >= 4 &&
                 tr_str_find(say->token[2].text, ':') > 0 &&
                 tr_str_find(say->token[1].text, 'T') < 0;
    return clock ? 3 : 2;
}

static bool kind_of(const lines *in, statement *say)
{
    int32_t at = behind_at(say);
    tr_str  word = at < say->tokens ? say->token[at].text : TR_STR("");
    for (size_t i = 0; i < sizeof first_words / sizeof *first_words; i++)
        if (tr_str_is(word, first_words[i].word)) {
            say->kind = first_words[i].kind;
            if (say->kind == SAY_EXPECT && at + 1 < say->tokens &&
                tr_str_is(say->token[at + 1].text, "invalid") && at + 2 < say->tokens &&
                tr_str_starts(say->token[at + 2].text, "TR"))
                say->kind = SAY_INVALID;
            if (say->kind == SAY_EXPECT && at + 2 < say->tokens &&
                (tr_str_is(say->token[at + 1].text, "refused") ||
                 tr_str_is(say->token[at + 1].text, "warned")) &&
                tr_str_starts(say->token[at + 2].text, "TR"))
                say->kind = SAY_FINDING;
            return true;
        }
    for (int32_t k = at + 1; k <= at + 2 && k < say->tokens; k++)
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
            if (!say->token[k].quoted && tr_str_is(say->token[k].text, verbs[i].word)) {
                say->kind = verbs[i].kind;
                return true;
            }
    return fail_line(in, TR_E_CASE_WORD,
                     "docs/CASES.md lists the statements: tick, patrol P1 hears, table, corrects, "
                     "withdraws, response, source, expect.",
                     "this line is no statement of a case");
}

static bool is_free(say_kind kind)
{
    return kind == SAY_OBSERVE || kind == SAY_TABLE || kind == SAY_BATCH || kind == SAY_AGAIN ||
           kind == SAY_CORRECT || kind == SAY_WITHDRAW || kind == SAY_OBJECT ||
           kind == SAY_ATTRIBUTE;
}

static bool has_word(const statement *say, const char *word)
{
    for (int32_t i = 0; i < say->tokens; i++)
        if (!say->token[i].quoted && tr_str_is(say->token[i].text, word))
            return true;
    return false;
}

/* A decision names as its ground all that went before it.  A response to a ladder names the newest
 * activation; one to a duty names whose duty, or which instance of it. */
say_freedom say_moves(const statement *say)
{
    if (is_free(say->kind))
        return SAY_FREE;
    if (say->kind == SAY_RESPONSE)
        return has_word(say, "for") || has_word(say, "about") || has_word(say, "period")
                   ? SAY_BETWEEN_TICKS
                   : SAY_FIXED;
    return say->kind == SAY_DEED && !has_word(say, "decides") ? SAY_BETWEEN_TICKS : SAY_FIXED;
}

static bool counted(say_kind kind)
{
    return is_free(kind) || kind == SAY_RESPONSE || kind == SAY_SOURCE || kind == SAY_NOTICE ||
           kind == SAY_WRITES || kind == SAY_DEED || kind == SAY_RESEND;
}

/* ---- entries that statements name ---- */

typedef TR_VEC(statement) statements;

/* `as NAME` at the end of a statement that writes gives its entry a name. */
static void take_label(statement *say)
{
    int32_t n = say->tokens;
    if (counted(say->kind) && n > 2 && tr_str_is(say->token[n - 2].text, "as") &&
        !say->token[n - 2].quoted && !say->token[n - 1].quoted) {
        say->label = say->token[n - 1].text;
        say->tokens -= 2;
    }
}

static int32_t entry_named(const statements *list, tr_str name)
{
    int64_t number = 0;
    bool    whole = tr_int_read(name, &number);
    for (ptrdiff_t i = 0; i < list->len; i++) {
        const statement *say = &list->at[i];
        if (say->number > 0 &&
            (whole ? say->number == number : say->label.len > 0 && tr_str_eq(say->label, name)))
            return (int32_t)i;
    }
    return -1;
}

static bool resolve(const lines *in, const statements *list, statement *say)
{
    say->of = say->after = -1;
    if (say->kind == SAY_EXPECT || say->kind == SAY_SOURCE)
        return true;
    for (int32_t i = 0; i + 1 < say->tokens && say->of < 0; i++)
        if (!say->token[i].quoted && tr_str_is(say->token[i].text, "entry")) {
            say->of = entry_named(list, say->token[i + 1].text);
            if (say->of < 0)
                return fail_line(in, TR_E_CASE_ENTRY,
                                 "The agreement is entry 1; each statement that writes counts on, "
                                 "ticks do not.  `as NAME` names one.",
                                 "no earlier statement is the entry named here");
        }
    for (ptrdiff_t i = list->len; i-- > 0 && say->of >= 0 && say->after < 0;)
        if (list->at[i].of == say->of)
            say->after = (int32_t)i;
    return true;
}

/* ---- cases ---- */

typedef struct {
    lines         in;
    script_cases *cases;
    script_case   now; /* its agreement is also the next one's, until another is stated */
    statements    list;
    int32_t       number;
    bool          open;
} reading;

static bool close_case(reading *r)
{
    bool expects = false;
    if (!r->open)
        return true;
    for (ptrdiff_t i = 0; i < r->list.len; i++)
        expects |= r->list.at[i].kind >= SAY_SHUFFLE && r->list.at[i].kind != SAY_REMEMBER;
    lines at = r->in;
    at.line = r->now.line;
    if (!expects)
        return fail_line(&at, TR_E_CASE_EMPTY, "Say what must follow, with `expect`.",
                         "the case expects nothing, so it cannot fail");
    if (r->now.path.len == 0 && !r->now.agreement.at)
        return fail_line(&at, TR_E_CASE_AGREEMENT,
                         "Write `agreement \"PATH\"` or a block of \"\"\".",
                         "the case has no agreement");
    r->now.at = r->list.at;
    r->now.statements = (int32_t)r->list.len;
    *TR_PUSH(r->in.keep, r->cases) = r->now;
    return true;
}

static bool take_case(reading *r, const statement *say)
{
    if (!close_case(r))
        return false;
    if (say->tokens != 2 || !say->token[1].quoted || say->token[1].text.len == 0)
        return fail_line(&r->in, TR_E_CASE_WORD, "case \"what is shown, in plain words\"",
                         "a case needs its title in quotes");
    r->now.title = say->token[1].text;
    r->now.line = say->line;
    r->list = (statements){0};
    r->number = 1;
    r->open = true;
    return true;
}

static bool take_agreement(reading *r, const statement *say)
{
    if (r->list.len > 0)
        return fail_line(&r->in, TR_E_CASE_BEFORE, "State the agreement before anything happens.",
                         "the agreement stands after the first statement of its case");
    bool path = say->tokens == 2 && say->token[1].quoted;
    if (path == (say->block.at != NULL) || (!path && say->tokens != 1))
        return fail_line(&r->in, TR_E_CASE_WORD,
                         "agreement \"PATH\", or agreement \"\"\" and the text on the next lines",
                         "an agreement is a path in quotes or a block");
    r->now.path = path ? say->token[1].text : TR_STR("");
    r->now.agreement = say->block;
    r->now.agreement_line = say->line;
    return true;
}

static bool take_statement(reading *r, statement *say)
{
    if (!r->open)
        return fail_line(&r->in, TR_E_CASE_BEFORE, "Begin with: case \"what is shown\".",
                         "a statement stands before the first case");
    if (!kind_of(&r->in, say))
        return false;
    bool wants = say->kind == SAY_BATCH || say->kind == SAY_WRITES;
    if (wants != (say->block.at != NULL))
        return fail_line(&r->in, TR_E_CASE_WORD, "A block follows batch and writes, nothing else.",
                         wants ? "a block of \"\"\" is missing"
                               : "no block of \"\"\" belongs here");
    take_label(say);
    if (!resolve(&r->in, &r->list, say))
        return false;
    if (counted(say->kind))
        say->number = ++r->number;
    *TR_PUSH(r->in.keep, &r->list) = *say;
    return true;
}

static bool take_line(reading *r, tr_str line)
{
    tokens list = {0};
    bool   block;
    if (!cut_words(&r->in, line, &list, &block))
        return false;
    if (list.len == 0)
        return !block || fail_line(&r->in, TR_E_CASE_QUOTE, "Say before it what the block is.",
                                   "a block of \"\"\" stands alone");
    statement say = {.token = list.at, .tokens = (int32_t)list.len, .line = r->in.line};
    say.raw = tr_str_trim(line);
    lines first = r->in;
    if (block && !read_block(&r->in, &say.block))
        return false;
    int32_t last = r->in.line;
    r->in.line = first.line; /* faults are told of the line that begins the statement */
    bool done = tr_str_is(list.at[0].text, "case")        ? take_case(r, &say)
                : tr_str_is(list.at[0].text, "agreement") ? take_agreement(r, &say)
                                                          : take_statement(r, &say);
    r->in.line = last;
    return done;
}

bool script_read(tr_arena *keep, tr_str text, script_cases *cases, tr_err *err)
{
    reading   r = {.in = {keep, text, 0, err}, .cases = cases};
    tr_str    line;
    ptrdiff_t bad;
    *cases = (script_cases){0};
    if (!tr_utf8_ok(text, &bad))
        return fail_line(&r.in, TR_E_UTF8, "Save the script as UTF-8.", "the script is not UTF-8");
    while (next_line(&r.in, &line))
        if (!take_line(&r, line))
            return false;
    if (!close_case(&r))
        return false;
    return cases->len > 0 ||
           fail_line(&r.in, TR_E_CASE_EMPTY, "Begin with: case \"what is shown\".",
                     "there is no case in the script");
}

/* ---- parties exchanged ---- */

static bool word_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static tr_str other(tr_str word, tr_str a, tr_str b)
{
    return tr_str_eq(word, a) ? b : tr_str_eq(word, b) ? a : word;
}

tr_str script_swap_text(tr_arena *keep, tr_str text, tr_str a, tr_str b)
{
    tr_out out = tr_out_new(keep);
    char   within = '\0'; /* '"' in a quoted text, '#' in a comment */
    for (ptrdiff_t i = 0; i < text.len;) {
        ptrdiff_t begin = i;
        while (i < text.len && word_char(text.at[i]))
            i++;
        tr_str word = tr_str_cut(text, begin, i);
        tr_put_str(&out, within ? word : other(word, a, b));
        if (i == text.len)
            break;
        char c = text.at[i++];
        if (within == '\0' && (c == '"' || c == '#'))
            within = c;
        else if ((within == '"' && c == '"') || (within == '#' && c == '\n'))
            within = '\0';
        tr_put_char(&out, c);
    }
    return tr_out_text(&out);
}

void script_swap(tr_arena *keep, script_case *script, tr_str a, tr_str b)
{
    statement *copy = TR_NEW(keep, statement, script->statements + 1);
    for (int32_t i = 0; i < script->statements; i++) {
        const statement *say = &script->at[i];
        token           *to = TR_NEW(keep, token, say->tokens + 1);
        for (int32_t k = 0; k < say->tokens; k++) {
            to[k] = say->token[k];
            if (!to[k].quoted)
                to[k].text = script_swap_text(keep, to[k].text, a, b); /* also within output.A */
        }
        copy[i] = *say;
        copy[i].token = to;
    }
    script->at = copy;
}
