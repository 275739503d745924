/* note_test.c -- signed notes, verifier keys, checkpoints, against the published vectors. */
#include "check.h"

#include "codec/json.h"
#include "record/note.h"
#include "record/tile.h"

static tr_str unhex(tr_arena *keep, tr_str hex)
{
    uint8_t *at = TR_NEW(keep, uint8_t, hex.len / 2 + 1);
    assert_true(tr_hex_read(hex, at, hex.len / 2));
    return (tr_str){(char *)at, hex.len / 2};
}

static tr_json *vectors(tr_arena *keep, const char *path)
{
    tr_json *root;
    tr_err   err = {0};
    tr_str   bytes = check_file(keep, check_path(path));
    CHECK_DATA(bytes);
    CHECK_OK(tr_json_import(keep, bytes, false, &root, &err), err);
    return root;
}

static void signed_notes_open_as_published(void **state)
{
    tr_arena       arena = check_arena();
    tr_json       *root = vectors(&arena, "../shared/vectors/notes/signed-note.json");
    const tr_json *list = tr_json_get(root, "vectors");
    int            seen = 0;
    for (const tr_json *v = list->first; v; v = v->next, seen++) {
        tr_vkey        known[8];
        int            keys = 0, verified = 0, unverified = 0;
        tr_err         err = {0};
        tr_note       *note = TR_NEW(&arena, tr_note, 1);
        tr_str         want = tr_json_get(v, "want")->text;
        const tr_json *names = tr_json_get(v, "keys");
        for (const tr_json *k = names ? names->first : NULL; k; k = k->next)
            CHECK_OK(tr_vkey_read(k->text, &known[keys++], &err), err);
        tr_str bytes = unhex(&arena, tr_json_get(v, "note_hex")->text);
        bool   read = tr_note_read(bytes, note, &err);
        bool   open = read && tr_note_open(note, known, keys, &verified, &unverified, &err);
        int    code = tr_str_is(want, "ok")                  ? 0
                      : tr_str_is(want, "malformed")         ? TR_E_NOTE
                      : tr_str_is(want, "unverified")        ? TR_E_NOTE_UNKNOWN
                      : tr_str_is(want, "invalid-signature") ? TR_E_SIGNATURE
                                                             : -1;
        assert_int_equal(err.code, code);
        assert_true(open == (code == 0));
        assert_int_equal(verified, tr_json_get(v, "verified")->value);
        assert_int_equal(unverified, tr_json_get(v, "unverified")->value);
    }
    assert_int_equal(seen, 14);
    for (const tr_json *k = tr_json_get(root, "vkey_bad")->first; k; k = k->next) {
        tr_vkey vkey;
        tr_err  err;
        CHECK_FAILS(tr_vkey_read(k->text, &vkey, &err), err, TR_E_VKEY);
    }
}

static void verifier_keys_read_and_print_as_published(void **state)
{
    tr_arena arena = check_arena();
    tr_json *root = vectors(&arena, "../shared/vectors/notes/vkeys.json");
    int      good = 0, bad = 0;
    for (const tr_json *k = tr_json_get(root, "good")->first; k; k = k->next, good++) {
        tr_vkey vkey;
        tr_err  err = {0};
        tr_out  out = tr_out_new(&arena);
        CHECK_OK(tr_vkey_read(k->text, &vkey, &err), err);
        tr_put_vkey(&out, &vkey);
        assert_true(tr_str_eq(tr_out_text(&out), k->text));
    }
    for (const tr_json *k = tr_json_get(root, "bad")->first; k; k = k->next, bad++) {
        tr_vkey vkey;
        tr_err  err;
        CHECK_FAILS(tr_vkey_read(k->text, &vkey, &err), err, TR_E_VKEY);
    }
    assert_int_equal(good, 2);
    assert_int_equal(bad, 3);
}

static void a_key_id_that_does_not_recompute_is_refused(void **state)
{
    tr_arena  arena = check_arena();
    tr_pubkey pub;
    tr_seckey sec;
    tr_vkey   vkey;
    tr_err    err;
    tr_key_of_seed((const uint8_t[32]){1}, &pub, &sec);
    static const uint8_t types[] = {TR_KEY_ED25519, TR_KEY_COSIGN_ED25519, TR_KEY_PRIVATE};
    for (int i = 0; i < 3; i++) {
        tr_out out = tr_out_new(&arena);
        tr_vkey_make(&vkey, TR_STR("k.example"), types[i], &pub);
        vkey.id[3] ^= 1;
        tr_put_vkey(&out, &vkey);
        CHECK_FAILS(tr_vkey_read(tr_out_text(&out), &vkey, &err), err, TR_E_VKEY);
    }
}

