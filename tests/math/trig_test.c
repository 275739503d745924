/* trig_test.c -- our own sine, cosine and inverses against the C library's, in last places. */
#include "check.h"

#include <math.h>

#include "math/trig.h"

static uint64_t seed = 11;

static double unit(void)
{
    seed += 0x9e3779b97f4a7c15u;
    uint64_t z = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* Distance of `got` from a more precise value, in units of its last place. */
static double places_off(double got, long double want)
{
    double near = (double)want, up = nextafter(fabs(near), INFINITY) - fabs(near);
    return (double)(fabsl((long double)got - want) / (long double)up);
}

static double worst;

static void note(double got, long double want)
{
    double off = places_off(got, want);
    worst = off > worst ? off : worst;
}

static double random_angle(int i, double limit)
{
    double sign = i & 1 ? -1 : 1;
    return sign * (i % 3 == 0 ? limit * unit() : exp2(-40 + unit() * (40 + log2(limit))));
}

static void sine_and_cosine_are_within_two_last_places(void **state)
{
    worst = 0;
    for (int i = 0; i < 1000000; i++) {
        double x = random_angle(i, i % 2 ? 7 : TR_ANGLE_MAX), s, c;
        tr_sincos(x, &s, &c);
        note(s, sinl((long double)x));
        note(c, cosl((long double)x));
    }
    printf("sine and cosine: at most %.3f last places off\n", worst);
    assert_true(worst < 1.0);
}

static void near_the_zeros_no_digit_is_lost(void **state)
{
    worst = 0;
    for (int k = 1; k < 600000; k += 7) {
        double x = k * (TR_PI / 2), near = nextafter(x, 1e9), s, c;
        tr_sincos(near, &s, &c);
        note(s, sinl((long double)near));
        note(c, cosl((long double)near));
    }
    assert_true(worst < 1.0);
}

static void exact_points_are_exact(void **state)
{
    double s, c;
    tr_sincos(0, &s, &c);
    assert_true(s == 0 && c == 1);
    assert_true(tr_sin(-0.25) == -tr_sin(0.25) && tr_cos(-0.25) == tr_cos(0.25));
    assert_true(tr_atan2(0, 0) == 0 && tr_atan2(0, 5) == 0 && tr_atan2(-0.0, -1) == M_PI);
    assert_true(tr_atan2(0, -1) == M_PI && tr_atan2(1, 0) == M_PI / 2);
    assert_true(tr_atan2(-1, 0) == -M_PI / 2 && tr_atan2(3, 3) == M_PI / 4);
    assert_true(tr_asin(1) == M_PI / 2 && tr_asin(-1) == -M_PI / 2 && tr_acos(1) == 0);
    assert_true(tr_acos(-1) == M_PI && tr_asin(1.0000001) == M_PI / 2);
    assert_true(tr_hypot(3, -4) == 5);
    tr_sincos(TR_ANGLE_MAX, &s, &c);
    assert_true(fabs(s * s + c * c - 1) < 1e-15);
}

static void the_angle_of_a_point_is_within_two_last_places(void **state)
{
    worst = 0;
    for (int i = 0; i < 1000000; i++) {
        double y = random_angle(i, 1e6), x = random_angle(i / 2, 1e6);
        note(tr_atan2(y, x), atan2l((long double)y, (long double)x));
        note(tr_atan(y), atanl((long double)y));
    }
    printf("atan2: at most %.3f last places off\n", worst);
    assert_true(worst < 1.5);
}

static void inverse_sine_and_cosine_are_within_two_last_places(void **state)
{
    worst = 0;
    for (int i = 0; i < 1000000; i++) {
        double x = i % 2 ? 2 * unit() - 1 : (i % 4 ? 1 : -1) * (1 - exp2(-50 * unit()));
        note(tr_asin(x), asinl((long double)x));
        note(tr_acos(x), acosl((long double)x));
        double y = random_angle(i, 1e6);
        note(tr_hypot(x, y), hypotl((long double)x, (long double)y));
    }
    printf("asin, acos, hypot: at most %.3f last places off\n", worst);
    assert_true(worst < 2.0);
}

/* The values themselves, so that another compiler or machine is caught. */
static void the_bits_are_always_the_same(void **state)
{
    uint64_t sum = 14695981039346656037u;
    for (int i = 0; i < 100000; i++) {
        double v[4] = {tr_sin(i * 0.37), tr_cos(i * -0.73), tr_atan2(i - 5e4, 777 - i), 0}, bits;
        v[3] = tr_asin((i - 5e4) / 5e4);
        for (int k = 0; k < 4; k++) {
            uint64_t word;
            bits = v[k];
            memcpy(&word, &bits, sizeof word);
            sum = (sum ^ word) * 1099511628211u;
        }
    }
    printf("digest of 400,000 values: %016llx\n", (unsigned long long)sum);
    assert_true(sum == 0xa47abc11b347c69b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sine_and_cosine_are_within_two_last_places),
        cmocka_unit_test(near_the_zeros_no_digit_is_lost),
        cmocka_unit_test(exact_points_are_exact),
        cmocka_unit_test(the_angle_of_a_point_is_within_two_last_places),
        cmocka_unit_test(inverse_sine_and_cosine_are_within_two_last_places),
        cmocka_unit_test(the_bits_are_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
