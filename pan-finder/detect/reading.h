/* reading.h - the text beside a number, in one spelling.
 * Layer: detect. Decodes the bytes before or after a number (ASCII, UTF-8,
 * UTF-16, UTF-32, Shift_JIS, EUC-JP, ISO-2022-JP, EBCDIC), folds each character (fold.h) and drops what
 * stands between the parts of a name, so that "Card Number", card_number and
 * cardNumber read alike. Holds letters of the object: wiped by its user. */
#ifndef PF_DETECT_READING_H
#define PF_DETECT_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PF_REACH 120          /* characters read before a number; half of them after it */
#define PF_READING_MAX (2 * PF_REACH + 2)

struct pf_reading {
    uint16_t sym[PF_READING_MAX];      /* folded; what breaks a phrase stands as its ASCII code or 0 */
    uint8_t dist[PF_READING_MAX];      /* characters between it and the number */
    bool start[PF_READING_MAX];        /* a word can begin here */
    size_t n;
};

/* True for a symbol that ends words and phrases. */
bool pf_reading_break(uint16_t sym);

enum pf_charset {
    PF_CHARSET_UTF8, PF_CHARSET_SJIS, PF_CHARSET_EUCJP, PF_CHARSET_UTF16LE, PF_CHARSET_UTF16BE,
    PF_CHARSET_UTF32LE, PF_CHARSET_UTF32BE, PF_CHARSET_ISO2022JP, PF_CHARSET_EBCDIC,
};

/* The charsets that the bytes buf[from..to) around a number can be in, likeliest
 * first; returns how many (1 or 2: some bytes read as Shift_JIS and as EUC-JP).
 * `dress` is the number's (enum pf_dress). */
size_t pf_reading_charsets(const uint8_t *buf, size_t from, size_t to, uint8_t dress,
                           enum pf_charset out[2]);

/* Reads up to PF_REACH characters that end at `at`, or up to PF_REACH / 2 that
 * begin there; never outside buf[0..len). */
void pf_reading_before(struct pf_reading *out, const uint8_t *buf, size_t at, enum pf_charset charset);
void pf_reading_after(struct pf_reading *out, const uint8_t *buf, size_t len, size_t at,
                      enum pf_charset charset);

#endif
