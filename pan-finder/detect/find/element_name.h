/* element_name.h - which data element does the name of a field or column tell?
 * Layer: detect. Made from data/element_name.tsv. */
#ifndef PF_DETECT_ELEMENT_NAME_H
#define PF_DETECT_ELEMENT_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pf_named {
    PF_NAMED_NOTHING,
    PF_NAMED_CODE,          /* a card verification code */
    PF_NAMED_CODE_SHARED,   /* the same; securities have a code of four digits of that name */
    PF_NAMED_CODE_CARD,     /* one where a card number stands by, else anything */
    PF_NAMED_PIN,           /* a PIN where a card number stands by, else anything */
    PF_NAMED_PIN_CARD,      /* the PIN of a card, in so many words */
    PF_NAMED_PIN_MENTION,   /* a name that nearly all PINs have, and other codes of four digits too */
    PF_NAMED_PIN_BLOCK,
    PF_NAMED_MADE,          /* a hash of a card number, made without a key, in so many words */
    PF_NAMED_HASH,          /* a hash of a card number */
    PF_NAMED_KEYED,         /* one that was made with a key or a salt */
    PF_NAMED_CIPHER,        /* an encrypted card number */
    PF_NAMED_TOKEN,         /* what stands for a card number */
    PF_NAMED_EXPIRY,        /* where a card expires: no finding, a witness */
    PF_NAMED_AMOUNT,        /* what is paid: the same */
};

/* The element of a name in lower case without '_', '-' and blanks (pf_name_around). */
enum pf_named pf_element_name(const char *name);

/* The same for what hides a card number: MADE to TOKEN, by the parts of the name. */
enum pf_named pf_element_hidden(const char *name);

/* The Japanese name that begins at buf[at] in UTF-8, Shift_JIS or EUC-JP: the longest,
 * its end in *end; NOTHING when there is none. */
enum pf_named pf_element_japanese(const uint8_t *buf, size_t len, size_t at, size_t *end);

/* HASH, CIPHER or TOKEN when such a Japanese name and a sign (":", "=", quotes) end before buf[at]. */
enum pf_named pf_element_japanese_before(const uint8_t *buf, size_t at);

/* The element of the values below a column's name, which may be quoted, qualified
 * ("orders.cvv") or explained ("CVV (3 digits)"). */
enum pf_named pf_element_column(const uint8_t *name, size_t n);

#endif
