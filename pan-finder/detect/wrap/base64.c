/* base64.c - base64 of RFC 4648 and of MIME (RFC 2045, section 6.8), both alphabets,
 * in a line or wrapped. Where it begins: base64_find.c; what cuts it in parts: base64_sign.c. */
#include "pan-finder/detect/wrap/base64_decode.h"
#include "pan-finder/detect/wrap/base64_sign.h"
#include "pan-finder/detect/wrap/wrap.h"

enum {
    LINE_MIN = 40,          /* a line so long goes on in the next one */
    SOFT_LOOK = 160,        /* bytes that must be known to tell padding from the end of a line */
};

static bool alphabet(uint8_t c)
{
    return pf_base64_value[c] < 64;
}

/* One character of a quad that is not read at once; bytes written. */
static size_t hold(struct pf_unwrap *u, uint8_t c, uint8_t *out)
{
    u->state[PF_BASE64_BITS] = u->state[PF_BASE64_BITS] << 6 | pf_base64_value[c];
    u->state[PF_BASE64_COUNT]++;
    if (++u->state[PF_BASE64_HELD] < 4)
        return 0;
    u->state[PF_BASE64_HELD] = 0;
    for (int i = 0; i < 3; i++)
        out[i] = (uint8_t)(u->state[PF_BASE64_BITS] >> (16 - 8 * i));
    return 3;
}

/* What is left of a quad at the end, with or without '='. */
static size_t decode_tail(struct pf_unwrap *u, uint8_t *out)
{
    uint32_t held = u->state[PF_BASE64_HELD], bits = u->state[PF_BASE64_BITS] << (6 * (4 - held));

    u->state[PF_BASE64_HELD] = 0;
    if (held < 2)
        return 0;
    out[0] = (uint8_t)(bits >> 16);
    out[1] = (uint8_t)(bits >> 8);
    return held - 1;
}

/* A line that ends within a quad, without padding: is the next one a value of its own, as in "a=V"
 * on each line? Then it is text by itself, and is none behind what is held. */
static bool begins_anew(const struct pf_unwrap *u, const uint8_t *buf, size_t len, size_t next)
{
    uint32_t held = u->state[PF_BASE64_HELD];

    return held > 1 && pf_base64_text_at(buf, len, next) && !pf_base64_text_at(buf, len, next + 4 - held);
}

/* Reads what is no character of the alphabet; false: no further, for now or for ever (done). */
static bool pass_sign(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t *n)
{
    const struct pf_base64_margin margin = { u->state[PF_BASE64_MARGIN], u->state[PF_BASE64_HASH] };
    enum pf_base64_sign sign;
    size_t next = *at;
    uint8_t value = 0;
    bool padding;

    if (!last && buf[*at] == '=' && len - *at < SOFT_LOOK)
        return false;
    padding = buf[*at] == '=' && u->state[PF_BASE64_HELD] == 3 && !pf_base64_soft_end(buf, len, *at);
    sign = pf_base64_sign(buf, len, *at, last, u->state[PF_BASE64_COUNT] >= LINE_MIN && !padding, &margin, &next, &value);

    if (sign == PF_BASE64_MORE)
        return false;
    if (sign == PF_BASE64_END || (sign == PF_BASE64_CHAR && value == '=') || (sign == PF_BASE64_LINE && begins_anew(u, buf, len, next))) {
        *n += decode_tail(u, out + *n);
        u->done = true;
        return false;
    }
    if (sign == PF_BASE64_CHAR)
        *n += hold(u, value, out + *n);
    else
        u->state[PF_BASE64_COUNT] = sign == PF_BASE64_SOFT ? u->state[PF_BASE64_COUNT] : 0;
    *at = next;
    return true;
}

/* A plain line end behind a long line, and the next line goes on at its first byte: what pass_sign
 * finds of nearly all line ends of mail. */
static bool plain_end(const struct pf_unwrap *u, const uint8_t *buf, size_t len, size_t at)
{
    return buf[at] == '\n' && u->state[PF_BASE64_COUNT] >= LINE_MIN && u->state[PF_BASE64_MARGIN] == 0 && u->state[PF_BASE64_HELD] == 0 &&
           len - at > SOFT_LOOK && alphabet(buf[at + 1]) && buf[at + 1] != '-' && buf[at + 1] != '+';
}

static size_t decode_base64(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last,
                            size_t *at, uint8_t *out, size_t cap)
{
    size_t n = 0, i = *at;

    while (cap - n >= 3) {
        if (u->state[PF_BASE64_HELD] == 0) {
            size_t used = pf_base64_quads(buf + i, len - i, out + n, cap - n);

            i += used;
            n += used / 4 * 3;
            u->state[PF_BASE64_COUNT] += (uint32_t)used;
            if (cap - n < 3)
                break;
        }
        if (i >= len) {
            if (last) {
                n += decode_tail(u, out + n);
                u->done = true;
            }
            break;
        }
        if (plain_end(u, buf, len, i)) {
            u->state[PF_BASE64_COUNT] = 0;
            i++;
        } else if (alphabet(buf[i]))
            n += hold(u, buf[i++], out + n);
        else if (!pass_sign(u, buf, len, last, &i, out, &n))
            break;
    }
    *at = i;
    return n;
}

const struct pf_wrap pf_wrap_base64 = {
    .name = "base64", .stream = true, .marks = PF_BASE64_MARKS,
    .find = pf_base64_find, .decode = decode_base64,
};
