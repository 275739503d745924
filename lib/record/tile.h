/* tile.h -- tiles and entry bundles: their names, and stored subtrees as a tree.
 *
 * Level L of the stored tree holds the hashes of complete subtrees of 256^L
 * leaves.  Tile (L, N) is hashes 256 N up to 256 (N + 1) of level L; bundle N
 * is the entries of level-0 tile N.  Paths as C2SP tlog-tiles v0.1.0.
 *
 *     tr_tile tile;
 *     if (!tr_tile_read(TR_STR("1/x001/067.p/17"), &tile) || !tr_tile_inside(&tile, size)) 404
 */
#ifndef TR_TILE_H
#define TR_TILE_H

#include "crypt/merkle.h"

enum { TR_TILE_WIDTH = 256, TR_TREE_LEVELS = 8, TR_TILE_ENTRIES = -1 };

typedef struct {
    uint64_t index; /* N */
    int      level; /* 0..63, or TR_TILE_ENTRIES for a bundle */
    int      width; /* 1..256 */
} tr_tile;

/* "<L>/<N>[.p/<W>]" or "entries/<N>[.p/<W>]"; false on any other form. */
bool tr_tile_read(tr_str path, tr_tile *tile);
void tr_put_tile(tr_out *out, const tr_tile *tile);
bool tr_tile_inside(const tr_tile *tile, uint64_t size); /* wholly below a head of `size`? */
uint64_t tr_level_count(uint64_t size, int level);       /* floor(size / 256^level) */

/* Reader of stored hashes: entry `index` of level `level` (0..7). */
typedef bool (*tr_level_reader)(const void *context, int level, uint64_t index, tr_hash *hash);
typedef struct {
    tr_level_reader read;
    const void     *context;
} tr_levels;
/* A tr_merkle_reader whose context is a tr_levels. */
bool tr_levels_node(const void *levels, int level, uint64_t index, tr_hash *hash);

#endif
