/* named.c - see named.h. */
#include "pan-finder/detect/find/named.h"

#include "pan-finder/detect/find/bcd.h"

#include <string.h>

#define GAP_MAX 8u             /* signs between the name and the value */
#define NEAR 200u              /* bytes that a card number is looked for in, before and after */

/* Full-width colon in UTF-8, Shift_JIS and EUC-JP. */
static const struct { uint8_t n; const char *bytes; } colon[] = {
    { 3, "\xef\xbc\x9a" }, { 2, "\x81\x46" }, { 2, "\xa1\xa7" },
};

static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(uint8_t c)  { return c >= '0' && c <= '9'; }
static bool wordy(uint8_t c)     { return is_letter(c) || is_digit(c); }
static bool joins(uint8_t c)     { return c == '_' || c == '-'; }

static void fold(const uint8_t *buf, size_t from, size_t to, char name[PF_NAME_MAX + 1])
{
    size_t n = 0;

    for (size_t i = from; i < to; i++)
        if (wordy(buf[i])) {
            if (n == PF_NAME_MAX) {
                n = 0;
                break;
            }
            name[n++] = (char)(is_letter(buf[i]) ? buf[i] | 32 : buf[i]);
        }
    name[n] = '\0';
}

void pf_name_around(const uint8_t *buf, size_t len, size_t at, char name[PF_NAME_MAX + 1], size_t *from, size_t *end)
{
    size_t first = at, to = at;

    while (first > 0 && at - first < PF_NAME_MAX && (wordy(buf[first - 1]) || joins(buf[first - 1])))
        first--;
    while (to < len && to - at < PF_NAME_MAX && (wordy(buf[to]) || joins(buf[to]) ||
           (buf[to] == ' ' && to + 1 < len && is_letter(buf[to + 1]))))
        to++;
    fold(buf, first, to, name);
    *from = first;
    *end = to;
}

void pf_name_before(const uint8_t *buf, size_t at, char name[PF_NAME_MAX + 1])
{
    size_t to = at, from;
    bool sign = false;

    while (to > 0 && at - to < GAP_MAX && memchr(" \t\"'\\:=>", buf[to - 1], 8) != NULL) {
        sign |= buf[to - 1] == ':' || buf[to - 1] == '=' || buf[to - 1] == '>';
        to--;
    }
    for (from = to; from > 0 && to - from <= PF_NAME_MAX && (wordy(buf[from - 1]) || joins(buf[from - 1])); from--)
        ;
    name[0] = '\0';
    if (sign)
        fold(buf, from, to, name);
}

bool pf_value_ends(const uint8_t *buf, size_t len, size_t at)
{
    size_t word;

    if (at >= len || memchr("\"'\\,;&<}])|\t\r\n", buf[at], 14) != NULL)
        return true;
    if (buf[at] != ' ')
        return false;
    for (word = ++at; at < len && (wordy(buf[at]) || joins(buf[at])); at++)
        ;
    if (at > word)                            /* a sentence goes on, or the next name */
        return at < len && (buf[at] == '=' || buf[at] == ':');
    return at >= len || memchr("+-*/%<>=!?&|^.", buf[at], 14) == NULL;
}

size_t pf_named_value(const uint8_t *buf, size_t len, size_t at)
{
    bool sign = false;

    for (size_t i = at; i < len && i - at < GAP_MAX; ) {
        size_t wide = 0;

        for (size_t k = 0; k < sizeof colon / sizeof colon[0]; k++)
            if (len - i >= colon[k].n && memcmp(buf + i, colon[k].bytes, colon[k].n) == 0)
                wide = colon[k].n;
        if (wide == 0 && memchr(" \t\"'\\]:=>", buf[i], 9) == NULL)
            return sign ? i : SIZE_MAX;
        sign |= wide > 0 || buf[i] == ':' || buf[i] == '=' || buf[i] == '>';
        i += wide ? wide : 1;
    }
    return SIZE_MAX;
}

bool pf_card_near(const uint8_t *buf, size_t len, size_t start, size_t end)
{
    size_t at = start > NEAR ? start - NEAR : 0, until = len - end > NEAR ? end + NEAR : len;

    while (at < until) {
        uint8_t digit[PF_PAN_MAX + 1];
        struct pf_pan pan;
        size_t n = 0, i = at;
        bool card;

        for (; i < until && n <= PF_PAN_MAX; i++) {
            if (is_digit(buf[i]))
                digit[n++] = (uint8_t)(buf[i] - '0');
            else if (n == 0 || (buf[i] != ' ' && buf[i] != '-') || i + 1 == until || !is_digit(buf[i + 1]))
                break;
        }
        card = pf_digits_pan(digit, n, &pan) != NULL;
        pf_pan_wipe(&pan);
        explicit_bzero(digit, sizeof digit);
        if (card)
            return true;
        at = i > at ? i : at + 1;
    }
    return false;
}