/* Checkpoints 0..7 of a real log: key ID, signature, leaves from bundles, roots from tiles. */
static void the_heads_of_a_real_log_follow_from_its_tiles_and_bundles(void **state)
{
    tr_arena arena = check_arena();
    tr_vkey  vkey;
    tr_err   err = {0};
    CHECK_OK(tr_vkey_read(TR_STR("example.com/log/testdata+33d7b496+"
                                 "AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"),
                          &vkey, &err),
             err);
    for (int size = 0; size <= 7; size++) {
        char          path[200];
        tr_note      *note = TR_NEW(&arena, tr_note, 1);
        tr_checkpoint point;
        int           good = 0, other = 0;
        snprintf(path, sizeof path, "../shared/vectors/tessera-log/checkpoint.%d", size);
        tr_str bytes = check_file(&arena, check_path(path));
        CHECK_DATA(bytes);
        CHECK_OK(tr_note_read(bytes, note, &err), err);
        CHECK_OK(tr_note_open(note, &vkey, 1, &good, &other, &err), err);
        CHECK_OK(tr_checkpoint_read(note->text, &point, &err), err);
        assert_int_equal(point.size, size);
        CHECK_STR(point.origin, "example.com/log/testdata");
        tr_hash leaf[7], root;
        if (size > 0) {
            tr_out  name = tr_out_new(&arena);
            tr_tile tile = {0, 0, size};
            tr_put_tile(&name, &tile);
            snprintf(path, sizeof path, "../shared/vectors/tessera-log/tile/%s", tr_out_z(&name));
            tr_str hashes = check_file(&arena, check_path(path));
            snprintf(path, sizeof path, "../shared/vectors/tessera-log/tile/entries/000.p/%d",
                     size);
            tr_str bundle = check_file(&arena, check_path(path));
            assert_int_equal(hashes.len, 32 * size);
            memcpy(leaf, hashes.at, (size_t)hashes.len);
            for (int i = 0; i < size; i++) {
                ptrdiff_t len = (uint8_t)bundle.at[0] << 8 | (uint8_t)bundle.at[1];
                tr_hash   made = tr_merkle_leaf(tr_str_cut(bundle, 2, 2 + len));
                assert_true(tr_hash_eq(&made, &leaf[i]));
                bundle = tr_str_from(bundle, 2 + len);
            }
            assert_int_equal(bundle.len, 0);
        }
        root = tr_merkle_root(leaf, size);
        assert_true(tr_hash_eq(&root, &point.root));
    }
}

/* The rule for the leaves of the 70,000-leaf log made with another library. */
static tr_str sumdb_leaf(tr_arena *keep, int i)
{
    char    text[32];
    int     len = snprintf(text, sizeof text, "seed %d", i);
    tr_hash hash = tr_sha256((tr_str){text, len});
    tr_out  out = tr_out_new(keep);
    tr_put(&out, "leaf %d ", i);
    tr_put_bytes(&out, hash.at, hash.at[0] % 64 % 32);
    return tr_out_text(&out);
}

static tr_str word_after(tr_str text, const char *label)
{
    for (tr_str line; tr_str_next(&text, '\n', &line);)
        if (tr_str_starts(line, label))
            return tr_str_from(line, (ptrdiff_t)strlen(label));
    fail_msg("no line %s", label);
    return text;
}

static void a_head_of_70000_leaves_with_three_cosignatures_is_reproduced(void **state)
{
    tr_arena arena = check_arena();
    tr_str   bytes = check_file(&arena, check_path("../shared/vectors/go-sumdb/checkpoint"));
    tr_str   keys = check_file(&arena, check_path("../shared/vectors/go-sumdb/keys.txt"));
    CHECK_DATA(bytes);
    tr_frontier *frontier = TR_NEW(&arena, tr_frontier, 1);
    for (int i = 0; i < 70000; i++) {
        tr_arena scratch = arena;
        tr_hash  leaf = tr_merkle_leaf(sumdb_leaf(&scratch, i));
        tr_frontier_add(frontier, &leaf);
    }
    tr_hash       root = tr_frontier_root(frontier);
    tr_err        err = {0};
    tr_note      *note = TR_NEW(&arena, tr_note, 1);
    tr_checkpoint point;
    CHECK_OK(tr_note_read(bytes, note, &err), err);
    CHECK_OK(tr_checkpoint_read(note->text, &point, &err), err);
    assert_int_equal(point.size, 70000);
    assert_true(tr_hash_eq(&root, &point.root));

    static const char *const who[] = {"log", "witness1", "witness2", "witness3"};
    tr_vkey                  known[4];
    int                      good = 0, other = 0;
    for (int i = 0; i < 4; i++) {
        char     label[40];
        uint64_t seconds = 0;
        snprintf(label, sizeof label, "%s vkey ", who[i]);
        CHECK_OK(tr_vkey_read(word_after(keys, label), &known[i], &err), err);
        assert_true(tr_note_verify(note, &note->sig[i], &known[i], &seconds));
        assert_true((i == 0) == (seconds == 0));
        tr_note_sig forged = note->sig[i]; /* one bit of the payload */
        forged.payload[0] ^= 1;
        assert_false(tr_note_verify(note, &forged, &known[i], NULL));
    }
    CHECK_OK(tr_note_open(note, known, 4, &good, &other, &err), err);
    assert_int_equal(good, 4);

    uint8_t   seed[32];
    tr_pubkey pub;
    tr_seckey sec;
    assert_true(tr_hex_read(word_after(keys, "log seed "), seed, 32));
    tr_key_of_seed(seed, &pub, &sec);
    tr_out text = tr_out_new(&arena), line = tr_out_new(&arena);
    tr_put_checkpoint(&text, TR_STR("ledger.example/mission1"), 70000, &root);
    assert_true(tr_str_eq(tr_out_text(&text), note->text));
    tr_put_sig_line(&line, tr_out_text(&text), known[0].name, &pub, &sec);
    assert_true(tr_str_eq(tr_str_cut(tr_out_text(&line), 0, line.buf.len - 1), note->sig[0].raw));
}

