/* byte_mask.h - 64 bytes as a mask: bit i says something of p[i].
 * Layer: detect. For finders that look at each place of a marked word: most places
 * are ruled out at once. Reads p[0..64). */
#ifndef PF_DETECT_BYTE_MASK_H
#define PF_DETECT_BYTE_MASK_H

#include "pan-finder/detect/kernel/marks.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/* Bit i: first <= p[i] <= last; both below 0x80. */
static inline uint64_t pf_bytes_within(const uint8_t *p, uint8_t first, uint8_t last)
{
    uint64_t mask = 0;

#if defined(__SSE2__)
    const __m128i shift = _mm_set1_epi8((char)(0x80 - first)), top = _mm_set1_epi8((char)(last - first - 0x7f));

    for (unsigned i = 0; i < PF_MARK_WORD; i += 16) {
        __m128i c = _mm_add_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)), shift);   /* first is -128 now */

        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(c, top)) << i;
    }
#else
    for (unsigned i = 0; i < PF_MARK_WORD; i++)
        mask |= (uint64_t)((uint8_t)(p[i] - first) <= last - first) << i;
#endif
    return mask;
}

#endif
