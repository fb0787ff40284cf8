/* marks_avx512_other.c - the marks of bytes that are no ASCII text: digits of EBCDIC,
 * of wide characters, packed decimals; tags; names and mask signs in Japanese. */
#include "pan-finder/detect/kernel/kernels.h"

#if defined(__x86_64__)
#include "pan-finder/detect/kernel/marks_avx512.h"

/* Of the words of a block and the one behind it, zero where none were made: masks of
 * struct masks, and where a tag, a name in Japanese or a mask sign may begin. */
enum { FEW = 8 };
struct others {
    uint64_t zero[66], ff[66], ten[66], ebcdic[66], decimal[66], low[66];
    uint64_t tag[64], name[64], star[64];
};

static struct masks masks_of(const struct others *o, const uint64_t *rich, const uint64_t *digits, size_t w)
{
    return (struct masks){ o->zero[w], digits[w], o->ff[w], o->ten[w], o->ebcdic[w], o->decimal[w], o->low[w], rich[w] };
}

/* Eight words and the ones behind them. */
struct eights { __m512i here, next; };

AVX512 static inline struct eights eight_of(const uint64_t *words)
{
    return (struct eights){ load(words), load(words + 1) };
}

/* Bit i stays where bit i + n is set too; 0 < n, and what is told lies less than a word ahead. */
#define AND_DOWN(a, b, n) (struct eights){ \
    _mm512_and_si512((a).here, _mm512_shrdi_epi64((b).here, (b).next, n)), \
    _mm512_and_si512((a).next, _mm512_srli_epi64((b).next, n)) }

/* Where eight bytes are not all 00, and not 00 in every second place. */
AVX512 static struct eights no_zeros(struct eights zero)
{
    struct eights change = {
        _mm512_xor_si512(zero.here, _mm512_shrdi_epi64(zero.here, zero.next, 1)),
        _mm512_xor_si512(zero.next, _mm512_srli_epi64(zero.next, 1)),
    };

    zero = AND_DOWN(zero, zero, 1);
    zero = AND_DOWN(zero, zero, 2);
    zero = AND_DOWN(zero, zero, 4);
    change = AND_DOWN(change, change, 1);
    change = AND_DOWN(change, change, 2);
    change = AND_DOWN(change, change, 3);
    return (struct eights){ ~(zero.here | change.here), ~(zero.next | change.next) };
}

/* Bit i: in word w + i of eight may be what pf_masks_mark looks for. */
AVX512 static unsigned masks_maybe(const struct others *o, const uint64_t *digits, size_t w)
{
    struct eights zero = eight_of(o->zero + w), digit = eight_of(digits + w), ff = eight_of(o->ff + w);
    struct eights ten = eight_of(o->ten + w), decimal = eight_of(o->decimal + w), ebcdic = eight_of(o->ebcdic + w);
    struct eights le, be, wide_le, wide_be, other = no_zeros(zero);

    decimal = AND_DOWN(decimal, decimal, 1);
    decimal = AND_DOWN(decimal, decimal, 2);
    decimal = AND_DOWN(decimal, decimal, 4);
    decimal.here = _mm512_and_si512(decimal.here, other.here);
    ebcdic = AND_DOWN(ebcdic, ebcdic, 1);
    ebcdic = AND_DOWN(ebcdic, ebcdic, 2);
    zero = AND_DOWN(zero, zero, 1);
    le = AND_DOWN(digit, zero, 1);
    be = AND_DOWN(zero, digit, 2);
    le = AND_DOWN(le, le, 4);
    be = AND_DOWN(be, be, 4);
    wide_le = AND_DOWN(ten, ff, 1);
    wide_be = AND_DOWN(ff, ten, 1);
    wide_le = AND_DOWN(wide_le, wide_le, 2);
    wide_be = AND_DOWN(wide_be, wide_be, 2);
    le.here = _mm512_ternarylogic_epi64(le.here, be.here, decimal.here, 0xfe);
    le.here = _mm512_ternarylogic_epi64(le.here, wide_le.here, wide_be.here, 0xfe);
    le.here = _mm512_or_si512(le.here, ebcdic.here);
    return _mm512_test_epi64_mask(le.here, le.here);
}

