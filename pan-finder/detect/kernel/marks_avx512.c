/* marks_avx512.c - the marks, 64 bytes a step.
 *
 * Each byte's classes (marks_class.h) are looked up, eight bits at once; the bits of
 * 64 bytes are then turned round to eight words of 64, one a class, so that eight
 * kinds of rows are followed with one shift each. What rows and hints say "maybe" to
 * is looked at byte by byte. Bytes that are no ASCII text have a second pass. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__x86_64__)
#include "pan-finder/detect/kernel/marks_avx512.h"

enum { EDGE = 3 };               /* words at the end that are copied */
enum { AHEAD = 1024 };           /* bytes fetched before they are looked at */

static const uint8_t pair_1[128] = PF_ROWS128(PF_PAIR_1), pair_2[128] = PF_ROWS128(PF_PAIR_2);
static const uint8_t hint_1[128] = PF_ROWS128(PF_HINT_1), hint_2[128] = PF_ROWS128(PF_HINT_2);
static const uint8_t hint_3[128] = PF_ROWS128(PF_HINT_3);

/* Kinds of bytes, a bit each. NO_TEXT is the sign bit: bytes from 0x80 on have it too. */
enum { BORDER = 1, BLANK = 2, CELL = 4, DIGIT = 8, LINE = 16, APART = 32, LISTED = 64, NO_TEXT = 0x80 };
#define KINDS(c) (uint8_t)( \
    (PF_IS4(c, ',', ';', '|', '\t') || PF_IS4(c, '"', '\'', '&', '<') || (c) == '\n' ? BORDER : 0) | \
    (PF_IS2(c, '\r', ' ') || (c) == '-' ? BLANK : 0) | \
    (PF_IS4(c, ',', ';', '|', '\t') || PF_IS2(c, '+', '/') || (c) == '&' ? CELL : 0) | \
    (PF_C_DIGIT(c) ? DIGIT : 0) | ((c) == '\n' ? LINE : 0) | \
    (PF_IS4(c, ' ', ',', ';', '-') || PF_IS4(c, 'x', 'X', '(', ')') || PF_IS4(c, '\t', '\r', '\n', '\n') ? APART : 0) | \
    (PF_BETWEEN(c, 'a', 'f') || PF_IS2(c, 't', 'u') || (c) == 'y' ? LISTED : 0) | \
    ((c) < 9 || PF_BETWEEN(c, 14, 31) ? NO_TEXT : 0))
static const uint8_t kinds_of_bytes[128] = PF_ROWS128(KINDS);

static const uint64_t steps[STEPS][8] = PF_ROW_STEPS;

/* Rows of the word before: pairs alone, after one step, two steps, ...;
 * its digits, blanks, and borders of cells. */
struct rows { __m512i grown[STEPS]; uint64_t digits, blanks, cells; };

/* ---- what may be, looked at ---- */

AVX512 static inline __mmask64 between(__m512i x, uint8_t first, uint8_t last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8((char)first)),
                                  _mm512_set1_epi8((char)(last - first)));
}

/* The kinds of characters in a word. */
AVX512 static unsigned kinds(const uint8_t *at)
{
    __m512i x = load(at);
    unsigned found = between(x, 'A', 'Z') != 0 ? UPPER : 0u;

    found |= between(x, 'a', 'z') != 0 ? LOWER : 0u;
    found |= (between(x, '/', '9') | _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('+'))) != 0 ? OTHER : 0u;
    found |= _mm_popcnt_u64(_mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('A'))) >= PF_MARK_ZEROS ? BASE64_ALL : 0u;
    return found;
}

/* The word of which the kinds were asked last: base64 asks word by word. */
struct letters_at { const uint8_t *at; unsigned found; };

