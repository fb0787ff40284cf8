/* candidate.c - the numbers in the runs of one window.
 *
 * Most runs of a digit-dense file are one unbroken number of 12..16 digits: the
 * kernel looks at these first. What may pass is judged alone, and every other run
 * group by group. */
#include "pan-finder/detect/candidate.h"

#include "pan-finder/detect/group.h"
#include "pan-finder/detect/kernel/dress.h"
#include "pan-finder/detect/luhn.h"
#include "pan-finder/detect/separator.h"
#include "pan-finder/detect/side.h"

#include <string.h>

enum {
    GROUPS = 128,                  /* groups of a run held at a time */
    BLOCK = 4,                     /* digits of the first group of nearly all groupings */
    AHEAD = PF_PAN_MAX + 1,        /* a number of single digits, and the group after it */
};

struct search {
    pf_plain_fn *first_look;
    const uint8_t *buf;
    size_t len, lo, hi;
    struct pf_shape_count *count;
    pf_candidate_fn *fn;
    void *ctx;
};

/* Numbers that fail Luhn are reported too. */
static bool tells_all(const struct search *s)
{
    return s->first_look == pf_every_plain;
}

/* ---- one number ---- */

/* What the first four digits say (iin.h). */
static uint32_t lengths_of(const uint8_t *digit)
{
    return pf_iin_lengths4[digit[0] * 1000u + digit[1] * 100u + digit[2] * 10u + digit[3]];
}

static void take_digits(struct pf_pan *pan, const struct search *s, enum pf_dress dress,
                        const struct pf_group *group, size_t first, size_t last)
{
    const struct pf_dress_form *form = &pf_dress_forms[dress];

    pan->n = 0;
    for (size_t i = first; i <= last; i++)
        for (size_t at = group[i].start; at < group[i].end && pan->n < PF_PAN_MAX; at += form->size)
            pan->digit[pan->n++] = (uint8_t)(s->buf[at + form->at] - form->base);
}

/* What a digit of UTF-16 or UTF-32 has beside its low byte; n 0 for other dresses. */
struct pad { size_t n; uint8_t byte; };

static struct pad pad_of(enum pf_dress dress)
{
    switch (dress) {
    case PF_DRESS_UTF16LE:
    case PF_DRESS_UTF16BE:    return (struct pad){ 1, 0 };
    case PF_DRESS_UTF32LE:
    case PF_DRESS_UTF32BE:    return (struct pad){ 3, 0 };
    case PF_DRESS_FW_UTF16LE:
    case PF_DRESS_FW_UTF16BE: return (struct pad){ 1, 0xff };
    default:                  return (struct pad){ 0, 0 };
    }
}

static bool is_little(enum pf_dress dress)
{
    return dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF32LE || dress == PF_DRESS_FW_UTF16LE;
}

static bool is_pad(const struct search *s, size_t from, struct pad pad)
{
    if (from + pad.n > s->len)
        return false;
    for (size_t i = from; i < from + pad.n; i++)
        if (s->buf[i] != pad.byte)
            return false;
    return true;
}

/* Big-endian digits that are little-endian digits too, some bytes later: the same
 * number is found as little-endian. */
static bool read_as_little(const struct search *s, enum pf_dress dress, const struct pf_group *group, size_t first,
                           size_t last)
{
    const struct pad pad = pad_of(dress);

    if (pad.n == 0 || is_little(dress))
        return false;
    for (size_t i = first; i <= last; i++)
        for (size_t at = group[i].start; at < group[i].end; at += pad.n + 1)
            if (!is_pad(s, at + pad.n + 1, pad))
                return false;
    return true;
}

/* The other way round: each digit has the same before it as well. */
static bool read_as_big(const struct search *s, enum pf_dress dress, const struct pf_group *group, size_t first,
                        size_t last)
{
    const struct pad pad = pad_of(dress);

    if (!is_little(dress))
        return false;
    for (size_t i = first; i <= last; i++)
        if (group[i].start < pad.n || !is_pad(s, group[i].start - pad.n, pad))
            return false;
    return true;
}

static void report(const struct search *s, struct pf_candidate *c, const struct pf_group *group,
                   size_t n, size_t first, size_t last)
{
    enum pf_dress dress = (enum pf_dress)c->dress;

    c->brand = pf_iin_find_named(c->pan.digit, c->pan.n);
    if (c->brand == NULL || (!c->luhn && c->brand->luhn == PF_LUHN_REQUIRED && !tells_all(s)))
        return;
    c->start = group[first].start;
    c->end = group[last].end;
    c->separator = (uint8_t)(first < last ? pf_separator_kind(group[first].separator) : 0);
    c->before = (uint8_t)pf_side_before(dress, s->buf, s->len, group, first);
    c->after = (uint8_t)pf_side_after(dress, s->buf, s->len, group, n, last);
    c->either = read_as_big(s, dress, group, first, last);
    s->fn(s->ctx, c);
}

