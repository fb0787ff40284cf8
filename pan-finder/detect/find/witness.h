/* witness.h - what stands near a code or a PIN whose name other things have too.
 * Layer: detect. */
#ifndef PF_DETECT_WITNESS_H
#define PF_DETECT_WITNESS_H

#include "pan-finder/detect/find/named.h"

/* NEAR_EXPIRY where within 100 bytes of buf[start..end) the name of a card's expiry stands
 * with a month and a year as its value ("exp=1228", "expiry":"12/28"); NEAR_AMOUNT where an
 * amount does; else NEAR_NOTHING. */
enum pf_near pf_record_near(const uint8_t *buf, size_t len, size_t start, size_t end);

#endif
