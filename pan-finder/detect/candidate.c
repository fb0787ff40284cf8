/* candidate.c - the numbers in the runs of one window.
 *
 * Most runs of a digit-dense file are one unbroken number of 12..16 digits. They
 * are judged without a branch that depends on their digits (judge_plain); what
 * may pass, and every other run, is judged group by group. */
#include "pan-finder/detect/candidate.h"

#include "pan-finder/detect/group.h"
#include "pan-finder/detect/kernel/dress.h"
#include "pan-finder/detect/luhn.h"
#include "pan-finder/detect/separator.h"
#include "pan-finder/detect/side.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    GROUPS = 128,                  /* groups of a run held at a time */
    AHEAD = PF_PAN_MAX + 1,        /* a number of single digits, and the group after it */
};

struct search {
    const uint8_t *buf;
    size_t len, lo, hi;
    struct pf_shape_count *count;
    pf_candidate_fn *fn;
    void *ctx;
};

/* ---- one number ---- */

/* What the first four digits say: lengths of brands, and PF_IIN_NO_LUHN. */
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

/* UTF-16BE digits that are UTF-16LE digits too, one byte later: the same number
 * is found as little-endian. */
static bool read_as_little(const struct search *s, const struct pf_group *group, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        for (size_t at = group[i].start; at < group[i].end; at += 2)
            if (at + 2 >= s->len || s->buf[at + 2] != 0)
                return false;
    return true;
}

/* The other way round: each digit has a zero byte before it as well. */
static bool read_as_big(const struct search *s, const struct pf_group *group, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        if (group[i].start == 0 || s->buf[group[i].start - 1] != 0)
            return false;
    return true;
}

static void report(const struct search *s, struct pf_candidate *c, const struct pf_group *group,
                   size_t n, size_t first, size_t last)
{
    enum pf_dress dress = (enum pf_dress)c->dress;

    c->brand = pf_iin_find(c->pan.digit, c->pan.n);
    if (c->brand == NULL || (!c->luhn && c->brand->luhn == PF_LUHN_REQUIRED))
        return;
    c->start = group[first].start;
    c->end = group[last].end;
    c->separator = (uint8_t)(first < last ? pf_separator_kind(group[first].separator) : 0);
    c->before = (uint8_t)pf_side_before(dress, s->buf, s->len, group, first);
    c->after = (uint8_t)pf_side_after(dress, s->buf, s->len, group, n, last);
    c->either = dress == PF_DRESS_UTF16LE && read_as_big(s, group, first, last);
    s->fn(s->ctx, c);
}

