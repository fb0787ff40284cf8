/* neon.c - four 16-byte quarters a word; else as avx2.c. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#include "pan-finder/detect/kernel/steps.h"

#include <arm_neon.h>

/* Bit 7 of each of 64 bytes, as one word. */
static inline uint64_t bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    static const uint8_t one[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
    const uint8x16_t bit = vld1q_u8(one);

    a = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8(a)), bit);
    b = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8(b)), bit);
    c = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8(c)), bit);
    d = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8(d)), bit);
    a = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(a, a)), 0);
}

/* first..first+9 */
static inline uint8x16_t is_ten(uint8x16_t x, uint8_t first)
{
    return vcltq_u8(vsubq_u8(x, vdupq_n_u8(first)), vdupq_n_u8(10));
}

static inline uint8x16_t is(uint8x16_t x, uint8_t byte)
{
    return vceqq_u8(x, vdupq_n_u8(byte));
}

/* By the low nibble: the byte of the set that has it. '_' shares one with '/'.
 * Bytes from 0x80 on have the high bit that the mask is made of. */
static inline uint8x16_t is_gap(const uint8_t *at)
{
    static const uint8_t set[16] = { ' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', 0, '+', 0, '-', '.', '/' };
    uint8x16_t x = vld1q_u8(at), low = vandq_u8(x, vdupq_n_u8(15));
    uint8x16_t found = vceqq_u8(vqtbl1q_u8(vld1q_u8(set), low), x);

    found = vorrq_u8(found, is(x, '_'));
    found = vorrq_u8(found, is(vld1q_u8(at - 1), 0x81));
    return vorrq_u8(found, x);
}

/* Digits with a zero beside them, and pairs of bytes that full-width digits begin with. */
static inline uint8x16_t is_rare(const uint8_t *at)
{
    uint8x16_t x = vld1q_u8(at), before = vld1q_u8(at - 1), after = vld1q_u8(at + 1);
    uint8x16_t utf16 = vandq_u8(is_ten(x, '0'), is(vminq_u8(before, after), 0));
    uint8x16_t lead = vorrq_u8(is(x, 0xef), vorrq_u8(is(x, 0x82), is(x, 0xa3)));
    uint8x16_t trail = vorrq_u8(is(after, 0xbc), vorrq_u8(is_ten(after, 0x4f), is_ten(after, 0xb0)));

    return vorrq_u8(utf16, vandq_u8(lead, trail));
}

static void masks(struct pf_stripe *st, const uint8_t *at, size_t word, size_t n)
{
    for (size_t i = 0; i < n; i++, at += PF_WORD) {
        uint8x16_t a = vld1q_u8(at), b = vld1q_u8(at + 16), c = vld1q_u8(at + 32), d = vld1q_u8(at + 48);
        int8x16_t least = vminq_s8(vminq_s8(vreinterpretq_s8_u8(a), vreinterpretq_s8_u8(b)),
                                   vminq_s8(vreinterpretq_s8_u8(c), vreinterpretq_s8_u8(d)));
        bool plain = at[-1] != 0 && at[PF_WORD] != 0 && vminvq_s8(least) > 0;   /* ASCII without zeros is most text */

        st->digit[word + i] = bits(is_ten(a, '0'), is_ten(b, '0'), is_ten(c, '0'), is_ten(d, '0'));
        st->rare[word + i] = plain ? 0 : bits(is_rare(at), is_rare(at + 16), is_rare(at + 32), is_rare(at + 48));
    }
}

static uint64_t gap_word(const uint8_t *at)
{
    return bits(is_gap(at), is_gap(at + 16), is_gap(at + 32), is_gap(at + 48));
}

static void join(struct pf_stripe *st, size_t vectors)
{
    pf_stripe_join(st, vectors, gap_word);
}

void pf_neon_digitrun(const uint8_t *buf, size_t len, pf_runs_fn *fn, void *ctx)
{
    static const struct pf_stripe_ops ops = { masks, join };

    pf_stripe_search(&ops, buf, len, fn, ctx);
}

size_t pf_neon_newlines(const uint8_t *buf, size_t len)
{
    size_t n = 0, i = 0;

    for (; len - i >= 64; i += 64) {
        uint8x16_t found = vdupq_n_u8(0);

        for (size_t k = 0; k < 64; k += 16)
            found = vsubq_u8(found, is(vld1q_u8(buf + i + k), '\n'));   /* one more where it is */
        n += vaddvq_u8(found);
    }
    for (; i < len; i++)
        n += buf[i] == '\n';
    return n;
}
#endif
