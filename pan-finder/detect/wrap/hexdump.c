/* hexdump.c - dumps of xxd, hexdump, od, Wireshark, tcpdump, of debuggers (gdb x/xb, x/xw,
 * x/xg; lldb; WinDbg db, dd, dq, dc) and of loggers: lines of an offset or address, groups of
 * hex digits, and the same bytes as text. The lines are joined; offset and text are dropped,
 * and so is what a log writes before the offset.
 *
 * hexdump, od and debuggers write words of the machine, low byte first where they ran; those
 * that put a colon behind the offset write the bytes in their order, but for words behind
 * "0x", and where the text beside them says otherwise (xxd -e). */
#include "pan-finder/detect/wrap/wrap.h"

#include <string.h>

#define LINE_MAX 400u
#define PREFIX_MAX 120u          /* what a log writes before an offset */
#define INDENT_MAX 8u
#define HEAD_MAX 72u            /* bytes before the first line */
#define BYTES_MAX 64             /* of one line */
#define MARKS (PF_MARK_HEX | PF_MARK_NUMBERS)
#define BYTES_MIN 8              /* of the first line */
#define OFFSET_MIN 4
#define OFFSET_MAX 16
#define HALF 8                   /* digits of half an address or long word of WinDbg */
#define SIXTEEN 16u              /* bytes of the usual line */
#define GROUP_MAX 16             /* hex digits of a group */

/* Of pf_unwrap.state. */
enum { MARGIN };

struct line {
    const uint8_t *offset;       /* its digits */
    size_t offset_digits;
    bool colon;
    bool prefixed;               /* its groups stand behind "0x" */
    size_t group;                /* hex digits of one */
    uint8_t bytes[BYTES_MAX];
    size_t n;
    bool text;                   /* a column of text stands behind, as "|...|" or ">...<" */
    size_t next;                 /* begin of the next line */
};

static int value_of(uint8_t c)
{
    if ((uint8_t)(c - '0') < 10)
        return c - '0';
    c = (uint8_t)((c | 0x20) - 'a');
    return c < 6 ? c + 10 : -1;
}

static size_t hex_at(const uint8_t *buf, size_t at, size_t stop)
{
    size_t n = 0;

    while (at + n < stop && value_of(buf[at + n]) >= 0)
        n++;
    return n;
}

static size_t blanks_at(const uint8_t *buf, size_t at, size_t stop)
{
    size_t n = 0;

    while (at + n < stop && (buf[at + n] == ' ' || buf[at + n] == '\t'))
        n++;
    return n;
}

/* Offset, colon and the blanks behind; where the groups begin, or 0. An indent, or the marks of
 * quoted mail and of comments, may stand before it. */
static size_t read_offset(struct line *line, const uint8_t *buf, size_t at, size_t stop)
{
    size_t blanks = 0, digits;

    while (at < stop && blanks <= INDENT_MAX && memchr(" \t>|#", buf[at], 5) != NULL) {
        at++;
        blanks++;
    }
    if (blanks > INDENT_MAX)
        return 0;
    if (at + 1 < stop && buf[at] == '0' && buf[at + 1] == 'x')
        at += 2;
    digits = hex_at(buf, at, stop);
    if (digits == HALF && at + 2 * HALF < stop && buf[at + HALF] == '`') {      /* an address of WinDbg: the low half */
        at += HALF + 1;
        digits = hex_at(buf, at, stop);
    }
    line->offset = buf + at;
    line->offset_digits = digits;
    at += digits;
    if (digits < OFFSET_MIN || digits > OFFSET_MAX || at >= stop)
        return 0;
    if (buf[at] == ' ' && at + 1 < stop && buf[at + 1] == '<')                  /* "<buf+16>" */
        while (at < stop && buf[at] != ':')
            at++;
    if (at >= stop)
        return 0;
    line->colon = buf[at] == ':';
    at += line->colon || buf[at] == '|';
    blanks = blanks_at(buf, at, stop);
    return blanks > 0 && blanks <= INDENT_MAX ? at + blanks : 0;
}

