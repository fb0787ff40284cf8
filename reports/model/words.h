/* words.h - one copy of each word that records repeat: classes, brands, kinds.
 * Layer: reports. Bounded: a stream that makes up words without end gets "…"
 * for every word past RPT_WORDS_MAX. */
#ifndef RPT_WORDS_H
#define RPT_WORDS_H

#include <stddef.h>

#define RPT_WORDS_MAX 2048     /* distinct words */
#define RPT_WORD_LEN  200      /* bytes of one; longer words are cut */

struct rpt_words {
    char (*word)[RPT_WORD_LEN + 1];
    size_t n;
    unsigned short slot[2 * RPT_WORDS_MAX];   /* index + 1, open addressing */
};

void rpt_words_release(struct rpt_words *words);

/* The kept copy, valid until release; "" for NULL. Never NULL. */
const char *rpt_word(struct rpt_words *words, const char *text);

#endif
