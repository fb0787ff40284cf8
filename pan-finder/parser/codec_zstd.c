/* codec_zstd.c - Zstandard (RFC 8878). The only file that knows libzstd here. */
#include "pan-finder/parser/codecs.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct pf_codec { ZSTD_DStream *z; };

static struct pf_codec *zstd_open(void)
{
    struct pf_codec *c = calloc(1, sizeof *c);

    if (c == NULL)
        return NULL;
    c->z = ZSTD_createDStream();
    if (c->z == NULL) {
        free(c);
        return NULL;
    }
    return c;
}

static enum pf_status zstd_step(struct pf_codec *c, struct pf_codec_io *io, bool *member_end)
{
    ZSTD_inBuffer in = { io->in, io->in_len, 0 };
    ZSTD_outBuffer out = { io->out, io->out_len, 0 };
    size_t r = ZSTD_decompressStream(c->z, &out, &in);

    io->in += in.pos;
    io->in_len -= in.pos;
    io->out += out.pos;
    io->out_len -= out.pos;
    if (ZSTD_isError(r)) {
        switch (ZSTD_getErrorCode(r)) {
        case ZSTD_error_memory_allocation:
        case ZSTD_error_frameParameter_windowTooLarge: return PF_E_LIMIT;
        case ZSTD_error_dictionary_wrong: return PF_E_UNSUPPORTED;
        default: return PF_E_CORRUPT;
        }
    }
    *member_end = r == 0;
    return PF_OK;
}

static void zstd_close(struct pf_codec *c)
{
    if (c != NULL)
        (void)ZSTD_freeDStream(c->z);
    free(c);
}

const struct pf_codec_ops pf_codec_zstd = {
    .kind = "zstd", .open = zstd_open, .step = zstd_step, .close = zstd_close,
};
