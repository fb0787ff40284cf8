/* marks.h - one pass over a window that says, for each 64 bytes, what rarer
 * things may stand there: everything that is looked for beside plain digits is
 * looked for only where a mark says so.
 * Layer: detect. A mark may be set in vain, never missed: for each flag the
 * condition below holds at some byte of the word. All kernels give the same
 * marks as the scalar one (tests/unit/detect/kernel/test_marks.c). */
#ifndef PF_DETECT_MARKS_H
#define PF_DETECT_MARKS_H

#include <stddef.h>
#include <stdint.h>

#define PF_MARK_WORD 64

/* Condition at byte i of the word; bytes up to i + 23 may be in the next word. */
enum pf_mark {
    /* base64 of digits: c[i], c[i+4], c[i+8] in {I L M N O} and the byte after each in
     * {C D S T i j y z}: "NDExMTEx". No digit is in these sets, words seldom fit. */
    PF_MARK_QUADS = 1 << 0,
    /* 24 bytes of A-Z a-z 0-9 + / - _ in a row, with upper case, lower case and a
     * digit, '+' or '/' among the marked word and the next one */
    PF_MARK_BASE64 = 1 << 1,
    /* hex text of digits or of binary data: '3' or 'F' or 'f' as the first of a pair four
     * times, at strides 2, 3 or 2 and 3 mixed (xxd); or 20 hex digits in a row with a
     * letter among them; or eight pairs of hex digits with one space between them */
    PF_MARK_HEX = 1 << 2,
    /* an escape that can be a digit, or a separator between digits: "%3", "%25", "\u00",
     * "\x3", "=3", "&#", "&n", '\\' or '%' or '=' or '&' after a digit, "=\n", "=\r" */
    PF_MARK_ESCAPE = 1 << 3,
    /* F0..F9 six times or more in the word and the next one together (EBCDIC digits) */
    PF_MARK_EBCDIC = 1 << 4,
    /* digits that stand apart: UTF-32 (3x 00 00 00, 00 00 00 3x), full-width in UTF-16
     * (1x FF, FF 1x), JIS X 0208 in seven bits (23 3x: "#4#1"): three in a row */
    PF_MARK_WIDE = 1 << 5,
    /* a BER-TLV head of a card's tag: 5A or 57 or 9F 6B or 56 or 9F 1F and a length that fits it */
    PF_MARK_TLV = 1 << 6,
    /* eight bytes whose nibbles are all 0..9, one of them below 0x20 (packed decimal) */
    PF_MARK_BCD = 1 << 7,
    /* four equal bytes of '*' 'X' 'x' '#' '.' '-', or three equal pairs E2 xx / EF BC .. of
     * mask signs (U+2022, U+25CF, U+FF0A), with a digit within 24 bytes on either side */
    PF_MARK_STARS = 1 << 8,
    /* a name that may be of a verification code, PIN or track, any case: "cv" and one of
     * "vcdn2"; "csc"; "cid"; "pin"; "ecurity"; "code" after one of " _-y"; "trac"; or
     * U+30BB/U+6697/U+756A... as bytes of UTF-8 or Shift_JIS (the table stands in marks.c) */
    PF_MARK_NAMES = 1 << 9,
    /* ESC (1B): a shift of ISO-2022-JP, or a printer's command */
    PF_MARK_ESC = 1 << 10,
    /* "begin " at a line start, or a line that begins with 'M' and is full of uuencoding */
    PF_MARK_UU = 1 << 11,
};

/* marks[w] for each word of buf[0..len), len/64 rounded up; a part of a word
 * counts as followed by zeros. Reads never outside buf. */
typedef void pf_marks_fn(const uint8_t *buf, size_t len, uint16_t *marks);

#endif
