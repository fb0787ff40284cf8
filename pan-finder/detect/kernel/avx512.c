/* avx512.c - 64 bytes a step; the gaps of eight words are joined at a time.
 * Needs VBMI (one look-up instead of six compares), VBMI2 (funnel shifts across
 * words), VPOPCNTDQ, and GFNI (marks_avx512.c): Ice Lake, Zen 4 and later. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__x86_64__)
#include "pan-finder/detect/kernel/steps.h"

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2," \
                                     "avx512vpopcntdq,popcnt,bmi,bmi2")))

bool pf_avx512_supported(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vpopcntdq") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("gfni") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2");
}

/* A set of bytes that differ in their low six bits is a table by those bits:
 * `table[x & 63] == x` means "in the set". NO keeps a place that no byte equals. */
#define NO(i) [i] = (uint8_t)((i) ^ 1)
#define NO4(i) NO(i), NO((i) + 1), NO((i) + 2), NO((i) + 3)
#define NO16(i) NO4(i), NO4((i) + 4), NO4((i) + 8), NO4((i) + 12)
#define IN(byte) [(byte) & 63] = (byte)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const uint8_t leads[64] = {
    NO16(0), NO16(16), NO16(32), NO16(48), IN(0xef), IN(0x82), IN(0xa3),
};
static const uint8_t trails[64] = {
    NO16(0), NO16(16), NO16(32), NO16(48), IN(0xbc),
    IN(0x4f), IN(0x50), IN(0x51), IN(0x52), IN(0x53), IN(0x54), IN(0x55), IN(0x56), IN(0x57), IN(0x58),
    IN(0xb0), IN(0xb1), IN(0xb2), IN(0xb3), IN(0xb4), IN(0xb5), IN(0xb6), IN(0xb7), IN(0xb8), IN(0xb9),
};
#pragma GCC diagnostic pop

/* By the low seven bits: bit 7 for the ASCII bytes of a gap. */
static const uint8_t gaps[128] = {
    [' '] = 0x80, ['\t'] = 0x80, ['+'] = 0x80, ['-'] = 0x80, ['.'] = 0x80, ['/'] = 0x80, ['_'] = 0x80,
};

/* Digits of the rare dresses (see struct pf_stripe). */
AVX512 static inline uint64_t rare_word(const uint8_t *at, __m512i x, __mmask64 digit)
{
    __m512i before = _mm512_loadu_si512(at - 1), after = _mm512_loadu_si512(at + 1);
    __m512i beside = _mm512_min_epu8(before, after);
    __m512i lead = _mm512_permutexvar_epi8(x, _mm512_loadu_si512(leads));
    __m512i trail = _mm512_permutexvar_epi8(after, _mm512_loadu_si512(trails));
    __mmask64 pair = _mm512_mask_cmpeq_epi8_mask(_mm512_cmpeq_epi8_mask(lead, x), trail, after);

    return _kor_mask64(pair, _mm512_mask_testn_epi8_mask(digit, beside, beside));
}

AVX512 static void masks(struct pf_stripe *st, const uint8_t *at, size_t word, size_t n)
{
    for (size_t i = 0; i < n; i++, at += PF_WORD) {
        __m512i x = _mm512_loadu_si512(at);
        __mmask64 digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8('0')),
                                                 _mm512_set1_epi8(10));
        /* ASCII without zeros is most text */
        bool plain = _mm512_cmple_epi8_mask(x, _mm512_setzero_si512()) == 0;

        _store_mask64((__mmask64 *)(void *)&st->digit[word + i], digit);
        st->rare[word + i] = plain && at[-1] != 0 && at[PF_WORD] != 0 ? 0 : rare_word(at, x, digit);
    }
}

#define UP(n) _mm512_shldi_epi64(x, before, n)
#define DOWN(n) _mm512_shrdi_epi64(x, after, n)

/* Bit k: words PF_JOIN_AT + 8k.. hold one that is active (pf_word_active). Also
 * finds the hot ones. */
AVX512 static unsigned find_active(struct pf_stripe *st, size_t vectors)
{
    const __m512i enough = _mm512_set1_epi64(PF_PAN_MIN), rare = _mm512_set1_epi64(PF_RARE_DIGITS);
    uint64_t hot = 0;
    unsigned active = 0;

    for (size_t k = 0; k < vectors; k++) {
        const uint64_t *d = st->digit + PF_JOIN_AT + 8 * k;
        __m512i here = _mm512_popcnt_epi64(_mm512_loadu_si512(d));
        __m512i before = _mm512_popcnt_epi64(_mm512_loadu_si512(d - 1));
        __m512i after = _mm512_popcnt_epi64(_mm512_loadu_si512(d + 1));
        __m512i most = _mm512_add_epi64(here, _mm512_max_epi64(before, after));
        __m512i r = _mm512_popcnt_epi64(_mm512_loadu_si512(st->rare + PF_JOIN_AT + 8 * k));

        active |= (unsigned)(_mm512_cmpge_epi64_mask(most, enough) != 0) << k;
        hot |= (uint64_t)_mm512_cmpge_epi64_mask(r, rare) << (8 * k);
    }
    st->hot = hot;
    return active;
}

