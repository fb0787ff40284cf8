/* avx512.c - 64 bytes a step; the gaps of eight words are joined at a time.
 * Needs VBMI (one look-up instead of six compares), VBMI2 (funnel shifts across
 * words, compress for the edges) and VPOPCNTDQ: Ice Lake, Zen 4 and later. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__x86_64__)
#include "pan-finder/detect/kernel/stripe.h"

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2," \
                                     "avx512vpopcntdq,popcnt,bmi,bmi2")))

bool pf_avx512_supported(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vpopcntdq") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2");
}

/* Tables by the low six bits of a byte: the one byte of the set that has them,
 * else a byte that has others, so that `table[x] == x` means "in the set". */
static void set_table(uint8_t table[64], const uint8_t *set, size_t n)
{
    for (unsigned i = 0; i < 64; i++)
        table[i] = (uint8_t)(i ^ 1);
    for (size_t i = 0; i < n; i++)
        table[set[i] & 63] = set[i];
}

AVX512 static void masks(struct pf_stripe *st, const uint8_t *at, size_t word, size_t n)
{
    static const uint8_t gaps[] = { ' ', '\t', '-', '.', '/', '_' };
    static const uint8_t leads[] = { 0xef, 0x82, 0xa3 };
    uint8_t table[2][64];
    __m512i gap, lead;

    set_table(table[0], gaps, sizeof gaps);
    set_table(table[1], leads, sizeof leads);
    gap = _mm512_loadu_si512(table[0]);
    lead = _mm512_loadu_si512(table[1]);
    for (size_t i = 0; i < n; i++, at += PF_WORD) {
        __m512i x = _mm512_loadu_si512(at);
        __m512i before = _mm512_loadu_si512(at - 1);

        st->digit[word + i] = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8('0')),
                                                     _mm512_set1_epi8(10));
        st->gap[word + i] = _mm512_cmpeq_epi8_mask(_mm512_permutexvar_epi8(x, gap), x) |
                            _mm512_cmpeq_epi8_mask(before, _mm512_set1_epi8((char)0x81)) |
                            _mm512_movepi8_mask(x);
        st->zero[word + i] = _mm512_testn_epi8_mask(x, x);
        st->lead[word + i] = _mm512_cmpeq_epi8_mask(_mm512_permutexvar_epi8(x, lead), x);
    }
}

#define UP(n) _mm512_shldi_epi64(x, before, n)
#define DOWN(n) _mm512_shrdi_epi64(x, after, n)

/* pf_word_joined on eight words; also finds the hot ones. */
AVX512 static void join_gaps(struct pf_stripe *st, size_t i, unsigned shift)
{
    const uint64_t *d = st->digit + i, *g = st->gap + i, *z = st->zero + i;
    const __m512i hot = _mm512_set1_epi64(PF_HOT_DIGITS);
    __m512i x = _mm512_loadu_si512(d), digit = x;
    __m512i before = _mm512_loadu_si512(d - 1), after = _mm512_loadu_si512(d + 1);
    __m512i du1 = UP(1), du2 = UP(2), du3 = UP(3), dd1 = DOWN(1), dd2 = DOWN(2), dd3 = DOWN(3);
    __m512i gap, gu1, gu2, gd1, gd2, first, second, third;

    gap = x = _mm512_loadu_si512(g);
    before = _mm512_loadu_si512(g - 1);
    after = _mm512_loadu_si512(g + 1);
    gu1 = UP(1), gu2 = UP(2), gd1 = DOWN(1), gd2 = DOWN(2);
    first = du1 & (dd1 | (gd1 & (dd2 | (gd2 & dd3))));
    second = gu1 & du2 & (dd1 | (gd1 & dd2));
    third = gu1 & gu2 & du3 & dd1;
    _mm512_storeu_si512(st->joined + i, digit | (gap & (first | second | third)));

    x = _mm512_loadu_si512(z);
    before = _mm512_loadu_si512(z - 1);
    after = _mm512_loadu_si512(z + 1);
    x = digit & (UP(1) | DOWN(1));
    st->hot_zero |= (uint64_t)_mm512_cmpge_epu64_mask(_mm512_popcnt_epi64(x), hot) << shift;
    x = _mm512_loadu_si512(st->lead + i);
    st->hot_lead |= (uint64_t)_mm512_cmpge_epu64_mask(_mm512_popcnt_epi64(x), hot) << shift;
}

