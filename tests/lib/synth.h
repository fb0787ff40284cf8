/* synth.h - synthetic card numbers and random text for tests, by a seed.
 * The numbers have the length, issuer range and check digit of a brand, so that
 * a finder must take them for real; nobody was issued them on purpose. They are
 * made when a test runs and never stand in the tree. */
#ifndef TESTS_LIB_SYNTH_H
#define TESTS_LIB_SYNTH_H

#include <stddef.h>
#include <stdint.h>

struct synth { uint64_t state; };

void synth_seed(struct synth *s, uint64_t seed);
uint64_t synth_next(struct synth *s);                       /* 64 random bits (SplitMix64) */
unsigned synth_below(struct synth *s, unsigned bound);      /* 0..bound-1, bound > 0 */

enum synth_brand { SYNTH_VISA, SYNTH_MASTERCARD, SYNTH_AMEX, SYNTH_JCB, SYNTH_DINERS, SYNTH_DISCOVER, SYNTH_BRANDS };

#define SYNTH_PAN_MAX 19

/* A number as ASCII text; out holds SYNTH_PAN_MAX + 1. */
void synth_pan(struct synth *s, enum synth_brand brand, char *out);

/* First six, last four, the rest '*'. out holds strlen(pan) + 1. */
void synth_mask(const char *pan, char *out);

/* The digit that makes digits[0..n) and itself pass Luhn (ISO/IEC 7812-1, annex B). */
char synth_luhn_digit(const char *digits, size_t n);

#endif
