/* pinblock.c - PINs and PIN blocks by the name of the field they stand in. An
 * enciphered block (ISO 9564-1) is eight or sixteen random bytes: nothing but its
 * name tells, or that of field 52 of a message. A PIN in clear is four to six digits
 * behind a name that locks, phones and pins of chips have too: it counts beside a card
 * number only, or where the name says that it is a card's; behind the Japanese name, or
 * "PIN code", it is mentioned. */
#include "pan-finder/detect/find/element_value.h"

#include <string.h>

enum { VALUE_MAX = 33 };

static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(uint8_t c)  { return c >= '0' && c <= '9'; }
static bool is_hex(uint8_t c)    { return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

static bool is_pin(enum pf_named kind)
{
    return kind == PF_NAMED_PIN || kind == PF_NAMED_PIN_CARD || kind == PF_NAMED_PIN_MENTION || kind == PF_NAMED_PIN_BLOCK;
}

/* The kind of the name around "pin" at buf[at], or of the one in Japanese that begins
 * there; *end is one past it. */
static enum pf_named name_at(const uint8_t *buf, size_t len, size_t at, size_t *end)
{
    char name[PF_NAME_MAX + 1];
    enum pf_named kind;
    size_t from;

    if (buf[at] >= 0x80)
        return pf_element_japanese(buf, len, at, end);
    if (len - at > 3 && buf[at + 1] == '5' && buf[at + 2] == '2' && is_letter(buf[at])) {      /* "DE52", "field52" */
        pf_name_around(buf, len, at, name, &from, end);
        return pf_element_name(name);
    }
    if ((buf[at] | 32) != 'p' || len - at <= 3 || (buf[at + 1] | 32) != 'i' || (buf[at + 2] | 32) != 'n')
        return PF_NAMED_NOTHING;
    if (buf[at + 3] >= 0x80 && (kind = pf_element_japanese(buf, len, at, end)) != PF_NAMED_NOTHING)
        return kind;
    pf_name_around(buf, len, at, name, &from, end);
    return pf_element_name(name);
}

/* Pairs of hex digits with a blank between them, at buf[at], into hex[0..VALUE_MAX). Returns the digits;
 * *end: one past them. */
static size_t pairs(const uint8_t *buf, size_t len, size_t at, uint8_t *hex, size_t *end)
{
    size_t n = 0;

    for (; n + 2 <= VALUE_MAX && at + 2 <= len && is_hex(buf[at]) && is_hex(buf[at + 1]); at += 3) {
        hex[n++] = buf[at];
        hex[n++] = buf[at + 1];
        *end = at + 2;
        if (at + 2 >= len || buf[at + 2] != ' ')
            break;
    }
    return n;
}

static void judge_pairs(const struct pf_look *look, size_t value)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .form = "ascii", .start = (uint32_t)value };
    uint8_t hex[VALUE_MAX];
    size_t end = value, n = pairs(view->buf, view->len, value, hex, &end);

    e.end = (uint32_t)end;
    if (n > 2 && (end >= view->len || !(is_letter(view->buf[end]) || is_digit(view->buf[end]))) &&
        pf_element_value(PF_NAMED_PIN_BLOCK, hex, n, PF_NEAR_NOTHING, &e))
        look->fn(look->ctx, &e);
    explicit_bzero(hex, sizeof hex);
}

static void judge(const struct pf_look *look, enum pf_named kind, size_t name, size_t value)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    struct pf_element e = { .form = "ascii", .start = (uint32_t)value };
    size_t n = 0;

    while (value + n < view->len && n < VALUE_MAX && is_hex(buf[value + n]))
        n++;
    if (n == 2 && kind == PF_NAMED_PIN_BLOCK)
        judge_pairs(look, value);
    if (value + n < view->len && (is_letter(buf[value + n]) || is_digit(buf[value + n]) || buf[value + n] == '.'))
        return;
    e.end = (uint32_t)(value + n);
    if (pf_element_value(kind, buf + value, n, kind == PF_NAMED_PIN_BLOCK ? PF_NEAR_NOTHING : pf_card_near(buf, view->len, name, e.end), &e))
        look->fn(look->ctx, &e);
}

void pf_find_pinblock(const struct pf_look *look)
{
    const struct pf_view *view = look->view;

    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_NAMES, at, view->hi)) != SIZE_MAX; at++) {
        size_t end = at, value;
        enum pf_named kind = name_at(view->buf, view->len, at, &end);

        if (is_pin(kind) && (value = pf_named_value(view->buf, view->len, end, false)) != SIZE_MAX)
            judge(look, kind, at, value < view->len && view->buf[value] == '[' ? value + 1 : value);
    }
}
