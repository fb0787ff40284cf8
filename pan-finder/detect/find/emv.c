/* emv.c - card numbers, tracks and PINs in data objects of chip cards, as bytes:
 * dumps, logs of terminals, and hex text that was undone. Source: EMV 4.4 Book 3,
 * Annexes A and B.
 *
 * Odds in random bytes, per place: 57 with a length that fits, digits, D, a month,
 * a brand and Luhn: 4e-13, so one by itself is probable. 5A: 2e-10, one in five
 * gigabytes: possible by itself. What stands beside it decides, by its odds (emv_tlv.h). */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/find/bcd.h"
#include "pan-finder/detect/find/emv_tlv.h"

#include <string.h>

/* Bits that the objects around one must speak for: with what a track says itself, with
 * less; a PIN has no digits that can be checked. */
enum { ROW_SURE = 17, ROW_LIKELY = 11, ROW_OF_PIN = 22 };
#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

/* The objects that PF_MARK_TLV stands for, whose length is one byte. */
static bool is_head(const uint8_t *buf, const struct pf_tlv *tlv)
{
    size_t n = tlv->next - tlv->value;

    if (tlv->value - tlv->start != (tlv->tag > 0xff ? 3 : 2))
        return false;
    switch (tlv->tag) {
    case 0x56: return n >= 16 && buf[tlv->value] == 'B';
    case 0x57:
    case 0x5a: return buf[tlv->value] >= 0x10 && pf_bcd_run(buf, 2 * tlv->value, 2) == 2;
    case 0x9f6b: return n >= 8;
    default:   return tlv->tag == 0x9f1f;
    }
}

static enum pf_confidence number_by_row(const struct pf_tlv_row *row)
{
    if (row->others >= 2 && row->bits >= ROW_SURE)
        return PF_CONFIRMED;
    return row->others >= 1 && row->bits >= ROW_LIKELY ? PF_PROBABLE : PF_POSSIBLE;
}

static enum pf_confidence track_by_row(const struct pf_tlv_row *row)
{
    return row->others >= 1 && row->bits >= ROW_LIKELY ? PF_CONFIRMED : PF_PROBABLE;
}

static void report(const struct pf_look *look, const struct pf_tlv *tlv, struct pf_element *element)
{
    element->start = (uint32_t)tlv->value;
    element->end = (uint32_t)tlv->next;
    element->digits = element->pan.n;
    element->reasons |= BIT(EMV_TAG);
    look->fn(look->ctx, element);
    pf_pan_wipe(&element->pan);
}

static void find_number(const struct pf_look *look, const struct pf_tlv *tlv, const struct pf_tlv_row *row)
{
    const uint8_t *buf = look->view->buf;
    size_t all = 2 * (tlv->next - tlv->value), n = pf_bcd_run(buf, 2 * tlv->value, all);
    struct pf_element e = { .cls = PF_CLASS_PAN_CLEAR, .form = "bcd", .confidence = number_by_row(row) };

    for (size_t i = n; i < all; i++)
        if (pf_nibble(buf, 2 * tlv->value + i) != 15)
            return;
    e.brand = pf_bcd_pan(buf, 2 * tlv->value, n, &e.pan);
    if (e.brand != NULL)
        report(look, tlv, &e);
}

/* 9F6B of Visa, the limit for contactless payments, is six bytes and has no D. */
static void find_track2(const struct pf_look *look, const struct pf_tlv *tlv, const struct pf_tlv_row *row)
{
    uint8_t nibble[2 * 19];
    size_t n = 2 * (tlv->next - tlv->value);
    struct pf_track2 track;
    struct pf_element e = { .form = "bcd", .confidence = track_by_row(row) };

    if (n > sizeof nibble)
        return;
    for (size_t i = 0; i < n; i++)
        nibble[i] = (uint8_t)pf_nibble(look->view->buf, 2 * tlv->value + i);
    if (pf_track2_nibbles(nibble, n, &track)) {
        e.cls = track.discretionary ? PF_CLASS_SAD_TRACK : PF_CLASS_PAN_CLEAR;
        e.reasons = BIT(TRACK2) | (track.discretionary ? BIT(DISCRETIONARY) : BIT(EXPIRY_CODE));
        e.pan = track.pan;
        e.brand = track.brand;
        report(look, tlv, &e);
    }
    pf_pan_wipe(&track.pan);
    explicit_bzero(nibble, sizeof nibble);
}

/* Track 1 of the contactless stripe mode: B, number, ^, ... in ASCII. */
static void find_track1(const struct pf_look *look, const struct pf_tlv *tlv, const struct pf_tlv_row *row)
{
    const uint8_t *value = look->view->buf + tlv->value;
    size_t len = tlv->next - tlv->value, n = 0;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .form = "ascii", .reasons = BIT(TRACK1),
                            .confidence = track_by_row(row) };

    if (value[0] != 'B')
        return;
    while (1 + n < len && value[1 + n] != '^')
        n++;
    if (1 + n == len || memchr(value + n + 2, '^', len - n - 2) == NULL)
        return;
    e.brand = pf_chars_pan(value + 1, n, '0', &e.pan);
    if (e.brand != NULL)
        report(look, tlv, &e);
}

