/* wrapped.c - a card number that a line end breaks: text that was wrapped, with or
 * without quote marks or an indent before the rest. Two numbers that only follow one
 * another, in a table or a list, must stay apart: the lines must not look alike. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/find/byte_mask.h"
#include "pan-finder/detect/kernel/marks_class.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/luhn.h"

#include <string.h>

#define LINE 900u          /* bytes of a line that are looked at */
#define LONG_LINE 40u      /* a line that was wrapped is at least so long */
#define INDENT 16u
#define GROUPS 6
#define LEFT_MIN 3         /* digits before the line end, at least */
#define NUMBER_MIN 13
#define NAMED 3            /* more than the word "card" */
#define STRONG 4

#define BIT(id) ((uint64_t)1 << PF_REASON_##id)

/* Digits in groups, on one side of the line end. */
struct part {
    size_t start, end;
    uint8_t digit[PF_PAN_MAX], n;
    uint8_t group[GROUPS], groups;
    uint8_t separator;           /* 0: none */
    bool open;                   /* the separator stands at the line end as well */
};

static bool digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool wordy(uint8_t c)
{
    return digit(c) || (uint8_t)((c | 0x20) - 'a') < 26 || c == '_';
}

/* Reads digits and single separators, forward from p->start to p->end. */
static bool read_part(const uint8_t *buf, struct part *p)
{
    for (size_t i = p->start; i < p->end; i++) {
        if (!digit(buf[i])) {
            if (p->separator != 0 && p->separator != buf[i])
                return false;
            p->separator = buf[i];
            continue;
        }
        if (p->n == PF_PAN_MAX)
            return false;
        if (i == p->start || !digit(buf[i - 1])) {
            if (p->groups == GROUPS)
                return false;
            p->group[p->groups++] = 0;
        }
        p->digit[p->n++] = (uint8_t)(buf[i] - '0');
        p->group[p->groups - 1]++;
    }
    return p->n > 0;
}

static bool separates(uint8_t c)
{
    return c == ' ' || c == '-';
}

/* Directly before the digits, this says that they are a part of something else. */
#define GLUED(c) (uint8_t)(PF_C_DIGIT(c) || PF_C_LETTER(c) || PF_IS4(c, '_', ',', ';', '|') || PF_IS4(c, '\t', '+', '/', '&'))
static const uint8_t glue[128] = PF_ROWS128(GLUED);

static bool glued(uint8_t c)
{
    return c < sizeof glue && glue[c] != 0;
}

/* The digits that end the line at buf[nl]. */
static bool left_of(const uint8_t *buf, size_t low, size_t nl, struct part *p)
{
    size_t i = nl;

    *p = (struct part){ .n = 0 };
    i -= i > low && buf[i - 1] == '\r';
    if (i > low && separates(buf[i - 1])) {
        p->separator = buf[i - 1] == '-' ? '-' : 0;
        p->open = true;
        i--;
    }
    p->end = i;
    while (i > low && (digit(buf[i - 1]) || (separates(buf[i - 1]) && i - 1 > low && digit(buf[i - 2]) && i < p->end))) {
        if (p->end - i > PF_PAN_MAX + GROUPS)
            return false;
        i--;
    }
    p->start = i;
    if (i == p->end || (i > low && glued(buf[i - 1])))
        return false;
    if (i > low + 1 && buf[i - 1] == '.' && digit(buf[i - 2]))
        return false;
    return read_part(buf, p);
}

/* The digits that begin the line behind buf[nl]. */
static bool right_of(const uint8_t *buf, size_t high, size_t nl, struct part *p)
{
    size_t i = nl + 1;

    *p = (struct part){ .n = 0 };
    while (i < high && i - nl <= INDENT && (buf[i] == ' ' || buf[i] == '\t' || buf[i] == '>'))
        i++;
    p->start = i;
    while (i < high && (digit(buf[i]) || (separates(buf[i]) && i > p->start && i + 1 < high && digit(buf[i + 1]))))
        if (i++ - p->start > PF_PAN_MAX + GROUPS)
            return false;
    p->end = i;
    if (i == p->start || (i < high && (wordy(buf[i]) || strchr("|\t=&;/:", buf[i]) != NULL)))
        return false;
    if (i + 1 < high && (buf[i] == ',' || buf[i] == '.') && (wordy(buf[i + 1]) || buf[i + 1] == '"'))
        return false;
    return read_part(buf, p);
}

