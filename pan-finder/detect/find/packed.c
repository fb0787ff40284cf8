/* packed.c - card numbers as decimal digits in records of mainframes: COMP-3 (digits, then a
 * sign C, D or F), plain BCD, and zoned digits of EBCDIC, signed or not. Here the fields are found that could be one; which
 * are is decided when all of the layer is seen (packed_column.c). */
#include "pan-finder/detect/find/packed.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/find/bcd.h"
#include "pan-finder/detect/find/packed_track.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/kernel/marks_check.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/luhn.h"

#include <string.h>

#define WORDS 96u              /* bytes before a field in which letters must stand before words are read */
#define FILLER_NEAR 32u        /* bytes around a field in which a record shows */
#define LETTERS 4u             /* letters in a row */
#define STRONG 4               /* a context score, docs/detection.md, "Confidence" */

const struct pf_packed_layout pf_packed_layout[PF_PACKED_LAYOUTS] = {
    { 0, 16, PF_PACKED_ENDS, 8 },        /* plain */
    { 1, 15, PF_PACKED_ENDS, 8 },        /* plain, to the right */
    { 0, 15, PF_PACKED_SIGN, 8 },        /* COMP-3 of 15 digits; 15 digits and F */
    { 1, 16, PF_PACKED_SIGN, 9 },        /* COMP-3 of 16 or 17 digits */
    { 0, 14, PF_PACKED_ENDS, 7 },
    { 1, 14, PF_PACKED_SIGN, 8 },
    { 0, 19, PF_PACKED_SIGN, 10 },
    { 1, 19, PF_PACKED_ENDS, 10 },
    { 0, 16, PF_PACKED_ZONED, 16 },
    { 0, 15, PF_PACKED_ZONED, 15 },
    { 0, 14, PF_PACKED_ZONED, 14 },
};

#define LEAST 7u               /* bytes of digits that every layout begins with */

#define TRACK 15u              /* bytes of the shortest packed track */
#define ZONED_MIN 13u          /* digits of the shortest zoned number before its last, which may be signed */

static bool is_zoned(uint8_t c)
{
    return c >= 0xf0 && c <= 0xf9;
}

static bool begins_zoned(const uint8_t *at)
{
    unsigned n = 0;

    while (n < ZONED_MIN && is_zoned(at[n]))
        n++;
    return n == ZONED_MIN;
}

/* Nearly all its bytes are letters and digits of ASCII, or small letters and blanks of
 * EBCDIC, or half of them begin kana in Shift_JIS: a text reads as decimals too. */
static bool is_wordy(const struct pf_view *view, size_t from, unsigned bytes)
{
    const uint8_t *at = view->buf + from;
    uint8_t before = from > 0 ? at[-1] : 0, behind = view->len - from > bytes ? at[bytes] : 0;
    unsigned ascii = 0, ebcdic = 0, kana = 0;

    for (unsigned i = 0; i < bytes; i++) {
        ascii += (uint8_t)(at[i] - '0') < 10 || (uint8_t)((at[i] | 0x20) - 'a') < 26 || at[i] == ' ';
        kana += at[i] == 0x82 || at[i] == 0x83;
        ebcdic += at[i] == 0x40 || (at[i] > 0x80 && at[i] < 0x90) || (at[i] > 0x90 && at[i] < 0xa0);
    }
    /* what is no text on both sides, and no filler, is a record's: one number in eight is wordy by chance */
    if (!pf_mark_text(before) && !pf_mark_text(behind) && before + behind != 0)
        return ascii == bytes;
    return ascii + 1 >= bytes || ebcdic + 2 >= bytes || kana >= 3;
}

/* Blanks or zeros: one three times in a row. */
static bool has_blanks(const uint8_t *at, unsigned bytes)
{
    for (unsigned i = 2; i < bytes; i++)
        if (at[i] == at[i - 1] && at[i] == at[i - 2] && (at[i] == 0 || at[i] == 0x40 || at[i] == ' ' || at[i] == '0'))
            return true;
    return false;
}

/* Two bytes stand in it twice: one random number in 400, but all of a row of instructions. */
static bool repeats(const uint8_t *at, unsigned bytes)
{
    for (unsigned i = 0; i + 3 < bytes; i++)
        for (unsigned k = i + 2; k + 1 < bytes; k++)
            if (at[i] == at[k] && at[i + 1] == at[k + 1])
                return true;
    return false;
}

