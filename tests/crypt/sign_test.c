/* sign_test.c -- THE rule of verification: round trips, Wycheproof, 914 published edge cases. */
#include "check.h"

#include <jansson.h>

#include "crypt/crypt.h"

static void signed_text_verifies_and_no_other(void **state)
{
    uint8_t seed[32];
    for (int i = 0; i < 32; i++)
        seed[i] = (uint8_t)i;
    tr_pubkey pub;
    tr_seckey sec;
    tr_sig    sig;
    tr_key_of_seed(seed, &pub, &sec);
    assert_memory_equal(sec.at, seed, 32);
    assert_memory_equal(sec.at + 32, pub.at, 32);
    assert_true(tr_pubkey_ok(&pub));

    char text[] = "patrol 4 heard three bursts";
    tr_sign(&sec, tr_str_of(text), &sig);
    assert_true(tr_verify(&pub, tr_str_of(text), &sig));
    for (int bit = 0; bit < 8 * 64; bit += 3) {
        tr_sig other = sig;
        other.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(tr_verify(&pub, tr_str_of(text), &other));
    }
    text[0] ^= 1;
    assert_false(tr_verify(&pub, tr_str_of(text), &sig));
    tr_sign(&sec, (tr_str){NULL, 0}, &sig);
    assert_true(tr_verify(&pub, TR_STR(""), &sig));
}

/* RFC 8032 section 7.1, test 2. */
static void the_example_of_the_rfc(void **state)
{
    uint8_t   seed[32];
    tr_pubkey pub;
    tr_seckey sec;
    tr_sig    sig;
    tr_sig    want;
    assert_true(tr_hex_read(
        TR_STR("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"), seed, 32));
    assert_true(tr_hex_read(
        TR_STR("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
               "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        want.at, 64));
    tr_key_of_seed(seed, &pub, &sec);
    tr_sign(&sec, TR_STR("r"), &sig);
    assert_memory_equal(sig.at, want.at, 64);
}

static void keys_that_enrolment_refuses(void **state)
{
    static const char *const wrong[] = {
        "0000000000000000000000000000000000000000000000000000000000000000", /* order 4 */
        "0100000000000000000000000000000000000000000000000000000000000000", /* order 1 */
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", /* order 2 */
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", /* order 8 */
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", /* order 8 */
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", /* y = p */
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", /* y = p + 3 */
        "0200000000000000000000000000000000000000000000000000000000000000", /* not on the curve */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        tr_pubkey pub;
        assert_true(tr_hex_read(tr_str_of(wrong[i]), pub.at, 32));
        if (tr_pubkey_ok(&pub))
            fail_msg("key %s was accepted", wrong[i]);
    }
}

static tr_str hex_bytes(tr_arena *arena, const json_t *object, const char *name)
{
    tr_str   hex = tr_str_of(json_string_value(json_object_get(object, name)));
    uint8_t *bytes = TR_NEW(arena, uint8_t, hex.len / 2 + 1);
    assert_true(tr_hex_read(hex, bytes, hex.len / 2));
    return (tr_str){(char *)bytes, hex.len / 2};
}

static json_t *load(tr_arena *arena, const char *path)
{
    tr_str file = check_file(arena, check_path(path));
    CHECK_DATA(file);
    json_t *root = json_loadb(file.at, (size_t)file.len, 0, NULL);
    assert_non_null(root);
    return root;
}

static bool in_list(const json_t *list, json_int_t number)
{
    size_t  i;
    json_t *one;
    json_array_foreach(list, i, one)
        if (json_integer_value(one) == number)
            return true;
    return false;
}

static void exactly_the_43_of_914_edge_cases(void **state)
{
    tr_arena arena = check_arena();
    json_t  *cases = load(&arena, "../shared/vectors/cctv-ed25519/ed25519vectors.json");
    json_t  *want = load(&arena, "../shared/vectors/cctv-ed25519/expected-strict.json");
    json_t  *accept = json_object_get(want, "accept");
    int      accepted = 0;
    size_t   i;
    json_t  *one;
    assert_int_equal(json_array_size(cases), 914);
    json_array_foreach(cases, i, one)
    {
        json_int_t number = json_integer_value(json_object_get(one, "number"));
        tr_str     key = hex_bytes(&arena, one, "key");
        tr_str     sig = hex_bytes(&arena, one, "sig");
        tr_pubkey  pub;
        tr_sig     signature;
        memcpy(pub.at, key.at, 32);
        memcpy(signature.at, sig.at, 64);
        bool ok = tr_verify(&pub, tr_str_of(json_string_value(json_object_get(one, "msg"))),
                            &signature);
        if (ok != in_list(accept, number))
            fail_msg("case %lld: %s", (long long)number, ok ? "accepted" : "refused");
        if (ok)
            assert_true(tr_pubkey_ok(&pub)); /* the rule checks the key as enrolment does */
        accepted += ok;

        bool    small = false;
        size_t  j;
        json_t *flag;
        json_array_foreach(json_object_get(one, "flags"), j, flag)
            small |= strcmp(json_string_value(flag), "low_order_A") == 0 ||
                     strcmp(json_string_value(flag), "non_canonical_A") == 0;
        assert_int_equal(tr_pubkey_ok(&pub), !small);
    }
    assert_int_equal(accepted, 43);
    json_decref(cases);
    json_decref(want);
}

static void wycheproof(void **state)
{
    tr_arena arena = check_arena();
    json_t  *root = load(&arena, "../shared/vectors/wycheproof/ed25519_odd.json");
    int      seen = 0;
    size_t   i;
    json_t  *group;
    json_array_foreach(json_object_get(root, "testGroups"), i, group)
    {
        tr_pubkey pub;
        memcpy(pub.at, hex_bytes(&arena, json_object_get(group, "publicKey"), "pk").at, 32);
        size_t  j;
        json_t *one;
        json_array_foreach(json_object_get(group, "tests"), j, one)
        {
            tr_str sig = hex_bytes(&arena, one, "sig");
            bool   want = strcmp(json_string_value(json_object_get(one, "result")), "valid") == 0;
            tr_sig signature = {{0}};
            seen++;
            if (sig.len != 64) { /* the type holds 64 bytes and no other number */
                assert_false(want);
                continue;
            }
            memcpy(signature.at, sig.at, 64);
            if (tr_verify(&pub, hex_bytes(&arena, one, "msg"), &signature) != want)
                fail_msg("tcId %lld", json_integer_value(json_object_get(one, "tcId")));
        }
    }
    assert_int_equal(seen, 76);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signed_text_verifies_and_no_other),
        cmocka_unit_test(the_example_of_the_rfc),
        cmocka_unit_test(keys_that_enrolment_refuses),
        cmocka_unit_test(exactly_the_43_of_914_edge_cases),
        cmocka_unit_test(wycheproof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
