/* merkle.c -- the tree of RFC 6962 section 2.1: roots, proofs, and the verifiers of RFC 9162.
 *
 * Proofs are made from the top down: at each step the range [begin, end) is
 * split at the largest power of two below its length, the half that is left is
 * noted, and the notes are reversed at the end.  Each half begins at a multiple
 * of a power of two at least its length, so its hash folds from stored
 * complete subtrees, at most one a level.
 */
#include "crypt/merkle.h"

/* Largest tree that proofs are made for: its proofs have at most 63 hashes. */
#define LARGEST (UINT64_C(1) << 62)

tr_hash tr_merkle_empty(void)
{
    return tr_sha256((tr_str){NULL, 0});
}

tr_hash tr_merkle_leaf(tr_str entry)
{
    return tr_sha256_2((tr_str){"\0", 1}, entry);
}

tr_hash tr_merkle_node(const tr_hash *left, const tr_hash *right)
{
    char bytes[65] = {1};
    memcpy(bytes + 1, left->at, 32);
    memcpy(bytes + 33, right->at, 32);
    return tr_sha256((tr_str){bytes, sizeof bytes});
}

tr_hash tr_merkle_root(const tr_hash *leaf, int64_t count)
{
    tr_frontier frontier;
    frontier.size = 0;
    for (int64_t i = 0; i < count; i++)
        tr_frontier_add(&frontier, &leaf[i]);
    return tr_frontier_root(&frontier);
}

void tr_frontier_add(tr_frontier *frontier, const tr_hash *leaf)
{
    assert(frontier->size < UINT64_MAX);
    tr_hash hash = *leaf;
    int     level = 0;
    for (; frontier->size >> level & 1; level++)
        hash = tr_merkle_node(&frontier->node[level], &hash);
    frontier->node[level] = hash;
    frontier->size++;
}

tr_hash tr_frontier_root(const tr_frontier *frontier)
{
    if (frontier->size == 0)
        return tr_merkle_empty();
    int     level = __builtin_ctzll(frontier->size);
    tr_hash root = frontier->node[level];
    for (level++; level < 64; level++)
        if (frontier->size >> level & 1)
            root = tr_merkle_node(&frontier->node[level], &root);
    return root;
}

/* ---- proofs ---- */

static int log2_floor(uint64_t n)
{
    return 63 - __builtin_clzll(n);
}

/* Largest power of two below n; n at least 2. */
static uint64_t split(uint64_t n)
{
    return UINT64_C(1) << log2_floor(n - 1);
}

static bool range_root(uint64_t begin, uint64_t end, tr_merkle_reader reader, const void *context,
                       tr_hash *root)
{
    tr_hash part[64];
    int     parts = 0;
    while (begin < end) {
        int level = log2_floor(end - begin);
        if (!reader(context, level, begin >> level, &part[parts++]))
            return false;
        begin += UINT64_C(1) << level;
    }
    while (parts > 1) {
        parts--;
        part[parts - 1] = tr_merkle_node(&part[parts - 1], &part[parts]);
    }
    *root = part[0];
    return true;
}

bool tr_range_root(uint64_t size, tr_merkle_reader reader, const void *context, tr_hash *root)
{
    if (size == 0) {
        *root = tr_merkle_empty();
        return true;
    }
    return range_root(0, size, reader, context, root);
}

static void reverse(tr_proof *proof)
{
    for (int i = 0, j = proof->length - 1; i < j; i++, j--) {
        tr_hash kept = proof->path[i];
        proof->path[i] = proof->path[j];
        proof->path[j] = kept;
    }
}

bool tr_inclusion_make(uint64_t index, uint64_t size, tr_merkle_reader reader, const void *context,
                       tr_proof *proof)
{
    if (index >= size || size > LARGEST)
        return false;
    uint64_t begin = 0;
    uint64_t end = size;
    proof->length = 0;
    while (end - begin > 1) {
        uint64_t middle = begin + split(end - begin);
        bool     left = index < middle;
        if (!range_root(left ? middle : begin, left ? end : middle, reader, context,
                        &proof->path[proof->length++]))
            return false;
        begin = left ? begin : middle;
        end = left ? middle : end;
    }
    reverse(proof);
    return true;
}

bool tr_consistency_make(uint64_t old_size, uint64_t size, tr_merkle_reader reader,
                         const void *context, tr_proof *proof)
{
    if (old_size == 0 || old_size > size || size > LARGEST)
        return false;
    uint64_t begin = 0;
    uint64_t end = size;
    proof->length = 0;
    while (end != old_size) {
        uint64_t middle = begin + split(end - begin);
        bool     left = old_size <= middle;
        if (!range_root(left ? middle : begin, left ? end : middle, reader, context,
                        &proof->path[proof->length++]))
            return false;
        begin = left ? begin : middle;
        end = left ? middle : end;
    }
    if (begin != 0 && !range_root(begin, end, reader, context, &proof->path[proof->length++]))
        return false;
    reverse(proof);
    return true;
}

