/* text.c - see text.h. */
#include "pan-finder/base/text.h"

#include <string.h>

static bool is_tail(uint8_t b)
{
    return (b & 0xc0) == 0x80;
}

size_t pf_utf8_len(const uint8_t *text, size_t len)
{
    uint8_t a, b;

    if (len == 0)
        return 0;
    a = text[0];
    if (a < 0x80)
        return 1;
    if (a < 0xc2 || a > 0xf4 || len < 2)
        return 0;
    b = text[1];
    if (a < 0xe0)
        return is_tail(b) ? 2 : 0;
    if (a < 0xf0) {
        if (len < 3 || !is_tail(b) || !is_tail(text[2]))
            return 0;
        if ((a == 0xe0 && b < 0xa0) || (a == 0xed && b > 0x9f))
            return 0;
        return 3;
    }
    if (len < 4 || !is_tail(b) || !is_tail(text[2]) || !is_tail(text[3]))
        return 0;
    if ((a == 0xf0 && b < 0x90) || (a == 0xf4 && b > 0x8f))
        return 0;
    return 4;
}

bool pf_utf8_ok(const char *text, size_t len)
{
    const uint8_t *p = (const uint8_t *)text;

    while (len > 0) {
        size_t n = pf_utf8_len(p, len);
        if (n == 0)
            return false;
        p += n;
        len -= n;
    }
    return true;
}

void pf_text_add_utf8(struct pf_buf *out, const char *text, size_t len)
{
    while (len > 0) {
        size_t n = pf_utf8_len((const uint8_t *)text, len);
        if (n == 0) {
            pf_buf_adds(out, "\xef\xbf\xbd");
            n = 1;
        } else {
            pf_buf_add(out, text, n);
        }
        text += n;
        len -= n;
    }
}

static uint32_t utf8_value(const uint8_t *p, size_t n)
{
    if (n == 1)
        return p[0];
    if (n == 2)
        return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    if (n == 3)
        return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
           (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x61c ||
           c == 0x2028 || c == 0x2029;
}

void pf_text_add_tty(struct pf_buf *out, const char *text, size_t len)
{
    while (len > 0) {
        const uint8_t *p = (const uint8_t *)text;
        size_t n = pf_utf8_len(p, len);

        if (n == 0) {
            pf_buf_addf(out, "\\x%02x", p[0]);
            n = 1;
        } else if (is_control(utf8_value(p, n))) {
            uint32_t c = utf8_value(p, n);
            if (c < 0x100)
                pf_buf_addf(out, "\\x%02x", c);
            else
                pf_buf_addf(out, "\\u{%x}", c);
        } else {
            pf_buf_add(out, text, n);
        }
        text += n;
        len -= n;
    }
}

void pf_text_add_pct(struct pf_buf *out, const char *text, size_t len)
{
    while (len > 0) {
        const uint8_t *p = (const uint8_t *)text;
        size_t n = pf_utf8_len(p, len);

        if (n == 0 || p[0] == '%' || is_control(utf8_value(p, n))) {
            n = n == 0 ? 1 : n;
            for (size_t i = 0; i < n; i++)
                pf_buf_addf(out, "%%%02X", p[i]);
        } else {
            pf_buf_add(out, text, n);
        }
        text += n;
        len -= n;
    }
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

void pf_text_unpct(struct pf_buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        int hi, lo;
        if (text[i] == '%' && len - i > 2 && (hi = hex_value(text[i + 1])) >= 0 &&
            (lo = hex_value(text[i + 2])) >= 0) {
            pf_buf_addc(out, (char)(hi << 4 | lo));
            i += 2;
        } else {
            pf_buf_addc(out, text[i]);
        }
    }
}
