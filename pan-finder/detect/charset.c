/* charset.c - UTF-8 (RFC 3629), UTF-16, UTF-32, EBCDIC, and the byte forms of JIS X 0208. */
#include "pan-finder/detect/charset.h"

#include "pan-finder/detect/kernel/dress.h"

#include <string.h>

#include "jis_table.h"

#define UNKNOWN 0xfffdu
#define SHIFT_REACH 1024   /* bytes before a place in which a shift of ISO-2022-JP is looked for */
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

static int utf32_char(const uint8_t *p, size_t n, uint32_t *cp, bool big)
{
    if (n < 4)
        return 0;
    *cp = big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
              : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
    if (*cp > 0x10ffff)
        *cp = UNKNOWN;                         /* it keeps its place */
    return 4;
}

static int ebcdic_char(const uint8_t *p, uint32_t *cp)
{
    *cp = pf_dress_ebcdic(p[0]);
    return 1;
}

static int one_char(enum pf_charset charset, const uint8_t *p, size_t n, uint32_t *cp)
{
    switch (charset) {
    case PF_CHARSET_SJIS:    return sjis_char(p, n, cp);
    case PF_CHARSET_EUCJP:   return eucjp_char(p, n, cp);
    case PF_CHARSET_UTF16LE: return utf16_char(p, n, cp, false);
    case PF_CHARSET_UTF16BE: return utf16_char(p, n, cp, true);
    case PF_CHARSET_UTF32LE: return utf32_char(p, n, cp, false);
    case PF_CHARSET_UTF32BE: return utf32_char(p, n, cp, true);
    case PF_CHARSET_EBCDIC:  return ebcdic_char(p, cp);
    case PF_CHARSET_UTF8:
    default:                 return utf8_char(p, n, cp);
    }
}

static bool ascii_based(enum pf_charset charset)
{
    return charset == PF_CHARSET_UTF8 || charset == PF_CHARSET_SJIS || charset == PF_CHARSET_EUCJP;
}

/* Whether bytes at `from` are kanji, by the last shift before. Behind a number in
 * kanji there is none to be seen: the first shift that follows tells, ESC ( ends
 * a stretch of kanji. */
static bool begins_in_kanji(const uint8_t *buf, size_t from, size_t to)
{
    const uint8_t *esc = memrchr(buf + (from > SHIFT_REACH ? from - SHIFT_REACH : 0), 0x1b,
                                 from > SHIFT_REACH ? SHIFT_REACH : from);

    if (from >= to)
        return false;
    if (esc != NULL)
        return esc[1] == '$';
    esc = memchr(buf + from, 0x1b, to - from);
    return esc != NULL && buf + to - esc >= 2 && esc[1] == '(';
}

/* ISO-2022-JP (RFC 1468): ESC $ @ and ESC $ B begin two bytes a character. */
static size_t decode_shifts(const uint8_t *buf, size_t from, size_t to, uint32_t *cp, size_t cap)
{
    bool kanji = begins_in_kanji(buf, from, to);
    size_t n = 0;

    while (from < to && n < cap) {
        if (buf[from] == 0x1b && to - from >= 3) {
            kanji = buf[from + 1] == '$';
            from += 3;
        } else if (kanji && to - from >= 2 && buf[from] > 0x20 && buf[from + 1] > 0x20) {
            cp[n++] = jis_char(buf[from] - 0x20u, buf[from + 1] - 0x20u);
            from += 2;
        } else {
            cp[n++] = buf[from++];
        }
    }
    return n;
}

size_t pf_charset_decode(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to,
                         uint32_t *cp, size_t cap, size_t *bad)
{
    bool ascii = ascii_based(charset);
    size_t n = 0;

    if (charset == PF_CHARSET_ISO2022JP) {
        *bad = 0;
        return decode_shifts(buf, from, to, cp, cap);
    }

    *bad = 0;
    while (from < to && n < cap) {
        int size;

        if (ascii && buf[from] < 0x80) {
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

/* In kanji, characters are counted from the shift before. */
static size_t sync_shifts(const uint8_t *buf, size_t from, size_t to)
{
    size_t reach = from > SHIFT_REACH ? from - SHIFT_REACH : 0;
    const uint8_t *esc = memrchr(buf + reach, 0x1b, from - reach);

    if (esc == NULL || from >= to || esc[1] != '$')
        return from;
    return from + ((size_t)(buf + from - esc) + 1) % 2;      /* three bytes of the shift */
}

size_t pf_charset_sync(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to)
{
    size_t at = from;

    if (charset == PF_CHARSET_UTF32LE || charset == PF_CHARSET_UTF32BE)
        return from + (to - from) % 4;
    if (charset == PF_CHARSET_EBCDIC)
        return from;
    if (charset == PF_CHARSET_ISO2022JP)
        return sync_shifts(buf, from, to);
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
