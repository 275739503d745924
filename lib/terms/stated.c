/* stated.c -- terms that are stated and not verified.
 *
 *     5.9 open "ownership of the plant" decided by A, B
 *     5.4 sealed "schedule of measures" sha256 "..." to JMC, A, verdict to JMC
 *
 * An open term names who decides it; a sealed one stands by the hash of its text, which is public,
 * while the text is for the named audiences.  Neither has a verdict.
 */
#include "terms/front.h"

static const char how_open[] = "Write: 5.9 open \"ownership of the plant\" decided by A, B";
static const char how_sealed[] =
    "Write: 5.4 sealed \"title\" sha256 \"64 hex digits\" to JMC, A, verdict to JMC";

/* A, B: ends before a comma and the word `stop`. */
static bool read_audience(front *f, uint64_t *bits, const char *stop)
{
    do {
        tr_str       name;
        tr_text_span span;
        if (!need_name(f, &name, &span, "an actor", "Name a party, guarantor, witness or body."))
            return false;
        int32_t actor = front_use(f, SYM_ACTOR, name, span);
        if (actor >= 0 && *bits >> actor & 1)
            front_report(f, (report){TR_E_REPEATED, span, NULL, "Name each actor once.", false},
                         "the actor \"%s\" stands twice in one list", front_quote(name).z);
        if (actor >= 0)
            *bits |= UINT64_C(1) << actor;
    } while (is_sign(f, ",") && !tr_str_is(front_peek(f).text, stop) && take_sign(f, ","));
    return !f->panic;
}

static void check_hash(front *f, const tr_stated *s, tr_text_span span)
{
    uint8_t hash[32];
    if (!tr_hex_read(s->sha256, hash, 32))
        front_report(f,
                     (report){TR_E_SEALED_HASH, span, NULL,
                              "Write the 64 hex digits, lower case, that sha256sum prints.", false},
                     "\"%s\" is not a SHA-256", front_quote(s->sha256).z);
}

static bool read_sealed(front *f, tr_stated *s)
{
    if (!need_word(f, "sha256", how_sealed))
        return false;
    tr_text_span span = f->tok.span;
    if (!need_string(f, &s->sha256, "the SHA-256 of the text in quotes", how_sealed))
        return false;
    check_hash(f, s, span);
    if (!need_word(f, "to", how_sealed) || !read_audience(f, &s->to, "verdict"))
        return false;
    take_sign(f, ",");
    if (!need_word(f, "verdict", how_sealed) || !need_word(f, "to", how_sealed))
        return false;
    s->verdict_public = take_word(f, "public");
    return s->verdict_public || read_audience(f, &s->verdict_to, "cites");
}

void parse_stated(front *f)
{
    tr_clause *clause = clause_now(f);
    tr_stated *s = &clause->u.stated;
    bool       open = is_word(f, "open");
    clause->kind = TR_CLAUSE_STATED;
    *s = (tr_stated){.kind = open ? TR_STATED_OPEN : TR_STATED_SEALED};
    front_step(f);
    if (!need_string(f, &s->title, open ? "what is open, in quotes" : "the title in quotes",
                     open ? how_open : how_sealed))
        return;
    if (open ? !need_word(f, "decided", how_open) || !need_word(f, "by", how_open) ||
                   !read_audience(f, &s->decided_by, "cites")
             : !read_sealed(f, s))
        return;
    while (!f->panic && !at_end(f)) {
        take_sign(f, ",");
        if (!need_word(f, "cites", "Write: cites \"Package of Measures\" 1") || !clause_cites(f))
            return;
    }
}
