/* od.c - octal dumps and dumps of characters: od, od -b, od -c, od -a, od -t u1; hexdump -b, -c. Each
 * line is an offset and cells of one width; od writes words of the machine, low byte first where
 * it ran (POSIX.1-2017, od). Hex dumps: hexdump.c. */
#include "pan-finder/detect/wrap/numbers.h"

#include <string.h>

enum {
    LINE_MAX = 120,
    BYTES_MAX = 32,          /* of one line */
    BYTES_MIN = 8,           /* of the first, unless its end is told behind it */
    OFFSET_MIN = 7, OFFSET_MAX = 11,
    LINES_BACK = 8,          /* lines of characters before the first one that is seen by its digits */
};

enum kind { WORDS, OCTAL, CHARACTERS, DECIMAL, KINDS };

static const struct { uint8_t cell, digits; uint16_t most; uint8_t bytes; } shape[KINDS] = {
    [WORDS] = { 7, 6, 0xffff, 2 }, [OCTAL] = { 4, 3, 0xff, 1 }, [CHARACTERS] = { 4, 0, 0xff, 1 }, [DECIMAL] = { 4, 0, 0xff, 1 },
};

struct line {
    const uint8_t *offset;
    size_t offset_digits;
    uint8_t bytes[BYTES_MAX];
    size_t n;
};

static bool octal(uint8_t c)
{
    return (uint8_t)(c - '0') < 8;
}

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

/* Digits of one base that fill p[0..n); blanks may stand before them when `blanks`. */
static bool number(const uint8_t *p, size_t n, unsigned base, bool blanks, unsigned *value)
{
    size_t i = 0;

    while (blanks && i + 1 < n && p[i] == ' ')
        i++;
    for (*value = 0; i < n; i++) {
        if ((unsigned)(uint8_t)(p[i] - '0') >= base)
            return false;
        *value = *value * base + (unsigned)(p[i] - '0');
    }
    return true;
}

/* What od -a calls the characters that are not seen (POSIX.1-2017, od, "Named Characters"). */
static bool named(const uint8_t *p, unsigned *value)
{
    static const char name[][4] = {
        "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", " bs", " ht", " nl", " vt", " ff", " cr", " so", " si", "dle",
        "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", " em", "sub", "esc", " fs", " gs", " rs", " us", " sp",
    };

    for (*value = 0; *value < sizeof name / sizeof name[0]; ++*value)
        if (memcmp(p, name[*value], 3) == 0)
            return true;
    *value = 0x7f;
    return memcmp(p, "del", 3) == 0;
}

/* A cell of a dump of characters: "   4", "  \n", " 012", " nul". */
static bool character(const uint8_t *p, unsigned *value)
{
    static const char sign[] = "0abtnvfr", stands[] = "\0\a\b\t\n\v\f\r";

    if (p[1] == ' ' && p[2] == ' ') {
        *value = p[3];
        return p[3] >= ' ' && p[3] < 0x7f;
    }
    if (p[1] == ' ' && p[2] == '\\') {
        const char *at = p[3] != 0 ? strchr(sign, p[3]) : NULL;

        *value = at != NULL ? (uint8_t)stands[at - sign] : 0;
        return at != NULL;
    }
    return (uint8_t)(p[3] - 'a') < 26 || p[1] == 'd' ? named(p + 1, value) : octal(p[1]) && number(p + 1, 3, 8, false, value) && *value <= 0xff;
}

static bool cell(enum kind kind, const uint8_t *p, unsigned *value)
{
    if (p[0] != ' ')
        return false;
    switch (kind) {
    case CHARACTERS: return character(p, value);
    case DECIMAL:    return number(p + 1, 3, 10, true, value) && *value <= 0xff;
    default:         return number(p + 1, shape[kind].digits, 8, false, value) && *value <= shape[kind].most;
    }
}

/* The line buf[at..stop); a line of the offset alone has no bytes. */
static bool read_line(struct line *line, enum kind kind, const uint8_t *buf, size_t at, size_t stop)
{
    size_t from = at;

    *line = (struct line){ .offset = buf + at };
    while (stop > at && (buf[stop - 1] == '\r' || (buf[stop - 1] == ' ' && kind != CHARACTERS)))
        stop--;
    while (at < stop && at - from < OFFSET_MAX && ((uint8_t)(buf[at] - '0') < 10 || (uint8_t)(buf[at] - 'a') < 6))
        at++;
    line->offset_digits = at - from;
    if (line->offset_digits < OFFSET_MIN)
        return false;
    for (size_t size = shape[kind].cell; at + size <= stop; at += size) {
        unsigned value;

        if (line->n + shape[kind].bytes > BYTES_MAX || !cell(kind, buf + at, &value))
            return false;
        line->bytes[line->n++] = (uint8_t)value;
        if (shape[kind].bytes == 2)
            line->bytes[line->n++] = (uint8_t)(value >> 8);
    }
    return at == stop;
}