AVX512 static inline void make_gap(uint64_t *gap, const uint8_t *at, __m512i low, __m512i high)
{
    __m512i x = _mm512_loadu_si512(at), before = _mm512_loadu_si512(at - 1);
    __mmask64 one = _mm512_movepi8_mask(_mm512_permutex2var_epi8(low, x, high) | x);

    one = _kor_mask64(one, _mm512_cmpeq_epi8_mask(before, _mm512_set1_epi8((char)0x81)));
    _store_mask64((__mmask64 *)(void *)gap, one);
}

/* The gap masks that the active words need: theirs and their neighbours'. */
AVX512 static void make_gaps(struct pf_stripe *st, unsigned active)
{
    const __m512i low = _mm512_loadu_si512(gaps), high = _mm512_loadu_si512(gaps + 64);
    size_t made = st->first_word;

    for (; active != 0; active &= active - 1) {
        size_t word = PF_JOIN_AT + 8 * (size_t)__builtin_ctz(active);
        size_t end = word + 9 < st->end_word ? word + 9 : st->end_word;

        made = made > word - 1 ? made : word - 1;
        if (pf_stripe_pos(st, made) > 0 && pf_stripe_pos(st, end) < st->len) {
            const uint8_t *at = pf_stripe_bytes(st, made);

            for (; made < end; made++, at += PF_WORD)
                make_gap(&st->gap[made], at, low, high);
        }
        for (; made < end; made++)                     /* the first or the last block is among them */
            make_gap(&st->gap[made], pf_stripe_bytes(st, made), low, high);
    }
}

/* pf_word_joined on eight words. */
AVX512 static void join_gaps(struct pf_stripe *st, size_t i)
{
    const uint64_t *d = st->digit + i, *g = st->gap + i;
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
}

/* pf_word_long on eight words. */
AVX512 static inline __m512i long_stretches(const uint64_t *joined)
{
    __m512i x = _mm512_loadu_si512(joined), after = _mm512_loadu_si512(joined + 1);

    x &= DOWN(1);
    after &= _mm512_srli_epi64(after, 1);
    x &= DOWN(2);
    after &= _mm512_srli_epi64(after, 2);
    return x & DOWN(4) & DOWN(8);
}

/* The two lowest set bits of each word as positions, in the halves of its lane;
 * `some` gets a bit for each half that is one. Takes them off the words. */
AVX512 static inline __m512i take_two(__m512i *rise, __m512i pos, uint32_t *some)
{
    const __m512i minus = _mm512_set1_epi64(-1);
    __m512i x = *rise, below = _mm512_add_epi64(x, minus), first, second;

    *some = _pdep_u32(_mm512_test_epi64_mask(x, x), 0x5555);
    first = _mm512_popcnt_epi64(_mm512_andnot_si512(x, below));
    x = _mm512_and_si512(x, below);
    *some |= _pdep_u32(_mm512_test_epi64_mask(x, x), 0xaaaa);
    below = _mm512_add_epi64(x, minus);
    second = _mm512_popcnt_epi64(_mm512_andnot_si512(x, below));
    *rise = _mm512_and_si512(x, below);
    return _mm512_add_epi32(_mm512_or_si512(first, _mm512_slli_epi64(second, 32)), pos);
}

/* Appends the positions of the set bits of eight words, in order: as many of
 * each word side by side, then those that are none pressed out. */
AVX512 static inline size_t put_starts(uint32_t *out, __m512i rise, uint32_t pos)
{
    const __m512i step = _mm512_setr_epi32(0, 0, 64, 64, 128, 128, 192, 192, 256, 256, 320, 320,
                                           384, 384, 448, 448);
    __m512i base = _mm512_add_epi32(_mm512_set1_epi32((int)pos), step), all = rise, two, four;
    uint32_t some, more;
    uint64_t word[8];
    size_t n = 0;

    two = take_two(&rise, base, &some);
    if (_mm512_test_epi64_mask(rise, rise) == 0) {
        _mm512_storeu_si512(out, _mm512_maskz_compress_epi32((__mmask16)some, two));
        return (size_t)__builtin_popcount(some);
    }
    four = take_two(&rise, base, &more);
    if (__builtin_expect(_mm512_test_epi64_mask(rise, rise) == 0, 1)) {
        const __m512i low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
        const __m512i high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);

        some = _pdep_u32(some, 0x33333333) | _pdep_u32(more, 0xcccccccc);
        n = (size_t)__builtin_popcount(some & 0xffff);
        _mm512_storeu_si512(out, _mm512_maskz_compress_epi32(
                                     (__mmask16)some, _mm512_permutex2var_epi64(two, low, four)));
        _mm512_storeu_si512(out + n, _mm512_maskz_compress_epi32(
                                         (__mmask16)(some >> 16), _mm512_permutex2var_epi64(two, high, four)));
        return n + (size_t)__builtin_popcount(some >> 16);
    }
    _mm512_storeu_si512(word, all);                    /* a word with five */
    for (uint32_t k = 0; k < 8; k++)
        n += pf_word_starts(out + n, word[k], pos + k * PF_WORD);
    return n;
}

