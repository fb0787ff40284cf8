/* ledger.c - entries in a row, and an open-addressed table of their indices. A
 * slot holds index + 1 in its low bits and a part of the hash above them, so that
 * a look-up of a new number seldom touches the entries: in a file of a million
 * ids each touch is a cache miss. */
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

#define INDEX_BITS 17                    /* holds PF_OBJECT_FINDINGS */
#define INDEX_MASK ((1u << INDEX_BITS) - 1)

_Static_assert(PF_OBJECT_FINDINGS < 1 << INDEX_BITS, "an index fits a slot");

static uint64_t hash_of(uint64_t number)
{
    return number * 0x9e3779b97f4a7c15u;
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)hash & ~INDEX_MASK;
}

/* The slot of the number, or the free one where it belongs. */
static uint32_t *slot_of(const struct pf_ledger *l, uint64_t number)
{
    uint64_t hash = hash_of(number);
    size_t mask = 2 * l->cap - 1, at = (size_t)(hash >> 40) & mask;

    for (; l->slot[at]; at = (at + 1) & mask)
        if (((l->slot[at] ^ tag_of(hash)) & ~INDEX_MASK) == 0 &&
            l->entry[(l->slot[at] & INDEX_MASK) - 1].number == number)
            break;
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

    return slot ? &l->entry[(slot & INDEX_MASK) - 1] : NULL;
}

void pf_ledger_fetch(const struct pf_ledger *l, uint64_t number)
{
    __builtin_prefetch(&l->slot[(size_t)(hash_of(number) >> 40) & (2 * l->cap - 1)], 1);
    if (l->n + 1 < l->cap)
        __builtin_prefetch(&l->entry[l->n + 1], 1);
}

struct pf_entry *pf_ledger_add(struct pf_ledger *l, uint64_t number)
{
    uint32_t *slot = slot_of(l, number);

    *slot = tag_of(hash_of(number)) | (uint32_t)++l->n;
    l->entry[l->n - 1].number = number;
    return &l->entry[l->n - 1];
}

struct pf_pan pf_entry_pan(const struct pf_entry *e)
{
    struct pf_pan pan = { .n = e->digits };
    uint64_t v = e->number;

    for (size_t i = e->digits; i-- > 0; v /= 10)
        pan.digit[i] = (uint8_t)(v % 10);
    return pan;
}
