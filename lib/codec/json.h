/* json.h -- restricted canonical JSON of entries, and ordinary JSON of others.
 *
 * Restricted JCS (RFC 8785 without its number printing): objects, arrays,
 * strings and integers; no null, true, false, fraction or exponent; |x| at
 * most 2^53 - 1; member names [a-z][a-z0-9_]{0,31} in ascending bytes, none
 * repeated; nothing empty; no white space; escapes only \" \\ \b \t \n \f \r
 * and \u00xx (lower case) for other bytes below 0x20.  Depth at most 8 (the
 * outermost object is 1), members of one object at most 256.  Because the form
 * is canonical, reading proves it: whatever tr_json_read accepts prints back to
 * the same bytes.
 *
 *     tr_json *root;
 *     if (!tr_json_read(&arena, bytes, &root, &err)) return false;
 *     const tr_json *kind = tr_json_get(root, "kind");
 */
#ifndef TR_JSON_H
#define TR_JSON_H

#include "base/base.h"
#include "base/text.h"

enum { TR_JSON_DEPTH = 8, TR_JSON_MEMBERS = 256 };
#define TR_JSON_INT_MAX INT64_C(9007199254740991)

typedef enum { TR_JSON_OBJECT, TR_JSON_ARRAY, TR_JSON_STRING, TR_JSON_INT } tr_json_kind;

typedef struct tr_json tr_json;
struct tr_json {
    tr_str       name;  /* as a member of an object, else empty */
    tr_str       text;  /* string value, unescaped; borrows the input where it can */
    tr_str       raw;   /* the bytes of this value in the input; empty when built or copied */
    int64_t      value; /* integer value */
    tr_json     *first; /* members or elements, in order */
    tr_json     *next;
    int32_t      count;
    tr_json_kind kind;
};

/* Read exactly one restricted JCS object and nothing after it.  The error has
 * the column (bytes, from 1) of the offending byte.  Takes at most 41 bytes of
 * `keep` for each byte of input, and none when it fails. */
bool           tr_json_read(tr_arena *keep, tr_str bytes, tr_json **root, tr_err *err);
const tr_json *tr_json_get(const tr_json *object, const char *name); /* NULL when absent */
void           tr_json_print(tr_out *out, const tr_json *value);
void           tr_put_json_str(tr_out *out, tr_str text); /* quoted and escaped */

/* Build: values in an arena; members are kept sorted by name as they are set
 * (setting again replaces, setting NULL removes).  A value is put in one place
 * only; its text is copied, a name is borrowed.  What was built is printed as
 * it is: only tr_json_read says whether it is lawful (nothing empty, names,
 * range of numbers). */
tr_json *tr_json_object(tr_arena *keep);
tr_json *tr_json_array(tr_arena *keep);
tr_json *tr_json_str(tr_arena *keep, tr_str text);
tr_json *tr_json_int(tr_arena *keep, int64_t value);
void     tr_json_set(tr_json *object, tr_str name, tr_json *value);
void     tr_json_add(tr_json *array, tr_json *value);
/* The value at a path such as "place.lat" or "parts.0.name"; NULL when absent. */
tr_json *tr_json_at(tr_json *root, tr_str path);
tr_json *tr_json_copy(tr_arena *keep, const tr_json *value);

/* Ordinary JSON from outside (RFC 8259, by jansson; an object or an array, at
 * most TR_JSON_IMPORT_DEPTH deep, a byte order mark is skipped): becomes a tree
 * of the restricted kinds where it can, members in ascending bytes of any
 * names.  Integers within TR_JSON_INT_MAX stay; true and false become 1 and 0.
 * Null members and members that are empty objects or arrays are dropped (so
 * that only the outermost value can be empty); in an array the same is
 * refused, because dropping it would renumber the rest.  A number with a point
 * or exponent is refused, except where `decimals` is set: then it is a
 * TR_JSON_STRING of its shortest digits that give the same double, written
 * without exponent from 1e-6 up to below 1e21.  Repeated names are refused. */
enum { TR_JSON_IMPORT_DEPTH = 64 };
bool tr_json_import(tr_arena *keep, tr_str bytes, bool decimals, tr_json **root, tr_err *err);

/* The tree with members in the order of RFC 8785 (UTF-16 code units), for
 * names of any kind; objects may be empty. */
void tr_json_print_general(tr_out *out, const tr_json *value);

#endif
