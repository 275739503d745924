/* json.c -- the restricted canonical JSON of entries: reading, printing, building.
 *
 * The reader accepts one form only, so there is nothing to normalise: it walks
 * the bytes once, borrows every name and every string without an escape from
 * the input, and takes one node of the arena for each value.  Strings are
 * scanned eight bytes at a time.  Source of the form: RFC 8785, restricted as
 * the head of json.h says.
 */
#include "codec/json.h"

typedef struct {
    const char *begin;
    const char *at;
    const char *end;
    tr_arena   *keep;
    tr_err     *err;
} reader;

static bool fail_at(reader *r, const char *at, int code, const char *hint, const char *fact)
{
    if (r->err->code == 0)
        r->err->column = (int)(at - r->begin) + 1;
    return tr_fail(r->err, code, hint, "%s", fact);
}

/* The byte to come, -1 at the end. */
static int peek(const reader *r)
{
    return r->at < r->end ? (uint8_t)*r->at : -1;
}

static const char canonical[] =
    "An entry has one form only: no blanks, no empty object or array, sorted names. "
    "Let truce print it instead of writing it by hand.";

/* What stands at `at` is not what must stand there. */
static bool fail_expected(reader *r, const char *expected)
{
    int c = peek(r);
    if (r->err->code == 0)
        r->err->column = (int)(r->at - r->begin) + 1;
    if (c < 0)
        return tr_fail(r->err, TR_E_JSON, "The text may have been cut off.",
                       "expected %s, found the end of the text", expected);
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
        return tr_fail(r->err, TR_E_JSON, canonical, "expected %s, found white space", expected);
    if (c > ' ' && c < 0x7f)
        return tr_fail(r->err, TR_E_JSON, canonical, "expected %s, found '%c'", expected, c);
    return tr_fail(r->err, TR_E_JSON, canonical, "expected %s, found byte 0x%02x", expected,
                   (unsigned)c);
}

static bool name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static const char name_hint[] =
    "A member name is a lower case letter, then at most 31 lower case letters, digits or '_'.";

/* A name in quotes and the colon after it. */
static bool read_name(reader *r, tr_str *name)
{
    enum { LONGEST = 32 };
    if (peek(r) != '"')
        return fail_expected(r, "a member name in quotes");
    const char *first = ++r->at;
    const char *at = first;
    while (at < r->end && name_byte(*at))
        at++;
    r->at = at;
    if (at == r->end)
        return fail_expected(r, "the rest of a member name");
    if (*at != '"')
        return fail_at(r, at, TR_E_JSON_NAME, name_hint, "a byte that a member name cannot hold");
    if (at == first || *first < 'a')
        return fail_at(r, first, TR_E_JSON_NAME, name_hint,
                       "a member name that does not begin with a lower case letter");
    if (at - first > LONGEST)
        return fail_at(r, first + LONGEST, TR_E_JSON_NAME, name_hint,
                       "a member name of more than 32 bytes");
    *name = (tr_str){first, at - first};
    r->at = at + 1;
    if (peek(r) != ':')
        return fail_expected(r, "':'");
    r->at++;
    return true;
}

/* First byte at or after `at` that is not plain: below 0x20, '"', '\\' or above 0x7e. */
static const char *skip_plain(const char *at, const char *end)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = UINT64_C(0x8080808080808080);
    while (end - at >= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        uint64_t quote = word ^ (ones * '"');
        uint64_t slash = word ^ (ones * '\\');
        /* The lowest marked byte is exact: a borrow runs upwards from a marked byte only. */
        uint64_t marks = (((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
                          ((slash - ones) & ~slash) | word) &
                         tops;
        if (marks != 0)
            return at + __builtin_ctzll(marks) / 8;
        at += 8;
    }
#endif
    while (at < end && (uint8_t)*at >= 0x20 && (uint8_t)*at < 0x80 && *at != '"' && *at != '\\')
        at++;
    return at;
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that the letter after a backslash stands for, 0 for none. */
static char short_escape(char letter)
{
    switch (letter) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case 'b':
        return '\b';
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'f':
        return '\f';
    case 'r':
        return '\r';
    default:
        return 0;
    }
}

/* The letter that escapes a byte in short form, 0 for none. */
static char short_letter(uint8_t byte)
{
    switch (byte) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    default:
        return 0;
    }
}