/* One more group follows, behind the same separator: what fails Luhn is a part of a longer number. */
static bool goes_on(const struct pf_group *group, size_t n, size_t first, size_t last)
{
    return first < last && last + 1 < n && group[last].separator != 0 && group[last].separator == group[first].separator;
}

/* Little-endian digits that are big-endian ones, too, one byte earlier, and as such go on. */
static bool goes_on_as_big(const struct search *s, const struct pf_candidate *c, const struct pf_group *group, size_t n,
                           size_t first, size_t last)
{
    enum pf_dress dress = (enum pf_dress)c->dress;

    return (last + 1 == n || group[last].separator == 0) && read_as_big(s, dress, group, first, last) &&
           pf_side_after(dress, s->buf, s->len, group, n, last) == PF_SIDE_DIGITS;
}

/* c->pan has a brand's length and first digits. */
static void judge_digits(const struct search *s, struct pf_candidate *c, const struct pf_group *group,
                         size_t n, size_t first, size_t last)
{
    if (pf_luhn_filler(c->pan.digit, c->pan.n))
        return;
    c->luhn = pf_luhn_ok(c->pan.digit, c->pan.n);
    if (c->grouping != PF_GROUP_ODD) {
        s->count->shapes[c->pan.n]++;
        s->count->luhn[c->pan.n] += c->luhn;
    }
    if (!c->luhn && (goes_on(group, n, first, last) || goes_on_as_big(s, c, group, n, first, last)))
        return;                      /* counted all the same: it speaks against the others */
    if (c->luhn || (lengths_of(c->pan.digit) & PF_IIN_NO_LUHN) != 0 || tells_all(s))
        report(s, c, group, n, first, last);
}

/* Groups [first, last] of n, with alike separators and 12..19 digits. */
static void judge(const struct search *s, enum pf_dress dress, const struct pf_group *group,
                  size_t n, size_t first, size_t last)
{
    struct pf_candidate c = { .dress = (uint8_t)dress };
    enum pf_grouping grouping;

    if (!pf_group_reads(group, n, first, last, &grouping))
        return;
    if (read_as_little(s, dress, group, first, last))
        return;
    c.grouping = (uint8_t)grouping;
    take_digits(&c.pan, s, dress, group, first, last);
    judge_digits(s, &c, group, n, first, last);
    explicit_bzero(&c, sizeof c);
}

/* ---- runs with separators ---- */

/* lengths_of the number that starts with group[first]; 12 digits follow. */
static uint32_t lengths_from(const struct search *s, enum pf_dress dress, const struct pf_group *group,
                             size_t first)
{
    const struct pf_dress_form *form = &pf_dress_forms[dress];
    uint8_t digit[4];
    size_t n = 0;

    for (size_t i = first; n < 4; i++)
        for (size_t at = group[i].start; at < group[i].end && n < 4; at += form->size)
            digit[n++] = (uint8_t)(s->buf[at + form->at] - form->base);
    return lengths_of(digit);
}

/* A group that is a number of 12..16 ASCII digits: false when the first look
 * rules it out, as it does most in a table of ids. */
static bool group_may_pass(const struct search *s, enum pf_dress dress, const struct pf_group *group)
{
    const struct pf_run run = { group->start, group->end, group->digits, (uint32_t)dress };

    return tells_all(s) || pf_portable_plain(s->buf, &run, 1, s->count->shapes) != 0;
}

/* Numbers that start with group[first]. */
static void judge_from(const struct search *s, enum pf_dress dress, const struct pf_group *group,
                       size_t n, size_t first)
{
    const uint8_t separator = group[first].separator;
    uint32_t lengths = 0;
    unsigned digits = 0;

    for (size_t last = first; last < n; last++) {
        digits += group[last].digits;
        if (digits > PF_PAN_MAX)
            return;
        if (digits >= PF_PAN_MIN && (last > first || group_may_pass(s, dress, &group[last]))) {
            if (lengths == 0)
                lengths = lengths_from(s, dress, group, first);
            if (lengths >> (digits - PF_IIN_LENGTH_BASE) & 1)
                judge(s, dress, group, n, first, last);
        }
        if (separator == 0 || group[last].separator != separator)
            return;
    }
}

