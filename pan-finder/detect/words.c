/* words.c - the words of context.tsv: a trie over folded symbols, its edges in one
 * open-addressed table, and a filter on the first three symbols before it. */
#include "pan-finder/detect/words.h"

#include "pan-finder/detect/fold.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

enum { KIND_word = PF_WORD, KIND_second = PF_WORD_SECOND, KIND_key = PF_WORD_KEY };

struct word_edge { uint32_t key; uint16_t child; };

#include "word_table.h"

static uint16_t edge(uint16_t node, uint16_t symbol)
{
    uint32_t key = (uint32_t)node << 16 | symbol;
    uint32_t at = pf_edge_hash(node, symbol, EDGE_BITS);

    while (edge_table[at].key && edge_table[at].key != key)
        at = (at + 1) & ((1u << EDGE_BITS) - 1);
    return edge_table[at].key ? edge_table[at].child : 0;
}

static bool in_filter(uint32_t bit)
{
    return ((unsigned)start_filter[bit / 8] >> (bit % 8) & 1u) != 0;
}

/* False when no word begins with these symbols. */
static bool may_begin(uint16_t a, uint16_t b, uint16_t c)
{
    return in_filter(pf_start_bit(a, b, c)) || in_filter(pf_start_bit(a, b, 0));
}

static bool ascii_letter(uint16_t s)
{
    return s >= 'a' && s <= 'z';
}

/* True when a word may end with symbol e: before a break, a new word, a kana or
 * kanji, digits after a letter; an English plural is let through. */
static bool ends(const struct pf_reading *r, size_t e)
{
    uint16_t last = r->sym[e], next;

    if (last >= 0x80 || e + 1 >= r->n || r->start[e + 1])
        return true;
    next = r->sym[e + 1];
    if (pf_reading_break(next) || next >= 0x80)
        return true;
    if (!ascii_letter(last))
        return last == '#' || last == '/';
    if (next >= '0' && next <= '9')
        return true;
    return next == 's' && (e + 2 >= r->n || r->start[e + 2] || pf_reading_break(r->sym[e + 2]));
}

const struct pf_word_term *pf_words_longest(const struct pf_reading *r, size_t i, size_t *end)
{
    uint16_t node = 0, best = 0;

    if (i + 1 >= r->n || !may_begin(r->sym[i], r->sym[i + 1], i + 2 < r->n ? r->sym[i + 2] : 0))
        return NULL;
    for (size_t k = i; k < r->n; k++) {
        node = edge(node, r->sym[k]);
        if (!node)
            break;
        if (node_term[node] && ends(r, k)) {
            best = node_term[node];
            *end = k;
        }
    }
    return best ? &term_table[best] : NULL;
}

/* One step of a look for words in plain bytes: what the bytes at p[0..n) begin
 * with, separators left out. True when it is a word of the table. */
static bool spells(const uint8_t *p, size_t n)
{
    uint16_t sym[3] = { 0, 0, 0 }, node = 0;
    size_t k = 0, i = 0;

    for (; k < 3 && i < n && i < 8; i++) {
        uint16_t s = pf_fold_ascii(p[i]);

        if (s == PF_FOLD_BREAK)
            break;
        if (s != PF_FOLD_SEP)
            sym[k++] = s;
    }
    if (k < 2 || !may_begin(sym[0], sym[1], sym[2]))
        return false;
    for (i = 0; i < n; i++) {
        uint16_t s = pf_fold_ascii(p[i]);

        if (s == PF_FOLD_SEP)
            continue;
        node = edge(node, s);
        if (!node || node_term[node])
            return node != 0;
    }
    return false;
}

/* Bit i: p[i] is a letter / a capital / a digit / 0x80 or more. */
struct classes { uint32_t letter, upper, digit, high; };

#if defined(__SSE2__)
static uint32_t in_range(__m128i c, char first, char last)
{
    __m128i shifted = _mm_sub_epi8(c, _mm_set1_epi8((char)(first + 128)));      /* first becomes -128 */

    return (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(shifted, _mm_set1_epi8((char)(last - first - 127))));
}

/* Nonzero when p[0..16) has a letter or a byte of 0x80 or more. */
static uint32_t wordy(const uint8_t *p)
{
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)p);

    return in_range(_mm_or_si128(c, _mm_set1_epi8(0x20)), 'a', 'z') | (uint32_t)_mm_movemask_epi8(c);
}

static struct classes classify(const uint8_t *p)
{
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)p);
    uint32_t upper = in_range(c, 'A', 'Z');

    return (struct classes){ upper | in_range(c, 'a', 'z'), upper, in_range(c, '0', '9'),
                             (uint32_t)_mm_movemask_epi8(c) };
}
#else
static uint32_t wordy(const uint8_t *p)
{
    uint32_t any = 0;

    for (unsigned i = 0; i < 16; i++)
        any |= (uint32_t)((uint8_t)((p[i] | 0x20) - 'a') < 26) | (p[i] & 0x80u);
    return any;
}

static struct classes classify(const uint8_t *p)
{
    struct classes out = { 0, 0, 0, 0 };

    for (unsigned i = 0; i < 16; i++) {
        uint32_t upper = (uint8_t)(p[i] - 'A') < 26;

        out.upper |= upper << i;
        out.letter |= (upper | ((uint8_t)(p[i] - 'a') < 26)) << i;
        out.digit |= (uint32_t)((uint8_t)(p[i] - '0') < 10) << i;
        out.high |= (uint32_t)(p[i] >> 7) << i;
    }
    return out;
}
#endif

/* Every word has a letter or a character of two bytes or more. */
static bool any_letter(const uint8_t *buf, size_t from, size_t to)
{
    uint32_t any = 0;

    if (to - from < 16)
        return true;
    for (size_t at = from; at + 16 < to; at += 16)
        any |= wordy(buf + at);
    return (any | wordy(buf + to - 16)) != 0;
}

bool pf_words_likely(const uint8_t *buf, size_t from, size_t to)
{
    uint32_t carry = 0;

    if (!any_letter(buf, from, to))
        return false;
    for (size_t at = from; at < to; at += 16) {
        uint8_t last[16] = { 0 };
        const uint8_t *p = buf + at;
        uint32_t starts, alnum;
        struct classes c;

        if (to - at < 16)
            p = memcpy(last, p, to - at);
        c = classify(p);
        if (c.high)
            return true;
        alnum = c.letter | c.digit;
        starts = alnum & ~(alnum << 1 | carry);
        starts &= c.letter | c.letter >> 1 | c.letter >> 2 | 0xc000;    /* "3ds", "3-d", not "12-31" */
        for (starts |= c.upper; starts; starts &= starts - 1) {
            size_t i = at + (size_t)__builtin_ctz(starts);

            if (spells(buf + i, to - i))
                return true;
        }
        carry = alnum >> 15 & 1;
    }
    return false;
}
