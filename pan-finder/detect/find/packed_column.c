/* packed_column.c - whether a packed field stands in a column of card numbers: others at
 * multiples of one distance, which is a record's length whatever it is; or at the same
 * place of records of varying length. One in ten passes by chance, and hundreds of
 * distances can be tried, so that what counts is how seldom the whole is met. */
#include "pan-finder/detect/find/packed_column.h"

#include <string.h>

#define NEAR 64u               /* fields that pass, before and behind, whose distance is tried */
#define STRIDE_MAX 65536u      /* of a record */
#define STEPS 24u              /* records that are looked at, before and behind */
#define AROUND 128u            /* fields before and behind that are compared by their place in records */
#define GAP 3u                 /* records in a row without a field: the column ends */
#define POOR_MAX 3u            /* columns of other numbers, before it is given up */
#define OTHERS 3u              /* fields beside this one, with different numbers: probable */
#define OTHERS_SURE 6u         /* the same: confirmed */
#define CONFIRMED 1.1e-6       /* chance that so many of the others pass; few distances are tried */
#define PROBABLE 1.1e-3
#define POSSIBLE 1e-2
#define CROWDED 4u             /* fields that pass to one of a column: most are in none */
#define OTHERS_CROWDED 8u
#define PLACE_CONFIRMED 1e-5   /* chance that fields which pass stand so, among those around */
#define PLACE_PROBABLE 2e-2
#define PLACE_POSSIBLE 0.5

bool pf_packed_is_new(struct pf_packed_numbers *o, uint64_t number)
{
    for (unsigned i = 0; i < o->n; i++)
        if (o->number[i] == number)
            return false;
    if (o->n == PF_PACKED_DIFFERENT)
        return true;
    o->number[o->n++] = number;
    return true;
}

double pf_packed_tail(unsigned n, unsigned k, double pass)
{
    double term = 1, tail = 0;

    for (unsigned i = 0; i < n; i++)
        term *= 1 - pass;
    for (unsigned i = 0; i <= n; i++) {
        if (i >= k)
            tail += term;
        term *= (double)(n - i) / (double)(i + 1) * (pass / (1 - pass));
    }
    return tail;
}

/* ---- where fields stand ---- */

/* The bits of a place where a field begins, or ends, and the word they are in. */
struct place { uint32_t word; uint64_t bits; };

static struct place place_of(const struct pf_packed_map *map, uint64_t at, bool end)
{
    uint32_t h = ((uint32_t)at << 1 | end) * 2654435761u;      /* Knuth, TAOCP 3, 6.4 */

    return (struct place){ h >> (32 - map->log2), (uint64_t)1 << (h >> 13 & 63) | (uint64_t)1 << (h >> 7 & 63) | (uint64_t)1 << (h >> 1 & 63) };
}

static void take_place(struct pf_packed_map *map, uint64_t at, bool end)
{
    struct place place = place_of(map, at, end);

    map->taken[place.word] |= place.bits;
}

static bool may_stand(const struct pf_packed_map *map, uint64_t at, bool end)
{
    struct place place = place_of(map, at, end);

    return (map->taken[place.word] & place.bits) == place.bits;
}

/* Stretches of the layer that hold a few fields each. */
static void make_stretches(struct pf_packed *p)
{
    struct pf_packed_map *map = p->map;
    uint64_t from = p->n > 0 ? p->field[0].at : 0, span = p->n > 0 ? p->field[p->n - 1].at - from : 0;
    size_t most = p->n < PF_PACKED_STRETCHES ? p->n + 1 : PF_PACKED_STRETCHES, i = 0;

    for (map->shift = 0; span >> map->shift >= most; map->shift++)
        ;
    map->stretches = (size_t)(span >> map->shift) + 1;
    for (size_t s = 0; s <= map->stretches; s++) {
        while (i < p->n && (p->field[i].at - from) >> map->shift < s)
            i++;
        map->first[s] = (uint16_t)i;
    }
}

