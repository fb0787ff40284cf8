/* text.h - names and texts on their way to a person or a record.
 * Layer: base. File names are bytes: they may hold newlines, escape
 * sequences, invalid UTF-8. Nothing here allocates except through pf_buf. */
#ifndef PF_BASE_TEXT_H
#define PF_BASE_TEXT_H

#include "pan-finder/base/buf.h"

/* Length in bytes (1..4) of the well-formed UTF-8 character at text[0..len),
 * or 0 when there is none (RFC 3629: no overlongs, no surrogates, <= U+10FFFF). */
size_t pf_utf8_len(const uint8_t *text, size_t len);

bool pf_utf8_ok(const char *text, size_t len);

/* Appends `text` as valid UTF-8: each byte that is not part of a well-formed
 * character becomes U+FFFD. Control characters stay: for JSON, not for a tty. */
void pf_text_add_utf8(struct pf_buf *out, const char *text, size_t len);

/* Appends `text` for a terminal: C0, DEL, C1 and bidi controls (U+202A..202E,
 * U+2066..2069) and invalid bytes become \xNN or \u{N}; the rest as it is. */
void pf_text_add_tty(struct pf_buf *out, const char *text, size_t len);

/* Appends `text` percent-encoded: '%' and every byte that is not part of
 * printable well-formed UTF-8 as %XX. Loses nothing: pf_text_unpct undoes it. */
void pf_text_add_pct(struct pf_buf *out, const char *text, size_t len);
void pf_text_unpct(struct pf_buf *out, const char *text, size_t len);

#endif
