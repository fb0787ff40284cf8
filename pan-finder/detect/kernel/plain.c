/* plain.c - the first look at unbroken numbers, one at a time. The digits of a
 * column of ids are random: one test of everything is cheaper than four that
 * stop early, each of them a coin toss to the branch predictor. */
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/iin.h"
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__SSE2__)
#include <emmintrin.h>

/* The sum of the Luhn test (ISO/IEC 7812-1, annex B) over the n digits that end
 * at `end`, 16 bytes before which are readable; n <= 16. */
static inline unsigned luhn_sum16(const uint8_t *end, size_t n)
{
    static const uint8_t keep[32] = { [16] = 255, 255, 255, 255, 255, 255, 255, 255,
                                             255, 255, 255, 255, 255, 255, 255, 255 };
    const __m128i even = _mm_set1_epi16(0x00ff);   /* from the right: the second, fourth, ... */
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(end - 16));
    __m128i mask = _mm_loadu_si128((const __m128i *)(const void *)(keep + n));
    __m128i twice;

    x = _mm_and_si128(_mm_sub_epi8(x, _mm_set1_epi8('0')), mask);
    twice = _mm_add_epi8(x, x);
    twice = _mm_sub_epi8(twice, _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8(4)), _mm_set1_epi8(9)));
    x = _mm_or_si128(_mm_and_si128(even, twice), _mm_andnot_si128(even, x));
    x = _mm_sad_epu8(x, _mm_setzero_si128());
    return (unsigned)(_mm_cvtsi128_si32(x) + _mm_extract_epi16(x, 4));
}
#else
static inline unsigned luhn_sum16(const uint8_t *end, size_t n)
{
    static const uint8_t doubled[10] = { 0, 2, 4, 6, 8, 1, 3, 5, 7, 9 };
    unsigned sum = 0;

    for (size_t i = 1; i <= n; i++) {
        unsigned digit = (unsigned)(*(end - i) - '0');

        sum += i & 1 ? digit : doubled[digit];
    }
    return sum;
}
#endif

/* b - a and c - b are the same modulo ten: they differ by 0 or by ten. */
static inline unsigned same_step(unsigned a, unsigned b, unsigned c)
{
    const uint64_t equal = 1ULL << 10 | 1ULL << 20 | 1ULL << 30;

    return equal >> (20 + a + c - 2 * b) & 1;
}

uint64_t pf_portable_plain(const uint8_t *buf, const struct pf_run *run, size_t n, uint64_t *shapes)
{
    uint64_t look = 0;

    for (size_t i = 0; i < n; i++, run++) {
        const uint8_t *p = buf + run->start;
        unsigned a, b, c, d, shape, luhn, filler, no_luhn;
        uint32_t lengths;

        if (run->digits > 16 || run->end - run->start != run->digits || run->end < 16 ||
            run->dress != PF_DRESS_ASCII) {
            look |= 1ULL << i;
            continue;
        }
        a = p[0] - '0', b = p[1] - '0', c = p[2] - '0', d = p[3] - '0';
        lengths = pf_iin_lengths4[a * 1000 + b * 100 + c * 10 + d];
        shape = lengths >> (run->digits - PF_IIN_LENGTH_BASE) & 1;
        no_luhn = (lengths & PF_IIN_NO_LUHN) != 0;
        luhn = luhn_sum16(buf + run->end, run->digits) % 10 == 0;
        filler = same_step(a, b, c) & same_step(b, c, d);   /* perhaps: its beginning is */
        luhn = shape & (luhn | filler | no_luhn);
        look |= (uint64_t)luhn << i;
        shapes[run->digits] += shape & (luhn ^ 1);
    }
    return look;
}

uint64_t pf_every_plain(const uint8_t *buf, const struct pf_run *run, size_t n, uint64_t *shapes)
{
    uint64_t look = 0;

    (void)shapes;
    for (size_t i = 0; i < n; i++, run++) {
        const uint8_t *p = buf + run->start;
        bool plain = run->digits <= 16 && run->end - run->start == run->digits && run->dress == PF_DRESS_ASCII;
        uint64_t fits = 1;

        if (plain)
            fits = pf_iin_lengths4[(p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0')] >>
                   (run->digits - PF_IIN_LENGTH_BASE) & 1u;
        look |= fits << i;
    }
    return look;
}
