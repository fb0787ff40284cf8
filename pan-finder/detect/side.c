/* side.c - the neighbours of a number. A kanji or kana beside it is as good as
 * a blank; a letter or more digits make it a part of something else. */
#include "pan-finder/detect/side.h"

#include "pan-finder/detect/kernel/dress.h"
#include "pan-finder/detect/separator.h"

enum { WORD_MAX = 40 };     /* letters and digits looked at for a word of hex digits */

struct text { const uint8_t *buf; size_t len; enum pf_dress dress; };

static int64_t unit_size(const struct text *t)
{
    return (int64_t)pf_dress_unit(t->dress);
}

/* The unit at pos (pf_dress_char), -1 outside. Full-width forms are read as ASCII. */
static int unit_at(const struct text *t, int64_t pos)
{
    int c = pf_dress_char(t->dress, t->buf, t->len, pos);

    if (t->dress == PF_DRESS_ISO2022JP)
        return c >> 8 == 0x23 ? c & 0xff : c < 0 ? -1 : 0x3000;     /* row 3: digits and letters */
    if (unit_size(t) > 1 && c >= 0xff01 && c <= 0xff5e && t->dress >= PF_DRESS_MARKED)
        return c - 0xff01 + 0x21;
    return c;
}

/* One byte more of this kind before big-endian digits, or behind little-endian ones,
 * is a digit read in the wrong order. */
static bool is_odd_digit(const struct text *t, int64_t pos)
{
    bool wide = t->dress == PF_DRESS_FW_UTF16LE || t->dress == PF_DRESS_FW_UTF16BE;

    return pos >= 0 && pos < (int64_t)t->len && (uint8_t)(t->buf[pos] - (wide ? 0x10 : '0')) <= 9;
}

static bool is_big(enum pf_dress dress)
{
    return dress == PF_DRESS_UTF16BE || dress == PF_DRESS_UTF32BE || dress == PF_DRESS_FW_UTF16BE;
}

