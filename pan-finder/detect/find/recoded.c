/* recoded.c - codes, PINs, hidden and truncated numbers in UTF-16 and EBCDIC: pieces of
 * the text are written as UTF-8 and given to the finders for text. */
#include "pan-finder/detect/charset.h"
#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <string.h>

/* Bytes of a piece; that its finders may look at before and behind it. */
enum { PIECE = 1024, BEFORE = 512, BEHIND = 1000, ALL = PIECE + BEFORE + BEHIND, OUT = 2 * ALL };
/* Bytes to both sides that must be text in EBCDIC, in 16ths, and hold digits. */
enum { AROUND = 96, TEXT_16THS = 14, DIGITS_MIN = 4 };

struct recoded {
    const struct pf_look *look;
    enum pf_dress dress;
    uint8_t text[OUT];
    uint16_t place[OUT + 1];        /* where each byte of the text comes from, from `from` on */
    size_t n, from;
};

static bool is_wide(enum pf_dress dress)
{
    return dress != PF_DRESS_EBCDIC;
}

static uint32_t character(const struct recoded *r, size_t at)
{
    const uint8_t *c = r->look->view->buf + at;
    uint32_t cp = 0;
    size_t bad = 0;

    if (is_wide(r->dress))
        cp = r->dress == PF_DRESS_UTF16LE ? (uint32_t)c[1] << 8 | c[0] : (uint32_t)c[0] << 8 | c[1];
    else if (pf_charset_decode(PF_CHARSET_EBCDIC, r->look->view->buf, at, at + 1, &cp, 1, &bad) != 1 || cp >= 0x800)
        cp = '?';
    return cp >= 0xff10 && cp <= 0xff19 ? cp - 0xff10 + '0' : cp;       /* full-width digits */
}

static void put(struct recoded *r, uint32_t cp, size_t at)
{
    uint8_t bytes[3];
    size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3;

    bytes[0] = (uint8_t)(n == 1 ? cp : n == 2 ? 0xc0 | cp >> 6 : 0xe0 | cp >> 12);
    bytes[1] = (uint8_t)(0x80 | (n == 2 ? cp & 63 : cp >> 6 & 63));
    bytes[2] = (uint8_t)(0x80 | (cp & 63));
    for (size_t i = 0; i < n; i++) {
        r->text[r->n] = bytes[i];
        r->place[r->n++] = (uint16_t)(at - r->from);
    }
}

static bool is_ebcdic_text(uint8_t c)
{
    return (c >= 0x40 && (c & 15) <= 9) || c == 0x15 || c == 0x25 || c == 0x0d || (c >= 0x4a && c < 0x80);
}

/* Letters and blanks around, and four digits in a row: other bytes may look like a name by chance. */
static bool ebcdic_text(const struct pf_view *view, size_t at)
{
    size_t from = at > AROUND ? at - AROUND : 0, until = view->len - at > AROUND ? at + AROUND : view->len, text = 0, row = 0;
    bool digits = false;

    for (size_t i = from; i < until; i++) {
        uint8_t c = view->buf[i];

        row = c >= 0xf0 && c <= 0xf9 ? row + 1 : 0;
        digits |= row >= DIGITS_MIN;
        text += is_ebcdic_text(c);
    }
    return digits && text * 16 >= (until - from) * TEXT_16THS;
}

static void take(void *ctx, const struct pf_element *element)
{
    const struct recoded *r = ctx;
    struct pf_element e = *element;

    e.start = (uint32_t)(r->from + r->place[element->start]);
    e.end = (uint32_t)(r->from + r->place[element->end]);
    e.form = pf_dress_name(r->dress);
    if (is_wide(r->dress) || ebcdic_text(r->look->view, e.start))
        r->look->fn(r->look->ctx, &e);
    pf_pan_wipe(&e.pan);
}

