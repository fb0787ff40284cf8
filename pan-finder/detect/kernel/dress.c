/* dress.c - digits and gaps of each dress, byte by byte. */
#include "pan-finder/detect/kernel/dress.h"

#include "pan-finder/base/limits.h"

const struct pf_dress_form pf_dress_forms[PF_DRESS_COUNT] = {
    [PF_DRESS_ASCII]    = { 1, 0, 0x30 },
    [PF_DRESS_UTF16LE]  = { 2, 0, 0x30 },
    [PF_DRESS_UTF16BE]  = { 2, 1, 0x30 },
    [PF_DRESS_FW_UTF8]  = { 3, 2, 0x90 },   /* U+FF10 is EF BC 90 */
    [PF_DRESS_FW_SJIS]  = { 2, 1, 0x4f },   /* JIS X 0208 row 3 cell 16, shifted: 82 4F */
    [PF_DRESS_FW_EUCJP] = { 2, 1, 0xb0 },   /* the same cell: A3 B0 */
    [PF_DRESS_UTF32LE]  = { 4, 0, 0x30 },
    [PF_DRESS_UTF32BE]  = { 4, 3, 0x30 },
    [PF_DRESS_FW_UTF16LE] = { 2, 0, 0x10 }, /* U+FF10 */
    [PF_DRESS_FW_UTF16BE] = { 2, 1, 0x10 },
    [PF_DRESS_ISO2022JP] = { 2, 1, 0x30 },  /* the cell above: 23 30 */
    [PF_DRESS_EBCDIC]   = { 1, 0, 0xf0 },
};

const char *pf_dress_name(enum pf_dress dress)
{
    static const char *const names[PF_DRESS_COUNT] = {
        [PF_DRESS_ASCII] = "ascii",
        [PF_DRESS_UTF16LE] = "utf16le",
        [PF_DRESS_UTF16BE] = "utf16be",
        [PF_DRESS_FW_UTF8] = "fullwidth-utf8",
        [PF_DRESS_FW_SJIS] = "fullwidth-sjis",
        [PF_DRESS_FW_EUCJP] = "fullwidth-eucjp",
        [PF_DRESS_UTF32LE] = "utf32le",
        [PF_DRESS_UTF32BE] = "utf32be",
        [PF_DRESS_FW_UTF16LE] = "fullwidth-utf16le",
        [PF_DRESS_FW_UTF16BE] = "fullwidth-utf16be",
        [PF_DRESS_ISO2022JP] = "iso-2022-jp",
        [PF_DRESS_EBCDIC] = "ebcdic",
    };

    return (unsigned)dress < PF_DRESS_COUNT ? names[dress] : "";
}

bool pf_dress_digit(enum pf_dress dress, const uint8_t *buf, size_t len, size_t pos)
{
    const struct pf_dress_form *form = &pf_dress_forms[dress];
    const uint8_t *p = buf + pos;

    if (pos > len || len - pos < form->size)
        return false;
    if ((unsigned)p[form->at] - form->base > 9)
        return false;
    switch (dress) {
    case PF_DRESS_ASCII:    return true;
    case PF_DRESS_UTF16LE:  return p[1] == 0;
    case PF_DRESS_UTF16BE:  return p[0] == 0;
    case PF_DRESS_FW_UTF8:  return p[0] == 0xef && p[1] == 0xbc;
    case PF_DRESS_FW_SJIS:  return p[0] == 0x82;
    case PF_DRESS_FW_EUCJP: return p[0] == 0xa3;
    case PF_DRESS_UTF32LE:  return p[1] == 0 && p[2] == 0 && p[3] == 0;
    case PF_DRESS_UTF32BE:  return p[0] == 0 && p[1] == 0 && p[2] == 0;
    case PF_DRESS_FW_UTF16LE: return p[1] == 0xff;
    case PF_DRESS_FW_UTF16BE: return p[0] == 0xff;
    case PF_DRESS_ISO2022JP: return p[0] == 0x23;
    case PF_DRESS_EBCDIC:   return true;
    default:                return false;
    }
}

size_t pf_dress_unit(enum pf_dress dress)
{
    switch (dress) {
    case PF_DRESS_UTF16LE:
    case PF_DRESS_UTF16BE:
    case PF_DRESS_FW_UTF16LE:
    case PF_DRESS_FW_UTF16BE:
    case PF_DRESS_ISO2022JP: return 2;
    case PF_DRESS_UTF32LE:
    case PF_DRESS_UTF32BE:   return 4;
    default:                 return 1;
    }
}

