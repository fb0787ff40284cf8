/* marks_avx512.h - what the two halves of the marks by AVX-512 share: bytes of ASCII
 * text (marks_avx512.c) and other bytes (marks_avx512_other.c).
 * Layer: detect. A block is a few words that are looked at step by step, so that
 * the tables of one step stay in registers. */
#ifndef PF_DETECT_MARKS_AVX512_H
#define PF_DETECT_MARKS_AVX512_H

#include "pan-finder/detect/kernel/bits.h"
#include "pan-finder/detect/kernel/marks_steps.h"

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2," \
                                     "avx512dq,avx512vpopcntdq,gfni,popcnt,bmi,bmi2")))
#define AVX512_STEP AVX512 __attribute__((noinline))

enum { PF_BLOCK = 63 };          /* words in a block */

AVX512 static inline __m512i load(const void *at)
{
    return _mm512_loadu_si512(at);
}

/* A value that the compiler keeps in a register through a loop, where it would fetch it anew. */
AVX512 static inline __m512i held(__m512i value)
{
    __asm__("" : "+v"(value));
    return value;
}

AVX512 static inline __m512i held_byte(uint8_t value)
{
    return held(_mm512_set1_epi8((char)value));
}

AVX512 static inline __mmask64 equal(__m512i a, __m512i b)
{
    return _mm512_cmpeq_epi8_mask(a, b);
}

/* first, span: of each byte; span: the last less the first. */
AVX512 static inline __mmask64 in_span(__m512i x, __m512i first, __m512i span)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(x, first), span);
}

/* Sets of bytes that differ in their low six bits: set[x & 63] == x. */
#define NOT(i) (uint8_t)((i) ^ 1)
AVX512 static inline __mmask64 in_set(__m512i set, __m512i x)
{
    return equal(_mm512_permutexvar_epi8(x, set), x);
}

/* Stores a mask. By memcpy: __mmask64 and uint64_t are types of their own. */
AVX512 static inline void keep(uint64_t *words, size_t i, __mmask64 mask)
{
    memcpy(words + i, &mask, sizeof mask);
}

/* The marks for bytes that are no text, of the words of `todo`, a bit each: those that
 * hold such bytes, and the words before them.
 *   at      the bytes of the block; the two words behind its n words can be read
 *   rich    n + 1 words: which bytes are no text; digits: which are ASCII digits.
 *           Both have 66 words that can be read */
void pf_avx512_other_marks(const uint8_t *at, const uint64_t *rich, const uint64_t *digits, uint64_t todo, uint16_t *marks);

#endif
