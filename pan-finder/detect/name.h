/* name.h - card numbers in the names of files and members.
 * Layer: detect. */
#ifndef PF_DETECT_NAME_H
#define PF_DETECT_NAME_H

#include "pan-finder/detect/judge.h"

#define PF_NAME_FINDINGS 64      /* distinct numbers of a name judged together; a power of two */

/* Appends the name with every candidate number masked; true when there was one. */
bool pf_name_mask(const struct pf_kernel *kernel, const char *name, size_t len, struct pf_buf *out);

/* Searches the name as an object of its own; returns the findings pushed. */
uint64_t pf_name_search(struct pf_judge *judge, const struct pf_kernel *kernel, const char *name,
                        size_t len, const struct pf_finding_sink *sink);

#endif
