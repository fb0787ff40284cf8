/* stripe.c - the search over stripes, common to the block kernels.
 *
 * The rare dresses are searched byte by byte (dress.h), but only around words
 * that have PF_RARE_DIGITS of their digits. That is enough: twelve digits with
 * the longest gaps lie in at most 11 * 8 + 2 = 90 bytes, hence in at most three
 * words, one of which has four; and a word that lies wholly within a run has
 * seven or more. So a run reaches less than one word beyond its hot words. */
#include "pan-finder/detect/kernel/stripe.h"

#include "pan-finder/detect/kernel/dress.h"

#include <stddef.h>
#include <string.h>

enum { RARE_MAX = 1024, BLOCK_WORDS = 8 };

struct rare {
    size_t done[PF_DRESS_MARKED];    /* searched up to here */
    struct pf_run run[RARE_MAX];    /* ordered by start */
    size_t n;
};

static void rare_insert(struct rare *rare, const struct pf_run *run)
{
    size_t i = rare->n;

    for (; i > 0 && rare->run[i - 1].start > run->start; i--)
        rare->run[i] = rare->run[i - 1];
    rare->run[i] = *run;
    rare->n++;
}

/* Searches eight words for runs of one dress, and the word before them where a
 * run can begin. A run takes 24 bytes or more, so that the list holds what a
 * stripe can have, twice for the two readings of UTF-16. */
static void rare_block(struct rare *rare, const struct pf_stripe *st, enum pf_dress dress, size_t block)
{
    const size_t back = dress == PF_DRESS_UTF16BE;   /* the mask marks the second byte */

    for (size_t word = block - 1; word < block + BLOCK_WORDS; word++) {
        for (uint64_t bits = st->rare[word]; bits != 0; bits &= bits - 1) {
            size_t pos = pf_stripe_pos(st, word) + (size_t)__builtin_ctzll(bits);
            struct pf_run run;

            if (pos < rare->done[dress] + back ||
                !pf_dress_follow(dress, st->buf, st->len, pos - back, &run))
                continue;
            if (run.digits >= PF_PAN_MIN && rare->n < RARE_MAX)
                rare_insert(rare, &run);
            rare->done[dress] = run.end;
        }
    }
}

/* The dresses that have enough digits in a word. */
static unsigned rare_dresses(const struct pf_stripe *st, size_t word)
{
    unsigned n[PF_DRESS_MARKED] = { 0 }, set = 0;

    for (uint64_t bits = st->rare[word]; bits != 0; bits &= bits - 1) {
        size_t pos = pf_stripe_pos(st, word) + (size_t)__builtin_ctzll(bits);
        const uint8_t *p = st->buf + pos;
        size_t left = st->len - pos;

        if (*p == 0xef) {
            n[PF_DRESS_FW_UTF8] += left > 2 && (uint8_t)(p[2] - 0x90) <= 9;
        } else if (*p >= 0x80) {
            n[*p == 0x82 ? PF_DRESS_FW_SJIS : PF_DRESS_FW_EUCJP]++;
        } else {
            n[PF_DRESS_UTF16LE] += left > 1 && p[1] == 0;
            n[PF_DRESS_UTF16BE] += pos > 0 && p[-1] == 0;
        }
    }
    for (int d = PF_DRESS_UTF16LE; d < PF_DRESS_MARKED; d++)
        if (n[d] >= PF_RARE_DIGITS)
            set |= 1u << d;
    return set;
}

/* Looks at the hot words of a stripe, a block of eight words at a time. */
static void rare_search(struct rare *rare, const struct pf_stripe *st)
{
    for (size_t k = 0; k < PF_STRIPE; k += BLOCK_WORDS) {
        unsigned hot = st->hot >> k & 0xff, set = 0;

        for (; hot != 0; hot &= hot - 1)
            set |= rare_dresses(st, PF_JOIN_AT + k + (size_t)__builtin_ctz(hot));
        for (int d = 0; set != 0 && d < PF_DRESS_MARKED; d++)
            if (set >> d & 1)
                rare_block(rare, st, (enum pf_dress)d, PF_JOIN_AT + k);
    }
}

/* Hands the runs of a stripe on, with the rare ones among them. What starts at
 * or after `safe` stays: an ASCII run may still come before it. */
static void emit(struct pf_stripe *st, struct rare *rare, uint64_t safe, pf_runs_fn *fn, void *ctx)
{
    size_t i = 0, r = 0;

    while (r < rare->n && rare->run[r].start < safe) {
        size_t j = i, s = r;

        while (j < st->n_run && st->run[j].start < rare->run[r].start)
            j++;
        if (j > i)
            fn(ctx, st->run + i, j - i);
        i = j;
        while (s < rare->n && rare->run[s].start < safe &&
               (i == st->n_run || rare->run[s].start < st->run[i].start))
            s++;
        fn(ctx, rare->run + r, s - r);
        r = s;
    }
    if (i < st->n_run)
        fn(ctx, st->run + i, st->n_run - i);
    if (r > 0) {
        rare->n -= r;
        memmove(rare->run, rare->run + r, rare->n * sizeof rare->run[0]);
    }
}

