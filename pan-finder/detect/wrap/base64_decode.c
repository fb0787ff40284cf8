/* base64_decode.c - a table for any processor; 64 characters a step where the
 * processor looks bytes up in registers (AVX-512 VBMI). */
#include "pan-finder/detect/wrap/base64_decode.h"

#include <stdbool.h>

#define ROW8(a)  (a), (a) + 1, (a) + 2, (a) + 3, (a) + 4, (a) + 5, (a) + 6, (a) + 7
#define NO8      0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80
#define NO64     NO8, NO8, NO8, NO8, NO8, NO8, NO8, NO8

const uint8_t pf_base64_value[256] = {
    NO8, NO8, NO8, NO8, NO8,
    0x80, 0x80, 0x80, 62, 0x80, 62, 0x80, 63,                    /* ( .. /: + - / */
    ROW8(52), 60, 61, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,        /* 0 .. ? */
    0x80, 0, 1, 2, 3, 4, 5, 6, ROW8(7), ROW8(15), 23, 24, 25, 0x80, 0x80, 0x80, 0x80, 63,
    0x80, 26, 27, 28, 29, 30, 31, 32, ROW8(33), ROW8(41), 49, 50, 51, 0x80, 0x80, 0x80, 0x80, 0x80,
    NO64, NO64,
};

size_t pf_base64_quads_portable(const uint8_t *in, size_t n, uint8_t *out, size_t cap)
{
    size_t at = 0;

    for (; n - at >= 4 && cap >= 3; at += 4, cap -= 3) {
        uint8_t a = pf_base64_value[in[at]], b = pf_base64_value[in[at + 1]];
        uint8_t c = pf_base64_value[in[at + 2]], d = pf_base64_value[in[at + 3]];

        if ((a | b | c | d) & 0x80)
            break;
        *out++ = (uint8_t)(a << 2 | b >> 4);
        *out++ = (uint8_t)(b << 4 | c >> 2);
        *out++ = (uint8_t)(c << 6 | d);
    }
    return at;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define VBMI __attribute__((target("avx512f,avx512bw,avx512vbmi,bmi,bmi2")))

/* Up to 64 characters at in: how many of its first `have` are of an alphabet, and
 * what they decode to in the first 48 bytes of the vector. */
VBMI static inline __m512i decode64(const uint8_t *in, __mmask64 have, unsigned *valid)
{
    static const uint8_t order[64] = {
        2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 18, 17, 16, 22, 21, 20, 26, 25, 24, 30, 29, 28,
        34, 33, 32, 38, 37, 36, 42, 41, 40, 46, 45, 44, 50, 49, 48, 54, 53, 52, 58, 57, 56, 62, 61, 60,
    };
    const __m512i low = _mm512_loadu_si512(pf_base64_value), high = _mm512_loadu_si512(pf_base64_value + 64);
    __m512i c = _mm512_maskz_loadu_epi8(have, in);
    __m512i v = _mm512_permutex2var_epi8(low, c, high);      /* by seven bits; the eighth is looked at below */
    uint64_t bad = (uint64_t)_mm512_movepi8_mask(_mm512_or_si512(v, c));

    *valid = bad != 0 ? (unsigned)__builtin_ctzll(bad) : 64;
    v = _mm512_maddubs_epi16(v, _mm512_set1_epi32(0x01400140));
    v = _mm512_madd_epi16(v, _mm512_set1_epi32(0x00011000));
    return _mm512_permutexvar_epi8(_mm512_loadu_si512(order), v);
}

VBMI static size_t quads_vbmi(const uint8_t *in, size_t n, uint8_t *out, size_t cap)
{
    size_t at = 0;

    while (n - at >= 4 && cap >= 3) {
        size_t want = n - at < 64 ? n - at : 64;
        unsigned valid;
        __mmask64 have = want == 64 ? ~0ULL : (1ULL << want) - 1;
        __m512i v = decode64(in + at, have, &valid);
        size_t quads = (valid < want ? valid : want) / 4;

        if (quads > cap / 3)
            quads = cap / 3;
        _mm512_mask_storeu_epi8(out, (1ULL << 3 * quads) - 1, v);
        out += 3 * quads;
        cap -= 3 * quads;
        at += 4 * quads;
        if (quads < 16)
            break;
    }
    return at;
}

static bool have_vbmi(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("bmi2");
}

size_t pf_base64_quads(const uint8_t *in, size_t n, uint8_t *out, size_t cap)
{
    static int vbmi = -1;        /* one thread asks */

    if (vbmi < 0)
        vbmi = have_vbmi();
    return vbmi ? quads_vbmi(in, n, out, cap) : pf_base64_quads_portable(in, n, out, cap);
}
#else
size_t pf_base64_quads(const uint8_t *in, size_t n, uint8_t *out, size_t cap)
{
    return pf_base64_quads_portable(in, n, out, cap);
}
#endif
