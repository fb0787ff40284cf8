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
    default:                return false;
    }
}

static bool gap_unit(unsigned unit)
{
    static const struct { uint16_t first, last; } range[] = {
        { 0x0009, 0x0009 }, { 0x0020, 0x0020 }, { 0x002d, 0x002f }, { 0x005f, 0x005f },
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

    if (c >= 0x80 || c == ' ' || c == '\t' || (c >= '-' && c <= '/') || c == '_')
        return true;
    return pos > 0 && buf[pos - 1] == 0x81;
}

size_t pf_dress_gap(enum pf_dress dress, const uint8_t *buf, size_t len, size_t pos)
{
    bool utf16 = dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF16BE;
    size_t unit = utf16 ? 2 : 1, gap = 0;

    for (;;) {
        size_t at = pos + gap;

        if (pf_dress_digit(dress, buf, len, at))
            return gap;
        if (gap == PF_GAP_UNITS * unit || at > len || len - at < unit)
            return SIZE_MAX;
        if (utf16) {
            unsigned a = buf[at], b = buf[at + 1];

            if (!gap_unit(dress == PF_DRESS_UTF16LE ? a | b << 8 : a << 8 | b))
                return SIZE_MAX;
        } else if (!gap_byte(buf, at)) {
            return SIZE_MAX;
        }
        gap += unit;
    }
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
