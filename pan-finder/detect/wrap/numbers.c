/* numbers.c - the walk that looks for bytes written as numbers. Where a mark says that numbers
 * stand in a list, it looks at eight bytes in each 32: the shortest list that holds a card
 * number is longer. */
#include "pan-finder/detect/wrap/numbers.h"

#include <string.h>

enum { STEP = 32, EIGHT = 8 };

#define ALL(byte) (0x0101010101010101ULL * (byte))

/* Bytes of numbers that stand apart. */
static bool number_byte(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (c != 0 && strchr(" ,;-\t\r\n()", c) != NULL) || (uint8_t)((c | 0x20) - 'a') < 6 || c == 'x' || c == 'X';
}

/* Eight bytes below 40 hex, or an 'x' among them ("0x34"). */
static bool may_be(const uint8_t *p)
{
    uint64_t v, x;

    memcpy(&v, p, sizeof v);
    if ((v & ALL(0xc0)) == 0)
        return true;
    x = v ^ ALL('x');
    return ((x - ALL(1)) & ~x & ALL(0x80)) != 0;
}

static bool numbers(const uint8_t *p)
{
    unsigned digits = 0;

    for (size_t i = 0; i < EIGHT; i++) {
        if (!number_byte(p[i]))
            return false;
        digits += (uint8_t)(p[i] - '0') < 10;
    }
    return digits > 0 && digits < EIGHT;
}

/* Two cells of a dump of characters ("   R   n"): every fourth byte is none of a blank, or more. */
static bool characters(const uint8_t *p)
{
    unsigned blank = 0;

    for (size_t i = 0; i < EIGHT; i++)
        blank |= (unsigned)(p[i] == ' ') << i;
    blank &= blank >> 4;             /* in both halves */
    return __builtin_popcount(blank) == 3;
}

static bool is_place(const uint8_t *p)
{
    return (may_be(p) && numbers(p)) || characters(p);
}

bool pf_numbers_find(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const size_t hi = view->hi < view->len ? view->hi + PF_MARK_WORD : view->hi, stop = hi < view->len ? hi : view->len;
    const size_t words = (stop + PF_MARK_WORD - 1) / PF_MARK_WORD;

    for (size_t at = from + (STEP - (view->offset + from) % STEP) % STEP; at + EIGHT <= stop; at += STEP) {
        size_t begin, word = at / PF_MARK_WORD;
        bool od;

        if (word > 0 && (marks[word - 1] & PF_MARK_NUMBERS))
            ;                        /* a list goes on from there */
        else if ((begin = pf_marks_next(marks, PF_MARK_NUMBERS, word, words) * PF_MARK_WORD) > at) {
            at += (begin - at) / STEP * STEP;
            if (at < begin)
                continue;
        }
        if (at + EIGHT > stop || !is_place(view->buf + at))
            continue;
        begin = pf_od_begin(view->buf, view->len, view->last, from, at);
        od = begin != SIZE_MAX;
        if (!od)
            begin = pf_bytes_begin(view->buf, view->len, from, at);
        if (begin == SIZE_MAX || begin >= view->hi)
            continue;
        *u = (struct pf_unwrap){ .wrap = od ? &pf_wrap_od : &pf_wrap_bytes, .start = begin };
        return true;
    }
    return false;
}
