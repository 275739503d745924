/* schema.c -- the schema language of entries.def, read as it is applied.
 *
 * A schema is short and each is used as text: no compiled form, nothing to keep.  A malformed
 * schema is a bug and asserts.
 */
#include "record/schema.h"

#include "base/time.h"
#include "geo/geo.h"
#include "record/note.h"

typedef struct {
    const char           *at; /* what is left of the schema */
    tr_str                what;
    const tr_schema_seen *seen;
    tr_err               *err;
} checker;

static bool check_type(checker *c, tr_str member, const tr_json *value);
static void skip_type(checker *c);
static bool check_members(checker *c, tr_str member, const tr_json *object, char stop);

static bool wrong(checker *c, tr_str member, const char *want)
{
    return tr_fail(c->err, TR_E_ENTRY_MEMBER,
                   "The list of entry types says which members each has and in which form.",
                   "%.*s: member \"%.*s\" must be %s", TR_FMT(c->what),
                   (int)(member.len > 60 ? 60 : member.len), member.at, want);
}

static bool is_text(const tr_json *value, ptrdiff_t longest)
{
    return value->kind == TR_JSON_STRING && value->text.len >= 1 && value->text.len <= longest;
}

static bool in_range(const tr_json *value, int64_t least, int64_t most)
{
    return value->kind == TR_JSON_INT && value->value >= least && value->value <= most;
}

static bool is_hash(const tr_json *value)
{
    uint8_t hash[32];
    return value->kind == TR_JSON_STRING && tr_hex_read(value->text, hash, 32);
}

static bool letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_id(const tr_json *value)
{
    if (!is_text(value, 64) || !letter(value->text.at[0]))
        return false;
    for (ptrdiff_t i = 1; i < value->text.len; i++) {
        char x = value->text.at[i];
        if (!letter(x) && !digit(x) && x != '_' && x != '.' && x != '-')
            return false;
    }
    return true;
}

static bool is_name(const tr_json *value)
{
    if (!is_text(value, 128))
        return false;
    for (ptrdiff_t i = 0; i < value->text.len; i++)
        if (value->text.at[i] <= 0x20 || value->text.at[i] >= 0x7f)
            return false;
    return true;
}

static bool is_keyname(const tr_json *value)
{
    return value->kind == TR_JSON_STRING && tr_key_name_ok(value->text);
}

/* Of one actor: -[A-Za-z_][A-Za-z0-9_.-]* after the label. */
static bool is_actor_part(tr_str text)
{
    for (ptrdiff_t i = 1; i < text.len; i++) {
        char c = text.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 1 || (!digit(c) && c != '.' && c != '-')))
            return false;
    }
    return text.len > 1;
}

/* [0-9]+(\.[0-9]+)*[a-z]?, and of a clause for one of several actors that actor: 6.1-A */
static bool is_label(const tr_json *value)
{
    if (!is_text(value, 64))
        return false;
    tr_str    text = value->text;
    ptrdiff_t dash = tr_str_find(text, '-');
    if (dash == 0 || (dash > 0 && !is_actor_part(tr_str_from(text, dash))))
        return false;
    if (dash > 0)
        text.len = dash;
    char last = text.at[text.len - 1];
    if (last >= 'a' && last <= 'z')
        text.len--;
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (!digit(text.at[i]) &&
            (text.at[i] != '.' || i == 0 || i + 1 == text.len || !digit(text.at[i - 1])))
            return false;
    return text.len > 0;
}

static bool is_time(const tr_json *value)
{
    tr_time t;
    return value->kind == TR_JSON_STRING && tr_time_read(value->text, &t);
}

static bool is_vkey(const tr_json *value)
{
    tr_vkey vkey;
    tr_err  quiet = {0};
    return value->kind == TR_JSON_STRING && tr_vkey_read(value->text, &vkey, &quiet) &&
           tr_key_name_ok(vkey.name);
}

static bool is_pop(const tr_json *value)
{
    uint8_t   sig[64];
    ptrdiff_t len = 0;
    return value->kind == TR_JSON_STRING && tr_base64_read(value->text, sig, 64, &len) && len == 64;
}

static bool is_hex8(const tr_json *value)
{
    uint8_t id[4];
    return value->kind == TR_JSON_STRING && tr_hex_read(value->text, id, 4);
}

static bool is_point(const tr_json *value)
{
    return is_text(value, 32768);
}

static bool is_free_text(const tr_json *value)
{
    return is_text(value, 4000);
}

