/* label.c - see label.h. */
#include "pan-finder/finding/label.h"
#include "pan-finder/base/limits.h"
#include "pan-finder/base/text.h"

#include <string.h>

#define GAP_MAX 2      /* characters between two digits of one run */

/* The digit at text[0..n), one UTF-8 character (or a byte that is none): 0..9, or -1. */
static int digit_of(const char *text, size_t n)
{
    if (n == 1 && text[0] >= '0' && text[0] <= '9')
        return text[0] - '0';
    if (n == 3 && memcmp(text, "\xef\xbc", 2) == 0) {      /* U+FF10..FF19 */
        unsigned char last = (unsigned char)text[2];
        return last >= 0x90 && last <= 0x99 ? last - 0x90 : -1;
    }
    return -1;
}

static size_t step(const char *text, size_t len)
{
    size_t n = pf_utf8_len((const uint8_t *)text, len);

    return n == 0 ? 1 : n;
}

/* Luhn (ISO/IEC 7812-1, annex B) over the last `n` of the digits seen; value 0..9 each. */
static bool luhn_ok(const uint8_t *digit, size_t n)
{
    unsigned sum = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned d = digit[n - 1 - i];
        sum += i % 2 == 0 ? d : d > 4 ? 2 * d - 9 : 2 * d;
    }
    return sum % 10 == 0;
}

static bool could_be_number(const uint8_t *last, size_t n)
{
    for (size_t k = PF_PAN_MIN; k <= n && k <= PF_PAN_MAX; k++)
        if (luhn_ok(last + (n - k), k))
            return true;
    return false;
}

/* Length in bytes of the run of digits that begins the text, with its inner gaps. */
static size_t run_length(const char *text, size_t len, bool *hide)
{
    uint8_t last[PF_PAN_MAX];
    size_t n = 0, end = 0, gap = 0;

    *hide = false;
    for (size_t at = 0; at < len && gap <= GAP_MAX;) {
        size_t width = step(text + at, len - at);
        int digit = digit_of(text + at, width);

        at += width;
        if (digit < 0) {
            gap++;
            continue;
        }
        if (n == PF_PAN_MAX)
            memmove(last, last + 1, --n);
        last[n++] = (uint8_t)digit;
        *hide = *hide || could_be_number(last, n);
        gap = 0;
        end = at;
    }
    return end;
}

void pf_label_add(struct pf_buf *out, const char *name, size_t len)
{
    size_t run = 0;        /* bytes left of the run we are in */
    bool hide = false;

    for (size_t at = 0; at < len;) {
        size_t width = step(name + at, len - at);
        int digit = digit_of(name + at, width);

        if (digit >= 0 && run == 0)
            run = run_length(name + at, len - at, &hide);
        if (digit >= 0 && hide)
            pf_buf_addc(out, '#');
        else
            pf_text_add_tty(out, name + at, width);
        run -= run < width ? run : width;
        hide = hide && run > 0;
        at += width;
    }
}
