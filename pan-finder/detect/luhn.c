/* luhn.c - the check digit test, and numbers nobody was issued. */
#include "pan-finder/detect/luhn.h"

bool pf_luhn_ok(const uint8_t *digit, size_t n)
{
    /* a table, not "if (d > 9) d -= 9": the digits of a random number are a
     * coin toss to the branch predictor */
    static const uint8_t doubled[10] = { 0, 2, 4, 6, 8, 1, 3, 5, 7, 9 };
    unsigned sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (n - 1 - i) & 1 ? doubled[digit[i]] : digit[i];
    return sum % 10 == 0;
}

bool pf_luhn_filler(const uint8_t *digit, size_t n)
{
    unsigned step;

    if (n < 2)
        return false;
    step = (10u + digit[1] - digit[0]) % 10;
    if (step != 0 && step != 1 && step != 9)
        return false;
    for (size_t i = 2; i < n; i++)
        if ((10u + digit[i] - digit[i - 1]) % 10 != step)
            return false;
    return true;
}