/* Step over the escape at `at`: its length, and the byte it stands for; 0 when it is not lawful. */
static int read_escape(const char *at, const char *end, char *byte)
{
    if (end - at >= 2 && (*byte = short_escape(at[1])) != 0)
        return 2;
    if (end - at < 6 || memcmp(at, "\\u00", 4) != 0)
        return 0;
    int high = hex_value(at[4]);
    int low = hex_value(at[5]);
    if (high < 0 || high > 1 || low < 0 || high * 16 + low == 0)
        return 0;
    *byte = (char)(high * 16 + low);
    return short_letter((uint8_t)*byte) != 0 ? 0 : 6;
}

static bool fail_escape(reader *r, const char *at)
{
    if (r->end - at >= 6 && memcmp(at, "\\u0000", 6) == 0)
        return fail_at(r, at, TR_E_JSON_TEXT, "Leave the character out: text never holds it.",
                       "U+0000 in a string");
    return fail_at(r, at, TR_E_JSON_TEXT,
                   "Escapes are \\\" \\\\ \\b \\t \\n \\f \\r, and \\u00xx in lower case for the "
                   "other bytes below 0x20. Every other character stands for itself.",
                   "an escape that is not canonical");
}

static tr_str unescape(tr_arena *keep, tr_str raw)
{
    char       *text = TR_NEW(keep, char, raw.len);
    ptrdiff_t   len = 0;
    const char *end = raw.at + raw.len;
    for (const char *at = raw.at; at < end;) {
        if (*at == '\\')
            at += read_escape(at, end, &text[len++]);
        else
            text[len++] = *at++;
    }
    return (tr_str){text, len};
}

static bool check_utf8(reader *r, tr_str raw)
{
    ptrdiff_t bad = 0;
    if (tr_utf8_ok(raw, &bad))
        return true;
    return fail_at(r, raw.at + bad, TR_E_UTF8, "Save the text as UTF-8 and try again.",
                   "a byte that is not UTF-8 in a string");
}

/* A string; `at` stands on its opening quote. */
static bool read_string(reader *r, tr_str *text)
{
    const char *first = ++r->at;
    const char *at = first;
    bool        escapes = false;
    bool        wide = false;
    for (;;) {
        at = skip_plain(at, r->end);
        if (at == r->end) {
            r->at = at;
            return fail_expected(r, "the closing quote of a string");
        }
        char byte;
        int  step = 1;
        if (*at == '"')
            break;
        if (*at == '\\') {
            step = read_escape(at, r->end, &byte);
            escapes = true;
            if (step == 0)
                return fail_escape(r, at);
        } else if ((uint8_t)*at < 0x20) {
            return fail_at(r, at, TR_E_JSON_TEXT,
                           "Write a line break as \\n, a tab as \\t, and so on.",
                           "a control byte in a string");
        } else {
            wide = true;
            while (at + step < r->end && (uint8_t)at[step] >= 0x80)
                step++;
        }
        at += step;
    }
    tr_str raw = {first, at - first};
    if (wide && !check_utf8(r, raw))
        return false;
    r->at = at + 1;
    *text = escapes ? unescape(r->keep, raw) : raw;
    return true;
}

/* An integer; `at` stands on its sign or first digit. */
static bool read_int(reader *r, int64_t *value)
{
    enum { DIGITS = 16 }; /* of TR_JSON_INT_MAX; 10^16 - 1 fits */
    const char *sign = r->at;
    bool        negative = *sign == '-';
    const char *first = sign + negative;
    const char *at = first;
    int64_t     sum = 0;
    for (; at < r->end && *at >= '0' && *at <= '9'; at++)
        if (at - first < DIGITS)
            sum = sum * 10 + (*at - '0');
    r->at = at;
    if (at == first)
        return fail_expected(r, "a digit");
    if (*first == '0' && (at - first > 1 || negative))
        return fail_at(r, sign, TR_E_JSON_NUMBER,
                       "Write 0 as 0, other numbers without leading zeros.",
                       "a leading zero or minus zero");
    if (at < r->end && (*at == '.' || *at == 'e' || *at == 'E'))
        return fail_at(r, at, TR_E_JSON_NUMBER,
                       "Entries hold whole numbers in a stated unit, such as 1e-7 degree or mm.",
                       "a fraction or exponent");
    if (at - first > DIGITS || sum > TR_JSON_INT_MAX)
        return fail_at(r, sign, TR_E_JSON_NUMBER,
                       "Numbers go up to 9007199254740991; write a larger one as a string.",
                       "a number that is too large");
    *value = negative ? -sum : sum;
    return true;
}

static bool read_value(reader *r, tr_json *node, int depth);

