/* emv_tlv.c - reading data objects forwards and backwards. */
#include "pan-finder/detect/find/emv_tlv.h"

#include <string.h>

/* Tag, shortest and longest value, template. Source: EMV 4.4 Book 3, Annex A
 * (2022-10); 9F60-9F7C and DF tags are left out where brands differ. A length
 * that a book leaves open is taken narrowly: what counts is that random bytes
 * seldom fit. */
static const struct known { uint16_t tag; uint8_t min, max; bool constructed; } known[] = {
    { 0x42, 3, 3, false }, { 0x4f, 5, 16, false }, { 0x50, 1, 16, false }, { 0x56, 16, 76, false },
    { 0x57, 11, 19, false }, { 0x5a, 6, 10, false }, { 0x61, 4, 255, true }, { 0x6f, 4, 255, true },
    { 0x70, 4, 255, true }, { 0x71, 4, 128, true }, { 0x72, 4, 128, true }, { 0x77, 4, 255, true },
    { 0x82, 2, 2, false }, { 0x84, 5, 16, false }, { 0x87, 1, 1, false }, { 0x88, 1, 1, false },
    { 0x89, 6, 6, false }, { 0x8a, 2, 2, false }, { 0x8c, 6, 250, false }, { 0x8d, 6, 250, false },
    { 0x8e, 10, 250, false }, { 0x8f, 1, 1, false }, { 0x90, 96, 250, false }, { 0x91, 8, 16, false },
    { 0x94, 4, 248, false }, { 0x95, 5, 5, false }, { 0x99, 4, 16, false }, { 0x9a, 3, 3, false },
    { 0x9b, 2, 2, false }, { 0x9c, 1, 1, false }, { 0xa5, 4, 255, true },
    { 0x5f20, 2, 26, false }, { 0x5f24, 3, 3, false }, { 0x5f25, 3, 3, false }, { 0x5f28, 2, 2, false },
    { 0x5f2a, 2, 2, false }, { 0x5f2d, 2, 8, false }, { 0x5f30, 2, 2, false }, { 0x5f34, 1, 1, false },
    { 0x5f36, 1, 1, false }, { 0x5f57, 1, 1, false },
    { 0x9f01, 6, 6, false }, { 0x9f02, 6, 6, false }, { 0x9f03, 6, 6, false }, { 0x9f06, 5, 16, false },
    { 0x9f07, 2, 2, false }, { 0x9f08, 2, 2, false }, { 0x9f09, 2, 2, false }, { 0x9f0b, 27, 45, false },
    { 0x9f0d, 5, 5, false }, { 0x9f0e, 5, 5, false }, { 0x9f0f, 5, 5, false }, { 0x9f10, 1, 32, false },
    { 0x9f11, 1, 1, false }, { 0x9f12, 1, 16, false }, { 0x9f15, 2, 2, false }, { 0x9f16, 15, 15, false },
    { 0x9f17, 1, 1, false }, { 0x9f1a, 2, 2, false }, { 0x9f1b, 4, 4, false }, { 0x9f1c, 8, 8, false },
    { 0x9f1e, 8, 8, false }, { 0x9f1f, 1, 56, false }, { 0x9f20, 1, 19, false }, { 0x9f21, 3, 3, false },
    { 0x9f24, 29, 29, false }, { 0x9f25, 2, 2, false }, { 0x9f26, 8, 8, false }, { 0x9f27, 1, 1, false },
    { 0x9f32, 1, 3, false }, { 0x9f33, 3, 3, false }, { 0x9f34, 3, 3, false }, { 0x9f35, 1, 1, false },
    { 0x9f36, 2, 2, false }, { 0x9f37, 4, 4, false }, { 0x9f38, 2, 64, false }, { 0x9f39, 1, 1, false },
    { 0x9f40, 5, 5, false }, { 0x9f41, 2, 4, false }, { 0x9f42, 2, 2, false }, { 0x9f44, 1, 1, false },
    { 0x9f45, 2, 2, false }, { 0x9f47, 1, 3, false }, { 0x9f4a, 1, 1, false }, { 0x9f4c, 2, 8, false },
    { 0x9f4e, 1, 60, false }, { 0x9f53, 1, 1, false }, { 0x9f66, 4, 4, false }, { 0x9f6b, 6, 19, false },
    { 0x9f6c, 2, 2, false }, { 0x9f6e, 4, 32, false }, { 0x9f7c, 1, 32, false }, { 0xbf0c, 4, 222, true },
};

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

bool pf_tlv_read(const uint8_t *buf, size_t len, size_t at, struct pf_tlv *tlv)
{
    const struct known *row;
    unsigned tag;
    size_t n, i = at;

    if (len - at < 3)
        return false;
    tag = buf[i++];
    if ((tag & 0x1f) == 0x1f)
        tag = tag << 8 | buf[i++];
    row = find_tag(tag);
    if (row == NULL)
        return false;
    n = buf[i++];
    if (n > 0x80 && n <= 0x83) {
        size_t more = n - 0x80;

        if (len - i < more)
            return false;
        for (n = 0; more > 0; more--)
            n = n << 8 | buf[i++];
    }
    if (n < row->min || n > row->max || (n > len - i && !row->constructed))
        return false;
    *tlv = (struct pf_tlv){ .tag = tag, .start = at, .value = i, .next = i + n, .constructed = row->constructed };
    return true;
}

size_t pf_tlv_step(const struct pf_tlv *tlv)
{
    return tlv->constructed ? tlv->value : tlv->next;
}

struct pf_tlv_row pf_tlv_row(const uint8_t *buf, size_t len, const struct pf_tlv *tlv)
{
    struct pf_tlv_row row = { .start = tlv->start, .end = tlv->next };
    uint8_t count[PF_TLV_REACH + 1];     /* by distance: objects from there to this one; 0: none leads here */
    size_t limit = len - tlv->next < PF_TLV_REACH ? len : tlv->next + PF_TLV_REACH;
    struct pf_tlv t;

    memset(count, 0, sizeof count);
    for (size_t back = 2; back <= PF_TLV_REACH && back <= tlv->start; back++) {
        size_t step;

        if (!pf_tlv_read(buf, limit, tlv->start - back, &t))
            continue;
        step = pf_tlv_step(&t);
        if (step > tlv->start || (step < tlv->start && count[tlv->start - step] == 0))
            continue;
        count[back] = (uint8_t)(1 + (step < tlv->start ? count[tlv->start - step] : 0));
        if (count[back] > row.others) {
            row.others = count[back];
            row.start = tlv->start - back;
        }
    }
    while (row.end < limit && pf_tlv_read(buf, limit, row.end, &t)) {
        row.end = pf_tlv_step(&t);
        row.others++;
    }
    return row;
}
