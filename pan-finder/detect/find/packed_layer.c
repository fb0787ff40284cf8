/* packed_layer.c - the packed fields of a layer, and which of them are card numbers.
 *
 * Eight decimal bytes that pass Luhn are everywhere in tables of small numbers, so one
 * field proves nothing. Witnesses are its column (packed_column.c); the share of all
 * fields of the layer that pass, where no columns are seen; and what stands beside it. The
 * share test of the object cannot help: it does not see those that fail. */
#include "pan-finder/detect/find/packed_column.h"

#include <stdlib.h>
#include <string.h>

#define WATCH 4096u            /* bytes behind a field in which the next record's is looked for */
#define SHARED 6u              /* fields of the layer that pass, with different numbers */
#define TAIL_MAX 1000u
#define SHARE_CONFIRMED 1e-8   /* the same of a layer's fields, which are met more often */
#define SHARE_PROBABLE 1e-6
#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

bool pf_packed_init(struct pf_packed *p, pf_packed_fn *fn, void *ctx)
{
    *p = (struct pf_packed){ .field = malloc(PF_PACKED_ROOM * sizeof *p->field), .map = malloc(sizeof *p->map), .fn = fn, .ctx = ctx };
    return p->field != NULL && p->map != NULL;
}

static void drop(struct pf_packed *p, size_t n)
{
    memmove(p->field, p->field + n, (p->n - n) * sizeof *p->field);
    explicit_bzero(p->field + (p->n - n), n * sizeof *p->field);
    p->n -= n;
    p->decided -= n < p->decided ? n : p->decided;
}

void pf_packed_release(struct pf_packed *p)
{
    if (p->field != NULL)
        explicit_bzero(p->field, p->n * sizeof *p->field);
    free(p->field);
    free(p->map);
    p->field = NULL;
    p->map = NULL;
    p->n = p->decided = 0;
}

/* ---- by the share of the layer ---- */

/* Digits that go on can be read at several places: those that overlap count once, and
 * by chance one of them passes the oftener. -1: no more than chance. *failing: most fail,
 * so that words beside one are not about it. */
static int by_share(const struct pf_packed *p, bool *failing)
{
    struct pf_packed_numbers others = { .n = 0 };
    unsigned all = 0, good = 0, wordy = 0;
    size_t readings = 0;
    int sure = -1;

    for (size_t i = 0, next; i < p->n; i = next) {
        uint64_t end = pf_packed_end_of(&p->field[i]);
        bool passes = false, is_wordy = false;

        for (next = i; next < p->n && p->field[next].at < end; next++) {
            if (p->field[next].passes && !passes) {
                passes = pf_packed_is_new(&others, p->field[next].number);
                is_wordy = p->field[next].wordy || p->field[next].filled;
            }
            end = pf_packed_end_of(&p->field[next]) > end ? pf_packed_end_of(&p->field[next]) : end;
        }
        readings += next - i;
        all++;
        good += passes;
        wordy += passes && is_wordy;
    }
    explicit_bzero(&others, sizeof others);
    *failing = all >= 4 && 2 * good < all;
    if (good >= SHARED && good >= 4 * (all - good) && 2 * wordy <= good) {
        double pass = PF_PACKED_PASS * (double)readings / all, chance;
        unsigned n = all < TAIL_MAX ? all : TAIL_MAX;

        chance = pf_packed_tail(n, (unsigned)((uint64_t)good * n / all), pass < 0.5 ? pass : 0.5);
        sure = chance <= SHARE_CONFIRMED ? PF_CONFIRMED : chance <= SHARE_PROBABLE ? PF_PROBABLE : -1;
    }
    return sure;
}

/* ---- told ---- */

static const char *const form_name[] = { [PF_PACKED_ENDS] = "bcd", [PF_PACKED_SIGN] = "comp-3", [PF_PACKED_ZONED] = "ebcdic" };

