/* words.c - see words.h. */
#include "reports/model/words.h"
#include "reports/model/hash.h"

#include <stdlib.h>
#include <string.h>

void rpt_words_release(struct rpt_words *words)
{
    free(words->word);
    memset(words, 0, sizeof *words);
}

const char *rpt_word(struct rpt_words *words, const char *text)
{
    size_t len = text == NULL ? 0 : strnlen(text, RPT_WORD_LEN);
    size_t at;

    if (len == 0)
        return "";
    if (words->word == NULL) {
        words->word = calloc(RPT_WORDS_MAX, sizeof words->word[0]);
        if (words->word == NULL)
            return "\xe2\x80\xa6";
    }
    at = (size_t)rpt_hash(RPT_HASH_START, text, len) % (2 * RPT_WORDS_MAX);
    while (words->slot[at] != 0) {
        const char *have = words->word[words->slot[at] - 1];
        if (strncmp(have, text, len) == 0 && have[len] == '\0')
            return have;
        at = (at + 1) % (2 * RPT_WORDS_MAX);
    }
    if (words->n == RPT_WORDS_MAX)
        return "\xe2\x80\xa6";
    memcpy(words->word[words->n], text, len);
    words->slot[at] = (unsigned short)++words->n;
    return words->word[words->n - 1];
}
