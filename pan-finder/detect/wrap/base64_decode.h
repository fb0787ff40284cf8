/* base64_decode.h - quads of base64 to bytes, fast. Layer: detect. */
#ifndef PF_DETECT_BASE64_DECODE_H
#define PF_DETECT_BASE64_DECODE_H

#include <stddef.h>
#include <stdint.h>

/* Value 0..63 of a character of either alphabet (RFC 4648, sections 4 and 5); 0x80: none. */
extern const uint8_t pf_base64_value[256];

/* Decodes whole quads from in[0..n) while all four characters are of an alphabet and
 * out has room for three bytes; returns the characters used, a multiple of four.
 * Writes nothing behind out[0..cap). */
size_t pf_base64_quads(const uint8_t *in, size_t n, uint8_t *out, size_t cap);

/* The same without vectors: the oracle of the tests. */
size_t pf_base64_quads_portable(const uint8_t *in, size_t n, uint8_t *out, size_t cap);

#endif
