/* escape_lex.c - escapes of URLs, markup, program text, mail and RTF. */
#include "pan-finder/detect/wrap/escape_lex.h"

#include <string.h>

#define DEPTH 3                  /* escapes of escapes that are looked through */
#define BIG 0x110000u

/* Reads what stands behind the sign, p[0..len): used (without the sign), out, n, cls. */
typedef bool body_fn(const uint8_t *p, size_t len, struct pf_escape *e);

static int hex(uint8_t c)
{
    if ((uint8_t)(c - '0') < 10)
        return c - '0';
    c = (uint8_t)((c | 0x20) - 'a');
    return c < 6 ? c + 10 : -1;
}

/* Up to `most` digits of a base; how many were read. */
static size_t number(const uint8_t *p, size_t len, size_t most, int base, uint32_t *value)
{
    size_t n = 0;

    for (*value = 0; n < len && n < most; n++) {
        int digit = hex(p[n]);

        if (digit < 0 || digit >= base)
            break;
        *value = *value < BIG ? *value * (uint32_t)base + (uint32_t)digit : BIG;
    }
    return n;
}

static enum pf_escape_class class_of(uint32_t c)
{
    static const uint16_t range[][2] = {
        { ' ', ' ' }, { '-', '/' }, { '_', '_' }, { '\t', '\t' }, { 0xa0, 0xa0 }, { 0xad, 0xad }, { 0x2000, 0x200d },
        { 0x2010, 0x2015 }, { 0x202f, 0x202f }, { 0x205f, 0x2060 }, { 0x2212, 0x2212 }, { 0x3000, 0x3000 },
        { 0xfeff, 0xfeff }, { 0xff0d, 0xff0d },
    };

    if (c - '0' < 10 || c - 0xff10 < 10)
        return PF_ESCAPE_DIGIT;
    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++) {
        if (c >= range[i][0] && c <= range[i][1])
            return PF_ESCAPE_SEPARATOR;
    }
    return PF_ESCAPE_OTHER;
}

static bool character(struct pf_escape *e, size_t used, uint32_t c)
{
    if (c >= BIG)
        return false;
    e->used = used;
    e->cls = class_of(c);
    e->n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (e->n == 1) {
        e->out[0] = (uint8_t)c;
        return true;
    }
    for (size_t i = e->n - 1; i > 0; i--, c >>= 6)
        e->out[i] = (uint8_t)(0x80 | (c & 0x3f));
    e->out[0] = (uint8_t)((0xf00u >> e->n & 0xffu) | c);
    return true;
}

static bool nothing(struct pf_escape *e, size_t used)
{
    e->used = used;
    e->n = 0;
    e->cls = PF_ESCAPE_JOIN;
    return true;
}

static bool byte(struct pf_escape *e, size_t used, uint32_t value)
{
    e->used = used;
    e->n = 1;
    e->out[0] = (uint8_t)value;
    e->cls = value < 0x80 ? class_of(value) : PF_ESCAPE_OTHER;
    return true;
}

/* Two or three bytes of UTF-8, each escaped by `sign`, make one character. */
static bool bytes(struct pf_escape *e, const uint8_t *p, size_t len, uint8_t sign)
{
    uint32_t value, c, more;
    size_t at = 2, n;

    if (number(p, len, 2, 16, &value) != 2)
        return false;
    n = value >= 0xe0 && value < 0xf0 ? 2 : value >= 0xc2 && value < 0xe0 ? 1 : 0;
    c = n == 2 ? value & 0x0f : value & 0x1f;
    for (size_t i = 0; i < n; i++, at += 3) {
        if (at >= len || p[at] != sign || number(p + at + 1, len - at - 1, 2, 16, &more) != 2 || more >> 6 != 2)
            return byte(e, 2, value);
        c = c << 6 | (more & 0x3f);
    }
    return n > 0 ? character(e, at, c) : byte(e, 2, value);
}

static bool percent(const uint8_t *p, size_t len, struct pf_escape *e)
{
    uint32_t c;

    if (len > 4 && p[0] == 'u')
        return number(p + 1, len - 1, 4, 16, &c) == 4 && character(e, 5, c);
    return bytes(e, p, len, '%');
}

static bool quoted(const uint8_t *p, size_t len, struct pf_escape *e)
{
    if (len > 0 && p[0] == '\n')
        return nothing(e, 1);
    if (len > 1 && p[0] == '\r' && p[1] == '\n')
        return nothing(e, 2);
    return bytes(e, p, len, '=');
}

static bool entity(const uint8_t *p, size_t len, struct pf_escape *e)
{
    static const struct { const char *name; uint16_t c; } named[] = {
        { "nbsp;", 0xa0 }, { "ensp;", 0x2002 }, { "emsp;", 0x2003 }, { "thinsp;", 0x2009 }, { "ndash;", 0x2013 },
        { "mdash;", 0x2014 }, { "minus;", 0x2212 }, { "hyphen;", 0x2010 }, { "dash;", 0x2010 }, { "shy;", 0xad },
        { "zwnj;", 0x200c }, { "zwj;", 0x200d }, { "numsp;", 0x2007 }, { "puncsp;", 0x2008 }, { "hairsp;", 0x200a },
        { "Tab;", '\t' }, { "period;", '.' }, { "lowbar;", '_' }, { "sol;", '/' }, { "equals;", '=' },
        { "amp;", '&' }, { "quot;", '"' }, { "apos;", '\'' }, { "lt;", '<' }, { "gt;", '>' },
    };
    uint32_t c;

    if (len > 1 && p[0] == '#') {
        size_t head = (p[1] | 0x20) == 'x' ? 2 : 1, n = number(p + head, len - head, 8, head == 2 ? 16 : 10, &c);

        return n > 0 && character(e, head + n + (head + n < len && p[head + n] == ';'), c);
    }
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        size_t n = strlen(named[i].name);

        if (n <= len && memcmp(p, named[i].name, n) == 0)
            return character(e, n, named[i].c);
    }
    return false;
}

