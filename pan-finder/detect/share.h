/* share.h - are the numbers of one object card numbers, judged by how many pass?
 * Layer: detect. One random number in ten passes Luhn; a column of card numbers
 * passes nearly whole. Source: docs/detection.md, "Share test". */
#ifndef PF_DETECT_SHARE_H
#define PF_DETECT_SHARE_H

#include <stdint.h>

enum pf_share {
    PF_SHARE_NONE,         /* no more than chance, or too few */
    PF_SHARE_SOME,         /* two or more pass, and three in ten */
    PF_SHARE_MOST,         /* five or more pass, half of all, and chance is below 1 in 10,000 */
};

/* n numbers of one length and a card's range, k of them pass Luhn; k <= n. */
enum pf_share pf_share_test(uint64_t n, uint64_t k);

/* Chance that k or more of n numbers pass when each does with 1/10; n <= 1000. */
double pf_share_tail(unsigned n, unsigned k);

#endif