/* Filler, counters of two or four bytes side by side, opcodes: bytes come again near by,
 * in a card number three times once in 3,000. */
static bool is_filled(const uint8_t *at, unsigned bytes)
{
    unsigned near = 0, far = 0;

    for (unsigned i = 1; i < bytes; i++) {
        near += at[i] == at[i - 1];
        near += i >= 2 && at[i] == at[i - 2];
        far += i >= 4 && at[i] == at[i - 4];
    }
    return near >= 3 || far >= 3 || repeats(at, bytes);
}

/* The digits at buf[at], which are as many as the layout has, as they stand in it. */
static bool take_packed(const uint8_t *buf, size_t at, const struct pf_packed_layout *l, struct pf_pan *pan)
{
    size_t first = 2 * at + l->lead;
    unsigned tail = 12;

    if (l->tail == PF_PACKED_SIGN)         /* a plain number may end the buffer */
        tail = pf_nibble(buf, first + l->digits);
    if ((tail != 12 && tail != 13 && tail != 15) || has_blanks(buf + at, l->bytes))
        return false;
    for (size_t i = 0; i < l->digits; i++)
        pan->digit[i] = (uint8_t)pf_nibble(buf, first + i);
    return true;
}

static bool take_zoned(const uint8_t *at, const struct pf_packed_layout *l, struct pf_pan *pan)
{
    const uint8_t last = at[l->digits - 1];

    for (size_t i = 0; i < l->digits; i++) {
        if (i + 1 < l->digits && !is_zoned(at[i]))
            return false;
        pan->digit[i] = at[i] & 15;
    }
    return (last & 15) < 10 && (last >> 4 == 12 || last >> 4 == 13 || last >> 4 == 15);
}

/* The digits at buf[at] have the range and a usual length of a brand that takes part in
 * PCI, and three different ones or more behind the first six. */
static bool digits_fit(const uint8_t *buf, size_t at, const struct pf_packed_layout *l, struct pf_pan *pan)
{
    const struct pf_brand *brand;
    unsigned seen = 0;

    if (!(l->tail == PF_PACKED_ZONED ? take_zoned(buf + at, l, pan) : take_packed(buf, at, l, pan)))
        return false;
    pan->n = l->digits;
    for (size_t i = 6; i < l->digits; i++)
        seen |= 1u << pan->digit[i];
    if (__builtin_popcount(seen) < 3)
        return false;
    brand = pf_iin_find_world(pan->digit, pan->n);
    return brand != NULL && brand->network && (brand->usual >> l->digits & 1);
}

/* ---- a field by itself ---- */

static bool is_letter(uint8_t c, bool ebcdic)
{
    if (!ebcdic)
        return (uint8_t)((c | 0x20) - 'a') < 26;
    c &= 0xbf;                             /* EBCDIC: small and capital letters differ in this bit */
    return (c >= 0x81 && c <= 0x89) || (c >= 0x91 && c <= 0x99) || (c >= 0xa2 && c <= 0xa9);
}

static bool letters_before(const uint8_t *buf, size_t at, bool ebcdic)
{
    unsigned run = 0;

    for (size_t i = at > WORDS ? at - WORDS : 0; i < at && run < LETTERS; i++)
        run = is_letter(buf[i], ebcdic) ? run + 1 : 0;
    return run >= LETTERS;
}

static bool has_words(const struct pf_view *view, size_t at, size_t end)
{
    static const uint8_t dress[2] = { PF_DRESS_ASCII, PF_DRESS_EBCDIC };

    for (unsigned i = 0; i < 2; i++) {
        struct pf_context context;

        if (!letters_before(view->buf, at, i == 1))
            continue;
        context = pf_context_score(view->buf, view->len, at, end, dress[i]);
        if (context.score >= STRONG && (context.flags & (PF_CONTEXT_CARD | PF_CONTEXT_FIELD)))
            return true;
    }
    return false;
}

/* YYMM or MMYY of 2015 to 2049, packed, directly behind. */
static bool has_expiry(const struct pf_view *view, size_t end)
{
    unsigned a, b;

    if (view->len - end < 2 || pf_bcd_run(view->buf + end, 0, 4) < 4)
        return false;
    a = (view->buf[end] >> 4) * 10u + (view->buf[end] & 15u);
    b = (view->buf[end + 1] >> 4) * 10u + (view->buf[end + 1] & 15u);
    return (a >= 15 && a <= 49 && b >= 1 && b <= 12) || (b >= 15 && b <= 49 && a >= 1 && a <= 12);
}

