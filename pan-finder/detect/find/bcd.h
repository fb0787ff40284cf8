/* bcd.h - numbers written as nibbles: packed decimal, cn fields of EMV, track 2
 * as in a chip. Layer: detect. */
#ifndef PF_DETECT_FIND_BCD_H
#define PF_DETECT_FIND_BCD_H

#include "pan-finder/detect/iin.h"
#include "pan-finder/detect/pan.h"

/* Nibble i of buf, the high half of a byte first. */
static inline unsigned pf_nibble(const uint8_t *buf, size_t i)
{
    return i & 1 ? buf[i / 2] & 15u : buf[i / 2] >> 4;
}

/* Nibbles of value 0..9 in a row from nibble `from` on, `max` at most. */
size_t pf_bcd_run(const uint8_t *buf, size_t from, size_t max);

/* Bit i: n bytes of two digits each, 4 < n < 9, stand at buf[at + i]; i < PF_BCD_PLACES. For
 * places that are many: 64 are looked at in about the time of one. at <= len. */
#define PF_BCD_PLACES 64u
uint64_t pf_bcd_rows(const uint8_t *buf, size_t len, size_t at, unsigned n);

/* n hex digits, an even number of them, to n/2 bytes. */
void pf_hex_bytes(const uint8_t *hex, size_t n, uint8_t *bytes);

/* Takes the n nibbles from `from` on as a card number: length and range of a
 * brand that is in use, Luhn, no filler. NULL, and pan->n 0, when they are none. */
const struct pf_brand *pf_bcd_pan(const uint8_t *buf, size_t from, size_t n, struct pf_pan *pan);

/* The same of values 0..9, one a byte. */
const struct pf_brand *pf_digits_pan(const uint8_t *digit, size_t n, struct pf_pan *pan);

/* The same of n digits of a character set whose digits begin with `zero`. */
const struct pf_brand *pf_chars_pan(const uint8_t *buf, size_t n, uint8_t zero, struct pf_pan *pan);

/* Track 2 as nibbles (EMV Book 3, tag 57; ISO/IEC 7813): number, D, YYMM, service
 * code, discretionary data, F as padding. */
struct pf_track2 {
    struct pf_pan pan;             /* wiped by the caller */
    const struct pf_brand *brand;
    bool discretionary;            /* more than zeros behind the service code */
};

/* True when the n nibbles, values 0..15 one a byte, are a whole track 2. */
bool pf_track2_nibbles(const uint8_t *nibble, size_t n, struct pf_track2 *track);

#endif
