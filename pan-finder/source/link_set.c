/* link_set.c - which multiply-linked files were seen; see source.h.
 * Open addressing over (dev, ino), grown by doubling, bounded by
 * PF_LINK_SET_MAX so that a tree of hard links cannot fill the memory. */
#include "pan-finder/source/source.h"

#include <stdlib.h>

struct slot { uint64_t dev, ino; };

struct pf_link_set {
    struct slot *slot;
    size_t cap, used;
};

struct pf_link_set *pf_link_set_new(void)
{
    return calloc(1, sizeof(struct pf_link_set));
}

void pf_link_set_free(struct pf_link_set *set)
{
    if (set != NULL)
        free(set->slot);
    free(set);
}

static size_t place(const struct slot *slot, size_t cap, uint64_t dev, uint64_t ino)
{
    uint64_t h = (ino ^ dev << 40) * 0x9e3779b97f4a7c15u;
    size_t i = (size_t)(h >> 20) & (cap - 1);

    while (slot[i].ino != 0 && (slot[i].ino != ino || slot[i].dev != dev))
        i = (i + 1) & (cap - 1);
    return i;
}

static bool grow(struct pf_link_set *set)
{
    size_t cap = set->cap == 0 ? 1024 : set->cap * 2;
    struct slot *slot = calloc(cap, sizeof *slot);

    if (slot == NULL)
        return false;
    for (size_t i = 0; i < set->cap; i++)
        if (set->slot[i].ino != 0)
            slot[place(slot, cap, set->slot[i].dev, set->slot[i].ino)] = set->slot[i];
    free(set->slot);
    set->slot = slot;
    set->cap = cap;
    return true;
}

bool pf_link_set_seen(struct pf_link_set *set, dev_t dev, ino_t ino)
{
    size_t i;

    if (set == NULL || ino == 0)
        return false;
    if (set->used * 2 >= set->cap && set->used < PF_LINK_SET_MAX && !grow(set))
        return false;
    if (set->cap == 0)
        return false;
    i = place(set->slot, set->cap, dev, ino);
    if (set->slot[i].ino != 0)
        return true;
    if (set->used >= PF_LINK_SET_MAX)
        return false;
    set->slot[i] = (struct slot){ dev, ino };
    set->used++;
    return false;
}
