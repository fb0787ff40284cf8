/* group.h - groups of digits, and which groupings a card number is written in.
 * Layer: detect. */
#ifndef PF_DETECT_GROUP_H
#define PF_DETECT_GROUP_H

#include "pan-finder/detect/candidate.h"

#define PF_GROUP_LONG 255     /* this many digits or more: no part of a number */

struct pf_group {
    uint32_t start, end;      /* bytes: first digit .. one past the last */
    uint8_t digits;           /* at most PF_GROUP_LONG */
    uint8_t separator;        /* what follows it (separator.h); 0: nothing that joins */
};

/* Splits off groups from the front of the run, at most `cap` of them: run->start
 * moves behind them and the separator that follows. Returns how many. */
size_t pf_group_split(struct pf_run *run, const uint8_t *buf, size_t len, struct pf_group *group,
                      size_t cap);

/* True when groups [first, last] of n read as one number of 12..19 digits, and
 * how it is grouped. All their separators are alike (checked by the caller). A
 * grouping that other numbers have by chance must stand alone: no group beside
 * it that the same separator joins. */
bool pf_group_reads(const struct pf_group *group, size_t n, size_t first, size_t last,
                    enum pf_grouping *grouping);

#endif