/* Filler of a record within FILLER_NEAR bytes before or behind: zeros, blanks or F in three bytes. */
static bool has_filler(const struct pf_view *view, size_t at, size_t end)
{
    size_t i = at > FILLER_NEAR ? at - FILLER_NEAR : 0, until = view->len - end > FILLER_NEAR ? end + FILLER_NEAR : view->len;

    for (; i + 3 <= until; i++) {
        const uint8_t c = view->buf[i];

        if (i == at)
            i = end;
        else if (c == view->buf[i + 1] && c == view->buf[i + 2] && (c == 0 || c == ' ' || c == '0' || c == 0x40 || c == 0xf0 || c == 0xff))
            return true;
    }
    return false;
}

/* By chance a place with a number that passes and such a date is met some three times in
 * a gigabyte of random bytes, and oftener in pictures: what is around must look like a record. */
static uint8_t alone(const struct pf_look *look, size_t at, const struct pf_packed_layout *l)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t end = at + l->bytes;
    unsigned no_text = 0;

    for (size_t i = at; i < end; i++)
        no_text += !pf_mark_text(buf[i]);
    if (look->text == PF_TEXT_BYTES || no_text < 2)
        return PF_PACKED_NOTHING;
    if (has_words(view, at, end))          /* what text was taken for a dump of bytes has words too */
        return look->decoded ? PF_PACKED_POSSIBLE : PF_PACKED_PROBABLE;
    return l->tail == PF_PACKED_SIGN && (buf[end - 1] & 15) != 15 && has_expiry(view, end) && has_filler(view, at, end) ? PF_PACKED_POSSIBLE : PF_PACKED_NOTHING;
}

/* The condition of PF_MARK_BCD holds here or a byte before, so that a mark led here
 * however the window was cut. */
static bool is_marked(const struct pf_view *view, size_t at)
{
    for (size_t back = 0; back <= 1 && back <= at; back++) {
        uint8_t c[16] = { 0 };
        size_t left = view->len - (at - back);

        memcpy(c, view->buf + at - back, left < sizeof c ? left : sizeof c);
        if (pf_mark_bcd(c))
            return true;
    }
    return false;
}

/* is_filled of a zoned number's digits, two a byte. */
static bool zoned_filled(const struct pf_pan *pan)
{
    uint8_t two[PF_PAN_MAX / 2];
    bool filled;

    for (unsigned i = 0; i < pan->n / 2u; i++)
        two[i] = (uint8_t)(pan->digit[2 * i] << 4 | pan->digit[2 * i + 1]);
    filled = is_filled(two, pan->n / 2u);
    explicit_bzero(two, sizeof two);
    return filled;
}

static void take_field(const struct pf_look *look, size_t at, const struct pf_packed_layout *l, const struct pf_pan *pan)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    const bool zoned = l->tail == PF_PACKED_ZONED;
    struct pf_packed_field field = { .at = view->offset + at, .layout = (uint8_t)(l - pf_packed_layout) };

    field.number = pf_pan_number(pan);
    field.passes = pf_luhn_ok(pan->digit, pan->n) && !pf_luhn_filler(pan->digit, pan->n);
    field.wordy = is_wordy(view, at, l->bytes);
    field.filled = zoned ? zoned_filled(pan) : is_filled(buf + at, l->bytes);
    field.zero_before = at > 0 && buf[at - 1] == (zoned ? 0xf0 : 0);
    field.fill_behind = view->len - at > l->bytes && buf[at + l->bytes] == (zoned ? 0x40 : 0xff);
    if (field.passes || field.at < look->packed->watch)     /* alone, one that fails is no witness */
        pf_packed_records(view, at, &field);
    field.alone = field.passes && !field.wordy && !field.filled && !zoned ? alone(look, at, l) : PF_PACKED_NOTHING;
    pf_packed_add(look->packed, &field);
}

/* LEAST bytes of digits stand at buf[at]. Nearly all such places end here: no brand has the first four
 * and such a length. */
