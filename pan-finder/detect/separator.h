/* separator.h - what may stand between the groups of one card number.
 * Layer: detect. The kernels let more through (dress.h); this decides. */
#ifndef PF_DETECT_SEPARATOR_H
#define PF_DETECT_SEPARATOR_H

#include "pan-finder/detect/kernel/kernel.h"

/* Ids of the separators that are one byte beside ASCII digits; 0 for other bytes. */
extern const uint8_t pf_separator_ascii[256];

/* The separator that fills buf[from..to) in a number of this dress: an id, equal
 * for equal separators, or 0 when it is none. */
unsigned pf_separator_id(enum pf_dress dress, const uint8_t *buf, size_t from, size_t to);

/* How records and rules name it: ' ', '-', '.', '\t', '_', '/', '+', 'n' (no-break
 * space), 'o' (other); 0 for id 0. */
char pf_separator_kind(unsigned id);

#endif