/* The grouping of both parts together is one that cards have; `merged`: the line
 * end breaks a group. */
static bool usual(const struct part *a, const struct part *b, bool merged)
{
    static const uint8_t forms[][GROUPS] = { { 4, 4, 4, 4 }, { 4, 6, 5 }, { 4, 6, 4 }, { 4, 4, 4, 4, 3 } };
    uint8_t group[2 * GROUPS] = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < a->groups; i++)
        group[n++] = a->group[i];
    for (size_t i = 0; i < b->groups; i++)
        if (i == 0 && merged)
            group[n - 1] = (uint8_t)(group[n - 1] + b->group[0]);
        else
            group[n++] = b->group[i];
    for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++)
        if (n <= GROUPS && memcmp(forms[k], group, GROUPS) == 0)
            return true;
    return false;
}

/* Nothing in buf[from..to) but digits, separators and quote marks. */
static bool numeric(const uint8_t *buf, size_t from, size_t to)
{
    bool any = false;

    for (; from < to; from++) {
        any |= digit(buf[from]);
        if (!digit(buf[from]) && strchr(" \t\r>-.,;|", buf[from]) == NULL)
            return false;
    }
    return any;
}

static size_t line_start(const uint8_t *buf, size_t low, size_t at)
{
    const uint8_t *nl = at > low ? memrchr(buf + low, '\n', at - low) : NULL;

    return nl != NULL ? (size_t)(nl - buf) + 1 : low;
}

static size_t line_end(const uint8_t *buf, size_t high, size_t at)
{
    const uint8_t *nl = at < high ? memchr(buf + at, '\n', high - at) : NULL;

    return nl != NULL ? (size_t)(nl - buf) : high;
}

static size_t ink(const uint8_t *buf, size_t at, size_t end)
{
    while (at < end && (buf[at] == ' ' || buf[at] == '\t' || buf[at] == '>'))
        at++;
    return at;
}

static bool ends_in_digit(const uint8_t *buf, size_t from, size_t to)
{
    while (to > from && (buf[to - 1] == ' ' || buf[to - 1] == '\r'))
        to--;
    return to > from && digit(buf[to - 1]);
}

/* What the words say of it: nothing, that it is a card number, and this right before it. */
enum told { UNTOLD, SURE, DIRECT };

/* The line begins with as many digits as the rest of the number has: lines of records. */
static bool begins_alike(const uint8_t *buf, size_t start, size_t end, const struct part *b)
{
    size_t n = 0;

    while (start + n < end && digit(buf[start + n]))
        n++;
    return n > 0 && n == b->n && b->groups == 1;
}

/* YYYYMMDD, with or without a time: what begins the lines of a log. */
static bool dated(const struct part *b)
{
    const uint8_t *d = b->digit;
    unsigned month = d[4] * 10u + d[5], day = d[6] * 10u + d[7];

    return (b->n == 8 || b->n == 14) && ((d[0] == 2 && d[1] == 0) || (d[0] == 1 && d[1] == 9)) && month >= 1 && month <= 12 &&
           day >= 1 && day <= 31;
}

/* True when the two lines, with those beside them, can be a text that was wrapped. */
static bool prose(const uint8_t *buf, size_t low, size_t high, size_t nl, const struct part *a, const struct part *b, bool grouped,
                  enum told told)
{
    size_t start = line_start(buf, low, nl), end = line_end(buf, high, nl + 1);
    size_t above = start > low ? line_start(buf, low, start - 1) : start;
    size_t below = end < high ? line_end(buf, high, end + 1) : end;
    bool first = digit(buf[ink(buf, start, nl)]), alone = b->end >= end || (buf[b->end] == '\r' && b->end + 1 == end);

