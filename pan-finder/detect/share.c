/* share.c - binomial tail, by the ratio of neighbouring terms: no logarithms,
 * no library, and exact enough down to 10^-40. */
#include "pan-finder/detect/share.h"


#define PASS 0.1          /* chance that a random number passes Luhn */
#define CHANCE 1e-4
#define EXACT_MAX 1000    /* beyond, half of the numbers by chance is below 10^-100 */

double pf_share_tail(unsigned n, unsigned k)
{
    double term = 1, tail = 0;

    for (unsigned i = 0; i < n; i++)
        term *= 1 - PASS;
    for (unsigned i = 0; i <= n; i++) {
        if (i >= k)
            tail += term;
        term *= (double)(n - i) / (double)(i + 1) * (PASS / (1 - PASS));
    }
    return tail;
}

enum pf_share pf_share_test(uint64_t n, uint64_t k)
{
    if (k >= 5 && k * 2 >= n && (n > EXACT_MAX || pf_share_tail((unsigned)n, (unsigned)k) < CHANCE))
        return PF_SHARE_MOST;
    if (k >= 2 && k * 10 >= n * 3)
        return PF_SHARE_SOME;
    return PF_SHARE_NONE;
}
