/* merkle_test.c -- roots, proofs made and verified at all small sizes, published vectors. */
#include "check.h"

#include <dirent.h>
#include <jansson.h>

#include "crypt/merkle.h"

enum { LARGEST = 130, LEVELS = 8 };

/* Every complete subtree of LARGEST leaves, as a log would store them. */
typedef struct {
    tr_hash  node[LEVELS][LARGEST];
    uint64_t size;
} stored;

static void store(stored *all, uint64_t size)
{
    all->size = size;
    for (uint64_t i = 0; i < size; i++) {
        char text[32];
        snprintf(text, sizeof text, "leaf %d", (int)i);
        all->node[0][i] = tr_merkle_leaf(tr_str_of(text));
    }
    for (int level = 1; level < LEVELS; level++)
        for (uint64_t i = 0; i < size >> level; i++)
            all->node[level][i] =
                tr_merkle_node(&all->node[level - 1][2 * i], &all->node[level - 1][2 * i + 1]);
}

static bool read_stored(const void *context, int level, uint64_t index, tr_hash *hash)
{
    const stored *all = context;
    if (level >= LEVELS || index >= all->size >> level)
        return false;
    *hash = all->node[level][index];
    return true;
}

static bool read_nothing(const void *context, int level, uint64_t index, tr_hash *hash)
{
    return false;
}

/* The definition of RFC 6962, word by word: the independent answer. */
static tr_hash defined_root(const tr_hash *leaf, int count)
{
    if (count == 0)
        return tr_sha256(TR_STR(""));
    if (count == 1)
        return leaf[0];
    int half = 1;
    while (half * 2 < count)
        half *= 2;
    tr_hash left = defined_root(leaf, half);
    tr_hash right = defined_root(leaf + half, count - half);
    return tr_merkle_node(&left, &right);
}

static stored all;

static void three_ways_to_a_root_agree(void **state)
{
    store(&all, LARGEST);
    tr_frontier frontier = {.size = 0};
    for (int n = 0; n <= LARGEST; n++) {
        tr_hash want = defined_root(all.node[0], n);
        tr_hash grown = tr_frontier_root(&frontier);
        tr_hash whole = tr_merkle_root(all.node[0], n);
        tr_hash range;
        assert_true(tr_range_root((uint64_t)n, read_stored, &all, &range));
        assert_true(tr_hash_eq(&grown, &want));
        assert_true(tr_hash_eq(&whole, &want));
        assert_true(tr_hash_eq(&range, &want));
        if (n < LARGEST)
            tr_frontier_add(&frontier, &all.node[0][n]);
    }
    tr_hash empty = tr_merkle_empty();
    tr_hash nothing = tr_sha256(TR_STR(""));
    assert_true(tr_hash_eq(&empty, &nothing));
}

/* Any change of one input of a lawful inclusion proof. */
static void altered_inclusion_fails(uint64_t i, uint64_t n, const tr_hash *root,
                                    const tr_proof *proof)
{
    const tr_hash *leaf = &all.node[0][i];
    const tr_hash *path = proof->path;
    int            len = proof->length;
    tr_proof       other = *proof;
    tr_hash        flipped = *leaf;
    flipped.at[(i + n) % 32] ^= 4;
    assert_false(tr_inclusion_ok(i, n, &flipped, path, len, root));
    assert_false(tr_inclusion_ok(i, n, leaf, path, len, &flipped));
    if (i > 0)
        assert_false(tr_inclusion_ok(i - 1, n, leaf, path, len, root));
    assert_false(tr_inclusion_ok(i + 1, n, leaf, path, len, root));
    assert_false(tr_inclusion_ok(n, n, leaf, path, len, root));
    assert_false(tr_inclusion_ok(i, n, leaf, path, len + 1, root));
    if (len > 0) {
        assert_false(tr_inclusion_ok(i, n, leaf, path, len - 1, root));
        assert_false(tr_inclusion_ok(i, n, leaf, path + 1, len - 1, root));
    }
    for (int k = 0; k < len; k++) {
        other.path[k].at[k % 32] ^= 1;
        assert_false(tr_inclusion_ok(i, n, leaf, other.path, len, root));
        other.path[k] = path[k];
    }
}

