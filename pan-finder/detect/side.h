/* side.h - what stands directly before and after a number. Layer: detect. */
#ifndef PF_DETECT_SIDE_H
#define PF_DETECT_SIDE_H

#include "pan-finder/detect/group.h"

/* For the number that starts with group[first], or ends with group[last], of
 * the n groups of its run in buf[0..len). Outside of buf is PF_SIDE_CLEAN. */
enum pf_side pf_side_before(enum pf_dress dress, const uint8_t *buf, size_t len,
                            const struct pf_group *group, size_t first);
enum pf_side pf_side_after(enum pf_dress dress, const uint8_t *buf, size_t len,
                           const struct pf_group *group, size_t n, size_t last);

#define PF_ESCAPE_DIGITS 4    /* hex digits of the longest escape: "\u0022" */

/* The escape of a byte or a character (RFC 3986 2.1, RFC 2045 6.7, RFC 8259 7) that begins before
 * buf[at] and has nothing but hex digits from its sign on: how many of these stand at `at` and
 * behind; 0 when it ends there, -1 when there is none. */
int pf_side_escape(const uint8_t *buf, size_t at);

#endif