/* ---- verifiers ---- */

bool tr_inclusion_ok(uint64_t index, uint64_t size, const tr_hash *leaf, const tr_hash *path,
                     int length, const tr_hash *root)
{
    if (index >= size || length < 0 || length > TR_PROOF_MAX)
        return false;
    uint64_t node = index;
    uint64_t last = size - 1;
    tr_hash  hash = *leaf;
    for (int i = 0; i < length; i++) {
        if (last == 0)
            return false;
        if ((node & 1) || node == last) {
            hash = tr_merkle_node(&path[i], &hash);
            while (node != 0 && !(node & 1))
                node >>= 1, last >>= 1;
        } else {
            hash = tr_merkle_node(&hash, &path[i]);
        }
        node >>= 1, last >>= 1;
    }
    return last == 0 && tr_hash_eq(&hash, root);
}

/* Walk up from the last node of the old tree; `from` is the hash it begins with. */
static bool consistency_walk(uint64_t node, uint64_t last, const tr_hash *from,
                             const tr_hash *path, int length, tr_hash root[2])
{
    for (; node & 1; node >>= 1)
        last >>= 1;
    root[0] = root[1] = *from;
    for (int i = 0; i < length; i++) {
        if (last == 0)
            return false;
        if ((node & 1) || node == last) {
            root[0] = tr_merkle_node(&path[i], &root[0]);
            root[1] = tr_merkle_node(&path[i], &root[1]);
            while (node != 0 && !(node & 1))
                node >>= 1, last >>= 1;
        } else {
            root[1] = tr_merkle_node(&root[1], &path[i]);
        }
        node >>= 1, last >>= 1;
    }
    return last == 0;
}

bool tr_consistency_ok(uint64_t old_size, uint64_t size, const tr_hash *old_root,
                       const tr_hash *root, const tr_hash *path, int length)
{
    if (old_size == 0 || old_size > size || length < 0 || length > TR_PROOF_MAX)
        return false;
    if (old_size == size)
        return length == 0 && tr_hash_eq(old_root, root);
    if (length == 0)
        return false;
    bool    whole = (old_size & (old_size - 1)) == 0; /* the old tree is one complete subtree */
    tr_hash got[2];
    return consistency_walk(old_size - 1, size - 1, whole ? old_root : &path[0],
                            whole ? path : path + 1, whole ? length : length - 1, got) &&
           tr_hash_eq(&got[0], old_root) && tr_hash_eq(&got[1], root);
}

/* [begin, end) is a subtree iff begin is a multiple of the smallest power of two >= end - begin. */
static bool subtree_ok(uint64_t begin, uint64_t end)
{
    if (begin >= end)
        return false;
    if (end - begin == 1)
        return true;
    int level = log2_floor(end - begin - 1) + 1;
    return level == 64 ? begin == 0 : (begin & ((UINT64_C(1) << level) - 1)) == 0;
}

bool tr_subtree_inclusion_ok(uint64_t index, uint64_t begin, uint64_t end, const tr_hash *leaf,
                             const tr_hash *path, int length, const tr_hash *node)
{
    return subtree_ok(begin, end) && index >= begin &&
           tr_inclusion_ok(index - begin, end - begin, leaf, path, length, node);
}

/* Three positions that rise together: first and last of the subtree, last of the tree. */
typedef struct {
    uint64_t first;
    uint64_t last;
    uint64_t tree;
} climb;

static void rise(climb *at)
{
    at->first >>= 1, at->last >>= 1, at->tree >>= 1;
}

static bool subtree_walk(climb at, tr_hash hash[2], const tr_hash *path, int length)
{
    for (int i = 0; i < length; i++) {
        if (at.tree == 0)
            return false;
        if ((at.last & 1) || at.last == at.tree) {
            if (at.first < at.last)
                hash[0] = tr_merkle_node(&path[i], &hash[0]);
            hash[1] = tr_merkle_node(&path[i], &hash[1]);
            while (!(at.last & 1)) /* ends: last is not 0 here, being odd or equal to tree */
                rise(&at);
        } else {
            hash[1] = tr_merkle_node(&hash[1], &path[i]);
        }
        rise(&at);
    }
    return at.tree == 0;
}

bool tr_subtree_consistency_ok(uint64_t begin, uint64_t end, uint64_t size, const tr_hash *node,
                               const tr_hash *root, const tr_hash *path, int length)
{
    if (!subtree_ok(begin, end) || end > size || length < 0 || length > TR_PROOF_MAX)
        return false;
    climb at = {begin, end - 1, size - 1};
    bool  at_edge = at.last == at.tree;
    while (at.first != at.last && (at_edge || (at.last & 1)))
        rise(&at);
    tr_hash hash[2] = {*node, *node};
    if (at.first != at.last) {
        if (length == 0)
            return false;
        hash[0] = hash[1] = path[0];
        path++, length--;
    }
    return subtree_walk(at, hash, path, length) && tr_hash_eq(&hash[0], node) &&
           tr_hash_eq(&hash[1], root);
}
