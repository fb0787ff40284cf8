/* charset.h - bytes to Unicode characters, as far as reading words needs it.
 * Layer: detect. Japanese characters that no word of data/context.tsv uses come
 * out as U+FFFD: they only have to keep their place. */
#ifndef PF_DETECT_CHARSET_H
#define PF_DETECT_CHARSET_H

#include "pan-finder/detect/reading.h"

/* Decodes buf[from..to) into at most `cap` characters; `bad` counts bytes that
 * do not belong to the charset (a character cut off at `to` is not counted).
 * Returns the number of characters. */
size_t pf_charset_decode(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to,
                         uint32_t *cp, size_t cap, size_t *bad);

/* The first position in [from, to) where a character begins, as far as can be
 * told; `to` is a border of characters. */
size_t pf_charset_sync(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to);

#endif