static bool fail_order(reader *r, tr_str before, tr_str name)
{
    bool again = tr_str_eq(before, name);
    if (r->err->code == 0)
        r->err->column = (int)(name.at - r->begin) + 1;
    return tr_fail(r->err, TR_E_JSON_NAME,
                   again ? "Each name stands once in an object."
                         : "Names of an object stand in ascending order of their bytes.",
                   again ? "member name \"%.*s\" repeated"
                         : "member name \"%.*s\" after \"%.*s\", out of order",
                   TR_FMT(name), TR_FMT(before));
}

static bool read_members(reader *r, tr_json *node, int depth)
{
    tr_json **link = &node->first;
    tr_str    before = {NULL, 0};
    for (;; r->at++) {
        tr_json *member = TR_NEW(r->keep, tr_json, 1);
        if (!read_name(r, &member->name))
            return false;
        if (node->count > 0 && tr_str_cmp(before, member->name) >= 0)
            return fail_order(r, before, member->name);
        if (node->count == TR_JSON_MEMBERS)
            return fail_at(r, member->name.at, TR_E_LIMIT, "Put some of the members into an array.",
                           "an object of more than 256 members");
        if (!read_value(r, member, depth))
            return false;
        before = member->name;
        *link = member;
        link = &member->next;
        node->count++;
        if (peek(r) != ',')
            break;
    }
    if (peek(r) != '}')
        return fail_expected(r, "',' or '}'");
    r->at++;
    return true;
}

static bool read_elements(reader *r, tr_json *node, int depth)
{
    tr_json **link = &node->first;
    for (;; r->at++) {
        tr_json *element = TR_NEW(r->keep, tr_json, 1);
        if (!read_value(r, element, depth))
            return false;
        *link = element;
        link = &element->next;
        node->count++;
        if (peek(r) != ',')
            break;
    }
    if (peek(r) != ']')
        return fail_expected(r, "',' or ']'");
    r->at++;
    return true;
}

static bool read_inside(reader *r, tr_json *node, int depth)
{
    if (depth == TR_JSON_DEPTH)
        return fail_at(r, r->at, TR_E_LIMIT, "Flatten the value.",
                       "values nested more than 8 deep");
    bool object = *r->at++ == '{';
    node->kind = object ? TR_JSON_OBJECT : TR_JSON_ARRAY;
    if (peek(r) == (object ? '}' : ']'))
        return fail_at(r, r->at, TR_E_JSON, "Leave the member out: absent is absent.",
                       object ? "an empty object" : "an empty array");
    return object ? read_members(r, node, depth + 1) : read_elements(r, node, depth + 1);
}

static bool fail_value(reader *r)
{
    int c = peek(r);
    if (c == 't' || c == 'f' || c == 'n')
        return fail_at(r, r->at, TR_E_JSON,
                       "Write yes and no as 1 and 0 or as a word, and leave out what is not known.",
                       "true, false or null");
    return fail_expected(r, "a value");
}

/* Any value, inside `depth` open objects and arrays. */
static bool read_value(reader *r, tr_json *node, int depth)
{
    const char *first = r->at;
    int         c = peek(r);
    bool        done;
    if (c == '"') {
        node->kind = TR_JSON_STRING;
        done = read_string(r, &node->text);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        node->kind = TR_JSON_INT;
        done = read_int(r, &node->value);
    } else if (c == '{' || c == '[') {
        done = read_inside(r, node, depth);
    } else {
        done = fail_value(r);
    }
    node->raw = (tr_str){first, r->at - first};
    return done;
}

static bool read_root(reader *r, tr_json *node)
{
    if (r->end - r->begin > INT32_MAX)
        return tr_fail(r->err, TR_E_LIMIT, "Cut the text into parts.", "JSON of more than 2 GiB");
    if (peek(r) != '{')
        return fail_expected(r, "'{'");
    if (!read_value(r, node, 0))
        return false;
    return r->at == r->end || fail_expected(r, "the end of the text");
}

bool tr_json_read(tr_arena *keep, tr_str bytes, tr_json **root, tr_err *err)
{
    const char *at = bytes.at ? bytes.at : "";
    tr_arena    before = *keep;
    reader      r = {.begin = at, .at = at, .end = at + bytes.len, .keep = keep, .err = err};
    tr_json    *node = TR_NEW(keep, tr_json, 1);
    if (!read_root(&r, node)) {
        *keep = before;
        return false;
    }
    *root = node;
    return true;
}

static tr_json *find(const tr_json *object, tr_str name)
{
    if (!object || object->kind != TR_JSON_OBJECT)
        return NULL;
    for (tr_json *member = object->first; member; member = member->next)
        if (tr_str_eq(member->name, name))
            return member;
    return NULL;
}

