/* marks_steps.c - rows, hints and digits that are no ASCII, in plain C. */
#include "pan-finder/detect/kernel/marks_steps.h"

const uint8_t pf_row_spans[8] = PF_ROW_SPANS;

static unsigned hex_digits(const uint8_t *c)
{
    return c[0] != '#' && c[2] != '#' && c[4] != '#' && c[6] != '#' ? PF_MARK_HEX : 0u;
}

static unsigned jis_digits(const uint8_t *c)
{
    return c[0] == '#' && c[2] == '#' && c[4] == '#' && c[6] == '#' ? PF_MARK_WIDE : 0u;
}

static unsigned stars(const uint8_t *c)
{
    return pf_mark_stars(c) ? PF_MARK_STARS : 0u;
}

/* Looks at the ends of rows of one kind until one is what it may be. */
static void check_ends(uint64_t ends, const uint8_t *at, unsigned span, unsigned (*is)(const uint8_t *),
                              uint16_t *marks)
{
    const uint64_t low = (1ULL << span) - 1;
    unsigned before = 0, here = 0;

    for EACH_BIT(i, ends & low)
        if ((before = is(at + i - span)) != 0)
            break;
    for EACH_BIT(i, ends & ~low)
        if ((here = is(at + i - span)) != 0)
            break;
    if (before != 0)
        marks[-1] |= (uint16_t)before;
    marks[0] |= (uint16_t)here;
}

/* Rows that have to be looked at byte by byte; `end` has their ends by kind. */
void pf_rows_check(const uint64_t end[8], const uint8_t *at, uint16_t *marks)
{
    if (end[PF_ROW_HEX2] != 0) {
        check_ends(end[PF_ROW_HEX2], at, pf_row_spans[PF_ROW_HEX2], hex_digits, marks);
        if (memchr(at, '#', PF_MARK_WORD) != NULL)
            check_ends(end[PF_ROW_HEX2], at, pf_row_spans[PF_ROW_HEX2], jis_digits, marks);
    }
    if (end[PF_ROW_STARS] != 0)
        check_ends(end[PF_ROW_STARS], at, pf_row_spans[PF_ROW_STARS], stars, marks);
}

static unsigned sure_mark(unsigned kinds_of_rows)
{
    const unsigned hex = 1u << PF_ROW_HEX20 | 1u << PF_ROW_HEX25 | 1u << PF_ROW_PAIRS | 1u << PF_ROW_WORDS;

    return (kinds_of_rows >> PF_ROW_QUADS & 1 ? PF_MARK_QUADS : 0u) | ((kinds_of_rows & hex) != 0 ? PF_MARK_HEX : 0u);
}

/* Kinds of rows, a bit each, that begin in the word or in the one before. */
void pf_rows_sure(unsigned here, unsigned before, uint16_t *marks)
{
    marks[0] |= (uint16_t)sure_mark(here);
    if (before != 0)
        marks[-1] |= (uint16_t)sure_mark(before);
}

static unsigned kind_mark(unsigned kinds_of_rows, unsigned found)
{
    unsigned marks = 0;

    marks |= (kinds_of_rows >> PF_ROW_BASE64 & 1) && (found & BASE64_ALL) == BASE64_ALL ? PF_MARK_BASE64 : 0u;
    return marks;
}

/* The same for rows that need kinds of characters: those of the word, and of both. */
void pf_rows_by_kind(unsigned here, unsigned before, unsigned found, unsigned found_both, uint16_t *marks)
{
    marks[0] |= (uint16_t)kind_mark(here, found);
    if ((before & BY_KIND) != 0)
        marks[-1] |= (uint16_t)kind_mark(before, found_both);
}

unsigned pf_hint_check(const uint8_t *c)
{
    unsigned marks = 0;

    switch (c[0]) {
    case 'W': case 'Z':
        return pf_mark_tlv(c) ? PF_MARK_TLV : 0u;
    case '\n': case '\r': case 'b':
        return pf_mark_uu(c) ? PF_MARK_UU : 0u;
    default:
        break;
    }
    if (c[0] >= 'A' && c[0] != '\\')
        return pf_mark_names(c) ? PF_MARK_NAMES : 0u;
    marks |= pf_mark_escape(c) ? PF_MARK_ESCAPE : 0u;
    marks |= pf_mark_exponent(c) ? PF_MARK_EXPONENT : 0u;
    return marks;
}

/* ---- bytes that are no text ---- */

__extension__ typedef unsigned __int128 two_words;

#define BOTH(field) ((two_words)next->field << 64 | here->field)

static bool three(two_words m, int step)
{
    return (uint64_t)(m & m >> step & m >> 2 * step) != 0;
}

static unsigned digits_apart(const struct masks *here, const struct masks *next)
{
    two_words zero = BOTH(zero), ff = BOTH(ff), digit = BOTH(digit), ten = BOTH(ten);
    bool wide = false;

    zero &= zero >> 1;
    if (zero != 0)                   /* two in a row: rare in binary data, one is not */
        wide = three(digit & zero >> 1, 4) || three(zero & digit >> 2, 4);
    if ((ff & ff >> 2) != 0)
        wide |= three(ten & ff >> 1, 2) || three(ff & ten >> 1, 2);
    return wide ? PF_MARK_WIDE : 0u;
}

/* Eight decimal bytes, one of them not low, one of sixteen no text; zeros not all, not every other. */
static unsigned bcd(const struct masks *here, const struct masks *next)
{
    two_words row = BOTH(decimal), other = row & ~BOTH(low), no = BOTH(no_text);
    two_words zero = BOTH(zero), change = zero ^ zero >> 1;

    row &= row >> 1;
    row &= row >> 2;
    row &= row >> 4;
    if ((uint64_t)row == 0)
        return 0;
    zero &= zero >> 1;
    zero &= zero >> 2;
    zero &= zero >> 4;
    change &= change >> 1;           /* seven changes in eight bytes */
    change &= change >> 2;
    change &= change >> 3;
    row &= ~zero & ~change;
    other |= other >> 1;
    other |= other >> 2;
    other |= other >> 4;
    no |= no >> 1;
    no |= no >> 2;
    no |= no >> 4;
    no |= no >> 8;
    return (uint64_t)(row & other & no) != 0 ? PF_MARK_BCD : 0u;
}

unsigned pf_zeros_mark(uint64_t zero)
{
    const uint64_t other = ~zero;                 /* bits from 64 on are neither */
    uint64_t two = zero & other >> 1, four = zero & zero >> 1 & zero >> 2 & other >> 3;

    two &= two >> 2;
    two &= two >> 4;
    two &= two >> 8;
    four &= four >> 4;
    four &= four >> 8;
    return (two | four) != 0 ? PF_MARK_UNITS : 0u;
}

/* What two words tell of digits that are no ASCII. */
unsigned pf_masks_mark(const struct masks *here, const struct masks *next)
{
    const two_words ebcdic = (here->ebcdic & here->ebcdic >> 1) != 0 || here->ebcdic >> 63 != 0 ? BOTH(ebcdic) : 0;

    return digits_apart(here, next) | bcd(here, next) | pf_zeros_mark(here->zero) |
           (three(ebcdic & ebcdic >> 1, 1) ? PF_MARK_EBCDIC : 0u);
}
