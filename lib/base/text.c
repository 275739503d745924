/* text.c -- comparing, cutting, reading and writing text. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

tr_str tr_str_of(const char *z)
{
    return (tr_str){z, z ? (ptrdiff_t)strlen(z) : 0};
}

bool tr_str_eq(tr_str a, tr_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, (size_t)a.len) == 0);
}

bool tr_str_is(tr_str a, const char *z)
{
    return tr_str_eq(a, tr_str_of(z));
}

int tr_str_cmp(tr_str a, tr_str b)
{
    ptrdiff_t both = a.len < b.len ? a.len : b.len;
    int       order = both > 0 ? memcmp(a.at, b.at, (size_t)both) : 0;
    if (order == 0)
        order = (a.len > b.len) - (a.len < b.len);
    return (order > 0) - (order < 0);
}

bool tr_str_starts(tr_str a, const char *prefix)
{
    ptrdiff_t len = (ptrdiff_t)strlen(prefix);
    return a.len >= len && memcmp(a.at, prefix, (size_t)len) == 0;
}

tr_str tr_str_cut(tr_str a, ptrdiff_t begin, ptrdiff_t end)
{
    begin = begin < 0 ? 0 : begin > a.len ? a.len : begin;
    end = end < begin ? begin : end > a.len ? a.len : end;
    return (tr_str){a.at + begin, end - begin};
}

tr_str tr_str_from(tr_str a, ptrdiff_t begin)
{
    return tr_str_cut(a, begin, a.len);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

tr_str tr_str_trim(tr_str a)
{
    while (a.len > 0 && blank(a.at[0]))
        a.at++, a.len--;
    while (a.len > 0 && blank(a.at[a.len - 1]))
        a.len--;
    return a;
}

ptrdiff_t tr_str_find(tr_str a, char c)
{
    const char *hit = a.len > 0 ? memchr(a.at, c, (size_t)a.len) : NULL;
    return hit ? hit - a.at : -1;
}

tr_str tr_str_keep(tr_arena *keep, tr_str a)
{
    char *copy = TR_NEW(keep, char, a.len);
    if (a.len > 0)
        memcpy(copy, a.at, (size_t)a.len);
    return (tr_str){copy, a.len};
}

char *tr_str_z(tr_arena *keep, tr_str a)
{
    char *copy = TR_NEW(keep, char, a.len + 1);
    if (a.len > 0)
        memcpy(copy, a.at, (size_t)a.len);
    return copy;
}

bool tr_str_next(tr_str *rest, char sep, tr_str *piece)
{
    if (rest->at == NULL || rest->len < 0)
        return false;
    ptrdiff_t at = tr_str_find(*rest, sep);
    if (at < 0) {
        *piece = *rest;
        *rest = (tr_str){rest->at, -1}; /* spent */
        return true;
    }
    *piece = tr_str_cut(*rest, 0, at);
    *rest = tr_str_from(*rest, at + 1);
    return true;
}

static int utf8_len(const uint8_t *p, ptrdiff_t room)
{
    if (p[0] < 0x80)
        return 1;
    int      len = p[0] >= 0xf0 && p[0] <= 0xf4  ? 4
                   : p[0] >= 0xe0 && p[0] < 0xf0 ? 3
                   : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
                                                 : 0;
    uint32_t code = len == 4 ? p[0] & 7u : len == 3 ? p[0] & 15u : p[0] & 31u;
    if (len == 0 || room < len)
        return 0;
    for (int i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (p[i] & 63u);
    }
    if ((len == 3 && code < 0x800) || (len == 4 && code < 0x10000) || code > 0x10ffff ||
        (code >= 0xd800 && code < 0xe000))
        return 0;
    return len;
}

bool tr_utf8_ok(tr_str a, ptrdiff_t *bad)
{
    const uint8_t *p = (const uint8_t *)a.at;
    for (ptrdiff_t i = 0; i < a.len;) {
        int len = utf8_len(p + i, a.len - i);
        if (len == 0) {
            if (bad)
                *bad = i;
            return false;
        }
        i += len;
    }
    return true;
}

bool tr_int_read_zeros(tr_str a, int64_t *value)
{
    bool   negative = a.len > 0 && a.at[0] == '-';
    tr_str digits = tr_str_from(a, negative);
    if (digits.len == 0 || digits.len > 19)
        return false;
    uint64_t sum = 0;
    for (ptrdiff_t i = 0; i < digits.len; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9')
            return false;
        sum = sum * 10 + (uint64_t)(digits.at[i] - '0');
    }
    if (sum > (uint64_t)INT64_MAX)
        return false;
    *value = negative ? -(int64_t)sum : (int64_t)sum;
    return true;
}

bool tr_int_read(tr_str a, int64_t *value)
{
    tr_str digits = tr_str_from(a, a.len > 0 && a.at[0] == '-');
    if ((digits.len > 1 && digits.at[0] == '0') || tr_str_is(a, "-0"))
        return false;
    return tr_int_read_zeros(a, value);
}