static void tell(const struct pf_packed *p, const struct pf_packed_field *f, int sure, bool column)
{
    const struct pf_packed_layout *l = &pf_packed_layout[f->layout];
    struct pf_element e = { .cls = PF_CLASS_PAN_CLEAR, .confidence = (enum pf_confidence)sure,
                            .form = form_name[l->tail], .end = l->bytes, .digits = l->digits };
    uint64_t number = f->number;

    e.reasons = (l->tail == PF_PACKED_ZONED ? 0 : BIT(PACKED)) | (column ? BIT(RECORDS) : 0) | (l->tail == PF_PACKED_SIGN ? BIT(PACKED_SIGN) : 0) |
                (f->alone > PF_PACKED_POSSIBLE ? BIT(CARD) : 0);
    e.pan.n = l->digits;
    for (size_t i = l->digits; i-- > 0; number /= 10)
        e.pan.digit[i] = (uint8_t)(number % 10);
    e.brand = pf_iin_find_world(e.pan.digit, e.pan.n);
    p->fn(p->ctx, &e, f->at);
    pf_pan_wipe(&e.pan);
}

static int verdict_at(struct pf_packed *p, size_t i)
{
    if (!p->field[i].judged) {
        p->field[i].verdict = (int8_t)(p->field[i].passes ? pf_packed_column(p, i) : -1);
        p->field[i].judged = true;
    }
    return p->field[i].verdict;
}

/* Of two readings that are as good: the one of sixteen digits, which most cards have, or the first. */
static bool before(const struct pf_packed_field *a, const struct pf_packed_field *b)
{
    bool usual_a = pf_packed_layout[a->layout].digits == 16, usual_b = pf_packed_layout[b->layout].digits == 16;

    if (a->filled != b->filled)
        return b->filled;
    return usual_a != usual_b ? usual_a : a < b;
}

/* Of readings of the same digits the one with the better verdict counts; without any, the
 * only one. */
static bool outdone(struct pf_packed *p, size_t i)
{
    const struct pf_packed_field *f = &p->field[i];

    for (int side = -1; side <= 1; side += 2)
        for (size_t j = i + (size_t)side; j < p->n; j += (size_t)side) {
            const struct pf_packed_field *o = &p->field[j];
            int other;

            if (side < 0 ? o->at + PF_PACKED_WIDEST <= f->at : o->at >= pf_packed_end_of(f))
                break;
            if (!o->passes || (side < 0 && pf_packed_end_of(o) <= f->at))
                continue;
            other = verdict_at(p, j);
            if (other > f->verdict || (other == f->verdict && (other < 0 || before(o, f))))
                return true;
        }
    return false;
}

static void decide(struct pf_packed *p, size_t until)
{
    bool failing;
    int shared = by_share(p, &failing);

    pf_packed_map_make(p);
    /* where there are columns, what stands in none is no number */
    for (size_t i = p->decided; i < until && shared >= 0; i++)
        if (verdict_at(p, i) > (int)PF_POSSIBLE)
            shared = -1;
    for (; p->decided < until; p->decided++) {
        const struct pf_packed_field *f = &p->field[p->decided];
        int alone = f->alone == PF_PACKED_NOTHING ? -1 : f->alone == PF_PACKED_PROBABLE && !failing ? PF_PROBABLE : PF_POSSIBLE, sure;

        if (!f->passes)
            continue;
        sure = verdict_at(p, p->decided);
        if ((shared >= 0 || sure >= 0) && outdone(p, p->decided))
            sure = -1;
        else
            sure = sure > shared || f->filled ? sure : shared;
        if (sure >= 0 || alone >= 0)
            tell(p, f, sure > alone ? sure : alone, sure >= 0);
    }
}

/* Where two pass there may be a column, and not all its fields bear a mark: those do not
 * whose bytes could all be text, nor do seven bytes of digits. */
static void watch(struct pf_packed *p, uint64_t at)
{
    if (p->passed != 0 && at >= p->passed + PF_PACKED_STRIDE_MIN && at - p->passed <= 2 * WATCH)
        p->watch = p->watch > at + WATCH + 2 ? p->watch : at + WATCH + 2;
    p->passed = at + 1;
}

void pf_packed_add(struct pf_packed *p, const struct pf_packed_field *field)
{
    if (field->passes)
        watch(p, field->at);
    if (p->n == PF_PACKED_ROOM) {
        decide(p, PF_PACKED_ROOM / 4 * 3);
        drop(p, PF_PACKED_ROOM / 2);
    }
    p->field[p->n++] = *field;
}

void pf_packed_end(struct pf_packed *p)
{
    decide(p, p->n);
    drop(p, p->n);
    p->passed = p->watch = 0;
}
