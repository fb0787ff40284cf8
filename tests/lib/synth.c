/* synth.c - see synth.h. */
#include "tests/lib/synth.h"

#include <string.h>

void synth_seed(struct synth *s, uint64_t seed)
{
    s->state = seed;
}

uint64_t synth_next(struct synth *s)
{
    uint64_t z = s->state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

unsigned synth_below(struct synth *s, unsigned bound)
{
    return (unsigned)((synth_next(s) >> 32) * bound >> 32);
}

char synth_luhn_digit(const char *digits, size_t n)
{
    unsigned sum = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned d = (unsigned)(digits[n - 1 - i] - '0');
        if (i % 2 == 0)
            d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

void synth_pan(struct synth *s, enum synth_brand brand, char *out)
{
    /* Prefixes inside the brands' ranges (pan-finder/detect/data/iin.tsv has the sources). */
    static const struct { const char *prefix[4]; size_t digits; } row[SYNTH_BRANDS] = {
        [SYNTH_VISA] = { { "41", "45", "47", "49" }, 16 },
        [SYNTH_MASTERCARD] = { { "51", "53", "55", "2345" }, 16 },
        [SYNTH_AMEX] = { { "34", "37", "371", "376" }, 15 },
        [SYNTH_JCB] = { { "3528", "3540", "3565", "3589" }, 16 },
        [SYNTH_DINERS] = { { "36", "361", "3645", "3699" }, 14 },
        [SYNTH_DISCOVER] = { { "6011", "60112", "60117", "60119" }, 16 },
    };
    const char *prefix = row[brand].prefix[synth_below(s, 4)];
    size_t n = strlen(prefix);

    memcpy(out, prefix, n);
    while (n < row[brand].digits - 1)
        out[n++] = (char)('0' + synth_below(s, 10));
    out[n] = synth_luhn_digit(out, n);
    out[n + 1] = '\0';
}

void synth_mask(const char *pan, char *out)
{
    size_t n = strlen(pan);

    for (size_t i = 0; i < n; i++)
        out[i] = i < 6 || i >= n - 4 ? pan[i] : '*';
    out[n] = '\0';
}
