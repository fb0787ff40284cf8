/* words.h - the words and field names that context.h scores.
 * Layer: detect. Made from data/context.tsv. */
#ifndef PF_DETECT_WORDS_H
#define PF_DETECT_WORDS_H

#include "pan-finder/detect/reading.h"

enum pf_word_kind {
    PF_WORD,               /* counts anywhere in reach */
    PF_WORD_SECOND,        /* counts beside a word of a group that counts alone */
    PF_WORD_KEY,           /* counts as the name of the value only */
};

struct pf_word_term {
    uint8_t group;         /* row of data/group.tsv */
    int8_t weight;
    uint8_t kind;          /* enum pf_word_kind */
    uint8_t more;          /* the next term is of the same spelling */
};

/* The longest word that begins at symbol i: its first term, or NULL; *end is its
 * last symbol. Symbol i must be one where a word can begin. */
const struct pf_word_term *pf_words_longest(const struct pf_reading *reading, size_t i, size_t *end);

/* False when buf[from..to) surely holds no word: then nothing has to be decoded.
 * Runs for every number of a digit-dense file. */
bool pf_words_likely(const uint8_t *buf, size_t from, size_t to);

#endif
