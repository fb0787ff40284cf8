/* collect.h - runs the detector over a text and keeps what it hands out. For the
 * unit tests of detect/ only. A text may hold {digits}: the check digit is put in
 * here, so that the tests hold no complete numbers but published ones. */
#ifndef TESTS_LIB_COLLECT_H
#define TESTS_LIB_COLLECT_H

#include "pan-finder/detect/detector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_MAX 256

struct kept {
    struct pf_finding finding[KEPT_MAX];
    char encoding[KEPT_MAX][96];
    size_t n, all;
    struct pf_object_stats stats;
};

static inline void keep(void *ctx, const struct pf_finding *finding)
{
    struct kept *kept = ctx;

    if (kept->n < KEPT_MAX) {
        /* the name of the encoding is lent for the call only */
        snprintf(kept->encoding[kept->n], sizeof kept->encoding[0], "%s", finding->encoding);
        kept->finding[kept->n] = *finding;
        kept->finding[kept->n].encoding = kept->encoding[kept->n];
        kept->n++;
    }
    kept->all++;
}

/* Copies `text` to `out` (another place), completing each {digits} with its Luhn digit; returns the length. */
static inline size_t complete(const char *text, size_t len, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned sum = 0, place = 1;

        if (text[i] == '{' && i + 1 < len && text[i + 1] >= '0' && text[i + 1] <= '9' && memchr(text + i, '}', len - i)) {
            continue;
        }
        if (text[i] != '}' || i == 0 || text[i - 1] < '0' || text[i - 1] > '9') {
            out[n++] = text[i];
            continue;
        }
        for (size_t k = i; k-- > 0 && text[k] != '{';) {
            unsigned d = (unsigned)(text[k] - '0');

            if (d > 9)
                continue;
            sum += place & 1 ? (d < 5 ? 2 * d : 2 * d - 9) : d;
            place++;
        }
        out[n++] = (char)('0' + (10 - sum % 10) % 10);
    }
    return n;
}

/* Appends a number of 16 digits that begins with `first`, passing Luhn or not. */
static inline size_t number(char *out, unsigned first, unsigned serial, bool pass)
{
    char text[40];
    size_t n;

    snprintf(text, sizeof text, "{%06u%09u}", first, serial * 7919u % 1000000000u);
    n = complete(text, strlen(text), out);
    if (!pass)
        out[n - 1] = (char)('0' + (out[n - 1] - '0' + 5) % 10);
    out[n++] = '\n';
    return n;
}

static inline struct pf_detector *detector(size_t chunk, bool regional)
{
    struct pf_detector_options options = { .regional = regional, .chunk = chunk, .key = { 1, 2, 3 } };
    struct pf_detector *d = NULL;
    struct pf_error err = { "" };

    if (pf_detector_new(&d, &options, &err) != PF_OK)
        abort();
    return d;
}

/* Feeds the bytes in pieces of `piece`; 0: as much as there is room for. */
static inline void search(struct pf_detector *d, const void *bytes, size_t len, size_t piece, struct kept *kept)
{
    struct pf_finding_sink sink = { .finding = keep, .ctx = kept };
    const uint8_t *from = bytes;

    kept->n = kept->all = 0;
    pf_detector_begin(d, &sink);
    while (len > 0) {
        size_t cap, n;
        uint8_t *room = pf_detector_room(d, &cap);

        n = piece && piece < cap ? piece : cap;
        n = n < len ? n : len;
        memcpy(room, from, n);
        pf_detector_filled(d, n);
        from += n;
        len -= n;
    }
    pf_detector_end(d, &kept->stats);
}

#endif
