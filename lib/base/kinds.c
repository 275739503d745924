/* kinds.c -- the closed lists of what is observed, by whom and how. */
#include "base/kinds.h"

#include "base/text.h"

static const struct {
    const char *name;
    tr_kind     parent;
    int         flags;
    const char *label;
} kinds[TR_KINDS] = {
#define TR_KIND(id, name, parent, flags, label) {name, TR_KIND_##parent##_, flags, label},
#include "base/kinds.def"
#undef TR_KIND
};

#define TR_WORD(word) #word,
static const char *const platforms[] = {TR_PLATFORMS(TR_WORD)};
static const char *const means_words[] = {TR_MEANS(TR_WORD)};
#undef TR_WORD

bool tr_kind_read(tr_str name, tr_kind *kind)
{
    for (int i = 0; i < TR_KINDS; i++)
        if (tr_str_is(name, kinds[i].name))
            return *kind = (tr_kind)i, true;
    return false;
}

const char *tr_kind_name(tr_kind kind)
{
    return kinds[kind].name;
}

const char *tr_kind_label(tr_kind kind)
{
    return kinds[kind].label;
}

int tr_kind_flags(tr_kind kind)
{
    return kinds[kind].flags;
}

tr_kind tr_kind_parent(tr_kind kind)
{
    return kinds[kind].parent;
}

uint64_t tr_kind_class(tr_kind kind)
{
    uint64_t set = 0;
    for (int i = 0; i < TR_KINDS; i++)
        for (tr_kind up = (tr_kind)i;; up = kinds[up].parent) {
            if (up == kind)
                set |= UINT64_C(1) << i;
            if (kinds[up].parent == up)
                break;
        }
    return set;
}

static bool word_read(tr_str name, const char *const *words, int count, int *at)
{
    for (int i = 0; i < count; i++)
        if (tr_str_is(name, words[i]))
            return *at = i, true;
    return false;
}

bool tr_platform_read(tr_str name, tr_platform *platform)
{
    int at;
    return word_read(name, platforms, TR_PLATFORM_COUNT, &at) &&
           (*platform = (tr_platform)at, true);
}

const char *tr_platform_name(tr_platform platform)
{
    return platforms[platform];
}

bool tr_means_read(tr_str name, tr_means *means)
{
    int at;
    return word_read(name, means_words, TR_MEANS_COUNT, &at) && (*means = (tr_means)at, true);
}

const char *tr_means_name(tr_means means)
{
    return means_words[means];
}
