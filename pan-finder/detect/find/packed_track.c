/* packed_track.c - see packed_track.h. Source: EMV 4.4 Book 3, tag 57; ISO/IEC 7813.
 *
 * Odds in random bytes, per place: digits, D, a date of this half of the century, a service code,
 * DATA_MIN digits more, a brand and Luhn: 2e-14. Programs are not random: tables and code of WebAssembly
 * have such rows, so that one is no more than possible. In hex text it is a track of text as well. */
#include "pan-finder/detect/find/packed_track.h"

#include "pan-finder/detect/find/bcd.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum { NUMBER_MIN = 14, NUMBER_MAX = 16, HEAD = 1 + 4 + 3, DATA_MIN = 5, TRACK_MAX = 38, YEAR_MIN = 15, YEAR_MAX = 49, VARIED = 3 };

/* Service codes (ISO/IEC 7813): where it may be used, who authorises, what is asked for. */
static bool is_service_code(const uint8_t *digit)
{
    return (0xe6u >> digit[0] & 1 || digit[0] == 9) && digit[1] <= 4 && digit[1] % 2 == 0 && digit[2] <= 7;
}

/* The track is more than a row of the same few bytes. */
static bool is_varied(const uint8_t *nibble, size_t n)
{
    unsigned seen = 0;

    for (size_t i = 0; i < n; i++)
        seen |= 1u << nibble[i];
    return __builtin_popcount(seen) >= VARIED;
}

/* Two bytes of zero: one number in 300 has them, but all of what is cut out of tables of counters of 16 or 32 bits. */
static bool is_table(const uint8_t *at, size_t number)
{
    unsigned zeros = 0;

    for (size_t i = 0; i < number / 2; i++)
        zeros += at[i] == 0;
    return zeros >= 2;
}

/* Digits of the number when a separator stands behind; 0: none does. */
static size_t number_size(const uint8_t *at)
{
    size_t n = NUMBER_MIN;

    while (n <= NUMBER_MAX && pf_nibble(at, n) < 10)
        n++;
    return n <= NUMBER_MAX && pf_nibble(at, n) == 13 ? n : 0;
}

/* The number is the end of one of 16 digits, which is told in its own turn. */
static bool is_end(const uint8_t *buf, size_t at, size_t n)
{
    struct pf_pan pan;
    bool longer = n == NUMBER_MIN && at > 0 && pf_bcd_pan(buf, 2 * (at - 1), NUMBER_MAX, &pan) != NULL;

    if (longer)
        pf_pan_wipe(&pan);
    return longer;
}

void pf_packed_track(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;
    size_t number = number_size(view->buf + at), n = 0, left = 2 * (view->len - at);
    uint8_t nibble[TRACK_MAX];
    struct pf_track2 track;
    struct pf_element e = { .form = "bcd", .confidence = PF_POSSIBLE, .start = (uint32_t)at };
    unsigned year;

    if (number == 0 || is_table(view->buf + at, number))
        return;
    for (; n < TRACK_MAX && n < left && ((nibble[n] = (uint8_t)pf_nibble(view->buf + at, n)) < 10 || n == number); n++)
        ;
    year = n > number + 2 ? nibble[number + 1] * 10u + nibble[number + 2] : 0;
    if (n >= number + HEAD + DATA_MIN && year >= YEAR_MIN && year <= YEAR_MAX && is_service_code(nibble + number + 5) &&
        is_varied(nibble + 6, number - 6) && pf_track2_nibbles(nibble, n, &track)) {
        e.cls = track.discretionary ? PF_CLASS_SAD_TRACK : PF_CLASS_PAN_CLEAR;
        e.reasons = BIT(TRACK2) | (track.discretionary ? BIT(DISCRETIONARY) : BIT(EXPIRY_CODE));
        e.pan = track.pan;
        e.brand = pf_iin_find_world(track.pan.digit, track.pan.n);
        e.digits = track.pan.n;
        e.end = (uint32_t)(at + (n + 1) / 2);
        if (!is_end(view->buf, at, number) && e.brand != NULL && (e.brand->usual >> number & 1u))
            look->fn(look->ctx, &e);
        pf_pan_wipe(&track.pan);
    }
    pf_pan_wipe(&e.pan);
    explicit_bzero(nibble, sizeof nibble);
}
