/* codec.c - see codec.h. */
#include "pan-finder/parser/codecs.h"

#include <string.h>

static const struct pf_codec_ops *const codecs[] = {
    &pf_codec_gzip, &pf_codec_zlib, &pf_codec_bzip2, &pf_codec_xz, &pf_codec_lzma, &pf_codec_lzip, &pf_codec_zstd,
};

const struct pf_codec_ops *pf_codec_find(const char *kind)
{
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (strcmp(codecs[i]->kind, kind) == 0)
            return codecs[i];
    return NULL;
}
