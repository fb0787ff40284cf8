/* code.c - card verification codes by the name of their field, and behind a card
 * number and its expiry in one record. Three or four digits are nothing by
 * themselves: only the name, or the record, tells. */
#include "pan-finder/detect/find/code.h"

#include "pan-finder/detect/find/element_value.h"
#include "pan-finder/detect/find/witness.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <string.h>

enum { BACK = 24 };         /* bytes from a name's beginning to what its mark stands at */

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool is_code(enum pf_named kind)
{
    return kind == PF_NAMED_CODE || kind == PF_NAMED_CODE_SHARED || kind == PF_NAMED_CODE_CARD;
}

/* LOOSE: nothing but a blank stands between name and value. Then a card number must stand
 * near by, or the name be JAPANESE, where that is how a form is filled in. */
enum bond { BOUND, LOOSE, LOOSE_JAPANESE };

static void judge(const struct pf_look *look, enum pf_named kind, size_t name, size_t value, enum bond bond)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .form = "ascii", .start = (uint32_t)value };
    enum pf_near near;
    size_t n = 0, end = value;
    uint8_t digit[5];

    for (size_t size; n < sizeof digit && (size = pf_digit_at(view->buf, view->len, end, digit + n)) > 0; n++)
        end += size;
    if (n < 3 || n > 4)
        return;
    e.end = (uint32_t)end;
    if (end - value > n)
        e.form = pf_dress_name(end - value == 3 * n ? PF_DRESS_FW_UTF8 : view->buf[value] == 0x82 ? PF_DRESS_FW_SJIS : PF_DRESS_FW_EUCJP);
    near = pf_card_near(view->buf, view->len, name, e.end);
    if (near == PF_NEAR_NOTHING && kind == PF_NAMED_CODE_CARD)
        near = pf_record_near(view->buf, view->len, name, e.end);
    if (!pf_value_ends(view->buf, view->len, end) &&
        (bond != BOUND || near != PF_NEAR_CARD || end >= view->len || view->buf[end] != ' '))      /* "cvv=123 done" beside a number */
        return;
    if ((bond == LOOSE && near < PF_NEAR_TEST) ||
        !pf_element_value(kind, digit, n, near, &e))
        return;
    look->fn(look->ctx, &e);
    explicit_bzero(digit, sizeof digit);
}

/* The letters that the names of codes begin with, which tell most words apart. */
static bool may_begin(const uint8_t *c, size_t n)
{
    if (n < 3)
        return false;
    switch (c[0] | 32) {
    case 'c': return memchr("vsiocaVSIOCA", c[1], 12) != NULL;
    case 's': return (c[1] | 32) == 'e' && ((c[2] | 32) == 'c' || (c[2] | 32) == 'k');
    case 'v': return (c[1] | 32) == 'e' && (c[2] | 32) == 'r';
    case 'k': return (c[1] | 32) == 'a' && (c[2] | 32) == 'k';
    default:  return false;
    }
}

/* A name alone on its line: the line behind it, where a digit begins it; SIZE_MAX: none. */
static size_t next_line(const uint8_t *buf, size_t len, size_t from, size_t end)
{
    uint8_t digit;

    while (from > 0 && (buf[from - 1] == ' ' || buf[from - 1] == '\t'))
        from--;
    if (end < len && buf[end] == '\r')
        end++;
    if (end >= len || buf[end] != '\n' || (from > 0 && buf[from - 1] != '\n'))
        return SIZE_MAX;
    for (end++; end < len && (buf[end] == ' ' || buf[end] == '\t'); end++)
        ;
    return pf_digit_at(buf, len, end, &digit) > 0 ? end : SIZE_MAX;
}