static void every_inclusion_proof_verifies_and_no_altered_one(void **state)
{
    store(&all, LARGEST);
    for (uint64_t n = 1; n <= LARGEST; n++) {
        tr_hash root = defined_root(all.node[0], (int)n);
        for (uint64_t i = 0; i < n; i++) {
            tr_proof proof = {.length = -1};
            assert_true(tr_inclusion_make(i, n, read_stored, &all, &proof));
            if (!tr_inclusion_ok(i, n, &all.node[0][i], proof.path, proof.length, &root))
                fail_msg("leaf %d of %d", (int)i, (int)n);
            altered_inclusion_fails(i, n, &root, &proof);
        }
    }
}

static void altered_consistency_fails(uint64_t m, uint64_t n, const tr_hash root[2],
                                      const tr_proof *proof)
{
    const tr_hash *path = proof->path;
    int            len = proof->length;
    tr_proof       other = *proof;
    tr_hash        flipped = root[1];
    flipped.at[(m + n) % 32] ^= 16;
    assert_false(tr_consistency_ok(m, n, &flipped, &root[1], path, len));
    assert_false(tr_consistency_ok(m, n, &root[0], &flipped, path, len));
    assert_false(tr_consistency_ok(m - 1, n, &root[0], &root[1], path, len));
    assert_false(tr_consistency_ok(m, n, &root[0], &root[1], path, len + 1));
    if (m < n) {
        assert_false(tr_consistency_ok(m + 1, n, &root[0], &root[1], path, len));
        assert_false(tr_consistency_ok(n, m, &root[1], &root[0], path, len));
        assert_false(tr_consistency_ok(m, n, &root[1], &root[0], path, len));
    }
    if (len > 0) {
        assert_false(tr_consistency_ok(m, n, &root[0], &root[1], path, len - 1));
        assert_false(tr_consistency_ok(m, n, &root[0], &root[1], path + 1, len - 1));
    }
    for (int k = 0; k < len; k++) {
        other.path[k].at[k % 32] ^= 1;
        assert_false(tr_consistency_ok(m, n, &root[0], &root[1], other.path, len));
        other.path[k] = path[k];
    }
}

static void every_consistency_proof_verifies_and_no_altered_one(void **state)
{
    store(&all, LARGEST);
    for (uint64_t n = 1; n <= LARGEST; n++) {
        for (uint64_t m = 1; m <= n; m++) {
            tr_hash  root[2] = {defined_root(all.node[0], (int)m),
                                defined_root(all.node[0], (int)n)};
            tr_proof proof = {.length = -1};
            assert_true(tr_consistency_make(m, n, read_stored, &all, &proof));
            if (!tr_consistency_ok(m, n, &root[0], &root[1], proof.path, proof.length))
                fail_msg("%d to %d", (int)m, (int)n);
            altered_consistency_fails(m, n, root, &proof);
        }
    }
}

/* The proof that leaves [begin, end) are a subtree of the n leaves at `leaf`, by its definition
 * (SUBTREE_SUBPROOF of the Merkle Tree Certificates draft), innermost hash first. */
static void subtree_proof(const tr_hash *leaf, int n, int begin, int end, bool known,
                          tr_proof *proof)
{
    if (begin == 0 && end == n) {
        if (!known)
            proof->path[proof->length++] = defined_root(leaf, n);
        return;
    }
    int half = 1;
    while (half * 2 < n)
        half *= 2;
    if (end <= half)
        subtree_proof(leaf, half, begin, end, known, proof);
    else if (begin >= half)
        subtree_proof(leaf + half, n - half, begin - half, end - half, known, proof);
    else
        subtree_proof(leaf + half, n - half, 0, end - half, false, proof);
    proof->path[proof->length++] =
        end <= half ? defined_root(leaf + half, n - half) : defined_root(leaf, half);
}

