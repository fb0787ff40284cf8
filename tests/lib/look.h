/* look.h - runs one finder of detect/find over bytes and keeps what it tells.
 * For unit tests and fuzz targets. Every mark is set: marks only save time. */
#ifndef TESTS_LIB_LOOK_H
#define TESTS_LIB_LOOK_H

#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/find/packed.h"

#include <stdlib.h>
#include <string.h>

#define TOLD_MAX 64

struct told {
    struct pf_element element[TOLD_MAX];
    size_t n, all;
};

static inline void tell(void *ctx, const struct pf_element *element)
{
    struct told *told = ctx;

    if (told->n < TOLD_MAX)
        told->element[told->n++] = *element;
    told->all++;
}

/* What is told when a layer ends has its place apart. */
static inline void tell_packed(void *ctx, const struct pf_element *element, uint64_t at)
{
    struct pf_element e = *element;

    e.start += (uint32_t)at;
    e.end += (uint32_t)at;
    tell(ctx, &e);
}

/* Elements that begin in buf[lo..hi) of the object buf[0..len). */
static inline void look_part(pf_find_fn *find, const uint8_t *buf, size_t len, size_t lo, size_t hi,
                             enum pf_text text, bool decoded, struct told *told)
{
    struct pf_view view = { .buf = buf, .len = len, .lo = lo, .hi = hi, .first = true, .last = true };
    uint16_t *marks = malloc((len / PF_MARK_WORD + 2) * sizeof *marks);
    struct pf_packed packed;
    struct pf_look look = { .view = &view, .marks = marks, .any = 0xffff, .text = text, .long_digits = true, .glued = true, .runs = true, .decoded = decoded,
                            .packed = &packed, .fn = tell, .ctx = told };

    if (marks == NULL || !pf_packed_init(&packed, tell_packed, told))
        abort();
    memset(marks, 0xff, (len / PF_MARK_WORD + 2) * sizeof *marks);
    told->n = told->all = 0;
    find(&look);
    pf_packed_end(&packed);
    pf_packed_release(&packed);
    free(marks);
}

static inline void look_at(pf_find_fn *find, const uint8_t *buf, size_t len, enum pf_text text, struct told *told)
{
    look_part(find, buf, len, 0, len, text, false, told);
}

/* Random bytes by seed (SplitMix64); len a multiple of 8. */
static inline void look_random(uint64_t seed, uint8_t *buf, size_t len)
{
    for (size_t i = 0; i + 8 <= len; i += 8) {
        uint64_t z = seed += 0x9e3779b97f4a7c15u;

        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        z ^= z >> 31;
        memcpy(buf + i, &z, 8);
    }
}

/* Hex text to bytes; spaces are skipped. Returns the length. */
static inline size_t unhex(const char *hex, uint8_t *out)
{
    size_t n = 0;
    int high = -1;

    for (; *hex; hex++) {
        int c = *hex, v = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;

        if (v < 0)
            continue;
        if (high >= 0)
            out[n++] = (uint8_t)(high << 4 | v);
        high = high >= 0 ? -1 : v;
    }
    return n;
}

#endif
