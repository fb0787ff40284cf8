/* bcd.c - see bcd.h. */
#include "pan-finder/detect/find/bcd.h"

#include "pan-finder/detect/luhn.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#define EXPIRY_CODE 7      /* YYMM and a service code of three digits */

size_t pf_bcd_run(const uint8_t *buf, size_t from, size_t max)
{
    size_t n = 0;

    while (n < max && pf_nibble(buf, from + n) < 10)
        n++;
    return n;
}

#define BLOCK 16u          /* bytes in one step */

/* Bit i: p[i] is two digits; BLOCK bytes. */
static unsigned decimals(const uint8_t *p)
{
#if defined(__SSE2__)
    const __m128i nine = _mm_set1_epi8(9), last = _mm_set1_epi8((char)0x99);
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)p), low = _mm_and_si128(c, _mm_set1_epi8(15));
    __m128i fits = _mm_and_si128(_mm_cmpeq_epi8(_mm_max_epu8(low, nine), nine), _mm_cmpeq_epi8(_mm_max_epu8(c, last), last));

    return (unsigned)_mm_movemask_epi8(fits);
#else
    unsigned bits = 0;

    for (unsigned i = 0; i < BLOCK; i++)
        bits |= (unsigned)(p[i] <= 0x99 && (p[i] & 15) <= 9) << i;
    return bits;
#endif
}

__extension__ typedef unsigned __int128 two_words;

uint64_t pf_bcd_rows(const uint8_t *buf, size_t len, size_t at, unsigned n)
{
    two_words is = 0;

    for (unsigned i = 0; i < PF_BCD_PLACES + BLOCK; i += BLOCK) {
        uint8_t copy[BLOCK];

        if (len - at >= i + BLOCK) {
            is |= (two_words)decimals(buf + at + i) << i;
            continue;
        }
        memset(copy, 0xff, sizeof copy);           /* no digits */
        if (len - at > i)
            memcpy(copy, buf + at + i, len - at - i);
        is |= (two_words)decimals(copy) << i;
        explicit_bzero(copy, sizeof copy);
    }
    is &= is >> 1;
    is &= is >> 2;
    return (uint64_t)(is & is >> (n - 4));
}

static unsigned hex_value(uint8_t c)
{
    return c <= '9' ? c - '0' + 0u : (c | 0x20u) - 'a' + 10u;
}

void pf_hex_bytes(const uint8_t *hex, size_t n, uint8_t *bytes)
{
    for (size_t i = 0; i + 1 < n; i += 2)
        bytes[i / 2] = (uint8_t)(hex_value(hex[i]) << 4 | (hex_value(hex[i + 1]) & 15));
}

const struct pf_brand *pf_digits_pan(const uint8_t *digit, size_t n, struct pf_pan *pan)
{
    const struct pf_brand *brand;

    pan->n = 0;
    if (n < PF_PAN_MIN || n > PF_PAN_MAX || digit[0] == 0)
        return NULL;
    brand = pf_iin_find(digit, n);
    if (brand == NULL || !brand->active || !pf_luhn_ok(digit, n) || pf_luhn_filler(digit, n))
        return NULL;
    memcpy(pan->digit, digit, n);
    pan->n = (uint8_t)n;
    return brand;
}

const struct pf_brand *pf_bcd_pan(const uint8_t *buf, size_t from, size_t n, struct pf_pan *pan)
{
    struct pf_pan digits;
    const struct pf_brand *brand = NULL;

    pan->n = 0;
    if (n < PF_PAN_MIN || n > PF_PAN_MAX || pf_bcd_run(buf, from, n) < n)
        return NULL;
    for (size_t i = 0; i < n; i++)
        digits.digit[i] = (uint8_t)pf_nibble(buf, from + i);
    brand = pf_digits_pan(digits.digit, n, pan);
    pf_pan_wipe(&digits);
    return brand;
}

const struct pf_brand *pf_chars_pan(const uint8_t *buf, size_t n, uint8_t zero, struct pf_pan *pan)
{
    struct pf_pan digits;
    const struct pf_brand *brand = NULL;
    size_t i = 0;

    pan->n = 0;
    if (n < PF_PAN_MIN || n > PF_PAN_MAX)
        return NULL;
    for (; i < n && buf[i] >= zero && buf[i] <= zero + 9; i++)
        digits.digit[i] = (uint8_t)(buf[i] - zero);
    if (i == n)
        brand = pf_digits_pan(digits.digit, n, pan);
    pf_pan_wipe(&digits);
    return brand;
}

bool pf_track2_nibbles(const uint8_t *nibble, size_t n, struct pf_track2 *track)
{
    size_t d = 0, end = n;

    track->discretionary = false;
    track->pan.n = 0;
    while (d < n && d <= PF_PAN_MAX && nibble[d] < 10)
        d++;
    if (d >= n || nibble[d] != 13 || d + 1 + EXPIRY_CODE > n)
        return false;
    while (end > d && nibble[end - 1] == 15)
        end--;
    for (size_t i = d + 1; i < end; i++) {
        if (nibble[i] > 9)
            return false;
        track->discretionary |= i > d + EXPIRY_CODE && nibble[i] != 0;
    }
    if (end < d + 1 + EXPIRY_CODE || nibble[d + 3] * 10 + nibble[d + 4] < 1 ||
        nibble[d + 3] * 10 + nibble[d + 4] > 12)
        return false;
    track->brand = pf_digits_pan(nibble, d, &track->pan);
    return track->brand != NULL;
}
