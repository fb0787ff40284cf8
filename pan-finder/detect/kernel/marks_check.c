/* marks_check.c - the longer conditions. */
#include "pan-finder/detect/kernel/marks_check.h"

/* The first n bytes are `word`, in any case; word is in lower case. */
static bool spells(const uint8_t *c, const char *word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((c[i] | 0x20) != (uint8_t)word[i] || c[i] < 'A')
            return false;
    return true;
}

bool pf_mark_names(const uint8_t *c)
{
    static const struct { uint8_t n; char bytes[6]; } japanese[] = {
        { 6, "\xe3\x82\xbb\xe3\x82\xad" },     /* U+30BB U+30AD, UTF-8: "secu" */
        { 6, "\xe6\x9a\x97\xe8\xa8\xbc" },     /* U+6697 U+8A3C: "secret" */
        { 6, "\xe7\xa2\xba\xe8\xaa\x8d" },     /* U+78BA U+8A8D: "confirmation" */
        { 6, "\xe8\xaa\x8d\xe8\xa8\xbc" },     /* U+8A8D U+8A3C: "authentication" */
        { 6, "\xe8\xa3\x8f\xe9\x9d\xa2" },     /* U+88CF U+9762: "back" */
        { 4, "\x83\x5a\x83\x4c" }, { 4, "\x88\xc3\x8f\xd8" },   /* the same in Shift_JIS */
        { 4, "\x8a\x6d\x94\x46" }, { 4, "\x94\x46\x8f\xd8" }, { 4, "\x97\xa0\x96\xca" },
        { 4, "\xa5\xbb\xa5\xad" }, { 4, "\xb0\xc5\xbe\xda" },   /* and in EUC-JP */
        { 4, "\xb3\xce\xc7\xa7" }, { 4, "\xc7\xa7\xbe\xda" }, { 4, "\xce\xa2\xcc\xcc" },
    };

    switch (c[0] | 0x20) {
    case 'c': return (spells(c, "cv", 2) && memchr("vcdnxVCDNX2", c[2], 11) != NULL) ||
                     spells(c, "ccv", 3) || spells(c, "cav", 3) || spells(c, "csc", 3) || spells(c, "cid", 3) || spells(c, "code", 4);
    case 'd': case 'f': return c[1] == '5' && c[2] == '2' && c[0] >= 'A';
    case 'e': return (c[1] == '5' && c[2] == '2' && c[0] >= 'A') || spells(c, "ecurity", 7);
    case 'n': return spells(c, "nf", 2) && (c[2] == '_' || c[2] == '-' || c[2] == 'N');
    case 'p': return spells(c, "pin", 3);
    case 'r': return spells(c, "rack", 4);
    default:  break;
    }
    for (size_t i = 0; i < sizeof japanese / sizeof japanese[0]; i++)
        if (c[0] == (uint8_t)japanese[i].bytes[0] && memcmp(c, japanese[i].bytes, japanese[i].n) == 0)
            return true;
    return false;
}

bool pf_mark_tlv(const uint8_t *c)
{
    bool decimal = c[2] >= 0x10 && pf_mark_decimal(c[2]);

    switch (c[0]) {
    case 0x5a: return c[1] >= 0x06 && c[1] <= 0x0a && decimal;
    case 0x57: return c[1] >= 0x08 && c[1] <= 0x13 && decimal;
    case 0x9f: return (c[1] == 0x6b && c[2] >= 0x08 && c[2] <= 0x13) ||
                      (c[1] == 0x1f && c[2] >= 0x01 && c[2] <= 0x4c);
    default:   return false;
    }
}

/* Eight decimal bytes, one of them no low one, and a byte that is no text. */
bool pf_mark_bcd(const uint8_t *c)
{
    bool other = false, no_text = false;
    unsigned zero = 0;

    for (int i = 0; i < 8; i++) {
        if (!pf_mark_decimal(c[i]))
            return false;
        other |= c[i] < 0x20 || c[i] > 0x39;
        zero |= (c[i] == 0 ? 1u : 0u) << i;
    }
    if (zero == 0xff || zero == 0x55 || zero == 0xaa)
        return false;
    for (int i = 0; i < 16 && other; i++)
        no_text |= !pf_mark_text(c[i]);
    return no_text;
}

/* Whether c[0] is one of the n bytes at `set`. */
static bool is_in(const char *set, size_t n, uint8_t c)
{
    return memchr(set, c, n) != NULL;
}