AVX512 static void find_starts(struct pf_stripe *st, size_t vectors)
{
    __m512i last = _mm512_set1_epi64((long long)st->last_long);
    size_t n = st->n_start;

    for (size_t i = PF_LONG_AT; i < PF_LONG_AT + 8 * vectors; i += 8) {
        __m512i here = long_stretches(st->joined + i);
        __m512i before = _mm512_shldi_epi64(here, _mm512_alignr_epi64(here, last, 7), 1);
        __m512i rise = _mm512_andnot_si512(before, here);

        last = here;
        if (_mm512_test_epi64_mask(rise, rise) != 0)
            n += put_starts(st->start + n, rise, pf_stripe_pos(st, i));
    }
    st->n_start = n;
    st->last_long = (uint64_t)_mm_extract_epi64(_mm512_extracti32x4_epi32(last, 3), 1);
}

/* Writes the runs of eight starts; returns how many have enough digits, or -1
 * when one of them is not within the bits at hand (pf_stripe_far). */
AVX512 static inline int runs8(const struct pf_stripe *st, const uint32_t *start, __mmask8 have,
                               struct pf_run *run)
{
    const __m512i first = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const __m512i one = _mm512_set1_epi64(1), zero = _mm512_setzero_si512();
    __m256i from = _mm256_maskz_loadu_epi32(have, start), end, at, digits;
    __m512i shift, joined, digit, below, pairs, rest;
    __mmask8 far, good;

    at = _mm256_sub_epi32(from, _mm256_set1_epi32((int)pf_stripe_pos(st, 0)));
    far = _mm256_mask_cmpge_epu32_mask(have, at, _mm256_set1_epi32((PF_STRIPE_ALL - 1) * PF_WORD));
    if (far != 0)
        return -1;
    shift = _mm512_and_si512(_mm512_cvtepu32_epi64(at), _mm512_set1_epi64(7));
    at = _mm256_srli_epi32(at, 3);
    joined = _mm512_mask_i32gather_epi64(zero, have, at, st->joined, 1);
    digit = _mm512_mask_i32gather_epi64(zero, have, at, st->digit, 1);
    joined = _mm512_srlv_epi64(joined, shift);
    digit = _mm512_srlv_epi64(digit, shift);
    below = _mm512_andnot_si512(_mm512_add_epi64(joined, one), joined);   /* the ones before the first hole */
    far = _mm512_mask_test_epi64_mask(have, below, _mm512_set1_epi64(1LL << (PF_WINDOW - 1)));
    if (far != 0)
        return -1;
    digits = _mm512_cvtepi64_epi32(_mm512_popcnt_epi64(_mm512_and_si512(digit, below)));
    end = _mm256_add_epi32(from, _mm512_cvtepi64_epi32(_mm512_popcnt_epi64(below)));
    good = _mm256_mask_cmpge_epi32_mask(have, digits, _mm256_set1_epi32(PF_PAN_MIN));

    from = _mm256_maskz_compress_epi32(good, from);
    end = _mm256_maskz_compress_epi32(good, end);
    digits = _mm256_maskz_compress_epi32(good, digits);
    pairs = _mm512_permutex2var_epi32(_mm512_castsi256_si512(from), first, _mm512_castsi256_si512(end));
    rest = _mm512_cvtepu32_epi64(digits);              /* and PF_DRESS_ASCII, which is 0 */
    _mm512_storeu_si512(run, _mm512_permutex2var_epi64(pairs, _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11), rest));
    _mm512_storeu_si512(run + 4, _mm512_permutex2var_epi64(pairs, _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15), rest));
    return __builtin_popcount(good);
}

/* pf_stripe_runs, eight starts at a time. */
AVX512 static void find_runs(struct pf_stripe *st, size_t words)
{
    size_t n = 0;

    for (size_t i = 0; i < st->n_start; i += 8) {
        __mmask8 have = (__mmask8)(st->n_start - i >= 8 ? 0xffu : (1u << (st->n_start - i)) - 1);
        int more = runs8(st, st->start + i, have, st->run + n);

        if (more < 0) {
            pf_stripe_runs(st, words);                 /* a long run: rare, all once more */
            return;
        }
        n += (size_t)more;
    }
    st->n_start = 0;
    st->n_run = n;
}

AVX512 static void join(struct pf_stripe *st, size_t vectors)
{
    unsigned active = find_active(st, vectors);
    bool before = (st->joined[PF_LONG_AT] | st->last_long) != 0;

    make_gaps(st, active);
    for (size_t k = 0; k < vectors; k++) {
        if (active >> k & 1)
            join_gaps(st, PF_JOIN_AT + 8 * k);
        else
            _mm512_storeu_si512(st->joined + PF_JOIN_AT + 8 * k, _mm512_setzero_si512());
    }
    if (active != 0 || before)
        find_starts(st, vectors);
    find_runs(st, 8 * vectors);
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
