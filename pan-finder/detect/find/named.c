/* named.c - see named.h. */
#include "pan-finder/detect/find/named.h"

#include "pan-finder/detect/find/bcd.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/testpan.h"

#include <string.h>

#define GAP_MAX 16u            /* bytes between the name and the value */
#define NOTE_MAX 36u           /* bytes of a note in brackets behind the name */
#define PHP_MAX 40u            /* bytes from a name to its value in dumps of PHP */
#define NEAR 200u              /* bytes that a card number is looked for in, before and after */

enum sign { OTHER, BLANK, BINDS, PARTICLE, OPENS, CLOSES };

/* Full-width signs in UTF-8, Shift_JIS and EUC-JP, JIS X 0208 row 1; and what is written
 * for a sign in the query of a URL. */
static const struct { uint8_t n; enum sign sign; char bytes[10]; } wide[] = {
    { 3, BINDS, "\xef\xbc\x9a" }, { 2, BINDS, "\x81\x46" }, { 2, BINDS, "\xa1\xa7" },       /* : */
    { 3, BINDS, "\xef\xbc\x9d" }, { 2, BINDS, "\x81\x81" }, { 2, BINDS, "\xa1\xe1" },       /* = */
    { 3, BLANK, "\xe3\x80\x80" }, { 2, BLANK, "\x81\x40" }, { 2, BLANK, "\xa1\xa1" },
    { 3, PARTICLE, "\xe3\x81\xaf" }, { 2, PARTICLE, "\x82\xcd" }, { 2, PARTICLE, "\xa4\xcf" },
    { 3, OPENS, "\xef\xbc\x88" }, { 2, OPENS, "\x81\x69" }, { 2, OPENS, "\xa1\xca" }, { 1, OPENS, "(" },
    { 3, BLANK, "\xe3\x80\x8d" }, { 3, BLANK, "\xe3\x80\x91" }, { 2, BLANK, "\x81\x76" }, { 2, BLANK, "\x81\x7a" },
    { 3, BLANK, "\xe3\x80\x8c" }, { 3, BLANK, "\xe3\x80\x90" }, { 2, BLANK, "\x81\x75" }, { 2, BLANK, "\x81\x79" },
    { 3, PARTICLE, "\xe3\x81\x8c" }, { 2, PARTICLE, "\x82\xaa" }, { 2, PARTICLE, "\xa4\xac" },       /* ga, wo */
    { 3, PARTICLE, "\xe3\x82\x92" }, { 2, PARTICLE, "\x82\xf0" }, { 2, PARTICLE, "\xa4\xf2" },
    { 6, PARTICLE, "\xe7\x95\xaa\xe5\x8f\xb7" }, { 4, PARTICLE, "\x94\xd4\x8d\x86" }, { 4, PARTICLE, "\xc8\xd6\xb9\xe6" },   /* "number" */
    { 3, PARTICLE, "\xe5\x80\xa4" }, { 2, PARTICLE, "\x92\x6c" }, { 2, PARTICLE, "\xc3\xcd" },          /* "value" */
    { 9, PARTICLE, "\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89" }, { 6, PARTICLE, "\x83\x52\x81\x5b\x83\x68" },     /* "code" */
    { 3, BLANK, "%5D" }, { 3, BLANK, "%5d" }, { 3, BLANK, "%22" }, { 3, BLANK, "%27" }, { 3, BLANK, "%20" },
    { 3, BINDS, "%3D" }, { 3, BINDS, "%3d" }, { 3, BINDS, "%3A" }, { 3, BINDS, "%3a" },
};

/* What ends a value in Japanese text: full stop, comma, bracket, blank, the verb. */
static const struct { uint8_t n; char bytes[4]; } ending[] = {
    { 3, "\xe3\x80\x82" }, { 2, "\x81\x42" }, { 2, "\xa1\xa3" }, { 3, "\xe3\x80\x81" }, { 2, "\x81\x41" }, { 2, "\xa1\xa2" },
    { 3, "\xef\xbc\x89" }, { 2, "\x81\x6a" }, { 2, "\xa1\xcb" }, { 3, "\xe3\x80\x8d" }, { 2, "\x81\x76" }, { 2, "\xa1\xd7" },
    { 3, "\xe3\x81\xa8" }, { 2, "\x82\xc6" }, { 2, "\xa4\xc8" },
    { 3, "\xe3\x80\x80" }, { 2, "\x81\x40" }, { 2, "\xa1\xa1" }, { 3, "\xe3\x81\xa7" }, { 2, "\x82\xc5" }, { 2, "\xa4\xc7" },
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
    if (first > 0 && buf[first - 1] == '%' && first + 2 <= at)      /* "card%5Bcvc": an escape is no part of the name */
        first += 2;
    while (to < len && to - at < PF_NAME_MAX && (wordy(buf[to]) || joins(buf[to]) ||
           (buf[to] == ' ' && to + 1 < len && is_letter(buf[to + 1]))))
        to++;
    fold(buf, first, to, name);
    *from = first;
    *end = to;
}