/* Groups [first, last] of n, with alike separators and 12..19 digits. */
static void judge(const struct search *s, enum pf_dress dress, const struct pf_group *group,
                  size_t n, size_t first, size_t last)
{
    struct pf_candidate c = { .dress = (uint8_t)dress };
    enum pf_grouping grouping;

    if (!pf_group_reads(group, n, first, last, &grouping))
        return;
    if (dress == PF_DRESS_UTF16BE && read_as_little(s, group, first, last))
        return;
    c.grouping = (uint8_t)grouping;
    take_digits(&c.pan, s, dress, group, first, last);
    if (!pf_luhn_filler(c.pan.digit, c.pan.n)) {
        c.luhn = pf_luhn_ok(c.pan.digit, c.pan.n);
        if (grouping != PF_GROUP_ODD) {
            s->count->shapes[c.pan.n]++;
            s->count->luhn[c.pan.n] += c.luhn;
        }
        if (c.luhn || (lengths_of(c.pan.digit) & PF_IIN_NO_LUHN) != 0)
            report(s, &c, group, n, first, last);
    }
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

/* Numbers that start with group[first]. */
static void judge_from(const struct search *s, enum pf_dress dress, const struct pf_group *group,
                       size_t n, size_t first)
{
    uint32_t lengths = 0;
    unsigned digits = 0;

    if (group[first].start < s->lo || group[first].start >= s->hi)
        return;
    for (size_t last = first; last < n; last++) {
        if (last > first && (group[last - 1].separator == 0 ||
                             group[last - 1].separator != group[first].separator))
            return;
        digits += group[last].digits;
        if (digits > PF_PAN_MAX)
            return;
        if (digits < PF_PAN_MIN)
            continue;
        if (lengths == 0 && (lengths = lengths_from(s, dress, group, first)) == 0)
            return;
        if (lengths >> digits & 1)
            judge(s, dress, group, n, first, last);
    }
}

static void judge_run(const struct search *s, struct pf_run run)
{
    struct pf_group group[GROUPS];
    size_t n = 0, done = 0;

    for (;;) {
        n += pf_group_split(&run, s->buf, s->len, group + n, GROUPS - n);
        while (done < n && (run.start >= run.end || done + AHEAD < n))
            judge_from(s, (enum pf_dress)run.dress, group, n, done++);
        if (run.start >= run.end)
            return;
        /* keep what is not judged yet, and the group before it */
        n -= done - 1;
        memmove(group, group + done - 1, n * sizeof group[0]);
        done = 1;
    }
}

/* ---- unbroken ASCII runs ---- */

#if defined(__SSE2__)
/* The sum of the Luhn test over the n digits that end at `end`, 16 bytes before
 * which are readable; n <= 16. */
static inline unsigned luhn_sum16(const uint8_t *end, size_t n)
{
    static const uint8_t keep[32] = { [16] = 255, 255, 255, 255, 255, 255, 255, 255,
                                             255, 255, 255, 255, 255, 255, 255, 255 };
    const __m128i even = _mm_set1_epi16(0x00ff);   /* from the right: the second, fourth, … */
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(end - 16));
    __m128i mask = _mm_loadu_si128((const __m128i *)(const void *)(keep + n));
    __m128i twice;

    x = _mm_and_si128(_mm_sub_epi8(x, _mm_set1_epi8('0')), mask);
    twice = _mm_add_epi8(x, x);
    twice = _mm_sub_epi8(twice, _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8(4)), _mm_set1_epi8(9)));
    x = _mm_or_si128(_mm_and_si128(even, twice), _mm_andnot_si128(even, x));
    x = _mm_sad_epu8(x, _mm_setzero_si128());
    return (unsigned)(_mm_cvtsi128_si32(x) + _mm_extract_epi16(x, 4));
}
#else
static inline unsigned luhn_sum16(const uint8_t *end, size_t n)
{
    static const uint8_t doubled[10] = { 0, 2, 4, 6, 8, 1, 3, 5, 7, 9 };
    unsigned sum = 0;

    for (size_t i = 1; i <= n; i++)
        sum += i & 1 ? (unsigned)(end[-i] - '0') : doubled[end[-i] - '0'];
    return sum;
}
#endif

/* b - a and c - b are the same modulo ten: they differ by 0 or by ten. */
static inline unsigned same_step(unsigned a, unsigned b, unsigned c)
{
    const uint64_t equal = 1ULL << 10 | 1ULL << 20 | 1ULL << 30;

    return equal >> (20 + a + c - 2 * b) & 1;
}

/* Judges an unbroken run of 12..16 ASCII digits. The digits of a column of ids
 * are random: one test of everything is cheaper than four that stop early. */
static inline bool plain_may_pass(const struct search *s, const struct pf_run *run)
{
    const uint8_t *p = s->buf + run->start;
    unsigned a = p[0] - '0', b = p[1] - '0', c = p[2] - '0', d = p[3] - '0';
    uint32_t lengths = pf_iin_lengths4[a * 1000 + b * 100 + c * 10 + d];
    unsigned shape = lengths >> run->digits & 1;
    unsigned luhn = luhn_sum16(s->buf + run->end, run->digits) % 10 == 0;
    unsigned filler = same_step(a, b, c) & same_step(b, c, d);   /* perhaps: its beginning is */
    bool look = (shape & (luhn | filler | (lengths & PF_IIN_NO_LUHN))) != 0;

    s->count->shapes[run->digits] += shape & !look;   /* else judge() counts it */
    return look;
}

static void judge_runs(void *ctx, const struct pf_run *run, size_t n)
{
    const struct search *s = ctx;

    for (size_t i = 0; i < n; i++) {
        size_t bytes = run[i].end - run[i].start;

        if (run[i].end <= s->lo || run[i].start >= s->hi)
            continue;
        if (bytes <= 16 && bytes == run[i].digits && run[i].end >= 16 && run[i].start >= s->lo) {
            struct pf_group group = { run[i].start, run[i].end, (uint8_t)bytes, 0 };

            if (plain_may_pass(s, &run[i]))
                judge(s, PF_DRESS_ASCII, &group, 1, 0, 0);
        } else {
            judge_run(s, run[i]);
        }
    }
}

void pf_candidates(const struct pf_kernel *kernel, const uint8_t *buf, size_t len,
                   size_t lo, size_t hi, bool first, bool last,
                   struct pf_shape_count *count, pf_candidate_fn *fn, void *ctx)
{
    struct search s = { buf, len, lo, hi, count, fn, ctx };

    (void)first;   /* outside of the window reads as clean: the windows overlap */
    (void)last;
    kernel->digitrun(buf, len, judge_runs, &s);
}
