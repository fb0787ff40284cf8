/* bytes.c - bytes as a list of numbers, decimal (Java and Python signed as well) or hex behind
 * "0x": arrays of program text, buffers in JSON. */
#include "pan-finder/detect/wrap/numbers.h"

#include "pan-finder/base/limits.h"

#include <string.h>

enum {
    BACK = 900,              /* bytes before a place in which the list may begin */
    LOOK = 400,              /* numbers by which a list is judged */
    FEW = 3,                 /* numbers in a row that are worth a closer look */
    CODED_MIN = 12,          /* digits in a row: a card number at least */
    TEXT_MIN = 24,           /* characters of a text */
    SEPARATOR_MAX = 64,      /* bytes between two numbers: a line end and an indent */
    NEXT = 8,                /* the place that was looked at is so long */
    NEEDED = 96,             /* bytes that tell whether the list goes on */
};

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static int hex_value(uint8_t c)
{
    if (is_digit(c))
        return c - '0';
    c = (uint8_t)((c | 0x20) - 'a');
    return c < 6 ? c + 10 : -1;
}

static bool word_byte(uint8_t c)
{
    return is_digit(c) || (uint8_t)((c | 0x20) - 'a') < 26 || c == '_' || c == '.' || c >= 0x80;
}

static size_t cast_at(const uint8_t *buf, size_t len, size_t at)
{
    size_t n = len - at >= 6 && memcmp(buf + at, "(byte)", 6) == 0 ? 6 : 0;

    return n > 0 && at + n < len && buf[at + n] == ' ' ? n + 1 : n;
}

/* The number at buf[at]: bytes it takes, 0: none that is a byte. */
static size_t number_at(const uint8_t *buf, size_t len, size_t at, uint8_t *value)
{
    size_t i = at + cast_at(buf, len, at), digits = 0;
    bool minus = i < len && buf[i] == '-', hex;
    unsigned v = 0;

    i += minus;
    hex = i + 2 < len && buf[i] == '0' && (buf[i + 1] | 0x20) == 'x';
    i += hex ? 2 : 0;
    for (; i < len && digits <= 3 && (hex ? hex_value(buf[i]) >= 0 : is_digit(buf[i])); i++, digits++)
        v = v * (hex ? 16 : 10) + (unsigned)hex_value(buf[i]);
    if (digits == 0 || digits > (hex ? 2u : 3u) || v > (minus ? 128u : 255u))
        return 0;
    if (i + 1 < len && buf[i] == 'u' && (buf[i + 1] == '8' || buf[i + 1] == 'y'))
        i += 2;                     /* Rust, F# */
    if (i < len && word_byte(buf[i]))
        return 0;
    *value = (uint8_t)(minus ? 256 - v : v);
    return i - at;
}

static size_t separator_at(const uint8_t *buf, size_t len, size_t at)
{
    size_t n = 0, commas = 0;

    while (at + n < len && n < SEPARATOR_MAX) {
        uint8_t c = buf[at + n];
        bool escape = c == '\\' && at + n + 1 < len && memchr("nrt", buf[at + n + 1], 3) != NULL;

        if (!escape && memchr(" ,;\t\r\n", c, 6) == NULL)
            break;
        commas += c == ',' || c == ';';
        n += escape ? 2 : 1;
    }
    return commas <= 1 ? n : 0;
}

/* What the numbers of a list are. */
struct list {
    size_t n, end;
    size_t run, coded;           /* digits in a row: at present, most */
    size_t text;
    uint8_t head[2];
};

static void count(struct list *l, uint8_t c)
{
    bool digit = is_digit(c) || (uint8_t)(c - 0xf0) < 10;

    if (l->n < sizeof l->head)
        l->head[l->n] = c;
    l->n++;
    if (digit)
        l->run++;
    else if (c != 0 && c != ' ' && c != '-')
        l->run = 0;
    l->coded = l->run > l->coded ? l->run : l->coded;
    l->text += (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
}

static void read_list(struct list *l, const uint8_t *buf, size_t len, size_t at, size_t most)
{
    *l = (struct list){ .end = at };
    while (l->n < most) {
        uint8_t value;
        size_t size = number_at(buf, len, at, &value), gap;

        if (size == 0)
            return;
        count(l, value);
        at += size;
        l->end = at;
        gap = separator_at(buf, len, at);
        if (gap == 0)
            return;
        at += gap;
    }
}

/* Digits of a number, text, or a gzip file. */
static bool worth(const struct list *l)
{
    return l->coded >= CODED_MIN || (l->n >= TEXT_MIN && l->text * 20 >= l->n * 19) ||
           (l->n >= TEXT_MIN && l->head[0] == 0x1f && l->head[1] == 0x8b);
}

/* The begin of the number at or behind buf[at]. */
static size_t next_number(const uint8_t *buf, size_t len, size_t at)
{
    while (at < len && at > 0 && (word_byte(buf[at - 1]) || buf[at - 1] == '-'))
        at++;
    while (at < len && !is_digit(buf[at]) && buf[at] != '-' && cast_at(buf, len, at) == 0)
        at++;
    return at;
}

size_t pf_bytes_begin(const uint8_t *buf, size_t len, size_t from, size_t at)
{
    const size_t stop = len - at < PF_LOOKAHEAD ? len : at + PF_LOOKAHEAD, least = at - from > BACK ? at - BACK : from;
    struct list list;
    size_t begin = at;

    read_list(&list, buf, stop, next_number(buf, stop, at), FEW);
    if (list.n < FEW)
        return SIZE_MAX;
    while (begin > least && (hex_value(buf[begin - 1]) >= 0 || memchr(" ,;\t\r\n-xX()byteu\\nr", buf[begin - 1], 20) != NULL))
        begin--;
    while ((begin = next_number(buf, stop, begin)) <= at + NEXT && begin < stop) {
        read_list(&list, buf, stop, begin, LOOK);
        if (list.end > at && worth(&list))
            return begin;
        begin = list.end > begin ? list.end : begin + 1;
    }
    return SIZE_MAX;
}

static size_t decode(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap)
{
    size_t n = 0;

    while (n < cap && (last || len - *at >= NEEDED)) {
        size_t size = number_at(buf, len, *at, out + n), gap;

        if (size == 0) {
            u->done = true;
            break;
        }
        n++;
        *at += size;
        gap = separator_at(buf, len, *at);
        *at += gap;
        if (gap == 0 || (last && *at >= len)) {
            u->done = true;
            break;
        }
    }
    return n;
}

const struct pf_wrap pf_wrap_bytes = { .name = "bytes", .stream = true, .marks = PF_MARK_NUMBERS, .find = pf_numbers_find, .decode = decode };