void pf_packed_map_make(struct pf_packed *p)
{
    struct pf_packed_map *map = p->map;

    map->log2 = 4;
    while (map->log2 < PF_PACKED_MAP_LOG2 && (size_t)2 << map->log2 < p->n)
        map->log2++;
    memset(map->taken, 0, sizeof map->taken[0] << map->log2);
    make_stretches(p);
    map->witnesses = 0;
    for (size_t i = 0; i < p->n; i++) {
        struct pf_packed_field *f = &p->field[i];

        take_place(map, f->at, false);
        take_place(map, pf_packed_end_of(f), true);
        f->rank = (uint16_t)map->witnesses;
        if (f->passes && !f->filled)
            map->witness[map->witnesses++] = (uint16_t)i;
    }
}

/* The witness that is the n-th before field i (side < 0) or behind it, from 0 on; NULL: none, or
 * it stands further than any record is long. */
static const struct pf_packed_field *witness(const struct pf_packed *p, size_t i, int side, unsigned n)
{
    const struct pf_packed_map *map = p->map;
    const struct pf_packed_field *f = &p->field[i], *o;
    size_t k = f->rank;

    if (side < 0 ? k < n + 1 : (k += n + (f->passes && !f->filled)) >= map->witnesses)
        return NULL;
    o = &p->field[map->witness[side < 0 ? k - n - 1 : k]];
    return (side < 0 ? f->at - o->at : o->at - f->at) <= STRIDE_MAX ? o : NULL;
}

/* ---- by the distance ---- */

struct column { unsigned good, bad, none, wordy, compared, alike; struct pf_packed_numbers others; };

/* Not by an initializer: the numbers are many, and seldom used. */
static void begin(struct column *c)
{
    c->good = c->bad = c->none = c->wordy = c->compared = c->alike = c->others.n = 0;
}

/* How dense fields that pass are around one: those seen and the bytes they stand in. In a
 * column that they make by chance each stands where it must with their share of the bytes. */
struct crowd { unsigned fields; double bytes; };

