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
    "cvvc", "cardcode", "cccode", "seccode", "securitycode", "securitycd", "securitynumber", "securityno", "verificationcode", "verificationvalue", "confnumber",
};
static const char *const prefixes[] = {
    "card", "cc", "creditcard", "credit", "payment", "pay", "payer", "order", "billing", "customer", "debitcard", "cardinfo",
    "input", "txt", "field", "param", "form", "raw", "plain", "the", "your", "enter",
};
/* These are everywhere without a card: with a prefix of cards, or beside a number. */
static const char *const needs_card[] = { "cardcode", "cccode", "seccode", "cid", "csc", "cvd", "cvn", "verificationcode", "verificationvalue", "confnumber", "securitynumber" };

/* Japanese for "security code", its spellings with a long vowel and a middle dot, and
 * "security number", in UTF-8, Shift_JIS, EUC-JP. */
static const struct { uint8_t n; const char *bytes; } japanese[] = {
    { 27, "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89" },
    { 18, "\x83\x5a\x83\x4c\x83\x85\x83\x8a\x83\x65\x83\x42\x83\x52\x81\x5b\x83\x68" },
    { 18, "\xa5\xbb\xa5\xad\xa5\xe5\xa5\xea\xa5\xc6\xa5\xa3\xa5\xb3\xa1\xbc\xa5\xc9" },
    { 30, "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x83\xbc\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89" },
    { 20, "\x83\x5a\x83\x4c\x83\x85\x83\x8a\x83\x65\x83\x42\x81\x5b\x83\x52\x81\x5b\x83\x68" },
    { 20, "\xa5\xbb\xa5\xad\xa5\xe5\xa5\xea\xa5\xc6\xa5\xa3\xa1\xbc\xa5\xb3\xa1\xbc\xa5\xc9" },
    { 30, "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x83\xbb\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89" },
    { 20, "\x83\x5a\x83\x4c\x83\x85\x83\x8a\x83\x65\x83\x42\x81\x45\x83\x52\x81\x5b\x83\x68" },
    { 20, "\xa5\xbb\xa5\xad\xa5\xe5\xa5\xea\xa5\xc6\xa5\xa3\xa1\xa6\xa5\xb3\xa1\xbc\xa5\xc9" },
    { 24, "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe7\x95\xaa\xe5\x8f\xb7" },
    { 16, "\x83\x5a\x83\x4c\x83\x85\x83\x8a\x83\x65\x83\x42\x94\xd4\x8d\x86" },
    { 16, "\xa5\xbb\xa5\xad\xa5\xe5\xa5\xea\xa5\xc6\xa5\xa3\xc8\xd6\xb9\xe6" },
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

/* Behind the border between two values of a record, with the quotes around it and a
 * blank; 0: no border stands at buf[at]. `border` 0: any. */
static size_t next_value(const uint8_t *buf, size_t len, size_t at, uint8_t *border)
{
    uint8_t quote = at < len && (buf[at] == '"' || buf[at] == '\'') ? buf[at++] : 0;

    if (at >= len || memchr("|,;:\t", buf[at], 5) == NULL || (*border != 0 && buf[at] != *border))
        return 0;
    *border = buf[at++];
    if (at < len && buf[at] == ' ' && *border != '\t')
        at++;
    if (quote != 0)
        return at < len && buf[at] == quote ? at + 1 : 0;
    return at;
}

/* Behind the month and year that begin at buf[at]: MM/YY, MM-YYYY, MMYY, two values of
 * the record, or YYMM; 0: none. */
static size_t expiry_end(const uint8_t *buf, size_t len, size_t at, uint8_t border)
{
    int first = two(buf, len, at), second = two(buf, len, at + 2);
    size_t next;

    if (first >= 20 && first < 40 && second >= 1 && second <= 12)
        return at + 4;
    if (first < 1 || first > 12)
        return 0;
    at += 2;
    if (at < len && (buf[at] == '/' || buf[at] == '-'))
        at++;
    else if ((next = next_value(buf, len, at, &border)) != 0)
        at = next;
    if (two(buf, len, at) == 20 && two(buf, len, at + 2) >= 0)
        at += 2;
    return two(buf, len, at) < 0 ? 0 : at + 2;
}

bool pf_code_beside(const uint8_t *buf, size_t len, size_t end, size_t *code, size_t *code_end)
{
    uint8_t border = 0, last;
    size_t at = next_value(buf, len, end, &border), n = 0;

    at = at != 0 ? expiry_end(buf, len, at, border) : 0;
    at = at != 0 ? next_value(buf, len, at, &border) : 0;
    if (at == 0)
        return false;
    while (at + n < len && n < 5 && is_digit(buf[at + n]))
        n++;
    *code = at;
    *code_end = at + n;
    last = at + n < len ? buf[at + n] : border;
    return (n == 3 || n == 4) && (last == border || memchr("\r\n\"')", last, 5) != NULL);
}
