/* uuencode.c - uuencoded files (POSIX.1-2017, uuencode, "Historical Algorithm"): a line
 * begins with its length, four characters of 20..60 stand for three bytes. */
#include "pan-finder/detect/wrap/wrap.h"

#include <string.h>

enum {
    BYTES = 45,              /* the most in a line as the standard writes them */
    LINE = 1 + 84 + 3,       /* a line of the longest length, and its end */
};

static bool uu_char(uint8_t c)
{
    return c >= 0x20 && c <= 0x60;
}

static unsigned value(uint8_t c)
{
    return (c - 0x20u) & 63u;
}

/* Characters of a line of n bytes, its length included. */
static size_t line_size(unsigned n)
{
    return 1 + (n + 2) / 3 * 4;
}

/* The bytes that the line at buf[at] stands for, 0 when it is no line of data. Some
 * writers leave out blanks at its end. */
static unsigned line_bytes(const uint8_t *buf, size_t len, size_t at)
{
    unsigned n;
    size_t size, i;

    if (at >= len || !uu_char(buf[at]))
        return 0;
    n = value(buf[at]);
    size = line_size(n);
    for (i = 1; i < size && at + i < len && uu_char(buf[at + i]); i++)
        ;
    if (i == size && at + i < len && (buf[at + i] == '\r' || buf[at + i] == '\n'))
        return n;
    return i == size && at + i == len ? n : 0;
}

/* The start of the line after the one that holds buf[at]; SIZE_MAX: not in the window. */
static size_t next_line(const uint8_t *buf, size_t len, size_t at)
{
    const uint8_t *end = at < len ? memchr(buf + at, '\n', len - at < 2 * LINE ? len - at : 2 * LINE) : NULL;

    return end != NULL ? (size_t)(end - buf) + 1 : SIZE_MAX;
}

/* A head "begin 644 name", or two lines of full length: the middle of a file. */
static bool begins(const uint8_t *buf, size_t len, size_t at, size_t *first)
{
    size_t second = next_line(buf, len, at);

    if (second == SIZE_MAX)
        return false;
    *first = len - at > 9 && memcmp(buf + at, "begin ", 6) == 0 ? second : at;
    if (*first == second)
        return line_bytes(buf, len, second) != 0;
    return buf[at] == 'M' && line_bytes(buf, len, at) == BYTES && line_bytes(buf, len, second) != 0;
}

static bool find_uuencode(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const uint8_t *buf = view->buf;
    const size_t words = (view->hi + PF_MARK_WORD - 1) / PF_MARK_WORD;
    size_t at = from;

    while (at < view->hi) {
        size_t word = pf_marks_next(marks, PF_MARK_UU, at / PF_MARK_WORD, words), until, first;

        if (word == words)
            return false;
        /* the mark stands where "begin" or the line end before the line does */
        at = at > word * PF_MARK_WORD ? at : word * PF_MARK_WORD;
        until = (word + 1) * PF_MARK_WORD + 2 < view->hi ? (word + 1) * PF_MARK_WORD + 2 : view->hi;
        for (; at < until; at++) {
            if ((buf[at] != 'b' && buf[at] != 'M') || (at > 0 && buf[at - 1] != '\n') || !begins(buf, view->len, at, &first))
                continue;
            u->start = at;
            u->state[0] = (uint32_t)(first - at);     /* of the head, to be passed over */
            return true;
        }
        at = (word + 1) * PF_MARK_WORD > at ? (word + 1) * PF_MARK_WORD : at;
    }
    return false;
}

static size_t decode_line(const uint8_t *line, unsigned n, uint8_t *out)
{
    size_t done = 0;

    for (line++; done < n; line += 4) {
        unsigned v = value(line[0]) << 18 | value(line[1]) << 12 | value(line[2]) << 6 | value(line[3]);
        uint8_t three[3] = { (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v };
        size_t part = n - done < 3 ? n - done : 3;

        memcpy(out + done, three, part);
        done += part;
    }
    return n;
}

static size_t decode_uuencode(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last,
                              size_t *at, uint8_t *out, size_t cap)
{
    size_t n = 0;

    *at += u->state[0];
    u->state[0] = 0;
    while (cap - n >= 64) {
        unsigned bytes;

        if (len - *at < LINE && !last)
            return n;                     /* the rest of the line is to come */
        bytes = line_bytes(buf, len, *at);
        if (bytes == 0) {
            u->done = true;
            return n;
        }
        n += decode_line(buf + *at, bytes, out + n);
        *at += line_size(bytes);
        while (*at < len && (buf[*at] == '\r' || buf[*at] == '\n'))
            ++*at;
    }
    return n;
}

const struct pf_wrap pf_wrap_uuencode = {
    .name = "uuencode", .stream = true, .marks = PF_MARK_UU, .find = find_uuencode, .decode = decode_uuencode,
};