#define TAG(i) (uint8_t)((i) == 0x1a ? 0x5a : (i) == 0x17 ? 0x57 : (i) == 0x1f ? 0x9f : NOT(i))
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
#define STAR(i) (uint8_t)( \
    (i) == 0x22 ? 0xe2 : (i) == 0x2f ? 0xef : (i) == 0x01 ? 0x81 : (i) == 0x21 ? 0xa1 : (i) == 0x03 ? 0xc3 : \
    (i) == 0x02 ? 0x82 : (i) == 0x23 ? 0xa3 : NOT(i))
#define STAR_SECOND(i) (uint8_t)( \
    (i) == 0x00 ? 0x80 : (i) == 0x17 ? 0x97 : (i) == 0x3c ? 0xbc : (i) == 0x16 ? 0x96 : (i) == 0x1c ? 0x9c : \
    (i) == 0x36 ? 0xf6 : (i) == 0x3d ? 0xbd : (i) == 0x08 ? 0x88 : (i) == 0x3e ? 0x7e : (i) == 0x1b ? 0x9b : \
    (i) == 0x21 ? 0xa1 : (i) == 0x37 ? 0x77 : (i) == 0x1f ? 0xdf : (i) == 0x3b ? 0xfb : (i) == 0x18 ? 0xd8 : NOT(i))      /* and FC */
#define STAR_THIRD(i) (uint8_t)( \
    (i) == 0x22 ? 0xa2 : (i) == 0x0f ? 0x8f : (i) == 0x0a ? 0x8a : (i) == 0x01 ? 0x81 : (i) == 0x21 ? 0xa1 : \
    (i) == 0x03 ? 0xc3 : (i) == 0x38 ? 0xb8 : (i) == 0x18 ? 0x98 : (i) == 0x17 ? 0x97 : (i) == 0x0b ? 0x8b : \
    (i) == 0x2f ? 0xaf : (i) == 0x20 ? 0xa0 : (i) == 0x02 ? 0x82 : (i) == 0x23 ? 0xa3 : NOT(i))
static const uint8_t tags[64] = { PF_ROWS64(TAG, 0) }, tag_seconds[64] = { PF_ROWS64(TAG_SECOND, 0) };
static const uint8_t name_leads[64] = { PF_ROWS64(NAME, 0) }, name_seconds[64] = { PF_ROWS64(NAME_SECOND, 0) };
static const uint8_t name_thirds[64] = { PF_ROWS64(NAME_THIRD, 0) };
static const uint8_t star_leads[64] = { PF_ROWS64(STAR, 0) }, star_seconds[64] = { PF_ROWS64(STAR_SECOND, 0) };
static const uint8_t star_thirds[64] = { PF_ROWS64(STAR_THIRD, 0) };

AVX512_STEP static void make_masks(struct others *o, const uint8_t *at, uint64_t todo)
{
    const __m512i low_nibble = held_byte(15), nine = held_byte(9), last = held_byte(0x99), first_low = held_byte(0x20);
    const __m512i span_low = held_byte(0x19), ff = held_byte(0xff), ten = held_byte(0x10), f0 = held_byte(0xf0);

    for EACH_BIT(w, todo) {
        __m512i x = load(at + w * PF_MARK_WORD);

        keep(o->zero, w, _mm512_testn_epi8_mask(x, x));
        keep(o->ff, w, equal(x, ff));
        keep(o->ten, w, in_span(x, ten, nine));
        keep(o->ebcdic, w, in_span(x, f0, nine));
        keep(o->decimal, w, _mm512_mask_cmple_epu8_mask(
                                _mm512_cmple_epu8_mask(_mm512_and_si512(x, low_nibble), nine), x, last));
        keep(o->low, w, in_span(x, first_low, span_low));
    }
}

