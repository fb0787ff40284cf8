/* glued.c - card numbers whose neighbours are digits too: fields of records of fixed
 * width without borders (type, date, number, expiry, amount), in ASCII or EBCDIC; and
 * numbers with zeroes before them, to the width of a field.
 *
 * One window of digits in ten passes Luhn, so a field counts by its column only: the
 * same bytes of the records before and after it, within REACH on either side. A record
 * is a line; where there are no lines its length is looked for. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/luhn.h"
#include "pan-finder/detect/share.h"

#include <string.h>

#define REACH 1000u            /* less than PF_LOOKBEHIND and PF_LOOKAHEAD with the field itself */
#define STRIDE_MIN 20u
#define RUN_MIN (PF_PAN_MAX + 1)
#define TOUCHING_MIN 14        /* digits of a row that touches a letter */
#define PADDED_MIN 17          /* digits, zeroes and number */
#define NUMBER_MIN 13
#define OTHERS 4u              /* fields of the column beside this one, with different numbers */
#define DIFFERENT 32u          /* numbers of a column that are told apart */
#define POOR_MAX 4             /* record lengths that give no column, before it is given up */
#define REPEATS_MAX 4          /* places nearer than REPEATS_NEAR where the same number stands: a pattern, no records */
#define REPEATS_NEAR 100u
#define CONFIRMED 1e-8         /* chance that so many of the others pass Luhn when one in ten does */
#define PROBABLE 1.1e-5        /* five of five */
#define STRONG 4
#define BIT(id) ((uint64_t)1 << PF_REASON_##id)

/* How digits stand: the byte of zero, and the form they are reported as. */
struct form { uint8_t zero; uint8_t dress; const char *name; unsigned mark; };

static const struct form forms[] = {
    { '0', PF_DRESS_ASCII, "ascii", 0 },
    { 0xf0, PF_DRESS_EBCDIC, "ebcdic", PF_MARK_EBCDIC },
};

struct column { unsigned good, bad; uint64_t number[DIFFERENT]; };

static bool digit(const struct form *form, uint8_t c)
{
    return (uint8_t)(c - form->zero) < 10;
}

/* Lengths in the order in which they are tried: of a number that fits several, the commonest. */
static const uint8_t lengths[] = { 16, 15, 14, 19, 18, 17, 13 };

/* What the first four digits say (iin.h); 0 where these are none. Nearly all places end here. */
static unsigned lengths_at(const struct form *form, const struct pf_view *view, size_t at)
{
    unsigned four = 0;

    if (view->len - at < NUMBER_MIN || at > view->len)
        return 0;
    for (size_t i = at; i < at + 4; i++) {
        if (!digit(form, view->buf[i]))
            return 0;
        four = 10 * four + (uint8_t)(view->buf[i] - form->zero);
    }
    return pf_iin_lengths4[four];
}

/* The number of n digits at buf[at], of a brand that takes part in PCI and issues such a length. */
static const struct pf_brand *number_at(const struct form *form, const uint8_t *buf, size_t at, size_t n, struct pf_pan *pan)
{
    const struct pf_brand *brand = NULL;

    pan->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (!digit(form, buf[at + i]))
            return NULL;
        pan->digit[i] = (uint8_t)(buf[at + i] - form->zero);
    }
    pan->n = (uint8_t)n;
    if (pf_luhn_ok(pan->digit, n))
        brand = pf_iin_find_world(pan->digit, n);
    if (brand != NULL && brand->network && (brand->usual >> n & 1))
        return brand;
    pf_pan_wipe(pan);
    pan->n = 0;
    return NULL;
}

static const struct pf_brand *any_number_at(const struct form *form, const struct pf_view *view, size_t at, struct pf_pan *pan)
{
    const unsigned allowed = lengths_at(form, view, at);
    const struct pf_brand *brand = NULL;

    for (size_t i = 0; allowed != 0 && i < sizeof lengths && brand == NULL; i++)
        if ((allowed >> (lengths[i] - PF_IIN_LENGTH_BASE) & 1) && view->len - at >= lengths[i])
            brand = number_at(form, view->buf, at, lengths[i], pan);
    return brand;
}

