/* avx512_plain.c - the first look at unbroken numbers, eight at a time: the first
 * two digits and the length of all, then range and Luhn of those that fit. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__x86_64__)
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/iin.h"

#include <immintrin.h>
#include <string.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,popcnt,bmi,bmi2")))

struct eight {                 /* fields of eight runs */
    __m256i start, end, digits;
    __mmask8 plain;            /* which of them are unbroken numbers */
};

AVX512 static inline struct eight load_runs(const struct pf_run *run, __mmask8 have)
{
    const __m512i pick = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
    const __mmask16 low = (__mmask16)_pdep_u32(have, 0x1111) * 15;
    const __mmask16 high = (__mmask16)_pdep_u32((unsigned)have >> 4, 0x1111) * 15;
    __m512i a = _mm512_maskz_loadu_epi32(low, run);
    __m512i b = _mm512_maskz_loadu_epi32(high, run + 4);
    __m512i places = _mm512_permutex2var_epi32(a, pick, b);
    __m512i others = _mm512_permutex2var_epi32(a, _mm512_add_epi32(pick, _mm512_set1_epi32(2)), b);
    __m256i dress = _mm512_extracti32x8_epi32(others, 1);
    struct eight e;

    e.start = _mm512_castsi512_si256(places);
    e.end = _mm512_extracti32x8_epi32(places, 1);
    e.digits = _mm512_castsi512_si256(others);
    e.plain = have & _mm256_cmpeq_epi32_mask(_mm256_sub_epi32(e.end, e.start), e.digits) &
              _mm256_cmple_epu32_mask(e.digits, _mm256_set1_epi32(16)) &
              _mm256_cmpge_epu32_mask(e.end, _mm256_set1_epi32(16)) &
              _mm256_testn_epi32_mask(dress, dress);
    return e;
}

/* Luhn sums (ISO/IEC 7812-1, annex B) of four numbers, two halves of each, from
 * the 16 bytes that end them; digits: how many count, in the lane's first byte. */
AVX512 static inline __m512i luhn_halves(__m512i text, __m512i digits)
{
    const __mmask64 even = 0x5555555555555555;     /* from the right: the second, fourth, ... */
    const __m512i place = _mm512_broadcast_i32x4(
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    __m512i from = _mm512_shuffle_epi8(digits, _mm512_setzero_si512());
    __mmask64 counts = _mm512_cmpge_epu8_mask(_mm512_add_epi8(place, from), _mm512_set1_epi8(16));
    __m512i x = _mm512_maskz_sub_epi8(counts, text, _mm512_set1_epi8('0'));
    __mmask64 big = _mm512_mask_cmpgt_epu8_mask(even, x, _mm512_set1_epi8(4));

    x = _mm512_mask_add_epi8(x, even, x, x);
    x = _mm512_mask_sub_epi8(x, big, x, _mm512_set1_epi8(9));
    return _mm512_sad_epu8(x, _mm512_setzero_si512());
}

AVX512 static inline __m512i load_lanes(const uint8_t *buf, const uint32_t *end)
{
    const __m128i *at[4];
    __m256i low, high;

    for (int i = 0; i < 4; i++)
        at[i] = (const __m128i *)(const void *)(buf + end[i] - 16);
    low = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(at[0])), _mm_loadu_si128(at[1]), 1);
    high = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(at[2])), _mm_loadu_si128(at[3]), 1);
    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

/* Which of eight numbers pass Luhn; end and digits of those that are none must
 * be readable all the same (end >= 16). */
AVX512 static inline __mmask8 luhn_mask(const uint8_t *buf, const uint32_t *end, __m256i digits)
{
    const __m512i evens = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
    __m512i wide = _mm512_cvtepu32_epi64(digits), a, b, sum, tenth;

    a = luhn_halves(load_lanes(buf, end),
                    _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 0, 1, 1, 2, 2, 3, 3), wide));
    b = luhn_halves(load_lanes(buf, end + 4),
                    _mm512_permutexvar_epi64(_mm512_setr_epi64(4, 4, 5, 5, 6, 6, 7, 7), wide));
    sum = _mm512_permutex2var_epi64(a, evens, b);
    sum = _mm512_add_epi64(sum, _mm512_permutex2var_epi64(a, _mm512_add_epi64(evens, _mm512_set1_epi64(1)), b));
    /* sums are at most 16 * 9: x / 10 is x * 205 >> 11 */
    tenth = _mm512_srli_epi64(_mm512_mul_epu32(sum, _mm512_set1_epi64(205)), 11);
    return _mm512_cmpeq_epi64_mask(sum, _mm512_mul_epu32(tenth, _mm512_set1_epi64(10)));
}

/* Which of them may be filler: their first four digits are. */
AVX512 static inline __mmask8 filler_mask(__m256i four)
{
    __m256i step = _mm256_sub_epi8(_mm256_srli_epi32(four, 8), four);

    step = _mm256_mask_add_epi8(step, _mm256_movepi8_mask(step), step, _mm256_set1_epi8(10));
    step = _mm256_xor_si256(step, _mm256_srli_epi32(step, 8));
    return _mm256_testn_epi32_mask(step, _mm256_set1_epi32(0xffff));
}

/* The numbers of a batch whose first two digits and length are a card's: one in
 * five of a column of ids. Pressed together, so that the exact range and Luhn
 * are asked of them alone. */
struct shaped {
    uint32_t end[64 + 8], digits[64 + 8], four[64 + 8];    /* four: values of the first digits */
    size_t n;
};

static inline int four_bytes(const uint8_t *at)
{
    int v;

    memcpy(&v, at, sizeof v);
    return v;
}

