/* stride.c - the portable kernel: eight bytes in a register, in strides of 64.
 * A stride whose digits, with those of a neighbour, are too few for a number
 * costs the digit test alone; most strides are. */
#include "pan-finder/detect/kernel/kernels.h"
#include "pan-finder/detect/kernel/steps.h"

#include <string.h>

#define EACH(byte) (0x0101010101010101ULL * (byte))

/* Eight bytes, the first one lowest on any machine. */
static inline uint64_t load8(const uint8_t *at)
{
    uint64_t x;

    memcpy(&x, at, sizeof x);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}

/* The functions below give bit 7 of each byte that ... */
static inline uint64_t is_zero8(uint64_t x)
{
    return ~(((x & EACH(0x7f)) + EACH(0x7f)) | x) & EACH(0x80);
}

static inline uint64_t is8(uint64_t x, uint8_t byte)
{
    return is_zero8(x ^ EACH(byte));
}

static inline uint64_t is_ten8(uint64_t x, uint8_t first)
{
    uint64_t low = x & EACH(0x7f), from = low + EACH(0x80 - (first & 0x7f));

    return from & ~(from - EACH(10)) & ~(x ^ EACH(first)) & EACH(0x80);
}

/* The eight bits 7 as one byte. */
static inline uint64_t pack8(uint64_t x)
{
    return (x >> 7) * 0x0102040810204080ULL >> 56;
}

static uint64_t gap_word(const uint8_t *at)
{
    uint64_t word = 0;

    for (unsigned i = 0; i < PF_WORD; i += 8) {
        uint64_t x = load8(at + i), before = load8(at + i - 1);
        uint64_t found = is8(x, ' ') | is8(x, '\t') | is8(x, '-') | is8(x, '.') | is8(x, '/') |
                         is8(x, '_') | is8(x, '+') | is8(before, 0x81) | (x & EACH(0x80));

        word |= pack8(found) << i;
    }
    return word;
}

static uint64_t rare_word(const uint8_t *at)
{
    uint64_t word = 0;

    for (unsigned i = 0; i < PF_WORD; i += 8) {
        uint64_t x = load8(at + i), before = load8(at + i - 1), after = load8(at + i + 1);
        uint64_t lead = is8(x, 0xef) | is8(x, 0x82) | is8(x, 0xa3);
        uint64_t trail = is8(after, 0xbc) | is_ten8(after, 0x4f) | is_ten8(after, 0xb0);

        word |= pack8((is_ten8(x, '0') & (is_zero8(before) | is_zero8(after))) | (lead & trail)) << i;
    }
    return word;
}

static void masks(struct pf_stripe *st, const uint8_t *at, size_t word, size_t n)
{
    for (size_t i = 0; i < n; i++, at += PF_WORD) {
        uint64_t digit = 0, odd = 0;

        for (unsigned k = 0; k < PF_WORD; k += 8) {
            uint64_t x = load8(at + k);

            digit |= pack8(is_ten8(x, '0')) << k;
            odd |= x | (x - EACH(1));   /* bit 7 for bytes >= 0x80 or 00, or beside a 00 */
        }
        st->digit[word + i] = digit;
        st->rare[word + i] = (odd & EACH(0x80)) != 0 || at[-1] == 0 || at[PF_WORD] == 0 ? rare_word(at) : 0;
    }
}

static void join(struct pf_stripe *st, size_t vectors)
{
    pf_stripe_join(st, vectors, gap_word);
}

void pf_stride_digitrun(const uint8_t *buf, size_t len, pf_runs_fn *fn, void *ctx)
{
    static const struct pf_stripe_ops ops = { masks, join };

    pf_stripe_search(&ops, buf, len, fn, ctx);
}

size_t pf_stride_newlines(const uint8_t *buf, size_t len)
{
    size_t n = 0, i = 0;

    for (; len - i >= 8; i += 8)
        n += (size_t)(is8(load8(buf + i), '\n') >> 7) * EACH(1) >> 56;
    for (; i < len; i++)
        n += buf[i] == '\n';
    return n;
}
