/* packed_column.h - what one packed field's column says, and what that is reckoned
 * with. Layer: detect. */
#ifndef PF_DETECT_FIND_PACKED_COLUMN_H
#define PF_DETECT_FIND_PACKED_COLUMN_H

#include "pan-finder/detect/find/packed.h"

#define PF_PACKED_PASS 0.1         /* share of numbers that pass Luhn by chance */
#define PF_PACKED_WIDEST 16u       /* bytes of the longest field */
#define PF_PACKED_STRIDE_MIN 8u    /* bytes of the shortest record */

/* Numbers that differ, the first of them. Clear: wiped by who holds it. */
#define PF_PACKED_DIFFERENT 64u
struct pf_packed_numbers { unsigned n; uint64_t number[PF_PACKED_DIFFERENT]; };

/* True when the number was not met before, or too many were to tell. */
bool pf_packed_is_new(struct pf_packed_numbers *numbers, uint64_t number);

static inline uint64_t pf_packed_end_of(const struct pf_packed_field *f)
{
    return f->at + pf_packed_layout[f->layout].bytes;
}

/* Chance that k or more of n pass when each does with `pass`; n <= 1000. */
double pf_packed_tail(unsigned n, unsigned k, double pass);

/* Sets p->map, and each field's rank. */
void pf_packed_map_make(struct pf_packed *p);

/* How sure other records make us of field i, which passes: enum pf_confidence, -1 when
 * they do not. The map must have been made. */
int pf_packed_column(const struct pf_packed *packed, size_t i);

#endif
