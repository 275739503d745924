/* tile.c -- names of tiles and trees read from stored levels; see tile.h. */
#include "record/tile.h"

static bool digits(tr_str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.len > 0;
}

/* A decimal without leading zeros, at most `most`. */
static bool small_read(tr_str text, int64_t most, int64_t *value)
{
    return digits(text) && tr_int_read(text, value) && *value <= most;
}

/* Groups of three digits, all but the last after an x, none needlessly first. */
static bool index_read(tr_str path, uint64_t *index)
{
    uint64_t sum = 0;
    int      groups = 0;
    bool     last = false;
    for (tr_str group; tr_str_next(&path, '/', &group); groups++) {
        bool    more = group.len == 4 && group.at[0] == 'x';
        tr_str  three = tr_str_from(group, more);
        int64_t value;
        if (last || groups == 6 || three.len != 3 || !digits(three) ||
            !tr_int_read_zeros(three, &value) || (groups == 0 && more && value == 0))
            return false;
        sum = sum * 1000 + (uint64_t)value; /* 6 groups: below 10^18 */
        last = !more;
    }
    *index = sum;
    return last;
}

/* ".p/<W>" cut off the end; W stays 256 without it. */
static bool width_take(tr_str *path, int *width)
{
    *width = TR_TILE_WIDTH;
    for (ptrdiff_t i = 0; i + 2 < path->len; i++) {
        int64_t value;
        if (memcmp(path->at + i, ".p/", 3) != 0)
            continue;
        if (!small_read(tr_str_from(*path, i + 3), TR_TILE_WIDTH - 1, &value) || value < 1)
            return false;
        *width = (int)value;
        path->len = i;
    }
    return true;
}

bool tr_tile_read(tr_str path, tr_tile *tile)
{
    ptrdiff_t slash = tr_str_find(path, '/');
    tr_str    level = tr_str_cut(path, 0, slash), rest = tr_str_from(path, slash + 1);
    int64_t   value = TR_TILE_ENTRIES;
    tr_tile   got = {0};
    if (slash < 1 || (!tr_str_is(level, "entries") && !small_read(level, 63, &value)) ||
        !width_take(&rest, &got.width) || !index_read(rest, &got.index))
        return false;
    got.level = (int)value;
    *tile = got;
    return true;
}

void tr_put_tile(tr_out *out, const tr_tile *tile)
{
    if (tile->level == TR_TILE_ENTRIES)
        tr_put(out, "entries");
    else
        tr_put(out, "%d", tile->level);
    uint64_t unit = 1;
    while (tile->index / unit >= 1000)
        unit *= 1000;
    for (; unit > 0; unit /= 1000)
        tr_put(out, unit > 1 ? "/x%03d" : "/%03d", (int)(tile->index / unit % 1000));
    if (tile->width < TR_TILE_WIDTH)
        tr_put(out, ".p/%d", tile->width);
}

uint64_t tr_level_count(uint64_t size, int level)
{
    return level >= 8 ? 0 : size >> (8 * level);
}

bool tr_tile_inside(const tr_tile *tile, uint64_t size)
{
    uint64_t count = tr_level_count(size, tile->level == TR_TILE_ENTRIES ? 0 : tile->level);
    return tile->index <= UINT64_MAX / TR_TILE_WIDTH - 1 &&
           tile->index * TR_TILE_WIDTH + (uint64_t)tile->width <= count;
}

/* A subtree of 2^level leaves = 2^(level mod 8) stored hashes of level floor(level / 8). */
bool tr_levels_node(const void *levels, int level, uint64_t index, tr_hash *hash)
{
    const tr_levels *stored = levels;
    tr_hash          row[TR_TILE_WIDTH / 2];
    int              count = 1 << level % 8;
    if (level < 0 || level >= 8 * TR_TREE_LEVELS)
        return false;
    for (int i = 0; i < count; i++)
        if (!stored->read(stored->context, level / 8, (index << level % 8) + (uint64_t)i, &row[i]))
            return false;
    for (; count > 1; count /= 2)
        for (int i = 0; i < count / 2; i++)
            row[i] = tr_merkle_node(&row[2 * i], &row[2 * i + 1]);
    *hash = row[0];
    return true;
}