/* Digits that end an escape are none of the number's: "%204111-1111-..." is read from the third on,
 * too. Unbroken numbers behind an escape are a wrapping's (wrap/escape.c). */
static void judge_behind_escape(const struct search *s, enum pf_dress dress, struct pf_group *group, size_t n, size_t first)
{
    const struct pf_group whole = group[first];

    if (dress != PF_DRESS_ASCII || whole.separator == 0 || whole.digits <= BLOCK || whole.digits > BLOCK + PF_ESCAPE_DIGITS ||
        pf_side_escape(s->buf, whole.start) != whole.digits - BLOCK)
        return;
    group[first].start = whole.end - BLOCK;
    group[first].digits = BLOCK;
    if (group[first].start >= s->lo && group[first].start < s->hi)
        judge_from(s, dress, group, n, first);
    group[first] = whole;
}

static void judge_run(const struct search *s, struct pf_run run)
{
    struct pf_group group[GROUPS];
    size_t n = 0, done = 0;

    s->count->runs += run.digits >= PF_STRIPE_RUN;
    s->count->long_runs += run.digits >= PF_LONG_RUN;
    s->count->glued_runs += run.digits >= PF_GLUED_RUN;
    for (;;) {
        n += pf_group_split(&run, s->buf, s->len, group + n, GROUPS - n);
        for (; done < n && (run.start >= run.end || done + AHEAD < n); done++) {
            if (group[done].start >= s->lo && group[done].start < s->hi)
                judge_from(s, (enum pf_dress)run.dress, group, n, done);
            judge_behind_escape(s, (enum pf_dress)run.dress, group, n, done);
        }
        if (run.start >= run.end)
            return;
        /* keep what is not judged yet, and the group before it */
        n -= done - 1;
        memmove(group, group + done - 1, n * sizeof group[0]);
        done = 1;
    }
}

/* ---- unbroken ASCII runs ---- */

/* One number without separators that the kernel's first look could not rule out. */
static void judge_plain(const struct search *s, const struct pf_run *run)
{
    const struct pf_group group = { run->start, run->end, (uint8_t)run->digits, 0 };
    struct pf_candidate c = { .dress = PF_DRESS_ASCII, .grouping = PF_GROUP_NONE };

    s->count->runs += run->digits >= PF_STRIPE_RUN;
    c.pan.n = (uint8_t)run->digits;
    for (size_t i = 0; i < 16 && i < c.pan.n; i++)
        c.pan.digit[i] = (uint8_t)(s->buf[run->start + i] - '0');
    judge_digits(s, &c, &group, 1, 0, 0);
    explicit_bzero(&c, sizeof c);
}

static void judge_runs(void *ctx, const struct pf_run *run, size_t n)
{
    const struct search *s = ctx;

    for (; n > 0 && run->start < s->lo; run++, n--)
        if (run->end > s->lo)
            judge_run(s, *run);
    for (; n > 0 && run[n - 1].start >= s->hi; n--) {
        s->count->runs += run[n - 1].digits >= PF_STRIPE_RUN;
        s->count->long_runs += run[n - 1].digits >= PF_LONG_RUN;
    }
    for (; n > 0; run += 64, n -= n < 64 ? n : 64) {
        uint64_t look = s->first_look(s->buf, run, n < 64 ? n : 64, s->count->shapes);

        for (; look != 0; look &= look - 1) {
            const struct pf_run *one = run + __builtin_ctzll(look);

            if (one->end - one->start == one->digits && one->digits <= 16)
                judge_plain(s, one);
            else
                judge_run(s, *one);
        }
    }
}

void pf_candidates(const struct pf_kernel *kernel, const uint8_t *buf, size_t len,
                   size_t lo, size_t hi, bool first, bool last,
                   struct pf_shape_count *count, pf_candidate_fn *fn, void *ctx)
{
    struct search s = { kernel->plain, buf, len, lo, hi, count, fn, ctx };

    (void)first;   /* outside of the window reads as clean: the windows overlap */
    (void)last;
    kernel->digitrun(buf, len, judge_runs, &s);
}

static void judge_marked(void *ctx, const struct pf_run *run, size_t n)
{
    const struct search *s = ctx;

    for (; n > 0; run++, n--)
        if (run->end > s->lo && run->start < s->hi)
            judge_run(s, *run);
}

void pf_marked_candidates(const uint8_t *buf, size_t len, size_t lo, size_t hi, const uint16_t *marks,
                          struct pf_shape_count *count, pf_candidate_fn *fn, void *ctx)
{
    struct search s = { pf_portable_plain, buf, len, lo, hi, count, fn, ctx };

    pf_marked_runs(buf, len, marks, judge_marked, &s);
}
