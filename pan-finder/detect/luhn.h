/* luhn.h - the check digit test of card numbers. Layer: detect. */
#ifndef PF_DETECT_LUHN_H
#define PF_DETECT_LUHN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Luhn test of a digit string.
 *
 *   digit   n values 0..9 (not ASCII), most significant first, check digit last
 *   n       1..PF_PAN_MAX
 *   return  true when the weighted sum is a multiple of ten
 *   errors  none; a value above 9 is the caller's bug
 *   source  ISO/IEC 7812-1, annex B */
bool pf_luhn_ok(const uint8_t *digit, size_t n);

/* True when every digit is the one before it, plus one, or minus one, modulo
 * ten: filler such as 0000… and 1234567890…, never a card number. */
bool pf_luhn_filler(const uint8_t *digit, size_t n);

#endif
