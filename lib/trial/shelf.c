/* shelf.c -- the record of a case in memory: what files and stores are to a live one. */
#include "trial/run.h"

static bool shelf_append(void *context, tr_str raw, tr_err *err)
{
    shelf  *s = context;
    tr_hash leaf = tr_merkle_leaf(raw);
    (void)err;
    *TR_PUSH(s->keep, &s->entry) = raw;
    tr_frontier_add(&s->frontier, &leaf);
    *TR_PUSH(s->keep, &s->root) = tr_frontier_root(&s->frontier);
    return true;
}

static bool shelf_blob(void *context, tr_str bytes, tr_hash *hash, tr_err *err)
{
    shelf *s = context;
    (void)err;
    *hash = tr_sha256(bytes);
    *TR_PUSH(s->keep, &s->blob.hash) = *hash;
    *TR_PUSH(s->keep, &s->blob.bytes) = bytes;
    return true;
}

static tr_head shelf_head(void *context)
{
    const shelf *s = context;
    return (tr_head){(uint64_t)s->entry.len, s->root.at[s->entry.len]};
}

static bool find_blob(const void *context, const tr_hash *hash, tr_str *bytes)
{
    const shelf *s = context;
    for (ptrdiff_t i = 0; i < s->blob.hash.len; i++)
        if (tr_hash_eq(&s->blob.hash.at[i], hash)) {
            *bytes = s->blob.bytes.at[i];
            return true;
        }
    return false;
}

static bool find_entry(const void *context, uint64_t index, tr_str *raw)
{
    const shelf *s = context;
    if (index >= (uint64_t)s->entry.len)
        return false;
    *raw = s->entry.at[index];
    return true;
}

static bool find_root(const void *context, uint64_t size, tr_hash *root)
{
    const shelf *s = context;
    if (size >= (uint64_t)s->root.len)
        return false;
    *root = s->root.at[size];
    return true;
}

void shelf_open(shelf *s, tr_arena *keep)
{
    *s = (shelf){.keep = keep};
    *TR_PUSH(keep, &s->root) = tr_merkle_empty();
}

tr_world shelf_world(const shelf *s)
{
    return (tr_world){s, find_blob, find_entry, find_root};
}

tr_keeper shelf_keeper(shelf *s)
{
    return (tr_keeper){s, shelf_append, shelf_blob, shelf_head};
}