/* Three different digits or more behind the first six. */
static bool varied(const struct pf_pan *pan)
{
    unsigned seen = 0;

    for (size_t i = 6; i < pan->n; i++)
        seen |= 1u << pan->digit[i];
    return __builtin_popcount(seen) >= 3;
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

/* The field of another record. One of blanks or of one digit repeated is no witness. */
static void judge_field(const struct form *form, const struct pf_view *view, size_t at, const struct pf_pan *own, struct column *c)
{
    struct pf_pan other;

    if (memcmp(view->buf + at, view->buf + at + 1, NUMBER_MIN - 1) == 0)
        return;
    if (any_number_at(form, view, at, &other) == NULL || !varied(&other)) {
        c->bad++;
        return;
    }
    if (memcmp(other.digit, own->digit, PF_PAN_MIN) != 0 && is_new(c, pf_pan_number(&other)))
        c->good++;
    pf_pan_wipe(&other);
}

/* -1: no column. *known: it is a column, whatever is in it. */
static int by_stride(const struct form *form, const struct pf_view *view, size_t at, const struct pf_pan *own, size_t stride, bool *known)
{
    struct column c = { .good = 0 };
    double chance;
    unsigned n, good;

    for (size_t d = stride; d <= REACH && d <= at; d += stride)
        judge_field(form, view, at - d, own, &c);
    for (size_t d = stride; d + PF_PAN_MAX <= REACH && at + d + PF_PAN_MAX <= view->len; d += stride)
        judge_field(form, view, at + d, own, &c);
    good = c.good;
    n = good + c.bad;
    explicit_bzero(&c, sizeof c);
    *known = n >= OTHERS && 10 * good >= 3 * n;
    chance = pf_share_tail(n, good);
    if (good < OTHERS || 5 * good < 4 * n || chance > PROBABLE)
        return -1;
    return chance > CONFIRMED ? PF_PROBABLE : PF_CONFIRMED;
}

/* The length of the line of buf[at] and of the end before it; 0: no lines. */
static size_t line_length(const struct pf_view *view, size_t at)
{
    size_t low = at > REACH ? at - REACH : 0, high = view->len - at > REACH ? at + REACH : view->len;
    const uint8_t *before = memrchr(view->buf + low, '\n', at - low), *next = memchr(view->buf + at, '\n', high - at), *above;

    if (before != NULL && next != NULL)
        return (size_t)(next - before);
    if (next != NULL && view->first && low == 0)
        return (size_t)(next - view->buf) + 1;
    above = before != NULL ? memrchr(view->buf + low, '\n', (size_t)(before - view->buf) - low) : NULL;
    return above != NULL ? (size_t)(before - above) : 0;
}

/* Records that are no lines: the distance to another number is their length or several. */
static int by_any_stride(const struct form *form, const struct pf_view *view, size_t at, const struct pf_pan *own)
{
    struct pf_pan other;
    int poor = 0, repeats = 0;

    for (size_t d = STRIDE_MIN; d + PF_PAN_MAX <= REACH / 2; d++) {
        bool known = false;
        int sure;

        if (any_number_at(form, view, at + d, &other) == NULL && (d > at || any_number_at(form, view, at - d, &other) == NULL))
            continue;
        repeats += d < REPEATS_NEAR && other.n == own->n && memcmp(other.digit, own->digit, own->n) == 0;
        pf_pan_wipe(&other);
        if (repeats > REPEATS_MAX)
            return -1;
        sure = by_stride(form, view, at, own, d, &known);
        poor += known;
        if (sure >= 0 || poor > POOR_MAX)
            return sure;
    }
    return -1;
}

static void report(const struct pf_look *look, const struct form *form, size_t at, struct pf_element *e)
{
    e->cls = PF_CLASS_PAN_CLEAR;
    e->form = form->name;
    e->start = (uint32_t)at;
    e->end = (uint32_t)(at + e->pan.n);
    e->digits = e->pan.n;
    look->fn(look->ctx, e);
}

/* Numbers that begin at buf[at], in the row of digits that ends at `end`. */
static void find_at(const struct pf_look *look, const struct form *form, size_t at, size_t end)
{
    const struct pf_view *view = look->view;
    const unsigned allowed = lengths_at(form, view, at);
    size_t stride = SIZE_MAX;        /* not asked for yet */

    for (size_t i = 0; i < sizeof lengths; i++) {
        struct pf_element e = { .reasons = BIT(RECORDS) };
        bool known;
        int sure = -1;

        if (!(allowed >> (lengths[i] - PF_IIN_LENGTH_BASE) & 1) || end - at < lengths[i])
            continue;
        e.brand = number_at(form, view->buf, at, lengths[i], &e.pan);
        if (e.brand == NULL || !varied(&e.pan)) {
            pf_pan_wipe(&e.pan);
            continue;
        }
        if (stride == SIZE_MAX)
            stride = form->dress == PF_DRESS_ASCII ? line_length(view, at) : 0;
        sure = stride > 0 ? by_stride(form, view, at, &e.pan, stride, &known) : by_any_stride(form, view, at, &e.pan);
        if (sure >= 0) {
            e.confidence = (enum pf_confidence)sure;
            report(look, form, at, &e);
        }
        pf_pan_wipe(&e.pan);
        if (sure >= 0)
            return;
    }
}

/* Zeroes, and behind them a number to the end of the row. Only where the words say so: ids have zeroes too. */
static void find_padded(const struct pf_look *look, const struct form *form, size_t start, size_t end)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .reasons = 0 };
    struct pf_context context;
    size_t at = start;

    while (at < end && view->buf[at] == form->zero)
        at++;
    if (at == start || end - at < NUMBER_MIN || end - at > PF_PAN_MAX || start < view->lo || start >= view->hi)
        return;
    e.brand = number_at(form, view->buf, at, end - at, &e.pan);
    if (e.brand != NULL) {
        context = pf_context_score(view->buf, view->len, start, end, form->dress);
        e.reasons = (context.flags & PF_CONTEXT_FIELD ? BIT(FIELD) : 0) | (context.flags & PF_CONTEXT_CARD ? BIT(CARD) : 0);
        e.confidence = context.flags & PF_CONTEXT_FIELD ? PF_CONFIRMED : PF_PROBABLE;
        if ((context.flags & PF_CONTEXT_FIELD) || context.score >= STRONG)
            report(look, form, at, &e);
    }
    pf_pan_wipe(&e.pan);
}