    if (start > low && numeric(buf, above, start - 1))
        return false;
    if (end < high && numeric(buf, end + 1, below))
        return false;
    if (told == DIRECT && !grouped)
        return ink(buf, start, nl) != a->start && !begins_alike(buf, start, nl, b) && !begins_alike(buf, end + 1, below, b) && !dated(b);
    if (first && (!grouped || !alone || ink(buf, start, nl) != a->start))
        return false;
    if (!alone && told == UNTOLD && ends_in_digit(buf, b->end, end))
        return false;
    if (start > low && !grouped && ends_in_digit(buf, above, start - 1))
        return false;
    return grouped || nl - start >= LONG_LINE;
}

static bool number_of(const struct part *a, const struct part *b, struct pf_pan *pan)
{
    struct pf_candidate c = { .dress = PF_DRESS_ASCII };
    bool ok;

    if (a->n + b->n < NUMBER_MIN || a->n + b->n > PF_PAN_MAX)
        return false;
    memcpy(pan->digit, a->digit, a->n);
    memcpy(pan->digit + a->n, b->digit, b->n);
    pan->n = (uint8_t)(a->n + b->n);
    c.pan = *pan;
    ok = pf_iin_find_world(pan->digit, pan->n) != NULL && pf_luhn_ok(pan->digit, pan->n) &&
         !(pf_lookalike(&c, pf_pan_number(pan), (const uint8_t *)"", 0) & (PF_LOOK_REPEAT | PF_LOOK_POWER));
    pf_pan_wipe(&c.pan);
    return ok;
}

/* One number of the two; the first alone is none of a usual length. */
static bool joins(const struct part *a, const struct part *b, bool *grouped)
{
    const struct pf_brand *alone;

    *grouped = false;
    if (a->separator != 0 && b->separator != 0 && a->separator != b->separator)
        return false;
    alone = a->n >= NUMBER_MIN ? pf_iin_find_world(a->digit, a->n) : NULL;
    if (alone != NULL && (alone->usual >> a->n & 1) && pf_luhn_ok(a->digit, a->n))
        return false;
    *grouped = (a->groups + b->groups > 2) && (usual(a, b, false) || (!a->open && usual(a, b, true)));
    return *grouped || (a->groups == 1 && b->groups == 1 && !a->open);
}

static void judge(const struct pf_look *look, size_t nl)
{
    const struct pf_view *view = look->view;
    size_t low = nl > LINE ? nl - LINE : 0, high = view->len - nl > LINE ? nl + LINE : view->len;
    struct pf_element e = { .cls = PF_CLASS_PAN_CLEAR, .form = "wrapped", .reasons = BIT(LINE_WRAPPED) };
    struct pf_context context;
    struct part a, b;
    bool grouped, strong, fits, direct;

    if (left_of(view->buf, low, nl, &a) && right_of(view->buf, high, nl, &b) && a.start >= view->lo && a.start < view->hi &&
        joins(&a, &b, &grouped) && number_of(&a, &b, &e.pan)) {
        context = pf_context_score(view->buf, view->len, a.start, b.end, PF_DRESS_ASCII);
        strong = (context.flags & PF_CONTEXT_FIELD) || context.score >= STRONG;
        e.brand = pf_iin_find_world(e.pan.digit, e.pan.n);
        direct = (context.flags & (PF_CONTEXT_FIELD | PF_CONTEXT_DIRECT)) && context.score >= NAMED && (e.brand->usual >> e.pan.n & 1);
        fits = prose(view->buf, low, high, nl, &a, &b, grouped, direct ? DIRECT : strong ? SURE : UNTOLD) &&
               (grouped || context.score >= 1);
        e.confidence = strong ? PF_CONFIRMED : direct || (grouped && context.score >= 1) ? PF_PROBABLE : PF_POSSIBLE;
        e.reasons |= (context.flags & PF_CONTEXT_FIELD ? BIT(FIELD) : 0) | (context.flags & PF_CONTEXT_CARD ? BIT(CARD) : 0) |
                     (context.flags & PF_CONTEXT_OTHER_ID ? BIT(OTHER_ID) : 0) | (context.flags == 0 ? BIT(NO_CONTEXT) : 0);
        e.start = (uint32_t)a.start;
        e.end = (uint32_t)b.end;
        e.digits = e.pan.n;
        if (fits)
            look->fn(look->ctx, &e);
    }
    explicit_bzero(&a, sizeof a);
    explicit_bzero(&b, sizeof b);
    pf_pan_wipe(&e.pan);
}