bool tr_fixed_read(tr_str a, int places, int64_t *value)
{
    bool      negative = a.len > 0 && a.at[0] == '-';
    tr_str    digits = tr_str_from(a, negative);
    ptrdiff_t point = tr_str_find(digits, '.');
    tr_str    whole = point < 0 ? digits : tr_str_cut(digits, 0, point);
    tr_str    part = point < 0 ? TR_STR("") : tr_str_from(digits, point + 1);
    if (whole.len == 0 || whole.len > 18 || part.len > places || (point >= 0 && part.len == 0))
        return false;

    int64_t sum = 0;
    for (ptrdiff_t i = 0; i < whole.len + places; i++) {
        char c = i < whole.len              ? whole.at[i]
                 : i - whole.len < part.len ? part.at[i - whole.len]
                                            : '0';
        if (c < '0' || c > '9' || sum > (INT64_MAX - (c - '0')) / 10)
            return false;
        sum = sum * 10 + (c - '0');
    }
    *value = negative ? -sum : sum;
    return true;
}

int tr_str_distance(tr_str a, tr_str b)
{
    enum { LONGEST = 63 };
    if (a.len > LONGEST || b.len > LONGEST)
        return (int)(a.len > b.len ? a.len : b.len);
    int row[3][LONGEST + 1]; /* rows i-2, i-1, i of the usual table */
    for (int j = 0; j <= b.len; j++)
        row[1][j] = j, row[0][j] = 0;
    for (int i = 1; i <= a.len; i++) {
        row[2][0] = i;
        for (int j = 1; j <= b.len; j++) {
            int best = row[1][j - 1] + (a.at[i - 1] != b.at[j - 1]);
            if (row[1][j] + 1 < best)
                best = row[1][j] + 1;
            if (row[2][j - 1] + 1 < best)
                best = row[2][j - 1] + 1;
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                row[0][j - 2] + 1 < best)
                best = row[0][j - 2] + 1;
            row[2][j] = best;
        }
        memcpy(row[0], row[1], sizeof row[0]);
        memcpy(row[1], row[2], sizeof row[1]);
    }
    return row[1][b.len];
}

tr_out tr_out_new(tr_arena *arena)
{
    return (tr_out){.arena = arena};
}

void tr_put_bytes(tr_out *out, const void *at, ptrdiff_t len)
{
    if (len <= 0)
        return;
    TR_RESERVE(out->arena, &out->buf, len + 1);
    memcpy(out->buf.at + out->buf.len, at, (size_t)len);
    out->buf.len += len;
}

void tr_put_str(tr_out *out, tr_str a)
{
    tr_put_bytes(out, a.at, a.len);
}

void tr_put_char(tr_out *out, char c)
{
    *TR_PUSH(out->arena, &out->buf) = c;
}

void tr_put(tr_out *out, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(need >= 0);
    TR_RESERVE(out->arena, &out->buf, need + 1);
    vsnprintf(out->buf.at + out->buf.len, (size_t)need + 1, format, again);
    va_end(again);
    out->buf.len += need;
}

tr_str tr_out_text(const tr_out *out)
{
    return (tr_str){out->buf.at ? out->buf.at : "", out->buf.len};
}

char *tr_out_z(tr_out *out)
{
    TR_RESERVE(out->arena, &out->buf, 1);
    out->buf.at[out->buf.len] = '\0';
    return out->buf.at;
}

void tr_put_hex(tr_out *out, const uint8_t *at, ptrdiff_t len)
{
    static const char digit[] = "0123456789abcdef";
    TR_RESERVE(out->arena, &out->buf, 2 * len + 1);
    for (ptrdiff_t i = 0; i < len; i++) {
        out->buf.at[out->buf.len++] = digit[at[i] >> 4];
        out->buf.at[out->buf.len++] = digit[at[i] & 15];
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool tr_hex_read(tr_str hex, uint8_t *at, ptrdiff_t len)
{
    if (hex.len != 2 * len)
        return false;
    for (ptrdiff_t i = 0; i < hex.len; i++)
        if (hex_digit(hex.at[i]) < 0)
            return false;
    for (ptrdiff_t i = 0; i < len; i++)
        at[i] = (uint8_t)(hex_digit(hex.at[2 * i]) << 4 | hex_digit(hex.at[2 * i + 1]));
    return true;
}

void tr_put_err(tr_out *out, tr_str place, const tr_err *err)
{
    if (place.len > 0)
        tr_put(out, "%.*s:", TR_FMT(place));
    if (err->line > 0)
        tr_put(out, "%d:", err->line);
    if (err->column > 0)
        tr_put(out, "%d:", err->column);
    tr_put(out, "%serror TR%04d: %s\n", place.len > 0 || err->line > 0 ? " " : "", err->code,
           err->text);
    if (err->hint[0] != '\0')
        tr_put(out, "hint: %s\n", err->hint);
}