static bool is_any(const tr_json *value)
{
    return value != NULL;
}

static const struct {
    const char *word, *want;
    bool (*ok)(const tr_json *value);
} plain[] = {
    {"time", "a time YYYY-MM-DDTHH:MM:SS.nnnnnnnnnZ", is_time},
    {"hash", "a hash of 64 hex digits", is_hash},
    {"id", "an id: a letter, then letters, digits, _ . - (up to 64)", is_id},
    {"keyname", "a key name", is_keyname},
    {"label", "a clause label such as 4.2b", is_label},
    {"vkey", "a verifier key", is_vkey},
    {"pop", "the base64 of a signature", is_pop},
    {"text", "text of 1 to 4,000 bytes", is_free_text},
    {"point", "a signed checkpoint", is_point},
    {"name", "1 to 128 printable letters without blanks", is_name},
    {"hex8", "8 hex digits", is_hex8},
    {"any", "a value", is_any},
};

static const struct {
    const char *word, *want;
    int64_t     least, most;
} whole[] = {
    {"int", "a whole number", -TR_JSON_INT_MAX, TR_JSON_INT_MAX},
    {"uint", "a whole number from 0 up", 0, TR_JSON_INT_MAX},
    {"num", "a whole number from 1 up", 1, TR_JSON_INT_MAX},
    {"bit", "0 or 1", 0, 1},
    {"ppm", "parts in a million, 0 to 1000000", 0, 1000000},
    {"lat", "a latitude in 1e-7 degree", -900000000, 900000000},
    {"lon", "a longitude in 1e-7 degree", -1800000000, 1800000000},
    {"cdeg", "a bearing in 1/100 degree, 0 to 35999", 0, 35999},
};

/* Values that are objects of their own; `place` by its kind. */
static const struct {
    const char *word, *schema;
} object_of[] = {
    {"span", "begin:time end:time"},
    {"blob", "mime:text sha256:hash size:uint"},
    {"count", "best:int max?:int min:int"},
    {"ref", "h:hash i:uint row?:uint"},
    {"head", "root:hash size:uint"},
    {"ev", "c:hash ct:hash key_policy:id mime:text size:uint"},
};
static const struct {
    const char *kind, *schema;
} place_of[] = {
    {"point", "h_max_m?:int h_min_m?:int kind:=point lat:lat lon:lon r_m:uint"},
    {"sector", "az_begin_cdeg:cdeg az_end_cdeg:cdeg h_max_m?:int h_min_m?:int kind:=sector lat:lat "
               "lon:lon r_max_m:uint r_min_m:uint"},
    {"zone", "kind:=zone zone:id zv:uint"},
    {"region", "blob:blob kind:=region"},
    {"sealed", "c:hash kind:=sealed"},
    {"none", "kind:=none"},
};
#define COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

static bool inner(checker *c, const char *schema, tr_str member, const tr_json *object)
{
    checker sub = {schema, c->what, c->seen, c->err};
    if (object->kind != TR_JSON_OBJECT)
        return wrong(c, member, "an object");
    return check_members(&sub, member, object, '\0');
}

static int64_t int_of(const tr_json *object, const char *name)
{
    return tr_json_get(object, name)->value;
}

static bool ordered(checker *c, tr_str word, tr_str member, const tr_json *object)
{
    if (tr_str_is(word, "span") &&
        tr_str_cmp(tr_json_get(object, "begin")->text, tr_json_get(object, "end")->text) >= 0)
        return wrong(c, member, "a span that begins before it ends");
    if (tr_str_is(word, "count") &&
        (int_of(object, "min") > int_of(object, "best") ||
         (tr_json_get(object, "max") && int_of(object, "best") > int_of(object, "max"))))
        return wrong(c, member, "a count with min <= best <= max");
    return true;
}

static bool heights_ok(const tr_json *object)
{
    const tr_json *low = tr_json_get(object, "h_min_m"), *high = tr_json_get(object, "h_max_m");
    return (!low && !high) || (low && high && low->value >= TR_HEIGHT_LOW_M &&
                               low->value <= high->value && high->value <= TR_HEIGHT_M);
}