/* Rows that end in the word at `at`: they begin there or in the word before. */
AVX512 static void settle_rows(__m512i ends, struct letters_at *last, const uint8_t *at, uint16_t *marks)
{
    __m512i one = _mm512_set1_epi64(1), low = _mm512_sub_epi64(_mm512_sllv_epi64(one, _mm512_cvtepu8_epi64(_mm_loadl_epi64((const void *)pf_row_spans))), one);
    unsigned before = _mm512_test_epi64_mask(ends, low);
    unsigned here = _mm512_test_epi64_mask(ends, _mm512_andnot_si512(low, _mm512_set1_epi64(-1)));
    uint64_t end[8];

    _mm512_storeu_si512(end, ends);
    pf_rows_sure(here, before, marks);
    if (((before | here) & BY_KIND) != 0) {
        unsigned found = kinds(at), both = found;

        if ((before & BY_KIND) != 0)
            both |= last->at == at - PF_MARK_WORD ? last->found : kinds(at - PF_MARK_WORD);
        *last = (struct letters_at){ at, found };
        pf_rows_by_kind(here, before, found, both, marks);
    }
    pf_rows_check(end, at, marks);
}

/* pf_mark_escapes_count: nearly all words with an escape are text. */
AVX512 static bool escapes_count(const uint8_t *word)
{
    unsigned controls = 0, signs = 0;

    for (int i = -1; i < 2; i++) {
        __m512i x = load(word + i * PF_MARK_WORD);
        uint64_t escape = equal(x, _mm512_set1_epi8(0x1b));

        controls += (unsigned)__builtin_popcountll((between(x, 1, 8) | between(x, 14, 31)) & ~escape);
    }
    for (int i = -1; i < 2 && controls > PF_MARK_CONTROLS; i++) {
        __m512i x = load(word + i * PF_MARK_WORD);
        uint64_t digits = between(x, '0', '9');
        uint64_t sign = equal(x, _mm512_set1_epi8('\\')) | equal(x, _mm512_set1_epi8('%')) | equal(x, _mm512_set1_epi8('=')) |
                        equal(x, _mm512_set1_epi8('&'));

        signs += (unsigned)__builtin_popcountll(digits & digits >> 1) + (unsigned)__builtin_popcountll(sign);
    }
    return controls <= PF_MARK_CONTROLS || signs >= PF_MARK_SIGNS;
}

AVX512 static void settle_hints(__m512i hints, const uint8_t *at, uint16_t *marks)
{
    const __m512i sure = _mm512_set1_epi8(PF_HINT_SURE);
    unsigned found = _mm512_test_epi8_mask(hints, sure) != 0 ? PF_MARK_ESCAPE : 0u;
    uint64_t look_at = _mm512_test_epi8_mask(hints, _mm512_set1_epi8((char)~PF_HINT_SURE));

    for (; look_at != 0; look_at &= look_at - 1)
        found |= pf_hint_check(at + __builtin_ctzll(look_at));
    if ((found & PF_MARK_ESCAPE) != 0 && !escapes_count(at))
        found &= ~(unsigned)PF_MARK_ESCAPE;
    marks[0] |= (uint16_t)found;
}

/* ---- ASCII ---- */

/* What the words of a block hold; those behind the last are zero. */
struct block {
    uint64_t rich[PF_BLOCK + 3];        /* bytes that are no text */
    uint64_t hints[PF_BLOCK + 1];       /* where hints are */
    uint64_t borders[PF_BLOCK + 4];     /* borders of cells */
    uint64_t digits[1 + PF_BLOCK + 4];  /* [0]: of the word before the block */
    uint64_t blanks[1 + PF_BLOCK + 1];  /* what may stand between a digit and a line end */
    uint64_t cells[1 + PF_BLOCK + 1];   /* what stands before a number that is a cell */
    uint64_t lines[PF_BLOCK + 1];       /* line ends */
    uint64_t apart[PF_BLOCK + 4];       /* what stands between the numbers of a list */
    uint64_t listed[PF_BLOCK + 4];      /* that, digits, and letters of a list */
    uint8_t high[PF_BLOCK + 1];         /* not 0: it holds such bytes, or the two behind it are no ASCII */
    uint8_t kinds[PF_BLOCK + 1];        /* kinds of rows that end there */
    __m512i ends[PF_BLOCK];             /* where they end */
    __m512i hint[PF_BLOCK];             /* hints by byte */
};

/* A table of 128 bytes in two registers. */
struct table { __m512i low, high; };

AVX512 static inline struct table table_of(const uint8_t table[128])
{
    return (struct table){ held(load(table)), held(load(table + 64)) };
}

AVX512 static inline __m512i look_up(struct table table, __m512i x)
{
    return _mm512_permutex2var_epi8(table.low, x, table.high);
}