static bool is_letter(const struct pf_view *view, size_t at)
{
    return at < view->len && (uint8_t)((view->buf[at] | 0x20) - 'a') < 26;
}

/* In records a letter beside a number is a field of its own; `touching`: rows that have one count. */
static bool is_row(const struct pf_view *view, size_t start, size_t end, bool touching)
{
    return end - start >= RUN_MIN || (touching && ((start > 0 && is_letter(view, start - 1)) || is_letter(view, end)));
}

static void look_at_row(const struct pf_look *look, const struct form *form, size_t start, size_t end, bool touching)
{
    const struct pf_view *view = look->view;
    size_t at = start > view->lo ? start : view->lo, until = end < view->hi ? end : view->hi;

    if (end - start >= PADDED_MIN && end - start <= PF_PAN_MAX + PF_PAN_MIN)
        find_padded(look, form, start, end);
    if (!is_row(view, start, end, touching))
        return;
    for (; at < until && end - at >= NUMBER_MIN; at++)
        if (lengths_at(form, view, at) != 0)
            find_at(look, form, at, end);
}

/* From `at` on, the first place where a row of `least` digits can stand that is not met before. Four digits of it begin in
 * the word of that place, or in the one before when it begins there. */
static size_t next_place(const struct pf_look *look, const struct form *form, size_t least, size_t at)
{
    size_t word = at / PF_MARK_WORD, words = (look->view->len + PF_MARK_WORD - 1) / PF_MARK_WORD;

    if (form->mark == 0 || word >= words || (word > 0 && at % PF_MARK_WORD < least && (look->marks[word - 1] & form->mark)))
        return at;
    word = pf_marks_next(look->marks, form->mark, word, words);
    return word * PF_MARK_WORD > at ? word * PF_MARK_WORD : at;
}

/* Rows of `least` digits or more: one of them stands at each `least` bytes. */
static void find_rows(const struct pf_look *look, const struct form *form, size_t least)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t low = view->lo > REACH ? view->lo - REACH : 0;
    size_t high = view->len - view->hi > REACH ? view->hi + REACH : view->len;

    for (size_t at = next_place(look, form, least, view->lo), end; at < view->hi + least && at < high;
         at = next_place(look, form, least, end + least)) {
        size_t start = end = at;

        if (!digit(form, buf[at]))
            continue;
        while (start > low && digit(form, buf[start - 1]))
            start--;
        while (end < high && digit(form, buf[end]))
            end++;
        if (end - start >= least)
            look_at_row(look, form, start, end, least < PADDED_MIN);
    }
}

void pf_find_glued(const struct pf_look *look)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (forms[i].mark == 0 && look->text == PF_TEXT_NONE && look->runs)
            find_rows(look, &forms[i], TOUCHING_MIN);
        else if (forms[i].mark == 0 ? look->glued : (look->any & forms[i].mark) != 0)
            find_rows(look, &forms[i], PADDED_MIN);
}
