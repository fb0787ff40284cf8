/* packed_record.c - the records of varying length that a packed field may stand in. */
#include "pan-finder/detect/find/packed.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#define RDW 4u                 /* bytes before a record of varying length */
#define APART 16u              /* bytes of the longest field */
#define RECORD_MAX 4352u       /* bytes of a record whose end is not seen */
#define RECORD_SEEN 1000u      /* bytes before and behind a field; less than PF_LOOKBEHIND and PF_LOOKAHEAD */
#define HEADS 16u              /* places in one step */
#define LENGTH_HIGH 20         /* high byte of the longest length: RECORD_SEEN + RECORD_MAX */

/* Another record begins at buf[at], or the object ends there. */
static bool begins_record(const struct pf_view *view, size_t at)
{
    const uint8_t *r = view->buf + at;

    if (at >= view->len || view->len - at < RDW)
        return view->last && at == view->len;
    return r[2] == 0 && r[3] == 0 && r[0] < 0x80 && ((size_t)r[0] << 8 | r[1]) > RDW;
}

/* The record that begins at buf[at] is seen to end where another begins: in tables of a program
 * one length fits by chance, two seldom. The object's end will do for either. */
static bool chains(const struct pf_view *view, size_t at, size_t sight)
{
    size_t next;

    if (at == view->len)
        return view->last;
    next = at + ((size_t)view->buf[at] << 8 | view->buf[at + 1]);
    return next <= view->len && next <= sight && begins_record(view, next);
}

/* Bit i: at p[i] stands what can be the head of a record, two bytes of zero behind its length;
 * HEADS places, of which the last needs three bytes more. */
static unsigned heads(const uint8_t *p)
{
#if defined(__SSE2__)
    const __m128i zero = _mm_setzero_si128(), most = _mm_set1_epi8(LENGTH_HIGH);
    __m128i c[RDW];

    for (unsigned i = 0; i < RDW; i++)
        c[i] = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    c[3] = _mm_and_si128(_mm_cmpeq_epi8(c[2], zero), _mm_cmpeq_epi8(c[3], zero));
    c[3] = _mm_andnot_si128(_mm_cmpeq_epi8(_mm_or_si128(c[0], c[1]), zero), c[3]);
    return (unsigned)_mm_movemask_epi8(_mm_and_si128(c[3], _mm_cmpeq_epi8(_mm_max_epu8(c[0], most), most)));
#else
    unsigned bits = 0;

    for (unsigned i = 0; i < HEADS; i++)
        bits |= (unsigned)(p[i + 2] == 0 && p[i + 3] == 0 && (p[i] | p[i + 1]) != 0 && p[i] <= LENGTH_HIGH) << i;
    return bits;
#endif
}

/* Records that may hold the field: those found, and the nearest that another is seen behind. */
struct found { unsigned n; size_t seen; };

/* Takes the record that may begin at buf[start]; true when two are seen behind it. */
static bool take_record(const struct pf_view *view, size_t at, size_t start, struct pf_packed_field *field, struct found *found)
{
    const uint8_t *r = view->buf + start;
    size_t next = start + ((size_t)r[0] << 8 | r[1]), back = at - start;

    if (r[3] != 0 || r[2] != 0 || next < at + pf_packed_layout[field->layout].bytes || next > at + RECORD_MAX)
        return false;
    if (next <= at + RECORD_SEEN) {
        if (!begins_record(view, next))
            return false;
        field->chained = chains(view, next, at + RECORD_SEEN);
        if (found->seen == 0 || field->chained)
            found->seen = back;
        return field->chained;
    }
    /* starts near by one another would let readings of the same digits pass for one place */
    if (found->n < PF_PACKED_STARTS && (found->n == 0 || back - field->record[found->n - 1] >= APART))
        field->record[found->n++] = (uint16_t)back;
    return false;
}

static void look_back(const struct pf_view *view, size_t at, struct pf_packed_field *field, struct found *found)
{
    size_t least = at > RECORD_SEEN ? at - RECORD_SEEN : 0, start = at - RDW + 1;

    while (start >= least + HEADS) {
        unsigned may = heads(view->buf + start - HEADS);

        for (; may != 0; may &= ~(1u << (31 - __builtin_clz(may))))
            if (take_record(view, at, start - HEADS + 31u - (unsigned)__builtin_clz(may), field, found))
                return;
        start -= HEADS;
    }
    while (start-- > least)
        if (take_record(view, at, start, field, found))
            return;
}

void pf_packed_records(const struct pf_view *view, size_t at, struct pf_packed_field *field)
{
    struct found found = { 0, 0 };

    if (at >= RDW)
        look_back(view, at, field, &found);
    if (found.seen != 0) {
        memset(field->record, 0, sizeof field->record);
        field->record[0] = (uint16_t)found.seen;
    }
}