/* The same where x may hold bytes that are no ASCII: they are in no class. */
AVX512 static inline __m512i look_up_ascii(struct table table, __m512i x)
{
    return _mm512_maskz_permutex2var_epi8(_knot_mask64(_mm512_movepi8_mask(x)), table.low, x, table.high);
}

/* Bits of the bytes of x to eight words, one a bit: what that takes. */
struct turn { __m512i back, bits, gather; };

AVX512 static inline struct turn turn_tables(void)
{
#define COLUMN(j) (j), 8 + (j), 16 + (j), 24 + (j), 32 + (j), 40 + (j), 48 + (j), 56 + (j)
    static const uint8_t gather[64] = {
        COLUMN(0), COLUMN(1), COLUMN(2), COLUMN(3), COLUMN(4), COLUMN(5), COLUMN(6), COLUMN(7) };

    return (struct turn){
        held(_mm512_set4_epi32(0x08090a0b, 0x0c0d0e0f, 0x00010203, 0x04050607)),
        held(_mm512_set1_epi64((long long)0x8040201008040201ULL)), held(load(gather)) };
}

AVX512 static inline __m512i turn_bits(const struct turn *t, __m512i x)
{
    x = _mm512_gf2p8affine_epi64_epi8(t->bits, _mm512_shuffle_epi8(x, t->back), 0);
    return _mm512_permutexvar_epi8(t->gather, x);
}

/* Classes of pairs, of triples, where all bytes are ASCII, and where not: behind those of
 * two classes of pairs and three of triples any byte will do. */
AVX512 static inline __m512i pairs(const struct table t[2], const uint8_t *at, __m512i x)
{
    return _mm512_and_si512(look_up(t[0], x), look_up(t[1], load(at + 1)));
}

AVX512 static inline __m512i pairs_rich(const struct table t[2], const uint8_t *at, __m512i x)
{
    const __m512i any = _mm512_set1_epi8(1 << PF_ROW_BASE64 | 1 << PF_ROW_HEX20);

    return _mm512_and_si512(look_up_ascii(t[0], x), _mm512_or_si512(look_up_ascii(t[1], load(at + 1)), any));
}

AVX512 static inline __m512i hints(const struct table t[3], const uint8_t *at, __m512i x)
{
    return _mm512_ternarylogic_epi64(look_up(t[0], x), look_up(t[1], load(at + 1)), look_up(t[2], load(at + 2)), 0x80);
}

AVX512 static inline __m512i hints_rich(const struct table t[3], const uint8_t *at, __m512i x)
{
    const __m512i any = _mm512_set1_epi8(1 << PF_HINT_ESCAPE | PF_HINT_SURE);

    return _mm512_ternarylogic_epi64(look_up_ascii(t[0], x), look_up_ascii(t[1], load(at + 1)),
                                     _mm512_or_si512(look_up_ascii(t[2], load(at + 2)), any), 0x80);
}

