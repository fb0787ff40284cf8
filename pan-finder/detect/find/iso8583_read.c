/* iso8583_read.c - reading a message: MTI, bitmap, fields. */
#include "pan-finder/detect/find/iso8583.h"

#include "pan-finder/detect/find/bcd.h"

#include <string.h>

#define NONE 15u
#define LONG_FIELDS 10u        /* that must be read of a message whose end is not */

struct reader {
    const uint8_t *buf;
    size_t len, at;
    const struct pf_iso_dialect *dialect;
    unsigned version;
    bool overrun;                  /* a field ends behind len */
};

static unsigned hex_value(const struct pf_iso_dialect *dialect, uint8_t c)
{
    if (dialect->digits == PF_ISO_EBCDIC) {
        if (c >= 0xf0 && c <= 0xf9)
            return c - 0xf0u;
        c |= 0x40;                     /* small and capital letters differ in this bit */
        return c >= 0xc1 && c <= 0xc6 ? c - 0xc1 + 10u : 16u;
    }
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10u : 16u;
}

/* Digit i of those that begin at buf[at]; values as of pf_iso_digits. */
static unsigned digit_at(const struct pf_iso_dialect *dialect, const uint8_t *buf, size_t at, size_t i)
{
    unsigned c;

    if (dialect->digits == PF_ISO_BCD)
        return pf_nibble(buf + at, i);
    c = buf[at + i];
    if (dialect->digits == PF_ISO_EBCDIC)
        return c >= 0xf0 && c <= 0xf9 ? c - 0xf0 : c == 0x7e || c == 0xc4 ? 13u : NONE;
    return c >= '0' && c <= '9' ? c - '0' : c == '=' || c == 'D' || c == 'd' ? 13u : NONE;
}

static size_t digit_bytes(const struct pf_iso_dialect *dialect, size_t digits)
{
    return dialect->digits == PF_ISO_BCD ? (digits + 1) / 2 : digits;
}

/* The number of n digits; false when they are none. Packed ones stand to the right. */
static bool take_number(struct reader *r, size_t n, unsigned *value)
{
    size_t bytes = digit_bytes(r->dialect, n), digits = r->dialect->digits == PF_ISO_BCD ? 2 * bytes : n;

    if (r->len - r->at < bytes)
        return false;
    *value = 0;
    for (size_t i = 0; i < digits; i++) {
        unsigned d = digit_at(r->dialect, r->buf, r->at, i);

        if (d > 9)
            return false;
        *value = *value * 10 + d;
    }
    r->at += bytes;
    return true;
}

static bool take_map(struct reader *r, uint64_t *map)
{
    size_t bytes = r->dialect->hex_map ? 16 : 8;

    if (r->len - r->at < bytes)
        return false;
    *map = 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned v = r->buf[r->at + i];

        if (!r->dialect->hex_map)
            *map = *map << 8 | v;
        else if ((v = hex_value(r->dialect, (uint8_t)v)) < 16)
            *map = *map << 4 | v;
        else
            return false;
    }
    r->at += bytes;
    return true;
}

static bool prints(const struct pf_iso_dialect *dialect, uint8_t c)
{
    return dialect->digits == PF_ISO_EBCDIC ? c >= 0x40 && c != 0xff : c >= 0x20 && c != 0x7f && c != 0xff;
}

/* An odd number of packed digits may be padded on either side. */
static bool digits_fit(const struct reader *r, size_t n, unsigned most)
{
    size_t first = 0;

    if (r->dialect->digits == PF_ISO_BCD && (n & 1)) {
        unsigned pad = digit_at(r->dialect, r->buf, r->at, 0), last = digit_at(r->dialect, r->buf, r->at, n);

        if (pad != 0 && last != 0 && last != 15)
            return false;
        first = pad == 0;
    }
    for (size_t i = 0; i < n; i++) {
        unsigned d = digit_at(r->dialect, r->buf, r->at, first + i);

        if (d > 9 && (d != 13 || most < 13))
            return false;
    }
    return true;
}

static bool text_fits(const struct reader *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!prints(r->dialect, r->buf[r->at + i]))
            return false;
    return true;
}

static bool hex_fits(const struct reader *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hex_value(r->dialect, r->buf[r->at + i]) > 15)
            return false;
    return true;
}

/* Bytes that n units of the field take up; SIZE_MAX when they do not stand there. */
static size_t field_bytes(struct reader *r, struct pf_iso_field f, unsigned number, size_t n)
{
    size_t left = r->len - r->at, bytes = n;
    bool fits;

    if (r->dialect->currency_text && number >= 49 && number <= 51)
        f.content = PF_ISO_ANS;
    if (f.content == PF_ISO_N || f.content == PF_ISO_Z)
        bytes = digit_bytes(r->dialect, n);
    else if (f.content == PF_ISO_XN)
        bytes = 1 + digit_bytes(r->dialect, n);
    else if (f.content == PF_ISO_B && r->dialect->hex_binary)
        bytes = 2 * n;
    r->overrun = bytes > left;
    if (r->overrun)
        return SIZE_MAX;
    switch (f.content) {
    case PF_ISO_N:   fits = digits_fit(r, n, 9); break;
    case PF_ISO_Z:   fits = digits_fit(r, n, 13); break;
    case PF_ISO_XN:  fits = (r->buf[r->at] & 0x7e) == 0x42 || (r->buf[r->at] & 0x7e) == 0x44 ||
                            r->buf[r->at] == 0xc3; break;
    case PF_ISO_ANS: fits = text_fits(r, n); break;
    case PF_ISO_B:   fits = !r->dialect->hex_binary || hex_fits(r, bytes); break;
    default:         fits = true;
    }
    return fits ? bytes : SIZE_MAX;
}