static bool is_little(enum pf_dress dress)
{
    return dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF32LE || dress == PF_DRESS_FW_UTF16LE;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex_letter(int c)
{
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* What the letters and digits from pos on, in direction step, make of it. */
static enum pf_side word_side(const struct text *t, int64_t pos, int64_t step)
{
    if (!is_letter(unit_at(t, pos)))
        return PF_SIDE_CLEAN;
    for (int i = 0; i < WORD_MAX; i++, pos += step) {
        int c = unit_at(t, pos);

        if (is_letter(c) && !is_hex_letter(c))
            return PF_SIDE_LETTER;
        if (!is_letter(c) && !is_digit(c))
            break;
    }
    return PF_SIDE_HEX;
}

/* A letter that is the second byte of a Shift_JIS character is none. */
static bool is_trail(const struct text *t, int64_t pos)
{
    int before = unit_at(t, pos - 1);     /* of one byte, or not looked at */

    return unit_size(t) == 1 && t->dress != PF_DRESS_EBCDIC && ((before >= 0x81 && before <= 0x9f) || (before >= 0xe0 && before <= 0xfc));
}

/* The last letter of a shift of ISO-2022-JP to Roman (RFC 1468): no letter either. */
static bool is_shift(const struct text *t, int64_t pos)
{
    return t->dress == PF_DRESS_ASCII && pos >= 2 && t->buf[pos - 2] == 0x1b && t->buf[pos - 1] == '(';
}

/* The group beside it, joined by a separator: digits, a fraction, or a part of a
 * hexadecimal id such as 550e8400-e29b-41d4-… */
static enum pf_side group_side(const struct text *t, unsigned separator, int64_t beyond, int64_t step)
{
    char kind = pf_separator_kind(separator);

    if (kind == '.')
        return PF_SIDE_POINT;
    if (kind == '-' && word_side(t, beyond, step) == PF_SIDE_HEX)
        return PF_SIDE_HEX;
    return PF_SIDE_DIGITS;
}

/* Hex digits of an escape with the sign buf[at], `behind` of which stand before the number; 0: it is
 * none. Hex values stand behind '=', too: there it is punctuation in upper case. */
static int escape_digits(const uint8_t *buf, size_t at, size_t behind)
{
    bool bare = at > 0 && buf[at - 1] == '\\';

    switch (buf[at]) {
    case '%': return 2;
    case '=': return behind == 0 || ((buf[at + 1] == '2' || buf[at + 1] == '3') && (behind == 1 || buf[at + 2] < 'a')) ? 2 : 0;
    case 'x': return bare ? 2 : 0;
    case 'u': return bare || (at > 0 && buf[at - 1] == '%') ? 4 : 0;
    default:  return 0;
    }
}

int pf_side_escape(const uint8_t *buf, size_t at)
{
    for (size_t k = 0; k < at && k <= PF_ESCAPE_DIGITS; k++) {
        int digits = escape_digits(buf, at - 1 - k, k);

        if (digits > 0)
            return digits >= (int)k ? digits - (int)k : -1;
        if (!is_digit(buf[at - 1 - k]) && !is_hex_letter(buf[at - 1 - k]))
            return -1;
    }
    return -1;
}

/* The letter before the number ends an escape: in "%3A4111..." it is a colon, in "\n4111..." a line end. */
static bool is_escape(const struct text *t, int64_t start)
{
    if (t->dress != PF_DRESS_ASCII || start < 2)
        return false;
    if (is_hex_letter(t->buf[start - 1]))
        return pf_side_escape(t->buf, (size_t)start) == 0;
    return t->buf[start - 2] == '\\' && (t->buf[start - 1] == 'n' || t->buf[start - 1] == 'r' || t->buf[start - 1] == 't');
}

enum pf_side pf_side_before(enum pf_dress dress, const uint8_t *buf, size_t len,
                            const struct pf_group *group, size_t first)
{
    const struct text t = { buf, len, dress };
    int64_t step = unit_size(&t), start = group[first].start;

    if (first > 0 && group[first - 1].separator != 0)
        return group_side(&t, group[first - 1].separator, group[first - 1].start - step, -step);
    if (is_big(dress) && is_odd_digit(&t, start - 1))
        return PF_SIDE_DIGITS;
    if (is_trail(&t, start - step) || is_shift(&t, start - step) || is_escape(&t, start))
        return PF_SIDE_CLEAN;
    return word_side(&t, start - step, -step);
}

/* ".0" and ".00" behind a number is what a spreadsheet makes of a whole one. */
static bool is_zero_fraction(const struct text *t, const struct pf_group *group, size_t n, size_t next)
{
    if (group[next].digits > 2 || (next + 1 < n && group[next].separator != 0))
        return false;
    for (int64_t pos = group[next].start; pos < group[next].end; pos += unit_size(t))
        if (unit_at(t, pos) != '0')
            return false;
    return true;
}

/* 'F' behind an odd number of digits fills the last byte of a packed number. */
static bool is_pad(const struct text *t, int64_t end, unsigned digits)
{
    int c = unit_at(t, end), next = unit_at(t, end + unit_size(t));

    return (digits & 1) != 0 && (c == 'F' || c == 'f') && !is_letter(next) && !is_digit(next);
}

enum pf_side pf_side_after(enum pf_dress dress, const uint8_t *buf, size_t len,
                           const struct pf_group *group, size_t n, size_t last)
{
    const struct text t = { buf, len, dress };
    int64_t step = unit_size(&t), end = group[last].end;

    if (last + 1 < n && group[last].separator != 0) {
        enum pf_side side = group_side(&t, group[last].separator, group[last + 1].end, step);

        return side == PF_SIDE_POINT && is_zero_fraction(&t, group, n, last + 1) ? PF_SIDE_CLEAN : side;
    }
    if (is_little(dress) && is_odd_digit(&t, end))
        return PF_SIDE_DIGITS;
    if (is_pad(&t, end, group[last].digits))
        return PF_SIDE_CLEAN;
    return word_side(&t, end, step);
}
