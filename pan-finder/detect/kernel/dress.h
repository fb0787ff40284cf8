/* dress.h - what a digit and a gap are, in each dress: the meaning of a run.
 * Layer: detect. Byte by byte and slow on purpose; the fast kernels use it for
 * the rare dresses, on the few bytes where one can stand.
 *
 * A gap is 1..PF_GAP_UNITS units of what separates digits: for UTF-16 and UTF-32
 * code units of a fixed set, for ISO-2022-JP characters of a few of row 1 or
 * ASCII between two shifts, for EBCDIC its own space, tab and so on; for all others bytes: space, tab,
 * '+' '-' '.' '_' '/', any byte >= 0x80, and any byte that follows 0x81 (the second
 * byte of a Shift_JIS punctuation mark). */
#ifndef PF_DETECT_DRESS_H
#define PF_DETECT_DRESS_H

#include "pan-finder/detect/kernel/kernel.h"

#define PF_GAP_UNITS 3    /* one UTF-8 character of U+0800..U+FFFF, or " - " */

#define PF_SHIFT 3        /* bytes of a shift of ISO-2022-JP: ESC ( B, ESC $ B */

/* How a digit of the dress is stored: `size` bytes, its value is byte `at` of
 * them less `base`. */
struct pf_dress_form { uint8_t size, at, base; };
extern const struct pf_dress_form pf_dress_forms[PF_DRESS_COUNT];

/* Bytes of a unit of text in the dress: 1, 2 or 4. */
size_t pf_dress_unit(enum pf_dress dress);

/* The unit that begins at `pos`, -1 when it does not lie in buf[0..len): a code
 * unit of UTF-16 or UTF-32; JIS X 0208 row and cell as two bytes; EBCDIC as the
 * ASCII character it stands for, 0xfffd where there is none; any other byte. */
int pf_dress_char(enum pf_dress dress, const uint8_t *buf, size_t len, int64_t pos);

/* The ASCII character of an EBCDIC byte, 0xfffd when it has none. The code pages
 * 037, 1047, 930 and 939 differ in lower case and in brackets: all are read. */
unsigned pf_dress_ebcdic(uint8_t c);

/* True when buf[pos..) starts with a digit of the dress that lies in buf[0..len). */
bool pf_dress_digit(enum pf_dress dress, const uint8_t *buf, size_t len, size_t pos);

/* Bytes of the shortest gap from `pos` (the end of a digit) to the next digit:
 * 0 when that follows at once, SIZE_MAX when none does. */
size_t pf_dress_gap(enum pf_dress dress, const uint8_t *buf, size_t len, size_t pos);

/* The run that begins with the digit at `pos`, to its end, whatever its length.
 * False when no digit begins there. */
bool pf_dress_follow(enum pf_dress dress, const uint8_t *buf, size_t len, size_t pos,
                     struct pf_run *run);

/* The first run of at least PF_PAN_MIN digits that starts in [from, until); it
 * is followed to its end, wherever that is. A run that began before `from` is
 * cut there. False when there is none. */
bool pf_dress_run(enum pf_dress dress, const uint8_t *buf, size_t len, size_t from,
                  size_t until, struct pf_run *run);

#endif
