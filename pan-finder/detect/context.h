/* context.h - what the words around a number say about it.
 * Layer: detect. Words, weights and groups: data/context.tsv and group.tsv;
 * how they are added up: docs/detection.md, "Context". */
#ifndef PF_DETECT_CONTEXT_H
#define PF_DETECT_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which groups took part in the score. */
enum pf_context_flags {
    PF_CONTEXT_FIELD = 1 << 0,     /* the number is the value of a card-number field */
    PF_CONTEXT_CARD = 1 << 1,      /* words for a card number */
    PF_CONTEXT_BRAND = 1 << 2,
    PF_CONTEXT_EXPIRY = 1 << 3,
    PF_CONTEXT_CODE = 1 << 4,      /* card verification code, PIN */
    PF_CONTEXT_HOLDER = 1 << 5,
    PF_CONTEXT_TRACK = 1 << 6,
    PF_CONTEXT_THREEDS = 1 << 7,
    PF_CONTEXT_PAYMENT = 1 << 8,   /* acquiring, mail and telephone orders */
    PF_CONTEXT_REDUCED = 1 << 9,   /* called masked, a token, ... */
    PF_CONTEXT_TEST = 1 << 10,
    PF_CONTEXT_OTHER_ID = 1 << 11,
    PF_CONTEXT_OTHER_CARD = 1 << 12,
    PF_CONTEXT_FOREIGN = 1 << 13,  /* the number is the value of a field of another card: gift_card_no */
    PF_CONTEXT_NUMBER = 1 << 14,   /* among the words are some for the number itself, or one for a card right before it */
    PF_CONTEXT_DIRECT = 1 << 15,   /* a word for a card stands right before it */
};

struct pf_context {
    int score;             /* thresholds: 4 and more, 1..3, 0 and less, -3 and less */
    unsigned flags;        /* enum pf_context_flags */
};

/* The context of the number at buf[start..end) of window buf[0..len).
 *   dress   enum pf_dress of its digits */
struct pf_context pf_context_score(const uint8_t *buf, size_t len, size_t start, size_t end,
                                   uint8_t dress);

#endif
