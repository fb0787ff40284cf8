/* hash.h - FNV-1a, 64 bits, for the tables of a report.
 * Layer: reports. Keys come from scanned names, so collisions can be made on
 * purpose: every table also compares the key, and chains stay bounded because
 * the tables are. Source: FNV-1a, draft-eastlake-fnv. */
#ifndef RPT_HASH_H
#define RPT_HASH_H

#include <stddef.h>
#include <stdint.h>

#define RPT_HASH_START 0xcbf29ce484222325ULL

static inline uint64_t rpt_hash(uint64_t h, const void *data, size_t len)
{
    const unsigned char *p = data;

    for (size_t i = 0; i < len; i++)
        h = (h ^ p[i]) * 0x100000001b3ULL;
    return h;
}

#endif