const tr_json *tr_json_get(const tr_json *object, const char *name)
{
    return find(object, tr_str_of(name));
}

/* ---- printing ---- */

void tr_put_json_str(tr_out *out, tr_str text)
{
    const char *end = text.at + text.len;
    tr_put_char(out, '"');
    for (const char *at = text.at; at < end;) {
        const char *first = at;
        while ((at = skip_plain(at, end)) < end && (uint8_t)*at >= 0x80)
            at++;
        tr_put_bytes(out, first, at - first);
        if (at == end)
            break;
        uint8_t byte = (uint8_t)*at++;
        char    letter = short_letter(byte);
        if (letter != 0) {
            tr_put_char(out, '\\');
            tr_put_char(out, letter);
        } else {
            tr_put_bytes(out, "\\u00", 4);
            tr_put_hex(out, &byte, 1);
        }
    }
    tr_put_char(out, '"');
}

static void put_int(tr_out *out, int64_t value)
{
    char     digits[20];
    char    *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (value < 0)
        *--at = '-';
    tr_put_bytes(out, at, digits + sizeof digits - at);
}

static void put_inside(tr_out *out, const tr_json *value)
{
    bool object = value->kind == TR_JSON_OBJECT;
    tr_put_char(out, object ? '{' : '[');
    for (const tr_json *part = value->first; part; part = part->next) {
        if (part != value->first)
            tr_put_char(out, ',');
        if (object) {
            tr_put_json_str(out, part->name);
            tr_put_char(out, ':');
        }
        tr_json_print(out, part);
    }
    tr_put_char(out, object ? '}' : ']');
}

void tr_json_print(tr_out *out, const tr_json *value)
{
    if (value->kind == TR_JSON_STRING)
        tr_put_json_str(out, value->text);
    else if (value->kind == TR_JSON_INT)
        put_int(out, value->value);
    else
        put_inside(out, value);
}

/* ---- building ---- */

static tr_json *fresh(tr_arena *keep, tr_json_kind kind)
{
    tr_json *node = TR_NEW(keep, tr_json, 1);
    node->kind = kind;
    return node;
}

tr_json *tr_json_object(tr_arena *keep)
{
    return fresh(keep, TR_JSON_OBJECT);
}

tr_json *tr_json_array(tr_arena *keep)
{
    return fresh(keep, TR_JSON_ARRAY);
}

tr_json *tr_json_str(tr_arena *keep, tr_str text)
{
    tr_json *node = fresh(keep, TR_JSON_STRING);
    node->text = tr_str_keep(keep, text);
    return node;
}

tr_json *tr_json_int(tr_arena *keep, int64_t value)
{
    tr_json *node = fresh(keep, TR_JSON_INT);
    node->value = value;
    return node;
}

void tr_json_set(tr_json *object, tr_str name, tr_json *value)
{
    assert(object->kind == TR_JSON_OBJECT);
    tr_json **link = &object->first;
    while (*link && tr_str_cmp((*link)->name, name) < 0)
        link = &(*link)->next;
    if (*link && tr_str_eq((*link)->name, name)) {
        *link = (*link)->next;
        object->count--;
    }
    if (!value)
        return;
    value->name = name;
    value->next = *link;
    *link = value;
    object->count++;
}

void tr_json_add(tr_json *array, tr_json *value)
{
    assert(array->kind == TR_JSON_ARRAY);
    tr_json **link = &array->first;
    while (*link)
        link = &(*link)->next;
    value->name = (tr_str){NULL, 0};
    value->next = NULL;
    *link = value;
    array->count++;
}

static tr_json *element(tr_json *array, tr_str piece)
{
    int64_t index;
    if (!tr_int_read(piece, &index) || index < 0)
        return NULL;
    tr_json *at = array->first;
    while (at && index-- > 0)
        at = at->next;
    return at;
}

tr_json *tr_json_at(tr_json *root, tr_str path)
{
    tr_str piece;
    while (root && tr_str_next(&path, '.', &piece))
        root = root->kind == TR_JSON_ARRAY ? element(root, piece) : find(root, piece);
    return root;
}

tr_json *tr_json_copy(tr_arena *keep, const tr_json *value)
{
    tr_json *copy = fresh(keep, value->kind);
    copy->name = tr_str_keep(keep, value->name);
    copy->text = tr_str_keep(keep, value->text);
    copy->value = value->value;
    copy->count = value->count;
    tr_json **link = &copy->first;
    for (const tr_json *part = value->first; part; part = part->next) {
        *link = tr_json_copy(keep, part);
        link = &(*link)->next;
    }
    return copy;
}