/* Elements that begin in [at, until); until may lie a byte behind a last unit that is cut in two. */
static void piece(struct recoded *r, size_t at, size_t until)
{
    static pf_find_fn *const finders[] = { pf_find_code, pf_find_pinblock, pf_find_hidden, pf_find_masked };
    const struct pf_view *whole = r->look->view;
    size_t unit = is_wide(r->dress) ? 2 : 1, end = until + BEHIND < whole->len ? until + BEHIND : whole->len;
    uint16_t marks[OUT / PF_MARK_WORD + 2];
    struct pf_view view = { .buf = r->text, .first = true, .last = true };
    struct pf_look look = { .view = &view, .marks = marks, .any = UINT16_MAX, .text = PF_TEXT_BYTES, .fn = take, .ctx = r };

    r->n = 0;
    r->from = at > BEFORE ? at - BEFORE : at % unit;
    for (size_t i = r->from; i + unit <= end; i += unit) {
        view.lo = i <= at ? r->n : view.lo;
        view.hi = i <= until ? r->n : view.hi;
        put(r, character(r, i), i);
    }
    r->place[r->n] = (uint16_t)(end - r->from);
    view.len = r->n;
    view.hi = end <= until ? r->n : view.hi;
    memset(marks, 0xff, sizeof marks);
    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++)
        finders[i](&look);
}

/* Not pf_look_next: what stands behind the window's end counts too. */
static bool marked(const struct pf_look *look, unsigned marks, size_t from, size_t until)
{
    size_t end = (until + PF_MARK_WORD - 1) / PF_MARK_WORD;

    return pf_marks_next(look->marks, marks, from / PF_MARK_WORD, end) < end;
}

/* More bytes of buf[from..until) are no text than ebcdic_text lets pass in all. */
static bool is_other(const uint8_t *buf, size_t from, size_t until)
{
    size_t no = 0;

    for (; from < until; from++)
        no += !is_ebcdic_text(buf[from]);
    return no * 16 > 2 * AROUND * (16 - TEXT_16THS);
}

/* Whether ebcdic_text can hold at a place of [at, until): the digits that it asks for stand behind it or
 * before it, and all between is within its reach. Four bytes of random data in 400,000 are digits. */
static bool may_be_ebcdic(const struct pf_look *look, size_t at, size_t until)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t from = at > AROUND ? at - AROUND : 0, end = view->len - until > AROUND ? until + AROUND : view->len, row = 0;

    for (size_t i = from; i < end; i++) {
        size_t first = i + 1 - DIGITS_MIN;

        if (i % PF_MARK_WORD == 0 && row == 0 && !marked(look, PF_MARK_EBCDIC, i, i + 1)) {
            i += PF_MARK_WORD - 1;
            continue;
        }
        row = buf[i] >= 0xf0 && buf[i] <= 0xf9 ? row + 1 : 0;
        if (row >= DIGITS_MIN && (!is_other(buf, first > AROUND ? first - AROUND : 0, first) ||
                                  !is_other(buf, i + 1, view->len - i > AROUND - DIGITS_MIN ? i + AROUND - DIGITS_MIN : view->len)))
            return true;
    }
    return false;
}

static void all_pieces(struct recoded *r)
{
    const struct pf_look *look = r->look;
    const struct pf_view *view = look->view;
    size_t at = view->lo;

    if (is_wide(r->dress))
        at += (view->offset + at) & 1;             /* units stand at even places of the object */
    for (size_t until; at < view->hi; at = until) {
        until = view->hi - at > PIECE ? at + PIECE : view->hi;
        until += is_wide(r->dress) ? (view->offset + until) & 1 : 0;
        if (is_wide(r->dress) || may_be_ebcdic(look, at, until))
            piece(r, at, until);
    }
    explicit_bzero(r->text, sizeof r->text);
}

void pf_find_recoded(const struct pf_look *look)
{
    struct recoded r;

    r.look = look;
    r.n = r.from = 0;
    r.dress = look->text == PF_TEXT_UTF16LE ? PF_DRESS_UTF16LE : look->text == PF_TEXT_UTF16BE ? PF_DRESS_UTF16BE : PF_DRESS_EBCDIC;
    if (is_wide(r.dress) || ((look->text == PF_TEXT_EBCDIC || look->text == PF_TEXT_NONE) &&
                             marked(look, PF_MARK_EBCDIC, look->view->lo > AROUND ? look->view->lo - AROUND : 0, look->view->len)))
        all_pieces(&r);
}
