/* bytes.h - checked reads of binary fields: a getter fails instead of
 * reading past the end, and there is no pointer cast anywhere.
 * Layer: base. */
#ifndef PF_BASE_BYTES_H
#define PF_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct pf_cursor {
    const uint8_t *at;
    size_t left;
};

static inline bool pf_skip(struct pf_cursor *cur, size_t n)
{
    if (cur->left < n)
        return false;
    cur->at += n;
    cur->left -= n;
    return true;
}

static inline bool pf_le16(struct pf_cursor *cur, uint16_t *v)
{
    if (cur->left < 2)
        return false;
    *v = (uint16_t)(cur->at[0] | cur->at[1] << 8);
    return pf_skip(cur, 2);
}

static inline bool pf_le32(struct pf_cursor *cur, uint32_t *v)
{
    if (cur->left < 4)
        return false;
    *v = (uint32_t)cur->at[0] | (uint32_t)cur->at[1] << 8 |
         (uint32_t)cur->at[2] << 16 | (uint32_t)cur->at[3] << 24;
    return pf_skip(cur, 4);
}

static inline bool pf_starts(const uint8_t *head, size_t len, size_t at,
                             const void *magic, size_t n)
{
    return at <= len && n <= len - at && memcmp(head + at, magic, n) == 0;
}

#endif
