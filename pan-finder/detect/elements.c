/* elements.c - see elements.h. */
#include "pan-finder/detect/elements.h"

#include "pan-finder/base/sort.h"

#include <stdlib.h>
#include <string.h>

void pf_elements_release(struct pf_elements *e)
{
    free(e->list);
    e->list = NULL;
}

void pf_elements_clear(struct pf_elements *e)
{
    e->n = 0;
    e->lost = false;
    memset(e->of_class, 0, sizeof e->of_class);
    memset(e->more, 0, sizeof e->more);
}

/* The entry of a truncated number that is there already. */
static struct pf_listed *same_number(struct pf_elements *e, const struct pf_element *element)
{
    if (element->masked.text[0] == '\0')
        return NULL;
    for (size_t i = 0; i < e->n; i++)
        if (e->list[i].element.cls == element->cls &&
            strcmp(e->list[i].element.masked.text, element->masked.text) == 0)
            return &e->list[i];
    return NULL;
}

/* The answer may not depend on the order in which they come. */
static void merge(struct pf_listed *listed, const struct pf_listed *other)
{
    listed->count += other->count;
    if (other->element.confidence > listed->element.confidence)
        listed->element.reasons = 0;
    if (other->element.confidence >= listed->element.confidence) {
        listed->element.reasons |= other->element.reasons;
        listed->element.confidence = other->element.confidence;
    }
    if (pf_seat_before(&other->seat, &listed->seat))
        listed->seat = other->seat;
}

static bool have_list(struct pf_elements *e)
{
    if (e->list == NULL && !e->lost) {
        e->list = calloc((size_t)PF_CLASS_COUNT * PF_ELEMENTS_LISTED, sizeof *e->list);
        e->lost = e->list == NULL;
    }
    return e->list != NULL;
}

static void count(struct pf_elements *e, const struct pf_listed *one)
{
    struct pf_listed *more = &e->more[one->element.cls];

    if (more->count > 0)
        merge(more, one);
    else
        *more = *one;
}

static void find_last(struct pf_elements *e, enum pf_class cls)
{
    size_t last = e->n;

    for (size_t i = 0; i < e->n; i++)
        if (e->list[i].element.cls == cls && (last == e->n || pf_seat_before(&e->list[last].seat, &e->list[i].seat)))
            last = i;
    e->last[cls] = last;
}

bool pf_elements_lists(const struct pf_elements *e, enum pf_class cls, uint64_t offset)
{
    return e->of_class[cls] < PF_ELEMENTS_LISTED || e->more[cls].count == 0 || offset < e->more[cls].seat.offset ||
           (!e->lost && offset < e->list[e->last[cls]].seat.offset);
}

void pf_elements_add(struct pf_elements *e, const struct pf_element *element, const struct pf_seat *seat)
{
    struct pf_listed one = { *element, *seat, 1 }, *same = same_number(e, element), *last;
    enum pf_class cls = element->cls;

    if (same != NULL) {
        merge(same, &one);
        if (e->of_class[cls] == PF_ELEMENTS_LISTED)
            find_last(e, cls);
        return;
    }
    if (!have_list(e)) {
        count(e, &one);
        return;
    }
    if (e->of_class[cls] < PF_ELEMENTS_LISTED) {
        e->list[e->n++] = one;
        if (++e->of_class[cls] == PF_ELEMENTS_LISTED)
            find_last(e, cls);
        return;
    }
    last = &e->list[e->last[cls]];
    if (!pf_seat_before(seat, &last->seat)) {
        count(e, &one);
        return;
    }
    count(e, last);
    *last = one;
    find_last(e, cls);
}

static int by_place(uint32_t a, uint32_t b, const void *list)
{
    const struct pf_listed *x = (const struct pf_listed *)list + a, *y = (const struct pf_listed *)list + b;

    if (pf_seat_before(&x->seat, &y->seat) || pf_seat_before(&y->seat, &x->seat))
        return pf_seat_before(&x->seat, &y->seat) ? -1 : 1;
    if (x->element.cls != y->element.cls)
        return x->element.cls < y->element.cls ? -1 : 1;
    return strcmp(x->element.masked.text, y->element.masked.text);
}

void pf_elements_each(struct pf_elements *e, void (*fn)(void *ctx, const struct pf_listed *listed, bool counted),
                      void *ctx)
{
    uint32_t order[PF_CLASS_COUNT * PF_ELEMENTS_LISTED];

    for (size_t i = 0; i < e->n; i++)
        order[i] = (uint32_t)i;
    pf_sort(order, e->n, by_place, e->list);
    for (size_t i = 0; i < e->n; i++)
        fn(ctx, &e->list[order[i]], false);
    for (size_t c = 0; c < PF_CLASS_COUNT; c++)
        if (e->more[c].count > 0)
            fn(ctx, &e->more[c], true);
}
