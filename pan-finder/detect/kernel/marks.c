/* marks.c - the oracle of the marks: each condition of marks.h at each byte. */
#include "pan-finder/detect/kernel/kernels.h"

#include "pan-finder/detect/kernel/marks_check.h"

enum { BEFORE = PF_MARK_WORD, ALL = BEFORE + 2 * PF_MARK_WORD + 8 };

static bool in(const char *set, uint8_t c)
{
    return c != 0 && strchr(set, c) != NULL;
}

static bool upper(uint8_t c)  { return c >= 'A' && c <= 'Z'; }
static bool lower(uint8_t c)  { return c >= 'a' && c <= 'z'; }
static bool hex(uint8_t c)    { return pf_mark_digit(c) || in("abcdefABCDEF", c); }
static bool base64_other(uint8_t c) { return pf_mark_digit(c) || c == '+' || c == '/'; }
static bool base64(uint8_t c) { return upper(c) || lower(c) || base64_other(c) || c == '-' || c == '_'; }

static bool quad(const uint8_t *c)
{
    return in("ILMNO", c[0]) && in("CDSTijyz", c[1]);
}

static bool hex_digit_pair(const uint8_t *c)
{
    return in("3Ff", c[0]) && pf_mark_digit(c[1]);
}

static bool hex_pair_sep(const uint8_t *c)
{
    return in(" :-,+", c[0]) && hex(c[1]);
}

static bool hex_word_sep(const uint8_t *c)
{
    return in(" :,", c[0]) && hex(c[1]);
}

static bool utf32le(const uint8_t *c)  { return pf_mark_digit(c[0]) && c[1] == 0 && c[2] == 0; }
static bool utf32be(const uint8_t *c)  { return c[0] == 0 && c[1] == 0 && pf_mark_digit(c[2]); }
static bool wide_le(const uint8_t *c)  { return (uint8_t)(c[0] - 0x10) <= 9 && c[1] == 0xff; }
static bool wide_be(const uint8_t *c)  { return c[0] == 0xff && (uint8_t)(c[1] - 0x10) <= 9; }
static bool jis(const uint8_t *c)      { return c[0] == '#' && pf_mark_digit(c[1]); }

static bool ebcdic(const uint8_t *c)
{
    return (uint8_t)(c[0] - 0xf0) <= 9;
}

/* `is` holds at n places, `step` bytes apart. */
static bool row(bool (*is)(const uint8_t *), const uint8_t *c, int n, int step)
{
    for (int i = 0; i < n; i++)
        if (!is(c + i * step))
            return false;
    return true;
}

static bool row_of(bool (*is)(uint8_t), const uint8_t *c, int n)
{
    for (int i = 0; i < n; i++)
        if (!is(c[i]))
            return false;
    return true;
}

/* A byte that `is` in the word at `word`, or in the one where last stands. */
static bool among(bool (*is)(uint8_t), const uint8_t *word, const uint8_t *last)
{
    int n = last - word < PF_MARK_WORD ? PF_MARK_WORD : 2 * PF_MARK_WORD;

    for (int i = 0; i < n; i++)
        if (is(word[i]))
            return true;
    return false;
}

static bool full_of_a(const uint8_t *word)
{
    unsigned n = 0;

    for (int i = 0; i < PF_MARK_WORD; i++)
        n += word[i] == 'A';
    return n >= PF_MARK_ZEROS;
}

static bool is_base64(const uint8_t *c, const uint8_t *word)
{
    if (!row_of(base64, c, 22))
        return false;
    return full_of_a(word) || (c + 21 - word >= PF_MARK_WORD && full_of_a(word + PF_MARK_WORD)) ||
           (among(upper, word, c + 21) && among(lower, word, c + 21) && among(base64_other, word, c + 21));
}

static bool is_hex(const uint8_t *c)
{
    return row(hex_digit_pair, c, 4, 2) ||
           (row(hex_digit_pair, c, 2, 2) && row(hex_digit_pair, c + 5, 2, 2)) ||
           row_of(hex, c, 20) ||
           row(hex_pair_sep, c, 7, 3) || row(hex_word_sep, c, 4, 5);
}

static bool is_wide(const uint8_t *c)
{
    return row(utf32le, c, 3, 4) || row(utf32be, c, 3, 4) || row(wide_le, c, 3, 2) ||
           row(wide_be, c, 3, 2) || row(jis, c, 4, 2);
}

