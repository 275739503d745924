/* words.c -- what people write: how many, how far, by whom, of which kind.
 *
 * Counts, the table of docs/INTAKE.md:
 *     N                         min N, best N, max N
 *     at least N                N, N, unbounded
 *     about N                   max(1, N-r), N, N+r
 *     N to M                    N, floor((N+M)/2), M
 *     several, many, no number  1, 1, unbounded
 * r = max(1, floor(u/2)), u the largest of 1, 5, 10, 50, 100, 500, 1000 that divides N and is at
 * most N/2 (1 if none): the step to which N was rounded.
 */
#include "intake/reader.h"

/* Lower case, single blanks, the ends trimmed; with `joined` '-' and '_' become blanks. */
static tr_str squeeze(tr_str words, bool joined, char plain[TR_WORDS])
{
    ptrdiff_t len = 0;
    words = tr_str_trim(words);
    for (ptrdiff_t i = 0; i < words.len; i++) {
        char c = words.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((joined && (c == '-' || c == '_')) || c == '\t' || c == '\n' || c == '\r')
            c = ' ';
        if (c == ' ' && (len == 0 || plain[len - 1] == ' '))
            continue;
        if (len == TR_WORDS)
            return (tr_str){plain, 0};
        plain[len++] = c;
    }
    return tr_str_trim((tr_str){plain, len});
}

tr_str tr_words_plain(tr_str words, char plain[TR_WORDS])
{
    return squeeze(words, true, plain);
}

bool tr_not_known(tr_str words)
{
    static const char *const said[] = {"n/k", "nk", "not known", "unknown", "n/a"};
    char   room[TR_WORDS];
    tr_str plain = tr_words_plain(words, room);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (tr_str_is(plain, said[i]))
            return true;
    return tr_str_trim(words).len == 0;
}

/* ---- how many ---- */

tr_words_count tr_count_exactly(int64_t n)
{
    return (tr_words_count){n, n, n};
}

tr_words_count tr_count_at_least(int64_t n)
{
    return (tr_words_count){n, n, -1};
}

tr_words_count tr_count_about(int64_t n)
{
    static const int16_t step[] = {1, 5, 10, 50, 100, 500, 1000};
    int64_t u = 1;
    for (size_t i = 0; i < sizeof step / sizeof step[0]; i++)
        if (n % step[i] == 0 && 2 * step[i] <= n)
            u = step[i];
    int64_t r = u / 2 > 1 ? u / 2 : 1;
    return (tr_words_count){n - r > 1 ? n - r : 1, n, n + r};
}

/* "41274", "41,274" or a word up to twelve; 1 .. TR_INTAKE_COUNT_MAX. */
static bool read_number(tr_str text, int64_t *n)
{
    static const char *const words[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    for (int i = 0; i < 12; i++) {
        if (tr_str_is(text, words[i])) {
            *n = i + 1;
            return true;
        }
    }
    char      digits[16];
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        ptrdiff_t right = text.len - i; /* so many characters from here to the end */
        if (text.at[i] == ',' && i > 0 && right % 4 == 0)
            continue;
        if (len == (ptrdiff_t)sizeof digits)
            return false;
        digits[len++] = text.at[i];
    }
    bool grouped = tr_str_find(text, ',') >= 0;
    if (grouped && (len + (len - 1) / 3 != text.len))
        return false;
    return tr_int_read((tr_str){digits, len}, n) && *n >= 1 && *n <= TR_INTAKE_COUNT_MAX;
}

/* Cut "a to b", "a-b" or the same with an en dash in two; the ends trimmed. */
static bool cut_range(tr_str plain, tr_str *low, tr_str *high)
{
    static const char *const joints[] = {" to ", "-", "\xe2\x80\x93"};
    for (ptrdiff_t i = 1; i < plain.len; i++) {
        for (int j = 0; j < 3; j++) {
            if (!tr_str_starts(tr_str_from(plain, i), joints[j]))
                continue;
            *low = tr_str_trim(tr_str_cut(plain, 0, i));
            *high = tr_str_trim(tr_str_from(plain, i + (ptrdiff_t)strlen(joints[j])));
            return true;
        }
    }
    return false;
}

static const struct {
    const char *word;
    char        sense; /* l at least, a about */
} modest[] = {{"at least ", 'l'},   {"about ", 'a'},         {"around ", 'a'},
              {"no fewer than ", 'l'}, {"approximately ", 'a'}, {"some ", 'a'}};

static bool read_modest(tr_str plain, tr_words_count *count)
{
    for (size_t i = 0; i < sizeof modest / sizeof modest[0]; i++) {
        int64_t n;
        if (!tr_str_starts(plain, modest[i].word))
            continue;
        if (!read_number(tr_str_from(plain, (ptrdiff_t)strlen(modest[i].word)), &n))
            return false;
        *count = modest[i].sense == 'l' ? tr_count_at_least(n) : tr_count_about(n);
        return true;
    }
    return false;
}

static bool no_number(tr_str plain)
{
    static const char *const said[] = {"several", "many", "barrage", "a barrage", "no number",
                                       "an unknown number", "an unknown number of",
                                       "unknown number", "an undetermined number",
                                       "an undetermined number of"};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (tr_str_is(plain, said[i]))
            return true;
    return tr_not_known(plain);
}

