/* numbers.h - bytes written as numbers: lists in programs and JSON, dumps of od.
 * Layer: detect. numbers.c walks over a window in steps and asks these at the few places
 * where digits stand apart. */
#ifndef PF_DETECT_NUMBERS_H
#define PF_DETECT_NUMBERS_H

#include "pan-finder/detect/wrap/wrap.h"

/* A list of bytes, or a line of a dump, that begins at `from` or later and reaches over
 * buf[at]: where it begins; SIZE_MAX: none. */
size_t pf_bytes_begin(const uint8_t *buf, size_t len, size_t from, size_t at);
size_t pf_od_begin(const uint8_t *buf, size_t len, bool last, size_t from, size_t at);

/* pf_wrap.find of both. */
bool pf_numbers_find(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u);

#endif
