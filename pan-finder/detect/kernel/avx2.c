/* avx2.c - two 32-byte halves a word; gaps are looked at only where two
 * neighbouring words hold enough digits for a number. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__x86_64__)
#include "pan-finder/detect/kernel/steps.h"

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt,bmi,bmi2")))

bool pf_avx2_supported(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

AVX2 static inline uint64_t bits(__m256i lo, __m256i hi)
{
    return (uint32_t)_mm256_movemask_epi8(lo) | (uint64_t)(uint32_t)_mm256_movemask_epi8(hi) << 32;
}

AVX2 static inline __m256i load(const uint8_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

AVX2 static inline __m256i is(__m256i x, int byte)
{
    return _mm256_cmpeq_epi8(x, _mm256_set1_epi8((char)byte));
}

/* first..first+9, made the ten least signed bytes */
AVX2 static inline __m256i is_ten(__m256i x, int first)
{
    return _mm256_cmpgt_epi8(_mm256_set1_epi8(-128 + 10),
                             _mm256_add_epi8(x, _mm256_set1_epi8((char)(-128 - first))));
}

/* By the low nibble: the byte of the set that has it. '_' shares one with '/'.
 * Bytes from 0x80 on have the high bit that the mask is made of. */
AVX2 static inline __m256i is_gap(__m256i x, __m256i before)
{
    const __m256i table = _mm256_setr_epi8(
        ' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', 0, '+', 0, '-', '.', '/',
        ' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', 0, '+', 0, '-', '.', '/');
    __m256i found = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, x), x);

    found = _mm256_or_si256(found, is(x, '_'));
    found = _mm256_or_si256(found, is(before, 0x81));
    return _mm256_or_si256(found, x);
}

AVX2 static inline __m256i is_lead(__m256i x)
{
    return _mm256_or_si256(is(x, 0xef), _mm256_or_si256(is(x, 0x82), is(x, 0xa3)));
}

AVX2 static inline __m256i is_trail(__m256i x)
{
    return _mm256_or_si256(is(x, 0xbc), _mm256_or_si256(is_ten(x, 0x4f), is_ten(x, 0xb0)));
}

/* Digits with a zero beside them, and pairs of bytes that full-width digits
 * begin with, in the 32 bytes at `at`. */
AVX2 static inline __m256i is_rare(const uint8_t *at)
{
    __m256i x = load(at), before = load(at - 1), after = load(at + 1);
    __m256i utf16 = _mm256_and_si256(is_ten(x, '0'), is(_mm256_min_epu8(before, after), 0));

    return _mm256_or_si256(utf16, _mm256_and_si256(is_lead(x), is_trail(after)));
}

AVX2 static void masks(struct pf_stripe *st, const uint8_t *at, size_t word, size_t n)
{
    for (size_t i = 0; i < n; i++, at += PF_WORD) {
        __m256i lo = load(at), hi = load(at + 32), least = _mm256_min_epi8(lo, hi);
        bool plain = at[-1] != 0 && at[PF_WORD] != 0 &&   /* ASCII without zeros is most text */
                     _mm256_movemask_epi8(_mm256_cmpgt_epi8(least, _mm256_setzero_si256())) == -1;

        st->digit[word + i] = bits(is_ten(lo, '0'), is_ten(hi, '0'));
        st->rare[word + i] = plain ? 0 : bits(is_rare(at), is_rare(at + 32));
    }
}

AVX2 static uint64_t gap_word(const uint8_t *at)
{
    return bits(is_gap(load(at), load(at - 1)), is_gap(load(at + 32), load(at + 31)));
}

AVX2 static void join(struct pf_stripe *st, size_t vectors)
{
    pf_stripe_join(st, vectors, gap_word);
}

void pf_avx2_digitrun(const uint8_t *buf, size_t len, pf_runs_fn *fn, void *ctx)
{
    static const struct pf_stripe_ops ops = { masks, join };

    pf_stripe_search(&ops, buf, len, fn, ctx);
}

AVX2 size_t pf_avx2_newlines(const uint8_t *buf, size_t len)
{
    size_t n = 0, i = 0;

    for (; len - i >= 64; i += 64)
        n += (size_t)__builtin_popcountll(bits(is(load(buf + i), '\n'), is(load(buf + i + 32), '\n')));
    for (; i < len; i++)
        n += buf[i] == '\n';
    return n;
}
#endif
