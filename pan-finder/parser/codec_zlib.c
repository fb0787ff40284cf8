/* codec_zlib.c - gzip (RFC 1952) and zlib (RFC 1950). The only file that knows zlib. */
#include "pan-finder/parser/codecs.h"

#include <stdlib.h>
#include <zlib.h>

struct pf_codec { z_stream z; bool fresh; };

static struct pf_codec *open_with(int window_bits)
{
    struct pf_codec *c = calloc(1, sizeof *c);

    if (c != NULL && inflateInit2(&c->z, window_bits) != Z_OK) {
        free(c);
        return NULL;
    }
    return c;
}

static struct pf_codec *gzip_open(void)
{
    return open_with(15 + 16);
}

static struct pf_codec *zlib_open(void)
{
    return open_with(15);
}

static enum pf_status step(struct pf_codec *c, struct pf_codec_io *io, bool *member_end)
{
    int r;

    if (c->fresh && inflateReset(&c->z) != Z_OK)
        return PF_E_INTERNAL;
    c->fresh = false;
    c->z.next_in = (uint8_t *)(uintptr_t)io->in;
    c->z.avail_in = (uInt)io->in_len;
    c->z.next_out = io->out;
    c->z.avail_out = (uInt)io->out_len;
    r = inflate(&c->z, Z_NO_FLUSH);
    io->in += io->in_len - c->z.avail_in;
    io->in_len = c->z.avail_in;
    io->out += io->out_len - c->z.avail_out;
    io->out_len = c->z.avail_out;
    if (r == Z_STREAM_END) {
        *member_end = c->fresh = true;
        return PF_OK;
    }
    if (r == Z_OK || r == Z_BUF_ERROR)
        return PF_OK;
    return r == Z_MEM_ERROR ? PF_E_LIMIT : PF_E_CORRUPT;
}

static void close_codec(struct pf_codec *c)
{
    if (c != NULL)
        (void)inflateEnd(&c->z);
    free(c);
}

const struct pf_codec_ops pf_codec_gzip = {
    .kind = "gzip", .open = gzip_open, .step = step, .close = close_codec,
};
const struct pf_codec_ops pf_codec_zlib = {
    .kind = "zlib", .open = zlib_open, .step = step, .close = close_codec,
};