/* Discretionary data of zeros, blanks and padding alone is none: digits as text or packed. */
static bool holds_something(const uint8_t *buf, const struct pf_tlv *tlv)
{
    for (size_t i = tlv->value; i < tlv->next; i++)
        if (buf[i] != '0' && buf[i] != ' ' && buf[i] != 0x00 && buf[i] != 0x0f && buf[i] != 0xff)
            return true;
    return false;
}

static void judge(const struct pf_look *look, const struct pf_tlv *tlv, const struct pf_tlv_row *row)
{
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .confidence = PF_CONFIRMED, .form = "binary" };

    switch (tlv->tag) {
    case 0x5a: find_number(look, tlv, row); break;
    case 0x56: find_track1(look, tlv, row); break;
    case 0x57:
    case 0x9f6b: find_track2(look, tlv, row); break;
    case 0x99:
        e.cls = PF_CLASS_SAD_PIN;
        report(look, tlv, &e);
        break;
    case 0x9f1f:
    case 0x9f20:
        e.reasons = BIT(DISCRETIONARY);
        if (holds_something(look->view->buf, tlv))
            report(look, tlv, &e);
        break;
    default: break;
    }
}

/* The digits that the value begins with are a card number. */
static bool number_in(const uint8_t *buf, const struct pf_tlv *tlv)
{
    struct pf_pan pan;
    bool number = pf_bcd_pan(buf, 2 * tlv->value, pf_bcd_run(buf, 2 * tlv->value, 2 * (tlv->next - tlv->value)), &pan) != NULL;

    pf_pan_wipe(&pan);
    return number;
}

/* The row is of a card: an application identifier of a card scheme (ISO/IEC 7816-5:
 * A0 00 00 and more), or a number. Tables of fonts read as rows of known tags too. */
static bool of_card(const struct pf_look *look, const struct pf_tlv_row *row)
{
    const uint8_t *buf = look->view->buf;
    struct pf_tlv t;

    for (size_t at = row->start; at < row->end && pf_tlv_any(buf, look->view->len, at, &t); at = pf_tlv_step(&t)) {
        const uint8_t *value = buf + t.value;

        if ((t.tag == 0x4f || t.tag == 0x84 || t.tag == 0x9f06) && t.next - t.value >= 5 && value[0] == 0xa0 &&
            value[1] == 0 && value[2] == 0)
            return true;
        if ((t.tag == 0x5a || t.tag == 0x57) && number_in(buf, &t))
            return true;
    }
    return false;
}

/* What begins a track of its own is looked at before the row is read: most heads are
 * none, and 56 is a letter. */
static bool worth_a_row(const uint8_t *buf, const struct pf_tlv *tlv)
{
    size_t n = tlv->next - tlv->value, i = 1;

    switch (tlv->tag) {
    case 0x5a:
    case 0x57:
    case 0x9f6b: return number_in(buf, tlv);
    case 0x56:
        while (i < n && (uint8_t)(buf[tlv->value + i] - '0') < 10)
            i++;
        return i > PF_PAN_MIN && i < n && buf[tlv->value + i] == '^';
    default:   return true;
    }
}

/* Objects that bear no mark - 99 and 9F20, and long forms of the length - and
 * 9F1F count inside a row only, and are told with the row's first marked one. */
static void find_rest(const struct pf_look *look, const struct pf_tlv *tlv, const struct pf_tlv_row *row)
{
    const uint8_t *buf = look->view->buf;
    struct pf_tlv t;

    if (row->others < 3 || row->bits < ROW_OF_PIN)
        return;
    for (size_t at = row->start; at < tlv->start && pf_tlv_any(buf, look->view->len, at, &t); at = pf_tlv_step(&t))
        if (is_head(buf, &t) && worth_a_row(buf, &t))
            return;
    if (!of_card(look, row))
        return;
    for (size_t at = row->start; at < row->end && pf_tlv_any(buf, look->view->len, at, &t); at = pf_tlv_step(&t))
        if (!is_head(buf, &t) || t.tag == 0x9f1f)
            judge(look, &t, row);
}

static void find_at(const struct pf_look *look, size_t at)
{
    struct pf_tlv tlv;
    struct pf_tlv_row row;

    if (!pf_tlv_read(look->view->buf, look->view->len, at, &tlv) || !is_head(look->view->buf, &tlv) ||
        !worth_a_row(look->view->buf, &tlv))
        return;
    row = pf_tlv_row(look->view->buf, look->view->len, &tlv);
    if (tlv.tag != 0x9f1f)
        judge(look, &tlv, &row);
    find_rest(look, &tlv, &row);
}

void pf_find_emv(const struct pf_look *look)
{
    const struct pf_view *view = look->view;

    if (!(look->any & PF_MARK_TLV))
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_TLV, at, view->hi)) != SIZE_MAX; at++) {
        uint8_t c = view->buf[at];

        if (c == 0x57 || c == 0x5a || c == 0x56 || c == 0x9f)
            find_at(look, at);
    }
}