/* The first four bytes of eight runs. A gather costs more on many processors. */
AVX512 static inline __m256i first_bytes(const uint8_t *buf, const struct pf_run *run)
{
    return _mm256_setr_epi32(four_bytes(buf + run[0].start), four_bytes(buf + run[1].start),
                             four_bytes(buf + run[2].start), four_bytes(buf + run[3].start),
                             four_bytes(buf + run[4].start), four_bytes(buf + run[5].start),
                             four_bytes(buf + run[6].start), four_bytes(buf + run[7].start));
}

/* Eight runs of a batch: their bits of plain, and of shaped << 8. */
AVX512 static inline uint32_t shape_eight(const uint8_t *buf, const struct pf_run *run, struct shaped *s)
{
    const __m512i low = _mm512_loadu_si512(pf_iin_lengths2), high = _mm512_loadu_si512(pf_iin_lengths2 + 64);
    struct eight e = load_runs(run, 0xff);
    __m256i four = _mm256_sub_epi8(first_bytes(buf, run), _mm256_set1_epi8('0'));
    __m256i two = _mm256_and_si256(_mm256_maddubs_epi16(four, _mm256_set1_epi16(1 << 8 | 10)),
                                   _mm256_set1_epi32(0x7f));
    __m256i lengths = _mm512_castsi512_si256(_mm512_permutex2var_epi8(low, _mm512_castsi256_si512(two), high));
    __m256i place = _mm256_sub_epi32(e.digits, _mm256_set1_epi32(PF_PAN_MIN));
    __m256i fits = _mm256_srlv_epi32(_mm256_and_si256(lengths, _mm256_set1_epi32(0xff)), place);
    __mmask8 shape = _mm256_mask_test_epi32_mask(e.plain, fits, _mm256_set1_epi32(1));

    _mm256_storeu_si256((__m256i *)(void *)(s->end + s->n), _mm256_maskz_compress_epi32(shape, e.end));
    _mm256_storeu_si256((__m256i *)(void *)(s->digits + s->n), _mm256_maskz_compress_epi32(shape, e.digits));
    _mm256_storeu_si256((__m256i *)(void *)(s->four + s->n), _mm256_maskz_compress_epi32(shape, four));
    s->n += (size_t)__builtin_popcount(shape);
    return (uint32_t)e.plain | (uint32_t)shape << 8;
}

/* Eight of the pressed ones: which of them must be looked at. The others of a
 * card's range and length are counted. */
AVX512 static inline __mmask8 ask_eight(const uint8_t *buf, const struct shaped *s, size_t i, __mmask8 have,
                                        uint64_t *shapes)
{
    __m256i digits = _mm256_loadu_si256((const __m256i *)(const void *)(s->digits + i));
    __m256i four = _mm256_maskz_loadu_epi32(have, s->four + i);
    __m256i index = _mm256_madd_epi16(_mm256_maddubs_epi16(four, _mm256_set1_epi16(1 << 8 | 10)),
                                      _mm256_set1_epi32(1 << 16 | 100));
    __m256i lengths = _mm256_mmask_i32gather_epi32(_mm256_setzero_si256(), have, index, pf_iin_lengths4, 2);
    __m256i place = _mm256_sub_epi32(digits, _mm256_set1_epi32(PF_IIN_LENGTH_BASE));
    __mmask8 shape = _mm256_mask_test_epi32_mask(have, _mm256_srlv_epi32(lengths, place), _mm256_set1_epi32(1));
    __mmask8 look = luhn_mask(buf, s->end + i, digits) | filler_mask(four) |
                    _mm256_test_epi32_mask(lengths, _mm256_set1_epi32(PF_IIN_NO_LUHN));
    __mmask8 fail = shape & (__mmask8)~look;

    if (fail != 0)
        for (int n = PF_PAN_MIN; n <= 16; n++)
            shapes[n] += (unsigned)__builtin_popcount(
                _mm256_mask_cmpeq_epi32_mask(fail, digits, _mm256_set1_epi32(n)));
    return shape & look;
}

AVX512 static inline uint64_t ask(const uint8_t *buf, struct shaped *s, uint64_t *shapes)
{
    uint64_t pass = 0;

    for (size_t i = s->n; i < s->n + 8; i++) {
        s->end[i] = 16;                    /* a place that can be read */
        s->digits[i] = PF_PAN_MIN;
    }
    for (size_t i = 0; i < s->n; i += 8) {
        __mmask8 have = (__mmask8)(s->n - i >= 8 ? 0xffu : (1u << (s->n - i)) - 1);

        pass |= (uint64_t)ask_eight(buf, s, i, have, shapes) << i;
    }
    return pass;
}

AVX512 uint64_t pf_avx512_plain(const uint8_t *buf, const struct pf_run *run, size_t n, uint64_t *shapes)
{
    struct shaped s;
    struct pf_run rest[8] = { { 0, 0, 0, 0 } };            /* the last ones; an empty run is not plain */
    uint64_t batch = n >= 64 ? ~0ULL : (1ULL << n) - 1, plain = 0, shaped = 0, look = 0;

    s.n = 0;
    memcpy(rest, run + (n & ~(size_t)7), (n & 7) * sizeof *run);
    for (size_t i = 0; i < n; i += 8) {
        uint32_t bits = shape_eight(buf, n - i >= 8 ? run + i : rest, &s);

        plain |= (uint64_t)(bits & 0xff) << i;
        shaped |= (uint64_t)(bits >> 8) << i;
    }
    if (s.n > 0)
        look = _pdep_u64(ask(buf, &s, shapes), shaped);
    return look | (batch & ~plain);
}
#endif
