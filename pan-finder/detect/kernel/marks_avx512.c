/* marks_avx512.c - the marks, 64 bytes a step.
 *
 * Each byte's classes (marks_class.h) are looked up, eight bits at once; the bits of
 * 64 bytes are then turned round to eight words of 64, one a class, so that eight
 * kinds of rows are followed with one shift each. What rows and hints say "maybe" to
 * is looked at byte by byte. Bytes that are no ASCII text have a second pass. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__x86_64__)
#include "pan-finder/detect/kernel/bits.h"
#include "pan-finder/detect/kernel/marks_steps.h"

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2," \
                                     "avx512dq,avx512vpopcntdq,gfni,popcnt,bmi,bmi2")))

enum { BLOCK = 63, EDGE = 3 };   /* words in a block; words at the end that are copied */

static const uint8_t pair_1[128] = PF_ROWS128(PF_PAIR_1), pair_2[128] = PF_ROWS128(PF_PAIR_2);
static const uint8_t hint_1[128] = PF_ROWS128(PF_HINT_1), hint_2[128] = PF_ROWS128(PF_HINT_2);
static const uint8_t hint_3[128] = PF_ROWS128(PF_HINT_3);

#define NO_TEXT(c) (uint8_t)((c) < 9 || ((c) > 13 && (c) < 32) ? 0x80 : 0)
static const uint8_t no_text[128] = PF_ROWS128(NO_TEXT);

static const uint64_t steps[STEPS][8] = PF_ROW_STEPS;

/* Rows of the word before: pairs alone, after one step, two steps, ... */
struct rows { __m512i grown[STEPS]; };

AVX512 static inline __m512i load(const void *at)
{
    return _mm512_loadu_si512(at);
}

AVX512 static inline __m512i look(const uint8_t table[128], __m512i x)
{
    return _mm512_permutex2var_epi8(load(table), x, load(table + 64));
}

/* The same where x may hold bytes that are no ASCII: they are in no class. */
AVX512 static inline __m512i look_ascii(const uint8_t table[128], __m512i x)
{
    return _mm512_maskz_permutex2var_epi8(_knot_mask64(_mm512_movepi8_mask(x)), load(table), x, load(table + 64));
}

AVX512 static inline __m512i no_text_bytes(__m512i x)
{
    return _mm512_or_si512(look(no_text, x), x);
}

/* Bits of the bytes of x to eight words, one a bit. */
AVX512 static inline __m512i turn(__m512i x)
{
#define COLUMN(j) (j), 8 + (j), 16 + (j), 24 + (j), 32 + (j), 40 + (j), 48 + (j), 56 + (j)
    static const uint8_t gather[64] = {
        COLUMN(0), COLUMN(1), COLUMN(2), COLUMN(3), COLUMN(4), COLUMN(5), COLUMN(6), COLUMN(7) };
    const __m512i back = _mm512_set4_epi32(0x08090a0b, 0x0c0d0e0f, 0x00010203, 0x04050607);
    const __m512i bits = _mm512_set1_epi64((long long)0x8040201008040201ULL);

    x = _mm512_gf2p8affine_epi64_epi8(bits, _mm512_shuffle_epi8(x, back), 0);
    return _mm512_permutexvar_epi8(load(gather), x);
}

/* ---- what may be, looked at ---- */

AVX512 static inline __mmask64 between(__m512i x, uint8_t first, uint8_t last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8((char)first)),
                                  _mm512_set1_epi8((char)(last - first)));
}

/* The kinds of characters in a word. */
AVX512 static unsigned kinds(const uint8_t *at)
{
    __m512i x = load(at), small = _mm512_or_si512(x, _mm512_set1_epi8(0x20));
    unsigned found = between(x, 'A', 'Z') != 0 ? UPPER : 0u;

    found |= between(x, 'a', 'z') != 0 ? LOWER : 0u;
    found |= (between(x, '/', '9') | _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('+'))) != 0 ? OTHER : 0u;
    found |= between(small, 'a', 'f') != 0 ? HEX_LETTER : 0u;
    return found;
}

/* The word of which the kinds were asked last: base64 asks word by word. */
struct kinds_at { const uint8_t *at; unsigned found; };

/* Rows that end in the word at `at`: they begin there or in the word before. */
AVX512 static void settle_rows(__m512i ends, struct kinds_at *last, const uint8_t *at, uint16_t *marks)
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
        *last = (struct kinds_at){ at, found };
        pf_rows_by_kind(here, before, found, both, marks);
    }
    pf_rows_check(end, at, marks);
}

