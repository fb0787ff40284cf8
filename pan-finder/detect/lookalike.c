/* lookalike.c - signs that a number is something else. */
#include "pan-finder/detect/lookalike.h"

#include "pan-finder/detect/dump_line.h"

#include <string.h>

#define UUID_BYTES 36      /* RFC 9562: 8-4-4-4-12 hex digits */
#define SHIFT_REACH 1024   /* bytes before a number in which a shift to kanji is looked for */
#define GROUPS_MAX 8       /* groups looked at on either side of a row */

/* Eight digits, by halves: three multiplications that do not wait for the next digit. */
static uint64_t eight(const uint8_t *digit)
{
    uint32_t pair[4];

    for (size_t i = 0; i < 4; i++)
        pair[i] = digit[2 * i] * 10u + digit[2 * i + 1];
    return (uint64_t)(pair[0] * 100 + pair[1]) * 10000 + (pair[2] * 100 + pair[3]);
}

uint64_t pf_pan_number(const struct pf_pan *pan)
{
    uint64_t v = 0;
    size_t i = 0;

    for (; i < pan->n % 8u; i++)
        v = v * 10 + pan->digit[i];
    for (; i < pan->n; i += 8)
        v = v * 100000000 + eight(pan->digit + i);
    return v;
}

uint64_t pf_candidate_number(const struct pf_candidate *c)
{
    return pf_pan_number(&c->pan);
}

/* All digits equal, or each one more (or one less) than the one before, modulo
 * ten, but for the last, which may have been made to pass Luhn. */
static bool repeats(const struct pf_pan *pan)
{
    int step = (pan->digit[1] - pan->digit[0] + 10) % 10;

    if (step != 0 && step != 1 && step != 9)
        return false;
    for (size_t i = 2; i + 1 < pan->n; i++)
        if ((pan->digit[i - 1] + step) % 10 != pan->digit[i])
            return false;
    return step != 0 || pan->digit[pan->n - 1] == pan->digit[0];
}

static bool near_power(uint64_t v)
{
    return (v & (v - 1)) == 0 || ((v + 1) & v) == 0 || ((v - 1) & (v - 2)) == 0;
}

static bool one_block(const struct pf_pan *pan)
{
    if (pan->n != 16)
        return false;
    for (size_t i = 4; i < 16; i++)
        if (pan->digit[i] != pan->digit[i - 4])
            return false;
    return true;
}

/* GS1 General Specifications: weights 1 and 3 from the left, sum a multiple of ten. */
static bool ean13(const struct pf_pan *pan)
{
    unsigned sum = 0;

    if (pan->n != 13)
        return false;
    for (size_t i = 0; i < 13; i++)
        sum += pan->digit[i] * (i & 1 ? 3u : 1u);
    return sum % 10 == 0;
}

static unsigned part(const struct pf_pan *pan, size_t at, size_t n)
{
    unsigned v = 0;

    for (size_t i = at; i < at + n; i++)
        v = v * 10 + pan->digit[i];
    return v;
}

static bool date_time(const struct pf_pan *pan, uint64_t v)
{
    if (pan->n == 14) {
        unsigned day = part(pan, 0, 2), month = part(pan, 2, 2), year = part(pan, 4, 4);

        return day >= 1 && day <= 31 && month >= 1 && month <= 12 && year >= 1970 && year <= 2069 &&
               part(pan, 8, 2) < 24 && part(pan, 10, 2) < 60 && part(pan, 12, 2) < 60;
    }
    /* .NET ticks of 2001 to 2060: 100 ns since year 1 */
    return pan->n == 18 && v / 1000000000000000u >= 631 && v / 1000000000000000u <= 650;
}

static bool hex_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 6;
}

/* The stretch of hex digits and hyphens around the number is a UUID. */
static bool in_uuid(const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    size_t from = c->start, to = c->end;

    while (from > 0 && c->start - from < UUID_BYTES && (hex_digit(buf[from - 1]) || buf[from - 1] == '-'))
        from--;
    while (to < len && to - c->end < UUID_BYTES && (hex_digit(buf[to]) || buf[to] == '-'))
        to++;
    for (; to - from >= UUID_BYTES; from++) {
        const uint8_t *u = buf + from;
        bool fits = true;

        for (size_t i = 0; i < UUID_BYTES && fits; i++) {
            bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

            fits = hyphen ? u[i] == '-' : hex_digit(u[i]);
        }
        if (fits)
            return true;
    }
    return false;
}

/* Groups of four digits that go on beyond the number, by one-byte separators of
 * its own kind; `step` is 1 or -1. */
static size_t more_groups(const uint8_t *buf, size_t len, size_t at, int step, uint8_t separator)
{
    size_t groups = 0;

    while (groups < GROUPS_MAX) {
        uint8_t c[6];

        for (int i = 0; i < 6; i++) {
            size_t pos = step > 0 ? at + (size_t)i : at - 1 - (size_t)i;

            c[i] = pos < len ? buf[pos] : 0;      /* before 0 wraps round and is out as well */
        }
        if (c[0] != separator || (uint8_t)(c[5] - '0') < 10)
            break;
        for (int i = 1; i < 5; i++)
            if ((uint8_t)(c[i] - '0') >= 10)
                return groups;
        groups++;
        at = step > 0 ? at + 5 : at - 5;
    }
    return groups;
}

