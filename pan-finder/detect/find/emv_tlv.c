/* emv_tlv.c - reading data objects forwards and backwards. */
#include "pan-finder/detect/find/emv_tlv.h"

#include "pan-finder/detect/find/bcd.h"

#include <limits.h>
#include <string.h>

enum value { ANY, DIGITS, DATE, TIME, CODE, TEXT, AID, LIST, TEMPLATE };

/* Tag, shortest and longest value, what is in it. Source: EMV 4.4 Book 3, Annex A
 * (2022-10); 9F60-9F7C and DF tags are left out where brands differ. A length
 * that a book leaves open is taken narrowly: what counts is that random bytes
 * seldom fit. */
static const struct known { uint16_t tag; uint8_t min, max, value; } known[] = {
    { 0x42, 3, 3, ANY }, { 0x4f, 5, 16, AID }, { 0x50, 1, 16, TEXT }, { 0x56, 16, 76, TEXT },
    { 0x57, 11, 19, ANY }, { 0x5a, 6, 10, ANY }, { 0x61, 4, 255, TEMPLATE }, { 0x6f, 4, 255, TEMPLATE },
    { 0x70, 4, 255, TEMPLATE }, { 0x71, 4, 128, TEMPLATE }, { 0x72, 4, 128, TEMPLATE }, { 0x77, 4, 255, TEMPLATE },
    { 0x82, 2, 2, ANY }, { 0x84, 5, 16, AID }, { 0x87, 1, 1, ANY }, { 0x88, 1, 1, ANY },
    { 0x89, 6, 6, ANY }, { 0x8a, 2, 2, TEXT }, { 0x8c, 6, 250, ANY }, { 0x8d, 6, 250, ANY },
    { 0x8e, 10, 250, LIST }, { 0x8f, 1, 1, ANY }, { 0x90, 96, 250, ANY }, { 0x91, 8, 16, ANY },
    { 0x94, 4, 248, LIST }, { 0x95, 5, 5, ANY }, { 0x99, 4, 16, ANY }, { 0x9a, 3, 3, DATE },
    { 0x9b, 2, 2, ANY }, { 0x9c, 1, 1, DIGITS }, { 0xa5, 4, 255, TEMPLATE }, { 0xe1, 4, 255, TEMPLATE },
    { 0x5f20, 2, 26, TEXT }, { 0x5f24, 3, 3, DATE }, { 0x5f25, 3, 3, DATE }, { 0x5f28, 2, 2, CODE },
    { 0x5f2a, 2, 2, CODE }, { 0x5f2d, 2, 8, TEXT }, { 0x5f30, 2, 2, CODE }, { 0x5f34, 1, 1, DIGITS },
    { 0x5f36, 1, 1, DIGITS }, { 0x5f57, 1, 1, ANY },
    { 0x9f01, 6, 6, DIGITS }, { 0x9f02, 6, 6, DIGITS }, { 0x9f03, 6, 6, DIGITS }, { 0x9f06, 5, 16, AID },
    { 0x9f07, 2, 2, ANY }, { 0x9f08, 2, 2, ANY }, { 0x9f09, 2, 2, ANY }, { 0x9f0b, 27, 45, TEXT },
    { 0x9f0d, 5, 5, ANY }, { 0x9f0e, 5, 5, ANY }, { 0x9f0f, 5, 5, ANY }, { 0x9f10, 1, 32, ANY },
    { 0x9f11, 1, 1, ANY }, { 0x9f12, 1, 16, TEXT }, { 0x9f15, 2, 2, DIGITS }, { 0x9f16, 15, 15, TEXT },
    { 0x9f17, 1, 1, ANY }, { 0x9f1a, 2, 2, CODE }, { 0x9f1b, 4, 4, ANY }, { 0x9f1c, 8, 8, TEXT },
    { 0x9f1e, 8, 8, TEXT }, { 0x9f1f, 1, 56, ANY }, { 0x9f20, 1, 19, ANY }, { 0x9f21, 3, 3, TIME },
    { 0x9f24, 29, 29, TEXT }, { 0x9f25, 2, 2, DIGITS }, { 0x9f26, 8, 8, ANY }, { 0x9f27, 1, 1, ANY },
    { 0x9f32, 1, 3, ANY }, { 0x9f33, 3, 3, ANY }, { 0x9f34, 3, 3, ANY }, { 0x9f35, 1, 1, DIGITS },
    { 0x9f36, 2, 2, ANY }, { 0x9f37, 4, 4, ANY }, { 0x9f38, 2, 64, ANY }, { 0x9f39, 1, 1, DIGITS },
    { 0x9f40, 5, 5, ANY }, { 0x9f41, 2, 4, DIGITS }, { 0x9f42, 2, 2, CODE }, { 0x9f44, 1, 1, DIGITS },
    { 0x9f45, 2, 2, ANY }, { 0x9f47, 1, 3, ANY }, { 0x9f4a, 1, 1, ANY }, { 0x9f4c, 2, 8, ANY },
    { 0x9f4e, 1, 60, TEXT }, { 0x9f53, 1, 1, ANY }, { 0x9f66, 4, 4, ANY }, { 0x9f6b, 6, 19, ANY },
    { 0x9f6c, 2, 2, ANY }, { 0x9f6e, 4, 32, ANY }, { 0x9f7c, 1, 32, ANY }, { 0xbf0c, 4, 222, TEMPLATE },
};