static void checkpoints_of_another_form_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "log.example/m\n1\n",
        "log.example/m\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "log.example/m\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "log.example/m\n18446744073709551616\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "log.example/m\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n",
        "log.example/m\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "log.example/m\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tr_checkpoint point;
        tr_err        err;
        CHECK_FAILS(tr_checkpoint_read(tr_str_of(bad[i]), &point, &err), err, TR_E_CHECKPOINT);
    }
    tr_checkpoint point;
    tr_err        err = {0};
    CHECK_OK(tr_checkpoint_read(TR_STR("log.example/m\n18446744073709551615\n"
                                       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nmore\n"),
                                &point, &err),
             err);
    assert_true(point.size == UINT64_MAX);
    CHECK_STR(point.extension, "more\n");
}

static void an_origin_cannot_be_taken_for_an_entry_or_a_cosignature(void **state)
{
    static const char *const bad[] = {"",    "123/4", "truce/entry/v1",      "cosignature/v1",
                                      "a b", "a+b",   "caf\xc3\xa9\xc2\xa0x"};
    tr_err                   err;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK_FAILS(tr_origin_ok(tr_str_of(bad[i]), &err), err, TR_E_ORIGIN);
    err = (tr_err){0};
    CHECK_OK(tr_origin_ok(TR_STR("truce.example/m1"), &err), err);
}

static void the_origin_says_whether_a_record_is_live(void **state)
{
    assert_int_equal(tr_origin_mode(TR_STR("m.example/2026")), TR_RECORD_LIVE);
    assert_int_equal(tr_origin_mode(TR_STR("m.example/replay/2015")), TR_RECORD_REPLAY);
    assert_int_equal(tr_origin_mode(TR_STR("m.example/2026/exercise")), TR_RECORD_EXERCISE);
    assert_int_equal(tr_origin_mode(TR_STR("m.example/replays")), TR_RECORD_LIVE);
}

static void a_note_splits_at_its_last_empty_line(void **state)
{
    tr_arena  arena = check_arena();
    tr_pubkey pub;
    tr_seckey sec;
    tr_err    err = {0};
    tr_key_of_seed((const uint8_t[32]){9}, &pub, &sec);
    tr_out   out = tr_out_new(&arena);
    tr_note *note = TR_NEW(&arena, tr_note, 1);
    tr_put_note(&out, TR_STR("one\n\ntwo\n"), TR_STR("k.example"), &pub, &sec);
    CHECK_OK(tr_note_read(tr_out_text(&out), note, &err), err);
    CHECK_STR(note->text, "one\n\ntwo\n");
    assert_int_equal(note->sigs, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signed_notes_open_as_published),
        cmocka_unit_test(verifier_keys_read_and_print_as_published),
        cmocka_unit_test(a_key_id_that_does_not_recompute_is_refused),
        cmocka_unit_test(the_heads_of_a_real_log_follow_from_its_tiles_and_bundles),
        cmocka_unit_test(a_head_of_70000_leaves_with_three_cosignatures_is_reproduced),
        cmocka_unit_test(checkpoints_of_another_form_are_refused),
        cmocka_unit_test(an_origin_cannot_be_taken_for_an_entry_or_a_cosignature),
        cmocka_unit_test(the_origin_says_whether_a_record_is_live),
        cmocka_unit_test(a_note_splits_at_its_last_empty_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
