/* json_general.c -- ordinary JSON: taken over from outside by jansson, printed after RFC 8785.
 *
 * jansson seeds its hash tables by chance; nothing depends on it, because
 * members are sorted by the bytes of their names as they are taken over.
 */
#include "codec/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

typedef int name_order(tr_str a, tr_str b);

/* Merge sort of a list of members; names differ, so the order is total. */
static tr_json *sort_members(tr_json *list, int32_t count, name_order *order)
{
    if (count < 2)
        return list;
    int32_t  half = count / 2;
    tr_json *last = list;
    for (int32_t i = 1; i < half; i++)
        last = last->next;
    tr_json *b = last->next;
    last->next = NULL;
    tr_json *a = sort_members(list, half, order);
    b = sort_members(b, count - half, order);

    tr_json  *sorted = NULL;
    tr_json **link = &sorted;
    while (a && b) {
        tr_json **least = order(a->name, b->name) <= 0 ? &a : &b;
        *link = *least;
        *least = (*least)->next;
        link = &(*link)->next;
    }
    *link = a ? a : b;
    return sorted;
}

/* ---- import ---- */

typedef struct {
    tr_arena *keep;
    bool      decimals;
    tr_err   *err;
} importer;

static bool fail_member(importer *im, tr_str name, const char *fact, const char *hint)
{
    if (name.len > 100)
        name.len = 100;
    return tr_fail(im->err, TR_E_JSON_FOREIGN, hint, "%s at \"%.*s\"", fact, TR_FMT(name));
}

/* Fewest digits that read back as the same double: its digits without point,
 * and the place of the point counted from their front. */
static int shortest_digits(double value, char digits[18], int *point)
{
    char text[40];
    int  count = 0;
    for (int places = 0; places < 17; places++) {
        snprintf(text, sizeof text, "%.*e", places, value);
        if (strtod(text, NULL) == value)
            break;
    }
    char *at = text;
    for (; *at != 'e'; at++)
        if (*at >= '0' && *at <= '9')
            digits[count++] = *at;
    *point = (int)strtol(at + 1, NULL, 10) + 1;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

/* As ECMAScript writes a number (RFC 8785 section 3.2.2.3). */
static tr_str decimal(tr_arena *keep, double value)
{
    char   digits[18];
    int    point;
    tr_out out = tr_out_new(keep);
    int    count = shortest_digits(value < 0 ? -value : value, digits, &point);
    if (value < 0)
        tr_put_char(&out, '-');
    bool plain = point > -6 && point <= 21;
    int  whole = plain ? point : 1;
    if (whole <= 0)
        tr_put_str(&out, TR_STR("0."));
    for (int i = whole; i < 0; i++)
        tr_put_char(&out, '0');
    for (int i = 0; i < count || i < whole; i++) {
        if (i == whole && i > 0)
            tr_put_char(&out, '.');
        tr_put_char(&out, i < count ? digits[i] : '0');
    }
    if (!plain)
        tr_put(&out, "e%+d", point - 1);
    return tr_out_text(&out);
}

static bool import_value(importer *im, json_t *from, tr_str name, int depth, tr_json **to);

static bool import_members(importer *im, json_t *from, int depth, tr_json *node)
{
    tr_json   **link = &node->first;
    const char *key;
    json_t     *value;
    json_object_foreach(from, key, value)
    {
        tr_str   name = tr_str_keep(im->keep, tr_str_of(key));
        tr_json *member;
        if (!import_value(im, value, name, depth, &member))
            return false;
        if (!member)
            continue;
        member->name = name;
        *link = member;
        link = &member->next;
        node->count++;
    }
    node->first = sort_members(node->first, node->count, tr_str_cmp);
    return true;
}

static bool import_elements(importer *im, json_t *from, tr_str name, int depth, tr_json *node)
{
    tr_json **link = &node->first;
    size_t    i;
    json_t   *value;
    json_array_foreach(from, i, value)
    {
        if (!import_value(im, value, name, depth, link))
            return false;
        if (!*link)
            return fail_member(im, name, "null or an empty value in an array",
                               "Take the element out, or say in words what it is.");
        link = &(*link)->next;
        node->count++;
    }
    return true;
}

static bool import_inside(importer *im, json_t *from, tr_str name, int depth, tr_json **to)
{
    if (depth == TR_JSON_IMPORT_DEPTH)
        return fail_member(im, name, "values nested more than 64 deep", "Flatten the value.");
    bool     object = json_is_object(from);
    tr_json *node = object ? tr_json_object(im->keep) : tr_json_array(im->keep);
    if (!(object ? import_members(im, from, depth + 1, node)
                 : import_elements(im, from, name, depth + 1, node)))
        return false;
    *to = node->count > 0 || depth == 0 ? node : NULL;
    return true;
}

static bool import_int(importer *im, json_int_t value, tr_str name, tr_json **to)
{
    if (value > TR_JSON_INT_MAX || value < -TR_JSON_INT_MAX)
        return fail_member(im, name, "a whole number beyond 9007199254740991",
                           "Write it as a string.");
    *to = tr_json_int(im->keep, value);
    return true;
}

static bool import_real(importer *im, double value, tr_str name, tr_json **to)
{
    if (!im->decimals)
        return fail_member(im, name, "a number with a point or exponent",
                           "Write whole numbers in a smaller unit.");
    tr_json *node = tr_json_str(im->keep, (tr_str){NULL, 0});
    node->text = decimal(im->keep, value);
    *to = node;
    return true;
}

/* *to becomes NULL for what is to be dropped. */
static bool import_value(importer *im, json_t *from, tr_str name, int depth, tr_json **to)
{
    switch (json_typeof(from)) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        return import_inside(im, from, name, depth, to);
    case JSON_STRING:
        *to = tr_json_str(im->keep, (tr_str){json_string_value(from),
                                             (ptrdiff_t)json_string_length(from)});
        return true;
    case JSON_INTEGER:
        return import_int(im, json_integer_value(from), name, to);
    case JSON_REAL:
        return import_real(im, json_real_value(from), name, to);
    case JSON_TRUE:
    case JSON_FALSE:
        *to = tr_json_int(im->keep, json_is_true(from));
        return true;
    case JSON_NULL:
        break;
    }
    *to = NULL;
    return true;
}