/* Writes the positions of the set bits, at most eight of them, to `out`. */
AVX512 static inline size_t put_bits(uint32_t *out, uint64_t bits, uint32_t pos)
{
    static const uint8_t count[64] = {
         0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    };
    __m512i index = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(count));
    __m256i wide = _mm256_cvtepu8_epi32(_mm512_castsi512_si128(index));

    _mm256_storeu_si256((__m256i *)(void *)out, _mm256_add_epi32(wide, _mm256_set1_epi32((int)pos)));
    return (size_t)__builtin_popcountll(bits);
}

/* pf_word_long and pf_word_edges on eight words. Returns the stretches, whose
 * last word the next eight need. */
AVX512 static __m512i long_edges(struct pf_stripe *st, size_t i, __m512i last)
{
    __m512i x = _mm512_loadu_si512(st->joined + i);
    __m512i after = _mm512_loadu_si512(st->joined + i + 1), shifted;
    uint64_t rise[8], fall[8];

    x &= DOWN(1);
    after &= _mm512_srli_epi64(after, 1);
    x &= DOWN(2);
    after &= _mm512_srli_epi64(after, 2);
    x &= DOWN(4) & DOWN(8);
    shifted = _mm512_shldi_epi64(x, _mm512_alignr_epi64(x, last, 7), 1);
    if (_mm512_test_epi64_mask(x | shifted, x | shifted) == 0)
        return x;
    _mm512_storeu_si512(rise, _mm512_andnot_si512(shifted, x));
    _mm512_storeu_si512(fall, _mm512_andnot_si512(x, shifted));
    for (size_t k = 0; k < 8; k++) {
        uint32_t pos = pf_stripe_pos(st, i + k);

        st->n_start += put_bits(st->start + st->n_start, rise[k], pos);
        st->n_end += put_bits(st->end + st->n_end, fall[k], pos + PF_PAN_MIN - 1);
    }
    return x;
}

AVX512 static void join(struct pf_stripe *st, size_t vectors)
{
    __m512i last = _mm512_set1_epi64((long long)st->last_long);

    for (size_t k = 0; k < vectors; k++)
        join_gaps(st, PF_JOIN_AT + 8 * k, (unsigned)(8 * k));
    for (size_t k = 0; k < vectors; k++)
        last = long_edges(st, PF_LONG_AT + 8 * k, last);
    st->last_long = (uint64_t)_mm_extract_epi64(_mm512_extracti32x4_epi32(last, 3), 1);
    pf_stripe_pair(st);
}

void pf_avx512_digitrun(const uint8_t *buf, size_t len, pf_runs_fn *fn, void *ctx)
{
    static const struct pf_stripe_ops ops = { masks, join };

    pf_stripe_search(&ops, buf, len, fn, ctx);
}

AVX512 size_t pf_avx512_newlines(const uint8_t *buf, size_t len)
{
    const __m512i nl = _mm512_set1_epi8('\n');
    size_t n = 0, i = 0;

    for (; len - i >= 256; i += 256) {
        __mmask64 a = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(buf + i), nl);
        __mmask64 b = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(buf + i + 64), nl);
        __mmask64 c = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(buf + i + 128), nl);
        __mmask64 d = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(buf + i + 192), nl);

        n += (size_t)(__builtin_popcountll(a) + __builtin_popcountll(b) +
                      __builtin_popcountll(c) + __builtin_popcountll(d));
    }
    for (; i < len; i += 64) {
        __mmask64 in = len - i >= 64 ? ~0ULL : (1ULL << (len - i)) - 1;
        __m512i x = _mm512_maskz_loadu_epi8(in, buf + i);

        n += (size_t)__builtin_popcountll(_mm512_cmpeq_epi8_mask(x, nl));
    }
    return n;
}
#endif