/* What objects speak for, in bits. A tag of n bits and a length byte fit by chance
 * once in 2^(n + 8); a card's own object is this one in some thirty times, with
 * one of some sixteen lengths where they vary. */
enum { LENGTH = 8, OF_THIRTY = 5, OF_SIXTEEN = 4, TEMPLATE_ENDS = 12, ODD = -6, OTHERS_MAX = 64,
       HEX_BITS = 16 };

static const struct known *find_tag(unsigned tag)
{
    size_t lo = 0, hi = sizeof known / sizeof known[0];

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (known[mid].tag < tag)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < sizeof known / sizeof known[0] && known[lo].tag == tag ? &known[lo] : NULL;
}

static bool pair_in(const uint8_t *c, unsigned least, unsigned most)
{
    unsigned n = (*c >> 4) * 10u + (*c & 15);

    return n >= least && n <= most;
}

static bool all_text(const uint8_t *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c[i] < 0x20 || c[i] == 0x7f || c[i] == 0xff)
            return false;
    return true;
}

/* Rows of the CVM list (two amounts, then pairs) and of the file locator (SFI, first, last, count). */
static bool is_list(const uint8_t *c, size_t n, bool cvm)
{
    if (cvm)
        return n % 2 == 0 && c[0] == 0 && c[4] == 0;
    for (size_t i = 0; i + 4 <= n; i += 4)
        if ((c[i] & 7) != 0 || c[i] == 0 || c[i + 1] == 0 || c[i + 1] > c[i + 2] || c[i + 3] > c[i + 2])
            return false;
    return n % 4 == 0;
}

/* What the value adds: the bits by which it is seldomer than random bytes; ODD when it does not fit. */
static int value_bits(const struct known *row, const uint8_t *c, size_t n)
{
    bool digits = pf_bcd_run(c, 0, 2 * n) == 2 * n;

    switch (row->value) {
    case DIGITS: return !digits ? ODD : n > 5 ? 8 : (int)(4 * n / 3);
    case DATE:   return digits && pair_in(c + 1, 1, 12) && pair_in(c + 2, 0, 31) ? 8 : ODD;
    case TIME:   return digits && pair_in(c, 0, 23) && pair_in(c + 1, 0, 59) && pair_in(c + 2, 0, 59) ? 7 : ODD;
    case CODE:   return digits && c[0] < 0x10 ? 6 : ODD;
    case TEXT:   return !all_text(c, n) ? ODD : n > 8 ? 4 : (int)(n / 2);
    case AID:    return c[0] == 0xa0 && c[1] == 0 && c[2] == 0 ? 20 : c[0] >> 4 == 0xd || c[0] >> 4 == 0xf ? 0 : ODD;
    case LIST:   return is_list(c, n, row->tag == 0x8e) ? 8 : ODD;
    default:     return 0;
    }
}

static bool read_length(const uint8_t *buf, size_t len, size_t *at, size_t *n)
{
    if (*at >= len)
        return false;
    *n = buf[(*at)++];
    if (*n > 0x80 && *n <= 0x83) {
        size_t more = *n - 0x80;

        if (len - *at < more)
            return false;
        for (*n = 0; more > 0; more--)
            *n = *n << 8 | buf[(*at)++];
    }
    return true;
}

/* First bytes of tags: of one byte, and those that a second one follows. */
static bool may_begin(uint8_t c)
{
    static const uint64_t first[4] = { 0, 0x0087800284c18004, 0x800000209e33f794, 0x0000000200000000 };

    return first[c >> 6] >> (c & 63) & 1;
}

bool pf_tlv_read(const uint8_t *buf, size_t len, size_t at, struct pf_tlv *tlv)
{
    const struct known *row;
    unsigned tag;
    size_t n, i = at;

    if (len - at < 3 || !may_begin(buf[at]))
        return false;
    tag = buf[i++];
    if ((tag & 0x1f) == 0x1f)
        tag = tag << 8 | buf[i++];
    row = find_tag(tag);
    if (row == NULL || !read_length(buf, len, &i, &n))
        return false;
    if (n < row->min || n > row->max || (n > len - i && row->value != TEMPLATE))
        return false;
    *tlv = (struct pf_tlv){ .tag = tag, .start = at, .value = i, .next = i + n, .constructed = row->value == TEMPLATE };
    if (!tlv->constructed)
        tlv->bits = (tag > 0xff ? 16 : 8) + LENGTH - OF_THIRTY - (row->max > row->min ? OF_SIXTEEN : 0) + value_bits(row, buf + i, n);
    return true;
}