static bool check_place(checker *c, tr_str member, const tr_json *object)
{
    const tr_json *kind = object->kind == TR_JSON_OBJECT ? tr_json_get(object, "kind") : NULL;
    for (int i = 0; kind && kind->kind == TR_JSON_STRING && i < COUNT(place_of); i++) {
        if (!tr_str_is(kind->text, place_of[i].kind))
            continue;
        if (!inner(c, place_of[i].schema, member, object))
            return false;
        if (tr_str_is(kind->text, "sector") &&
            int_of(object, "r_min_m") > int_of(object, "r_max_m"))
            return wrong(c, member, "a sector with r_min_m <= r_max_m");
        if (!heights_ok(object))
            return wrong(c, member, "a place with both heights or none, h_min_m <= h_max_m, "
                                    "in metres above the ground from -1,000 to 100,000");
        return true;
    }
    return wrong(c, member, "a place: point, sector, zone, region, sealed or none");
}

static void saw(checker *c, tr_str word, const tr_json *value)
{
    if (c->seen && (tr_str_is(word, "ref") || tr_str_is(word, "blob")))
        c->seen->visit(c->seen->context, word.at[0], value);
}

static bool check_word(checker *c, tr_str word, tr_str member, const tr_json *value)
{
    for (int i = 0; i < COUNT(plain); i++)
        if (tr_str_is(word, plain[i].word))
            return plain[i].ok(value) || wrong(c, member, plain[i].want);
    for (int i = 0; i < COUNT(whole); i++)
        if (tr_str_is(word, whole[i].word))
            return in_range(value, whole[i].least, whole[i].most) ||
                   wrong(c, member, whole[i].want);
    for (int i = 0; i < COUNT(object_of); i++)
        if (tr_str_is(word, object_of[i].word)) {
            if (!inner(c, object_of[i].schema, member, value) || !ordered(c, word, member, value))
                return false;
            saw(c, word, value);
            return true;
        }
    if (tr_str_is(word, "place"))
        return check_place(c, member, value);
    if (tr_str_is(word, "object"))
        return value->kind == TR_JSON_OBJECT || wrong(c, member, "an object");
    assert(!"a type that entries.def does not know");
    return false;
}

static tr_str take_word(checker *c)
{
    const char *begin = c->at;
    while (letter(*c->at) || digit(*c->at) || *c->at == '_')
        c->at++;
    assert(c->at > begin);
    return (tr_str){begin, c->at - begin};
}

/* =a,b,c: words run to the end of the type. */
static tr_str take_words(checker *c)
{
    const char *begin = ++c->at;
    while (*c->at && !strchr(" )|]}", *c->at))
        c->at++;
    return (tr_str){begin, c->at - begin};
}

static bool check_enum(checker *c, tr_str member, const tr_json *value)
{
    tr_str words = take_words(c), rest = words;
    for (tr_str word; value->kind == TR_JSON_STRING && tr_str_next(&rest, ',', &word);)
        if (tr_str_eq(word, value->text))
            return true;
    char want[160];
    int  len = words.len < 140 ? (int)words.len : 140;
    memcpy(want, "one of ", 7);
    memcpy(want + 7, words.at, (size_t)len);
    want[7 + len] = '\0';
    return wrong(c, member, want);
}

static bool check_list(checker *c, tr_str member, const tr_json *value)
{
    const char *begin = ++c->at;
    skip_type(c);
    assert(*c->at == ']');
    const char *end = c->at + 1;
    if (value->kind != TR_JSON_ARRAY)
        return wrong(c, member, "a list");
    for (const tr_json *element = value->first; element; element = element->next) {
        c->at = begin;
        if (!check_type(c, member, element))
            return false;
    }
    c->at = end;
    return true;
}

static bool check_one(checker *c, tr_str member, const tr_json *value)
{
    if (*c->at == '=')
        return check_enum(c, member, value);
    if (*c->at == '[')
        return check_list(c, member, value);
    if (*c->at != '{')
        return check_word(c, take_word(c), member, value);
    c->at++;
    if (value->kind != TR_JSON_OBJECT)
        return wrong(c, member, "an object");
    if (!check_members(c, member, value, '}'))
        return false;
    c->at++;
    return true;
}

/* x/y: the first alternative that an array, or anything else, can be. */
static bool check_type(checker *c, tr_str member, const tr_json *value)
{
    const char *begin = c->at;
    checker     look = *c;
    skip_type(&look);
    const char *slash = begin;
    int         depth = 0;
    while (slash < look.at && !(*slash == '/' && depth == 0 && *begin != '=')) {
        depth += (*slash == '[' || *slash == '{') - (*slash == ']' || *slash == '}');
        slash++;
    }
    if (slash < look.at && (*begin == '[') != (value->kind == TR_JSON_ARRAY))
        c->at = slash + 1;
    if (!check_one(c, member, value))
        return false;
    c->at = look.at;
    return true;
}