/* Keeps the last words as the history of the next stripe. */
static void stripe_shift(struct pf_stripe *st)
{
    uint64_t *mask[] = { st->digit, st->rare, st->gap, st->joined };

    for (size_t i = 0; i < sizeof mask / sizeof mask[0]; i++)
        memcpy(mask[i], mask[i] + PF_STRIPE, PF_HIST * sizeof mask[i][0]);
    st->base += PF_STRIPE * PF_WORD;
    st->first_word = 0;
}

/* Makes the masks of the words at `pos`; returns how many. The first and the
 * last block of the buffer go through a copy, because `masks` reads whole
 * blocks and a byte on both sides of them. */
static size_t stripe_fill(const struct pf_stripe_ops *ops, struct pf_stripe *st, size_t pos)
{
    size_t left = st->len - pos, whole = (left - 1) / PF_WORD, n = 0;

    if (whole > PF_STRIPE)
        whole = PF_STRIPE;
    if (pos == 0 && whole > 0) {
        memcpy(st->head + 1, st->buf, PF_WORD + 1);
        ops->masks(st, st->head + 1, PF_HIST, 1);
        n = 1;
    }
    if (whole > n)
        ops->masks(st, st->buf + pos + n * PF_WORD, PF_HIST + n, whole - n);
    if (whole == PF_STRIPE)
        return whole;
    pos += whole * PF_WORD;
    if (pos > 0)
        st->tail[0] = st->buf[pos - 1];
    memcpy(st->tail + 1, st->buf + pos, st->len - pos);
    ops->masks(st, st->tail + 1, PF_HIST + whole, 1);
    return whole + 1;
}

static void stripe_init(struct pf_stripe *st, const uint8_t *buf, size_t len)
{
    /* not the lists: small objects are many */
    memset(st, 0, offsetof(struct pf_stripe, start));
    st->n_start = 0;
    st->buf = buf;
    st->len = len;
    st->base = 0;
    st->first_word = PF_HIST;
    memset(st->head, 0, sizeof st->head);
    memset(st->tail, 0, sizeof st->tail);
}

bool pf_stripe_far(const struct pf_stripe *st, uint32_t start, size_t words, struct pf_run *run)
{
    uint32_t first = pf_stripe_pos(st, PF_LONG_AT), from = start, end, digits = 0;
    size_t word = PF_LONG_AT;

    /* the part before this stripe is known to be joined */
    if ((int32_t)(start - first) > 0)
        word += (start - first) / PF_WORD;
    else
        from = first;
    from -= pf_stripe_pos(st, word);
    for (; word < PF_JOIN_AT + words; word++, from = 0) {
        uint64_t hole = ~st->joined[word] >> from << from;

        if (hole == 0)
            continue;
        end = pf_stripe_pos(st, word) + (uint32_t)__builtin_ctzll(hole);
        for (uint32_t i = start; i < end; i++)
            digits += (uint8_t)(st->buf[i] - '0') <= 9;
        *run = (struct pf_run){ start, end, digits, PF_DRESS_ASCII };
        return true;
    }
    return false;
}

void pf_stripe_search(const struct pf_stripe_ops *ops, const uint8_t *buf, size_t len,
                      pf_runs_fn *fn, void *ctx)
{
    struct pf_stripe st;
    struct rare rare;
    bool more = len > 0;

    memset(rare.done, 0, sizeof rare.done);
    rare.n = 0;
    stripe_init(&st, buf, len);
    for (size_t pos = 0; more; pos += PF_STRIPE * PF_WORD) {
        size_t words = pos < len ? stripe_fill(ops, &st, pos) : 0;
        uint64_t safe = UINT64_MAX;

        more = words > PF_STRIPE - 2;   /* two empty words must follow the last one */
        st.end_word = PF_HIST + words;
        memset(st.digit + st.end_word, 0, (PF_STRIPE - words) * sizeof st.digit[0]);
        memset(st.rare + st.end_word, 0, (PF_STRIPE - words) * sizeof st.rare[0]);
        st.hot = 0;
        ops->join(&st, more ? PF_STRIPE / 8 : (words + 2 + 7) / 8);
        if (more)
            safe = st.n_start > 0 ? st.start[0] : pf_stripe_pos(&st, PF_LONG_AT + PF_STRIPE);
        if (st.hot != 0)
            rare_search(&rare, &st);
        if (st.n_run > 0 || rare.n > 0)
            emit(&st, &rare, safe, fn, ctx);
        if (more)
            stripe_shift(&st);
    }
}
