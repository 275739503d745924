/* chain.c -- chains of sources: which are independent, which are not named. */
#include "base/text.h"
#include "terms/plan.h"

static char low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool tr_link_same(tr_str a, tr_str b)
{
    if (a.len != b.len)
        return false;
    for (ptrdiff_t i = 0; i < a.len; i++)
        if (low(a.at[i]) != low(b.at[i]))
            return false;
    return true;
}

bool tr_link_anonymous(tr_str link)
{
    static const char *const marks[] = {"(unnamed)", "(anonymous)"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        ptrdiff_t from = link.len - (ptrdiff_t)strlen(marks[i]);
        if (from >= 0 && tr_link_same(tr_str_from(link, from), tr_str_of(marks[i])))
            return true;
    }
    return false;
}

static tr_str root_of(const tr_beside *beside, const tr_chain *chain)
{
    return beside->link[chain->link + chain->links - 1];
}

/* Does another chain go on beyond this root? */
static bool passed(const tr_beside *beside, tr_chains chains, tr_str root)
{
    for (int32_t c = chains.at; c < chains.at + chains.count; c++) {
        const tr_chain *chain = &beside->chain[c];
        for (int32_t i = chain->link; i < chain->link + chain->links - 1; i++)
            if (tr_link_same(beside->link[i], root))
                return true;
    }
    return false;
}

int32_t tr_chains_roots(const tr_beside *beside, tr_chains chains, int32_t *anonymous)
{
    int32_t roots = 0, unnamed = 0;
    for (int32_t c = chains.at; c < chains.at + chains.count; c++) {
        tr_str root = root_of(beside, &beside->chain[c]);
        bool   known = passed(beside, chains, root);
        for (int32_t i = chains.at; i < c && !known; i++)
            known = tr_link_same(root, root_of(beside, &beside->chain[i]));
        roots += !known;
        unnamed += !known && tr_link_anonymous(root);
    }
    if (anonymous)
        *anonymous = unnamed;
    return roots;
}
