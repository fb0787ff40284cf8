/* archive.h - archives and compressed streams, read by libarchive and our
 * codecs. Layer: parser. */
#ifndef PF_PARSER_ARCHIVE_H
#define PF_PARSER_ARCHIVE_H

#include "pan-finder/parser/emit.h"

/* Reads the object behind fd (borrowed) as `kind` of decode/kinds.def and emits
 * its members. Returns how the container as a whole ended; PF_E_UNSUPPORTED for
 * a kind this executable does not read. *consumed: input bytes read. */
PF_MUST_CHECK enum pf_status pf_archive_read(int fd, const char *kind, struct pf_emit *emit,
                                             uint64_t *consumed, struct pf_error *err);

#endif
