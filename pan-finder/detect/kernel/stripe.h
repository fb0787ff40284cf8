/* stripe.h - what the block kernels share: a buffer is taken in stripes of 64
 * words, a word being the 64-bit mask of 64 bytes (bit i: byte i).
 * Layer: detect. A kernel supplies two steps, each called once a stripe:
 *   masks   bytes to masks: which are digits, gap bytes, zeros, lead bytes
 *   join    masks to runs: fills short gaps between digits, finds stretches of
 *           12 bytes or more, and the words where a rare dress could stand
 * Masks are used a word or two after they are made, because a gap may reach
 * into the next word; hence the history kept in front of each array. */
#ifndef PF_DETECT_STRIPE_H
#define PF_DETECT_STRIPE_H

#include "pan-finder/base/limits.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <string.h>

enum {
    PF_WORD = 64,              /* bytes a word stands for */
    PF_STRIPE = 64,            /* new words in a stripe */
    PF_HIST = 16,              /* words kept from the stripe before */
    PF_STRIPE_ALL = PF_HIST + PF_STRIPE + 16,   /* and zeros to read past the end */
    PF_JOIN_AT = PF_HIST - 1,  /* join makes the gap masks from this word on */
    PF_LONG_AT = PF_HIST - 2,  /* and the stretches from this one on */
    PF_EDGES = 8 * (PF_STRIPE + 8) + 8,   /* a word has at most 5 starts; vector stores write 8 */
    PF_HOT_DIGITS = 4,         /* a rare dress needs a word with so many digits, see stripe.c */
};

struct pf_stripe {
    /* masks, filled by `masks` at [PF_HIST, PF_HIST + words) */
    uint64_t digit[PF_STRIPE_ALL];
    uint64_t gap[PF_STRIPE_ALL];     /* bytes that may stand between ASCII digits */
    uint64_t zero[PF_STRIPE_ALL];    /* bytes 00 */
    uint64_t lead[PF_STRIPE_ALL];    /* bytes EF, 82, A3: first bytes of full-width digits */
    uint64_t joined[PF_STRIPE_ALL];  /* digits and the gaps between them, by `join` */
    uint64_t last_long;              /* the last word of stretches: bit i, 12 joined bytes from i on */

    /* edges of the long stretches, by `join`: positions in the buffer */
    uint32_t start[PF_EDGES], end[PF_EDGES];
    size_t n_start, n_end;

    uint64_t hot_zero, hot_lead;     /* bit k: word PF_JOIN_AT + k needs a look for UTF-16, full-width */

    const uint8_t *buf;
    size_t len;
    uint32_t base;                   /* position of word PF_HIST, modulo 2^32 */

    struct pf_run run[PF_EDGES];     /* result of pf_stripe_pair */
    size_t n_run;
};

struct pf_stripe_ops {
    /* Reads n words' bytes at `at` and the byte before them, which is readable. */
    void (*masks)(struct pf_stripe *st, const uint8_t *at, size_t word, size_t n);
    /* Works on vectors * 8 words; also pairs the edges (pf_stripe_pair). */
    void (*join)(struct pf_stripe *st, size_t vectors);
};

/* The whole search, on top of a kernel's two steps; stripe.c. */
void pf_stripe_search(const struct pf_stripe_ops *ops, const uint8_t *buf, size_t len,
                      pf_runs_fn *fn, void *ctx);

#define PF_INLINE static inline __attribute__((always_inline))

/* Position in the buffer of bit 0 of a word. */
PF_INLINE uint32_t pf_stripe_pos(const struct pf_stripe *st, size_t word)
{
    return st->base + (uint32_t)word * PF_WORD - (uint32_t)PF_HIST * PF_WORD;
}

/* Digits in [start, end). Inline: popcount must become the instruction of the
 * kernel that uses it. */
PF_INLINE uint32_t pf_stripe_digits(const struct pf_stripe *st, uint32_t start, uint32_t end)
{
    uint32_t n = end - start, digits = 0;

    if (n <= PF_WORD) {   /* within the words kept, see PF_HIST */
        uint32_t bit = start - (st->base - (uint32_t)PF_HIST * PF_WORD);
        uint64_t low = st->digit[bit / 64] >> (bit % 64);
        uint64_t high = st->digit[bit / 64 + 1] << 1 << (63 - bit % 64);

        return (uint32_t)__builtin_popcountll((low | high) << (64 - n));
    }
    for (uint32_t i = start; i < end; i++)
        digits += (uint8_t)(st->buf[i] - '0') <= 9;
    return digits;
}

