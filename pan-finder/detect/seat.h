/* seat.h - where in an object something stands, and through which wrappings it
 * was reached. Layer: detect. */
#ifndef PF_DETECT_SEAT_H
#define PF_DETECT_SEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pf_wrap;

#define PF_COLUMN_NONE UINT16_MAX
#define PF_ENCODING_MAX 96

struct pf_seat {
    uint64_t offset, line;     /* line 0: not known */
    uint16_t column;           /* of a table (table.h), or PF_COLUMN_NONE */
    uint16_t wraps;            /* four bits each, outermost first from the top that is used; 0: none */
};

/* Does a stand before b? At one place in the object: what is wrapped less. */
static inline bool pf_seat_before(const struct pf_seat *a, const struct pf_seat *b)
{
    return a->offset != b->offset ? a->offset < b->offset : a->wraps < b->wraps;
}

/* Adds a wrapping inside the ones there are. */
void pf_seat_wrap(struct pf_seat *seat, const struct pf_wrap *wrap);

/* Name of the innermost wrapping; "" when there is none. */
const char *pf_seat_wrapping(const struct pf_seat *seat);

/* A finding's "encoding" (docs/finding-format.md): wrappings, outermost first, and
 * how the digits stood, left out where that is plain ASCII inside a wrapping.
 * Returns `form` itself or `room`. */
const char *pf_encoding_name(uint16_t wraps, const char *form, char room[PF_ENCODING_MAX]);

#endif
