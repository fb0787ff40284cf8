/* element_value.h - does a value have the form of the element that its name tells?
 * Layer: detect. For values behind names and for cells below the names of columns. */
#ifndef PF_DETECT_ELEMENT_VALUE_H
#define PF_DETECT_ELEMENT_VALUE_H

#include "pan-finder/detect/find/element_name.h"
#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/find/named.h"

/* Judges the value[0..n) of that name; false: none. Sets class, confidence and reasons
 * of *e, and nothing else; `near`: what stands by, a card number best. */
bool pf_element_value(enum pf_named kind, const uint8_t *value, size_t n, enum pf_near near, struct pf_element *e);

/* A month and a year of 2015 to 2049: MM/YY, MM-YYYY, MMYY, YYMM, YYYYMM, YYYY-MM and the like. */
bool pf_expiry_value(const uint8_t *value, size_t n);

/* Bytes from value[0] on, `max` at most, that a hidden number can consist of, an envelope
 * around it such as "{cipher}" or "ENC()" included. */
size_t pf_hidden_length(const uint8_t *value, size_t max);

/* Values that stand for a code where one is explained or tested: all digits alike,
 * 123, 1234 and the like. */
bool pf_placeholder_code(const uint8_t *value, size_t n);

#endif
