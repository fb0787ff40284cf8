/* reading.c - decode, fold, and mark where words begin. */
#include "pan-finder/detect/reading.h"

#include "pan-finder/detect/charset.h"
#include "pan-finder/detect/fold.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <string.h>

#define DECODE_MAX 512

static bool all_ascii(const uint8_t *p, size_t n)
{
    uint8_t any = 0;

    for (size_t i = 0; i < n; i++)
        any |= p[i];
    return any < 0x80;
}

static size_t bad_bytes(enum pf_charset charset, const uint8_t *buf, size_t from, size_t to)
{
    uint32_t cp[DECODE_MAX];
    size_t bad;

    from = pf_charset_sync(charset, buf, from, to);
    pf_charset_decode(charset, buf, from, to, cp, DECODE_MAX, &bad);
    return bad;
}

/* A shift of ISO-2022-JP: ESC $ to kanji, ESC ( to Roman (RFC 1468). */
static bool has_shift(const uint8_t *buf, size_t from, size_t to)
{
    const uint8_t *esc = memchr(buf + from, 0x1b, to - from);

    return esc != NULL && buf + to - esc >= 3 && (esc[1] == '$' || esc[1] == '(');
}

size_t pf_reading_charsets(const uint8_t *buf, size_t from, size_t to, uint8_t dress,
                           enum pf_charset out[2])
{
    static const enum pf_charset of_dress[PF_DRESS_COUNT] = {
        [PF_DRESS_UTF16LE] = PF_CHARSET_UTF16LE, [PF_DRESS_UTF16BE] = PF_CHARSET_UTF16BE,
        [PF_DRESS_FW_UTF16LE] = PF_CHARSET_UTF16LE, [PF_DRESS_FW_UTF16BE] = PF_CHARSET_UTF16BE,
        [PF_DRESS_FW_SJIS] = PF_CHARSET_SJIS, [PF_DRESS_FW_EUCJP] = PF_CHARSET_EUCJP,
        [PF_DRESS_UTF32LE] = PF_CHARSET_UTF32LE, [PF_DRESS_UTF32BE] = PF_CHARSET_UTF32BE,
        [PF_DRESS_ISO2022JP] = PF_CHARSET_ISO2022JP, [PF_DRESS_EBCDIC] = PF_CHARSET_EBCDIC,
    };
    size_t sjis, euc;

    if (dress < PF_DRESS_COUNT && of_dress[dress] != PF_CHARSET_UTF8) {
        out[0] = of_dress[dress];
        return 1;
    }
    if (has_shift(buf, from, to)) {
        out[0] = PF_CHARSET_ISO2022JP;
        return 1;
    }
    out[0] = PF_CHARSET_UTF8;
    if (all_ascii(buf + from, to - from) || bad_bytes(PF_CHARSET_UTF8, buf, from, to) == 0)
        return 1;
    sjis = bad_bytes(PF_CHARSET_SJIS, buf, from, to);
    euc = bad_bytes(PF_CHARSET_EUCJP, buf, from, to);
    out[0] = euc <= sjis ? PF_CHARSET_EUCJP : PF_CHARSET_SJIS;
    out[1] = PF_CHARSET_SJIS;
    return euc == sjis ? 2 : 1;
}

