/* iso8583.c - finds messages, and tells what of a card is in them.
 *
 * Where one may be: the numbers of a message (fields 2, 3, 4, 7, 11, ...) stand
 * without anything between them. In characters that is a run of RUN digits or
 * more, which nearly nothing else has, and which is found by looking at every
 * sixteenth byte of a window that has one; the MTI stands at most HEAD bytes before it, or in it. Packed,
 * it is the eight bytes of PF_MARK_BCD directly behind the bitmap. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/find/bcd.h"
#include "pan-finder/detect/find/iso8583.h"

#include <string.h>

#define RUN 32u            /* two of the places that are looked at are in it, wherever it begins */
#define STEP 16u
#define HEAD 36u           /* MTI and two bitmaps of 16 hex digits */
#define INTO 12u           /* a length of four digits, a TPDU or a header ("ISO026000050") may stand before the MTI */
#define SURE 8u            /* fields that read to their ends in characters: a message even without a number */
#define VARIED 6           /* different digits in such a message */
#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

static const char *const form_name[] = { "ascii", "bcd", "ebcdic" };

/* ---- what is told ---- */

struct told {
    const struct pf_look *look;
    const struct pf_iso_message *message;
    bool number;               /* the message holds a card number, or is one without doubt */
};

static size_t bytes_of(const struct pf_iso_message *m, unsigned number)
{
    return m->dialect.digits == PF_ISO_BCD && (number == 2 || number == 35 || number == 36)
               ? (m->field[number].n + 1u) / 2 : m->field[number].n;
}

static void report(struct told *t, unsigned number, struct pf_element *e)
{
    e->reasons |= BIT(ISO8583);
    e->form = form_name[t->message->dialect.digits];
    e->start = (uint32_t)t->message->field[number].at;
    e->end = (uint32_t)(e->start + bytes_of(t->message, number));
    e->digits = e->pan.n;
    t->number |= e->pan.n > 0;
    if (t->number)
        t->look->fn(t->look->ctx, e);
    pf_pan_wipe(&e->pan);
}

/* A number as digits: field 2. */
static void tell_number(struct told *t, unsigned number)
{
    struct pf_element e = { .cls = PF_CLASS_PAN_CLEAR, .confidence = PF_CONFIRMED };
    uint8_t digit[PF_PAN_MAX];
    size_t n = pf_iso_digits(t->message, t->look->view->buf, number, digit, sizeof digit);

    e.brand = pf_digits_pan(digit, n, &e.pan);
    if (e.brand != NULL)
        report(t, number, &e);
    explicit_bzero(digit, sizeof digit);
}

/* A number as characters: fields 34, 102, 103. An account is a card's only if it looks like one. */
static void tell_account(struct told *t, unsigned number)
{
    const uint8_t *at = t->look->view->buf + t->message->field[number].at;
    size_t n = t->message->field[number].n;
    bool ebcdic = t->message->dialect.digits == PF_ISO_EBCDIC;
    struct pf_element e = { .cls = PF_CLASS_PAN_CLEAR, .confidence = number == 34 ? PF_CONFIRMED : PF_PROBABLE };

    while (n > 0 && at[n - 1] == (ebcdic ? 0x40 : ' '))
        n--;
    e.brand = pf_chars_pan(at, n, ebcdic ? 0xf0 : '0', &e.pan);
    if (e.brand != NULL && (number == 34 || e.brand->world))
        report(t, number, &e);
}

/* Tracks 2 and 3: the number ends at the separator; track 3 has a format code before it. */
static void tell_track(struct told *t, unsigned number)
{
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .confidence = PF_CONFIRMED };
    uint8_t digit[2 + PF_PAN_MAX + 1];
    size_t all = pf_iso_digits(t->message, t->look->view->buf, number, digit, sizeof digit);
    size_t first = number == 36 ? 2 : 0, n = first;

    while (n < all && digit[n] < 10)
        n++;
    if (n > first && n < all)
        e.brand = pf_digits_pan(digit + first, n - first, &e.pan);
    if (e.brand == NULL)
        e.confidence = PF_PROBABLE;
    e.reasons = number == 36 ? BIT(TRACK3) : BIT(TRACK2);
    report(t, number, &e);
    explicit_bzero(digit, sizeof digit);
}

