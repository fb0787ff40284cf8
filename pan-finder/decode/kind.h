/* kind.h - what an object is, told from its first bytes and never by its name.
 * Layer: decode. Pure functions: no I/O, no allocation, no state. The formats
 * stand in kinds.def, one line each; how one is opened is its `way`. */
#ifndef PF_DECODE_KIND_H
#define PF_DECODE_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PF_HEAD_BYTES (40 * 1024)    /* enough for every bid: ISO 9660 has its mark at 32 KiB */

enum pf_way {
    PF_WAY_PLAIN,        /* searched as it stands                                        */
    PF_WAY_MEDIA,        /* searched as it stands; pictures and sound are not looked at  */
    PF_WAY_STREAM,       /* one compressed stream: parser "archive" with one filter      */
    PF_WAY_ARCHIVE,      /* members: parser "archive" with one format                    */
    PF_WAY_ENCRYPTED,    /* searched as it stands, and a gap                             */
    PF_WAY_UNSUPPORTED,  /* searched as it stands, and a gap                             */
};

struct pf_kind {
    const char *name;                                     /* "gzip"; stored in records   */
    enum pf_way way;
    uint32_t (*bid)(const uint8_t *head, size_t len);     /* bits verified; NULL: magic only */
    const char *magic;
    uint16_t magic_at;
    uint8_t magic_len;
};

/* The kind with the highest bid (bits of the head that were verified), or NULL
 * when nothing is recognised: plain text or binary. Ties: first in the list. */
const struct pf_kind *pf_kind_pick(const uint8_t *head, size_t len);

/* By name; NULL when unknown. */
const struct pf_kind *pf_kind_find(const char *name);

#endif