static bool aligned(int begin, int end)
{
    int span = 1;
    while (span < end - begin)
        span *= 2;
    return begin % span == 0;
}

static void subtree_holds(int begin, int end, int n, const tr_hash *root)
{
    tr_hash  node = defined_root(all.node[0] + begin, end - begin);
    tr_hash  flipped = node;
    tr_proof proof = {.length = 0};
    uint64_t b = (uint64_t)begin;
    uint64_t e = (uint64_t)end;
    uint64_t size = (uint64_t)n;
    flipped.at[n % 32] ^= 2;
    if (!aligned(begin, end)) {
        assert_false(tr_subtree_consistency_ok(b, e, size, &node, root, proof.path, 0));
        return;
    }
    subtree_proof(all.node[0], n, begin, end, true, &proof);
    const tr_hash *path = proof.path;
    int            len = proof.length;
    if (!tr_subtree_consistency_ok(b, e, size, &node, root, path, len))
        fail_msg("[%d, %d) of %d", begin, end, n);
    assert_false(tr_subtree_consistency_ok(b, e, size, &flipped, root, path, len));
    assert_false(tr_subtree_consistency_ok(b, e, size, &node, &flipped, path, len));
    assert_false(tr_subtree_consistency_ok(b, e, size, &node, root, path, len + 1));
    if (len > 0)
        assert_false(tr_subtree_consistency_ok(b, e, size, &node, root, path, len - 1));
    for (int k = 0; k < len; k++) {
        proof.path[k].at[k % 32] ^= 8;
        assert_false(tr_subtree_consistency_ok(b, e, size, &node, root, path, len));
        proof.path[k].at[k % 32] ^= 8;
    }
}

static void every_subtree_of_small_trees(void **state)
{
    store(&all, LARGEST);
    for (int n = 1; n <= 40; n++) {
        tr_hash root = defined_root(all.node[0], n);
        for (int begin = 0; begin < n; begin++)
            for (int end = begin + 1; end <= n; end++)
                subtree_holds(begin, end, n, &root);
        uint64_t size = (uint64_t)n;
        assert_false(tr_subtree_consistency_ok(0, size + 1, size, &root, &root, NULL, 0));
        assert_false(tr_subtree_consistency_ok(0, 0, size, &root, &root, NULL, 0));
    }
}

/* Leaves 1 and 2 have a common hash by arithmetic, but no node of the tree stands for them. */
static void a_range_that_is_no_subtree_is_refused(void **state)
{
    store(&all, 4);
    tr_hash node = tr_merkle_node(&all.node[0][1], &all.node[0][2]);
    assert_false(tr_subtree_inclusion_ok(1, 1, 3, &all.node[0][1], &all.node[0][2], 1, &node));
    node = all.node[1][1];
    assert_true(tr_subtree_inclusion_ok(2, 2, 4, &all.node[0][2], &all.node[0][3], 1, &node));
    assert_false(tr_subtree_inclusion_ok(1, 2, 4, &all.node[0][2], &all.node[0][3], 1, &node));
}

static void proofs_that_cannot_be_made(void **state)
{
    store(&all, LARGEST);
    tr_proof proof;
    tr_hash  root;
    assert_false(tr_inclusion_make(0, 0, read_stored, &all, &proof));
    assert_false(tr_inclusion_make(5, 5, read_stored, &all, &proof));
    assert_false(tr_inclusion_make(0, UINT64_MAX, read_stored, &all, &proof));
    assert_false(tr_inclusion_make(0, LARGEST + 70, read_stored, &all, &proof));
    assert_false(tr_consistency_make(0, 5, read_stored, &all, &proof));
    assert_false(tr_consistency_make(6, 5, read_stored, &all, &proof));
    assert_false(tr_consistency_make(3, 7, read_nothing, NULL, &proof));
    assert_false(tr_range_root(7, read_nothing, NULL, &root));
}

