/* marks.h - one pass over a window that says, for each 64 bytes, what rarer
 * things may stand there: everything that is looked for beside plain digits is
 * looked for only where a mark says so.
 * Layer: detect. A mark may be set in vain, never missed: for each flag the
 * condition below holds at some byte of the word. All kernels give the same
 * marks as the scalar one (tests/unit/detect/kernel/test_marks.c).
 *
 * A condition is on the bytes c[0], c[1], ... from one byte of the word on; those
 * that are needed to tell may lie in the next word, none lies further. */
#ifndef PF_DETECT_MARKS_H
#define PF_DETECT_MARKS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PF_MARK_WORD 64          /* windows begin at multiples of it: PF_WINDOW_STEP */

enum pf_mark {
    /* base64 of digits: c[0], c[4], c[8] in {I L M N O} and the byte after each in
     * {C D S T i j y z}: "NDExMTEx". No digit is in these sets, words seldom fit. */
    PF_MARK_QUADS = 1 << 0,
    /* 22 bytes of A-Z a-z 0-9 + / - _ in a row, with an upper case letter, a lower case
     * one, and a digit, '+' or '/' in the word where they begin or the one where they end; or with
     * twelve 'A' in one of these words (UTF-16) */
    PF_MARK_BASE64 = 1 << 1,
    /* hex text of digits or of binary data. "3", "F" or "f" and a digit, four times: at 0 2 4 6
     * ("34313131"), or at 0 2 5 7 (xxd: "3431 3131"); or 20 hex digits in a row; or one of
     * " :-,+" and a hex digit seven times, 3 apart (" 41 11"), or one of " :," and one four times, 5 apart ("5a08 4111") */
    PF_MARK_HEX = 1 << 2,
    /* an escape that can be a digit, or a separator between digits: '%' and one of "238AaEe";
     * '=' and one of "38AE" or a line end; '&' and one of "#nhm"; '\' and one of "uxX'067";
     * a digit and one of "\%=&^" ('^': a track's). Among bytes that are no text by pf_mark_escapes_count alone */
    PF_MARK_ESCAPE = 1 << 3,
    /* F0..F9 four times in a row (EBCDIC digits) */
    PF_MARK_EBCDIC = 1 << 4,
    /* digits that stand apart: UTF-32 (3x 00 00, or 00 00 3x, three times, 4 apart), full-width
     * in UTF-16 (1x FF or FF 1x three times, 2 apart; x is 0..9), JIS X 0208 in seven bits
     * ('#' and a digit four times, 2 apart: "#4#1#1#1") */
    PF_MARK_WIDE = 1 << 5,
    /* a BER-TLV head of a card's tag: 5A and a length 06..0A, or 57 and 08..13, and a byte of
     * two decimal nibbles, 10 or more; 9F 6B and 08..13; 9F 1F and 01..4C. Not 56: in text it is
     * everywhere, and a first track that stands alone is found as text */
    PF_MARK_TLV = 1 << 6,
    /* eight bytes whose nibbles are all 0..9 (packed decimal), one of them not in 20..39, and a
     * byte that is no ASCII text (00..08, 0E..1F, 80..FF) among them and the eight behind; but
     * not all 00, and not 00 in every second place alone (UTF-16) */
    PF_MARK_BCD = 1 << 7,
    /* three equal bytes of '*' 'X' 'x' '#' '.' '-' '_' '?', with a digit in the 24 bytes before them or
     * the 24 behind; or a mask sign three times: U+00D7, U+2022, U+2217, U+25A0, U+25CB, U+25CF, U+25EF,
     * U+FF0A, U+FF38, U+FF58 in UTF-8, and those of them in Shift_JIS and EUC-JP that marks_check.c lists */
    PF_MARK_STARS = 1 << 8,
    /* a name that may be of a verification code, PIN or track, any case: "cv" and one of
     * "vcdnx2"; "ccv"; "cav"; "csc"; "cid"; "pin"; "ecurity"; "code"; "rack"; one of "def" and "52"; "nf" and one
     * of "_-N"; or the Japanese for "secu(rity)", "secret (number)", "confirmation", "authentication" or "back (of the card)" in UTF-8, Shift_JIS or EUC-JP (the table stands in marks_check.c) */
    PF_MARK_NAMES = 1 << 9,
    /* a line end (0A) behind a digit, with at most two of CR ' ' '-' between them; not where this
     * digit ends a row of eight at most that stands behind one of , ; | tab + / & */
    PF_MARK_BREAK = 1 << 10,
    /* "begin " and 0..7, or "begin-b"; or a line end, 'M', 60 bytes 20..60, and a line end */
    PF_MARK_UU = 1 << 11,
    /* the end of a number in exponent form: a digit, 'E' or 'e', a '+', "+0" or none, '1', a digit */
    PF_MARK_EXPONENT = 1 << 12,
    /* groups of a number in cells: in the word and the one behind it three bytes out of
     * , ; | tab LF " ' & < and two places at each of which four digits stand alone and one of these
     * behind them; the first place in the word */
    PF_MARK_CELLS = 1 << 13,
    /* a list of numbers: 16 bytes in a row, from the word on, of digits, " ,;xX()-" TAB CR LF and
     * a..f, t, u, y ("(byte)0x34", "0x34u8"), and 12 bytes of the second kind in the word and the one behind
     * it; or 12 such bytes and four times three of them and another one, 4 apart (od -c), from the word on */
    PF_MARK_NUMBERS = 1 << 14,
    /* text of two or four bytes a character: in the word 16 bytes of which every second is 00 and the
     * others are not, or three of four are (UTF-16, UTF-32) */
    PF_MARK_UNITS = 1 << 15,
};

/* marks[w] for each word of buf[0..len), len/64 rounded up; what is behind len
 * counts as zeros. Reads never outside buf. */
typedef void pf_marks_fn(const uint8_t *buf, size_t len, uint16_t *marks);

/* The oracle: byte by byte, and slow. */
pf_marks_fn pf_scalar_marks;

/* All flags of the words in [from, until). */
static inline uint16_t pf_marks_any(const uint16_t *marks, size_t from, size_t until)
{
    uint64_t any[2] = { 0, 0 }, eight[2];

    for (; from + 8 <= until; from += 8) {
        memcpy(eight, marks + from, sizeof eight);
        any[0] |= eight[0];
        any[1] |= eight[1];
    }
    any[0] |= any[1];
    any[0] |= any[0] >> 32;
    any[0] |= any[0] >> 16;
    for (; from < until; from++)
        any[0] |= marks[from];
    return (uint16_t)any[0];
}

/* The first word in [from, until) that has one of `flags`; `until` when none has.
 * Four words a step: whole windows have none. */
static inline size_t pf_marks_next(const uint16_t *marks, unsigned flags, size_t from, size_t until)
{
    const uint64_t wanted = 0x0001000100010001u * (uint64_t)(flags & 0xffffu);

    for (; until - from >= 4 && from < until; from += 4) {
        uint64_t four;

        memcpy(&four, marks + from, sizeof four);
        if ((four & wanted) != 0)
            break;
    }
    while (from < until && (marks[from] & flags) == 0)
        from++;
    return from;
}

#endif