static void tell_track1(struct told *t, unsigned number)
{
    const uint8_t *at = t->look->view->buf + t->message->field[number].at;
    bool ebcdic = t->message->dialect.digits == PF_ISO_EBCDIC;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .confidence = PF_CONFIRMED, .reasons = BIT(TRACK1) };
    uint8_t zero = ebcdic ? 0xf0 : '0';
    size_t n = t->message->field[number].n, first, end;

    for (first = 0; first < n && first < 2 && (at[first] < zero || at[first] > zero + 9); first++)
        ;                                  /* '%' and the format code */
    for (end = first; end < n && at[end] >= zero && at[end] <= zero + 9; end++)
        ;
    e.brand = pf_chars_pan(at + first, end - first, zero, &e.pan);
    if (e.brand == NULL)
        e.confidence = PF_PROBABLE;
    report(t, number, &e);
}

static void tell_pin(struct told *t, unsigned number)
{
    struct pf_element e = { .cls = PF_CLASS_SAD_PIN, .confidence = PF_CONFIRMED, .reasons = BIT(PIN_BLOCK) };

    report(t, number, &e);
}

/* Field 55 needs no row: its objects are found as bytes (emv.c) or as hex text. */
static const struct { uint8_t number; void (*tell)(struct told *t, unsigned number); } of_card[] = {
    /* those that hold a number come before those that count beside one */
    { 2, tell_number }, { 34, tell_account }, { 35, tell_track }, { 36, tell_track }, { 45, tell_track1 },
    { 52, tell_pin }, { 102, tell_account }, { 103, tell_account },
};

/* Whether digits alone cannot read like this: rows of 0 and 1 and other poor digits read as
 * any message. No digit stands directly behind it, and it does not go on in another line. */
static bool is_rich(const struct pf_view *view, const struct pf_iso_message *m)
{
    const uint8_t zero = m->dialect.digits == PF_ISO_EBCDIC ? 0xf0 : '0';
    unsigned seen = 0;

    for (size_t i = m->start; i < m->end; i++) {
        if (zero == '0' && view->buf[i] == '\n')
            return false;
        if ((uint8_t)(view->buf[i] - zero) <= 9)
            seen |= 1u << (view->buf[i] - zero);
    }
    return __builtin_popcount(seen) >= VARIED && (m->end >= view->len || (uint8_t)(view->buf[m->end] - zero) > 9);
}

/* True when a message begins at buf[at]. */
static bool try_at(const struct pf_look *look, size_t at, const struct pf_iso_dialect *dialect, size_t n)
{
    struct pf_iso_message message;
    struct told told = { .look = look, .message = &message };

    for (size_t d = 0; d < n; d++) {
        if (!pf_iso_read(look->view->buf, look->view->len, at, &dialect[d], &message))
            continue;
        told.number = message.whole && message.dialect.digits != PF_ISO_BCD && message.fields >= SURE && is_rich(look->view, &message);
        for (size_t i = 0; i < sizeof of_card / sizeof of_card[0]; i++)
            if (message.field[of_card[i].number].n > 0)
                of_card[i].tell(&told, of_card[i].number);
        return true;
    }
    return false;
}

/* ---- in characters ---- */

static const struct pf_iso_dialect ascii[] = {
    { .digits = PF_ISO_ASCII, .hex_map = true, .hex_binary = true },
    { .digits = PF_ISO_ASCII, .hex_map = true, .hex_binary = false },
    { .digits = PF_ISO_ASCII, .hex_map = false, .hex_binary = false },
    { .digits = PF_ISO_ASCII, .hex_map = false, .hex_binary = true },
};

static const struct pf_iso_dialect ebcdic[] = {
    { .digits = PF_ISO_EBCDIC, .hex_map = true, .hex_binary = true },
    { .digits = PF_ISO_EBCDIC, .hex_map = true, .hex_binary = false },
    { .digits = PF_ISO_EBCDIC, .hex_map = false, .hex_binary = false },
    { .digits = PF_ISO_EBCDIC, .hex_map = false, .hex_binary = true },
};

static bool is_digit(uint8_t c, uint8_t zero)
{
    return (uint8_t)(c - zero) <= 9;
}

/* The run of digits from buf[start] on may be a message's: tries the places where
 * its MTI can stand. What is before one is no digit, or the run's own start. */
static void try_run(const struct pf_look *look, size_t start, uint8_t zero)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t from = start > HEAD ? start - HEAD : 0;
    bool text = zero == '0';

    for (size_t at = from > view->lo ? from : view->lo; at < view->hi && at <= start + INTO && at + 12 < view->len; at++)
        if (is_digit(buf[at], zero) && buf[at] <= zero + 2 && is_digit(buf[at + 1], zero) && buf[at + 1] != zero &&
            is_digit(buf[at + 2], zero) && is_digit(buf[at + 3], zero) &&
            try_at(look, at, text ? ascii : ebcdic, text ? sizeof ascii / sizeof ascii[0] : sizeof ebcdic / sizeof ebcdic[0]))
            return;
}