/* Digits that end at buf[at], single separators between them: how many, where they
 * begin, and the value of the foremost four; the fourth of three is 0. */
static unsigned digits_before(const uint8_t *buf, size_t at, size_t *start, unsigned *four)
{
    uint8_t last[4] = { 0 };
    unsigned n = 0;

    for (; at > 0 && n <= PF_PAN_MAX; at--)
        if (digit(buf[at - 1]))
            last[n++ & 3] = (uint8_t)(buf[at - 1] - '0');
        else if (!separates(buf[at - 1]) || at < 2 || !digit(buf[at - 2]))
            break;
    *start = at;
    *four = last[(n - 1) & 3] * 1000u + last[(n - 2) & 3] * 100u + last[(n - 3) & 3] * 10u + last[n & 3];
    return n;
}

static unsigned digits_from(const uint8_t *buf, size_t len, size_t at)
{
    unsigned n = 0;

    for (; at < len && n <= PF_PAN_MAX; at++)
        if (digit(buf[at]))
            n++;
        else if (!separates(buf[at]) || n == 0 || at + 1 == len || !digit(buf[at + 1]))
            break;
    return n;
}

/* What can be a break, at little cost, by brand and length: log lines end and begin
 * with digits as well. */
static bool breaks(const uint8_t *buf, size_t len, size_t nl)
{
    size_t i = nl, start;
    unsigned n, four, lengths;

    i -= i > 0 && buf[i - 1] == '\r';
    i -= i > 0 && separates(buf[i - 1]);
    if (i == 0 || !digit(buf[i - 1]))
        return false;
    n = digits_before(buf, i, &start, &four);
    if (n < LEFT_MIN || n > PF_PAN_MAX || (start > 0 && glued(buf[start - 1])))
        return false;
    for (i = nl + 1; i < len && i - nl <= INDENT && (buf[i] == ' ' || buf[i] == '\t' || buf[i] == '>'); i++)
        ;
    if (i == len || !digit(buf[i]))
        return false;
    lengths = pf_iin_lengths4[n == LEFT_MIN ? four + buf[i] - '0' : four];
    if (lengths == 0)
        return false;
    n += digits_from(buf, len, i);
    return n >= NUMBER_MIN && n <= PF_PAN_MAX && (lengths >> (n - PF_IIN_LENGTH_BASE) & 1) != 0;
}

/* The line ends in one marked word, from `at` to `to`. */
static void look_through(const struct pf_look *look, size_t at, size_t to)
{
    const uint8_t *buf = look->view->buf;
    size_t len = look->view->len;

    if (to - at == PF_MARK_WORD) {
        for (uint64_t ends = pf_bytes_within(buf + at, '\n', '\n'); ends != 0; ends &= ends - 1)
            if (breaks(buf, len, at + (size_t)__builtin_ctzll(ends)))
                judge(look, at + (size_t)__builtin_ctzll(ends));
        return;
    }
    for (; at < to; at++)
        if (buf[at] == '\n' && breaks(buf, len, at))
            judge(look, at);
}

void pf_find_wrapped(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    size_t until = view->len - view->hi < 2 * PF_PAN_MAX ? view->len : view->hi + 2 * PF_PAN_MAX;
    size_t words = (until + PF_MARK_WORD - 1) / PF_MARK_WORD, w = view->lo / PF_MARK_WORD;

    if (look->text != PF_TEXT_BYTES)
        return;
    for (; (w = pf_marks_next(look->marks, PF_MARK_BREAK, w, words)) < words; w++) {
        size_t at = w * PF_MARK_WORD, to = at + PF_MARK_WORD;

        look_through(look, at > view->lo ? at : view->lo, to < until ? to : until);
    }
}
