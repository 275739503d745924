/* compass.c -- the 16 points of the compass, as words and as bearings. */
#include "geo/geo.h"

static const char *const words[16] = {"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
                                      "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"};
static const char *const names[16] = {
    "north", "north-north-east", "north-east", "east-north-east",
    "east",  "east-south-east",  "south-east", "south-south-east",
    "south", "south-south-west", "south-west", "west-south-west",
    "west",  "west-north-west",  "north-west", "north-north-west"};

int tr_compass_of_mdeg(int64_t az_mdeg)
{
    int64_t turn = az_mdeg % 360000;
    if (turn < 0)
        turn += 360000;
    return (int)((2 * turn + 22500) / 45000 % 16);
}

const char *tr_compass_word(int index)
{
    return words[index & 15];
}

const char *tr_compass_name(int index)
{
    return names[index & 15];
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Bytes of `word` at the front of the text, letter case aside, when no letter follows; else 0. */
static ptrdiff_t word_at(const char *at, ptrdiff_t len, const char *word)
{
    ptrdiff_t n = (ptrdiff_t)strlen(word);
    if (n > len)
        return 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (lower(at[i]) != lower(word[i]))
            return 0;
    return n < len && lower(at[n]) >= 'a' && lower(at[n]) <= 'z' ? 0 : n;
}

/* The longest point of the compass at the front of the text; its bytes, or 0. */
static ptrdiff_t point_at(const char *at, ptrdiff_t len, int *point)
{
    ptrdiff_t best = 0;
    for (int i = 0; i < 16; i++) {
        ptrdiff_t word = word_at(at, len, words[i]), name = word_at(at, len, names[i]);
        ptrdiff_t n = word > name ? word : name;
        if (n > best)
            best = n, *point = i;
    }
    return best;
}

static ptrdiff_t blanks_at(const char *at, ptrdiff_t len)
{
    ptrdiff_t n = 0;
    while (n < len && at[n] == ' ')
        n++;
    return n;
}

/* "," or "-" or "and" or ", and", with blanks around; its bytes, or 0. */
static ptrdiff_t joint_at(const char *at, ptrdiff_t len)
{
    ptrdiff_t n = blanks_at(at, len), start = n;
    if (n < len && (at[n] == ',' || at[n] == '-'))
        n++;
    bool      sign = n > start;
    ptrdiff_t gap = n + blanks_at(at + n, len - n), word = word_at(at + gap, len - gap, "and");
    if (!sign && (word == 0 || start == 0))
        return 0;
    n = gap + word;
    return n + blanks_at(at + n, len - n);
}

/* The points of `set` as one arc clockwise from `first` over `count` points. */
static bool arc_of(uint32_t set, int *first, int *count)
{
    int begins = 0;
    *count = 0;
    for (int i = 0; i < 16; i++) {
        bool here = set >> i & 1, before = set >> ((i + 15) & 15) & 1;
        *count += here;
        if (here && !before)
            begins++, *first = i;
    }
    return begins == 1 || *count == 16;
}

bool tr_compass_read(const char *at, ptrdiff_t len, int32_t *az_begin_cdeg, int32_t *az_end_cdeg)
{
    uint32_t set = 0;
    while (true) {
        int       point = 0, first = 0, count = 0;
        ptrdiff_t n = point_at(at, len, &point);
        if (n == 0)
            return false;
        set |= 1u << point;
        at += n, len -= n;
        if (len > 0) {
            n = joint_at(at, len);
            if (n == 0)
                return false;
            at += n, len -= n;
            continue;
        }
        if (!arc_of(set, &first, &count))
            return false;
        *az_begin_cdeg = (first * 2250 + 36000 - 1125) % 36000;
        *az_end_cdeg = ((first + count - 1) * 2250 + 1125) % 36000;
        return true;
    }
}
