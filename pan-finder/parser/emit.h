/* emit.h - the parser's side of parser_wire.h: members and their content out.
 * Layer: parser. Small messages share one socket message; what is held back is
 * sent at the end of an object, before a new member is looked for
 * (pf_emit_flush), and when the buffer is full. Every call returns PF_STOP once
 * the scanner has gone. */
#ifndef PF_PARSER_EMIT_H
#define PF_PARSER_EMIT_H

#include "pan-finder/base/status.h"
#include "pan-finder/process/parser_wire.h"

struct pf_emit {
    int sock;
    size_t len;
    uint8_t held[PF_PM_SOCKET_MAX];
};

PF_MUST_CHECK enum pf_status pf_emit_member(struct pf_emit *emit, const char *name, size_t len,
                                            uint64_t size, int64_t mtime);
PF_MUST_CHECK enum pf_status pf_emit_data(struct pf_emit *emit, const uint8_t *data, size_t len);
PF_MUST_CHECK enum pf_status pf_emit_member_end(struct pf_emit *emit, enum pf_status status);
PF_MUST_CHECK enum pf_status pf_emit_done(struct pf_emit *emit, enum pf_status status, uint64_t consumed);
PF_MUST_CHECK enum pf_status pf_emit_flush(struct pf_emit *emit);

#endif
