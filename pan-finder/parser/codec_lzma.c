/* codec_lzma.c - xz, lzma alone and lzip. The only file that knows liblzma. */
#include "pan-finder/parser/codecs.h"

#include <lzma.h>
#include <stdlib.h>

#define DICTIONARY_MAX (256ULL << 20)   /* xz -9 wants 65 MiB; more is a gap, not a swap storm */

typedef lzma_ret start_fn(lzma_stream *z);

struct pf_codec { lzma_stream z; start_fn *start; bool fresh; };

static lzma_ret start_xz(lzma_stream *z) { return lzma_stream_decoder(z, DICTIONARY_MAX, 0); }
static lzma_ret start_lzma(lzma_stream *z) { return lzma_alone_decoder(z, DICTIONARY_MAX); }
static lzma_ret start_lzip(lzma_stream *z) { return lzma_lzip_decoder(z, DICTIONARY_MAX, 0); }

static struct pf_codec *open_with(start_fn *start)
{
    struct pf_codec *c = calloc(1, sizeof *c);

    if (c == NULL)
        return NULL;
    c->z = (lzma_stream)LZMA_STREAM_INIT;
    c->start = start;
    c->fresh = true;
    return c;
}

static struct pf_codec *xz_open(void) { return open_with(start_xz); }
static struct pf_codec *lzma_open(void) { return open_with(start_lzma); }
static struct pf_codec *lzip_open(void) { return open_with(start_lzip); }

static enum pf_status status_of(lzma_ret r)
{
    switch (r) {
    case LZMA_OK: case LZMA_NO_CHECK: case LZMA_GET_CHECK: case LZMA_BUF_ERROR:
    case LZMA_UNSUPPORTED_CHECK:
        return PF_OK;
    case LZMA_MEM_ERROR: case LZMA_MEMLIMIT_ERROR:
        return PF_E_LIMIT;
    case LZMA_OPTIONS_ERROR:
        return PF_E_UNSUPPORTED;
    default:
        return PF_E_CORRUPT;
    }
}

static enum pf_status lzma_step(struct pf_codec *c, struct pf_codec_io *io, bool *member_end)
{
    lzma_ret r;

    if (c->fresh && c->start(&c->z) != LZMA_OK)
        return PF_E_LIMIT;
    c->fresh = false;
    c->z.next_in = io->in;
    c->z.avail_in = io->in_len;
    c->z.next_out = io->out;
    c->z.avail_out = io->out_len;
    r = lzma_code(&c->z, LZMA_RUN);
    io->in += io->in_len - c->z.avail_in;
    io->in_len = c->z.avail_in;
    io->out += io->out_len - c->z.avail_out;
    io->out_len = c->z.avail_out;
    if (r == LZMA_STREAM_END) {
        *member_end = c->fresh = true;
        return PF_OK;
    }
    return status_of(r);
}

static void lzma_close(struct pf_codec *c)
{
    if (c != NULL)
        lzma_end(&c->z);
    free(c);
}

const struct pf_codec_ops pf_codec_xz = {
    .kind = "xz", .open = xz_open, .step = lzma_step, .close = lzma_close,
};
const struct pf_codec_ops pf_codec_lzma = {
    .kind = "lzma", .open = lzma_open, .step = lzma_step, .close = lzma_close,
};
const struct pf_codec_ops pf_codec_lzip = {
    .kind = "lzip", .open = lzip_open, .step = lzma_step, .close = lzma_close,
};
