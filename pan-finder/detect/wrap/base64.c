/* base64.c - base64 of RFC 4648 and of MIME (RFC 2045, section 6.8), both alphabets,
 * in a line or wrapped.
 *
 * A stretch of characters of the alphabet is taken for base64 when it is long and
 * has upper case, lower case and others; or when digits stand in it: those encode
 * to a pattern that tells the phase as well, so that what stands before it ("/api/",
 * "card-") does no harm. */
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/wrap/base64_decode.h"
#include "pan-finder/detect/wrap/wrap.h"

#include <string.h>

enum {
    LONG = 40,              /* characters that need no other witness than their mixture */
    SHORT = 20,             /* the fewest that can hold a card number of fifteen digits */
    LINE_MIN = 40,          /* a line so long goes on in the next one */
    LOOK = 256,             /* characters of a stretch that are looked at */
};

/* pf_unwrap.state */
enum { LINE };      /* characters of the line so far, up to 2^31 */

static bool alphabet(uint8_t c)
{
    return pf_base64_value[c] < 64;
}

static bool quad_at(const uint8_t *c)
{
    return memchr("ILMNO", c[0], 5) != NULL && memchr("CDSTijyz", c[1], 8) != NULL;
}

/* Three quads of digits from buf[at] on: what PF_MARK_QUADS is set for. */
static bool quads_at(const uint8_t *buf, size_t at, size_t end)
{
    return end > at && end - at >= 12 && quad_at(buf + at) && quad_at(buf + at + 4) && quad_at(buf + at + 8);
}

/* What the characters of a stretch are. */
struct mixture { unsigned upper, lower, other; };

static struct mixture mixture_of(const uint8_t *c, size_t n)
{
    struct mixture m = { 0, 0, 0 };

    for (size_t i = 0; i < n; i++) {
        m.upper += (uint8_t)(c[i] - 'A') < 26;
        m.lower += (uint8_t)(c[i] - 'a') < 26;
        m.other += (uint8_t)(c[i] - '0') < 10 || c[i] == '+' || c[i] == '/';
    }
    return m;
}

/* Words joined by '/' or '-' are mixed as well; base64 changes case all the time. */
static bool mixed(const uint8_t *c, size_t n)
{
    struct mixture m = mixture_of(c, n);

    return m.upper * 16 >= n && m.lower * 16 >= n && m.other > 0;
}

/* End of the stretch that holds buf[at], looked for up to `until`. */
static size_t stretch_end(const uint8_t *buf, size_t until, size_t at)
{
    while (at < until && alphabet(buf[at]))
        at++;
    return at;
}

/* Its start, not before `least`. */
static size_t stretch_start(const uint8_t *buf, size_t at, size_t least)
{
    while (at > least && alphabet(buf[at - 1]))
        at--;
    return at;
}

/* The stretch that begins at `start` is base64 by its own look. */
static bool looks_so(const uint8_t *buf, size_t len, size_t start)
{
    size_t until = len - start < LOOK ? len : start + LOOK, n = stretch_end(buf, until, start) - start;

    if (n >= LONG)
        return mixed(buf + start, n);
    if (n < SHORT || n % 4 == 1 || !mixed(buf + start, n))
        return false;
    return n % 4 == 0 || (start + n < len && buf[start + n] == '=');
}

/* Where base64 begins that has digits in buf[from..until): in phase with them. */
static size_t by_digits(const uint8_t *buf, size_t len, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        size_t start;

        if (!quads_at(buf, i, len))
            continue;
        start = stretch_start(buf, i, i > LOOK ? i - LOOK : 0);
        start += (i - start) % 4;
        return start < from ? from + (i - from) % 4 : start;
    }
    return SIZE_MAX;
}

/* The start, or where a quad begins behind something else that stands before it: an
 * escape such as "%22", or a word, when digits in it say so and its length does not
 * speak for whole quads. */
