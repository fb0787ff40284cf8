/* bits.h - steps on the bits of words and their neighbours.
 * Layer: detect. Compiled into each block kernel, so that popcount and the like
 * become the instructions of that kernel's target. */
#ifndef PF_DETECT_BITS_H
#define PF_DETECT_BITS_H

#include "pan-finder/detect/kernel/stripe.h"

#include <string.h>

#define PF_INLINE static inline __attribute__((always_inline))

/* Bit i of the result is bit i-n (up) or i+n (down) across the word border. */
PF_INLINE uint64_t pf_bits_up(const uint64_t *word, unsigned n)
{
    return word[0] << n | word[-1] >> (64 - n);
}

PF_INLINE uint64_t pf_bits_down(const uint64_t *word, unsigned n)
{
    return word[0] >> n | word[1] << (64 - n);
}

enum { PF_WINDOW = 57 };      /* bits that a byte-wise load always has */

/* PF_WINDOW bits or more from bit `at` on. */
PF_INLINE uint64_t pf_bits_at(const uint64_t *word, uint32_t at)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t bits;

    memcpy(&bits, (const uint8_t *)word + at / 8, sizeof bits);
    return bits >> (at % 8);
#else
    return word[at / 64] >> (at % 64) | word[at / 64 + 1] << 1 << (63 - at % 64);
#endif
}

/* Digits and the gaps of 1..PF_GAP_UNITS bytes that have a digit on both sides. */
PF_INLINE uint64_t pf_word_joined(const uint64_t *d, const uint64_t *g)
{
    uint64_t du1 = pf_bits_up(d, 1), du2 = pf_bits_up(d, 2), du3 = pf_bits_up(d, 3);
    uint64_t dd1 = pf_bits_down(d, 1), dd2 = pf_bits_down(d, 2), dd3 = pf_bits_down(d, 3);
    uint64_t gu1 = pf_bits_up(g, 1), gu2 = pf_bits_up(g, 2);
    uint64_t gd1 = pf_bits_down(g, 1), gd2 = pf_bits_down(g, 2);
    uint64_t first = du1 & (dd1 | (gd1 & (dd2 | (gd2 & dd3))));
    uint64_t second = gu1 & du2 & (dd1 | (gd1 & dd2));
    uint64_t third = gu1 & gu2 & du3 & dd1;

    return *d | (*g & (first | second | third));
}

/* Bit i: joined[i..i+11] are all set. */
PF_INLINE uint64_t pf_word_long(const uint64_t *joined)
{
    uint64_t lo = joined[0], hi = joined[1];

    lo &= lo >> 1 | hi << 63;
    hi &= hi >> 1;
    lo &= lo >> 2 | hi << 62;
    hi &= hi >> 2;
    return (lo & (lo >> 4 | hi << 60)) & (lo >> 8 | hi << 56);
}

#endif
