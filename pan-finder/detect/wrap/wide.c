/* wide.c - text of two or four bytes a character (UTF-16, UTF-32; Unicode 15, sections 3.9
 * and 3.10), written as UTF-8: what stands in wrappings in it comes to light, and what the
 * finders for text look for. It is a change of charset and no wrapping of its own: it does
 * not count as one of those that are undone at most.
 *
 * It begins where a row of ASCII stands in it, and before that as far as there are characters;
 * it ends at the first that is none. Bytes of ASCII text, two by two, read as kanji: a row
 * of such pairs is no part of it. */
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/wrap/wrap.h"

#include <string.h>

enum {
    BYTES_MIN = 32,         /* text that is worth it */
    ROW = 16,               /* bytes of the row of ASCII: what PF_MARK_UNITS is set for */
    REACH = 512,            /* bytes looked at before and behind the row */
    PAIRS = 8,              /* pairs of ASCII that are no kanji */
    UTF8_MAX = 4,
};

enum { BIG };               /* of pf_unwrap.state: not 0, the high byte stands first */

/* Blocks of characters in use, those of the private areas left out; sorted. */
static const struct { uint32_t first, last; } used[] = {
    { 0x09, 0x0a }, { 0x0d, 0x0d }, { 0x20, 0x7e }, { 0xa0, 0x24f }, { 0x2b0, 0x556 }, { 0x591, 0x6ff }, { 0x901, 0xfff },
    { 0x1100, 0x11ff }, { 0x1e00, 0x1fff }, { 0x2000, 0x27bf }, { 0x3000, 0x9fff }, { 0xac00, 0xdfff },
    { 0xf900, 0xfaff }, { 0xfe30, 0xfe4f }, { 0xfeff, 0xfeff }, { 0xff01, 0xffee }, { 0xfffd, 0xfffd },
    { 0x1f000, 0x1faff }, { 0x20000, 0x3ffff },
};

/* How the text is written. */
struct form { unsigned unit; bool big; };

static uint32_t read_unit(const uint8_t *c, struct form form)
{
    uint32_t value = 0;

    for (unsigned k = 0; k < form.unit; k++)
        value = value << 8 | c[form.big ? k : form.unit - 1 - k];
    return value;
}

