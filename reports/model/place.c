/* place.c - see place.h. */
#include "reports/model/place.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 32768u

bool rpt_places_init(struct rpt_places *p)
{
    memset(p, 0, sizeof *p);
    p->place = calloc(RPT_LISTED, sizeof *p->place);
    p->finding = calloc(RPT_LISTED, sizeof *p->finding);
    p->bucket = malloc(BUCKETS * sizeof *p->bucket);
    if (p->place == NULL || p->finding == NULL || p->bucket == NULL) {
        rpt_places_release(p);
        return false;
    }
    for (uint32_t i = 0; i < BUCKETS; i++)
        p->bucket[i] = RPT_NONE;
    for (int r = 0; r < RPT_RANKS; r++)
        p->rank_first[r] = RPT_NONE;
    for (uint32_t i = 0; i < RPT_LISTED; i++) {
        uint32_t next = i + 1 < RPT_LISTED ? i + 1 : RPT_NONE;
        p->place[i].chain = next;
        p->finding[i].next = next;
    }
    return true;
}

void rpt_places_release(struct rpt_places *p)
{
    for (uint32_t i = 0; p->place != NULL && i < RPT_LISTED; i++)
        rpt_label_release(&p->place[i].label);
    free(p->place);
    free(p->finding);
    free(p->bucket);
    memset(p, 0, sizeof *p);
}

uint32_t rpt_places_find(const struct rpt_places *p, const struct rpt_label *label)
{
    uint32_t at = p->bucket[label->hash % BUCKETS];

    while (at != RPT_NONE && !rpt_label_same(&p->place[at].label, label))
        at = p->place[at].chain;
    return at;
}

static uint32_t new_place(struct rpt_places *p, struct rpt_label *label)
{
    uint32_t at = p->free_place, *head = &p->bucket[label->hash % BUCKETS];
    struct rpt_place *place = &p->place[at];

    p->free_place = place->chain;
    *place = (struct rpt_place){ .label = *label, .first = RPT_NONE, .chain = *head,
                                 .rank = RPT_RANKS - 1 };
    *label = (struct rpt_label){ 0 };
    *head = at;
    p->n_places++;
    return at;
}

/* A place whose last listed finding was pushed out is not listed any more. */
static void drop_place(struct rpt_places *p, uint32_t at)
{
    struct rpt_place *place = &p->place[at];
    uint32_t *link = &p->bucket[place->label.hash % BUCKETS];

    while (*link != at)
        link = &p->place[*link].chain;
    *link = place->chain;
    p->elsewhere += rpt_place_unlisted(place);
    rpt_label_release(&place->label);
    place->chain = p->free_place;
    p->free_place = at;
    p->n_places--;
}

static void drop_finding(struct rpt_places *p, uint32_t at)
{
    struct rpt_finding *f = &p->finding[at];
    uint32_t *link = &p->place[f->place].first;

    while (*link != at)
        link = &p->finding[*link].next;
    *link = f->next;
    if (f->rank_prev == RPT_NONE)
        p->rank_first[f->rank] = f->rank_next;
    else
        p->finding[f->rank_prev].rank_next = f->rank_next;
    if (f->rank_next != RPT_NONE)
        p->finding[f->rank_next].rank_prev = f->rank_prev;
    p->place[f->place].listed--;
    p->n_listed--;
    f->next = p->free_finding;
    p->free_finding = at;
}

/* Makes room for one finding of `rank` by dropping a quieter one of all. */
static bool make_room(struct rpt_places *p, uint8_t rank)
{
    uint32_t place;

    if (p->n_listed < RPT_LISTED)
        return true;
    for (int r = RPT_RANKS - 1; r > rank; r--) {
        uint32_t at = p->rank_first[r];
        if (at == RPT_NONE)
            continue;
        place = p->finding[at].place;
        drop_finding(p, at);
        if (p->place[place].listed == 0)
            drop_place(p, place);
        return true;
    }
    return false;
}

