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

static void merge(struct pf_listed *listed, const struct pf_element *element, const struct pf_seat *seat)
{
    listed->count++;
    if (element->confidence > listed->element.confidence) {
        listed->element.confidence = element->confidence;
        listed->element.reasons = element->reasons;
    }
    if (seat->offset < listed->seat.offset)
        listed->seat = *seat;
}

static bool have_list(struct pf_elements *e)
{
    if (e->list == NULL && !e->lost) {
        e->list = malloc(sizeof *e->list * PF_CLASS_COUNT * PF_ELEMENTS_LISTED);
        e->lost = e->list == NULL;
    }
    return e->list != NULL;
}

void pf_elements_add(struct pf_elements *e, const struct pf_element *element, const struct pf_seat *seat)
{
    struct pf_listed *listed = same_number(e, element);

    if (listed != NULL) {
        merge(listed, element, seat);
        return;
    }
    if (e->of_class[element->cls] < PF_ELEMENTS_LISTED && have_list(e)) {
        e->of_class[element->cls]++;
        e->list[e->n++] = (struct pf_listed){ *element, *seat, 1 };
        return;
    }
    listed = &e->more[element->cls];
    if (listed->count > 0)
        merge(listed, element, seat);
    else
        *listed = (struct pf_listed){ *element, *seat, 1 };
}

static int by_place(uint32_t a, uint32_t b, const void *list)
{
    const struct pf_listed *x = (const struct pf_listed *)list + a, *y = (const struct pf_listed *)list + b;

    if (x->seat.offset != y->seat.offset)
        return x->seat.offset < y->seat.offset ? -1 : 1;
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
