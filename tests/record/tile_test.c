/* tile_test.c -- names of tiles, and proofs from stored levels. */
#include "check.h"

#include "codec/json.h"
#include "record/commit.h"

static tr_str name_of(tr_arena *keep, int level, uint64_t index, int width)
{
    tr_out  out = tr_out_new(keep);
    tr_tile tile = {index, level, width};
    tr_put_tile(&out, &tile);
    return tr_out_text(&out);
}

static void published_indices_and_paths_agree_both_ways(void **state)
{
    tr_arena arena = check_arena();
    tr_str   bytes =
        check_file(&arena, check_path("../shared/vectors/go-sumdb/tile-index-paths.txt"));
    int seen = 0;
    CHECK_DATA(bytes);
    for (tr_str line; tr_str_next(&bytes, '\n', &line);) {
        ptrdiff_t blank = tr_str_find(line, ' ');
        uint64_t  index;
        tr_tile   tile;
        if (line.len == 0)
            continue;
        assert_true(tr_size_read(tr_str_cut(line, 0, blank), &index));
        tr_str name = name_of(&arena, 3, index, 256);
        assert_true(tr_str_eq(tr_str_from(name, 2), tr_str_from(line, blank + 1)));
        assert_true(tr_tile_read(name, &tile) && tile.index == index && tile.level == 3);
        seen++;
    }
    assert_int_equal(seen, 10);
}

/* The published list has the tile height first ("tile/H/L/N"), which our paths lack. */
static void published_paths_with_a_height_decode_without_it(void **state)
{
    tr_arena arena = check_arena();
    tr_str bytes = check_file(&arena, check_path("../shared/vectors/notes/tile-paths-sumdb.json"));
    tr_json *root;
    tr_err   err = {0};
    CHECK_DATA(bytes);
    CHECK_OK(tr_json_import(&arena, bytes, false, &root, &err), err);
    for (const tr_json *v = tr_json_get(root, "ok")->first; v; v = v->next) {
        const tr_json *height = v->first->next, *level = height->next, *index = level->next;
        int64_t        width = index->next->value;
        tr_str         path = tr_str_from(v->first->text, 7); /* after "tile/H/" */
        tr_out         ours = tr_out_new(&arena);
        tr_tile        tile;
        tr_put(&ours, "%s%.*s", level->value < 0 ? "entries" : "",
               TR_FMT(level->value < 0 ? tr_str_from(path, 4) : path));
        assert_true(tr_tile_read(tr_out_text(&ours), &tile));
        assert_int_equal(tile.level, level->value);
        assert_int_equal(tile.index, index->value);
        assert_int_equal(tile.width, width == 1 << height->value ? 256 : width);
        assert_true(
            tr_str_eq(name_of(&arena, tile.level, tile.index, tile.width), tr_out_text(&ours)));
    }
    for (const tr_json *v = tr_json_get(root, "bad")->first; v; v = v->next) {
        tr_tile tile;
        assert_false(tr_tile_read(tr_str_from(v->text, 7), &tile));
    }
}

static void other_forms_of_a_path_are_not_found(void **state)
{
    static const char *const bad[] = {"",           "0",
                                      "0/",         "/000",
                                      "0/000/",     "0//000",
                                      "0/00",       "0/0000",
                                      "00/000",     "01/000",
                                      "64/000",     "-1/000",
                                      "0/x000/001", "0/001/002",
                                      "0/x001",     "0/x001/x002",
                                      "0/000.p/0",  "0/000.p/256",
                                      "0/000.p/01", "0/000.p/",
                                      "0/000.p/1/", "0/000.p/1.p/1",
                                      "0/000p/1",   "entries",
                                      "entry/000",  "0/x123/x123/x123/x123/x123/x123/123",
                                      "tile/0/000", "0/12a",
                                      "0/X01/000",  " 0/000"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tr_tile tile;
        if (tr_tile_read(tr_str_of(bad[i]), &tile))
            fail_msg("accepted: %s", bad[i]);
    }
}

