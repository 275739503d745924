/* snapshot.c -- a mission as bytes: header, scalars, arrays, SHA-256.
 *
 * A snapshot saves the time of a replay and is believed only where it was made:
 * it is of this version of truce, of this origin, and of a record that has the
 * same root at its size.  The plan, the indexes and the windows are made anew.
 */
#include "mission/state.h"

#ifndef TR_VERSION
#define TR_VERSION "unversioned"
#endif

enum { LAYOUT = 3 };

typedef struct {
    char     magic[16];
    char     version[16];
    tr_hash  root;
    tr_hash  agreement;
    uint64_t size;
    uint64_t layout; /* LAYOUT and the sizes of all structs */
    uint64_t origin; /* bytes of it, after this */
} header_row;

static uint64_t layout(void)
{
    uint64_t sum = LAYOUT;
#define ADD(type, array) sum = sum * 1000003 + sizeof(type);
    STATE_ARRAYS(ADD)
#undef ADD
    return sum * 1000003 + sizeof(scalar_row) + TR_KINDS;
}

static header_row header_of(const tr_mission *m)
{
    header_row header = {.magic = "truce/snap/v1\n", .version = TR_VERSION};
    header.agreement = m->s.agreement;
    header.size = m->s.count.entries;
    header.layout = layout();
    header.origin = (uint64_t)m->origin.len;
    m->world.root_at(m->world.context, header.size, &header.root);
    return header;
}

void tr_mission_save(const tr_mission *m, tr_out *out)
{
    ptrdiff_t  begin = tr_out_text(out).len;
    header_row header = header_of(m);
    scalar_row scalars = m->s;
    scalars.root_k = m->ring.root_k;
    ptrdiff_t size = (ptrdiff_t)(sizeof header + sizeof scalars + sizeof(tr_hash)) + m->origin.len;
#define ADD(type, array)                                                                           \
    size += (ptrdiff_t)(sizeof(uint64_t) + sizeof(type) * (size_t)m->array.len);
    STATE_ARRAYS(ADD)
#undef ADD
    TR_RESERVE(out->arena, &out->buf, size);
    tr_put_bytes(out, &header, (ptrdiff_t)sizeof header);
    tr_put_str(out, m->origin);
    tr_put_bytes(out, &scalars, (ptrdiff_t)sizeof scalars);
#define ADD(type, array)                                                                           \
    {                                                                                              \
        uint64_t count = (uint64_t)m->array.len;                                                   \
        tr_put_bytes(out, &count, (ptrdiff_t)sizeof count);                                        \
        if (count > 0)                                                                             \
            tr_put_bytes(out, m->array.at, (ptrdiff_t)sizeof(type) * m->array.len);                \
    }
    STATE_ARRAYS(ADD)
#undef ADD
    tr_hash sum = tr_sha256(tr_str_from(tr_out_text(out), begin));
    tr_put_bytes(out, sum.at, (ptrdiff_t)sizeof sum);
}

/* ---- loading ---- */

static bool take(tr_str *rest, void *at, ptrdiff_t len)
{
    if (rest->len < len)
        return false;
    if (len > 0)
        memcpy(at, rest->at, (size_t)len);
    *rest = tr_str_from(*rest, len);
    return true;
}

/* A count that the rest can hold. */
static bool take_count(tr_str *rest, ptrdiff_t size, ptrdiff_t *count)
{
    uint64_t got;
    if (!take(rest, &got, (ptrdiff_t)sizeof got) || got > (uint64_t)(rest->len / size))
        return false;
    *count = (ptrdiff_t)got;
    return true;
}

static bool take_arrays(tr_mission *m, tr_str *rest)
{
    ptrdiff_t count;
#define TAKE(type, array)                                                                          \
    if (!take_count(rest, (ptrdiff_t)sizeof(type), &count))                                        \
        return false;                                                                              \
    TR_RESERVE(m->keep, &m->array, count);                                                         \
    if (!take(rest, m->array.at, (ptrdiff_t)sizeof(type) * count))                                 \
        return false;                                                                              \
    m->array.len = count;
    STATE_ARRAYS(TAKE)
#undef TAKE
    return rest->len == 0;
}

static bool fail(tr_err *err, const char *fact)
{
    return tr_fail(err, TR_E_SNAPSHOT, "Leave the snapshot out; the record is replayed instead.",
                   "%s", fact);
}

static bool check_header(const header_row *header, const tr_world *world, tr_err *err)
{
    header_row want = {.magic = "truce/snap/v1\n", .version = TR_VERSION};
    tr_hash    root;
    if (memcmp(header->magic, want.magic, sizeof want.magic) != 0 || header->layout != layout() ||
        memcmp(header->version, want.version, sizeof want.version) != 0)
        return fail(err, "the snapshot is of another version of truce");
    if (!world->root_at(world->context, header->size, &root) || !tr_hash_eq(&root, &header->root))
        return fail(err, "the snapshot is of another record");
    return true;
}

static bool recompile(tr_mission *m, tr_err *err)
{
    tr_str          text;
    tr_terms_result result = {0};
    if (!m->world.blob(m->world.context, &m->s.agreement, &text))
        return tr_fail(err, TR_E_BLOB_MISSING, "Fetch the file and try again.",
                       "the agreement's text is missing");
    tr_terms_compile(m->keep, tr_str_keep(m->keep, text), NULL, NULL, &result);
    if (result.errors > 0 || !result.plan)
        return fail(err, "the agreement of the snapshot does not compile");
    mission_found(m, result.plan, &m->s.agreement);
    return true;
}

static bool load(tr_arena *keep, tr_str snapshot, const tr_world *world, tr_mission **mission,
                 tr_err *err)
{
    header_row header;
    tr_hash    sum, want;
    tr_str     rest = snapshot;
    if (snapshot.len < (ptrdiff_t)(sizeof header + sizeof sum))
        return fail(err, "the snapshot is cut off");
    tr_str body = tr_str_cut(snapshot, 0, snapshot.len - (ptrdiff_t)sizeof sum);
    memcpy(want.at, snapshot.at + body.len, sizeof want.at);
    sum = tr_sha256(body);
    if (!tr_hash_eq(&sum, &want))
        return fail(err, "the snapshot is damaged");
    rest = body;
    take(&rest, &header, (ptrdiff_t)sizeof header);
    if (!check_header(&header, world, err))
        return false;
    if (header.origin > (uint64_t)rest.len)
        return fail(err, "the snapshot is cut off");
    tr_mission *m = mission_bare(keep, tr_str_cut(rest, 0, (ptrdiff_t)header.origin), world);
    rest = tr_str_from(rest, (ptrdiff_t)header.origin);
    if (!take(&rest, &m->s, (ptrdiff_t)sizeof m->s) || !take_arrays(m, &rest))
        return fail(err, "the snapshot is cut off");
    m->ring.root_k = (int32_t)m->s.root_k;
    m->s.root_k = 0;
    if (m->s.adopted && !recompile(m, err))
        return false;
    live_rebuild(m);
    bodies_rebuild(m);
    if (m->plan) {
        owners_rebuild(m);
        windows_fill(m);
        settle(m);
    }
    *mission = m;
    return true;
}

bool tr_mission_load(tr_arena *keep, tr_str snapshot, const tr_world *world, tr_mission **mission,
                     tr_err *err)
{
    tr_arena before = *keep;
    if (load(keep, snapshot, world, mission, err))
        return true;
    *keep = before;
    return false;
}
