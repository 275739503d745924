/* trig.h -- sine, cosine and their inverses with the same bits on every machine.
 *
 * Only + - * / and sqrt of IEEE 754 doubles in a fixed order (compile with
 * -ffp-contract=off), so that two parties compute one distance.  The C
 * library's functions differ from version to version in the last bit.
 * Errors are below 2 units in the last place, measured in trig_test.c.
 * Angles in radians.  Arguments must be finite; sine and cosine take |x| up
 * to TR_ANGLE_MAX, so that the reduction by multiples of pi/2 stays exact.
 */
#ifndef TR_TRIG_H
#define TR_TRIG_H

#define TR_PI        3.14159265358979323846
#define TR_ANGLE_MAX 1e6

void   tr_sincos(double x, double *sine, double *cosine);
double tr_sin(double x);
double tr_cos(double x);
double tr_atan2(double y, double x); /* -pi .. pi; 0 for both zero; zeros have no sign */
double tr_atan(double x);
double tr_asin(double x);            /* |x| <= 1; what rounding puts past it counts as 1 */
double tr_acos(double x);            /* likewise */
double tr_hypot(double x, double y); /* sizes 1e-150 .. 1e150 */

#endif
