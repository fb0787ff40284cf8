/* dump_line.h - is a number bytes in a line of a dump? Layer: detect. */
#ifndef PF_DETECT_DUMP_LINE_H
#define PF_DETECT_DUMP_LINE_H

#include "pan-finder/detect/candidate.h"

/* True when the candidate's groups are bytes in a line of hexdump, xxd, od, Wireshark, a
 * debugger, ...: such a dump is a wrapping (wrap/hexdump.c, wrap/od.c). buf[0..len) is its window. */
bool pf_in_dump_line(const struct pf_candidate *candidate, const uint8_t *buf, size_t len);

#endif
