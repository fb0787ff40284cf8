/* number.c - see number.h. */
#include "reports/model/number.h"
#include "reports/model/hash.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 65536u

bool rpt_numbers_init(struct rpt_numbers *t)
{
    memset(t, 0, sizeof *t);
    t->bucket = malloc(BUCKETS * sizeof *t->bucket);
    if (t->bucket == NULL)
        return false;
    for (uint32_t i = 0; i < BUCKETS; i++)
        t->bucket[i] = RPT_NUMBER_UNKNOWN;
    return true;
}

void rpt_numbers_release(struct rpt_numbers *t)
{
    free(t->number);
    free(t->bucket);
    memset(t, 0, sizeof *t);
}

static bool grow(struct rpt_numbers *t)
{
    uint32_t cap = t->cap == 0 ? 256 : t->cap * 2;
    struct rpt_number *number;

    if (t->n < t->cap)
        return true;
    number = realloc(t->number, cap * sizeof *number);
    if (number == NULL)
        return false;
    t->number = number;
    t->cap = cap;
    return true;
}

static void copy_text(char *to, size_t size, const char *from)
{
    size_t n = strnlen(from, size - 1);

    memcpy(to, from, n);
    to[n] = '\0';
}

uint32_t rpt_numbers_find(struct rpt_numbers *t, const char *fingerprint, const char *pan,
                          const char *brand)
{
    size_t len = fingerprint == NULL ? 0 : strlen(fingerprint);
    uint32_t *head = &t->bucket[rpt_hash(RPT_HASH_START, fingerprint, len) % BUCKETS];
    struct rpt_number *n;

    if (len == 0 || len > PF_FINGERPRINT_HEX)
        return RPT_NUMBER_UNKNOWN;
    for (uint32_t at = *head; at != RPT_NUMBER_UNKNOWN; at = t->number[at].chain)
        if (strcmp(t->number[at].fingerprint, fingerprint) == 0)
            return at;
    if (t->n == RPT_NUMBERS_MAX || !grow(t)) {
        t->more = true;
        return RPT_NUMBER_UNKNOWN;
    }
    n = &t->number[t->n];
    *n = (struct rpt_number){ .brand = brand, .rank = UINT8_MAX, .chain = *head,
                              .last_place = RPT_NUMBER_UNKNOWN };
    copy_text(n->fingerprint, sizeof n->fingerprint, fingerprint);
    copy_text(n->pan, sizeof n->pan, pan);
    *head = t->n;
    return t->n++;
}

static bool names_place(const struct rpt_number *n, uint32_t place)
{
    for (size_t i = 0; i < RPT_NUMBER_PLACES && i < n->places; i++)
        if (n->place[i] == place)
            return true;
    return false;
}

void rpt_numbers_seen(struct rpt_numbers *t, uint32_t number, uint32_t place, uint8_t rank,
                      uint64_t count)
{
    struct rpt_number *n;

    if (number == RPT_NUMBER_UNKNOWN)
        return;
    n = &t->number[number];
    n->occurrences += count;
    if (rank < n->rank)
        n->rank = rank;
    if (place != RPT_NUMBER_UNKNOWN && (place == n->last_place || names_place(n, place)))
        return;
    if (n->places < RPT_NUMBER_PLACES)
        n->place[n->places] = place;
    n->last_place = place;
    n->places++;
}

static int order(const void *a, const void *b, void *ctx)
{
    const struct rpt_numbers *t = ctx;
    const struct rpt_number *x = &t->number[*(const uint32_t *)a];
    const struct rpt_number *y = &t->number[*(const uint32_t *)b];

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->places != y->places)
        return x->places > y->places ? -1 : 1;
    if (x->occurrences != y->occurrences)
        return x->occurrences > y->occurrences ? -1 : 1;
    return strcmp(x->fingerprint, y->fingerprint);
}

uint32_t *rpt_numbers_sorted(const struct rpt_numbers *t)
{
    uint32_t *list = t->n == 0 ? NULL : malloc(t->n * sizeof *list);

    for (uint32_t i = 0; list != NULL && i < t->n; i++)
        list[i] = i;
    if (list != NULL)
        qsort_r(list, t->n, sizeof *list, order, (void *)(uintptr_t)t);
    return list;
}