static bool is_upper(uint32_t c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(uint32_t c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_alnum(uint32_t c)
{
    return is_upper(c) || is_lower(c) || (c >= '0' && c <= '9');
}

/* A word begins after anything but a letter or digit, at a camel hump, at the
 * last capital of several ("PANNumber"), and at every Japanese character. */
static bool begins(const uint32_t *cp, size_t n, size_t i)
{
    if (cp[i] >= 0x80 || i == 0 || !is_alnum(cp[i - 1]))
        return true;
    if (is_upper(cp[i]))
        return is_lower(cp[i - 1]) || (is_upper(cp[i - 1]) && i + 1 < n && is_lower(cp[i + 1]));
    return false;
}

static uint32_t narrow(uint32_t cp)
{
    return cp >= 0xff01 && cp <= 0xff5e ? cp - 0xff01 + 0x21 : cp;
}

bool pf_reading_break(uint16_t sym)
{
    return sym < 0x80 && pf_fold_ascii(sym) <= PF_FOLD_SEP;
}

static void push(struct pf_reading *out, uint16_t sym, bool start, size_t at)
{
    if (out->n == PF_READING_MAX)
        return;
    out->sym[out->n] = sym;
    out->dist[out->n] = (uint8_t)at;
    out->start[out->n] = start;
    out->n++;
}

/* Folds cp[0..n) into `out`; `dist` is the index in cp for the caller to turn
 * into a distance. Three separators in a row are a column border: a break. */
static void fold_all(struct pf_reading *out, uint32_t *cp, size_t n)
{
    unsigned seps = 0;

    out->n = 0;
    for (size_t i = 0; i < n; i++)
        cp[i] = narrow(cp[i]);
    for (size_t i = 0; i < n; i++) {
        uint16_t voiced = cp[i] < 0x80 || !out->n ? 0 : pf_fold_voiced(out->sym[out->n - 1], cp[i]), sym[2];
        size_t k;

        if (voiced) {
            out->sym[out->n - 1] = voiced;
            continue;
        }
        k = pf_fold(cp[i], sym);
        if (sym[0] == PF_FOLD_SEP) {
            if (++seps == 3)
                push(out, ' ', false, i);
            continue;
        }
        seps = 0;
        if (sym[0] == PF_FOLD_BREAK) {
            push(out, cp[i] < 0x80 ? (uint16_t)cp[i] : 0, false, i);
            continue;
        }
        push(out, sym[0], begins(cp, n, i), i);
        if (k == 2)
            push(out, sym[1], false, i);
    }
}

static bool blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x3000;
}

/* Start of the line before the number's own, empty lines not counted: what
 * stands above it belongs to something else. */
static size_t lines_from(const uint32_t *cp, size_t n)
{
    bool crossed = false, inked = false;

    while (n > 0) {
        uint32_t c = cp[n - 1];

        if (c == '\n' && inked && crossed)
            return n;
        if (c == '\n') {
            crossed = true;
            inked = false;
        }
        inked |= crossed && !blank(c);
        n--;
    }
    return 0;
}

/* End of the line after the number's own, empty lines not counted. */
static size_t lines_to(const uint32_t *cp, size_t n)
{
    bool crossed = false, inked = false;

    for (size_t i = 0; i < n; i++) {
        if (cp[i] == '\n' && inked && crossed)
            return i;
        if (cp[i] == '\n') {
            crossed = true;
            inked = false;
        }
        inked |= crossed && !blank(cp[i]);
    }
    return n;
}

static size_t width(enum pf_charset charset)
{
    switch (charset) {
    case PF_CHARSET_UTF32LE:
    case PF_CHARSET_UTF32BE: return 4;
    case PF_CHARSET_UTF8:    return 3;
    case PF_CHARSET_EBCDIC:  return 1;
    default:                 return 2;
    }
}

void pf_reading_before(struct pf_reading *out, const uint8_t *buf, size_t at, enum pf_charset charset)
{
    uint32_t cp[DECODE_MAX];
    size_t reach = PF_REACH * width(charset), from = at > reach ? at - reach : 0, n, bad, cut = 0;

    if (charset == PF_CHARSET_UTF8 && at > PF_REACH && all_ascii(buf + at - PF_REACH, PF_REACH))
        from = at - PF_REACH;
    from = pf_charset_sync(charset, buf, from, at);
    n = pf_charset_decode(charset, buf, from, at, cp, DECODE_MAX, &bad);
    if (n > PF_REACH)
        cut = n - PF_REACH;
    cut += lines_from(cp + cut, n - cut);
    fold_all(out, cp + cut, n - cut);
    n -= cut;
    for (size_t i = 0; i < out->n; i++)
        out->dist[i] = (uint8_t)(n - 1 - out->dist[i]);
}

void pf_reading_after(struct pf_reading *out, const uint8_t *buf, size_t len, size_t at,
                      enum pf_charset charset)
{
    uint32_t cp[PF_REACH / 2];
    size_t reach = PF_REACH / 2 * width(charset), to = len - at > reach ? at + reach : len, n, bad;

    n = pf_charset_decode(charset, buf, at, to, cp, PF_REACH / 2, &bad);
    fold_all(out, cp, lines_to(cp, n));
}
