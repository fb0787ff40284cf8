/* group.c - splitting runs and judging groupings. */
#include "pan-finder/detect/group.h"

#include "pan-finder/detect/kernel/dress.h"
#include "pan-finder/detect/separator.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Groupings printed on cards or usual in forms and files. A row that is `alone`
 * is also what three columns of a table look like. */
static const struct { uint8_t size[5]; bool alone; } usual[] = {
    { { 4, 4, 4, 4 }, false },       /* 16: most brands */
    { { 4, 6, 5 }, false },          /* 15: American Express */
    { { 4, 6, 4 }, false },          /* 14: Diners Club */
    { { 4, 4, 4, 4, 3 }, false },    /* 19 */
    { { 4, 4, 4, 4, 2 }, true },     /* 18 */
    { { 4, 4, 4, 4, 1 }, true },     /* 17 */
    { { 6, 13 }, false },            /* 19: Maestro, UnionPay */
    { { 8, 8 }, true },              /* 16, as some forms cut it */
    { { 4, 4, 5 }, true },           /* 13: old Visa */
    { { 4, 4, 4, 1 }, true },
    { { 4, 4, 4, 2 }, true },        /* 14 */
    { { 4, 4, 4, 3 }, true },        /* 15 in boxes of four */
    { { 4, 5, 6 }, true },           /* 15: UATP */
    { { 6, 4, 4, 2 }, true },        /* 16 after the issuer number */
    { { 6, 6, 4 }, true },
    { { 6, 10 }, true },
    { { 4, 4, 4 }, true },           /* 12: Maestro */
};

static struct pf_group next_group(struct pf_run *run, const uint8_t *buf, size_t len)
{
    const enum pf_dress dress = (enum pf_dress)run->dress;
    const uint32_t size = pf_dress_forms[dress].size;
    struct pf_group group = { .start = run->start };
    uint32_t at = run->start, digits = 0;

    for (; at < run->end && pf_dress_digit(dress, buf, len, at); at += size)
        digits++;
    group.end = at;
    group.digits = digits < PF_GROUP_LONG ? (uint8_t)digits : PF_GROUP_LONG;
    if (at < run->end) {
        at += (uint32_t)pf_dress_gap(dress, buf, len, at);
        group.separator = (uint8_t)pf_separator_id(dress, buf, group.end, at);
    }
    run->start = at;
    return group;
}

#if defined(__SSE2__)
/* Bit i: byte i of the 64 at `at` is an ASCII digit. */
static uint64_t digits64(const uint8_t *at)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < 64; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(at + i));

        x = _mm_cmplt_epi8(_mm_add_epi8(x, _mm_set1_epi8(-128 - '0' + 256)), _mm_set1_epi8(-128 + 10));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(x) << i;
    }
    return bits;
}

/* Groups that end, with their gap, in the 63 bytes from run->start on. */
static size_t split64(struct pf_run *run, const uint8_t *buf, struct pf_group *group, size_t cap)
{
    uint64_t digit = digits64(buf + run->start);
    size_t n = 0;

    while (n < cap && digit != 0 && digit != UINT64_MAX) {
        uint32_t start = run->start, digits, gap;
        uint64_t rest;

        digits = (uint32_t)__builtin_ctzll(~digit);
        rest = digit >> digits;
        if (start + digits == run->end) {
            group[n++] = (struct pf_group){ start, run->end, (uint8_t)digits, 0 };
            run->start = run->end;
            break;
        }
        if (rest == 0)
            break;
        gap = (uint32_t)__builtin_ctzll(rest);
        group[n] = (struct pf_group){ start, start + digits, (uint8_t)digits, 0 };
        group[n++].separator =
            gap == 1 ? pf_separator_ascii[buf[start + digits]]
                     : (uint8_t)pf_separator_id(PF_DRESS_ASCII, buf, start + digits, start + digits + gap);
        run->start = start + digits + gap;
        digit = rest >> gap;
    }
    return n;
}
#endif

size_t pf_group_split(struct pf_run *run, const uint8_t *buf, size_t len, struct pf_group *group,
                      size_t cap)
{
    size_t n = 0;

    while (n < cap && run->start < run->end) {
#if defined(__SSE2__)
        size_t got = run->dress == PF_DRESS_ASCII && len - run->start >= 64
                         ? split64(run, buf, group + n, cap - n) : 0;

        n += got;
        if (got > 0)
            continue;
#endif
        group[n++] = next_group(run, buf, len);
    }
    return n;
}

static bool joined_before(const struct pf_group *group, size_t first)
{
    return first > 0 && group[first - 1].separator != 0 &&
           group[first - 1].separator == group[first].separator;
}

static bool joined_after(const struct pf_group *group, size_t n, size_t last)
{
    return last + 1 < n && group[last].separator != 0 &&
           group[last].separator == group[last - 1].separator;
}

/* Pairs (2-2-2-…, the last may be single) or single digits, and no other such
 * group beside them. */
static bool reads_small(const struct pf_group *group, size_t n, size_t first, size_t last)
{
    uint8_t size = group[first].digits;

    if (size > 2 || group[last].digits > size)
        return false;
    for (size_t i = first; i < last; i++)
        if (group[i].digits != size)
            return false;
    return !(joined_before(group, first) && group[first - 1].digits <= size) &&
           !(joined_after(group, n, last) && group[last + 1].digits <= size);
}

static const bool *find_usual(const struct pf_group *group, size_t count)
{
    for (size_t r = 0; r < sizeof usual / sizeof usual[0]; r++) {
        size_t i = 0;

        while (i < count && i < 5 && usual[r].size[i] == group[i].digits)
            i++;
        if (i == count && (i == 5 || usual[r].size[i] == 0))
            return &usual[r].alone;
    }
    return NULL;
}

/* Any other cut: two digits or more in a group, none a number of its own, and a
 * separator that people write numbers with. */
static bool reads_odd(const struct pf_group *group, size_t first, size_t last)
{
    char kind = pf_separator_kind(group[first].separator);

    if (kind == '\t' || kind == '_' || kind == '/')
        return false;
    for (size_t i = first; i <= last; i++)
        if (group[i].digits < 2 || group[i].digits >= PF_PAN_MIN)
            return false;
    return true;
}

bool pf_group_reads(const struct pf_group *group, size_t n, size_t first, size_t last,
                    enum pf_grouping *grouping)
{
    const bool *alone;
    bool sum;                /* '+' adds numbers up, too: as a blank in the surest groupings alone */

    if (first == last) {
        *grouping = PF_GROUP_NONE;
        return true;
    }
    *grouping = PF_GROUP_USUAL;
    sum = pf_separator_kind(group[first].separator) == '+';
    if (!sum && reads_small(group, n, first, last))
        return true;
    alone = last - first < 5 ? find_usual(group + first, last - first + 1) : NULL;
    if (alone != NULL && !*alone)
        return true;
    if (sum || joined_before(group, first) || joined_after(group, n, last))
        return false;
    if (alone != NULL)
        return true;
    *grouping = PF_GROUP_ODD;
    return reads_odd(group, first, last);
}
