/* charset.c - UTF-8 (RFC 3629), UTF-16, and the two byte forms of JIS X 0208. */
#include "pan-finder/detect/charset.h"

#include "jis_table.h"

#define UNKNOWN 0xfffdu
#define SYNC_LOOK 32       /* bytes looked at for the border of a character */

static uint32_t jis_char(unsigned row, unsigned cell)
{
    uint32_t want = row << 24 | cell << 16;
    size_t lo = 0, hi = sizeof jis_table / sizeof jis_table[0];

    switch (row) {
    case 1:
        return cell == 1 ? 0x3000 : cell == 6 ? 0x30fb : cell == 28 ? 0x30fc : cell == 7 ? 0xff1a : 0x3001;
    case 3: return 0xff00 + cell;              /* full-width digits and letters */
    case 4: return 0x3040 + cell;              /* hiragana */
    case 5: return 0x30a0 + cell;              /* katakana */
    default: break;
    }
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (jis_table[mid] < want)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < sizeof jis_table / sizeof jis_table[0] && jis_table[lo] >> 16 == want >> 16)
        return jis_table[lo] & 0xffffu;
    return UNKNOWN;
}

/* Each decoder takes one character at p[0..n), n >= 1, and returns its bytes;
 * 0 when it is cut off, and a negative number when the byte does not belong. */
static int utf8_char(const uint8_t *p, size_t n, uint32_t *cp)
{
    unsigned size = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

    if (!size)
        return -1;
    *cp = size == 1 ? p[0] : p[0] & (0xffu >> (size + 1));
    for (unsigned i = 1; i < size; i++) {
        if (i >= n)
            return 0;
        if ((p[i] & 0xc0) != 0x80)
            return -1;
        *cp = *cp << 6 | (p[i] & 0x3fu);
    }
    return (int)size;
}

static int sjis_char(const uint8_t *p, size_t n, uint32_t *cp)
{
    unsigned lead = p[0], trail, row, cell;

    *cp = lead;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xa1 && lead <= 0xdf) {
        *cp = 0xff61 + lead - 0xa1;            /* half-width kana */
        return 1;
    }
    if (lead == 0x80 || lead == 0xa0 || lead > 0xfc)
        return -1;
    if (n < 2)
        return 0;
    trail = p[1];
    if (trail < 0x40 || trail == 0x7f || trail > 0xfc)
        return -1;
    row = (lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 2 + (trail >= 0x9f ? 2 : 1);
    cell = trail >= 0x9f ? trail - 0x9e : trail - 0x3f - (trail >= 0x80);
    *cp = jis_char(row, cell);
    return 2;
}

static int eucjp_char(const uint8_t *p, size_t n, uint32_t *cp)
{
    *cp = p[0];
    if (p[0] < 0x80)
        return 1;
    if (p[0] != 0x8e && p[0] != 0x8f && (p[0] < 0xa1 || p[0] == 0xff))
        return -1;
    if (n < 2)
        return 0;
    if (p[1] < 0xa1 || p[1] == 0xff)
        return -1;
    if (p[0] == 0x8e) {
        *cp = 0xff61u + p[1] - 0xa1u;
        return 2;
    }
    if (p[0] == 0x8f) {                        /* JIS X 0212: no word uses it */
        *cp = UNKNOWN;
        return n < 3 ? 0 : 3;
    }
    *cp = jis_char(p[0] - 0xa0u, p[1] - 0xa0u);
    return 2;
}

static int utf16_char(const uint8_t *p, size_t n, uint32_t *cp, bool big)
{
    if (n < 2)
        return 0;
    *cp = big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
    return 2;
}

static int one_char(enum pf_charset charset, const uint8_t *p, size_t n, uint32_t *cp)
{
    switch (charset) {
    case PF_CHARSET_SJIS:    return sjis_char(p, n, cp);
    case PF_CHARSET_EUCJP:   return eucjp_char(p, n, cp);
    case PF_CHARSET_UTF16LE: return utf16_char(p, n, cp, false);
    case PF_CHARSET_UTF16BE: return utf16_char(p, n, cp, true);
    case PF_CHARSET_UTF8:
    default:                 return utf8_char(p, n, cp);
    }
}

size_t pf_charset_decode(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to,
                         uint32_t *cp, size_t cap, size_t *bad)
{
    bool wide = charset == PF_CHARSET_UTF16LE || charset == PF_CHARSET_UTF16BE;
    size_t n = 0;

    *bad = 0;
    while (from < to && n < cap) {
        int size;

        if (!wide && buf[from] < 0x80) {
            cp[n++] = buf[from++];
            continue;
        }
        size = one_char(charset, buf + from, to - from, &cp[n]);
        if (size == 0)
            break;
        if (size < 0) {
            cp[n] = UNKNOWN;
            ++*bad;
            size = 1;
        }
        n++;
        from += (size_t)size;
    }
    return n;
}

/* Where the text does not begin, the first byte may be the second of a character.
 * A byte that cannot be a second one settles it; else the reading with fewer
 * bytes that do not belong is taken. */
static size_t sync_double(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to)
{
    uint8_t floor = charset == PF_CHARSET_SJIS ? 0x40 : 0x80;
    uint32_t cp[SYNC_LOOK];
    size_t bad[2];

    for (size_t at = from; at < to && at < from + SYNC_LOOK; at++)
        if (buf[at] < floor)
            return at;
    pf_charset_decode(charset, buf, from, to, cp, SYNC_LOOK, &bad[0]);
    pf_charset_decode(charset, buf, from + 1, to, cp, SYNC_LOOK, &bad[1]);
    return bad[1] < bad[0] ? from + 1 : from;
}

size_t pf_charset_sync(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to)
{
    size_t at = from;

    if (charset == PF_CHARSET_UTF16LE || charset == PF_CHARSET_UTF16BE)
        return from + (to - from) % 2;         /* the number is aligned, so is what stands before it */
    if (from == 0 || from >= to)
        return from;
    if (charset != PF_CHARSET_UTF8)
        return sync_double(charset, buf, from, to);
    while (at < to && at < from + 3 && (buf[at] & 0xc0) == 0x80)
        at++;
    return at;
}