static bool is_ascii(uint32_t c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

/* A unit of text; half of a character beyond 16 bits is one as well. */
static bool is_text(uint32_t c)
{
    size_t i = 0;

    if (is_ascii(c))
        return true;
    while (i + 1 < sizeof used / sizeof used[0] && c > used[i].last)
        i++;
    return c >= used[i].first && c <= used[i].last;
}

/* Two bytes of ASCII text; kana would often be that as well. */
static bool is_pair(uint32_t c, struct form form)
{
    return form.unit == 2 && is_ascii(c & 0xff) && is_ascii(c >> 8) && c >> 8 != 0x30;
}

/* Units of ASCII from buf[at] on, as many as make a row. */
static bool is_row(const uint8_t *buf, size_t len, size_t at, struct form form)
{
    if (at >= len || len - at < ROW)
        return false;
    for (size_t i = at; i < at + ROW; i += form.unit)
        if (!is_ascii(read_unit(buf + i, form)))
            return false;
    return true;
}

/* Where the text begins that the row at buf[at] is part of. */
static size_t begin_of(const uint8_t *buf, size_t at, struct form form)
{
    size_t begin = at, pairs = 0;

    for (size_t i = at; i >= form.unit && at - i < REACH; i -= form.unit) {
        uint32_t c = read_unit(buf + i - form.unit, form);

        pairs = is_pair(c, form) ? pairs + 1 : 0;
        if (!is_text(c) || pairs == PAIRS)
            break;
        begin = pairs == 0 ? i - form.unit : begin;
    }
    return begin;
}

static bool long_enough(const uint8_t *buf, size_t len, size_t begin, struct form form)
{
    size_t i = begin;

    while (i - begin < BYTES_MIN && len - i >= form.unit && is_text(read_unit(buf + i, form)))
        i += form.unit;
    return i - begin >= BYTES_MIN;
}

/* ASCII at buf[at] reads in both orders, a byte or three apart. Text of one order begins earlier
 * than what is read of it in the other, but behind a zero, which is part of that alone: there,
 * as nearly everywhere, text stands at a multiple of its unit. */
static size_t settle(const struct pf_view *view, size_t at, struct form *form)
{
    const uint8_t *buf = view->buf;
    const struct form other = { form->unit, !form->big };
    size_t shift = form->unit == 4 && form->big ? 3 : 1, a = begin_of(buf, at, *form), b, first;
    bool even = (view->offset + a) % form->unit == 0;

    if (!is_row(buf, view->len, at + shift, other))
        return a;
    b = begin_of(buf, at + shift, other);
    first = a < b ? a : b;
    if (first > 0 && buf[first - 1] == 0 ? even : a < b)
        return a;
    *form = other;
    return b;
}

/* A row of ASCII that begins in [from, until), in either order. */
static size_t find_row(const struct pf_view *view, size_t from, size_t until, struct form *form)
{
    for (size_t i = from; i < until; i++)
        for (unsigned big = 0; big < 2; big++) {
            form->big = big != 0;
            if (is_row(view->buf, view->len, i, *form))
                return i;
        }
    return SIZE_MAX;
}

static bool find_wide(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const size_t end = view->len - view->hi < REACH ? view->len : view->hi + REACH;
    const size_t words = (end + PF_MARK_WORD - 1) / PF_MARK_WORD;
    size_t at = from, least = from;

    for (;;) {
        struct form form = { u->wrap->unit, false };
        size_t word = at < end ? pf_marks_next(marks, PF_MARK_UNITS, at / PF_MARK_WORD, words) : words, begin;

        if (word >= words)
            return false;
        at = at > word * PF_MARK_WORD ? at : word * PF_MARK_WORD;
        begin = find_row(view, at, (word + 1) * PF_MARK_WORD, &form);
        if (begin == SIZE_MAX) {
            at = (word + 1) * PF_MARK_WORD;
            continue;
        }
        at = begin + ROW;
        begin = settle(view, begin, &form);
        while (begin < least)
            begin += form.unit;
        if (begin >= view->hi)
            return false;
        if (long_enough(view->buf, view->len, begin, form)) {
            u->start = begin;
            u->state[BIG] = form.big;
            return true;
        }
    }
}

/* A row of pairs from buf[at] on; *more: not enough bytes to tell. */
static bool pairs_at(const uint8_t *buf, size_t len, bool last, size_t at, struct form form, bool *more)
{
    for (unsigned i = 0; i < PAIRS; i++, at += form.unit) {
        if (len - at < form.unit) {
            *more = !last;
            return false;
        }
        if (!is_pair(read_unit(buf + at, form), form))
            return false;
    }
    return true;
}

static size_t put(uint8_t *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (uint8_t)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (uint8_t)(0xc0 | c >> 6);
        out[1] = (uint8_t)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (uint8_t)(0xe0 | c >> 12);
        out[1] = (uint8_t)(0x80 | (c >> 6 & 63));
        out[2] = (uint8_t)(0x80 | (c & 63));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | c >> 18);
    out[1] = (uint8_t)(0x80 | (c >> 12 & 63));
    out[2] = (uint8_t)(0x80 | (c >> 6 & 63));
    out[3] = (uint8_t)(0x80 | (c & 63));
    return 4;
}

/* Joins the halves of a character, of which the first was read; one that stands alone becomes U+FFFD.
 * Returns the bytes used up, 0: more are needed. */
static size_t join(const uint8_t *buf, size_t left, bool last, struct form form, uint32_t *c)
{
    uint32_t low;

    if (left < 2 * (size_t)form.unit && !last)
        return 0;
    low = left < 2 * (size_t)form.unit ? 0 : read_unit(buf + form.unit, form);
    if (form.unit != 2 || *c >= 0xdc00 || low < 0xdc00 || low > 0xdfff) {
        *c = 0xfffd;
        return form.unit;
    }
    *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
    return 2 * (size_t)form.unit;
}

static size_t decode_wide(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap)
{
    const struct form form = { u->wrap->unit, u->state[BIG] != 0 };
    size_t n = 0, i = *at;
    bool more = false;

    while (cap - n >= UTF8_MAX && len - i >= form.unit) {
        uint32_t c = read_unit(buf + i, form);
        size_t size = form.unit;

        if (!is_ascii(c) && (!is_text(c) || (is_pair(c, form) && pairs_at(buf, len, last, i, form, &more))))
            u->done = true;
        else if (c >= 0xd800 && c <= 0xdfff)
            size = join(buf + i, len - i, last, form, &c);
        if (u->done || more || size == 0)
            break;
        n += put(out + n, c);
        i += size;
    }
    u->done |= last && len - i < form.unit;
    *at = i;
    return n;
}

const struct pf_wrap pf_wrap_utf16 = {
    .name = "utf16", .stream = true, .marks = PF_MARK_UNITS, .unit = 2, .find = find_wide, .decode = decode_wide,
};

const struct pf_wrap pf_wrap_utf32 = {
    .name = "utf32", .stream = true, .marks = PF_MARK_UNITS, .unit = 4, .find = find_wide, .decode = decode_wide,
};
