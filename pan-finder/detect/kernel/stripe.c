/* stripe.c - the search over stripes, common to the block kernels.
 *
 * The rare dresses are searched byte by byte (dress.h), but only around words
 * that have PF_HOT_DIGITS of their digits. That is enough: twelve digits with
 * the longest gaps lie in at most 11 * 8 + 2 = 90 bytes, hence in at most three
 * words, one of which has four; and a word that lies wholly within a run has
 * seven or more. So a run reaches less than one word beyond its hot words. */
#include "pan-finder/detect/kernel/stripe.h"

#include "pan-finder/detect/kernel/dress.h"

enum { RARE_MAX = 1024, BLOCK_WORDS = 8 };

struct rare {
    size_t done[PF_DRESS_COUNT];    /* searched up to here */
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

/* Searches buf[at, at + block) for runs of one dress, and the word before it
 * where a run can begin. A run takes 24 bytes or more, so that the list holds
 * what a stripe can have, twice for the two readings of UTF-16. */
static void rare_block(struct rare *rare, const struct pf_stripe *st, enum pf_dress dress,
                       size_t at)
{
    size_t from = at > PF_WORD ? at - PF_WORD : 0;
    size_t until = at + BLOCK_WORDS * PF_WORD;
    struct pf_run run;

    if (from < rare->done[dress])
        from = rare->done[dress];
    while (rare->n < RARE_MAX && pf_dress_run(dress, st->buf, st->len, from, until, &run)) {
        rare_insert(rare, &run);
        from = run.end;
    }
    rare->done[dress] = from > until ? from : until;
}

/* The full-width dresses that have enough digits in the word at `pos`. */
static unsigned rare_fullwidth(const struct pf_stripe *st, size_t pos)
{
    unsigned n[PF_DRESS_COUNT] = { 0 }, set = 0;

    for (size_t i = pos; i < pos + PF_WORD; i++)
        for (int d = PF_DRESS_FW_UTF8; d < PF_DRESS_COUNT; d++)
            n[d] += pf_dress_digit((enum pf_dress)d, st->buf, st->len, i);
    for (int d = PF_DRESS_FW_UTF8; d < PF_DRESS_COUNT; d++)
        if (n[d] >= PF_HOT_DIGITS)
            set |= 1u << d;
    return set;
}

/* Looks at the hot words of a stripe, a block of eight words at a time. */
static void rare_search(struct rare *rare, const struct pf_stripe *st)
{
    for (size_t k = 0; k < PF_STRIPE; k += BLOCK_WORDS) {
        unsigned zero = st->hot_zero >> k & 0xff, lead = st->hot_lead >> k & 0xff, set = 0;
        int64_t at = (int64_t)st->base + ((int64_t)PF_JOIN_AT + (int64_t)k - PF_HIST) * PF_WORD;

        if (zero != 0)
            set = 1u << PF_DRESS_UTF16LE | 1u << PF_DRESS_UTF16BE;
        for (; lead != 0; lead &= lead - 1) {
            int64_t word = at + __builtin_ctz(lead) * PF_WORD;

            if (word >= 0)
                set |= rare_fullwidth(st, (size_t)word);
        }
        for (int d = 0; set != 0 && d < PF_DRESS_COUNT; d++)
            if (set >> d & 1)
                rare_block(rare, st, (enum pf_dress)d, at > 0 ? (size_t)at : 0);
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
    uint64_t *mask[] = { st->digit, st->gap, st->zero, st->lead, st->joined };

    for (size_t i = 0; i < sizeof mask / sizeof mask[0]; i++)
        memcpy(mask[i], mask[i] + PF_STRIPE, PF_HIST * sizeof mask[i][0]);
    st->base += PF_STRIPE * PF_WORD;
}

static void words_clear(struct pf_stripe *st, size_t from, size_t to)
{
    uint64_t *mask[] = { st->digit, st->gap, st->zero, st->lead };

    for (size_t i = 0; i < sizeof mask / sizeof mask[0]; i++)
        memset(mask[i] + from, 0, (to - from) * sizeof mask[i][0]);
}

/* Makes the masks of the words at `pos`; returns how many. The first and the
 * last block of the buffer go through a copy, because `masks` reads whole
 * blocks and one byte before them. */
static size_t stripe_fill(const struct pf_stripe_ops *ops, struct pf_stripe *st, size_t pos)
{
    uint8_t copy[1 + PF_WORD] = { 0 };
    size_t n = 0, whole;

    if (pos == 0 && st->len >= PF_WORD) {
        memcpy(copy + 1, st->buf, PF_WORD);
        ops->masks(st, copy + 1, PF_HIST, 1);
        n = 1;
    }
    whole = (st->len - pos) / PF_WORD;
    if (whole > PF_STRIPE)
        whole = PF_STRIPE;
    if (whole > n)
        ops->masks(st, st->buf + pos + n * PF_WORD, PF_HIST + n, whole - n);
    n = whole;
    pos += n * PF_WORD;
    if (n < PF_STRIPE && pos < st->len) {
        memset(copy, 0, sizeof copy);
        if (pos > 0)
            copy[0] = st->buf[pos - 1];
        memcpy(copy + 1, st->buf + pos, st->len - pos);
        ops->masks(st, copy + 1, PF_HIST + n, 1);
        n++;
    }
    return n;
}

void pf_stripe_search(const struct pf_stripe_ops *ops, const uint8_t *buf, size_t len,
                      pf_runs_fn *fn, void *ctx)
{
    struct pf_stripe st;
    struct rare rare;
    bool more = len > 0;

    memset(rare.done, 0, sizeof rare.done);   /* not the list: small objects are many */
    rare.n = 0;
    st.buf = buf;
    st.len = len;
    st.base = 0;
    st.last_long = 0;
    st.n_start = st.n_end = 0;
    words_clear(&st, 0, PF_HIST);
    words_clear(&st, PF_HIST + PF_STRIPE, PF_STRIPE_ALL);
    memset(st.joined, 0, sizeof st.joined);
    for (size_t pos = 0; more; pos += PF_STRIPE * PF_WORD) {
        size_t words = pos < len ? stripe_fill(ops, &st, pos) : 0;
        uint64_t safe = UINT64_MAX;

        more = words > PF_STRIPE - 2;   /* two empty words must follow the last one */
        if (words < PF_STRIPE)
            words_clear(&st, PF_HIST + words, PF_HIST + PF_STRIPE);
        st.hot_zero = st.hot_lead = 0;
        ops->join(&st, more ? PF_STRIPE / 8 : (words + 2 + 7) / 8);
        if (more)
            safe = st.n_start > 0 ? st.start[0] : pf_stripe_pos(&st, PF_LONG_AT + PF_STRIPE);
        if ((st.hot_zero | st.hot_lead) != 0)
            rare_search(&rare, &st);
        if (st.n_run > 0 || rare.n > 0)
            emit(&st, &rare, safe, fn, ctx);
        if (more)
            stripe_shift(&st);
    }
}