/* From `at` on, in steps, the first place with EBCDIC digits STEP before it that a mark tells. */
static size_t next_place(const struct pf_look *look, uint8_t zero, size_t at)
{
    size_t words = (look->view->len + PF_MARK_WORD - 1) / PF_MARK_WORD, word = (at - STEP) / PF_MARK_WORD, from;

    if (zero == '0' || word >= words)
        return at;
    from = pf_marks_next(look->marks, PF_MARK_EBCDIC, word, words) * PF_MARK_WORD;
    return from <= at - STEP ? at : at + (from - (at - STEP) + STEP - 1) / STEP * STEP;
}

static void find_runs(const struct pf_look *look, uint8_t zero)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t until = view->len - view->hi > HEAD + RUN ? view->hi + HEAD + RUN : view->len;

    for (size_t at = next_place(look, zero, view->lo + STEP); at < until; at = next_place(look, zero, at + STEP)) {
        size_t start = at, end = at;

        if (!is_digit(buf[at], zero) || !is_digit(buf[at - STEP], zero))
            continue;
        while (start > 0 && at - start < HEAD + RUN && is_digit(buf[start - 1], zero))
            start--;
        if (at - start < STEP)
            continue;
        while (end < view->len && end - start < RUN && is_digit(buf[end], zero))
            end++;
        if (end - start >= RUN && (start == 0 || !is_digit(buf[start - 1], zero)))
            try_run(look, start, zero);
        while (end < until && is_digit(buf[end], zero))
            end++;
        at = end / STEP * STEP;            /* the next run is another */
    }
}

/* ---- packed ---- */

static const struct pf_iso_dialect packed[] = {
    { .digits = PF_ISO_BCD, .currency_text = false },
    { .digits = PF_ISO_BCD, .currency_text = true },
};

static bool decimal(uint8_t c)
{
    return c >> 4 < 10 && (c & 15) < 10;
}

/* Of eight bytes of digits, those that a mark stands for. */
static bool packed_run(const uint8_t *c)
{
    bool other = false;

    for (size_t i = 0; i < 8; i++)
        other |= c[i] < 0x20 || c[i] > 0x39;
    return other;
}

/* An MTI, and a bitmap that names field 3. */
static bool packed_mti(const uint8_t *c)
{
    return (c[2] & 0x20) && c[0] >> 4 <= 2 && (c[0] & 15) >= 1 && (c[0] & 15) <= 8 && decimal(c[1]) && (c[1] & 15) <= 5;
}

/* Eight bytes of digits at buf[at]: what stands before them is a type and one or two bitmaps. */
static void packed_at(const struct pf_look *look, size_t at)
{
    static const uint8_t head[] = { 2 + 8, 2 + 16 };
    const struct pf_view *view = look->view;

    for (size_t i = 0; i < 2; i++) {
        size_t mti = at - head[i];

        if (at < view->lo + head[i] || mti >= view->hi || !packed_mti(view->buf + mti) ||
            view->buf[mti + 2] >> 7 != i || !packed_run(view->buf + at))
            continue;
        (void)try_at(look, mti, packed, sizeof packed / sizeof packed[0]);
    }
}

static void find_packed(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    size_t until = view->len - view->hi > 2 + 16 ? view->hi + 2 + 16 : view->len;

    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_BCD, at, until)) != SIZE_MAX;) {
        size_t next = (at / PF_MARK_WORD + 1) * PF_MARK_WORD, end = next < until ? next : until;
        uint64_t rows = pf_bcd_rows(view->buf, view->len, at, 8);

        for (; rows != 0; rows &= rows - 1) {
            size_t i = at + (size_t)__builtin_ctzll(rows);

            if (i < end)
                packed_at(look, i);
        }
        at = next;
    }
}

void pf_find_iso8583(const struct pf_look *look)
{
    if (look->view->hi <= look->view->lo)
        return;
    if (look->long_digits)
        find_runs(look, '0');
    if (look->any & PF_MARK_EBCDIC)
        find_runs(look, 0xf0);
    if ((look->any & PF_MARK_BCD) && (look->text == PF_TEXT_NONE || look->decoded))
        find_packed(look);
}