AVX512 static void settle_hints(__m512i hints, const uint8_t *at, uint16_t *marks)
{
    const __m512i sure = _mm512_set1_epi8(PF_HINT_SURE);
    unsigned found = _mm512_test_epi8_mask(hints, sure) != 0 ? PF_MARK_ESCAPE : 0u;
    uint64_t look_at = _mm512_test_epi8_mask(hints, _mm512_set1_epi8((char)~PF_HINT_SURE));

    for (; look_at != 0; look_at &= look_at - 1)
        found |= pf_hint_check(at + __builtin_ctzll(look_at));
    marks[0] |= (uint16_t)found;
}

/* Sets of bytes that differ in their low six bits: table[x & 63] == x. */
#define NOT(i) (uint8_t)((i) ^ 1)
AVX512 static inline __mmask64 in_set(const uint8_t set[64], __m512i x)
{
    return _mm512_cmpeq_epi8_mask(_mm512_permutexvar_epi8(x, load(set)), x);
}

#define BORDER(i) (uint8_t)( \
    (i) == 0x2c ? ',' : (i) == 0x3b ? ';' : (i) == 0x09 ? '\t' : (i) == 0x22 ? '"' : \
    (i) == 0x27 ? '\'' : (i) == 0x26 ? '&' : (i) == 0x3c ? '<' : NOT(i))
static const uint8_t borders[64] = { PF_ROWS64(BORDER, 0) };

AVX512 static inline __mmask64 border_bytes(__m512i x)
{
    return _kor_mask64(in_set(borders, x), _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('|')));
}

AVX512 static void find_fours(const uint8_t *at, uint16_t *marks)
{
    uint64_t fours = between(load(at), '0', '9') & between(load(at + 1), '0', '9') &
                     between(load(at + 2), '0', '9') & between(load(at + 3), '0', '9') &
                     ~between(load(at - 1), '0', '9') & border_bytes(load(at + 4));

    if (__builtin_popcountll(fours) >= PF_MARK_FOURS)
        marks[0] |= PF_MARK_CELLS;
}

AVX512 static void settle_cells(const uint8_t *at, uint16_t *marks)
{
    if (__builtin_popcountll(between(load(at), '0', '9')) <= 4)     /* two groups begin there */
        return;
    find_fours(at, marks);
}

/* ---- ASCII ---- */

/* What the words of a block hold; those behind the last are zero. */
struct block {
    uint64_t rich[BLOCK + 1];        /* bytes that are no text */
    uint64_t hints[BLOCK + 1];       /* where hints are */
    uint64_t borders[BLOCK + 1];     /* borders of cells */
    uint8_t kinds[BLOCK + 1];        /* kinds of rows that end there */
    __m512i ends[BLOCK];             /* where they end */
};

struct word { __m512i pair, hint; };

/* Pairs and hints where all bytes are ASCII, and where not. */
AVX512 static inline struct word classes(const uint8_t *at, __m512i x)
{
    __m512i x1 = load(at + 1), x2 = load(at + 2);

    return (struct word){
        _mm512_and_si512(look(pair_1, x), look(pair_2, x1)),
        _mm512_ternarylogic_epi64(look(hint_1, x), look(hint_2, x1), look(hint_3, x2), 0x80),
    };
}

AVX512 static inline struct word classes_rich(const uint8_t *at, __m512i x)
{
    /* behind these, any byte will do */
    const __m512i any_pair = _mm512_set1_epi8(1 << PF_ROW_BASE64 | 1 << PF_ROW_HEX20);
    const __m512i any_hint = _mm512_set1_epi8(1 << PF_HINT_ESCAPE | PF_HINT_SURE);
    __m512i x1 = load(at + 1), x2 = load(at + 2);

    return (struct word){
        _mm512_and_si512(look_ascii(pair_1, x), _mm512_or_si512(look_ascii(pair_2, x1), any_pair)),
        _mm512_ternarylogic_epi64(look_ascii(hint_1, x), look_ascii(hint_2, x1),
                                  _mm512_or_si512(look_ascii(hint_3, x2), any_hint), 0x80),
    };
}