bool pf_name_shorten(const uint8_t *buf, size_t at, size_t from, char name[PF_NAME_MAX + 1], size_t *end)
{
    const uint8_t *blank = memrchr(buf + at, ' ', *end - at);

    if (blank == NULL)
        return false;
    *end = (size_t)(blank - buf);
    fold(buf, from, *end, name);
    return true;
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

size_t pf_digit_at(const uint8_t *buf, size_t len, size_t at, uint8_t *digit)
{
    static const struct { uint8_t n, first; char lead[3]; } full[] = { { 3, 0x90, "\xef\xbc" }, { 2, 0x4f, "\x82" }, { 2, 0xb0, "\xa3" } };

    if (at >= len)
        return 0;
    if (is_digit(buf[at])) {
        *digit = buf[at];
        return 1;
    }
    for (size_t i = 0; i < sizeof full / sizeof full[0]; i++)
        if (len - at >= full[i].n && memcmp(buf + at, full[i].lead, full[i].n - 1u) == 0 && (uint8_t)(buf[at + full[i].n - 1] - full[i].first) < 10) {
            *digit = (uint8_t)(buf[at + full[i].n - 1] - full[i].first + '0');
            return full[i].n;
        }
    return 0;
}

/* A full stop ends a sentence, or is part of a number. */
static bool sentence_ends(const uint8_t *buf, size_t len, size_t at)
{
    return buf[at] == '.' && (at + 1 >= len || memchr(" \t\r\n\"'", buf[at + 1], 6) != NULL);
}

bool pf_value_ends(const uint8_t *buf, size_t len, size_t at)
{
    size_t word;

    if (at >= len || memchr("\"'\\,;&<}])|\t\r\n", buf[at], 14) != NULL || sentence_ends(buf, len, at))
        return true;
    for (size_t i = 0; i < sizeof ending / sizeof ending[0] && buf[at] >= 0x80; i++)
        if (len - at >= ending[i].n && memcmp(buf + at, ending[i].bytes, ending[i].n) == 0)
            return true;
    if (buf[at] != ' ')
        return false;
    for (word = ++at; at < len && (wordy(buf[at]) || joins(buf[at])); at++)
        ;
    if (at > word)                            /* a sentence goes on, or the next name */
        return at < len && (buf[at] == '=' || buf[at] == ':');
    return at >= len || (buf[at] < 0x80 && memchr("+-*/%<>=!?&|^.", buf[at], 14) == NULL);
}

static enum sign sign_at(const uint8_t *buf, size_t len, size_t at, size_t *size)
{
    *size = 1;
    if (memchr(":=>", buf[at], 3) != NULL)
        return BINDS;
    if (memchr(" \t\"'\\]", buf[at], 6) != NULL)
        return BLANK;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (buf[at] == (uint8_t)wide[i].bytes[0] && len - at >= wide[i].n && memcmp(buf + at, wide[i].bytes, wide[i].n) == 0) {
            *size = wide[i].n;
            return wide[i].sign;
        }
    return OTHER;
}

/* Behind "(3 digits)", which begins at buf[at]; 0: no end in reach. */
static size_t note_end(const uint8_t *buf, size_t len, size_t at)
{
    static const struct { uint8_t n; char bytes[4]; } close[] = { { 1, ")" }, { 3, "\xef\xbc\x89" }, { 2, "\x81\x6a" }, { 2, "\xa1\xcb" } };

    for (size_t i = at + 1; i < len && i - at < NOTE_MAX && buf[i] != '\n'; i++)
        for (size_t k = 0; k < sizeof close / sizeof close[0]; k++)
            if (len - i >= close[k].n && memcmp(buf + i, close[k].bytes, close[k].n) == 0)
                return i + close[k].n;
    return 0;
}

/* As PHP writes it out: "cvv"]=> string(3) "123", s:3:"cvv";s:3:"123"; behind the quote of the
 * value; 0: it is none. */
static size_t php_value(const uint8_t *buf, size_t len, size_t at)
{
    size_t i = at + 1, until = len - at < PHP_MAX ? len : at + PHP_MAX;
    bool dumped = len - at > 4 && memcmp(buf + i, "]=>", 3) == 0;

    if (len - at < 6 || buf[at] != '"')
        return 0;
    if (!dumped && memcmp(buf + i, ";s:", 3) != 0 && memcmp(buf + i, ";i:", 3) != 0)
        return 0;
    if (!dumped && buf[i + 1] == 'i')
        return i + 3;
    for (i += 3; i < until && buf[i] != '"'; i++)
        if (!wordy(buf[i]) && memchr(" \t\r\n():", buf[i], 7) == NULL)
            return 0;
    return i < until ? i + 1 : 0;
}

/* name="cvv" value="123", "name":"cvv","value":"123"; and the empty line of a form's
 * part: name="cvv" CR LF CR LF. Behind the second name; 0: none. */
static size_t second_name(const uint8_t *buf, size_t len, size_t at)
{
    size_t i = at;

    if (i >= len || (buf[i] != '"' && buf[i] != '\''))
        return 0;
    if (len - i >= 5 && memcmp(buf + i + 1, "\r\n\r\n", 4) == 0)
        return i + 5;
    for (i++; i < len && i - at < GAP_MAX && memchr(" ,\"'\r\n\t", buf[i], 7) != NULL; i++)
        ;
    return len - i > 5 && strncasecmp((const char *)buf + i, "value", 5) == 0 ? i + 5 : 0;
}

size_t pf_named_value(const uint8_t *buf, size_t len, size_t at, bool loose)
{
    bool bound = false, blank = false;
    size_t php = php_value(buf, len, at), second = second_name(buf, len, at);

    if (php != 0)
        return php < len ? php : SIZE_MAX;
    if (second != 0 && buf[second - 1] == '\n')
        return second < len ? second : SIZE_MAX;
    at = second != 0 ? second : at;
    for (size_t i = at, size; i < len && i - at < GAP_MAX + NOTE_MAX; i += size) {
        enum sign sign = sign_at(buf, len, i, &size);

        if (sign == OPENS && !bound) {
            size_t end = note_end(buf, len, i);

            if (end == 0)
                return SIZE_MAX;
            size = end - i;
            continue;
        }
        if (sign == OTHER || sign == OPENS) {
            if (loose && !bound && blank && len - i > 3 && (memcmp(buf + i, "is ", 3) == 0 || memcmp(buf + i, "was ", 4) == 0)) {
                size = buf[i] == 'i' ? 3 : 4;
                continue;
            }
            return bound || (loose && blank) ? i : SIZE_MAX;
        }
        bound |= sign == BINDS;
        blank |= sign == BLANK || sign == PARTICLE;
    }
    return SIZE_MAX;
}

enum pf_near pf_card_near(const uint8_t *buf, size_t len, size_t start, size_t end)
{
    size_t at = start > NEAR ? start - NEAR : 0, until = len - end > NEAR ? end + NEAR : len;
    enum pf_near near = PF_NEAR_NOTHING;

    while (at < until && near != PF_NEAR_CARD) {
        uint8_t digit[PF_PAN_MAX + 1];
        struct pf_pan pan;
        size_t n = 0, i = at;

        for (; i < until && n <= PF_PAN_MAX; i++) {
            if (is_digit(buf[i]))
                digit[n++] = (uint8_t)(buf[i] - '0');
            else if (n == 0 || (buf[i] != ' ' && buf[i] != '-') || i + 1 == until || !is_digit(buf[i + 1]))
                break;
        }
        if (pf_digits_pan(digit, n, &pan) != NULL)
            near = pf_testpan_is(pf_pan_number(&pan)) ? PF_NEAR_TEST : PF_NEAR_CARD;
        pf_pan_wipe(&pan);
        explicit_bzero(digit, sizeof digit);
        at = i > at ? i : at + 1;
    }
    return near;
}
