/* codec.h - one compressed stream, step by step.
 * Layer: parser. One file per library. A codec keeps what it has decoded when
 * the input ends early: what stands before the damage is searched. (libarchive's
 * filters drop up to one output block there.) */
#ifndef PF_PARSER_CODEC_H
#define PF_PARSER_CODEC_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pf_codec;      /* one per library; owned by whoever called `open` */

struct pf_codec_io {
    const uint8_t *in;
    size_t in_len;
    uint8_t *out;
    size_t out_len;   /* room left */
};

struct pf_codec_ops {
    const char *kind;                          /* name in decode/kinds.def */

    struct pf_codec *(*open)(void);            /* NULL: no memory */

    /* Consumes from in, produces into out, moving both. `*member_end` is set
     * when one member of the stream is complete; the next call starts the next
     * one. PF_E_CORRUPT, PF_E_LIMIT (wants more memory than it may have),
     * PF_E_UNSUPPORTED. */
    enum pf_status (*step)(struct pf_codec *codec, struct pf_codec_io *io, bool *member_end);

    void (*close)(struct pf_codec *codec);
};

/* NULL when no codec of ours reads that kind (libarchive then does). */
const struct pf_codec_ops *pf_codec_find(const char *kind);

#endif
