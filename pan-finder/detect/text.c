/* text.c - text or not, from the first 4 KiB; line ends by the kernel. */
#include "pan-finder/detect/text.h"

#include "pan-finder/detect/kernel/dress.h"

#include <string.h>

#define LOOK 4096

struct seen {
    size_t n, control, zero[4], blank, ebcdic, ascii;
};

/* How often each byte stands there; two rows, because the same one twice in a row would wait. */
static void count_bytes(unsigned count[256], const uint8_t *buf, size_t n)
{
    unsigned odd[256] = { 0 };

    memset(count, 0, 256 * sizeof *count);
    for (size_t i = 0; i + 1 < n; i += 2) {
        count[buf[i]]++;
        odd[buf[i + 1]]++;
    }
    count[buf[n - 1]] += n & 1;
    for (size_t c = 0; c < 256; c++)
        count[c] += odd[c];
}

static void look(struct seen *s, const uint8_t *buf, size_t n)
{
    unsigned count[256];

    *s = (struct seen){ .n = n };
    if (n == 0)
        return;
    count_bytes(count, buf, n);
    for (unsigned c = 1; c < 256; c++) {
        bool control = (c < 0x20 && (c < '\t' || c > '\r') && c != 0x1b) || c == 0x7f;

        s->control += control ? count[c] : 0;
        s->ascii += c == ' ' || (c >= 'a' && c <= 'z') ? count[c] : 0;
    }
    s->blank = count[0x40];
    for (unsigned c = 0; s->blank > 0 && c < 256; c++)
        s->ebcdic += pf_dress_ebcdic((uint8_t)c) != 0xfffd ? count[c] : 0;
    for (size_t i = 0; count[0] > 0 && i < n; i++)
        s->zero[i & 3] += buf[i] == 0;
}

/* Nearly all bytes are characters of EBCDIC, blanks (0x40, in ASCII '@') are among
 * them, and what ASCII text is full of is not. */
static bool is_ebcdic(const struct seen *s)
{
    return s->n >= 32 && s->ebcdic * 10 >= s->n * 9 && s->blank * 25 >= s->n && s->ascii * 20 < s->n;
}

/* Zeros in three places of four, none in the fourth. */
static bool is_utf32(const struct seen *s, size_t place)
{
    const size_t zeros = s->zero[0] + s->zero[1] + s->zero[2] + s->zero[3];

    return s->n >= 8 && s->zero[place] == 0 && zeros * 8 > s->n * 5;
}

enum pf_text pf_text_look(const uint8_t *buf, size_t len)
{
    struct seen s;
    size_t even, odd;

    if (len >= 4 && memcmp(buf, "\xff\xfe\0\0", 4) == 0)
        return PF_TEXT_UTF32LE;
    if (len >= 4 && memcmp(buf, "\0\0\xfe\xff", 4) == 0)
        return PF_TEXT_UTF32BE;
    if (len >= 2 && buf[0] == 0xff && buf[1] == 0xfe)
        return PF_TEXT_UTF16LE;
    if (len >= 2 && buf[0] == 0xfe && buf[1] == 0xff)
        return PF_TEXT_UTF16BE;
    look(&s, buf, len < LOOK ? len : LOOK);
    even = s.zero[0] + s.zero[2];
    odd = s.zero[1] + s.zero[3];
    if (is_ebcdic(&s))
        return PF_TEXT_EBCDIC;
    if (s.n == 0 || s.control * 50 > s.n)
        return PF_TEXT_NONE;
    if (even + odd == 0)
        return PF_TEXT_BYTES;
    if (is_utf32(&s, 0))
        return PF_TEXT_UTF32LE;
    if (is_utf32(&s, 3))
        return PF_TEXT_UTF32BE;
    if (even == 0 && odd * 4 > s.n)
        return PF_TEXT_UTF16LE;
    if (odd == 0 && even * 4 > s.n)
        return PF_TEXT_UTF16BE;
    return PF_TEXT_NONE;
}

void pf_lines_begin(struct pf_lines *lines)
{
    lines->offset = lines->ends = 0;
}

static size_t unit_of(enum pf_text text)
{
    switch (text) {
    case PF_TEXT_UTF16LE:
    case PF_TEXT_UTF16BE: return 2;
    case PF_TEXT_UTF32LE:
    case PF_TEXT_UTF32BE: return 4;
    default:              return 1;
    }
}

/* Line ends among the units of the n bytes; the first stands at `offset` of the
 * object, units at multiples of their size. */
static uint64_t wide_ends(const uint8_t *buf, size_t n, uint64_t offset, enum pf_text text)
{
    const size_t unit = unit_of(text);
    const bool little = text == PF_TEXT_UTF16LE || text == PF_TEXT_UTF32LE;
    uint64_t ends = 0;

    for (size_t i = (size_t)(-offset & (unit - 1)); i + unit <= n; i += unit) {
        unsigned others = 0;

        for (size_t k = 0; k < unit; k++)
            others |= buf[i + k] ^ (k == (little ? 0 : unit - 1) ? (unsigned)'\n' : 0u);
        ends += others == 0;
    }
    return ends;
}

static uint64_t ebcdic_ends(const uint8_t *buf, size_t n)
{
    uint64_t ends = 0;

    for (size_t i = 0; i < n; i++)
        ends += buf[i] == 0x15 || buf[i] == 0x25;
    return ends;
}

/* Line ends in the n bytes at `from`, which stand at `offset` of the object; wide text: whole units. */
static uint64_t ends_in(const struct pf_kernel *kernel, enum pf_text text, const uint8_t *from, size_t n, uint64_t offset)
{
    if (text == PF_TEXT_BYTES)
        return kernel->newlines(from, n);
    return text == PF_TEXT_EBCDIC ? ebcdic_ends(from, n) : wide_ends(from, n, offset, text);
}

uint64_t pf_lines_at(struct pf_lines *lines, const struct pf_kernel *kernel, enum pf_text text,
                     const uint8_t *buf, uint64_t offset, size_t at)
{
    const uint64_t part = text == PF_TEXT_BYTES || text == PF_TEXT_EBCDIC ? 0 : (offset + at) & (unit_of(text) - 1);
    const uint64_t to = offset + at > part ? offset + at - part : 0;      /* whole units only */

    if (to < lines->offset)
        return lines->ends + 1 - ends_in(kernel, text, buf + (size_t)(to - offset), (size_t)(lines->offset - to), to);
    lines->ends += ends_in(kernel, text, buf + (size_t)(lines->offset - offset), (size_t)(to - lines->offset), lines->offset);
    lines->offset = to;
    return lines->ends + 1;
}