/* Source: the invariant set of IBM's EBCDIC pages, and code pages 037, 1047 (brackets, '^' at 5F)
 * and 290 (lower case, the single-byte part of 930), as iconv of glibc 2.36 has them. */
unsigned pf_dress_ebcdic(uint8_t c)
{
    static const uint8_t ascii[256] = {
        [0x05] = '\t', [0x0d] = '\r', [0x15] = '\n', [0x25] = '\n', [0x40] = ' ',
        [0x4b] = '.', [0x4c] = '<', [0x4d] = '(', [0x4e] = '+', [0x4f] = '|', [0x50] = '&',
        [0x5a] = '!', [0x5b] = '$', [0x5c] = '*', [0x5d] = ')', [0x5e] = ';', [0x5f] = '^', [0xb0] = '^', [0x60] = '-', [0x61] = '/',
        [0x6b] = ',', [0x6c] = '%', [0x6d] = '_', [0x6e] = '>', [0x6f] = '?',
        [0x7a] = ':', [0x7b] = '#', [0x7c] = '@', [0x7d] = '\'', [0x7e] = '=', [0x7f] = '"',
        [0x81] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', [0x91] = 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
        [0xa2] = 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
        [0x62] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', [0x71] = 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p',
        [0x8b] = 'q', [0x9b] = 'r', [0xab] = 's', [0xb3] = 't', 'u', 'v', 'w', 'x', 'y', 'z',
        [0xba] = '[', [0xbb] = ']', [0xad] = '[', [0xbd] = ']',
        [0xc0] = '{', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I',
        [0xd0] = '}', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R',
        [0xe0] = '\\', [0xe2] = 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
        [0xf0] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    };

    return ascii[c] != 0 ? ascii[c] : 0xfffdu;
}

int pf_dress_char(enum pf_dress dress, const uint8_t *buf, size_t len, int64_t pos)
{
    const size_t size = pf_dress_unit(dress);
    const uint8_t *p;

    if (pos < 0 || (uint64_t)pos + size > len)
        return -1;
    p = buf + pos;
    switch (dress) {
    case PF_DRESS_UTF16LE:
    case PF_DRESS_FW_UTF16LE: return p[0] | p[1] << 8;
    case PF_DRESS_UTF16BE:
    case PF_DRESS_FW_UTF16BE:
    case PF_DRESS_ISO2022JP:  return p[0] << 8 | p[1];
    case PF_DRESS_UTF32LE:    return p[3] != 0 ? 0xfffd : p[0] | p[1] << 8 | p[2] << 16;
    case PF_DRESS_UTF32BE:    return p[0] != 0 ? 0xfffd : p[1] << 16 | p[2] << 8 | p[3];
    case PF_DRESS_EBCDIC:     return (int)pf_dress_ebcdic(p[0]);
    default:                  return p[0];
    }
}

static bool gap_unit(unsigned unit)
{
    static const struct { uint16_t first, last; } range[] = {
        { 0x0009, 0x0009 }, { 0x0020, 0x0020 }, { 0x002b, 0x002b }, { 0x002d, 0x002f }, { 0x005f, 0x005f },
        { 0x00a0, 0x00a0 },   /* no-break space */
        { 0x2000, 0x200b },   /* spaces of all widths */
        { 0x2010, 0x2015 },   /* hyphens and dashes */
        { 0x202f, 0x202f },   /* narrow no-break space */
        { 0x2212, 0x2212 },   /* minus sign */
        { 0x3000, 0x3000 },   /* ideographic space */
        { 0x30fb, 0x30fc },   /* katakana middle dot, prolonged sound mark */
        { 0xff0d, 0xff0f },   /* full-width hyphen, full stop, solidus */
        { 0xff3f, 0xff3f },   /* full-width low line */
        { 0xff65, 0xff65 }, { 0xff70, 0xff70 },   /* half-width forms of U+30FB, U+30FC */
    };

    if (unit > '/' && unit < 0xa0)       /* most of what stands behind a number */
        return unit == '_';
    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++)
        if (unit <= range[i].last)
            return unit >= range[i].first;
    return false;
}

static bool gap_byte(const uint8_t *buf, size_t pos)
{
    uint8_t c = buf[pos];

    if (c >= 0x80 || c == ' ' || c == '\t' || c == '+' || (c >= '-' && c <= '/') || c == '_')
        return true;
    return pos > 0 && buf[pos - 1] == 0x81;
}

