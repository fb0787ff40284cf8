/* marks_class.h - the bytes that the conditions of marks.h are made of, as
 * classes of a byte and the one or two behind it.
 * Layer: detect. A table gives eight bits for a byte; the bits of two (or three)
 * tables for bytes that follow each other, and-ed, say which pairs (or triples)
 * begin there. Tables for ASCII have 128 rows. */
#ifndef PF_DETECT_MARKS_CLASS_H
#define PF_DETECT_MARKS_CLASS_H

#include <stdint.h>

/* Rows of a table: f(0), f(1), ... */
#define PF_ROWS4(f, i) f((i)), f((i) + 1), f((i) + 2), f((i) + 3)
#define PF_ROWS16(f, i) PF_ROWS4(f, i), PF_ROWS4(f, (i) + 4), PF_ROWS4(f, (i) + 8), PF_ROWS4(f, (i) + 12)
#define PF_ROWS64(f, i) PF_ROWS16(f, i), PF_ROWS16(f, (i) + 16), PF_ROWS16(f, (i) + 32), PF_ROWS16(f, (i) + 48)
#define PF_ROWS128(f) { PF_ROWS64(f, 0), PF_ROWS64(f, 64) }

#define PF_IS2(c, a, b) ((c) == (a) || (c) == (b))
#define PF_IS4(c, a, b, d, e) (PF_IS2(c, a, b) || PF_IS2(c, d, e))
#define PF_BETWEEN(c, a, b) ((c) >= (a) && (c) <= (b))
#define PF_C_DIGIT(c) PF_BETWEEN(c, '0', '9')
#define PF_C_HEX(c) (PF_C_DIGIT(c) || PF_BETWEEN(c, 'A', 'F') || PF_BETWEEN(c, 'a', 'f'))
#define PF_C_LETTER(c) (PF_BETWEEN(c, 'A', 'Z') || PF_BETWEEN(c, 'a', 'z'))
#define PF_C_BASE64(c) (PF_C_DIGIT(c) || PF_C_LETTER(c) || PF_IS4(c, '+', '/', '-', '_'))
#define PF_C_STAR(c) (PF_IS4(c, '*', 'X', 'x', '#') || PF_IS4(c, '.', '-', '_', '?'))
#define PF_C_DECIMAL(c) ((c) <= 0x99 && ((c) & 15) <= 9)
#define PF_BIT(n, is) ((is) ? 1 << (n) : 0)

/* Pairs that stand in rows, by bit. */
enum { PF_ROW_QUADS, PF_ROW_BASE64, PF_ROW_HEX2, PF_ROW_HEX25, PF_ROW_HEX20, PF_ROW_PAIRS, PF_ROW_WORDS, PF_ROW_STARS };

#define PF_PAIR_1(c) (uint8_t)( \
    PF_BIT(PF_ROW_QUADS, PF_IS4(c, 'I', 'L', 'M', 'N') || (c) == 'O') | \
    PF_BIT(PF_ROW_BASE64, PF_C_BASE64(c)) | \
    PF_BIT(PF_ROW_HEX2, PF_IS4(c, '3', 'F', 'f', '#')) | \
    PF_BIT(PF_ROW_HEX25, PF_IS2(c, '3', 'F') || (c) == 'f') | \
    PF_BIT(PF_ROW_HEX20, PF_C_HEX(c)) | \
    PF_BIT(PF_ROW_PAIRS, PF_IS4(c, ' ', ':', '-', ',') || (c) == '+') | \
    PF_BIT(PF_ROW_WORDS, PF_IS2(c, ' ', ':') || (c) == ',') | \
    PF_BIT(PF_ROW_STARS, PF_C_STAR(c)))

#define PF_PAIR_2(c) (uint8_t)( \
    PF_BIT(PF_ROW_QUADS, PF_IS4(c, 'C', 'D', 'S', 'T') || PF_IS4(c, 'i', 'j', 'y', 'z')) | \
    PF_BIT(PF_ROW_BASE64, 1) | \
    PF_BIT(PF_ROW_HEX2, PF_C_DIGIT(c)) | \
    PF_BIT(PF_ROW_HEX25, PF_C_DIGIT(c)) | \
    PF_BIT(PF_ROW_HEX20, 1) | \
    PF_BIT(PF_ROW_PAIRS, PF_C_HEX(c)) | \
    PF_BIT(PF_ROW_WORDS, PF_C_HEX(c)) | \
    PF_BIT(PF_ROW_STARS, PF_C_STAR(c)))

/* How each kind of row grows, from the pair that ends it: a pair and the one so many
 * bytes before it; two such, so many before; and so on. 0: as it is. */