static bool read_zero(const void *context, int level, uint64_t index, tr_hash *hash)
{
    memset(hash, 0, sizeof *hash);
    return true;
}

/* Proofs of the largest trees stay within the array and end. */
static void the_largest_trees(void **state)
{
    uint64_t n = UINT64_C(1) << 62;
    tr_proof proof;
    assert_true(tr_inclusion_make(n - 1, n, read_zero, NULL, &proof));
    assert_int_equal(proof.length, 62);
    assert_true(tr_consistency_make(n - 1, n, read_zero, NULL, &proof));
    assert_int_equal(proof.length, 63);
    assert_false(tr_inclusion_make(0, n + 1, read_zero, NULL, &proof));
    tr_hash path[64] = {{{0}}};
    assert_false(tr_inclusion_ok(0, UINT64_MAX, &path[0], path, 64, &path[0]));
    assert_false(tr_inclusion_ok(0, UINT64_MAX, &path[0], path, -1, &path[0]));
    assert_false(tr_consistency_ok(1, UINT64_MAX, &path[0], &path[0], path, 64));
    assert_false(tr_subtree_consistency_ok(0, UINT64_MAX, UINT64_MAX, &path[0], &path[0], path,
                                           63));
    assert_false(tr_subtree_inclusion_ok(UINT64_MAX - 1, UINT64_MAX - 1, UINT64_MAX, &path[0], path,
                                         63, &path[0]));
}

/* ---- published vectors ---- */

static bool read_path(const json_t *proof, tr_hash path[64], int *length)
{
    size_t  i;
    json_t *one;
    *length = 0;
    json_array_foreach(proof, i, one)
    {
        if (i == 64 || !tr_hash_read_base64(tr_str_of(json_string_value(one)), &path[i]))
            return false;
        *length = (int)i + 1;
    }
    return true;
}

typedef struct {
    const json_t *root;
    bool          lawful; /* all hashes are hashes */
    tr_hash       path[64];
    int           length;
} vector;

/* Numbers are read as doubles: the one beyond 2^53 in the vectors is 2^64 - 1. */
static uint64_t number(const vector *v, const char *name)
{
    const json_t *value = json_object_get(v->root, name);
    double        real = json_number_value(value);
    assert_true(json_is_number(value) && (real <= 0x1p53 || real == 0x1p64));
    return real == 0x1p64 ? UINT64_MAX : (uint64_t)real;
}

static tr_hash hash_at(vector *v, const char *name)
{
    tr_hash     hash = {{0}};
    const char *text = json_string_value(json_object_get(v->root, name));
    if (!text || !tr_hash_read_base64(tr_str_of(text), &hash))
        v->lawful = false;
    return hash;
}

typedef bool verifier(vector *v);

static bool by_inclusion(vector *v)
{
    tr_hash leaf = hash_at(v, "leafHash");
    tr_hash root = hash_at(v, "root");
    return tr_inclusion_ok(number(v, "leafIdx"), number(v, "treeSize"), &leaf, v->path, v->length,
                           &root);
}

static bool by_consistency(vector *v)
{
    tr_hash root1 = hash_at(v, "root1");
    tr_hash root2 = hash_at(v, "root2");
    return tr_consistency_ok(number(v, "size1"), number(v, "size2"), &root1, &root2, v->path,
                             v->length);
}

static bool by_subtree_inclusion(vector *v)
{
    tr_hash leaf = hash_at(v, "leafHash");
    tr_hash root = hash_at(v, "root");
    return tr_subtree_inclusion_ok(number(v, "leafIdx"), number(v, "start"), number(v, "end"),
                                   &leaf, v->path, v->length, &root);
}