/* Pairs starts with ends; keeps what has enough digits, without a branch. */
PF_INLINE void pf_stripe_pair(struct pf_stripe *st)
{
    size_t n = 0;

    for (size_t i = 0; i < st->n_end; i++) {
        uint32_t digits = pf_stripe_digits(st, st->start[i], st->end[i]);

        st->run[n] = (struct pf_run){ st->start[i], st->end[i], digits, PF_DRESS_ASCII };
        n += digits >= PF_PAN_MIN;
    }
    st->n_run = n;
    if (st->n_start > st->n_end)   /* a stretch that goes on: at most one */
        st->start[0] = st->start[st->n_start - 1];
    st->n_start -= st->n_end;
    st->n_end = 0;
}

/* Bit i of the result is bit i-n (up) or i+n (down) across the word border. */
PF_INLINE uint64_t pf_bits_up(const uint64_t *word, unsigned n)
{
    return word[0] << n | word[-1] >> (64 - n);
}

PF_INLINE uint64_t pf_bits_down(const uint64_t *word, unsigned n)
{
    return word[0] >> n | word[1] << (64 - n);
}

/* Digits and the gaps of 1..PF_GAP_UNITS bytes that have a digit on both sides. */
PF_INLINE uint64_t pf_word_joined(const uint64_t *d, const uint64_t *g)
{
    uint64_t du1 = pf_bits_up(d, 1), du2 = pf_bits_up(d, 2), du3 = pf_bits_up(d, 3);
    uint64_t dd1 = pf_bits_down(d, 1), dd2 = pf_bits_down(d, 2), dd3 = pf_bits_down(d, 3);
    uint64_t gu1 = pf_bits_up(g, 1), gu2 = pf_bits_up(g, 2);
    uint64_t gd1 = pf_bits_down(g, 1), gd2 = pf_bits_down(g, 2);
    uint64_t first = du1 & (dd1 | (gd1 & (dd2 | (gd2 & dd3))));
    uint64_t second = gu1 & du2 & (dd1 | (gd1 & dd2));
    uint64_t third = gu1 & gu2 & du3 & dd1;

    return *d | (*g & (first | second | third));
}

/* Bit i: joined[i..i+11] are all set. */
PF_INLINE uint64_t pf_word_long(const uint64_t *joined)
{
    uint64_t lo = joined[0], hi = joined[1];

    lo &= lo >> 1 | hi << 63;
    hi &= hi >> 1;
    lo &= lo >> 2 | hi << 62;
    hi &= hi >> 2;
    return (lo & (lo >> 4 | hi << 60)) & (lo >> 8 | hi << 56);
}

/* Appends the edges of a word's long stretches; `before` is the word before it. */
PF_INLINE void pf_word_edges(struct pf_stripe *st, size_t word, uint64_t here, uint64_t before)
{
    uint64_t shifted = here << 1 | before >> 63;
    uint64_t rise = here & ~shifted, fall = shifted & ~here;
    uint32_t pos = pf_stripe_pos(st, word);

    for (; rise != 0; rise &= rise - 1)
        st->start[st->n_start++] = pos + (uint32_t)__builtin_ctzll(rise);
    for (; fall != 0; fall &= fall - 1)
        st->end[st->n_end++] = pos + (uint32_t)__builtin_ctzll(fall) + PF_PAN_MIN - 1;
}

/* Words that belong to a run hold PF_PAN_MIN digits together with one of their
 * neighbours: twelve digits take at most 45 bytes, and a word within a run has
 * 16 or more. In the others the gaps need not be looked at. */
PF_INLINE bool pf_word_active(const uint64_t *d)
{
    int here = __builtin_popcountll(d[0]);

    return here + __builtin_popcountll(d[-1]) >= PF_PAN_MIN ||
           here + __builtin_popcountll(d[1]) >= PF_PAN_MIN;
}

/* `join` in plain C, one word at a time. */
PF_INLINE void pf_stripe_join(struct pf_stripe *st, size_t vectors)
{
    for (size_t k = 0; k < 8 * vectors; k++) {
        const uint64_t *d = st->digit + PF_JOIN_AT + k, *z = st->zero + PF_JOIN_AT + k;
        uint64_t lead = st->lead[PF_JOIN_AT + k];
        uint64_t beside = *d & (pf_bits_up(z, 1) | pf_bits_down(z, 1));

        st->joined[PF_JOIN_AT + k] =
            pf_word_active(d) ? pf_word_joined(d, st->gap + PF_JOIN_AT + k) : 0;
        if (beside != 0 && __builtin_popcountll(beside) >= PF_HOT_DIGITS)
            st->hot_zero |= 1ULL << k;
        if (lead != 0 && __builtin_popcountll(lead) >= PF_HOT_DIGITS)
            st->hot_lead |= 1ULL << k;
    }
    for (size_t k = 0; k < 8 * vectors; k++) {
        const uint64_t *j = st->joined + PF_LONG_AT + k;
        uint64_t here = *j != 0 ? pf_word_long(j) : 0;

        if ((here | st->last_long >> 63) != 0)
            pf_word_edges(st, PF_LONG_AT + k, here, st->last_long);
        st->last_long = here;
    }
}

#endif