static void find_at(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    unsigned lead = buf[at] >> 4 == 0, four = 0;
    size_t room = 2 * (view->len - at) - lead, run = pf_bcd_run(buf, 2 * at + lead, room < PF_PAN_MAX ? room : PF_PAN_MAX);

    for (unsigned i = 0; i < 4; i++)
        four = four * 10 + pf_nibble(buf, 2 * at + lead + i);
    for (unsigned i = 0; i < PF_PACKED_LAYOUTS && pf_iin_lengths4[four] != 0; i++) {
        const struct pf_packed_layout *l = &pf_packed_layout[i];
        struct pf_pan pan = { .n = 0 };

        if (l->tail != PF_PACKED_ZONED && l->lead == lead && l->digits <= run && view->len - at >= l->bytes &&
            (pf_iin_lengths4[four] >> (l->digits - PF_IIN_LENGTH_BASE) & 1) && digits_fit(buf, at, l, &pan) &&
            (view->offset + at < look->packed->watch || is_marked(view, at)))
            take_field(look, at, l, &pan);
        pf_pan_wipe(&pan);
    }
}

/* The first digit that is no zero, of the first two: that of a brand that takes part in PCI (81: UnionPay). */
static bool leads(const uint8_t *at)
{
    unsigned first = at[0] >> 4 ? at[0] >> 4 : at[0] & 15u, second = at[0] >> 4 ? at[0] & 15u : at[1] >> 4;

    return (first >= 2 && first <= 6) || (first == 8 && second == 1);
}

static bool leads_zoned(const uint8_t *at)
{
    return (at[0] >= 0xf2 && at[0] <= 0xf6) || (at[0] == 0xf8 && at[1] == 0xf1);
}

/* A number at buf[at], as a field; and as what begins a track. */
static void find_packed_at(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;

    find_at(look, at);
    if (view->len - at >= TRACK && view->buf[at] >= 0x10 && (view->offset + at < look->packed->watch || is_marked(view, at)))
        pf_packed_track(look, at);
}

static void find_zoned(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;

    for (unsigned i = 0; i < PF_PACKED_LAYOUTS; i++) {
        const struct pf_packed_layout *l = &pf_packed_layout[i];
        struct pf_pan pan = { .n = 0 };

        if (l->tail == PF_PACKED_ZONED && view->len - at >= l->bytes && digits_fit(view->buf, at, l, &pan))
            take_field(look, at, l, &pan);
        pf_pan_wipe(&pan);
    }
}

/* Bit i: zoned digits that can be a number's begin at buf[at + i]; the word of that place has a mark. */
static uint64_t zoned_rows(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;
    uint64_t rows = 0;

    if (pf_look_next(look, PF_MARK_EBCDIC, at, at + PF_BCD_PLACES) == SIZE_MAX)
        return 0;
    for (size_t i = 0; i < PF_BCD_PLACES && view->len - at > i + ZONED_MIN; i++)
        if (leads_zoned(view->buf + at + i) && begins_zoned(view->buf + at + i))
            rows |= (uint64_t)1 << i;
    return rows;
}

/* A word's fields in the order of their places. */
static void find_from(const struct pf_look *look, size_t at, size_t end)
{
    const struct pf_view *view = look->view;

    for (; at < end && view->len - at >= LEAST + 1; at += PF_BCD_PLACES) {
        uint64_t rows = pf_bcd_rows(view->buf, view->len, at, LEAST), zoned = zoned_rows(look, at);

        for (uint64_t all = rows | zoned; all != 0; all &= all - 1) {
            size_t i = at + (size_t)__builtin_ctzll(all);

            if (i >= end || view->len - i < LEAST + 1)
                break;
            if (zoned >> (i - at) & 1)
                find_zoned(look, i);
            else if (leads(view->buf + i))
                find_packed_at(look, i);
        }
    }
}

void pf_find_packed(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    size_t at = view->lo;

    if (look->packed == NULL || view->lo >= view->hi ||
        (look->text != PF_TEXT_NONE && look->text != PF_TEXT_EBCDIC && look->text != PF_TEXT_BYTES))
        return;
    if (view->offset + view->lo == 0 && look->text != PF_TEXT_BYTES)
        look->packed->watch = PF_PACKED_HEAD;
    find_from(look, at, at + 1);           /* the mark of a byte before may stand in the window before */
    for (at++; at < view->hi;) {
        size_t end = view->hi;

        if (view->offset + at >= look->packed->watch) {
            at = pf_look_next(look, PF_MARK_BCD | PF_MARK_EBCDIC, at, view->hi);
            if (at == SIZE_MAX)
                break;
            end = (at / PF_MARK_WORD + 1) * PF_MARK_WORD + 1;
        } else if (look->packed->watch - view->offset < end) {
            end = (size_t)(look->packed->watch - view->offset);
        }
        end = end < view->hi ? end : view->hi;
        find_from(look, at, end);
        at = end;
    }
}
