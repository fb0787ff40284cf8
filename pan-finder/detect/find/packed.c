/* packed.c - card numbers as packed decimal digits in records of fixed length:
 * COMP-3 (digits, then a sign C, D or F) and plain BCD.
 *
 * Eight decimal bytes that pass Luhn are everywhere in tables of small numbers, so
 * a field counts by its column only: the same bytes of the records before and
 * after it, within REACH on either side. Four in five of these must be numbers of
 * a brand that takes part in PCI and pass Luhn, and there must be so many that ids
 * do not pass by chance. Single fields are dropped. The share test of the object cannot help: it does not see the fields
 * that fail. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/find/bcd.h"
#include "pan-finder/detect/lookalike.h"

#include <endian.h>
#include <string.h>

#define REACH 1000u            /* less than PF_LOOKBEHIND and PF_LOOKAHEAD with the field itself */
#define STRIDE_MIN 16u
#define POOR_MAX 4            /* columns that are none, before it is given up */
#define OTHERS 4u              /* fields of the column beside this one, with different numbers */
#define DIFFERENT 32u          /* numbers of a column that are told apart */
#define CONFIRMED 1.1e-8       /* chance that so many of the others pass Luhn when one in ten does; */
#define PROBABLE 1.1e-7        /* small, since hundreds of distances are tried */
#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

/* How a number can stand: nibbles before it, its digits, what follows, bytes in all. */
enum tail { ENDS, SIGN, PAD };
static const struct layout { uint8_t lead, digits, tail, bytes; } layout[] = {
    { 0, 16, ENDS, 8 },        /* plain */
    { 1, 15, ENDS, 8 },        /* plain, to the right */
    { 0, 15, SIGN, 8 },        /* COMP-3 of 15 digits; 15 digits and F */
    { 1, 16, SIGN, 9 },        /* COMP-3 of 16 or 17 digits */
    { 2, 15, SIGN, 9 },
    { 0, 19, PAD, 10 },
    { 0, 16, PAD, 10 },
};

/* Every layout begins with seven bytes of digits. Nearly all places end here. */
static bool begins(const uint8_t *at)
{
    uint64_t v;

    memcpy(&v, at, 8);
    v &= htole64(0x00ffffffffffffff);
    return (((v & 0x0f0f0f0f0f0f0f0f) + 0x0606060606060606) & 0x1010101010101010) == 0 &&
           (((v >> 4 & 0x0f0f0f0f0f0f0f0f) + 0x0606060606060606) & 0x1010101010101010) == 0;
}

/* The number at buf[at], which has a brand that takes part in PCI, four different digits
 * or more behind the first six, and passes Luhn. */
static const struct pf_brand *field_at(const uint8_t *buf, size_t at, const struct layout *l, struct pf_pan *pan)
{
    size_t nibbles = 2u * l->bytes, end = (size_t)l->lead + l->digits;
    const struct pf_brand *brand;
    unsigned seen = 0;

    pan->n = 0;
    for (size_t i = 0; i < l->lead; i++)
        if (pf_nibble(buf, 2 * at + i) != 0)
            return NULL;
    if (pf_nibble(buf, 2 * at + l->lead) < 2 || pf_nibble(buf, 2 * at + l->lead) > 6)
        return NULL;           /* no brand that takes part in PCI begins otherwise */
    for (size_t i = end; i < nibbles; i++) {
        unsigned v = pf_nibble(buf, 2 * at + i);

        if (l->tail == SIGN ? v != 12 && v != 13 && v != 15 : v != 15)
            return NULL;
    }
    brand = pf_bcd_pan(buf, 2 * at + l->lead, l->digits, pan);
    if (brand != NULL && !brand->world)
        brand = pf_iin_find_world(pan->digit, pan->n);      /* a co-brand's range within */
    for (size_t i = 6; i < pan->n; i++)
        seen |= 1u << pan->digit[i];
    if (brand == NULL || !brand->world || !brand->network || !(brand->usual >> l->digits & 1) || __builtin_popcount(seen) < 3) {
        pf_pan_wipe(pan);
        pan->n = 0;
        return NULL;
    }
    return brand;
}

/* The same of another record: numbers of other lengths stand in the same bytes. */
static bool other_at(const uint8_t *buf, size_t at, unsigned bytes, struct pf_pan *pan)
{
    pan->n = 0;
    if (!begins(buf + at))
        return false;
    for (size_t i = 0; i < sizeof layout / sizeof layout[0]; i++)
        if (layout[i].bytes == bytes && field_at(buf, at, &layout[i], pan) != NULL)
            return true;
    return false;
}

/* A field of one byte repeated:
 * zeros or blanks is no witness, for or against. */
static bool empty_at(const uint8_t *buf, size_t at, const struct layout *l)
{
    for (size_t i = 0; i + 1 < l->bytes; i++)
        if (buf[at + i] != buf[at])
            return false;
    return true;
}

/* The other fields of a column; a number that comes again is counted once. */
struct column { unsigned good, bad, wordy; uint64_t number[DIFFERENT]; };

/* Nearly all its bytes are ASCII letters and digits: a table of names reads as
 * decimals too. */