static bool backslash(const uint8_t *p, size_t len, struct pf_escape *e)
{
    static const char sign[] = "tnrbfv", stands[] = "\t\n\r\b\f\v";
    const char *s;
    uint32_t c;
    size_t n;

    if (len == 0)
        return false;
    if (p[0] == 'u' && len > 2 && p[1] == '{') {
        n = number(p + 2, len - 2, 6, 16, &c);
        return n > 0 && n + 2 < len && p[n + 2] == '}' && character(e, n + 3, c);
    }
    if (p[0] == 'u')
        return number(p + 1, len - 1, 4, 16, &c) == 4 && character(e, 5, c);
    if (p[0] == 'x')
        return number(p + 1, len - 1, 2, 16, &c) == 2 && byte(e, 3, c);
    n = number(p, len, 3, 8, &c);
    if (n > 0)
        return byte(e, n, c & 0xff);
    s = p[0] != 0 ? strchr(sign, p[0]) : NULL;
    return s != NULL ? byte(e, 1, (uint8_t)stands[s - sign])
                     : p[0] > ' ' && p[0] < 0x7f && hex(p[0]) < 0 && byte(e, 1, p[0]);
}

static bool letter(uint8_t c)
{
    return (uint8_t)((c | 0x20) - 'a') < 26;
}

/* A control word, its number, and the one blank that ends it. */
static bool control_word(const uint8_t *p, size_t len, struct pf_escape *e)
{
    size_t n = 0, digits = 0, at;
    uint32_t value = 0;
    bool minus, numbered;

    while (n < len && letter(p[n]))
        n++;
    minus = n + 1 < len && p[n] == '-' && hex(p[n + 1]) >= 0 && hex(p[n + 1]) < 10;
    at = n + minus;
    digits = number(p + at, len - at, 6, 10, &value);
    numbered = digits > 0;
    at = numbered ? at + digits : n;
    if (n == 1 && p[0] == 'u') {
        if (!numbered || value > 0xffff)
            return false;
        value = minus ? 0x10000 - value : value;
        if (at < len && p[at] == ' ')
            at++;
        return character(e, at + (at < len && p[at] == '?'), value);
    }
    if (at < len && p[at] == ' ')
        at++;
    if (n == 3 && memcmp(p, "tab", 3) == 0)
        return byte(e, at, '\t');
    if ((n == 3 && memcmp(p, "par", 3) == 0) || (n == 4 && (memcmp(p, "line", 4) == 0 || memcmp(p, "cell", 4) == 0)))
        return byte(e, at, '\n');
    return nothing(e, at);
}

static bool rtf(const uint8_t *p, size_t len, struct pf_escape *e)
{
    uint32_t c;

    if (len == 0)
        return false;
    if (p[0] == '\'')
        return number(p + 1, len - 1, 2, 16, &c) == 2 && byte(e, 3, c);
    switch (p[0]) {
    case '~': return character(e, 1, 0xa0);
    case '_': return character(e, 1, 0x2011);
    case '-': return character(e, 1, 0xad);
    case '\\': case '{': case '}': return byte(e, 1, p[0]);
    default: return letter(p[0]) && control_word(p, len, e);
    }
}

static const struct { uint8_t sign; body_fn *body; } grammars[PF_ESCAPES] = {
    [PF_ESCAPE_PERCENT] = { '%', percent },
    [PF_ESCAPE_ENTITY] = { '&', entity },
    [PF_ESCAPE_BACKSLASH] = { '\\', backslash },
    [PF_ESCAPE_QUOTED] = { '=', quoted },
    [PF_ESCAPE_RTF] = { '\\', rtf },
};

uint8_t pf_escape_sign(enum pf_escape_grammar grammar)
{
    return grammars[grammar].sign;
}

bool pf_escape_lex(enum pf_escape_grammar grammar, const uint8_t *buf, size_t len, size_t at, struct pf_escape *e)
{
    struct pf_escape inner;
    size_t deep;

    if (!grammars[grammar].body(buf + at + 1, len - at - 1, e))
        return false;
    e->used++;
    deep = e->used;
    inner = *e;
    for (int i = 0; i < DEPTH && inner.n == 1 && inner.out[0] == grammars[grammar].sign; i++) {
        if (!grammars[grammar].body(buf + at + deep, len - at - deep, &inner))
            break;
        deep += inner.used;
    }
    e->deep = inner.cls != PF_ESCAPE_OTHER ? deep : e->used;
    e->cls = inner.cls;
    return true;
}

enum pf_escape_class pf_escape_plain(enum pf_escape_grammar grammar, uint8_t c)
{
    if ((uint8_t)(c - '0') < 10)
        return PF_ESCAPE_DIGIT;
    if (c == ' ' || c == '-' || c == '.' || c == '_' || (c == '+' && grammar == PF_ESCAPE_PERCENT))
        return PF_ESCAPE_SEPARATOR;
    if (grammar == PF_ESCAPE_RTF && (c == '{' || c == '}' || c == '\r' || c == '\n'))
        return PF_ESCAPE_JOIN;
    return PF_ESCAPE_OTHER;
}