static bool by_subtree_consistency(vector *v)
{
    tr_hash root1 = hash_at(v, "root1");
    tr_hash root2 = hash_at(v, "root2");
    return tr_subtree_consistency_ok(number(v, "start"), number(v, "end"), number(v, "size"),
                                     &root1, &root2, v->path, v->length);
}

static void one_vector(tr_arena scratch, const char *path, verifier *verify)
{
    tr_str  file = check_file(&scratch, path);
    json_t *root = json_loadb(file.at, (size_t)file.len, JSON_DECODE_INT_AS_REAL, NULL);
    assert_non_null(root);
    vector v = {.root = root, .lawful = true};
    bool   path_ok = read_path(json_object_get(root, "proof"), v.path, &v.length);
    bool   ok = verify(&v) && v.lawful && path_ok;
    if (ok == json_is_true(json_object_get(root, "wantErr")))
        fail_msg("%s: %s", path, ok ? "accepted" : "refused");
    json_decref(root);
}

static int all_vectors(tr_arena scratch, const char *dir, verifier *verify)
{
    DIR *open = opendir(dir);
    int  seen = 0;
    if (!open)
        return 0;
    for (struct dirent *entry; (entry = readdir(open));) {
        size_t len = strlen(entry->d_name);
        char   path[2048];
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        if (len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0) {
            one_vector(scratch, path, verify);
            seen++;
        } else if (entry->d_name[0] != '.') {
            seen += all_vectors(scratch, path, verify);
        }
    }
    closedir(open);
    return seen;
}

static void vectors_of(const char *set, verifier *verify, int want)
{
    tr_arena arena = check_arena();
    char     dir[1200];
    CHECK_DATA(check_file(&arena, check_path("../shared/vectors/rfc6962-merkle/LICENSE")));
    snprintf(dir, sizeof dir, "%s/%s", check_path("../shared/vectors/rfc6962-merkle"), set);
    assert_int_equal(all_vectors(arena, dir, verify), want);
}

static void rfc6962_inclusion(void **state)
{
    vectors_of("inclusion", by_inclusion, 61);
}

static void rfc6962_consistency(void **state)
{
    vectors_of("consistency", by_consistency, 43);
}

static void rfc6962_subtree_inclusion(void **state)
{
    vectors_of("subtreeinclusion", by_subtree_inclusion, 98);
}

static void rfc6962_subtree_consistency(void **state)
{
    vectors_of("subtreeconsistency", by_subtree_consistency, 45);
}

static json_t *load(tr_arena *arena, const char *path)
{
    tr_str file = check_file(arena, check_path(path));
    CHECK_DATA(file);
    json_t *root = json_loadb(file.at, (size_t)file.len, 0, NULL);
    assert_non_null(root);
    return root;
}

static void go_proofs(const char *path, bool inclusion)
{
    tr_arena arena = check_arena();
    json_t  *list = load(&arena, path);
    size_t   i;
    json_t  *one;
    assert_int_equal(json_array_size(list), 200);
    json_array_foreach(list, i, one)
    {
        vector  v = {.root = one, .lawful = true};
        bool    path_ok = read_path(json_object_get(one, "Proof"), v.path, &v.length);
        tr_hash a = hash_at(&v, inclusion ? "Leaf" : "Root1");
        tr_hash b = hash_at(&v, inclusion ? "Root" : "Root2");
        bool    ok = inclusion ? tr_inclusion_ok(number(&v, "Index"), number(&v, "Size"), &a,
                                                 v.path, v.length, &b)
                               : tr_consistency_ok(number(&v, "Size1"), number(&v, "Size2"), &a, &b,
                                                   v.path, v.length);
        ok = ok && v.lawful && path_ok;
        if (ok != json_is_true(json_object_get(one, "valid")))
            fail_msg("%s[%d]: %s", path, (int)i, ok ? "accepted" : "refused");
    }
    json_decref(list);
}

