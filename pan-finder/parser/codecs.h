/* codecs.h - the codecs of this executable; see codec.h. Layer: parser. */
#ifndef PF_PARSER_CODECS_H
#define PF_PARSER_CODECS_H

#include "pan-finder/parser/codec.h"

extern const struct pf_codec_ops pf_codec_gzip, pf_codec_zlib;
extern const struct pf_codec_ops pf_codec_bzip2;
extern const struct pf_codec_ops pf_codec_xz, pf_codec_lzma, pf_codec_lzip;
extern const struct pf_codec_ops pf_codec_zstd;

#endif
