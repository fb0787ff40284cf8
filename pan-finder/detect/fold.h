/* fold.h - one spelling for a character, whatever its case, width or kana form.
 * Layer: detect. Used twice with the same answer: when the table of words is
 * made (data/gen_context.c) and when the text around a number is read
 * (reading.c). Pure. */
#ifndef PF_DETECT_FOLD_H
#define PF_DETECT_FOLD_H

#include <stddef.h>
#include <stdint.h>

enum {
    PF_FOLD_BREAK = 0,     /* ends a word and a phrase */
    PF_FOLD_SEP = 1,       /* stands between the parts of a name or phrase: dropped */
};

static inline uint16_t pf_fold_ascii(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return (uint16_t)(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '#' || c == '/')
        return (uint16_t)c;
    if (c == ' ' || c == '_' || c == '-' || c == '.' || c == '[' || c == ']')
        return PF_FOLD_SEP;
    return PF_FOLD_BREAK;
}

/* Half-width kana U+FF66..FF9D to katakana (Unicode, Halfwidth and Fullwidth Forms). */
static inline uint16_t pf_fold_halfkana(uint32_t cp)
{
    static const uint16_t kana[] = {
        0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc,
        0x30a2, 0x30a4, 0x30a6, 0x30a8, 0x30aa, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3,
        0x30b5, 0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1, 0x30c4, 0x30c6, 0x30c8,
        0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf, 0x30d2, 0x30d5, 0x30d8, 0x30db,
        0x30de, 0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8,
        0x30e9, 0x30ea, 0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3,
    };

    return kana[cp - 0xff66];
}

/* The mark (U+FF9E voiced, U+FF9F half-voiced, or the combining U+3099/309A)
 * joined to the katakana before it; 0 when they do not join. */
static inline uint16_t pf_fold_voiced(uint16_t kana, uint32_t mark)
{
    int half = mark == 0xff9f || mark == 0x309a;

    if (mark != 0xff9e && mark != 0x3099 && !half)
        return 0;
    if (kana >= 0x30cf && kana <= 0x30db && (kana - 0x30cf) % 3 == 0)
        return (uint16_t)(kana + (half ? 2 : 1));
    if (half)
        return 0;
    if (kana == 0x30a6)
        return 0x30f4;
    if ((kana >= 0x30ab && kana <= 0x30c1 && (kana & 1)) ||
        kana == 0x30c4 || kana == 0x30c6 || kana == 0x30c8)
        return (uint16_t)(kana + 1);
    return 0;
}

static inline uint16_t pf_fold_wide(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e)
        return pf_fold_ascii(cp - 0xff01 + 0x21);
    if (cp >= 0x3041 && cp <= 0x3096)
        return (uint16_t)(cp + 0x60);
    if (cp >= 0xff66 && cp <= 0xff9d)
        return pf_fold_halfkana(cp);
    if (cp == 0x30fb || cp == 0xff65 || cp == 0x3000 || cp == 0xa0 || cp == 0xad || cp == 0xfeff ||
        (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || (cp >= 0x200b && cp <= 0x200d))
        return PF_FOLD_SEP;
    if ((cp >= 0x30a1 && cp <= 0x30fe) || (cp >= 0x3400 && cp <= 0x9fff) || cp == 0x3005 ||
        (cp >= 0xc0 && cp <= 0x24f))
        return (uint16_t)cp;
    return PF_FOLD_BREAK;
}

/* Folds one character; writes one or two symbols to `out`, returns how many. */
static inline size_t pf_fold(uint32_t cp, uint16_t out[2])
{
    if (cp == 0x2116) {                    /* numero sign */
        out[0] = 'n';
        out[1] = 'o';
        return 2;
    }
    if (cp == 0x2160 || cp == 0x2161) {    /* roman numerals one and two */
        out[0] = out[1] = 'i';
        return cp == 0x2160 ? 1 : 2;
    }
    out[0] = cp < 0x80 ? pf_fold_ascii(cp) : pf_fold_wide(cp);
    return 1;
}

/* Hash of an edge of the word trie; `bits` is the size of its table. */
static inline uint32_t pf_edge_hash(uint32_t node, uint16_t symbol, unsigned bits)
{
    return ((node << 16 | symbol) * 2654435769u) >> (32 - bits);
}

/* Bit of the filter on the first three symbols of a word; c is 0 for a word of two. */
static inline uint32_t pf_start_bit(uint16_t a, uint16_t b, uint16_t c)
{
    return ((a * 0x9e3bu + b) * 0x85ebu + c) * 2654435769u >> 16;
}

#define PF_START_BYTES 8192

#endif
