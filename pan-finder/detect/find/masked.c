/* masked.c - truncated numbers as they stand: "411111******1111". How many digits may
 * be kept, by brand and length: data/truncation.tsv. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum { BEFORE = 19, TOKEN = 40 };     /* bytes before the mask signs; characters of a token */
enum { HIDDEN_MIN = 3 };              /* one full stop among digits hides nothing */

struct truncation { const char *brand; uint8_t from, to, first, last; };     /* brand "": any */

#include "truncation_table.h"

/* A number as it stands: digits as 0..9, hidden ones as HIDDEN. */
#define HIDDEN 0xff
struct shown {
    uint8_t digit[PF_PAN_MAX + 1];
    size_t n, start, end;
    size_t first, last;               /* digits kept at its beginning and end */
};

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

/* Bytes of the mask sign at buf[at], 0 when there is none. */
static size_t sign_at(const uint8_t *buf, size_t len, size_t at)
{
    static const struct { uint8_t n; char bytes[4]; } wide[] = {
        { 3, "\xe2\x80\xa2" }, { 3, "\xe2\x97\x8f" }, { 3, "\xef\xbc\x8a" },      /* U+2022, U+25CF, U+FF0A */
        { 2, "\x81\x96" }, { 2, "\x81\x9c" }, { 2, "\xa1\xf6" }, { 2, "\xa1\xfc" },   /* Shift_JIS, EUC-JP */
    };

    if (buf[at] < 0x80)
        return memchr("*Xx#.", buf[at], 5) != NULL;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (len - at >= wide[i].n && memcmp(buf + at, wide[i].bytes, wide[i].n) == 0)
            return wide[i].n;
    return 0;
}

static bool wordy(uint8_t c)
{
    return is_digit(c) || (uint8_t)((c | 32) - 'a') < 26 || c == '_' || c == '*' || c == '#';
}

/* Reads the token from buf[start] on: digits, mask signs of one kind, single blanks
 * or hyphens between them. */
static bool read_shown(const uint8_t *buf, size_t len, size_t start, struct shown *s)
{
    size_t at = start, sign_from = 0;
    bool hidden = false, again = false;

    *s = (struct shown){ .start = start };
    while (at < len && at - start < TOKEN + 2 * PF_PAN_MAX) {
        size_t size = is_digit(buf[at]) ? 0 : sign_at(buf, len, at);

        if (size == 0 && !is_digit(buf[at])) {
            if ((buf[at] != ' ' && buf[at] != '-') || at + 1 >= len || (!is_digit(buf[at + 1]) && !sign_at(buf, len, at + 1)))
                break;
            at++;
            continue;
        }
        if (s->n > PF_PAN_MAX || (size > 0 && hidden && buf[at] != buf[sign_from]))
            return false;
        if (size > 0) {
            if (again)
                return false;                   /* hidden in two places */
            sign_from = hidden ? sign_from : at;
            hidden = true;
            s->digit[s->n++] = HIDDEN;
        } else {
            again = hidden;
            s->digit[s->n++] = (uint8_t)(buf[at] - '0');
        }
        at += size > 0 ? size : 1;
        s->end = at;
    }
    while (s->first < s->n && s->digit[s->first] != HIDDEN)
        s->first++;
    while (s->last < s->n - s->first && s->digit[s->n - 1 - s->last] != HIDDEN)
        s->last++;
    return hidden && s->n >= 13 && s->n - s->first - s->last >= HIDDEN_MIN && s->n <= PF_PAN_MAX && (at >= len || !wordy(buf[at]));
}

/* The brand of what is shown of it. */
static const struct pf_brand *brand_of(const struct shown *s)
{
    uint8_t digit[PF_PAN_MAX];

    for (size_t i = 0; i < s->n; i++)
        digit[i] = s->digit[i] == HIDDEN ? 0 : s->digit[i];
    return pf_iin_find_world(digit, s->n);
}