#define GROW(i) do { \
        __m512i grown = _mm512_and_si512(now, _mm512_shldv_epi64(now, before##i, load(steps[i]))); \
        before##i = now; \
        now = grown; \
    } while (0)

/* No calls, and few branches: all tables stay in registers. */
AVX512 static void look_at_block(struct rows *before, const uint8_t *at, size_t n, struct block *block)
{
    __m512i before0 = before->grown[0], before1 = before->grown[1], before2 = before->grown[2];
    __m512i before3 = before->grown[3], before4 = before->grown[4];

    for (size_t i = 0; i < n; i++, at += PF_MARK_WORD) {
        __m512i x = load(at), now;
        __mmask64 rich = _mm512_movepi8_mask(no_text_bytes(x));
        struct word word;

        _store_mask64((__mmask64 *)(void *)&block->rich[i], rich);
        if (__builtin_expect(rich == 0 && ((at[64] | at[65]) & 0x80) == 0, 1))
            word = classes(at, x);
        else
            word = classes_rich(at, x);
        now = turn(word.pair);
        GROW(0);
        GROW(1);
        GROW(2);
        GROW(3);
        GROW(4);
        _mm512_storeu_si512(&block->ends[i], now);
        _store_mask8(&block->kinds[i], _mm512_test_epi64_mask(now, now));
        _store_mask64((__mmask64 *)(void *)&block->hints[i], _mm512_test_epi8_mask(word.hint, word.hint));
        _store_mask64((__mmask64 *)(void *)&block->borders[i], border_bytes(x));
    }
    *before = (struct rows){ { before0, before1, before2, before3, before4 } };
}

/* ---- other bytes ---- */

AVX512 static inline void make_masks(struct masks *m, const uint8_t *at)
{
    __m512i x = load(at), nibble = _mm512_and_si512(x, _mm512_set1_epi8(15));

    m->zero = _mm512_testn_epi8_mask(x, x);
    m->digit = between(x, '0', '9');
    m->ff = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(-1));
    m->ten = between(x, 0x10, 0x19);
    m->ebcdic = between(x, 0xf0, 0xf9);
    m->decimal = _mm512_mask_cmple_epu8_mask(_mm512_cmple_epu8_mask(nibble, _mm512_set1_epi8(9)), x,
                                             _mm512_set1_epi8((char)0x99));
    m->low = between(x, 0x20, 0x39);
    m->no_text = _mm512_movepi8_mask(no_text_bytes(x));
}

#define TAG(i) (uint8_t)((i) == 0x1a ? 0x5a : (i) == 0x17 ? 0x57 : (i) == 0x16 ? 0x56 : (i) == 0x1f ? 0x9f : NOT(i))
#define TAG_SECOND(i) (uint8_t)(PF_BETWEEN(i, 6, 0x1f) ? (i) : (i) == 0x2b ? 0x6b : NOT(i))
#define NAME(i) (uint8_t)( \
    (i) == 0x23 ? 0xe3 : (i) == 0x26 ? 0xe6 : (i) == 0x03 ? 0x83 : (i) == 0x08 ? 0x88 : \
    (i) == 0x25 ? 0xa5 : (i) == 0x30 ? 0xb0 : (i) == 0x27 ? 0xe7 : (i) == 0x28 ? 0xe8 : (i) == 0x0a ? 0x8a : \
    (i) == 0x14 ? 0x94 : (i) == 0x17 ? 0x97 : (i) == 0x33 ? 0xb3 : (i) == 0x07 ? 0xc7 : (i) == 0x0e ? 0xce : NOT(i))
#define NAME_SECOND(i) (uint8_t)( \
    (i) == 0x02 ? 0x82 : (i) == 0x1a ? 0x9a : (i) == 0x03 ? 0xc3 : (i) == 0x3b ? 0xbb : (i) == 0x05 ? 0xc5 : \
    (i) == 0x22 ? 0xa2 : (i) == 0x2a ? 0xaa : (i) == 0x23 ? 0xa3 : (i) == 0x2d ? 0x6d : (i) == 0x06 ? 0x46 : \
    (i) == 0x20 ? 0xa0 : (i) == 0x0e ? 0xce : (i) == 0x27 ? 0xa7 : NOT(i))
#define NAME_THIRD(i) (uint8_t)( \
    (i) == 0x3b ? 0xbb : (i) == 0x17 ? 0x97 : (i) == 0x03 ? 0x83 : (i) == 0x0f ? 0x8f : \
    (i) == 0x25 ? 0xa5 : (i) == 0x3e ? 0xbe : (i) == 0x3a ? 0xba : (i) == 0x0d ? 0x8d : (i) == 0x14 ? 0x94 : \
    (i) == 0x16 ? 0x96 : (i) == 0x07 ? 0xc7 : (i) == 0x0c ? 0xcc : NOT(i))
#define STAR(i) (uint8_t)((i) == 0x22 ? 0xe2 : (i) == 0x2f ? 0xef : (i) == 0x01 ? 0x81 : (i) == 0x21 ? 0xa1 : NOT(i))
static const uint8_t tags[64] = { PF_ROWS64(TAG, 0) }, tag_seconds[64] = { PF_ROWS64(TAG_SECOND, 0) };
static const uint8_t name_leads[64] = { PF_ROWS64(NAME, 0) }, name_seconds[64] = { PF_ROWS64(NAME_SECOND, 0) };
static const uint8_t name_thirds[64] = { PF_ROWS64(NAME_THIRD, 0) };
static const uint8_t star_leads[64] = { PF_ROWS64(STAR, 0) };

