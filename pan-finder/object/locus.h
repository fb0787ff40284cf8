/* locus.h - where bytes came from: a root path and the steps inside it.
 * Layer: object. A locus borrows every name it points to. Names are bytes as
 * the file system or the container gave them; they are labels, never opened. */
#ifndef PF_OBJECT_LOCUS_H
#define PF_OBJECT_LOCUS_H

#include "pan-finder/base/limits.h"

#include <stddef.h>

struct pf_name {
    const char *text;
    size_t len;
};

struct pf_locus {
    struct pf_name path;                       /* of the root object           */
    struct pf_name inner[PF_DEPTH_MAX + 1];    /* outermost first              */
    size_t depth;                              /* how many of inner[] are used */
};

#endif