bool pf_tlv_any(const uint8_t *buf, size_t len, size_t at, struct pf_tlv *tlv)
{
    size_t i = at + 2, n;

    if (len - at < 3)
        return false;
    if (pf_tlv_read(buf, len, at, tlv))
        return true;
    if (buf[at] != 0x9f && buf[at] != 0xdf && buf[at] != 0x5f)
        return false;
    while (i < len && i < at + 4 && buf[i - 1] & 0x80)          /* the tag goes on */
        i++;
    if (buf[i - 1] & 0x80 || !read_length(buf, len, &i, &n) || n == 0 || n > 128 || n > len - i)
        return false;
    *tlv = (struct pf_tlv){ .start = at, .value = i, .next = i + n };
    return true;
}

size_t pf_tlv_step(const struct pf_tlv *tlv)
{
    return tlv->constructed ? tlv->value : tlv->next;
}

/* A row while it is read. `far[i]`: an object ends at byte i behind the one in the
 * middle; before it, by distance, the best row from there to it. */
struct walk {
    struct pf_tlv_row row;
    const struct pf_tlv *tlv;
    int bits[PF_TLV_REACH + 1];            /* INT_MIN: none leads here */
    uint8_t count[PF_TLV_REACH + 1];
    bool far[PF_TLV_REACH + 1];
};

static void walk_on(struct walk *w, const uint8_t *buf, size_t limit)
{
    int bits = 0;
    struct pf_tlv t;

    w->far[0] = true;
    for (size_t at = w->tlv->next; at < limit && pf_tlv_any(buf, limit, at, &t); ) {
        at = pf_tlv_step(&t);
        bits += t.bits;
        if (at <= limit && !t.constructed)
            w->far[at - w->tlv->next] = true;
        if (bits > w->row.bits)
            w->row.bits = bits;
        if (t.tag == 0)
            continue;
        w->row.end = at;
        w->row.others += !t.constructed && t.bits > 0 && w->row.others < OTHERS_MAX;
    }
}

/* The template ends where an object of the row does, before the middle one or behind it.
 * *bits: what that speaks for. False: it ends within one. */
static bool template_fits(const struct walk *w, const struct pf_tlv *t, int *bits)
{
    const struct pf_tlv *middle = w->tlv;

    *bits = TEMPLATE_ENDS;
    if (t->next <= middle->start)
        return t->next == middle->start || w->bits[middle->start - t->next] != INT_MIN;
    if (t->next < middle->next)
        return false;
    if (t->next - middle->next <= PF_TLV_REACH && w->far[t->next - middle->next])
        return true;
    *bits = 0;
    return t->next > w->row.end;           /* what is behind the row is not known */
}

static void walk_back(struct walk *w, const uint8_t *buf, size_t limit)
{
    size_t start = w->tlv->start;
    int best = 0;
    unsigned others = 0;

    w->bits[0] = 0;
    for (size_t back = 2; back <= PF_TLV_REACH && back <= start; back++) {
        struct pf_tlv t;
        size_t step;
        int bits;

        if (!pf_tlv_any(buf, limit, start - back, &t))
            continue;
        step = pf_tlv_step(&t);
        if (step > start || w->bits[start - step] == INT_MIN)
            continue;
        bits = t.bits;
        if (t.constructed && !template_fits(w, &t, &bits))
            continue;
        w->bits[back] = w->bits[start - step] + bits;
        w->count[back] = (uint8_t)(w->count[start - step] + (bits > 0 && t.tag != 0 && w->count[start - step] < OTHERS_MAX));
        if (w->bits[back] < best || (w->bits[back] == best && !t.constructed))
            continue;
        best = w->bits[back];
        others = w->count[back];
        w->row.start = start - back;
    }
    w->row.bits += best;
    w->row.others += others;
}

struct pf_tlv_row pf_tlv_row(const uint8_t *buf, size_t len, const struct pf_tlv *tlv)
{
    struct walk w = { .row = { .start = tlv->start, .end = tlv->next }, .tlv = tlv };
    size_t limit = len - tlv->next < PF_TLV_REACH ? len : tlv->next + PF_TLV_REACH;

    for (size_t i = 0; i <= PF_TLV_REACH; i++)
        w.bits[i] = INT_MIN;
    walk_on(&w, buf, limit);
    walk_back(&w, buf, limit);
    return w.row;
}

bool pf_tlv_hex(const uint8_t *hex, size_t n)
{
    uint8_t bytes[PF_TLV_HEX / 2];
    struct pf_tlv t;
    size_t at = 0;
    bool card = false;
    int bits = 0;

    if (n > PF_TLV_HEX || n % 2 != 0)
        return false;
    pf_hex_bytes(hex, n, bytes);
    while (at < n / 2 && pf_tlv_any(bytes, n / 2, at, &t)) {
        card |= t.tag == 0x5a || t.tag == 0x57 || t.tag == 0x56 || t.tag == 0x9f6b;
        bits += t.bits;
        at = pf_tlv_step(&t);
    }
    if (n / 2 - at == 2 && bytes[at] == 0x90 && bytes[at + 1] == 0)        /* the status word of an answer */
        at += 2;
    explicit_bzero(bytes, sizeof bytes);
    return card && at == n / 2 && bits >= HEX_BITS;
}
