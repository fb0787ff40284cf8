/* lines.h - a stream cut into lines of bounded length. Layer: judge. */
#ifndef REQ_JUDGE_LINES_H
#define REQ_JUDGE_LINES_H

#include "pan-finder/base/status.h"

#include <stddef.h>
#include <stdint.h>

struct req_lines;

/* Opens `path`; "-" is standard input. Yours until req_lines_close. */
PF_MUST_CHECK enum pf_status req_lines_open(struct req_lines **out, const char *path,
                                            struct pf_error *err);
void req_lines_close(struct req_lines *lines);

/* The next line without its newline, borrowed until the next call. PF_STOP at
 * the end. PF_E_LIMIT: longer than PF_RECORD_MAX. A last line without a
 * newline is a line. */
PF_MUST_CHECK enum pf_status req_lines_next(struct req_lines *lines, const char **line, size_t *len,
                                            struct pf_error *err);
uint64_t req_lines_number(const struct req_lines *lines);   /* of the line last returned, from 1 */

#endif