/* Where tags, names in Japanese and mask signs may be. */
AVX512_STEP static void make_sequences(struct others *o, const uint8_t *at, uint64_t todo)
{
    const __m512i tag_1 = held(load(tags)), tag_2 = held(load(tag_seconds)), decimal = held_byte(0x99);
    const __m512i name_1 = held(load(name_leads)), name_2 = held(load(name_seconds)), name_3 = held(load(name_thirds));
    const __m512i star_1 = held(load(star_leads)), star_2 = held(load(star_seconds)), star_3 = held(load(star_thirds));
    const __m512i name_5a = held_byte(0x5a), star_fc = held_byte(0xfc);

    for EACH_BIT(w, todo) {
        const uint8_t *word = at + w * PF_MARK_WORD;
        __m512i x = load(word), x1 = load(word + 1), x2 = load(word + 2);
        __mmask64 second = _kor_mask64(in_set(name_2, x1), equal(x1, name_5a));
        __mmask64 after = _kor_mask64(in_set(star_2, x1), equal(x1, star_fc));

        keep(o->tag, w, _mm512_mask_cmple_epu8_mask(_kand_mask64(in_set(tag_1, x), in_set(tag_2, x1)), x2, decimal));
        keep(o->name, w, _kand_mask64(_kand_mask64(in_set(name_1, x), second), in_set(name_3, x2)));
        keep(o->star, w, _kand_mask64(_kand_mask64(in_set(star_1, x), after), in_set(star_3, x2)));
    }
}

/* The words where one is. */
AVX512 static uint64_t words_with_sequences(const struct others *o)
{
    uint64_t found = 0;

    for (int i = 0; i < 64; i += 8) {
        __m512i any = _mm512_ternarylogic_epi64(load(o->tag + i), load(o->name + i), load(o->star + i), 0xfe);

        found |= (uint64_t)_mm512_test_epi64_mask(any, any) << i;
    }
    return found;
}

static unsigned sequences(const struct others *other, size_t w, const uint8_t *at)
{
    unsigned found = 0;

    for EACH_BIT(i, other->tag[w])
        found |= pf_mark_tlv(at + i) ? PF_MARK_TLV : 0u;
    for EACH_BIT(i, other->name[w])
        found |= pf_mark_names(at + i) ? PF_MARK_NAMES : 0u;
    for EACH_BIT(i, other->star[w])
        found |= pf_mark_stars(at + i) ? PF_MARK_STARS : 0u;
    return found;
}

/* Bit i: word i holds zeros enough for text of two or four bytes a character. */
AVX512 static uint64_t words_with_zeros(const struct others *o)
{
    uint64_t found = 0;

    for (int i = 0; i < 64; i += 8)
        found |= (uint64_t)_mm512_cmpge_epi64_mask(_mm512_popcnt_epi64(load(o->zero + i)), _mm512_set1_epi64(8)) << i;
    return found;
}

/* Zeros where no masks will be made: in binary data that is nowhere but behind the end. */
static void clear_unmade(struct others *o, uint64_t todo, uint64_t all)
{
    uint64_t *const of_all[] = { o->zero, o->ff, o->ten, o->ebcdic, o->decimal, o->low };

    if (__builtin_popcountll(~todo) > FEW) {
        memset(o, 0, sizeof *o);
        return;
    }
    for EACH_BIT(w, ~todo)
        o->tag[w] = o->name[w] = o->star[w] = 0;
    for (size_t k = 0; k < sizeof of_all / sizeof of_all[0]; k++) {
        for EACH_BIT(w, ~all)
            of_all[k][w] = 0;
        of_all[k][64] = of_all[k][65] = 0;
    }
}

AVX512 void pf_avx512_other_marks(const uint8_t *at, const uint64_t *rich, const uint64_t *digits, uint64_t todo, uint16_t *marks)
{
    struct others other;
    uint64_t all = todo | todo << 1;

    clear_unmade(&other, todo, all);
    make_masks(&other, at, all);
    make_sequences(&other, at, todo);
    for EACH_BIT(w, words_with_sequences(&other))
        marks[w] |= (uint16_t)sequences(&other, w, at + w * PF_MARK_WORD);
    for EACH_BIT(w, words_with_zeros(&other) & todo)
        marks[w] |= (uint16_t)pf_zeros_mark(other.zero[w]);
    for (size_t w = 0; w < 64; w += 8)
        if ((todo >> w & 0xff) != 0)
            for EACH_BIT(i, masks_maybe(&other, digits, w) & (todo >> w)) {
                struct masks here = masks_of(&other, rich, digits, w + i), next = masks_of(&other, rich, digits, w + i + 1);

                marks[w + i] |= (uint16_t)pf_masks_mark(&here, &next);
            }
}
#endif
