/* named.h - names of fields and the values behind them, for elements that only
 * their name tells. Layer: detect. */
#ifndef PF_DETECT_NAMED_H
#define PF_DETECT_NAMED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PF_NAME_MAX 40u

/* The name around buf[at], a letter of it: letters and digits in lower case, without
 * '_', '-' and blanks, ended by a NUL; "" when it is too long. Blanks join words
 * behind `at` only. *from and *end: its bytes. */
void pf_name_around(const uint8_t *buf, size_t len, size_t at, char name[PF_NAME_MAX + 1], size_t *from, size_t *end);

/* The same name without its last word: "cvv is" was none. False: it has one word. */
bool pf_name_shorten(const uint8_t *buf, size_t at, size_t from, char name[PF_NAME_MAX + 1], size_t *end);

/* The name whose value begins at buf[at], read backwards; "" when there is none. */
void pf_name_before(const uint8_t *buf, size_t at, char name[PF_NAME_MAX + 1]);

/* Where the value begins behind a name that ends at `at`: quotes, blanks and one of
 * ':' '=' '>' stand between, in Japanese text a full-width sign or a note in brackets
 * too; or a second name, as in name="cvv" value="123". `loose`: a blank, "is" or the
 * Japanese particle for it will do. SIZE_MAX: no value. */
size_t pf_named_value(const uint8_t *buf, size_t len, size_t at, bool loose);

/* Bytes of the digit at buf[at], full-width ones of UTF-8, Shift_JIS and EUC-JP included, as
 * ASCII in *digit; 0: none. */
size_t pf_digit_at(const uint8_t *buf, size_t len, size_t at, uint8_t *digit);

/* Nothing goes on behind a value that ends at `at`: a quote, a delimiter, the end of
 * the line or of a sentence, or another "name=" stands there. */
bool pf_value_ends(const uint8_t *buf, size_t len, size_t at);

/* Whether a card number stands within 200 bytes: a run of digits, blanks or hyphens
 * between them; and whether all that do are published test numbers. */
enum pf_near { PF_NEAR_NOTHING, PF_NEAR_AMOUNT, PF_NEAR_EXPIRY, PF_NEAR_TEST, PF_NEAR_CARD };   /* witness.h: the second and third */
enum pf_near pf_card_near(const uint8_t *buf, size_t len, size_t start, size_t end);

#endif
