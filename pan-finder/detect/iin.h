/* iin.h - issuer identification number ranges, lengths and Luhn rule per brand.
 * Layer: detect. The table is made at build time from data/iin.tsv (a source
 * and a date per row). Source of the numbering: ISO/IEC 7812-1. */
#ifndef PF_DETECT_IIN_H
#define PF_DETECT_IIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pf_luhn_rule { PF_LUHN_REQUIRED, PF_LUHN_USUAL, PF_LUHN_NOT_USED };

struct pf_brand {
    const char *key;            /* "visa" */
    const char *name;           /* "Visa" */
    uint32_t lengths;           /* bit n set: n digits are a length of the brand */
    uint32_t usual;             /* of these, the lengths that are issued in numbers */
    enum pf_luhn_rule luhn;
    bool world;                 /* a brand that takes part in PCI; others need better witnesses */
    bool active;                /* false: historic range, kept for old archives */
    bool network;               /* its ranges are confirmed by a rule book or a maintained list */
    bool named;                 /* believed only as the value of what is named a card number */
};

/* The brand of the longest prefix that holds digit[0..n) and allows its length;
 * NULL when there is none. digit: values 0..9. */
const struct pf_brand *pf_iin_find(const uint8_t *digit, size_t n);

/* The same, brands that need a card number's name included. */
const struct pf_brand *pf_iin_find_named(const uint8_t *digit, size_t n);

/* The same among the brands that take part in PCI and are in use: a co-brand's
 * narrow range often lies inside one of theirs. */
const struct pf_brand *pf_iin_find_world(const uint8_t *digit, size_t n);

/* Lengths that any brand allows for numbers that begin with these four digits,
 * 0..9999: the cheap first test on every number. Bit n - PF_IIN_LENGTH_BASE: n
 * digits. Bit PF_IIN_NO_LUHN: one of these brands has numbers that fail Luhn.
 * Two bytes an entry, so that the table stays in the first cache; two more
 * entries than are used, so that four bytes can be read at each. */
#define PF_IIN_NO_LUHN 1u
#define PF_IIN_LENGTH_BASE 11
extern const uint16_t pf_iin_lengths4[10002];

/* The same by the first two digits, 0..99, in a byte: bit n - PF_PAN_MIN. Wider,
 * and small enough to be looked up within registers. */
extern const uint8_t pf_iin_lengths2[128];

#endif
