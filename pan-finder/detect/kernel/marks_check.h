/* marks_check.h - the conditions of marks.h that take several bytes to tell, at
 * one byte.
 * Layer: detect. Used by the oracle for every byte, by the fast kernels for the
 * few where their own look says "maybe". `c` is one byte of a word: 24 bytes
 * before the word and the word behind it can be read (zeros outside the buffer). */
#ifndef PF_DETECT_MARKS_CHECK_H
#define PF_DETECT_MARKS_CHECK_H

#include "pan-finder/detect/kernel/marks.h"

#include <stdbool.h>
#include <string.h>

#define PF_MARK_NEAR 24       /* bytes from a row of stars to a digit */
#define PF_MARK_BREAK_BACK 3  /* bytes from a line end back to a digit */
#define PF_MARK_CELL 8        /* digits in a short cell, at most */
#define PF_MARK_BORDERS 3     /* of cells, in a word */
#define PF_MARK_APART 12      /* bytes between the numbers of a list, in two words */
#define PF_MARK_ZEROS 12      /* 'A' in base64 of UTF-16, in a word */
#define PF_MARK_FOURS 2       /* groups of four digits, in a word */
#define PF_MARK_CONTROLS 6    /* control characters in three words of text, at most */
#define PF_MARK_SIGNS 8       /* signs of escapes and pairs of digits in three words, where they are no text */

static inline bool pf_mark_digit(uint8_t c)
{
    return (uint8_t)(c - '0') <= 9;
}

/* Both nibbles are decimal. */
static inline bool pf_mark_decimal(uint8_t c)
{
    return c <= 0x99 && (c & 15) <= 9;
}

static inline bool pf_mark_text(uint8_t c)
{
    return c >= '\t' && c < 0x80 && (c <= '\r' || c >= 0x20);
}

static inline bool pf_mark_exponent(const uint8_t *c)
{
    const uint8_t *one = c[2] != '+' ? c + 2 : c[3] == '0' ? c + 4 : c + 3;

    return pf_mark_digit(c[0]) && (c[1] | 0x20) == 'e' && one[0] == '1' && pf_mark_digit(one[1]);
}

static inline bool pf_mark_blank(uint8_t c)
{
    return c == '\r' || c == ' ' || c == '-';
}

static inline bool pf_mark_break(const uint8_t *c)
{
    const uint8_t *last = c - 1, *before;

    while (last > c - PF_MARK_BREAK_BACK && pf_mark_blank(*last))
        last--;
    if (*c != '\n' || !pf_mark_digit(*last))
        return false;
    for (before = last - 1; before > last - PF_MARK_CELL && pf_mark_digit(*before); before--)
        ;
    return *before == 0 || strchr(",;|\t+/&", *before) == NULL;
}

/* Four digits alone at c. */
static inline bool pf_mark_four(const uint8_t *c)
{
    return !pf_mark_digit(c[-1]) && pf_mark_digit(c[0]) && pf_mark_digit(c[1]) && pf_mark_digit(c[2]) &&
           pf_mark_digit(c[3]) && !pf_mark_digit(c[4]);
}

/* A byte that stands between cells. */
static inline bool pf_mark_border(uint8_t c)
{
    return c == ',' || c == ';' || c == '|' || c == '\t' || c == '"' || c == '\'' || c == '&' || c == '<' || c == '\n';
}

/* A byte between the numbers of a list. */
static inline bool pf_mark_apart(uint8_t c)
{
    return c == ' ' || c == ',' || c == ';' || c == 'x' || c == 'X' || c == '(' || c == ')' || c == '-' || c == '\t' ||
           c == '\r' || c == '\n';
}

/* A letter in a list of numbers. */
static inline bool pf_mark_listed(uint8_t c)
{
    return (c >= 'a' && c <= 'f') || c == 't' || c == 'u' || c == 'y';
}

/* Each condition that its flag's comment in marks.h states, at c. */
bool pf_mark_names(const uint8_t *c);
bool pf_mark_tlv(const uint8_t *c);
bool pf_mark_bcd(const uint8_t *c);
bool pf_mark_escape(const uint8_t *c);
bool pf_mark_stars(const uint8_t *c);
bool pf_mark_uu(const uint8_t *c);

/* Whether escapes count in the word at `word`: not where it, the one before it and the one behind it are no text,
 * more than PF_MARK_CONTROLS of their bytes being 01..08 or 0E..1F (1B apart), and have fewer than PF_MARK_SIGNS
 * bytes out of "\%=&" and pairs of digits that stand in one of the three. Each digit of a number in escapes brings
 * one at least; random bytes have so many three times in a hundred. The three words can be read. */
bool pf_mark_escapes_count(const uint8_t *word);

#endif