static size_t in_phase(const uint8_t *buf, size_t len, size_t start)
{
    size_t until = len - start < LOOK ? len : start + LOOK, end = stretch_end(buf, until, start), pads = 0;

    if (start > 0 && buf[start - 1] == '%' && end - start > 2)
        start += 2;
    while (end + pads < len && pads < 2 && buf[end + pads] == '=')
        pads++;
    if ((end == until && until < len) || (end - start + pads) % 4 == 0)
        return start;
    for (size_t i = start; i + 12 <= end; i++)
        if (quads_at(buf, i, end))
            return start + (i - start) % 4;
    return start;
}

/* Where a stretch begins that looks like base64 and reaches into buf[from..until),
 * at `least` or later. */
static size_t by_look(const uint8_t *buf, size_t len, size_t least, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        size_t start;

        if (!alphabet(buf[i]))
            continue;
        start = stretch_start(buf, i, i > PF_LOOKBEHIND ? i - PF_LOOKBEHIND : 0);
        if (start >= least && looks_so(buf, len, start))
            return in_phase(buf, len, start);
        i = stretch_end(buf, until, i);
    }
    return SIZE_MAX;
}

static bool find_base64(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const size_t least = from, words = (view->hi + PF_MARK_WORD - 1) / PF_MARK_WORD;

    for (;;) {
        size_t word = from < view->hi ? pf_marks_next(marks, pf_wrap_base64.marks, from / PF_MARK_WORD, words) : words;
        size_t until = (word + 1) * PF_MARK_WORD, digits = SIZE_MAX, look = SIZE_MAX;
        unsigned mark;

        if (word == words)
            return false;
        mark = marks[word];
        from = from > word * PF_MARK_WORD ? from : word * PF_MARK_WORD;

        if (mark & PF_MARK_QUADS)
            digits = by_digits(view->buf, view->len, from, until);
        if (mark & PF_MARK_BASE64)
            look = by_look(view->buf, view->len, least, from, until < view->len ? until : view->len);
        u->start = digits < look ? digits : look;
        if (u->start != SIZE_MAX && u->start < view->hi)
            return true;
        from = until;
    }
}

/* The first character of the next line when base64 goes on there; 0: it does not,
 * SIZE_MAX: that cannot be told yet. */
static size_t next_line(const uint8_t *buf, size_t len, size_t at, bool last)
{
    size_t i = at;

    if (i < len && buf[i] == '\r')
        i++;
    if (i < len && buf[i] == '\n')
        i++;
    if (i == at)
        return 0;
    if (i >= len)
        return last ? 0 : SIZE_MAX;
    return alphabet(buf[i]) && buf[i] != '-' ? i : 0;
}

/* What is left of a quad at the end of the stretch, with or without '='. */
static size_t decode_tail(const uint8_t *in, size_t n, uint8_t *out)
{
    uint8_t a, b, c;

    if (n < 2)
        return 0;
    a = pf_base64_value[in[0]];
    b = pf_base64_value[in[1]];
    out[0] = (uint8_t)(a << 2 | b >> 4);
    if (n < 3)
        return 1;
    c = pf_base64_value[in[2]];
    out[1] = (uint8_t)(b << 4 | c >> 2);
    return 2;
}

static size_t decode_base64(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last,
                            size_t *at, uint8_t *out, size_t cap)
{
    size_t n = 0, i = *at, used, tail, line;

    for (;;) {
        used = pf_base64_quads(buf + i, len - i, out + n, cap - n);
        i += used;
        n += used / 4 * 3;
        u->state[LINE] += (uint32_t)used;
        if (cap - n < 3 || (len - i < 4 && !last && stretch_end(buf, len, i) == len))
            break;                      /* full, or the rest of the quad is to come */
        tail = stretch_end(buf, len, i) - i;
        line = tail == 0 && i < len && u->state[LINE] >= LINE_MIN ? next_line(buf, len, i, last) : 0;
        if (line == SIZE_MAX)
            break;
        if (line != 0) {
            u->state[LINE] = 0;
            i = line;
            continue;
        }
        n += decode_tail(buf + i, tail < 3 ? tail : 3, out + n);
        i += tail;
        u->done = true;
        break;
    }
    *at = i;
    return n;
}

const struct pf_wrap pf_wrap_base64 = {
    .name = "base64", .stream = true, .marks = PF_MARK_QUADS | PF_MARK_BASE64,
    .find = find_base64, .decode = decode_base64,
};
