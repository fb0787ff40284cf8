/* ledger.c - entries in a row, and an open-addressed table of their indices. */
#include "pan-finder/detect/ledger.h"

#include <stdlib.h>
#include <string.h>

bool pf_ledger_init(struct pf_ledger *l, size_t cap)
{
    *l = (struct pf_ledger){ calloc(cap, sizeof *l->entry), calloc(2 * cap, sizeof *l->slot), 0, cap };
    return l->entry && l->slot;
}

void pf_ledger_release(struct pf_ledger *l)
{
    if (l->entry && l->slot)
        pf_ledger_clear(l);
    free(l->entry);
    free(l->slot);
    *l = (struct pf_ledger){ NULL, NULL, 0, 0 };
}

/* The slot of the number, or the free one where it belongs. */
static uint32_t *slot_of(const struct pf_ledger *l, uint64_t number)
{
    size_t mask = 2 * l->cap - 1;
    size_t at = (size_t)(number * 0x9e3779b97f4a7c15u >> 32) & mask;

    while (l->slot[at] && l->entry[l->slot[at] - 1].number != number)
        at = (at + 1) & mask;
    return &l->slot[at];
}

void pf_ledger_clear(struct pf_ledger *l)
{
    if (l->n > l->cap / 8) {
        memset(l->slot, 0, 2 * l->cap * sizeof *l->slot);
    } else {
        /* from the last to the first: a chain stays unbroken until it is gone */
        for (size_t i = l->n; i-- > 0;)
            *slot_of(l, l->entry[i].number) = 0;
    }
    explicit_bzero(l->entry, l->n * sizeof *l->entry);
    l->n = 0;
}

struct pf_entry *pf_ledger_find(const struct pf_ledger *l, uint64_t number)
{
    uint32_t slot = *slot_of(l, number);

    return slot ? &l->entry[slot - 1] : NULL;
}

struct pf_entry *pf_ledger_add(struct pf_ledger *l, uint64_t number)
{
    uint32_t *slot = slot_of(l, number);

    *slot = (uint32_t)++l->n;
    l->entry[l->n - 1].number = number;
    return &l->entry[l->n - 1];
}