static bool wordy_at(const uint8_t *buf, size_t at, unsigned bytes)
{
    unsigned n = 0;

    for (unsigned i = 0; i < bytes; i++)
        n += (uint8_t)(buf[at + i] - '0') < 10 || (uint8_t)((buf[at + i] | 0x20) - 'a') < 26;
    return n + 2 >= bytes;
}

static bool is_new(struct column *c, uint64_t number)
{
    for (unsigned i = 0; i < c->good && i < DIFFERENT; i++)
        if (c->number[i] == number)
            return false;
    if (c->good < DIFFERENT)
        c->number[c->good] = number;
    return true;
}

static void judge_field(const struct pf_view *view, size_t at, const struct layout *l, const struct pf_pan *own,
                        struct column *column)
{
    struct pf_pan other;

    if (empty_at(view->buf, at, l))
        return;
    if (!other_at(view->buf, at, l->bytes, &other)) {
        column->bad++;
        return;
    }
    if (memcmp(other.digit, own->digit, PF_PAN_MIN) != 0 && is_new(column, pf_pan_number(&other))) {
        column->good++;
        column->wordy += wordy_at(view->buf, at, l->bytes);
    }
    pf_pan_wipe(&other);
}

static struct column column_at(const struct pf_view *view, size_t at, const struct layout *l, const struct pf_pan *own, size_t stride)
{
    struct column c = { .good = 0 };

    for (size_t d = stride; d <= REACH && d <= at; d += stride)
        judge_field(view, at - d, l, own, &c);
    for (size_t d = stride; d + l->bytes <= REACH && at + d + l->bytes <= view->len; d += stride)
        judge_field(view, at + d, l, own, &c);
    return c;
}

/* How sure the fields at one distance make us; `known`: they are a column, whatever
 * is in it, and other distances are multiples of its own. */
static int by_column(const struct column *c, bool *known)
{
    unsigned n = c->good + c->bad;
    double chance = pf_share_tail(n, c->good);

    *known = n >= 4 && 10 * c->good >= 3 * n;
    if (2 * c->wordy > c->good || c->good < OTHERS || 5 * c->good < 4 * n || chance > PROBABLE)
        return -1;
    return chance > CONFIRMED ? PF_PROBABLE : PF_CONFIRMED;
}

/* The distance to another field is a record's length or several. -1: no column. */
static int in_column(const struct pf_view *view, size_t at, const struct layout *l, const struct pf_pan *own)
{
    struct pf_pan other;
    int poor = 0;

    for (size_t d = STRIDE_MIN; d + l->bytes <= REACH / 2; d++) {
        bool known = false;
        struct column column;
        int sure;

        if (!(at + d + l->bytes <= view->len && other_at(view->buf, at + d, l->bytes, &other)) &&
            !(d <= at && other_at(view->buf, at - d, l->bytes, &other)))
            continue;
        pf_pan_wipe(&other);
        column = column_at(view, at, l, own, d);
        sure = by_column(&column, &known);
        explicit_bzero(&column, sizeof column);
        /* a field that fits by chance, or a part of a record, can make a poor column */
        poor += known;
        if (sure >= 0 || poor > POOR_MAX)
            return sure;
    }
    return -1;
}

/* The first digit that is no zero, of the first three: that of a brand. */
static bool leads(const uint8_t *at)
{
    unsigned first = at[0] >> 4 ? at[0] >> 4 : at[0] ? at[0] & 15u : at[1] >> 4;

    return first >= 2 && first <= 6;
}

static void find_at(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;

    for (size_t i = 0; i < sizeof layout / sizeof layout[0]; i++) {
        const struct layout *l = &layout[i];
        struct pf_element e = { .cls = PF_CLASS_PAN_CLEAR };
        int sure;

        /* seven bytes of digits bear no mark, with one more before them they do */
        if (view->len - at < l->bytes || (l->tail == SIGN && l->bytes == 8 && (at == 0 || pf_bcd_run(view->buf + at - 1, 0, 2) < 2)))
            continue;
        e.brand = field_at(view->buf, at, l, &e.pan);
        if (e.brand == NULL)
            continue;
        sure = in_column(view, at, l, &e.pan);
        if (sure >= 0) {
            e.confidence = (enum pf_confidence)sure;
            e.form = l->tail == SIGN ? "comp-3" : "bcd";
            e.reasons = BIT(RECORDS) | BIT(PACKED) | (l->tail == SIGN ? BIT(PACKED_SIGN) : 0);
            e.start = (uint32_t)at;
            e.end = (uint32_t)(at + l->bytes);
            e.digits = e.pan.n;
            look->fn(look->ctx, &e);
        }
        pf_pan_wipe(&e.pan);
    }
}

void pf_find_packed(const struct pf_look *look)
{
    const struct pf_view *view = look->view;

    if (look->text != PF_TEXT_NONE || !(look->any & PF_MARK_BCD))
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_BCD, at, view->hi)) != SIZE_MAX; ) {
        size_t end = (at / PF_MARK_WORD + 1) * PF_MARK_WORD;

        for (end = end < view->hi ? end : view->hi; at < end; at++)
            if (view->len - at >= 8 && leads(view->buf + at) && begins(view->buf + at))
                find_at(look, at);
    }
}