static void go_inclusion(void **state)
{
    go_proofs("../shared/vectors/go-sumdb/inclusion-first200.json", true);
}

static void go_consistency(void **state)
{
    go_proofs("../shared/vectors/go-sumdb/consistency-first200.json", false);
}

static void rfc6962_roots(void **state)
{
    tr_arena    arena = check_arena();
    json_t     *root = load(&arena, "../shared/vectors/notes/rfc6962-roots.json");
    json_t     *leaves = json_object_get(root, "leaves_hex");
    json_t     *roots = json_object_get(root, "roots_by_size_hex");
    tr_frontier frontier = {.size = 0};
    assert_int_equal(json_array_size(leaves), 8);
    for (size_t n = 0; n <= 8; n++) {
        tr_hash got = tr_frontier_root(&frontier);
        char    hex[65];
        tr_hash_hex(&got, hex);
        assert_string_equal(hex, json_string_value(json_array_get(roots, n)));
        if (n == 8)
            break;
        tr_str  text = tr_str_of(json_string_value(json_array_get(leaves, n)));
        uint8_t bytes[64];
        assert_true(tr_hex_read(text, bytes, text.len / 2));
        tr_hash leaf = tr_merkle_leaf((tr_str){(char *)bytes, text.len / 2});
        tr_frontier_add(&frontier, &leaf);
    }
    json_decref(root);
}

/* The rule of the shared vectors: "leaf <i> " and the first bytes of the hash of "seed <i>". */
static void the_root_of_70000_leaves_that_go_computed(void **state)
{
    tr_arena arena = check_arena();
    tr_str   checkpoint = check_file(&arena, check_path("../shared/vectors/go-sumdb/checkpoint"));
    CHECK_DATA(checkpoint);
    tr_str  origin, size, text;
    int64_t count;
    tr_hash want;
    assert_true(tr_str_next(&checkpoint, '\n', &origin) && tr_str_next(&checkpoint, '\n', &size) &&
                tr_str_next(&checkpoint, '\n', &text));
    assert_true(tr_int_read(size, &count));
    assert_int_equal(count, 70000);
    assert_true(tr_hash_read_base64(text, &want));
    tr_frontier frontier = {.size = 0};
    for (int i = 0; i < count; i++) {
        char    bytes[80];
        int     len = snprintf(bytes, sizeof bytes, "seed %d", i);
        tr_hash h = tr_sha256((tr_str){bytes, len});
        len = snprintf(bytes, sizeof bytes, "leaf %d ", i);
        memcpy(bytes + len, h.at, h.at[0] % 64 % 32);
        tr_hash leaf = tr_merkle_leaf((tr_str){bytes, len + h.at[0] % 64 % 32});
        tr_frontier_add(&frontier, &leaf);
    }
    tr_hash got = tr_frontier_root(&frontier);
    assert_true(tr_hash_eq(&got, &want));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_ways_to_a_root_agree),
        cmocka_unit_test(every_inclusion_proof_verifies_and_no_altered_one),
        cmocka_unit_test(every_consistency_proof_verifies_and_no_altered_one),
        cmocka_unit_test(every_subtree_of_small_trees),
        cmocka_unit_test(a_range_that_is_no_subtree_is_refused),
        cmocka_unit_test(proofs_that_cannot_be_made),
        cmocka_unit_test(the_largest_trees),
        cmocka_unit_test(rfc6962_inclusion),
        cmocka_unit_test(rfc6962_consistency),
        cmocka_unit_test(rfc6962_subtree_inclusion),
        cmocka_unit_test(rfc6962_subtree_consistency),
        cmocka_unit_test(go_inclusion),
        cmocka_unit_test(go_consistency),
        cmocka_unit_test(rfc6962_roots),
        cmocka_unit_test(the_root_of_70000_leaves_that_go_computed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
