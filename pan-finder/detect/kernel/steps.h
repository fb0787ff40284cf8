/* steps.h - steps of `join` on a stripe, in plain C.
 * Layer: detect. Compiled into each block kernel, as bits.h is. */
#ifndef PF_DETECT_STEPS_H
#define PF_DETECT_STEPS_H

#include "pan-finder/detect/kernel/bits.h"

/* Appends the positions of the set bits of a word, at most five. Four are
 * written without asking: how many there are is a coin toss in a dense file. */
PF_INLINE size_t pf_word_starts(uint32_t *out, uint64_t rise, uint32_t pos)
{
    const uint64_t stop = 1ULL << 63;
    size_t n = (size_t)__builtin_popcountll(rise);

    out[0] = pos + (uint32_t)__builtin_ctzll(rise | stop);
    rise &= rise - 1;
    out[1] = pos + (uint32_t)__builtin_ctzll(rise | stop);
    rise &= rise - 1;
    out[2] = pos + (uint32_t)__builtin_ctzll(rise | stop);
    rise &= rise - 1;
    out[3] = pos + (uint32_t)__builtin_ctzll(rise | stop);
    rise &= rise - 1;
    if (__builtin_expect(rise != 0, 0))
        out[4] = pos + (uint32_t)__builtin_ctzll(rise);
    return n;
}

/* Follows each start to the end of its run; keeps what has enough digits. */
PF_INLINE void pf_stripe_runs(struct pf_stripe *st, size_t words)
{
    const uint32_t origin = pf_stripe_pos(st, 0);
    struct pf_run *run = st->run;
    size_t left = 0;

    for (size_t i = 0; i < st->n_start; i++) {
        uint32_t start = st->start[i], at = start - origin, size = PF_WINDOW, digits;

        if (at / PF_WORD < PF_STRIPE_ALL - 1)
            size = (uint32_t)__builtin_ctzll(~pf_bits_at(st->joined, at) | 1ULL << 63);
        if (__builtin_expect(size >= PF_WINDOW, 0)) {
            if (pf_stripe_far(st, start, words, run))
                run += run->digits >= PF_PAN_MIN;
            else
                st->start[left++] = start;
            continue;
        }
        digits = (uint32_t)__builtin_popcountll(pf_bits_at(st->digit, at) & ((1ULL << size) - 1));
        run->start = start;
        run->end = start + size;
        run->digits = digits;
        run->dress = PF_DRESS_ASCII;
        run += digits >= PF_PAN_MIN;
    }
    st->n_start = left;
    st->n_run = (size_t)(run - st->run);
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

/* `join` in plain C, one word at a time. `gap` makes the gap mask of a block. */
PF_INLINE void pf_stripe_join(struct pf_stripe *st, size_t vectors, uint64_t (*gap)(const uint8_t *at))
{
    const size_t end = PF_JOIN_AT + 8 * vectors;
    size_t made = st->first_word;    /* gap masks are made up to this word */

    for (size_t w = PF_JOIN_AT; w < end; w++) {
        if (st->rare[w] != 0 && __builtin_popcountll(st->rare[w]) >= PF_RARE_DIGITS)
            st->hot |= 1ULL << (w - PF_JOIN_AT);
        st->joined[w] = 0;
        if (!pf_word_active(st->digit + w))
            continue;
        for (made = made < w - 1 ? w - 1 : made; made <= w + 1 && made < st->end_word; made++)
            st->gap[made] = gap(pf_stripe_bytes(st, made));
        st->joined[w] = pf_word_joined(st->digit + w, st->gap + w);
    }
    for (size_t w = PF_LONG_AT; w < PF_LONG_AT + 8 * vectors; w++) {
        uint64_t here = st->joined[w] != 0 ? pf_word_long(st->joined + w) : 0;
        uint64_t rise = here & ~(here << 1 | st->last_long >> 63);

        if (rise != 0)
            st->n_start += pf_word_starts(st->start + st->n_start, rise, pf_stripe_pos(st, w));
        st->last_long = here;
    }
    pf_stripe_runs(st, 8 * vectors);
}

#endif
