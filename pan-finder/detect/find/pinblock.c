/* pinblock.c - PINs and PIN blocks by the name of the field they stand in. An
 * enciphered block (ISO 9564-1) is eight or sixteen random bytes: nothing but its
 * name tells. A PIN in clear is four to six digits behind a name that locks,
 * phones and pins of chips have too: it counts beside a card number only; behind
 * the Japanese name it is mentioned. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/find/named.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum kind { NO_NAME, BLOCK, PIN, PIN_JA };

/* Names in lower case, without '_', '-', ' '. Source: field names of payment
 * libraries and terminals, own list. */
static const struct { const char *name; enum kind kind; } named[] = {
    { "pinblock", BLOCK }, { "pinblk", BLOCK }, { "encpin", BLOCK }, { "encryptedpin", BLOCK },
    { "encryptedpinblock", BLOCK }, { "encpinblock", BLOCK }, { "epinblock", BLOCK }, { "pindata", BLOCK },
    { "encryptedpindata", BLOCK }, { "isopin", BLOCK }, { "isopinblock", BLOCK }, { "pinblockdata", BLOCK },
    { "onlinepin", BLOCK }, { "onlinepinblock", BLOCK }, { "clearpinblock", BLOCK },
    { "pin", PIN }, { "cardpin", PIN }, { "pinno", PIN }, { "pinnumber", PIN }, { "clearpin", PIN },
    { "plainpin", PIN }, { "customerpin", PIN },
};

/* The Japanese name, U+6697 U+8A3C U+756A U+53F7, in UTF-8, Shift_JIS and EUC-JP. */
static const struct { uint8_t n; const char *bytes; } japanese[] = {
    { 12, "\xe6\x9a\x97\xe8\xa8\xbc\xe7\x95\xaa\xe5\x8f\xb7" },
    { 8, "\x88\xc3\x8f\xd8\x94\xd4\x8d\x86" }, { 8, "\xb0\xc5\xbe\xda\xc8\xd6\xb9\xe6" },
};

static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(uint8_t c)  { return c >= '0' && c <= '9'; }
static bool is_hex(uint8_t c)    { return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

/* The kind of the name around "pin" at buf[at]; *end is one past it. */
static enum kind name_at(const uint8_t *buf, size_t len, size_t at, size_t *end)
{
    char name[PF_NAME_MAX + 1];
    size_t from;

    pf_name_around(buf, len, at, name, &from, end);
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (strcmp(named[i].name, name) == 0)
            return named[i].kind;
    return NO_NAME;
}

static enum kind japanese_at(const uint8_t *buf, size_t len, size_t at, size_t *end)
{
    for (size_t i = 0; i < sizeof japanese / sizeof japanese[0]; i++)
        if (len - at >= japanese[i].n && memcmp(buf + at, japanese[i].bytes, japanese[i].n) == 0) {
            *end = at + japanese[i].n;
            return PIN_JA;
        }
    return NO_NAME;
}

static void judge(const struct pf_look *look, enum kind kind, size_t name, size_t value)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    struct pf_element e = { .cls = PF_CLASS_SAD_PIN, .reasons = BIT(NAMED), .form = "ascii", .start = (uint32_t)value };
    size_t n = 0, digits = 0;

    while (value + n < view->len && n <= 32 && is_hex(buf[value + n]))
        digits += is_digit(buf[value + n++]);
    if (value + n < view->len && (is_letter(buf[value + n]) || is_digit(buf[value + n]) || buf[value + n] == '.'))
        return;
    e.end = (uint32_t)(value + n);
    if (kind == BLOCK && (n == 16 || n == 32)) {
        if (memcmp(buf + value, buf + value + 1, n - 1) == 0)
            return;                        /* one sign repeated is no block */
        e.confidence = PF_CONFIRMED;
        e.reasons |= BIT(PIN_BLOCK);
    } else if (kind != BLOCK && digits == n && n >= 4 && n <= 6) {
        bool card = pf_card_near(buf, view->len, name, e.end);

        if (!card && kind != PIN_JA)
            return;
        e.confidence = card ? PF_CONFIRMED : PF_POSSIBLE;
        e.reasons |= card ? BIT(BESIDE) : 0;
    } else {
        return;
    }
    look->fn(look->ctx, &e);
}

void pf_find_pinblock(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;

    if (!(look->any & PF_MARK_NAMES))
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_NAMES, at, view->hi)) != SIZE_MAX; at++) {
        size_t end = at, value;
        enum kind kind = NO_NAME;

        if ((buf[at] | 32) == 'p' && view->len - at > 3 && (buf[at + 1] | 32) == 'i' && (buf[at + 2] | 32) == 'n')
            kind = name_at(buf, view->len, at, &end);
        else if (buf[at] >= 0x80)
            kind = japanese_at(buf, view->len, at, &end);
        if (kind == NO_NAME || (value = pf_named_value(buf, view->len, end)) == SIZE_MAX)
            continue;
        judge(look, kind, at, value);
    }
}
