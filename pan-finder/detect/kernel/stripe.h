/* stripe.h - what the block kernels share: a buffer is taken in stripes of 64
 * words, a word being the 64-bit mask of 64 bytes (bit i: byte i).
 * Layer: detect. A kernel supplies two steps, each called once a stripe:
 *   masks   bytes to masks: digits, and places of digits in a rare dress
 *   join    masks to runs: where digits are many, finds gap bytes, fills short
 *           gaps between digits, and takes stretches of 12 bytes or more
 * Masks are used a word or two after they are made, because a gap may reach
 * into the next word; hence the history kept in front of each array. */
#ifndef PF_DETECT_STRIPE_H
#define PF_DETECT_STRIPE_H

#include "pan-finder/base/limits.h"
#include "pan-finder/detect/kernel/kernel.h"

enum {
    PF_WORD = 64,              /* bytes a word stands for */
    PF_STRIPE = 64,            /* new words in a stripe */
    PF_HIST = 16,              /* words kept from the stripe before */
    PF_STRIPE_ALL = PF_HIST + PF_STRIPE + 16,   /* and zeros to read past the end */
    PF_JOIN_AT = PF_HIST - 1,  /* join fills the gaps from this word on */
    PF_LONG_AT = PF_HIST - 2,  /* and looks for stretches from this one on */
    PF_STARTS = 5 * PF_STRIPE + 32,   /* a word has at most 5 starts; one is left; vectors write more */
    PF_RARE_DIGITS = 4,        /* a rare dress needs a word with so many digits, see stripe.c */
};

struct pf_stripe {
    /* by `masks`, at [PF_HIST, PF_HIST + words) */
    uint64_t digit[PF_STRIPE_ALL];   /* ASCII digits */
    uint64_t rare[PF_STRIPE_ALL];    /* ASCII digits with a 00 beside them, and the first of two bytes
                                      * EF BC, 82 4F..58, A3 B0..B9 (more pairs of these will do) */
    /* by `join` */
    uint64_t gap[PF_STRIPE_ALL];     /* bytes that may stand between ASCII digits (dress.h) */
    uint64_t joined[PF_STRIPE_ALL];  /* digits and the gaps between them */
    uint64_t last_long;              /* the last word of stretches: bit i, 12 joined bytes from i on */
    uint64_t hot;                    /* bit k: word PF_JOIN_AT + k has PF_RARE_DIGITS */

    uint32_t start[PF_STARTS];       /* where the long stretches start: positions in the buffer */
    size_t n_start;
    struct pf_run run[PF_STARTS + 8];   /* the runs that ended, by pf_stripe_runs (steps.h) */
    size_t n_run;

    const uint8_t *buf;
    size_t len;
    uint32_t base;                   /* position of word PF_HIST, modulo 2^32 */
    size_t first_word, end_word;     /* the words that stand for bytes of the buffer */
    uint8_t head[1 + PF_WORD + 1];   /* the first and the last block, */
    uint8_t tail[1 + PF_WORD + 1];   /* with a byte before and after them */
};

struct pf_stripe_ops {
    /* Reads n words' bytes at `at`, and the byte before and after them. */
    void (*masks)(struct pf_stripe *st, const uint8_t *at, size_t word, size_t n);
    /* Works on vectors * 8 words; ends with pf_stripe_runs. */
    void (*join)(struct pf_stripe *st, size_t vectors);
};

/* The whole search, on top of a kernel's two steps; stripe.c. */
void pf_stripe_search(const struct pf_stripe_ops *ops, const uint8_t *buf, size_t len,
                      pf_runs_fn *fn, void *ctx);

/* The run from `start` on, when it is longer than a word: `words` words were
 * joined in this stripe. False when it goes on in the next stripe. */
bool pf_stripe_far(const struct pf_stripe *st, uint32_t start, size_t words, struct pf_run *run);

/* Position in the buffer of bit 0 of a word. */
static inline uint32_t pf_stripe_pos(const struct pf_stripe *st, size_t word)
{
    return st->base + (uint32_t)word * PF_WORD - (uint32_t)PF_HIST * PF_WORD;
}

/* The bytes of a word of the buffer; the ones before and after may be read too. */
static inline const uint8_t *pf_stripe_bytes(const struct pf_stripe *st, size_t word)
{
    uint32_t pos = pf_stripe_pos(st, word);

    if (pos + PF_WORD >= st->len)
        return st->tail + 1;
    return pos == 0 ? st->head + 1 : st->buf + pos;
}

#endif
