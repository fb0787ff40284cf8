/* exponent.c - card numbers that a spreadsheet or a program wrote as floating
 * point: 4.111111111111111E15, 4.11111111111111E+15, 4,111111111111111E+15,
 * 4.111111111111111e+015.
 *
 * A double holds 15 digits for sure (IEEE 754-2019, binary64: 53 bits), and a
 * spreadsheet keeps no more: of a number of 16 digits the last is then gone. The
 * check digit gives it back; the class says so. Other data in this form is
 * measured values: words around it must say card before it is more than possible. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/luhn.h"

#include <string.h>

#define KEPT 15            /* significant digits that a spreadsheet keeps */
#define REACH 32           /* bytes from the first digit to the exponent, at most */
#define STRONG 4

#define BIT(id) ((uint64_t)1 << PF_REASON_##id)

/* What is written, e.g. 4.1111E15: digits 41111, power 15. */
struct real {
    size_t start, end;
    uint8_t digit[REACH];
    unsigned n, power;
};

static bool digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool wordy(uint8_t c)
{
    return digit(c) || (uint8_t)((c | 0x20) - 'a') < 26 || c == '_';
}

/* The exponent behind the 'E' at `at`: 12..18, or 0. */
static unsigned power_at(const uint8_t *buf, size_t len, size_t at, size_t *end)
{
    size_t i = at + 1;

    i += i < len && buf[i] == '+';
    i += i > at + 1 && i < len && buf[i] == '0';     /* three digits: "E+015" */
    if (i + 2 > len || buf[i] != '1' || !digit(buf[i + 1]) || (i + 2 < len && (wordy(buf[i + 2]))))
        return 0;
    if (i + 3 < len && buf[i + 2] == '.' && digit(buf[i + 3]))
        return 0;
    *end = i + 2;
    return buf[i + 1] >= '2' && buf[i + 1] <= '8' ? 10u + buf[i + 1] - '0' : 0;
}

/* The number whose exponent begins with buf[at]. */
static bool read_real(const uint8_t *buf, size_t len, size_t at, struct real *r)
{
    size_t i = at, first;

    r->power = power_at(buf, len, at, &r->end);
    if (r->power == 0)
        return false;
    while (i > 0 && at - i < REACH - 2 && digit(buf[i - 1]))
        i--;
    if (i < 2 || at - i < r->power - 1 || (buf[i - 1] != '.' && buf[i - 1] != ',') || !digit(buf[i - 2]))
        return false;
    first = i - 2;
    if (first > 0 && (wordy(buf[first - 1]) || buf[first - 1] == '.'))
        return false;
    r->start = first;
    r->n = (unsigned)(at - i) + 1;
    r->digit[0] = (uint8_t)(buf[first] - '0');
    for (unsigned k = 1; k < r->n; k++)
        r->digit[k] = (uint8_t)(buf[i + k - 1] - '0');
    return true;
}

/* Makes a card number of it; *rounded: its last digit was lost. */
static bool number_of(const struct real *r, struct pf_pan *pan, bool *rounded)
{
    unsigned whole = r->power + 1;

    for (unsigned k = whole; k < r->n; k++)
        if (r->digit[k] != 0)
            return false;                        /* a fraction */
    pan->n = (uint8_t)whole;
    memset(pan->digit, 0, sizeof pan->digit);
    memcpy(pan->digit, r->digit, r->n < whole ? r->n : whole);
    *rounded = false;
    if (r->n + 1 < whole || pf_iin_find_world(pan->digit, pan->n) == NULL)
        return false;
    if (pf_luhn_ok(pan->digit, pan->n))
        return true;
    if (whole != KEPT + 1 || pan->digit[KEPT] != 0)
        return false;
    *rounded = true;
    while (!pf_luhn_ok(pan->digit, pan->n))
        pan->digit[KEPT]++;
    return true;
}

static bool filler(const struct pf_pan *pan, const struct real *r, const struct pf_view *view)
{
    struct pf_candidate c = { .pan = *pan, .start = (uint32_t)r->start, .end = (uint32_t)r->end, .dress = PF_DRESS_ASCII };
    bool never = pf_lookalike(&c, pf_pan_number(pan), view->buf, view->len) & (PF_LOOK_REPEAT | PF_LOOK_POWER);

    pf_pan_wipe(&c.pan);
    return never;
}

static void report(const struct pf_look *look, const struct real *r)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .form = "exponent", .start = (uint32_t)r->start, .end = (uint32_t)r->end };
    struct pf_context context;
    bool rounded;

    if (number_of(r, &e.pan, &rounded) && !filler(&e.pan, r, view)) {
        context = pf_context_score(view->buf, view->len, r->start, r->end, PF_DRESS_ASCII);
        e.cls = rounded ? PF_CLASS_PAN_ROUNDED : PF_CLASS_PAN_CLEAR;
        e.digits = e.pan.n;
        e.brand = pf_iin_find_world(e.pan.digit, e.pan.n);
        e.confidence = (context.flags & PF_CONTEXT_FIELD) || context.score >= STRONG ? PF_CONFIRMED
                       : context.score >= 1 && !rounded ? PF_PROBABLE : PF_POSSIBLE;
        e.reasons = (context.flags & PF_CONTEXT_FIELD ? BIT(FIELD) : 0) | (context.flags & PF_CONTEXT_CARD ? BIT(CARD) : 0) |
                    (context.flags & PF_CONTEXT_OTHER_ID ? BIT(OTHER_ID) : 0) | (rounded ? BIT(RECOMPUTED) : 0);
        if (context.flags == 0)
            e.reasons |= BIT(NO_CONTEXT);
        look->fn(look->ctx, &e);
    }
    pf_pan_wipe(&e.pan);
}

/* The mark stands at the digit before the 'E'. */
void pf_find_exponent(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    size_t until = view->len - view->hi < REACH ? view->len : view->hi + REACH;

    if (look->text == PF_TEXT_NONE)
        return;
    for (size_t at = pf_look_next(look, PF_MARK_EXPONENT, view->lo, until); at != SIZE_MAX;
         at = pf_look_next(look, PF_MARK_EXPONENT, at, until)) {
        size_t stop = (at / PF_MARK_WORD + 1) * PF_MARK_WORD;

        for (stop = stop < until ? stop : until; at < stop; at++) {
            struct real r;

            if (at + 1 >= until || (view->buf[at + 1] | 0x20) != 'e' || !digit(view->buf[at]) ||
                !read_real(view->buf, view->len, at + 1, &r))
                continue;
            if (r.start >= view->lo && r.start < view->hi)
                report(look, &r);
            explicit_bzero(&r, sizeof r);
        }
    }
}