/* One group of four stands behind the number and is its expiry date, MMYY or YYMM, or an
 * amount with its currency: how numbers are written down by hand. */
static bool dated_or_paid(const uint8_t *buf, size_t len, size_t end)
{
    static const char *const currency[] = { "\xe5\x86\x86", "\x89\x7e", "\xb1\xdf", "yen", " yen", "JPY", " JPY", "USD", " USD", "EUR", " EUR" };
    const uint8_t *group = buf + end + 1;
    unsigned first = (unsigned)(group[0] - '0') * 10 + (unsigned)(group[1] - '0');
    unsigned second = (unsigned)(group[2] - '0') * 10 + (unsigned)(group[3] - '0');

    if ((first >= 1 && first <= 12 && second >= 20 && second < 40) || (second >= 1 && second <= 12 && first >= 20 && first < 40))
        return true;
    for (size_t i = 0; i < sizeof currency / sizeof currency[0]; i++) {
        size_t n = strlen(currency[i]);

        if (len - end > 5 + n && memcmp(buf + end + 5, currency[i], n) == 0)
            return true;
    }
    return false;
}

/* A row of groups of four is a table, unless whole numbers of four groups stand
 * on either side: that is a list of card numbers. */
static bool in_table(const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    size_t before, behind;

    if (c->grouping != PF_GROUP_USUAL || c->dress != PF_DRESS_ASCII || c->pan.n != 16 ||
        (c->separator != ' ' && c->separator != '\t' && c->separator != '-'))
        return false;
    before = more_groups(buf, len, c->start, -1, c->separator);
    behind = more_groups(buf, len, c->end, 1, c->separator);
    if (before == 0 && behind == 1 && dated_or_paid(buf, len, c->end))
        return false;
    return before % 4 != 0 || behind % 4 != 0;
}

/* "0.4111...", "4111....5"; a comma is a column border, not a decimal point. */
static bool fraction(const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    if (c->dress != PF_DRESS_ASCII || c->separator == '.')
        return false;
    if (c->before == PF_SIDE_POINT && c->start >= 1 && buf[c->start - 1] == '.')
        return true;
    return c->after == PF_SIDE_POINT && c->end < len && buf[c->end] == '.';
}

/* The last ESC before the number shifts to JIS X 0208 (RFC 1468): two bytes a kanji,
 * none of them a blank or a line end, which is where kanji end at the latest. */
static bool in_kanji(const struct pf_candidate *c, const uint8_t *buf)
{
    size_t from = c->start > SHIFT_REACH ? c->start - SHIFT_REACH : 0, at = c->start;
    const uint8_t *esc;

    if (c->dress != PF_DRESS_ASCII)
        return false;
    while (at > from && buf[at - 1] > ' ')
        at--;
    if (at == from)
        return false;
    esc = buf + at - 1;
    return *esc == 0x1b && c->start - at >= 2 && esc[1] == '$' && (esc[2] == '@' || esc[2] == 'B');
}

/* A sign stands alone; in "a+4111" and "++4111++", a form's blanks, and behind binary data it is none. */
static bool sign_before(const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    uint8_t before;

    if (c->dress != PF_DRESS_ASCII || c->start < 1 || buf[c->start - 1] != '+' || (c->end < len && buf[c->end] == '+'))
        return false;
    before = c->start > 1 ? buf[c->start - 2] : ' ';
    return !hex_digit(before) && before != '+' && (uint8_t)((before | 0x20) - 'a') >= 26 &&
           (before >= ' ' || before == '\t' || before == '\n' || before == '\r');
}

static unsigned sides(const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    unsigned flags = 0;

    if (c->before == PF_SIDE_HEX || c->after == PF_SIDE_HEX)
        flags |= PF_LOOK_HEX;
    if (c->before == PF_SIDE_LETTER || c->after == PF_SIDE_LETTER)
        flags |= PF_LOOK_LETTER;
    if (fraction(c, buf, len))
        flags |= PF_LOOK_FRACTION;
    if (sign_before(c, buf, len))
        flags |= PF_LOOK_SIGNED;
    if (pf_in_dump_line(c, buf, len))
        flags |= PF_LOOK_DUMP;
    if (in_table(c, buf, len))
        flags |= PF_LOOK_TABLE;
    if (c->dress == PF_DRESS_ASCII && (c->separator == '-' || (c->start >= 1 && buf[c->start - 1] == '-') ||
                                       (c->end < len && buf[c->end] == '-')) && in_uuid(c, buf, len))
        flags |= PF_LOOK_UUID;
    return flags;
}

unsigned pf_lookalike(const struct pf_candidate *c, uint64_t v, const uint8_t *buf, size_t len)
{
    unsigned flags = sides(c, buf, len) | (in_kanji(c, buf) ? PF_LOOK_KANJI : 0u);

    if (repeats(&c->pan))
        flags |= PF_LOOK_REPEAT;
    if (near_power(v))
        flags |= PF_LOOK_POWER;
    if (one_block(&c->pan))
        flags |= PF_LOOK_BLOCK;
    if (ean13(&c->pan))
        flags |= PF_LOOK_EAN13;
    if (date_time(&c->pan, v))
        flags |= PF_LOOK_DATE;
    return flags;
}