static bool take_field(struct reader *r, unsigned number, struct pf_iso_message *m)
{
    struct pf_iso_field f = pf_iso_field(r->version, number);
    unsigned n = f.max;
    size_t bytes;

    if (f.ll > 0 && (!take_number(r, f.ll, &n) || n > f.max))
        return false;
    bytes = field_bytes(r, f, number, n);
    if (bytes == SIZE_MAX || (n == 0 && f.content != PF_ISO_OWN))
        return false;
    m->field[number].at = r->at;
    m->field[number].n = (uint16_t)n;
    m->fields++;
    r->at += bytes;
    return true;
}

/* ---- what stands in the fields ---- */

/* Two digits from digit i on of a field, -1 when they are none. */
static unsigned pair(const uint8_t *digit, size_t i)
{
    return digit[i] * 10u + digit[i + 1];
}

static bool is_date(const uint8_t *d)          /* MMDD */
{
    return pair(d, 0) >= 1 && pair(d, 0) <= 12 && pair(d, 2) >= 1 && pair(d, 2) <= 31;
}

static bool is_time(const uint8_t *d)          /* hhmmss */
{
    return pair(d, 0) < 24 && pair(d, 2) < 60 && pair(d, 4) < 60;
}

static bool times_fit(const struct pf_iso_message *m, const uint8_t *buf, unsigned version)
{
    uint8_t d[12];

    if (m->field[7].n && (pf_iso_digits(m, buf, 7, d, 10) < 10 || !is_date(d) || !is_time(d + 4)))
        return false;
    if (m->field[12].n && version == 0 && (pf_iso_digits(m, buf, 12, d, 6) < 6 || !is_time(d)))
        return false;
    if (m->field[12].n && version > 0 &&
        (pf_iso_digits(m, buf, 12, d, 12) < 12 || !is_date(d + 2) || !is_time(d + 6)))
        return false;
    if (m->field[13].n && version == 0 && (pf_iso_digits(m, buf, 13, d, 4) < 4 || !is_date(d)))
        return false;
    if (m->field[14].n && (pf_iso_digits(m, buf, 14, d, 4) < 4 || pair(d, 2) > 12))
        return false;
    return true;
}

/* Fields that nearly every message about a card has: three of them are asked for,
 * and three of these are digits that are known to fit. */
static bool usual(const struct pf_iso_message *m)
{
    static const uint8_t number[] = { 3, 4, 7, 11, 12, 13, 22, 25, 41, 42, 49 };
    unsigned n = 0;

    for (size_t i = 0; i < sizeof number; i++)
        n += m->field[number[i]].n > 0;
    return n >= 3 && m->fields >= 4 && m->field[3].n && (m->field[4].n || m->field[7].n || m->field[11].n);
}

/* Bits of a bitmap that names such fields, the highest bit being field 1. */
static bool map_fits(uint64_t map)
{
    int bits = __builtin_popcountll(map);

    return bits >= 4 && bits <= 40 && (map >> 61 & 1) && (map >> 60 & 1 || map >> 57 & 1 || map >> 53 & 1);
}

bool pf_iso_read(const uint8_t *buf, size_t len, size_t at, const struct pf_iso_dialect *dialect,
                 struct pf_iso_message *m)
{
    struct reader r = { .buf = buf, .len = len - at > PF_ISO_REACH ? at + PF_ISO_REACH : len, .at = at,
                        .dialect = dialect };
    uint64_t map[2] = { 0, 0 };
    unsigned mti;

    if (!take_number(&r, 4, &mti) || mti / 1000 > 2 || mti / 100 % 10 == 0 || mti / 100 % 10 > 8 || mti % 10 > 5)
        return false;
    r.version = mti / 1000;
    if (!take_map(&r, &map[0]) || !map_fits(map[0]) || (map[0] >> 63 && !take_map(&r, &map[1])))
        return false;
    memset(m, 0, sizeof *m);
    m->dialect = *dialect;
    m->whole = true;
    for (unsigned number = 2; number <= 128; number++) {
        if (!(map[(number - 1) / 64] >> (63 - (number - 1) % 64) & 1) || take_field(&r, number, m))
            continue;
        if (!r.overrun || len - at <= PF_ISO_REACH || m->fields < LONG_FIELDS)
            return false;
        m->whole = false;
        break;                     /* a long message: what is behind PF_ISO_REACH is not read */
    }
    m->start = at;
    m->end = r.at;
    return usual(m) && times_fit(m, buf, r.version);
}

size_t pf_iso_digits(const struct pf_iso_message *m, const uint8_t *buf, unsigned number, uint8_t *out, size_t cap)
{
    size_t n = m->field[number].n, at = m->field[number].at, first = 0;

    n = n < cap ? n : cap;
    if (m->dialect.digits == PF_ISO_BCD && (m->field[number].n & 1) && buf[at] >> 4 == 0)
        first = 1;
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)digit_at(&m->dialect, buf, at, first + i);
    return n;
}

bool pf_iso_hex(const uint8_t *hex, size_t n)
{
    static const uint8_t before[] = { 0, 2, 4, 5, 7 };         /* length, TPDU, both */
    uint8_t bytes[PF_ISO_HEX / 2];
    struct pf_iso_message m;
    bool found = false;

    if (n > PF_ISO_HEX || n % 2 != 0 || n < 40)
        return false;
    pf_hex_bytes(hex, n, bytes);
    for (size_t i = 0; i < 2 * sizeof before && !found; i++) {
        const struct pf_iso_dialect dialect = { .digits = PF_ISO_BCD, .currency_text = i % 2 == 1 };

        found = pf_iso_read(bytes, n / 2, before[i / 2], &dialect, &m) && m.end == n / 2;
    }
    explicit_bzero(bytes, sizeof bytes);
    return found;
}