/* The first row of truncation.tsv that fits brand and length; its last row fits all. */
static bool within_limits(const struct shown *s, const struct pf_brand *brand)
{
    const struct truncation *t = truncations;

    while (t < truncations + sizeof truncations / sizeof truncations[0] - 1 &&
           (s->n < t->from || s->n > t->to || (t->brand[0] != '\0' && strcmp(brand->key, t->brand) != 0)))
        t++;
    return s->first <= t->first && s->last <= t->last;
}

static void report(const struct pf_look *look, const struct shown *s, const struct pf_brand *brand)
{
    struct pf_context context = pf_context_score(look->view->buf, look->view->len, s->start, s->end, PF_DRESS_ASCII);
    struct pf_element e = {
        .cls = within_limits(s, brand) ? PF_CLASS_PAN_TRUNC_OK : PF_CLASS_PAN_TRUNC_WIDE,
        .confidence = context.flags & (PF_CONTEXT_CARD | PF_CONTEXT_FIELD) ? PF_CONFIRMED :
                      context.flags & PF_CONTEXT_OTHER_ID ? PF_POSSIBLE : PF_PROBABLE,
        .reasons = BIT(AS_MASKED) | (context.flags & PF_CONTEXT_CARD ? BIT(CARD) : 0), .brand = brand, .form = "ascii",
        .start = (uint32_t)s->start, .end = (uint32_t)s->end, .digits = (uint8_t)s->n,
    };

    for (size_t i = 0; i < s->n; i++) {
        bool shown = (i < 6 || i + 4 >= s->n) && s->digit[i] != HIDDEN;

        e.masked.text[i] = shown ? (char)('0' + s->digit[i]) : '*';
    }
    look->fn(look->ctx, &e);
}

/* A letter or digit stands before buf[at] that the number would go on from; the second
 * byte of a Japanese character in Shift_JIS may look like a letter. */
static bool glued(const uint8_t *buf, size_t at)
{
    if (at > 1 && buf[at - 1] == '.' && is_digit(buf[at - 2]))
        return true;                            /* behind a decimal point: "4.38961843444..." */
    return at > 0 && wordy(buf[at - 1]) && !(at > 1 && buf[at - 1] >= 0x40 && buf[at - 2] >= 0x81 && buf[at - 2] <= 0x9f);
}

/* Where the number that is hidden from buf[at] on begins: digits, blanks and hyphens
 * before it. */
static size_t begin_of(const uint8_t *buf, size_t at)
{
    size_t i = at;

    while (i > 0 && at - i < BEFORE && (is_digit(buf[i - 1]) || ((buf[i - 1] == ' ' || buf[i - 1] == '-') &&
           i > 1 && is_digit(buf[i - 2]))))
        i--;
    return i;
}

void pf_find_masked(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t done = 0;

    if (!(look->any & PF_MARK_STARS) || (look->text == PF_TEXT_NONE && !look->decoded))
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_STARS, at, view->len)) != SIZE_MAX;) {
        size_t until = (at / PF_MARK_WORD + 1) * PF_MARK_WORD, begin;

        for (; at < until && at < view->len; at++) {
            struct shown s;
            const struct pf_brand *brand;

            if (at < done || at == 0 || sign_at(buf, view->len, at) == 0 || sign_at(buf, view->len, at - 1) != 0)
                continue;
            begin = begin_of(buf, at);
            if (begin == at || begin < view->lo || begin >= view->hi || glued(buf, begin) ||
                !read_shown(buf, view->len, begin, &s) || s.first < 6)
                continue;
            done = s.end;
            /* dots at the end: a sentence that trails off, or what a dump cannot show */
            brand = s.last == 0 && buf[at] == '.' ? NULL : brand_of(&s);
            if (brand != NULL && (brand->usual >> s.n & 1u) && (s.last > 0 || !within_limits(&s, brand)))
                report(look, &s, brand);
            explicit_bzero(&s, sizeof s);
        }
    }
}