#define PF_ROW_STEPS { \
    { 4, 1, 2, 2, 1, 3, 5, 1 }, \
    { 4, 2, 4, 5, 2, 6, 10, 0 }, \
    { 0, 4, 0, 0, 4, 9, 0, 0 }, \
    { 0, 8, 0, 0, 8, 0, 0, 0 }, \
    { 0, 6, 0, 0, 4, 0, 0, 0 } }
/* bytes from the first pair of a row to its last */
#define PF_ROW_SPANS { 8, 21, 6, 7, 19, 18, 15, 1 }

/* Triples of which one will do, by bit. Seen as mere hints: PF_HINT_SURE alone tell. */
enum { PF_HINT_ESCAPE, PF_HINT_EQUALS, PF_HINT_DIGIT, PF_HINT_CV, PF_HINT_PIN, PF_HINT_BEG, PF_HINT_RAC, PF_HINT_TLV };
#define PF_HINT_SURE (1 << PF_HINT_EQUALS | 1 << PF_HINT_DIGIT)

#define PF_HINT_1(c) (uint8_t)( \
    PF_BIT(PF_HINT_ESCAPE, PF_IS2(c, '%', '\\') || (c) == '&') | \
    PF_BIT(PF_HINT_EQUALS, (c) == '=') | \
    PF_BIT(PF_HINT_DIGIT, PF_C_DIGIT(c)) | \
    PF_BIT(PF_HINT_CV, PF_IS2(c, 'c', 'C')) | \
    PF_BIT(PF_HINT_PIN, PF_IS4(c, 'p', 'P', 'c', 'C')) | \
    PF_BIT(PF_HINT_BEG, PF_IS2(c, 'e', 'E') || (c) == 'b' || PF_C_DIGIT(c)) | \
    PF_BIT(PF_HINT_RAC, PF_IS4(c, 'r', 'R', '\n', '\r') || PF_IS4(c, 'n', 'N', 'e', 'E') || PF_IS4(c, 'f', 'F', 'd', 'D')) | \
    PF_BIT(PF_HINT_TLV, PF_IS2(c, 'W', 'Z')))

#define PF_HINT_2(c) (uint8_t)( \
    PF_BIT(PF_HINT_ESCAPE, PF_IS4(c, '2', '3', '8', 'A') || PF_IS4(c, 'a', 'E', 'e', '#') || \
                           PF_IS4(c, 'n', 'h', 'm', 'u') || PF_IS4(c, 'x', 'X', '\'', '0') || PF_IS2(c, '6', '7')) | \
    PF_BIT(PF_HINT_EQUALS, PF_IS4(c, '3', '8', 'A', 'E') || PF_IS2(c, '\n', '\r')) | \
    PF_BIT(PF_HINT_DIGIT, PF_IS4(c, '\\', '%', '=', '&') || (c) == '^') | \
    PF_BIT(PF_HINT_CV, PF_IS4(c, 'v', 's', 'i', 'o') || PF_IS4(c, 'V', 'S', 'I', 'O') || PF_IS4(c, 'a', 'c', 'A', 'C')) | \
    PF_BIT(PF_HINT_PIN, PF_IS4(c, 'i', 'I', 'v', 'V')) | \
    PF_BIT(PF_HINT_BEG, PF_IS4(c, 'c', 'C', 'e', 'E')) | \
    PF_BIT(PF_HINT_RAC, PF_IS4(c, 'a', 'A', 'f', 'F') || PF_IS2(c, 'M', '5')) | \
    PF_BIT(PF_HINT_TLV, PF_BETWEEN(c, '\t', '\r')))

#define PF_HINT_3(c) (uint8_t)( \
    PF_BIT(PF_HINT_ESCAPE, 1) | PF_BIT(PF_HINT_EQUALS, 1) | PF_BIT(PF_HINT_DIGIT, 1) | \
    PF_BIT(PF_HINT_CV, PF_IS4(c, 'c', 'd', 'v', '2') || PF_IS4(c, 'C', 'D', 'x', 'X') || (c) == 'V') | \
    PF_BIT(PF_HINT_PIN, PF_IS2(c, 'n', 'N')) | \
    PF_BIT(PF_HINT_BEG, PF_IS4(c, 'u', 'U', '1', '+') || (c) == 'g') | \
    PF_BIT(PF_HINT_RAC, PF_BETWEEN(c, 0x20, 0x60) || (c) == 'c') | \
    PF_BIT(PF_HINT_TLV, PF_C_DECIMAL(c) && (c) >= 0x10))

#endif
