/* codec_bzip2.c - bzip2. The only file that knows libbz2. */
#include "pan-finder/parser/codecs.h"

#include <bzlib.h>
#include <stdlib.h>

struct pf_codec { bz_stream z; bool fresh; };

static struct pf_codec *bzip2_open(void)
{
    struct pf_codec *c = calloc(1, sizeof *c);

    if (c != NULL && BZ2_bzDecompressInit(&c->z, 0, 0) != BZ_OK) {
        free(c);
        return NULL;
    }
    return c;
}

static enum pf_status bzip2_step(struct pf_codec *c, struct pf_codec_io *io, bool *member_end)
{
    int r;

    if (c->fresh) {
        (void)BZ2_bzDecompressEnd(&c->z);
        c->z = (bz_stream){ 0 };
        if (BZ2_bzDecompressInit(&c->z, 0, 0) != BZ_OK)
            return PF_E_LIMIT;
        c->fresh = false;
    }
    c->z.next_in = (char *)(uintptr_t)io->in;
    c->z.avail_in = (unsigned)io->in_len;
    c->z.next_out = (char *)io->out;
    c->z.avail_out = (unsigned)io->out_len;
    r = BZ2_bzDecompress(&c->z);
    io->in += io->in_len - c->z.avail_in;
    io->in_len = c->z.avail_in;
    io->out += io->out_len - c->z.avail_out;
    io->out_len = c->z.avail_out;
    if (r == BZ_STREAM_END) {
        *member_end = c->fresh = true;
        return PF_OK;
    }
    return r == BZ_OK ? PF_OK : r == BZ_MEM_ERROR ? PF_E_LIMIT : PF_E_CORRUPT;
}

static void bzip2_close(struct pf_codec *c)
{
    if (c != NULL)
        (void)BZ2_bzDecompressEnd(&c->z);
    free(c);
}

const struct pf_codec_ops pf_codec_bzip2 = {
    .kind = "bzip2", .open = bzip2_open, .step = bzip2_step, .close = bzip2_close,
};
