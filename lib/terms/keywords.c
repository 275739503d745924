/* keywords.c -- the words of the language in other languages, from keywords.def.
 *
 * A form of several words matches with any blanks between them on one line.  Forms are tried at a
 * place of the text one after the other; the longest wins, so that "вибух у повітрі" is not
 * "вибух" and a rest.
 */
#include "terms/front.h"

static const char *const names[KEYWORD_LANGS] = {"en", "uk", "ru", "fr"};

#define KEYWORD(english, uk, ru, fr) {english, uk, ru, fr},
static const char *const rows[][KEYWORD_LANGS] = {
#include "terms/keywords.def"
};
#undef KEYWORD
enum { ROWS = sizeof rows / sizeof rows[0] };

int32_t keyword_lang(tr_str name)
{
    for (int32_t i = 0; i < KEYWORD_LANGS; i++)
        if (tr_str_is(name, names[i]))
            return i;
    return -1;
}

static bool word_goes_on(tr_str text, int32_t i)
{
    for (; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c != '-' && c != '.')
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   c == '_' ||
                   (c >= 0x80 && !tr_str_starts(tr_str_from(text, i), "\xC2\xA0") &&
                    !tr_str_starts(tr_str_from(text, i), "\xC2\xA7") &&
                    !tr_str_starts(tr_str_from(text, i), "\xE2\x89"));
        if (i + 1 < text.len && (text.at[i + 1] == '-' || text.at[i + 1] == '.'))
            return false;
    }
    return false;
}

/* Where the form [form, stop) ends in the text at `at`, or -1. */
static int32_t match(const char *form, const char *stop, tr_str text, int32_t at)
{
    for (; form < stop; form++) {
        if (*form != ' ') {
            if (at >= text.len || text.at[at] != *form)
                return -1;
            at++;
            continue;
        }
        int32_t begin = at;
        while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t'))
            at++;
        if (at == begin)
            return -1;
    }
    return word_goes_on(text, at) ? -1 : at;
}

static const char *form_end(const char *form)
{
    const char *bar = strchr(form, '|');
    return bar ? bar : form + strlen(form);
}

bool keyword_at(int32_t lang, tr_str text, int32_t at, tr_str *english, int32_t *end)
{
    *end = -1;
    for (size_t r = 0; r < ROWS; r++)
        for (const char *form = rows[r][lang]; *form;) {
            const char *stop = form_end(form);
            int32_t     to = match(form, stop, text, at);
            if (to > *end) {
                *end = to;
                *english = tr_str_of(rows[r][0]);
            }
            form = *stop ? stop + 1 : stop;
        }
    return *end > at;
}

bool keyword_form(int32_t lang, tr_str english, tr_str *form)
{
    for (size_t r = 0; r < ROWS; r++)
        if (tr_str_is(english, rows[r][0])) {
            const char *first = rows[r][lang];
            *form = (tr_str){first, form_end(first) - first};
            return true;
        }
    return false;
}

tr_str keyword_nearest(int32_t lang, tr_str word)
{
    tr_str best = {0};
    int    distance = word.len <= 8 ? 3 : 5; /* in bytes: a letter has two */
    for (size_t r = 0; r < ROWS; r++)
        for (const char *form = rows[r][lang]; *form;) {
            const char *stop = form_end(form);
            tr_str      one = {form, stop - form};
            int         d = tr_str_distance(word, one);
            if (d < distance && d < (int)one.len / 2) {
                best = one;
                distance = d;
            }
            form = *stop ? stop + 1 : stop;
        }
    return best;
}
