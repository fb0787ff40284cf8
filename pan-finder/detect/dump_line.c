/* dump_line.c - lines of dumps, in text of one or two bytes a character. */
#include "pan-finder/detect/dump_line.h"

#include "pan-finder/detect/kernel/dress.h"

#include <string.h>

#define BACK 140           /* characters before the number: 32 bytes a row, in pairs */
#define LINE 240
#define ROW 16             /* bytes of a row without text, or a multiple of it */
#define ROW_MAX 64
#define PADDED 40          /* hexdump without options fills its last row to this width */
#define INDENT 12          /* signs before the offset: of quoted mail, of comments, of a string */
#define OFFSET_MIN 4       /* digits of an offset */
#define OFFSET_MAX 10
#define CELL 4             /* of a byte in decimal: "  34" */
#define CELLS 16

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool is_hex(uint8_t c)
{
    return is_digit(c) || (uint8_t)((c | 0x20) - 'a') < 6;
}

/* The line the number stands in, a character a byte, what is not ASCII as 80; 0: it begins too far before. */
static size_t read_line(const struct pf_candidate *c, const uint8_t *buf, size_t len, uint8_t line[LINE])
{
    const enum pf_dress dress = (enum pf_dress)c->dress;
    const int64_t unit = (int64_t)pf_dress_unit(dress);
    int64_t at = c->start;
    size_t n = 0;
    int ch;

    for (; n < BACK && (ch = pf_dress_char(dress, buf, len, at - unit)) >= 0 && ch != '\n'; n++)
        at -= unit;
    if (n == BACK)
        return 0;
    for (n = 0; n < LINE && (ch = pf_dress_char(dress, buf, len, at)) >= 0 && ch != '\n'; at += unit)
        line[n++] = ch < 0x80 ? (uint8_t)ch : 0x80;
    return n > 0 && line[n - 1] == '\r' ? n - 1 : n;
}

/* Bytes of the offset, which ends in 0, and what ends it; 0: the line begins with none. */
static size_t offset_of(const uint8_t *line, size_t n)
{
    size_t at = 0, token;

    while (at < n && at < INDENT && memchr(" \t>|#*\"'", line[at], 8) != NULL)
        at++;
    for (token = at; at < n && is_hex(line[at]); at++)
        ;
    if (at - token == 8 && at < n && line[at] == '`')       /* an address of WinDbg */
        for (token = ++at; at < n && is_hex(line[at]); at++)
            ;
    if (at - token < OFFSET_MIN || at - token > OFFSET_MAX || at >= n || line[at - 1] != '0')
        return 0;
    return line[at] == ':' || line[at] == ' ' ? at + 1 : 0;
}

/* The bytes of a row that were read. */
struct row { uint8_t byte[ROW_MAX]; size_t n; };

static unsigned nibble(uint8_t c)
{
    return is_digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
}

/* One or two bytes in hex, hex[0..digits); false: too many for a row, or another group. */
static bool take_bytes(struct row *row, const uint8_t *hex, size_t digits)
{
    if ((digits != 2 && digits != 4) || row->n + digits / 2 > ROW_MAX)
        return false;
    for (size_t i = 0; i < digits; i += 2)
        row->byte[row->n++] = (uint8_t)(nibble(hex[i]) << 4 | nibble(hex[i + 1]));
    return true;
}

/* The same bytes stand as text at the end of the line, between bars or not; any sign stands for what is no letter. */
static bool is_text(const uint8_t *text, size_t n, const struct row *row)
{
    if (n == row->n + 2 && text[0] == '|')
        text++;
    else if (n != row->n)
        return false;
    for (size_t i = 0; i < row->n; i++)
        if (row->byte[i] > ' ' && row->byte[i] < 0x7f && text[i] != row->byte[i])
            return false;
    return row->n > 0;
}

/* Pairs or groups of two bytes up to the end of the row, or to the same bytes as text. */
static bool hex_line(const uint8_t *line, size_t n)
{
    const size_t head = offset_of(line, n);
    size_t at = head, token;
    struct row row = { .n = 0 };

    if (head == 0)
        return false;
    while (at < n) {
        size_t from = at;

        while (at < n && (line[at] == ' ' || (line[at] == '-' && row.n == ROW / 2)))
            at++;
        if (at - from > 1 && (at == n ? n - head + 1 == PADDED : is_text(line + at, n - at, &row)))
            return true;
        for (token = at; at < n && is_hex(line[at]); at++)
            ;
        if (!take_bytes(&row, line + token, at - token))
            break;
    }
    return at >= n && row.n > 0 && row.n % ROW == 0;
}

/* A byte in decimal behind blanks, in a cell of four. */
static bool is_cell(const uint8_t *p)
{
    unsigned v = 0, digits = 0;

    for (unsigned i = 0; i < CELL; i++) {
        if (p[i] == ' ' ? digits > 0 : !is_digit(p[i]))
            return false;
        digits += p[i] != ' ';
        v = v * 10 + (p[i] != ' ' ? (unsigned)(p[i] - '0') : 0);
    }
    return digits > 0 && digits < CELL && v <= UINT8_MAX;
}

/* od -t u1: cells up to the end of the line; without an offset a whole row of them. */
static bool decimal_line(const uint8_t *line, size_t n)
{
    size_t at = offset_of(line, n), cells = 0;
    bool bare = at == 0;

    for (at -= at > 0; at + CELL <= n && is_cell(line + at); at += CELL)
        cells++;
    return at == n && (bare ? cells == CELLS : cells > 1);
}

bool pf_in_dump_line(const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    uint8_t line[LINE];
    size_t n;
    bool found;

    if ((c->dress != PF_DRESS_ASCII && c->dress != PF_DRESS_UTF16LE && c->dress != PF_DRESS_UTF16BE) || c->separator != ' ')
        return false;
    n = read_line(c, buf, len, line);
    found = hex_line(line, n) || decimal_line(line, n);
    explicit_bzero(line, sizeof line);
    return found;
}
