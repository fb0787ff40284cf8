/* pattern.h - regular expressions of the operator, on bytes, within limits.
 * Layer: pattern. pattern.c alone includes pcre2.h (8 bit, never compiled to
 * machine code: no process of a run may have memory that can be executed).
 * Syntax: pcre2pattern(3). Text is bytes: a letter of a pattern in UTF-8 matches
 * its bytes, and "." is one byte. */
#ifndef PF_PATTERN_PATTERN_H
#define PF_PATTERN_PATTERN_H

#include "pan-finder/base/status.h"

#include <stddef.h>
#include <stdint.h>

#define PF_PATTERN_MAX 1024      /* bytes of a pattern */

struct pf_pattern;

enum pf_match { PF_MATCH_LIMIT = -1, PF_MATCH_NO, PF_MATCH_YES };

/* The pattern is yours: pf_pattern_free, which accepts NULL. PF_E_USAGE: not a
 * pattern, with the reason and the place of the mistake in our words, never in
 * those of the pattern; PF_E_NOMEM. */
PF_MUST_CHECK enum pf_status pf_pattern_new(struct pf_pattern **out, const char *text, size_t len,
                                            struct pf_error *err);
void pf_pattern_free(struct pf_pattern *pattern);

/* Whether a match in text[0..len) overlaps or touches text[from..to): what matches
 * elsewhere says nothing about what stands there. Matches are looked for from left
 * to right, each behind the one before. PF_MATCH_LIMIT: given up, it took more
 * steps or memory than it may; the more matches there are before, the fewer. Not for two threads at once. */
enum pf_match pf_pattern_match(struct pf_pattern *pattern, const uint8_t *text, size_t len, size_t from,
                               size_t to);

#endif
