/* text.c - text or not, from the first 4 KiB; line ends by the kernel. */
#include "pan-finder/detect/text.h"

#define LOOK 4096

enum pf_text pf_text_look(const uint8_t *buf, size_t len)
{
    size_t n = len < LOOK ? len : LOOK, control = 0, zero[2] = { 0, 0 };

    if (n >= 2 && buf[0] == 0xff && buf[1] == 0xfe)
        return PF_TEXT_UTF16LE;
    if (n >= 2 && buf[0] == 0xfe && buf[1] == 0xff)
        return PF_TEXT_UTF16BE;
    for (size_t i = 0; i < n; i++) {
        uint8_t c = buf[i];

        if (c == 0)
            zero[i & 1]++;
        else if ((c < 0x20 && (c < '\t' || c > '\r') && c != 0x1b) || c == 0x7f)
            control++;
    }
    if (n == 0 || control * 50 > n)
        return PF_TEXT_NONE;
    if (zero[0] + zero[1] == 0)
        return PF_TEXT_BYTES;
    if (zero[0] == 0 && zero[1] * 4 > n)
        return PF_TEXT_UTF16LE;
    if (zero[1] == 0 && zero[0] * 4 > n)
        return PF_TEXT_UTF16BE;
    return PF_TEXT_NONE;
}

void pf_lines_begin(struct pf_lines *lines)
{
    lines->offset = lines->ends = 0;
}

/* Line ends among the 16-bit units whose first byte is in the stretch; units
 * stand at even places of the object. */
static uint64_t wide_ends(const uint8_t *buf, size_t n, bool odd, enum pf_text text)
{
    uint64_t ends = 0;

    for (size_t i = odd ? 1 : 0; i + 1 < n; i += 2)
        ends += text == PF_TEXT_UTF16LE ? buf[i] == '\n' && buf[i + 1] == 0
                                        : buf[i] == 0 && buf[i + 1] == '\n';
    return ends;
}

uint64_t pf_lines_at(struct pf_lines *lines, const struct pf_kernel *kernel, enum pf_text text,
                     const uint8_t *buf, uint64_t offset, size_t at)
{
    const uint8_t *from = buf + (size_t)(lines->offset - offset);
    size_t n = (size_t)(offset + at - lines->offset);

    if (text != PF_TEXT_BYTES) {
        n -= (offset + at) & 1 && n > 0;             /* whole units only */
        lines->ends += wide_ends(from, n, lines->offset & 1, text);
    } else {
        lines->ends += kernel->newlines(from, n);
    }
    lines->offset += n;
    return lines->ends + 1;
}
