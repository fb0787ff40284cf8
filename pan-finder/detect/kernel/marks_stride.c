/* marks_stride.c - the marks without vectors: classes by table, a byte at a time. */
#include "pan-finder/detect/kernel/kernels.h"

#include "pan-finder/detect/kernel/marks_steps.h"

enum { EDGE = 3 };      /* words at the end that are copied */

/* Bytes from 0x80 on are in no class, but for the second and third where any will do. */
#define HIGH(bits) PF_ROWS16(bits, 0), PF_ROWS16(bits, 0), PF_ROWS16(bits, 0), PF_ROWS16(bits, 0), \
                   PF_ROWS16(bits, 0), PF_ROWS16(bits, 0), PF_ROWS16(bits, 0), PF_ROWS16(bits, 0)
#define ALL_ROWS(f, high) { PF_ROWS64(f, 0), PF_ROWS64(f, 64), HIGH(high) }
#define NONE(i) 0
#define ANY_PAIR(i) (uint8_t)(1 << PF_ROW_BASE64 | 1 << PF_ROW_HEX20)
#define ANY_HINT(i) (uint8_t)(1 << PF_HINT_ESCAPE | PF_HINT_SURE)

static const uint8_t pair_1[256] = ALL_ROWS(PF_PAIR_1, NONE), pair_2[256] = ALL_ROWS(PF_PAIR_2, ANY_PAIR);
static const uint8_t hint_1[256] = ALL_ROWS(PF_HINT_1, NONE), hint_2[256] = ALL_ROWS(PF_HINT_2, NONE);
static const uint8_t hint_3[256] = ALL_ROWS(PF_HINT_3, ANY_HINT);

/* The masks of struct masks, a bit each, in their order. */
#define OTHER_BYTES(c) (uint8_t)( \
    PF_BIT(0, (c) == 0) | PF_BIT(1, PF_C_DIGIT(c)) | PF_BIT(2, (c) == 0xff) | PF_BIT(3, PF_BETWEEN(c, 0x10, 0x19)) | \
    PF_BIT(4, PF_BETWEEN(c, 0xf0, 0xf9)) | PF_BIT(5, PF_C_DECIMAL(c)) | PF_BIT(6, PF_BETWEEN(c, 0x20, 0x39)) | \
    PF_BIT(7, (c) < 9 || PF_BETWEEN(c, 14, 31) || (c) >= 0x80))
static const uint8_t other_bytes[256] = {
    PF_ROWS64(OTHER_BYTES, 0), PF_ROWS64(OTHER_BYTES, 64), PF_ROWS64(OTHER_BYTES, 128), PF_ROWS64(OTHER_BYTES, 192) };

/* Kinds of characters (bits 0..2); a border of cells; the first byte of a tag, a name
 * in Japanese or a mask sign; a line end; what stands between the numbers of a list. */
enum { BORDER = 1 << 4, LEAD = 1 << 5, LINE = 1 << 6, APART = 1 << 7 };
#define KINDS(c) (uint8_t)( \
    PF_BIT(0, PF_BETWEEN(c, 'A', 'Z')) | PF_BIT(1, PF_BETWEEN(c, 'a', 'z')) | \
    PF_BIT(2, PF_C_DIGIT(c) || PF_IS2(c, '+', '/')) | \
    PF_BIT(4, PF_IS4(c, ',', ';', '|', '\t') || PF_IS4(c, '"', '\'', '&', '<') || (c) == '\n') | \
    PF_BIT(5, PF_IS2(c, 0x5a, 0x57) || (c) == 0x9f || PF_IS4(c, 0xe3, 0xe6, 0x83, 0x88) || \
              PF_IS4(c, 0xa5, 0xb0, 0xe2, 0xef) || PF_IS2(c, 0x81, 0xa1) || \
              PF_IS4(c, 0xe7, 0xe8, 0x8a, 0x94) || PF_IS4(c, 0x97, 0xb3, 0xc7, 0xce) || \
              PF_IS2(c, 0xc3, 0x82) || (c) == 0xa3) | \
    PF_BIT(6, (c) == '\n') | \
    PF_BIT(7, PF_IS4(c, ' ', ',', ';', '-') || PF_IS4(c, 'x', 'X', '(', ')') || PF_IS2(c, '\t', '\r') || (c) == '\n'))
static const uint8_t kinds[256] = {
    PF_ROWS64(KINDS, 0), PF_ROWS64(KINDS, 64), PF_ROWS64(KINDS, 128), PF_ROWS64(KINDS, 192) };

