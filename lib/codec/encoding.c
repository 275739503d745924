/* encoding.c -- Windows-1252 to UTF-8.
 *
 * Bytes up to 7f and from a0 are their own code points (Latin-1); 80..9f map
 * by the table of the Unicode Consortium (MAPPINGS/VENDORS/MICSFT/WINDOWS/
 * CP1252.TXT), which leaves five bytes undefined.
 */
#include "base/text.h"
#include "codec/csv.h"

static const uint16_t upper[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static bool fail_byte(tr_str bytes, ptrdiff_t bad, tr_err *err)
{
    int line = 1;
    int column = 1;
    for (ptrdiff_t i = 0; i < bad; i++) {
        column++;
        if (bytes.at[i] == '\n')
            line++, column = 1;
    }
    if (err->code == 0) {
        err->line = line;
        err->column = column;
    }
    return tr_fail(err, TR_E_TEXT_1252, "The file may be in another encoding: save it as UTF-8.",
                   "byte 0x%02x has no character in Windows-1252",
                   (unsigned)(uint8_t)bytes.at[bad]);
}

static ptrdiff_t put_utf8(char *at, unsigned code)
{
    if (code < 0x80) {
        at[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        at[0] = (char)(0xc0 | code >> 6);
        at[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    at[0] = (char)(0xe0 | code >> 12);
    at[1] = (char)(0x80 | (code >> 6 & 63));
    at[2] = (char)(0x80 | (code & 63));
    return 3;
}

bool tr_text_from_1252(tr_arena *keep, tr_str bytes, tr_str *utf8, tr_err *err)
{
    ptrdiff_t room = 0;
    for (ptrdiff_t i = 0; i < bytes.len; i++)
        room += (uint8_t)bytes.at[i] < 0x80 ? 1 : 3;
    tr_arena  before = *keep;
    char     *text = TR_NEW(keep, char, room);
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < bytes.len; i++) {
        uint8_t  byte = (uint8_t)bytes.at[i];
        unsigned code = byte >= 0x80 && byte < 0xa0 ? upper[byte - 0x80] : byte;
        if (code == 0 && byte != 0) {
            *keep = before;
            return fail_byte(bytes, i, err);
        }
        len += put_utf8(text + len, code);
    }
    *utf8 = (tr_str){text, len};
    return true;
}
