/* code.c - card verification codes by the name of their field, and behind a card
 * number and its expiry in one record. Three or four digits are nothing by
 * themselves: only the name, or the record, tells. */
#include "pan-finder/detect/find/code.h"

#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/find/named.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

/* Names without '_', '-' and blanks, in lower case, behind one of `prefixes`. Source:
 * the brands' own names (CVV2, CVC2, CVN2, CVD2, CID, CAV2, CSC) and field names of
 * payment libraries, own list. */
static const char *const names[] = {
    "cvv", "cvv2", "cvc", "cvc2", "cvn", "cvn2", "cvd", "cvd2", "cvdata", "csc", "cid", "cvvcode", "cvccode", "cvvnumber",
    "cvcnumber", "cvvno", "cvcno", "cvvvalue", "cvcvalue", "cvv2value", "cvvcvc", "cvvcvv2", "cvccvv", "cvcode", "cvcheck",
    "securitycode", "securitycd", "securitynumber", "securityno", "verificationcode", "verificationvalue", "confnumber",
};
static const char *const prefixes[] = {
    "card", "cc", "creditcard", "credit", "payment", "pay", "payer", "order", "billing", "customer", "debitcard", "cardinfo",
    "input", "txt", "field", "param", "form", "raw", "plain", "the", "your", "enter",
};
/* These are everywhere without a card: with a prefix of cards, or beside a number. */
static const char *const needs_card[] = { "cid", "csc", "cvd", "cvn", "verificationcode", "verificationvalue", "confnumber", "securitynumber" };

/* Japanese for "security code", in UTF-8, Shift_JIS, EUC-JP; then half-width, UTF-8. */
static const struct { uint8_t n; const char *bytes; } japanese[] = {
    { 27, "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89" },
    { 30, "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x83\xbc\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89" },
    { 18, "\x83\x5a\x83\x4c\x83\x85\x83\x8a\x83\x65\x83\x42\x83\x52\x81\x5b\x83\x68" },
    { 18, "\xa5\xbb\xa5\xad\xa5\xe5\xa5\xea\xa5\xc6\xa5\xa3\xa5\xb3\xa1\xbc\xa5\xc9" },
};

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

#define IN(name, list) one_of(name, list, sizeof list / sizeof list[0])

/* 0: no name of a code; 1: one that needs a card number near by; 2: one. */
static int name_counts(const char *name)
{
    bool prefixed = false;

    for (bool more = true; more;) {
        if (IN(name, names))
            return prefixed || !IN(name, needs_card) ? 2 : 1;
        more = false;
        for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0] && !more; i++) {
            size_t n = strlen(prefixes[i]);

            if (strncmp(name, prefixes[i], n) == 0 && name[n] != '\0') {
                prefixed |= i < 4;          /* the prefixes of cards come first */
                name += n;
                more = true;
            }
        }
    }
    return 0;
}

static size_t japanese_end(const uint8_t *buf, size_t len, size_t at)
{
    for (size_t i = 0; i < sizeof japanese / sizeof japanese[0]; i++)
        if (len - at >= japanese[i].n && memcmp(buf + at, japanese[i].bytes, japanese[i].n) == 0)
            return at + japanese[i].n;
    return 0;
}

static void judge(const struct pf_look *look, int counts, size_t name, size_t value)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .cls = PF_CLASS_SAD_CVC, .reasons = BIT(NAMED), .form = "ascii",
                            .start = (uint32_t)value, .confidence = PF_PROBABLE };
    size_t n = 0;
    bool card;

    while (value + n < view->len && n < 5 && is_digit(view->buf[value + n]))
        n++;
    if (n < 3 || n > 4 || !pf_value_ends(view->buf, view->len, value + n))
        return;
    e.end = (uint32_t)(value + n);
    card = pf_card_near(view->buf, view->len, name, e.end);
    if (counts < 2 && !card)
        return;
    if (card) {
        e.confidence = PF_CONFIRMED;
        e.reasons |= BIT(BESIDE);
    }
    look->fn(look->ctx, &e);
}

/* Only the first letter of a name's mark is looked at, so that a name is told once. */
static bool may_begin(const uint8_t *c, size_t n)
{
    if (n < 3)
        return false;
    switch (c[0] | 32) {
    case 'c': return memchr("vsioVSIO", c[1], 8) != NULL;
    case 's': return (c[1] | 32) == 'e' && (c[2] | 32) == 'c';
    default:  return false;
    }
}

void pf_find_code(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t told = 0;                /* a name that was told reaches up to here */

    if (!(look->any & PF_MARK_NAMES))
        return;
    for (size_t word = view->lo; (word = pf_look_next(look, PF_MARK_NAMES, word, view->hi)) != SIZE_MAX;) {
        size_t until = (word / PF_MARK_WORD + 1) * PF_MARK_WORD;

        /* "security" is marked at its second letter */
        for (size_t at = word > view->lo ? word - 1 : word; at < until && at < view->hi; at++) {
            char name[PF_NAME_MAX + 1];
            size_t from = at, end = 0, value;
            int counts = 0;

            if (at < told)
                continue;
            if (buf[at] >= 0x80) {
                end = japanese_end(buf, view->len, at);
                counts = end != 0 ? 2 : 0;
            } else if (may_begin(buf + at, view->len - at)) {
                pf_name_around(buf, view->len, at, name, &from, &end);
                counts = name_counts(name);
            }
            if (counts == 0 || (value = pf_named_value(buf, view->len, end)) == SIZE_MAX)
                continue;
            told = end;
            judge(look, counts, from, value);
        }
        word = until;
    }
}

/* Two digits at buf[at], 0..99; -1: none. */
static int two(const uint8_t *buf, size_t len, size_t at)
{
    return at + 2 <= len && is_digit(buf[at]) && is_digit(buf[at + 1]) ? (buf[at] - '0') * 10 + buf[at + 1] - '0' : -1;
}

bool pf_code_beside(const uint8_t *buf, size_t len, size_t end, size_t *code, size_t *code_end)
{
    uint8_t border = end < len ? buf[end] : 0;
    size_t at = end + 1, n = 0;
    int month = two(buf, len, at);

    if (border == 0 || memchr("|,;:\t", border, 5) == NULL || month < 1 || month > 12)
        return false;
    at += 2;
    if (at < len && (buf[at] == border || buf[at] == '/' || buf[at] == '-'))
        at++;
    if (two(buf, len, at) == 20 && two(buf, len, at + 2) >= 0)
        at += 2;
    if (two(buf, len, at) < 0)
        return false;
    at += 2;
    if (at >= len || buf[at] != border)
        return false;
    *code = ++at;
    while (at + n < len && n < 5 && is_digit(buf[at + n]))
        n++;
    *code_end = at + n;
    return (n == 3 || n == 4) && (at + n == len || buf[at + n] == border || buf[at + n] == '\r' || buf[at + n] == '\n');
}