static void skip_type(checker *c)
{
    for (int depth = 0; *c->at; c->at++) {
        if (depth == 0 && strchr(" )|]}", *c->at))
            return;
        depth += (*c->at == '[' || *c->at == '{' || *c->at == '(') -
                 (*c->at == ']' || *c->at == '}' || *c->at == ')');
    }
}

/* One member; counts it in *found. */
static bool check_member(checker *c, const tr_json *object, int *found)
{
    tr_str name = take_word(c);
    bool   optional = *c->at == '?';
    c->at += optional;
    assert(*c->at == ':');
    c->at++;
    char z[40];
    assert(name.len < (ptrdiff_t)sizeof z);
    memcpy(z, name.at, (size_t)name.len);
    z[name.len] = '\0';
    const tr_json *value = tr_json_get(object, z);
    if (!value) {
        skip_type(c);
        return optional || tr_fail(c->err, TR_E_ENTRY_MEMBER,
                                   "Add the member; only those in brackets may be absent.",
                                   "%.*s: member \"%s\" is missing", TR_FMT(c->what), z);
    }
    ++*found;
    return check_type(c, name, value);
}

/* Does the first member of this alternative stand in the object? */
static bool stands(const checker *c, const tr_json *object)
{
    checker look = *c;
    tr_str  name = take_word(&look);
    for (const tr_json *m = object->first; m; m = m->next)
        if (tr_str_eq(m->name, name))
            return true;
    return false;
}

static void skip_alternative(checker *c)
{
    for (int depth = 0; *c->at && !(depth == 0 && (*c->at == '|' || *c->at == ')')); c->at++)
        depth += (*c->at == '[' || *c->at == '{') - (*c->at == ']' || *c->at == '}');
}

/* (a:t b:t|c:t): exactly one; members of the others are then unknown ones. */
static bool check_group(checker *c, const tr_json *object, int *found)
{
    bool done = false;
    for (;; c->at++) { /* steps over '(' first, then over each '|' */
        if (*c->at == '(')
            c->at++;
        if (!done && stands(c, object)) {
            for (;; c->at++) {
                if (!check_member(c, object, found))
                    return false;
                if (*c->at != ' ')
                    break;
            }
            done = true;
        }
        skip_alternative(c);
        if (*c->at == ')')
            break;
    }
    c->at++;
    return done ||
           tr_fail(c->err, TR_E_ENTRY_MEMBER, "Exactly one of the alternatives is needed.",
                   "%.*s: a member that can have several names is missing", TR_FMT(c->what));
}

/* Which member of the object does the schema between `begin` and `end` not name? */
static tr_str unknown_member(const char *begin, const char *end, const tr_json *object)
{
    for (const tr_json *m = object->first; m; m = m->next) {
        bool named = false;
        for (const char *at = begin; at + m->name.len < end && !named; at++)
            named = memcmp(at, m->name.at, (size_t)m->name.len) == 0 &&
                    (at == begin || strchr(" (|{", at[-1])) && strchr(":?", at[m->name.len]);
        if (!named)
            return m->name;
    }
    return TR_STR("");
}

static bool check_members(checker *c, tr_str member, const tr_json *object, char stop)
{
    const char *begin = c->at;
    int         found = 0;
    while (*c->at != stop) {
        if (*c->at == ' ')
            c->at++;
        else if (!(*c->at == '(' ? check_group(c, object, &found)
                                 : check_member(c, object, &found)))
            return false;
    }
    if (found == object->count)
        return true;
    tr_str name = unknown_member(begin, c->at, object);
    return tr_fail(c->err, TR_E_ENTRY_MEMBER,
                   "The list of entry types is closed: take the member out, or update truce when "
                   "the record is of a newer version.",
                   "%.*s: member \"%.*s\" of \"%.*s\" is unknown or one too many", TR_FMT(c->what),
                   TR_FMT(name), TR_FMT(member));
}

bool tr_schema_check(const char *schema, const tr_json *object, tr_str what,
                     const tr_schema_seen *seen, tr_err *err)
{
    checker c = {schema, what, seen, err};
    if (!object || object->kind != TR_JSON_OBJECT)
        return wrong(&c, what, "an object");
    return check_members(&c, what, object, '\0');
}
