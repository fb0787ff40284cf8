/* sort.h - sorting of indices. Layer: base. The C library's qsort asks the system
 * for the size of its memory, which a caged process may not: this one asks nothing
 * and takes no memory. */
#ifndef PF_BASE_SORT_H
#define PF_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Less than, equal to, greater than 0: a stands before, beside, behind b. */
typedef int pf_sort_fn(uint32_t a, uint32_t b, const void *ctx);

/* Heap sort: n log n in every case. Equal ones come in any order. */
void pf_sort(uint32_t *index, size_t n, pf_sort_fn *compare, const void *ctx);

#endif