/* The same within one place, which stays listed. */
static bool make_room_in(struct rpt_places *p, uint32_t place, uint8_t rank)
{
    uint32_t worst = RPT_NONE;

    if (p->place[place].listed < RPT_PLACE_LISTED)
        return true;
    for (uint32_t at = p->place[place].first; at != RPT_NONE; at = p->finding[at].next)
        if (p->finding[at].rank > rank &&
            (worst == RPT_NONE || p->finding[at].rank > p->finding[worst].rank))
            worst = at;
    if (worst == RPT_NONE)
        return false;
    drop_finding(p, worst);
    return true;
}

static void keep(struct rpt_places *p, uint32_t place, const struct rpt_finding *from)
{
    uint32_t at = p->free_finding;
    struct rpt_finding *f = &p->finding[at];

    p->free_finding = f->next;
    *f = *from;
    f->place = place;
    f->next = p->place[place].first;
    p->place[place].first = at;
    p->place[place].listed++;
    f->rank_prev = RPT_NONE;
    f->rank_next = p->rank_first[f->rank];
    if (f->rank_next != RPT_NONE)
        p->finding[f->rank_next].rank_prev = at;
    p->rank_first[f->rank] = at;
    p->n_listed++;
}

uint32_t rpt_places_add(struct rpt_places *p, struct rpt_label *label,
                        const struct rpt_finding *f)
{
    uint32_t at = rpt_places_find(p, label);
    bool room = at != RPT_NONE ? make_room_in(p, at, f->rank) : true;

    p->records[f->rank]++;
    /* Making room may drop the very place that was found, so look again. */
    if (room && p->n_listed == RPT_LISTED) {
        room = make_room(p, f->rank);
        at = rpt_places_find(p, label);
    }
    if (at == RPT_NONE && room)
        at = new_place(p, label);
    rpt_label_release(label);
    if (at == RPT_NONE) {
        p->elsewhere++;
        return RPT_NONE;
    }
    p->place[at].records[f->rank]++;
    p->place[at].occurrences += f->count;
    if (f->rank < p->place[at].rank)
        p->place[at].rank = f->rank;
    if (room)
        keep(p, at, f);
    return at;
}

uint64_t rpt_place_unlisted(const struct rpt_place *place)
{
    uint64_t all = 0;

    for (int r = 0; r < RPT_RANKS; r++)
        all += place->records[r];
    return all - place->listed;
}

static int place_order(const void *a, const void *b, void *ctx)
{
    const struct rpt_places *p = ctx;
    const struct rpt_place *x = &p->place[*(const uint32_t *)a];
    const struct rpt_place *y = &p->place[*(const uint32_t *)b];

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return rpt_label_compare(&x->label, &y->label);
}

uint32_t *rpt_places_sorted(const struct rpt_places *p)
{
    uint32_t *order, n = 0;

    if (p->n_places == 0)
        return NULL;
    order = malloc(p->n_places * sizeof *order);
    for (uint32_t i = 0; order != NULL && i < RPT_LISTED; i++)
        if (p->place[i].label.depth > 0)
            order[n++] = i;
    if (order != NULL)
        qsort_r(order, n, sizeof *order, place_order, (void *)(uintptr_t)p);
    return order;
}

static int finding_order(const void *a, const void *b, void *ctx)
{
    const struct rpt_places *p = ctx;
    const struct rpt_finding *x = &p->finding[*(const uint32_t *)a];
    const struct rpt_finding *y = &p->finding[*(const uint32_t *)b];

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->in_name != y->in_name)
        return x->in_name ? -1 : 1;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return strcmp(x->cls, y->cls);
}

size_t rpt_place_sorted(const struct rpt_places *p, uint32_t place, uint32_t *out)
{
    size_t n = 0;

    for (uint32_t at = p->place[place].first; at != RPT_NONE; at = p->finding[at].next)
        out[n++] = at;
    qsort_r(out, n, sizeof *out, finding_order, (void *)(uintptr_t)p);
    return n;
}