/* Of the whole word, and the one behind it. */
static bool is_cells(const uint8_t *word)
{
    unsigned borders = 0, fours = 0, here = 0;

    for (int i = 0; i < 2 * PF_MARK_WORD; i++) {
        borders += pf_mark_border(word[i]);
        fours += pf_mark_four(word + i) && pf_mark_border(word[i + 4]);
        here = i == PF_MARK_WORD - 1 ? fours : here;
    }
    return borders >= PF_MARK_BORDERS && fours >= PF_MARK_FOURS && here > 0;
}

static bool row_of_cells(const uint8_t *c)
{
    for (int i = 0; i < 16; i++)
        if (pf_mark_apart(c[i]) != (i % 4 != 3))
            return false;
    return true;
}

/* Of the whole word, and the one behind it. */
static bool is_list(const uint8_t *word)
{
    unsigned apart = 0, row = 0;
    bool found = false;

    for (int i = 0; i < 2 * PF_MARK_WORD; i++) {
        apart += pf_mark_apart(word[i]);
        row = pf_mark_apart(word[i]) || pf_mark_digit(word[i]) || pf_mark_listed(word[i]) ? row + 1 : 0;
        found |= row >= 16 && i < PF_MARK_WORD + 15;
        found |= i < PF_MARK_WORD && row_of_cells(word + i);
    }
    return found && apart >= PF_MARK_APART;
}

/* Of the whole word: 16 bytes in it, of which all but every `unit`th are 00. */
static bool is_units(const uint8_t *word, int unit)
{
    int row = 0;

    for (int at = 0; at < unit; at++, row = 0)
        for (int i = at; i + unit <= PF_MARK_WORD; i += unit) {
            int zeros = 0;

            while (zeros < unit - 1 && word[i + zeros] == 0)
                zeros++;
            row = zeros == unit - 1 && word[i + unit - 1] != 0 ? row + unit : 0;
            if (row == 16)
                return true;
        }
    return false;
}

static unsigned marks_at(const uint8_t *c, const uint8_t *word)
{
    unsigned marks = 0;

    marks |= row(quad, c, 3, 4) ? PF_MARK_QUADS : 0u;
    marks |= is_base64(c, word) ? PF_MARK_BASE64 : 0u;
    marks |= is_hex(c) ? PF_MARK_HEX : 0u;
    marks |= pf_mark_escape(c) ? PF_MARK_ESCAPE : 0u;
    marks |= row(ebcdic, c, 4, 1) ? PF_MARK_EBCDIC : 0u;
    marks |= is_wide(c) ? PF_MARK_WIDE : 0u;
    marks |= pf_mark_tlv(c) ? PF_MARK_TLV : 0u;
    marks |= pf_mark_bcd(c) ? PF_MARK_BCD : 0u;
    marks |= pf_mark_stars(c) ? PF_MARK_STARS : 0u;
    marks |= pf_mark_names(c) ? PF_MARK_NAMES : 0u;
    marks |= pf_mark_break(c) ? PF_MARK_BREAK : 0u;
    marks |= pf_mark_uu(c) ? PF_MARK_UU : 0u;
    marks |= pf_mark_exponent(c) ? PF_MARK_EXPONENT : 0u;
    marks |= c == word && is_cells(word) ? PF_MARK_CELLS : 0u;
    marks |= c == word && is_list(word) ? PF_MARK_NUMBERS : 0u;
    marks |= c == word && (is_units(word, 2) || is_units(word, 4)) ? PF_MARK_UNITS : 0u;
    return marks;
}

void pf_scalar_marks(const uint8_t *buf, size_t len, uint16_t *marks)
{
    for (size_t at = 0; at < len; at += PF_MARK_WORD) {
        uint8_t copy[ALL] = { 0 };
        size_t before = at < BEFORE ? at : BEFORE;
        size_t n = len - at < ALL - BEFORE ? len - at : ALL - BEFORE;
        unsigned found = 0;

        memcpy(copy + BEFORE - before, buf + at - before, before + n);
        for (size_t i = 0; i < PF_MARK_WORD; i++)
            found |= marks_at(copy + BEFORE + i, copy + BEFORE);
        if (!pf_mark_escapes_count(copy + BEFORE))
            found &= ~(unsigned)PF_MARK_ESCAPE;
        *marks++ = (uint16_t)found;
    }
}