/* JIS X 0208 row 1: space, full stop, middle dot, low line, prolonged sound mark, bar,
 * hyphen, solidus, minus sign. */
static bool gap_jis(int unit)
{
    static const uint8_t cell[] = { 0x21, 0x25, 0x26, 0x32, 0x3c, 0x3d, 0x3e, 0x3f, 0x5d };

    for (size_t i = 0; i < sizeof cell; i++)
        if (unit == (0x21 << 8 | cell[i]))
            return true;
    return false;
}

static bool gap_at(enum pf_dress dress, const uint8_t *buf, size_t len, size_t at)
{
    int unit = pf_dress_char(dress, buf, len, (int64_t)at);

    if (unit < 0)
        return false;
    if (dress == PF_DRESS_ISO2022JP)
        return gap_jis(unit);
    return dress == PF_DRESS_EBCDIC || pf_dress_unit(dress) > 1 ? gap_unit((unsigned)unit) : gap_byte(buf, at);
}

/* Between digits of ISO-2022-JP what separates them may be ASCII: a shift to one byte a character, up to
 * PF_GAP_UNITS of them, a shift back (RFC 1468). 0: none. */
static size_t shifted_gap(const uint8_t *buf, size_t len, size_t pos)
{
    size_t at = pos + PF_SHIFT, n = 0;

    if (pos > len || len - pos < 2 * PF_SHIFT + 1 || buf[pos] != 0x1b || buf[pos + 1] != '(')
        return 0;
    while (n < PF_GAP_UNITS && at + n < len && buf[at + n] < 0x80 && gap_byte(buf, at + n))
        n++;
    at += n;
    return n > 0 && len - at >= PF_SHIFT && buf[at] == 0x1b && buf[at + 1] == '$' ? at + PF_SHIFT - pos : 0;
}

size_t pf_dress_gap(enum pf_dress dress, const uint8_t *buf, size_t len, size_t pos)
{
    const size_t unit = pf_dress_unit(dress);
    size_t gap = dress == PF_DRESS_ISO2022JP ? shifted_gap(buf, len, pos) : 0;

    if (gap > 0)
        return pf_dress_digit(dress, buf, len, pos + gap) ? gap : SIZE_MAX;
    while (!pf_dress_digit(dress, buf, len, pos + gap)) {
        if (gap == PF_GAP_UNITS * unit || !gap_at(dress, buf, len, pos + gap))
            return SIZE_MAX;
        gap += unit;
    }
    return gap;
}

/* The digits of UTF-16 from `pos` on without a gap; `high` is where a unit has
 * its high byte. Texts of this kind are full of digits: no calls here. */
static size_t utf16_digits(const uint8_t *buf, size_t len, size_t pos, size_t high)
{
    size_t at = pos;

    while (len - at >= 2 && buf[at + high] == 0 && (uint8_t)(buf[at + 1 - high] - '0') <= 9)
        at += 2;
    return (at - pos) / 2;
}

bool pf_dress_follow(enum pf_dress dress, const uint8_t *buf, size_t len, size_t pos,
                     struct pf_run *run)
{
    const bool utf16 = dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF16BE;
    const size_t size = pf_dress_forms[dress].size;
    size_t end = pos, gap = 0, digits = 0, more;

    if (!pf_dress_digit(dress, buf, len, pos))
        return false;
    do {
        end += gap;
        if (utf16)
            more = utf16_digits(buf, len, end, dress == PF_DRESS_UTF16LE);
        else
            for (more = 0; pf_dress_digit(dress, buf, len, end + more * size); more++)
                ;
        digits += more;
        end += more * size;
        gap = pf_dress_gap(dress, buf, len, end);
    } while (gap != SIZE_MAX);
    *run = (struct pf_run){ (uint32_t)pos, (uint32_t)end, (uint32_t)digits, (uint32_t)dress };
    return true;
}

bool pf_dress_run(enum pf_dress dress, const uint8_t *buf, size_t len, size_t from,
                  size_t until, struct pf_run *run)
{
    while (from < until && from < len) {
        if (!pf_dress_follow(dress, buf, len, from, run)) {
            from++;
            continue;
        }
        if (run->digits >= PF_PAN_MIN)
            return true;
        from = run->end;
    }
    return false;
}