/* Rows of the word before, by step and kind, and its kinds of characters. */
struct rows { uint64_t grown[STEPS][8]; unsigned kinds; };

/* Bits of 64 bytes to eight words, one a bit: eight by eight at a time (Warren,
 * Hacker's Delight, 7-3). */
static void turn(const uint8_t bytes[PF_MARK_WORD], uint64_t out[8])
{
    memset(out, 0, 8 * sizeof *out);
    for (unsigned g = 0; g < 8; g++) {
        uint64_t x = 0, t;

        for (unsigned i = 0; i < 8; i++)
            x |= (uint64_t)bytes[8 * g + i] << (8 * i);
        t = (x ^ x >> 7) & 0x00aa00aa00aa00aaULL;
        x ^= t ^ t << 7;
        t = (x ^ x >> 14) & 0x0000cccc0000ccccULL;
        x ^= t ^ t << 14;
        t = (x ^ x >> 28) & 0x00000000f0f0f0f0ULL;
        x ^= t ^ t << 28;
        for (unsigned k = 0; k < 8; k++)
            out[k] |= (x >> (8 * k) & 0xff) << (8 * g);
    }
}

static void grow(struct rows *rows, uint64_t row[8])
{
    static const uint8_t steps[STEPS][8] = PF_ROW_STEPS;

    for (unsigned s = 0; s < STEPS; s++)
        for (unsigned k = 0; k < 8; k++) {
            uint64_t now = row[k], before = rows->grown[s][k];
            unsigned n = steps[s][k];

            rows->grown[s][k] = now;
            row[k] = now & (now << n | (before >> 1) >> (63 - n));
        }
}

static void settle(struct rows *rows, uint64_t row[8], unsigned found, const uint8_t *at, uint16_t *marks)
{
    unsigned here = 0, before = 0;

    for (unsigned k = 0; k < 8; k++) {
        uint64_t low = (1ULL << pf_row_spans[k]) - 1;

        here |= (unsigned)((row[k] & ~low) != 0) << k;
        before |= (unsigned)((row[k] & low) != 0) << k;
    }
    if ((here | before) != 0) {
        pf_rows_sure(here, before, marks);
        pf_rows_by_kind(here, before, found, found | rows->kinds, marks);
        pf_rows_check(row, at, marks);
    }
    rows->kinds = found;
}

static unsigned fours(const uint8_t *at)
{
    unsigned n = 0;

    for (int i = 0; i < PF_MARK_WORD; i++)
        n += pf_mark_four(at + i) && pf_mark_border(at[i + 4]);
    return n;
}

static unsigned borders(const uint8_t *at)
{
    unsigned n = 0;

    for (int i = 0; i < PF_MARK_WORD; i++)
        n += kinds[at[i]] >> 4 & 1;
    return n;
}

/* Few words have both; `found`: borders in the word. */
static bool cells(const uint8_t *at, unsigned found)
{
    const uint8_t *next = at + PF_MARK_WORD;
    unsigned here;

    if (found + borders(next) < PF_MARK_BORDERS)
        return false;
    here = fours(at);
    return here >= 1 && here + fours(next) >= PF_MARK_FOURS;
}

/* Three bytes that stand between numbers and one that does not, four times. */
static bool row_of_cells(const uint8_t *c)
{
    for (int i = 0; i < 16; i++)
        if ((kinds[c[i]] & APART) == 0 ? i % 4 != 3 : i % 4 == 3)
            return false;
    return true;
}

/* Rows are asked for where there are bytes enough between numbers. */
static bool is_list(const uint8_t *at)
{
    unsigned apart = 0, row = 0;

    for (int i = 0; i < 2 * PF_MARK_WORD; i++)
        apart += kinds[at[i]] >> 7;
    if (apart < PF_MARK_APART)
        return false;
    for (int i = 0; i < PF_MARK_WORD; i++)
        if (row_of_cells(at + i))
            return true;
    for (int i = 0; i < PF_MARK_WORD + 15 && row < 16; i++)
        row = (kinds[at[i]] & APART) != 0 || pf_mark_digit(at[i]) || pf_mark_listed(at[i]) ? row + 1 : 0;
    return row >= 16;
}