/* Bytes of a group, in the order they had. */
static void add_group(struct line *line, const uint8_t *p, size_t digits)
{
    bool swap = (!line->colon || line->prefixed) && line->group > 2;
    size_t n = digits / 2;

    for (size_t i = 0; i < n; i++) {
        size_t from = swap ? n - 1 - i : i;

        line->bytes[line->n++] = (uint8_t)((unsigned)value_of(p[2 * from]) << 4 | (unsigned)value_of(p[2 * from + 1]));
    }
}

/* One space parts two groups; two do in the middle of a line of pairs; four the words of hexdump -x. */
static bool goes_on(const struct line *line, size_t blanks)
{
    return blanks == 1 || (blanks == 2 && line->group == 2 && line->n == 8) || (blanks == 4 && line->group == 4 && !line->colon);
}

static bool shown_as(uint8_t c, uint8_t shown)
{
    return shown == (c >= ' ' && c < 0x7f ? c : '.');
}

/* The byte that stands at i when the words of the line are turned: the last one may be cut short. */
static size_t turned_place(const struct line *line, size_t size, size_t i)
{
    size_t word = i / size * size;

    return word + (line->n - word < size ? line->n - word : size) - 1 - i % size;
}

/* The words of a dump, low byte first or not: the text that ends the line, buf[at..stop), tells. */
static void settle_order(struct line *line, const uint8_t *buf, size_t at, size_t stop)
{
    size_t size = line->group / 2, straight = 0, turned = 0;
    uint8_t other[BYTES_MAX];
    const uint8_t *text;

    stop -= stop > at && buf[stop - 1] == '\r';
    if (size < 2 || stop - at < line->n)
        return;
    text = buf + stop - line->n;
    for (size_t i = 0; i < line->n; i++) {
        other[i] = line->bytes[turned_place(line, size, i)];
        straight += shown_as(line->bytes[i], text[i]);
        turned += shown_as(other[i], text[i]);
    }
    if (turned > straight && turned == line->n)
        memcpy(line->bytes, other, line->n);
}

/* xxd -e writes the last word, when bytes of it are missing, at the right of its place; the text of
 * all bytes must stand behind it. */
static bool padded_group(const struct line *line, const uint8_t *buf, size_t at, size_t stop, size_t blanks)
{
    size_t digits, room;

    if (!line->colon || line->prefixed || blanks < 3 || blanks > line->group)
        return false;
    stop -= buf[stop - 1] == '\r';
    digits = hex_at(buf, at, stop);
    room = stop - at - digits;
    return digits + blanks - 1 == line->group && room > line->n + digits / 2 && buf[at + digits] == ' ' &&
           blanks_at(buf, at + digits, stop) >= room - line->n - digits / 2;
}

/* The group at buf[*at]: its digits behind a "0x"; WinDbg parts the halves of a long word. */
static size_t read_group(struct line *line, const uint8_t *buf, size_t *at, size_t stop)
{
    size_t digits;

    if (*at + 2 < stop && buf[*at] == '0' && buf[*at + 1] == 'x' && (line->n == 0 || line->prefixed)) {
        line->prefixed = true;
        *at += 2;
    }
    digits = hex_at(buf, *at, stop);
    if (digits == HALF && *at + 2 * HALF < stop && buf[*at + HALF] == '`' && hex_at(buf, *at + HALF + 1, stop) == HALF &&
        line->n + HALF <= BYTES_MAX) {
        line->group = HALF;
        add_group(line, buf + *at + HALF + 1, HALF);      /* the low half comes first in memory */
        add_group(line, buf + *at, HALF);
        *at += 2 * HALF + 1;
        return 0;
    }
    return digits;
}