static void a_tile_is_served_once_it_lies_below_the_head(void **state)
{
    static const struct {
        uint64_t size, index;
        int      level, width;
        bool     inside;
    } cases[] = {
        {255, 0, 0, 255, true},
        {255, 0, 0, 256, false},
        {256, 0, 0, 256, true},
        {256, 0, 1, 1, true},
        {255, 0, 1, 1, false},
        {256, 1, 0, 1, false},
        {70000, 273, 0, 112, true},
        {70000, 273, 0, 113, false},
        {70000, 1, 1, 17, true},
        {70000, 1, 1, 18, false},
        {70000, 0, 2, 1, true},
        {70000, 0, 2, 2, false},
        {70000, 0, 8, 1, false},
        {70000, 0, 63, 1, false},
        {70000, UINT64_MAX, 0, 1, false},
        {70000, 0, TR_TILE_ENTRIES, 256, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tr_tile tile = {cases[i].index, cases[i].level, cases[i].width};
        assert_true(tr_tile_inside(&tile, cases[i].size) == cases[i].inside);
    }
}

typedef struct {
    tr_out level[TR_TREE_LEVELS];
} kept_levels;

static void keep_level(void *context, int level, const tr_hash *hash)
{
    kept_levels *kept = context;
    tr_put_bytes(&kept->level[level], hash->at, 32);
}

static bool read_level(const void *context, int level, uint64_t index, tr_hash *hash)
{
    const kept_levels *kept = context;
    if ((index + 1) * 32 > (uint64_t)kept->level[level].buf.len)
        return false;
    memcpy(hash->at, kept->level[level].buf.at + 32 * index, 32);
    return true;
}

/* MTH by its definition: split at the largest power of two below n. */
static tr_hash by_definition(const tr_hash *leaf, int64_t n)
{
    if (n == 0)
        return tr_merkle_empty();
    if (n == 1)
        return leaf[0];
    int64_t split = 1;
    while (2 * split < n)
        split *= 2;
    tr_hash left = by_definition(leaf, split), right = by_definition(leaf + split, n - split);
    return tr_merkle_node(&left, &right);
}

static void every_level_equals_its_definition_and_proofs_from_it_verify(void **state)
{
    enum { SIZE = 65537 };
    static const uint64_t sizes[] = {0, 1, 2, 255, 256, 257, 511, 512, 513, 65535, 65536, 65537};
    tr_arena              arena = check_arena();
    kept_levels          *kept = TR_NEW(&arena, kept_levels, 1);
    tr_frontier          *frontier = TR_NEW(&arena, tr_frontier, 1);
    tr_hash              *leaf = TR_NEW(&arena, tr_hash, SIZE);
    size_t                check = 0;
    for (int i = 0; i < TR_TREE_LEVELS; i++)
        kept->level[i] = tr_out_new(&arena);
    for (uint64_t n = 0;; n++) {
        if (check < sizeof sizes / sizeof sizes[0] && n == sizes[check]) {
            tr_levels levels = {read_level, kept};
            tr_hash   root = by_definition(leaf, (int64_t)n), got;
            for (int l = 0; l < TR_TREE_LEVELS; l++)
                assert_int_equal(kept->level[l].buf.len, 32 * tr_level_count(n, l));
            assert_true(tr_range_root(n, tr_levels_node, &levels, &got));
            assert_true(tr_hash_eq(&root, &got));
            if (n > 1) {
                tr_proof proof;
                tr_hash  old = by_definition(leaf, (int64_t)n / 2);
                assert_true(tr_inclusion_make(n / 3, n, tr_levels_node, &levels, &proof));
                assert_true(
                    tr_inclusion_ok(n / 3, n, &leaf[n / 3], proof.path, proof.length, &root));
                assert_true(tr_consistency_make(n / 2, n, tr_levels_node, &levels, &proof));
                assert_true(tr_consistency_ok(n / 2, n, &old, &root, proof.path, proof.length));
            }
            check++;
        }
        if (n == SIZE)
            break;
        char text[8];
        memcpy(text, &n, 8);
        leaf[n] = tr_merkle_leaf((tr_str){text, 8});
        tr_log_add(frontier, &leaf[n], keep_level, kept);
    }
    for (int l = 1; l <= 2; l++)
        for (uint64_t j = 0; j < tr_level_count(SIZE, l); j++) {
            tr_hash got, want = by_definition(leaf + (j << (8 * l)), INT64_C(1) << (8 * l));
            assert_true(read_level(kept, l, j, &got) && tr_hash_eq(&got, &want));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_indices_and_paths_agree_both_ways),
        cmocka_unit_test(published_paths_with_a_height_decode_without_it),
        cmocka_unit_test(other_forms_of_a_path_are_not_found),
        cmocka_unit_test(a_tile_is_served_once_it_lies_below_the_head),
        cmocka_unit_test(every_level_equals_its_definition_and_proofs_from_it_verify),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