#define GROW(i) do { \
        __m512i grown = _mm512_and_si512(now, _mm512_shldv_epi64(now, before##i, step##i)); \
        before##i = now; \
        now = grown; \
    } while (0)

/* Two passes, with few branches: the tables of one stay in registers. */
AVX512_STEP static void rows_of_block(struct rows *before, const uint8_t *at, size_t n, struct block *block)
{
    __m512i before0 = before->grown[0], before1 = before->grown[1], before2 = before->grown[2];
    __m512i before3 = before->grown[3], before4 = before->grown[4];
    const struct table table[2] = { table_of(pair_1), table_of(pair_2) };
    const struct turn turn = turn_tables();
    const __m512i step0 = held(load(steps[0])), step1 = held(load(steps[1])), step2 = held(load(steps[2]));
    const __m512i step3 = held(load(steps[3])), step4 = held(load(steps[4]));

    for (size_t i = 0; i < n; i++, at += PF_MARK_WORD) {
        __m512i x = load(at), now;

        now = turn_bits(&turn, block->high[i] == 0 ? pairs(table, at, x) : pairs_rich(table, at, x));
        GROW(0);
        GROW(1);
        GROW(2);
        GROW(3);
        GROW(4);
        _mm512_storeu_si512(&block->ends[i], now);
        _store_mask8(&block->kinds[i], _mm512_test_epi64_mask(now, now));
    }
    *before = (struct rows){ { before0, before1, before2, before3, before4 }, before->digits, before->blanks, before->cells };
}

AVX512_STEP static void hints_of_block(const uint8_t *at, size_t n, struct block *block)
{
    const struct table table[3] = { table_of(hint_1), table_of(hint_2), table_of(hint_3) }, kind = table_of(kinds_of_bytes);
    const __m512i border = held_byte(BORDER), blank = held_byte(BLANK), cell = held_byte(CELL);
    const __m512i digit = held_byte(DIGIT), line = held_byte(LINE), between_numbers = held_byte(APART), listed = held_byte(APART | LISTED | DIGIT);

    for (size_t i = 0; i < n; i++, at += PF_MARK_WORD) {
        __m512i x = load(at), is = look_up(kind, x), hint;
        __mmask64 rich = _mm512_movepi8_mask(_mm512_or_si512(is, x)), text = _knot_mask64(rich);

        _mm_prefetch((const char *)at + AHEAD, _MM_HINT_T0);
        block->high[i] = (uint8_t)((rich != 0) | (uint8_t)((at[64] | at[65]) & 0x80));
        hint = block->high[i] == 0 ? hints(table, at, x) : hints_rich(table, at, x);
        _mm512_storeu_si512(&block->hint[i], hint);
        keep(block->rich, i, rich);
        keep(block->hints, i, _mm512_test_epi8_mask(hint, hint));
        keep(block->borders, i, _mm512_mask_test_epi8_mask(text, is, border));
        keep(block->digits, 1 + i, _mm512_mask_test_epi8_mask(text, is, digit));
        keep(block->blanks, 1 + i, _mm512_mask_test_epi8_mask(text, is, blank));
        keep(block->cells, 1 + i, _mm512_mask_test_epi8_mask(text, is, cell));
        keep(block->lines, i, _mm512_mask_test_epi8_mask(text, is, line));
        keep(block->apart, i, _mm512_mask_test_epi8_mask(text, is, between_numbers));
        keep(block->listed, i, _mm512_mask_test_epi8_mask(text, is, listed));
    }
}

/* ---- the buffer ---- */

/* Bit i: words[i] is not 0. */
AVX512 static uint64_t words_set(const uint64_t words[PF_BLOCK + 1])
{
    uint64_t found = 0;

    for (int i = 0; i < PF_BLOCK + 1; i += 8)
        found |= (uint64_t)_mm512_test_epi64_mask(load(words + i), load(words + i)) << i;
    return found;
}

/* Groups of four digits in cells that begin in each of eight words. */
AVX512 static inline __m512i fours(const uint64_t *digits, const uint64_t *borders)
{
    __m512i four = load(digits), next = load(digits + 1), before = _mm512_shldi_epi64(four, load(digits - 1), 1);

    four = _mm512_and_si512(four, _mm512_shrdi_epi64(four, next, 1));
    next = _mm512_and_si512(next, _mm512_srli_epi64(next, 1));
    four = _mm512_and_si512(four, _mm512_shrdi_epi64(four, next, 2));
    four = _mm512_and_si512(four, _mm512_shrdi_epi64(load(borders), load(borders + 1), 4));
    return _mm512_andnot_si512(before, four);
}

/* How many bits are set in each of eight words and the one behind it. */
AVX512 static inline __m512i bits_of_both(__m512i here, __m512i next)
{
    return _mm512_add_epi64(_mm512_popcnt_epi64(here), _mm512_popcnt_epi64(next));
}

/* Bit i: from word i on groups of four digits stand in cells. */
AVX512 static uint64_t words_with_cells(const struct block *block)
{
    const __m512i least = _mm512_set1_epi64(PF_MARK_BORDERS), two = _mm512_set1_epi64(PF_MARK_FOURS);
    uint64_t found = 0;

    for (int i = 0; i < PF_BLOCK + 1; i += 8) {
        const uint64_t *digits = block->digits + 1 + i, *borders = block->borders + i;
        __mmask8 bordered = _mm512_cmpge_epi64_mask(bits_of_both(load(borders), load(borders + 1)), least);
        __m512i four;

        if (bordered == 0)
            continue;
        four = fours(digits, borders);
        bordered = _mm512_mask_test_epi64_mask(bordered, four, four);
        if (bordered != 0)
            found |= (uint64_t)_mm512_mask_cmpge_epi64_mask(bordered, bits_of_both(four, fours(digits + 1, borders + 1)), two) << i;
    }
    return found;
}

/* Of eight words: three bytes that stand between numbers and one that does not, four times. */
AVX512 static inline __m512i rows_of_cells(__m512i here, __m512i next)
{
    __m512i not_here = ~here, not_next = ~next;
    __m512i row = _mm512_and_si512(here, _mm512_shrdi_epi64(here, next, 1)), behind = _mm512_and_si512(next, _mm512_srli_epi64(next, 1));

    row = _mm512_and_si512(row, _mm512_shrdi_epi64(here, next, 2));
    behind = _mm512_and_si512(behind, _mm512_srli_epi64(next, 2));
    row = _mm512_and_si512(row, _mm512_shrdi_epi64(not_here, not_next, 3));
    behind = _mm512_and_si512(behind, _mm512_srli_epi64(not_next, 3));
    row = _mm512_and_si512(row, _mm512_shrdi_epi64(row, behind, 4));
    behind = _mm512_and_si512(behind, _mm512_srli_epi64(behind, 4));
    return _mm512_and_si512(row, _mm512_shrdi_epi64(row, behind, 8));
}

/* Bit i: from word i on numbers stand in a list. */
AVX512 static uint64_t words_with_lists(const struct block *block)
{
    const __m512i least = _mm512_set1_epi64(PF_MARK_APART);
    uint64_t found = 0;

    for (int i = 0; i < PF_BLOCK + 1; i += 8) {
        const uint64_t *apart = block->apart + i;
        __mmask8 enough = _mm512_cmpge_epi64_mask(bits_of_both(load(apart), load(apart + 1)), least);
        __m512i row, next;

        if (enough == 0)
            continue;
        row = load(block->listed + i);
        next = load(block->listed + i + 1);
        for (int n = 1; n <= 8; n *= 2) {
            const __m512i shift = _mm512_set1_epi64(n);

            row = _mm512_and_si512(row, _mm512_shrdv_epi64(row, next, shift));
            next = _mm512_and_si512(next, _mm512_srlv_epi64(next, shift));
        }
        row = _mm512_or_si512(row, rows_of_cells(load(apart), load(apart + 1)));
        found |= (uint64_t)_mm512_mask_test_epi64_mask(enough, row, row) << i;
    }
    return found;
}

/* Eight words, moved n bits up; those below come from the words before. */
AVX512 static inline __m512i up(const uint64_t *words, int n)
{
    return _mm512_shldv_epi64(load(words + 1), load(words), _mm512_set1_epi64(n));
}

/* Of eight words: line ends behind a digit, a few blanks between them, where the
 * digits are no short cell of a table. */
AVX512 static __m512i breaks(const struct block *block, int at, __m512i lines)
{
    const uint64_t *digits = block->digits + at, *borders_at = block->cells + at;
    __m512i found = _mm512_setzero_si512(), ends = lines;

    for (int n = 1; n <= PF_MARK_BREAK_BACK && _mm512_test_epi64_mask(ends, ends) != 0; n++) {
        __m512i row = _mm512_and_si512(ends, up(digits, n)), cell = _mm512_setzero_si512();

        ends = _mm512_and_si512(ends, up(block->blanks + at, n));
        if (_mm512_test_epi64_mask(row, row) == 0)
            continue;
        found = _mm512_or_si512(found, row);
        for (int i = n + 1; i <= n + PF_MARK_CELL; i++) {
            cell = _mm512_or_si512(cell, _mm512_and_si512(row, up(borders_at, i)));
            row = _mm512_and_si512(row, up(digits, i));
        }
        found = _mm512_andnot_si512(cell, found);
    }
    return found;
}

/* Bit i: word i has one. */
AVX512 static uint64_t words_with_breaks(const struct block *block)
{
    uint64_t found = 0;

    for (int i = 0; i < PF_BLOCK + 1; i += 8) {
        __m512i lines = load(block->lines + i), near;

        near = _mm512_or_si512(up(block->blanks + i, 1), up(block->digits + i, 1));
        if (_mm512_test_epi64_mask(lines, near) == 0)
            continue;
        near = breaks(block, i, lines);
        found |= (uint64_t)_mm512_test_epi64_mask(near, near) << i;
    }
    return found;
}

/* What is told of the two words behind the block as well: its n words may need it. */
AVX512 static void look_behind(struct block *block, const uint8_t *at, size_t n)
{
    for (size_t i = n; i < n + 2; i++) {
        __m512i x = load(at + i * PF_MARK_WORD);
        __m512i is = _mm512_permutex2var_epi8(load(kinds_of_bytes), x, load(kinds_of_bytes + 64));
        uint64_t rich = _mm512_movepi8_mask(_mm512_or_si512(is, x));

        block->rich[n] = i == n ? rich : block->rich[n];
        block->digits[1 + i] = _mm512_test_epi8_mask(is, _mm512_set1_epi8(DIGIT)) & ~rich;
        block->borders[i] = _mm512_test_epi8_mask(is, _mm512_set1_epi8(BORDER)) & ~rich;
        block->apart[i] = _mm512_test_epi8_mask(is, _mm512_set1_epi8(APART)) & ~rich;
        block->listed[i] = _mm512_test_epi8_mask(is, _mm512_set1_epi8(APART | LISTED | DIGIT)) & ~rich;
    }
}

AVX512 static void settle_block(struct block *block, const uint8_t *at, size_t n, uint16_t *marks)
{
    const uint64_t words = (1ULL << n) - 1, rows = _mm512_test_epi8_mask(load(block->kinds), load(block->kinds));
    struct letters_at last = { NULL, 0 };
    uint64_t rich;

    look_behind(block, at, n);
    for EACH_BIT(i, words_set(block->hints))
        settle_hints(block->hint[i], at + i * PF_MARK_WORD, marks + i);
    for EACH_BIT(i, words_with_breaks(block))
        marks[i] |= PF_MARK_BREAK;
    for EACH_BIT(i, rows)
        settle_rows(block->ends[i], &last, at + i * PF_MARK_WORD, marks + i);
    for EACH_BIT(i, words_with_cells(block) & words)
        marks[i] |= PF_MARK_CELLS;
    for EACH_BIT(i, words_with_lists(block) & words)
        marks[i] |= PF_MARK_NUMBERS;
    rich = words_set(block->rich);
    if (rich != 0)
        pf_avx512_other_marks(at, block->rich, block->digits + 1, (rich | rich >> 1) & words, marks);
}

static void clear_block(struct block *block)
{
    memset(block->digits + 1, 0, sizeof block->digits - sizeof block->digits[0]);
    memset(block->blanks + 1, 0, sizeof block->blanks - sizeof block->blanks[0]);
    memset(block->cells + 1, 0, sizeof block->cells - sizeof block->cells[0]);
    memset(block->lines, 0, sizeof block->lines);
    memset(block->apart, 0, sizeof block->apart);
    memset(block->listed, 0, sizeof block->listed);
    memset(block->rich, 0, sizeof block->rich);
    memset(block->hints, 0, sizeof block->hints);
    memset(block->borders, 0, sizeof block->borders);
    memset(block->kinds, 0, sizeof block->kinds);
}

/* `words` words, of which the two behind can be read, and the one before the first
 * unless that begins the buffer. */
AVX512 static void some_marks(struct rows *before, const uint8_t *at, size_t words, uint16_t *marks)
{
    struct block block;

    clear_block(&block);
    block.digits[0] = before->digits;
    block.blanks[0] = before->blanks;
    block.cells[0] = before->cells;
    memset(marks, 0, words * sizeof *marks);
    for (size_t done = 0, n; done < words; done += n, at += n * PF_MARK_WORD, marks += n) {
        n = words - done < PF_BLOCK ? words - done : PF_BLOCK;
        if (n < PF_BLOCK)
            clear_block(&block);
        hints_of_block(at, n, &block);
        rows_of_block(before, at, n, &block);
        settle_block(&block, at, n, marks);
        block.digits[0] = block.digits[n];
        block.blanks[0] = block.blanks[n];
        block.cells[0] = block.cells[n];
    }
    before->digits = block.digits[0];
    before->blanks = block.blanks[0];
    before->cells = block.cells[0];
}

AVX512 void pf_avx512_marks(const uint8_t *buf, size_t len, uint16_t *marks)
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
#endif
