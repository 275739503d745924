/* policy.c -- reading a policy file; see policy.h. */
#include "record/policy.h"

static bool policy_fail(tr_err *err, int line, const char *fact)
{
    if (err->code == 0)
        err->line = line;
    return tr_fail(err, TR_E_POLICY,
                   "A policy has lines `log <vkey> [url]` and one line `quorum none`.", "%s", fact);
}

/* The next word of a line; blanks and tabs separate. */
static tr_str take_word(tr_str *line)
{
    ptrdiff_t at = 0;
    *line = tr_str_trim(*line);
    while (at < line->len && line->at[at] != ' ' && line->at[at] != '\t')
        at++;
    tr_str word = tr_str_cut(*line, 0, at);
    *line = tr_str_trim(tr_str_from(*line, at));
    return word;
}

static bool octets_ok(tr_str bytes)
{
    for (ptrdiff_t i = 0; i < bytes.len; i++) {
        uint8_t c = (uint8_t)bytes.at[i];
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
            return false;
    }
    return true;
}

static bool log_line(tr_str rest, int line, tr_policy *policy, tr_err *err)
{
    tr_vkey vkey;
    tr_str  key = take_word(&rest);
    take_word(&rest); /* the URL, if there is one */
    if (rest.len > 0)
        return policy_fail(err, line, "a log line has more than a key and a URL");
    if (policy->logs == TR_POLICY_LOGS)
        return policy_fail(err, line, "more than 32 logs");
    if (!tr_vkey_read(key, &vkey, err))
        return false;
    if (vkey.type != TR_KEY_ED25519 || !tr_pubkey_ok(&vkey.pub))
        return policy_fail(err, line, "a log key is not a canonical Ed25519 key of type 01");
    for (int i = 0; i < policy->logs; i++)
        if (memcmp(policy->log[i].pub.at, vkey.pub.at, 32) == 0)
            return policy_fail(err, line, "the same public key stands twice");
    policy->log[policy->logs++] = vkey;
    return true;
}

bool tr_policy_read(tr_str bytes, tr_policy *policy, tr_err *err)
{
    tr_policy got = {0};
    int       line = 0, quorums = 0;
    if (!octets_ok(bytes))
        return policy_fail(err, 0, "a control character stands in the policy");
    for (tr_str rest; tr_str_next(&bytes, '\n', &rest);) {
        line++;
        tr_str word = take_word(&rest);
        if (word.len == 0 || word.at[0] == '#')
            continue;
        if (tr_str_is(word, "witness") || tr_str_is(word, "group") ||
            (tr_str_is(word, "quorum") && !tr_str_is(rest, "none"))) {
            err->line = err->code == 0 ? line : err->line;
            return tr_fail(
                err, TR_E_POLICY_WITNESSES,
                "This version follows `quorum none` only: heads signed by the log, shown "
                "as not witnessed.",
                "the policy asks for witnesses: %.*s", TR_FMT(word));
        }
        if (tr_str_is(word, "quorum"))
            quorums++;
        else if (!tr_str_is(word, "log"))
            return policy_fail(err, line, "a line begins with a word that policies do not have");
        else if (!log_line(rest, line, &got, err))
            return false;
    }
    if (quorums != 1 || got.logs == 0)
        return policy_fail(err, 0, "a policy has at least one log and exactly one quorum line");
    *policy = got;
    return true;
}