/* The first field that stands at `at` or behind it. */
static size_t first_from(const struct pf_packed *p, uint64_t at)
{
    const struct pf_packed_map *map = p->map;
    size_t stretch, lo, hi;

    if (p->n == 0 || at <= p->field[0].at)
        return 0;
    stretch = (size_t)((at - p->field[0].at) >> map->shift);
    if (stretch >= map->stretches)
        return p->n;
    lo = map->first[stretch];
    hi = map->first[stretch + 1];
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (p->field[mid].at < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Two fields of one column: the same bytes, or the same end or beginning, and the shorter
 * one is filled up. */
static bool same_place(const struct pf_packed_field *f, const struct pf_packed_field *o, uint64_t at, uint64_t end)
{
    uint64_t o_end = pf_packed_end_of(o);

    if (o_end == end)
        return o->at == at || (o->at > at ? o->zero_before : f->zero_before);
    return o->at == at && (o_end < end ? o->fill_behind : f->fill_behind);
}

/* The field of another record, one that passes before one that does not. NULL: none. */
static const struct pf_packed_field *at_distance(const struct pf_packed *p, const struct pf_packed_field *f, int64_t distance)
{
    uint64_t at = f->at + (uint64_t)distance, end = pf_packed_end_of(f) + (uint64_t)distance;
    const struct pf_packed_field *found = NULL;

    if ((distance < 0 && f->at < (uint64_t)-distance) || !(may_stand(p->map, at, false) || may_stand(p->map, end, true)))
        return NULL;
    for (size_t i = first_from(p, end > PF_PACKED_WIDEST ? end - PF_PACKED_WIDEST : 0); i < p->n && p->field[i].at <= at + PF_PACKED_WIDEST; i++)
        if (same_place(f, &p->field[i], at, end)) {
            found = &p->field[i];
            if (found->passes)
                return found;
        }
    return found;
}

/* Digits behind the first six, without the check digit, that two numbers have alike, from
 * the right: one in ten of card numbers, most of what is cut out of counters and blanks. */
static void compare(struct column *c, const struct pf_packed_field *f, const struct pf_packed_field *o)
{
    unsigned digits = pf_packed_layout[f->layout].digits < pf_packed_layout[o->layout].digits
                          ? pf_packed_layout[f->layout].digits : pf_packed_layout[o->layout].digits;
    uint64_t a = f->number / 10, b = o->number / 10;

    for (unsigned i = 7; i < digits; i++, a /= 10, b /= 10) {
        c->compared++;
        c->alike += a % 10 == b % 10;
    }
}

static void take_other(struct column *c, const struct pf_packed_field *f, const struct pf_packed_field *o)
{
    if (!o->passes) {
        c->bad++;
    } else if (o->number != f->number && pf_packed_is_new(&c->others, o->number)) {
        c->good++;
        c->wordy += o->wordy || o->filled;
        compare(c, f, o);
    }
}

/* Chance that fields which pass stand so: each at its place, when they have their share of
 * the bytes around, at one of so many distances. */
static double by_place(const struct column *c, const struct crowd *crowd)
{
    double chance = crowd->fields;

    for (unsigned i = 1; i < c->good; i++)
        chance *= (crowd->fields > c->good ? crowd->fields - c->good : 1) / crowd->bytes;
    return chance;
}

/* -1: no column. `crowd`: NULL where the place of the fields is known. Each of the layer's fields
 * that pass is a try. */
static int judge_column(const struct pf_packed *p, const struct column *c, const struct crowd *crowd)
{
    unsigned all = c->good + c->bad + c->none;
    double chance, place = crowd != NULL ? by_place(c, crowd) : 0, tries = (double)p->map->witnesses / (c->good + 1);

    if (c->good < OTHERS || 2 * c->wordy > c->good || c->good < 4 * c->bad || 10 * c->good < 3 * all || 5 * c->alike > 3 * c->compared)
        return -1;
    if (crowd != NULL && crowd->fields > CROWDED * (c->good + 1) && c->good < OTHERS_CROWDED)
        return -1;                         /* other numbers in records of the same length */
    chance = (tries > 1 ? tries : 1) * pf_packed_tail(all, c->good, PF_PACKED_PASS);
    if (chance > POSSIBLE || place > PLACE_POSSIBLE)
        return -1;
    if (chance > PROBABLE || place > PLACE_PROBABLE)
        return PF_POSSIBLE;
    return c->good >= OTHERS_SURE && chance <= CONFIRMED && place <= PLACE_CONFIRMED ? PF_CONFIRMED : PF_PROBABLE;
}

/* The same column of the records on one side. Empty ones within it count against it. */
static void walk(const struct pf_packed *p, const struct pf_packed_field *f, int64_t stride, struct column *c)
{
    unsigned none = 0;

    for (unsigned k = 1; k <= STEPS && none < GAP; k++) {
        const struct pf_packed_field *other = at_distance(p, f, stride * k);

        if (other == NULL) {
            none++;
            continue;
        }
        c->none += none;
        none = 0;
        take_other(c, f, other);
    }
}

/* What the fields at one distance say; *poor: they are a column of other numbers, and
 * other distances are multiples of its own. */
static int by_stride(const struct pf_packed *p, const struct pf_packed_field *f, int64_t stride, const struct crowd *crowd, bool *poor)
{
    struct column c;
    int sure;

    /* one neighbour alone: nearly all distances between numbers by chance */
    *poor = false;
    if (at_distance(p, f, 2 * stride) == NULL && at_distance(p, f, -stride) == NULL && at_distance(p, f, 3 * stride) == NULL &&
        at_distance(p, f, -2 * stride) == NULL)
        return -1;
    begin(&c);
    walk(p, f, stride, &c);
    walk(p, f, -stride, &c);
    *poor = c.bad >= 4 && c.bad > c.good;
    sure = judge_column(p, &c, crowd);
    explicit_bzero(c.others.number, c.others.n * sizeof c.others.number[0]);
    return sure;
}

/* The best of the distances between first and between last bytes of two fields. */
static int by_pair(const struct pf_packed *p, const struct pf_packed_field *f, const struct pf_packed_field *o,
                   const struct crowd *crowd, bool *poor)
{
    int64_t starts = (int64_t)(o->at - f->at), ends = (int64_t)(pf_packed_end_of(o) - pf_packed_end_of(f));
    int sure = by_stride(p, f, starts, crowd, poor);

    if (ends != starts && sure < (int)PF_CONFIRMED) {
        int other = by_stride(p, f, ends, crowd, poor);

        sure = other > sure ? other : sure;
    }
    return sure;
}

static struct crowd crowd_of(const struct pf_packed *p, size_t i)
{
    struct crowd crowd = { .fields = 1 };
    uint64_t first = p->field[i].at, last = pf_packed_end_of(&p->field[i]);

    for (int side = -1; side <= 1; side += 2) {
        const struct pf_packed_field *o;
        unsigned seen = 0;

        for (; seen < NEAR && (o = witness(p, i, side, seen)) != NULL; seen++) {
            first = o->at < first ? o->at : first;
            last = pf_packed_end_of(o) > last ? pf_packed_end_of(o) : last;
        }
        crowd.fields += seen;
    }
    crowd.bytes = (double)(last - first);
    return crowd;
}

/* The distance to another field is a record's length or several. -1: no column. */
static int by_column(const struct pf_packed *p, size_t i)
{
    const struct pf_packed_field *f = &p->field[i];
    const struct crowd crowd = crowd_of(p, i);
    unsigned poor = 0;
    int best = -1;

    for (int side = -1; side <= 1; side += 2) {
        const struct pf_packed_field *o;
        unsigned tried = 0;

        for (unsigned n = 0; tried < NEAR && poor <= POOR_MAX && (o = witness(p, i, side, n)) != NULL; n++) {
            bool is_poor;
            int sure;

            if ((side < 0 ? f->at - o->at : o->at - f->at) < PF_PACKED_STRIDE_MIN)
                continue;
            tried++;
            sure = by_pair(p, f, o, &crowd, &is_poor);
            best = sure > best ? sure : best;
            if (best == (int)PF_CONFIRMED)
                return best;
            poor += is_poor;
        }
    }
    return best;
}

/* ---- by the place in records of varying length ---- */

/* The place of a field in its record is that of `f`, which stands `place` bytes from the start. */
static bool in_record(const struct pf_packed_field *f, const struct pf_packed_field *o, unsigned place)
{
    for (unsigned i = 0; i < PF_PACKED_STARTS && o->record[i] != 0; i++) {
        uint64_t at = o->at - o->record[i] + place;

        if (same_place(f, o, at, at + pf_packed_layout[f->layout].bytes))
            return true;
    }
    return false;
}

/* Fields at the same place of their records, among those nearest. Two zeros and a length stand
 * before many a number of a program's tables: what is not seen to be a record makes it possible only. */
static int by_record(const struct pf_packed *p, size_t i)
{
    const struct pf_packed_field *f = &p->field[i];
    size_t from = i > AROUND ? i - AROUND : 0, until = p->n - i > AROUND ? i + AROUND : p->n;
    int best = -1;

    for (unsigned k = 0; k < PF_PACKED_STARTS && f->record[k] != 0 && best < (int)PF_CONFIRMED; k++) {
        struct column c;
        int sure;

        begin(&c);
        for (size_t j = from; j < until; j++)
            if (j != i && in_record(f, &p->field[j], f->record[k]))
                take_other(&c, f, &p->field[j]);
        sure = judge_column(p, &c, NULL);
        best = sure > best ? sure : best;
        explicit_bzero(c.others.number, c.others.n * sizeof c.others.number[0]);
    }
    return !f->chained && best > (int)PF_POSSIBLE ? (int)PF_POSSIBLE : best;
}

int pf_packed_column(const struct pf_packed *p, size_t i)
{
    int record, column;

    record = by_record(p, i);
    column = record < (int)PF_CONFIRMED ? by_column(p, i) : record;
    column = column > record ? column : record;
    return p->field[i].filled && column < (int)PF_CONFIRMED ? -1 : column;
}