/* Judges the name that buf[at] stands in; returns where it ends, 0 when there is none. */
static size_t name_told(const struct pf_look *look, size_t at)
{
    const uint8_t *buf = look->view->buf;
    size_t len = look->view->len, from = at, end = 0, value;
    enum pf_named kind = PF_NAMED_NOTHING;
    char name[PF_NAME_MAX + 1];
    bool loose = false, japanese;

    if (buf[at] >= 0x80) {
        kind = pf_element_japanese(buf, len, at, &end);
    } else if (may_begin(buf + at, len - at)) {
        pf_name_around(buf, len, at, name, &from, &end);
        kind = pf_element_name(name);
        while (!is_code(kind) && pf_name_shorten(buf, at, from, name, &end))
            kind = pf_element_name(name);
    }
    if (!is_code(kind))
        return 0;
    value = pf_named_value(buf, len, end, false);
    if (value == SIZE_MAX) {
        loose = true;
        value = pf_named_value(buf, len, end, true);
    }
    if (value == SIZE_MAX && (value = next_line(buf, len, from, end)) != SIZE_MAX)
        loose = true;
    if (value == SIZE_MAX)
        return 0;
    japanese = buf[at] >= 0x80 || (end < len && buf[end] >= 0x80);      /* the whole name, or "number" behind "CVC" */
    judge(look, kind, from, value, !loose ? BOUND : japanese ? LOOSE_JAPANESE : LOOSE);
    return end;
}

void pf_find_code(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    const size_t until = view->len - view->hi < BACK ? view->len : view->hi + BACK;
    size_t told = view->lo;         /* a name that was told reaches up to here */

    for (size_t word = view->lo; (word = pf_look_next(look, PF_MARK_NAMES, word, until)) != SIZE_MAX;) {
        size_t next = (word / PF_MARK_WORD + 1) * PF_MARK_WORD, at = word > view->lo + BACK ? word - BACK : view->lo;

        for (at = at > told ? at : told; at < next && at < view->hi; at++) {
            size_t end = name_told(look, at);

            told = end > at ? end : at + 1;
            at = told - 1;
        }
        word = next;
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

/* Length of a blank, a hyphen, or " / " at buf[at]; 0: none. */
static size_t between(const uint8_t *buf, size_t len, size_t at)
{
    if (len - at > 3 && memcmp(buf + at, " / ", 3) == 0)
        return 3;
    return at + 1 < len && (buf[at] == ' ' || buf[at] == '-') && is_digit(buf[at + 1]) ? 1 : 0;
}

/* The expiry at buf[from..to) is of our time: MMYY, MM/YY, or YYMM. */
static bool is_year(const uint8_t *buf, size_t len, size_t from, size_t to)
{
    int last = two(buf, len, to - 2);

    return (last >= 20 && last < 40) || two(buf, len, from) >= 20;
}

static bool currency(const uint8_t *word, size_t n)
{
    static const char *const names[] = { "JPY", "YEN", "USD", "EUR", "GBP", "CNY", "KRW" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (n >= 3 && memcmp(word, names[i], 3) == 0)
            return true;
    return false;
}

/* "4111 1111 1111 1111 12/25 123", "... 1225 123", "... / 12/25 / 123": three digits that end the line, or
 * stand before a name in letters. An amount goes on with its currency, and stands behind a sign of one. */
static bool code_behind_blank(const uint8_t *buf, size_t len, size_t end, size_t *code, size_t *code_end)
{
    size_t gap = between(buf, len, end), at, next;

    at = gap != 0 ? expiry_end(buf, len, end + gap, 0xff) : 0;
    if (at == 0 || len - at < gap + 3 || !is_year(buf, len, end + gap, at) || between(buf, len, at) != gap || buf[at] != buf[end])
        return false;
    at += gap;
    for (next = at; next < len && next - at < 4 && is_digit(buf[next]); next++)
        ;
    if (next - at != 3)
        return false;
    *code = at;
    *code_end = next;
    return next >= len || buf[next] == '\r' || buf[next] == '\n' ||
           (buf[next] == ' ' && next + 1 < len && (uint8_t)(buf[next + 1] - 'A') < 26 && !currency(buf + next + 1, len - next - 1));
}

bool pf_code_beside(const uint8_t *buf, size_t len, size_t end, size_t *code, size_t *code_end)
{
    uint8_t border = 0, last;
    size_t at = next_value(buf, len, end, &border), n = 0;

    if (at == 0)
        return code_behind_blank(buf, len, end, code, code_end);

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
