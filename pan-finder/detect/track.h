/* track.h - is the number part of a magnetic stripe?
 * Layer: detect. ISO/IEC 7813: track 1 is %B number ^ name ^ YYMM service-code
 * discretionary-data ?, track 2 is ; number = YYMM service-code
 * discretionary-data ? ('D' for '=' in hex). Sentinels are often stripped. */
#ifndef PF_DETECT_TRACK_H
#define PF_DETECT_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pf_track {
    uint8_t number;        /* 1 or 2; 0: no track */
    bool discretionary;    /* holds what may not be kept: verification values */
};

/* Looks around the number at buf[start..end), whose digits are dressed as
 * `dress` (enum pf_dress; not full-width). */
struct pf_track pf_track_at(const uint8_t *buf, size_t len, size_t start, size_t end, uint8_t dress);

#endif