static unsigned sequences(const uint8_t *at)
{
    unsigned found = 0;

    for (int i = 0; i < PF_MARK_WORD; i++) {
        const uint8_t *c = at + i;

        if ((kinds[*c] & LEAD) == 0)
            continue;
        found |= pf_mark_tlv(c) ? PF_MARK_TLV : 0u;
        found |= *c >= 0x80 && pf_mark_names(c) ? PF_MARK_NAMES : 0u;
        found |= *c >= 0x80 && pf_mark_stars(c) ? PF_MARK_STARS : 0u;
    }
    return found;
}

static void make_masks(struct masks *m, const uint8_t *at)
{
    uint8_t bits[PF_MARK_WORD];
    uint64_t word[8];

    for (int i = 0; i < PF_MARK_WORD; i++)
        bits[i] = other_bytes[at[i]];
    turn(bits, word);
    *m = (struct masks){ word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7] };
}

static bool has_other(const uint8_t *at)
{
    unsigned any = 0;

    for (int i = 0; i < PF_MARK_WORD; i++)
        any |= other_bytes[at[i]];
    return (any & 0x80) != 0;
}

static void word_marks(struct rows *rows, const uint8_t *at, uint16_t *marks)
{
    uint8_t pair[PF_MARK_WORD];
    uint64_t row[8];
    unsigned found = 0, bordered = 0, marked = 0, zeros = 0;

    for (int i = 0; i < PF_MARK_WORD; i++) {
        const uint8_t *c = at + i;
        unsigned hint = hint_1[c[0]] & hint_2[c[1]] & hint_3[c[2]];

        pair[i] = pair_1[c[0]] & pair_2[c[1]];
        found |= kinds[c[0]];
        zeros += c[0] == 'A';
        bordered += kinds[c[0]] >> 4 & 1;
        marked |= (kinds[c[0]] & LINE) != 0 && pf_mark_break(c) ? PF_MARK_BREAK : 0u;
        if (hint != 0)
            marked |= (hint & PF_HINT_SURE) != 0 ? PF_MARK_ESCAPE | pf_hint_check(c) : pf_hint_check(c);
    }
    if (cells(at, bordered))
        marked |= PF_MARK_CELLS;
    if (is_list(at))
        marked |= PF_MARK_NUMBERS;
    if ((marked & PF_MARK_ESCAPE) != 0 && !pf_mark_escapes_count(at))
        marked &= ~(unsigned)PF_MARK_ESCAPE;
    marks[0] = (uint16_t)marked;
    turn(pair, row);
    grow(rows, row);
    settle(rows, row, found | (zeros >= PF_MARK_ZEROS ? BASE64_ALL : 0u), at, marks);
}

/* `words` words, of which the two behind can be read, and the one before the first
 * unless that begins the buffer. */
static void some_marks(struct rows *rows, const uint8_t *at, size_t words, uint16_t *marks)
{
    bool other = words > 0 && has_other(at);

    for (; words > 0; words--, at += PF_MARK_WORD, marks++) {
        bool next = has_other(at + PF_MARK_WORD);

        word_marks(rows, at, marks);
        if (other || next) {
            struct masks m[2];

            make_masks(&m[0], at);
            make_masks(&m[1], at + PF_MARK_WORD);
            marks[0] |= (uint16_t)(pf_masks_mark(&m[0], &m[1]) | sequences(at));
        }
        other = next;
    }
}

void pf_stride_marks(const uint8_t *buf, size_t len, uint16_t *marks)
{
    const size_t words = (len + PF_MARK_WORD - 1) / PF_MARK_WORD;
    size_t first = words > EDGE ? words - EDGE : 0, from;    /* the first of the last words */
    uint8_t copy[(1 + EDGE + 3) * PF_MARK_WORD] = { 0 };
    struct rows rows = { 0 };

    if (words == 0)
        return;
    if (first > 0) {       /* the first word has nothing before it */
        memcpy(copy + PF_MARK_WORD, buf, 3 * PF_MARK_WORD);
        some_marks(&rows, copy + PF_MARK_WORD, 1, marks);
        some_marks(&rows, buf + PF_MARK_WORD, first - 1, marks + 1);
    }
    from = first > 0 ? (first - 1) * PF_MARK_WORD : 0;
    memset(copy, 0, sizeof copy);
    memcpy(copy + (first > 0 ? 0 : PF_MARK_WORD), buf + from, len - from);
    some_marks(&rows, copy + PF_MARK_WORD, words - first, marks + first);
    explicit_bzero(copy, sizeof copy);
}
