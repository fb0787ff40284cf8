/* table.c - takes the head of an object, and finds the column of a place. */
#include "pan-finder/detect/table_internal.h"

#include "pan-finder/detect/find/element_name.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#define IDS 20              /* different shapes from which a share of chance says "ids" */
#define ONE_PREFIX 6

void pf_table_begin(struct pf_table *t)
{
    explicit_bzero(t->head, t->fed);
    if (t->profile.used)
        explicit_bzero(&t->profile, sizeof t->profile);
    t->fed = 0;
    t->wanted = 0;
    t->learned = t->found = t->quoted = t->fixed = false;
    t->columns = 0;
    t->sql.on = false;
}

bool pf_table_feed(struct pf_table *t, const uint8_t *bytes, size_t n)
{
    size_t take = PF_TABLE_HEAD - t->fed < n ? PF_TABLE_HEAD - t->fed : n;

    memcpy(t->head + t->fed, bytes, take);
    t->fed += (uint32_t)take;
    return t->fed == PF_TABLE_HEAD;
}

/* Most objects hold no number that asks: what a table is, is found out when the first does. */
static bool known(struct pf_table *t)
{
    if (!t->learned)
        pf_table_learn(t);
    return t->found;
}

/* Delimiters outside quotes in buf[from..at). With vectors sixteen bytes a step:
 * bit i of `inside` is the parity of the quotes up to there. */
static unsigned count_delimiters(const uint8_t *buf, size_t from, size_t at, uint8_t delimiter, bool quoted)
{
    unsigned n = 0, carry = 0;

#if defined(__SSE2__)
    const __m128i d = _mm_set1_epi8((char)delimiter), q = _mm_set1_epi8('"');

    for (; at - from >= 16; from += 16) {
        __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(buf + from));
        unsigned hit = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(c, d));
        unsigned inside = quoted ? (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(c, q)) : 0;

        for (unsigned s = 1; s < 16 && inside != 0; s *= 2)
            inside ^= inside << s;
        inside = (inside ^ carry) & 0xffff;
        carry = inside & 0x8000 ? 0xffff : 0;
        n += (unsigned)__builtin_popcount(hit & ~inside);
    }
#endif
    for (; from < at; from++) {
        carry ^= quoted && buf[from] == '"' ? 0xffff : 0;
        n += buf[from] == delimiter && carry == 0;
    }
    return n;
}

static uint16_t fixed_column(const struct pf_table *t, size_t at)
{
    uint16_t c = 0;

    while (c + 1 < t->columns && t->edge[c + 1] <= at)
        c++;
    return c;
}

uint16_t pf_table_column(struct pf_table *t, const uint8_t *buf, size_t len, size_t at, uint64_t offset)
{
    size_t back = at < PF_TABLE_LINE ? at : PF_TABLE_LINE, from;
    const uint8_t *end;
    unsigned n;

    if (t->sql.on)
        return pf_table_sql_column(t, buf, len, at, offset);
    if (at >= len || !known(t))
        return PF_COLUMN_NONE;
    end = memrchr(buf + at - back, '\n', back);
    if (end == NULL && offset + at > back)
        return PF_COLUMN_NONE;
    from = end != NULL ? (size_t)(end - buf) + 1 : at - back;
    if (t->fixed)
        return fixed_column(t, at - from);
    n = t->delimiter == '\n' ? 0 : count_delimiters(buf, from, at, t->delimiter, t->quoted);
    return n < t->columns ? (uint16_t)n : PF_COLUMN_NONE;
}

uint16_t pf_table_place(struct pf_table *t, uint64_t offset)
{
    if (t->sql.on || offset >= t->fed)
        return PF_COLUMN_NONE;
    return pf_table_column(t, t->head, t->fed, (size_t)offset, 0);
}

struct pf_opinion pf_column_opinion(const struct pf_column *c, uint8_t header)
{
    struct pf_opinion o = { .header = header };
    unsigned n = (unsigned)(c->shapes - c->published), k = (unsigned)(c->luhn - c->published);
    bool counts = c->shapes >= 3 && c->steps * 2u >= c->shapes, fits = !counts && c->shapes * 2u >= c->numbers;

    o.share = (uint8_t)(fits ? pf_share_test(n, k) : PF_SHARE_NONE);
    o.share_all = (uint8_t)(fits ? pf_share_test(c->shapes, c->luhn) : PF_SHARE_NONE);
    o.zeros = c->sixteen >= 5 && c->zeros == c->sixteen;    /* other lengths lose no digit */
    o.ids = !(o.zeros && header == PF_HEADER_CARD) && ((counts && header != PF_HEADER_CARD) || (n >= IDS && k * 4 < n) ||
            (c->shapes >= IDS && c->luhn * 4u < c->shapes));
    o.one_prefix = c->prefix >= ONE_PREFIX;
    o.token = c->named == PF_NAMED_TOKEN;
    return o;
}

struct pf_opinion pf_table_opinion(const struct pf_table *t, uint16_t column)
{
    if (t->sql.on && column < t->sql.columns)
        return pf_column_opinion(&t->profile.column[column], t->sql.header[column]);
    if (t->sql.on || column >= t->columns)
        return (struct pf_opinion){ .header = PF_HEADER_NONE };
    return pf_column_opinion(&t->column[column], t->column[column].header);
}