bool tr_count_words(tr_str words, tr_words_count *count, tr_err *err)
{
    char    room[TR_WORDS];
    tr_str  shown = tr_shown(words, 60);
    tr_str  plain = squeeze(words, false, room);
    tr_str  low, high;
    int64_t n, m;
    if (plain.len == 0 && tr_str_trim(words).len > 0)
        plain = TR_STR("?"); /* too long to be a number */
    if (read_number(plain, &n))
        *count = tr_count_exactly(n);
    else if (no_number(plain))
        *count = (tr_words_count){1, 1, -1};
    else if (cut_range(plain, &low, &high) && read_number(low, &n) && read_number(high, &m) &&
             n <= m)
        *count = (tr_words_count){n, n + (m - n) / 2, m};
    else if (!read_modest(plain, count))
        return tr_fail(err, TR_E_INTAKE_COUNT,
                       tr_str_is(plain, "0")
                           ? "Nothing recorded is not an observation; leave the row out."
                           : "Write 7, about 45, at least 10, 3 to 5, or several.",
                       "\"%.*s\" is not a number of events", TR_FMT(shown));
    return true;
}

/* ---- how far ---- */

/* Kilometres with at most three decimals, as metres, and half a unit of the last digit written. */
static bool read_km(tr_str text, int64_t *metres, int64_t *half)
{
    static const int16_t halves[] = {500, 50, 5, 1};
    ptrdiff_t point = tr_str_find(text, '.');
    ptrdiff_t places = point < 0 ? 0 : text.len - point - 1;
    if (places > 3 || text.len > 8 || tr_str_starts(text, "-") ||
        !tr_fixed_read(text, 3, metres))
        return false;
    *half = halves[places];
    return *metres <= 100000;
}

bool tr_range_words(tr_str words, int32_t *min_m, int32_t *max_m, tr_err *err)
{
    char    room[TR_WORDS];
    tr_str  shown = tr_shown(words, 60);
    tr_str  plain = squeeze(words, false, room);
    tr_str  low = plain, high = plain;
    int64_t near, far, near_half, far_half;
    if (plain.len > 2 && tr_str_is(tr_str_from(plain, plain.len - 2), "km"))
        low = high = plain = tr_str_trim(tr_str_cut(plain, 0, plain.len - 2));
    cut_range(plain, &low, &high);
    if (!read_km(low, &near, &near_half) || !read_km(high, &far, &far_half) || near > far)
        return tr_fail(err, TR_E_INTAKE_PLACE,
                       "Write kilometres with a point: 3, 2-5, 0.6-1; or N/K.",
                       "\"%.*s\" is not a range in km", TR_FMT(shown));
    *min_m = (int32_t)(near > near_half ? near - near_half : 0);
    *max_m = (int32_t)(far + far_half);
    return true;
}

/* ---- of which kind, by whom, how ---- */

typedef struct {
    const char *word;
    int         value;
} tr_word;

static bool word_find(const tr_word *list, size_t words, tr_str plain, int *value)
{
    for (size_t i = 0; i < words; i++) {
        if (tr_str_is(plain, list[i].word)) {
            *value = list[i].value;
            return true;
        }
    }
    return false;
}

static const tr_word kind_words[] = {
    {"explosions", TR_KIND_EXPLOSION_},
    {"impact", TR_KIND_EXPLOSION_IMPACT_},
    {"impacts", TR_KIND_EXPLOSION_IMPACT_},
    {"airburst", TR_KIND_EXPLOSION_AIRBURST_},
    {"airbursts", TR_KIND_EXPLOSION_AIRBURST_},
    {"outgoing", TR_KIND_EXPLOSION_OUTGOING_},
    {"outgoing explosion", TR_KIND_EXPLOSION_OUTGOING_},
    {"outgoing explosions", TR_KIND_EXPLOSION_OUTGOING_},
    {"undetermined", TR_KIND_EXPLOSION_UNDETERMINED_},
    {"undetermined explosion", TR_KIND_EXPLOSION_UNDETERMINED_},
    {"undetermined explosions", TR_KIND_EXPLOSION_UNDETERMINED_},
    {"projectiles", TR_KIND_PROJECTILE_},
    {"projectile in flight", TR_KIND_PROJECTILE_},
    {"projectiles in flight", TR_KIND_PROJECTILE_},
    {"muzzle flash", TR_KIND_MUZZLE_FLASH_},
    {"muzzle flashes", TR_KIND_MUZZLE_FLASH_},
    {"flares", TR_KIND_FLARE_},
    {"illumination flare", TR_KIND_FLARE_},
    {"illumination flares", TR_KIND_FLARE_},
    {"bursts", TR_KIND_BURST_},
    {"shots", TR_KIND_SHOT_},
    {"bursts and shots", TR_KIND_BURST_},
    {"sniper shot", TR_KIND_SNIPER_},
    {"sniper shots", TR_KIND_SNIPER_},
};