/* Offset and groups of the line that begins at buf[at] and ends before `stop`. */
static bool read_groups(struct line *line, const uint8_t *buf, size_t at, size_t stop)
{
    line->n = line->group = 0;
    line->text = line->prefixed = false;
    at = read_offset(line, buf, at, stop);
    if (at == 0)
        return false;
    for (;;) {
        size_t n = line->n, digits = read_group(line, buf, &at, stop), blanks;

        if (line->n == n) {
            line->group = line->group == 0 ? digits : line->group;
            if (digits == 0 || digits % 2 != 0 || digits > line->group || line->group > GROUP_MAX || (line->group & (line->group - 1)) != 0 || n + digits / 2 > BYTES_MAX)
                return false;
            add_group(line, buf + at, digits);
            at += digits;
        }
        blanks = at < stop && buf[at] == '-' && line->group == 2 && line->n == 8 ? 1 : blanks_at(buf, at, stop);
        at += blanks;
        if (at >= stop || buf[at] == '\r' || buf[at] == '|' || buf[at] == '>')
            break;
        if (padded_group(line, buf, at, stop, blanks))
            continue;
        if (line->group == 2 && line->n == SIXTEEN && stop - at == SIXTEEN)
            return true;                        /* one blank before the text */
        if (!goes_on(line, blanks)) {
            settle_order(line, buf, at - blanks, stop);
            return blanks > 1;
        }
    }
    settle_order(line, buf, at, stop);
    line->text = at < stop && buf[at] != '\r';
    return true;
}

/* The same; what a log writes before the offset may stand there: the last "0010: " of hex
 * digits behind a blank. */
