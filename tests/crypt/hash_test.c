/* hash_test.c -- SHA-256 by the examples of FIPS 180-4, whole and in pieces; hashes as text. */
#include "check.h"

#include "crypt/crypt.h"

static void known_digests(void **state)
{
    static const struct {
        const char *text;
        const char *hex;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        tr_hash hash = tr_sha256(tr_str_of(known[i].text));
        char    hex[65];
        tr_hash_hex(&hash, hex);
        assert_string_equal(hex, known[i].hex);
    }
    tr_hash nothing = tr_sha256((tr_str){NULL, 0});
    char    hex[65];
    tr_hash_hex(&nothing, hex);
    assert_string_equal(hex, known[0].hex);
}

static void any_cut_gives_the_same_digest(void **state)
{
    char bytes[200];
    for (int i = 0; i < 200; i++)
        bytes[i] = (char)(i * 7);
    tr_str  all = {bytes, sizeof bytes};
    tr_hash whole = tr_sha256(all);
    for (ptrdiff_t cut = 0; cut <= all.len; cut++) {
        tr_hash two = tr_sha256_2(tr_str_cut(all, 0, cut), tr_str_from(all, cut));
        assert_true(tr_hash_eq(&two, &whole));
        tr_hasher hasher;
        tr_hasher_begin(&hasher);
        tr_hasher_add(&hasher, bytes, cut);
        tr_hasher_add(&hasher, NULL, 0);
        tr_hasher_add(&hasher, bytes + cut, all.len - cut);
        tr_hash run = tr_hasher_end(&hasher);
        assert_true(tr_hash_eq(&run, &whole));
    }
}

static void order_is_that_of_the_bytes(void **state)
{
    tr_hash low = {{0}};
    tr_hash high = {{0}};
    high.at[31] = 0x80;
    assert_int_equal(tr_hash_cmp(&low, &high), -1);
    assert_int_equal(tr_hash_cmp(&high, &low), 1);
    assert_int_equal(tr_hash_cmp(&low, &low), 0);
    assert_false(tr_hash_eq(&low, &high));
}

static void hashes_as_text_come_back(void **state)
{
    tr_arena arena = check_arena();
    tr_hash  hash = tr_sha256(TR_STR("abc"));
    tr_hash  back = {{0}};
    tr_out   out = tr_out_new(&arena);
    tr_put_hash(&out, &hash);
    assert_true(tr_hash_read(tr_out_text(&out), &back));
    assert_true(tr_hash_eq(&back, &hash));
    assert_false(tr_hash_read(tr_str_from(tr_out_text(&out), 1), &back));
    assert_false(tr_hash_read(
        TR_STR("BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &back));

    tr_out text = tr_out_new(&arena);
    tr_put_base64(&text, hash.at, 32);
    assert_true(tr_hash_read_base64(tr_out_text(&text), &back));
    assert_true(tr_hash_eq(&back, &hash));
    assert_false(tr_hash_read_base64(TR_STR(""), &back));
    tr_out less = tr_out_new(&arena);
    tr_put_base64(&less, hash.at, 31);
    assert_false(tr_hash_read_base64(tr_out_text(&less), &back));
    assert_true(tr_hash_eq(&back, &hash)); /* unchanged by a failure */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(any_cut_gives_the_same_digest),
        cmocka_unit_test(order_is_that_of_the_bytes),
        cmocka_unit_test(hashes_as_text_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