static bool fail_jansson(const json_error_t *error, tr_err *err)
{
    if (err->code == 0) {
        err->line = error->line > 0 ? error->line : 0;
        err->column = error->column > 0 ? error->column : 0;
    }
    return tr_fail(err, TR_E_JSON_FOREIGN, "Check the file with any JSON tool.", "%s", error->text);
}

bool tr_json_import(tr_arena *keep, tr_str bytes, bool decimals, tr_json **root, tr_err *err)
{
    if (bytes.len >= 3 && memcmp(bytes.at, "\xef\xbb\xbf", 3) == 0)
        bytes = tr_str_from(bytes, 3);
    json_error_t error;
    json_t *from = json_loadb(bytes.at ? bytes.at : "", (size_t)bytes.len, JSON_REJECT_DUPLICATES,
                              &error);
    if (!from)
        return fail_jansson(&error, err);
    tr_arena before = *keep;
    importer im = {.keep = keep, .decimals = decimals, .err = err};
    tr_json *node = NULL;
    bool     done = import_value(&im, from, TR_STR(""), 0, &node);
    json_decref(from);
    if (done)
        *root = node;
    else
        *keep = before;
    return done;
}

/* ---- printing ---- */

/* Order of UTF-16 code units.  UTF-8 sorts by code point; the two differ only
 * where one name has a character above U+FFFF (first byte f0 up), in UTF-16 a
 * surrogate, and the other one of U+E000..U+FFFF (first byte ee or ef). */
static int utf16_order(tr_str a, tr_str b)
{
    ptrdiff_t both = a.len < b.len ? a.len : b.len;
    ptrdiff_t i = 0;
    while (i < both && a.at[i] == b.at[i])
        i++;
    if (i == both)
        return (a.len > b.len) - (a.len < b.len);
    uint8_t x = (uint8_t)a.at[i];
    uint8_t y = (uint8_t)b.at[i];
    bool    high_x = x == 0xee || x == 0xef;
    bool    high_y = y == 0xee || y == 0xef;
    if ((x >= 0xf0 && high_y) || (y >= 0xf0 && high_x))
        return x > y ? -1 : 1;
    return x > y ? 1 : -1;
}

static bool in_utf16_order(const tr_json *object)
{
    for (const tr_json *member = object->first; member && member->next; member = member->next)
        if (utf16_order(member->name, member->next->name) > 0)
            return false;
    return true;
}

/* The members in order: as they are, or shallow copies sorted. */
static const tr_json *ordered(tr_arena *scratch, const tr_json *object)
{
    if (in_utf16_order(object))
        return object->first;
    tr_json  *list = NULL;
    tr_json **link = &list;
    for (const tr_json *member = object->first; member; member = member->next) {
        *link = TR_NEW(scratch, tr_json, 1);
        **link = *member;
        link = &(*link)->next;
    }
    return sort_members(list, object->count, utf16_order);
}

void tr_json_print_general(tr_out *out, const tr_json *value)
{
    if (value->kind == TR_JSON_STRING || value->kind == TR_JSON_INT) {
        tr_json_print(out, value);
        return;
    }
    bool           object = value->kind == TR_JSON_OBJECT;
    const tr_json *first = object ? ordered(out->arena, value) : value->first;
    tr_put_char(out, object ? '{' : '[');
    for (const tr_json *part = first; part; part = part->next) {
        if (part != first)
            tr_put_char(out, ',');
        if (object) {
            tr_put_json_str(out, part->name);
            tr_put_char(out, ':');
        }
        tr_json_print_general(out, part);
    }
    tr_put_char(out, object ? '}' : ']');
}