bool tr_kind_words(tr_str words, tr_kind *kind, tr_err *err)
{
    char   room[TR_WORDS];
    int    value;
    tr_str shown = tr_shown(words, 60);
    tr_str plain = tr_words_plain(words, room);
    if (tr_kind_read(tr_str_trim(words), kind) || tr_kind_read(plain, kind))
        return true;
    if (word_find(kind_words, sizeof kind_words / sizeof kind_words[0], plain, &value)) {
        *kind = (tr_kind)value;
        return true;
    }
    if (tr_not_known(words)) {
        *kind = TR_KIND_FIRE_;
        return true;
    }
    return tr_fail(err, TR_E_INTAKE_WORD,
                   "Write explosion, impact, airburst, projectile, muzzle flash, illumination "
                   "flare, burst, shot, or a kind with dots such as explosion.impact.",
                   "\"%.*s\" is not a kind of observation", TR_FMT(shown));
}

static const tr_word platform_words[] = {
    {"smm patrol", TR_PLATFORM_patrol},
    {"foot patrol", TR_PLATFORM_patrol},
    {"vehicle patrol", TR_PLATFORM_patrol},
    {"forward patrol base", TR_PLATFORM_patrol},
    {"patrol base", TR_PLATFORM_patrol},
    {"smm camera", TR_PLATFORM_camera},
    {"fixed camera", TR_PLATFORM_camera},
    {"acoustic sensor", TR_PLATFORM_acoustic},
    {"seismic sensor", TR_PLATFORM_seismic},
    {"mini uav", TR_PLATFORM_uav_mini},
    {"smm mini uav", TR_PLATFORM_uav_mini},
    {"mid range uav", TR_PLATFORM_uav_mid},
    {"smm mid range uav", TR_PLATFORM_uav_mid},
    {"long range uav", TR_PLATFORM_uav_long},
    {"smm long range uav", TR_PLATFORM_uav_long},
    {"satellite image", TR_PLATFORM_satellite},
    {"satellite imagery", TR_PLATFORM_satellite},
    {"thermal anomaly", TR_PLATFORM_thermal},
    {"press", TR_PLATFORM_media},
    {"residents", TR_PLATFORM_public},
    {"resident", TR_PLATFORM_public},
};

/* "camera at a place", "camera near a place": up to the preposition. */
static tr_str cut_where(tr_str plain)
{
    static const char *const joints[] = {" at ", " near ", " in "};
    for (ptrdiff_t i = 1; i < plain.len; i++)
        for (int j = 0; j < 3; j++)
            if (tr_str_starts(tr_str_from(plain, i), joints[j]))
                return tr_str_cut(plain, 0, i);
    return plain;
}

bool tr_platform_words(tr_str words, tr_platform *platform, tr_err *err)
{
    char   room[TR_WORDS];
    int    value;
    tr_str shown = tr_shown(words, 60);
    tr_str plain = cut_where(tr_words_plain(words, room));
    if (tr_platform_read(tr_str_trim(words), platform) || tr_platform_read(plain, platform))
        return true;
    if (word_find(platform_words, sizeof platform_words / sizeof platform_words[0], plain,
                  &value)) {
        *platform = (tr_platform)value;
        return true;
    }
    return tr_fail(err, TR_E_INTAKE_WORD,
                   "Write patrol, camera, acoustic, seismic, mini UAV, mid-range UAV, long-range "
                   "UAV, satellite, thermal, track, meter, declaration, party, public, media or "
                   "other.",
                   "\"%.*s\" is not a platform", TR_FMT(shown));
}

bool tr_means_words(tr_str words, tr_means *means, tr_err *err)
{
    static const tr_word said[] = {{"seen", TR_MEANS_saw}, {"reported", TR_MEANS_told}};
    char   room[TR_WORDS];
    int    value;
    tr_str shown = tr_shown(words, 60);
    tr_str plain = tr_words_plain(words, room);
    if (tr_means_read(plain, means))
        return true;
    if (word_find(said, sizeof said / sizeof said[0], plain, &value)) {
        *means = (tr_means)value;
        return true;
    }
    return tr_fail(err, TR_E_INTAKE_WORD,
                   "Write saw, heard, recorded, told or declared: one of them; what was seen and "
                   "heard gives two rows.",
                   "\"%.*s\" is not a way of sensing", TR_FMT(shown));
}

bool tr_yes_words(tr_str words, int *yes, tr_err *err)
{
    static const tr_word said[] = {{"", 0},  {"no", 0},  {"n", 0}, {"0", 0}, {"false", 0},
                                   {"yes", 1}, {"y", 1}, {"1", 1}, {"true", 1}};
    char   room[TR_WORDS];
    tr_str shown = tr_shown(words, 60);
    tr_str plain = tr_words_plain(words, room);
    bool   blank = tr_str_trim(words).len == 0;
    if ((plain.len > 0 || blank) &&
        word_find(said, sizeof said / sizeof said[0], plain, yes))
        return true;
    return tr_fail(err, TR_E_INTAKE_WORD, "Write yes, no, or nothing, which is no.",
                   "\"%.*s\" is neither yes nor no", TR_FMT(shown));
}
