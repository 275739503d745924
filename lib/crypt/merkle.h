/* merkle.h -- the tree of RFC 6962 section 2.1 / RFC 9162: roots, proofs, verifiers.
 *
 * A tree is held as its complete subtrees (the frontier, at most 64 hashes)
 * plus, where proofs are made, a reader of stored hashes by level and index.
 */
#ifndef TR_MERKLE_H
#define TR_MERKLE_H

#include "crypt/crypt.h"

enum { TR_PROOF_MAX = 63 };

tr_hash tr_merkle_empty(void);                                     /* SHA-256 of nothing */
tr_hash tr_merkle_leaf(tr_str entry);                              /* SHA-256(0x00 || entry) */
tr_hash tr_merkle_node(const tr_hash *left, const tr_hash *right); /* SHA-256(0x01 || l || r) */
tr_hash tr_merkle_root(const tr_hash *leaf, int64_t count); /* of leaf hashes; for small sets */

/* Growing frontier: the complete subtrees of the binary expansion of size. */
typedef struct {
    tr_hash  node[64]; /* node[k] valid iff bit k of size is set */
    uint64_t size;
} tr_frontier;
void    tr_frontier_add(tr_frontier *frontier, const tr_hash *leaf);
tr_hash tr_frontier_root(const tr_frontier *frontier);

typedef struct {
    tr_hash path[TR_PROOF_MAX];
    int     length;
} tr_proof;

/* MTH of leaves [begin, end), begin a multiple of the power of two end - begin:
 * what a reader of stored hashes must answer. */
typedef bool (*tr_merkle_reader)(const void *context, int level, uint64_t index, tr_hash *hash);

bool tr_inclusion_make(uint64_t index, uint64_t size, tr_merkle_reader reader, const void *context,
                       tr_proof *proof);
bool tr_consistency_make(uint64_t old_size, uint64_t size, tr_merkle_reader reader,
                         const void *context, tr_proof *proof);
bool tr_range_root(uint64_t size, tr_merkle_reader reader, const void *context, tr_hash *root);

/* The verifiers of RFC 9162: total, false on anything wrong.  `path` holds
 * `length` hashes; consistency rejects old_size 0. */
bool tr_inclusion_ok(uint64_t index, uint64_t size, const tr_hash *leaf, const tr_hash *path,
                     int length, const tr_hash *root);
bool tr_consistency_ok(uint64_t old_size, uint64_t size, const tr_hash *old_root,
                       const tr_hash *root, const tr_hash *path, int length);
bool tr_subtree_inclusion_ok(uint64_t index, uint64_t begin, uint64_t end, const tr_hash *leaf,
                             const tr_hash *path, int length, const tr_hash *node);
bool tr_subtree_consistency_ok(uint64_t begin, uint64_t end, uint64_t size, const tr_hash *node,
                               const tr_hash *root, const tr_hash *path, int length);

#endif