static bool read_line(struct line *line, const uint8_t *buf, size_t at, size_t stop)
{
    size_t until = stop - at < PREFIX_MAX ? stop : at + PREFIX_MAX;

    if (read_groups(line, buf, at, stop))
        return true;
    for (size_t i = at + OFFSET_MIN; i + 4 < until; i++) {
        size_t digits = 0;

        if (buf[i] != ':' || buf[i + 1] != ' ' || value_of(buf[i + 2]) < 0 || value_of(buf[i + 3]) < 0)
            continue;
        while (digits <= OFFSET_MAX && i - digits > at && value_of(buf[i - digits - 1]) >= 0)
            digits++;
        if (digits >= OFFSET_MIN && i - digits > at && buf[i - digits - 1] == ' ' && read_groups(line, buf, i - digits, stop))
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

static uint64_t offset_of(const struct line *line, unsigned base)
{
    uint64_t value = 0;

    for (size_t i = 0; i < line->offset_digits; i++)
        value = value * base + (uint64_t)value_of(line->offset[i]);
    return value;
}

/* Does `next` stand behind `line` by its offset, in hex, octal or decimal? */
static bool follows(const struct line *line, const struct line *next)
{
    static const unsigned base[] = { 16, 8, 10 };

    for (size_t i = 0; i < sizeof base / sizeof base[0]; i++) {
        if (offset_of(line, base[i]) + line->n == offset_of(next, base[i]))
            return true;
    }
    return false;
}

/* A line behind the first: what stands before the first in its line ("> ", the head of a log's
 * line) may stand, as long as there, before it too. */
static bool read_next(struct line *line, const uint8_t *buf, size_t at, size_t stop, size_t margin)
{
    return read_line(line, buf, at, stop) || (margin > 0 && margin < stop - at && read_line(line, buf, at + margin, stop));
}

/* Does a dump begin at buf[at], `margin` bytes behind the begin of its line? */
static bool begins(const struct pf_view *view, size_t at, size_t margin)
{
    struct line line, second;
    size_t next, after, stop = line_stop(view->buf, view->len, view->last, at, &next);

    if (stop == SIZE_MAX || !read_line(&line, view->buf, at, stop) || line.n < BYTES_MIN)
        return false;
    if (line.text || (line.colon && line.group > 2) || offset_of(&line, 16) == 0)
        return true;
    if (next >= view->len)
        return false;
    stop = line_stop(view->buf, view->len, view->last, next, &after);
    return stop != SIZE_MAX && read_next(&second, view->buf, next, stop, margin) && follows(&line, &second);
}

/* Does a dump begin in the line at buf[*begin]? The first line may stand behind something, as in
 * "data=00000000: 3431", *margin bytes long. */
static bool dump_in(const struct pf_view *view, size_t *begin, size_t *margin)
{
    const uint8_t *p = view->buf + *begin;
    size_t room = view->len - *begin < HEAD_MAX ? view->len - *begin : HEAD_MAX;
    const uint8_t *zeros = memmem(p, room, "0000", 4);

    *margin = 0;
    if (begins(view, *begin, 0))
        return true;
    if (zeros == NULL || zeros == p || memchr(p, '\n', (size_t)(zeros - p)) != NULL || value_of(zeros[-1]) >= 0)
        return false;
    *margin = (size_t)(zeros - p);
    *begin += *margin;
    return begins(view, *begin, *margin);
}

/* The begin of the line that holds buf[at]; false: too far, or before `from`. */
static bool line_begin(const uint8_t *buf, size_t from, size_t at, size_t *begin)
{
    size_t floor = at > LINE_MAX ? at - LINE_MAX : 0;
    const uint8_t *end;

    floor = from > floor ? from - (from > 0) : floor;
    end = at > floor ? memrchr(buf + floor, '\n', at - floor) : NULL;
    *begin = end != NULL ? (size_t)(end - buf) + 1 : 0;
    return *begin >= from && (end != NULL || (from == 0 && at <= LINE_MAX));
}

static bool find(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const uint8_t *buf = view->buf;
    const size_t words = (view->hi + PF_MARK_WORD - 1) / PF_MARK_WORD;
    size_t at = from, behind = from;         /* lines that begin before are done */

    while (at < view->hi) {
        size_t word = pf_marks_next(marks, MARKS, at / PF_MARK_WORD, words);
        size_t end = (word + 1) * PF_MARK_WORD, begin;

        if (word == words)
            break;
        at = at > word * PF_MARK_WORD ? at : word * PF_MARK_WORD;
        for (; at < end && at < view->hi; at++) {
            const uint8_t *line_end;
            size_t margin;

            if (line_begin(buf, from, at, &begin) && begin >= behind && begin < view->hi) {
                behind = begin + 1;
                if ((begin > 0 || view->first) && dump_in(view, &begin, &margin)) {
                    *u = (struct pf_unwrap){ .wrap = u->wrap, .start = begin, .state = { [MARGIN] = (uint32_t)margin } };
                    return true;
                }
            }
            line_end = memchr(buf + at, '\n', (end < view->len ? end : view->len) - at);
            at = line_end != NULL ? (size_t)(line_end - buf) : end;
        }
    }
    return false;
}

static size_t decode(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap)
{
    size_t n = 0;

    while (*at < len && n + BYTES_MAX <= cap) {
        struct line line;
        size_t next, stop = line_stop(buf, len, last, *at, &next), margin = u->state[MARGIN];
        bool repeats;

        if (stop == SIZE_MAX && len - *at < LINE_MAX)
            return n;
        margin = stop != SIZE_MAX && margin < stop - *at ? margin : 0;
        repeats = stop != SIZE_MAX && buf[*at + margin] == '*' && stop - *at - margin <= 2;   /* as the line before, again */
        if (!repeats && (stop == SIZE_MAX || !read_next(&line, buf, *at, stop, margin))) {
            u->done = true;
            return n;
        }
        if (!repeats) {
            memcpy(out + n, line.bytes, line.n);
            n += line.n;
        }
        *at = next;
    }
    u->done = last && *at >= len;
    return n;
}

const struct pf_wrap pf_wrap_hexdump = { .name = "hexdump", .stream = true, .marks = MARKS, .find = find, .decode = decode };