/* Tags, names in Japanese, and mask signs. */
AVX512 static unsigned sequences(const uint8_t *at)
{
    __m512i x = load(at), x1 = load(at + 1), x2 = load(at + 2), x3 = load(at + 3);
    __mmask64 tag = _mm512_mask_cmple_epu8_mask(in_set(tags, x) & in_set(tag_seconds, x1), x2, _mm512_set1_epi8((char)0x99));
    __mmask64 second = in_set(name_seconds, x1) | _mm512_cmpeq_epi8_mask(x1, _mm512_set1_epi8(0x5a));
    __mmask64 name = in_set(name_leads, x) & second & in_set(name_thirds, x2);
    __mmask64 again = (_mm512_cmpeq_epi8_mask(x, x2) & _mm512_cmpeq_epi8_mask(x1, x3)) |
                      (_mm512_cmpeq_epi8_mask(x, x3) & _mm512_cmpeq_epi8_mask(x1, load(at + 4)));
    unsigned found = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(0x1b)) != 0 ? PF_MARK_ESC : 0u;

    for EACH_BIT(i, tag)
        found |= pf_mark_tlv(at + i) ? PF_MARK_TLV : 0u;
    for EACH_BIT(i, name)
        found |= pf_mark_names(at + i) ? PF_MARK_NAMES : 0u;
    for EACH_BIT(i, in_set(star_leads, x) & again)
        found |= pf_mark_stars(at + i) ? PF_MARK_STARS : 0u;
    return found;
}

/* The words of `todo`, a bit each: those with bytes that are no text, and the words
 * before them. */
AVX512 static void rich_marks(const uint8_t *at, uint16_t *marks, uint64_t todo)
{
    uint64_t made = 0;
    struct masks m[2];

    for (; todo != 0; todo &= todo - 1) {
        unsigned w = (unsigned)__builtin_ctzll(todo);
        const uint8_t *word = at + (size_t)w * PF_MARK_WORD;
        struct masks *here = &m[w & 1], *next = &m[~w & 1];

        if ((made >> w & 1) == 0)
            make_masks(here, word);
        make_masks(next, word + PF_MARK_WORD);
        made = 2ULL << w;
        marks[w] |= (uint16_t)(pf_masks_mark(here, next) | sequences(word));
    }
}

/* ---- the buffer ---- */

/* Bit i: words[i] has `least` bits or more. */
AVX512 static uint64_t words_with(const uint64_t words[BLOCK + 1], int least)
{
    const __m512i enough = _mm512_set1_epi64(least);
    uint64_t found = 0;

    for (int i = 0; i < 8; i++)
        found |= (uint64_t)_mm512_cmpge_epi64_mask(_mm512_popcnt_epi64(load(words + 8 * i)), enough) << (8 * i);
    return found;
}

AVX512 static void settle_block(const struct block *block, const uint8_t *at, size_t n, uint16_t *marks)
{
    uint64_t rich = words_with(block->rich, 1), rows = _mm512_test_epi8_mask(load(block->kinds), load(block->kinds));

    struct kinds_at last = { NULL, 0 };

    for EACH_BIT(i, words_with(block->hints, 1)) {
        const uint8_t *word = at + i * PF_MARK_WORD;

        settle_hints(classes_rich(word, load(word)).hint, word, marks + i);
    }
    for EACH_BIT(i, rows)
        settle_rows(block->ends[i], &last, at + i * PF_MARK_WORD, marks + i);
    for EACH_BIT(i, words_with(block->borders, PF_MARK_BORDERS))
        settle_cells(at + i * PF_MARK_WORD, marks + i);
    rich |= (uint64_t)(_mm512_movepi8_mask(no_text_bytes(load(at + n * PF_MARK_WORD))) != 0) << n;
    if (rich != 0)
        rich_marks(at, marks, (rich | rich >> 1) & ((1ULL << n) - 1));
}

static void clear_block(struct block *block)
{
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
    memset(marks, 0, words * sizeof *marks);
    for (size_t done = 0, n; done < words; done += n, at += n * PF_MARK_WORD, marks += n) {
        n = words - done < BLOCK ? words - done : BLOCK;
        if (n < BLOCK)
            clear_block(&block);
        look_at_block(before, at, n, &block);
        settle_block(&block, at, n, marks);
    }
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
