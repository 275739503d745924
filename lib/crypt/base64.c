/* base64.c -- RFC 4648 section 4, padded, one text for each sequence of bytes. */
#include "crypt/crypt.h"

void tr_put_base64(tr_out *out, const uint8_t *at, ptrdiff_t len)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (ptrdiff_t i = 0; i < len; i += 3) {
        ptrdiff_t have = len - i < 3 ? len - i : 3;
        uint32_t  word = (uint32_t)at[i] << 16;
        word |= have > 1 ? (uint32_t)at[i + 1] << 8 : 0;
        word |= have > 2 ? (uint32_t)at[i + 2] : 0;
        char four[4] = {digit[word >> 18], digit[word >> 12 & 63],
                        have > 1 ? digit[word >> 6 & 63] : '=', have > 2 ? digit[word & 63] : '='};
        tr_put_bytes(out, four, sizeof four);
    }
}

static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four characters, the last `pads` of them '='; three bytes less `pads` come out. */
static bool read_four(const char *four, int pads, uint8_t bytes[3])
{
    uint32_t word = 0;
    for (int i = 0; i < 4; i++) {
        int value = i < 4 - pads ? value_of(four[i]) : 0;
        if (value < 0)
            return false;
        word = word << 6 | (uint32_t)value;
    }
    if ((word & ((1u << (8 * pads)) - 1)) != 0)
        return false; /* trailing bits that no byte uses */
    for (int i = 0; i < 3; i++)
        bytes[i] = (uint8_t)(word >> (16 - 8 * i));
    return true;
}

static int pads_of(tr_str text)
{
    if (text.len == 0 || text.at[text.len - 1] != '=')
        return 0;
    return text.at[text.len - 2] == '=' ? 2 : 1;
}

bool tr_base64_read(tr_str text, uint8_t *at, ptrdiff_t room, ptrdiff_t *len)
{
    if (text.len % 4 != 0)
        return false;
    int       pads = pads_of(text);
    ptrdiff_t need = text.len / 4 * 3 - pads;
    if (need > room)
        return false;
    for (ptrdiff_t i = 0, done = 0; i < text.len; i += 4) {
        uint8_t   bytes[3];
        ptrdiff_t take = need - done < 3 ? need - done : 3;
        if (!read_four(text.at + i, i + 4 == text.len ? pads : 0, bytes))
            return false;
        memcpy(at + done, bytes, (size_t)take);
        done += take;
    }
    *len = need;
    return true;
}
