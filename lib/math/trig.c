/* trig.c -- sine, cosine and their inverses with the same bits on every machine.
 *
 * Method: x is reduced by the nearest multiple of pi/2, of which 152 bits are
 * held in four parts (three of 33 bits, so that their products with a count
 * below 2^20 are exact); the rest is kept as a sum of two doubles and put
 * into the Taylor series, whose first left-out term is below 2^-60.  The
 * inverse tangent is taken from the nearest of nine angles atan(k / 8), the
 * rest, at most 1/16, from its series.
 */
#include "math/trig.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

static const double QUARTER_1 = 0x1.921fb54400000p+0; /* pi/2 in four parts */
static const double QUARTER_2 = 0x1.0b4611a600000p-34;
static const double QUARTER_3 = 0x1.3198a2e000000p-69;
static const double QUARTER_4 = 0x1.b839a252049c1p-104;
static const double HALF_PI_HIGH = 0x1.921fb54442d18p+0; /* and in two */
static const double HALF_PI_LOW = 0x1.1a62633145c07p-54;

typedef struct {
    double high, low; /* their sum is meant; |low| <= half a last place of high */
} pair;

static pair sum_of(double a, double b)
{
    double high = a + b;
    double of_b = high - a;
    return (pair){high, (a - (high - of_b)) + (b - of_b)};
}

/* x less the nearest multiple of pi/2; `quarter` gets the multiple modulo 4. */
static pair reduce(double x, int *quarter)
{
    double count = x * (2 / TR_PI);
    long   n = (long)(count < 0 ? count - 0.5 : count + 0.5);
    double m = (double)n;
    *quarter = (int)(n & 3);
    if (n == 0)
        return (pair){x, 0};
    pair first = sum_of(x - m * QUARTER_1, -m * QUARTER_2);
    pair second = sum_of(first.high, -m * QUARTER_3);
    return sum_of(second.high, second.low + (first.low - m * QUARTER_4));
}

/* Horner's rule in z, from the last coefficient down to the first. */
static double series(const double *c, int count, double z)
{
    double sum = c[count - 1];
    for (int i = count - 2; i >= 0; i--)
        sum = sum * z + c[i];
    return sum;
}

static double sine_of(pair x)
{
    static const double c[] = {-1.0 / 6,          1.0 / 120,           -1.0 / 5040,
                               1.0 / 362880,      -1.0 / 39916800,     1.0 / 6227020800,
                               -1.0 / 1307674368e3, 1.0 / 355687428096e3};
    double z = x.high * x.high;
    return x.high + (x.high * z * series(c, 8, z) + x.low * (1 - 0.5 * z));
}

static double cosine_of(pair x)
{
    static const double c[] = {1.0 / 24,           -1.0 / 720,        1.0 / 40320,
                               -1.0 / 3628800,     1.0 / 479001600,   -1.0 / 87178291200,
                               1.0 / 20922789888e3, -1.0 / 6402373705728e3};
    double z = x.high * x.high, half = 0.5 * z, top = 1 - half;
    return top + (((1 - top) - half) + (z * z * series(c, 8, z) - x.high * x.low));
}

void tr_sincos(double x, double *sine, double *cosine)
{
    assert(x >= -TR_ANGLE_MAX && x <= TR_ANGLE_MAX);
    int    quarter;
    pair   rest = reduce(x, &quarter);
    double s = sine_of(rest), c = cosine_of(rest);
    *sine = quarter == 0 ? s : quarter == 1 ? c : quarter == 2 ? -s : -c;
    *cosine = quarter == 0 ? c : quarter == 1 ? -s : quarter == 2 ? -c : s;
}

double tr_sin(double x)
{
    double sine, cosine;
    tr_sincos(x, &sine, &cosine);
    return sine;
}

double tr_cos(double x)
{
    double sine, cosine;
    tr_sincos(x, &sine, &cosine);
    return cosine;
}

/* atan(y / x) for 0 <= y <= x, x > 0, as a sum of two. */
static pair atan_of(double y, double x)
{
    static const pair step[9] = {
        {0, 0},
        {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
        {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
        {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
        {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
        {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
        {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
        {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
        {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
    };
    static const double c[] = {-1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11, 1.0 / 13};
    int    k = (int)(8 * (y / x) + 0.5);
    double t = k / 8.0;
    double u = k == 0 ? y / x : (y - t * x) / (x + t * y), z = u * u;
    double bend = u * z * series(c, 6, z);
    if (k == 0)
        return sum_of(u, bend);
    pair sum = sum_of(step[k].high, u);
    return (pair){sum.high, sum.low + (step[k].low + bend)};
}

double tr_atan2(double y, double x)
{
    double up = y < 0 ? -y : y, across = x < 0 ? -x : x;
    if (up == 0 && across == 0)
        return 0;
    bool   steep = up > across;
    pair   a = steep ? atan_of(across, up) : atan_of(up, across);
    double angle = a.high + a.low;
    if (steep != (x < 0)) { /* pi/2 less it, or pi less it: the turn first */
        double turn = steep ? 1 : 2;
        pair   sum = sum_of(turn * HALF_PI_HIGH, -a.high);
        angle = sum.high + (sum.low + (turn * HALF_PI_LOW - a.low));
    } else if (steep) {
        pair sum = sum_of(HALF_PI_HIGH, a.high);
        angle = sum.high + (sum.low + (HALF_PI_LOW + a.low));
    }
    return y < 0 ? -angle : angle;
}

double tr_atan(double x)
{
    return tr_atan2(x, 1);
}

/* The other leg of a right triangle with hypotenuse 1. */
static double leg_of(double x)
{
    double square = (1 - x) * (1 + x);
    return square > 0 ? sqrt(square) : 0;
}

double tr_asin(double x)
{
    return tr_atan2(x, leg_of(x));
}

double tr_acos(double x)
{
    return tr_atan2(leg_of(x), x);
}

double tr_hypot(double x, double y)
{
    return sqrt(x * x + y * y);
}