static uint64_t offset_of(const struct line *line, unsigned base)
{
    uint64_t value = 0;

    for (size_t i = 0; i < line->offset_digits; i++) {
        uint8_t c = line->offset[i];

        value = value * base + (is_digit(c) ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10u);
    }
    return value;
}

/* Does `next` stand behind `line` by its offset? A last word may be filled up. */
static bool follows(const struct line *line, const struct line *next)
{
    static const unsigned base[] = { 8, 16, 10 };

    for (size_t i = 0; i < sizeof base / sizeof base[0]; i++) {
        uint64_t between = offset_of(next, base[i]) - offset_of(line, base[i]);

        if (between == line->n || (between + 1 == line->n && next->n == 0))
            return true;
    }
    return false;
}

/* End of the line at buf[at], without the line end; SIZE_MAX: not in sight. */
static size_t line_stop(const uint8_t *buf, size_t len, bool last, size_t at, size_t *next)
{
    size_t room = len - at < LINE_MAX ? len - at : LINE_MAX;
    const uint8_t *end = memchr(buf + at, '\n', room);

    if (end == NULL && (room == LINE_MAX || !last))
        return SIZE_MAX;
    *next = end != NULL ? (size_t)(end - buf) + 1 : len;
    return end != NULL ? *next - 1 : len;
}

/* The kind of the dump that begins with the line at buf[at]; KINDS: none does. */
static enum kind kind_at(const uint8_t *buf, size_t len, bool last, size_t at)
{
    size_t next, after, stop = line_stop(buf, len, last, at, &next), second;
    struct line line, behind;

    for (enum kind kind = 0; stop != SIZE_MAX && kind < KINDS; kind++) {
        if (!read_line(&line, kind, buf, at, stop) || line.n == 0)
            continue;
        second = next < len ? line_stop(buf, len, last, next, &after) : SIZE_MAX;
        if (second == SIZE_MAX)
            return line.n >= BYTES_MIN && offset_of(&line, 16) == 0 ? kind : KINDS;
        if (read_line(&behind, kind, buf, next, second) && follows(&line, &behind))
            return kind;
        if (buf[next] == '*' && line.n >= BYTES_MIN)
            return kind;
    }
    return KINDS;
}

/* The begin of the line before the one at buf[at], when the dump goes back to it; or `at`. */
static size_t line_before(const uint8_t *buf, size_t len, size_t from, size_t at, enum kind kind)
{
    struct line line, next;
    size_t stop, behind, begin;

    if (at < from + 2 || buf[at - 1] != '\n')
        return at;
    for (begin = at - 1; begin > from && at - begin < LINE_MAX && buf[begin - 1] != '\n';)
        begin--;
    if (begin > 0 && buf[begin - 1] != '\n')
        return at;
    stop = line_stop(buf, len, true, at, &behind);
    return stop != SIZE_MAX && read_line(&line, kind, buf, begin, at - 1) && line.n > 0 &&
           read_line(&next, kind, buf, at, stop) && follows(&line, &next) ? begin : at;
}

size_t pf_od_begin(const uint8_t *buf, size_t len, bool last, size_t from, size_t at)
{
    size_t begin = at, before;
    enum kind kind;

    while (begin > from && at - begin < LINE_MAX && buf[begin - 1] != '\n')
        begin--;
    if (at - begin == LINE_MAX || (begin == from && from > 0 && buf[begin - 1] != '\n'))
        return SIZE_MAX;
    if (!is_digit(buf[begin])) {             /* the first line may stand behind something */
        const uint8_t *zeros = memmem(buf + begin, at - begin, "0000000 ", 8);

        if (zeros == NULL || zeros == buf || is_digit(zeros[-1]))
            return SIZE_MAX;
        begin = (size_t)(zeros - buf);
    }
    kind = kind_at(buf, len, last, begin);
    if (kind == KINDS)
        return SIZE_MAX;
    for (int i = 0; i < LINES_BACK && (before = line_before(buf, len, from, begin, kind)) != begin; i++)
        begin = before;
    return begin;
}

static size_t decode(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap)
{
    size_t n = 0;

    if (u->state[0] == 0)
        u->state[0] = 1 + (uint32_t)kind_at(buf, len, last, *at);
    while (*at < len && n + BYTES_MAX <= cap) {
        struct line line;
        size_t next, stop = line_stop(buf, len, last, *at, &next);

        if (stop == SIZE_MAX && len - *at < LINE_MAX)
            return n;
        if (stop != SIZE_MAX && buf[*at] == '*' && stop - *at <= 2) {
            *at = next;
            continue;
        }
        if (u->state[0] > KINDS || stop == SIZE_MAX || !read_line(&line, (enum kind)(u->state[0] - 1), buf, *at, stop)) {
            u->done = true;
            return n;
        }
        memcpy(out + n, line.bytes, line.n);
        n += line.n;
        *at = next;
    }
    u->done = last && *at >= len;
    return n;
}

const struct pf_wrap pf_wrap_od = { .name = "od", .stream = true, .marks = 0, .find = NULL, .decode = decode };
