/* embedded.h - containers that stand encoded in an object: a gzip file in base64.
 * Layer: scan. Their bytes are kept in memory files while the object is searched,
 * and opened when it is done. Kept by value in struct pf_scan. */
#ifndef PF_SCAN_EMBEDDED_H
#define PF_SCAN_EMBEDDED_H

#include "pan-finder/base/limits.h"
#include "pan-finder/decode/kind.h"

#include <stdint.h>

struct pf_embedded {
    const struct pf_kind *kind;
    uint64_t offset, bytes;
    char encoding[24];
    int fd;                    /* memory file; -1: could not be kept */
};

struct pf_embeddeds {
    struct pf_embedded part[PF_EMBEDDED_MAX];
    size_t n;
    size_t open[PF_LAYERS_MAX + 1], n_open;    /* which are being received, innermost last */
    uint64_t bytes;            /* of all of them */
    bool lost;                 /* one or more were left out: too many, too large */
};

/* The three calls of struct pf_finding_sink; ctx: the scan. */
bool pf_embedded_begin(void *ctx, const char *encoding, uint64_t offset, const uint8_t *head, size_t len);
void pf_embedded_bytes(void *ctx, const uint8_t *bytes, size_t len);
void pf_embedded_end(void *ctx);

struct pf_scan;

/* Opens what the object at `depth` of the locus held, and writes its records. */
void pf_scan_embedded(struct pf_scan *scan, size_t depth);

#endif