bool pf_mark_escape(const uint8_t *c)
{
    switch (c[0]) {
    case '%':  return is_in("238AaEe", 7, c[1]);
    case '=':  return is_in("38AE\r\n", 6, c[1]);
    case '&':  return is_in("#nhm", 4, c[1]);
    case '\\': return is_in("uxX'067", 7, c[1]);
    default:   return pf_mark_digit(c[0]) && is_in("\\%=&^", 5, c[1]);
    }
}

bool pf_mark_escapes_count(const uint8_t *word)
{
    unsigned controls = 0, signs = 0;

    for (int i = -PF_MARK_WORD; i < 2 * PF_MARK_WORD; i++) {
        uint8_t c = word[i];

        controls += (c >= 1 && c <= 8) || (c >= 14 && c <= 31 && c != 27);
        signs += is_in("\\%=&", 4, c);
        signs += pf_mark_digit(c) && (i + 1) % PF_MARK_WORD != 0 && pf_mark_digit(word[i + 1]);
    }
    return controls <= PF_MARK_CONTROLS || signs >= PF_MARK_SIGNS;
}

bool pf_mark_stars(const uint8_t *c)
{
    static const struct { uint8_t n; char bytes[10]; } sign[] = {
        { 9, "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2" }, { 9, "\xe2\x97\x8f\xe2\x97\x8f\xe2\x97\x8f" },
        { 9, "\xef\xbc\x8a\xef\xbc\x8a\xef\xbc\x8a" }, { 6, "\xc3\x97\xc3\x97\xc3\x97" },
        { 9, "\xef\xbc\xb8\xef\xbc\xb8\xef\xbc\xb8" }, { 9, "\xef\xbd\x98\xef\xbd\x98\xef\xbd\x98" },
        { 9, "\xe2\x88\x97\xe2\x88\x97\xe2\x88\x97" }, { 9, "\xe2\x97\x8b\xe2\x97\x8b\xe2\x97\x8b" },
        { 9, "\xe2\x97\xaf\xe2\x97\xaf\xe2\x97\xaf" }, { 9, "\xe2\x96\xa0\xe2\x96\xa0\xe2\x96\xa0" },
        { 6, "\x81\x7e\x81\x7e\x81\x7e" }, { 6, "\x82\x77\x82\x77\x82\x77" }, { 6, "\x81\x9b\x81\x9b\x81\x9b" },
        { 6, "\x81\xfc\x81\xfc\x81\xfc" }, { 6, "\x81\xa1\x81\xa1\x81\xa1" },
        { 6, "\xa1\xdf\xa1\xdf\xa1\xdf" }, { 6, "\xa3\xd8\xa3\xd8\xa3\xd8" }, { 6, "\xa1\xfb\xa1\xfb\xa1\xfb" },
        { 6, "\x81\x96\x81\x96\x81\x96" }, { 6, "\x81\x9c\x81\x9c\x81\x9c" },
        { 6, "\xa1\xf6\xa1\xf6\xa1\xf6" }, { 6, "\xa1\xfc\xa1\xfc\xa1\xfc" },
    };

    if (c[0] >= 0x80) {
        for (size_t i = 0; i < sizeof sign / sizeof sign[0]; i++)
            if (c[0] == (uint8_t)sign[i].bytes[0] && memcmp(c, sign[i].bytes, sign[i].n) == 0)
                return true;
        return false;
    }
    if (c[0] != c[1] || c[0] != c[2] || memchr("*Xx#.-_?", c[0], 8) == NULL)
        return false;
    for (int i = 1; i <= PF_MARK_NEAR; i++)
        if (pf_mark_digit(c[-i]) || pf_mark_digit(c[2 + i]))
            return true;
    return false;
}

static bool line_end(uint8_t c)
{
    return c == '\n' || c == '\r';
}

bool pf_mark_uu(const uint8_t *c)
{
    if (c[0] == 'b')
        return memcmp(c, "begin", 5) == 0 &&
               ((c[5] == ' ' && c[6] >= '0' && c[6] <= '7') || (c[5] == '-' && c[6] == 'b'));
    if (!line_end(c[0]) || c[1] != 'M' || !line_end(c[62]))
        return false;
    for (int i = 2; i < 62; i++)
        if (c[i] < 0x20 || c[i] > 0x60)
            return false;
    return true;
}
