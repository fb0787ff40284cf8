/* base64_sign.h - what stands between the characters of base64 and is none of them: a
 * character written as an escape, the end of a line, the seam of two strings.
 * Layer: detect. */
#ifndef PF_DETECT_BASE64_SIGN_H
#define PF_DETECT_BASE64_SIGN_H

#include "pan-finder/detect/wrap/wrap.h"

#define PF_BASE64_MARKS (PF_MARK_QUADS | PF_MARK_BASE64)

/* pf_unwrap.state. COUNT: characters of the line so far, up to 2^31. HELD: characters of a
 * quad that escapes or line ends cut in parts, their values in BITS. MARGIN, HASH: below. */
enum { PF_BASE64_COUNT, PF_BASE64_HELD, PF_BASE64_BITS, PF_BASE64_MARGIN, PF_BASE64_HASH };

/* pf_wrap.find of base64. */
bool pf_base64_find(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u);

#define PF_BASE64_TEXT 16u            /* characters that pf_base64_text_at looks at */

/* Do the next characters, whole quads from buf[at] on, stand for text: of ASCII, or of every second byte? */
bool pf_base64_text_at(const uint8_t *buf, size_t len, size_t at);

#define PF_BASE64_MARGIN_MAX 64u      /* bytes before the base64 of each line */

/* What every line begins with: "> ", an indent, a log's prefix. size 0: nothing. */
struct pf_base64_margin { uint32_t size, hash; };

enum pf_base64_sign {
    PF_BASE64_END,               /* the base64 ends here */
    PF_BASE64_CHAR,              /* one of its characters, written as an escape */
    PF_BASE64_SOFT,              /* nothing: a soft line end of quoted-printable */
    PF_BASE64_LINE,              /* a line end, or the seam of two strings: it goes on behind */
    PF_BASE64_MORE,              /* that cannot be told yet: bytes are missing */
};

/* What stands at buf[at], which is no character of the alphabet; *next: behind it, *value:
 * the character as it stands plainly, '=' too. Lines go on only when `line` is set. */
enum pf_base64_sign pf_base64_sign(const uint8_t *buf, size_t len, size_t at, bool last, bool line,
                                   const struct pf_base64_margin *margin, size_t *next, uint8_t *value);

/* Does '=' at buf[at] end a line of quoted-printable, and is no padding? */
bool pf_base64_soft_end(const uint8_t *buf, size_t len, size_t at);

/* The margin of the line in which base64 begins at buf[start]. */
struct pf_base64_margin pf_base64_margin_of(const uint8_t *buf, size_t start);

#endif
