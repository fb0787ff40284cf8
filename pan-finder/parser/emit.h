/* emit.h - the parser's side of parser_wire.h: members and their content out.
 * Layer: parser. Every call returns PF_STOP once the scanner has gone. */
#ifndef PF_PARSER_EMIT_H
#define PF_PARSER_EMIT_H

#include "pan-finder/base/status.h"

#include <stddef.h>
#include <stdint.h>

struct pf_emit { int sock; };

PF_MUST_CHECK enum pf_status pf_emit_member(const struct pf_emit *emit, const char *name, size_t len,
                                            uint64_t size, int64_t mtime);
PF_MUST_CHECK enum pf_status pf_emit_data(const struct pf_emit *emit, const uint8_t *data, size_t len);
PF_MUST_CHECK enum pf_status pf_emit_member_end(const struct pf_emit *emit, enum pf_status status,
                                                const char *text);
PF_MUST_CHECK enum pf_status pf_emit_done(const struct pf_emit *emit, enum pf_status status,
                                          const char *text, uint64_t consumed);

#endif
