/* when.h - days and times of records and scope files. Layer: judge. */
#ifndef REQ_JUDGE_WHEN_H
#define REQ_JUDGE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

/* RFC 3339, with "Z" or an offset, fractions ignored; or a day "2026-11-25",
 * which is its first second in UTC. False when it is neither. */
bool req_when_parse(const char *text, int64_t *seconds);

bool req_when_is_day(const char *text);   /* "2026-11-25", a day that exists */

/* "2026-11-25T07:00:00Z"; out holds 21 bytes or more. */
void req_when_format(int64_t seconds, char out[32]);

#endif
