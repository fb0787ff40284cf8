/* label.h - words beside a number that are themselves written in escapes.
 * Layer: detect. "\u30ab\u30fc\u30c9..." in JSON and properties, "&#12459;..." in HTML,
 * "%E3%82%AB..." in forms: the escapes are undone for the words to be read. */
#ifndef PF_DETECT_LABEL_H
#define PF_DETECT_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PF_LABEL_MAX 2048

/* Text with its escapes undone: text[0..start) stands before the number, a digit in its
 * place, text[start + 1..len) behind it. Holds letters of the object: wiped by its user. */
struct pf_label {
    uint8_t text[PF_LABEL_MAX];
    size_t start, len;
};

/* False, after a look at a few bytes, when no escape stands near the number at
 * buf[start..end) of window buf[0..len). */
bool pf_label_read(struct pf_label *label, const uint8_t *buf, size_t len, size_t start, size_t end);

#endif
